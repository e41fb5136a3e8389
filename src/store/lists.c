/* lists.c - lists of events and quotes out of the summaries: what is passed over costs a row of these each, what is told its article. */
#include "base/error.h"
#include "store/acts.h"
#include "store/schema.h"

/* The article that rows are told of, read once for all of its rows. */
typedef struct reader {
    isn_seeker *s;
    isn_seen seen;
    isn_arena_mark before;
    int64_t at; /* its place; -1: none yet */
} reader;

static bool open_article(reader *r, int64_t at)
{
    isn_seeker *s = r->s;
    if (r->at == at)
        return true;
    isn_arena_back(&s->store->arena, r->before);
    r->at = at;
    return (isn_seek_article(s, &r->seen, at & INT64_C(0xFFFFFFFF)) && isn_seek_entities(s, &r->seen) && isn_seek_text(s, &r->seen)) ||
           isn_seek_failed(s, &r->seen);
}

/* --- events ------------------------------------------------------------------------------------------------------------ */

static bool tell_event(reader *r, const isn_act *act)
{
    bool fresh = r->at != act->at;
    if (!open_article(r, act->at) || (fresh && !isn_seek_events(r->s, &r->seen)))
        return r->s->status != ISNAD_OK ? false : isn_seek_failed(r->s, &r->seen);
    for (size_t i = 0; i < r->seen.n_events; i++) {
        if (r->seen.events[i].n == act->n)
            return isn_row_event(r->s, &r->seen, &r->seen.events[i]);
    }
    return isn_seek_failed(r->s, &r->seen);
}

