#include "read/http.h"

#include <strings.h>

#include "base/error.h"

bool isn_http_field(isn_str *value, isn_str line, const char *name)
{
    size_t n = strlen(name);
    if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0)
        return false;
    *value = isn_str_trim(isn_str_part(line, n + 1, line.n));
    return true;
}

static bool is_word(isn_str s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static void read_encodings(isn_http *out, isn_str list)
{
    isn_str part;
    while (isn_str_next(&part, &list, ',')) {
        part = isn_str_trim(part);
        if (part.n == 0 || is_word(part, "identity"))
            continue;
        out->packed_twice = out->packed_twice || out->encoding.n;
        out->encoding = part;
    }
}

static void read_field(isn_http *out, isn_str line)
{
    isn_str value;
    if (isn_http_field(&value, line, "content-type"))
        out->type = value;
    else if (isn_http_field(&value, line, "content-encoding"))
        read_encodings(out, value);
    else if (isn_http_field(&value, line, "transfer-encoding"))
        for (isn_str part; isn_str_next(&part, &value, ',');)
            out->chunked = out->chunked || is_word(isn_str_trim(part), "chunked");
}

bool isn_http_read(isn_http *out, isn_str bytes)
{
    *out = (isn_http){0};
    if (!isn_str_starts(bytes, ISN_STR("HTTP/")))
        return false;
    isn_str head = isn_str_part(bytes, 0, ISN_HTTP_HEAD);
    size_t at = 0;
    for (bool first = true;; first = false) {
        const char *feed = head.n > at ? memchr(head.p + at, '\n', head.n - at) : NULL;
        if (!feed)
            return false;
        isn_str line = isn_str_trim(isn_str_part(head, at, (size_t)(feed - head.p)));
        at = (size_t)(feed - head.p) + 1;
        if (line.n == 0)
            break;
        if (!first) {
            read_field(out, line);
            continue;
        }
        const char *blank = memchr(line.p, ' ', line.n);
        int64_t status = 0;
        isn_str digits = blank ? isn_str_trim(isn_str_part(line, (size_t)(blank - line.p), line.n)) : line;
        if (!isn_str_to_int(&status, isn_str_part(digits, 0, 3)) || status < 100)
            return false;
        out->status = (unsigned)status;
    }
    out->body = isn_str_part(bytes, at, bytes.n);
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The size at the beginning of a chunk and the bytes of its line; false where there is none. */
static bool chunk_size(uint64_t *size, size_t *line, isn_str s)
{
    size_t i = 0;
    *size = 0;
    while (i < s.n && i < 15 && hex_digit(s.p[i]) >= 0)
        *size = *size * 16 + (uint64_t)hex_digit(s.p[i++]);
    if (i == 0 || i == s.n || !strchr(" \t;\r\n", s.p[i]))
        return false;
    isn_str rest = isn_str_part(s, 0, ISN_HTTP_CHUNK_LINE);
    const char *feed = rest.n > i ? memchr(rest.p + i, '\n', rest.n - i) : NULL;
    *line = feed ? (size_t)(feed - rest.p) + 1 : 0;
    return feed != NULL;
}

isnad_status isn_http_join(isn_buf *out, isn_str body, isnad_error *err)
{
    size_t at = 0, line;
    uint64_t size;
    if (!chunk_size(&size, &line, body))
        return isn_fail(err, ISNAD_E_NOT_FOUND, NULL, 0, "its body has no chunks");
    for (;;) {
        isn_str rest = isn_str_part(body, at, body.n);
        if (!chunk_size(&size, &line, rest))
            return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, rest.n ? "byte %zu of its body begins no chunk"
                                                                 : "its body ends before the last chunk", at);
        if (size == 0)
            return ISNAD_OK;
        if (size > rest.n - line)
            return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "the chunk at byte %zu of its body claims %llu bytes, %zu are there", at,
                            (unsigned long long)size, rest.n - line);
        if (out->n + size > out->ceiling)
            return isn_fail(err, ISNAD_E_LIMIT, NULL, 0, "its body is larger than %zu bytes", out->ceiling);
        isn_buf_append(out, rest.p + line, (size_t)size);
        if (out->failed)
            return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "there is no memory for its body");
        at += line + (size_t)size;
        at += at < body.n && body.p[at] == '\r';
        at += at < body.n && body.p[at] == '\n';
    }
}
