#include "story/near.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"

#define RADIX 65536u
#define BATCH 512u         /* articles that a thread takes at a time */
#define UNKNOWN_STEPS 32u  /* articles of unknown time that are looked at for a feature */
#define LEAST_WEIGHT 320u  /* of an indexed feature, in 1/64: five bits of rarity in the text */
#define WINDOW (ISN_NEAR_DAYS * 1440)

/* The articles of each feature: entries of hash and article, sorted; places[i] says where article i stands in them. */
typedef struct postings {
    uint64_t *entries;
    uint32_t *places; /* n x ISN_NEAR_INDEXED */
    uint8_t *indexed; /* how many places an article has */
    size_t n;
} postings;

typedef struct search {
    const isn_profile *profiles;
    uint32_t n;
    const uint8_t *wanted; /* whose candidates are looked for; NULL: all articles' */
    float least;
    postings index;
    atomic_uint next;
} search;

/* What one thread finds. */
typedef struct finder {
    search *search;
    isn_edges edges;
    float *score;     /* of each article; all zero between articles */
    uint32_t *seen;   /* articles with a score */
    size_t n_seen;
    bool failed;
} finder;

/* --- the index ----------------------------------------------------------------------------------- */

typedef struct pick {
    uint32_t hash;
    uint16_t weight;
} pick;

static bool before(pick a, pick b)
{
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
}

/* The features of a profile that weigh most, the heaviest first. */
static size_t picks(pick out[ISN_NEAR_INDEXED], const isn_profile *p)
{
    size_t n = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        pick one = {p->features[i].hash, p->features[i].weight};
        if (p->features[i].kind == ISN_FEATURE_DATE || one.weight < LEAST_WEIGHT)
            continue;
        if (n == ISN_NEAR_INDEXED && !before(one, out[n - 1]))
            continue;
        size_t at = n < ISN_NEAR_INDEXED ? n++ : n - 1;
        for (; at && before(one, out[at - 1]); at--)
            out[at] = out[at - 1];
        out[at] = one;
    }
    return n;
}

/* Sorts by the upper 32 bits; entries that are equal there stay in order. */
static void sort_entries(uint64_t *entries, uint64_t *room, size_t n, uint32_t *counts)
{
    for (unsigned shift = 32; shift < 64; shift += 16) {
        memset(counts, 0, RADIX * sizeof *counts);
        for (size_t i = 0; i < n; i++)
            counts[entries[i] >> shift & (RADIX - 1)]++;
        uint32_t sum = 0;
        for (size_t i = 0; i < RADIX; i++) {
            uint32_t here = counts[i];
            counts[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++)
            room[counts[entries[i] >> shift & (RADIX - 1)]++] = entries[i];
        uint64_t *swap = entries;
        entries = room;
        room = swap;
    }
}

static bool build_index(search *s)
{
    postings *x = &s->index;
    size_t room = (size_t)s->n * ISN_NEAR_INDEXED + 1;
    if (room > UINT32_MAX)
        return false;
    x->entries = malloc(room * sizeof *x->entries);
    x->places = malloc(room * sizeof *x->places);
    x->indexed = calloc((size_t)s->n + 1, 1);
    uint64_t *other = malloc(room * sizeof *other);
    uint32_t *counts = malloc(RADIX * sizeof *counts);
    bool good = x->entries && x->places && x->indexed && other && counts;
    for (uint32_t i = 0; good && i < s->n; i++) {
        pick best[ISN_NEAR_INDEXED];
        size_t n = picks(best, &s->profiles[i]);
        for (size_t k = 0; k < n; k++)
            x->entries[x->n++] = (uint64_t)best[k].hash << 32 | i;
    }
    if (good)
        sort_entries(x->entries, other, x->n, counts);
    for (size_t i = 0; good && i < x->n; i++) {
        uint32_t article = (uint32_t)x->entries[i];
        x->places[(size_t)article * ISN_NEAR_INDEXED + x->indexed[article]++] = (uint32_t)i;
    }
    free(other);
    free(counts);
    return good;
}

/* --- candidates ---------------------------------------------------------------------------------- */

static void meet(finder *f, uint32_t other, float weight)
{
    if (f->score[other] == 0)
        f->seen[f->n_seen++] = other;
    f->score[other] += weight;
}

/* Looks back from place `at` of the index: the articles of the feature in the window, the latest first. */
static void look_back(finder *f, uint32_t article, uint32_t at, float weight)
{
    const search *s = f->search;
    const uint64_t *entries = s->index.entries;
    uint32_t hash = (uint32_t)(entries[at] >> 32);
    int64_t now = s->profiles[article].minutes;
    bool known = now != ISN_DIGEST_NO_TIME;
    unsigned steps = 0;
    for (uint32_t k = at; k-- > 0 && (uint32_t)(entries[k] >> 32) == hash && steps < ISN_NEAR_STEPS; steps++) {
        uint32_t other = (uint32_t)entries[k];
        if (known && now - s->profiles[other].minutes > WINDOW)
            break;
        meet(f, other, weight);
    }
}

/* The articles of unknown time stand first in the list of a feature. */
static void look_at_unknown(finder *f, uint32_t at, float weight)
{
    const search *s = f->search;
    const uint64_t *entries = s->index.entries;
    uint64_t first = entries[at] >> 32 << 32;
    size_t low = 0, high = at;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entries[middle] < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t k = low; k < at && k < low + UNKNOWN_STEPS; k++) {
        uint32_t other = (uint32_t)entries[k];
        if (s->profiles[other].minutes != ISN_DIGEST_NO_TIME)
            break;
        meet(f, other, weight);
    }
}

