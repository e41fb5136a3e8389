#include "target.h"

#include <string.h>

#include "out.h"

static int hex_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes p..end to *to, NUL-ended, and moves *to behind it. What was decoded is never longer than what was sent. */
static const char *decode(char **to, const char *p, const char *end, bool in_query)
{
    char *begin = *to, *out = begin;
    while (p < end) {
        char c = *p++;
        if (c == '%') {
            if (end - p < 2 || hex_of(p[0]) < 0 || hex_of(p[1]) < 0)
                return "a % must be followed by two hexadecimal digits";
            c = (char)(hex_of(p[0]) * 16 + hex_of(p[1]));
            p += 2;
        } else if (c == '+' && in_query) {
            c = ' ';
        }
        if (c == 0)
            return "a NUL byte can't be part of an address";
        if (((unsigned char)c < 0x20 || c == 0x7F) && !(in_query && (c == '\t' || c == '\n' || c == '\r')))
            return "a control character can't be part of an address";
        *out++ = c;
    }
    if (!isn_utf8_good(begin, (size_t)(out - begin)))
        return "an address must be UTF-8";
    *out = 0;
    *to = out + 1;
    return NULL;
}

static const char *read_segment(isn_target *t, char **to, const char *p, const char *end, bool last)
{
    static const char suffix[] = ".json";
    const size_t n = sizeof suffix - 1;
    if (t->n_segments == ISN_SERVE_SEGMENTS)
        return "the path has too many parts";
    const char *begin = *to, *fault = decode(to, p, end, false);
    if (fault)
        return fault;
    if (strcmp(begin, ".") == 0 || strcmp(begin, "..") == 0)
        return "a path can't hold . or .. as a part";
    t->segments[t->n_segments++] = begin;
    if (last && (size_t)(end - p) >= n && memcmp(end - n, suffix, n) == 0) {
        t->stem = *to;
        return decode(to, p, end - n, false);
    }
    return NULL;
}

static const char *read_path(isn_target *t, char **to, const char *p, const char *end)
{
    memcpy(t->path, p, (size_t)(end - p));
    t->path[end - p] = 0;
    p++;
    while (p < end) {
        const char *slash = memchr(p, '/', (size_t)(end - p)), *stop = slash ? slash : end;
        if (stop == p)
            return "a path can't have empty parts";
        const char *fault = read_segment(t, to, p, stop, !slash);
        if (fault)
            return fault;
        p = slash ? slash + 1 : end;
    }
    t->slash = end[-1] == '/';
    return NULL;
}

static const char *read_param(isn_target *t, char **to, const char *p, const char *end)
{
    if (t->n_params == ISN_SERVE_PARAMS)
        return "there are too many parameters";
    const char *equals = memchr(p, '=', (size_t)(end - p)), *name = *to;
    const char *fault = decode(to, p, equals ? equals : end, true), *value = *to;
    if (!fault)
        fault = decode(to, equals ? equals + 1 : end, end, true);
    if (fault)
        return fault;
    if (strlen(value) > ISN_SERVE_VALUE_BYTES)
        return "a parameter is too long";
    if (isn_target_value(t, name))
        return "a parameter stands twice";
    t->params[t->n_params++] = (isn_target_param){name, value};
    return NULL;
}

const char *isn_target_read(isn_target *t, const char *raw, size_t n)
{
    char *to = t->bytes;
    t->n_segments = t->n_params = 0;
    t->slash = false;
    t->stem = NULL;
    t->path[0] = 0;
    if (n > ISN_SERVE_URI_BYTES)
        return "the address is too long";
    if (n == 0 || raw[0] != '/')
        return "a path must begin with a slash";
    if (memchr(raw, '#', n))
        return "a # must be encoded";
    const char *end = raw + n, *query = memchr(raw, '?', n);
    const char *fault = read_path(t, &to, raw, query ? query : end);
    for (const char *p = query ? query + 1 : end; !fault && p < end;) {
        const char *stop = memchr(p, '&', (size_t)(end - p));
        if (!stop)
            stop = end;
        if (stop > p)
            fault = read_param(t, &to, p, stop);
        p = stop < end ? stop + 1 : end;
    }
    return fault;
}

const char *isn_target_value(const isn_target *t, const char *name)
{
    for (size_t i = 0; i < t->n_params; i++) {
        if (strcmp(t->params[i].name, name) == 0)
            return t->params[i].value;
    }
    return NULL;
}
