/* engine.h - what an engine and a worker hold. */
#ifndef ISN_PIPELINE_ENGINE_H
#define ISN_PIPELINE_ENGINE_H

#include "pipeline/fill.h"
#include "read/warc.h"
#include "store/store.h"

#define ISN_WORKER_CEILING ((size_t)64 << 20) /* bytes of arena an article may take */
#define ISN_ANALYSED_LEAST ((size_t)16 << 10) /* bytes of text below which running out of memory ends an analysis */
#define ISN_TELLING ((size_t)64 << 10) /* bytes past the ceiling to say that it was reached */
#define ISN_RECORD_CEILING ((size_t)256 << 20) /* bytes of one record */

struct isnad_engine {
    isn_lexicon *lexicon;
    isn_page *page;
    isn_grammar grammar;
    isn_namer *namer;
    isn_linker *linker;
    isn_quoter *quoter;
    isn_frames *frames;
    isn_counter *counter;
};

struct isnad_worker {
    isnad_engine *engine;
    isn_arena arena;
    isn_words *words;
    isn_buf out;
    isn_packer *packer; /* NULL until an article is kept */
    isn_warc warc; /* a piece of an archive that is being read */
};

/* Everything between reading and writing: fills the findings of an article in the worker's arena. Where the arena
 * is too small for the whole text, half of it is analysed, or a quarter, and so on, with a diagnostic that says so. */
typedef struct isn_analysed {
    isn_text text;
    isn_mentions mentions;
    isn_entities entities;
    isn_dates dates;
    isn_clauses clauses;
    isn_quotes quotes;
    isn_events events;
    isn_counts counts;
    isn_findings findings;
} isn_analysed;

void isn_analyse(isn_analysed *out, isnad_worker *worker, isn_article *article);

/* Reads and analyses an item; the worker's arena is reset first. */
isnad_status isn_worker_read(isn_analysed *out, isn_article *article, isnad_worker *worker,
                             const isn_item *item, const isn_read_options *options, isnad_error *err);

/* The record of what was analysed, in the worker's arena and good until its next article. Fails with ISNAD_E_MEMORY. */
isnad_status isn_worker_record(isn_record *out, isnad_worker *worker, const isn_analysed *analysed,
                               isnad_error *err);

/*
 * Appends the pack of a record (store/pack.h), whose text has these words, digest and all. The worker's arena holds what is needed on
 * the way until its next article. Fails with ISNAD_E_MEMORY.
 */
isnad_status isn_worker_pack(isn_buf *out, isnad_worker *worker, const isn_record *record, const isn_text *text,
                             isnad_error *err);

/* A record that was coded before, read back from JSON, and the words of its text, in the worker's arena, which is reset first. */
isnad_status isn_worker_record_item(isn_record *record, isn_text *text, isnad_worker *worker, const isn_item *item,
                                    isnad_error *err);

/* Names fields of JSON input otherwise: id, url, outlet, published, title, text, in this order; NULL leaves one as it is. */
#define ISN_FIELDS_NAMED 6u
void isn_name_fields(isn_json_fields *fields, const char *const names[ISN_FIELDS_NAMED]);

/* Tells how the findings came about, for people (isnad explain). With a rule, a file of the lexicon and a line
 * ("frames.tsv:12"), only what comes from that; nothing where nothing does. */
void isn_explain_write(isn_buf *out, const isn_analysed *analysed, isn_str rule);

#endif
