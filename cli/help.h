/* help.h - what the program says about itself, made from the tables of options.c. */
#ifndef ISN_CLI_HELP_H
#define ISN_CLI_HELP_H

#include <stdbool.h>
#include <stdio.h>

#include "options.h"

/* What isnad is for, its commands, where to begin. */
void cli_help_overview(FILE *out);

/* One command: usage, text, options, examples. */
void cli_help_command(FILE *out, command_id command);

/* The manual page (roff), and completions for bash and zsh. */
void cli_help_man(FILE *out);
void cli_help_bash(FILE *out);
void cli_help_zsh(FILE *out);

/* `isnad help TOPIC`; false with a message where there is no such topic. topic may be NULL: the overview. */
bool cli_help_topic(FILE *out, const char *topic);

#endif
