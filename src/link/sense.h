/*
 * sense.h - what an office phrase or the name of a body says, apart from how it is worded: words without articles,
 * function words, nationality and fillers; phrases that mean the same office made one; whether it is the present
 * holder's, a former one's, an acting one's.
 *
 * The equivalences are data: lexicon/classes-offices.tsv (classes same-office-*, same-word-*, office-former,
 * office-acting, office-next, office-outgoing, office-filler, office-of-CODE) and the forms of portfolios.tsv.
 */
#ifndef ISN_LINK_SENSE_H
#define ISN_LINK_SENSE_H

#include "name/mention.h"

enum { ISN_SENSE_WORDS = 8 };

enum { ISN_SENSE_FORMER = 1, ISN_SENSE_ACTING = 2, ISN_SENSE_NEXT = 4, ISN_SENSE_OTHER = 8, ISN_SENSE_OUT = 16 };

typedef struct isn_sense {
    uint32_t words[ISN_SENSE_WORDS]; /* hashes, in order; the first is the head */
    uint8_t n, flags;                /* ISN_SENSE_... */
    uint8_t pronoun;                 /* the head has a pronoun on it: whose it is stands outside */
    uint8_t owned;                   /* it had a pronoun, and the country is whose it is */
    char country[4];
    uint64_t organ;                  /* body inside the phrase whose words were left out, 0 if none */
    uint32_t organ_head;             /* hash of the body's first word: "the army" is said of it too */
    uint64_t key;                    /* of the words in any order, the organ and the flags but OUT; not of the country */
} isn_sense;

typedef struct isn_senses isn_senses;

/* Reads the equivalences. NULL when there is no memory. Read-only afterwards: thread-safe. */
isn_senses *isn_senses_new(const isn_lexicon *lexicon);
void isn_senses_free(isn_senses *senses);

/* The sense of a phrase of the lexicon. */
void isn_sense_of_phrase(isn_sense *out, const isn_senses *senses, isn_str phrase);
/* The sense of a mention; keep_organ: the words of a body of the lexicon inside it stay. */
void isn_sense_of_mention(isn_sense *out, const isn_senses *senses, const isn_text *text, const isn_mention *mention,
                          bool keep_organ);

/* Makes the key anew, after the words, the organ or the flags were changed. */
void isn_sense_set_key(isn_sense *sense);

/* Is the organ inside an office phrase one that only a short form names, so that it may be another state's? */
bool isn_sense_short_organ(const isn_text *text, const isn_mention *mention);

/* Do all words of a stand in b? */
bool isn_sense_within(const isn_sense *a, const isn_sense *b);
/* The same, where the body in b may be told by its noun alone (the spokesman of the army). */
bool isn_sense_within_body(const isn_sense *a, const isn_sense *b);
/* How many words they share. */
int isn_sense_shared(const isn_sense *a, const isn_sense *b);

/* Hash of an organ's lexicon line. */
uint64_t isn_sense_organ(int table, uint32_t row);
/* Is its first word (or all of it) of this class of the equivalences? */
bool isn_sense_is(const isn_sense *sense, isn_str class);
/* Is it the office of a head of state (so that "the president" alone may stand for it)? */
bool isn_sense_presides(const isn_senses *senses, const isn_sense *sense);

#endif
