/* fill.c - who is actor, recipient and place of an act. */
#include "event/reading.h"

#include "lexicon/schema.h"

/* In what is done together (talks, agreements) whoever carries it out takes part. */
bool isn_act_is_joint(const isn_frame *frame)
{
    for (uint8_t i = 0; i < frame->n_slots; i++) {
        if (frame->slots[i].role == ISN_ROLE_BOTH || frame->slots[i].other == ISN_ROLE_BOTH)
            return true;
    }
    return false;
}

static void put(isn_event *event, const isn_reading *reading, isn_slot_role role, uint32_t entity)
{
    uint8_t type = reading->clauses->entities->items[entity].type;
    switch (role) {
    case ISN_ROLE_ACTOR:
    case ISN_ROLE_BOTH:
        if (type == ISN_PLACE && isn_str_equal(event->type, ISN_STR("PROTEST"))) {
            event->place = event->place == ISN_NONE ? entity : event->place; /* "Iraq's protests" are there */
            break;
        }
        isn_party_add(&event->actor, entity);
        break;
    case ISN_ROLE_RECIPIENT:
    case ISN_ROLE_TARGET:
        isn_party_add(&event->recipient, entity);
        break;
    case ISN_ROLE_PLACE:
        if (type == ISN_PLACE && event->place == ISN_NONE)
            event->place = entity;
        break;
    default:
        break;
    }
}

/* Puts each entity of a slot where the frame wants it; `fallback` is for slots that the frame doesn't name. */
static void put_slot(isn_event *event, const isn_reading *reading, const isn_frame *frame, uint32_t name,
                     const isn_slot *slot, isn_slot_role fallback)
{
    for (uint8_t i = 0; i < slot->party.n; i++) {
        uint32_t entity = slot->party.entity[i];
        bool named;
        isn_slot_role role = isn_frame_role(frame, name, reading->clauses->entities->items[entity].type,
                                            &named);
        put(event, reading, named ? role : fallback, entity);
    }
}

/* What prepositions that say it themselves make of whom they bring, where the frame doesn't name them. */
static isn_slot_role fallback_role(const isn_event *event, const isn_frame *frame, uint8_t sub)
{
    switch (sub) {
    case ISN_SUB_AGENT:
        return ISN_ROLE_ACTOR;
    case ISN_SUB_AGAINST:
        return ISN_ROLE_RECIPIENT;
    case ISN_SUB_TOGETHER: /* "in partnership with": whoever acts acts with them */
        return event->actor.n ? ISN_ROLE_ACTOR : ISN_ROLE_NONE;
    case ISN_SUB_ATTENDED:
        return isn_act_is_joint(frame) ? ISN_ROLE_BOTH : ISN_ROLE_NONE;
    case ISN_SUB_BESIDE: /* "stands beside X" */
        return isn_str_equal(frame->type, ISN_STR("SUPPORT")) ? ISN_ROLE_RECIPIENT : ISN_ROLE_NONE;
    default:
        return ISN_ROLE_NONE;
    }
}

static void put_preps(isn_event *event, const isn_reading *reading, const isn_frame *frame,
                      const isn_slots *slots)
{
    const isn_grammar *grammar = reading->clauses->grammar;
    for (uint8_t i = 0; i < slots->n_preps; i++) {
        const isn_slot *slot = &slots->preps[i];
        uint8_t sub = slot->prep < grammar->n_functions ? grammar->functions[slot->prep].sub : 0;
        if (slot->prep == grammar->with && slots->subj.party.n > 1 && slots->subj.party.carried && isn_act_is_joint(frame))
            continue; /* "the two sides agreed ...": both are there */
        isn_slot_role fallback = fallback_role(event, frame, sub);
        put_slot(event, reading, frame, slot->prep, slot, fallback);
        isn_event_put_owner_of_prep(event, reading, frame, slots, i);
    }
}

static bool has_slot(const isn_frame *frame, uint32_t name)
{
    for (uint8_t i = 0; i < frame->n_slots; i++) {
        if (frame->slots[i].slot == name)
            return true;
    }
    return false;
}


/* The speaker of the quote that holds the token; ISN_NONE outside quotes. */
static uint32_t speaker_at(const isn_reading *reading, uint32_t token)
{
    uint32_t q = reading->quote_of[token];
    return q == ISN_NONE ? ISN_NONE : reading->quotes->items[q].speaker;
}

/* The speaker of the quote whose cue the token is; ISN_NONE if it is no cue. */
static uint32_t speaker_by_cue(const isn_reading *reading, uint32_t token)
{
    for (size_t q = 0; q < reading->quotes->n; q++) {
        if (reading->quotes->items[q].cue == token)
            return reading->quotes->items[q].speaker;
    }
    return ISN_NONE;
}

