/*
 * term.h - what an article tells in words about how long and how many times: "within thirty days", "after a month", "three times as many as that".
 *
 * A span of time belongs to the event before it in its sentence; a multiple to the number that was told last. Words, numbers and units are
 * lines of lexicon/counts.tsv.
 */
#ifndef ISN_STORY_TERM_H
#define ISN_STORY_TERM_H

#include "story/telling.h"

#define ISN_TERMS_MOST 32u /* of an article, of each sort */

typedef enum isn_term_kind { ISN_TERM_WITHIN, ISN_TERM_AFTER, ISN_TERM_LASTING, ISN_TERM_TIMES } isn_term_kind;

typedef struct isn_term {
    isn_span span;
    uint32_t item; /* the event it is the span of, the count it is a multiple of */
    uint8_t kind;  /* isn_term_kind */
    double value;  /* days; how many times */
} isn_term;

/* The terms of a record in the order of its text: at most ISN_TERMS_MOST; returns how many. Thread-safe. */
size_t isn_terms_find(isn_term out[ISN_TERMS_MOST], const isn_record *record, const isn_lexicon *lexicon);

/* The number that a word says in letters or digits, or -1. Thread-safe. */
double isn_number_of(const isn_lexicon *lexicon, isn_str word);

#endif
