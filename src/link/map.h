/* map.h - a hash map from 64-bit keys to lists of numbers, in an arena: what keeps joining linear. */
#ifndef ISN_LINK_MAP_H
#define ISN_LINK_MAP_H

#include "base/arena.h"

typedef struct isn_map_node {
    uint32_t value, next; /* next: node, UINT32_MAX at the end */
} isn_map_node;

typedef struct isn_map_slot {
    uint64_t key;
    uint32_t first; /* node added last, UINT32_MAX: the slot is free */
} isn_map_slot;

/* Zeroed it is empty. */
typedef struct isn_map {
    isn_arena *arena;
    isn_map_slot *slots;
    size_t n_slots, used; /* n_slots is a power of two */
    struct {
        isn_map_node *items;
        size_t n, capacity;
    } nodes;
} isn_map;

/* The list of a key, what was added last first: a node of map->nodes, UINT32_MAX if none. */
uint32_t isn_map_find(const isn_map *map, uint64_t key);
/* Puts value before the list of key unless it stands there first; false when the arena is full. */
bool isn_map_add(isn_map *map, uint64_t key, uint32_t value);

#endif
