#include "pipeline/engine.h"

#include <stdlib.h>

#include "base/error.h"

#ifndef ISNAD_DEFAULT_IMAGE
#define ISNAD_DEFAULT_IMAGE "/usr/local/share/isnad/isnad.lexicon"
#endif

const char *isnad_default_image(void)
{
    return ISNAD_DEFAULT_IMAGE;
}

static isnad_status open_parts(isnad_engine *engine, const isnad_engine_options *options, isnad_error *err)
{
    const char *image = options && options->image ? options->image : ISNAD_DEFAULT_IMAGE;
    isnad_status status = isn_lexicon_open(&engine->lexicon, image, err);
    if (status == ISNAD_OK && options && options->lexicon)
        status = isn_lexicon_overlay(&engine->lexicon, options->lexicon, err);
    if (status == ISNAD_OK)
        status = isn_page_new(&engine->page, engine->lexicon, err);
    if (status == ISNAD_OK)
        status = isn_grammar_init(&engine->grammar, engine->lexicon, err);
    if (status == ISNAD_OK)
        status = isn_namer_new(&engine->namer, engine->lexicon, err);
    if (status == ISNAD_OK)
        status = isn_linker_new(&engine->linker, engine->lexicon, err);
    if (status == ISNAD_OK)
        status = isn_quoter_new(&engine->quoter, &engine->grammar, err);
    if (status == ISNAD_OK)
        status = isn_frames_new(&engine->frames, &engine->grammar, err);
    if (status == ISNAD_OK)
        status = isn_counter_new(&engine->counter, engine->lexicon, err);
    return status;
}

isnad_status isnad_engine_open(isnad_engine **out, const isnad_engine_options *options, isnad_error *err)
{
    isnad_engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the engine");
    isnad_status status = open_parts(engine, options, err);
    if (status != ISNAD_OK) {
        isnad_engine_free(engine);
        return status;
    }
    *out = engine;
    return ISNAD_OK;
}

void isnad_engine_free(isnad_engine *engine)
{
    if (!engine)
        return;
    isn_counter_free(engine->counter);
    isn_frames_free(engine->frames);
    isn_quoter_free(engine->quoter);
    isn_linker_free(engine->linker);
    isn_namer_free(engine->namer);
    isn_grammar_release(&engine->grammar);
    isn_page_free(engine->page);
    isn_lexicon_free(engine->lexicon);
    free(engine);
}

isnad_status isnad_worker_new(isnad_worker **out, isnad_engine *engine, isnad_error *err)
{
    isnad_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for a worker");
    worker->engine = engine;
    isn_arena_init(&worker->arena, ISN_WORKER_CEILING);
    isn_buf_init(&worker->out, ISN_RECORD_CEILING);
    isn_warc_init(&worker->warc);
    isnad_status status = isn_words_new(&worker->words, engine->lexicon, err);
    if (status != ISNAD_OK) {
        isnad_worker_free(worker);
        return status;
    }
    *out = worker;
    return ISNAD_OK;
}

void isnad_worker_free(isnad_worker *worker)
{
    if (!worker)
        return;
    isn_words_free(worker->words);
    isn_packer_free(worker->packer);
    isn_arena_release(&worker->arena);
    isn_buf_release(&worker->out);
    isn_warc_release(&worker->warc);
    free(worker);
}
