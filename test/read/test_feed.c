/* Feeds: what is read out of each form, broken ones, what is known again. test/read/feeds.out is the golden text; ISNAD_UPDATE=1 writes
 * it anew. */
#include "cases.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "read/feed.h"
#include "read/seen.h"
#include "read/source.h"

#define GOLDEN ISNAD_TEST_SOURCE "/test/read/feeds.out"

static void put_line(isn_buf *out, const char *name, isn_str value)
{
    isn_buf_format(out, "%s ", name);
    for (size_t i = 0; i < value.n; i++)
        isn_buf_char(out, value.p[i] == '\n' ? '|' : value.p[i]);
    isn_buf_char(out, '\n');
}

static void put_article(isn_buf *out, const isn_article *a, const isn_item *item)
{
    isn_buf_format(out, "\nbytes %llu+%llu\n", (unsigned long long)a->origin.offset, (unsigned long long)a->origin.length);
    assert_int_equal(a->origin.container, ISN_CONTAINER_FEED);
    assert_int_equal(a->origin.checksum.n, 37);
    const char *slash = strrchr(item->name, '/');
    put_line(out, "uri", isn_str_starts(a->uri, ISN_STR("http")) ? a->uri : isn_str_part(a->uri, (size_t)(slash - item->name) + 1, a->uri.n));
    put_line(out, "id", a->id.n == 32 ? ISN_STR("(hash)") : a->id);
    put_line(out, "feed", a->origin.feed);
    put_line(out, "outlet", a->outlet);
    put_line(out, "published", a->published);
    put_line(out, "author", a->author);
    put_line(out, "title", a->title);
    put_line(out, "text", a->text);
    for (size_t i = 0; i < a->diagnostics.n; i++)
        put_line(out, a->diagnostics.items[i].code, a->diagnostics.items[i].message);
}

static void put_file(isn_buf *out, shop *s, const char *path)
{
    isn_source *source;
    isn_item item;
    faults f = {0};
    isn_buf_format(out, "%s== %s\n", out->n ? "\n" : "", strrchr(path, '/') + 1);
    assert_int_equal(isn_source_new(&source, &path, 1, ISN_ITEM_GUESS, NULL, on_fault, &f, NULL), ISNAD_OK);
    while (isn_source_next(source, &item)) {
        isn_article article;
        isnad_error err = {0};
        isn_arena_reset(&s->arena);
        assert_int_equal(item.kind, ISN_ITEM_FEED);
        assert_int_equal(isn_article_read(&article, &s->arena, &item, &s->options, &err), ISNAD_OK);
        put_article(out, &article, &item);
        isn_item_release(&item);
    }
    isn_source_count count = isn_source_counted(source);
    isn_source_free(source);
    isn_buf_format(out, "\nrepeated %llu, faults %zu\n", (unsigned long long)count.repeated, f.n);
    if (!f.n)
        return;
    const char *message = strstr(f.last.message, "' "), *place = strstr(f.last.message, "':");
    isn_buf_format(out, "%s\n", message ? message + 2 : place ? place + 3 : f.last.message);
}

static void golden(void **state)
{
    static const char *const names[] = {"examples/feeds/news.rss",      "test/read/feeds/atom.xml",    "test/read/feeds/rdf.xml",
                                        "test/read/feeds/feed.json",    "test/read/feeds/sitemap.xml", "test/read/feeds/list.opml",
                                        "test/read/feeds/broken.xml",   "test/read/feeds/cp1256.xml"};
    isn_buf out;
    isn_buf_init(&out, 1 << 20);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", ISNAD_TEST_SOURCE, names[i]);
        put_file(&out, *state, path);
    }
    if (getenv("ISNAD_UPDATE"))
        isn_file_write(GOLDEN, isn_str_of(out.p, out.n), NULL);
    isn_file file;
    assert_int_equal(isn_file_open(&file, GOLDEN, 1 << 20, NULL), ISNAD_OK);
    isn_buf_char(&out, 0);
    char *wanted = strndup(file.bytes.p, file.bytes.n);
    assert_string_equal(out.p, wanted);
    free(wanted);
    isn_file_close(&file);
    isn_buf_release(&out);
}

