/* keep.c - coded articles made ready for the database. */
#include "pipeline/engine.h"

#include <stdio.h>

#include "base/error.h"
#include "story/digest.h"

/* The digest of a record as bytes; empty when the arena is full. */
static isn_str digest_of(isnad_worker *worker, const isn_record *record)
{
    isn_digest digest;
    isn_buf_reset(&worker->out);
    if (isn_digest_make(&digest, &worker->arena, record, worker->engine->lexicon))
        isn_digest_write(&worker->out, &digest);
    return worker->out.failed ? (isn_str){NULL, 0} : isn_str_of(worker->out.p, worker->out.n);
}

isnad_status isnad_digest(isnad_worker *worker, const char *record, size_t n, isnad_digested *out, isnad_error *err)
{
    isn_record read;
    isn_pack_head head = {0};
    isn_digest digest;
    isn_arena_reset(&worker->arena);
    isnad_status status = isn_record_read(&read, &worker->arena, isn_str_of(record, n), err);
    if (status != ISNAD_OK)
        return status;
    isn_pack_name(&head, &read);
    *out = (isnad_digested){.identity = head.identity, .content = head.content, .own = head.own, .minutes = ISN_DIGEST_NO_TIME};
    isn_str bytes = digest_of(worker, &read);
    if (bytes.n == 0)
        return ISNAD_OK;
    status = isn_digest_read(&digest, &worker->arena, bytes, err);
    if (status != ISNAD_OK)
        return status;
    out->bytes = bytes.p;
    out->n = bytes.n;
    out->id = digest.id.p;
    out->id_n = digest.id.n;
    out->minutes = digest.minutes;
    out->dated = digest.minutes != ISN_DIGEST_NO_TIME;
    return ISNAD_OK;
}

isnad_status isn_worker_pack(isn_buf *out, isnad_worker *worker, const isn_record *record, const isn_text *text,
                             isnad_error *err)
{
    isnad_status status = ISNAD_OK;
    if (!worker->packer)
        status = isn_packer_new(&worker->packer, worker->engine->lexicon, err);
    if (status != ISNAD_OK)
        return status;
    size_t ceiling = worker->arena.ceiling;
    worker->arena.ceiling = 4 * ceiling; /* the record itself fitted; this needs less than it twice more */
    isn_str digest = digest_of(worker, record);
    isn_str pack = isn_pack_make(worker->packer, &worker->arena, record, text, digest);
    worker->arena.ceiling = ceiling;
    if (pack.p)
        isn_buf_str(out, pack);
    return pack.p && !out->failed ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
}

/* The blocks of a record as the rooms know them. */
static isn_block *blocks_of(isn_arena *arena, const isn_record *record)
{
    isn_block *blocks = isn_arena_calloc(arena, record->n_blocks + 1, sizeof *blocks);
    for (size_t i = 0; blocks && i < record->n_blocks; i++) {
        const isn_record_block *block = &record->blocks[i];
        blocks[i] = (isn_block){block->span.begin, block->span.end, (isn_block_kind)block->kind, "record"};
    }
    return blocks;
}

isnad_status isn_worker_record_item(isn_record *record, isn_text *text, isnad_worker *worker, const isn_item *item,
                                    isnad_error *err)
{
    isn_arena_reset(&worker->arena);
    isn_words_trim(worker->words);
    size_t ceiling = worker->arena.ceiling;
    worker->arena.ceiling = 4 * ceiling;
    isnad_status status = isn_record_read(record, &worker->arena, isn_str_of(item->bytes, item->n), err);
    isn_block *blocks = status == ISNAD_OK ? blocks_of(&worker->arena, record) : NULL;
    if (status == ISNAD_OK && (!blocks || !isn_text_make(text, &worker->arena, worker->engine->lexicon, worker->words,
                                                         record->text, blocks, record->n_blocks)))
        status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    worker->arena.ceiling = ceiling;
    if (status != ISNAD_OK && err) {
        snprintf(err->file, sizeof err->file, "%s", item->name ? item->name : "");
        err->line = item->line;
    }
    return status;
}

isnad_status isnad_store_open(isnad_store **out, isnad_engine *engine, const char *file, unsigned flags,
                              isnad_error *err)
{
    return isn_store_open(out, engine->lexicon, file, flags, err);
}
