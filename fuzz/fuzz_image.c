/*
 * Fuzz target: a sound lexicon image, made here so that it always fits the schema, damaged as the input says, its checksum
 * mended, opened and read from end to end. The input is a list of edits of six bytes: where (of four bytes, a multiple of
 * 4 after the header), how (set, add, take the bytes of another place, cut the image there), what.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../test/lexicon/tiny.h"
#include "lexicon/schema.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t read_cells(const isn_lexicon *lexicon)
{
    size_t sum = 0;
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        size_t rows = isn_lexicon_rows(lexicon, table);
        for (uint32_t row = 0; row < rows && row < 1000; row++) {
            for (int column = 0; column < ISN_MOST_COLUMNS; column++) {
                isn_str cell = isn_lexicon_cell(lexicon, table, row, column);
                sum += cell.n ? (uint8_t)cell.p[cell.n - 1] : 0u;
            }
            uint32_t line;
            isn_str file = isn_lexicon_source(lexicon, table, row, &line);
            sum += line + (file.n ? (uint8_t)file.p[0] : 0u);
        }
        sum += isn_lexicon_row(lexicon, table, ISN_STR("key"));
    }
    return sum;
}

static size_t read_trie(const isn_lexicon *lexicon, const uint8_t *data, size_t size)
{
    size_t sum = 0;
    uint32_t state = 0;
    for (uint32_t word = 0; word < 200; word++) {
        uint32_t first = isn_lexicon_step(lexicon, 0, word);
        for (uint32_t next = 1; next < 20; next++) {
            size_t n;
            state = isn_lexicon_step(lexicon, first, next);
            const isn_entry *entries = isn_lexicon_entries(lexicon, state, &n);
            sum += n ? entries[n - 1].exact : 0u;
            sum += isn_lexicon_goes_on(lexicon, state);
        }
    }
    for (size_t at = 0; at + 4 < size && at < 4096; at += 4)
        sum += isn_lexicon_word(lexicon, data + at, 4);
    return sum;
}

/* Carries one edit out; returns the new size of the image. */
static size_t edit(char *image, size_t size, const uint8_t *how)
{
    size_t words = (size - TINY_HEADER) / 4;
    if (words == 0)
        return size;
    uint32_t where = (uint32_t)how[0] | (uint32_t)how[1] << 8, value = (uint32_t)how[4] | (uint32_t)how[5] << 8, old;
    char *p = image + TINY_HEADER + where % words * 4;
    memcpy(&old, p, sizeof old);
    switch (how[2] % 8) {
    case 0:
        return (size_t)(p - image) & ~(size_t)7;
    case 1:
        value = old + value;
        break;
    case 2:
        value = old - value;
        break;
    case 3:
        value <<= how[3] % 32;
        break;
    case 4:
        value = UINT32_MAX - value;
        break;
    case 5:
        memcpy(&value, image + TINY_HEADER + value % words * 4, sizeof value);
        break;
    default:
        break;
    }
    memcpy(p, &value, sizeof value);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static isn_buf sound;
    if (!sound.n)
        require(tiny_image(&sound)); /* what all else starts from */
    size_t whole = sound.n;
    char *copy = malloc(whole);
    if (!copy)
        return 0;
    memcpy(copy, sound.p, whole);
    for (size_t at = 0; at + 6 <= size && at < 600 && whole > TINY_HEADER; at += 6)
        whole = edit(copy, whole, data + at);
    char *exact = whole >= TINY_HEADER ? realloc(copy, whole) : NULL;
    if (!exact) {
        free(copy);
        return 0;
    }
    uint64_t bytes = whole;
    memcpy(exact + TINY_SIZE_AT, &bytes, sizeof bytes);
    tiny_mend_checksum(exact, whole);
    isn_lexicon *lexicon;
    if (isn_lexicon_open_memory(&lexicon, isn_str_of(exact, whole), "fuzz", NULL) == ISNAD_OK) {
        volatile size_t used = read_cells(lexicon) + read_trie(lexicon, data, size);
        (void)used;
        isn_lexicon_free(lexicon);
    }
    free(exact);
    return 0;
}
