#include "lexicon/verb.h"

#include "base/normal.h"
#include "lexicon/spell.h"

enum { M1 = 1, M2, M3, M4, M5, M6, M7, M8, M9, M10, MQ1, MQ2, MQ4, M_COUNT };

/* Which part of the verb a template is for. */
typedef enum role { PAST, PRESENT, PAST_PASSIVE, PRESENT_PASSIVE, ACTIVE, PASSIVE, ROLES } role;

/* What comes after the stem: a vowel or nothing; a consonant; nothing, in the jussive. */
typedef enum after { AFTER_VOWEL, AFTER_CONSONANT, AFTER_NOTHING } after;

/* Templates of the sound verb by measure; the last two units are the last two root letters. v: the vowel of measure 1. */
static const char *const templates[M_COUNT][ROLES] = {
    [M1] = {"1a2v3", "12v3", "1u2i3", "12a3", "1A2i3", "ma12U3"},
    [M2] = {"1a22a3", "1a22i3", "1u22i3", "1a22a3", "mu1a22i3", "mu1a22a3"},
    [M3] = {"1A2a3", "1A2i3", "1U2i3", "1A2a3", "mu1A2i3", "mu1A2a3"},
    [M4] = {"'a12a3", "12i3", "'u12i3", "12a3", "mu12i3", "mu12a3"},
    [M5] = {"ta1a22a3", "ta1a22a3", "tu1u22i3", "ta1a22a3", "muta1a22i3", "muta1a22a3"},
    [M6] = {"ta1A2a3", "ta1A2a3", "tu1U2i3", "ta1A2a3", "muta1A2i3", "muta1A2a3"},
    [M7] = {"{n1a2a3", "n1a2i3", NULL, NULL, "mun1a2i3", NULL},
    [M8] = {"{1Ta2a3", "1Ta2i3", "{1Tu2i3", "1Ta2a3", "mu1Ta2i3", "mu1Ta2a3"},
    [M9] = {"{12a3a3", "12a3i3", NULL, NULL, "mu12a3i3", NULL},
    [M10] = {"{sta12a3", "sta12i3", "{stu12i3", "sta12a3", "musta12i3", "musta12a3"},
    [MQ1] = {"1a23a4", "1a23i4", "1u23i4", "1a23a4", "mu1a23i4", "mu1a23a4"},
    [MQ2] = {"ta1a23a4", "ta1a23a4", NULL, NULL, "muta1a23i4", NULL},
    [MQ4] = {"{12a34a4", "12a34i4", NULL, NULL, "mu12a34i4", NULL},
};

/* Verbal nouns: sound; hollow (also of measures where the middle stays: NULL means as sound); of a weak last letter. */
static const char *const masdars[M_COUNT][3] = {
    [M2] = {"ta12I3", NULL, "ta12iyaH"},      [M3] = {"mu1A2a3aH", NULL, "mu1A2AH"},
    [M4] = {"'i12A3", "'i1A3aH", "'i12A'"},   [M5] = {"ta1a22u3", NULL, "ta1a22I"},
    [M6] = {"ta1A2u3", NULL, "ta1A2I"},       [M7] = {"{n1i2A3", "{n1iyA3", "{n1i2A'"},
    [M8] = {"{1Ti2A3", "{1TiyA3", "{1Ti2A'"}, [M9] = {"{12i3A3", NULL, NULL},
    [M10] = {"{sti12A3", "{sti1A3aH", "{sti12A'"},
    [MQ1] = {"1a23a4aH", NULL, NULL},         [MQ2] = {"ta1a23u4", NULL, NULL},
    [MQ4] = {"{12i34A4", NULL, NULL},
};

typedef struct root {
    uint8_t r[4], n; /* r[0] as it stands in measure 8 after assimilation */
    uint8_t infix;
    uint8_t measure;
    isn_vowel past, present; /* vowels of the middle letter in measure 1 */
    bool hollow, defective, doubled, drops_first, drops_hamza;
} root;

