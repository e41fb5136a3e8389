/*
 * target.h - the address of a request taken apart: parts of the path and parameters, decoded. The one parser of what clients send
 * that is ours (libmicrohttpd reads request line and headers); fuzz/fuzz_target.c feeds it any bytes.
 */
#ifndef ISN_SERVER_TARGET_H
#define ISN_SERVER_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "limits.h"

typedef struct isn_target_param {
    const char *name, *value; /* UTF-8 without NUL, NUL-ended, in `bytes` */
} isn_target_param;

typedef struct isn_target {
    char path[ISN_SERVE_URI_BYTES + 1];     /* as sent, without the query */
    char bytes[ISN_SERVE_URI_BYTES * 2 + 2]; /* what was decoded */
    const char *segments[ISN_SERVE_SEGMENTS]; /* between slashes; a slash that was encoded is part of one */
    size_t n_segments;
    bool slash;       /* the path ends with one */
    const char *stem; /* the last segment without its ".json", or NULL where it has none */
    isn_target_param params[ISN_SERVE_PARAMS];
    size_t n_params;
} isn_target;

/*
 * Reads an address as sent: "/path?query". Returns NULL, or what is wrong with it, a static text: malformed or forbidden escapes (NUL,
 * control characters), what isn't UTF-8, "." and ".." as parts of the path, empty parts, a parameter twice, too many or too long ones.
 * Thread-safe.
 */
const char *isn_target_read(isn_target *out, const char *raw, size_t n);

/* The value of a parameter; NULL where it isn't there. */
const char *isn_target_value(const isn_target *target, const char *name);

#endif
