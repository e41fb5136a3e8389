/* What a page says of itself for search engines: JSON-LD after schema.org. */
#include <jansson.h>

#include "base/utf8.h"
#include "read/html_page.h"

#define MOST_OBJECTS 200u /* objects of one script that are looked at */

static isn_str string_of(isn_arena *arena, const json_t *value)
{
    if (!json_is_string(value))
        return (isn_str){NULL, 0};
    isn_str s = isn_str_trim(isn_str_of(json_string_value(value), json_string_length(value)));
    return s.n ? isn_arena_copy(arena, s) : (isn_str){NULL, 0};
}

/* A string, or the name of an object, or of the first of a list. */
static isn_str name_of(isn_arena *arena, const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        value = json_object_get(value, "name");
    return string_of(arena, value);
}

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    if (json_is_array(type))
        type = json_array_get(type, 0);
    const char *name = json_is_string(type) ? json_string_value(type) : "";
    return strstr(name, "Article") || strcmp(name, "BlogPosting") == 0 ||
           strcmp(name, "WebPage") == 0;
}

static void set_once(isn_str *to, isn_str value)
{
    if (!to->n)
        *to = value;
}

void isn_html_add_tags(isn_html_head *head, isn_arena *arena, isn_str list)
{
    static const char comma[] = "\xD8\x8C", semicolon[] = "\xD8\x9B";
    while (list.n && head->n_tags < ISN_HTML_TAGS) {
        size_t end = 0, skip = 0;
        for (; end < list.n && !skip; end += !skip) {
            isn_str rest = isn_str_part(list, end, list.n);
            skip = rest.p[0] == ',' || rest.p[0] == ';' || rest.p[0] == '|'                       ? 1
                   : isn_str_starts(rest, isn_str_cstr(comma)) || isn_str_starts(rest, isn_str_cstr(semicolon)) ? 2
                                                                                                  : 0;
        }
        isn_str tag = isn_str_trim(isn_str_part(list, 0, end));
        bool known = !tag.n || tag.n > ISN_HTML_TAG_BYTES;
        for (size_t i = 0; i < head->n_tags; i++)
            known |= isn_str_equal(head->tags[i], tag);
        if (!known)
            head->tags[head->n_tags++] = isn_arena_copy(arena, tag);
        list = isn_str_part(list, end + skip, list.n);
    }
}

static void take_keywords(isn_html_head *head, isn_arena *arena, const json_t *value)
{
    size_t i;
    const json_t *item;
    isn_html_add_tags(head, arena, string_of(arena, value));
    json_array_foreach(value, i, item) isn_html_add_tags(head, arena, string_of(arena, item));
}

/* A list of things, by its type. */
static bool is_list(const json_t *object)
{
    const char *name = json_string_value(json_object_get(object, "@type"));
    return name && (strcmp(name, "CollectionPage") == 0 || strcmp(name, "ItemList") == 0 || strcmp(name, "SearchResultsPage") == 0);
}

static void take(isn_html_head *head, isn_arena *arena, const json_t *object)
{
    set_once(&head->data_published, string_of(arena, json_object_get(object, "datePublished")));
    set_once(&head->data_modified, string_of(arena, json_object_get(object, "dateModified")));
    if (strstr(json_string_value(json_object_get(object, "@type"))
                   ? json_string_value(json_object_get(object, "@type"))
                   : "Article",
               "WebPage"))
        return;
    head->is_article = true;
    take_keywords(head, arena, json_object_get(object, "keywords"));
    set_once(&head->data_title, string_of(arena, json_object_get(object, "headline")));
    set_once(&head->data_author, name_of(arena, json_object_get(object, "author")));
    set_once(&head->data_outlet, name_of(arena, json_object_get(object, "publisher")));
    set_once(&head->data_body, string_of(arena, json_object_get(object, "articleBody")));
}

/* Many pages have line feeds in the strings of bad JSON: the date is still to be found. */
static void take_by_words(isn_html_head *head, isn_arena *arena, isn_str json)
{
    size_t at = isn_str_find(json, ISN_STR("\"datePublished\""));
    if (at == SIZE_MAX || head->data_published.n)
        return;
    isn_str rest = isn_str_trim(isn_str_part(json, at + 15, at + 120));
    if (!rest.n || rest.p[0] != ':')
        return;
    rest = isn_str_trim(isn_str_part(rest, 1, rest.n));
    const char *end = rest.n > 1 && rest.p[0] == '"' ? memchr(rest.p + 1, '"', rest.n - 1) : NULL;
    if (end && isn_utf8_valid(isn_str_of(rest.p + 1, (size_t)(end - rest.p) - 1)) ==
                   (size_t)(end - rest.p) - 1)
        head->data_published =
            isn_arena_copy(arena, isn_str_of(rest.p + 1, (size_t)(end - rest.p) - 1));
}

void isn_html_data(isn_html_head *head, isn_arena *arena, isn_str json)
{
    json_t *root = json.n ? json_loadb(json.p, json.n, 0, NULL) : NULL;
    if (!root) {
        take_by_words(head, arena, json);
        return;
    }
    /* Objects wait in a list: the script may be a list or a graph of them. */
    const json_t *waiting[MOST_OBJECTS];
    size_t n = 0, i;
    const json_t *item;
    waiting[n++] = root;
    for (size_t at = 0; at < n; at++) {
        const json_t *list =
            json_is_array(waiting[at]) ? waiting[at] : json_object_get(waiting[at], "@graph");
        json_array_foreach(list, i, item) if (n < MOST_OBJECTS) waiting[n++] = item;
        head->is_list |= json_is_object(waiting[at]) && is_list(waiting[at]);
        if (json_is_object(waiting[at]) && is_article(waiting[at]))
            take(head, arena, waiting[at]);
    }
    json_decref(root);
}
