#include "fetch/state.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"

struct isn_state {
    sqlite3 *db;
    char *file;
};

/* Pages are numbered as they are found; sources stand among them with page 0. */
static const char schema[] = "PRAGMA busy_timeout=2000;"
                             "PRAGMA journal_mode=WAL;"
                             "PRAGMA synchronous=NORMAL;"
                             "PRAGMA locking_mode=EXCLUSIVE;"
                             "CREATE TABLE IF NOT EXISTS visit(number INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, page INTEGER NOT NULL,"
                             " wish INTEGER NOT NULL, etag TEXT, modified TEXT, due INTEGER NOT NULL, failures INTEGER NOT NULL);"
                             "CREATE INDEX IF NOT EXISTS visit_wanted ON visit(wish, number) WHERE wish = 0 AND page = 1;"
                             "CREATE TABLE IF NOT EXISTS host(name TEXT PRIMARY KEY, due INTEGER NOT NULL);"
                             "CREATE TABLE IF NOT EXISTS archive(file TEXT PRIMARY KEY, length INTEGER NOT NULL);"
                             "BEGIN IMMEDIATE; COMMIT;";

static isnad_status failed(isn_state *state, isnad_error *err)
{
    return isn_fail(err, ISNAD_E_IO, state->file, 0, "the state '%s': %s", state->file, sqlite3_errmsg(state->db));
}

isnad_status isn_state_open(isn_state **out, const char *folder, isnad_error *err)
{
    isn_state *state = calloc(1, sizeof *state);
    *out = NULL;
    if (!state || asprintf(&state->file, "%s/fetch.sqlite", folder) < 0) {
        free(state);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the state");
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        isn_fail(err, ISNAD_E_IO, folder, 0, "cannot make the folder '%s': %s", folder, strerror(errno));
        isn_state_close(state);
        return ISNAD_E_IO;
    }
    if (sqlite3_open(state->file, &state->db) != SQLITE_OK || sqlite3_exec(state->db, schema, NULL, NULL, NULL) != SQLITE_OK) {
        isn_fail(err, ISNAD_E_IO, state->file, 0, "cannot use the state '%s': %s; does another `isnad fetch` run?", state->file,
                 state->db ? sqlite3_errmsg(state->db) : "out of memory");
        isn_state_close(state);
        return ISNAD_E_IO;
    }
    *out = state;
    return ISNAD_OK;
}

void isn_state_close(isn_state *state)
{
    if (!state)
        return;
    sqlite3_close(state->db);
    free(state->file);
    free(state);
}

/* A statement with its first text bound; NULL with a fault in *err. */
static sqlite3_stmt *prepare(isn_state *state, const char *sql, const char *text, isnad_error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(state->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        (text && sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC) != SQLITE_OK)) {
        failed(state, err);
        sqlite3_finalize(statement);
        return NULL;
    }
    return statement;
}

/* Runs a statement that gives no rows and ends it. */
static isnad_status run(isn_state *state, sqlite3_stmt *statement, isnad_error *err)
{
    int rc = sqlite3_step(statement);
    isnad_status status = rc == SQLITE_DONE ? ISNAD_OK : failed(state, err);
    sqlite3_finalize(statement);
    return status;
}

static void copy_text(char *out, size_t room, const unsigned char *text)
{
    snprintf(out, room, "%s", text ? (const char *)text : "");
}

isnad_status isn_state_find(isn_state *state, const char *address, isn_visit *out, isnad_error *err)
{
    *out = (isn_visit){.wish = ISN_WISH_WANTED};
    sqlite3_stmt *s = prepare(state, "SELECT wish, etag, modified, due, failures FROM visit WHERE address = ?", address, err);
    if (!s)
        return ISNAD_E_IO;
    int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        out->wish = (isn_wish)sqlite3_column_int(s, 0);
        copy_text(out->etag, sizeof out->etag, sqlite3_column_text(s, 1));
        copy_text(out->modified, sizeof out->modified, sqlite3_column_text(s, 2));
        out->due = sqlite3_column_int64(s, 3);
        out->failures = sqlite3_column_int(s, 4);
    }
    isnad_status status = rc == SQLITE_ROW || rc == SQLITE_DONE ? ISNAD_OK : failed(state, err);
    sqlite3_finalize(s);
    return status;
}

