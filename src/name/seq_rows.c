/*
 * The weights of a sentence (seq.h): rows found by the hash of their feature, the sums that each word
 * keeps. Buckets of eight fingerprints are compared at once; buckets and rows are asked for ahead, since
 * the model is larger than the nearer caches.
 */
#include "name/seq_parts.h"

_Static_assert(ISN_SEQ_KEPT * sizeof(isn_seq_word) <= ISN_WORD_SIDE, "what a word keeps must fit beside it");

typedef uint16_t prints8 __attribute__((vector_size(16)));
typedef int16_t cells8 __attribute__((vector_size(16)));
typedef uint16_t lanes8 __attribute__((vector_size(16)));

/* The row of a feature in its bucket, NULL if the model has none. */
static inline const int8_t *row_of(const isn_seq_model *model, uint32_t hash, uint32_t bucket)
{
    prints8 all, mine = (prints8){0} + isn_seq_print(hash);
    memcpy(&all, model->prints + (size_t)bucket * ISN_SEQ_BUCKET, sizeof all);
    prints8 same = (prints8)(all == mine);
    uint64_t halves[2];
    memcpy(halves, &same, sizeof halves);
    if (!(halves[0] | halves[1]))
        return NULL;
    int at = halves[0] ? __builtin_ctzll(halves[0]) / 16 : 4 + __builtin_ctzll(halves[1]) / 16;
    return model->rows + ((size_t)bucket * ISN_SEQ_BUCKET + (size_t)at) * ISN_SEQ_CELLS;
}

static inline void add_sums(int16_t to[ISN_SEQ_CELLS], const int16_t from[ISN_SEQ_CELLS])
{
    for (int half = 0; half < 2; half++) {
        cells8 a, b;
        memcpy(&a, to + 8 * half, sizeof a);
        memcpy(&b, from + 8 * half, sizeof b);
        a += b;
        memcpy(to + 8 * half, &a, sizeof a);
    }
}

void isn_seq_add(int16_t sums[ISN_SEQ_CELLS], const isn_seq_model *model, const uint32_t *hashes, size_t n)
{
    enum { MOST = ISN_SEQ_OFFSETS * ISN_SEQ_WORD_MOST + ISN_SEQ_MOST };
    const int8_t *rows[MOST];
    uint32_t buckets[MOST];
    size_t found = 0;
    for (size_t k = 0; k < n; k++) {
        buckets[k] = isn_seq_bucket(hashes[k], model->mask);
        __builtin_prefetch(model->prints + (size_t)buckets[k] * ISN_SEQ_BUCKET);
    }
    for (size_t k = 0; k < n; k++) {
        const int8_t *row = row_of(model, hashes[k], buckets[k]);
        if (!row)
            continue;
        __builtin_prefetch(row);
        rows[found++] = row;
    }
    /* Two cells lie in each lane of 16 bits: the low ones and the high ones are summed apart. */
    cells8 low = {0}, high = {0};
    for (size_t k = 0; k < found; k++) {
        lanes8 both;
        memcpy(&both, rows[k], sizeof both);
        low += (cells8)(both << 8) >> 8;
        high += (cells8)both >> 8;
    }
    for (int lane = 0; lane < 8; lane++) {
        sums[2 * lane] = (int16_t)(sums[2 * lane] + low[lane]);
        sums[2 * lane + 1] = (int16_t)(sums[2 * lane + 1] + high[lane]);
    }
}

static void sum_features(int16_t sums[ISN_SEQ_OFFSETS][ISN_SEQ_CELLS], const isn_seq_model *model,
                         const isn_seq_feature *list, size_t n)
{
    uint32_t hashes[ISN_SEQ_WORD_MOST];
    memset(sums, 0, sizeof(int16_t[ISN_SEQ_OFFSETS][ISN_SEQ_CELLS]));
    for (int o = 0; o < ISN_SEQ_OFFSETS; o++) {
        size_t some = 0;
        for (size_t k = 0; k < n; k++) {
            if (list[k].offsets >> o & 1)
                hashes[some++] = isn_seq_at(list[k].hash, o);
        }
        isn_seq_add(sums[o], model, hashes, some);
    }
}

/* What a token adds to its neighbours and itself; words keep it, other tokens are summed anew into `room`. */
static const int16_t (*sums_of(int16_t room[ISN_SEQ_OFFSETS][ISN_SEQ_CELLS], const isn_finder *f,
                               const isn_seq_token *token, uint32_t t))[ISN_SEQ_CELLS]
{
    isn_seq_feature list[ISN_SEQ_WORD_MOST];
    const isn_seq_model *model = f->namer->model;
    if (!token->word) {
        sum_features(room, model, list, isn_seq_word_features(list, f, NULL, t));
        return (const int16_t (*)[ISN_SEQ_CELLS])room;
    }
    if (!token->word->summed) {
        sum_features(token->word->sums, model, list, isn_seq_word_features(list, f, token->word, t));
        token->word->summed = 1;
    }
    return (const int16_t (*)[ISN_SEQ_CELLS])token->word->sums;
}

/* How much "no name" leads before the best other tag. */
static int lead(const int16_t sums[ISN_SEQ_CELLS])
{
    int16_t most = INT16_MIN;
    for (int j = 1; j < ISN_SEQ_TAGS; j++)
        most = sums[j] > most ? sums[j] : most;
    return sums[0] - most;
}

/* Does anything but the words themselves speak of the token: a name of the lexicon, a rule, another place of the article? */
static bool is_spoken_of(const isn_seq_token *token)
{
    const uint64_t words = (uint64_t)7 << 3 * PICK_CALENDAR | (uint64_t)7 << 3 * PICK_FUNCTION;
    return token->rule || (token->cover & ~words) || token->article || token->behind;
}

void isn_seq_sum(int16_t (*sums)[ISN_SEQ_CELLS], uint8_t *live, const isn_finder *f, const isn_seq_token *tokens)
{
    int16_t room[ISN_SEQ_OFFSETS][ISN_SEQ_CELLS];
    uint32_t places[ISN_SEQ_MOST];
    memset(sums + f->first, 0, (f->last - f->first) * sizeof *sums);
    for (uint32_t t = f->first; t < f->last; t++) {
        const int16_t (*own)[ISN_SEQ_CELLS] = sums_of(room, f, &tokens[t], t);
        for (int o = 0; o < ISN_SEQ_OFFSETS; o++) {
            int64_t at = (int64_t)t - (o - ISN_SEQ_REACH);
            if (at >= f->first && at < f->last)
                add_sums(sums[at], own[o]);
        }
    }
    for (uint32_t t = f->first; t < f->last; t++) {
        live[t] = lead(sums[t]) <= (is_spoken_of(&tokens[t]) ? ISN_SEQ_SURE_SPOKEN : ISN_SEQ_SURE);
        if (!live[t])
            continue;
        isn_seq_add(sums[t], f->namer->model, places, isn_seq_token_features(places, f, tokens, t));
        live[t] = lead(sums[t]) <= ISN_SEQ_SURE_ALL;
    }
}
