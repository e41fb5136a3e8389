#include "store/terms.h"

#include <utf8proc.h>

#include "base/letters.h"
#include "base/utf8.h"

#define MARGIN 2.5f /* readings this far below the likeliest don't count */
#define LEAST_AFTER_ABD 3u
#define LEAST_ACCUSATIVE 4u /* letters with the alef */

/* A stem as a run of folded letters. */
typedef struct stem {
    uint8_t p[64];
    size_t n;
} stem;

static void put_code(isn_search_term *out, uint8_t c)
{
    char bytes[4];
    size_t n = 1;
    bytes[0] = (char)c;
    if (isn_is_arabic(c))
        n = isn_utf8_encode(bytes, 0x620u + (c - 0x80u));
    else if (c >= 0x80)
        return;
    if (out->n + n > ISN_SEARCH_TERM)
        return;
    memcpy(out->p + out->n, bytes, n);
    out->n = (uint8_t)(out->n + n);
}

static void put_codes(isn_search_term *out, const uint8_t *p, size_t n)
{
    out->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] != ISN_HAMZA)
            put_code(out, p[i]);
    }
}

static bool is_grammar(uint8_t pos)
{
    switch (pos) {
    case ISN_POS_PREP:
    case ISN_POS_CONJ:
    case ISN_POS_NEG:
    case ISN_POS_PARTICLE:
    case ISN_POS_PRONOUN:
    case ISN_POS_DEMONSTRATIVE:
    case ISN_POS_RELATIVE:
    case ISN_POS_AUX:
        return true;
    default:
        return false;
    }
}

/* The stem of a reading; before a pronoun ta marbuta is written open and stands for itself again. */
static void stem_of(stem *out, const isn_word *word, const isn_analysis *a)
{
    size_t begin = a->skip, n = a->stem;
    if (n == 0 || begin + n > word->n) {
        begin = 0;
        n = word->n;
    }
    out->n = n < sizeof out->p ? n : sizeof out->p;
    memcpy(out->p, word->key + begin, out->n);
    if (a->pronoun && out->n > 2 && out->p[out->n - 1] == ISN_TEH && a->pos != ISN_POS_VERB)
        out->p[out->n - 1] = ISN_HEH;
}

static void add_reading(isn_search_terms *out, size_t place, const uint8_t *p, size_t n)
{
    isn_search_term term;
    put_codes(&term, p, n);
    if (term.n == 0)
        return;
    for (size_t i = 0; i < out->at[place].n; i++) {
        const isn_search_term *other = &out->at[place].items[i];
        if (other->n == term.n && memcmp(other->p, term.p, term.n) == 0)
            return;
    }
    if (out->at[place].n < ISN_SEARCH_READINGS)
        out->at[place].items[out->at[place].n++] = term;
}

/* Letters of abd or abu that are written together with an article after them, 0 if there are none. */
static size_t joined_head(const stem *s)
{
    static const uint8_t abd[] = {ISN_AIN, ISN_BEH, ISN_DAL, ISN_ALEF, ISN_LAM},
                         abu[] = {ISN_ALEF, ISN_BEH, ISN_WAW, ISN_ALEF, ISN_LAM};
    if (s->n < sizeof abd + LEAST_AFTER_ABD)
        return 0;
    return memcmp(s->p, abd, sizeof abd) == 0 || memcmp(s->p, abu, sizeof abu) == 0 ? 3 : 0;
}

/* Can the last alef be that of the indefinite accusative? */
static bool may_be_accusative(const isn_analysis *a, const stem *s)
{
    return s->n >= LEAST_ACCUSATIVE && s->p[s->n - 1] == ISN_ALEF && !a->pronoun && !(a->clitics & ISN_CL_AL) &&
           a->pos != ISN_POS_VERB && a->pos != ISN_POS_PROPER;
}

