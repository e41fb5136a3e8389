/*
 * digest.h - the few bytes of an article that stories are made from.
 *
 * A digest holds features of an article, each as a hash with its kind, where it stands and how rare it is: people and bodies, places,
 * acts with who did them to whom, days, numbers, and the words of title, lead and text that are rare in news. Beside them a
 * sketch of the wording, by which near copies are known, and the origin that the article names. It is made once, when the article
 * is coded; stories are made from digests alone. How features weigh is not written into it but decided by who compares (similar.h).
 */
#ifndef ISN_STORY_DIGEST_H
#define ISN_STORY_DIGEST_H

#include "lexicon/lexicon.h"
#include "record/record.h"

#define ISN_DIGEST_VERSION 1
#define ISN_DIGEST_MOST 1536u       /* bytes of a digest */
#define ISN_DIGEST_FEATURES 192u    /* features of a digest */
#define ISN_DIGEST_BINS 64u         /* bins of the sketch */
#define ISN_DIGEST_NAME 63u         /* bytes of an id, an outlet, an origin; longer ones are cut or, ids, hashed */
#define ISN_DIGEST_NO_TIME INT32_MIN /* the time of publication is not known */
#define ISN_DIGEST_RAREST 15u

typedef enum isn_feature_kind {
    ISN_FEATURE_WORD,   /* stem of a word */
    ISN_FEATURE_NUMBER, /* a number that is no year */
    ISN_FEATURE_ACTOR,  /* person, organization, group */
    ISN_FEATURE_PLACE,
    ISN_FEATURE_ACT,    /* type of event with actor, recipient or place */
    ISN_FEATURE_DATE,   /* a day that is named */
    ISN_FEATURE_KINDS
} isn_feature_kind;

typedef enum isn_feature_where { ISN_FEATURE_BODY, ISN_FEATURE_LEAD, ISN_FEATURE_TITLE } isn_feature_where;

typedef struct isn_feature {
    uint32_t hash;
    uint8_t kind;  /* isn_feature_kind */
    uint8_t where; /* isn_feature_where: the best place that it stands in */
    uint8_t times; /* how often, 1 to 4 */
    uint8_t rare;  /* 0 to ISN_DIGEST_RAREST: 15 less log2 of the articles (of 21,120) that hold it */
    isn_str name;  /* the words, for people; empty in a digest that was read */
} isn_feature;

typedef struct isn_digest {
    isn_str id, outlet;
    isn_str origin;  /* the agency that the article has it from: id in outlets.tsv, else the name as written; or empty */
    int32_t minutes; /* of publication since 1970, UTC; ISN_DIGEST_NO_TIME */
    uint32_t words;  /* of the text */
    uint16_t sketch[ISN_DIGEST_BINS];
    const isn_feature *features; /* sorted by hash, then kind; no two alike */
    size_t n_features;
} isn_digest;

/*
 * Makes the digest of a record; its strings and features are the record's or live in the arena. The lexicon says how rare words are and which
 * outlets are agencies; the same record and lexicon give the same digest on every machine. False when the arena is full.
 * Thread-safe on different arenas.
 */
bool isn_digest_make(isn_digest *out, isn_arena *arena, const isn_record *record, const isn_lexicon *lexicon);

/* The hash of a word's feature by that of its stem. */
uint32_t isn_digest_word(uint32_t stem);

/* Appends the digest as at most ISN_DIGEST_MOST bytes, the same on every machine. Names of features are not written. */
void isn_digest_write(isn_buf *out, const isn_digest *digest);

/*
 * Reads a digest; strings point into `bytes`, features live in the arena. Fails with ISNAD_E_FORMAT (another version, cut off, features out
 * of order) and ISNAD_E_MEMORY. What is read is written back to the same bytes. Thread-safe on different arenas.
 */
isnad_status isn_digest_read(isn_digest *out, isn_arena *arena, isn_str bytes, isnad_error *err);

/* The id of a digest for an article of this id: itself, or where it is too long, cut and with its hash. In the arena or `id` itself. */
isn_str isn_digest_id(isn_arena *arena, isn_str id);

/* How much of the wording two digests share: shingles in both by shingles in either, from 0 to 1, +-0.06; of short texts 0. */
double isn_digest_copied(const isn_digest *a, const isn_digest *b);

#endif
