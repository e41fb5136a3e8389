#include "run.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "isnad.h"
#include "pipe.h"
#include "progress.h"
#include "store.h"
#include "view.h"

#define MOST_JOBS 256

/* What the callbacks of a run share. */
typedef struct job {
    const request *request;
    FILE *out;
    const char *out_name;
    view view;
    cli_progress progress;
    isnad_store *store; /* where the articles are kept, or NULL */
    uint64_t records, faults;
    int write_error; /* errno of the write that failed */
} job;

static volatile sig_atomic_t interrupted;

/* The first Ctrl-C ends the run after the article at hand; the second ends the program at once. */
static void on_interrupt(int number)
{
    static const char note[] = "\nisnad: stopping after the article at hand; Ctrl-C again ends at once\n";
    interrupted = 1;
    signal(number, SIG_DFL);
    if (write(STDERR_FILENO, note, sizeof note - 1) < 0)
        return;
}

void cli_tell_error(const isnad_error *err)
{
    fputs("isnad: ", stderr);
    if (err->file[0] && err->line)
        fprintf(stderr, "%s:%llu: ", err->file, (unsigned long long)err->line);
    else if (err->file[0] && !strstr(err->message, err->file))
        fprintf(stderr, "'%s': ", err->file);
    fprintf(stderr, "%s\n", err->message);
}

/* --- options ------------------------------------------------------------------------------------- */

static bool set_jobs(isnad_run_options *o, const char *value)
{
    o->jobs = 1;
    if (!value)
        return true;
    char *end;
    long n = strtol(value, &end, 10);
    if (end == value || *end || n < 1 || n > MOST_JOBS) {
        fprintf(stderr, "isnad: --jobs can't be '%s'; it is a number from 1 to %d\n", value, MOST_JOBS);
        return false;
    }
    o->jobs = (unsigned)n;
    return true;
}

/* yyyy-mm-dd, with a time after it or not. */
static bool set_published(isnad_run_options *o, const char *value)
{
    static const char shape[] = "dddd-dd-dd";
    o->published = value;
    for (size_t i = 0; value && i < sizeof shape - 1; i++) {
        if (shape[i] == 'd' ? !isdigit((unsigned char)value[i]) : value[i] != shape[i]) {
            fprintf(stderr, "isnad: --published can't be '%s'; it is a day as in 2021-04-17\n", value);
            return false;
        }
    }
    return true;
}

/* name=field,...: the list is cut in place, its parts live as long as it does. */
static bool set_fields(isnad_run_options *o, char *list)
{
    const struct {
        const char *name;
        const char **field;
    } fields[] = {{"id", &o->field_id}, {"url", &o->field_url}, {"outlet", &o->field_outlet},
                  {"published", &o->field_published}, {"title", &o->field_title}, {"text", &o->field_text}};
    char *rest = NULL;
    for (char *part = strtok_r(list, ",", &rest); part; part = strtok_r(NULL, ",", &rest)) {
        char *equals = strchr(part, '=');
        bool known = false;
        for (size_t i = 0; equals && equals[1] && i < sizeof fields / sizeof *fields; i++) {
            size_t n = strlen(fields[i].name);
            if ((size_t)(equals - part) == n && strncmp(part, fields[i].name, n) == 0) {
                *fields[i].field = equals + 1;
                known = true;
            }
        }
        if (!known) {
            fprintf(stderr, "isnad: --fields can't hold '%s'; its parts are id=NAME, url=NAME, outlet=NAME, "
                            "published=NAME, title=NAME, text=NAME\n", part);
            return false;
        }
    }
    return true;
}

static isnad_kind kind_of(const char *format)
{
    static const struct {
        const char *name;
        isnad_kind kind;
    } kinds[] = {{"text", ISNAD_KIND_TEXT}, {"html", ISNAD_KIND_HTML}, {"jsonl", ISNAD_KIND_JSON},
                 {"feed", ISNAD_KIND_FEED}, {"warc", ISNAD_KIND_WARC}};
    for (size_t i = 0; format && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(format, kinds[i].name) == 0)
            return kinds[i].kind;
    return ISNAD_KIND_GUESS;
}

static isnad_favor favor_of(const char *value)
{
    if (!value || strcmp(value, "both") == 0)
        return ISNAD_FAVOR_BOTH;
    return strcmp(value, "recall") == 0 ? ISNAD_FAVOR_RECALL : ISNAD_FAVOR_PRECISION;
}

