#include "story/alike.h"

#include <math.h>
#include <stdlib.h>

#include "base/normal.h"
#include "story/stem.h"

#define MAGIC "ISNTOPIC"
#define HEAD 16u              /* bytes before the hashes: magic, words, parts */
#define LEAD_WORDS 15u        /* title included: as many as a title has */
#define MOST_WORDS 20000u     /* of an article that are looked at */
#define COMMON 1.6f           /* rarity up to which a word says nothing */
#define LEAD 3.0f             /* what a word of the lead weighs against one of the text */
#define LEAST_ARTICLES 50u    /* of a collection whose own counts mean something */
#define LEAST_USED 6u         /* articles that a word stands in, likewise */
#define ARTICLES_COUNTED 21120.0f /* that rarity is by (digest.h) */
#define MASTHEAD_BLOCKS 2u    /* furniture among so many first lines, few words below, no day, nothing said: a site about itself */
#define MASTHEAD_WORDS 80u
#define LEAST_WORDS 8u

/* The degree of two articles of which nothing is known, and what is added to it: docs/stories.md. */
#define ANY_TWO 0.46f
#define OF_TOPIC 1.15f
#define OF_TOLD 1.0f
#define CONSTANT (-0.44f)

/* --- vectors of words ---------------------------------------------------------------------------- */

