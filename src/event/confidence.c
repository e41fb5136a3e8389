/* confidence.c - what is seen of an event that says how sure it is. */
#include "event/confidence.h"

#include "event/reading.h"

#include <string.h>

#define NEAR_WORDS 7  /* a date within so many tokens is the act's own */
#define FAR_WORDS 10  /* a subject so many tokens away is often another's */
#define FIRST_WORDS 3 /* of a sentence */
#define LATE_WORDS 25

/*
 * Below this an event is left out: it is likelier wrong than right. Crowds, attacks and
 * those who are counted are told by nouns that name nobody, so less is asked of them; of types that a user's tables add nothing is known. A build that fits the weights anew keeps all.
 */
#ifdef ISN_KEEP_DOUBTFUL
#define LEAST_SURE 0.0f
#define LEAST_SURE_ATTACK 0.0f
#define LEAST_SURE_CROWD 0.0f
#else
#define LEAST_SURE 0.5f
#define LEAST_SURE_ATTACK 0.33f
#define LEAST_SURE_CROWD 0.2f
#endif

static const struct {
    const char *text;
    int sure, news;
} signals[ISN_EVENT_SIGNAL_COUNT] = {
#define X(name, text, sure, news) {text, sure, news},
    ISN_EVENT_SIGNALS(X)
#undef X
};

const char *isn_event_signal_text(unsigned signal)
{
    return signal < ISN_EVENT_SIGNAL_COUNT ? signals[signal].text : "";
}

int isn_event_signal_weight(unsigned signal)
{
    return signal < ISN_EVENT_SIGNAL_COUNT ? signals[signal].sure : 0;
}

float isn_logistic(int hundredths)
{
    /* 1 / (1 + exp(-x / 4)) for x from 0 to 16; between them straight lines, off by less than .002 */
    static const float at[] = {.5000f, .5622f, .6225f, .6792f, .7311f, .7773f, .8176f, .8520f, .8808f,
                               .9047f, .9241f, .9399f, .9526f, .9627f, .9707f, .9770f, .9800f};
    int x = hundredths < 0 ? -hundredths : hundredths;
    float share = at[16];
    if (x < 400)
        share = at[x / 25] + (at[x / 25 + 1] - at[x / 25]) * (float)(x % 25) / 25.0f;
    return hundredths < 0 ? 1.0f - share : share;
}

float isn_event_confidence(uint64_t set)
{
    int sum = 0;
    for (unsigned s = 0; s < ISN_EVENT_SIGNAL_COUNT; s++)
        sum += set >> s & 1 ? signals[s].sure : 0;
    return isn_logistic(sum);
}

float isn_event_news(uint64_t set)
{
    int sum = 0;
    for (unsigned s = 0; s < ISN_EVENT_SIGNAL_COUNT; s++)
        sum += set >> s & 1 ? signals[s].news : 0;
    return isn_logistic(sum);
}

/* --- seeing them ------------------------------------------------------------------------------------------------ */

static void see(uint64_t *set, isn_event_signal signal, bool holds)
{
    if (holds)
        *set |= (uint64_t)1 << signal;
}

