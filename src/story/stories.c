#include "story/stories.h"

#include <stdlib.h>

#include "base/error.h"
#include "story/cluster.h"

#define ENOUGH 0.0f          /* mean log odds from which groups are one story */
#define FOLLOWS 0.0f         /* log odds, hours left aside, from which a story goes on with another */
#define COPIED 0.6f          /* share of the shorter text that makes a near copy */
#define LEAST_SHARED 0.2f    /* share of the wording of both, below which the sketch can't tell */
#define ORIGINS_COMPARED 64u /* earlier origins of a story that an article is compared with */

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
    bool made;
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
    decision d = {isn_arena_copy(&s->arena, a), isn_arena_copy(&s->arena, b), kind};
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
    isn_profile *profiles;
    isn_edges edges;
    isn_decided *decided;
    size_t n_decided;
    isn_clusters clusters;
} making;

static void release(making *m)
{
    free(m->profiles);
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

/* Puts the articles in order and makes their profiles. */
static isnad_status prepare(isn_stories *s, making *m, isnad_error *err)
{
    if (s->made)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "stories were made already");
    s->made = true;
    if (s->n)
        qsort(s->articles, s->n, sizeof *s->articles, by_time);
    s->rank = malloc((s->n + 1) * sizeof *s->rank);
    s->story_of = malloc((s->n + 1) * sizeof *s->story_of);
    m->profiles = malloc((s->n + 1) * sizeof *m->profiles);
    if (!s->rank || !s->story_of || !m->profiles || !resolve(&m->decided, &m->n_decided, s))
        return no_memory(err);
    for (size_t i = 0; i < s->n; i++) {
        m->profiles[i] = profile_of(&s->articles[i]);
        s->rank[s->articles[i].number] = (uint32_t)i;
    }
    return ISNAD_OK;
}

/* Makes the stories of what was prepared and its edges. */
static isnad_status complete(isn_stories *s, making *m, isnad_error *err)
{
    isnad_status status = isn_cluster_make(&m->clusters, m->profiles, (uint32_t)s->n, &m->edges, m->decided, m->n_decided, ENOUGH, err);
    if (status == ISNAD_OK && !lay_out(s, m))
        status = no_memory(err);
    if (status == ISNAD_OK) {
        fill(s, m);
        link_stories(s, m);
        status = renumber(s) ? ISNAD_OK : no_memory(err);
    }
    return status;
}

isnad_status isn_stories_make(isn_stories *s, unsigned jobs, isnad_error *err)
{
    making m = {0};
    isnad_status status = prepare(s, &m, err);
    if (status == ISNAD_OK)
        status = isn_near_find(&m.edges, m.profiles, (uint32_t)s->n, FOLLOWS, jobs, err);
    if (status == ISNAD_OK)
        status = complete(s, &m, err);
    if (status != ISNAD_OK)
        s->n_stories = 0;
    release(&m);
    return status;
}

/* --- made in parts ------------------------------------------------------------------------------- */

isnad_status isn_stories_pairs(isnad_pair **pairs, size_t *n, isn_stories *s, size_t first, unsigned jobs, isnad_error *err)
{
    making m = {0};
    *pairs = NULL;
    *n = 0;
    isnad_status status = prepare(s, &m, err);
    uint8_t *wanted = calloc(s->n + 1, 1);
    if (status == ISNAD_OK && !wanted)
        status = no_memory(err);
    for (size_t i = 0; status == ISNAD_OK && i < s->n; i++)
        wanted[i] = s->articles[i].number >= first;
    if (status == ISNAD_OK)
        status = isn_near_find_for(&m.edges, m.profiles, (uint32_t)s->n, wanted, FOLLOWS, jobs, err);
    if (status == ISNAD_OK && !(*pairs = malloc((m.edges.n + 1) * sizeof **pairs)))
        status = no_memory(err);
    for (size_t i = 0; status == ISNAD_OK && i < m.edges.n; i++) {
        const isn_edge *e = &m.edges.items[i];
        (*pairs)[(*n)++] = (isnad_pair){s->articles[e->a].number, s->articles[e->b].number, e->odds, e->topic};
    }
    free(wanted);
    release(&m);
    return status;
}

static int by_place(const void *a, const void *b)
{
    const isn_edge *x = a, *y = b;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

/* The pairs as edges: by the places of their articles in the order of time, sorted, each once. */
static isnad_status take_pairs(const isn_stories *s, making *m, const isnad_pair *pairs, size_t n, isnad_error *err)
{
    isn_edge *items = malloc((n + 1) * sizeof *items);
    if (!items)
        return no_memory(err);
    m->edges = (isn_edges){items, 0, n};
    for (size_t i = 0; i < n; i++) {
        const isnad_pair *p = &pairs[i];
        if (p->a >= s->n || p->b >= s->n || s->rank[p->a] >= s->rank[p->b])
            return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "pair %zu is none of these articles, or not in the order of time", i);
        items[i] = (isn_edge){s->rank[p->a], s->rank[p->b], p->odds, p->topic};
    }
    if (n)
        qsort(items, n, sizeof *items, by_place);
    for (size_t i = 0; i < n; i++)
        if (m->edges.n == 0 || by_place(&items[m->edges.n - 1], &items[i]) != 0)
            items[m->edges.n++] = items[i];
    return ISNAD_OK;
}

isnad_status isn_stories_make_from(isn_stories *s, const isnad_pair *pairs, size_t n, isnad_error *err)
{
    making m = {0};
    isnad_status status = prepare(s, &m, err);
    if (status == ISNAD_OK)
        status = take_pairs(s, &m, pairs, n, err);
    if (status == ISNAD_OK)
        status = complete(s, &m, err);
    if (status != ISNAD_OK)
        s->n_stories = 0;
    release(&m);
    return status;
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
