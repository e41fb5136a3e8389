#include "fetch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isnad.h"
#include "run.h"

#define DEFAULT_PAUSE 2.0
#define LONGEST_PAUSE 3600.0

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    interrupted = 1;
    signal(number, SIG_DFL);
}

static void tell(void *user, const isnad_error *fault)
{
    (void)user;
    fprintf(stderr, "isnad: %s\n", fault->message);
}

static int is_over(void *user, const isnad_fetched *so_far)
{
    (void)user, (void)so_far;
    return interrupted;
}

static bool set_pause(double *pause, const char *value)
{
    char *end;
    *pause = value ? strtod(value, &end) : DEFAULT_PAUSE;
    if (!value || (end != value && *end == 0 && *pause >= 0.0 && *pause <= LONGEST_PAUSE))
        return true;
    fprintf(stderr, "isnad: --pause can't be '%s'; it is a number of seconds up to %.0f\n", value, LONGEST_PAUSE);
    return false;
}

/* What was got goes into the database, as `isnad add` would do it. */
static int add(const request *r, const isnad_fetched *done)
{
    char *words[] = {(char *)(uintptr_t)done->archive};
    request more = *r;
    more.command = COMMAND_ADD;
    more.words = words;
    more.n_words = 1;
    more.value[OPTION_FORMAT] = "warc";
    return cli_run(&more);
}

int cli_fetch(const request *r)
{
    isnad_fetched done = {0};
    isnad_error err = {0};
    isnad_fetch_options options = {.state = r->value[OPTION_STATE], .archive = r->value[OPTION_WARC], .contact = r->value[OPTION_CONTACT],
                                   .allow_private = r->value[OPTION_PRIVATE] != NULL, .fault = tell, .progress = is_over};
    if (r->n_words != 1 || !options.state) {
        fprintf(stderr, "isnad: say `isnad fetch --state DIR SOURCES.tsv`; see `isnad help fetch`\n");
        return EXIT_FAILED;
    }
    options.sources = r->words[0];
    if (!set_pause(&options.pause, r->value[OPTION_PAUSE]))
        return EXIT_FAILED;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    isnad_status status = isnad_fetch(&options, &done, &err);
    if (status != ISNAD_OK && status != ISNAD_E_STOPPED) {
        fprintf(stderr, "isnad: %s%s%s\n", err.file[0] && !strstr(err.message, err.file) ? err.file : "",
                err.file[0] && !strstr(err.message, err.file) ? ": " : "", err.message);
        return EXIT_FAILED;
    }
    printf("%llu sources read, %llu unchanged; %llu new pages named, %llu got, %llu refused by robots.txt; %llu faults; kept in %s\n",
           (unsigned long long)done.sources, (unsigned long long)done.unchanged, (unsigned long long)done.found, (unsigned long long)done.pages,
           (unsigned long long)done.refused, (unsigned long long)done.faults, done.archive);
    fflush(stdout);
    if (status == ISNAD_E_STOPPED) {
        fprintf(stderr, "isnad: stopped; the same command goes on\n");
        return EXIT_STOPPED;
    }
    if (r->value[OPTION_DB] && done.pages) {
        int code = add(r, &done);
        return code == EXIT_FOUND && done.faults ? EXIT_FAILED : code;
    }
    return done.faults ? EXIT_FAILED : done.pages ? EXIT_FOUND : EXIT_NOTHING;
}
