/* answer.c - what an answer means: keep it, read what it names, follow it, come back later. */
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "base/error.h"
#include "fetch/fetch.h"
#include "fetch/robots.h"
#include "read/charset.h"
#include "read/feed.h"
#include "read/http.h"
#include "read/sniff.h"
#include "read/unpack.h"

/* A header field of the answer; empty where there is none. */
static isn_str field(const isn_job *job, const char *name)
{
    isn_str rest = isn_str_of(job->head.p, job->head.n), line, value = {NULL, 0};
    while (isn_str_next(&line, &rest, '\n'))
        if (isn_http_field(&value, isn_str_trim(line), name))
            return value;
    return (isn_str){NULL, 0};
}

static void keep_field(char *out, size_t room, isn_str value)
{
    snprintf(out, room, "%.*s", value.n < room ? (int)value.n : 0, value.n ? value.p : "");
}

/* The body without chunks and packing, in *joined or *plain. */
static bool open_body(isn_job *job, isn_buf *joined, isn_buf *plain, isn_str *body)
{
    isn_str whole = isn_str_of(job->body.p, job->body.n);
    isn_http http;
    isn_buf_str(joined, isn_str_of(job->head.p, job->head.n));
    if (!isn_http_read(&http, isn_str_of(joined->p, joined->n)))
        return false;
    isn_str encoding = http.encoding;
    isn_packing packing = ISN_PACKING_NONE;
    if (encoding.n == 4 && strncasecmp(encoding.p, "gzip", 4) == 0)
        packing = ISN_PACKING_GZIP;
    else if (encoding.n == 2 && strncasecmp(encoding.p, "br", 2) == 0)
        packing = ISN_PACKING_BROTLI;
    else if (encoding.n)
        return false;
    bool chunked = http.chunked;
    isn_buf_reset(joined);
    *body = whole;
    if (chunked && isn_http_join(joined, whole, NULL) == ISNAD_OK)
        *body = isn_str_of(joined->p, joined->n);
    if (packing == ISN_PACKING_NONE)
        packing = isn_packing_of(*body) == ISN_PACKING_GZIP ? ISN_PACKING_GZIP : ISN_PACKING_NONE; /* sitemap.xml.gz */
    if (packing == ISN_PACKING_NONE)
        return true;
    isn_unpacker *u;
    size_t used;
    bool cut;
    if (isn_unpacker_new(&u, packing, NULL) != ISNAD_OK)
        return false;
    isnad_status status = isn_unpack_all(plain, u, *body, &used, &cut, NULL);
    isn_unpacker_free(u);
    *body = isn_str_of(plain->p, plain->n);
    return status == ISNAD_OK;
}

/* --- feeds and lists ------------------------------------------------------------------------------ */

/* One address that a source names: a page, or of a list another source. */
static void want(isn_fetch *f, const isn_job *job, isn_str url, bool source)
{
    char address[ISN_FETCH_ADDRESS + 1];
    bool added = false;
    CURLU *u = curl_url();
    char *whole = NULL;
    if (url.n == 0 || url.n > ISN_FETCH_ADDRESS || !u) {
        curl_url_cleanup(u);
        return;
    }
    memcpy(address, url.p, url.n);
    address[url.n] = 0;
    /* An address may be written as seen from the feed; what stands behind # is no business of the server. */
    if (curl_url_set(u, CURLUPART_URL, job->address, 0) == CURLUE_OK && curl_url_set(u, CURLUPART_URL, address, CURLU_URLENCODE) == CURLUE_OK) {
        curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
        curl_url_get(u, CURLUPART_URL, &whole, 0);
    }
    curl_url_cleanup(u);
    if (!whole)
        return;
    if (source) {
        isn_fetch_add(f, ISN_JOB_SOURCE, whole, whole, 0, job->lists + 1);
    } else if (isn_state_want(f->state, whole, &added, f->err) != ISNAD_OK) {
        f->status = ISNAD_E_IO;
    } else if (added) {
        f->done.found++;
        isn_fetch_add(f, ISN_JOB_PAGE, whole, whole, 0, 0);
    }
    curl_free(whole);
}

