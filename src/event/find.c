/* find.c - the events of a text: acts, what governs them, and what is kept. */
#include "event/reading.h"

#include "lexicon/schema.h"

/* --- governors -------------------------------------------------------------------------------------------------- */

/* Does the act at `unit` name the slot in which it holds something: "demanded during the protests ... the dismissal (bi-)"? */
static bool claims(const isn_reading *reading, uint32_t unit, uint32_t name)
{
    const isn_act *act = reading->acts[unit];
    bool named = false;
    if (!act || act->form != ISN_F_VERB || name >= reading->clauses->grammar->n_functions)
        return false;
    if (act->frame)
        isn_frame_role(act->frame, name, ISN_ORGANIZATION, &named);
    if (!named && act->carry)
        isn_frame_role(act->carry, name, ISN_ORGANIZATION, &named);
    return named;
}

static void govern_phrase(isn_reading *reading, uint32_t holder, uint32_t name, const isn_slot *slot)
{
    if (slot->unit == ISN_NONE)
        return;
    uint32_t after = slot->after != ISN_NONE ? slot->after : slot->unit + 1;
    for (uint32_t u = slot->unit; u < after && u < reading->clauses->n; u++) {
        isn_governor *main = &reading->governors[u];
        bool told = main->unit != ISN_NONE;
        if (u == holder)
            continue;
        if (told && main->unit < holder && holder < u && main->slot == name && claims(reading, main->unit, name))
            continue;
        if (told && holder > u && main->unit < u) { /* "a visit paid by X": its clause tells of it too */
            reading->relatives[u] = (isn_governor){holder, name};
            continue;
        }
        if (told && holder < u && main->unit > u)
            reading->relatives[u] = *main;
        *main = (isn_governor){holder, name};
    }
}

static void govern(isn_reading *reading, uint32_t holder, const isn_slots *slots)
{
    govern_phrase(reading, holder, ISN_SLOT_SUBJ, &slots->subj);
    govern_phrase(reading, holder, ISN_SLOT_OBJ, &slots->obj);
    govern_phrase(reading, holder, ISN_SLOT_OBJ, &slots->obj2);
    for (uint8_t i = 0; i < slots->n_preps; i++)
        govern_phrase(reading, holder, slots->preps[i].prep, &slots->preps[i]);
    if (reading->clauses->units[holder].kind != ISN_UNIT_VERB)
        govern_phrase(reading, holder, ISN_SLOT_GEN, &slots->gen);
}

/* "to expel X and (wa-) close Y": a noun of act joined to another hangs on what holds that one. */
static void share_governor(isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *units = clauses->units;
    if (reading->governors[unit].unit != ISN_NONE || !units[unit].conj || units[unit].prep != ISN_NO_ROW)
        return;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    for (uint32_t u = unit; u > begin && u + 14 > unit;) {
        u--;
        if (units[u].kind == ISN_UNIT_VERB || units[u].kind == ISN_UNIT_THAT || units[u].kind == ISN_UNIT_STOP)
            return;
        const isn_act *act = reading->acts[u];
        if (!act || act->form != ISN_F_MASDAR || !act->frame || act->frame->kind != ISN_FRAME_EVENT)
            continue;
        reading->governors[unit] = reading->governors[u];
        return;
    }
}

/* --- what an event is worth ------------------------------------------------------------------------------------- */

/* Types whose nouns say nothing unless it is clear who does it: support, agreement, refusal ... of nobody in particular. */
static bool is_only_words(isn_str type)
{
    static const char *const types[] = {"SUPPORT", "AGREE", "AID", "CONCEDE", "REQUEST", "REJECT", "ACCUSE", "COOPERATE", "THREATEN"};
    return isn_str_among(type, types, sizeof types / sizeof *types);
}

static bool is_content(const isn_frame *frame, uint32_t slot)
{
    bool named;
    isn_slot_role role = isn_frame_role(frame, slot, ISN_PLACE, &named);
    if (!named) /* "demanded during the protests": only the object is what is demanded */
        return slot == ISN_SLOT_OBJ || slot == ISN_SLOT_GEN;
    return role == ISN_ROLE_CONTENT || role == ISN_ROLE_EVENT;
}

/* An attack that is condemned, by whoever made it (V14); not one that somebody is charged with. */
static bool is_condemned(const isn_act *act, const isn_act *holder)
{
    return holder && holder->frame && isn_str_equal(act->frame->type, ISN_STR("ASSAULT")) &&
           isn_str_equal(holder->frame->type, ISN_STR("ACCUSE")) && isn_str_equal(holder->frame->mode, ISN_STR("disapprove"));
}

