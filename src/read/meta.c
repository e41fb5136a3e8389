#include "read/meta.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"

/* --- dates in figures ---------------------------------------------------------------------------
 */

typedef struct stamp {
    int year, month, day, hour, minute, second; /* hour -1: none */
    int offset;                                 /* minutes east of Greenwich */
    bool zoned;
} stamp;

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool write_stamp(char out[ISN_META_DATE], const stamp *t)
{
    if (t->year < 1900 || t->year > 2100 || t->month < 1 || t->month > 12 || t->day < 1 ||
        t->day > days_of(t->year, t->month))
        return false;
    bool timed = t->hour >= 0 && t->hour < 24 && t->minute >= 0 && t->minute < 60 &&
                 t->second >= 0 && t->second <= 60;
    if (!timed)
        return snprintf(out, ISN_META_DATE, "%04d-%02d-%02d", t->year, t->month, t->day) > 0;
    char zone[16] = "";
    int minutes = abs(t->offset) % (15 * 60);
    if (t->zoned && t->offset == 0)
        snprintf(zone, sizeof zone, "Z");
    else if (t->zoned)
        snprintf(zone, sizeof zone, "%c%02d:%02d", t->offset < 0 ? '-' : '+', minutes / 60,
                 minutes % 60);
    return snprintf(out, ISN_META_DATE, "%04d-%02d-%02dT%02d:%02d:%02d%s", t->year, t->month,
                    t->day, t->hour, t->minute, t->second, zone) > 0;
}

/* The text with figures of Arabic and Persian made ASCII; letters of other scripts become '~'. At
 * most room - 1. */
static size_t plain(char *out, size_t room, isn_str s)
{
    size_t n = 0, at = 0;
    while (at < s.n && n + 1 < room) {
        size_t length;
        uint32_t c = isn_utf8_decode(s, at, &length);
        at += length;
        if (c >= 0x660 && c <= 0x669)
            out[n++] = (char)('0' + (c - 0x660));
        else if (c >= 0x6F0 && c <= 0x6F9)
            out[n++] = (char)('0' + (c - 0x6F0));
        else if (c == 0x200E || c == 0x200F || c == 0xFEFF)
            continue;
        else if (c == 0xA0)
            out[n++] = ' ';
        else if (c >= 0x2010 && c <= 0x2013)
            out[n++] = '-';
        else
            out[n++] = c >= 0x20 && c < 0x7F ? (char)c : '~';
    }
    out[n] = 0;
    return n;
}

/* A number of at most `most` digits at *p; -1 if there is none or a further digit follows. */
static int number(const char **p, int most)
{
    const char *q = *p;
    int value = 0, n = 0;
    while (isdigit((unsigned char)*q) && n < most) {
        value = value * 10 + (*q++ - '0');
        n++;
    }
    if (n == 0 || isdigit((unsigned char)*q))
        return -1;
    *p = q;
    return value;
}

/* hh:mm, hh:mm:ss with fraction, and a zone. Anything else leaves the stamp without time. */
static void read_time(stamp *t, const char *p)
{
    while (*p == ' ' || *p == 'T' || *p == 't' || *p == ',' || *p == '-' || *p == '|')
        p++;
    int hour = number(&p, 2);
    if (hour < 0 || hour > 23 || *p != ':')
        return;
    p++;
    int minute = number(&p, 2), second = 0;
    if (minute < 0 || minute > 59)
        return;
    if (*p == ':') {
        p++;
        second = number(&p, 2);
        if (second < 0)
            return;
    }
    if (*p == '.' || *p == ',')
        for (p++; isdigit((unsigned char)*p);)
            p++;
    t->hour = hour;
    t->minute = minute;
    t->second = second;
    while (*p == ' ')
        p++;
    if (*p == 'Z' || *p == 'z' || strncasecmp(p, "GMT", 3) == 0 || strncasecmp(p, "UTC", 3) == 0) {
        t->zoned = true;
        p += *p == 'Z' || *p == 'z' ? 1 : 3;
    }
    if (*p == '+' || (*p == '-' && isdigit((unsigned char)p[1]))) {
        int sign = *p++ == '-' ? -1 : 1;
        const char *from = p;
        int hours = number(&p, 4), minutes = 0;
        if (hours < 0)
            return;
        if (p - from > 2) {
            minutes = hours % 100;
            hours /= 100;
        } else if (*p == ':') {
            p++;
            minutes = number(&p, 2);
        }
        if (hours <= 14 && minutes >= 0 && minutes < 60) {
            t->zoned = true;
            t->offset = sign * (hours * 60 + minutes);
        }
    }
}

/* 18 Feb 2018, February 18, 2018: English names as machines write them. Returns the month or 0. */
static int month_name(const char *p)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12; i++)
        if (strncasecmp(p, names + i * 3, 3) == 0)
            return i + 1;
    return 0;
}

