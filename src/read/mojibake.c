#include "read/mojibake.h"

#include <iconv.h>

#include "base/utf8.h"

#define LEAST_PAIRS 4u
#define MOST_ROUNDS 2 /* encoded twice */
#define SETS 2

/* Which byte a character was: of one set, for the upper half. */
typedef struct one_byte {
    uint32_t character[128]; /* 0: none */
} one_byte;

/* The character that each byte of the upper half is in a set. Bytes that the set leaves free are control characters, as
 * browsers read them. */
static void make_set(one_byte *set, const char *name)
{
    iconv_t conversion = iconv_open("UTF-8", name);
    for (unsigned i = 0; i < 128; i++) {
        char byte = (char)(0x80 + i), utf8[8], *in = &byte, *to = utf8;
        size_t left = 1, room = sizeof utf8, length;
        set->character[i] = 0x80 + i;
        if (conversion != (iconv_t)-1 && iconv(conversion, &in, &left, &to, &room) != (size_t)-1)
            set->character[i] = isn_utf8_decode(isn_str_of(utf8, sizeof utf8 - room), 0, &length);
    }
    if (conversion != (iconv_t)-1)
        iconv_close(conversion);
}

/* The byte that the character was, 0 for none. */
static unsigned byte_of(const one_byte *set, uint32_t c)
{
    if (c >= 0x80 && c < 0xA0)
        return c;
    for (unsigned i = 0; i < 128; i++)
        if (set->character[i] == c)
            return 0x80 + i;
    return 0;
}

/* Is there a pair that only such a text has often: the lead byte of an Arabic letter read as a letter, then a sign? */
static bool is_suspected(isn_str text)
{
    size_t pairs = 0;
    const unsigned char *p = (const unsigned char *)text.p;
    for (size_t i = 2; i < text.n; i++) {
        if (p[i] != 0xC2 && p[i] != 0xE2 && p[i] != 0xC3)
            continue;
        bool windows = p[i - 2] == 0xD8 && (p[i - 1] == 0xB7 || p[i - 1] == 0xB8);
        bool latin = p[i - 2] == 0xC3 && (p[i - 1] == 0x98 || p[i - 1] == 0x99 || p[i - 1] == 0x83);
        if ((windows || latin) && ++pairs == LEAST_PAIRS)
            return true;
    }
    return false;
}

/* Takes the characters of a line back to bytes of the set. False where one is in no such set, or too few make pairs. */
static bool take_back(isn_buf *out, isn_str line, const one_byte *set)
{
    size_t beyond = 0, paired = 0, from = out->n;
    unsigned lead = 0;
    for (size_t at = 0; at < line.n;) {
        size_t length;
        uint32_t c = isn_utf8_decode(line, at, &length);
        at += length;
        if (c < 0x80) {
            lead = 0;
            isn_buf_char(out, (char)c);
            continue;
        }
        unsigned byte = byte_of(set, c);
        beyond++;
        if (!byte)
            return false;
        paired += lead && byte < 0xC0 ? 2 : 0;
        lead = byte >= 0xC2 && byte < 0xF5 ? byte : 0;
        isn_buf_char(out, (char)byte);
    }
    isn_str bytes = isn_str_part(isn_str_of(out->p, out->n), from, out->n);
    return !out->failed && paired >= 2 * LEAST_PAIRS && paired * 10 >= beyond * 7 && isn_utf8_valid(bytes) == bytes.n;
}

/* Appends the line as it was before, or as it is. */
static bool mend_line(isn_buf *out, isn_str line, const one_byte sets[SETS])
{
    bool mended = false;
    size_t from = out->n;
    isn_buf round;
    isn_buf_init(&round, line.n + 64);
    isn_buf_str(out, line);
    for (int i = 0; i < MOST_ROUNDS; i++) {
        bool back = false;
        for (size_t s = 0; s < SETS && !back; s++) {
            isn_buf_reset(&round);
            back = take_back(&round, isn_str_part(isn_str_of(out->p, out->n), from, out->n), &sets[s]);
        }
        if (!back)
            break;
        out->n = from;
        isn_buf_append(out, round.p, round.n);
        mended = true;
    }
    isn_buf_release(&round);
    return mended;
}

size_t isn_mojibake_mend(isn_buf *out, isn_str text)
{
    if (!is_suspected(text))
        return 0;
    one_byte sets[SETS];
    make_set(&sets[0], "WINDOWS-1256");
    make_set(&sets[1], "WINDOWS-1252");
    size_t mended = 0, from = out->n;
    for (size_t at = 0; at < text.n && !out->failed;) {
        const char *feed = memchr(text.p + at, '\n', text.n - at);
        size_t end = feed ? (size_t)(feed - text.p) : text.n;
        mended += mend_line(out, isn_str_part(text, at, end), sets);
        if (feed)
            isn_buf_char(out, '\n');
        at = end + 1;
    }
    if (!mended)
        out->n = from;
    return mended;
}
