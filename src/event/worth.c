/* worth.c - which acts are worth an event: political, happening, and not told already. */
#include "event/reading.h"

/* Are all of the party of the class of those who do no political act? */
static bool is_idle(const isn_reading *reading, const isn_party *party)
{
    for (uint8_t i = 0; i < party->n; i++) {
        if (!isn_entity_in_class(reading, party->entity[i], reading->frames->no_actor))
            return false;
    }
    return party->n > 0;
}

/*
 * V1: only political actors act. Sport, stage and weather don't; and a verb whose subject is a plain noun of the lexicon
 * that is nobody tells of nobody, unless its frame asked for such a subject.
 */
bool isn_event_is_political(const isn_reading *reading, const isn_act *act, const isn_event *event)
{
    if (is_idle(reading, &event->actor) || (event->actor.n == 0 && is_idle(reading, &event->recipient)))
        return false;
    const isn_slot *subject = &act->slots->subj;
    if (act->form != ISN_F_VERB || act->passive || event->actor.n || subject->party.n || subject->unit == ISN_NONE)
        return true;
    if (isn_unit_in_class(reading, subject->unit, reading->frames->no_actor))
        return false;
    const isn_unit *unit = &reading->clauses->units[subject->unit];
    if (isn_str_equal(event->type, ISN_STR("PROTEST")) && (act->detail & ISN_V_PLURAL))
        return true; /* "hundreds demonstrate" */
    if (isn_str_equal(event->type, ISN_STR("ASSAULT")) && isn_unit_is_arms(reading, subject->unit))
        return true; /* "the artillery shelled" */
    bool plain = unit->kind == ISN_UNIT_NOUN && unit->pos != ISN_POS_PROPER && unit->pos != ISN_POS_UNKNOWN &&
                 unit->pos != ISN_POS_NUMBER && unit->sub != ISN_SUB_QUANTITY;
    static const char *const kind[] = {"AID", "AGREE", "CONCEDE", "SUPPORT"};
    bool person_only = isn_str_among(event->type, kind, sizeof kind / sizeof *kind);
    return !plain || act->frame->n_conditions || (event->recipient.n && !person_only);
}

/* Does the noun head a sentence that has no verb? */
bool isn_act_heads_sentence(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    if (unit != clauses->sentence_from[sentence])
        return false;
    for (uint32_t u = unit; u < clauses->sentence_from[sentence + 1]; u++) {
        if (clauses->units[u].kind == ISN_UNIT_VERB || clauses->units[u].kind == ISN_UNIT_AUX)
            return false;
    }
    return true;
}

/*
 * A verbal noun without anybody who does it, inside a noun phrase ("ways to support them", "charged with the murder of") or
 * as a purpose ("to expel them"), tells what is thought of, not what happens; unless something carries it.
 */
