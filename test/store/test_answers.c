/*
 * Lists by pages, sums and pages of a database, each against plain SQL over the tables that articles are kept in: who takes part, types, days,
 * outlets, versions that were replaced. And: strings that mean harm in every field, keys that nothing has, a writer that adds meanwhile.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>
#include <sqlite3.h>

#include "dice.h"
#include "isnad.h"
#include "store/parts.h"
#include "store/summary.h"
#include "temp.h"

#define ARTICLES 400u
#define MOST_ROWS 4000u

typedef struct shop {
    isnad_engine *engine;
    char folder[TEMP_PATH], file[TEMP_PATH + 16], records[TEMP_PATH + 32];
    isnad_store *store;
    sqlite3 *db;
} shop;

/* Articles `first` to `last`; every seventh of those below comes once more with another text. */
static void add(const shop *s, isnad_store *store, unsigned first, unsigned last)
{
    uint32_t seed = first + 1;
    FILE *out = fopen(s->records, "w");
    assert_non_null(out);
    for (unsigned i = first; i < last; i++)
        dice_record(out, i, 1, &seed);
    for (unsigned i = 0; i < last; i += 7)
        dice_record(out, i, last, &seed);
    fclose(out);
    const char *inputs[] = {s->records};
    isnad_error err = {0};
    isnad_run_options options = {.inputs = inputs, .n_inputs = 1, .kind = ISNAD_KIND_JSON, .store = store, .records = 1};
    if (isnad_run(s->engine, &options, NULL, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
}

/* --- asking ------------------------------------------------------------------------------------------------------------- */

typedef struct heard {
    json_t *rows;
} heard;

static int hear(void *user, const char *json, size_t n)
{
    heard *h = user;
    json_error_t fault;
    json_t *row = json_loadb(json, n, 0, &fault);
    if (!row)
        fail_msg("no JSON: %s in %.*s", fault.text, (int)n, json);
    json_array_append_new(h->rows, row);
    return 0;
}

static json_t *find(const shop *s, isnad_found what, isnad_query q, isnad_answer *answer)
{
    heard h = {json_array()};
    isnad_error err = {0};
    isnad_answer mine;
    if (isnad_store_find(s->store, what, &q, hear, &h, answer ? answer : &mine, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
    return h.rows;
}

static json_t *find_one(const shop *s, isnad_found what, isnad_query q)
{
    json_t *rows = find(s, what, q, NULL), *row = json_incref(json_array_get(rows, 0));
    assert_int_equal(json_array_size(rows), 1);
    json_decref(rows);
    return row;
}

static long long number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? -1 : (long long)json_integer_value(value);
}

/* Rows of numbers by plain SQL. */
typedef struct table {
    int64_t cells[MOST_ROWS][4];
    size_t n;
} table;

static void ask(table *out, const shop *s, const char *sql)
{
    sqlite3_stmt *st = NULL;
    out->n = 0;
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sqlite3_errmsg(s->db), sql);
    while (sqlite3_step(st) == SQLITE_ROW) {
        assert_true(out->n < MOST_ROWS);
        for (int i = 0; i < 4 && i < sqlite3_column_count(st); i++)
            out->cells[out->n][i] = sqlite3_column_int64(st, i);
        out->n++;
    }
    sqlite3_finalize(st);
}

static int64_t ask_one(const shop *s, const char *sql)
{
    table *t = malloc(sizeof *t);
    ask(t, s, sql);
    int64_t value = t->n ? t->cells[0][0] : -1;
    free(t);
    return value;
}

/* --- lists of events ------------------------------------------------------------------------------------------------------ */

#define PARTY(role, what)                                                                                                     \
    "EXISTS (SELECT 1 FROM parties p JOIN entities x ON x.article = p.article AND x.n = p.entity LEFT JOIN actors c ON c.id = x.actor" \
    " WHERE p.article = e.article AND p.event = e.n AND " role " AND " what ")"
#define A "p.role = 'actor'"
#define R "p.role = 'recipient'"
#define AR "p.role <> 'via'"

static const struct {
    isnad_query query;
    const char *sql;
} events[] = {
    {{0}, "1"},
    {{.by = "amin-one"}, PARTY(A, "c.kb = 'amin-one'")},
    {{.to = "amin-one"}, PARTY(R, "c.kb = 'amin-one'")},
    {{.actor = "amin-one"}, PARTY(AR, "c.kb = 'amin-one'")},
    {{.by = "amin-one", .to = "badr-two"}, PARTY(A, "c.kb = 'amin-one'") " AND " PARTY(R, "c.kb = 'badr-two'")},
    {{.by = "IRQ", .to = "IRQ"}, PARTY(A, "c.kb = 'IRQ'") " AND " PARTY(R, "c.kb = 'IRQ'")},
    {{.country = "EGY"}, "(" PARTY(AR, "x.country = 'EGY'") " OR EXISTS (SELECT 1 FROM entities y WHERE y.article = e.article AND y.n = e.place AND y.country = 'EGY'))"},
    {{.country = "JOR"}, "(" PARTY(AR, "x.country = 'JOR'") " OR EXISTS (SELECT 1 FROM entities y WHERE y.article = e.article AND y.n = e.place AND y.country = 'JOR'))"},
    {{.country = "jor"}, "0"},
    {{.country = "XXX"}, "0"},
    {{.type = "CONSULT"}, "e.type = 'CONSULT'"},
    {{.type = "CONSULT/meet"}, "e.type = 'CONSULT' AND e.mode = 'meet'"},
    {{.quad = "material-conflict"}, "e.type = 'ASSAULT'"},
    {{.quad = "1"}, "e.type IN ('CONSULT', 'AGREE')"},
    {{.status = "negated"}, "e.status = 'negated'"},
    {{.status = "future", .type = "AGREE"}, "e.status = 'future' AND e.type = 'AGREE'"},
    {{.outlet = "first"}, "o.name = 'first'"},
    {{.outlet = "the \"second\" outlet", .type = "ASSAULT"}, "o.name LIKE 'the %' AND e.type = 'ASSAULT'"},
    {{.outlet = "nobody's"}, "0"},
    {{.since = "2020"}, "e.day >= 18262"},
    {{.until = "2019-06"}, "e.day <= 18077"},
    {{.since = "2020-02-01", .until = "2020-02-29"}, "e.day BETWEEN 18293 AND 18321"},
    {{.since = "2020-02-10", .until = "2020-02-10"}, "e.day = 18302"},
    {{.since = "2022", .until = "2020"}, "0"},
    {{.since = "2020-02", .until = "2020-05", .actor = "the-council", .status = "actual"},
     "e.day BETWEEN 18293 AND 18413 AND e.status = 'actual' AND " PARTY(AR, "c.kb = 'the-council'")},
    {{.country = "IRQ", .by = "dalal-five", .outlet = "first"},
     "o.name = 'first' AND " PARTY(A, "c.kb = 'dalal-five'") " AND (" PARTY(AR, "x.country = 'IRQ'")
     " OR EXISTS (SELECT 1 FROM entities y WHERE y.article = e.article AND y.n = e.place AND y.country = 'IRQ'))"},
};

static void wanted_events(table *out, const shop *s, size_t i, bool oldest)
{
    char sql[4096];
    snprintf(sql, sizeof sql, "SELECT e.article, e.n FROM events e JOIN articles a ON a.id = e.article LEFT JOIN outlets o ON o.id = a.outlet"
                              " WHERE a.replaced IS NULL AND (%s) ORDER BY ifnull(a.day, -1000000) %s, a.id %s, e.n", events[i].sql,
             oldest ? "ASC" : "DESC", oldest ? "ASC" : "DESC");
    ask(out, s, sql);
}

static void test_events(void **state)
{
    const shop *s = *state;
    table *wanted = malloc(sizeof *wanted);
    for (size_t i = 0; i < 2 * sizeof events / sizeof *events; i++) {
        isnad_answer answer;
        isnad_query q = events[i / 2].query;
        q.oldest = (int)(i % 2);
        q.limit = MOST_ROWS;
        wanted_events(wanted, s, i / 2, i % 2);
        json_t *rows = find(s, ISNAD_FOUND_EVENTS, q, &answer);
        if (json_array_size(rows) != wanted->n)
            fail_msg("query %zu: %zu rows, not %zu", i / 2, json_array_size(rows), wanted->n);
        for (size_t r = 0; r < wanted->n; r++) {
            assert_int_equal(number(json_array_get(rows, r), "article"), wanted->cells[r][0]);
            assert_int_equal(number(json_array_get(rows, r), "event"), wanted->cells[r][1]);
        }
        assert_int_equal(answer.rows, wanted->n);
        assert_int_equal(answer.more, 0);
        assert_int_equal(answer.total, wanted->n);
        json_decref(rows);
    }
    free(wanted);
}

/* Pages put together are the list; behind its end is nothing; the number of all is told on each. */
static void pages_of(const shop *s, isnad_found what, isnad_query q)
{
    isnad_answer answer;
    q.limit = MOST_ROWS;
    json_t *whole = find(s, what, q, &answer);
    size_t n = json_array_size(whole), at = 0;
    assert_int_equal(answer.total, n);
    for (q.limit = 7; at < n; at += 7) {
        q.offset = at;
        json_t *page = find(s, what, q, &answer);
        assert_true(answer.total == (long long)n || (q.words && answer.more && answer.total == -1)); /* words are dear to count */
        assert_int_equal(answer.more, at + 7 < n);
        assert_int_equal(json_array_size(page), n - at < 7 ? n - at : 7);
        for (size_t i = 0; i < json_array_size(page); i++)
            assert_true(json_equal(json_array_get(page, i), json_array_get(whole, at + i)));
        json_decref(page);
    }
    for (q.offset = n; q.offset <= ISNAD_MOST_OFFSET; q.offset = q.offset * 2 + 1) {
        json_t *page = find(s, what, q, &answer);
        assert_int_equal(json_array_size(page), 0);
        assert_int_equal(answer.more, 0);
        assert_int_equal(answer.total, n);
        json_decref(page);
    }
    q.offset = ISNAD_MOST_OFFSET + 1;
    assert_int_equal(isnad_store_find(s->store, what, &q, hear, NULL, NULL, NULL), ISNAD_E_ARGUMENT);
    json_decref(whole);
}

static void test_pages(void **state)
{
    const shop *s = *state;
    pages_of(s, ISNAD_FOUND_ARTICLES, (isnad_query){0});
    pages_of(s, ISNAD_FOUND_ARTICLES, (isnad_query){.outlet = "first", .oldest = 1});
    pages_of(s, ISNAD_FOUND_ARTICLES, (isnad_query){.words = "council", .since = "2020"});
    pages_of(s, ISNAD_FOUND_EVENTS, (isnad_query){0});
    pages_of(s, ISNAD_FOUND_EVENTS, (isnad_query){.country = "IRQ"});
    pages_of(s, ISNAD_FOUND_EVENTS, (isnad_query){.words = "they", .type = "AGREE"});
    pages_of(s, ISNAD_FOUND_QUOTES, (isnad_query){0});
    pages_of(s, ISNAD_FOUND_QUOTES, (isnad_query){.by = "amin-one"});
    pages_of(s, ISNAD_FOUND_QUOTES, (isnad_query){.words = "they"});
    pages_of(s, ISNAD_FOUND_ACTORS, (isnad_query){0});
    json_t *rows = find(s, ISNAD_FOUND_ARTICLES, (isnad_query){.limit = MOST_ROWS, .since = "2020"}, NULL);
    assert_int_equal(json_array_size(rows), ask_one(s, "SELECT count(*) FROM articles WHERE replaced IS NULL AND day >= 18262"));
    json_decref(rows);
}

static void test_quotes(void **state)
{
    static const struct {
        isnad_query query;
        const char *sql;
    } quotes[] = {{{0}, "1"},
                  {{.by = "badr-two"}, "c.kb = 'badr-two'"},
                  {{.actor = "badr-two", .outlet = "first"}, "c.kb = 'badr-two' AND o.name = 'first'"},
                  {{.by = "badr-two", .actor = "amin-one"}, "0"},
                  {{.since = "2020", .until = "2020"}, "a.day BETWEEN 18262 AND 18627"},
                  {{.by = "amin-one", .until = "2019"}, "c.kb = 'amin-one' AND a.day < 18262"},
                  {{.outlet = "nobody's"}, "0"}};
    const shop *s = *state;
    table *wanted = malloc(sizeof *wanted);
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        char sql[1024];
        isnad_query q = quotes[i].query;
        q.limit = MOST_ROWS;
        snprintf(sql, sizeof sql, "SELECT q.article, q.n FROM quotes q JOIN articles a ON a.id = q.article LEFT JOIN outlets o ON o.id = a.outlet"
                                  " LEFT JOIN entities x ON x.article = q.article AND x.n = q.speaker LEFT JOIN actors c ON c.id = x.actor"
                                  " WHERE a.replaced IS NULL AND (%s) ORDER BY ifnull(a.day, -1000000) DESC, a.id DESC, q.n", quotes[i].sql);
        ask(wanted, s, sql);
        json_t *rows = find(s, ISNAD_FOUND_QUOTES, q, NULL);
        if (json_array_size(rows) != wanted->n)
            fail_msg("query %zu: %zu rows, not %zu", i, json_array_size(rows), wanted->n);
        for (size_t r = 0; r < wanted->n; r++) {
            assert_int_equal(number(json_array_get(rows, r), "article"), wanted->cells[r][0]);
            assert_int_equal(number(json_array_get(rows, r), "quote"), wanted->cells[r][1]);
        }
        json_decref(rows);
    }
    free(wanted);
}

/* --- sums ------------------------------------------------------------------------------------------------------------------ */

static void test_series(void **state)
{
    static const char *const periods[] = {"day", "month", "year"}, *const formats[] = {"%Y-%m-%d", "%Y-%m", "%Y"};
    const shop *s = *state;
    for (size_t i = 0; i < 3 * sizeof events / sizeof *events; i++) {
        char sql[4096];
        isnad_query q = events[i / 3].query;
        q.period = periods[i % 3];
        snprintf(sql, sizeof sql, "SELECT strftime('%s', e.day * 86400, 'unixepoch'), count(*), sum(t.quad = 1), sum(t.quad = 4),"
                                  " avg(ifnull(m.score, t.score)), sum(e.type = 'AGREE') FROM events e JOIN articles a ON a.id = e.article"
                                  " LEFT JOIN outlets o ON o.id = a.outlet LEFT JOIN event_types m ON m.type = e.type AND m.mode = ifnull(e.mode, '')"
                                  " LEFT JOIN event_types t ON t.type = e.type AND t.mode = ''"
                                  " WHERE a.replaced IS NULL AND e.day IS NOT NULL AND (%s) GROUP BY 1 ORDER BY 1", formats[i % 3], events[i / 3].sql);
        sqlite3_stmt *st = NULL;
        json_t *series = find_one(s, ISNAD_FOUND_SERIES, q), *row;
        size_t p;
        assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), SQLITE_OK);
        json_array_foreach(json_object_get(series, "periods"), p, row) {
            const json_t *quad = json_object_get(row, "quad");
            if (sqlite3_step(st) != SQLITE_ROW)
                fail_msg("query %zu by %s: a period too many", i / 3, q.period);
            assert_string_equal(json_string_value(json_object_get(row, "period")), sqlite3_column_text(st, 0));
            assert_int_equal(number(row, "events"), sqlite3_column_int64(st, 1));
            assert_int_equal(json_integer_value(json_array_get(quad, 0)), sqlite3_column_int64(st, 2));
            assert_int_equal(json_integer_value(json_array_get(quad, 3)), sqlite3_column_int64(st, 3));
            assert_float_equal(json_number_value(json_object_get(row, "score")), sqlite3_column_double(st, 4), 0.0051);
            assert_int_equal(number(json_object_get(row, "types"), "AGREE"), sqlite3_column_int64(st, 5));
        }
        assert_int_equal(sqlite3_step(st), SQLITE_DONE);
        sqlite3_finalize(st);
        json_decref(series);
    }
    /* words choose articles; these are in all */
    json_t *all = find_one(s, ISNAD_FOUND_SERIES, (isnad_query){0}), *worded = find_one(s, ISNAD_FOUND_SERIES, (isnad_query){.words = "council"});
    assert_true(json_equal(all, worded));
    json_decref(all);
    json_decref(worded);
    json_t *bad = NULL;
    heard h = {bad};
    assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_SERIES, &(isnad_query){.period = "week"}, hear, &h, NULL, NULL), ISNAD_E_ARGUMENT);
}