static void see_form(uint64_t *set, const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *unit = &clauses->units[act->unit];
    bool verb = act->form == ISN_F_VERB, nominal = !verb;
    bool past = (act->detail & ISN_V_TENSE) == ISN_V_PAST;
    see(set, ISN_SIGNAL_PAST, verb && past && !act->passive);
    see(set, ISN_SIGNAL_PRESENT, verb && !past && !act->passive);
    see(set, ISN_SIGNAL_PASSIVE, verb && act->passive);
    see(set, ISN_SIGNAL_MASDAR, act->form == ISN_F_MASDAR);
    see(set, ISN_SIGNAL_NOUN, act->form == ISN_F_PHRASE);
    see(set, ISN_SIGNAL_PARTICIPLE, act->form == ISN_F_ACTIVE || act->form == ISN_F_PASSIVE);
    see(set, ISN_SIGNAL_CONDITION, act->frame->n_conditions > 0);
    see(set, ISN_SIGNAL_JOINED, unit->conj);
    see(set, ISN_SIGNAL_DEFINITE, nominal && (unit->definite || unit->pronoun));
    see(set, ISN_SIGNAL_PLURAL, nominal && (unit->detail & ISN_N_PLURAL));
    const isn_unit *before = act->unit > 0 ? unit - 1 : NULL;
    see(set, ISN_SIGNAL_AFTER_PREPOSITION,
        nominal && (unit->prep != ISN_NO_ROW || (before && before->kind == ISN_UNIT_PREP)));
    see(set, ISN_SIGNAL_IN_IDAFA,
        nominal && before && before->kind == ISN_UNIT_NOUN && !before->definite && before->last == unit->first &&
            unit->prep == ISN_NO_ROW && !unit->conj);
    see(set, ISN_SIGNAL_RELATIVE, verb && before && (before->kind == ISN_UNIT_RELATIVE ||
                                                     (before->kind == ISN_UNIT_NOUN && !before->definite && !unit->conj)));
    isn_governor governor = reading->governors[act->unit];
    const isn_act *holder = governor.unit != ISN_NONE ? reading->acts[governor.unit] : NULL;
    bool of_verb = nominal && governor.unit != ISN_NONE && clauses->units[governor.unit].kind == ISN_UNIT_VERB;
    see(set, ISN_SIGNAL_BROUGHT, nominal && holder && holder->carry);
    see(set, ISN_SIGNAL_SUBJECT, of_verb && governor.slot == ISN_SLOT_SUBJ);
    see(set, ISN_SIGNAL_OBJECT, of_verb && governor.slot == ISN_SLOT_OBJ);
}

/* Does a number or a word of quantity stand in the phrase? */
static bool is_counted(const isn_clauses *clauses, const isn_slot *slot)
{
    uint32_t after = slot->after != ISN_NONE ? slot->after : slot->unit + 1;
    for (uint32_t u = slot->unit; slot->unit != ISN_NONE && u < after && u < slot->unit + 4 && u < clauses->n; u++) {
        if (clauses->units[u].pos == ISN_POS_NUMBER || clauses->units[u].sub == ISN_SUB_QUANTITY)
            return true;
    }
    return false;
}

/* Is the entity mentioned in the sentence of the token? */
static bool is_named_in(const isn_reading *reading, uint32_t entity, uint32_t token)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_sentence *sentence = &clauses->text->sentences[clauses->text->tokens[token].sentence];
    const isn_entity *who = &clauses->entities->items[entity];
    size_t low = 0, high = who->n_mentions; /* they are in order */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (clauses->mentions->items[who->mentions[middle]].first < sentence->first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < who->n_mentions && clauses->mentions->items[who->mentions[low]].first < sentence->last;
}

static void see_parties(uint64_t *set, const isn_reading *reading, const isn_act *act, const isn_event *event)
{
    const isn_entities *entities = reading->clauses->entities;
    static const isn_event_signal by_type[] = {[ISN_PERSON] = ISN_SIGNAL_ACTOR_PERSON,
                                               [ISN_PLACE] = ISN_SIGNAL_ACTOR_STATE,
                                               [ISN_ORGANIZATION] = ISN_SIGNAL_ACTOR_BODY,
                                               [ISN_GROUP] = ISN_SIGNAL_ACTOR_GROUP};
    see(set, ISN_SIGNAL_ACTOR, event->actor.n && !event->actor.carried);
    see(set, ISN_SIGNAL_ACTOR_CARRIED, event->actor.n && event->actor.carried);
    for (uint8_t i = 0; i < event->actor.n; i++)
        see(set, by_type[entities->items[event->actor.entity[i]].type], true);
    see(set, ISN_SIGNAL_ACTOR_ELSEWHERE, event->actor.n && !is_named_in(reading, event->actor.entity[0], act->token));
    see(set, ISN_SIGNAL_RECIPIENT, event->recipient.n > 0);
    for (uint8_t i = 0; i < event->recipient.n; i++) {
        uint8_t type = entities->items[event->recipient.entity[i]].type;
        see(set, ISN_SIGNAL_RECIPIENT_GROUP, type == ISN_GROUP);
        see(set, ISN_SIGNAL_RECIPIENT_PERSON, type == ISN_PERSON);
    }
    see(set, ISN_SIGNAL_COUNTED, is_counted(reading->clauses, &act->slots->subj) ||
                                     is_counted(reading->clauses, &act->slots->obj) ||
                                     (act->form != ISN_F_VERB && is_counted(reading->clauses, &act->slots->gen)));
    uint32_t subject = act->form == ISN_F_VERB ? act->slots->subj.unit : ISN_NONE;
    if (subject != ISN_NONE) {
        uint32_t at = reading->clauses->units[subject].first;
        see(set, ISN_SIGNAL_ACTOR_FAR, at + FAR_WORDS <= act->token || act->token + FAR_WORDS <= at);
    }
}

