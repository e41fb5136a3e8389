#include "lexicon/noun.h"

typedef struct suffix {
    uint8_t n, p[4];
    uint16_t detail;
} suffix;

static const suffix dual[] = {
    {2, {ISN_ALEF, ISN_NOON}, ISN_N_DUAL},
    {2, {ISN_YEH, ISN_NOON}, ISN_N_DUAL},
    {1, {ISN_ALEF}, ISN_N_DUAL | ISN_N_CONSTRUCT},
    {1, {ISN_YEH}, ISN_N_DUAL | ISN_N_CONSTRUCT},
};
static const suffix masculine_plural[] = {
    {2, {ISN_WAW, ISN_NOON}, ISN_N_PLURAL},
    {2, {ISN_YEH, ISN_NOON}, ISN_N_PLURAL},
    {1, {ISN_WAW}, ISN_N_PLURAL | ISN_N_CONSTRUCT},
    {1, {ISN_YEH}, ISN_N_PLURAL | ISN_N_CONSTRUCT},
};
static const suffix feminine_plural = {2, {ISN_ALEF, ISN_TEH}, ISN_N_PLURAL | ISN_N_FEMININE};
static const suffix own_plural = {2, {ISN_ALEF, ISN_TEH}, ISN_N_PLURAL};

typedef struct word {
    isn_forms *out;
    const uint8_t *p;
    size_t n;
    unsigned form, detail;
} word;

/* The entry form for a detail: see isn_noun_inflect. */
static unsigned form_of(unsigned form, unsigned detail)
{
    if (form != ISN_F_SINGULAR)
        return form;
    return detail & ISN_N_PLURAL     ? ISN_F_PLURAL
           : detail & ISN_N_DUAL     ? ISN_F_DUAL
           : detail & ISN_N_FEMININE ? ISN_F_FEMININE
                                     : ISN_F_SINGULAR;
}

static void add(const word *w, const uint8_t *p, size_t n, const uint8_t *more, size_t more_n,
                unsigned detail)
{
    detail |= w->detail;
    isn_forms_add(w->out, p, n, more, more_n, form_of(w->form, detail), detail);
}

static void add_letter(const word *w, size_t keep, uint8_t letter, unsigned detail)
{
    add(w, w->p, keep, &letter, 1, detail);
}

/* base + suffix; alef with hamza and alef make alef with madda. */
static void add_suffix(const word *w, const uint8_t *p, size_t n, const suffix *s, unsigned detail)
{
    if (n && p[n - 1] == ISN_ALEF_HAMZA_ABOVE && s->p[0] == ISN_ALEF) {
        uint8_t changed[ISN_FORM_LETTERS + 1];
        if (n > ISN_FORM_LETTERS)
            return;
        memcpy(changed, p, n);
        changed[n - 1] = ISN_ALEF_MADDA;
        add(w, changed, n, s->p + 1, s->n - 1u, s->detail | detail);
        return;
    }
    add(w, p, n, s->p, s->n, s->detail | detail);
}

static uint8_t last_of(const word *w)
{
    return w->p[w->n - 1];
}

/* The word as it stands, with the alef of the accusative and as it stands before a pronoun. */
static void add_singular(const word *w)
{
    uint8_t last = last_of(w), before = w->n > 1 ? w->p[w->n - 2] : 0;
    add(w, w->p, w->n, NULL, 0, 0);
    switch (last) {
    case ISN_TEH_MARBUTA:
        add_letter(w, w->n - 1, ISN_TEH, ISN_N_CONSTRUCT);
        return;
    case ISN_ALEF_MAKSURA:
        add_letter(w, w->n - 1, ISN_ALEF, ISN_N_CONSTRUCT);
        return;
    case ISN_ALEF_HAMZA_ABOVE:
        add_letter(w, w->n - 1, ISN_WAW_HAMZA, ISN_N_CONSTRUCT);
        add_letter(w, w->n - 1, ISN_YEH_HAMZA, ISN_N_CONSTRUCT);
        return;
    case ISN_HAMZA:
        add_letter(w, w->n - 1, ISN_WAW_HAMZA, ISN_N_CONSTRUCT);
        add_letter(w, w->n - 1, ISN_YEH_HAMZA, ISN_N_CONSTRUCT);
        if (before == ISN_YEH) { /* shay'an with its seat */
            static const uint8_t seat[] = {ISN_YEH_HAMZA, ISN_ALEF};
            add(w, w->p, w->n - 1, seat, 2, ISN_N_ACCUSATIVE);
        } else if (before != ISN_ALEF) {
            add_letter(w, w->n, ISN_ALEF, ISN_N_ACCUSATIVE);
        }
        return;
    case ISN_ALEF:
        return;
    default:
        add_letter(w, w->n, ISN_ALEF, ISN_N_ACCUSATIVE);
    }
}