static bool push_edge(isn_edges *edges, isn_edge edge)
{
    if (edges->n == edges->capacity) {
        size_t capacity = edges->capacity ? edges->capacity * 2 : 1024;
        isn_edge *items = realloc(edges->items, capacity * sizeof *items);
        if (!items)
            return false;
        edges->items = items;
        edges->capacity = capacity;
    }
    edges->items[edges->n++] = edge;
    return true;
}

/* Keeps the best of the articles seen in best[], in order of score, and forgets all scores. */
static size_t take_best(finder *f, uint32_t best[ISN_NEAR_COMPARED], float scores[ISN_NEAR_COMPARED])
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_seen; i++) {
        uint32_t other = f->seen[i];
        float score = f->score[other];
        f->score[other] = 0;
        bool full = n == ISN_NEAR_COMPARED;
        if (full && (score < scores[n - 1] || (score == scores[n - 1] && other < best[n - 1])))
            continue;
        size_t at = full ? n - 1 : n++;
        for (; at && (scores[at - 1] < score || (scores[at - 1] == score && best[at - 1] < other)); at--) {
            best[at] = best[at - 1];
            scores[at] = scores[at - 1];
        }
        best[at] = other;
        scores[at] = score;
    }
    f->n_seen = 0;
    return n;
}

