/* check.c - proving that a database is good. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "store/reports.h"
#include "store/schema.h"
#include "store/summary.h"

typedef struct checking {
    isnad_store *store;
    isnad_fault_fn *tell;
    void *user;
    size_t faults;
    isnad_error *err;
} checking;

static void fault(checking *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void fault(checking *c, const char *format, ...)
{
    isnad_error told = {.status = ISNAD_E_FORMAT};
    snprintf(told.file, sizeof told.file, "%s", c->store->file);
    va_list args;
    va_start(args, format);
    vsnprintf(told.message, sizeof told.message, format, args);
    va_end(args);
    c->faults++;
    if (c->tell)
        c->tell(c->user, &told);
}

typedef void row_fn(checking *c, sqlite3_stmt *st, void *extra);

/* Calls `see` for each row; false where the file can't be read. */
static bool each(checking *c, const char *sql, row_fn *see, void *extra)
{
    sqlite3_stmt *st = NULL;
    int code = sqlite3_prepare_v2(c->store->db, sql, -1, &st, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(st);
        if (code == SQLITE_ROW)
            see(c, st, extra);
    }
    if (code != SQLITE_DONE)
        isn_store_fail(c->err, c->store->db, c->store->file, "read");
    sqlite3_finalize(st);
    return code == SQLITE_DONE;
}

static const char *string_at(sqlite3_stmt *st, int column)
{
    const unsigned char *s = sqlite3_column_text(st, column);
    return s ? (const char *)s : "";
}

static isn_str bytes_at(sqlite3_stmt *st, int column)
{
    const void *p = sqlite3_column_blob(st, column);
    return isn_str_of(p, p ? (size_t)sqlite3_column_bytes(st, column) : 0);
}

static void see_integrity(checking *c, sqlite3_stmt *st, void *extra)
{
    (void)extra;
    if (strcmp(string_at(st, 0), "ok") != 0)
        fault(c, "the file is damaged: %s", string_at(st, 0));
}

static void see_key(checking *c, sqlite3_stmt *st, void *extra)
{
    (void)extra;
    fault(c, "a row of %s refers to a row of %s that isn't there", string_at(st, 0), string_at(st, 2));
}

/* --- the articles --------------------------------------------------------------------------------------------------- */

/* article, bytes, hash, text, size, record */
static void see_article(checking *c, sqlite3_stmt *st, void *extra)
{
    isn_buf *json = extra;
    long long id = sqlite3_column_int64(st, 0);
    if (sqlite3_column_type(st, 3) == SQLITE_NULL || sqlite3_column_type(st, 5) == SQLITE_NULL) {
        fault(c, "article %lld has no text or no record", id);
        return;
    }
    isn_str text = isn_str_of(string_at(st, 3), (size_t)sqlite3_column_bytes(st, 3));
    if ((int64_t)text.n != sqlite3_column_int64(st, 1) || (int64_t)isn_str_hash(text) != sqlite3_column_int64(st, 2))
        fault(c, "the text of article %lld is not the one that was kept", id);
    isn_buf_reset(json);
    if (!isn_pack_json(json, bytes_at(st, 5), (size_t)sqlite3_column_int64(st, 4), text))
        fault(c, "the record of article %lld is damaged", id);
}

typedef struct spans {
    const char *what;
    int64_t article; /* whose text is at hand */
    isn_str text;
    sqlite3_stmt *text_of;
} spans;

static bool at_letter(isn_str text, int64_t at)
{
    return at >= 0 && (uint64_t)at <= text.n && ((size_t)at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80);
}

/* article, begin, end: within the text and at the edges of letters */
static void see_span(checking *c, sqlite3_stmt *st, void *extra)
{
    spans *s = extra;
    int64_t article = sqlite3_column_int64(st, 0), begin = sqlite3_column_int64(st, 1), end = sqlite3_column_int64(st, 2);
    if (article != s->article) {
        sqlite3_reset(s->text_of);
        sqlite3_bind_int64(s->text_of, 1, article);
        s->text = (isn_str){NULL, 0};
        if (sqlite3_step(s->text_of) == SQLITE_ROW)
            s->text = isn_str_of(string_at(s->text_of, 0), (size_t)sqlite3_column_bytes(s->text_of, 0));
        s->article = article;
    }
    if (begin > end || !at_letter(s->text, begin) || !at_letter(s->text, end))
        fault(c, "a span of %s in article %lld lies outside of its text", s->what, (long long)article);
}

