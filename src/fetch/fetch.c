#include "fetch/fetch.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "fetch/robots.h"

#define SOURCES_FILE ((size_t)64 << 20)
#define QUEUED 10000u /* wanted pages of earlier runs that are taken up at a time */

int64_t isn_fetch_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void isn_fetch_fault(isn_fetch *f, isnad_status status, const char *address, const char *format, ...)
{
    char message[400];
    isnad_error err = {0};
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    f->done.faults++;
    isn_fail(&err, status, NULL, 0, "'%.300s' %s", address, message);
    if (f->options->fault)
        f->options->fault(f->options->user, &err);
}

/* --- hosts and queues ------------------------------------------------------------------------------ */

/* Scheme, host and port of an address, and its path with the query; on the heap. False where it is none that is fetched. */
static bool split(const char *address, char **host, char **path)
{
    CURLU *u = curl_url();
    char *scheme = NULL, *name = NULL, *port = NULL, *p = NULL, *query = NULL;
    *host = *path = NULL;
    bool good = u && strlen(address) <= ISN_FETCH_ADDRESS && curl_url_set(u, CURLUPART_URL, address, CURLU_URLENCODE) == CURLUE_OK &&
                curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_HOST, &name, 0) == CURLUE_OK &&
                curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK && curl_url_get(u, CURLUPART_PATH, &p, 0) == CURLUE_OK &&
                (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    if (good) {
        curl_url_get(u, CURLUPART_QUERY, &query, 0);
        good = asprintf(host, "%s://%s:%s", scheme, name, port) > 0;
        good = good && asprintf(path, "%s%s%s", p, query ? "?" : "", query ? query : "") > 0;
    }
    curl_free(scheme), curl_free(name), curl_free(port), curl_free(p), curl_free(query);
    curl_url_cleanup(u);
    return good;
}

static isn_host *find_host(isn_fetch *f, const char *name)
{
    isn_host *host = f->hosts;
    while (host && strcmp(host->name, name) != 0)
        host = host->next;
    if (host)
        return host;
    int64_t due = 0;
    host = calloc(1, sizeof *host);
    if (!host || !(host->name = strdup(name)) || isn_state_host(f->state, name, &due, f->err) != ISNAD_OK) {
        free(host ? host->name : NULL);
        free(host);
        return NULL;
    }
    isn_buf_init(&host->rules, ISN_ROBOTS_BYTES);
    host->pause = (int64_t)(f->options->pause * 1000.0);
    int64_t rest = due - (int64_t)time(NULL);
    host->due = isn_fetch_now() + (rest > 0 ? rest * 1000 : 0);
    host->next = f->hosts;
    f->hosts = host;
    return host;
}

bool isn_fetch_add(isn_fetch *f, isn_job_kind kind, const char *address, const char *first, unsigned hops, unsigned lists)
{
    char *name = NULL, *path = NULL;
    isn_job *job = split(address, &name, &path) ? calloc(1, sizeof *job) : NULL;
    if (job) {
        *job = (isn_job){.kind = kind, .address = strdup(address), .first = strdup(first), .hops = hops, .lists = lists};
        job->host = find_host(f, name);
    }
    bool good = job && job->address && job->first && job->host && isn_state_find(f->state, first, &job->visit, f->err) == ISNAD_OK;
    if (good && job->host->last)
        job->host->last = job->host->last->next = job;
    else if (good)
        job->host->first = job->host->last = job;
    else
        isn_job_free(job);
    free(name);
    free(path);
    return good;
}

static isn_job *pop(isn_host *host)
{
    isn_job *job = host->first;
    if (job) {
        host->first = job->next;
        host->last = job->next ? host->last : NULL;
        job->next = NULL;
    }
    return job;
}

/* Asks the host what it lets us read. */
static bool ask_robots(isn_fetch *f, isn_host *host)
{
    isn_job *job = calloc(1, sizeof *job);
    if (!job || asprintf(&job->address, "%s/robots.txt", host->name) < 0) {
        free(job);
        return false;
    }
    job->kind = ISN_JOB_ROBOTS;
    job->host = host;
    host->robots = job;
    if (isn_fetch_start(f, job)) {
        host->busy = true;
        return true;
    }
    host->robots = NULL;
    isn_job_free(job);
    return false;
}

