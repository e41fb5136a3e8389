/* progress.h - how far a run has come, for a person at a terminal. */
#ifndef ISN_CLI_PROGRESS_H
#define ISN_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cli_progress {
    bool on;
    bool shown;      /* a line stands on the terminal */
    double begun, last;
    uint64_t total;  /* bytes of all inputs, 0 where that isn't known */
    uint64_t articles, bytes;
} cli_progress;

/* Off unless standard error is a terminal and standard output isn't (its lines would mix with these). */
void cli_progress_init(cli_progress *p, bool wanted, char **inputs, size_t n);

/* Draws the line again if the last is old enough. */
void cli_progress_show(cli_progress *p);

/* Wipes the line, before a message or at the end. */
void cli_progress_clear(cli_progress *p);

#endif
