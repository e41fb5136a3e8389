#include "gazetteer.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/normal.h"
#include "link/latin.h"

enum { ENGLISH, ARABIC, COUNTRY, REGION, REGION_ENGLISH, LAT, LON, POPULATION, FIELDS };

#define KEY 96
#define SOUND 64

/* A Latin name without what spellings of Arabic names are free with: marks, articles, h, doubled letters, e and o for a and u. */
typedef struct sound {
    char letters[SOUND];
    size_t n;
} sound;

typedef struct town {
    isn_str field[FIELDS];
    sound english, region;
    uint8_t key[KEY]; /* folded Arabic name without a class noun */
    size_t n;
    bool borne; /* a line of ours has its Arabic name */
} town;

typedef struct towns {
    town *items;
    size_t n;
} towns;

/* Class nouns that GeoNames puts before names of towns and regions: madinat, baladiyat, qada', nahiyat, muhafazat, wilayat ... */
static const char *const heads[] = {
    "\u0645\u062F\u064A\u0646\u0629 ", "\u0628\u0644\u062F\u064A\u0629 ", "\u0642\u0636\u0627\u0621 ", "\u0646\u0627\u062D\u064A\u0629 ",
    "\u0645\u062D\u0627\u0641\u0638\u0629 ", "\u0648\u0644\u0627\u064A\u0629 ", "\u0634\u0639\u0628\u064A\u0629 ", "\u062F\u0627\u0626\u0631\u0629 ",
    "\u0642\u0631\u064A\u0629 ", "\u0625\u0645\u0627\u0631\u0629 ", "\u0645\u0642\u0627\u0637\u0639\u0629 ", "\u0645\u0646\u0637\u0642\u0629 ",
    "\u0625\u0642\u0644\u064A\u0645 ", "\u062C\u0647\u0629 ", NULL,
};

static isn_str without_head(isn_str name)
{
    for (const char *const *head = heads; *head; head++) {
        if (isn_str_starts(name, isn_str_cstr(*head)))
            return isn_str_part(name, strlen(*head), name.n);
    }
    return name;
}

static size_t key_of(uint8_t key[KEY], isn_str name)
{
    size_t n = name.n ? isn_normal_key(key, KEY, without_head(name)) : 0;
    return n <= KEY ? n : 0;
}

static bool same_key(const uint8_t *a, size_t na, const uint8_t *b, size_t nb)
{
    return na && na == nb && memcmp(a, b, na) == 0;
}

static char sounded(char c)
{
    switch (c) {
    case 'e':
        return 'a';
    case 'o':
        return 'u';
    case 'y':
        return 'i';
    case 'q':
        return 'k';
    case 'z':
        return 's';
    default:
        return c;
    }
}

static void add_word(sound *out, const isn_latin_word *word)
{
    for (size_t i = 0; i < word->n && out->n < SOUND; i++) {
        char c = sounded(word->letters[i]), next = i + 1 < word->n ? sounded(word->letters[i + 1]) : 0;
        if (c == 'h' || (c == 'u' && next == 'u') || (c == 'd' && next == 'j') || (out->n && out->letters[out->n - 1] == c))
            continue;
        out->letters[out->n++] = c;
    }
}

static bool same_sound(const sound *a, const sound *b)
{
    return a->n && a->n == b->n && memcmp(a->letters, b->letters, a->n) == 0;
}

/* Class nouns of regions in Latin letters are left out. */
static void hear(sound *out, isn_str text)
{
    static const char *const nouns[] = {"governorate", "province", "region", "wilaya", "district", "state", "municipality", "imarat", "muhafazat", "mintaqat", NULL};
    isn_latin latin;
    isn_latin_read(&latin, text);
    out->n = 0;
    for (size_t i = 0; i < latin.n; i++) {
        isn_str word = isn_str_of(latin.words[i].letters, latin.words[i].n);
        bool noun = false;
        for (const char *const *n = nouns; *n && !noun; n++)
            noun = isn_str_equal(word, isn_str_cstr(*n));
        if (!noun)
            add_word(out, &latin.words[i]);
    }
}

