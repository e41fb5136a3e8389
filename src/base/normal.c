#include "base/normal.h"

#include <utf8proc.h>

#include "base/utf8.h"

/* What a code point becomes. 0: nothing. */
enum { DROP = 0, SPACE = ' ' };

#define SAME(c) [c] = (c)
#define SAME8(c)                                                                                   \
    SAME(c), SAME((c) + 1), SAME((c) + 2), SAME((c) + 3), SAME((c) + 4), SAME((c) + 5),            \
        SAME((c) + 6), SAME((c) + 7)

const uint8_t isn_fold_table[256] = {
    SAME8(0x00), SAME8(0x08), SAME8(0x10), SAME8(0x18), SAME8(0x20), SAME8(0x28),
    SAME8(0x30), SAME8(0x38), SAME(0x40),
    ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g',
    ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
    ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u',
    ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    SAME(0x5B), SAME(0x5C), SAME(0x5D), SAME(0x5E), SAME(0x5F), SAME8(0x60), SAME8(0x68),
    SAME8(0x70), SAME8(0x78),
    [ISN_HAMZA] = ISN_HAMZA, [ISN_ALEF_MADDA] = ISN_ALEF, [ISN_ALEF_HAMZA_ABOVE] = ISN_ALEF,
    [ISN_WAW_HAMZA] = ISN_WAW, [ISN_ALEF_HAMZA_BELOW] = ISN_ALEF, [ISN_YEH_HAMZA] = ISN_YEH,
    SAME(ISN_ALEF), SAME(ISN_BEH), [ISN_TEH_MARBUTA] = ISN_HEH, SAME(ISN_TEH), SAME(ISN_THEH),
    SAME(ISN_JEEM), SAME(ISN_HAH), SAME(ISN_KHAH), SAME(ISN_DAL), SAME(ISN_THAL), SAME(ISN_REH),
    SAME(ISN_ZAIN), SAME(ISN_SEEN), SAME(ISN_SHEEN), SAME(ISN_SAD), SAME(ISN_DAD), SAME(ISN_TAH),
    SAME(ISN_ZAH), SAME(ISN_AIN), SAME(ISN_GHAIN), SAME(ISN_FEH), SAME(ISN_QAF), SAME(ISN_KAF),
    SAME(ISN_LAM), SAME(ISN_MEEM), SAME(ISN_NOON), SAME(ISN_HEH), SAME(ISN_WAW),
    [ISN_ALEF_MAKSURA] = ISN_YEH, SAME(ISN_YEH), [ISN_PEH] = ISN_BEH, [ISN_TCHEH] = ISN_JEEM,
    [ISN_JEH] = ISN_ZAIN, [ISN_VEH] = ISN_FEH, [ISN_GAF] = ISN_KAF,
    [ISN_QUOTE_OPEN] = '"', [ISN_QUOTE_CLOSE] = '"', SAME(ISN_OTHER_LETTER),
    SAME(ISN_OTHER_SYMBOL),
};

