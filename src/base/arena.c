#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ISN_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ISN_ASAN 1
#endif
#endif
#ifdef ISN_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define ALIGN 16
#define KEEP ((size_t)8 * 1024 * 1024)

struct isn_arena_block {
    isn_arena_block *next;
    size_t size, used; /* bytes of data[] */
    _Alignas(ALIGN) char data[];
};

void isn_arena_init(isn_arena *arena, size_t ceiling)
{
    *arena = (isn_arena){.ceiling = ceiling};
}

static void free_from(isn_arena *arena, isn_arena_block *block)
{
    while (block) {
        isn_arena_block *next = block->next;
        arena->held -= block->size;
        UNPOISON(block->data, block->size);
        free(block);
        block = next;
    }
}

void isn_arena_release(isn_arena *arena)
{
    free_from(arena, arena->first);
    isn_arena_init(arena, arena->ceiling);
}

void isn_arena_reset(isn_arena *arena)
{
    size_t kept = 0;
    for (isn_arena_block *block = arena->first; block; block = block->next) {
        block->used = 0;
        POISON(block->data, block->size);
        kept += block->size;
        if (kept > KEEP && block->next) {
            free_from(arena, block->next);
            block->next = NULL;
        }
    }
    arena->now = arena->first;
    arena->used = 0;
    arena->full = false;
}

isn_arena_mark isn_arena_here(const isn_arena *arena)
{
    return (isn_arena_mark){arena->now, arena->now ? arena->now->used : 0, arena->used};
}

void isn_arena_back(isn_arena *arena, isn_arena_mark mark)
{
    isn_arena_block *now = mark.now ? mark.now : arena->first;
    arena->now = now;
    arena->used = mark.used;
    arena->full = false;
    if (!now)
        return;
    now->used = mark.in_block;
    POISON(now->data + now->used, now->size - now->used);
    free_from(arena, now->next); /* pieces of another size would lie beside them */
    now->next = NULL;
}

static isn_arena_block *add_block(isn_arena *arena, size_t n)
{
    size_t size = n > ISN_ARENA_BLOCK ? n : ISN_ARENA_BLOCK;
    isn_arena_block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->size = size;
    block->used = 0;
    POISON(block->data, block->size);
    if (arena->now) {
        block->next = arena->now->next;
        arena->now->next = block;
    } else {
        block->next = arena->first;
        arena->first = block;
    }
    arena->now = block;
    arena->held += size;
    return block;
}

void *isn_arena_alloc(isn_arena *arena, size_t n)
{
    if (n > SIZE_MAX / 2)
        goto refuse;
    n = (n + ALIGN - 1) / ALIGN * ALIGN;
    if (n == 0)
        n = ALIGN;
    if (n > arena->ceiling || arena->used > arena->ceiling - n)
        goto refuse;
    isn_arena_block *block = arena->now;
    while (block && block->size - block->used < n && block->next) {
        block = block->next;
        arena->now = block;
    }
    if (!block || block->size - block->used < n) {
        block = add_block(arena, n);
        if (!block)
            goto refuse;
    }
    void *p = block->data + block->used;
    UNPOISON(p, n);
    block->used += n;
    arena->used += n;
    return p;
refuse:
    arena->full = true;
    return NULL;
}

void *isn_arena_calloc(isn_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->full = true;
        return NULL;
    }
    void *p = isn_arena_alloc(arena, count * size);
    if (p)
        memset(p, 0, count * size);
    return p;
}

isn_str isn_arena_copy(isn_arena *arena, isn_str s)
{
    char *p = isn_arena_alloc(arena, s.n + 1);
    if (!p)
        return (isn_str){NULL, 0};
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (isn_str){p, s.n};
}

void *isn_arena_grow(isn_arena *arena, void *array, size_t count, size_t *capacity, size_t want,
                     size_t item)
{
    if (want <= *capacity)
        return array;
    size_t more = *capacity ? *capacity * 2 : 16;
    if (more < want)
        more = want;
    if (item && more > SIZE_MAX / item) {
        arena->full = true;
        return NULL;
    }
    void *p = isn_arena_alloc(arena, more * item);
    if (!p)
        return NULL;
    if (count)
        memcpy(p, array, count * item);
    *capacity = more;
    return p;
}

bool isn_arena_push_(isn_arena *arena, void **items, size_t *n, size_t *capacity, size_t item)
{
    void *p = isn_arena_grow(arena, *items, *n, capacity, *n + 1, item);
    if (!p)
        return false;
    *items = p;
    memset((char *)p + *n * item, 0, item);
    ++*n;
    return true;
}
