#include "story/stories.h"

#include <stdlib.h>

#include "base/error.h"
#include "story/cluster.h"

#define FOLLOWS 0.0f         /* log odds, hours left aside, from which a story goes on with another */
#define COPIED 0.6f          /* share of the shorter text that makes a near copy */
#define LEAST_SHARED 0.2f    /* share of the wording of both, below which the sketch can't tell */
#define ORIGINS_COMPARED 64u /* earlier origins of a story that an article is compared with */

_Static_assert(ISN_NEAR_DAYS * 1440 == ISNAD_PAIRS_MINUTES, "how far back an article looks is told to those who make stories in parts");

typedef struct article {
    isn_story_article shown;
    const isn_weighed *features;
    const uint16_t *sketch;
    uint32_t n_features, words;
    uint32_t number; /* in the order of adding */
} article;

typedef struct decision {
    isn_str a, b;
    isn_decision_kind kind;
} decision;

struct isn_stories {
    isn_arena arena;       /* features, sketches, names, results */
    article *articles;     /* while adding in that order, once made in the order of time */
    size_t n, capacity;
    decision *decisions;
    size_t n_decisions, decisions_capacity;
    uint32_t *rank;        /* place in `articles` of each article as numbered */
    uint32_t *story_of;    /* story of each article as numbered */
    isn_story *stories;
    size_t n_stories;
    isn_profile *profiles; /* in the order of time */
    isn_edges edges;       /* numbered as added */
    bool made;             /* nothing can be added any more */
};

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for stories");
}

isnad_status isn_stories_new(isn_stories **out, isnad_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return no_memory(err);
    isn_arena_init(&(*out)->arena, ISN_STORIES_CEILING);
    return ISNAD_OK;
}

void isn_stories_free(isn_stories *stories)
{
    if (!stories)
        return;
    free(stories->articles);
    free(stories->decisions);
    free(stories->rank);
    free(stories->profiles);
    free(stories->edges.items);
    free(stories->story_of);
    free(stories->stories);
    isn_arena_release(&stories->arena);
    free(stories);
}

/* Makes room for one more item at the end of a heap array. */
static bool grow(void **items, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity)
        return true;
    size_t more = *capacity ? *capacity * 2 : 256;
    void *place = realloc(*items, more * size);
    if (!place)
        return false;
    *items = place;
    *capacity = more;
    return true;
}

isnad_status isn_stories_add(isn_stories *s, const isn_digest *digest, isnad_error *err)
{
    isn_weighed room[ISN_DIGEST_FEATURES];
    if (s->n >= ISN_STORIES_MOST || s->made)
        return isn_fail(err, ISNAD_E_LIMIT, NULL, 0, "more than %u articles", ISN_STORIES_MOST);
    size_t n = isn_profile_weigh(room, digest);
    isn_weighed *features = isn_arena_alloc(&s->arena, (n ? n : 1) * sizeof *features);
    uint16_t *sketch = isn_arena_alloc(&s->arena, sizeof digest->sketch);
    isn_story_article shown = {isn_arena_copy(&s->arena, digest->id), isn_arena_copy(&s->arena, digest->outlet),
                               isn_arena_copy(&s->arena, digest->origin), digest->minutes};
    if (!features || !sketch || s->arena.full || !grow((void **)&s->articles, s->n, &s->capacity, sizeof *s->articles))
        return no_memory(err);
    memcpy(features, room, n * sizeof *features);
    memcpy(sketch, digest->sketch, sizeof digest->sketch);
    s->articles[s->n] = (article){.shown = shown, .features = features, .sketch = sketch, .n_features = (uint32_t)n,
                                  .words = digest->words, .number = (uint32_t)s->n};
    s->n++;
    return ISNAD_OK;
}

isnad_status isn_stories_decide(isn_stories *s, isn_decision_kind kind, isn_str a, isn_str b, isnad_error *err)
{
    if (s->n_decisions >= ISN_STORIES_MOST_DECISIONS)
        return isn_fail(err, ISNAD_E_LIMIT, NULL, 0, "more than %u decisions", ISN_STORIES_MOST_DECISIONS);
    decision d = {isn_arena_copy(&s->arena, isn_digest_id(&s->arena, a)),
                  isn_arena_copy(&s->arena, isn_digest_id(&s->arena, b)), kind};
    if (s->arena.full || !grow((void **)&s->decisions, s->n_decisions, &s->decisions_capacity, sizeof *s->decisions))
        return no_memory(err);
    s->decisions[s->n_decisions++] = d;
    return ISNAD_OK;
}

