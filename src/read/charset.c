#include "read/charset.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/mojibake.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define FOREIGN_LEAST 4u /* bytes of another set that are taken for such */

/* --- what the bytes are ------------------------------------------------------------------------
 */

static bool has_magic(isn_str s)
{
    static const struct {
        const char *p;
        size_t n;
    } magics[] = {
        {"%PDF-", 5},
        {"PK\x03\x04", 4},
        {"\x89PNG", 4},
        {"GIF8", 4},
        {"\xFF\xD8\xFF", 3},
        {"\x1F\x8B", 2},
        {"\x7F"
         "ELF",
         4},
        {"SQLite format 3", 15},
        {"RIFF", 4},
        {"BZh9", 4},
        {"\xD0\xCF\x11\xE0", 4},
        {"\x28\xB5\x2F\xFD", 4},
        {"7z\xBC\xAF", 4},
        {"Rar!", 4},
        {"ISNADIMG", 8},
        {"\xFD"
         "7zXZ",
         5},
    };
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (s.n >= magics[i].n && memcmp(s.p, magics[i].p, magics[i].n) == 0)
            return true;
    return false;
}

/* Control characters that stand in text: tab, line feed, form feed, carriage return, ^Z, escape. */
#define TEXT_CONTROLS (1u << '\t' | 1u << '\n' | 1u << '\f' | 1u << '\r' | 1u << 0x1A | 1u << 0x1B)

static unsigned is_control(unsigned char c)
{
    return (c < 0x20) & ~(TEXT_CONTROLS >> (c & 31)) & 1u;
}

/* More than one control byte in fifty: no text of a one-byte set or of UTF-8. */
static bool is_binary(isn_str sample)
{
    size_t controls = 0;
    for (size_t i = 0; i < sample.n; i++)
        controls += is_control((unsigned char)sample.p[i]);
    return controls * 50 > sample.n;
}

/*
 * UTF-16 without a mark: in Arabic text nearly every high byte is 00, 06, 20 or a presentation
 * page, and so regular a mixture stands on one side alone.
 */
static const char *guess_utf16(isn_str sample)
{
    size_t high[2] = {0, 0}, units = sample.n / 2, telling = 0;
    if (units < 4 || (!memchr(sample.p, 0, sample.n) && !memchr(sample.p, 6, sample.n)))
        return NULL;
    for (size_t i = 0; i + 1 < sample.n; i += 2) {
        for (size_t side = 0; side < 2; side++) {
            unsigned char c = (unsigned char)sample.p[i + side];
            high[side] += c == 0x00 || c == 0x06 || c == 0x20 || c == 0xFE || c == 0xFB;
            telling += c == 0x00 || c == 0x06;
        }
    }
    if (telling * 4 < units)
        return NULL;
    if (high[1] * 20 >= units * 19 && high[0] * 2 < units)
        return "UTF-16LE";
    if (high[0] * 20 >= units * 19 && high[1] * 2 < units)
        return "UTF-16BE";
    return NULL;
}

/* In text of a one-byte set good sequences are an accident (a letter before a curly mark): far
 * fewer than bad bytes. */
static bool is_broken_utf8(isn_str sample)
{
    size_t good = 0, bad = 0, at = 0;
    while (at < sample.n) {
        size_t n = isn_utf8_length(sample, at);
        good += n > 1;
        bad += n == 0;
        at += n ? n : 1;
    }
    return good > 0 && good >= bad;
}

/*
 * Windows-1256 and ISO-8859-6 agree from hamza to dad; after that a letter of one is an accented
 * Latin letter, a vowel mark or nothing in the other. *best_score is the share of letters, per
 * thousand of the high bytes.
 */
