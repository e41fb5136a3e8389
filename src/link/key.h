/* key.h - keys and likeness of names (isn_name_key, isn_name_likeness stand in entity.h). */
#ifndef ISN_LINK_KEY_H
#define ISN_LINK_KEY_H

#include "link/entity.h"

/* From this likeness on a full name is taken for a spelling of another. */
#define ISN_KNOWN_ALIKE 0.9f

enum { ISN_NAME_WORDS = 8, ISN_NAME_LETTERS = 32 };

/* One word of a name; compounds (abd al-X, abu X, X al-din, X allah) are one word. */
typedef struct isn_name_word {
    uint8_t letters[ISN_NAME_LETTERS]; /* folded, without the article */
    uint8_t skeleton[ISN_NAME_LETTERS]; /* classes of its consonants */
    uint8_t n, n_skeleton;
    uint8_t after_bin; /* stands behind bin: a father's name */
    uint8_t native;    /* has a letter that only Arabic names have */
    uint8_t sex;       /* m, f, u by that row */
    uint32_t row;      /* row of names.tsv for a given name, ISN_NO_ROW if none or no lexicon was given */
} isn_name_word;

typedef struct isn_name {
    isn_name_word words[ISN_NAME_WORDS];
    size_t n;
} isn_name;

/* Cuts a name in the normal form into its words. lexicon may be NULL. Thread-safe. */
void isn_name_read(isn_name *out, const isn_lexicon *lexicon, const uint8_t *letters, size_t n);

/* The likeness of two names, 0 to 1, as isn_name_likeness; knows given names apart if a lexicon was given to both. */
float isn_name_alike(const isn_name *a, const isn_name *b);

/* The likeness of two words, 0 where they are different names; below 0.85 only in names of several words that are else
 * the same. */
float isn_name_word_alike(const isn_name_word *a, const isn_name_word *b);

/* isn_name_key of a name that is read already, with or without a lexicon. */
uint64_t isn_name_key_of(const isn_name *name);

/*
 * What stands for an unknown person over many articles: a hash of the first and the last word, middle names left out,
 * as free of spelling as each word allows. 0 for names of one word. The lexicon is the one the name was read with.
 */
uint64_t isn_name_identity(const isn_name *name, const isn_lexicon *lexicon);

/*
 * Keys under which words that are alike meet: that of the skeleton and, for four consonants and more, those of the
 * skeleton with one left out. Writes at most ISN_NAME_LETTERS + 1 keys, returns how many.
 */
size_t isn_name_word_keys(uint64_t *out, const isn_name_word *word);

#endif
