#include "read/tame.h"

/* Where the attributes of the tag at s.p[at .. end) are too many: the place of the first of these, or end. */
static size_t many_attributes(isn_str s, size_t at, size_t end)
{
    unsigned n = 0;
    char quote = 0;
    bool blank = false;
    for (size_t i = at; i < end; i++) {
        char c = s.p[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if ((c == '"' || c == '\'') && s.p[i - 1] == '=') {
            quote = c;
        } else {
            bool space = (unsigned char)c <= ' ' || c == '/';
            if (!space && blank && ++n > ISN_TAME_ATTRIBUTES)
                return i;
            blank = space;
        }
    }
    return end;
}

isn_str isn_tame(isn_arena *arena, isn_str page, isn_diagnostics *diagnostics)
{
    char *copy = NULL;
    size_t next = 0; /* the first `>` at or behind `at`, once it was looked for */
    for (size_t at = 0; at < page.n;) {
        const char *open = memchr(page.p + at, '<', page.n - at);
        if (!open)
            break;
        at = (size_t)(open - page.p) + 1;
        if (next < at) {
            const char *close = at < page.n ? memchr(page.p + at, '>', page.n - at) : NULL;
            next = close ? (size_t)(close - page.p) : page.n;
        }
        size_t end = next;
        if (end - at < 2 * ISN_TAME_ATTRIBUTES || page.p[at] == '!')
            continue;
        size_t from = many_attributes(page, at, end);
        at = end;
        if (from == end)
            continue;
        if (!copy) {
            copy = isn_arena_alloc(arena, page.n);
            if (!copy)
                return (isn_str){NULL, 0};
            memcpy(copy, page.p, page.n);
            isn_diagnose(diagnostics, arena, 0, 0, "page-ceiling", "only %u attributes of an element of the page are read",
                         ISN_TAME_ATTRIBUTES);
        }
        memset(copy + from, ' ', end - from);
    }
    return copy ? isn_str_of(copy, page.n) : page;
}
