/* What the check tells: malformed files, wrong cells, order, doubles, references. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "lexicon/check.h"
#include "lexicon/small.h"

#define MISR "\u0645\u0635\u0631"

typedef struct heard {
    size_t n;
    isnad_error last;
    char all[4096];
} heard;

static void hear(void *user, const isnad_error *fault)
{
    heard *h = user;
    size_t used = strlen(h->all);
    snprintf(h->all + used, sizeof h->all - used, "%s:%d: %s\n", fault->file, (int)fault->line, fault->message);
    h->last = *fault;
    h->n++;
}

/* The faults of one text as a file of a table, checked alone. */
static heard faults_of(int table, isn_str text)
{
    heard h = {.n = 0};
    isn_faults faults = {.tell = hear, .user = &h};
    isn_tables mine, all;
    isn_tables_init(&mine);
    isn_tables_init(&all);
    assert_true(isn_tables_add(&mine, table, text, "t.tsv", &faults));
    assert_true(isn_tables_lay(&all, &mine));
    assert_true(isn_check_tables(&mine, &all, false, &faults));
    assert_int_equal(faults.malformed + faults.wrong, h.n);
    isn_tables_release(&mine);
    isn_tables_release(&all);
    return h;
}

static void expect(int table, isn_str text, size_t line, const char *part, isnad_status status)
{
    heard h = faults_of(table, text);
    if (h.n != 1 || h.last.line != line || !strstr(h.last.message, part) || h.last.status != status)
        fail_msg("wanted line %zu '%s', heard %zu:\n%s", line, part, h.n, h.all);
}

static void malformed(void **state)
{
    (void)state;
    expect(ISN_T_PAGE, ISN_STR("# c\nphrase\twhat\n"), 2, "has no column 'what'", ISNAD_E_FORMAT);
    expect(ISN_T_PAGE, ISN_STR("phrase\tkind\tkind\n"), 1, "names column 'kind' twice", ISNAD_E_FORMAT);
    expect(ISN_T_PAGE, ISN_STR("phrase\tkind\n"), 1, "column 'where' of table 'page' is missing", ISNAD_E_FORMAT);
    expect(ISN_T_PAGE, ISN_STR("phrase\tkind\twhere\na\trelated\tany\tmore\n"), 2, "more than 3 cells", ISNAD_E_FORMAT);
    expect(ISN_T_PAGE, ISN_STR("phrase\tkind\twhere\na\xFF\trelated\tany\n"), 2, "no UTF-8", ISNAD_E_FORMAT);
    expect(ISN_T_PAGE, ISN_STR("phrase\tkind\twhere\na\0b\trelated\tany\n"), 2, "no UTF-8", ISNAD_E_FORMAT);
}

static void wrong(void **state)
{
    (void)state;
#define PAGE "phrase\tkind\twhere\n"
    expect(ISN_T_PAGE, ISN_STR(PAGE "a\t\tany\n"), 2, "cell 'kind' is empty", ISNAD_E_LEXICON);
    expect(ISN_T_PAGE, ISN_STR(PAGE "a\tother\tany\n"), 2, "'other' is no value of 'kind'", ISNAD_E_LEXICON);
    expect(ISN_T_PAGE, ISN_STR(PAGE "b\trelated\tany\na\trelated\tany\n"), 3, "'a' should stand before 'b'", ISNAD_E_LEXICON);
    assert_int_equal(faults_of(ISN_T_PAGE, ISN_STR(PAGE "b\trelated\tany\n# x\na\trelated\tany\n")).n, 0);
    expect(ISN_T_PAGE, ISN_STR(PAGE "a\trelated\tany\na\trelated\tany\n"), 3, "stands before in t.tsv:2", ISNAD_E_LEXICON);
    expect(ISN_T_COUNTRIES, ISN_STR("code\tname\nEgypt\t" MISR "\n"), 2, "no country code", ISNAD_E_LEXICON);
    expect(ISN_T_COUNTRIES, ISN_STR("code\tname\tlong\nEGY\t" MISR "\n"), 2, "1 cells too few", ISNAD_E_LEXICON);
    expect(ISN_T_COUNTRIES, ISN_STR("code\tname\tforms\nEGY\t" MISR "\ta||b\n"), 2, "empty value", ISNAD_E_LEXICON);
    expect(ISN_T_PLACES, ISN_STR("name\tcountry\tkind\tlat\n" MISR "\t\ttown\t30,1\n"), 2, "no value of 'lat'", ISNAD_E_LEXICON);
    expect(ISN_T_OFFICES, ISN_STR("noun\trank\ttakes\n" MISR "\t7\tstate|all\n"), 2, "'all' is no value", ISNAD_E_LEXICON);
    expect(ISN_T_OFFICES, ISN_STR("noun\trank\n" MISR "\thigh\n"), 2, "'high' is no value of 'rank'", ISNAD_E_LEXICON);
    static const char *const dates[] = {"12", "2012-13", "2012-1", "2012-11-32", "2012/11", "abcd"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char text[200];
        int n = snprintf(text, sizeof text, "person\toffice\tfrom\nx\t" MISR "\t%s\n", dates[i]);
        expect(ISN_T_TERMS, isn_str_of(text, (size_t)n), 2, "no value of 'from'", ISNAD_E_LEXICON);
    }
    expect(ISN_T_VERBS, ISN_STR("lemma\troot\tform\tvowel\tmasdar\n\u0642\u062A\u0644\t\u0642\u0648\u0644\t1\tu\t\u0642\u062A\u0644\n"),
           2, "is not what root", ISNAD_E_LEXICON);
    expect(ISN_T_VERBS, ISN_STR("lemma\troot\tform\tvowel\tmasdar\n\u0642\u062A\u0644\t\u0642\u062A\u0644\t1\t\t\u0642\u062A\u0644\n"),
           2, "needs the vowel", ISNAD_E_LEXICON);
}

