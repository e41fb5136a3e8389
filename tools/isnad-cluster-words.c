/*
 * isnad-cluster-words - makes model/words.bin: for each frequent word the class that it falls into by
 * its company in raw text, how often the rules take it for a name, and in which lists of names it
 * stands. Run by developers only; model/README.md has the recipe. Only hashes and numbers leave this
 * program, no text.
 *
 * usage: isnad-cluster-words IMAGE ARTICLES.jsonl OUT [list=FILE]...
 *
 * ARTICLES: one JSON object a line with "title" and "text". FILE: lists of name words, Arabic letters in the
 * second column of a table (or the first), at most three files. OUT: slots of 8 bytes, a power of two of
 * them: hash of the word (isn_seq_hash of the folded letters with the article, without other clitics), class
 * of the fine clustering and how often it is a name (16 bits), class of the coarse one, lists.
 *
 * Method: exchange clustering for a class bigram model (Kneser and Ney 1993; Martin, Liermann, Ney 1998). Words
 * are moved one by one, the most frequent first, into the class that gives the text the highest
 * probability; proclitics are words of their own, so that what stands behind a preposition shows.
 * Nothing is drawn at random: the same input gives the same bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "name/seq.h"
#include "read/jsonl.h"

#define FINE 512
#define COARSE 64
#define ROUNDS 8
#define WORDS_MOST ((size_t)60000)
#define LEAST 6         /* times that a word must be seen to have a class */
#define TABLE ((size_t)1 << 21)
#define LOGS ((size_t)1 << 16)

typedef struct word {
    uint32_t key, n, as[3]; /* hash, how often, how often as person, place, body */
    uint32_t number;        /* rank by frequency, from 1; 0 none */
    uint8_t lists;
} word;

typedef struct maker {
    const isn_lexicon *lexicon;
    isn_namer *namer;
    isn_words *words;
    isn_arena arena;
    word *table;
    uint32_t *stream; /* slots of the words of the text, one after the other; 0 ends a sentence */
    size_t n_stream, capacity;
    uint32_t n_words; /* that have a class: numbers 1 to n_words; 0 is all the rest and the edge */
} maker;

static void die(const char *what)
{
    fprintf(stderr, "isnad-cluster-words: %s\n", what);
    exit(1);
}

static void *must(void *p)
{
    if (!p)
        die("no memory");
    return p;
}

static size_t slot_of(const maker *m, uint32_t key)
{
    size_t slot = key & (TABLE - 1);
    slot = slot ? slot : 1;
    while (m->table[slot].key && m->table[slot].key != key)
        slot = slot + 1 < TABLE ? slot + 1 : 1;
    return slot;
}

static uint32_t add(maker *m, uint32_t key)
{
    size_t slot = slot_of(m, key);
    m->table[slot].key = key;
    m->table[slot].n++;
    if (m->n_stream == m->capacity) {
        m->capacity = m->capacity ? 2 * m->capacity : 1 << 20;
        m->stream = must(realloc(m->stream, m->capacity * sizeof *m->stream));
    }
    m->stream[m->n_stream++] = (uint32_t)slot;
    return (uint32_t)slot;
}

/* --- reading --------------------------------------------------------------------------------- */

static void add_token(maker *m, const isn_token *token, int type)
{
    const isn_analysis *a = isn_token_best(token);
    if (token->kind == ISN_TOKEN_PUNCT) {
        add(m, 0x70000000u + token->mark);
        return;
    }
    if (!a || token->kind != ISN_TOKEN_WORD) {
        add(m, 0x71000000u + token->kind);
        return;
    }
    static const uint8_t clitics[] = {ISN_CL_WA, ISN_CL_FA, ISN_CL_BA, ISN_CL_KA, ISN_CL_LA, ISN_CL_SA};
    for (size_t k = 0; k < sizeof clitics; k++) {
        if (a->clitics & clitics[k])
            add(m, 0x72000000u + clitics[k]);
    }
    size_t n = (size_t)a->skip + a->stem - a->al_only;
    uint32_t slot = add(m, isn_seq_hash(token->word->key + a->al_only, n));
    if (type >= 0)
        m->table[slot].as[type]++;
    if (a->pronoun)
        add(m, 0x73000000u);
}

