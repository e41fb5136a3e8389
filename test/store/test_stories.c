/* Stories in the database: kept in place of the last ones, decisions stay, and a file of the schema before gets its tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "isnad.h"
#include "temp.h"

#define RECORDS ISNAD_TEST_SOURCE "/test/story/records.jsonl"

typedef struct shop {
    isnad_engine *engine;
    char folder[TEMP_PATH], file[TEMP_PATH + 16];
} shop;

static isnad_store *open_store(const shop *s)
{
    isnad_store *store = NULL;
    isnad_error err = {0};
    if (isnad_store_open(&store, s->engine, s->file, ISNAD_STORE_WRITE, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
    return store;
}

static void add(const shop *s, isnad_store *store)
{
    const char *inputs[] = {RECORDS};
    isnad_run_options options = {.inputs = inputs, .n_inputs = 1, .kind = ISNAD_KIND_JSON, .store = store, .records = 1};
    assert_int_equal(isnad_run(s->engine, &options, NULL, NULL), ISNAD_OK);
}

/* Brings the stories that are kept up to date; returns how many there are. */
static size_t make(isnad_store *store)
{
    isnad_stories_made made = {0};
    isnad_error err = {0};
    if (isnad_store_make_stories(store, 2, 0, &made, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
    return made.stories;
}

static int keep_number(void *user, const char *json, size_t n)
{
    char *row = strndup(json, n); /* it has no end of its own */
    const char *at = row ? strstr(row, "\"story\":{\"story\":") : NULL;
    int found = at ? sscanf(at, "\"story\":{\"story\":%ld", (long *)user) : 0;
    free(row);
    return found != 1;
}

/* The story of an article, by its id. */
static long story_of(isnad_store *store, const char *id)
{
    long number = 0;
    isnad_query query = {.key = id};
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_STORY, &query, keep_number, &number, NULL, NULL), ISNAD_OK);
    return number;
}

static int64_t ask(const shop *s, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(s->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    int64_t value = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : -1;
    sqlite3_finalize(st);
    sqlite3_close(db);
    return value;
}

static void test_kept(void **state)
{
    shop *s = *state;
    size_t faults = 1;
    isnad_store *store = open_store(s);
    add(s, store);
    size_t n = make(store);
    assert_int_equal(story_of(store, "attack-1.txt"), story_of(store, "attack-2.txt"));
    assert_int_equal(ask(s, "SELECT count(*) FROM stories"), n);
    assert_int_equal(ask(s, "SELECT count(*) FROM story_articles"), ask(s, "SELECT count(*) FROM articles"));
    assert_int_equal(ask(s, "SELECT count(*) FROM story_joins"), ask(s, "SELECT sum(articles - 1) FROM stories"));
    assert_int_equal(isnad_store_decide(store, ISNAD_DECIDE_PART, "attack-2.txt", "attack-1.txt", NULL), ISNAD_OK);
    uint64_t stale = 0;
    assert_int_equal(isnad_store_stories_stale(store, &stale, NULL), ISNAD_OK);
    assert_int_equal(stale, 2); /* what was decided about waits */
    make(store);
    assert_int_equal(isnad_store_stories_stale(store, &stale, NULL), ISNAD_OK);
    assert_int_equal(stale, 0);
    assert_int_not_equal(story_of(store, "attack-1.txt"), story_of(store, "attack-2.txt"));
    isnad_store_close(store);
    store = open_store(s); /* it survives, and the last word on two articles holds */
    make(store);
    assert_int_not_equal(story_of(store, "attack-1.txt"), story_of(store, "attack-2.txt"));
    assert_int_equal(isnad_store_decide(store, ISNAD_DECIDE_JOIN, "attack-1.txt", "attack-2.txt", NULL), ISNAD_OK);
    assert_int_equal(make(store), n);
    assert_int_equal(story_of(store, "attack-1.txt"), story_of(store, "attack-2.txt"));
    assert_int_equal(ask(s, "SELECT count(*) FROM story_decisions"), 1);
    assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults, 0);
    isnad_store_close(store);
}

/* --- what is told of them ------------------------------------------------------------------------ */

typedef struct heard {
    char rows[64][4096]; /* the beginning of each */
    char *last;          /* the whole last one */
    size_t n;
} heard;

static int hear(void *user, const char *json, size_t n)
{
    heard *h = user;
    if (h->n < 64)
        snprintf(h->rows[h->n], sizeof h->rows[h->n], "%.*s", (int)n, json);
    free(h->last);
    h->last = strndup(json, n);
    h->n++;
    return 0;
}

