/* find.c - looking in the database: the query as an expression of the search index, its articles one by one. */
#include "store/find.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "store/kept.h"
#include "store/schema.h"
#include "time/civil.h"

#define ROWS 20u
#define FIRST_YEAR 1900
#define LAST_YEAR 2100

static const char *const texts[ISN_SEEK_COUNT] = {
    [ISN_SEEK_ARTICLE] = "SELECT a.version, a.name, a.uri, a.address, o.name, a.published, a.title, a.day FROM articles a"
                         " LEFT JOIN outlets o ON o.id = a.outlet WHERE a.id = ? AND a.replaced IS NULL",
    [ISN_SEEK_CURRENT] = "SELECT 1 FROM articles WHERE id = ? AND replaced IS NULL",
    [ISN_SEEK_TEXT] = "SELECT text FROM texts WHERE article = ?",
    [ISN_SEEK_RECORD] = "SELECT size, record FROM records WHERE article = ?",
    [ISN_SEEK_ENTITIES] = "SELECT e.n, e.actor, e.name, c.kb, e.country, e.english, e.type FROM entities e LEFT JOIN actors c ON c.id = e.actor"
                          " WHERE e.article = ? ORDER BY e.n",
    [ISN_SEEK_PARTIES] = "SELECT event, role, entity FROM parties WHERE article = ? ORDER BY event, role, n",
    [ISN_SEEK_EVENTS] = "SELECT n, begin, end, trigger_begin, trigger_end, quote, type, mode, date, status, rule, day, place,"
                        " confidence FROM events WHERE article = ? ORDER BY n",
    [ISN_SEEK_MENTIONS] = "SELECT entity, begin, end, form FROM mentions WHERE article = ? ORDER BY begin",
    [ISN_SEEK_QUOTES] = "SELECT n, begin, end, kind, speaker, cue_begin, cue_end, rule, confidence FROM quotes"
                        " WHERE article = ? ORDER BY n",
    [ISN_SEEK_QUOTE_VIA] = "SELECT quote, entity FROM quote_via WHERE article = ? ORDER BY quote, n",
    [ISN_SEEK_ROLES] = "SELECT entity, office, body, country FROM roles WHERE article = ? ORDER BY entity, n",
};

sqlite3_stmt *isn_seek_statement(isn_seeker *s, int which, int64_t article)
{
    if (!s->sql[which] && isn_store_prepare(s->store, &s->sql[which], texts[which], s->err) != ISNAD_OK)
        return NULL;
    sqlite3_reset(s->sql[which]);
    sqlite3_bind_int64(s->sql[which], 1, article);
    return s->sql[which];
}

isn_str isn_seek_column(isn_seeker *s, sqlite3_stmt *st, int column)
{
    const unsigned char *p = sqlite3_column_text(st, column);
    return p ? isn_arena_copy(&s->store->arena, isn_str_of((const char *)p, (size_t)sqlite3_column_bytes(st, column)))
             : (isn_str){NULL, 0};
}

/* --- rows ----------------------------------------------------------------------------------------------------------- */

isn_buf *isn_row_begin(isn_seeker *s)
{
    isn_buf_reset(&s->store->row);
    isn_buf_char(&s->store->row, '{');
    return &s->store->row;
}

static void row_key(isn_buf *out, const char *key)
{
    if (out->n && out->p[out->n - 1] != '{' && out->p[out->n - 1] != '[')
        isn_buf_char(out, ',');
    isn_buf_char(out, '"');
    isn_buf_str(out, isn_str_cstr(key));
    isn_buf_append(out, "\":", 2);
}

void isn_row_str(isn_buf *out, const char *key, isn_str value)
{
    row_key(out, key);
    if (value.n)
        isn_buf_json(out, value);
    else
        isn_buf_append(out, "null", 4);
}

void isn_row_int(isn_buf *out, const char *key, int64_t value)
{
    row_key(out, key);
    isn_buf_format(out, "%lld", (long long)value);
}

