#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "progress.h"
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
    fprintf(fault->status == ISNAD_OK ? stderr : stdout, "%s: %s\n", fault->file, fault->message);
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

static int show_progress(void *user, uint64_t done, uint64_t all)
{
    cli_progress *p = user;
    (void)all;
    p->articles = done;
    cli_progress_show(p);
    return 0;
}

int cli_reindex(const request *r)
{
    if (r->n_words) {
        fprintf(stderr, "isnad: `isnad reindex` takes no files but the database; see `isnad help reindex`\n");
        return EXIT_FAILED;
    }
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], r->value[OPTION_LEXICON]);
    isnad_store *store = NULL;
    isnad_error err = {0};
    uint64_t articles = 0;
    cli_progress progress;
    const char *file = r->value[OPTION_DB];
    cli_progress_init(&progress, !r->value[OPTION_QUIET], NULL, 0);
    /* a database that isn't there isn't made */
    if (engine && file && access(file, F_OK) != 0)
        fprintf(stderr, "isnad: cannot open '%s': %s\n", file, strerror(errno));
    else
        store = engine ? cli_store_open(r, engine, true) : NULL;
    isnad_status status = store ? isnad_store_reindex(store, show_progress, &progress, &articles, &err) : ISNAD_E_IO;
    cli_progress_clear(&progress);
    if (store && status != ISNAD_OK)
        cli_tell_error(&err);
    else if (store)
        fprintf(stderr, "isnad: %llu article%s indexed anew\n", (unsigned long long)articles, articles == 1 ? "" : "s");
    isnad_store_close(store);
    isnad_engine_free(engine);
    return status == ISNAD_OK ? EXIT_FOUND : EXIT_FAILED;
}
