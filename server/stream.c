#include "stream.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "limits.h"
#include "out.h"
#include "sweep.h"

#define GZIP_LEVEL 5
#define GZIP_WINDOW (15 + 16)

const isn_format isn_formats[] = {
    {"jsonl", "application/x-ndjson", "jsonl"},
    {"events", "text/csv; charset=utf-8", "csv"},
    {"quotes", "text/csv; charset=utf-8", "csv"},
    {"counts", "text/csv; charset=utf-8", "csv"},
    {"actors", "text/csv; charset=utf-8", "csv"},
    {"polecat", "text/tab-separated-values; charset=utf-8", "tsv"},
    {"icews", "text/tab-separated-values; charset=utf-8", "tsv"},
    {"gdelt-events", "text/tab-separated-values; charset=utf-8", "tsv"},
    {"gdelt-mentions", "text/tab-separated-values; charset=utf-8", "tsv"},
    {"plover", "application/x-ndjson", "jsonl"},
    {"gexf", "application/gexf+xml", "gexf"},
    {"graphml", "application/graphml+xml", "graphml"},
};
const size_t isn_n_formats = sizeof isn_formats / sizeof *isn_formats;

const isn_format *isn_format_find(const char *name)
{
    for (size_t i = 0; i < isn_n_formats; i++) {
        if (strcmp(isn_formats[i].name, name) == 0)
            return &isn_formats[i];
    }
    return NULL;
}

typedef struct place {
    pthread_t thread;
    bool used;        /* the thread was started and not yet joined */
    atomic_bool over; /* it has nothing more to do */
} place;

struct isn_streams {
    isnad_engine *engine;
    const char *database;
    pthread_mutex_t lock; /* of the places */
    place places[ISN_SERVE_EXPORTS];
    atomic_bool stop;
};

struct isn_stream {
    isn_streams *all;
    place *place;
    const isn_format *format;
    isnad_query query; /* its strings are ours */
    char *strings;
    bool gzip;
    z_stream z;
    double end; /* when its time is over */
    pthread_mutex_t lock;
    pthread_cond_t room;
    atomic_uint owners;
    char ring[ISN_SERVE_EXPORT_RING];
    size_t head, n;
    bool begun, ended, broken, gone; /* gone: nobody reads it */
    isn_stream_wake_fn *wake; /* whom to wake when there is something; NULL: nobody waits */
    void *user;
    isnad_status status;
    isnad_error err;
};

/* --- the side that writes ----------------------------------------------------------------------------- */

static bool over(const isn_stream *s)
{
    return atomic_load(&s->all->stop) || isn_now() > s->end;
}

/* With the lock held: wakes whoever waits. */
static void wake(isn_stream *s)
{
    isn_stream_wake_fn *function = s->wake;
    s->wake = NULL;
    s->begun = true;
    if (function)
        function(s->user);
}

static isnad_status put(isn_stream *s, const char *p, size_t n)
{
    pthread_mutex_lock(&s->lock);
    while (n && !s->gone && !over(s)) {
        if (s->n == sizeof s->ring) {
            struct timespec until;
            clock_gettime(CLOCK_REALTIME, &until);
            until.tv_sec++; /* to see whether the time is over */
            pthread_cond_timedwait(&s->room, &s->lock, &until);
            continue;
        }
        size_t at = (s->head + s->n) % sizeof s->ring, free_here = at < s->head ? s->head - at : sizeof s->ring - at;
        size_t part = n < free_here ? n : free_here;
        memcpy(s->ring + at, p, part);
        s->n += part;
        p += part;
        n -= part;
        wake(s);
    }
    pthread_mutex_unlock(&s->lock);
    return n ? ISNAD_E_STOPPED : ISNAD_OK;
}

