#include "read/html.h"

#include "base/error.h"
#include "base/normal.h"
#include "base/utf8.h"
#include "read/blocks.h"
#include "read/html_date.h"
#include "read/html_kind.h"
#include "read/html_main.h"

enum {
    LEAST_TEXT = 200, /* letters below which the page's own articleBody is preferred */
    KEY = 512,
    LEAD_AGREES = 24,  /* letters that lead and description must share */
    LEAD_COMPARED = 60
};

/* --- title
 * ---------------------------------------------------------------------------------------- */

static size_t key_of(uint8_t key[KEY], isn_str s)
{
    size_t n = isn_normal_key(key, KEY, s);
    return n < KEY ? n : KEY;
}

static bool same_words(isn_str a, isn_str b)
{
    uint8_t x[KEY], y[KEY];
    size_t n = key_of(x, a), m = key_of(y, b);
    return n == m && n && memcmp(x, y, n) == 0;
}

static bool holds_words(isn_str whole, isn_str part)
{
    uint8_t x[KEY], y[KEY];
    size_t n = key_of(x, whole), m = key_of(y, part);
    return m >= 8 && memmem(x, n, y, m) != NULL;
}

static size_t count_words(isn_str s)
{
    size_t n = 0;
    isn_str word;
    while (isn_str_next(&word, &s, ' '))
        n += word.n > 0;
    return n;
}

/* A title without the outlet behind a bar or a dash at its end. */
static isn_str without_outlet(isn_str title, isn_str site)
{
    static const char *const marks[] = {" | ",        " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " \xC2\xBB ", " :: ", " \xC2\xAB "};
    for (size_t at = title.n; at-- > 0;) {
        isn_str rest = isn_str_part(title, at, title.n);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            isn_str mark = isn_str_cstr(marks[i]);
            if (!isn_str_starts(rest, mark))
                continue;
            isn_str head = isn_str_trim(isn_str_part(title, 0, at));
            isn_str tail = isn_str_trim(isn_str_part(rest, mark.n, rest.n));
            bool outlet = (site.n && same_words(tail, site)) ||
                          (count_words(tail) <= 4 && i != 1) || (count_words(tail) <= 3);
            if (outlet && count_words(head) >= 3)
                return head;
            return title;
        }
    }
    return title;
}

/* What the head calls the page, without the outlet's name; empty where that is all. */
static isn_str said_title(const isn_html_head *head)
{
    const isn_str said[] = {head->og_title, head->data_title, head->title};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        isn_str title = without_outlet(said[i], head->site);
        if (title.n && !same_words(title, head->site))
            return title;
    }
    return (isn_str){NULL, 0};
}

/* Does a headline say what the head says, or most of it? */
static bool agrees(isn_str said, isn_str line)
{
    return holds_words(said, line) || holds_words(line, said);
}

/*
 * The headline: a heading that is the head's title, else an h1 that agrees with it, else the head's title, else the first heading of
 * three words or more, an h1 before others. Sites put their own name into an h1 too.
 */
static isn_str choose_title(const isn_html_main *c)
{
    const isn_html_page *page = c->page;
    isn_str said = said_title(&page->head), close = {NULL, 0}, first = {NULL, 0}, heading = {NULL, 0};
    for (size_t i = 0; i < page->lines.n; i++) {
        const isn_node_line *line = &page->lines.items[i];
        uint32_t flags = page->nodes.items[line->node].flags;
        isn_str text = isn_html_line(page, line);
        if (!(flags & ISN_NODE_HEADING) || count_words(text) < 3)
            continue;
        if (said.n && same_words(said, text))
            return text;
        if (flags & ISN_NODE_H1 && !close.n && said.n && agrees(said, text))
            close = text;
        if (flags & ISN_NODE_H1 && !first.n && !same_words(text, page->head.site))
            first = text;
        if (!heading.n && !c->aside[line->node] && !isn_html_is_linked(line))
            heading = text;
    }
    return close.n ? close : said.n ? said : first.n ? first : heading;
}

/* Titles in the head can hold escapes twice over and line feeds; one line is made of them. */
static isn_str one_line(isn_arena *arena, isn_str s)
{
    char *p = isn_arena_alloc(arena, s.n + 1);
    size_t n = 0;
    if (!p)
        return (isn_str){NULL, 0};
    for (size_t i = 0; i < s.n; i++) {
        bool blank = (unsigned char)s.p[i] <= ' ';
        if (!blank || (n && p[n - 1] != ' '))
            p[n++] = blank ? ' ' : s.p[i];
    }
    return isn_str_trim(isn_str_of(p, n));
}

/* --- the text ------------------------------------------------------------------------------------
 */

