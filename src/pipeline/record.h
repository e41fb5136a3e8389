/* record.h - writing the record of one article (docs/record.md, version 1). */
#ifndef ISN_PIPELINE_RECORD_H
#define ISN_PIPELINE_RECORD_H

#include "base/buf.h"
#include "event/event.h"
#include "read/article.h"

/* All that is known of one article. */
typedef struct isn_findings {
    const isn_article *article;
    const isn_text *text;
    const isn_mentions *mentions;
    const isn_entities *entities;
    const isn_dates *dates;
    const isn_quotes *quotes;
    const isn_events *events;
    isn_str published; /* as resolved */
    isn_str title;
} isn_findings;

/* Appends the record as one JSON object without a line end. Thread-safe on different buffers. */
void isn_record_write(isn_buf *out, const isn_findings *findings);

#endif
