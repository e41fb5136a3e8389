/*
 * fuzz_find.c - any bytes as a name that a user asks for (isnad_actor). ISNAD_IMAGE names a compiled lexicon. What comes
 * out is one JSON object of known shape.
 */
#include <jansson.h>
#include <string.h>

#include "require.h"
#include "isnad.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static isnad_worker *open_worker(void)
{
    static isnad_engine *engine;
    static isnad_worker *worker;
    isnad_engine_options options = {.image = getenv("ISNAD_IMAGE")};
    if (!worker) {
        require(isnad_engine_open(&engine, &options, NULL) == ISNAD_OK);
        require(isnad_worker_new(&worker, engine, NULL) == ISNAD_OK);
    }
    return worker;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *name = malloc(size + 1);
    const char *json = NULL;
    size_t n = 0;
    require(name != NULL);
    if (size)
        memcpy(name, data, size);
    name[size] = 0;
    isnad_status status = isnad_actor(open_worker(), name, &json, &n, NULL);
    require(status == ISNAD_OK || status == ISNAD_E_NOT_FOUND || status == ISNAD_E_ARGUMENT);
    if (status != ISNAD_E_ARGUMENT) {
        json_t *answer = json_loadb(json, n, JSON_REJECT_DUPLICATES, NULL);
        require(json_is_string(json_object_get(answer, "query")));
        require((json_array_size(json_object_get(answer, "found")) > 0) == (status == ISNAD_OK));
        require(status != ISNAD_OK || json_array_size(json_object_get(answer, "near")) == 0);
        json_decref(answer);
    }
    free(name);
    return 0;
}
