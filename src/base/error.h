/* error.h - filling the caller's isnad_error. */
#ifndef ISN_BASE_ERROR_H
#define ISN_BASE_ERROR_H

#include "isnad.h"

/*
 * Fills *err (if not NULL) with status, place and a printf-formatted message, and returns the status, so that
 * a function can end with `return isn_fail(...)`. file may be NULL, line 0. Thread-safe.
 */
isnad_status isn_fail(isnad_error *err, isnad_status status, const char *file, uint64_t line,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
