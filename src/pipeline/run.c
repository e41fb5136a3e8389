/*
 * run.c - many articles: the caller's thread reads items and writes results in order, worker threads code them.
 *
 * A ring of slots stands between them. The caller fills the next free slot, workers take filled ones in order of their
 * number, the caller writes the oldest as soon as it is done. So memory is bounded by the ring, the order is that of
 * the inputs, and every callback runs in the caller's thread.
 */
#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"
#include "pipeline/engine.h"
#include "read/meta.h"
#include "read/source.h"

#define MOST_JOBS 256u
#define SLOTS_PER_JOB 16u
#define SLOTS_OF_STORE 512u /* so that workers have enough to do while a batch is written */
#define NOBODY UINT64_MAX
#define PROGRESS_EVERY 64u

typedef enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_TAKEN, SLOT_DONE } slot_state;

/* A record or a fault: a piece of an archive gives any number of them. */
typedef struct result {
    size_t end;         /* of the record in the slot's output */
    isnad_error *fault; /* NULL: a record */
} result;

typedef struct slot {
    slot_state state;
    isn_item item;
    isn_buf out;
    result *results;
    size_t n_results, room;
    uint64_t skipped; /* records of an archive without a page */
    bool lost;        /* no memory for a result */
} slot;

typedef struct run {
    isnad_engine *engine;
    const isnad_run_options *options;
    isn_read_options read;
    isn_metadata *metadata;
    isn_source *source;
    slot *slots;
    size_t n_slots;
    uint64_t filled, taken, written; /* counts of items */
    uint64_t awaited;                /* number of the item that the caller's thread waits for, or NOBODY */
    bool stop;
    isnad_error *err;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    isnad_progress progress;
} run;

/* Adds what came of an article: what was appended to the output, or a fault, which is copied. */
static void add_result(slot *s, const isnad_error *fault)
{
    if (s->n_results == s->room) {
        size_t room = s->room ? s->room * 2 : 4;
        result *results = realloc(s->results, room * sizeof *results);
        s->lost = s->lost || !results;
        if (!results)
            return;
        s->results = results;
        s->room = room;
    }
    isnad_error *copy = fault ? malloc(sizeof *copy) : NULL;
    s->lost = s->lost || (fault && !copy);
    if (fault && !copy)
        return;
    if (copy)
        *copy = *fault;
    s->results[s->n_results++] = (result){s->out.n, copy};
}

static void clear_results(slot *s)
{
    for (size_t i = 0; i < s->n_results; i++)
        free(s->results[i].fault);
    s->n_results = 0;
    s->skipped = 0;
    s->lost = false;
    isn_buf_reset(&s->out);
}

/* A record, coded or read back, as what is to be delivered of it, at the end of the slot's output. */
static isnad_status finish(run *r, isnad_worker *worker, slot *s, const isn_record *record, const isn_text *text,
                           isnad_error *fault)
{
    if (r->options->store)
        return isn_worker_pack(&s->out, worker, record, text, fault);
    isn_record_write(&s->out, record);
    return ISNAD_OK;
}

/* Codes one article into the output of the slot. */
static void code_article(run *r, isnad_worker *worker, slot *s, const isn_item *item)
{
    isn_article article;
    isn_analysed analysed;
    isn_record record;
    isnad_error fault = {0};
    size_t begin = s->out.n;
    isnad_status status;
    if (r->options->records) {
        isn_text text;
        status = isn_worker_record_item(&record, &text, worker, item, &fault);
        if (status == ISNAD_OK)
            status = finish(r, worker, s, &record, &text, &fault);
    } else {
        status = isn_worker_read(&analysed, &article, worker, item, &r->read, &fault);
        if (status == ISNAD_OK && r->options->explain)
            isn_explain_write(&s->out, &analysed, isn_str_cstr(r->options->rule));
        else if (status == ISNAD_OK && (status = isn_worker_record(&record, worker, &analysed, &fault)) == ISNAD_OK)
            status = finish(r, worker, s, &record, &analysed.text, &fault);
    }
    if (s->out.failed)
        status = isn_fail(&fault, ISNAD_E_LIMIT, item->name, item->line, "the record of '%s' is too large", item->name);
    s->out.failed = false;
    if (status != ISNAD_OK)
        s->out.n = begin;
    if (status == ISNAD_E_EMPTY && item->record)
        s->skipped++; /* a page of an archive that holds no word: nobody named it */
    else
        add_result(s, status == ISNAD_OK ? NULL : &fault);
}

