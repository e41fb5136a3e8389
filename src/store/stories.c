#include "store/stories.h"

#include "base/error.h"
#include "store/parts.h"
#include "store/schema.h"

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

/* Runs a statement with up to three texts. */
static bool act(isnad_store *s, const char *sql, isn_str a, isn_str b, isn_str c, isnad_status *status, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    isn_str texts[] = {a, b, c};
    *status = isn_store_prepare(s, &st, sql, err);
    if (*status != ISNAD_OK)
        return false;
    for (int i = 0; i < sqlite3_bind_parameter_count(st); i++)
        sqlite3_bind_text(st, i + 1, texts[i].n ? texts[i].p : "", (int)texts[i].n, SQLITE_STATIC);
    if (sqlite3_step(st) != SQLITE_DONE)
        *status = failed(s, "write", err);
    sqlite3_finalize(st);
    return *status == ISNAD_OK;
}

isnad_status isn_store_decide(isnad_store *s, isn_decision_kind kind, isn_str a, isn_str b, isnad_error *err)
{
    isnad_status status = ISNAD_OK;
    bool turned = kind != ISN_DECIDE_ALONE && isn_str_compare(b, a) < 0;
    isn_str first = turned ? b : a, second = turned ? a : b;
    if (sqlite3_exec(s->db, "SAVEPOINT decision", NULL, NULL, NULL) != SQLITE_OK)
        return failed(s, "write", err);
    bool good = act(s, "INSERT OR REPLACE INTO story_decisions (a, b, kind) VALUES (?, ?, ?)", first, second,
                    isn_str_cstr(kind_names[kind]), &status, err) &&
                act(s, "INSERT OR IGNORE INTO story_touched VALUES (?)", first, second, second, &status, err) &&
                (second.n == 0 || act(s, "INSERT OR IGNORE INTO story_touched VALUES (?)", second, first, first, &status, err));
    if (!good)
        sqlite3_exec(s->db, "ROLLBACK TO decision", NULL, NULL, NULL);
    if (sqlite3_exec(s->db, "RELEASE decision", NULL, NULL, NULL) != SQLITE_OK && good)
        status = failed(s, "write", err);
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
