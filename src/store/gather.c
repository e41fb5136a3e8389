/* gather.c - acts by their days, told once for all articles that tell them; who is called so. */
#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "store/acts.h"

#define MOST_ARTICLES 50000u /* that a timeline is made from; the newest */
#define MOST_UNASKED 10000u  /* where nothing is asked for but the newest */
#define MOST_ACTS 200000u    /* acts that are told apart */
#define MOST_OUTLETS 8u      /* outlets named for an act */

/* --- the timeline ---------------------------------------------------------------------------------------------------------- */

/* The same act on the same day, whoever tells it. */
typedef struct counted {
    uint64_t hash;
    int64_t times, articles, last; /* last: the article that told it last */
    isn_act newest;
    int64_t outlets[MOST_OUTLETS];
    uint8_t n_outlets;
} counted;

typedef struct tally {
    isn_arena arena;
    counted *items;
    size_t n, capacity;
    isn_id_cache index;
    sqlite3_stmt *parties; /* what is equal for equal parties */
} tally;

/* The item of this hash, made where it isn't there; NULL when there are too many. */
static counted *tally_item(tally *t, uint64_t hash)
{
    int64_t at = isn_id_cache_get(&t->index, hash);
    if (at)
        return &t->items[at - 1];
    counted *c = t->n < MOST_ACTS ? ISN_PUSH(&t->arena, t) : NULL;
    if (c) {
        *c = (counted){.hash = hash};
        isn_id_cache_put(&t->index, hash, (int64_t)t->n);
    }
    return c;
}

static void add_outlet(counted *c, int64_t outlet)
{
    for (size_t i = 0; i < c->n_outlets; i++) {
        if (c->outlets[i] == outlet)
            return;
    }
    if (outlet && c->n_outlets < MOST_OUTLETS)
        c->outlets[c->n_outlets++] = outlet;
}

/* Rows of one actor don't have it: that of the event has. */
static void read_parties(tally *t, isn_act *act)
{
    sqlite3_bind_int64(t->parties, 1, act->at);
    sqlite3_bind_int64(t->parties, 2, act->n);
    if (sqlite3_step(t->parties) == SQLITE_ROW)
        act->act = sqlite3_column_int64(t->parties, 0);
    sqlite3_reset(t->parties);
}

