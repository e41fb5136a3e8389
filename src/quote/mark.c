/* mark.c - which quotation marks belong together. */
#include "quote/parts.h"

#define MOST_OPEN 8
#define MOST_SENTENCES 12 /* a quotation goes on over at most so many sentences of its block */

bool isn_mark_is_quotation(const isn_token *token)
{
    return token->kind == ISN_TOKEN_PUNCT &&
           (token->mark == '"' || token->mark == ISN_QUOTE_OPEN || token->mark == ISN_QUOTE_CLOSE);
}

uint32_t isn_words_between(const isn_text *text, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t t = first; t < last && t < text->n_tokens; t++)
        n += text->tokens[t].kind != ISN_TOKEN_PUNCT;
    return n;
}

typedef struct open_marks {
    uint32_t token[MOST_OPEN];
    bool doubtful[MOST_OPEN]; /* by its blanks it would close */
    size_t n;
} open_marks;

/* Does the mark open? By the blanks around it, else by its shape, else by whether one is open. */
static bool opens(const isn_text *text, uint32_t t, uint32_t end, const open_marks *open)
{
    const isn_token *token = &text->tokens[t];
    bool first = t == 0 || text->tokens[t - 1].sentence != token->sentence;
    bool before =
        first || token->space || text->tokens[t - 1].mark == '(' || text->tokens[t - 1].mark == ':';
    bool last = t + 1 >= end;
    bool after = last || text->tokens[t + 1].space ||
                 (text->tokens[t + 1].kind == ISN_TOKEN_PUNCT &&
                  !isn_mark_is_quotation(&text->tokens[t + 1]));
    if (before && !after)
        return true;
    if (!before && after)
        return false;
    if (token->mark != '"')
        return token->mark == ISN_QUOTE_OPEN;
    return open->n == 0;
}

/* Where the words of a mark that nothing closes end. */
static uint32_t unclosed_end(const isn_finder *f, uint32_t open, uint32_t block_end)
{
    const isn_text *text = f->clauses->text;
    const isn_sentence *sentence = &text->sentences[text->tokens[open].sentence];
    uint32_t end = sentence->last;
    if (open == sentence->first || text->tokens[open - 1].mark == ':') {
        uint32_t last = text->tokens[block_end - 1].sentence;
        if (last - text->tokens[open].sentence <= MOST_SENTENCES / 2)
            end = block_end;
    }
    for (uint32_t t = open + 1; t < sentence->last; t++) {
        uint32_t close = f->pair[t];
        if (close != ISN_NO_MARK && close > t && close > end)
            end = close;
    }
    return end;
}

static void pair_block(isn_finder *f, uint32_t begin, uint32_t end)
{
    const isn_text *text = f->clauses->text;
    open_marks open = {.n = 0};
    for (uint32_t t = begin; t < end; t++) {
        if (!isn_mark_is_quotation(&text->tokens[t]))
            continue;
        bool opening = opens(text, t, end, &open);
        if (opening || open.n == 0) {
            if (open.n < MOST_OPEN) {
                open.doubtful[open.n] = !opening;
                open.token[open.n++] = t;
            }
        } else {
            uint32_t from = open.token[--open.n];
            if (text->tokens[t].sentence - text->tokens[from].sentence <= MOST_SENTENCES) {
                f->pair[from] = t;
                f->pair[t] = from;
            }
        }
    }
    while (open.n) {
        uint32_t from = open.token[--open.n];
        if (!open.doubtful[open.n])
            f->pair[from] = unclosed_end(f, from, end);
    }
}

bool isn_marks_pair(isn_finder *f)
{
    const isn_text *text = f->clauses->text;
    f->pair = isn_arena_alloc(text->arena, (text->n_tokens + 1) * sizeof *f->pair);
    if (!f->pair)
        return false;
    for (size_t t = 0; t <= text->n_tokens; t++)
        f->pair[t] = ISN_NO_MARK;
    size_t s = 0;
    while (s < text->n_sentences) {
        size_t next = s + 1;
        while (next < text->n_sentences && text->sentences[next].block == text->sentences[s].block)
            next++;
        if (text->sentences[next - 1].last > text->sentences[s].first)
            pair_block(f, text->sentences[s].first, text->sentences[next - 1].last);
        s = next;
    }
    return true;
}

bool isn_mark_opens(uint32_t *close, const isn_finder *f, uint32_t token)
{
    uint32_t end = f->pair[token];
    if (end == ISN_NO_MARK || end <= token)
        return false;
    *close = end;
    return end > token + 1;
}

bool isn_mark_names(const isn_finder *f, uint32_t open, uint32_t close)
{
    const isn_text *text = f->clauses->text;
    uint32_t words = isn_words_between(text, open + 1, close);
    if (words == 0)
        return true;
    uint32_t mention = f->clauses->mentions->at[open + 1];
    if (mention != ISN_NONE && f->clauses->mentions->items[mention].last >= close)
        return true;
    return words <= 2 && close < text->sentences[text->tokens[open].sentence].last &&
           close + 1 < text->n_tokens && text->tokens[close + 1].kind != ISN_TOKEN_PUNCT;
}
