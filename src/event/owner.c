/* owner.c - parties that are told by what is theirs: "the policy of X", "what X did", "by the bullets of X". */
#include "event/reading.h"

static bool wants_recipient(const isn_frame *frame, uint32_t slot)
{
    bool named;
    isn_slot_role role = isn_frame_role(frame, slot, ISN_ORGANIZATION, &named);
    return named && role == ISN_ROLE_RECIPIENT;
}

static void add(isn_event *event, const isn_party *party)
{
    for (uint8_t i = 0; i < party->n; i++) {
        if (!isn_party_has(&event->actor, party->entity[i]))
            isn_party_add(&event->recipient, party->entity[i]);
    }
}

/* Is it judged here what somebody suffers: "condemned the shelling of X", "welcomed the release of X"? X isn't judged by that. */
static bool genitive_suffers(const isn_reading *reading, const isn_frame *frame, uint32_t unit)
{
    static const char *const judging[] = {"ACCUSE", "SUPPORT", "REJECT"}, *const suffered[] = {"ASSAULT", "COERCE", "RETREAT"};
    const isn_act *act = reading->acts[unit];
    if (!act || !act->frame || act->form == ISN_F_VERB || !isn_str_among(act->frame->type, suffered, 3) ||
        !isn_str_among(frame->type, judging, 3))
        return false;
    bool gen, obj;
    isn_slot_role of_gen = isn_frame_role(act->frame, ISN_SLOT_GEN, ISN_ORGANIZATION, &gen);
    isn_slot_role of_obj = isn_frame_role(act->frame, ISN_SLOT_OBJ, ISN_ORGANIZATION, &obj);
    isn_slot_role role = gen ? of_gen : obj ? of_obj : ISN_ROLE_NONE;
    return role == ISN_ROLE_RECIPIENT || role == ISN_ROLE_TARGET;
}

/* The first mention without a preposition in units [from, to), or the state of an adjective behind `from`. */
static uint32_t owner_in(const isn_reading *reading, const isn_frame *frame, uint32_t from, uint32_t to)
{
    const isn_clauses *clauses = reading->clauses;
    bool suffered = from < clauses->n && genitive_suffers(reading, frame, from);
    for (uint32_t u = from; u < to && u < clauses->n; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind == ISN_UNIT_MENTION && unit->prep == ISN_NO_ROW && !(u > from && suffered))
            return unit->entity;
        uint32_t state = u > from ? isn_refer_demonym(clauses, u) : ISN_NONE;
        if (state != ISN_NONE)
            return state;
    }
    return ISN_NONE;
}

/* The unit behind a passage in quotation marks that opens at `unit`; `unit` where none does. */
static uint32_t behind_marks(const isn_clauses *clauses, uint32_t unit)
{
    if (unit >= clauses->n || clauses->units[unit].kind != ISN_UNIT_QUOTE)
        return unit;
    for (uint32_t u = unit + 1; u < clauses->n && u < unit + 9; u++) {
        if (clauses->units[u].kind == ISN_UNIT_QUOTE)
            return u + 1;
        if (clauses->units[u].kind == ISN_UNIT_STOP)
            break;
    }
    return unit;
}

/* "positions belonging to (tabi'a li-) X": a participle and li- behind the phrase. */
static uint32_t behind_belonging(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t u = unit; u + 1 < clauses->n && u < unit + 5; u++) {
        const isn_unit *word = &clauses->units[u];
        bool passed = word->kind == ISN_UNIT_NOUN || word->kind == ISN_UNIT_PREP || word->kind == ISN_UNIT_ADVERB ||
                      (word->kind == ISN_UNIT_MENTION && clauses->entities->items[word->entity].type == ISN_PLACE);
        if (!passed || word->conj)
            return unit;
        if (word->kind == ISN_UNIT_NOUN && isn_unit_in_class(reading, u, reading->frames->belonging))
            return clauses->units[u + 1].prep == clauses->grammar->la ? u + 1 : unit;
    }
    return unit;
}

/* Whose thing it is that ends before `unit`: "the position (in marks) of (li-) X". */
static void put_owner_behind(isn_event *event, const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t u = behind_marks(clauses, unit);
    if (u == unit)
        u = behind_belonging(reading, unit);
    if (u >= clauses->n || (u == unit && clauses->units[u].prep != clauses->grammar->la) ||
        !isn_unit_is_nominal(&clauses->units[u]) ||
        (clauses->units[u].prep != clauses->grammar->la && clauses->units[u].prep != ISN_NO_ROW) ||
        isn_sentence_of_unit(clauses, u) != isn_sentence_of_unit(clauses, unit - 1))
        return;
    isn_party party;
    isn_party_read(&party, clauses, u, clauses->n);
    add(event, &party);
}

/*
 * "what X did", "what he called the violations of X": who does it, where the clause has a subject of its own that isn't
 * the actor; else the first one named in what it is called.
 */
