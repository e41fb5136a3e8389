/* gate.h - who may ask: the Host header, the token. */
#ifndef ISN_SERVER_GATE_H
#define ISN_SERVER_GATE_H

#include <stdbool.h>
#include <stddef.h>

#include "limits.h"
#include "isnad.h"

typedef struct isn_gate {
    char token[ISN_SERVE_TOKEN_MOST + 1]; /* empty: none is asked for */
    char *names;                          /* the hosts, cut by NUL */
    const char *hosts[ISN_SERVE_HOSTS];
    size_t n_hosts;
    bool loopback; /* only this machine can reach us */
} isn_gate;

/*
 * `hosts` are names by commas under which the server may be asked too, or NULL. Fails with ISNAD_E_ARGUMENT: a token that is too short
 * or no visible ASCII; no token beyond loopback; too many hosts.
 */
isnad_status isn_gate_init(isn_gate *gate, bool loopback, const char *token, const char *hosts, isnad_error *err);
void isn_gate_release(isn_gate *gate);

/*
 * May this Host header (NULL: none) be served? On loopback only names of this machine and --host: a page of another site whose name was
 * made to point here would have its own. Beyond loopback the token does that, and names are only looked at where --host gave some.
 */
bool isn_gate_host(const isn_gate *gate, const char *host);

/* The token in constant time. `given` may be NULL. */
bool isn_gate_token(const isn_gate *gate, const char *given);

/* Is the token in an Authorization header ("Bearer ...") or a cookie? Either may be NULL. True where none is asked for. */
bool isn_gate_open(const isn_gate *gate, const char *authorization, const char *cookie);

#endif
