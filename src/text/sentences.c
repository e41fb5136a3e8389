/*
 * sentences.c - where sentences end.
 *
 * At . ! ? and their Arabic twins, with the closing marks after them, and at the end of a line. Not
 * after initials and one-letter abbreviations, not within numbers and addresses, not inside a
 * quotation that is closed soon after in the same block: its sentences belong to one act of saying.
 * Rules after Kiss and Strunk's list of ambiguities (Unsupervised multilingual sentence boundary
 * detection, 2006), without their statistics.
 */
#include "text/parts.h"

#define LEAD_IN 4 /* a sentence of fewer tokens isn't ended by several dots */
#define QUOTE_REACH                                                                                \
    80 /* tokens within which an open quotation must close to hold its sentences together */

typedef struct splitter {
    isn_text *text;
    size_t capacity;
    size_t first;       /* first token of the sentence */
    size_t quote_until; /* token that closes the open quotation, 0 if none */
} splitter;

static bool is_end(const isn_token *token)
{
    return token->kind == ISN_TOKEN_PUNCT &&
           (token->mark == '.' || token->mark == '!' || token->mark == '?');
}

static bool is_closer(const isn_token *token)
{
    return token->kind == ISN_TOKEN_PUNCT && !token->space &&
           (token->mark == ISN_QUOTE_CLOSE || token->mark == '"' || token->mark == '\'' ||
            token->mark == ')' || token->mark == ']');
}

static bool is_letters(const isn_token *token)
{
    return token->kind == ISN_TOKEN_WORD || token->kind == ISN_TOKEN_LATIN;
}

/* Does a quotation or bracket open here? A straight mark does after a blank or an opening bracket.
 */
static bool opens(const isn_token *token, bool at_begin)
{
    if (token->kind != ISN_TOKEN_PUNCT)
        return false;
    if (token->mark == ISN_QUOTE_OPEN || token->mark == '(')
        return true;
    return token->mark == '"' && (token->space || at_begin ||
                                  (token[-1].kind == ISN_TOKEN_PUNCT && token[-1].mark == '('));
}

/* Where the quotation or bracket that opens at t closes, or 0. A straight mark opens after a blank
 * and closes before one. */
static size_t closing(const isn_text *text, size_t t, size_t end)
{
    uint8_t open = text->tokens[t].mark;
    size_t most = end - t > QUOTE_REACH ? t + QUOTE_REACH : end;
    for (size_t i = t + 1; i < most; i++) {
        const isn_token *token = &text->tokens[i];
        if (token->kind != ISN_TOKEN_PUNCT)
            continue;
        if (open == ISN_QUOTE_OPEN && token->mark == ISN_QUOTE_OPEN)
            return 0;
        if (open == '(' && token->mark == ')')
            return i + 1; /* what ends in brackets ends no sentence */
        if (open != '(' && token->mark == (open == '"' ? '"' : ISN_QUOTE_CLOSE))
            return i;
    }
    return 0;
}

/* Does the full stop at t belong to an abbreviation, an initial or an address? */
static bool is_abbreviation(const isn_text *text, size_t t, size_t first, size_t end)
{
    const isn_token *dot = &text->tokens[t];
    const isn_token *next = t + 1 < end ? dot + 1 : NULL;
    const isn_token *before = t > first ? dot - 1 : NULL;
    if (!next || dot->mark != '.' || !before)
        return false;
    if (next->kind == ISN_TOKEN_PUNCT && next->mark == '.')
        return false;
    if (is_letters(before) && before->n == 1 && !dot->space)
        return true;
    if (before->kind == ISN_TOKEN_NUMBER && t - first == 1 && !dot->space)
        return true; /* the number of a list */
    if (next->space || !(is_letters(next) || next->kind == ISN_TOKEN_NUMBER))
        return false;
    /* No blank after it: an address or a name (example.com), unless two Arabic words only lack the
     * blank. */
    return !(before->kind == ISN_TOKEN_WORD && next->kind == ISN_TOKEN_WORD && before->n > 2 &&
             next->n > 2);
}

