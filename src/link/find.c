/*
 * find.c - looking a name up among people, bodies, states, outlets and places. First by the key of a line, then as articles are
 * read (the trie of phrases), then by likeness: people by the key of names, Latin names by their consonants. What comes
 * near but not near enough is suggested.
 */
#include "link/find.h"

#include <stdlib.h>

#include "base/normal.h"
#include "lexicon/schema.h"
#include "link/key.h"
#include "link/latin.h"

#define LATIN_SURE 0.86f /* each word of the query heard in the name */
#define LATIN_PART 0.04f /* what it costs a name to have more words than were asked for */
#define SUGGESTED 0.62f
#define AS_GOOD 0.02f

static const struct {
    int table, name, forms, english;
} searched[] = {
    {ISN_T_PEOPLE, ISN_C_PEOPLE_NAME, ISN_C_PEOPLE_FORMS, ISN_C_PEOPLE_ENGLISH},
    {ISN_T_ORGANIZATIONS, ISN_C_ORGANIZATIONS_NAME, ISN_C_ORGANIZATIONS_FORMS, ISN_C_ORGANIZATIONS_ENGLISH},
    {ISN_T_COUNTRIES, ISN_C_COUNTRIES_NAME, ISN_C_COUNTRIES_FORMS, ISN_C_COUNTRIES_ENGLISH},
    {ISN_T_OUTLETS, ISN_C_OUTLETS_NAME, ISN_C_OUTLETS_FORMS, ISN_C_OUTLETS_ENGLISH},
    {ISN_T_PLACES, ISN_C_PLACES_NAME, ISN_C_PLACES_FORMS, ISN_C_PLACES_ENGLISH},
};
enum { SEARCHED = sizeof searched / sizeof *searched };

static int order_of(int table)
{
    for (int i = 0; i < SEARCHED; i++) {
        if (searched[i].table == table)
            return i;
    }
    return -1;
}

isn_str isn_find_english(const isn_lexicon *lexicon, const isn_found *found)
{
    int i = order_of(found->table);
    return i < 0 ? ISN_STR("") : isn_lexicon_cell(lexicon, found->table, found->row, searched[i].english);
}

isn_str isn_find_name(const isn_lexicon *lexicon, const isn_found *found)
{
    int i = order_of(found->table);
    return i < 0 ? ISN_STR("") : isn_lexicon_cell(lexicon, found->table, found->row, searched[i].name);
}

/* How many terms of office the lexicon has of a line; they stand together. */
static uint32_t terms_of(const isn_lexicon *lexicon, int table, uint32_t row)
{
    if (table != ISN_T_PEOPLE)
        return 0;
    isn_str id = isn_lexicon_cell(lexicon, table, row, ISN_C_PEOPLE_ID);
    uint32_t first = isn_lexicon_row(lexicon, ISN_T_TERMS, id), n = 0;
    while (first != ISN_NO_ROW && isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_TERMS, first + n, ISN_C_TERMS_PERSON), id))
        n++;
    return n;
}

/* Adds a line, or raises its likeness. */
static bool add(isn_finding *out, isn_arena *arena, const isn_lexicon *lexicon, int table, uint32_t row, float likeness)
{
    for (size_t i = 0; i < out->n; i++) {
        if (out->items[i].table == table && out->items[i].row == row) {
            if (out->items[i].likeness < likeness)
                out->items[i].likeness = likeness;
            return true;
        }
    }
    isn_found *item = ISN_PUSH(arena, out);
    if (item)
        *item = (isn_found){(uint8_t)table, row, terms_of(lexicon, table, row), likeness};
    return item != NULL;
}

static int by_likeness(const void *x, const void *y)
{
    const isn_found *a = x, *b = y;
    if (a->likeness != b->likeness)
        return a->likeness > b->likeness ? -1 : 1;
    if (a->table != b->table)
        return order_of(a->table) - order_of(b->table);
    if (a->terms != b->terms)
        return a->terms > b->terms ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static void keep_best(isn_finding *out, size_t most)
{
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_likeness);
    if (out->n > most)
        out->n = most;
}

/* --- by key ------------------------------------------------------------------------------------------------------ */

static bool by_line_key(isn_finding *out, isn_arena *arena, const isn_lexicon *lexicon, isn_str name)
{
    static const int keyed[] = {ISN_T_PEOPLE, ISN_T_ORGANIZATIONS, ISN_T_COUNTRIES, ISN_T_OUTLETS};
    for (size_t i = 0; i < sizeof keyed / sizeof *keyed; i++) {
        uint32_t row = isn_lexicon_row(lexicon, keyed[i], name);
        if (row != ISN_NO_ROW && !add(out, arena, lexicon, keyed[i], row, 1.0f))
            return false;
    }
    return true;
}

/* --- as articles are read ------------------------------------------------------------------------------------------ */

static bool by_phrase(isn_finding *out, isn_arena *arena, const isn_lexicon *lexicon, isn_str name)
{
    size_t n;
    const isn_entry *entry = isn_lexicon_phrase(lexicon, name, &n);
    bool long_form = false;
    for (size_t i = 0; i < n; i++)
        long_form |= order_of(entry[i].table) >= 0 && entry[i].form <= ISN_F_LONG;
    for (size_t i = 0; i < n; i++) {
        bool shown = entry[i].form <= ISN_F_ACRONYM || entry[i].form == ISN_F_CAPITAL;
        bool other = entry[i].form == ISN_F_CAPITAL && long_form; /* the town's own line */
        if (order_of(entry[i].table) < 0 || !shown || other || (entry[i].form == ISN_F_SHORT && long_form))
            continue;
        if (!add(out, arena, lexicon, entry[i].table, entry[i].row, 1.0f))
            return false;
    }
    return true;
}

