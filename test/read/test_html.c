/*
 * Web pages: each cases/html/X.html comes out as X.txt says: lines of field, tab, text; first
 * published, outlet, author, then the blocks. And pages that are made to do harm.
 */
#include "cases.h"

#include <dirent.h>

#include "base/buf.h"
#include "read/html.h"

static size_t compare(const char *name, const char *field, isn_str want, isn_str got)
{
    if (isn_str_equal(want, got))
        return 0;
    print_message("%s: %s is not '%.*s' but '%.*s'\n", name, field, (int)want.n, want.p, (int)got.n,
                  got.p);
    return 1;
}

static size_t check(shop *s, const char *name, isn_str page, isn_str expected)
{
    isn_article article;
    isnad_error err = {0};
    assert_int_equal(read_bytes(s, &article, name, page, &err), ISNAD_OK);
    isn_str line;
    size_t wrong = 0, block = 0;
    while (isn_str_next(&line, &expected, '\n')) {
        isn_str text = line, field;
        if (!line.n)
            continue;
        assert_true(isn_str_next(&field, &text, '\t'));
        if (isn_str_equal(field, ISN_STR("published"))) {
            wrong += compare(name, "published", text, article.published);
        } else if (isn_str_equal(field, ISN_STR("outlet"))) {
            wrong += compare(name, "outlet", text, article.outlet);
        } else if (isn_str_equal(field, ISN_STR("author"))) {
            wrong += compare(name, "author", text, article.author);
        } else {
            isn_block none = {0}, *b = block < article.n_blocks ? &article.blocks[block] : &none;
            wrong += compare(name, "text", text, isn_str_part(article.text, b->begin, b->end));
            wrong += compare(name, "kind", field, isn_str_cstr(kind_name(b->kind)));
            if (isn_str_equal(field, ISN_STR("title")))
                wrong += compare(name, "title", text, article.title);
            block++;
        }
    }
    for (; block < article.n_blocks; block++)
        wrong += compare(
            name, "end", ISN_STR(""),
            isn_str_part(article.text, article.blocks[block].begin, article.blocks[block].end));
    return wrong;
}

static void all_cases(void **state)
{
    DIR *dir = opendir(CASES "/html");
    assert_non_null(dir);
    size_t files = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[4096];
        size_t n = strlen(entry->d_name);
        if (n < 6 || strcmp(entry->d_name + n - 5, ".html") != 0)
            continue;
        isn_file page, expected;
        snprintf(path, sizeof path, "%s/html/%s", CASES, entry->d_name);
        assert_int_equal(isn_file_open(&page, path, 1 << 20, NULL), ISNAD_OK);
        strcpy(path + strlen(path) - 4, "txt");
        assert_int_equal(isn_file_open(&expected, path, 1 << 20, NULL), ISNAD_OK);
        wrong += check(*state, entry->d_name, page.bytes, expected.bytes);
        isn_file_close(&page);
        isn_file_close(&expected);
        files++;
    }
    closedir(dir);
    assert_true(files >= 8);
    assert_int_equal(wrong, 0);
}

static void repeat(isn_buf *buf, const char *s, size_t times)
{
    for (size_t i = 0; i < times; i++)
        isn_buf_append(buf, s, strlen(s));
}

#define WORDS "\xD9\x82\xD8\xA7\xD9\x84 \xD9\x88\xD8\xB2\xD9\x8A\xD8\xB1 "

/* What must be there whatever the page does: valid blocks, a bounded arena. */
static isnad_status read_page(void **state, isn_article *article, const isn_buf *page)
{
    assert_false(page->failed);
    isnad_error err = {0};
    isnad_status status = read_bytes(*state, article, "page", isn_str_of(page->p, page->n), &err);
    if (status == ISNAD_OK)
        for (size_t i = 0; i < article->n_blocks; i++)
            assert_true(article->blocks[i].begin < article->blocks[i].end &&
                        article->blocks[i].end <= article->text.n);
    return status;
}

/* 10,000 elements in each other: the text is read all the same. 100,000: it ends with a diagnostic.
 */
static void nested(void **state)
{
    const size_t depths[] = {10000, 100000};
    const char *const tags[][2] = {
        {"<div>", "</div>"}, {"<b>", "</b>"}, {"<span><p>", "</p></span>"}};
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < 2; i++) {
            isn_buf page;
            isn_buf_init(&page, (size_t)64 << 20);
            repeat(&page, "<html><body><h1>" WORDS WORDS "</h1>", 1);
            repeat(&page, tags[t][0], depths[i]);
            repeat(&page, WORDS, 30);
            repeat(&page, tags[t][1], depths[i]);
            isn_article article;
            assert_int_equal(read_page(state, &article, &page), ISNAD_OK);
            assert_true(has_code(&article, "page-depth") || has_code(&article, "page-ceiling"));
            if (i == 0)
                assert_int_equal(article.n_blocks, 2);
            isn_buf_release(&page);
        }
}

