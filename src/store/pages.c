/* pages.c - single answers: one article whole, the outlets, the types of events, what the database holds. */
#include <stdio.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "store/acts.h"
#include "store/schema.h"
#include "time/civil.h"

#define LISTED "40" /* actors and countries of an outlet */

sqlite3_stmt *isn_seek_sql(isn_seeker *s, const char *sql, int64_t a)
{
    sqlite3_stmt *st = NULL;
    if (s->status != ISNAD_OK)
        return NULL;
    s->status = isn_store_prepare(s->store, &st, sql, s->err);
    if (s->status == ISNAD_OK && sqlite3_bind_parameter_count(st))
        sqlite3_bind_int64(st, 1, a);
    return st;
}

void isn_seek_sql_end(isn_seeker *s, sqlite3_stmt *st, int code)
{
    if (st && s->status == ISNAD_OK && code != SQLITE_DONE && code != SQLITE_ROW && code != SQLITE_OK)
        s->status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    sqlite3_finalize(st);
}

isnad_status isn_key_unknown(isn_seeker *s, const char *what)
{
    return isn_fail(s->err, ISNAD_E_NOT_FOUND, NULL, 0, "there is no %s '%.200s'", what, s->query->key ? s->query->key : "");
}

void isn_row_day(isn_buf *out, const char *key, int64_t day)
{
    char text[48];
    isn_str s = {NULL, 0};
    if (day != ISN_NO_DAY) {
        isn_day d = isn_day_of(day);
        s = isn_str_of(text, (size_t)snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day));
    }
    isn_row_str(out, key, s);
}

void isn_row_candidate(isn_buf *out, const isn_candidate *c)
{
    isn_row_str(out, "kb", c->kb);
    isn_row_str(out, "type", c->type);
    isn_row_str(out, "name", c->name);
    isn_row_str(out, "english", c->english);
    isn_row_str(out, "country", c->country);
}

static void next(isn_buf *out)
{
    if (out->n && out->p[out->n - 1] != '[')
        isn_buf_char(out, ',');
    isn_buf_char(out, '{');
}

static void put_number(isn_buf *out, const char *key, sqlite3_stmt *st, int column)
{
    if (sqlite3_column_type(st, column) == SQLITE_NULL)
        isn_row_raw(out, key, "null");
    else
        isn_row_int(out, key, sqlite3_column_int64(st, column));
}

static int64_t day_at(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL ? ISN_NO_DAY : sqlite3_column_int64(st, column);
}

isnad_status isn_count_articles(int64_t *out, isn_seeker *s)
{
    int64_t outlet = ISN_ALL_OUTLETS;
    isnad_status status = s->query->outlet ? isn_outlet_number(&outlet, s, s->query->outlet) : ISNAD_OK;
    if (status != ISNAD_OK)
        return status;
    sqlite3_stmt *st = isn_seek_sql(s, outlet == ISN_ALL_OUTLETS
                                           ? "SELECT sum(articles) FROM outlet_days WHERE outlet > ?1 AND day BETWEEN ?2 AND ?3"
                                           : "SELECT sum(articles) FROM outlet_days WHERE outlet = ?1 AND outlet > 0 AND day BETWEEN ?2 AND ?3", outlet);
    if (st) {
        sqlite3_bind_int64(st, 2, s->since != ISN_NO_DAY ? s->since : ISN_NO_DAY_KEPT);
        sqlite3_bind_int64(st, 3, s->until != ISN_NO_DAY ? s->until : INT32_MAX);
    }
    int code = st ? sqlite3_step(st) : SQLITE_DONE;
    *out = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : -1;
    isn_seek_sql_end(s, st, code);
    return s->status;
}

/* --- one article ------------------------------------------------------------------------------------------------------- */

/* The record without its text. */
static bool put_record(isn_seeker *s, isn_buf *out, isn_str packed, size_t size)
{
    static const char mark[] = "\"text\":\"\",";
    isn_buf json;
    isn_buf_init(&json, ISN_STORE_PACK_CEILING);
    bool good = isn_pack_json(&json, packed, size, (isn_str){NULL, 0});
    size_t at = good ? isn_str_find(isn_str_of(json.p, json.n), isn_str_of(mark, sizeof mark - 1)) : SIZE_MAX;
    isn_row_raw(out, "record", "");
    if (at != SIZE_MAX) {
        isn_buf_append(out, json.p, at);
        isn_buf_append(out, json.p + at + sizeof mark - 1, json.n - at - (sizeof mark - 1));
    } else if (good) {
        isn_buf_append(out, json.p, json.n);
    }
    isn_buf_release(&json);
    (void)s;
    return good;
}

