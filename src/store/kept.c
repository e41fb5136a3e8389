/* kept.c - lists of the stories that are kept in the database. */
#include "store/kept.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/schema.h"

#define DAY_MINUTES 1440

static bool failed(isn_seeker *s)
{
    if (s->status == ISNAD_OK)
        s->status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    return false;
}

static bool prepare(isn_seeker *s, sqlite3_stmt **st, const char *sql)
{
    *st = NULL;
    if (s->status == ISNAD_OK)
        s->status = isn_store_prepare(s->store, st, sql, s->err);
    return s->status == ISNAD_OK;
}

/* The next row; false at the end, or where reading failed. */
static bool next(isn_seeker *s, sqlite3_stmt *st)
{
    int code = sqlite3_step(st);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        failed(s);
    return code == SQLITE_ROW;
}

/* --- briefs -------------------------------------------------------------------------------------------------------- */

bool isn_kept_newest(isn_seeker *s, int64_t *minutes)
{
    sqlite3_stmt *st;
    *minutes = 0;
    if (!prepare(s, &st, "SELECT max(last) FROM stories WHERE articles > 1"))
        return false;
    if (next(s, st))
        *minutes = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return s->status == ISNAD_OK;
}

/* A brief, and what the story weighs as its last field. */
static void put_weighed(isn_buf *out, const char *json, size_t n, double rank, int64_t newest)
{
    isn_buf_append(out, json, n ? n - 1 : 0);
    isn_buf_str(out, ISN_STR(",\"weight\":"));
    isn_buf_number(out, exp2(rank - (double)newest / ISN_BRIEF_HALF));
    isn_buf_char(out, '}');
}

/* The brief of a story of one article isn't kept. */
static bool put_made(isn_seeker *s, isn_buf *out, int64_t story, double rank, int64_t newest)
{
    isn_report_reader reader;
    isn_kept_story read;
    isn_brief brief;
    isnad_status status = isn_report_reader_open(&reader, s->store, s->err);
    if (status == ISNAD_OK)
        status = isn_kept_read(&read, &reader, story, s->err);
    if (status == ISNAD_OK) {
        isn_brief_of what = {story, read.reports, read.n, read.n_origins, read.joins};
        status = isn_brief_make(&brief, &reader.arena, &what, s->store->lexicon, s->err);
    }
    if (status == ISNAD_OK) {
        put_weighed(out, brief.json, brief.n, rank, newest);
        free(brief.json);
    }
    isn_report_reader_release(&reader);
    s->status = status;
    return status == ISNAD_OK;
}

bool isn_kept_brief(isn_seeker *s, isn_buf *out, int64_t story, int64_t newest, bool *there)
{
    sqlite3_stmt *st;
    *there = false;
    if (!prepare(s, &st, "SELECT brief, rank FROM stories WHERE id = ?"))
        return false;
    sqlite3_bind_int64(st, 1, story);
    if (next(s, st)) {
        const char *json = (const char *)sqlite3_column_text(st, 0);
        *there = true;
        if (json)
            put_weighed(out, json, (size_t)sqlite3_column_bytes(st, 0), sqlite3_column_double(st, 1), newest);
        else
            put_made(s, out, story, sqlite3_column_double(st, 1), newest);
    }
    sqlite3_finalize(st);
    return s->status == ISNAD_OK;
}

/* --- lists --------------------------------------------------------------------------------------------------------- */

typedef enum sort_by { SORT_WEIGHT, SORT_NEWEST, SORT_CONTESTED } sort_by;

static isnad_status read_sort(sort_by *out, const isn_seeker *s)
{
    static const char *const names[] = {"weight", "newest", "contested"};
    *out = SORT_WEIGHT;
    if (!s->query->sort)
        return ISNAD_OK;
    for (int i = 0; i < 3; i++) {
        *out = (sort_by)i;
        if (strcmp(s->query->sort, names[i]) == 0)
            return ISNAD_OK;
    }
    return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "stories can't be sorted by '%s'; they can by weight, newest and contested",
                    s->query->sort);
}

/* Tells a row, or passes over it; false ends the list. */
static bool tell(isn_seeker *s, int64_t story, int64_t newest)
{
    isn_row_use use = isn_row_found(s);
    bool there;
    if (use != ISN_ROW_TELL)
        return use == ISN_ROW_PASS;
    isn_buf_reset(&s->store->row);
    if (!isn_kept_brief(s, &s->store->row, story, newest, &there))
        return false;
    s->rows++;
    if (s->store->row.failed || s->tell(s->user, s->store->row.p, s->store->row.n))
        s->stopped = true;
    return !s->stopped && (s->look_on || s->rows < s->limit);
}

