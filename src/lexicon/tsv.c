#include "lexicon/tsv.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

void isn_faults_add(isn_faults *faults, isnad_status status, const char *file, uint64_t line,
                    const char *format, ...)
{
    isnad_error fault = {.status = status, .line = line};
    snprintf(fault.file, sizeof fault.file, "%s", file ? file : "");
    va_list args;
    va_start(args, format);
    vsnprintf(fault.message, sizeof fault.message, format, args);
    va_end(args);
    bool malformed = status == ISNAD_E_FORMAT;
    if (faults->first.status == ISNAD_OK || (malformed && faults->malformed == 0))
        faults->first = fault;
    faults->malformed += malformed;
    faults->wrong += !malformed;
    if (faults->tell)
        faults->tell(faults->user, &fault);
}

typedef struct reader {
    int table;
    const char *file;
    isn_faults *faults;
    int columns[ISN_MOST_COLUMNS]; /* column of the schema of each cell */
    size_t n;                      /* cells that the header names; 0 before the header */
} reader;

static bool read_header(reader *r, isn_str line, uint32_t number)
{
    const isn_schema *schema = isn_schema_of(r->table);
    unsigned seen = 0;
    isn_str rest = line, cell;
    while (isn_str_next(&cell, &rest, '\t')) {
        int column = isn_schema_column(r->table, isn_str_trim(cell));
        if (column < 0 || (seen >> column & 1) || r->n == ISN_MOST_COLUMNS) {
            isn_faults_add(r->faults, ISNAD_E_FORMAT, r->file, number,
                           column < 0 ? "table '%s' has no column '%.*s'"
                                      : "table '%s' names column '%.*s' twice",
                           schema->stem, (int)cell.n, cell.p);
            return false;
        }
        seen |= 1u << column;
        r->columns[r->n++] = column;
    }
    for (size_t i = 0; i < schema->n; i++) {
        if (schema->columns[i].quality && !(seen >> i & 1)) {
            isn_faults_add(r->faults, ISNAD_E_FORMAT, r->file, number,
                           "column '%s' of table '%s' is missing", schema->columns[i].name,
                           schema->stem);
            return false;
        }
    }
    return true;
}

static bool read_row(const reader *r, isn_tsv_row *row, isn_str line)
{
    memset(row->cells, 0, sizeof row->cells);
    size_t n = 0;
    isn_str rest = line, cell;
    while (isn_str_next(&cell, &rest, '\t')) {
        if (n == r->n) {
            isn_faults_add(r->faults, ISNAD_E_FORMAT, r->file, row->line,
                           "the line has more than %zu cells", r->n);
            return false;
        }
        row->cells[r->columns[n++]] = isn_str_trim(cell);
    }
    row->missing = (uint32_t)(r->n - n);
    const isn_schema *schema = isn_schema_of(r->table);
    bool removes = row->cells[0].n && row->cells[0].p[0] == '!';
    for (size_t i = 0; i < schema->n && !removes; i++) {
        if ((schema->columns[i].quality & ISN_Q_REQUIRED) && row->cells[i].n == 0) {
            isn_faults_add(r->faults, ISNAD_E_LEXICON, r->file, row->line, "cell '%s' is empty",
                           schema->columns[i].name);
            return false;
        }
    }
    return true;
}

bool isn_tsv_read(int table, isn_str text, const char *file, isn_faults *faults,
                  bool (*handle)(void *user, const isn_tsv_row *row), void *user)
{
    reader r = {.table = table, .file = file, .faults = faults};
    isn_tsv_row row = {.section = 0};
    uint32_t number = 0;
    isn_str rest = isn_utf8_unmark(text), line;
    while (isn_str_next(&line, &rest, '\n')) {
        number++;
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n && line.p[0] == '#')
            row.section++;
        if (isn_str_trim(line).n == 0 || line.p[0] == '#')
            continue;
        if (isn_utf8_valid(line) != line.n || memchr(line.p, '\0', line.n)) {
            isn_faults_add(faults, ISNAD_E_FORMAT, file, number, "the line is no UTF-8 text");
            continue;
        }
        if (r.n == 0) {
            if (!read_header(&r, line, number))
                return true;
            continue;
        }
        row.line = number;
        if (read_row(&r, &row, line) && !handle(user, &row))
            return false;
    }
    return true;
}