static void find(isnad_store *store, isnad_found what, isnad_query query, heard *out, isnad_answer *answer)
{
    isnad_error err = {0};
    free(out->last);
    *out = (heard){.n = 0};
    if (isnad_store_find(store, what, &query, hear, out, answer, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
}

static double weight_of(const char *brief)
{
    const char *at = strstr(brief, "\"weight\":");
    assert_non_null(at);
    return strtod(at + strlen("\"weight\":"), NULL);
}

static void test_lists(void **state)
{
    shop *s = *state;
    heard *h = calloc(1, sizeof *h);
    isnad_answer answer;
    isnad_error err = {0};
    isnad_store *store = open_store(s);
    add(s, store);
    /* before any are made: empty lists, and no story */
    find(store, ISNAD_FOUND_STORIES, (isnad_query){.limit = 5}, h, &answer);
    assert_int_equal(answer.rows, 0);
    find(store, ISNAD_FOUND_FRONT, (isnad_query){0}, h, &answer);
    assert_string_equal(h->last, "{\"top\":[],\"newest\":[],\"contested\":[]}");
    isnad_query one = {.key = "1"};
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_STORY, &one, hear, h, NULL, &err), ISNAD_E_NOT_FOUND);
    make(store);
    int64_t joined = ask(s, "SELECT count(*) FROM stories WHERE articles > 1");
    find(store, ISNAD_FOUND_STORIES, (isnad_query){0}, h, &answer);
    assert_int_equal(answer.rows, joined);
    assert_int_equal(answer.total, joined);
    for (size_t i = 0; i + 1 < h->n; i++)
        assert_true(weight_of(h->rows[i]) >= weight_of(h->rows[i + 1]));
    char second[4096];
    snprintf(second, sizeof second, "%s", h->rows[1]);
    find(store, ISNAD_FOUND_STORIES, (isnad_query){.limit = 1, .offset = 1}, h, &answer);
    assert_int_equal(answer.rows, 1);
    assert_int_equal(answer.total, joined);
    assert_true(answer.more);
    assert_string_equal(h->rows[0], second);
    find(store, ISNAD_FOUND_STORIES, (isnad_query){.every = 1, .sort = "newest"}, h, &answer);
    assert_int_equal(answer.rows, ask(s, "SELECT count(*) FROM stories"));
    find(store, ISNAD_FOUND_STORIES, (isnad_query){.country = "YEM"}, h, &answer);
    assert_int_equal(answer.rows, 1);
    assert_non_null(strstr(h->rows[0], "\"story\":1,"));
    find(store, ISNAD_FOUND_STORIES, (isnad_query){.since = "2022", .until = "2022-12"}, h, &answer);
    assert_int_equal(answer.rows, 1);
    assert_non_null(strstr(h->rows[0], "\"story\":4,"));
    isnad_query wrong = {.sort = "loudest"};
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_STORIES, &wrong, hear, h, NULL, &err), ISNAD_E_ARGUMENT);
    find(store, ISNAD_FOUND_FRONT, (isnad_query){0}, h, &answer);
    assert_non_null(strstr(h->last, "\"newest\":[{\"story\":4,"));
    free(h->last);
    free(h);
    isnad_store_close(store);
}

static void test_one(void **state)
{
    static const char *const parts[] = {"{\"brief\":{\"story\":1,", "\"story\":{\"story\":1,\"origins\":3,", "\"article\":3,\"id\":\"attack-3.html\"",
                                        "\"because\":[{", "\"actors\":[{\"kb\":\"aqap\"", "\"places\":[{\"kb\":\"YEM/Shabwah\"", "\"lat\":14.",
                                        "\"before\":[", "\"after\":["};
    shop *s = *state;
    heard *h = calloc(1, sizeof *h);
    isnad_answer answer;
    isnad_store *store = open_store(s);
    add(s, store);
    make(store);
    find(store, ISNAD_FOUND_STORY, (isnad_query){.key = "2"}, h, &answer); /* the number of an article in it */
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(h->last, parts[i]))
            fail_msg("no %s in %s", parts[i], h->last);
    long total = 0, offset, more = 1;
    size_t facts = 0;
    find(store, ISNAD_FOUND_FACTS, (isnad_query){.key = "attack-1.txt", .limit = SIZE_MAX}, h, &answer);
    assert_null(strstr(h->last, "\"total\":")); /* all of it, as it is without a database */
    for (offset = 0; more; offset += 5) {
        find(store, ISNAD_FOUND_FACTS, (isnad_query){.key = "1", .offset = (size_t)offset, .limit = 5}, h, &answer);
        const char *at = strstr(h->last, "\"total\":");
        assert_non_null(at);
        total = strtol(at + strlen("\"total\":"), NULL, 10);
        more = strstr(h->last, "\"more\":true") != NULL;
        for (at = h->last; (at = strstr(at, "\"silent\":")); at++)
            facts++;
    }
    assert_int_equal(facts, total);
    assert_int_equal(total, ask(s, "SELECT facts FROM stories WHERE id = 1"));
    find(store, ISNAD_FOUND_STORY, (isnad_query){.key = "5"}, h, &answer); /* of one article */
    assert_non_null(strstr(h->last, "\"articles\":1,\"origins\":1,"));
    free(h->last);
    free(h);
    isnad_store_close(store);
}

/* --- older files, damaged ones --------------------------------------------------------------------- */

