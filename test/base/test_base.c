/* Tests of base: strings, UTF-8, arena, buffer, files, normal form, image. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/image.h"
#include "base/normal.h"
#include "base/utf8.h"

static void strings(void **state)
{
    (void)state;
    isn_str rest = ISN_STR("a|b|"), field;
    assert_true(isn_str_next(&field, &rest, '|') && isn_str_equal(field, ISN_STR("a")));
    assert_true(isn_str_next(&field, &rest, '|') && isn_str_equal(field, ISN_STR("b")));
    assert_true(isn_str_next(&field, &rest, '|') && field.n == 0);
    assert_false(isn_str_next(&field, &rest, '|'));
    int64_t value;
    assert_true(isn_str_to_int(&value, ISN_STR("-42")));
    assert_int_equal(value, -42);
    assert_false(isn_str_to_int(&value, ISN_STR("4x")));
    assert_false(isn_str_to_int(&value, ISN_STR("")));
    assert_int_equal(isn_str_find(ISN_STR("abcd"), ISN_STR("cd")), 2);
    assert_true(isn_str_equal(isn_str_trim(ISN_STR(" \tx\r\n")), ISN_STR("x")));
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } good[] = {{"0", "0"},        {"-2.5", "-2.5"},     {"+7", "7"},         {"1500000", "1500000"},
                {"0.0001", "0.0001"}, {"0.00004", "0"}, {"2.99999", "3"}, {"99999999999999999999", "1000000000000000000"}};
    static const char *const bad[] = {"", "-", "+", ".5", "5.", "1.2.3", "1e5", "0x10", "nan", "inf", " 1", "1,5"};
    double value;
    isn_buf buf;
    isn_buf_init(&buf, 100);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(isn_str_to_number(&value, isn_str_cstr(good[i].text)));
        isn_buf_reset(&buf);
        isn_buf_number(&buf, value);
        assert_true(isn_str_equal(isn_str_of(buf.p, buf.n), isn_str_cstr(good[i].shown)));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(isn_str_to_number(&value, isn_str_cstr(bad[i])));
    isn_buf_reset(&buf);
    isn_buf_hundredths(&buf, -105);
    isn_buf_hundredths(&buf, 7);
    isn_buf_json_field(&buf, "a", ISN_STR("\""));
    isn_buf_json_field(&buf, "b", ISN_STR(""));
    assert_true(isn_str_equal(isn_str_of(buf.p, buf.n), ISN_STR("-1.050.07,\"a\":\"\\\"\",\"b\":null")));
    isn_buf_release(&buf);
}

static void normal_at(void **state)
{
    (void)state;
    isn_arena arena;
    isn_arena_init(&arena, 1 << 16);
    isn_normal text;
    assert_true(isn_normal_make(&text, &arena, ISN_STR("a  bc")));
    for (uint32_t byte = 0; byte <= 5; byte++) {
        size_t at = isn_normal_at(&text, 0, byte);
        assert_true(at == text.n || text.map[at] >= byte);
        assert_true(at == 0 || text.map[at - 1] < byte);
    }
    isn_arena_release(&arena);
}

static void utf8(void **state)
{
    (void)state;
    assert_int_equal(isn_utf8_valid(ISN_STR("\xD8\xA7x\xF0\x9F\x98\x80")), 7);
    const char *bad[] = {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xD8", "\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(isn_utf8_valid(isn_str_cstr(bad[i])), 0);
    char out[4];
    size_t length;
    for (uint32_t c = 1; c < 0x110000; c += 61) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        size_t n = isn_utf8_encode(out, c);
        assert_int_equal(isn_utf8_decode(isn_str_of(out, n), 0, &length), c);
        assert_int_equal(length, n);
    }
}

static void arena(void **state)
{
    (void)state;
    isn_arena a;
    isn_arena_init(&a, 1 << 20);
    char *p = isn_arena_alloc(&a, 10);
    assert_non_null(p);
    assert_null(isn_arena_alloc(&a, 2 << 20));
    assert_true(a.full);
    isn_arena_reset(&a);
    assert_false(a.full);
    assert_null(isn_arena_calloc(&a, SIZE_MAX / 2, 4));
    struct {
        int *items;
        size_t n, capacity;
    } list = {0};
    isn_arena_reset(&a);
    for (int i = 0; i < 1000; i++)
        *ISN_PUSH(&a, &list) = i;
    assert_int_equal(list.items[999], 999);
    isn_arena_release(&a);
}

static void buffer(void **state)
{
    (void)state;
    isn_buf buf;
    isn_buf_init(&buf, 1 << 16);
    isn_buf_json(&buf, ISN_STR("a\"\n\x01\xFFz"));
    assert_true(isn_str_equal(isn_str_of(buf.p, buf.n), ISN_STR("\"a\\\"\\n\\u0001\xEF\xBF\xBDz\"")));
    isn_buf_release(&buf);
    isn_buf_init(&buf, 8);
    isn_buf_append(&buf, "123456789", 9);
    assert_true(buf.failed);
    isn_buf_release(&buf);
}

static void normal(void **state)
{
    (void)state;
    isn_arena a;
    isn_arena_init(&a, 1 << 20);
    /* alef, fatha, tatweel, beh, Arabic comma, Arabic-Indic two, lam-alef ligature, guillemet */
    isn_str text = ISN_STR("\xD8\xA7\xD9\x8E\xD9\x80\xD8\xA8\xD8\x8C\xD9\xA2\xEF\xBB\xBB\xC2\xAB");
    isn_normal n;
    assert_true(isn_normal_make(&n, &a, text));
    const uint8_t want[] = {ISN_ALEF, ISN_BEH, ',', '2', ISN_LAM, ISN_ALEF, ISN_QUOTE_OPEN};
    const uint32_t map[] = {0, 6, 8, 10, 12, 12, 15, 17};
    assert_int_equal(n.n, sizeof want);
    assert_memory_equal(n.p, want, sizeof want);
    assert_memory_equal(n.map, map, sizeof map);
    assert_int_equal(isn_normal_end(&n, text, 0), 2);
    uint8_t key[8];
    /* alef with hamza below, teh marbuta; blanks at the ends and doubled */
    size_t got = isn_normal_key(key, sizeof key, ISN_STR(" \xD8\xA5\xD8\xA9  \xD9\x89 "));
    const uint8_t folded[] = {ISN_ALEF, ISN_HEH, ' ', ISN_YEH};
    assert_int_equal(got, 4);
    assert_memory_equal(key, folded, 4);
    isn_arena_release(&a);
}

