/*
 * tagger.h - what other rooms may ask the tagger's model: the class of an analysis, how frequent a
 * word is.
 */
#ifndef ISN_TEXT_TAGGER_H
#define ISN_TEXT_TAGGER_H

#include "text/text.h"

/*
 * Classes that the tagger tells apart: 0-35 noun-like (noun, adjective, proper name; after a
 * conjunction or not; with article, preposition, pronoun), 36-51 verbs (past, present, future,
 * after l-; conjunction; pronoun), the rest function words. A weight row has one cell a class: 64
 * bytes, one cache line.
 */
enum {
    ISN_CLASS_NOUN = 0,
    ISN_CLASS_ADJ = 12,
    ISN_CLASS_PROPER = 24,
    ISN_CLASS_VERB = 36,
    ISN_CLASS_PREP = 52,
    ISN_CLASS_PREP_PRONOUN,
    ISN_CLASS_CONJ,
    ISN_CLASS_NEG,
    ISN_CLASS_PARTICLE,
    ISN_CLASS_PRONOUN,
    ISN_CLASS_DEMONSTRATIVE,
    ISN_CLASS_RELATIVE,
    ISN_CLASS_ADVERB,
    ISN_CLASS_AUX,
    ISN_CLASS_NUMBER,
    ISN_CLASS_OTHER, /* what is no word; the edge of a sentence */
    ISN_CLASSES
};

/*
 * The model as it lies in the lexicon's image (model/README.md); without one `statics` is NULL.
 * ISN_BLOB_TAGGER holds the bytes of statics and rows, ISN_BLOB_COUNTS the slots, little-endian.
 */
typedef struct isn_tagger {
    const int8_t *statics; /* ISN_STATICS */
    const int8_t *rows;    /* ISN_ROWS * ISN_CLASSES */
    const unsigned char
        *counts; /* slots of 28 bits fingerprint, 4 bits log2 of document frequency; 0 is free */
    size_t counts_mask; /* slots - 1 */
} isn_tagger;

/* Finds the model's sections in the lexicon; leaves fields NULL where there are none. */
void isn_tagger_open(isn_tagger *tagger, const isn_lexicon *lexicon);

/* log2 class of the document frequency of a word: 0 unknown, 1 to 15. Letters are folded for hamza
 * on alef only. */
unsigned isn_tagger_count(const isn_tagger *tagger, const uint8_t *letters, size_t n);

/* The class of an analysis. */
uint8_t isn_class_of(const isn_analysis *analysis, const uint8_t *letters);

#endif
