/* html_date.h - when a page was published and changed. For html*.c alone. */
#ifndef ISN_READ_HTML_DATE_H
#define ISN_READ_HTML_DATE_H

#include "read/html_main.h"
#include "read/page.h"

typedef struct isn_html_date {
    isn_str published, modified; /* ISO 8601, or empty */
    size_t line;                 /* the line that `published` was read from; the number of lines where it wasn't read from one */
} isn_html_date;

/* title: the line of the headline, or the number of lines. In the arena. */
void isn_html_find_date(isn_html_date *out, isn_arena *arena, const isn_html_main *c, const isn_page *words,
                        size_t title, isn_diagnostics *diagnostics);

#endif
