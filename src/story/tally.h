/*
 * tally.h - when do two numbers count the same, and when can they not both be true?
 *
 * That two numbers stand among like words is enough to lay them side by side; to say that one of them is wrong takes more: that they count
 * the same people, at the same place and time, and that the later one isn't just the higher toll of a later hour.
 */
#ifndef ISN_STORY_TALLY_H
#define ISN_STORY_TALLY_H

#include "story/telling.h"

/*
 * Do two counts count the same? Those whose events are one fact do, unless they are far apart; so do those that stand among the same words; and
 * those of one kind and one noun that are near each other. fact_a, fact_b: of the events they belong to, or ISN_NOTHING. Thread-safe.
 */
bool isn_counts_same(const isn_tellings *t, const isn_telling *a, const isn_telling *b, uint32_t fact_a, uint32_t fact_b);

/* Can two counts of one fact not both be true? Symmetric. Thread-safe. */
bool isn_counts_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b);

/* The noun of a count's words, as the hash of its stem's skeleton; 0 where it says nothing of who is counted (dead, persons, others). */
uint32_t isn_count_noun(const isn_tellings *t, isn_str words);

/* Minutes since 1970 of "2021-04-17" or "2021-04-17T09:30:00+03:00"; a day alone is taken at noon. False where it is no day. */
bool isn_minutes_read(int64_t *out, isn_str published);

/* Are two places one, or one in the other, as far as is known? Entities of two records. */
bool isn_places_meet(const isn_tellings *t, uint32_t article_a, uint32_t a, uint32_t article_b, uint32_t b);

#endif