static void put_head(isn_seeker *s, isn_buf *out, sqlite3_stmt *st, int64_t id)
{
    static const char *const names[] = {"name", "uri", "address", "outlet", "published", "title", "language"};
    isn_row_raw(out, "article", "{");
    isn_row_int(out, "id", id);
    for (int i = 0; i < 7; i++)
        isn_row_str(out, names[i], isn_seek_column(s, st, i));
    isn_row_int(out, "version", sqlite3_column_int64(st, 7));
    put_number(out, "previous", st, 8);
    put_number(out, "replaced", st, 9);
    put_number(out, "story", st, 10);
    isn_buf_char(out, '}');
}

isnad_status isn_find_article(isn_seeker *s)
{
    int64_t id;
    if (!s->query->key || !isn_str_to_int(&id, isn_str_cstr(s->query->key)) || id < 1)
        return isn_key_unknown(s, "article");
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT a.name, a.uri, a.address, o.name, a.published, a.title, a.language, a.version, a.previous,"
                                       " a.replaced, m.story, CAST(t.text AS BLOB), r.size, r.record FROM articles a JOIN texts t ON t.article = a.id"
                                       " JOIN records r ON r.article = a.id LEFT JOIN outlets o ON o.id = a.outlet"
                                       " LEFT JOIN story_articles m ON m.article = a.id WHERE a.id = ?", id);
    int code = st ? sqlite3_step(st) : SQLITE_DONE;
    bool good = true;
    if (code == SQLITE_ROW) {
        isn_buf *out = isn_row_begin(s);
        const char *text = sqlite3_column_blob(st, 11), *record = sqlite3_column_blob(st, 13);
        s->found = 1;
        put_head(s, out, st, id);
        isn_row_raw(out, "text", "");
        isn_buf_json(out, isn_str_of(text ? text : "", text ? (size_t)sqlite3_column_bytes(st, 11) : 0));
        good = record && put_record(s, out, isn_str_of(record, (size_t)sqlite3_column_bytes(st, 13)), (size_t)sqlite3_column_int64(st, 12));
        if (good)
            isn_row_end(s);
    }
    isn_seek_sql_end(s, st, code);
    if (!good)
        return isn_fail(s->err, ISNAD_E_FORMAT, s->store->file, 0, "the record of article %lld is damaged; `isnad check --db` tells more",
                        (long long)id);
    return s->status == ISNAD_OK && code == SQLITE_DONE ? isn_key_unknown(s, "article") : s->status;
}

/* --- outlets -------------------------------------------------------------------------------------------------------------- */

/* outlet, articles, first, last, events, quotes, stories, firsts, alone, copies */
#define OUTLET_ROW                                                                                                            \
    "SELECT o.name, sum(d.articles), min(nullif(d.day, -1000000)), max(nullif(d.day, -1000000)), sum(d.events), sum(d.quotes),"   \
    " ifnull(t.stories, 0), ifnull(t.firsts, 0), ifnull(t.alone, 0), ifnull(t.copies, 0) FROM outlet_days d"                      \
    " LEFT JOIN outlets o ON o.id = d.outlet LEFT JOIN outlet_stories t ON t.outlet = d.outlet WHERE d.articles > 0 "

static void put_outlet(isn_seeker *s, isn_buf *out, sqlite3_stmt *st)
{
    static const char *const figures[] = {"events", "quotes", "stories", "firsts", "alone", "copies"};
    isn_row_str(out, "outlet", isn_seek_column(s, st, 0));
    isn_row_int(out, "articles", sqlite3_column_int64(st, 1));
    isn_row_day(out, "first", day_at(st, 2));
    isn_row_day(out, "last", day_at(st, 3));
    for (int i = 0; i < 6; i++)
        isn_row_int(out, figures[i], sqlite3_column_int64(st, 4 + i));
}

