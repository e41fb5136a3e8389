/*
 * fuzz_article.c - any bytes as an article through all rooms, record and explanation. ISNAD_IMAGE names a compiled lexicon.
 *
 * The first byte chooses the kind of input, record or explanation, and whether memory is short.
 */
#include <stdint.h>

#include "../test/pipeline/check_record.h"
#include "pipeline/engine.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static isnad_engine *engine; /* opened once; a fuzz target is one thread */
    static isnad_worker *worker;
    if (!worker) {
        isnad_engine_options options = {.image = getenv("ISNAD_IMAGE")};
        require(options.image && isnad_engine_open(&engine, &options, NULL) == ISNAD_OK);
        require(isnad_worker_new(&worker, engine, NULL) == ISNAD_OK);
    }
    if (size < 2)
        return 0;
    static const isnad_kind kinds[] = {ISNAD_KIND_GUESS, ISNAD_KIND_TEXT, ISNAD_KIND_HTML, ISNAD_KIND_JSON};
    uint8_t choice = data[0];
    worker->arena.ceiling = choice & 0x80 ? ((size_t)data[1] + 1) * 2048 : ISN_WORKER_CEILING;
    isnad_input input = {.uri = "fuzz", .kind = kinds[choice & 3], .bytes = (const char *)data + 2, .n = size - 2,
                         .published = choice & 4 ? "2021-04-17" : NULL};
    const char *out = NULL;
    size_t n = 0;
    isnad_error err = {0};
    isnad_status status = choice & 8 ? isnad_explain(worker, &input, &out, &n, &err)
                                     : isnad_code(worker, &input, &out, &n, &err);
    if (status != ISNAD_OK)
        require(err.status == status && err.message[0]);
    else if (choice & 8)
        require(isn_utf8_valid(isn_str_of(out, n)) == n);
    else
        require(check_record(out, n));
    return 0;
}