static isnad_status put_packed(isn_stream *s, const char *p, size_t n, int flush)
{
    char part[16384];
    isnad_status status = ISNAD_OK;
    s->z.next_in = (unsigned char *)(uintptr_t)p;
    s->z.avail_in = (uInt)n;
    do {
        s->z.next_out = (unsigned char *)part;
        s->z.avail_out = sizeof part;
        deflate(&s->z, flush);
        if (s->z.avail_out < sizeof part)
            status = put(s, part, sizeof part - s->z.avail_out);
    } while (status == ISNAD_OK && s->z.avail_out == 0);
    return status;
}

static isnad_status write_bytes(void *user, const char *bytes, size_t n)
{
    isn_stream *s = user;
    while (s->gzip && n > 1u << 30) { /* zlib counts in unsigned int */
        isnad_status status = put_packed(s, bytes, 1u << 30, Z_NO_FLUSH);
        if (status != ISNAD_OK)
            return status;
        bytes += 1u << 30;
        n -= 1u << 30;
    }
    return s->gzip ? put_packed(s, bytes, n, Z_NO_FLUSH) : put(s, bytes, n);
}

typedef struct work {
    isn_stream *stream;
    isnad_export *export_;
} work;

static isnad_status take_record(void *user, const char *record, size_t n)
{
    work *w = user;
    isnad_status status = isnad_export_add(w->export_, record, n, NULL);
    if (status == ISNAD_E_FORMAT || status == ISNAD_E_LIMIT)
        status = ISNAD_OK; /* one record that can't be written costs no other */
    return over(w->stream) ? ISNAD_E_STOPPED : status;
}

static int must_end(void *user)
{
    const isn_stream *s = user;
    return over(s);
}

static isnad_status export_all(isn_stream *s, isnad_error *err)
{
    work w = {.stream = s};
    isnad_store *store = NULL;
    size_t told = 0;
    isnad_query query = s->query;
    query.limit = 0;
    query.key = NULL;
    isnad_status status = isnad_store_open(&store, s->all->engine, s->all->database, 0, err);
    if (status == ISNAD_OK) {
        isnad_store_bound(store, must_end, s);
        status = isnad_export_open(&w.export_, s->all->engine, s->format->name, write_bytes, s, err);
    }
    if (status == ISNAD_OK)
        status = isnad_store_records_of(store, &query, take_record, &w, &told, err);
    if (status == ISNAD_OK && told == ISNAD_MOST_RECORDS) /* broken off rather than cut in silence */
        status = isn_serve_fail(err, ISNAD_E_LIMIT, "more than %d articles answer", ISNAD_MOST_RECORDS);
    if (status == ISNAD_OK)
        status = isnad_export_end(w.export_, NULL, err);
    if (status == ISNAD_OK && s->gzip)
        status = put_packed(s, "", 0, Z_FINISH);
    isnad_export_free(w.export_);
    isnad_store_close(store);
    return status;
}

static void let_go(isn_stream *s)
{
    if (atomic_fetch_sub(&s->owners, 1) != 1)
        return;
    if (s->gzip)
        deflateEnd(&s->z);
    pthread_cond_destroy(&s->room);
    pthread_mutex_destroy(&s->lock);
    free(s->strings);
    free(s);
}

/* The query with strings of our own: the request may be gone before the thread is. */
static bool copy_query(isn_stream *s, const isnad_query *query)
{
    isnad_query *q = &s->query;
    *q = *query;
    const char **const strings[] = {&q->words, &q->actor, &q->by, &q->to, &q->about, &q->outlet, &q->country, &q->type,
                                    &q->status, &q->quad, &q->since, &q->until, &q->period, &q->key, &q->sort};
    size_t n = 1;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        n += *strings[i] ? strlen(*strings[i]) + 1 : 0;
    char *p = s->strings = malloc(n);
    for (size_t i = 0; p && i < sizeof strings / sizeof *strings; i++) {
        if (!*strings[i])
            continue;
        const char *copy = p;
        p = stpcpy(p, *strings[i]) + 1;
        *strings[i] = copy;
    }
    return p != NULL;
}

