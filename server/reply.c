/* reply.c - responses with their headers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "limits.h"
#include "openapi.h"
#include "request.h"

#define JSON_TYPE "application/json"
#define STREAM_BLOCK (32u << 10)

/* On every response. Pages load nothing from elsewhere, hold no script or style of their own, and stand in no frame. */
static const char *const common[][2] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                                "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

/* --- headers of requests -------------------------------------------------------------------------------- */

/* 1, or 0.5 and the like: the first digit counts, of the second only whether it is there. What is neither is nothing. */
static double read_weight(const char *p)
{
    if (p[0] != '0' || p[1] != '.' || p[2] < '0' || p[2] > '9')
        return p[0] == '1';
    return (p[2] - '0') / 10.0 + (p[3] > '0' && p[3] <= '9' ? 0.001 : 0);
}

/*
 * The weight of a token in a list as "gzip;q=0.5, br": of its own, or of "*"; -1 where neither stands there. `prefix`: "ar" is
 * "ar-EG" too.
 */
static double weight_of(const char *header, const char *token, bool prefix)
{
    double found = -1, any = -1;
    for (const char *p = header; p && *p;) {
        p += strspn(p, " \t,");
        size_t n = strcspn(p, ",; \t"), length = strlen(token);
        const char *end = p + strcspn(p, ","), *q = memchr(p, ';', (size_t)(end - p));
        double weight = 1;
        if (q)
            q += 1 + strspn(q + 1, " \t");
        if (q && (q[0] == 'q' || q[0] == 'Q') && q[1] == '=')
            weight = read_weight(q + 2);
        bool same = n >= length && strncasecmp(p, token, length) == 0 && (n == length || (prefix && p[length] == '-'));
        if (same && weight > found)
            found = weight;
        if (n == 1 && *p == '*')
            any = weight;
        p = end;
    }
    return found >= 0 ? found : any;
}

bool isn_takes_gzip(const char *header)
{
    return weight_of(header, "gzip", false) > 0;
}

const char *isn_language_of(const char *header)
{
    return weight_of(header, "en", true) > weight_of(header, "ar", true) ? "en" : "ar";
}

bool isn_tag_matches(const char *header, const char *tag)
{
    const char *opaque = strncmp(tag, "W/", 2) == 0 ? tag + 2 : tag;
    size_t n = strlen(opaque);
    for (const char *p = header; *p;) {
        p += strspn(p, " \t,");
        if (*p == '*')
            return true;
        if (strncmp(p, "W/", 2) == 0)
            p += 2;
        size_t length = strcspn(p, ",");
        while (length && (p[length - 1] == ' ' || p[length - 1] == '\t'))
            length--;
        if (length == n && memcmp(p, opaque, n) == 0)
            return true;
        p += strcspn(p, ",");
    }
    return false;
}

/* --- responses ------------------------------------------------------------------------------------------- */

static enum MHD_Result queue(isn_request *r, int status, struct MHD_Response *response, double seconds)
{
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        MHD_add_response_header(response, common[i][0], common[i][1]);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    isn_line_give(r->server->sweep, info ? info->socket_context : NULL, seconds);
    r->phase = ISN_PHASE_DONE;
    r->status = status;
    enum MHD_Result result = MHD_queue_response(r->connection, (unsigned)status, response);
    MHD_destroy_response(response);
    return result;
}

/* A response that shares the body; one owner of it is used up. */
static struct MHD_Response *of_body(isn_request *r, isn_body *body)
{
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(body->n, body->p, isn_body_free, body);
    if (!response)
        isn_body_free(body);
    else if (body->gzip)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    if (response)
        r->sent = body->n;
    return response;
}