static bool in_direct_quote(const isn_reading *reading, uint32_t token)
{
    uint32_t q = reading->quote_of[token];
    return q != ISN_NONE && reading->quotes->items[q].direct;
}

/* The noun of a text that the act at `unit` tells the content of, ISN_NONE if there is none. */
static uint32_t text_of(const isn_reading *reading, uint32_t unit)
{
    const isn_unit *units = reading->clauses->units;
    bool verb = units[unit].kind == ISN_UNIT_VERB;
    bool in_it = verb && unit + 1 < reading->clauses->n && units[unit + 1].kind == ISN_UNIT_PREP &&
                 units[unit + 1].prep == reading->clauses->grammar->fi && units[unit + 1].pronoun;
    if (!verb && units[unit].prep != reading->clauses->grammar->ba)
        return ISN_NONE;
    for (uint32_t back = 1; back <= 6 && back <= unit; back++) {
        const isn_unit *text = &units[unit - back];
        if (text->kind == ISN_UNIT_NOUN && isn_unit_in_class(reading, unit - back, reading->frames->issued))
            return unit - back;
        if (text->kind != ISN_UNIT_MENTION && !(in_it && (text->kind == ISN_UNIT_PREP || text->kind == ISN_UNIT_NOUN)))
            return ISN_NONE;
        if (verb && !in_it)
            return ISN_NONE;
    }
    return ISN_NONE;
}

/*
 * "adopted a resolution that supports X", "issued an order to (bi-) dismiss X", "the decision of Y to (bi-) expel X": what
 * a text does, whoever issues it does. NULL unless the act at `unit` describes such a text and its issuer is told.
 */
static const isn_party *issuer_of_text(const isn_reading *reading, uint32_t unit, isn_party *owner)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t text = text_of(reading, unit);
    if (text == ISN_NONE || clauses->units[text].definite)
        return NULL;
    const isn_unit *next = &clauses->units[text + 1];
    *owner = (isn_party){0};
    if (next->kind == ISN_UNIT_MENTION && next->prep == ISN_NO_ROW) {
        isn_party_add(owner, next->entity);
        return owner->n && clauses->units[unit].kind != ISN_UNIT_VERB ? owner : NULL;
    }
    const isn_unit *before = text > 1 ? &clauses->units[text - 1] : NULL;
    if (before && before->kind == ISN_UNIT_MENTION && before->prep == ISN_NO_ROW && (before - 1)->kind == ISN_UNIT_NOUN &&
        (before - 1)->pos == ISN_POS_MASDAR) { /* "the adoption (by) X of a resolution to" */
        isn_party_add(owner, before->entity);
        return owner;
    }
    const isn_governor *governor = &reading->governors[text];
    if (governor->unit == ISN_NONE || governor->slot != ISN_SLOT_OBJ)
        return NULL;
    const isn_slots *slots = clauses->slots[governor->unit];
    if (slots)
        return slots->subj.party.n ? &slots->subj.party : NULL;
    const isn_act *holder = reading->acts[governor->unit];
    return holder && holder->slots->gen.party.n ? &holder->slots->gen.party : NULL;
}

static void fill_from_text(isn_event *event, const isn_reading *reading, const isn_act *act, const isn_party *issuer)
{
    const isn_slots *slots = act->slots;
    for (uint8_t i = 0; i < issuer->n; i++)
        isn_party_add(&event->actor, issuer->entity[i]);
    if (act->form == ISN_F_VERB) { /* what follows the verb is its object */
        bool behind = slots->subj.unit != ISN_NONE && slots->subj.unit > act->unit;
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, behind ? &slots->subj : &slots->obj, ISN_ROLE_NONE);
        isn_event_put_owner(event, reading, act->frame, ISN_SLOT_OBJ, behind ? &slots->subj : &slots->obj);
    } else {
        put_slot(event, reading, act->frame, ISN_SLOT_GEN, &slots->gen, ISN_ROLE_RECIPIENT);
        isn_event_put_owner(event, reading, act->frame, ISN_SLOT_GEN, &slots->gen);
    }
    put_preps(event, reading, act->frame, slots);
}

/*
 * "expressed the condemnation of Kuwait", "affirmed his country's support": who condemns is told behind the noun that the
 * verb's frame speaks of, where that noun's own frame has the one who does it there.
 */
