/* find.h - the commands that look in a database. */
#ifndef ISN_CLI_FIND_H
#define ISN_CLI_FIND_H

#include "isnad.h"
#include "options.h"

/* `isnad search`, `events`, `quotes`, `timeline`; the exit status: 0 something was found, 1 nothing, 2 the search failed. */
int cli_find(const request *r);

/* What the options and words of the call ask for. *words is to be freed after the query; false with a message. */
bool cli_query_read(isnad_query *query, char **words, const request *r);

#endif
