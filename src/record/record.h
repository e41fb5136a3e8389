/*
 * record.h - what is known of one article, as plain values: the record of docs/record.md in memory.
 *
 * The pipeline fills it from the findings of the rooms; it is also read back from JSON. Writing, stories, the store and
 * the exports work on this and see nothing of how it was found. Entities, quotes and events are named by their
 * index; strings belong to whoever filled the record (an article's arena, the arena handed to isn_record_read).
 */
#ifndef ISN_RECORD_RECORD_H
#define ISN_RECORD_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "read/block.h"

#define ISN_NOTHING UINT32_MAX /* no entity, no quote, no event */

/* Ceilings of what is read back: more is a fault of the record. */
#define ISN_RECORD_MOST_ITEMS (1u << 24) /* of one list of the record or of an entity: blocks, mentions, events ... */
#define ISN_RECORD_MOST_LIST 1024u       /* of one list of an event or quote: actors, contexts ... */

#define ISN_RECORD_TYPES(X)                                                                        \
    X(PERSON, "person")                                                                            \
    X(ORGANIZATION, "organization")                                                                \
    X(PLACE, "place")                                                                              \
    X(GROUP, "group")
#define ISN_RECORD_FORMS(X)                                                                        \
    X(NAME, "name")                                                                                \
    X(ROLE, "role")                                                                                \
    X(PRONOUN, "pronoun")
#define ISN_RECORD_STATUSES(X)                                                                     \
    X(ACTUAL, "actual")                                                                            \
    X(FUTURE, "future")                                                                            \
    X(HYPOTHETICAL, "hypothetical")                                                                \
    X(NEGATED, "negated")
/* How a number is meant: as it stands, about, or as a limit. */
#define ISN_RECORD_BOUNDS(X)                                                                       \
    X(EXACT, "exact")                                                                              \
    X(ABOUT, "about")                                                                              \
    X(AT_LEAST, "at_least")                                                                        \
    X(AT_MOST, "at_most")                                                                          \
    X(MORE_THAN, "more_than")                                                                      \
    X(LESS_THAN, "less_than")

typedef enum isn_record_type {
#define X(name, text) ISN_RECORD_##name,
    ISN_RECORD_TYPES(X)
#undef X
} isn_record_type;
typedef enum isn_record_form {
#define X(name, text) ISN_RECORD_FORM_##name,
    ISN_RECORD_FORMS(X)
#undef X
} isn_record_form;
typedef enum isn_record_status {
#define X(name, text) ISN_RECORD_STATUS_##name,
    ISN_RECORD_STATUSES(X)
#undef X
} isn_record_status;
typedef enum isn_record_bound {
#define X(name, text) ISN_RECORD_BOUND_##name,
    ISN_RECORD_BOUNDS(X)
#undef X
} isn_record_bound;

/* A span: bytes of the record's text, end exclusive. */
typedef struct isn_span {
    uint32_t begin, end;
} isn_span;

/* A list of entities, by index. */
typedef struct isn_record_ids {
    const uint32_t *items;
    size_t n;
} isn_record_ids;

typedef struct isn_record_block {
    isn_span span;
    uint8_t kind; /* isn_block_kind */
} isn_record_block;

typedef struct isn_record_mention {
    isn_span span;
    uint8_t form; /* isn_record_form */
} isn_record_mention;

typedef struct isn_record_role {
    isn_str office;   /* as written */
    uint32_t of;      /* entity of the body or state, or ISN_NOTHING */
    isn_str country;  /* ISO 3166-1 alpha-3, or empty */
    isn_span span;
} isn_record_role;

typedef struct isn_record_entity {
    uint8_t type;                                  /* isn_record_type */
    isn_str name, english, kb, key, country, sector; /* empty where not known */
    isn_str region;                                /* of a place */
    bool placed;                                   /* coordinates are known: hundredths of a degree */
    int16_t lat, lon;
    const isn_record_role *roles;
    size_t n_roles;
    const isn_record_mention *mentions;
    size_t n_mentions;
} isn_record_entity;

/* What names an entity in every article: its key; its id where another program left the key out. Empty where nothing does. */
static inline isn_str isn_record_key(const isn_record_entity *entity)
{
    return entity->key.n ? entity->key : entity->kb;
}

