/*
 * owner.c - whose an office or body with a pronoun is: "Kuwait recalled her ambassador". The owner is the nearest state
 * named before it in the sentence whose gender fits, unless a person who fits stands nearer. Method: our own.
 */
#include "lexicon/schema.h"
#include "link/join.h"

enum { LOOK_MOST = 12 };

static bool in_sentence(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    return j->text->tokens[a->first].sentence == j->text->tokens[b->first].sentence;
}

/* Does the word stand behind a preposition, on it or before it? Then a capital is a town. */
static bool is_where(const isn_joining *j, const isn_mention *mention)
{
    const isn_token *token = &j->text->tokens[mention->first];
    const isn_analysis *a = isn_token_best(token), *before = mention->first ? isn_token_best(token - 1) : NULL;
    if (a && (a->clitics & (ISN_CL_BA | ISN_CL_LA)))
        return true;
    return before && before->pos == ISN_POS_PREP && !before->pronoun;
}

static bool is_state(const isn_joining *j, const isn_mention *mention)
{
    if (mention->type != ISN_PLACE || mention->form != ISN_FORM_NAME || mention->row == ISN_NO_ROW ||
        !mention->country[0])
        return false;
    if (mention->table == ISN_T_COUNTRIES)
        return true;
    bool capital = mention->table == ISN_T_PLACES &&
                   isn_str_equal(isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, mention->row, ISN_C_PLACES_KIND),
                                 ISN_STR("capital"));
    return capital && !is_where(j, mention);
}

/* Is the name of the place masculine? */
static bool is_masculine(const isn_joining *j, const isn_mention *mention)
{
    isn_str name = isn_lexicon_cell(j->linker->lexicon, mention->table, mention->row,
                                    mention->table == ISN_T_COUNTRIES ? ISN_C_COUNTRIES_NAME : ISN_C_PLACES_NAME);
    return isn_join_in_class(j, ISN_STR("masculine-place"), name);
}

bool isn_join_owner(const isn_joining *j, uint32_t m, char country[4])
{
    const isn_mention *mention = &j->mentions->items[m];
    uint8_t pronoun = j->sense[m].pronoun;
    bool feminine = pronoun == ISN_PRONOUN(3, 1, 1);
    if (!feminine && pronoun != ISN_PRONOUN(3, 1, 0))
        return false;
    for (uint32_t k = 1; k <= m && k <= LOOK_MOST; k++) {
        const isn_mention *other = &j->mentions->items[m - k];
        if (!in_sentence(j, mention, other))
            return false;
        if (other->last > mention->first)
            continue;
        if (other->type == ISN_PERSON && other->feminine != !feminine)
            return false; /* it may be the person's own */
        if (other->type == ISN_ORGANIZATION && other->country[0] && feminine)
            return false;
        if (!is_state(j, other) || is_masculine(j, other) == feminine)
            continue;
        memcpy(country, other->country, 4);
        return true;
    }
    return false;
}

/* Is it an office or a body that a state has: an ambassador, a president, an embassy, an army? */
static bool is_of_states(const isn_joining *j, const isn_mention *mention)
{
    const isn_lexicon *lexicon = j->linker->lexicon;
    if (mention->office == ISN_NO_ROW || mention->plural)
        return false;
    if (mention->type == ISN_PERSON) {
        isn_str rest = isn_lexicon_cell(lexicon, ISN_T_OFFICES, mention->office, ISN_C_OFFICES_TAKES), value;
        while (rest.n && isn_str_next(&value, &rest, '|')) {
            if (isn_str_equal(value, ISN_STR("state")))
                return true;
        }
        return false;
    }
    isn_str kind = isn_lexicon_cell(lexicon, ISN_T_ORGHEADS, mention->office, ISN_C_ORGHEADS_KIND);
    return isn_join_in_class(j, ISN_STR("kinds-state"), kind) || isn_str_equal(kind, ISN_STR("embassy"));
}

void isn_join_owners(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        isn_mention *mention = &j->mentions->items[m];
        bool body = mention->type == ISN_ORGANIZATION && mention->form == ISN_FORM_ROLE;
        bool office = mention->type == ISN_PERSON && mention->form == ISN_FORM_ROLE;
        char country[4];
        if (!(body || office) || !j->sense[m].pronoun || mention->country[0] || !is_of_states(j, mention) ||
            !isn_join_owner(j, m, country))
            continue;
        memcpy(mention->country, country, sizeof mention->country);
        memcpy(j->sense[m].country, country, sizeof country);
        j->sense[m].pronoun = 0;
        j->sense[m].owned = 1;
    }
}
