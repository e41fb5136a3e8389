/*
 * spell.h - words as units of consonant and vowel, and how they are written without short vowels.
 *
 * Thread-safe; nothing is allocated.
 */
#ifndef ISN_LEXICON_SPELL_H
#define ISN_LEXICON_SPELL_H

#include <stddef.h>

#include "base/letters.h"

typedef enum isn_vowel {
    ISN_VOWEL_NONE,
    ISN_VOWEL_A,
    ISN_VOWEL_I,
    ISN_VOWEL_U,
    ISN_VOWEL_AA,
    ISN_VOWEL_II,
    ISN_VOWEL_UU,
    ISN_VOWEL_AM /* long a that is written as alef maksura at the end of the word */
} isn_vowel;

typedef struct isn_unit {
    uint8_t c, v; /* a consonant (ISN_HAMZA whatever its seat, ISN_ALEF the prosthetic alef) and what follows it */
} isn_unit;

#define ISN_MOST_UNITS 24

typedef struct isn_spell {
    isn_unit u[ISN_MOST_UNITS];
    size_t n;
} isn_spell;

/*
 * Appends the units of a template: 1 to 4 root consonants, T the infix of measure 8, t n s m y w h ' consonants, { prosthetic
 * alef, H ta marbuta, vowels a i u A I U and M (ISN_VOWEL_AM), which go to the last unit, v the vowel `vowel`.
 */
void isn_spell_add(isn_spell *spell, const char *template, const uint8_t *root, uint8_t infix,
                   isn_vowel vowel);

/*
 * Writes the word: doubled consonants once, hamza on its seat, short vowels not at all. `other` chooses the other usage where a hamza
 * with u has two (bada'u on alef or waw, mas'ul on waw or ya). Returns the number of letters, at most room; 0 if there is no room.
 */
size_t isn_spell_write(uint8_t *out, size_t room, const isn_spell *spell, bool other);

#endif