static isn_block_hint hint_of(const isn_html_page *page, const isn_node_line *line)
{
    uint32_t flags = page->nodes.items[line->node].flags;
    if (flags & ISN_NODE_CAPTION)
        return ISN_HINT_CAPTION;
    if (flags & ISN_NODE_AUTHOR && line->letters < ISN_DATE_LINE)
        return ISN_HINT_BYLINE;
    if (line->letters >= ISN_MIDDLE_LINE && line->linked * 10 > line->letters * 9)
        return ISN_HINT_LINKS;
    if (flags & ISN_NODE_HEADING)
        return ISN_HINT_HEADING;
    if (line->strong * 10 > line->letters * 9 && line->letters <= 60)
        return ISN_HINT_HEADING;
    if (flags & ISN_NODE_ITEM)
        return ISN_HINT_ITEM;
    if (line->letters >= 50 && flags & (ISN_NODE_PARAGRAPH | ISN_NODE_LIKELY))
        return ISN_HINT_PARAGRAPH;
    return ISN_HINT_NONE;
}

/* The text that is being put together. */
typedef struct writer {
    isn_html *out;
    isn_arena *arena;
    char *p;
    size_t n, capacity;
} writer;

static bool write_line(writer *w, isn_str line, isn_block_hint hint)
{
    char *p = isn_arena_grow(w->arena, w->p, w->n, &w->capacity, w->n + line.n + 2, 1);
    if (!p)
        return false;
    w->p = p;
    memcpy(p + w->n, line.p, line.n);
    w->n += line.n;
    p[w->n++] = '\n';
    if (w->out->hints)
        w->out->hints[w->out->n_hints++] = (uint8_t)hint;
    return true;
}

/* The line of the headline, from which on pictures and writers are looked for; the first line if
 * there is none. */
static size_t title_line(const isn_html_main *c, isn_str title)
{
    for (size_t i = 0; i < c->page->lines.n; i++)
        if (!c->aside[c->page->lines.items[i].node] &&
            same_words(isn_html_line(c->page, &c->page->lines.items[i]), title))
            return i;
    return c->page->lines.n;
}

/* Does the line begin as the head's description does? Then it is the lead, wherever it stands. */
static bool is_described(const isn_html_page *page, isn_str line)
{
    uint8_t x[KEY], y[KEY];
    size_t n = key_of(x, page->head.description), m = key_of(y, line);
    n = n < m ? n : m;
    return n >= LEAD_AGREES && memcmp(x, y, n < LEAD_COMPARED ? n : LEAD_COMPARED) == 0;
}

/* A paragraph between the headline and the container: the lead in a box of its own, which holds the news. */
static bool is_lead(const isn_html_main *c, const isn_node_line *line)
{
    uint32_t flags = c->page->nodes.items[line->node].flags;
    isn_str text = isn_html_line(c->page, line);
    if (isn_html_is_linked(line) || line->letters < ISN_MIDDLE_LINE || flags & ISN_NODE_SKIP)
        return false;
    if (is_described(c->page, text))
        return true;
    return !c->aside[line->node] && line->letters >= ISN_LONG_LINE && c->favor != ISN_FAVOR_PRECISION &&
           !(flags & (ISN_NODE_CAPTION | ISN_NODE_DATE | ISN_NODE_ITEM));
}

/* Lead, captions and credits between the headline and the text's container, and the line of the day if it is asked for. */
static bool write_before(writer *w, const isn_html_main *c, size_t from, size_t date)
{
    const isn_html_page *page = c->page;
    for (size_t i = 0; i < page->lines.n && !isn_html_is_inside(c, page->lines.items[i].node); i++) {
        const isn_node_line *line = &page->lines.items[i];
        uint32_t flags = page->nodes.items[line->node].flags;
        bool after = i > from && from < page->lines.n;
        bool credit =
            after && !c->aside[line->node] && !isn_html_is_linked(line) &&
            (flags & ISN_NODE_CAPTION || (flags & ISN_NODE_AUTHOR && line->letters < ISN_DATE_LINE));
        if (i == date) {
            if (!write_line(w, isn_html_line(page, line), ISN_HINT_DATE))
                return false;
            date = page->lines.n;
        } else if (credit || (after && is_lead(c, line))) {
            if (!write_line(w, isn_html_line(page, line), credit ? hint_of(page, line) : ISN_HINT_PARAGRAPH))
                return false;
        }
    }
    return date == page->lines.n || write_line(w, isn_html_line(page, &page->lines.items[date]), ISN_HINT_DATE);
}

static bool has_figure(isn_str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t length;
        uint32_t c = isn_utf8_decode(text, at, &length);
        if ((c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9))
            return true;
        at += length;
    }
    return false;
}

