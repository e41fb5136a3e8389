/* stories.c - stories and their tables for those outside: isnad_stories_*(). */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "pipeline/engine.h"
#include "story/alike.h"
#include "story/compare.h"
#include "store/stories.h"
#include "story/story_write.h"

#define FILE_CEILING ((size_t)1 << 40)
#define SCRATCH_CEILING ((size_t)4 << 30) /* bytes for one story */
#define OUT_CEILING ((size_t)1 << 30)     /* bytes of JSON for one story */

/* Where the record of an article is: bytes of a file or of the caller's, or the database. */
typedef struct place {
    const char *p;
    size_t n;
    int64_t article; /* in the database, where p is NULL */
} place;

struct isnad_stories {
    isnad_engine *engine;
    isn_stories *stories;
    isn_file *files;
    size_t n_files, files_capacity;
    place *places; /* of each article, as numbered by isn_stories_add */
    size_t n, capacity;
    isn_arena scratch;
    isn_buf out;
    isnad_store *store; /* or NULL */
    isn_buf json;       /* the record at hand from the database */
    isn_usage usage;      /* of words; made when it is first asked for */
    isnad_worker *worker; /* codes texts whose records hold no counts; NULL until there is one */
    isnad_pair *pairs;  /* that were found last, or NULL */
};

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for stories");
}

isnad_status isnad_stories_new(isnad_stories **out, isnad_engine *engine, isnad_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return no_memory(err);
    (*out)->engine = engine;
    isn_arena_init(&(*out)->scratch, SCRATCH_CEILING);
    isn_buf_init(&(*out)->out, OUT_CEILING);
    isn_buf_init(&(*out)->json, ISN_RECORD_CEILING);
    isnad_status status = isn_stories_new(&(*out)->stories, err);
    if (status != ISNAD_OK) {
        isnad_stories_free(*out);
        *out = NULL;
    }
    return status;
}

void isnad_stories_free(isnad_stories *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_files; i++)
        isn_file_close(&s->files[i]);
    isnad_worker_free(s->worker);
    isn_usage_release(&s->usage);
    isn_stories_free(s->stories);
    isn_arena_release(&s->scratch);
    isn_buf_release(&s->out);
    isn_buf_release(&s->json);
    free(s->files);
    free(s->pairs);
    free(s->places);
    free(s);
}

static bool grow(void **items, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity)
        return true;
    size_t more = *capacity ? *capacity * 2 : 64;
    void *moved = realloc(*items, more * size);
    if (!moved)
        return false;
    *items = moved;
    *capacity = more;
    return true;
}

isnad_status isnad_stories_add(isnad_stories *s, const char *record, size_t n, isnad_error *err)
{
    isn_record read;
    isn_digest digest;
    isn_arena_reset(&s->scratch);
    isnad_status status = isn_record_read(&read, &s->scratch, isn_str_of(record, n), err);
    if (status != ISNAD_OK)
        return status;
    if (!isn_digest_make(&digest, &s->scratch, &read, s->engine->lexicon) ||
        !grow((void **)&s->places, s->n, &s->capacity, sizeof *s->places))
        return no_memory(err);
    status = isn_stories_add(s->stories, &digest, err);
    if (status == ISNAD_OK)
        s->places[s->n++] = (place){record, n, 0};
    return status;
}

static isnad_status add_digest(void *user, int64_t article, isn_str bytes, isnad_error *err)
{
    isnad_stories *s = user;
    isn_digest digest;
    isn_arena_reset(&s->scratch);
    if (bytes.n == 0)
        return ISNAD_OK; /* none could be made when it was added */
    isnad_status status = isn_digest_read(&digest, &s->scratch, bytes, err);
    if (status == ISNAD_OK && !grow((void **)&s->places, s->n, &s->capacity, sizeof *s->places))
        status = no_memory(err);
    if (status == ISNAD_OK)
        status = isn_stories_add(s->stories, &digest, err);
    if (status == ISNAD_OK)
        s->places[s->n++] = (place){NULL, 0, article};
    return status;
}

isnad_status isnad_stories_from_store(isnad_stories *s, isnad_store *store, isnad_error *err)
{
    if (s->store || s->n)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "a database is to be added before anything else");
    s->store = store;
    isnad_status status = isn_store_each_digest(store, add_digest, s, err);
    return status == ISNAD_OK ? isn_store_decisions(store, s->stories, err) : status;
}

