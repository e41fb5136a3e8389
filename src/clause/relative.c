/* relative.c - what relative clauses stand for, with a relative or without one. */
#include "clause/parts.h"

/* --- the relative and its noun ---------------------------------------------------------------------------------- */

uint32_t isn_relative_of(const isn_clauses *clauses, uint32_t u, uint32_t begin)
{
    while (u > begin) {
        u--;
        uint8_t kind = clauses->units[u].kind;
        if (kind == ISN_UNIT_RELATIVE)
            return u;
        if (kind != ISN_UNIT_NEG && kind != ISN_UNIT_AUX && kind != ISN_UNIT_ADVERB)
            break;
    }
    return ISN_NONE;
}

/* Can the relative stand for the noun or mention: alladhi for masculines, allati for feminines and plurals? */
static bool fits_relative(const isn_clauses *clauses, uint32_t relative, const isn_unit *unit)
{
    const isn_word *word = clauses->text->tokens[clauses->units[relative].first].word;
    if (!word || word->n < 4 || word->key[0] != ISN_ALEF)
        return true;
    bool feminine = word->key[2] == ISN_TEH, several = word->key[word->n - 1] == ISN_NOON;
    if (unit->kind == ISN_UNIT_MENTION) {
        const isn_entity *entity = &clauses->entities->items[unit->entity];
        bool group = entity->plural || entity->type == ISN_GROUP;
        return several ? group : entity->female == 2 || group || feminine == (entity->female == 1);
    }
    const isn_word *noun = clauses->text->tokens[unit->first].word;
    if (!noun || noun->n < 2)
        return false;
    uint8_t last = noun->letters[noun->n - 1];
    bool plural = (unit->detail & (ISN_N_PLURAL | ISN_N_DUAL)) != 0;
    bool marked = last == ISN_TEH_MARBUTA || (last == ISN_TEH && noun->letters[noun->n - 2] == ISN_ALEF);
    if (several)
        return plural;
    return feminine ? marked || plural : !marked && !plural;
}

/*
 * The nearest noun or mention before the relative that it can stand for, adjectives and prepositional phrases passed
 * over; where none fits, what stands right before it.
 */
void isn_subject_antecedent(isn_slot *out, const isn_clauses *clauses, uint32_t relative)
{
    const isn_unit *units = clauses->units;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, relative)], u = relative;
    while (u > begin && (units[u - 1].kind == ISN_UNIT_COMMA || units[u - 1].kind == ISN_UNIT_QUOTE ||
                         units[u - 1].kind == ISN_UNIT_BRACKET || units[u - 1].kind == ISN_UNIT_DATE))
        u--;
    if (u == begin || !isn_unit_is_nominal(&units[u - 1]))
        return;
    uint32_t nearest = ISN_NONE;
    for (uint32_t v = u, steps = 0; v > begin && steps < 8; steps++) {
        v--;
        if (units[v].kind == ISN_UNIT_PREP)
            continue;
        if (!isn_unit_is_nominal(&units[v]))
            break;
        bool adjective = units[v].kind == ISN_UNIT_NOUN && units[v].pos == ISN_POS_ADJ && v > begin &&
                         isn_unit_is_nominal(&units[v - 1]);
        if (adjective)
            continue;
        if (nearest == ISN_NONE)
            nearest = v;
        if (fits_relative(clauses, relative, &units[v])) {
            nearest = v;
            break;
        }
    }
    if (nearest == ISN_NONE)
        nearest = u - 1;
    out->unit = nearest;
    out->after = u;
    if (units[nearest].kind == ISN_UNIT_MENTION)
        isn_party_add(&out->party, units[nearest].entity);
}

/* --- the pronoun that comes back to the noun -------------------------------------------------------------------- */