static bool is_weak(uint8_t c)
{
    return c == ISN_WAW || c == ISN_YEH;
}

static bool is_throaty(uint8_t c)
{
    return c == ISN_HAMZA || c == ISN_AIN || c == ISN_HAH || c == ISN_HEH || c == ISN_GHAIN ||
           c == ISN_KHAH;
}

static unsigned measure_of(isn_str form)
{
    static const char *const names[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "Q1", "Q2", "Q4"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (isn_str_equal(form, isn_str_cstr(names[i])))
            return i + 1;
    }
    return 0;
}

/* How first letter and infix of measure 8 meet; `variant` chooses where usage is divided. */
static void assimilate(root *r, bool variant)
{
    uint8_t c = r->r[0];
    r->infix = ISN_TEH;
    if (r->measure != M8)
        return;
    if (is_weak(c) || (c == ISN_HAMZA && variant))
        r->r[0] = ISN_TEH;
    else if (c == ISN_SAD || c == ISN_DAD || c == ISN_TAH || c == ISN_ZAH)
        r->infix = ISN_TAH;
    else if (c == ISN_DAL || c == ISN_THAL || c == ISN_ZAIN)
        r->infix = ISN_DAL;
    if (c == ISN_THAL && !variant)
        r->r[0] = ISN_DAL;
    if ((c == ISN_ZAH || c == ISN_THEH) && variant)
        r->infix = c;
}

/* Vowel of the middle letter in the past of measure 1, as far as the letters of the lemma show it. */
static isn_vowel past_vowel(const uint8_t *lemma, size_t n)
{
    if (n && lemma[n - 1] == ISN_YEH)
        return ISN_VOWEL_I;
    for (size_t i = 1; i < n; i++) {
        if (lemma[i] == ISN_YEH_HAMZA)
            return ISN_VOWEL_I;
        if (lemma[i] == ISN_WAW_HAMZA)
            return ISN_VOWEL_U;
    }
    return ISN_VOWEL_A;
}

static bool read_root(root *r, const isn_verb *verb)
{
    uint8_t letters[8];
    size_t n = isn_normal_letters(letters, sizeof letters, verb->root);
    *r = (root){.measure = (uint8_t)measure_of(verb->form), .n = (uint8_t)n};
    if (r->measure == 0 || n != (r->measure >= MQ1 ? 4 : 3))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool hamza = letters[i] >= ISN_ALEF_MADDA && letters[i] <= ISN_YEH_HAMZA;
        r->r[i] = hamza ? ISN_HAMZA : letters[i] == ISN_ALEF_MAKSURA ? ISN_YEH : letters[i];
        if (!isn_is_arabic(r->r[i]) || r->r[i] == ISN_ALEF)
            return false;
    }
    uint8_t lemma[ISN_FORM_LETTERS];
    size_t lemma_n = isn_normal_letters(lemma, sizeof lemma, verb->lemma);
    if (lemma_n == 0 || lemma_n > sizeof lemma)
        return false;
    char vowel = verb->vowel.n == 1 ? verb->vowel.p[0] : 0;
    r->present = vowel == 'u' ? ISN_VOWEL_U : vowel == 'i' ? ISN_VOWEL_I : ISN_VOWEL_A;
    r->past = past_vowel(lemma, lemma_n);
    return true;
}

/* Which weaknesses the root shows in its measure. `strong` leaves a weak or doubled middle as it is. */
static void classify(root *r, bool strong)
{
    uint8_t middle = r->r[1], last = r->r[2];
    bool contracts = r->measure == M1 || r->measure == M4 || r->measure == M7 ||
                     r->measure == M8 || r->measure == M10;
    if (r->measure >= MQ1) {
        r->doubled = r->measure == MQ4;
        return;
    }
    r->defective = is_weak(last) && r->measure != M9;
    r->hollow = is_weak(middle) && !r->defective && contracts && !strong;
    r->doubled = r->measure == M9 ||
                 (middle == last && !r->defective && !strong &&
                  (contracts || r->measure == M3 || r->measure == M6));
    r->drops_first = r->measure == M1 && r->r[0] == ISN_WAW &&
                     (r->present == ISN_VOWEL_I ||
                      (r->present == ISN_VOWEL_A && (is_throaty(middle) || is_throaty(last))));
    r->drops_hamza = r->defective && r->r[0] == ISN_REH && middle == ISN_HAMZA &&
                     (r->measure == M1 || r->measure == M4);
}

