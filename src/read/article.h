/*
 * article.h - one article as it was read: its text, the blocks of the text, and what the page says
 * about it.
 *
 * Everything in an article lives in the arena that it was read into (or is static): it is gone with
 * the next reset.
 */
#ifndef ISN_READ_ARTICLE_H
#define ISN_READ_ARTICLE_H

#include "base/arena.h"
#include "base/str.h"
#include "isnad.h"
#include "read/block.h"
#include "read/page.h"

/* Ceilings of what one article may cost. */
#define ISN_ARTICLE_TEXT ((size_t)8 << 20) /* bytes of text; the rest is cut */
#define ISN_ARTICLE_LINES 100000u
#define ISN_ARTICLE_DIAGNOSTICS 100 /* the last of them says that there were more */

/* Something wrong or doubtful with the input: no failure. begin and end are bytes of the text, both
 * 0 for the whole. */
typedef struct isn_diagnostic {
    uint32_t begin, end;
    const char *code; /* static: "bad-utf8", "cut" and others */
    isn_str message;
} isn_diagnostic;

typedef struct isn_diagnostics {
    isn_diagnostic *items;
    size_t n, capacity;
} isn_diagnostics;

/* What a web page is. Of all but articles nothing is read, unless recall is favored. */
#define ISN_PAGE_TYPES(X)                                                                          \
    X(NO_PAGE, "none")       /* plain text or JSON */                                              \
    X(ARTICLE, "article")                                                                          \
    X(FRONT, "front")        /* a site's first page */                                             \
    X(LIST, "list")          /* headlines that lead elsewhere */                                   \
    X(GALLERY, "gallery")    /* pictures with captions */                                          \
    X(EMPTY, "empty")        /* a wall of consent or payment, a page without text */
typedef enum isn_page_type {
#define X(name, text) ISN_PAGE_##name,
    ISN_PAGE_TYPES(X)
#undef X
} isn_page_type;

/* What an article was taken out of. */
typedef enum isn_container { ISN_CONTAINER_NONE, ISN_CONTAINER_FEED, ISN_CONTAINER_WARC } isn_container;

/*
 * Evidence of where an article of a feed or an archive stands: bytes `offset` to `offset + length` of the file as it lies on the disk.
 * Where one packed member holds several records these are the member's, and `inside` is the record's place in what it unpacks to.
 */
typedef struct isn_origin {
    isn_container container;
    isn_str file;
    uint64_t offset, length, inside;
    isn_str checksum; /* "xxh3:" and 32 hex digits: XXH3-128 of the record or the feed's item, unpacked */
    isn_str digest;   /* the archive's own, as it writes it: "sha1:..."; or empty */
    isn_str fetched;  /* when the archive got it, as it writes it; or empty */
    isn_str feed;     /* the feed's title, or empty */
} isn_origin;

typedef struct isn_article {
    isn_str uri;       /* where it was read from: path, path:line or address */
    isn_origin origin; /* of what a feed or an archive held */
    isn_str id;        /* 32 hex digits: XXH3 of title and text; or the input's own id */
    isn_str outlet;    /* name of the publisher, empty if unknown */
    isn_str published; /* ISO 8601 date, or date and time with offset; empty if unknown */
    isn_str title;
    isn_str author;
    isn_str address;   /* the page's own web address, empty if unknown */
    isn_str modified;  /* when it was last changed, as `published` */
    const isn_str *tags;
    size_t n_tags;
    isn_page_type type; /* of a web page; else ISN_PAGE_NO_PAGE */
    uint8_t confidence; /* of the type, in hundredths */
    isn_str text;      /* valid UTF-8 */
    isn_str language;  /* "ar", "fa", "ur", "en" (Latin letters) or "und" */
    isn_block *blocks; /* one for each line that isn't empty, in order */
    size_t n_blocks;
    isn_diagnostics diagnostics;
} isn_article;

/* What to do with lines of a page that may or may not be the article's. */
typedef enum isn_favor { ISN_FAVOR_BOTH, ISN_FAVOR_PRECISION, ISN_FAVOR_RECALL } isn_favor;

