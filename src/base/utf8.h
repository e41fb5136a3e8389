/* utf8.h - stepping through UTF-8. Strict: no overlong forms, surrogates or values past U+10FFFF. Thread-safe. */
#ifndef ISN_BASE_UTF8_H
#define ISN_BASE_UTF8_H

#include "base/str.h"

/* Bytes of the valid sequence that begins at s.p[at] (1 to 4), or 0 if there is none. */
size_t isn_utf8_length(isn_str s, size_t at);

/* The code point at s.p[at] and its length in *length; U+FFFD with length 1 where the bytes are no UTF-8. */
uint32_t isn_utf8_decode(isn_str s, size_t at, size_t *length);

/* Writes c to out (room for 4); returns the length. c must be a valid scalar value. */
size_t isn_utf8_encode(char *out, uint32_t c);

/* s without the byte order mark that it may begin with. */
isn_str isn_utf8_unmark(isn_str s);

/* Length of the longest prefix of s that is valid UTF-8. */
size_t isn_utf8_valid(isn_str s);

#endif
