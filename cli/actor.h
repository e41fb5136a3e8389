/* actor.h - the command `isnad actor`. */
#ifndef ISN_CLI_ACTOR_H
#define ISN_CLI_ACTOR_H

#include "options.h"

/* `isnad actor NAME`: who or what is called so; the exit status. */
int cli_actor(const request *r);

#endif
