/* The sequence model's arithmetic: rows of weights, the chain over the tags (seq.h). */
#include <math.h>

#include "name/seq.h"

bool isn_seq_may_follow(int a, int b)
{
    bool goes_on = a < ISN_SEQ_TAGS && a > 0 && (a - 1) % 3 != ISN_SEQ_LAST - 1;
    if (b == 0 || (b - 1) % 3 == ISN_SEQ_FIRST - 1) {
        /* A name of several words that has begun goes on to its last word; one word is a name too. */
        return !(goes_on && (a - 1) % 3 == ISN_SEQ_MIDDLE - 1);
    }
    return goes_on && (a - 1) / 3 == (b - 1) / 3;
}

float isn_seq_exp(float x)
{
    if (x < -80.0f)
        return 0;
    if (x > 80.0f)
        x = 80.0f;
    /* 2^i * 2^f, f in [-1/2, 1/2]; the polynomial is the series of 2^f. */
    float y = x * 1.44269504f;
    int i = (int)(y + (y < 0 ? -0.5f : 0.5f));
    float z = (y - (float)i) * 0.69314718f;
    float p = 1.0f + z * (1.0f + z * (0.5f + z * (1.0f / 6 + z * (1.0f / 24 + z * (1.0f / 120 + z * (1.0f / 720))))));
    union {
        uint32_t bits;
        float value;
    } scale = {(uint32_t)(i + 127) << 23};
    return p * scale.value;
}

/* One step of the chain: out[j] = sum over i of from[i] * chance[i][j]. */
static void step(float out[ISN_SEQ_CELLS], const float from[ISN_SEQ_CELLS],
                 const float chance[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS])
{
    float sum[ISN_SEQ_CELLS] = {0};
    for (int i = 0; i < ISN_SEQ_TAGS; i++) {
        for (int j = 0; j < ISN_SEQ_CELLS; j++)
            sum[j] += from[i] * chance[i][j];
    }
    memcpy(out, sum, sizeof sum);
}

static float normalize(float row[ISN_SEQ_CELLS])
{
    float sum = 0;
    for (int j = 0; j < ISN_SEQ_TAGS; j++)
        sum += row[j];
    float part = 1 / sum;
    for (int j = 0; j < ISN_SEQ_CELLS; j++)
        row[j] *= part;
    return sum;
}

/* May a sentence end in this tag? */
static bool may_end(int tag)
{
    return tag == 0 || (tag - 1) % 3 != ISN_SEQ_MIDDLE - 1;
}

float isn_seq_marginals(float (*scores)[ISN_SEQ_CELLS], size_t n, const float follow[][ISN_SEQ_CELLS],
                        float (*room)[ISN_SEQ_CELLS])
{
    float chance[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS], back[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS] = {{0}};
    float (*forward)[ISN_SEQ_CELLS] = room, whole = 0;
    if (!n)
        return 0;
    for (int i = 0; i <= ISN_SEQ_TAGS; i++) {
        for (int j = 0; j < ISN_SEQ_CELLS; j++)
            chance[i][j] = j < ISN_SEQ_TAGS && isn_seq_may_follow(i, j) ? isn_seq_exp(follow[i][j]) : 0;
    }
    for (int i = 0; i < ISN_SEQ_TAGS; i++) {
        for (int j = 0; j < ISN_SEQ_TAGS; j++)
            back[j][i] = chance[i][j];
    }
    for (size_t t = 0; t < n; t++) {
        float most = scores[t][0];
        for (int j = 1; j < ISN_SEQ_TAGS; j++)
            most = scores[t][j] > most ? scores[t][j] : most;
        for (int j = 0; j < ISN_SEQ_CELLS; j++)
            scores[t][j] = j < ISN_SEQ_TAGS ? isn_seq_exp(scores[t][j] - most) + 1e-12f : 0;
        float row[ISN_SEQ_CELLS];
        if (t)
            step(row, forward[t - 1], (const float (*)[ISN_SEQ_CELLS])chance);
        else
            memcpy(row, chance[ISN_SEQ_TAGS], sizeof row);
        for (int j = 0; j < ISN_SEQ_CELLS; j++)
            forward[t][j] = row[j] * scores[t][j];
        if (t + 1 == n) {
            for (int j = 0; j < ISN_SEQ_TAGS; j++)
                forward[t][j] = may_end(j) ? forward[t][j] : 0;
        }
        whole += most;
        whole += logf(normalize(forward[t]));
    }
    float later[ISN_SEQ_CELLS] = {0};
    for (int j = 0; j < ISN_SEQ_TAGS; j++)
        later[j] = may_end(j);
    for (size_t t = n; t-- > 0;) {
        float now[ISN_SEQ_CELLS];
        for (int j = 0; j < ISN_SEQ_CELLS; j++) {
            now[j] = later[j] * scores[t][j];
            scores[t][j] = forward[t][j] * later[j];
        }
        normalize(scores[t]);
        memcpy(room[n + t], now, sizeof now);
        step(later, now, (const float (*)[ISN_SEQ_CELLS])back);
        normalize(later);
    }
    return whole;
}