/* May the job's address be read by the rules of its host? What may not is dropped, and told once for a source. */
static bool is_allowed(isn_fetch *f, isn_job *job)
{
    isn_host *host = job->host;
    char *name = NULL, *path = NULL;
    if (host->closed) {
        isn_fetch_fault(f, ISNAD_E_IO, job->address, "is not asked for: the robots.txt of its host can't be had; the next run tries again");
        return false;
    }
    bool allowed = split(job->address, &name, &path) && isn_robots_allow(isn_str_of(host->rules.p, host->rules.n), isn_str_cstr(path));
    free(name);
    free(path);
    if (allowed)
        return true;
    isn_visit visit = job->visit;
    visit.wish = job->kind == ISN_JOB_PAGE ? ISN_WISH_GIVEN_UP : ISN_WISH_WANTED;
    f->done.refused++;
    if (isn_state_keep(f->state, job->first, &visit, NULL, 0, f->err) != ISNAD_OK)
        f->status = ISNAD_E_IO;
    if (job->kind == ISN_JOB_SOURCE)
        isn_fetch_fault(f, ISNAD_E_NOT_FOUND, job->address, "may not be read by the robots.txt of its host");
    return false;
}

/* Starts what can be started at this host. */
static void serve(isn_fetch *f, isn_host *host, int64_t now)
{
    while (!host->busy && host->first && host->due <= now && f->active < ISN_FETCH_ACTIVE && f->status == ISNAD_OK) {
        if (!host->known) {
            if (!ask_robots(f, host))
                host->known = host->closed = true;
            continue;
        }
        isn_job *job = pop(host);
        if (job->visit.due > (int64_t)time(NULL) && job->hops == 0 && job->visit.failures > 2) {
            isn_job_free(job); /* it failed a short while ago */
        } else if (!is_allowed(f, job)) {
            isn_job_free(job);
        } else if (isn_fetch_start(f, job)) {
            host->busy = true;
        } else {
            isn_fetch_fault(f, ISNAD_E_MEMORY, job->address, "can't be asked for: no memory");
            isn_job_free(job);
        }
    }
}

/* --- the run ---------------------------------------------------------------------------------------- */

/* Milliseconds until something can be started; -1: nothing will in this run. */
static int64_t wait_time(const isn_fetch *f, int64_t now)
{
    int64_t least = f->active ? 1000 : -1;
    for (const isn_host *host = f->hosts; host; host = host->next) {
        int64_t wait = host->due - now;
        if (!host->first || host->busy || wait > (int64_t)ISN_FETCH_PATIENCE * 1000)
            continue;
        wait = wait > 0 ? wait : 1;
        least = least < 0 || wait < least ? wait : least;
    }
    return least;
}

static void take_finished(isn_fetch *f)
{
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(f->multi, &left))) {
        isn_job *job = NULL;
        CURLcode code = message->data.result;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
        isn_fetch_take(f, job, code);
    }
}

static void work(isn_fetch *f)
{
    while (f->status == ISNAD_OK) {
        int64_t now = isn_fetch_now();
        int running;
        for (isn_host *host = f->hosts; host; host = host->next)
            serve(f, host, now);
        curl_multi_perform(f->multi, &running);
        take_finished(f);
        int64_t wait = wait_time(f, isn_fetch_now());
        if (wait < 0)
            break;
        if (f->options->progress && f->options->progress(f->options->user, &f->done)) {
            f->status = isn_fail(f->err, ISNAD_E_STOPPED, NULL, 0, "stopped on request");
            break;
        }
        curl_multi_poll(f->multi, NULL, 0, (int)(wait < 500 ? wait : 500), NULL);
    }
}

