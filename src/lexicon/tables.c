#include "lexicon/tables.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"

#define FILE_CEILING ((size_t)64 << 20)
#define TABLES_CEILING ((size_t)1 << 30)

void isn_tables_init(isn_tables *tables)
{
    memset(tables, 0, sizeof *tables);
    isn_arena_init(&tables->arena, TABLES_CEILING);
}

void isn_tables_release(isn_tables *tables)
{
    isn_arena_release(&tables->arena);
    memset(tables, 0, sizeof *tables);
}

/* The index of a file name, kept NUL-ended; UINT32_MAX without memory. */
static uint32_t name_file(isn_tables *tables, isn_str name)
{
    for (size_t i = 0; i < tables->files.n; i++) {
        if (isn_str_equal(tables->files.items[i], name))
            return (uint32_t)i;
    }
    char *copy = isn_arena_alloc(&tables->arena, name.n + 1);
    isn_str *file = copy ? ISN_PUSH(&tables->arena, &tables->files) : NULL;
    if (!file)
        return UINT32_MAX;
    memcpy(copy, name.p, name.n);
    copy[name.n] = '\0';
    *file = isn_str_of(copy, name.n);
    return (uint32_t)(tables->files.n - 1);
}

static isn_row *push_row(isn_tables *tables, int table, const isn_str *cells)
{
    size_t n = isn_schema_of(table)->n;
    isn_str *copy = isn_arena_alloc(&tables->arena, n * sizeof *copy);
    isn_row *row = copy ? ISN_PUSH(&tables->arena, &tables->rows[table]) : NULL;
    if (!row)
        return NULL;
    memcpy(copy, cells, n * sizeof *copy);
    if (copy[0].n && copy[0].p[0] == '!') {
        row->removes = true;
        copy[0] = isn_str_part(copy[0], 1, copy[0].n);
    }
    row->cells = copy;
    return row;
}

typedef struct adding {
    isn_tables *tables;
    int table;
    uint32_t file;
    const char *name;
    isn_faults *faults;
} adding;

static bool add_row(void *user, const isn_tsv_row *in)
{
    adding *add = user;
    isn_row *row = push_row(add->tables, add->table, in->cells);
    if (!row)
        return false;
    row->file = add->file;
    row->line = in->line;
    row->section = in->section;
    if (in->missing && !row->removes)
        isn_faults_add(add->faults, ISNAD_E_LEXICON, add->name, in->line,
                       "the line has %u cells too few", (unsigned)in->missing);
    return true;
}

bool isn_tables_add(isn_tables *tables, int table, isn_str text, const char *file, isn_faults *faults)
{
    isn_str copy = isn_arena_copy(&tables->arena, text);
    adding add = {tables, table, name_file(tables, isn_str_cstr(file)), file, faults};
    if ((text.n && !copy.p) || add.file == UINT32_MAX)
        return false;
    return isn_tsv_read(table, copy, file, faults, add_row, &add);
}

static isnad_status load_file(isn_tables *tables, const char *dir, const char *name,
                              isn_faults *faults, isnad_error *err)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return isn_fail(err, ISNAD_E_ARGUMENT, dir, 0, "the path is too long");
    isn_file file;
    isnad_status status = isn_file_open(&file, path, FILE_CEILING, err);
    if (status != ISNAD_OK)
        return status;
    int table = isn_schema_file(isn_str_cstr(name));
    bool good = isn_tables_add(tables, table, file.bytes, name, faults);
    isn_file_close(&file);
    return good ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, path, 0, "out of memory");
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_tsv(const struct dirent *entry)
{
    isn_str name = isn_str_cstr(entry->d_name);
    return name.p[0] != '.' && isn_str_ends(name, ISN_STR(".tsv"));
}

isnad_status isn_tables_load(isn_tables *tables, const char *dir, isn_faults *faults, isnad_error *err)
{
    struct dirent **names = NULL;
    int n = scandir(dir, &names, is_tsv, by_name);
    if (n < 0)
        return isn_fail(err, ISNAD_E_IO, dir, 0, "cannot read folder '%s': %s", dir, strerror(errno));
    isnad_status status = ISNAD_OK;
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;
        if (status == ISNAD_OK && isn_schema_file(isn_str_cstr(name)) < 0)
            isn_faults_add(faults, ISNAD_E_LEXICON, name, 0, "no table has a file '%s'", name);
        else if (status == ISNAD_OK)
            status = load_file(tables, dir, name, faults, err);
        free(names[i]);
    }
    free(names);
    return status;
}

bool isn_tables_import(isn_tables *tables, const isn_lexicon *lexicon)
{
    for (int b = 0; b < ISN_BLOB_COUNT; b++)
        tables->blobs[b] = isn_lexicon_blob(lexicon, b);
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        size_t rows = isn_lexicon_rows(lexicon, table), columns = isn_schema_of(table)->n;
        for (size_t i = 0; i < rows; i++) {
            isn_str cells[ISN_MOST_COLUMNS];
            for (size_t c = 0; c < columns; c++)
                cells[c] = isn_lexicon_cell(lexicon, table, (uint32_t)i, (int)c);
            isn_row *row = push_row(tables, table, cells);
            if (!row)
                return false;
            row->file = name_file(tables, isn_lexicon_source(lexicon, table, (uint32_t)i, &row->line));
            if (row->file == UINT32_MAX)
                return false;
        }
    }
    return true;
}

