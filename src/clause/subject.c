/* subject.c - who the subject of a verb is, where it doesn't just follow it. */
#include "clause/parts.h"

#include "lexicon/schema.h"

/* --- agreement -------------------------------------------------------------------------------------------------- */

static const isn_word *word_of(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->text->tokens[clauses->units[unit].first].word;
}

bool isn_verb_agrees_noun(const isn_clauses *clauses, const isn_unit *verb, uint32_t unit)
{
    const isn_word *own = unit == ISN_NONE ? NULL : word_of(clauses, unit);
    bool sound = own && own->n > 3 && own->letters[own->n - 1] == ISN_TEH && own->letters[own->n - 2] == ISN_ALEF;
    if (sound && clauses->units[unit].kind == ISN_UNIT_NOUN && (clauses->units[unit].detail & ISN_N_PLURAL) &&
        !(verb->detail & (ISN_V_FEMININE | ISN_V_PLURAL | ISN_V_DUAL)) && (verb->detail & ISN_V_THIRD) &&
        (isn_verb_traits(clauses, (uint32_t)(verb - clauses->units)) & ISN_VERB_TAKES_OBJECT))
        return false; /* "yujri mubahathat": he holds talks */
    if (unit == ISN_NONE || clauses->units[unit].kind != ISN_UNIT_NOUN ||
        clauses->units[unit].pos != ISN_POS_MASDAR || (clauses->units[unit].detail & ISN_N_PLURAL) ||
        (verb->detail & (ISN_V_FIRST | ISN_V_SECOND | ISN_V_THIRD)) == 0)
        return true;
    const isn_word *word = word_of(clauses, unit);
    bool feminine = word && word->n && (word->letters[word->n - 1] == ISN_TEH_MARBUTA ||
                                        word->letters[word->n - 1] == ISN_TEH);
    return feminine || !(verb->detail & ISN_V_FEMININE);
}

/* Bodies take the gender of the words that name them, and plurals the feminine: "the forces of ... got ready". */
static bool words_agree(const isn_clauses *clauses, const isn_entity *entity, bool feminine)
{
    for (size_t m = 0; m < entity->n_mentions; m++) {
        const isn_mention *mention = &clauses->mentions->items[entity->mentions[m]];
        const isn_token *token = &clauses->text->tokens[mention->first];
        const isn_analysis *best = isn_token_best(token);
        const isn_word *word = token->word;
        bool plural = mention->plural || (best && (best->detail & ISN_N_PLURAL)) ||
                      (word && word->n > 3 && word->key[word->n - 1] == ISN_TEH && word->key[word->n - 2] == ISN_ALEF);
        if (plural || mention->feminine == 2 || (mention->feminine == 1) == feminine)
            return true;
    }
    return false;
}

static bool is_named(const isn_clauses *clauses, uint32_t entity)
{
    const isn_entity *e = &clauses->entities->items[entity];
    for (size_t m = 0; m < e->n_mentions; m++) {
        if (clauses->mentions->items[e->mentions[m]].form == ISN_FORM_NAME)
            return true;
    }
    return false;
}

/* A body that is called by a feminine participle: "al-mu'arada". */
static bool words_feminine(const isn_clauses *clauses, const isn_entity *entity)
{
    const isn_mention *mention = &clauses->mentions->items[entity->mentions[0]];
    const isn_word *word = clauses->text->tokens[mention->first].word;
    return word && word->letters[word->n - 1] == ISN_TEH_MARBUTA;
}

bool isn_verb_agrees(const isn_clauses *clauses, const isn_unit *verb, const isn_party *party)
{
    if ((verb->detail & (ISN_V_FIRST | ISN_V_SECOND)) && !(verb->detail & ISN_V_THIRD))
        return false;
    if (party->n == 0)
        return true;
    const isn_entity *entity = &clauses->entities->items[party->entity[0]];
    bool feminine = (verb->detail & ISN_V_FEMININE) != 0;
    if ((verb->detail & (ISN_V_DUAL | ISN_V_PLURAL)) && !(verb->detail & (ISN_V_FIRST | ISN_V_SECOND)) &&
        party->n == 1 && entity->type == ISN_PERSON && !entity->plural)
        return false; /* two or more are meant */
    if (entity->type == ISN_GROUP || entity->plural || entity->female == 2 || party->n > 1)
        return true;
    return feminine == (entity->female == 1) ||
           (entity->type == ISN_ORGANIZATION && words_agree(clauses, entity, feminine)) ||
           (feminine && entity->type == ISN_PERSON && !is_named(clauses, party->entity[0]) &&
            words_feminine(clauses, entity));
}

