/* html_kind.h - what a page is: an article, or a page that holds none. For html*.c alone. */
#ifndef ISN_READ_HTML_KIND_H
#define ISN_READ_HTML_KIND_H

#include "read/html.h"
#include "read/html_main.h"

/*
 * What the page is and how sure that is, from 0 to 100. titled: a headline of the page agrees with its head's title. Thread-safe.
 * A linear score over the share of links, paragraphs, pictures and what the head says (schema.org types, og:type); its weights are set by
 * hand on the pages of test/read/pages.
 */
isn_page_type isn_html_kind(uint8_t *confidence, const isn_html_main *c, bool titled);

#endif
