/* main.c - the program `isnad`: over the public interface only. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "help.h"
#include "image.h"
#include "isnad.h"
#include "options.h"
#include "run.h"

static void tell_fault(void *user, const isnad_error *fault)
{
    const char *dir = user;
    printf("%s/%s:%llu: %s\n", dir, fault->file, (unsigned long long)fault->line, fault->message);
}

/* `isnad lexicon check DIR`: 0 without faults, 1 with, 2 where the check itself failed. */
static int check_lexicon(const request *r)
{
    if (r->n_words != 2 || strcmp(r->words[0], "check") != 0) {
        fprintf(stderr, "isnad: say `isnad lexicon check DIR`; see `isnad help lexicon`\n");
        return EXIT_FAILED;
    }
    char *dir = r->words[1];
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        dir[--n] = 0;
    const char *image = r->value[OPTION_ALONE] ? NULL : cli_image_path(r->value[OPTION_IMAGE]);
    size_t faults = 0;
    isnad_error err = {0};
    isnad_status status = isnad_lexicon_check(dir, image, tell_fault, dir, &faults, &err);
    if (status != ISNAD_OK) {
        fprintf(stderr, "isnad: %s\n", err.message);
        return EXIT_FAILED;
    }
    if (faults == 0)
        printf("%s: no faults\n", dir);
    else
        fprintf(stderr, "isnad: %zu fault%s in '%s'\n", faults, faults == 1 ? "" : "s", dir);
    return faults ? EXIT_NOTHING : EXIT_FOUND;
}

static int act(const request *r)
{
    if (r->value[OPTION_HELP]) {
        cli_help_command(stdout, r->command);
        return EXIT_FOUND;
    }
    switch (r->command) {
    case COMMAND_CODE:
    case COMMAND_EXPLAIN:
        return cli_run(r);
    case COMMAND_LEXICON:
        return check_lexicon(r);
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
