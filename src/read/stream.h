/* stream.h - the bytes of one file, a piece at a time, unpacked on the way where they are packed. For the reader's thread. */
#ifndef ISN_READ_STREAM_H
#define ISN_READ_STREAM_H

#include "read/unpack.h"

#define ISN_STREAM_CHUNK ((size_t)64 * 1024) /* bytes that one read asks for */
#define ISN_STREAM_ROOM ((size_t)257 << 20)  /* bytes that may wait in memory */

/* Gives the next bytes, at most n: how many, 0 at the end, -1 where that fails. */
typedef ptrdiff_t isn_stream_read(void *context, char *room, size_t n);

typedef struct isn_stream {
    int fd;     /* -1: none */
    isn_stream_read *reads; /* in place of a file, or NULL; fd is no file's then */
    void *context;
    char *name; /* owned */
    isn_buf buf; /* bytes read and not yet handed out begin at `at` */
    size_t at;
    uint64_t base; /* where buf.p[0] stands in the file, or in what is unpacked */
    uint64_t line; /* of the next line, 1-based */
    bool end;      /* there is no more */
    bool broken;   /* and it ended with a fault */
    isn_unpacker *unpacker; /* NULL: the file is taken as it is */
    isn_packing packing;
    bool one_member;  /* `end` is set at the end of a packed member */
    isn_buf packed;   /* of the file, not yet unpacked from `packed_at` on */
    size_t packed_at;
    uint64_t packed_base; /* where packed.p[0] stands in the file */
    bool packed_end;      /* the file has no more */
    uint64_t read;        /* bytes taken from the file */
} isn_stream;

/* Opens a file, "-" for standard input, and reads its beginning (a chunk, unless it is shorter). Takes `name` over in any case. Fails
 * with ISNAD_E_IO or ISNAD_E_MEMORY; the stream is closed then. */
isnad_status isn_stream_open(isn_stream *s, char *name, isnad_error *err);

/* The same for bytes that a function gives; they stand at `offset` of a file, and begin with line `line` (0: 1). */
isnad_status isn_stream_open_part(isn_stream *s, char *name, isn_stream_read *reads, void *context, uint64_t offset, uint64_t line,
                                  isnad_error *err);
void isn_stream_close(isn_stream *s);

/*
 * Reads a piece more into the buffer, or sets `end`. What can go wrong (reading, damaged packing, memory) fills *err and sets `end`
 * and `broken`; what was read before stays.
 */
isnad_status isn_stream_more(isn_stream *s, isnad_error *err);

/* Moves what is left to the front of the buffer. */
void isn_stream_shift(isn_stream *s);

/* What is in the buffer from `at` on. */
isn_str isn_stream_rest(const isn_stream *s);

/* From here on the file is unpacked; with `one_member` up to the end of the member that begins here. Fails with ISNAD_E_MEMORY. */
isnad_status isn_stream_unpack(isn_stream *s, isn_packing packing, bool one_member, isnad_error *err);

/* The reverse, at the end of a member: what follows is taken as it is. */
void isn_stream_as_is(isn_stream *s);

/* Where the next byte that is handed out stands: in the file as it is, else in what was unpacked. */
uint64_t isn_stream_place(const isn_stream *s);

#endif