static bool read_mail_date(stamp *t, const char *p)
{
    const char *comma = strchr(p, ',');
    if (comma && comma - p <= 9 && isalpha((unsigned char)*p) && !month_name(p))
        for (p = comma + 1; *p == ' ';)
            p++;
    if (isalpha((unsigned char)*p)) { /* Feb 18, 2018 */
        t->month = month_name(p);
        while (isalpha((unsigned char)*p) || *p == ' ' || *p == '.')
            p++;
        t->day = number(&p, 2);
    } else {
        t->day = number(&p, 2);
        while (*p == ' ' || *p == '-')
            p++;
        t->month = month_name(p);
        while (isalpha((unsigned char)*p))
            p++;
    }
    while (*p == ' ' || *p == '-' || *p == ',')
        p++;
    t->year = number(&p, 4);
    if (t->month == 0 || t->day < 0 || t->year < 1900)
        return false;
    read_time(t, p);
    return true;
}

/* Three numbers with one kind of mark between them; *end is where they stop. */
static bool read_three(stamp *t, const char *p, const char **end)
{
    int a = number(&p, 4);
    char mark = *p;
    if (a < 0 || (mark != '-' && mark != '/' && mark != '.'))
        return false;
    p++;
    int b = number(&p, 2);
    if (b < 0 || *p != mark)
        return false;
    p++;
    int c = number(&p, 4);
    if (c < 0)
        return false;
    *end = p;
    if (a >= 1900) {
        t->year = a;
        t->month = b;
        t->day = c;
    } else {
        t->year = c;
        t->month = b <= 12 ? b : a;
        t->day = b <= 12 ? a : b;
    }
    return t->year >= 1900;
}

static bool read_seconds(stamp *t, const char *p, size_t n)
{
    if ((n != 10 && n != 13) || strspn(p, "0123456789") != n)
        return false;
    long long seconds = strtoll(p, NULL, 10);
    if (n == 13)
        seconds /= 1000;
    long long days = seconds / 86400, rest = seconds % 86400;
    int year = 1970;
    while (days >= 365 + (days_of(year, 2) == 29))
        days -= 365 + (days_of(year++, 2) == 29);
    int month = 1;
    while (days >= days_of(year, month))
        days -= days_of(year, month++);
    *t = (stamp){
        year, month, (int)days + 1, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60),
        0,    true};
    return true;
}

bool isn_meta_date(char out[ISN_META_DATE], isn_str s)
{
    char text[96];
    const char *p = text, *end;
    size_t n = plain(text, sizeof text, isn_str_trim(s));
    stamp t = {.hour = -1};
    if (read_seconds(&t, p, n))
        return write_stamp(out, &t);
    if (n == 8 && strspn(p, "0123456789") == 8) {
        long whole = strtol(p, NULL, 10);
        t.year = (int)(whole / 10000);
        t.month = (int)(whole / 100 % 100);
        t.day = (int)(whole % 100);
        return write_stamp(out, &t);
    }
    if (read_three(&t, p, &end)) {
        read_time(&t, end);
        return write_stamp(out, &t);
    }
    t = (stamp){.hour = -1};
    return read_mail_date(&t, p) && write_stamp(out, &t);
}

bool isn_meta_find_date(char out[ISN_META_DATE], isn_str text)
{
    char line[512];
    plain(line, sizeof line, text);
    for (const char *p = line; *p; p++) {
        stamp t = {.hour = -1};
        const char *end;
        bool starts = isdigit((unsigned char)*p) && (p == line || !isdigit((unsigned char)p[-1]));
        if (!starts || !read_three(&t, p, &end) || isdigit((unsigned char)*end))
            continue;
        read_time(&t, end);
        if (write_stamp(out, &t))
            return true;
    }
    return false;
}

bool isn_meta_address_date(char out[ISN_META_DATE], isn_str address)
{
    char text[1024];
    plain(text, sizeof text, address);
    for (const char *p = strchr(text, '/'); p; p = strchr(p + 1, '/')) {
        stamp t = {.hour = -1};
        const char *q = p + 1, *end;
        bool found = false;
        if (isdigit((unsigned char)*q)) {
            size_t digits = strspn(q, "0123456789");
            int year = digits == 4 ? atoi(q) : 0;
            if (year >= 1990 && read_three(&t, q, &end))
                found = !isdigit((unsigned char)*end);
            else if (digits == 8 && (q[0] == '1' || q[0] == '2'))
                return isn_meta_date(out, isn_str_of(q, 8));
        }
        if (found && write_stamp(out, &t))
            return true;
    }
    return false;
}

isn_str isn_meta_host(isn_str address)
{
    size_t at = isn_str_find(address, ISN_STR("://"));
    if (at == SIZE_MAX || at > 8)
        return (isn_str){NULL, 0};
    isn_str rest = isn_str_part(address, at + 3, address.n);
    size_t end = 0;
    while (end < rest.n && !strchr("/?#:", rest.p[end]))
        end++;
    isn_str host = isn_str_part(rest, 0, end);
    if (host.n > 4 && strncasecmp(host.p, "www.", 4) == 0)
        host = isn_str_part(host, 4, host.n);
    return host;
}

/* --- the table ----------------------------------------------------------------------------------
 */

typedef struct meta_row {
    isn_str article, outlet;
    char published[ISN_META_DATE];
} meta_row;

