/*
 * fuzz_feed.c - any bytes as a feed: cut into items, each parsed and its markup taken out. The first byte: bit 0, a JSON Feed; bit 1,
 * little memory for the workers' part.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "read/feed.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(isn_arena *arena, const isn_feed_entry *entry, isn_str bytes, size_t *at)
{
    isn_fields plain;
    isnad_error err = {0};
    require(entry->begin >= *at && entry->begin < entry->end && entry->end <= bytes.n);
    require(entry->fields.text.n <= ISN_FEED_FIELD * 2 && isn_utf8_valid(entry->fields.text) == entry->fields.text.n);
    *at = entry->end;
    isn_arena_reset(arena);
    isnad_status status = isn_feed_plain(&plain, arena, &entry->fields, &err);
    require(status == ISNAD_OK || (status == ISNAD_E_MEMORY && arena->full && err.message[0]));
    if (status == ISNAD_OK)
        require(isn_utf8_valid(plain.text) == plain.text.n && isn_utf8_valid(plain.title) == plain.title.n &&
                plain.text.n <= entry->fields.text.n + 1 && plain.title.n <= entry->fields.title.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    isn_feed *feed;
    isn_feed_entry entry;
    isnad_error err = {0};
    isn_buf text;
    isn_arena arena;
    size_t at = 0;
    if (size < 1)
        return 0;
    isn_buf_init(&text, (size_t)1 << 26);
    for (size_t i = 1; i < size;) { /* what reaches the reader is valid UTF-8 */
        size_t length;
        char code[4];
        uint32_t c = isn_utf8_decode(isn_str_of((const char *)data, size), i, &length);
        isn_buf_append(&text, code, isn_utf8_encode(code, c));
        i += length;
    }
    isn_str bytes = isn_str_of(text.p, text.n);
    char *copy = malloc(bytes.n ? bytes.n : 1); /* of just its size: a read behind it is seen */
    require(copy);
    if (bytes.n)
        memcpy(copy, bytes.p, bytes.n);
    bytes.p = copy;
    isn_arena_init(&arena, data[0] & 2 ? size : (size_t)64 << 20);
    if (isn_feed_open(&feed, bytes, "fuzz", data[0] & 1, &err) == ISNAD_OK) {
        isn_feed_step step;
        size_t faults = 0;
        while ((step = isn_feed_next(feed, &entry, &err)) != ISN_FEED_END) {
            if (step == ISN_FEED_ENTRY)
                check_entry(&arena, &entry, bytes, &at);
            else
                require(err.message[0] && ++faults <= bytes.n + 1);
        }
        require(isn_utf8_valid(isn_feed_title(feed)) == isn_feed_title(feed).n);
        isn_feed_free(feed);
    } else {
        require(err.message[0]);
    }
    isn_arena_release(&arena);
    isn_buf_release(&text);
    free(copy);
    return 0;
}
