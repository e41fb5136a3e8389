/*
 * stem.h - the words of a text as far as counting them needs it: light stems and how rare they are.
 *
 * The light stemmer cuts off conjunction, preposition and article in front and the commonest endings, after Larkey, Ballesteros and
 * Connell, "Light stemming for Arabic information retrieval" (2007; their "light10"); what remains is folded (base/normal.h).
 */
#ifndef ISN_STORY_STEM_H
#define ISN_STORY_STEM_H

#include "base/letters.h"
#include "text/parts.h"

#define ISN_STEM_MOST 24u /* letters that are looked at */

typedef struct isn_stem {
    uint8_t letters[ISN_STEM_MOST]; /* folded */
    uint8_t n;
    uint8_t rare; /* 0 to 15 (digest.h) */
} isn_stem;

/* The stem of a word of n letters (codes of base/letters.h, not folded). Thread-safe. */
void isn_stem_make(isn_stem *out, const isn_tagger *tagger, const uint8_t *letters, size_t n);

uint32_t isn_stem_hash(const isn_stem *stem);

/*
 * The hash of what a verb, its noun and its participles have in common: the stem without the letters of the present and future, without alef and a
 * last ta. Words of different roots meet here now and then; for small vocabularies, as those of one story.
 */
uint32_t isn_stem_skeleton(const isn_stem *stem);

#endif
