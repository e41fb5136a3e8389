/* slots.c - filling the slots of verbs and nouns. */
#include "clause/parts.h"

#include "lexicon/schema.h"

/* --- boundaries ------------------------------------------------------------------------------------------------- */

bool isn_unit_ends_clause(const isn_unit *unit)
{
    return unit->kind == ISN_UNIT_THAT || unit->kind == ISN_UNIT_COLON || unit->kind == ISN_UNIT_STOP ||
           (unit->kind == ISN_UNIT_CONJ && unit->sub != ISN_SUB_AND) ||
           (unit->kind == ISN_UNIT_AUX && unit->conj);
}

/* The dash after "Dubai, United Arab Emirates (CNN)--" or "Cairo -" at the head of a sentence. */
bool isn_ends_dateline(const isn_clauses *clauses, uint32_t u, uint32_t begin)
{
    const isn_unit *unit = &clauses->units[u];
    if (unit->kind == ISN_UNIT_BRACKET && u > begin + 2 && u <= begin + 7 && u + 1 < clauses->n &&
        clauses->units[u + 1].kind == ISN_UNIT_VERB && clauses->units[begin].kind == ISN_UNIT_MENTION &&
        clauses->entities->items[clauses->units[begin].entity].type == ISN_PLACE &&
        (clauses->units[u - 1].kind != ISN_UNIT_DATE || clauses->units[u - 2].kind != ISN_UNIT_BRACKET))
        return true; /* "Tripoli 12 January (Xinhua) announced" */
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
        if (isn_ends_dateline(clauses, u, begin))
            return u + 1;
        if (isn_unit_ends_clause(&units[u]))
            return units[u].kind == ISN_UNIT_AUX ? u : u + 1;
        if (units[u].kind == ISN_UNIT_VERB) {
            uint32_t relative = isn_relative_of(clauses, u, begin);
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
        if (isn_unit_ends_clause(&units[u]) || units[u].kind == ISN_UNIT_VERB)
            return u;
    }
    return end;
}

/* Skips a bracketed insertion that opens at u. */
uint32_t isn_after_bracket(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    for (uint32_t v = u + 1; v < end && v < u + 24; v++) {
        if (clauses->units[v].kind == ISN_UNIT_BRACKET)
            return v + 1;
    }
    return u + 1;
}

/* --- the walk to the right -------------------------------------------------------------------------------------- */

/*
 * Does a prepositional phrase belong to a noun behind the verb? So does "by X" after subject and object; behind
 * "after the spreading ..." a second phrase with the same preposition; and "with X" after a meeting's purpose.
 */
static bool belongs_to_noun(const isn_slots *out, const isn_clauses *clauses, uint32_t prep)
{
    if (prep == ISN_NO_ROW || clauses->units[out->head].kind != ISN_UNIT_VERB)
        return false;
    const isn_function *functions = clauses->grammar->functions;
    if (functions[prep].sub == ISN_SUB_AGENT && out->subj.unit != ISN_NONE && out->obj.unit != ISN_NONE &&
        clauses->units[out->obj.unit].pos == ISN_POS_MASDAR)
        return true;
    bool same = false, deep = false, partner = out->obj.unit != ISN_NONE || out->obj.party.n;
    for (uint8_t i = 0; i < out->n_preps; i++) {
        const isn_slot *slot = &out->preps[i];
        same |= slot->prep == prep;
        bool noun = slot->unit != ISN_NONE && clauses->units[slot->unit].pos == ISN_POS_MASDAR;
        if (partner && noun && slot->prep == clauses->grammar->la && prep == clauses->grammar->with &&
            (isn_verb_traits(clauses, out->head) & ISN_VERB_NEEDS_OBJECT))
            return true; /* "met him to prepare for the summit with X" */
        partner |= slot->prep == clauses->grammar->ba;
        deep |= same && slot->prep != ISN_NO_ROW && slot->unit != ISN_NONE && slot->prep != prep &&
                (functions[slot->prep].sub == ISN_SUB_TIME || functions[slot->prep].sub == ISN_SUB_CAUSE) &&
                clauses->units[slot->unit].pos == ISN_POS_MASDAR;
    }
    return deep;
}

/*
 * Right behind a verbal noun that itself stands behind a preposition: "during his visit to X", "because of a quarrel with X",
 * and behind an object too "accused X of striving for Y", "helped X in fleeing from Y".
 */
