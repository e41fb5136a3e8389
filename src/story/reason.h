/* reason.h - why two articles are taken for reports of one event, in words. */
#ifndef ISN_STORY_REASON_H
#define ISN_STORY_REASON_H

#include "story/digest.h"

#define ISN_REASONS_MOST 10u

typedef struct isn_reason {
    uint8_t kind; /* isn_feature_kind */
    float weight; /* what it adds to the likeness, next to the others */
    isn_str words;
} isn_reason;

/*
 * The features that two digests share and that weigh most, the heaviest first; returns how many. The digests are made from records, so that
 * features have names. Thread-safe.
 */
size_t isn_reasons_find(isn_reason out[ISN_REASONS_MOST], const isn_digest *a, const isn_digest *b);

/* The word for a kind of feature; a static string. */
const char *isn_feature_kind_text(uint8_t kind);

#endif
