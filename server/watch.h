/* watch.h - a folder whose new and changed files are coded and added to the database as they come. */
#ifndef ISN_SERVER_WATCH_H
#define ISN_SERVER_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"

/* How far it has come. */
typedef struct isn_watch_state {
    uint64_t files;   /* that lie in the folder */
    uint64_t coded;   /* articles that were coded */
    uint64_t added;   /* of those: new ones or new versions */
    uint64_t faults;  /* inputs that could not be read or coded */
    uint64_t waiting; /* files that are still to be coded */
    bool stories;     /* stories are being made */
    char problem[600]; /* the last fault, or empty */
} isn_watch_state;

typedef struct isn_watch isn_watch;

typedef struct isn_watch_options {
    const char *folder, *database;
    unsigned jobs; /* threads that code */
    void *user;
    void (*told)(void *user, const isn_watch_state *state); /* after each change, in the watch's thread; may be NULL */
} isn_watch_options;

/*
 * Opens the database for writing, makes it where it isn't there, and starts the thread. Strings must outlive it. Fails with ISNAD_E_IO (no such
 * folder), ISNAD_E_MEMORY and as isnad_store_open does.
 */
isnad_status isn_watch_start(isn_watch **out, isnad_engine *engine, const isn_watch_options *options, isnad_error *err);

/* Ends it; a batch in the middle of being written is given up. watch may be NULL. */
void isn_watch_stop(isn_watch *watch);

/* The state as JSON; "null" for NULL. Thread-safe. */
void isn_watch_tell(isn_out *out, isn_watch *watch);

#endif
