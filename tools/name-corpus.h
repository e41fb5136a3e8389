/*
 * name-corpus.h - text with names marked that isnad-train-names learns from and measures with: one
 * raw text, its sentences as blocks, the names in them, and which sentences make an article. Ends
 * the program on a fault, like its user; not for the library.
 */
#ifndef ISNAD_NAME_CORPUS_H
#define ISNAD_NAME_CORPUS_H

#include "base/buf.h"
#include "read/block.h"

#define BYTES_MOST ((size_t)1 << 28)

/* Where a sentence is from: sets differ in what they call a name. */
enum { FROM_OWN, FROM_ANER, FROM_AQMAR, FROM_WOJOOD, FROM_CLEAN, NAME_SOURCES };

/* A name, in bytes of the raw text; or, with type NAME_WORD, a word that the set cuts. */
typedef struct name_span {
    uint32_t begin, end;
    uint8_t type; /* ISN_SEQ_PERSON and so on */
} name_span;

typedef struct name_sentence {
    size_t names, n_names; /* in name_corpus.names */
    size_t words, n_words; /* in name_corpus.words: the set's own tokens; none where it has none */
    uint32_t article;      /* sentences with the same number are one article */
    uint8_t source;
} name_sentence;

typedef struct name_corpus {
    isn_buf raw;
    isn_block *blocks;       /* one a sentence */
    name_sentence *sentences;
    size_t n, capacity, block_capacity;
    name_span *names, *words;
    size_t n_names, names_capacity, n_words, words_capacity;
    uint32_t n_articles;
} name_corpus;

void name_corpus_init(name_corpus *c);
void name_corpus_release(name_corpus *c);
/* Reads a set with a word and its tags a line, blank lines between sentences (ANERcorp, AQMAR, Wojood); appends. */
void name_corpus_read_columns(name_corpus *c, const char *path, uint8_t source);
/* Reads text with names in brackets (model/data/README.md); appends. */
void name_corpus_read_brackets(name_corpus *c, const char *path);

void die(const char *what);
void *must(void *p);

#endif