static void one_dyad(const shop *s, const char *a, const char *b, const char *is_a, const char *is_b, const char *status)
{
    char sql[4096];
    json_t *dyad = find_one(s, ISNAD_FOUND_DYAD, (isnad_query){.by = a, .to = b, .status = status, .period = "year"});
    for (int way = 0; way < 2; way++) {
        static const char *const ways[] = {"a_to_b", "b_to_a"};
        const json_t *told = json_object_get(dyad, ways[way]);
        char first[1024], second[1024];
        snprintf(first, sizeof first, PARTY(A, "%s"), way ? is_b : is_a);
        snprintf(second, sizeof second, PARTY(R, "%s"), way ? is_a : is_b);
        snprintf(sql, sizeof sql, "SELECT count(*), ifnull(sum(max(score, 0)), 0), ifnull(sum(min(score, 0)), 0) FROM (SELECT ifnull(m.score, t.score) AS score FROM events e"
                                  " JOIN articles a ON a.id = e.article LEFT JOIN event_types m ON m.type = e.type AND m.mode = ifnull(e.mode, '')"
                                  " LEFT JOIN event_types t ON t.type = e.type AND t.mode = ''"
                                  " WHERE a.replaced IS NULL AND e.day IS NOT NULL AND e.status = '%s' AND %s AND %s)",
                 status ? status : "actual", first, second);
        sqlite3_stmt *st = NULL;
        assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(st), SQLITE_ROW);
        assert_int_equal(number(told, "events"), sqlite3_column_int64(st, 0));
        assert_float_equal(json_number_value(json_object_get(told, "cooperation")), sqlite3_column_double(st, 1), 0.01);
        assert_float_equal(json_number_value(json_object_get(told, "conflict")), sqlite3_column_double(st, 2), 0.01);
        sqlite3_finalize(st);
        size_t i;
        json_t *row;
        long long sum = 0;
        json_array_foreach(json_object_get(dyad, "periods"), i, row)
            sum += number(json_object_get(row, ways[way]), "events");
        assert_int_equal(sum, number(told, "events"));
    }
    json_decref(dyad);
}

