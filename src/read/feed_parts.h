/* feed_parts.h - what the files of a feed's reader share. For feed*.c alone. */
#ifndef ISN_READ_FEED_PARTS_H
#define ISN_READ_FEED_PARTS_H

#include "read/feed.h"

typedef enum isn_feed_form { ISN_FEED_RSS, ISN_FEED_ATOM, ISN_FEED_SITEMAP, ISN_FEED_SITEMAPS, ISN_FEED_OPML, ISN_FEED_JSON } isn_feed_form;

/* Fields of an item as they are collected. */
enum {
    ISN_FIELD_TITLE,
    ISN_FIELD_URL,
    ISN_FIELD_ID,
    ISN_FIELD_PUBLISHED,
    ISN_FIELD_UPDATED,
    ISN_FIELD_AUTHOR,
    ISN_FIELD_OUTLET,
    ISN_FIELD_CONTENT,
    ISN_FIELD_SUMMARY,
    ISN_FIELD_COUNT
};

/* Fields as parts of a buffer. */
typedef struct isn_feed_values {
    isn_buf text;
    size_t begin[ISN_FIELD_COUNT], end[ISN_FIELD_COUNT];
    bool damaged, cut;
} isn_feed_values;

isn_str isn_feed_value(const isn_feed_values *values, int field);
/* Keeps a field's value unless it has one. */
void isn_feed_keep(isn_feed_values *values, int field, isn_str value);

struct isn_feed {
    isn_str bytes;
    const char *name;
    isn_feed_form form;
    isn_str root;      /* the first start tag, raw */
    isn_str item_name; /* "item", "entry" ... */
    size_t at;
    uint64_t items;
    bool closed;   /* an end tag of what holds the items was met */
    bool cut_told; /* that the feed was cut */
    isn_buf document;  /* an item as libxml2 is given it */
    isn_feed_values values, head;
};

/* A tag that the scanner met. */
typedef struct isn_feed_tag {
    size_t begin, end; /* of the whole tag */
    isn_str name;      /* without its prefix */
    bool closes;       /* </name> */
    bool empty;        /* <name/> */
} isn_feed_tag;

/*
 * The next tag in bytes[at .. ), past comments, instructions and CDATA; *cut where one of these doesn't end. `broken` is the end of a
 * CDATA section that holds the end of an item and the beginning of the next (its own end was lost). False at the end.
 */
bool isn_feed_tag_next(isn_feed_tag *tag, isn_str bytes, size_t at, isn_str item_name, bool *cut);

/* The next item as bytes of the feed; steps as isn_feed_next has them. */
isn_feed_step isn_feed_cut(isn_feed *feed, size_t *begin, size_t *end, bool *unclosed, isnad_error *err);
isn_feed_step isn_feed_cut_json(isn_feed *feed, size_t *begin, size_t *end, isnad_error *err);

/* Parses an item, or what stands before the first one, into values. False without memory. */
bool isn_feed_parse(isn_feed *feed, isn_feed_values *values, isn_str xml, unsigned base);
/* The same for JSON; ISNAD_E_FORMAT where it is none. */
isnad_status isn_feed_parse_json(isn_feed_values *values, isn_str object, isnad_error *err);

#endif
