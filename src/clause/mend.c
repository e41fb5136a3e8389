/* mend.c - second thoughts about the tagger's choice, where units and names show more than the words beside. */
#include "clause/parts.h"

/* The likeliest reading of the token as a verb in the past, third person, with the proclitics of `like`; NULL: none. */
static const isn_analysis *past_reading(const isn_token *token, const isn_analysis *like)
{
    for (uint16_t a = 0; token->word && like && a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->pos == ISN_POS_VERB && other->verb >= 0 && other->skip == like->skip &&
            other->pronoun == 0 && (other->detail & ISN_V_TENSE) == ISN_V_PAST &&
            (other->detail & ISN_V_THIRD))
            return other;
    }
    return NULL;
}

void isn_unit_make_verb(isn_unit *unit, const isn_clauses *clauses, const isn_analysis *verb)
{
    isn_token *token = &clauses->text->tokens[unit->first];
    token->best = (uint8_t)(verb - token->word->analyses);
    unit->prep = unit->function = ISN_NO_ROW;
    unit->sub = 0;
    unit->kind = ISN_UNIT_VERB;
    isn_unit_take(unit, clauses->grammar, verb);
}

/* Is there a finite verb in the rest of the sentence that no relative or complementizer brings? */
static bool has_main_verb(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    bool inner = false;
    for (; u < end; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind == ISN_UNIT_RELATIVE || unit->kind == ISN_UNIT_THAT || unit->kind == ISN_UNIT_QUOTE ||
            unit->kind == ISN_UNIT_COLON || (unit->kind == ISN_UNIT_CONJ && unit->sub != ISN_SUB_AND))
            inner = true;
        else if ((unit->kind == ISN_UNIT_VERB || unit->kind == ISN_UNIT_AUX) && !inner)
            return true;
    }
    return false;
}

/* Can the unit be the subject of a masculine or feminine verb: somebody named, or a number of people? */
static bool may_be_subject(const isn_clauses *clauses, const isn_unit *unit, const isn_analysis *verb)
{
    bool feminine = (verb->detail & ISN_V_FEMININE) != 0;
    if (unit->prep != ISN_NO_ROW || unit->conj)
        return false;
    if (unit->kind == ISN_UNIT_MENTION) {
        const isn_entity *entity = &clauses->entities->items[unit->entity];
        return (entity->type == ISN_GROUP && !feminine) || (entity->female == 1) == feminine;
    }
    return unit->kind == ISN_UNIT_NOUN && !feminine &&
           (unit->sub == ISN_SUB_QUANTITY || unit->pos == ISN_POS_NUMBER);
}

/* Is the sentence one that tells in full, of the body, with its full stop? */
static bool tells(const isn_clauses *clauses, uint32_t begin, uint32_t end)
{
    const isn_text *text = clauses->text;
    const isn_sentence *sentence = &text->sentences[isn_sentence_of_unit(clauses, begin)];
    return text->blocks[sentence->block].kind == ISN_BLOCK_BODY && end > begin + 3 &&
           clauses->units[end - 1].kind == ISN_UNIT_STOP;
}

/*
 * "wajjaha l-na'ib ...", "tajamma'a 'asharat ...": a bare noun that can be a verb too, at the head of a sentence without
 * any other verb, before somebody who can be its subject. Verbal nouns before a name need an object behind that.
 */
static void mend_first(const isn_clauses *clauses, uint32_t begin, uint32_t end)
{
    if (begin + 2 >= end)
        return;
    isn_unit *unit = &clauses->units[begin];
    uint32_t after = begin + 1;
    while (after + 1 < end && (clauses->units[after].kind == ISN_UNIT_DATE || clauses->units[after].kind == ISN_UNIT_ADVERB))
        after++; /* "gathered yesterday hundreds of" */
    if (after + 1 >= end)
        return;
    const isn_unit *next = &clauses->units[after], *third = next + 1;
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *best = isn_token_best(token);
    if (unit->kind != ISN_UNIT_NOUN || unit->prep != ISN_NO_ROW || unit->definite || unit->pronoun ||
        unit->last != unit->first + 1 || !best)
        return;
    const isn_analysis *verb = past_reading(token, best);
    if (!verb || !may_be_subject(clauses, next, verb))
        return;
    if (best->pos == ISN_POS_MASDAR && next->kind == ISN_UNIT_MENTION && !tells(clauses, begin, end) &&
        (!isn_unit_is_nominal(third) || third->prep != ISN_NO_ROW || third->conj))
        return;
    if (!has_main_verb(clauses, begin + 1, end))
        isn_unit_make_verb(unit, clauses, verb);
}

