/* word.c - the words of the calendar and what stands between them. */
#include "time/parts.h"

static const char *const kind_names[ISN_CAL_COUNT] = {
    "",     "month", "hijri", "weekday", "relative", "modifier", "unit",    "two",
    "part", "stage", "clock", "ordinal", "number",   "named",    "share",   "doubtful"};

static int kind_of(isn_str name)
{
    for (int k = 1; k < ISN_CAL_COUNT; k++) {
        if (isn_str_equal(name, isn_str_cstr(kind_names[k])))
            return k;
    }
    return ISN_CAL_NONE;
}

static int kind_of_row(const isn_lexicon *lexicon, uint32_t row)
{
    return kind_of(isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_KIND));
}

/* Most tokens are no words of the calendar: they are told apart once, not by each rule that asks.
 */
bool isn_date_kinds(isn_date_reader *r)
{
    const isn_text *text = r->text;
    r->kinds = isn_arena_calloc(text->arena, text->n_tokens + 1, sizeof *r->kinds);
    if (!r->kinds)
        return false;
    for (size_t m = 0; m < text->n_matches; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_CALENDAR)
                continue;
            int k = kind_of_row(text->lexicon, match->entry[e].row);
            r->kinds[match->first] |= (uint16_t)(1u << (k == ISN_CAL_DOUBTFUL ? ISN_CAL_MONTH : k));
        }
    }
    return true;
}

/* The longest isn_calendar phrase of one of the wanted kinds (a mask) at token t. */
isn_calendar isn_date_look(const isn_date_reader *r, uint32_t t, unsigned wanted)
{
    isn_calendar out = {ISN_CAL_NONE, 0, 0, 0, 0};
    if (t >= r->sentence->last || !(r->kinds[t] & wanted))
        return out;
    const isn_text *text = r->text;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_CALENDAR || match->with_al || match->n <= out.n)
                continue;
            uint32_t row = match->entry[e].row;
            int k = kind_of_row(text->lexicon, row);
            int64_t value = 0;
            isn_str_to_int(
                &value, isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_VALUE));
            bool doubtful = k == ISN_CAL_DOUBTFUL;
            if (doubtful)
                k = ISN_CAL_MONTH;
            if (!(wanted & 1u << k))
                continue;
            const isn_word *word = text->tokens[t].word;
            unsigned clitics = word ? word->analyses[match->analysis].clitics : 0;
            if (k == ISN_CAL_MONTH && word && word->analyses[match->analysis].pronoun)
                continue;
            out = (isn_calendar){(uint8_t)k, (uint8_t)match->n,
                                 (clitics & ~(unsigned)ISN_CL_AL) != 0, doubtful, (int16_t)value};
        }
    }
    return out;
}

/* A number token of digits alone; -1 if it is none. */
int isn_date_digits(const isn_date_reader *r, uint32_t t)
{
    if (t >= r->sentence->last || r->text->tokens[t].kind != ISN_TOKEN_NUMBER)
        return -1;
    const isn_token *token = &r->text->tokens[t];
    int value = 0;
    if (token->n > 4)
        return -1;
    for (uint32_t i = 0; i < token->n; i++) {
        uint8_t c = r->text->normal.p[token->at + i];
        if (!isn_is_digit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

bool isn_date_mark(const isn_date_reader *r, uint32_t t, uint8_t mark)
{
    return t < r->sentence->last && r->text->tokens[t].kind == ISN_TOKEN_PUNCT &&
           r->text->tokens[t].mark == mark;
}

bool isn_date_is_year(int value)
{
    return value >= 1900 && value <= 2100;
}

/* The single word at t is spelled so (folded codes). */
bool isn_date_spelled(const isn_date_reader *r, uint32_t t, const uint8_t *key, size_t n)
{
    if (t >= r->sentence->last || !r->text->tokens[t].word)
        return false;
    const isn_word *word = r->text->tokens[t].word;
    return word->n == n && memcmp(word->key, key, n) == 0;
}

bool isn_date_is_min(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_MEEM, ISN_NOON};
    return isn_date_spelled(r, t, key, sizeof key);
}

bool isn_date_is_fi(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_FEH, ISN_YEH};
    return isn_date_spelled(r, t, key, sizeof key);
}

/* "ila", "hatta": up to. */
bool isn_date_is_to(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t ila[] = {ISN_ALEF, ISN_LAM, ISN_YEH};
    static const uint8_t hatta[] = {ISN_HAH, ISN_TEH, ISN_YEH};
    return isn_date_spelled(r, t, ila, sizeof ila) || isn_date_spelled(r, t, hatta, sizeof hatta);
}

/* "and" as a word of its own, as it is before figures. */
bool isn_date_is_wa(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_WAW};
    return isn_date_spelled(r, t, key, sizeof key);
}

bool isn_date_is_qabl(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t key[] = {ISN_QAF, ISN_BEH, ISN_LAM};
    return isn_date_spelled(r, t, key, sizeof key);
}

/* "hadha", "hadhihi": this. */
bool isn_date_is_this(const isn_date_reader *r, uint32_t t)
{
    static const uint8_t he[] = {ISN_HEH, ISN_THAL, ISN_ALEF};
    static const uint8_t she[] = {ISN_HEH, ISN_THAL, ISN_HEH};
    return isn_date_spelled(r, t, he, sizeof he) || isn_date_spelled(r, t, she, sizeof she);
}

/* Does the word at t begin with the article, a letter before it aside? */
bool isn_date_has_article(const isn_date_reader *r, uint32_t t)
{
    const isn_word *word = r->text->tokens[t].word;
    if (!word || word->n < 4)
        return false;
    for (uint32_t i = 0; i < 3 && i + 1 < word->n; i++) {
        if ((word->key[i] == ISN_ALEF || word->key[i] == ISN_LAM) && word->key[i + 1] == ISN_LAM)
            return true;
    }
    return false;
}
