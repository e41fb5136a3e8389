/*
 * train-corpus.h - the annotated text that isnad-train-tagger learns from: one raw text with
 * blocks, and what the annotation says of its words. Ends the program on a fault, like its user;
 * not for the library.
 */
#ifndef ISNAD_TRAIN_CORPUS_H
#define ISNAD_TRAIN_CORPUS_H

#include "base/buf.h"
#include "text/parts.h"

#define BYTES_MOST ((size_t)1 << 28)

enum { FROM_NEWS, FROM_TREEBANK, SOURCES };

/* What the annotation says of one word. */
typedef struct gold {
    uint32_t begin, end; /* bytes */
    uint32_t sentence;
    uint8_t skip, stem, clitics, pronoun; /* pronoun: is there one? */
    uint8_t source;
    uint8_t sloppy; /* ISN_STYLE_... of a copy spelled the way that hurried papers do */
    char tag[8];
} gold;

typedef struct corpus {
    isn_buf raw;
    isn_block *blocks;
    size_t n_blocks;
    gold *golds;
    size_t block_golds; /* where the golds of the block begin that is being read */
    size_t n_golds, capacity, block_capacity;
} corpus;

/* Reads the segmentation set; appends to the corpus. */
void corpus_read_segmentation(corpus *c, const char *path);
/* Reads a treebank in CoNLL-U; appends to the corpus. */
void corpus_read_treebank(corpus *c, const char *path);

void die(const char *what);
/* p, or the end of the program if it is NULL. */
void *must(void *p);

#endif