const isn_analysis *isn_verb_other_reading(const isn_clauses *clauses, const isn_unit *verb, const isn_party *party)
{
    const isn_token *token = &clauses->text->tokens[verb->first];
    const isn_analysis *best = isn_token_best(token);
    for (uint16_t a = 0; best && a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        isn_unit trial = {.detail = other->detail};
        if (other != best && other->pos == ISN_POS_VERB && other->verb >= 0 && (other->detail & ISN_V_THIRD) &&
            other->clitics == best->clitics && other->pronoun == best->pronoun &&
            isn_verb_agrees(clauses, &trial, party))
            return other;
    }
    return NULL;
}

bool isn_unit_is_adverbial(const isn_clauses *clauses, const isn_unit *unit)
{
    if (unit->kind != ISN_UNIT_NOUN || unit->definite || unit->pronoun)
        return false;
    const isn_word *word = clauses->text->tokens[unit->first].word;
    /* letters that can be an accusative or a dual in idafa carry the flags of the latter */
    bool alef = word && word->n > 2 && word->key[word->n - 1] == ISN_ALEF && unit->pos == ISN_POS_MASDAR &&
                (unit->detail & ISN_N_CONSTRUCT) && (unit->detail & ISN_N_DUAL);
    return (unit->detail & ISN_N_ACCUSATIVE) || alef;
}

bool isn_unit_is_oblique(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *best = isn_token_best(token);
    if (!best || !isn_unit_is_nominal(unit) || unit->pronoun || best->pronoun || token->word->n < 5)
        return false;
    if (unit->kind == ISN_UNIT_MENTION && clauses->mentions->items[unit->mention].form == ISN_FORM_NAME &&
        clauses->mentions->items[unit->mention].type != ISN_GROUP)
        return false;
    uint8_t last = token->word->key[token->word->n - 1], before = token->word->key[token->word->n - 2];
    return last == ISN_NOON && before == ISN_YEH && (best->detail & (ISN_N_PLURAL | ISN_N_DUAL)) != 0;
}

/* Does the lexicon know the word as one that counts: two, hundred, thousand? */
static bool is_number_word(const isn_text *text, uint32_t token)
{
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; text->matches[m].n == 1 && e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table == ISN_T_COUNTS && isn_str_equal(isn_lexicon_cell(text->lexicon, ISN_T_COUNTS, entry->row,
                                                                               ISN_C_COUNTS_KIND), ISN_STR("number")))
                return true;
        }
    }
    return false;
}

bool isn_unit_is_nominative(const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *u = unit == ISN_NONE ? NULL : &clauses->units[unit];
    const isn_word *word = u ? clauses->text->tokens[u->first].word : NULL;
    const isn_analysis *best = u ? isn_token_best(&clauses->text->tokens[u->first]) : NULL;
    if (!word || !best || !isn_unit_is_nominal(u) || u->pronoun || word->n < 5 || word->letters[word->n - 1] != ISN_NOON)
        return false;
    uint8_t before = word->letters[word->n - 2];
    bool several = u->kind == ISN_UNIT_MENTION && clauses->mentions->items[u->mention].form == ISN_FORM_ROLE &&
                   clauses->mentions->items[u->mention].plural;
    bool dual = (best->detail & ISN_N_DUAL) || u->pos == ISN_POS_NUMBER || is_number_word(clauses->text, u->first);
    return before == ISN_ALEF ? dual || (several && clauses->mentions->items[u->mention].plural == 2)
                              : before == ISN_WAW && ((best->detail & ISN_N_PLURAL) || several);
}

/* --- the subject that stands before its verb -------------------------------------------------------------------- */

