#include "routes.h"

#include <string.h>

#define P(name) (1u << ISN_PARAM_##name)
#define PAGING (P(OFFSET) | P(LIMIT))
#define DAYS (P(SINCE) | P(UNTIL))
#define ARTICLES (P(Q) | P(ACTOR) | P(BY) | P(TO) | P(OUTLET) | P(COUNTRY) | P(TYPE) | P(QUAD) | DAYS)
#define EVENTS (ARTICLES | P(STATUS))
#define STORIES (P(Q) | P(OUTLET) | P(ACTOR) | P(COUNTRY) | DAYS)
#define QUOTES (P(Q) | P(ACTOR) | P(BY) | P(TO) | P(ABOUT) | P(OUTLET) | P(COUNTRY) | DAYS)

const char *const isn_param_names[ISN_PARAM_COUNT] = {
#define X(name, text) text,
    ISN_PARAM_LIST(X)
#undef X
};

const isn_route isn_routes[] = {
    {"status", NULL, ISN_SHAPE_STATUS, ISN_KEY_NONE, ISNAD_FOUND_STATUS, 0},
    {"front", "", ISN_SHAPE_OBJECT, ISN_KEY_NONE, ISNAD_FOUND_FRONT, 0},
    {"stories", "stories", ISN_SHAPE_LIST, ISN_KEY_NONE, ISNAD_FOUND_STORIES, STORIES | P(SORT) | PAGING},
    {"stories/{story}", "stories/{story}", ISN_SHAPE_OBJECT, ISN_KEY_NUMBER, ISNAD_FOUND_STORY, 0},
    {"stories/{story}/facts", NULL, ISN_SHAPE_OBJECT, ISN_KEY_NUMBER, ISNAD_FOUND_FACTS, PAGING},
    {"articles", "search", ISN_SHAPE_LIST, ISN_KEY_NONE, ISNAD_FOUND_ARTICLES, ARTICLES | P(ORDER) | PAGING},
    {"articles/{article}", "articles/{article}", ISN_SHAPE_OBJECT, ISN_KEY_NUMBER, ISNAD_FOUND_ARTICLE, 0},
    {"actors", "actors", ISN_SHAPE_LIST, ISN_KEY_NONE, ISNAD_FOUND_ACTORS, P(Q) | PAGING},
    {"actors/{actor}", "actors/{actor}", ISN_SHAPE_ACTOR, ISN_KEY_NAME, ISNAD_FOUND_ACTOR_PAGE, 0},
    {"events", "events", ISN_SHAPE_LIST, ISN_KEY_NONE, ISNAD_FOUND_EVENTS, EVENTS | P(ORDER) | PAGING},
    {"events/series", NULL, ISN_SHAPE_OBJECT, ISN_KEY_NONE, ISNAD_FOUND_SERIES, EVENTS | P(PERIOD)},
    {"dyad", NULL, ISN_SHAPE_OBJECT, ISN_KEY_NONE, ISNAD_FOUND_DYAD, P(A) | P(B) | P(TYPE) | P(STATUS) | P(QUAD) | P(PERIOD) | DAYS},
    {"quotes", "quotes", ISN_SHAPE_LIST, ISN_KEY_NONE, ISNAD_FOUND_QUOTES, QUOTES | P(ORDER) | PAGING},
    {"timeline", NULL, ISN_SHAPE_LIST, ISN_KEY_NONE, ISNAD_FOUND_TIMELINE, EVENTS | P(ORDER) | PAGING},
    {"outlets", "outlets", ISN_SHAPE_OBJECT, ISN_KEY_NONE, ISNAD_FOUND_OUTLETS, 0},
    {"outlets/{outlet}", "outlets/{outlet}", ISN_SHAPE_OBJECT, ISN_KEY_NAME, ISNAD_FOUND_OUTLET, 0},
    {"types", NULL, ISN_SHAPE_OBJECT, ISN_KEY_NONE, ISNAD_FOUND_TYPES, 0},
    {"export/{format}", NULL, ISN_SHAPE_EXPORT, ISN_KEY_NAME, ISNAD_FOUND_ARTICLES, ARTICLES},
    {"openapi.json", NULL, ISN_SHAPE_OPENAPI, ISN_KEY_NONE, ISNAD_FOUND_ARTICLES, 0},
};
const size_t isn_n_routes = sizeof isn_routes / sizeof *isn_routes;

/* A pattern of the program that has no twin among the routes. */
static const char *const other_pages[] = {"limits"};

/* Do the segments have the shape of the pattern? *key: the one that {...} stands for. */
static bool matches(const char **key, const char *pattern, const char *const *segments, size_t n)
{
    size_t i = 0;
    *key = NULL;
    while (*pattern) {
        size_t length = strcspn(pattern, "/");
        if (i == n)
            return false;
        if (*pattern == '{')
            *key = segments[i];
        else if (strncmp(pattern, segments[i], length) != 0 || segments[i][length])
            return false;
        i++;
        pattern += length + (pattern[length] == '/');
    }
    return i == n;
}

static bool is_language(const char *segment)
{
    return strcmp(segment, "ar") == 0 || strcmp(segment, "en") == 0;
}

/* A page, its twin, or nothing. With `twin` the last of the segments has its ".json" taken off. */
static bool find_page(const isn_route **route, const char **key, const char *const *segments, size_t n)
{
    for (size_t i = 0; i < isn_n_routes; i++) {
        if (isn_routes[i].page && matches(key, isn_routes[i].page, segments, n)) {
            *route = &isn_routes[i];
            return true;
        }
    }
    return false;
}

static isn_place find_localized(const isn_route **route, const char **key, const isn_target *t)
{
    const char *segments[ISN_SERVE_SEGMENTS];
    size_t n = t->n_segments - 1;
    memcpy(segments, t->segments + 1, n * sizeof *segments);
    if (t->stem && !t->slash) {
        segments[n - 1] = t->stem;
        if (!*t->stem)
            n--; /* /ar/.json */
        return find_page(route, key, segments, n) ? ISN_PLACE_TWIN : ISN_PLACE_OTHER;
    }
    if (n == 0)
        return t->slash ? ISN_PLACE_PAGE : ISN_PLACE_BARE;
    if (find_page(route, key, segments, n))
        return ISN_PLACE_PAGE;
    for (size_t i = 0; i < sizeof other_pages / sizeof *other_pages; i++) {
        if (matches(key, other_pages[i], segments, n))
            return ISN_PLACE_PAGE;
    }
    return ISN_PLACE_OTHER;
}

isn_place isn_route_find(const isn_route **route, const char **key, const isn_target *t)
{
    *route = NULL;
    *key = NULL;
    if (t->n_segments == 0)
        return ISN_PLACE_HOME;
    if (strcmp(t->segments[0], "api") == 0) {
        bool ours = t->n_segments > 2 && strcmp(t->segments[1], "v1") == 0 && !t->slash;
        for (size_t i = 0; ours && i < isn_n_routes; i++) {
            if (matches(key, isn_routes[i].pattern, t->segments + 2, t->n_segments - 2)) {
                *route = &isn_routes[i];
                return ISN_PLACE_API;
            }
        }
        return ISN_PLACE_NO_API;
    }
    if (t->n_segments == 1 && t->stem && is_language(t->stem))
        return find_page(route, key, NULL, 0) ? ISN_PLACE_TWIN : ISN_PLACE_OTHER; /* /ar.json */
    return is_language(t->segments[0]) ? find_localized(route, key, t) : ISN_PLACE_OTHER;
}
