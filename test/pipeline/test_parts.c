/* What is handed over by a function, from anywhere in a file, gives the records that the file gives; and the digest of a record is the one that is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/buf.h"
#include "isnad.h"

static const char *const texts[] = {"\xD9\x88\xD8\xB5\xD9\x84 \xD8\xA7\xD9\x84\xD9\x88\xD8\xB2\xD9\x8A\xD8\xB1.", "\xD8\xBA\xD8\xA7\xD8\xAF\xD8\xB1.",
                                    "\xD8\xB9\xD8\xA7\xD8\xAF \xD8\xA7\xD9\x84\xD8\xB1\xD8\xA6\xD9\x8A\xD8\xB3."};
#define N (sizeof texts / sizeof *texts)

typedef struct reading {
    isnad_engine *engine;
    isnad_worker *worker;
    isn_buf records;
    const char *p; /* bytes that are handed out */
    size_t n, most;
    size_t faults;
    bool fails;
} reading;

static int set_up(void **state)
{
    reading *r = calloc(1, sizeof *r);
    *state = r;
    isnad_engine_options where = {.image = ISNAD_TEST_IMAGE};
    isn_buf_init(&r->records, (size_t)1 << 24);
    return isnad_engine_open(&r->engine, &where, NULL) == ISNAD_OK && isnad_worker_new(&r->worker, r->engine, NULL) == ISNAD_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    reading *r = *state;
    isnad_worker_free(r->worker);
    isnad_engine_free(r->engine);
    isn_buf_release(&r->records);
    free(r);
    return 0;
}

static isnad_status take(void *user, const char *record, size_t n)
{
    reading *r = user;
    isn_buf_append(&r->records, record, n);
    isn_buf_char(&r->records, '\n');
    return ISNAD_OK;
}

static void fault(void *user, const isnad_error *err)
{
    reading *r = user;
    r->faults++;
    assert_true(err->status != ISNAD_OK);
}

static ptrdiff_t give(void *user, char *room, size_t n)
{
    reading *r = user;
    if (r->fails && r->n == 0)
        return -1;
    n = n < r->n ? n : r->n;
    n = n < r->most ? n : r->most; /* a little at a time */
    memcpy(room, r->p, n);
    r->p += n;
    r->n -= n;
    return (ptrdiff_t)n;
}

static isnad_status read_part(reading *r, const char *name, const char *p, size_t n, uint64_t offset, uint64_t line, isnad_kind kind)
{
    r->p = p;
    r->n = n;
    r->most = 7;
    isnad_run_options o = {.inputs = &name, .n_inputs = 1, .user = r, .record = take, .fault = fault, .read = give, .offset = offset, .line = line,
                           .kind = kind, .published = "2021-04-17"};
    return isnad_run(r->engine, &o, NULL, NULL);
}

static isnad_status read_file(reading *r, const char *name)
{
    isnad_run_options o = {.inputs = &name, .n_inputs = 1, .user = r, .record = take, .fault = fault, .published = "2021-04-17"};
    return isnad_run(r->engine, &o, NULL, NULL);
}

static void write_file(const char *name, const char *p, size_t n)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* The file as one run gives it, then in two parts that are cut at `cut`; the records must be the same. */
static void compare(reading *r, const char *name, const char *p, size_t n, size_t cut, uint64_t line, isnad_kind kind)
{
    isn_buf_reset(&r->records);
    write_file(name, p, n);
    assert_int_equal(read_file(r, name), ISNAD_OK);
    size_t whole = r->records.n;
    assert_true(whole > 0);
    assert_int_equal(read_part(r, name, p, cut, 0, 0, kind), ISNAD_OK);
    assert_true(r->records.n > whole && r->records.n < 2 * whole);
    assert_int_equal(read_part(r, name, p + cut, n - cut, cut, line, kind), ISNAD_OK);
    assert_int_equal(r->records.n, 2 * whole);
    assert_memory_equal(r->records.p, r->records.p + whole, whole);
    assert_int_equal(r->faults, 0);
    unlink(name);
}

static void test_lines(void **state)
{
    char name[] = "isnad-test-parts-XXXXXX", bytes[1024];
    int fd = mkstemp(name);
    size_t n = 0, cut = 0;
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < N; i++) {
        n += (size_t)snprintf(bytes + n, sizeof bytes - n, "{\"text\":\"%s\"}\n", texts[i]);
        cut = i == 0 ? n : cut;
    }
    compare(*state, name, bytes, n, cut, 2, ISNAD_KIND_JSON);
}