/* False when there are too many. */
static bool count(tally *t, const isn_event_kinds *kinds, isn_act *act)
{
    if (act->act == 0)
        read_parties(t, act);
    if (act->day == ISN_NO_DAY || act->act == 0)
        return true;
    isn_str type = kinds->items[act->kind].type;
    const int64_t what[] = {act->day, act->status, act->act};
    counted *c = tally_item(t, XXH3_64bits_withSeed(what, sizeof what, XXH3_64bits(type.p, type.n)));
    if (!c)
        return false;
    c->articles += c->times == 0 || c->last != act->at;
    c->last = act->at;
    if (c->times++ == 0)
        c->newest = *act;
    add_outlet(c, act->outlet);
    return true;
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

static int by_day(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    return x->newest.day != y->newest.day ? (x->newest.day > y->newest.day) - (x->newest.day < y->newest.day) : more_first(a, b);
}

/* The names of the parties of a role, by commas; null where there are none. */
static void put_parties(isn_buf *out, const char *key, const isn_seen *seen, const isn_seen_event *event, char role)
{
    isn_buf names;
    isn_buf_init(&names, (size_t)1 << 16);
    for (size_t i = 0; i < event->n_parties; i++) {
        const isn_seen_party *p = &event->parties[i];
        if (p->role != role || p->entity >= seen->n_entities)
            continue;
        if (names.n)
            isn_buf_append(&names, ", ", 2);
        isn_buf_str(&names, seen->entities[p->entity].name);
    }
    isn_row_str(out, key, isn_str_of(names.p, names.n));
    isn_buf_release(&names);
}

static void put_outlets(isn_seeker *s, isn_buf *out, const counted *c)
{
    isn_row_raw(out, "outlets", "[");
    for (size_t i = 0; i < c->n_outlets; i++) {
        sqlite3_stmt *st = isn_seek_sql(s, "SELECT name FROM outlets WHERE id = ?", c->outlets[i]);
        int code = st ? sqlite3_step(st) : SQLITE_DONE;
        if (code == SQLITE_ROW) {
            if (i)
                isn_buf_char(out, ',');
            isn_buf_json(out, isn_seek_column(s, st, 0));
        }
        isn_seek_sql_end(s, st, code);
    }
    isn_buf_char(out, ']');
}

static bool tell(isn_seeker *s, const counted *c)
{
    isn_seen seen = {.id = isn_act_article(&c->newest)};
    const isn_seen_event *event = NULL;
    if (!isn_seek_article(s, &seen, seen.id) || !isn_seek_entities(s, &seen) || !isn_seek_events(s, &seen) || !isn_seek_text(s, &seen))
        return isn_seek_failed(s, &seen);
    for (size_t i = 0; i < seen.n_events; i++) {
        if (seen.events[i].n == c->newest.n)
            event = &seen.events[i];
    }
    if (!event)
        return isn_seek_failed(s, &seen);
    isn_buf *out = isn_row_begin(s);
    isn_row_day(out, "day", event->day);
    isn_row_str(out, "type", event->type);
    put_parties(out, "actor", &seen, event, 'a');
    put_parties(out, "recipient", &seen, event, 'r');
    isn_row_int(out, "articles", c->articles);
    put_outlets(s, out, c);
    isn_row_str(out, "words", isn_str_part(seen.text, (size_t)event->begin, (size_t)event->end));
    isn_row_int(out, "article", seen.id);
    isn_row_int(out, "event", event->n);
    return isn_row_end(s);
}

static isnad_status gather(tally *t, isn_seeker *s, const isn_event_kinds *kinds)
{
    isn_acts acts;
    isn_act act;
    int64_t last = -1;
    size_t articles = 0;
    size_t most = s->match.n ? MOST_ARTICLES : MOST_UNASKED;
    bool more = isn_acts_begin(&acts, s, kinds, NULL, 0, true) == ISNAD_OK;
    while (more && isn_acts_next(&acts, &act)) {
        articles += act.at != last;
        last = act.at;
        more = articles <= most && count(t, kinds, &act);
    }
    return isn_acts_end(&acts);
}

/* What most tell, a page of it in the order of its days. */
static void tell_page(isn_seeker *s, tally *t)
{
    size_t first = t->n < s->query->offset ? t->n : s->query->offset, n = t->n - first < s->limit ? t->n - first : s->limit;
    if (t->n)
        qsort(t->items, t->n, sizeof *t->items, more_first);
    if (n)
        qsort(t->items + first, n, sizeof *t->items, by_day);
    s->found = t->n;
    s->more = first + n < t->n;
    isn_arena_mark before = isn_arena_here(&s->store->arena);
    for (size_t i = first; i < first + n && tell(s, &t->items[i]) && s->status == ISNAD_OK; i++)
        isn_arena_back(&s->store->arena, before);
}

isnad_status isn_find_timeline(isn_seeker *s)
{
    tally t = {.n = 0};
    isn_event_kinds kinds;
    isnad_status status = isn_event_kinds_read(&kinds, s);
    if (status == ISNAD_OK)
        status = isn_store_prepare(s->store, &t.parties, "SELECT act FROM event_sides WHERE who = 0 AND at = ? AND n = ?", s->err);
    isn_arena_init(&t.arena, ISN_STORE_ARENA);
    if (status == ISNAD_OK)
        status = gather(&t, s, &kinds);
    if (status == ISNAD_OK)
        tell_page(s, &t);
    sqlite3_finalize(t.parties);
    isn_id_cache_clear(&t.index);
    isn_arena_release(&t.arena);
    return status == ISNAD_OK ? s->status : status;
}

/* --- names ------------------------------------------------------------------------------------------------------------------ */

/* The days of the first and the last article that names an actor. */
static void put_days(isn_seeker *s, isn_buf *out, int64_t actor)
{
    int64_t days[2] = {ISN_NO_DAY, ISN_NO_DAY};
    static const char *const sql[] = {"SELECT at >> 32 FROM actor_articles WHERE actor = ? AND at >= 4294967296 ORDER BY at LIMIT 1",
                                      "SELECT at >> 32 FROM actor_articles WHERE actor = ? AND at >= 4294967296 ORDER BY at DESC LIMIT 1"};
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *st = isn_seek_sql(s, sql[i], actor);
        int code = st ? sqlite3_step(st) : SQLITE_DONE;
        if (code == SQLITE_ROW)
            days[i] = sqlite3_column_int64(st, 0) - ISN_SEARCH_DAYS;
        isn_seek_sql_end(s, st, code);
    }
    isn_row_day(out, "first", days[0]);
    isn_row_day(out, "last", days[1]);
}

