/* series.c - events counted by period: of all who fit a query, and of what two do to each other. */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/acts.h"
#include "store/schema.h"
#include "time/civil.h"

#define MOST_PERIODS 40000u /* a century of days */
#define MOST_TYPES 256u     /* types that are told apart */

typedef enum period_kind { BY_DAY, BY_MONTH, BY_YEAR } period_kind;
static const char *const period_names[] = {"day", "month", "year"};

static isnad_status read_period(period_kind *out, const isn_seeker *s)
{
    const char *name = s->query->period ? s->query->period : "month";
    for (int i = 0; i < 3; i++) {
        if (strcmp(name, period_names[i]) == 0) {
            *out = (period_kind)i;
            return ISNAD_OK;
        }
    }
    return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "there is no period '%s'; it is day, month or year", name);
}

/* The number of the period that a day lies in, growing with time. */
static int64_t period_of(period_kind kind, int64_t day)
{
    if (kind == BY_DAY)
        return day;
    isn_day d = isn_day_of(day);
    return kind == BY_YEAR ? d.year : (int64_t)d.year * 12 + d.month - 1;
}

static void put_period(isn_buf *out, period_kind kind, int64_t period)
{
    char text[48];
    int n;
    if (kind == BY_DAY) {
        isn_day d = isn_day_of(period);
        n = snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    } else if (kind == BY_MONTH) {
        n = snprintf(text, sizeof text, "%04lld-%02lld", (long long)(period / 12), (long long)(period % 12 + 1));
    } else {
        n = snprintf(text, sizeof text, "%04lld", (long long)period);
    }
    isn_row_str(out, "period", isn_str_of(text, (size_t)n));
}

/* --- series ------------------------------------------------------------------------------------------------------------- */

typedef struct bucket {
    int64_t period, events, quad[5];
    double score;
    uint32_t *types; /* events of each type */
} bucket;

typedef struct series {
    isn_seeker *s;
    isn_event_kinds kinds;
    period_kind by;
    isn_str types[MOST_TYPES];
    size_t n_types;
    uint16_t *type_of; /* of each kind; MOST_TYPES: none */
    bucket *items;
    size_t n, capacity;
    isn_id_cache index;
    bucket *last; /* the one that was added to last */
    int64_t last_day, events, undated;
    double score;
    bool full;
} series;

static int compare_types(const void *a, const void *b)
{
    return isn_str_compare(*(const isn_str *)a, *(const isn_str *)b);
}

static bool number_types(series *r)
{
    r->type_of = isn_arena_calloc(&r->s->store->arena, r->kinds.n + 1, sizeof *r->type_of);
    for (size_t k = 1; r->type_of && k < r->kinds.n; k++) {
        size_t t = 0;
        while (t < r->n_types && !isn_str_equal(r->types[t], r->kinds.items[k].type))
            t++;
        if (t == r->n_types && t < MOST_TYPES)
            r->types[r->n_types++] = r->kinds.items[k].type;
    }
    if (r->n_types)
        qsort(r->types, r->n_types, sizeof *r->types, compare_types);
    for (size_t k = 1; r->type_of && k < r->kinds.n; k++) {
        while (r->type_of[k] < r->n_types && !isn_str_equal(r->types[r->type_of[k]], r->kinds.items[k].type))
            r->type_of[k]++;
    }
    return r->type_of != NULL;
}

static bucket *bucket_of(series *r, int64_t day)
{
    if (r->last && r->last_day == day)
        return r->last;
    int64_t period = period_of(r->by, day), at = isn_id_cache_get(&r->index, (uint64_t)(period + INT32_MAX));
    bucket *b = at ? &r->items[at - 1] : NULL;
    if (!b && r->n < MOST_PERIODS && (b = ISN_PUSH(&r->s->store->arena, r))) {
        *b = (bucket){.period = period, .types = isn_arena_calloc(&r->s->store->arena, r->n_types + 1, sizeof *b->types)};
        if (!b->types)
            return NULL;
        isn_id_cache_put(&r->index, (uint64_t)(period + INT32_MAX), (int64_t)r->n);
    }
    r->last = b;
    r->last_day = day;
    return b;
}

