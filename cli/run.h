/* run.h - the commands that read articles. */
#ifndef ISN_CLI_RUN_H
#define ISN_CLI_RUN_H

#include "options.h"

/* `isnad code` and `isnad explain`; the exit status. */
int cli_run(const request *r);

#endif
