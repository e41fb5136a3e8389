#include "read/unpack.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"

#define STEP ((size_t)64 * 1024)

struct isn_unpacker {
    isn_packing packing;
    z_stream z;
    bool made;  /* z holds memory */
    bool begun; /* a member has begun */
    ZSTD_DStream *zstd;
    BrotliDecoderState *brotli;
    uint64_t in, out; /* bytes since the last reset */
};

isn_packing isn_packing_of(isn_str head)
{
    static const unsigned char gzip[] = {0x1F, 0x8B, 0x08}, zstd[] = {0x28, 0xB5, 0x2F, 0xFD};
    const unsigned char *p = (const unsigned char *)head.p;
    if (head.n >= 3 && memcmp(p, gzip, 3) == 0)
        return ISN_PACKING_GZIP;
    if (head.n >= 4 && memcmp(p, zstd, 4) == 0)
        return ISN_PACKING_ZSTD;
    if (head.n >= 4 && (p[0] & 0xF0) == 0x50 && p[1] == 0x2A && p[2] == 0x4D && p[3] == 0x18)
        return ISN_PACKING_ZSTD;
    return ISN_PACKING_NONE;
}

isnad_status isn_unpacker_new(isn_unpacker **out, isn_packing packing, isnad_error *err)
{
    isn_unpacker *u = calloc(1, sizeof *u);
    *out = u;
    if (!u)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory to unpack");
    u->packing = packing;
    if (packing == ISN_PACKING_ZSTD) {
        u->zstd = ZSTD_createDStream();
        if (u->zstd)
            ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, ISN_UNPACK_WINDOW);
    }
    if (packing == ISN_PACKING_ZSTD && !u->zstd) {
        free(u);
        *out = NULL;
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory to unpack");
    }
    return ISNAD_OK;
}

void isn_unpacker_free(isn_unpacker *u)
{
    if (!u)
        return;
    if (u->made)
        inflateEnd(&u->z);
    ZSTD_freeDStream(u->zstd);
    if (u->brotli)
        BrotliDecoderDestroyInstance(u->brotli);
    free(u);
}

void isn_unpacker_reset(isn_unpacker *u)
{
    u->begun = false;
    u->in = u->out = 0;
}

/* 15: the largest window; +16: gzip; below zero: no wrapping. */
static int window_bits(isn_packing packing, isn_str in)
{
    const unsigned char *p = (const unsigned char *)in.p;
    if (packing == ISN_PACKING_GZIP)
        return 15 + 16;
    bool wrapped = in.n >= 2 && (p[0] & 0x0F) == 8 && (p[0] * 256u + p[1]) % 31 == 0;
    return wrapped ? 15 : -15;
}

/* Makes the decoder ready for the next member. */
static bool begin(isn_unpacker *u, isn_str in)
{
    if (u->packing == ISN_PACKING_ZSTD)
        return !ZSTD_isError(ZSTD_DCtx_reset(u->zstd, ZSTD_reset_session_only));
    if (u->packing == ISN_PACKING_BROTLI) {
        if (u->brotli)
            BrotliDecoderDestroyInstance(u->brotli);
        u->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        return u->brotli != NULL;
    }
    int bits = window_bits(u->packing, in);
    u->z.next_in = NULL;
    u->z.avail_in = 0;
    int made = u->made ? inflateReset2(&u->z, bits) : inflateInit2(&u->z, bits);
    u->made = u->made || made == Z_OK;
    return made == Z_OK;
}

static isn_unpacked step_z(isn_unpacker *u, isn_str *in, char *out, size_t room, size_t *got)
{
    const size_t most = 1u << 30; /* zlib counts in unsigned int */
    u->z.next_in = (Bytef *)(uintptr_t)in->p;
    u->z.avail_in = (uInt)(in->n < most ? in->n : most);
    u->z.next_out = (Bytef *)out;
    u->z.avail_out = (uInt)(room < most ? room : most);
    size_t had = u->z.avail_in, space = u->z.avail_out;
    int rc = inflate(&u->z, Z_NO_FLUSH);
    *in = isn_str_part(*in, had - u->z.avail_in, in->n);
    *got = space - u->z.avail_out;
    if (rc == Z_STREAM_END)
        return ISN_UNPACKED_MEMBER;
    if (rc == Z_MEM_ERROR)
        return ISN_UNPACKED_MEMORY;
    if (rc != Z_OK && rc != Z_BUF_ERROR)
        return ISN_UNPACKED_BAD;
    return *got == room ? ISN_UNPACKED_FULL : in->n == 0 ? ISN_UNPACKED_MORE : ISN_UNPACKED_FULL;
}