static void add_article(maker *m, isn_str title, isn_str text)
{
    isn_buf raw;
    isn_block blocks[2000];
    size_t n = 0;
    isn_buf_init(&raw, (size_t)1 << 24);
    isn_buf_str(&raw, title);
    blocks[n++] = (isn_block){.begin = 0, .end = (uint32_t)raw.n, .kind = ISN_BLOCK_TITLE};
    isn_str line;
    while (isn_str_next(&line, &text, '\n') && n < 2000) {
        line = isn_str_trim(line);
        if (!line.n)
            continue;
        isn_buf_char(&raw, '\n');
        blocks[n].begin = (uint32_t)raw.n;
        isn_buf_str(&raw, line);
        blocks[n].end = (uint32_t)raw.n;
        blocks[n++].kind = ISN_BLOCK_BODY;
    }
    isn_text out;
    isn_finder f;
    isn_mentions rules = {0};
    if (!isn_text_make(&out, &m->arena, m->lexicon, m->words, isn_str_of(raw.p, raw.n), blocks, n) ||
        !isn_finder_make(&f, m->namer, &out) || !isn_rules_find(&f, &rules))
        die("an article is too large");
    int8_t *types = must(isn_arena_alloc(&m->arena, out.n_tokens + 1));
    memset(types, -1, out.n_tokens + 1);
    for (size_t i = 0; i < rules.n; i++) {
        const isn_mention *y = &rules.items[i];
        for (uint32_t t = y->first; t < y->last && y->form == ISN_FORM_NAME; t++) {
            if (types[t] < 0 && y->type <= ISN_PLACE)
                types[t] = (int8_t)(y->type == ISN_PERSON ? 0 : y->type == ISN_PLACE ? 1 : 2);
        }
    }
    for (size_t s = 0; s < out.n_sentences; s++) {
        for (uint32_t t = out.sentences[s].first; t < out.sentences[s].last; t++)
            add_token(m, &out.tokens[t], types[t]);
        add(m, 0x74000000u);
    }
    isn_buf_release(&raw);
}

static void read_articles(maker *m, const char *path)
{
    isn_file file;
    isnad_error err = {0};
    if (isn_file_open(&file, path, (size_t)1 << 32, &err))
        die(err.message);
    isn_json_fields fields = {.title = ISN_STR("title"), .text = ISN_STR("text")};
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_fields article;
        isn_arena_reset(&m->arena);
        isn_words_trim(m->words);
        if (isn_str_trim(line).n && isn_json_read(&article, &m->arena, line, &fields, &err) == ISNAD_OK)
            add_article(m, article.title, article.text);
    }
    isn_file_close(&file);
}

/* Marks the words of a list. */
static void read_list(maker *m, const char *path, uint8_t bit)
{
    isn_file file;
    isnad_error err = {0};
    if (isn_file_open(&file, path, (size_t)1 << 28, &err))
        die(err.message);
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_str cell, cells = line;
        uint8_t key[200];
        while (isn_str_next(&cell, &cells, '\t')) {
            size_t n = isn_normal_key(key, sizeof key, cell), k = 0;
            if (!n || n > sizeof key || !isn_is_arabic(key[0]))
                continue;
            for (size_t i = 0; i < n; i++) {
                if (isn_is_arabic(key[i]))
                    key[k++] = key[i];
            }
            uint32_t hash = isn_seq_hash(key, k);
            size_t slot = slot_of(m, hash);
            m->table[slot].key = hash;
            m->table[slot].lists |= bit;
        }
    }
    isn_file_close(&file);
}

/* --- clustering ------------------------------------------------------------------------------ */

typedef struct pair {
    uint32_t word, n;
} pair;

typedef struct side {
    size_t *from; /* by word number: pairs[from[w]] to pairs[from[w + 1]] */
    pair *pairs;
} side;

typedef struct clusters {
    uint32_t k;
    uint32_t *class_of; /* by word number */
    int64_t *both;      /* k * k: how often a class follows another */
    int64_t *left, *right; /* sums over rows and columns */
    float *logs;
} clusters;

static inline float nlogn(const clusters *c, int64_t n)
{
    return n <= 0 ? 0 : n < (int64_t)LOGS ? c->logs[n] : (float)n * logf((float)n);
}

static int by_count(const void *a, const void *b)
{
    const word *x = *(word *const *)a, *y = *(word *const *)b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : (x->key > y->key) - (x->key < y->key);
}

static void number_words(maker *m)
{
    word **list = must(calloc(TABLE, sizeof *list));
    size_t n = 0;
    for (size_t s = 1; s < TABLE; s++) {
        if (m->table[s].n >= LEAST)
            list[n++] = &m->table[s];
    }
    qsort(list, n, sizeof *list, by_count);
    for (size_t i = 0; i < n && i < WORDS_MOST; i++)
        list[i]->number = ++m->n_words;
    free(list);
}