static void test_dyads(void **state)
{
    const shop *s = *state;
    one_dyad(s, "IRQ", "JOR", "x.country = 'IRQ'", "x.country = 'JOR'", NULL);
    one_dyad(s, "EGY", "IRQ", "x.country = 'EGY'", "x.country = 'IRQ'", "negated");
    one_dyad(s, "amin-one", "badr-two", "c.kb = 'amin-one'", "c.kb = 'badr-two'", NULL);
    one_dyad(s, "the-council", "JOR", "c.kb = 'the-council'", "x.country = 'JOR'", NULL);
    one_dyad(s, "QQQ", "IRQ", "0", "x.country = 'IRQ'", NULL);
    isnad_query bad[] = {{0}, {.by = "IRQ"}, {.to = "IRQ"}, {.by = "", .to = ""}, {.by = "no such name", .to = "IRQ"}, {.by = "IRQ", .to = "JOR", .period = "age"}};
    heard h = {NULL};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_DYAD, &bad[i], hear, &h, NULL, NULL), ISNAD_E_ARGUMENT);
}

static void test_timeline(void **state)
{
    const shop *s = *state;
    isnad_answer answer;
    json_t *rows = find(s, ISNAD_FOUND_TIMELINE, (isnad_query){.actor = "amin-one", .status = "actual", .limit = MOST_ROWS}, &answer), *row;
    size_t i;
    long long told = 0;
    json_array_foreach(rows, i, row) {
        told += number(row, "articles");
        if (i)
            assert_true(strcmp(json_string_value(json_object_get(row, "day")), json_string_value(json_object_get(json_array_get(rows, i - 1), "day"))) >= 0);
    }
    /* every act of an article on a day once */
    assert_int_equal(told, ask_one(s, "SELECT count(*) FROM (SELECT DISTINCT e.article, e.day, e.type,"
        " (SELECT group_concat(p.role || p.entity) FROM (SELECT * FROM parties p WHERE p.article = e.article AND p.event = e.n AND p.role <> 'via'"
        "  ORDER BY p.role, p.entity) p) FROM events e JOIN articles a ON a.id = e.article WHERE a.replaced IS NULL AND e.status = 'actual'"
        " AND e.day IS NOT NULL AND " PARTY(AR, "c.kb = 'amin-one'") ")"));
    assert_int_equal(answer.total, json_array_size(rows));
    json_decref(rows);
}

