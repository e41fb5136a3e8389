/* charset.h - bytes of any character set that Arabic news came in, to UTF-8. */
#ifndef ISN_READ_CHARSET_H
#define ISN_READ_CHARSET_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "isnad.h"
#include "read/article.h"

#define ISN_CHARSET_SAMPLE ((size_t)64 * 1024) /* bytes that the guess looks at */
#define ISN_CHARSET_HINT ((size_t)4096)        /* bytes in which a declaration is looked for */

typedef struct isn_charset_text {
    isn_str text;     /* valid UTF-8: the input's own bytes, or `owned` */
    isn_buf owned;    /* empty where nothing had to be converted */
    const char *name; /* static or the caller's: "utf-8", "windows-1256" and so on */
} isn_charset_text;

/*
 * Converts bytes to UTF-8. The set is the forced one if given (any name iconv knows), else that of
 * a byte order mark, else UTF-8 if the bytes are valid, else UTF-16 without mark by where the zero
 * and Arabic high bytes stand, broken UTF-8 if good sequences are no fewer than bad bytes,
 * Windows-1256 or ISO-8859-6 by their letters, at last what an HTML or XML declaration says, or
 * Windows-1252. Bytes that can't be converted become U+FFFD with one diagnostic a run; in broken UTF-8, runs of bytes
 * that read as Windows-1256 or ISO-8859-6 are taken for that. Valid UTF-8 is only touched where mojibake.h finds that it
 * was encoded twice. Fails with ISNAD_E_EMPTY, ISNAD_E_BINARY,
 * ISNAD_E_ARGUMENT (forced set unknown), ISNAD_E_MEMORY. *out holds the input's bytes until it is
 * released, which is due after a success only. Diagnostics go to the arena. Thread-safe.
 */
isnad_status isn_charset_decode(isn_charset_text *out, isn_str bytes, const char *forced,
                                isn_diagnostics *diagnostics, isn_arena *arena, isnad_error *err);
void isn_charset_release(isn_charset_text *text);

#endif