/* "fajjara nafsahu": before "himself" stands a verb. */
static void mend_reflexive(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_unit *unit = &clauses->units[u];
    if (u + 1 >= end || unit->kind != ISN_UNIT_NOUN || unit->prep != ISN_NO_ROW || unit->definite || unit->pronoun ||
        unit->last != unit->first + 1)
        return;
    const isn_word *after = clauses->text->tokens[(unit + 1)->first].word;
    if (!after || after->n < 4 || after->n > 5 || after->key[0] != ISN_NOON || after->key[1] != ISN_FEH ||
        after->key[2] != ISN_SEEN || after->key[3] != ISN_HEH)
        return;
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *verb = past_reading(token, isn_token_best(token));
    if (verb)
        isn_unit_make_verb(unit, clauses, verb);
}

/* Verbs of beginning are auxiliaries only where the verb that they begin follows; else they are verbs of their own. */
static void mend_begin(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_unit *unit = &clauses->units[u];
    bool nominal = false;
    for (uint32_t v = u + 1; v < end && v < u + 10; v++) {
        const isn_unit *other = &clauses->units[v];
        if (nominal && other->kind == ISN_UNIT_NOUN && other->pos == ISN_POS_MASDAR && !other->definite &&
            !other->conj && other->prep == ISN_NO_ROW && clauses->units[v - 1].kind == ISN_UNIT_MENTION)
            break; /* what was begun */
        nominal |= isn_unit_is_nominal(other);
        if (other->kind == ISN_UNIT_VERB && !other->conj && (other->detail & ISN_V_TENSE) == ISN_V_PRESENT)
            return;
        if (other->kind == ISN_UNIT_VERB || other->kind == ISN_UNIT_THAT || other->kind == ISN_UNIT_RELATIVE ||
            other->kind == ISN_UNIT_AUX || (other->kind == ISN_UNIT_CONJ && other->sub != ISN_SUB_AND))
            break;
    }
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *verb = past_reading(token, isn_token_best(token));
    if (verb && unit->last == unit->first + 1)
        isn_unit_make_verb(unit, clauses, verb);
}

/* Do the letters end as a predicate's do: -an, -a(t), -in? */
static bool ends_as_circumstance(const isn_word *word, const isn_analysis *analysis)
{
    uint8_t last = word->letters[analysis->skip + analysis->stem - 1];
    uint8_t before = word->letters[analysis->skip + analysis->stem - 2];
    return last == ISN_ALEF || last == ISN_TEH_MARBUTA || (last == ISN_NOON && before == ISN_YEH);
}

/*
 * "..., muttahiman/muttahimatan/muttahimina fulan": an indefinite participle behind a comma, before what it governs, says
 * what the subject does meanwhile, though the letters may be those of a passive participle or of a noun.
 */
static void mend_circumstance(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_unit *unit = &clauses->units[u];
    isn_token *token = &clauses->text->tokens[unit->first];
    if (u + 1 >= end || unit->kind != ISN_UNIT_NOUN || unit->last != unit->first + 1 || unit->definite ||
        unit->prep != ISN_NO_ROW || unit->pronoun || !token->word || isn_unit_is_circumstance(unit))
        return;
    const isn_unit *next = unit + 1;
    bool governs = next->kind == ISN_UNIT_THAT || next->kind == ISN_UNIT_PREP || next->prep != ISN_NO_ROW ||
                   (isn_unit_is_nominal(next) && next->pos != ISN_POS_ADJ);
    for (uint16_t a = 0; governs && a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->pos != ISN_POS_ACTIVE || other->verb < 0 || other->pronoun || other->stem < 4 ||
            (other->clitics & ~(unsigned)(ISN_CL_WA | ISN_CL_FA)) || !ends_as_circumstance(token->word, other))
            continue;
        token->best = (uint8_t)a;
        isn_unit_take(unit, clauses->grammar, other);
        unit->detail = (uint16_t)(unit->detail | ISN_N_ACCUSATIVE);
        return;
    }
}