static bool fill_from_eaten(isn_event *event, const isn_reading *reading, const isn_act *act, const isn_party *subject)
{
    if (act->eaten == ISN_NONE)
        return false;
    const isn_act *noun = reading->acts[act->eaten];
    isn_slots of_noun;
    if (!noun)
        isn_slots_of_noun(&of_noun, reading->clauses, act->eaten);
    const isn_slot *owner = noun ? &noun->slots->gen : &of_noun.gen;
    bool named = false;
    if (owner->unit == ISN_NONE || owner->party.n == 0 ||
        (noun && noun->frame && !isn_str_equal(noun->frame->type, act->frame->type)))
        return false;
    isn_slot_role role = noun && noun->frame ? isn_frame_role(noun->frame, ISN_SLOT_GEN, ISN_ORGANIZATION, &named) : ISN_ROLE_NONE;
    bool own = isn_unit_in_class(reading, owner->unit, reading->frames->self_state);
    if (!own && !(named && role == ISN_ROLE_ACTOR))
        return false;
    const isn_entity *items = reading->clauses->entities->items;
    if (own && subject->n && items[subject->entity[0]].country[0] &&
        memcmp(items[subject->entity[0]].country, items[owner->party.entity[0]].country, 3) != 0)
        return false; /* another state than his own */
    for (uint8_t i = 0; i < owner->party.n; i++)
        isn_party_add(&event->actor, owner->party.entity[i]);
    return true;
}

/* Whose text the noun at `unit` is: "a statement by (li-) X", "the report of X". ISN_NONE if it is none. */
static uint32_t owner_of_text(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    if (unit == ISN_NONE || unit + 1 >= clauses->n || clauses->units[unit].kind != ISN_UNIT_NOUN ||
        !isn_unit_in_class(reading, unit, reading->frames->issued))
        return ISN_NONE;
    const isn_unit *next = &clauses->units[unit + 1];
    bool owns = next->prep == ISN_NO_ROW || next->prep == clauses->grammar->la;
    return next->kind == ISN_UNIT_MENTION && owns ? next->entity : ISN_NONE;
}

static void fill_verb(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_slots *slots = act->slots;
    if (act->passive) {
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, &slots->subj, ISN_ROLE_RECIPIENT);
    } else {
        uint32_t speaker = speaker_at(reading, act->token);
        bool first = (act->detail & ISN_V_FIRST) && slots->subj.unit == ISN_NONE && speaker != ISN_NONE;
        if (fill_from_eaten(event, reading, act, &slots->subj.party))
            event->actor.carried = 0;
        else if (first && (!(act->detail & ISN_V_THIRD) || in_direct_quote(reading, act->token)))
            put(event, reading, ISN_ROLE_ACTOR, speaker);
        else
            put_slot(event, reading, act->frame, ISN_SLOT_SUBJ, &slots->subj, ISN_ROLE_ACTOR);
        if (event->actor.n == 0) /* "the resolution of the Council condemns" */
            isn_party_add(&event->actor, owner_of_text(reading, slots->subj.unit));
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, &slots->obj, ISN_ROLE_NONE);
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, &slots->obj2, ISN_ROLE_NONE);
        isn_event_put_owner(event, reading, act->frame, ISN_SLOT_OBJ, &slots->obj);
    }
    put_slot(event, reading, act->frame, ISN_SLOT_GEN, &slots->gen, ISN_ROLE_NONE); /* of the object's head */
    put_preps(event, reading, act->frame, slots);
    isn_event_put_shooter(event, reading, act);
}

/* "sanctions that hit X", "a summit brings together X and Y": whom the verb's object names takes part in the subject's act. */
static void put_brought(isn_event *event, const isn_reading *reading, const isn_act *holder, uint32_t unit)
{
    const isn_slot *object = &holder->slots->obj;
    bool is_act = object->unit != ISN_NONE && object->unit <= unit && unit < object->after;
    for (uint8_t i = 0; !is_act && i < object->party.n; i++) {
        bool named;
        uint32_t entity = object->party.entity[i];
        isn_slot_role role = isn_frame_role(holder->carry, ISN_SLOT_OBJ, reading->clauses->entities->items[entity].type,
                                            &named);
        if (named)
            put(event, reading, role, entity);
    }
    if (!is_act && object->party.n == 0)
        isn_event_put_owner(event, reading, holder->carry, ISN_SLOT_OBJ, object);
}

/* What the verb `holder` in one of whose slots the act stands says of who acts in it. */
static void fill_from_verb(isn_event *event, const isn_reading *reading, const isn_act *act, const isn_act *holder,
                           bool need_actor)
{
    const isn_slots *slots = holder->slots;
    bool named;
    uint8_t type = slots->subj.party.n ? reading->clauses->entities->items[slots->subj.party.entity[0]].type : ISN_PERSON;
    isn_slot_role role = isn_frame_role(holder->carry, ISN_SLOT_SUBJ, type, &named);
    if (!named)
        role = ISN_ROLE_ACTOR;
    bool subject_is_act = slots->subj.unit != ISN_NONE && slots->subj.unit <= act->unit && act->unit < slots->subj.after;
    if (subject_is_act || (role == ISN_ROLE_ACTOR && !need_actor))
        return;
    for (uint8_t i = 0; i < slots->subj.party.n; i++)
        put(event, reading, role, slots->subj.party.entity[i]);
    uint32_t owner = owner_of_text(reading, slots->subj.unit);
    if (slots->subj.party.n == 0 && owner != ISN_NONE)
        put(event, reading, role, owner);
}

