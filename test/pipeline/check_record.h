/*
 * check_record.h - what holds of every record, whatever the article: it is one JSON object without a line end, in UTF-8,
 * and every span lies in its text, on the edges of characters. For tests and fuzz targets.
 */
#ifndef ISN_TEST_CHECK_RECORD_H
#define ISN_TEST_CHECK_RECORD_H

#include <jansson.h>
#include <stdio.h>

#include "base/utf8.h"
#include "record/record.h"

/* Is there a character's edge at byte `at` of the text? */
static inline bool check_edge(isn_str text, json_int_t at)
{
    if (at < 0 || (size_t)at > text.n)
        return false;
    return (size_t)at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80;
}

static inline bool check_span(const json_t *object, isn_str text)
{
    const json_t *begin = json_object_get(object, "begin"), *end = json_object_get(object, "end");
    if (!begin && !end)
        return true;
    bool good = json_is_integer(begin) && json_is_integer(end) && json_integer_value(begin) <= json_integer_value(end) &&
                check_edge(text, json_integer_value(begin)) && check_edge(text, json_integer_value(end));
    if (!good)
        fprintf(stderr, "bad span %lld to %lld in %zu bytes\n", (long long)json_integer_value(begin),
                (long long)json_integer_value(end), text.n);
    return good;
}

/* All spans below `root`. Values that are still to be looked at stand in a list of our own: no recursion. */
static inline bool check_spans(json_t *root, isn_str text)
{
    json_t *todo = json_array();
    bool good = todo && json_array_append(todo, root) == 0;
    while (good && json_array_size(todo)) {
        json_t *value = json_incref(json_array_get(todo, json_array_size(todo) - 1)), *child;
        json_array_remove(todo, json_array_size(todo) - 1);
        const char *key;
        size_t i;
        good = !json_is_object(value) || check_span(value, text);
        json_object_foreach(value, key, child)
            if (json_is_object(child) || json_is_array(child))
                json_array_append(todo, child);
        json_array_foreach(value, i, child)
            if (json_is_object(child) || json_is_array(child))
                json_array_append(todo, child);
        json_decref(value);
    }
    json_decref(todo);
    return good;
}

/* Does the record read back to what was written? */
static inline bool check_round(isn_str json)
{
    isn_arena arena;
    isn_arena_init(&arena, (size_t)256 << 20);
    isn_record record;
    isnad_error err;
    isn_buf again;
    isn_buf_init(&again, (size_t)256 << 20);
    bool good = isn_record_read(&record, &arena, json, &err) == ISNAD_OK;
    if (good)
        isn_record_write(&again, &record);
    else
        fprintf(stderr, "not read back: %s\n", err.message);
    good = good && isn_str_equal(json, isn_str_of(again.p, again.n));
    isn_buf_release(&again);
    isn_arena_release(&arena);
    return good;
}

/* Does what must hold of a record hold of these bytes? */
static inline bool check_record(const char *record, size_t n)
{
    if (memchr(record, '\n', n) || isn_utf8_valid(isn_str_of(record, n)) != n)
        return false;
    json_error_t error;
    json_t *root = json_loadb(record, n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!root)
        fprintf(stderr, "no JSON: %s\n", error.text);
    const json_t *text = json_object_get(root, "text");
    bool good = json_is_object(root) && json_integer_value(json_object_get(root, "isnad")) == 1 && json_is_string(text) &&
                check_spans(root, isn_str_of(json_string_value(text), json_string_length(text)));
    json_decref(root);
    return good && check_round(isn_str_of(record, n));
}

#endif
