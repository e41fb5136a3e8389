/*
 * isnad-train-names - trains and measures the sequence model of names (src/name/seq.h). Run by
 * developers only; model/README.md has the recipe.
 *
 * usage: isnad-train-names IMAGE [own=FILE]... [aner=FILE] [aqmar=FILE] [wojood=FILE] [clean=FILE]
 *                          [out=MODEL] [as=own|aner|aqmar] [passes=N]
 *
 * IMAGE: compiled lexicon with words.bin. With out=: trains on all that is named and writes the model,
 * which decodes as the project's own marks have it. Without: trains on the first four fifths of each
 * set and measures on the last fifth of the set that as= names (clean= measures the same part of
 * CLEANANERcorp, which is never learned from).
 *
 * Method: linear-chain conditional random field, stochastic gradient (AdaGrad, Duchi et al. 2011) on
 * the log likelihood, weights averaged over the later passes. Sets that differ share the weights of a
 * general copy of each feature and have one of their own (Daume 2007, "Frustratingly easy domain
 * adaptation"). Features that name a word are left out at random. Seeded, one thread: the same input
 * gives the same bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "name-corpus.h"
#include "name-score.h"
#include "name/seq.h"

#define PASSES 16
#define RATE 0.05f
#define DROPPED 0.5f /* share of the features left out in training */
#define LEAST 2      /* times that a feature must be seen */
#define UNIT (1.0f / 16)
#define FEATURES ((size_t)1 << 23) /* slots of the table of features */

typedef struct row {
    float cells[ISN_SEQ_CELLS];
} row;

typedef struct sample_token {
    uint32_t from, n;    /* features in trainer.features */
    uint32_t begin, end; /* bytes */
    uint32_t whole;      /* hash of the word, 0 for what is none */
    isn_seq_token looked;
    uint32_t again[ISN_SEQ_AGAIN_MOST]; /* features of the second reading */
    uint8_t n_again, tag;
} sample_token;

typedef struct sample {
    uint32_t from, n; /* tokens */
    uint32_t sentence; /* in the corpus */
    uint32_t article;
    uint8_t source;
    bool held;    /* to measure with */
    bool skipped; /* not learned from just now */
} sample;

typedef struct trainer {
    const isn_lexicon *lexicon;
    isn_namer *namer;
    isn_seq_model model;
    isn_words *words;
    isn_arena arena;
    name_corpus corpus;
    sample *samples;
    size_t n_samples, samples_capacity;
    sample_token *tokens;
    size_t n_tokens, tokens_capacity;
    uint32_t *features; /* hashes */
    size_t n_features, features_capacity;
    uint32_t *keys, *ids; /* table of features that are learned: hash, number */
    uint8_t *seen;
    size_t n_ids;
    row *weights, *sums, *mean;
    float follow[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS], follow_sum[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS],
        follow_mean[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS];
    uint64_t random;
    int passes;
} trainer;

static float chance(trainer *t)
{
    t->random += 0x9E3779B97F4A7C15u; /* splitmix64 */
    uint64_t z = t->random;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return (float)(z >> 40) / (float)(1 << 24);
}

static void *grow(void *items, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity)
        return items;
    *capacity = *capacity ? 2 * *capacity : 4096;
    return must(realloc(items, *capacity * size));
}

/* --- samples --------------------------------------------------------------------------------- */

static void add_feature(trainer *t, uint32_t hash)
{
    t->features = grow(t->features, t->n_features, &t->features_capacity, sizeof *t->features);
    t->features[t->n_features++] = hash;
}

/* All features of token i of the finder's sentence. */
static void add_features(trainer *t, const isn_finder *f, const isn_seq_token *tokens, uint32_t i)
{
    isn_seq_feature shown[ISN_SEQ_WORD_MOST];
    for (int o = 0; o < ISN_SEQ_OFFSETS; o++) {
        int64_t at = (int64_t)i + o - ISN_SEQ_REACH;
        if (at < f->first || at >= f->last)
            continue;
        size_t n = isn_seq_word_features(shown, f, tokens[at].word, (uint32_t)at);
        for (size_t k = 0; k < n; k++) {
            if (shown[k].offsets >> o & 1)
                add_feature(t, isn_seq_at(shown[k].hash, o));
        }
    }
    uint32_t placed[ISN_SEQ_MOST];
    size_t n = isn_seq_token_features(placed, f, tokens, i);
    for (size_t k = 0; k < n; k++)
        add_feature(t, placed[k]);
}

