/*
 * alike.h - how alike are two articles, as a reader would say it: from "nothing in common" to "tells the same".
 *
 * That is another question than whether they report one event (similar.h): two reports of one drought, one trial, one league are
 * alike without being one story. Two things answer it: the cosine of what the articles are about, as the weighted sum of vectors of
 * their words (model/topics.bin; words that keep company with the same words lie together), and how far the lead of each is
 * told in the other, word by word. A word weighs by how rare it is in news at large, but no more than it is rare in the collection: what
 * every article of these weeks is full of tells no two of them apart. docs/stories.md has the weights and what they reach.
 */
#ifndef ISN_STORY_ALIKE_H
#define ISN_STORY_ALIKE_H

#include "base/arena.h"
#include "lexicon/lexicon.h"
#include "record/record.h"
#include "story/similar.h"

#define ISN_TOPIC_PARTS 64u         /* of a word's vector */
#define ISN_USAGE_ARTICLES 4096u    /* of a collection that are counted */

/* Vectors of words: model/topics.bin as it lies in the image. */
typedef struct isn_topics {
    const uint8_t *hashes; /* n of four bytes, little-endian, sorted: isn_stem_hash */
    const int8_t *rows;    /* n of ISN_TOPIC_PARTS */
    size_t n;
} isn_topics;

/* Opens the vectors of an image; empty where it has none, or none of this make. Thread-safe. */
void isn_topics_open(isn_topics *out, const isn_lexicon *lexicon);

/* The vector of a stem, or NULL. Thread-safe. */
const int8_t *isn_topics_of(const isn_topics *topics, uint32_t stem);

/* In how many articles of a collection words stand. */
typedef struct isn_usage {
    struct isn_usage_slot *slots; /* 0 in front: empty */
    size_t room, articles;
} isn_usage;

/* Room for counting that many articles (at most ISN_USAGE_ARTICLES). False without memory. Released by isn_usage_release(). */
bool isn_usage_begin(isn_usage *out, size_t articles);
void isn_usage_release(isn_usage *usage);

/* Counts an article by its features; beyond the room nothing is counted. */
void isn_usage_add(isn_usage *usage, const isn_weighed *features, size_t n);

typedef struct isn_alike {
    float topic;  /* cosine of what they are about, from 0 */
    float told;   /* how far the lead of each is told in the other, from 0 to 1 */
    float degree; /* both as one, from 0 to 1 */
    bool known;   /* both hold an article: else the degree is that of any two */
} isn_alike;

/*
 * How alike two records are; symmetric. `usage` may be NULL. Scratch memory is taken from the arena and given back. False when the arena
 * is full. Thread-safe on different arenas.
 */
bool isn_alike_of(isn_alike *out, isn_arena *arena, const isn_record *a, const isn_record *b, const isn_lexicon *lexicon,
                  const isn_usage *usage);

#endif
