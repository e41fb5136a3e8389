#include "lexicon/check.h"

#include <stdlib.h>

#include "lexicon/check_names.h"

/* --- order and doubles ------------------------------------------------------------------------------------------- */

static int by_first_cell(const void *x, const void *y)
{
    const isn_row *a = *(const isn_row *const *)x, *b = *(const isn_row *const *)y;
    int order = isn_tables_compare(a, b);
    return order ? order : a < b ? -1 : a > b; /* rows of a table stand in one array: address is order */
}

/* The rows of a table by `compare`; the caller frees the list. NULL without memory or rows. */
static const isn_row **rows_by(const isn_rows *rows, int (*compare)(const void *, const void *))
{
    const isn_row **list = rows->n ? malloc(rows->n * sizeof *list) : NULL;
    if (!list)
        return NULL;
    for (size_t i = 0; i < rows->n; i++)
        list[i] = &rows->items[i];
    qsort(list, rows->n, sizeof *list, compare);
    return list;
}

static bool check_doubles(const isn_check *check, int table)
{
    const isn_rows *rows = &check->mine->rows[table];
    const isn_row **list = rows_by(rows, by_first_cell);
    if (!list)
        return rows->n == 0;
    for (size_t i = 0, group = 0; i < rows->n; i++) {
        if (isn_tables_compare(list[group], list[i]) != 0)
            group = i;
        for (size_t j = group; j < i; j++) {
            if (!isn_tables_same_key(table, list[j], list[i]) || list[j]->removes != list[i]->removes)
                continue;
            isn_str key = list[i]->cells[0];
            isn_check_tell(check, list[i], "'%.*s' stands before in %s:%u", (int)key.n, key.p,
                           check->mine->files.items[list[j]->file].p, (unsigned)list[j]->line);
            break;
        }
    }
    free(list);
    return true;
}

static void check_order(const isn_check *check, int table)
{
    const isn_rows *rows = &check->mine->rows[table];
    for (size_t i = 1; i < rows->n; i++) {
        const isn_row *a = &rows->items[i - 1], *b = &rows->items[i];
        if (a->file != b->file || a->section != b->section || a->removes || b->removes)
            continue;
        if (isn_tables_compare(a, b) > 0)
            isn_check_tell(check, b, "'%.*s' should stand before '%.*s'", (int)b->cells[0].n, b->cells[0].p,
                           (int)a->cells[0].n, a->cells[0].p);
    }
}

/* --- terms ------------------------------------------------------------------------------------------------------ */

static int by_office(const void *x, const void *y)
{
    static const int columns[] = {ISN_C_TERMS_OFFICE, ISN_C_TERMS_ORGAN, ISN_C_TERMS_COUNTRY};
    const isn_row *a = *(const isn_row *const *)x, *b = *(const isn_row *const *)y;
    for (size_t i = 0; i < 3; i++) {
        int order = isn_str_compare(a->cells[columns[i]], b->cells[columns[i]]);
        if (order)
            return order;
    }
    return a < b ? -1 : a > b;
}

static bool same_office(const isn_row *a, const isn_row *b)
{
    return isn_str_equal(a->cells[ISN_C_TERMS_OFFICE], b->cells[ISN_C_TERMS_OFFICE]) &&
           isn_str_equal(a->cells[ISN_C_TERMS_ORGAN], b->cells[ISN_C_TERMS_ORGAN]) &&
           isn_str_equal(a->cells[ISN_C_TERMS_COUNTRY], b->cells[ISN_C_TERMS_COUNTRY]);
}

/* Is date a surely before date b? As far as both are known; an unknown one is not. */
static bool before(isn_str a, isn_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    return n && memcmp(a.p, b.p, n) < 0;
}

/* The rank of the office in offices.tsv: of the row that is the longest beginning of the phrase; 0 if there is none. */
static int64_t rank_of(const isn_check *check, isn_str office)
{
    size_t row = isn_check_office(check, office);
    int64_t rank;
    return row != SIZE_MAX && isn_str_to_int(&rank, isn_tables_cell(check->all, ISN_T_OFFICES, row, ISN_C_OFFICES_RANK))
               ? rank
               : 0;
}

#define RANK_OF_ONE_SEAT 8 /* heads of state, of government and of bodies; ministers of state and deputies can be several */
#define RANK_OF_MINISTER 7

