/* sense.c - office phrases made comparable. Method: our own; phrases are hashed word by word, longest match first. */
#include <stdlib.h>
#include <xxhash.h>

#include "lexicon/schema.h"
#include "link/sense.h"

enum { MOST_WORDS = 16, MOST_LETTERS = 32, PHRASE_MOST = 6 };

/* What a phrase of the equivalences does to the words that it stands for. */
typedef enum effect {
    EFFECT_SAME,    /* several words mean one office */
    EFFECT_ALONE,   /* one word does, where nothing follows it */
    EFFECT_WORD,    /* one for the other wherever it stands */
    EFFECT_COUNTRY, /* a king by the title that only his land has */
    EFFECT_FLAG,
    EFFECT_FILLER
} effect;

typedef struct rule {
    uint32_t from, to; /* hash of the phrase; of what stands for it, flags, or packed country */
    uint8_t effect;
} rule;

struct isn_senses {
    const isn_lexicon *lexicon;
    rule *rules;
    size_t n, capacity;
    uint32_t president;
};

/* --- words ------------------------------------------------------------------------------------------------------ */

typedef struct words {
    uint32_t hash[MOST_WORDS];
    size_t n;
} words;

static uint32_t hash_letters(const uint8_t *letters, size_t n)
{
    return (uint32_t)XXH3_64bits(letters, n);
}

static uint32_t hash_join(uint32_t a, uint32_t b)
{
    return (a ^ (b + 0x9E3779B9u + (a << 6) + (a >> 2))) * 0x85EBCA6Bu;
}

/* Takes lil-, bil-, al- off a folded word. */
static size_t bare(const uint8_t **letters, size_t n)
{
    const uint8_t *p = *letters;
    if (n > 4 && p[0] == ISN_LAM && p[1] == ISN_LAM)
        return *letters += 2, n - 2;
    if (n > 5 && (p[0] == ISN_BEH || p[0] == ISN_WAW || p[0] == ISN_KAF) && p[1] == ISN_ALEF && p[2] == ISN_LAM)
        return *letters += 3, n - 3;
    if (n > 4 && p[0] == ISN_ALEF && p[1] == ISN_LAM)
        return *letters += 2, n - 2;
    return n;
}

static void add_word(words *out, const uint8_t *letters, size_t n)
{
    if (out->n == MOST_WORDS || n == 0)
        return;
    n = bare(&letters, n);
    out->hash[out->n++] = hash_letters(letters, n);
}

/* Cuts letters of the normal form into words. */
static void cut(words *out, const uint8_t *letters, size_t n)
{
    uint8_t word[MOST_LETTERS];
    size_t length = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && (isn_is_arabic(letters[i]) || isn_is_latin(letters[i]) || isn_is_digit(letters[i]))) {
            if (length < MOST_LETTERS)
                word[length++] = isn_fold(letters[i]);
            continue;
        }
        add_word(out, word, length);
        length = 0;
    }
}

/* --- equivalences ----------------------------------------------------------------------------------------------- */

static int by_phrase(const void *a, const void *b)
{
    const rule *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->effect > y->effect) - (x->effect < y->effect);
}

static uint32_t hash_phrase(const words *w, size_t at, size_t n)
{
    uint32_t hash = 0;
    for (size_t i = 0; i < n; i++)
        hash = hash_join(hash, w->hash[at + i]);
    return hash;
}

static bool add_rule(isn_senses *senses, isn_str phrase, uint32_t to, effect what)
{
    uint8_t letters[128];
    words read = {.n = 0};
    size_t n = isn_normal_letters(letters, sizeof letters, phrase);
    cut(&read, letters, n < sizeof letters ? n : sizeof letters);
    if (read.n == 0 || read.n > PHRASE_MOST)
        return true;
    if (senses->n == senses->capacity) {
        size_t capacity = senses->capacity ? senses->capacity * 2 : 512;
        rule *rules = realloc(senses->rules, capacity * sizeof *rules);
        if (!rules)
            return false;
        senses->rules = rules;
        senses->capacity = capacity;
    }
    if (what == EFFECT_SAME && read.n == 1)
        what = EFFECT_ALONE;
    senses->rules[senses->n++] = (rule){hash_phrase(&read, 0, read.n), to, (uint8_t)what};
    return true;
}

static uint32_t hash_name(isn_str name)
{
    return (uint32_t)isn_str_hash(name);
}

