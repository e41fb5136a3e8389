/*
 * Articles that nobody writes (hostile.tsv): each gives a whole record or an error, and takes time in proportion to its
 * length: twice the text may take three times as long, where a quadratic loop would take four times.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/file.h"
#include "pipeline/bench.h"
#include "pipeline/check_record.h"

#define CASES ISNAD_TEST_SOURCE "/test/pipeline/hostile.tsv"
#define GROWTH 3.0   /* times as long for twice the text */
#define SLACK 0.15   /* seconds that don't count */
#define LONGEST 60.0 /* seconds of one case, sanitizers and all */

enum { C_NAME, C_KIND, C_TIMES, C_BEFORE, C_REPEATED, C_CLOSING, C_COUNT };

/* A word of five letters, another one for each number. */
static void put_word(isn_buf *out, uint32_t number)
{
    static const uint16_t letters[] = {0x628, 0x62A, 0x62C, 0x62D, 0x62F, 0x631, 0x633, 0x635, /* beh, teh, jeem ... */
                                       0x637, 0x639, 0x641, 0x642, 0x643, 0x644, 0x645, 0x646};
    number *= 2654435761u; /* neighbours get words that look different */
    for (int i = 0; i < 5; i++, number >>= 4) {
        char code[4];
        isn_buf_append(out, code, isn_utf8_encode(code, letters[number >> 12 & 15]));
    }
}

static void put_piece(isn_buf *out, isn_str piece, uint32_t number)
{
    for (size_t i = 0; i < piece.n; i++) {
        if (piece.p[i] == '#') {
            put_word(out, number);
        } else if (piece.p[i] == '\\' && i + 1 < piece.n && piece.p[i + 1] == 'n') {
            isn_buf_char(out, '\n');
            i++;
        } else {
            isn_buf_char(out, piece.p[i]);
        }
    }
}

static void make(isn_buf *out, const isn_str cells[C_COUNT], uint32_t times)
{
    isn_buf_reset(out);
    put_piece(out, cells[C_BEFORE], 0);
    for (uint32_t i = 0; i < times; i++)
        put_piece(out, cells[C_REPEATED], i);
    for (uint32_t i = 0; i < times && cells[C_CLOSING].n; i++)
        put_piece(out, cells[C_CLOSING], i);
    if (isn_str_equal(cells[C_KIND], ISN_STR("json")))
        isn_buf_append(out, cells[C_CLOSING].n ? "}" : "\"}", cells[C_CLOSING].n ? 1 : 2);
}

/* Codes the article; the seconds that it took. */
static double seconds(bench *b, const isn_buf *article, isn_str kind, bool *good)
{
    isnad_input input = {.uri = "hostile", .bytes = article->p, .n = article->n, .published = "2021-04-17",
                         .kind = isn_str_equal(kind, ISN_STR("html"))   ? ISNAD_KIND_HTML
                                 : isn_str_equal(kind, ISN_STR("json")) ? ISNAD_KIND_JSON
                                                                        : ISNAD_KIND_TEXT};
    const char *record;
    size_t n;
    isnad_error err = {0};
    clock_t before = clock();
    isnad_status status = isnad_code(b->worker, &input, &record, &n, &err);
    double took = (double)(clock() - before) / CLOCKS_PER_SEC;
    *good = status == ISNAD_OK ? check_record(record, n) : err.message[0] != '\0';
    return took;
}

static bool try_case(bench *b, isn_buf *article, const isn_str cells[C_COUNT])
{
    uint32_t times = (uint32_t)strtoul(cells[C_TIMES].p, NULL, 10);
    bool good, also;
    make(article, cells, times / 2);
    double half = seconds(b, article, cells[C_KIND], &good);
    make(article, cells, times);
    double whole = seconds(b, article, cells[C_KIND], &also);
    if (whole > half * GROWTH + SLACK) { /* once more: the machine may have been busy elsewhere */
        double again = seconds(b, article, cells[C_KIND], &also);
        whole = again < whole ? again : whole;
    }
    bool linear = whole <= half * GROWTH + SLACK && whole <= LONGEST;
    printf("%-22.*s %9zu bytes  %6.3f s, half of it %6.3f s%s%s\n", (int)cells[C_NAME].n, cells[C_NAME].p,
           article->n, whole, half, good && also ? "" : "  BAD RECORD", linear ? "" : "  TOO LONG");
    return good && also && linear;
}

static void test_hostile(void **state)
{
    bench *b = *state;
    isn_file file;
    isn_buf article;
    unsigned cases = 0, bad = 0;
    assert_int_equal(isn_file_open(&file, CASES, 1 << 20, NULL), ISNAD_OK);
    isn_buf_init(&article, (size_t)64 << 20);
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_str cells[C_COUNT] = {{NULL, 0}};
        if (line.n == 0 || line.p[0] == '#')
            continue;
        for (int c = 0; c < C_COUNT; c++)
            isn_str_next(&cells[c], &line, '\t');
        bad += !try_case(b, &article, cells);
        cases++;
    }
    isn_buf_release(&article);
    isn_file_close(&file);
    assert_true(cases >= 40);
    assert_int_equal(bad, 0);
}

static int open_all(void **state)
{
    static bench b;
    *state = &b;
    return bench_open(&b);
}

static int close_all(void **state)
{
    bench_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hostile)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