static bool in_slot(const isn_slot *slot, uint32_t unit)
{
    return slot->unit != ISN_NONE && slot->unit <= unit && unit < slot->after;
}

/* Whom a clause without a verb is about: who is named first in it, before the unit and without a preposition. */
static uint32_t topic_of(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t u = isn_clause_begin(clauses, unit), topic = ISN_NONE;
    for (; u < unit; u++) {
        const isn_unit *word = &clauses->units[u];
        if (word->kind == ISN_UNIT_VERB || word->kind == ISN_UNIT_RELATIVE || word->kind == ISN_UNIT_COMMA)
            return ISN_NONE;
        if (topic != ISN_NONE || word->kind == ISN_UNIT_AUX || word->kind == ISN_UNIT_ADVERB || word->kind == ISN_UNIT_DATE)
            continue;
        if (word->kind != ISN_UNIT_MENTION || word->prep != ISN_NO_ROW || (u > 0 && (word - 1)->kind == ISN_UNIT_PREP))
            return ISN_NONE;
        topic = word->entity;
    }
    return topic;
}

/* One step: the parties that the holder knows. Returns whether what holds it may know more. */
static bool fill_from_holder(isn_event *event, const isn_reading *reading, const isn_act *act, uint32_t unit,
                             bool need_actor)
{
    const isn_act *holder = unit != ISN_NONE ? reading->acts[unit] : NULL;
    if (!holder || !holder->carry)
        return false;
    const isn_party *owner = &holder->slots->gen.party;
    bool named;
    isn_slot_role role = isn_frame_role(holder->carry, ISN_SLOT_SUBJ, ISN_PERSON, &named);
    bool suffers = named && role == ISN_ROLE_RECIPIENT;
    if (holder->form == ISN_F_VERB)
        fill_from_verb(event, reading, act, holder, need_actor);
    else if (holder->form == ISN_F_ACTIVE && need_actor && !reading->clauses->units[unit].definite)
        isn_party_add(&event->actor, topic_of(reading, unit)); /* "Russia is (mushtarika) taking part in the strikes" */
    else if (suffers) /* "the exposure of X to": who tells of it doesn't act in it */
        for (uint8_t i = 0; i < owner->n; i++)
            put(event, reading, role, owner->entity[i]);
    else
        for (uint8_t i = 0; need_actor && (holder->slots->gen.unit == ISN_NONE || in_slot(&holder->slots->obj, act->unit)) &&
                            i < owner->n; i++)
            put(event, reading, ISN_ROLE_ACTOR, owner->entity[i]);
    if (holder->carry->kind == ISN_FRAME_LIGHT) {
        put_brought(event, reading, holder, act->unit);
        put_preps(event, reading, act->frame, holder->slots);
    }
    return !suffers && (event->actor.n == 0 || isn_act_is_joint(act->frame));
}

/*
 * The one who acts where the noun itself doesn't say so: the subject of a light verb in its relative clause, then that of
 * the light or carrying verb that holds it, or of what holds that, three steps up. A light verb's own prepositional phrases
 * count for the act too.
 */
static void fill_from_governor(isn_event *event, const isn_reading *reading, const isn_act *act, bool need_actor)
{
    bool joint = isn_act_is_joint(act->frame);
    fill_from_holder(event, reading, act, reading->relatives[act->unit].unit, need_actor);
    need_actor = need_actor && (event->actor.n == 0 || joint);
    uint32_t unit = act->unit;
    for (int step = 0; step < 3; step++) {
        unit = reading->governors[unit].unit;
        if (!fill_from_holder(event, reading, act, unit, need_actor))
            return;
    }
}

/* The slots of the verb that a meeting told beside it belongs to: "said in a call with X", "said, during talks with X,". */
static const isn_slots *told_beside(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    isn_governor governor = reading->governors[unit];
    const isn_unit *units = clauses->units;
    if (governor.unit != ISN_NONE)
        return governor.slot < clauses->grammar->n_functions ? clauses->slots[governor.unit] : NULL;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    if (unit < begin + 3 || units[unit - 1].kind != ISN_UNIT_PREP || units[unit - 2].kind != ISN_UNIT_COMMA)
        return NULL;
    for (uint32_t u = unit - 2; u > begin; u--) {
        if (clauses->slots[u - 1])
            return clauses->slots[u - 1];
    }
    return NULL;
}

