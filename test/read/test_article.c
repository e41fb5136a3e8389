/* From an item to an article: bytes kept, ids, ceilings, JSON fields, where outlet and date come
 * from. */
#include "cases.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "read/meta.h"
#include "read/source.h"

static isn_file case_file(const char *name)
{
    char path[4096];
    isn_file file;
    snprintf(path, sizeof path, "%s/%s", CASES, name);
    assert_int_equal(isn_file_open(&file, path, 1 << 20, NULL), ISNAD_OK);
    return file;
}

static void same_bytes(void **state)
{
    isn_file file = case_file("charset.txt");
    isn_article article;
    isnad_error err = {0};
    assert_int_equal(read_bytes(*state, &article, "dir/charset.txt", file.bytes, &err), ISNAD_OK);
    assert_true(isn_str_equal(article.text, file.bytes));
    assert_true(article.text.p != file.bytes.p);
    assert_true(isn_str_equal(article.uri, ISN_STR("dir/charset.txt")));
    assert_true(isn_str_equal(article.language, ISN_STR("ar")));
    assert_int_equal(article.n_blocks, 4);
    isn_str rest = file.bytes, first;
    assert_true(isn_str_next(&first, &rest, '\n') && isn_str_equal(article.title, first));
    isn_file_close(&file);
}

/* The same title and text give the same id wherever they stand, another text another one. */
static void ids(void **state)
{
    shop *s = *state;
    isn_article article;
    char id[33] = "", other[33] = "";
    assert_int_equal(
        read_bytes(s, &article, "a", ISN_STR("one headline here\nand a text.\n"), NULL), ISNAD_OK);
    assert_int_equal(article.id.n, 32);
    memcpy(id, article.id.p, 32);
    assert_string_equal(id, "30326fa635b22af083783d59bb7985b5"); /* XXH3-128 of title, LF, text */
    assert_int_equal(
        read_bytes(s, &article, "b/c", ISN_STR("one headline here\nand a text.\n"), NULL),
        ISNAD_OK);
    memcpy(other, article.id.p, 32);
    assert_string_equal(id, other);
    assert_int_equal(
        read_bytes(s, &article, "a", ISN_STR("one headline here\nand a test.\n"), NULL), ISNAD_OK);
    memcpy(other, article.id.p, 32);
    assert_string_not_equal(id, other);
}

static void ceilings(void **state)
{
    isn_buf text;
    isn_buf_init(&text, (size_t)64 << 20);
    while (text.n <= ISN_ARTICLE_TEXT)
        isn_buf_append(&text,
                       "\xD9\x82\xD8\xA7\xD9\x84 \xD8\xA7\xD9\x84\xD9\x88\xD8\xB2\xD9\x8A\xD8\xB1 ",
                       20);
    isn_article article;
    isnad_error err = {0};
    assert_int_equal(read_bytes(*state, &article, "long", isn_str_of(text.p, text.n), &err),
                     ISNAD_OK);
    assert_true(has_code(&article, "cut"));
    assert_true(article.text.n <= ISN_ARTICLE_TEXT && article.text.n > ISN_ARTICLE_TEXT - 100);
    assert_int_equal(isn_utf8_valid(article.text), article.text.n);
    isn_buf_reset(&text);
    for (size_t i = 0; i < ISN_ARTICLE_LINES + 10; i++)
        isn_buf_append(&text, "\xD9\x86\xD8\xB9\xD9\x85\n", 7);
    assert_int_equal(read_bytes(*state, &article, "lines", isn_str_of(text.p, text.n), &err),
                     ISNAD_OK);
    assert_true(has_code(&article, "cut"));
    assert_int_equal(article.n_blocks, ISN_ARTICLE_LINES);
    isn_buf_release(&text);
}

static void refused(void **state)
{
    isn_article article;
    isnad_error err = {0};
    const struct {
        isn_str bytes;
        isnad_status status;
    } inputs[] = {
        {ISN_STR(""), ISNAD_E_EMPTY},
        {ISN_STR(" \n\t \n"), ISNAD_E_EMPTY},
        {ISN_STR("\xEF\xBB\xBF\n"), ISNAD_E_EMPTY},
        {ISN_STR("2018 - 12 *** 7"), ISNAD_E_EMPTY},
        {ISN_STR("\x7F"
                 "ELF\x01\x01"),
         ISNAD_E_BINARY},
        {ISN_STR("{\"title\": 1, \"text\": null}"), ISNAD_OK}, /* a number is a text of figures */
        {ISN_STR("{\"title\": }"), ISNAD_E_FORMAT},
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        isnad_status status = read_bytes(*state, &article, "x", inputs[i].bytes, &err);
        if (i == 5)
            assert_int_equal(status, ISNAD_E_EMPTY); /* and no letter */
        else
            assert_int_equal(status, inputs[i].status);
    }
    assert_string_equal(err.file, "x");
}

