/* find.c - looking in a database: search, events, quotes, timeline. Rows are JSON objects of the library, shown as they are or for people. */
#include "find.h"

#include <jansson.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "isnad.h"
#include "run.h"
#include "store.h"
#include "view.h"

#define BOLD "1"
#define DIM "2"
#define MARKED "1;33"
#define MOST_WORDS 4096

typedef struct finding {
    view view;
    isnad_found what;
    bool json;
    bool begun;
} finding;

static const char *string_of(const json_t *row, const char *key, const char *none)
{
    const char *value = json_string_value(json_object_get(row, key));
    return value ? value : none;
}

static size_t size_of(const json_t *row, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(row, key));
    return value < 0 ? 0 : (size_t)value;
}

/* --- articles --------------------------------------------------------------------------------------- */

/* The sentence with what was asked for marked: by color, else in brackets. */
static void put_sentence(view *v, const json_t *row)
{
    const json_t *sentence = json_object_get(row, "sentence");
    const char *text = json_string_value(sentence);
    size_t n = json_string_length(sentence), begin = size_of(row, "begin"), at = 0, i;
    json_t *mark;
    if (!text)
        return;
    fputs("   \xE2\x81\xA8", v->out);
    json_array_foreach(json_object_get(row, "marks"), i, mark) {
        size_t from = size_of(mark, "begin") - begin, to = size_of(mark, "end") - begin;
        if (from < at || from > to || to > n)
            break;
        fwrite(text + at, 1, from - at, v->out);
        cli_view_paint(v, MARKED);
        fputs(v->color ? "" : "[", v->out);
        fwrite(text + from, 1, to - from, v->out);
        fputs(v->color ? "" : "]", v->out);
        cli_view_paint(v, NULL);
        at = to;
    }
    fwrite(text + at, 1, n - at, v->out);
    fputs("\xE2\x81\xA9\n", v->out);
}

static void show_article(finding *f, const json_t *row)
{
    view *v = &f->view;
    const char *title = string_of(row, "title", "(no title)"), *outlet = string_of(row, "outlet", "outlet unknown");
    cli_view_paint(v, BOLD);
    cli_view_words(v, title, v->width);
    cli_view_paint(v, NULL);
    const char *day = string_of(row, "published", "");
    fprintf(v->out, "\n   %.*s, ", *day ? 10 : 11, *day ? day : "day unknown");
    cli_view_words(v, outlet, v->width);
    fprintf(v->out, ", %s\n", string_of(row, "address", string_of(row, "uri", "")));
    put_sentence(v, row);
}

/* --- tables ------------------------------------------------------------------------------------------ */

/* Names of a list of entities, by commas; "-" for none. */
static void names_of(char *out, size_t room, const json_t *list)
{
    size_t i, n = 0;
    json_t *entity;
    snprintf(out, room, "-");
    json_array_foreach(list, i, entity) {
        int more = snprintf(out + n, room - n, "%s%s", i ? ", " : "", string_of(entity, "name", "?"));
        if (more < 0 || (size_t)more >= room - n)
            break;
        n += (size_t)more;
    }
}

static unsigned share(const view *v, unsigned fixed, unsigned parts)
{
    return v->width > fixed + parts * 16 ? (v->width - fixed) / parts : 16;
}

