/* actor.c - what is known of a person, body, state or place, for people. Arabic stands in isolates, as in view.c. */
#include "actor.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "isnad.h"
#include "portrait.h"
#include "store.h"

#define ISOLATE "\xE2\x81\xA8"
#define ISOLATE_END "\xE2\x81\xA9"

static const char *string_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static void put_isolated(const char *text)
{
    printf(ISOLATE "%s" ISOLATE_END, text);
}

/* "  label     value, value" where there are any. */
static void put_list(const json_t *item, const char *key, const char *label)
{
    size_t i;
    json_t *value;
    const json_t *list = json_object_get(item, key);
    if (json_array_size(list) == 0)
        return;
    printf("  %-10s ", label);
    json_array_foreach(list, i, value) {
        if (i)
            fputs(", ", stdout);
        put_isolated(json_string_value(value));
    }
    fputc('\n', stdout);
}

static void put_fact(const json_t *item, const char *key, const char *label)
{
    const char *value = string_of(item, key);
    if (!*value)
        return;
    printf("  %-10s ", label);
    if ((unsigned char)*value >= 0x80)
        put_isolated(value);
    else
        fputs(value, stdout);
    fputc('\n', stdout);
}

/* The days of a term: both in columns of ten, so that lines stand below each other. */
static void put_days(const json_t *term)
{
    const char *from = string_of(term, "from"), *to = string_of(term, "to");
    printf("  %-10s %s %-10s  ", *from ? from : "?", "-", *to ? to : "");
}

static void put_term(const json_t *term)
{
    const char *organ = string_of(term, "organ_name"), *country = string_of(term, "country"), *note = string_of(term, "note");
    const char *person = string_of(term, "person_name");
    put_days(term);
    put_isolated(string_of(term, "office"));
    if (*person) {
        fputs(": ", stdout);
        put_isolated(person);
        printf(" (%s)", string_of(term, "person_english"));
    } else if (*organ) {
        fputs(", ", stdout);
        put_isolated(organ);
    }
    if (!*person && *country)
        printf(" [%s]", country);
    if (*note)
        printf(" (%s)", note);
    fputc('\n', stdout);
}

static void put_terms(const json_t *item, const char *key, const char *title)
{
    size_t i;
    json_t *term;
    const json_t *list = json_object_get(item, key);
    if (json_array_size(list))
        printf("  %s\n", title);
    json_array_foreach(list, i, term)
        put_term(term);
}

static void put_head(const json_t *item)
{
    const char *english = string_of(item, "english"), *country = string_of(item, "country_english"), *kb = string_of(item, "kb");
    const char *kind = string_of(item, "kind");
    put_isolated(string_of(item, "name"));
    if (*english)
        printf("  %s", english);
    printf("  (%s", *kind ? kind : string_of(item, "type"));
    if (*country && strcmp(kind, "state") != 0)
        printf(", %s", country);
    fputs(")", stdout);
    if (*kb)
        printf("  %s", kb);
    fputc('\n', stdout);
}

static void put_item(const json_t *item)
{
    const json_t *lat = json_object_get(item, "lat"), *lon = json_object_get(item, "lon");
    put_head(item);
    put_fact(item, "country", "country");
    put_fact(item, "region", "region");
    if (json_is_number(lat) && json_is_number(lon))
        printf("  %-10s %.2f, %.2f\n", "at", json_number_value(lat), json_number_value(lon));
    put_fact(item, "sector", "sector");
    put_list(item, "long", "in full");
    put_list(item, "spellings", "also");
    put_list(item, "shared", "shared");
    put_list(item, "short", "in context");
    put_list(item, "demonym", "demonym");
    put_list(item, "plural", "plural");
    put_list(item, "capital", "capital");
    put_list(item, "hosts", "hosts");
    put_terms(item, "offices", "offices");
    put_terms(item, "holders", "held by");
    printf("  %-10s %s\n", "from", string_of(item, "line"));
}

static void put_near(const json_t *answer, const char *name)
{
    size_t i;
    json_t *item;
    const json_t *near = json_object_get(answer, "near");
    fprintf(stderr, "isnad: nothing is called '%s'%s\n", name, json_array_size(near) ? "; did you mean" : "");
    json_array_foreach(near, i, item) {
        const char *country = string_of(item, "country_english"), *english = string_of(item, "english");
        fprintf(stderr, "  " ISOLATE "%s" ISOLATE_END "%s%s%s%s%s\n", string_of(item, "name"), *english ? "  " : "", english,
                *country ? "  (" : "", country, *country ? ")" : "");
    }
}

static bool put_people(const char *bytes, size_t n, const char *name, bool found)
{
    size_t i;
    json_t *answer = json_loadb(bytes, n, 0, NULL), *item;
    if (!answer)
        return false;
    if (!found)
        put_near(answer, name);
    json_array_foreach(json_object_get(answer, "found"), i, item) {
        if (i)
            fputc('\n', stdout);
        put_item(item);
    }
    json_decref(answer);
    return true;
}

/* portrait: what a database says, or NULL. */
static int answer(const request *r, isnad_worker *worker, const char *name, const char *portrait)
{
    const char *json = NULL;
    size_t n = 0;
    isnad_error err = {0};
    isnad_status status = isnad_actor(worker, name, &json, &n, &err);
    if (status != ISNAD_OK && status != ISNAD_E_NOT_FOUND) {
        fprintf(stderr, "isnad: %s\n", err.message);
        return EXIT_FAILED;
    }
    if (r->value[OPTION_JSON] && r->value[OPTION_DB])
        printf("{\"lexicon\":%.*s,\"database\":%s}\n", (int)n, json, portrait ? portrait : "null");
    else if (r->value[OPTION_JSON])
        printf("%.*s\n", (int)n, json);
    else if ((status == ISNAD_OK || !portrait) && !put_people(json, n, name, status == ISNAD_OK))
        return EXIT_FAILED;
    if (portrait && !r->value[OPTION_JSON])
        cli_portrait_show(portrait);
    return status == ISNAD_OK || portrait ? EXIT_FOUND : EXIT_NOTHING;
}

/* The words of the command line as one name; the caller frees it. */
static char *join(char **words, size_t n_words)
{
    size_t n = 1;
    for (size_t i = 0; i < n_words; i++)
        n += strlen(words[i]) + 1;
    char *name = malloc(n), *end = name;
    if (!name)
        return NULL;
    *end = 0;
    for (size_t i = 0; i < n_words; i++) {
        if (i)
            end = stpcpy(end, " ");
        end = stpcpy(end, words[i]);
    }
    return name;
}

int cli_actor(const request *r)
{
    if (r->n_words == 0) {
        fprintf(stderr, "isnad: say whom: `isnad actor NAME`; see `isnad help actor`\n");
        return EXIT_FAILED;
    }
    isnad_engine *engine = cli_engine_open(r->value[OPTION_IMAGE], r->value[OPTION_LEXICON]);
    isnad_worker *worker = NULL;
    isnad_error err = {0};
    isnad_store *store = NULL;
    char *name = join(r->words, r->n_words), *portrait = NULL;
    int code = EXIT_FAILED;
    if (engine && (!name || isnad_worker_new(&worker, engine, &err) != ISNAD_OK))
        fprintf(stderr, "isnad: out of memory\n");
    else if (engine && (!r->value[OPTION_DB] || ((store = cli_store_open(r, engine, false)) != NULL &&
                                                 cli_portrait_find(&portrait, store, name))))
        code = answer(r, worker, name, portrait);
    isnad_store_close(store);
    free(portrait);
    free(name);
    isnad_worker_free(worker);
    isnad_engine_free(engine);
    return code;
}
