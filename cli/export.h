/* export.h - `isnad export`. */
#ifndef ISN_CLI_EXPORT_H
#define ISN_CLI_EXPORT_H

#include "options.h"

/* Exports records and returns the exit status. */
int cli_export(const request *r);

#endif