static isn_unpacked step_zstd(isn_unpacker *u, isn_str *in, char *out, size_t room, size_t *got)
{
    ZSTD_inBuffer from = {in->p, in->n, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t rc = ZSTD_decompressStream(u->zstd, &to, &from);
    *in = isn_str_part(*in, from.pos, in->n);
    *got = to.pos;
    if (ZSTD_isError(rc))
        return ISN_UNPACKED_BAD;
    if (rc == 0)
        return ISN_UNPACKED_MEMBER;
    return to.pos == room ? ISN_UNPACKED_FULL : ISN_UNPACKED_MORE;
}

static isn_unpacked step_brotli(isn_unpacker *u, isn_str *in, char *out, size_t room, size_t *got)
{
    size_t had = in->n, left = room;
    const uint8_t *from = (const uint8_t *)in->p;
    uint8_t *to = (uint8_t *)out;
    BrotliDecoderResult rc = BrotliDecoderDecompressStream(u->brotli, &had, &from, &left, &to, NULL);
    *in = isn_str_part(*in, in->n - had, in->n);
    *got = room - left;
    switch (rc) {
    case BROTLI_DECODER_RESULT_SUCCESS:
        return ISN_UNPACKED_MEMBER;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
        return ISN_UNPACKED_MORE;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
        return ISN_UNPACKED_FULL;
    default:
        return ISN_UNPACKED_BAD;
    }
}

isn_unpacked isn_unpack(isn_unpacker *u, isn_str *in, char *out, size_t room, size_t *got)
{
    *got = 0;
    if (!u->begun && in->n == 0)
        return ISN_UNPACKED_MORE;
    if (!u->begun && !begin(u, *in))
        return ISN_UNPACKED_MEMORY;
    u->begun = true;
    size_t had = in->n;
    isn_unpacked state = u->packing == ISN_PACKING_ZSTD     ? step_zstd(u, in, out, room, got)
                         : u->packing == ISN_PACKING_BROTLI ? step_brotli(u, in, out, room, got)
                                                            : step_z(u, in, out, room, got);
    u->in += had - in->n;
    u->out += *got;
    if (u->out > ISN_UNPACK_FREE && u->out / ISN_UNPACK_RATIO > u->in)
        return ISN_UNPACKED_BOMB;
    if (state == ISN_UNPACKED_MEMBER)
        u->begun = false;
    return state;
}

static isnad_status fault_of(isn_unpacked state, isnad_error *err)
{
    switch (state) {
    case ISN_UNPACKED_BOMB:
        return isn_fail(err, ISNAD_E_LIMIT, NULL, 0, "grows more than %u times when it is unpacked",
                        ISN_UNPACK_RATIO);
    case ISN_UNPACKED_MEMORY:
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "there is no memory to unpack it");
    default:
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "has compressed data that is damaged");
    }
}

isnad_status isn_unpack_all(isn_buf *out, isn_unpacker *u, isn_str in, size_t *used, bool *cut,
                            isnad_error *err)
{
    isn_str rest = in;
    *used = 0;
    *cut = false;
    isn_unpacker_reset(u);
    while (rest.n || u->begun) {
        size_t got, room = out->ceiling - out->n < STEP ? out->ceiling - out->n : STEP;
        char beyond;
        bool full = room == 0; /* one byte more shows whether the ceiling is passed */
        if (!full && !isn_buf_reserve(out, room))
            return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "there is no memory to unpack it");
        room = full ? 1 : out->capacity - out->n < out->ceiling - out->n ? out->capacity - out->n : out->ceiling - out->n;
        isn_unpacked state = isn_unpack(u, &rest, full ? &beyond : out->p + out->n, room, &got);
        if (full && got)
            return isn_fail(err, ISNAD_E_LIMIT, NULL, 0, "is larger than %zu bytes when it is unpacked", out->ceiling);
        out->n += got;
        if (state == ISN_UNPACKED_MEMBER) {
            *used = in.n - rest.n;
            if (rest.n && u->packing != ISN_PACKING_DEFLATE && u->packing != ISN_PACKING_BROTLI &&
                isn_packing_of(rest) == u->packing)
                continue;
            return ISNAD_OK;
        }
        if (state == ISN_UNPACKED_MORE) {
            *cut = true;
            return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "ends before its compressed data does");
        }
        if (state != ISN_UNPACKED_FULL)
            return fault_of(state, err);
    }
    return ISNAD_OK;
}
