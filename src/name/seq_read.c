/*
 * Reading an article with the sequence model (seq.h): the chain over runs of tokens that may be
 * names, twice.
 */
#include "name/seq_parts.h"

typedef float cells4 __attribute__((vector_size(16)));

typedef struct reader {
    isn_finder *f;
    const isn_seq_model *model;
    const isn_seq_token *tokens;
    int16_t (*sums)[ISN_SEQ_CELLS];
    uint8_t *live;
    float (*chances)[ISN_SEQ_CELLS];
    float (*room)[ISN_SEQ_CELLS];
} reader;

static inline cells4 quarter(const float *p)
{
    cells4 q;
    memcpy(&q, p, sizeof q);
    return q;
}

/* out[j] = sum over i of from[i] * matrix[i][j] */
static inline void step(float out[ISN_SEQ_CELLS], const float from[ISN_SEQ_CELLS],
                        const float matrix[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS])
{
    cells4 a = {0}, b = {0}, c = {0}, d = {0};
    for (int i = 0; i < ISN_SEQ_TAGS; i++) {
        const float *row = matrix[i];
        a += quarter(row) * from[i];
        b += quarter(row + 4) * from[i];
        c += quarter(row + 8) * from[i];
        d += quarter(row + 12) * from[i];
    }
    memcpy(out, &a, sizeof a);
    memcpy(out + 4, &b, sizeof b);
    memcpy(out + 8, &c, sizeof c);
    memcpy(out + 12, &d, sizeof d);
}

/* row[j] *= with[j], then all so that they sum to 1. */
static inline void weigh(float row[ISN_SEQ_CELLS], const float with[ISN_SEQ_CELLS])
{
    cells4 a = quarter(row) * quarter(with), b = quarter(row + 4) * quarter(with + 4);
    cells4 c = quarter(row + 8) * quarter(with + 8), d = quarter(row + 12) * quarter(with + 12);
    cells4 sum = (a + b) + (c + d);
    float part = 1 / ((sum[0] + sum[1]) + (sum[2] + sum[3]));
    a *= part;
    b *= part;
    c *= part;
    d *= part;
    memcpy(row, &a, sizeof a);
    memcpy(row + 4, &b, sizeof b);
    memcpy(row + 8, &c, sizeof c);
    memcpy(row + 12, &d, sizeof d);
}

/* e to the power of each score, the highest being 1. */
static inline void raise(float out[ISN_SEQ_CELLS], const isn_seq_model *model, const int16_t scores[ISN_SEQ_CELLS])
{
    int most = scores[0];
    for (int j = 1; j < ISN_SEQ_TAGS; j++)
        most = scores[j] > most ? scores[j] : most;
    for (int j = 0; j < ISN_SEQ_TAGS; j++) {
        int down = most - scores[j];
        out[j] = model->powers[down < ISN_SEQ_POWERS ? down : ISN_SEQ_POWERS - 1];
    }
    for (int j = ISN_SEQ_TAGS; j < ISN_SEQ_CELLS; j++)
        out[j] = 0;
}

/* Probabilities of the tags of the run [first, last): between tokens that are no names, or the sentence's edges. */
static void chain(const reader *r, uint32_t first, uint32_t last)
{
    const isn_seq_model *model = r->model;
    float (*powers)[ISN_SEQ_CELLS] = r->chances;
    for (uint32_t t = first; t < last; t++) {
        float *forward = r->room[t - first];
        raise(powers[t], model, r->sums[t]);
        if (t > first)
            step(forward, r->room[t - first - 1], model->chance);
        else
            memcpy(forward, model->chance[t == r->f->first ? ISN_SEQ_TAGS : ISN_SEQ_OUT], sizeof r->room[0]);
        weigh(forward, powers[t]);
    }
    float later[ISN_SEQ_CELLS];
    for (int j = 0; j < ISN_SEQ_CELLS; j++)
        later[j] = last == r->f->last ? model->ends[j] : model->back[ISN_SEQ_OUT][j];
    for (uint32_t t = last; t-- > first;) {
        float now[ISN_SEQ_CELLS];
        memcpy(now, powers[t], sizeof now);
        weigh(now, later);
        memcpy(powers[t], r->room[t - first], sizeof powers[t]);
        weigh(powers[t], later);
        step(later, now, model->back);
    }
}

