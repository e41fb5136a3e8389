#include "base/utf8.h"

static bool follows(isn_str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

size_t isn_utf8_length(isn_str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4 || !follows(s, at + 1))
        return 0;
    if (c < 0xE0)
        return 2;
    unsigned char d = (unsigned char)s.p[at + 1];
    if (c < 0xF0) {
        if ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || !follows(s, at + 2))
            return 0;
        return 3;
    }
    if ((c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F) || !follows(s, at + 2) ||
        !follows(s, at + 3))
        return 0;
    return 4;
}

uint32_t isn_utf8_decode(isn_str s, size_t at, size_t *length)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    if (p[0] < 0x80) {
        *length = 1;
        return p[0];
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF && follows(s, at + 1)) {
        *length = 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    size_t n = isn_utf8_length(s, at);
    *length = n ? n : 1;
    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default:
        return 0xFFFD;
    }
}

size_t isn_utf8_encode(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

isn_str isn_utf8_unmark(isn_str s)
{
    return isn_str_starts(s, ISN_STR("\xEF\xBB\xBF")) ? isn_str_part(s, 3, s.n) : s;
}

size_t isn_utf8_valid(isn_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t at = 0;
    while (at < s.n) {
        /* ASCII and the two-byte letters of Arabic, nearly all of what is read, without a call. */
        if (p[at] < 0x80) {
            at++;
        } else if (p[at] >= 0xC2 && p[at] <= 0xDF && at + 1 < s.n && (p[at + 1] & 0xC0) == 0x80) {
            at += 2;
        } else {
            size_t n = isn_utf8_length(s, at);
            if (n == 0)
                break;
            at += n;
        }
    }
    return at;
}
