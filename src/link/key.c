/*
 * key.c - names that are spelled in different ways. The skeleton of a name keeps its consonants in classes of letters
 * that stand for each other in transliteration and drops what spelling is free with. Method: our own, after the usual
 * consonant-skeleton keys for names.
 */
#include <xxhash.h>

#include "link/key.h"

/* The class of a folded letter; 0: left out. */
static uint8_t class_of(uint8_t c)
{
    switch (c) {
    case ISN_ALEF:
    case ISN_WAW:
    case ISN_YEH:
    case ISN_HAMZA:
    case ISN_HEH:
    case ISN_AIN:
        return 0;
    case ISN_GHAIN:
    case ISN_JEEM:
    case ISN_QAF:
    case ISN_KAF:
        return 'g';
    case ISN_TEH:
    case ISN_TAH:
    case ISN_THEH:
        return 't';
    case ISN_DAL:
    case ISN_THAL:
    case ISN_DAD:
    case ISN_ZAH:
        return 'd';
    case ISN_SEEN:
    case ISN_SAD:
    case ISN_ZAIN:
        return 's';
    case ISN_HAH:
    case ISN_KHAH:
        return 'h';
    default:
        return c;
    }
}

size_t isn_name_skeleton(uint8_t *out, size_t room, const uint8_t *letters, size_t n)
{
    size_t made = 0;
    for (size_t i = 0; i < n && made < room; i++) {
        uint8_t c = isn_fold(letters[i]);
        uint8_t k = class_of(c);
        if (k == 0 && i == 0)
            k = 'a'; /* a first vowel or ain is heard */
        if (k && (made == 0 || out[made - 1] != k))
            out[made++] = k;
    }
    return made;
}

/* Cuts the next word off letters; drops the article. */
static bool next_word(const uint8_t **word, size_t *n, const uint8_t **p, const uint8_t *end)
{
    while (*p < end && (**p == ' ' || **p == '-' || **p == '_'))
        ++*p;
    if (*p >= end)
        return false;
    *word = *p;
    while (*p < end && **p != ' ' && **p != '-' && **p != '_')
        ++*p;
    *n = (size_t)(*p - *word);
    if (*n > 4 && isn_fold((*word)[0]) == ISN_ALEF && (*word)[1] == ISN_LAM) {
        *word += 2;
        *n -= 2;
    }
    return true;
}

/* Words that are left out: bin, ibn, al. */
static bool is_particle(const uint8_t *word, size_t n)
{
    static const uint8_t bin[] = {ISN_BEH, ISN_NOON};
    uint8_t first = isn_fold(word[0]);
    if (n == 2 && memcmp(word, bin, 2) == 0)
        return true;
    if (n == 3 && first == ISN_ALEF && memcmp(word + 1, bin, 2) == 0)
        return true;
    return n == 2 && first == ISN_ALEF && word[1] == ISN_LAM;
}

#define MOST_WORDS 8
#define MOST_LETTERS 24

typedef struct name {
    uint8_t letters[MOST_WORDS][MOST_LETTERS];
    size_t length[MOST_WORDS];
    size_t n;
} name;

static void read_name(name *out, const uint8_t *letters, size_t n)
{
    static const uint8_t abd[] = {ISN_AIN, ISN_BEH, ISN_DAL};
    const uint8_t *p = letters, *end = letters + n, *word;
    size_t length;
    bool after_abd = false;
    out->n = 0;
    while (out->n < MOST_WORDS && next_word(&word, &length, &p, end)) {
        if (is_particle(word, length))
            continue;
        if (length == 3 && memcmp(word, abd, 3) == 0) {
            after_abd = true; /* abd joins the word that follows */
            continue;
        }
        uint8_t joined[64];
        size_t at = 0;
        if (after_abd) {
            memcpy(joined, abd, 3);
            at = 3;
        }
        after_abd = false;
        if (length > sizeof joined - at)
            length = sizeof joined - at;
        memcpy(joined + at, word, length);
        if (at == 0 && length > 6 && memcmp(joined, abd, 3) == 0 && isn_fold(joined[3]) == ISN_ALEF &&
            joined[4] == ISN_LAM) { /* 'abdalhamid: drop the article inside */
            memmove(joined + 3, joined + 5, length - 5);
            length -= 2;
        }
        out->length[out->n] = isn_name_skeleton(out->letters[out->n], MOST_LETTERS, joined, at + length);
        out->n++;
    }
}

uint64_t isn_name_key(const uint8_t *letters, size_t n)
{
    name read;
    read_name(&read, letters, n);
    uint64_t key = 0;
    for (size_t i = 0; i < read.n; i++)
        key = XXH3_64bits_withSeed(read.letters[i], read.length[i], key + 1);
    return key;
}

/* Edits between two skeletons, at most 2 are counted. */
static int edits(const uint8_t *a, size_t na, const uint8_t *b, size_t nb)
{
    if (na > nb) {
        const uint8_t *p = a;
        a = b;
        b = p;
        size_t m = na;
        na = nb;
        nb = m;
    }
    if (nb - na > 1)
        return 2;
    size_t i = 0;
    while (i < na && a[i] == b[i])
        i++;
    if (na == nb)
        return i == na ? 0 : memcmp(a + i + 1, b + i + 1, na - i - 1) == 0 ? 1 : 2;
    return memcmp(a + i, b + i + 1, na - i) == 0 ? 1 : 2;
}

static float word_likeness(const name *a, size_t i, const name *b, size_t j)
{
    int away = edits(a->letters[i], a->length[i], b->letters[j], b->length[j]);
    size_t least = a->length[i] < b->length[j] ? a->length[i] : b->length[j];
    if (away == 0)
        return least >= 2 ? 1.0f : 0.7f;
    if (away == 1 && least >= 4)
        return 0.8f;
    return 0.0f;
}

/*
 * The shorter name must stand in the longer one in its order, its last word as the last (a surname alone) or the first
 * as the first; middle names may be left out.
 */
float isn_name_likeness(const uint8_t *a, size_t na, const uint8_t *b, size_t nb)
{
    name x, y;
    read_name(&x, a, na);
    read_name(&y, b, nb);
    if (x.n == 0 || y.n == 0)
        return 0.0f;
    const name *shorter = x.n <= y.n ? &x : &y, *longer = x.n <= y.n ? &y : &x;
    float least = 1.0f;
    size_t j = 0;
    for (size_t i = 0; i < shorter->n; i++) {
        float best = 0.0f;
        while (j < longer->n && (best = word_likeness(shorter, i, longer, j)) == 0.0f)
            j++;
        if (j == longer->n)
            return 0.0f;
        if (best < least)
            least = best;
        j++;
    }
    if (shorter->n == longer->n)
        return least;
    return shorter->n == 1 ? least * 0.75f : least * 0.9f;
}
