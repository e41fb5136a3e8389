#include "store/schema.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "store/summary.h"
#include "store/tables.h"

isnad_status isn_store_fail(isnad_error *err, sqlite3 *db, const char *file, const char *doing)
{
    int code = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
    int system = db ? sqlite3_system_errno(db) : 0;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return isn_fail(err, ISNAD_E_MEMORY, file, 0, "no memory to %s '%s'", doing, file);
    case SQLITE_FULL:
        return isn_fail(err, ISNAD_E_IO, file, 0,
                        "cannot %s '%s': no room is left on its disk; what was kept before is safe: make room and run again",
                        doing, file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return isn_fail(err, ISNAD_E_IO, file, 0,
                        "cannot %s '%s': another program is writing to it; try again when it is done", doing, file);
    case SQLITE_INTERRUPT:
        return isn_fail(err, ISNAD_E_STOPPED, file, 0, "stopped on request");
    case SQLITE_NOTADB:
        return isn_fail(err, ISNAD_E_FORMAT, file, 0, "cannot %s '%s': it is no database", doing, file);
    case SQLITE_CORRUPT:
        return isn_fail(err, ISNAD_E_FORMAT, file, 0, "cannot %s '%s': the file is damaged (%s)", doing, file,
                        sqlite3_errmsg(db));
    case SQLITE_READONLY:
        return isn_fail(err, ISNAD_E_IO, file, 0, "cannot %s '%s': the file or its folder may not be written", doing,
                        file);
    case SQLITE_CANTOPEN:
        return isn_fail(err, ISNAD_E_IO, file, 0, "cannot %s '%s': %s", doing, file,
                        system ? strerror(system) : "the file cannot be opened");
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_WRITE)
            return isn_fail(err, ISNAD_E_IO, file, 0,
                            "cannot %s '%s': the file cannot grow; its disk may be full; what was kept before is safe",
                            doing, file);
        return isn_fail(err, ISNAD_E_IO, file, 0, "cannot %s '%s': %s; what was kept before is safe", doing, file,
                        system ? strerror(system) : sqlite3_errmsg(db));
    default:
        return isn_fail(err, ISNAD_E_IO, file, 0, "cannot %s '%s': %s", doing, file, sqlite3_errmsg(db));
    }
}

/* The integer that a pragma answers with; false where the file can't be read. */
static bool pragma(int64_t *out, sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return good;
}

static isnad_status look(int64_t *version, bool *empty, sqlite3 *db, const char *file, isnad_error *err)
{
    int64_t application = 0, tables = 0;
    if (!pragma(&application, db, "PRAGMA application_id") || !pragma(version, db, "PRAGMA user_version") ||
        !pragma(&tables, db, "SELECT count(*) FROM sqlite_schema"))
        return isn_store_fail(err, db, file, "read");
    *empty = application == 0 && *version == 0 && tables == 0;
    if (!*empty && application != ISN_STORE_APPLICATION)
        return isn_fail(err, ISNAD_E_FORMAT, file, 0,
                        "'%s' is a database of another program; nothing was changed: name another file", file);
    if (*version > ISN_STORE_VERSION)
        return isn_fail(err, ISNAD_E_FORMAT, file, 0,
                        "'%s' was made by a newer isnad (schema %lld, this one knows %d); nothing was changed", file,
                        (long long)*version, ISN_STORE_VERSION);
    return ISNAD_OK;
}

static bool bind_cell(sqlite3_stmt *statement, int column, isn_str cell)
{
    return sqlite3_bind_text(statement, column, cell.p ? cell.p : "", (int)cell.n, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* The event types of the lexicon, for the views. */
static bool fill_types(sqlite3 *db, const isn_lexicon *lexicon)
{
    sqlite3_stmt *insert = NULL;
    bool good = sqlite3_prepare_v2(db, "INSERT INTO event_types VALUES (?, ?, ?, ?, CAST(? AS REAL), ?)", -1, &insert, NULL) == SQLITE_OK;
    for (uint32_t row = 0; good && row < isn_lexicon_rows(lexicon, ISN_T_EVENTS); row++) {
        int64_t quad = 0;
        isn_str_to_int(&quad, isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_QUAD));
        good = bind_cell(insert, 1, isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_TYPE)) &&
               bind_cell(insert, 2, isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_MODE)) &&
               bind_cell(insert, 3, isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_CAMEO)) &&
               sqlite3_bind_int64(insert, 4, quad) == SQLITE_OK &&
               bind_cell(insert, 5, isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_SCORE)) &&
               bind_cell(insert, 6, isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_GLOSS)) &&
               sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    sqlite3_finalize(insert);
    return good;
}

/* All steps from `version` on, within a transaction that the caller holds. */
static bool climb(sqlite3 *db, int64_t version, const isn_lexicon *lexicon)
{
    bool good = true;
    for (int64_t v = version; good && v < ISN_STORE_VERSION; v++) {
        for (const char *const *step = isn_store_steps[v]; good && *step; step++)
            good = sqlite3_exec(db, *step, NULL, NULL, NULL) == SQLITE_OK;
    }
    if (good && version == 0)
        good = fill_types(db, lexicon);
    if (good && version > 0 && version < ISN_STORE_SUMMARIES)
        good = isn_summary_all(db);
    else if (good && version > 0 && version < ISN_STORE_STORIES)
        good = isn_summary_stories(db);
    char mark[96];
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", ISN_STORE_APPLICATION,
             ISN_STORE_VERSION);
    return good && sqlite3_exec(db, mark, NULL, NULL, NULL) == SQLITE_OK;
}

isnad_status isn_schema_foreign(sqlite3 *db, const char *file, isnad_error *err)
{
    int64_t version = 0;
    bool empty = false;
    return look(&version, &empty, db, file, err);
}

isnad_status isn_schema_verify(sqlite3 *db, const char *file, isnad_error *err)
{
    int64_t version = 0;
    bool empty = false;
    isnad_status status = look(&version, &empty, db, file, err);
    if (status == ISNAD_OK && empty)
        return isn_fail(err, ISNAD_E_FORMAT, file, 0, "'%s' is empty; `isnad add --db %s FILE...` fills it", file, file);
    if (status == ISNAD_OK && version < ISN_STORE_VERSION)
        return isn_fail(err, ISNAD_E_FORMAT, file, 0,
                        "'%s' was made by an older isnad (schema %lld); `isnad add --db %s FILE...` brings it up to date",
                        file, (long long)version, file);
    return status;
}

isnad_status isn_schema_settle(sqlite3 *db, const isn_lexicon *lexicon, const char *file, isnad_error *err)
{
    int64_t version = 0;
    bool empty = false;
    isnad_status status = look(&version, &empty, db, file, err);
    if (status != ISNAD_OK || version == ISN_STORE_VERSION)
        return status;
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return isn_store_fail(err, db, file, "write");
    status = look(&version, &empty, db, file, err); /* another program may have been first */
    if (status == ISNAD_OK && version < ISN_STORE_VERSION && !climb(db, version, lexicon))
        status = isn_store_fail(err, db, file, "make the tables of");
    if (status == ISNAD_OK && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        status = isn_store_fail(err, db, file, "write");
    if (status != ISNAD_OK)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