/* How many there are of a kind, from the index alone. */
static isnad_status count_all(isn_seeker *s, const char *which)
{
    char sql[96];
    sqlite3_stmt *st;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM stories WHERE %s", which);
    if (!prepare(s, &st, sql))
        return s->status;
    if (next(s, st)) {
        s->found = (size_t)sqlite3_column_int64(st, 0);
        s->uncounted = false;
    }
    sqlite3_finalize(st);
    return s->status;
}

/* All stories of two articles and more, within days. */
static isnad_status list_all(isn_seeker *s, sort_by sort, int64_t newest)
{
    /* within days the index of times leads to few stories: it is taken, not the one in whose order they are told */
    static const char *const orders[] = {"rank DESC", "last DESC", "contradictions DESC, rank DESC"};
    static const char *const within[] = {"+rank DESC", "last DESC", "contradictions DESC, rank DESC"};
    bool all = s->since == ISN_NO_DAY && s->until == ISN_NO_DAY;
    const char *which = sort == SORT_CONTESTED ? "contradictions > 0" : s->query->every ? "articles > 0" : "articles > 1";
    const char *order = s->query->oldest && sort == SORT_NEWEST ? "last" : all ? orders[sort] : within[sort];
    char sql[256];
    sqlite3_stmt *st;
    snprintf(sql, sizeof sql, "SELECT id FROM stories WHERE %s %s ORDER BY %s", which, all ? "" : "AND last >= ?1 AND first <= ?2", order);
    if (!prepare(s, &st, sql))
        return s->status;
    sqlite3_bind_int64(st, 1, s->since == ISN_NO_DAY ? INT32_MIN : s->since * DAY_MINUTES);
    sqlite3_bind_int64(st, 2, s->until == ISN_NO_DAY ? INT32_MAX : (s->until + 1) * DAY_MINUTES - 1);
    s->counting = !all;
    while (next(s, st) && tell(s, sqlite3_column_int64(st, 0), newest))
        ;
    sqlite3_finalize(st);
    return all ? count_all(s, which) : s->status;
}

typedef struct match {
    int64_t story, last, contradictions;
    double rank;
} match;

typedef struct matches {
    match *items;
    size_t n, capacity;
} matches;

static int by_story(const void *a, const void *b)
{
    const match *x = a, *y = b;
    return (x->story > y->story) - (x->story < y->story);
}

static int by_rank(const void *a, const void *b)
{
    const match *x = a, *y = b;
    return x->rank != y->rank ? (x->rank < y->rank ? 1 : -1) : by_story(b, a);
}

static int by_time(const void *a, const void *b)
{
    const match *x = a, *y = b;
    return x->last != y->last ? (x->last < y->last ? 1 : -1) : by_rank(a, b);
}

static int by_contradictions(const void *a, const void *b)
{
    const match *x = a, *y = b;
    return x->contradictions != y->contradictions ? (x->contradictions < y->contradictions ? 1 : -1) : by_rank(a, b);
}

