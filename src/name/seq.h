/*
 * seq.h - the sequence model of names: which words are part of a person's, a place's, a body's or
 * another name, by weighted features of the words around and a chain over the tags.
 *
 * A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001). Its features are what
 * the word shows (letters at the edges, part of speech, clitics, the lists of names, the cluster that
 * it fell into by its company in raw text), the phrases of the lexicon over it, what the rules of this
 * room made of it, the words around and the same word elsewhere in the article. Trained by
 * tools/isnad-train-names; model/README.md has the recipe.
 *
 * What a spelling shows by itself is summed once and kept with the word in the cache (isn_word.side).
 */
#ifndef ISN_NAME_SEQ_H
#define ISN_NAME_SEQ_H

#include "name/parts.h"

/* Tags: outside, and for each type the first word of a name, one in the middle, the last of several. */
enum {
    ISN_SEQ_PERSON,
    ISN_SEQ_PLACE,
    ISN_SEQ_BODY,
    ISN_SEQ_OTHER, /* names of other things: events, peoples, works */
    ISN_SEQ_TYPES
};
enum { ISN_SEQ_OUT = 0, ISN_SEQ_FIRST = 1, ISN_SEQ_MIDDLE = 2, ISN_SEQ_LAST = 3 };
#define ISN_SEQ_TAG(type, part) (3 * (type) + (part))
#define ISN_SEQ_TAGS 13
#define ISN_SEQ_CELLS 16 /* of a weight row: a cell a tag, the rest 0 */

#define ISN_SEQ_REACH 2     /* words on each side whose own features count */
#define ISN_SEQ_OFFSETS 5   /* 2 * ISN_SEQ_REACH + 1 */
#define ISN_SEQ_WORD_MOST 52 /* features that a word shows by itself */
#define ISN_SEQ_MOST 96     /* features of a token in its place */

/* May tag b follow tag a? ISN_SEQ_TAGS stands for the edge of a sentence. */
bool isn_seq_may_follow(int a, int b);

/*
 * The model as it lies in the image: rows of weights found by the hash of their feature. Without one
 * `rows` is NULL.
 */
typedef struct isn_seq_model {
    const uint16_t *prints; /* a slot each, ISN_SEQ_BUCKET a bucket: fingerprint of the feature, 0 is free */
    const int8_t *rows;     /* slots * ISN_SEQ_CELLS */
    uint32_t mask;          /* buckets - 1 */
    float unit;             /* a weight of 1 in log odds */
    float chance[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS]; /* odds of one tag after another; the last row: first of a sentence */
    float back[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS];   /* the same, turned */
    float ends[ISN_SEQ_CELLS];                     /* may a sentence end in the tag? */
    float powers[512];                      /* e to the power of minus so many units */
    /* Numbers of the file model/names.bin: magic, slots, unit, 0; then follow, prints, rows. */
    const unsigned char *words; /* clusters and lists of words: slots of 8 bytes, or NULL */
    uint32_t words_mask;
} isn_seq_model;

/* Finds the model's sections in the lexicon's image; fields stay NULL where there are none. */
void isn_seq_open(isn_seq_model *model, const isn_lexicon *lexicon);
/* Reads clusters and lists from the bytes of model/words.bin, which must outlive the model. */
void isn_seq_set_words(isn_seq_model *model, isn_str bytes);

/* Hash of folded letters: the key of words.bin. */
uint32_t isn_seq_hash(const uint8_t *letters, size_t n);

#define ISN_SEQ_KEPT 2 /* analyses of a spelling that are kept */

/* What the model knows of a spelling under one analysis: kept in the room that isn_word.side leaves. */
typedef struct isn_seq_word {
    uint8_t analysis; /* 1 + the analysis that this is about; 0: none yet */
    uint8_t lists;    /* in which lists of words.bin it stands */
    uint8_t coarse, count, as_name; /* class of the coarse clustering, of frequency; how often it is a name */
    uint16_t cluster;
    uint8_t class_id, summed; /* part of speech with clitics; are the sums there? */
    uint32_t stem, whole; /* hashes of the letters without proclitics and pronoun; `stem` without the article too */
    int16_t sums[ISN_SEQ_OFFSETS][ISN_SEQ_CELLS];
} isn_seq_word;

