/* examples.h - the example articles as records and digests. */
#ifndef ISN_TEST_STORY_EXAMPLES_H
#define ISN_TEST_STORY_EXAMPLES_H

#include <stdlib.h>
#include <string.h>

#include "pipeline/engine.h"
#include "story/digest.h"

#define EXAMPLES ISNAD_TEST_SOURCE "/examples/articles"
#define MOST_EXAMPLES 64u

typedef struct examples {
    isnad_engine *engine;
    isn_arena arena;
    isn_record records[MOST_EXAMPLES];
    isn_digest digests[MOST_EXAMPLES];
    size_t n;
    bool failed;
} examples;

static isnad_status examples_take(void *user, const char *record, size_t n)
{
    examples *e = user;
    isn_str json = isn_arena_copy(&e->arena, isn_str_of(record, n));
    if (e->n == MOST_EXAMPLES || !json.p || isn_record_read(&e->records[e->n], &e->arena, json, NULL) != ISNAD_OK ||
        !isn_digest_make(&e->digests[e->n], &e->arena, &e->records[e->n], e->engine->lexicon)) {
        e->failed = true;
        return ISNAD_E_MEMORY;
    }
    e->n++;
    return ISNAD_OK;
}

/* The articles of `folder` in the order of their names. */
static bool examples_open(examples *e, const char *folder)
{
    *e = (examples){0};
    isn_arena_init(&e->arena, (size_t)256 << 20);
    isnad_engine_options where = {.image = ISNAD_TEST_IMAGE};
    if (isnad_engine_open(&e->engine, &where, NULL) != ISNAD_OK)
        return false;
    isnad_run_options options = {.inputs = &folder, .n_inputs = 1, .published = "2024-03-07", .user = e,
                                 .record = examples_take};
    return isnad_run(e->engine, &options, NULL, NULL) == ISNAD_OK && !e->failed && e->n;
}

static void examples_close(examples *e)
{
    isnad_engine_free(e->engine);
    isn_arena_release(&e->arena);
}

/* For cmocka's groups: the state is the examples of examples/articles. */
static int examples_set_up(void **state)
{
    static examples e;
    *state = &e;
    return examples_open(&e, EXAMPLES) ? 0 : -1;
}

static int examples_tear_down(void **state)
{
    examples_close(*state);
    return 0;
}

#endif
