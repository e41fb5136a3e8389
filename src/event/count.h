/*
 * count.h - numbers that the text tells, with what they count: the dead, the injured, the arrested, money, shares.
 *
 * A number in digits or words, the words that say how it is meant ("about", "at least"), and what is counted: by the noun
 * behind it ("twelve dead"), or by the verb or verbal noun before it ("arrested thirty people"). Duals and, behind a
 * verbal noun, singulars count without a number. Words come from counts.tsv. Method: our own.
 */
#ifndef ISN_EVENT_COUNT_H
#define ISN_EVENT_COUNT_H

#include "event/event.h"

typedef enum isn_bound {
    ISN_BOUND_EXACT,
    ISN_BOUND_ABOUT,
    ISN_BOUND_AT_LEAST,
    ISN_BOUND_AT_MOST,
    ISN_BOUND_MORE_THAN,
    ISN_BOUND_LESS_THAN
} isn_bound;

typedef struct isn_count {
    uint32_t first, last; /* tokens [first, last): the number with its bound and its noun */
    uint32_t begin, end;  /* bytes */
    double value, high;   /* high: the upper end of a range, else value */
    uint8_t bound;        /* isn_bound */
    isn_str what, unit;   /* of the lexicon; unit may be empty */
    uint32_t event;       /* index of the event that it belongs to, or ISN_NONE */
} isn_count;

typedef struct isn_counts {
    isn_count *items; /* in order */
    size_t n, capacity;
} isn_counts;

/* The words of counts.tsv; one an engine, read-only and shared. */
typedef struct isn_counter isn_counter;
isnad_status isn_counter_new(isn_counter **out, const isn_lexicon *lexicon, isnad_error *err);
void isn_counter_free(isn_counter *counter);

/* Finds the counts of a text. In its arena; false when that is full. Thread-safe. */
bool isn_counts_find(isn_counts *out, const isn_counter *counter, const isn_clauses *clauses, const isn_events *events);

#endif
