/* bound.c - ending what a database is asked before it is done: time-outs, and the end of a program that serves. */
#include <time.h>

#include "store/parts.h"

#define ASK_EVERY 1000 /* steps of SQLite's machine: some microseconds */
#define BUSY_PAUSE_MS 10

static int asked(void *user)
{
    isnad_store *store = user;
    return store->stop(store->stop_user);
}

/* Waits for another writer as the usual handler does, but not longer than it is wanted. */
static int busy(void *user, int times)
{
    isnad_store *store = user;
    if (times >= ISN_STORE_BUSY_MS / BUSY_PAUSE_MS || store->stop(store->stop_user))
        return 0;
    nanosleep(&(struct timespec){0, BUSY_PAUSE_MS * 1000000L}, NULL);
    return 1;
}

void isnad_store_bound(isnad_store *store, isnad_stop_fn *stop, void *user)
{
    store->stop = stop;
    store->stop_user = user;
    sqlite3_progress_handler(store->db, stop ? ASK_EVERY : 0, stop ? asked : NULL, store);
    if (stop)
        sqlite3_busy_handler(store->db, busy, store);
    else
        sqlite3_busy_timeout(store->db, ISN_STORE_BUSY_MS);
}
