/* Character sets: one text in all of them comes out as the same UTF-8; what is broken is mended and
 * told. */
#include "cases.h"

#include <iconv.h>

#include "base/utf8.h"
#include "read/charset.h"

/* The bytes of cases/charset.txt in another set, the vowel marks left out where the set has none.
 * On the heap. */
static isn_str in_set(const char *set, isn_str text)
{
    iconv_t conversion = iconv_open(set, "UTF-8");
    assert_true(conversion != (iconv_t)-1);
    size_t room = text.n * 4, left = text.n;
    char *out = malloc(room), *to = out, *in = (char *)(uintptr_t)text.p;
    assert_non_null(out);
    while (left) {
        if (iconv(conversion, &in, &left, &to, &room) != (size_t)-1)
            continue;
        size_t length;
        isn_utf8_decode(isn_str_of(in, left), 0, &length);
        in += length;
        left -= length;
    }
    iconv_close(conversion);
    return isn_str_of(out, (size_t)(to - out));
}

static isn_file sample(void)
{
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "/charset.txt", 1 << 20, NULL), ISNAD_OK);
    return file;
}

static void decode(shop *s, isn_charset_text *out, isn_diagnostics *diagnostics, isn_str bytes,
                   const char *forced)
{
    isn_arena_reset(&s->arena);
    *diagnostics = (isn_diagnostics){0};
    isnad_error err = {0};
    assert_int_equal(isn_charset_decode(out, bytes, forced, diagnostics, &s->arena, &err),
                     ISNAD_OK);
    assert_int_equal(isn_utf8_valid(out->text), out->text.n);
}

/* The sample's bytes read as another set and written as UTF-8, `rounds` times. On the heap. */
static isn_str garbled(const char *set, isn_str text, int rounds)
{
    isn_str now = text;
    for (int i = 0; i < rounds; i++) {
        iconv_t conversion = iconv_open("UTF-8", set);
        assert_true(conversion != (iconv_t)-1);
        size_t room = now.n * 4, left = now.n;
        char *out = malloc(room), *to = out, *in = (char *)(uintptr_t)now.p;
        assert_non_null(out);
        while (left) {
            if (iconv(conversion, &in, &left, &to, &room) != (size_t)-1)
                continue;
            unsigned char c = (unsigned char)*in++; /* free in the set: a control character, as browsers have it */
            left--;
            *to++ = (char)0xC2;
            *to++ = (char)c;
            room -= 2;
        }
        iconv_close(conversion);
        if (i)
            free((char *)(uintptr_t)now.p);
        now = isn_str_of(out, (size_t)(to - out));
    }
    return now;
}

static void mended(void **state)
{
    static const char *const sets[] = {"CP1256", "CP1252", "ISO-8859-1"};
    isn_file file = sample();
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        for (int rounds = 1; rounds <= 2; rounds++) {
            isn_str bytes = garbled(sets[i], file.bytes, rounds);
            isn_charset_text text;
            isn_diagnostics diagnostics;
            decode(*state, &text, &diagnostics, bytes, NULL);
            assert_int_equal(text.text.n, file.bytes.n);
            assert_memory_equal(text.text.p, file.bytes.p, text.text.n);
            assert_int_equal(diagnostics.n, 1);
            assert_string_equal(diagnostics.items[0].code, "mojibake");
            isn_charset_release(&text);
            free((char *)(uintptr_t)bytes.p);
        }
    }
    isn_file_close(&file);
}

/* Text that is well is left alone, with French names and with letters before signs in it. */
static void left_alone(void **state)
{
    static const char *const texts[] = {
        "\xD8\xB7\xC2\xA7 \xD8\xB7\xC2\xA7 \xD8\xA7\xD9\x84\xD8\xA3\xD9\x85\xD8\xB1 \xD8\xB8\xE2\x80\x9E \xD8\xB7\xC2\xA7\n",
        "C\xC3\xB4te d\xE2\x80\x99Ivoire, \xC3\x98ster, Fran\xC3\xA7ois, \xC3\x89lys\xC3\xA9" "e, \xC3\x98rsted\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        isn_charset_text text;
        isn_diagnostics diagnostics;
        decode(*state, &text, &diagnostics, isn_str_cstr(texts[i]), NULL);
        assert_true(text.text.p == texts[i]);
        assert_int_equal(diagnostics.n, 0);
        isn_charset_release(&text);
    }
}

/* A page of two sources: one line in Windows-1256 in a text in UTF-8. */
static void two_sets(void **state)
{
    isn_file file = sample();
    isn_str other = in_set("CP1256", file.bytes);
    isn_str line = isn_str_part(other, 0, (size_t)((char *)memchr(other.p, '\n', other.n) - other.p));
    isn_str first = isn_str_part(file.bytes, 0, (size_t)((char *)memchr(file.bytes.p, '\n', file.bytes.n) - file.bytes.p));
    isn_buf both;
    isn_buf_init(&both, 1 << 20);
    isn_buf_str(&both, file.bytes);
    isn_buf_str(&both, line);
    isn_charset_text text;
    isn_diagnostics diagnostics;
    decode(*state, &text, &diagnostics, isn_str_of(both.p, both.n), NULL);
    assert_int_equal(text.text.n, file.bytes.n + first.n);
    assert_memory_equal(text.text.p + file.bytes.n, first.p, first.n);
    isn_charset_release(&text);
    isn_buf_release(&both);
    free((char *)(uintptr_t)other.p);
    isn_file_close(&file);
}

