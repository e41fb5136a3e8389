/* latin.h - names in Latin letters, spelled as people spell them (Muammar Gaddafi, Moammar al-Qadhafi). Thread-safe. */
#ifndef ISN_LINK_LATIN_H
#define ISN_LINK_LATIN_H

#include "base/str.h"

enum { ISN_LATIN_WORDS = 12, ISN_LATIN_LETTERS = 32 };

typedef struct isn_latin_word {
    char letters[ISN_LATIN_LETTERS];  /* a to z and digits, without marks */
    char skeleton[ISN_LATIN_LETTERS]; /* classes of its consonants */
    unsigned char n, n_skeleton;
} isn_latin_word;

typedef struct isn_latin {
    isn_latin_word words[ISN_LATIN_WORDS];
    size_t n;
} isn_latin;

/* Cuts a text in UTF-8 into words; articles (al-, el-), bin and the like are left out. No words where it holds no Latin letter. */
void isn_latin_read(isn_latin *out, isn_str text);

/* Same words in the same order, spelled the same? */
bool isn_latin_equal(const isn_latin *a, const isn_latin *b);

/*
 * How well `query` names what is called `name`, 0 to 1: 1 where all words stand in both, in order, spelled the same; each word
 * of the query must find its like in the name. *whole: no word of the name is left over.
 */
float isn_latin_alike(const isn_latin *query, const isn_latin *name, bool *whole);

#endif
