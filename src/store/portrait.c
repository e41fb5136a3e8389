/* portrait.c - of one actor: how often it is told of, whom it met, its offices, what it did and said, and those whom its partners met. */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/acts.h"
#include "time/civil.h"

#define MOST_LISTED 20u   /* partners, offices, types, outlets */
#define MOST_OUTLETS 4096u /* outlets that are told apart */
#define MOST_FORMS 60u    /* spellings of a page */
#define GRAPH_NODES 40u
#define GRAPH_NEAR 14u    /* nodes a step away */
#define GRAPH_FAR 6u      /* of each of them, nodes two steps away */
#define FIRST_YEAR 1900
#define YEARS 201

/* How often, in how many articles, from when to when. */
typedef struct counted {
    int64_t id, times, articles, last_at, first, last;
    isn_str name;
} counted;

typedef struct year {
    int64_t articles, quotes, did, undergone;
} year;

typedef struct portrait {
    isn_seeker *s;
    const isn_candidate *who;
    char ids[ISN_QUERY_ACTORS * 21 + 1]; /* for SQL: 1,2,3 */
    counted *did, *undergone;            /* by kind; those of one type stand with its first kind */
    counted outlets[MOST_OUTLETS];
    size_t n_types, n_outlets;
    int64_t articles, quotes, first, last;
    year years[YEARS];
} portrait;

static void see(counted *c, int64_t at, int64_t day)
{
    c->articles += c->times == 0 || c->last_at != at;
    c->last_at = at;
    if (c->times++ == 0)
        c->first = c->last = ISN_NO_DAY;
    if (day == ISN_NO_DAY)
        return;
    c->first = c->first == ISN_NO_DAY || day < c->first ? day : c->first;
    c->last = c->last == ISN_NO_DAY || day > c->last ? day : c->last;
}

static year *year_of(portrait *p, int64_t day)
{
    int y = day == ISN_NO_DAY ? 0 : isn_day_of(day).year;
    return y >= FIRST_YEAR && y < FIRST_YEAR + YEARS ? &p->years[y - FIRST_YEAR] : NULL;
}

static int more_first(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    if (x->times != y->times)
        return x->times < y->times ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/* --- gathering ------------------------------------------------------------------------------------------------------------ */

static sqlite3_stmt *ask(portrait *p, const char *format)
{
    char sql[1536];
    snprintf(sql, sizeof sql, format, p->ids, p->ids);
    return isn_seek_sql(p->s, sql, 0);
}

static void see_article(portrait *p, int64_t at, int64_t outlet)
{
    int64_t day = at >> 32 ? (at >> 32) - ISN_SEARCH_DAYS : ISN_NO_DAY;
    size_t i = 0;
    year *y = year_of(p, day);
    p->articles++;
    if (y)
        y->articles++;
    if (day != ISN_NO_DAY) {
        p->first = p->first == ISN_NO_DAY || day < p->first ? day : p->first;
        p->last = p->last == ISN_NO_DAY || day > p->last ? day : p->last;
    }
    while (i < p->n_outlets && p->outlets[i].id != outlet)
        i++;
    if (outlet == 0 || i == MOST_OUTLETS)
        return;
    if (i == p->n_outlets)
        p->outlets[p->n_outlets++] = (counted){.id = outlet};
    see(&p->outlets[i], at, day);
}

static void gather_articles(portrait *p)
{
    int code = SQLITE_DONE;
    sqlite3_stmt *st = ask(p, "SELECT at, outlet FROM actor_articles WHERE actor IN (%s) GROUP BY at");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW)
        see_article(p, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1));
    isn_seek_sql_end(p->s, st, code);
    st = ask(p, "SELECT at >> 32, count(*) FROM quote_sides WHERE who IN (%s) GROUP BY 1");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t day = sqlite3_column_int64(st, 0), n = sqlite3_column_int64(st, 1);
        year *y = day ? year_of(p, day - ISN_SEARCH_DAYS) : NULL;
        p->quotes += n;
        if (y)
            y->quotes += n;
    }
    isn_seek_sql_end(p->s, st, code);
}

/* The first kind of the same type. */
static size_t type_of(const isn_event_kinds *kinds, size_t kind)
{
    size_t i = 1;
    while (i < kind && !isn_str_equal(kinds->items[i].type, kinds->items[kind].type))
        i++;
    return i;
}

