#include "read/html.h"

#include "base/error.h"
#include "base/normal.h"
#include "read/blocks.h"
#include "read/html_page.h"
#include "read/meta.h"

/* Letters of a line. */
enum {
    LONG_LINE = 80,
    MIDDLE_LINE = 25,
    MOST_VALUE = 600, /* one line can't outweigh a menu by more */
    LEAST_TEXT = 200, /* below that the page's own articleBody is preferred */
    DATE_LINE = 60,
    KEY = 512
};

/* One choice of the main text. */
typedef struct chooser {
    isn_html_page *page;
    uint8_t *aside;    /* of each node: is it outside of the text */
    int32_t *value;    /* of each node: sum over its lines */
    uint32_t *letters; /* of each node: of paragraphs in it */
    uint32_t *lines;   /* of each node: lines in it that are not outside */
    uint32_t best;
} chooser;

static bool ends_sentence(isn_str line)
{
    static const char *const marks[] = {".",  "!",        "\xD8\x9F",    ":",
                                        "\"", "\xC2\xBB", "\xE2\x80\x9D"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (isn_str_ends(line, isn_str_cstr(marks[i])))
            return true;
    return false;
}

static bool is_linked(const isn_node_line *line)
{
    return line->linked * 2 > line->letters;
}

/*
 * What a line speaks for its container being the article: long lines with few links much, short
 * ones and links against it. After the idea of text density (Kohlschuetter and others, Boilerplate
 * Detection using Shallow Text Features, 2010), summed up the tree so that the best container is
 * the smallest that holds the paragraphs.
 */
static int32_t line_value(const chooser *c, const isn_node_line *line)
{
    uint32_t flags = c->page->nodes.items[line->node].flags;
    int32_t letters = (int32_t)line->letters;
    if (c->aside[line->node])
        return -2;
    if (is_linked(line))
        return -20 - (letters < 200 ? letters : 200) / 4;
    int32_t value = letters < MOST_VALUE ? letters : MOST_VALUE;
    bool paragraph = (flags & ISN_NODE_PARAGRAPH) != 0;
    if (flags & ISN_NODE_H1)
        return 0;
    if (flags & (ISN_NODE_HEADING | ISN_NODE_CAPTION))
        return -5;
    if (letters >= LONG_LINE)
        return paragraph || flags & ISN_NODE_LIKELY ? value + value / 3 : value;
    if (letters >= MIDDLE_LINE && (paragraph || ends_sentence(isn_html_line(c->page, line))))
        return value / 2;
    return paragraph ? -3 : -10;
}

static bool init_chooser(chooser *c, isn_html_page *page)
{
    size_t n = page->nodes.n;
    *c = (chooser){.page = page};
    c->aside = isn_arena_calloc(page->arena, n, sizeof *c->aside);
    c->value = isn_arena_calloc(page->arena, n, sizeof *c->value);
    c->letters = isn_arena_calloc(page->arena, n, sizeof *c->letters);
    c->lines = isn_arena_calloc(page->arena, n, sizeof *c->lines);
    return c->aside && c->value && c->letters && c->lines;
}

/* Marks what is outside of the text; a class that speaks against half of all paragraphs isn't
 * believed. */
static void mark_asides(chooser *c)
{
    const isn_node *nodes = c->page->nodes.items;
    size_t n = c->page->nodes.n;
    memset(c->letters, 0, n * sizeof *c->letters);
    for (size_t i = 0; i < c->page->lines.n; i++) {
        const isn_node_line *line = &c->page->lines.items[i];
        if (line->letters >= LONG_LINE && !is_linked(line))
            c->letters[line->node] += line->letters;
    }
    for (size_t i = n; i-- > 1;)
        c->letters[nodes[i].parent] += c->letters[i];
    for (size_t i = 0; i < n; i++) {
        bool doubted = c->letters[i] * 2 > c->letters[0];
        c->aside[i] = (nodes[i].flags & ISN_NODE_ASIDE && !doubted) ||
                      (nodes[i].flags & ISN_NODE_UNLIKELY && !doubted) ||
                      (i > 0 && c->aside[nodes[i].parent]);
    }
}

static void choose(chooser *c)
{
    const isn_node *nodes = c->page->nodes.items;
    mark_asides(c);
    for (size_t i = 0; i < c->page->lines.n; i++) {
        const isn_node_line *line = &c->page->lines.items[i];
        c->value[line->node] += line_value(c, line);
        c->lines[line->node] += !c->aside[line->node] && !is_linked(line);
    }
    for (size_t i = c->page->nodes.n; i-- > 1;) {
        c->value[nodes[i].parent] += c->value[i];
        c->lines[nodes[i].parent] += c->lines[i];
    }
    c->best = 0;
    for (uint32_t i = 0; i < c->page->nodes.n; i++)
        if (!c->aside[i] && c->lines[i] && c->value[i] >= c->value[c->best])
            c->best = i;
}

/* Does node i stand in the chosen container? The way up is as long as the page is deep. */
static bool is_inside(const chooser *c, uint32_t i)
{
    while (i > c->best)
        i = c->page->nodes.items[i].parent;
    return i == c->best;
}

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

/* The headline: the h1 that the head's title agrees with, else the head's, else an h1 of three
 * words or more. */
static isn_str choose_title(const isn_html_page *page)
{
    const isn_html_head *head = &page->head;
    isn_str said = head->og_title.n     ? head->og_title
                   : head->data_title.n ? head->data_title
                                        : head->title;
    isn_str first = {NULL, 0};
    for (size_t i = 0; i < page->lines.n; i++) {
        const isn_node_line *line = &page->lines.items[i];
        if (!(page->nodes.items[line->node].flags & ISN_NODE_H1))
            continue;
        isn_str text = isn_html_line(page, line);
        if (count_words(text) < 3)
            continue;
        if (holds_words(said, text) || holds_words(head->title, text))
            return text;
        if (!first.n)
            first = text;
    }
    if (said.n)
        return without_outlet(said, head->site);
    return first;
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
    if (flags & ISN_NODE_AUTHOR && line->letters < DATE_LINE)
        return ISN_HINT_BYLINE;
    if (line->letters >= MIDDLE_LINE && line->linked * 10 > line->letters * 9)
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

/* The first line near the title that an element or the phrases of a date mark as the day. */
static const isn_node_line *date_line(const isn_html_page *page)
{
    for (size_t i = 0; i < page->lines.n; i++) {
        const isn_node_line *line = &page->lines.items[i];
        isn_str text = isn_html_line(page, line);
        bool figure = false;
        for (size_t k = 0; k < text.n; k++)
            figure |=
                (text.p[k] >= '0' && text.p[k] <= '9') ||
                ((unsigned char)text.p[k] == 0xD9 && k + 1 < text.n &&
                 (unsigned char)text.p[k + 1] >= 0xA0 && (unsigned char)text.p[k + 1] <= 0xA9);
        if (page->nodes.items[line->node].flags & ISN_NODE_DATE && line->letters < DATE_LINE &&
            figure)
            return line;
    }
    return NULL;
}

/* The line of the headline, from which on pictures and writers are looked for; the first line if
 * there is none. */
static size_t title_line(const chooser *c, isn_str title)
{
    for (size_t i = 0; i < c->page->lines.n; i++)
        if (!c->aside[c->page->lines.items[i].node] &&
            same_words(isn_html_line(c->page, &c->page->lines.items[i]), title))
            return i;
    return c->page->lines.n;
}

/* Captions and credits between the headline and the text's container, and the line of the day if it
 * is asked for. */
static bool write_before(writer *w, const chooser *c, isn_str title, const isn_node_line *date)
{
    const isn_html_page *page = c->page;
    size_t from = title_line(c, title);
    for (size_t i = 0; i < page->lines.n && !is_inside(c, page->lines.items[i].node); i++) {
        const isn_node_line *line = &page->lines.items[i];
        uint32_t flags = page->nodes.items[line->node].flags;
        bool credit =
            i > from && !c->aside[line->node] && !is_linked(line) &&
            (flags & ISN_NODE_CAPTION || (flags & ISN_NODE_AUTHOR && line->letters < DATE_LINE));
        if (line == date) {
            if (!write_line(w, isn_html_line(page, line), ISN_HINT_DATE))
                return false;
            date = NULL;
        } else if (credit && !write_line(w, isn_html_line(page, line), hint_of(page, line))) {
            return false;
        }
    }
    return !date || write_line(w, isn_html_line(page, date), ISN_HINT_DATE);
}

static bool write_chosen(writer *w, const chooser *c, isn_str title)
{
    const isn_html_page *page = c->page;
    for (size_t i = 0; i < page->lines.n; i++) {
        const isn_node_line *line = &page->lines.items[i];
        if (c->aside[line->node] || !is_inside(c, line->node))
            continue;
        uint32_t flags = page->nodes.items[line->node].flags;
        isn_str text = isn_html_line(page, line);
        isn_block_hint hint = hint_of(page, line);
        /* Links alone lead elsewhere; a date has been taken; the title stands already. */
        bool skip = hint == ISN_HINT_LINKS || (is_linked(line) && line->letters < LONG_LINE) ||
                    (flags & ISN_NODE_DATE && line->letters < DATE_LINE) ||
                    same_words(text, title) || flags & ISN_NODE_H1;
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

static isn_str choose_date(const isn_html_page *page, isn_arena *arena, const isn_node_line *line)
{
    const isn_html_head *head = &page->head;
    char date[ISN_META_DATE];
    const isn_str said[] = {head->data_published, head->published, head->time};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (isn_meta_date(date, said[i]))
            return said[i];
    if (line && isn_meta_find_date(date, isn_html_line(page, line)))
        return isn_arena_copy(arena, isn_str_cstr(date));
    return (isn_str){NULL, 0};
}

static isnad_status compose(isn_html *out, isn_arena *arena, isn_html_page *page, isnad_error *err)
{
    chooser c;
    if (!init_chooser(&c, page))
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the page outgrows its memory");
    choose(&c);
    const isn_node_line *date = date_line(page);
    out->title = one_line(arena, choose_title(page));
    out->address = page->head.address;
    out->outlet = page->head.site.n ? page->head.site : page->head.data_outlet;
    out->author = page->head.data_author.n ? page->head.data_author : page->head.author;
    out->published = choose_date(page, arena, date);
    size_t most = page->lines.n + 2 + page->head.data_body.n / 2;
    out->hints = isn_arena_alloc(arena, most);
    writer w = {.out = out, .arena = arena};
    bool good = out->hints != NULL;
    if (good && out->title.n)
        good = write_line(&w, out->title, ISN_HINT_TITLE);
    if (good && w.n)
        w.p[w.n++] = '\n';
    /* A day in words is left to those who can read it. */
    if (good)
        good = write_before(&w, &c, out->title, out->published.n ? NULL : date);
    size_t before = w.n, hints = out->n_hints;
    if (good)
        good = write_chosen(&w, &c, out->title);
    if (good && w.n - before < LEAST_TEXT && page->head.data_body.n > w.n - before) {
        w.n = before;
        out->n_hints = hints;
        good = write_data(&w, page->head.data_body);
    }
    out->text = isn_str_of(w.p, w.n);
    return good ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the page outgrows its memory");
}

isnad_status isn_html_read(isn_html *out, isn_arena *arena, isn_str page,
                           isn_diagnostics *diagnostics, isnad_error *err)
{
    *out = (isn_html){{NULL, 0}};
    isn_html_page parsed;
    if (!isn_html_page_make(&parsed, arena, page, diagnostics))
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the page outgrows its memory");
    isnad_status status = compose(out, arena, &parsed, err);
    isn_html_page_release(&parsed);
    return status;
}