/* What makes an item known again, and what doesn't. */
static void known_again(void **state)
{
    (void)state;
    isn_seen seen = {0};
    const isn_str url = ISN_STR("https://www.example.org/1"), host = ISN_STR("example.org"), title = ISN_STR("title");
    isn_str text = ISN_STR("a text that is long enough to be nobody else's: a text that is long enough to be nobody else's, and a text "
                           "that is long enough to be nobody else's, and a text that is long enough to be nobody else's, and so on and on.");
    const struct {
        isn_seen_item item;
        bool known;
    } items[] = {
        {{.id = ISN_STR("7"), .url = url, .host = host, .title = title}, false},
        {{.id = ISN_STR("7"), .host = host, .title = ISN_STR("another title")}, true},       /* the guid */
        {{.id = ISN_STR("7"), .host = ISN_STR("example.net"), .title = title}, false},       /* another's guid */
        {{.url = ISN_STR("http://example.org/1/?utm_source=x"), .host = host}, true},        /* the address */
        {{.id = ISN_STR("8"), .url = url, .host = host, .title = title}, true},              /* address and title */
        {{.id = ISN_STR("9"), .url = url, .host = host, .title = ISN_STR("new")}, false},    /* one address for all */
        {{.id = ISN_STR("10"), .url = ISN_STR("https://example.org/2"), .host = host, .title = title, .text = text}, false},
        {{.id = ISN_STR("11"), .url = ISN_STR("https://example.org/3"), .host = host, .title = title, .text = text}, true},
        {{.id = ISN_STR("11"), .url = ISN_STR("https://example.com/3"), .host = ISN_STR("example.com"), .title = title, .text = text}, false},
        {{.host = host, .title = ISN_STR("only a title")}, false},
        {{.host = host, .title = ISN_STR("only a title")}, true},
        {{.id = ISN_STR("tag:a"), .whole_address = true, .host = host}, false},
        {{.id = ISN_STR("tag:a"), .whole_address = true, .host = ISN_STR("example.com")}, true},
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        if (isn_seen_before(&seen, &items[i].item) != items[i].known)
            fail_msg("item %zu", i);
    isn_seen_release(&seen);
}

/* Thousands of items, each once, though the set grows on the way. */
static void many(void **state)
{
    (void)state;
    isn_buf feed;
    isn_buf_init(&feed, (size_t)64 << 20);
    isn_buf_str(&feed, ISN_STR("<rss><channel><title>t</title>"));
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 5000; i++)
            isn_buf_format(&feed, "<item><title>item %u</title><link>https://example.org/%u</link></item>", i, i);
    isn_buf_str(&feed, ISN_STR("</channel></rss>"));
    char path[TEMP_PATH];
    isn_buf_char(&feed, 0);
    temp_file(path, "feed", feed.p);
    const char *input = path;
    isn_source *source;
    isn_item item;
    faults f = {0};
    size_t n = 0;
    assert_int_equal(isn_source_new(&source, &input, 1, ISN_ITEM_GUESS, NULL, on_fault, &f, NULL), ISNAD_OK);
    for (; isn_source_next(source, &item); n++)
        isn_item_release(&item);
    assert_int_equal(n, 5000);
    assert_int_equal(isn_source_counted(source).repeated, 5000);
    assert_int_equal(f.n, 0);
    isn_source_free(source);
    isn_buf_release(&feed);
    unlink(path);
}

/* The ceiling on items of a feed, and on the bytes of one. */
static void ceilings(void **state)
{
    (void)state;
    isn_buf bytes;
    isn_feed *feed;
    isn_feed_entry entry;
    isnad_error err = {0};
    isn_buf_init(&bytes, (size_t)64 << 20);
    isn_buf_str(&bytes, ISN_STR("<rss><channel><item><title>a</title><description>"));
    for (size_t i = 0; i <= ISN_FEED_ITEM / 64; i++)
        isn_buf_str(&bytes, ISN_STR("0123456789012345678901234567890123456789012345678901234567890123"));
    isn_buf_str(&bytes, ISN_STR("</description></item>"));
    for (size_t i = 0; i < ISN_FEED_ITEMS + 2; i++)
        isn_buf_str(&bytes, ISN_STR("<item/>"));
    assert_int_equal(isn_feed_open(&feed, isn_str_of(bytes.p, bytes.n), "x", false, &err), ISNAD_OK);
    assert_int_equal(isn_feed_next(feed, &entry, &err), ISN_FEED_FAULT);
    assert_int_equal(err.status, ISNAD_E_LIMIT);
    for (size_t i = 0; i < ISN_FEED_ITEMS; i++)
        assert_int_equal(isn_feed_next(feed, &entry, &err), ISN_FEED_ENTRY);
    assert_int_equal(isn_feed_next(feed, &entry, &err), ISN_FEED_FAULT);
    assert_int_equal(err.status, ISNAD_E_LIMIT);
    assert_int_equal(isn_feed_next(feed, &entry, &err), ISN_FEED_END);
    isn_feed_free(feed);
    isn_buf_release(&bytes);
}

/* Real feeds, where they lie beside the project: every item once, and one that was polled two minutes earlier adds nothing. */
static void real(void **state)
{
    shop *s = *state;
    const char *inputs[] = {ISNAD_TEST_SHARED "/data/feeds"};
    struct stat info;
    isn_source *source;
    isn_item item;
    faults f = {0};
    size_t n = 0, without_text = 0;
    if (stat(inputs[0], &info) != 0)
        skip();
    assert_int_equal(isn_source_new(&source, inputs, 1, ISN_ITEM_GUESS, NULL, on_fault, &f, NULL), ISNAD_OK);
    for (; isn_source_next(source, &item); n++) {
        isn_article a;
        isn_arena_reset(&s->arena);
        assert_int_equal(isn_article_read(&a, &s->arena, &item, &s->options, NULL), ISNAD_OK);
        assert_true(a.published.n > 0 && a.outlet.n > 0 && a.title.n > 0 && a.uri.n > 0);
        assert_true(isn_str_find(a.text, ISN_STR("<")) == SIZE_MAX && isn_str_find(a.text, ISN_STR("&lt;")) == SIZE_MAX);
        assert_null(strstr(item.name, "hhe.xml"));
        without_text += a.n_blocks < 2;
        isn_item_release(&item);
    }
    assert_int_equal(n, 150);
    assert_int_equal(without_text, 0);
    assert_int_equal(isn_source_counted(source).repeated, 50);
    assert_int_equal(f.n, 0);
    isn_source_free(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden), cmocka_unit_test(known_again), cmocka_unit_test(many),
        cmocka_unit_test(ceilings), cmocka_unit_test(real),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
