/*
 * archive.h - cutting a web archive into pieces of whole records, in the reader's thread.
 *
 * Packed archives have a gzip member or zstd frame for each record: a piece is one of them, still packed, so that the workers unpack
 * them, all at once. A zstd frame says by its block headers where it ends. A gzip member doesn't; the next one is looked for by its
 * first bytes, and believed where it unpacks to the beginning of a record. Archives that are plain, or one large member, are
 * cut by the records' own lengths. Where a length is wrong, the next line that begins a record ends it.
 */
#ifndef ISN_READ_ARCHIVE_H
#define ISN_READ_ARCHIVE_H

#include "read/article.h"
#include "read/stream.h"

#define ISN_ARCHIVE_MEMBER ((size_t)2 << 20) /* bytes of a packed member that is handed on; larger ones are unpacked here */

typedef struct isn_archive {
    isn_stream *stream; /* not owned */
    isn_packing packing;
    isn_unpacker *peek; /* to look into members */
    bool inside;        /* a large member is being unpacked in this thread */
    uint64_t member;    /* where it begins in the file */
    uint64_t records;   /* cut by their lengths so far */
    uint64_t skipped;   /* of them, those that can hold no page: passed over here */
} isn_archive;

/* Begins to read an archive at the beginning of the stream, which is taken as it is. Fails with ISNAD_E_MEMORY. */
isnad_status isn_archive_open(isn_archive *a, isn_stream *stream, isn_packing packing, isnad_error *err);
void isn_archive_close(isn_archive *a);

typedef enum isn_archive_step {
    ISN_ARCHIVE_PIECE,
    ISN_ARCHIVE_FAULT,
    ISN_ARCHIVE_END,
    ISN_ARCHIVE_AGAIN /* something was passed over; isn_archive_next never answers so */
} isn_archive_step;

/*
 * The next piece as an item of ISN_ITEM_WARC, owned by the caller (its name is left to the caller); a fault in *err, after which the
 * next call goes on; or the end.
 */
isn_archive_step isn_archive_next(isn_archive *a, isn_item *piece, isnad_error *err);

/* What the first bytes of a packed stream unpack to: writes up to `room` bytes, returns how many. */
size_t isn_archive_peek(isn_unpacker *u, isn_str packed, char *out, size_t room);

#endif