struct isn_metadata {
    isn_file file;
    meta_row *rows; /* sorted by article */
    size_t n, capacity;
};

static int by_article(const void *a, const void *b)
{
    return isn_str_compare(((const meta_row *)a)->article, ((const meta_row *)b)->article);
}

enum { COLUMN_ARTICLE, COLUMN_OUTLET, COLUMN_PUBLISHED, COLUMNS };

static isn_str without_return(isn_str line)
{
    return line.n && line.p[line.n - 1] == '\r' ? isn_str_part(line, 0, line.n - 1) : line;
}

static bool read_header(int columns[COLUMNS], isn_str line)
{
    static const char *const names[COLUMNS] = {"article", "outlet", "published"};
    isn_str field;
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = -1;
    for (int at = 0; isn_str_next(&field, &line, '\t'); at++)
        for (int i = 0; i < COLUMNS; i++)
            if (isn_str_equal(isn_str_trim(field), isn_str_cstr(names[i])))
                columns[i] = at;
    return columns[COLUMN_ARTICLE] >= 0;
}

static isnad_status add_row(isn_metadata *m, const int columns[COLUMNS], isn_str line,
                            const char *path, uint64_t number_of_line, isnad_error *err)
{
    isn_str cells[COLUMNS] = {{NULL, 0}}, field;
    for (int at = 0; isn_str_next(&field, &line, '\t'); at++)
        for (int i = 0; i < COLUMNS; i++)
            if (columns[i] == at)
                cells[i] = isn_str_trim(field);
    if (m->n == m->capacity) {
        size_t capacity = m->capacity ? m->capacity * 2 : 256;
        meta_row *rows = realloc(m->rows, capacity * sizeof *rows);
        if (!rows)
            return isn_fail(err, ISNAD_E_MEMORY, path, number_of_line, "no memory for metadata");
        m->rows = rows;
        m->capacity = capacity;
    }
    meta_row *row = &m->rows[m->n];
    *row = (meta_row){.article = cells[COLUMN_ARTICLE], .outlet = cells[COLUMN_OUTLET]};
    isn_str published = cells[COLUMN_PUBLISHED];
    if (published.n && !isn_meta_date(row->published, published))
        return isn_fail(err, ISNAD_E_FORMAT, path, number_of_line, "'%.*s' is no date",
                        (int)(published.n < 80 ? published.n : 80), published.p);
    m->n += row->article.n > 0;
    return ISNAD_OK;
}

isnad_status isn_metadata_open(isn_metadata **out, const char *path, isnad_error *err)
{
    *out = NULL;
    isn_metadata *m = calloc(1, sizeof *m);
    if (!m)
        return isn_fail(err, ISNAD_E_MEMORY, path, 0, "no memory for metadata");
    isnad_status status = isn_file_open(&m->file, path, ISN_METADATA_FILE, err);
    if (status != ISNAD_OK) {
        free(m);
        return status;
    }
    isn_str rest = isn_utf8_unmark(m->file.bytes), line;
    int columns[COLUMNS];
    bool header = false;
    for (uint64_t at = 1; status == ISNAD_OK && isn_str_next(&line, &rest, '\n'); at++) {
        line = without_return(line);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (header)
            status = add_row(m, columns, line, path, at, err);
        else if (!read_header(columns, line))
            status =
                isn_fail(err, ISNAD_E_FORMAT, path, at, "no column 'article' in the first line");
        header = true;
    }
    if (status == ISNAD_OK && !header)
        status =
            isn_fail(err, ISNAD_E_FORMAT, path, 0, "'%s' has no line that names the columns", path);
    if (status != ISNAD_OK) {
        isn_metadata_free(m);
        return status;
    }
    if (m->n)
        qsort(m->rows, m->n, sizeof *m->rows, by_article);
    *out = m;
    return ISNAD_OK;
}

void isn_metadata_free(isn_metadata *metadata)
{
    if (!metadata)
        return;
    free(metadata->rows);
    isn_file_close(&metadata->file);
    free(metadata);
}

static const meta_row *find_row(const isn_metadata *m, isn_str key)
{
    meta_row want = {.article = key};
    return key.n && m->n ? bsearch(&want, m->rows, m->n, sizeof *m->rows, by_article) : NULL;
}

bool isn_metadata_find(const isn_metadata *metadata, isn_str id, isn_str uri, isn_str *outlet,
                       isn_str *published)
{
    isn_str file = uri;
    for (size_t i = uri.n; i > 0; i--)
        if (uri.p[i - 1] == '/') {
            file = isn_str_part(uri, i, uri.n);
            break;
        }
    isn_str stem = file;
    for (size_t i = file.n; i > 1; i--)
        if (file.p[i - 1] == '.') {
            stem = isn_str_part(file, 0, i - 1);
            break;
        }
    const meta_row *row = find_row(metadata, id);
    row = row ? row : find_row(metadata, uri);
    row = row ? row : find_row(metadata, file);
    row = row ? row : find_row(metadata, stem);
    *outlet = row ? row->outlet : (isn_str){NULL, 0};
    *published = row ? isn_str_cstr(row->published) : (isn_str){NULL, 0};
    return row != NULL;
}
