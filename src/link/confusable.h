/* confusable.h - people of a lexicon whose names the program would take for spellings of one name. */
#ifndef ISN_LINK_CONFUSABLE_H
#define ISN_LINK_CONFUSABLE_H

#include "lexicon/tables.h"

/*
 * Tells of each person of `mine` whose name, spelled a little otherwise, is the name of another person of the same
 * country in `all` (settled: mine laid over a base, or mine alone). lexicon is `all` compiled: it tells given names apart. False without memory.
 * Thread-safe.
 */
bool isn_confusable_check(const isn_tables *mine, const isn_tables *all, const isn_lexicon *lexicon, isn_faults *faults);

#endif
