/* view.h - a record told for people. */
#ifndef ISN_CLI_VIEW_H
#define ISN_CLI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct view {
    FILE *out;
    bool color;
    unsigned width; /* columns of the terminal, or what a page has */
    bool begun;     /* something was printed */
} view;

/* color: "auto", "always", "never" or NULL (auto). */
void cli_view_init(view *v, FILE *out, const char *color);

/* An article: title, outlet, day; its events and quotes with their words. False if the record is no record. */
bool cli_view_brief(view *v, const char *record, size_t n);

/* The events of an article as rows of a table; the head stands over the first. */
bool cli_view_table(view *v, const char *record, size_t n);

/* What `isnad explain` tells of an article, colored by the first word of each line. */
void cli_view_explain(view *v, const char *text, size_t n);

/* Words in an isolate, line ends as blanks, cut to `room` columns with an ellipsis. Returns the columns. */
unsigned cli_view_words(view *v, const char *text, unsigned room);

/* The same, filled up with blanks to `width` columns and two more. */
void cli_view_cell(view *v, const char *text, unsigned width);

/* Colors what follows, as the number of an ANSI style says; NULL: no longer. */
void cli_view_paint(view *v, const char *style);

#endif