static bool close_sentence(splitter *s, size_t last, uint32_t block)
{
    isn_text *text = s->text;
    if (last <= s->first)
        return true;
    isn_sentence *grown = isn_arena_grow(text->arena, text->sentences, text->n_sentences,
                                         &s->capacity, text->n_sentences + 1, sizeof *grown);
    if (!grown)
        return false;
    text->sentences = grown;
    grown[text->n_sentences] = (isn_sentence){.first = (uint32_t)s->first,
                                              .last = (uint32_t)last,
                                              .block = block,
                                              .begin = text->tokens[s->first].begin,
                                              .end = text->tokens[last - 1].end};
    for (size_t t = s->first; t < last; t++)
        text->tokens[t].sentence = (uint32_t)text->n_sentences;
    text->n_sentences++;
    s->first = last;
    return true;
}

/* Two dots or more after a few words lead in what follows, like a colon (headlines): no end. */
static bool leads_in(const splitter *s, size_t t, size_t end)
{
    while (t > s->first && is_end(&s->text->tokens[t - 1]))
        t--;
    const isn_token *dot = &s->text->tokens[t];
    size_t run = dot->end - dot->begin > 1; /* the one mark of three dots */
    for (size_t i = t;
         i < end && s->text->tokens[i].kind == ISN_TOKEN_PUNCT && s->text->tokens[i].mark == '.';
         i++)
        run++;
    return dot->mark == '.' && run > 1 && t - s->first < LEAD_IN;
}

/* Token after the sentence that ends at mark t: past further marks and closing quotation marks; t
 * if it goes on. */
static size_t after_end(const splitter *s, size_t t, size_t end)
{
    const isn_text *text = s->text;
    if (is_abbreviation(text, t, s->first, end) || leads_in(s, t, end))
        return t;
    if (t > s->first && text->tokens[t - 1].kind == ISN_TOKEN_PUNCT &&
        text->tokens[t - 1].mark == '(')
        return t;
    size_t at = t + 1;
    while (at < end && text->tokens[at].space != 2 &&
           (is_end(&text->tokens[at]) || is_closer(&text->tokens[at])))
        at++;
    if (s->quote_until && at <= s->quote_until)
        return t;
    if (at < end && text->tokens[at].kind == ISN_TOKEN_PUNCT && text->tokens[at].space != 2) {
        uint8_t mark = text->tokens[at].mark;
        if (mark == ',' || mark == ';' || mark == ':')
            return t;
    }
    return at;
}

/* The sentences of tokens [begin, end), which stand in one block. */
static bool split_block(splitter *s, size_t begin, size_t end, uint32_t block)
{
    isn_text *text = s->text;
    s->first = begin;
    s->quote_until = 0;
    for (size_t t = begin; t < end;) {
        isn_token *token = &text->tokens[t];
        if (t > s->first && (token->space == 2 || t - s->first >= ISN_SENTENCE_MOST)) {
            s->quote_until = 0;
            if (!close_sentence(s, t, block))
                return false;
        }
        if (s->quote_until && t > s->quote_until)
            s->quote_until = 0;
        if (!s->quote_until && opens(token, t == begin))
            s->quote_until = closing(text, t, end);
        size_t next = is_end(token) ? after_end(s, t, end) : t;
        if (next == t) {
            t++;
            continue;
        }
        if (!close_sentence(s, next, block))
            return false;
        t = next;
    }
    return close_sentence(s, end, block);
}

/*
 * Fills text->sentences and the tokens' numbers of sentence. False when the arena is full: then the
 * tokens without a sentence are dropped, so that what is left is consistent.
 */
bool isn_sentences_make(isn_text *text)
{
    splitter s = {.text = text};
    bool fits = true;
    for (size_t t = 0; t < text->n_tokens && fits;) {
        uint32_t block = text->tokens[t].sentence; /* index of the block so far */
        size_t end = t + 1;
        while (end < text->n_tokens && text->tokens[end].sentence == block)
            end++;
        fits = split_block(&s, t, end, block);
        t = end;
    }
    if (!fits)
        text->n_tokens = text->n_sentences ? text->sentences[text->n_sentences - 1].last : 0;
    for (size_t t = 0; t < text->n_tokens; t++)
        text->tokens[t].space = text->tokens[t].space != 0;
    return fits;
}
