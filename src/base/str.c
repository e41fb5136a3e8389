#include "base/str.h"

#include <xxhash.h>

int isn_str_compare(isn_str a, isn_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

isn_str isn_str_trim(isn_str s)
{
    while (s.n && is_space(s.p[0]))
        s.p++, s.n--;
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

size_t isn_str_find(isn_str s, isn_str needle)
{
    if (needle.n == 0)
        return 0;
    if (s.n < needle.n)
        return SIZE_MAX;
    const char *at = memmem(s.p, s.n, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : SIZE_MAX;
}

bool isn_str_next(isn_str *field, isn_str *rest, char cut)
{
    if (!rest->p)
        return false;
    const char *at = rest->n ? memchr(rest->p, cut, rest->n) : NULL;
    if (at) {
        *field = (isn_str){rest->p, (size_t)(at - rest->p)};
        rest->n -= field->n + 1;
        rest->p = at + 1;
    } else {
        *field = *rest;
        *rest = (isn_str){NULL, 0};
    }
    return true;
}

bool isn_str_to_int(int64_t *out, isn_str s)
{
    bool minus = s.n && s.p[0] == '-';
    if (minus)
        s.p++, s.n--;
    if (s.n == 0 || s.n > 18)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = minus ? -value : value;
    return true;
}

bool isn_str_among(isn_str s, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isn_str_equal(s, isn_str_cstr(words[i])))
            return true;
    }
    return false;
}

bool isn_str_to_number(double *out, isn_str s)
{
    bool minus = s.n && s.p[0] == '-';
    size_t from = minus || (s.n && s.p[0] == '+') ? 1 : 0, point = s.n;
    double value = 0.0, unit = 1.0;
    for (size_t i = from; i < s.n; i++) {
        if (s.p[i] == '.' && point == s.n && i > from && i + 1 < s.n) {
            point = i;
        } else if (s.p[i] >= '0' && s.p[i] <= '9') {
            value = value * 10.0 + (s.p[i] - '0');
            unit *= i > point ? 10.0 : 1.0;
        } else {
            return false;
        }
    }
    *out = (minus ? -value : value) / unit;
    return s.n > from;
}

uint64_t isn_str_hash(isn_str s)
{
    return XXH3_64bits(s.p ? s.p : "", s.n);
}
