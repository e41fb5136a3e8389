/*
 * noun.h - the forms of nouns, adjectives, participles and verbal nouns.
 *
 * By rule: indefinite accusative, dual, sound plurals, feminine, the forms that stand before a genitive or a pronoun. Broken plurals
 * come from the tables. Source: any grammar of written Arabic (Ryding 2005, chapters 5 to 7 and 10). Thread-safe.
 */
#ifndef ISN_LEXICON_NOUN_H
#define ISN_LEXICON_NOUN_H

#include "lexicon/forms.h"

/* What to make beside the word itself, its accusative and its construct forms. */
enum {
    ISN_MAKE_DUAL = 1,
    ISN_MAKE_MASCULINE_PLURAL = 2, /* -un, -in */
    ISN_MAKE_FEMININE = 4,         /* with ta marbuta: singular, dual, plural */
    ISN_MAKE_FEMININE_PLURAL = 8,  /* -at of the word itself */
    ISN_MAKE_PLURAL_WORD = 16,     /* the word is a plural: its -un becomes -in too, detail is that of plurals */
    ISN_MAKE_DEFECTIVE = 32,       /* a final ya falls in some forms (qadi, qadin); also: a word without it can have it */
    ISN_MAKE_ADJECTIVE = ISN_MAKE_DUAL | ISN_MAKE_MASCULINE_PLURAL | ISN_MAKE_FEMININE
};

/*
 * Adds the forms of one word of n letters. `form` is the entry's form; ISN_F_SINGULAR becomes ISN_F_DUAL, ISN_F_PLURAL,
 * ISN_F_FEMININE where the number or gender is that; other forms stay and only `detail` tells.
 */
void isn_noun_inflect(isn_forms *out, const uint8_t *letters, size_t n, unsigned make, unsigned form,
                      unsigned detail);

#endif
