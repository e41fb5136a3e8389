/* robots.h - what a site lets a program like this one read: robots.txt by RFC 9309. */
#ifndef ISN_FETCH_ROBOTS_H
#define ISN_FETCH_ROBOTS_H

#include "base/str.h"

#define ISN_ROBOTS_BYTES ((size_t)512 << 10) /* of a file that are read; RFC 9309 asks for 500 KiB at least */
#define ISN_ROBOTS_AGENT "isnad"             /* what we are called in such files */
#define ISN_ROBOTS_DELAY 60.0                /* seconds: longer ones are taken for this */

/*
 * May this path (with its query, as in the request) be read? `file` is the whole robots.txt. The group of our name counts, without one that
 * of all (`*`), groups of one name together; of the rules that fit the longest, Allow where two are as long; `*` and a `$` at the end
 * as the RFC has them. /robots.txt itself may always be read. Thread-safe.
 */
bool isn_robots_allow(isn_str file, isn_str path);

/* The Crawl-delay of our group in seconds, 0 where there is none: no part of the RFC, but asked for by many. Thread-safe. */
double isn_robots_delay(isn_str file);

#endif
