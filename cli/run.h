/* run.h - the commands that read articles. */
#ifndef ISN_CLI_RUN_H
#define ISN_CLI_RUN_H

#include "isnad.h"
#include "options.h"

/* `isnad code`, `isnad explain` and `isnad add`; the exit status. */
int cli_run(const request *r);

/* Prints the message, with file and line before it where it doesn't name them itself. */
void cli_tell_error(const isnad_error *err);

#endif
