/* html.h - the article in a web page: its text, one block a line, and what the page says about it.
 */
#ifndef ISN_READ_HTML_H
#define ISN_READ_HTML_H

#include "base/arena.h"
#include "base/str.h"
#include "isnad.h"
#include "read/article.h"

/* Ceilings of one page. What is past them is left out with a diagnostic. */
#define ISN_HTML_BYTES ((size_t)16 << 20)
#define ISN_HTML_NODES 200000u /* elements */
#define ISN_HTML_DEPTH 512u    /* elements in elements; what is deeper counts as one level */
#define ISN_HTML_LINES 50000u
#define ISN_HTML_SCRIPT ((size_t)1 << 20) /* bytes of one JSON-LD script */

typedef struct isn_html {
    isn_str text; /* title, empty line, then one block a line */
    isn_str title, author, outlet, address;
    isn_str published, modified; /* ISO 8601, or empty */
    const isn_str *tags;
    size_t n_tags;
    isn_page_type type;
    uint8_t confidence; /* of the type, in hundredths */
    uint8_t *hints;     /* isn_block_hint of each line that isn't empty */
    size_t n_hints;
} isn_html;

/*
 * Reads a page (valid UTF-8). words: the phrases of pages and the calendar. The main text is the container with most text in paragraphs and least
 * in links; menus, forms, footers and hidden parts are left out. favor: what to do with lines in doubt. Always succeeds but for memory
 * (ISNAD_E_MEMORY); a page without text gives an empty one. Memory: the arena; the parser's own is
 * given back. Thread-safe on different arenas.
 */
isnad_status isn_html_read(isn_html *out, isn_arena *arena, isn_str page, const isn_page *words,
                           isn_favor favor, isn_diagnostics *diagnostics, isnad_error *err);

#endif