typedef struct isn_record_date {
    isn_span span;
    isn_str value;
} isn_record_date;

typedef struct isn_record_quote {
    isn_span span;
    bool direct;
    uint32_t speaker; /* or ISN_NOTHING */
    isn_span cue;     /* empty where there is none */
    isn_record_ids via;
    isn_str rule;
    uint8_t confidence; /* hundredths */
} isn_record_quote;

typedef struct isn_record_event {
    isn_str type, mode; /* mode may be empty */
    isn_str cameo;      /* CAMEO's code of type and mode, the most usual where several fit; empty where not known */
    uint8_t quad;       /* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 not known */
    double intensity;   /* -10 to 10 */
    const isn_str *contexts;
    size_t n_contexts;
    isn_span span, trigger;
    isn_record_ids actor, recipient;
    uint32_t place; /* or ISN_NOTHING */
    isn_str date;   /* or empty */
    uint8_t status; /* isn_record_status */
    isn_record_ids via;
    uint32_t quote; /* or ISN_NOTHING */
    isn_str rule;
    uint8_t confidence; /* hundredths */
} isn_record_event;

/* A number with what it counts. */
typedef struct isn_record_count {
    isn_span span;
    double value, high; /* high: the upper end of a range, else equal to value */
    uint8_t bound;      /* isn_record_bound */
    isn_str what;       /* "killed", "injured", "money", "share" ...: lexicon/counts.tsv */
    isn_str unit;       /* "USD", "%", ..., or empty */
    uint32_t event;     /* the event that it belongs to, or ISN_NOTHING */
} isn_record_count;

/* What the article was taken out of, and where it stands in there; kind none: a file of its own. */
typedef enum isn_record_source_kind { ISN_RECORD_SOURCE_NONE, ISN_RECORD_SOURCE_FEED, ISN_RECORD_SOURCE_WARC } isn_record_source_kind;

typedef struct isn_record_source {
    uint8_t kind; /* isn_record_source_kind */
    isn_str file;
    uint64_t offset, length; /* bytes of the file; length 0: not known */
    uint64_t inside;         /* place in what the packed member at `offset` unpacks to */
    isn_str checksum;
    isn_str digest, fetched, feed; /* empty where not known */
} isn_record_source;

typedef struct isn_record_diagnostic {
    isn_span span;
    isn_str code, message;
} isn_record_diagnostic;

typedef struct isn_record {
    isn_str id, uri;
    isn_record_source source;
    isn_str outlet, published, language, title, text;
    isn_str author, address, modified; /* of a web page or feed, empty where not known */
    const isn_str *tags;
    size_t n_tags;
    isn_str page;            /* what the web page is: "article", "list" ...; empty where it is none */
    uint8_t page_confidence; /* hundredths */
    const isn_record_block *blocks;
    size_t n_blocks;
    const isn_record_entity *entities;
    size_t n_entities;
    const isn_record_date *dates;
    size_t n_dates;
    const isn_record_quote *quotes;
    size_t n_quotes;
    const isn_record_event *events;
    size_t n_events;
    const isn_record_count *counts;
    size_t n_counts;
    const isn_record_diagnostic *diagnostics;
    size_t n_diagnostics;
} isn_record;

/* The words of the lists above as the record spells them; static strings. Thread-safe. */
const char *isn_record_block_text(uint8_t kind);
const char *isn_record_type_text(uint8_t type);
const char *isn_record_form_text(uint8_t form);
const char *isn_record_status_text(uint8_t status);
const char *isn_record_bound_text(uint8_t bound);

/* Appends the record as one JSON object without a line end. Thread-safe on different buffers. */
void isn_record_write(isn_buf *out, const isn_record *record);

/*
 * Reads a record back from one JSON object; all that it holds is put into the arena. Ids may be any strings; what they name becomes
 * an index. Fields that are missing are empty, fields that aren't known are passed over. Fails with ISNAD_E_FORMAT
 * (no JSON object, no text, a span outside of the text, an id that names nothing, a word that is none of its list), ISNAD_E_LIMIT
 * (a list longer than those above) and ISNAD_E_MEMORY (the arena is full). Thread-safe on different arenas.
 */
isnad_status isn_record_read(isn_record *out, isn_arena *arena, isn_str json, isnad_error *err);

#endif