/* --- pages ------------------------------------------------------------------------------------------------------------------ */

static void test_outlets(void **state)
{
    const shop *s = *state;
    json_t *outlets = find_one(s, ISNAD_FOUND_OUTLETS, (isnad_query){0}), *row;
    size_t i;
    long long articles = 0, quotes = 0, found = 0;
    json_array_foreach(json_object_get(outlets, "rows"), i, row) {
        articles += number(row, "articles");
        quotes += number(row, "quotes");
        const char *name = json_string_value(json_object_get(row, "outlet"));
        if (!name)
            continue;
        json_t *page = find_one(s, ISNAD_FOUND_OUTLET, (isnad_query){.key = name}), *month;
        size_t m;
        long long sum = 0, types = 0;
        json_array_foreach(json_object_get(page, "months"), m, month)
            sum += number(month, "articles");
        const char *type;
        json_t *n;
        json_object_foreach(json_object_get(page, "types"), type, n)
            types += (long long)json_integer_value(n);
        assert_int_equal(number(page, "articles"), number(row, "articles"));
        assert_int_equal(types, number(row, "events"));
        assert_true(sum <= number(row, "articles") && sum > 0); /* some have no day */
        /* all of these are named in each */
        assert_int_equal(json_array_size(json_object_get(page, "actors")), DICE_ACTORS - 1);
        assert_int_equal(number(json_array_get(json_object_get(page, "actors"), 0), "articles"), number(row, "articles"));
        assert_int_equal(json_array_size(json_object_get(page, "countries")), 3);
        json_decref(page);
        found++;
    }
    assert_int_equal(found, 2);
    assert_int_equal(articles, ARTICLES);
    assert_int_equal(quotes, ask_one(s, "SELECT count(*) FROM quotes q JOIN articles a ON a.id = q.article WHERE a.replaced IS NULL"));
    json_decref(outlets);
    json_t *status = find_one(s, ISNAD_FOUND_STATUS, (isnad_query){0});
    assert_int_equal(number(status, "articles"), ARTICLES);
    assert_int_equal(number(status, "events"), ask_one(s, "SELECT count(*) FROM events e JOIN articles a ON a.id = e.article WHERE a.replaced IS NULL"));
    assert_int_equal(number(status, "quotes"), quotes);
    assert_int_equal(number(status, "actors"), DICE_ACTORS - 1);
    assert_int_equal(number(status, "schema"), ask_one(s, "PRAGMA user_version"));
    json_decref(status);
    json_t *types = find_one(s, ISNAD_FOUND_TYPES, (isnad_query){0});
    assert_true(json_array_size(json_object_get(types, "rows")) >= 18);
    json_array_foreach(json_object_get(types, "rows"), i, row)
        assert_true(json_is_string(json_object_get(row, "arabic")) && json_is_string(json_object_get(row, "english")));
    json_decref(types);
}

