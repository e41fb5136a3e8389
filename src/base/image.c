#include "base/image.h"

#include <xxhash.h>

#include "base/error.h"

#define MAGIC "ISNADIMG"
#define ORDER 0x01020304u
#define MOST_SECTIONS 256u
#define CEILING ((size_t)1 << 30)

typedef struct header {
    char magic[8];
    uint32_t version, order;
    uint64_t size, checksum;
    uint32_t kind, sections;
} header;

typedef struct section {
    uint32_t id, item;
    uint64_t offset, bytes;
} section;

static const section *table_of(isn_str bytes)
{
    return (const section *)(const void *)(bytes.p + sizeof(header));
}

static const char *fault_of(isn_str bytes, uint32_t kind)
{
    header head;
    if (bytes.n < sizeof head)
        return "it is shorter than a header";
    memcpy(&head, bytes.p, sizeof head);
    if (memcmp(head.magic, MAGIC, 8) != 0)
        return "it does not begin with the magic of an image";
    if (head.order != ORDER)
        return "it was written on a machine of another byte order";
    if (head.version != ISN_IMAGE_VERSION)
        return "it has another format version";
    if (head.kind != kind)
        return "it is an image of another kind";
    if (head.size != bytes.n)
        return "it is cut short or has grown";
    if (head.sections > MOST_SECTIONS ||
        bytes.n - sizeof head < (size_t)head.sections * sizeof(section))
        return "its section table does not fit";
    if (((uintptr_t)bytes.p & 7) != 0)
        return "it is not aligned in memory";
    if (head.checksum != XXH3_64bits(bytes.p + sizeof head, bytes.n - sizeof head))
        return "its checksum is wrong";
    const section *table = table_of(bytes);
    for (uint32_t i = 0; i < head.sections; i++) {
        if (table[i].offset % 8 || table[i].offset > bytes.n ||
            table[i].bytes > bytes.n - table[i].offset || table[i].item == 0 ||
            table[i].bytes % table[i].item)
            return "a section lies outside";
    }
    return NULL;
}

uint64_t isn_image_hash(const isn_image *image)
{
    header head;
    memcpy(&head, image->bytes.p, sizeof head);
    return head.checksum;
}

isnad_status isn_image_open(isn_image *image, isn_str bytes, uint32_t kind, const char *path,
                            isnad_error *err)
{
    const char *fault = fault_of(bytes, kind);
    if (fault)
        return isn_fail(err, ISNAD_E_IMAGE, path, 0, "'%s' cannot be used: %s",
                        path ? path : "image", fault);
    *image = (isn_image){bytes, kind};
    return ISNAD_OK;
}

const void *isn_image_section(const isn_image *image, uint32_t id, size_t item, size_t *n)
{
    header head;
    memcpy(&head, image->bytes.p, sizeof head);
    const section *table = table_of(image->bytes);
    for (uint32_t i = 0; i < head.sections; i++) {
        if (table[i].id == id && table[i].item == item) {
            *n = (size_t)(table[i].bytes / item);
            return image->bytes.p + table[i].offset;
        }
    }
    *n = 0;
    return NULL;
}

void isn_image_begin(isn_image_maker *maker, uint32_t kind)
{
    isn_buf_init(&maker->table, CEILING);
    isn_buf_init(&maker->body, CEILING);
    maker->kind = kind;
    maker->sections = 0;
}

static void pad(isn_buf *buf)
{
    while (buf->n % 8 && !buf->failed)
        isn_buf_char(buf, '\0');
}

void isn_image_add(isn_image_maker *maker, uint32_t id, size_t item, const void *items, size_t n)
{
    section entry = {id, (uint32_t)item, maker->body.n, (uint64_t)item * n};
    isn_buf_append(&maker->table, &entry, sizeof entry);
    isn_buf_append(&maker->body, items, item * n);
    pad(&maker->body);
    maker->sections++;
}

bool isn_image_finish(isn_image_maker *maker, isn_buf *out)
{
    size_t front = sizeof(header) + maker->table.n;
    section *table = (section *)(void *)maker->table.p;
    for (uint32_t i = 0; i < maker->sections && !maker->table.failed; i++)
        table[i].offset += front;
    header head = {.version = ISN_IMAGE_VERSION,
                   .order = ORDER,
                   .size = front + maker->body.n,
                   .kind = maker->kind,
                   .sections = maker->sections};
    memcpy(head.magic, MAGIC, 8);
    isn_buf_reset(out);
    isn_buf_append(out, &head, sizeof head);
    isn_buf_append(out, maker->table.p, maker->table.n);
    isn_buf_append(out, maker->body.p, maker->body.n);
    bool good = !out->failed && !maker->table.failed && !maker->body.failed;
    if (good) {
        uint64_t sum = XXH3_64bits(out->p + sizeof head, out->n - sizeof head);
        memcpy(out->p + offsetof(header, checksum), &sum, sizeof sum);
    }
    isn_buf_release(&maker->table);
    isn_buf_release(&maker->body);
    return good;
}
