/* check.h - what is wrong in the tables of a folder, beyond what keeps them from being read. Thread-safe. */
#ifndef ISN_LEXICON_CHECK_H
#define ISN_LEXICON_CHECK_H

#include "lexicon/tables.h"

/*
 * Tells faults of the rows of `mine` (in the order of their files, not settled): cells against their columns, order,
 * doubled keys, references, verbs and frames, overlapping terms of one office. `all` (settled) is where
 * references are looked for: mine laid over a base, or mine alone; `over` says that there is a base. False without memory.
 */
bool isn_check_tables(const isn_tables *mine, const isn_tables *all, bool over, isn_faults *faults);

#endif
