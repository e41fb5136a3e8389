#include "gate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "out.h"

isnad_status isn_gate_init(isn_gate *gate, bool loopback, const char *token, const char *hosts, isnad_error *err)
{
    *gate = (isn_gate){.loopback = loopback};
    size_t n = token ? strlen(token) : 0;
    if (token && (n < ISN_SERVE_TOKEN_LEAST || n > ISN_SERVE_TOKEN_MOST))
        return isn_serve_fail(err, ISNAD_E_ARGUMENT, "a token has between %d and %d characters", ISN_SERVE_TOKEN_LEAST, ISN_SERVE_TOKEN_MOST);
    for (size_t i = 0; i < n; i++) {
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", token[i]))
            return isn_serve_fail(err, ISNAD_E_ARGUMENT, "a token is made of letters, digits and -._~ only");
    }
    if (!loopback && !token)
        return isn_serve_fail(err, ISNAD_E_ARGUMENT, "beyond this machine a token must be asked for");
    if (token)
        memcpy(gate->token, token, n + 1);
    if (hosts && !(gate->names = strdup(hosts)))
        return isn_serve_fail(err, ISNAD_E_MEMORY, "out of memory");
    char *rest = NULL;
    for (char *name = gate->names ? strtok_r(gate->names, ",", &rest) : NULL; name; name = strtok_r(NULL, ",", &rest)) {
        if (gate->n_hosts == ISN_SERVE_HOSTS)
            return isn_serve_fail(err, ISNAD_E_ARGUMENT, "at most %d hosts can be named", ISN_SERVE_HOSTS);
        gate->hosts[gate->n_hosts++] = name;
    }
    return ISNAD_OK;
}

void isn_gate_release(isn_gate *gate)
{
    free(gate->names);
    *gate = (isn_gate){.n_hosts = 0};
}

/* Is a Host header, with a port or not, this name? */
static bool is_host(const char *host, const char *name)
{
    size_t n = strlen(name);
    if (strncasecmp(host, name, n) != 0)
        return false;
    host += n;
    if (*host == ':') {
        host++;
        host += strspn(host, "0123456789");
    }
    return *host == 0;
}

bool isn_gate_host(const isn_gate *gate, const char *host)
{
    static const char *const own[] = {"localhost", "127.0.0.1", "[::1]"};
    if (!host)
        return false;
    if (!gate->loopback && gate->n_hosts == 0)
        return true;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (is_host(host, own[i]))
            return true;
    }
    for (size_t i = 0; i < gate->n_hosts; i++) {
        if (is_host(host, gate->hosts[i]))
            return true;
    }
    return false;
}

bool isn_gate_token(const isn_gate *gate, const char *given)
{
    volatile unsigned char differs = 0;
    size_t n = strlen(gate->token), m = given ? strlen(given) : 0;
    for (size_t i = 0; i < ISN_SERVE_TOKEN_MOST; i++) {
        unsigned char a = i < n ? (unsigned char)gate->token[i] : 0, b = i < m ? (unsigned char)given[i] : 0;
        differs = (unsigned char)(differs | (a ^ b));
    }
    return n > 0 && m <= ISN_SERVE_TOKEN_MOST && differs == 0;
}

bool isn_gate_open(const isn_gate *gate, const char *authorization, const char *cookie)
{
    static const char scheme[] = "Bearer ";
    if (!*gate->token)
        return true;
    if (authorization && strncasecmp(authorization, scheme, sizeof scheme - 1) == 0 &&
        isn_gate_token(gate, authorization + sizeof scheme - 1))
        return true;
    return isn_gate_token(gate, cookie);
}
