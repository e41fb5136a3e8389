/* kept_story.c - one story of those that are kept: its page and its table. */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/kept.h"
#include "store/schema.h"

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for a story");
}

/* --- which story --------------------------------------------------------------------------------------------------- */

/* The first number that a query of one text or number gives; 0: none. */
static isnad_status ask(int64_t *out, isn_seeker *s, const char *sql, const char *text, int64_t number)
{
    sqlite3_stmt *st = NULL;
    *out = 0;
    isnad_status status = isn_store_prepare(s->store, &st, sql, s->err);
    if (status != ISNAD_OK)
        return status;
    if (text)
        sqlite3_bind_text(st, 1, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_int64(st, 1, number);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(st, 0);
    else if (code != SQLITE_DONE)
        status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    sqlite3_finalize(st);
    return status;
}

/* A number of a story, of an article in one or of an earlier version of that, or the id of an article. */
static isnad_status find_story(int64_t *out, isn_seeker *s)
{
    int64_t number = 0;
    const char *key = s->query->key;
    *out = 0;
    if (!key || !*key)
        return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "which story?");
    isnad_status status = ISNAD_OK;
    if (isn_str_to_int(&number, isn_str_cstr(key))) {
        status = ask(out, s, "SELECT id FROM stories WHERE id = ?", NULL, number);
        if (status == ISNAD_OK && *out == 0)
            status = ask(out, s, "SELECT m.story FROM articles o CROSS JOIN articles a ON a.identity = o.identity"
                                 " CROSS JOIN story_articles m ON m.article = a.id WHERE o.id = ?", NULL, number);
    }
    if (status == ISNAD_OK && *out == 0)
        status = ask(out, s, "SELECT m.story FROM articles a CROSS JOIN story_articles m ON m.article = a.id WHERE a.name = ?"
                             " ORDER BY a.id LIMIT 1", key, 0);
    if (status == ISNAD_OK && *out == 0)
        status = isn_fail(s->err, ISNAD_E_NOT_FOUND, NULL, 0, "there is no story '%s'", key);
    return status;
}

/* --- reading it ---------------------------------------------------------------------------------------------------- */

static int64_t minutes_at(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL ? ISN_DIGEST_NO_TIME : sqlite3_column_int64(st, column);
}

static isnad_status read_members(isn_kept_story *k, isn_report_reader *reader, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    size_t n = 0;
    int code = SQLITE_DONE;
    int64_t *origins = isn_arena_calloc(&reader->arena, k->n + 1, sizeof *origins);
    k->reports = isn_arena_calloc(&reader->arena, k->n + 1, sizeof *k->reports);
    if (!origins || !k->reports)
        return no_memory(err);
    isnad_status status = isn_store_prepare(reader->store, &st, "SELECT article, origin, minutes FROM story_articles WHERE story = ?"
                                                                " ORDER BY n", err);
    if (status == ISNAD_OK)
        sqlite3_bind_int64(st, 1, k->id);
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW && n < k->n) {
        k->reports[n] = (isn_report){.article = sqlite3_column_int64(st, 0), .minutes = (int32_t)minutes_at(st, 2)};
        origins[n++] = sqlite3_column_int64(st, 1);
    }
    if (status == ISNAD_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        status = isn_store_fail(err, reader->store->db, reader->store->file, "read");
    sqlite3_finalize(st);
    k->n = n;
    for (size_t i = 0; i < n; i++)
        k->reports[i].origin = isn_report_place(k->reports, n, origins[i]);
    return status;
}