static struct MHD_Response *empty(void)
{
    return MHD_create_response_from_buffer(0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (response)
        MHD_add_response_header(response, name, value);
}

/* Pages without files of theirs still say something. */
static const char plain_page[] =
    "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>isnad</title><h1>isnad</h1>"
    "<p>There is no page here. <a href=\"/\">Home</a>, <a href=\"/api/v1/openapi.json\">the API</a>.</p></html>";

static enum MHD_Result refuse_as_page(isn_request *r, int status, const char *allow)
{
    const isn_web_file *page = isn_web_page(r->server->web, r->target.n_segments && strcmp(r->target.segments[0], "en") == 0 ? "en" : "ar");
    if (page && status == 404)
        return isn_reply_file(r, page, status);
    struct MHD_Response *response = MHD_create_response_from_buffer(sizeof plain_page - 1, (void *)(uintptr_t)plain_page, MHD_RESPMEM_PERSISTENT);
    r->sent = sizeof plain_page - 1;
    add(response, "Content-Type", "text/html; charset=utf-8");
    add(response, "Cache-Control", "no-store");
    if (allow)
        add(response, "Allow", allow);
    return queue(r, status, response, ISN_SERVE_ANSWER_SECONDS);
}

enum MHD_Result isn_reply_refusal(isn_request *r, const isn_refusal *refusal, const char *allow)
{
    size_t n = r->target.n_segments;
    bool program = n == 0 || strcmp(r->target.segments[0], "api") == 0 || strchr(r->target.segments[n - 1], '.'); /* a file or a twin, no page */
    if (!program && refusal->status == 404)
        return refuse_as_page(r, refusal->status, allow);
    isn_out out;
    isn_out_init(&out, ISN_SERVE_HEADER_BYTES);
    isn_answer_error(&out, refusal);
    isn_body *body = isn_body_new(&out, false);
    struct MHD_Response *response = body ? of_body(r, body) : NULL;
    add(response, "Content-Type", JSON_TYPE);
    add(response, "Cache-Control", "no-store");
    if (allow)
        add(response, "Allow", allow);
    if (refusal->status == 401)
        add(response, "WWW-Authenticate", "Bearer realm=\"isnad\"");
    if (refusal->status == 503)
        add(response, "Retry-After", "2");
    return queue(r, refusal->status, response, ISN_SERVE_ANSWER_SECONDS);
}

enum MHD_Result isn_reply_answer(isn_request *r)
{
    if (r->status != 304 && !r->body)
        return isn_reply_refusal(r, &r->refusal, NULL);
    struct MHD_Response *response = r->status == 304 ? empty() : of_body(r, isn_body_keep(r->body));
    if (r->status != 304)
        add(response, "Content-Type", JSON_TYPE);
    if (r->etag[0])
        add(response, "ETag", r->etag);
    add(response, "Cache-Control", "private, no-cache");
    add(response, "Vary", "Accept-Encoding");
    return queue(r, r->status, response, ISN_SERVE_ANSWER_SECONDS);
}

enum MHD_Result isn_reply_file(isn_request *r, const isn_web_file *file, int status)
{
    isn_body *body = r->gzip && file->gzip ? file->gzip : file->plain;
    bool same = status == 200 && r->match && isn_tag_matches(r->match, file->etag);
    char etag[sizeof file->etag + 2];
    snprintf(etag, sizeof etag, "W/%s", file->etag);
    struct MHD_Response *response = same ? empty() : of_body(r, isn_body_keep(body));
    if (!same)
        add(response, "Content-Type", file->type);
    if (status == 200) {
        add(response, "ETag", etag);
        const char *forever = *r->server->gate.token ? "private, max-age=31536000, immutable" : "public, max-age=31536000, immutable";
        add(response, "Cache-Control", file->immutable ? forever : "no-cache");
    } else {
        add(response, "Cache-Control", "no-store");
    }
    add(response, "Vary", "Accept-Encoding");
    if (strncmp(file->type, "text/html", 9) == 0 && status == 200 && r->target.path[1]) {
        char link[ISN_SERVE_URI_BYTES + 80];
        size_t n = strlen(r->target.path);
        bool slash = r->target.path[n - 1] == '/';
        bool plain = true;
        for (const char *p = r->target.path; *p; p++)
            plain = plain && *p > ' ' && !strchr("<>\"\\\x7F", *p);
        if (plain &&
            (size_t)snprintf(link, sizeof link, "<%.*s.json>; rel=\"alternate\"; type=\"application/json\"", (int)(n - slash), r->target.path) < sizeof link)
            add(response, "Link", link);
    }
    return queue(r, same ? 304 : status, response, ISN_SERVE_ANSWER_SECONDS);
}

enum MHD_Result isn_reply_openapi(isn_request *r)
{
    static const char etag[] = "W/\"openapi-" ISNAD_VERSION "\"";
    struct MHD_Response *response = MHD_create_response_from_buffer(isn_openapi_size, (void *)(uintptr_t)isn_openapi, MHD_RESPMEM_PERSISTENT);
    r->sent = isn_openapi_size;
    if (r->match && isn_tag_matches(r->match, etag)) {
        MHD_destroy_response(response);
        response = empty();
        r->status = 304;
        r->sent = 0;
    } else {
        add(response, "Content-Type", JSON_TYPE);
        r->status = 200;
    }
    add(response, "ETag", etag);
    add(response, "Cache-Control", "no-cache");
    return queue(r, r->status, response, ISN_SERVE_ANSWER_SECONDS);
}

enum MHD_Result isn_reply_move(isn_request *r, int status, const char *to, const char *cookie)
{
    struct MHD_Response *response = empty();
    add(response, "Location", to);
    add(response, "Cache-Control", "no-store");
    add(response, "Vary", "Accept-Language");
    if (cookie)
        add(response, "Set-Cookie", cookie);
    return queue(r, status, response, ISN_SERVE_ANSWER_SECONDS);
}

/* --- downloads ------------------------------------------------------------------------------------------------ */

typedef struct download {
    isn_request *request; /* outlives what is asked of the download, not its end */
    isn_stream *stream;
    struct MHD_Connection *connection;
} download;

static void wake(void *user)
{
    MHD_resume_connection(user);
}

static void wait_for(void *user)
{
    MHD_suspend_connection(user);
}

static ssize_t read_stream(void *user, uint64_t at, char *to, size_t n)
{
    download *d = user;
    (void)at;
    ssize_t taken = isn_stream_take(d->stream, to, n, wait_for, wake, d->connection);
    if (taken > 0)
        d->request->sent += (size_t)taken;
    return taken == 0 ? MHD_CONTENT_READER_END_OF_STREAM : taken == -1 ? MHD_CONTENT_READER_END_WITH_ERROR : taken == -2 ? 0 : taken;
}

static void end_stream(void *user)
{
    download *d = user;
    isn_stream_free(d->stream);
    free(d);
}

enum MHD_Result isn_reply_stream(isn_request *r)
{
    isnad_status status;
    isnad_error err, fault = {0};
    if (!isn_stream_good(r->stream, &status, &err)) {
        isn_answer_refuse(&r->refusal, status, &err, &fault);
        if (fault.message[0])
            isn_server_note(r->server, &fault);
        return isn_reply_refusal(r, &r->refusal, NULL);
    }
    download *d = malloc(sizeof *d);
    if (!d)
        return MHD_NO;
    *d = (download){r, r->stream, r->connection};
    r->stream = NULL; /* it belongs to the response now */
    struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, d, end_stream);
    if (!response) {
        end_stream(d);
        return MHD_NO;
    }
    char name[100];
    snprintf(name, sizeof name, "attachment; filename=\"isnad-%s.%s\"", r->format->name, r->format->ending);
    add(response, "Content-Type", r->format->type);
    add(response, "Content-Disposition", name);
    add(response, "Cache-Control", "no-store");
    add(response, "Vary", "Accept-Encoding");
    if (r->gzip)
        add(response, "Content-Encoding", "gzip");
    return queue(r, 200, response, ISN_SERVE_EXPORT_SECONDS);
}