/* Is the noun or mention at the unit feminine singular, or a plural that takes the feminine? */
static bool takes_feminine(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_word *word = clauses->text->tokens[unit->first].word;
    if (unit->kind == ISN_UNIT_MENTION) {
        const isn_entity *entity = &clauses->entities->items[unit->entity];
        return entity->type != ISN_GROUP && (entity->female == 1 || entity->plural);
    }
    if (!word || word->n < 2)
        return false;
    uint8_t last = word->letters[word->n - 1];
    return (unit->detail & ISN_N_PLURAL) || last == ISN_TEH_MARBUTA ||
           (last == ISN_TEH && word->letters[word->n - 2] == ISN_ALEF);
}

/* Is it a pronoun of the third person that can mean the noun? */
static bool comes_back(const isn_clauses *clauses, const isn_unit *noun, uint8_t pronoun)
{
    if (pronoun / 8 != 3)
        return false;
    uint8_t number = (pronoun & 7) / 2;
    if (number != 1)
        return number == 3 && noun->kind == ISN_UNIT_MENTION && clauses->entities->items[noun->entity].type == ISN_GROUP;
    return ((pronoun & 1) != 0) == takes_feminine(clauses, noun);
}

/* Somebody who can be the verb's subject: named, or a noun that isn't brought by a preposition. */
static bool can_act(const isn_clauses *clauses, uint32_t u, uint32_t verb)
{
    const isn_unit *unit = &clauses->units[u];
    if (!isn_unit_is_nominal(unit) || unit->prep != ISN_NO_ROW || unit->conj || isn_unit_is_circumstance(unit) ||
        isn_unit_is_adverbial(clauses, unit) || isn_unit_is_oblique(clauses, unit))
        return false;
    if (unit->kind == ISN_UNIT_NOUN)
        return isn_verb_agrees_noun(clauses, &clauses->units[verb], u);
    isn_party one = {.n = 0};
    isn_party_add(&one, unit->entity);
    return isn_verb_agrees(clauses, &clauses->units[verb], &one);
}

uint32_t isn_relative_resumption(const isn_clauses *clauses, uint32_t verb, uint32_t noun, uint32_t end)
{
    const isn_unit *units = clauses->units, *head = &units[noun];
    bool somebody = head->kind == ISN_UNIT_MENTION && clauses->entities->items[head->entity].type != ISN_PLACE;
    bool acts = false;
    for (uint32_t u = verb + 1; u < end && u <= verb + 5; u++) {
        const isn_unit *unit = &units[u];
        if (unit->kind == ISN_UNIT_PREP && unit->pronoun && comes_back(clauses, head, unit->pronoun)) {
            bool follows = u + 1 < end && can_act(clauses, u + 1, verb);
            return !somebody || acts || follows ? u : ISN_NONE; /* "who told her that" is no resumption */
        }
        bool passed = unit->kind == ISN_UNIT_DATE || unit->kind == ISN_UNIT_ADVERB || unit->kind == ISN_UNIT_PREP ||
                      isn_unit_is_nominal(unit);
        if (!passed)
            break;
        acts |= can_act(clauses, u, verb);
    }
    return ISN_NONE;
}

/* --- relative clauses without a relative ------------------------------------------------------------------------ */

/*
 * The indefinite noun right before the verb, its adjectives passed over: "a visit, official, that ... paid". ISN_NONE where
 * none stands there.
 */
static uint32_t bare_noun(const isn_clauses *clauses, uint32_t verb, uint32_t begin)
{
    const isn_unit *units = clauses->units;
    for (uint32_t u = verb, steps = 0; u > begin && steps < 4; steps++) {
        u--;
        const isn_unit *unit = &units[u];
        bool group = unit->kind == ISN_UNIT_MENTION && clauses->entities->items[unit->entity].type == ISN_GROUP &&
                     clauses->mentions->items[unit->mention].generic;
        if ((unit->kind != ISN_UNIT_NOUN && !group) || unit->definite || unit->pronoun ||
            unit->pos == ISN_POS_DEMONSTRATIVE || unit->pos == ISN_POS_NUMBER)
            return ISN_NONE;
        const isn_analysis *best = isn_token_best(&clauses->text->tokens[unit->first]);
        if (!group && (!best || best->pos == ISN_POS_PREP || best->pos == ISN_POS_ADVERB))
            return ISN_NONE;
        bool adjective = !group && (unit->pos == ISN_POS_ADJ || unit->pos == ISN_POS_PASSIVE || unit->pos == ISN_POS_ACTIVE) &&
                         u > begin && isn_unit_is_nominal(&units[u - 1]) && !units[u - 1].definite && !unit->conj &&
                         unit->prep == ISN_NO_ROW;
        if (!adjective)
            return u;
    }
    return ISN_NONE;
}

