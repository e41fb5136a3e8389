/*
 * Whole web pages in the manner of real ones (pages/NN-trap.html, two of each trap; the text is ours): four-word shingles of what was read held
 * against what stands in NN-trap.txt, titles and days exact, and pages that hold no article (pages/kN-kind.html). The pages of
 * the public data beside the project are measured too where they are there.
 */
#include "cases.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/normal.h"

#define PAGES ISNAD_TEST_SOURCE "/test/read/pages"
#define PUBLIC ISNAD_TEST_SHARED "/data/html"
#define SHINGLE 4
#define MOST_SHINGLES 16384u
#define MOST_TEXT ((size_t)1 << 20)

#define LEAST_MEAN 0.98
#define LEAST_PRECISION 0.99
#define LEAST_PAGE 0.95

typedef struct shingles {
    uint64_t items[MOST_SHINGLES];
    size_t n;
} shingles;

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void cut(shingles *out, isn_str text)
{
    uint8_t *key = malloc(MOST_TEXT);
    assert_non_null(key);
    size_t n = isn_normal_key(key, MOST_TEXT, text), words = 0;
    uint64_t last[SHINGLE] = {0};
    assert_true(n <= MOST_TEXT);
    out->n = 0;
    for (size_t i = 0; i < n;) {
        size_t from = i;
        while (i < n && isn_page_letter(key[i]))
            i++;
        if (i == from) {
            i++;
            continue;
        }
        for (size_t k = 0; k + 1 < SHINGLE; k++)
            last[k] = last[k + 1];
        last[SHINGLE - 1] = isn_page_word_hash(key + from, i - from);
        if (++words < SHINGLE)
            continue;
        uint64_t hash = 0;
        for (size_t k = 0; k < SHINGLE; k++)
            hash = isn_page_join(hash, last[k]);
        assert_true(out->n < MOST_SHINGLES);
        out->items[out->n++] = hash;
    }
    free(key);
    qsort(out->items, out->n, sizeof *out->items, by_value);
}

typedef struct score {
    double precision, recall, f;
} score;

static score compare(isn_str got, isn_str want)
{
    static shingles a, b;
    cut(&a, got);
    cut(&b, want);
    size_t same = 0, i = 0, k = 0;
    while (i < a.n && k < b.n) {
        same += a.items[i] == b.items[k];
        uint64_t x = a.items[i], y = b.items[k];
        i += x <= y;
        k += y <= x;
    }
    score s = {a.n ? (double)same / (double)a.n : 0, b.n ? (double)same / (double)b.n : 0, 0};
    s.f = s.precision + s.recall > 0 ? 2 * s.precision * s.recall / (s.precision + s.recall) : 0;
    return s;
}

/* The lines that count: paragraphs and headings inside. */
static isn_str body_of(isn_buf *out, const isn_article *article)
{
    isn_buf_reset(out);
    for (size_t i = 0; i < article->n_blocks; i++) {
        const isn_block *block = &article->blocks[i];
        if (block->kind != ISN_BLOCK_BODY && block->kind != ISN_BLOCK_HEADING)
            continue;
        isn_buf_str(out, isn_str_part(article->text, block->begin, block->end));
        isn_buf_char(out, '\n');
    }
    return isn_str_of(out->p, out->n);
}

typedef struct expected {
    isn_str title, published, kind;
    isn_buf body;
} expected;

static void read_expected(expected *out, isn_str text)
{
    isn_str line, field;
    *out = (expected){0};
    isn_buf_init(&out->body, MOST_TEXT);
    while (isn_str_next(&line, &text, '\n')) {
        if (!line.n || !isn_str_next(&field, &line, '\t'))
            continue;
        if (isn_str_equal(field, ISN_STR("title")))
            out->title = line;
        else if (isn_str_equal(field, ISN_STR("published")))
            out->published = line;
        else if (isn_str_equal(field, ISN_STR("kind")))
            out->kind = line;
        else if (isn_str_equal(field, ISN_STR("body"))) {
            isn_buf_str(&out->body, line);
            isn_buf_char(&out->body, '\n');
        }
    }
}

typedef struct totals {
    size_t pages, wrong;
    double f, precision;
} totals;