static void head(finding *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void head(finding *f, const char *format, ...)
{
    if (f->begun)
        return;
    f->begun = true;
    va_list args;
    va_start(args, format);
    cli_view_paint(&f->view, BOLD);
    vfprintf(f->view.out, format, args);
    cli_view_paint(&f->view, NULL);
    va_end(args);
}

static void show_event(finding *f, const json_t *row)
{
    view *v = &f->view;
    char type[64], actor[MOST_WORDS], recipient[MOST_WORDS];
    unsigned party = share(v, 10 + 20 + 12 + 16 + 8, 2);
    const char *mode = string_of(row, "mode", ""), *outlet = string_of(row, "outlet", "-"), *date = string_of(row, "date", NULL);
    head(f, "%-10s  %-20s  %-*s  %-*s  %-12s  outlet\n", "date", "type", (int)party, "actor", (int)party, "recipient", "status");
    snprintf(type, sizeof type, "%s%s%s", string_of(row, "type", "?"), *mode ? "/" : "", mode);
    names_of(actor, sizeof actor, json_object_get(row, "actor"));
    names_of(recipient, sizeof recipient, json_object_get(row, "recipient"));
    fprintf(v->out, "%-10.10s  %-20.20s  ", date ? date : string_of(row, "published", "-"), type);
    cli_view_cell(v, actor, party);
    cli_view_cell(v, recipient, party);
    fprintf(v->out, "%-12s  ", string_of(row, "status", "-"));
    cli_view_words(v, outlet, 16);
    fputc('\n', v->out);
}

static void show_quote(finding *f, const json_t *row)
{
    view *v = &f->view;
    char via[MOST_WORDS];
    const char *words = string_of(row, "words", ""), *outlet = string_of(row, "outlet", "-");
    const char *speaker = string_of(json_object_get(row, "speaker"), "name", "?");
    fprintf(v->out, "%-10.10s  ", string_of(row, "published", "-"));
    cli_view_paint(v, BOLD);
    cli_view_words(v, speaker, 60);
    cli_view_paint(v, NULL);
    names_of(via, sizeof via, json_object_get(row, "via"));
    if (json_array_size(json_object_get(row, "via"))) {
        fputs("  via ", v->out);
        cli_view_words(v, via, 60);
    }
    fputs("  (", v->out);
    cli_view_words(v, outlet, 30);
    fputs(")\n            ", v->out);
    cli_view_words(v, words, 100000);
    fputc('\n', v->out);
}

static void show_day(finding *f, const json_t *row)
{
    view *v = &f->view;
    unsigned party = share(v, 10 + 10 + 8 + 8, 2);
    head(f, "%-10s  %-10s  %-*s  %-*s  articles\n", "day", "type", (int)party, "actor", (int)party, "recipient");
    fprintf(v->out, "%-10s  %-10s  ", string_of(row, "day", "-"), string_of(row, "type", "-"));
    cli_view_cell(v, string_of(row, "actor", "-"), party);
    cli_view_cell(v, string_of(row, "recipient", "-"), party);
    fprintf(v->out, "%zu\n", size_of(row, "articles"));
}

static int show(void *user, const char *json, size_t n)
{
    finding *f = user;
    if (f->json) {
        fwrite(json, 1, n, stdout);
        fputc('\n', stdout);
        return ferror(stdout);
    }
    json_t *row = json_loadb(json, n, 0, NULL);
    switch (f->what) {
    case ISNAD_FOUND_EVENTS:
        show_event(f, row);
        break;
    case ISNAD_FOUND_QUOTES:
        show_quote(f, row);
        break;
    case ISNAD_FOUND_TIMELINE:
        show_day(f, row);
        break;
    default:
        show_article(f, row);
        break;
    }
    json_decref(row);
    return ferror(stdout);
}

/* --- the command ---------------------------------------------------------------------------------------- */

/* The words of the call as one query, on the heap. */
static char *join_words(const request *r)
{
    size_t n = 1;
    for (size_t i = 0; i < r->n_words; i++)
        n += strlen(r->words[i]) + 1;
    char *words = malloc(n), *end = words;
    if (!words)
        return NULL;
    *end = 0;
    for (size_t i = 0; i < r->n_words; i++) {
        if (i)
            *end++ = ' ';
        end = stpcpy(end, r->words[i]);
    }
    return words;
}

static bool read_number(size_t *out, const char *name, const char *value, long least)
{
    char *end;
    *out = 0;
    if (!value)
        return true;
    long n = strtol(value, &end, 10);
    if (end == value || *end || n < least) {
        fprintf(stderr, "isnad: --%s can't be '%s'; it is a number from %ld\n", name, value, least);
        return false;
    }
    *out = (size_t)n;
    return true;
}

static isnad_found kind_of(command_id command)
{
    switch (command) {
    case COMMAND_EVENTS:
        return ISNAD_FOUND_EVENTS;
    case COMMAND_QUOTES:
        return ISNAD_FOUND_QUOTES;
    case COMMAND_TIMELINE:
        return ISNAD_FOUND_TIMELINE;
    default:
        return ISNAD_FOUND_ARTICLES;
    }
}

static int find(const request *r, const isnad_query *query)
{
    finding f = {.what = kind_of(r->command), .json = r->value[OPTION_JSON] != NULL};
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], NULL);
    isnad_store *store = engine ? cli_store_open(r, engine, false) : NULL;
    isnad_error err = {0};
    isnad_answer answer = {0};
    int code = EXIT_FAILED;
    signal(SIGPIPE, SIG_IGN);
    cli_view_init(&f.view, stdout, r->value[OPTION_COLOR]);
    if (store && isnad_store_find(store, f.what, query, show, &f, &answer, &err) == ISNAD_OK)
        code = answer.rows ? EXIT_FOUND : EXIT_NOTHING;
    else if (store)
        cli_tell_error(&err);
    if (code == EXIT_NOTHING)
        fprintf(stderr, "isnad: nothing was found\n");
    isnad_store_close(store);
    isnad_engine_free(engine);
    return code;
}

bool cli_query_read(isnad_query *query, char **words, const request *r)
{
    *query = (isnad_query){.actor = r->value[OPTION_ACTOR], .by = r->value[OPTION_BY], .to = r->value[OPTION_TO],
                           .about = r->value[OPTION_ABOUT], .outlet = r->value[OPTION_OUTLET],
                           .country = r->value[OPTION_COUNTRY], .type = r->value[OPTION_TYPE],
                           .status = r->value[OPTION_STATUS], .quad = r->value[OPTION_QUAD],
                           .since = r->value[OPTION_SINCE], .until = r->value[OPTION_UNTIL],
                           .period = r->value[OPTION_PERIOD], .oldest = r->value[OPTION_OLDEST] != NULL};
    if (!read_number(&query->limit, "limit", r->value[OPTION_LIMIT], 1) || !read_number(&query->offset, "offset", r->value[OPTION_OFFSET], 0))
        return false;
    *words = join_words(r);
    if (!*words) {
        fprintf(stderr, "isnad: out of memory\n");
        return false;
    }
    query->words = **words ? *words : NULL;
    return true;
}

int cli_find(const request *r)
{
    isnad_query query;
    char *words = NULL;
    if (!cli_query_read(&query, &words, r))
        return EXIT_FAILED;
    int code = find(r, &query);
    free(words);
    return code;
}
