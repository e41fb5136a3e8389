/*
 * Every state and territory has name, codes, demonym in all genders and numbers, capital, region. Held against kept lists where they are at hand:
 * iso-codes (codes), CLDR (Arabic names), and a public list of nationality words.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <jansson.h>

#include "base/file.h"
#include "lexicon/schema.h"

#define ISO_CODES "/usr/share/iso-codes/json/iso_3166-1.json"
#define CLDR_ARABIC "/usr/share/unicode/cldr/common/main/ar.xml"
#define DEMONYMS ISNAD_TEST_SHARED "/data/names/demonyms.json"

/* No people live there that words call by it, or no town is its seat. */
static const char nobody[] = "ATF|BVT|HMD|SGS|UMI";
static const char no_seat[] = "ATA|ATF|BVT|GIB|HKG|HMD|MAC|SGS|UMI|VAT";
/* The long name of these is their name, or they are parts of other states. */
static const char no_long[] = "ABW|AIA|ALA|ASM|ATA|ATF|ATG|BES|BFA|BIH|BLM|BLZ|BMU|BRB|BVT|CAN|CCK|COK|CSK|CUW|CXR|CYM|FLK|FRO|GGY|GIB|GLP|"
                              "GRD|GRL|GUF|GUM|HMD|HUN|IMN|IOT|JAM|JEY|JPN|LCA|MAC|MAF|MNG|MNP|MSR|MTQ|MYS|MYT|NCL|NFK|NIU|NZL|"
                              "PCN|PRI|PYF|REU|ROU|SGS|SHN|SJM|SLB|SPM|SXM|TCA|TKL|TKM|TUV|UKR|UMI|VCT|VGB|VIR|WLF";
static const char no_more[] = "CSK|DDR|SUN|YUG"; /* states that are no more have no alpha-2 of today */

static int set_up(void **state)
{
    return isn_lexicon_open((isn_lexicon **)state, ISNAD_TEST_IMAGE, NULL) == ISNAD_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    isn_lexicon_free(*state);
    return 0;
}

static isn_str cell(const isn_lexicon *lexicon, uint32_t row, int column)
{
    return isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, row, column);
}

static isn_str first_of(isn_str list)
{
    isn_str value = {"", 0}, rest = list;
    if (list.n)
        isn_str_next(&value, &rest, '|');
    return value;
}

/* Does the phrase stand for the row, in this form? */
static bool stands_for(const isn_lexicon *lexicon, isn_str phrase, uint32_t row, int form)
{
    size_t n;
    const isn_entry *entry = isn_lexicon_phrase(lexicon, phrase, &n);
    for (size_t i = 0; i < n; i++) {
        if (entry[i].table == ISN_T_COUNTRIES && entry[i].row == row && entry[i].form == form)
            return true;
    }
    return false;
}

static void cells(void **state)
{
    const isn_lexicon *lexicon = *state;
    size_t n = isn_lexicon_rows(lexicon, ISN_T_COUNTRIES), missing = 0;
    static const struct {
        int column;
        const char *name, *excused;
    } wanted[] = {
        {ISN_C_COUNTRIES_CODE, "code", ""},           {ISN_C_COUNTRIES_NAME, "name", ""},
        {ISN_C_COUNTRIES_ENGLISH, "english", ""},     {ISN_C_COUNTRIES_REGION, "region", ""},
        {ISN_C_COUNTRIES_DEMONYM, "demonym", nobody}, {ISN_C_COUNTRIES_CAPITAL, "capital", no_seat},
        {ISN_C_COUNTRIES_ISO2, "iso2", no_more},      {ISN_C_COUNTRIES_LONG, "long", no_long},
    };
    for (uint32_t row = 0; row < n; row++) {
        isn_str code = cell(lexicon, row, ISN_C_COUNTRIES_CODE);
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            if (cell(lexicon, row, wanted[i].column).n || isn_schema_has(wanted[i].excused, code))
                continue;
            missing++;
            print_error("%.*s has no %s\n", (int)code.n, code.p, wanted[i].name);
        }
    }
    assert_true(n >= 250);
    assert_int_equal(missing, 0);
}

/* Appends the ending to each word of the adjective that ends in the nisba's ya: the first of "south Sudanese" stays. */
static isn_str with_ending(char *out, size_t size, isn_str adjective, const char *ending)
{
    size_t n = 0;
    isn_str rest = adjective, word;
    while (isn_str_next(&word, &rest, ' '))
        n += (size_t)snprintf(out + n, size - n, "%s%.*s%s", n ? " " : "", (int)word.n, word.p,
                              isn_str_ends(word, ISN_STR("\u064A")) ? ending : "");
    return isn_str_of(out, n);
}

/* Masculine and feminine, singular, dual, plural, in all cases, of every demonym. */
static void demonyms(void **state)
{
    const isn_lexicon *lexicon = *state;
    static const char *const endings[] = {"",
                                          "\u0629",
                                          "\u0627\u0646",
                                          "\u064A\u0646",
                                          "\u062A\u0627\u0646",
                                          "\u062A\u064A\u0646",
                                          "\u0648\u0646",
                                          "\u0627\u062A"};
    size_t wrong = 0;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_COUNTRIES); row++) {
        isn_str rest = cell(lexicon, row, ISN_C_COUNTRIES_DEMONYM), demonym;
        while (rest.n && isn_str_next(&demonym, &rest, '|')) {
            for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
                char text[256];
                isn_str form = with_ending(text, sizeof text, demonym, endings[i]);
                if (stands_for(lexicon, form, row, ISN_F_DEMONYM))
                    continue;
                wrong++;
                print_error("%.*s is not there\n", (int)form.n, form.p);
            }
        }
    }
    assert_int_equal(wrong, 0);
}