/* --- stems ------------------------------------------------------------------------------------------------------ */

static isn_vowel long_of(isn_vowel v)
{
    return v == ISN_VOWEL_U ? ISN_VOWEL_UU : v == ISN_VOWEL_I ? ISN_VOWEL_II : ISN_VOWEL_AA;
}

/* The short vowel of a hollow stem. */
static isn_vowel hollow_vowel(const root *r, role part)
{
    bool first = r->measure == M1, passing = r->measure == M7 || r->measure == M8;
    switch (part) {
    case PAST:
        return first ? (r->present == ISN_VOWEL_U ? ISN_VOWEL_U : ISN_VOWEL_I) : ISN_VOWEL_A;
    case PAST_PASSIVE:
        return ISN_VOWEL_I;
    case PRESENT:
    case ACTIVE:
        return first ? r->present : passing ? ISN_VOWEL_A : ISN_VOWEL_I;
    default:
        return ISN_VOWEL_A;
    }
}

/* The vowel of the middle letter before a weak last one. */
static isn_vowel weak_vowel(const root *r, role part)
{
    switch (part) {
    case PAST:
        return r->measure == M1 ? r->past : ISN_VOWEL_A;
    case PRESENT:
        return r->measure == M1                            ? r->present
               : r->measure == M5 || r->measure == M6 ? ISN_VOWEL_A
                                                           : ISN_VOWEL_I;
    case PAST_PASSIVE:
    case ACTIVE:
        return ISN_VOWEL_I;
    default:
        return ISN_VOWEL_A;
    }
}

static void add_template(isn_spell *s, const root *r, role part)
{
    const char *template = templates[r->measure][part];
    isn_vowel vowel = part == PAST ? r->past : r->present;
    if (part == PRESENT && r->drops_first)
        template++; /* the first letter of "12v3" */
    isn_spell_add(s, template, r->r, r->infix, vowel);
}

/* Appends the stem of a verb whose last letter is not weak. */
static void add_stem(isn_spell *s, const root *r, role part, after next)
{
    add_template(s, r, part);
    isn_unit *u = s->u + s->n - 3; /* the unit before the last two */
    if (r->hollow && s->n >= 3) {
        isn_vowel v = hollow_vowel(r, part);
        bool long_a = part == PAST || part == PASSIVE || part == PRESENT_PASSIVE;
        if (next == AFTER_VOWEL)
            v = long_a ? ISN_VOWEL_AA : long_of(v);
        u[0].v = (uint8_t)v;
        u[1] = u[2];
        s->n--;
    } else if (r->doubled && s->n >= 3 && next != AFTER_CONSONANT) {
        if (u[0].v == ISN_VOWEL_NONE)
            u[0].v = u[1].v;
        u[1].v = ISN_VOWEL_NONE;
    }
}

/* Appends the stem up to the middle letter, with vowel v, of a verb whose last letter is weak. */
static void add_weak_stem(isn_spell *s, const root *r, role part, isn_vowel v)
{
    add_template(s, r, part);
    s->n--;
    s->u[s->n - 1].v = (uint8_t)v;
    bool drops = r->drops_hamza && (r->measure == M4 || part == PRESENT || part == PRESENT_PASSIVE);
    if (drops && s->n >= 2) {
        s->u[s->n - 2].v = (uint8_t)v;
        s->n--;
    }
}

static void add_more(isn_spell *s, const char *template)
{
    static const uint8_t none[4];
    isn_spell_add(s, template, none, 0, ISN_VOWEL_NONE);
}

