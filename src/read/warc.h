/*
 * warc.h - web archives, WARC 1.0 and 1.1 (ISO 28500): the records in a piece of an archive, and the pages in them.
 *
 * The reader's thread cuts an archive into pieces of whole records (archive.h); a worker unpacks a piece and takes the pages out, one
 * after the other. Pages are response records with an HTTP status of 2xx, resource records and conversion records (plain text), where
 * the type says HTML or text, or says nothing and the body begins as one. Requests, metadata, revisits (the page
 * stands elsewhere), pictures, scripts, feeds and the like are passed over and counted.
 */
#ifndef ISN_READ_WARC_H
#define ISN_READ_WARC_H

#include "base/buf.h"
#include "read/article.h"
#include "read/http.h"
#include "read/unpack.h"

#define ISN_WARC_HEAD ((size_t)64 << 10)   /* bytes of a record's header */
#define ISN_WARC_RECORD ((size_t)64 << 20) /* bytes of a record that is read, and of what a piece unpacks to */

/* The header of a record. Strings lie in the bytes that were read. */
typedef struct isn_warc_head {
    isn_str type, target, date, content_type, digest;
    uint64_t length; /* of the block */
    size_t n;        /* bytes of the header with the empty line */
    bool segment;    /* the record is a part of one */
} isn_warc_head;

typedef enum isn_warc_found { ISN_WARC_HEAD_OK, ISN_WARC_HEAD_CUT, ISN_WARC_HEAD_BAD } isn_warc_found;

/* Reads the header at the beginning of `bytes`. Thread-safe. */
isn_warc_found isn_warc_head_read(isn_warc_head *out, isn_str bytes);

/* Where the next record seems to begin in `bytes`, at `from` or after it: "WARC/1." at the beginning of a line, or with a field
 * in the line below; SIZE_MAX for nowhere. */
size_t isn_warc_next_head(isn_str bytes, size_t from);

/* Can a record of this type hold a page? */
bool isn_warc_may_hold(const isn_warc_head *head);

/* The same by status and type of the answer too, of which `block` is the beginning. Thread-safe. */
bool isn_warc_is_page(const isn_warc_head *head, isn_str block);

/* What is told of a page's record beside the page. Strings lie in the piece. */
typedef struct isn_page_record {
    isn_str target, date, digest;
    uint64_t offset, length, inside;
    uint64_t hash[2]; /* XXH3-128 of header and block, high half first */
} isn_page_record;

/* A piece that is being read; kept by a worker from piece to piece for its memory. */
typedef struct isn_warc {
    isn_str bytes; /* records, unpacked */
    size_t at;
    const isn_item *piece;
    isn_buf unpacked, body, plain;
    isn_unpacker *gzip, *zstd, *deflate, *brotli; /* made when they are needed */
    isnad_error fault; /* of unpacking, told at the end */
    bool cut;
    isn_page_record record;
    uint64_t records; /* whole ones in this piece */
    uint64_t skipped; /* of them, those without a page */
} isn_warc;

void isn_warc_init(isn_warc *w);
void isn_warc_release(isn_warc *w);

/* Begins a piece, which must outlive the reading of it. */
void isn_warc_begin(isn_warc *w, const isn_item *piece);

typedef enum isn_warc_step { ISN_WARC_PAGE, ISN_WARC_FAULT, ISN_WARC_END } isn_warc_step;

/*
 * The next page, whose bytes belong to w and are good until the next call; or a fault in *err (a damaged or cut record, a body that
 * can't be unpacked, a ceiling), after which the next call goes on; or the end of the piece. Not thread-safe: one thread a piece.
 */
isn_warc_step isn_warc_next(isn_warc *w, isn_item *page, isnad_error *err);

#endif
