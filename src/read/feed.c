#include "read/feed.h"

#include <stdlib.h>

#include "base/error.h"
#include "read/feed_parts.h"

static void init_values(isn_feed_values *values)
{
    *values = (isn_feed_values){0};
    isn_buf_init(&values->text, 4 * ISN_FEED_ITEM);
}

static const struct {
    const char *root;
    isn_feed_form form;
    const char *item;
} forms[] = {{"rss", ISN_FEED_RSS, "item"},     {"RDF", ISN_FEED_RSS, "item"},       {"feed", ISN_FEED_ATOM, "entry"},
             {"urlset", ISN_FEED_SITEMAP, "url"}, {"sitemapindex", ISN_FEED_SITEMAPS, "sitemap"}, {"opml", ISN_FEED_OPML, "outline"}};

/* Finds the root and what its items are called. */
static bool find_root(isn_feed *feed)
{
    isn_feed_tag tag;
    bool cut;
    for (size_t at = 0; isn_feed_tag_next(&tag, feed->bytes, at, ISN_STR("item"), &cut); at = tag.end) {
        if (feed->bytes.p[tag.begin + 1] == '!')
            continue; /* a document type and what it declares */
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            if (tag.closes || !isn_str_equal(tag.name, isn_str_cstr(forms[i].root)))
                continue;
            feed->root = isn_str_part(feed->bytes, tag.begin, tag.end);
            feed->form = forms[i].form;
            feed->item_name = isn_str_cstr(forms[i].item);
            feed->at = tag.end;
            return !tag.empty || tag.end > 0;
        }
    }
    return false;
}

/* Where what is said of the feed ends: at its first item. */
static size_t head_end(const isn_feed *feed)
{
    isn_feed_tag tag;
    bool cut;
    for (size_t at = feed->at; isn_feed_tag_next(&tag, feed->bytes, at, feed->item_name, &cut); at = tag.end)
        if (isn_str_equal(tag.name, feed->item_name))
            return tag.begin;
    return feed->bytes.n;
}

static bool read_head(isn_feed *feed)
{
    size_t begin = (size_t)(feed->root.p - feed->bytes.p), end = head_end(feed);
    if (end - begin > ISN_FEED_ITEM)
        end = begin + ISN_FEED_ITEM;
    while (end < feed->bytes.n && ((unsigned char)feed->bytes.p[end] & 0xC0) == 0x80)
        end--;
    return isn_feed_parse(feed, &feed->head, isn_str_part(feed->bytes, begin, end), feed->form == ISN_FEED_RSS ? 2 : 1);
}

/* A JSON Feed says what it is before its items, as a rule. */
static bool read_json_head(isn_feed *feed)
{
    isn_buf text;
    isn_buf_init(&text, ISN_FEED_ITEM);
    size_t begin, end;
    isnad_error err = {0};
    isn_feed_step step = isn_feed_cut_json(feed, &begin, &end, &err);
    size_t to = step == ISN_FEED_ENTRY ? begin : feed->bytes.n;
    feed->at = 0;
    feed->cut_told = false;
    isn_buf_append(&text, feed->bytes.p, to < ISN_FEED_ITEM / 2 ? to : ISN_FEED_ITEM / 2);
    if (step == ISN_FEED_ENTRY)
        isn_buf_append(&text, "]}", 2);
    isnad_status status = isn_feed_parse_json(&feed->head, isn_str_of(text.p, text.n), &err);
    isn_buf_release(&text);
    return status != ISNAD_E_MEMORY;
}

isnad_status isn_feed_open(isn_feed **out, isn_str bytes, const char *name, bool json, isnad_error *err)
{
    *out = NULL;
    if (bytes.n > ISN_FEED_BYTES)
        return isn_fail(err, ISNAD_E_LIMIT, name, 0, "the feed '%s' has %zu bytes; at most %zu are read", name, bytes.n, ISN_FEED_BYTES);
    isn_feed *feed = calloc(1, sizeof *feed);
    if (!feed)
        return isn_fail(err, ISNAD_E_MEMORY, name, 0, "no memory for the feed '%s'", name);
    *feed = (isn_feed){.bytes = bytes, .name = name, .form = ISN_FEED_JSON};
    isn_buf_init(&feed->document, 8 * ISN_FEED_ITEM);
    init_values(&feed->values);
    init_values(&feed->head);
    bool good = true;
    if (!json && !find_root(feed)) {
        isn_feed_free(feed);
        return isn_fail(err, ISNAD_E_FORMAT, name, 0, "'%s' is no feed that is read (RSS, RDF, Atom, JSON Feed, OPML, sitemaps)", name);
    }
    good = json ? read_json_head(feed) : read_head(feed);
    if (!good) {
        isn_feed_free(feed);
        return isn_fail(err, ISNAD_E_MEMORY, name, 0, "no memory for the feed '%s'", name);
    }
    *out = feed;
    return ISNAD_OK;
}

