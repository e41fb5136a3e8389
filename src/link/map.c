/* map.c - open addressing with linear steps; lists as linked nodes. Keys are hashes already. */
#include "link/map.h"

enum { FIRST_SLOTS = 64 };

static isn_map_slot *slot_of(isn_map_slot *slots, size_t n, uint64_t key)
{
    size_t i = (size_t)(key ^ (key >> 32)) & (n - 1);
    while (slots[i].first != UINT32_MAX && slots[i].key != key)
        i = (i + 1) & (n - 1);
    return &slots[i];
}

static bool grow(isn_map *map)
{
    size_t n = map->n_slots ? map->n_slots * 2 : FIRST_SLOTS;
    isn_map_slot *slots = isn_arena_alloc(map->arena, n * sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < n; i++)
        slots[i] = (isn_map_slot){0, UINT32_MAX};
    for (size_t i = 0; i < map->n_slots; i++) {
        if (map->slots[i].first != UINT32_MAX)
            *slot_of(slots, n, map->slots[i].key) = map->slots[i];
    }
    map->slots = slots;
    map->n_slots = n;
    return true;
}

uint32_t isn_map_find(const isn_map *map, uint64_t key)
{
    return map->n_slots ? slot_of(map->slots, map->n_slots, key)->first : UINT32_MAX;
}

bool isn_map_add(isn_map *map, uint64_t key, uint32_t value)
{
    if (map->used * 3 >= map->n_slots * 2 && !grow(map))
        return false;
    isn_map_slot *slot = slot_of(map->slots, map->n_slots, key);
    if (slot->first != UINT32_MAX && map->nodes.items[slot->first].value == value)
        return true;
    isn_map_node *node = ISN_PUSH(map->arena, &map->nodes);
    if (!node)
        return false;
    map->used += slot->first == UINT32_MAX;
    *node = (isn_map_node){value, slot->first};
    *slot = (isn_map_slot){key, (uint32_t)(map->nodes.n - 1)};
    return true;
}