void isn_row_real(isn_buf *out, const char *key, double value)
{
    row_key(out, key);
    isn_buf_hundredths(out, llround(value * 100.0));
}

void isn_row_raw(isn_buf *out, const char *key, const char *json)
{
    row_key(out, key);
    isn_buf_str(out, isn_str_cstr(json));
}

void isn_row_article(isn_buf *out, const isn_seen *seen)
{
    isn_row_int(out, "article", seen->id);
    isn_row_str(out, "id", seen->name);
    isn_row_str(out, "uri", seen->uri);
    isn_row_str(out, "address", seen->address);
    isn_row_str(out, "outlet", seen->outlet);
    isn_row_str(out, "published", seen->published);
    isn_row_str(out, "title", seen->title);
}

void isn_row_entity(isn_buf *out, const isn_seen *seen, uint32_t entity)
{
    if (entity == 0 || entity >= seen->n_entities) {
        isn_buf_append(out, "null", 4);
        return;
    }
    isn_buf_char(out, '{');
    isn_row_str(out, "name", seen->entities[entity].name);
    isn_row_str(out, "kb", seen->entities[entity].kb);
    isn_row_str(out, "english", seen->entities[entity].english);
    isn_row_str(out, "type", seen->entities[entity].type);
    isn_buf_char(out, '}');
}

bool isn_row_end(isn_seeker *s)
{
    isn_buf *out = &s->store->row;
    isn_buf_char(out, '}');
    s->rows++;
    if (out->failed || s->tell(s->user, out->p, out->n)) {
        s->stopped = true;
        return false;
    }
    return s->look_on || s->rows < s->limit;
}

isn_row_use isn_row_found(isn_seeker *s)
{
    s->found++;
    if (s->found <= s->query->offset)
        return ISN_ROW_PASS;
    if (s->rows < s->limit)
        return ISN_ROW_TELL;
    s->more = true;
    if (s->counting && s->found - s->query->offset - s->rows <= ISNAD_MOST_COUNTED)
        return ISN_ROW_PASS;
    s->uncounted = true;
    return ISN_ROW_STOP;
}

/* --- the query ------------------------------------------------------------------------------------------------------ */

/* The last day of a year, month or day; ISN_NO_DAY where it is none. */
static int64_t last_day(isn_str date)
{
    int64_t first = isn_store_day(date);
    if (first == ISN_NO_DAY)
        return first;
    isn_day day = isn_day_of(first);
    if (date.n < 7)
        day = (isn_day){day.year, 12, 31};
    else if (date.n < 10)
        day.day = isn_month_days(day.year, day.month);
    return isn_day_number(day);
}

static isnad_status read_day(int64_t *out, const char *date, bool last, const char *what, isnad_error *err)
{
    *out = ISN_NO_DAY;
    if (!date)
        return ISNAD_OK;
    *out = last ? last_day(isn_str_cstr(date)) : isn_store_day(isn_str_cstr(date));
    if (*out == ISN_NO_DAY)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "'%s' is no day for %s; say 2021-04-17, 2021-04 or 2021", date, what);
    return ISNAD_OK;
}

static isnad_status read_quad(int *out, const char *quad, isnad_error *err)
{
    static const char *const names[] = {"verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"};
    *out = 0;
    for (int i = 0; quad && i < 4; i++) {
        if (strcmp(quad, names[i]) == 0 || (quad[0] == '1' + i && quad[1] == 0))
            *out = i + 1;
    }
    if (quad && *out == 0)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0,
                        "there is no quad '%s'; it is 1 (verbal-cooperation), 2 (material-cooperation), 3 (verbal-conflict) or 4 (material-conflict)", quad);
    return ISNAD_OK;
}

