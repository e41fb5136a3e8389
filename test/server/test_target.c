/* Addresses taken apart: what is decoded, and everything that is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "server/target.h"

static isn_target target;

static const char *read_text(const char *raw)
{
    return isn_target_read(&target, raw, strlen(raw));
}

static void test_good(void **state)
{
    (void)state;
    assert_null(read_text("/"));
    assert_int_equal(target.n_segments, 0);
    assert_true(target.slash);
    assert_null(read_text("/api/v1/actors/a%2Fb?q=%D8%AD+x%20y&limit=3&empty=&&flag"));
    assert_int_equal(target.n_segments, 4);
    assert_string_equal(target.segments[3], "a/b");
    assert_string_equal(isn_target_value(&target, "q"), "\xD8\xAD x y");
    assert_string_equal(isn_target_value(&target, "limit"), "3");
    assert_string_equal(isn_target_value(&target, "empty"), "");
    assert_string_equal(isn_target_value(&target, "flag"), "");
    assert_null(isn_target_value(&target, "nothing"));
    assert_int_equal(target.n_params, 4);
    assert_null(target.stem);
    assert_string_equal(target.path, "/api/v1/actors/a%2Fb");
}

static void test_stem(void **state)
{
    (void)state;
    assert_null(read_text("/en/stories/3.json?limit=1"));
    assert_string_equal(target.segments[2], "3.json");
    assert_string_equal(target.stem, "3");
    assert_null(read_text("/ar/.json"));
    assert_string_equal(target.stem, "");
    assert_null(read_text("/ar/x%2Ejson")); /* written so, the dot is part of a name */
    assert_null(target.stem);
    assert_null(read_text("/ar/x.json/"));
    assert_null(target.stem);
}

static void test_raw_letters(void **state)
{
    (void)state;
    assert_null(read_text("/ar/search?q=\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85"));
    assert_string_equal(isn_target_value(&target, "q"), "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85");
    assert_null(read_text("/x?a=1%0A2")); /* a line end in words is a blank to the search */
    assert_string_equal(isn_target_value(&target, "a"), "1\n2");
}

static void test_refused(void **state)
{
    static const char *const bad[] = {
        "", "x", "http://a/b", "*", "//", "/a//b", "/a/../b", "/a/%2e%2e/b", "/a/%2E./b", "/./a", "/..", "/%2e",
        "/a%", "/a%1", "/a%g0", "/a%00b", "/a?b=%00", "/a%0d%0aX: y", "/a%7f", "/a?b=%01", "/a#b", "/a?b=1&b=2", "/a?%62=1&b=2",
        /* no UTF-8: a lone byte, overlong slashes and dots, a surrogate, beyond the last character, cut off */
        "/a%ff", "/a?b=%ff", "/%c0%af", "/%c0%ae%c0%ae/", "/%e0%80%af", "/a?b=%ed%a0%80", "/a?b=%f4%90%80%80", "/a?b=%d8", "/a?b=%e2%82",
        "/a?b=%f8%88%80%80%80", "/a\x01", "/1/2/3/4/5/6/7/8/9",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!read_text(bad[i]))
            fail_msg("taken: %s", bad[i]);
    }
}

static void test_ceilings(void **state)
{
    static char raw[ISN_SERVE_URI_BYTES + 2];
    (void)state;
    memset(raw, 'a', sizeof raw - 1);
    raw[0] = '/';
    assert_non_null(isn_target_read(&target, raw, ISN_SERVE_URI_BYTES + 1));
    assert_null(isn_target_read(&target, raw, ISN_SERVE_URI_BYTES));
    memcpy(raw + ISN_SERVE_URI_BYTES - 5, ".json", 5); /* the longest that is decoded twice */
    assert_null(isn_target_read(&target, raw, ISN_SERVE_URI_BYTES));
    assert_int_equal(strlen(target.stem), ISN_SERVE_URI_BYTES - 6);
    memcpy(raw, "/?q=", 4);
    assert_non_null(isn_target_read(&target, raw, 4 + ISN_SERVE_VALUE_BYTES + 1));
    assert_null(isn_target_read(&target, raw, 4 + ISN_SERVE_VALUE_BYTES));
    char many[ISN_SERVE_PARAMS * 8 + 16], *p = many + sprintf(many, "/?");
    for (int i = 0; i < ISN_SERVE_PARAMS; i++)
        p += sprintf(p, "p%d=&", i);
    assert_null(read_text(many));
    assert_int_equal(target.n_params, ISN_SERVE_PARAMS);
    strcpy(p, "x=");
    assert_non_null(read_text(many));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good), cmocka_unit_test(test_stem), cmocka_unit_test(test_raw_letters),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_ceilings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