static int by_article(const void *a, const void *b)
{
    const isn_edge *x = a, *y = b;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

static void find_for(finder *f, uint32_t article)
{
    const search *s = f->search;
    const isn_profile *profile = &s->profiles[article];
    uint32_t best[ISN_NEAR_COMPARED];
    float scores[ISN_NEAR_COMPARED];
    pick chosen[ISN_NEAR_INDEXED];
    size_t n = picks(chosen, profile);
    for (size_t k = 0; k < s->index.indexed[article]; k++) {
        uint32_t at = s->index.places[(size_t)article * ISN_NEAR_INDEXED + k], hash = (uint32_t)(s->index.entries[at] >> 32);
        float weight = 1;
        for (size_t i = 0; i < n; i++)
            if (chosen[i].hash == hash)
                weight = chosen[i].weight;
        look_back(f, article, at, weight);
        if (profile->minutes != ISN_DIGEST_NO_TIME && s->profiles[0].minutes == ISN_DIGEST_NO_TIME)
            look_at_unknown(f, at, weight);
    }
    n = take_best(f, best, scores);
    for (size_t k = 0; k < n; k++) {
        isn_likeness like;
        isn_likeness_of(&like, &s->profiles[best[k]], profile);
        isn_edge edge = {best[k], article, like.odds, isn_likeness_topic(&like)};
        if (edge.topic >= s->least && !push_edge(&f->edges, edge))
            f->failed = true;
    }
}

static void *find_all(void *user)
{
    finder *f = user;
    search *s = f->search;
    for (;;) {
        uint32_t from = atomic_fetch_add(&s->next, BATCH);
        if (from >= s->n || f->failed)
            return NULL;
        for (uint32_t i = from; i < s->n && i < from + BATCH; i++)
            if (!s->wanted || s->wanted[i])
                find_for(f, i);
    }
}

/* --- jobs ---------------------------------------------------------------------------------------- */

/* Runs the finders, the first in this thread; a thread that can't be started leaves its work to the others. */
static void run_finders(finder *finders, unsigned jobs)
{
    pthread_t threads[ISN_NEAR_JOBS];
    bool started[ISN_NEAR_JOBS] = {false};
    for (unsigned i = 1; i < jobs; i++)
        started[i] = pthread_create(&threads[i], NULL, find_all, &finders[i]) == 0;
    find_all(&finders[0]);
    for (unsigned i = 1; i < jobs; i++)
        if (started[i])
            pthread_join(threads[i], NULL);
}

/* The edges of all finders in one sorted list. */
static bool gather(isn_edges *edges, finder *finders, unsigned jobs)
{
    size_t n = 0;
    bool good = true;
    for (unsigned i = 0; i < jobs; i++) {
        n += finders[i].edges.n;
        good = good && !finders[i].failed;
    }
    edges->items = malloc((n ? n : 1) * sizeof *edges->items);
    if (!good || !edges->items)
        return false;
    for (unsigned i = 0; i < jobs; i++) {
        if (finders[i].edges.n)
            memcpy(edges->items + edges->n, finders[i].edges.items, finders[i].edges.n * sizeof *edges->items);
        edges->n += finders[i].edges.n;
    }
    edges->capacity = n;
    if (n)
        qsort(edges->items, n, sizeof *edges->items, by_article);
    return true;
}

isnad_status isn_near_find(isn_edges *edges, const isn_profile *profiles, uint32_t n, float least, unsigned jobs,
                           isnad_error *err)
{
    return isn_near_find_for(edges, profiles, n, NULL, least, jobs, err);
}

isnad_status isn_near_find_for(isn_edges *edges, const isn_profile *profiles, uint32_t n, const uint8_t *wanted, float least,
                               unsigned jobs, isnad_error *err)
{
    search s = {.profiles = profiles, .n = n, .wanted = wanted, .least = least};
    finder finders[ISN_NEAR_JOBS] = {0};
    *edges = (isn_edges){0};
    jobs = jobs < 1 ? 1 : jobs > ISN_NEAR_JOBS ? ISN_NEAR_JOBS : jobs;
    bool good = n < UINT32_MAX - ISN_NEAR_JOBS * BATCH && build_index(&s);
    for (unsigned i = 0; good && i < jobs; i++) {
        finders[i].search = &s;
        finders[i].score = calloc((size_t)n + 1, sizeof *finders[i].score);
        finders[i].seen = malloc(((size_t)n + 1) * sizeof *finders[i].seen);
        good = finders[i].score && finders[i].seen;
    }
    if (good) {
        run_finders(finders, jobs);
        good = gather(edges, finders, jobs);
    }
    for (unsigned i = 0; i < jobs; i++) {
        free(finders[i].score);
        free(finders[i].seen);
        free(finders[i].edges.items);
    }
    free(s.index.entries);
    free(s.index.places);
    free(s.index.indexed);
    if (good)
        return ISNAD_OK;
    free(edges->items);
    *edges = (isn_edges){0};
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for finding stories");
}