isnad_status isnad_stories_read(isnad_stories *s, const char *file, isnad_error *err)
{
    if (!grow((void **)&s->files, s->n_files, &s->files_capacity, sizeof *s->files))
        return no_memory(err);
    isnad_status status = isn_file_open(&s->files[s->n_files], file, FILE_CEILING, err);
    if (status != ISNAD_OK)
        return status;
    isn_str rest = s->files[s->n_files++].bytes, line;
    for (uint64_t number = 1; status == ISNAD_OK && rest.n && isn_str_next(&line, &rest, '\n'); number++) {
        isnad_error fault = {0};
        line = isn_str_trim(line);
        if (line.n)
            status = isnad_stories_add(s, line.p, line.n, &fault);
        if (status != ISNAD_OK)
            isn_fail(err, status, file, number, "%s", fault.message);
    }
    return status;
}

static bool kind_of(isn_decision_kind *out, isnad_decision decision, const char *a, const char *b)
{
    static const isn_decision_kind kinds[] = {
        [ISNAD_DECIDE_JOIN] = ISN_DECIDE_JOIN, [ISNAD_DECIDE_PART] = ISN_DECIDE_PART, [ISNAD_DECIDE_ALONE] = ISN_DECIDE_ALONE};
    if (decision > ISNAD_DECIDE_ALONE || !a || !*a || (decision == ISNAD_DECIDE_ALONE) != (!b || !*b))
        return false;
    *out = kinds[decision];
    return true;
}

isnad_status isnad_stories_decide(isnad_stories *s, isnad_decision decision, const char *a, const char *b, isnad_error *err)
{
    isn_decision_kind kind;
    if (!kind_of(&kind, decision, a, b))
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "no such decision");
    return isn_stories_decide(s->stories, kind, isn_str_cstr(a), isn_str_cstr(b), err);
}

isnad_status isnad_store_decide(isnad_store *store, isnad_decision decision, const char *a, const char *b, isnad_error *err)
{
    isn_decision_kind kind;
    if (!kind_of(&kind, decision, a, b))
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "no such decision");
    return isn_store_decide(store, kind, isn_str_cstr(a), isn_str_cstr(b), err);
}

isnad_status isnad_stories_keep(isnad_stories *s, isnad_error *err)
{
    if (!s->store)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "these stories are from no database");
    return isnad_store_make_stories(s->store, 1, 0, NULL, err);
}

isnad_status isnad_stories_make(isnad_stories *s, unsigned jobs, isnad_error *err)
{
    return isn_stories_make(s->stories, jobs, err);
}

/* --- made in parts ------------------------------------------------------------------------------- */

isnad_status isnad_stories_add_digest(isnad_stories *s, const char *digest, size_t n, isnad_error *err)
{
    return add_digest(s, 0, isn_str_of(digest, n), err);
}

isnad_status isnad_stories_pairs(isnad_stories *s, size_t first, unsigned jobs, const isnad_pair **pairs, size_t *n, isnad_error *err)
{
    isnad_pair *found;
    isnad_status status = isn_stories_pairs(&found, n, s->stories, first, jobs, err);
    free(s->pairs);
    *pairs = s->pairs = found;
    return status;
}

isnad_status isnad_stories_make_from(isnad_stories *s, const isnad_pair *pairs, size_t n, isnad_error *err)
{
    return isn_stories_make_from(s->stories, pairs, n, err);
}

static isnad_pair pair_of(const isn_join *join)
{
    return (isnad_pair){join->a, join->b, join->odds, join->odds};
}

isnad_status isnad_stories_at(const isnad_stories *s, size_t number, isnad_story *out, isnad_error *err)
{
    if (number >= isn_stories_count(s->stories))
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "there is no story %zu", number);
    const isn_story *story = isn_stories_at(s->stories, number);
    *out = (isnad_story){.articles = story->articles, .origins = story->origins, .n = story->n, .n_origins = story->n_origins,
                         .follows = SIZE_MAX};
    if (story->follows != ISN_NOTHING) {
        out->follows = story->follows;
        out->link = pair_of(&story->link);
    }
    return ISNAD_OK;
}

isnad_status isnad_stories_join(const isnad_stories *s, size_t number, size_t k, isnad_pair *out, isnad_error *err)
{
    if (number >= isn_stories_count(s->stories) || k + 1 >= isn_stories_at(s->stories, number)->n)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "story %zu has no join %zu", number, k);
    *out = pair_of(&isn_stories_at(s->stories, number)->joins[k]);
    return ISNAD_OK;
}

size_t isnad_stories_count(const isnad_stories *s)
{
    return isn_stories_count(s->stories);
}

