#include "read/jsonl.h"

#include <jansson.h>
#include <stdio.h>

#include "base/error.h"

/* Lines of a list of strings, one below the other. */
static isn_str joined(isn_arena *arena, const json_t *list)
{
    size_t n = 0, i;
    const json_t *item;
    json_array_foreach(list, i, item) n += json_is_string(item) ? json_string_length(item) + 1 : 0;
    char *p = isn_arena_alloc(arena, n + 1);
    if (!p)
        return (isn_str){NULL, 0};
    size_t at = 0;
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item))
            continue;
        memcpy(p + at, json_string_value(item), json_string_length(item));
        at += json_string_length(item);
        p[at++] = '\n';
    }
    return (isn_str){p, at ? at - 1 : 0};
}

static isn_str value_text(isn_arena *arena, const json_t *value)
{
    if (json_is_string(value))
        return isn_arena_copy(arena,
                              isn_str_of(json_string_value(value), json_string_length(value)));
    if (json_is_integer(value)) {
        char number[32];
        int n = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        return isn_arena_copy(arena, isn_str_of(number, (size_t)n));
    }
    if (json_is_array(value))
        return joined(arena, value);
    return (isn_str){NULL, 0};
}

/* The first of the names separated by bars that has a value. */
static isn_str field(isn_arena *arena, const json_t *object, isn_str names)
{
    isn_str name;
    while (isn_str_next(&name, &names, '|')) {
        const json_t *value = json_object_getn(object, name.p, name.n);
        isn_str text = value ? value_text(arena, value) : (isn_str){NULL, 0};
        if (isn_str_trim(text).n)
            return text;
    }
    return (isn_str){NULL, 0};
}

isnad_status isn_json_read(isn_fields *out, isn_arena *arena, isn_str object,
                           const isn_json_fields *fields, isnad_error *err)
{
    *out = (isn_fields){{NULL, 0}};
    json_error_t why;
    json_t *root = json_loadb(object.p, object.n, JSON_ALLOW_NUL, &why);
    if (!root)
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "bad JSON at byte %d: %s", why.position,
                        why.text);
    if (!json_is_object(root)) {
        json_decref(root);
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "JSON, but no object");
    }
    out->id = isn_str_trim(field(arena, root, fields->id));
    out->url = isn_str_trim(field(arena, root, fields->url));
    out->outlet = isn_str_trim(field(arena, root, fields->outlet));
    out->published = isn_str_trim(field(arena, root, fields->published));
    out->title = isn_str_trim(field(arena, root, fields->title));
    out->author = isn_str_trim(field(arena, root, fields->author));
    out->text = field(arena, root, fields->text);
    json_decref(root);
    if (arena->full)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the article outgrows its memory");
    if (out->text.n == 0 && out->title.n == 0)
        return isn_fail(err, ISNAD_E_EMPTY, NULL, 0, "the object has no text");
    return ISNAD_OK;
}
