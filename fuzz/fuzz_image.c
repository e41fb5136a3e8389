/*
 * Fuzz target: a sound lexicon image, made here so that it always fits the schema, damaged as the input says, its checksum
 * mended, opened and read from end to end. The input is a list of edits of six bytes: where (of four bytes, a multiple of
 * 4 after the header), how (set, add, take the bytes of another place, cut the image there), what.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "lexicon/compile.h"
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

static isn_buf make_image(void)
{
    static const char countries[] = "code\tname\nEGY\t\xD9\x85\xD8\xB5\xD8\xB1\n";
    static const char page[] = "phrase\tkind\twhere\n\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA3 \xD8\xA3\xD9\x8A\xD8\xB6"
                               "\xD8\xA7\trelated\tstart\n";
    isn_tables tables;
    isn_faults faults = {.tell = NULL};
    isn_buf image;
    isn_tables_init(&tables);
    isn_buf_init(&image, (size_t)1 << 24);
    if (!isn_tables_add(&tables, ISN_T_COUNTRIES, ISN_STR(countries), "countries.tsv", &faults) ||
        !isn_tables_add(&tables, ISN_T_PAGE, ISN_STR(page), "page.tsv", &faults) ||
        isn_compile_tables(&image, &tables, &faults, NULL) != ISNAD_OK)
        abort(); /* a sound image is what all else starts from */
    isn_tables_release(&tables);
    return image;
}

/* Carries one edit out; returns the new size of the image. */
static size_t edit(char *image, size_t size, const uint8_t *how)
{
    size_t words = (size - HEADER) / 4;
    if (words == 0)
        return size;
    uint32_t where = (uint32_t)how[0] | (uint32_t)how[1] << 8, value = (uint32_t)how[4] | (uint32_t)how[5] << 8, old;
    char *p = image + HEADER + where % words * 4;
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
        memcpy(&value, image + HEADER + value % words * 4, sizeof value);
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
        sound = make_image();
    size_t whole = sound.n;
    char *copy = malloc(whole);
    if (!copy)
        return 0;
    memcpy(copy, sound.p, whole);
    for (size_t at = 0; at + 6 <= size && at < 600 && whole > HEADER; at += 6)
        whole = edit(copy, whole, data + at);
    char *exact = whole >= HEADER ? realloc(copy, whole) : NULL;
    if (!exact) {
        free(copy);
        return 0;
    }
    uint64_t bytes = whole, sum = XXH3_64bits(exact + HEADER, whole - HEADER);
    memcpy(exact + SIZE_AT, &bytes, sizeof bytes);
    memcpy(exact + CHECKSUM_AT, &sum, sizeof sum);
    isn_lexicon *lexicon;
    if (isn_lexicon_open_memory(&lexicon, isn_str_of(exact, whole), "fuzz", NULL) == ISNAD_OK) {
        volatile size_t used = read_cells(lexicon) + read_trie(lexicon, data, size);
        (void)used;
        isn_lexicon_free(lexicon);
    }
    free(exact);
    return 0;
}
