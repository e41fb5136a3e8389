/* run.h - the commands that read articles. */
#ifndef ISN_CLI_RUN_H
#define ISN_CLI_RUN_H

#include "isnad.h"
#include "options.h"

/* `isnad code`, `isnad explain` and `isnad add`; the exit status. */
int cli_run(const request *r);

/* How articles are to be read: kind, character set, fields and so on. `fields` is the list of --fields, which is cut in place and must live as long
 * as the options, or NULL. False with a message. */
bool cli_read_options(isnad_run_options *o, const request *r, char *fields);

/* Prints the message, with file and line before it where it doesn't name them itself. */
void cli_tell_error(const isnad_error *err);

#endif