static void languages(void **state)
{
    isn_article article;
    const struct {
        const char *text, *language;
    } texts[] = {
        {"A headline in English\nand its text in the same language.\n", "en"},
        {"\xD9\x86\xD8\xAE\xD8\xB3\xD8\xAA \xD9\x88\xD8\xB2\xDB\x8C\xD8\xB1 "
         "\xD9\xBE\xDB\x8C\xD8\xB4 \xDA\xAF\xD9\x81\xD8\xAA",
         "fa"},
        {"\xD9\x88\xD8\xB2\xDB\x8C\xD8\xB1 \xD9\x86\xDB\x92 \xDA\xA9\xDB\x81\xD8\xA7 "
         "\xDB\x81\xDB\x92 \xD9\x85\xDB\x8C\xDA\xBA",
         "ur"},
        {"\xD0\x9F\xD1\x80\xD0\xB5\xD0\xB7\xD0\xB8\xD0\xB4\xD0\xB5\xD0\xBD\xD1\x82", "und"},
    };
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(read_bytes(*state, &article, "x", isn_str_cstr(texts[i].text), NULL),
                         ISNAD_OK);
        assert_true(isn_str_equal(article.language, isn_str_cstr(texts[i].language)));
    }
}

static void json_lines(void **state)
{
    shop *s = *state;
    const char *path = CASES "/articles.jsonl";
    isn_source *source;
    faults f = {0};
    isn_item item;
    assert_int_equal(isn_source_new(&source, &path, 1, ISN_ITEM_GUESS, NULL, on_fault, &f, NULL),
                     ISNAD_OK);
    isnad_status wanted[] = {ISNAD_OK,      ISNAD_OK,       ISNAD_E_FORMAT,
                             ISNAD_E_EMPTY, ISNAD_E_FORMAT, ISNAD_OK};
    uint64_t lines[] = {1, 3, 4, 5, 6, 7};
    for (size_t i = 0; i < 6; i++) {
        assert_true(isn_source_next(source, &item));
        assert_int_equal(item.kind, ISN_ITEM_JSON);
        assert_int_equal(item.number, i);
        isn_article a;
        isnad_error err = {0};
        isn_arena_reset(&s->arena);
        assert_int_equal(isn_article_read(&a, &s->arena, &item, &s->options, &err), wanted[i]);
        assert_int_equal(item.line, lines[i]);
        if (wanted[i] != ISNAD_OK) {
            assert_int_equal(err.line, lines[i]);
            assert_string_equal(err.file, path);
        }
        if (i == 0) {
            assert_true(isn_str_equal(a.id, ISN_STR("a1")));
            assert_true(isn_str_equal(a.published, ISN_STR("2018-02-18T18:10:45+04:00")));
            assert_true(a.outlet.n > 0);
            assert_int_equal(a.n_blocks, 3);
            assert_int_equal(a.blocks[0].kind, ISN_BLOCK_TITLE);
            assert_true(isn_str_ends(a.uri, ISN_STR("articles.jsonl:1")));
        }
        if (i == 1) {
            assert_true(isn_str_equal(a.id, ISN_STR("17")));
            assert_true(has_code(&a, "bad-date") && a.published.n == 0);
            assert_int_equal(a.n_blocks, 3);
        }
        if (i == 5) {
            assert_true(isn_str_equal(a.published, ISN_STR("2019-03-01")));
            assert_true(isn_str_equal(a.outlet, ISN_STR("example.net")));
            assert_int_equal(a.n_blocks, 3);
            assert_int_equal(isn_str_find(a.text, ISN_STR("<p>")), SIZE_MAX);
        }
        isn_item_release(&item);
    }
    assert_false(isn_source_next(source, &item));
    assert_int_equal(f.n, 0);
    isn_source_free(source);
}

