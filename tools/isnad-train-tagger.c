/*
 * isnad-train-tagger - trains and measures the model of src/text/tagger.c. Run by developers only;
 * model/README.md has the recipe.
 *
 * usage: isnad-train-tagger IMAGE COUNTS SEGMENTATION TREEBANK FOLDS [OUT]
 *
 * IMAGE: compiled lexicon. COUNTS: model/counts.bin. SEGMENTATION: words cut into clitics and
 * stems, with parts of speech (Farasa's WikiNews). TREEBANK: CoNLL-U (UD Arabic PUD). Either may be
 * "" for none. FOLDS: number of folds to measure by cross-validation (0: none), or "across": train
 * on one set, measure on the other. OUT: the model trained on everything.
 *
 * Method: multinomial logistic regression over each word's candidate analyses. The annotation says
 * the cut and a coarse part of speech; all candidates that agree with it share the probability
 * (latent choice). AdaGrad (Duchi et al. 2011), left to right with the model's own choices as
 * history. Features that name the stem or word are left out at random, so that the model learns to
 * do without. Weights are rounded to bytes before they are measured. Seeded, one thread: the same
 * input gives the same bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/parts.h"
#include "train-corpus.h"

#define EPOCHS 10
#define RATE 0.25f
#define DROPPED 0.4f /* share of features of the word itself left out in training */
#define DECAY 2e-6f  /* pull of weights to zero, a step */

/* A spelling with its candidates' features. */
typedef struct type {
    const isn_word *word;
    isn_analysis analyses[ISN_ANALYSES_MOST];
    uint8_t classes[ISN_ANALYSES_MOST];
    uint32_t *features[ISN_ANALYSES_MOST];
    uint8_t n_features[ISN_ANALYSES_MOST];
    size_t n;
    float score[ISN_ANALYSES_MOST];
} type;