/* Codes the item of a slot; touches nothing that is shared but the engine. */
static void code(run *r, isnad_worker *worker, slot *s)
{
    if (s->item.kind != ISN_ITEM_WARC) {
        code_article(r, worker, s, &s->item);
    } else {
        isn_item page;
        isnad_error fault = {0};
        isn_warc *warc = &worker->warc;
        isn_warc_begin(warc, &s->item);
        for (isn_warc_step step; (step = isn_warc_next(warc, &page, &fault)) != ISN_WARC_END;) {
            if (step == ISN_WARC_PAGE)
                code_article(r, worker, s, &page);
            else
                add_result(s, &fault);
        }
        s->skipped += warc->skipped;
    }
    isn_item_release(&s->item);
}

static void *work(void *argument)
{
    run *r = argument;
    isnad_worker *worker = NULL;
    isnad_error error;
    isnad_status made = isnad_worker_new(&worker, r->engine, &error);
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->stop && r->taken == r->filled)
            pthread_cond_wait(&r->work, &r->lock);
        if (r->taken == r->filled)
            break;
        uint64_t number = r->taken++;
        slot *s = &r->slots[number % r->n_slots];
        s->state = SLOT_TAKEN;
        pthread_mutex_unlock(&r->lock);
        if (made == ISNAD_OK) {
            code(r, worker, s);
        } else {
            add_result(s, &error);
            isn_item_release(&s->item);
        }
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_DONE;
        if (number == r->awaited)
            pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    isnad_worker_free(worker);
    return NULL;
}

static void tell_fault(void *context, const isnad_error *fault)
{
    run *r = context;
    r->progress.faults++;
    if (r->options->fault)
        r->options->fault(r->options->user, fault);
}

/* Hands out the results of a slot: records and faults. */
static isnad_status deliver(run *r, slot *s)
{
    isnad_status status = ISNAD_OK;
    size_t begin = 0;
    for (size_t i = 0; i < s->n_results && status == ISNAD_OK; i++) {
        if (s->results[i].fault) {
            tell_fault(r, s->results[i].fault);
        } else {
            r->progress.articles++;
            isn_str out = isn_str_of(s->out.p + begin, s->results[i].end - begin);
            status = r->options->store ? isn_store_put(r->options->store, out, r->err)
                                       : r->options->record(r->options->user, out.p, out.n);
        }
        begin = s->results[i].end;
        r->progress.bytes = isn_source_bytes(r->source);
        uint64_t told = r->progress.articles + r->progress.faults;
        if (status == ISNAD_OK && r->options->progress && told % PROGRESS_EVERY == 0 &&
            r->options->progress(r->options->user, &r->progress))
            status = ISNAD_E_STOPPED;
    }
    if (s->lost) {
        isnad_error err = {0};
        isn_fail(&err, ISNAD_E_MEMORY, NULL, 0, "no memory for what an archive holds; a part of it is lost");
        tell_fault(r, &err);
    }
    r->progress.skipped += s->skipped;
    clear_results(s);
    return status;
}

static isnad_status run_alone(run *r, isnad_error *err)
{
    isnad_worker *worker;
    isnad_status status = isnad_worker_new(&worker, r->engine, err);
    slot *s = &r->slots[0];
    while (status == ISNAD_OK && isn_source_next(r->source, &s->item)) {
        code(r, worker, s);
        status = deliver(r, s);
    }
    isnad_worker_free(worker);
    return status;
}

/* Waits until the item of this number is coded. */
static void wait_for(run *r, uint64_t number)
{
    pthread_mutex_lock(&r->lock);
    r->awaited = number;
    while (r->slots[number % r->n_slots].state != SLOT_DONE)
        pthread_cond_wait(&r->done, &r->lock);
    r->awaited = NOBODY;
    pthread_mutex_unlock(&r->lock);
}

/* Waits for the oldest slot and delivers it. */
static isnad_status deliver_oldest(run *r)
{
    slot *s = &r->slots[r->written % r->n_slots];
    wait_for(r, r->written);
    isnad_status status = deliver(r, s);
    s->state = SLOT_FREE;
    r->written++;
    return status;
}

