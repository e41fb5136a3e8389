/*
 * search.c - what a search costs: isnad-bench-search IMAGE DATABASE QUERIES [ROUNDS] asks each line of the file QUERIES (words of a query, after
 * a tab "name=value" filters: actor, outlet, country, type, quad, since, until) and prints how long the answers took: median, 90, 99 and
 * 100 of a hundred, in milliseconds of wall clock and of processor time, and the slowest queries. Each answer is 20 articles with their
 * sentences. The first round isn't counted: it brings the file into memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "isnad.h"

#define MOST 4096
#define SLOWEST 8

typedef struct asked {
    char line[512], text[512];
    isnad_query query;
    double wall, cpu;
    size_t rows;
} asked;

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int hear(void *user, const char *json, size_t n)
{
    (void)user;
    (void)json;
    (void)n;
    return 0;
}

/* Cuts a line into words and filters; the strings live in a->line. */
static void read_line(asked *a)
{
    struct {
        const char *name;
        const char **value;
    } filters[] = {{"actor", &a->query.actor}, {"outlet", &a->query.outlet}, {"country", &a->query.country}, {"type", &a->query.type},
                   {"quad", &a->query.quad}, {"since", &a->query.since}, {"until", &a->query.until}};
    char *rest = NULL, *part = strtok_r(a->line, "\t\n", &rest);
    a->query.words = part && !strchr(part, '=') ? part : NULL;
    for (; part; part = strtok_r(NULL, "\t\n", &rest)) {
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            size_t n = strlen(filters[i].name);
            if (strncmp(part, filters[i].name, n) == 0 && part[n] == '=')
                *filters[i].value = part + n + 1;
        }
    }
}

static int by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int slower(const void *a, const void *b)
{
    const asked *x = a, *y = b;
    return (x->wall < y->wall) - (x->wall > y->wall);
}

static void print_times(const char *what, double *times, size_t n)
{
    static const unsigned shares[] = {50, 90, 99, 100};
    qsort(times, n, sizeof *times, by_double);
    printf("%s:", what);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        printf("  p%u %.2f ms", shares[i], 1e3 * times[(n * shares[i] + 99) / 100 - 1]);
    printf("\n");
}

int main(int argc, char **argv)
{
    static asked list[MOST];
    size_t n = 0, rounds = argc > 4 ? strtoul(argv[4], NULL, 10) : 3, made = 0;
    isnad_engine *engine = NULL;
    isnad_store *store = NULL;
    isnad_error err = {0};
    FILE *in = argc > 3 ? fopen(argv[3], "r") : NULL;
    isnad_engine_options options = {.image = argc > 1 ? argv[1] : NULL};
    if (!in || isnad_engine_open(&engine, &options, &err) != ISNAD_OK ||
        isnad_store_open(&store, engine, argv[2], 0, &err) != ISNAD_OK) {
        fprintf(stderr, "isnad-bench-search IMAGE DATABASE QUERIES [ROUNDS]: %s\n", err.message);
        return 2;
    }
    while (n < MOST && fgets(list[n].line, sizeof list[n].line, in)) {
        memcpy(list[n].text, list[n].line, sizeof list[n].text);
        read_line(&list[n++]);
    }
    fclose(in);
    double *wall = calloc(n * rounds + 1, sizeof *wall), *cpu = calloc(n * rounds + 1, sizeof *cpu);
    for (size_t r = 0; wall && cpu && r <= rounds; r++) {
        for (size_t i = 0; i < n; i++) {
            isnad_answer answer = {0};
            double w = seconds(CLOCK_MONOTONIC), c = seconds(CLOCK_THREAD_CPUTIME_ID);
            isnad_status status = isnad_store_find(store, ISNAD_FOUND_ARTICLES, &list[i].query, hear, NULL, &answer, &err);
            list[i].rows = answer.rows;
            w = seconds(CLOCK_MONOTONIC) - w;
            c = seconds(CLOCK_THREAD_CPUTIME_ID) - c;
            if (status != ISNAD_OK && r == 0)
                fprintf(stderr, "%s: %s\n", list[i].text, err.message);
            if (r == 0)
                continue;
            wall[made] = w;
            cpu[made++] = c;
            if (c > list[i].cpu) {
                list[i].wall = w;
                list[i].cpu = c;
            }
        }
    }
    printf("%zu queries, %zu rounds\n", n, rounds);
    if (made) {
        print_times("wall", wall, made);
        print_times("processor", cpu, made);
    }
    qsort(list, n, sizeof *list, slower);
    for (size_t i = 0; i < n && i < SLOWEST; i++)
        printf("%8.2f ms, %zu rows: %s", 1e3 * list[i].wall, list[i].rows, list[i].text);
    free(wall);
    free(cpu);
    isnad_store_close(store);
    isnad_engine_free(engine);
    return 0;
}
