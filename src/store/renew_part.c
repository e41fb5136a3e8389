/*
 * renew_part.c - what new articles can change in the stories that are kept: the edges around them, and what these hold
 * together.
 */
#include "store/renew.h"

#include <stdlib.h>

#include "base/error.h"
#include "store/stories.h"

#define WINDOW ((int64_t)ISN_NEAR_DAYS * 1440)
#define SHARE 5u          /* new articles are few where they are less than one in so many */
#define MOST_NEW 50000u   /* and no more than these */

/* An edge by the numbers of its articles. */
typedef struct edge {
    int64_t a, b;
    float odds, topic;
} edge;

typedef struct edges {
    edge *items;
    size_t n, capacity;
} edges;

typedef struct range {
    int64_t from, to; /* minutes */
} range;

typedef struct part {
    isn_renewal *r;
    isn_ids fresh_new;  /* articles in no story yet */
    isn_ids removed;    /* versions that were replaced */
    range *times;       /* of both, as the minutes after them */
    size_t n_times, times_capacity;
    bool unknown;       /* one of them has no time */
    isn_ids window, fresh; /* articles around them; those whose edges are found anew */
    isn_ids seeds;
    sqlite3_stmt *later, *earlier; /* edges of an article that lead on, that lead back */
    isn_ids linked, groups; /* articles of decisions, and for each the decision */
} part;

static bool push_time(part *p, int64_t minutes)
{
    if (p->n_times == p->times_capacity) {
        size_t more = p->times_capacity ? p->times_capacity * 2 : 64;
        range *items = realloc(p->times, more * sizeof *items);
        if (!isn_renew_memory(p->r, items != NULL))
            return false;
        p->times = items;
        p->times_capacity = more;
    }
    p->times[p->n_times++] = (range){minutes, minutes + WINDOW};
    return true;
}

static bool push(part *p, isn_ids *ids, int64_t id)
{
    return isn_renew_memory(p->r, isn_ids_push(ids, id));
}

static bool push_edge(part *p, edges *list, edge e)
{
    if (list->n == list->capacity) {
        size_t more = list->capacity ? list->capacity * 2 : 256;
        edge *items = realloc(list->items, more * sizeof *items);
        if (!isn_renew_memory(p->r, items != NULL))
            return false;
        list->items = items;
        list->capacity = more;
    }
    list->items[list->n++] = e;
    return true;
}

/* --- what is new --------------------------------------------------------------------------------------------------- */

static bool find_new(part *p)
{
    isn_renewal *r = p->r;
    sqlite3_stmt *st = NULL;
    isn_arena arena;
    isn_arena_init(&arena, (size_t)1 << 26);
    bool good = isn_renew_sql(r, &st, "SELECT a.id, r.digest FROM articles a JOIN records r ON r.article = a.id"
                                      " WHERE a.id > ? AND a.replaced IS NULL ORDER BY a.id");
    if (good)
        sqlite3_bind_int64(st, 1, r->before);
    while (good && isn_renew_row(r, st)) {
        isn_digest digest;
        const void *bytes = sqlite3_column_blob(st, 1);
        if (!bytes)
            continue;
        isn_arena_reset(&arena);
        r->status = isn_digest_read(&digest, &arena, isn_str_of(bytes, (size_t)sqlite3_column_bytes(st, 1)), r->err);
        p->unknown = p->unknown || digest.minutes == ISN_DIGEST_NO_TIME;
        good = r->status == ISNAD_OK && push(p, &p->fresh_new, sqlite3_column_int64(st, 0)) && push_time(p, digest.minutes);
    }
    isn_renew_done(&st);
    isn_arena_release(&arena);
    good = good && r->status == ISNAD_OK &&
           isn_renew_sql(r, &st, "SELECT m.article, m.minutes, m.story FROM articles n"
                                 " CROSS JOIN story_articles m ON m.article = n.previous"
                                 " WHERE n.id > ? ORDER BY m.article");
    if (good)
        sqlite3_bind_int64(st, 1, r->before);
    while (good && isn_renew_row(r, st)) {
        p->unknown = p->unknown || sqlite3_column_type(st, 1) == SQLITE_NULL;
        good = push(p, &p->removed, sqlite3_column_int64(st, 0)) && push_time(p, sqlite3_column_int64(st, 1)) &&
               push(p, &r->old, sqlite3_column_int64(st, 2));
    }
    isn_renew_done(&st);
    return good && r->status == ISNAD_OK;
}

