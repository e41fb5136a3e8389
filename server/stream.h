/*
 * stream.h - downloads: a thread of their own writes one, with its own handle on the database, into a small ring, and the connection takes it
 * from there as fast as the client does; so memory doesn't grow with what is downloaded.
 */
#ifndef ISN_SERVER_STREAM_H
#define ISN_SERVER_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "ask.h"

/* A format: its name in the address, what it is, the end of a file's name. */
typedef struct isn_format {
    const char *name, *type, *ending;
} isn_format;

extern const isn_format isn_formats[];
extern const size_t isn_n_formats;
const isn_format *isn_format_find(const char *name); /* or NULL */

typedef struct isn_streams isn_streams; /* all of a server */
typedef struct isn_stream isn_stream;   /* one */

/* Something is there to be taken again, or the first of it, or why there is nothing. Called in the stream's thread. */
typedef void isn_stream_wake_fn(void *user);

isn_streams *isn_streams_new(isnad_engine *engine, const char *database);

/* Ends all that run, by and by; streams that are begun from now on fail. Then, when all their readers are gone, isn_streams_free. */
void isn_streams_stop(isn_streams *streams);
void isn_streams_free(isn_streams *streams);

/*
 * Begins one; `wake` is called once, in the stream's thread, when the first of it is there or it has failed. NULL where too many run, or memory ends. The caller lets it go with
 * isn_stream_free.
 */
isn_stream *isn_stream_begin(isn_streams *streams, const isn_format *format, const isnad_query *query, bool gzip,
                             isn_stream_wake_fn *wake, void *user);

/* After the first wake: did it begin well? Else *status and *err tell why not. */
bool isn_stream_good(isn_stream *stream, isnad_status *status, isnad_error *err);

/*
 * Takes up to n bytes: their number; 0: the end; -1: it broke off; -2: there are none yet: `wait` was called under the
 * stream's lock and `wake` is called when there are.
 */
ssize_t isn_stream_take(isn_stream *stream, char *to, size_t n, void (*wait)(void *user), isn_stream_wake_fn *wake, void *user);

/* Nobody reads it any more. */
void isn_stream_free(isn_stream *stream);

#endif
