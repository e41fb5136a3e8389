/*
 * date.h - expressions that fix a day, month, year or time of day, with their ISO 8601 values
 * (ANNOTATION.md D1 to D3).
 *
 * Values are as exact as the words: "2021", "2021-04", "2021-04-15", "2021-04-15T18:00", ranges
 * "a/b". Relative words are reckoned from the date of publication and left out where that is not
 * known. Method: a grammar over the calendar words of calendar.tsv, longest reading first.
 */
#ifndef ISN_TIME_DATE_H
#define ISN_TIME_DATE_H

#include "text/text.h"

typedef struct isn_date {
    uint32_t begin, end;  /* bytes */
    uint32_t first, last; /* tokens [first, last) */
    char value[48];       /* ISO 8601, NUL-ended */
    const char *rule;     /* static string */
} isn_date;

typedef struct isn_dates {
    isn_date *items; /* in order, none overlap */
    size_t n, capacity;
    char published[11]; /* the day of publication, empty where it isn't known */
} isn_dates;

/*
 * Finds the dates of a text. published: "2021-04-17", with or without a time, or empty. In the
 * text's arena; false when it is full. Thread-safe.
 */
bool isn_dates_find(isn_dates *out, const isn_text *text, isn_str published);

/* Does the date lie wholly behind the day of publication? */
bool isn_date_is_to_come(const isn_dates *dates, const isn_date *date);

/* The date that holds for token t: the nearest in its sentence, or NULL. */
const isn_date *isn_dates_near(const isn_dates *dates, const isn_text *text, uint32_t token);

#endif
