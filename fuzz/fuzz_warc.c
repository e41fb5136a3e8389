/*
 * fuzz_warc.c - any bytes as a web archive, plain or packed, and as packed files: cut by the reader's part, taken apart by the workers'.
 * The first byte: 0, the archive as it is; 1, each part up to a line of '=' packed with gzip; 2, the same with zstd; 3, all of it in
 * one gzip member; 4, what kind of file it is found out by its bytes.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "read/source.h"
#include "read/warc.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void gzip(isn_buf *out, isn_str s)
{
    z_stream z = {0};
    require(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t room = deflateBound(&z, s.n) + 64;
    require(isn_buf_reserve(out, room));
    z.next_in = (Bytef *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = (Bytef *)out->p + out->n;
    z.avail_out = (uInt)room;
    require(deflate(&z, Z_FINISH) == Z_STREAM_END);
    out->n += room - z.avail_out;
    deflateEnd(&z);
}

static void zstd(isn_buf *out, isn_str s)
{
    size_t room = ZSTD_compressBound(s.n);
    require(isn_buf_reserve(out, room));
    out->n += ZSTD_compress(out->p + out->n, room, s.p, s.n, 1);
}

static void pack(isn_buf *out, isn_str s, unsigned how)
{
    while (s.n && (how == 1 || how == 2)) {
        size_t cut = isn_str_find(s, ISN_STR("\n=\n"));
        isn_str part = isn_str_part(s, 0, cut);
        (how == 1 ? gzip : zstd)(out, part);
        s = isn_str_part(s, cut == SIZE_MAX ? s.n : cut + 3, s.n);
    }
    if (how == 3)
        gzip(out, s);
    else
        isn_buf_str(out, s);
}

static void read_piece(isn_warc *w, const isn_item *piece)
{
    isn_item page;
    isnad_error err = {0};
    size_t steps = 0;
    isn_warc_begin(w, piece);
    for (isn_warc_step step; (step = isn_warc_next(w, &page, &err)) != ISN_WARC_END; steps++) {
        require(steps <= w->bytes.n + 2);
        require(step == ISN_WARC_PAGE ? page.record && page.n <= ISN_WARC_RECORD : err.message[0] && err.file[0]);
        for (size_t i = 0; step == ISN_WARC_PAGE && i < page.n; i += 64)
            require(page.bytes[i] + 1000 > 0); /* every byte is there to be read */
    }
}

static void on_fault(void *context, const isnad_error *err)
{
    size_t *faults = context;
    require(err->message[0] && ++*faults < 1000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    isn_buf file;
    isn_buf_init(&file, (size_t)1 << 26);
    pack(&file, isn_str_of((const char *)data + 1, size - 1), data[0] % 5);
    int fd = memfd_create("fuzz", 0);
    require(fd >= 0 && write(fd, file.p, file.n) == (ssize_t)file.n);
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    const char *input = name;
    isn_source *source;
    isn_item piece;
    isn_warc w;
    size_t faults = 0, items = 0;
    isn_warc_init(&w);
    require(isn_source_new(&source, &input, 1, data[0] % 5 == 4 ? ISN_ITEM_GUESS : ISN_ITEM_WARC, NULL, on_fault, &faults, NULL) == ISNAD_OK);
    for (; isn_source_next(source, &piece); items++) {
        require(items < 1000000);
        if (piece.kind == ISN_ITEM_WARC)
            read_piece(&w, &piece);
        isn_item_release(&piece);
    }
    isn_source_free(source);
    isn_warc_release(&w);
    close(fd);
    isn_buf_release(&file);
    return 0;
}
