#include "story/stem.h"

/* Letters of proclitics in front of the article or the word: w-, f-, b-, k-, l-. */
static bool is_clitic(uint8_t c)
{
    return c == ISN_WAW || c == ISN_FEH || c == ISN_BEH || c == ISN_KAF || c == ISN_LAM;
}

static bool is_plain_alef(uint8_t c)
{
    return c == ISN_ALEF;
}

/* Where the stem begins: past (w|f)(b|k|l)al-, ll-, w-. At least two letters remain. */
static size_t skip_front(const uint8_t *p, size_t n)
{
    size_t at = 0;
    if (n >= 5 && (p[0] == ISN_WAW || p[0] == ISN_FEH))
        at = 1;
    size_t clitics = at;
    if (n > at + 4 && is_clitic(p[at]) && is_plain_alef(p[at + 1]) && p[at + 2] == ISN_LAM)
        return at + 3;
    if (n > at + 3 && p[at] == ISN_LAM && p[at + 1] == ISN_LAM)
        return at + 2;
    if (n > at + 3 && is_plain_alef(p[at]) && p[at + 1] == ISN_LAM)
        return at + 2;
    /* A lone w- belongs to the word as often as not; f- nearly always does. */
    return clitics && p[0] == ISN_WAW ? clitics : 0;
}

static bool ends_in(const uint8_t *p, size_t n, uint8_t a, uint8_t b)
{
    return n >= 2 && p[n - 2] == a && p[n - 1] == b;
}

/* Letters that remain of p without the commonest endings. */
static size_t skip_back(const uint8_t *p, size_t n)
{
    if (n >= 5 && (ends_in(p, n, ISN_HEH, ISN_ALEF) || ends_in(p, n, ISN_HEH, ISN_MEEM)))
        n -= 2;
    if (n >= 5 && (ends_in(p, n, ISN_ALEF, ISN_NOON) || ends_in(p, n, ISN_ALEF, ISN_TEH) || ends_in(p, n, ISN_WAW, ISN_NOON) ||
                   ends_in(p, n, ISN_YEH, ISN_NOON) || ends_in(p, n, ISN_YEH, ISN_TEH_MARBUTA)))
        n -= 2;
    else if (n >= 4 && (p[n - 1] == ISN_TEH_MARBUTA || p[n - 1] == ISN_HEH || p[n - 1] == ISN_YEH || p[n - 1] == ISN_ALEF))
        n -= 1;
    return n;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

void isn_stem_make(isn_stem *out, const isn_tagger *tagger, const uint8_t *letters, size_t n)
{
    *out = (isn_stem){0};
    if (n > ISN_WORD_MOST)
        n = ISN_WORD_MOST;
    bool arabic = n && isn_is_arabic(letters[0]);
    size_t begin = arabic ? skip_front(letters, n) : 0;
    size_t length = arabic ? skip_back(letters + begin, n - begin) : n;
    /* A form with clitics is rare though its word is not: the commonest of the forms counts. */
    unsigned often = larger(isn_tagger_count(tagger, letters, n), isn_tagger_count(tagger, letters + begin, n - begin));
    uint8_t with_al[ISN_WORD_MOST + 2] = {ISN_ALEF, ISN_LAM};
    memcpy(with_al + 2, letters + begin, n - begin);
    if (arabic)
        often = larger(often, isn_tagger_count(tagger, with_al, n - begin + 2));
    out->rare = (uint8_t)(often ? 15 - often : 13);
    if (!tagger->counts || !arabic)
        out->rare = 9;
    for (size_t i = 0; i < length && i < ISN_STEM_MOST; i++)
        out->letters[out->n++] = isn_fold(letters[begin + i]);
}

uint32_t isn_stem_hash(const isn_stem *stem)
{
    return (uint32_t)isn_str_hash(isn_str_of((const char *)stem->letters, stem->n));
}

/* Letters that begin present verbs, and the alef of derived forms, as folding leaves them. */
static bool begins_form(uint8_t c)
{
    return c == isn_fold(ISN_YEH) || c == ISN_TEH || c == ISN_NOON || c == ISN_ALEF;
}

uint32_t isn_stem_skeleton(const isn_stem *stem)
{
    uint8_t kept[ISN_STEM_MOST];
    const uint8_t *p = stem->letters;
    size_t at = 0, length = stem->n, n = 0;
    if (length >= 5 && p[0] == ISN_SEEN && p[1] != ISN_ALEF && begins_form(p[1]))
        at++;
    while (length - at >= 4 && begins_form(p[at]))
        at++;
    for (; at < length; at++)
        if (p[at] != ISN_ALEF)
            kept[n++] = p[at];
    while (n >= 3 && (kept[n - 1] == ISN_TEH || kept[n - 1] == isn_fold(ISN_TEH_MARBUTA)))
        n--;
    return n ? (uint32_t)isn_str_hash(isn_str_of((const char *)kept, n)) : isn_stem_hash(stem);
}
