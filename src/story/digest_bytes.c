/*
 * digest_bytes.c - digests as bytes. Little-endian:
 *   version u8, minutes i32, words u32, sketch 64 x u16, three names as length u8 and bytes (id, outlet, origin),
 *   features u8, then each: hash u32, kind and where and times u8 (bits 0-2, 3-4, 5-7), rare u8.
 */
#include "story/digest.h"

#include "base/error.h"

#define FEATURE_BYTES 6u

static void put_uint(isn_buf *out, uint32_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        isn_buf_char(out, (char)(value >> 8 * i & 0xFF));
}

static void put_name(isn_buf *out, isn_str name)
{
    size_t n = name.n < ISN_DIGEST_NAME ? name.n : ISN_DIGEST_NAME;
    put_uint(out, (uint32_t)n, 1);
    isn_buf_append(out, name.p, n);
}

void isn_digest_write(isn_buf *out, const isn_digest *digest)
{
    size_t n = digest->n_features < ISN_DIGEST_FEATURES ? digest->n_features : ISN_DIGEST_FEATURES;
    put_uint(out, ISN_DIGEST_VERSION, 1);
    put_uint(out, (uint32_t)digest->minutes, 4);
    put_uint(out, digest->words, 4);
    for (size_t i = 0; i < ISN_DIGEST_BINS; i++)
        put_uint(out, digest->sketch[i], 2);
    put_name(out, digest->id);
    put_name(out, digest->outlet);
    put_name(out, digest->origin);
    put_uint(out, (uint32_t)n, 1);
    for (size_t i = 0; i < n; i++) {
        const isn_feature *f = &digest->features[i];
        put_uint(out, f->hash, 4);
        put_uint(out, f->kind | (uint32_t)f->where << 3 | (uint32_t)f->times << 5, 1);
        put_uint(out, f->rare, 1);
    }
}

/* Takes a number off the bytes; false where they end. */
static bool take_uint(uint32_t *out, isn_str *bytes, unsigned n)
{
    *out = 0;
    if (bytes->n < n)
        return false;
    for (unsigned i = 0; i < n; i++)
        *out |= (uint32_t)(unsigned char)bytes->p[i] << 8 * i;
    *bytes = isn_str_part(*bytes, n, bytes->n);
    return true;
}

static bool take_name(isn_str *out, isn_str *bytes)
{
    uint32_t n;
    if (!take_uint(&n, bytes, 1) || n > ISN_DIGEST_NAME || n > bytes->n)
        return false;
    *out = isn_str_part(*bytes, 0, n);
    *bytes = isn_str_part(*bytes, n, bytes->n);
    return true;
}

static bool take_head(isn_digest *out, isn_str *bytes)
{
    uint32_t version, minutes, value;
    if (!take_uint(&version, bytes, 1) || version != ISN_DIGEST_VERSION || !take_uint(&minutes, bytes, 4) ||
        !take_uint(&out->words, bytes, 4))
        return false;
    out->minutes = minutes <= INT32_MAX ? (int32_t)minutes : (int32_t)((int64_t)minutes - ((int64_t)1 << 32));
    for (size_t i = 0; i < ISN_DIGEST_BINS; i++) {
        if (!take_uint(&value, bytes, 2))
            return false;
        out->sketch[i] = (uint16_t)value;
    }
    return take_name(&out->id, bytes) && take_name(&out->outlet, bytes) && take_name(&out->origin, bytes);
}

static bool take_feature(isn_feature *f, isn_str *bytes)
{
    uint32_t place, rare;
    *f = (isn_feature){0};
    if (!take_uint(&f->hash, bytes, 4) || !take_uint(&place, bytes, 1) || !take_uint(&rare, bytes, 1))
        return false;
    f->kind = place & 7;
    f->where = place >> 3 & 3;
    f->times = (uint8_t)(place >> 5);
    f->rare = (uint8_t)rare;
    return f->kind < ISN_FEATURE_KINDS && f->where <= ISN_FEATURE_TITLE && f->times >= 1 && f->times <= 4 &&
           rare <= ISN_DIGEST_RAREST;
}

isnad_status isn_digest_read(isn_digest *out, isn_arena *arena, isn_str bytes, isnad_error *err)
{
    uint32_t n;
    *out = (isn_digest){0};
    if (!take_head(out, &bytes) || !take_uint(&n, &bytes, 1) || n > ISN_DIGEST_FEATURES || bytes.n != n * FEATURE_BYTES)
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "a digest is cut off or of another version");
    isn_feature *features = isn_arena_calloc(arena, n ? n : 1, sizeof *features);
    if (!features)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for a digest");
    for (uint32_t i = 0; i < n; i++) {
        if (!take_feature(&features[i], &bytes))
            return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "feature %u of a digest is none", i);
        const isn_feature *f = &features[i];
        if (i && (f[-1].hash > f->hash || (f[-1].hash == f->hash && f[-1].kind >= f->kind)))
            return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "features of a digest are out of order");
    }
    out->features = features;
    out->n_features = n;
    return ISNAD_OK;
}