bool cli_read_options(isnad_run_options *o, const request *r, char *fields)
{
    o->kind = kind_of(r->value[OPTION_FORMAT]);
    o->charset = r->value[OPTION_CHARSET];
    o->favor = favor_of(r->value[OPTION_FAVOR]);
    o->outlet = r->value[OPTION_OUTLET];
    o->metadata = r->value[OPTION_METADATA];
    return set_published(o, r->value[OPTION_PUBLISHED]) && (!fields || set_fields(o, fields));
}

static bool set_options(isnad_run_options *o, const request *r, char *fields)
{
    if (r->value[OPTION_RECORDS]) {
        if (r->n_words) {
            fprintf(stderr, "isnad: --records takes the place of articles; name either\n");
            return false;
        }
        o->inputs = &r->value[OPTION_RECORDS];
        o->n_inputs = 1;
        o->records = 1;
        o->kind = ISNAD_KIND_JSON;
        return set_jobs(o, r->value[OPTION_JOBS]);
    }
    if (r->value[OPTION_KEY] || r->value[OPTION_ESCAPED]) {
        fprintf(stderr, "isnad: --key and --escaped belong to --pipe; add it\n");
        return false;
    }
    if (r->n_words == 0) {
        fprintf(stderr, "isnad: nothing to read; name files or folders, or - for standard input (`isnad help %s`)\n",
                cli_commands[r->command].name);
        return false;
    }
    if (r->value[OPTION_BRIEF] && r->value[OPTION_TABLE]) {
        fprintf(stderr, "isnad: --brief and --table exclude each other; choose one\n");
        return false;
    }
    o->inputs = (const char *const *)r->words;
    o->n_inputs = r->n_words;
    o->explain = r->command == COMMAND_EXPLAIN;
    o->rule = r->value[OPTION_RULE];
    const char *line = o->rule ? strrchr(o->rule, ':') : NULL;
    if (o->rule && (!line || !line[1] || line[1 + strspn(line + 1, "0123456789")])) {
        fprintf(stderr, "isnad: --rule can't be '%s'; it is a file of the lexicon and a line, as in frames-conflict.tsv:120\n", o->rule);
        return false;
    }
    return set_jobs(o, r->value[OPTION_JOBS]) && cli_read_options(o, r, fields);
}

/* --- callbacks ----------------------------------------------------------------------------------- */

static isnad_status take_record(void *user, const char *record, size_t n)
{
    job *j = user;
    const request *r = j->request;
    errno = 0;
    if (r->value[OPTION_RULE] && n == 0)
        return interrupted ? ISNAD_E_STOPPED : ISNAD_OK;
    if (r->command == COMMAND_EXPLAIN)
        cli_view_explain(&j->view, record, n);
    else if (r->value[OPTION_BRIEF])
        cli_view_brief(&j->view, record, n);
    else if (r->value[OPTION_TABLE])
        cli_view_table(&j->view, record, n);
    else if (fwrite(record, 1, n, j->out) == n)
        fputc('\n', j->out);
    if (ferror(j->out)) {
        j->write_error = errno;
        return ISNAD_E_IO;
    }
    j->records++;
    j->progress.articles = j->records;
    cli_progress_show(&j->progress);
    return interrupted ? ISNAD_E_STOPPED : ISNAD_OK;
}

static void take_fault(void *user, const isnad_error *fault)
{
    job *j = user;
    cli_progress_clear(&j->progress);
    j->faults++;
    cli_tell_error(fault);
}

static int take_progress(void *user, const isnad_progress *progress)
{
    job *j = user;
    j->progress.bytes = progress->bytes;
    j->progress.articles = progress->articles;
    cli_progress_show(&j->progress);
    return interrupted;
}

/* --- the run ------------------------------------------------------------------------------------- */

static void tell_write_error(const job *j)
{
    if (j->write_error == EPIPE)
        fprintf(stderr, "isnad: %s was closed by its reader after %llu records\n", j->out_name,
                (unsigned long long)j->records);
    else
        fprintf(stderr, "isnad: cannot write %s: %s; make room or name another place with --output\n", j->out_name,
                strerror(j->write_error ? j->write_error : EIO));
}

/* Flushes and closes the output; false with a message where bytes were lost. */
static bool close_output(job *j)
{
    errno = 0;
    bool good = fflush(j->out) == 0;
    int flush_error = errno;
    if (j->out != stdout)
        good = fclose(j->out) == 0 && good;
    if (!good && !j->write_error) {
        j->write_error = flush_error ? flush_error : errno;
        tell_write_error(j);
    }
    return good && !j->write_error;
}

