/* body.h - the bytes of an answer, shared by those who send them, and the answers that are kept for the next who asks. */
#ifndef ISN_SERVER_BODY_H
#define ISN_SERVER_BODY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "out.h"

typedef struct isn_body {
    atomic_uint owners;
    char *p;
    size_t n;
    bool gzip;
} isn_body;

/* Takes the bytes of `out`, which is empty then. With `gzip` they are packed where that makes them fewer. NULL where memory ends. */
isn_body *isn_body_new(isn_out *out, bool gzip);
isn_body *isn_body_keep(isn_body *body);
void isn_body_free(void *body); /* one owner less; NULL does nothing */

/* Answers by revision of the database and request; the one that was asked for longest ago goes first. Thread-safe. */
typedef struct isn_cache isn_cache;

isn_cache *isn_cache_new(void);
void isn_cache_free(isn_cache *cache);

/* The key has n bytes. What is found belongs to the caller too. */
isn_body *isn_cache_get(isn_cache *cache, uint64_t revision, const char *key, size_t n);
void isn_cache_put(isn_cache *cache, uint64_t revision, const char *key, size_t n, isn_body *body);

/* FNV-1a, for keys and names of versions; begin with ISN_HASH_BEGIN. */
#define ISN_HASH_BEGIN UINT64_C(0xcbf29ce484222325)
uint64_t isn_hash(uint64_t hash, const void *bytes, size_t n);

#endif
