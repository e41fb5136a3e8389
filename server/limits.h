/* limits.h - every bound of the server, each with its name (docs/serving.md lists them). */
#ifndef ISN_SERVER_LIMITS_H
#define ISN_SERVER_LIMITS_H

/* what a request may be */
#define ISN_SERVE_URI_BYTES 4096            /* of a request's address, query included */
#define ISN_SERVE_HEADER_BYTES (32u << 10)  /* memory of one connection: request line and headers */
#define ISN_SERVE_VALUE_BYTES 1000          /* of one parameter, decoded */
#define ISN_SERVE_PARAMS 24
#define ISN_SERVE_SEGMENTS 8                /* parts of a path */

/* paging */
#define ISN_SERVE_ROWS 50                   /* where `limit` isn't given */
#define ISN_SERVE_MOST_ROWS 200
#define ISN_SERVE_MOST_OFFSET 10000

/* connections and time, in seconds */
#define ISN_SERVE_CONNECTIONS 256
#define ISN_SERVE_PER_ADDRESS 192           /* a proxy in front is one address for all who come through it */
#define ISN_SERVE_REQUEST_SECONDS 10        /* to send a whole request, and for a connection to lie idle between two */
#define ISN_SERVE_WORK_SECONDS 10           /* to make an answer */
#define ISN_SERVE_ANSWER_SECONDS 60         /* to take an answer */
#define ISN_SERVE_EXPORT_SECONDS 600        /* to take a download */
#define ISN_SERVE_WAITING 128               /* requests that wait for a reader of the database */

/* answers */
#define ISN_SERVE_ANSWER_BYTES (32u << 20)
#define ISN_SERVE_GZIP_BYTES 1024           /* from which on an answer is packed */
#define ISN_SERVE_CACHE_BYTES (32u << 20)   /* of answers that are kept, all together */
#define ISN_SERVE_CACHE_ITEM (4u << 20)     /* of one that is kept */
#define ISN_SERVE_CACHE_ITEMS 4096
#define ISN_SERVE_READERS 16                /* handles on the database, each with its thread */
#define ISN_SERVE_EXPORTS 2                 /* downloads at a time */
#define ISN_SERVE_EXPORT_RING (256u << 10)  /* bytes of a download on their way */

/* the pages' files */
#define ISN_SERVE_FILES 2000
#define ISN_SERVE_FILES_BYTES (64u << 20)

/* who may ask */
#define ISN_SERVE_TOKEN_LEAST 16
#define ISN_SERVE_TOKEN_MOST 256
#define ISN_SERVE_HOSTS 16

/* --watch */
#define ISN_WATCH_FILES 1000000
#define ISN_WATCH_DEPTH 32
#define ISN_WATCH_BATCH 256                 /* files that are coded before their articles are safe in the database */
#define ISN_WATCH_POLL_MS 1000              /* between two looks, at least; and no more than a tenth of the time is spent looking */
#define ISN_WATCH_QUIET_MS 1500             /* a file that was written to this recently is not yet read */
#define ISN_WATCH_STORIES_SECONDS 10        /* between two times that stories are made, at least */

#endif
