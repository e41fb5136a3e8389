/* fill.h - what the rooms found of one article, put into its record. */
#ifndef ISN_PIPELINE_FILL_H
#define ISN_PIPELINE_FILL_H

#include "event/count.h"
#include "read/article.h"
#include "record/record.h"

/* All that is known of one article. */
typedef struct isn_findings {
    const isn_article *article;
    const isn_text *text;
    const isn_mentions *mentions;
    const isn_entities *entities;
    const isn_dates *dates;
    const isn_quotes *quotes;
    const isn_events *events;
    const isn_counts *counts;
    isn_str published; /* as resolved */
    isn_str title;
} isn_findings;

/*
 * Fills the record; its strings and lists are those of the findings or live in the arena, and are good as long as both. False when the
 * arena is full. Thread-safe on different arenas.
 */
bool isn_record_fill(isn_record *out, isn_arena *arena, const isn_findings *findings);

#endif