typedef struct trainer {
    const isn_lexicon *lexicon;
    isn_tagger tagger;
    isn_arena arena;
    isn_text text;
    corpus corpus;
    type **type_of;   /* by token */
    uint64_t *agrees; /* by token: bit a for each candidate that agrees with the annotation; 0 where
                         there is none */
    uint32_t *fold_of; /* by token */
    uint8_t *style_of; /* by sentence */
    float *statics, *statics_sum, *rows, *rows_sum;
    uint64_t random;
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

/* --- what agrees ----------------------------------------------------------------------------- */

#define BIT(pos) (1u << ISN_POS_##pos)
#define NOMINALS (BIT(NOUN) | BIT(MASDAR) | BIT(ACTIVE) | BIT(PASSIVE))
#define FUNCTIONS                                                                                  \
    (BIT(PREP) | BIT(CONJ) | BIT(NEG) | BIT(PARTICLE) | BIT(PRONOUN) | BIT(DEMONSTRATIVE) |        \
     BIT(RELATIVE) | BIT(ADVERB) | BIT(AUX))

/* Parts of speech that a tag allows. Function words of the lexicon go with any tag for what they
 * may be annotated as. */
static uint32_t allowed(const gold *g)
{
    static const struct {
        const char *tag;
        uint32_t news, treebank;
    } tags[] = {
        {"NOUN", NOMINALS | BIT(PROPER) | BIT(NUMBER) | (FUNCTIONS & ~BIT(AUX)),
         NOMINALS | BIT(NUMBER) | FUNCTIONS},
        {"ADJ", BIT(ADJ) | BIT(ACTIVE) | BIT(PASSIVE) | BIT(NUMBER) | (FUNCTIONS & ~BIT(AUX)),
         BIT(ADJ) | BIT(ACTIVE) | BIT(PASSIVE) | BIT(NUMBER) | FUNCTIONS},
        {"PROPN", 0, BIT(PROPER)},
        {"NAMING", 0, BIT(PROPER) | NOMINALS | BIT(ADJ)},
        {"V", BIT(VERB) | BIT(AUX) | BIT(NEG), 0},
        {"VERB", 0, BIT(VERB) | BIT(AUX) | BIT(NEG)},
        {"AUX", 0, BIT(VERB) | BIT(AUX) | BIT(NEG)},
        {"NUM", BIT(NUMBER) | NOMINALS | BIT(ADJ), BIT(NUMBER) | NOMINALS | BIT(ADJ)},
        {"ADV", BIT(ADVERB) | FUNCTIONS | NOMINALS | BIT(ADJ), FUNCTIONS | NOMINALS | BIT(ADJ)},
        {"DET", 0, FUNCTIONS | NOMINALS},
        {"FOREIGN", UINT32_MAX, 0},
        {"ABBREV", UINT32_MAX, 0},
        {"X", 0, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strcmp(tags[i].tag, g->tag) == 0)
            return g->source == FROM_NEWS ? tags[i].news : tags[i].treebank;
    }
    return FUNCTIONS;
}

static bool same_cut(const gold *g, const isn_analysis *a)
{
    return a->skip == g->skip && a->stem == g->stem && (a->pronoun != 0) == (g->pronoun != 0) &&
           a->clitics == g->clitics;
}

/* --- model ----------------------------------------------------------------------------------- */

static void score_type(const trainer *t, type *y)
{
    for (size_t a = 0; a < y->n; a++) {
        float sum = 0;
        for (size_t f = 0; f < y->n_features[a]; f++)
            sum += t->statics[y->features[a][f]];
        y->score[a] = sum - (y->analyses[a].clitics & ISN_CL_QUESTION ? ISN_QUESTION_COST : 0.0f);
    }
}

static uint8_t best_of(const float *score, size_t n)
{
    uint8_t best = 0;
    for (uint8_t a = 1; a < n; a++) {
        if (score[a] > score[best])
            best = a;
    }
    return best;
}

static inline void move(float *w, float *sum, float g)
{
    g += *w * DECAY;
    *sum += g * g;
    *w -= RATE * g / (sqrtf(*sum) + 0.1f);
}

/* Is feature f (place in the list) one that names the stem or the word? They are third to fifth:
 * isn_tagger_features. */
static bool names_word(size_t f)
{
    return f >= 2 && f <= 4;
}

/* One step on a token: gradient of minus log of the probability of the candidates that agree. */
static void learn(trainer *t, type *y, uint64_t agrees, const uint32_t rows[ISN_CONTEXT_ROWS])
{
    bool drop = chance(t) < DROPPED;
    float score[ISN_ANALYSES_MOST], most = -1e30f, all = 0, good = 0;
    for (size_t a = 0; a < y->n; a++) {
        score[a] = y->analyses[a].clitics & ISN_CL_QUESTION ? -ISN_QUESTION_COST : 0.0f;
        for (size_t f = 0; f < y->n_features[a]; f++)
            score[a] += drop && names_word(f) ? 0 : t->statics[y->features[a][f]];
        for (size_t r = 0; r < ISN_CONTEXT_ROWS; r++)
            score[a] += t->rows[(size_t)rows[r] * ISN_CLASSES + y->classes[a]];
        most = score[a] > most ? score[a] : most;
    }
    for (size_t a = 0; a < y->n; a++) {
        score[a] = expf(score[a] - most);
        all += score[a];
        good += agrees >> a & 1 ? score[a] : 0;
    }
    for (size_t a = 0; a < y->n; a++) {
        float g = score[a] / all - (agrees >> a & 1 ? score[a] / (good + 1e-20f) : 0);
        if (fabsf(g) < 1e-4f)
            continue;
        for (size_t f = 0; f < y->n_features[a]; f++) {
            uint32_t index = y->features[a][f];
            if (!(drop && names_word(f)))
                move(&t->statics[index], &t->statics_sum[index], g);
        }
        for (size_t r = 0; r < ISN_CONTEXT_ROWS; r++) {
            size_t index = (size_t)rows[r] * ISN_CLASSES + y->classes[a];
            move(&t->rows[index], &t->rows_sum[index], g);
        }
    }
}

typedef struct result {
    size_t words, reachable, cut, tag;
} result;

/* What the annotation of a token says about a choice. */
static void count_choice(result *r, const gold *g, const type *y, uint64_t agrees, uint8_t best)
{
    r->words++;
    r->reachable += agrees != 0;
    r->cut += same_cut(g, &y->analyses[best]);
    r->tag += agrees >> best & 1;
}

/*
 * Goes once through the text. Learns from tokens outside the fold (fold UINT32_MAX: from all) if
 * `learning`, else counts those of the fold in results (by source); prints errors if asked.
 */
static void pass(trainer *t, const gold *const *gold_of, uint32_t fold, bool learning,
                 result *results, bool print)
{
    for (size_t s = 0; s < t->text.n_sentences; s++) {
        const isn_sentence *sentence = &t->text.sentences[s];
        bool held = t->fold_of[sentence->first] == fold;
        if (held == learning)
            continue;
        uint8_t before = ISN_CLASS_OTHER, before_last = ISN_CLASS_OTHER;
        for (uint32_t i = sentence->first; i < sentence->last; i++) {
            isn_token *token = &t->text.tokens[i];
            uint8_t now = token->kind == ISN_TOKEN_NUMBER ? ISN_CLASS_NUMBER : ISN_CLASS_OTHER;
            type *y = t->type_of[i];
            if (y) {
                uint32_t rows[ISN_CONTEXT_ROWS];
                isn_tagger_context(rows, token->word, i > sentence->first ? token - 1 : NULL,
                                   i + 1 < sentence->last ? token + 1 : NULL, before, before_last,
                                   t->style_of[s]);
                if (learning && t->agrees[i])
                    learn(t, y, t->agrees[i], rows);
                float score[ISN_ANALYSES_MOST];
                score_type(t, y);
                for (size_t a = 0; a < y->n; a++) {
                    score[a] = y->score[a];
                    for (size_t r = 0; r < ISN_CONTEXT_ROWS; r++)
                        score[a] += t->rows[(size_t)rows[r] * ISN_CLASSES + y->classes[a]];
                }
                uint8_t best = best_of(score, y->n);
                now = y->classes[best];
                if (!learning && gold_of[i]) {
                    count_choice(&results[gold_of[i]->source + (gold_of[i]->sloppy ? SOURCES : 0)],
                                 gold_of[i], y, t->agrees[i], best);
                    const isn_analysis *a = &y->analyses[best];
                    if (print && !(t->agrees[i] >> best & 1))
                        printf("%s\t%.*s\t%s %u-%u %02x %u\tgot %u %u-%u %02x %u%s\n",
                               same_cut(gold_of[i], a) ? "tag" : "CUT",
                               (int)(token->end - token->begin), t->text.raw.p + token->begin,
                               gold_of[i]->tag, gold_of[i]->skip, gold_of[i]->stem,
                               gold_of[i]->clitics, gold_of[i]->pronoun, a->pos, a->skip, a->stem,
                               a->clitics, a->pronoun, t->agrees[i] ? "" : " unreachable");
                }
            }
            before_last = before;
            before = now;
        }
    }
}

/* The likeliest class of each spelling, which its neighbours see. */
static void set_tops(trainer *t)
{
    for (size_t i = 0; i < t->text.n_tokens; i++) {
        type *y = t->type_of[i];
        if (!y)
            continue;
        score_type(t, y);
        ((isn_word_entry *)(uintptr_t)y->word)->top = y->classes[best_of(y->score, y->n)];
    }
}

static int8_t to_byte(float w)
{
    float scaled = roundf(w / ISN_WEIGHT_UNIT);
    return (int8_t)(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
}

static void train(trainer *t, const gold *const *gold_of, uint32_t fold)
{
    size_t n_rows = (size_t)ISN_ROWS * ISN_CLASSES;
    memset(t->statics, 0, ISN_STATICS * sizeof *t->statics);
    memset(t->statics_sum, 0, ISN_STATICS * sizeof *t->statics);
    memset(t->rows, 0, n_rows * sizeof *t->rows);
    memset(t->rows_sum, 0, n_rows * sizeof *t->rows);
    t->random = 20260101;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        pass(t, gold_of, fold, true, NULL, false);
        set_tops(t);
    }
    for (size_t i = 0; i < ISN_STATICS; i++)
        t->statics[i] = to_byte(t->statics[i]) * ISN_WEIGHT_UNIT;
    for (size_t i = 0; i < n_rows; i++)
        t->rows[i] = to_byte(t->rows[i]) * ISN_WEIGHT_UNIT;
    set_tops(t);
}

static void print_results(const char *name, const result *r)
{
    if (r->words)
        printf("%s: %zu words, reachable %.2f %%, cut %.2f %%, cut and tag %.2f %%\n", name,
               r->words, 100.0 * (double)r->reachable / (double)r->words,
               100.0 * (double)r->cut / (double)r->words,
               100.0 * (double)r->tag / (double)r->words);
}

static void write_model(const trainer *t, const char *path)
{
    isn_buf out;
    isn_buf_init(&out, BYTES_MOST);
    for (size_t i = 0; i < ISN_STATICS; i++)
        isn_buf_char(&out, (char)to_byte(t->statics[i]));
    for (size_t i = 0; i < (size_t)ISN_ROWS * ISN_CLASSES; i++)
        isn_buf_char(&out, (char)to_byte(t->rows[i]));
    isnad_error err;
    if (out.failed || isn_file_write(path, isn_str_of(out.p, out.n), &err))
        die("cannot write the model");
    isn_buf_release(&out);
}

/* --- setting up ------------------------------------------------------------------------------ */

static type *make_type(trainer *t, const isn_word *word)
{
    type *y = must(calloc(1, sizeof *y));
    isn_evidence evidence[ISN_ANALYSES_MOST];
    y->word = word;
    y->n = isn_analysis_make(y->analyses, evidence, t->lexicon, &t->tagger, word->letters, word->n);
    isn_facts facts;
    isn_facts_begin(&facts, &t->tagger, word->letters, word->n);
    for (size_t a = 0; a < y->n; a++) {
        uint32_t features[ISN_FEATURES_MOST];
        size_t n = isn_tagger_features(features, &facts, &t->tagger, word->letters, word->n,
                                       &y->analyses[a], &evidence[a]);
        y->classes[a] = isn_class_of(&y->analyses[a], word->letters);
        y->n_features[a] = (uint8_t)n;
        y->features[a] = must(malloc(n * sizeof *features));
        memcpy(y->features[a], features, n * sizeof *features);
    }
    return y;
}

/* Types by word, found by address in the cache. */
static void make_types(trainer *t)
{
    size_t slots = 1 << 18;
    type **table = must(calloc(slots, sizeof *table));
    for (size_t i = 0; i < t->text.n_tokens; i++) {
        const isn_word *word = t->text.tokens[i].word;
        if (!word || t->text.tokens[i].kind != ISN_TOKEN_WORD)
            continue;
        size_t slot = ((uintptr_t)word >> 4) * 2654435761u & (slots - 1);
        while (table[slot] && table[slot]->word != word)
            slot = (slot + 1) & (slots - 1);
        if (!table[slot])
            table[slot] = make_type(t, word);
        t->type_of[i] = table[slot];
    }
    free(table);
}

/* Joins tokens and annotation by their bytes; fills agrees and gold_of, and the folds by fifths of
 * each source. */
static void align(trainer *t, const gold **gold_of, uint32_t folds, bool across)
{
    const corpus *c = &t->corpus;
    size_t news = 0, g = 0, missed = 0, all = c->n_blocks ? c->n_blocks : 1;
    for (size_t i = 0; i < c->n_golds; i++) {
        if (c->golds[i].source == FROM_NEWS && c->golds[i].sentence + 1 > news)
            news = c->golds[i].sentence + 1;
    }
    for (size_t i = 0; i < t->text.n_tokens; i++) {
        const isn_token *token = &t->text.tokens[i];
        uint32_t block = t->text.sentences[token->sentence].block;
        t->fold_of[i] =
            (uint32_t)(block < news ? block * folds / news : (block - news) * folds / (all - news));
        while (g < c->n_golds && c->golds[g].end < token->end)
            g++;
        if (g == c->n_golds || !t->type_of[i])
            continue;
        const gold *y = &c->golds[g];
        if (y->begin != token->begin || y->end != token->end) {
            missed++;
            continue;
        }
        if (y->source >= SOURCES)
            continue;
        gold_of[i] = y;
        t->style_of[token->sentence] = y->sloppy;
        for (size_t a = 0; a < t->type_of[i]->n; a++) {
            const isn_analysis *analysis = &t->type_of[i]->analyses[a];
            if (same_cut(y, analysis) && (allowed(y) >> analysis->pos & 1))
                t->agrees[i] |= (uint64_t)1 << a;
        }
    }
    if (across) {
        for (size_t i = 0; i < t->text.n_tokens; i++)
            t->fold_of[i] = t->text.sentences[t->text.tokens[i].sentence].block >= news;
    }
    printf("%zu annotated words, %zu tokens cut otherwise\n", c->n_golds, missed);
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fprintf(stderr,
                "usage: isnad-train-tagger IMAGE COUNTS SEGMENTATION TREEBANK FOLDS [OUT]\n");
        return 2;
    }
    static trainer t;
    isnad_error err = {0};
    isn_lexicon *lexicon;
    isn_words *words;
    isn_file counts;
    if (isn_lexicon_open(&lexicon, argv[1], &err) || isn_words_new(&words, lexicon, &err) ||
        isn_file_open(&counts, argv[2], BYTES_MOST, &err))
        die(err.message);
    /* The image may hold an older model: only the counts are used here. */
    words->tagger = t.tagger = (isn_tagger){.counts = (const unsigned char *)counts.bytes.p,
                                            .counts_mask = counts.bytes.n / 4 - 1};
    t.lexicon = lexicon;
    isn_buf_init(&t.corpus.raw, BYTES_MOST);
    if (argv[3][0])
        corpus_read_segmentation(&t.corpus, argv[3]);
    if (argv[4][0])
        corpus_read_treebank(&t.corpus, argv[4]);
    isn_arena_init(&t.arena, (size_t)1 << 30);
    if (!isn_text_make(&t.text, &t.arena, lexicon, words,
                       isn_str_of(t.corpus.raw.p, t.corpus.raw.n), t.corpus.blocks,
                       t.corpus.n_blocks))
        die("the training text is too large");
    size_t n = t.text.n_tokens;
    bool across = strcmp(argv[5], "across") == 0;
    uint32_t folds = across ? 2 : (uint32_t)atoi(argv[5]);
    t.type_of = must(calloc(n, sizeof *t.type_of));
    t.agrees = must(calloc(n, sizeof *t.agrees));
    t.style_of = must(calloc(t.text.n_sentences + 1, sizeof *t.style_of));
    t.fold_of = must(calloc(n, sizeof *t.fold_of));
    const gold **gold_of = must(calloc(n, sizeof(gold *)));
    t.statics = must(malloc(ISN_STATICS * sizeof(float)));
    t.statics_sum = must(malloc(ISN_STATICS * sizeof(float)));
    t.rows = must(malloc((size_t)ISN_ROWS * ISN_CLASSES * sizeof(float)));
    t.rows_sum = must(malloc((size_t)ISN_ROWS * ISN_CLASSES * sizeof(float)));
    make_types(&t);
    align(&t, gold_of, folds ? folds : 1, across);
    result results[2 * SOURCES] = {{0}};
    for (uint32_t fold = 0; fold < folds; fold++) {
        train(&t, (const gold *const *)gold_of, fold);
        pass(&t, (const gold *const *)gold_of, fold, false, results,
             getenv("ISNAD_ERRORS") != NULL);
    }
    print_results("news", &results[FROM_NEWS]);
    print_results("treebank", &results[FROM_TREEBANK]);
    print_results("news, sloppy", &results[SOURCES + FROM_NEWS]);
    print_results("treebank, sloppy", &results[SOURCES + FROM_TREEBANK]);
    if (argc > 6) {
        train(&t, (const gold *const *)gold_of, UINT32_MAX);
        write_model(&t, argv[6]);
    }
    return 0;
}