static int by_pair(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The neighbours of each word with their counts, from the pairs of the text. */
static void make_side(const maker *m, side *out, bool right)
{
    uint64_t *list = must(malloc((m->n_stream + 1) * sizeof *list));
    size_t n = 0;
    for (size_t i = 0; i + 1 < m->n_stream; i++) {
        uint64_t a = m->table[m->stream[i]].number, b = m->table[m->stream[i + 1]].number;
        list[n++] = right ? a << 32 | b : b << 32 | a;
    }
    qsort(list, n, sizeof *list, by_pair);
    out->from = must(calloc(m->n_words + 2, sizeof *out->from));
    out->pairs = must(malloc((n + 1) * sizeof *out->pairs));
    size_t kept = 0, i = 0;
    for (uint32_t w = 0; w <= m->n_words; w++) {
        out->from[w] = kept;
        while (i < n && list[i] >> 32 == w) {
            size_t j = i;
            while (j < n && list[j] == list[i])
                j++;
            out->pairs[kept++] = (pair){(uint32_t)list[i], (uint32_t)(j - i)};
            i = j;
        }
    }
    out->from[m->n_words + 1] = kept;
    free(list);
}

typedef struct company {
    int64_t *sum; /* by class */
    uint32_t *list;
    uint32_t n;
    int64_t all, self;
} company;

static void gather(company *out, const clusters *c, const side *s, uint32_t w)
{
    for (uint32_t i = 0; i < out->n; i++)
        out->sum[out->list[i]] = 0;
    out->n = 0;
    out->all = out->self = 0;
    for (size_t i = s->from[w]; i < s->from[w + 1]; i++) {
        if (s->pairs[i].word == w) {
            out->self += s->pairs[i].n;
            continue;
        }
        uint32_t k = c->class_of[s->pairs[i].word];
        if (!out->sum[k])
            out->list[out->n++] = k;
        out->sum[k] += s->pairs[i].n;
        out->all += s->pairs[i].n;
    }
}

/* Takes the word out of class k or puts it in, by sign. */
static void shift(clusters *c, const company *l, const company *r, uint32_t k, int sign)
{
    for (uint32_t i = 0; i < l->n; i++) {
        c->both[(size_t)l->list[i] * c->k + k] += sign * l->sum[l->list[i]];
        c->left[l->list[i]] += sign * l->sum[l->list[i]];
        c->right[k] += sign * l->sum[l->list[i]];
    }
    for (uint32_t i = 0; i < r->n; i++) {
        c->both[(size_t)k * c->k + r->list[i]] += sign * r->sum[r->list[i]];
        c->left[k] += sign * r->sum[r->list[i]];
        c->right[r->list[i]] += sign * r->sum[r->list[i]];
    }
    c->both[(size_t)k * c->k + k] += sign * r->self;
    c->left[k] += sign * r->self;
    c->right[k] += sign * r->self;
}

/* What putting the word into class k gains in log probability. */
static float gain(const clusters *c, const company *l, const company *r, uint32_t k)
{
    float sum = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        int64_t now = c->both[(size_t)l->list[i] * c->k + k];
        sum += nlogn(c, now + l->sum[l->list[i]]) - nlogn(c, now);
    }
    for (uint32_t i = 0; i < r->n; i++) {
        int64_t now = c->both[(size_t)k * c->k + r->list[i]];
        sum += nlogn(c, now + r->sum[r->list[i]]) - nlogn(c, now);
    }
    sum += nlogn(c, c->left[k]) - nlogn(c, c->left[k] + r->all + r->self);
    sum += nlogn(c, c->right[k]) - nlogn(c, c->right[k] + l->all + r->self);
    return sum;
}

static void cluster(const maker *m, clusters *c, const side *before, const side *after, uint32_t k)
{
    *c = (clusters){.k = k};
    c->class_of = must(calloc(m->n_words + 1, sizeof *c->class_of));
    c->both = must(calloc((size_t)k * k, sizeof *c->both));
    c->left = must(calloc(k, sizeof *c->left));
    c->right = must(calloc(k, sizeof *c->right));
    c->logs = must(calloc(LOGS, sizeof *c->logs));
    for (size_t i = 1; i < LOGS; i++)
        c->logs[i] = (float)i * logf((float)i);
    /* Class 0 is the words without one; the most frequent words begin with a class each, the others with the last. */
    for (uint32_t w = 1; w <= m->n_words; w++)
        c->class_of[w] = w < k - 1 ? w : 1 + w % (k - 1);
    for (uint32_t w = 0; w <= m->n_words; w++) {
        for (size_t i = after->from[w]; i < after->from[w + 1]; i++)
            c->both[(size_t)c->class_of[w] * k + c->class_of[after->pairs[i].word]] += after->pairs[i].n;
    }
    for (uint32_t a = 0; a < k; a++) {
        for (uint32_t b = 0; b < k; b++) {
            c->left[a] += c->both[(size_t)a * k + b];
            c->right[b] += c->both[(size_t)a * k + b];
        }
    }
    company l = {must(calloc(k, sizeof(int64_t))), must(calloc(k, sizeof(uint32_t))), 0, 0, 0};
    company r = {must(calloc(k, sizeof(int64_t))), must(calloc(k, sizeof(uint32_t))), 0, 0, 0};
    for (int round = 0; round < ROUNDS; round++) {
        size_t moved = 0;
        for (uint32_t w = 1; w <= m->n_words; w++) {
            gather(&l, c, before, w);
            gather(&r, c, after, w);
            uint32_t old = c->class_of[w], best = old;
            shift(c, &l, &r, old, -1);
            float most = gain(c, &l, &r, old);
            for (uint32_t to = 1; to < k; to++) {
                float now = to == old ? -1e30f : gain(c, &l, &r, to);
                if (now > most + 1e-3f) {
                    most = now;
                    best = to;
                }
            }
            shift(c, &l, &r, best, 1);
            c->class_of[w] = best;
            moved += best != old;
        }
        fprintf(stderr, "%u classes, round %d: %zu words moved\n", k, round + 1, moved);
        if (moved * 200 < m->n_words)
            break;
    }
    free(l.sum);
    free(l.list);
    free(r.sum);
    free(r.list);
}