static void test_actor_page(void **state)
{
    const shop *s = *state;
    json_t *page = find_one(s, ISNAD_FOUND_ACTOR_PAGE, (isnad_query){.key = "amin-one"}), *row;
    const json_t *portrait = json_object_get(page, "database");
    size_t i;
    long long articles = 0, quotes = 0, did = 0, undergone = 0, times = 0;
    assert_int_equal(number(portrait, "articles"), ARTICLES);
    json_array_foreach(json_object_get(page, "years"), i, row) {
        articles += number(row, "articles");
        quotes += number(row, "quotes");
        did += number(row, "did");
        undergone += number(row, "undergone");
    }
    assert_int_equal(articles, ask_one(s, "SELECT count(*) FROM articles WHERE replaced IS NULL AND day IS NOT NULL"));
    assert_int_equal(quotes, ask_one(s, "SELECT count(*) FROM quotes q JOIN articles a ON a.id = q.article JOIN entities x ON x.article = q.article AND x.n = q.speaker"
                                        " JOIN actors c ON c.id = x.actor WHERE a.replaced IS NULL AND a.day IS NOT NULL AND c.kb = 'amin-one'"));
    assert_int_equal(did, ask_one(s, "SELECT count(*) FROM events e JOIN articles a ON a.id = e.article WHERE a.replaced IS NULL AND e.status = 'actual'"
                                     " AND (a.day IS NOT NULL OR length(e.date) >= 10) AND " PARTY(A, "c.kb = 'amin-one'")));
    assert_int_equal(undergone, ask_one(s, "SELECT count(*) FROM events e JOIN articles a ON a.id = e.article WHERE a.replaced IS NULL AND e.status = 'actual'"
                                           " AND (a.day IS NOT NULL OR length(e.date) >= 10) AND " PARTY(R, "c.kb = 'amin-one'")));
    const json_t *form = json_array_get(json_object_get(page, "spellings"), 0);
    assert_string_equal(json_string_value(json_object_get(form, "form")), "amin");
    assert_int_equal(number(form, "times"), ARTICLES);
    assert_int_equal(json_array_size(json_object_get(page, "offices")), 2);
    json_array_foreach(json_object_get(page, "offices"), i, row) {
        times += number(row, "times");
        assert_string_equal(json_string_value(json_object_get(row, "of")), "council");
    }
    assert_int_equal(times, ask_one(s, "SELECT count(*) FROM roles r JOIN articles a ON a.id = r.article WHERE a.replaced IS NULL AND r.entity = 1"));
    /* everybody met everybody: a graph of all */
    const json_t *met = json_object_get(page, "met");
    assert_int_equal(json_array_size(json_object_get(met, "nodes")), DICE_ACTORS - 1);
    assert_int_equal(json_array_size(json_object_get(met, "links")), (DICE_ACTORS - 1) * (DICE_ACTORS - 2) / 2);
    json_array_foreach(json_object_get(portrait, "met"), i, row) {
        char sql[1024];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM events e JOIN articles a ON a.id = e.article WHERE a.replaced IS NULL AND e.type = 'CONSULT'"
                                  " AND e.status = 'actual' AND " PARTY(AR, "c.kb = 'amin-one'") " AND " PARTY(AR, "c.kb = '%s'"),
                 json_string_value(json_object_get(row, "kb")));
        assert_int_equal(number(row, "times"), ask_one(s, sql));
    }
    json_decref(page);
}

