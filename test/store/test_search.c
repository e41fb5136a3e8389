/*
 * Search over a database: what is found by what (words.tsv), queries that can't be read, filters, the order of results, marks, and what
 * SQLite's own tables say beside it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "base/buf.h"
#include "base/file.h"
#include "isnad.h"
#include "temp.h"

#define CASES ISNAD_TEST_SOURCE "/test/store/words.tsv"

typedef struct state {
    isnad_engine *engine;
    isnad_store *store;
    char db[TEMP_PATH + 8], input[TEMP_PATH];
    isn_file cases;
} state;

static const char *error_of(const isnad_error *err)
{
    return err->message;
}

static void put_article(isn_buf *out, const char *id, isn_str text, const char *outlet, const char *day)
{
    isn_buf_format(out, "{\"id\":\"%s\",\"outlet\":\"%s\",\"published\":\"%s\",\"text\":", id, outlet, day);
    isn_buf_json(out, text);
    isn_buf_append(out, "}\n", 2);
}

/* Calls `use` with the columns of each case. */
typedef void case_fn(state *s, size_t number, isn_str query, isn_str text, bool found, void *extra);

static void each_case(state *s, case_fn *use, void *extra)
{
    isn_str rest = s->cases.bytes, line;
    size_t number = 0;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_str query, text, found;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        assert_true(isn_str_next(&query, &line, '\t') && isn_str_next(&text, &line, '\t') && isn_str_next(&found, &line, '\t'));
        if (number++)
            use(s, number - 1, query, text, found.n == 1 && found.p[0] == '1', extra);
    }
    assert_true(number > 30);
}

static void write_case(state *s, size_t number, isn_str query, isn_str text, bool found, void *extra)
{
    char id[32];
    (void)s;
    (void)query;
    (void)found;
    snprintf(id, sizeof id, "c%zu", number);
    put_article(extra, id, text, "W", "2019-01-01");
}

/* The parties of filtered articles are taken from the table too, so that no letter stands here. */
static int setup(void **out)
{
    state *s = calloc(1, sizeof *s);
    isnad_error err = {0};
    isn_buf input;
    isn_buf_init(&input, (size_t)1 << 20);
    assert_int_equal(isn_file_open(&s->cases, CASES, (size_t)1 << 20, &err), ISNAD_OK);
    each_case(s, write_case, &input);
    isn_buf_char(&input, 0);
    temp_file(s->input, "search", input.p);
    isn_buf_release(&input);
    temp_name(s->db, "db");
    int fd = mkstemp(s->db);
    close(fd);
    unlink(s->db);
    isnad_engine_options options = {.image = ISNAD_TEST_IMAGE};
    assert_int_equal(isnad_engine_open(&s->engine, &options, &err), ISNAD_OK);
    assert_int_equal(isnad_store_open(&s->store, s->engine, s->db, ISNAD_STORE_WRITE, &err), ISNAD_OK);
    const char *inputs[] = {s->input};
    isnad_run_options run = {.inputs = inputs, .n_inputs = 1, .jobs = 2, .kind = ISNAD_KIND_JSON, .store = s->store};
    isnad_progress done = {0};
    assert_int_equal(isnad_run(s->engine, &run, &done, &err), ISNAD_OK);
    isnad_store_totals totals;
    isnad_store_count(s->store, &totals);
    assert_int_equal(totals.added, done.articles);
    assert_int_equal(done.faults, 0);
    *out = s;
    return 0;
}

static int teardown(void **out)
{
    state *s = *out;
    isnad_store_close(s->store);
    isnad_engine_free(s->engine);
    isn_file_close(&s->cases);
    unlink(s->input);
    unlink(s->db);
    free(s);
    return 0;
}

typedef struct heard {
    char wanted[32];
    bool found;
    size_t n;
    json_t *rows;
} heard;

static int hear(void *user, const char *json, size_t n)
{
    heard *h = user;
    json_t *row = json_loadb(json, n, 0, NULL);
    assert_non_null(row);
    h->n++;
    h->found = h->found || strcmp(json_string_value(json_object_get(row, "id")), h->wanted) == 0;
    if (h->rows)
        json_array_append(h->rows, row);
    json_decref(row);
    return 0;
}

static void check_case(state *s, size_t number, isn_str query, isn_str text, bool found, void *extra)
{
    size_t *wrong = extra;
    char words[512];
    heard h = {.found = false};
    isnad_error err = {0};
    snprintf(h.wanted, sizeof h.wanted, "c%zu", number);
    snprintf(words, sizeof words, "%.*s", (int)query.n, query.p);
    isnad_query q = {.words = words, .limit = 1000};
    isnad_status status = isnad_store_find(s->store, ISNAD_FOUND_ARTICLES, &q, hear, &h, NULL, &err);
    if (status != ISNAD_OK || h.found != found) {
        print_message("'%s' in '%.*s': %s %s\n", words, (int)text.n, text.p, h.found ? "found" : "not found", error_of(&err));
        ++*wrong;
    }
}

static void test_words(void **state_)
{
    size_t wrong = 0;
    each_case(*state_, check_case, &wrong);
    assert_int_equal(wrong, 0);
}

