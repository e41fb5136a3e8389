/*
 * verb.h - all forms of a verb from its lemma, root, measure and vowel.
 *
 * A form is put together as units of consonant and vowel from a template of its measure; weak letters, doubled letters and
 * assimilation change the units; then hamza gets its seat and short vowels are dropped. Source: Ryding, A Reference
 * Grammar of Modern Standard Arabic (2005), chapters 21 to 33; Wright's Grammar for the rare ones. Thread-safe.
 */
#ifndef ISN_LEXICON_VERB_H
#define ISN_LEXICON_VERB_H

#include "lexicon/forms.h"

typedef struct isn_verb {
    isn_str lemma, root, form, vowel; /* the cells of verbs.tsv */
} isn_verb;

typedef struct isn_verb_noun {
    uint8_t n, p[ISN_FORM_LETTERS];
    bool defective; /* ends in a weak ya that falls without the article */
} isn_verb_noun;

typedef struct isn_verb_nouns {
    isn_verb_noun active, passive, masdar; /* n is 0 where there is none by rule */
} isn_verb_nouns;

/*
 * Adds the finite forms (ISN_F_VERB with ISN_V_ details) to *forms and says how the regular participles and the
 * verbal noun are (measures 2 to 10 and of four letters; measure 1 has no regular verbal noun). Either may be NULL. False if root or
 * measure cannot be used; then nothing is added. *agrees (may be NULL) says whether the lemma is the form that the
 * root gives; where it isn't, the lemma itself stands for the past and the rest goes by the root.
 */
bool isn_verb_inflect(isn_forms *forms, isn_verb_nouns *nouns, bool *agrees, const isn_verb *verb);

#endif
