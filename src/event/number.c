/* number.c - numbers in digits and in words. Source of the grammar: Ryding 2005, chapter 15. */
#include "event/number.h"

#include "lexicon/schema.h"

isn_count_word isn_count_word_at(const isn_counter *counter, const isn_text *text, uint32_t t, uint32_t end, unsigned kinds)
{
    isn_count_word found = {.row = NULL};
    if (t >= end)
        return found;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) { /* longest first */
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries && t + match->n <= end; e++) {
            const isn_entry *entry = &match->entry[e];
            if (entry->table != ISN_T_COUNTS || entry->row >= counter->n || !(kinds >> counter->rows[entry->row].kind & 1))
                continue;
            const isn_word *word = text->tokens[t].word;
            unsigned clitics = word ? word->analyses[match->analysis].clitics : 0;
            return (isn_count_word){.row = &counter->rows[entry->row], .n = match->n, .form = entry->form,
                                    .conj = (clitics & (ISN_CL_WA | ISN_CL_FA)) != 0,
                                    .article = match->with_al || (clitics & ISN_CL_AL),
                                    .prep = (clitics & (ISN_CL_BA | ISN_CL_LA | ISN_CL_KA)) != 0};
        }
    }
    return found;
}

/* --- digits ----------------------------------------------------------------------------------------------------- */

/* How many digits follow. */
static size_t digits(const uint8_t *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] >= '0' && p[i] <= '9')
        i++;
    return i;
}

static double number_of(const uint8_t *p, size_t n)
{
    double value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (p[i] - '0');
    return value;
}

/*
 * The value of a token of digits. A comma or full stop before each three of the last digits parts thousands, where a word
 * that multiplies follows ("3.125 million") or other digits stand there it parts decimals.
 */
static bool read_digits(double *value, const isn_text *text, uint32_t t, bool multiplied)
{
    const isn_token *token = &text->tokens[t];
    const uint8_t *p = text->normal.p + token->at;
    size_t n = token->n, i = digits(p, n);
    if (i == 0 || i > 15)
        return false;
    *value = number_of(p, i);
    bool thousands = i <= 3 && !multiplied;
    while (i < n) {
        size_t more = digits(p + i + 1, n - i - 1);
        if (more == 0 || more > 9)
            return false;
        if (more == 3 && thousands) {
            *value = *value * 1000 + number_of(p + i + 1, 3);
        } else {
            double part = number_of(p + i + 1, more);
            for (size_t d = 0; d < more; d++)
                part /= 10;
            *value += part;
            return i + 1 + more == n;
        }
        i += 1 + more;
    }
    return true;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

enum { NUMBER_WORDS = 1u << ISN_COUNT_NUMBER | 1u << ISN_COUNT_SCALE | 1u << ISN_COUNT_PART };

/* The state of reading: thousands and more that are done, what is below, the last small number. */
typedef struct sum {
    double total, below, last, scale;
    uint32_t words;
    bool half; /* a part of the scale was added */
} sum;

/* Takes a word into the sum; false if it doesn't go on with the number. */
static bool take(sum *s, const isn_count_word *word)
{
    double value = word->row->value;
    if (word->row->kind == ISN_COUNT_PART) { /* "a million and a half" */
        if (!word->conj || s->scale < 1000)
            return false;
        s->total += value * s->scale;
        s->half = true;
        return true;
    }
    if (word->article || (word->prep && s->words))
        return false;
    if (s->half) /* "a million and half a million" */
        return word->row->kind == ISN_COUNT_SCALE && !word->conj && value == s->scale;
    if (s->words == 0) {
        s->below = value;
        s->scale = word->row->kind == ISN_COUNT_SCALE ? value : 1;
        if (s->scale >= 1000)
            s->total = value, s->below = 0;
    } else if (word->row->kind == ISN_COUNT_SCALE && !word->conj) {
        if (value == 100 && s->last >= 3 && s->last <= 9) {
            s->below += s->last * 99;
        } else if (value >= 1000) {
            s->total += (s->below > 0 ? s->below : 1) * value;
            s->below = 0;
            s->scale = value;
        } else {
            return false;
        }
    } else if (value == 10 && !word->conj && s->last >= 1 && s->last <= 9) {
        s->below += 10; /* fifteen */
    } else if (word->conj && word->row->kind == ISN_COUNT_SCALE && value >= 1000) {
        s->total += s->below + value;
        s->below = 0;
        s->scale = value;
    } else if (word->conj && ((s->last < 10 && value >= 20 && value < 100) || (s->last >= 100 && value < s->last))) {
        s->below += value;
    } else {
        return false;
    }
    s->last = value;
    s->words++;
    return true;
}

/* "3 thousand and 500": a lone w- and digits behind a scale. */
static uint32_t more_digits(sum *s, const isn_text *text, uint32_t t, uint32_t end)
{
    double value;
    const isn_token *token = &text->tokens[t];
    bool and = token->kind == ISN_TOKEN_WORD && token->n == 1 && text->normal.p[token->at] == ISN_WAW;
    if (!and || t + 1 >= end || s->scale < 1000 || text->tokens[t + 1].kind != ISN_TOKEN_NUMBER ||
        !read_digits(&value, text, t + 1, false) || value >= s->scale)
        return t;
    s->below += value;
    return t + 2;
}

uint32_t isn_number_read(double *value, bool *many, const isn_counter *counter, const isn_text *text, uint32_t t, uint32_t end)
{
    sum s = {.scale = 1};
    uint32_t at = t;
    *many = false;
    if (text->tokens[t].kind == ISN_TOKEN_NUMBER) {
        isn_count_word next = isn_count_word_at(counter, text, t + 1, end, 1u << ISN_COUNT_SCALE);
        if (!read_digits(&s.below, text, t, next.row && !next.conj && !next.article))
            return t;
        s.last = s.below;
        s.words = 1;
        at++;
    } else if (!isn_count_word_at(counter, text, t, end, NUMBER_WORDS | 1u << ISN_COUNT_MANY).row) {
        return t; /* most words */
    } else {
        isn_count_word some = isn_count_word_at(counter, text, t, end, 1u << ISN_COUNT_MANY);
        isn_count_word scale = isn_count_word_at(counter, text, t, end, 1u << ISN_COUNT_SCALE);
        bool plural = some.row && !some.article && !(scale.row && isn_count_word_at(counter, text, t, end, 1u << ISN_COUNT_NUMBER).row);
        if (plural) { /* "dozens", "hundreds of thousands" */
            *many = true;
            *value = some.row->value;
            isn_count_word next = isn_count_word_at(counter, text, t + some.n, end, 1u << ISN_COUNT_SCALE);
            if (next.row && !next.conj && next.row->value >= 1000) {
                *value *= next.row->value;
                return t + some.n + next.n;
            }
            return t + some.n;
        }
    }
    while (at < end) {
        /* "alfa" at the head is two thousand, behind a number it is "thousand" */
        isn_count_word word = isn_count_word_at(counter, text, at, end, 1u << (s.words ? ISN_COUNT_SCALE : ISN_COUNT_NUMBER));
        if (!word.row)
            word = isn_count_word_at(counter, text, at, end, NUMBER_WORDS);
        if (word.row && take(&s, &word)) {
            at += word.n;
            continue;
        }
        uint32_t after = s.words ? more_digits(&s, text, at, end) : at;
        if (after == at)
            break;
        at = after;
    }
    *value = s.total + s.below;
    return s.words ? at : t;
}