/* The lines of the file; false at one that is none, or without memory. */
static bool read_towns(towns *out, isn_str text)
{
    isn_str rest = text, line;
    size_t lines = 0;
    while (isn_str_next(&line, &rest, '\n'))
        lines += line.n > 0;
    out->items = calloc(lines + 1, sizeof *out->items);
    rest = text;
    while (out->items && isn_str_next(&line, &rest, '\n')) {
        town *t = &out->items[out->n];
        size_t i = 0;
        for (isn_str cells = line, cell; line.n && i < FIELDS && isn_str_next(&cell, &cells, '\t'); i++)
            t->field[i] = cell;
        if (line.n && i != FIELDS)
            return false;
        if (line.n == 0)
            continue;
        hear(&t->english, t->field[ENGLISH]);
        hear(&t->region, t->field[REGION_ENGLISH]);
        t->n = key_of(t->key, t->field[ARABIC]);
        out->n++;
    }
    return out->items != NULL;
}

/* alpha-2 of a country's code, empty where the table has none. */
static isn_str alpha2_of(const isn_tables *tables, isn_str code)
{
    const isn_rows *rows = &tables->rows[ISN_T_COUNTRIES];
    for (size_t i = 0; code.n && i < rows->n; i++) {
        if (isn_str_equal(rows->items[i].cells[ISN_C_COUNTRIES_CODE], code))
            return rows->items[i].cells[ISN_C_COUNTRIES_ISO2];
    }
    return ISN_STR("");
}

static bool bears(const isn_row *row, const town *t)
{
    int columns[] = {ISN_C_PLACES_NAME, ISN_C_PLACES_FORMS};
    for (size_t c = 0; c < 2; c++) {
        isn_str rest = row->cells[columns[c]], text;
        while (rest.n && isn_str_next(&text, &rest, '|')) {
            uint8_t key[KEY];
            size_t n = isn_normal_key(key, sizeof key, text);
            if (n <= sizeof key && same_key(key, n, t->key, t->n))
                return true;
        }
    }
    return false;
}

/* The town that a line of ours means: by an Arabic name, else by the English one if no other line has its Arabic name (Hama is not
 * al-Hama); of several the largest. */
static const town *meet(const towns *all, const isn_row *row, isn_str alpha2)
{
    const town *by_name = NULL, *by_sound = NULL;
    int64_t most = -1, most_heard = -1, people;
    sound english;
    hear(&english, row->cells[ISN_C_PLACES_ENGLISH]);
    for (size_t i = 0; alpha2.n && i < all->n; i++) {
        const town *t = &all->items[i];
        if (!isn_str_equal(t->field[COUNTRY], alpha2) || !isn_str_to_int(&people, t->field[POPULATION]))
            continue;
        if (people > most && bears(row, t)) {
            by_name = t;
            most = people;
        }
        if (people > most_heard && !t->borne && same_sound(&english, &t->english)) {
            by_sound = t;
            most_heard = people;
        }
    }
    return by_name ? by_name : by_sound;
}

static bool is_region(const isn_row *row)
{
    return isn_str_equal(row->cells[ISN_C_PLACES_KIND], ISN_STR("region"));
}

/* Our name of the town's region: by its Arabic name, else by the English one. */
static isn_str region_of(const isn_tables *tables, const town *t, isn_str country)
{
    const isn_rows *rows = &tables->rows[ISN_T_PLACES];
    town region = {.n = 0};
    isn_str heard = ISN_STR("");
    region.n = key_of(region.key, t->field[REGION]);
    for (size_t i = 0; i < rows->n; i++) {
        const isn_row *row = &rows->items[i];
        sound english;
        if (!isn_str_equal(row->cells[ISN_C_PLACES_COUNTRY], country) ||
            !is_region(row))
            continue;
        if (bears(row, &region))
            return row->cells[ISN_C_PLACES_NAME];
        hear(&english, row->cells[ISN_C_PLACES_ENGLISH]);
        if (same_sound(&english, &t->region))
            heard = row->cells[ISN_C_PLACES_NAME];
    }
    return heard;
}

static bool is_town(const isn_row *row)
{
    static const char *const kinds[] = {"city", "town", "capital", "port", "village", NULL};
    for (const char *const *kind = kinds; *kind; kind++) {
        if (isn_str_equal(row->cells[ISN_C_PLACES_KIND], isn_str_cstr(*kind)))
            return true;
    }
    return false;
}

