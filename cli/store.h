/* store.h - the commands that work on a database. */
#ifndef ISN_CLI_STORE_H
#define ISN_CLI_STORE_H

#include "isnad.h"
#include "options.h"

/* Opens the database that --db names; NULL with a message where there is none or it can't be used. */
isnad_store *cli_store_open(const request *r, isnad_engine *engine, bool write);

/* What was added, on standard error. */
void cli_store_summary(const isnad_store *store);

/* `isnad check`: 0 without faults, 1 with, 2 where the file can't be read. */
int cli_check(const request *r);

/* `isnad reindex`: 0 done, 2 not. */
int cli_reindex(const request *r);

#endif
