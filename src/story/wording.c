#include "story/wording.h"

#include <stdlib.h>

#include "base/normal.h"
#include "lexicon/schema.h"

#define CELL_ROOM 128u
#define NUMBER_ROOM 20u
#define NEGATION ISN_SENSES /* sense of words that negate */

/* Log odds: fitted as docs/stories.md tells. `with_shared` counts as much of it as the wordings share. */
typedef struct weight {
    float alone, with_shared;
} weight;

static const weight weights[ISN_WORDING_PARTS] = {
    [ISN_WORDING_SHARED] = {-0.53f, 0},      [ISN_WORDING_OPPOSITE] = {2.92f, 1.93f}, [ISN_WORDING_SIDE] = {-0.62f, 0},
    [ISN_WORDING_NEGATED] = {0.39f, 1.49f},  [ISN_WORDING_NUMBERS] = {-0.71f, 5.27f}, [ISN_WORDING_NAMES] = {-0.73f, 4.52f},
};
static const float intercept = 0.56f;

typedef struct side {
    uint32_t hash;
    uint8_t sense;
    bool other;
} side;

struct isn_opposites {
    side *sides; /* sorted by hash */
    size_t n, capacity;
    isn_str names[ISN_SENSES];
};

/* --- the table ----------------------------------------------------------------------------------- */

static int by_hash(const void *a, const void *b)
{
    const side *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->sense != y->sense)
        return x->sense < y->sense ? -1 : 1;
    return (int)x->other - (int)y->other;
}

static bool push(isn_opposites *o, isn_arena *arena, const uint8_t *letters, size_t n, unsigned sense, bool other)
{
    isn_tagger none = {0};
    isn_stem stem;
    isn_stem_make(&stem, &none, letters, n);
    if (o->n == o->capacity) {
        side *more = isn_arena_grow(arena, o->sides, o->n, &o->capacity, o->n + 1, sizeof *more);
        if (!more)
            return false;
        o->sides = more;
    }
    o->sides[o->n++] = (side){isn_stem_hash(&stem), (uint8_t)sense, other};
    return true;
}

/* The words of a cell; a present verb with ya also with ta. Phrases of several words are passed over. */
static bool take_cell(isn_opposites *o, isn_arena *arena, isn_str cell, unsigned sense, bool other)
{
    isn_str word;
    while (cell.n && isn_str_next(&word, &cell, '|')) {
        uint8_t letters[CELL_ROOM];
        size_t n = isn_normal_letters(letters, sizeof letters, word);
        if (n == 0 || n > sizeof letters || memchr(letters, ' ', n))
            continue;
        if (!push(o, arena, letters, n, sense, other))
            return false;
        if (letters[0] == ISN_YEH && n > 3) {
            letters[0] = ISN_TEH;
            if (!push(o, arena, letters, n, sense, other))
                return false;
        }
    }
    return true;
}

const isn_opposites *isn_opposites_make(isn_arena *arena, const isn_lexicon *lexicon)
{
    isn_opposites *o = isn_arena_calloc(arena, 1, sizeof *o);
    bool good = o != NULL;
    size_t rows = lexicon ? isn_lexicon_rows(lexicon, ISN_T_OPPOSITES) : 0;
    for (uint32_t i = 0; good && i < rows && i < ISN_SENSES; i++) {
        o->names[i] = isn_lexicon_cell(lexicon, ISN_T_OPPOSITES, i, ISN_C_OPPOSITES_SENSE);
        good = take_cell(o, arena, isn_lexicon_cell(lexicon, ISN_T_OPPOSITES, i, ISN_C_OPPOSITES_ONE), i, false) &&
               take_cell(o, arena, isn_lexicon_cell(lexicon, ISN_T_OPPOSITES, i, ISN_C_OPPOSITES_OTHER), i, true);
    }
    rows = lexicon ? isn_lexicon_rows(lexicon, ISN_T_FUNCTIONS) : 0;
    for (uint32_t i = 0; good && i < rows; i++)
        if (isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_FUNCTIONS, i, ISN_C_FUNCTIONS_POS), ISN_STR("neg")))
            good = take_cell(o, arena, isn_lexicon_cell(lexicon, ISN_T_FUNCTIONS, i, ISN_C_FUNCTIONS_WORD), NEGATION, false);
    if (good && o->n)
        qsort(o->sides, o->n, sizeof *o->sides, by_hash);
    return good ? o : NULL;
}

isn_str isn_opposites_name(const isn_opposites *o, unsigned sense)
{
    return sense < ISN_SENSES ? o->names[sense] : (isn_str){0};
}