/* How many there are in all, by the sums of days, where nobody in particular is asked for. */
static isnad_status count_events(isn_seeker *s, const isn_acts *acts)
{
    int code = SQLITE_DONE;
    int64_t total = 0;
    sqlite3_stmt *st = isn_seek_sql(s, "SELECT kind, status, sum(events) FROM event_days WHERE outlet = ?1 AND day BETWEEN ?2 AND ?3"
                                       " GROUP BY kind, status", acts->outlet);
    if (st) {
        sqlite3_bind_int64(st, 2, s->since != ISN_NO_DAY ? s->since : ISN_NO_DAY_KEPT + (s->until != ISN_NO_DAY));
        sqlite3_bind_int64(st, 3, s->until != ISN_NO_DAY ? s->until : INT32_MAX);
    }
    while (st && (code = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t kind = sqlite3_column_int64(st, 0);
        if (kind > 0 && (uint64_t)kind < acts->kinds->n && acts->kinds->items[kind].wanted &&
            (acts->status < 0 || acts->status == sqlite3_column_int(st, 1)))
            total += sqlite3_column_int64(st, 2);
    }
    isn_seek_sql_end(s, st, code);
    s->total = s->status == ISNAD_OK ? total : -1;
    return s->status;
}

isnad_status isn_list_events(isn_seeker *s)
{
    isn_acts acts;
    isn_event_kinds kinds;
    isn_act act;
    isnad_status status = isn_event_kinds_read(&kinds, s);
    if (status != ISNAD_OK)
        return status;
    reader r = {.s = s, .before = isn_arena_here(&s->store->arena), .at = -1};
    bool more = isn_acts_begin(&acts, s, &kinds, NULL, 0, !s->query->oldest) == ISNAD_OK;
    bool all = acts.n_who == 0 && s->words.n == 0;
    s->counting = s->look_on && !all;
    if (more && s->look_on && all && !(s->query->outlet && acts.outlet == 0))
        more = count_events(s, &acts) == ISNAD_OK;
    while (more && isn_acts_next(&acts, &act)) {
        isn_row_use use = isn_row_found(s);
        more = use == ISN_ROW_PASS || (use == ISN_ROW_TELL && tell_event(&r, &act));
    }
    status = isn_acts_end(&acts);
    return status == ISNAD_OK ? s->status : status;
}

/* --- quotes ------------------------------------------------------------------------------------------------------------- */

typedef struct quote_row {
    int64_t at, n, outlet;
    bool live;
} quote_row;

typedef struct quote_rows {
    isn_seeker *s;
    sqlite3_stmt *cursors[ISN_QUERY_ACTORS];
    quote_row heads[ISN_QUERY_ACTORS];
    size_t n;
    isnad_status status;
} quote_rows;

static void step(quote_rows *q, size_t i)
{
    int code = sqlite3_step(q->cursors[i]);
    q->heads[i].live = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        q->heads[i] = (quote_row){sqlite3_column_int64(q->cursors[i], 0), sqlite3_column_int64(q->cursors[i], 1),
                                  sqlite3_column_int64(q->cursors[i], 2), true};
    else if (code != SQLITE_DONE)
        q->status = isn_store_fail(q->s->err, q->s->store->db, q->s->store->file, "read");
}

/* The speakers that fit both names, or everybody (0). */
static size_t speakers(int64_t *out, const isn_seeker *s)
{
    const isn_actor_set *a = s->actor.given ? &s->actor : &s->by, *b = s->actor.given && s->by.given ? &s->by : NULL;
    size_t n = 0;
    if (!a->given)
        out[n++] = 0;
    for (size_t i = 0; a->given && i < a->n; i++) {
        if (!b || isn_actor_set_has(b, a->ids[i]))
            out[n++] = a->ids[i];
    }
    return n;
}

static isnad_status open_quotes(quote_rows *q)
{
    int64_t ids[ISN_QUERY_ACTORS];
    isn_seeker *s = q->s;
    q->n = speakers(ids, s);
    for (size_t i = 0; q->status == ISNAD_OK && i < q->n; i++) {
        q->status = isn_store_prepare(s->store, &q->cursors[i],
                                      s->query->oldest
                                          ? "SELECT at, n, outlet FROM quote_sides WHERE who = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY at, n"
                                          : "SELECT at, n, outlet FROM quote_sides WHERE who = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY at DESC, n",
                                      s->err);
        if (q->status != ISNAD_OK)
            break;
        sqlite3_bind_int64(q->cursors[i], 1, ids[i]);
        sqlite3_bind_int64(q->cursors[i], 2, s->since != ISN_NO_DAY ? isn_search_rowid(s->since, 0) : 0);
        sqlite3_bind_int64(q->cursors[i], 3, s->until != ISN_NO_DAY ? isn_search_rowid(s->until + 1, 0) - 1 : INT64_MAX);
        step(q, i);
    }
    return q->status;
}

static bool next_quote(quote_rows *q, quote_row *out)
{
    size_t first = q->n;
    for (size_t i = 0; i < q->n; i++) {
        const quote_row *a = &q->heads[i], *b = first < q->n ? &q->heads[first] : NULL;
        if (a->live && (!b || (a->at != b->at ? (a->at > b->at) != (q->s->query->oldest != 0) : a->n < b->n)))
            first = i;
    }
    if (first == q->n)
        return false;
    *out = q->heads[first];
    step(q, first);
    return q->status == ISNAD_OK;
}

isnad_status isn_list_quotes(isn_seeker *s)
{
    quote_rows q = {.s = s, .status = ISNAD_OK};
    quote_row row;
    int64_t outlet = 0;
    isnad_status status = s->query->outlet ? isn_outlet_number(&outlet, s, s->query->outlet) : ISNAD_OK;
    reader r = {.s = s, .before = isn_arena_here(&s->store->arena), .at = -1};
    bool more = status == ISNAD_OK && (!s->query->outlet || outlet) && open_quotes(&q) == ISNAD_OK;
    while (more && next_quote(&q, &row)) {
        if (outlet && row.outlet != outlet)
            continue;
        isn_row_use use = isn_row_found(s);
        more = use == ISN_ROW_PASS ||
               (use == ISN_ROW_TELL && open_article(&r, row.at) && isn_row_quote(s, &r.seen, row.n));
    }
    for (size_t i = 0; i < q.n; i++)
        sqlite3_finalize(q.cursors[i]);
    if (status == ISNAD_OK)
        status = q.status;
    return status == ISNAD_OK ? s->status : status;
}
