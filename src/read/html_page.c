#include "read/html_page.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "read/html.h"
#include "read/tame.h"

#define PARSER_WORK ((size_t)1 << 30) /* looks at open elements, about a nanosecond each */
#define PARSER_DEPTH ((size_t)50000)
#define META_MOST 4096u /* bytes of one value of the head */

typedef struct parser {
    isn_html_page *page;
    htmlParserCtxtPtr context;
    uint32_t stack[ISN_HTML_DEPTH + 1]; /* open elements */
    size_t depth;
    size_t too_deep;     /* open elements that found no room on the stack */
    size_t parser_depth; /* most elements that the parser may hold open */
    size_t skips;        /* how many of them are not read */
    size_t links, strongs;
    isn_node_line line; /* that is being filled */
    bool blank;         /* white space stands before what comes next */
    isn_buf special;    /* content of the title element or of JSON-LD */
    uint32_t special_flag;
    bool failed, full;
} parser;

/* --- elements and attributes
 * ------------------------------------------------------------------------ */

typedef struct element_kind {
    const char *name;
    uint32_t flags;
} element_kind;

static const element_kind elements[] = {
    /* sorted by name */
    {"a", ISN_NODE_LINK},
    {"address", ISN_NODE_BLOCK},
    {"article", ISN_NODE_BLOCK | ISN_NODE_ROOT},
    {"aside", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"audio", ISN_NODE_BLOCK | ISN_NODE_SKIP},
    {"b", ISN_NODE_STRONG},
    {"blockquote", ISN_NODE_BLOCK | ISN_NODE_QUOTE},
    {"body", ISN_NODE_BLOCK | ISN_NODE_ROOT},
    {"br", ISN_NODE_BLOCK},
    {"button", ISN_NODE_BLOCK | ISN_NODE_SKIP},
    {"canvas", ISN_NODE_SKIP},
    {"center", ISN_NODE_BLOCK},
    {"dd", ISN_NODE_BLOCK},
    {"dialog", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"div", ISN_NODE_BLOCK},
    {"dl", ISN_NODE_BLOCK},
    {"dt", ISN_NODE_BLOCK},
    {"embed", ISN_NODE_SKIP},
    {"fieldset", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"figcaption", ISN_NODE_BLOCK | ISN_NODE_CAPTION},
    {"figure", ISN_NODE_BLOCK},
    {"footer", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"form", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"h1", ISN_NODE_BLOCK | ISN_NODE_HEADING | ISN_NODE_H1},
    {"h2", ISN_NODE_BLOCK | ISN_NODE_HEADING},
    {"h3", ISN_NODE_BLOCK | ISN_NODE_HEADING},
    {"h4", ISN_NODE_BLOCK | ISN_NODE_HEADING},
    {"h5", ISN_NODE_BLOCK | ISN_NODE_HEADING},
    {"h6", ISN_NODE_BLOCK | ISN_NODE_HEADING},
    {"head", ISN_NODE_SKIP},
    {"header", ISN_NODE_BLOCK},
    {"hr", ISN_NODE_BLOCK},
    {"html", ISN_NODE_BLOCK | ISN_NODE_ROOT},
    {"iframe", ISN_NODE_BLOCK | ISN_NODE_SKIP},
    {"input", ISN_NODE_SKIP},
    {"label", 0},
    {"li", ISN_NODE_BLOCK | ISN_NODE_ITEM},
    {"main", ISN_NODE_BLOCK | ISN_NODE_ROOT},
    {"map", ISN_NODE_SKIP},
    {"menu", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"nav", ISN_NODE_BLOCK | ISN_NODE_ASIDE},
    {"noscript", ISN_NODE_SKIP},
    {"object", ISN_NODE_SKIP},
    {"ol", ISN_NODE_BLOCK},
    {"option", ISN_NODE_BLOCK | ISN_NODE_SKIP},
    {"p", ISN_NODE_BLOCK | ISN_NODE_PARAGRAPH},
    {"pre", ISN_NODE_BLOCK},
    {"script", ISN_NODE_SKIP},
    {"section", ISN_NODE_BLOCK},
    {"select", ISN_NODE_BLOCK | ISN_NODE_SKIP},
    {"strong", ISN_NODE_STRONG},
    {"style", ISN_NODE_SKIP},
    {"svg", ISN_NODE_SKIP},
    {"table", ISN_NODE_BLOCK},
    {"tbody", ISN_NODE_BLOCK},
    {"td", ISN_NODE_BLOCK},
    {"template", ISN_NODE_SKIP},
    {"textarea", ISN_NODE_SKIP},
    {"th", ISN_NODE_BLOCK},
    {"thead", ISN_NODE_BLOCK},
    {"time", ISN_NODE_DATE},
    {"title", ISN_NODE_TITLE},
    {"tr", ISN_NODE_BLOCK},
    {"ul", ISN_NODE_BLOCK},
    {"video", ISN_NODE_BLOCK | ISN_NODE_SKIP},
};