static bool check_spans(checking *c)
{
    static const struct {
        const char *what, *sql;
    } tables[] = {
        {"mentions", "SELECT article, begin, end FROM mentions"},
        {"roles", "SELECT article, begin, end FROM roles"},
        {"dates", "SELECT article, begin, end FROM dates"},
        {"quotes", "SELECT article, begin, end FROM quotes"},
        {"quotes", "SELECT article, cue_begin, cue_end FROM quotes WHERE cue_begin IS NOT NULL"},
        {"events", "SELECT article, begin, end FROM events"},
        {"events", "SELECT article, trigger_begin, trigger_end FROM events"},
        {"counts", "SELECT article, begin, end FROM counts"},
    };
    spans s = {.article = -1};
    isnad_status status = isn_store_prepare(c->store, &s.text_of, "SELECT text FROM texts WHERE article = ?", c->err);
    bool good = status == ISNAD_OK;
    for (size_t i = 0; good && i < sizeof tables / sizeof *tables; i++) {
        s.what = tables[i].what;
        good = each(c, tables[i].sql, see_span, &s);
    }
    sqlite3_finalize(s.text_of);
    return good;
}

/* --- the search index ------------------------------------------------------------------------------------------------ */

/* What the index holds of each article, by its number. */
typedef struct sums {
    uint64_t *items;
    int64_t n;
    size_t strays;
    isn_buf last;   /* the term before */
    int64_t terms;  /* different words of texts */
} sums;

/* term, doc, column, place */
static void see_instance(checking *c, sqlite3_stmt *st, void *extra)
{
    (void)c;
    sums *s = extra;
    int64_t article = sqlite3_column_int64(st, 1) & INT64_C(0xFFFFFFFF);
    if (article < 1 || article > s->n) {
        s->strays++;
        return;
    }
    isn_str term = isn_str_of(string_at(st, 0), (size_t)sqlite3_column_bytes(st, 0));
    unsigned column = strcmp(string_at(st, 2), "facets") == 0;
    if (!column && !isn_str_equal(term, isn_str_of(s->last.p, s->last.n))) {
        isn_buf_reset(&s->last);
        isn_buf_str(&s->last, term);
        s->terms++;
    }
    s->items[article] += (uint64_t)isn_search_terms_sum(term, column, (uint64_t)sqlite3_column_int64(st, 3));
}

/* id, terms, day */
static void see_sum(checking *c, sqlite3_stmt *st, void *extra)
{
    sums *s = extra;
    int64_t id = sqlite3_column_int64(st, 0);
    if (id < 1 || id > s->n || s->items[id] != (uint64_t)sqlite3_column_int64(st, 1))
        fault(c, "the search index doesn't hold article %lld as it was kept", (long long)id);
}

static void see_most(checking *c, sqlite3_stmt *st, void *extra)
{
    (void)c;
    *(int64_t *)extra = sqlite3_column_int64(st, 0);
}

static bool check_search(checking *c)
{
    sums s = {.n = 0};
    int64_t terms = 0;
    isn_buf_init(&s.last, (size_t)1 << 20);
    if (!each(c, "SELECT ifnull(max(id), 0) FROM articles", see_most, &s.n))
        return false;
    s.items = calloc((size_t)s.n + 1, sizeof *s.items);
    if (!s.items) {
        isn_fail(c->err, ISNAD_E_MEMORY, NULL, 0, "no memory to check the search index");
        return false;
    }
    isn_store_temporary(c->store, "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, search, instance)");
    bool good = each(c, "SELECT term, doc, col, offset FROM temp.instances", see_instance, &s) &&
                each(c, "SELECT id, terms FROM articles", see_sum, &s) &&
                each(c, "SELECT count(*) FROM terms", see_most, &terms);
    if (good && terms != s.terms)
        fault(c, "the table of words doesn't hold the words of the search index");
    if (good && s.strays)
        fault(c, "the search index holds words of articles that aren't there");
    free(s.items);
    isn_buf_release(&s.last);
    isn_store_temporary(c->store, "DROP TABLE temp.instances");
    return good;
}

