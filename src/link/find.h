/* find.h - whom or what a name asks for, among all lines of the lexicon: `isnad actor`. Thread-safe on different arenas. */
#ifndef ISN_LINK_FIND_H
#define ISN_LINK_FIND_H

#include "base/arena.h"
#include "lexicon/lexicon.h"

#define ISN_FOUND_MOST 40     /* lines that one name may stand for; more are left out */
#define ISN_SUGGESTED_MOST 6

typedef struct isn_found {
    uint8_t table;   /* ISN_T_PEOPLE, ISN_T_ORGANIZATIONS, ISN_T_COUNTRIES, ISN_T_OUTLETS or ISN_T_PLACES */
    uint32_t row, terms; /* terms: how many offices of a person are known; more come first */
    float likeness;  /* 1: the name is spelled as the line has it, but for what look-up passes over */
} isn_found;

typedef struct isn_finding {
    isn_found *items; /* best first */
    size_t n, capacity;
    bool sure;        /* these are called so; else they are only near */
} isn_finding;

/*
 * Finds the lines that a key (sergei-shoigu, EGY) or a name in Arabic or Latin letters stands for, in any usual spelling; where there are none,
 * those that come near it. False when the arena is full.
 */
bool isn_find(isn_finding *out, isn_arena *arena, const isn_lexicon *lexicon, isn_str name);

/* The English name of such a line. */
isn_str isn_find_english(const isn_lexicon *lexicon, const isn_found *found);

/* Its name in Arabic. */
isn_str isn_find_name(const isn_lexicon *lexicon, const isn_found *found);

#endif
