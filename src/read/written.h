/* written.h - days as pages write them: with the names of months, after weekdays, with the time of day. */
#ifndef ISN_READ_WRITTEN_H
#define ISN_READ_WRITTEN_H

#include "read/meta.h"
#include "read/page.h"

/*
 * The first day with the name of its month in a short text: "Thursday, 28 Ab/August 2013 - 12:09 p.m.", "7 October 2020",
 * "October 7, 2020", in any of the names that lexicon/calendar.tsv has. Figures of all Arabic scripts. Writes what
 * isn_meta_date writes, without an offset. False where there is none; looks at the first ISN_WRITTEN_BYTES bytes. Thread-safe.
 */
#define ISN_WRITTEN_BYTES 240u
bool isn_written_date(char out[ISN_META_DATE], const isn_page *page, isn_str text);

/* A day in figures (isn_meta_date, isn_meta_find_date) or in words. Thread-safe. */
bool isn_any_date(char out[ISN_META_DATE], const isn_page *page, isn_str text);

#endif
