/* parts.h - what the files of the time room share. */
#ifndef ISN_TIME_PARTS_H
#define ISN_TIME_PARTS_H

#include "lexicon/schema.h"
#include "time/civil.h"
#include "time/date.h"

typedef enum isn_calendar_kind {
    ISN_CAL_NONE,
    ISN_CAL_MONTH,
    ISN_CAL_HIJRI,
    ISN_CAL_WEEKDAY,
    ISN_CAL_RELATIVE,
    ISN_CAL_MODIFIER,
    ISN_CAL_UNIT,
    ISN_CAL_TWO,
    ISN_CAL_PART,
    ISN_CAL_STAGE,
    ISN_CAL_CLOCK,
    ISN_CAL_ORDINAL,
    ISN_CAL_SMALL,
    ISN_CAL_NAMED,
    ISN_CAL_SHARE,
    ISN_CAL_DOUBTFUL,
    ISN_CAL_COUNT
} isn_calendar_kind;

#define ISN_CAL_MASK(k) (1u << (k))

/* What the isn_calendar says of the phrase that begins at a token. */
typedef struct isn_calendar {
    uint8_t kind, n, clitic; /* clitic: a preposition stands on it */
    uint8_t doubtful;        /* a month whose name is a person's or a common word too */
    int16_t value;
} isn_calendar;

typedef struct isn_date_reader {
    const isn_text *text;
    const isn_sentence *sentence;
    uint16_t *kinds; /* per token: mask of the kinds of calendar words that begin there */
    bool known;      /* the day of publication is known */
    isn_day today;
    int64_t number; /* of today */
} isn_date_reader;

/* A date read at some token: its parts, 0 where not said. */
typedef struct isn_date_reading {
    uint32_t last; /* token after it */
    int year, month, day;
    int to_year, to_month, to_day; /* end of a range, 0 none */
    int hour, minute;              /* hour -1: none */
    const char *rule;
} isn_date_reading;

/* --- word.c: words and marks at a token
 * --------------------------------------------------------------------------- */

/* Fills r->kinds, in the text's arena; false when it is full. */
bool isn_date_kinds(isn_date_reader *r);
/* The longest calendar phrase of one of the wanted kinds (a mask) at token t; kind 0 if there is
 * none. */
isn_calendar isn_date_look(const isn_date_reader *r, uint32_t t, unsigned wanted);
/* A number token of one to four digits; -1 if it is none. */
int isn_date_digits(const isn_date_reader *r, uint32_t t);
bool isn_date_mark(const isn_date_reader *r, uint32_t t, uint8_t mark);
bool isn_date_is_year(int value);
/* Is the single word at t spelled so (folded codes)? */
bool isn_date_spelled(const isn_date_reader *r, uint32_t t, const uint8_t *key, size_t n);
bool isn_date_is_min(const isn_date_reader *r, uint32_t t);  /* "of" */
bool isn_date_is_fi(const isn_date_reader *r, uint32_t t);   /* "in" */
bool isn_date_is_to(const isn_date_reader *r, uint32_t t);   /* "to, until" */
bool isn_date_is_wa(const isn_date_reader *r, uint32_t t);   /* "and" alone */
bool isn_date_is_qabl(const isn_date_reader *r, uint32_t t); /* "ago, before" */
bool isn_date_is_this(const isn_date_reader *r, uint32_t t);
/* Does the word at t begin with the article, a letter before it aside? */
bool isn_date_has_article(const isn_date_reader *r, uint32_t t);

/* --- month.c, day.c: readings that begin at token t; false where none does
 * ------------------------------------------ */

bool isn_date_day_and_month(isn_date_reading *out, const isn_date_reader *r, uint32_t t);
bool isn_date_month_alone(isn_date_reading *out, const isn_date_reader *r, uint32_t t);
bool isn_date_weekday(isn_date_reading *out, const isn_date_reader *r, uint32_t t);
bool isn_date_relative(isn_date_reading *out, const isn_date_reader *r, uint32_t t);
bool isn_date_day_of_month(isn_date_reading *out, const isn_date_reader *r, uint32_t t);
bool isn_date_unit_modified(isn_date_reading *out, const isn_date_reader *r, uint32_t t);
bool isn_date_ago(isn_date_reading *out, const isn_date_reader *r, uint32_t t);

#endif
