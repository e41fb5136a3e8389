/* Look-ups in a small lexicon (small/, lookups.tsv), and a folder laid over it (over/). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "lexicon/small.h"

static const char *const forms[] = {"NAME",     "LONG", "SHORT",  "ACRONYM", "DEMONYM", "CAPITAL", "SINGULAR", "DUAL",
                                    "PLURAL",   "FEMININE", "VERB", "MASDAR", "ACTIVE",  "PASSIVE", "PHRASE"};

static const struct {
    const char *name;
    unsigned bit;
} details[] = {
    {"PAST", ISN_V_PAST},       {"PRESENT", ISN_V_PRESENT}, {"PASSIVE_ONLY", ISN_V_PASSIVE_ONLY},
    {"JUSSIVE", ISN_V_JUSSIVE}, {"THIRD", ISN_V_THIRD},     {"DUAL", ISN_N_DUAL},       {"MAYBE_PASSIVE", ISN_V_MAYBE_PASSIVE},
    {"PLURAL", ISN_N_PLURAL},   {"FEMININE", ISN_N_FEMININE}, {"CONSTRUCT", ISN_N_CONSTRUCT},
    {"ACCUSATIVE", ISN_N_ACCUSATIVE},
};

static unsigned read_details(isn_str cell, bool verb)
{
    unsigned bits = 0;
    isn_str name;
    while (isn_str_next(&name, &cell, '|')) {
        for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
            if (isn_str_equal(name, isn_str_cstr(details[i].name)))
                bits |= details[i].bit;
        }
    }
    if (verb && (bits & ISN_N_PLURAL))
        bits = (bits & ~(unsigned)ISN_N_PLURAL) | ISN_V_PLURAL;
    if (verb && (bits & ISN_N_FEMININE))
        bits = (bits & ~(unsigned)ISN_N_FEMININE) | ISN_V_FEMININE;
    return bits;
}

/* Does an entry of the state agree with the line? Verbs may have more persons than the line says. */
static bool agrees(const isn_lexicon *lexicon, uint32_t state, const isn_str *cells)
{
    size_t n;
    const isn_entry *entries = isn_lexicon_entries(lexicon, state, &n);
    for (size_t i = 0; i < n; i++) {
        const isn_entry *e = &entries[i];
        bool verb = e->form == ISN_F_VERB;
        unsigned want = read_details(cells[4], verb), persons = verb ? ISN_V_FIRST | ISN_V_SECOND : 0u;
        if (isn_str_equal(cells[1], isn_str_cstr(isn_schema_of(e->table)->stem)) &&
            isn_str_equal(cells[2], isn_lexicon_cell(lexicon, e->table, e->row, 0)) &&
            isn_str_equal(cells[3], isn_str_cstr(forms[e->form])) && (e->detail & ~persons) == want)
            return true;
    }
    return false;
}

