/* Sentences of counts.tsv through the whole pipeline: all counts of a sentence must be as the table says. `--show` prints those that aren't. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "pipeline/bench.h"

#define CASES ISNAD_TEST_SOURCE "/test/event/"

static bench shop;
static bool show, write_floors;
static bench_shares shares_right = {.floors = CASES "counts-floors.tsv", .program = "test_counts", .names = {"sentences"}, .slack = 0};

/* The counts of a text as the table writes them. */
static void write_counts(char *out, size_t room, const isn_analysed *a)
{
    static const char *const bounds[] = {"exact", "about", "at_least", "at_most", "more_than", "less_than"};
    size_t n = 0;
    out[0] = 0;
    for (size_t i = 0; i < a->counts.n && n < room; i++) {
        const isn_count *c = &a->counts.items[i];
        n += (size_t)snprintf(out + n, room - n, "%s%.*s:%s:%.15g", i ? "|" : "", (int)c->what.n, c->what.p,
                              bounds[c->bound], c->value);
        if (c->high > c->value && n < room)
            n += (size_t)snprintf(out + n, room - n, "-%.15g", c->high);
        if (c->unit.n && n < room)
            n += (size_t)snprintf(out + n, room - n, ":%.*s", (int)c->unit.n, c->unit.p);
        isn_str type = c->event == ISN_NONE ? ISN_STR("") : a->events.items[c->event].type;
        if (type.n && n < room)
            n += (size_t)snprintf(out + n, room - n, "@%.*s", (int)type.n, type.p);
    }
    if (a->counts.n == 0)
        snprintf(out, room, "-");
}

static void check(isn_str sentence, isn_str wanted)
{
    isn_analysed a;
    isn_article article;
    isn_block block;
    char got[1024];
    bench_sentence(&a, &shop, &article, &block, sentence);
    write_counts(got, sizeof got, &a);
    for (size_t i = 0; i < a.counts.n; i++) { /* spans lie in the text, in order */
        const isn_count *c = &a.counts.items[i];
        assert_true(c->begin < c->end && c->end <= sentence.n);
        assert_true(i == 0 || a.counts.items[i - 1].begin <= c->begin);
        assert_true(c->high >= c->value);
    }
    bool right = isn_str_equal(isn_str_cstr(got), wanted);
    shares_right.all[0]++;
    shares_right.right[0] += right;
    if (show && !right) {
        put(sentence);
        printf("\n  want ");
        put(wanted);
        printf("\n  got  %s\n", got);
    }
}

static void test_counts(void **state)
{
    (void)state;
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "counts.tsv", (size_t)1 << 20, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes, sentence;
    bool head = true;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!head && isn_str_next(&sentence, &line, '\t') && line.p)
            check(sentence, line);
        head = false;
    }
    isn_file_close(&file);
    assert_true(shares_right.all[0] >= 80);
    bench_check_floors(&shares_right, write_floors);
}

/* A count's event is one of the article before it, or of its sentence; the article's counts carry none. */
static void test_event_before(void **state)
{
    (void)state;
    isn_analysed a;
    isn_article article;
    isn_block block;
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "counts-article.txt", (size_t)1 << 16, NULL), ISNAD_OK);
    bench_sentence(&a, &shop, &article, &block, file.bytes);
    assert_true(a.counts.n >= 2);
    for (size_t i = 0; i < a.counts.n; i++) {
        const isn_count *c = &a.counts.items[i];
        bool dead = isn_str_equal(c->what, ISN_STR("killed"));
        assert_int_equal(dead, c->event != ISN_NONE);
        if (dead)
            assert_true(isn_str_equal(a.events.items[c->event].type, ISN_STR("ASSAULT")));
    }
    isn_file_close(&file);
}

static int set_up(void **state)
{
    (void)state;
    return bench_open(&shop);
}

static int tear_down(void **state)
{
    (void)state;
    bench_close(&shop);
    return 0;
}

int main(int argc, char **argv)
{
    bench_flags(argc, argv, &show, &write_floors);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts), cmocka_unit_test(test_event_before)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
