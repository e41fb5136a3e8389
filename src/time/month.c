/* month.c - months, and days of a month. */
#include "time/parts.h"

/* --- years
 * ------------------------------------------------------------------------------------------------------
 */

/* [min] ['am|sana] 2014, or "the past year"; moves *t. */
static int read_year(const isn_date_reader *r, uint32_t *t)
{
    uint32_t u = *t;
    if (isn_date_mark(r, u, ','))
        u++;
    if (isn_date_is_min(r, u))
        u++;
    isn_calendar unit = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT));
    bool worded = unit.kind == ISN_CAL_UNIT && unit.value == 3;
    if (worded) {
        u += unit.n;
        isn_calendar modifier = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_MODIFIER));
        if (modifier.kind && r->known) {
            *t = u + modifier.n;
            return r->today.year + modifier.value;
        }
    }
    int value = isn_date_digits(r, u);
    if (!isn_date_is_year(value))
        return 0;
    *t = u + 1;
    return value;
}

/* --- months
 * -----------------------------------------------------------------------------------------------------
 */

/* A month's name, its other name after a slash, a bracket or nothing; moves *t. */
static isn_calendar read_month(const isn_date_reader *r, uint32_t *t)
{
    uint32_t u = *t;
    isn_calendar unit = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT));
    if (unit.kind == ISN_CAL_UNIT && unit.value == 2)
        u += unit.n;
    isn_calendar month =
        isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_MONTH) | ISN_CAL_MASK(ISN_CAL_HIJRI));
    if (!month.kind || (month.clitic && u > *t))
        return (isn_calendar){ISN_CAL_NONE, 0, 0, 0, 0};
    u += month.n;
    uint32_t v = u;
    bool bracket = isn_date_mark(r, v, '(');
    if (bracket || isn_date_mark(r, v, '/') || isn_date_mark(r, v, '-'))
        v++;
    isn_calendar other = isn_date_look(r, v, ISN_CAL_MASK(ISN_CAL_MONTH));
    if (other.kind && !other.clitic && other.value == month.value) {
        v += other.n;
        if (bracket && isn_date_mark(r, v, ')'))
            v++;
        u = v;
    }
    *t = u;
    return month;
}

/* The year that a month without one means. before: -1 the last such month, 1 the next, 0 the
 * nearest past, 2 nearest. */
static int year_of_month(const isn_date_reader *r, int month, int day, int which)
{
    int year = r->today.year;
    if (which == -1)
        return month >= r->today.month
                   ? (month == r->today.month && day && day < r->today.day ? year : year - 1)
                   : year;
    if (which == 1)
        return month <= r->today.month
                   ? (month == r->today.month && day > r->today.day ? year : year + 1)
                   : year;
    if (which == 0)
        return month > r->today.month ? year - 1 : year;
    int best = year;
    int64_t least = INT64_MAX;
    for (int y = year - 1; y <= year + 1; y++) {
        int64_t away = isn_day_number((isn_day){y, month, day ? day : 15}) - r->number;
        away = away < 0 ? -away : away;
        if (away < least) {
            least = away;
            best = y;
        }
    }
    return best;
}

/* What follows the month: year, modifier, or nothing. Fills year; false when it can't be known. */
static bool finish_month(isn_date_reading *out, const isn_date_reader *r, isn_calendar month,
                         int day, uint32_t t)
{
    if (month.kind == ISN_CAL_HIJRI) {
        int year = isn_date_digits(r, t);
        if (year < 1300 || year > 1500 || !day)
            return false;
        isn_day found = isn_day_of(isn_hijri_number((isn_day){year, month.value, day}));
        *out = (isn_date_reading){.last = t + 1,
                                  .year = found.year,
                                  .month = found.month,
                                  .day = found.day,
                                  .hour = -1,
                                  .rule = "hijri day"};
        return true;
    }
    out->month = month.value;
    out->day = day;
    out->hour = -1;
    out->last = t;
    uint32_t u = t;
    int year = read_year(r, &u);
    if (year) {
        out->year = year;
        out->last = u;
        out->rule = "month with year";
        return true;
    }
    if (!r->known)
        return false;
    u = isn_date_mark(r, t, ',') ? t + 1 : t;
    isn_calendar modifier = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_MODIFIER));
    if (modifier.kind) {
        out->last = u + modifier.n;
        out->year = modifier.value == 0 ? r->today.year
                                        : year_of_month(r, month.value, day, modifier.value);
        out->rule = "month with modifier";
        return true;
    }
    out->year = year_of_month(r, month.value, day, day ? 2 : 0);
    out->rule = day ? "day and month" : "month";
    return true;
}

