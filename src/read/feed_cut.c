/* feed_cut.c - where the items of a feed begin and end. */
#include "base/error.h"
#include "read/feed_parts.h"

static size_t find_from(isn_str s, size_t from, isn_str what)
{
    size_t found = isn_str_find(isn_str_part(s, from, s.n), what);
    return found == SIZE_MAX ? SIZE_MAX : from + found;
}

static isn_str local_name(isn_str name)
{
    const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
    return colon ? isn_str_part(name, (size_t)(colon - name.p) + 1, name.n) : name;
}

static bool is_name_end(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '/' || c == '>' || c == '<';
}

/* Reads the tag whose `<` is at `at`; false where it is none: no name, no end. */
static bool read_tag(isn_feed_tag *tag, isn_str bytes, size_t at)
{
    isn_str s = isn_str_part(bytes, at, at + ISN_FEED_TAG);
    size_t i = 1;
    tag->closes = s.n > 1 && s.p[1] == '/';
    i += tag->closes;
    size_t from = i;
    while (i < s.n && !is_name_end(s.p[i]))
        i++;
    if (i == from)
        return false;
    tag->name = local_name(isn_str_part(s, from, i));
    for (char quote = 0; i < s.n && s.p[i] != '<'; i++) {
        if (quote) {
            quote = s.p[i] == quote ? 0 : quote;
        } else if (s.p[i] == '"' || s.p[i] == '\'') {
            quote = s.p[i - 1] == '=' || s.p[i - 1] == ' ' ? s.p[i] : 0;
        } else if (s.p[i] == '>') {
            tag->begin = at;
            tag->end = at + i + 1;
            tag->empty = !tag->closes && s.p[i - 1] == '/';
            return true;
        }
    }
    return false;
}

/* The end tag of an item with the beginning of the next one or the end of all behind it: where it begins, in [from, to). */
static size_t lost_end(isn_str bytes, size_t from, size_t to, isn_str item_name)
{
    isn_str s = isn_str_part(bytes, 0, to);
    for (;;) {
        isn_feed_tag end, next;
        size_t at = find_from(s, from, ISN_STR("</"));
        if (at == SIZE_MAX)
            return SIZE_MAX;
        from = at + 2;
        if (!read_tag(&end, s, at) || !isn_str_equal(end.name, item_name))
            continue;
        size_t behind = end.end;
        while (behind < s.n && (unsigned char)s.p[behind] <= ' ')
            behind++;
        if (behind < s.n && s.p[behind] == '<' && read_tag(&next, bytes, behind) &&
            (isn_str_equal(next.name, item_name) || next.closes))
            return at;
    }
}

/* The end of a comment, an instruction or a CDATA section whose inside begins at `from`, or where it seems to have lost its end;
 * SIZE_MAX for neither. Looked for in steps, so that what is far away costs only once. */
static size_t skip_end(isn_str bytes, size_t from, isn_str close, isn_str item_name)
{
    for (size_t step = 4096;; step *= 2) {
        size_t to = step < bytes.n - from ? from + step : bytes.n;
        size_t end = find_from(isn_str_part(bytes, 0, to), from, close);
        size_t lost = lost_end(bytes, from, end == SIZE_MAX ? to : end, item_name);
        if (lost != SIZE_MAX)
            return lost;
        if (end != SIZE_MAX || to == bytes.n)
            return end == SIZE_MAX ? end : end + close.n;
    }
}

bool isn_feed_tag_next(isn_feed_tag *tag, isn_str bytes, size_t at, isn_str item_name, bool *cut)
{
    static const struct {
        isn_str open, close;
    } skips[] = {{ISN_STR("<!--"), ISN_STR("-->")}, {ISN_STR("<![CDATA["), ISN_STR("]]>")}, {ISN_STR("<?"), ISN_STR("?>")}};
    *cut = false;
    while (at < bytes.n) {
        const char *p = memchr(bytes.p + at, '<', bytes.n - at);
        if (!p)
            return false;
        at = (size_t)(p - bytes.p);
        isn_str here = isn_str_part(bytes, at, bytes.n);
        size_t i = 0;
        while (i < 3 && !isn_str_starts(here, skips[i].open))
            i++;
        if (i == 3) {
            if (read_tag(tag, bytes, at))
                return true;
            at++;
            continue;
        }
        at = skip_end(bytes, at + skips[i].open.n, skips[i].close, item_name);
        if (at == SIZE_MAX) {
            *cut = true;
            return false;
        }
    }
    return false;
}

static bool ends_all(const isn_feed_tag *tag)
{
    static const char *const names[] = {"channel", "rss", "RDF", "feed", "urlset", "sitemapindex", "opml"};
    for (size_t i = 0; tag->closes && i < sizeof names / sizeof *names; i++)
        if (isn_str_equal(tag->name, isn_str_cstr(names[i])))
            return true;
    return false;
}

static isn_feed_step cut_short(isn_feed *feed, size_t begin, isnad_error *err)
{
    feed->at = feed->bytes.n;
    if (feed->cut_told)
        return ISN_FEED_END;
    feed->cut_told = true;
    isn_fail(err, ISNAD_E_FORMAT, feed->name, 0,
             "'%s' was cut: it ends within the item at byte %zu; the %llu whole items before it are read", feed->name, begin,
             (unsigned long long)feed->items);
    return ISN_FEED_FAULT;
}