static void names(void **state)
{
    const isn_lexicon *lexicon = *state;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_COUNTRIES); row++) {
        isn_str capital = first_of(cell(lexicon, row, ISN_C_COUNTRIES_CAPITAL)), full = first_of(cell(lexicon, row, ISN_C_COUNTRIES_LONG));
        assert_true(stands_for(lexicon, cell(lexicon, row, ISN_C_COUNTRIES_NAME), row, ISN_F_NAME));
        assert_true(capital.n == 0 || stands_for(lexicon, capital, row, ISN_F_CAPITAL));
        assert_true(full.n == 0 || stands_for(lexicon, full, row, ISN_F_LONG) || stands_for(lexicon, full, row, ISN_F_NAME));
    }
}

static void iso_codes(void **state)
{
    const isn_lexicon *lexicon = *state;
    json_t *root = json_load_file(ISO_CODES, 0, NULL), *item;
    if (!root)
        skip();
    size_t i, wrong = 0;
    json_array_foreach(json_object_get(root, "3166-1"), i, item) {
        const char *code = json_string_value(json_object_get(item, "alpha_3")), *iso2 = json_string_value(json_object_get(item, "alpha_2"));
        uint32_t row = isn_lexicon_row(lexicon, ISN_T_COUNTRIES, isn_str_cstr(code));
        if (row != ISN_NO_ROW && isn_str_equal(cell(lexicon, row, ISN_C_COUNTRIES_ISO2), isn_str_cstr(iso2)))
            continue;
        wrong++;
        print_error("%s, %s is not there\n", code, iso2);
    }
    json_decref(root);
    assert_true(i > 240);
    assert_int_equal(wrong, 0);
}

/* The Arabic name that CLDR gives a territory: found between its tags; the file's shape is fixed. */
static bool cldr_name(isn_str *name, isn_str xml, isn_str iso2)
{
    char tag[40];
    int n = snprintf(tag, sizeof tag, "<territory type=\"%.*s\">", (int)iso2.n, iso2.p);
    size_t at = isn_str_find(xml, isn_str_of(tag, (size_t)n));
    if (at == SIZE_MAX)
        return false;
    isn_str rest = isn_str_part(xml, at + (size_t)n, at + (size_t)n + 200);
    return isn_str_next(name, &rest, '<');
}

/* Nine in ten of CLDR's names are names of ours; the others are told in the verbose output (islands with and without their class noun). */
static void cldr(void **state)
{
    const isn_lexicon *lexicon = *state;
    isn_file file;
    if (isn_file_open(&file, CLDR_ARABIC, 1 << 24, NULL) != ISNAD_OK)
        skip();
    size_t there = 0, same = 0;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_COUNTRIES); row++) {
        isn_str iso2 = cell(lexicon, row, ISN_C_COUNTRIES_ISO2), name;
        if (iso2.n == 0 || !cldr_name(&name, file.bytes, iso2))
            continue;
        there++;
        bool good = stands_for(lexicon, name, row, ISN_F_NAME) || stands_for(lexicon, name, row, ISN_F_LONG);
        same += good;
        if (!good)
            print_message("%.*s: CLDR calls it %.*s\n", (int)iso2.n, iso2.p, (int)name.n, name.p);
    }
    isn_file_close(&file);
    assert_true(there > 240);
    assert_true(same * 100 >= there * 90);
}

static uint32_t state_called(const isn_lexicon *lexicon, const char *english)
{
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_COUNTRIES); row++) {
        isn_str name = cell(lexicon, row, ISN_C_COUNTRIES_ENGLISH);
        if (name.n == strlen(english) && strncasecmp(name.p, english, name.n) == 0)
            return row;
    }
    return ISN_NO_ROW;
}

/* Of the public list's forms of states that we know by its English name, at least 97 in 100 are ours too. */
static void public_list(void **state)
{
    const isn_lexicon *lexicon = *state;
    static const char *const forms[] = {"male", "female", "males", "females"};
    json_t *root = json_load_file(DEMONYMS, 0, NULL), *item;
    if (!root)
        skip();
    size_t there = 0, same = 0;
    const char *key;
    json_object_foreach(root, key, item) {
        uint32_t row = state_called(lexicon, json_string_value(json_object_get(item, "en")));
        for (size_t i = 0; row != ISN_NO_ROW && i < sizeof forms / sizeof *forms; i++) {
            const char *form = json_string_value(json_object_get(item, forms[i]));
            bool good = form && stands_for(lexicon, isn_str_cstr(form), row, ISN_F_DEMONYM);
            there++;
            same += good;
            if (!good)
                print_message("%s: %s is not ours\n", key, form ? form : "?");
        }
    }
    json_decref(root);
    print_message("%zu of %zu forms\n", same, there);
    assert_true(there > 500);
    assert_true(same * 100 >= there * 97);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells), cmocka_unit_test(demonyms), cmocka_unit_test(names),
        cmocka_unit_test(iso_codes), cmocka_unit_test(cldr), cmocka_unit_test(public_list),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
