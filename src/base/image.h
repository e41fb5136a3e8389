/*
 * image.h - a flat file of sections that is mapped, not parsed: lexicons and models are kept in it.
 *
 * Layout, all numbers in the byte order of the machine that wrote it: magic "ISNADIMG", uint32 format version,
 * uint32 byte-order mark 0x01020304, uint64 size of the whole, uint64 XXH3 of everything after the header,
 * uint32 kind, uint32 section count; then the section table of {uint32 id, uint32 item size, uint64 offset,
 * uint64 bytes}; then the sections, each at a multiple of 8. docs/image.md describes what the kinds hold.
 */
#ifndef ISN_BASE_IMAGE_H
#define ISN_BASE_IMAGE_H

#include "base/buf.h"
#include "base/str.h"
#include "isnad.h"

#define ISN_IMAGE_VERSION 1u

typedef struct isn_image {
    isn_str bytes; /* not owned */
    uint32_t kind;
} isn_image;

/*
 * Checks bytes as an image: magic, version, byte order, size, checksum, section table (inside, aligned, whole
 * items). `kind` must be that of the image. ISNAD_E_IMAGE says in *err what is wrong. bytes must outlive *image
 * and be aligned to 8. Thread-safe.
 */
isnad_status isn_image_open(isn_image *image, isn_str bytes, uint32_t kind, const char *path,
                            isnad_error *err);

/* The items of a section and their number; NULL and 0 where there is none or its item size isn't `item`. */
const void *isn_image_section(const isn_image *image, uint32_t id, size_t item, size_t *n);

/* The checksum that stands in the header of an image that was opened. */
uint64_t isn_image_hash(const isn_image *image);

/* Building one: begin, add sections in any order, finish. The buffer holds the image afterwards. */
typedef struct isn_image_maker {
    isn_buf table, body; /* of the sections so far */
    uint32_t kind, sections;
} isn_image_maker;

void isn_image_begin(isn_image_maker *maker, uint32_t kind);
void isn_image_add(isn_image_maker *maker, uint32_t id, size_t item, const void *items, size_t n);
/* Writes the whole image to *out and releases the maker; false when memory ran out on the way. */
bool isn_image_finish(isn_image_maker *maker, isn_buf *out);

#endif
