/*
 * normal.h - the normal form of text, one byte a letter, with the way back to the bytes.
 *
 * Taken out: vowel marks, shadda, tatweel, hidden marks (direction, joiners, BOM). Made one: presentation forms and
 * ligatures (through utf8proc's compatibility decomposition), Persian and Urdu ya, kaf and heh, digits of three kinds,
 * white space, dashes, Arabic punctuation (as its ASCII twin), quotation marks. Kept apart, because grammar needs
 * it: hamza seats, ta marbuta, alef maksura; isn_fold() (base/letters.h) drops these for looking up.
 */
#ifndef ISN_BASE_NORMAL_H
#define ISN_BASE_NORMAL_H

#include "base/arena.h"
#include "base/letters.h"
#include "base/str.h"

typedef struct isn_normal {
    uint8_t *p;    /* n letters, codes of base/letters.h */
    uint32_t *map; /* n + 1 byte offsets: map[i] is where letter i begins in the text, map[n] the text's length */
    size_t n;
} isn_normal;

/*
 * Normalizes text (valid UTF-8, at most 4 GiB - 1) into memory of the arena. False when the arena is full.
 * The letter i was read from bytes [map[i], end of that character); use isn_normal_end() for the end, since
 * marks that follow a letter belong to it. Thread-safe on different arenas.
 */
bool isn_normal_make(isn_normal *out, isn_arena *arena, isn_str text);

/* The first letter at or after a byte of the text, looked for from letter `from` on. */
size_t isn_normal_at(const isn_normal *normal, size_t from, uint32_t byte);

/* Byte after the last byte of letter i (without the marks that follow it up to the next letter). */
uint32_t isn_normal_end(const isn_normal *normal, isn_str text, size_t i);

/*
 * The folded normal form of a short string (a lexicon cell, a query): writes at most `room` codes to out and
 * returns the number that the whole would need. Runs of white space become one blank, none at the ends.
 */
size_t isn_normal_key(uint8_t *out, size_t room, isn_str text);

/* Like isn_normal_key but without folding. */
size_t isn_normal_letters(uint8_t *out, size_t room, isn_str text);

#endif
