/*
 * name-score.h - how names found compare with names marked: a name counts where it begins, ends and is
 * of the type that the mark says (the scorer of CoNLL 2003).
 */
#ifndef ISNAD_NAME_SCORE_H
#define ISNAD_NAME_SCORE_H

#include "name-corpus.h"
#include "name/seq.h"

typedef struct name_score {
    size_t right, found, gold;
} name_score;

/* The names that tags say, in words: at most n into `out`; returns how many. */
size_t name_spans(name_span *out, const uint8_t *tags, size_t n);
/* Adds a sentence of at most 4096 words to the scores by type. */
void name_score_add(name_score scores[ISN_SEQ_TYPES], const uint8_t *gold, const uint8_t *found, size_t n);
/* Prints the scores by type and over all. */
void name_score_print(const char *name, const name_score scores[ISN_SEQ_TYPES]);
/* Prints a sentence whose names were not all found, with the names found and marked. */
void name_score_show(const name_corpus *c, const name_sentence *s, const uint8_t *gold, const uint8_t *found);

#endif