/* --- past ------------------------------------------------------------------------------------------------------- */

typedef struct ending {
    const char *suffix;
    after next;
    uint16_t detail;
} ending;

static const ending past_endings[] = {
    {"", AFTER_VOWEL, ISN_V_THIRD},
    {"at", AFTER_VOWEL, ISN_V_THIRD | ISN_V_FEMININE},
    {"A", AFTER_VOWEL, ISN_V_THIRD | ISN_V_DUAL},
    {"atA", AFTER_VOWEL, ISN_V_THIRD | ISN_V_DUAL | ISN_V_FEMININE},
    {"U{", AFTER_VOWEL, ISN_V_THIRD | ISN_V_PLURAL},
    {"U", AFTER_VOWEL, ISN_V_THIRD | ISN_V_PLURAL | ISN_N_CONSTRUCT},
    {"n", AFTER_CONSONANT, ISN_V_THIRD | ISN_V_PLURAL | ISN_V_FEMININE},
    {"t", AFTER_CONSONANT, ISN_V_SECOND},
    {"tmA", AFTER_CONSONANT, ISN_V_SECOND | ISN_V_DUAL},
    {"tm", AFTER_CONSONANT, ISN_V_SECOND | ISN_V_PLURAL},
    {"tn", AFTER_CONSONANT, ISN_V_SECOND | ISN_V_PLURAL | ISN_V_FEMININE},
    {"t", AFTER_CONSONANT, ISN_V_FIRST},
    {"nA", AFTER_CONSONANT, ISN_V_FIRST | ISN_V_PLURAL},
    {NULL, AFTER_VOWEL, ISN_V_THIRD | ISN_N_CONSTRUCT}, /* weak verbs before a pronoun: alqa- */
};
#define PAST_ENDINGS (sizeof past_endings / sizeof *past_endings)

/* The past of a weak verb with a before the weak letter: rama, da'a. */
static void weak_past_a(isn_spell *s, const root *r, role part, const ending *e)
{
    bool waw = r->measure == M1 && r->r[2] == ISN_WAW;
    add_weak_stem(s, r, part, ISN_VOWEL_A);
    isn_unit *middle = &s->u[s->n - 1];
    if (!e->suffix || e->suffix[0] == '\0') {
        middle->v = !e->suffix || waw ? ISN_VOWEL_AA : ISN_VOWEL_AM;
    } else if (e->suffix[0] == 'U') {
        add_more(s, e->suffix[1] ? "w{" : "w");
    } else if (e->suffix[0] == 'a') {
        add_more(s, e->suffix + 1);
    } else {
        add_more(s, waw ? "w" : "y");
        add_more(s, e->suffix);
    }
}

/* The past of a weak verb with i: baqiya, and all passives. */
static void weak_past_i(isn_spell *s, const root *r, role part, const ending *e)
{
    add_weak_stem(s, r, part, ISN_VOWEL_I);
    isn_unit *middle = &s->u[s->n - 1];
    if (!e->suffix || e->suffix[0] == '\0') {
        add_more(s, "y");
    } else if (e->suffix[0] == 'U') {
        middle->v = ISN_VOWEL_UU;
        add_more(s, e->suffix + 1);
    } else if (e->next == AFTER_VOWEL) {
        add_more(s, "y");
        add_more(s, e->suffix);
    } else {
        middle->v = ISN_VOWEL_II;
        add_more(s, e->suffix);
    }
}

static void make_past(isn_spell *s, const root *r, role part, const ending *e)
{
    s->n = 0;
    if (r->defective && weak_vowel(r, part) == ISN_VOWEL_A) {
        weak_past_a(s, r, part, e);
    } else if (r->defective) {
        weak_past_i(s, r, part, e);
    } else {
        add_stem(s, r, part, e->next);
        add_more(s, e->suffix);
    }
}

/* --- present ---------------------------------------------------------------------------------------------------- */