static void put_doer(isn_event *event, const isn_reading *reading, const isn_frame *frame, uint32_t relative)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t verb = relative + 1;
    while (verb < clauses->n && verb < relative + 4 && clauses->units[verb].kind != ISN_UNIT_VERB)
        verb++;
    const isn_slots *slots = verb < clauses->n ? clauses->slots[verb] : NULL;
    if (!slots || isn_sentence_of_unit(clauses, verb) != isn_sentence_of_unit(clauses, relative))
        return;
    if (slots->subj.unit != ISN_NONE && slots->subj.unit > verb && slots->subj.party.n && !slots->carried) {
        add(event, &slots->subj.party);
        if (event->recipient.n)
            return;
    }
    uint32_t to = verb + 1;
    while (to < clauses->n && to < verb + 9 && clauses->units[to].kind != ISN_UNIT_COMMA &&
           clauses->units[to].kind != ISN_UNIT_VERB && !(to > verb + 1 && clauses->units[to].kind == ISN_UNIT_PREP) &&
           !isn_unit_ends_clause(&clauses->units[to]))
        to++;
    isn_party one = {.n = 0};
    isn_party_add(&one, owner_in(reading, frame, verb + 1, to));
    add(event, &one);
}

/* "the measures that X took", "the campaign that X leads": the subject of the relative clause whose object the noun is. */
static void put_doer_of(isn_event *event, const isn_reading *reading, uint32_t noun)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t verb = reading->relatives[noun].unit;
    if (verb == ISN_NONE && reading->governors[noun].unit > noun)
        verb = reading->governors[noun].unit;
    const isn_slots *slots = verb != ISN_NONE ? clauses->slots[verb] : NULL;
    const isn_act *act = reading->acts[noun], *holder = verb != ISN_NONE ? reading->acts[verb] : NULL;
    if (act && act->frame && act->frame->kind == ISN_FRAME_EVENT)
        return; /* who did it is its actor */
    bool named = false;
    isn_slot_role role = holder && holder->carry ? isn_frame_role(holder->carry, ISN_SLOT_SUBJ, ISN_PERSON, &named) : 0;
    if (named && role != ISN_ROLE_ACTOR)
        return; /* "that X suffered" */
    if (slots && verb > noun && !(slots->subj.unit <= noun && noun < slots->subj.after))
        add(event, &slots->subj.party);
}

/* "supports the political process in (fi) X": the country is the one supported. */
static void put_country_of(isn_event *event, const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    if (!isn_str_equal(event->type, ISN_STR("SUPPORT")) || unit + 1 >= clauses->n ||
        clauses->units[unit].kind != ISN_UNIT_PREP || clauses->units[unit].prep != clauses->grammar->fi ||
        clauses->units[unit + 1].kind != ISN_UNIT_MENTION)
        return;
    uint32_t country = clauses->units[unit + 1].entity;
    const isn_entity *entity = &clauses->entities->items[country];
    if (entity->type == ISN_PLACE && entity->table == ISN_T_COUNTRIES && !isn_party_has(&event->actor, country))
        isn_party_add(&event->recipient, country);
}

/*
 * Whoever the thing belongs to that is condemned, praised or refused is the one concerned: "criticized the policy of
 * Turkey", "welcomed the decision of the court". Only where the frame wants a recipient there and the phrase names nobody.
 */
void isn_event_put_owner(isn_event *event, const isn_reading *reading, const isn_frame *frame, uint32_t name,
                         const isn_slot *slot)
{
    const isn_clauses *clauses = reading->clauses;
    if (slot->unit == ISN_NONE || slot->party.n || event->recipient.n || !wants_recipient(frame, name))
        return;
    if (clauses->units[slot->unit].kind == ISN_UNIT_RELATIVE) {
        put_doer(event, reading, frame, slot->unit);
        return;
    }
    isn_party owner = {.n = 0};
    isn_party_add(&owner, owner_in(reading, frame, slot->unit, slot->after));
    add(event, &owner);
    for (uint32_t u = slot->unit; u < slot->after && event->recipient.n == 0; u++)
        put_doer_of(event, reading, u);
    if (event->recipient.n == 0)
        put_owner_behind(event, reading, slot->after);
    if (event->recipient.n == 0)
        put_country_of(event, reading, slot->after);
    if (event->recipient.n == 0 && clauses->units[slot->unit].pronoun) {
        isn_refer_pronoun(&owner, clauses, slot->unit, clauses->units[slot->unit].pronoun);
        add(event, &owner); /* "condemned his remarks" */
    }
}

/* "withdrew from the treaty of (li-) the Court": the phrase's owner follows it with li-. */
void isn_event_put_owner_of_prep(isn_event *event, const isn_reading *reading, const isn_frame *frame,
                                 const isn_slots *slots, uint8_t i)
{
    isn_event_put_owner(event, reading, frame, slots->preps[i].prep, &slots->preps[i]);
    if (event->recipient.n || i + 1 >= slots->n_preps || slots->preps[i].party.n ||
        !wants_recipient(frame, slots->preps[i].prep))
        return;
    const isn_slot *next = &slots->preps[i + 1];
    const isn_grammar *grammar = reading->clauses->grammar;
    bool whose = next->prep == grammar->la && next->unit == slots->preps[i].after;
    bool with = next->prep == grammar->with && next->unit == slots->preps[i].after + 1; /* "the agreement with X" */
    if (whose || with)
        add(event, &next->party);
}