static bool make_word(isn_search_terms *out, const isn_word *word)
{
    float least = word->analyses[0].score - MARGIN;
    stem s;
    size_t kept = 0;
    for (size_t i = 0; i < word->n_analyses; i++) {
        const isn_analysis *a = &word->analyses[i];
        if (a->score < least)
            break;
        if (is_grammar(a->pos))
            continue;
        stem_of(&s, word, a);
        if (kept++ == 0)
            out->name = a->pos == ISN_POS_PROPER || (a->state == 0 && a->verb < 0);
        size_t head = joined_head(&s);
        if (head && kept == 1) {
            add_reading(out, 0, s.p, head);
            add_reading(out, 1, s.p + head + 2, s.n - head - 2);
            out->n = 2;
            return true;
        }
        add_reading(out, 0, s.p, s.n);
        if (may_be_accusative(a, &s))
            add_reading(out, 0, s.p, s.n - 1);
    }
    out->n = out->at[0].n ? 1 : 0;
    return out->n > 0;
}

/* Letters of other scripts in lower case; what is a mark is left out. */
static void put_foreign(isn_search_term *out, isn_str raw)
{
    for (size_t at = 0; at < raw.n;) {
        size_t length;
        uint32_t c = isn_utf8_decode(raw, at, &length);
        at += length;
        if (utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_MN)
            continue;
        char bytes[4];
        size_t n = isn_utf8_encode(bytes, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
        if (out->n + n > ISN_SEARCH_TERM || (n == 1 && (uint8_t)bytes[0] <= ' '))
            break;
        memcpy(out->p + out->n, bytes, n);
        out->n = (uint8_t)(out->n + n);
    }
}

static bool make_number(isn_search_terms *out, const isn_text *text, const isn_token *token)
{
    isn_search_term *term = &out->at[0].items[0];
    for (size_t i = 0; i < token->n; i++) {
        if (text->normal.p[token->at + i] != ',')
            put_code(term, text->normal.p[token->at + i]);
    }
    out->n = out->at[0].n = term->n > 0;
    return term->n > 0;
}

bool isn_search_terms_make(isn_search_terms *out, const isn_text *text, const isn_token *token)
{
    out->n = 0;
    out->name = false;
    for (size_t i = 0; i < ISN_SEARCH_PLACES; i++)
        out->at[i].n = 0;
    out->at[0].items[0].n = 0;
    switch (token->kind) {
    case ISN_TOKEN_WORD:
        return token->word->n_analyses > 0 && make_word(out, token->word);
    case ISN_TOKEN_NUMBER:
        return make_number(out, text, token);
    case ISN_TOKEN_LATIN:
        put_foreign(&out->at[0].items[0], isn_str_part(text->raw, token->begin, token->end));
        out->n = out->at[0].n = out->at[0].items[0].n > 0;
        out->name = true;
        return out->n > 0;
    default:
        return false;
    }
}

void isn_search_terms_prefix(isn_search_term *out, isn_str word)
{
    uint8_t key[64];
    size_t n = isn_normal_key(key, sizeof key, word);
    n = n < sizeof key ? n : sizeof key;
    size_t skip = n > 3 && key[0] == ISN_ALEF && key[1] == ISN_LAM ? 2 : 0;
    out->n = 0;
    if (n && key[skip] == ISN_OTHER_LETTER)
        put_foreign(out, word);
    else
        put_codes(out, key + skip, n - skip);
}

void isn_search_terms_write(isn_buf *out, const isn_text *text)
{
    isn_search_terms terms;
    for (size_t t = 0; t < text->n_tokens; t++) {
        if (!isn_search_terms_make(&terms, text, &text->tokens[t]))
            continue;
        for (size_t place = 0; place < terms.n; place++) {
            if (out->n)
                isn_buf_char(out, ' ');
            for (size_t i = 0; i < terms.at[place].n; i++) {
                if (i)
                    isn_buf_char(out, ISN_SEARCH_OR);
                isn_buf_append(out, terms.at[place].items[i].p, terms.at[place].items[i].n);
            }
        }
    }
}

int isn_search_terms_read(isn_str prepared, isn_search_terms_fn *take, void *user)
{
    size_t place = 0, begin = 0;
    bool again = false;
    for (size_t at = 0; at <= prepared.n; at++) {
        char c = at < prepared.n ? prepared.p[at] : ' ';
        if (c != ' ' && c != ISN_SEARCH_OR)
            continue;
        if (at > begin) {
            int code = take(user, isn_str_of(prepared.p + begin, at - begin), place, again);
            if (code)
                return code;
        }
        place += c == ' ' && (at > begin || again);
        again = c == ISN_SEARCH_OR;
        begin = at + 1;
    }
    return 0;
}
