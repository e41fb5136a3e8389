/* seq_parts.h - what the files of the sequence model share beside seq.h. */
#ifndef ISN_NAME_SEQ_PARTS_H
#define ISN_NAME_SEQ_PARTS_H

#include "name/seq.h"

/* Leads of "no name" (in units of the model) that end all doubt: by the words alone, by the words where something else
 * speaks of the token too, by all features. Less than one name in a hundred comes out otherwise than if all were asked. */
#define ISN_SEQ_SURE 12
#define ISN_SEQ_SURE_SPOKEN 48
#define ISN_SEQ_SURE_ALL 112

/* Adds the rows of features to a sum; at most ISN_SEQ_OFFSETS * ISN_SEQ_WORD_MOST + ISN_SEQ_MOST hashes. */
void isn_seq_add(int16_t sums[ISN_SEQ_CELLS], const isn_seq_model *model, const uint32_t *hashes, size_t n);

/*
 * Log odds of the tags of the finder's sentence, in units of the model; tokens that are surely no name
 * get no more than what their words say, and live[t] = 0.
 */
void isn_seq_sum(int16_t (*sums)[ISN_SEQ_CELLS], uint8_t *live, const isn_finder *f, const isn_seq_token *tokens);

/* Weighs the candidates of the finder's sentence by the model's probabilities, adds those that only it sees. */
void isn_seq_weigh(isn_finder *f, const float (*chances)[ISN_SEQ_CELLS]);

#endif