/* Are these so many that all may be made as well? */
static bool too_many(part *p, bool *many)
{
    isn_renewal *r = p->r;
    sqlite3_stmt *st = NULL;
    size_t n = p->n_times + r->touched.n;
    bool good = isn_renew_sql(r, &st, "SELECT count(*) FROM story_articles");
    int64_t kept = 0;
    if (good && isn_renew_row(r, st))
        kept = sqlite3_column_int64(st, 0);
    isn_renew_done(&st);
    *many = p->unknown || n > MOST_NEW || n * SHARE > (uint64_t)kept;
    return good && r->status == ISNAD_OK;
}

/* --- the window ---------------------------------------------------------------------------------------------------- */

static int by_from(const void *a, const void *b)
{
    const range *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Sorted, those that touch each other as one; `before` is added at their beginnings. */
static size_t united(range *out, const part *p, int64_t before)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_times; i++) {
        range one = {p->times[i].from - before, p->times[i].to};
        if (n && one.from <= out[n - 1].to)
            out[n - 1].to = one.to > out[n - 1].to ? one.to : out[n - 1].to;
        else
            out[n++] = one;
    }
    return n;
}

/* The articles of the window, those whose edges may change, and those of unknown time. */
static bool find_window(part *p)
{
    isn_renewal *r = p->r;
    sqlite3_stmt *st = NULL;
    range *ranges = malloc((p->n_times + 1) * sizeof *ranges);
    if (!isn_renew_memory(r, ranges != NULL))
        return false;
    if (p->n_times)
        qsort(p->times, p->n_times, sizeof *p->times, by_from);
    bool good = isn_renew_sql(r, &st, "SELECT article FROM story_articles WHERE minutes BETWEEN ? AND ?");
    for (int fresh = 0; good && fresh < 2; fresh++) {
        size_t n = united(ranges, p, fresh ? 0 : WINDOW);
        for (size_t i = 0; good && i < n; i++) {
            sqlite3_bind_int64(st, 1, ranges[i].from);
            sqlite3_bind_int64(st, 2, ranges[i].to);
            while (good && isn_renew_row(r, st)) {
                int64_t id = sqlite3_column_int64(st, 0);
                good = isn_ids_has(&p->removed, id) || push(p, fresh ? &p->fresh : &p->window, id);
            }
        }
    }
    isn_renew_done(&st);
    good = good && r->status == ISNAD_OK && isn_renew_sql(r, &st, "SELECT article FROM story_articles WHERE minutes IS NULL");
    while (good && isn_renew_row(r, st))
        good = push(p, &p->window, sqlite3_column_int64(st, 0));
    isn_renew_done(&st);
    for (size_t i = 0; good && i < p->fresh_new.n; i++)
        good = push(p, &p->window, p->fresh_new.items[i]) && push(p, &p->fresh, p->fresh_new.items[i]);
    isn_ids_sort(&p->window);
    isn_ids_sort(&p->fresh);
    free(ranges);
    return good && r->status == ISNAD_OK;
}

static int by_ends(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

/* The edges that lead back from fresh articles, as they are now. */
static bool find_edges(part *p, edges *out)
{
    isn_renewal *r = p->r;
    isn_lot lot = {0};
    size_t n;
    bool good = isn_lot_open(r, &lot) && isn_lot_fill(r, &lot, &p->window);
    bool *fresh = good ? calloc(lot.articles.n + 1, sizeof *fresh) : NULL;
    good = good && isn_renew_memory(r, fresh != NULL);
    for (size_t i = 0; good && i < lot.articles.n; i++)
        fresh[i] = isn_ids_has(&p->fresh, lot.articles.items[i]);
    if (good)
        r->status = isn_stories_seek(lot.stories, fresh, r->jobs, r->err);
    good = good && r->status == ISNAD_OK;
    const isn_edge *found = good ? isn_stories_edges(lot.stories, &n) : NULL;
    for (size_t i = 0; good && i < n; i++)
        good = push_edge(p, out, (edge){lot.articles.items[found[i].a], lot.articles.items[found[i].b], found[i].odds,
                                        found[i].topic});
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_ends);
    free(fresh);
    isn_lot_release(&lot);
    return good;
}