/* "ghadara l-wafd al-qa'a muttahiman Isra'il": the same without a comma, in the accusative, before a name. */
static bool is_bare_circumstance(const isn_clauses *clauses, uint32_t u, uint32_t begin, uint32_t end)
{
    const isn_unit *unit = &clauses->units[u];
    if (u <= begin || u + 1 >= end || unit->kind != ISN_UNIT_NOUN || (unit->pos != ISN_POS_PASSIVE && unit->pos != ISN_POS_ACTIVE))
        return false;
    const isn_word *word = clauses->text->tokens[unit->first].word;
    const isn_unit *before = unit - 1, *next = unit + 1;
    return word && word->letters[word->n - 1] == ISN_ALEF && next->kind == ISN_UNIT_MENTION && next->prep == ISN_NO_ROW &&
           !next->conj && (before->definite || before->kind == ISN_UNIT_DATE) &&
           (isn_unit_is_nominal(before) || before->kind == ISN_UNIT_DATE);
}

/* Reads a verb's letters, cut the same, as a noun of act if they can be one; with `same_verb` of that verb only. */
static void make_noun(isn_unit *unit, const isn_clauses *clauses, bool same_verb)
{
    isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *best = isn_token_best(token);
    for (uint16_t a = 0; best && a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->pos != ISN_POS_MASDAR || other->skip != best->skip || other->pronoun != best->pronoun ||
            (same_verb && other->verb != best->verb))
            continue;
        token->best = (uint8_t)a;
        unit->kind = ISN_UNIT_NOUN;
        isn_unit_take(unit, clauses->grammar, other);
        return;
    }
}

/*
 * "wa-rafdihim li-...", "wa-ta'yidiha l-tamm": letters of a verb with its object, but what follows belongs to a noun.
 */
static void mend_owned(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_unit *unit = &clauses->units[u];
    if (u + 1 >= end || unit->kind != ISN_UNIT_VERB || !unit->pronoun || (u > 0 && (unit - 1)->kind == ISN_UNIT_RELATIVE))
        return;
    const isn_unit *next = unit + 1;
    if (next->prep != clauses->grammar->la &&
        !(next->kind == ISN_UNIT_NOUN && next->pos == ISN_POS_ADJ && next->definite && next->prep == ISN_NO_ROW))
        return;
    make_noun(unit, clauses, false);
}

/* "because of the crisis and Russia's taking of the Crimea": whom and then to whom tell a noun of act from its verb. */
static void mend_joined(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_unit *unit = &clauses->units[u];
    if (u + 2 >= end || unit->kind != ISN_UNIT_VERB || !unit->conj || unit->pronoun ||
        (unit->detail & ISN_V_TENSE) != ISN_V_PAST)
        return;
    const isn_unit *next = unit + 1, *third = unit + 2;
    if (next->kind != ISN_UNIT_MENTION || next->prep != ISN_NO_ROW || next->conj || third->prep != clauses->grammar->la ||
        !isn_unit_is_nominal(third))
        return;
    make_noun(unit, clauses, true);
}

/*
 * "anna l-jaysha dabata kammiyyat", "kana X qad ...": behind "that" or "was" and somebody's name a bare noun of act before what
 * it governs is the verb of its letters.
 */