static void found_out(void **state)
{
    const struct {
        const char *set, *name;
    } sets[] = {
        {"UTF-8", "utf-8"},       {"CP1256", "windows-1256"}, {"ISO-8859-6", "iso-8859-6"},
        {"UTF-16LE", "UTF-16LE"}, {"UTF-16BE", "UTF-16BE"},   {"UTF-16", "UTF-16LE"},
        {"UTF-32", "UTF-32LE"},
    };
    isn_file file = sample();
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        isn_str bytes = in_set(sets[i].set, file.bytes);
        isn_charset_text out;
        isn_diagnostics diagnostics;
        decode(*state, &out, &diagnostics, bytes, NULL);
        assert_string_equal(out.name, sets[i].name);
        assert_int_equal(diagnostics.n, 0);
        /* What the set could say comes back letter for letter. */
        isn_str again = in_set(sets[i].set, out.text);
        assert_true(isn_str_equal(again, bytes));
        assert_true(isn_str_find(out.text, isn_str_part(file.bytes, 0, 30)) != SIZE_MAX);
        free((void *)(uintptr_t)again.p);
        free((void *)(uintptr_t)bytes.p);
        isn_charset_release(&out);
    }
    isn_file_close(&file);
}

/* A headline alone is enough to tell the one-byte sets apart. */
static void short_text(void **state)
{
    isn_file file = sample();
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        if (!line.n)
            continue;
        isn_str bytes = in_set("CP1256", line);
        isn_charset_text out;
        isn_diagnostics diagnostics;
        decode(*state, &out, &diagnostics, bytes, NULL);
        assert_string_equal(out.name, "windows-1256");
        isn_charset_release(&out);
        free((void *)(uintptr_t)bytes.p);
    }
    isn_file_close(&file);
}

static void marks(void **state)
{
    isn_charset_text out;
    isn_diagnostics diagnostics;
    /* Valid UTF-8 is never touched: the mark stays, offsets are those of the file. */
    isn_str utf8 = ISN_STR("\xEF\xBB\xBF\xD9\x85\xD8\xB5\xD8\xB1");
    decode(*state, &out, &diagnostics, utf8, NULL);
    assert_ptr_equal(out.text.p, utf8.p);
    assert_int_equal(out.text.n, utf8.n);
    isn_charset_release(&out);
    decode(*state, &out, &diagnostics, (isn_str){"\xFE\xFF\x06\x45\x06\x35\x06\x31", 8}, NULL);
    assert_true(isn_str_equal(out.text, ISN_STR("\xD9\x85\xD8\xB5\xD8\xB1")));
    isn_charset_release(&out);
    decode(*state, &out, &diagnostics, (isn_str){"\xFF\xFE\x45\x06\x35\x06\x31\x06", 8}, NULL);
    assert_true(isn_str_equal(out.text, ISN_STR("\xD9\x85\xD8\xB5\xD8\xB1")));
    isn_charset_release(&out);
}

static void forced(void **state)
{
    isn_charset_text out;
    isn_diagnostics diagnostics = {0};
    isnad_error err = {0};
    shop *s = *state;
    isn_str bytes = ISN_STR("\xE3\xD5\xD1"); /* Egypt in Windows-1256 */
    decode(s, &out, &diagnostics, bytes, "CP1256");
    assert_true(isn_str_equal(out.text, ISN_STR("\xD9\x85\xD8\xB5\xD8\xB1")));
    isn_charset_release(&out);
    decode(s, &out, &diagnostics, bytes, "utf-8");
    assert_int_equal(out.text.n, 9);
    assert_int_equal(diagnostics.n, 1);
    isn_charset_release(&out);
    assert_int_equal(isn_charset_decode(&out, bytes, "klingon-8", &diagnostics, &s->arena, &err),
                     ISNAD_E_ARGUMENT);
    assert_non_null(strstr(err.message, "klingon-8"));
}