/* --- the summaries ----------------------------------------------------------------------------------------------------- */

static void see_summary(void *user, const char *table, int64_t rows)
{
    fault(user, "%lld rows of %s are not what the articles give", (long long)rows, table);
}

static bool check_summaries(checking *c)
{
    if (c->store->reading)
        sqlite3_exec(c->store->db, "PRAGMA query_only = OFF", NULL, NULL, NULL); /* a table that stands in memory */
    bool good = isn_summary_check(c->store->db, see_summary, c);
    if (!good)
        isn_store_fail(c->err, c->store->db, c->store->file, "read");
    if (c->store->reading)
        sqlite3_exec(c->store->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return good;
}

/* A number for which something of stories doesn't hold. */
static void see_story(checking *c, sqlite3_stmt *st, void *extra)
{
    const isn_story_check *check = extra;
    isn_buf message;
    const char *at = strstr(check->message, "%lld");
    isn_buf_init(&message, 256);
    isn_buf_append(&message, check->message, (size_t)(at - check->message));
    isn_buf_format(&message, "%lld", (long long)sqlite3_column_int64(st, 0));
    isn_buf_str(&message, isn_str_cstr(at + strlen("%lld")));
    fault(c, "%.*s", (int)message.n, message.p);
    isn_buf_release(&message);
}

static bool check_stories(checking *c)
{
    bool good = true;
    for (const isn_story_check *check = isn_story_checks; good && check->sql; check++)
        good = each(c, check->sql, see_story, (void *)(uintptr_t)check);
    return good;
}

/* Words of another lexicon or program are no damage, but a search for them may miss: told, not counted. */
static bool check_words(checking *c)
{
    size_t other, seen;
    isnad_status status = isn_reindex_needed(&other, &seen, c->store, c->err);
    if (status == ISNAD_OK && other && c->tell) {
        isnad_error told = {.status = ISNAD_OK};
        snprintf(told.file, sizeof told.file, "%s", c->store->file);
        snprintf(told.message, sizeof told.message,
                 "the words of the search index are of another lexicon or program: %zu of %zu articles that were looked at have others;"
                 " `isnad reindex` makes them anew", other, seen);
        c->tell(c->user, &told);
    }
    return status == ISNAD_OK;
}

isnad_status isnad_store_check(isnad_store *store, isnad_fault_fn *tell, void *user, size_t *faults, isnad_error *err)
{
    isnad_error mine = {0};
    checking c = {.store = store, .tell = tell, .user = user, .err = err ? err : &mine};
    isn_buf json;
    isn_buf_init(&json, ISN_STORE_PACK_CEILING);
    c.err->status = ISNAD_OK;
    /* one view of the file from beginning to end, whatever is added meanwhile */
    bool own = sqlite3_get_autocommit(store->db) != 0; /* no batch is open */
    if (own)
        sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
    bool good = each(&c, "PRAGMA integrity_check", see_integrity, NULL) &&
                each(&c, "PRAGMA foreign_key_check", see_key, NULL) &&
                each(&c, "SELECT a.id, a.bytes, a.hash, t.text, r.size, r.record FROM articles a"
                         " LEFT JOIN texts t ON t.article = a.id LEFT JOIN records r ON r.article = a.id",
                     see_article, &json) &&
                check_spans(&c) && check_stories(&c) && check_search(&c) && check_summaries(&c) && check_words(&c);
    if (own)
        sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    isn_buf_release(&json);
    if (faults)
        *faults = c.faults;
    return good ? ISNAD_OK : c.err->status != ISNAD_OK ? c.err->status : ISNAD_E_IO;
}
