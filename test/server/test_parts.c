/* Token and hosts, headers of requests, JSON strings, the cache, the table of files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "server/body.h"
#include "server/gate.h"
#include "server/limits.h"
#include "server/request.h"
#include "server/web.h"
#include "temp.h"

#define TOKEN "0123456789abcdef"

static void test_gate(void **state)
{
    isn_gate gate;
    isnad_error err;
    (void)state;
    assert_int_equal(isn_gate_init(&gate, false, NULL, NULL, &err), ISNAD_E_ARGUMENT);
    isn_gate_release(&gate);
    assert_int_equal(isn_gate_init(&gate, false, "short", NULL, &err), ISNAD_E_ARGUMENT);
    isn_gate_release(&gate);
    assert_int_equal(isn_gate_init(&gate, false, "0123456789abcdef;", NULL, &err), ISNAD_E_ARGUMENT);
    isn_gate_release(&gate);
    assert_int_equal(isn_gate_init(&gate, false, TOKEN, NULL, &err), ISNAD_OK);
    assert_true(isn_gate_token(&gate, TOKEN));
    assert_false(isn_gate_token(&gate, NULL));
    assert_false(isn_gate_token(&gate, ""));
    assert_false(isn_gate_token(&gate, TOKEN "0"));
    assert_false(isn_gate_token(&gate, "0123456789abcde"));
    assert_false(isn_gate_token(&gate, "0123456789abcdeF"));
    assert_true(isn_gate_open(&gate, "Bearer " TOKEN, NULL));
    assert_true(isn_gate_open(&gate, "bearer " TOKEN, NULL));
    assert_true(isn_gate_open(&gate, NULL, TOKEN));
    assert_true(isn_gate_open(&gate, "Bearer no", TOKEN));
    assert_false(isn_gate_open(&gate, "Basic " TOKEN, NULL));
    assert_false(isn_gate_open(&gate, TOKEN, NULL));
    assert_false(isn_gate_open(&gate, NULL, NULL));
    assert_true(isn_gate_host(&gate, "any.example:80"));
    assert_false(isn_gate_host(&gate, NULL));
    isn_gate_release(&gate);
}

static void test_hosts(void **state)
{
    static const char *const good[] = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1", "[::1]:8080", "[::1]", "news.example", "news.example:81", "two"};
    static const char *const bad[] = {"", "localhost.evil.example", "localhost:80:80", "evil.example", "127.0.0.1.nip.example", "127.0.0.2", "news.example.",
                                      "localhost:8080x", "xlocalhost", "::1", "news.example,two", "localhost, evil"};
    isn_gate gate;
    isnad_error err;
    (void)state;
    assert_int_equal(isn_gate_init(&gate, true, NULL, "news.example,two", &err), ISNAD_OK);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!isn_gate_host(&gate, good[i]))
            fail_msg("refused: %s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (isn_gate_host(&gate, bad[i]))
            fail_msg("taken: %s", bad[i]);
    }
    assert_true(isn_gate_open(&gate, NULL, NULL)); /* no token is asked for */
    isn_gate_release(&gate);
}

static void test_headers(void **state)
{
    (void)state;
    assert_true(isn_takes_gzip("gzip"));
    assert_true(isn_takes_gzip("br, GZIP;q=0.5"));
    assert_true(isn_takes_gzip("*"));
    assert_false(isn_takes_gzip("gzip;q=0"));
    assert_false(isn_takes_gzip("gzip;q=0.0, *"));
    assert_false(isn_takes_gzip("gzipped"));
    assert_false(isn_takes_gzip("br;gzip"));
    assert_false(isn_takes_gzip(""));
    assert_false(isn_takes_gzip(NULL));
    assert_true(isn_takes_gzip("deflate ; q=1.0 ,, gzip ; q=0.05"));
    assert_string_equal(isn_language_of(NULL), "ar");
    assert_string_equal(isn_language_of("en-US,en;q=0.9,ar;q=0.8"), "en");
    assert_string_equal(isn_language_of("de, ar-EG;q=0.7, en;q=0.3"), "ar");
    assert_string_equal(isn_language_of("fr"), "ar");
    assert_string_equal(isn_language_of("fr, en;q=0.1"), "en");
    assert_true(isn_tag_matches("W/\"a\"", "W/\"a\""));
    assert_true(isn_tag_matches("\"x\", \"a\" ,\"b\"", "W/\"a\""));
    assert_true(isn_tag_matches("*", "\"a\""));
    assert_false(isn_tag_matches("\"aa\"", "\"a\""));
    assert_false(isn_tag_matches("a", "\"a\""));
    assert_false(isn_tag_matches("", "\"a\""));
    assert_false(isn_tag_matches(", ,W/", "\"a\""));
}

static void test_json(void **state)
{
    isn_out out;
    (void)state;
    isn_out_init(&out, 100);
    isn_out_json(&out, "a\"\\\n\x7F\xD8\xB3\xFF\xD8");
    assert_string_equal(out.p, "\"a\\\"\\\\\\u000a\\u007f\xD8\xB3\\ufffd\\ufffd\"");
    isn_out_release(&out);
    isn_out_init(&out, 10);
    isn_out_bytes(&out, "123456789", 9);
    assert_false(out.failed);
    isn_out_bytes(&out, "0", 1);
    assert_true(out.failed);
    assert_int_equal(out.n, 9);
    isn_out_release(&out);
}

