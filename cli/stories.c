#include "stories.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "isnad.h"
#include "run.h"
#include "store.h"

#define MOST_JOBS 256

typedef struct telling {
    const request *request;
    isnad_stories *stories;
    isnad_store *store; /* or NULL */
    view view;
    size_t told;
    isnad_error err;
} telling;

/* --- decisions ----------------------------------------------------------------------------------- */

/* In a database decisions are kept; stories hear of them when they are read from there. */
static bool decide(telling *t, isnad_decision decision, const char *a, const char *b)
{
    isnad_status status = t->store ? isnad_store_decide(t->store, decision, a, b, &t->err)
                                   : isnad_stories_decide(t->stories, decision, a, b, &t->err);
    if (status == ISNAD_OK)
        return true;
    cli_tell_error(&t->err);
    return false;
}

/* "ID,ID" or, for --split, "ID". */
static bool decide_option(telling *t, option_id option)
{
    const char *value = t->request->value[option];
    if (!value)
        return true;
    char *ids = strdup(value), *comma = ids ? strchr(ids, ',') : NULL;
    bool good = ids != NULL;
    if (comma)
        *comma++ = 0;
    if (good && !comma && option == OPTION_JOIN) {
        fprintf(stderr, "isnad: --join needs the ids of two articles: ID,ID\n");
        good = false;
    } else if (good) {
        isnad_decision decision = option == OPTION_JOIN ? ISNAD_DECIDE_JOIN : comma ? ISNAD_DECIDE_PART : ISNAD_DECIDE_ALONE;
        good = decide(t, decision, ids, comma);
    }
    free(ids);
    return good;
}

/* A line of a file of decisions: kind, id, id. */
static bool decide_line(telling *t, char *line, const char *file, unsigned number)
{
    char *rest = NULL, *kind = strtok_r(line, "\t\r\n", &rest), *a = strtok_r(NULL, "\t\r\n", &rest);
    char *b = strtok_r(NULL, "\t\r\n", &rest);
    if (!kind || *kind == '#')
        return true;
    if (strcmp(kind, "join") == 0 && a && b)
        return decide(t, ISNAD_DECIDE_JOIN, a, b);
    if (strcmp(kind, "split") == 0 && a && b)
        return decide(t, ISNAD_DECIDE_PART, a, b);
    if (strcmp(kind, "alone") == 0 && a && !b)
        return decide(t, ISNAD_DECIDE_ALONE, a, NULL);
    fprintf(stderr, "isnad: %s:%u: a decision is join or split with two ids, or alone with one\n", file, number);
    return false;
}

static bool decide_file(telling *t)
{
    const char *name = t->request->value[OPTION_DECISIONS];
    if (!name)
        return true;
    FILE *file = fopen(name, "r");
    char *line = NULL;
    size_t room = 0;
    bool good = file != NULL;
    if (!file)
        fprintf(stderr, "isnad: cannot read '%s'\n", name);
    for (unsigned number = 1; good && getline(&line, &room, file) > 0; number++)
        good = decide_line(t, line, name, number);
    free(line);
    if (file)
        fclose(file);
    return good;
}

/* --- telling ------------------------------------------------------------------------------------- */

static void print_json(const char *json, size_t n)
{
    fwrite(json, 1, n, stdout);
    fputc('\n', stdout);
}

/* One story, in the way of the command. */
static bool tell(telling *t, size_t story)
{
    const char *json;
    size_t n;
    const request *r = t->request;
    bool compare = r->command == COMMAND_COMPARE, lists = r->command == COMMAND_STORIES;
    isnad_status status = compare ? isnad_stories_compare(t->stories, story, &json, &n, &t->err)
                                  : isnad_stories_tell(t->stories, story, !lists, &json, &n, &t->err);
    if (status != ISNAD_OK) {
        cli_tell_error(&t->err);
        return false;
    }
    if (r->value[OPTION_JSON])
        print_json(json, n);
    else if (compare)
        cli_view_compared(&t->view, json, n);
    else if (lists)
        cli_view_story_row(&t->view, json, n);
    else
        cli_view_story(&t->view, json, n);
    t->told++;
    return true;
}

