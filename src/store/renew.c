#include "store/renew.h"

#include <stdlib.h>

#include "base/error.h"
#include "store/schema.h"
#include "store/stories.h"

#define ROOT                                                                                                \
    "CASE WHEN a.version = 1 THEN a.id"                                                                     \
    " ELSE (SELECT o.id FROM articles o WHERE o.identity = a.identity AND o.version = 1) END"

/* --- lists of numbers ---------------------------------------------------------------------------------------------- */

bool isn_ids_push(isn_ids *ids, int64_t id)
{
    if (ids->n == ids->capacity) {
        size_t more = ids->capacity ? ids->capacity * 2 : 64;
        int64_t *items = realloc(ids->items, more * sizeof *items);
        if (!items)
            return false;
        ids->items = items;
        ids->capacity = more;
    }
    ids->items[ids->n++] = id;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void isn_ids_sort(isn_ids *ids)
{
    size_t n = 0;
    if (ids->n)
        qsort(ids->items, ids->n, sizeof *ids->items, by_number);
    for (size_t i = 0; i < ids->n; i++)
        if (n == 0 || ids->items[n - 1] != ids->items[i])
            ids->items[n++] = ids->items[i];
    ids->n = n;
}

size_t isn_ids_place(const isn_ids *sorted, int64_t id)
{
    const int64_t *found = sorted->n ? bsearch(&id, sorted->items, sorted->n, sizeof id, by_number) : NULL;
    return found ? (size_t)(found - sorted->items) : SIZE_MAX;
}

bool isn_ids_has(const isn_ids *sorted, int64_t id)
{
    return isn_ids_place(sorted, id) != SIZE_MAX;
}

/* --- statements ---------------------------------------------------------------------------------------------------- */

bool isn_renew_memory(isn_renewal *r, bool good)
{
    if (!good && r->status == ISNAD_OK)
        r->status = isn_fail(r->err, ISNAD_E_MEMORY, NULL, 0, "out of memory for stories");
    return good;
}

static bool sql_failed(isn_renewal *r, const char *doing)
{
    if (r->status == ISNAD_OK)
        r->status = isn_store_fail(r->err, r->store->db, r->store->file, doing);
    return false;
}

bool isn_renew_sql(isn_renewal *r, sqlite3_stmt **out, const char *sql)
{
    *out = NULL;
    return sqlite3_prepare_v3(r->store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK || sql_failed(r, "read");
}

bool isn_renew_row(isn_renewal *r, sqlite3_stmt *st)
{
    if (!st || r->status != ISNAD_OK)
        return false;
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        sql_failed(r, "read");
    sqlite3_reset(st);
    return false;
}

bool isn_renew_act(isn_renewal *r, sqlite3_stmt *st)
{
    bool good = st && r->status == ISNAD_OK && sqlite3_step(st) == SQLITE_DONE;
    if (!good)
        sql_failed(r, "write");
    sqlite3_reset(st);
    return good;
}

bool isn_renew_exec(isn_renewal *r, const char *sql)
{
    return sqlite3_exec(r->store->db, sql, NULL, NULL, NULL) == SQLITE_OK || sql_failed(r, "write");
}

void isn_renew_done(sqlite3_stmt **st)
{
    sqlite3_finalize(*st);
    *st = NULL;
}

/* --- lots ---------------------------------------------------------------------------------------------------------- */

bool isn_lot_open(isn_renewal *r, isn_lot *lot)
{
    *lot = (isn_lot){0};
    isn_arena_init(&lot->scratch, (size_t)1 << 26);
    r->status = isn_stories_new(&lot->stories, r->err);
    return r->status == ISNAD_OK;
}

void isn_lot_release(isn_lot *lot)
{
    isn_stories_free(lot->stories);
    isn_arena_release(&lot->scratch);
    free(lot->articles.items);
    free(lot->roots.items);
    *lot = (isn_lot){0};
}

bool isn_lot_add(isn_renewal *r, isn_lot *lot, int64_t article, int64_t root, isn_str bytes)
{
    isn_digest digest;
    if (bytes.n == 0)
        return true; /* none could be made when it was added */
    isn_arena_reset(&lot->scratch);
    r->status = isn_digest_read(&digest, &lot->scratch, bytes, r->err);
    if (r->status == ISNAD_OK)
        r->status = isn_stories_add(lot->stories, &digest, r->err);
    return r->status == ISNAD_OK && isn_renew_memory(r, isn_ids_push(&lot->articles, article) && isn_ids_push(&lot->roots, root));
}

static isn_str bytes_at(sqlite3_stmt *st, int column)
{
    const void *p = sqlite3_column_blob(st, column);
    return isn_str_of(p, p ? (size_t)sqlite3_column_bytes(st, column) : 0);
}

static bool add_row(isn_renewal *r, isn_lot *lot, sqlite3_stmt *st)
{
    return isn_lot_add(r, lot, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), bytes_at(st, 2));
}

bool isn_lot_fill(isn_renewal *r, isn_lot *lot, const isn_ids *sorted)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(r, &st, "SELECT a.id, " ROOT ", r.digest FROM articles a JOIN records r ON r.article = a.id"
                                      " WHERE a.id = ?");
    for (size_t i = 0; good && i < sorted->n; i++) {
        sqlite3_bind_int64(st, 1, sorted->items[i]);
        if (isn_renew_row(r, st))
            good = add_row(r, lot, st);
        sqlite3_reset(st);
        good = good && r->status == ISNAD_OK;
    }
    isn_renew_done(&st);
    return good;
}

