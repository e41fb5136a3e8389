/*
 * sweep.h - connections and how long they may take. libmicrohttpd ends a connection on which nothing moves; one that sends
 * or takes a byte now and then would live for ever. A thread looks once in a while and shuts down those whose time is over.
 */
#ifndef ISN_SERVER_SWEEP_H
#define ISN_SERVER_SWEEP_H

#include <stdbool.h>

typedef struct isn_sweep isn_sweep;
typedef struct isn_line isn_line; /* a connection */

/* Starts the thread. NULL where that fails. */
isn_sweep *isn_sweep_start(void);
void isn_sweep_stop(isn_sweep *sweep); /* after the last connection is gone; may be NULL */

/* A connection begins and ends; NULL where memory ends. The socket stays open until isn_line_end. */
isn_line *isn_line_begin(isn_sweep *sweep, int socket);
void isn_line_end(isn_sweep *sweep, isn_line *line);

/* It has that many seconds from now on; 0: it waits for us. line may be NULL. */
void isn_line_give(isn_sweep *sweep, isn_line *line, double seconds);

/* Seconds of a clock that only goes forward. */
double isn_now(void);

#endif