/* --- order --------------------------------------------------------------------------------------- */

/* By time, then id; articles that share an id are told apart by what they hold. */
static int by_time(const void *a, const void *b)
{
    const article *x = a, *y = b;
    if (x->shown.minutes != y->shown.minutes)
        return x->shown.minutes < y->shown.minutes ? -1 : 1;
    int order = isn_str_compare(x->shown.id, y->shown.id);
    if (order)
        return order;
    if (x->n_features != y->n_features)
        return x->n_features < y->n_features ? -1 : 1;
    order = x->n_features ? memcmp(x->features, y->features, x->n_features * sizeof *x->features) : 0;
    if (order)
        return order;
    order = memcmp(x->sketch, y->sketch, ISN_DIGEST_BINS * sizeof *x->sketch);
    if (!order)
        order = isn_str_compare(x->shown.outlet, y->shown.outlet);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_id(const void *a, const void *b)
{
    const article *const *x = a, *const *y = b;
    int order = isn_str_compare((*x)->shown.id, (*y)->shown.id);
    return order ? order : (*x > *y) - (*x < *y);
}

static uint32_t find_id(const article *const *sorted, size_t n, const article *first, isn_str id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (isn_str_compare(sorted[middle]->shown.id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && isn_str_equal(sorted[low]->shown.id, id) ? (uint32_t)(sorted[low] - first) : ISN_NOTHING;
}

static int by_decided(const void *a, const void *b)
{
    const isn_decided *x = a, *y = b;
    if (x->kind != y->kind)
        return (int)x->kind - (int)y->kind;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* The decisions about articles that are here, sorted, so that the order in which they were made means nothing. */
static bool resolve(isn_decided **out, size_t *n_out, const isn_stories *s)
{
    *n_out = 0;
    *out = malloc((s->n_decisions + 1) * sizeof **out);
    const article **sorted = s->n_decisions ? malloc((s->n + 1) * sizeof *sorted) : NULL;
    if (!*out || (s->n_decisions && !sorted))
        return free(sorted), false;
    for (size_t i = 0; sorted && i < s->n; i++)
        sorted[i] = &s->articles[i];
    if (sorted && s->n)
        qsort(sorted, s->n, sizeof *sorted, by_id);
    for (size_t i = 0; i < s->n_decisions; i++) {
        const decision *d = &s->decisions[i];
        uint32_t a = find_id(sorted, s->n, s->articles, d->a);
        uint32_t b = d->kind == ISN_DECIDE_ALONE ? ISN_NOTHING : find_id(sorted, s->n, s->articles, d->b);
        if (a == ISN_NOTHING || (d->kind != ISN_DECIDE_ALONE && (b == ISN_NOTHING || a == b)))
            continue;
        (*out)[(*n_out)++] = (isn_decided){a < b ? a : b, a < b ? b : a, d->kind};
    }
    if (*n_out)
        qsort(*out, *n_out, sizeof **out, by_decided);
    free(sorted);
    return true;
}

/* --- origins ------------------------------------------------------------------------------------- */

static isn_profile profile_of(const article *a)
{
    isn_digest digest = {.minutes = a->shown.minutes, .words = a->words};
    isn_profile profile;
    isn_profile_make(&profile, a->features, a->n_features, &digest);
    profile.sketch = a->sketch;
    return profile;
}

static bool is_copy(const article *a, const article *b)
{
    isn_profile x = {.sketch = a->sketch, .minutes = ISN_DIGEST_NO_TIME}, y = {.sketch = b->sketch, .minutes = ISN_DIGEST_NO_TIME};
    isn_likeness like;
    isn_likeness_of(&like, &x, &y);
    float shared = like.part[ISN_LIKE_COPIED], shorter = (float)(a->words < b->words ? a->words : b->words);
    float both = shared / (1 + shared) * (float)(a->words + b->words);
    return shared >= LEAST_SHARED && shorter > 0 && both / shorter >= COPIED;
}

static bool same_origin(const article *a, const article *b)
{
    isn_str x = a->shown.origin, y = b->shown.origin;
    return (x.n && isn_str_equal(x, y)) || (a->shown.outlet.n && isn_str_equal(a->shown.outlet, b->shown.outlet)) ||
           (x.n && isn_str_equal(x, b->shown.outlet)) || (y.n && isn_str_equal(y, a->shown.outlet)) || is_copy(a, b);
}

/* For each article of a story the first that has the same origin; members are places in the order of time. */
static size_t fill_origins(uint32_t *origins, const isn_stories *s, const uint32_t *members, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const article *a = &s->articles[members[i]];
        uint32_t origin = a->number;
        unsigned tried = 0;
        for (size_t k = 0; k < i && tried < ORIGINS_COMPARED && origin == a->number; k++, tried++)
            if (same_origin(&s->articles[members[k]], a))
                origin = origins[k];
        origins[i] = origin;
        count += origin == a->number;
    }
    return count;
}

/* --- stories ------------------------------------------------------------------------------------- */

typedef struct making {
    isn_edges edges; /* in the order of time */
    isn_decided *decided;
    size_t n_decided;
    isn_clusters clusters;
} making;

static void release(making *m)
{
    free(m->edges.items);
    free(m->decided);
    free(m->clusters.of);
    free(m->clusters.joins);
}

/* Numbers the stories by their first articles and lays out room for their lists. */
static bool lay_out(isn_stories *s, const making *m)
{
    uint32_t *story = s->story_of; /* by rank for now */
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        story[i] = m->clusters.of[i] == i ? (uint32_t)n++ : story[m->clusters.of[i]];
    s->stories = calloc(n + 1, sizeof *s->stories);
    if (!s->stories)
        return false;
    s->n_stories = n;
    for (size_t i = 0; i < s->n; i++)
        s->stories[story[i]].n++;
    for (size_t i = 0; i < n; i++) {
        isn_story *one = &s->stories[i];
        one->articles = isn_arena_alloc(&s->arena, one->n * sizeof(uint32_t));
        one->origins = isn_arena_alloc(&s->arena, one->n * sizeof(uint32_t));
        one->joins = isn_arena_alloc(&s->arena, one->n * sizeof(isn_join));
        one->follows = ISN_NOTHING;
        one->n = 0;
    }
    return !s->arena.full;
}

static isn_join numbered(const isn_stories *s, isn_join join)
{
    join.a = s->articles[join.a].number;
    join.b = s->articles[join.b].number;
    return join;
}

/* Fills the lists; story_of is still by rank. */
static void fill(isn_stories *s, const making *m)
{
    for (size_t i = 0; i < s->n; i++) {
        isn_story *one = &s->stories[s->story_of[i]];
        ((uint32_t *)one->articles)[one->n++] = (uint32_t)i;
    }
    for (size_t i = 0; i < s->n_stories; i++)
        s->stories[i].n_origins = 0;
    for (size_t i = 0; i < m->clusters.n_joins; i++) {
        isn_join join = m->clusters.joins[i];
        isn_story *one = &s->stories[s->story_of[join.a]];
        ((isn_join *)one->joins)[one->n_origins++] = numbered(s, join); /* counts joins until origins are found */
    }
    for (size_t i = 0; i < s->n_stories; i++) {
        isn_story *one = &s->stories[i];
        one->n_origins = fill_origins((uint32_t *)one->origins, s, one->articles, one->n);
    }
}

/* The earlier story that each goes on with: the one with the pair most alike in what it is about. */
static void link_stories(isn_stories *s, const making *m)
{
    for (size_t i = 0; i < m->edges.n; i++) {
        const isn_edge *e = &m->edges.items[i];
        uint32_t from = s->story_of[e->a], to = s->story_of[e->b];
        if (from == to || e->topic < FOLLOWS)
            continue;
        isn_story *later = &s->stories[from > to ? from : to];
        uint32_t earlier = from < to ? from : to;
        if (later->follows == ISN_NOTHING || e->topic > later->link.odds) {
            later->follows = earlier;
            later->link = (isn_join){e->a, e->b, e->topic, false};
        }
    }
    for (size_t i = 0; i < s->n_stories; i++)
        if (s->stories[i].follows != ISN_NOTHING)
            s->stories[i].link = numbered(s, s->stories[i].link);
}

/* From places in the order of time to numbers as added. */
static bool renumber(isn_stories *s)
{
    uint32_t *by_rank = malloc((s->n + 1) * sizeof *by_rank);
    if (!by_rank)
        return false;
    if (s->n)
        memcpy(by_rank, s->story_of, s->n * sizeof *by_rank);
    for (size_t i = 0; i < s->n; i++) {
        s->story_of[s->articles[i].number] = by_rank[i];
    }
    free(by_rank);
    for (size_t i = 0; i < s->n_stories; i++) {
        uint32_t *articles = (uint32_t *)s->stories[i].articles;
        for (size_t k = 0; k < s->stories[i].n; k++)
            articles[k] = s->articles[articles[k]].number;
    }
    return true;
}

/* Puts the articles in the order of time, once. */
static isnad_status put_in_order(isn_stories *s, isnad_error *err)
{
    if (s->made)
        return ISNAD_OK;
    s->made = true;
    s->rank = malloc((s->n + 1) * sizeof *s->rank);
    s->story_of = malloc((s->n + 1) * sizeof *s->story_of);
    s->profiles = malloc((s->n + 1) * sizeof *s->profiles);
    if (!s->rank || !s->story_of || !s->profiles)
        return no_memory(err);
    if (s->n)
        qsort(s->articles, s->n, sizeof *s->articles, by_time);
    for (size_t i = 0; i < s->n; i++) {
        s->rank[s->articles[i].number] = (uint32_t)i;
        s->profiles[i] = profile_of(&s->articles[i]);
    }
    return ISNAD_OK;
}

isnad_status isn_stories_seek(isn_stories *s, const bool *fresh, unsigned jobs, isnad_error *err)
{
    isnad_status status = s->edges.items ? isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "stories were made already")
                                         : put_in_order(s, err);
    if (status != ISNAD_OK)
        return status;
    uint8_t *by_rank = fresh ? malloc((s->n + 1) * sizeof *by_rank) : NULL;
    if (fresh && !by_rank)
        return no_memory(err);
    for (size_t i = 0; fresh && i < s->n; i++)
        by_rank[i] = fresh[s->articles[i].number];
    status = isn_near_find_for(&s->edges, s->profiles, (uint32_t)s->n, by_rank, FOLLOWS, jobs, err);
    for (size_t i = 0; status == ISNAD_OK && i < s->edges.n; i++) {
        s->edges.items[i].a = s->articles[s->edges.items[i].a].number;
        s->edges.items[i].b = s->articles[s->edges.items[i].b].number;
    }
    free(by_rank);
    return status;
}

const isn_edge *isn_stories_edges(const isn_stories *s, size_t *n)
{
    *n = s->edges.n;
    return s->edges.items;
}

static int by_later(const void *a, const void *b)
{
    const isn_edge *x = a, *y = b;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

/* The edges in the order of time, sorted. */
static bool take_edges(making *m, const isn_stories *s, const isn_edge *edges, size_t n)
{
    m->edges.items = malloc((n + 1) * sizeof *m->edges.items);
    if (!m->edges.items)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t a = s->rank[edges[i].a], b = s->rank[edges[i].b];
        m->edges.items[i] = (isn_edge){a < b ? a : b, a < b ? b : a, edges[i].odds, edges[i].topic};
    }
    m->edges.n = n;
    if (n)
        qsort(m->edges.items, n, sizeof *m->edges.items, by_later);
    return true;
}

/* Clusters the articles that aren't fixed, and puts those that are where they belong. */
static isnad_status cluster(making *m, const isn_stories *s, const uint32_t *fixed, isnad_error *err)
{
    isn_edges some = m->edges;
    if (!fixed)
        return isn_cluster_make(&m->clusters, s->profiles, (uint32_t)s->n, &some, m->decided, m->n_decided, ISN_STORIES_ENOUGH, err);
    size_t n = 0, n_decided = 0;
    some.items = malloc((m->edges.n + 1) * sizeof *some.items);
    uint32_t *first = malloc((s->n + 1) * sizeof *first);
    for (size_t i = 0; some.items && i < m->edges.n; i++) {
        const isn_edge *e = &m->edges.items[i];
        if (fixed[s->articles[e->a].number] == ISN_NOTHING && fixed[s->articles[e->b].number] == ISN_NOTHING)
            some.items[n++] = *e;
    }
    some.n = n;
    for (size_t i = 0; i < m->n_decided; i++)
        if (fixed[s->articles[m->decided[i].a].number] == ISN_NOTHING)
            m->decided[n_decided++] = m->decided[i];
    isnad_status status = some.items && first ? isn_cluster_make(&m->clusters, s->profiles, (uint32_t)s->n, &some, m->decided,
                                                                 n_decided, ISN_STORIES_ENOUGH, err) : no_memory(err);
    for (size_t i = 0; status == ISNAD_OK && i < s->n; i++)
        first[i] = ISN_NOTHING;
    for (size_t i = 0; status == ISNAD_OK && i < s->n; i++) {
        uint32_t group = fixed[s->articles[i].number];
        if (group == ISN_NOTHING || group >= s->n)
            continue;
        if (first[group] == ISN_NOTHING)
            first[group] = (uint32_t)i;
        m->clusters.of[i] = first[group];
    }
    free(some.items);
    free(first);
    return status;
}

isnad_status isn_stories_settle(isn_stories *s, const isn_edge *edges, size_t n, const uint32_t *fixed, isnad_error *err)
{
    making m = {0};
    isnad_status status = s->stories ? isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "stories were made already")
                                     : put_in_order(s, err);
    if (status == ISNAD_OK && (!take_edges(&m, s, edges, n) || !resolve(&m.decided, &m.n_decided, s)))
        status = no_memory(err);
    if (status == ISNAD_OK)
        status = cluster(&m, s, fixed, err);
    if (status == ISNAD_OK && !lay_out(s, &m))
        status = no_memory(err);
    if (status == ISNAD_OK) {
        fill(s, &m);
        link_stories(s, &m);
        status = renumber(s) ? ISNAD_OK : no_memory(err);
    }
    if (status != ISNAD_OK)
        s->n_stories = 0;
    release(&m);
    return status;
}

isnad_status isn_stories_make(isn_stories *s, unsigned jobs, isnad_error *err)
{
    if (s->made)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "stories were made already");
    isnad_status status = isn_stories_seek(s, NULL, jobs, err);
    return status == ISNAD_OK ? isn_stories_settle(s, s->edges.items, s->edges.n, NULL, err) : status;
}

