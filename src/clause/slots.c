/* slots.c - filling the slots of verbs and nouns. */
#include "clause/clause.h"

/* --- boundaries ------------------------------------------------------------------------------------------------- */

static bool is_boundary(const isn_unit *unit)
{
    return unit->kind == ISN_UNIT_THAT || unit->kind == ISN_UNIT_COLON || unit->kind == ISN_UNIT_STOP ||
           (unit->kind == ISN_UNIT_CONJ && unit->sub != ISN_SUB_AND) ||
           (unit->kind == ISN_UNIT_AUX && unit->conj);
}

/* The relative that opens the clause of the verb at u, or ISN_NONE. */
static uint32_t relative_of(const isn_clauses *clauses, uint32_t u, uint32_t begin)
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

/* The dash after "Dubai, United Arab Emirates (CNN)--" or "Cairo -" at the head of a sentence. */
static bool ends_dateline(const isn_clauses *clauses, uint32_t u, uint32_t begin)
{
    const isn_unit *unit = &clauses->units[u];
    if (unit->kind != ISN_UNIT_COMMA || clauses->text->tokens[unit->first].mark != '-' || u > begin + 9)
        return false;
    uint8_t before = u > begin ? clauses->units[u - 1].kind : ISN_UNIT_OTHER;
    return before == ISN_UNIT_BRACKET || before == ISN_UNIT_COMMA || u <= begin + 3;
}

uint32_t isn_clause_begin(const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *units = clauses->units;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    if (units[unit].kind == ISN_UNIT_VERB && units[unit].conj)
        return unit;
    uint32_t u = unit;
    while (u > begin) {
        u--;
        if (units[u].kind == ISN_UNIT_RELATIVE)
            return u + 1;
        if (ends_dateline(clauses, u, begin))
            return u + 1;
        if (is_boundary(&units[u]))
            return units[u].kind == ISN_UNIT_AUX ? u : u + 1;
        if (units[u].kind == ISN_UNIT_VERB) {
            uint32_t relative = relative_of(clauses, u, begin);
            if (relative == ISN_NONE)
                return u;
            u = relative;
        }
    }
    return begin;
}

uint32_t isn_clause_end(const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *units = clauses->units;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
    for (uint32_t u = unit + 1; u < end; u++) {
        if (is_boundary(&units[u]) || units[u].kind == ISN_UNIT_VERB)
            return u;
    }
    return end;
}

/* --- agreement -------------------------------------------------------------------------------------------------- */

