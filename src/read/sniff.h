/* sniff.h - what a file is, by its first bytes. */
#ifndef ISN_READ_SNIFF_H
#define ISN_READ_SNIFF_H

#include "base/str.h"

#define ISN_SNIFF_BYTES ((size_t)64 * 1024) /* as many first bytes are looked at */

typedef enum isn_form {
    ISN_FORM_WHOLE,   /* one article, or what isn_article_read makes of it */
    ISN_FORM_LINES,   /* JSON Lines */
    ISN_FORM_FEED,    /* RSS, RDF, Atom, OPML, sitemap */
    ISN_FORM_JSON_FEED,
    ISN_FORM_WARC,
    ISN_FORM_REFUSED  /* something that isn't read */
} isn_form;

/* The form of a file that begins with `head`. Of a refused one *why is a static string that says what it is and what to do.
 * Thread-safe. */
isn_form isn_sniff(isn_str head, const char **why);

/* The name of the first element of an XML text, prefix and all; empty if there is none. Thread-safe. */
isn_str isn_sniff_root(isn_str head);

/* Is the first element that of a feed, a list of feeds or a sitemap? Thread-safe. */
bool isn_sniff_is_feed(isn_str head);

#endif
