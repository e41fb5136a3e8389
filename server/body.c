#include "body.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "limits.h"

#define GZIP_LEVEL 5
#define GZIP_WINDOW (15 + 16) /* with a header of gzip */

uint64_t isn_hash(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* --- bodies ----------------------------------------------------------------------------------------- */

static bool pack(isn_body *body)
{
    z_stream z = {0};
    if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t room = body->n; /* larger ones are of no use */
    char *p = malloc(room);
    z.next_in = (unsigned char *)body->p;
    z.avail_in = (uInt)body->n;
    z.next_out = (unsigned char *)p;
    z.avail_out = (uInt)room;
    bool smaller = p && deflate(&z, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&z);
    if (!smaller) {
        free(p);
        return false;
    }
    free(body->p);
    char *fitting = realloc(p, z.total_out);
    body->p = fitting ? fitting : p;
    body->n = z.total_out;
    body->gzip = true;
    return true;
}

isn_body *isn_body_new(isn_out *out, bool gzip)
{
    isn_body *body = malloc(sizeof *body);
    if (!body || out->failed) {
        free(body);
        isn_out_release(out);
        return NULL;
    }
    *body = (isn_body){.p = out->p, .n = out->n};
    atomic_init(&body->owners, 1);
    *out = (isn_out){.most = out->most};
    if (gzip && body->n >= ISN_SERVE_GZIP_BYTES)
        pack(body);
    return body;
}

isn_body *isn_body_keep(isn_body *body)
{
    atomic_fetch_add(&body->owners, 1);
    return body;
}

void isn_body_free(void *pointer)
{
    isn_body *body = pointer;
    if (!body || atomic_fetch_sub(&body->owners, 1) != 1)
        return;
    free(body->p);
    free(body);
}

/* --- the cache -------------------------------------------------------------------------------------- */

typedef struct item {
    uint64_t revision, hash;
    char *key;
    size_t n;
    isn_body *body;
    struct item *next;            /* of its chain */
    struct item *newer, *older;   /* by when it was asked for */
} item;

struct isn_cache {
    pthread_mutex_t lock;
    item *chains[ISN_SERVE_CACHE_ITEMS];
    item *newest, *oldest;
    size_t items, bytes;
};

isn_cache *isn_cache_new(void)
{
    isn_cache *cache = calloc(1, sizeof *cache);
    if (cache)
        pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static size_t cost(const item *it)
{
    return sizeof *it + it->n + sizeof *it->body + it->body->n;
}

static void unlink_item(isn_cache *cache, item *it)
{
    *(it->newer ? &it->newer->older : &cache->newest) = it->older;
    *(it->older ? &it->older->newer : &cache->oldest) = it->newer;
}

static void link_newest(isn_cache *cache, item *it)
{
    it->newer = NULL;
    it->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = it;
    cache->newest = it;
}

static void drop_oldest(isn_cache *cache)
{
    item *it = cache->oldest, **place = &cache->chains[it->hash % ISN_SERVE_CACHE_ITEMS];
    while (*place != it)
        place = &(*place)->next;
    *place = it->next;
    unlink_item(cache, it);
    cache->items--;
    cache->bytes -= cost(it);
    isn_body_free(it->body);
    free(it->key);
    free(it);
}

void isn_cache_free(isn_cache *cache)
{
    if (!cache)
        return;
    while (cache->oldest)
        drop_oldest(cache);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static item *find(isn_cache *cache, uint64_t revision, uint64_t hash, const char *key, size_t n)
{
    item *it = cache->chains[hash % ISN_SERVE_CACHE_ITEMS];
    while (it && (it->hash != hash || it->revision != revision || it->n != n || memcmp(it->key, key, n) != 0))
        it = it->next;
    return it;
}

static uint64_t hash_of(uint64_t revision, const char *key, size_t n)
{
    return isn_hash(isn_hash(ISN_HASH_BEGIN, &revision, sizeof revision), key, n);
}

isn_body *isn_cache_get(isn_cache *cache, uint64_t revision, const char *key, size_t n)
{
    pthread_mutex_lock(&cache->lock);
    item *it = find(cache, revision, hash_of(revision, key, n), key, n);
    isn_body *body = it ? isn_body_keep(it->body) : NULL;
    if (it) {
        unlink_item(cache, it);
        link_newest(cache, it);
    }
    pthread_mutex_unlock(&cache->lock);
    return body;
}

void isn_cache_put(isn_cache *cache, uint64_t revision, const char *key, size_t n, isn_body *body)
{
    uint64_t hash = hash_of(revision, key, n);
    if (body->n > ISN_SERVE_CACHE_ITEM)
        return;
    item *it = calloc(1, sizeof *it);
    char *copy = malloc(n + 1);
    if (!it || !copy) { /* it is only a cache */
        free(it);
        free(copy);
        return;
    }
    memcpy(copy, key, n);
    *it = (item){.revision = revision, .hash = hash, .key = copy, .n = n, .body = body};
    pthread_mutex_lock(&cache->lock);
    if (find(cache, revision, hash, key, n)) { /* another reader was first */
        pthread_mutex_unlock(&cache->lock);
        free(copy);
        free(it);
        return;
    }
    isn_body_keep(body);
    it->next = cache->chains[hash % ISN_SERVE_CACHE_ITEMS];
    cache->chains[hash % ISN_SERVE_CACHE_ITEMS] = it;
    link_newest(cache, it);
    cache->items++;
    cache->bytes += cost(it);
    while (cache->items > ISN_SERVE_CACHE_ITEMS || cache->bytes > ISN_SERVE_CACHE_BYTES)
        drop_oldest(cache);
    pthread_mutex_unlock(&cache->lock);
}