static int by_name(const void *key, const void *item)
{
    return strcmp(key, ((const element_kind *)item)->name);
}

static uint32_t element_flags(const char *name)
{
    const element_kind *found =
        bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
    return found ? found->flags : 0;
}

/* Words of classes and ids that editors' systems use, whole words; several systems' habits, no
 * site's own. */
static const char *const unlikely_words[] = {
    "comment",         "comments",     "sidebar",    "related",   "share",
    "sharing",         "social",       "footer",     "menu",      "nav",
    "navbar",          "navigation",   "widget",     "widgets",   "promo",
    "banner",          "banners",      "ad",         "ads",       "advert",
    "advertisement",   "advertising",  "sponsored",  "tags",      "tag",
    "breadcrumb",      "breadcrumbs",  "most",       "popular",   "recommended",
    "recommendations", "newsletter",   "cookie",     "cookies",   "popup",
    "modal",           "login",        "register",   "search",    "copyright",
    "latest",          "ticker",       "weather",    "poll",      "vote",
    "subscribe",       "subscription", "pagination", "pager",     "rating",
    "toolbar",         "topnews",      "mostread",   "readmore",  "morenews",
    "trending",        "outbrain",     "taboola",    "disqus",    "carousel",
    "slider",          "gallery",      "hidden",     "offcanvas", "dropdown",
    "submenu",         "marquee",      "keywords",   "skip",      "print",
};
static const char *const likely_words[] = {
    "article",  "articlebody", "body",      "content",   "entry",
    "story",    "post",        "text",      "detail",    "details",
    "newsbody", "maincontent", "storybody", "paragraph", "description",
};
static const char *const date_words[] = {"date",     "time",    "created",   "published",
                                         "datetime", "pubdate", "timestamp", "posted"};
static const char *const author_words[] = {"author", "byline", "writer", "authors", "reporter"};
static const char *const caption_words[] = {"caption",    "captions", "wp-caption",
                                            "imgcaption", "credit",   "credits"};

