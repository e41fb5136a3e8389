/*
 * tiny.h - a lexicon of two tables, so small that every byte of its image can be tried, and where the header of an image
 * says size and checksum (base/image.h). For tests and fuzz targets.
 */
#ifndef ISN_TEST_LEXICON_TINY_H
#define ISN_TEST_LEXICON_TINY_H

#include <string.h>
#include <xxhash.h>

#include "lexicon/compile.h"

#define TINY_HEADER 40 /* magic, version, order, size, checksum, kind, sections */
#define TINY_SIZE_AT 16
#define TINY_CHECKSUM_AT 24

/* Makes the checksum fit the image again. */
static inline void tiny_mend_checksum(char *image, size_t n)
{
    uint64_t sum = XXH3_64bits(image + TINY_HEADER, n - TINY_HEADER);
    memcpy(image + TINY_CHECKSUM_AT, &sum, sizeof sum);
}

/* The image; the caller releases the buffer. False if it can't be made. */
static inline bool tiny_image(isn_buf *image)
{
    static const char countries[] = "code\tname\nEGY\t\xD9\x85\xD8\xB5\xD8\xB1\n"
                                    "IRQ\t\xD8\xA7\xD9\x84\xD8\xB9\xD8\xB1\xD8\xA7\xD9\x82\n";
    static const char page[] = "phrase\tkind\twhere\n\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA3 \xD8\xA3\xD9\x8A\xD8\xB6\xD8\xA7"
                               "\trelated\tstart\n";
    isn_tables tables;
    isn_faults faults = {.tell = NULL};
    isn_tables_init(&tables);
    isn_buf_init(image, (size_t)1 << 24);
    bool made = isn_tables_add(&tables, ISN_T_COUNTRIES, ISN_STR(countries), "countries.tsv", &faults) &&
                isn_tables_add(&tables, ISN_T_PAGE, ISN_STR(page), "page.tsv", &faults) && faults.malformed == 0 &&
                isn_compile_tables(image, &tables, &faults, NULL) == ISNAD_OK;
    isn_tables_release(&tables);
    return made;
}

#endif