static bool add_class(isn_senses *senses, isn_str class, isn_str word)
{
    uint32_t id = hash_name(class);
    if (isn_str_starts(class, ISN_STR("same-office-")))
        return add_rule(senses, word, id, EFFECT_SAME);
    if (isn_str_starts(class, ISN_STR("same-word-")))
        return add_rule(senses, word, id, EFFECT_WORD);
    if (isn_str_equal(class, ISN_STR("office-former")))
        return add_rule(senses, word, ISN_SENSE_FORMER, EFFECT_FLAG);
    if (isn_str_equal(class, ISN_STR("office-acting")))
        return add_rule(senses, word, ISN_SENSE_ACTING, EFFECT_FLAG);
    if (isn_str_equal(class, ISN_STR("office-next")))
        return add_rule(senses, word, ISN_SENSE_NEXT, EFFECT_FLAG);
    if (isn_str_equal(class, ISN_STR("office-outgoing")))
        return add_rule(senses, word, ISN_SENSE_OUT, EFFECT_FLAG);
    if (isn_str_equal(class, ISN_STR("office-other")))
        return add_rule(senses, word, ISN_SENSE_OTHER, EFFECT_FLAG);
    if (isn_str_equal(class, ISN_STR("office-filler")) || isn_str_equal(class, ISN_STR("place-filler")))
        return add_rule(senses, word, 0, EFFECT_FILLER);
    if (isn_str_starts(class, ISN_STR("office-of-")) && class.n == 13) {
        const char *c = class.p + 10;
        return add_rule(senses, word, (uint32_t)c[0] << 16 | (uint32_t)c[1] << 8 | (uint32_t)c[2], EFFECT_COUNTRY);
    }
    return true;
}

static bool add_portfolios(isn_senses *senses)
{
    const isn_lexicon *lexicon = senses->lexicon;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_PORTFOLIOS); row++) {
        isn_str name = isn_lexicon_cell(lexicon, ISN_T_PORTFOLIOS, row, ISN_C_PORTFOLIOS_NAME);
        isn_str rest = isn_lexicon_cell(lexicon, ISN_T_PORTFOLIOS, row, ISN_C_PORTFOLIOS_FORMS), form;
        uint32_t id = hash_name(name) + 7;
        if (!add_rule(senses, name, id, EFFECT_WORD))
            return false;
        while (rest.n && isn_str_next(&form, &rest, '|')) {
            if (!add_rule(senses, form, id, EFFECT_WORD))
                return false;
        }
    }
    return true;
}

isn_senses *isn_senses_new(const isn_lexicon *lexicon)
{
    isn_senses *senses = calloc(1, sizeof *senses);
    if (!senses)
        return NULL;
    senses->lexicon = lexicon;
    senses->president = hash_name(ISN_STR("same-office-president"));
    bool fits = add_portfolios(senses);
    for (uint32_t row = 0; fits && row < isn_lexicon_rows(lexicon, ISN_T_CLASSES); row++)
        fits = add_class(senses, isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_CLASS),
                         isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_WORD));
    if (!fits) {
        isn_senses_free(senses);
        return NULL;
    }
    if (senses->n)
        qsort(senses->rules, senses->n, sizeof *senses->rules, by_phrase);
    return senses;
}

void isn_senses_free(isn_senses *senses)
{
    if (!senses)
        return;
    free(senses->rules);
    free(senses);
}

static const rule *find_rule(const isn_senses *senses, uint32_t phrase)
{
    size_t low = 0, high = senses->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (senses->rules[middle].from < phrase)
            low = middle + 1;
        else
            high = middle;
    }
    return low < senses->n && senses->rules[low].from == phrase ? &senses->rules[low] : NULL;
}

/* --- a sense ---------------------------------------------------------------------------------------------------- */

/* The rule for the longest phrase at word `at`, and its length. */
static const rule *rule_at(const isn_senses *senses, const words *w, size_t at, size_t *length)
{
    size_t most = w->n - at < PHRASE_MOST ? w->n - at : PHRASE_MOST;
    for (size_t n = most; n > 0; n--) {
        const rule *found = find_rule(senses, hash_phrase(w, at, n));
        if (!found || (found->effect == EFFECT_ALONE && at + n != w->n))
            continue;
        *length = n;
        return found;
    }
    return NULL;
}

static void put_word(isn_sense *out, uint32_t word)
{
    if (out->n < ISN_SENSE_WORDS)
        out->words[out->n++] = word;
}

void isn_sense_set_key(isn_sense *sense)
{
    uint64_t key = sense->organ + (sense->flags & ~(unsigned)ISN_SENSE_OUT);
    for (uint8_t i = 0; i < sense->n; i++)
        key += (uint64_t)sense->words[i] * 0x9E3779B97F4A7C15u + (sense->words[i] >> 7);
    sense->key = key;
}