size_t isnad_stories_size(const isnad_stories *s, size_t story)
{
    return story < isn_stories_count(s->stories) ? isn_stories_at(s->stories, story)->n : 0;
}

size_t isnad_stories_find(const isnad_stories *s, const char *id)
{
    isn_arena arena;
    isn_arena_init(&arena, ISN_ARENA_BLOCK);
    isn_str wanted = isn_digest_id(&arena, isn_str_cstr(id));
    size_t found = SIZE_MAX;
    for (size_t i = 0; found == SIZE_MAX && isn_stories_count(s->stories) && i < s->n; i++)
        if (isn_str_equal(isn_stories_article(s->stories, (uint32_t)i).id, wanted))
            found = isn_stories_of(s->stories, (uint32_t)i);
    isn_arena_release(&arena);
    return found;
}

/* --- telling a story ----------------------------------------------------------------------------- */

/* The record of an article in the scratch arena. */
static isnad_status fetch(isn_record *out, isnad_stories *s, uint32_t article, isnad_error *err)
{
    const place *at = &s->places[article];
    if (at->p)
        return isn_record_read(out, &s->scratch, isn_str_of(at->p, at->n), err);
    isn_buf_reset(&s->json);
    isnad_status status = s->store ? isn_store_record_json(&s->json, s->store, at->article, err)
                                   : isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "of these articles there are digests alone");
    if (status != ISNAD_OK)
        return status;
    isn_str json = isn_arena_copy(&s->scratch, isn_str_of(s->json.p, s->json.n));
    return json.p ? isn_record_read(out, &s->scratch, json, err) : no_memory(err);
}

/* The place of an article in its story. */
static size_t place_in(const isn_story *story, uint32_t article)
{
    size_t i = 0;
    while (i < story->n && story->articles[i] != article)
        i++;
    return i;
}

static void see_article(void *user, const isn_weighed *features, size_t n)
{
    isn_usage_add(user, features, n);
}

/* How often the words of the collection are used in it; NULL without memory: then they count as in news at large. */
static const isn_usage *usage_of(isnad_stories *s)
{
    if (!s->usage.slots && isn_usage_begin(&s->usage, s->n))
        isn_stories_sample(s->stories, ISN_USAGE_ARTICLES, see_article, &s->usage);
    return s->usage.slots ? &s->usage : NULL;
}

/* A record of its own, in the scratch arena. */
static const isn_record *fetched(isnad_stories *s, uint32_t article, isnad_status *status, isnad_error *err)
{
    isn_record *r = isn_arena_alloc(&s->scratch, sizeof *r);
    if (*status == ISNAD_OK)
        *status = r ? fetch(r, s, article, err) : no_memory(err);
    return r;
}

/* A story with its records, in the scratch arena. */
static isnad_status collect(isn_told_story *out, isnad_stories *s, size_t number, const isn_story *story, isnad_error *err)
{
    isn_told_article *articles = isn_arena_calloc(&s->scratch, story->n + 1, sizeof *articles);
    isn_told_join *joins = isn_arena_calloc(&s->scratch, story->n + 1, sizeof *joins);
    isnad_status status = articles && joins ? ISNAD_OK : no_memory(err);
    for (size_t i = 0; status == ISNAD_OK && i < story->n; i++) {
        articles[i].record = fetched(s, story->articles[i], &status, err);
        articles[i].agency = isn_stories_article(s->stories, story->articles[i]).origin;
        articles[i].origin = place_in(story, story->origins[i]);
    }
    for (size_t i = 0; status == ISNAD_OK && i + 1 < story->n; i++)
        joins[i] = (isn_told_join){place_in(story, story->joins[i].a), place_in(story, story->joins[i].b), story->joins[i].odds,
                                   story->joins[i].by_hand};
    *out = (isn_told_story){.number = number, .n_origins = story->n_origins, .articles = articles, .n = story->n, .joins = joins,
                            .n_joins = story->n - 1, .follows = story->follows != ISN_NOTHING, .earlier = story->follows};
    if (out->follows) {
        out->from = fetched(s, story->link.a, &status, err);
        out->to = fetched(s, story->link.b, &status, err);
    }
    return status;
}

/* --- the table ----------------------------------------------------------------------------------- */

/* Records of other makes may have no list of counts at all. */
static bool holds_counts(const isnad_stories *s, uint32_t article)
{
    const place *at = &s->places[article];
    return !at->p || isn_str_find(isn_str_of(at->p, at->n), ISN_STR("\"counts\"")) != SIZE_MAX;
}