/* Whoever the verb tells of takes part in the meeting in or after which it happened. */
static void join_subject(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_grammar *grammar = reading->clauses->grammar;
    const isn_unit *unit = &reading->clauses->units[act->unit];
    uint32_t prep = unit->prep != ISN_NO_ROW ? unit->prep : act->unit > 0 ? (unit - 1)->prep : ISN_NO_ROW;
    if (act->slots->gen.party.n || event->actor.n != 1 || unit->definite || prep >= grammar->n_functions ||
        (prep != grammar->fi && grammar->functions[prep].sub != ISN_SUB_TIME))
        return;
    const isn_slots *slots = told_beside(reading, act->unit);
    for (uint8_t i = 0; slots && i < slots->subj.party.n; i++)
        isn_party_add(&event->actor, slots->subj.party.entity[i]);
}

/* "talks with his counterpart X": he whose counterpart it is takes part. */
static void join_counterpart(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint8_t i = 0; i < act->slots->n_preps && event->actor.n == 1; i++) {
        const isn_slot *slot = &act->slots->preps[i];
        if (slot->prep != clauses->grammar->with || slot->unit == ISN_NONE || clauses->units[slot->unit].kind != ISN_UNIT_MENTION)
            continue;
        const isn_analysis *first = isn_token_best(&clauses->text->tokens[clauses->units[slot->unit].first]);
        isn_party owner;
        if (!first || !first->pronoun || !isn_class_among(reading, slot->unit, slot->unit + 1, reading->frames->counterpart))
            continue;
        isn_refer_pronoun(&owner, clauses, slot->unit, first->pronoun);
        for (uint8_t p = 0; p < owner.n; p++)
            isn_party_add(&event->actor, owner.entity[p]);
    }
}

/*
 * "arrived on (fi) a visit", "left after a visit": whoever the verb tells of pays the visit. "The protesters demanded during
 * the protests": so they protest.
 */
static void take_subject(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_grammar *grammar = reading->clauses->grammar;
    const isn_unit *unit = &reading->clauses->units[act->unit];
    bool visit = isn_str_equal(act->frame->mode, ISN_STR("visit")) && !unit->definite;
    bool protest = isn_str_equal(act->frame->type, ISN_STR("PROTEST"));
    uint32_t prep = unit->prep != ISN_NO_ROW ? unit->prep : act->unit > 0 ? (unit - 1)->prep : ISN_NO_ROW;
    if ((!visit && !protest) || act->slots->gen.party.n || prep >= grammar->n_functions ||
        (prep != grammar->fi && grammar->functions[prep].sub != ISN_SUB_TIME))
        return;
    const isn_slots *slots = told_beside(reading, act->unit);
    isn_party topic = {.n = 0};
    uint32_t holder = reading->governors[act->unit].unit;
    if (holder != ISN_NONE && slots && holder < isn_clause_begin(reading->clauses, act->unit))
        slots = NULL; /* the verb of another clause */
    if (!slots)
        isn_party_add(&topic, topic_of(reading, act->unit)); /* "X was in Paris on a visit" */
    const isn_party *subject = slots ? &slots->subj.party : &topic;
    for (uint8_t i = 0; i < subject->n; i++) {
        uint32_t entity = subject->entity[i];
        uint8_t type = reading->clauses->entities->items[entity].type;
        if (protest ? isn_entity_in_class(reading, entity, reading->frames->protester) : type == ISN_PERSON)
            isn_party_add(&event->actor, entity);
    }
}

/* "new American sanctions", "a Turkish-Russian summit": the states of the adjectives act. */
static void put_adjectives(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t u = act->unit + 1; u < clauses->n && u <= act->unit + 4; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind != ISN_UNIT_NOUN || unit->conj || unit->prep != ISN_NO_ROW || unit->pos != ISN_POS_ADJ)
            break;
        isn_party_add(&event->actor, isn_refer_demonym(clauses, u));
    }
}

/* "damm Rusiya li-l-Qirm": behind verbal noun and subject, li- brings the object. NULL where it doesn't. */
static const isn_slot *la_patient(const isn_reading *reading, const isn_act *act)
{
    const isn_slots *slots = act->slots;
    if (slots->gen.party.n == 0 || slots->n_preps == 0 || act->form != ISN_F_MASDAR ||
        slots->preps[0].prep != reading->clauses->grammar->la || slots->preps[0].party.n == 0)
        return NULL;
    bool la_named, obj_named;
    isn_frame_role(act->frame, slots->preps[0].prep, ISN_ORGANIZATION, &la_named);
    isn_slot_role role = isn_frame_role(act->frame, ISN_SLOT_OBJ, ISN_ORGANIZATION, &obj_named);
    bool object = obj_named && (role == ISN_ROLE_RECIPIENT || role == ISN_ROLE_TARGET);
    return object && !la_named ? &slots->preps[0] : NULL;
}

/*
 * "an attack of (li-) rebels", "a meeting of (li-) the council", "threats from X": behind an indefinite noun of act li- and
 * "from" bring whose act it is; of meetings and protests behind a definite one with an adjective too.
 */