static bool is_comma(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    return u < end && clauses->units[u].kind == ISN_UNIT_COMMA;
}

static bool is_person(const isn_clauses *clauses, const isn_party *party)
{
    return party->n == 1 && clauses->entities->items[party->entity[0]].type == ISN_PERSON;
}

uint32_t isn_subject_apposition(isn_slot *subject, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *units = clauses->units;
    if (!is_person(clauses, &subject->party) || !is_comma(clauses, u, end) || u + 1 >= end)
        return u;
    const isn_unit *next = &units[u + 1];
    if (!isn_unit_is_nominal(next) || next->conj || next->prep != ISN_NO_ROW || isn_unit_is_circumstance(next) ||
        isn_unit_is_adverbial(clauses, next))
        return u;
    isn_party party;
    uint32_t after = isn_party_read(&party, clauses, u + 1, end);
    while (after < end && (units[after].kind == ISN_UNIT_DATE || units[after].kind == ISN_UNIT_ADVERB))
        after++;
    if (!is_comma(clauses, after, end))
        return u;
    if (party.n == 0) { /* "the president, head of something, Name, ...": a name must follow */
        bool name = after + 1 < end && units[after + 1].kind == ISN_UNIT_MENTION && !units[after + 1].conj &&
                    units[after + 1].prep == ISN_NO_ROW &&
                    clauses->entities->items[units[after + 1].entity].type == ISN_PERSON;
        return name ? after : u;
    }
    if (!is_person(clauses, &party))
        return u;
    bool other = party.entity[0] != subject->party.entity[0];
    if (other && is_named(clauses, subject->party.entity[0]))
        return u; /* "the president, X, the minister, ...": somebody else */
    if (!is_named(clauses, subject->party.entity[0]) && is_named(clauses, party.entity[0]))
        subject->party.entity[0] = party.entity[0];
    return after + 1;
}

bool isn_subject_topic(isn_slot *out, const isn_clauses *clauses, uint32_t begin, uint32_t verb)
{
    const isn_unit *units = clauses->units;
    uint32_t u = begin;
    while (u < verb) {
        isn_party skipped;
        switch (units[u].kind) {
        case ISN_UNIT_PREP: /* a prepositional phrase may come first */
            u = units[u].pronoun ? u + 1 : isn_party_read(&skipped, clauses, u + 1, verb);
            continue;
        case ISN_UNIT_BRACKET:
            u = isn_after_bracket(clauses, u, verb);
            continue;
        case ISN_UNIT_MENTION:
        case ISN_UNIT_NOUN:
            if (units[u].prep != ISN_NO_ROW || isn_unit_is_adverbial(clauses, &units[u])) { /* "in reply to that," */
                u = isn_party_read(&skipped, clauses, u, verb);
                continue;
            }
            out->unit = u;
            out->prep = ISN_NO_ROW;
            out->after = isn_party_read(&out->party, clauses, u, verb);
            u = out->after;
            for (uint32_t next; (next = isn_subject_apposition(out, clauses, u, verb)) > u && next < verb;)
                u = is_comma(clauses, next - 1, verb) ? next - 1 : next;
            return out->after <= verb;
        case ISN_UNIT_VERB:
        case ISN_UNIT_RELATIVE:
            return false;
        default:
            u++;
        }
    }
    return false;
}

/* --- subjects carried on ---------------------------------------------------------------------------------------- */

uint8_t isn_verb_traits(const isn_clauses *clauses, uint32_t unit)
{
    const isn_analysis *best = isn_token_best(&clauses->text->tokens[clauses->units[unit].first]);
    const isn_grammar *grammar = clauses->grammar;
    return best && best->pos == ISN_POS_VERB && best->verb >= 0 && (size_t)best->verb < grammar->n_verbs
               ? grammar->verbs[best->verb]
               : 0;
}

static bool speaks(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->slots[unit]->that != ISN_NONE || (isn_verb_traits(clauses, unit) & ISN_VERB_SAYS);
}