/* Does the database hold events of a type that the lexicon doesn't know, of a folder of tables of somebody's own? */
static bool holds_type(const isn_seeker *s, isn_str type)
{
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_prepare_v2(s->store->db, "SELECT 1 FROM events WHERE type = ? LIMIT 1", -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_bind_text(statement, 1, type.p, (int)type.n, SQLITE_TRANSIENT) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_finalize(statement);
    return found;
}

static isnad_status read_type(isn_seeker *s, const char *type, isnad_error *err)
{
    isn_str rest = isn_str_cstr(type);
    s->type = s->mode = (isn_str){NULL, 0};
    if (!type)
        return ISNAD_OK;
    isn_str_next(&s->type, &rest, '/');
    s->mode = rest;
    if (isn_lexicon_row(s->store->lexicon, ISN_T_EVENTS, s->type) == ISN_NO_ROW && !holds_type(s, s->type))
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "there is no type of event '%s'; they are PLOVER's: CONSULT, AGREE, ASSAULT ...", type);
    return ISNAD_OK;
}

/* AND facets : "a" with alternatives that share a place. Begins with and_facet, then alternatives, then end_facet. */
static void and_facet(isn_buf *out)
{
    isn_buf_str(out, isn_str_cstr(out->n ? " AND facets : \"" : "facets : \""));
}

static void alternative(isn_buf *out, const char *kind, isn_str value)
{
    if (out->n && out->p[out->n - 1] != '"')
        isn_buf_char(out, ISN_SEARCH_OR);
    isn_facet_write(out, kind, value);
}

static void put_facet(isn_buf *out, const char *kind, const char *value)
{
    if (!value || !*value)
        return;
    and_facet(out);
    alternative(out, kind, isn_str_cstr(value));
    isn_buf_char(out, '"');
}

static void put_actors(isn_buf *out, const isn_actor_set *set, const char *const *kinds)
{
    if (!set->given)
        return;
    and_facet(out);
    for (size_t i = 0; i < set->n; i++) {
        for (const char *const *kind = kinds; *kind; kind++)
            alternative(out, *kind, set->kbs[i]);
    }
    isn_buf_char(out, '"');
}

/* The days from since to until as days, months and years of events. */
static void put_days(isn_buf *out, int64_t since, int64_t until)
{
    if (since == ISN_NO_DAY && until == ISN_NO_DAY)
        return;
    int64_t day = since != ISN_NO_DAY ? since : isn_day_number((isn_day){FIRST_YEAR, 1, 1});
    int64_t last = until != ISN_NO_DAY ? until : isn_day_number((isn_day){LAST_YEAR, 12, 31});
    and_facet(out);
    while (day <= last) {
        isn_day d = isn_day_of(day);
        char text[48];
        int64_t year = isn_day_number((isn_day){d.year, 12, 31});
        int64_t month = isn_day_number((isn_day){d.year, d.month, isn_month_days(d.year, d.month)});
        int n = snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
        if (d.day == 1 && d.month == 1 && year <= last) {
            n = 4;
            day = year + 1;
        } else if (d.day == 1 && month <= last) {
            n = 7;
            day = month + 1;
        } else {
            day++;
        }
        alternative(out, "d:", isn_str_of(text, (size_t)n));
    }
    if (out->p[out->n - 1] == '"') /* an empty range: nothing has this facet */
        alternative(out, "d:", ISN_STR("none"));
    isn_buf_char(out, '"');
}

/* Do its days mean those of events? */
static bool is_of_events(isnad_found what)
{
    return what == ISNAD_FOUND_EVENTS || what == ISNAD_FOUND_TIMELINE || what == ISNAD_FOUND_SERIES || what == ISNAD_FOUND_DYAD;
}

