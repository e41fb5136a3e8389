/*
 * phrases.h - every way in which the lines of the tables can stand in text.
 *
 * Not thread-safe on the same maker.
 */
#ifndef ISN_LEXICON_PHRASES_H
#define ISN_LEXICON_PHRASES_H

#include "lexicon/forms.h"
#include "lexicon/noun.h"
#include "lexicon/tables.h"

#define ISN_PHRASE_LETTERS 256
#define ISN_PHRASE_WORDS 24

/* The letters of a phrase, words parted by one blank; each punctuation mark, run of digits, Latin or Arabic letters is a word. */
typedef struct isn_phrase {
    uint8_t p[ISN_PHRASE_LETTERS];
    size_t n;
    size_t at[ISN_PHRASE_WORDS + 1]; /* where word i begins; at[words] = n + 1 */
    size_t words;
} isn_phrase;

/* Reads a cell as a phrase; false if it is empty or too long. */
bool isn_phrase_read(isn_phrase *phrase, isn_str text);
/* The same for letters. */
bool isn_phrase_set(isn_phrase *phrase, const uint8_t *letters, size_t n);

static inline size_t isn_phrase_word(const isn_phrase *phrase, size_t i, const uint8_t **word)
{
    *word = phrase->p + phrase->at[i];
    return phrase->at[i + 1] - phrase->at[i] - 1;
}

/* Makes phrases: hands each with its entry to `add`. `weak` phrases only count where no other of the same table is the same. */
typedef struct isn_phrase_maker {
    const isn_tables *tables;
    isn_faults *faults;
    bool (*add)(void *user, const isn_phrase *phrase, const isn_entry *entry, bool weak);
    void *user;
    int table; /* row at work */
    uint32_t row;
    bool failed;     /* add returned false */
    isn_forms forms; /* room for inflection */
} isn_phrase_maker;

/* Goes through all tables, which are settled. False if `add` failed. */
bool isn_phrases_make(isn_phrase_maker *maker);

/* --- for the families of tables (phrases_*.c) -------------------------------------------------------------------- */

isn_str isn_maker_cell(const isn_phrase_maker *maker, int column);
/* Hands a phrase on. */
void isn_maker_phrase(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, unsigned detail, bool weak);
/* A text as it stands. */
void isn_maker_text(isn_phrase_maker *maker, isn_str text, unsigned form, unsigned detail);
/* All texts of a list cell as they stand. */
void isn_maker_list(isn_phrase_maker *maker, int column, unsigned form, unsigned detail);
/* A single word with its inflection, or a phrase of several words with the forms that its article gives it. */
void isn_maker_noun(isn_phrase_maker *maker, isn_str text, unsigned make, unsigned form, unsigned detail);
/* isn_maker_noun for each text of a list cell. */
void isn_maker_nouns(isn_phrase_maker *maker, int column, unsigned make, unsigned form, unsigned detail);
/* An adjective of one or more words that all agree (masculine singular): every gender and number. */
void isn_maker_adjective(isn_phrase_maker *maker, isn_str text, unsigned form);
/* Hands on what stands in maker->forms and empties it. */
void isn_maker_forms(isn_phrase_maker *maker);

void isn_phrases_of_names(isn_phrase_maker *maker); /* the row at work of a table of names */
void isn_phrases_of_words(isn_phrase_maker *maker); /* of a table of words */
/* Is the table one of names (phrases_names.c)? */
bool isn_is_table_of_names(int table);

#endif