static bool is_portfolio(const isn_check *check, isn_str name)
{
    const isn_rows *rows = &check->all->rows[ISN_T_PORTFOLIOS];
    for (size_t i = 0; i < rows->n && name.n; i++) {
        isn_str rest = rows->items[i].cells[ISN_C_PORTFOLIOS_FORMS], form;
        if (isn_str_equal(rows->items[i].cells[ISN_C_PORTFOLIOS_NAME], name))
            return true;
        while (rest.n && isn_str_next(&form, &rest, '|')) {
            if (isn_str_equal(form, name))
                return true;
        }
    }
    return false;
}

/* Can only one at a time hold it? A minister's office that is a portfolio and nothing more counts too. */
static bool has_one_seat(const isn_check *check, isn_str office)
{
    size_t row = isn_check_office(check, office);
    int64_t rank = rank_of(check, office);
    if (rank >= RANK_OF_ONE_SEAT || rank < RANK_OF_MINISTER)
        return rank >= RANK_OF_ONE_SEAT;
    isn_str noun = isn_tables_cell(check->all, ISN_T_OFFICES, row, ISN_C_OFFICES_NOUN);
    isn_str takes = isn_tables_cell(check->all, ISN_T_OFFICES, row, ISN_C_OFFICES_TAKES), value;
    bool portfolio = false;
    while (takes.n && isn_str_next(&value, &takes, '|'))
        portfolio |= isn_str_equal(value, ISN_STR("portfolio"));
    return portfolio && is_portfolio(check, isn_str_trim(isn_str_part(office, noun.n, office.n)));
}

/* Do the terms share days? An end or beginning that is known less exactly gives way. */
static bool same_days(const isn_row *a, const isn_row *b)
{
    isn_str a_from = a->cells[ISN_C_TERMS_FROM], a_to = a->cells[ISN_C_TERMS_TO];
    isn_str b_from = b->cells[ISN_C_TERMS_FROM], b_to = b->cells[ISN_C_TERMS_TO];
    bool known = a_from.n && b_from.n;
    return known && (a_to.n == 0 || before(b_from, a_to)) && (b_to.n == 0 || before(a_from, b_to));
}

static bool overlap(const isn_row *a, const isn_row *b)
{
    bool apart = isn_str_equal(a->cells[0], b->cells[0]) || a->cells[ISN_C_TERMS_NOTE].n || b->cells[ISN_C_TERMS_NOTE].n;
    return !apart && same_days(a, b);
}

/* One person who holds one office twice at once. */
static void check_twice(const isn_check *check, const isn_row *a, const isn_row *b)
{
    if (isn_str_equal(a->cells[0], b->cells[0]) && same_days(a, b))
        isn_check_tell(check, b, "'%.*s' holds the office already (line %u)", (int)b->cells[0].n, b->cells[0].p,
                       (unsigned)a->line);
}

/* Tells of two who hold the office at once, but not where three do: then the office has several seats. */
static void check_overlap(const isn_check *check, const isn_row *const *group, size_t n, size_t i, size_t j)
{
    const isn_row *a = group[i], *b = group[j];
    if (!overlap(a, b))
        return;
    for (size_t k = 0; k < n; k++) {
        if (k != i && k != j && overlap(a, group[k]) && overlap(b, group[k]))
            return;
    }
    isn_check_tell(check, b, "'%.*s' holds the office while '%.*s' (line %u) does; a note would explain it",
                   (int)b->cells[0].n, b->cells[0].p, (int)a->cells[0].n, a->cells[0].p, (unsigned)a->line);
}

static bool check_terms(const isn_check *check)
{
    const isn_rows *rows = &check->mine->rows[ISN_T_TERMS];
    const isn_row **list = rows_by(rows, by_office);
    if (!list)
        return rows->n == 0;
    for (size_t at = 0, end; at < rows->n; at = end) {
        end = at + 1;
        while (end < rows->n && same_office(list[at], list[end]))
            end++;
        bool one_seat = has_one_seat(check, list[at]->cells[ISN_C_TERMS_OFFICE]);
        for (size_t i = at + 1; i < end; i++) {
            for (size_t j = at; j < i; j++) {
                check_twice(check, list[j], list[i]);
                if (one_seat)
                    check_overlap(check, list + at, end - at, j - at, i - at);
            }
        }
    }
    free(list);
    return true;
}

bool isn_check_tables(const isn_tables *mine, const isn_tables *all, bool over, isn_faults *faults)
{
    isn_check check = {mine, all, over, faults};
    bool good = true;
    for (int table = 0; table < ISN_TABLE_COUNT && good; table++) {
        check_order(&check, table);
        good = check_doubles(&check, table);
        for (size_t i = 0; i < mine->rows[table].n; i++)
            isn_check_row(&check, table, &mine->rows[table].items[i]);
    }
    return good && check_terms(&check) && isn_check_names(&check);
}
