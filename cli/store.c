#include "store.h"

#include <stdio.h>

#include "image.h"
#include "run.h"

isnad_store *cli_store_open(const request *r, isnad_engine *engine, bool write)
{
    const char *file = r->value[OPTION_DB];
    isnad_store *store = NULL;
    isnad_error err = {0};
    if (!file)
        fprintf(stderr, "isnad: which database? name it with --db FILE\n");
    else if (isnad_store_open(&store, engine, file, write ? ISNAD_STORE_WRITE : 0, &err) != ISNAD_OK)
        cli_tell_error(&err);
    return store;
}

void cli_store_summary(const isnad_store *store)
{
    isnad_store_totals t;
    isnad_store_count(store, &t);
    fprintf(stderr, "isnad: %llu article%s added, %llu changed, %llu unchanged\n", (unsigned long long)t.added,
            t.added == 1 ? "" : "s", (unsigned long long)t.changed, (unsigned long long)t.unchanged);
}

static void tell_fault(void *user, const isnad_error *fault)
{
    (void)user;
    printf("%s: %s\n", fault->file, fault->message);
}

int cli_check(const request *r)
{
    if (r->n_words) {
        fprintf(stderr, "isnad: `isnad check` takes no files but the database; see `isnad help check`\n");
        return EXIT_FAILED;
    }
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], NULL);
    isnad_store *store = engine ? cli_store_open(r, engine, false) : NULL;
    size_t faults = 0;
    isnad_error err = {0};
    int code = EXIT_FAILED;
    if (store) {
        if (isnad_store_check(store, tell_fault, NULL, &faults, &err) != ISNAD_OK)
            cli_tell_error(&err);
        else
            code = faults ? EXIT_NOTHING : EXIT_FOUND;
    }
    if (code == EXIT_FOUND)
        printf("%s: good\n", r->value[OPTION_DB]);
    else if (code == EXIT_NOTHING)
        fprintf(stderr, "isnad: %zu fault%s in '%s'\n", faults, faults == 1 ? "" : "s", r->value[OPTION_DB]);
    isnad_store_close(store);
    isnad_engine_free(engine);
    return code;
}