/* All runs of the sentence that `which` marks as live. */
static void chain_sentence(const reader *r, const uint8_t *which)
{
    uint32_t t = r->f->first;
    while (t < r->f->last) {
        uint32_t end = t;
        bool any = false;
        for (; end < r->f->last && r->live[end]; end++)
            any |= which[end] != 0;
        if (any)
            chain(r, t, end);
        t = end + (end == t);
    }
}

static void clear_sentence(const reader *r)
{
    for (uint32_t t = r->f->first; t < r->f->last; t++) {
        memset(r->chances[t], 0, sizeof r->chances[t]);
        r->chances[t][ISN_SEQ_OUT] = 1;
    }
}

static void to_sentence(isn_finder *f, size_t s)
{
    f->first = f->text->sentences[s].first;
    f->last = f->text->sentences[s].last;
}

/* --- the second reading ---------------------------------------------------------------------- */

static void types_of(float out[ISN_SEQ_TYPES], const float chances[ISN_SEQ_CELLS])
{
    for (int k = 0; k < ISN_SEQ_TYPES; k++)
        out[k] = chances[3 * k + 1] + chances[3 * k + 2] + chances[3 * k + 3];
}

/* Sums up what the tokens of each spelling were taken for, at its first token. NULL when the arena is full. */
static isn_seq_again *gather(const reader *r)
{
    size_t n = r->f->text->n_tokens;
    isn_seq_again *spellings = isn_arena_calloc(r->f->arena, n + 1, sizeof *spellings);
    for (size_t t = 0; spellings && t < n; t++) {
        if (!r->tokens[t].word)
            continue;
        isn_seq_again *all = &spellings[r->tokens[t].spelling];
        all->n++;
        if (!r->live[t])
            continue;
        float mine[ISN_SEQ_TYPES];
        types_of(mine, r->chances[t]);
        for (int k = 0; k < ISN_SEQ_TYPES; k++)
            all->sums[k] += mine[k];
    }
    return spellings;
}

/* Adds to the sentence what its words are elsewhere; again[t] tells for which this may change something. */
static void add_again(const reader *r, uint8_t *again, const isn_seq_again *spellings)
{
    for (uint32_t t = r->f->first; t < r->f->last; t++) {
        again[t] = 0;
        if (!r->tokens[t].word || !r->live[t])
            continue;
        const isn_seq_again *all = &spellings[r->tokens[t].spelling];
        if (all->n < 2)
            continue;
        float mine[ISN_SEQ_TYPES];
        uint32_t list[ISN_SEQ_AGAIN_MOST];
        types_of(mine, r->chances[t]);
        isn_seq_add(r->sums[t], r->model, list, isn_seq_again_features(list, all, mine, &r->tokens[t]));
        again[t] = all->sums[0] + all->sums[1] + all->sums[2] + all->sums[3] > 0.05f;
    }
}

float (*isn_seq_read(isn_finder *f, const isn_mentions *rules))[ISN_SEQ_CELLS]
{
    size_t n = f->text->n_tokens;
    uint8_t *again = isn_arena_calloc(f->arena, n + 1, 1);
    reader r = {.f = f, .model = f->namer->model};
    r.chances = isn_arena_alloc(f->arena, (n + 1) * sizeof *r.chances);
    r.sums = isn_arena_alloc(f->arena, (n + 1) * sizeof *r.sums);
    r.live = isn_arena_calloc(f->arena, n + 1, 1);
    r.room = isn_arena_alloc(f->arena, (ISN_SENTENCE_MOST + 1) * sizeof *r.room);
    r.tokens = isn_seq_look(f, f->namer->model, rules);
    if (!again || !r.chances || !r.sums || !r.live || !r.room || !r.tokens)
        return NULL;
    for (size_t s = 0; s < f->text->n_sentences; s++) {
        to_sentence(f, s);
        clear_sentence(&r);
        isn_seq_sum(r.sums, r.live, f, r.tokens);
        chain_sentence(&r, r.live);
    }
    const isn_seq_again *spellings = gather(&r);
    if (!spellings)
        return NULL;
    for (size_t s = 0; s < f->text->n_sentences; s++) {
        to_sentence(f, s);
        add_again(&r, again, spellings);
        chain_sentence(&r, again);
    }
    return r.chances;
}
