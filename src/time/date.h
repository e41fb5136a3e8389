/* date.h - expressions that fix a day, month, year or time of day, with their ISO 8601 values. */
#ifndef ISN_TIME_DATE_H
#define ISN_TIME_DATE_H

#include "text/text.h"

typedef struct isn_date {
    uint32_t begin, end; /* bytes */
    uint32_t first, last; /* tokens [first, last) */
    char value[48];      /* ISO 8601, NUL-ended */
    const char *rule;    /* static string */
} isn_date;

typedef struct isn_dates {
    isn_date *items;
    size_t n, capacity;
} isn_dates;

/*
 * Finds the dates of a text. published: "2021-04-17" or with a time, or empty where not known: relative expressions are
 * then left out unless the text itself gives a day. In the text's arena; false when it is full. Thread-safe.
 */
bool isn_dates_find(isn_dates *out, const isn_text *text, isn_str published);

/* The date that holds for token t: the nearest one in the same sentence and clause, or NULL. */
const isn_date *isn_dates_near(const isn_dates *dates, const isn_text *text, uint32_t token);

/* Normalizes a date of metadata ("Sun, 18 Feb 2018 18:10:45 +0400", "2018-02-18T…", "18/2/2018", Arabic ones) to ISO 8601
 * "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM:SSZ" (UTC) in out; false if it is none. Thread-safe. */
bool isn_date_parse(char out[32], const isn_lexicon *lexicon, isn_str written);

#endif