/* The edges that are kept of an article, back or on, appended. */
static bool read_edges(part *p, edges *out, int64_t article, bool later)
{
    sqlite3_stmt *st = later ? p->later : p->earlier;
    bool good = true;
    sqlite3_bind_int64(st, 1, article);
    while (good && isn_renew_row(p->r, st)) {
        int64_t other = sqlite3_column_int64(st, 0);
        good = push_edge(p, out, (edge){later ? article : other, later ? other : article, (float)sqlite3_column_double(st, 1),
                                        (float)sqlite3_column_double(st, 2)});
    }
    return good && p->r->status == ISNAD_OK;
}

static bool same_edges(const edge *x, size_t n, const edges *y)
{
    if (n != y->n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (x[i].a != y->items[i].a || x[i].odds != y->items[i].odds || x[i].topic != y->items[i].topic)
            return false;
    return true;
}

static bool seed_ends(part *p, const edge *list, size_t n)
{
    bool good = true;
    for (size_t i = 0; good && i < n; i++)
        good = push(p, &p->seeds, list[i].a) && push(p, &p->seeds, list[i].b);
    return good;
}

typedef struct edge_sql {
    sqlite3_stmt *drop, *drop_on, *put;
} edge_sql;

static bool replace_edges(part *p, edge_sql *sql, int64_t article, const edge *list, size_t n)
{
    sqlite3_bind_int64(sql->drop, 1, article);
    bool good = isn_renew_act(p->r, sql->drop);
    for (size_t i = 0; good && i < n; i++) {
        sqlite3_bind_int64(sql->put, 1, list[i].b);
        sqlite3_bind_int64(sql->put, 2, list[i].a);
        sqlite3_bind_double(sql->put, 3, (double)list[i].odds);
        sqlite3_bind_double(sql->put, 4, (double)list[i].topic);
        good = isn_renew_act(p->r, sql->put);
    }
    return good;
}

/* Puts the edges that differ in place of those kept; the articles at their ends are where stories may change. */
static bool change_edges(part *p, const edges *now)
{
    isn_renewal *r = p->r;
    edge_sql sql = {0};
    edges was = {0};
    size_t at = 0;
    bool good = isn_renew_sql(r, &sql.drop, "DELETE FROM story_edges WHERE b = ?") &&
                isn_renew_sql(r, &sql.drop_on, "DELETE FROM story_edges WHERE a = ?") &&
                isn_renew_sql(r, &sql.put, "INSERT INTO story_edges (b, a, odds, topic) VALUES (?, ?, ?, ?)");
    for (size_t i = 0; good && i < p->fresh.n; i++) {
        int64_t article = p->fresh.items[i];
        while (at < now->n && now->items[at].b < article)
            at++;
        size_t end = at;
        while (end < now->n && now->items[end].b == article)
            end++;
        was.n = 0;
        good = read_edges(p, &was, article, false);
        if (good && !same_edges(now->items + at, end - at, &was))
            good = seed_ends(p, was.items, was.n) && seed_ends(p, now->items + at, end - at) &&
                   replace_edges(p, &sql, article, now->items + at, end - at);
        at = end;
    }
    for (size_t i = 0; good && i < p->removed.n; i++) {
        was.n = 0;
        good = read_edges(p, &was, p->removed.items[i], false) && read_edges(p, &was, p->removed.items[i], true) &&
               seed_ends(p, was.items, was.n) && replace_edges(p, &sql, p->removed.items[i], NULL, 0);
        sqlite3_bind_int64(sql.drop_on, 1, p->removed.items[i]);
        good = good && isn_renew_act(r, sql.drop_on);
    }
    isn_renew_done(&sql.drop);
    isn_renew_done(&sql.drop_on);
    isn_renew_done(&sql.put);
    free(was.items);
    return good;
}

/* --- what hangs together ------------------------------------------------------------------------------------------- */

/* The articles that decisions speak of: all of a decision hang together. */
static bool read_decisions(part *p)
{
    isn_renewal *r = p->r;
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(r, &st, "SELECT d.a, d.b, a.id FROM story_decisions d CROSS JOIN articles a ON a.name IN (d.a, d.b)"
                                      " WHERE a.replaced IS NULL ORDER BY d.a, d.b");
    int64_t group = 0;
    isn_buf last;
    isn_buf_init(&last, (size_t)1 << 20);
    while (good && isn_renew_row(r, st)) {
        isn_str a = isn_str_cstr((const char *)sqlite3_column_text(st, 0));
        isn_str b = isn_str_cstr((const char *)sqlite3_column_text(st, 1));
        if (last.n != a.n + b.n + 1 || memcmp(last.p, a.p, a.n) != 0 || memcmp(last.p + a.n + 1, b.p, b.n) != 0) {
            isn_buf_reset(&last);
            isn_buf_str(&last, a);
            isn_buf_char(&last, 0);
            isn_buf_str(&last, b);
            group++;
        }
        good = push(p, &p->linked, sqlite3_column_int64(st, 2)) && push(p, &p->groups, group);
    }
    isn_buf_release(&last);
    isn_renew_done(&st);
    return good && r->status == ISNAD_OK;
}

static bool push_decided(part *p, isn_ids *out, int64_t article)
{
    bool good = true;
    for (size_t i = 0; i < p->linked.n; i++) {
        if (p->linked.items[i] != article)
            continue;
        size_t from = i, to = i;
        while (from && p->groups.items[from - 1] == p->groups.items[i])
            from--;
        while (to < p->groups.n && p->groups.items[to] == p->groups.items[i])
            to++;
        for (size_t k = from; good && k < to; k++)
            good = push(p, out, p->linked.items[k]);
    }
    return good;
}

/* The other ends of an article's edges: of those that are enough to join, or of all. */
static bool push_neighbours(part *p, isn_ids *out, int64_t article, bool all)
{
    edges found = {0};
    bool good = read_edges(p, &found, article, false) && read_edges(p, &found, article, true);
    for (size_t i = 0; good && i < found.n; i++)
        if (all || found.items[i].odds >= ISN_STORIES_ENOUGH)
            good = push(p, out, found.items[i].a == article ? found.items[i].b : found.items[i].a);
    free(found.items);
    return good;
}

static bool append(part *p, isn_ids *to, const isn_ids *from)
{
    bool good = true;
    for (size_t i = 0; good && i < from->n; i++)
        good = push(p, to, from->items[i]);
    return good;
}

/* Takes those of `less` out of a sorted list. */
static void subtract(isn_ids *from, const isn_ids *less)
{
    size_t n = 0;
    for (size_t i = 0; i < from->n; i++)
        if (!isn_ids_has(less, from->items[i]))
            from->items[n++] = from->items[i];
    from->n = n;
}

/* All that edges and decisions lead to from the seeds. */
static bool find_closure(part *p, isn_ids *out)
{
    isn_ids front = {0}, next = {0};
    isn_ids_sort(&p->seeds);
    subtract(&p->seeds, &p->removed);
    bool good = append(p, out, &p->seeds) && append(p, &front, &p->seeds);
    while (good && front.n) {
        next.n = 0;
        for (size_t i = 0; good && i < front.n; i++)
            good = push_neighbours(p, &next, front.items[i], false) && push_decided(p, &next, front.items[i]);
        isn_ids_sort(&next);
        subtract(&next, out);
        good = good && append(p, out, &next);
        isn_ids_sort(out);
        isn_ids swap = front;
        front = next;
        next = swap;
    }
    free(front.items);
    free(next.items);
    return good;
}

/* The stories that articles are kept in. */
static bool push_stories(part *p, isn_ids *out, const isn_ids *articles)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(p->r, &st, "SELECT story FROM story_articles WHERE article = ?");
    for (size_t i = 0; good && i < articles->n; i++) {
        sqlite3_bind_int64(st, 1, articles->items[i]);
        while (good && isn_renew_row(p->r, st))
            good = push(p, out, sqlite3_column_int64(st, 0));
    }
    isn_renew_done(&st);
    isn_ids_sort(out);
    return good && p->r->status == ISNAD_OK;
}