/* The stem before the suffixes of dual and feminine plural: ta marbuta opens to ta, alef maksura to ya. */
static size_t open_stem(uint8_t *stem, const word *w, bool plural)
{
    size_t n = w->n;
    memcpy(stem, w->p, n);
    uint8_t last = last_of(w);
    if (last == ISN_TEH_MARBUTA && plural)
        n--;
    else if (last == ISN_TEH_MARBUTA)
        stem[n - 1] = ISN_TEH;
    else if (last == ISN_ALEF_MAKSURA)
        stem[n - 1] = ISN_YEH;
    return n;
}

static void add_all(const word *w, const uint8_t *stem, size_t n, const suffix *list, size_t count,
                    unsigned detail)
{
    for (size_t i = 0; i < count; i++)
        add_suffix(w, stem, n, &list[i], detail);
}

/* Feminine of the word: singular, before a pronoun, dual, plural. A participle in alef maksura has -at for -a. */
static void add_feminine(const word *w)
{
    uint8_t stem[ISN_FORM_LETTERS + 1];
    size_t n = w->n;
    memcpy(stem, w->p, n);
    if (last_of(w) == ISN_ALEF_MAKSURA)
        stem[n - 1] = ISN_ALEF;
    uint8_t round = ISN_TEH_MARBUTA, open = ISN_TEH;
    add(w, stem, n, &round, 1, ISN_N_FEMININE);
    add(w, stem, n, &open, 1, ISN_N_FEMININE | ISN_N_CONSTRUCT);
    stem[n] = ISN_TEH;
    if (n < ISN_FORM_LETTERS)
        add_all(w, stem, n + 1, dual, 2, ISN_N_FEMININE);
    if (last_of(w) == ISN_ALEF_MAKSURA)
        stem[n - 1] = ISN_YEH;
    add_suffix(w, stem, n, &feminine_plural, 0);
}

/* A plural of the tables: -un has -in beside it, and both lose their nun. */
static void add_plural_word(const word *w)
{
    bool sound = w->n > 4 && last_of(w) == ISN_NOON &&
                 (w->p[w->n - 2] == ISN_WAW || w->p[w->n - 2] == ISN_YEH);
    if (!sound || w->p[w->n - 2] == ISN_YEH) { /* -in of a broken plural (shayatin) is one of its letters */
        add_singular(w);
        return;
    }
    add_all(w, w->p, w->n - 2, masculine_plural, 4, 0);
}

void isn_noun_inflect(isn_forms *out, const uint8_t *letters, size_t n, unsigned make, unsigned form,
                      unsigned detail)
{
    if (n == 0 || n > ISN_FORM_LETTERS - 6)
        return;
    word w = {out, letters, n, form, detail};
    uint8_t longer[ISN_FORM_LETTERS];
    bool defective = make & ISN_MAKE_DEFECTIVE;
    if (defective && last_of(&w) != ISN_YEH) { /* from qadin to qadi */
        memcpy(longer, letters, n);
        longer[n] = ISN_YEH;
        w.p = letters = longer;
        w.n = ++n;
    }
    if (make & ISN_MAKE_PLURAL_WORD) {
        w.detail |= ISN_N_PLURAL;
        add_plural_word(&w);
        return;
    }
    add_singular(&w);
    uint8_t stem[ISN_FORM_LETTERS];
    if (n < 2) /* one letter: a clitic or an initial */
        return;
    if (defective && last_of(&w) == ISN_YEH)
        add(&w, letters, n - 1, NULL, 0, 0);
    if (make & ISN_MAKE_DUAL) {
        size_t stem_n = open_stem(stem, &w, false);
        add_all(&w, stem, stem_n, dual, 4, 0);
    }
    if (make & ISN_MAKE_MASCULINE_PLURAL) { /* a final long vowel gives way */
        bool shorter = last_of(&w) == ISN_ALEF_MAKSURA || (defective && last_of(&w) == ISN_YEH);
        add_all(&w, letters, n - shorter, masculine_plural, 4, 0);
    }
    if (make & ISN_MAKE_FEMININE)
        add_feminine(&w);
    if (make & ISN_MAKE_FEMININE_PLURAL) {
        size_t stem_n = open_stem(stem, &w, true);
        add_suffix(&w, stem, stem_n, &own_plural, 0);
    }
}
