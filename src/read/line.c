#include "read/line.h"

#include "base/letters.h"
#include "base/normal.h"
#include "base/utf8.h"

#define HEAD 160u /* bytes of a long line that are looked at */

#define ANY_BITS                                                                                   \
    (ISN_PAGE_BIT(ISN_PAGE_RELATED, ISN_PAGE_ANY) | ISN_PAGE_BIT(ISN_PAGE_COMMENT, ISN_PAGE_ANY) | \
     ISN_PAGE_BIT(ISN_PAGE_BOILERPLATE, ISN_PAGE_ANY) |                                            \
     ISN_PAGE_BIT(ISN_PAGE_CLOSING, ISN_PAGE_ANY) | ISN_PAGE_BIT(ISN_PAGE_CAPTION, ISN_PAGE_ANY) | \
     ISN_PAGE_BIT(ISN_PAGE_BYLINE, ISN_PAGE_ANY) | ISN_PAGE_BIT(ISN_PAGE_MASTHEAD, ISN_PAGE_ANY) | \
     ISN_PAGE_BIT(ISN_PAGE_SOURCE, ISN_PAGE_ANY) | ISN_PAGE_BIT(ISN_PAGE_DATE, ISN_PAGE_ANY) |     \
     ISN_PAGE_BIT(ISN_PAGE_OUTLET, ISN_PAGE_ANY) | ISN_PAGE_BIT(ISN_PAGE_AGENCY, ISN_PAGE_ANY))
#define START_BITS                                                                                 \
    (ANY_BITS >> ISN_PAGE_ANY << ISN_PAGE_START | ISN_PAGE_BIT(ISN_PAGE_PARAGRAPH, ISN_PAGE_START))
#define WHOLE_BITS (ANY_BITS >> ISN_PAGE_ANY << ISN_PAGE_WHOLE)
#define LABEL_BITS (ANY_BITS >> ISN_PAGE_ANY << ISN_PAGE_LABEL)

#define CREDIT_BITS                                                                                \
    (ISN_PAGE_BIT(ISN_PAGE_OUTLET, ISN_PAGE_ANY) | ISN_PAGE_BIT(ISN_PAGE_AGENCY, ISN_PAGE_ANY))

#define ANY_WORDS 25u /* in longer lines phrases are looked for at the start alone */

/* The words of one line in folded codes. */
typedef struct words {
    uint8_t key[ISN_LINE_LONG + 32];
    size_t n_key;
    uint64_t hash[ISN_LINE_WORDS];
    uint16_t from[ISN_LINE_WORDS], to[ISN_LINE_WORDS]; /* in key */
    size_t n;
} words;

static void split_words(words *w)
{
    size_t i = 0;
    w->n = 0;
    while (i < w->n_key && w->n < ISN_LINE_WORDS) {
        size_t from = i;
        while (i < w->n_key && isn_page_letter(w->key[i]))
            i++;
        if (i == from) {
            i++;
            continue;
        }
        w->hash[w->n] = isn_page_word_hash(w->key + from, i - from);
        w->from[w->n] = (uint16_t)from;
        w->to[w->n++] = (uint16_t)i;
    }
}

/* The first code that isn't a blank at or after `at`; 0 at the end. */
static uint8_t next_mark(const words *w, size_t at)
{
    while (at < w->n_key && w->key[at] == ' ')
        at++;
    return at < w->n_key ? w->key[at] : 0;
}

static bool is_cut(uint8_t c)
{
    return c == ':' || c == '-' || c == '/' || c == '|';
}

/* Two full stops or an ellipsis (one code) with a blank behind it. */
static bool are_dots(const words *w, size_t at)
{
    return at + 1 < w->n_key && w->key[at] == '.' &&
           (w->key[at + 1] == '.' || w->key[at + 1] == ' ');
}

/* Does a bracket, dash or slash stand before the word that begins at `at`? */
static bool is_credit_mark(const words *w, size_t at)
{
    while (at > 0 && (w->key[at - 1] == ' ' || w->key[at - 1] == '"'))
        at--;
    return at > 0 && strchr("(-/[", w->key[at - 1]);
}