/* No further item: the end, unless what ends a feed is missing. */
static isn_feed_step end_of_all(isn_feed *feed, isnad_error *err)
{
    bool cut = !feed->closed && !feed->cut_told && feed->items;
    feed->at = feed->bytes.n;
    feed->cut_told = true;
    if (!cut)
        return ISN_FEED_END;
    isn_fail(err, ISNAD_E_FORMAT, feed->name, 0, "'%s' was cut: the end of the feed is missing; %llu items are read", feed->name,
             (unsigned long long)feed->items);
    return ISN_FEED_FAULT;
}

static isn_feed_step too_large(isn_feed *feed, size_t begin, size_t end, isnad_error *err)
{
    feed->at = end;
    isn_fail(err, ISNAD_E_LIMIT, feed->name, 0, "'%s': the item at byte %zu has %zu bytes; those of more than %zu are passed over",
             feed->name, begin, end - begin, ISN_FEED_ITEM);
    return ISN_FEED_FAULT;
}

isn_feed_step isn_feed_cut(isn_feed *feed, size_t *begin, size_t *end, bool *unclosed, isnad_error *err)
{
    isn_feed_tag tag;
    bool cut, found = false;
    *unclosed = false;
    while (!found) {
        if (!isn_feed_tag_next(&tag, feed->bytes, feed->at, feed->item_name, &cut))
            return end_of_all(feed, err);
        feed->closed = feed->closed || ends_all(&tag);
        feed->at = tag.end;
        found = !tag.closes && isn_str_equal(tag.name, feed->item_name);
    }
    *begin = tag.begin;
    *end = tag.end;
    bool closed = tag.empty || feed->form == ISN_FEED_OPML; /* outlines stand in outlines: each is its tag alone */
    for (size_t at = tag.end; !closed;) {
        if (!isn_feed_tag_next(&tag, feed->bytes, at, feed->item_name, &cut))
            return cut_short(feed, *begin, err);
        bool mine = isn_str_equal(tag.name, feed->item_name);
        *unclosed = (mine && !tag.closes && !tag.empty) || ends_all(&tag);
        closed = *unclosed || (mine && tag.closes);
        feed->closed = feed->closed || ends_all(&tag);
        *end = *unclosed ? tag.begin : tag.end;
        at = tag.end;
    }
    if (*end - *begin > ISN_FEED_ITEM)
        return too_large(feed, *begin, *end, err);
    feed->at = *end;
    return ISN_FEED_ENTRY;
}

/* --- JSON ---------------------------------------------------------------------------------------- */

/* Past the string that begins at s.p[at]. */
static size_t string_end(isn_str s, size_t at)
{
    for (at++; at < s.n && s.p[at] != '"'; at++)
        at += s.p[at] == '\\';
    return at < s.n ? at + 1 : s.n;
}

/* Is the string at [at, end) the key "items" of the outermost object, with a list behind it? */
static bool begins_items(isn_str s, size_t at, size_t end, size_t *list)
{
    if (!isn_str_equal(isn_str_part(s, at, end), ISN_STR("\"items\"")))
        return false;
    while (end < s.n && strchr(" \t\r\n:", s.p[end]) && s.p[end])
        end++;
    *list = end + 1;
    return end < s.n && s.p[end] == '[';
}

/* Moves to the inside of the list of items; false where there is none. */
static bool find_items(isn_feed *feed)
{
    isn_str s = feed->bytes;
    size_t depth = 0;
    for (size_t at = 0; at < s.n;) {
        char c = s.p[at];
        if (c == '"') {
            size_t end = string_end(s, at);
            if (depth == 1 && begins_items(s, at, end, &feed->at))
                return true;
            at = end;
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= (c == '}' || c == ']') && depth;
        at++;
    }
    return false;
}

isn_feed_step isn_feed_cut_json(isn_feed *feed, size_t *begin, size_t *end, isnad_error *err)
{
    isn_str s = feed->bytes;
    if (feed->at == 0 && !find_items(feed)) {
        feed->at = s.n;
        return ISN_FEED_END;
    }
    size_t at = feed->at, depth = 0;
    while (at < s.n && s.p[at] != '{' && s.p[at] != ']')
        at = s.p[at] == '"' ? string_end(s, at) : at + 1;
    *begin = at;
    if (at == s.n || s.p[at] == ']') {
        bool cut = at == s.n && feed->at < s.n;
        return cut ? cut_short(feed, at, err) : (feed->at = s.n, ISN_FEED_END);
    }
    for (; at < s.n; at++) {
        if (s.p[at] == '"') {
            at = string_end(s, at) - 1;
            continue;
        }
        depth += s.p[at] == '{' || s.p[at] == '[';
        if ((s.p[at] == '}' || s.p[at] == ']') && --depth == 0)
            break;
    }
    if (at == s.n)
        return cut_short(feed, *begin, err);
    *end = at + 1;
    if (*end - *begin > ISN_FEED_ITEM)
        return too_large(feed, *begin, *end, err);
    feed->at = *end;
    return ISN_FEED_ENTRY;
}
