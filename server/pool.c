/* pool.c - a few threads, each with a handle on the database, answer requests one after the other. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "request.h"

typedef struct reader {
    isn_pool *pool;
    isn_reader reader;
    pthread_t thread;
    bool started;
    double end; /* when the answer at hand must be there */
} reader;

struct isn_pool {
    isn_server *server;
    pthread_mutex_t lock;
    pthread_cond_t work;
    bool stop;
    isn_request *first, *last;
    size_t waiting;
    reader readers[ISN_SERVE_READERS];
    size_t n;
};

static int must_end(void *user)
{
    const reader *r = user;
    return atomic_load(&r->pool->server->stop) || isn_now() > r->end;
}

/* Takes what was made into the request, and into the cache. */
static void finish(isn_request *r, isn_out *out, uint64_t revision, const char *key, size_t n, bool keep)
{
    r->body = isn_body_new(out, r->gzip);
    r->status = 200;
    if (!r->body)
        isn_refuse(&r->refusal, 503, NULL, "out of memory");
    else if (keep)
        isn_cache_put(r->server->cache, revision, key, n, r->body);
}

/* What an answer depends on beside the database: the address, how it is packed, what is watched. */
static void write_key(isn_out *key, const isn_request *r, const char *watch)
{
    isn_out_bytes(key, r->gzip ? "z" : "p", 1);
    isn_out_bytes(key, r->raw, r->n);
    if (r->ask.route->shape == ISN_SHAPE_STATUS)
        isn_out_text(key, watch);
}

static void answer(reader *at, isn_request *r)
{
    isn_server *server = r->server;
    isn_out key, watch, out;
    isnad_error err = {0};
    uint64_t revision = 0;
    isn_out_init(&key, ISN_SERVE_HEADER_BYTES);
    isn_out_init(&watch, ISN_SERVE_HEADER_BYTES);
    isn_out_init(&out, ISN_SERVE_ANSWER_BYTES);
    isn_watch_tell(&watch, server->watch);
    write_key(&key, r, watch.p);
    /* asked before the answer is made: a newer answer under an older tag is asked for again, the other way round it would stay */
    bool known = isnad_store_revision(at->reader.store, &revision, &err) == ISNAD_OK && !key.failed;
    if (known) {
        uint64_t tag = isn_hash(isn_hash(server->boot, &revision, sizeof revision), key.p, key.n);
        snprintf(r->etag, sizeof r->etag, "W/\"%016llx\"", (unsigned long long)tag);
    }
    if (known && r->match && isn_tag_matches(r->match, r->etag)) {
        r->status = 304;
    } else if (known && (r->body = isn_cache_get(server->cache, revision, key.p, key.n)) != NULL) {
        r->status = 200;
    } else if (isn_answer_make(&out, &r->ask, &at->reader, watch.p, &r->refusal, &err)) {
        finish(r, &out, revision, key.p, key.n, known);
    } else if (err.message[0]) {
        isn_server_note(server, &err);
    }
    isn_out_release(&key);
    isn_out_release(&watch);
    isn_out_release(&out);
}

static isn_request *take(isn_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->first && !pool->stop)
        pthread_cond_wait(&pool->work, &pool->lock);
    isn_request *r = pool->first;
    if (r) {
        pool->first = r->next;
        pool->waiting--;
        if (!pool->first)
            pool->last = NULL;
    }
    pthread_mutex_unlock(&pool->lock);
    return r;
}

static void *work(void *argument)
{
    reader *at = argument;
    for (isn_request *r; (r = take(at->pool)) != NULL;) {
        at->end = isn_now() + ISN_SERVE_WORK_SECONDS;
        if (atomic_load(&r->server->stop))
            isn_refuse(&r->refusal, 503, NULL, "the server is ending");
        else
            answer(at, r);
        MHD_resume_connection(r->connection); /* it isn't ours any more */
    }
    return NULL;
}

static isnad_status start_reader(isn_pool *pool, reader *at, isnad_error *err)
{
    isn_server *server = pool->server;
    at->pool = pool;
    isnad_status status = isnad_store_open(&at->reader.store, server->engine, server->options.database, 0, err);
    if (status == ISNAD_OK)
        status = isnad_worker_new(&at->reader.worker, server->engine, err);
    if (status != ISNAD_OK)
        return status;
    isnad_store_bound(at->reader.store, must_end, at);
    at->started = pthread_create(&at->thread, NULL, work, at) == 0;
    return at->started ? ISNAD_OK : isn_serve_fail(err, ISNAD_E_MEMORY, "no thread could be started");
}

isnad_status isn_pool_start(isn_pool **out, isn_server *server, unsigned readers, isnad_error *err)
{
    isn_pool *pool = *out = calloc(1, sizeof *pool);
    isnad_status status = ISNAD_OK;
    if (!pool)
        return isn_serve_fail(err, ISNAD_E_MEMORY, "out of memory");
    pool->server = server;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    while (status == ISNAD_OK && pool->n < readers && pool->n < ISN_SERVE_READERS)
        status = start_reader(pool, &pool->readers[pool->n++], err);
    return status;
}

void isn_pool_stop(isn_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->n; i++) {
        if (pool->readers[i].started)
            pthread_join(pool->readers[i].thread, NULL);
        isnad_worker_free(pool->readers[i].reader.worker);
        isnad_store_close(pool->readers[i].reader.store);
        pool->readers[i] = (reader){.pool = pool};
    }
    pool->n = 0;
}

void isn_pool_free(isn_pool *pool)
{
    if (!pool)
        return;
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

bool isn_pool_push(isn_pool *pool, isn_request *r)
{
    pthread_mutex_lock(&pool->lock);
    bool room = !pool->stop && pool->waiting < ISN_SERVE_WAITING;
    if (room) {
        MHD_suspend_connection(r->connection); /* before a reader can resume it */
        r->next = NULL;
        *(pool->last ? &pool->last->next : &pool->first) = r;
        pool->last = r;
        pool->waiting++;
        pthread_cond_signal(&pool->work);
    }
    pthread_mutex_unlock(&pool->lock);
    return room;
}
