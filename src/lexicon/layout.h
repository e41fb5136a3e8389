/*
 * layout.h - what the sections of a lexicon image hold (base/image.h, kind ISN_IMAGE_LEXICON).
 *
 * All references are indices or offsets from the start of a section; isn_lexicon_open checks every one of them.
 */
#ifndef ISN_LEXICON_LAYOUT_H
#define ISN_LEXICON_LAYOUT_H

#include <xxhash.h>

#include "lexicon/lexicon.h"

#define ISN_IMAGE_LEXICON 0x4C455831u /* "LEX1" */

enum {
    ISN_S_TABLES = 1, /* isn_image_table[ISN_TABLE_COUNT] */
    ISN_S_STRINGS,    /* bytes */
    ISN_S_FILES,      /* isn_image_str: names of the files that rows were read from */
    ISN_S_LETTERS,    /* bytes: the folded letters of all words, one after the other */
    ISN_S_WORDS,      /* uint32_t: word w (1 ...) is letters [words[w], words[w + 1]); words[0] = words[1] = 0 */
    ISN_S_WORD_HASH,  /* uint32_t: open addressing by isn_word_hash; 0 is free */
    ISN_S_ROOT,       /* uint32_t: by word, the state after it at the beginning of a phrase, or 0 */
    ISN_S_EDGES,      /* isn_image_edge: open addressing by isn_edge_hash; next 0 is free */
    ISN_S_STATES,     /* uint32_t: state s has the entries [states[s], states[s + 1]) */
    ISN_S_GOES_ON,    /* uint8_t by state: does any edge leave it? */
    ISN_S_ENTRIES,    /* isn_entry */
    ISN_S_BLOBS = 60,   /* + number of the blob: bytes, what the models of other rooms are kept in */
    ISN_S_CELLS = 100,  /* + table: isn_image_str, rows * columns */
    ISN_S_SOURCES = 150 /* + table: isn_image_source, rows */
};

typedef struct isn_image_table {
    uint32_t rows, columns;
} isn_image_table;

typedef struct isn_image_str {
    uint32_t at, n;
} isn_image_str;

typedef struct isn_image_source {
    uint32_t file, line;
} isn_image_source;

typedef struct isn_image_edge {
    uint32_t state, word, next;
} isn_image_edge;

static inline uint32_t isn_word_hash(const uint8_t *letters, size_t n)
{
    return (uint32_t)XXH3_64bits(letters, n);
}

/* Multiplicative mixing of both numbers (Knuth, The Art of Computer Programming 3, 6.4). */
static inline uint32_t isn_edge_hash(uint32_t state, uint32_t word)
{
    uint64_t x = ((uint64_t)state << 32 | word) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(x >> 32);
}

#endif
