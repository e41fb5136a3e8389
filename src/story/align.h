/*
 * align.h - which tellings are of one fact.
 *
 * Two tellings are scored by what they say: the type of event, who did it to whom, the words beside, the day; a quote by its
 * speaker and its words. Tellings are joined while they fit on average (average linkage), the best first.
 */
#ifndef ISN_STORY_ALIGN_H
#define ISN_STORY_ALIGN_H

#include "story/telling.h"

/* Log odds that two tellings (events and quotes) are of one fact. Symmetric. Thread-safe. */
float isn_telling_alike(const isn_tellings *tellings, const isn_telling *a, const isn_telling *b);

/*
 * Groups events and quotes: fact_of[i] is the number of the fact of telling i, counted from 0 in the order of first tellings;
 * ISN_NOTHING for all others. Takes memory from the arena and gives it back. False when the arena is full.
 */
bool isn_align(uint32_t *fact_of, uint32_t *n_facts, isn_arena *arena, const isn_tellings *tellings);

/* Can two values of dates be of one day? A month fits its days, ranges that overlap fit, an empty value fits all. */
bool isn_days_fit(isn_str a, isn_str b);

/*
 * Do two days of one article contradict each other? One says "yesterday" with a weekday that wasn't yesterday, by the day of publication, and the other has
 * its day right. Takes two tellings of dates.
 */
bool isn_days_at_odds(const isn_tellings *tellings, const isn_telling *a, const isn_telling *b);

#endif
