/*
 * answers.c - what each answer of a database costs: isnad-bench-answers IMAGE DATABASE WORD ACTOR OUTLET COUNTRY prints for each kind the processor
 * time of the first call and the least of three, its rows and bytes. WORD stands in many texts, ACTOR is a kb that many articles name, OUTLET and COUNTRY
 * (three letters) are of the database.
 */
#include <stdio.h>
#include <time.h>

#include "isnad.h"

#define ROUNDS 3

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int hear(void *user, const char *json, size_t n)
{
    (void)json;
    *(size_t *)user += n;
    return 0;
}

static void measure(isnad_store *store, const char *name, isnad_found what, isnad_query query)
{
    double first = 0.0, least = 1e9;
    isnad_answer answer = {0};
    isnad_error err = {0};
    isnad_status status = ISNAD_OK;
    size_t bytes = 0;
    query.limit = 50;
    for (int round = 0; round < ROUNDS; round++) {
        bytes = 0;
        double t = milliseconds();
        status = isnad_store_find(store, what, &query, hear, &bytes, &answer, &err);
        t = milliseconds() - t;
        first = round ? first : t;
        least = t < least ? t : least;
    }
    printf("%-28s %8.2f %8.2f ms %4zu rows %8zu bytes %s\n", name, first, least, answer.rows, bytes, status == ISNAD_OK ? "" : err.message);
}

int main(int argc, char **argv)
{
    isnad_engine *engine = NULL;
    isnad_store *store = NULL;
    isnad_error err = {0};
    isnad_engine_options options = {.image = argc > 1 ? argv[1] : NULL};
    if (argc != 7 || isnad_engine_open(&engine, &options, &err) != ISNAD_OK || isnad_store_open(&store, engine, argv[2], 0, &err) != ISNAD_OK) {
        fprintf(stderr, "isnad-bench-answers IMAGE DATABASE WORD ACTOR OUTLET COUNTRY: %s\n", err.message);
        return 2;
    }
    const char *word = argv[3], *actor = argv[4], *outlet = argv[5], *country = argv[6];
    measure(store, "articles", ISNAD_FOUND_ARTICLES, (isnad_query){0});
    measure(store, "articles, far", ISNAD_FOUND_ARTICLES, (isnad_query){.offset = 10000});
    measure(store, "articles, word", ISNAD_FOUND_ARTICLES, (isnad_query){.words = word});
    measure(store, "articles, outlet, country", ISNAD_FOUND_ARTICLES, (isnad_query){.outlet = outlet, .country = country});
    measure(store, "events", ISNAD_FOUND_EVENTS, (isnad_query){0});
    measure(store, "events, country, far", ISNAD_FOUND_EVENTS, (isnad_query){.country = country, .offset = 10000});
    measure(store, "events, actor to country", ISNAD_FOUND_EVENTS, (isnad_query){.by = actor, .country = country});
    measure(store, "events, type", ISNAD_FOUND_EVENTS, (isnad_query){.type = "CONSULT/visit"});
    measure(store, "events, word", ISNAD_FOUND_EVENTS, (isnad_query){.words = word});
    measure(store, "quotes, far", ISNAD_FOUND_QUOTES, (isnad_query){.offset = 10000});
    measure(store, "quotes, speaker", ISNAD_FOUND_QUOTES, (isnad_query){.by = actor});
    measure(store, "quotes, word", ISNAD_FOUND_QUOTES, (isnad_query){.words = word});
    measure(store, "timeline", ISNAD_FOUND_TIMELINE, (isnad_query){0});
    measure(store, "timeline, actor", ISNAD_FOUND_TIMELINE, (isnad_query){.actor = actor});
    measure(store, "series by day", ISNAD_FOUND_SERIES, (isnad_query){.period = "day"});
    measure(store, "series, outlet", ISNAD_FOUND_SERIES, (isnad_query){.outlet = outlet});
    measure(store, "series, country", ISNAD_FOUND_SERIES, (isnad_query){.country = country});
    measure(store, "series, word", ISNAD_FOUND_SERIES, (isnad_query){.words = word});
    measure(store, "dyad", ISNAD_FOUND_DYAD, (isnad_query){.by = actor, .to = country});
    measure(store, "actors", ISNAD_FOUND_ACTORS, (isnad_query){0});
    measure(store, "actor page", ISNAD_FOUND_ACTOR_PAGE, (isnad_query){.key = actor});
    measure(store, "article", ISNAD_FOUND_ARTICLE, (isnad_query){.key = "1"});
    measure(store, "outlets", ISNAD_FOUND_OUTLETS, (isnad_query){0});
    measure(store, "outlet", ISNAD_FOUND_OUTLET, (isnad_query){.key = outlet});
    measure(store, "types", ISNAD_FOUND_TYPES, (isnad_query){0});
    measure(store, "status", ISNAD_FOUND_STATUS, (isnad_query){0});
    isnad_store_close(store);
    isnad_engine_free(engine);
    return 0;
}