static isnad_status feed(run *r)
{
    isnad_status status = ISNAD_OK;
    bool more = true;
    while (status == ISNAD_OK && (more || r->written < r->filled)) {
        if (more && r->filled - r->written == r->n_slots) {
            wait_for(r, r->written + r->n_slots / 2); /* half a ring at a time: waking up for each item costs more than it */
            for (size_t i = 0; i < r->n_slots / 2 && status == ISNAD_OK; i++)
                status = deliver_oldest(r);
            continue;
        }
        if (!more) {
            status = deliver_oldest(r);
            continue;
        }
        slot *s = &r->slots[r->filled % r->n_slots];
        more = isn_source_next(r->source, &s->item);
        if (!more)
            continue;
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_FILLED;
        r->filled++;
        pthread_cond_signal(&r->work);
        pthread_mutex_unlock(&r->lock);
    }
    return status;
}

static isnad_status run_threads(run *r, unsigned jobs, isnad_error *err)
{
    pthread_t *threads = calloc(jobs, sizeof *threads);
    if (!threads)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for %u threads", jobs);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->work, NULL);
    pthread_cond_init(&r->done, NULL);
    unsigned started = 0;
    isnad_status status = ISNAD_OK;
    while (started < jobs && pthread_create(&threads[started], NULL, work, r) == 0)
        started++;
    if (started == 0)
        status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no thread could be started");
    else
        status = feed(r);
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&r->done);
    pthread_cond_destroy(&r->work);
    pthread_mutex_destroy(&r->lock);
    free(threads);
    return status;
}

static void set_reading(run *r, const isnad_run_options *options)
{
    isn_read_options_init(&r->read);
    r->read.page = r->engine->page;
    r->read.lexicon = r->engine->lexicon;
    r->read.metadata = r->metadata;
    r->read.charset = options->charset;
    r->read.kind = (isn_item_kind)options->kind;
    r->read.favor = (isn_favor)options->favor;
    r->read.outlet = isn_str_cstr(options->outlet);
    r->read.published = isn_str_cstr(options->published);
    isn_name_fields(&r->read.fields, (const char *const[]){options->field_id, options->field_url, options->field_outlet,
                                                           options->field_published, options->field_title, options->field_text});
}

isnad_status isnad_run(isnad_engine *engine, const isnad_run_options *options, isnad_progress *done,
                       isnad_error *err)
{
    unsigned jobs = options->jobs < 1 ? 1 : options->jobs > MOST_JOBS ? MOST_JOBS : options->jobs;
    run r = {.engine = engine, .options = options, .awaited = NOBODY, .err = err};
    isnad_status status = ISNAD_OK;
    if (options->metadata)
        status = isn_metadata_open(&r.metadata, options->metadata, err);
    if (status != ISNAD_OK)
        goto out;
    set_reading(&r, options);
    r.n_slots = jobs == 1 ? 1 : (size_t)jobs * SLOTS_PER_JOB;
    if (options->store && jobs > 1 && r.n_slots < SLOTS_OF_STORE)
        r.n_slots = SLOTS_OF_STORE;
    r.slots = calloc(r.n_slots, sizeof *r.slots);
    if (!r.slots) {
        status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for %u jobs", jobs);
        goto out;
    }
    for (size_t i = 0; i < r.n_slots; i++)
        isn_buf_init(&r.slots[i].out, ISN_RECORD_CEILING);
    status = isn_source_new(&r.source, options->inputs, options->n_inputs, (isn_item_kind)options->kind,
                            options->charset, tell_fault, &r, err);
    if (status == ISNAD_OK && options->read)
        isn_source_set_part(r.source, &(isn_source_part){options->read, options->user, options->offset, options->line});
    if (status == ISNAD_OK)
        status = jobs == 1 ? run_alone(&r, err) : run_threads(&r, jobs, err);
    if (options->store && (status == ISNAD_OK || status == ISNAD_E_STOPPED)) {
        isnad_status kept = isn_store_commit(options->store, err);
        status = kept == ISNAD_OK ? status : kept;
    }
    if (r.source) {
        isn_source_count count = isn_source_counted(r.source);
        r.progress.repeated = count.repeated;
        r.progress.skipped += count.skipped;
    }
    if (status == ISNAD_OK && options->progress) {
        r.progress.bytes = isn_source_bytes(r.source);
        options->progress(options->user, &r.progress);
    }
    if (status == ISNAD_E_STOPPED)
        isn_fail(err, ISNAD_E_STOPPED, NULL, 0, "stopped on request");
out:
    if (done)
        *done = r.progress;
    for (size_t i = 0; r.slots && i < r.n_slots; i++) {
        isn_item_release(&r.slots[i].item);
        clear_results(&r.slots[i]);
        free(r.slots[i].results);
        isn_buf_release(&r.slots[i].out);
    }
    free(r.slots);
    isn_source_free(r.source);
    isn_metadata_free(r.metadata);
    return status;
}