isnad_status isn_find_outlets(isn_seeker *s)
{
    int code = SQLITE_DONE;
    isn_buf *out = isn_row_begin(s);
    sqlite3_stmt *st = isn_seek_sql(s, OUTLET_ROW "GROUP BY d.outlet ORDER BY 2 DESC, 1", 0);
    s->found = 1;
    isn_row_raw(out, "rows", "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        next(out);
        put_outlet(s, out, st);
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(s, st, code);
    isn_buf_char(out, ']');
    if (s->status == ISNAD_OK)
        isn_row_end(s);
    return s->status;
}

static void put_months(isn_seeker *s, isn_buf *out, int64_t outlet)
{
    int code = SQLITE_DONE;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT strftime('%Y-%m', day * 86400, 'unixepoch'), sum(articles), sum(events), sum(quotes) FROM outlet_days"
                                       " WHERE outlet = ? AND articles > 0 AND day <> -1000000 GROUP BY 1 ORDER BY 1", outlet);
    isn_row_raw(out, "months", "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        next(out);
        isn_row_str(out, "period", isn_seek_column(s, st, 0));
        isn_row_int(out, "articles", sqlite3_column_int64(st, 1));
        isn_row_int(out, "events", sqlite3_column_int64(st, 2));
        isn_row_int(out, "quotes", sqlite3_column_int64(st, 3));
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(s, st, code);
    isn_buf_char(out, ']');
}

static void put_actors(isn_seeker *s, isn_buf *out, int64_t outlet)
{
    int code = SQLITE_DONE;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT a.kb, a.type, a.name, a.english, a.country, t.articles FROM"
                                       " (SELECT actor, articles FROM outlet_actors WHERE outlet = ? AND articles > 0"
                                       "  ORDER BY articles DESC, actor LIMIT " LISTED ") t CROSS JOIN actors a ON a.id = t.actor"
                                       " ORDER BY t.articles DESC, t.actor", outlet);
    isn_row_raw(out, "actors", "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        isn_candidate c = {.kb = isn_seek_column(s, st, 0), .type = isn_seek_column(s, st, 1), .name = isn_seek_column(s, st, 2),
                           .english = isn_seek_column(s, st, 3), .country = isn_seek_column(s, st, 4)};
        next(out);
        isn_row_candidate(out, &c);
        isn_row_int(out, "articles", sqlite3_column_int64(st, 5));
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(s, st, code);
    isn_buf_char(out, ']');
}

static void put_countries(isn_seeker *s, isn_buf *out, int64_t outlet)
{
    int code = SQLITE_DONE;
    const isn_lexicon *lexicon = s->store->lexicon;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT country, articles FROM outlet_countries WHERE outlet = ? AND articles > 0"
                                       " ORDER BY articles DESC, country LIMIT " LISTED, outlet);
    isn_row_raw(out, "countries", "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        isn_str country = isn_seek_column(s, st, 0);
        uint32_t row = isn_lexicon_row(lexicon, ISN_T_COUNTRIES, country);
        next(out);
        isn_row_str(out, "kb", country);
        isn_row_str(out, "name", row == ISN_NO_ROW ? country : isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, row, ISN_C_COUNTRIES_NAME));
        isn_row_str(out, "english", row == ISN_NO_ROW ? country : isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, row, ISN_C_COUNTRIES_ENGLISH));
        isn_row_int(out, "articles", sqlite3_column_int64(st, 1));
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(s, st, code);
    isn_buf_char(out, ']');
}

static void put_types(isn_seeker *s, isn_buf *out, int64_t outlet)
{
    int code = SQLITE_DONE;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT k.type, sum(d.events) FROM event_days d JOIN event_kinds k ON k.id = d.kind"
                                       " WHERE d.outlet = ? AND d.events > 0 GROUP BY 1 ORDER BY 2 DESC, 1", outlet);
    isn_row_raw(out, "types", "{");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        if (out->p[out->n - 1] != '{')
            isn_buf_char(out, ',');
        isn_buf_json(out, isn_seek_column(s, st, 0));
        isn_buf_format(out, ":%lld", (long long)sqlite3_column_int64(st, 1));
    }
    isn_seek_sql_end(s, st, code);
    isn_buf_char(out, '}');
}

