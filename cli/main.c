/* main.c - the program `isnad`: over the public interface only. (a first form) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isnad.h"

static isnad_status put(void *user, const char *record, size_t n)
{
    FILE *out = user;
    if (fwrite(record, 1, n, out) != n || fputc('\n', out) == EOF)
        return ISNAD_E_IO;
    return ISNAD_OK;
}

static void fault(void *user, const isnad_error *e)
{
    (void)user;
    fprintf(stderr, "isnad: %s\n", e->message);
}

int main(int argc, char **argv)
{
    isnad_run_options run = {.user = stdout, .record = put, .fault = fault, .jobs = 1};
    const char **inputs = calloc((size_t)argc, sizeof *inputs);
    isnad_engine_options options = {.image = getenv("ISNAD_IMAGE")};
    run.inputs = inputs;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--metadata") == 0 && i + 1 < argc)
            run.metadata = argv[++i];
        else if (strcmp(argv[i], "--published") == 0 && i + 1 < argc)
            run.published = argv[++i];
        else if (strcmp(argv[i], "--jobs") == 0 && i + 1 < argc)
            run.jobs = (unsigned)atoi(argv[++i]);
        else
            inputs[run.n_inputs++] = argv[i];
    }
    run.explain = argc > 1 && strcmp(argv[1], "explain") == 0;
    isnad_engine *engine;
    isnad_error err = {0};
    if (isnad_engine_open(&engine, &options, &err) != ISNAD_OK ||
        isnad_run(engine, &run, NULL, &err) != ISNAD_OK) {
        fprintf(stderr, "isnad: %s\n", err.message);
        return 2;
    }
    isnad_engine_free(engine);
    free(inputs);
    return 0;
}
