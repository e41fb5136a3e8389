/* fetch.h - what the files of this room share: hosts, jobs, the run. For fetch*.c alone. */
#ifndef ISN_FETCH_FETCH_H
#define ISN_FETCH_FETCH_H

#include <curl/curl.h>

#include "base/buf.h"
#include "fetch/keeper.h"
#include "fetch/state.h"
#include "isnad.h"

/* Ceilings. */
#define ISN_FETCH_BODY ((size_t)16 << 20) /* bytes of an answer, as sent */
#define ISN_FETCH_HEAD ((size_t)64 << 10)
#define ISN_FETCH_HOPS 5u                 /* redirects, one after the other */
#define ISN_FETCH_LISTS 2u                /* lists in lists: an index of sitemaps, a sitemap */
#define ISN_FETCH_ACTIVE 8u               /* requests at a time, one a host */
#define ISN_FETCH_SOURCES 100000u
#define ISN_FETCH_ADDRESS 2048u           /* bytes of an address */
#define ISN_FETCH_TRIES 5                 /* failures, one after the other, until a page is given up */
#define ISN_FETCH_PATIENCE 60             /* seconds that a run waits for a host; after that it is left to the next run */
#define ISN_FETCH_BACK_OFF 60             /* seconds after the first failure; twice as long after each further one */
#define ISN_FETCH_LONGEST 86400           /* seconds that a Retry-After or back-off may last */

typedef enum isn_job_kind { ISN_JOB_ROBOTS, ISN_JOB_SOURCE, ISN_JOB_PAGE } isn_job_kind;

/* One address to get. */
typedef struct isn_job {
    isn_job_kind kind;
    char *address; /* to ask for now */
    char *first;   /* the one that the state knows; another after a redirect */
    unsigned hops, lists;
    isn_visit visit;
    struct isn_host *host;
    CURL *easy;
    struct curl_slist *fields;
    isn_buf head, body;
    bool too_large;
    char why[CURL_ERROR_SIZE];
    struct isn_job *next;
} isn_job;

/* One server: scheme, host and port. Asked for one thing at a time. */
typedef struct isn_host {
    char *name; /* "https://example.org:443" */
    isn_job *first, *last; /* what waits */
    isn_job *robots;       /* the request for robots.txt while it is under way */
    bool busy;
    bool known;     /* robots.txt was asked for in this run */
    bool closed;    /* it can't be read: nothing is */
    isn_buf rules;
    int64_t due;    /* milliseconds of the monotonic clock */
    int64_t pause;  /* between two requests, in milliseconds */
    struct isn_host *next;
} isn_host;

typedef struct isn_fetch {
    const isnad_fetch_options *options;
    isn_state *state;
    isn_keeper keeper;
    bool keeping; /* the archive is open */
    const char *archive;
    CURLM *multi;
    isn_host *hosts;
    isn_job *under_way[ISN_FETCH_ACTIVE + 1];
    unsigned active; /* of these */
    char agent[512];
    isnad_fetched done;
    isnad_status status; /* what ended the run */
    isnad_error *err;
} isn_fetch;

/* Tells a fault of an address; the run goes on. */
void isn_fetch_fault(isn_fetch *f, isnad_status status, const char *address, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Makes a job and queues it at its host; false where the address can't be used (told) or memory ended. */
bool isn_fetch_add(isn_fetch *f, isn_job_kind kind, const char *address, const char *first, unsigned hops, unsigned lists);
void isn_job_free(isn_job *job);

/* Starts the transfer of a job. */
bool isn_fetch_start(isn_fetch *f, isn_job *job);

/* Takes what came of a job that is over, and frees it. */
void isn_fetch_take(isn_fetch *f, isn_job *job, CURLcode code);

/* Milliseconds of the monotonic clock. */
int64_t isn_fetch_now(void);

#endif
