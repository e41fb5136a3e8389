/* http.h - the answer of a web server as archives keep it: status, header, body in chunks or not. */
#ifndef ISN_READ_HTTP_H
#define ISN_READ_HTTP_H

#include "base/buf.h"
#include "base/str.h"
#include "isnad.h"

#define ISN_HTTP_HEAD ((size_t)64 << 10) /* bytes of status line and header */
#define ISN_HTTP_CHUNK_LINE 1024u        /* bytes of the line before a chunk */
#define ISN_HTTP_BODY ((size_t)32 << 20) /* bytes of a body, unpacked */

typedef struct isn_http {
    unsigned status;
    isn_str type;     /* Content-Type, as written */
    isn_str encoding; /* Content-Encoding: the last one, trimmed */
    bool chunked;
    bool packed_twice; /* more than one content encoding */
    isn_str body;      /* as it was sent */
} isn_http;

/* Reads status line and header. False where the bytes don't begin as an answer or the header has no end. Thread-safe. */
bool isn_http_read(isn_http *out, isn_str bytes);

/* The value of a header line if its name is this (lower case), whatever its case; false otherwise. Thread-safe. */
bool isn_http_field(isn_str *value, isn_str line, const char *name);

/*
 * Puts the chunks of a body together. Archives often keep a body whole under a header that speaks of chunks: ISNAD_E_NOT_FOUND says that
 * it doesn't begin with a chunk. Fails with ISNAD_E_FORMAT where chunks end early or are none (what was there before is in *out),
 * ISNAD_E_LIMIT past the buffer's ceiling, ISNAD_E_MEMORY.
 */
isnad_status isn_http_join(isn_buf *out, isn_str body, isnad_error *err);

#endif
