/* check_names.h - faults of names that only show when all lines are seen together. Thread-safe. */
#ifndef ISN_LEXICON_CHECK_NAMES_H
#define ISN_LEXICON_CHECK_NAMES_H

#include "lexicon/check_rows.h"

/*
 * Tells of names that look-up takes for one: twice in a line, or in two lines that nothing tells apart; of regions that stand nowhere; of
 * offices that no line of offices names. False without memory.
 */
bool isn_check_names(const isn_check *check);

/* The row of offices whose noun is the longest beginning of the phrase, SIZE_MAX if there is none. */
size_t isn_check_office(const isn_check *check, isn_str office);

#endif
