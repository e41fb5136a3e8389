/* sentences.c - example sentences of a folder of tables. */
#include "sentences.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "isnad.h"

enum { SENTENCE, TYPE, TRIGGER, ACTOR, RECIPIENT, STATUS, COLUMNS };
#define HEAD "sentence\ttype\ttrigger\tactor\trecipient\tstatus"
#define LONGEST 16384 /* bytes of a line */
#define DAY "2019-06-15" /* of publication: relative days are resolved against it */

typedef struct tester {
    isnad_worker *worker;
    const char *file;
    unsigned line, right, all;
} tester;

static const char *string_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

/* Does the entity bear the n bytes at `words` in its name or among the words of its mentions? */
static bool is_called(const json_t *record, const char *id, const char *words, size_t n)
{
    size_t i, m;
    json_t *entity, *mention;
    const char *text = string_of(record, "text");
    json_array_foreach(json_object_get(record, "entities"), i, entity) {
        if (strcmp(string_of(entity, "id"), id) != 0)
            continue;
        const char *name = string_of(entity, "name");
        if (strlen(name) == n && memcmp(name, words, n) == 0)
            return true;
        json_array_foreach(json_object_get(entity, "mentions"), m, mention) {
            json_int_t begin = json_integer_value(json_object_get(mention, "begin"));
            json_int_t end = json_integer_value(json_object_get(mention, "end"));
            for (json_int_t at = begin; at + (json_int_t)n <= end; at++) {
                if (memcmp(text + at, words, n) == 0)
                    return true;
            }
        }
    }
    return false;
}

/* The names of a cell, by bar, and no others; "-": nobody; empty: not asked. */
static bool is_party(const json_t *record, const json_t *event, const char *role, const char *cell)
{
    const json_t *list = json_object_get(event, role);
    size_t wanted = 0;
    if (*cell == 0)
        return true;
    if (strcmp(cell, "-") == 0)
        return json_array_size(list) == 0;
    for (const char *name = cell; name; wanted++) {
        const char *bar = strchr(name, '|');
        size_t i, n = bar ? (size_t)(bar - name) : strlen(name);
        json_t *id;
        bool found = false;
        json_array_foreach(list, i, id)
            found |= is_called(record, json_string_value(id), name, n);
        if (!found)
            return false;
        name = bar ? bar + 1 : NULL;
    }
    return wanted == json_array_size(list);
}

/* TYPE or TYPE/mode. */
static bool is_type(const json_t *event, const char *cell)
{
    const char *type = string_of(event, "type"), *slash = strchr(cell, '/');
    size_t n = slash ? (size_t)(slash - cell) : strlen(cell);
    return strlen(type) == n && memcmp(type, cell, n) == 0 && (!slash || strcmp(string_of(event, "mode"), slash + 1) == 0);
}

static bool has_words(const json_t *record, const json_t *span, const char *words)
{
    const char *text = string_of(record, "text");
    json_int_t begin = json_integer_value(json_object_get(span, "begin")), end = json_integer_value(json_object_get(span, "end"));
    size_t n = strlen(words);
    for (json_int_t at = begin; at + (json_int_t)n <= end; at++) {
        if (memcmp(text + at, words, n) == 0)
            return true;
    }
    return n == 0;
}

static bool comes_out(const json_t *record, char **cells)
{
    size_t i;
    json_t *event;
    const json_t *events = json_object_get(record, "events");
    if (strcmp(cells[TYPE], "NONE") == 0)
        return json_array_size(events) == 0;
    json_array_foreach(events, i, event) {
        if (is_type(event, cells[TYPE]) && has_words(record, json_object_get(event, "trigger"), cells[TRIGGER]) &&
            is_party(record, event, "actor", cells[ACTOR]) && is_party(record, event, "recipient", cells[RECIPIENT]) &&
            (*cells[STATUS] == 0 || strcmp(string_of(event, "status"), cells[STATUS]) == 0))
            return true;
    }
    return false;
}

static void put_names(const json_t *record, const json_t *list)
{
    size_t i, e;
    json_t *id, *entity;
    json_array_foreach(list, i, id) {
        json_array_foreach(json_object_get(record, "entities"), e, entity) {
            if (strcmp(string_of(entity, "id"), json_string_value(id)) == 0)
                printf("%s%s", i ? "|" : "", string_of(entity, "name"));
        }
    }
    if (json_array_size(list) == 0)
        putchar('-');
}

