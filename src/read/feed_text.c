/*
 * feed_text.c - the text of a feed's item, for workers.
 *
 * The HTML of an item is the article and nothing else, so nothing is chosen here as html.c chooses in a page: tags that begin a line are
 * line ends, the others go, and so does what embeds posts of other sites, scripts and forms with what is in them.
 */
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <strings.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/feed.h"

/* Is there a tag in it: `<` and a letter, slash or exclamation mark? */
static bool has_tags(isn_str s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        char c = s.p[i + 1];
        if (s.p[i] == '<' && (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '/' || c == '!'))
            return true;
    }
    return false;
}

static bool has_references(isn_str s)
{
    const char *p = s.n ? memchr(s.p, '&', s.n) : NULL;
    return p && memchr(p, ';', s.n - (size_t)(p - s.p));
}

/* The character that a reference of HTML stands for; 0: none. */
static uint32_t reference(isn_str s, size_t at, size_t *length)
{
    char name[16];
    size_t i = at + 1, n = 0;
    while (i < s.n && n + 1 < sizeof name && s.p[i] != ';' && s.p[i] != '&' && (unsigned char)s.p[i] > ' ')
        name[n++] = s.p[i++];
    name[n] = 0;
    if (i == s.n || s.p[i] != ';' || n == 0)
        return 0;
    *length = i + 1 - at;
    if (name[0] == '#') {
        bool hex = (name[1] | 0x20) == 'x';
        char *end;
        unsigned long c = strtoul(name + 1 + hex, &end, hex ? 16 : 10);
        bool good = *end == 0 && end > name + 1 + hex && c >= ' ' && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        return good ? (uint32_t)c : 0;
    }
    if (strcmp(name, "apos") == 0)
        return '\'';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : 0;
}

/* References read once. The result is never longer. {NULL, 0} without memory. */
static isn_str unescaped(isn_arena *arena, isn_str s)
{
    char *p = isn_arena_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; p && i < s.n;) {
        size_t length = 1;
        uint32_t c = s.p[i] == '&' ? reference(s, i, &length) : 0;
        char code[4];
        size_t m = c ? isn_utf8_encode(code, c) : 0;
        if (m == 0 || m > length) {
            p[n++] = s.p[i++];
            continue;
        }
        memcpy(p + n, code, m);
        n += m;
        i += length;
    }
    return isn_str_of(p, p ? n : 0);
}

/* One line without tags. */
static isn_str plain_line(isn_arena *arena, isn_str s)
{
    if (has_references(s))
        s = unescaped(arena, s);
    bool tags = has_tags(s), blank = false;
    char *p = isn_arena_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; p && i < s.n; i++) {
        const char *end = tags && s.p[i] == '<' ? memchr(s.p + i, '>', s.n - i) : NULL;
        if (end) {
            i = (size_t)(end - s.p);
            continue;
        }
        bool space = (unsigned char)s.p[i] <= ' ';
        if (!space && blank && n)
            p[n++] = ' ';
        blank = space;
        if (!space)
            p[n++] = s.p[i];
    }
    isn_str line = isn_str_of(p, p ? n : 0);
    return has_references(line) ? unescaped(arena, line) : line; /* escaped twice over, as in CDATA */
}

/* --- HTML ------------------------------------------------------------------------------------------- */

typedef enum tag_kind { TAG_INLINE, TAG_BLOCK, TAG_SKIP, TAG_CELL } tag_kind;

static tag_kind kind_of(isn_str name)
{
    static const struct {
        const char *name;
        tag_kind kind;
    } kinds[] = {{"p", TAG_BLOCK},       {"br", TAG_BLOCK},      {"div", TAG_BLOCK},     {"li", TAG_BLOCK},      {"ul", TAG_BLOCK},
                 {"ol", TAG_BLOCK},      {"h1", TAG_BLOCK},      {"h2", TAG_BLOCK},      {"h3", TAG_BLOCK},      {"h4", TAG_BLOCK},
                 {"h5", TAG_BLOCK},      {"h6", TAG_BLOCK},      {"tr", TAG_BLOCK},      {"table", TAG_BLOCK},   {"blockquote", TAG_BLOCK},
                 {"section", TAG_BLOCK}, {"article", TAG_BLOCK}, {"figure", TAG_BLOCK},  {"figcaption", TAG_BLOCK}, {"hr", TAG_BLOCK},
                 {"pre", TAG_BLOCK},     {"dl", TAG_BLOCK},      {"dt", TAG_BLOCK},      {"dd", TAG_BLOCK},      {"header", TAG_BLOCK},
                 {"footer", TAG_BLOCK},  {"aside", TAG_BLOCK},   {"td", TAG_CELL},       {"th", TAG_CELL},       {"script", TAG_SKIP},
                 {"style", TAG_SKIP},    {"iframe", TAG_SKIP},   {"noscript", TAG_SKIP}, {"svg", TAG_SKIP},      {"video", TAG_SKIP},
                 {"audio", TAG_SKIP},    {"form", TAG_SKIP},     {"select", TAG_SKIP},   {"template", TAG_SKIP}, {"object", TAG_SKIP}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (name.n == strlen(kinds[i].name) && strncasecmp(name.p, kinds[i].name, name.n) == 0)
            return kinds[i].kind;
    return TAG_INLINE;
}

/* A post of another site: its words are not the outlet's. */
static bool is_embedded(isn_str tag)
{
    static const char *const classes[] = {"twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (isn_str_find(tag, isn_str_cstr(classes[i])) != SIZE_MAX)
            return true;
    return false;
}

/* The text that is being put together. */
typedef struct writer {
    char *p;
    size_t n;
    bool blank; /* a blank is due before the next letter */
} writer;

static void put_text(writer *w, isn_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] <= ' ') {
            w->blank = true;
            continue;
        }
        if (w->blank && w->n && w->p[w->n - 1] != '\n')
            w->p[w->n++] = ' ';
        w->blank = false;
        w->p[w->n++] = s.p[i];
    }
}