/* --- made in parts ------------------------------------------------------------------------------- */

isnad_status isn_stories_pairs(isnad_pair **pairs, size_t *n, isn_stories *s, size_t first, unsigned jobs, isnad_error *err)
{
    *pairs = NULL;
    *n = 0;
    if (s->made)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "stories were made already");
    bool *wanted = calloc(s->n + 1, sizeof *wanted);
    for (size_t i = first; wanted && i < s->n; i++)
        wanted[i] = true;
    isnad_status status = wanted ? isn_stories_seek(s, wanted, jobs, err) : no_memory(err);
    if (status == ISNAD_OK && !(*pairs = malloc((s->edges.n + 1) * sizeof **pairs)))
        status = no_memory(err);
    for (size_t i = 0; status == ISNAD_OK && i < s->edges.n; i++) {
        const isn_edge *e = &s->edges.items[i];
        (*pairs)[(*n)++] = (isnad_pair){e->a, e->b, e->odds, e->topic};
    }
    free(wanted);
    return status;
}

/* The pairs as edges, each once. */
static isnad_status take_pairs(isn_edge **out, size_t *n_out, const isn_stories *s, const isnad_pair *pairs, size_t n,
                               isnad_error *err)
{
    isn_edge *items = *out = malloc((n + 1) * sizeof *items);
    *n_out = 0;
    if (!items)
        return no_memory(err);
    for (size_t i = 0; i < n; i++) {
        const isnad_pair *p = &pairs[i];
        if (p->a >= s->n || p->b >= s->n || s->rank[p->a] >= s->rank[p->b])
            return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "pair %zu is none of these articles, or not in the order of time", i);
        items[i] = (isn_edge){(uint32_t)p->a, (uint32_t)p->b, p->odds, p->topic};
    }
    if (n)
        qsort(items, n, sizeof *items, by_later);
    for (size_t i = 0; i < n; i++)
        if (*n_out == 0 || by_later(&items[*n_out - 1], &items[i]) != 0)
            items[(*n_out)++] = items[i];
    return ISNAD_OK;
}