/* A paragraph in a part of the container whose class speaks against it, but which is the lead, or wanted all the same. */
static bool is_kept(const isn_html_main *c, const isn_node_line *line)
{
    if (line->letters < ISN_LONG_LINE || isn_html_is_linked(line))
        return false;
    return c->favor == ISN_FAVOR_RECALL || is_described(c->page, isn_html_line(c->page, line));
}

/* A line that who wants precision goes without: a short one that ends no sentence and is no heading. */
static bool is_doubtful(const isn_node_line *line, isn_str text, isn_block_hint hint)
{
    return line->letters < ISN_LONG_LINE && hint != ISN_HINT_HEADING && hint != ISN_HINT_CAPTION &&
           hint != ISN_HINT_BYLINE && !isn_html_ends_sentence(text);
}

static bool write_chosen(writer *w, const isn_html_main *c, isn_str title, size_t date)
{
    const isn_html_page *page = c->page;
    for (size_t i = 0; i < page->lines.n; i++) {
        const isn_node_line *line = &page->lines.items[i];
        uint32_t flags = page->nodes.items[line->node].flags;
        isn_str text = isn_html_line(page, line);
        if (!isn_html_is_inside(c, line->node) || (c->aside[line->node] && !is_kept(c, line)))
            continue;
        isn_block_hint hint = hint_of(page, line);
        /* Links alone lead elsewhere; a date has been taken; the title stands already. */
        bool skip = hint == ISN_HINT_LINKS || (isn_html_is_linked(line) && line->letters < ISN_LONG_LINE) ||
                    i == date || (flags & ISN_NODE_DATE && line->letters < ISN_DATE_LINE && has_figure(text)) ||
                    same_words(text, title) || flags & ISN_NODE_H1 ||
                    (c->favor == ISN_FAVOR_PRECISION && is_doubtful(line, text, hint));
        if (!skip && !write_line(w, text, hint))
            return false;
    }
    return true;
}

/* articleBody of the page's own data, a line a paragraph. */
static bool write_data(writer *w, isn_str body)
{
    isn_str line;
    while (isn_str_next(&line, &body, '\n'))
        if (isn_str_trim(line).n && !write_line(w, isn_str_trim(line), ISN_HINT_NONE))
            return false;
    return true;
}

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the page outgrows its memory");
}

static bool write_page(writer *w, const isn_html_main *c, isn_str title, size_t title_at, size_t date)
{
    isn_html_page *page = c->page;
    w->out->hints = isn_arena_alloc(w->arena, page->lines.n + 2 + page->head.data_body.n / 2);
    if (!w->out->hints || (title.n && !write_line(w, title, ISN_HINT_TITLE)))
        return false;
    if (w->n)
        w->p[w->n++] = '\n';
    if (!write_before(w, c, title_at, date))
        return false;
    size_t before = w->n, hints = w->out->n_hints;
    if (!write_chosen(w, c, title, date))
        return false;
    if (w->n - before >= LEAST_TEXT || page->head.data_body.n <= w->n - before)
        return true;
    w->n = before;
    w->out->n_hints = hints;
    return write_data(w, page->head.data_body);
}

static isnad_status compose(isn_html *out, isn_arena *arena, isn_html_page *page, const isn_page *words,
                            isn_favor favor, isn_diagnostics *diagnostics, isnad_error *err)
{
    isn_html_main c;
    isn_html_head *head = &page->head;
    isn_html_date date;
    if (!isn_html_choose(&c, page, favor))
        return no_memory(err);
    out->title = one_line(arena, choose_title(&c));
    size_t title_at = title_line(&c, out->title);
    isn_html_find_date(&date, arena, &c, words, title_at, diagnostics);
    if (!head->n_tags)
        isn_html_add_tags(head, arena, head->keywords);
    out->address = head->address;
    out->outlet = head->site.n ? head->site : head->data_outlet;
    out->author = head->data_author.n ? head->data_author : head->author;
    out->published = date.published;
    out->modified = date.modified;
    out->tags = head->tags;
    out->n_tags = head->n_tags;
    out->type = isn_html_kind(&out->confidence, &c, title_at < page->lines.n);
    writer w = {.out = out, .arena = arena};
    bool good = write_page(&w, &c, out->title, title_at, date.line);
    out->text = isn_str_of(w.p, w.n);
    return good ? ISNAD_OK : no_memory(err);
}

isnad_status isn_html_read(isn_html *out, isn_arena *arena, isn_str page, const isn_page *words,
                           isn_favor favor, isn_diagnostics *diagnostics, isnad_error *err)
{
    *out = (isn_html){{NULL, 0}};
    isn_html_page *parsed = isn_arena_alloc(arena, sizeof *parsed);
    if (!parsed || !isn_html_page_make(parsed, arena, page, diagnostics))
        return no_memory(err);
    isnad_status status = compose(out, arena, parsed, words, favor, diagnostics, err);
    isn_html_page_release(parsed);
    return status;
}