static bool follows_noun(const isn_slots *out, const isn_clauses *clauses, uint32_t prep, uint32_t unit)
{
    const isn_grammar *grammar = clauses->grammar;
    if (out->n_preps == 0 || prep == ISN_NO_ROW || clauses->units[out->head].kind != ISN_UNIT_VERB)
        return false;
    const isn_slot *last = &out->preps[out->n_preps - 1];
    if (last->unit == ISN_NONE || last->after != unit || clauses->units[last->unit].pos != ISN_POS_MASDAR ||
        last->prep >= grammar->n_functions)
        return false;
    uint8_t sub = grammar->functions[last->prep].sub;
    bool circumstance = sub == ISN_SUB_TIME || sub == ISN_SUB_CAUSE;
    bool object = out->obj.unit != ISN_NONE && out->obj.party.n > 0 && last->prep == grammar->ba;
    bool purpose = last->prep == grammar->la && !clauses->units[last->unit].pronoun; /* "to demand (bi-) the end" */
    if (purpose && (prep == grammar->ba || prep == grammar->with))
        return true;
    return (circumstance && (prep == grammar->ila || prep == grammar->with)) ||
           (object && (prep == grammar->la || prep == grammar->min || prep == grammar->with));
}

static void add_prep(isn_slots *out, const isn_clauses *clauses, uint32_t prep, uint32_t unit, uint32_t after,
                     const isn_party *party)
{
    uint32_t at = unit != ISN_NONE && unit > 0 && clauses->units[unit - 1].kind == ISN_UNIT_PREP &&
                          clauses->units[unit].prep == ISN_NO_ROW
                      ? unit - 1
                      : unit;
    if (belongs_to_noun(out, clauses, prep) || follows_noun(out, clauses, prep, at))
        return;
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
    return next->kind == ISN_UNIT_VERB || isn_unit_is_circumstance(next) || isn_unit_ends_clause(next) ||
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
        } else if (units[u].kind == ISN_UNIT_COMMA || isn_unit_ends_clause(&units[u])) {
            return u;
        }
    }
    return u;
}

/* A part of the day or a weekday, said of when ("masa'a l-ithnayn"), that no date holds. */
static bool is_time(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_text *text = clauses->text;
    if (unit->kind != ISN_UNIT_NOUN || unit->pronoun)
        return false;
    for (uint32_t m = text->match_from[unit->first]; m < text->match_from[unit->first + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table != ISN_T_CALENDAR)
                continue;
            isn_str kind = isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, entry->row, ISN_C_CALENDAR_KIND);
            if (isn_str_equal(kind, ISN_STR("part")) || isn_str_equal(kind, ISN_STR("weekday")) ||
                isn_str_equal(kind, ISN_STR("relative")))
                return true;
        }
    }
    return false;
}

static void place_nominal(isn_slots *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    isn_slot slot = {ISN_NO_ROW, u, u + 1, {.n = 0}};
    slot.after = isn_party_read(&slot.party, clauses, u, end);
    bool oblique = isn_unit_is_adverbial(clauses, &clauses->units[u]) || isn_unit_is_oblique(clauses, &clauses->units[u]);
    if (out->subj.unit == ISN_NONE && !out->subject_before && !(oblique && out->obj.unit == ISN_NONE))
        out->subj = slot;
    else if (out->obj.unit == ISN_NONE && out->obj.party.n == 0)
        out->obj = slot;
    else if (out->obj2.unit == ISN_NONE)
        out->obj2 = slot;
    out->end = slot.after;
}

/* "criticized what ...", "condemned (bi-) what ...": a relative without a noun stands in the slot itself. */
static void place_relative(isn_slots *out, const isn_clauses *clauses, uint32_t u)
{
    const isn_unit *unit = &clauses->units[u];
    const isn_word *word = clauses->text->tokens[unit->first].word;
    const isn_party nobody = {.n = 0};
    if (!word || unit->sub != ISN_SUB_ANY || clauses->units[out->head].kind != ISN_UNIT_VERB)
        return;
    const isn_grammar *grammar = clauses->grammar;
    uint8_t first = word->key[0];
    if (word->n == 3 && (first == ISN_BEH || first == ISN_LAM))
        add_prep(out, clauses, first == ISN_BEH ? grammar->ba : grammar->la, u, u + 1, &nobody);
    else if (word->n == 2 && out->obj.unit == ISN_NONE && out->obj.party.n == 0)
        out->obj = (isn_slot){ISN_NO_ROW, u, u + 1, {.n = 0}};
}

