#include "store/reports.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "store/schema.h"

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for a story");
}

/* --- records ------------------------------------------------------------------------------------------------------- */

isnad_status isn_report_reader_open(isn_report_reader *out, isnad_store *store, isnad_error *err)
{
    *out = (isn_report_reader){.store = store};
    isn_buf_init(&out->json, ISN_STORE_PACK_CEILING);
    isn_arena_init(&out->arena, ISN_REPORTS_ARENA);
    return isn_store_prepare(store, &out->st, "SELECT r.size, r.record, CAST(t.text AS BLOB), r.digest FROM records r"
                                              " JOIN texts t ON t.article = r.article WHERE r.article = ?", err);
}

void isn_report_reader_release(isn_report_reader *reader)
{
    sqlite3_finalize(reader->st);
    isn_buf_release(&reader->json);
    isn_arena_release(&reader->arena);
}

static isn_str bytes_at(sqlite3_stmt *st, int column)
{
    const void *p = sqlite3_column_blob(st, column);
    return isn_str_of(p, p ? (size_t)sqlite3_column_bytes(st, column) : 0);
}

/* The record of the row at hand. */
static isnad_status take(isn_report_reader *r, isn_report *report, isnad_error *err)
{
    isn_buf_reset(&r->json);
    if (!isn_pack_json(&r->json, bytes_at(r->st, 1), (size_t)sqlite3_column_int64(r->st, 0), bytes_at(r->st, 2)))
        return isn_fail(err, ISNAD_E_FORMAT, r->store->file, 0, "the record of article %lld in '%s' is damaged",
                        (long long)report->article, r->store->file);
    isn_record *record = isn_arena_alloc(&r->arena, sizeof *record);
    isn_str json = isn_arena_copy(&r->arena, isn_str_of(r->json.p, r->json.n)), digest = bytes_at(r->st, 3);
    if (!record || !json.p)
        return no_memory(err);
    isnad_status status = isn_record_read(record, &r->arena, json, err);
    report->record = record;
    report->agency = (isn_str){0};
    if (status == ISNAD_OK && digest.n) {
        isn_digest read;
        isn_arena_mark mark = isn_arena_here(&r->arena);
        status = isn_digest_read(&read, &r->arena, digest, err);
        isn_arena_back(&r->arena, mark);
        if (status == ISNAD_OK && read.origin.n)
            report->agency = isn_arena_copy(&r->arena, read.origin);
        if (status == ISNAD_OK)
            report->minutes = read.minutes;
    }
    return status;
}

isnad_status isn_reports_read(isn_report_reader *r, isn_report *reports, size_t n, isnad_error *err)
{
    isnad_status status = ISNAD_OK;
    for (size_t i = 0; status == ISNAD_OK && i < n; i++) {
        sqlite3_bind_int64(r->st, 1, reports[i].article);
        int code = sqlite3_step(r->st);
        if (code == SQLITE_ROW)
            status = take(r, &reports[i], err);
        else if (code == SQLITE_DONE)
            status = isn_fail(err, ISNAD_E_NOT_FOUND, r->store->file, 0, "'%s' has no article %lld", r->store->file,
                              (long long)reports[i].article);
        else
            status = isn_store_fail(err, r->store->db, r->store->file, "read");
        sqlite3_reset(r->st);
    }
    return status;
}

size_t isn_report_place(const isn_report *reports, size_t n, int64_t article)
{
    size_t i = 0;
    while (i < n && reports[i].article != article)
        i++;
    return i;
}

isnad_status isn_reports_compare(isn_comparison *out, isn_arena *arena, const isn_report *reports, size_t n,
                                 const isn_lexicon *lexicon, isnad_error *err)
{
    size_t most = n < ISN_COMPARE_ARTICLES ? n : ISN_COMPARE_ARTICLES;
    const isn_record **records = isn_arena_calloc(arena, most + 1, sizeof *records);
    uint32_t *origins = isn_arena_calloc(arena, most + 1, sizeof *origins);
    if (!records || !origins)
        return no_memory(err);
    for (size_t i = 0; i < most; i++) {
        records[i] = reports[i].record;
        origins[i] = (uint32_t)(reports[i].origin < most ? reports[i].origin : i);
    }
    return isn_compare(out, arena, records, origins, most, lexicon, err);
}

