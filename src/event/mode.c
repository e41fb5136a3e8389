/* mode.c - the modes that no frame says: by what is asked for, refused or threatened, by arms, by who meets and how. */
#include "event/reading.h"

const isn_mode_class isn_mode_classes[ISN_MODE_CLASSES] = {
    {"REQUEST", "assist-act", "assist"},     {"REQUEST", "yield-act", "yield"},
    {"REQUEST", "change-act", "change"},     {"THREATEN", "prison", "arrest"},
    {"THREATEN", "expulsion", "expel"},      {"THREATEN", "sanction", "restrict"},
    {"THREATEN", "restriction", "restrict"}, {"THREATEN", "relation-cut", "relations"},
    {"ASSAULT", "suicide-bomber", "suicide-attack"}, {"ASSAULT", "drone", "drone"},
    {"ASSAULT", "air-raid", "aerial"},       {"ASSAULT", "gunfire", "firearms"},
    {"ASSAULT", "explosive", "explosives"},  {"ASSAULT", "explosion", "explosives"},
    {"ASSAULT", "projectile", "heavy-weapons"}, {"ASSAULT", "missile-adj", "heavy-weapons"},
};

/* REJECT has the modes of REQUEST: what is asked for is what is refused. But who annuls an election refuses no change. */
static bool is_for(const isn_mode_class *class, isn_str type)
{
    isn_str own = isn_str_cstr(class->type);
    return isn_str_equal(type, own) ||
           (isn_str_equal(type, ISN_STR("REJECT")) && isn_str_equal(own, ISN_STR("REQUEST")) &&
            !isn_str_equal(isn_str_cstr(class->mode), ISN_STR("change")));
}

static isn_str mode_of_bits(isn_str type, uint32_t bits)
{
    for (size_t i = 0; i < ISN_MODE_CLASSES; i++) {
        if ((bits >> i & 1) && is_for(&isn_mode_classes[i], type))
            return isn_str_cstr(isn_mode_classes[i].mode);
    }
    return (isn_str){NULL, 0};
}

static uint32_t bits_of_unit(const isn_reading *reading, uint32_t unit, isn_str type)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < ISN_MODE_CLASSES; i++) {
        if (is_for(&isn_mode_classes[i], type) && isn_unit_in_class(reading, unit, reading->frames->mode_class[i]))
            bits |= 1u << i;
    }
    return bits;
}

/* By the type of the act that is asked for, refused or threatened. */
static isn_str mode_of_act(isn_str type, isn_str inner)
{
    static const char *const table[][3] = {
        {"REQUEST", "AID", "assist"},    {"REQUEST", "COOPERATE", "assist"}, {"REQUEST", "RETREAT", "yield"},
        {"REQUEST", "CONCEDE", "yield"}, {"REQUEST", "CONSULT", "meet"},     {"REJECT", "AID", "assist"},
        {"REJECT", "RETREAT", "yield"},  {"REJECT", "CONCEDE", "yield"},     {"REJECT", "CONSULT", "meet"},
        {"THREATEN", "ASSAULT", "violence"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (isn_str_equal(type, isn_str_cstr(table[i][0])) && isn_str_equal(inner, isn_str_cstr(table[i][1])))
            return isn_str_cstr(table[i][2]);
    }
    return (isn_str){NULL, 0};
}

/* What is asked for, refused or threatened: the first verbal noun or verb behind the word; who is asked is passed over. */
static isn_str mode_of_content(const isn_reading *reading, const isn_act *act, isn_str type)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit) + 1];
    isn_str mode = {NULL, 0};
    for (uint32_t u = act->unit + 1; u < end && u < act->unit + 15 && mode.n == 0; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->first < act->token + act->n_tokens)
            continue;
        const isn_analysis *best = isn_token_best(&clauses->text->tokens[unit->first]);
        if (unit->kind == ISN_UNIT_VERB) {
            uint32_t bits = best && best->verb >= 0 ? reading->frames->verb_modes[best->verb] : 0;
            mode = mode_of_bits(type, bits);
        } else if (unit->kind == ISN_UNIT_NOUN) {
            mode = mode_of_bits(type, bits_of_unit(reading, u, type));
            bool holds = unit->pos == ISN_POS_MASDAR && u + 1 < end && clauses->units[u + 1].kind == ISN_UNIT_NOUN &&
                         clauses->units[u + 1].prep == ISN_NO_ROW && !clauses->units[u + 1].conj;
            if (mode.n == 0 && holds) /* "to impose sanctions" */
                mode = mode_of_bits(type, bits_of_unit(reading, u + 1, type));
        } else {
            continue;
        }
        const isn_act *inner = reading->acts[u];
        if (mode.n == 0 && inner && inner->frame && inner->frame->kind == ISN_FRAME_EVENT)
            mode = mode_of_act(type, inner->frame->type);
        if (unit->kind == ISN_UNIT_VERB || unit->pos == ISN_POS_MASDAR || isn_str_equal(type, ISN_STR("REJECT")))
            break;
    }
    return mode;
}