static bool fill_with_all(isn_renewal *r)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(r, &st, "SELECT a.id, " ROOT ", r.digest FROM articles a JOIN records r ON r.article = a.id"
                                      " WHERE a.replaced IS NULL ORDER BY a.id");
    while (good && isn_renew_row(r, st))
        good = add_row(r, &r->lot, st);
    isn_renew_done(&st);
    return good && r->status == ISNAD_OK;
}

/* --- where things stand -------------------------------------------------------------------------------------------- */

static bool read_state(isn_renewal *r)
{
    sqlite3_stmt *st = NULL;
    r->there = false;
    r->before = r->last = 0;
    r->touched.n = 0;
    r->method = isn_stories_method();
    bool good = isn_renew_sql(r, &st, "SELECT article, method FROM story_state");
    if (good && isn_renew_row(r, st)) {
        r->before = sqlite3_column_int64(st, 0);
        r->there = (uint64_t)sqlite3_column_int64(st, 1) == r->method;
    }
    isn_renew_done(&st);
    good = good && r->status == ISNAD_OK && isn_renew_sql(r, &st, "SELECT ifnull(max(id), 0) FROM articles");
    if (good && isn_renew_row(r, st))
        r->last = sqlite3_column_int64(st, 0);
    isn_renew_done(&st);
    good = good && r->status == ISNAD_OK &&
           isn_renew_sql(r, &st, "SELECT a.id FROM story_touched t CROSS JOIN articles a ON a.name = t.name"
                                 " WHERE a.replaced IS NULL");
    while (good && isn_renew_row(r, st))
        good = isn_renew_memory(r, isn_ids_push(&r->touched, sqlite3_column_int64(st, 0)));
    isn_renew_done(&st);
    isn_ids_sort(&r->touched);
    return good && r->status == ISNAD_OK;
}

static bool count_made(isn_renewal *r)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(r, &st, "SELECT (SELECT count(*) FROM stories), (SELECT count(*) FROM story_articles)");
    if (good && isn_renew_row(r, st)) {
        r->made.stories = (uint64_t)sqlite3_column_int64(st, 0);
        r->made.articles = (uint64_t)sqlite3_column_int64(st, 1);
    }
    isn_renew_done(&st);
    return good && r->status == ISNAD_OK;
}

static bool write_state(isn_renewal *r)
{
    sqlite3_stmt *st = NULL;
    bool good = isn_renew_sql(r, &st, "INSERT OR REPLACE INTO story_state VALUES (1, ?, ?)");
    if (good) {
        sqlite3_bind_int64(st, 1, r->last);
        sqlite3_bind_int64(st, 2, (int64_t)r->method);
        good = isn_renew_act(r, st);
    }
    isn_renew_done(&st);
    /* what was decided meanwhile stays */
    good = good && isn_renew_sql(r, &st, "DELETE FROM story_touched WHERE name = (SELECT name FROM articles WHERE id = ?)");
    for (size_t i = 0; good && i < r->touched.n; i++) {
        sqlite3_bind_int64(st, 1, r->touched.items[i]);
        good = isn_renew_act(r, st);
    }
    isn_renew_done(&st);
    return good && isn_renew_exec(r, "DELETE FROM story_touched WHERE name NOT IN (SELECT name FROM articles)");
}

/* --- making -------------------------------------------------------------------------------------------------------- */