/* The tag of a token by the sentence's names. */
static uint8_t tag_at(const name_corpus *c, const name_sentence *sentence, const isn_text *text, uint32_t i,
                      uint32_t first, uint32_t last)
{
    const isn_token *token = &text->tokens[i];
    for (size_t k = 0; k < sentence->n_names; k++) {
        const name_span *name = &c->names[sentence->names + k];
        if (token->end <= name->begin || token->begin >= name->end)
            continue;
        bool begins = i == first || text->tokens[i - 1].end <= name->begin;
        bool ends = i + 1 == last || text->tokens[i + 1].begin >= name->end;
        return (uint8_t)ISN_SEQ_TAG(name->type, begins ? ISN_SEQ_FIRST : ends ? ISN_SEQ_LAST : ISN_SEQ_MIDDLE);
    }
    return ISN_SEQ_OUT;
}

/* Features and tags of one article: sentences [from, to) of the corpus. */
static void add_article(trainer *t, size_t from, size_t to)
{
    name_corpus *c = &t->corpus;
    isn_text text;
    isn_finder f;
    isn_mentions rules = {0};
    isn_arena_reset(&t->arena);
    isn_words_trim(t->words);
    uint32_t base = c->blocks[from].begin;
    isn_block *blocks = must(calloc(to - from, sizeof *blocks));
    for (size_t s = from; s < to; s++) {
        blocks[s - from] = c->blocks[s];
        blocks[s - from].begin -= base;
        blocks[s - from].end -= base;
    }
    for (size_t k = c->sentences[from].names; k < c->sentences[to - 1].names + c->sentences[to - 1].n_names; k++) {
        c->names[k].begin -= base;
        c->names[k].end -= base;
    }
    isn_str raw = isn_str_of(c->raw.p + base, c->blocks[to - 1].end - base);
    if (!isn_text_make(&text, &t->arena, t->lexicon, t->words, raw, blocks, to - from) ||
        !isn_finder_make(&f, t->namer, &text) || !isn_rules_find(&f, &rules))
        die("an article is too large");
    const isn_seq_token *tokens = must(isn_seq_look(&f, &t->model, &rules));
    for (size_t s = 0; s < text.n_sentences; s++) {
        const isn_sentence *sentence = &text.sentences[s];
        size_t number = from + sentence->block;
        t->samples = grow(t->samples, t->n_samples, &t->samples_capacity, sizeof *t->samples);
        t->samples[t->n_samples++] = (sample){(uint32_t)t->n_tokens, sentence->last - sentence->first,
                                              (uint32_t)number, c->sentences[number].article,
                                              c->sentences[number].source, false, false};
        f.first = sentence->first;
        f.last = sentence->last;
        for (uint32_t i = sentence->first; i < sentence->last; i++) {
            t->tokens = grow(t->tokens, t->n_tokens, &t->tokens_capacity, sizeof *t->tokens);
            size_t at = t->n_features;
            add_features(t, &f, tokens, i);
            t->tokens[t->n_tokens++] =
                (sample_token){(uint32_t)at, (uint32_t)(t->n_features - at), text.tokens[i].begin + base,
                               text.tokens[i].end + base, tokens[i].word ? tokens[i].word->whole : 0, tokens[i],
                               {0}, 0,
                               tag_at(c, &c->sentences[number], &text, i, sentence->first, sentence->last)};
        }
    }
    for (size_t k = c->sentences[from].names; k < c->sentences[to - 1].names + c->sentences[to - 1].n_names; k++) {
        c->names[k].begin += base;
        c->names[k].end += base;
    }
    free(blocks);
}

static void make_samples(trainer *t)
{
    const name_corpus *c = &t->corpus;
    for (size_t from = 0; from < c->n;) {
        size_t to = from + 1;
        while (to < c->n && c->sentences[to].article == c->sentences[from].article)
            to++;
        add_article(t, from, to);
        from = to;
    }
}