typedef struct person {
    char prefix;
    const char *suffix; /* in the indicative */
    uint16_t detail;
} person;

static const person persons[] = {
    {'y', "", ISN_V_THIRD},
    {'t', "", ISN_V_THIRD | ISN_V_FEMININE},
    {'y', "An", ISN_V_THIRD | ISN_V_DUAL},
    {'t', "An", ISN_V_THIRD | ISN_V_DUAL | ISN_V_FEMININE},
    {'y', "Un", ISN_V_THIRD | ISN_V_PLURAL},
    {'y', "n", ISN_V_THIRD | ISN_V_PLURAL | ISN_V_FEMININE},
    {'t', "", ISN_V_SECOND},
    {'t', "In", ISN_V_SECOND | ISN_V_FEMININE},
    {'t', "Un", ISN_V_SECOND | ISN_V_PLURAL},
    {'t', "n", ISN_V_SECOND | ISN_V_PLURAL | ISN_V_FEMININE},
    {'\'', "", ISN_V_FIRST},
    {'n', "", ISN_V_FIRST | ISN_V_PLURAL},
};
#define PERSONS (sizeof persons / sizeof *persons)

/* Moods as the letters show them; the last is what stands before a pronoun. */
typedef enum mood { INDICATIVE, SHORTENED, BOUND, MOODS } mood;

static const char *ending_of(const person *p, mood m)
{
    switch (m == INDICATIVE ? 0 : p->suffix[0]) {
    case 'A':
        return "A";
    case 'U':
        return m == BOUND ? "U" : "U{";
    case 'I':
        return "I";
    default:
        return p->suffix;
    }
}

/* The end of the present of a weak verb whose middle letter has the vowel v. */
static void weak_present(isn_spell *s, const root *r, role part, const person *p, mood m)
{
    isn_vowel v = weak_vowel(r, part);
    const char *end = ending_of(p, m);
    bool a = v == ISN_VOWEL_A;
    switch (end[0]) {
    case '\0':
        add_weak_stem(s, r, part,
                      m == SHORTENED ? v
                      : !a           ? long_of(v)
                      : m == BOUND   ? ISN_VOWEL_AA
                                     : ISN_VOWEL_AM);
        return;
    case 'A':
        add_weak_stem(s, r, part, v);
        add_more(s, v == ISN_VOWEL_U ? "w" : "y");
        add_more(s, end);
        return;
    case 'U':
        add_weak_stem(s, r, part, a ? ISN_VOWEL_A : ISN_VOWEL_UU);
        if (a)
            add_more(s, "w");
        add_more(s, end + 1);
        return;
    case 'I':
        add_weak_stem(s, r, part, a ? ISN_VOWEL_A : ISN_VOWEL_II);
        if (a)
            add_more(s, "y");
        add_more(s, end + 1);
        return;
    default:
        add_weak_stem(s, r, part, a ? ISN_VOWEL_A : long_of(v));
        if (a)
            add_more(s, "y");
        add_more(s, end);
    }
}

static void make_present(isn_spell *s, const root *r, role part, const person *p, mood m)
{
    char prefix[3] = {p->prefix, 'a', '\0'};
    if (part == PRESENT_PASSIVE || r->measure == M2 || r->measure == M3 || r->measure == M4 ||
        r->measure == MQ1)
        prefix[1] = 'u';
    s->n = 0;
    add_more(s, prefix);
    if (r->defective) {
        weak_present(s, r, part, p, m);
        return;
    }
    const char *end = ending_of(p, m);
    after next = end[0] == 'n'                            ? AFTER_CONSONANT
                 : end[0] == '\0' && m == SHORTENED ? AFTER_NOTHING
                                                          : AFTER_VOWEL;
    add_stem(s, r, part, next);
    add_more(s, end);
    if (m == BOUND && end[0] == '\0' && s->u[s->n - 1].c == ISN_HAMZA)
        s->u[s->n - 1].v = ISN_VOWEL_U; /* yaqra'uhu */
}

