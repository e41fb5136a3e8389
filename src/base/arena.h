/*
 * arena.h - memory that lives as long as one article.
 *
 * Blocks are taken from the system and kept over a reset, so that a worker stops asking after its first
 * articles. Under the address sanitizer what is not handed out is poisoned. An arena has a ceiling: past it,
 * isn_arena_alloc returns NULL and the flag `full` stays set until the reset; the caller turns that into a
 * diagnostic. Not thread-safe: one arena a worker.
 */
#ifndef ISN_BASE_ARENA_H
#define ISN_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define ISN_ARENA_BLOCK ((size_t)256 * 1024)

typedef struct isn_arena_block isn_arena_block;

typedef struct isn_arena {
    isn_arena_block *first, *now;
    size_t used;    /* bytes handed out since the reset */
    size_t held;    /* bytes taken from the system */
    size_t ceiling; /* most bytes that may be handed out between resets */
    bool full;      /* an allocation was refused since the reset */
} isn_arena;

/* Makes an empty arena; nothing is allocated yet. ceiling in bytes. */
void isn_arena_init(isn_arena *arena, size_t ceiling);

/* Gives everything back to the system. The arena may be used again. */
void isn_arena_release(isn_arena *arena);

/* Forgets all allocations; keeps up to 8 MiB of blocks for reuse. */
void isn_arena_reset(isn_arena *arena);

/* A place in an arena, to go back to. */
typedef struct isn_arena_mark {
    isn_arena_block *now;
    size_t in_block, used;
} isn_arena_mark;

isn_arena_mark isn_arena_here(const isn_arena *arena);

/* Forgets what was allocated since the mark was taken, gives its blocks back to the system, and forgets that the arena was
 * full. No reset lies between. */
void isn_arena_back(isn_arena *arena, isn_arena_mark mark);

/* n bytes aligned for any type, not cleared; NULL past the ceiling or when the system has none. */
void *isn_arena_alloc(isn_arena *arena, size_t n);

/* Like isn_arena_alloc for count * size bytes, cleared; NULL on overflow too. */
void *isn_arena_calloc(isn_arena *arena, size_t count, size_t size);

/* A copy of s that lives in the arena; {NULL, 0} when there is no room. */
isn_str isn_arena_copy(isn_arena *arena, isn_str s);

/*
 * Grows an array to hold at least `want` items: *capacity items before, more after (doubling). Returns the new
 * place or NULL (the old array stays). Old storage is left to the arena.
 */
void *isn_arena_grow(isn_arena *arena, void *array, size_t count, size_t *capacity, size_t want,
                     size_t item);

/*
 * Appends room for one item to `list` (a struct with fields items, n, capacity) and yields a pointer to the
 * cleared item, or NULL.
 */
#define ISN_PUSH(arena, list)                                                                      \
    (isn_arena_push_((arena), (void **)&(list)->items, &(list)->n, &(list)->capacity,              \
                     sizeof *(list)->items)                                                        \
         ? &(list)->items[(list)->n - 1]                                                           \
         : NULL)

bool isn_arena_push_(isn_arena *arena, void **items, size_t *n, size_t *capacity, size_t item);

#endif
