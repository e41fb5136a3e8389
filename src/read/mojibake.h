/* mojibake.h - text that was UTF-8, was read as a one-byte set and written as UTF-8 again, mended. */
#ifndef ISN_READ_MOJIBAKE_H
#define ISN_READ_MOJIBAKE_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Mends lines of valid UTF-8 whose letters are the bytes of UTF-8 read as Windows-1256, Windows-1252 or ISO-8859-1, once or twice over.
 * A line counts as such where seven in ten of its characters beyond ASCII stand in such pairs, at least four, and it reads as
 * UTF-8 when taken back; other lines stay. Returns how many lines were mended; 0: nothing was written to *out, else it holds the whole
 * text. Linear; a text without such pairs costs one look at its bytes. Thread-safe on different buffers.
 */
size_t isn_mojibake_mend(isn_buf *out, isn_str text);

#endif
