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

/* Makes and keeps the stories; returns how many there are. */
static size_t make(const shop *s, isnad_store *store, size_t *of_attack, size_t *of_other)
{
    isnad_stories *stories;
    assert_int_equal(isnad_stories_new(&stories, s->engine, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_from_store(stories, store, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_make(stories, 2, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_keep(stories, NULL), ISNAD_OK);
    size_t n = isnad_stories_count(stories);
    *of_attack = isnad_stories_find(stories, "attack-1.txt");
    *of_other = isnad_stories_find(stories, "attack-2.txt");
    isnad_stories_free(stories);
    return n;
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
    size_t a, b, faults = 1;
    isnad_store *store = open_store(s);
    add(s, store);
    size_t n = make(s, store, &a, &b);
    assert_int_equal(a, b);
    assert_int_equal(ask(s, "SELECT count(*) FROM stories"), n);
    assert_int_equal(ask(s, "SELECT count(*) FROM story_articles"), ask(s, "SELECT count(*) FROM articles"));
    assert_int_equal(ask(s, "SELECT count(*) FROM story_joins"), ask(s, "SELECT sum(articles - 1) FROM stories"));
    assert_int_equal(isnad_store_decide(store, ISNAD_DECIDE_PART, "attack-2.txt", "attack-1.txt", NULL), ISNAD_OK);
    make(s, store, &a, &b);
    assert_int_not_equal(a, b);
    isnad_store_close(store);
    store = open_store(s); /* it survives, and the last word on two articles holds */
    make(s, store, &a, &b);
    assert_int_not_equal(a, b);
    assert_int_equal(isnad_store_decide(store, ISNAD_DECIDE_JOIN, "attack-1.txt", "attack-2.txt", NULL), ISNAD_OK);
    assert_int_equal(make(s, store, &a, &b), n);
    assert_int_equal(a, b);
    assert_int_equal(ask(s, "SELECT count(*) FROM story_decisions"), 1);
    assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults, 0);
    isnad_store_close(store);
}

/* A file of schema 1 has no stories; opening it to write brings it up to date and changes nothing else. */
static void test_climb(void **state)
{
    shop *s = *state;
    size_t a, b;
    isnad_store *store = open_store(s);
    add(s, store);
    isnad_store_close(store);
    int64_t articles = ask(s, "SELECT count(*) FROM articles");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(s->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DROP VIEW story_list; DROP TABLE story_joins; DROP TABLE story_articles; DROP TABLE"
                                      " stories; DROP TABLE story_decisions;"
                                      " DROP TABLE revision; DROP TABLE event_kinds; DROP TABLE event_sides; DROP TABLE quote_sides;"
                                      " DROP TABLE actor_articles; DROP TABLE actor_totals; DROP TABLE actor_forms; DROP TABLE actor_offices;"
                                      " DROP TABLE meetings; DROP TABLE event_days; DROP TABLE outlet_days; DROP TABLE outlet_actors;"
                                      " DROP TABLE outlet_countries; DROP TABLE outlet_stories; PRAGMA user_version = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(isnad_store_open(&store, s->engine, s->file, 0, NULL), ISNAD_E_FORMAT); /* reading alone doesn't mend it */
    store = open_store(s);
    size_t faults = 1;
    assert_true(make(s, store, &a, &b) > 0);
    assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults, 0);
    isnad_store_close(store);
    assert_int_equal(ask(s, "SELECT count(*) FROM articles"), articles);
    assert_int_equal(ask(s, "SELECT count(*) FROM story_articles"), articles);
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
        cmocka_unit_test_setup_teardown(test_climb, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