/* Takes the modifiers and fillers out first, so that they don't part the phrases that mean one office. */
static void make(isn_sense *out, const isn_senses *senses, words *w)
{
    words kept = {.n = 0};
    size_t length;
    for (size_t i = 0; i < w->n;) {
        const rule *found = rule_at(senses, w, i, &length);
        if (found && (found->effect == EFFECT_FLAG || (found->effect == EFFECT_FILLER && (i || w->n > 1)))) {
            out->flags |= found->effect == EFFECT_FLAG ? (uint8_t)found->to : 0;
            i += length;
            continue;
        }
        kept.hash[kept.n++] = w->hash[i++];
    }
    if (kept.n == 0)
        kept = *w;
    for (size_t i = 0; i < kept.n;) {
        const rule *found = rule_at(senses, &kept, i, &length);
        if (!found || found->effect == EFFECT_FLAG || found->effect == EFFECT_FILLER) {
            put_word(out, kept.hash[i++]);
            continue;
        }
        if (found->effect == EFFECT_COUNTRY) {
            out->country[0] = (char)(found->to >> 16);
            out->country[1] = (char)(found->to >> 8 & 0xFF);
            out->country[2] = (char)(found->to & 0xFF);
            put_word(out, hash_name(ISN_STR("same-office-king")));
        } else {
            put_word(out, found->to);
        }
        i += length;
    }
    isn_sense_set_key(out);
}

void isn_sense_of_phrase(isn_sense *out, const isn_senses *senses, isn_str phrase)
{
    uint8_t letters[192];
    words w = {.n = 0};
    size_t n = isn_normal_letters(letters, sizeof letters, phrase);
    *out = (isn_sense){.n = 0};
    cut(&w, letters, n < sizeof letters ? n : sizeof letters);
    make(out, senses, &w);
}

/* Tokens of a country's name or nationality that begin at t, inside the mention; 0 if none. Its code goes to `code`. */
static uint32_t country_at(char code[4], const isn_text *text, uint32_t t, uint32_t last)
{
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (t + match->n > last)
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_COUNTRIES || match->entry[e].form == ISN_F_CAPITAL)
                continue;
            isn_str cell = isn_lexicon_cell(text->lexicon, ISN_T_COUNTRIES, match->entry[e].row, ISN_C_COUNTRIES_CODE);
            if (cell.n == 3 && !code[0])
                memcpy(code, cell.p, 3);
            return match->n;
        }
    }
    return 0;
}

/* Tokens of the body of the mention's organ that begin at t; 0 if none. The form that it stands there in goes to `form`. */
static uint32_t organ_at(uint8_t *form, const isn_text *text, const isn_mention *mention, uint32_t t)
{
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries && t + match->n <= mention->last; e++) {
            const isn_entry *entry = &match->entry[e];
            if (entry->table == mention->organ_table && entry->row == mention->organ_row) {
                *form = entry->form;
                return match->n;
            }
        }
    }
    return 0;
}

bool isn_sense_short_organ(const isn_text *text, const isn_mention *mention)
{
    for (uint32_t t = mention->first + 1; t < mention->last && mention->organ_row != ISN_NO_ROW; t++) {
        uint8_t form;
        if (organ_at(&form, text, mention, t))
            return form == ISN_F_SHORT;
    }
    return false;
}

/* The stem of an inner token: without conjunction and preposition. */
static void add_token(words *out, const isn_text *text, const isn_mention *mention, uint32_t t)
{
    const isn_token *token = &text->tokens[t];
    const isn_analysis *a = isn_token_best(token);
    uint32_t skip = 0, n = token->n;
    if (!token->word) {
        if (token->kind == ISN_TOKEN_NUMBER || token->kind == ISN_TOKEN_LATIN)
            cut(out, text->normal.p + token->at, token->n);
        return;
    }
    if (t == mention->first) {
        while (skip < n && text->normal.map[token->at + skip] < mention->begin)
            skip++;
        if (a && a->pronoun && a->skip + (uint32_t)a->stem <= n)
            n = a->skip + (uint32_t)a->stem;
    } else if (a && (a->clitics & (ISN_CL_WA | ISN_CL_FA | ISN_CL_BA | ISN_CL_LA | ISN_CL_KA))) {
        skip = a->skip;
        if (a->pronoun && a->skip + (uint32_t)a->stem <= n)
            n = a->skip + (uint32_t)a->stem;
    }
    if (skip >= n)
        return;
    cut(out, text->normal.p + token->at + skip, n - skip);
}

/* The row of the noun that a group begins with, in groups.tsv or offices.tsv; people called by their nationality get one
 * head for all. */