/* The step at a comma or dash: over an insertion or an apposition of the subject; u to stop. */
static uint32_t step_comma(isn_slots *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    uint32_t after = after_insertion(clauses, u, end);
    if (after > u)
        return after;
    if (out->subj.unit != ISN_NONE && out->obj.unit == ISN_NONE && out->n_preps == 0) {
        after = isn_subject_apposition(&out->subj, clauses, u, end);
        if (after > u) /* its last comma may open another */
            return after < end && clauses->units[after - 1].kind == ISN_UNIT_COMMA &&
                           isn_unit_is_nominal(&clauses->units[after])
                       ? after - 1
                       : after;
    }
    return ends_at_comma(clauses, u, end) ? u : u + 1;
}

/* "among them": the preposition bayna with a pronoun of the plural. */
static bool is_among_them(const isn_clauses *clauses, uint32_t u)
{
    const isn_unit *unit = &clauses->units[u];
    const isn_token *token = &clauses->text->tokens[unit->last - 1];
    const isn_analysis *best = isn_token_best(token);
    if (!best || (unit->pronoun & 7) / 2 != 3 || best->skip + best->stem > token->word->n || best->stem != 3)
        return false;
    const uint8_t *key = token->word->key + best->skip;
    return key[0] == ISN_BEH && key[1] == ISN_YEH && key[2] == ISN_NOON;
}

/* The step at a preposition: what it brings is a slot; u to stop. */
static uint32_t step_prep(isn_slots *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *unit = &clauses->units[u];
    isn_party party;
    if (u + 1 >= end)
        return end; /* nothing follows that could stand in a slot */
    if (clauses->units[u + 1].kind == ISN_UNIT_THAT) { /* "warned of (the fact) that" */
        out->that = u + 1;
        return u;
    }
    if (unit->pronoun) { /* "with him": nothing follows */
        isn_refer_pronoun(&party, clauses, u, unit->pronoun);
        add_prep(out, clauses, unit->prep, ISN_NONE, u + 1, &party);
        if (is_among_them(clauses, u) && isn_unit_is_nominal(&clauses->units[u + 1]))
            return isn_party_read(&party, clauses, u + 1, end); /* some of those named before, no object */
        return u + 1;
    }
    uint32_t first = u + 1; /* "in the east of X" where "east of" is a preposition too */
    if (first + 1 < end && clauses->units[first].kind == ISN_UNIT_PREP && !clauses->units[first].pronoun &&
        clauses->units[first].sub == ISN_SUB_PLACE)
        first++;
    uint32_t after = isn_party_read(&party, clauses, first, end);
    add_prep(out, clauses, unit->prep, first, after, &party);
    return after;
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
        return step_comma(out, clauses, u, end);
    case ISN_UNIT_BRACKET:
        return isn_after_bracket(clauses, u, end);
    case ISN_UNIT_QUOTE:
        if (u + 2 < end && clauses->units[u + 1].kind == ISN_UNIT_MENTION &&
            clauses->units[u + 2].kind == ISN_UNIT_QUOTE) {
            place_nominal(out, clauses, u + 1, end);
            return out->end < end && clauses->units[out->end].kind == ISN_UNIT_QUOTE ? out->end + 1 : out->end;
        }
        if (u + 1 < end && clauses->units[u + 1].kind != ISN_UNIT_STOP && clauses->units[u + 1].kind != ISN_UNIT_COMMA)
            out->that = u; /* but a mark that closes brings nothing */
        return u;
    case ISN_UNIT_THAT:
    case ISN_UNIT_COLON:
        out->that = u;
        return u;
    case ISN_UNIT_RELATIVE:
        place_relative(out, clauses, u);
        return after_relative(clauses, u, end);
    case ISN_UNIT_PREP:
        return step_prep(out, clauses, u, end);
    case ISN_UNIT_MENTION:
    case ISN_UNIT_NOUN:
        if (isn_unit_is_circumstance(unit))
            return u;
        if (unit->prep != ISN_NO_ROW) {
            after = isn_party_read(&party, clauses, u, end);
            add_prep(out, clauses, unit->prep, u, after, &party);
            return after;
        }
        if (unit->conj || is_time(clauses, unit))
            return isn_party_read(&party, clauses, u, end);
        place_nominal(out, clauses, u, end);
        return out->end;
    case ISN_UNIT_CONJ:
        return unit->sub == ISN_SUB_AND ? u + 1 : u;
    default: /* VERB, NEG, AUX */
        return u;
    }
}