static void run(const shop *s, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(s->file, &db), SQLITE_OK);
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(db);
}

/* Makes the file one of schema 3: stories as they were kept then. */
static const char back_to_3[] =
    "DROP VIEW story_list; DROP TABLE story_joins; DROP TABLE story_articles; DROP TABLE stories; DROP TABLE story_edges;"
    "DROP TABLE story_state; DROP TABLE story_touched; DROP INDEX articles_by_name;"
    "CREATE TABLE stories (id INTEGER PRIMARY KEY, articles INTEGER NOT NULL, origins INTEGER NOT NULL, follows INTEGER) STRICT;"
    "CREATE TABLE story_articles (story INTEGER NOT NULL, n INTEGER NOT NULL, article INTEGER NOT NULL UNIQUE, origin INTEGER NOT NULL,"
    " PRIMARY KEY (story, n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE story_joins (story INTEGER NOT NULL, n INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, odds REAL NOT NULL,"
    " by_hand INTEGER NOT NULL, PRIMARY KEY (story, n)) STRICT, WITHOUT ROWID;"
    "CREATE VIEW story_list AS SELECT * FROM stories;"
    "INSERT INTO stories VALUES (0, 1, 1, NULL); INSERT INTO story_articles VALUES (0, 1, 1, 1);"
    "PRAGMA user_version = 3";

/* Opening it to write brings it up to date and changes nothing else; decisions stay. */
static void test_climb(void **state)
{
    shop *s = *state;
    size_t faults = 1;
    isnad_store *store = open_store(s);
    add(s, store);
    assert_int_equal(isnad_store_decide(store, ISNAD_DECIDE_PART, "attack-2.txt", "attack-1.txt", NULL), ISNAD_OK);
    isnad_store_close(store);
    int64_t articles = ask(s, "SELECT count(*) FROM articles");
    run(s, back_to_3);
    assert_int_equal(isnad_store_open(&store, s->engine, s->file, 0, NULL), ISNAD_E_FORMAT); /* reading alone doesn't mend it */
    store = open_store(s);
    assert_int_equal(ask(s, "SELECT count(*) FROM stories"), 0);
    assert_true(make(store) > 0);
    assert_int_not_equal(story_of(store, "attack-1.txt"), story_of(store, "attack-2.txt"));
    assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults, 0);
    isnad_store_close(store);
    assert_int_equal(ask(s, "SELECT count(*) FROM articles"), articles);
    assert_int_equal(ask(s, "SELECT count(*) FROM story_articles"), articles);
}

/* Each damage is found; none of these is one that SQLite itself would refuse. */
static void test_damage(void **state)
{
    static const char *const damages[] = {
        "UPDATE stories SET articles = 4 WHERE id = 1",
        "UPDATE stories SET origins = 2 WHERE id = 1",
        "DELETE FROM story_joins WHERE story = 1 AND n = 1",
        "UPDATE story_joins SET a = 5 WHERE story = 1 AND n = 1",
        "UPDATE story_articles SET origin = 5 WHERE article = 2",
        "DELETE FROM story_articles WHERE article = 5",
        "UPDATE stories SET brief = replace(brief, '\"articles\":3', '\"articles\":7') WHERE id = 1",
        "UPDATE stories SET contradictions = 1 WHERE id = 1",
        "UPDATE stories SET head = 5 WHERE id = 1",
        "UPDATE stories SET follows = 4, follow_a = 1, follow_b = 2, follow_odds = 1 WHERE id = 1",
        "UPDATE story_articles SET minutes = minutes + 1 WHERE article = 1"};
    shop *s = *state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        size_t faults = 0;
        isnad_store *store = open_store(s);
        if (i == 0)
            add(s, store);
        assert_int_equal(isnad_store_make_stories(store, 1, 1, NULL, NULL), ISNAD_OK);
        assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
        assert_int_equal(faults, 0);
        isnad_store_close(store);
        run(s, damages[i]);
        store = open_store(s);
        assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
        if (faults == 0)
            fail_msg("not found: %s", damages[i]);
        isnad_store_close(store);
    }
}

static int begin(void **state)
{
    static shop s;
    isnad_engine_options where = {.image = ISNAD_TEST_IMAGE};
    temp_name(s.folder, "stories");
    if (!mkdtemp(s.folder) || isnad_engine_open(&s.engine, &where, NULL) != ISNAD_OK)
        return -1;
    snprintf(s.file, sizeof s.file, "%s/news.db", s.folder);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    shop *s = *state;
    char path[TEMP_PATH + 32];
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(path, sizeof path, "%s%s", s->file, tails[i]);
        unlink(path);
    }
    isnad_engine_free(s->engine);
    return rmdir(s->folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kept, begin, end),
        cmocka_unit_test_setup_teardown(test_lists, begin, end),
        cmocka_unit_test_setup_teardown(test_one, begin, end),
        cmocka_unit_test_setup_teardown(test_climb, begin, end),
        cmocka_unit_test_setup_teardown(test_damage, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