/* --- the table of features ------------------------------------------------------------------- */

static inline uint32_t of_source(uint32_t hash, uint8_t source)
{
    hash = (hash ^ (0xC3u + source)) * 0x9E3779B1u;
    return (hash ^ hash >> 15) * 0x85EBCA6Bu;
}

static size_t slot_of(const trainer *t, uint32_t hash)
{
    size_t slot = (hash * 0x9E3779B1u >> 7) & (FEATURES - 1);
    while (t->keys[slot] && t->keys[slot] != hash)
        slot = (slot + 1) & (FEATURES - 1);
    return slot;
}

static void count_feature(trainer *t, uint32_t hash)
{
    hash = hash ? hash : 1;
    size_t slot = slot_of(t, hash);
    t->keys[slot] = hash;
    if (t->seen[slot] < 255)
        t->seen[slot]++;
}

/* Gives back what was learned. */
static void forget(trainer *t)
{
    free(t->keys);
    free(t->ids);
    free(t->seen);
    free(t->weights);
    free(t->sums);
    free(t->mean);
    memset(t->follow, 0, sizeof t->follow);
    memset(t->follow_sum, 0, sizeof t->follow_sum);
    memset(t->follow_mean, 0, sizeof t->follow_mean);
}

/* Counts the features of what is learned from; those seen often enough get a number. */
static void number_features(trainer *t)
{
    forget(t);
    t->keys = must(calloc(FEATURES, sizeof *t->keys));
    t->ids = must(calloc(FEATURES, sizeof *t->ids));
    t->seen = must(calloc(FEATURES, 1));
    for (size_t s = 0; s < t->n_samples; s++) {
        const sample *y = &t->samples[s];
        for (uint32_t i = y->from; !y->held && !y->skipped && i < y->from + y->n; i++) {
            for (uint32_t k = 0; k < t->tokens[i].n; k++) {
                uint32_t hash = t->features[t->tokens[i].from + k];
                count_feature(t, hash);
                count_feature(t, of_source(hash, y->source));
            }
            for (uint32_t k = 0; k < t->tokens[i].n_again; k++) {
                count_feature(t, t->tokens[i].again[k]);
                count_feature(t, of_source(t->tokens[i].again[k], y->source));
            }
        }
    }
    t->n_ids = 1;
    for (size_t slot = 0; slot < FEATURES; slot++) {
        if (t->seen[slot] >= LEAST)
            t->ids[slot] = (uint32_t)t->n_ids++;
    }
    if (t->n_ids * 2 > FEATURES)
        die("too many features");
    t->weights = must(calloc(t->n_ids, sizeof *t->weights));
    t->sums = must(calloc(t->n_ids, sizeof *t->sums));
    t->mean = must(calloc(t->n_ids, sizeof *t->mean));
}

/* Number of a feature, 0 if it isn't learned. */
static uint32_t id_of(const trainer *t, uint32_t hash)
{
    hash = hash ? hash : 1;
    size_t slot = slot_of(t, hash);
    return t->keys[slot] ? t->ids[slot] : 0;
}

/* --- learning -------------------------------------------------------------------------------- */

enum { TOKENS_MOST = 512, NUMBERS_MOST = 2 * (ISN_SEQ_OFFSETS * ISN_SEQ_WORD_MOST + ISN_SEQ_MOST + ISN_SEQ_AGAIN_MOST) };

typedef struct lists {
    uint32_t n[TOKENS_MOST];
    uint32_t ids[TOKENS_MOST][NUMBERS_MOST];
} lists;

/* The numbers of the features of a sample's tokens, the general copy and the source's. */
static void look_up(const trainer *t, const sample *y, uint8_t source, lists *out, bool again)
{
    for (uint32_t i = 0; i < y->n; i++) {
        const sample_token *token = &t->tokens[y->from + i];
        out->n[i] = 0;
        for (uint32_t k = 0; k < token->n; k++) {
            uint32_t hash = t->features[token->from + k];
            uint32_t general = id_of(t, hash), own = id_of(t, of_source(hash, source));
            if (general)
                out->ids[i][out->n[i]++] = general;
            if (own)
                out->ids[i][out->n[i]++] = own;
        }
        for (uint32_t k = 0; again && k < token->n_again; k++) {
            uint32_t general = id_of(t, token->again[k]), own = id_of(t, of_source(token->again[k], source));
            if (general)
                out->ids[i][out->n[i]++] = general;
            if (own)
                out->ids[i][out->n[i]++] = own;
        }
    }
}

