/*
 * server.c - one thread of libmicrohttpd's takes requests and sends answers and never waits for anything; a few readers
 * (pool.c) make the answers, downloads have threads of their own (stream.c). A request that is away stands suspended.
 */
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "limits.h"
#include "request.h"

#define BACKLOG 128
#define COOKIE "isnad_token"

/* --- the log ------------------------------------------------------------------------------------------ */

void isn_server_note(const isn_server *server, const isnad_error *err)
{
    if (server->options.note)
        server->options.note(server->options.user, err->message);
}

/* The address without what could break a line, and without what follows "token=". */
static void put_address(isn_out *out, const isn_request *r)
{
    const char *token = strcasestr(r->raw, "token"), *percent = strchr(r->raw, '?') ? strstr(strchr(r->raw, '?'), "%") : NULL;
    bool secret = *r->server->gate.token && (token || percent); /* letters of the name may be escaped */
    for (const char *p = r->raw; *p && !(secret && *p == '?'); p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= ' ' || c >= 0x7F || c == '"' || c == '\\')
            isn_out_format(out, "\\x%02x", c);
        else
            isn_out_bytes(out, p, 1);
    }
    if (secret && strchr(r->raw, '?'))
        isn_out_text(out, "?...");
}

static void log_request(const isn_request *r, bool whole)
{
    const isn_server *server = r->server;
    char when[32] = "", who[64] = "-";
    struct tm tm;
    time_t now = time(NULL);
    isn_out line;
    if (!server->options.access)
        return;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (gmtime_r(&now, &tm))
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
    if (info && info->client_addr)
        getnameinfo(info->client_addr, info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in),
                    who, sizeof who, NULL, 0, NI_NUMERICHOST);
    isn_out_init(&line, ISN_SERVE_URI_BYTES * 5);
    isn_out_format(&line, "%s %s %.16s ", when, who, r->method ? r->method : "-");
    put_address(&line, r);
    isn_out_format(&line, " %d %zu %.1f ms%s", r->status, r->sent, 1e3 * (isn_now() - r->begun), whole ? "" : " broken off");
    if (!line.failed)
        server->options.access(server->options.user, line.p);
    isn_out_release(&line);
}

/* --- requests ----------------------------------------------------------------------------------------- */

