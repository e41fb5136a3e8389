#include "link/confusable.h"

#include <stdlib.h>

#include "base/normal.h"
#include "lexicon/schema.h"
#include "link/join.h"
#include "link/key.h"

/* A full name of a person. */
typedef struct full_name {
    uint64_t key;
    const isn_row *row; /* of `mine`, or of `all` where mine has it not */
    bool mine;
    isn_str text;
} full_name;

typedef struct full_names {
    full_name *items;
    size_t n, capacity;
} full_names;

static bool add(full_names *list, const isn_row *row, bool mine, isn_str text)
{
    uint8_t letters[128];
    size_t n = isn_normal_letters(letters, sizeof letters, text);
    if (n > sizeof letters || !memchr(letters, ' ', n) || text.p[0] == '?')
        return true;
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 1024;
        full_name *items = realloc(list->items, capacity * sizeof *items);
        if (!items)
            return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->n++] = (full_name){isn_name_key(letters, n), row, mine, text};
    return true;
}

static bool add_row(full_names *list, const isn_row *row, bool mine)
{
    isn_str rest = row->cells[ISN_C_PEOPLE_FORMS], text;
    if (!add(list, row, mine, row->cells[ISN_C_PEOPLE_NAME]))
        return false;
    while (rest.n && isn_str_next(&text, &rest, '|')) {
        text = isn_str_trim(text);
        if (text.n && !add(list, row, mine, text))
            return false;
    }
    return true;
}

static int by_key(const void *x, const void *y)
{
    const full_name *a = x, *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->mine != b->mine)
        return a->mine ? 1 : -1;
    if (a->row->line != b->row->line)
        return a->row->line < b->row->line ? -1 : 1;
    return (a->text.p > b->text.p) - (a->text.p < b->text.p);
}

static void read_name(isn_name *out, const isn_lexicon *lexicon, isn_str text)
{
    uint8_t letters[128];
    size_t n = isn_normal_letters(letters, sizeof letters, text);
    isn_name_read(out, lexicon, letters, n < sizeof letters ? n : sizeof letters);
}

static bool same_country(const isn_row *a, const isn_row *b)
{
    isn_str x = a->cells[ISN_C_PEOPLE_COUNTRY], y = b->cells[ISN_C_PEOPLE_COUNTRY];
    return x.n == 0 || y.n == 0 || isn_str_equal(x, y);
}

/* The same letters for look-up: told by isn_check_tables. */
static bool same_letters(isn_str a, isn_str b)
{
    uint8_t x[128], y[128];
    size_t n = isn_normal_key(x, sizeof x, a), m = isn_normal_key(y, sizeof y, b);
    return n == m && n <= sizeof x && memcmp(x, y, n) == 0;
}

static bool confusable(const full_name *a, const full_name *b, const isn_lexicon *lexicon)
{
    isn_name x, y;
    if (!same_country(a->row, b->row) || same_letters(a->text, b->text))
        return false;
    read_name(&x, lexicon, a->text);
    read_name(&y, lexicon, b->text);
    return x.n == y.n && x.n > 1 && isn_name_alike(&x, &y) >= ISN_KNOWN_ALIKE;
}

static void tell(const isn_tables *mine, isn_faults *faults, const full_name *a, const full_name *b)
{
    const isn_row *row = b->row;
    isn_faults_add(faults, ISNAD_E_LEXICON, mine->files.items[row->file].p, row->line,
                   "'%.*s' would pass for a spelling of '%.*s' (%.*s)", (int)b->text.n, b->text.p, (int)a->text.n, a->text.p,
                   (int)a->row->cells[0].n, a->row->cells[0].p);
}

static bool gather(full_names *list, const isn_tables *mine, const isn_tables *all)
{
    const isn_rows *rows = &mine->rows[ISN_T_PEOPLE], *others = &all->rows[ISN_T_PEOPLE];
    for (size_t i = 0; i < rows->n; i++) {
        if (!rows->items[i].removes && !add_row(list, &rows->items[i], true))
            return false;
    }
    for (size_t i = 0; rows->n && i < others->n; i++) {
        bool is_mine = false;
        for (size_t j = 0; j < rows->n && !is_mine; j++)
            is_mine = rows->items[j].cells == others->items[i].cells;
        if (!is_mine && !add_row(list, &others->items[i], false))
            return false;
    }
    return true;
}

bool isn_confusable_check(const isn_tables *mine, const isn_tables *all, const isn_lexicon *lexicon, isn_faults *faults)
{
    full_names list = {NULL, 0, 0};
    bool good = gather(&list, mine, all);
    if (good && list.n)
        qsort(list.items, list.n, sizeof *list.items, by_key);
    for (size_t i = 1; good && i < list.n; i++) {
        const full_name *b = &list.items[i];
        for (size_t j = i; b->mine && j-- > 0 && list.items[j].key == b->key;) {
            const full_name *a = &list.items[j];
            if (isn_str_equal(a->row->cells[0], b->row->cells[0]) || !confusable(a, b, lexicon))
                continue;
            tell(mine, faults, a, b);
            break;
        }
    }
    free(list.items);
    return good;
}