/* A verbal noun without a feminine ending can't be the subject of a feminine verb. */
static bool noun_agrees(const isn_clauses *clauses, const isn_unit *verb, uint32_t unit)
{
    if (unit == ISN_NONE || clauses->units[unit].kind != ISN_UNIT_NOUN ||
        clauses->units[unit].pos != ISN_POS_MASDAR || (clauses->units[unit].detail & ISN_N_PLURAL) ||
        (verb->detail & (ISN_V_FIRST | ISN_V_SECOND | ISN_V_THIRD)) == 0)
        return true;
    const isn_word *word = clauses->text->tokens[clauses->units[unit].first].word;
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

static bool agrees(const isn_clauses *clauses, const isn_unit *verb, const isn_party *party)
{
    if ((verb->detail & (ISN_V_FIRST | ISN_V_SECOND)) && !(verb->detail & ISN_V_THIRD))
        return false;
    if (party->n == 0)
        return true;
    const isn_entity *entity = &clauses->entities->items[party->entity[0]];
    bool feminine = (verb->detail & ISN_V_FEMININE) != 0;
    if (entity->type == ISN_GROUP || entity->plural || entity->female == 2 || party->n > 1)
        return true;
    return feminine == (entity->female == 1) ||
           (entity->type == ISN_ORGANIZATION && words_agree(clauses, entity, feminine));
}

/* --- the subject that stands before its verb -------------------------------------------------------------------- */

/* Skips a bracketed insertion that opens at u. */
static uint32_t after_bracket(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    for (uint32_t v = u + 1; v < end && v < u + 24; v++) {
        if (clauses->units[v].kind == ISN_UNIT_BRACKET)
            return v + 1;
    }
    return u + 1;
}

/* A noun in the accusative without article is no subject. */
static bool is_adverbial(const isn_unit *unit)
{
    return unit->kind == ISN_UNIT_NOUN && !unit->definite && !unit->pronoun &&
           (unit->detail & ISN_N_ACCUSATIVE);
}

static bool find_topic(isn_slot *out, const isn_clauses *clauses, uint32_t begin, uint32_t verb)
{
    const isn_unit *units = clauses->units;
    uint32_t u = begin;
    while (u < verb) {
        switch (units[u].kind) {
        case ISN_UNIT_PREP: { /* a prepositional phrase may come first */
            isn_party skipped;
            u = units[u].pronoun ? u + 1 : isn_party_read(&skipped, clauses, u + 1, verb);
            continue;
        }
        case ISN_UNIT_BRACKET:
            u = after_bracket(clauses, u, verb);
            continue;
        case ISN_UNIT_MENTION:
        case ISN_UNIT_NOUN:
            if (units[u].prep != ISN_NO_ROW) {
                isn_party skipped;
                u = isn_party_read(&skipped, clauses, u, verb);
                continue;
            }
            if (is_adverbial(&units[u])) { /* "in reply to that, he said" */
                isn_party skipped;
                u = isn_party_read(&skipped, clauses, u, verb);
                continue;
            }
            out->unit = u;
            out->prep = ISN_NO_ROW;
            out->after = isn_party_read(&out->party, clauses, u, verb);
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

/* What the relative pronoun at `relative` stands for: the phrase that ends before it. */
static void read_antecedent(isn_slot *out, const isn_clauses *clauses, uint32_t relative)
{
    const isn_unit *units = clauses->units;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, relative)];
    uint32_t u = relative;
    while (u > begin && (units[u - 1].kind == ISN_UNIT_COMMA || units[u - 1].kind == ISN_UNIT_QUOTE ||
                         units[u - 1].kind == ISN_UNIT_BRACKET || units[u - 1].kind == ISN_UNIT_DATE))
        u--;
    if (u == begin || !isn_unit_is_nominal(&units[u - 1]))
        return;
    u--;
    out->unit = u;
    out->after = u + 1;
    if (units[u].kind == ISN_UNIT_MENTION)
        isn_party_add(&out->party, units[u].entity);
}

/* --- the walk to the right -------------------------------------------------------------------------------------- */

static void add_prep(isn_slots *out, uint32_t prep, uint32_t unit, uint32_t after, const isn_party *party)
{
    if (out->n_preps < ISN_MOST_SLOTS)
        out->preps[out->n_preps++] = (isn_slot){prep, unit, after, *party};
}

bool isn_unit_is_circumstance(const isn_unit *unit)
{
    bool alef = (unit->detail & ISN_N_ACCUSATIVE) ||
                ((unit->detail & ISN_N_CONSTRUCT) && (unit->detail & ISN_N_DUAL));
    return unit->kind == ISN_UNIT_NOUN && unit->pos == ISN_POS_ACTIVE && !unit->definite && alef;
}

static bool ends_at_comma(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    if (u + 1 >= end)
        return true;
    const isn_unit *next = &clauses->units[u + 1];
    if ((next->kind == ISN_UNIT_THAT && !next->conj) || next->kind == ISN_UNIT_COLON)
        return false; /* "he said, on Monday, that" */
    return next->kind == ISN_UNIT_VERB || isn_unit_is_circumstance(next) || is_boundary(next) ||
           (next->kind == ISN_UNIT_AUX && next->conj);
}

/* A wish or remark between dashes: "- God keep him -". Returns the unit after it, or u if there is none. */
static uint32_t after_insertion(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_text *text = clauses->text;
    if (text->tokens[clauses->units[u].first].mark != '-')
        return u;
    for (uint32_t v = u + 1; v < end && v <= u + 8; v++) {
        if (clauses->units[v].kind == ISN_UNIT_COMMA &&
            text->tokens[clauses->units[v].first].mark == '-')
            return v + 1;
    }
    return u;
}

/* Past a relative clause: its verb and what directly follows, up to a comma or the next conjunction. */
static uint32_t after_relative(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *units = clauses->units;
    bool verb = false;
    for (u++; u < end; u++) {
        if (units[u].kind == ISN_UNIT_VERB) {
            if (verb)
                return u;
            verb = true;
        } else if (units[u].kind == ISN_UNIT_COMMA || is_boundary(&units[u])) {
            return u;
        }
    }
    return u;
}

static void place_nominal(isn_slots *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_slot slot = {ISN_NO_ROW, u, u + 1, {.n = 0}};
    slot.after = isn_party_read(&slot.party, clauses, u, end);
    if (out->subj.unit == ISN_NONE && !out->subject_before &&
        !(is_adverbial(&clauses->units[u]) && out->obj.unit == ISN_NONE))
        out->subj = slot;
    else if (out->obj.unit == ISN_NONE && out->obj.party.n == 0)
        out->obj = slot;
    else if (out->obj2.unit == ISN_NONE)
        out->obj2 = slot;
    out->end = slot.after;
}

/* One step of the walk at unit u; returns the next unit, or u itself to stop. */
static uint32_t step(isn_slots *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *unit = &clauses->units[u];
    isn_party party;
    uint32_t after;
    switch (unit->kind) {
    case ISN_UNIT_DATE:
    case ISN_UNIT_ADVERB:
    case ISN_UNIT_OTHER:
        return u + 1;
    case ISN_UNIT_COMMA:
        after = after_insertion(clauses, u, end);
        if (after > u)
            return after;
        return ends_at_comma(clauses, u, end) ? u : u + 1;
    case ISN_UNIT_BRACKET:
        return after_bracket(clauses, u, end);
    case ISN_UNIT_QUOTE:
        if (u + 2 < end && clauses->units[u + 1].kind == ISN_UNIT_MENTION &&
            clauses->units[u + 2].kind == ISN_UNIT_QUOTE) {
            place_nominal(out, clauses, u + 1, end);
            return out->end;
        }
        out->that = u;
        return u;
    case ISN_UNIT_THAT:
    case ISN_UNIT_COLON:
        out->that = u;
        return u;
    case ISN_UNIT_RELATIVE:
        return after_relative(clauses, u, end);
    case ISN_UNIT_PREP:
        if (u + 1 >= end)
            return end; /* nothing follows that could stand in a slot */
        if (clauses->units[u + 1].kind == ISN_UNIT_THAT) { /* "warned of (the fact) that" */
            out->that = u + 1;
            return u;
        }
        if (unit->pronoun) { /* "with him": nothing follows */
            isn_refer_pronoun(&party, clauses, u, unit->pronoun);
            add_prep(out, unit->prep, ISN_NONE, u + 1, &party);
            return u + 1;
        }
        after = isn_party_read(&party, clauses, u + 1, end);
        add_prep(out, unit->prep, u + 1, after, &party);
        return after;
    case ISN_UNIT_MENTION:
    case ISN_UNIT_NOUN:
        if (isn_unit_is_circumstance(unit))
            return u;
        if (unit->prep != ISN_NO_ROW) {
            after = isn_party_read(&party, clauses, u, end);
            add_prep(out, unit->prep, u, after, &party);
            return after;
        }
        if (unit->conj)
            return isn_party_read(&party, clauses, u, end);
        place_nominal(out, clauses, u, end);
        return out->end;
    case ISN_UNIT_CONJ:
        return unit->sub == ISN_SUB_AND ? u + 1 : u;
    default: /* VERB, NEG, AUX */
        return u;
    }
}

static void clear(isn_slots *out, uint32_t unit)
{
    isn_slot none = {ISN_NO_ROW, ISN_NONE, ISN_NONE, {.n = 0}};
    *out = (isn_slots){.subj = none, .obj = none, .obj2 = none, .gen = none, .that = ISN_NONE,
                       .begin = unit, .end = unit + 1};
}

static void walk(isn_slots *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    bool noun = clauses->units[out->begin].kind == ISN_UNIT_NOUN;
    while (u < end) {
        uint32_t holder = clauses->holder[u];
        if (noun && holder != ISN_NONE && holder < out->begin)
            break; /* "held, during his visit, talks with": the talks are the verb's */
        uint32_t next = step(out, clauses, u, end);
        if (next <= u)
            break;
        u = next;
    }
    out->end = u;
}

/* --- verbs ------------------------------------------------------------------------------------------------------ */

/* The subject carried on from the verb before: in this sentence, or the first of the one before. */
static void carry_subject(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = clauses->sentence_from[sentence];
    for (uint32_t u = unit; u > begin;) {
        u--;
        const isn_slots *slots = clauses->slots[u];
        if (slots && slots->subj.party.n && agrees(clauses, &clauses->units[unit], &slots->subj.party)) {
            out->subj.party = slots->subj.party;
            out->subj.party.carried = 1;
            out->carried = 1;
            return;
        }
    }
    for (uint32_t u = unit; u > begin;) { /* somebody named in this sentence */
        u--;
        const isn_unit *named = &clauses->units[u];
        isn_party one = {.n = 0};
        if (named->kind != ISN_UNIT_MENTION || clauses->entities->items[named->entity].type != ISN_PERSON)
            continue;
        isn_party_add(&one, named->entity);
        if (agrees(clauses, &clauses->units[unit], &one)) {
            out->subj.party = one;
            out->subj.party.carried = 1;
            out->carried = 1;
            return;
        }
    }
    for (uint8_t back = 1; back <= 2 && back <= sentence; back++) {
        uint32_t from = clauses->sentence_from[sentence - back];
        uint32_t to = clauses->sentence_from[sentence - back + 1];
        for (uint32_t u = from; u < to; u++) {
            const isn_slots *slots = clauses->slots[u];
            if (slots && slots->subj.party.n &&
                agrees(clauses, &clauses->units[unit], &slots->subj.party)) {
                out->subj.party = slots->subj.party;
                out->subj.party.carried = 1;
                out->carried = 1;
                return;
            }
        }
    }
}

/*
 * "... and shut the consulate": a verb joined to one before it in the same sentence, whose subject agrees with it too,
 * takes the one noun phrase behind it as its object, unless that is a person by name or something is said.
 */
static bool goes_on_acting(const isn_slots *slots, const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *verb = &clauses->units[unit];
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    if (!verb->conj || unit == begin || slots->that != ISN_NONE || slots->subj.unit != unit + 1)
        return false;
    const isn_unit *head = &clauses->units[slots->subj.unit];
    if (head->kind == ISN_UNIT_MENTION && clauses->entities->items[head->entity].type == ISN_PERSON &&
        !head->pronoun) /* but "... and recalls its ambassador" */
        return false;
    for (uint32_t u = unit; u > begin;) {
        u--;
        const isn_slots *other = clauses->slots[u];
        if (!other)
            continue;
        if (other->subj.party.n == 0 || !agrees(clauses, verb, &other->subj.party))
            return false;
        uint8_t female = clauses->entities->items[other->subj.party.entity[0]].female;
        bool sure = female != 2 && other->subj.party.n == 1;
        return sure && (female == 1) == ((verb->detail & ISN_V_FEMININE) != 0);
    }
    return false;
}

/* "an-nahu": the pronoun on the complementizer is the subject. */
static bool pronoun_on_that(const isn_clauses *clauses, uint32_t begin, uint32_t unit)
{
    if (begin == 0 || clauses->units[begin - 1].kind != ISN_UNIT_THAT)
        return false;
    const isn_token *token = &clauses->text->tokens[clauses->units[begin - 1].last - 1];
    const isn_word *word = token->word;
    if (!word || word->n == 0)
        return false;
    uint8_t last = word->key[word->n - 1];
    (void)unit;
    return last == ISN_HEH || last == ISN_ALEF;
}

void isn_slots_of_verb(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *verb = &clauses->units[unit];
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = isn_clause_begin(clauses, unit);
    uint32_t end = clauses->sentence_from[sentence + 1];
    clear(out, unit);
    out->begin = begin;
    isn_slot topic = {ISN_NO_ROW, ISN_NONE, ISN_NONE, {.n = 0}};
    uint32_t relative = relative_of(clauses, unit, clauses->sentence_from[sentence]);
    bool before = false;
    if (relative != ISN_NONE) {
        read_antecedent(&topic, clauses, relative);
        if (verb->pronoun) {
            out->obj = topic; /* the resumptive pronoun: what the clause is about is its object */
            topic = (isn_slot){ISN_NO_ROW, ISN_NONE, ISN_NONE, {.n = 0}};
        } else {
            before = topic.unit != ISN_NONE && agrees(clauses, verb, &topic.party);
        }
    } else if (begin < unit && find_topic(&topic, clauses, begin, unit)) {
        before = agrees(clauses, verb, &topic.party) || (verb->detail & (ISN_V_PLURAL | ISN_V_DUAL));
    } else if (begin <= unit && pronoun_on_that(clauses, begin, unit)) {
        before = true;
    }
    if (before) {
        out->subj = topic;
        out->subject_before = 1;
    } else if (verb->detail & (ISN_V_PLURAL | ISN_V_DUAL)) {
        out->subject_before = 1; /* in front or unsaid: what follows is its object */
    }
    if (verb->pronoun && relative == ISN_NONE)
        isn_refer_pronoun(&out->obj.party, clauses, unit, verb->pronoun);
    walk(out, clauses, unit + 1, end);
    /* a subject that can't be one is an object, if there is none yet */
    bool unfit = !agrees(clauses, verb, &out->subj.party) || !noun_agrees(clauses, verb, out->subj.unit);
    if (!before && out->subj.unit != ISN_NONE && out->obj.unit == ISN_NONE &&
        (unfit || goes_on_acting(out, clauses, unit))) {
        out->obj = out->subj;
        out->subj = (isn_slot){ISN_NO_ROW, ISN_NONE, ISN_NONE, {.n = 0}};
    }
    bool third = (verb->detail & ISN_V_THIRD) || !(verb->detail & (ISN_V_FIRST | ISN_V_SECOND));
    if (out->subj.unit == ISN_NONE && out->subj.party.n == 0 && third)
        carry_subject(out, clauses, unit);
}

/* --- nouns ------------------------------------------------------------------------------------------------------ */

void isn_slots_of_noun(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *units = clauses->units;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
    clear(out, unit);
    out->subject_before = 1;
    uint32_t u = unit + 1;
    if (units[unit].pronoun) {
        isn_refer_pronoun(&out->gen.party, clauses, unit, units[unit].pronoun);
    } else if (u < end && units[u].kind == ISN_UNIT_QUOTE && u + 1 < end &&
               units[u + 1].kind == ISN_UNIT_MENTION) {
        u++;
    }
    if (!units[unit].pronoun && !units[unit].definite && u < end && isn_unit_is_nominal(&units[u]) &&
        !units[u].conj && units[u].prep == ISN_NO_ROW && !isn_unit_is_circumstance(&units[u]) &&
        !(units[u].pos == ISN_POS_ADJ && !units[u].definite)) {
        out->gen.unit = u;
        out->gen.after = isn_party_read(&out->gen.party, clauses, u, end);
        u = out->gen.after;
    } else {
        while (u < end && units[u].kind == ISN_UNIT_NOUN && units[u].pos == ISN_POS_ADJ &&
               !units[u].conj && units[u].prep == ISN_NO_ROW)
            u++;
    }
    walk(out, clauses, u, end);
}
