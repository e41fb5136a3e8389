/* seen.h - what a run has read before: a set of 64-bit hashes. Not thread-safe. */
#ifndef ISN_READ_SEEN_H
#define ISN_READ_SEEN_H

#include "base/str.h"

#define ISN_SEEN_MOST ((size_t)1 << 26) /* hashes that are kept: 1 GiB of table at most */

typedef struct isn_seen {
    uint64_t *slots; /* open addressing; 0 is free */
    size_t n, room;
    bool full; /* the ceiling was reached or memory ended: what is new is no longer kept */
} isn_seen;

void isn_seen_release(isn_seen *seen);
bool isn_seen_has(const isn_seen *seen, uint64_t hash);
void isn_seen_add(isn_seen *seen, uint64_t hash);

/* What an item of a feed is known again by; empty strings are left out. */
typedef struct isn_seen_item {
    isn_str id;         /* guid */
    bool whole_address; /* the guid means the same in all feeds */
    isn_str url, host;  /* of the item, or what else tells its publisher */
    isn_str title, text;
} isn_seen_item;

/*
 * Was the item read before in this run? If not it is remembered. Known again by its guid (among items of one publisher, unless the guid
 * is an address); by its address, if it has no guid or the title is the same too; by its title and text within one publisher, if
 * the text is long enough to be nobody else's or there is nothing else to know it by.
 */
bool isn_seen_before(isn_seen *seen, const isn_seen_item *item);

#endif
