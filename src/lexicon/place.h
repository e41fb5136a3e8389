/* place.h - where a place lies, by its key. */
#ifndef ISN_LEXICON_PLACE_H
#define ISN_LEXICON_PLACE_H

#include "lexicon/lexicon.h"

/*
 * The coordinates in degrees of a place as records name it: "LBN/Tripoli Lebanon" (country and English name), or a country's code, which lies
 * where its capital does. False where the lexicon doesn't know them. Thread-safe; one look along the table of places.
 */
bool isn_place_of(const isn_lexicon *lexicon, isn_str kb, double *lat, double *lon);

#endif