/* --- all forms -------------------------------------------------------------------------------------------------- */

static size_t add_spelled(isn_forms *out, const isn_spell *s, unsigned detail)
{
    uint8_t letters[ISN_FORM_LETTERS], other[ISN_FORM_LETTERS];
    size_t n = isn_spell_write(letters, sizeof letters, s, false);
    size_t other_n = isn_spell_write(other, sizeof other, s, true);
    isn_forms_add(out, letters, n, NULL, 0, ISN_F_VERB, detail);
    if (other_n != n || memcmp(letters, other, n) != 0)
        isn_forms_add(out, other, other_n, NULL, 0, ISN_F_VERB, detail);
    return n;
}

/* Are two words the same for look-up, that is, folded? */
static bool looks_same(const isn_spell *a, const isn_spell *b)
{
    uint8_t x[ISN_FORM_LETTERS], y[ISN_FORM_LETTERS];
    size_t n = isn_spell_write(x, sizeof x, a, false);
    bool same = n == isn_spell_write(y, sizeof y, b, false);
    for (size_t i = 0; i < n && same; i++)
        same = isn_fold(x[i]) == isn_fold(y[i]);
    return same;
}

static bool same_spelling(const isn_spell *a, const isn_spell *b)
{
    uint8_t x[ISN_FORM_LETTERS], y[ISN_FORM_LETTERS];
    size_t n = isn_spell_write(x, sizeof x, a, false);
    return n == isn_spell_write(y, sizeof y, b, false) && memcmp(x, y, n) == 0;
}

/* Adds an active form and, where its letters differ, the passive one. */
static void add_voices(isn_forms *out, const isn_spell *active, const isn_spell *passive, unsigned detail)
{
    bool maybe = passive && looks_same(active, passive);
    add_spelled(out, active, detail | (maybe ? ISN_V_MAYBE_PASSIVE : 0u));
    if (passive && !same_spelling(active, passive))
        add_spelled(out, passive, detail | ISN_V_PASSIVE_ONLY);
}

/* Has the form the letters of the indicative of this person? */
static bool is_indicative(const isn_spell *form, const root *r, const person *p)
{
    isn_spell indicative;
    make_present(&indicative, r, PRESENT, p, INDICATIVE);
    return looks_same(form, &indicative);
}

static void add_finite(isn_forms *out, const root *r)
{
    isn_spell active, passive;
    bool voices = templates[r->measure][PAST_PASSIVE] != NULL;
    for (size_t i = 0; i < PAST_ENDINGS; i++) {
        const ending *e = &past_endings[i];
        if (!e->suffix && !r->defective)
            continue;
        make_past(&active, r, PAST, e);
        if (voices)
            make_past(&passive, r, PAST_PASSIVE, e);
        add_voices(out, &active, voices ? &passive : NULL, e->detail | ISN_V_PAST);
    }
    for (mood m = INDICATIVE; m < MOODS; m++) {
        for (size_t i = 0; i < PERSONS; i++) {
            const person *p = &persons[i];
            bool plain = p->suffix[0] == '\0';
            if (m == BOUND && !(p->suffix[0] == 'U' ||
                                (plain && (r->defective || r->r[r->n - 1] == ISN_HAMZA))))
                continue;
            unsigned detail = p->detail | ISN_V_PRESENT | (m == BOUND ? ISN_N_CONSTRUCT : 0u);
            make_present(&active, r, PRESENT, p, m);
            if (voices)
                make_present(&passive, r, PRESENT_PASSIVE, p, m);
            if (m == SHORTENED && plain && !is_indicative(&active, r, p))
                detail |= ISN_V_JUSSIVE;
            add_voices(out, &active, voices ? &passive : NULL, detail);
        }
    }
}