/* Own field names. */
static void fields(void **state)
{
    shop *s = *state;
    isn_article a;
    isn_read_options usual = s->options;
    s->options.fields.text = ISN_STR("corps|texte");
    s->options.fields.title = ISN_STR("titre");
    isn_str object = ISN_STR("{\"titre\": \"A title of words\", \"texte\": \"Its text.\", "
                             "\"title\": \"no\", \"text\": \"no\"}");
    assert_int_equal(read_bytes(s, &a, "x", object, NULL), ISNAD_OK);
    assert_true(isn_str_equal(a.text, ISN_STR("A title of words\n\nIts text.")));
    s->options = usual;
}

/* Metadata goes before options, options before what the input says. */
static void settled(void **state)
{
    shop *s = *state;
    char path[TEMP_PATH];
    temp_file(path, "settled", "article\tpublished\toutlet\nx\t2001-01-01\tTable\ny\t\tTable\n");
    isn_metadata *metadata;
    isn_read_options usual = s->options;
    assert_int_equal(isn_metadata_open(&metadata, path, NULL), ISNAD_OK);
    s->options.metadata = metadata;
    isn_article a;
    isn_str object =
        ISN_STR("{\"title\": \"A title of words\", \"date\": \"3/2/2001\", \"outlet\": \"Own\"}");
    assert_int_equal(read_bytes(s, &a, "dir/x.json", object, NULL), ISNAD_OK);
    assert_true(isn_str_equal(a.published, ISN_STR("2001-01-01")) &&
                isn_str_equal(a.outlet, ISN_STR("Table")));
    assert_int_equal(read_bytes(s, &a, "dir/y.json", object, NULL), ISNAD_OK);
    assert_true(isn_str_equal(a.published, ISN_STR("2001-02-03")) &&
                isn_str_equal(a.outlet, ISN_STR("Table")));
    s->options.outlet = ISN_STR("Option");
    s->options.published = ISN_STR("2002-02-02");
    assert_int_equal(read_bytes(s, &a, "dir/z.json", object, NULL), ISNAD_OK);
    assert_true(isn_str_equal(a.published, ISN_STR("2002-02-02")) &&
                isn_str_equal(a.outlet, ISN_STR("Option")));
    s->options = usual;
    assert_int_equal(read_bytes(s, &a, "dir/z.json", object, NULL), ISNAD_OK);
    assert_true(isn_str_equal(a.published, ISN_STR("2001-02-03")) &&
                isn_str_equal(a.outlet, ISN_STR("Own")));
    isn_metadata_free(metadata);
    unlink(path);
}

/* A day in figures in a line that says when. */
static void day_in_text(void **state)
{
    isn_file file = case_file("blocks/menu.tsv");
    isn_buf text;
    isn_buf_init(&text, 1 << 20);
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        const char *tab = memchr(line.p, '\t', line.n);
        if (tab) {
            isn_buf_str(&text, isn_str_part(line, (size_t)(tab - line.p) + 1, line.n));
            isn_buf_char(&text, '\n');
        }
    }
    isn_article a;
    assert_int_equal(read_bytes(*state, &a, "menu", isn_str_of(text.p, text.n), NULL), ISNAD_OK);
    assert_true(isn_str_equal(a.published, ISN_STR("2018-01-17")));
    isn_buf_release(&text);
    isn_file_close(&file);
}

/* Whatever is refused on the way: an article is whole or there is none. Every ceiling is tried. */
static void no_room(void **state)
{
    shop *s = *state;
    isn_file file = case_file("charset.txt");
    isn_item item = {.name = "x", .bytes = (char *)(uintptr_t)file.bytes.p, .n = file.bytes.n};
    isnad_status status = ISNAD_E_MEMORY;
    for (size_t ceiling = 0; ceiling < 16384; ceiling += 16) {
        isn_arena small;
        isn_arena_init(&small, ceiling);
        isn_article a;
        isnad_error err = {0};
        status = isn_article_read(&a, &small, &item, &s->options, &err);
        assert_true(status == (small.full ? ISNAD_E_MEMORY : ISNAD_OK));
        assert_true(status != ISNAD_OK || (a.id.n == 32 && a.n_blocks == 4));
        isn_arena_release(&small);
    }
    assert_int_equal(status, ISNAD_OK);
    isn_file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes), cmocka_unit_test(ids),       cmocka_unit_test(ceilings),
        cmocka_unit_test(refused),    cmocka_unit_test(languages), cmocka_unit_test(json_lines),
        cmocka_unit_test(fields),     cmocka_unit_test(settled),   cmocka_unit_test(day_in_text),
        cmocka_unit_test(no_room),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