static const isn_slot empty = {ISN_NO_ROW, ISN_NONE, ISN_NONE, {.n = 0}};

static void clear(isn_slots *out, uint32_t unit)
{
    *out = (isn_slots){.head = unit, .subj = empty, .obj = empty, .obj2 = empty, .gen = empty, .that = ISN_NONE,
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

/* "an-nahu": the pronoun on the complementizer is the subject. */
static bool pronoun_on_that(const isn_clauses *clauses, uint32_t begin)
{
    if (begin == 0 || clauses->units[begin - 1].kind != ISN_UNIT_THAT)
        return false;
    const isn_token *token = &clauses->text->tokens[clauses->units[begin - 1].last - 1];
    const isn_word *word = token->word;
    if (!word || word->n == 0)
        return false;
    uint8_t last = word->key[word->n - 1];
    return last == ISN_HEH || last == ISN_ALEF;
}

/* Does the party agree with the verb, in this reading of its letters or in another, which is then taken? */
static bool fit(const isn_clauses *clauses, uint32_t unit, const isn_party *party)
{
    isn_unit *verb = &clauses->units[unit];
    if (isn_verb_agrees(clauses, verb, party))
        return true;
    const isn_analysis *other = isn_verb_other_reading(clauses, verb, party);
    if (!other)
        return false;
    isn_unit_make_verb(verb, clauses, other);
    return true;
}

/* Whom the verb before acted on, for a pronoun of a verb joined to it: "told the ambassador, and asked him". */
static bool acted_on(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint8_t pronoun, const isn_party *not)
{
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    for (uint32_t u = unit; u > begin && clauses->units[unit].conj;) {
        u--;
        if (clauses->slots[u])
            return isn_refer_try(out, clauses, &clauses->slots[u]->obj.party, pronoun, not);
    }
    return false;
}

/* Pronouns of the same clause are not its subject: "discussed with him" is with another. */
static void part_pronouns(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    for (uint8_t i = 0; i < out->n_preps; i++) {
        isn_slot *slot = &out->preps[i];
        uint32_t at = slot->after - 1;
        if (slot->unit != ISN_NONE || slot->after == 0 || !clauses->units[at].pronoun)
            continue;
        isn_party other = {.n = 0};
        if (out->carried && acted_on(&other, clauses, unit, clauses->units[at].pronoun, &out->subj.party))
            slot->party = other;
        else if (slot->party.n == 1 && isn_party_has(&out->subj.party, slot->party.entity[0]))
            isn_refer_pronoun_not(&slot->party, clauses, at, clauses->units[at].pronoun, &out->subj.party);
    }
    if (out->obj.unit == ISN_NONE && out->obj.party.n == 1 && clauses->units[unit].pronoun &&
        isn_party_has(&out->subj.party, out->obj.party.entity[0]))
        isn_refer_pronoun_not(&out->obj.party, clauses, unit, clauses->units[unit].pronoun, &out->subj.party);
}

/* After the walk: a subject that can't be one is an object; who isn't said is carried on; pronouns mean others. */
static void settle(isn_slots *out, const isn_clauses *clauses, uint32_t unit, bool before)
{
    const isn_unit *verb = &clauses->units[unit];
    bool unfit = !fit(clauses, unit, &out->subj.party) || !isn_verb_agrees_noun(clauses, verb, out->subj.unit);
    if (!before && out->subj.unit != ISN_NONE && out->obj.unit == ISN_NONE &&
        (unfit || isn_subject_goes_on(out, clauses, unit)) && !isn_unit_is_nominative(clauses, out->subj.unit)) {
        out->obj = out->subj;
        out->subj = empty;
    }
    bool second = (verb->detail & ISN_V_SECOND) && !(verb->detail & (ISN_V_FIRST | ISN_V_THIRD));
    if (out->subj.unit == ISN_NONE && out->subj.party.n == 0 && !second)
        isn_subject_carry(out, clauses, unit);
    part_pronouns(out, clauses, unit);
}

/* The noun that a relative clause is about stands where its pronoun does: behind the preposition at `prep`. */
static void resume(isn_slots *out, const isn_slot *topic, uint32_t prep)
{
    for (uint8_t i = 0; i < out->n_preps; i++) {
        isn_slot *slot = &out->preps[i];
        if (slot->unit != ISN_NONE || slot->after != prep + 1)
            continue;
        slot->unit = topic->unit;
        slot->after = topic->unit + 1;
        slot->party = topic->party;
    }
}

void isn_slots_of_verb(isn_slots *out, const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *verb = &clauses->units[unit];
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = isn_clause_begin(clauses, unit);
    uint32_t end = clauses->sentence_from[sentence + 1];
    clear(out, unit);
    out->begin = begin;
    isn_slot topic = empty;
    uint32_t from = clauses->sentence_from[sentence], relative = isn_relative_of(clauses, unit, from);
    uint32_t resumed = ISN_NONE, bare = relative == ISN_NONE ? isn_relative_bare(clauses, unit, from, end, &resumed) : ISN_NONE;
    bool before = false;
    if (bare != ISN_NONE) {
        topic.unit = bare;
        topic.after = bare + 1;
        if (clauses->units[bare].kind == ISN_UNIT_MENTION)
            isn_party_add(&topic.party, clauses->units[bare].entity);
        if (resumed == ISN_NONE)
            out->obj = topic;
        out->begin = unit;
    } else if (relative == ISN_NONE && (bare = isn_relative_subject(clauses, unit, from)) != ISN_NONE) {
        topic.unit = bare;
        topic.after = bare + 1;
        before = true;
        out->begin = unit;
    } else if (relative != ISN_NONE) {
        isn_subject_antecedent(&topic, clauses, relative);
        if (!verb->pronoun && topic.unit != ISN_NONE)
            resumed = isn_relative_resumption(clauses, unit, topic.unit, end);
        if (verb->pronoun)
            out->obj = topic; /* the resumptive pronoun: what the clause is about is its object */
        else if (resumed == ISN_NONE)
            before = topic.unit != ISN_NONE && fit(clauses, unit, &topic.party);
    } else if (relative == ISN_NONE && (topic.unit = isn_relative_source(clauses, unit, from, end)) != ISN_NONE) {
        topic.after = topic.unit + 1;
        isn_party_add(&topic.party, clauses->units[topic.unit].entity);
        before = true;
        out->begin = unit;
    } else if (begin < unit && isn_subject_topic(&topic, clauses, begin, unit)) {
        before = fit(clauses, unit, &topic.party) || (verb->detail & (ISN_V_PLURAL | ISN_V_DUAL));
    } else if (begin <= unit && pronoun_on_that(clauses, begin)) {
        before = true;
    }
    if (before) {
        out->subj = topic;
        out->subject_before = 1;
    } else if (verb->detail & (ISN_V_PLURAL | ISN_V_DUAL)) {
        out->subject_before = 1; /* in front or unsaid: what follows is its object */
    }
    if (verb->pronoun && relative == ISN_NONE && bare == ISN_NONE)
        isn_refer_pronoun(&out->obj.party, clauses, unit, verb->pronoun);
    walk(out, clauses, unit + 1, end);
    if (resumed != ISN_NONE)
        resume(out, &topic, resumed);
    settle(out, clauses, unit, before);
}

/* --- nouns ------------------------------------------------------------------------------------------------------ */

/* "an expected (murtaqab) meeting": an indefinite participle in the singular that nothing follows as its genitive. */
static bool describes_noun(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *unit = &clauses->units[u];
    if (unit->kind != ISN_UNIT_NOUN || unit->definite || unit->pronoun || (unit->detail & (ISN_N_PLURAL | ISN_N_DUAL)) ||
        (unit->pos != ISN_POS_PASSIVE && unit->pos != ISN_POS_ACTIVE))
        return false;
    const isn_unit *next = u + 1 < end ? unit + 1 : NULL;
    return !next || !isn_unit_is_nominal(next) || next->conj || next->prep != ISN_NO_ROW ||
           (next->kind == ISN_UNIT_NOUN && next->pos == ISN_POS_ADJ && !next->definite);
}

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
        !(units[u].pos == ISN_POS_ADJ && !units[u].definite) && !describes_noun(clauses, u, end)) {
        out->gen.unit = u;
        out->gen.after = isn_party_read(&out->gen.party, clauses, u, end);
        u = out->gen.after;
    } else {
        while (u < end && units[u].kind == ISN_UNIT_NOUN &&
               (units[u].pos == ISN_POS_ADJ || (u == unit + 1 && describes_noun(clauses, u, end))) && !units[u].conj && units[u].prep == ISN_NO_ROW)
            u++;
    }
    walk(out, clauses, u, end);
}