/* With what it was done, in the words of the clause behind the act. */
static isn_str mode_of_arms(const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t end = isn_clause_end(clauses, act->unit);
    for (uint32_t u = act->unit + 1; u < end && u < act->unit + 12; u++) {
        if (clauses->units[u].kind != ISN_UNIT_NOUN)
            continue;
        isn_str mode = mode_of_bits(ISN_STR("ASSAULT"), bits_of_unit(reading, u, ISN_STR("ASSAULT")));
        if (mode.n)
            return mode;
    }
    return (isn_str){NULL, 0};
}

/* Is any word from the trigger to the end of its slots, or beside it, of the class? */
static bool clause_has_class(const isn_reading *reading, const isn_act *act, isn_str name)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t row = isn_lexicon_row(clauses->text->lexicon, ISN_T_CLASSES, name);
    if (row == ISN_NO_ROW)
        return false;
    uint32_t end = act->slots->end > act->unit + 1 ? act->slots->end : act->unit + 2;
    return isn_class_among(reading, act->unit, end, reading->frames->class_of[row]);
}

/* Do more than two meet: three by name, or people of whom there are many? */
static bool are_many(const isn_reading *reading, const isn_event *event)
{
    if (event->actor.n != 1 || event->recipient.n)
        return event->actor.n > 2;
    const isn_entity *entity = &reading->clauses->entities->items[event->actor.entity[0]];
    for (size_t m = 0; m < entity->n_mentions; m++) {
        if (reading->clauses->mentions->items[entity->mentions[m]].plural == 2)
            return false; /* "the two ministers" */
    }
    return entity->type == ISN_GROUP && entity->plural;
}

static void fill_meeting(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    if (event->mode.n == 0 && clause_has_class(reading, act, ISN_STR("telephone")))
        event->mode = ISN_STR("phone");
    else if (event->mode.n == 0 && (are_many(reading, event) || clause_has_class(reading, act, ISN_STR("many-adj"))))
        event->mode = ISN_STR("multilateral");
    else if (isn_str_equal(event->mode, ISN_STR("multilateral")) && event->actor.n == 2 && event->recipient.n == 0)
        event->mode = (isn_str){NULL, 0}; /* a summit of two */
}

void isn_event_fill_mode(isn_event *event, const isn_reading *reading, const isn_act *act)
{
    if (act->frame->mode.n || event->mode.n == 0)
        event->mode = act->frame->mode;
    if (isn_str_equal(event->type, ISN_STR("CONSULT")))
        fill_meeting(event, reading, act);
    else if (event->mode.n)
        return;
    else if (isn_str_equal(event->type, ISN_STR("ASSAULT")))
        event->mode = mode_of_arms(reading, act);
    else if (isn_str_equal(event->type, ISN_STR("REQUEST")) || isn_str_equal(event->type, ISN_STR("REJECT")) ||
             isn_str_equal(event->type, ISN_STR("THREATEN")))
        event->mode = mode_of_content(reading, act, event->type);
}