/* Men who were named before, and a verb in the singular behind them: it is of somebody else ("three were killed and two wounded"). */
static bool are_too_many(const isn_clauses *clauses, const isn_unit *verb, const isn_party *party)
{
    const isn_entity *entity = &clauses->entities->items[party->entity[0]];
    if (entity->type != ISN_GROUP || !(verb->detail & ISN_V_THIRD) ||
        (verb->detail & (ISN_V_FIRST | ISN_V_SECOND | ISN_V_FEMININE | ISN_V_PLURAL | ISN_V_DUAL)))
        return false;
    const isn_mention *mention = &clauses->mentions->items[entity->mentions[0]];
    const isn_word *word = clauses->text->tokens[mention->first].word;
    uint8_t last = word && word->n > 4 ? word->letters[word->n - 1] : 0, before = last ? word->letters[word->n - 2] : 0;
    return mention->plural && last == ISN_NOON && (before == ISN_WAW || before == ISN_YEH);
}

/* Takes the party for the subject of the verb at `unit`, if they agree. */
static bool take_party(isn_slots *out, const isn_clauses *clauses, uint32_t unit, const isn_party *party)
{
    if (party->n == 0 || !isn_verb_agrees(clauses, &clauses->units[unit], party) ||
        are_too_many(clauses, &clauses->units[unit], party))
        return false;
    out->subj.party = *party;
    out->subj.party.carried = 1;
    out->carried = 1;
    return true;
}

/* The same with the subject of the verb at `from`. */
static bool take_subject(isn_slots *out, const isn_clauses *clauses, uint32_t unit, uint32_t from)
{
    const isn_slots *slots = clauses->slots[from];
    return slots && take_party(out, clauses, unit, &slots->subj.party);
}

/*
 * Right behind "that" the subject is one of the verb that governs it: whom it asks ("asked France to apologize"), or
 * its own ("decided to send", "said that he").
 */
static bool carry_into_that(isn_slots *out, const isn_clauses *clauses, uint32_t unit, uint32_t begin)
{
    const isn_unit *units = clauses->units;
    uint32_t that = unit;
    while (that > begin && (units[that - 1].kind == ISN_UNIT_NEG || units[that - 1].kind == ISN_UNIT_AUX ||
                            units[that - 1].kind == ISN_UNIT_ADVERB))
        that--;
    if (that == begin || units[that - 1].kind != ISN_UNIT_THAT)
        return false;
    that--;
    for (uint32_t u = that, steps = 0; u > begin && steps < 40; steps++) {
        u--;
        const isn_slots *slots = clauses->slots[u];
        if (!slots)
            continue;
        if (slots->that != that)
            return false;
        const isn_word *word = clauses->text->tokens[units[that].first].word;
        bool told = units[that].last - units[that].first > 1 || !word || word->n > 3 ||
                    word->key[word->n - 1] != ISN_NOON || units[that].pronoun;
        for (uint8_t i = 0; i < slots->n_preps && !told; i++) {
            if (slots->preps[i].prep == clauses->grammar->min && slots->preps[i].unit != ISN_NONE &&
                take_party(out, clauses, unit, &slots->preps[i].party))
                return true;
        }
        return take_subject(out, clauses, unit, u);
    }
    return false;
}

/* The speaker who goes on: the subject of the last verb in units [begin, unit) that brings words, outside relatives. */
static bool carry_speaker(isn_slots *out, const isn_clauses *clauses, uint32_t unit, uint32_t begin)
{
    for (uint32_t u = unit; u > begin;) {
        u--;
        if (clauses->slots[u] && speaks(clauses, u) && isn_relative_of(clauses, u, begin) == ISN_NONE &&
            take_subject(out, clauses, unit, u))
            return true;
    }
    return false;
}

