/* Inflection of verbs against forms written by hand (verbs.tsv beside this file). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/normal.h"
#include "lexicon/noun.h"
#include "lexicon/verb.h"

enum { LEMMA, ROOT, FORM, VOWEL, FIRST_FORM, ACTIVE = 12, PASSIVE, MASDAR, COLUMNS };

/* What the details of the forms in the columns must have (all of the first, none of the second). */
static const struct {
    const char *name;
    unsigned must, mustnt;
} wanted[] = {
    {"past 3fs", ISN_V_PAST | ISN_V_THIRD | ISN_V_FEMININE, ISN_V_PASSIVE_ONLY | ISN_V_PLURAL},
    {"past 3mp", ISN_V_PAST | ISN_V_THIRD | ISN_V_PLURAL, ISN_V_PASSIVE_ONLY | ISN_V_FEMININE},
    {"past 1s", ISN_V_PAST | ISN_V_FIRST, ISN_V_PASSIVE_ONLY | ISN_V_PLURAL},
    {"present", ISN_V_PRESENT | ISN_V_THIRD, ISN_V_PASSIVE_ONLY | ISN_V_PLURAL | ISN_V_FEMININE},
    {"present 3mp", ISN_V_PRESENT | ISN_V_THIRD | ISN_V_PLURAL, ISN_V_PASSIVE_ONLY},
    {"jussive", ISN_V_PRESENT | ISN_V_THIRD, ISN_V_PASSIVE_ONLY | ISN_V_PLURAL | ISN_V_FEMININE},
    {"passive past", ISN_V_PAST | ISN_V_THIRD, ISN_V_PLURAL | ISN_V_FEMININE},
    {"passive present", ISN_V_PRESENT | ISN_V_THIRD, ISN_V_PLURAL | ISN_V_FEMININE},
};
#define PASSIVES 6

static bool is_form(const isn_form *form, const uint8_t *letters, size_t n)
{
    return form->n == n && memcmp(form->p, letters, n) == 0;
}

/* Is the form there with the right details? A form of the passive is marked as such, or as one that can be. */
static bool has(const isn_forms *forms, isn_str cell, size_t slot)
{
    uint8_t letters[64];
    size_t n = isn_normal_letters(letters, sizeof letters, cell);
    for (size_t i = 0; i < forms->n; i++) {
        const isn_form *form = &forms->items[i];
        if (!is_form(form, letters, n) || (form->detail & ISN_N_CONSTRUCT))
            continue;
        bool person = (form->detail & (wanted[slot].must & ~3u)) == (wanted[slot].must & ~3u) &&
                      (form->detail & ISN_V_TENSE) == (wanted[slot].must & 3u) &&
                      !(form->detail & wanted[slot].mustnt);
        bool voice = slot < PASSIVES || (form->detail & (ISN_V_PASSIVE_ONLY | ISN_V_MAYBE_PASSIVE));
        if (person && voice)
            return true;
    }
    return false;
}

static bool noun_is(const isn_verb_noun *noun, isn_str cell)
{
    uint8_t letters[64];
    size_t n = isn_normal_letters(letters, sizeof letters, cell);
    return noun->n == n && memcmp(noun->p, letters, n) == 0;
}

static void check_noun(const char *what, const isn_verb_noun *noun, const isn_str *cells, int column, int *wrong)
{
    if (isn_str_equal(cells[column], ISN_STR("-")) || noun_is(noun, cells[column]))
        return;
    print_error("%.*s: no %s %.*s\n", (int)cells[LEMMA].n, cells[LEMMA].p, what, (int)cells[column].n, cells[column].p);
    ++*wrong;
}

static void check_verb(const isn_str *cells, int *wrong)
{
    isn_forms forms;
    isn_verb_nouns nouns;
    bool agrees;
    isn_verb verb = {cells[LEMMA], cells[ROOT], cells[FORM], cells[VOWEL]};
    isn_forms_init(&forms);
    assert_true(isn_verb_inflect(&forms, &nouns, &agrees, &verb));
    assert_true(forms.n < ISN_MOST_FORMS);
    if (!agrees) {
        print_error("%.*s does not agree\n", (int)cells[LEMMA].n, cells[LEMMA].p);
        ++*wrong;
    }
    for (size_t slot = 0; slot < sizeof wanted / sizeof *wanted; slot++) {
        isn_str cell = cells[FIRST_FORM + slot];
        if (isn_str_equal(cell, ISN_STR("-")) || has(&forms, cell, slot))
            continue;
        print_error("%.*s: no %s %.*s\n", (int)cells[LEMMA].n, cells[LEMMA].p, wanted[slot].name, (int)cell.n, cell.p);
        ++*wrong;
    }
    check_noun("active participle", &nouns.active, cells, ACTIVE, wrong);
    check_noun("passive participle", &nouns.passive, cells, PASSIVE, wrong);
    check_noun("verbal noun", &nouns.masdar, cells, MASDAR, wrong);
}