static void check_article(totals *t, const char *name, const isn_article *article, const expected *want)
{
    isn_buf body;
    isn_buf_init(&body, MOST_TEXT);
    score s = compare(body_of(&body, article), isn_str_of(want->body.p, want->body.n));
    isn_buf_release(&body);
    t->pages++;
    t->f += s.f;
    t->precision += s.precision;
    bool title = !want->title.n || isn_str_equal(want->title, article->title);
    bool day = !want->published.n || isn_str_starts(article->published, want->published);
    bool kind = article->type == ISN_PAGE_ARTICLE;
    if (s.f >= LEAST_PAGE && title && day && kind)
        return;
    t->wrong++;
    print_message("%s: P %.3f R %.3f F %.3f, title '%.*s', day %.*s, taken for %s (%u)\n", name, s.precision, s.recall, s.f,
                  (int)article->title.n, article->title.p, (int)article->published.n, article->published.p,
                  isn_page_type_text(article->type), article->confidence);
}

/* Every X.html of a folder with X.<ending> beside it. */
static void each(void **state, totals *t, const char *folder, bool articles)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[512], other[512];
        size_t n = strlen(entry->d_name);
        if (n < 6 || strcmp(entry->d_name + n - 5, ".html") != 0 || (entry->d_name[0] == 'k') == articles)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        snprintf(other, sizeof other, "%s/%.*s.txt", folder, (int)n - 5, entry->d_name);
        isn_file page, text;
        assert_int_equal(isn_file_open(&page, path, MOST_TEXT, NULL), ISNAD_OK);
        assert_int_equal(isn_file_open(&text, other, MOST_TEXT, NULL), ISNAD_OK);
        expected want;
        isn_article article;
        isnad_error err = {0};
        read_expected(&want, text.bytes);
        assert_int_equal(read_bytes(*state, &article, entry->d_name, page.bytes, &err), ISNAD_OK);
        if (articles) {
            check_article(t, entry->d_name, &article, &want);
        } else {
            bool good = isn_str_equal(want.kind, isn_str_cstr(isn_page_type_text(article.type)));
            t->pages++;
            t->wrong += !good;
            if (!good)
                print_message("%s: taken for %s (%u)\n", entry->d_name, isn_page_type_text(article.type), article.confidence);
        }
        isn_buf_release(&want.body);
        isn_file_close(&page);
        isn_file_close(&text);
    }
    closedir(dir);
}

static void own_pages(void **state)
{
    totals t = {0};
    each(state, &t, PAGES, true);
    print_message("%zu pages: F %.4f, precision %.4f\n", t.pages, t.f / (double)t.pages, t.precision / (double)t.pages);
    assert_true(t.pages >= 30);
    assert_int_equal(t.wrong, 0);
    assert_true(t.f / (double)t.pages >= LEAST_MEAN);
    assert_true(t.precision / (double)t.pages >= LEAST_PRECISION);
}

static void no_articles(void **state)
{
    totals t = {0};
    each(state, &t, PAGES, false);
    assert_true(t.pages >= 8);
    assert_int_equal(t.wrong, 0);
}

static void public_pages(void **state)
{
    static const struct {
        const char *name, *day;
    } pages[] = {{"akhbarelyom", "2020-10-07"}, {"almadenah", "2020-04-24"}, {"alyaum", "2020-12-01"},
                 {"assabah", ""}, {"cnn-arabic", ""}};
    totals t = {0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char path[512];
        isn_file page, body, title = {0};
        expected want = {.published = isn_str_cstr(pages[i].day)};
        isn_article article;
        isnad_error err = {0};
        snprintf(path, sizeof path, PUBLIC "/%s.html", pages[i].name);
        if (isn_file_open(&page, path, MOST_TEXT, NULL) != ISNAD_OK)
            skip();
        snprintf(path, sizeof path, PUBLIC "/%s.expected.txt", pages[i].name);
        assert_int_equal(isn_file_open(&body, path, MOST_TEXT, NULL), ISNAD_OK);
        snprintf(path, sizeof path, PUBLIC "/%s.title.txt", pages[i].name);
        if (isn_file_open(&title, path, MOST_TEXT, NULL) == ISNAD_OK)
            want.title = isn_str_trim(title.bytes);
        isn_buf_init(&want.body, MOST_TEXT);
        isn_buf_str(&want.body, body.bytes);
        assert_int_equal(read_bytes(*state, &article, pages[i].name, page.bytes, &err), ISNAD_OK);
        check_article(&t, pages[i].name, &article, &want);
        isn_buf_release(&want.body);
        isn_file_close(&page);
        isn_file_close(&body);
        isn_file_close(&title);
    }
    print_message("%zu public pages: F %.4f, precision %.4f\n", t.pages, t.f / (double)t.pages, t.precision / (double)t.pages);
    assert_int_equal(t.wrong, 0);
    assert_true(t.f / (double)t.pages >= LEAST_MEAN);
    assert_true(t.precision / (double)t.pages >= LEAST_PRECISION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(own_pages), cmocka_unit_test(no_articles),
                                       cmocka_unit_test(public_pages)};
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
