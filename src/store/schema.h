/* schema.h - what stands in the database: its tables, and how it grows from version to version (docs/database.md). */
#ifndef ISN_STORE_SCHEMA_H
#define ISN_STORE_SCHEMA_H

#include <sqlite3.h>

#include "lexicon/lexicon.h"

#define ISN_STORE_APPLICATION 0x69736e64 /* "isnd": PRAGMA application_id */
#define ISN_STORE_SUMMARIES 3            /* the version that brought the summaries (summary.h) */
#define ISN_STORE_STORIES 4              /* that keeps stories so that they can be read and brought up to date in part */
#define ISN_STORE_VERSION 4              /* PRAGMA user_version */

/*
 * Makes the tables in an empty database, or brings those of an older version up to date, in one transaction. Fails with
 * ISNAD_E_FORMAT where the file is another program's or of a newer version (*err names it), else as SQLite does.
 */
isnad_status isn_schema_settle(sqlite3 *db, const isn_lexicon *lexicon, const char *file, isnad_error *err);

/* Only looks: ISNAD_OK if the database is empty or one of ours that this version knows. */
isnad_status isn_schema_foreign(sqlite3 *db, const char *file, isnad_error *err);

/* Only looks: ISNAD_OK if the database is one of ours and of this version. */
isnad_status isn_schema_verify(sqlite3 *db, const char *file, isnad_error *err);

/* Turns what SQLite says into a status and a message that names the file and what to do. */
isnad_status isn_store_fail(isnad_error *err, sqlite3 *db, const char *file, const char *doing);

#endif
