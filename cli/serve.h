/* serve.h - the record in the browser. */
#ifndef ISN_CLI_SERVE_H
#define ISN_CLI_SERVE_H

#include "options.h"

/* `isnad serve`: until a signal ends it; the exit status. */
int cli_serve(const request *r);

#endif
