/*
 * A worker's record of an article is the article's alone: whatever it read before, and however little memory it has, the
 * record is the same, or says that memory was short.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <cmocka.h>

#include "base/file.h"
#include "pipeline/check_record.h"
#include "pipeline/engine.h"

#define EXAMPLES ISNAD_TEST_SOURCE "/examples/articles"
#define MOST 64u

typedef struct shop {
    isnad_engine *engine;
    char *names[MOST];
    isn_file files[MOST];
    isn_buf alone[MOST]; /* the record by a worker that has read nothing else; empty where the input isn't one article */
    size_t n;
} shop;

static isnad_status code(isnad_worker *worker, const shop *s, size_t i, const char **record, size_t *n)
{
    isnad_input input = {.uri = s->names[i], .bytes = s->files[i].bytes.p, .n = s->files[i].bytes.n,
                         .published = "2021-04-17"};
    isnad_error err = {0};
    return isnad_code(worker, &input, record, n, &err);
}

static bool same(const isn_buf *alone, const char *record, size_t n)
{
    return alone->n == n && memcmp(alone->p, record, n) == 0;
}

/* There and back again with one worker: each article after different ones. */
static void after_others(void **state)
{
    shop *s = *state;
    isnad_worker *worker;
    const char *record;
    size_t n;
    assert_int_equal(isnad_worker_new(&worker, s->engine, NULL), ISNAD_OK);
    for (size_t k = 0; k < 2 * s->n; k++) {
        size_t i = k < s->n ? k : 2 * s->n - 1 - k;
        if (s->alone[i].n == 0)
            continue;
        assert_int_equal(code(worker, s, i, &record, &n), ISNAD_OK);
        assert_true(check_record(record, n));
        assert_true(same(&s->alone[i], record, n));
    }
    isnad_worker_free(worker);
}

/* Memory that ends at any point: the whole record, a record that says so, or an error; never half of one unsaid. */
static void short_of_memory(void **state)
{
    shop *s = *state;
    isnad_worker *worker;
    unsigned whole = 0, told = 0, refused = 0;
    assert_int_equal(isnad_worker_new(&worker, s->engine, NULL), ISNAD_OK);
    for (size_t i = 0; i < s->n; i++) {
        for (size_t ceiling = 1000; s->alone[i].n && ceiling < (size_t)4 << 20; ceiling += ceiling / 12) {
            const char *record = NULL;
            size_t n = 0;
            worker->arena.ceiling = ceiling;
            isnad_status status = code(worker, s, i, &record, &n);
            if (status == ISNAD_E_MEMORY) {
                refused++;
                continue;
            }
            assert_int_equal(status, ISNAD_OK);
            assert_true(check_record(record, n));
            if (same(&s->alone[i], record, n)) {
                whole++;
                continue;
            }
            bool said = isn_str_find(isn_str_of(record, n), ISN_STR("\"code\":\"memory\"")) != SIZE_MAX;
            if (!said)
                printf("%s with %zu bytes: %.*s\n", s->names[i], ceiling, (int)n, record);
            assert_true(said);
            told++;
        }
    }
    isnad_worker_free(worker);
    printf("%u whole records, %u that say that memory was short, %u errors\n", whole, told, refused);
    assert_true(whole > 50 && told > 50 && refused > 50);
}

/* What a ceiling leaves of a long article: its beginning, analysed as if it stood alone. */
static void long_article(void **state)
{
    shop *s = *state;
    isnad_worker *worker;
    isn_buf text;
    const char *record;
    size_t n;
    isn_buf_init(&text, (size_t)64 << 20);
    for (size_t i = 0; text.n < (size_t)3 << 20; i = (i + 1) % s->n) {
        size_t name = strlen(s->names[i]);
        if (name > 4 && strcmp(s->names[i] + name - 4, ".txt") == 0)
            isn_buf_str(&text, s->files[i].bytes);
    }
    assert_int_equal(isnad_worker_new(&worker, s->engine, NULL), ISNAD_OK);
    isnad_input input = {.uri = "long", .bytes = text.p, .n = text.n, .kind = ISNAD_KIND_TEXT};
    assert_int_equal(isnad_code(worker, &input, &record, &n, NULL), ISNAD_OK);
    assert_true(check_record(record, n));
    json_t *root = json_loadb(record, n, 0, NULL);
    assert_true(json_array_size(json_object_get(root, "entities")) > 10);
    assert_true(json_array_size(json_object_get(root, "events")) > 10);
    json_int_t analysed = 0;
    size_t i;
    json_t *said;
    json_array_foreach(json_object_get(root, "diagnostics"), i, said)
        if (strcmp(json_string_value(json_object_get(said, "code")), "memory") == 0)
            analysed = json_integer_value(json_object_get(said, "begin"));
    assert_true(analysed >= 100000);
    json_decref(root);
    isnad_worker_free(worker);
    isn_buf_release(&text);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int open_all(void **state)
{
    static shop s;
    isnad_engine_options options = {.image = ISNAD_TEST_IMAGE};
    DIR *folder = opendir(EXAMPLES);
    *state = &s;
    if (!folder || isnad_engine_open(&s.engine, &options, NULL) != ISNAD_OK)
        return 1;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL && s.n < MOST;) {
        char path[4096];
        snprintf(path, sizeof path, EXAMPLES "/%s", entry->d_name);
        if (entry->d_name[0] != '.')
            s.names[s.n++] = strdup(path);
    }
    closedir(folder);
    qsort(s.names, s.n, sizeof *s.names, compare_names);
    for (size_t i = 0; i < s.n; i++) {
        isnad_worker *worker;
        const char *record;
        size_t n;
        isn_buf_init(&s.alone[i], (size_t)1 << 26);
        if (isn_file_open(&s.files[i], s.names[i], 1 << 24, NULL) != ISNAD_OK ||
            isnad_worker_new(&worker, s.engine, NULL) != ISNAD_OK)
            return 1;
        if (code(worker, &s, i, &record, &n) == ISNAD_OK)
            isn_buf_append(&s.alone[i], record, n);
        isnad_worker_free(worker);
    }
    return s.n < 8;
}

static int close_all(void **state)
{
    shop *s = *state;
    for (size_t i = 0; i < s->n; i++) {
        isn_buf_release(&s->alone[i]);
        isn_file_close(&s->files[i]);
        free(s->names[i]);
    }
    isnad_engine_free(s->engine);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(after_others), cmocka_unit_test(short_of_memory),
                                       cmocka_unit_test(long_article)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