static void mend_predicate(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *units = clauses->units;
    if (u + 3 >= end || units[u + 1].kind != ISN_UNIT_MENTION || !units[u + 1].definite)
        return;
    uint32_t at = u + 2;
    while (at + 1 < end && (units[at].kind == ISN_UNIT_QUOTE || units[at].kind == ISN_UNIT_DATE || units[at].kind == ISN_UNIT_ADVERB))
        at++;
    isn_unit *unit = &clauses->units[at];
    if (at + 1 >= end || unit->kind != ISN_UNIT_NOUN || unit->pos != ISN_POS_MASDAR || unit->definite || unit->pronoun ||
        unit->conj || unit->prep != ISN_NO_ROW || unit->last != unit->first + 1 ||
        !(isn_unit_is_nominal(unit + 1) || (unit + 1)->kind == ISN_UNIT_PREP) ||
        clauses->entities->items[units[u + 1].entity].type == ISN_PLACE)
        return;
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *verb = past_reading(token, isn_token_best(token));
    if (verb && may_be_subject(clauses, &units[u + 1], verb))
        isn_unit_make_verb(unit, clauses, verb);
}

/* "yujri l-ra'isu muhadathat": before somebody's name the letters of "is done" are those of a verb that has an object. */
static void mend_done(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_unit *unit = &clauses->units[u];
    if (u + 1 >= end || unit->last != unit->first + 1 || unit[1].kind != ISN_UNIT_MENTION || unit[1].prep != ISN_NO_ROW ||
        unit[1].conj || (u > 0 && clauses->units[u - 1].kind == ISN_UNIT_NEG))
        return;
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_grammar *grammar = clauses->grammar;
    for (uint16_t a = 0; token->word && a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->pos != ISN_POS_VERB || other->verb < 0 || (size_t)other->verb >= grammar->n_verbs || other->pronoun ||
            !(grammar->verbs[other->verb] & ISN_VERB_TAKES_OBJECT) || !(other->detail & ISN_V_THIRD) ||
            (other->detail & ISN_V_TENSE) == ISN_V_PAST || !may_be_subject(clauses, unit + 1, other))
            continue;
        isn_unit_make_verb(unit, clauses, other);
        return;
    }
}

/* The unit behind "Amman - Petra -" or "Dubai (CNN) -"; begin where there is no dateline. */
static uint32_t after_dateline(const isn_clauses *clauses, uint32_t begin, uint32_t end)
{
    uint32_t after = begin;
    for (uint32_t u = begin; u + 1 < end && u < begin + 10; u++) {
        if (isn_ends_dateline(clauses, u, begin))
            after = u + 1;
        if (clauses->units[u].kind == ISN_UNIT_VERB)
            break;
    }
    return after;
}

void isn_units_mend(const isn_clauses *clauses)
{
    for (size_t s = 0; s < clauses->text->n_sentences; s++) {
        uint32_t begin = clauses->sentence_from[s], end = clauses->sentence_from[s + 1];
        for (uint32_t u = begin; u < end; u++) {
            if (clauses->units[u].kind == ISN_UNIT_AUX && clauses->units[u].sub == ISN_SUB_BEGIN)
                mend_begin(clauses, u, end);
            if (clauses->units[u].kind == ISN_UNIT_THAT ||
                (clauses->units[u].kind == ISN_UNIT_AUX && clauses->units[u].sub == ISN_SUB_PAST))
                mend_predicate(clauses, u, end);
            if (clauses->units[u].kind == ISN_UNIT_AUX && clauses->units[u].sub == ISN_SUB_PASSIVE)
                mend_done(clauses, u, end);
            mend_owned(clauses, u, end);
            mend_joined(clauses, u, end);
            mend_reflexive(clauses, u, end);
            if (clauses->units[u].kind == ISN_UNIT_COLON && u + 1 < end)
                mend_first(clauses, u + 1, end);
            if (clauses->units[u].kind == ISN_UNIT_COMMA && u + 1 < end)
                mend_circumstance(clauses, u + 1, end);
            else if (is_bare_circumstance(clauses, u, begin, end))
                mend_circumstance(clauses, u, end);
        }
        mend_first(clauses, after_dateline(clauses, begin, end), end);
    }
}