static void read_source(isn_fetch *f, const isn_job *job, isn_str text)
{
    isn_feed *feed;
    isn_feed_entry entry;
    isnad_error why = {0};
    const char *none = NULL;
    isn_form form = isn_sniff(text, &none);
    isn_str root = isn_sniff_root(text);
    if (form != ISN_FORM_FEED && form != ISN_FORM_JSON_FEED) {
        isn_fetch_fault(f, ISNAD_E_FORMAT, job->address, "is no feed, list of feeds or sitemap");
        return;
    }
    bool lists = isn_str_ends(root, ISN_STR("opml")) || isn_str_ends(root, ISN_STR("sitemapindex"));
    if (lists && job->lists >= ISN_FETCH_LISTS) {
        isn_fetch_fault(f, ISNAD_E_LIMIT, job->address, "is a list in lists, deeper than %u", ISN_FETCH_LISTS);
        return;
    }
    if (isn_feed_open(&feed, text, job->address, form == ISN_FORM_JSON_FEED, &why) != ISNAD_OK) {
        isn_fetch_fault(f, why.status, job->address, "%s", why.message);
        return;
    }
    for (isn_feed_step step; f->status == ISNAD_OK && (step = isn_feed_next(feed, &entry, &why)) != ISN_FEED_END;) {
        if (step == ISN_FEED_ENTRY)
            want(f, job, entry.fields.url, lists);
        else
            isn_fetch_fault(f, why.status, job->address, "%s", why.message);
    }
    isn_feed_free(feed);
}

static void take_source(isn_fetch *f, isn_job *job, isn_str body)
{
    isn_arena arena;
    isn_diagnostics diagnostics = {0};
    isn_charset_text text;
    isnad_error why = {0};
    isn_arena_init(&arena, (size_t)1 << 20);
    if (isn_charset_decode(&text, body, NULL, &diagnostics, &arena, &why) == ISNAD_OK) {
        read_source(f, job, text.text);
        isn_charset_release(&text);
    } else {
        isn_fetch_fault(f, why.status, job->address, "can't be read: %s", why.message);
    }
    isn_arena_release(&arena);
}

/* --- what becomes of a job ------------------------------------------------------------------------ */

/* Keeps it in the archive and in the state, in this order: a run that is killed in between asks once more. */
static void keep(isn_fetch *f, const isn_job *job, const isn_visit *visit, bool archived)
{
    isnad_status status = ISNAD_OK;
    if (archived)
        status = isn_keeper_put(&f->keeper, job->address, isn_str_of(job->head.p, job->head.n), isn_str_of(job->body.p, job->body.n), f->err);
    if (status == ISNAD_OK)
        status = isn_state_keep(f->state, job->first, visit, f->archive, f->keeper.length, f->err);
    if (status != ISNAD_OK)
        f->status = status;
}

static int64_t back_off(int failures)
{
    int64_t seconds = (int64_t)ISN_FETCH_BACK_OFF << (failures < 12 ? failures : 12);
    return seconds < ISN_FETCH_LONGEST ? seconds : ISN_FETCH_LONGEST;
}

/* It didn't work this time: later, or never more. */
static void fail(isn_fetch *f, isn_job *job, int64_t wait, const char *why)
{
    isn_visit visit = job->visit;
    visit.failures++;
    bool over = job->kind == ISN_JOB_PAGE && visit.failures >= ISN_FETCH_TRIES;
    int64_t seconds = wait ? wait : back_off(visit.failures - 1);
    visit.due = (int64_t)time(NULL) + seconds;
    visit.wish = over ? ISN_WISH_GIVEN_UP : ISN_WISH_WANTED;
    keep(f, job, &visit, false);
    if (over)
        isn_fetch_fault(f, ISNAD_E_IO, job->address, "%s; given up after %d tries", why, visit.failures);
    else
        isn_fetch_fault(f, ISNAD_E_IO, job->address, "%s; asked for again in %lld s at the earliest", why, (long long)seconds);
}

