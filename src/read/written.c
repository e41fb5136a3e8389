#include "read/written.h"

#include <stdio.h>

#include "base/letters.h"
#include "base/normal.h"

#define MOST_WORDS 48u
#define MONTH_WORDS 2u /* words of the longest name of a month */

/* The words of a text in folded codes. */
typedef struct day_words {
    uint8_t key[2 * ISN_WRITTEN_BYTES];
    size_t from[MOST_WORDS], to[MOST_WORDS];
    int number[MOST_WORDS]; /* value of a word of digits, else -1 */
    size_t n;
} day_words;

static int value_of(const uint8_t *key, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isn_is_digit(key[i]) || n > 4)
            return -1;
        value = value * 10 + (key[i] - '0');
    }
    return value;
}

/* Figures and letters that touch are words of their own: "28Ab2013". */
static void split(day_words *w, isn_str text)
{
    size_t n = isn_normal_key(w->key, sizeof w->key, text), i = 0;
    n = n < sizeof w->key ? n : sizeof w->key;
    w->n = 0;
    while (i < n && w->n < MOST_WORDS) {
        size_t from = i;
        bool digit = isn_is_digit(w->key[i]);
        while (i < n && isn_page_letter(w->key[i]) && isn_is_digit(w->key[i]) == digit)
            i++;
        if (i == from) {
            i++;
            continue;
        }
        w->from[w->n] = from;
        w->to[w->n] = i;
        w->number[w->n++] = value_of(w->key + from, i - from);
    }
}

/* The month whose name stands at word i; *words of it. 0 if there is none. */
static int month_at(const day_words *w, const isn_page *page, size_t i, size_t *words)
{
    uint64_t hash = 0;
    int month = 0;
    for (size_t k = i; k < w->n && k < i + MONTH_WORDS; k++) {
        hash = isn_page_join(hash, isn_page_word_hash(w->key + w->from[k], w->to[k] - w->from[k]));
        int found = isn_page_month(page, hash);
        if (found) {
            month = found;
            *words = k - i + 1;
        }
    }
    return month;
}

static bool is_letter(const day_words *w, size_t i, uint8_t letter)
{
    return i < w->n && w->to[i] - w->from[i] == 1 && w->key[w->from[i]] == letter;
}

/* hh:mm at word i or a few words behind it, and whether it is after noon. */
static void time_behind(const day_words *w, const isn_page *page, size_t i, int *hour, int *minute)
{
    *hour = *minute = -1;
    for (size_t k = i; k + 1 < w->n && k < i + 5; k++) {
        if (w->number[k] < 0 || w->number[k] > 23 || w->number[k + 1] < 0 || w->number[k + 1] > 59 ||
            w->to[k] + 1 != w->from[k + 1] || w->key[w->to[k]] != ':')
            continue;
        size_t next = k + 2;
        if (next + 1 < w->n && w->number[next] >= 0 && w->key[w->to[next - 1]] == ':')
            next++; /* seconds */
        *hour = w->number[k];
        *minute = w->number[k + 1];
        bool later = is_letter(w, next, ISN_MEEM), early = is_letter(w, next, ISN_SAD);
        if (!later && !early && next < w->n)
            isn_page_day_part(page, isn_page_join(0, isn_page_word_hash(w->key + w->from[next], w->to[next] - w->from[next])),
                              &later, &early);
        if (later && *hour < 12)
            *hour += 12;
        else if (early && *hour == 12)
            *hour = 0;
        return;
    }
}

/* Day, month and year around the name of a month at word i; where the year stands goes to *year_at. */
static bool read_day(const day_words *w, const isn_page *page, size_t i, int out[3], size_t *year_at)
{
    size_t words, at = i;
    int month = month_at(w, page, i, &words), again;
    if (!month)
        return false;
    int day = i > 0 ? w->number[i - 1] : -1;
    at += words;
    while (at < w->n && (again = month_at(w, page, at, &words)) != 0) {
        if (again != month)
            return false;
        at += words;
    }
    if (at < w->n && w->number[at] >= 1 && w->number[at] <= 31 && at + 1 < w->n && w->number[at + 1] >= 1900 &&
        (day < 1 || day > 31))
        day = w->number[at++];
    if (at >= w->n || w->number[at] < 1900 || day < 1 || day > 31)
        return false;
    out[0] = w->number[at];
    out[1] = month;
    out[2] = day;
    *year_at = at;
    return true;
}

bool isn_written_date(char out[ISN_META_DATE], const isn_page *page, isn_str text)
{
    day_words w;
    size_t n = text.n < ISN_WRITTEN_BYTES ? text.n : ISN_WRITTEN_BYTES, year_at;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    split(&w, isn_str_part(text, 0, n));
    for (size_t i = 0; i < w.n; i++) {
        int day[3], hour, minute;
        char figures[ISN_META_DATE];
        if (w.number[i] >= 0 || !read_day(&w, page, i, day, &year_at))
            continue;
        time_behind(&w, page, year_at + 1, &hour, &minute);
        if (hour >= 0)
            snprintf(figures, sizeof figures, "%04d-%02d-%02dT%02d:%02d", day[0], day[1], day[2], hour, minute);
        else
            snprintf(figures, sizeof figures, "%04d-%02d-%02d", day[0], day[1], day[2]);
        if (isn_meta_date(out, isn_str_cstr(figures)))
            return true;
    }
    return false;
}

bool isn_any_date(char out[ISN_META_DATE], const isn_page *page, isn_str text)
{
    return isn_meta_date(out, text) || isn_meta_find_date(out, text) || isn_written_date(out, page, text);
}
