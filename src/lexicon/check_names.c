#include "lexicon/check_names.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/normal.h"

#define KEY_LETTERS 256 /* of a name; longer ones are compared by these */

/* A spelling of a line, as look-up sees it. */
typedef struct spelling {
    uint64_t hash;
    const isn_row *row;
    isn_str text;
    size_t order; /* of the row in its file's table, SIZE_MAX for a row of the base */
} spelling;

typedef struct spellings {
    spelling *items;
    size_t n, capacity;
} spellings;

/* Columns whose values stand for the line anywhere, per table; up to -1. */
static const int *name_columns(int table)
{
    static const int countries[] = {ISN_C_COUNTRIES_NAME, ISN_C_COUNTRIES_LONG, ISN_C_COUNTRIES_FORMS, -1},
                     places[] = {ISN_C_PLACES_NAME, ISN_C_PLACES_FORMS, -1},
                     people[] = {ISN_C_PEOPLE_NAME, ISN_C_PEOPLE_FORMS, -1},
                     organizations[] = {ISN_C_ORGANIZATIONS_NAME, ISN_C_ORGANIZATIONS_FORMS, -1},
                     outlets[] = {ISN_C_OUTLETS_NAME, ISN_C_OUTLETS_FORMS, -1};
    switch (table) {
    case ISN_T_COUNTRIES:
        return countries;
    case ISN_T_PLACES:
        return places;
    case ISN_T_PEOPLE:
        return people;
    case ISN_T_ORGANIZATIONS:
        return organizations;
    case ISN_T_OUTLETS:
        return outlets;
    default:
        return NULL;
    }
}

static int country_column(int table)
{
    return table == ISN_T_PLACES          ? ISN_C_PLACES_COUNTRY
           : table == ISN_T_ORGANIZATIONS ? ISN_C_ORGANIZATIONS_COUNTRY
           : table == ISN_T_OUTLETS       ? ISN_C_OUTLETS_COUNTRY
                                          : -1;
}

static uint64_t hash_of(isn_str text)
{
    uint8_t key[KEY_LETTERS];
    size_t n = isn_normal_key(key, sizeof key, text);
    return XXH3_64bits(key, n < sizeof key ? n : sizeof key);
}

static bool add(spellings *list, int table, const isn_row *row, size_t order)
{
    for (const int *column = name_columns(table); *column >= 0; column++) {
        isn_str rest = row->cells[*column], text;
        while (rest.n && isn_str_next(&text, &rest, '|')) {
            text = isn_str_trim(text);
            if (text.n == 0)
                continue;
            if (list->n == list->capacity) {
                size_t capacity = list->capacity ? list->capacity * 2 : 1024;
                spelling *items = realloc(list->items, capacity * sizeof *items);
                if (!items)
                    return false;
                list->items = items;
                list->capacity = capacity;
            }
            isn_str bare = text.p[0] == '?' ? isn_str_part(text, 1, text.n) : text;
            list->items[list->n++] = (spelling){hash_of(bare), row, text, order};
        }
    }
    return true;
}

static int by_hash(const void *x, const void *y)
{
    const spelling *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->text.p > b->text.p) - (a->text.p < b->text.p); /* of one line: in its order */
}

static bool is_risky(const isn_row *row)
{
    return isn_schema_has("risky", isn_str_part(row->cells[ISN_C_PLACES_CONTEXT], 0, 5));
}

/* Does something tell the two lines apart where their common spelling stands in a text? */
static bool told_apart(int table, const spelling *a, const spelling *b)
{
    int column = country_column(table);
    if (a->text.p[0] == '?' || b->text.p[0] == '?')
        return true;
    if (table == ISN_T_PLACES &&
        (is_risky(a->row) || is_risky(b->row) ||
         !isn_str_equal(a->row->cells[ISN_C_PLACES_KIND], b->row->cells[ISN_C_PLACES_KIND]) ||
         !isn_str_equal(a->row->cells[ISN_C_PLACES_IN], b->row->cells[ISN_C_PLACES_IN])))
        return true;
    return column >= 0 && a->row->cells[column].n && b->row->cells[column].n &&
           !isn_str_equal(a->row->cells[column], b->row->cells[column]);
}

/* Tells of spelling b beside a, which comes before it. */
static void tell(const isn_check *check, int table, const spelling *a, const spelling *b)
{
    if (a->order == SIZE_MAX && b->order == SIZE_MAX)
        return; /* faults of the base are not mine */
    const spelling *mine = b->order == SIZE_MAX ? a : b, *other = mine == a ? b : a;
    if (a->row == b->row)
        isn_check_tell(check, b->row, "'%.*s' is the same spelling as '%.*s' of this line", (int)b->text.n, b->text.p,
                       (int)a->text.n, a->text.p);
    else if (!told_apart(table, a, b))
        isn_check_tell(check, mine->row, "'%.*s' stands for '%.*s' too; nothing tells them apart", (int)mine->text.n,
                       mine->text.p, (int)other->row->cells[0].n, other->row->cells[0].p);
}