/* Queries that can't be read are told, whatever they are. */
static void test_refused(void **state_)
{
    state *s = *state_;
    static const char *const queries[] = {"OR", "a AND OR", "NOT a", "(a", "a)", "()", "\"", "-", "*", "a OR (b AND", "\xFF\xFE", "-a"};
    char deep[64], many[1024] = "";
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    for (size_t i = 0; i < 100; i++)
        strcat(many, "abcd ");
    isnad_error err;
    heard h = {.found = false};
    size_t refused = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        isnad_query q = {.words = queries[i]};
        isnad_status status = isnad_store_find(s->store, ISNAD_FOUND_ARTICLES, &q, hear, &h, NULL, &err);
        assert_true(status == ISNAD_OK || status == ISNAD_E_ARGUMENT);
        refused += status == ISNAD_E_ARGUMENT;
    }
    assert_true(refused >= 10);
    const isnad_query bad[] = {{.words = deep}, {.words = many}, {.since = "soon"}, {.until = "2021-13"}, {.quad = "5"},
                               {.type = "DANCE"}, {.actor = "nobody at all"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        err.message[0] = 0;
        assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_ARTICLES, &bad[i], hear, &h, NULL, &err), ISNAD_E_ARGUMENT);
        assert_true(err.message[0] != 0);
    }
}

/* Marks stand on whole words within the sentence that is shown. */
static void check_marks(state *s, size_t number, isn_str query, isn_str text, bool found, void *extra)
{
    (void)number;
    char words[512];
    heard h = {.rows = json_array()};
    snprintf(words, sizeof words, "%.*s", (int)query.n, query.p);
    isnad_query q = {.words = words, .limit = 5};
    if (found && isnad_store_find(s->store, ISNAD_FOUND_ARTICLES, &q, hear, &h, NULL, NULL) == ISNAD_OK) {
        size_t i, k;
        json_t *row, *mark;
        json_array_foreach(h.rows, i, row) {
            json_int_t begin = json_integer_value(json_object_get(row, "begin")), end = json_integer_value(json_object_get(row, "end"));
            assert_int_equal(end - begin, (json_int_t)json_string_length(json_object_get(row, "sentence")));
            assert_true(json_array_size(json_object_get(row, "marks")) > 0);
            json_array_foreach(json_object_get(row, "marks"), k, mark) {
                assert_true(json_integer_value(json_object_get(mark, "begin")) >= begin);
                assert_true(json_integer_value(json_object_get(mark, "end")) <= end);
                ++*(size_t *)extra;
            }
        }
    }
    (void)text;
    json_decref(h.rows);
}

static void test_marks(void **state_)
{
    size_t marks = 0;
    each_case(*state_, check_marks, &marks);
    assert_true(marks > 30);
}

static size_t found_by(state *s, isnad_query q, json_t *rows)
{
    heard h = {.rows = rows};
    isnad_answer answer;
    q.limit = 1000;
    assert_int_equal(isnad_store_find(s->store, ISNAD_FOUND_ARTICLES, &q, hear, &h, &answer, NULL), ISNAD_OK);
    assert_int_equal(answer.rows, h.n);
    return answer.rows;
}

static void take_first(state *s, size_t number, isn_str query, isn_str text, bool found, void *extra)
{
    (void)s;
    (void)query;
    (void)found;
    if (number == 1)
        *(isn_str *)extra = text;
}

/* A sentence of the table with more words behind it: a line of a few Latin words is no article. */
static void put_filtered(state *s, isn_buf *out, const char *id, const char *more, const char *outlet, const char *day)
{
    isn_str first = {NULL, 0};
    isn_buf text;
    isn_buf_init(&text, 4096);
    each_case(s, take_first, &first);
    isn_buf_str(&text, first);
    isn_buf_char(&text, ' ');
    isn_buf_str(&text, isn_str_cstr(more));
    put_article(out, id, isn_str_of(text.p, text.n), outlet, day);
    isn_buf_release(&text);
}

static void tell(void *user, const isnad_error *fault)
{
    (void)user;
    print_message("%s\n", fault->message);
}

/* Days, outlets and the order of what is found; a changed article is found as it is now. */
static void test_filters(void **state_)
{
    state *s = *state_;
    isn_buf input;
    char file[TEMP_PATH];
    isnad_error err = {0};
    isn_buf_init(&input, (size_t)1 << 20);
    put_filtered(s, &input, "f1", "abcd", "A", "2020-03-01");
    put_filtered(s, &input, "f2", "abcd efgh", "B", "2021-05-01");
    put_filtered(s, &input, "f1", "abcd ijkl", "A", "2020-03-01");
    isn_buf_char(&input, 0);
    temp_file(file, "filters", input.p);
    isn_buf_release(&input);
    const char *inputs[] = {file};
    isnad_run_options run = {.inputs = inputs, .n_inputs = 1, .kind = ISNAD_KIND_JSON, .store = s->store};
    assert_int_equal(isnad_run(s->engine, &run, NULL, &err), ISNAD_OK);
    unlink(file);
    json_t *rows = json_array();
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd"}, rows), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "id")), "f2");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 1), "version")), 2);
    json_array_clear(rows);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .oldest = 1}, rows), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "id")), "f1");
    json_decref(rows);
    assert_int_equal(found_by(s, (isnad_query){.words = "ijkl"}, NULL), 1);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .outlet = "A"}, NULL), 1);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .outlet = "C"}, NULL), 0);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .since = "2021"}, NULL), 1);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .until = "2020-03"}, NULL), 1);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .since = "2020-03-01", .until = "2021-05-01"}, NULL), 2);
    assert_int_equal(found_by(s, (isnad_query){.words = "abcd", .since = "2020-03-02", .until = "2021-04-30"}, NULL), 0);
    size_t faults = 0;
    assert_int_equal(isnad_store_check(s->store, tell, NULL, &faults, &err), ISNAD_OK);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_filters),
    };
    return cmocka_run_group_tests_name("search", tests, setup, teardown);
}