static const char *guess_arabic(isn_str sample, int *best_score)
{
    long windows = 0, iso = 0, high = 0;
    for (size_t i = 0; i < sample.n; i++) {
        unsigned char c = (unsigned char)sample.p[i];
        if (c < 0xA0)
            continue;
        high++;
        if (c >= 0xC1 && c <= 0xD6) {
            windows++;
            iso++;
            continue;
        }
        bool letter = (c >= 0xD8 && c <= 0xDF) || c == 0xE1 || (c >= 0xE3 && c <= 0xE6) ||
                      c == 0xEC || c == 0xED;
        windows += letter                                                                       ? 1
                   : c == 0xA0 || c == 0xA1 || c == 0xAB || c == 0xBB || c == 0xBA || c == 0xBF ? 0
                   : c >= 0xF0                                                                  ? 0
                               : -3;
        bool iso_letter = (c >= 0xD7 && c <= 0xDA) || (c >= 0xE1 && c <= 0xEA);
        iso += iso_letter                                                      ? 1
               : c == 0xA0 || c == 0xAC || c == 0xBB || c == 0xBF || c == 0xE0 ? 0
               : c >= 0xEB && c <= 0xF2                                        ? 0
                                                                               : -3;
        /* The article: the most frequent pair of all Arabic. */
        if (i && (unsigned char)sample.p[i - 1] == 0xC7) {
            windows += c == 0xE1 ? 2 : 0;
            iso += c == 0xE4 ? 2 : 0;
        }
    }
    long best = windows >= iso ? windows : iso;
    *best_score = high ? (int)(best * 1000 / high) : 0;
    return windows >= iso ? "windows-1256" : "iso-8859-6";
}

/* Latin text with accents has its high bytes alone between ASCII letters; Arabic has them in words.
 */
static bool has_runs(isn_str sample)
{
    size_t high = 0, pairs = 0;
    for (size_t i = 1; i < sample.n; i++) {
        bool now = (unsigned char)sample.p[i] >= 0xC0;
        high += now;
        pairs += now && (unsigned char)sample.p[i - 1] >= 0xC0;
    }
    return pairs * 2 > high;
}

/* The name after charset= or encoding= near the beginning, written to out. */
static bool declared(char out[40], isn_str bytes)
{
    isn_str head = isn_str_part(bytes, 0, ISN_CHARSET_HINT);
    static const char *const marks[] = {"charset=", "encoding="};
    for (size_t m = 0; m < 2; m++) {
        size_t length = strlen(marks[m]);
        for (size_t i = 0; i + length < head.n; i++) {
            if (strncasecmp(head.p + i, marks[m], length) != 0)
                continue;
            size_t at = i + length, n = 0;
            while (at < head.n && (head.p[at] == '"' || head.p[at] == '\'' || head.p[at] == ' '))
                at++;
            while (at < head.n && n + 1 < 40 && head.p[at] > ' ' && !strchr("\"'>;/?", head.p[at]))
                out[n++] = head.p[at++];
            out[n] = 0;
            return n > 0;
        }
    }
    return false;
}

/* --- converting --------------------------------------------------------------------------------
 */

/* Bad bytes in a row make one diagnostic. */
typedef struct repair {
    isn_diagnostics *diagnostics;
    isn_arena *arena;
    size_t begin, end; /* of the run so far, in the output */
} repair;

static void end_run(repair *r)
{
    if (r->end > r->begin)
        isn_diagnose(r->diagnostics, r->arena, r->begin, r->end, "bad-bytes",
                     "%zu bytes that are no character were replaced", (r->end - r->begin) / 3);
    r->begin = r->end = 0;
}

static void replace(repair *r, isn_buf *out)
{
    if (r->end != out->n || r->end == 0) {
        end_run(r);
        r->begin = out->n;
    }
    isn_buf_append(out, REPLACEMENT, 3);
    r->end = out->n;
}

