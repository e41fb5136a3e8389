/* refer.c - who pronouns mean. */
#include "clause/parts.h"

#include "lexicon/schema.h"

/* Does the entity agree with person 3, the number and gender of the pronoun? */
static bool fits(const isn_entity *entity, uint8_t pronoun)
{
    uint8_t number = (pronoun & 7) / 2;
    bool feminine = pronoun & 1;
    if (number == 3)
        return entity->type == ISN_GROUP || (entity->type == ISN_PERSON && entity->plural);
    if (number == 2)
        return false;
    if (entity->type == ISN_GROUP || entity->plural)
        return feminine && entity->type != ISN_PERSON;
    if (entity->female == 2)
        return entity->type != ISN_PERSON || !feminine;
    return feminine == (entity->female == 1);
}

bool isn_refer_try(isn_party *out, const isn_clauses *clauses, const isn_party *party, uint8_t pronoun,
                   const isn_party *not)
{
    uint8_t number = (pronoun & 7) / 2;
    if (party->n == 0)
        return false;
    for (uint8_t i = 0; not && i < not->n; i++) {
        if (isn_party_has(party, not->entity[i]))
            return false;
    }
    if ((number == 2 && party->n == 2) || (number == 3 && party->n > 1)) {
        *out = *party;
        out->carried = 1;
        return true;
    }
    if (party->n != 1 || !fits(&clauses->entities->items[party->entity[0]], pronoun))
        return false;
    isn_party_add(out, party->entity[0]);
    out->carried = 1;
    return true;
}

/* The subjects of the verbs in units [from, to), the last first. */
static bool try_subjects(isn_party *out, const isn_clauses *clauses, uint32_t from, uint32_t to,
                         uint8_t pronoun, const isn_party *not)
{
    for (uint32_t u = to; u > from;) {
        u--;
        if (clauses->slots && clauses->slots[u] &&
            isn_refer_try(out, clauses, &clauses->slots[u]->subj.party, pronoun, not))
            return true;
    }
    return false;
}

static bool try_mentions(isn_party *out, const isn_clauses *clauses, uint32_t from, uint32_t to,
                         uint8_t pronoun, const isn_party *not, bool sure)
{
    for (uint32_t u = to; u > from;) {
        u--;
        if (clauses->units[u].kind != ISN_UNIT_MENTION ||
            (sure && clauses->mentions->items[clauses->units[u].mention].generic))
            continue;
        isn_party one = {.n = 0};
        isn_party_add(&one, clauses->units[u].entity);
        if (isn_refer_try(out, clauses, &one, pronoun, not))
            return true;
    }
    return false;
}

void isn_refer_pronoun_not(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint8_t pronoun,
                           const isn_party *not)
{
    *out = (isn_party){.carried = 1};
    if (pronoun / 8 != 3)
        return;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    for (uint32_t back = 0; back <= 2 && back <= sentence; back++) {
        uint32_t from = clauses->sentence_from[sentence - back];
        uint32_t to = back ? clauses->sentence_from[sentence - back + 1] : unit;
        if (try_subjects(out, clauses, from, to, pronoun, not) ||
            try_mentions(out, clauses, from, to, pronoun, not, true) ||
            try_mentions(out, clauses, from, to, pronoun, not, false))
            return;
    }
}

void isn_refer_pronoun(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint8_t pronoun)
{
    isn_refer_pronoun_not(out, clauses, unit, pronoun, NULL);
}

uint32_t isn_refer_state(const isn_entities *entities, const char country[4])
{
    if (!country[0])
        return ISN_NONE;
    for (uint32_t e = 0; e < entities->n; e++) {
        const isn_entity *entity = &entities->items[e];
        if (entity->type == ISN_PLACE && entity->table == ISN_T_COUNTRIES &&
            entity->row != ISN_NO_ROW && memcmp(entity->country, country, 3) == 0)
            return e;
    }
    return ISN_NONE;
}

uint32_t isn_refer_demonym(const isn_clauses *clauses, uint32_t unit)
{
    const isn_text *text = clauses->text;
    uint32_t token = clauses->units[unit].first;
    if (clauses->units[unit].kind != ISN_UNIT_NOUN)
        return ISN_NONE;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table != ISN_T_COUNTRIES || entry->form != ISN_F_DEMONYM)
                continue;
            isn_str code = isn_lexicon_cell(text->lexicon, ISN_T_COUNTRIES, entry->row, ISN_C_COUNTRIES_CODE);
            char country[4] = {0};
            if (code.n == 3)
                memcpy(country, code.p, 3);
            uint32_t state = isn_refer_state(clauses->entities, country);
            if (state != ISN_NONE)
                return state;
        }
    }
    return ISN_NONE;
}
