/* find.c - the grammar of dates. */
#include <stdio.h>

#include "lexicon/schema.h"
#include "time/civil.h"
#include "time/date.h"

typedef enum kind {
    K_NONE,
    K_MONTH,
    K_HIJRI,
    K_WEEKDAY,
    K_RELATIVE,
    K_MODIFIER,
    K_UNIT,
    K_TWO,
    K_PART,
    K_STAGE,
    K_CLOCK,
    K_ORDINAL,
    K_SMALL,
    K_COUNT
} kind;

static const char *const kind_names[K_COUNT] = {"",     "month", "hijri", "weekday", "relative", "modifier", "unit",
                                                "two",  "part",  "stage", "clock",   "ordinal",  "number"};

/* What the calendar says of the phrase that begins at a token. */
typedef struct calendar {
    uint8_t kind, n, clitic; /* clitic: a preposition stands on it */
    int16_t value;
} calendar;

typedef struct reader {
    const isn_text *text;
    const isn_sentence *sentence;
    bool known;      /* the day of publication is known */
    isn_day today;
    int64_t number;  /* of today */
} reader;

/* A date read at some token: its parts, 0 where not said. */
typedef struct reading {
    uint32_t last;      /* token after it */
    int year, month, day;
    int to_year, to_month, to_day; /* end of a range, 0 none */
    int hour, minute;   /* hour -1: none */
    const char *rule;
} reading;

static int kind_of(isn_str name)
{
    for (int k = 1; k < K_COUNT; k++) {
        if (isn_str_equal(name, isn_str_cstr(kind_names[k])))
            return k;
    }
    return K_NONE;
}

/* The longest calendar phrase of one of the wanted kinds (a mask) at token t. */
static calendar look(const reader *r, uint32_t t, unsigned wanted)
{
    calendar out = {K_NONE, 0, 0, 0};
    if (t >= r->sentence->last)
        return out;
    const isn_text *text = r->text;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_CALENDAR || match->with_al || match->n <= out.n)
                continue;
            uint32_t row = match->entry[e].row;
            int k = kind_of(isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_KIND));
            int64_t value = 0;
            isn_str_to_int(&value,
                           isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_VALUE));
            if (!(wanted & 1u << k))
                continue;
            const isn_word *word = text->tokens[t].word;
            unsigned clitics = word ? word->analyses[match->analysis].clitics : 0;
            out = (calendar){(uint8_t)k, (uint8_t)match->n, (clitics & ~(unsigned)ISN_CL_AL) != 0,
                             (int16_t)value};
        }
    }
    return out;
}

