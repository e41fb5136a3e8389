/*
 * tsv.h - reading one TSV file of a lexicon into rows; what is wrong goes to a callback, line by line.
 *
 * Nothing is copied: cells point into the text. Thread-safe.
 */
#ifndef ISN_LEXICON_TSV_H
#define ISN_LEXICON_TSV_H

#include "lexicon/schema.h"

/*
 * Who hears of faults. status ISNAD_E_FORMAT: malformed, the line cannot be read; ISNAD_E_LEXICON: it can be read but says
 * something wrong. tell may be NULL.
 */
typedef struct isn_faults {
    void (*tell)(void *user, const isnad_error *fault);
    void *user;
    size_t malformed, wrong; /* counts */
    isnad_error first;       /* the first malformed one, else the first wrong one; status ISNAD_OK if none */
} isn_faults;

/* Counts a fault and hands it on. */
void isn_faults_add(isn_faults *faults, isnad_status status, const char *file, uint64_t line,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));

typedef struct isn_tsv_row {
    isn_str cells[ISN_MOST_COLUMNS]; /* in the order of the schema */
    uint32_t line;                   /* 1-based */
    uint32_t section;                /* changes where a comment stands before the row */
    uint32_t missing;                /* cells that the line has too few */
} isn_tsv_row;

/*
 * Reads `text` as a file of `table`. Comments and empty lines are passed over; the first other line must name the
 * columns (in any order, those with a key or required quality must be there). Each good row goes to `row`, which returns false to stop
 * (memory). `file` is named in faults. Returns false only when stopped.
 */
bool isn_tsv_read(int table, isn_str text, const char *file, isn_faults *faults,
                  bool (*row)(void *user, const isn_tsv_row *row), void *user);

#endif
