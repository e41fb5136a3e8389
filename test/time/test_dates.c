/*
 * The sentences of cases.tsv through the rooms text and time: every date must come out with its
 * words and value, and no other. The words may begin with a part of a word (a preposition on it).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "time/civil.h"
#include "time/date.h"

#define CASES ISNAD_TEST_SOURCE "/test/time/cases.tsv"
#define PUBLISHED "2021-04-17"

typedef struct rooms {
    isn_lexicon *lexicon;
    isn_words *words;
    isn_arena arena;
} rooms;

static void read_dates(isn_dates *dates, isn_text *text, rooms *r, isn_str sentence,
                       isn_block *block, const char *published)
{
    isn_arena_reset(&r->arena);
    *block = (isn_block){0, (uint32_t)sentence.n, ISN_BLOCK_BODY, "test"};
    assert_true(isn_text_make(text, &r->arena, r->lexicon, r->words, sentence, block, 1));
    assert_true(isn_dates_find(dates, text, isn_str_cstr(published)));
}

static bool same(const isn_date *date, isn_str sentence, isn_str cell)
{
    size_t equals = cell.n;
    while (equals > 0 && cell.p[equals - 1] != '=')
        equals--;
    isn_str words = isn_str_part(cell, 0, equals ? equals - 1 : 0);
    isn_str value = isn_str_part(cell, equals, cell.n);
    return isn_str_equal(words, isn_str_part(sentence, date->begin, date->end)) &&
           isn_str_equal(value, isn_str_cstr(date->value));
}

static void print_dates(const isn_dates *dates, isn_str sentence)
{
    for (size_t i = 0; i < dates->n; i++) {
        const isn_date *d = &dates->items[i];
        print_message("  got %.*s=%s [%s]\n", (int)(d->end - d->begin), sentence.p + d->begin,
                      d->value, d->rule);
    }
}

/* Is the sentence read as the cell wants it? */
static bool check_case(rooms *r, isn_str sentence, isn_str cell)
{
    isn_dates dates;
    isn_text text;
    isn_block block;
    read_dates(&dates, &text, r, sentence, &block, PUBLISHED);
    size_t n = 0;
    bool good = true;
    isn_str wanted, rest = cell;
    while (rest.n && isn_str_next(&wanted, &rest, '|')) {
        good = good && n < dates.n && same(&dates.items[n], sentence, wanted);
        n++;
    }
    good = good && n == dates.n;
    if (!good) {
        print_message("%.*s\n  want %.*s\n", (int)sentence.n, sentence.p, (int)cell.n, cell.p);
        print_dates(&dates, sentence);
    }
    return good;
}

static void test_cases(void **state)
{
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES, (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    unsigned n = 0, bad = 0;
    bool head = true;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!head) {
            isn_str sentence, cell = line;
            isn_str_next(&sentence, &cell, '\t');
            n++;
            bad += !check_case(*state, sentence, cell);
        }
        head = false;
    }
    isn_file_close(&file);
    print_message("%u of %u sentences\n", n - bad, n);
    assert_true(n >= 120);
    assert_int_equal(bad, 0);
}

/* Without a day of publication relative words are no dates, and full dates are. */
static void test_unknown_day(void **state)
{
    isn_dates dates;
    isn_text text;
    isn_block block;
    /* "yesterday", "on 25 March 2019" */
    isn_str relative = ISN_STR("\xD8\xA3\xD9\x85\xD8\xB3");
    read_dates(&dates, &text, *state, relative, &block, "");
    assert_int_equal(dates.n, 0);
    isn_str full = ISN_STR("\xD9\x81\xD9\x8A 25 \xD9\x85\xD8\xA7\xD8\xB1\xD8\xB3 2019");
    read_dates(&dates, &text, *state, full, &block, "");
    assert_int_equal(dates.n, 1);
    assert_string_equal(dates.items[0].value, "2019-03-25");
}

/* Days of the Islamic calendar that are told beside days of ours in print. */
static void test_hijri(void **state)
{
    static const struct {
        isn_day hijri, day;
    } pairs[] = {
        {{1400, 1, 1}, {1979, 11, 20}}, {{1420, 9, 1}, {1999, 12, 9}},
        {{1436, 10, 1}, {2015, 7, 17}}, {{1440, 1, 1}, {2018, 9, 11}},
        {{1442, 9, 1}, {2021, 4, 13}},  {{1445, 12, 10}, {2024, 6, 17}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int64_t away = isn_hijri_number(pairs[i].hijri) - isn_day_number(pairs[i].day);
        assert_in_range(away + 1, 0, 2); /* a day either way: the moon is sighted */
    }
}

/* Days there and back over four centuries. */
static void test_civil(void **state)
{
    (void)state;
    int weekday = isn_weekday(isn_day_number((isn_day){1900, 1, 1}));
    assert_int_equal(weekday, 1);
    for (int64_t n = isn_day_number((isn_day){1800, 1, 1});
         n < isn_day_number((isn_day){2200, 1, 1}); n++) {
        isn_day day = isn_day_of(n);
        assert_true(isn_day_is_valid(day) && isn_day_number(day) == n);
        weekday = isn_weekday(n);
        assert_in_range(weekday, 1, 7);
    }
    assert_false(isn_day_is_valid((isn_day){2021, 2, 29}));
    assert_true(isn_day_is_valid((isn_day){2020, 2, 29}));
    assert_int_equal(isn_month_days(1900, 2), 28);
    assert_int_equal(isn_month_days(2021, 13), 0);
}

static int set_up(void **state)
{
    static rooms r;
    isnad_error err;
    if (isn_lexicon_open(&r.lexicon, ISNAD_TEST_IMAGE, &err) != ISNAD_OK ||
        isn_words_new(&r.words, r.lexicon, &err) != ISNAD_OK) {
        printf("%s\n", err.message);
        return -1;
    }
    isn_arena_init(&r.arena, (size_t)1 << 26);
    *state = &r;
    return 0;
}

static int tear_down(void **state)
{
    rooms *r = *state;
    isn_arena_release(&r->arena);
    isn_words_free(r->words);
    isn_lexicon_free(r->lexicon);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_unknown_day),
                                       cmocka_unit_test(test_hijri), cmocka_unit_test(test_civil)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