isnad_status isn_find_outlet(isn_seeker *s)
{
    int64_t outlet = 0;
    isnad_status status = s->query->key && *s->query->key ? isn_outlet_number(&outlet, s, s->query->key) : ISNAD_OK;
    if (status != ISNAD_OK || outlet == 0)
        return status != ISNAD_OK ? status : isn_key_unknown(s, "outlet");
    sqlite3_stmt *st = isn_seek_sql(s, OUTLET_ROW "AND d.outlet = ? GROUP BY d.outlet", outlet);
    int code = st ? sqlite3_step(st) : SQLITE_DONE;
    isn_buf *out = isn_row_begin(s);
    if (code == SQLITE_ROW)
        put_outlet(s, out, st);
    isn_seek_sql_end(s, st, code);
    if (s->status == ISNAD_OK && code != SQLITE_ROW)
        return isn_key_unknown(s, "outlet"); /* all its articles have another one now */
    put_months(s, out, outlet);
    put_actors(s, out, outlet);
    put_countries(s, out, outlet);
    put_types(s, out, outlet);
    s->found = 1;
    if (s->status == ISNAD_OK)
        isn_row_end(s);
    return s->status;
}

/* --- types, status --------------------------------------------------------------------------------------------------------- */

/* What the lexicon calls a type with its mode in Arabic. */
static isn_str arabic_gloss(const isn_seeker *s, isn_str type, isn_str mode)
{
    const isn_lexicon *lexicon = s->store->lexicon;
    uint32_t row = isn_lexicon_row(lexicon, ISN_T_EVENTS, type);
    for (; row < isn_lexicon_rows(lexicon, ISN_T_EVENTS) && isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_TYPE), type); row++) {
        if (isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_MODE), mode))
            return isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_ARABIC);
    }
    return (isn_str){NULL, 0};
}

isnad_status isn_find_types(isn_seeker *s)
{
    int code = SQLITE_DONE;
    isn_buf *out = isn_row_begin(s);
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT t.type, t.mode, t.cameo, t.quad, t.score, t.gloss, ifnull(d.events, 0) FROM event_types t"
                                       " LEFT JOIN event_kinds k ON k.type = t.type AND k.mode = t.mode LEFT JOIN (SELECT kind, sum(events) AS events"
                                       " FROM event_days WHERE outlet = -1 GROUP BY kind) d ON d.kind = k.id ORDER BY t.type, t.mode", 0);
    s->found = 1;
    isn_row_raw(out, "rows", "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        next(out);
        isn_row_str(out, "type", isn_seek_column(s, st, 0));
        isn_row_str(out, "mode", isn_seek_column(s, st, 1));
        isn_row_str(out, "cameo", isn_seek_column(s, st, 2));
        isn_row_int(out, "quad", sqlite3_column_int64(st, 3));
        isn_row_real(out, "score", sqlite3_column_double(st, 4));
        isn_row_str(out, "english", isn_seek_column(s, st, 5));
        isn_row_str(out, "arabic", arabic_gloss(s, isn_seek_column(s, st, 0), isn_seek_column(s, st, 1)));
        isn_row_int(out, "events", sqlite3_column_int64(st, 6));
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(s, st, code);
    isn_buf_char(out, ']');
    if (s->status == ISNAD_OK)
        isn_row_end(s);
    return s->status;
}

isnad_status isn_find_status(isn_seeker *s)
{
    static const char *const figures[] = {"articles", "events", "quotes", "outlets", "actors", "stories"};
    uint64_t revision = 0;
    isnad_status status = isnad_store_revision(s->store, &revision, s->err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT ifnull(sum(articles), 0), ifnull(sum(events), 0), ifnull(sum(quotes), 0),"
                                       " (SELECT count(*) FROM outlets), (SELECT count(*) FROM actors), (SELECT count(*) FROM stories),"
                                       " min(nullif(day, -1000000)), max(nullif(day, -1000000)) FROM outlet_days WHERE articles > 0", 0);
    int code = st ? sqlite3_step(st) : SQLITE_DONE;
    isn_buf *out = isn_row_begin(s);
    s->found = 1;
    isn_row_str(out, "version", isn_str_cstr(ISNAD_VERSION));
    isn_row_int(out, "schema", ISN_STORE_VERSION);
    isn_row_int(out, "revision", (int64_t)revision);
    for (int i = 0; code == SQLITE_ROW && i < 6; i++)
        isn_row_int(out, figures[i], sqlite3_column_int64(st, i));
    if (code == SQLITE_ROW) {
        isn_row_day(out, "first", day_at(st, 6));
        isn_row_day(out, "last", day_at(st, 7));
    }
    isn_seek_sql_end(s, st, code);
    if (s->status == ISNAD_OK)
        isn_row_end(s);
    return s->status;
}
