/* status.c - did it happen, will it, might it, or not? */
#include "event/reading.h"

/* Negations, auxiliaries and conjunctions in front of a verb. */
static isn_event_status before_verb(const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *units = clauses->units;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    const isn_analysis *best = isn_token_best(&clauses->text->tokens[units[unit].first]);
    isn_event_status status = ISN_STATUS_ACTUAL;
    bool present = (units[unit].detail & ISN_V_TENSE) == ISN_V_PRESENT;
    if (best && (best->clitics & ISN_CL_SA))
        status = ISN_STATUS_FUTURE;
    else if (best && (best->clitics & ISN_CL_LA) && present)
        status = ISN_STATUS_HYPOTHETICAL; /* "in order to" */
    for (uint32_t u = unit; u > begin && u + 5 > unit;) {
        u--;
        const isn_unit *unit_before = &units[u];
        if (unit_before->kind == ISN_UNIT_NEG)
            return ISN_STATUS_NEGATED;
        if (unit_before->kind == ISN_UNIT_AUX || unit_before->kind == ISN_UNIT_ADVERB) {
            if (unit_before->sub == ISN_SUB_FUTURE)
                status = ISN_STATUS_FUTURE;
            else if (unit_before->sub == ISN_SUB_HYPOTHETICAL)
                status = ISN_STATUS_HYPOTHETICAL;
            else if (unit_before->sub == ISN_SUB_NEGATED)
                return ISN_STATUS_NEGATED;
            continue;
        }
        if (unit_before->kind == ISN_UNIT_CONJ && unit_before->sub == ISN_SUB_CONDITION)
            return ISN_STATUS_HYPOTHETICAL;
        if (unit_before->kind == ISN_UNIT_CONJ && unit_before->sub == ISN_SUB_PURPOSE)
            return ISN_STATUS_HYPOTHETICAL;
        if (unit_before->kind == ISN_UNIT_THAT && u > begin && units[u - 1].kind == ISN_UNIT_AUX) {
            u--;
            if (units[u].sub == ISN_SUB_FUTURE)
                return ISN_STATUS_FUTURE;
            if (units[u].sub == ISN_SUB_HYPOTHETICAL)
                return ISN_STATUS_HYPOTHETICAL;
        }
        break;
    }
    return status;
}

static isn_event_status before_noun(const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *units = clauses->units;
    const isn_unit *unit = &units[act->unit];
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit)];
    if (act->unit > begin) {
        const isn_unit *before = &units[act->unit - 1];
        if (before->kind == ISN_UNIT_NEG)
            return ISN_STATUS_NEGATED;
        bool aux = before->kind == ISN_UNIT_AUX || before->kind == ISN_UNIT_NOUN;
        if (aux && before->sub == ISN_SUB_HYPOTHETICAL)
            return ISN_STATUS_HYPOTHETICAL;
        if (aux && before->sub == ISN_SUB_FUTURE)
            return ISN_STATUS_FUTURE;
    }
    isn_governor governor = reading->governors[act->unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    bool light = holder && holder->carry && holder->carry->kind == ISN_FRAME_LIGHT; /* "was exposed to (li-) an attack" */
    if (act->form == ISN_F_MASDAR && unit->prep == clauses->grammar->la && !unit->definite && !light &&
        clauses->grammar->la != ISN_NO_ROW)
        return ISN_STATUS_HYPOTHETICAL; /* "for holding talks" */
    return ISN_STATUS_ACTUAL;
}

isn_event_status isn_event_status_of(const isn_reading *reading, const isn_act *act)
{
    isn_event_status status = act->form == ISN_F_VERB ? before_verb(reading->clauses, act->unit)
                                                      : before_noun(reading, act);
    uint32_t unit = act->unit;
    for (int step = 0; step < 3; step++) {
        isn_governor governor = reading->governors[unit];
        if (governor.unit == ISN_NONE)
            break;
        const isn_act *holder = reading->acts[governor.unit];
        if (!holder || !holder->carry)
            break;
        bool decided = holder->carry->status == ISN_STATUS_FUTURE && isn_act_is_sanction(reading, act) &&
                       (!holder->frame || isn_act_is_decision(reading, holder));
        if (holder->carry->status != ISN_STATUS_ACTUAL && !decided)
            return holder->carry->status;
        isn_event_status above = holder->form == ISN_F_VERB
                                     ? before_verb(reading->clauses, holder->unit)
                                     : before_noun(reading, holder);
        if (above != ISN_STATUS_ACTUAL)
            return above;
        unit = governor.unit;
    }
    if (status == ISN_STATUS_ACTUAL)
        status = act->frame->status;
    return status;
}
