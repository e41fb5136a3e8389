/*
 * wording.h - can two pieces of text both be true?
 *
 * Two headlines or sentences that say the same of the same, but for words that exclude each other (rises, falls), a negation on one side, other
 * numbers or other names, contradict each other. What excludes what is told in lexicon/opposites.tsv; how much each sign weighs was
 * fitted on pairs of headlines (docs/stories.md).
 */
#ifndef ISN_STORY_WORDING_H
#define ISN_STORY_WORDING_H

#include "lexicon/lexicon.h"
#include "story/stem.h"

#define ISN_WORDING_WORDS 64u  /* of a text that are looked at */
#define ISN_WORDING_FIGURES 8u
#define ISN_SENSES 64u         /* lines of opposites.tsv that are used */

/* The words of opposites.tsv and the negations of functions.tsv by the hashes of their stems. */
typedef struct isn_opposites isn_opposites;

/* Reads them from a lexicon into the arena; NULL where it is full. Thread-safe. */
const isn_opposites *isn_opposites_make(isn_arena *arena, const isn_lexicon *lexicon);

/* The name of a line of opposites.tsv. */
isn_str isn_opposites_name(const isn_opposites *opposites, unsigned sense);

typedef struct isn_wording_word {
    uint32_t hash, bare; /* of the stem, and of it without a preposition of one letter */
    float weight;
    uint64_t one, other; /* senses on whose side the word stands */
} isn_wording_word;

typedef struct isn_wording {
    isn_wording_word words[ISN_WORDING_WORDS];
    size_t n;
    double numbers[ISN_WORDING_FIGURES];
    size_t n_numbers;
    bool negated;
} isn_wording;

/* Reads the words of a text. False when the arena is full. */
bool isn_wording_make(isn_wording *out, isn_arena *arena, const isn_opposites *opposites, const isn_tagger *tagger,
                      isn_str text);

typedef enum isn_wording_part {
    ISN_WORDING_SHARED,   /* weight of the words in both by that of all, 0 to 1 */
    ISN_WORDING_OPPOSITE, /* 1: a word on one side here, on the other there */
    ISN_WORDING_SIDE,     /* 1: both have words of one side of some sense */
    ISN_WORDING_NEGATED,  /* 1: one is negated, the other isn't */
    ISN_WORDING_NUMBERS,  /* 1: both have numbers and none is the same */
    ISN_WORDING_NAMES,    /* 1: both name somebody or some place of one kind that the other doesn't; told by the caller */
    ISN_WORDING_PARTS
} isn_wording_part;

typedef struct isn_wording_clash {
    float part[ISN_WORDING_PARTS];
    float odds;     /* log odds that both can't be true */
    unsigned sense; /* the line of opposites.tsv that shows it, or ISN_SENSES */
} isn_wording_clash;

/* From these on two wordings contradict each other: about one in twenty of those that do so don't (docs/stories.md). */
#define ISN_WORDING_CLASHES 1.8f
#define ISN_WORDING_LEAST_SHARED 0.35f

/* Holds two wordings against each other. Symmetric. Thread-safe. */
void isn_wording_compare(isn_wording_clash *out, const isn_wording *a, const isn_wording *b, bool names_differ);

#endif