static bool convert(isn_buf *out, isn_str bytes, const char *from, repair *r)
{
    iconv_t conversion = iconv_open("UTF-8", from);
    if (conversion == (iconv_t)-1)
        return false;
    size_t unit = strncasecmp(from, "UTF-16", 6) == 0   ? 2
                  : strncasecmp(from, "UTF-32", 6) == 0 ? 4
                                                        : 1;
    char *in = (char *)(uintptr_t)bytes.p;
    size_t left = bytes.n;
    while (left && isn_buf_reserve(out, left * 2 < 65536 ? left * 2 + 16 : 65536)) {
        char *to = out->p + out->n;
        size_t room = out->capacity - out->n;
        size_t got = iconv(conversion, &in, &left, &to, &room);
        int why = errno;
        out->n = (size_t)(to - out->p);
        if (got != (size_t)-1 || why == E2BIG)
            continue;
        size_t skip = why == EINVAL || left < unit ? left : unit;
        in += skip;
        left -= skip;
        replace(r, out);
    }
    end_run(r);
    iconv_close(conversion);
    return true;
}

/* The end of the bytes beyond ASCII and the blanks among them that begin at `at`. */
static size_t foreign_end(isn_str bytes, size_t at)
{
    size_t end = at;
    for (size_t i = at; i < bytes.n; i++) {
        bool high = (unsigned char)bytes.p[i] >= 0x80;
        if (high && isn_utf8_valid(isn_str_part(bytes, i, i + 4)) > 0)
            break;
        if (!high && bytes.p[i] != ' ')
            break;
        end = high ? i + 1 : end;
    }
    return end;
}

/* A part of a text in UTF-8 that is written in another Arabic set: a page made of two sources. Its length, 0 for none. */
static size_t take_foreign(isn_buf *out, isn_str bytes, size_t at, repair *r)
{
    isn_str part = isn_str_part(bytes, at, foreign_end(bytes, at));
    int score;
    const char *set = guess_arabic(part, &score);
    if (part.n < FOREIGN_LEAST || score < 700)
        return 0;
    size_t begin = out->n;
    if (!convert(out, part, set, r))
        return 0;
    isn_diagnose(r->diagnostics, r->arena, begin, out->n, "mixed-charset", "bytes of %s in a text in UTF-8", set);
    return part.n;
}

static void repair_utf8(isn_buf *out, isn_str bytes, repair *r)
{
    size_t at = 0;
    while (at < bytes.n) {
        isn_str rest = isn_str_part(bytes, at, bytes.n);
        size_t good = isn_utf8_valid(rest), foreign;
        isn_buf_append(out, rest.p, good);
        at += good;
        if (at == bytes.n)
            break;
        foreign = take_foreign(out, bytes, at, r);
        if (!foreign)
            replace(r, out);
        at += foreign ? foreign : 1;
    }
    end_run(r);
}

/* Name of the set of bytes that have no mark and are no valid UTF-8. hint has room for 40. */
static const char *guess(isn_str bytes, char *hint)
{
    isn_str sample = isn_str_part(bytes, 0, ISN_CHARSET_SAMPLE);
    if (is_broken_utf8(sample))
        return "utf-8";
    int score;
    const char *arabic = guess_arabic(sample, &score);
    if (score >= 700 && has_runs(sample))
        return arabic;
    if (declared(hint, bytes) && strncasecmp(hint, "utf", 3) != 0)
        return hint;
    return score >= 400 ? arabic : "windows-1252";
}

static const char *by_mark(isn_str bytes)
{
    if (isn_str_starts(bytes, ISN_STR("\xEF\xBB\xBF")))
        return "utf-8";
    if (isn_str_starts(bytes, (isn_str){"\xFF\xFE\0\0", 4}))
        return "UTF-32LE";
    if (isn_str_starts(bytes, (isn_str){"\0\0\xFE\xFF", 4}))
        return "UTF-32BE";
    if (isn_str_starts(bytes, ISN_STR("\xFF\xFE")))
        return "UTF-16LE";
    if (isn_str_starts(bytes, ISN_STR("\xFE\xFF")))
        return "UTF-16BE";
    return NULL;
}

