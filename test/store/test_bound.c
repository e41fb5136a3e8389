/* isnad_store_bound: what is asked of a database ends when it is to end, and a writer doesn't wait longer than it is wanted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "isnad.h"
#include "temp.h"

#define RECORDS ISNAD_TEST_SOURCE "/test/story/records.jsonl"

static int now_and_then(void *user)
{
    int *left = user;
    return *left == 0 || --*left == 0;
}

static int count(void *user, const char *json, size_t n)
{
    (void)json, (void)n;
    ++*(int *)user;
    return 0;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static isnad_status add(isnad_engine *engine, isnad_store *store, isnad_error *err)
{
    const char *inputs[] = {RECORDS};
    isnad_run_options options = {.inputs = inputs, .n_inputs = 1, .kind = ISNAD_KIND_JSON, .store = store, .records = 1};
    return isnad_run(engine, &options, NULL, err);
}

static void test_bound(void **state)
{
    char folder[TEMP_PATH], file[TEMP_PATH + 20];
    isnad_engine *engine;
    isnad_store *store;
    isnad_error err = {0};
    isnad_engine_options image = {.image = ISNAD_TEST_IMAGE};
    isnad_query query = {.limit = 200};
    int rows = 0, all = 0, left = 1;
    (void)state;
    temp_name(folder, "bound");
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/a.db", folder);
    assert_int_equal(isnad_engine_open(&engine, &image, &err), ISNAD_OK);
    assert_int_equal(isnad_store_open(&store, engine, file, ISNAD_STORE_WRITE, &err), ISNAD_OK);

    /* a batch in the middle is given up, and nothing of it is there */
    isnad_store_bound(store, now_and_then, &left);
    assert_int_not_equal(add(engine, store, &err), ISNAD_OK);
    isnad_store_bound(store, NULL, NULL);
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_ARTICLES, &query, count, &all, NULL, &err), ISNAD_OK);
    assert_int_equal(all, 0);

    /* another writer is waited for no longer than wanted */
    sqlite3 *other;
    assert_int_equal(sqlite3_open(file, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    left = 20;
    isnad_store_bound(store, now_and_then, &left);
    double begun = seconds();
    assert_int_not_equal(add(engine, store, &err), ISNAD_OK);
    assert_true(seconds() - begun < 5);
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    isnad_store_bound(store, NULL, NULL);
    assert_int_equal(add(engine, store, &err), ISNAD_OK);

    /* and a search */
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_EVENTS, &query, count, &all, NULL, &err), ISNAD_OK);
    assert_true(all > 10);
    left = 1;
    isnad_store_bound(store, now_and_then, &left);
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_TIMELINE, &query, count, &rows, NULL, &err), ISNAD_E_STOPPED);
    isnad_store_bound(store, NULL, NULL);
    assert_int_equal(isnad_store_find(store, ISNAD_FOUND_TIMELINE, &query, count, &rows, NULL, &err), ISNAD_OK);
    assert_true(rows > 0);
    isnad_store_close(store);
    isnad_engine_free(engine);
    assert_int_equal(unlink(file), 0);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