static uint32_t read_u32(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

void isn_topics_open(isn_topics *out, const isn_lexicon *lexicon)
{
    isn_str bytes = lexicon ? isn_lexicon_blob(lexicon, ISN_BLOB_TOPICS) : (isn_str){0};
    const uint8_t *p = (const uint8_t *)bytes.p;
    *out = (isn_topics){0};
    if (bytes.n < HEAD || memcmp(p, MAGIC, 8) != 0 || read_u32(p + 12) != ISN_TOPIC_PARTS)
        return;
    size_t n = read_u32(p + 8);
    if ((bytes.n - HEAD) / (4 + ISN_TOPIC_PARTS) != n || (bytes.n - HEAD) % (4 + ISN_TOPIC_PARTS) != 0)
        return;
    *out = (isn_topics){p + HEAD, (const int8_t *)(p + HEAD + 4 * n), n};
}

const int8_t *isn_topics_of(const isn_topics *topics, uint32_t stem)
{
    size_t low = 0, high = topics->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (read_u32(topics->hashes + 4 * middle) < stem)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < topics->n && read_u32(topics->hashes + 4 * low) == stem;
    return found ? topics->rows + low * ISN_TOPIC_PARTS : NULL;
}

/* --- how often a collection uses a word ---------------------------------------------------------- */

struct isn_usage_slot {
    uint32_t hash, articles;
};

bool isn_usage_begin(isn_usage *out, size_t articles)
{
    size_t room = 1024, most = articles < ISN_USAGE_ARTICLES ? articles : ISN_USAGE_ARTICLES;
    while (room < most * ISN_DIGEST_FEATURES)
        room *= 2;
    *out = (isn_usage){calloc(room, sizeof *out->slots), room, 0};
    return out->slots != NULL;
}

void isn_usage_release(isn_usage *usage)
{
    free(usage->slots);
    *usage = (isn_usage){0};
}

static struct isn_usage_slot *usage_slot(const isn_usage *usage, uint32_t hash)
{
    size_t at = hash & (usage->room - 1);
    while (usage->slots[at].articles && usage->slots[at].hash != hash)
        at = (at + 1) & (usage->room - 1);
    return &usage->slots[at];
}

void isn_usage_add(isn_usage *usage, const isn_weighed *features, size_t n)
{
    if (!usage->slots || (usage->articles + 1) * ISN_DIGEST_FEATURES > usage->room)
        return;
    usage->articles++;
    for (size_t i = 0; i < n && i < ISN_DIGEST_FEATURES; i++) {
        if (features[i].kind != ISN_FEATURE_WORD)
            continue;
        struct isn_usage_slot *slot = usage_slot(usage, features[i].hash);
        slot->hash = features[i].hash;
        slot->articles++;
    }
}

/* How rare a word is: in news at large, but no more than here. */
static float rarity(const isn_usage *usage, const isn_stem *stem)
{
    float rare = stem->rare;
    if (!usage || usage->articles < LEAST_ARTICLES)
        return rare;
    unsigned used = usage_slot(usage, isn_digest_word(isn_stem_hash(stem)))->articles;
    if (used < LEAST_USED)
        return rare;
    float here = ISN_DIGEST_RAREST - log2f(ARTICLES_COUNTED * (float)used / (float)usage->articles);
    return here < rare ? here : rare;
}

/* --- the words of an article --------------------------------------------------------------------- */

typedef struct word {
    uint32_t hash;
    float weight; /* by rarity and times */
    uint16_t times, in_lead;
} word;

typedef struct words {
    word *items; /* sorted by hash, each once */
    size_t n, capacity;
    size_t running; /* words of the text */
    const isn_usage *usage;
    isn_tagger tagger;
} words;

static bool is_letter(uint8_t c)
{
    return isn_is_arabic(c) || isn_is_latin(c);
}

/* The letters [i, end) of the normal form. */
static bool scan(words *w, isn_arena *arena, const isn_normal *normal, size_t i, size_t end)
{
    while (i < end && w->running < MOST_WORDS) {
        size_t begin = i;
        while (i < end && is_letter(normal->p[i]))
            i++;
        if (i == begin) {
            i++;
            continue;
        }
        isn_stem stem;
        isn_stem_make(&stem, &w->tagger, normal->p + begin, i - begin);
        float rare = rarity(w->usage, &stem) - COMMON;
        bool lead = w->running++ < LEAD_WORDS;
        if (stem.n < 2 || rare <= 0)
            continue;
        word *one = ISN_PUSH(arena, w);
        if (!one)
            return false;
        *one = (word){isn_stem_hash(&stem), rare, 1, lead};
    }
    return true;
}

static int by_hash(const void *a, const void *b)
{
    const word *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static void merge(words *w)
{
    size_t n = 0;
    if (w->n)
        qsort(w->items, w->n, sizeof *w->items, by_hash);
    for (size_t i = 0; i < w->n; i++) {
        if (n && w->items[n - 1].hash == w->items[i].hash) {
            w->items[n - 1].times++;
            w->items[n - 1].in_lead = w->items[n - 1].in_lead | w->items[i].in_lead;
        } else {
            w->items[n++] = w->items[i];
        }
    }
    w->n = n;
    for (size_t i = 0; i < n; i++)
        w->items[i].weight *= 1.0f + logf((float)w->items[i].times);
}

/* Does the record hold no article: next to no words, or a site's furniture in front of a few? */
static bool is_masthead(const isn_record *r, size_t running)
{
    bool furniture = false;
    for (size_t i = 0; i < r->n_blocks && i < MASTHEAD_BLOCKS; i++)
        furniture = furniture || r->blocks[i].kind == ISN_BLOCK_BOILERPLATE;
    return running < LEAST_WORDS ||
           (furniture && running < MASTHEAD_WORDS && r->n_quotes + r->n_dates == 0);
}

/* False when the arena is full. */
static bool take_words(words *w, isn_arena *arena, const isn_record *r, const isn_tagger *tagger, const isn_usage *usage)
{
    isn_normal normal;
    *w = (words){.usage = usage, .tagger = *tagger};
    if (!isn_normal_make(&normal, arena, r->text))
        return false;
    bool good = r->n_blocks || scan(w, arena, &normal, 0, normal.n);
    for (size_t i = 0, at = 0; good && i < r->n_blocks; i++) {
        const isn_record_block *b = &r->blocks[i];
        if (b->kind > ISN_BLOCK_CAPTION)
            continue;
        at = isn_normal_at(&normal, 0, b->span.begin);
        good = scan(w, arena, &normal, at, isn_normal_at(&normal, at, b->span.end));
    }
    merge(w);
    return good;
}

/* --- comparing ----------------------------------------------------------------------------------- */

static void topic_of(double out[ISN_TOPIC_PARTS], const words *w, const isn_topics *topics)
{
    for (size_t k = 0; k < ISN_TOPIC_PARTS; k++)
        out[k] = 0;
    for (size_t i = 0; i < w->n; i++) {
        const int8_t *row = isn_topics_of(topics, w->items[i].hash);
        double weight = (double)w->items[i].weight * (w->items[i].in_lead ? (double)LEAD : 1.0);
        for (size_t k = 0; row && k < ISN_TOPIC_PARTS; k++)
            out[k] += weight * row[k];
    }
}

static float topics_alike(const words *a, const words *b, const isn_topics *topics)
{
    double x[ISN_TOPIC_PARTS], y[ISN_TOPIC_PARTS], dot = 0, xx = 0, yy = 0;
    topic_of(x, a, topics);
    topic_of(y, b, topics);
    for (size_t k = 0; k < ISN_TOPIC_PARTS; k++) {
        dot += x[k] * y[k];
        xx += x[k] * x[k];
        yy += y[k] * y[k];
    }
    return xx > 0 && yy > 0 && dot > 0 ? (float)(dot / sqrt(xx * yy)) : 0;
}

/* Cosine of the words of one's lead and all words of the other. */
static float lead_told(const words *lead, const words *all)
{
    double dot = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < all->n; i++)
        yy += (double)(all->items[i].weight * all->items[i].weight);
    for (size_t i = 0, k = 0; i < lead->n; i++) {
        const word *x = &lead->items[i];
        if (!x->in_lead)
            continue;
        xx += (double)(x->weight * x->weight);
        while (k < all->n && all->items[k].hash < x->hash)
            k++;
        if (k < all->n && all->items[k].hash == x->hash)
            dot += (double)(x->weight * all->items[k].weight);
    }
    return xx > 0 && yy > 0 ? (float)(dot / sqrt(xx * yy)) : 0;
}

bool isn_alike_of(isn_alike *out, isn_arena *arena, const isn_record *a, const isn_record *b, const isn_lexicon *lexicon,
                  const isn_usage *usage)
{
    isn_arena_mark mark = isn_arena_here(arena);
    isn_tagger tagger = {0};
    isn_topics topics;
    words x, y;
    if (lexicon)
        isn_tagger_open(&tagger, lexicon);
    isn_topics_open(&topics, lexicon);
    bool good = take_words(&x, arena, a, &tagger, usage) && take_words(&y, arena, b, &tagger, usage);
    *out = (isn_alike){.degree = ANY_TWO};
    if (good && !is_masthead(a, x.running) && !is_masthead(b, y.running)) {
        out->known = true;
        out->topic = topics_alike(&x, &y, &topics);
        out->told = 0.5f * (lead_told(&x, &y) + lead_told(&y, &x));
        float degree = CONSTANT + OF_TOPIC * out->topic + OF_TOLD * out->told;
        out->degree = degree < 0 ? 0 : degree > 1 ? 1 : degree;
    }
    isn_arena_back(arena, mark);
    return good;
}