/* What was passed over is told on a terminal, and where it was all that there was. */
static void tell_passed_over(const job *j, const isnad_progress *done)
{
    if (!j->progress.on && j->records)
        return;
    if (done->repeated)
        fprintf(stderr, "isnad: %llu feed items had been read before and were left out\n", (unsigned long long)done->repeated);
    if (done->skipped)
        fprintf(stderr, "isnad: %llu records of archives hold no page (requests, pictures, revisits, feeds ...)\n",
                (unsigned long long)done->skipped);
}

static int exit_of(job *j, isnad_status status, const isnad_progress *done, const isnad_error *err)
{
    cli_progress_clear(&j->progress);
    if (j->write_error)
        tell_write_error(j);
    else if (status == ISNAD_E_STOPPED)
        fprintf(stderr, j->store ? "isnad: stopped; what was added is safe\n" : "isnad: stopped; %llu records are whole\n",
                (unsigned long long)j->records);
    else if (status != ISNAD_OK)
        cli_tell_error(err);
    if (j->store)
        cli_store_summary(j->store);
    bool written = close_output(j);
    if (status == ISNAD_E_STOPPED)
        return EXIT_STOPPED;
    if (status != ISNAD_OK || !written || j->faults)
        return EXIT_FAILED;
    tell_passed_over(j, done);
    if (j->records == 0) {
        const char *rule = j->request->value[OPTION_RULE];
        if (rule)
            fprintf(stderr, "isnad: '%s' finds nothing in what was named\n", rule);
        else
            fprintf(stderr, "isnad: no article was found in what was named\n");
        return EXIT_NOTHING;
    }
    return EXIT_FOUND;
}

/* Puts what was added into stories. */
static int renew_stories(job *j, unsigned jobs)
{
    isnad_error err = {0};
    isnad_stories_made made = {0};
    if (isnad_store_make_stories(j->store, jobs, 0, &made, &err) != ISNAD_OK) {
        cli_tell_error(&err);
        return EXIT_FAILED;
    }
    fprintf(stderr, "isnad: %llu stories, %llu of them new or changed\n", (unsigned long long)made.stories,
            (unsigned long long)made.changed);
    return EXIT_FOUND;
}

static bool open_output(job *j, const char *name)
{
    j->out = stdout;
    j->out_name = "standard output";
    if (!name || strcmp(name, "-") == 0)
        return true;
    j->out = fopen(name, "w");
    j->out_name = name;
    if (!j->out)
        fprintf(stderr, "isnad: cannot write '%s': %s\n", name, strerror(errno));
    return j->out != NULL;
}

static int run(const request *r, isnad_run_options *options)
{
    if (r->value[OPTION_PIPE])
        return cli_pipe(r, options);
    job j = {.request = r};
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], r->value[OPTION_LEXICON]);
    if (!engine)
        return EXIT_FAILED;
    bool ready = r->command == COMMAND_ADD ? (j.store = cli_store_open(r, engine, true)) != NULL
                                           : open_output(&j, r->value[OPTION_OUTPUT]);
    if (!ready) {
        isnad_engine_free(engine);
        return EXIT_FAILED;
    }
    options->store = j.store;
    if (j.store)
        j.out = stdout;
    cli_view_init(&j.view, j.out, r->value[OPTION_COLOR]);
    cli_progress_init(&j.progress, !r->value[OPTION_QUIET], r->words, r->n_words);
    options->user = &j;
    options->record = take_record;
    options->fault = take_fault;
    options->progress = take_progress;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told as an error of writing */
    isnad_error err = {0};
    isnad_progress done = {0};
    isnad_status status = isnad_run(engine, options, &done, &err);
    if (j.store)
        j.records = done.articles;
    int code = exit_of(&j, status, &done, &err);
    if (j.store && code != EXIT_STOPPED && r->value[OPTION_STORIES] && renew_stories(&j, options->jobs) == EXIT_FAILED)
        code = EXIT_FAILED;
    isnad_store_close(j.store);
    isnad_engine_free(engine);
    return code;
}

int cli_run(const request *r)
{
    isnad_run_options options = {0};
    const char *list = r->value[OPTION_FIELDS];
    char *fields = list ? strdup(list) : NULL;
    if (list && !fields) {
        fprintf(stderr, "isnad: out of memory\n");
        return EXIT_FAILED;
    }
    bool good = r->value[OPTION_PIPE] ? cli_read_options(&options, r, fields) : set_options(&options, r, fields);
    int code = good ? run(r, &options) : EXIT_FAILED;
    free(fields);
    return code;
}