static void test_article(void **state)
{
    static const char *const none[] = {"", "0", "-1", "x", "1x", " 1", "99999999", "99999999999999999999999", "1;DROP TABLE articles"};
    const shop *s = *state;
    char key[32];
    int64_t old = ask_one(s, "SELECT min(id) FROM articles WHERE replaced IS NOT NULL");
    snprintf(key, sizeof key, "%lld", (long long)old);
    json_t *page = find_one(s, ISNAD_FOUND_ARTICLE, (isnad_query){.key = key});
    const json_t *article = json_object_get(page, "article"), *record = json_object_get(page, "record");
    assert_int_equal(number(article, "id"), old);
    assert_true(number(article, "replaced") > old);
    assert_int_equal(number(article, "story"), -1);
    assert_true(strncmp(json_string_value(json_object_get(page, "text")), dice_text, sizeof dice_text - 1) == 0);
    assert_null(json_object_get(record, "text"));
    assert_int_equal(json_array_size(json_object_get(record, "entities")), DICE_ACTORS);
    json_decref(page);
    heard h = {NULL};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        isnad_query q = {.key = none[i]};
        assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_ARTICLE, &q, hear, &h, NULL, NULL), ISNAD_E_NOT_FOUND);
        assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_OUTLET, &q, hear, &h, NULL, NULL), ISNAD_E_NOT_FOUND);
        assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_ACTOR_PAGE, &q, hear, &h, NULL, NULL), ISNAD_E_NOT_FOUND);
    }
}

static isnad_status count_record(void *user, const char *record, size_t n)
{
    json_t *object = json_loadb(record, n, 0, NULL);
    assert_non_null(json_object_get(object, "text"));
    json_decref(object);
    ++*(size_t *)user;
    return ISNAD_OK;
}