/* The nearest verb before in this sentence, or somebody named in it. */
static bool carry_here(isn_slots *out, const isn_clauses *clauses, uint32_t unit, uint32_t begin)
{
    bool joined = clauses->units[unit].conj || (unit > begin && clauses->units[unit - 1].kind == ISN_UNIT_CONJ);
    for (uint32_t u = unit; u > begin;) {
        u--;
        if (take_subject(out, clauses, unit, u))
            return true;
    }
    for (uint32_t u = unit; u > begin && joined;) { /* another reading of its letters agrees */
        u--;
        const isn_slots *slots = clauses->slots[u];
        if (!slots || slots->subj.party.n != 1)
            continue;
        const isn_analysis *other = isn_verb_other_reading(clauses, &clauses->units[unit], &slots->subj.party);
        if (other) {
            isn_unit_make_verb(&clauses->units[unit], clauses, other);
            return take_subject(out, clauses, unit, u);
        }
    }
    for (uint32_t u = unit; u > begin;) {
        u--;
        const isn_unit *named = &clauses->units[u];
        isn_party one = {.n = 0};
        if (named->kind != ISN_UNIT_MENTION || clauses->entities->items[named->entity].type != ISN_PERSON)
            continue;
        isn_party_add(&one, named->entity);
        if (take_party(out, clauses, unit, &one))
            return true;
    }
    return false;
}

/* "We apologize": the speaker, who is the subject of the last verb before that brings words. */
static void carry_first_person(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    for (uint32_t back = 0; back <= 2 && back <= sentence; back++) {
        uint32_t from = clauses->sentence_from[sentence - back];
        for (uint32_t u = back ? clauses->sentence_from[sentence - back + 1] : unit; u > from;) {
            u--;
            const isn_slots *slots = clauses->slots[u];
            if (!slots || slots->subj.party.n != 1 || !(isn_verb_traits(clauses, u) & ISN_VERB_SAYS))
                continue;
            out->subj.party = slots->subj.party;
            out->subj.party.carried = 1;
            out->carried = 1;
            return;
        }
    }
}

/* The people who did it together, for verbs in the plural: the nearest of many named before, in this sentence. */
static bool carry_many(isn_slots *out, const isn_clauses *clauses, uint32_t unit, uint32_t begin)
{
    bool joined = clauses->units[unit].conj;
    for (uint32_t u = unit; u > begin;) {
        u--;
        const isn_slots *slots = clauses->slots[u];
        if (joined && slots && slots->subj.party.n &&
            (slots->subj.party.n > 1 || clauses->entities->items[slots->subj.party.entity[0]].type == ISN_GROUP))
            return take_subject(out, clauses, unit, u);
        const isn_unit *named = &clauses->units[u];
        isn_party one = {.n = 0};
        if (joined || named->kind != ISN_UNIT_MENTION || clauses->entities->items[named->entity].type != ISN_GROUP)
            continue;
        isn_party_add(&one, named->entity);
        if (take_party(out, clauses, unit, &one))
            return true;
    }
    return false;
}

void isn_subject_carry(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    uint16_t detail = clauses->units[unit].detail;
    if ((detail & ISN_V_FIRST) && !(detail & ISN_V_THIRD)) {
        carry_first_person(out, clauses, unit);
        return;
    }
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = clauses->sentence_from[sentence];
    bool says = out->that != ISN_NONE || (isn_verb_traits(clauses, unit) & ISN_VERB_SAYS);
    if (carry_into_that(out, clauses, unit, begin))
        return;
    if ((detail & ISN_V_PLURAL) && carry_many(out, clauses, unit, begin))
        return;
    if (says && clauses->units[unit].conj && carry_speaker(out, clauses, unit, begin))
        return;
    if (carry_here(out, clauses, unit, begin))
        return;
    for (uint8_t back = 1; back <= 2 && back <= sentence; back++) {
        uint32_t from = clauses->sentence_from[sentence - back];
        uint32_t to = clauses->sentence_from[sentence - back + 1];
        for (uint32_t u = from; u < to; u++) {
            if (isn_relative_of(clauses, u, from) == ISN_NONE && take_subject(out, clauses, unit, u))
                return;
        }
    }
}

/* --- is the phrase behind the verb its object? ------------------------------------------------------------------ */

/* Only pronouns on prepositions, adverbs and dates between the verb and the unit. */
static bool follows(const isn_clauses *clauses, uint32_t verb, uint32_t unit)
{
    for (uint32_t u = verb + 1; u < unit && u < clauses->n; u++) {
        const isn_unit *between = &clauses->units[u];
        if (!(between->kind == ISN_UNIT_PREP && between->pronoun) && between->kind != ISN_UNIT_DATE &&
            between->kind != ISN_UNIT_ADVERB)
            return false;
    }
    return unit != ISN_NONE && unit > verb;
}

