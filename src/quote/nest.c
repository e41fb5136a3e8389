/* nest.c - quotes in order, each told once, inner ones under outer ones (ANNOTATION.md Q2, Q7). */
#include "quote/parts.h"

#define LEAD_WORDS                                                                                 \
    8 /* at most so many words stand before the inner word of saying where the outer one only      \
         brings it */

static void sort(isn_quotes *quotes)
{
    for (size_t i = 1; i < quotes->n; i++) { /* nearly in order already */
        isn_quote moved = quotes->items[i];
        size_t j = i;
        while (j > 0 && (quotes->items[j - 1].first > moved.first ||
                         (quotes->items[j - 1].first == moved.first &&
                          quotes->items[j - 1].last < moved.last))) {
            quotes->items[j] = quotes->items[j - 1];
            j--;
        }
        quotes->items[j] = moved;
    }
}

/* Is what the outer quote brings no more than that another said the inner one? */
static bool only_brings(const isn_finder *f, const isn_quote *outer, const isn_quote *inner)
{
    const isn_text *text = f->clauses->text;
    if (inner->cue == ISN_NONE || inner->cue < outer->first || inner->first >= outer->last ||
        inner->speaker == ISN_NONE || inner->speaker == outer->speaker || outer->direct)
        return false;
    if (isn_words_between(text, outer->first, inner->cue) > LEAD_WORDS)
        return false;
    uint8_t class_of = inner->cue_row == ISN_NO_ROW ? (uint8_t)ISN_CUE_SAY
                                                    : f->quoter->cues[inner->cue_row].class_of;
    if (class_of >= ISN_CUE_BELIEVE)
        return false;
    uint32_t left =
        inner->last < outer->last ? isn_words_between(text, inner->last, outer->last) : 0;
    uint32_t said = isn_words_between(text, inner->first, inner->last);
    return left <= 2 || left * 3 <= said;
}

static void pass_chain(isn_quote *inner, const isn_quote *outer)
{
    uint32_t chain[ISN_MOST_VIA];
    uint8_t n = 0;
    for (uint8_t v = 0; v < outer->n_via; v++)
        chain[n++] = outer->via[v];
    if (outer->speaker < ISN_SEVERAL && n < ISN_MOST_VIA)
        chain[n++] = outer->speaker;
    for (uint8_t v = 0; v < inner->n_via && n < ISN_MOST_VIA; v++)
        chain[n++] = inner->via[v];
    inner->n_via = 0;
    for (uint8_t v = 0; v < n; v++)
        isn_quote_add_via(inner, chain[v]);
}

/* Quotes that only bring another hand over to it and go. */
static void drop_bringers(isn_finder *f)
{
    isn_quotes *quotes = f->out;
    size_t kept = 0;
    for (size_t i = 0; i < quotes->n; i++) {
        bool drop = false;
        for (size_t j = i + 1;
             j < quotes->n && quotes->items[j].first < quotes->items[i].last && !drop; j++) {
            if (only_brings(f, &quotes->items[i], &quotes->items[j])) {
                pass_chain(&quotes->items[j], &quotes->items[i]);
                drop = true;
            }
        }
        if (!drop)
            quotes->items[kept++] = quotes->items[i];
    }
    quotes->n = kept;
}

/* Of quotes with nearly the same words the surer one stays. */
static void drop_doubles(isn_finder *f)
{
    const isn_text *text = f->clauses->text;
    isn_quotes *quotes = f->out;
    size_t kept = 0;
    for (size_t i = 0; i < quotes->n; i++) {
        isn_quote quote = quotes->items[i];
        bool drop = false;
        for (size_t k = kept; k > 0 && k + 3 > kept && !drop; k--) {
            isn_quote *other = &quotes->items[k - 1];
            uint32_t from = quote.first, to = quote.last < other->last ? quote.last : other->last;
            if (to <= from)
                continue;
            uint32_t both = isn_words_between(text, from, to);
            uint32_t all = isn_words_between(text, other->first,
                                             quote.last > other->last ? quote.last : other->last);
            if (both * 5 < all * 4)
                continue;
            drop = true;
            if (quote.confidence > other->confidence)
                *other = quote;
        }
        if (!drop)
            quotes->items[kept++] = quote;
    }
    quotes->n = kept;
}

bool isn_quote_is_open(const isn_finder *f, const isn_quote *quote)
{
    const isn_text *text = f->clauses->text;
    for (uint32_t t = quote->first; t > 0 && t + 3 > quote->first; t--) {
        uint32_t end = f->pair[t - 1];
        if (!isn_mark_is_quotation(&text->tokens[t - 1]))
            continue;
        bool open = end != ISN_NO_MARK && end > t - 1;
        return open && !(end < text->n_tokens && f->pair[end] == t - 1);
    }
    return false;
}

/* Speech over several paragraphs, each with an opening mark and only the last one with a closing one, is one quote. */
static void join_paragraphs(isn_finder *f)
{
    const isn_text *text = f->clauses->text;
    isn_quotes *quotes = f->out;
    size_t kept = 0;
    for (size_t i = 0; i < quotes->n; i++) {
        isn_quote *quote = &quotes->items[i], *before = kept ? &quotes->items[kept - 1] : NULL;
        uint32_t mark = quote->first > 0 ? quote->first - 1 : 0;
        bool goes_on = before && before->direct && quote->direct && quote->cue == ISN_NONE && quote->first > before->last &&
                       before->speaker == quote->speaker && isn_mark_is_quotation(&text->tokens[mark]) &&
                       isn_words_between(text, before->last, quote->first) == 0 &&
                       text->sentences[text->tokens[mark].sentence].first == mark &&
                       text->sentences[text->tokens[mark].sentence].block ==
                           text->sentences[text->tokens[before->last - 1].sentence].block + 1 &&
                       (f->joining || isn_quote_is_open(f, before));
        if (!goes_on) {
            f->joining = false;
            if (kept != i)
                quotes->items[kept] = *quote;
            kept++;
            continue;
        }
        f->joining = isn_quote_is_open(f, quote);
        before->last = quote->last;
        before->end = quote->end;
    }
    quotes->n = kept;
}

static void link_outer(isn_quotes *quotes)
{
    for (uint32_t i = 0; i < quotes->n; i++) {
        quotes->items[i].outer = ISN_NONE;
        for (uint32_t j = i; j > 0; j--) {
            if (quotes->items[j - 1].last >= quotes->items[i].last) {
                quotes->items[i].outer = j - 1;
                break;
            }
        }
    }
}

void isn_quotes_nest(isn_finder *f)
{
    sort(f->out);
    join_paragraphs(f);
    drop_bringers(f);
    drop_doubles(f);
    link_outer(f->out);
    for (size_t q = 0; q < f->out->n; q++) {
        isn_quote *quote = &f->out->items[q];
        if (quote->speaker == ISN_SEVERAL)
            quote->speaker = ISN_NONE;
    }
}
