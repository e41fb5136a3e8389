/* find.h - the commands that look in a database. */
#ifndef ISN_CLI_FIND_H
#define ISN_CLI_FIND_H

#include "options.h"

/* `isnad search`, `events`, `quotes`, `timeline`; the exit status: 0 something was found, 1 nothing, 2 the search failed. */
int cli_find(const request *r);

#endif
