/* cue.h - the words of saying (cues.tsv), read once when the engine opens. */
#ifndef ISN_QUOTE_CUE_H
#define ISN_QUOTE_CUE_H

#include "quote/quote.h"

#define ISN_CUE_CLASSES(X)                                                                         \
    X(SAY, "say")                                                                                  \
    X(STATE, "state")                                                                              \
    X(EXPRESS, "express")                                                                          \
    X(CALL, "call")                                                                                \
    X(DENY, "deny")                                                                                \
    X(ANNOUNCE, "announce")                                                                        \
    X(BELIEVE, "believe")                                                                          \
    X(ACT, "act")                                                                                  \
    X(SOURCE, "source")                                                                            \
    X(MEDIUM, "medium")                                                                            \
    X(CONTENT, "content")                                                                          \
    X(END, "end")                                                                                  \
    X(LEAD, "lead")                                                                                \
    X(NONE, "none")

typedef enum isn_cue_class {
#define X(name, text) ISN_CUE_##name,
    ISN_CUE_CLASSES(X)
#undef X
        ISN_CUE_CLASS_COUNT
} isn_cue_class;

#define ISN_CUE_PREPS 4

typedef struct isn_cue {
    uint32_t row;
    uint8_t class_of;             /* isn_cue_class */
    uint8_t verb, noun, phrase;   /* pos */
    uint8_t clause, mark, object; /* what it takes */
    uint8_t who;                  /* its object is who is spoken to or about */
    uint8_t n_preps;
    uint32_t preps[ISN_CUE_PREPS]; /* rows of functions.tsv that bring the content */
} isn_cue;

struct isn_quoter {
    const isn_grammar *grammar;
    isn_cue *cues; /* one a row of cues.tsv */
    size_t n;
    uint32_t *of_verb; /* per row of verbs.tsv: the cue of its lemma, or ISN_NO_ROW */
    uint32_t an;       /* row of functions.tsv of "from" */
};

/* Does the cue bring its content by this preposition (row of functions.tsv)? */
bool isn_cue_takes(const isn_cue *cue, uint32_t prep);

/* The cue of a unit and whether it stands there as verb, participle, verbal noun, noun or phrase;
 * NULL if it is none. */
const isn_cue *isn_cue_of_unit(const isn_quoter *quoter, const isn_clauses *clauses, uint32_t unit);

#endif
