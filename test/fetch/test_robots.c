/* What robots.txt allows: RFC 9309 with its examples, and what sites really write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "fetch/robots.h"

typedef struct ask {
    const char *file, *path;
    bool allowed;
} ask;

static void rules(void **state)
{
    static const ask asks[] = {
        {"", "/x", true},
        {"User-agent: *\nDisallow: /", "/x", false},
        {"User-agent: *\nDisallow: /", "/robots.txt", true},
        {"User-agent: *\nDisallow:", "/x", true},
        {"user-agent:*\r\ndisallow:/x # why\r\n", "/x/y", false},
        {"User-agent: other\nDisallow: /", "/x", true},
        {"User-agent: *\nDisallow: /\nUser-agent: isnad\nDisallow: /y", "/x", true},  /* our group alone counts */
        {"User-agent: ISNAD/1.0 (x)\nDisallow: /x", "/x", false},                     /* by the token, whatever its case */
        {"User-agent: isnadbot\nDisallow: /x", "/x", true},                           /* another's */
        {"User-agent: a\nUser-agent: isnad\nUser-agent: b\nDisallow: /x", "/x", false}, /* several names, one group */
        {"User-agent: isnad\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: isnad\nDisallow: /x", "/x", false}, /* groups together */
        {"User-agent: *\nAllow: /p\nDisallow: /", "/page", true}, /* RFC 5.2: the longest */
        {"User-agent: *\nAllow: /folder\nDisallow: /folder", "/folder/page", true},
        {"User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm", false},
        {"User-agent: *\nAllow: /$\nDisallow: /", "/", true},
        {"User-agent: *\nAllow: /$\nDisallow: /", "/page.htm", false},
        {"User-agent: *\nDisallow: *.gif$\nAllow: /publications/", "/publications/x.gif", true},
        {"User-agent: *\nDisallow: *.gif$", "/x.gif", false},
        {"User-agent: *\nDisallow: *.gif$", "/x.gif?y", true},
        {"User-agent: *\nDisallow: /a*b*c", "/a1b2b3c4", false},
        {"User-agent: *\nDisallow: /a*b*c", "/a1c2b", true},
        {"User-agent: *\nDisallow: /foo/bar%20baz", "/foo/bar%20baz", false},
        {"User-agent: *\nDisallow: /\xD8\xAE\xD8\xA8\xD8\xB1", "/%d8%AE%D8%A8%D8%B1/1", false}, /* written plainly, asked for encoded */
        {"User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
        {"Disallow: /x\nUser-agent: *\n", "/x", true}, /* a rule of nobody */
        {"\xEF\xBB\xBFUser-agent: *\nDisallow: /x", "/x", false},
        {"<html>User-agent: *</html>\nnothing here", "/x", true},
        {"User-agent: *\nSitemap: https://example.org/x\nDisallow: /x", "/x", false},
        {"User-agent: *\nCrawl-delay: 5\nUser-agent: isnad\nDisallow: /x", "/y", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        if (isn_robots_allow(isn_str_cstr(asks[i].file), isn_str_cstr(asks[i].path)) != asks[i].allowed)
            fail_msg("%zu: %s in %s", i, asks[i].path, asks[i].file);
}

static void delays(void **state)
{
    (void)state;
    assert_true(isn_robots_delay(ISN_STR("User-agent: *\nCrawl-delay: 2.5")) > 2.4);
    assert_true(isn_robots_delay(ISN_STR("User-agent: *\nCrawl-delay: 9999999")) == ISN_ROBOTS_DELAY);
    assert_true(isn_robots_delay(ISN_STR("User-agent: *\nCrawl-delay: -5")) == 0.0);
    assert_true(isn_robots_delay(ISN_STR("User-agent: *\nCrawl-delay: nan")) == 0.0);
    assert_true(isn_robots_delay(ISN_STR("User-agent: *\nCrawl-delay: 5\nUser-agent: isnad\nDisallow: /x")) == 0.0);
}

/* Many stars don't take for ever. */
static void stars(void **state)
{
    char file[20000] = "User-agent: *\nDisallow: /", path[20000] = "/";
    (void)state;
    for (size_t i = strlen(file); i < sizeof file - 3; i += 2)
        memcpy(file + i, "*a", 3);
    memset(path + 1, 'a', sizeof path - 2);
    path[sizeof path - 1] = 0;
    assert_false(isn_robots_allow(isn_str_cstr(file), isn_str_cstr(path)));
    file[strlen(file) - 1] = 'b';
    assert_true(isn_robots_allow(isn_str_cstr(file), isn_str_cstr(path)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules), cmocka_unit_test(delays), cmocka_unit_test(stars)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