static isn_body *body_of(size_t n)
{
    isn_out out;
    isn_out_init(&out, n + 1);
    for (size_t i = 0; i < n; i++)
        isn_out_bytes(&out, "x", 1);
    isn_body *body = isn_body_new(&out, false);
    assert_non_null(body);
    assert_int_equal(body->n, n);
    return body;
}

static void test_cache(void **state)
{
    isn_cache *cache = isn_cache_new();
    const size_t size = ISN_SERVE_CACHE_ITEM;
    (void)state;
    isn_body *large = body_of(size), *got;
    isn_cache_put(cache, 1, "a", 1, large);
    assert_ptr_equal(got = isn_cache_get(cache, 1, "a", 1), large);
    isn_body_free(got);
    assert_null(isn_cache_get(cache, 2, "a", 1)); /* another state of the database */
    assert_null(isn_cache_get(cache, 1, "b", 1));
    for (size_t i = 0; i < ISN_SERVE_CACHE_BYTES / size; i++) { /* what is asked for stays, the oldest goes */
        char key[20];
        isn_body_free(isn_cache_get(cache, 1, "a", 1));
        isn_cache_put(cache, 1, key, (size_t)sprintf(key, "k%zu", i), large);
    }
    isn_body_free(got = isn_cache_get(cache, 1, "a", 1));
    assert_non_null(got);
    assert_null(isn_cache_get(cache, 1, "k0", 2));
    isn_body *small = body_of(1);
    for (size_t i = 0; i < 3 * ISN_SERVE_CACHE_ITEMS; i++) {
        char key[20];
        isn_cache_put(cache, i, key, (size_t)sprintf(key, "%zu", i % 7), small);
    }
    assert_null(isn_cache_get(cache, 1, "a", 1));
    isn_body *huge = body_of(size + 1);
    isn_cache_put(cache, 1, "huge", 4, huge);
    assert_null(isn_cache_get(cache, 1, "huge", 4));
    isn_body_free(huge);
    isn_body_free(small);
    isn_body_free(large);
    isn_cache_free(cache);
}

static void test_gzip(void **state)
{
    isn_out out;
    (void)state;
    isn_out_init(&out, 100000);
    for (int i = 0; i < 2000; i++)
        isn_out_text(&out, "isnad ");
    isn_body *body = isn_body_new(&out, true);
    assert_true(body->gzip && body->n < 1000 && (unsigned char)body->p[0] == 0x1F && (unsigned char)body->p[1] == 0x8B);
    isn_body_free(body);
    isn_out_text(&out, "short");
    body = isn_body_new(&out, true);
    assert_false(body->gzip);
    isn_body_free(body);
}

static void put(const char *folder, const char *name, const char *text)
{
    char path[TEMP_PATH + 100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_web(void **state)
{
    char folder[TEMP_PATH], path[TEMP_PATH + 100];
    isn_web *web = NULL;
    isnad_error err = {0};
    (void)state;
    temp_name(folder, "web");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/assets", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    put(folder, "index.html", "<!doctype html>");
    put(folder, "favicon.svg", "<svg/>");
    put(folder, ".hidden", "x");
    put(folder, "assets/main-1a2B_4d-.js", "");
    put(folder, "assets/plain.js", "x");
    snprintf(path, sizeof path, "%s/link.html", folder);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_equal(isn_web_open(&web, folder, &err), ISNAD_OK);
    const isn_web_file *file = isn_web_find(web, "/assets/main-1a2B_4d-.js");
    assert_non_null(file);
    assert_true(file->immutable);
    assert_string_equal(file->type, "text/javascript; charset=utf-8");
    assert_false(isn_web_find(web, "/assets/plain.js")->immutable);
    assert_string_equal(isn_web_find(web, "/favicon.svg")->type, "image/svg+xml");
    assert_string_equal(isn_web_page(web, "ar")->path, "/index.html");
    assert_null(isn_web_find(web, "/.hidden"));
    assert_null(isn_web_find(web, "/link.html"));
    assert_null(isn_web_find(web, "/assets/../index.html"));
    assert_null(isn_web_find(web, ""));
    isn_web_free(web);
    assert_null(isn_web_find(NULL, "/"));
    snprintf(path, sizeof path, "%s/none", folder);
    assert_int_equal(isn_web_open(&web, path, &err), ISNAD_E_IO);
    assert_true(isn_server_is_loopback(NULL) && isn_server_is_loopback("127.8.8.8") && isn_server_is_loopback("::1"));
    assert_false(isn_server_is_loopback("0.0.0.0") || isn_server_is_loopback("::") || isn_server_is_loopback("x"));
    static const char *const made[] = {"index.html", "favicon.svg", ".hidden", "assets/main-1a2B_4d-.js", "assets/plain.js", "link.html", "assets", ""};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, made[i]);
        assert_int_equal(remove(path), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gate), cmocka_unit_test(test_hosts), cmocka_unit_test(test_headers), cmocka_unit_test(test_json),
        cmocka_unit_test(test_cache), cmocka_unit_test(test_gzip), cmocka_unit_test(test_web),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
