/* gather.c - finds that look at many articles before they tell: a timeline, whom somebody met, who is called so. */
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "store/find.h"
#include "time/civil.h"

#define MOST_ARTICLES 50000u /* that a portrait or a timeline is made from; the newest */
#define MOST_ACTS 200000u    /* acts, partners, offices that are told apart */
#define MOST_LISTED 20u      /* partners, offices ... of a portrait */
#define MOST_OUTLETS 8u      /* outlets named for an act */

/* Things that are counted, each by its hash; they live in an arena of their own. */
typedef struct counted {
    uint64_t hash;
    int64_t times, articles, last_article;
    int64_t day, first, last; /* of an act; first and last day of what is counted */
    isn_str a, b, c, d;       /* what it is: see the users */
    isn_str outlets[MOST_OUTLETS];
    uint8_t n_outlets;
} counted;

typedef struct tally {
    isn_arena *arena;
    counted *items;
    size_t n, capacity;
    isn_id_cache index;
} tally;

static void tally_release(tally *t)
{
    isn_id_cache_clear(&t->index);
}

/* The item of this hash, made and *fresh where it isn't there; NULL when there are too many. */
static counted *tally_item(tally *t, uint64_t hash, bool *fresh)
{
    int64_t at = isn_id_cache_get(&t->index, hash);
    *fresh = at == 0;
    if (at)
        return &t->items[at - 1];
    if (t->n >= MOST_ACTS)
        return NULL;
    counted *c = ISN_PUSH(t->arena, t);
    if (!c)
        return NULL;
    *c = (counted){.hash = hash, .first = INT64_MAX, .last = INT64_MIN};
    isn_id_cache_put(&t->index, hash, (int64_t)t->n);
    return c;
}

static void count(counted *c, const isn_seen *seen, int64_t day)
{
    c->times++;
    c->articles += c->last_article != seen->id;
    c->last_article = seen->id;
    if (day != ISN_NO_DAY) {
        c->first = day < c->first ? day : c->first;
        c->last = day > c->last ? day : c->last;
    }
}

static uint64_t mix(uint64_t hash, isn_str s)
{
    return XXH3_64bits_withSeed(s.p, s.n, hash + 1);
}

static int more_first(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    if (x->times != y->times)
        return x->times < y->times ? 1 : -1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static void put_day(isn_buf *out, const char *key, int64_t day)
{
    char text[48];
    isn_str s = {NULL, 0};
    if (day != INT64_MAX && day != INT64_MIN && day != ISN_NO_DAY) {
        isn_day d = isn_day_of(day);
        s = isn_str_of(text, (size_t)snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day));
    }
    isn_row_str(out, key, s);
}

/* --- the timeline ---------------------------------------------------------------------------------------------------------- */

/* The names of the parties of a role, by commas, in the tally's arena; their keys are mixed into *hash. */
static isn_str join_parties(tally *t, uint64_t *hash, const isn_seen *seen, const isn_seen_event *event, char role)
{
    isn_buf names;
    uint64_t sum = 0; /* whatever their order */
    isn_buf_init(&names, (size_t)1 << 16);
    for (size_t i = 0; i < event->n_parties; i++) {
        const isn_seen_party *p = &event->parties[i];
        if (p->role != role || p->entity >= seen->n_entities)
            continue;
        const isn_seen_entity *e = &seen->entities[p->entity];
        sum += mix(0, e->kb.n ? e->kb : e->name);
        if (names.n)
            isn_buf_append(&names, ", ", 2);
        isn_buf_str(&names, e->name);
    }
    *hash = XXH3_64bits_withSeed(&sum, sizeof sum, *hash + (unsigned char)role);
    isn_str kept = names.n ? isn_arena_copy(t->arena, isn_str_of(names.p, names.n)) : (isn_str){NULL, 0};
    isn_buf_release(&names);
    return kept;
}

static void add_outlet(tally *t, counted *c, isn_str outlet)
{
    for (size_t i = 0; i < c->n_outlets; i++) {
        if (isn_str_equal(c->outlets[i], outlet))
            return;
    }
    if (outlet.n && c->n_outlets < MOST_OUTLETS)
        c->outlets[c->n_outlets++] = isn_arena_copy(t->arena, outlet);
}

static bool see_timeline(isn_seeker *s, isn_seen *seen, void *extra)
{
    tally *t = extra;
    bool fresh, known = false;
    if (!isn_seek_entities(s, seen) || !isn_seek_events(s, seen))
        return isn_seek_failed(s, seen);
    for (size_t i = 0; i < seen->n_events; i++) {
        const isn_seen_event *event = &seen->events[i];
        if (event->day == ISN_NO_DAY || event->n_parties == 0 || !isn_seek_event_fits(s, seen, event))
            continue;
        uint64_t hash = mix(mix((uint64_t)event->day, event->type), event->status);
        isn_str actors = join_parties(t, &hash, seen, event, 'a'), recipients = join_parties(t, &hash, seen, event, 'r');
        counted *c = tally_item(t, hash, &fresh);
        if (!c)
            return false;
        count(c, seen, seen->day);
        add_outlet(t, c, seen->outlet);
        if (!fresh)
            continue;
        if (!known && !(known = isn_seek_text(s, seen)))
            return isn_seek_failed(s, seen);
        c->day = event->day;
        c->a = isn_arena_copy(t->arena, event->type);
        c->b = actors;
        c->c = recipients;
        c->d = isn_arena_copy(t->arena, isn_str_part(seen->text, (size_t)event->begin, (size_t)event->end));
    }
    return true;
}