/* Month names that are ordinary words or names need something beside them. */
static bool month_is_sure(const isn_date_reader *r, uint32_t t, const isn_date_reading *out,
                          isn_calendar month)
{
    if (month.kind == ISN_CAL_HIJRI)
        return false;
    if (out->last > t + month.n)
        return true;
    if (month.doubtful)
        return t > r->sentence->first &&
               (isn_date_is_fi(r, t - 1) ||
                isn_date_look(r, t - 1, ISN_CAL_MASK(ISN_CAL_STAGE) | ISN_CAL_MASK(ISN_CAL_UNIT))
                    .kind);
    if (month.clitic)
        return true;
    if (t == r->sentence->first)
        return false;
    const isn_analysis *before = isn_token_best(&r->text->tokens[t - 1]);
    if (before && before->pos == ISN_POS_PREP)
        return true;
    isn_calendar stage =
        isn_date_look(r, t - 1, ISN_CAL_MASK(ISN_CAL_STAGE) | ISN_CAL_MASK(ISN_CAL_UNIT));
    return stage.kind != ISN_CAL_NONE;
}

/* Digits or an ordinal as the day of a month: 5, al-khamis min, moves *t. */
static int read_day(const isn_date_reader *r, uint32_t *t)
{
    int day = isn_date_digits(r, *t);
    if (day >= 1 && day <= 31) {
        ++*t;
        if (isn_date_is_min(r, *t))
            ++*t;
        return day;
    }
    isn_calendar ordinal = isn_date_look(r, *t, ISN_CAL_MASK(ISN_CAL_ORDINAL));
    if (!ordinal.kind)
        return 0;
    uint32_t u = *t + ordinal.n;
    if (!isn_date_is_min(r, u))
        return 0;
    *t = u + 1;
    return ordinal.value;
}

/* "yawmay": the dual before what it counts. */
static bool is_construct_dual(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_YEH, ISN_WAW, ISN_MEEM, ISN_YEH};
    return isn_date_spelled(r, t, key, sizeof key);
}

/* A first day before another of the same month: "3 to 7 May", "5 and 6 May", "10-14 May"; moves *t
 * to the other. */
static int first_of_two(const isn_date_reader *r, uint32_t *t)
{
    uint32_t u = *t;
    int first = isn_date_digits(r, u);
    if (first < 1 || first > 31)
        return 0;
    u++;
    bool joined = isn_date_is_to(r, u) || isn_date_mark(r, u, '-');
    if (joined)
        u++;
    else if (isn_date_is_wa(r, u))
        u++;
    else
        return 0;
    int second = isn_date_digits(r, u);
    if (second <= first || second > 31)
        return 0;
    *t = u;
    return first;
}

bool isn_date_day_and_month(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    uint32_t u = t;
    isn_calendar both = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT) | ISN_CAL_MASK(ISN_CAL_TWO));
    if (both.kind && both.value == 1 && both.n == 1 && is_construct_dual(r, u))
        u++; /* "the two days" */
    int first = first_of_two(r, &u), day = 0;
    if (u > t && !first)
        return false;
    isn_calendar ordinal = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_ORDINAL));
    isn_calendar second =
        ordinal.kind ? isn_date_look(r, u + ordinal.n, ISN_CAL_MASK(ISN_CAL_ORDINAL)) : ordinal;
    if (ordinal.kind && second.kind && second.clitic) { /* the 28th and the 29th of */
        first = ordinal.value;
        u += ordinal.n;
    }
    day = read_day(r, &u);
    if (!day)
        return false;
    isn_calendar month = read_month(r, &u);
    if (!month.kind || !finish_month(out, r, month, day, u))
        return false;
    if (month.kind == ISN_CAL_MONTH &&
        !isn_day_is_valid((isn_day){out->year, out->month, out->day}))
        return false;
    if (first && first < day) {
        out->to_year = out->year;
        out->to_month = out->month;
        out->to_day = out->day;
        out->day = first;
    }
    return true;
}

bool isn_date_month_alone(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    uint32_t u = t;
    isn_calendar stage = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_STAGE));
    if (stage.kind)
        u += stage.n;
    uint32_t at = u;
    isn_calendar month = read_month(r, &u);
    if (!month.kind || !finish_month(out, r, month, 0, u))
        return false;
    if (stage.kind)
        return month.kind == ISN_CAL_MONTH;
    return month_is_sure(r, at, out, month);
}
