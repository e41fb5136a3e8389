/* series.h - the commands that tell sums over a database. */
#ifndef ISN_CLI_SERIES_H
#define ISN_CLI_SERIES_H

#include "options.h"

/* `isnad series`, `dyad`, `outlets`; the exit status: 0 something was found, 1 nothing, 2 the search failed. */
int cli_series(const request *r);

#endif
