#include "read/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define NO_FILE INT_MAX /* in place of a descriptor where bytes come from a function: seeking in it fails */
#define MOST_BEHIND 65536u /* zero bytes behind the last member, as tapes leave them */

static isnad_status broken(isn_stream *s)
{
    s->end = s->broken = true;
    return ISNAD_E_IO;
}

/* Reads a chunk of the file itself into a buffer; *end where there is no more. */
static isnad_status read_file(isn_stream *s, isn_buf *buf, bool *end, isnad_error *err)
{
    if (!isn_buf_reserve(buf, ISN_STREAM_CHUNK)) {
        isn_fail(err, ISNAD_E_MEMORY, s->name, s->line, "no memory for '%s'", s->name);
        broken(s);
        return ISNAD_E_MEMORY;
    }
    ssize_t got;
    do
        got = s->reads ? s->reads(s->context, buf->p + buf->n, ISN_STREAM_CHUNK) : read(s->fd, buf->p + buf->n, ISN_STREAM_CHUNK);
    while (got < 0 && errno == EINTR && !s->reads);
    if (got < 0 && s->reads) {
        isn_fail(err, ISNAD_E_IO, s->name, s->line, "cannot read '%s'", s->name);
        return broken(s);
    }
    if (got < 0) {
        isn_fail(err, ISNAD_E_IO, s->name, s->line, "cannot read '%s': %s", s->name, strerror(errno));
        return broken(s);
    }
    buf->n += (size_t)got;
    s->read += (uint64_t)got;
    *end = got == 0;
    return ISNAD_OK;
}

