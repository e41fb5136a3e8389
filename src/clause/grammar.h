/* grammar.h - the function words of functions.tsv as codes. Built when the engine opens; read-only and shared. */
#ifndef ISN_CLAUSE_GRAMMAR_H
#define ISN_CLAUSE_GRAMMAR_H

#include "text/text.h"

#define ISN_FUNCTION_SUBS(X)                                                                       \
    X(NONE, "")                                                                                    \
    X(GENERAL, "general")                                                                          \
    X(HYPOTHETICAL, "hypothetical")                                                                \
    X(FUTURE, "future")                                                                            \
    X(NEGATED, "negated")                                                                          \
    X(PRESENT, "present")                                                                          \
    X(PAST, "past")                                                                                \
    X(BEGIN, "begin")                                                                              \
    X(PASSIVE, "passive")                                                                          \
    X(EXIST, "exist")                                                                              \
    X(LINK, "link")                                                                                \
    X(SHIFT, "shift")                                                                              \
    X(SOURCE, "source")                                                                            \
    X(PLACE, "place")                                                                              \
    X(TIME, "time")                                                                                \
    X(TOGETHER, "together")                                                                        \
    X(ATTENDED, "attended")                                                                        \
    X(BESIDE, "beside")                                                                            \
    X(WITH, "with")                                                                                \
    X(CAUSE, "cause")                                                                              \
    X(PURPOSE, "purpose")                                                                          \
    X(CONDITION, "condition")                                                                      \
    X(EXCEPT, "except")                                                                            \
    X(TOPIC, "topic")                                                                              \
    X(COMPARISON, "comparison")                                                                    \
    X(AGENT, "agent")                                                                              \
    X(AGAINST, "against")                                                                          \
    X(CONCESSION, "concession")                                                                    \
    X(QUANTITY, "quantity")                                                                        \
    X(THAT, "that")                                                                                \
    X(AND, "and")                                                                                  \
    X(BUT, "but")                                                                                  \
    X(WHERE, "where")                                                                              \
    X(COPULA, "copula")                                                                            \
    X(NOUN, "noun")                                                                                \
    X(PHRASE, "phrase")                                                                            \
    X(REFLEXIVE, "reflexive")                                                                      \
    X(ANY, "any")

typedef enum isn_sub {
#define X(name, text) ISN_SUB_##name,
    ISN_FUNCTION_SUBS(X)
#undef X
    ISN_SUB_OTHER
} isn_sub;

typedef struct isn_function {
    uint8_t pos; /* isn_pos */
    uint8_t sub; /* isn_sub */
} isn_function;

/* What cues.tsv and frames.tsv show of a verb. */
enum {
    ISN_VERB_SAYS = 1,         /* a word of saying */
    ISN_VERB_TAKES_OBJECT = 2, /* some frame of it has an object */
    ISN_VERB_OF_ACTS = 8,      /* some frame of it has an act for its subject: "attacks hit" */
    ISN_VERB_NEEDS_OBJECT = 4  /* frames of meeting, accusing or backing alone, all with an object: never without one */
};

typedef struct isn_grammar {
    const isn_lexicon *lexicon;
    isn_function *functions; /* one a row of functions.tsv */
    size_t n_functions;
    uint32_t ba, la, ka;     /* rows of the proclitic prepositions */
    uint32_t fi, min, with, ila; /* rows of "in", "from", "with", "to" */
    uint8_t *verbs;          /* ISN_VERB_ traits, one a row of verbs.tsv */
    size_t n_verbs;
    uint32_t own_state[2];   /* rows [0] to [1] of classes.tsv, class self-state: "his country" */
    uint32_t two_sides[2];   /* class two-sides: in the dual, the two parties that met last */
    uint32_t two_states[2];  /* class two-states: in the dual, their two states */
} isn_grammar;

isnad_status isn_grammar_init(isn_grammar *grammar, const isn_lexicon *lexicon, isnad_error *err);
void isn_grammar_release(isn_grammar *grammar);

/* The row of functions.tsv of a preposition named in a lexicon cell, or ISN_NO_ROW. */
uint32_t isn_grammar_preposition(const isn_grammar *grammar, isn_str name);

#endif