void isn_feed_free(isn_feed *feed)
{
    if (!feed)
        return;
    isn_buf_release(&feed->document);
    isn_buf_release(&feed->values.text);
    isn_buf_release(&feed->head.text);
    free(feed);
}

isn_str isn_feed_title(const isn_feed *feed)
{
    return isn_str_trim(isn_feed_value(&feed->head, ISN_FIELD_TITLE));
}

isn_str isn_feed_address(const isn_feed *feed)
{
    return isn_str_trim(isn_feed_value(&feed->head, ISN_FIELD_URL));
}

bool isn_feed_is_list(const isn_feed *feed)
{
    return feed->form == ISN_FEED_OPML || feed->form == ISN_FEED_SITEMAP || feed->form == ISN_FEED_SITEMAPS;
}

static bool is_address(isn_str s)
{
    return isn_str_starts(s, ISN_STR("http://")) || isn_str_starts(s, ISN_STR("https://"));
}

static void fill(isn_feed_entry *entry, const isn_feed_values *v)
{
    isn_str content = isn_str_trim(isn_feed_value(v, ISN_FIELD_CONTENT)), summary = isn_str_trim(isn_feed_value(v, ISN_FIELD_SUMMARY));
    isn_fields *f = &entry->fields;
    f->id = isn_str_trim(isn_feed_value(v, ISN_FIELD_ID));
    f->url = isn_str_trim(isn_feed_value(v, ISN_FIELD_URL));
    f->title = isn_str_trim(isn_feed_value(v, ISN_FIELD_TITLE));
    f->author = isn_str_trim(isn_feed_value(v, ISN_FIELD_AUTHOR));
    f->outlet = isn_str_trim(isn_feed_value(v, ISN_FIELD_OUTLET));
    f->published = isn_str_trim(isn_feed_value(v, ISN_FIELD_PUBLISHED));
    if (!f->published.n)
        f->published = isn_str_trim(isn_feed_value(v, ISN_FIELD_UPDATED));
    f->text = content.n >= summary.n ? content : summary;
    entry->whole_address = is_address(f->id) || isn_str_starts(f->id, ISN_STR("tag:")) || isn_str_starts(f->id, ISN_STR("urn:"));
    if (!f->url.n && is_address(f->id))
        f->url = f->id;
    if (v->cut)
        entry->note = "a field of the feed's item is longer than is read, and was cut";
    else if (v->damaged)
        entry->note = "the feed's item is not well formed; what could be read of it was read";
}

static isn_feed_step too_many(isn_feed *feed, isnad_error *err)
{
    size_t at = feed->at;
    feed->at = feed->bytes.n;
    feed->cut_told = true;
    isn_fail(err, ISNAD_E_LIMIT, feed->name, 0, "'%s' has more than %u items; those from byte %zu on are not read", feed->name,
             ISN_FEED_ITEMS, at);
    return ISN_FEED_FAULT;
}

/* Root and item as one document; libxml2 does without the end of the root. */
static bool parse_item(isn_feed *feed, size_t begin, size_t end)
{
    isn_buf both;
    isn_buf_init(&both, ISN_FEED_ITEM + ISN_FEED_TAG + 16);
    isn_buf_str(&both, feed->root);
    if (both.n > 1 && both.p[both.n - 2] == '/')
        both.p[both.n - 2] = ' ';
    isn_buf_str(&both, isn_str_part(feed->bytes, begin, end));
    bool good = !both.failed && isn_feed_parse(feed, &feed->values, isn_str_of(both.p, both.n), 2);
    isn_buf_release(&both);
    return good;
}

isn_feed_step isn_feed_next(isn_feed *feed, isn_feed_entry *entry, isnad_error *err)
{
    size_t begin = 0, end = 0;
    bool unclosed = false, json = feed->form == ISN_FEED_JSON;
    *entry = (isn_feed_entry){0};
    isn_feed_step step = json ? isn_feed_cut_json(feed, &begin, &end, err) : isn_feed_cut(feed, &begin, &end, &unclosed, err);
    if (step != ISN_FEED_ENTRY)
        return step;
    if (feed->items == ISN_FEED_ITEMS)
        return too_many(feed, err);
    feed->items++;
    entry->begin = begin;
    entry->end = end;
    isn_str bytes = isn_str_part(feed->bytes, begin, end);
    isnad_error why = {0};
    isnad_status status = ISNAD_OK;
    if (json)
        status = isn_feed_parse_json(&feed->values, bytes, &why);
    else if (!parse_item(feed, begin, end))
        status = isn_fail(&why, ISNAD_E_MEMORY, NULL, 0, "no memory for it");
    if (status != ISNAD_OK) {
        isn_fail(err, status, feed->name, 0, "'%s': the item at byte %zu can't be read: %s; it is passed over", feed->name, begin,
                 why.message);
        return ISN_FEED_FAULT;
    }
    fill(entry, &feed->values);
    if (unclosed && !entry->note)
        entry->note = "the feed's item has no end of its own; it was read up to the next one";
    return ISN_FEED_ENTRY;
}