/* U+0600 to U+06FF. */
static uint8_t arabic_code(uint32_t c)
{
    if ((c >= 0x621 && c <= 0x63A) || (c >= 0x641 && c <= 0x64A))
        return (uint8_t)(0x80 + (c - 0x620));
    if (c >= 0x660 && c <= 0x669)
        return (uint8_t)('0' + (c - 0x660));
    if (c >= 0x6F0 && c <= 0x6F9)
        return (uint8_t)('0' + (c - 0x6F0));
    if ((c >= 0x64B && c <= 0x65F) || c == 0x640 || c == 0x670 || (c >= 0x6D6 && c <= 0x6ED) ||
        (c >= 0x610 && c <= 0x61A) || c == 0x61C || c <= 0x605)
        return DROP;
    switch (c) {
    case 0x60C:
        return ',';
    case 0x61B:
        return ';';
    case 0x61F:
        return '?';
    case 0x66A:
        return '%';
    case 0x66B:
        return '.';
    case 0x66C:
        return ',';
    case 0x66D:
        return '*';
    case 0x6D4:
        return '.';
    case 0x671:
        return ISN_ALEF;
    case 0x67E:
        return ISN_PEH;
    case 0x686:
        return ISN_TCHEH;
    case 0x698:
        return ISN_JEH;
    case 0x6A4:
        return ISN_VEH;
    case 0x6AF:
    case 0x6AD:
        return ISN_GAF;
    case 0x6A9:
    case 0x6AA:
        return ISN_KAF;
    case 0x6CC:
    case 0x6D2:
    case 0x6CE:
        return ISN_YEH;
    case 0x6BE:
    case 0x6C0:
    case 0x6C1:
    case 0x6D5:
        return ISN_HEH;
    case 0x6C3:
        return ISN_TEH_MARBUTA;
    case 0x6BA:
        return ISN_NOON;
    case 0x6C6:
    case 0x6C7:
    case 0x6C8:
    case 0x6CB:
        return ISN_WAW;
    default:
        return c >= 0x6D0 || c < 0x66E ? ISN_OTHER_SYMBOL : ISN_OTHER_LETTER;
    }
}

/* General punctuation and Latin-1; the rest by its Unicode category. */
static uint8_t other_code(uint32_t c)
{
    if (c < 0x80)
        return c < 0x20 || c == 0x7F ? (c == 0 ? DROP : SPACE) : (uint8_t)c;
    if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || (c >= 0xFE00 && c <= 0xFE0F))
        return DROP;
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    switch (c) {
    case 0xAB:
    case 0x201C:
    case 0x201F:
        return ISN_QUOTE_OPEN;
    case 0xBB:
    case 0x201D:
    case 0x201E:
        return ISN_QUOTE_CLOSE;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A:
        return '\'';
    case 0x2026:
        return '.';
    case 0x2212:
        return '-';
    case 0x2022:
    case 0xB7:
        return '*';
    default:
        break;
    }
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        return SPACE;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return DROP;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MC:
        return ISN_OTHER_LETTER;
    default:
        return ISN_OTHER_SYMBOL;
    }
}

#define MOST_PARTS 18 /* U+FDFA decomposes into 18 code points */

/* Codes of one code point; returns how many (0 to MOST_PARTS). */
static size_t codes_of(uint8_t out[MOST_PARTS], uint32_t c)
{
    bool compat = (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
                  (c >= 0xFF01 && c <= 0xFF5E);
    if (!compat) {
        out[0] = c >= 0x600 && c <= 0x6FF ? arabic_code(c) : other_code(c);
        return out[0] != DROP;
    }
    if (c == 0xFD3E || c == 0xFD3F) {
        out[0] = c == 0xFD3E ? ISN_QUOTE_CLOSE : ISN_QUOTE_OPEN;
        return 1;
    }
    utf8proc_int32_t parts[MOST_PARTS];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, MOST_PARTS,
                                (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_COMPOSE), &boundary);
    size_t made = 0;
    for (utf8proc_ssize_t i = 0; i < n && i < MOST_PARTS; i++) {
        uint32_t d = (uint32_t)parts[i];
        /* Composed letters (alef with hamza) come apart: put the seat back together. */
        if (made && (d == 0x653 || d == 0x654 || d == 0x655)) {
            uint8_t seat = out[made - 1];
            if (seat == ISN_ALEF)
                out[made - 1] = d == 0x653   ? ISN_ALEF_MADDA
                                : d == 0x654 ? ISN_ALEF_HAMZA_ABOVE
                                             : ISN_ALEF_HAMZA_BELOW;
            else if (seat == ISN_WAW)
                out[made - 1] = ISN_WAW_HAMZA;
            else if (seat == ISN_YEH)
                out[made - 1] = ISN_YEH_HAMZA;
            continue;
        }
        uint8_t code = d >= 0x600 && d <= 0x6FF ? arabic_code(d) : other_code(d);
        if (code != DROP)
            out[made++] = code;
    }
    return made;
}