/* --- by likeness: Arabic --------------------------------------------------------------------------------------------- */

typedef struct asked {
    isn_name name;
    uint8_t key[128]; /* folded letters */
    size_t n;
} asked;

/* 1 less the share of letters that differ. Wagner and Fischer. */
static float letters_alike(const asked *query, const uint8_t *key, size_t n)
{
    size_t row[sizeof query->key + 1], most = n > query->n ? n : query->n;
    if (most == 0 || n > sizeof query->key || n + n / 2 + 2 < query->n || query->n + query->n / 2 + 2 < n)
        return 0.0f;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; i < query->n; i++) {
        size_t corner = row[0]++;
        for (size_t j = 0; j < n; j++) {
            size_t best = corner + (query->key[i] != key[j]);
            corner = row[j + 1];
            best = corner + 1 < best ? corner + 1 : best;
            row[j + 1] = row[j] + 1 < best ? row[j] + 1 : best;
        }
    }
    return 1.0f - (float)row[n] / (float)most;
}

static float arabic_alike(const asked *query, const isn_lexicon *lexicon, isn_str text, bool person, float *near)
{
    uint8_t letters[128], key[128];
    if (text.n && text.p[0] == '?')
        text = isn_str_part(text, 1, text.n);
    size_t n = isn_normal_letters(letters, sizeof letters, text);
    size_t k = isn_normal_key(key, sizeof key, text);
    *near = letters_alike(query, key, k < sizeof key ? k : sizeof key);
    if (!person)
        return 0.0f;
    isn_name name;
    isn_name_read(&name, lexicon, letters, n < sizeof letters ? n : sizeof letters);
    return isn_name_alike(&query->name, &name);
}

static bool by_arabic(isn_finding *sure, isn_finding *near, isn_arena *arena, const isn_lexicon *lexicon, isn_str name)
{
    asked query;
    uint8_t letters[128];
    size_t n = isn_normal_letters(letters, sizeof letters, name);
    isn_name_read(&query.name, lexicon, letters, n < sizeof letters ? n : sizeof letters);
    query.n = isn_normal_key(query.key, sizeof query.key, name);
    if (query.n > sizeof query.key)
        query.n = sizeof query.key;
    for (size_t s = 0; s < SEARCHED; s++) {
        int table = searched[s].table;
        for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, table); row++) {
            float best = 0.0f, next = 0.0f;
            int columns[] = {searched[s].name, searched[s].forms};
            for (size_t c = 0; c < 2; c++) {
                isn_str rest = isn_lexicon_cell(lexicon, table, row, columns[c]), text;
                while (rest.n && isn_str_next(&text, &rest, '|')) {
                    float letter, alike = arabic_alike(&query, lexicon, text, table == ISN_T_PEOPLE, &letter);
                    best = alike > best ? alike : best;
                    next = letter > next ? letter : next;
                }
            }
            if (best >= ISN_KNOWN_ALIKE && !add(sure, arena, lexicon, table, row, best))
                return false;
            next = best > next ? best : next;
            if (next >= SUGGESTED && !add(near, arena, lexicon, table, row, next))
                return false;
        }
    }
    return true;
}

/* --- by likeness: Latin ---------------------------------------------------------------------------------------------- */

static bool by_latin(isn_finding *sure, isn_finding *near, isn_arena *arena, const isn_lexicon *lexicon, const isn_latin *query)
{
    for (size_t s = 0; s < SEARCHED; s++) {
        int table = searched[s].table;
        for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, table); row++) {
            isn_latin name;
            bool whole;
            isn_latin_read(&name, isn_lexicon_cell(lexicon, table, row, searched[s].english));
            float alike = isn_latin_equal(query, &name) ? 1.0f : isn_latin_alike(query, &name, &whole) * 0.99f;
            float ranked = alike == 1.0f || whole ? alike : alike - LATIN_PART;
            if (alike >= LATIN_SURE && !add(sure, arena, lexicon, table, row, ranked))
                return false;
            if (alike >= SUGGESTED && !add(near, arena, lexicon, table, row, ranked))
                return false;
        }
    }
    return true;
}

/* Of several, only those that are spelled as well as the best, or nearly. */
static void prefer_best(isn_finding *out)
{
    size_t kept = 0;
    float best = 0.0f;
    for (size_t i = 0; i < out->n; i++)
        best = out->items[i].likeness > best ? out->items[i].likeness : best;
    for (size_t i = 0; i < out->n; i++) {
        if (out->items[i].likeness >= best - AS_GOOD)
            out->items[kept++] = out->items[i];
    }
    out->n = kept;
}

bool isn_find(isn_finding *out, isn_arena *arena, const isn_lexicon *lexicon, isn_str name)
{
    isn_finding near = {.n = 0};
    isn_latin latin;
    *out = (isn_finding){.sure = true};
    name = isn_str_trim(name);
    if (!by_line_key(out, arena, lexicon, name) || (out->n == 0 && !by_phrase(out, arena, lexicon, name)))
        return false;
    if (out->n == 0) {
        isn_latin_read(&latin, name);
        if (latin.n ? !by_latin(out, &near, arena, lexicon, &latin) : !by_arabic(out, &near, arena, lexicon, name))
            return false;
        prefer_best(out);
    }
    keep_best(out, ISN_FOUND_MOST);
    if (out->n == 0) {
        keep_best(&near, ISN_SUGGESTED_MOST);
        *out = near;
        out->sure = false;
    }
    return true;
}