/* A feature that a word shows by itself, and for which neighbours it counts (bit o: offset o - 2). */
typedef struct isn_seq_feature {
    uint32_t hash;
    uint32_t offsets;
} isn_seq_feature;

/* A sentence before the model: made by isn_seq_look, in the arena. */
typedef struct isn_seq_token {
    isn_seq_word *word;
    uint64_t cover;   /* 3 bits a pick_kind: does a phrase begin, go on, end here */
    uint32_t spelling; /* the first token of the article that is spelled as this one */
    uint8_t forms;    /* form of the name that a phrase of one word is, 0 none */
    uint8_t rule;     /* type and form of the rules' mention over it and the place in it, 0 none */
    uint16_t rule_id; /* which rule */
    uint8_t article;  /* what the same word is elsewhere in the article */
    uint8_t names;    /* NAME_... and the article */
    uint8_t quoted;   /* 1 right after an opening mark, 2 inside, 3 before a closing one */
    uint8_t behind;   /* kind and distance of the last title, office or head of a name before it */
} isn_seq_token;

/* Looks at all tokens of the article, with the mentions that the rules found; NULL when the arena is full. */
isn_seq_token *isn_seq_look(isn_finder *f, const isn_seq_model *model, const isn_mentions *rules);

/* Features of the word at t by itself; hashes are to be mixed with isn_seq_at for each offset. */
size_t isn_seq_word_features(isn_seq_feature out[ISN_SEQ_WORD_MOST], const isn_finder *f,
                             const isn_seq_word *word, uint32_t t);
/* The feature of a neighbour at offset o (0 to 4). */
uint32_t isn_seq_at(uint32_t hash, int offset);
/* Features of token t of the sentence [first, last) in its place. */
size_t isn_seq_token_features(uint32_t out[ISN_SEQ_MOST], const isn_finder *f, const isn_seq_token *tokens,
                              uint32_t t);

/* What a first reading of the article made of all tokens of one spelling: sums of probabilities by type. */
typedef struct isn_seq_again {
    uint32_t n;
    float sums[ISN_SEQ_TYPES];
} isn_seq_again;

#define ISN_SEQ_AGAIN_MOST 4

/* Features of a token for the second reading: what the other tokens of its spelling are; mine[] is its own part. */
size_t isn_seq_again_features(uint32_t out[ISN_SEQ_AGAIN_MOST], const isn_seq_again *all,
                              const float mine[ISN_SEQ_TYPES], const isn_seq_token *token);

/*
 * The chain: log odds of the tags of n tokens in `scores` become their probabilities (forward and
 * backward, Rabiner 1989); best tags (most probable sequence) into `best` if not NULL. `room` holds
 * 2 * n rows. Returns the logarithm of the sum over all sequences.
 */
float isn_seq_marginals(float (*scores)[ISN_SEQ_CELLS], size_t n, const float follow[][ISN_SEQ_CELLS],
                        float (*room)[ISN_SEQ_CELLS]);
void isn_seq_best(uint8_t *best, const float (*scores)[ISN_SEQ_CELLS], size_t n,
                  const float follow[][ISN_SEQ_CELLS], uint8_t (*room)[ISN_SEQ_CELLS]);
/* e to the x by arithmetic alone, so that all machines agree. */
float isn_seq_exp(float x);

/*
 * Reads the article with the model, twice: what a word is elsewhere counts in the second reading.
 * Yields for each token the probabilities of its tags, in the arena; NULL when that is full.
 */
float (*isn_seq_read(isn_finder *f, const isn_mentions *rules))[ISN_SEQ_CELLS];

/* In which bucket a feature stands, of so many (less one); its fingerprint. */
static inline uint32_t isn_seq_bucket(uint32_t hash, uint32_t mask)
{
    return hash * 0x9E3779B1u >> 7 & mask;
}
static inline uint16_t isn_seq_print(uint32_t hash)
{
    uint16_t print = (uint16_t)(hash ^ hash >> 16);
    return print ? print : 1;
}
#define ISN_SEQ_BUCKET 8
#define ISN_SEQ_POWERS 512
#define ISN_SEQ_MAGIC 0x31514553u /* "SEQ1" */

#endif