/* Does it stand in what a request asks for (V6: no event of its own), or in what somebody is accused of without being
 * told to have done it? */
static bool is_asked_for(const isn_reading *reading, const isn_act *act, bool has_actor)
{
    uint32_t unit = act->unit;
    for (int step = 0; step < 4; step++) {
        isn_governor governor = reading->governors[unit];
        if (governor.unit == ISN_NONE)
            return false;
        const isn_act *holder = reading->acts[governor.unit];
        bool says = holder && holder->event != ISN_NONE && (holder->eaten == unit || is_content(holder->frame, governor.slot));
        bool threat = says && !has_actor && is_only_words(act->frame->type) && isn_str_equal(holder->frame->type, ISN_STR("THREATEN"));
        if (threat) /* "threatened to complain" */
            return true;
        if (says && (isn_str_equal(holder->frame->type, ISN_STR("REQUEST")) ||
                     (!has_actor && isn_str_equal(holder->frame->type, ISN_STR("ACCUSE")) && !is_condemned(act, holder))))
            return true;
        if (governor.unit >= unit)
            return false;
        unit = governor.unit;
    }
    return false;
}

/* The same for a verb in the clause that a request brings with "that". */
static bool is_asked_in_clause(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    for (uint32_t u = unit; u > clauses->sentence_from[sentence];) {
        u--;
        const isn_act *act = reading->acts[u];
        if (!act || act->event == ISN_NONE || act->slots->that == ISN_NONE ||
            act->slots->that > unit || !isn_str_equal(act->frame->type, ISN_STR("REQUEST")))
            continue;
        return clauses->units[act->slots->that].kind == ISN_UNIT_THAT &&
               isn_clause_begin(clauses, unit) == act->slots->that + 1;
    }
    return false;
}

static bool in_headline(const isn_reading *reading, uint32_t token)
{
    const isn_text *text = reading->clauses->text;
    const isn_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    isn_block_kind kind = text->blocks[sentence->block].kind;
    return kind == ISN_BLOCK_TITLE || kind == ISN_BLOCK_HEADING;
}

/* A participle tells an act of its own as a circumstance ("calling on ...") or as the predicate of a name ("Ankara is
 * called upon"); beside a noun it only describes. */
static bool is_told_by_participle(const isn_reading *reading, const isn_act *act)
{
    const isn_unit *unit = &reading->clauses->units[act->unit];
    if (isn_unit_is_circumstance(unit))
        return true;
    if (unit->definite || unit->prep != ISN_NO_ROW || unit->conj || act->unit == 0)
        return false;
    const isn_unit *before = unit - 1;
    return before->kind == ISN_UNIT_MENTION && before->definite &&
           reading->clauses->entities->items[before->entity].type != ISN_GROUP;
}

/* Does "was done" stand before the noun, with nothing but phrases of place, time and manner between? */
static bool is_done(const isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    for (uint32_t u = unit; u > begin && u + 8 > unit;) {
        u--;
        const isn_unit *before = &clauses->units[u];
        if (before->kind == ISN_UNIT_AUX && before->sub == ISN_SUB_PASSIVE)
            return true;
        if (before->kind == ISN_UNIT_VERB || before->kind == ISN_UNIT_THAT || before->kind == ISN_UNIT_COMMA ||
            (before->kind == ISN_UNIT_NOUN && before->prep == ISN_NO_ROW && u + 1 == unit &&
             !(u > begin && clauses->units[u - 1].kind == ISN_UNIT_PREP)))
            return false;
    }
    return false;
}

/* "Dead and wounded in an explosion": an attack behind "in" that has victims before it, without a verb, as headlines tell it. */
static bool follows_victims(const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit)];
    if (!isn_str_equal(act->frame->type, ISN_STR("ASSAULT")) || clauses->units[act->unit].definite ||
        act->unit < begin + 2 || clauses->units[act->unit - 1].prep != clauses->grammar->fi)
        return false;
    bool victims = false;
    for (uint32_t u = act->unit - 1; u > begin;) {
        u--;
        if (clauses->units[u].kind == ISN_UNIT_VERB || clauses->units[u].kind == ISN_UNIT_THAT ||
            clauses->units[u].kind == ISN_UNIT_AUX)
            return false;
        victims |= isn_unit_is_nominal(&clauses->units[u]) && isn_unit_in_class(reading, u, reading->frames->victim);
    }
    return victims;
}