isnad_status isn_stream_open(isn_stream *s, char *name, isnad_error *err)
{
    *s = (isn_stream){.fd = -1, .name = name, .line = 1};
    isn_buf_init(&s->buf, ISN_STREAM_ROOM);
    isn_buf_init(&s->packed, ISN_STREAM_ROOM);
    s->fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    isnad_status status = ISNAD_OK;
    if (s->fd < 0)
        status = isn_fail(err, ISNAD_E_IO, name, 0, "cannot open '%s': %s", name, strerror(errno));
    struct stat info;
    if (s->fd >= 0 && fstat(s->fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size < (off_t)(1 << 20))
        isn_buf_reserve(&s->buf, (size_t)info.st_size + ISN_STREAM_CHUNK + 1);
    while (status == ISNAD_OK && !s->end && s->buf.n < ISN_STREAM_CHUNK)
        status = isn_stream_more(s, err);
    if (status != ISNAD_OK)
        isn_stream_close(s);
    return status;
}

isnad_status isn_stream_open_part(isn_stream *s, char *name, isn_stream_read *reads, void *context, uint64_t offset, uint64_t line,
                                  isnad_error *err)
{
    *s = (isn_stream){.fd = NO_FILE, .name = name, .line = line ? line : 1, .base = offset, .reads = reads, .context = context};
    isn_buf_init(&s->buf, ISN_STREAM_ROOM);
    isn_buf_init(&s->packed, ISN_STREAM_ROOM);
    isnad_status status = ISNAD_OK;
    while (status == ISNAD_OK && !s->end && s->buf.n < ISN_STREAM_CHUNK)
        status = isn_stream_more(s, err);
    if (status != ISNAD_OK)
        isn_stream_close(s);
    return status;
}

void isn_stream_close(isn_stream *s)
{
    if (s->fd > STDIN_FILENO && !s->reads)
        close(s->fd);
    free(s->name);
    isn_buf_release(&s->buf);
    isn_buf_release(&s->packed);
    isn_unpacker_free(s->unpacker);
    *s = (isn_stream){.fd = -1};
}

static isn_str packed_rest(const isn_stream *s)
{
    return isn_str_part(isn_str_of(s->packed.p, s->packed.n), s->packed_at, s->packed.n);
}

/* Reads more of the packed file; what was unpacked goes. */
static isnad_status more_packed(isn_stream *s, isnad_error *err)
{
    isn_str rest = packed_rest(s);
    if (s->packed_at) {
        memmove(s->packed.p, rest.p, rest.n);
        s->packed_base += s->packed_at;
        s->packed.n = rest.n;
        s->packed_at = 0;
    }
    return read_file(s, &s->packed, &s->packed_end, err);
}

/* At the end of a member: is there another? Sets `end` where there isn't; what is no member and no zeros is a fault. */
static isnad_status next_member(isn_stream *s, isnad_error *err)
{
    isnad_status status = ISNAD_OK;
    size_t zeros = 0;
    while (status == ISNAD_OK) {
        isn_str rest = packed_rest(s);
        while (zeros < MOST_BEHIND && rest.n && rest.p[0] == 0) {
            rest = isn_str_part(rest, 1, rest.n);
            s->packed_at++;
            zeros++;
        }
        if (rest.n < 4 && !s->packed_end) {
            status = more_packed(s, err);
            continue;
        }
        if (rest.n == 0)
            s->end = true;
        else if (isn_packing_of(rest) != s->packing) {
            isn_fail(err, ISNAD_E_FORMAT, s->name, 0,
                     "'%s' holds other bytes behind its compressed data, from byte %llu on; they are not read", s->name,
                     (unsigned long long)(s->packed_base + s->packed_at));
            broken(s);
            status = ISNAD_E_FORMAT;
        }
        break;
    }
    return status;
}

static isnad_status unpack_fault(isn_stream *s, isn_unpacked state, isnad_error *err)
{
    unsigned long long at = s->packed_base + s->packed_at;
    broken(s);
    if (state == ISN_UNPACKED_MORE)
        return isn_fail(err, ISNAD_E_FORMAT, s->name, 0,
                        "'%s' was cut: it ends at byte %llu, within its compressed data; what comes before is read",
                        s->name, at);
    if (state == ISN_UNPACKED_BOMB)
        return isn_fail(err, ISNAD_E_LIMIT, s->name, 0,
                        "'%s' grows more than %u times when it is unpacked; it is read up to byte %llu", s->name,
                        ISN_UNPACK_RATIO, at);
    if (state == ISN_UNPACKED_MEMORY)
        return isn_fail(err, ISNAD_E_MEMORY, s->name, 0, "no memory to unpack '%s'", s->name);
    return isn_fail(err, ISNAD_E_FORMAT, s->name, 0,
                    "the compressed data of '%s' is damaged before byte %llu; what comes before is read", s->name, at);
}

static isnad_status more_unpacked(isn_stream *s, isnad_error *err)
{
    size_t before = s->buf.n;
    while (s->buf.n == before && !s->end) {
        isn_str rest = packed_rest(s);
        size_t had = rest.n, got;
        if (!isn_buf_reserve(&s->buf, ISN_STREAM_CHUNK)) {
            isn_fail(err, ISNAD_E_MEMORY, s->name, s->line, "no memory for '%s'", s->name);
            broken(s);
            return ISNAD_E_MEMORY;
        }
        isn_unpacked state = isn_unpack(s->unpacker, &rest, s->buf.p + s->buf.n, s->buf.capacity - s->buf.n, &got);
        s->buf.n += got;
        s->packed_at += had - rest.n;
        isnad_status status = ISNAD_OK;
        if (state == ISN_UNPACKED_MEMBER && s->one_member)
            s->end = true;
        else if (state == ISN_UNPACKED_MEMBER)
            status = next_member(s, err);
        else if (state == ISN_UNPACKED_MORE && !s->packed_end)
            status = more_packed(s, err);
        else if (state != ISN_UNPACKED_FULL)
            return unpack_fault(s, state, err);
        if (status != ISNAD_OK)
            return status;
    }
    return ISNAD_OK;
}

isnad_status isn_stream_more(isn_stream *s, isnad_error *err)
{
    return s->unpacker ? more_unpacked(s, err) : read_file(s, &s->buf, &s->end, err);
}

void isn_stream_shift(isn_stream *s)
{
    if (s->at == 0)
        return;
    memmove(s->buf.p, s->buf.p + s->at, s->buf.n - s->at);
    s->base += s->at;
    s->buf.n -= s->at;
    s->at = 0;
}

isn_str isn_stream_rest(const isn_stream *s)
{
    return isn_str_part(isn_str_of(s->buf.p, s->buf.n), s->at, s->buf.n);
}

isnad_status isn_stream_unpack(isn_stream *s, isn_packing packing, bool one_member, isnad_error *err)
{
    isnad_status status = isn_unpacker_new(&s->unpacker, packing, err);
    if (status != ISNAD_OK)
        return status;
    isn_buf raw = s->buf;
    s->packing = packing;
    s->one_member = one_member;
    s->buf = s->packed;
    isn_buf_reset(&s->buf);
    s->packed = raw;
    s->packed_at = s->at;
    s->packed_base = s->base;
    s->packed_end = s->end;
    s->at = 0;
    s->base = 0;
    s->end = false;
    return ISNAD_OK;
}

void isn_stream_as_is(isn_stream *s)
{
    isn_unpacker_free(s->unpacker);
    s->unpacker = NULL;
    isn_buf unpacked = s->buf;
    s->buf = s->packed;
    s->at = s->packed_at;
    s->base = s->packed_base;
    s->end = s->packed_end;
    s->packed = unpacked;
    isn_buf_reset(&s->packed);
}

uint64_t isn_stream_place(const isn_stream *s)
{
    return s->base + s->at;
}
