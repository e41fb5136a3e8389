/* ask.h - from the parameters of a request to a query of the library. */
#ifndef ISN_SERVER_ASK_H
#define ISN_SERVER_ASK_H

#include "isnad.h"
#include "routes.h"

/* What a client is told when its request can't be answered. */
typedef struct isn_refusal {
    int status; /* of HTTP */
    char message[600], hint[600];
} isn_refusal;

typedef struct isn_ask {
    const isn_route *route;
    isnad_query query; /* its strings belong to the target; key: the part of the path that {...} stands for */
} isn_ask;

/*
 * Reads the parameters that the route takes. False with *refusal filled where one isn't known here, isn't a number within its bounds,
 * or the key isn't one. Thread-safe.
 */
bool isn_ask_read(isn_ask *out, const isn_route *route, const char *key, const isn_target *target, isn_refusal *refusal);

/* Fills a refusal; hint may be NULL. Returns false. */
bool isn_refuse(isn_refusal *out, int status, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