static void put_match(isn_seeker *s)
{
    static const char *const named[] = {"a:", NULL}, *const party[] = {"b:", "r:", NULL}, *const actor[] = {"b:", NULL},
                             *const recipient[] = {"r:", NULL}, *const speaker[] = {"s:", NULL},
                             *const does[] = {"b:", "s:", NULL};
    const isnad_query *q = s->query;
    isn_buf *out = &s->match;
    bool events = is_of_events(s->what), quotes = s->what == ISNAD_FOUND_QUOTES;
    if (s->words.match.n) {
        isn_buf_append(out, "text : (", 8);
        isn_buf_append(out, s->words.match.p, s->words.match.n);
        isn_buf_char(out, ')');
    }
    put_actors(out, &s->actor, events ? party : quotes ? speaker : named);
    put_actors(out, &s->by, events ? actor : quotes ? speaker : does);
    put_actors(out, &s->to, recipient);
    put_actors(out, &s->about, named);
    put_facet(out, "o:", q->outlet);
    put_facet(out, "c:", q->country);
    if (s->type.n) {
        and_facet(out);
        alternative(out, "t:", s->type);
        isn_buf_char(out, '"');
    }
    if (s->mode.n) {
        and_facet(out);
        alternative(out, "m:", s->mode);
        isn_buf_char(out, '"');
    }
    char quad[2] = {(char)('0' + s->quad), 0};
    put_facet(out, "q:", s->quad ? quad : NULL);
    if (events)
        put_days(out, s->since, s->until);
}

static isnad_status prepare(isn_seeker *s, isnad_error *err)
{
    const isnad_query *q = s->query;
    isnad_status status = isn_store_ready(s->store, err);
    if (status == ISNAD_OK && q->words)
        status = isn_words_query_make(&s->words, s->store, isn_str_cstr(q->words), err);
    if (status == ISNAD_OK)
        status = read_day(&s->since, q->since, false, "--since", err);
    if (status == ISNAD_OK)
        status = read_day(&s->until, q->until, true, "--until", err);
    if (status == ISNAD_OK)
        status = read_quad(&s->quad, q->quad, err);
    if (status == ISNAD_OK)
        status = read_type(s, q->type, err);
    bool page = s->what == ISNAD_FOUND_ACTOR_PAGE, sides = s->what == ISNAD_FOUND_DYAD; /* whose sides may be countries */
    const char *const names[] = {page && q->key ? q->key : q->actor, sides ? NULL : q->by, sides ? NULL : q->to, q->about};
    isn_actor_set *const sets[] = {&s->actor, &s->by, &s->to, &s->about};
    for (size_t i = 0; status == ISNAD_OK && i < 4 && s->what != ISNAD_FOUND_ACTORS; i++)
        status = isn_actor_set_find(sets[i], s->store, names[i], err);
    if (status == ISNAD_E_ARGUMENT && page && s->actor.given && s->actor.n == 0)
        return isn_key_unknown(s, "actor");
    if (status == ISNAD_OK && page && !s->actor.given)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "whose page? name an actor");
    if (status == ISNAD_OK)
        put_match(s);
    return status;
}

/* --- the article at hand ----------------------------------------------------------------------------------------------- */

bool isn_seek_text(isn_seeker *s, isn_seen *seen)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_TEXT, seen->id);
    if (!st || sqlite3_step(st) != SQLITE_ROW)
        return false;
    seen->text = isn_seek_column(s, st, 0);
    return true;
}

bool isn_seek_entities(isn_seeker *s, isn_seen *seen)
{
    struct {
        isn_seen_entity *items;
        size_t n, capacity;
    } list = {NULL, 0, 0};
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_ENTITIES, seen->id);
    isn_seen_entity *none = ISN_PUSH(&s->store->arena, &list);
    if (!st || !none)
        return false;
    while (sqlite3_step(st) == SQLITE_ROW) {
        isn_seen_entity *e = ISN_PUSH(&s->store->arena, &list);
        if (!e)
            return false;
        *e = (isn_seen_entity){sqlite3_column_int64(st, 1), isn_seek_column(s, st, 2), isn_seek_column(s, st, 3),
                               isn_seek_column(s, st, 4), isn_seek_column(s, st, 5), isn_seek_column(s, st, 6)};
    }
    seen->entities = list.items;
    seen->n_entities = list.n;
    return true;
}

