/* day.c - weekdays, days from today, units with "past" or "coming". */
#include "time/parts.h"

/* --- days
 * -------------------------------------------------------------------------------------------------------
 */

/* Is the verb nearest before token t in its sentence in the future? */
static bool future_before(const isn_date_reader *r, uint32_t t)
{
    for (uint32_t u = t; u > r->sentence->first;) {
        u--;
        const isn_analysis *best = isn_token_best(&r->text->tokens[u]);
        if (best && best->pos == ISN_POS_VERB)
            return (best->clitics & ISN_CL_SA) != 0;
    }
    return false;
}

static void set_day(isn_date_reading *out, int64_t number)
{
    isn_day day = isn_day_of(number);
    out->year = day.year;
    out->month = day.month;
    out->day = day.day;
    out->hour = -1;
}

/* The last day of a range. */
static void set_until(isn_date_reading *out, int64_t number)
{
    isn_day day = isn_day_of(number);
    out->to_year = day.year;
    out->to_month = day.month;
    out->to_day = day.day;
}

/* The month so many months from this one. */
static void set_month(isn_date_reading *out, const isn_date_reader *r, int by)
{
    int months = r->today.year * 12 + r->today.month - 1 + by;
    out->year = months / 12;
    out->month = months % 12 + 1;
}

static int64_t weekday_number(const isn_date_reader *r, int weekday, int which)
{
    int away = isn_weekday(r->number) - weekday; /* days back */
    if (away < 0)
        away += 7;
    if (which == -1 && away == 0)
        away = 7;
    if (which == 1)
        return r->number + (away == 0 ? 7 : 7 - away);
    return r->number - away;
}

/* "from Sunday to Wednesday": the other end at token t of a weekday that is day `number`. */
static bool until_weekday(isn_date_reading *out, const isn_date_reader *r, uint32_t t, int weekday,
                          int64_t number)
{
    if (!isn_date_is_to(r, t) && !isn_date_mark(r, t, '-'))
        return false;
    isn_calendar until = isn_date_look(r, t + 1, ISN_CAL_MASK(ISN_CAL_WEEKDAY));
    int span = (until.value - weekday + 7) % 7;
    if (!until.kind || span == 0)
        return false;
    set_until(out, number + span);
    out->last = t + 1 + until.n;
    out->rule = "weekday to weekday";
    return true;
}

/* [yawm] [part] weekday [modifier] [day month], "Sunday to Monday night" */
bool isn_date_weekday(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    uint32_t u = t;
    bool lead = true;
    while (lead) { /* day, morning, ... in any order */
        isn_calendar c =
            isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_PART) | ISN_CAL_MASK(ISN_CAL_UNIT));
        lead = c.kind && (c.kind == ISN_CAL_PART || c.value == 1) && u < t + 3;
        if (lead)
            u += c.n;
    }
    isn_calendar day = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_WEEKDAY));
    if (!day.kind || (day.clitic && u > t))
        return false;
    u += day.n;
    uint32_t v = u;
    if (isn_date_mark(r, v, ',') || isn_date_mark(r, v, '(') || isn_date_mark(r, v, '-'))
        v++;
    isn_date_reading exact = {.hour = -1};
    if (isn_date_day_and_month(&exact, r, v)) {
        *out = exact;
        if (isn_date_mark(r, out->last, ')') && isn_date_mark(r, u, '('))
            out->last++;
        out->rule = "weekday with date";
        return true;
    }
    if (!r->known)
        return false;
    isn_calendar modifier = isn_date_look(r, v, ISN_CAL_MASK(ISN_CAL_MODIFIER));
    if (modifier.kind && (v == u || isn_date_mark(r, u, ',')))
        u = v + modifier.n;
    else
        modifier.kind = ISN_CAL_NONE;
    int which = modifier.kind ? modifier.value : future_before(r, t) ? 1 : 0;
    int64_t number = weekday_number(r, day.value, which);
    set_day(out, number);
    if (!modifier.kind && until_weekday(out, r, u, day.value, number))
        return true;
    isn_calendar next = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_WEEKDAY));
    if (!modifier.kind && next.kind && next.value == day.value % 7 + 1 && u > t + 1) {
        set_until(out, number + 1);
        u += next.n;
    }
    isn_calendar part = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_PART));
    if (part.kind && !part.clitic && u == t + 1)
        u += part.n;
    out->last = u;
    out->rule = "weekday";
    return true;
}