static void mark_borne(towns *all, const isn_row *row, isn_str alpha2)
{
    for (size_t i = 0; alpha2.n && i < all->n; i++) {
        if (isn_str_equal(all->items[i].field[COUNTRY], alpha2) && bears(row, &all->items[i]))
            all->items[i].borne = true;
    }
}

/* Degrees to two places, as in our table. */
static isn_str degrees(isn_arena *arena, isn_str value)
{
    char text[32];
    snprintf(text, sizeof text, "%.*s", (int)value.n, value.p);
    int n = snprintf(text, sizeof text, "%.2f", strtod(text, NULL));
    return isn_arena_copy(arena, isn_str_of(text, n > 0 ? (size_t)n : 0));
}

/* The largest town of a region of ours. */
static const town *seat_of(const towns *all, const isn_row *row, isn_str alpha2)
{
    const town *seat = NULL;
    int64_t most = -1, people;
    sound english;
    hear(&english, row->cells[ISN_C_PLACES_ENGLISH]);
    for (size_t i = 0; alpha2.n && i < all->n; i++) {
        const town *t = &all->items[i];
        if (!isn_str_equal(t->field[COUNTRY], alpha2) || !isn_str_to_int(&people, t->field[POPULATION]) || people <= most)
            continue;
        town region = {.n = 0};
        region.n = key_of(region.key, t->field[REGION]);
        if (bears(row, &region) || same_sound(&english, &t->region)) {
            seat = t;
            most = people;
        }
    }
    return seat;
}

/* Fills a row's empty cells; false without memory. */
static bool fill(isn_tables *tables, isn_row *row, const town *t, gazetteer_count *count)
{
    size_t columns = isn_schema_of(ISN_T_PLACES)->n;
    isn_str *cells = isn_arena_alloc(&tables->arena, columns * sizeof *cells);
    isn_str region = is_region(row) ? ISN_STR("") : region_of(tables, t, row->cells[ISN_C_PLACES_COUNTRY]);
    if (!cells)
        return false;
    memcpy(cells, row->cells, columns * sizeof *cells);
    if (cells[ISN_C_PLACES_LAT].n == 0 && cells[ISN_C_PLACES_LON].n == 0) {
        cells[ISN_C_PLACES_LAT] = degrees(&tables->arena, t->field[LAT]);
        cells[ISN_C_PLACES_LON] = degrees(&tables->arena, t->field[LON]);
        count->coordinates++;
    }
    if (cells[ISN_C_PLACES_IN].n == 0 && region.n) {
        cells[ISN_C_PLACES_IN] = region;
        count->regions++;
    }
    row->cells = cells;
    return !tables->arena.full;
}

isnad_status gazetteer_fill(isn_tables *tables, const char *path, gazetteer_count *count, isnad_error *err)
{
    isn_file file;
    towns all = {NULL, 0};
    *count = (gazetteer_count){0};
    isnad_status status = isn_file_open(&file, path, (size_t)1 << 26, err);
    if (status != ISNAD_OK)
        return status;
    isn_str text = isn_arena_copy(&tables->arena, file.bytes); /* cells point into it */
    isn_file_close(&file);
    if (text.n && !read_towns(&all, text))
        status = isn_fail(err, ISNAD_E_FORMAT, path, 0, "'%s' is no list of isnad-geonames", path);
    isn_rows *rows = &tables->rows[ISN_T_PLACES];
    for (size_t i = 0; i < rows->n; i++) {
        if (is_town(&rows->items[i]))
            mark_borne(&all, &rows->items[i], alpha2_of(tables, rows->items[i].cells[ISN_C_PLACES_COUNTRY]));
    }
    for (size_t i = 0; i < rows->n && status == ISNAD_OK; i++) {
        isn_row *row = &rows->items[i];
        isn_str alpha2 = alpha2_of(tables, row->cells[ISN_C_PLACES_COUNTRY]);
        bool bare = is_region(row) && row->cells[ISN_C_PLACES_LAT].n == 0;
        const town *t = is_town(row) ? meet(&all, row, alpha2) : bare ? seat_of(&all, row, alpha2) : NULL;
        count->met += t != NULL;
        if (t && !fill(tables, row, t, count))
            status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    }
    count->towns = all.n;
    free(all.items);
    return status;
}