static isn_seen_party *read_parties(isn_seeker *s, isn_seen *seen, size_t *n)
{
    struct {
        isn_seen_party *items;
        size_t n, capacity;
    } list = {NULL, 0, 0};
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_PARTIES, seen->id);
    *n = 0;
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        isn_seen_party *p = ISN_PUSH(&s->store->arena, &list);
        const unsigned char *role = sqlite3_column_text(st, 1);
        if (p && role)
            *p = (isn_seen_party){sqlite3_column_int64(st, 0), (uint32_t)sqlite3_column_int64(st, 2), (char)role[0]};
    }
    *n = list.n;
    return list.items;
}

bool isn_seek_events(isn_seeker *s, isn_seen *seen)
{
    struct {
        isn_seen_event *items;
        size_t n, capacity;
    } list = {NULL, 0, 0};
    size_t n_parties, p = 0;
    isn_seen_party *parties = read_parties(s, seen, &n_parties);
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_EVENTS, seen->id);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        isn_seen_event *e = ISN_PUSH(&s->store->arena, &list);
        if (!e)
            return false;
        *e = (isn_seen_event){.n = sqlite3_column_int64(st, 0), .begin = sqlite3_column_int64(st, 1),
                              .end = sqlite3_column_int64(st, 2), .trigger_begin = sqlite3_column_int64(st, 3),
                              .trigger_end = sqlite3_column_int64(st, 4), .quote = sqlite3_column_int64(st, 5),
                              .type = isn_seek_column(s, st, 6), .mode = isn_seek_column(s, st, 7),
                              .date = isn_seek_column(s, st, 8), .status = isn_seek_column(s, st, 9),
                              .rule = isn_seek_column(s, st, 10), .day = ISN_NO_DAY,
                              .place = (uint32_t)sqlite3_column_int64(st, 12), .confidence = sqlite3_column_double(st, 13)};
        if (sqlite3_column_type(st, 11) != SQLITE_NULL)
            e->day = sqlite3_column_int64(st, 11);
        while (p < n_parties && parties[p].event < e->n)
            p++;
        e->parties = parties + p;
        while (p < n_parties && parties[p].event == e->n)
            p++;
        e->n_parties = (size_t)(parties + p - e->parties);
    }
    seen->events = list.items;
    seen->n_events = list.n;
    return st != NULL;
}

bool isn_seek_words(isn_seeker *s, isn_seen *seen, isn_text *out)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_RECORD, seen->id);
    if (!st || sqlite3_step(st) != SQLITE_ROW)
        return false;
    isn_str packed = isn_str_of(sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1));
    isn_block *blocks;
    size_t n;
    if (!isn_pack_blocks(&blocks, &n, &s->store->arena, packed, (size_t)sqlite3_column_int64(st, 0)))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].begin > blocks[i].end || blocks[i].end > seen->text.n)
            return false;
    }
    return isn_store_read_text(out, s->store, seen->text, blocks, n);
}

bool isn_seek_failed(isn_seeker *s, const isn_seen *seen)
{
    int code = sqlite3_errcode(s->store->db);
    if (s->store->arena.full)
        s->status = isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    else if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        s->status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    else
        s->status = isn_fail(s->err, ISNAD_E_FORMAT, s->store->file, 0,
                             "article %lld of '%s' is not whole; `isnad check --db` tells more", (long long)seen->id,
                             s->store->file);
    return false;
}

/* --- all articles -------------------------------------------------------------------------------------------------------- */

bool isn_seek_article(isn_seeker *s, isn_seen *seen, int64_t id)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_ARTICLE, id);
    if (!st || sqlite3_step(st) != SQLITE_ROW)
        return false; /* a version that was replaced */
    *seen = (isn_seen){.id = id, .version = sqlite3_column_int64(st, 0), .name = isn_seek_column(s, st, 1),
                       .uri = isn_seek_column(s, st, 2), .address = isn_seek_column(s, st, 3),
                       .outlet = isn_seek_column(s, st, 4), .published = isn_seek_column(s, st, 5),
                       .title = isn_seek_column(s, st, 6), .day = ISN_NO_DAY};
    if (sqlite3_column_type(st, 7) != SQLITE_NULL)
        seen->day = sqlite3_column_int64(st, 7);
    return true;
}