static bool tell_candidate(isn_seeker *s, const isn_candidate *c)
{
    isn_row_use use = isn_row_found(s);
    if (use != ISN_ROW_TELL)
        return use == ISN_ROW_PASS;
    isn_buf *out = isn_row_begin(s);
    isn_row_candidate(out, c);
    isn_row_int(out, "articles", c->articles);
    put_days(s, out, c->id);
    isn_row_real(out, "alike", c->alike > 1.0f ? 1.0 : c->alike);
    return isn_row_end(s);
}

/* Nobody in particular: those that most articles name. */
static isnad_status find_famous(isn_seeker *s)
{
    int code;
    bool more = true;
    isn_arena_mark before = isn_arena_here(&s->store->arena);
    sqlite3_stmt *st = s->look_on && !s->query->country ? isn_seek_sql(s, "SELECT count(*) FROM actor_totals WHERE articles > ?", 0) : NULL;
    if (st) {
        code = sqlite3_step(st);
        s->total = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : -1;
        isn_seek_sql_end(s, st, code);
    }
    st = isn_seek_sql(s, "SELECT a.id, a.kb, a.type, a.name, a.english, a.country, t.articles FROM actor_totals t"
                                       " CROSS JOIN actors a ON a.id = t.actor WHERE t.articles > ? ORDER BY t.articles DESC, t.actor", 0);
    while ((code = st && more ? sqlite3_step(st) : SQLITE_DONE) == SQLITE_ROW) {
        isn_candidate c = {.id = sqlite3_column_int64(st, 0), .kb = isn_seek_column(s, st, 1), .type = isn_seek_column(s, st, 2),
                           .name = isn_seek_column(s, st, 3), .english = isn_seek_column(s, st, 4),
                           .country = isn_seek_column(s, st, 5), .articles = sqlite3_column_int64(st, 6), .alike = 1.0f};
        if (!s->query->country || isn_str_equal(c.country, isn_str_cstr(s->query->country)))
            more = tell_candidate(s, &c);
        isn_arena_back(&s->store->arena, before);
    }
    isn_seek_sql_end(s, st, code);
    return s->status;
}

isnad_status isn_find_actors(isn_seeker *s)
{
    isn_candidate *found = NULL;
    size_t n = 0;
    const char *name = s->query->actor ? s->query->actor : s->query->words;
    if (!name || !*name)
        return find_famous(s);
    isnad_status status = isn_candidates_find(&found, &n, s->store, isn_str_cstr(name), s->err);
    for (size_t i = 0; status == ISNAD_OK && i < n; i++) {
        if (!s->query->country || isn_str_equal(found[i].country, isn_str_cstr(s->query->country))) {
            if (!tell_candidate(s, &found[i]))
                break;
        }
    }
    return status;
}