/* A number token of digits alone; -1 if it is none. */
static int digits(const reader *r, uint32_t t)
{
    if (t >= r->sentence->last || r->text->tokens[t].kind != ISN_TOKEN_NUMBER)
        return -1;
    const isn_token *token = &r->text->tokens[t];
    int value = 0;
    if (token->n > 4)
        return -1;
    for (uint32_t i = 0; i < token->n; i++) {
        uint8_t c = r->text->normal.p[token->at + i];
        if (!isn_is_digit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

static bool mark_at(const reader *r, uint32_t t, uint8_t mark)
{
    return t < r->sentence->last && r->text->tokens[t].kind == ISN_TOKEN_PUNCT &&
           r->text->tokens[t].mark == mark;
}

static bool is_year(int value)
{
    return value >= 1900 && value <= 2100;
}

/* The single word at t is spelled so (folded codes). */
static bool spelled(const reader *r, uint32_t t, const uint8_t *key, size_t n)
{
    if (t >= r->sentence->last || !r->text->tokens[t].word)
        return false;
    const isn_word *word = r->text->tokens[t].word;
    return word->n == n && memcmp(word->key, key, n) == 0;
}

static bool is_min(const reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_MEEM, ISN_NOON};
    return spelled(r, t, key, sizeof key);
}

static bool is_qabl(const reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_QAF, ISN_BEH, ISN_LAM};
    return spelled(r, t, key, sizeof key);
}

/* "hadha", "hadhihi": this. */
static bool is_this(const reader *r, uint32_t t)
{
    static const uint8_t he[] = {ISN_HEH, ISN_THAL, ISN_ALEF};
    static const uint8_t she[] = {ISN_HEH, ISN_THAL, ISN_HEH};
    return spelled(r, t, he, sizeof he) || spelled(r, t, she, sizeof she);
}

#define M(k) (1u << (k))

/* --- years ------------------------------------------------------------------------------------------------------ */

/* [min] ['am|sana] 2014, or "the past year"; moves *t. */
static int read_year(const reader *r, uint32_t *t)
{
    uint32_t u = *t;
    if (mark_at(r, u, ','))
        u++;
    if (is_min(r, u))
        u++;
    calendar unit = look(r, u, M(K_UNIT));
    bool worded = unit.kind == K_UNIT && unit.value == 3;
    if (worded) {
        u += unit.n;
        calendar modifier = look(r, u, M(K_MODIFIER));
        if (modifier.kind && r->known) {
            *t = u + modifier.n;
            return r->today.year + modifier.value;
        }
    }
    int value = digits(r, u);
    if (!is_year(value))
        return 0;
    *t = u + 1;
    return value;
}

/* --- months ----------------------------------------------------------------------------------------------------- */

/* A month's name, its other name after a slash, a bracket or nothing; moves *t. */
static calendar read_month(const reader *r, uint32_t *t)
{
    uint32_t u = *t;
    calendar unit = look(r, u, M(K_UNIT));
    if (unit.kind == K_UNIT && unit.value == 2)
        u += unit.n;
    calendar month = look(r, u, M(K_MONTH) | M(K_HIJRI));
    if (!month.kind || (month.clitic && u > *t))
        return (calendar){K_NONE, 0, 0, 0};
    u += month.n;
    uint32_t v = u;
    bool bracket = mark_at(r, v, '(');
    if (bracket || mark_at(r, v, '/') || mark_at(r, v, '-'))
        v++;
    calendar other = look(r, v, M(K_MONTH));
    if (other.kind && !other.clitic && other.value == month.value) {
        v += other.n;
        if (bracket && mark_at(r, v, ')'))
            v++;
        u = v;
    }
    *t = u;
    return month;
}

/* The year that a month without one means. before: -1 the last such month, 1 the next, 0 the nearest past, 2 nearest. */
static int year_of_month(const reader *r, int month, int day, int which)
{
    int year = r->today.year;
    if (which == -1)
        return month >= r->today.month ? (month == r->today.month && day && day < r->today.day ? year : year - 1) : year;
    if (which == 1)
        return month <= r->today.month ? (month == r->today.month && day > r->today.day ? year : year + 1) : year;
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
static bool finish_month(reading *out, const reader *r, calendar month, int day, uint32_t t)
{
    uint32_t u = t;
    if (mark_at(r, u, ','))
        u++;
    calendar modifier = look(r, u, M(K_MODIFIER));
    if (month.kind == K_HIJRI) {
        int year = digits(r, t);
        if (year < 1300 || year > 1500 || !day)
            return false;
        isn_day found = isn_day_of(isn_hijri_number((isn_day){year, month.value, day}));
        *out = (reading){.last = t + 1, .year = found.year, .month = found.month, .day = found.day,
                         .hour = -1, .rule = "hijri day"};
        return true;
    }
    out->month = month.value;
    out->day = day;
    out->hour = -1;
    out->last = t;
    u = t;
    int year = read_year(r, &u);
    if (year) {
        out->year = year;
        out->last = u;
        out->rule = "month with year";
        return true;
    }
    if (!r->known)
        return false;
    if (modifier.kind) {
        out->last = t + (mark_at(r, t, ',') ? 1 : 0) + modifier.n;
        int which = modifier.value == 0 ? 2 : modifier.value;
        out->year = modifier.value == 0 ? r->today.year : year_of_month(r, month.value, day, which);
        out->rule = "month with modifier";
        return true;
    }
    out->year = year_of_month(r, month.value, day, day ? 2 : 0);
    out->rule = day ? "day and month" : "month";
    return true;
}

/* Month names that are ordinary words or names need something beside them. */
static bool month_is_sure(const reader *r, uint32_t t, const reading *out, calendar month)
{
    if (month.kind == K_HIJRI)
        return false;
    if (out->rule && out->rule[5] == ' ' && out->last > t + month.n)
        return true;
    if (out->last > t + month.n)
        return true;
    if (month.clitic)
        return true;
    if (t == r->sentence->first)
        return false;
    const isn_analysis *before = isn_token_best(&r->text->tokens[t - 1]);
    if (before && before->pos == ISN_POS_PREP)
        return true;
    calendar stage = look(r, t - 1, M(K_STAGE) | M(K_UNIT));
    return stage.kind != K_NONE;
}

/* Digits or an ordinal as the day of a month: 5, al-khamis min, moves *t. */
static int read_day(const reader *r, uint32_t *t)
{
    int day = digits(r, *t);
    if (day >= 1 && day <= 31) {
        ++*t;
        if (is_min(r, *t))
            ++*t;
        return day;
    }
    calendar ordinal = look(r, *t, M(K_ORDINAL));
    if (!ordinal.kind)
        return 0;
    uint32_t u = *t + ordinal.n;
    if (!is_min(r, u))
        return 0;
    *t = u + 1;
    return ordinal.value;
}

static bool day_and_month(reading *out, const reader *r, uint32_t t)
{
    uint32_t u = t;
    int first = 0, day = 0;
    calendar ordinal = look(r, u, M(K_ORDINAL));
    calendar second = ordinal.kind ? look(r, u + ordinal.n, M(K_ORDINAL)) : ordinal;
    if (ordinal.kind && second.kind && second.clitic) { /* the 28th and the 29th of */
        first = ordinal.value;
        u += ordinal.n;
    }
    day = read_day(r, &u);
    if (!day)
        return false;
    calendar month = read_month(r, &u);
    if (!month.kind || !finish_month(out, r, month, day, u))
        return false;
    if (month.kind == K_MONTH && !isn_day_is_valid((isn_day){out->year, out->month, out->day}))
        return false;
    if (first && first < day) {
        out->to_year = out->year;
        out->to_month = out->month;
        out->to_day = out->day;
        out->day = first;
    }
    return true;
}

static bool month_alone(reading *out, const reader *r, uint32_t t)
{
    uint32_t u = t;
    calendar stage = look(r, u, M(K_STAGE));
    if (stage.kind)
        u += stage.n;
    uint32_t at = u;
    calendar month = read_month(r, &u);
    if (!month.kind || !finish_month(out, r, month, 0, u))
        return false;
    if (stage.kind)
        return month.kind == K_MONTH;
    return month_is_sure(r, at, out, month);
}

/* --- days ------------------------------------------------------------------------------------------------------- */

/* Is the verb nearest before token t in its sentence in the future? */
static bool future_before(const reader *r, uint32_t t)
{
    for (uint32_t u = t; u > r->sentence->first;) {
        u--;
        const isn_analysis *best = isn_token_best(&r->text->tokens[u]);
        if (best && best->pos == ISN_POS_VERB)
            return (best->clitics & ISN_CL_SA) != 0;
    }
    return false;
}

static void set_day(reading *out, int64_t number)
{
    isn_day day = isn_day_of(number);
    out->year = day.year;
    out->month = day.month;
    out->day = day.day;
    out->hour = -1;
}

static int64_t weekday_number(const reader *r, int weekday, int which)
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

/* [yawm] [part] weekday [modifier] [day month], "Sunday to Monday night" */
static bool weekday(reading *out, const reader *r, uint32_t t)
{
    uint32_t u = t;
    bool lead = true;
    while (lead) { /* day, morning, ... in any order */
        calendar c = look(r, u, M(K_PART) | M(K_UNIT));
        lead = c.kind && (c.kind == K_PART || c.value == 1) && u < t + 3;
        if (lead)
            u += c.n;
    }
    calendar day = look(r, u, M(K_WEEKDAY));
    if (!day.kind || (day.clitic && u > t))
        return false;
    u += day.n;
    uint32_t v = u;
    if (mark_at(r, v, ',') || mark_at(r, v, '(') || mark_at(r, v, '-'))
        v++;
    reading exact = {.hour = -1};
    if (day_and_month(&exact, r, v)) {
        *out = exact;
        if (mark_at(r, out->last, ')') && mark_at(r, u, '('))
            out->last++;
        out->rule = "weekday with date";
        return true;
    }
    if (!r->known)
        return false;
    calendar modifier = look(r, v, M(K_MODIFIER));
    if (modifier.kind && (v == u || mark_at(r, u, ',')))
        u = v + modifier.n;
    else
        modifier.kind = K_NONE;
    int which = modifier.kind ? modifier.value : future_before(r, t) ? 1 : 0;
    int64_t number = weekday_number(r, day.value, which);
    set_day(out, number);
    calendar next = look(r, u, M(K_WEEKDAY));
    if (!modifier.kind && next.kind && (!next.clitic || 1) && next.value == day.value % 7 + 1 && u > t + 1) {
        isn_day to = isn_day_of(number + 1);
        out->to_year = to.year;
        out->to_month = to.month;
        out->to_day = to.day;
        u += next.n;
    }
    calendar part = look(r, u, M(K_PART));
    if (part.kind && !part.clitic && u == t + 1)
        u += part.n;
    out->last = u;
    out->rule = "weekday";
    return true;
}

/* today, yesterday, with part of the day before or weekday behind */
static bool relative(reading *out, const reader *r, uint32_t t)
{
    uint32_t u = t;
    calendar part = look(r, u, M(K_PART));
    if (part.kind)
        u += part.n;
    calendar day = look(r, u, M(K_RELATIVE));
    if (!day.kind || !r->known || (day.clitic && u > t))
        return false;
    u += day.n;
    set_day(out, r->number + day.value);
    uint32_t v = u;
    bool bracket = mark_at(r, v, '(');
    if (bracket)
        v++;
    calendar name = look(r, v, M(K_WEEKDAY));
    if (name.kind && !name.clitic) {
        int64_t named = weekday_number(r, name.value, 0);
        if (day.value > 0)
            named = weekday_number(r, name.value, 1);
        set_day(out, named);
        v += name.n;
        if (bracket && mark_at(r, v, ')'))
            v++;
        u = v;
    }
    out->last = u;
    out->rule = "day from today";
    return true;
}

/* "the past month", "this year" */
static bool unit_modified(reading *out, const reader *r, uint32_t t)
{
    uint32_t u = t;
    bool here = is_this(r, u);
    if (here)
        u++;
    calendar unit = look(r, u, M(K_UNIT));
    if (!unit.kind || unit.value < 2 || !r->known)
        return false;
    u += unit.n;
    calendar modifier = look(r, u, M(K_MODIFIER));
    if (!modifier.kind && !here)
        return false;
    int by = modifier.kind ? modifier.value : 0;
    out->hour = -1;
    out->year = r->today.year;
    if (unit.value == 2) {
        int month = r->today.month + by;
        out->year += month < 1 ? -1 : month > 12 ? 1 : 0;
        out->month = (month + 11) % 12 + 1;
    } else {
        out->year += by;
    }
    out->last = u + (modifier.kind ? modifier.n : 0);
    out->rule = "month or year from now";
    return true;
}

/* "two years ago" */
static bool ago(reading *out, const reader *r, uint32_t t)
{
    if (!is_qabl(r, t) || !r->known)
        return false;
    uint32_t u = t + 1;
    int count = digits(r, u);
    calendar small = look(r, u, M(K_SMALL) | M(K_TWO));
    calendar unit;
    if (small.kind == K_TWO) {
        count = 2;
        unit = small;
        u += small.n;
    } else {
        if (count > 0)
            u++;
        else if (small.kind)
            count = small.value, u += small.n;
        unit = look(r, u, M(K_UNIT));
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
        int months = r->today.year * 12 + r->today.month - 1 - count;
        out->year = months / 12;
        out->month = months % 12 + 1;
    } else {
        out->year = r->today.year - count;
    }
    return true;
}

/* --- figures ---------------------------------------------------------------------------------------------------- */

/* 15/4/2021, 2021-04-15, 12/2/1439h */
static bool numeric(reading *out, const reader *r, uint32_t t)
{
    int a = digits(r, t), b, c;
    uint8_t mark = t + 1 < r->sentence->last ? r->text->tokens[t + 1].mark : 0;
    if (a < 1 || (mark != '/' && mark != '-' && mark != '.') || !mark_at(r, t + 3, mark))
        return false;
    b = digits(r, t + 2);
    c = digits(r, t + 4);
    if (b < 1 || b > 12 || c < 1)
        return false;
    isn_day day = a > 31 ? (isn_day){a, b, c} : (isn_day){c, b, a};
    out->hour = -1;
    out->last = t + 5;
    out->rule = "figures";
    if (day.year >= 1300 && day.year <= 1500 && day.day <= 30) {
        isn_day found = isn_day_of(isn_hijri_number(day));
        static const uint8_t h[] = {ISN_HEH};
        if (spelled(r, t + 5, h, 1))
            out->last++;
        day = found;
    }
    out->year = day.year;
    out->month = day.month;
    out->day = day.day;
    return is_year(day.year) && isn_day_is_valid(day);
}

/* 'am 2014; 2014 alone after a preposition, in brackets, or as 1950-1953 */
static bool year_alone(reading *out, const reader *r, uint32_t t)
{
    uint32_t u = t;
    calendar stage = look(r, u, M(K_STAGE));
    if (stage.kind)
        u += stage.n;
    calendar unit = look(r, u, M(K_UNIT));
    bool worded = unit.kind && unit.value == 3;
    if (worded)
        u += unit.n;
    else if (stage.kind)
        return false;
    int year = digits(r, u);
    if (!is_year(year) || r->text->tokens[u].n != 4)
        return false;
    out->hour = -1;
    out->year = year;
    out->last = u + 1;
    out->rule = "year";
    if (mark_at(r, u + 1, '-') && is_year(digits(r, u + 2)) && digits(r, u + 2) > year) {
        out->to_year = digits(r, u + 2);
        out->last = u + 3;
        return true;
    }
    if (worded)
        return true;
    bool bracket = u > 0 && mark_at(r, u - 1, '(') && mark_at(r, u + 1, ')');
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
static bool clock(reading *out, const reader *r, uint32_t t, const isn_dates *dates)
{
    calendar c = look(r, t, M(K_CLOCK));
    if (!c.kind)
        return false;
    uint32_t u = t + c.n;
    int hour = digits(r, u), minute = 0;
    if (hour >= 0) {
        u++;
        if (mark_at(r, u, ':') && digits(r, u + 1) >= 0) {
            minute = digits(r, u + 1);
            u += 2;
        }
    } else {
        calendar ordinal = look(r, u, M(K_ORDINAL));
        if (!ordinal.kind)
            return false;
        hour = ordinal.value;
        u += ordinal.n;
    }
    calendar part = look(r, u, M(K_PART));
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
        *out = (reading){.year = day.year, .month = day.month, .day = day.day};
    } else if (r->known) {
        *out = (reading){.year = r->today.year, .month = r->today.month, .day = r->today.day};
    } else {
        return false;
    }
    out->hour = hour;
    out->minute = minute;
    out->last = u;
    out->rule = "clock";
    return true;
}

/* --- putting it together ---------------------------------------------------------------------------------------- */

static int write_day(char *out, size_t room, int year, int month, int day)
{
    if (day)
        return snprintf(out, room, "%04d-%02d-%02d", year, month, day);
    if (month)
        return snprintf(out, room, "%04d-%02d", year, month);
    return snprintf(out, room, "%04d", year);
}

static bool add_date(isn_dates *out, const reader *r, uint32_t t, const reading *found)
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
        snprintf(date->value + n, sizeof date->value - (size_t)n, "T%02d:%02d", found->hour, found->minute);
    else if (found->to_year) {
        date->value[n] = '/';
        write_day(date->value + n + 1, sizeof date->value - (size_t)n - 1, found->to_year, found->to_month,
                  found->to_day);
    }
    return true;
}

static bool read_at(reading *out, const reader *r, uint32_t t, const isn_dates *dates)
{
    typedef bool (*rule)(reading *, const reader *, uint32_t);
    static const rule rules[] = {numeric,       weekday, day_and_month, relative,
                                 unit_modified, ago,     month_alone,   year_alone};
    *out = (reading){.hour = -1};
    if (clock(out, r, t, dates))
        return true;
    /* "on the day of 4 June" */
    calendar unit = look(r, t, M(K_UNIT));
    if (unit.kind && unit.value == 1 && day_and_month(out, r, t + unit.n))
        return true;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        *out = (reading){.hour = -1};
        if (rules[i](out, r, t))
            return true;
    }
    return false;
}

bool isn_dates_find(isn_dates *out, const isn_text *text, isn_str published)
{
    *out = (isn_dates){0};
    reader r = {.text = text, .today = {2100, 1, 1}};
    r.known = isn_day_read(&r.today, published);
    r.number = isn_day_number(r.today);
    for (size_t s = 0; s < text->n_sentences; s++) {
        r.sentence = &text->sentences[s];
        for (uint32_t t = r.sentence->first; t < r.sentence->last;) {
            reading found;
            bool could = text->match_from[t + 1] > text->match_from[t] ||
                         text->tokens[t].kind == ISN_TOKEN_NUMBER;
            if (could && read_at(&found, &r, t, out)) {
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
