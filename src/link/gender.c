/* gender.c - the gender that pronouns and verbs show of an entity. */
#include "lexicon/schema.h"
#include "link/join.h"

/* The sex that names.tsv gives for the first word of a name: 1 female, 0 male, 2 not known. */
static uint8_t given_sex(const isn_joining *j, const isn_mention *mention)
{
    const isn_text *text = j->text;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table != ISN_T_NAMES)
                continue;
            isn_str sex = isn_lexicon_cell(text->lexicon, ISN_T_NAMES, entry->row, ISN_C_NAMES_SEX);
            if (sex.n == 1 && sex.p[0] != 'u')
                return sex.p[0] == 'f';
        }
    }
    return 2;
}

/* The lexicon's word first, then a feminine office, then what the given name says, then the office. */
static uint8_t person_gender(const isn_joining *j, const isn_entity *entity)
{
    if (entity->table == ISN_T_PEOPLE && entity->row != ISN_NO_ROW) {
        isn_str sex = isn_lexicon_cell(j->linker->lexicon, ISN_T_PEOPLE, entity->row, ISN_C_PEOPLE_SEX);
        if (sex.n)
            return sex.p[0] == 'f';
    }
    uint8_t office = 2, given = 2;
    for (size_t i = 0; i < entity->n_mentions; i++) {
        const isn_mention *mention = &j->mentions->items[entity->mentions[i]];
        if (mention->form == ISN_FORM_ROLE && mention->feminine != 2 && office != 1)
            office = mention->feminine;
        if (mention->form == ISN_FORM_NAME && mention->last - mention->first > 1 && given == 2)
            given = given_sex(j, mention);
    }
    return office == 1 || given == 2 ? office : given;
}

/* Does the word end in a feminine ending? */
static bool ends_feminine(const isn_word *word)
{
    if (!word || word->n < 3)
        return false;
    uint8_t last = word->letters[word->n - 1], before = word->letters[word->n - 2];
    return last == ISN_TEH_MARBUTA || (last == ISN_TEH && before == ISN_ALEF);
}

static bool begins_with(const isn_text *text, uint32_t t, int table, bool plural)
{
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table == table && (!plural || entry->form == ISN_F_PLURAL))
                return true;
        }
    }
    return false;
}

/* Gender by the head noun of a name of several words: its ending, a plural head, or its definite adjective. */
static uint8_t head_gender(const isn_joining *j, const isn_mention *mention)
{
    const isn_text *text = j->text;
    const isn_word *first = text->tokens[mention->first].word;
    if (!first || first->n < 3)
        return 2;
    if (ends_feminine(first) || begins_with(text, mention->first, ISN_T_ORGHEADS, true))
        return 1;
    const isn_analysis *a = isn_token_best(&text->tokens[mention->first]);
    if (mention->last - mention->first < 2)
        return 2;
    const isn_word *second = text->tokens[mention->first + 1].word;
    bool definite = a && (a->clitics & ISN_CL_AL) && second && second->letters[0] == ISN_ALEF && second->n > 3 &&
                    second->letters[1] == ISN_LAM;
    return definite && ends_feminine(second);
}

/* Outlets and companies by one word are feminine (agency, channel, company); others by the long name of the lexicon. */
static uint8_t row_gender(const isn_joining *j, const isn_entity *entity)
{
    const isn_lexicon *lexicon = j->linker->lexicon;
    if (entity->row == ISN_NO_ROW)
        return 2;
    if (entity->table == ISN_T_OUTLETS)
        return 1;
    isn_str kind = isn_lexicon_cell(lexicon, entity->table, entity->row, ISN_C_ORGANIZATIONS_KIND);
    if (isn_str_equal(kind, ISN_STR("company")))
        return 1;
    isn_str rest = isn_lexicon_cell(lexicon, entity->table, entity->row, ISN_C_ORGANIZATIONS_FORMS);
    isn_str form = isn_lexicon_cell(lexicon, entity->table, entity->row, ISN_C_ORGANIZATIONS_NAME);
    do {
        uint8_t letters[128];
        size_t n = isn_normal_letters(letters, sizeof letters, form), i = 0;
        n = n < sizeof letters ? n : sizeof letters;
        while (i < n && letters[i] != ' ')
            i++;
        if (i > 2 && i < n)
            return letters[i - 1] == ISN_TEH_MARBUTA || (letters[i - 1] == ISN_TEH && letters[i - 2] == ISN_ALEF);
    } while (rest.n && isn_str_next(&form, &rest, '|'));
    return 2;
}

static uint8_t body_gender(const isn_joining *j, const isn_entity *entity)
{
    uint8_t found = 2;
    for (size_t i = 0; i < entity->n_mentions && found == 2; i++)
        found = head_gender(j, &j->mentions->items[entity->mentions[i]]);
    return found == 2 ? row_gender(j, entity) : found;
}

static uint8_t place_gender(const isn_joining *j, const isn_entity *entity)
{
    if (isn_join_in_class(j, ISN_STR("masculine-place"), entity->name))
        return 0;
    if (entity->row == ISN_NO_ROW || entity->table != ISN_T_COUNTRIES) { /* crossing, airport, mountain X */
        const isn_mention *mention = &j->mentions->items[entity->mentions[0]];
        if (mention->last - mention->first > 1 && begins_with(j->text, mention->first, ISN_T_PLACEHEADS, false) &&
            j->text->tokens[mention->first].word)
            return ends_feminine(j->text->tokens[mention->first].word);
    }
    return 1;
}

uint8_t isn_join_gender(const isn_joining *j, const isn_entity *entity)
{
    switch (entity->type) {
    case ISN_PERSON:
        return person_gender(j, entity);
    case ISN_PLACE:
        return entity->n_mentions ? place_gender(j, entity) : 1;
    case ISN_GROUP:
        return 2;
    default:
        return body_gender(j, entity);
    }
}