/* "In protest at", with any verb that doesn't carry the protest itself ("held a protest"): no protest of a state or a body. */
static bool is_reason(const isn_reading *reading, const isn_act *act)
{
    isn_governor governor = reading->governors[act->unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    bool held = holder && holder->carry && holder->carry->kind == ISN_FRAME_LIGHT;
    return isn_act_is_accusative(reading, act) && !held;
}

/* "a plan to (li-) withdraw X": what a noun is for, not what is done; unless the noun brings acts. */
static bool is_planned(const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *unit = &clauses->units[act->unit];
    if (act->form != ISN_F_MASDAR || act->unit == 0 || unit->prep != clauses->grammar->la || unit->definite || unit->pronoun)
        return false;
    const isn_unit *before = unit - 1;
    const isn_act *holder = reading->governors[act->unit].unit != ISN_NONE ? reading->acts[reading->governors[act->unit].unit] : NULL;
    return before->kind == ISN_UNIT_NOUN && !before->definite && before->last == unit->first && !reading->acts[act->unit - 1] &&
           !(holder && holder->carry);
}

/* A noun that nobody is told to do counts only where a clause of its own tells it (V2, V10). */
static bool is_told(const isn_reading *reading, const isn_act *act, const isn_event *event)
{
    if (act->form == ISN_F_ACTIVE || act->form == ISN_F_PASSIVE)
        return is_told_by_participle(reading, act);
    if (isn_str_equal(event->type, ISN_STR("PROTEST")) && event->actor.n && is_reason(reading, act) &&
        reading->clauses->entities->items[event->actor.entity[0]].type != ISN_GROUP)
        return false;
    if (is_planned(reading, act))
        return false;
    if (event->actor.n || act->form == ISN_F_VERB)
        return true;
    if (event->recipient.n && !isn_act_is_thought_of(reading, act) && !is_only_words(event->type))
        return true;
    isn_governor governor = reading->governors[act->unit];
    if (governor.unit != ISN_NONE && governor.slot == ISN_SLOT_SUBJ && act->form != ISN_F_MASDAR &&
        reading->clauses->units[governor.unit].kind == ISN_UNIT_VERB &&
        reading->clauses->slots[governor.unit]->that == ISN_NONE)
        return true; /* but not "the inquiry showed that" */
    if (governor.unit != ISN_NONE && reading->acts[governor.unit] &&
        reading->acts[governor.unit]->carry && reading->acts[governor.unit]->carry->kind == ISN_FRAME_LIGHT)
        return true;
    if (is_done(reading, act->unit) || follows_victims(reading, act))
        return true;
    if (governor.unit != ISN_NONE && act->form == ISN_F_PHRASE && is_condemned(act, reading->acts[governor.unit]))
        return true;
    if (isn_str_equal(event->type, ISN_STR("PROTEST")))
        return !isn_act_is_circumstance(reading, act); /* crowds need no name */
    if (isn_str_equal(event->type, ISN_STR("CONSULT")) && !isn_act_is_thought_of(reading, act) &&
        reading->clauses->units[act->unit].prep != reading->clauses->grammar->la)
        return true; /* who met is told around it */
    return !reading->clauses->units[act->unit].definite &&
           (in_headline(reading, act->token) || isn_act_heads_sentence(reading, act->unit));
}

/* "Iran must comply": whoever must is asked. */
static void ask_subject(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit) + 1], u = act->unit + 1;
    while (u < end && u < act->unit + 5 && !clauses->slots[u])
        u++;
    const isn_slots *slots = u < end ? clauses->slots[u] : NULL;
    for (uint8_t i = 0; slots && event->recipient.n == 0 && i < slots->subj.party.n; i++) {
        if (!isn_party_has(&event->actor, slots->subj.party.entity[i]))
            isn_party_add(&event->recipient, slots->subj.party.entity[i]);
    }
}

/*
 * What a speaker utters as a noun is his own act: "expressed its condemnation", "stressed the need for". Where the act
 * opens the quote and nobody else is told to do it, the speaker does.
 */
