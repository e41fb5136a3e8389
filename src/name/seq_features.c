/* The features of the sequence model (seq.h): what a word shows by itself and in its place. */
#include "name/seq.h"
#include "text/tagger.h"

/* --- hashes ---------------------------------------------------------------------------------- */

static inline uint32_t mix(uint32_t h, uint32_t value)
{
    h = (h ^ value) * 0x9E3779B1u;
    return h ^ h >> 15;
}

static inline uint32_t name_of(uint32_t kind, uint32_t a, uint32_t b)
{
    uint32_t h = mix(mix(mix(0x51ED270Bu, kind), a), b);
    return h * 0x85EBCA6Bu;
}

static uint32_t hash_of(const uint8_t *p, size_t n)
{
    uint32_t h = 0x811C9DC5u + (uint32_t)n;
    for (size_t i = 0; i < n; i++)
        h = mix(h, p[i]);
    return h;
}

uint32_t isn_seq_at(uint32_t hash, int offset)
{
    return mix(hash, 0xA5u + (uint32_t)offset) * 0x85EBCA6Bu;
}

/* --- a word by itself ------------------------------------------------------------------------ */

enum { HERE = 1 << 2, BESIDE = 1 << 1 | 1 << 3, FAR = 1 << 0 | 1 << 4, ALL = HERE | BESIDE | FAR };

typedef struct word_list {
    isn_seq_feature *out;
    size_t n;
} word_list;

static void show(word_list *list, uint32_t kind, uint32_t a, uint32_t b, uint32_t offsets)
{
    if (list->n < ISN_SEQ_WORD_MOST)
        list->out[list->n++] = (isn_seq_feature){name_of(kind, a, b), offsets};
}

/* The beginnings and endings of the stem. */
static void show_letters(word_list *list, const uint8_t *s, size_t n, uint32_t al)
{
    for (size_t k = 1; k <= 4 && k <= n; k++) {
        show(list, 10 + (uint32_t)k, hash_of(s, k), 0, k >= 3 ? HERE : HERE);
        show(list, 20 + (uint32_t)k, hash_of(s + n - k, k), al, k == 2 || k == 3 ? HERE | BESIDE : HERE);
    }
    show(list, 30, n < 9 ? (uint32_t)n : 9, al, HERE);
}

static void show_other(word_list *list, const isn_token *token)
{
    uint32_t what = token->kind == ISN_TOKEN_PUNCT    ? 0x100u | token->mark
                    : token->kind == ISN_TOKEN_NUMBER ? 0x200u | (token->n < 5 ? token->n : 5)
                                                      : 0x300u | token->kind;
    show(list, 1, what, 0, ALL);
    show(list, 2, token->kind, 0, ALL);
}

size_t isn_seq_word_features(isn_seq_feature out[ISN_SEQ_WORD_MOST], const isn_finder *f,
                             const isn_seq_word *word, uint32_t t)
{
    word_list list = {out, 0};
    const isn_token *token = &f->text->tokens[t];
    const isn_analysis *a = isn_token_best(token);
    const isn_view *view = &f->views[t];
    if (!a || token->kind != ISN_TOKEN_WORD) {
        show_other(&list, token);
        return list.n;
    }
    const uint8_t *s = token->word->key + a->skip;
    uint32_t al = view->al;
    show(&list, 3, hash_of(token->word->key, token->word->n), 0, HERE | BESIDE);
    show(&list, 4, word->stem, 0, ALL);
    show(&list, 5, word->whole, 0, HERE | BESIDE);
    show_letters(&list, s, a->stem, al);
    show(&list, 31, view->pos, 0, ALL);
    show(&list, 32, word->class_id, 0, ALL);
    show(&list, 33, view->clitics, a->pronoun != 0, HERE | BESIDE);
    show(&list, 34, view->name | al << 4, 0, ALL);
    show(&list, 35, word->count, al, HERE | BESIDE);
    show(&list, 36, word->count, view->pos, HERE);
    show(&list, 37, view->unseen, view->pos, HERE | BESIDE);
    show(&list, 38, view->feminine | view->plural << 1, view->pos, HERE);
    show(&list, 41, word->cluster, 0, ALL);
    show(&list, 42, word->coarse, 0, ALL);
    show(&list, 43, word->coarse, view->pos, HERE);
    show(&list, 44, word->lists, 0, HERE | BESIDE);
    show(&list, 45, word->lists, (uint32_t)view->name | (uint32_t)view->pos << 8 | al << 16, HERE);
    show(&list, 46, word->lists, word->count, HERE);
    show(&list, 47, word->as_name, 0, ALL);
    show(&list, 48, word->as_name, (uint32_t)view->pos << 8 | word->lists, HERE);
    show(&list, 49, word->as_name, word->coarse, HERE);
    return list.n;
}

/* --- a token in its place -------------------------------------------------------------------- */

typedef struct place_list {
    uint32_t *out;
    size_t n;
} place_list;

