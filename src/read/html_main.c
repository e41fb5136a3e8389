#include "read/html_main.h"

#define MOST_VALUE 600 /* one line can't outweigh a menu by more */

bool isn_html_ends_sentence(isn_str line)
{
    static const char *const marks[] = {".",  "!",        "\xD8\x9F",    ":",
                                        "\"", "\xC2\xBB", "\xE2\x80\x9D"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (isn_str_ends(line, isn_str_cstr(marks[i])))
            return true;
    return false;
}

/*
 * What a line speaks for its container being the article: long lines with few links much, short
 * ones and links against it. After the idea of text density (Kohlschuetter and others, Boilerplate
 * Detection using Shallow Text Features, 2010), summed up the tree so that the best container is
 * the smallest that holds the paragraphs.
 */
static int32_t line_value(const isn_html_main *c, const isn_node_line *line)
{
    uint32_t flags = c->page->nodes.items[line->node].flags;
    int32_t letters = (int32_t)line->letters;
    if (c->aside[line->node])
        return -2;
    if (isn_html_is_linked(line))
        return -20 - (letters < 200 ? letters : 200) / 4;
    int32_t value = letters < MOST_VALUE ? letters : MOST_VALUE;
    bool paragraph = (flags & ISN_NODE_PARAGRAPH) != 0;
    if (flags & ISN_NODE_H1)
        return 0;
    if (flags & (ISN_NODE_HEADING | ISN_NODE_CAPTION))
        return -5;
    if (letters >= ISN_LONG_LINE)
        return paragraph || flags & ISN_NODE_LIKELY ? value + value / 3 : value;
    if (letters >= ISN_MIDDLE_LINE && (paragraph || isn_html_ends_sentence(isn_html_line(c->page, line))))
        return value / 2;
    return paragraph ? -3 : -10;
}

static bool init(isn_html_main *c, isn_html_page *page, isn_favor favor)
{
    size_t n = page->nodes.n;
    *c = (isn_html_main){.page = page, .favor = favor};
    c->aside = isn_arena_calloc(page->arena, n, sizeof *c->aside);
    c->value = isn_arena_calloc(page->arena, n, sizeof *c->value);
    c->letters = isn_arena_calloc(page->arena, n, sizeof *c->letters);
    c->lines = isn_arena_calloc(page->arena, n, sizeof *c->lines);
    return c->aside && c->value && c->letters && c->lines;
}

/* Marks what is outside of the text; a class that speaks against half of all paragraphs isn't
 * believed. */
static void mark_asides(isn_html_main *c)
{
    const isn_node *nodes = c->page->nodes.items;
    size_t n = c->page->nodes.n;
    memset(c->letters, 0, n * sizeof *c->letters);
    for (size_t i = 0; i < c->page->lines.n; i++) {
        const isn_node_line *line = &c->page->lines.items[i];
        if (line->letters >= ISN_LONG_LINE && !isn_html_is_linked(line))
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

static void choose(isn_html_main *c)
{
    const isn_node *nodes = c->page->nodes.items;
    mark_asides(c);
    for (size_t i = 0; i < c->page->lines.n; i++) {
        const isn_node_line *line = &c->page->lines.items[i];
        c->value[line->node] += line_value(c, line);
        c->lines[line->node] += !c->aside[line->node] && !isn_html_is_linked(line);
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

bool isn_html_is_inside(const isn_html_main *c, uint32_t i)
{
    while (i > c->best)
        i = c->page->nodes.items[i].parent;
    return i == c->best;
}

bool isn_html_choose(isn_html_main *out, isn_html_page *page, isn_favor favor)
{
    if (!init(out, page, favor))
        return false;
    choose(out);
    return true;
}