static void *work_on(void *argument)
{
    isn_stream *s = argument;
    place *at = s->place;
    isnad_error err = {0};
    isnad_status status = export_all(s, &err);
    pthread_mutex_lock(&s->lock);
    s->status = status;
    s->err = err;
    s->ended = status == ISNAD_OK;
    s->broken = !s->ended;
    wake(s);
    pthread_mutex_unlock(&s->lock);
    let_go(s);
    atomic_store(&at->over, true);
    return NULL;
}

/* --- the side that reads ------------------------------------------------------------------------------- */

isn_streams *isn_streams_new(isnad_engine *engine, const char *database)
{
    isn_streams *all = calloc(1, sizeof *all);
    if (!all)
        return NULL;
    all->engine = engine;
    all->database = database;
    pthread_mutex_init(&all->lock, NULL);
    return all;
}

void isn_streams_stop(isn_streams *all)
{
    if (!all)
        return;
    atomic_store(&all->stop, true);
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < ISN_SERVE_EXPORTS; i++) {
        if (all->places[i].used)
            pthread_join(all->places[i].thread, NULL);
        all->places[i].used = false;
    }
    pthread_mutex_unlock(&all->lock);
}

void isn_streams_free(isn_streams *all)
{
    if (all)
        pthread_mutex_destroy(&all->lock);
    free(all);
}

static place *find_place(isn_streams *all)
{
    for (size_t i = 0; i < ISN_SERVE_EXPORTS; i++) {
        place *at = &all->places[i];
        if (at->used && atomic_load(&at->over)) {
            pthread_join(at->thread, NULL);
            at->used = false;
        }
        if (!at->used)
            return at;
    }
    return NULL;
}

isn_stream *isn_stream_begin(isn_streams *all, const isn_format *format, const isnad_query *query, bool gzip,
                             isn_stream_wake_fn *function, void *user)
{
    isn_stream *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->all = all;
    s->format = format;
    s->end = isn_now() + ISN_SERVE_EXPORT_SECONDS;
    s->wake = function;
    s->user = user;
    s->gzip = gzip && deflateInit2(&s->z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->room, NULL);
    atomic_init(&s->owners, 2);
    pthread_mutex_lock(&all->lock);
    bool ready = copy_query(s, query) && s->gzip == gzip && !atomic_load(&all->stop);
    place *at = s->place = ready ? find_place(all) : NULL;
    if (at) {
        atomic_store(&at->over, false);
        at->used = pthread_create(&at->thread, NULL, work_on, s) == 0;
    }
    bool started = at && at->used;
    pthread_mutex_unlock(&all->lock);
    if (started)
        return s;
    let_go(s);
    let_go(s);
    return NULL;
}

bool isn_stream_good(isn_stream *s, isnad_status *status, isnad_error *err)
{
    pthread_mutex_lock(&s->lock);
    bool good = s->n > 0 || s->ended;
    *status = s->status;
    *err = s->err;
    pthread_mutex_unlock(&s->lock);
    return good;
}

ssize_t isn_stream_take(isn_stream *s, char *to, size_t n, void (*wait)(void *user), isn_stream_wake_fn *function, void *user)
{
    ssize_t taken = 0;
    pthread_mutex_lock(&s->lock);
    if (s->n) {
        size_t here = sizeof s->ring - s->head < s->n ? sizeof s->ring - s->head : s->n;
        size_t part = n < here ? n : here;
        memcpy(to, s->ring + s->head, part);
        s->head = (s->head + part) % sizeof s->ring;
        s->n -= part;
        taken = (ssize_t)part;
        pthread_cond_signal(&s->room);
    } else if (s->broken) {
        taken = -1;
    } else if (!s->ended) {
        taken = -2;
        s->wake = function;
        s->user = user;
        wait(user);
    }
    pthread_mutex_unlock(&s->lock);
    return taken;
}

void isn_stream_free(isn_stream *s)
{
    pthread_mutex_lock(&s->lock);
    s->gone = true;
    pthread_cond_signal(&s->room);
    pthread_mutex_unlock(&s->lock);
    let_go(s);
}
