/*
 * letters.h - Arabic letters by name, in the one-byte code of the normal form (base/normal.h).
 *
 * U+0621 to U+064A stand at 0x81 to 0xAA in the order of Unicode; ASCII stands for itself.
 */
#ifndef ISN_BASE_LETTERS_H
#define ISN_BASE_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    ISN_HAMZA = 0x81,
    ISN_ALEF_MADDA,
    ISN_ALEF_HAMZA_ABOVE,
    ISN_WAW_HAMZA,
    ISN_ALEF_HAMZA_BELOW,
    ISN_YEH_HAMZA,
    ISN_ALEF,
    ISN_BEH,
    ISN_TEH_MARBUTA,
    ISN_TEH,
    ISN_THEH,
    ISN_JEEM,
    ISN_HAH,
    ISN_KHAH,
    ISN_DAL,
    ISN_THAL,
    ISN_REH,
    ISN_ZAIN,
    ISN_SEEN,
    ISN_SHEEN,
    ISN_SAD,
    ISN_DAD,
    ISN_TAH,
    ISN_ZAH,
    ISN_AIN,
    ISN_GHAIN,
    ISN_FEH = 0xA1,
    ISN_QAF,
    ISN_KAF,
    ISN_LAM,
    ISN_MEEM,
    ISN_NOON,
    ISN_HEH,
    ISN_WAW,
    ISN_ALEF_MAKSURA,
    ISN_YEH,
    ISN_PEH = 0xB0,
    ISN_TCHEH,
    ISN_JEH,
    ISN_VEH,
    ISN_GAF,
    ISN_QUOTE_OPEN = 0xC0, /* opening guillemet or curly quotation mark */
    ISN_QUOTE_CLOSE,
    ISN_OTHER_LETTER = 0xFE, /* a letter of another script */
    ISN_OTHER_SYMBOL = 0xFF  /* anything else that is no space */
};

/* Is the code an Arabic letter? */
static inline bool isn_is_arabic(uint8_t c)
{
    return c >= 0x81 && c <= 0xB4;
}

static inline bool isn_is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool isn_is_latin(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ISN_OTHER_LETTER;
}

/*
 * The folded letter: what spelling leaves out is dropped (hamza seats, final ya without dots, ta marbuta, letters
 * of Persian, capitals). Looking things up compares folded letters.
 */
extern const uint8_t isn_fold_table[256];

static inline uint8_t isn_fold(uint8_t c)
{
    return isn_fold_table[c];
}

#endif