/* Phrases that begin at word i; `all` says that the line ends with w. */
static uint64_t phrases_at(const words *w, size_t i, const isn_page *page, bool all,
                           uint32_t *flags)
{
    uint64_t hash = 0, seen = 0, bits;
    for (size_t k = i; k < w->n && k < i + ISN_PAGE_PHRASE_WORDS; k++) {
        hash = isn_page_join(hash, w->hash[k]);
        if (!isn_page_find(page, hash, &bits))
            break;
        if (!bits)
            continue;
        seen |= bits & ANY_BITS;
        if (i > 0) {
            if (all && k + 1 == w->n && bits & CREDIT_BITS && is_credit_mark(w, w->from[i]))
                *flags |= ISN_LINE_CREDIT;
            continue;
        }
        bool whole = all && k + 1 == w->n;
        seen |= bits & START_BITS;
        if (whole) {
            seen |= bits & (WHOLE_BITS | LABEL_BITS);
            if (bits & (WHOLE_BITS | START_BITS | ANY_BITS | LABEL_BITS))
                *flags |= ISN_LINE_MARKER;
        } else if (is_cut(next_mark(w, w->to[k])) || are_dots(w, w->to[k])) {
            seen |= bits & LABEL_BITS;
        }
    }
    return seen;
}

static bool all_digits(const words *w, size_t i)
{
    for (size_t k = w->from[i]; k < w->to[i]; k++)
        if (!isn_is_digit(w->key[k]))
            return false;
    return true;
}

/* Is the line made of words of the table alone (numbers among them)? */
static uint64_t made_of_words(const words *w, const isn_page *page)
{
    const uint64_t date = ISN_PAGE_BIT(ISN_PAGE_DATE, ISN_PAGE_WORDS);
    const uint64_t plain = ISN_PAGE_BIT(ISN_PAGE_BOILERPLATE, ISN_PAGE_WORDS);
    size_t dates = 0, plains = 0;
    for (size_t i = 0; i < w->n; i++) {
        uint64_t bits = 0;
        if (all_digits(w, i))
            continue;
        if (!isn_page_find(page, isn_page_join(0, w->hash[i]), &bits) || !(bits & (date | plain)))
            return 0;
        dates += (bits & date) != 0;
        plains += (bits & date) == 0;
    }
    if (dates + plains == 0)
        return 0;
    return plains ? plain : date;
}

/* Signs of what a line is that need no words. */
static uint32_t signs(const words *w)
{
    uint32_t flags = 0;
    size_t tags = 0, paths = 0, arabic = 0, digits = 0, little = 0;
    for (size_t i = 0; i < w->n_key; i++) {
        uint8_t c = w->key[i];
        tags += c == '#';
        paths += c == '>' || c == '|' || (c == '/' && i && w->key[i - 1] == ' ');
        if (is_cut(c) && i && i + 1 < w->n_key &&
            !(isn_is_digit(w->key[i - 1]) && isn_is_digit(w->key[i + 1])))
            flags |= ISN_LINE_CUT;
        if (c == '|' || (c == ':' && i && w->key[i - 1] == ':'))
            flags |= ISN_LINE_BAR;
    }
    for (size_t i = 0; i < w->n; i++) {
        arabic += isn_is_arabic(w->key[w->from[i]]);
        digits += all_digits(w, i);
        little += w->to[i] - w->from[i] <= 2 && isn_is_arabic(w->key[w->from[i]]);
    }
    if (tags && tags * 2 >= w->n)
        flags |= ISN_LINE_TAGS;
    if (paths >= 2)
        flags |= ISN_LINE_CRUMBS;
    if (digits == w->n)
        flags |= ISN_LINE_NUMBERS;
    if (arabic == 0 && digits < w->n)
        flags |= ISN_LINE_LATIN;
    if (w->n && little == w->n && w->n <= 6 &&
        (memchr(w->key, '/', w->n_key) || memchr(w->key, '.', w->n_key)))
        flags |= ISN_LINE_INITIALS;
    return flags;
}

/* How the line begins, by its folded codes. */
static uint32_t beginning(const words *w)
{
    uint32_t flags = 0;
    size_t i = 0;
    while (i < w->n_key && isn_is_digit(w->key[i]))
        i++;
    uint8_t c = w->n_key ? w->key[0] : 0;
    if (c == '-' || c == '*')
        flags |= ISN_LINE_BULLET;
    if (i > 0 && i <= 2 && i < w->n_key &&
        (w->key[i] == '-' || w->key[i] == '.' || w->key[i] == ')'))
        flags |= ISN_LINE_BULLET;
    if (w->n_key >= 4 && (memcmp(w->key, "http", 4) == 0 || memcmp(w->key, "www.", 4) == 0) &&
        !memchr(w->key, ' ', w->n_key))
        flags |= ISN_LINE_URL;
    return flags;
}

static bool is_quote(uint8_t c)
{
    return c == '"' || c == '\'';
}