/* Chooses among the ways in which the root can show in the past the one that gives the lemma. */
static bool fit_lemma(root *r, const isn_verb *verb)
{
    uint8_t lemma[ISN_FORM_LETTERS], past[ISN_FORM_LETTERS];
    size_t n = isn_normal_key(lemma, sizeof lemma, verb->lemma);
    for (unsigned variant = 0; variant < 4; variant++) {
        root fitted = *r;
        classify(&fitted, variant & 1);
        assimilate(&fitted, variant >> 1);
        isn_spell s;
        make_past(&s, &fitted, PAST, &past_endings[0]);
        bool same = isn_spell_write(past, sizeof past, &s, false) == n;
        for (size_t i = 0; i < n && same; i++)
            same = isn_fold(past[i]) == lemma[i];
        if (same) {
            *r = fitted;
            return true;
        }
    }
    classify(r, false);
    assimilate(r, false);
    return false;
}

static void write_noun(isn_verb_noun *out, const isn_spell *s, bool defective)
{
    out->n = (uint8_t)isn_spell_write(out->p, sizeof out->p, s, false);
    out->defective = defective;
}

/* The participles of measure 1 that don't follow the template. True if *s was made. */
static bool first_participle(isn_spell *s, const root *r, role part)
{
    const char *template = NULL;
    bool waw = r->r[1] == ISN_WAW;
    if (r->measure == M1 && r->hollow)
        template = part == ACTIVE ? "1A'i3" : waw ? "ma1U3" : "ma1I3";
    else if (r->measure == M1 && part == PASSIVE && r->defective)
        template = r->r[2] == ISN_WAW ? "ma12U" : "ma12I";
    else if (r->measure == M1 && part == PASSIVE)
        template = "ma12U3";
    if (template)
        isn_spell_add(s, template, r->r, r->infix, ISN_VOWEL_NONE);
    return template != NULL;
}

static void make_participle(isn_verb_noun *out, const root *r, role part)
{
    isn_spell s = {.n = 0};
    bool weak = false;
    if (!templates[r->measure][part])
        return;
    if (r->hollow && r->measure == M1 && part == ACTIVE && r->r[2] == ISN_HAMZA)
        return; /* ja'in: left to the table */
    if (!first_participle(&s, r, part)) {
        if (r->defective) {
            weak = part == ACTIVE;
            add_weak_stem(&s, r, part, weak ? ISN_VOWEL_II : ISN_VOWEL_AM);
        } else {
            add_stem(&s, r, part, AFTER_VOWEL);
        }
    }
    write_noun(out, &s, weak);
}

static void make_masdar(isn_verb_noun *out, const root *r)
{
    const char *const *kinds = masdars[r->measure];
    const char *template = r->hollow && kinds[1] ? kinds[1] : r->defective ? kinds[2] : kinds[0];
    if (r->measure == M2 && r->r[2] == ISN_HAMZA)
        template = "ta12i3aH";
    if (!template)
        return;
    isn_spell s = {.n = 0};
    isn_spell_add(&s, template, r->r, r->infix, ISN_VOWEL_NONE);
    write_noun(out, &s, r->defective && (r->measure == M5 || r->measure == M6));
}

bool isn_verb_inflect(isn_forms *forms, isn_verb_nouns *nouns, bool *agrees, const isn_verb *verb)
{
    root r;
    if (!read_root(&r, verb))
        return false;
    bool fits = fit_lemma(&r, verb);
    if (agrees)
        *agrees = fits;
    if (forms && !fits) {
        uint8_t lemma[ISN_FORM_LETTERS];
        size_t n = isn_normal_letters(lemma, sizeof lemma, verb->lemma);
        isn_forms_add(forms, lemma, n, NULL, 0, ISN_F_VERB,
                      ISN_V_PAST | ISN_V_THIRD | ISN_V_MAYBE_PASSIVE);
    }
    if (forms)
        add_finite(forms, &r);
    if (nouns) {
        memset(nouns, 0, sizeof *nouns);
        make_participle(&nouns->active, &r, ACTIVE);
        make_participle(&nouns->passive, &r, PASSIVE);
        make_masdar(&nouns->masdar, &r);
    }
    return true;
}