/* A ligature of eighteen letters many times over must stay inside the room. */
static void normal_grows(void **state)
{
    (void)state;
    isn_arena a;
    isn_arena_init(&a, 1 << 20);
    char text[300];
    for (size_t i = 0; i < sizeof text; i += 3)
        memcpy(text + i, "\xEF\xB7\xBA", 3);
    isn_normal n;
    assert_true(isn_normal_make(&n, &a, isn_str_of(text, sizeof text)));
    assert_true(n.n <= sizeof text + 18);
    isn_arena_release(&a);
}

static void image(void **state)
{
    (void)state;
    isn_image_maker maker;
    isn_image_begin(&maker, 7);
    uint32_t numbers[3] = {1, 2, 3};
    isn_image_add(&maker, 1, 4, numbers, 3);
    isn_image_add(&maker, 2, 1, "abc", 3);
    isn_buf out;
    isn_buf_init(&out, 1 << 20);
    assert_true(isn_image_finish(&maker, &out));
    isn_image im;
    isnad_error err;
    assert_int_equal(isn_image_open(&im, isn_str_of(out.p, out.n), 7, "t", &err), ISNAD_OK);
    size_t n;
    const uint32_t *back = isn_image_section(&im, 1, 4, &n);
    assert_int_equal(n, 3);
    assert_int_equal(back[2], 3);
    assert_null(isn_image_section(&im, 3, 4, &n));
    assert_int_equal(isn_image_open(&im, isn_str_of(out.p, out.n), 8, "t", &err), ISNAD_E_IMAGE);
    for (size_t i = 0; i < out.n; i++) { /* every byte counts */
        out.p[i] ^= 0x10;
        assert_int_equal(isn_image_open(&im, isn_str_of(out.p, out.n), 7, "t", &err), ISNAD_E_IMAGE);
        out.p[i] ^= 0x10;
    }
    for (size_t i = 0; i < out.n; i++)
        assert_int_equal(isn_image_open(&im, isn_str_of(out.p, i), 7, "t", &err), ISNAD_E_IMAGE);
    isn_buf_release(&out);
}

/* A pipe with more than may be read is refused, not cut; up to the ceiling all of it is read. */
static void stream(void **state)
{
    (void)state;
    static const size_t ceilings[] = {4096, 5000, 1 << 20};
    char bytes[5000], path[32];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    for (size_t i = 0; i < 3; i++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], bytes, sizeof bytes), sizeof bytes);
        close(ends[1]);
        snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
        isn_file file;
        isnad_error err;
        bool fits = sizeof bytes <= ceilings[i];
        assert_int_equal(isn_file_open(&file, path, ceilings[i], &err), fits ? ISNAD_OK : ISNAD_E_LIMIT);
        assert_true(!fits || isn_str_equal(file.bytes, isn_str_of(bytes, sizeof bytes)));
        isn_file_close(&file);
        close(ends[0]);
    }
}

/* Going back to a mark: what was before it stays, what came after it is forgotten, full or not. */
static void arena_mark(void **state)
{
    (void)state;
    isn_arena arena;
    isn_arena_init(&arena, (size_t)1 << 20);
    isn_arena_mark empty = isn_arena_here(&arena);
    isn_str kept = isn_arena_copy(&arena, ISN_STR("before"));
    isn_arena_mark mark = isn_arena_here(&arena);
    size_t used = arena.used, held = arena.held;
    for (int round = 0; round < 3; round++) {
        while (isn_arena_alloc(&arena, 100000))
            ;
        assert_true(arena.full && arena.held > held);
        isn_arena_back(&arena, mark);
        assert_true(!arena.full && arena.used == used && arena.held == held);
        assert_true(isn_str_equal(kept, ISN_STR("before")));
        assert_non_null(isn_arena_alloc(&arena, 1000));
    }
    isn_arena_back(&arena, empty);
    assert_int_equal(arena.used, 0);
    assert_non_null(isn_arena_alloc(&arena, 1000));
    isn_arena_release(&arena);
    assert_int_equal(arena.held, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_mark), cmocka_unit_test(numbers), cmocka_unit_test(normal_at), cmocka_unit_test(strings), cmocka_unit_test(utf8),   cmocka_unit_test(arena),
        cmocka_unit_test(buffer),  cmocka_unit_test(normal), cmocka_unit_test(normal_grows),
        cmocka_unit_test(image),   cmocka_unit_test(stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
