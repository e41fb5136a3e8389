/*
 * tables.h - all tables of a lexicon in memory: read from a folder or from an image, one laid over the other.
 *
 * Not thread-safe on the same tables.
 */
#ifndef ISN_LEXICON_TABLES_H
#define ISN_LEXICON_TABLES_H

#include "base/arena.h"
#include "lexicon/tsv.h"

typedef struct isn_row {
    const isn_str *cells; /* as many as the schema has columns */
    uint32_t file, line;  /* index into files */
    uint32_t section;
    bool removes; /* a line "!key" of a folder that is to be laid over another; the mark is cut off */
} isn_row;

typedef struct isn_rows {
    isn_row *items;
    size_t n, capacity;
} isn_rows;

typedef struct isn_file_names {
    isn_str *items; /* file names without folder, NUL-ended */
    size_t n, capacity;
} isn_file_names;

typedef struct isn_tables {
    isn_arena arena; /* holds everything */
    isn_rows rows[ISN_TABLE_COUNT];
    isn_file_names files;
    isn_str blobs[ISN_BLOB_COUNT]; /* models for the image; not owned */
} isn_tables;

void isn_tables_init(isn_tables *tables);
void isn_tables_release(isn_tables *tables);

/* Adds a text as a file of a table; what it says is copied. False without memory. */
bool isn_tables_add(isn_tables *tables, int table, isn_str text, const char *file, isn_faults *faults);

/*
 * Adds all tables of a folder, files in the order of their names; the rows stay in the order of the files. Fails with ISNAD_E_IO,
 * ISNAD_E_LIMIT (a file of more than 64 MiB) or ISNAD_E_MEMORY; what is wrong in the files goes to faults.
 */
isnad_status isn_tables_load(isn_tables *tables, const char *dir, isn_faults *faults, isnad_error *err);

/* Adds all rows of an opened lexicon and takes its models; cells stay where they are, so the lexicon must outlive the tables. False without memory. */
bool isn_tables_import(isn_tables *tables, const isn_lexicon *lexicon);

/*
 * Lays `over` over `tables`: a row with the same key replaces, one that removes takes away all rows that agree with its
 * filled key cells, others are added. Cells are shared: `over` must outlive `tables`. False without memory.
 */
bool isn_tables_lay(isn_tables *tables, const isn_tables *over);

/* Sorts the rows of all tables by their first cell (stable) and drops rows whose key stands before (and rows that remove). */
bool isn_tables_settle(isn_tables *tables);

/* Order of two rows of a table by first cell; and are all their key cells the same? */
int isn_tables_compare(const isn_row *a, const isn_row *b);
bool isn_tables_same_key(int table, const isn_row *a, const isn_row *b);

/* The first row of a settled table with this first cell, or SIZE_MAX. */
size_t isn_tables_find(const isn_tables *tables, int table, isn_str key);

static inline isn_str isn_tables_cell(const isn_tables *tables, int table, size_t row, int column)
{
    return tables->rows[table].items[row].cells[column];
}

#endif
