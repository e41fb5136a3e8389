/* Fuzz target: a lexicon image whose checksum is mended, opened and read from end to end. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "lexicon/schema.h"

#define HEADER 40 /* base/image.h: magic, version, order, size, checksum, kind, sections */
#define SIZE_AT 16
#define CHECKSUM_AT 24

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEADER || size > (size_t)1 << 20)
        return 0;
    char *copy = malloc(size);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    uint64_t whole = size, sum = XXH3_64bits(copy + HEADER, size - HEADER);
    memcpy(copy + SIZE_AT, &whole, sizeof whole);
    memcpy(copy + CHECKSUM_AT, &sum, sizeof sum);
    isn_lexicon *lexicon;
    if (isn_lexicon_open_memory(&lexicon, isn_str_of(copy, size), "fuzz", NULL) == ISNAD_OK) {
        volatile size_t used = read_cells(lexicon) + read_trie(lexicon, data, size);
        (void)used;
        isn_lexicon_free(lexicon);
    }
    free(copy);
    return 0;
}
