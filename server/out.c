#include "out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void isn_out_init(isn_out *out, size_t most)
{
    *out = (isn_out){.most = most};
}

void isn_out_release(isn_out *out)
{
    free(out->p);
    *out = (isn_out){.most = out->most};
}

static bool make_room(isn_out *out, size_t n)
{
    if (out->failed)
        return false;
    if (n >= out->most - out->n) {
        out->failed = true;
        return false;
    }
    if (n < out->room - out->n)
        return true;
    size_t room = out->room ? out->room : 1024;
    while (room - out->n <= n)
        room *= 2;
    char *p = realloc(out->p, room);
    out->failed = p == NULL;
    if (!p)
        return false;
    out->p = p;
    out->room = room;
    return true;
}

void isn_out_bytes(isn_out *out, const char *p, size_t n)
{
    if (!make_room(out, n))
        return;
    if (n)
        memcpy(out->p + out->n, p, n);
    out->n += n;
    out->p[out->n] = 0;
}

void isn_out_text(isn_out *out, const char *text)
{
    isn_out_bytes(out, text, strlen(text));
}

void isn_out_format(isn_out *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || !make_room(out, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(out->p + out->n, (size_t)n + 1, format, args);
    va_end(args);
    out->n += (size_t)n;
}

/* The bytes of the character at p, of at most n; 0 where it is none. Table 3-7 of the Unicode standard. */
static size_t character(const char *p, size_t n)
{
    const unsigned char *s = (const unsigned char *)p;
    unsigned char c = s[0];
    size_t more = c < 0x80 ? 0 : c >= 0xC2 && c <= 0xDF ? 1 : (c & 0xF0) == 0xE0 ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 4;
    if (more == 4 || n <= more)
        return 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    for (size_t k = 1; k <= more; k++) {
        if (s[k] < low || s[k] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return more + 1;
}

bool isn_utf8_good(const char *p, size_t n)
{
    for (size_t i = 0, step; i < n; i += step) {
        if ((step = character(p + i, n - i)) == 0)
            return false;
    }
    return true;
}

void isn_out_json(isn_out *out, const char *text)
{
    if (!text) {
        isn_out_text(out, "null");
        return;
    }
    size_t n = strlen(text);
    isn_out_bytes(out, "\"", 1);
    for (size_t i = 0, step; i < n; i += step ? step : 1) {
        unsigned char c = (unsigned char)text[i];
        step = character(text + i, n - i);
        if (!step)
            isn_out_text(out, "\\ufffd");
        else if (c == '"' || c == '\\')
            isn_out_format(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            isn_out_format(out, "\\u%04x", c);
        else
            isn_out_bytes(out, text + i, step);
    }
    isn_out_bytes(out, "\"", 1);
}

isnad_status isn_serve_fail(isnad_error *err, isnad_status status, const char *format, ...)
{
    if (err) {
        va_list args;
        *err = (isnad_error){.status = status};
        va_start(args, format);
        vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
    }
    return status;
}