static void see_place_in_text(uint64_t *set, const isn_reading *reading, const isn_act *act, const isn_event *event)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_text *text = clauses->text;
    const isn_sentence *sentence = &text->sentences[text->tokens[act->token].sentence];
    isn_block_kind kind = text->blocks[sentence->block].kind;
    bool lead = kind == ISN_BLOCK_BODY;
    for (uint32_t b = 0; b < sentence->block && lead; b++)
        lead = text->blocks[b].kind != ISN_BLOCK_BODY;
    see(set, ISN_SIGNAL_TITLE, kind == ISN_BLOCK_TITLE || kind == ISN_BLOCK_HEADING);
    see(set, ISN_SIGNAL_LEAD, lead);
    see(set, ISN_SIGNAL_FIRST, act->token - sentence->first < FIRST_WORDS);
    see(set, ISN_SIGNAL_LATE, act->token - sentence->first > LATE_WORDS);
    uint32_t clause = isn_clause_begin(clauses, act->unit);
    see(set, ISN_SIGNAL_UNDER_THAT, clause > 0 && clauses->units[clause - 1].kind == ISN_UNIT_THAT);
    if (event->date) {
        bool near = event->date->first < act->token + NEAR_WORDS && act->token < event->date->last + NEAR_WORDS;
        see(set, near ? ISN_SIGNAL_DATE_NEAR : ISN_SIGNAL_DATE, true);
    }
    see(set, ISN_SIGNAL_PLACE, event->place != ISN_NONE);
    if (event->quote != ISN_NONE)
        see(set, reading->quotes->items[event->quote].direct ? ISN_SIGNAL_DIRECT_QUOTE : ISN_SIGNAL_INDIRECT_QUOTE, true);
    const isn_token *token = &text->tokens[act->token];
    const isn_word *word = token->word;
    see(set, ISN_SIGNAL_TWO_READINGS, word && word->n_analyses > 1 && token->best < word->n_analyses &&
                                          word->analyses[0].score - word->analyses[1].score < 1.0f);
}

static void see_told_before(uint64_t *set, const isn_events *events, const isn_event *event, const isn_text *text)
{
    for (const isn_event *other = events->items; other < event; other++) {
        if (!isn_str_equal(other->type, event->type))
            continue;
        bool same = text->tokens[other->trigger].sentence == text->tokens[event->trigger].sentence;
        see(set, same ? ISN_SIGNAL_SAME_BEFORE : ISN_SIGNAL_TOLD_BEFORE, true);
    }
}

