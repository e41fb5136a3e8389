/* export.c - which format, and the rows of tables. */
#include "export/graph.h"
#include "export/plover.h"
#include "export/row.h"

#include <stdlib.h>

struct isn_export {
    isn_export_format format;
    const isn_lexicon *lexicon;
    const isn_out_table *table;
    isn_graph *graph;
    bool begun;
};

static const char *const names_of_formats[] = {
#define X(name, text) text,
    ISN_EXPORT_FORMATS(X)
#undef X
};

isn_export_format isn_export_format_of(isn_str name)
{
    size_t i = 0;
    while (i < ISN_EXPORT_FORMAT_COUNT && !isn_str_equal(name, isn_str_cstr(names_of_formats[i])))
        i++;
    return (isn_export_format)i;
}

const char *isn_export_format_text(isn_export_format format)
{
    return names_of_formats[format];
}

const char *const *isn_export_columns(isn_export_format format, const char *names[80])
{
    const isn_out_table *table = isn_out_table_of(format);
    for (size_t i = 0; table && i < table->n; i++)
        names[i] = table->columns[i].name;
    if (!table)
        return NULL;
    names[table->n] = NULL;
    return names;
}

isnad_status isn_export_new(isn_export **out, isn_export_format format, const isn_lexicon *lexicon, isnad_error *err)
{
    *out = NULL;
    isn_export *e = calloc(1, sizeof *e);
    if (!e)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    *e = (isn_export){.format = format, .lexicon = lexicon, .table = isn_out_table_of(format)};
    if ((format == ISN_EXPORT_GEXF || format == ISN_EXPORT_GRAPHML) && !isn_graph_new(&e->graph)) {
        free(e);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    }
    *out = e;
    return ISNAD_OK;
}

void isn_export_free(isn_export *e)
{
    if (!e)
        return;
    isn_graph_free(e->graph);
    free(e);
}

static void begin(isn_export *e, isn_buf *out)
{
    const isn_out_table *table = e->table;
    if (e->begun)
        return;
    e->begun = true;
    for (size_t i = 0; table && table->headed && i < table->n; i++) {
        isn_buf_str(out, isn_str_cstr(table->columns[i].name));
        isn_buf_char(out, i + 1 < table->n ? table->separator : '\n');
    }
}

static void write_row(const isn_out_table *table, isn_buf *out, const isn_out_row *row)
{
    for (size_t i = 0; i < table->n; i++) {
        size_t before = out->n;
        if (table->columns[i].write)
            table->columns[i].write(out, row);
        if (out->n == before)
            isn_buf_str(out, isn_str_cstr(table->empty));
        isn_buf_char(out, i + 1 < table->n ? table->separator : '\n');
    }
}

/* One row for each actor with each recipient; who met are paired with each other. */
static void write_pairs(const isn_out_table *table, isn_buf *out, isn_out_row *row)
{
    const isn_record_event *event = row->event;
    bool met = event->recipient.n == 0 && event->actor.n > 1;
    size_t written = 0;
    for (size_t i = 0; i < event->actor.n || i == 0; i++) {
        row->actor = event->actor.n ? event->actor.items[i] : ISN_NOTHING;
        size_t from = met ? i + 1 : 0, to = met ? event->actor.n : event->recipient.n;
        if (met && from == to)
            break;
        for (size_t k = from; k < to || k == from; k++) {
            row->recipient = k >= to ? ISN_NOTHING : met ? event->actor.items[k] : event->recipient.items[k];
            if (written++ == ISN_EXPORT_PAIRS)
                return;
            write_row(table, out, row);
        }
    }
}

static size_t rows_of(isn_export_format format, const isn_record *record)
{
    return format == ISN_EXPORT_QUOTES   ? record->n_quotes
           : format == ISN_EXPORT_COUNTS ? record->n_counts
           : format == ISN_EXPORT_ACTORS ? record->n_entities
                                         : record->n_events;
}

static void write_table(isn_export *e, isn_buf *out, const isn_record *record)
{
    bool events = e->format != ISN_EXPORT_QUOTES && e->format != ISN_EXPORT_COUNTS && e->format != ISN_EXPORT_ACTORS;
    size_t n = rows_of(e->format, record);
    for (uint32_t i = 0; i < n; i++) {
        isn_out_row row = {.record = record, .lexicon = e->lexicon, .event = events ? &record->events[i] : NULL, .number = i,
                       .actor = ISN_NOTHING, .recipient = ISN_NOTHING, .separator = e->table->separator};
        if (e->table->actual && row.event->status != ISN_RECORD_STATUS_ACTUAL)
            continue;
        if (e->table->paired)
            write_pairs(e->table, out, &row);
        else
            write_row(e->table, out, &row);
    }
}

isnad_status isn_export_record(isn_export *e, isn_buf *out, const isn_record *record, isnad_error *err)
{
    bool good = true;
    begin(e, out);
    if (e->table) {
        write_table(e, out, record);
    } else if (e->graph) {
        good = isn_graph_add(e->graph, record);
    } else if (e->format == ISN_EXPORT_PLOVER) {
        isn_plover_write(out, record);
    } else {
        isn_record_write(out, record);
        isn_buf_char(out, '\n');
    }
    return good && !out->failed ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
}

isnad_status isn_export_end(isn_export *e, isn_buf *out, size_t *left_out, isnad_error *err)
{
    begin(e, out);
    if (left_out)
        *left_out = 0;
    if (e->graph && !isn_graph_write(e->graph, out, e->format == ISN_EXPORT_GEXF, left_out))
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    return out->failed ? isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory") : ISNAD_OK;
}
