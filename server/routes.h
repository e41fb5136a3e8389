/* routes.h - the one table of the API: what may be asked for, with which parameters, and which page has it as its JSON twin. */
#ifndef ISN_SERVER_ROUTES_H
#define ISN_SERVER_ROUTES_H

#include <stdint.h>

#include "isnad.h"
#include "target.h"

/* Every parameter of the API: name here, name in an address. */
#define ISN_PARAM_LIST(X)  \
    X(Q, "q")              \
    X(ACTOR, "actor")      \
    X(BY, "by")            \
    X(TO, "to")            \
    X(ABOUT, "about")      \
    X(OUTLET, "outlet")    \
    X(COUNTRY, "country")  \
    X(TYPE, "type")        \
    X(STATUS, "status")    \
    X(QUAD, "quad")        \
    X(SINCE, "since")      \
    X(UNTIL, "until")      \
    X(ORDER, "order")      \
    X(OFFSET, "offset")    \
    X(LIMIT, "limit")      \
    X(SORT, "sort")        \
    X(PERIOD, "period")    \
    X(A, "a")              \
    X(B, "b")

typedef enum isn_param {
#define X(name, text) ISN_PARAM_##name,
    ISN_PARAM_LIST(X)
#undef X
    ISN_PARAM_COUNT
} isn_param;

extern const char *const isn_param_names[ISN_PARAM_COUNT];

typedef enum isn_shape {
    ISN_SHAPE_LIST,    /* rows, framed with offset, limit, more, total */
    ISN_SHAPE_OBJECT,  /* one object */
    ISN_SHAPE_STATUS,  /* one object, to which the server adds what it watches */
    ISN_SHAPE_ACTOR,   /* one object, to which the server adds what the lexicon knows */
    ISN_SHAPE_EXPORT,  /* a download */
    ISN_SHAPE_OPENAPI  /* the description of the API */
} isn_shape;

/* What stands for {} in a pattern. */
typedef enum isn_key {
    ISN_KEY_NONE,
    ISN_KEY_NUMBER, /* digits */
    ISN_KEY_NAME    /* any text */
} isn_key;

typedef struct isn_route {
    const char *pattern; /* behind /api/v1/; {...} stands for one part of the path */
    const char *page;    /* pattern of the page (behind /ar/ or /en/) whose JSON twin it is, or NULL */
    isn_shape shape;
    isn_key key;
    isnad_found kind;
    uint32_t params; /* bit 1 << isn_param */
} isn_route;

extern const isn_route isn_routes[];
extern const size_t isn_n_routes;

/* What a path names. */
typedef enum isn_place {
    ISN_PLACE_API,     /* a route of the API */
    ISN_PLACE_TWIN,    /* the same by the address of a page with .json */
    ISN_PLACE_NO_API,  /* below /api, and nothing there */
    ISN_PLACE_HOME,    /* "/" */
    ISN_PLACE_PAGE,    /* a page of the program */
    ISN_PLACE_BARE,    /* /ar or /en without a slash */
    ISN_PLACE_OTHER    /* a file of the pages, or nothing */
} isn_place;

/* *route and *key are filled for API and TWIN (key NULL where the route has none). Thread-safe. */
isn_place isn_route_find(const isn_route **route, const char **key, const isn_target *target);

#endif
