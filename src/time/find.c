/* find.c - the grammar of dates. */
#include <stdio.h>

#include "time/parts.h"

#define NEAR 3 /* tokens */

/* --- figures
 * ----------------------------------------------------------------------------------------------------
 */

/* 15/4/2021, 2021-04-15, 12/2/1439h */
static bool numeric(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    int a = isn_date_digits(r, t), b, c;
    uint8_t mark = t + 1 < r->sentence->last ? r->text->tokens[t + 1].mark : 0;
    if (a < 1 || (mark != '/' && mark != '-' && mark != '.') || !isn_date_mark(r, t + 3, mark))
        return false;
    b = isn_date_digits(r, t + 2);
    c = isn_date_digits(r, t + 4);
    if (b < 1 || b > 12 || c < 1)
        return false;
    isn_day day = a > 31 ? (isn_day){a, b, c} : (isn_day){c, b, a};
    out->hour = -1;
    out->last = t + 5;
    out->rule = "figures";
    if (day.year >= 1300 && day.year <= 1500 && day.day <= 30) {
        isn_day found = isn_day_of(isn_hijri_number(day));
        static const uint8_t h[] = {ISN_HEH};
        if (isn_date_spelled(r, t + 5, h, 1))
            out->last++;
        day = found;
    }
    out->year = day.year;
    out->month = day.month;
    out->day = day.day;
    return isn_date_is_year(day.year) && isn_day_is_valid(day);
}

/* 'am 2014; 2014 alone after a preposition, in brackets, or as 1950-1953 */
static bool year_alone(isn_date_reading *out, const isn_date_reader *r, uint32_t t)
{
    uint32_t u = t;
    isn_calendar stage = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_STAGE));
    if (stage.kind)
        u += stage.n;
    isn_calendar unit = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_UNIT));
    bool worded = unit.kind && unit.value == 3;
    if (worded)
        u += unit.n;
    else if (stage.kind)
        return false;
    int year = isn_date_digits(r, u);
    if (!isn_date_is_year(year) || r->text->tokens[u].n != 4)
        return false;
    out->hour = -1;
    out->year = year;
    out->last = u + 1;
    out->rule = "year";
    if (isn_date_mark(r, u + 1, '-') && isn_date_is_year(isn_date_digits(r, u + 2)) &&
        isn_date_digits(r, u + 2) > year) {
        out->to_year = isn_date_digits(r, u + 2);
        out->last = u + 3;
        return true;
    }
    if (worded)
        return true;
    bool bracket = u > 0 && isn_date_mark(r, u - 1, '(') && isn_date_mark(r, u + 1, ')');
    const isn_token *before = u > r->sentence->first ? &r->text->tokens[u - 1] : NULL;
    const isn_analysis *best = before ? isn_token_best(before) : NULL;
    bool after_prep = best && best->pos == ISN_POS_PREP;
    const isn_token *after = u + 1 < r->sentence->last ? &r->text->tokens[u + 1] : NULL;
    const isn_analysis *next = after ? isn_token_best(after) : NULL;
    bool counts = next && (next->pos == ISN_POS_NOUN || next->pos == ISN_POS_ADJ) &&
                  !(next->clitics & (ISN_CL_AL | ISN_CL_WA | ISN_CL_FA | ISN_CL_BA | ISN_CL_LA));
    bool year_like = year >= 1940 && year <= r->today.year + 30;
    return bracket || (after_prep && !counts) || (year_like && r->known && !counts);
}

