/* choose.c - which frame a word has where it stands. */
#include "event/reading.h"

#include "lexicon/schema.h"

static bool token_in_class(const isn_reading *reading, uint32_t token, uint32_t number)
{
    const isn_text *text = reading->clauses->text;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_CLASSES &&
                reading->frames->class_of[match->entry[e].row] == number)
                return true;
        }
    }
    return false;
}

bool isn_class_among(const isn_reading *reading, uint32_t from, uint32_t to, uint32_t number)
{
    for (uint32_t u = from; u < to && u < reading->clauses->n; u++) {
        const isn_unit *unit = &reading->clauses->units[u];
        for (uint32_t t = unit->first; t < unit->last; t++) {
            if (token_in_class(reading, t, number))
                return true;
        }
    }
    return false;
}

/* The unit that heads the noun phrase at `unit`: behind quotation marks and quantities. */
static uint32_t head_of(const isn_reading *reading, uint32_t unit, uint32_t after)
{
    const isn_unit *units = reading->clauses->units;
    uint32_t u = unit;
    while (u + 1 < after &&
           (units[u].kind == ISN_UNIT_QUOTE || units[u].sub == ISN_SUB_QUANTITY ||
            units[u].kind == ISN_UNIT_PREP ||
            (units[u].kind == ISN_UNIT_NOUN &&
             (units[u].pos == ISN_POS_NUMBER || units[u].pos == ISN_POS_DEMONSTRATIVE))))
        u++;
    return u;
}

static bool is_of_type(const isn_reading *reading, const isn_slot *slot, uint32_t type)
{
    for (uint8_t i = 0; i < slot->party.n; i++) {
        if (reading->clauses->entities->items[slot->party.entity[i]].type == type)
            return true;
    }
    return false;
}

static bool is_spelled(const isn_reading *reading, uint32_t token, uint32_t word)
{
    const isn_text *text = reading->clauses->text;
    uint32_t state = word ? isn_lexicon_step(text->lexicon, 0, word) : 0;
    const isn_word *w = text->tokens[token].word;
    if (!w || !word)
        return false;
    for (uint16_t a = 0; a < w->n_analyses; a++) {
        if (state && w->analyses[a].state == state)
            return true;
    }
    return w->id == word;
}

static bool slot_holds(const isn_reading *reading, const isn_condition *c, const isn_slot *slot)
{
    if (slot->unit == ISN_NONE)
        return c->kind == ISN_IF_TYPE ? is_of_type(reading, slot, c->value)
                                      : (c->kind == ISN_IF_HAS && slot->party.n > 0);
    uint32_t after = slot->after != ISN_NONE ? slot->after : slot->unit + 1;
    uint32_t head = head_of(reading, slot->unit, after);
    uint32_t token = reading->clauses->units[head].first;
    switch (c->kind) {
    case ISN_IF_CLASS:
        return token_in_class(reading, token, c->value);
    case ISN_IF_TYPE:
        return is_of_type(reading, slot, c->value);
    case ISN_IF_EVENT:
        return isn_act_possible(reading, head);
    case ISN_IF_LITERAL:
        return is_spelled(reading, token, c->word);
    default:
        return true;
    }
}

/* Adjectives of the noun at the act's unit. */
static bool adjective_holds(const isn_reading *reading, const isn_condition *c, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t u = act->unit + 1; u < clauses->n && u <= act->unit + 2; u++) {
        if (clauses->units[u].kind != ISN_UNIT_NOUN)
            break;
        uint32_t token = clauses->units[u].first;
        if (c->kind == ISN_IF_CLASS ? token_in_class(reading, token, c->value)
                                    : is_spelled(reading, token, c->word))
            return true;
    }
    return false;
}

