/* answer.h - the JSON of an answer, from a handle on the database. */
#ifndef ISN_SERVER_ANSWER_H
#define ISN_SERVER_ANSWER_H

#include "ask.h"
#include "out.h"

/* What makes answers: used by one thread at a time. */
typedef struct isn_reader {
    isnad_store *store;
    isnad_worker *worker; /* for what the lexicon knows */
} isn_reader;

/*
 * Writes the answer to `out`. `watch` is the JSON of what is watched, or "null". False with *refusal filled where there is none; *fault is then
 * what the operator should hear of (its message empty: nothing).
 */
bool isn_answer_make(isn_out *out, const isn_ask *ask, const isn_reader *reader, const char *watch, isn_refusal *refusal,
                     isnad_error *fault);

/* What a client is told of a status of the library. Returns false. */
bool isn_answer_refuse(isn_refusal *refusal, isnad_status status, const isnad_error *err, isnad_error *fault);

/* The error as JSON. */
void isn_answer_error(isn_out *out, const isn_refusal *refusal);

#endif