bool isn_unit_is_arms(const isn_reading *reading, uint32_t unit)
{
    for (size_t i = 0; i < sizeof reading->frames->arms / sizeof *reading->frames->arms; i++) {
        if (isn_unit_in_class(reading, unit, reading->frames->arms[i]))
            return true;
    }
    return false;
}

/* Do the arms, or the attack in which it was done, stand in the slot? */
static bool tells_how(const isn_reading *reading, const isn_slot *slot)
{
    const isn_frames *frames = reading->frames;
    const isn_grammar *grammar = reading->clauses->grammar;
    if (slot->unit == ISN_NONE || slot->unit + 1 >= reading->clauses->n)
        return false;
    if (slot->prep == grammar->ba && isn_unit_in_class(reading, slot->unit, frames->gunfire))
        return true;
    for (size_t i = 0; i < 3 && (slot->prep == grammar->fi || slot->prep == grammar->ba); i++) {
        if (isn_unit_in_class(reading, slot->unit, frames->attack[i]))
            return true;
    }
    return false;
}

/* "in an attack launched by X": the subject of the relative clause whose object the attack is. */
static void put_attacker(isn_event *event, const isn_reading *reading, uint32_t noun)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t verb = reading->relatives[noun].unit;
    const isn_slots *slots = verb != ISN_NONE ? clauses->slots[verb] : NULL;
    bool object = slots && slots->obj.unit != ISN_NONE && slots->obj.unit <= noun && noun < slots->obj.after;
    for (uint8_t i = 0; object && i < slots->subj.party.n; i++)
        isn_party_add(&event->actor, slots->subj.party.entity[i]);
}

/* "killed by the bullets of X", "in an air raid of (li-) X": whose arms did it. */
void isn_event_put_shooter(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_slot *subject = &act->slots->subj;
    if (event->actor.n == 0 && act->form == ISN_F_VERB && !act->passive && subject->unit != ISN_NONE &&
        isn_str_equal(act->frame->type, ISN_STR("ASSAULT")) && isn_unit_is_arms(reading, subject->unit))
        isn_party_add(&event->actor, owner_in(reading, act->frame, subject->unit, subject->after)); /* "Turkish tanks", "the planes of X" */
    if (event->actor.n || !isn_str_equal(act->frame->type, ISN_STR("ASSAULT")) ||
        (act->form == ISN_F_VERB && !act->passive && act->slots->subj.unit == ISN_NONE))
        return;
    for (uint8_t i = 0; i < act->slots->n_preps && event->actor.n == 0; i++) {
        const isn_slot *slot = &act->slots->preps[i];
        if (!tells_how(reading, slot))
            continue;
        const isn_unit *head = &clauses->units[slot->unit], *owner = head + 1;
        if (owner->kind == ISN_UNIT_NOUN && owner->pos == ISN_POS_ADJ && !owner->conj && slot->unit + 2 < clauses->n)
            owner++; /* "an air raid" */
        const isn_analysis *word = isn_token_best(&clauses->text->tokens[owner->first]);
        bool own = owner == head + 1 && owner->prep == ISN_NO_ROW && !head->definite && word && word->pos != ISN_POS_ADJ;
        if (owner->kind == ISN_UNIT_MENTION && !owner->conj && (own || owner->prep == clauses->grammar->la) &&
            clauses->entities->items[owner->entity].type != ISN_PLACE)
            isn_party_add(&event->actor, owner->entity);
        if (event->actor.n == 0)
            put_attacker(event, reading, slot->unit);
    }
}

void isn_event_put_partner(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_grammar *grammar = clauses->grammar;
    uint32_t end = isn_clause_end(clauses, act->unit);
    for (uint32_t u = act->unit + 1; u < end && event->recipient.n == 0; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind == ISN_UNIT_NOUN && unit->prep == grammar->la && unit->pos == ISN_POS_MASDAR)
            return; /* "in order to": what is behind belongs to the purpose */
        bool with = unit->kind == ISN_UNIT_PREP && !unit->pronoun && (unit->prep == grammar->with || unit->prep == grammar->ila);
        bool to = unit->kind == ISN_UNIT_MENTION && unit->prep == grammar->la;
        if (!with && !to)
            continue;
        isn_party party;
        isn_party_read(&party, clauses, with ? u + 1 : u, end);
        for (uint8_t i = 0; i < party.n; i++) {
            if (clauses->entities->items[party.entity[i]].type == ISN_GROUP)
                party.n = 0; /* "to the people" is no side */
        }
        add(event, &party);
    }
}