/* The stories of the newest articles that the search index finds, each once; s->uncounted where there are more articles. */
static bool find_matches(isn_seeker *s, matches *out)
{
    sqlite3_stmt *st, *of;
    size_t n = 0;
    if (!prepare(s, &st, "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4"))
        return false;
    if (!prepare(s, &of, "SELECT s.id, ifnull(s.last, 0), s.contradictions, s.rank FROM story_articles m"
                         " CROSS JOIN stories s ON s.id = m.story"
                         " WHERE m.article = ?1 AND s.articles > ?2")) {
        sqlite3_finalize(st);
        return false;
    }
    sqlite3_bind_text64(st, 1, s->match.p, s->match.n, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(st, 2, s->since == ISN_NO_DAY ? 0 : isn_search_rowid(s->since, 0));
    sqlite3_bind_int64(st, 3, s->until == ISN_NO_DAY ? INT64_MAX : isn_search_rowid(s->until + 1, 0) - 1);
    sqlite3_bind_int64(st, 4, ISN_KEPT_MATCHED);
    sqlite3_bind_int64(of, 2, !s->query->every);
    for (; next(s, st); n++) {
        sqlite3_bind_int64(of, 1, sqlite3_column_int64(st, 0) & INT64_C(0xFFFFFFFF));
        if (next(s, of)) {
            match *m = ISN_PUSH(&s->store->arena, out);
            if (m)
                *m = (match){sqlite3_column_int64(of, 0), sqlite3_column_int64(of, 1), sqlite3_column_int64(of, 2),
                             sqlite3_column_double(of, 3)};
        }
        sqlite3_reset(of);
    }
    s->uncounted = n == ISN_KEPT_MATCHED;
    sqlite3_finalize(st);
    sqlite3_finalize(of);
    if (s->store->arena.full)
        s->status = isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    return s->status == ISNAD_OK;
}

/* Stories with an article that answers. */
static isnad_status list_matches(isn_seeker *s, sort_by sort, int64_t newest)
{
    static int (*const orders[])(const void *, const void *) = {by_rank, by_time, by_contradictions};
    matches found = {NULL, 0, 0};
    size_t n = 0;
    if (!find_matches(s, &found))
        return s->status;
    if (found.n)
        qsort(found.items, found.n, sizeof *found.items, by_story);
    for (size_t i = 0; i < found.n; i++)
        if ((n == 0 || found.items[n - 1].story != found.items[i].story) &&
            (sort != SORT_CONTESTED || found.items[i].contradictions))
            found.items[n++] = found.items[i];
    if (n)
        qsort(found.items, n, sizeof *found.items, orders[sort]);
    bool turned = s->query->oldest && sort == SORT_NEWEST;
    s->counting = true;
    for (size_t i = 0; i < n && tell(s, found.items[turned ? n - 1 - i : i].story, newest); i++)
        ;
    return s->status;
}

/* --- the front ----------------------------------------------------------------------------------------------------- */

/* Stories of the first query, then of the second, until there are enough. */
static bool put_list(isn_seeker *s, isn_buf *out, const char *key, const char *const sql[2], int64_t since, int64_t newest)
{
    unsigned n = 0;
    bool there, good = true;
    isn_buf_format(out, "%s\"%s\":[", out->n > 1 ? "," : "", key);
    for (int i = 0; good && i < 2 && sql[i] && n < ISN_KEPT_FRONT; i++) {
        sqlite3_stmt *st;
        if (!prepare(s, &st, sql[i]))
            return false;
        sqlite3_bind_int64(st, 1, since);
        for (; good && n < ISN_KEPT_FRONT && next(s, st); n++) {
            if (n)
                isn_buf_char(out, ',');
            good = isn_kept_brief(s, out, sqlite3_column_int64(st, 0), newest, &there);
        }
        sqlite3_finalize(st);
    }
    isn_buf_char(out, ']');
    return good && s->status == ISNAD_OK;
}

static isnad_status tell_front(isn_seeker *s, int64_t newest)
{
    static const char *const top[] = {"SELECT id FROM stories WHERE articles > 1 ORDER BY rank DESC", NULL};
    static const char *const latest[] = {"SELECT id FROM stories WHERE articles > 1 ORDER BY last DESC", NULL};
    static const char *const contested[] = {
        "SELECT id FROM stories WHERE contradictions > 0 AND last >= ?1 ORDER BY contradictions DESC, rank DESC",
        "SELECT id FROM stories WHERE contradictions > 0 AND ifnull(last, 0) < ?1 ORDER BY contradictions DESC, rank DESC"};
    isn_buf out;
    isn_buf_init(&out, ISN_STORE_PACK_CEILING);
    isn_buf_char(&out, '{');
    bool good = put_list(s, &out, "top", top, 0, newest) && put_list(s, &out, "newest", latest, 0, newest) &&
                put_list(s, &out, "contested", contested, newest - ISN_KEPT_RECENT, newest);
    isn_buf_char(&out, '}');
    if (good && out.failed)
        s->status = isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    if (s->status == ISNAD_OK) {
        s->rows = s->found = 1;
        s->tell(s->user, out.p, out.n);
    }
    isn_buf_release(&out);
    return s->status;
}

/* Were stories ever made? */
static bool are_kept(isn_seeker *s)
{
    sqlite3_stmt *st;
    if (!prepare(s, &st, "SELECT 1 FROM story_state"))
        return false;
    bool kept = next(s, st);
    sqlite3_finalize(st);
    if (!kept && s->status == ISNAD_OK)
        s->status = isn_fail(s->err, ISNAD_E_NOT_FOUND, NULL, 0,
                             "no stories are kept yet; `isnad stories` makes them");
    return kept;
}

isnad_status isn_find_kept(isn_seeker *s)
{
    sort_by sort;
    int64_t newest;
    isnad_status status = read_sort(&sort, s);
    bool list = s->what == ISNAD_FOUND_STORIES || s->what == ISNAD_FOUND_FRONT;
    if (status != ISNAD_OK)
        return status;
    if (!are_kept(s) && !(list && s->status == ISNAD_E_NOT_FOUND))
        return s->status;
    s->status = ISNAD_OK; /* lists of a file without stories are empty */
    if (s->what == ISNAD_FOUND_STORY)
        return isn_find_kept_story(s);
    if (s->what == ISNAD_FOUND_FACTS)
        return isn_find_kept_facts(s);
    if (!isn_kept_newest(s, &newest))
        return s->status;
    if (s->what == ISNAD_FOUND_FRONT)
        return tell_front(s, newest);
    return s->match.n ? list_matches(s, sort, newest) : list_all(s, sort, newest);
}