/* The sources: a line each, the first column is the address; a head line and comments are passed over. */
static isnad_status read_sources(isn_fetch *f, const char *path, isnad_error *err)
{
    isn_file file;
    isnad_status status = isn_file_open(&file, path, SOURCES_FILE, err);
    if (status != ISNAD_OK)
        return status;
    isn_str rest = file.bytes, line;
    size_t number = 0, sources = 0;
    while (status == ISNAD_OK && isn_str_next(&line, &rest, '\n')) {
        char address[ISN_FETCH_ADDRESS + 1];
        isn_str cell = {NULL, 0};
        number++;
        isn_str_next(&cell, &line, '\t');
        cell = isn_str_trim(cell);
        if (cell.n == 0 || cell.p[0] == '#' || (number == 1 && isn_str_equal(cell, ISN_STR("address"))))
            continue;
        if (cell.n > ISN_FETCH_ADDRESS || sources == ISN_FETCH_SOURCES) {
            status = isn_fail(err, ISNAD_E_LIMIT, path, number, "an address is longer than %u bytes, or there are more than %u", ISN_FETCH_ADDRESS,
                              ISN_FETCH_SOURCES);
            break;
        }
        memcpy(address, cell.p, cell.n);
        address[cell.n] = 0;
        if (!isn_fetch_add(f, ISN_JOB_SOURCE, address, address, 0, 0))
            status = isn_fail(err, ISNAD_E_FORMAT, path, number, "'%.200s' is no address that can be fetched (http or https)", address);
        sources++;
    }
    isn_file_close(&file);
    if (status == ISNAD_OK && sources == 0)
        status = isn_fail(err, ISNAD_E_EMPTY, path, 0, "'%s' names no source: an address in the first column of each line", path);
    return status;
}

static void take_up(void *context, const char *address)
{
    isn_fetch_add(context, ISN_JOB_PAGE, address, address, 0, 0);
}

/* A name for the archive of this run, where none is given. */
static isnad_status open_archive(isn_fetch *f, isnad_error *err)
{
    int64_t length;
    const char *given = f->options->archive;
    char *name = f->done.archive;
    if (given) {
        snprintf(name, sizeof f->done.archive, "%s", given);
    } else {
        time_t now = time(NULL);
        struct tm utc;
        char date[32];
        gmtime_r(&now, &utc);
        strftime(date, sizeof date, "%Y%m%d-%H%M%S", &utc);
        snprintf(name, sizeof f->done.archive, "%s/%s.warc.gz", f->options->state, date);
    }
    f->archive = name;
    isnad_status status = isn_state_length(f->state, name, &length, err);
    if (status != ISNAD_OK)
        return status;
    f->keeping = true;
    return isn_keeper_open(&f->keeper, name, length, err);
}

static isnad_status open_all(isn_fetch *f, isnad_error *err)
{
    const isnad_fetch_options *o = f->options;
    const char *contact = o->contact ? o->contact : "";
    snprintf(f->agent, sizeof f->agent, *contact ? "isnad/%s (%s)" : "isnad/%s", ISNAD_VERSION, contact);
    isnad_status status = isn_state_open(&f->state, o->state, err);
    if (status == ISNAD_OK)
        status = open_archive(f, err);
    if (status == ISNAD_OK && !(f->multi = curl_multi_init()))
        status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for requests");
    if (status == ISNAD_OK)
        status = read_sources(f, o->sources, err);
    if (status == ISNAD_OK)
        status = isn_state_wanted(f->state, (int64_t)time(NULL), QUEUED, take_up, f, err);
    return status;
}

static void close_all(isn_fetch *f)
{
    while (f->hosts) {
        isn_host *host = f->hosts;
        f->hosts = host->next;
        for (isn_job *job; (job = pop(host));)
            isn_job_free(job);
        isn_buf_release(&host->rules);
        free(host->name);
        free(host);
    }
    curl_multi_cleanup(f->multi);
    isn_state_close(f->state);
}

/* Requests under way when the run ends are broken off; the next run asks again. */
static void break_off(isn_fetch *f)
{
    while (f->active) {
        isn_job *job = f->under_way[--f->active];
        curl_multi_remove_handle(f->multi, job->easy);
        isn_job_free(job);
    }
}

isnad_status isnad_fetch(const isnad_fetch_options *options, isnad_fetched *done, isnad_error *err)
{
    isnad_error own = {0};
    isn_fetch f = {.options = options, .err = err ? err : &own};
    if (!options->sources || !options->state)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "a file of sources and a folder for the state must be named");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "libcurl can't be set up");
    isnad_status status = open_all(&f, f.err);
    if (status == ISNAD_OK) {
        work(&f);
        status = f.status;
    }
    break_off(&f);
    if (f.keeping) {
        isnad_status closed = isn_keeper_close(&f.keeper, f.err);
        status = status == ISNAD_OK ? closed : status;
    }
    close_all(&f);
    curl_global_cleanup();
    if (done)
        *done = f.done;
    return status;
}