static bool condition_holds(const isn_reading *reading, const isn_condition *c, const isn_act *act)
{
    const isn_slots *slots = act->slots;
    bool nominal = act->form != ISN_F_VERB;
    bool holds = false;
    if (c->slot == ISN_SLOT_ADJ)
        holds = adjective_holds(reading, c, act);
    else if (c->slot == ISN_SLOT_SUBJ)
        holds = slot_holds(reading, c, nominal ? &slots->gen : act->passive ? &slots->obj : &slots->subj);
    else if (c->slot == ISN_SLOT_OBJ && nominal)
        holds = slot_holds(reading, c, &slots->gen) || slot_holds(reading, c, &slots->obj);
    else if (c->slot == ISN_SLOT_OBJ)
        holds = slot_holds(reading, c, act->passive ? &slots->subj : &slots->obj) ||
                slot_holds(reading, c, &slots->obj2);
    else if (c->slot == ISN_SLOT_GEN)
        holds = slot_holds(reading, c, &slots->gen);
    else
        for (uint8_t i = 0; i < slots->n_preps && !holds; i++)
            holds = slots->preps[i].prep == c->slot && slot_holds(reading, c, &slots->preps[i]);
    return holds != (c->negated != 0);
}

static uint8_t forms_wanted(const isn_act *act)
{
    switch (act->form) {
    case ISN_F_VERB:
        return ISN_FRAME_VERB;
    case ISN_F_MASDAR:
        return ISN_FRAME_MASDAR;
    case ISN_F_ACTIVE:
    case ISN_F_PASSIVE:
        return ISN_FRAME_PARTICIPLE;
    default:
        return ISN_FRAME_NOMINAL;
    }
}

/* A verb whose letters can be passive is one if its frame wants an object and it has none of its own. */
static bool reads_passive(const isn_frame *frame, const isn_act *act, const isn_unit *unit)
{
    if (unit->detail & ISN_V_PASSIVE_ONLY)
        return true;
    if (!(unit->detail & ISN_V_MAYBE_PASSIVE) || act->slots->obj.unit != ISN_NONE ||
        act->slots->obj.party.n || act->slots->that != ISN_NONE || act->slots->carried ||
        act->slots->subject_before || act->slots->subj.unit == ISN_NONE)
        return false;
    for (uint8_t i = 0; i < frame->n_slots; i++) {
        if (frame->slots[i].slot == ISN_SLOT_OBJ &&
            (frame->slots[i].role == ISN_ROLE_RECIPIENT || frame->slots[i].role == ISN_ROLE_TARGET))
            return true;
    }
    return false;
}

/* The frame among items[first, last) whose conditions all hold, the one with most of them; ties go to the first. */
static void consider(isn_act *act, int *best, const isn_reading *reading, uint32_t first, uint32_t last)
{
    const isn_unit *unit = &reading->clauses->units[act->unit];
    for (uint32_t row = first; row < last; row++) {
        const isn_frame *frame = &reading->frames->items[row];
        if (!(frame->forms & forms_wanted(act)))
            continue;
        isn_act tried = *act;
        tried.passive = act->form == ISN_F_VERB && reads_passive(frame, act, unit);
        bool good = true;
        for (uint8_t i = 0; i < frame->n_conditions && good; i++)
            good = condition_holds(reading, &frame->conditions[i], &tried);
        if (good && frame->n_conditions > *best) {
            *best = frame->n_conditions;
            act->frame = frame;
            act->passive = tried.passive;
        }
    }
}

/* The longest phrase of frames.tsv that begins at the unit's first token; adds its frames. */
static void consider_phrases(isn_act *act, int *best, const isn_reading *reading)
{
    const isn_text *text = reading->clauses->text;
    uint32_t token = act->token;
    uint32_t longest = 0;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        const isn_analysis *best_analysis = isn_token_best(&text->tokens[token]);
        if (match->n < longest)
            break;
        if (match->n == 1 && best_analysis && best_analysis->pos == ISN_POS_VERB)
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_FRAMES)
                continue;
            isn_act tried = *act;
            tried.form = ISN_F_PHRASE;
            tried.frame = NULL;
            int score = match->n > 1 ? -1 : *best;
            consider(&tried, &score, reading, match->entry[e].row, match->entry[e].row + 1);
            if (!tried.frame)
                continue;
            longest = match->n;
            *best = score + (match->n > 1 ? 2 : 0);
            tried.n_tokens = match->n;
            tried.detail = match->entry[e].detail;
            *act = tried;
        }
    }
}