static void put_owner_behind_noun(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    static const char *const together[] = {"CONSULT", "PROTEST"};
    static const char *const sent[] = {"ASSAULT", "THREATEN", "ACCUSE", "REQUEST", "SUPPORT", "AGREE", "REJECT", "PROTEST"};
    const isn_clauses *clauses = reading->clauses;
    const isn_slots *slots = act->slots;
    bool named;
    if (slots->n_preps == 0 || slots->gen.unit != ISN_NONE || slots->gen.party.n)
        return;
    const isn_slot *first = &slots->preps[0];
    bool crowd = isn_str_among(act->frame->type, together, 2), definite = clauses->units[act->unit].definite;
    uint32_t behind = act->unit + 1;
    while (behind < clauses->n && clauses->units[behind].kind == ISN_UNIT_NOUN && clauses->units[behind].pos == ISN_POS_ADJ)
        behind++;
    bool described = behind > act->unit + 1 && first->unit == behind; /* "the armed attacks of (li-) X": no idafa is possible */
    bool la = first->prep == clauses->grammar->la && (act->form == ISN_F_PHRASE || crowd) && (!definite || crowd || described);
    bool from = first->prep == clauses->grammar->min && !definite && first->unit == behind + 1 &&
                isn_str_among(act->frame->type, sent, sizeof sent / sizeof *sent);
    if (!la && !from)
        return;
    isn_frame_role(act->frame, first->prep, ISN_ORGANIZATION, &named);
    for (uint8_t i = 0; !named && i < first->party.n; i++) {
        if ((!from && !(described && definite && !crowd)) || clauses->entities->items[first->party.entity[i]].type != ISN_PLACE)
            isn_party_add(&event->actor, first->party.entity[i]);
    }
}

/* "the release by Y of (an) X": where a preposition brings the recipient, the genitive is the one who does it. */
static bool has_told_recipient(const isn_act *act)
{
    bool named;
    if (isn_frame_role(act->frame, ISN_SLOT_GEN, ISN_ORGANIZATION, &named) != ISN_ROLE_RECIPIENT)
        return false;
    for (uint8_t i = 0; i < act->slots->n_preps; i++) {
        const isn_slot *slot = &act->slots->preps[i];
        if (slot->party.n && isn_frame_role(act->frame, slot->prep, ISN_ORGANIZATION, &named) == ISN_ROLE_RECIPIENT)
            return true;
    }
    return false;
}

/* "the talks of Cairo", "a visit of Ankara": one place behind a noun of meeting is where it is. */
static bool is_meeting_place(const isn_reading *reading, const isn_act *act)
{
    const isn_slot *gen = &act->slots->gen;
    return isn_str_equal(act->frame->type, ISN_STR("CONSULT")) && gen->unit != ISN_NONE && gen->party.n == 1 &&
           !gen->party.carried && reading->clauses->entities->items[gen->party.entity[0]].type == ISN_PLACE;
}

/* "kana fi stiqbalihi X": whoever is named behind it received him. */
static void put_receivers(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *units = clauses->units;
    bool named;
    uint32_t at = act->unit;
    if (isn_frame_role(act->frame, ISN_SLOT_SUBJ, ISN_PERSON, &named) != ISN_ROLE_RECIPIENT || at < 2 ||
        units[at - 1].kind != ISN_UNIT_PREP || units[at - 1].prep != clauses->grammar->fi ||
        units[at - 2].kind != ISN_UNIT_AUX || units[at - 2].sub != ISN_SUB_PAST)
        return;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, at) + 1];
    uint32_t u = act->slots->gen.unit != ISN_NONE ? act->slots->gen.after : at + 1;
    while (u < end && (units[u].kind != ISN_UNIT_MENTION || units[u].prep != ISN_NO_ROW || units[u - 1].kind == ISN_UNIT_PREP ||
                       clauses->entities->items[units[u].entity].type == ISN_PLACE)) {
        if (units[u].kind == ISN_UNIT_VERB || units[u].kind == ISN_UNIT_STOP)
            return;
        u++;
    }
    if (u >= end)
        return;
    event->actor = act->slots->gen.party.carried ? (isn_party){0} : act->slots->gen.party; /* "his": whoever came last */
    isn_party_read(&event->recipient, clauses, u, end);
}