static void put_events(const json_t *record)
{
    size_t i;
    json_t *event;
    const char *text = string_of(record, "text");
    json_array_foreach(json_object_get(record, "events"), i, event) {
        const json_t *trigger = json_object_get(event, "trigger");
        json_int_t begin = json_integer_value(json_object_get(trigger, "begin"));
        json_int_t end = json_integer_value(json_object_get(trigger, "end"));
        const char *mode = string_of(event, "mode");
        printf("  got %s%s%s, %.*s, actor ", string_of(event, "type"), *mode ? "/" : "", mode, (int)(end - begin), text + begin);
        put_names(record, json_object_get(event, "actor"));
        printf(", recipient ");
        put_names(record, json_object_get(event, "recipient"));
        printf(", %s [%s]\n", string_of(event, "status"), string_of(event, "rule"));
    }
    if (json_array_size(json_object_get(record, "events")) == 0)
        puts("  got no event");
}

static bool test_line(tester *t, char *line, isnad_error *err)
{
    char *cells[COLUMNS];
    static char nothing[] = "";
    char *rest = line;
    for (int c = 0; c < COLUMNS; c++) {
        cells[c] = rest ? rest : nothing;
        rest = rest ? strchr(rest, '\t') : NULL;
        if (rest)
            *rest++ = 0;
    }
    json_t *article = json_pack("{s:s, s:s}", "text", cells[SENTENCE], "published", DAY);
    char *bytes = article ? json_dumps(article, 0) : NULL;
    json_decref(article);
    if (!bytes) {
        snprintf(err->message, sizeof err->message, "'%s' is no UTF-8", t->file);
        return false;
    }
    isnad_input input = {.uri = t->file, .bytes = bytes, .n = strlen(bytes), .kind = ISNAD_KIND_JSON};
    const char *out;
    size_t n;
    isnad_status status = isnad_code(t->worker, &input, &out, &n, err);
    free(bytes);
    if (status != ISNAD_OK)
        return false;
    json_t *record = json_loadb(out, n, 0, NULL);
    bool right = comes_out(record, cells);
    t->all++;
    t->right += right;
    if (!right) {
        printf("%s:%u: %s\n  wanted %s", t->file, t->line, cells[SENTENCE], cells[TYPE]);
        for (int c = TRIGGER; c < COLUMNS; c++)
            printf("%s%s", *cells[c] ? ", " : "", cells[c]);
        putchar('\n');
        put_events(record);
    }
    json_decref(record);
    return true;
}

static int test_file(tester *t, FILE *in)
{
    char line[LONGEST];
    bool head = false;
    while (fgets(line, sizeof line, in)) {
        size_t n = strlen(line);
        t->line++;
        if (n + 1 == sizeof line) {
            fprintf(stderr, "isnad: %s:%u: a line of more than %d bytes\n", t->file, t->line, LONGEST - 2);
            return EXIT_FAILED;
        }
        while (n && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            line[--n] = 0;
        if (n == 0 || line[0] == '#')
            continue;
        if (!head && strcmp(line, HEAD) != 0) {
            fprintf(stderr, "isnad: %s:%u: the first line must name the columns: sentence type trigger actor recipient status, "
                            "with a tab between them\n", t->file, t->line);
            return EXIT_FAILED;
        }
        isnad_error err = {0};
        if (head && !test_line(t, line, &err)) {
            fprintf(stderr, "isnad: %s:%u: %s\n", t->file, t->line, err.message);
            return EXIT_FAILED;
        }
        head = true;
    }
    printf("%s: %u of %u sentences come out right\n", t->file, t->right, t->all);
    return t->right == t->all ? EXIT_FOUND : EXIT_NOTHING;
}

int cli_sentences(const request *r, const char *dir)
{
    char path[4096];
    isnad_error err = {0};
    tester t = {.file = path};
    snprintf(path, sizeof path, "%s/sentences.txt", dir);
    FILE *in = fopen(path, "rb");
    if (!in) {
        fprintf(stderr, "isnad: cannot read '%s': %s; docs/coders.md tells what it holds\n", path, strerror(errno));
        return EXIT_FAILED;
    }
    int exit = EXIT_FAILED;
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], dir);
    if (engine && isnad_worker_new(&t.worker, engine, &err) == ISNAD_OK)
        exit = test_file(&t, in);
    else if (engine)
        fprintf(stderr, "isnad: %s\n", err.message);
    isnad_worker_free(t.worker);
    isnad_engine_free(engine);
    fclose(in);
    return exit;
}
