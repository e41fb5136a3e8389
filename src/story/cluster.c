#include "story/cluster.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

#define SAMPLE 12u        /* articles of a group that speak for it */
#define MOST_GROUP 20000u /* articles of a story */
#define MOST_ODDS 6.0f    /* what one pair can say for joining, and against it */

/* Groups as lists: next[i] leads to the next article of the group, 0xFFFFFFFF ends it. The head is the least article. */
typedef struct groups {
    const isn_profile *profiles;
    uint32_t *of, *next, *last, *size;
    const isn_decided *decided; /* PART and ALONE */
    size_t n_decided;
    bool *alone;
    isn_clusters *out;
    float enough;
} groups;

static uint32_t head_of(groups *g, uint32_t i)
{
    while (g->of[i] != i) {
        g->of[i] = g->of[g->of[i]];
        i = g->of[i];
    }
    return i;
}

/* Puts two groups together, lists sorted by article no longer but by group; the head is the least. */
static void unite(groups *g, uint32_t a, uint32_t b, isn_join why)
{
    uint32_t head = a < b ? a : b, tail = a < b ? b : a;
    g->of[tail] = head;
    g->next[g->last[head]] = tail;
    g->last[head] = g->last[tail];
    g->size[head] += g->size[tail];
    g->out->joins[g->out->n_joins++] = why;
}

/* At most SAMPLE articles spread evenly over a group. */
static size_t sample(uint32_t out[SAMPLE], const groups *g, uint32_t head)
{
    size_t size = g->size[head], n = 0, at = 0;
    for (uint32_t i = head; i != ISN_NOTHING && n < SAMPLE; i = g->next[i], at++)
        if (size <= SAMPLE || at * SAMPLE / size >= n)
            out[n++] = i;
    return n;
}

static float clamped(float odds)
{
    return odds > MOST_ODDS ? MOST_ODDS : odds < -MOST_ODDS ? -MOST_ODDS : odds;
}

/* The mean odds of the pairs between two groups. */
static float mean_odds(const groups *g, uint32_t a, uint32_t b)
{
    uint32_t left[SAMPLE], right[SAMPLE];
    size_t n = sample(left, g, a), m = sample(right, g, b);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++) {
            isn_likeness like;
            isn_likeness_of(&like, &g->profiles[left[i]], &g->profiles[right[k]]);
            sum += (double)clamped(like.odds);
        }
    return (float)(sum / (double)(n * m));
}

/* Would joining put two articles together that a person parted? */
static bool is_parted(groups *g, uint32_t a, uint32_t b)
{
    if (g->n_decided == 0)
        return false;
    if (g->alone[a] || g->alone[b])
        return true;
    for (size_t i = 0; i < g->n_decided; i++) {
        const isn_decided *d = &g->decided[i];
        if (d->kind != ISN_DECIDE_PART)
            continue;
        uint32_t x = head_of(g, d->a), y = head_of(g, d->b);
        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static int by_odds(const void *a, const void *b)
{
    const isn_edge *x = a, *y = b;
    if (x->odds != y->odds)
        return x->odds > y->odds ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

static void join_by_hand(groups *g, const isn_decided *decided, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (decided[i].kind != ISN_DECIDE_JOIN)
            continue;
        uint32_t a = head_of(g, decided[i].a), b = head_of(g, decided[i].b);
        isn_likeness like;
        isn_likeness_of(&like, &g->profiles[decided[i].a], &g->profiles[decided[i].b]);
        if (a != b)
            unite(g, a, b, (isn_join){decided[i].a, decided[i].b, like.odds, true});
    }
    for (size_t i = 0; i < n; i++)
        if (decided[i].kind == ISN_DECIDE_ALONE)
            g->alone[head_of(g, decided[i].a)] = true;
}

static void join_alike(groups *g, const isn_edge *edges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t a = head_of(g, edges[i].a), b = head_of(g, edges[i].b);
        if (a == b || g->size[a] + g->size[b] > MOST_GROUP || is_parted(g, a, b))
            continue;
        bool pair = g->size[a] == 1 && g->size[b] == 1;
        if (pair || mean_odds(g, a, b) >= g->enough)
            unite(g, a, b, (isn_join){edges[i].a, edges[i].b, edges[i].odds, false});
    }
}

static bool take_room(groups *g, isn_clusters *out, uint32_t n)
{
    size_t room = (size_t)n + 1;
    out->of = malloc(room * sizeof *out->of);
    out->joins = malloc(room * sizeof *out->joins);
    g->next = malloc(room * sizeof *g->next);
    g->last = malloc(room * sizeof *g->last);
    g->size = malloc(room * sizeof *g->size);
    g->alone = calloc(room, sizeof *g->alone);
    g->of = out->of;
    if (!out->of || !out->joins || !g->next || !g->last || !g->size || !g->alone)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        g->of[i] = g->last[i] = i;
        g->next[i] = ISN_NOTHING;
        g->size[i] = 1;
    }
    return true;
}

isnad_status isn_cluster_make(isn_clusters *out, const isn_profile *profiles, uint32_t n, const isn_edges *edges,
                              const isn_decided *decided, size_t n_decided, float enough, isnad_error *err)
{
    groups g = {.profiles = profiles, .decided = decided, .n_decided = n_decided, .out = out, .enough = enough};
    *out = (isn_clusters){0};
    isn_edge *sorted = malloc((edges->n + 1) * sizeof *sorted);
    bool good = take_room(&g, out, n) && sorted;
    if (good) {
        size_t alike = 0;
        for (size_t i = 0; i < edges->n; i++)
            if (edges->items[i].odds >= enough)
                sorted[alike++] = edges->items[i];
        if (alike)
            qsort(sorted, alike, sizeof *sorted, by_odds);
        join_by_hand(&g, decided, n_decided);
        join_alike(&g, sorted, alike);
        for (uint32_t i = 0; i < n; i++)
            out->of[i] = head_of(&g, i);
    }
    free(sorted);
    free(g.next);
    free(g.last);
    free(g.size);
    free(g.alone);
    return good ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for stories");
}