static int by_day(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : more_first(a, b);
}

isnad_status isn_find_timeline(isn_seeker *s)
{
    isn_arena arena;
    isn_arena_init(&arena, ISN_STORE_ARENA);
    tally t = {.arena = &arena};
    isnad_status status = isn_seek_all(s, see_timeline, &t, MOST_ARTICLES);
    size_t first = t.n < s->query->offset ? t.n : s->query->offset, n = t.n - first < s->limit ? t.n - first : s->limit;
    if (t.n)
        qsort(t.items, t.n, sizeof *t.items, more_first); /* what most tell, in the order of its days */
    if (n)
        qsort(t.items + first, n, sizeof *t.items, by_day);
    s->found = t.n;
    s->more = first + n < t.n;
    for (size_t i = first; status == ISNAD_OK && i < first + n; i++) {
        const counted *c = &t.items[i];
        isn_buf *out = isn_row_begin(s);
        put_day(out, "day", c->day);
        isn_row_str(out, "type", c->a);
        isn_row_str(out, "actor", c->b);
        isn_row_str(out, "recipient", c->c);
        isn_row_int(out, "articles", c->articles);
        isn_row_raw(out, "outlets", "[");
        for (size_t k = 0; k < c->n_outlets; k++) {
            if (k)
                isn_buf_char(out, ',');
            isn_buf_json(out, c->outlets[k]);
        }
        isn_buf_char(out, ']');
        isn_row_str(out, "words", c->d);
        if (!isn_row_end(s))
            break;
    }
    tally_release(&t);
    isn_arena_release(&arena);
    return status;
}

/* --- a portrait -------------------------------------------------------------------------------------------------------------- */

typedef struct portrait {
    isn_arena arena;
    tally met, offices, did, undergone, outlets;
    int64_t articles, quotes, first, last;
} portrait;

static bool is_one(const isn_seeker *s, const isn_seen *seen, uint32_t entity)
{
    return entity && entity < seen->n_entities && isn_actor_set_has(&s->actor, seen->entities[entity].actor);
}

/* The day of an event, where it is told exactly; else that of publication. */
static int64_t day_of(const isn_seen *seen, const isn_seen_event *event)
{
    return event->date.n >= sizeof "2021-04-17" - 1 ? event->day : seen->day;
}

/* Everybody else who met at an event at which the actor was. */
static void see_meeting(isn_seeker *s, portrait *p, const isn_seen *seen, const isn_seen_event *event)
{
    bool fresh;
    for (size_t i = 0; i < event->n_parties; i++) {
        const isn_seen_party *party = &event->parties[i];
        if (party->role == 'v' || party->entity >= seen->n_entities || is_one(s, seen, party->entity))
            continue;
        const isn_seen_entity *e = &seen->entities[party->entity];
        counted *c = tally_item(&p->met, mix(1, e->kb.n ? e->kb : e->name), &fresh);
        if (!c)
            return;
        if (fresh) {
            c->a = isn_arena_copy(&p->arena, e->name);
            c->b = e->kb.n ? isn_arena_copy(&p->arena, e->kb) : e->kb;
        }
        count(c, seen, day_of(seen, event));
    }
}

static void count_word(tally *t, isn_arena *arena, const isn_seen *seen, isn_str a, isn_str b, int64_t day)
{
    bool fresh;
    counted *c = tally_item(t, mix(mix(2, a), b), &fresh);
    if (!c)
        return;
    if (fresh) {
        c->a = isn_arena_copy(arena, a);
        c->b = b.n ? isn_arena_copy(arena, b) : b;
    }
    count(c, seen, day);
}

static void see_acts(isn_seeker *s, portrait *p, const isn_seen *seen)
{
    for (size_t i = 0; i < seen->n_events; i++) {
        const isn_seen_event *event = &seen->events[i];
        bool does = false, undergoes = false;
        for (size_t k = 0; k < event->n_parties; k++) {
            bool one = is_one(s, seen, event->parties[k].entity);
            does = does || (one && event->parties[k].role == 'a');
            undergoes = undergoes || (one && event->parties[k].role == 'r');
        }
        if (!isn_str_equal(event->status, ISN_STR("actual")))
            continue;
        if (does)
            count_word(&p->did, &p->arena, seen, event->type, (isn_str){NULL, 0}, day_of(seen, event));
        if (undergoes)
            count_word(&p->undergone, &p->arena, seen, event->type, (isn_str){NULL, 0}, day_of(seen, event));
        if ((does || undergoes) && isn_str_equal(event->type, ISN_STR("CONSULT")))
            see_meeting(s, p, seen, event);
    }
}