/* today, yesterday, with part of the day before or weekday behind */
bool isn_date_relative(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    uint32_t u = t;
    isn_calendar part = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_PART));
    if (part.kind)
        u += part.n;
    isn_calendar day = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_RELATIVE));
    if (!day.kind || !r->known || (day.clitic && u > t))
        return false;
    if (day.value == 0 && ((u == t && t > r->sentence->first && isn_date_is_fi(r, t - 1)) ||
                           isn_date_look(r, u + day.n, ISN_CAL_MASK(ISN_CAL_ORDINAL)).kind))
        return false; /* "a day", "the first day" */
    u += day.n;
    isn_calendar past = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_MODIFIER));
    if (day.value == 0 && past.kind && past.value < 0) { /* last night */
        set_day(out, r->number - 1);
        out->last = u + past.n;
        out->rule = "day from today";
        return true;
    }
    set_day(out, r->number + day.value);
    uint32_t v = u;
    bool bracket = isn_date_mark(r, v, '(');
    if (bracket)
        v++;
    isn_calendar name = isn_date_look(r, v, ISN_CAL_MASK(ISN_CAL_WEEKDAY));
    if (name.kind && !name.clitic) {
        int64_t named = weekday_number(r, name.value, 0);
        if (day.value > 0)
            named = weekday_number(r, name.value, 1);
        set_day(out, named);
        v += name.n;
        if (bracket && isn_date_mark(r, v, ')'))
            v++;
        u = v;
    }
    out->last = u;
    out->rule = "day from today";
    return true;
}

/* "20 al-jari", "the fifth of the coming month" */
bool isn_date_day_of_month(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    int day = isn_date_digits(r, t);
    uint32_t u = t + 1;
    if (day < 0) {
        isn_calendar ordinal = isn_date_look(r, t, ISN_CAL_MASK(ISN_CAL_ORDINAL));
        if (!ordinal.kind)
            return false;
        day = ordinal.value;
        u = t + ordinal.n;
    }
    if (day < 1 || day > 31 || !r->known)
        return false;
    bool of = isn_date_is_min(r, u);
    if (of)
        u++;
    isn_calendar unit = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT));
    bool worded = unit.kind && unit.value == 2;
    if (worded)
        u += unit.n;
    isn_calendar modifier = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_MODIFIER));
    if (!modifier.kind || (!worded && (of || modifier.value != 0 || isn_date_digits(r, t) < 0)))
        return false;
    set_month(out, r, modifier.value);
    out->day = day;
    out->hour = -1;
    out->last = u + modifier.n;
    out->rule = "day of this month";
    return isn_day_is_valid((isn_day){out->year, out->month, out->day});
}

/* "the past month", "this year" */
bool isn_date_unit_modified(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    uint32_t u = t;
    bool here = isn_date_is_this(r, u);
    if (here)
        u++;
    else
        u += isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_STAGE)).n;
    isn_calendar unit = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT));
    if (!unit.kind || unit.value < 2 || !r->known)
        return false;
    if (!here && u == t && !isn_date_has_article(r, t))
        return false; /* "the past hundred years" */
    u += unit.n;
    isn_calendar modifier = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_MODIFIER));
    if (!modifier.kind && !here)
        return false;
    int by = modifier.kind ? modifier.value : 0;
    out->hour = -1;
    if (unit.value == 2)
        set_month(out, r, by);
    else
        out->year = r->today.year + by;
    out->last = u + (modifier.kind ? modifier.n : 0);
    out->rule = "month or year from now";
    return true;
}

/* "two years ago" */
bool isn_date_ago(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    if (!isn_date_is_qabl(r, t) || !r->known)
        return false;
    uint32_t u = t + 1;
    int count = isn_date_digits(r, u);
    isn_calendar small =
        isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_SMALL) | ISN_CAL_MASK(ISN_CAL_TWO));
    isn_calendar unit;
    if (small.kind == ISN_CAL_TWO) {
        count = 2;
        unit = small;
        u += small.n;
    } else {
        if (count > 0)
            u++;
        else if (small.kind)
            count = small.value, u += small.n;
        unit = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT));
        u += unit.n;
    }
    if (count < 1 || count > 120 || !unit.kind)
        return false;
    out->hour = -1;
    out->last = u;
    out->rule = "so long ago";
    if (unit.value == 1) {
        set_day(out, r->number - count);
    } else if (unit.value == 2) {
        set_month(out, r, -count);
    } else {
        out->year = r->today.year - count;
    }
    return true;
}