static void give_up(isn_fetch *f, isn_job *job, const char *why)
{
    isn_visit visit = job->visit;
    visit.wish = job->kind == ISN_JOB_PAGE ? ISN_WISH_GIVEN_UP : ISN_WISH_WANTED;
    keep(f, job, &visit, false);
    isn_fetch_fault(f, ISNAD_E_NOT_FOUND, job->address, "%s", why);
}

/* Seconds that Retry-After asks for, as a number or a date; 0: none. */
static int64_t retry_after(const isn_job *job)
{
    isn_str value = field(job, "retry-after");
    char text[64];
    int64_t seconds;
    if (value.n == 0 || value.n >= sizeof text)
        return 0;
    if (!isn_str_to_int(&seconds, value)) {
        memcpy(text, value.p, value.n);
        text[value.n] = 0;
        time_t at = curl_getdate(text, NULL);
        seconds = at == -1 ? 0 : (int64_t)at - (int64_t)time(NULL);
    }
    return seconds < 0 ? 0 : seconds < ISN_FETCH_LONGEST ? seconds : ISN_FETCH_LONGEST;
}

static void take_busy(isn_fetch *f, isn_job *job, long status)
{
    char why[64];
    int64_t wait = retry_after(job);
    if (wait) {
        job->host->due = isn_fetch_now() + wait * 1000;
        if (isn_state_rest(f->state, job->host->name, (int64_t)time(NULL) + wait, f->err) != ISNAD_OK)
            f->status = ISNAD_E_IO;
    }
    if (wait && wait <= ISN_FETCH_PATIENCE && job->visit.failures < 2) {
        isn_visit visit = job->visit;
        visit.failures++;
        keep(f, job, &visit, false);
        isn_fetch_add(f, job->kind, job->address, job->first, job->hops, job->lists);
        return;
    }
    snprintf(why, sizeof why, "the server asks to come back later (status %ld)", status);
    fail(f, job, wait, why);
}

static void take_redirect(isn_fetch *f, isn_job *job)
{
    char *to = NULL;
    curl_easy_getinfo(job->easy, CURLINFO_REDIRECT_URL, &to);
    if (!to || strlen(to) > ISN_FETCH_ADDRESS)
        give_up(f, job, "the server points elsewhere, but not where");
    else if (job->hops >= ISN_FETCH_HOPS)
        give_up(f, job, "the server points elsewhere more than 5 times, one after the other");
    else if (!isn_fetch_add(f, job->kind, to, job->first, job->hops + 1, job->lists))
        give_up(f, job, "the server points to an address that can't be used");
}

static void take_page(isn_fetch *f, isn_job *job)
{
    isn_visit visit = job->visit;
    isn_buf joined, plain;
    isn_str body;
    visit.wish = job->kind == ISN_JOB_PAGE ? ISN_WISH_DONE : ISN_WISH_WANTED;
    visit.failures = 0;
    visit.due = 0;
    keep_field(visit.etag, sizeof visit.etag, field(job, "etag"));
    keep_field(visit.modified, sizeof visit.modified, field(job, "last-modified"));
    if (job->kind == ISN_JOB_PAGE) {
        f->done.pages++;
        keep(f, job, &visit, true);
        return;
    }
    isn_buf_init(&joined, ISN_FETCH_BODY + ISN_FETCH_HEAD);
    isn_buf_init(&plain, ISN_FEED_BYTES);
    if (open_body(job, &joined, &plain, &body))
        take_source(f, job, body);
    else
        isn_fetch_fault(f, ISNAD_E_FORMAT, job->address, "comes in a form that can't be unpacked");
    isn_buf_release(&joined);
    isn_buf_release(&plain);
    f->done.sources++;
    if (f->status == ISNAD_OK) /* last, so that what it names isn't lost where the run is killed */
        keep(f, job, &visit, true);
}