static bool see_portrait(isn_seeker *s, isn_seen *seen, void *extra)
{
    portrait *p = extra;
    if (!isn_seek_entities(s, seen) || !isn_seek_events(s, seen))
        return isn_seek_failed(s, seen);
    p->articles++;
    if (seen->day != ISN_NO_DAY) {
        p->first = seen->day < p->first ? seen->day : p->first;
        p->last = seen->day > p->last ? seen->day : p->last;
    }
    if (seen->outlet.n)
        count_word(&p->outlets, &p->arena, seen, seen->outlet, (isn_str){NULL, 0}, seen->day);
    see_acts(s, p, seen);
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_QUOTES, seen->id);
    while (st && sqlite3_step(st) == SQLITE_ROW)
        p->quotes += is_one(s, seen, (uint32_t)sqlite3_column_int64(st, 4));
    st = isn_seek_statement(s, ISN_SEEK_ROLES, seen->id);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        int64_t body = sqlite3_column_int64(st, 2);
        isn_str of = body > 0 && (uint64_t)body < seen->n_entities ? seen->entities[body].name : (isn_str){NULL, 0};
        if (is_one(s, seen, (uint32_t)sqlite3_column_int64(st, 0)))
            count_word(&p->offices, &p->arena, seen, isn_seek_column(s, st, 1), of, seen->day);
    }
    return !p->arena.full;
}

static void put_tally(isn_buf *out, const char *key, tally *t, const char *a, const char *b)
{
    isn_row_raw(out, key, "[");
    if (t->n)
        qsort(t->items, t->n, sizeof *t->items, more_first);
    for (size_t i = 0; i < t->n && i < MOST_LISTED; i++) {
        const counted *c = &t->items[i];
        if (i)
            isn_buf_char(out, ',');
        isn_buf_char(out, '{');
        isn_row_str(out, a, c->a);
        if (b)
            isn_row_str(out, b, c->b);
        isn_row_int(out, "times", c->times);
        isn_row_int(out, "articles", c->articles);
        put_day(out, "first", c->first);
        put_day(out, "last", c->last);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
}

static void put_candidate(isn_buf *out, const isn_candidate *c)
{
    isn_row_str(out, "kb", c->kb);
    isn_row_str(out, "type", c->type);
    isn_row_str(out, "name", c->name);
    isn_row_str(out, "english", c->english);
    isn_row_str(out, "country", c->country);
}

isnad_status isn_find_portrait(isn_seeker *s)
{
    isn_candidate *found = NULL;
    size_t n = 0;
    portrait p = {.first = INT64_MAX, .last = INT64_MIN};
    if (!s->query->actor)
        return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "whose portrait? name an actor");
    isnad_status status = isn_candidates_find(&found, &n, s->store, isn_str_cstr(s->query->actor), s->err);
    if (status != ISNAD_OK || n == 0)
        return status;
    isn_arena_init(&p.arena, ISN_STORE_ARENA);
    p.met.arena = p.offices.arena = p.did.arena = p.undergone.arena = p.outlets.arena = &p.arena;
    status = isn_seek_all(s, see_portrait, &p, MOST_ARTICLES);
    if (status == ISNAD_OK) {
        s->found = 1;
        isn_buf *out = isn_row_begin(s);
        put_candidate(out, &found[0]);
        isn_row_int(out, "articles", p.articles);
        isn_row_raw(out, "whole", p.articles < MOST_ARTICLES ? "true" : "false");
        put_day(out, "first", p.first);
        put_day(out, "last", p.last);
        isn_row_int(out, "quotes", p.quotes);
        put_tally(out, "met", &p.met, "name", "kb");
        put_tally(out, "offices", &p.offices, "office", "of");
        put_tally(out, "did", &p.did, "type", NULL);
        put_tally(out, "undergone", &p.undergone, "type", NULL);
        put_tally(out, "outlets", &p.outlets, "outlet", NULL);
        isn_row_end(s);
    }
    tally *const all[] = {&p.met, &p.offices, &p.did, &p.undergone, &p.outlets};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        tally_release(all[i]);
    isn_arena_release(&p.arena);
    return status;
}

/* --- names ---------------------------------------------------------------------------------------------------------------------- */

isnad_status isn_find_actors(isn_seeker *s)
{
    isn_candidate *found = NULL;
    size_t n = 0;
    const char *name = s->query->actor ? s->query->actor : s->query->words;
    if (!name)
        return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "who? name an actor");
    isnad_status status = isn_candidates_find(&found, &n, s->store, isn_str_cstr(name), s->err);
    for (size_t i = 0; status == ISNAD_OK && i < n; i++) {
        isn_row_use use = isn_row_found(s);
        if (use == ISN_ROW_STOP)
            break;
        if (use == ISN_ROW_PASS)
            continue;
        isn_buf *out = isn_row_begin(s);
        put_candidate(out, &found[i]);
        isn_row_int(out, "articles", found[i].articles);
        isn_row_real(out, "alike", found[i].alike > 1.0f ? 1.0 : found[i].alike);
        if (!isn_row_end(s))
            break;
    }
    return status;
}