static void see_type(uint64_t *set, isn_str type)
{
    static const struct {
        const char *type;
        isn_event_signal signal;
    } of[] = {{"ASSAULT", ISN_SIGNAL_VIOLENT},  {"COERCE", ISN_SIGNAL_FORCED},   {"MOBILIZE", ISN_SIGNAL_FORCED},
              {"PROTEST", ISN_SIGNAL_FORCED},   {"CONSULT", ISN_SIGNAL_MET},     {"REQUEST", ISN_SIGNAL_ASKED},
              {"ACCUSE", ISN_SIGNAL_BLAMED},    {"REJECT", ISN_SIGNAL_BLAMED},   {"THREATEN", ISN_SIGNAL_BLAMED},
              {"AGREE", ISN_SIGNAL_AGREED},     {"CONCEDE", ISN_SIGNAL_AGREED},  {"SUPPORT", ISN_SIGNAL_BACKED},
              {"COOPERATE", ISN_SIGNAL_DEEDS},  {"AID", ISN_SIGNAL_DEEDS},       {"RETREAT", ISN_SIGNAL_DEEDS},
              {"SANCTION", ISN_SIGNAL_PUNISHED}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        see(set, of[i].signal, isn_str_equal(type, isn_str_cstr(of[i].type)));
}

static void see_arms(uint64_t *set, isn_str mode)
{
    static const char *const arms[] = {"firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons"};
    for (size_t i = 0; i < sizeof arms / sizeof *arms; i++)
        see(set, ISN_SIGNAL_ARMED, isn_str_equal(mode, isn_str_cstr(arms[i])));
}

static float least_sure(const isn_event *event)
{
    const uint64_t ours = (uint64_t)1 << ISN_SIGNAL_VIOLENT | (uint64_t)1 << ISN_SIGNAL_FORCED | (uint64_t)1 << ISN_SIGNAL_MET |
                          (uint64_t)1 << ISN_SIGNAL_ASKED | (uint64_t)1 << ISN_SIGNAL_BLAMED | (uint64_t)1 << ISN_SIGNAL_AGREED |
                          (uint64_t)1 << ISN_SIGNAL_BACKED | (uint64_t)1 << ISN_SIGNAL_DEEDS | (uint64_t)1 << ISN_SIGNAL_PUNISHED;
    if (!(event->signals & ours))
        return 0.0f;
    if (isn_str_equal(event->type, ISN_STR("PROTEST")))
        return LEAST_SURE_CROWD;
    bool less = (event->signals >> ISN_SIGNAL_VIOLENT & 1) || (event->signals >> ISN_SIGNAL_COUNTED & 1);
    return less ? LEAST_SURE_ATTACK : LEAST_SURE;
}

/* Moves events that are likelier wrong than right behind the others; all stay where the arena has no room for it. */
static void part_doubtful(isn_events *events, isn_arena *arena)
{
    size_t kept = 0, doubtful = 0;
    for (size_t i = 0; i < events->n; i++)
        doubtful += events->items[i].confidence < least_sure(&events->items[i]);
    isn_event *behind = doubtful ? isn_arena_alloc(arena, doubtful * sizeof *behind) : NULL;
    if (!behind)
        return;
    doubtful = 0;
    for (size_t i = 0; i < events->n; i++) {
        const isn_event *event = &events->items[i];
        if (event->confidence < least_sure(event))
            behind[doubtful++] = *event;
        else
            events->items[kept++] = *event;
    }
    memcpy(&events->items[kept], behind, doubtful * sizeof *behind);
    events->n = kept;
    events->n_doubtful = doubtful;
}

void isn_events_rate(isn_events *events, const isn_reading *reading)
{
    for (uint32_t u = 0; u < reading->clauses->n; u++) {
        const isn_act *act = reading->acts[u];
        if (!act || act->event == ISN_NONE || !act->frame)
            continue;
        isn_event *event = &events->items[act->event];
        uint64_t set = (uint64_t)1 << ISN_SIGNAL_BIAS;
        see_form(&set, reading, act);
        see_parties(&set, reading, act, event);
        see_place_in_text(&set, reading, act, event);
        see(&set, ISN_SIGNAL_FUTURE, event->status == ISN_STATUS_FUTURE);
        see(&set, ISN_SIGNAL_HYPOTHETICAL, event->status == ISN_STATUS_HYPOTHETICAL);
        see(&set, ISN_SIGNAL_NEGATED, event->status == ISN_STATUS_NEGATED);
        see_told_before(&set, events, event, reading->clauses->text);
        see_type(&set, event->type);
        see_arms(&set, event->mode);
        event->signals = set;
        event->confidence = isn_event_confidence(set);
    }
    part_doubtful(events, reading->arena);
}
