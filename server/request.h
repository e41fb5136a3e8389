/* request.h - a request on its way through the server; what its files share. Nothing outside server/ includes it. */
#ifndef ISN_SERVER_REQUEST_H
#define ISN_SERVER_REQUEST_H

#include <microhttpd.h>
#include <stdatomic.h>

#include "answer.h"
#include "body.h"
#include "gate.h"
#include "server.h"
#include "stream.h"
#include "sweep.h"
#include "web.h"

typedef struct isn_pool isn_pool;

struct isn_server {
    isn_server_options options;
    isnad_engine *engine;
    struct MHD_Daemon *daemon;
    isn_gate gate;
    isn_web *web;
    isn_cache *cache;
    isn_pool *pool;
    isn_streams *streams;
    isn_sweep *sweep;
    isn_watch *watch;
    uint64_t boot; /* a random number of this run */
    uint16_t port;
    atomic_bool stop;
};

typedef enum isn_phase {
    ISN_PHASE_NEW,   /* the headers are there */
    ISN_PHASE_HEARD, /* nothing of a body follows */
    ISN_PHASE_AWAY,  /* a reader has it, or a download is beginning */
    ISN_PHASE_DONE   /* a response was queued */
} isn_phase;

typedef struct isn_request {
    isn_server *server;
    struct MHD_Connection *connection;
    isn_phase phase;
    char *raw; /* the address as sent, at most ISN_SERVE_URI_BYTES + 1 of it */
    size_t n;
    const char *method;
    isn_target target;
    isn_ask ask;
    bool gzip; /* the client takes it */
    const char *match; /* If-None-Match, or NULL */
    /* what a reader made of it */
    isn_body *body;
    isn_refusal refusal; /* where body is NULL and status isn't 304 */
    int status;
    char etag[48];
    bool begun_stream;
    isn_stream *stream;
    const isn_format *format;
    /* for the log */
    double begun;
    size_t sent;
    struct isn_request *next; /* in the queue of the pool */
} isn_request;

/* --- pool.c: readers of the database, a thread each ------------------------------------------------------ */

isnad_status isn_pool_start(isn_pool **out, isn_server *server, unsigned readers, isnad_error *err);
void isn_pool_stop(isn_pool *pool); /* those that wait are refused; may be NULL */
void isn_pool_free(isn_pool *pool);

/* Suspends the connection and lets a reader answer it; false where too many wait. The connection is resumed when it is answered. */
bool isn_pool_push(isn_pool *pool, isn_request *request);

/* --- reply.c: what goes back ------------------------------------------------------------------------------ */

enum MHD_Result isn_reply_refusal(isn_request *r, const isn_refusal *refusal, const char *allow);
enum MHD_Result isn_reply_answer(isn_request *r);
enum MHD_Result isn_reply_file(isn_request *r, const isn_web_file *file, int status);
enum MHD_Result isn_reply_openapi(isn_request *r);
enum MHD_Result isn_reply_stream(isn_request *r);
enum MHD_Result isn_reply_move(isn_request *r, int status, const char *to, const char *cookie);

/* Is that one of the tags of an If-None-Match header? */
bool isn_tag_matches(const char *header, const char *tag);

/* Does an Accept-Encoding header (or NULL) allow gzip? */
bool isn_takes_gzip(const char *header);

/* "ar" or "en", whichever an Accept-Language header (or NULL) likes better. */
const char *isn_language_of(const char *header);

/* --- server.c ----------------------------------------------------------------------------------------------- */

void isn_server_note(const isn_server *server, const isnad_error *err);

#endif
