/* civil.h - days of the Gregorian and the Islamic calendar. Pure functions, thread-safe. */
#ifndef ISN_TIME_CIVIL_H
#define ISN_TIME_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct isn_day {
    int year, month, day;
} isn_day;

/* Days since 1970-01-01 of a day of the Gregorian calendar, and back. */
int64_t isn_day_number(isn_day day);
isn_day isn_day_of(int64_t number);

/* 1 Monday to 7 Sunday. */
int isn_weekday(int64_t number);

/* Days in a month, 0 for a month that isn't. */
int isn_month_days(int year, int month);
bool isn_day_is_valid(isn_day day);

/* The day number of a day of the Islamic calendar: Umm al-Qura for 1365 to 1500, else the tabular
 * calendar, which is a day away at most from what is announced by sight of the moon (hijri.c). */
int64_t isn_hijri_number(isn_day day);

/* "2021-04-17" with anything or nothing after it; false if s doesn't begin so. */
bool isn_day_read(isn_day *out, isn_str s);

#endif