/* An article that isn't told but only passed over or counted; false where the search ends with it. */
static bool pass_article(isn_seeker *s, int64_t id)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_CURRENT, id);
    return st && (sqlite3_step(st) != SQLITE_ROW || isn_row_found(s) == ISN_ROW_PASS);
}

isnad_status isn_seek_all(isn_seeker *s, isn_see_fn *see, void *extra, size_t most)
{
    bool bounded = !is_of_events(s->what);
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT rowid FROM search WHERE %srowid BETWEEN ?2 AND ?3 ORDER BY rowid %s",
             s->match.n ? "search MATCH ?1 AND " : "", s->query->oldest ? "ASC" : "DESC");
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(s->store, &st, sql, s->err);
    if (status != ISNAD_OK)
        return status;
    if (s->match.n)
        sqlite3_bind_text64(st, 1, s->match.p, s->match.n, SQLITE_STATIC, SQLITE_UTF8);
    bool since = bounded && s->since != ISN_NO_DAY, until = bounded && s->until != ISN_NO_DAY;
    sqlite3_bind_int64(st, 2, since ? isn_search_rowid(s->since, 0) : 0);
    sqlite3_bind_int64(st, 3, until ? isn_search_rowid(s->until + 1, 0) - 1 : INT64_MAX);
    isn_arena_mark before = isn_arena_here(&s->store->arena);
    int code;
    bool more = true;
    size_t n = 0;
    while (more && (most == 0 || n < most) && (code = sqlite3_step(st)) == SQLITE_ROW) {
        isn_seen seen;
        int64_t id = sqlite3_column_int64(st, 0) & INT64_C(0xFFFFFFFF);
        if (s->what == ISNAD_FOUND_ARTICLES && (s->found < s->query->offset || s->rows >= s->limit))
            more = pass_article(s, id);
        else if (isn_seek_article(s, &seen, id))
            more = see(s, &seen, extra);
        n++;
        if (s->store->arena.full)
            status = isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
        isn_arena_back(&s->store->arena, before);
        if (status == ISNAD_OK)
            status = s->status;
        more = more && status == ISNAD_OK;
    }
    if (more && (most == 0 || n < most) && code != SQLITE_DONE)
        status = isn_store_fail(s->err, s->store->db, s->store->file, "search");
    sqlite3_finalize(st);
    return status;
}

static isnad_status find_articles(isn_seeker *s)
{
    const isnad_query *q = s->query;
    bool all = !s->words.n && !s->actor.given && !s->by.given && !s->to.given && !s->about.given && !q->country && !s->type.n && !s->quad;
    isnad_status status = s->look_on && all ? isn_count_articles(&s->total, s) : ISNAD_OK;
    s->counting = s->look_on && !all;
    return status == ISNAD_OK ? isn_seek_all(s, isn_see_article, NULL, 0) : status;
}