static void table(void **state)
{
    (void)state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, ISNAD_TEST_SOURCE "/test/lexicon/verbs.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    int verbs = 0, wrong = 0;
    while (isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#' || isn_str_starts(line, ISN_STR("lemma")))
            continue;
        isn_str cells[COLUMNS], cell;
        size_t n = 0;
        while (n < COLUMNS && isn_str_next(&cell, &line, '\t'))
            cells[n++] = cell;
        assert_int_equal(n, COLUMNS);
        check_verb(cells, &wrong);
        verbs++;
    }
    isn_file_close(&file);
    assert_true(verbs >= 40);
    assert_int_equal(wrong, 0);
}

static unsigned detail_of(const isn_forms *forms, const char *text, bool construct)
{
    uint8_t letters[64];
    size_t n = isn_normal_letters(letters, sizeof letters, isn_str_cstr(text));
    for (size_t i = 0; i < forms->n; i++) {
        if (is_form(&forms->items[i], letters, n) && !(forms->items[i].detail & ISN_N_CONSTRUCT) == !construct)
            return forms->items[i].detail;
    }
    return 0;
}

/* Voices are told apart only where the letters do it; persons that look alike are one form. */
static void voices(void **state)
{
    (void)state;
    isn_forms forms;
    isn_forms_init(&forms);
    isn_verb qala = {ISN_STR("\u0642\u0627\u0644"), ISN_STR("\u0642\u0648\u0644"), ISN_STR("1"), ISN_STR("u")};
    assert_true(isn_verb_inflect(&forms, NULL, NULL, &qala));
    assert_true(detail_of(&forms, "\u0642\u064A\u0644", false) & ISN_V_PASSIVE_ONLY);
    assert_false(detail_of(&forms, "\u0642\u0627\u0644", false) & (ISN_V_PASSIVE_ONLY | ISN_V_MAYBE_PASSIVE));
    isn_forms_init(&forms);
    isn_verb qatala = {ISN_STR("\u0642\u062A\u0644"), ISN_STR("\u0642\u062A\u0644"), ISN_STR("1"), ISN_STR("u")};
    assert_true(isn_verb_inflect(&forms, NULL, NULL, &qatala));
    unsigned past = detail_of(&forms, "\u0642\u062A\u0644\u062A", false);
    assert_int_equal(past & (ISN_V_FIRST | ISN_V_SECOND | ISN_V_THIRD), ISN_V_FIRST | ISN_V_SECOND | ISN_V_THIRD);
    assert_true(past & ISN_V_FEMININE);
    assert_true(past & ISN_V_MAYBE_PASSIVE);
    /* what stands before a pronoun: qatalu-hu */
    assert_true(detail_of(&forms, "\u0642\u062A\u0644\u0648", true) & ISN_V_PLURAL);
}

static void unusable(void **state)
{
    (void)state;
    isn_forms forms;
    isn_forms_init(&forms);
    isn_verb bad[] = {
        {ISN_STR("\u0642\u0627\u0644"), ISN_STR("\u0642\u0648"), ISN_STR("1"), ISN_STR("u")},
        {ISN_STR("\u0642\u0627\u0644"), ISN_STR("\u0642\u0648\u0644"), ISN_STR("11"), ISN_STR("u")},
        {ISN_STR("\u0642\u0627\u0644"), ISN_STR("abc"), ISN_STR("1"), ISN_STR("u")},
        {ISN_STR(""), ISN_STR("\u0642\u0648\u0644"), ISN_STR("1"), ISN_STR("u")},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(isn_verb_inflect(&forms, NULL, NULL, &bad[i]));
    assert_int_equal(forms.n, 0);
    bool agrees = true;
    isn_verb other = {ISN_STR("\u0642\u062A\u0644"), ISN_STR("\u0642\u0648\u0644"), ISN_STR("1"), ISN_STR("u")};
    assert_true(isn_verb_inflect(&forms, NULL, &agrees, &other));
    assert_false(agrees);
    assert_true(detail_of(&forms, "\u0642\u062A\u0644", false) & ISN_V_PAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(voices),
        cmocka_unit_test(unusable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