static bool is_utf8_name(const char *name)
{
    return strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0;
}

/* UTF-8 as it is, or repaired. */
static void take_utf8(isn_charset_text *out, isn_str bytes, bool valid, repair *r)
{
    out->name = "utf-8";
    if (valid || isn_utf8_valid(bytes) == bytes.n) {
        out->text = bytes;
        return;
    }
    repair_utf8(&out->owned, bytes, r);
    out->text = isn_str_of(out->owned.p, out->owned.n);
}

static size_t mark_length(isn_str bytes, const char *name)
{
    const char *mark = by_mark(bytes);
    if (!mark || strcasecmp(mark, "utf-8") == 0 || strncasecmp(mark, name, 6) != 0)
        return 0;
    return strncmp(mark, "UTF-32", 6) == 0 ? 4 : 2;
}

/* Takes back what was encoded twice. */
static void mend(isn_charset_text *out, isn_diagnostics *diagnostics, isn_arena *arena)
{
    isn_buf mended;
    isn_buf_init(&mended, out->text.n + 64);
    size_t lines = isn_mojibake_mend(&mended, out->text);
    if (!lines || mended.failed) {
        isn_buf_release(&mended);
        return;
    }
    isn_buf_release(&out->owned);
    out->owned = mended;
    out->text = isn_str_of(mended.p, mended.n);
    isn_diagnose(diagnostics, arena, 0, 0, "mojibake", "%zu lines were UTF-8 read as another set and are mended", lines);
}

isnad_status isn_charset_decode(isn_charset_text *out, isn_str bytes, const char *forced,
                                isn_diagnostics *diagnostics, isn_arena *arena, isnad_error *err)
{
    *out = (isn_charset_text){.name = "utf-8"};
    isn_buf_init(&out->owned, bytes.n < (size_t)1 << 40 ? bytes.n * 4 + 64 : 0);
    repair r = {diagnostics, arena, 0, 0};
    if (bytes.n == 0)
        return isn_fail(err, ISNAD_E_EMPTY, NULL, 0, "the input is empty");
    const char *name = forced ? forced : by_mark(bytes);
    isn_str sample = isn_str_part(bytes, 0, ISN_CHARSET_SAMPLE);
    char hint[40];
    if (!name && has_magic(bytes))
        return isn_fail(err, ISNAD_E_BINARY, NULL, 0, "the input is no text");
    if (!name)
        name = guess_utf16(sample);
    if (!name && is_binary(sample))
        return isn_fail(err, ISNAD_E_BINARY, NULL, 0, "the input is no text");
    bool valid = !name && isn_utf8_valid(bytes) == bytes.n;
    if (!name)
        name = valid ? "utf-8" : guess(bytes, hint);
    if (is_utf8_name(name)) {
        take_utf8(out, bytes, valid, &r);
    } else {
        size_t skip = mark_length(bytes, name);
        bool known = convert(&out->owned, isn_str_part(bytes, skip, bytes.n), name, &r);
        if (!known && forced)
            return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "unknown character set '%s'", forced);
        if (!known) {
            name = "windows-1256";
            if (!convert(&out->owned, bytes, name, &r))
                return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "iconv doesn't know '%s'", name);
        }
        out->text = isn_str_of(out->owned.p, out->owned.n);
        out->name = name == hint ? "declared" : name;
    }
    mend(out, diagnostics, arena);
    if (out->owned.failed) {
        isn_buf_release(&out->owned);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory to convert %zu bytes", bytes.n);
    }
    if (out->text.n && memchr(out->text.p, 0, out->text.n))
        isn_diagnose(diagnostics, arena, 0, 0, "nul", "the text holds NUL bytes");
    return ISNAD_OK;
}

void isn_charset_release(isn_charset_text *text)
{
    isn_buf_release(&text->owned);
    text->text = (isn_str){NULL, 0};
}