static isnad_status act(isn_seeker *s)
{
    switch (s->what) {
    case ISNAD_FOUND_ARTICLES:
        return find_articles(s);
    case ISNAD_FOUND_EVENTS:
        return s->words.n ? isn_seek_all(s, isn_see_events, NULL, 0) : isn_list_events(s);
    case ISNAD_FOUND_QUOTES:
        if (s->words.n || s->to.given || s->about.given || s->query->country || s->type.n || s->quad)
            return isn_seek_all(s, isn_see_quotes, NULL, 0);
        s->counting = s->look_on;
        return isn_list_quotes(s);
    case ISNAD_FOUND_TIMELINE:
        return isn_find_timeline(s);
    case ISNAD_FOUND_ACTORS:
        return isn_find_actors(s);
    case ISNAD_FOUND_PORTRAIT:
        return isn_find_portrait(s);
    case ISNAD_FOUND_ACTOR_PAGE:
        return isn_find_actor_page(s);
    case ISNAD_FOUND_SERIES:
        return isn_find_series(s);
    case ISNAD_FOUND_DYAD:
        return isn_find_dyad(s);
    case ISNAD_FOUND_ARTICLE:
        return isn_find_article(s);
    case ISNAD_FOUND_OUTLETS:
        return isn_find_outlets(s);
    case ISNAD_FOUND_OUTLET:
        return isn_find_outlet(s);
    case ISNAD_FOUND_TYPES:
        return isn_find_types(s);
    case ISNAD_FOUND_STATUS:
        return isn_find_status(s);
    case ISNAD_FOUND_STORIES:
    case ISNAD_FOUND_STORY:
    case ISNAD_FOUND_FACTS:
    case ISNAD_FOUND_FRONT:
        return isn_find_kept(s);
    default:
        break;
    }
    return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "there is nothing of this kind to find");
}

/* One search: what is asked for, `see` (NULL: rows) for each article. */
static isnad_status seek(isn_seeker *s, isn_see_fn *see, void *extra)
{
    isn_words_query_init(&s->words);
    isn_buf_init(&s->match, (size_t)4 << 20);
    /* one view of the file, whatever is added meanwhile */
    bool own = sqlite3_get_autocommit(s->store->db) != 0; /* no batch is open */
    if (own)
        sqlite3_exec(s->store->db, "BEGIN", NULL, NULL, NULL);
    isnad_status status = prepare(s, s->err);
    if (status == ISNAD_OK)
        status = see ? isn_seek_all(s, see, extra, 0) : act(s);
    for (size_t i = 0; i < ISN_SEEK_COUNT; i++)
        sqlite3_finalize(s->sql[i]);
    if (own)
        sqlite3_exec(s->store->db, "COMMIT", NULL, NULL, NULL);
    isn_words_query_release(&s->words);
    isn_buf_release(&s->match);
    return status;
}

isnad_status isnad_store_find(isnad_store *store, isnad_found what, const isnad_query *query, isnad_row_fn *tell,
                              void *user, isnad_answer *answer, isnad_error *err)
{
    isnad_error mine = {0};
    isn_seeker s = {.store = store, .what = what, .query = query, .tell = tell, .user = user, .err = err ? err : &mine};
    s.limit = query->limit ? query->limit : ROWS;
    s.look_on = answer != NULL;
    s.total = -1;
    if (answer)
        *answer = (isnad_answer){0, 0, -1};
    if (query->offset > ISNAD_MOST_OFFSET)
        return isn_fail(s.err, ISNAD_E_ARGUMENT, NULL, 0, "at most %d results can be passed over; narrow the search", ISNAD_MOST_OFFSET);
    isnad_status status = seek(&s, NULL, NULL);
    if (answer)
        *answer = (isnad_answer){s.rows, s.more, s.total >= 0 ? s.total : s.uncounted || s.stopped ? -1 : (int64_t)s.found};
    return status;
}

isnad_status isnad_store_records_of(isnad_store *store, const isnad_query *query, isnad_record_fn *record, void *user,
                                    size_t *told, isnad_error *err)
{
    isnad_error mine = {0};
    isn_records_listener listener = {.record = record, .user = user};
    isn_seeker s = {.store = store, .what = ISNAD_FOUND_ARTICLES, .query = query, .err = err ? err : &mine};
    s.limit = query->limit ? query->limit : ISNAD_MOST_RECORDS;
    isn_buf_init(&listener.json, ISN_STORE_PACK_CEILING);
    isnad_status status = query->offset > ISNAD_MOST_OFFSET
                              ? isn_fail(s.err, ISNAD_E_ARGUMENT, NULL, 0, "at most %d results can be passed over; narrow the search", ISNAD_MOST_OFFSET)
                              : seek(&s, isn_see_record, &listener);
    if (told)
        *told = s.rows;
    isn_buf_release(&listener.json);
    return status;
}