static bool is_in(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

#define IS_IN(word, words) is_in((word), (words), sizeof(words) / sizeof *(words))

/* What the words of a class or an id say; words are cut at other characters and at capitals
 * (articleBody). */
static uint32_t class_flags(const char *value)
{
    uint32_t flags = 0;
    char word[24];
    size_t n = 0;
    for (const char *p = value; p - value < 400; p++) {
        unsigned char c = (unsigned char)*p;
        bool letter = isalpha(c) != 0;
        bool hump = letter && isupper(c) && p > value && islower((unsigned char)p[-1]);
        if ((!letter || hump) && n) {
            word[n] = 0;
            flags |= IS_IN(word, unlikely_words) ? ISN_NODE_UNLIKELY : 0;
            flags |= IS_IN(word, likely_words) ? ISN_NODE_LIKELY : 0;
            flags |= IS_IN(word, date_words) ? ISN_NODE_DATE : 0;
            flags |= IS_IN(word, author_words) ? ISN_NODE_AUTHOR : 0;
            flags |= IS_IN(word, caption_words) ? ISN_NODE_CAPTION : 0;
            n = 0;
        }
        if (!c)
            break;
        if (letter && n + 1 < sizeof word)
            word[n++] = (char)tolower(c);
    }
    return flags;
}

static bool is_hidden_style(const char *style)
{
    const char *p = strcasestr(style, "display");
    if (!p)
        return false;
    p += strcspn(p, ":");
    return *p && strncasecmp(p + 1 + strspn(p + 1, " "), "none", 4) == 0;
}

static uint32_t attribute_flags(const char **attributes)
{
    uint32_t flags = 0;
    for (const char **a = attributes; a && a[0]; a += 2) {
        const char *value = a[1] ? a[1] : "";
        if (strcmp(a[0], "class") == 0 || strcmp(a[0], "id") == 0)
            flags |= class_flags(value);
        else if (strcmp(a[0], "itemprop") == 0 && strcasecmp(value, "articleBody") == 0)
            flags |= ISN_NODE_LIKELY;
        else if (strcmp(a[0], "itemprop") == 0 && strcasecmp(value, "datePublished") == 0)
            flags |= ISN_NODE_DATE;
        else if ((strcmp(a[0], "itemprop") == 0 || strcmp(a[0], "rel") == 0) &&
                 strcasecmp(value, "author") == 0)
            flags |= ISN_NODE_AUTHOR;
        else if (strcmp(a[0], "hidden") == 0 ||
                 (strcmp(a[0], "style") == 0 && is_hidden_style(value)))
            flags |= ISN_NODE_SKIP;
        else if (strcmp(a[0], "role") == 0 &&
                 (strcmp(value, "navigation") == 0 || strcmp(value, "search") == 0 ||
                  strcmp(value, "complementary") == 0 || strcmp(value, "contentinfo") == 0))
            flags |= ISN_NODE_ASIDE;
        else if (strcmp(a[0], "type") == 0 && strcasecmp(value, "application/ld+json") == 0)
            flags |= ISN_NODE_DATA;
    }
    return flags;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (const char **a = attributes; a && a[0]; a += 2)
        if (strcasecmp(a[0], name) == 0)
            return a[1];
    return NULL;
}

/* --- lines ---------------------------------------------------------------------------------------
 */

/* Ends the line that is being filled and begins one in the element on top of the stack. */
static void end_line(parser *p)
{
    isn_html_page *page = p->page;
    p->line.end = (uint32_t)page->text.n;
    if (p->line.end > p->line.begin) {
        if (page->lines.n == ISN_HTML_LINES) {
            p->full = true;
        } else {
            isn_node_line *line = ISN_PUSH(page->arena, &page->lines);
            if (line)
                *line = p->line;
            p->failed |= !line;
        }
        isn_buf_char(&page->text, '\n');
    }
    p->line = (isn_node_line){.begin = (uint32_t)page->text.n};
    p->blank = false;
}

/* The innermost open element that begins lines. */
static uint32_t block_now(const parser *p)
{
    for (size_t i = p->depth; i > 0; i--)
        if (p->page->nodes.items[p->stack[i - 1]].flags & ISN_NODE_BLOCK)
            return p->stack[i - 1];
    return 0;
}

/* Bytes of the white space at s[i]: ASCII's, the no-break space, a byte order mark; 0 if it is
 * none. */
static size_t blank_at(const char *s, size_t i, size_t n)
{
    unsigned char c = (unsigned char)s[i];
    if (c <= ' ')
        return 1;
    if (c == 0xC2 && i + 1 < n && (unsigned char)s[i + 1] == 0xA0)
        return 2;
    return c == 0xEF && i + 2 < n && memcmp(s + i, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static void add_text(parser *p, const char *s, size_t n)
{
    isn_html_page *page = p->page;
    for (size_t i = 0; i < n;) {
        size_t blank = blank_at(s, i, n);
        if (blank) {
            p->blank = true;
            i += blank;
            continue;
        }
        size_t from = i, letters = 0;
        while (i < n && !blank_at(s, i, n)) {
            letters += ((unsigned char)s[i] & 0xC0) != 0x80;
            i++;
        }
        if (page->text.n == p->line.begin)
            p->line.node = block_now(p);
        else if (p->blank)
            isn_buf_char(&page->text, ' ');
        p->blank = false;
        isn_buf_append(&page->text, s + from, i - from);
        p->line.letters += (uint32_t)letters;
        p->line.linked += p->links ? (uint32_t)letters : 0;
        p->line.strong += p->strongs ? (uint32_t)letters : 0;
    }
}

/* --- events of the parser
 * ---------------------------------------------------------------------------- */

static isn_str keep(parser *p, const char *value)
{
    size_t n = value ? strlen(value) : 0;
    isn_str s = isn_str_trim(isn_str_of(value, n < META_MOST ? n : META_MOST));
    s.n = isn_utf8_valid(s);
    return s.n ? isn_arena_copy(p->page->arena, s) : (isn_str){NULL, 0};
}

static void take_meta(parser *p, const char **attributes)
{
    isn_html_head *head = &p->page->head;
    const char *name = attribute(attributes, "property");
    name = name ? name : attribute(attributes, "name");
    name = name ? name : attribute(attributes, "itemprop");
    const char *content = attribute(attributes, "content");
    if (!name || !content)
        return;
    const struct {
        const char *name;
        isn_str *to;
    } metas[] = {
        {"og:title", &head->og_title},
        {"twitter:title", &head->og_title},
        {"og:site_name", &head->site},
        {"application-name", &head->site},
        {"og:url", &head->address},
        {"article:published_time", &head->published},
        {"datePublished", &head->published},
        {"pubdate", &head->published},
        {"publishdate", &head->published},
        {"publish-date", &head->published},
        {"publish_date", &head->published},
        {"date", &head->published},
        {"dc.date", &head->published},
        {"dc.date.issued", &head->published},
        {"dcterms.created", &head->published},
        {"dcterms.date", &head->published},
        {"parsely-pub-date", &head->published},
        {"sailthru.date", &head->published},
        {"og:pubdate", &head->published},
        {"og:published_time", &head->published},
        {"cXenseParse:recs:publishtime", &head->published},
        {"article:published", &head->published},
        {"article:modified_time", &head->modified},
        {"dateModified", &head->modified},
        {"lastmod", &head->modified},
        {"last-modified", &head->modified},
        {"og:updated_time", &head->modified},
        {"og:description", &head->description},
        {"description", &head->description},
        {"keywords", &head->keywords},
        {"news_keywords", &head->keywords},
        {"author", &head->author},
        {"article:author", &head->author},
        {"dc.creator", &head->author},
        {"parsely-author", &head->author},
    };
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
        if (strcasecmp(name, metas[i].name) == 0 && !metas[i].to->n)
            *metas[i].to = keep(p, content);
    if (strcasecmp(name, "article:tag") == 0)
        isn_html_add_tags(head, p->page->arena, keep(p, content));
    if (strcasecmp(name, "og:type") == 0)
        head->is_article |= strcasecmp(content, "article") == 0;
}

static void take_link(parser *p, const char **attributes)
{
    const char *rel = attribute(attributes, "rel"), *href = attribute(attributes, "href");
    if (rel && href && strcasecmp(rel, "canonical") == 0 && strncmp(href, "http", 4) == 0)
        p->page->head.address = keep(p, href);
}

static void stop(parser *p, const char *what)
{
    if (!p->full)
        isn_diagnose(p->page->diagnostics, p->page->arena, 0, 0, "page-ceiling",
                     "the page has too many %s: the rest is left out", what);
    p->full = true;
    xmlStopParser(p->context);
}

static void on_start(void *data, const xmlChar *element, const xmlChar **attribute_list)
{
    parser *p = data;
    const char *name = (const char *)element, **attributes = (const char **)(void *)attribute_list;
    isn_html_page *page = p->page;
    if (p->full || p->failed)
        return;
    if (p->too_deep + p->depth >= p->parser_depth || page->nodes.n == ISN_HTML_NODES) {
        stop(p, page->nodes.n == ISN_HTML_NODES ? "elements" : "elements inside each other");
        return;
    }
    if (p->depth == ISN_HTML_DEPTH) {
        if (p->too_deep++ == 0)
            isn_diagnose(page->diagnostics, page->arena, 0, 0, "page-depth",
                         "elements lie more than %u deep in each other", ISN_HTML_DEPTH);
        if (element_flags(name) & ISN_NODE_BLOCK)
            end_line(p);
        return;
    }
    if (strcmp(name, "meta") == 0)
        take_meta(p, attributes);
    else if (strcmp(name, "link") == 0)
        take_link(p, attributes);
    uint32_t parent = p->depth ? p->stack[p->depth - 1] : 0;
    uint32_t flags = element_flags(name), own = attribute_flags(attributes);
    if (flags & ISN_NODE_ROOT)
        own &= ~(uint32_t)(ISN_NODE_UNLIKELY | ISN_NODE_SKIP | ISN_NODE_DATE | ISN_NODE_AUTHOR |
                           ISN_NODE_CAPTION);
    if (strcmp(name, "time") == 0 && !page->head.time.n)
        page->head.time = keep(p, attribute(attributes, "datetime"));
    if (own & ISN_NODE_DATE && attribute(attributes, "itemprop") && !page->head.published.n)
        page->head.published = keep(
            p, attribute(attributes, attribute(attributes, "datetime") ? "datetime" : "content"));
    isn_node *node = ISN_PUSH(page->arena, &page->nodes);
    if (!node) {
        p->failed = true;
        xmlStopParser(p->context);
        return;
    }
    node->parent = parent;
    /* A day or a writer in the middle of a line is a line of its own. */
    flags |= own & (ISN_NODE_DATE | ISN_NODE_AUTHOR | ISN_NODE_CAPTION) ? ISN_NODE_BLOCK : 0;
    node->flags = flags | own;
    if (p->depth)
        node->flags |= page->nodes.items[parent].flags & ISN_NODE_INHERITED;
    uint32_t special =
        flags & ISN_NODE_TITLE && !page->head.title.n ? ISN_NODE_TITLE : own & ISN_NODE_DATA;
    if (special && !p->special_flag) {
        p->special_flag = special;
        isn_buf_reset(&p->special);
    }
    if (flags & ISN_NODE_BLOCK)
        end_line(p);
    else if (strcmp(name, "span") != 0 && flags == 0)
        p->blank |= strcmp(name, "img") == 0 || strcmp(name, "wbr") == 0;
    p->links += (flags & ISN_NODE_LINK) != 0;
    p->strongs += (flags & ISN_NODE_STRONG) != 0;
    p->skips += (node->flags & ISN_NODE_SKIP) != 0 || (flags & ISN_NODE_TITLE) != 0;
    p->stack[p->depth++] = (uint32_t)page->nodes.n - 1;
}

static void end_special(parser *p, uint32_t flags)
{
    if (!p->special_flag || !(flags & p->special_flag))
        return;
    isn_str content = isn_str_of(p->special.p, p->special.n);
    if (p->special_flag == ISN_NODE_DATA) {
        isn_html_data(&p->page->head, p->page->arena, content);
    } else {
        content = isn_str_trim(isn_str_part(content, 0, META_MOST));
        content.n = isn_utf8_valid(content);
        p->page->head.title = isn_arena_copy(p->page->arena, content);
    }
    p->special_flag = 0;
}

static void on_end(void *data, const xmlChar *element)
{
    parser *p = data;
    if (p->full || p->failed || p->depth == 0)
        return;
    if (p->too_deep) {
        p->too_deep--;
        if (element_flags((const char *)element) & ISN_NODE_BLOCK)
            end_line(p);
        return;
    }
    uint32_t flags = p->page->nodes.items[p->stack[p->depth - 1]].flags;
    end_special(p, flags);
    if (flags & ISN_NODE_BLOCK)
        end_line(p);
    p->links -= p->links && (flags & ISN_NODE_LINK);
    p->strongs -= p->strongs && (flags & ISN_NODE_STRONG);
    p->skips -= p->skips && (flags & (ISN_NODE_SKIP | ISN_NODE_TITLE));
    p->depth--;
}

static void on_text(void *data, const xmlChar *text, int n)
{
    parser *p = data;
    if (p->full || p->failed || n <= 0)
        return;
    if (p->special_flag && p->special.n + (size_t)n <= ISN_HTML_SCRIPT)
        isn_buf_append(&p->special, text, (size_t)n);
    if (!p->skips)
        add_text(p, (const char *)text, (size_t)n);
}

/* --- all
 * ------------------------------------------------------------------------------------------ */

/*
 * How deep the parser may go: for an end tag without a beginning it looks at every open element, so
 * that depth times end tags is bounded, not each alone.
 */
static size_t parser_depth(isn_str page)
{
    size_t ends = 1;
    for (const char *q = page.p, *end = page.p + page.n;
         (q = memmem(q, (size_t)(end - q), "</", 2)); q += 2)
        ends++;
    size_t depth = PARSER_WORK / ends;
    return depth < ISN_HTML_DEPTH ? ISN_HTML_DEPTH : depth > PARSER_DEPTH ? PARSER_DEPTH : depth;
}

/* The page up to a comment that nothing closes: what stands behind it is hidden, and the parser would look for its end from every
 * further beginning of a comment anew. */
static isn_str without_open_comment(isn_str page)
{
    size_t open = SIZE_MAX; /* where the comment begins that is open, or SIZE_MAX */
    for (size_t at = 0; at < page.n; at++) {
        const char *mark = memchr(page.p + at, open == SIZE_MAX ? '<' : '-', page.n - at);
        if (!mark)
            break;
        at = (size_t)(mark - page.p);
        isn_str rest = isn_str_part(page, at, page.n);
        if (open == SIZE_MAX) {
            if (isn_str_starts(rest, ISN_STR("<!--"))) {
                open = at;
                at += 1; /* "<!-->" is a whole comment */
            }
        } else if (isn_str_starts(rest, ISN_STR("-->")) || isn_str_starts(rest, ISN_STR("--!>"))) {
            open = SIZE_MAX;
        }
    }
    return open == SIZE_MAX ? page : isn_str_part(page, 0, open);
}

static void feed(parser *p, isn_str page)
{
    char chunk[4096];
    for (size_t at = 0; at < page.n && !p->full && !p->failed;) {
        size_t n = page.n - at < sizeof chunk ? page.n - at : sizeof chunk;
        for (size_t i = 0; i < n; i++) {
            /* The parser stops at a NUL byte. */
            unsigned char c = (unsigned char)page.p[at + i];
            chunk[i] = c < ' ' && c != '\n' && c != '\r' && c != '\t' ? ' ' : (char)c;
        }
        htmlParseChunk(p->context, chunk, (int)n, 0);
        at += n;
    }
    htmlParseChunk(p->context, NULL, 0, 1);
}

bool isn_html_page_make(isn_html_page *out, isn_arena *arena, isn_str page,
                        isn_diagnostics *diagnostics)
{
    *out = (isn_html_page){.arena = arena, .diagnostics = diagnostics};
    isn_buf_init(&out->text, 2 * ISN_HTML_BYTES);
    parser *p = isn_arena_calloc(arena, 1, sizeof *p);
    isn_node *root = p ? ISN_PUSH(arena, &out->nodes) : NULL;
    if (!root)
        return false;
    root->flags = ISN_NODE_BLOCK | ISN_NODE_ROOT;
    p->page = out;
    isn_buf_init(&p->special, 2 * ISN_HTML_SCRIPT);
    if (page.n > ISN_HTML_BYTES) {
        isn_diagnose(diagnostics, arena, 0, 0, "page-ceiling",
                     "only %zu of %zu bytes of the page are read", ISN_HTML_BYTES, page.n);
        page = isn_str_part(page, 0, ISN_HTML_BYTES);
    }
    if (page.n) {
        page = isn_tame(arena, page, diagnostics);
        if (!page.p)
            return false;
    }
    htmlSAXHandler handler = {.startElement = on_start,
                              .endElement = on_end,
                              .characters = on_text,
                              .cdataBlock = on_text,
                              .ignorableWhitespace = on_text};
    p->context = htmlCreatePushParserCtxt(&handler, p, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!p->context)
        return false;
    htmlCtxtUseOptions(p->context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    p->parser_depth = parser_depth(page);
    feed(p, without_open_comment(page));
    end_line(p);
    if (p->page->lines.n == ISN_HTML_LINES)
        isn_diagnose(diagnostics, arena, 0, 0, "page-ceiling", "only %u lines of the page are read",
                     ISN_HTML_LINES);
    htmlFreeParserCtxt(p->context);
    isn_buf_release(&p->special);
    if (p->failed || out->text.failed) {
        isn_html_page_release(out);
        return false;
    }
    return true;
}

void isn_html_page_release(isn_html_page *page)
{
    isn_buf_release(&page->text);
}
