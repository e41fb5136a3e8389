#include "lexicon/forms.h"

#define PERSONS (ISN_V_FIRST | ISN_V_SECOND | ISN_V_THIRD)
#define APART (ISN_V_TENSE | ISN_V_PASSIVE_ONLY | ISN_N_CONSTRUCT)

static bool same_letters(const isn_form *a, const isn_form *b)
{
    return a->n == b->n && memcmp(a->p, b->p, a->n) == 0;
}

static bool same_number(unsigned a, unsigned b)
{
    return !((a ^ b) & (ISN_V_PLURAL | ISN_V_DUAL | ISN_V_FEMININE));
}

void isn_forms_add(isn_forms *forms, const uint8_t *letters, size_t n, const uint8_t *suffix,
                   size_t suffix_n, unsigned form, unsigned detail)
{
    if (n + suffix_n == 0 || n + suffix_n > ISN_FORM_LETTERS || forms->n == ISN_MOST_FORMS)
        return;
    isn_form *next = &forms->items[forms->n];
    next->n = (uint8_t)(n + suffix_n);
    next->form = (uint8_t)form;
    next->detail = (uint16_t)detail;
    memcpy(next->p, letters, n);
    if (suffix_n)
        memcpy(next->p + n, suffix, suffix_n);
    for (size_t i = 0; i < forms->n; i++) {
        isn_form *old = &forms->items[i];
        if (old->form != form || !same_letters(old, next))
            continue;
        if (old->detail == detail)
            return;
        if (form == ISN_F_VERB && (old->detail & APART) == (detail & APART) &&
            (!(old->detail & detail & PERSONS) || same_number(old->detail, detail))) {
            old->detail |= (uint16_t)(detail & (PERSONS | ISN_V_MAYBE_PASSIVE));
            return;
        }
    }
    forms->n++;
}