static void forget(isn_renewal *r)
{
    for (size_t i = 0; r->briefs && i < isn_stories_count(r->lot.stories); i++)
        free(r->briefs[i].json);
    free(r->briefs);
    free(r->ids);
    free(r->changed);
    free(r->fixed);
    r->briefs = NULL;
    r->ids = NULL;
    r->changed = NULL;
    r->fixed = NULL;
    r->groups.n = r->relinked.n = r->old.n = 0;
    isn_lot_release(&r->lot);
}

static bool finish(isn_renewal *r)
{
    return isn_renew_write(r) && (!r->whole || isn_renew_write_edges(r)) && write_state(r) && count_made(r) &&
           isn_renew_exec(r, "COMMIT");
}

/* All of it, without keeping others from writing until it is written. */
static bool make_whole(isn_renewal *r, bool anew)
{
    sqlite3_stmt *st = NULL;
    r->whole = true;
    bool good = isn_renew_exec(r, "BEGIN") && read_state(r) && isn_lot_open(r, &r->lot) && fill_with_all(r);
    r->wipe = anew || !r->there;
    if (good)
        r->status = isn_store_decisions(r->store, r->lot.stories, r->err);
    good = good && r->status == ISNAD_OK && isn_renew_sql(r, &st, "SELECT id FROM stories ORDER BY id");
    while (good && !r->wipe && isn_renew_row(r, st))
        good = isn_renew_memory(r, isn_ids_push(&r->old, sqlite3_column_int64(st, 0)));
    isn_renew_done(&st);
    good = good && r->status == ISNAD_OK && isn_renew_exec(r, "COMMIT");
    if (good)
        r->status = isn_stories_make(r->lot.stories, r->jobs, r->err);
    r->made.joined = r->wipe ? r->lot.articles.n : 0;
    r->made.whole = 1;
    return good && r->status == ISNAD_OK && isn_renew_sum(r) && isn_renew_exec(r, "BEGIN IMMEDIATE") && finish(r);
}

/* Only what can have changed; r->whole is set where that is more than it is worth. */
static bool make_part(isn_renewal *r)
{
    bool good = isn_renew_exec(r, "BEGIN IMMEDIATE") && read_state(r) && isn_renew_part(r);
    if (good && r->whole)
        return isn_renew_exec(r, "ROLLBACK");
    return good && isn_renew_sum(r) && finish(r);
}

static void undo(isn_renewal *r)
{
    if (!sqlite3_get_autocommit(r->store->db))
        sqlite3_exec(r->store->db, "ROLLBACK", NULL, NULL, NULL);
}

isnad_status isnad_store_stories_stale(isnad_store *store, uint64_t *articles, isnad_error *err)
{
    isn_renewal r = {.store = store, .err = err};
    sqlite3_stmt *st = NULL;
    *articles = 0;
    if (read_state(&r) && isn_renew_sql(&r, &st, "SELECT count(*) FROM articles WHERE id > ? AND replaced IS NULL")) {
        sqlite3_bind_int64(st, 1, r.there ? r.before : 0);
        if (isn_renew_row(&r, st))
            *articles = (uint64_t)sqlite3_column_int64(st, 0) + r.touched.n;
    }
    isn_renew_done(&st);
    free(r.touched.items);
    return r.status;
}

isnad_status isnad_store_make_stories(isnad_store *store, unsigned jobs, int anew, isnad_stories_made *done, isnad_error *err)
{
    isn_renewal r = {.store = store, .jobs = jobs ? jobs : 1, .err = err};
    uint64_t stale = 0;
    if (store->reading)
        return isn_fail(err, ISNAD_E_ARGUMENT, store->file, 0, "'%s' was opened for reading only", store->file);
    r.status = isn_store_commit(store, err);
    if (r.status == ISNAD_OK && !anew)
        r.status = isnad_store_stories_stale(store, &stale, err);
    bool good = r.status == ISNAD_OK;
    if (good && (anew || stale || (read_state(&r) && !r.there))) {
        good = read_state(&r);
        r.whole = anew || !r.there;
        if (good && !r.whole)
            good = make_part(&r);
        if (good && r.whole) {
            forget(&r);
            good = make_whole(&r, anew != 0);
        }
        if (!good)
            undo(&r);
    } else if (good) {
        count_made(&r);
    }
    forget(&r);
    free(r.touched.items);
    free(r.groups.items);
    free(r.relinked.items);
    free(r.old.items);
    if (done)
        *done = r.made;
    return r.status;
}