static void speaker_acts(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    static const char *const types[] = {"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN", "CONCEDE"};
    uint32_t q = reading->quote_of[act->token];
    if (event->actor.n || q == ISN_NONE || reading->quotes->items[q].speaker == ISN_NONE)
        return;
    const isn_quote *quote = &reading->quotes->items[q];
    bool modal = reading->clauses->units[act->unit].kind == ISN_UNIT_AUX;
    if (act->form == ISN_F_VERB || modal) { /* "it must": what a speaker calls necessary he asks for */
        if (isn_str_equal(event->type, ISN_STR("REQUEST")) && (modal || act->slots->subj.party.n == 0))
            isn_party_add(&event->actor, quote->speaker);
        if (modal)
            ask_subject(event, reading, act);
        return;
    }
    if (quote->direct || act->token > quote->first + 3)
        return;
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t u = act->unit; u > 0 && clauses->units[u - 1].first >= quote->first;) {
        u--;
        if (clauses->units[u].kind == ISN_UNIT_VERB)
            return; /* what the verb before it brings */
    }
    if (isn_str_among(event->type, types, sizeof types / sizeof *types))
        isn_party_add(&event->actor, quote->speaker);
}

/* "helped them by (min khilali) supplying arms": whoever acts in the clause does what it is done by. */
static void take_means(isn_event *event, const isn_events *events, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *unit = &clauses->units[act->unit];
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit)];
    bool words = is_only_words(event->type) || isn_str_equal(event->type, ISN_STR("CONSULT"));
    if (event->actor.n || act->form != ISN_F_MASDAR || act->unit == begin || (words && event->recipient.n == 0) || (unit - 1)->kind != ISN_UNIT_PREP ||
        (unit - 1)->pronoun || clauses->grammar->functions[(unit - 1)->prep].sub != ISN_SUB_AGENT)
        return;
    for (uint32_t u = act->unit - 1; u > begin && event->actor.n == 0; u--) {
        const isn_act *before = reading->acts[u - 1];
        const isn_event *told = before && before->event != ISN_NONE ? &events->items[before->event] : NULL;
        if (told) /* of what somebody is accused of he does */
            event->actor = isn_str_equal(told->type, ISN_STR("ACCUSE")) && told->recipient.n ? told->recipient : told->actor;
        else if (clauses->slots[u - 1])
            event->actor = clauses->slots[u - 1]->subj.party;
    }
    event->actor.carried = 1;
}

/*
 * "imposed sanctions", "reached an agreement": a noun of act in the slot of a verb that tells the same act is told by the
 * verb; whom only the noun knows goes to the verb's event.
 */
static bool is_told_by_holder(isn_events *events, const isn_reading *reading, const isn_act *act,
                              const isn_event *event)
{
    /* "extended the sanctions that it imposes on X" too */
    bool relative = act->form == ISN_F_VERB && act->eaten != ISN_NONE && act->eaten < act->unit;
    uint32_t unit = relative ? act->eaten : act->unit;
    for (int step = 0; step < 2; step++) {
        isn_governor governor = reading->governors[unit];
        if (governor.unit == ISN_NONE || governor.unit >= act->unit)
            return false;
        const isn_act *holder = reading->acts[governor.unit];
        bool named = false;
        if (holder && holder->frame && governor.slot != ISN_SLOT_OBJ)
            isn_frame_role(holder->frame, governor.slot, ISN_ORGANIZATION, &named);
        bool visit = isn_str_equal(act->frame->mode, ISN_STR("visit")) && holder && holder->frame &&
                     isn_str_equal(holder->frame->mode, act->frame->mode) &&
                     governor.slot == reading->clauses->grammar->fi; /* "arrived on a visit" is one */
        if (governor.slot != ISN_SLOT_OBJ && governor.slot != ISN_SLOT_GEN && !named && !visit)
            return false;
        if (holder && holder->event != ISN_NONE &&
            isn_str_equal(events->items[holder->event].type, event->type)) {
            isn_event *kept = &events->items[holder->event];
            if (relative && event->actor.n && kept->actor.n && event->actor.entity[0] != kept->actor.entity[0])
                return false; /* "thanked for the support that X gave" */
            for (uint8_t i = 0; i < event->recipient.n && kept->recipient.n == 0; i++)
                isn_party_add(&kept->recipient, event->recipient.entity[i]);
            if (isn_act_is_joint(act->frame))
                for (uint8_t i = 0; i < event->actor.n; i++)
                    isn_party_add(&kept->actor, event->actor.entity[i]);
            return true;
        }
        unit = governor.unit;
    }
    return false;
}

/* --- quotes and chains ------------------------------------------------------------------------------------------ */

