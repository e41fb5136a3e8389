/* html_main.h - which part of a page is the article. For html*.c alone. */
#ifndef ISN_READ_HTML_MAIN_H
#define ISN_READ_HTML_MAIN_H

#include "read/html_page.h"

/* Letters of a line. */
enum { ISN_LONG_LINE = 80, ISN_MIDDLE_LINE = 25, ISN_DATE_LINE = 70 };

/* The choice of the main text: the smallest container that holds the paragraphs. */
typedef struct isn_html_main {
    isn_html_page *page;
    uint8_t *aside;    /* of each node: is it outside of the text */
    int32_t *value;    /* of each node: sum over its lines */
    uint32_t *letters; /* of each node: of paragraphs in it */
    uint32_t *lines;   /* of each node: lines in it that are not outside */
    uint32_t best;     /* the container */
    isn_favor favor;
} isn_html_main;

/* Chooses; in the page's arena. False when that is full. */
bool isn_html_choose(isn_html_main *out, isn_html_page *page, isn_favor favor);

/* Does node i stand in the chosen container? The way up is as long as the page is deep. */
bool isn_html_is_inside(const isn_html_main *c, uint32_t i);

/* Is more than half of the line in links? */
static inline bool isn_html_is_linked(const isn_node_line *line)
{
    return line->linked * 2 > line->letters;
}

bool isn_html_ends_sentence(isn_str line);

#endif