static isnad_status stop_at_three(void *user, const char *record, size_t n)
{
    (void)record;
    (void)n;
    return ++*(size_t *)user == 3 ? ISNAD_E_LIMIT : ISNAD_OK;
}

static void test_records(void **state)
{
    const shop *s = *state;
    size_t heard_of = 0, told = 0;
    assert_int_equal(isnad_store_records_of(s->store, &(isnad_query){.outlet = "first", .since = "2020"}, count_record, &heard_of, &told, NULL), ISNAD_OK);
    assert_int_equal(told, heard_of);
    assert_int_equal(told, ask_one(s, "SELECT count(*) FROM articles a JOIN outlets o ON o.id = a.outlet WHERE o.name = 'first' AND a.day >= 18262 AND a.replaced IS NULL"));
    heard_of = 0;
    assert_int_equal(isnad_store_records_of(s->store, &(isnad_query){.limit = 5, .offset = 2}, count_record, &heard_of, &told, NULL), ISNAD_OK);
    assert_int_equal(told, 5);
    heard_of = 0;
    assert_int_equal(isnad_store_records_of(s->store, &(isnad_query){0}, stop_at_three, &heard_of, NULL, NULL), ISNAD_E_LIMIT);
    assert_int_equal(heard_of, 3);
    assert_int_equal(isnad_store_records_of(s->store, &(isnad_query){.words = "(("}, count_record, &heard_of, NULL, NULL), ISNAD_E_ARGUMENT);
}

/* --- harm -------------------------------------------------------------------------------------------------------------------- */

static void test_hostile(void **state)
{
    static char endless[100001];
    memset(endless, 'a', sizeof endless - 1);
    const char *const harm[] = {"", "'", "\"", "' OR 1=1 --", "\"; DROP TABLE articles; --", "* NEAR(", "a:b", "facets : x", "\x1F", "\x01\x02", "%s%n", "\xFF\xFE", "\xD9",
                                "<script>alert(1)</script>", "../../etc/passwd", "{\"a\":1}", "\\u0000", "-", "()", "((((((((((", "AND", "a AND", "2020-99-99", "1e999", endless};
    const shop *s = *state;
    for (int what = ISNAD_FOUND_ARTICLES; what <= ISNAD_FOUND_STATUS; what++) {
        for (size_t h = 0; h < sizeof harm / sizeof *harm; h++) {
            for (int field = 0; field < 14; field++) {
                isnad_query q = {.by = what == ISNAD_FOUND_DYAD ? "IRQ" : NULL, .to = what == ISNAD_FOUND_DYAD ? "JOR" : NULL};
                const char **fields[] = {&q.words, &q.actor, &q.by, &q.to, &q.about, &q.outlet, &q.country, &q.type, &q.status, &q.quad, &q.since, &q.until, &q.period, &q.key};
                *fields[field] = harm[h];
                heard rows = {json_array()};
                isnad_error err = {0};
                isnad_status status = isnad_store_find(s->store, (isnad_found)what, &q, hear, &rows, NULL, &err);
                if (status != ISNAD_OK && status != ISNAD_E_ARGUMENT && status != ISNAD_E_NOT_FOUND)
                    fail_msg("kind %d, field %d, string %zu: %s", what, field, h, err.message);
                assert_true(status == ISNAD_OK || *err.message);
                json_decref(rows.rows);
            }
        }
    }
    assert_int_equal(ask_one(s, "SELECT count(*) FROM articles WHERE replaced IS NULL"), ARTICLES);
}

static void see_fault(void *user, const isnad_error *fault)
{
    (void)user;
    print_error("%s\n", fault->message);
}

