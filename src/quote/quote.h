/*
 * quote.h - who said what, in marks or reported, and through whom the outlet has it
 * (eval/ANNOTATION.md Q1 to Q8).
 */
#ifndef ISN_QUOTE_QUOTE_H
#define ISN_QUOTE_QUOTE_H

#include "clause/clause.h"

#define ISN_MOST_VIA 6

typedef struct isn_quote {
    uint32_t begin, end;  /* bytes: the words said, without marks and without the complementizer */
    uint32_t first, last; /* tokens [first, last) */
    uint8_t direct;
    uint32_t speaker;            /* entity, or ISN_NONE */
    uint32_t cue;                /* token of the cue, or ISN_NONE */
    uint32_t cue_begin, cue_end; /* bytes */
    uint32_t via[ISN_MOST_VIA];  /* entities, outermost first */
    uint8_t n_via;
    uint32_t outer;   /* the quote that it stands in, or ISN_NONE */
    uint32_t cue_row; /* row of cues.tsv, or ISN_NO_ROW */
    float confidence; /* how often such a quote has both words and speaker right, as measured on
                         annotated articles */
    const char *rule; /* static string */
} isn_quote;

typedef struct isn_quotes {
    isn_quote *items; /* in order of begin */
    size_t n, capacity;
} isn_quotes;

/* The cues of cues.tsv by lemma; one an engine, read-only and shared. */
typedef struct isn_quoter isn_quoter;
isnad_status isn_quoter_new(isn_quoter **out, const isn_grammar *grammar, isnad_error *err);
void isn_quoter_free(isn_quoter *quoter);

/* Finds the quotes of a text. In its arena; false when that is full. Thread-safe. */
bool isn_quotes_find(isn_quotes *out, const isn_quoter *quoter, const isn_clauses *clauses);

#endif
