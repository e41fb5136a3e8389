/* check_rows.h - what is wrong in one row of a table: its cells and what they refer to. Thread-safe. */
#ifndef ISN_LEXICON_CHECK_ROWS_H
#define ISN_LEXICON_CHECK_ROWS_H

#include "lexicon/tables.h"

typedef struct isn_check {
    const isn_tables *mine, *all; /* see isn_check_tables */
    bool over;
    isn_faults *faults;
} isn_check;

/* Tells a fault of a row of check->mine. */
void isn_check_tell(const isn_check *check, const isn_row *row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells all that is wrong in the cells of a row. */
void isn_check_row(const isn_check *check, int table, const isn_row *row);

#endif