/* Two-byte sequences of U+0600 to U+06FF, the bulk of all text, without a call. */
static inline bool is_arabic_pair(const unsigned char *p)
{
    return p[0] >= 0xD8 && p[0] <= 0xDB;
}

bool isn_normal_make(isn_normal *out, isn_arena *arena, isn_str text)
{
    size_t room = text.n + MOST_PARTS;
    out->p = isn_arena_alloc(arena, room);
    out->map = isn_arena_alloc(arena, (room + 1) * sizeof *out->map);
    out->n = 0;
    if (!out->p || !out->map)
        return false;
    const unsigned char *bytes = (const unsigned char *)text.p;
    size_t n = 0, at = 0;
    while (at < text.n && n < room) {
        if (bytes[at] < 0x80) {
            uint8_t code = other_code(bytes[at]);
            /* The line feed is kept: blocks and sentences need it. */
            out->p[n] = bytes[at] == '\n' ? '\n' : code;
            out->map[n] = (uint32_t)at;
            n += out->p[n] != DROP;
            at++;
            continue;
        }
        if (is_arabic_pair(bytes + at) && at + 1 < text.n) {
            uint32_t c = (uint32_t)(bytes[at] & 0x1F) << 6 | (bytes[at + 1] & 0x3F);
            bool alone = c == 0x640 && (n == 0 || out->p[n - 1] == SPACE) && at + 2 < text.n &&
                         bytes[at + 2] == ' ';
            out->p[n] = alone ? '-' : arabic_code(c); /* a stroke between blanks serves as a dash */
            out->map[n] = (uint32_t)at;
            n += out->p[n] != DROP;
            at += 2;
            continue;
        }
        size_t length;
        uint8_t codes[MOST_PARTS];
        size_t made = codes_of(codes, isn_utf8_decode(text, at, &length));
        /* A ligature can have more parts than bytes: those that don't fit are left out. */
        for (size_t i = 0; i < made && n < room; i++) {
            out->p[n] = codes[i];
            out->map[n++] = (uint32_t)at;
        }
        at += length;
    }
    out->map[n] = (uint32_t)text.n;
    out->n = n;
    return true;
}

size_t isn_normal_at(const isn_normal *normal, size_t from, uint32_t byte)
{
    size_t low = from, high = normal->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (normal->map[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t isn_normal_end(const isn_normal *normal, isn_str text, size_t i)
{
    size_t length;
    isn_utf8_decode(text, normal->map[i], &length);
    return normal->map[i] + (uint32_t)length;
}

size_t isn_normal_letters(uint8_t *out, size_t room, isn_str text)
{
    size_t n = 0, at = 0;
    bool blank = false;
    const unsigned char *bytes = (const unsigned char *)text.p;
    while (at < text.n) {
        size_t length = 1, made;
        uint8_t codes[MOST_PARTS];
        if (bytes[at] < 0x80) {
            codes[0] = other_code(bytes[at]);
            made = codes[0] != DROP;
        } else if (is_arabic_pair(bytes + at) && at + 1 < text.n) {
            codes[0] = arabic_code((uint32_t)(bytes[at] & 0x1F) << 6 | (bytes[at + 1] & 0x3F));
            made = codes[0] != DROP;
            length = 2;
        } else {
            made = codes_of(codes, isn_utf8_decode(text, at, &length));
        }
        at += length;
        for (size_t i = 0; i < made; i++) {
            if (codes[i] == SPACE) {
                blank = n > 0;
                continue;
            }
            if (blank) {
                if (n < room)
                    out[n] = SPACE;
                n++;
                blank = false;
            }
            if (n < room)
                out[n] = codes[i];
            n++;
        }
    }
    return n;
}

size_t isn_normal_key(uint8_t *out, size_t room, isn_str text)
{
    size_t n = isn_normal_letters(out, room, text);
    for (size_t i = 0; i < n && i < room; i++)
        out[i] = isn_fold(out[i]);
    return n;
}
