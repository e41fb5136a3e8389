/*
 * bench.h - what tests share that read texts of their own through the whole pipeline: an engine with a worker, one
 * analysis, and shares of what came out right that must not fall below a table of floors. Include after cmocka.h.
 */
#ifndef ISN_TEST_BENCH_H
#define ISN_TEST_BENCH_H

#include <stdio.h>
#include <string.h>

#include "pipeline/engine.h"

typedef struct bench {
    isnad_engine *engine;
    isnad_worker *worker;
} bench;

/* 0 if all could be opened; else says why not. */
static inline int bench_open(bench *b)
{
    isnad_engine_options options = {.image = ISNAD_TEST_IMAGE};
    isnad_error err = {0};
    if (isnad_engine_open(&b->engine, &options, &err) == ISNAD_OK &&
        isnad_worker_new(&b->worker, b->engine, &err) == ISNAD_OK)
        return 0;
    printf("%s\n", err.message);
    return -1;
}

static inline void bench_close(bench *b)
{
    isnad_worker_free(b->worker);
    isnad_engine_free(b->engine);
}

/* Analyses a text of these blocks. *article must live as long as *out, which lives until the next call. */
static inline void bench_analyse(isn_analysed *out, bench *b, isn_article *article, isn_str text, isn_block *blocks,
                                 size_t n, const char *published)
{
    isn_arena_reset(&b->worker->arena);
    isn_words_trim(b->worker->words);
    *article = (isn_article){.uri = ISN_STR("test"), .text = text, .blocks = blocks, .n_blocks = n,
                             .published = isn_str_cstr(published), .language = ISN_STR("ar")};
    isn_analyse(out, b->worker, article);
}

/* The same for one sentence that is all of the body. */
static inline void bench_sentence(isn_analysed *out, bench *b, isn_article *article, isn_block *block, isn_str sentence)
{
    *block = (isn_block){0, (uint32_t)sentence.n, ISN_BLOCK_BODY, "test"};
    bench_analyse(out, b, article, sentence, block, 1, "2019-06-15");
}

static inline void put(isn_str s)
{
    printf("%.*s", (int)s.n, s.p);
}

/* --- floors ----------------------------------------------------------------------------------------------------- */

#define BENCH_COLUMNS 8

/* What is counted by column, and the table that says what percent must come out right. */
typedef struct bench_shares {
    const char *floors, *program;
    const char *names[BENCH_COLUMNS]; /* up to the first NULL */
    double slack;                     /* points that a new floor stays below what was measured */
    unsigned right[BENCH_COLUMNS], all[BENCH_COLUMNS];
} bench_shares;

static inline void bench_read_floors(double floors[BENCH_COLUMNS], const bench_shares *s)
{
    FILE *file = fopen(s->floors, "r");
    char line[256], name[64];
    double floor;
    unsigned seen = 0, wanted = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        for (int c = 0; c < BENCH_COLUMNS && s->names[c]; c++) {
            if (sscanf(line, "%63s %lf", name, &floor) == 2 && strcmp(name, s->names[c]) == 0) {
                seen++;
                floors[c] = floor;
            }
        }
    }
    fclose(file);
    while (wanted < BENCH_COLUMNS && s->names[wanted])
        wanted++;
    assert_int_equal(seen, wanted);
}

/* Prints all shares, writes the floors that rise if asked to, and fails if a share lies below its floor. */
static inline void bench_check_floors(const bench_shares *s, bool write)
{
    double floors[BENCH_COLUMNS] = {0};
    unsigned low = 0;
    bench_read_floors(floors, s);
    for (int c = 0; c < BENCH_COLUMNS && s->names[c]; c++) {
        assert_true(s->all[c] > 0);
        double share = 100.0 * s->right[c] / s->all[c];
        printf("%-11s %4u of %4u  %5.1f%%  floor %5.1f%%\n", s->names[c], s->right[c], s->all[c], share, floors[c]);
        low += share < floors[c];
        if (share - s->slack > floors[c])
            floors[c] = share - s->slack;
    }
    if (write) {
        FILE *file = fopen(s->floors, "w");
        assert_non_null(file);
        fprintf(file, "# Percent that must come out right; written by %s --write, only rises.\ncolumn\tfloor\n", s->program);
        for (int c = 0; c < BENCH_COLUMNS && s->names[c]; c++)
            fprintf(file, "%s\t%.1f\n", s->names[c], (double)(long)(floors[c] * 10 + 1e-6) / 10);
        fclose(file);
    }
    assert_int_equal(low, 0);
}

/* --show prints what comes out wrong, --write raises the floors. */
static inline void bench_flags(int argc, char **argv, bool *show, bool *write)
{
    for (int i = 1; i < argc; i++) {
        *show = *show || strcmp(argv[i], "--show") == 0;
        *write = *write || strcmp(argv[i], "--write") == 0;
    }
}

#endif