static void score(const row *weights, const lists *l, uint32_t n, float (*scores)[ISN_SEQ_CELLS])
{
    for (uint32_t i = 0; i < n; i++) {
        float sum[ISN_SEQ_CELLS] = {0};
        for (uint32_t k = 0; k < l->n[i]; k++) {
            const float *cells = weights[l->ids[i][k]].cells;
            for (int j = 0; j < ISN_SEQ_CELLS; j++)
                sum[j] += cells[j];
        }
        memcpy(scores[i], sum, sizeof sum);
    }
}

static inline void move(float *w, float *sum, float g)
{
    *sum += g * g;
    *w -= RATE * g / (sqrtf(*sum) + 0.1f);
}

static void move_row(row *w, row *sum, const float g[ISN_SEQ_CELLS])
{
    for (int j = 0; j < ISN_SEQ_CELLS; j++) {
        sum->cells[j] += g[j] * g[j];
        w->cells[j] -= RATE * g[j] / (sqrtf(sum->cells[j]) + 0.1f);
    }
}

/* One step on a sample: gradient of minus the log likelihood of its tags. */
static void learn(trainer *t, const sample *y, lists *l)
{
    static float scores[TOKENS_MOST][ISN_SEQ_CELLS], room[2 * TOKENS_MOST][ISN_SEQ_CELLS];
    look_up(t, y, y->source, l, chance(t) < 0.7f);
    for (uint32_t i = 0; i < y->n; i++) { /* leave features out */
        uint32_t kept = 0;
        for (uint32_t k = 0; k < l->n[i]; k++) {
            if (chance(t) >= DROPPED)
                l->ids[i][kept++] = l->ids[i][k];
        }
        l->n[i] = kept;
    }
    score(t->weights, l, y->n, scores);
    isn_seq_marginals(scores, y->n, (const float (*)[ISN_SEQ_CELLS])t->follow, room);
    float pairs[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS] = {{0}};
    for (uint32_t i = 0; i < y->n; i++) {
        uint8_t tag = t->tokens[y->from + i].tag, before = i ? t->tokens[y->from + i - 1].tag : ISN_SEQ_TAGS;
        pairs[before][tag] -= 1;
        if (!i) {
            for (int j = 0; j < ISN_SEQ_TAGS; j++)
                pairs[ISN_SEQ_TAGS][j] += scores[0][j];
        } else {
            float both[ISN_SEQ_TAGS][ISN_SEQ_TAGS], all = 1e-30f;
            for (int a = 0; a < ISN_SEQ_TAGS; a++) {
                for (int b = 0; b < ISN_SEQ_TAGS; b++) {
                    both[a][b] = isn_seq_may_follow(a, b) ? room[i - 1][a] * isn_seq_exp(t->follow[a][b]) * room[y->n + i][b] : 0;
                    all += both[a][b];
                }
            }
            for (int a = 0; a < ISN_SEQ_TAGS; a++) {
                for (int b = 0; b < ISN_SEQ_TAGS; b++)
                    pairs[a][b] += both[a][b] / all;
            }
        }
        float g[ISN_SEQ_CELLS];
        memcpy(g, scores[i], sizeof g);
        g[tag] -= 1;
        float most = 0;
        for (int j = 0; j < ISN_SEQ_TAGS; j++)
            most = fabsf(g[j]) > most ? fabsf(g[j]) : most;
        if (most < 2e-3f)
            continue;
        for (uint32_t k = 0; k < l->n[i]; k++)
            move_row(&t->weights[l->ids[i][k]], &t->sums[l->ids[i][k]], g);
    }
    for (int a = 0; a <= ISN_SEQ_TAGS; a++) {
        for (int b = 0; b < ISN_SEQ_TAGS; b++)
            move(&t->follow[a][b], &t->follow_sum[a][b], pairs[a][b]);
    }
}

