/*
 * key.c - names that are spelled in different ways. The skeleton of a word keeps its consonants in classes of letters
 * that stand for each other in transliteration and drops what spelling is free with; words that meet by skeleton are
 * then compared letter by letter, each difference at its own price. Method: our own, after the usual consonant-skeleton
 * keys for names and the weighted edit distance of Wagner and Fischer.
 */
#include <xxhash.h>

#include "base/normal.h"
#include "lexicon/schema.h"
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
        return 't';
    case ISN_DAL:
    case ISN_THAL:
    case ISN_DAD:
    case ISN_ZAH:
        return 'd';
    case ISN_SEEN:
    case ISN_SAD:
    case ISN_ZAIN:
    case ISN_THEH:
        return 's';
    case ISN_HAH:
    case ISN_KHAH:
        return 'h';
    default:
        return c;
    }
}

static bool is_vowel(uint8_t c)
{
    return c == ISN_ALEF || c == ISN_WAW || c == ISN_YEH;
}

/* Letters that transliterations of foreign names hardly use. */
static bool is_native(uint8_t c)
{
    return c == ISN_HAH || c == ISN_AIN || c == ISN_SAD || c == ISN_DAD || c == ISN_ZAH || c == ISN_THAL;
}

/* The consonant classes of a word. */
static void make_skeleton(isn_name_word *word)
{
    uint8_t made = 0;
    for (size_t i = 0; i < word->n; i++) {
        uint8_t k = class_of(word->letters[i]);
        if (k == 0 && i == 0)
            k = 'a'; /* a first vowel or ain is heard */
        if (k && (made == 0 || word->skeleton[made - 1] != k))
            word->skeleton[made++] = k;
    }
    word->n_skeleton = made;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

typedef struct piece {
    uint8_t letters[ISN_NAME_LETTERS];
    size_t n;
    bool article; /* it had one */
} piece;

/* Cuts the next run of letters off *p; drops the article. */
static bool next_piece(piece *out, const uint8_t **p, const uint8_t *end)
{
    while (*p < end && !isn_is_arabic(**p) && !isn_is_latin(**p))
        ++*p;
    if (*p >= end)
        return false;
    out->n = 0;
    for (; *p < end && (isn_is_arabic(**p) || isn_is_latin(**p)); ++*p) {
        if (out->n < ISN_NAME_LETTERS)
            out->letters[out->n++] = isn_fold(**p);
    }
    out->article = out->n > 4 && out->letters[0] == ISN_ALEF && out->letters[1] == ISN_LAM;
    if (out->article) {
        out->n -= 2;
        memmove(out->letters, out->letters + 2, out->n);
    }
    return true;
}

static bool piece_is(const piece *word, const uint8_t *letters, size_t n)
{
    return word->n == n && memcmp(word->letters, letters, n) == 0;
}

typedef enum part { PART_WORD, PART_BIN, PART_AL, PART_ABD, PART_ABU, PART_ABI, PART_TAIL } part;

/* What a piece is for its neighbours. */
static part part_of(const piece *word)
{
    static const uint8_t bin[] = {ISN_ALEF, ISN_BEH, ISN_NOON}, al[] = {ISN_ALEF, ISN_LAM},
                         abd[] = {ISN_AIN, ISN_BEH, ISN_DAL}, abu[] = {ISN_ALEF, ISN_BEH, ISN_WAW},
                         abi[] = {ISN_ALEF, ISN_BEH, ISN_YEH}, aba[] = {ISN_ALEF, ISN_BEH, ISN_ALEF},
                         allah[] = {ISN_ALEF, ISN_LAM, ISN_LAM, ISN_HEH}, lah[] = {ISN_LAM, ISN_HEH},
                         din[] = {ISN_DAL, ISN_YEH, ISN_NOON};
    if (piece_is(word, bin, 3) || piece_is(word, bin + 1, 2))
        return PART_BIN;
    if (piece_is(word, al, 2))
        return PART_AL;
    if (piece_is(word, abd, 3))
        return PART_ABD;
    if (piece_is(word, abu, 3) || piece_is(word, abu + 1, 2))
        return PART_ABU;
    if (piece_is(word, abi, 3) || piece_is(word, aba, 3))
        return PART_ABI;
    if (piece_is(word, allah, 4) || piece_is(word, lah, 2) || piece_is(word, din, 3))
        return PART_TAIL;
    return PART_WORD;
}

static void append(isn_name_word *word, const uint8_t *letters, size_t n)
{
    for (size_t i = 0; i < n && word->n < ISN_NAME_LETTERS; i++)
        word->letters[word->n++] = letters[i];
}

/* Written together: 'abdalhamid, abualghayt: the article inside is dropped. */
static void drop_inner_article(isn_name_word *word)
{
    static const uint8_t abd[] = {ISN_AIN, ISN_BEH, ISN_DAL}, abu[] = {ISN_ALEF, ISN_BEH, ISN_WAW};
    static const uint8_t al_din[] = {ISN_ALEF, ISN_LAM, ISN_DAL, ISN_YEH, ISN_NOON};
    if (word->n >= 7 && memcmp(word->letters + word->n - 5, al_din, 5) == 0) { /* sa'daldin */
        memmove(word->letters + word->n - 5, word->letters + word->n - 3, 3);
        word->n = (uint8_t)(word->n - 2);
    }
    if (word->n <= 6 || (memcmp(word->letters, abd, 3) != 0 && memcmp(word->letters, abu, 3) != 0))
        return;
    if (word->letters[3] != ISN_ALEF || word->letters[4] != ISN_LAM)
        return;
    word->n = (uint8_t)(word->n - 2);
    memmove(word->letters + 3, word->letters + 5, word->n - 3u);
}

/* The row of a given name in names.tsv. */
static uint32_t given_row(const isn_lexicon *lexicon, const isn_name_word *word)
{
    uint32_t id = isn_lexicon_word(lexicon, word->letters, word->n);
    uint32_t state = id ? isn_lexicon_step(lexicon, 0, id) : 0;
    size_t n = 0;
    const isn_entry *entry = state ? isn_lexicon_entries(lexicon, state, &n) : NULL;
    for (size_t i = 0; entry && i < n; i++) {
        if (entry[i].table != ISN_T_NAMES)
            continue;
        isn_str kind = isn_lexicon_cell(lexicon, ISN_T_NAMES, entry[i].row, ISN_C_NAMES_KIND);
        if (isn_str_equal(kind, ISN_STR("given")) || isn_str_equal(kind, ISN_STR("both")))
            return entry[i].row;
    }
    return ISN_NO_ROW;
}

static void finish_word(isn_name_word *word, const isn_lexicon *lexicon)
{
    drop_inner_article(word);
    make_skeleton(word);
    for (size_t i = 0; i < word->n; i++)
        word->native |= is_native(word->letters[i]);
    word->row = lexicon ? given_row(lexicon, word) : ISN_NO_ROW;
    isn_str sex = word->row == ISN_NO_ROW ? ISN_STR("u")
                                          : isn_lexicon_cell(lexicon, ISN_T_NAMES, word->row, ISN_C_NAMES_SEX);
    word->sex = sex.n == 1 ? (uint8_t)sex.p[0] : 'u';
}

void isn_name_read(isn_name *out, const isn_lexicon *lexicon, const uint8_t *letters, size_t n)
{
    static const uint8_t abu[] = {ISN_ALEF, ISN_BEH, ISN_WAW};
    const uint8_t *p = letters, *end = letters + n;
    piece read;
    isn_name_word *word = NULL, opened = {.n = 0};
    bool bin = false, arab = false;
    out->n = 0;
    while (next_piece(&read, &p, end)) {
        part what = part_of(&read);
        if (what == PART_BIN || what == PART_AL) {
            bin = what == PART_BIN;
            continue;
        }
        if (what == PART_TAIL && word && !opened.n) {
            append(word, read.letters, read.n); /* nasr allah, salah al-din */
            continue;
        }
        if (what == PART_ABD || what == PART_ABU || (what == PART_ABI && out->n > 0)) {
            opened.n = 0;
            append(&opened, what == PART_ABD ? read.letters : abu, 3);
            continue;
        }
        if (out->n == ISN_NAME_WORDS)
            break;
        word = &out->words[out->n++];
        *word = (isn_name_word){.n = opened.n, .after_bin = bin, .row = ISN_NO_ROW};
        memcpy(word->letters, opened.letters, opened.n);
        append(word, read.letters, read.n);
        arab |= read.article || word->n > read.n;
        opened.n = 0;
        bin = false;
    }
    for (size_t i = 0; i < out->n; i++) {
        finish_word(&out->words[i], lexicon);
        out->words[i].native |= arab && out->words[i].row == ISN_NO_ROW;
    }
}

uint64_t isn_name_key_of(const isn_name *name)
{
    uint64_t key = 0;
    for (size_t i = 0; i < name->n; i++)
        key = XXH3_64bits_withSeed(name->words[i].skeleton, name->words[i].n_skeleton, key + 1);
    return key;
}

/* What of a word tells a person from others over many articles: the given name of names.tsv in its first spelling,
 * Arabic words letter by letter, others by their skeleton. */
static uint64_t word_identity(const isn_name_word *word, const isn_lexicon *lexicon, uint64_t seed)
{
    uint8_t first[ISN_NAME_LETTERS * 2];
    if (word->row != ISN_NO_ROW) {
        size_t n = isn_normal_key(first, sizeof first,
                                  isn_lexicon_cell(lexicon, ISN_T_NAMES, word->row, ISN_C_NAMES_NAME));
        return XXH3_64bits_withSeed(first, n < sizeof first ? n : sizeof first, seed);
    }
    return word->native ? XXH3_64bits_withSeed(word->letters, word->n, seed)
                        : XXH3_64bits_withSeed(word->skeleton, word->n_skeleton, seed + 1);
}

uint64_t isn_name_identity(const isn_name *name, const isn_lexicon *lexicon)
{
    if (name->n < 2)
        return 0;
    return word_identity(&name->words[name->n - 1], lexicon, word_identity(&name->words[0], lexicon, 0x1D));
}

uint64_t isn_name_key(const uint8_t *letters, size_t n)
{
    isn_name name;
    isn_name_read(&name, NULL, letters, n);
    return isn_name_key_of(&name);
}

size_t isn_name_word_keys(uint64_t *out, const isn_name_word *word)
{
    size_t n = word->n_skeleton, made = 0;
    out[made++] = XXH3_64bits(word->skeleton, n);
    for (size_t left = 0; n >= 4 && left < n; left++) {
        uint8_t fewer[ISN_NAME_LETTERS];
        memcpy(fewer, word->skeleton, left);
        memcpy(fewer + left, word->skeleton + left + 1, n - left - 1);
        out[made++] = XXH3_64bits(fewer, n - 1);
    }
    return made;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

enum { LONG_NAME = 6 };

/* What it costs to leave out letter i of a word. */
static float cost_of_one(const isn_name_word *word, size_t i)
{
    uint8_t c = word->letters[i];
    bool last = i + 1 == word->n, few = word->n_skeleton <= 3;
    if (i && word->letters[i - 1] == c)
        return 0.2f; /* doubled */
    if (c == ISN_HAMZA)
        return 0.1f;
    if (last && (is_vowel(c) || c == ISN_HEH))
        return word->native && c != ISN_ALEF ? 0.9f : 0.2f; /* Hasan, Hasani */
    if (word->native && i == 0 && c == ISN_LAM && word->n >= 6)
        return 0.3f; /* l- for al-, as the Maghreb writes */
    if (is_vowel(c)) {
        if (word->native)
            return c == ISN_ALEF && !few ? 0.2f : 0.9f;
        return few ? 0.31f : 0.2f;
    }
    if (c == ISN_TEH && !last && word->letters[i + 1] == ISN_SHEEN)
        return 0.3f; /* ch */
    return c == ISN_HEH ? 0.4f : 1.6f;
}

/* What it costs to write b for a. */
static float cost_of_two(uint8_t a, uint8_t b, bool native, bool last)
{
    if (a == b)
        return 0.0f;
    bool va = is_vowel(a), vb = is_vowel(b);
    if (va && vb)
        return native && !last ? 0.9f : 0.35f;
    if (last && (va || a == ISN_HEH) && (vb || b == ISN_HEH))
        return native && (a == ISN_HEH || b == ISN_HEH) ? 0.9f : 0.2f;
    if ((a == ISN_AIN && vb) || (b == ISN_AIN && va))
        return 0.5f;
    uint8_t x = class_of(a), y = class_of(b);
    if (x && x == y)
        return x == 'g' || x == 's' ? 0.3f : 0.4f;
    if ((x == 's' && b == ISN_SHEEN) || (y == 's' && a == ISN_SHEEN))
        return 0.5f;
    if ((a == ISN_BEH && b == ISN_FEH) || (a == ISN_FEH && b == ISN_BEH))
        return 0.6f;
    if ((a == ISN_FEH && b == ISN_WAW) || (a == ISN_WAW && b == ISN_FEH))
        return 0.6f;
    if ((a == ISN_THEH && y == 't') || (b == ISN_THEH && x == 't'))
        return 0.4f;
    if ((a == ISN_YEH && b == ISN_JEEM) || (a == ISN_JEEM && b == ISN_YEH))
        return 0.5f;
    if ((a == ISN_JEEM && b == ISN_ZAIN) || (a == ISN_ZAIN && b == ISN_JEEM))
        return 0.5f; /* zhe */
    if ((a == ISN_MEEM && b == ISN_NOON) || (a == ISN_NOON && b == ISN_MEEM))
        return 0.6f;
    if ((a == ISN_SHEEN && b == ISN_JEEM) || (a == ISN_JEEM && b == ISN_SHEEN))
        return 0.5f;
    if ((x == 'h' && (b == ISN_HEH || y == 'g')) || (y == 'h' && (a == ISN_HEH || x == 'g')))
        return 0.5f;
    return 1.6f;
}

/* The cheapest way from one word to the other. */
static float distance(const isn_name_word *a, const isn_name_word *b)
{
    float row[ISN_NAME_LETTERS + 1];
    bool native = a->native || b->native;
    row[0] = 0.0f;
    for (size_t j = 0; j < b->n; j++)
        row[j + 1] = row[j] + cost_of_one(b, j);
    for (size_t i = 0; i < a->n; i++) {
        float corner = row[0];
        row[0] += cost_of_one(a, i);
        for (size_t j = 0; j < b->n; j++) {
            bool last = i + 1 == a->n && j + 1 == b->n;
            float both = corner + cost_of_two(a->letters[i], b->letters[j], native, last);
            float without_a = row[j + 1] + cost_of_one(a, i);
            float without_b = row[j] + cost_of_one(b, j);
            corner = row[j + 1];
            row[j + 1] = both < without_a ? both : without_a;
            if (without_b < row[j + 1])
                row[j + 1] = without_b;
        }
    }
    return row[b->n];
}

/* Is b the name a with al-Din behind it? */
static bool without_din(const isn_name_word *a, const isn_name_word *b)
{
    static const uint8_t din[] = {ISN_DAL, ISN_YEH, ISN_NOON};
    return b->n == a->n + 3u && memcmp(b->letters, a->letters, a->n) == 0 && memcmp(b->letters + a->n, din, 3) == 0;
}

/* Letters that are written for one another in names from abroad: j and gh for g, s and z. */
static bool are_twins(uint8_t a, uint8_t b)
{
    return (a == ISN_JEEM && b == ISN_GHAIN) || (a == ISN_SEEN && b == ISN_ZAIN);
}

/* The word without hamza and doubled letters. */
static size_t plainest(uint8_t *out, const isn_name_word *word)
{
    size_t n = 0;
    for (size_t i = 0; i < word->n; i++) {
        if (word->letters[i] != ISN_HAMZA && (n == 0 || out[n - 1] != word->letters[i]))
            out[n++] = word->letters[i];
    }
    return n;
}

/* Two lines of names.tsv that are one name in two spellings: hamza, doubled letters, the last vowel, letters for g and z. */
static bool is_spelling(const isn_name_word *a, const isn_name_word *b)
{
    uint8_t x[ISN_NAME_LETTERS], y[ISN_NAME_LETTERS];
    size_t n = plainest(x, a);
    if (n != plainest(y, b))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n && n > 3;
        bool vowels = last && (is_vowel(x[i]) || x[i] == ISN_HEH) && (is_vowel(y[i]) || y[i] == ISN_HEH);
        bool twins = n >= 5 && (are_twins(x[i], y[i]) || are_twins(y[i], x[i]));
        if (x[i] != y[i] && !vowels && !twins)
            return false;
    }
    return true;
}

static bool ends_in_an(const isn_name_word *word)
{
    return word->n > 2 && word->letters[word->n - 2] == ISN_ALEF && word->letters[word->n - 1] == ISN_NOON;
}

/* Two lines of names.tsv that a vowel may part: Salim, Salem; Salman, Sulayman. Longer names, and those from abroad with
 * other than three consonants, are spelled freely. */
static bool are_two_names(const isn_name_word *a, const isn_name_word *b)
{
    size_t least = a->n < b->n ? a->n : b->n, most = a->n < b->n ? b->n : a->n;
    if (a->native || b->native)
        return least < LONG_NAME;
    bool three = a->n_skeleton <= 3 && b->n_skeleton <= 3 && most < LONG_NAME;
    return three || (ends_in_an(a) && ends_in_an(b) && least <= LONG_NAME);
}

/* 'Abd Allah, which a vowel parts from 'Abd al-Ilah. */
static bool is_abdallah(const isn_name_word *word)
{
    static const uint8_t letters[] = {ISN_AIN, ISN_BEH, ISN_DAL, ISN_LAM, ISN_HEH};
    return word->n == sizeof letters && memcmp(word->letters, letters, sizeof letters) == 0;
}

/* Is b, which stands behind bin, in a with bin joined to it: binkiran, ibn kiran? */
static bool joined_bin(const isn_name_word *a, const isn_name_word *b)
{
    return b->after_bin && !a->after_bin && a->n == b->n + 2u && a->letters[0] == ISN_BEH &&
           a->letters[1] == ISN_NOON && memcmp(a->letters + 2, b->letters, b->n) == 0;
}

float isn_name_word_alike(const isn_name_word *a, const isn_name_word *b)
{
    if (a->n == b->n && memcmp(a->letters, b->letters, a->n) == 0)
        return a->n >= 2 ? 1.0f : 0.7f;
    if (a->row != ISN_NO_ROW && b->row != ISN_NO_ROW) {
        if (a->row == b->row)
            return 1.0f;
        if (a->sex != b->sex && a->sex != 'u' && b->sex != 'u')
            return 0.0f;
        if (is_spelling(a, b))
            return 0.95f;
        if (are_two_names(a, b))
            return 0.0f;
    }
    if (is_abdallah(a) != is_abdallah(b))
        return 0.0f;
    if (joined_bin(a, b) || joined_bin(b, a))
        return 0.95f;
    if (without_din(a, b) || without_din(b, a))
        return 0.9f;
    size_t most = a->n > b->n ? a->n : b->n;
    float alike = 1.0f - distance(a, b) / (float)most;
    return alike > (a->native || b->native ? 0.85f : 0.75f) ? alike : 0.0f;
}

/* Do words [0, n) of the shorter name stand in the longer one from word `at` on? The least likeness. */
static float at_place(const isn_name *shorter, const isn_name *longer, size_t at)
{
    float least = 1.0f, second = 1.0f;
    for (size_t i = 0; i < shorter->n; i++) {
        float alike = isn_name_word_alike(&shorter->words[i], &longer->words[at + i]);
        if (alike < least) {
            second = least;
            least = alike;
        } else if (alike < second) {
            second = alike;
        }
    }
    return least > 0.85f || (shorter->n > 1 && second > 0.9f) ? least : 0.0f;
}

/* In order, with the first as the first; middle names may be left out. */
static float with_gaps(const isn_name *shorter, const isn_name *longer)
{
    float least = isn_name_word_alike(&shorter->words[0], &longer->words[0]);
    size_t j = 1;
    for (size_t i = 1; i < shorter->n && least > 0.85f; i++) {
        float best = 0.0f;
        while (j < longer->n && (best = isn_name_word_alike(&shorter->words[i], &longer->words[j])) == 0.0f)
            j++;
        j++;
        if (best < least)
            least = best;
    }
    return least > 0.85f ? least : 0.0f;
}

/* "amir'abdallahiyan": the article behind an 'abd inside the word. */
static void drop_article_of_abd(isn_name_word *word)
{
    static const uint8_t abd_al[] = {ISN_AIN, ISN_BEH, ISN_DAL, ISN_ALEF, ISN_LAM};
    for (size_t i = 0; i + sizeof abd_al < word->n; i++) {
        if (memcmp(word->letters + i, abd_al, sizeof abd_al) != 0)
            continue;
        word->n = (uint8_t)(word->n - 2);
        memmove(word->letters + i + 3, word->letters + i + 5, word->n - i - 3);
        return;
    }
}

/* Words that the one writes apart and the other together. */
static float written_together(const isn_name *a, const isn_name *b)
{
    isn_name_word one = {.n = 0}, other = {.n = 0};
    for (size_t i = 0; i < a->n; i++)
        append(&one, a->words[i].letters, a->words[i].n);
    for (size_t i = 0; i < b->n; i++)
        append(&other, b->words[i].letters, b->words[i].n);
    one.native = other.native = 1;
    drop_article_of_abd(&one);
    drop_article_of_abd(&other);
    if (one.n != other.n || one.n < 6)
        return 0.0f;
    float away = distance(&one, &other);
    return away < 0.5f ? 0.95f : 0.0f;
}

/* One word against a longer name: a surname, else a given name; a father's name only with its bin. */
static float one_word(const isn_name_word *word, const isn_name *longer)
{
    for (size_t j = longer->n; j-- > 1;) {
        if (longer->words[j].after_bin != word->after_bin)
            continue;
        float alike = isn_name_word_alike(word, &longer->words[j]);
        if (alike > 0.85f)
            return alike * (j + 1 == longer->n ? 0.8f : 0.75f);
    }
    float first = word->after_bin ? 0.0f : isn_name_word_alike(word, &longer->words[0]);
    return first > 0.85f ? first * 0.7f : 0.0f;
}

/* Is the longer name that of a child, before the whole name of the father: Maryam al-Sadiq al-Mahdi? Muhammad stands before
 * given names of the same man. */
static bool is_child(const isn_name *shorter, const isn_name *longer)
{
    static const uint8_t muhammad[] = {ISN_MEEM, ISN_HAH, ISN_MEEM, ISN_DAL}, sayyid[] = {ISN_SEEN, ISN_YEH, ISN_DAL};
    const isn_name_word *first = &longer->words[0];
    bool prefix = (first->n == sizeof muhammad && memcmp(first->letters, muhammad, sizeof muhammad) == 0) ||
                  (first->n == sizeof sayyid && memcmp(first->letters, sayyid, sizeof sayyid) == 0);
    bool other_sex = first->sex != shorter->words[0].sex && first->sex != 'u' && shorter->words[0].sex != 'u';
    bool chain = true; /* given names only: father's after the own */
    for (size_t i = 0; i < shorter->n; i++)
        chain = chain && shorter->words[i].row != ISN_NO_ROW;
    return shorter->n > 1 && shorter->words[0].row != ISN_NO_ROW && first->row != ISN_NO_ROW && !prefix &&
           (shorter->n > 2 || other_sex || chain);
}

/*
 * The shorter name stands in the longer one: as its end (a surname of two words), or from its first word on with
 * others left out, or as one word of it.
 */
float isn_name_alike(const isn_name *a, const isn_name *b)
{
    const isn_name *shorter = a->n <= b->n ? a : b, *longer = a->n <= b->n ? b : a;
    if (shorter->n == 0)
        return 0.0f;
    if (shorter->n == longer->n) {
        bool other = shorter->n == 1 && shorter->words[0].after_bin != longer->words[0].after_bin;
        return other ? 0.0f : at_place(shorter, longer, 0);
    }
    float together = longer->n == shorter->n + 1 ? written_together(shorter, longer) : 0.0f;
    if (together > 0.0f)
        return together;
    if (shorter->n == 1)
        return one_word(&shorter->words[0], longer);
    float end = is_child(shorter, longer) ? 0.0f : at_place(shorter, longer, longer->n - shorter->n);
    float gaps = shorter->words[0].n > 2 ? with_gaps(shorter, longer) : 0.0f; /* Li Qiang is not Li Keqiang */
    return (end > gaps ? end : gaps) * 0.9f;
}

float isn_name_likeness(const uint8_t *a, size_t na, const uint8_t *b, size_t nb)
{
    isn_name x, y;
    isn_name_read(&x, NULL, a, na);
    isn_name_read(&y, NULL, b, nb);
    return isn_name_alike(&x, &y);
}