static const char *header(const isn_request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result refuse(isn_request *r, int status, const char *message, const char *hint)
{
    isn_refuse(&r->refusal, status, hint, "%s", message);
    return isn_reply_refusal(r, &r->refusal, NULL);
}

static enum MHD_Result count_host(void *user, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind, (void)value;
    *(unsigned *)user += strcasecmp(name, "Host") == 0;
    return MHD_YES;
}

/* What is wrong with the method or a body: told before anything else is read. */
static enum MHD_Result hear(isn_request *r)
{
    const char *length = header(r, "Content-Length");
    if (strcmp(r->method, "GET") != 0 && strcmp(r->method, "HEAD") != 0) {
        isn_refuse(&r->refusal, 405, "everything here is asked for with GET or HEAD", "nothing can be changed here");
        return isn_reply_refusal(r, &r->refusal, "GET, HEAD");
    }
    if ((length && strcmp(length, "0") != 0) || header(r, "Transfer-Encoding"))
        return refuse(r, 413, "a request has no body here", "put everything into the address");
    return MHD_YES;
}

/* "/?token=..." once gives a cookie. */
static enum MHD_Result enter(isn_request *r, const char *token)
{
    char cookie[ISN_SERVE_TOKEN_MOST + 100];
    if (!isn_gate_token(&r->server->gate, token))
        return refuse(r, 401, "this is not the token", NULL);
    snprintf(cookie, sizeof cookie, COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax", r->server->gate.token);
    return isn_reply_move(r, 303, "/", cookie);
}

static void resume(void *connection)
{
    MHD_resume_connection(connection);
}

static enum MHD_Result export_(isn_request *r)
{
    r->format = isn_format_find(r->ask.query.key);
    if (!r->format)
        return refuse(r, 404, "there is no such format",
                      "jsonl, events, quotes, counts, actors, polecat, icews, gdelt-events, gdelt-mentions, plover, gexf, graphml");
    r->phase = ISN_PHASE_AWAY;
    r->begun_stream = true;
    MHD_suspend_connection(r->connection);
    r->stream = isn_stream_begin(r->server->streams, r->format, &r->ask.query, r->gzip, resume, r->connection);
    if (!r->stream)
        MHD_resume_connection(r->connection);
    return MHD_YES;
}

static enum MHD_Result ask(isn_request *r, const isn_route *route, const char *key)
{
    if (!isn_ask_read(&r->ask, route, key, &r->target, &r->refusal))
        return isn_reply_refusal(r, &r->refusal, NULL);
    if (route->shape == ISN_SHAPE_OPENAPI)
        return isn_reply_openapi(r);
    if (route->shape == ISN_SHAPE_EXPORT)
        return export_(r);
    r->phase = ISN_PHASE_AWAY;
    if (isn_pool_push(r->server->pool, r))
        return MHD_YES;
    return refuse(r, 503, "too many are asking at once", "try again in a moment");
}

static enum MHD_Result page(isn_request *r, const isn_web_file *file)
{
    return file ? isn_reply_file(r, file, 200) : refuse(r, 404, "there is nothing here", NULL);
}

static enum MHD_Result go(isn_request *r)
{
    const isn_route *route;
    const char *key, *language = r->target.n_segments ? r->target.segments[0] : "";
    switch (isn_route_find(&route, &key, &r->target)) {
    case ISN_PLACE_API:
    case ISN_PLACE_TWIN:
        return ask(r, route, key);
    case ISN_PLACE_NO_API:
        return refuse(r, 404, "there is no such address", "/api/v1/openapi.json tells all that there are");
    case ISN_PLACE_HOME:
        language = isn_language_of(header(r, "Accept-Language"));
        return isn_reply_move(r, 302, strcmp(language, "en") == 0 ? "/en/" : "/ar/", NULL);
    case ISN_PLACE_BARE:
        return isn_reply_move(r, 308, strcmp(language, "en") == 0 ? "/en/" : "/ar/", NULL);
    case ISN_PLACE_PAGE:
        return page(r, isn_web_page(r->server->web, language));
    case ISN_PLACE_OTHER:
        break;
    }
    const isn_web_file *file = isn_web_find(r->server->web, r->target.path);
    bool limits = r->target.n_segments == 2 && strcmp(r->target.segments[1], "limits.json") == 0 &&
                  (strcmp(language, "ar") == 0 || strcmp(language, "en") == 0);
    return page(r, limits ? isn_web_find(r->server->web, "/limits.json") : file); /* the twin of the one page that asks no database */
}

static enum MHD_Result decide(isn_request *r)
{
    isn_server *server = r->server;
    unsigned hosts = 0;
    const char *fault = isn_target_read(&r->target, r->raw, r->n), *token = isn_target_value(&r->target, "token");
    MHD_get_connection_values(r->connection, MHD_HEADER_KIND, count_host, &hosts);
    if (r->n > ISN_SERVE_URI_BYTES)
        return refuse(r, 414, "the address is too long", NULL);
    if (hosts > 1 || !isn_gate_host(&server->gate, header(r, "Host")))
        return refuse(r, 421, "this server isn't called so", "name it with --host");
    if (fault)
        return refuse(r, 400, fault, NULL);
    if (atomic_load(&server->stop))
        return refuse(r, 503, "the server is ending", NULL);
    if (*server->gate.token && r->target.n_segments == 0 && token)
        return enter(r, token);
    if (!isn_gate_open(&server->gate, header(r, "Authorization"), MHD_lookup_connection_value(r->connection, MHD_COOKIE_KIND, COOKIE)))
        return refuse(r, 401, "this server asks for a token", "open /?token=... once, or send the header Authorization: Bearer ...");
    r->gzip = isn_takes_gzip(header(r, "Accept-Encoding"));
    r->match = header(r, "If-None-Match");
    return go(r);
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                                  const char *upload, size_t *n_upload, void **con_cls)
{
    isn_request *r = *con_cls;
    (void)user, (void)connection, (void)url, (void)version, (void)upload;
    if (!r)
        return MHD_NO; /* no memory for it */
    switch (r->phase) {
    case ISN_PHASE_NEW:
        r->phase = ISN_PHASE_HEARD;
        r->method = strcmp(method, "GET") == 0 ? "GET" : strcmp(method, "HEAD") == 0 ? "HEAD" : method;
        return hear(r);
    case ISN_PHASE_HEARD: {
        if (*n_upload)
            return MHD_NO; /* it was told that there is none */
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        isn_line_give(r->server->sweep, info ? info->socket_context : NULL, 0);
        return decide(r);
    }
    case ISN_PHASE_AWAY:
        if (!r->begun_stream)
            return isn_reply_answer(r);
        return r->stream ? isn_reply_stream(r) : refuse(r, 503, "too many downloads run at once", "try again in a minute");
    case ISN_PHASE_DONE:
        break;
    }
    return MHD_YES;
}

/* --- what libmicrohttpd tells ----------------------------------------------------------------------------- */

static void *on_address(void *user, const char *uri, struct MHD_Connection *connection)
{
    isn_request *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->raw = strndup(uri, ISN_SERVE_URI_BYTES + 1);
    if (!r->raw) {
        free(r);
        return NULL;
    }
    r->n = strlen(r->raw);
    r->server = user;
    r->connection = connection;
    r->begun = isn_now();
    return r;
}

static void on_completed(void *user, struct MHD_Connection *connection, void **con_cls, enum MHD_RequestTerminationCode code)
{
    isn_server *server = user;
    isn_request *r = *con_cls;
    *con_cls = NULL;
    if (!r)
        return;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    isn_line_give(server->sweep, info ? info->socket_context : NULL, ISN_SERVE_REQUEST_SECONDS);
    log_request(r, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    isn_body_free(r->body);
    if (r->stream)
        isn_stream_free(r->stream);
    free(r->raw);
    free(r);
}

static void on_connection(void *user, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode code)
{
    isn_server *server = user;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = info ? isn_line_begin(server->sweep, info->connect_fd) : NULL;
        isn_line_give(server->sweep, *context, ISN_SERVE_REQUEST_SECONDS);
    } else {
        isn_line_end(server->sweep, *context);
        *context = NULL;
    }
}

/* We take addresses apart ourselves (target.c). */
static size_t leave_escaped(void *user, struct MHD_Connection *connection, char *text)
{
    (void)user, (void)connection;
    return strlen(text);
}

/* --- beginning and end ---------------------------------------------------------------------------------------- */

typedef union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} address;

static bool read_address(address *out, const char *text, uint16_t port)
{
    memset(out, 0, sizeof *out);
    if (!text || strcmp(text, "localhost") == 0)
        text = "127.0.0.1";
    if (inet_pton(AF_INET, text, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons(port);
        return true;
    }
    if (inet_pton(AF_INET6, text, &out->v6.sin6_addr) == 1) {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons(port);
        return true;
    }
    return false;
}

static bool is_loopback(const address *a)
{
    return a->any.sa_family == AF_INET ? (ntohl(a->v4.sin_addr.s_addr) >> 24) == 127 : IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
}

int isn_server_is_loopback(const char *text)
{
    address a;
    return read_address(&a, text, 0) && is_loopback(&a);
}

static isnad_status listen_at(int *out, isn_server *server, const address *a, isnad_error *err)
{
    address bound;
    socklen_t n = a->any.sa_family == AF_INET ? sizeof a->v4 : sizeof a->v6, m = sizeof bound;
    int yes = 1, at = socket(a->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (at < 0 || setsockopt(at, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 || bind(at, &a->any, n) != 0 || listen(at, BACKLOG) != 0 ||
        getsockname(at, &bound.any, &m) != 0) {
        int why = errno;
        if (at >= 0)
            close(at);
        return isn_serve_fail(err, ISNAD_E_IO, "cannot listen at %s, port %u: %s", server->options.address ? server->options.address : "127.0.0.1",
                              server->options.port, strerror(why));
    }
    server->port = ntohs(a->any.sa_family == AF_INET ? bound.v4.sin_port : bound.v6.sin6_port);
    *out = at;
    return ISNAD_OK;
}

static isnad_status open_door(isn_server *server, const address *a, isnad_error *err)
{
    int at = -1;
    isnad_status status = listen_at(&at, server, a, err);
    if (status != ISNAD_OK)
        return status;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (a->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0);
    server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,
                                      MHD_OPTION_LISTEN_SOCKET, at,
                                      MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                      MHD_OPTION_CONNECTION_LIMIT, (unsigned)ISN_SERVE_CONNECTIONS,
                                      MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)ISN_SERVE_PER_ADDRESS,
                                      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)ISN_SERVE_ANSWER_SECONDS,
                                      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)ISN_SERVE_HEADER_BYTES,
                                      MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, server,
                                      MHD_OPTION_URI_LOG_CALLBACK, on_address, server,
                                      MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
                                      MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
                                      MHD_OPTION_END);
    if (server->daemon)
        return ISNAD_OK;
    close(at);
    return isn_serve_fail(err, ISNAD_E_IO, "cannot serve: %s", strerror(errno));
}