/* the hour nine in the evening, 18:30 */
static bool clock(isn_date_reading *out, const isn_date_reader *r, uint32_t t,
                  const isn_dates *dates)
{
    isn_calendar c = isn_date_look(r, t, ISN_CAL_MASK(ISN_CAL_CLOCK));
    if (!c.kind)
        return false;
    uint32_t u = t + c.n;
    int hour = isn_date_digits(r, u), minute = 0;
    if (hour >= 0) {
        u++;
        if (isn_date_mark(r, u, ':') && isn_date_digits(r, u + 1) >= 0) {
            minute = isn_date_digits(r, u + 1);
            u += 2;
        }
    } else {
        isn_calendar ordinal = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_ORDINAL));
        if (!ordinal.kind)
            return false;
        hour = ordinal.value;
        u += ordinal.n;
    }
    isn_calendar share = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_SHARE));
    if (share.kind && share.clitic && minute == 0) { /* "the fourth and the half" */
        u += share.n;
        minute = share.value;
    }
    isn_calendar part = isn_date_look(r, u, ISN_CAL_MASK(ISN_CAL_PART));
    if (part.kind) {
        u += part.n;
        if (hour < 12)
            hour += part.value;
    }
    if (hour > 23 || minute > 59)
        return false;
    if (dates->n) { /* the last day that was told */
        isn_day day;
        if (!isn_day_read(&day, isn_str_cstr(dates->items[dates->n - 1].value)))
            return false;
        *out = (isn_date_reading){.year = day.year, .month = day.month, .day = day.day};
    } else if (r->known) {
        *out =
            (isn_date_reading){.year = r->today.year, .month = r->today.month, .day = r->today.day};
    } else {
        return false;
    }
    out->hour = hour;
    out->minute = minute;
    out->last = u;
    out->rule = "clock";
    return true;
}

/* --- putting it together
 * ---------------------------------------------------------------------------------------- */

static int write_day(char *out, size_t room, int year, int month, int day)
{
    if (day)
        return snprintf(out, room, "%04d-%02d-%02d", year, month, day);
    if (month)
        return snprintf(out, room, "%04d-%02d", year, month);
    return snprintf(out, room, "%04d", year);
}

static bool add_date(isn_dates *out, const isn_date_reader *r, uint32_t t,
                     const isn_date_reading *found)
{
    const isn_text *text = r->text;
    isn_date *date = ISN_PUSH(text->arena, out);
    if (!date)
        return false;
    date->first = t;
    date->last = found->last;
    date->rule = found->rule;
    const isn_token *token = &text->tokens[t];
    const isn_analysis *best = isn_token_best(token);
    date->begin = best ? isn_token_stem_begin(text, token, best, true) : token->begin;
    date->end = text->tokens[found->last - 1].end;
    int n = write_day(date->value, sizeof date->value, found->year, found->month, found->day);
    if (found->hour >= 0)
        snprintf(date->value + n, sizeof date->value - (size_t)n, "T%02d:%02d", found->hour,
                 found->minute);
    else if (found->to_year) {
        date->value[n] = '/';
        write_day(date->value + n + 1, sizeof date->value - (size_t)n - 1, found->to_year,
                  found->to_month, found->to_day);
    }
    return true;
}

static bool read_at(isn_date_reading *out, const isn_date_reader *r, uint32_t t,
                    const isn_dates *dates)
{
    typedef bool (*rule)(isn_date_reading *, const isn_date_reader *, uint32_t);
    static const rule rules[] = {numeric,           isn_date_weekday,      isn_date_day_and_month,
                                 isn_date_relative, isn_date_day_of_month, isn_date_unit_modified,
                                 isn_date_ago,      isn_date_month_alone,  year_alone};
    *out = (isn_date_reading){.hour = -1};
    if (clock(out, r, t, dates))
        return true;
    /* "on the day of 4 June" */
    isn_calendar unit = isn_date_look(r, t, ISN_CAL_MASK(ISN_CAL_UNIT));
    if (unit.kind && unit.value == 1 && isn_date_day_and_month(out, r, t + unit.n))
        return true;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        *out = (isn_date_reading){.hour = -1};
        if (rules[i](out, r, t))
            return true;
    }
    return false;
}

