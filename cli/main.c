/* main.c - the program `isnad`: over the public interface only. */
#include <stdio.h>

#include "actor.h"
#include "export.h"
#include "fetch.h"
#include "find.h"
#include "help.h"
#include "isnad.h"
#include "lexicon.h"
#include "options.h"
#include "run.h"
#include "series.h"
#include "serve.h"
#include "store.h"
#include "stories.h"

static int act(const request *r)
{
    if (r->value[OPTION_HELP]) {
        cli_help_command(stdout, r->command);
        return EXIT_FOUND;
    }
    switch (r->command) {
    case COMMAND_CODE:
    case COMMAND_EXPLAIN:
    case COMMAND_ADD:
        return cli_run(r);
    case COMMAND_ACTOR:
        return cli_actor(r);
    case COMMAND_SEARCH:
    case COMMAND_EVENTS:
    case COMMAND_QUOTES:
    case COMMAND_TIMELINE:
        return cli_find(r);
    case COMMAND_SERIES:
    case COMMAND_DYAD:
    case COMMAND_OUTLETS:
        return cli_series(r);
    case COMMAND_FETCH:
        return cli_fetch(r);
    case COMMAND_CHECK:
        return cli_check(r);
    case COMMAND_REINDEX:
        return cli_reindex(r);
    case COMMAND_STORIES:
    case COMMAND_STORY:
    case COMMAND_COMPARE:
        return cli_stories(r);
    case COMMAND_LEXICON:
        return cli_lexicon(r);
    case COMMAND_EXPORT:
        return cli_export(r);
    case COMMAND_SERVE:
        return cli_serve(r);
    case COMMAND_HELP:
        return cli_help_topic(stdout, r->n_words ? r->words[0] : NULL) ? EXIT_FOUND : EXIT_FAILED;
    case COMMAND_VERSION:
        printf("isnad %s (library %s)\n", ISNAD_VERSION, isnad_version());
        return EXIT_FOUND;
    case COMMAND_COUNT:
        break;
    }
    return EXIT_FAILED;
}

int main(int argc, char **argv)
{
    request r;
    if (!cli_parse(&r, argc, argv))
        return EXIT_FAILED;
    int code = act(&r);
    if (fflush(stdout) != 0 && code == EXIT_FOUND) {
        fprintf(stderr, "isnad: cannot write standard output\n");
        return EXIT_FAILED;
    }
    return code;
}