/* What an input is. */
typedef enum isn_item_kind {
    ISN_ITEM_GUESS, /* decide by the content */
    ISN_ITEM_TEXT,
    ISN_ITEM_HTML,
    ISN_ITEM_JSON, /* one JSON object */
    ISN_ITEM_FEED, /* one item of a feed, its fields taken apart; as a forced kind: a feed */
    ISN_ITEM_WARC  /* whole records of a web archive, packed or not: warc.h takes the pages out; as a forced kind: an archive */
} isn_item_kind;

struct isn_metadata;

/* Names of the fields of JSON input, alternatives separated by bars, the first that is there
 * counts. */
typedef struct isn_json_fields {
    isn_str id, url, outlet, published, title, text, author;
} isn_json_fields;

/* How to read. Shared by all threads, only read. */
typedef struct isn_read_options {
    const isn_page *page;                /* never NULL */
    const isn_lexicon *lexicon;          /* may be NULL */
    const struct isn_metadata *metadata; /* may be NULL */
    const char *charset;                 /* forced; NULL: found out */
    isn_item_kind kind;                  /* forced, or ISN_ITEM_GUESS */
    isn_favor favor;
    isn_str outlet, published; /* of all articles that the metadata says nothing of; may be empty */
    isn_json_fields fields;    /* isn_read_options_init sets the usual names */
} isn_read_options;

/* The usual options: nothing forced, usual field names; page must be set by the caller. */
void isn_read_options_init(isn_read_options *options);

/* The fields of an article as its container writes them; empty where there are none. */
typedef struct isn_fields {
    isn_str id, url, outlet, published, title, text, author;
} isn_fields;

/* What an item of a feed has beside its bytes, in which the strings lie. */
typedef struct isn_feed_fields {
    isn_fields fields; /* title and text still with their markup */
    isn_str feed;      /* the feed's title */
} isn_feed_fields;

/*
 * One raw input: bytes on the heap, owned. A reader thread makes items (source.h), worker threads
 * read them.
 */
typedef struct isn_item {
    isn_item_kind kind;
    char *name;      /* path or "-", NUL-ended, owned */
    uint64_t line;   /* 1-based line of a JSON Lines file, else 0 */
    uint64_t number; /* 0, 1, 2 and on, in the order of the inputs */
    char *bytes;     /* owned */
    size_t n;
    isn_feed_fields *feed;   /* of ISN_ITEM_FEED, owned */
    /* Of what came out of a feed or an archive: where it stands in the file. Length 0: not known; then `inside` is its place in what the
     * member at `offset` unpacks to. */
    uint64_t offset, length, inside;
    uint64_t hash[2];        /* of an item of a feed: XXH3-128 of its bytes in the feed, high half first */
    const char *note;        /* static: what was wrong with it in there, a diagnostic of the article; or NULL */
    uint8_t packing;         /* of ISN_ITEM_WARC: isn_packing */
    const struct isn_page_record *record; /* of a page out of an archive: where it stands; not owned */
} isn_item;

/* The name of a type of pages, a static string. Thread-safe. */
const char *isn_page_type_text(isn_page_type type);

/* Gives back what the item owns and clears it. */
void isn_item_release(isn_item *item);

/*
 * Reads an item into *out, all memory from the arena (64 MiB are always enough; HTML parsing uses
 * the heap beside it and gives it back). Fails with ISNAD_E_EMPTY (no letter in it),
 * ISNAD_E_BINARY, ISNAD_E_FORMAT (bad JSON; a kind of XML that isn't read), ISNAD_E_ARGUMENT
 * (unknown forced charset) or ISNAD_E_MEMORY; *err then names file and line. Faults inside the text
 * are diagnostics. Thread-safe on different arenas.
 */
isnad_status isn_article_read(isn_article *out, isn_arena *arena, const isn_item *item,
                              const isn_read_options *options, isnad_error *err);

/* Adds a diagnostic with a printf-formatted message; past the ceiling only the last one says so. */
void isn_diagnose(isn_diagnostics *list, isn_arena *arena, size_t begin, size_t end,
                  const char *code, const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