/* Adds the weights to the mean. */
static void average(trainer *t, float share)
{
    for (size_t i = 0; i < t->n_ids; i++) {
        for (int j = 0; j < ISN_SEQ_CELLS; j++)
            t->mean[i].cells[j] += share * t->weights[i].cells[j];
    }
    for (int a = 0; a <= ISN_SEQ_TAGS; a++) {
        for (int b = 0; b < ISN_SEQ_CELLS; b++)
            t->follow_mean[a][b] += share * t->follow[a][b];
    }
}

static void train(trainer *t)
{
    lists *l = must(malloc(sizeof *l));
    size_t *order = must(calloc(t->n_samples + 1, sizeof *order)), n = 0;
    for (size_t s = 0; s < t->n_samples; s++) {
        if (!t->samples[s].held && !t->samples[s].skipped && t->samples[s].n && t->samples[s].n < TOKENS_MOST)
            order[n++] = s;
    }
    t->random = 20260101;
    int averaged = t->passes / 2;
    for (int pass = 0; pass < t->passes; pass++) {
        for (size_t i = n; i-- > 1;) { /* Fisher and Yates */
            size_t j = (size_t)(chance(t) * (float)(i + 1)), swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        for (size_t i = 0; i < n; i++)
            learn(t, &t->samples[order[i]], l);
        if (pass >= t->passes - averaged)
            average(t, 1.0f / (float)averaged);
    }
    free(order);
    free(l);
}

/* --- the second reading ---------------------------------------------------------------------- */

enum { ARTICLE_TOKENS_MOST = 20000 };

typedef struct reading {
    uint32_t token;
    uint32_t key;
    float mine[ISN_SEQ_TYPES];
} reading;

static int by_key(const void *a, const void *b)
{
    const reading *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->token > y->token) - (x->token < y->token);
}

/* Reads the article whose samples are [from, to) and sets what its words are elsewhere. */
static void read_again(trainer *t, size_t from, size_t to, uint8_t source)
{
    static float scores[TOKENS_MOST][ISN_SEQ_CELLS], room[2 * TOKENS_MOST][ISN_SEQ_CELLS];
    static reading list[ARTICLE_TOKENS_MOST];
    static lists l;
    size_t n = 0;
    for (size_t s = from; s < to; s++) {
        const sample *y = &t->samples[s];
        if (!y->n || y->n >= TOKENS_MOST)
            continue;
        look_up(t, y, source, &l, false);
        score(t->mean, &l, y->n, scores);
        isn_seq_marginals(scores, y->n, (const float (*)[ISN_SEQ_CELLS])t->follow_mean, room);
        for (uint32_t i = 0; i < y->n && n < ARTICLE_TOKENS_MOST; i++) {
            t->tokens[y->from + i].n_again = 0;
            if (!t->tokens[y->from + i].whole)
                continue;
            list[n] = (reading){y->from + i, t->tokens[y->from + i].whole, {0}};
            for (int j = 1; j < ISN_SEQ_TAGS; j++)
                list[n].mine[(j - 1) / 3] += scores[i][j];
            n++;
        }
    }
    qsort(list, n, sizeof *list, by_key);
    for (size_t a = 0; a < n;) {
        size_t b = a;
        isn_seq_again all = {0};
        for (; b < n && list[b].key == list[a].key; b++) {
            all.n++;
            for (int k = 0; k < ISN_SEQ_TYPES; k++)
                all.sums[k] += list[b].mine[k];
        }
        for (; a < b; a++) {
            sample_token *token = &t->tokens[list[a].token];
            token->n_again = (uint8_t)isn_seq_again_features(token->again, &all, list[a].mine, &token->looked);
        }
    }
}

/* Reads all articles that are held back (or of the half that is skipped) once. */
static void read_all_again(trainer *t, bool held, uint8_t as)
{
    for (size_t from = 0; from < t->n_samples;) {
        size_t to = from;
        while (to < t->n_samples && t->samples[to].article == t->samples[from].article)
            to++;
        if (held ? t->samples[from].held : t->samples[from].skipped && !t->samples[from].held)
            read_again(t, from, to, held ? as : t->samples[from].source);
        from = to;
    }
}