bool isn_act_is_thought_of(const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *unit = &clauses->units[act->unit];
    isn_governor governor = reading->governors[act->unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    bool killing = act->form == ISN_F_PHRASE && act->n_tokens == 1 && act->slots->gen.party.n > 0;
    if ((act->form != ISN_F_MASDAR && !killing) || unit->definite || (holder && holder->carry))
        return false;
    if (isn_str_equal(act->frame->type, ISN_STR("PROTEST")) && isn_act_is_circumstance(reading, act))
        return true;
    if (unit->prep != ISN_NO_ROW && !killing &&
        (unit->prep == clauses->grammar->la || unit->prep == clauses->grammar->ka))
        return true;
    bool after_prep = unit->prep != ISN_NO_ROW || (act->unit > 0 && (unit - 1)->kind == ISN_UNIT_PREP);
    if (after_prep && (isn_str_equal(act->frame->type, ISN_STR("ASSAULT")) ||
                       (isn_str_equal(act->frame->type, ISN_STR("COERCE")) && !(holder && holder->frame))))
        return true; /* "since the murder of" tells when */
    if (act->unit == 0 || unit->conj || unit->prep != ISN_NO_ROW || (unit - 1)->last != unit->first)
        return false;
    const isn_unit *before = unit - 1;
    return before->kind == ISN_UNIT_NOUN && !before->definite && !before->pronoun &&
           before->sub != ISN_SUB_QUANTITY && before->pos != ISN_POS_NUMBER && before->pos != ISN_POS_ADJ &&
           !reading->acts[act->unit - 1];
}

bool isn_act_is_accusative(const isn_reading *reading, const isn_act *act)
{
    const isn_word *word = reading->clauses->text->tokens[act->token].word;
    bool alef = word && word->n > 2 && word->key[word->n - 1] == ISN_ALEF && (act->detail & ISN_N_CONSTRUCT) &&
                (act->detail & ISN_N_DUAL); /* letters that can be a dual's before its genitive carry its flags */
    return act->form == ISN_F_MASDAR && ((act->detail & ISN_N_ACCUSATIVE) || alef);
}

/* "In protest at ...": a reason, told beside what happens. */
bool isn_act_is_circumstance(const isn_reading *reading, const isn_act *act)
{
    isn_governor governor = reading->governors[act->unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    if (holder && holder->carry)
        return false;
    return act->form == ISN_F_MASDAR && (act->detail & ISN_N_ACCUSATIVE);
}

bool isn_act_is_sanction(const isn_reading *reading, const isn_act *act)
{
    const isn_frames *frames = reading->frames;
    return act->frame && isn_str_equal(act->frame->type, ISN_STR("SANCTION")) &&
           isn_str_equal(act->frame->mode, ISN_STR("discontinue")) &&
           (isn_class_among(reading, act->unit, act->unit + 2, frames->sanction) ||
            isn_class_among(reading, act->unit, act->unit + 2, frames->list));
}

bool isn_act_is_decision(const isn_reading *reading, const isn_act *act)
{
    if (!act->carry || act->brought == ISN_NONE || !isn_str_equal(act->frame->type, ISN_STR("AGREE")))
        return false;
    const isn_act *brought = reading->acts[act->brought];
    return brought && isn_act_is_sanction(reading, brought);
}

/* Is the noun at `unit` what a charge is about ("ittahamat ... bi-da'm"), and nobody is said to do it? */
bool isn_act_is_charge(const isn_reading *reading, const isn_act *holder, uint32_t slot, uint32_t unit)
{
    bool named;
    const isn_act *act = reading->acts[unit];
    if (!isn_str_equal(holder->frame->type, ISN_STR("ACCUSE")) || !isn_str_equal(holder->frame->mode, ISN_STR("allege")) ||
        !act || act->form == ISN_F_VERB)
        return false;
    return isn_frame_role(holder->frame, slot, ISN_PLACE, &named) == ISN_ROLE_CONTENT && named &&
           act->slots->gen.party.n == 0;
}

/*
 * "Three were killed and five wounded", "an attack that left ten dead": one assault, told by its steps. What nobody is said
 * to do, told after an assault in the same sentence, belongs to that; its victims go there if it has none.
 */
bool isn_event_is_part(isn_events *events, const isn_reading *reading, const isn_act *act, const isn_event *event)
{
    const isn_text *text = reading->clauses->text;
    if (events->n == 0)
        return false;
    isn_event *before = &events->items[events->n - 1];
    bool assault = isn_str_equal(event->type, ISN_STR("ASSAULT")) && event->actor.n == 0;
    bool same = event->actor.n == 0 || (before->actor.n == 1 && event->actor.n == 1 &&
                                        event->actor.entity[0] == before->actor.entity[0]);
    bool protest = isn_str_equal(event->type, ISN_STR("PROTEST")) && same && act->form != ISN_F_VERB;
    if (!assault && !protest)
        return false;
    if (!isn_str_equal(before->type, event->type) ||
        text->tokens[before->trigger].sentence != text->tokens[act->token].sentence ||
        act->token - before->trigger > 30)
        return false;
    for (uint8_t i = 0; i < event->recipient.n; i++)
        isn_party_add(&before->recipient, event->recipient.entity[i]);
    return true;
}