/* What it did and what was done to it, of what happened; on the day of the event where it is told, else of publication. */
static isnad_status gather_acts(portrait *p)
{
    isn_seeker *s = p->s;
    isn_event_kinds kinds;
    isn_acts acts;
    isn_act act;
    isnad_status status = isn_event_kinds_read(&kinds, s);
    if (status != ISNAD_OK)
        return status;
    p->n_types = kinds.n;
    p->did = isn_arena_calloc(&s->store->arena, kinds.n + 1, sizeof *p->did);
    p->undergone = isn_arena_calloc(&s->store->arena, kinds.n + 1, sizeof *p->undergone);
    size_t *types = isn_arena_calloc(&s->store->arena, kinds.n + 1, sizeof *types);
    if (!p->did || !p->undergone || !types)
        return isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    for (size_t i = 1; i < kinds.n; i++) {
        types[i] = type_of(&kinds, i);
        p->did[i] = p->undergone[i] = (counted){.id = (int64_t)i, .name = kinds.items[i].type};
    }
    bool more = isn_acts_begin(&acts, s, &kinds, NULL, 0, false) == ISNAD_OK;
    while (more && isn_acts_next(&acts, &act)) {
        int64_t day = act.roles & ISN_SIDE_EXACT ? act.day : isn_act_published(&act);
        year *y = year_of(p, day);
        if (act.status != 0)
            continue;
        if (act.roles & ISN_SIDE_ACTOR) {
            see(&p->did[types[act.kind]], act.at, day);
            if (y)
                y->did++;
        }
        if (act.roles & ISN_SIDE_RECIPIENT) {
            see(&p->undergone[types[act.kind]], act.at, day);
            if (y)
                y->undergone++;
        }
    }
    return isn_acts_end(&acts);
}

static isnad_status gather(portrait *p)
{
    isn_seeker *s = p->s;
    size_t n = 0;
    for (size_t i = 0; i < s->actor.n; i++)
        n += (size_t)snprintf(p->ids + n, sizeof p->ids - n, "%s%lld", i ? "," : "", (long long)s->actor.ids[i]);
    p->first = p->last = ISN_NO_DAY;
    gather_articles(p);
    isnad_status status = s->status == ISNAD_OK ? gather_acts(p) : s->status;
    for (size_t i = 0; i < p->n_outlets && s->status == ISNAD_OK; i++) {
        sqlite3_stmt *st = isn_seek_sql(s, "SELECT name FROM outlets WHERE id = ?", p->outlets[i].id);
        int code = st ? sqlite3_step(st) : SQLITE_DONE;
        if (code == SQLITE_ROW)
            p->outlets[i].name = isn_seek_column(s, st, 0);
        isn_seek_sql_end(s, st, code);
    }
    return status == ISNAD_OK ? s->status : status;
}

/* --- telling ---------------------------------------------------------------------------------------------------------------- */

static void next(isn_buf *out)
{
    if (out->n && out->p[out->n - 1] != '[')
        isn_buf_char(out, ',');
    isn_buf_char(out, '{');
}

