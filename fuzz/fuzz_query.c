/*
 * fuzz_query.c - any bytes as what somebody looks for in a database (isnad_store_find). The first byte chooses what is looked for, zero bytes part
 * words, a name and an outlet. ISNAD_IMAGE names a compiled lexicon. Every query is answered or refused for a reason; what comes out is JSON, its marks
 * lie within their sentences, and the search index can read whatever the query was made into.
 */
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "require.h"
#include "isnad.h"

#define FIELDS 3u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[512];

/* Two articles, as records; Arabic by its numbers. */
static const char records[] =
    "{\"isnad\":1,\"id\":\"a\",\"uri\":\"a\",\"outlet\":\"first outlet\",\"published\":\"2020-02-03\",\"language\":\"ar\",\"title\":null,"
    "\"text\":\"\\u0648\\u0635\\u0644 \\u0627\\u0644\\u0648\\u0632\\u064A\\u0631 \\u0639\\u0628\\u062F \\u0627\\u0644\\u062D\\u0645\\u064A\\u062F "
    "\\u0625\\u0644\\u0649 \\u0627\\u0644\\u0642\\u0627\\u0647\\u0631\\u0629 (1,250 km).\",\"blocks\":[{\"begin\":0,\"end\":73,\"kind\":\"body\"}],"
    "\"entities\":[{\"id\":\"E1\",\"type\":\"person\",\"name\":\"\\u0639\\u0628\\u062F \\u0627\\u0644\\u062D\\u0645\\u064A\\u062F\",\"key\":\"abd\",\"kb\":null,"
    "\"country\":\"EGY\",\"roles\":[],\"mentions\":[{\"begin\":20,\"end\":39,\"form\":\"name\"}]}],\"dates\":[],\"quotes\":[],"
    "\"events\":[{\"id\":\"V1\",\"type\":\"CONSULT\",\"mode\":\"visit\",\"context\":[],\"begin\":0,\"end\":39,\"trigger\":{\"begin\":0,\"end\":6},"
    "\"actor\":[\"E1\"],\"recipient\":[],\"place\":null,\"date\":null,\"status\":\"actual\",\"via\":[],\"quote\":null,\"rule\":\"r\",\"confidence\":0.5}],"
    "\"counts\":[],\"diagnostics\":[]}\n"
    "{\"isnad\":1,\"id\":\"b\",\"uri\":\"b\",\"outlet\":null,\"published\":null,\"language\":\"en\",\"title\":null,\"text\":\"The council met Shoigu, Shoygu and a "
    "councillor: NOT (AND) \\\"OR\\\" a-b* 2020.\",\"blocks\":[{\"begin\":0,\"end\":74,\"kind\":\"body\"}],\"entities\":[],\"dates\":[],\"quotes\":[],\"events\":[],"
    "\"counts\":[],\"diagnostics\":[]}\n";

static void path_of(char out[600], const char *name)
{
    snprintf(out, 600, "%s/%s", folder, name);
}

static void clean_up(void)
{
    static const char *const names[] = {"records.jsonl", "news.db", "news.db-wal", "news.db-shm"};
    char path[600];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        path_of(path, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static isnad_store *make_store(isnad_engine *engine)
{
    isnad_store *store = NULL;
    char path[600], file[600];
    const char *where = getenv("TMPDIR"), *inputs[] = {path};
    snprintf(folder, sizeof folder, "%s/isnad-fuzz-query-XXXXXX", where && *where ? where : P_tmpdir);
    require(mkdtemp(folder) != NULL);
    atexit(clean_up);
    path_of(path, "records.jsonl");
    path_of(file, "news.db");
    FILE *out = fopen(path, "w");
    require(out && fputs(records, out) >= 0 && fclose(out) == 0);
    require(isnad_store_open(&store, engine, file, ISNAD_STORE_WRITE, NULL) == ISNAD_OK);
    isnad_run_options options = {.inputs = inputs, .n_inputs = 1, .kind = ISNAD_KIND_JSON, .store = store, .records = 1};
    require(isnad_run(engine, &options, NULL, NULL) == ISNAD_OK);
    isnad_store_totals totals;
    isnad_store_count(store, &totals);
    require(totals.added == 2);
    isnad_store_close(store);
    require(isnad_store_open(&store, engine, file, 0, NULL) == ISNAD_OK);
    return store;
}

static isnad_store *open_store(void)
{
    static isnad_engine *engine;
    static isnad_store *store;
    isnad_engine_options options = {.image = getenv("ISNAD_IMAGE")};
    if (!store) {
        require(isnad_engine_open(&engine, &options, NULL) == ISNAD_OK);
        store = make_store(engine);
    }
    return store;
}

static int hear(void *user, const char *json, size_t n)
{
    json_t *row = json_loadb(json, n, JSON_REJECT_DUPLICATES, NULL), *mark;
    json_int_t begin = json_integer_value(json_object_get(row, "begin")), end = json_integer_value(json_object_get(row, "end"));
    size_t i;
    require(json_is_object(row));
    json_array_foreach(json_object_get(row, "marks"), i, mark) {
        json_int_t from = json_integer_value(json_object_get(mark, "begin")), to = json_integer_value(json_object_get(mark, "end"));
        require(begin <= from && from < to && to <= end);
    }
    json_decref(row);
    ++*(size_t *)user;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const isnad_found kinds[] = {ISNAD_FOUND_ARTICLES, ISNAD_FOUND_EVENTS,     ISNAD_FOUND_QUOTES, ISNAD_FOUND_TIMELINE,
                                        ISNAD_FOUND_ACTORS,   ISNAD_FOUND_ACTOR_PAGE, ISNAD_FOUND_SERIES, ISNAD_FOUND_DYAD};
    const char *fields[FIELDS] = {NULL, NULL, NULL};
    char *text = malloc(size + 1);
    size_t rows = 0, n = 0;
    require(text != NULL);
    if (size)
        memcpy(text, data, size);
    text[size] = 0;
    isnad_found kind = kinds[size ? data[0] % (sizeof kinds / sizeof *kinds) : 0];
    for (size_t at = 1; at < size && n < FIELDS; at += strlen(text + at) + 1)
        fields[n++] = text + at;
    isnad_query query = {.words = fields[0], .actor = fields[1], .outlet = fields[2], .key = fields[0]};
    if (kind == ISNAD_FOUND_DYAD)
        query = (isnad_query){.by = fields[0], .to = fields[1], .period = fields[2]};
    isnad_answer answer = {0};
    isnad_error err = {0};
    isnad_status status = isnad_store_find(open_store(), kind, &query, hear, &rows, &answer, &err);
    if (status != ISNAD_OK && status != ISNAD_E_ARGUMENT && status != ISNAD_E_NOT_FOUND)
        fprintf(stderr, "%s\n", err.message);
    require(status == ISNAD_OK || status == ISNAD_E_ARGUMENT || status == ISNAD_E_NOT_FOUND);
    require(status == ISNAD_OK ? answer.rows == rows : *err.message != 0);
    free(text);
    return 0;
}