static void test_check(void **state)
{
    const shop *s = *state;
    size_t faults = 1;
    assert_int_equal(isnad_store_check(s->store, see_fault, NULL, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults, 0);
}

/* --- beside a writer ------------------------------------------------------------------------------------------------------------ */

typedef struct writer {
    shop *s;
    int done;
} writer;

static void *write_on(void *user)
{
    writer *w = user;
    isnad_store *store = NULL;
    if (isnad_store_open(&store, w->s->engine, w->s->file, ISNAD_STORE_WRITE, NULL) == ISNAD_OK) {
        for (unsigned i = 0; i < 6; i++)
            add(w->s, store, ARTICLES + i * 40, ARTICLES + (i + 1) * 40);
        isnad_store_close(store);
    }
    __atomic_store_n(&w->done, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

/* Each answer is of one moment: its own sums agree; where the revision stayed, two answers do. */
static void test_beside_writer(void **state)
{
    shop *s = *state;
    writer w = {.s = s};
    pthread_t thread;
    uint64_t before = 0, first = 0, after = 0, same = 0;
    long long articles = 0;
    assert_int_equal(isnad_store_revision(s->store, &first, NULL), ISNAD_OK);
    assert_int_equal(pthread_create(&thread, NULL, write_on, &w), 0);
    for (int last = 0; !last;) {
        last = __atomic_load_n(&w.done, __ATOMIC_SEQ_CST);
        isnad_answer answer;
        assert_int_equal(isnad_store_revision(s->store, &before, NULL), ISNAD_OK);
        json_t *status = find_one(s, ISNAD_FOUND_STATUS, (isnad_query){0});
        json_t *rows = find(s, ISNAD_FOUND_EVENTS, (isnad_query){.limit = 5, .offset = 11}, &answer);
        json_t *series = find_one(s, ISNAD_FOUND_SERIES, (isnad_query){.country = "IRQ", .period = "year"}), *row;
        assert_int_equal(isnad_store_revision(s->store, &after, NULL), ISNAD_OK);
        assert_true(number(status, "articles") >= articles && after >= before);
        articles = number(status, "articles");
        if (before == after) {
            assert_int_equal(number(status, "events"), answer.total);
            same++;
        }
        size_t i;
        long long sum = 0;
        json_array_foreach(json_object_get(series, "periods"), i, row)
            sum += number(row, "events");
        assert_int_equal(sum, number(series, "events"));
        json_decref(status);
        json_decref(rows);
        json_decref(series);
    }
    pthread_join(thread, NULL);
    assert_true(same > 0);
    assert_true(after > first);
    assert_int_equal(articles, ARTICLES + 240);
    test_check(state);
}

/* What outlets have in stories, all at once and story by story, is the same. */
static void test_stories(void **state)
{
    shop *s = *state;
    static const char outlets[] = "SELECT count(*), sum(stories), sum(firsts), sum(alone) FROM outlet_stories";
    table *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    isnad_store *store = NULL;
    isnad_stories *stories = NULL;
    assert_int_equal(isnad_store_open(&store, s->engine, s->file, ISNAD_STORE_WRITE, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_new(&stories, s->engine, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_from_store(stories, store, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_make(stories, 1, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_keep(stories, NULL), ISNAD_OK);
    isnad_stories_free(stories);
    ask(a, s, outlets);
    assert_int_equal(a->cells[0][0], 3);
    assert_int_equal(a->cells[0][1], ask_one(s, "SELECT count(*) FROM (SELECT DISTINCT m.story, ifnull(o.outlet, 0) FROM story_articles m JOIN articles o ON o.id = m.article)"));
    /* some go and come again */
    assert_true(isn_summary_stories_begin(store->db));
    assert_int_equal(sqlite3_exec(store->db, "INSERT INTO temp.stories_at_hand SELECT DISTINCT story FROM story_articles WHERE story % 3 < 2", NULL, NULL, NULL), SQLITE_OK);
    assert_true(isn_summary_stories_go(store->db));
    ask(b, s, outlets);
    assert_true(b->cells[0][1] < a->cells[0][1]);
    assert_true(isn_summary_stories_come(store->db));
    ask(b, s, outlets);
    assert_memory_equal(a->cells[0], b->cells[0], sizeof a->cells[0]);
    isnad_store_close(store);
    test_check(state);
    free(a);
    free(b);
}

/* --- setting up -------------------------------------------------------------------------------------------------------------- */

static int begin(void **state)
{
    static shop s;
    isnad_engine_options where = {.image = ISNAD_TEST_IMAGE};
    isnad_store *store = NULL;
    temp_name(s.folder, "answers");
    if (!mkdtemp(s.folder) || isnad_engine_open(&s.engine, &where, NULL) != ISNAD_OK)
        return -1;
    snprintf(s.file, sizeof s.file, "%s/news.db", s.folder);
    snprintf(s.records, sizeof s.records, "%s/records.jsonl", s.folder);
    if (isnad_store_open(&store, s.engine, s.file, ISNAD_STORE_WRITE, NULL) != ISNAD_OK)
        return -1;
    for (unsigned i = 0; i < ARTICLES; i += 100) /* several batches: later ones replace articles of earlier ones */
        add(&s, store, i, i + 100);
    isnad_store_close(store);
    if (isnad_store_open(&s.store, s.engine, s.file, 0, NULL) != ISNAD_OK || sqlite3_open(s.file, &s.db) != SQLITE_OK)
        return -1;
    *state = &s;
    return 0;
}

static int end(void **state)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    shop *s = *state;
    char path[TEMP_PATH + 32];
    isnad_store_close(s->store);
    sqlite3_close(s->db);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(path, sizeof path, "%s%s", s->file, tails[i]);
        unlink(path);
    }
    unlink(s->records);
    isnad_engine_free(s->engine);
    return rmdir(s->folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events),  cmocka_unit_test(test_pages),      cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_series),  cmocka_unit_test(test_dyads),      cmocka_unit_test(test_timeline),
        cmocka_unit_test(test_outlets), cmocka_unit_test(test_actor_page), cmocka_unit_test(test_article),
        cmocka_unit_test(test_records), cmocka_unit_test(test_hostile),    cmocka_unit_test(test_check),
        cmocka_unit_test(test_beside_writer), cmocka_unit_test(test_stories),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