static void lookups(void **state)
{
    (void)state;
    isn_buf image = small_image(SMALL);
    isn_lexicon *lexicon;
    assert_int_equal(isn_lexicon_open_memory(&lexicon, isn_str_of(image.p, image.n), "small", NULL), ISNAD_OK);
    isn_file file;
    assert_int_equal(isn_file_open(&file, ISNAD_TEST_SOURCE "/test/lexicon/lookups.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    int wrong = 0, seen = 0;
    while (isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        isn_str cells[5], cell, whole = line;
        size_t n = 0, entries;
        while (n < 5 && isn_str_next(&cell, &line, '\t'))
            cells[n++] = cell;
        assert_int_equal(n, 5);
        uint32_t found = state_of(lexicon, cells[0]);
        isn_lexicon_entries(lexicon, found, &entries);
        bool good = isn_str_equal(cells[1], ISN_STR("-")) ? entries == 0 : agrees(lexicon, found, cells);
        if (!good)
            print_error("not found so: %.*s\n", (int)whole.n, whole.p);
        wrong += !good;
        seen++;
    }
    assert_int_equal(wrong, 0);
    assert_true(seen > 80);
    isn_file_close(&file);
    isn_lexicon_free(lexicon);
    isn_buf_release(&image);
}

static isn_str cell_of(const isn_lexicon *lexicon, int table, const char *key, int column)
{
    return isn_lexicon_cell(lexicon, table, isn_lexicon_row(lexicon, table, isn_str_cstr(key)), column);
}

static void cells(void **state)
{
    (void)state;
    isn_buf image = small_image(SMALL), again = small_image(SMALL);
    assert_int_equal(image.n, again.n);
    assert_memory_equal(image.p, again.p, image.n);
    isn_buf_release(&again);
    isn_lexicon *lexicon;
    assert_int_equal(isn_lexicon_open_memory(&lexicon, isn_str_of(image.p, image.n), NULL, NULL), ISNAD_OK);
    assert_int_equal(isn_lexicon_rows(lexicon, ISN_T_COUNTRIES), 4);
    assert_int_equal(isn_lexicon_rows(lexicon, ISN_TABLE_COUNT), 0);
    assert_true(isn_str_equal(cell_of(lexicon, ISN_T_COUNTRIES, "RUS", ISN_C_COUNTRIES_ENGLISH), ISN_STR("Russia")));
    assert_int_equal(isn_lexicon_row(lexicon, ISN_T_COUNTRIES, ISN_STR("XXX")), ISN_NO_ROW);
    assert_int_equal(cell_of(lexicon, ISN_T_COUNTRIES, "XXX", 0).n, 0);
    assert_int_equal(isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, 0, 99).n, 0);
    uint32_t line, row = isn_lexicon_row(lexicon, ISN_T_COUNTRIES, ISN_STR("IRQ"));
    assert_true(isn_str_equal(isn_lexicon_source(lexicon, ISN_T_COUNTRIES, row, &line), ISN_STR("countries.tsv")));
    assert_int_equal(line, 4);
    /* every entry's exact hash is that of some spelling, and unknown words and states give nothing */
    assert_int_equal(isn_lexicon_word(lexicon, (const uint8_t *)"zzz", 3), 0);
    assert_int_equal(isn_lexicon_step(lexicon, 0, UINT32_MAX), 0);
    assert_int_equal(isn_lexicon_step(lexicon, UINT32_MAX, 1), 0);
    size_t n;
    assert_null(isn_lexicon_entries(lexicon, UINT32_MAX, &n));
    assert_int_equal(n, 0);
    assert_false(isn_lexicon_goes_on(lexicon, UINT32_MAX));
    isn_lexicon_free(lexicon);
    isn_buf_release(&image);
}

/* An and inna share a key; exact tells them apart. */
static void exact(void **state)
{
    (void)state;
    isn_buf image = small_image(SMALL);
    isn_lexicon *lexicon;
    assert_int_equal(isn_lexicon_open_memory(&lexicon, isn_str_of(image.p, image.n), NULL, NULL), ISNAD_OK);
    size_t n;
    const isn_entry *entries = isn_lexicon_entries(lexicon, state_of(lexicon, ISN_STR("\u0627\u0646")), &n);
    const uint8_t above[] = {ISN_ALEF_HAMZA_ABOVE, ISN_NOON}, below[] = {ISN_ALEF_HAMZA_BELOW, ISN_NOON};
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++) {
        bool that = isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_FUNCTIONS, entries[i].row, ISN_C_FUNCTIONS_POS),
                                  ISN_STR("conj"));
        assert_int_equal(entries[i].exact, isn_lexicon_exact(that ? above : below, 2));
    }
    isn_lexicon_free(lexicon);
    isn_buf_release(&image);
}

static void overlay(void **state)
{
    (void)state;
    isn_buf image = small_image(SMALL);
    isn_lexicon *lexicon;
    isnad_error err = {0};
    assert_int_equal(isn_lexicon_open_memory(&lexicon, isn_str_of(image.p, image.n), NULL, NULL), ISNAD_OK);
    size_t frames = isn_lexicon_rows(lexicon, ISN_T_FRAMES);
    assert_int_equal(isn_lexicon_overlay(&lexicon, OVER, &err), ISNAD_OK);
    isn_buf_release(&image); /* nothing of it is used any more */
    assert_int_equal(isn_lexicon_rows(lexicon, ISN_T_COUNTRIES), 4);
    assert_int_equal(isn_lexicon_row(lexicon, ISN_T_COUNTRIES, ISN_STR("PRK")), ISN_NO_ROW);
    assert_true(cell_of(lexicon, ISN_T_COUNTRIES, "EGY", ISN_C_COUNTRIES_FORMS).n > 0);
    assert_int_equal(cell_of(lexicon, ISN_T_COUNTRIES, "EGY", ISN_C_COUNTRIES_LONG).n, 0);
    assert_true(cell_of(lexicon, ISN_T_COUNTRIES, "TUN", 0).n > 0);
    assert_int_equal(isn_lexicon_rows(lexicon, ISN_T_FRAMES), frames); /* one removed, one added */
    uint32_t line, row = isn_lexicon_row(lexicon, ISN_T_FRAMES, ISN_STR("\u0627\u0633\u062A\u062F\u0639\u0649"));
    assert_true(isn_str_equal(isn_lexicon_source(lexicon, ISN_T_FRAMES, row + 1, &line), ISN_STR("frames-mine.tsv")));
    assert_int_equal(line, 3);
    assert_true(state_of(lexicon, ISN_STR("\u062A\u0648\u0646\u0633")) != 0);
    size_t n;
    isn_lexicon_entries(lexicon, state_of(lexicon, ISN_STR("\u0643\u0648\u0631\u064A\u0627")), &n);
    assert_int_equal(n, 0);
    /* a folder that can't be read leaves the lexicon as it was */
    isn_lexicon *before = lexicon;
    assert_int_equal(isn_lexicon_overlay(&lexicon, OVER "/nowhere", &err), ISNAD_E_IO);
    assert_ptr_equal(before, lexicon);
    isn_lexicon_free(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lookups),
        cmocka_unit_test(cells),
        cmocka_unit_test(exact),
        cmocka_unit_test(overlay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
