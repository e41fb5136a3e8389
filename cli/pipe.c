#include "pipe.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "run.h"

#define CHUNK ((size_t)64 << 10)

/* The lines of standard input in bounded memory. */
typedef struct lines {
    char *p;
    size_t n, at, searched, room;
    bool end;      /* the input has no more */
    bool too_long; /* the line at hand is past the ceiling and is being read past */
    bool failed;
} lines;

typedef struct pipe_run {
    lines in;
    isnad_worker *worker;
    isnad_input input; /* what holds for all lines */
    bool keyed, escaped;
    char *plain; /* a line with its escapes taken out */
    size_t plain_room;
    unsigned long long number; /* of the line at hand, from 1 */
} pipe_run;

/* --- lines ---------------------------------------------------------------------------------------- */

/* Reads a chunk more behind what is there. What was answered is written out before: nobody waits for a line that is done. */
static void more(lines *in)
{
    if (fflush(stdout) != 0) {
        in->failed = true;
        return;
    }
    memmove(in->p, in->p + in->at, in->n - in->at);
    in->n -= in->at;
    in->at = 0;
    if (in->room - in->n < CHUNK) {
        size_t room = in->room * 2;
        char *p = realloc(in->p, room);
        if (!p) {
            fprintf(stderr, "isnad: out of memory\n");
            in->failed = true;
            return;
        }
        in->p = p;
        in->room = room;
    }
    ssize_t got;
    do
        got = read(STDIN_FILENO, in->p + in->n, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fprintf(stderr, "isnad: cannot read standard input: %s\n", strerror(errno));
    in->failed = got < 0;
    in->end = got == 0;
    in->n += got > 0 ? (size_t)got : 0;
}

/* The next line without its end, good until the next call; *too_long where it was read past. False at the end of the input. */
static bool next_line(lines *in, const char **line, size_t *n, bool *too_long)
{
    in->searched = 0;
    in->too_long = false;
    for (;;) {
        const char *begin = in->p + in->at, *from = begin + in->searched;
        const char *feed = memchr(from, '\n', in->n - in->at - in->searched);
        size_t length = feed ? (size_t)(feed - begin) : in->n - in->at;
        if (length > CLI_PIPE_LINE)
            in->too_long = true;
        if (feed || in->end) {
            *line = begin;
            *n = in->too_long ? 0 : length;
            *too_long = in->too_long;
            in->at += length + (feed != NULL);
            return feed || length || in->too_long;
        }
        in->searched = length;
        if (in->too_long) {
            in->at = in->n;
            in->searched = 0;
        }
        more(in);
        if (in->failed)
            return false;
    }
}

/* --- answers --------------------------------------------------------------------------------------- */

/* Puts bytes out; backslashes doubled where answers are escaped (JSON holds no tab and no line end as such). */
static void put(const pipe_run *p, const char *bytes, size_t n)
{
    while (p->escaped && n) {
        const char *slash = memchr(bytes, '\\', n);
        size_t before = slash ? (size_t)(slash - bytes) : n;
        fwrite(bytes, 1, before, stdout);
        if (slash)
            fputs("\\\\", stdout);
        before += slash != NULL;
        bytes += before;
        n -= before;
    }
    if (n)
        fwrite(bytes, 1, n, stdout);
}

/* An error as an object; messages are UTF-8 or parts of names, whose other bytes are left out. */
static void put_error(const pipe_run *p, const isnad_error *err)
{
    char text[8 * sizeof err->message];
    int begun = snprintf(text, sizeof text, "{\"error\":{\"status\":%d,\"line\":%llu,\"message\":\"", (int)err->status, p->number);
    size_t n = begun > 0 ? (size_t)begun : 0;
    for (const char *c = err->message; *c; c++) {
        if (*c == '"' || *c == '\\')
            text[n++] = '\\';
        if ((unsigned char)*c >= ' ' && (unsigned char)*c < 127)
            text[n++] = *c;
    }
    memcpy(text + n, "\"}}", 3);
    put(p, text, n + 3);
}

static char plain_of(char escape)
{
    static const char from[] = "bfrnt0", to[] = "\b\f\r\n\t";
    const char *at = escape ? strchr(from, escape) : NULL;
    return at ? to[at - from] : escape; /* the end of `to` is the NUL that \0 stands for */
}

/* Takes the escapes out of a line. False without memory. */
static bool unescape(pipe_run *p, const char **line, size_t *n)
{
    if (p->plain_room < *n + 1) {
        char *plain = realloc(p->plain, *n + 1);
        if (!plain)
            return false;
        p->plain = plain;
        p->plain_room = *n + 1;
    }
    size_t k = 0;
    const char *s = *line;
    if (*n == 2 && s[0] == '\\' && s[1] == 'N') /* how nothing is written */
        *n = 0;
    for (size_t i = 0; i < *n; i++)
        p->plain[k++] = s[i] == '\\' && i + 1 < *n ? plain_of(s[++i]) : s[i];
    *line = p->plain;
    *n = k;
    return true;
}

static isnad_status fail(isnad_error *err, isnad_status status, const char *message)
{
    err->status = status;
    snprintf(err->message, sizeof err->message, "%s", message);
    return status;
}

/* Codes the article of a line. */
static isnad_status code(pipe_run *p, const char *line, size_t n, bool too_long, const char **record, size_t *size, isnad_error *err)
{
    char message[80];
    snprintf(message, sizeof message, "the line is longer than %zu bytes", CLI_PIPE_LINE);
    if (too_long)
        return fail(err, ISNAD_E_LIMIT, message);
    if (p->escaped && !unescape(p, &line, &n))
        return fail(err, ISNAD_E_MEMORY, isnad_status_text(ISNAD_E_MEMORY));
    while (n && (line[n - 1] == '\r' || line[n - 1] == ' '))
        n--;
    if (n == 0)
        return fail(err, ISNAD_E_EMPTY, "the line is empty");
    isnad_input input = p->input;
    input.bytes = line;
    input.n = n;
    return isnad_code(p->worker, &input, record, size, err);
}

static void answer(pipe_run *p, const char *line, size_t n, bool too_long)
{
    isnad_error err = {0};
    const char *record, *tab = p->keyed && n ? memchr(line, '\t', n) : NULL;
    size_t size;
    if (tab) {
        fwrite(line, 1, (size_t)(tab - line) + 1, stdout);
        n -= (size_t)(tab - line) + 1;
        line = tab + 1;
    } else if (p->keyed) {
        fputc('\t', stdout); /* the answer stands in the same field as ever */
    }
    isnad_status status = p->keyed && !tab && !too_long ? fail(&err, ISNAD_E_FORMAT, "the line has no key and tab before the article")
                                                        : code(p, line, n, too_long, &record, &size, &err);
    if (status == ISNAD_OK)
        put(p, record, size);
    else
        put_error(p, &err);
    fputc('\n', stdout);
}

/* --- the run --------------------------------------------------------------------------------------- */

static bool is_usable(const request *r, const isnad_run_options *options)
{
    static const struct {
        option_id id;
        const char *why;
    } others[] = {{OPTION_BRIEF, "prints for people"}, {OPTION_TABLE, "prints for people"},
                  {OPTION_JOBS, "works on several articles at a time; start several programs instead"},
                  {OPTION_METADATA, "names files; let the lines say outlet and day"},
                  {OPTION_OUTPUT, "keeps answers from who asked"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (r->value[others[i].id]) {
            fprintf(stderr, "isnad: --%s does not go with --pipe: it %s\n", cli_options[others[i].id].name, others[i].why);
            return false;
        }
    if (options->kind == ISNAD_KIND_FEED || options->kind == ISNAD_KIND_WARC) {
        fprintf(stderr, "isnad: --format can't be '%s' with --pipe: a line is one article\n", r->value[OPTION_FORMAT]);
        return false;
    }
    if (r->n_words > 1 || (r->n_words == 1 && strcmp(r->words[0], "-") != 0)) {
        fprintf(stderr, "isnad: --pipe reads standard input; leave the files out\n");
        return false;
    }
    return true;
}

static int run(pipe_run *p)
{
    const char *line;
    size_t n;
    bool too_long;
    while (!ferror(stdout) && next_line(&p->in, &line, &n, &too_long)) {
        p->number++;
        answer(p, line, n, too_long);
    }
    if (fflush(stdout) == 0 && !ferror(stdout))
        return p->in.failed ? EXIT_FAILED : EXIT_FOUND;
    fprintf(stderr, "isnad: standard output cannot be written: %s\n", strerror(errno));
    return EXIT_FAILED;
}

int cli_pipe(const request *r, const isnad_run_options *o)
{
    if (!is_usable(r, o))
        return EXIT_FAILED;
    pipe_run p = {.keyed = r->value[OPTION_KEY] != NULL, .escaped = r->value[OPTION_ESCAPED] != NULL};
    p.input = (isnad_input){.uri = "-", .kind = o->kind == ISNAD_KIND_GUESS ? ISNAD_KIND_JSON : o->kind, .charset = o->charset,
                            .outlet = o->outlet, .published = o->published, .favor = o->favor, .field_id = o->field_id,
                            .field_url = o->field_url, .field_outlet = o->field_outlet, .field_published = o->field_published,
                            .field_title = o->field_title, .field_text = o->field_text};
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], r->value[OPTION_LEXICON]);
    isnad_error err = {0};
    int code = EXIT_FAILED;
    p.in.room = 2 * CHUNK;
    p.in.p = malloc(p.in.room);
    if (!engine)
        goto out;
    if (!p.in.p)
        fprintf(stderr, "isnad: out of memory\n");
    else if (isnad_worker_new(&p.worker, engine, &err) != ISNAD_OK)
        cli_tell_error(&err);
    else {
        signal(SIGPIPE, SIG_IGN);
        setvbuf(stdout, NULL, _IOFBF, CHUNK);
        code = run(&p);
    }
out:
    isnad_worker_free(p.worker);
    isnad_engine_free(engine);
    free(p.in.p);
    free(p.plain);
    return code;
}
