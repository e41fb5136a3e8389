/* Where places lie: every key of the table of places that has coordinates, and countries by their capitals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lexicon/place.h"
#include "lexicon/schema.h"

static int setup(void **state)
{
    isn_lexicon *lexicon = NULL;
    *state = NULL;
    const char *image = getenv("ISNAD_IMAGE");
    if (isn_lexicon_open(&lexicon, image ? image : isnad_default_image(), NULL) != ISNAD_OK)
        return -1;
    *state = lexicon;
    return 0;
}

static int teardown(void **state)
{
    isn_lexicon_free(*state);
    return 0;
}

static void near(const isn_lexicon *lexicon, const char *kb, double lat, double lon)
{
    double a = 0.0, b = 0.0;
    if (!isn_place_of(lexicon, isn_str_cstr(kb), &a, &b))
        fail_msg("'%s' has no place", kb);
    if (a < lat - 0.5 || a > lat + 0.5 || b < lon - 0.5 || b > lon + 0.5)
        fail_msg("'%s' lies at %.2f, %.2f", kb, a, b);
}

static void test_known(void **state)
{
    near(*state, "LBN/Tripoli Lebanon", 34.43, 35.84);
    near(*state, "LBY/Benghazi", 32.12, 20.07);
    near(*state, "EGY", 30.06, 31.25);
    near(*state, "FRA", 48.85, 2.35);
    near(*state, "SYR", 33.51, 36.29);
}

static void test_unknown(void **state)
{
    static const char *const none[] = {"", "/", "XXX", "EGY/", "EGY/No Such Town", "LBY/Tripoli Lebanon", "sergei-shoigu", "x-LBY-9c3e"};
    double lat, lon;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(isn_place_of(*state, isn_str_cstr(none[i]), &lat, &lon));
}

/* Every line with coordinates is found by its key, and of the states most have a capital that lies somewhere. */
static void test_all(void **state)
{
    const isn_lexicon *lexicon = *state;
    size_t states = isn_lexicon_rows(lexicon, ISN_T_COUNTRIES), lying = 0;
    double lat, lon;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_PLACES); row++) {
        isn_str country = isn_lexicon_cell(lexicon, ISN_T_PLACES, row, ISN_C_PLACES_COUNTRY);
        isn_str english = isn_lexicon_cell(lexicon, ISN_T_PLACES, row, ISN_C_PLACES_ENGLISH);
        char kb[256];
        snprintf(kb, sizeof kb, "%.*s%s%.*s", (int)country.n, country.p, country.n ? "/" : "", (int)english.n, english.p);
        if (english.n && isn_lexicon_cell(lexicon, ISN_T_PLACES, row, ISN_C_PLACES_LAT).n)
            assert_true(isn_place_of(lexicon, isn_str_cstr(kb), &lat, &lon));
    }
    for (uint32_t row = 0; row < states; row++)
        lying += isn_place_of(lexicon, isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, row, 0), &lat, &lon);
    print_message("%zu of %zu states lie somewhere\n", lying, states);
    assert_true(lying * 10 > states * 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_unknown), cmocka_unit_test(test_all)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
