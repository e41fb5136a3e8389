#include "read/html_main.h"

#define CARDS_LEAST 3u
#define CARD_LETTERS 400u /* most letters of a card that are no links */
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

static bool is_paragraph(const isn_html_page *page, const isn_node_line *line)
{
    return !isn_html_is_linked(line) &&
           (line->letters >= ISN_LONG_LINE ||
            (line->letters >= ISN_MIDDLE_LINE && isn_html_ends_sentence(isn_html_line(page, line))));
}

/* The element that a linked heading stands in, links and the heading itself aside: the card of another article. */
static uint32_t card_of(const isn_html_page *page, uint32_t node)
{
    while (node && page->nodes.items[node].flags & (ISN_NODE_HEADING | ISN_NODE_LINK))
        node = page->nodes.items[node].parent;
    return node;
}

/*
 * Marks cards: elements with a heading that is a link and little text, of which one parent holds three or more. They lead to other
 * articles, also where they tell how these begin.
 */
static bool mark_cards(isn_html_main *c)
{
    const isn_html_page *page = c->page;
    size_t n = page->nodes.n;
    uint32_t *text = isn_arena_calloc(page->arena, n, sizeof *text); /* letters that are no links, of a node and below */
    uint32_t *cards = isn_arena_calloc(page->arena, n, sizeof *cards);
    if (!text || !cards)
        return false;
    for (size_t i = 0; i < page->lines.n; i++)
        text[page->lines.items[i].node] += page->lines.items[i].letters - page->lines.items[i].linked;
    for (size_t i = n; i-- > 1;)
        text[page->nodes.items[i].parent] += text[i];
    for (int marking = 0; marking < 2; marking++) {
        for (size_t i = 0; i < page->lines.n; i++) {
            const isn_node_line *line = &page->lines.items[i];
            if (!(page->nodes.items[line->node].flags & ISN_NODE_HEADING) || !isn_html_is_linked(line))
                continue;
            uint32_t card = card_of(page, line->node), parent = page->nodes.items[card].parent;
            if (!card || text[card] > CARD_LETTERS)
                continue;
            if (!marking)
                cards[parent]++;
            else if (cards[parent] >= CARDS_LEAST)
                c->aside[card] = 1;
        }
    }
    return true;
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
        if (is_paragraph(c->page, line))
            c->letters[line->node] += line->letters;
    }
    for (size_t i = n; i-- > 1;)
        c->letters[nodes[i].parent] += c->letters[i];
    for (size_t i = 0; i < n; i++) {
        bool doubted = c->letters[i] * 2 > c->letters[0];
        c->aside[i] = c->aside[i] || (nodes[i].flags & ISN_NODE_ASIDE && !doubted) ||
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
    if (!init(out, page, favor) || !mark_cards(out))
        return false;
    choose(out);
    return true;
}