static unsigned count_readers(const isn_server_options *options)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = options->readers ? options->readers : processors > 2 ? (unsigned)processors : 2;
    return n < ISN_SERVE_READERS ? n : ISN_SERVE_READERS;
}

static isnad_status set_up(isn_server *server, isnad_error *err)
{
    const isn_server_options *o = &server->options;
    address a;
    if (!read_address(&a, o->address, o->port))
        return isn_serve_fail(err, ISNAD_E_ARGUMENT, "'%s' is no address of this machine, as 127.0.0.1 or ::", o->address);
    if (getrandom(&server->boot, sizeof server->boot, 0) != sizeof server->boot)
        server->boot = (uint64_t)time(NULL);
    isnad_status status = isn_gate_init(&server->gate, is_loopback(&a), o->token, o->hosts, err);
    if (status == ISNAD_OK && o->web)
        status = isn_web_open(&server->web, o->web, err);
    if (status == ISNAD_OK && o->watch) { /* first: it makes the database where it isn't there */
        isn_watch_options w = {.folder = o->watch, .database = o->database, .jobs = o->jobs, .user = o->user, .told = o->watched};
        status = isn_watch_start(&server->watch, server->engine, &w, err);
    }
    if (status == ISNAD_OK && (!(server->cache = isn_cache_new()) || !(server->sweep = isn_sweep_start()) ||
                               !(server->streams = isn_streams_new(server->engine, o->database))))
        status = isn_serve_fail(err, ISNAD_E_MEMORY, "out of memory");
    if (status == ISNAD_OK)
        status = isn_pool_start(&server->pool, server, count_readers(o), err);
    return status == ISNAD_OK ? open_door(server, &a, err) : status;
}

isnad_status isn_server_start(isn_server **out, isnad_engine *engine, const isn_server_options *options, isnad_error *err)
{
    isn_server *server = calloc(1, sizeof *server);
    if (!server)
        return isn_serve_fail(err, ISNAD_E_MEMORY, "out of memory");
    server->options = *options;
    server->engine = engine;
    isnad_status status = set_up(server, err);
    if (status != ISNAD_OK) {
        isn_server_stop(server);
        return status;
    }
    *out = server;
    return ISNAD_OK;
}

uint16_t isn_server_port(const isn_server *server)
{
    return server->port;
}

void isn_server_stop(isn_server *server)
{
    if (!server)
        return;
    atomic_store(&server->stop, true);
    isn_pool_stop(server->pool); /* resumes every request that was away */
    isn_streams_stop(server->streams);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    isn_watch_stop(server->watch);
    isn_sweep_stop(server->sweep);
    isn_pool_free(server->pool);
    isn_streams_free(server->streams);
    isn_cache_free(server->cache);
    isn_web_free(server->web);
    isn_gate_release(&server->gate);
    free(server);
}