static void fill_via(isn_event *event, const isn_reading *reading)
{
    event->quote = reading->quote_of[event->trigger];
    uint32_t chain[8];
    size_t depth = 0;
    for (uint32_t q = event->quote; q != ISN_NONE && depth < 8; q = reading->quotes->items[q].outer)
        chain[depth++] = q;
    while (depth > 0) { /* outermost first */
        const isn_quote *quote = &reading->quotes->items[chain[--depth]];
        for (uint8_t i = 0; i < quote->n_via && event->n_via < ISN_MOST_VIA; i++)
            event->via[event->n_via++] = quote->via[i];
        if (quote->speaker != ISN_NONE && !isn_party_has(&event->actor, quote->speaker) &&
            event->n_via < ISN_MOST_VIA)
            event->via[event->n_via++] = quote->speaker;
    }
}

static bool mark_quotes(isn_reading *reading)
{
    size_t n = reading->clauses->text->n_tokens;
    reading->quote_of = isn_arena_alloc(reading->arena, (n + 1) * sizeof *reading->quote_of);
    if (!reading->quote_of)
        return false;
    for (size_t t = 0; t < n; t++)
        reading->quote_of[t] = ISN_NONE;
    for (uint32_t q = 0; q < reading->quotes->n; q++) { /* in order of begin: inner ones overwrite outer ones */
        const isn_quote *quote = &reading->quotes->items[q];
        for (uint32_t t = quote->first; t < quote->last && t < n; t++)
            reading->quote_of[t] = q;
    }
    return true;
}

/* --- contexts ---------------------------------------------------------------------------------------------------- */

static void add_context(isn_event *event, isn_str context)
{
    for (uint8_t i = 0; i < event->n_contexts; i++) {
        if (isn_str_equal(event->contexts[i], context))
            return;
    }
    if (context.n && event->n_contexts < ISN_MOST_CONTEXTS)
        event->contexts[event->n_contexts++] = context;
}

static void fill_contexts(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    const isn_text *text = reading->clauses->text;
    isn_str item, rest = act->frame->contexts;
    while (rest.n && isn_str_next(&item, &rest, '|'))
        add_context(event, item);
    const isn_sentence *sentence = &text->sentences[text->tokens[act->token].sentence];
    for (uint32_t t = sentence->first; t < sentence->last; t++) {
        for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
            for (uint8_t e = 0; e < text->matches[m].entries; e++) {
                const isn_entry *entry = &text->matches[m].entry[e];
                if (entry->table == ISN_T_CONTEXTS)
                    add_context(event, isn_lexicon_cell(text->lexicon, ISN_T_CONTEXTS, entry->row,
                                                        ISN_C_CONTEXTS_CONTEXT));
            }
        }
    }
}

/* The last event of the type before this one that has an actor and so many parties, or NULL. */
static const isn_event *told_before(const isn_events *events, isn_str type, int least)
{
    for (size_t i = events->n; i > 0; i--) {
        const isn_event *event = &events->items[i - 1];
        if (isn_str_equal(event->type, type) && event->actor.n && event->actor.n + event->recipient.n >= least)
            return event;
    }
    return NULL;
}

/*
 * "the attacks": a definite noun of act that tells nobody means the act that was told before: its parties are those of the
 * last event of its type that has an actor. "talks were held", "both reviewed": those who met last meet again.
 */
static void inherit_parties(isn_event *event, const isn_events *events, const isn_reading *reading,
                            const isn_act *act)
{
    const isn_unit *unit = &reading->clauses->units[act->unit];
    bool joint = isn_act_is_joint(act->frame) && event->recipient.n == 0;
    bool both = act->form == ISN_F_VERB && joint && (act->detail & (ISN_V_DUAL | ISN_V_PLURAL)) &&
                event->actor.n < 2 && (event->actor.n == 0 || event->actor.carried || act->slots->carried);
    bool held = act->form != ISN_F_VERB && joint && event->actor.n == 0 &&
                (unit->definite || is_done(reading, act->unit));
    if (both || held) {
        const isn_event *met = told_before(events, ISN_STR("CONSULT"), 2);
        if (!met)
            met = told_before(events, ISN_STR("CONSULT"), 1);
        if (!met)
            return;
        event->actor = met->actor;
        for (uint8_t i = 0; i < met->recipient.n; i++)
            isn_party_add(&event->actor, met->recipient.entity[i]);
        event->actor.carried = 1;
        if (isn_str_equal(met->mode, ISN_STR("phone")))
            event->mode = met->mode;
        return;
    }
    bool received = unit->pronoun && event->recipient.n && isn_str_equal(act->frame->mode, ISN_STR("visit"));
    if (event->actor.n || act->form == ISN_F_VERB || !(unit->definite || received) || unit->kind != ISN_UNIT_NOUN)
        return;
    const isn_event *before = told_before(events, event->type, 1);
    if (!before)
        return;
    event->actor = before->actor;
    event->actor.carried = 1;
    if (event->recipient.n == 0)
        event->recipient = before->recipient;
}