#define FADI "\u0641\u0627\u062F\u064A"
#define FADI_MAKSURA "\u0641\u0627\u062F\u0649"
#define FADI_PERSIAN "\u0641\u0627\u062F\u06CC"
#define HANI "\u0647\u0627\u0646\u064A"

/* Spellings that look-up takes for one: in a line, and in two lines that nothing tells apart. */
static void spellings(void **state)
{
    (void)state;
#define PEOPLE "id\tname\tforms\n"
    expect(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t" FADI "\t" HANI "|" FADI_MAKSURA "\n"), 2, "is the same spelling as", ISNAD_E_LEXICON);
    expect(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t" FADI "\t\nb\t" HANI "\t" FADI_MAKSURA "\n"), 3, "stands for 'a' too", ISNAD_E_LEXICON);
    assert_int_equal(faults_of(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t" FADI "\t\nb\t" HANI "\t?" FADI_MAKSURA "\n")).n, 0);
#define PLACES "name\tcountry\tkind\tforms\tin\tcontext\n"
    expect(ISN_T_PLACES, ISN_STR(PLACES FADI "\t\ttown\t\t\t\n" HANI "\t\ttown\t" FADI "\t\t\n"), 3, "nothing tells them apart",
           ISNAD_E_LEXICON);
    assert_int_equal(faults_of(ISN_T_PLACES, ISN_STR(PLACES FADI "\t\tregion\t\t\t\n" FADI "\t\ttown\t\t\t\n")).n, 0);
    assert_int_equal(faults_of(ISN_T_PLACES, ISN_STR(PLACES FADI "\t\ttown\t\t\trisky\n" HANI "\t\ttown\t" FADI "\t\t\n")).n, 0);
    expect(ISN_T_PLACES, ISN_STR(PLACES FADI "\t\ttown\t\t" HANI "\t\n"), 2, "stands nowhere in 'places'", ISNAD_E_LEXICON);
#define BODIES "id\tname\tcountry\tsector\tkind\n"
    expect(ISN_T_ORGANIZATIONS, ISN_STR(BODIES "a\t" FADI "\t\tPTY\tparty\nb\t" FADI "\t\tPTY\tparty\n"), 3, "stands for 'a' too",
           ISNAD_E_LEXICON);
}

/* Letters that readers can't tell from others. */
static void letters(void **state)
{
    (void)state;
    expect(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t" FADI_PERSIAN "\t\n"), 2, "cell 'name' holds U+06CC", ISNAD_E_LEXICON);
    expect(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t" FADI "\u200F\t\n"), 2, "holds U+200F", ISNAD_E_LEXICON);
    expect(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t" FADI " \uFEF3\t\n"), 2, "holds U+FEF3", ISNAD_E_LEXICON);
    expect(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t\u0641\u0640\u0627\t\n"), 2, "tatweel", ISNAD_E_LEXICON);
    assert_int_equal(faults_of(ISN_T_PEOPLE, ISN_STR(PEOPLE "a\t\u0647\u0640\t\n")).n, 0);
}

static void terms(void **state)
{
    (void)state;
#define TERMS "person\toffice\tcountry\tfrom\tto\n"
    expect(ISN_T_TERMS, ISN_STR(TERMS "x\t" MISR "\t\t2012-05\t2012-04-30\n"), 2, "ends (2012-04-30) before it begins", ISNAD_E_LEXICON);
    assert_int_equal(faults_of(ISN_T_TERMS, ISN_STR(TERMS "x\t" MISR "\t\t2012-05\t2012\n")).n, 0);
    expect(ISN_T_TERMS, ISN_STR(TERMS "x\t" MISR "\t\t2010\t2014\nx\t" MISR "\t\t2012\t\n"), 3, "holds the office already (line 2)",
           ISNAD_E_LEXICON);
    assert_int_equal(faults_of(ISN_T_TERMS, ISN_STR(TERMS "x\t" MISR "\t\t2010\t2012\nx\t" MISR "\t\t2012\t\n")).n, 0);
}

/* A minister's office that is a portfolio has one seat, one with more words behind it may have several. */
static void seats(void **state)
{
    (void)state;
#define WAZIR "\u0648\u0632\u064A\u0631"
#define KHARIJIYA "\u0627\u0644\u062E\u0627\u0631\u062C\u064A\u0629"
    static const char offices[] = "noun\trank\ttakes\n" WAZIR "\t7\tportfolio|state\n";
    static const char portfolios[] = "name\n" KHARIJIYA "\n";
    static const char people[] = PEOPLE "a\t" FADI "\t\nb\t" HANI "\t\n";
    static const char *const ends[] = {" " KHARIJIYA, " " MISR};
    for (size_t i = 0; i < 2; i++) {
        isn_tables mine, all;
        heard h = {.n = 0};
        isn_faults faults = {.tell = hear, .user = &h};
        char text[400];
        int n = snprintf(text, sizeof text, "person\toffice\tfrom\tto\na\t" WAZIR "%s\t2010\t2014\nb\t" WAZIR "%s\t2012\t\n", ends[i], ends[i]);
        isn_tables_init(&mine);
        isn_tables_init(&all);
        assert_true(isn_tables_add(&mine, ISN_T_TERMS, isn_str_of(text, (size_t)n), "terms.tsv", &faults));
        assert_true(isn_tables_add(&all, ISN_T_OFFICES, ISN_STR(offices), "offices.tsv", &faults));
        assert_true(isn_tables_add(&all, ISN_T_PORTFOLIOS, ISN_STR(portfolios), "portfolios.tsv", &faults));
        assert_true(isn_tables_add(&all, ISN_T_PEOPLE, ISN_STR(people), "people.tsv", &faults));
        assert_true(isn_tables_lay(&all, &mine));
        assert_true(isn_check_tables(&mine, &all, true, &faults));
        assert_int_equal(h.n, i == 0);
        assert_true(i || strstr(h.all, "terms.tsv:3: 'b' holds the office while 'a' (line 2) does"));
        isn_tables_release(&mine);
        isn_tables_release(&all);
    }
}

static void frames(void **state)
{
    (void)state;
#define FRAMES "lemma\tpos\ttype\tmode\tslots\tif\n" MISR "\tn\tCONSULT\t\t"
    assert_int_equal(faults_of(ISN_T_FRAMES, ISN_STR(FRAMES "obj=place/recipient gen=actor\tobj:person gen:\"x y\" has:" MISR "\n")).n, 0);
    expect(ISN_T_FRAMES, ISN_STR(FRAMES "obj=somebody\t\n"), 2, "'obj=somebody' is no slot=role", ISNAD_E_LEXICON);
    expect(ISN_T_FRAMES, ISN_STR(FRAMES "obj\t\n"), 2, "'obj' is no slot=role", ISNAD_E_LEXICON);
    expect(ISN_T_FRAMES, ISN_STR(FRAMES "\tperson\n"), 2, "'person' is no condition", ISNAD_E_LEXICON);
    expect(ISN_T_FRAMES, ISN_STR(FRAMES "\tobj:\"x\n"), 2, "is no condition", ISNAD_E_LEXICON);
    expect(ISN_T_FRAMES, ISN_STR("lemma\tpos\ttype\tmode\tif\n" MISR "\tn\tDANCE\t\t\n"), 2, "'DANCE' is no type of 'events'", ISNAD_E_LEXICON);
}

/* References are looked for in the folder and in what it is laid over. */
static void references(void **state)
{
    (void)state;
    isn_tables mine, all;
    heard h = {.n = 0};
    isn_faults faults = {.tell = hear, .user = &h};
    isn_tables_init(&mine);
    isn_tables_init(&all);
    static const char people[] = "id\tname\tcountry\na\t" MISR "\tEGY\nb\t" FADI "\tXXX\n";
    static const char terms[] = "person\toffice\tcountry\tfrom\tto\na\t" MISR "\tEGY\t2010\t2013\nc\t" MISR "\tEGY\t2012\t\n";
    static const char offices[] = "noun\trank\n" MISR "\t9\n";
    static const char more[] = "code\tname\nEGY\t" MISR "\n";
    assert_true(isn_tables_add(&mine, ISN_T_PEOPLE, ISN_STR(people), "people.tsv", &faults));
    assert_true(isn_tables_add(&mine, ISN_T_TERMS, ISN_STR(terms), "terms.tsv", &faults));
    assert_true(isn_tables_add(&all, ISN_T_OFFICES, ISN_STR(offices), "offices.tsv", &faults));
    assert_true(isn_tables_add(&all, ISN_T_COUNTRIES, ISN_STR(more), "countries.tsv", &faults));
    assert_true(isn_tables_lay(&all, &mine));
    assert_true(isn_check_tables(&mine, &all, true, &faults));
    assert_int_equal(h.n, 3);
    assert_non_null(strstr(h.all, "people.tsv:3: 'XXX' is no value of 'country'"));
    assert_non_null(strstr(h.all, "terms.tsv:3: 'c' stands nowhere in 'people'"));
    assert_non_null(strstr(h.all, "terms.tsv:3: 'c' holds the office while 'a' (line 2) does"));
    isn_tables_release(&mine);
    isn_tables_release(&all);
}

/* A folder's spelling is held against the base too; faults of the base are not told. */
static void against_base(void **state)
{
    (void)state;
    isn_tables mine, all;
    heard h = {.n = 0};
    isn_faults faults = {.tell = hear, .user = &h};
    isn_tables_init(&mine);
    isn_tables_init(&all);
    static const char people[] = PEOPLE "z\t" FADI "\t\n";
    static const char base[] = PEOPLE "a\t" FADI "\t\nb\t" HANI "\t\nc\t" HANI "\t\nz\t" HANI "\t\n";
    static const char terms_text[] = "person\toffice\tfrom\nz\t" HANI "\t2010\n";
    static const char offices[] = "noun\trank\n" MISR "\t9\n";
    assert_true(isn_tables_add(&mine, ISN_T_PEOPLE, ISN_STR(people), "people.tsv", &faults));
    assert_true(isn_tables_add(&mine, ISN_T_TERMS, ISN_STR(terms_text), "terms.tsv", &faults));
    assert_true(isn_tables_add(&all, ISN_T_PEOPLE, ISN_STR(base), "people.tsv", &faults));
    assert_true(isn_tables_add(&all, ISN_T_OFFICES, ISN_STR(offices), "offices.tsv", &faults));
    assert_true(isn_tables_lay(&all, &mine));
    assert_true(isn_check_tables(&mine, &all, true, &faults));
    assert_int_equal(h.n, 2);
    assert_non_null(strstr(h.all, "terms.tsv:2: '" HANI "' begins with no noun of 'offices'"));
    assert_non_null(strstr(h.all, "people.tsv:2: '" FADI "' stands for 'a' too"));
    isn_tables_release(&mine);
    isn_tables_release(&all);
}

static void tell(void *user, const isnad_error *fault)
{
    (void)user;
    print_error("%s:%d: %s\n", fault->file, (int)fault->line, fault->message);
}

static void folders(void **state)
{
    (void)state;
    size_t faults = 9;
    isnad_error err;
    assert_int_equal(isnad_lexicon_check(SMALL, NULL, tell, NULL, &faults, &err), ISNAD_OK);
    assert_int_equal(faults, 0);
    assert_int_equal(isnad_lexicon_check(OVER, ISNAD_TEST_IMAGE, tell, NULL, &faults, &err), ISNAD_OK);
    assert_int_equal(faults, 0);
    assert_int_equal(isnad_lexicon_check(SMALL "/nowhere", NULL, NULL, NULL, &faults, &err), ISNAD_E_IO);
    assert_int_equal(isnad_lexicon_check(SMALL, SMALL "/page.tsv", NULL, NULL, &faults, &err), ISNAD_E_IMAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(malformed), cmocka_unit_test(wrong), cmocka_unit_test(frames),
        cmocka_unit_test(spellings), cmocka_unit_test(letters), cmocka_unit_test(terms), cmocka_unit_test(seats),
        cmocka_unit_test(against_base),
        cmocka_unit_test(references), cmocka_unit_test(folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