static void fill_noun(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_slots *slots = act->slots;
    bool object_follows = slots->obj.party.n > 0 && has_slot(act->frame, ISN_SLOT_OBJ) &&
                          slots->gen.party.n > 0;
    const isn_slot *patient = la_patient(reading, act);
    if (patient) {
        put_slot(event, reading, &(isn_frame){0}, ISN_SLOT_GEN, &slots->gen, ISN_ROLE_ACTOR);
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, patient, ISN_ROLE_RECIPIENT);
    } else if (object_follows) { /* the genitive is the one who does it, what follows in the accusative suffers it */
        put_slot(event, reading, &(isn_frame){0}, ISN_SLOT_GEN, &slots->gen, ISN_ROLE_ACTOR);
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, &slots->obj, ISN_ROLE_RECIPIENT);
    } else if (has_told_recipient(act)) {
        put_slot(event, reading, &(isn_frame){0}, ISN_SLOT_GEN, &slots->gen, ISN_ROLE_ACTOR);
    } else {
        isn_slot_role usual = has_slot(act->frame, ISN_SLOT_OBJ) ? ISN_ROLE_RECIPIENT : ISN_ROLE_ACTOR;
        if (is_meeting_place(reading, act))
            event->place = slots->gen.party.entity[0];
        else
            put_slot(event, reading, act->frame, ISN_SLOT_GEN, &slots->gen, usual);
        isn_event_put_owner(event, reading, act->frame, ISN_SLOT_GEN, &slots->gen);
    }
    put_receivers(event, reading, act);
    put_preps(event, reading, act->frame, slots);
    isn_event_put_shooter(event, reading, act);
    if (reading->clauses->units[act->unit].pronoun / 8 == 1) /* "my apology": the speaker's */
        isn_party_add(&event->actor, speaker_at(reading, act->token));
    if (event->actor.n == 0 && !isn_str_equal(event->type, ISN_STR("PROTEST")))
        put_adjectives(event, reading, act);
    if (event->actor.n == 0 && !has_slot(act->frame, ISN_SLOT_OBJ))
        put_owner_behind_noun(event, reading, act);
    fill_from_governor(event, reading, act, event->actor.n == 0 || isn_act_is_joint(act->frame));
    if (isn_act_is_joint(act->frame)) {
        join_subject(event, reading, act);
        join_counterpart(event, reading, act);
    }
    if (event->actor.n == 0)
        take_subject(event, reading, act);
}

/* A participle after the noun that it describes: that noun acts (active) or suffers (passive). */
static void fill_participle(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_slots *slots = act->slots;
    isn_party party = {.n = 0};
    bool circumstance = isn_unit_is_circumstance(&clauses->units[act->unit]);
    uint32_t speaker = circumstance ? speaker_by_cue(reading, act->token) : ISN_NONE;
    if (speaker != ISN_NONE) {
        isn_party_add(&party, speaker);
    } else if (circumstance) { /* the subject of the verb before it */
        uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit)];
        for (uint32_t u = act->unit; u > begin && party.n == 0;) {
            u--;
            if (clauses->slots[u])
                party = clauses->slots[u]->subj.party;
        }
    } else if (act->unit > 0 && clauses->units[act->unit - 1].kind == ISN_UNIT_MENTION) {
        isn_party_add(&party, clauses->units[act->unit - 1].entity);
    }
    bool owned = act->form == ISN_F_ACTIVE && fill_from_eaten(event, reading, act, &party);
    for (uint8_t i = 0; i < party.n && !owned; i++)
        put(event, reading, act->form == ISN_F_PASSIVE ? ISN_ROLE_RECIPIENT : ISN_ROLE_ACTOR,
            party.entity[i]);
    if (act->form == ISN_F_ACTIVE) {
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, &slots->gen, ISN_ROLE_RECIPIENT);
        put_slot(event, reading, act->frame, ISN_SLOT_OBJ, &slots->obj, ISN_ROLE_RECIPIENT);
    }
    put_preps(event, reading, act->frame, slots);
}

/* Does another act stand between, as the reason or the time of this one: "summoned the envoy after the shelling of a village in X"? */
static bool is_of_reason(const isn_reading *reading, const isn_act *act, const isn_slot *slot)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t u = act->unit + 1; slot->unit != ISN_NONE && u < slot->unit; u++) {
        const isn_act *between = reading->acts[u];
        const isn_unit *unit = &clauses->units[u], *before = unit - 1;
        if (unit->kind == ISN_UNIT_PREP && unit->sub == ISN_SUB_CAUSE)
            return true;
        if (!between || !between->frame || between->form == ISN_F_VERB)
            continue;
        uint32_t prep = unit->prep != ISN_NO_ROW ? unit->prep : before->kind == ISN_UNIT_PREP ? before->prep : ISN_NO_ROW;
        bool after = prep < clauses->grammar->n_functions && clauses->grammar->functions[prep].sub == ISN_SUB_TIME;
        if (after || isn_act_is_circumstance(reading, between))
            return true;
    }
    return false;
}

