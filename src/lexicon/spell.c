#include "lexicon/spell.h"

#include <string.h>

static uint8_t consonant_of(char c, const uint8_t *root, uint8_t infix)
{
    switch (c) {
    case '1':
    case '2':
    case '3':
    case '4':
        return root[c - '1'];
    case 'T':
        return infix;
    case 't':
        return ISN_TEH;
    case 'n':
        return ISN_NOON;
    case 's':
        return ISN_SEEN;
    case 'm':
        return ISN_MEEM;
    case 'y':
        return ISN_YEH;
    case 'w':
        return ISN_WAW;
    case '\'':
        return ISN_HAMZA;
    case '{':
        return ISN_ALEF;
    case 'H':
        return ISN_TEH_MARBUTA;
    default:
        return 0;
    }
}

static isn_vowel vowel_of(char c, isn_vowel given)
{
    static const char names[] = "-aiuAIUM";
    const char *at = strchr(names, c);
    return at && *at ? (isn_vowel)(at - names) : given;
}

void isn_spell_add(isn_spell *spell, const char *template, const uint8_t *root, uint8_t infix,
                   isn_vowel vowel)
{
    for (const char *t = template; *t; t++) {
        uint8_t c = consonant_of(*t, root, infix);
        if (c && spell->n < ISN_MOST_UNITS)
            spell->u[spell->n++] = (isn_unit){c, ISN_VOWEL_NONE};
        else if (!c && spell->n)
            spell->u[spell->n - 1].v = (uint8_t)vowel_of(*t, vowel);
    }
}

/* Is the first consonant a prefix? Roots of four letters keep their ya after u (suytira), prefixes don't (yuqinu). */
static bool is_prefix(uint8_t c)
{
    return c == ISN_YEH || c == ISN_TEH || c == ISN_NOON || c == ISN_HAMZA || c == ISN_MEEM;
}

/* Weak letters without a vowel take the colour of the vowel before them. */
static void settle(isn_spell *s)
{
    for (size_t i = 1; i < s->n; i++) {
        isn_unit *u = &s->u[i];
        if (u->v != ISN_VOWEL_NONE || (i + 1 < s->n && s->u[i + 1].c == u->c))
            continue;
        if (u->c == ISN_YEH && s->u[i - 1].v == ISN_VOWEL_U && (i > 1 || is_prefix(s->u[0].c)))
            u->c = ISN_WAW;
        else if (u->c == ISN_WAW && s->u[i - 1].v == ISN_VOWEL_I)
            u->c = ISN_YEH;
    }
}

/* The seat of a hamza at the beginning; *skip says whether a second hamza without vowel was taken in. */
static uint8_t first_seat(const isn_spell *s, bool *skip)
{
    isn_unit u = s->u[0];
    bool two = s->n > 1 && s->u[1].c == ISN_HAMZA && s->u[1].v == ISN_VOWEL_NONE;
    if (u.v == ISN_VOWEL_AA || (two && u.v == ISN_VOWEL_A)) {
        *skip = two;
        return ISN_ALEF_MADDA;
    }
    return u.v == ISN_VOWEL_I || u.v == ISN_VOWEL_II ? ISN_ALEF_HAMZA_BELOW : ISN_ALEF_HAMZA_ABOVE;
}

/* The seat of a hamza further on: the strongest of the vowels on both sides (i, u, a, none). */
static uint8_t later_seat(const isn_spell *s, size_t i, bool other)
{
    isn_vowel own = s->u[i].v, before = s->u[i - 1].v;
    uint8_t letter = s->u[i - 1].c;
    if (letter == ISN_ALEF)
        before = ISN_VOWEL_I;
    if (i + 1 == s->n && own == ISN_VOWEL_NONE)
        return before == ISN_VOWEL_A   ? ISN_ALEF_HAMZA_ABOVE
               : before == ISN_VOWEL_I ? ISN_YEH_HAMZA
               : before == ISN_VOWEL_U ? ISN_WAW_HAMZA
                                       : ISN_HAMZA;
    if (own == ISN_VOWEL_I || own == ISN_VOWEL_II || before == ISN_VOWEL_I ||
        before == ISN_VOWEL_II || (before == ISN_VOWEL_NONE && letter == ISN_YEH))
        return ISN_YEH_HAMZA;
    if (own == ISN_VOWEL_U || own == ISN_VOWEL_UU) {
        if (!other)
            return ISN_WAW_HAMZA;
        return before == ISN_VOWEL_AA     ? ISN_HAMZA
               : before == ISN_VOWEL_NONE ? ISN_YEH_HAMZA
                                          : ISN_ALEF_HAMZA_ABOVE;
    }
    if (before == ISN_VOWEL_U)
        return ISN_WAW_HAMZA;
    if (before == ISN_VOWEL_AA || before == ISN_VOWEL_UU)
        return ISN_HAMZA;
    return own == ISN_VOWEL_AA ? ISN_ALEF_MADDA : ISN_ALEF_HAMZA_ABOVE;
}

/* The letter of a long vowel after unit i, or 0. */
static uint8_t vowel_letter(const isn_spell *s, size_t i, uint8_t written)
{
    switch (s->u[i].v) {
    case ISN_VOWEL_AA:
        return written == ISN_ALEF_MADDA ? 0 : ISN_ALEF;
    case ISN_VOWEL_II:
        return ISN_YEH;
    case ISN_VOWEL_UU:
        return ISN_WAW;
    case ISN_VOWEL_AM:
        return i + 1 < s->n || s->u[i].c == ISN_YEH ? ISN_ALEF : ISN_ALEF_MAKSURA;
    default:
        return 0;
    }
}

size_t isn_spell_write(uint8_t *out, size_t room, const isn_spell *spell, bool other)
{
    isn_spell s = *spell;
    settle(&s);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (n + 3 > room)
            return 0;
        uint8_t c = s.u[i].c, letter = c;
        if (i + 1 < s.n && s.u[i + 1].c == c && s.u[i].v == ISN_VOWEL_NONE && c != ISN_ALEF)
            continue;
        bool skip = false;
        if (c == ISN_HAMZA)
            letter = i == 0 ? first_seat(&s, &skip) : later_seat(&s, i, other);
        out[n++] = letter;
        if (i == 0 && c == ISN_HAMZA && !skip && s.n > 1 && s.u[1].c == ISN_HAMZA &&
            s.u[1].v == ISN_VOWEL_NONE && s.u[0].v == ISN_VOWEL_I) {
            out[n++] = ISN_YEH; /* 'i' makes 'ii: iman */
            skip = true;
        }
        uint8_t vowel = vowel_letter(&s, i, letter);
        if (vowel)
            out[n++] = vowel;
        i += skip;
    }
    return n;
}