/*
 * "... and shut the consulate": a verb joined to one before it in the same sentence, whose subject agrees with it too,
 * takes the one noun phrase behind it as its object, unless that is a person by name or something is said.
 */
static bool joined_object(const isn_slots *slots, const isn_clauses *clauses, uint32_t unit, uint32_t begin)
{
    const isn_unit *verb = &clauses->units[unit];
    const isn_unit *head = &clauses->units[slots->subj.unit];
    /* "and asked of him the withdrawal": an act behind a phrase is what the verb needs, not who does it */
    bool behind = head->kind == ISN_UNIT_NOUN && head->pos == ISN_POS_MASDAR && slots->n_preps > 0 &&
                  slots->preps[0].party.n > 0 && slots->preps[0].prep != clauses->grammar->fi &&
                  (isn_verb_traits(clauses, unit) & ISN_VERB_TAKES_OBJECT);
    if (!verb->conj || unit == begin || slots->that != ISN_NONE ||
        !(behind || follows(clauses, unit, slots->subj.unit)))
        return false;
    if (head->kind == ISN_UNIT_MENTION && clauses->entities->items[head->entity].type == ISN_PERSON &&
        !head->pronoun) /* but "... and recalls its ambassador" */
        return false;
    bool thing = head->kind == ISN_UNIT_NOUN && !head->definite && (isn_verb_traits(clauses, unit) & ISN_VERB_TAKES_OBJECT);
    for (uint32_t u = unit; u > begin;) {
        u--;
        const isn_slots *other = clauses->slots[u];
        if (!other)
            continue;
        if (other->subj.party.n == 0 || !isn_verb_agrees(clauses, verb, &other->subj.party)) {
            if (thing)
                continue; /* a verb inside what was said of others */
            return false;
        }
        uint8_t female = clauses->entities->items[other->subj.party.entity[0]].female;
        if (behind || (head->kind == ISN_UNIT_NOUN && !head->definite && female == 2))
            return true;
        bool sure = female != 2 && other->subj.party.n == 1;
        return sure && (female == 1) == ((verb->detail & ISN_V_FEMININE) != 0);
    }
    return false;
}

bool isn_subject_goes_on(const isn_slots *slots, const isn_clauses *clauses, uint32_t unit)
{
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    const isn_unit *verb = &clauses->units[unit];
    if (verb->pronoun || slots->obj.party.n || slots->subj.unit == ISN_NONE)
        return false;
    if (joined_object(slots, clauses, unit, begin))
        return true;
    uint8_t traits = isn_verb_traits(clauses, unit);
    if (slots->that != ISN_NONE || !follows(clauses, unit, slots->subj.unit))
        return false;
    isn_slots trial = {.that = slots->that};
    const isn_unit *head = &clauses->units[slots->subj.unit];
    const isn_unit *before = unit > begin ? verb - 1 : NULL;
    bool linked = verb->conj || (before && (before->kind == ISN_UNIT_CONJ || before->kind == ISN_UNIT_THAT));
    if (!linked)
        return false;
    const isn_analysis *first = isn_token_best(&clauses->text->tokens[head->first]);
    bool owned = first && first->pronoun && slots->subj.party.n <= 1;
    bool thing = before && before->kind == ISN_UNIT_THAT && before->last == before->first + 1 &&
                 head->kind == ISN_UNIT_NOUN && !head->definite && (traits & ISN_VERB_TAKES_OBJECT);
    if ((traits & ISN_VERB_NEEDS_OBJECT) && slots->subj.party.n == 1)
        owned = true;
    if (!(owned && (traits & ISN_VERB_TAKES_OBJECT)) && !thing)
        return false;
    isn_subject_carry(&trial, clauses, unit);
    return trial.carried && (slots->subj.party.n == 0 || !isn_party_has(&trial.subj.party, slots->subj.party.entity[0]));
}
