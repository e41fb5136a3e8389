/* unpack.h - gzip, deflate, zstd and brotli, with ceilings. */
#ifndef ISN_READ_UNPACK_H
#define ISN_READ_UNPACK_H

#include "base/buf.h"
#include "base/str.h"
#include "isnad.h"

/* What is unpacked may grow this many times once it has given ISN_UNPACK_FREE bytes; deflate itself ends at 1,032, pages and archives
 * of text grow 4 to 20 times. */
#define ISN_UNPACK_RATIO 250u
#define ISN_UNPACK_FREE ((size_t)4 << 20)
#define ISN_UNPACK_WINDOW 27 /* log2 of the memory that a zstd frame may ask for: what zstd itself allows */

typedef enum isn_packing {
    ISN_PACKING_NONE,
    ISN_PACKING_GZIP,
    ISN_PACKING_DEFLATE, /* HTTP's: with zlib's wrapping or without */
    ISN_PACKING_ZSTD,
    ISN_PACKING_BROTLI
} isn_packing;

/* What the first bytes say: gzip, zstd (skippable frames too) or none. Thread-safe. */
isn_packing isn_packing_of(isn_str head);

/* How far a call came. */
typedef enum isn_unpacked {
    ISN_UNPACKED_MORE,   /* all input is used and more is needed */
    ISN_UNPACKED_FULL,   /* the room for output is used up */
    ISN_UNPACKED_MEMBER, /* a gzip member, a zstd frame, a stream is whole; the next call begins another */
    ISN_UNPACKED_BAD,    /* no such data, or a checksum is wrong */
    ISN_UNPACKED_BOMB,   /* it grows past ISN_UNPACK_RATIO */
    ISN_UNPACKED_MEMORY
} isn_unpacked;

typedef struct isn_unpacker isn_unpacker;

/* Makes an unpacker, which the caller frees; it may be used for one stream after another. Fails with ISNAD_E_MEMORY. */
isnad_status isn_unpacker_new(isn_unpacker **out, isn_packing packing, isnad_error *err);
void isn_unpacker_free(isn_unpacker *u);

/* Forgets the stream at hand and what it grew. */
void isn_unpacker_reset(isn_unpacker *u);

/* Unpacks from *in, which is moved on, into out[0 .. room); *got is what was written, whatever the answer. */
isn_unpacked isn_unpack(isn_unpacker *u, isn_str *in, char *out, size_t room, size_t *got);

/*
 * Appends all members of `in` to *out, up to its ceiling. *used is where in `in` the last whole member ended. What was unpacked
 * before a fault stays in *out. Fails with ISNAD_E_FORMAT (broken, or *cut: it ends within a member), ISNAD_E_LIMIT
 * (a bomb, or the ceiling) or ISNAD_E_MEMORY; the message says what, not where.
 */
isnad_status isn_unpack_all(isn_buf *out, isn_unpacker *u, isn_str in, size_t *used, bool *cut,
                            isnad_error *err);

#endif
