/*
 * forms.h - a list of the inflected forms of one word, as unfolded letters (base/letters.h).
 *
 * Lives on the caller's stack; never allocates. Not thread-safe on the same list.
 */
#ifndef ISN_LEXICON_FORMS_H
#define ISN_LEXICON_FORMS_H

#include "lexicon/lexicon.h"

#define ISN_FORM_LETTERS 45
#define ISN_MOST_FORMS 256

typedef struct isn_form {
    uint8_t n, form; /* letters; ISN_F_ */
    uint16_t detail; /* ISN_V_, ISN_N_ */
    uint8_t p[ISN_FORM_LETTERS];
} isn_form;

typedef struct isn_forms {
    size_t n;
    isn_form items[ISN_MOST_FORMS];
} isn_forms;

static inline void isn_forms_init(isn_forms *forms)
{
    forms->n = 0;
}

/*
 * Adds letters + suffix as a form. What doesn't fit (too long, list full) is left out. Verb forms of different persons with the same
 * letters, tense and voice become one whose person flags are all set, number and gender as in the first; doubles are dropped.
 */
void isn_forms_add(isn_forms *forms, const uint8_t *letters, size_t n, const uint8_t *suffix,
                   size_t suffix_n, unsigned form, unsigned detail);

#endif