static bool add(series *r, int64_t day, int64_t kind, int64_t events)
{
    if (day == ISN_NO_DAY || day == ISN_NO_DAY_KEPT) {
        r->undated += events;
        return true;
    }
    bucket *b = bucket_of(r, day);
    if (!b) {
        r->full = true;
        return false;
    }
    const isn_event_kind *k = &r->kinds.items[kind];
    b->events += events;
    b->quad[k->quad] += events;
    b->score += k->score * (double)events;
    if (r->type_of[kind] < r->n_types)
        b->types[r->type_of[kind]] += (uint32_t)events;
    r->events += events;
    r->score += k->score * (double)events;
    return true;
}

/* Nobody in particular: the sums of days will do. */
static isnad_status sum_days(series *r)
{
    isn_seeker *s = r->s;
    static const char *const statuses[] = {"actual", "future", "hypothetical", "negated"};
    int64_t outlet = ISN_ALL_OUTLETS;
    int status_wanted = -1, code = SQLITE_DONE;
    isnad_status status = s->query->outlet ? isn_outlet_number(&outlet, s, s->query->outlet) : ISNAD_OK;
    for (int i = 0; s->query->status && i < 4; i++)
        status_wanted = strcmp(s->query->status, statuses[i]) == 0 ? i : status_wanted;
    if (status != ISNAD_OK || outlet == 0)
        return status;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT day, kind, status, events FROM event_days WHERE outlet = ?1 AND day BETWEEN ?2 AND ?3 AND events > 0", outlet);
    if (st) {
        sqlite3_bind_int64(st, 2, s->since != ISN_NO_DAY ? s->since : ISN_NO_DAY_KEPT);
        sqlite3_bind_int64(st, 3, s->until != ISN_NO_DAY ? s->until : INT32_MAX);
    }
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t kind = sqlite3_column_int64(st, 1);
        if (kind < 1 || (uint64_t)kind >= r->kinds.n || !r->kinds.items[kind].wanted ||
            (status_wanted >= 0 && sqlite3_column_int(st, 2) != status_wanted))
            continue;
        if (!add(r, sqlite3_column_int64(st, 0), kind, sqlite3_column_int64(st, 3)))
            break;
    }
    isn_seek_sql_end(s, st, code);
    return s->status;
}

static isnad_status count_acts(series *r)
{
    isn_acts acts;
    isn_act act;
    if (isn_acts_begin(&acts, r->s, &r->kinds, NULL, 0, false) == ISNAD_OK)
        while (isn_acts_next(&acts, &act) && add(r, act.day, act.kind, 1))
            ;
    return isn_acts_end(&acts);
}

static int by_period(const void *a, const void *b)
{
    const bucket *x = a, *y = b;
    return (x->period > y->period) - (x->period < y->period);
}

static void put_bucket(const series *r, isn_buf *out, const bucket *b)
{
    isn_buf_char(out, '{');
    put_period(out, r->by, b->period);
    isn_row_int(out, "events", b->events);
    isn_row_raw(out, "quad", "[");
    for (int q = 1; q <= 4; q++)
        isn_buf_format(out, "%s%lld", q > 1 ? "," : "", (long long)b->quad[q]);
    isn_buf_char(out, ']');
    isn_row_real(out, "score", b->events ? b->score / (double)b->events : 0.0);
    isn_row_raw(out, "types", "{");
    for (size_t t = 0; t < r->n_types; t++) {
        if (!b->types[t])
            continue;
        if (out->p[out->n - 1] != '{')
            isn_buf_char(out, ',');
        isn_buf_json(out, r->types[t]);
        isn_buf_format(out, ":%u", (unsigned)b->types[t]);
    }
    isn_buf_append(out, "}}", 2);
}