/* The event of a record that has the trigger of an event of another record of the same text. */
static uint32_t same_event(const isn_record *record, const isn_record *other, uint32_t event)
{
    if (event >= other->n_events)
        return ISN_NOTHING;
    isn_span trigger = other->events[event].trigger;
    for (uint32_t i = 0; i < record->n_events; i++)
        if (record->events[i].trigger.begin < trigger.end && trigger.begin < record->events[i].trigger.end)
            return i;
    return ISN_NOTHING;
}

/* Gives a record the counts that its text tells, where the text is read as it stands. */
static isnad_status add_counts(isn_record *record, isnad_stories *s, isnad_error *err)
{
    isnad_status status = s->worker ? ISNAD_OK : isnad_worker_new(&s->worker, s->engine, err);
    isnad_input input = {.uri = "record", .bytes = record->text.p, .n = record->text.n, .kind = ISNAD_KIND_TEXT};
    const char *json;
    size_t n;
    isn_record read;
    if (status != ISNAD_OK)
        return status;
    if (isnad_code(s->worker, &input, &json, &n, NULL) != ISNAD_OK)
        return ISNAD_OK; /* no text that could be read: no counts */
    isn_str kept = isn_arena_copy(&s->scratch, isn_str_of(json, n));
    if (!kept.p || isn_record_read(&read, &s->scratch, kept, NULL) == ISNAD_E_MEMORY)
        return no_memory(err);
    if (!isn_str_equal(read.text, record->text) || read.n_counts == 0)
        return ISNAD_OK;
    isn_record_count *counts = (isn_record_count *)read.counts;
    for (size_t i = 0; i < read.n_counts; i++)
        counts[i].event = same_event(record, &read, counts[i].event);
    record->counts = counts;
    record->n_counts = read.n_counts;
    return ISNAD_OK;
}

static isnad_status begin(isnad_stories *s, size_t number, isnad_error *err)
{
    if (number >= isn_stories_count(s->stories))
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "there is no story %zu", number);
    isn_arena_reset(&s->scratch);
    isn_buf_reset(&s->out);
    return ISNAD_OK;
}

static isnad_status end(isnad_stories *s, const char **json, size_t *n, isnad_error *err)
{
    *json = s->out.p;
    *n = s->out.n;
    return s->out.failed ? no_memory(err) : ISNAD_OK;
}

isnad_status isnad_stories_tell(isnad_stories *s, size_t number, int reasons, const char **json, size_t *n, isnad_error *err)
{
    isn_told_story told;
    isnad_status status = begin(s, number, err);
    if (status == ISNAD_OK)
        status = collect(&told, s, number, isn_stories_at(s->stories, number), err);
    if (status == ISNAD_OK)
        status = isn_story_write(&s->out, &s->scratch, &told, s->engine->lexicon, reasons ? usage_of(s) : NULL, reasons != 0, err);
    return status == ISNAD_OK ? end(s, json, n, err) : status;
}

isnad_status isnad_stories_compare(isnad_stories *s, size_t number, const char **json, size_t *n, isnad_error *err)
{
    isnad_status status = begin(s, number, err);
    if (status != ISNAD_OK)
        return status;
    const isn_story *story = isn_stories_at(s->stories, number);
    size_t most = story->n < ISN_COMPARE_ARTICLES ? story->n : ISN_COMPARE_ARTICLES;
    isn_record records[ISN_COMPARE_ARTICLES];
    const isn_record *list[ISN_COMPARE_ARTICLES];
    uint32_t origins[ISN_COMPARE_ARTICLES];
    for (size_t i = 0; status == ISNAD_OK && i < most; i++) {
        status = fetch(&records[i], s, story->articles[i], err);
        list[i] = &records[i];
        size_t origin = place_in(story, story->origins[i]);
        origins[i] = (uint32_t)(origin < most ? origin : i);
    }
    for (size_t i = 0; status == ISNAD_OK && i < most; i++)
        if (!holds_counts(s, story->articles[i]))
            status = add_counts(&records[i], s, err);
    isn_comparison comparison;
    if (status == ISNAD_OK)
        status = isn_compare(&comparison, &s->scratch, list, origins, most, s->engine->lexicon, err);
    if (status != ISNAD_OK)
        return status;
    char name[24];
    int length = snprintf(name, sizeof name, "%zu", number);
    isn_compare_write(&s->out, &comparison, isn_str_of(name, (size_t)length));
    return end(s, json, n, err);
}
