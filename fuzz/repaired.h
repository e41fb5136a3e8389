/* repaired.h - for fuzz targets of rooms that read a text: the lexicon named by ISNAD_IMAGE, and any bytes as UTF-8. */
#ifndef ISN_FUZZ_REPAIRED_H
#define ISN_FUZZ_REPAIRED_H

#include "base/buf.h"
#include "base/utf8.h"
#include "require.h"
#include "text/text.h"

/* Opened once; a fuzz target is one thread. */
static isn_lexicon *lexicon;
static isn_words *words;

static inline void open_words(void)
{
    const char *image = getenv("ISNAD_IMAGE");
    if (!lexicon)
        require(image && isn_lexicon_open(&lexicon, image, NULL) == ISNAD_OK &&
                isn_words_new(&words, lexicon, NULL) == ISNAD_OK);
}

/* The bytes as UTF-8, each bad one a replacement character. */
static inline void repair(isn_buf *out, isn_str bytes)
{
    for (size_t at = 0; at < bytes.n;) {
        size_t length;
        char code[4];
        uint32_t c = isn_utf8_decode(bytes, at, &length);
        isn_buf_append(out, code, isn_utf8_encode(code, c));
        at += length;
    }
}

#endif
