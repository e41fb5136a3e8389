/*
 * export.h - records in the formats of other tools: tables of events as POLECAT, ICEWS and GDELT have them, PLOVER JSON, tables of our
 * own as CSV, and the network of who did what to whom as GEXF and GraphML.
 *
 * An export takes one record after the other and hands out bytes as they come; only the networks keep anything (a node an actor, an
 * edge a pair) until the end. What a format has no place for is left out, what isn't known is left empty.
 */
#ifndef ISN_EXPORT_EXPORT_H
#define ISN_EXPORT_EXPORT_H

#include "base/buf.h"
#include "lexicon/lexicon.h"
#include "record/record.h"

#define ISN_EXPORT_FORMATS(X)                                                                      \
    X(JSONL, "jsonl")                                                                              \
    X(EVENTS, "events")                                                                            \
    X(QUOTES, "quotes")                                                                            \
    X(COUNTS, "counts")                                                                            \
    X(ACTORS, "actors")                                                                            \
    X(POLECAT, "polecat")                                                                          \
    X(ICEWS, "icews")                                                                              \
    X(GDELT_EVENTS, "gdelt-events")                                                                \
    X(GDELT_MENTIONS, "gdelt-mentions")                                                            \
    X(PLOVER, "plover")                                                                            \
    X(GEXF, "gexf")                                                                                \
    X(GRAPHML, "graphml")
typedef enum isn_export_format {
#define X(name, text) ISN_EXPORT_##name,
    ISN_EXPORT_FORMATS(X)
#undef X
        ISN_EXPORT_FORMAT_COUNT
} isn_export_format;

/* Ceilings. */
#define ISN_EXPORT_PAIRS 64u               /* rows of one event where a format has one actor and one recipient a row */
#define ISN_EXPORT_NODES ((size_t)4 << 20) /* of a network; what comes after is left out and counted */
#define ISN_EXPORT_EDGES ((size_t)8 << 20)

typedef struct isn_export isn_export;

/* Begins an export. The lexicon gives codes of countries and outlives it. ISNAD_E_MEMORY is the only failure. */
isnad_status isn_export_new(isn_export **out, isn_export_format format, const isn_lexicon *lexicon, isnad_error *err);
void isn_export_free(isn_export *export_);

/*
 * Appends what is to be written of one record to `out`; before the first one, the head of the table. Fails with ISNAD_E_MEMORY.
 * Not thread-safe on one export.
 */
isnad_status isn_export_record(isn_export *export_, isn_buf *out, const isn_record *record, isnad_error *err);

/* Appends the end (networks: all of it; a table of which no record came: its head). *left_out (may be NULL): nodes and edges past the
 * ceilings. */
isnad_status isn_export_end(isn_export *export_, isn_buf *out, size_t *left_out, isnad_error *err);

/* The names of a format's columns in order, ended by NULL; NULL for formats that are no tables. Static. Thread-safe. */
const char *const *isn_export_columns(isn_export_format format, const char *names[80]);

/* By name ("polecat"); ISN_EXPORT_FORMAT_COUNT for none. */
isn_export_format isn_export_format_of(isn_str name);
const char *isn_export_format_text(isn_export_format format);

#endif