/* Sets the sides of a stem; true where it stands in the table. */
static bool look_up(isn_wording_word *word, bool *negates, const isn_opposites *o, uint32_t hash)
{
    size_t low = 0, high = o->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (o->sides[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    size_t found = low;
    for (; found < o->n && o->sides[found].hash == hash; found++) {
        if (o->sides[found].sense == NEGATION)
            *negates = true;
        else if (o->sides[found].other)
            word->other |= (uint64_t)1 << o->sides[found].sense;
        else
            word->one |= (uint64_t)1 << o->sides[found].sense;
    }
    return found > low;
}

/* --- words --------------------------------------------------------------------------------------- */

static void take_word(isn_wording *w, const isn_opposites *o, const isn_tagger *tagger, const uint8_t *p, size_t n)
{
    isn_stem stem;
    bool negates = false;
    isn_stem_make(&stem, tagger, p, n);
    isn_wording_word word = {.hash = isn_stem_hash(&stem), .weight = (float)(stem.rare > 2 ? stem.rare - 2 : 0)};
    word.bare = word.hash;
    bool known = look_up(&word, &negates, o, word.hash);
    if (n >= 4 && (p[0] == ISN_BEH || p[0] == ISN_LAM || p[0] == ISN_KAF || p[0] == ISN_FEH)) {
        isn_stem bare;
        isn_stem_make(&bare, tagger, p + 1, n - 1);
        word.bare = isn_stem_hash(&bare);
        if (!known)
            look_up(&word, &negates, o, word.bare);
    }
    w->negated = w->negated || negates;
    if (w->n < ISN_WORDING_WORDS)
        w->words[w->n++] = word;
}

/* A number with its decimals; groups of thousands are joined. */
static size_t take_number(isn_wording *w, const uint8_t *p, size_t i, size_t n)
{
    char digits[NUMBER_ROOM];
    size_t used = 0;
    bool point = false;
    for (; i < n && used < NUMBER_ROOM; i++) {
        bool inside = i + 1 < n && isn_is_digit(p[i + 1]);
        if (isn_is_digit(p[i]))
            digits[used++] = (char)p[i];
        else if (p[i] == '.' && inside && !point)
            digits[used++] = '.', point = true;
        else if (p[i] != ',' || !inside)
            break;
    }
    double value;
    if (w->n_numbers < ISN_WORDING_FIGURES && isn_str_to_number(&value, isn_str_of(digits, used)))
        w->numbers[w->n_numbers++] = value;
    return i;
}

bool isn_wording_make(isn_wording *out, isn_arena *arena, const isn_opposites *o, const isn_tagger *tagger, isn_str text)
{
    isn_normal normal;
    isn_arena_mark mark = isn_arena_here(arena);
    *out = (isn_wording){0};
    if (!isn_normal_make(&normal, arena, text))
        return false;
    for (size_t i = 0; i < normal.n;) {
        if (isn_is_digit(normal.p[i])) {
            i = take_number(out, normal.p, i, normal.n);
            continue;
        }
        size_t begin = i;
        while (i < normal.n && (isn_is_arabic(normal.p[i]) || isn_is_latin(normal.p[i])))
            i++;
        if (i > begin)
            take_word(out, o, tagger, normal.p + begin, i - begin);
        else
            i++;
    }
    isn_arena_back(arena, mark);
    return true;
}

/* --- comparing ----------------------------------------------------------------------------------- */

static bool has_word(const isn_wording *w, const isn_wording_word *word)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->words[i].hash == word->hash || w->words[i].bare == word->bare)
            return true;
    return false;
}

/* Senses on which a text stands, with words that the other doesn't have. */
typedef struct stand {
    uint64_t one, other;         /* with any word */
    uint64_t own_one, own_other; /* with words of its own */
    float shared, all;
} stand;

static stand stand_of(const isn_wording *w, const isn_wording *against)
{
    stand s = {0};
    for (size_t i = 0; i < w->n; i++) {
        const isn_wording_word *word = &w->words[i];
        bool shared = has_word(against, word);
        s.one |= word->one;
        s.other |= word->other;
        s.own_one |= shared ? 0 : word->one;
        s.own_other |= shared ? 0 : word->other;
        /* Words that stand on a side are weighed as signs, not as what is talked about. */
        float counted = word->one | word->other ? 0 : word->weight;
        s.shared += shared ? counted : 0;
        s.all += counted;
    }
    return s;
}

static bool numbers_differ(const isn_wording *a, const isn_wording *b)
{
    for (size_t i = 0; i < a->n_numbers; i++)
        for (size_t k = 0; k < b->n_numbers; k++)
            if (a->numbers[i] - b->numbers[k] < 1e-9 && b->numbers[k] - a->numbers[i] < 1e-9)
                return false;
    return a->n_numbers && b->n_numbers;
}

static unsigned lowest(uint64_t senses)
{
    unsigned i = 0;
    while (i < ISN_SENSES && !(senses >> i & 1))
        i++;
    return i;
}

void isn_wording_compare(isn_wording_clash *out, const isn_wording *a, const isn_wording *b, bool names_differ)
{
    stand x = stand_of(a, b), y = stand_of(b, a);
    uint64_t same = (x.one & y.one) | (x.other & y.other);
    uint64_t opposite = ((x.own_one & y.own_other) | (x.own_other & y.own_one)) & ~same;
    uint64_t sided = ((x.own_one & y.own_one) | (x.own_other & y.own_other)) & ~opposite;
    *out = (isn_wording_clash){.sense = lowest(opposite)};
    out->part[ISN_WORDING_SHARED] = x.all + y.all > 0 ? (x.shared + y.shared) / (x.all + y.all) : 0;
    out->part[ISN_WORDING_OPPOSITE] = opposite != 0;
    out->part[ISN_WORDING_SIDE] = sided != 0;
    out->part[ISN_WORDING_NEGATED] = a->negated != b->negated;
    out->part[ISN_WORDING_NUMBERS] = numbers_differ(a, b);
    out->part[ISN_WORDING_NAMES] = names_differ;
    out->odds = intercept;
    for (size_t i = 0; i < ISN_WORDING_PARTS; i++)
        out->odds += out->part[i] * (weights[i].alone + weights[i].with_shared * out->part[ISN_WORDING_SHARED]);
}