/* End tags without beginnings under many open elements would cost the square of the page. */
static void wrong_ends(void **state)
{
    isn_buf page;
    isn_buf_init(&page, (size_t)64 << 20);
    repeat(&page, "<html><body><p>" WORDS, 1);
    repeat(&page, "<b>", 100000);
    repeat(&page, "</i>", 2000000);
    isn_article article;
    assert_int_equal(read_page(state, &article, &page), ISNAD_OK);
    assert_true(has_code(&article, "page-ceiling"));
    isn_buf_release(&page);
}

/* A page past the ceiling is read up to it. */
static void huge(void **state)
{
    isn_buf page;
    isn_buf_init(&page, (size_t)256 << 20);
    repeat(&page, "<html><body>", 1);
    repeat(&page, "<p>" WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS "</p>\n", 800000);
    assert_true(page.n > 100000000);
    isn_article article;
    assert_int_equal(read_page(state, &article, &page), ISNAD_OK);
    assert_true(has_code(&article, "page-ceiling"));
    assert_true(article.text.n <= ISN_ARTICLE_TEXT);
    isn_buf_release(&page);
}

static void odd_pages(void **state)
{
    const struct {
        const char *begin, *again;
        size_t times;
        const char *end;
    } pages[] = {
        {"<html><body><p title=\"", "a", 5000000, "\">" WORDS "</p>"}, /* a giant attribute */
        {"<html><body><p ", "a=b ", 1000000, ">" WORDS "</p>"},        /* a million attributes */
        {"<html><body><p>" WORDS "<!-- ", "- ->", 1000000, ""},        /* a comment without end */
        {"<html><head><title>" WORDS, "<b>", 100000, ""},              /* a title without end */
        {"<html><body><p>" WORDS "<script>", "var a;", 300000, ""},    /* a script without end */
        {"<html><body><p>" WORDS "<style>", "p{}", 300000, ""},
        {"<html><body><p>" WORDS, "&#x", 300000, ""}, /* entities without end */
        {"<html><body><p>" WORDS, "&amp;lt;&nbsp;&bogus;", 100000, ""},
        {"<html><body><p>" WORDS "<a href='", "x", 3000000, ""}, /* a quotation mark without end */
        {"<html><body><p>" WORDS, "<", 2000000, ""},
        {"<html><body><p>" WORDS, "<br>x", 500000, ""}, /* half a million lines */
        {"<html><body><p>" WORDS "<script type='application/ld+json'>", "[", 100000, "</script>"},
        {"<html><body><p>" WORDS "<script type='application/ld+json'>", "{\"@graph\":[", 50000,
         "</script>"},
        {"<html><body><p>" WORDS "<svg>", "<g>", 200000, "</svg>"},
        {"<!DOCTYPE html [", "<!ENTITY a \"&a;&a;\">", 100000, "]><html><body><p>" WORDS "&a;"},
        {"<html><body><h1>" WORDS, WORDS, 200000, "</h1><p>" WORDS}, /* a headline of megabytes */
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        isn_buf page;
        isn_buf_init(&page, (size_t)64 << 20);
        repeat(&page, pages[i].begin, 1);
        repeat(&page, pages[i].again, pages[i].times);
        repeat(&page, pages[i].end, 1);
        isn_article article;
        isnad_status status = read_page(state, &article, &page);
        if (status != ISNAD_OK && status != ISNAD_E_EMPTY && status != ISNAD_E_FORMAT)
            fail_msg("page %zu: status %d", i, status);
        isn_buf_release(&page);
    }
}

static void no_text(void **state)
{
    shop *s = *state;
    isn_article article;
    isnad_error err = {0};
    const char *pages[] = {
        "<html></html>",
        "<!DOCTYPE html><html><head><title> </title></head><body><img src=a></body></html>",
        "<html><body><script>var text = 'abc';</script></body></html>"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(read_bytes(s, &article, "a.html", isn_str_cstr(pages[i]), &err),
                         ISNAD_E_EMPTY);
        assert_string_equal(err.file, "a.html");
    }
    const char *feed =
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title></channel></rss>";
    assert_int_equal(read_bytes(s, &article, "feed", isn_str_cstr(feed), &err), ISNAD_E_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_cases), cmocka_unit_test(nested),    cmocka_unit_test(wrong_ends),
        cmocka_unit_test(huge),      cmocka_unit_test(odd_pages), cmocka_unit_test(no_text),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