static void take_unchanged(isn_fetch *f, isn_job *job)
{
    isn_visit visit = job->visit;
    visit.failures = 0;
    visit.due = 0;
    f->done.unchanged++;
    keep(f, job, &visit, false);
}

/* Robots.txt of the job's host: 2xx, its rules; 4xx, none; redirects are followed; all else closes the host for this run. */
static void take_robots(isn_fetch *f, isn_job *job, CURLcode code, long status)
{
    isn_host *host = job->host;
    isn_buf joined, plain;
    isn_str body;
    char *to = NULL;
    if (code == CURLE_OK && status / 100 == 3 && job->hops < ISN_FETCH_HOPS &&
        curl_easy_getinfo(job->easy, CURLINFO_REDIRECT_URL, &to) == CURLE_OK && to) {
        isn_job *next = calloc(1, sizeof *next);
        char *address = strdup(to);
        if (next && address) {
            *next = (isn_job){.kind = ISN_JOB_ROBOTS, .address = address, .hops = job->hops + 1, .host = host};
            host->robots = next;
            if (isn_fetch_start(f, next)) {
                host->busy = true;
                return;
            }
        }
        host->robots = NULL;
        free(next ? NULL : address);
        isn_job_free(next);
    }
    host->known = true;
    host->robots = NULL;
    host->closed = !(code == CURLE_OK && (status / 100 == 2 || status / 100 == 4));
    if (host->closed || status / 100 != 2)
        return;
    isn_buf_init(&joined, ISN_FETCH_BODY + ISN_FETCH_HEAD);
    isn_buf_init(&plain, ISN_FETCH_BODY);
    if (open_body(job, &joined, &plain, &body))
        isn_buf_str(&host->rules, isn_str_part(body, 0, ISN_ROBOTS_BYTES));
    else
        host->closed = true;
    isn_buf_release(&joined);
    isn_buf_release(&plain);
    int64_t delay = (int64_t)(isn_robots_delay(isn_str_of(host->rules.p, host->rules.n)) * 1000.0);
    host->pause = delay > host->pause ? delay : host->pause;
}

static void take_failure(isn_fetch *f, isn_job *job, CURLcode code)
{
    char why[CURL_ERROR_SIZE + 64];
    if (job->too_large) {
        snprintf(why, sizeof why, "has more than %zu bytes; it is not read", ISN_FETCH_BODY);
        give_up(f, job, why);
    } else if (code == CURLE_COULDNT_CONNECT && !f->options->allow_private && strstr(job->why, "socket")) {
        give_up(f, job, "lies in a private network, where nothing is fetched unless it is allowed");
    } else {
        snprintf(why, sizeof why, "can't be got: %s", job->why[0] ? job->why : curl_easy_strerror(code));
        fail(f, job, 0, why);
    }
}

void isn_fetch_take(isn_fetch *f, isn_job *job, CURLcode code)
{
    long status = 0;
    isn_host *host = job->host;
    curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(f->multi, job->easy);
    for (unsigned i = 0; i < f->active; i++)
        if (f->under_way[i] == job) {
            f->under_way[i] = f->under_way[--f->active];
            break;
        }
    f->done.bytes += job->head.n + job->body.n;
    host->busy = false;
    host->due = isn_fetch_now() + host->pause;
    if (job->kind == ISN_JOB_ROBOTS)
        take_robots(f, job, code, status);
    else if (code != CURLE_OK)
        take_failure(f, job, code);
    else if (status == 304)
        take_unchanged(f, job);
    else if (status / 100 == 2)
        take_page(f, job);
    else if (status / 100 == 3)
        take_redirect(f, job);
    else if (status == 429 || status == 503)
        take_busy(f, job, status);
    else if (status / 100 == 5)
        fail(f, job, 0, "the server has a fault of its own (status 5xx)");
    else if (status == 404 || status == 410)
        give_up(f, job, "isn't there (status 404 or 410)");
    else
        give_up(f, job, "the server refuses (status 4xx)");
    isn_job_free(job);
}
