/*
 * server.h - the record over HTTP: a JSON API (openapi.json) and the files of the pages, read-only on a database, with
 * libmicrohttpd. Uses nothing of isnad but its public interface. Never prints and never exits; what an operator should
 * know goes to the callbacks.
 */
#ifndef ISN_SERVER_H
#define ISN_SERVER_H

#include <stdint.h>

#include "isnad.h"
#include "watch.h"

typedef struct isn_server isn_server;

typedef struct isn_server_options {
    const char *database;
    const char *address; /* of this machine, in numbers; NULL: 127.0.0.1 */
    uint16_t port;       /* 0: a free one */
    const char *token;   /* who doesn't have it is not served; NULL: nobody is asked, which only loopback allows */
    const char *hosts;   /* names by commas under which it is asked, beside those of this machine; or NULL */
    const char *web;     /* the folder of the pages' files, or NULL: only the API */
    const char *watch;   /* the folder whose files are coded as they come, or NULL */
    unsigned jobs;       /* threads that code them; 0: one */
    unsigned readers;    /* handles on the database; 0: one a processor, two at least */
    void *user;          /* handed to the functions below, which may be called from any thread */
    void (*access)(void *user, const char *line);                     /* a request that ended, as one line; may be NULL */
    void (*note)(void *user, const char *message);                    /* what went wrong inside; may be NULL */
    void (*watched)(void *user, const isn_watch_state *state);        /* the watch came on; may be NULL */
} isn_server_options;

/*
 * Starts a server. The strings of the options and the engine must outlive it. Fails with ISNAD_E_ARGUMENT (an address that is none, beyond
 * loopback without a token, a token that is too short), ISNAD_E_IO (the port is taken, the pages can't be read), ISNAD_E_MEMORY and as
 * isnad_store_open and isn_watch_start do.
 */
isnad_status isn_server_start(isn_server **out, isnad_engine *engine, const isn_server_options *options, isnad_error *err);
uint16_t isn_server_port(const isn_server *server);

/* Ends it, answers in flight too, within a second or so. server may be NULL. */
void isn_server_stop(isn_server *server);

/* Can only this machine reach that address? NULL: yes. */
int isn_server_is_loopback(const char *address);

#endif