int isn_tables_compare(const isn_row *a, const isn_row *b)
{
    return isn_str_compare(a->cells[0], b->cells[0]);
}

bool isn_tables_same_key(int table, const isn_row *a, const isn_row *b)
{
    const isn_schema *schema = isn_schema_of(table);
    for (size_t i = 0; i < schema->n; i++) {
        if ((schema->columns[i].quality & ISN_Q_KEY) && !isn_str_equal(a->cells[i], b->cells[i]))
            return false;
    }
    return true;
}

/* Does `remover` take `row` away? Its empty key cells agree with any. */
static bool takes_away(int table, const isn_row *remover, const isn_row *row)
{
    const isn_schema *schema = isn_schema_of(table);
    for (size_t i = 0; i < schema->n; i++) {
        if ((schema->columns[i].quality & ISN_Q_KEY) && remover->cells[i].n &&
            !isn_str_equal(remover->cells[i], row->cells[i]))
            return false;
    }
    return true;
}

/* Merges the sorted halves [0, middle) and [middle, n) of `from` into `to`, equal ones in their order. */
static void merge(isn_row *to, const isn_row *from, size_t middle, size_t n)
{
    size_t a = 0, b = middle, at = 0;
    while (a < middle && b < n)
        to[at++] = isn_tables_compare(&from[b], &from[a]) < 0 ? from[b++] : from[a++];
    while (a < middle)
        to[at++] = from[a++];
    while (b < n)
        to[at++] = from[b++];
}

/* Bottom-up merge sort: stable, no recursion. */
static bool sort_rows(isn_rows *rows)
{
    bool sorted = true;
    for (size_t i = 1; i < rows->n && sorted; i++)
        sorted = isn_tables_compare(&rows->items[i - 1], &rows->items[i]) <= 0;
    if (sorted)
        return true;
    isn_row *other = malloc(rows->n * sizeof *other);
    if (!other)
        return false;
    isn_row *from = rows->items, *to = other;
    for (size_t width = 1; width < rows->n; width *= 2) {
        for (size_t at = 0; at < rows->n; at += 2 * width) {
            size_t n = rows->n - at < 2 * width ? rows->n - at : 2 * width;
            merge(to + at, from + at, width < n ? width : n, n);
        }
        isn_row *swap = from;
        from = to;
        to = swap;
    }
    if (from != rows->items)
        memcpy(rows->items, from, rows->n * sizeof *from);
    free(other);
    return true;
}

/* Keeps the first row of each key of a sorted table. */
static void drop_doubles(int table, isn_rows *rows)
{
    size_t kept = 0, group = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const isn_row *row = &rows->items[i];
        if (row->removes)
            continue;
        if (kept > group && isn_tables_compare(&rows->items[group], row) != 0)
            group = kept;
        bool known = false;
        for (size_t j = group; j < kept && !known; j++)
            known = isn_tables_same_key(table, &rows->items[j], row);
        if (!known)
            rows->items[kept++] = *row;
    }
    rows->n = kept;
}

bool isn_tables_settle(isn_tables *tables)
{
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        if (!sort_rows(&tables->rows[table]))
            return false;
        drop_doubles(table, &tables->rows[table]);
    }
    return true;
}

/* First row with this first cell or, if there is none, where it would stand. */
static size_t lower_bound(const isn_rows *rows, isn_str key)
{
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (isn_str_compare(rows->items[middle].cells[0], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t isn_tables_find(const isn_tables *tables, int table, isn_str key)
{
    const isn_rows *rows = &tables->rows[table];
    size_t at = lower_bound(rows, key);
    return at < rows->n && isn_str_equal(rows->items[at].cells[0], key) ? at : SIZE_MAX;
}

bool isn_tables_lay(isn_tables *tables, const isn_tables *over)
{
    if (!isn_tables_settle(tables))
        return false;
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        isn_rows *mine = &tables->rows[table];
        const isn_rows *theirs = &over->rows[table];
        size_t settled = mine->n;
        for (size_t i = 0; i < theirs->n; i++) {
            const isn_row *row = &theirs->items[i];
            isn_rows sorted = {mine->items, settled, 0};
            for (size_t j = lower_bound(&sorted, row->cells[0]);
                 j < settled && isn_tables_compare(&mine->items[j], row) == 0; j++) {
                if (row->removes ? takes_away(table, row, &mine->items[j])
                                 : isn_tables_same_key(table, row, &mine->items[j]))
                    mine->items[j].removes = true;
            }
            if (row->removes)
                continue;
            uint32_t file = name_file(tables, over->files.items[row->file]);
            isn_row *copy = file == UINT32_MAX ? NULL : ISN_PUSH(&tables->arena, mine);
            if (!copy)
                return false;
            *copy = *row;
            copy->file = file;
        }
    }
    return isn_tables_settle(tables);
}