static void put_counted(isn_buf *out, const char *key, const char *what, counted *items, size_t n)
{
    isn_row_raw(out, key, "[");
    if (n)
        qsort(items, n, sizeof *items, more_first);
    for (size_t i = 0; i < n && i < MOST_LISTED && items[i].times; i++) {
        next(out);
        isn_row_str(out, what, items[i].name);
        isn_row_int(out, "times", items[i].times);
        isn_row_int(out, "articles", items[i].articles);
        isn_row_day(out, "first", items[i].first);
        isn_row_day(out, "last", items[i].last);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
}

static int64_t day_at(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL ? ISN_NO_DAY : sqlite3_column_int64(st, column);
}

/* Rows of a statement: a, b, times, articles, first, last. */
static void put_rows(portrait *p, isn_buf *out, const char *key, const char *a, const char *b, const char *sql)
{
    int code = SQLITE_DONE;
    sqlite3_stmt *st = ask(p, sql);
    isn_row_raw(out, key, "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        next(out);
        isn_row_str(out, a, isn_seek_column(p->s, st, 0));
        isn_row_str(out, b, isn_seek_column(p->s, st, 1));
        isn_row_int(out, "times", sqlite3_column_int64(st, 2));
        isn_row_int(out, "articles", sqlite3_column_int64(st, 3));
        isn_row_day(out, "first", day_at(st, 4));
        isn_row_day(out, "last", day_at(st, 5));
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(p->s, st, code);
    isn_buf_char(out, ']');
}

#define OFFICES                                                                                                                \
    "SELECT office, body, sum(times), sum(articles), min(nullif(day, -1000000)), max(nullif(day, -1000000)) FROM actor_offices"   \
    " WHERE actor IN (%s) AND times > 0 GROUP BY office, body "
#define MET                                                                                                                    \
    "SELECT a.name, a.kb, m.times, m.articles, m.first, m.last FROM (SELECT b, sum(times) AS times, sum(articles) AS articles,"   \
    " min(nullif(day, -1000000)) AS first, max(nullif(day, -1000000)) AS last FROM meetings WHERE a IN (%s) AND b NOT IN (%s)"    \
    " AND times > 0 GROUP BY b ORDER BY articles DESC, times DESC, b LIMIT 20) m JOIN actors a ON a.id = m.b"                     \
    " ORDER BY m.articles DESC, m.times DESC, m.b"

static void put_portrait(portrait *p, isn_buf *out)
{
    isn_row_candidate(out, p->who);
    isn_row_int(out, "articles", p->articles);
    isn_row_raw(out, "whole", "true");
    isn_row_day(out, "first", p->first);
    isn_row_day(out, "last", p->last);
    isn_row_int(out, "quotes", p->quotes);
    put_rows(p, out, "met", "name", "kb", MET);
    put_rows(p, out, "offices", "office", "of", OFFICES "ORDER BY 4 DESC, 3 DESC, 1, 2 LIMIT 20");
    put_counted(out, "did", "type", p->did, p->n_types);
    put_counted(out, "undergone", "type", p->undergone, p->n_types);
    put_counted(out, "outlets", "outlet", p->outlets, p->n_outlets);
}

static void put_years(const portrait *p, isn_buf *out)
{
    isn_row_raw(out, "years", "[");
    for (size_t i = 0; i < YEARS; i++) {
        const year *y = &p->years[i];
        if (!y->articles && !y->quotes && !y->did && !y->undergone)
            continue;
        next(out);
        isn_row_int(out, "year", FIRST_YEAR + (int64_t)i);
        isn_row_int(out, "articles", y->articles);
        isn_row_int(out, "quotes", y->quotes);
        isn_row_int(out, "did", y->did);
        isn_row_int(out, "undergone", y->undergone);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
}

static void put_spellings(portrait *p, isn_buf *out)
{
    int code = SQLITE_DONE;
    char sql[512];
    snprintf(sql, sizeof sql, "SELECT form, sum(times) FROM actor_forms WHERE actor IN (%%s) AND times > 0 GROUP BY form ORDER BY 2 DESC, 1 LIMIT %u",
             MOST_FORMS);
    sqlite3_stmt *st = ask(p, sql);
    isn_row_raw(out, "spellings", "[");
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        next(out);
        isn_row_str(out, "form", isn_seek_column(p->s, st, 0));
        isn_row_int(out, "times", sqlite3_column_int64(st, 1));
        isn_buf_char(out, '}');
    }
    isn_seek_sql_end(p->s, st, code);
    isn_buf_char(out, ']');
}

/* --- the graph ---------------------------------------------------------------------------------------------------------------- */

typedef struct graph {
    int64_t nodes[GRAPH_NODES];
    isn_str kbs[GRAPH_NODES];
    size_t n;
} graph;

static size_t node_of(const graph *g, int64_t actor)
{
    size_t i = 0;
    while (i < g->n && g->nodes[i] != actor)
        i++;
    return i;
}

/* Adds up to `most` of those whom the actor met most, new ones. */
static void add_partners(isn_seeker *s, graph *g, int64_t actor, size_t most)
{
    int code = SQLITE_DONE;
    size_t added = 0;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT b, sum(articles) FROM meetings WHERE a = ? AND times > 0 GROUP BY b ORDER BY 2 DESC, b", actor);
    while (st && added < most && g->n < GRAPH_NODES && (code = sqlite3_step(st)) == SQLITE_ROW) {
        if (node_of(g, sqlite3_column_int64(st, 0)) == g->n) {
            g->nodes[g->n++] = sqlite3_column_int64(st, 0);
            added++;
        }
    }
    isn_seek_sql_end(s, st, code);
}

static void put_nodes(isn_seeker *s, isn_buf *out, graph *g)
{
    isn_row_raw(out, "nodes", "[");
    for (size_t i = 0; i < g->n; i++) {
        sqlite3_stmt *st = isn_seek_sql(s, "SELECT a.kb, a.type, a.name, a.english, a.country, ifnull(t.articles, 0) FROM actors a"
                                           " LEFT JOIN actor_totals t ON t.actor = a.id WHERE a.id = ?", g->nodes[i]);
        int code = st ? sqlite3_step(st) : SQLITE_DONE;
        if (code == SQLITE_ROW) {
            isn_candidate c = {.kb = isn_seek_column(s, st, 0), .type = isn_seek_column(s, st, 1), .name = isn_seek_column(s, st, 2),
                               .english = isn_seek_column(s, st, 3), .country = isn_seek_column(s, st, 4)};
            g->kbs[i] = c.kb;
            next(out);
            isn_row_candidate(out, &c);
            isn_row_int(out, "articles", sqlite3_column_int64(st, 5));
            isn_buf_char(out, '}');
        }
        isn_seek_sql_end(s, st, code);
    }
    isn_buf_char(out, ']');
}

static void put_links(isn_seeker *s, isn_buf *out, const graph *g)
{
    isn_row_raw(out, "links", "[");
    for (size_t i = 0; i < g->n; i++) {
        int code = SQLITE_DONE;
        sqlite3_stmt *st = isn_seek_sql(s, "SELECT b, sum(times) FROM meetings WHERE a = ? AND times > 0 GROUP BY b", g->nodes[i]);
        while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
            size_t other = node_of(g, sqlite3_column_int64(st, 0));
            if (other <= i || other == g->n)
                continue;
            next(out);
            isn_row_str(out, "a", g->kbs[i]);
            isn_row_str(out, "b", g->kbs[other]);
            isn_row_int(out, "times", sqlite3_column_int64(st, 1));
            isn_buf_char(out, '}');
        }
        isn_seek_sql_end(s, st, code);
    }
    isn_buf_char(out, ']');
}

/* Whom it met, and whom those met. */
static void put_graph(portrait *p, isn_buf *out)
{
    graph g = {.nodes = {p->who->id}, .n = 1};
    add_partners(p->s, &g, p->who->id, GRAPH_NEAR);
    for (size_t i = 1, near = g.n; i < near; i++)
        add_partners(p->s, &g, g.nodes[i], GRAPH_FAR);
    isn_row_raw(out, "met", "{");
    put_nodes(p->s, out, &g);
    put_links(p->s, out, &g);
    isn_buf_char(out, '}');
}

/* --- finding ------------------------------------------------------------------------------------------------------------------- */

static isnad_status find(isn_seeker *s, bool page)
{
    isn_candidate *found = NULL;
    size_t n = 0;
    const char *name = page && s->query->key ? s->query->key : s->query->actor;
    isnad_status status = isn_candidates_find(&found, &n, s->store, isn_str_cstr(name), s->err);
    if (status != ISNAD_OK || n == 0)
        return status != ISNAD_OK || !page ? status : isn_key_unknown(s, "actor");
    portrait *p = isn_arena_calloc(&s->store->arena, 1, sizeof *p);
    if (!p)
        return isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    p->s = s;
    p->who = &found[0];
    status = gather(p);
    if (status != ISNAD_OK)
        return status;
    s->found = 1;
    isn_buf *out = isn_row_begin(s);
    if (page)
        isn_row_raw(out, "database", "{");
    put_portrait(p, out);
    if (page) {
        isn_buf_char(out, '}');
        put_spellings(p, out);
        put_years(p, out);
        put_rows(p, out, "offices", "office", "of", OFFICES "ORDER BY 5, 6, 1, 2 LIMIT 200");
        put_graph(p, out);
    }
    if (s->status == ISNAD_OK)
        isn_row_end(s);
    return s->status;
}

isnad_status isn_find_portrait(isn_seeker *s)
{
    if (!s->query->actor)
        return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "whose portrait? name an actor");
    return find(s, false);
}

isnad_status isn_find_actor_page(isn_seeker *s)
{
    return find(s, true);
}