static uint32_t group_head(words *w, const isn_text *text, const isn_mention *mention, int *table)
{
    static const int tables[] = {ISN_T_GROUPS, ISN_T_OFFICES, ISN_T_COUNTRIES};
    for (size_t k = 0; k < 3; k++) {
        for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
            for (uint8_t e = 0; e < text->matches[m].entries; e++) {
                const isn_entry *entry = &text->matches[m].entry[e];
                if (entry->table != tables[k] || text->matches[m].n > 1)
                    continue;
                *table = tables[k];
                if (tables[k] != ISN_T_COUNTRIES)
                    return entry->row;
                if (w->n)
                    w->hash[0] = hash_name(ISN_STR("nationals"));
                return ISN_NO_ROW;
            }
        }
    }
    return ISN_NO_ROW;
}

/* Puts the masculine noun of offices.tsv (or the singular of another table) in place of the head words. */
static void put_head(words *w, const isn_senses *senses, const isn_text *text, const isn_mention *mention)
{
    int table = mention->type == ISN_PERSON ? ISN_T_OFFICES : mention->type == ISN_GROUP ? ISN_T_GROUPS : ISN_T_ORGHEADS;
    uint32_t row = mention->office;
    if (row == ISN_NO_ROW && mention->type == ISN_GROUP) {
        row = group_head(w, text, mention, &table);
        if (row == ISN_NO_ROW)
            return;
    }
    if (row == ISN_NO_ROW)
        return;
    int column = table == ISN_T_OFFICES  ? ISN_C_OFFICES_NOUN
                 : table == ISN_T_GROUPS ? ISN_C_GROUPS_NOUN
                                         : ISN_C_ORGHEADS_NOUN;
    uint8_t letters[128];
    size_t n = isn_normal_letters(letters, sizeof letters,
                                  isn_lexicon_cell(senses->lexicon, table, row, column));
    words head = {.n = 0};
    cut(&head, letters, n < sizeof letters ? n : sizeof letters);
    for (size_t i = 0; i < head.n && i < w->n; i++)
        w->hash[i] = head.hash[i];
}

uint64_t isn_sense_organ(int table, uint32_t row)
{
    return row == ISN_NO_ROW ? 0 : ((uint64_t)(table + 1) << 32 | row) * 0xC2B2AE3D27D4EB4Fu;
}

void isn_sense_of_mention(isn_sense *out, const isn_senses *senses, const isn_text *text, const isn_mention *mention,
                          bool keep_organ)
{
    words w = {.n = 0};
    *out = (isn_sense){.n = 0};
    const isn_analysis *first = isn_token_best(&text->tokens[mention->first]);
    out->pronoun = first ? first->pronoun : 0;
    memcpy(out->country, mention->country, sizeof out->country);
    for (uint32_t t = mention->first; t < mention->last;) {
        uint32_t n = t > mention->first ? country_at(out->country, text, t, mention->last) : 0;
        if (!n && !keep_organ && t > mention->first && mention->organ_row != ISN_NO_ROW) {
            uint8_t form;
            n = organ_at(&form, text, mention, t);
            if (n) {
                words body = {.n = 0};
                add_token(&body, text, mention, t);
                isn_sense noun = {.n = 0};
                body.n = body.n ? 1 : 0;
                make(&noun, senses, &body);
                out->organ_head = noun.n ? noun.words[0] : 0;
                out->organ = isn_sense_organ(mention->organ_table, mention->organ_row);
            }
        }
        if (!n) {
            add_token(&w, text, mention, t);
            n = 1;
        }
        t += n;
    }
    put_head(&w, senses, text, mention);
    make(out, senses, &w);
}

static bool has_word(const isn_sense *sense, uint32_t word)
{
    for (uint8_t i = 0; i < sense->n; i++) {
        if (sense->words[i] == word)
            return true;
    }
    return false;
}

bool isn_sense_within(const isn_sense *a, const isn_sense *b)
{
    return a->n > 0 && isn_sense_shared(a, b) == a->n;
}

bool isn_sense_within_body(const isn_sense *a, const isn_sense *b)
{
    for (uint8_t i = 0; i < a->n; i++) {
        if (!has_word(b, a->words[i]) && !(i && b->organ_head && a->words[i] == b->organ_head))
            return false;
    }
    return a->n > 0;
}

int isn_sense_shared(const isn_sense *a, const isn_sense *b)
{
    int n = 0;
    for (uint8_t i = 0; i < a->n; i++)
        n += has_word(b, a->words[i]);
    return n;
}

bool isn_sense_is(const isn_sense *sense, isn_str class)
{
    return sense->n > 0 && sense->words[0] == hash_name(class);
}

bool isn_sense_presides(const isn_senses *senses, const isn_sense *sense)
{
    return sense->n == 1 && sense->words[0] == senses->president;
}
