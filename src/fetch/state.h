/*
 * state.h - what fetching remembers from run to run, in one file of SQLite: addresses that are wanted, done or given up, marks for conditional
 * requests, hosts that asked for a pause, and how much of the archive is whole. Each step is one transaction: a run that is killed
 * goes on where it was. Not thread-safe.
 */
#ifndef ISN_FETCH_STATE_H
#define ISN_FETCH_STATE_H

#include "base/str.h"
#include "isnad.h"

typedef struct isn_state isn_state;

typedef enum isn_wish { ISN_WISH_WANTED, ISN_WISH_DONE, ISN_WISH_GIVEN_UP } isn_wish;

/* What is known of an address. */
typedef struct isn_visit {
    isn_wish wish;
    char etag[256], modified[64]; /* of the last answer, for conditional requests; empty where there were none */
    int64_t due;                  /* not before this time (seconds since 1970) */
    int failures;                 /* one after the other */
} isn_visit;

/* Opens the state of a folder, which is made where it isn't there. Fails with ISNAD_E_IO (also where another run holds it). */
isnad_status isn_state_open(isn_state **out, const char *folder, isnad_error *err);
void isn_state_close(isn_state *state);

/* What is known of an address; cleared (wanted, due at once) where it is new. */
isnad_status isn_state_find(isn_state *state, const char *address, isn_visit *out, isnad_error *err);

/* Wants a page, unless it is known. *added tells whether it was new. */
isnad_status isn_state_want(isn_state *state, const char *address, bool *added, isnad_error *err);

/* Keeps what came of an address, and how long the archive is now, in one step. archive may be NULL: it didn't grow. */
isnad_status isn_state_keep(isn_state *state, const char *address, const isn_visit *visit, const char *archive, int64_t length,
                            isnad_error *err);

/* How long the archive was when its last record was kept; -1 for one that isn't known. */
isnad_status isn_state_length(isn_state *state, const char *archive, int64_t *length, isnad_error *err);

/* Until when a host is to be left alone; 0: not at all. */
isnad_status isn_state_host(isn_state *state, const char *host, int64_t *due, isnad_error *err);
isnad_status isn_state_rest(isn_state *state, const char *host, int64_t due, isnad_error *err);

/* Tells up to `most` pages that are wanted and due, in the order in which they were found. The address is good during the call. */
typedef void isn_state_fn(void *context, const char *address);
isnad_status isn_state_wanted(isn_state *state, int64_t now, size_t most, isn_state_fn *tell, void *context, isnad_error *err);

#endif
