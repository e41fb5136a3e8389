/* renew_write.c - stories that were made: their numbers, what they say in brief, and their rows. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/renew.h"
#include "store/schema.h"
#include "store/summary.h"

#define MOST_JOBS 64u
#define FEW 32u /* stories that one thread sums up */

static bool is_fixed(const isn_renewal *r, const isn_story *story)
{
    return r->fixed && r->fixed[story->articles[0]] != ISN_NOTHING;
}

/* The least number of the first versions of its articles; of those that stay the one they have. */
static bool number_stories(isn_renewal *r)
{
    size_t n = isn_stories_count(r->lot.stories);
    r->ids = malloc((n + 1) * sizeof *r->ids);
    r->changed = calloc(n + 1, sizeof *r->changed);
    r->briefs = calloc(n + 1, sizeof *r->briefs);
    if (!isn_renew_memory(r, r->ids && r->changed && r->briefs))
        return false;
    for (size_t i = 0; i < n; i++) {
        const isn_story *story = isn_stories_at(r->lot.stories, i);
        r->ids[i] = r->lot.roots.items[story->articles[0]];
        for (size_t k = 1; k < story->n; k++)
            if (r->lot.roots.items[story->articles[k]] < r->ids[i])
                r->ids[i] = r->lot.roots.items[story->articles[k]];
        if (is_fixed(r, story))
            r->ids[i] = r->groups.items[r->fixed[story->articles[0]]];
    }
    return true;
}

/* --- what is as it was --------------------------------------------------------------------------------------------- */

typedef struct looking {
    sqlite3_stmt *articles, *joins;
} looking;

static bool same_articles(isn_renewal *r, looking *l, const isn_story *story, int64_t id)
{
    size_t n = 0;
    bool same = true;
    sqlite3_bind_int64(l->articles, 1, id);
    while (isn_renew_row(r, l->articles)) {
        same = same && n < story->n && sqlite3_column_int64(l->articles, 0) == r->lot.articles.items[story->articles[n]] &&
               sqlite3_column_int64(l->articles, 1) == r->lot.articles.items[story->origins[n]];
        n++;
    }
    return same && n == story->n;
}

static bool same_joins(isn_renewal *r, looking *l, const isn_story *story, int64_t id)
{
    size_t n = 0;
    bool same = true;
    sqlite3_bind_int64(l->joins, 1, id);
    while (isn_renew_row(r, l->joins)) {
        const isn_join *join = n + 1 < story->n ? &story->joins[n] : NULL;
        same = same && join && sqlite3_column_int64(l->joins, 0) == r->lot.articles.items[join->a] &&
               sqlite3_column_int64(l->joins, 1) == r->lot.articles.items[join->b] &&
               sqlite3_column_double(l->joins, 2) == (double)join->odds && sqlite3_column_int64(l->joins, 3) == join->by_hand;
        n++;
    }
    return same && n + 1 == story->n;
}

static bool find_changed(isn_renewal *r)
{
    looking l = {0};
    bool good = r->wipe || (isn_renew_sql(r, &l.articles, "SELECT article, origin FROM story_articles WHERE story = ? ORDER BY n") &&
                            isn_renew_sql(r, &l.joins, "SELECT a, b, odds, by_hand FROM story_joins WHERE story = ? ORDER BY n"));
    for (size_t i = 0; good && i < isn_stories_count(r->lot.stories); i++) {
        const isn_story *story = isn_stories_at(r->lot.stories, i);
        if (!is_fixed(r, story))
            r->changed[i] = r->wipe || !same_articles(r, &l, story, r->ids[i]) || !same_joins(r, &l, story, r->ids[i]);
        r->made.changed += r->changed[i];
        good = r->status == ISNAD_OK;
    }
    isn_renew_done(&l.articles);
    isn_renew_done(&l.joins);
    return good;
}

/* --- in brief ------------------------------------------------------------------------------------------------------ */

typedef struct summing {
    isn_renewal *r;
    atomic_size_t *next;
    isnad_store *store; /* of this thread */
    isnad_status status;
    isnad_error err;
} summing;

