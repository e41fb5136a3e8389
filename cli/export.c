/* export.c - records in the formats of other tools. */
#include "export.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "isnad.h"
#include "run.h"
#include "store.h"

typedef struct export_job {
    FILE *out;
    isnad_export *export_;
    uint64_t records, faults;
    int write_error; /* errno of the write that failed */
    bool told;       /* why it failed was told already */
} export_job;

static isnad_status on_bytes(void *user, const char *bytes, size_t n)
{
    export_job *job = user;
    if (fwrite(bytes, 1, n, job->out) == n)
        return ISNAD_OK;
    job->write_error = errno;
    return ISNAD_E_IO;
}

/* One line of records; a line that is none is told and passed over. */
static isnad_status add_line(export_job *job, const char *name, uint64_t number, const char *line, size_t n)
{
    isnad_error err = {0};
    while (n && (line[n - 1] == '\n' || line[n - 1] == '\r'))
        n--;
    if (n == 0)
        return ISNAD_OK;
    isnad_status status = isnad_export_add(job->export_, line, n, &err);
    job->records += status == ISNAD_OK;
    if (status != ISNAD_E_FORMAT && status != ISNAD_E_LIMIT)
        return status;
    job->faults++;
    fprintf(stderr, "isnad: %s:%llu: %s\n", name, (unsigned long long)number, err.message);
    return ISNAD_OK;
}

static isnad_status add_file(export_job *job, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *in = standard ? stdin : fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    uint64_t number = 0;
    isnad_status status = ISNAD_OK;
    if (!in) {
        fprintf(stderr, "isnad: cannot read '%s': %s\n", path, strerror(errno));
        job->faults++;
        return ISNAD_OK;
    }
    while (status == ISNAD_OK && (n = getline(&line, &room, in)) >= 0)
        status = add_line(job, path, ++number, line, (size_t)n);
    if (ferror(in)) {
        fprintf(stderr, "isnad: cannot read '%s': %s\n", path, strerror(errno));
        job->faults++;
    }
    free(line);
    if (!standard)
        fclose(in);
    return status;
}

/* A record of the database. */
static isnad_status on_record(void *user, const char *record, size_t n)
{
    export_job *job = user;
    isnad_status status = isnad_export_add(job->export_, record, n, NULL);
    job->records += status == ISNAD_OK;
    return status;
}

static isnad_status add_database(export_job *job, const request *r, isnad_engine *engine)
{
    isnad_error err = {0};
    isnad_store *store = cli_store_open(r, engine, false);
    if (!store) {
        job->told = true;
        return ISNAD_E_IO;
    }
    isnad_status status = isnad_store_records(store, on_record, job, &err);
    if (status != ISNAD_OK && err.message[0])
        cli_tell_error(&err);
    job->told = status != ISNAD_OK && err.message[0];
    isnad_store_close(store);
    return status;
}

static isnad_status export_all(export_job *job, const request *r, isnad_engine *engine)
{
    isnad_error err = {0};
    size_t left_out = 0;
    isnad_status status = ISNAD_OK;
    if (r->value[OPTION_DB])
        status = add_database(job, r, engine);
    for (size_t i = 1; i < r->n_words && status == ISNAD_OK; i++)
        status = add_file(job, r->words[i]);
    if (status == ISNAD_OK)
        status = isnad_export_end(job->export_, &left_out, &err);
    if (status == ISNAD_OK && fflush(job->out) != 0) {
        job->write_error = errno;
        status = ISNAD_E_IO;
    }
    if (left_out)
        fprintf(stderr, "isnad: the network is too large: %zu actors and pairs were left out\n", left_out);
    if (status != ISNAD_OK && job->write_error)
        fprintf(stderr, "isnad: cannot write: %s\n", strerror(job->write_error));
    else if (status != ISNAD_OK && !job->told)
        fprintf(stderr, "isnad: %s\n", err.message[0] ? err.message : isnad_status_text(status));
    return status;
}

int cli_export(const request *r)
{
    isnad_error err = {0};
    isnad_engine *engine = NULL;
    export_job job = {.out = stdout};
    if (r->n_words < (r->value[OPTION_DB] ? 1u : 2u)) {
        fprintf(stderr, "isnad: say a format, and files of records or --db, as in `isnad export polecat records.jsonl` "
                        "(`isnad help export` lists the formats)\n");
        return EXIT_FAILED;
    }
    isnad_engine_options options = {.image = cli_image_path(r->value[OPTION_IMAGE]), .lexicon = r->value[OPTION_LEXICON]};
    isnad_status status = isnad_engine_open(&engine, &options, &err);
    if (status == ISNAD_OK)
        status = isnad_export_open(&job.export_, engine, r->words[0], on_bytes, &job, &err);
    if (status != ISNAD_OK) {
        cli_tell_error(&err);
        isnad_engine_free(engine);
        return EXIT_FAILED;
    }
    const char *path = r->value[OPTION_OUTPUT];
    if (path && !(job.out = fopen(path, "w"))) {
        fprintf(stderr, "isnad: cannot write '%s': %s\n", path, strerror(errno));
        status = ISNAD_E_IO;
    }
    if (status == ISNAD_OK)
        status = export_all(&job, r, engine);
    if (path && job.out && fclose(job.out) != 0 && status == ISNAD_OK) {
        fprintf(stderr, "isnad: cannot write '%s': %s\n", path, strerror(errno));
        status = ISNAD_E_IO;
    }
    isnad_export_free(job.export_);
    isnad_engine_free(engine);
    return status != ISNAD_OK || job.faults ? EXIT_FAILED : job.records ? EXIT_FOUND : EXIT_NOTHING;
}
