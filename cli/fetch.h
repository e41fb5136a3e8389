/* fetch.h - the command that gets articles from the net. */
#ifndef ISN_CLI_FETCH_H
#define ISN_CLI_FETCH_H

#include "options.h"

/* `isnad fetch`; the exit status. */
int cli_fetch(const request *r);

#endif