/* How the line ends: the last 24 bytes are enough. */
static uint32_t ending(isn_str text, uint8_t first)
{
    uint8_t key[48];
    size_t from = text.n > 24 ? text.n - 24 : 0;
    while (from < text.n && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    size_t n = isn_normal_key(key, sizeof key, isn_str_part(text, from, text.n));
    if (n > sizeof key)
        n = 0;
    bool quoted = n && is_quote(key[n - 1]) && is_quote(first);
    uint32_t flags = quoted ? ISN_LINE_QUOTED : 0;
    while (n && (is_quote(key[n - 1]) || key[n - 1] == ')' || key[n - 1] == ' '))
        n--;
    if (n && key[n - 1] == '.')
        flags |= ISN_LINE_STOP;
    if (n && key[n - 1] == ':')
        flags |= ISN_LINE_COLON;
    if (n && (key[n - 1] == '?' || key[n - 1] == '!'))
        flags |= ISN_LINE_QUESTION;
    return flags;
}

static void read_long(isn_line *line, words *w, const isn_page *page, isn_str text)
{
    size_t n = HEAD;
    while (n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    size_t got = isn_normal_key(w->key, sizeof w->key, isn_str_part(text, 0, n));
    w->n_key = got < sizeof w->key ? got : sizeof w->key;
    split_words(w);
    line->words = ISN_LINE_LONG_WORDS;
    line->seen = phrases_at(w, 0, page, false, &line->flags);
    line->flags |= beginning(w);
}

bool isn_line_read(isn_line *line, isn_arena *arena, const isn_page *page, isn_str text)
{
    words w;
    text = isn_str_trim(text);
    line->flags = 0;
    line->hashes = NULL;
    line->hash = line->seen = 0;
    if (text.n > ISN_LINE_LONG) {
        read_long(line, &w, page, text);
        line->flags |= ending(text, w.n_key ? w.key[0] : 0);
        return true;
    }
    size_t got = isn_normal_key(w.key, sizeof w.key, text);
    w.n_key = got < sizeof w.key ? got : sizeof w.key;
    split_words(&w);
    line->words = (uint16_t)w.n;
    line->flags |= signs(&w) | beginning(&w) | ending(text, w.n_key ? w.key[0] : 0);
    if (isn_str_find(text, ISN_STR("\xC2\xA9")) != SIZE_MAX)
        line->flags |= ISN_LINE_COPYRIGHT;
    for (size_t i = 0; i < w.n; i++)
        line->hash = isn_page_join(line->hash, w.hash[i]);
    for (size_t i = 0; i < w.n && (i == 0 || w.n <= ANY_WORDS); i++)
        line->seen |= phrases_at(&w, i, page, true, &line->flags);
    line->seen |= made_of_words(&w, page);
    uint64_t *hashes = isn_arena_alloc(arena, w.n * sizeof *hashes + 1);
    if (!hashes)
        return false;
    memcpy(hashes, w.hash, w.n * sizeof *hashes);
    line->hashes = hashes;
    return true;
}

size_t isn_line_policies(const isn_page *page, isn_str text)
{
    const uint64_t policy = ISN_PAGE_BIT(ISN_PAGE_COMMENT, ISN_PAGE_WORDS);
    size_t found = 0;
    for (size_t at = 0; at < text.n;) {
        words w;
        size_t n = text.n - at < ISN_LINE_LONG ? text.n - at : ISN_LINE_LONG;
        while (n > 1 && at + n < text.n && text.p[at + n] != ' ')
            n--;
        size_t got = isn_normal_key(w.key, sizeof w.key, isn_str_part(text, at, at + n));
        w.n_key = got < sizeof w.key ? got : sizeof w.key;
        split_words(&w);
        for (size_t i = 0; i < w.n; i++) {
            uint64_t hash = 0, bits;
            for (size_t k = i; k < w.n && k < i + ISN_PAGE_PHRASE_WORDS; k++) {
                hash = isn_page_join(hash, w.hash[k]);
                if (!isn_page_find(page, hash, &bits))
                    break;
                found += (bits & policy) != 0;
            }
        }
        at += n;
    }
    return found;
}

bool isn_lines_make(isn_lines *out, isn_arena *arena, const isn_blocks_input *input)
{
    isn_str text = input->text;
    *out = (isn_lines){0};
    size_t at = 0;
    while (at < text.n) {
        const char *feed = memchr(text.p + at, '\n', text.n - at);
        size_t next = feed ? (size_t)(feed - text.p) + 1 : text.n;
        size_t end = feed ? next - 1 : next;
        while (end > at && text.p[end - 1] == '\r')
            end--;
        isn_str whole = isn_str_part(text, at, end);
        if (isn_str_trim(whole).n) {
            isn_line *line = ISN_PUSH(arena, out);
            if (!line || !isn_line_read(line, arena, input->page, whole))
                return false;
            line->begin = (uint32_t)at;
            line->end = (uint32_t)end;
            if (input->hints && out->n <= input->n_hints)
                line->hint = input->hints[out->n - 1];
        }
        at = next;
    }
    return true;
}
