#include "serve.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "image.h"
#include "isnad.h"
#include "run.h"
#include "server/server.h"

#define DEFAULT_PORT 8080
#define TOKEN_BYTES 24
#define TOKEN_ROOM 512
#define MOST_JOBS 256
#define REDRAW 0.2

/* What the callbacks share; they come from several threads. */
typedef struct serving {
    FILE *log;
    bool progress; /* is shown */
    pthread_mutex_t lock;
    double shown;
    bool drawn;
} serving;

/* --- callbacks ------------------------------------------------------------------------------------- */

static void take_access(void *user, const char *line)
{
    serving *s = user;
    fprintf(s->log, "%s\n", line);
}

static void clear_line(serving *s)
{
    if (s->drawn)
        fputs("\r\033[K", stderr);
    s->drawn = false;
}

static void take_note(void *user, const char *message)
{
    serving *s = user;
    pthread_mutex_lock(&s->lock);
    clear_line(s);
    fprintf(stderr, "isnad: %s\n", message);
    pthread_mutex_unlock(&s->lock);
}

static void take_watched(void *user, const isn_watch_state *w)
{
    serving *s = user;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    double now = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
    pthread_mutex_lock(&s->lock);
    if (now - s->shown >= REDRAW || w->waiting == 0) {
        fprintf(stderr, "\r\033[K%llu files, %llu waiting, %llu articles coded, %llu added, %llu faults%s", (unsigned long long)w->files,
                (unsigned long long)w->waiting, (unsigned long long)w->coded, (unsigned long long)w->added, (unsigned long long)w->faults,
                w->stories ? ", making stories" : "");
        fflush(stderr);
        s->shown = now;
        s->drawn = true;
    }
    pthread_mutex_unlock(&s->lock);
}

/* --- options --------------------------------------------------------------------------------------- */

static bool read_number(long *out, const request *r, option_id option, long none, long least, long most)
{
    const char *value = r->value[option];
    char *end;
    *out = value ? strtol(value, &end, 10) : none;
    if (!value || (end != value && !*end && *out >= least && *out <= most))
        return true;
    fprintf(stderr, "isnad: --%s can't be '%s'; it is a number from %ld to %ld\n", cli_options[option].name, value, least, most);
    return false;
}

/* The first line of the file. */
static bool read_token(char token[TOKEN_ROOM], const char *name)
{
    FILE *file = fopen(name, "r");
    bool good = file && fgets(token, TOKEN_ROOM, file);
    if (!good)
        fprintf(stderr, "isnad: cannot read a token from '%s': %s\n", name, file ? "it is empty" : strerror(errno));
    else
        token[strcspn(token, "\r\n")] = 0;
    if (file)
        fclose(file);
    return good;
}

static bool make_token(char token[TOKEN_ROOM])
{
    unsigned char bytes[TOKEN_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
        fprintf(stderr, "isnad: no token could be made: %s; write one into a file and name it with --token-file\n", strerror(errno));
        return false;
    }
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static bool set_token(isn_server_options *o, char token[TOKEN_ROOM], const request *r)
{
    const char *file = r->value[OPTION_TOKEN];
    if (!file && isn_server_is_loopback(o->address))
        return true;
    o->token = token;
    return file ? read_token(token, file) : make_token(token);
}

static bool open_log(serving *s, isn_server_options *o, const char *name)
{
    if (!name)
        return true;
    s->log = fopen(name, "a");
    if (!s->log) {
        fprintf(stderr, "isnad: cannot write '%s': %s\n", name, strerror(errno));
        return false;
    }
    setvbuf(s->log, NULL, _IOLBF, BUFSIZ);
    o->access = take_access;
    return true;
}

static bool set_options(isn_server_options *o, serving *s, char token[TOKEN_ROOM], const request *r)
{
    long port, jobs;
    if (r->n_words) {
        fprintf(stderr, "isnad: `isnad serve` takes no '%s'; see `isnad help serve`\n", r->words[0]);
        return false;
    }
    if (!r->value[OPTION_DB]) {
        fprintf(stderr, "isnad: which database? name it with --db FILE\n");
        return false;
    }
    if (!read_number(&port, r, OPTION_PORT, DEFAULT_PORT, 0, 65535) || !read_number(&jobs, r, OPTION_JOBS, 1, 1, MOST_JOBS))
        return false;
    const char *web = r->value[OPTION_WEB] ? r->value[OPTION_WEB] : cli_web_path();
    *o = (isn_server_options){.database = r->value[OPTION_DB], .address = r->value[OPTION_LISTEN], .port = (uint16_t)port,
                              .hosts = r->value[OPTION_HOST], .web = web, .watch = r->value[OPTION_WATCH], .jobs = (unsigned)jobs,
                              .user = s, .note = take_note};
    s->progress = o->watch && !r->value[OPTION_QUIET] && isatty(STDERR_FILENO);
    if (s->progress)
        o->watched = take_watched;
    return set_token(o, token, r) && open_log(s, o, r->value[OPTION_LOG]);
}

/* --- the command -------------------------------------------------------------------------------------- */

static void tell_address(const isn_server_options *o, uint16_t port)
{
    const char *address = o->address ? o->address : "127.0.0.1";
    bool six = strchr(address, ':') != NULL;
    fprintf(stderr, "isnad: http://%s%s%s:%u/%s%s", six ? "[" : "", address, six ? "]" : "", port, o->token ? "?token=" : "",
            o->token ? o->token : "");
    fprintf(stderr, "%s; Ctrl-C ends it\n", o->web ? "" : " (the API only: the pages' files were not found, name them with --web)");
    fflush(stderr);
}

/* Waits for a signal that ends the program; a second one ends it at once. */
static void wait_for_end(const sigset_t *ends)
{
    int number;
    while (sigwait(ends, &number) != 0)
        continue;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, ends, NULL);
}

static int serve(const request *r, const isn_server_options *options, serving *s)
{
    isnad_error err = {0};
    isn_server *server = NULL;
    sigset_t ends;
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], r->value[OPTION_LEXICON]);
    if (!engine)
        return EXIT_FAILED;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before there are threads: they inherit it */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    isnad_status status = isn_server_start(&server, engine, options, &err);
    if (status == ISNAD_OK) {
        pthread_mutex_lock(&s->lock);
        clear_line(s);
        tell_address(options, isn_server_port(server));
        pthread_mutex_unlock(&s->lock);
        wait_for_end(&ends);
        isn_server_stop(server);
        clear_line(s);
        fprintf(stderr, "isnad: ended\n");
    } else {
        cli_tell_error(&err);
    }
    isnad_engine_free(engine);
    return status == ISNAD_OK ? EXIT_FOUND : EXIT_FAILED;
}

int cli_serve(const request *r)
{
    serving s = {.log = NULL};
    isn_server_options options;
    char token[TOKEN_ROOM];
    pthread_mutex_init(&s.lock, NULL);
    int code = set_options(&options, &s, token, r) ? serve(r, &options, &s) : EXIT_FAILED;
    if (s.log)
        fclose(s.log);
    pthread_mutex_destroy(&s.lock);
    return code;
}