static void end_line(writer *w)
{
    if (w->n && w->p[w->n - 1] != '\n')
        w->p[w->n++] = '\n';
    w->blank = false;
}

/* Where the element that begins with the tag at `at` ends: behind its end tag, elements of the same name in it counted. Without one it
 * is its tag alone: nothing behind it is lost. */
static size_t element_end(isn_str s, size_t tag_end, isn_str name)
{
    size_t depth = 1;
    for (size_t i = tag_end; i < s.n; i++) {
        const char *p = memchr(s.p + i, '<', s.n - i);
        if (!p)
            break;
        i = (size_t)(p - s.p);
        bool closes = i + 1 < s.n && s.p[i + 1] == '/';
        size_t from = i + 1 + closes, to = from + name.n;
        if (to >= s.n || strncasecmp(s.p + from, name.p, name.n) != 0 || !strchr(" \t\r\n/>", s.p[to]))
            continue;
        depth += closes ? (size_t)-1 : 1;
        const char *end = depth ? NULL : memchr(s.p + to, '>', s.n - to);
        if (depth == 0)
            return end ? (size_t)(end - s.p) + 1 : tag_end;
    }
    return tag_end;
}

/* What a tag does to the text; where reading goes on. */
static size_t take_tag(writer *w, isn_str s, size_t at, size_t end, size_t *hopeless)
{
    size_t from = at + 1 + (s.p[at + 1] == '/'), to = from;
    while (to < end && !strchr(" \t\r\n/>", s.p[to]))
        to++;
    isn_str name = isn_str_part(s, from, to), tag = isn_str_part(s, at, end);
    tag_kind kind = kind_of(name);
    bool opens = s.p[at + 1] != '/' && s.p[end - 2] != '/';
    if (opens && (kind == TAG_SKIP || (kind == TAG_BLOCK && is_embedded(tag))) && *hopeless < 64) {
        size_t behind = element_end(s, end, name);
        *hopeless += behind == end; /* looking for ends that aren't there must not take for ever */
        end_line(w);
        return behind;
    }
    if (kind == TAG_BLOCK || kind == TAG_SKIP)
        end_line(w);
    else if (kind == TAG_CELL)
        w->blank = true;
    return end;
}

/* HTML as lines of text. The result is never longer but for one line end. */
static isn_str flat(isn_arena *arena, isn_str s)
{
    writer w = {.p = isn_arena_alloc(arena, s.n + 2)};
    size_t hopeless = 0;
    for (size_t i = 0; w.p && i < s.n;) {
        const char *p = memchr(s.p + i, '<', s.n - i);
        size_t at = p ? (size_t)(p - s.p) : s.n;
        put_text(&w, isn_str_part(s, i, at));
        if (at == s.n)
            break;
        if (isn_str_starts(isn_str_part(s, at, s.n), ISN_STR("<!--"))) {
            size_t close = isn_str_find(isn_str_part(s, at, s.n), ISN_STR("-->"));
            i = close == SIZE_MAX ? s.n : at + close + 3;
            continue;
        }
        char c = at + 1 < s.n ? s.p[at + 1] : 0;
        const char *end = memchr(s.p + at, '>', s.n - at);
        if (!end || !(((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '/' || c == '!' || c == '?')) {
            put_text(&w, isn_str_part(s, at, at + 1)); /* no tag */
            i = at + 1;
            continue;
        }
        i = take_tag(&w, s, at, (size_t)(end - s.p) + 1, &hopeless);
    }
    return isn_str_of(w.p, w.p ? w.n : 0);
}

isnad_status isn_feed_plain(isn_fields *out, isn_arena *arena, const isn_fields *fields, isnad_error *err)
{
    *out = *fields;
    out->title = plain_line(arena, fields->title);
    out->author = plain_line(arena, fields->author);
    out->outlet = plain_line(arena, fields->outlet);
    isn_str text = fields->text;
    for (int i = 0; i < 2 && !has_tags(text) && has_references(text); i++)
        text = unescaped(arena, text); /* HTML that was escaped once more than it should be */
    if (has_tags(text))
        text = flat(arena, text);
    if (has_references(text))
        text = unescaped(arena, text);
    out->text = text;
    return arena->full ? isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the article outgrows its memory") : ISNAD_OK;
}
