/* html_page.h - a parsed page: its elements and its lines of text, and what its head says. For
 * html.c alone. */
#ifndef ISN_READ_HTML_PAGE_H
#define ISN_READ_HTML_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "read/article.h"

/* What an element is, by its name, its attributes and those it stands in. */
enum {
    ISN_NODE_BLOCK = 1,    /* begins and ends a line */
    ISN_NODE_SKIP = 2,     /* holds nothing to read: scripts, forms' fields, what is hidden */
    ISN_NODE_ASIDE = 4,    /* menus, footers, forms by the name of the element */
    ISN_NODE_UNLIKELY = 8, /* the same by its class or id; html.c hands both on, unless most of the
                              text stands inside */
    ISN_NODE_PARAGRAPH = 16,
    ISN_NODE_HEADING = 32,
    ISN_NODE_H1 = 64,
    ISN_NODE_CAPTION = 128,
    ISN_NODE_ITEM = 256,
    ISN_NODE_LINK = 512,
    ISN_NODE_STRONG = 1024,
    ISN_NODE_DATE = 2048,
    ISN_NODE_AUTHOR = 4096,
    ISN_NODE_LIKELY = 8192, /* content by its class or id */
    ISN_NODE_ROOT = 16384,  /* html, body, main, article: a class never makes them unlikely */
    ISN_NODE_QUOTE = 32768,
    ISN_NODE_TITLE = 65536, /* the title element in the head */
    ISN_NODE_DATA = 131072  /* a script with JSON-LD */
};
/* Flags that elements inside inherit. */
#define ISN_NODE_INHERITED                                                                         \
    (ISN_NODE_SKIP | ISN_NODE_CAPTION | ISN_NODE_LIKELY | ISN_NODE_DATE | ISN_NODE_AUTHOR |        \
     ISN_NODE_H1 | ISN_NODE_HEADING | ISN_NODE_PARAGRAPH | ISN_NODE_ITEM | ISN_NODE_QUOTE)

#define ISN_HTML_TAGS 32u      /* most tags of a page */
#define ISN_HTML_TAG_BYTES 120u /* longer ones are no tags */

typedef struct isn_node {
    uint32_t parent; /* index of a node before this one; the root is its own */
    uint32_t flags;
} isn_node;

typedef struct isn_node_line {
    uint32_t node;                    /* the block element that it stands in */
    uint32_t begin, end;              /* bytes of the page's text */
    uint32_t letters, linked, strong; /* characters, of them in links, in bold */
} isn_node_line;

/* What the head says; every string is in the arena. */
typedef struct isn_html_head {
    isn_str title, og_title, site, address, author, published, modified, description;
    isn_str data_title, data_author, data_outlet, data_published, data_modified, data_body; /* of JSON-LD */
    isn_str time; /* of the first time element */
    isn_str tags[ISN_HTML_TAGS];
    size_t n_tags;
    isn_str keywords;         /* taken for tags where there are none */
    bool is_article, is_list; /* by og:type or the types of JSON-LD */
} isn_html_head;

/* Adds the tags of a list with commas, each once. */
void isn_html_add_tags(isn_html_head *head, isn_arena *arena, isn_str list);

typedef struct isn_html_page {
    isn_arena *arena;
    isn_diagnostics *diagnostics;
    isn_buf text; /* all lines, LF after each; heap */
    struct {
        isn_node *items;
        size_t n, capacity;
    } nodes;
    struct {
        isn_node_line *items;
        size_t n, capacity;
    } lines;
    isn_html_head head;
} isn_html_page;

/* Parses a page (valid UTF-8). False without memory. The text is given back by
 * isn_html_page_release. */
bool isn_html_page_make(isn_html_page *out, isn_arena *arena, isn_str page,
                        isn_diagnostics *diagnostics);
void isn_html_page_release(isn_html_page *page);

/* Takes what JSON-LD says about an article into the head; bad JSON is passed over. */
void isn_html_data(isn_html_head *head, isn_arena *arena, isn_str json);

static inline isn_str isn_html_line(const isn_html_page *page, const isn_node_line *line)
{
    return isn_str_of(page->text.p + line->begin, line->end - line->begin);
}

#endif