static isnad_status read_joins(isn_kept_story *k, isn_report_reader *reader, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    size_t n = 0;
    int code = SQLITE_DONE;
    k->joins = isn_arena_calloc(&reader->arena, k->n + 1, sizeof *k->joins);
    if (!k->joins)
        return no_memory(err);
    isnad_status status = isn_store_prepare(reader->store, &st, "SELECT a, b, odds, by_hand FROM story_joins WHERE story = ?"
                                                                " ORDER BY n", err);
    if (status == ISNAD_OK)
        sqlite3_bind_int64(st, 1, k->id);
    for (; status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW && n + 1 < k->n; n++)
        k->joins[n] = (isn_told_join){isn_report_place(k->reports, k->n, sqlite3_column_int64(st, 0)),
                                      isn_report_place(k->reports, k->n, sqlite3_column_int64(st, 1)),
                                      (float)sqlite3_column_double(st, 2), sqlite3_column_int64(st, 3) != 0};
    if (status == ISNAD_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        status = isn_store_fail(err, reader->store->db, reader->store->file, "read");
    sqlite3_finalize(st);
    for (size_t i = 0; status == ISNAD_OK && i < n; i++)
        if (k->joins[i].a >= k->n || k->joins[i].b >= k->n)
            status = isn_fail(err, ISNAD_E_FORMAT, reader->store->file, 0, "story %lld isn't whole; `isnad check --db` tells more",
                              (long long)k->id);
    return status;
}

isnad_status isn_kept_read(isn_kept_story *out, isn_report_reader *reader, int64_t story, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    *out = (isn_kept_story){.id = story};
    isnad_status status = isn_store_prepare(reader->store, &st, "SELECT articles, origins, ifnull(follows, 0), follow_a, follow_b"
                                                                " FROM stories WHERE id = ?", err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_bind_int64(st, 1, story);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        out->n = (size_t)sqlite3_column_int64(st, 0);
        out->n_origins = (size_t)sqlite3_column_int64(st, 1);
        out->follows = sqlite3_column_int64(st, 2);
        out->from = sqlite3_column_int64(st, 3);
        out->to = sqlite3_column_int64(st, 4);
    } else {
        status = code == SQLITE_DONE ? isn_fail(err, ISNAD_E_NOT_FOUND, NULL, 0, "there is no story %lld", (long long)story)
                                     : isn_store_fail(err, reader->store->db, reader->store->file, "read");
    }
    sqlite3_finalize(st);
    if (status == ISNAD_OK)
        status = read_members(out, reader, err);
    if (status == ISNAD_OK)
        status = read_joins(out, reader, err);
    return status == ISNAD_OK ? isn_reports_read(reader, out->reports, out->n, err) : status;
}

/* --- the page ------------------------------------------------------------------------------------------------------ */

static void put_degrees(isn_buf *out, const char *key, bool known, int16_t hundredths)
{
    isn_buf_format(out, ",\"%s\":", key);
    if (known)
        isn_buf_hundredths(out, hundredths);
    else
        isn_buf_str(out, ISN_STR("null"));
}

static void put_parties(isn_buf *out, const isn_told_party *parties, size_t n, bool places)
{
    size_t told = 0;
    isn_buf_str(out, places ? ISN_STR(",\"places\":[") : ISN_STR(",\"actors\":["));
    for (size_t i = 0; i < n && told < ISN_KEPT_PARTIES; i++) {
        const isn_told_party *p = &parties[i];
        if ((p->type == ISN_RECORD_PLACE) != places)
            continue;
        if (told++)
            isn_buf_char(out, ',');
        isn_party_write(out, p);
        if (places) {
            put_degrees(out, "lat", p->placed, p->lat);
            put_degrees(out, "lon", p->placed, p->lon);
        } else {
            isn_buf_json_field(out, "type", isn_str_cstr(isn_record_type_text(p->type)));
        }
        isn_buf_format(out, ",\"articles\":%u}", p->articles);
    }
    isn_buf_char(out, ']');
}

/* The story as `isnad story --json` has it. */
static isnad_status put_story(isn_seeker *s, isn_buf *out, isn_report_reader *reader, const isn_kept_story *k)
{
    isn_report ends[2] = {{.article = k->from}, {.article = k->to}};
    isn_told_article *articles = isn_arena_calloc(&reader->arena, k->n + 1, sizeof *articles);
    if (!articles)
        return no_memory(s->err);
    for (size_t i = 0; i < k->n; i++)
        articles[i] = (isn_told_article){k->reports[i].record, k->reports[i].agency, k->reports[i].origin, k->reports[i].article};
    isnad_status status = k->follows ? isn_reports_read(reader, ends, 2, s->err) : ISNAD_OK;
    isn_told_story told = {.number = (uint64_t)k->id, .n_origins = k->n_origins, .articles = articles, .n = k->n, .joins = k->joins,
                           .n_joins = k->n - 1, .follows = k->follows != 0, .earlier = (uint64_t)k->follows,
                           .from = ends[0].record, .to = ends[1].record};
    if (status == ISNAD_OK)
        status = isn_story_write(out, &reader->arena, &told, s->store->lexicon, NULL, true, s->err);
    return status;
}

/* The stories that go on with this one. */
static bool put_after(isn_seeker *s, isn_buf *out, int64_t story, int64_t newest)
{
    sqlite3_stmt *st = NULL;
    bool there, good = true;
    int code = SQLITE_DONE;
    s->status = isn_store_prepare(s->store, &st, "SELECT id FROM stories WHERE follows = ? ORDER BY first, id LIMIT ?", s->err);
    if (s->status != ISNAD_OK)
        return false;
    sqlite3_bind_int64(st, 1, story);
    sqlite3_bind_int64(st, 2, ISN_KEPT_AFTER);
    for (size_t n = 0; good && (code = sqlite3_step(st)) == SQLITE_ROW; n++) {
        if (n)
            isn_buf_char(out, ',');
        good = isn_kept_brief(s, out, sqlite3_column_int64(st, 0), newest, &there);
    }
    if (good && code != SQLITE_DONE)
        s->status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    sqlite3_finalize(st);
    return s->status == ISNAD_OK;
}

/* All of the page; the story is read. */
static isnad_status put_page(isn_seeker *s, isn_buf *out, isn_report_reader *reader, const isn_kept_story *k)
{
    int64_t newest;
    bool there;
    size_t n;
    isn_buf_str(out, ISN_STR("{\"brief\":"));
    if (!isn_kept_newest(s, &newest) || !isn_kept_brief(s, out, k->id, newest, &there))
        return s->status;
    isn_buf_str(out, ISN_STR(",\"story\":"));
    isnad_status status = put_story(s, out, reader, k);
    isn_told_party *parties = isn_parties_collect(&n, &reader->arena, k->reports, k->n, s->store->lexicon);
    if (status == ISNAD_OK && !parties)
        status = no_memory(s->err);
    if (status != ISNAD_OK)
        return status;
    put_parties(out, parties, n, false);
    put_parties(out, parties, n, true);
    isn_buf_str(out, ISN_STR(",\"before\":["));
    if (k->follows && !isn_kept_brief(s, out, k->follows, newest, &there))
        return s->status;
    isn_buf_str(out, ISN_STR("],\"after\":["));
    put_after(s, out, k->id, newest);
    isn_buf_str(out, ISN_STR("]}"));
    return s->status;
}

/* --- the table ----------------------------------------------------------------------------------------------------- */

static isnad_status put_facts(isn_seeker *s, isn_buf *out, isn_report_reader *reader, const isn_kept_story *k)
{
    isn_comparison comparison;
    char name[24];
    int length = snprintf(name, sizeof name, "%lld", (long long)k->id);
    int64_t *numbers = isn_arena_calloc(&reader->arena, k->n + 1, sizeof *numbers);
    if (!numbers)
        return no_memory(s->err);
    for (size_t i = 0; i < k->n; i++)
        numbers[i] = k->reports[i].article;
    isnad_status status = isn_reports_compare(&comparison, &reader->arena, k->reports, k->n, s->store->lexicon, s->err);
    if (status != ISNAD_OK)
        return status;
    comparison.numbers = numbers;
    isn_str story = isn_str_of(name, (size_t)length);
    if (s->limit == SIZE_MAX && s->query->offset == 0)
        isn_compare_write(out, &comparison, story);
    else
        isn_compare_write_part(out, &comparison, story, s->query->offset, s->limit);
    return ISNAD_OK;
}

typedef isnad_status put_fn(isn_seeker *s, isn_buf *out, isn_report_reader *reader, const isn_kept_story *k);

/* Reads the story that is asked for and tells one row of it. */
static isnad_status tell_one(isn_seeker *s, put_fn *put)
{
    isn_report_reader reader;
    isn_kept_story k;
    int64_t story;
    isn_buf out;
    isnad_status status = find_story(&story, s);
    if (status != ISNAD_OK)
        return status;
    isn_buf_init(&out, ISN_STORE_PACK_CEILING);
    status = isn_report_reader_open(&reader, s->store, s->err);
    if (status == ISNAD_OK)
        status = isn_kept_read(&k, &reader, story, s->err);
    if (status == ISNAD_OK)
        status = put(s, &out, &reader, &k);
    if (status == ISNAD_OK && out.failed)
        status = no_memory(s->err);
    if (status == ISNAD_OK) {
        s->rows = s->found = 1;
        s->tell(s->user, out.p, out.n);
    }
    isn_buf_release(&out);
    isn_report_reader_release(&reader);
    return status;
}

isnad_status isn_find_kept_story(isn_seeker *s)
{
    return tell_one(s, put_page);
}

isnad_status isn_find_kept_facts(isn_seeker *s)
{
    return tell_one(s, put_facts);
}
