/* series.c - sums over a database: events by period, what two do to each other, the outlets. One JSON object each, shown as it is or as a table. */
#include "series.h"

#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find.h"
#include "image.h"
#include "isnad.h"
#include "run.h"
#include "store.h"
#include "view.h"

static int keep(void *user, const char *json, size_t n)
{
    char **out = user;
    *out = strndup(json, n);
    return 0;
}

static long long number_of(const json_t *object, const char *key)
{
    return (long long)json_integer_value(json_object_get(object, key));
}

static const char *string_of(const json_t *object, const char *key, const char *none)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : none;
}

/* --- for people ------------------------------------------------------------------------------------------ */

static void show_series(FILE *out, const json_t *series)
{
    size_t i;
    json_t *row;
    fprintf(out, "%-10s  %8s  %8s  %8s  %8s  %8s  %6s\n", "period", "events", "v-coop", "m-coop", "v-conf", "m-conf", "score");
    json_array_foreach(json_object_get(series, "periods"), i, row) {
        const json_t *quad = json_object_get(row, "quad");
        fprintf(out, "%-10s  %8lld", string_of(row, "period", "-"), number_of(row, "events"));
        for (size_t q = 0; q < 4; q++)
            fprintf(out, "  %8lld", (long long)json_integer_value(json_array_get(quad, q)));
        fprintf(out, "  %6.2f\n", json_number_value(json_object_get(row, "score")));
    }
}

static void show_ways(FILE *out, const char *period, const json_t *row)
{
    static const char *const ways[] = {"a_to_b", "b_to_a"};
    fprintf(out, "%-10s", period);
    for (size_t i = 0; i < 2; i++) {
        const json_t *way = json_object_get(row, ways[i]);
        fprintf(out, "  %8lld  %11.1f  %9.1f", number_of(way, "events"), json_number_value(json_object_get(way, "cooperation")),
                json_number_value(json_object_get(way, "conflict")));
    }
    fputc('\n', out);
}

static void show_dyad(FILE *out, const json_t *dyad)
{
    size_t i;
    json_t *row;
    fprintf(out, "a: %s, b: %s\n", string_of(dyad, "a", "?"), string_of(dyad, "b", "?"));
    fprintf(out, "%-10s  %8s  %11s  %9s  %8s  %11s  %9s\n", "period", "a to b", "cooperation", "conflict", "b to a", "cooperation", "conflict");
    json_array_foreach(json_object_get(dyad, "periods"), i, row)
        show_ways(out, string_of(row, "period", "-"), row);
    show_ways(out, "all", dyad);
}

static void show_outlets(FILE *out, const json_t *outlets)
{
    static const char *const figures[] = {"articles", "events", "quotes", "stories", "firsts", "alone", "copies"};
    size_t i;
    json_t *row;
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
        fprintf(out, "%9s", figures[f]);
    fprintf(out, "  %-10s  %-10s  outlet\n", "first", "last");
    json_array_foreach(json_object_get(outlets, "rows"), i, row) {
        for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
            fprintf(out, "%9lld", number_of(row, figures[f]));
        fprintf(out, "  %-10s  %-10s  \xE2\x81\xA8%s\xE2\x81\xA9\n", string_of(row, "first", "-"), string_of(row, "last", "-"),
                string_of(row, "outlet", "-"));
    }
}

/* --- the commands ------------------------------------------------------------------------------------------ */

/* Is there anything in the answer? */
static bool holds(const json_t *answer)
{
    return json_array_size(json_object_get(answer, "periods")) + json_array_size(json_object_get(answer, "rows")) > 0;
}

static int tell(const request *r, const char *json)
{
    json_t *answer = json_loads(json, 0, NULL);
    bool found = holds(answer);
    if (!found)
        fprintf(stderr, "isnad: nothing was found\n");
    else if (r->value[OPTION_JSON])
        puts(json);
    else if (r->command == COMMAND_SERIES)
        show_series(stdout, answer);
    else if (r->command == COMMAND_DYAD)
        show_dyad(stdout, answer);
    else
        show_outlets(stdout, answer);
    json_decref(answer);
    return found ? EXIT_FOUND : EXIT_NOTHING;
}

static int find(const request *r, isnad_found what, const isnad_query *query)
{
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], NULL);
    isnad_store *store = engine ? cli_store_open(r, engine, false) : NULL;
    isnad_error err = {0};
    char *json = NULL;
    int code = EXIT_FAILED;
    signal(SIGPIPE, SIG_IGN);
    if (store && isnad_store_find(store, what, query, keep, &json, NULL, &err) != ISNAD_OK)
        cli_tell_error(&err);
    else if (json)
        code = tell(r, json);
    free(json);
    isnad_store_close(store);
    isnad_engine_free(engine);
    return code;
}

int cli_series(const request *r)
{
    isnad_query query;
    char *words = NULL;
    isnad_found what = r->command == COMMAND_SERIES ? ISNAD_FOUND_SERIES : r->command == COMMAND_DYAD ? ISNAD_FOUND_DYAD : ISNAD_FOUND_OUTLETS;
    if (r->command != COMMAND_SERIES && r->n_words != (r->command == COMMAND_DYAD ? 2u : 0u)) {
        fprintf(stderr, "isnad: say `isnad %s%s`; see `isnad help %s`\n", cli_commands[r->command].name,
                r->command == COMMAND_DYAD ? " --db FILE A B" : " --db FILE", cli_commands[r->command].name);
        return EXIT_FAILED;
    }
    if (!cli_query_read(&query, &words, r))
        return EXIT_FAILED;
    if (r->command == COMMAND_DYAD) {
        query.words = NULL;
        query.by = r->words[0];
        query.to = r->words[1];
    }
    int code = find(r, what, &query);
    free(words);
    return code;
}
