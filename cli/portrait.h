/* portrait.h - what a database knows of an actor: the second half of `isnad actor --db`. */
#ifndef ISN_CLI_PORTRAIT_H
#define ISN_CLI_PORTRAIT_H

#include <stdbool.h>

#include "isnad.h"

/*
 * What the articles of a database say of whoever is called so, as one JSON object; *json is NULL where nobody is. The caller frees it. False, with a
 * message, where the database can't be read.
 */
bool cli_portrait_find(char **json, isnad_store *store, const char *name);

/* Prints it for people. */
void cli_portrait_show(const char *json);

#endif
