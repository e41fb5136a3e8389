/* buf.h - a growing byte buffer on the heap, with a ceiling. Not thread-safe. */
#ifndef ISN_BASE_BUF_H
#define ISN_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/str.h"

typedef struct isn_buf {
    char *p;
    size_t n, capacity, ceiling;
    bool failed; /* an append was refused; the content is cut there */
} isn_buf;

void isn_buf_init(isn_buf *buf, size_t ceiling);
void isn_buf_release(isn_buf *buf);
/* Empties the buffer, keeps its memory. */
void isn_buf_reset(isn_buf *buf);
/* Makes sure that `more` further bytes fit; false past the ceiling or without memory. */
bool isn_buf_reserve(isn_buf *buf, size_t more);
void isn_buf_append(isn_buf *buf, const void *p, size_t n);
void isn_buf_str(isn_buf *buf, isn_str s);
void isn_buf_char(isn_buf *buf, char c);
void isn_buf_format(isn_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A decimal number, without the cost of a format. */
void isn_buf_uint(isn_buf *buf, uint64_t value);
/* A number with four decimals at most and without the zeros at their end, one of hundredths with both decimals; not by a format, whose
 * decimal point is the locale's. What is past 10^18 is told as that. */
void isn_buf_number(isn_buf *buf, double value);
void isn_buf_hundredths(isn_buf *buf, int64_t hundredths);
/* ,"name":"value" or ,"name":null where the value is empty. */
void isn_buf_json_field(isn_buf *buf, const char *name, isn_str value);
/* s as a JSON string with its quotation marks; bytes that are no UTF-8 become U+FFFD. */
void isn_buf_json(isn_buf *buf, isn_str s);

#endif
