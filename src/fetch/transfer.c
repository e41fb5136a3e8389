/* transfer.c - one request by libcurl, within limits of time, size and place. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetch/fetch.h"

/* Is the IPv4 address (in the order of the host) one that isn't out on the net? After the registry of special addresses, RFC 6890. */
static bool is_private4(uint32_t a)
{
    static const struct {
        uint32_t net, bits;
    } nets[] = {{0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24},
                {0xC0000200, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4}};
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
        if ((a ^ nets[i].net) >> (32 - nets[i].bits) == 0)
            return true;
    return false;
}

static bool is_private6(const unsigned char a[16])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, translated[12] = {0, 0x64, 0xFF, 0x9B};
    uint32_t last = (uint32_t)a[12] << 24 | (uint32_t)a[13] << 16 | (uint32_t)a[14] << 8 | a[15];
    if (memcmp(a, mapped, 12) == 0 || memcmp(a, translated, 12) == 0)
        return is_private4(last);
    if (a[0] == 0x20 && a[1] == 0x02) /* 6to4: the IPv4 address stands in it */
        return is_private4((uint32_t)a[2] << 24 | (uint32_t)a[3] << 16 | (uint32_t)a[4] << 8 | a[5]);
    return (a[0] & 0xE0) != 0x20; /* all that isn't 2000::/3: loopback, link-local, unique local, multicast ... */
}

/* The address that is about to be connected to, after every look-up of the name: no server can point us into the house. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    const isn_fetch *f = context;
    bool inside = true;
    (void)purpose;
    if (address->family == AF_INET)
        inside = is_private4(ntohl(((const struct sockaddr_in *)(const void *)&address->addr)->sin_addr.s_addr));
    else if (address->family == AF_INET6)
        inside = is_private6(((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_addr.s6_addr);
    if (inside && !f->options->allow_private)
        return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t on_head(char *p, size_t size, size_t n, void *context)
{
    isn_job *job = context;
    if (n * size >= 5 && memcmp(p, "HTTP/", 5) == 0)
        isn_buf_reset(&job->head); /* 100 Continue came before */
    isn_buf_append(&job->head, p, n * size);
    return job->head.failed ? 0 : n * size;
}

static size_t on_body(char *p, size_t size, size_t n, void *context)
{
    isn_job *job = context;
    isn_buf_append(&job->body, p, n * size);
    job->too_large = job->body.failed;
    return job->too_large ? 0 : n * size;
}

/* Adds a header line of our own. */
static bool add_field(isn_job *job, const char *name, const char *value)
{
    char line[400];
    if (value[0] == 0)
        return true;
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *list = curl_slist_append(job->fields, line);
    if (list)
        job->fields = list;
    return list != NULL;
}

bool isn_fetch_start(isn_fetch *f, isn_job *job)
{
    CURL *e = job->easy = curl_easy_init();
    long seconds = f->options->timeout ? (long)f->options->timeout : 60;
    bool good = e && add_field(job, "Accept", job->kind == ISN_JOB_PAGE ? "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5" : "*/*") &&
                add_field(job, "Accept-Encoding", "gzip, br") && add_field(job, "Accept-Language", "ar,*;q=0.5");
    if (good && job->kind == ISN_JOB_SOURCE)
        good = add_field(job, "If-None-Match", job->visit.etag) && add_field(job, "If-Modified-Since", job->visit.modified);
    if (!good)
        return false;
    isn_buf_init(&job->head, ISN_FETCH_HEAD);
    isn_buf_init(&job->body, ISN_FETCH_BODY);
    curl_easy_setopt(e, CURLOPT_URL, job->address);
    curl_easy_setopt(e, CURLOPT_PRIVATE, job);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, job->why);
    curl_easy_setopt(e, CURLOPT_USERAGENT, f->agent);
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, job->fields);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L); /* each hop has a host and a robots.txt of its own */
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(e, CURLOPT_HTTP_TRANSFER_DECODING, 0L); /* the archive keeps what was sent */
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, seconds < 20 ? seconds : 20L);
    curl_easy_setopt(e, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, f);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, job);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, job);
    if (curl_multi_add_handle(f->multi, e) != CURLM_OK)
        return false;
    f->under_way[f->active++] = job;
    f->done.requests++;
    return true;
}

void isn_job_free(isn_job *job)
{
    if (!job)
        return;
    if (job->easy)
        curl_easy_cleanup(job->easy);
    curl_slist_free_all(job->fields);
    isn_buf_release(&job->head);
    isn_buf_release(&job->body);
    free(job->address);
    free(job->first);
    free(job);
}
