#include "store/stories.h"

#include "base/error.h"
#include "store/parts.h"
#include "store/schema.h"
#include "store/summary.h"

static const char *const kind_names[] = {
    [ISN_DECIDE_JOIN] = "join", [ISN_DECIDE_PART] = "split", [ISN_DECIDE_ALONE] = "alone"};

static isnad_status failed(const isnad_store *s, const char *doing, isnad_error *err)
{
    return isn_store_fail(err, s->db, s->file, doing);
}

static isn_str bytes_at(sqlite3_stmt *st, int column)
{
    const void *p = sqlite3_column_blob(st, column);
    return isn_str_of(p, p ? (size_t)sqlite3_column_bytes(st, column) : 0);
}

isnad_status isn_store_each_digest(isnad_store *s, isn_store_digest_fn *tell, void *user, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(s, &st,
                                            "SELECT a.id, r.digest FROM articles a JOIN records r ON r.article = a.id"
                                            " WHERE a.replaced IS NULL ORDER BY a.id", err);
    int code = SQLITE_DONE;
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW)
        status = tell(user, sqlite3_column_int64(st, 0), bytes_at(st, 1), err);
    if (status == ISNAD_OK && code != SQLITE_DONE)
        status = failed(s, "read", err);
    sqlite3_finalize(st);
    return status;
}

isnad_status isn_store_record_json(isn_buf *out, isnad_store *s, int64_t article, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(s, &st,
                                            "SELECT r.size, r.record, CAST(t.text AS BLOB) FROM records r"
                                            " JOIN texts t ON t.article = r.article WHERE r.article = ?", err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_bind_int64(st, 1, article);
    int code = sqlite3_step(st);
    if (code == SQLITE_DONE)
        status = isn_fail(err, ISNAD_E_NOT_FOUND, s->file, 0, "'%s' has no article %lld", s->file, (long long)article);
    else if (code != SQLITE_ROW)
        status = failed(s, "read", err);
    else if (!isn_pack_json(out, bytes_at(st, 1), (size_t)sqlite3_column_int64(st, 0), bytes_at(st, 2)))
        status = isn_fail(err, ISNAD_E_FORMAT, s->file, 0, "the record of article %lld in '%s' is damaged", (long long)article,
                          s->file);
    sqlite3_finalize(st);
    return status;
}

/* --- decisions --------------------------------------------------------------------------------------------------- */

isnad_status isn_store_decide(isnad_store *s, isn_decision_kind kind, isn_str a, isn_str b, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    bool turned = kind != ISN_DECIDE_ALONE && isn_str_compare(b, a) < 0;
    isn_str first = turned ? b : a, second = turned ? a : b;
    isnad_status status = isn_store_prepare(s, &st, "INSERT OR REPLACE INTO story_decisions (a, b, kind) VALUES (?, ?, ?)", err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_bind_text(st, 1, first.p, (int)first.n, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, second.n ? second.p : "", (int)second.n, SQLITE_STATIC);
    sqlite3_bind_text(st, 3, kind_names[kind], -1, SQLITE_STATIC);
    if (sqlite3_step(st) != SQLITE_DONE)
        status = failed(s, "write", err);
    sqlite3_finalize(st);
    return status;
}

isnad_status isn_store_decisions(isnad_store *s, isn_stories *stories, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(s, &st, "SELECT kind, a, b FROM story_decisions ORDER BY a, b", err);
    int code = SQLITE_DONE;
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        isn_decision_kind kind = ISN_DECIDE_JOIN;
        isn_str name = bytes_at(st, 0);
        while (kind < ISN_DECIDE_ALONE && !isn_str_equal(name, isn_str_cstr(kind_names[kind])))
            kind++;
        status = isn_stories_decide(stories, kind, bytes_at(st, 1), bytes_at(st, 2), err);
    }
    if (status == ISNAD_OK && code != SQLITE_DONE)
        status = failed(s, "read", err);
    sqlite3_finalize(st);
    return status;
}

/* --- stories ----------------------------------------------------------------------------------------------------- */

/* The statements that put a story. */
typedef struct keeping {
    const isn_stories *stories;
    const int64_t *articles;
    sqlite3_stmt *story, *article, *join;
} keeping;

static bool act(sqlite3_stmt *st)
{
    bool good = sqlite3_step(st) == SQLITE_DONE;
    sqlite3_reset(st);
    return good;
}

static bool put_story(const keeping *k, size_t i)
{
    const isn_story *story = isn_stories_at(k->stories, i);
    sqlite3_bind_int64(k->story, 1, (int64_t)i);
    sqlite3_bind_int64(k->story, 2, (int64_t)story->n);
    sqlite3_bind_int64(k->story, 3, (int64_t)story->n_origins);
    if (story->follows == ISN_NOTHING)
        sqlite3_bind_null(k->story, 4);
    else
        sqlite3_bind_int64(k->story, 4, story->follows);
    if (!act(k->story))
        return false;
    for (size_t m = 0; m < story->n; m++) {
        sqlite3_bind_int64(k->article, 1, (int64_t)i);
        sqlite3_bind_int64(k->article, 2, (int64_t)m + 1);
        sqlite3_bind_int64(k->article, 3, k->articles[story->articles[m]]);
        sqlite3_bind_int64(k->article, 4, k->articles[story->origins[m]]);
        if (!act(k->article))
            return false;
    }
    for (size_t m = 0; m + 1 < story->n; m++) {
        sqlite3_bind_int64(k->join, 1, (int64_t)i);
        sqlite3_bind_int64(k->join, 2, (int64_t)m + 1);
        sqlite3_bind_int64(k->join, 3, k->articles[story->joins[m].a]);
        sqlite3_bind_int64(k->join, 4, k->articles[story->joins[m].b]);
        sqlite3_bind_double(k->join, 5, (double)story->joins[m].odds);
        sqlite3_bind_int64(k->join, 6, story->joins[m].by_hand);
        if (!act(k->join))
            return false;
    }
    return true;
}

static bool put_all(isnad_store *s, keeping *k)
{
    bool good = sqlite3_exec(s->db, "DELETE FROM story_joins; DELETE FROM story_articles; DELETE FROM stories", NULL, NULL,
                             NULL) == SQLITE_OK;
    for (size_t i = 0; good && i < isn_stories_count(k->stories); i++)
        good = put_story(k, i);
    return good && isn_summary_stories(s->db);
}

isnad_status isn_store_keep_stories(isnad_store *s, const isn_stories *stories, const int64_t *articles, isnad_error *err)
{
    keeping k = {.stories = stories, .articles = articles};
    isnad_status status = isn_store_commit(s, err);
    if (status == ISNAD_OK)
        status = isn_store_prepare(s, &k.story, "INSERT INTO stories (id, articles, origins, follows) VALUES (?, ?, ?, ?)", err);
    if (status == ISNAD_OK)
        status = isn_store_prepare(s, &k.article,
                                   "INSERT INTO story_articles (story, n, article, origin) VALUES (?, ?, ?, ?)", err);
    if (status == ISNAD_OK)
        status = isn_store_prepare(
            s, &k.join, "INSERT INTO story_joins (story, n, a, b, odds, by_hand) VALUES (?, ?, ?, ?, ?, ?)", err);
    if (status == ISNAD_OK && (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK || !put_all(s, &k) ||
                               sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)) {
        status = failed(s, "write", err);
        if (!sqlite3_get_autocommit(s->db))
            sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    }
    sqlite3_finalize(k.story);
    sqlite3_finalize(k.article);
    sqlite3_finalize(k.join);
    return status;
}