static bool tell_all(telling *t)
{
    size_t least = t->request->value[OPTION_EVERY] ? 1 : 2;
    for (size_t i = 0; i < isnad_stories_count(t->stories); i++)
        if (isnad_stories_size(t->stories, i) >= least && !tell(t, i))
            return false;
    return true;
}

/* The story that a word names: its number or the id of an article. */
static bool tell_named(telling *t, const char *word)
{
    size_t story = isnad_stories_find(t->stories, word);
    char *end;
    unsigned long number = strtoul(word, &end, 10);
    if (story == SIZE_MAX && *word && !*end && number < isnad_stories_count(t->stories))
        story = number;
    if (story == SIZE_MAX) {
        fprintf(stderr, "isnad: no story '%s'; `isnad stories` shows their numbers\n", word);
        return false;
    }
    return tell(t, story);
}

static bool read_jobs(unsigned *out, const char *value)
{
    char *end = NULL;
    long n = value ? strtol(value, &end, 10) : 1;
    if (value && (end == value || *end || n < 1 || n > MOST_JOBS)) {
        fprintf(stderr, "isnad: --jobs can't be '%s'; it is a number from 1 to %d\n", value, MOST_JOBS);
        return false;
    }
    *out = (unsigned)n;
    return true;
}

static bool tell_failure(telling *t)
{
    cli_tell_error(&t->err);
    return false;
}

/* Opens the database: to write where the command keeps something. */
static bool open_store(telling *t, isnad_engine *engine)
{
    const request *r = t->request;
    bool write = r->command == COMMAND_STORIES || r->value[OPTION_JOIN] || r->value[OPTION_SPLIT] || r->value[OPTION_DECISIONS];
    if (access(r->value[OPTION_DB], F_OK) != 0)
        write = false; /* nothing is made where no database is: the message of reading tells so */
    t->store = cli_store_open(r, engine, write);
    return t->store != NULL;
}

static bool run(telling *t, isnad_engine *engine, unsigned jobs)
{
    const request *r = t->request;
    const char *records = r->value[OPTION_RECORDS];
    if (isnad_stories_new(&t->stories, engine, &t->err) != ISNAD_OK)
        return tell_failure(t);
    if (records ? isnad_stories_read(t->stories, records, &t->err) != ISNAD_OK : !open_store(t, engine))
        return records ? tell_failure(t) : false;
    if (!decide_option(t, OPTION_JOIN) || !decide_option(t, OPTION_SPLIT) || !decide_file(t))
        return false;
    if (t->store && isnad_stories_from_store(t->stories, t->store, &t->err) != ISNAD_OK)
        return tell_failure(t);
    if (isnad_stories_make(t->stories, jobs, &t->err) != ISNAD_OK)
        return tell_failure(t);
    if (t->store && r->command == COMMAND_STORIES && isnad_stories_keep(t->stories, &t->err) != ISNAD_OK)
        return tell_failure(t);
    return r->n_words ? tell_named(t, r->words[0]) : tell_all(t);
}

int cli_stories(const request *r)
{
    telling t = {.request = r};
    unsigned jobs;
    bool named = r->command == COMMAND_STORY;
    bool one_source = !r->value[OPTION_RECORDS] != !r->value[OPTION_DB];
    if (!one_source || r->n_words > (r->command != COMMAND_STORIES) || (named && r->n_words == 0)) {
        fprintf(stderr, "isnad: say `isnad %s %s`; see `isnad help %s`\n", cli_commands[r->command].name,
                cli_commands[r->command].usage, cli_commands[r->command].name);
        return EXIT_FAILED;
    }
    if (!read_jobs(&jobs, r->value[OPTION_JOBS]))
        return EXIT_FAILED;
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], r->value[OPTION_LEXICON]);
    if (!engine)
        return EXIT_FAILED;
    cli_view_init(&t.view, stdout, r->value[OPTION_COLOR]);
    bool good = run(&t, engine, jobs);
    isnad_stories_free(t.stories);
    isnad_store_close(t.store);
    isnad_engine_free(engine);
    return !good ? EXIT_FAILED : t.told ? EXIT_FOUND : EXIT_NOTHING;
}