/* An archive whose records are members of gzip, and a plain one: records say where they stand. */
static void test_archives(void **state)
{
    for (int packed = 0; packed < 2; packed++) {
        char name[] = "isnad-test-parts-XXXXXX", bytes[4096];
        int fd = mkstemp(name);
        size_t n = 0, cut = 0;
        assert_true(fd >= 0);
        close(fd);
        for (size_t i = 0; i < N; i++) {
            char record[1024];
            int m = snprintf(record, sizeof record,
                             "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/%zu\r\nContent-Type: text/plain\r\n"
                             "Content-Length: %zu\r\n\r\n%s\r\n\r\n", i, strlen(texts[i]), texts[i]);
            if (packed) {
                z_stream z = {.next_in = (Bytef *)record, .avail_in = (uInt)m, .next_out = (Bytef *)bytes + n, .avail_out = (uInt)(sizeof bytes - n)};
                assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
                assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
                n += z.total_out;
                deflateEnd(&z);
            } else {
                memcpy(bytes + n, record, (size_t)m);
                n += (size_t)m;
            }
            cut = i == 0 ? n : cut;
        }
        compare(*state, name, bytes, n, cut, 0, ISNAD_KIND_WARC);
    }
}

static void test_reading_fails(void **state)
{
    reading *r = *state;
    static const char line[] = "{\"text\":\"x";
    r->fails = true;
    r->faults = 0;
    isn_buf_reset(&r->records);
    assert_int_equal(read_part(r, "lines", line, sizeof line - 1, 0, 0, ISNAD_KIND_JSON), ISNAD_OK);
    assert_int_equal(r->faults, 1);
    assert_int_equal(r->records.n, 0);
    r->fails = false;
    r->faults = 0;
}

static void test_digest(void **state)
{
    reading *r = *state;
    const char *record;
    size_t n;
    isnad_digested d;
    isnad_input input = {.bytes = "{\"id\":\"seven\",\"body\":\"\xD8\xB9\xD8\xA7\xD8\xAF\",\"published\":\"2021-04-17T10:00:00Z\"}", .kind = ISNAD_KIND_JSON,
                         .field_text = "body"};
    input.n = strlen(input.bytes);
    assert_int_equal(isnad_code(r->worker, &input, &record, &n, NULL), ISNAD_OK);
    char *kept = malloc(n);
    memcpy(kept, record, n);
    assert_int_equal(isnad_digest(r->worker, kept, n, &d, NULL), ISNAD_OK);
    assert_true(d.n > 0 && d.n <= 1536 && d.own && d.dated);
    assert_int_equal(d.id_n, 5);
    assert_memory_equal(d.id, "seven", 5);
    assert_int_equal(d.minutes, (18734 * 24 + 10) * 60);
    isnad_stories *stories;
    assert_int_equal(isnad_stories_new(&stories, r->engine, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_add_digest(stories, d.bytes, d.n - 1, NULL), ISNAD_E_FORMAT);
    assert_int_equal(isnad_stories_add_digest(stories, d.bytes, d.n, NULL), ISNAD_OK);
    assert_int_equal(isnad_stories_make_from(stories, NULL, 0, NULL), ISNAD_OK);
    isnad_story story;
    isnad_pair pair;
    assert_int_equal(isnad_stories_at(stories, 0, &story, NULL), ISNAD_OK);
    assert_true(story.n == 1 && story.n_origins == 1 && story.follows == SIZE_MAX);
    assert_int_equal(isnad_stories_at(stories, 1, &story, NULL), ISNAD_E_ARGUMENT);
    assert_int_equal(isnad_stories_join(stories, 0, 0, &pair, NULL), ISNAD_E_ARGUMENT);
    const char *json;
    assert_int_equal(isnad_stories_tell(stories, 0, 0, &json, &n, NULL), ISNAD_E_ARGUMENT); /* a digest tells no words */
    isnad_stories_free(stories);
    assert_int_equal(isnad_digest(r->worker, "{}", 1, &d, NULL), ISNAD_E_FORMAT);
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines), cmocka_unit_test(test_archives), cmocka_unit_test(test_reading_fails),
                                       cmocka_unit_test(test_digest)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
