/*
 * similar.h - do two articles report one event?
 *
 * A profile is a digest made ready for comparing: features with their weights. The likeness of two profiles is, for each kind of
 * feature, the cosine of the weighted features, with the words and actors of the titles once more by themselves, the share
 * of the wording, and the hours between; a logistic function of these says how probable it is that both report one event. The
 * weights, what they were fitted on and what they reach are told in docs/stories.md.
 */
#ifndef ISN_STORY_SIMILAR_H
#define ISN_STORY_SIMILAR_H

#include "story/digest.h"

typedef enum isn_likeness_part {
    ISN_LIKE_WORDS,
    ISN_LIKE_NUMBERS,
    ISN_LIKE_ACTORS,
    ISN_LIKE_PLACES,
    ISN_LIKE_ACTS,
    ISN_LIKE_DATES,
    ISN_LIKE_TITLE,  /* what stands in the title of one and in title or lead of the other */
    ISN_LIKE_COPIED,
    ISN_LIKE_HOURS,  /* between them, in days, at most 4; 0.5 where not known */
    ISN_LIKE_PARTS
} isn_likeness_part;

/* A feature as it is compared; 8 bytes. */
typedef struct isn_weighed {
    uint32_t hash;
    uint16_t weight; /* in 1/64 */
    uint8_t kind;    /* isn_feature_kind */
    uint8_t where;   /* isn_feature_where */
} isn_weighed;

typedef struct isn_profile {
    const isn_weighed *features; /* sorted by hash, then kind */
    uint32_t n;
    int32_t minutes;
    uint32_t words;
    float norm[ISN_FEATURE_KINDS + 1]; /* of each kind; the last of the title */
    const uint16_t *sketch;
} isn_profile;

typedef struct isn_likeness {
    float part[ISN_LIKE_PARTS];
    float odds; /* log odds that both report one event */
} isn_likeness;

/* The features of a digest with their weights: at most ISN_DIGEST_FEATURES are written to room; returns how many. */
size_t isn_profile_weigh(isn_weighed *room, const isn_digest *digest);

/* A profile over features that were weighed; features and sketch must outlive it. */
void isn_profile_make(isn_profile *out, const isn_weighed *features, size_t n, const isn_digest *digest);

/* What a feature that two profiles share adds, next to others of their features: for showing reasons. */
float isn_profile_share(const isn_weighed *a, const isn_weighed *b);

/* How alike two profiles are. Symmetric to the last bit. Thread-safe. */
void isn_likeness_of(isn_likeness *out, const isn_profile *a, const isn_profile *b);

/* The log odds with the hours between them left aside: follow-ups are alike in this only. */
float isn_likeness_topic(const isn_likeness *likeness);

#endif