static void tell_series(series *r)
{
    isn_buf *out = isn_row_begin(r->s);
    if (r->n)
        qsort(r->items, r->n, sizeof *r->items, by_period);
    r->s->found = 1;
    isn_row_str(out, "by", isn_str_cstr(period_names[r->by]));
    isn_row_int(out, "events", r->events);
    isn_row_int(out, "undated", r->undated);
    isn_row_real(out, "score", r->events ? r->score / (double)r->events : 0.0);
    isn_row_raw(out, "whole", r->full ? "false" : "true");
    isn_row_raw(out, "periods", "[");
    for (size_t i = 0; i < r->n; i++) {
        if (i)
            isn_buf_char(out, ',');
        put_bucket(r, out, &r->items[i]);
    }
    isn_buf_char(out, ']');
    isn_row_end(r->s);
}

isnad_status isn_find_series(isn_seeker *s)
{
    series *r = isn_arena_calloc(&s->store->arena, 1, sizeof *r);
    if (!r)
        return isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    r->s = s;
    isnad_status status = read_period(&r->by, s);
    if (status == ISNAD_OK)
        status = isn_event_kinds_read(&r->kinds, s);
    if (status == ISNAD_OK && !number_types(r))
        status = isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    bool anybody = s->actor.given || s->by.given || s->to.given || s->query->country || s->words.n;
    if (status == ISNAD_OK)
        status = anybody ? count_acts(r) : sum_days(r);
    if (status == ISNAD_OK)
        tell_series(r);
    isn_id_cache_clear(&r->index);
    return status;
}

/* --- dyads -------------------------------------------------------------------------------------------------------------- */

typedef struct way {
    int64_t events;
    double cooperation, conflict;
} way;

typedef struct pair_bucket {
    int64_t period;
    way ways[2]; /* from a to b, from b to a */
} pair_bucket;

typedef struct dyad {
    isn_seeker *s;
    isn_event_kinds kinds;
    period_kind by;
    pair_bucket *items;
    size_t n, capacity;
    isn_id_cache index;
    way sums[2];
    int status;
} dyad;

/* Two numbers that stand for somebody: of a country, its code (everybody of that country), else of actors by their name. */
static isnad_status find_side(isn_who *out, isn_seeker *s, const char *name)
{
    isn_actor_set set;
    if (!name || !*name)
        return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "between whom? name two countries or actors");
    if (isn_who_country(out, name, ISN_SIDE_ACTOR | ISN_SIDE_RECIPIENT))
        return ISNAD_OK;
    isnad_status status = isn_actor_set_find(&set, s->store, name, s->err);
    if (status == ISNAD_OK)
        isn_who_actors(out, &set, ISN_SIDE_ACTOR | ISN_SIDE_RECIPIENT);
    return status;
}

static void add_way(way *w, double score)
{
    w->events++;
    if (score > 0.0)
        w->cooperation += score;
    else
        w->conflict += score;
}

static bool add_act(dyad *d, const isn_act *a, int other)
{
    bool ways[2] = {(a->roles & ISN_SIDE_ACTOR) && (other & ISN_SIDE_RECIPIENT), (other & ISN_SIDE_ACTOR) && (a->roles & ISN_SIDE_RECIPIENT)};
    if (a->day == ISN_NO_DAY || (!ways[0] && !ways[1]))
        return true;
    int64_t period = period_of(d->by, a->day), at = isn_id_cache_get(&d->index, (uint64_t)(period + INT32_MAX));
    pair_bucket *b = at ? &d->items[at - 1] : NULL;
    if (!b && d->n < MOST_PERIODS && (b = ISN_PUSH(&d->s->store->arena, d))) {
        *b = (pair_bucket){.period = period};
        isn_id_cache_put(&d->index, (uint64_t)(period + INT32_MAX), (int64_t)d->n);
    }
    for (int i = 0; b && i < 2; i++) {
        if (!ways[i])
            continue;
        add_way(&b->ways[i], d->kinds.items[a->kind].score);
        add_way(&d->sums[i], d->kinds.items[a->kind].score);
    }
    return b != NULL;
}