static bool push_members(part *p, isn_ids *out, const isn_ids *stories)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(p->r, &st, "SELECT article FROM story_articles WHERE story = ?");
    for (size_t i = 0; good && i < stories->n; i++) {
        sqlite3_bind_int64(st, 1, stories->items[i]);
        while (good && isn_renew_row(p->r, st))
            good = push(p, out, sqlite3_column_int64(st, 0));
    }
    isn_renew_done(&st);
    isn_ids_sort(out);
    return good && p->r->status == ISNAD_OK;
}

/* The stories on the other side of the edges of these articles, but for those of `not`. */
static bool push_around(part *p, isn_ids *stories, const isn_ids *articles, const isn_ids *not)
{
    isn_ids others = {0};
    bool good = true;
    for (size_t i = 0; good && i < articles->n; i++)
        good = push_neighbours(p, &others, articles->items[i], true);
    isn_ids_sort(&others);
    subtract(&others, not);
    good = good && push_stories(p, stories, &others);
    free(others.items);
    return good;
}

/* --- putting it together ------------------------------------------------------------------------------------------- */

/* Says which articles of the lot are in stories that stay. */
static bool fix(part *p, const isn_ids *open)
{
    isn_renewal *r = p->r;
    sqlite3_stmt *st = NULL;
    r->fixed = malloc((r->lot.articles.n + 1) * sizeof *r->fixed);
    bool good = isn_renew_memory(r, r->fixed != NULL) && isn_renew_sql(r, &st, "SELECT story FROM story_articles WHERE article = ?");
    for (size_t i = 0; good && i < r->lot.articles.n; i++) {
        int64_t article = r->lot.articles.items[i];
        r->fixed[i] = ISN_NOTHING;
        if (isn_ids_has(open, article))
            continue;
        sqlite3_bind_int64(st, 1, article);
        if (isn_renew_row(r, st))
            r->fixed[i] = (uint32_t)isn_ids_place(&r->groups, sqlite3_column_int64(st, 0));
        sqlite3_reset(st);
        good = r->status == ISNAD_OK;
    }
    isn_renew_done(&st);
    return good;
}