static bool is_mine(const isn_check *check, int table, const isn_str *cells)
{
    const isn_rows *rows = &check->mine->rows[table];
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->items[i].cells == cells)
            return true;
    }
    return false;
}

/* The spellings of a table: of all my rows, and of the rows of the base that stay. */
static bool gather(spellings *list, const isn_check *check, int table)
{
    const isn_rows *mine = &check->mine->rows[table], *all = &check->all->rows[table];
    for (size_t i = 0; i < mine->n; i++) {
        if (!mine->items[i].removes && !add(list, table, &mine->items[i], i))
            return false;
    }
    for (size_t i = 0; check->over && mine->n && i < all->n; i++) {
        if (!is_mine(check, table, all->items[i].cells) && !add(list, table, &all->items[i], SIZE_MAX))
            return false;
    }
    return true;
}

/* A line that is written twice is told elsewhere. */
static bool twice(int table, const spelling *a, const spelling *b)
{
    return a->row != b->row && isn_tables_same_key(table, a->row, b->row);
}

static bool check_spellings(const isn_check *check, int table)
{
    spellings list = {NULL, 0, 0};
    bool good = gather(&list, check, table);
    if (good && list.n)
        qsort(list.items, list.n, sizeof *list.items, by_hash);
    for (size_t i = 1; good && i < list.n; i++) {
        for (size_t j = i; j-- > 0 && list.items[j].hash == list.items[i].hash;) {
            if (twice(table, &list.items[j], &list.items[i]))
                continue;
            tell(check, table, &list.items[j], &list.items[i]);
            if (list.items[j].row == list.items[i].row || !told_apart(table, &list.items[j], &list.items[i]))
                break;
        }
    }
    free(list.items);
    return good;
}

/* --- regions and offices ------------------------------------------------------------------------------------------ */

static bool names_region(const isn_row *row, int column, isn_str region)
{
    isn_str rest = row->cells[column], text;
    while (rest.n && isn_str_next(&text, &rest, '|')) {
        if (isn_str_equal(isn_str_trim(text), region))
            return true;
    }
    return false;
}

static bool is_region(const isn_check *check, isn_str region)
{
    const isn_rows *places = &check->all->rows[ISN_T_PLACES], *countries = &check->all->rows[ISN_T_COUNTRIES];
    if (isn_tables_find(check->all, ISN_T_PLACES, region) != SIZE_MAX)
        return true;
    for (size_t i = 0; i < places->n; i++) {
        if (names_region(&places->items[i], ISN_C_PLACES_FORMS, region))
            return true;
    }
    for (size_t i = 0; i < countries->n; i++) {
        if (names_region(&countries->items[i], ISN_C_COUNTRIES_NAME, region) ||
            names_region(&countries->items[i], ISN_C_COUNTRIES_FORMS, region))
            return true;
    }
    return false;
}

static void check_regions(const isn_check *check)
{
    const isn_rows *rows = &check->mine->rows[ISN_T_PLACES];
    for (size_t i = 0; i < rows->n; i++) {
        isn_str region = rows->items[i].cells[ISN_C_PLACES_IN];
        if (!rows->items[i].removes && region.n && !is_region(check, region))
            isn_check_tell(check, &rows->items[i], "region '%.*s' stands nowhere in 'places'", (int)region.n, region.p);
    }
}

size_t isn_check_office(const isn_check *check, isn_str office)
{
    while (office.n) {
        size_t row = isn_tables_find(check->all, ISN_T_OFFICES, office);
        if (row != SIZE_MAX)
            return row;
        while (office.n && office.p[office.n - 1] != ' ')
            office.n--;
        office = isn_str_trim(office);
    }
    return SIZE_MAX;
}

static void check_offices(const isn_check *check)
{
    const isn_rows *rows = &check->mine->rows[ISN_T_TERMS];
    for (size_t i = 0; i < rows->n && check->all->rows[ISN_T_OFFICES].n; i++) {
        isn_str office = rows->items[i].cells[ISN_C_TERMS_OFFICE];
        if (!rows->items[i].removes && isn_check_office(check, office) == SIZE_MAX)
            isn_check_tell(check, &rows->items[i], "'%.*s' begins with no noun of 'offices'", (int)office.n, office.p);
    }
}

bool isn_check_names(const isn_check *check)
{
    check_regions(check);
    check_offices(check);
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        if (name_columns(table) && !check_spellings(check, table))
            return false;
    }
    return true;
}
