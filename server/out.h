/* out.h - bytes that grow up to a ceiling, JSON strings, and the errors of the server. */
#ifndef ISN_SERVER_OUT_H
#define ISN_SERVER_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "isnad.h"

typedef struct isn_out {
    char *p; /* NUL-ended where n > 0 */
    size_t n, room, most;
    bool failed; /* no memory, or the ceiling was reached: nothing more is added */
} isn_out;

void isn_out_init(isn_out *out, size_t most);
void isn_out_release(isn_out *out);
void isn_out_bytes(isn_out *out, const char *p, size_t n);
void isn_out_text(isn_out *out, const char *text);
void isn_out_format(isn_out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A JSON string with its quotation marks; text is NUL-ended, what isn't UTF-8 in it becomes U+FFFD; NULL: null. */
void isn_out_json(isn_out *out, const char *text);

/* Is this whole and well-formed UTF-8? */
bool isn_utf8_good(const char *p, size_t n);

/* Fills the error (may be NULL) and returns its status. */
isnad_status isn_serve_fail(isnad_error *err, isnad_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