static bool settle(part *p)
{
    isn_renewal *r = p->r;
    edges found = {0};
    isn_edge *list = NULL;
    size_t n = 0;
    bool good = true;
    for (size_t i = 0; good && i < r->lot.articles.n; i++)
        good = read_edges(p, &found, r->lot.articles.items[i], false);
    if (good)
        list = malloc((found.n + 1) * sizeof *list);
    good = good && isn_renew_memory(r, list != NULL);
    for (size_t i = 0; good && i < found.n; i++) {
        size_t a = isn_ids_place(&r->lot.articles, found.items[i].a), b = isn_ids_place(&r->lot.articles, found.items[i].b);
        if (a != SIZE_MAX && b != SIZE_MAX)
            list[n++] = (isn_edge){(uint32_t)a, (uint32_t)b, found.items[i].odds, found.items[i].topic};
    }
    if (good)
        r->status = isn_store_decisions(r->store, r->lot.stories, r->err);
    if (good && r->status == ISNAD_OK)
        r->status = isn_stories_settle(r->lot.stories, list, n, r->fixed, r->err);
    free(found.items);
    free(list);
    return good && r->status == ISNAD_OK;
}

/* The lot: what can change, the stories beside it, whose links can change, and those beside them. */
static bool gather(part *p)
{
    isn_renewal *r = p->r;
    isn_ids open = {0}, beside = {0}, all = {0};
    bool good = append(p, &p->seeds, &p->fresh_new) && append(p, &p->seeds, &r->touched) && find_closure(p, &open) &&
                push_stories(p, &r->old, &open) && push_around(p, &r->relinked, &open, &open) &&
                push_members(p, &beside, &r->relinked) && append(p, &r->groups, &r->relinked) &&
                push_around(p, &r->groups, &beside, &open) && append(p, &all, &open) && push_members(p, &all, &r->groups) &&
                isn_lot_open(r, &r->lot) && isn_lot_fill(r, &r->lot, &all) && fix(p, &open) && settle(p);
    r->made.joined = p->fresh_new.n;
    free(open.items);
    free(beside.items);
    free(all.items);
    return good;
}

bool isn_renew_part(isn_renewal *r)
{
    part p = {.r = r};
    edges now = {0};
    bool many = false;
    bool good = find_new(&p) && too_many(&p, &many);
    r->whole = good && many;
    isn_ids_sort(&p.removed);
    if (good && !many)
        good = isn_renew_sql(r, &p.earlier, "SELECT a, odds, topic FROM story_edges WHERE b = ? ORDER BY a") &&
               isn_renew_sql(r, &p.later, "SELECT b, odds, topic FROM story_edges WHERE a = ? ORDER BY b") && read_decisions(&p) &&
               find_window(&p) && find_edges(&p, &now) && change_edges(&p, &now) && gather(&p);
    isn_renew_done(&p.earlier);
    isn_renew_done(&p.later);
    isn_ids *lists[] = {&p.fresh_new, &p.removed, &p.window, &p.fresh, &p.seeds, &p.linked, &p.groups};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->items);
    free(p.times);
    free(now.items);
    return good;
}