/* --- writing --------------------------------------------------------------------------------- */

/* How often the rules take the word for a name: kind of name and share in four steps, 0 never (or too rare to say). */
static uint32_t as_name(const word *w)
{
    uint32_t most = 0;
    for (uint32_t k = 1; k < 3; k++)
        most = w->as[k] > w->as[most] ? k : most;
    if (w->as[most] < 2)
        return 0;
    float share = (float)w->as[most] / (float)w->n;
    uint32_t step = share < 0.05f ? 0 : share < 0.25f ? 1 : share < 0.6f ? 2 : 3;
    return 1 + 4 * most + step;
}

static void write_words(const maker *m, const clusters *fine, const clusters *coarse, const char *path)
{
    size_t n = 0, size = 1;
    for (size_t s = 1; s < TABLE; s++)
        n += m->table[s].key && (m->table[s].number || m->table[s].lists || as_name(&m->table[s]));
    while (size < n * 3 / 2)
        size *= 2;
    unsigned char *slots = must(calloc(size, 8));
    for (size_t s = 1; s < TABLE; s++) {
        const word *w = &m->table[s];
        if (!w->key || !(w->number || w->lists || as_name(w)))
            continue;
        size_t slot = w->key & (size - 1);
        while (slots[8 * slot] || slots[8 * slot + 1] || slots[8 * slot + 2] || slots[8 * slot + 3])
            slot = (slot + 1) & (size - 1);
        unsigned char *p = slots + 8 * slot;
        uint32_t two = fine->class_of[w->number] | as_name(w) << 10;
        for (int i = 0; i < 4; i++)
            p[i] = (unsigned char)(w->key >> 8 * i);
        p[4] = (unsigned char)two;
        p[5] = (unsigned char)(two >> 8);
        p[6] = (unsigned char)coarse->class_of[w->number];
        p[7] = w->lists;
    }
    isnad_error err;
    if (isn_file_write(path, isn_str_of((const char *)slots, 8 * size), &err))
        die("cannot write");
    printf("%zu words, %u of them with a class, %zu slots, text of %zu words\n", n, m->n_words, size, m->n_stream);
    free(slots);
}

int main(int argc, char **argv)
{
    static maker m;
    isnad_error err = {0};
    isn_lexicon *lexicon;
    if (argc < 4) {
        fprintf(stderr, "usage: isnad-cluster-words IMAGE ARTICLES.jsonl OUT [list=FILE]...\n");
        return 2;
    }
    if (isn_lexicon_open(&lexicon, argv[1], &err) || isn_words_new(&m.words, lexicon, &err) ||
        isn_namer_new(&m.namer, lexicon, &err))
        die(err.message);
    m.lexicon = lexicon;
    m.table = must(calloc(TABLE, sizeof *m.table));
    isn_arena_init(&m.arena, (size_t)1 << 28);
    read_articles(&m, argv[2]);
    for (int i = 4, lists = 0; i < argc && lists < 3; i++) {
        if (strncmp(argv[i], "list=", 5) == 0)
            read_list(&m, argv[i] + 5, (uint8_t)(1 << lists++));
    }
    number_words(&m);
    side before, after;
    make_side(&m, &before, false);
    make_side(&m, &after, true);
    clusters fine, coarse;
    cluster(&m, &coarse, &before, &after, COARSE);
    cluster(&m, &fine, &before, &after, FINE);
    write_words(&m, &fine, &coarse, argv[3]);
    return 0;
}
