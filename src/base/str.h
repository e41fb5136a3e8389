/* str.h - text as (pointer, length): UTF-8, not NUL-ended, owned by somebody else. */
#ifndef ISN_BASE_STR_H
#define ISN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct isn_str {
    const char *p;
    size_t n; /* bytes */
} isn_str;

#define ISN_STR(literal) ((isn_str){(literal), sizeof(literal) - 1})

static inline isn_str isn_str_of(const char *p, size_t n)
{
    return (isn_str){p, n};
}

static inline isn_str isn_str_cstr(const char *s)
{
    return (isn_str){s, s ? strlen(s) : 0};
}

static inline bool isn_str_equal(isn_str a, isn_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool isn_str_starts(isn_str s, isn_str head)
{
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

static inline bool isn_str_ends(isn_str s, isn_str tail)
{
    return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

/* The part [begin, end) of s; both are cut to the length of s. */
static inline isn_str isn_str_part(isn_str s, size_t begin, size_t end)
{
    if (end > s.n)
        end = s.n;
    if (begin > end)
        begin = end;
    return (isn_str){begin ? s.p + begin : s.p, end - begin}; /* no arithmetic on NULL */
}

/* Bytewise order: negative, zero or positive. */
int isn_str_compare(isn_str a, isn_str b);

/* s without the ASCII white space at its ends. */
isn_str isn_str_trim(isn_str s);

/* Where needle begins in s, or SIZE_MAX. */
size_t isn_str_find(isn_str s, isn_str needle);

/*
 * Cuts the next field off *rest at the byte `cut`: returns true and the field, or false when nothing is left.
 * An empty *rest with p == NULL marks the end; "a|" has two fields.
 */
bool isn_str_next(isn_str *field, isn_str *rest, char cut);

/* Is s one of n words? */
bool isn_str_among(isn_str s, const char *const words[], size_t n);

/* A decimal number in s as a whole; false if s is anything else or too large. */
bool isn_str_to_int(int64_t *out, isn_str s);
/* A number with sign and decimals or without, as a whole, whatever the locale's point; false if s is anything else. */
bool isn_str_to_number(double *out, isn_str s);

/* Hash of the bytes (XXH3). The same on every machine. */
uint64_t isn_str_hash(isn_str s);

#endif