static inline void put(place_list *list, uint32_t kind, uint32_t a, uint32_t b)
{
    if (list->n < ISN_SEQ_MOST)
        list->out[list->n++] = name_of(kind, a, b);
}

static inline uint32_t fold64(uint64_t x)
{
    return (uint32_t)x ^ (uint32_t)(x >> 32) * 0x85EBCA6Bu;
}

/* The lexicon's phrases over a token, for the token `offset` away. */
static void put_cover(place_list *list, uint64_t cover, uint32_t offset)
{
    for (uint32_t kind = 0; cover; kind++, cover >>= 3) {
        if (cover & 7)
            put(list, 60 + offset, kind, cover & 7);
    }
}

static const isn_seq_token edge = {0};
static const isn_seq_word edge_word = {.class_id = 255};

static const isn_seq_token *at(const isn_finder *f, const isn_seq_token *tokens, uint32_t t, int offset)
{
    int64_t place = (int64_t)t + offset;
    return place < (int64_t)f->first || place >= (int64_t)f->last ? &edge : &tokens[place];
}

static const isn_seq_word *word_at(const isn_seq_token *token)
{
    return token->word ? token->word : &edge_word;
}

static void put_rules(place_list *list, const isn_seq_token *before, const isn_seq_token *here,
                      const isn_seq_token *after)
{
    put(list, 70, here->rule, 0);
    put(list, 71, here->rule, here->rule_id);
    put(list, 72, before->rule, here->rule);
    put(list, 73, here->rule, after->rule);
    put(list, 74, here->rule, word_at(here)->coarse);
}

static void put_words(place_list *list, const isn_seq_word *l, const isn_seq_word *w, const isn_seq_word *r)
{
    put(list, 80, l->stem, w->stem);
    put(list, 81, w->stem, r->stem);
    put(list, 84, l->cluster, w->cluster);
    put(list, 85, w->cluster, r->cluster);
    put(list, 86, (uint32_t)l->coarse << 8 | w->coarse, r->coarse);
    put(list, 88, (uint32_t)l->class_id << 8 | w->class_id, r->class_id);
    put(list, 89, (uint32_t)l->class_id << 8 | w->class_id, 0);
    put(list, 90, (uint32_t)w->class_id << 8 | r->class_id, 0);
}

size_t isn_seq_token_features(uint32_t out[ISN_SEQ_MOST], const isn_finder *f, const isn_seq_token *tokens,
                              uint32_t t)
{
    place_list list = {out, 0};
    const isn_seq_token *before = at(f, tokens, t, -1), *here = &tokens[t], *after = at(f, tokens, t, 1);
    const isn_seq_word *w = word_at(here);
    put_cover(&list, before->cover, 0);
    put_cover(&list, here->cover, 1);
    put_cover(&list, after->cover, 2);
    put(&list, 63, fold64(here->cover), here->forms);
    put(&list, 64, fold64(before->cover), fold64(here->cover));
    put(&list, 65, fold64(here->cover), fold64(after->cover));
    put_rules(&list, before, here, after);
    put_words(&list, word_at(before), w, word_at(after));
    put(&list, 94, here->article, 0);
    put(&list, 95, here->article, here->names);
    put(&list, 96, before->article, here->article);
    put(&list, 98, here->quoted, 0);
    put(&list, 99, here->behind, 0);
    put(&list, 100, here->behind, w->class_id);
    put(&list, 101, here->behind, w->coarse);
    const isn_view *view = &f->views[t];
    put(&list, 102, view->known | view->ordinary << 1 | view->unseen << 2, view->pos);
    put(&list, 103, (uint32_t)(t == f->first) | (uint32_t)(t + 1 == f->last) << 1, 0);
    return list.n;
}

size_t isn_seq_again_features(uint32_t out[ISN_SEQ_AGAIN_MOST], const isn_seq_again *all,
                              const float mine[ISN_SEQ_TYPES], const isn_seq_token *token)
{
    place_list list = {out, 0};
    uint32_t others = all->n - 1, best = 0;
    float sums[ISN_SEQ_TYPES];
    if (!others)
        return 0;
    for (uint32_t k = 0; k < ISN_SEQ_TYPES; k++) {
        sums[k] = all->sums[k] - mine[k];
        best = sums[k] > sums[best] ? k : best;
    }
    float share = sums[best] / (float)others;
    uint32_t step = share < 0.1f ? 0 : share < 0.3f ? 1 : share < 0.6f ? 2 : share < 0.9f ? 3 : 4;
    uint32_t some = sums[best] < 0.3f ? 0 : sums[best] < 0.9f ? 1 : sums[best] < 1.9f ? 2 : 3;
    put(&list, 120, best, step);
    put(&list, 121, best, some);
    put(&list, 122, best << 8 | some, token->names);
    put(&list, 123, best << 8 | some, token->rule);
    return list.n;
}
