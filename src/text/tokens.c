/*
 * tokens.c - cutting the normal form of the read blocks into tokens.
 *
 * Letters of one script make a word; digits make a number, with a decimal part or thousands
 * (1,200 3.5) but not dates, hours or addresses, whose marks stay tokens of their own; every other
 * visible mark is a token. Long runs are cut, so that a line of ten million letters costs no more
 * than ordinary text.
 */
#include "text/parts.h"

#define NUMBER_MOST 64 /* letters of one number */

typedef struct cutter {
    isn_text *text;
    isn_words *words;
    size_t capacity;
    size_t at, end; /* letters of the block that are left */
} cutter;

/* Bytes of the vowel mark or tatweel at byte `at`, 0 if there is none: those after a word's last
 * letter are its own. */
static size_t mark_length(isn_str raw, size_t at, size_t end)
{
    if (at + 2 > end)
        return 0;
    unsigned char a = (unsigned char)raw.p[at], b = (unsigned char)raw.p[at + 1];
    bool mark = (a == 0xD9 && ((b >= 0x8B && b <= 0x9F) || b == 0xB0 || b == 0x80)) ||
                (a == 0xDB && b >= 0x96 && b <= 0xAD && b != 0x9D && b != 0x9E) ||
                (a == 0xD8 && b >= 0x90 && b <= 0x9A);
    return mark ? 2 : 0;
}

static uint32_t token_end(const isn_text *text, size_t last)
{
    uint32_t end = isn_normal_end(&text->normal, text->raw, last);
    uint32_t next = text->normal.map[last + 1];
    while (end < next) {
        size_t length = mark_length(text->raw, end, next);
        if (!length)
            break;
        end += (uint32_t)length;
    }
    return end;
}

/* Appends the token of letters [at, at + n). */
static bool push(cutter *c, size_t n, uint8_t kind, uint8_t space)
{
    isn_text *text = c->text;
    isn_token *grown = isn_arena_grow(text->arena, text->tokens, text->n_tokens, &c->capacity,
                                      text->n_tokens + 1, sizeof *grown);
    if (!grown)
        return false;
    text->tokens = grown;
    const uint8_t *letters = text->normal.p + c->at;
    isn_token token = {.begin = text->normal.map[c->at],
                       .end = token_end(text, c->at + n - 1),
                       .at = (uint32_t)c->at,
                       .n = (uint32_t)n,
                       .kind = kind,
                       .space = space};
    if (kind == ISN_TOKEN_PUNCT)
        token.mark = letters[0];
    if (kind == ISN_TOKEN_WORD || kind == ISN_TOKEN_LATIN) {
        token.word = isn_words_get(c->words, text->arena, letters, n, kind == ISN_TOKEN_LATIN);
        if (!token.word)
            return false;
    }
    grown[text->n_tokens++] = token;
    c->at += n;
    return true;
}

static size_t digits_at(const uint8_t *p, size_t n)
{
    size_t i = 0;
    while (i < n && i < NUMBER_MOST && isn_is_digit(p[i]))
        i++;
    return i;
}

/*
 * Letters of the number at p: digits, and what follows a dot or comma if it is the decimal part or
 * thousands. More than one separator is taken only where all groups have three digits (the last may
 * be a decimal part after another mark): 15.4.2021 is three numbers.
 */
static size_t number_length(const uint8_t *p, size_t n)
{
    size_t whole = digits_at(p, n), at = whole, groups = 0;
    bool thousands = whole <= 3, ended = false;
    uint8_t first = 0;
    while (at + 1 < n && at < NUMBER_MOST && (p[at] == '.' || p[at] == ',')) {
        size_t more = digits_at(p + at + 1, n - at - 1);
        if (!more)
            break;
        if (!groups)
            first = p[at];
        if (ended || (groups && p[at] == first && more != 3))
            return whole;
        if (p[at] != first || more != 3)
            ended = true;
        thousands = thousands && (more == 3 || (groups && ended));
        groups++;
        at += 1 + more;
    }
    if (groups > 1)
        return thousands ? at : whole;
    /* One mark: 2010,2011 is a list of years, 3,5 a number. */
    if (groups == 1 && first == ',' && (whole > 3 || at - whole - 1 > 3))
        return whole;
    return at;
}

static uint8_t kind_of(uint8_t c)
{
    if (isn_is_arabic(c))
        return ISN_TOKEN_WORD;
    if (isn_is_digit(c))
        return ISN_TOKEN_NUMBER;
    if (isn_is_latin(c))
        return ISN_TOKEN_LATIN;
    if ((c > ' ' && c < 0x7F) || c == ISN_QUOTE_OPEN || c == ISN_QUOTE_CLOSE)
        return ISN_TOKEN_PUNCT;
    return ISN_TOKEN_SYMBOL;
}

/* Length of the token at the cutter's place. */
static size_t token_length(const cutter *c, uint8_t kind)
{
    const uint8_t *p = c->text->normal.p + c->at;
    size_t left = c->end - c->at, n = 1;
    switch (kind) {
    case ISN_TOKEN_WORD:
        while (n < left && n < ISN_WORD_MOST && isn_is_arabic(p[n]))
            n++;
        return n;
    case ISN_TOKEN_LATIN:
        while (n < left && n < ISN_WORD_MOST && isn_is_latin(p[n]))
            n++;
        return n;
    case ISN_TOKEN_NUMBER:
        /* Behind a mark within digits stands a further part of what was no single number. */
        if (c->at > 1 && (p[-1] == '.' || p[-1] == ',') && isn_is_digit(p[-2]))
            return digits_at(p, left);
        n = number_length(p, left);
        return n ? n : 1;
    default:
        return 1;
    }
}

/* The tokens of one block. `space` of a token is 2 after a line end until the sentences are made.
 */
static bool cut_block(cutter *c)
{
    uint8_t space = 2;
    while (c->at < c->end) {
        uint8_t code = c->text->normal.p[c->at];
        if (code == ' ' || code == '\n') {
            if (space != 2)
                space = code == '\n' ? 2 : 1;
            c->at++;
            continue;
        }
        uint8_t kind = kind_of(code);
        if (!push(c, token_length(c, kind), kind, space))
            return false;
        space = 0;
    }
    return true;
}

/*
 * Fills text->tokens with the tokens of all read blocks; `sentence` holds the index of the block
 * until the sentences are made. False when the arena is full; the tokens so far stay.
 */
bool isn_tokens_make(isn_text *text, isn_words *words)
{
    cutter c = {.text = text, .words = words};
    /* Room for the usual number of tokens at once: growing leaves the old arrays in the arena. */
    text->tokens = isn_arena_grow(text->arena, NULL, 0, &c.capacity, text->normal.n / 5 + 16,
                                  sizeof *text->tokens);
    if (!text->tokens)
        return false;
    for (size_t b = 0; b < text->n_blocks; b++) {
        const isn_block *block = &text->blocks[b];
        if (!isn_block_is_read(block->kind))
            continue;
        size_t first = text->n_tokens;
        c.at = isn_normal_at(&text->normal, c.end, block->begin);
        c.end = isn_normal_at(&text->normal, c.at, block->end);
        bool fits = cut_block(&c);
        for (size_t t = first; t < text->n_tokens; t++)
            text->tokens[t].sentence = (uint32_t)b;
        if (!fits)
            return false;
    }
    return true;
}
