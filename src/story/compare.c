#include "story/compare.h"

#include <stdlib.h>

#include "base/error.h"
#include "story/align.h"
#include "story/tally.h"
#include "story/wording.h"

#define SAME_LENGTH (-3.0f) /* log odds that two events are one, of which the same length of time is told */
#define SAME_DAY 0.4f       /* likeness of the words around two equal days */

/* What is being put together. */
typedef struct work {
    isn_comparison *out;
    isn_arena *arena;
    const isn_tellings *t;
    uint32_t *fact_of;       /* of each telling: number of its fact */
    uint32_t *event_of_date; /* of each date telling: the event telling that it dates, or ISN_NOTHING */
    uint32_t n_facts;
    const isn_opposites *opposites;
} work;

/* --- days and counts ----------------------------------------------------------------------------- */

static isn_str date_value(const isn_tellings *t, const isn_telling *date)
{
    return t->records[date->article]->dates[date->item].value;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* The event of the same sentence that has this day, the nearest one. */
static uint32_t dated_event(const isn_tellings *t, const isn_telling *date)
{
    uint32_t best = ISN_NOTHING;
    isn_str value = date_value(t, date);
    for (uint32_t i = 0; i < t->n; i++) {
        const isn_telling *e = &t->items[i];
        if (e->kind != ISN_TELLING_EVENT || e->article != date->article || e->sentence.begin != date->sentence.begin ||
            !isn_str_equal(t->records[e->article]->events[e->item].date, value))
            continue;
        if (best == ISN_NOTHING || distance(e->span.begin, date->span.begin) < distance(t->items[best].span.begin, date->span.begin))
            best = i;
    }
    return best;
}

/* The fact of the event that a count belongs to, or ISN_NOTHING. */
static uint32_t counted_fact(const work *w, const isn_telling *count)
{
    const isn_tellings *t = w->t;
    uint32_t event = t->records[count->article]->counts[count->item].event;
    for (uint32_t i = 0; event != ISN_NOTHING && i < t->n; i++)
        if (t->items[i].kind == ISN_TELLING_EVENT && t->items[i].article == count->article && t->items[i].item == event)
            return w->fact_of[i];
    return ISN_NOTHING;
}

static bool same_count(const work *w, uint32_t a, uint32_t b)
{
    const isn_telling *x = &w->t->items[a], *y = &w->t->items[b];
    return isn_counts_same(w->t, x, y, counted_fact(w, x), counted_fact(w, y));
}

static bool same_date(const work *w, uint32_t a, uint32_t b)
{
    const isn_tellings *t = w->t;
    uint32_t x = w->event_of_date[a], y = w->event_of_date[b];
    if (isn_days_at_odds(t, &t->items[a], &t->items[b]))
        return true;
    if (x != ISN_NOTHING && y != ISN_NOTHING)
        return w->fact_of[x] == w->fact_of[y];
    return isn_str_equal(date_value(t, &t->items[a]), date_value(t, &t->items[b])) &&
           isn_telling_words_alike(&t->items[a], &t->items[b]) >= SAME_DAY;
}

/* The fact of the event that a span of time is of, or ISN_NOTHING. */
static uint32_t telling_of(const work *w, uint32_t article, uint32_t event)
{
    for (uint32_t i = 0; i < w->t->n; i++)
        if (w->t->items[i].kind == ISN_TELLING_EVENT && w->t->items[i].article == article && w->t->items[i].item == event)
            return i;
    return ISN_NOTHING;
}

/* Two spans of time are told of one thing where their events are one fact, or as good as that. */
static bool same_term(const work *w, uint32_t a, uint32_t b)
{
    const isn_tellings *t = w->t;
    uint32_t x = telling_of(w, t->items[a].article, t->items[a].item), y = telling_of(w, t->items[b].article, t->items[b].item);
    if (x == ISN_NOTHING || y == ISN_NOTHING)
        return false;
    const isn_telling *p = &t->items[a], *q = &t->items[b], *v = &t->items[x], *u = &t->items[y];
    bool same_length = p->low <= q->low && q->low <= p->low;
    bool same_words = v->head == u->head || isn_telling_words_alike(p, q) >= SAME_DAY;
    return same_words && (w->fact_of[x] == w->fact_of[y] || isn_telling_alike(t, v, u) >= (same_length ? SAME_LENGTH : 0));
}

/* All headlines are one row. */
static bool same_headline(const work *w, uint32_t a, uint32_t b)
{
    (void)w, (void)a, (void)b;
    return true;
}

/* Gives each telling of a kind the fact of the first one before it that is the same, or a new one. */
static void group(work *w, isn_telling_kind kind, bool (*same)(const work *, uint32_t, uint32_t))
{
    for (uint32_t i = 0; i < w->t->n; i++) {
        if (w->t->items[i].kind != kind)
            continue;
        for (uint32_t k = 0; k < i && w->fact_of[i] == ISN_NOTHING; k++)
            if (w->t->items[k].kind == kind && same(w, k, i))
                w->fact_of[i] = w->fact_of[k];
        if (w->fact_of[i] == ISN_NOTHING)
            w->fact_of[i] = w->n_facts++;
    }
}

/* --- facts --------------------------------------------------------------------------------------- */

static bool lay_out(work *w, isn_fact *facts)
{
    const isn_tellings *t = w->t;
    for (uint32_t i = 0; i < t->n; i++)
        facts[w->fact_of[i]].n++;
    for (uint32_t i = 0; i < w->n_facts; i++) {
        facts[i].tellings = isn_arena_alloc(w->arena, (facts[i].n + 1) * sizeof(uint32_t));
        if (!facts[i].tellings)
            return false;
        facts[i].n = 0;
        facts[i].kind = ISN_TELLING_HEADLINE;
    }
    for (uint32_t i = 0; i < t->n; i++) {
        isn_fact *f = &facts[w->fact_of[i]];
        ((uint32_t *)f->tellings)[f->n++] = i;
        if (t->items[i].kind < f->kind)
            f->kind = t->items[i].kind;
    }
    return true;
}

/* Articles and origins of a fact: bits of a set of at most 64. */
static void count_origins(const work *w, isn_fact *f)
{
    uint64_t articles = 0, origins = 0;
    for (size_t i = 0; i < f->n; i++) {
        uint32_t article = w->t->items[f->tellings[i]].article;
        articles |= (uint64_t)1 << article;
        origins |= (uint64_t)1 << (w->out->origins ? w->out->origins[article] : article);
    }
    for (; articles; articles &= articles - 1)
        f->n_articles++;
    for (; origins; origins &= origins - 1)
        f->n_origins++;
}

static int by_weight(const void *a, const void *b)
{
    const isn_fact *x = a, *y = b;
    bool headline = x->kind == ISN_TELLING_HEADLINE, other = y->kind == ISN_TELLING_HEADLINE;
    if (headline != other)
        return headline ? -1 : 1;
    if (x->n_articles != y->n_articles)
        return x->n_articles > y->n_articles ? -1 : 1;
    return x->tellings[0] < y->tellings[0] ? -1 : 1;
}

static bool make_facts(work *w)
{
    isn_fact *facts = isn_arena_calloc(w->arena, (size_t)w->n_facts + 1, sizeof *facts);
    if (!facts || !lay_out(w, facts))
        return false;
    for (uint32_t i = 0; i < w->n_facts; i++) {
        isn_clashes clashes = {0};
        count_origins(w, &facts[i]);
        if (!isn_clashes_find(&clashes, w->arena, w->t, &facts[i], w->event_of_date, w->opposites))
            return false;
        facts[i].clashes = clashes.items;
        facts[i].n_clashes = clashes.n;
    }
    if (w->n_facts)
        qsort(facts, w->n_facts, sizeof *facts, by_weight);
    w->out->facts = facts;
    w->out->n_facts = w->n_facts;
    return true;
}

static bool put_together(work *w)
{
    size_t n = w->t->n;
    w->fact_of = isn_arena_alloc(w->arena, (n + 1) * sizeof *w->fact_of);
    w->event_of_date = isn_arena_alloc(w->arena, (n + 1) * sizeof *w->event_of_date);
    if (!w->fact_of || !w->event_of_date || !isn_align(w->fact_of, &w->n_facts, w->arena, w->t))
        return false;
    for (uint32_t i = 0; i < n; i++)
        w->event_of_date[i] = w->t->items[i].kind == ISN_TELLING_DATE ? dated_event(w->t, &w->t->items[i]) : ISN_NOTHING;
    group(w, ISN_TELLING_COUNT, same_count);
    group(w, ISN_TELLING_DATE, same_date);
    group(w, ISN_TELLING_TERM, same_term);
    group(w, ISN_TELLING_HEADLINE, same_headline);
    return make_facts(w);
}

isnad_status isn_compare(isn_comparison *out, isn_arena *arena, const isn_record *const *records, const uint32_t *origins,
                         size_t n, const isn_lexicon *lexicon, isnad_error *err)
{
    *out = (isn_comparison){.origins = origins};
    work w = {.out = out, .arena = arena, .t = &out->tellings};
    if (n > ISN_COMPARE_ARTICLES)
        n = ISN_COMPARE_ARTICLES;
    w.opposites = isn_opposites_make(arena, lexicon);
    if (w.opposites && isn_tellings_make(&out->tellings, arena, records, n, lexicon) && put_together(&w))
        return ISNAD_OK;
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for comparing %zu articles", n);
}