/*
 * "during the meeting", "the summit": a definite noun of meeting that tells nobody, after a meeting was told, only speaks of
 * it again, unless a verb says that it takes place.
 */
static bool speaks_again(const isn_events *events, const isn_reading *reading, const isn_act *act, const isn_event *event)
{
    isn_governor governor = reading->governors[act->unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    const isn_grammar *grammar = reading->clauses->grammar;
    const isn_unit *unit = &reading->clauses->units[act->unit];
    bool beside = act->unit > 0 && (unit - 1)->kind == ISN_UNIT_PREP && (unit - 1)->prep < grammar->n_functions &&
                  grammar->functions[(unit - 1)->prep].sub == ISN_SUB_TIME; /* "during the call (there) took place ..." */
    return act->form != ISN_F_VERB && event->actor.n == 0 && event->recipient.n == 0 &&
           isn_str_equal(event->type, ISN_STR("CONSULT")) && unit->definite && !(holder && holder->carry && !beside) && (beside || !is_done(reading, act->unit)) &&
           told_before(events, event->type, 1);
}

/* --- who is concerned through what is spoken of ----------------------------------------------------------------- */

/* The act, if any, that stands in a slot of `holder`: the first one to its right that it governs, two steps deep. */
static const isn_act *governed_act(const isn_reading *reading, const isn_act *holder)
{
    uint32_t end = holder->slots->end > holder->unit ? holder->slots->end : holder->unit + 1;
    for (uint32_t u = holder->unit + 1; u < end && u < reading->clauses->n; u++) {
        const isn_act *act = reading->acts[u];
        if (!act || !act->frame || act->frame->kind != ISN_FRAME_EVENT)
            continue;
        uint32_t above = reading->governors[u].unit;
        if (above == holder->unit || (above == holder->eaten && above != ISN_NONE && above > holder->unit) ||
            (above != ISN_NONE && reading->governors[above].unit == holder->unit))
            return act;
    }
    return NULL;
}

static bool is_kindness(isn_str type)
{
    return isn_str_equal(type, ISN_STR("AID")) || isn_str_equal(type, ISN_STR("SUPPORT")) || isn_str_equal(type, ISN_STR("CONSULT"));
}

/*
 * "condemned the attacks": whoever attacked is the one condemned. "threatened to attack X", "refused to receive X", "promised to
 * help X": X is threatened, refused, promised. "stressed the need for the withdrawal of X": X is asked.
 */
static void concern(isn_events *events, const isn_reading *reading, const isn_act *act)
{
    isn_event *event = &events->items[act->event];
    bool together = event->actor.n > 1 && isn_act_is_joint(act->frame); /* the other side is there */
    if (event->recipient.n == 0 && isn_str_equal(event->type, ISN_STR("AGREE")) && !together)
        isn_event_put_partner(event, reading, act);
    const isn_act *inner = event->recipient.n ? NULL : governed_act(reading, act);
    if (!inner)
        return;
    isn_event told = {.place = ISN_NONE};
    uint32_t verb = reading->relatives[inner->unit].unit; /* "the help that X gave" */
    const isn_act *teller = verb != ISN_NONE && reading->acts[verb] && reading->acts[verb]->eaten == inner->unit ? reading->acts[verb] : inner;
    const isn_event *known = teller->event != ISN_NONE ? &events->items[teller->event] : &told;
    if (known == &told)
        isn_event_fill(&told, reading, inner);
    const isn_party *party = NULL;
    if (isn_str_equal(event->type, ISN_STR("ACCUSE")) || isn_str_equal(event->type, ISN_STR("SUPPORT")))
        party = &known->actor;
    else if (isn_str_equal(event->type, ISN_STR("THREATEN")))
        party = &known->recipient;
    else if ((isn_str_equal(event->type, ISN_STR("REJECT")) || isn_str_equal(event->type, ISN_STR("AGREE"))) &&
             is_kindness(inner->frame->type))
        party = &known->recipient;
    else if (isn_str_equal(event->type, ISN_STR("REQUEST")))
        party = &known->actor;
    for (uint8_t i = 0; party && i < party->n; i++) {
        if (!isn_party_has(&event->actor, party->entity[i]))
            isn_party_add(&event->recipient, party->entity[i]);
    }
}

/* Who acts in all other tellings of the type that share a recipient with the event; NULL where they differ or none does. */
static const isn_party *told_elsewhere(const isn_events *events, const isn_event *event)
{
    const isn_party *found = NULL;
    for (size_t i = 0; i < events->n; i++) {
        const isn_event *other = &events->items[i];
        bool shared = false;
        if (other == event || other->actor.n == 0 || !isn_str_equal(other->type, event->type) ||
            other->status == ISN_STATUS_NEGATED)
            continue;
        for (uint8_t r = 0; r < event->recipient.n; r++) {
            if (isn_party_has(&other->actor, event->recipient.entity[r]))
                return NULL;
            shared |= isn_party_has(&other->recipient, event->recipient.entity[r]);
        }
        if (!shared)
            continue;
        if (found && (found->n != other->actor.n || found->entity[0] != other->actor.entity[0]))
            return NULL;
        found = &other->actor;
    }
    return found;
}

/* "the attack on X": who attacked X is told where the article tells it in full. */
static void complete(isn_events *events)
{
    for (size_t i = 0; i < events->n; i++) {
        isn_event *event = &events->items[i];
        const isn_party *actor = event->actor.n || event->recipient.n == 0 ? NULL : told_elsewhere(events, event);
        if (!actor)
            continue;
        event->actor = *actor;
        event->actor.carried = 1;
    }
}

/* "its condemnation and denunciation of X": of two acts of one kind that stand side by side the first is done to X too. */
static void share_recipients(isn_events *events, const isn_text *text)
{
    for (size_t i = events->n; i-- > 1;) {
        isn_event *event = &events->items[i - 1];
        const isn_event *next = &events->items[i];
        bool nouns = event->rule[0] != 'v' || event->rule[4] == 'a'; /* "verbal noun", "noun" */
        if (!nouns || event->recipient.n || next->recipient.n == 0 || next->trigger > event->trigger + 4 || !isn_str_equal(event->type, next->type) ||
            !is_only_words(event->type) || text->tokens[event->trigger].sentence != text->tokens[next->trigger].sentence)
            continue;
        for (uint8_t r = 0; r < next->recipient.n; r++) {
            if (!isn_party_has(&event->actor, next->recipient.entity[r]))
                isn_party_add(&event->recipient, next->recipient.entity[r]);
        }
    }
}

/* --- making them ------------------------------------------------------------------------------------------------ */

static bool make_event(isn_events *out, isn_reading *reading, isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_text *text = clauses->text;
    isn_event event = {.trigger = act->token, .frame = act->frame->row, .type = act->frame->type,
                       .place = ISN_NONE, .quote = ISN_NONE};
    isn_event_fill(&event, reading, act);
    speaker_acts(&event, reading, act);
    take_means(&event, out, reading, act);
    if (!is_told(reading, act, &event) || !isn_event_is_political(reading, act, &event) || is_asked_for(reading, act, event.actor.n > 0) ||
        is_asked_in_clause(reading, act->unit) || is_told_by_holder(out, reading, act, &event) ||
        isn_event_is_part(out, reading, act, &event) || isn_act_is_decision(reading, act))
        return true;
    if (speaks_again(out, reading, act, &event))
        return true;
    inherit_parties(&event, out, reading, act);
    const isn_token *token = &text->tokens[act->token];
    const isn_analysis *best = isn_token_best(token);
    event.trigger_begin = isn_token_stem_begin(text, token, best, true);
    event.trigger_end = act->n_tokens > 1 ? text->tokens[act->token + act->n_tokens - 1].end
                                          : isn_token_stem_end(text, token, best);
    uint32_t from = act->form == ISN_F_VERB ? act->slots->begin : act->unit;
    uint32_t to = act->slots->end > act->unit ? act->slots->end : act->unit + 1;
    event.begin = text->tokens[clauses->units[from].first].begin;
    event.end = text->tokens[clauses->units[to - 1].last - 1].end;
    if (event.begin > event.trigger_begin)
        event.begin = event.trigger_begin;
    if (event.end < event.trigger_end)
        event.end = event.trigger_end;
    event.status = isn_event_status_of(reading, act);
    if (event.status == ISN_STATUS_HYPOTHETICAL && event.actor.n == 0 && act->form == ISN_F_MASDAR)
        return true; /* "in order to": nobody's act yet */
    event.date = isn_dates_near(clauses->dates, text, act->token);
    bool past = act->form == ISN_F_VERB && (act->detail & ISN_V_TENSE) == ISN_V_PAST;
    if (event.status == ISN_STATUS_ACTUAL && event.date && !past && !is_only_words(event.type) && isn_date_is_to_come(clauses->dates, event.date))
        event.status = ISN_STATUS_FUTURE;
    isn_event_fill_mode(&event, reading, act);
    fill_contexts(&event, reading, act);
    fill_via(&event, reading);
    event.rule = act->form == ISN_F_VERB ? (act->passive ? "passive verb" : "verb")
                 : act->form == ISN_F_MASDAR ? "verbal noun"
                 : act->form == ISN_F_PHRASE ? "noun"
                                             : "participle";
    isn_event *kept = ISN_PUSH(text->arena, out);
    if (!kept)
        return false;
    *kept = event;
    act->event = (uint32_t)(out->n - 1);
    return true;
}

/* Has what governs the noun taken it as part of its own meaning? ("wajjaha intiqadat" is one act of accusing) */
static bool is_eaten(const isn_reading *reading, uint32_t unit)
{
    isn_governor governor = reading->governors[unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    if (holder && holder->eaten == unit)
        return true;
    for (uint32_t back = 1; back <= 4 && back <= unit; back++) { /* inside a fixed phrase: "bill of indictment" */
        const isn_act *before = reading->acts[unit - back];
        if (before && before->n_tokens > 1 &&
            before->token + before->n_tokens > reading->clauses->units[unit].first)
            return true;
    }
    return false;
}

bool isn_events_find(isn_events *out, const isn_frames *frames, const isn_clauses *clauses,
                     const isn_quotes *quotes)
{
    *out = (isn_events){0};
    isn_arena *arena = clauses->text->arena;
    isn_reading reading = {.frames = frames, .clauses = clauses, .quotes = quotes, .arena = arena};
    reading.governors = isn_arena_alloc(arena, (clauses->n + 1) * sizeof *reading.governors);
    reading.relatives = isn_arena_alloc(arena, (clauses->n + 1) * sizeof *reading.relatives);
    reading.acts = isn_arena_calloc(arena, clauses->n + 1, sizeof *reading.acts);
    reading.entity_classes = isn_arena_calloc(arena, clauses->entities->n + 1, frames->n_classes + 1);
    if (!reading.governors || !reading.relatives || !reading.acts || !reading.entity_classes || !mark_quotes(&reading))
        return false;
    for (uint32_t u = 0; u < clauses->n; u++)
        reading.governors[u] = reading.relatives[u] = (isn_governor){ISN_NONE, 0};
    for (uint32_t u = 0; u < clauses->n; u++) {
        if (clauses->slots[u])
            govern(&reading, u, clauses->slots[u]);
    }
    for (uint32_t u = 0; u < clauses->n; u++) {
        uint8_t kind = clauses->units[u].kind;
        bool modal = kind == ISN_UNIT_AUX && clauses->units[u].sub == ISN_SUB_HYPOTHETICAL;
        if (kind != ISN_UNIT_VERB && kind != ISN_UNIT_NOUN && !modal)
            continue;
        if (kind == ISN_UNIT_NOUN)
            share_governor(&reading, u);
        reading.acts[u] = isn_act_choose(&reading, u);
        if (arena->full)
            return false;
        if (reading.acts[u] && kind != ISN_UNIT_VERB)
            govern(&reading, u, reading.acts[u]->slots);
    }
    for (uint32_t u = 0; u < clauses->n; u++) {
        isn_act *act = reading.acts[u];
        if (act && act->frame && act->frame->kind == ISN_FRAME_EVENT && !is_eaten(&reading, u) &&
            !make_event(out, &reading, act))
            return false;
    }
    complete(out);
    for (uint32_t u = 0; u < clauses->n; u++) {
        if (reading.acts[u] && reading.acts[u]->event != ISN_NONE)
            concern(out, &reading, reading.acts[u]);
    }
    share_recipients(out, clauses->text);
    isn_events_rate(out, &reading);
    return true;
}
