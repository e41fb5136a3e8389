/* row.h - one row of a table of events and what its cells are made of. For the files of this room alone. */
#ifndef ISN_EXPORT_ROW_H
#define ISN_EXPORT_ROW_H

#include "export/export.h"

typedef struct isn_out_row {
    const isn_record *record;
    const isn_lexicon *lexicon;
    const isn_record_event *event; /* NULL in tables of other things */
    uint32_t number;               /* of the event, quote, count or entity in its record */
    uint32_t actor, recipient;     /* of formats with one each; ISN_NOTHING */
    char separator;                /* tab or comma: what a cell has to mind */
} isn_out_row;

typedef void isn_cell_fn(isn_buf *out, const isn_out_row *row);
typedef struct isn_out_column {
    const char *name;
    isn_cell_fn *write; /* NULL: always empty */
} isn_out_column;

typedef struct isn_out_table {
    const isn_out_column *columns;
    size_t n;
    char separator;
    bool headed;       /* has a line with the names of its columns */
    bool paired;       /* one actor and one recipient a row */
    bool actual;       /* holds what happened alone, as the data sets that it is like: nothing planned, asked for or denied */
    const char *empty; /* what stands in an empty cell */
} isn_out_table;

/* The table of a format; NULL for formats that are none. Static. */
const isn_out_table *isn_out_table_of(isn_export_format format);

/* Appends a cell: text of a comma-separated table is quoted where it must be, of a tab-separated one loses tabs and line ends. */
void isn_cell_text(isn_buf *out, const isn_out_row *row, isn_str text);

/* A stable number for an event (or another span of an article), the same on every machine, below 2^53. */
uint64_t isn_event_number(const isn_out_row *row);

/* When it happened as yyyy-mm-dd, coarser days filled with 01; the day of publication where nothing says; empty where that isn't known. */
bool isn_event_day(char day[11], const isn_out_row *row);
/* The first ten characters of the day of publication, if it is known. */
bool isn_published_day(char day[11], const isn_record *record);

/* The sentence around a span, and its number in the article (may be NULL), from 1 in the lines that are the article's: sentences end at
 * full stops, question and exclamation marks and lines. */
isn_str isn_sentence_at(const isn_record *record, isn_span span, size_t *number);

/* English name of an entity, else its name. */
isn_str isn_entity_label(const isn_record *record, uint32_t entity);

#endif
