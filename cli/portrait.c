#include "portrait.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define ISOLATE "\xE2\x81\xA8"
#define ISOLATE_END "\xE2\x81\xA9"
#define MOST_SHOWN 10

static int keep(void *user, const char *json, size_t n)
{
    char **out = user;
    *out = strndup(json, n);
    return 1;
}

bool cli_portrait_find(char **json, isnad_store *store, const char *name)
{
    isnad_query query = {.actor = name, .limit = 1};
    isnad_error err = {0};
    *json = NULL;
    isnad_status status = isnad_store_find(store, ISNAD_FOUND_PORTRAIT, &query, keep, json, NULL, &err);
    if (status == ISNAD_OK || status == ISNAD_E_ARGUMENT) /* nobody is called so */
        return true;
    cli_tell_error(&err);
    return false;
}

static const char *string_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static long long number_of(const json_t *object, const char *key)
{
    return (long long)json_integer_value(json_object_get(object, key));
}

/* One line each: what it is, how often, in how many articles, first and last day. */
static void show_counted(const json_t *portrait, const char *key, const char *label, const char *what, const char *more)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(portrait, key), i, item) {
        const char *value = string_of(item, what), *other = more ? string_of(item, more) : "";
        const char *first = string_of(item, "first"), *last = string_of(item, "last");
        if (i == MOST_SHOWN)
            break;
        printf("  %-10s ", i ? "" : label);
        printf((unsigned char)*value >= 0x80 ? ISOLATE "%s" ISOLATE_END : "%s", value);
        if (*other)
            printf((unsigned char)*other >= 0x80 ? ", " ISOLATE "%s" ISOLATE_END : "  %s", other);
        long long times = number_of(item, "times"), articles = number_of(item, "articles");
        printf("  %lld time%s in %lld article%s", times, times == 1 ? "" : "s", articles, articles == 1 ? "" : "s");
        if (*first && strcmp(first, last) != 0)
            printf(", %s - %s", first, last);
        else if (*first)
            printf(", %s", first);
        fputc('\n', stdout);
    }
}

void cli_portrait_show(const char *json)
{
    json_t *portrait = json_loads(json, 0, NULL);
    if (!portrait)
        return;
    const char *english = string_of(portrait, "english"), *first = string_of(portrait, "first");
    printf("in the database: " ISOLATE "%s" ISOLATE_END "%s%s  %s\n", string_of(portrait, "name"), *english ? "  " : "", english,
           string_of(portrait, "kb"));
    printf("  %-10s %lld%s", "articles", number_of(portrait, "articles"),
           json_is_false(json_object_get(portrait, "whole")) ? ", the newest ones" : "");
    if (*first)
        printf(", %s - %s", first, string_of(portrait, "last"));
    printf("\n  %-10s %lld quotes\n", "said", number_of(portrait, "quotes"));
    show_counted(portrait, "met", "met", "name", "kb");
    show_counted(portrait, "offices", "offices", "office", "of");
    show_counted(portrait, "did", "did", "type", NULL);
    show_counted(portrait, "undergone", "was done", "type", NULL);
    show_counted(portrait, "outlets", "told by", "outlet", NULL);
    json_decref(portrait);
}