/* "in X": the first place after the act in its clause, before it if none comes after. */
static void fill_place(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_slots *slots = act->slots;
    for (uint8_t i = 0; i < slots->n_preps && event->place == ISN_NONE; i++) {
        const isn_slot *slot = &slots->preps[i];
        if (slot->prep >= clauses->grammar->n_functions || slot->party.n == 0)
            continue;
        bool named;
        uint32_t entity = slot->party.entity[0];
        isn_frame_role(act->frame, slot->prep, ISN_PLACE, &named);
        bool where = slot->prep == clauses->grammar->fi || slot->prep == clauses->grammar->ba;
        if (where && is_of_reason(reading, act, slot))
            return;
        if (!named && where && clauses->entities->items[entity].type == ISN_PLACE)
            event->place = entity;
    }
}

/* "the expulsion of X from Y": the state from which somebody is expelled does it. */
static void put_expeller(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    if (!isn_str_equal(act->frame->mode, ISN_STR("expel")) && !isn_str_equal(act->frame->mode, ISN_STR("deport")))
        return;
    for (uint8_t i = 0; i < act->slots->n_preps; i++) {
        const isn_slot *slot = &act->slots->preps[i];
        if (slot->prep != clauses->grammar->min || slot->party.n != 1)
            continue;
        const isn_entity *from = &clauses->entities->items[slot->party.entity[0]];
        if (from->type == ISN_PLACE && from->table == ISN_T_COUNTRIES)
            isn_party_add(&event->actor, slot->party.entity[0]);
    }
}

/* Is the act, or what brings it, told in the first person plural? */
static bool is_ours(const isn_reading *reading, const isn_act *act)
{
    uint8_t own = reading->clauses->units[act->unit].pronoun;
    if (act->form != ISN_F_VERB && own / 8 == 1 && (own & 7) / 2 == 3)
        return true; /* "our closing of" */
    for (int step = 0; act && step < 3; step++) {
        if (act->form == ISN_F_VERB && (act->detail & ISN_V_FIRST) && (act->detail & ISN_V_PLURAL) && act->slots->subj.unit == ISN_NONE)
            return true;
        uint32_t holder = reading->governors[act->unit].unit;
        act = holder != ISN_NONE ? reading->acts[holder] : NULL;
        if (act && !act->carry)
            return false;
    }
    return false;
}

/* "We shall expel", said by a minister or spokesman: deeds are those of the state or body that he speaks for (V15). */
static void act_for_state(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    static const char *const deeds[] = {"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "AID", "RETREAT", "COOPERATE"};
    const isn_entities *entities = reading->clauses->entities;
    uint32_t speaker = speaker_at(reading, act->token);
    if (speaker == ISN_NONE || event->actor.n != 1 || event->actor.entity[0] != speaker ||
        !isn_str_among(event->type, deeds, sizeof deeds / sizeof *deeds) || !is_ours(reading, act))
        return;
    const isn_entity *person = &entities->items[speaker];
    uint32_t whole = person->type == ISN_PERSON ? isn_refer_state(entities, person->country) : ISN_NONE;
    for (size_t r = 0; r < person->n_roles; r++) {
        uint32_t of = person->roles[r].of;
        if (of != ISN_NONE && (entities->items[of].type == ISN_ORGANIZATION || whole == ISN_NONE))
            whole = of;
    }
    if (whole != ISN_NONE && whole != speaker)
        event->actor.entity[0] = whole;
}

/* "took the town from X": X suffers it, the town is where. */
static void part_place(isn_event *event, const isn_reading *reading)
{
    const isn_entities *entities = reading->clauses->entities;
    isn_party holders = {.carried = event->recipient.carried};
    for (uint8_t i = 0; i < event->recipient.n; i++) {
        if (entities->items[event->recipient.entity[i]].type != ISN_PLACE)
            isn_party_add(&holders, event->recipient.entity[i]);
        else if (event->place == ISN_NONE)
            event->place = event->recipient.entity[i];
    }
    if (holders.n)
        event->recipient = holders;
}

void isn_event_fill(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    event->place = ISN_NONE;
    isn_party owner;
    const isn_party *issuer = issuer_of_text(reading, act->unit, &owner);
    if (issuer && !act->passive)
        fill_from_text(event, reading, act, issuer);
    else if (act->form == ISN_F_VERB)
        fill_verb(event, reading, act);
    else if (act->form == ISN_F_ACTIVE || act->form == ISN_F_PASSIVE)
        fill_participle(event, reading, act);
    else
        fill_noun(event, reading, act);
    if (event->actor.n == 0)
        put_expeller(event, reading, act);
    act_for_state(event, reading, act);
    fill_place(event, reading, act);
    if (isn_str_equal(act->frame->mode, ISN_STR("seize")))
        part_place(event, reading);
    /* nobody does a thing to himself: what stands in both is actor */
    isn_party kept = {.carried = event->recipient.carried};
    for (uint8_t i = 0; i < event->recipient.n; i++) {
        if (!isn_party_has(&event->actor, event->recipient.entity[i]))
            isn_party_add(&kept, event->recipient.entity[i]);
    }
    event->recipient = kept;
}