/* Does the token at t stand inside a name of several words: an outlet, a body, a place? */
static bool is_name(const isn_date_reader *r, uint32_t t)
{
    const isn_text *text = r->text;
    for (uint32_t from = t; from + 4 > t && from >= r->sentence->first; from--) {
        for (uint32_t m = text->match_from[from]; m < text->match_from[from + 1]; m++) {
            const isn_match *match = &text->matches[m];
            if (match->n < 2 || from + match->n <= t)
                continue;
            for (uint8_t e = 0; e < match->entries; e++) {
                int table = match->entry[e].table;
                if (table == ISN_T_OUTLETS || table == ISN_T_ORGANIZATIONS || table == ISN_T_PLACES)
                    return true;
            }
        }
        if (from == 0)
            break;
    }
    return false;
}

/* Does the date at t belong to a name: behind the word for a revolution or a square, or behind such
 * a date and "and"? */
static bool behind_name(const isn_date_reader *r, uint32_t t, uint32_t named)
{
    if (named != UINT32_MAX && t > 0 &&
        (t == named || (t == named + 1 && isn_date_is_wa(r, named))))
        return true;
    if (t == r->sentence->first)
        return false;
    if (isn_date_look(r, t, ISN_CAL_MASK(ISN_CAL_UNIT)).kind)
        return false; /* "the revolution in the year 1919" */
    isn_calendar head = isn_date_look(r, t - 1, ISN_CAL_MASK(ISN_CAL_NAMED));
    return head.kind == ISN_CAL_NAMED && head.n == 1;
}

/* A word of the calendar or a number at the token or just behind it: no rule reads a date without
 * one. */
static bool date_is_near(const isn_date_reader *r, uint32_t t)
{
    const isn_text *text = r->text;
    for (uint32_t u = t; u < t + NEAR && u < r->sentence->last; u++) {
        if (r->kinds[u] || text->tokens[u].kind == ISN_TOKEN_NUMBER)
            return true;
    }
    return false;
}

bool isn_date_is_to_come(const isn_dates *dates, const isn_date *date)
{
    size_t n = strcspn(date->value, "/T"), most = strlen(dates->published);
    bool day = n == 4 || n == 7 || n == 10; /* 2022, 2022-06, 2022-06-04, alone or as the beginning of a range */
    return day && most && date->value[0] != '-' && strncmp(date->value, dates->published, n) > 0;
}

bool isn_dates_find(isn_dates *out, const isn_text *text, isn_str published)
{
    *out = (isn_dates){0};
    isn_date_reader r = {.text = text, .today = {2100, 1, 1}};
    r.known = isn_day_read(&r.today, published);
    r.number = isn_day_number(r.today);
    if (r.known)
        memcpy(out->published, published.p, sizeof out->published - 1);
    if (!isn_date_kinds(&r))
        return false;
    for (size_t s = 0; s < text->n_sentences; s++) {
        r.sentence = &text->sentences[s];
        uint32_t named = UINT32_MAX; /* token after a date that was a name */
        for (uint32_t t = r.sentence->first; t < r.sentence->last;) {
            isn_date_reading found;
            bool could = date_is_near(&r, t);
            if (could && is_name(&r, t)) {
                t++;
            } else if (could && read_at(&found, &r, t, out)) {
                if (behind_name(&r, t, named)) { /* "the revolution of 25 January" */
                    named = found.last;
                    t = found.last;
                    continue;
                }
                if (!add_date(out, &r, t, &found))
                    return false;
                t = found.last;
            } else {
                t++;
            }
        }
    }
    return true;
}

const isn_date *isn_dates_near(const isn_dates *dates, const isn_text *text, uint32_t token)
{
    uint32_t sentence = text->tokens[token].sentence;
    const isn_date *best = NULL;
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < dates->n; i++) {
        const isn_date *date = &dates->items[i];
        if (text->tokens[date->first].sentence != sentence)
            continue;
        uint32_t away = date->first > token ? date->first - token : (token - date->first) + 2;
        if (away < least) {
            least = away;
            best = date;
        }
    }
    return best;
}