/* A declaration is believed where the letters say nothing, and not against them. */
static void declared(void **state)
{
    isn_charset_text out;
    isn_diagnostics diagnostics;
    decode(*state, &out, &diagnostics,
           ISN_STR("<html><head><meta charset=\"iso-8859-9\"></head><body>Erdo\xF0"
                   "an g\xF6r\xFC\xFEt\xFC</body>"),
           NULL);
    assert_true(isn_str_find(out.text, ISN_STR("Erdo\xC4\x9F"
                                               "an")) != SIZE_MAX);
    isn_charset_release(&out);
    decode(
        *state, &out, &diagnostics,
        ISN_STR(
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><html><body>"
            "\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1 \xC5\xE4 \xC7\xE1\xC7\xCA\xDD\xC7\xDE</body>"),
        NULL);
    assert_string_equal(out.name, "windows-1256");
    isn_charset_release(&out);
    decode(*state, &out, &diagnostics,
           ISN_STR("caf\xE9 cr\xE8me br\xFBl\xE9"
                   "e, with no word of where it comes from"),
           NULL);
    assert_string_equal(out.name, "windows-1252");
    assert_true(isn_str_starts(out.text, ISN_STR("caf\xC3\xA9")));
    isn_charset_release(&out);
}

/* One diagnostic a run of bad bytes, with its place in the text. */
static void broken(void **state)
{
    isn_charset_text out;
    isn_diagnostics diagnostics;
    isn_str bytes = ISN_STR(
        "\xD9\x85\xD8\xB5\xD8\xB1 \xFF\xFE\xD8 \xD8\xA7\xD9\x84\xD9\x8A\xD9\x88\xD9\x85 \xD9");
    decode(*state, &out, &diagnostics, bytes, NULL);
    assert_string_equal(out.name, "utf-8");
    assert_int_equal(diagnostics.n, 2);
    assert_string_equal(diagnostics.items[0].code, "bad-bytes");
    assert_int_equal(diagnostics.items[0].begin, 7);
    assert_int_equal(diagnostics.items[0].end, 16);
    assert_int_equal(diagnostics.items[1].end, out.text.n);
    isn_charset_release(&out);
}

static void many_faults(void **state)
{
    isn_buf bytes;
    isn_buf_init(&bytes, 1 << 20); /* 75,000 bytes with 5,000 faults */
    for (int i = 0; i < 5000; i++)
        isn_buf_append(&bytes, "\xD9\x85\xD8\xB5\xD8\xB1\xD9\x85\xD8\xB5\xD8\xB1 \xFF ", 15);
    isn_charset_text out;
    isn_diagnostics diagnostics;
    decode(*state, &out, &diagnostics, isn_str_of(bytes.p, bytes.n), NULL);
    assert_int_equal(diagnostics.n, ISN_ARTICLE_DIAGNOSTICS);
    assert_string_equal(diagnostics.items[diagnostics.n - 1].code, "more");
    isn_charset_release(&out);
    isn_buf_release(&bytes);
}

/* Half a letter at the end of UTF-16. */
static void truncated(void **state)
{
    isn_charset_text out;
    isn_diagnostics diagnostics;
    decode(*state, &out, &diagnostics, (isn_str){"\xFF\xFE\x45\x06\x35\x06\x31", 7}, NULL);
    assert_int_equal(diagnostics.n, 1);
    assert_true(isn_str_equal(out.text, ISN_STR("\xD9\x85\xD8\xB5\xEF\xBF\xBD")));
    isn_charset_release(&out);
}

static void no_text(void **state)
{
    shop *s = *state;
    isn_charset_text out;
    isn_diagnostics diagnostics = {0};
    isnad_error err = {0};
    char noise[4096];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)((i * 7919 + (i >> 3) * 104729) >> 3);
    const isn_str inputs[] = {
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16}, {"%PDF-1.4\n%\xE2\xE3\xCF\xD3", 14},
        {"PK\x03\x04\x14\0\x08\0", 8},         {noise, sizeof noise},
        {"\0\0\0\0\0\0\0\0\0\0\0\0", 12},
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        assert_int_equal(isn_charset_decode(&out, inputs[i], NULL, &diagnostics, &s->arena, &err),
                         ISNAD_E_BINARY);
    assert_int_equal(isn_charset_decode(&out, ISN_STR(""), NULL, &diagnostics, &s->arena, &err),
                     ISNAD_E_EMPTY);
}

/* A stray NUL in a long text is told, and the text is read. */
static void nul(void **state)
{
    isn_file file = sample();
    char *copy = malloc(file.bytes.n);
    assert_non_null(copy);
    memcpy(copy, file.bytes.p, file.bytes.n);
    *(char *)memchr(copy, ' ', file.bytes.n) = 0;
    isn_charset_text out;
    isn_diagnostics diagnostics;
    decode(*state, &out, &diagnostics, isn_str_of(copy, file.bytes.n), NULL);
    assert_int_equal(diagnostics.n, 1);
    assert_string_equal(diagnostics.items[0].code, "nul");
    isn_charset_release(&out);
    free(copy);
    isn_file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_out), cmocka_unit_test(mended), cmocka_unit_test(left_alone), cmocka_unit_test(two_sets),   cmocka_unit_test(short_text), cmocka_unit_test(marks),
        cmocka_unit_test(forced),      cmocka_unit_test(declared),   cmocka_unit_test(broken),
        cmocka_unit_test(many_faults), cmocka_unit_test(truncated),  cmocka_unit_test(no_text),
        cmocka_unit_test(nul),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
