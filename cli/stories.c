#include "stories.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "find.h"
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

/* --- of a database: what is kept there ------------------------------------------------------------ */

/* Opens the database: to write where the command keeps something. */
static bool open_store(telling *t, isnad_engine *engine, bool *write)
{
    const request *r = t->request;
    *write = r->command == COMMAND_STORIES || r->value[OPTION_JOIN] || r->value[OPTION_SPLIT] || r->value[OPTION_DECISIONS];
    if (access(r->value[OPTION_DB], F_OK) != 0)
        *write = false; /* nothing is made where no database is: the message of reading tells so */
    t->store = cli_store_open(r, engine, *write);
    return t->store != NULL;
}

/* Articles that came since are in no story yet. */
static void warn_stale(telling *t)
{
    uint64_t n = 0;
    if (isnad_store_stories_stale(t->store, &n, NULL) == ISNAD_OK && n)
        fprintf(stderr, "isnad: %llu article%s came since the stories were made; `isnad stories --db %s` puts them in\n",
                (unsigned long long)n, n == 1 ? "" : "s", t->request->value[OPTION_DB]);
}

/* A brief, as JSON or as a line. */
static int see_brief(void *user, const char *json, size_t n)
{
    telling *t = user;
    t->told++;
    if (t->request->value[OPTION_JSON])
        print_json(json, n);
    else
        cli_view_story_row(&t->view, json, n);
    return ferror(stdout);
}

/* The page of a story: what is shown is the story itself. */
static int see_story(void *user, const char *json, size_t n)
{
    telling *t = user;
    json_t *page = json_loadb(json, n, 0, NULL);
    char *story = json_dumps(json_object_get(page, "story"), JSON_COMPACT | JSON_REAL_PRECISION(12));
    if (story && t->request->value[OPTION_JSON])
        print_json(story, strlen(story));
    else if (story)
        cli_view_story(&t->view, story, strlen(story));
    t->told += story != NULL;
    free(story);
    json_decref(page);
    return ferror(stdout);
}

static int see_table(void *user, const char *json, size_t n)
{
    telling *t = user;
    t->told++;
    if (t->request->value[OPTION_JSON])
        print_json(json, n);
    else
        cli_view_compared(&t->view, json, n);
    return ferror(stdout);
}

typedef struct numbers {
    long long *items;
    size_t n, capacity;
} numbers;

static int see_number(void *user, const char *json, size_t n)
{
    numbers *list = user;
    char head[48]; /* a row has no end of its own */
    snprintf(head, sizeof head, "%.*s", n < sizeof head ? (int)n : (int)sizeof head - 1, json);
    if (list->n == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 1024;
        long long *items = realloc(list->items, list->capacity * sizeof *items);
        if (!items)
            return 1;
        list->items = items;
    }
    return sscanf(head, "{\"story\":%lld", &list->items[list->n++]) != 1;
}

static bool find(telling *t, isnad_found what, const isnad_query *query, isnad_row_fn *see, void *user)
{
    return isnad_store_find(t->store, what, query, see, user, NULL, &t->err) == ISNAD_OK || tell_failure(t);
}

/* The tables of all stories, by time. */
static bool compare_all(telling *t)
{
    numbers list = {0};
    isnad_query query = {.sort = "newest", .oldest = 1, .limit = SIZE_MAX, .every = t->request->value[OPTION_EVERY] != NULL};
    bool good = find(t, ISNAD_FOUND_STORIES, &query, see_number, &list);
    for (size_t i = 0; good && i < list.n; i++) {
        char key[24];
        snprintf(key, sizeof key, "%lld", list.items[i]);
        isnad_query one = {.key = key, .limit = SIZE_MAX};
        good = find(t, ISNAD_FOUND_FACTS, &one, see_table, t);
    }
    free(list.items);
    return good;
}

static bool run_store(telling *t, isnad_engine *engine, unsigned jobs)
{
    const request *r = t->request;
    const char *sort = r->value[OPTION_SORT];
    bool write;
    char *words = NULL;
    isnad_query query;
    if (!cli_query_read(&query, &words, r))
        return false;
    free(words);
    query.words = NULL; /* they name a story */
    query.sort = sort ? sort : "newest";
    query.oldest = !sort;
    query.every = r->value[OPTION_EVERY] != NULL;
    query.limit = query.limit ? query.limit : SIZE_MAX;
    if (!open_store(t, engine, &write) || !decide_option(t, OPTION_JOIN) || !decide_option(t, OPTION_SPLIT) || !decide_file(t))
        return false;
    if (write && isnad_store_make_stories(t->store, jobs, r->value[OPTION_ANEW] != NULL, NULL, &t->err) != ISNAD_OK)
        return tell_failure(t);
    if (r->command == COMMAND_STORIES)
        return find(t, ISNAD_FOUND_STORIES, &query, see_brief, t);
    if (!write)
        warn_stale(t);
    if (r->n_words == 0)
        return compare_all(t);
    query.key = r->words[0];
    return r->command == COMMAND_COMPARE ? find(t, ISNAD_FOUND_FACTS, &query, see_table, t)
                                         : find(t, ISNAD_FOUND_STORY, &query, see_story, t);
}

static bool run(telling *t, isnad_engine *engine, unsigned jobs)
{
    const request *r = t->request;
    if (!r->value[OPTION_RECORDS])
        return run_store(t, engine, jobs);
    if (isnad_stories_new(&t->stories, engine, &t->err) != ISNAD_OK ||
        isnad_stories_read(t->stories, r->value[OPTION_RECORDS], &t->err) != ISNAD_OK)
        return tell_failure(t);
    if (!decide_option(t, OPTION_JOIN) || !decide_option(t, OPTION_SPLIT) || !decide_file(t))
        return false;
    if (isnad_stories_make(t->stories, jobs, &t->err) != ISNAD_OK)
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
