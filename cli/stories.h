/* stories.h - the commands that put articles together and lay them side by side. */
#ifndef ISN_CLI_STORIES_H
#define ISN_CLI_STORIES_H

#include "options.h"
#include "view.h"

/* `isnad stories`, `isnad story` and `isnad compare`: 0 there is something to tell, 1 there isn't, 2 a failure. */
int cli_stories(const request *r);

/* A story as one line of a table; the head stands over the first. False if the text is no story; so below. */
bool cli_view_story_row(view *v, const char *json, size_t n);

/* A story with its articles and why they belong together. */
bool cli_view_story(view *v, const char *json, size_t n);

/* The table of a story: fact by fact who tells it in which words. */
bool cli_view_compared(view *v, const char *json, size_t n);

#endif