enum { PARTS = 3 };

/* The first reading of what is learned from, each part by a model that hasn't seen it. */
static void read_first(trainer *t)
{
    int passes = t->passes;
    t->passes = passes / 2;
    for (uint32_t part = 0; part < PARTS; part++) {
        for (size_t s = 0; s < t->n_samples; s++)
            t->samples[s].skipped = t->samples[s].article % PARTS == part;
        number_features(t);
        train(t);
        read_all_again(t, false, 0);
    }
    for (size_t s = 0; s < t->n_samples; s++)
        t->samples[s].skipped = false;
    t->passes = passes;
}

/* --- measuring ------------------------------------------------------------------------------- */

/* Tags of the set's words, by the tokens (or names) over them. */
static void tags_of_words(uint8_t *out, const name_corpus *c, const name_sentence *s, const name_span *names, size_t n)
{
    for (size_t w = 0; w < s->n_words; w++) {
        const name_span *word = &c->words[s->words + w];
        out[w] = 0;
        for (size_t k = 0; k < n; k++) {
            if (names[k].end <= word->begin || names[k].begin >= word->end)
                continue;
            bool begins = w == 0 || c->words[s->words + w - 1].end <= names[k].begin;
            out[w] = (uint8_t)ISN_SEQ_TAG(names[k].type, begins ? ISN_SEQ_FIRST : ISN_SEQ_MIDDLE);
            break;
        }
    }
}

/* Measures on the held samples of a source, decoding with the copy of another (or the same). */
static void measure(trainer *t, const char *name, uint8_t source, uint8_t as)
{
    static float scores[TOKENS_MOST][ISN_SEQ_CELLS];
    static uint8_t best[TOKENS_MOST], room[TOKENS_MOST][ISN_SEQ_CELLS], gold[4096], found[4096];
    static name_span names[4096];
    lists *l = must(malloc(sizeof *l));
    name_score results[ISN_SEQ_TYPES] = {{0}};
    const name_corpus *c = &t->corpus;
    for (size_t s = 0; s < t->n_samples;) {
        size_t to = s, n = 0;
        const name_sentence *sentence = &c->sentences[t->samples[s].sentence];
        bool held = t->samples[s].held && t->samples[s].source == source;
        for (; to < t->n_samples && t->samples[to].sentence == t->samples[s].sentence; to++) {
            const sample *y = &t->samples[to];
            if (!held || y->n >= TOKENS_MOST)
                continue;
            look_up(t, y, as, l, true);
            score(t->mean, l, y->n, scores);
            isn_seq_best(best, (const float (*)[ISN_SEQ_CELLS])scores, y->n,
                         (const float (*)[ISN_SEQ_CELLS])t->follow_mean, room);
            name_span spans[TOKENS_MOST];
            size_t k = name_spans(spans, best, y->n);
            for (size_t i = 0; i < k; i++)
                names[n++] = (name_span){t->tokens[y->from + spans[i].begin].begin,
                                         t->tokens[y->from + spans[i].end - 1].end, spans[i].type};
        }
        if (held && sentence->n_words) {
            tags_of_words(found, c, sentence, names, n);
            tags_of_words(gold, c, sentence, c->names + sentence->names, sentence->n_names);
            name_score_add(results, gold, found, sentence->n_words);
            if (getenv("ISNAD_ERRORS"))
                name_score_show(c, sentence, gold, found);
        } else if (held) {
            for (size_t i = s; i < to; i++) {
                const sample *y = &t->samples[i];
                uint8_t tags[TOKENS_MOST];
                for (uint32_t k = 0; k < y->n; k++)
                    tags[k] = t->tokens[y->from + k].tag;
                look_up(t, y, as, l, true);
                score(t->mean, l, y->n, scores);
                isn_seq_best(best, (const float (*)[ISN_SEQ_CELLS])scores, y->n,
                             (const float (*)[ISN_SEQ_CELLS])t->follow_mean, room);
                name_score_add(results, tags, best, y->n);
            }
        }
        s = to;
    }
    name_score_print(name, results);
    free(l);
}

/* --- writing --------------------------------------------------------------------------------- */

