/* Looking people, bodies and states up by any spelling: test/link/find.tsv. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "lexicon/schema.h"
#include "link/find.h"
#include "link/latin.h"

static isn_str key_of(const isn_lexicon *lexicon, const isn_found *found)
{
    return isn_lexicon_cell(lexicon, found->table, found->row, 0);
}

static bool suggests(const isn_lexicon *lexicon, const isn_finding *finding, isn_str key)
{
    for (size_t i = 0; i < finding->n; i++) {
        if (isn_str_equal(key_of(lexicon, &finding->items[i]), key))
            return true;
    }
    return false;
}

/* One line: what is asked, the key wanted or -, a suggestion wanted or nothing. */
static bool holds(const isn_lexicon *lexicon, isn_str line)
{
    isn_str rest = line, asked = {NULL, 0}, wanted = {NULL, 0}, near = {NULL, 0};
    isn_arena arena;
    isn_finding finding;
    isn_arena_init(&arena, (size_t)1 << 24);
    isn_str_next(&asked, &rest, '\t');
    isn_str_next(&wanted, &rest, '\t');
    isn_str_next(&near, &rest, '\t');
    assert_true(isn_find(&finding, &arena, lexicon, asked));
    bool none = isn_str_equal(wanted, ISN_STR("-"));
    isn_str first = finding.n && finding.sure ? key_of(lexicon, &finding.items[0]) : ISN_STR("-");
    bool good = isn_str_equal(first, wanted) && (!none || near.n == 0 || suggests(lexicon, &finding, near));
    if (!good)
        print_error("%.*s: found %.*s\n", (int)line.n, line.p, (int)first.n, first.p);
    isn_arena_release(&arena);
    return good;
}

static void table(void **state)
{
    (void)state;
    isn_lexicon *lexicon;
    isn_file file;
    size_t lines = 0, wrong = 0;
    assert_int_equal(isn_lexicon_open(&lexicon, ISNAD_TEST_IMAGE, NULL), ISNAD_OK);
    assert_int_equal(isn_file_open(&file, ISNAD_TEST_SOURCE "/test/link/find.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        lines++;
        wrong += !holds(lexicon, line);
    }
    assert_true(lines > 30);
    assert_int_equal(wrong, 0);
    isn_file_close(&file);
    isn_lexicon_free(lexicon);
}

/* People are found by the own name, in Arabic and in English. */
static void everybody(void **state)
{
    (void)state;
    isn_lexicon *lexicon;
    isn_arena arena;
    size_t wrong = 0;
    assert_int_equal(isn_lexicon_open(&lexicon, ISNAD_TEST_IMAGE, NULL), ISNAD_OK);
    isn_arena_init(&arena, (size_t)1 << 24);
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_PEOPLE); row += 53) {
        int columns[] = {ISN_C_PEOPLE_NAME, ISN_C_PEOPLE_ENGLISH};
        for (size_t c = 0; c < 2; c++) {
            isn_finding finding;
            isn_str name = isn_lexicon_cell(lexicon, ISN_T_PEOPLE, row, columns[c]);
            isn_arena_reset(&arena);
            assert_true(isn_find(&finding, &arena, lexicon, name));
            if (!finding.sure || !suggests(lexicon, &finding, isn_lexicon_cell(lexicon, ISN_T_PEOPLE, row, 0))) {
                wrong++;
                print_error("not found by the own name: %.*s\n", (int)name.n, name.p);
            }
        }
    }
    assert_int_equal(wrong, 0);
    isn_arena_release(&arena);
    isn_lexicon_free(lexicon);
}

/* Hostile queries give an answer, whatever it is. */
static void hostile(void **state)
{
    (void)state;
    static const isn_str queries[] = {{"", 0}, {" ", 1}, {"\xFF\xFE", 2}, {"\xD8", 1}, {"?", 1}, {"|", 1}, {"'", 1}, {"-", 1}};
    isn_lexicon *lexicon;
    isn_arena arena;
    char many[1000];
    assert_int_equal(isn_lexicon_open(&lexicon, ISNAD_TEST_IMAGE, NULL), ISNAD_OK);
    isn_arena_init(&arena, (size_t)1 << 24);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        isn_finding finding;
        assert_true(isn_find(&finding, &arena, lexicon, queries[i]));
        assert_true(finding.n == 0 || !finding.sure);
    }
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 9 == 8 ? ' ' : 'k';
    isn_finding finding;
    assert_true(isn_find(&finding, &arena, lexicon, isn_str_of(many, sizeof many)));
    for (size_t i = 0; i + 1 < sizeof many; i += 2)
        memcpy(many + i, i % 10 == 8 ? "  " : "\xD9\x85", 2);
    assert_true(isn_find(&finding, &arena, lexicon, isn_str_of(many, sizeof many)));
    isn_arena_release(&arena);
    isn_lexicon_free(lexicon);
}

static void latin(void **state)
{
    (void)state;
    isn_latin a, b;
    bool whole;
    isn_latin_read(&a, ISN_STR("Abdel-Fattah al-S\u012Bs\u012B"));
    isn_latin_read(&b, ISN_STR("abdulfattah SISI"));
    assert_true(isn_latin_equal(&a, &b));
    isn_latin_read(&a, ISN_STR("Muammar al-Qadhafi"));
    isn_latin_read(&b, ISN_STR("Moammar Gaddafi"));
    assert_true(isn_latin_alike(&a, &b, &whole) > 0.86f);
    assert_true(whole);
    isn_latin_read(&a, ISN_STR("Qadhafi"));
    assert_true(isn_latin_alike(&a, &b, &whole) > 0.86f);
    assert_false(whole);
    isn_latin_read(&a, ISN_STR("Mubarak"));
    assert_true(isn_latin_alike(&a, &b, &whole) < 0.6f);
    isn_latin_read(&a, ISN_STR("\u0645\u0635\u0631"));
    assert_int_equal(a.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(everybody),
        cmocka_unit_test(hostile),
        cmocka_unit_test(latin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
