/*
 * event.h - who did what to whom, in PLOVER's types (eval/ONTOLOGY.md, ANNOTATION.md V1 to V16).
 */
#ifndef ISN_EVENT_EVENT_H
#define ISN_EVENT_EVENT_H

#include "quote/quote.h"

typedef enum isn_event_status {
    ISN_STATUS_ACTUAL,
    ISN_STATUS_FUTURE,
    ISN_STATUS_HYPOTHETICAL,
    ISN_STATUS_NEGATED
} isn_event_status;

#define ISN_MOST_CONTEXTS 4

typedef struct isn_event {
    uint32_t trigger;                    /* token */
    uint32_t trigger_begin, trigger_end; /* bytes, without clitics */
    uint32_t begin, end;                 /* bytes of the clause that tells it */
    uint32_t frame;                      /* row of frames.tsv */
    isn_str type, mode;                  /* of the lexicon */
    isn_party actor, recipient;
    uint32_t place;                      /* entity or ISN_NONE */
    const isn_date *date;                /* or NULL */
    isn_event_status status;
    uint32_t via[ISN_MOST_VIA];
    uint8_t n_via;
    uint32_t quote;                      /* the quote that it stands in, or ISN_NONE */
    isn_str contexts[ISN_MOST_CONTEXTS];
    uint8_t n_contexts;
    uint64_t signals;                    /* bit i: signal i of confidence.h holds */
    float confidence;                    /* the share of such events that annotators tell too */
    const char *rule;                    /* static string */
} isn_event;

typedef struct isn_events {
    isn_event *items; /* in order of trigger */
    size_t n, capacity;
    size_t n_doubtful; /* behind the n: those that are likelier wrong than right */
} isn_events;

/* The frames of frames.tsv; one an engine, read-only and shared (frame.h). */
typedef struct isn_frames isn_frames;
isnad_status isn_frames_new(isn_frames **out, const isn_grammar *grammar, isnad_error *err);
void isn_frames_free(isn_frames *frames);

/* Finds the events of a text. In its arena; false when that is full. Thread-safe. */
bool isn_events_find(isn_events *out, const isn_frames *frames, const isn_clauses *clauses,
                     const isn_quotes *quotes);

#endif
