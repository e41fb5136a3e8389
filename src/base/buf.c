#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

void isn_buf_init(isn_buf *buf, size_t ceiling)
{
    *buf = (isn_buf){.ceiling = ceiling};
}

void isn_buf_release(isn_buf *buf)
{
    free(buf->p);
    isn_buf_init(buf, buf->ceiling);
}

void isn_buf_reset(isn_buf *buf)
{
    buf->n = 0;
    buf->failed = false;
}

bool isn_buf_reserve(isn_buf *buf, size_t more)
{
    if (buf->capacity - buf->n >= more)
        return true;
    if (more > buf->ceiling || buf->n > buf->ceiling - more) {
        buf->failed = true;
        return false;
    }
    size_t capacity = buf->capacity ? buf->capacity * 2 : 4096;
    while (capacity < buf->n + more)
        capacity *= 2;
    char *p = realloc(buf->p, capacity);
    if (!p) {
        buf->failed = true;
        return false;
    }
    buf->p = p;
    buf->capacity = capacity;
    return true;
}

void isn_buf_append(isn_buf *buf, const void *p, size_t n)
{
    if (n == 0 || !isn_buf_reserve(buf, n))
        return;
    memcpy(buf->p + buf->n, p, n);
    buf->n += n;
}

void isn_buf_str(isn_buf *buf, isn_str s)
{
    isn_buf_append(buf, s.p, s.n);
}

void isn_buf_char(isn_buf *buf, char c)
{
    isn_buf_append(buf, &c, 1);
}

void isn_buf_format(isn_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || !isn_buf_reserve(buf, (size_t)n + 1))
        return;
    va_start(args, format);
    vsnprintf(buf->p + buf->n, (size_t)n + 1, format, args);
    va_end(args);
    buf->n += (size_t)n;
}

void isn_buf_uint(isn_buf *buf, uint64_t value)
{
    char digits[20];
    size_t n = sizeof digits;
    do {
        digits[--n] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    isn_buf_append(buf, digits + n, sizeof digits - n);
}

void isn_buf_number(isn_buf *buf, double value)
{
    double whole = floor(fabs(value));
    uint64_t rest = (uint64_t)((fabs(value) - whole) * 10000.0 + 0.5);
    if (rest >= 10000) {
        rest = 0;
        whole += 1.0;
    }
    if (value < 0.0)
        isn_buf_char(buf, '-');
    isn_buf_uint(buf, whole < 1e18 ? (uint64_t)whole : (uint64_t)1e18);
    for (uint64_t unit = 1000; rest; unit /= 10) {
        if (unit == 1000)
            isn_buf_char(buf, '.');
        isn_buf_char(buf, (char)('0' + rest / unit));
        rest %= unit;
    }
}

void isn_buf_hundredths(isn_buf *buf, int64_t hundredths)
{
    uint64_t size = hundredths < 0 ? 0 - (uint64_t)hundredths : (uint64_t)hundredths;
    if (hundredths < 0)
        isn_buf_char(buf, '-');
    isn_buf_uint(buf, size / 100);
    char rest[3] = {'.', (char)('0' + size / 10 % 10), (char)('0' + size % 10)};
    isn_buf_append(buf, rest, sizeof rest);
}

void isn_buf_json_field(isn_buf *buf, const char *name, isn_str value)
{
    isn_buf_format(buf, ",\"%s\":", name);
    if (value.n)
        isn_buf_json(buf, value);
    else
        isn_buf_append(buf, "null", 4);
}

static void json_escape(isn_buf *buf, unsigned char c)
{
    switch (c) {
    case '"':
        isn_buf_append(buf, "\\\"", 2);
        break;
    case '\\':
        isn_buf_append(buf, "\\\\", 2);
        break;
    case '\n':
        isn_buf_append(buf, "\\n", 2);
        break;
    case '\r':
        isn_buf_append(buf, "\\r", 2);
        break;
    case '\t':
        isn_buf_append(buf, "\\t", 2);
        break;
    default:
        isn_buf_format(buf, "\\u%04x", c);
    }
}

void isn_buf_json(isn_buf *buf, isn_str s)
{
    isn_buf_char(buf, '"');
    size_t from = 0, i = 0;
    while (i < s.n) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            size_t length = isn_utf8_length(s, i);
            if (length) {
                i += length;
                continue;
            }
        } else if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) {
            i++;
            continue;
        }
        isn_buf_append(buf, s.p + from, i - from);
        if (c >= 0x80)
            isn_buf_append(buf, "\xEF\xBF\xBD", 3);
        else
            json_escape(buf, c);
        from = ++i;
    }
    if (i > from)
        isn_buf_append(buf, s.p + from, i - from);
    isn_buf_char(buf, '"');
}