static uint8_t form_of(const isn_analysis *analysis)
{
    switch (analysis->pos) {
    case ISN_POS_VERB:
        return ISN_F_VERB;
    case ISN_POS_ACTIVE:
        return ISN_F_ACTIVE;
    case ISN_POS_PASSIVE:
        return ISN_F_PASSIVE;
    default:
        return ISN_F_MASDAR;
    }
}

/* A verb row for a nominal token whose chosen analysis has none, from its other analyses of the same stem. */
static const isn_analysis *verbal_analysis(const isn_token *token)
{
    const isn_analysis *best = isn_token_best(token);
    if (!best || best->verb >= 0 || best->pos == ISN_POS_VERB)
        return best;
    for (uint16_t a = 0; a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->verb >= 0 && other->pos == ISN_POS_MASDAR && other->skip == best->skip &&
            other->stem == best->stem)
            return other;
    }
    return best;
}

bool isn_act_possible(const isn_reading *reading, uint32_t unit)
{
    const isn_text *text = reading->clauses->text;
    uint32_t token = reading->clauses->units[unit].first;
    const isn_analysis *analysis = verbal_analysis(&text->tokens[token]);
    if (!analysis)
        return false;
    if (analysis->verb >= 0 && analysis->pos != ISN_POS_VERB) {
        uint32_t first = reading->frames->of_verb[analysis->verb];
        if (first != ISN_NO_ROW) {
            for (uint32_t row = first; row < isn_frames_after(reading->frames, first); row++) {
                const isn_frame *frame = &reading->frames->items[row];
                if (frame->kind == ISN_FRAME_EVENT && (frame->forms & ISN_FRAME_MASDAR))
                    return true;
            }
        }
    }
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table == ISN_T_FRAMES &&
                reading->frames->items[entry->row].kind == ISN_FRAME_EVENT)
                return true;
        }
    }
    return false;
}

isn_act *isn_act_choose(isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *u = &clauses->units[unit];
    const isn_token *token = &clauses->text->tokens[u->first];
    const isn_analysis *analysis = verbal_analysis(token);
    if (!analysis)
        return NULL;
    isn_act act = {.unit = unit, .token = u->first, .n_tokens = 1, .event = ISN_NONE,
                   .detail = analysis->detail, .form = form_of(analysis)};
    isn_slots *slots = NULL;
    if (u->kind == ISN_UNIT_VERB) {
        act.slots = clauses->slots[unit];
    } else {
        bool any = analysis->verb >= 0;
        for (uint32_t m = clauses->text->match_from[u->first];
             !any && m < clauses->text->match_from[u->first + 1]; m++)
            for (uint8_t e = 0; e < clauses->text->matches[m].entries; e++)
                any |= clauses->text->matches[m].entry[e].table == ISN_T_FRAMES;
        if (!any)
            return NULL;
        slots = isn_arena_alloc(reading->arena, sizeof *slots);
        if (!slots)
            return NULL;
        isn_slots_of_noun(slots, clauses, unit);
        act.slots = slots;
    }
    int best = -1;
    if (analysis->verb >= 0) {
        uint32_t first = reading->frames->of_verb[analysis->verb];
        if (first != ISN_NO_ROW)
            consider(&act, &best, reading, first, isn_frames_after(reading->frames, first));
        uint32_t own = reading->frames->of_masdar[analysis->verb];
        if (own != ISN_NO_ROW && act.form == ISN_F_MASDAR)
            consider(&act, &best, reading, own, isn_frames_after(reading->frames, own));
    }
    consider_phrases(&act, &best, reading);
    if (!act.frame)
        return NULL;
    isn_act *kept = isn_arena_alloc(reading->arena, sizeof *kept);
    if (kept)
        *kept = act;
    return kept;
}