isnad_status isn_stories_make_from(isn_stories *s, const isnad_pair *pairs, size_t n, isnad_error *err)
{
    isn_edge *edges = NULL;
    if (s->made)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "stories were made already");
    isnad_status status = put_in_order(s, err);
    if (status == ISNAD_OK)
        status = take_pairs(&edges, &n, s, pairs, n, err);
    if (status == ISNAD_OK)
        status = isn_stories_settle(s, edges, n, NULL, err);
    free(edges);
    return status;
}

/* Two articles with something of every kind in common, alike to a degree that every weight tells on. */
uint64_t isn_stories_method(void)
{
    isn_feature x[ISN_FEATURE_KINDS * 3], y[ISN_FEATURE_KINDS * 3];
    isn_weighed weighed[2][ISN_DIGEST_FEATURES];
    isn_profile profiles[2];
    uint64_t sum = ISN_STORIES_METHOD;
    for (uint32_t i = 0; i < ISN_FEATURE_KINDS * 3; i++) {
        x[i] = (isn_feature){.hash = 10 * i, .kind = (uint8_t)(i / 3), .where = (uint8_t)(i % 3), .times = 1,
                             .rare = (uint8_t)(3 + i % 9)};
        y[i] = x[i];
        y[i].hash += i % 4 ? 0 : 5;
        y[i].times = 2;
    }
    isn_digest a = {.minutes = 0, .words = 90, .features = x, .n_features = ISN_FEATURE_KINDS * 3};
    isn_digest b = {.minutes = 900, .words = 120, .features = y, .n_features = ISN_FEATURE_KINDS * 3};
    for (uint16_t i = 0; i < ISN_DIGEST_BINS; i++) {
        a.sketch[i] = i;
        b.sketch[i] = i % 4 ? i : (uint16_t)(i + 500);
    }
    for (size_t k = 0; k < 2; k++) {
        const isn_digest *d = k ? &b : &a;
        isn_profile_make(&profiles[k], weighed[k], isn_profile_weigh(weighed[k], d), d);
        profiles[k].sketch = d->sketch;
        for (size_t i = 0; i < profiles[k].n; i++)
            sum = sum * 1099511628211u + weighed[k][i].weight;
    }
    for (uint32_t n = ISN_FEATURE_KINDS * 3; n; n /= 2) {
        isn_likeness like;
        isn_profile_make(&profiles[1], weighed[1], n, &b);
        profiles[1].sketch = b.sketch;
        isn_likeness_of(&like, &profiles[0], &profiles[1]);
        sum = sum * 1099511628211u + (uint64_t)(int64_t)(like.odds * 65536) * 31;
        sum += (uint64_t)(int64_t)(isn_likeness_topic(&like) * 65536);
    }
    return sum >> 1; /* fits a column of SQLite */
}

size_t isn_stories_count(const isn_stories *stories)
{
    return stories->n_stories;
}

const isn_story *isn_stories_at(const isn_stories *stories, size_t i)
{
    return &stories->stories[i];
}

uint32_t isn_stories_of(const isn_stories *stories, uint32_t number)
{
    return stories->story_of[number];
}

isn_story_article isn_stories_article(const isn_stories *stories, uint32_t number)
{
    return stories->articles[stories->rank[number]].shown;
}

void isn_stories_sample(const isn_stories *s, size_t most, void (*see)(void *user, const isn_weighed *features, size_t n),
                        void *user)
{
    size_t n = s->n < most ? s->n : most;
    for (size_t i = 0; i < n; i++) {
        const article *a = &s->articles[i * s->n / n];
        see(user, a->features, a->n_features);
    }
}