isnad_status isn_state_want(isn_state *state, const char *address, bool *added, isnad_error *err)
{
    sqlite3_stmt *s = prepare(state, "INSERT OR IGNORE INTO visit(address, page, wish, due, failures) VALUES(?, 1, 0, 0, 0)", address, err);
    isnad_status status = s ? run(state, s, err) : ISNAD_E_IO;
    *added = status == ISNAD_OK && sqlite3_changes(state->db) > 0;
    return status;
}

static isnad_status put_visit(isn_state *state, const char *address, const isn_visit *visit, isnad_error *err)
{
    sqlite3_stmt *s = prepare(state,
                              "INSERT INTO visit(address, page, wish, etag, modified, due, failures) VALUES(?1, 0, ?2, ?3, ?4, ?5, ?6) "
                              "ON CONFLICT(address) DO UPDATE SET wish = ?2, etag = ?3, modified = ?4, due = ?5, failures = ?6",
                              address, err);
    if (!s)
        return ISNAD_E_IO;
    sqlite3_bind_int(s, 2, (int)visit->wish);
    sqlite3_bind_text(s, 3, visit->etag, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 4, visit->modified, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 5, visit->due);
    sqlite3_bind_int(s, 6, visit->failures);
    return run(state, s, err);
}

/* A name and a number in one of the small tables. */
static isnad_status put_number(isn_state *state, const char *sql, const char *name, int64_t value, isnad_error *err)
{
    sqlite3_stmt *s = prepare(state, sql, name, err);
    if (!s)
        return ISNAD_E_IO;
    sqlite3_bind_int64(s, 2, value);
    return run(state, s, err);
}

static isnad_status get_number(isn_state *state, const char *sql, const char *name, int64_t *value, int64_t none, isnad_error *err)
{
    sqlite3_stmt *s = prepare(state, sql, name, err);
    *value = none;
    if (!s)
        return ISNAD_E_IO;
    int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW)
        *value = sqlite3_column_int64(s, 0);
    isnad_status status = rc == SQLITE_ROW || rc == SQLITE_DONE ? ISNAD_OK : failed(state, err);
    sqlite3_finalize(s);
    return status;
}

isnad_status isn_state_keep(isn_state *state, const char *address, const isn_visit *visit, const char *archive, int64_t length,
                            isnad_error *err)
{
    if (sqlite3_exec(state->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return failed(state, err);
    isnad_status status = put_visit(state, address, visit, err);
    if (status == ISNAD_OK && archive)
        status = put_number(state, "INSERT OR REPLACE INTO archive(file, length) VALUES(?, ?)", archive, length, err);
    if (sqlite3_exec(state->db, status == ISNAD_OK ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK && status == ISNAD_OK)
        status = failed(state, err);
    return status;
}

isnad_status isn_state_length(isn_state *state, const char *archive, int64_t *length, isnad_error *err)
{
    return get_number(state, "SELECT length FROM archive WHERE file = ?", archive, length, -1, err);
}

isnad_status isn_state_host(isn_state *state, const char *host, int64_t *due, isnad_error *err)
{
    return get_number(state, "SELECT due FROM host WHERE name = ?", host, due, 0, err);
}

isnad_status isn_state_rest(isn_state *state, const char *host, int64_t due, isnad_error *err)
{
    return put_number(state, "INSERT OR REPLACE INTO host(name, due) VALUES(?, ?)", host, due, err);
}

isnad_status isn_state_wanted(isn_state *state, int64_t now, size_t most, isn_state_fn *tell, void *context, isnad_error *err)
{
    sqlite3_stmt *s = prepare(state, "SELECT address FROM visit WHERE wish = 0 AND page = 1 AND due <= ? ORDER BY number LIMIT ?", NULL, err);
    if (!s)
        return ISNAD_E_IO;
    sqlite3_bind_int64(s, 1, now);
    sqlite3_bind_int64(s, 2, (sqlite3_int64)most);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        tell(context, (const char *)sqlite3_column_text(s, 0));
    isnad_status status = rc == SQLITE_DONE ? ISNAD_OK : failed(state, err);
    sqlite3_finalize(s);
    return status;
}
