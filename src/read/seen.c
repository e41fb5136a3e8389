#include "read/seen.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define LONG_TEXT 200u /* bytes */

void isn_seen_release(isn_seen *seen)
{
    free(seen->slots);
    *seen = (isn_seen){0};
}

static size_t slot_of(const isn_seen *seen, uint64_t hash)
{
    size_t i = (size_t)hash & (seen->room - 1);
    while (seen->slots[i] && seen->slots[i] != hash)
        i = (i + 1) & (seen->room - 1);
    return i;
}

bool isn_seen_has(const isn_seen *seen, uint64_t hash)
{
    return seen->room && seen->slots[slot_of(seen, hash ? hash : 1)] != 0;
}

static bool grow(isn_seen *seen)
{
    if (seen->n * 2 < seen->room)
        return true;
    isn_seen larger = {.n = seen->n, .room = seen->room ? seen->room * 2 : 1024};
    larger.slots = seen->n < ISN_SEEN_MOST ? calloc(larger.room, sizeof *larger.slots) : NULL;
    if (!larger.slots) {
        seen->full = true;
        return false;
    }
    for (size_t i = 0; i < seen->room; i++)
        if (seen->slots[i])
            larger.slots[slot_of(&larger, seen->slots[i])] = seen->slots[i];
    free(seen->slots);
    *seen = larger;
    return true;
}

void isn_seen_add(isn_seen *seen, uint64_t hash)
{
    hash = hash ? hash : 1;
    if (!grow(seen))
        return;
    size_t i = slot_of(seen, hash);
    seen->n += seen->slots[i] == 0;
    seen->slots[i] = hash;
}

/* An address without what doesn't tell pages apart: scheme, "www.", fragment, a slash at its end, marks of campaigns. */
static isn_str bare_address(isn_str url)
{
    static const char *const heads[] = {"http://", "https://", "www."};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (isn_str_starts(url, isn_str_cstr(heads[i])))
            url = isn_str_part(url, strlen(heads[i]), url.n);
    url = isn_str_part(url, 0, isn_str_find(url, ISN_STR("#")));
    url = isn_str_part(url, 0, isn_str_find(url, ISN_STR("?utm_")));
    url = isn_str_part(url, 0, isn_str_find(url, ISN_STR("&utm_")));
    while (url.n && url.p[url.n - 1] == '/')
        url.n--;
    return url;
}

/* The kind of key keeps keys of different kinds apart, the lengths keep their parts apart. */
static uint64_t key(uint64_t kind, isn_str a, isn_str b, isn_str c)
{
    uint64_t h = XXH3_64bits_withSeed(a.p, a.n, kind);
    h = XXH3_64bits_withSeed(b.p, b.n, h + b.n);
    return XXH3_64bits_withSeed(c.p, c.n, h + c.n);
}

bool isn_seen_before(isn_seen *seen, const isn_seen_item *item)
{
    const isn_str none = {"", 0};
    isn_str address = bare_address(item->url);
    uint64_t keys[4];
    size_t n = 0, asked;
    if (item->id.n)
        keys[n++] = key(1, item->whole_address ? none : item->host, item->id, none);
    if (address.n)
        keys[n++] = key(2, address, item->title, none);
    if (item->text.n >= LONG_TEXT || (n == 0 && item->title.n + item->text.n))
        keys[n++] = key(3, item->host, item->title, item->text);
    asked = n;
    if (address.n) {
        keys[n++] = key(4, address, none, none);
        asked += item->id.n == 0;
    }
    for (size_t i = 0; i < asked; i++)
        if (isn_seen_has(seen, keys[i]))
            return true;
    for (size_t i = 0; i < n; i++)
        isn_seen_add(seen, keys[i]);
    return false;
}