/* Both sides' events in one order: those that both take part in. */
static isnad_status join_sides(dyad *d, const isn_who *a, const isn_who *b)
{
    isn_acts sides[2];
    isn_act heads[2];
    isnad_status status[2];
    status[0] = isn_acts_begin(&sides[0], d->s, &d->kinds, a, 1, false);
    status[1] = isn_acts_begin(&sides[1], d->s, &d->kinds, b, 1, false);
    bool live = status[0] == ISNAD_OK && status[1] == ISNAD_OK && isn_acts_next(&sides[0], &heads[0]) && isn_acts_next(&sides[1], &heads[1]);
    while (live) {
        int order = heads[0].at != heads[1].at ? (heads[0].at > heads[1].at) - (heads[0].at < heads[1].at)
                                               : (heads[0].n > heads[1].n) - (heads[0].n < heads[1].n);
        if (order == 0 && heads[0].status == d->status && !add_act(d, &heads[0], heads[1].roles))
            break;
        if (order <= 0)
            live = isn_acts_next(&sides[0], &heads[0]);
        if (order >= 0)
            live = live && isn_acts_next(&sides[1], &heads[1]);
    }
    status[0] = isn_acts_end(&sides[0]);
    status[1] = isn_acts_end(&sides[1]);
    return status[0] != ISNAD_OK ? status[0] : status[1];
}

static int by_pair_period(const void *a, const void *b)
{
    const pair_bucket *x = a, *y = b;
    return (x->period > y->period) - (x->period < y->period);
}

static void put_ways(isn_buf *out, const way *ways)
{
    static const char *const names[] = {"a_to_b", "b_to_a"};
    for (int i = 0; i < 2; i++) {
        const way *w = &ways[i];
        isn_row_raw(out, names[i], "{");
        isn_row_int(out, "events", w->events);
        isn_row_real(out, "cooperation", w->cooperation);
        isn_row_real(out, "conflict", w->conflict);
        isn_row_real(out, "score", w->events ? (w->cooperation + w->conflict) / (double)w->events : 0.0);
        isn_buf_char(out, '}');
    }
}

static void tell_dyad(dyad *d)
{
    isn_buf *out = isn_row_begin(d->s);
    if (d->n)
        qsort(d->items, d->n, sizeof *d->items, by_pair_period);
    d->s->found = 1;
    isn_row_str(out, "a", isn_str_cstr(d->s->query->by));
    isn_row_str(out, "b", isn_str_cstr(d->s->query->to));
    isn_row_str(out, "by", isn_str_cstr(period_names[d->by]));
    put_ways(out, d->sums);
    isn_row_raw(out, "periods", "[");
    for (size_t i = 0; i < d->n; i++) {
        isn_buf_str(out, isn_str_cstr(i ? ",{" : "{"));
        put_period(out, d->by, d->items[i].period);
        put_ways(out, d->items[i].ways);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
    isn_row_end(d->s);
}

isnad_status isn_find_dyad(isn_seeker *s)
{
    isn_who a, b;
    dyad d = {.s = s};
    static const char *const statuses[] = {"actual", "future", "hypothetical", "negated"};
    isnad_status status = read_period(&d.by, s);
    if (status == ISNAD_OK)
        status = find_side(&a, s, s->query->by);
    if (status == ISNAD_OK)
        status = find_side(&b, s, s->query->to);
    if (status == ISNAD_OK && s->words.n)
        status = isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "events between two aren't looked for by words");
    for (int i = 0; s->query->status && i < 4; i++)
        d.status = strcmp(s->query->status, statuses[i]) == 0 ? i : d.status;
    if (status == ISNAD_OK)
        status = isn_event_kinds_read(&d.kinds, s);
    if (status == ISNAD_OK)
        status = join_sides(&d, &a, &b);
    if (status == ISNAD_OK)
        tell_dyad(&d);
    isn_id_cache_clear(&d.index);
    return status;
}