static int8_t to_byte(float w)
{
    float scaled = roundf(w / UNIT);
    return (int8_t)(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
}

static int by_worth(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* The row of a feature as the shipped model has it: general copy and our own. False if all cells are 0. */
static bool own_row(const trainer *t, uint32_t hash, int8_t out[ISN_SEQ_CELLS], float *worth)
{
    uint32_t general = id_of(t, hash), own = id_of(t, of_source(hash, FROM_OWN));
    bool any = false;
    *worth = 0;
    for (int j = 0; j < ISN_SEQ_CELLS; j++) {
        float w = t->mean[general].cells[j] + t->mean[own].cells[j];
        out[j] = j < ISN_SEQ_TAGS ? to_byte(w) : 0;
        *worth += fabsf(w);
        any |= out[j] != 0;
    }
    return any;
}

/* Writes the model: mask, unit, follow (floats), fingerprints, rows; little-endian as the machines are that train. */
static void write_model(trainer *t, const char *path, uint32_t slots)
{
    uint16_t *prints = must(calloc(slots, sizeof *prints));
    int8_t (*rows)[ISN_SEQ_CELLS] = must(calloc(slots, sizeof *rows));
    uint64_t *list = must(malloc(t->n_features * sizeof *list));
    size_t n = 0, left_out = 0;
    memset(t->seen, 0, FEATURES);
    for (size_t k = 0; k < t->n_features; k++) {
        uint32_t hash = t->features[k] ? t->features[k] : 1;
        size_t slot = slot_of(t, hash);
        int8_t cells[ISN_SEQ_CELLS];
        float worth;
        if (!t->keys[slot] || t->seen[slot]++ || !own_row(t, hash, cells, &worth)) {
            if (t->keys[slot])
                t->seen[slot] = 1;
            continue;
        }
        t->seen[slot] = 1;
        list[n++] = (uint64_t)(uint32_t)(worth * 1000) << 32 | hash;
    }
    qsort(list, n, sizeof *list, by_worth);
    for (size_t i = 0; i < n; i++) {
        uint32_t hash = (uint32_t)list[i], place = 0;
        uint32_t slot = isn_seq_bucket(hash, slots / ISN_SEQ_BUCKET - 1) * ISN_SEQ_BUCKET;
        while (place < ISN_SEQ_BUCKET && prints[slot + place])
            place++;
        if (place == ISN_SEQ_BUCKET) { /* the bucket is full of features that weigh more */
            left_out++;
            continue;
        }
        float worth;
        slot += place;
        prints[slot] = isn_seq_print(hash);
        own_row(t, hash, rows[slot], &worth);
    }
    for (int a = 0; a <= ISN_SEQ_TAGS; a++) {
        for (int b = 0; b < ISN_SEQ_TAGS; b++)
            t->follow_mean[a][b] = roundf(t->follow_mean[a][b] * 1024) / 1024;
    }
    isn_buf out;
    isn_buf_init(&out, BYTES_MOST);
    uint32_t head[4] = {ISN_SEQ_MAGIC, slots, 0, 0};
    float unit = UNIT;
    memcpy(&head[2], &unit, sizeof unit);
    isn_buf_str(&out, isn_str_of((const char *)head, sizeof head));
    isn_buf_str(&out, isn_str_of((const char *)t->follow_mean, sizeof t->follow_mean));
    isn_buf_str(&out, isn_str_of((const char *)prints, slots * sizeof *prints));
    isn_buf_str(&out, isn_str_of((const char *)rows, slots * sizeof *rows));
    isnad_error err;
    if (out.failed || isn_file_write(path, isn_str_of(out.p, out.n), &err))
        die("cannot write the model");
    printf("%zu features of weight, %zu left out, %zu bytes\n", n, left_out, out.n);
    isn_buf_release(&out);
    free(list);
    free(rows);
    free(prints);
}

/* --- setting up ------------------------------------------------------------------------------ */

/* Holds back the sentences of a source from number `first` of the corpus on. */
static void hold(trainer *t, uint8_t source, size_t first)
{
    for (size_t s = 0; s < t->n_samples; s++)
        t->samples[s].held |= t->samples[s].source == source && t->samples[s].sentence >= first;
}

/* Where the last fifth of a source's sentences begins. */
static size_t last_fifth(const name_corpus *c, uint8_t source)
{
    size_t n = 0, all = 0;
    for (size_t s = 0; s < c->n; s++)
        all += c->sentences[s].source == source;
    for (size_t s = 0; s < c->n; s++) {
        if (c->sentences[s].source == source && n++ == all * 4 / 5)
            return s;
    }
    return c->n;
}

static isn_str word_of(const name_corpus *c, size_t w)
{
    return isn_str_of(c->raw.p + c->words[w].begin, c->words[w].end - c->words[w].begin);
}

/* The sentence of CLEANANERcorp (the same text, cut otherwise) that begins where ANERcorp's sentence `first` does, or after. */
static size_t same_place(const name_corpus *c, size_t first)
{
    enum { WORDS = 12 };
    size_t at = first < c->n ? c->sentences[first].words : 0;
    for (size_t s = 0; s < c->n; s++) {
        const name_sentence *clean = &c->sentences[s];
        for (size_t w = clean->words; clean->source == FROM_CLEAN && w < clean->words + clean->n_words; w++) {
            size_t k = 0;
            while (k < WORDS && w + k < c->n_words && isn_str_equal(word_of(c, w + k), word_of(c, at + k)))
                k++;
            if (k == WORDS)
                return w == clean->words ? s : s + 1;
        }
    }
    return c->n;
}

static isn_str value_of(const char *argument, const char *name)
{
    size_t n = strlen(name);
    return strncmp(argument, name, n) == 0 && argument[n] == '='
               ? isn_str_of(argument + n + 1, strlen(argument + n + 1))
               : (isn_str){0};
}

int main(int argc, char **argv)
{
    static trainer t;
    static const char *const sources[] = {"own", "aner", "aqmar", "wojood", "clean"};
    const char *out = NULL;
    uint8_t as = FROM_OWN;
    uint32_t slots = 1 << 18;
    isnad_error err = {0};
    isn_lexicon *lexicon;
    if (argc < 3) {
        fprintf(stderr, "usage: isnad-train-names IMAGE SET=FILE... [as=SET] [out=MODEL] [passes=N]\n");
        return 2;
    }
    if (isn_lexicon_open(&lexicon, argv[1], &err) || isn_words_new(&t.words, lexicon, &err) ||
        isn_namer_new(&t.namer, lexicon, &err))
        die(err.message);
    t.lexicon = lexicon;
    t.passes = PASSES;
    isn_seq_open(&t.model, lexicon);
    name_corpus_init(&t.corpus);
    isn_arena_init(&t.arena, (size_t)1 << 28);
    for (int i = 2; i < argc; i++) {
        isn_str value;
        for (uint8_t k = 0; k < NAME_SOURCES; k++) {
            if ((value = value_of(argv[i], sources[k])).n) {
                if (k == FROM_OWN)
                    name_corpus_read_brackets(&t.corpus, value.p);
                else
                    name_corpus_read_columns(&t.corpus, value.p, k);
            }
            if ((value = value_of(argv[i], "as")).n && strcmp(value.p, sources[k]) == 0)
                as = k;
        }
        if ((value = value_of(argv[i], "out")).n)
            out = value.p;
        if ((value = value_of(argv[i], "passes")).n)
            t.passes = atoi(value.p);
    }
    make_samples(&t);
    size_t first = last_fifth(&t.corpus, as);
    if (!out)
        hold(&t, as, first);
    hold(&t, FROM_CLEAN, 0); /* never learned from */
    read_first(&t);
    number_features(&t);
    printf("%zu sentences, %zu tokens, %zu features\n", t.n_samples, t.n_tokens, t.n_ids);
    train(&t);
    if (out) {
        write_model(&t, out, slots);
    } else {
        read_all_again(&t, true, as);
        measure(&t, sources[as], as, as);
        size_t place = same_place(&t.corpus, first);
        for (size_t s = 0; s < t.n_samples; s++)
            t.samples[s].held &= t.samples[s].sentence >= place;
        if (place < t.corpus.n)
            measure(&t, "clean", FROM_CLEAN, as);
    }
    name_corpus_release(&t.corpus);
    return 0;
}
