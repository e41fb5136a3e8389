/*
 * feed.h - feeds: RSS 0.9 to 2.0, RDF (RSS 1.0), Atom 0.3 and 1.0, JSON Feed, news sitemaps; and lists of addresses: OPML, sitemaps.
 *
 * A feed is cut into its items by a small scanner that knows tags, comments and CDATA (feed_cut.c), and each item is parsed alone,
 * by libxml2 in its own limits (feed_item.c). So one broken item costs no other anything, an item's place in the file is known to
 * the byte, and memory is bounded by an item. Entities that a document declares are never expanded: an item is parsed without
 * the document type.
 */
#ifndef ISN_READ_FEED_H
#define ISN_READ_FEED_H

#include "base/buf.h"
#include "read/article.h"

#define ISN_FEED_BYTES ((size_t)64 << 20) /* of a whole feed */
#define ISN_FEED_ITEM ((size_t)8 << 20)   /* of one item */
#define ISN_FEED_ITEMS 100000u            /* of one feed */
#define ISN_FEED_FIELD ((size_t)4 << 20)  /* bytes of a field of an item; the rest is cut */
#define ISN_FEED_TAG ((size_t)64 << 10)   /* bytes of one tag */

typedef struct isn_feed isn_feed;

/*
 * Begins to read a feed: valid UTF-8, called `name`; both must outlive it. json: a JSON Feed. Fails with ISNAD_E_LIMIT, ISNAD_E_FORMAT
 * (no feed) or ISNAD_E_MEMORY. The caller frees it. Not thread-safe.
 */
isnad_status isn_feed_open(isn_feed **out, isn_str bytes, const char *name, bool json, isnad_error *err);
void isn_feed_free(isn_feed *feed);

typedef enum isn_feed_step { ISN_FEED_ENTRY, ISN_FEED_FAULT, ISN_FEED_END } isn_feed_step;

/*
 * The next item, its fields in memory of the feed, good until the next call; or a fault in *err (an item that is cut, too large, no
 * JSON), after which the next call goes on; or the end. Items of OPML lists and sitemaps may have an address and nothing else.
 */
typedef struct isn_feed_entry {
    isn_fields fields;      /* text: the longer of content and summary */
    uint64_t begin, end;    /* bytes of the feed */
    const char *note;       /* static: what was wrong with it, or NULL */
    bool whole_address;     /* the item's id is an address or a tag: URI, the same in every feed */
} isn_feed_entry;

isn_feed_step isn_feed_next(isn_feed *feed, isn_feed_entry *entry, isnad_error *err);

/* What is known of the feed; empty where it doesn't say. */
isn_str isn_feed_title(const isn_feed *feed);
isn_str isn_feed_address(const isn_feed *feed);

/* Is it a list of other feeds or pages (OPML, a sitemap index, a sitemap)? */
bool isn_feed_is_list(const isn_feed *feed);

/*
 * For workers: the fields with their markup taken out, in the arena: title and author as one line, the text a line for each paragraph, as
 * it stands where there is no markup in it. Fails with ISNAD_E_MEMORY. Thread-safe on different arenas.
 */
isnad_status isn_feed_plain(isn_fields *out, isn_arena *arena, const isn_fields *fields, isnad_error *err);

#endif
