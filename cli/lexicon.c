#include "lexicon.h"

#include <stdio.h>
#include <string.h>

#include "image.h"
#include "isnad.h"
#include "sentences.h"

static void tell_fault(void *user, const isnad_error *fault)
{
    const char *dir = user;
    printf("%s/%s:%llu: %s\n", dir, fault->file, (unsigned long long)fault->line, fault->message);
}

static int failed(const isnad_error *err)
{
    if (err->file[0] && err->line)
        fprintf(stderr, "isnad: %s:%llu: %s\n", err->file, (unsigned long long)err->line, err->message);
    else
        fprintf(stderr, "isnad: %s\n", err->message);
    return EXIT_FAILED;
}

/* 0 without faults, 1 with, 2 where the check itself failed. */
static int check(const request *r, char *dir)
{
    const char *image = r->value[OPTION_ALONE] ? NULL : cli_image_path(r->value[OPTION_IMAGE]);
    size_t faults = 0;
    isnad_error err = {0};
    if (isnad_lexicon_check(dir, image, tell_fault, dir, &faults, &err) != ISNAD_OK)
        return failed(&err);
    if (faults == 0)
        printf("%s: no faults\n", dir);
    else
        fprintf(stderr, "isnad: %zu fault%s in '%s'\n", faults, faults == 1 ? "" : "s", dir);
    return faults ? EXIT_NOTHING : EXIT_FOUND;
}

static int compile(const request *r, const char *dir)
{
    const char *out = r->value[OPTION_OUTPUT];
    isnad_error err = {0};
    if (!out) {
        fprintf(stderr, "isnad: say where to write the image: `isnad lexicon compile %s --output FILE`\n", dir);
        return EXIT_FAILED;
    }
    return isnad_lexicon_compile(dir, out, &err) == ISNAD_OK ? EXIT_FOUND : failed(&err);
}

int cli_lexicon(const request *r)
{
    const char *what = r->n_words == 2 ? r->words[0] : "";
    bool checks = strcmp(what, "check") == 0, tests = strcmp(what, "test") == 0;
    if (!checks && !tests && strcmp(what, "compile") != 0) {
        fprintf(stderr, "isnad: say `isnad lexicon check DIR`, `isnad lexicon test DIR` or `isnad lexicon compile DIR --output FILE`; see `isnad help lexicon`\n");
        return EXIT_FAILED;
    }
    char *dir = r->words[1];
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        dir[--n] = 0;
    if ((checks || tests) && r->value[OPTION_OUTPUT]) {
        fprintf(stderr, "isnad: `isnad lexicon %s` writes no file; leave --output out\n", what);
        return EXIT_FAILED;
    }
    if (tests)
        return cli_sentences(r, dir);
    return checks ? check(r, dir) : compile(r, dir);
}