static isnad_status sum_up(summing *s, isn_report_reader *reader, size_t i)
{
    isn_renewal *r = s->r;
    const isn_story *story = isn_stories_at(r->lot.stories, i);
    isn_arena_reset(&reader->arena);
    isn_report *reports = isn_arena_calloc(&reader->arena, story->n, sizeof *reports);
    isn_told_join *joins = isn_arena_calloc(&reader->arena, story->n, sizeof *joins);
    if (!reports || !joins)
        return isn_fail(&s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory for a story");
    for (size_t k = 0; k < story->n; k++) {
        reports[k] = (isn_report){.article = r->lot.articles.items[story->articles[k]],
                                  .minutes = isn_stories_article(r->lot.stories, story->articles[k]).minutes};
        reports[k].origin = k;
    }
    for (size_t k = 0; k < story->n; k++)
        reports[k].origin = isn_report_place(reports, story->n, r->lot.articles.items[story->origins[k]]);
    for (size_t k = 0; k + 1 < story->n; k++) {
        joins[k].a = isn_report_place(reports, story->n, r->lot.articles.items[story->joins[k].a]);
        joins[k].b = isn_report_place(reports, story->n, r->lot.articles.items[story->joins[k].b]);
    }
    isn_brief_of what = {r->ids[i], reports, story->n, story->n_origins, joins};
    isnad_status status = isn_reports_read(reader, reports, story->n, &s->err);
    return status == ISNAD_OK ? isn_brief_make(&r->briefs[i], &reader->arena, &what, s->store->lexicon, &s->err) : status;
}

/* Stories of one article need no record. */
static void sum_up_one(isn_renewal *r, size_t i)
{
    const isn_story *story = isn_stories_at(r->lot.stories, i);
    isn_story_article a = isn_stories_article(r->lot.stories, story->articles[0]);
    r->briefs[i] = (isn_brief){.head = r->lot.articles.items[story->articles[0]], .outlets = a.outlet.n > 0, .first = a.minutes,
                               .last = a.minutes};
}

static void *sum_all(void *user)
{
    summing *s = user;
    isn_report_reader reader;
    size_t n = isn_stories_count(s->r->lot.stories);
    s->status = isn_report_reader_open(&reader, s->store, &s->err);
    while (s->status == ISNAD_OK) {
        size_t i = atomic_fetch_add(s->next, 1);
        if (i >= n)
            break;
        if (!s->r->changed[i])
            continue;
        if (isn_stories_at(s->r->lot.stories, i)->n == 1)
            sum_up_one(s->r, i);
        else
            s->status = sum_up(s, &reader, i);
    }
    isn_report_reader_release(&reader);
    return NULL;
}

/* With a handle of its own for each thread but this one; one that can't be had leaves its work to the others. */
static bool make_briefs(isn_renewal *r)
{
    summing all[MOST_JOBS] = {0};
    pthread_t threads[MOST_JOBS];
    atomic_size_t next = 0;
    unsigned jobs = r->made.changed < FEW ? 1 : r->jobs < MOST_JOBS ? r->jobs : MOST_JOBS;
    for (unsigned i = 0; i < jobs; i++) {
        all[i] = (summing){.r = r, .next = &next, .store = i ? NULL : r->store};
        if (i && (isn_store_open(&all[i].store, r->store->lexicon, r->store->file, 0, NULL) != ISNAD_OK ||
                  pthread_create(&threads[i], NULL, sum_all, &all[i]) != 0)) {
            isnad_store_close(all[i].store);
            all[i].store = NULL;
        }
    }
    sum_all(&all[0]);
    for (unsigned i = 1; i < jobs; i++) {
        if (!all[i].store)
            continue;
        pthread_join(threads[i], NULL);
        isnad_store_close(all[i].store);
    }
    for (unsigned i = 0; i < jobs && r->status == ISNAD_OK; i++) {
        if (all[i].status != ISNAD_OK)
            r->status = isn_fail(r->err, all[i].status, all[i].err.file, 0, "%s", all[i].err.message);
    }
    return r->status == ISNAD_OK;
}

bool isn_renew_sum(isn_renewal *r)
{
    return number_stories(r) && find_changed(r) && make_briefs(r);
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */

typedef struct writing {
    sqlite3_stmt *story, *article, *join, *link;
} writing;

static void bind_minutes(sqlite3_stmt *st, int column, int32_t minutes)
{
    if (minutes == ISN_DIGEST_NO_TIME)
        sqlite3_bind_null(st, column);
    else
        sqlite3_bind_int64(st, column, minutes);
}

/* The story that another one goes on with, and the articles that show it, from column `from` on. */
static void bind_link(isn_renewal *r, sqlite3_stmt *st, int from, const isn_story *story)
{
    if (story->follows == ISN_NOTHING) {
        for (int i = 0; i < 4; i++)
            sqlite3_bind_null(st, from + i);
        return;
    }
    sqlite3_bind_int64(st, from, r->ids[story->follows]);
    sqlite3_bind_int64(st, from + 1, r->lot.articles.items[story->link.a]);
    sqlite3_bind_int64(st, from + 2, r->lot.articles.items[story->link.b]);
    sqlite3_bind_double(st, from + 3, (double)story->link.odds);
}

static bool put_story(isn_renewal *r, writing *w, size_t i)
{
    const isn_story *story = isn_stories_at(r->lot.stories, i);
    const isn_brief *b = &r->briefs[i];
    sqlite3_bind_int64(w->story, 1, r->ids[i]);
    sqlite3_bind_int64(w->story, 2, (int64_t)story->n);
    sqlite3_bind_int64(w->story, 3, (int64_t)story->n_origins);
    sqlite3_bind_int64(w->story, 4, (int64_t)b->outlets);
    sqlite3_bind_int64(w->story, 5, b->head);
    bind_minutes(w->story, 6, b->first);
    bind_minutes(w->story, 7, b->last);
    sqlite3_bind_double(w->story, 8, isn_brief_rank(story->n_origins, b->outlets, b->last));
    if (story->n > 1)
        sqlite3_bind_int64(w->story, 9, (int64_t)b->facts);
    else
        sqlite3_bind_null(w->story, 9);
    sqlite3_bind_int64(w->story, 10, (int64_t)b->contradictions);
    if (story->n > 1)
        sqlite3_bind_text64(w->story, 11, b->json, b->n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(w->story, 11);
    bind_link(r, w->story, 12, story);
    return isn_renew_act(r, w->story);
}

static bool put_members(isn_renewal *r, writing *w, size_t i)
{
    const isn_story *story = isn_stories_at(r->lot.stories, i);
    bool good = true;
    for (size_t k = 0; good && k < story->n; k++) {
        sqlite3_bind_int64(w->article, 1, r->ids[i]);
        sqlite3_bind_int64(w->article, 2, (int64_t)k + 1);
        sqlite3_bind_int64(w->article, 3, r->lot.articles.items[story->articles[k]]);
        sqlite3_bind_int64(w->article, 4, r->lot.articles.items[story->origins[k]]);
        bind_minutes(w->article, 5, isn_stories_article(r->lot.stories, story->articles[k]).minutes);
        good = isn_renew_act(r, w->article);
    }
    for (size_t k = 0; good && k + 1 < story->n; k++) {
        sqlite3_bind_int64(w->join, 1, r->ids[i]);
        sqlite3_bind_int64(w->join, 2, (int64_t)k + 1);
        sqlite3_bind_int64(w->join, 3, r->lot.articles.items[story->joins[k].a]);
        sqlite3_bind_int64(w->join, 4, r->lot.articles.items[story->joins[k].b]);
        sqlite3_bind_double(w->join, 5, (double)story->joins[k].odds);
        sqlite3_bind_int64(w->join, 6, story->joins[k].by_hand);
        good = isn_renew_act(r, w->join);
    }
    return good;
}

/* A step of the sums over stories, for these stories. */
static bool sum_step(isn_renewal *r, bool (*step)(sqlite3 *), const isn_ids *stories)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_summary_stories_begin(r->store->db) &&
                isn_renew_sql(r, &st, "INSERT INTO temp.stories_at_hand (story) VALUES (?)");
    for (size_t i = 0; good && i < stories->n; i++) {
        sqlite3_bind_int64(st, 1, stories->items[i]);
        good = isn_renew_act(r, st);
    }
    isn_renew_done(&st);
    if (good && step(r->store->db))
        return true;
    if (r->status == ISNAD_OK)
        r->status = isn_store_fail(r->err, r->store->db, r->store->file, "write");
    return false;
}

/* The stories that are kept and will not be any more, or will be put anew. */
static bool find_going(isn_renewal *r, isn_ids *out)
{
    isn_ids same = {0};
    bool good = true;
    for (size_t i = 0; good && i < isn_stories_count(r->lot.stories); i++)
        good = r->changed[i] || isn_renew_memory(r, isn_ids_push(&same, r->ids[i]));
    isn_ids_sort(&same);
    isn_ids_sort(&r->old);
    for (size_t i = 0; good && i < r->old.n; i++)
        good = isn_ids_has(&same, r->old.items[i]) || isn_renew_memory(r, isn_ids_push(out, r->old.items[i]));
    free(same.items);
    return good;
}

static bool drop_old(isn_renewal *r)
{
    static const char *const texts[] = {"DELETE FROM story_joins WHERE story = ?", "DELETE FROM story_articles WHERE story = ?",
                                        "DELETE FROM stories WHERE id = ?"};
    sqlite3_stmt *st[3] = {NULL};
    isn_ids going = {0};
    if (r->wipe)
        return isn_renew_exec(r, "DELETE FROM story_joins; DELETE FROM story_articles; DELETE FROM stories");
    bool good = find_going(r, &going) && sum_step(r, isn_summary_stories_go, &going);
    for (int k = 0; good && k < 3; k++)
        good = isn_renew_sql(r, &st[k], texts[k]);
    for (size_t i = 0; good && i < going.n; i++) {
        for (int k = 0; good && k < 3; k++) {
            sqlite3_bind_int64(st[k], 1, going.items[i]);
            good = isn_renew_act(r, st[k]);
        }
    }
    for (int k = 0; k < 3; k++)
        isn_renew_done(&st[k]);
    free(going.items);
    return good;
}

/* The sums over what was written. */
static bool sum_new(isn_renewal *r)
{
    isn_ids come = {0};
    bool good = true;
    if (r->wipe) {
        if (isn_summary_stories(r->store->db))
            return true;
        r->status = isn_store_fail(r->err, r->store->db, r->store->file, "write");
        return false;
    }
    for (size_t i = 0; good && i < isn_stories_count(r->lot.stories); i++)
        good = !r->changed[i] || isn_renew_memory(r, isn_ids_push(&come, r->ids[i]));
    good = good && sum_step(r, isn_summary_stories_come, &come);
    free(come.items);
    return good;
}

/* The link of a story that is as it was. */
static bool put_link(isn_renewal *r, writing *w, size_t i)
{
    const isn_story *story = isn_stories_at(r->lot.stories, i);
    if (is_fixed(r, story) && !isn_ids_has(&r->relinked, r->ids[i]))
        return true;
    bind_link(r, w->link, 1, story);
    sqlite3_bind_int64(w->link, 5, r->ids[i]);
    return isn_renew_act(r, w->link);
}

bool isn_renew_write(isn_renewal *r)
{
    writing w = {0};
    size_t n = isn_stories_count(r->lot.stories);
    bool good = drop_old(r) &&
                isn_renew_sql(r, &w.story, "INSERT INTO stories (id, articles, origins, outlets, head, first, last, rank, facts,"
                                           " contradictions, brief, follows, follow_a, follow_b, follow_odds)"
                                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") &&
                isn_renew_sql(r, &w.article, "INSERT INTO story_articles (story, n, article, origin, minutes)"
                                             " VALUES (?, ?, ?, ?, ?)") &&
                isn_renew_sql(r, &w.join, "INSERT INTO story_joins (story, n, a, b, odds, by_hand) VALUES (?, ?, ?, ?, ?, ?)") &&
                isn_renew_sql(r, &w.link, "UPDATE stories SET follows = ?1, follow_a = ?2, follow_b = ?3, follow_odds = ?4"
                                          " WHERE id = ?5"
                                          " AND (follows IS NOT ?1 OR follow_a IS NOT ?2 OR follow_b IS NOT ?3"
                                          " OR follow_odds IS NOT ?4)");
    for (size_t i = 0; good && i < n; i++)
        good = r->changed[i] ? put_story(r, &w, i) : put_link(r, &w, i);
    for (size_t i = 0; good && i < n; i++)
        good = !r->changed[i] || put_members(r, &w, i);
    good = good && sum_new(r);
    isn_renew_done(&w.story);
    isn_renew_done(&w.article);
    isn_renew_done(&w.join);
    isn_renew_done(&w.link);
    return good;
}

/* --- edges --------------------------------------------------------------------------------------------------------- */

static int by_ends(const void *a, const void *b)
{
    const isn_edge *x = a, *y = b;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

bool isn_renew_write_edges(isn_renewal *r)
{
    sqlite3_stmt *st = NULL;
    size_t n;
    const isn_edge *found = isn_stories_edges(r->lot.stories, &n);
    isn_edge *sorted = malloc((n + 1) * sizeof *sorted);
    bool good = isn_renew_memory(r, sorted != NULL) && isn_renew_exec(r, "DELETE FROM story_edges") &&
                isn_renew_sql(r, &st, "INSERT INTO story_edges (b, a, odds, topic) VALUES (?, ?, ?, ?)");
    if (good && n) {
        memcpy(sorted, found, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, by_ends);
    }
    for (size_t i = 0; good && i < n; i++) {
        sqlite3_bind_int64(st, 1, r->lot.articles.items[sorted[i].b]);
        sqlite3_bind_int64(st, 2, r->lot.articles.items[sorted[i].a]);
        sqlite3_bind_double(st, 3, (double)sorted[i].odds);
        sqlite3_bind_double(st, 4, (double)sorted[i].topic);
        good = isn_renew_act(r, st);
    }
    isn_renew_done(&st);
    free(sorted);
    return good;
}