/* --- parties ------------------------------------------------------------------------------------------------------- */

static int by_articles(const void *a, const void *b)
{
    const isn_told_party *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

isn_told_party *isn_parties_collect(size_t *n, isn_arena *arena, const isn_report *reports, size_t n_reports,
                                    const isn_lexicon *lexicon)
{
    size_t most = 0, size = 64;
    *n = 0;
    for (size_t i = 0; i < n_reports; i++)
        most += reports[i].record->n_entities;
    while (size < most * 2)
        size *= 2;
    isn_told_party *parties = isn_arena_alloc(arena, (most + 1) * sizeof *parties);
    uint32_t *slots = isn_arena_calloc(arena, size, sizeof *slots);
    for (size_t i = 0; parties && slots && i < n_reports; i++) {
        const isn_record *r = reports[i].record;
        for (size_t e = 0; e < r->n_entities; e++) {
            const isn_record_entity *entity = &r->entities[e];
            isn_str key = isn_record_key(entity);
            if (key.n == 0 || (lexicon && isn_lexicon_row(lexicon, ISN_T_OUTLETS, key) != ISN_NO_ROW))
                continue;
            size_t at = isn_str_hash(key) & (size - 1);
            while (slots[at] && !isn_str_equal(parties[slots[at] - 1].key, key))
                at = (at + 1) & (size - 1);
            if (!slots[at]) {
                parties[*n] = (isn_told_party){.key = key, .name = entity->name, .english = entity->english, .type = entity->type,
                                               .first = (uint32_t)*n, .last = UINT32_MAX};
                slots[at] = (uint32_t)++*n;
            }
            isn_told_party *p = &parties[slots[at] - 1];
            if (entity->placed && !p->placed) {
                p->placed = true;
                p->lat = entity->lat;
                p->lon = entity->lon;
            }
            p->articles += p->last != (uint32_t)i;
            p->last = (uint32_t)i;
            p->mentions += (uint32_t)entity->n_mentions;
        }
    }
    if (parties && slots && *n)
        qsort(parties, *n, sizeof *parties, by_articles);
    return slots ? parties : NULL;
}

void isn_party_write(isn_buf *out, const isn_told_party *party)
{
    isn_buf_str(out, ISN_STR("{\"kb\":"));
    isn_buf_json(out, party->key);
    isn_buf_json_field(out, "name", party->name);
    isn_buf_json_field(out, "english", party->english);
}

/* --- briefs -------------------------------------------------------------------------------------------------------- */

double isn_brief_rank(size_t origins, size_t outlets, int32_t last)
{
    double minutes = last == ISN_DIGEST_NO_TIME ? 0 : last;
    return log2((double)origins + (double)outlets / 2) + minutes / ISN_BRIEF_HALF;
}

/* The report that most others were joined by, of those with a title; the earlier one where two are equal. */
static size_t find_head(const isn_brief_of *story)
{
    size_t best = story->n, most = 0;
    for (size_t i = 0; i < story->n; i++) {
        size_t joins = 0;
        if (story->reports[i].record->title.n == 0)
            continue;
        for (size_t k = 0; k + 1 < story->n; k++)
            joins += story->joins[k].a == i || story->joins[k].b == i;
        if (best == story->n || joins > most) {
            best = i;
            most = joins;
        }
    }
    return best < story->n ? best : 0;
}

static size_t put_outlets(isn_buf *out, const isn_brief_of *story)
{
    size_t n = 0;
    isn_buf_str(out, ISN_STR(",\"outlets\":["));
    for (size_t i = 0; i < story->n; i++) {
        isn_str outlet = story->reports[i].record->outlet;
        size_t k = 0;
        while (k < i && !isn_str_equal(story->reports[k].record->outlet, outlet))
            k++;
        if (outlet.n == 0 || k < i)
            continue;
        if (n < ISN_BRIEF_OUTLETS) {
            if (n)
                isn_buf_char(out, ',');
            isn_buf_json(out, outlet);
        }
        n++;
    }
    isn_buf_char(out, ']');
    return n;
}

static void put_parties(isn_buf *out, const char *key, const isn_told_party *parties, size_t n, bool places, size_t most)
{
    size_t told = 0;
    isn_buf_format(out, ",\"%s\":[", key);
    for (size_t i = 0; i < n && told < most; i++) {
        if ((parties[i].type == ISN_RECORD_PLACE) != places)
            continue;
        if (told++)
            isn_buf_char(out, ',');
        isn_party_write(out, &parties[i]);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
}

static isn_str published(const isn_brief_of *story, bool last)
{
    isn_str found = {0};
    for (size_t i = 0; i < story->n; i++) {
        isn_str here = story->reports[last ? story->n - 1 - i : i].record->published;
        if (found.n == 0)
            found = here;
    }
    return found;
}

static isnad_status count_facts(isn_brief *out, isn_arena *arena, const isn_brief_of *story, const isn_lexicon *lexicon,
                                isnad_error *err)
{
    isn_comparison comparison;
    isnad_status status = isn_reports_compare(&comparison, arena, story->reports, story->n, lexicon, err);
    for (size_t i = 0; status == ISNAD_OK && i < comparison.n_facts; i++)
        out->contradictions += comparison.facts[i].n_clashes > 0;
    if (status == ISNAD_OK)
        out->facts = comparison.n_facts;
    return status;
}

isnad_status isn_brief_make(isn_brief *out, isn_arena *arena, const isn_brief_of *story, const isn_lexicon *lexicon, isnad_error *err)
{
    isn_buf json;
    size_t n, head = find_head(story);
    const isn_record *titled = story->reports[head].record;
    *out = (isn_brief){.head = story->reports[head].article, .first = story->reports[0].minutes,
                       .last = story->reports[story->n - 1].minutes};
    for (size_t i = 0; i < story->n && out->first == ISN_DIGEST_NO_TIME; i++)
        out->first = story->reports[i].minutes;
    isnad_status status = story->n > 1 ? count_facts(out, arena, story, lexicon, err) : ISNAD_OK;
    if (status != ISNAD_OK)
        return status;
    isn_told_party *parties = isn_parties_collect(&n, arena, story->reports, story->n, lexicon);
    if (!parties)
        return no_memory(err);
    isn_buf_init(&json, ISN_STORE_PACK_CEILING);
    isn_buf_format(&json, "{\"story\":%lld", (long long)story->number);
    isn_buf_json_field(&json, "title", titled->title);
    isn_buf_json_field(&json, "outlet", titled->outlet);
    isn_buf_json_field(&json, "first", published(story, false));
    isn_buf_json_field(&json, "last", published(story, true));
    isn_buf_format(&json, ",\"articles\":%zu,\"origins\":%zu", story->n, story->n_origins);
    out->outlets = put_outlets(&json, story);
    if (story->n > 1)
        isn_buf_format(&json, ",\"contradictions\":%zu,\"facts\":%zu", out->contradictions, out->facts);
    else
        isn_buf_str(&json, ISN_STR(",\"contradictions\":0,\"facts\":null"));
    put_parties(&json, "actors", parties, n, false, ISN_BRIEF_ACTORS);
    put_parties(&json, "places", parties, n, true, ISN_BRIEF_PLACES);
    isn_buf_char(&json, '}');
    if (json.failed) {
        isn_buf_release(&json);
        return no_memory(err);
    }
    out->json = json.p;
    out->n = json.n;
    return ISNAD_OK;
}