uint32_t isn_relative_bare(const isn_clauses *clauses, uint32_t verb, uint32_t begin, uint32_t end, uint32_t *resumed)
{
    const isn_unit *unit = &clauses->units[verb];
    *resumed = ISN_NONE;
    if (unit->conj || verb == begin)
        return ISN_NONE;
    uint32_t noun = bare_noun(clauses, verb, begin);
    if (noun == ISN_NONE)
        return ISN_NONE;
    if (unit->pronoun)
        return comes_back(clauses, &clauses->units[noun], unit->pronoun) ? noun : ISN_NONE;
    *resumed = isn_relative_resumption(clauses, verb, noun, end);
    return *resumed != ISN_NONE ? noun : ISN_NONE;
}

/* The reading of the verb's letters, in the third person and the gender wanted, as a verb that tells of acts; or NULL. */
static const isn_analysis *act_verb(const isn_clauses *clauses, uint32_t verb, bool feminine)
{
    const isn_grammar *grammar = clauses->grammar;
    const isn_token *token = &clauses->text->tokens[clauses->units[verb].first];
    const isn_analysis *best = isn_token_best(token);
    for (uint16_t a = 0; best && a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->pos == ISN_POS_VERB && other->verb >= 0 && (size_t)other->verb < grammar->n_verbs &&
            (grammar->verbs[other->verb] & ISN_VERB_OF_ACTS) && (other->detail & ISN_V_THIRD) &&
            !(other->detail & (ISN_V_PLURAL | ISN_V_DUAL)) && ((other->detail & ISN_V_FEMININE) != 0) == feminine &&
            other->clitics == best->clitics && other->pronoun == best->pronoun)
            return other;
    }
    return NULL;
}

uint32_t isn_relative_subject(const isn_clauses *clauses, uint32_t verb, uint32_t begin)
{
    isn_unit *unit = &clauses->units[verb];
    if (unit->conj || unit->pronoun || verb == begin)
        return ISN_NONE;
    uint32_t noun = bare_noun(clauses, verb, begin);
    if (noun == ISN_NONE || clauses->units[noun].kind != ISN_UNIT_NOUN)
        return ISN_NONE;
    const isn_analysis *reading = act_verb(clauses, verb, takes_feminine(clauses, &clauses->units[noun]));
    if (!reading)
        return ISN_NONE;
    isn_unit_make_verb(unit, clauses, reading);
    return noun;
}

uint32_t isn_relative_source(const isn_clauses *clauses, uint32_t verb, uint32_t begin, uint32_t end)
{
    const isn_unit *units = clauses->units, *unit = &units[verb];
    if (unit->conj || unit->pronoun || verb < begin + 2 || verb + 1 >= end)
        return ISN_NONE;
    const isn_unit *with = unit + 1;
    bool resumes = with->kind == ISN_UNIT_PREP && with->pronoun / 8 == 3 && with->prep < clauses->grammar->n_functions &&
                   (with->prep == clauses->grammar->fi || clauses->grammar->functions[with->prep].sub == ISN_SUB_TIME);
    uint32_t noun = verb - 1;
    if (!resumes || units[noun].kind != ISN_UNIT_MENTION || (verb + 2 < end && can_act(clauses, verb + 2, verb) &&
                                                             units[verb + 2].kind == ISN_UNIT_MENTION))
        return ISN_NONE;
    isn_party one = {.n = 0};
    isn_party_add(&one, units[noun].entity);
    bool person = clauses->entities->items[units[noun].entity].type == ISN_PERSON;
    return person && isn_verb_agrees(clauses, unit, &one) ? noun : ISN_NONE;
}
