/* number.h - numbers in digits and in words; what count.c and number.c share. Nothing outside src/event includes it. */
#ifndef ISN_EVENT_NUMBER_H
#define ISN_EVENT_NUMBER_H

#include "event/count.h"

typedef enum isn_count_kind {
    ISN_COUNT_NONE,
    ISN_COUNT_NUMBER,
    ISN_COUNT_SCALE,
    ISN_COUNT_MANY,
    ISN_COUNT_PART,
    ISN_COUNT_BOUND,
    ISN_COUNT_WHAT,
    ISN_COUNT_PERSON,
    ISN_COUNT_VERB,
    ISN_COUNT_NOUN,
    ISN_COUNT_UNIT,
    ISN_COUNT_PERCENT
} isn_count_kind;

typedef struct isn_count_row {
    uint8_t kind;  /* isn_count_kind */
    uint8_t bound; /* of kind BOUND: isn_bound */
    double value;  /* of numbers */
    isn_str text;  /* the cell `value` */
} isn_count_row;

struct isn_counter {
    isn_count_row *rows; /* one a row of counts.tsv */
    size_t n;
    uint32_t *of_verb;   /* per row of verbs.tsv: its row of counts.tsv, or ISN_NO_ROW */
    size_t n_verbs;
};

/* A word or phrase of counts.tsv that stands at a token. */
typedef struct isn_count_word {
    const isn_count_row *row; /* NULL: none */
    uint32_t n;               /* tokens */
    uint8_t form;             /* ISN_F_ */
    uint8_t conj;             /* w- stands on it */
    uint8_t article;          /* it has the article */
    uint8_t prep;             /* a proclitic preposition stands on it */
} isn_count_word;

/* The longest word of the kinds (bits 1 << isn_count_kind) at token t that ends before `end`. */
isn_count_word isn_count_word_at(const isn_counter *counter, const isn_text *text, uint32_t t, uint32_t end, unsigned kinds);

/*
 * Reads the number that begins at token t: "12", "3,500", "3.5 million", "two thousand and fifty", "fifteen". Returns the token
 * after it, or t where none begins. *many: it is a word like "dozens" that means more than *value.
 */
uint32_t isn_number_read(double *value, bool *many, const isn_counter *counter, const isn_text *text, uint32_t t, uint32_t end);

#endif
