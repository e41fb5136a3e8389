/*
 * source.h - walking the inputs: one thread takes raw items from a source, in order, and hands them
 * to workers.
 *
 * Inputs are files, folders (with all that is in them, sorted by name in byte order, names that
 * begin with a dot left out, symbolic links to folders inside them not followed) and "-" for
 * standard input. What a file is its first bytes say (sniff.h), gzip and zstd taken off. JSON Lines (a first line that is a whole
 * object) yield an item a line, web archives an item for a piece of whole records (warc.h takes the pages out), feeds an item for each
 * of theirs that this source has not given before (seen.h): all in bounded memory, however long the file is. Every other
 * file is one item.
 */
#ifndef ISN_READ_SOURCE_H
#define ISN_READ_SOURCE_H

#include "isnad.h"
#include "read/article.h"
#include "read/stream.h"

#define ISN_SOURCE_FILE ((size_t)256 << 20) /* bytes of a file that is no JSON Lines */
#define ISN_SOURCE_LINE                                                                            \
    ((size_t)16 << 20)       /* bytes of a line of JSON Lines; longer ones are errors */
#define ISN_SOURCE_DEPTH 64u /* folders in folders */

typedef struct isn_source isn_source;

/* Called for each input that can't be read; the next one is read then. err->file names it,
 * err->line its line. */
typedef void isn_source_fault(void *context, const isnad_error *err);

/*
 * Makes a source of n inputs; the strings must outlive it. kind ISN_ITEM_GUESS finds out by
 * content; ISN_ITEM_JSON, ISN_ITEM_FEED and ISN_ITEM_WARC read every file as that; others take each file as one item. charset is
 * that of feeds, NULL: found out. fault may be NULL. Fails with ISNAD_E_MEMORY only: missing inputs are faults when their turn comes. The
 * caller frees it. Not thread-safe: one thread at a time.
 */
isnad_status isn_source_new(isn_source **out, const char *const *inputs, size_t n,
                            isn_item_kind kind, const char *charset, isn_source_fault *fault,
                            void *context, isnad_error *err);

/*
 * The only input's bytes come from a function and not from a file: `read` gives the next ones, at most n, 0 at the end, -1 where that fails. They stand at
 * `offset` of the file that they are a part of; their first line has the number `line`.
 */
typedef struct isn_source_part {
    isn_stream_read *read;
    void *context;
    uint64_t offset, line;
} isn_source_part;
void isn_source_set_part(isn_source *source, const isn_source_part *part);

void isn_source_free(isn_source *source);

/* The next item, which the caller then owns (isn_item_release); false at the end. */
bool isn_source_next(isn_source *source, isn_item *item);

/* Bytes read so far, for showing progress. */
uint64_t isn_source_bytes(const isn_source *source);

/* What was passed over without a fault. */
typedef struct isn_source_count {
    uint64_t repeated; /* items of feeds that had been given before */
    uint64_t skipped;  /* records of archives that can hold no page */
} isn_source_count;

isn_source_count isn_source_counted(const isn_source *source);

#endif
