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

/* The first mention without a preposition in units [from, to), or the state of an adjective behind `from`. */
static uint32_t owner_in(const isn_reading *reading, uint32_t from, uint32_t to)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t u = from; u < to && u < clauses->n; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind == ISN_UNIT_MENTION && unit->prep == ISN_NO_ROW)
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

/* Whose thing it is that ends before `unit`: "the position (in marks) of (li-) X". */
static void put_owner_behind(isn_event *event, const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t u = behind_marks(clauses, unit);
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
static void put_doer(isn_event *event, const isn_reading *reading, uint32_t relative)
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
    isn_party_add(&one, owner_in(reading, verb + 1, to));
    add(event, &one);
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
        put_doer(event, reading, slot->unit);
        return;
    }
    isn_party_add(&event->recipient, owner_in(reading, slot->unit, slot->after));
    if (event->recipient.n == 0)
        put_owner_behind(event, reading, slot->after);
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
    if (next->prep == reading->clauses->grammar->la && next->unit == slots->preps[i].after)
        add(event, &next->party);
}

/* "killed by the bullets of X", "in an air raid of X": whose arms did it. */
void isn_event_put_shooter(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_frames *frames = reading->frames;
    if (event->actor.n || !isn_str_equal(act->frame->type, ISN_STR("ASSAULT")) ||
        (act->form == ISN_F_VERB && !act->passive && act->slots->subj.unit == ISN_NONE))
        return;
    for (uint8_t i = 0; i < act->slots->n_preps && event->actor.n == 0; i++) {
        const isn_slot *slot = &act->slots->preps[i];
        if (slot->prep != clauses->grammar->ba || slot->unit == ISN_NONE || slot->unit + 1 >= clauses->n ||
            !isn_unit_in_class(reading, slot->unit, frames->gunfire))
            continue;
        const isn_unit *owner = &clauses->units[slot->unit + 1];
        if (owner->kind == ISN_UNIT_MENTION && owner->prep == ISN_NO_ROW && !owner->conj && !clauses->units[slot->unit].definite)
            isn_party_add(&event->actor, owner->entity);
    }
}

void isn_event_put_partner(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_grammar *grammar = clauses->grammar;
    uint32_t end = isn_clause_end(clauses, act->unit);
    for (uint32_t u = act->unit + 1; u < end && event->recipient.n == 0; u++) {
        const isn_unit *unit = &clauses->units[u];
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