void isn_seq_best(uint8_t *best, const float (*scores)[ISN_SEQ_CELLS], size_t n,
                  const float follow[][ISN_SEQ_CELLS], uint8_t (*room)[ISN_SEQ_CELLS])
{
    float before[ISN_SEQ_TAGS], now[ISN_SEQ_TAGS];
    for (size_t t = 0; t < n; t++) {
        for (int j = 0; j < ISN_SEQ_TAGS; j++) {
            float most = -1e30f;
            int from = 0;
            for (int i = 0; t && i < ISN_SEQ_TAGS; i++) {
                if (isn_seq_may_follow(i, j) && before[i] + follow[i][j] > most) {
                    most = before[i] + follow[i][j];
                    from = i;
                }
            }
            if (!t && isn_seq_may_follow(ISN_SEQ_TAGS, j))
                most = follow[ISN_SEQ_TAGS][j];
            room[t][j] = (uint8_t)from;
            now[j] = most + scores[t][j];
        }
        memcpy(before, now, sizeof now);
    }
    int last = 0;
    for (int j = 1; n && j < ISN_SEQ_TAGS; j++) {
        if (may_end(j) && before[j] > before[last])
            last = j;
    }
    for (size_t t = n; t-- > 0;) {
        best[t] = (uint8_t)last;
        last = room[t][last];
    }
}

/* --- the image ------------------------------------------------------------------------------- */

void isn_seq_set_words(isn_seq_model *model, isn_str bytes)
{
    size_t slots = bytes.n / 8;
    model->words = NULL;
    if (slots && (slots & (slots - 1)) == 0) {
        model->words = (const unsigned char *)bytes.p;
        model->words_mask = (uint32_t)slots - 1;
    }
}

/* The odds of the chain and the powers, so that reading needs no exponentials. */
static void make_tables(isn_seq_model *model, const float follow[][ISN_SEQ_CELLS])
{
    for (int i = 0; i <= ISN_SEQ_TAGS; i++) {
        for (int j = 0; j < ISN_SEQ_TAGS; j++) {
            model->chance[i][j] = isn_seq_may_follow(i, j) ? isn_seq_exp(follow[i][j]) : 0;
            if (i < ISN_SEQ_TAGS)
                model->back[j][i] = model->chance[i][j];
        }
    }
    for (int j = 0; j < ISN_SEQ_TAGS; j++)
        model->ends[j] = may_end(j);
    for (int k = 0; k < ISN_SEQ_POWERS; k++)
        model->powers[k] = isn_seq_exp(-(float)k * model->unit) + 1e-12f;
}

void isn_seq_open(isn_seq_model *model, const isn_lexicon *lexicon)
{
    *model = (isn_seq_model){0};
    isn_str bytes = isn_lexicon_blob(lexicon, ISN_BLOB_NAMES);
    uint32_t head[4];
    float follow[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS];
    if (bytes.n > sizeof head + sizeof follow) {
        memcpy(head, bytes.p, sizeof head);
        memcpy(follow, bytes.p + sizeof head, sizeof follow);
        size_t slots = head[1], at = sizeof head + sizeof follow;
        bool fits = head[0] == ISN_SEQ_MAGIC && slots >= ISN_SEQ_BUCKET && (slots & (slots - 1)) == 0 &&
                    bytes.n == at + slots * (sizeof *model->prints + ISN_SEQ_CELLS);
        if (fits) {
            memcpy(&model->unit, &head[2], sizeof model->unit);
            model->prints = (const uint16_t *)(const void *)(bytes.p + at);
            model->rows = (const int8_t *)(bytes.p + at + slots * sizeof *model->prints);
            model->mask = (uint32_t)(slots / ISN_SEQ_BUCKET) - 1;
            make_tables(model, (const float (*)[ISN_SEQ_CELLS])follow);
        }
    }
    isn_seq_set_words(model, isn_lexicon_blob(lexicon, ISN_BLOB_WORDS));
}
