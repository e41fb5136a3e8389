/* choose.c - which frames a word has where it stands. */
#include "event/reading.h"

#include "lexicon/schema.h"

/* --- classes and spellings -------------------------------------------------------------------------------------- */

/* Is the phrase cut from the token as the tagger cut it, or is it the whole token as written? */
static bool fits_cut(const isn_text *text, const isn_match *match)
{
    const isn_token *token = &text->tokens[match->first];
    const isn_analysis *best = isn_token_best(token);
    if (!best || best->pos == ISN_POS_UNKNOWN || match->analysis == token->best)
        return true;
    const isn_analysis *own = &token->word->analyses[match->analysis];
    return own->skip == best->skip || own->stem == token->word->n;
}

/* How many words the longest phrase of the class has that begins at the token, 0: none. */
static uint32_t class_at(const isn_reading *reading, uint32_t token, uint32_t number, bool any_cut)
{
    const isn_text *text = reading->clauses->text;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (!any_cut && !fits_cut(text, match))
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_CLASSES && reading->frames->class_of[match->entry[e].row] == number)
                return match->n;
        }
    }
    return 0;
}

/* Is there a phrase of any class at the token, cut as the tagger cut it? */
static bool has_class(const isn_reading *reading, uint32_t token)
{
    const isn_text *text = reading->clauses->text;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries && fits_cut(text, &text->matches[m]); e++) {
            if (text->matches[m].entry[e].table == ISN_T_CLASSES)
                return true;
        }
    }
    return false;
}

/* A token is cut otherwise only where the tagger's cut gives no class at all. */
static uint32_t token_in_class(const isn_reading *reading, uint32_t token, uint32_t number)
{
    uint32_t words = class_at(reading, token, number, false);
    return words || has_class(reading, token) ? words : class_at(reading, token, number, true);
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

static bool has_sector(const isn_entity *entity, const char *const list[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isn_str_equal(entity->sector, isn_str_cstr(list[i])))
            return true;
    }
    return false;
}

static bool is_armed(const isn_entity *entity)
{
    static const char *const armed[] = {"MIL", "REB", "UAF", "COP", "SPY"};
    return entity->type != ISN_PLACE && entity->type != ISN_PERSON && has_sector(entity, armed, 5);
}

/* A body or person is of a class if one of its mentions begins with a word of it, or by its sector. */
static bool look_up_class(const isn_reading *reading, uint32_t index, uint32_t number)
{
    static const char *const security[] = {"COP", "SPY", "MIL"}, *const court[] = {"JUD"};
    const isn_frames *frames = reading->frames;
    const isn_entity *entity = &reading->clauses->entities->items[index];
    if (number == frames->armed && is_armed(entity))
        return true;
    if (entity->type == ISN_ORGANIZATION &&
        ((number == frames->security && has_sector(entity, security, 3)) ||
         (number == frames->court && has_sector(entity, court, 1))))
        return true;
    for (size_t m = 0; m < entity->n_mentions; m++) {
        const isn_mention *mention = &reading->clauses->mentions->items[entity->mentions[m]];
        if (token_in_class(reading, mention->first, number))
            return true;
    }
    return false;
}

bool isn_entity_in_class(const isn_reading *reading, uint32_t index, uint32_t number)
{
    if (number > reading->frames->n_classes)
        return look_up_class(reading, index, number);
    uint8_t *known = &reading->entity_classes[index * (reading->frames->n_classes + 1) + number];
    if (!*known)
        *known = look_up_class(reading, index, number) ? 2 : 1;
    return *known == 2;
}

bool isn_unit_in_class(const isn_reading *reading, uint32_t u, uint32_t number)
{
    const isn_unit *unit = &reading->clauses->units[u];
    if (token_in_class(reading, unit->first, number))
        return true;
    return unit->kind == ISN_UNIT_MENTION && isn_entity_in_class(reading, unit->entity, number) &&
           (reading->clauses->mentions->items[unit->mention].form == ISN_FORM_NAME ||
            !class_at(reading, unit->first, number, true));
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

/* --- conditions ------------------------------------------------------------------------------------------------- */

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

/* Does the condition, its negation left aside, hold of the slot? *head: the noun that it speaks of. */
static bool slot_holds(const isn_reading *reading, const isn_condition *c, const isn_slot *slot, uint32_t *head)
{
    if (c->kind == ISN_IF_SEVERAL)
        return slot->party.n > 1;
    if (slot->unit == ISN_NONE) { /* a pronoun, or carried on */
        if (c->kind == ISN_IF_TYPE)
            return is_of_type(reading, slot, c->value);
        if (c->kind == ISN_IF_CLASS)
            return slot->party.n && isn_entity_in_class(reading, slot->party.entity[0], c->value);
        return c->kind == ISN_IF_HAS && slot->party.n > 0;
    }
    uint32_t after = slot->after != ISN_NONE ? slot->after : slot->unit + 1;
    uint32_t unit = head_of(reading, slot->unit, after);
    if (unit >= reading->clauses->n)
        return false;
    *head = unit;
    switch (c->kind) {
    case ISN_IF_CLASS: /* "hundreds" may be of the class themselves */
        return isn_unit_in_class(reading, unit, c->value) || isn_unit_in_class(reading, slot->unit, c->value);
    case ISN_IF_TYPE:
        return is_of_type(reading, slot, c->value);
    case ISN_IF_EVENT:
        return isn_act_possible(reading, unit);
    case ISN_IF_LITERAL:
        return is_spelled(reading, reading->clauses->units[unit].first, c->word);
    default:
        return true;
    }
}

static bool unit_holds(const isn_reading *reading, const isn_condition *c, uint32_t unit)
{
    return c->kind == ISN_IF_CLASS ? isn_unit_in_class(reading, unit, c->value)
                                   : is_spelled(reading, reading->clauses->units[unit].first, c->word);
}

/* Adjectives of the noun at the act's unit: nouns of its phrase, behind a genitive too. */
static bool adjective_holds(const isn_reading *reading, const isn_condition *c, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t first = act->unit + 1;
    while (first < clauses->n && clauses->units[first].first < act->token + act->n_tokens)
        first++;
    for (uint32_t u = first; u < clauses->n && u < first + 4; u++) {
        if (!isn_unit_is_nominal(&clauses->units[u]) || clauses->units[u].prep != ISN_NO_ROW)
            break;
        if (unit_holds(reading, c, u))
            return true;
    }
    return false;
}

/* The noun that the adjective at the act's unit belongs to: before it, behind another adjective. */
static bool owner_holds(const isn_reading *reading, const isn_condition *c, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    for (uint32_t back = 1; back <= 3 && back <= act->unit; back++) {
        uint32_t u = act->unit - back;
        if (!isn_unit_is_nominal(&clauses->units[u]))
            return false;
        if (unit_holds(reading, c, u))
            return true;
    }
    return false;
}

static bool clause_has_word(const isn_reading *reading, const isn_condition *c, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t that = act->slots->that; /* what is told with "that" belongs to the verb */
    uint32_t end = isn_clause_end(clauses, that != ISN_NONE && act->form == ISN_F_VERB ? that : act->unit);
    for (uint32_t u = act->unit + 1; u < end; u++) {
        for (uint32_t t = clauses->units[u].first; t < clauses->units[u].last; t++) {
            if (is_spelled(reading, t, c->word))
                return true;
        }
    }
    return false;
}

/* A verb in the past or with the particle of the future; the present of some verbs tells a state ("controls"). */
static bool is_past(const isn_reading *reading, const isn_act *act)
{
    const isn_analysis *best = isn_token_best(&reading->clauses->text->tokens[act->token]);
    return act->form == ISN_F_VERB && best &&
           ((best->detail & ISN_V_TENSE) == ISN_V_PAST || (best->clitics & ISN_CL_SA));
}

static bool prep_holds(const isn_reading *reading, const isn_condition *c, const isn_slots *slots, uint32_t *head)
{
    for (uint8_t i = 0; i < slots->n_preps; i++) {
        if (slots->preps[i].prep == c->slot && slot_holds(reading, c, &slots->preps[i], head))
            return true;
    }
    if (c->kind != ISN_IF_CLASS || c->slot != reading->clauses->grammar->ba || slots->that == ISN_NONE)
        return false;
    /* "called it (bi-annahu) a crime" */
    const isn_unit *that = &reading->clauses->units[slots->that];
    const isn_word *word = reading->clauses->text->tokens[that->first].word;
    return that->kind == ISN_UNIT_THAT && word && word->key[0] == ISN_BEH &&
           isn_class_among(reading, slots->that + 1, slots->that + 4, c->value);
}

/* *head gets the noun that makes the condition hold, where there is one. */
static bool condition_holds(const isn_reading *reading, const isn_condition *c, const isn_act *act, uint32_t *head)
{
    const isn_slots *slots = act->slots;
    bool nominal = act->form != ISN_F_VERB, holds;
    *head = ISN_NONE;
    switch (c->slot) {
    case ISN_SLOT_ADJ:
        holds = adjective_holds(reading, c, act);
        break;
    case ISN_SLOT_OF:
        holds = owner_holds(reading, c, act);
        break;
    case ISN_SLOT_CLAUSE:
        holds = c->kind == ISN_IF_PAST ? is_past(reading, act) : clause_has_word(reading, c, act);
        break;
    case ISN_SLOT_SUBJ:
        holds = slot_holds(reading, c, nominal ? &slots->gen : act->passive ? &slots->obj : &slots->subj, head);
        break;
    case ISN_SLOT_OBJ:
        if (nominal)
            holds = slot_holds(reading, c, &slots->gen, head) || slot_holds(reading, c, &slots->obj, head);
        else
            holds = slot_holds(reading, c, act->passive ? &slots->subj : &slots->obj, head) ||
                    slot_holds(reading, c, &slots->obj2, head);
        break;
    case ISN_SLOT_GEN:
        holds = slot_holds(reading, c, &slots->gen, head);
        break;
    default:
        holds = prep_holds(reading, c, slots, head);
    }
    if (!holds || c->negated)
        *head = ISN_NONE;
    return holds != (c->negated != 0);
}

/* --- candidates ------------------------------------------------------------------------------------------------- */

/* The best frame of one sort so far: with most conditions; ties go to the first. */
typedef struct candidate {
    const isn_frame *frame;
    int score;           /* -1: none; ten for each condition and one for each further word of the phrases of classes */
    uint32_t eaten;      /* noun that a condition on class or spelling speaks of */
    uint32_t brought;    /* noun of act that a condition `event` speaks of */
    uint32_t n_tokens;
    uint16_t detail;
    uint8_t form, passive;
} candidate;

typedef struct choice {
    candidate act, carry;
} choice;

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

/* "intaqada ma wasafahu": a relative follows, which is its object. */
static bool relative_follows(const isn_reading *reading, const isn_act *act)
{
    const isn_clauses *clauses = reading->clauses;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit) + 1];
    for (uint32_t u = act->unit + 1; u < end && u < act->unit + 8; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind == ISN_UNIT_VERB || unit->kind == ISN_UNIT_COMMA)
            return false;
        if (unit->kind == ISN_UNIT_RELATIVE || unit->kind == ISN_UNIT_NEG)
            return clauses->text->tokens[unit->first].n == 2; /* ma, man */
    }
    return false;
}

/*
 * A verb whose letters can be passive is one if its frame wants an object, it has none of its own, its type is one whose
 * victims head sentences, and its subject isn't one that bears arms.
 */
static bool reads_passive(const isn_reading *reading, const isn_frame *frame, const isn_act *act, const isn_unit *unit)
{
    const isn_slots *slots = act->slots;
    if (unit->detail & ISN_V_PASSIVE_ONLY)
        return true;
    if (!(unit->detail & ISN_V_MAYBE_PASSIVE) || !frame->victim_first || slots->obj.unit != ISN_NONE ||
        slots->obj.party.n || slots->that != ISN_NONE || slots->carried || slots->subj.unit == ISN_NONE)
        return false;
    const isn_unit *head = &reading->clauses->units[slots->subj.unit];
    bool counted = head->pos == ISN_POS_NUMBER || head->sub == ISN_SUB_QUANTITY; /* "fourteen of the forces" are victims */
    if (!counted && slots->subj.party.n && is_armed(&reading->clauses->entities->items[slots->subj.party.entity[0]]))
        return false;
    if (relative_follows(reading, act))
        return false;
    for (uint8_t i = 0; i < frame->n_slots; i++) {
        if (frame->slots[i].slot == ISN_SLOT_OBJ &&
            (frame->slots[i].role == ISN_ROLE_RECIPIENT || frame->slots[i].role == ISN_ROLE_TARGET))
            return true;
    }
    bool named; /* "sarahu fulan" is set free: who suffers is the genitive */
    return isn_frame_role(frame, ISN_SLOT_GEN, ISN_PERSON, &named) == ISN_ROLE_RECIPIENT && frame->n_conditions;
}

/* How many words more than one the phrase of the class has at the unit: "drone" (two words) is more exact than "aircraft". */
static int further_words(const isn_reading *reading, uint32_t unit, uint32_t number)
{
    uint32_t words = token_in_class(reading, reading->clauses->units[unit].first, number);
    return words > 1 ? (words < 4 ? (int)words - 1 : 3) : 0;
}

/* Tries the frames items[first, last) for the act; `bonus` counts like conditions; `conditioned`: only such with conditions. */
static void consider(choice *out, const isn_act *act, const isn_reading *reading, uint32_t first, uint32_t last,
                     int bonus, bool conditioned)
{
    const isn_unit *unit = &reading->clauses->units[act->unit];
    for (uint32_t row = first; row < last; row++) {
        const isn_frame *frame = &reading->frames->items[row];
        if (!(frame->forms & forms_wanted(act)))
            continue;
        bool carries = frame->kind == ISN_FRAME_LIGHT || frame->kind == ISN_FRAME_CARRY;
        candidate *best = carries ? &out->carry : &out->act;
        if (10 * (frame->n_conditions + bonus + 1) <= best->score || (conditioned && frame->n_conditions == 0))
            continue;
        isn_act tried = *act;
        tried.passive = act->form == ISN_F_VERB && reads_passive(reading, frame, act, unit);
        uint32_t eaten = ISN_NONE, brought = ISN_NONE, head;
        int score = 10 * (frame->n_conditions + bonus);
        bool good = true;
        for (uint8_t i = 0; i < frame->n_conditions && good; i++) {
            const isn_condition *c = &frame->conditions[i];
            good = condition_holds(reading, c, &tried, &head);
            if (c->kind == ISN_IF_EVENT)
                brought = head;
            else if ((c->kind == ISN_IF_CLASS || c->kind == ISN_IF_LITERAL) && head != ISN_NONE)
                eaten = head;
            if (good && c->kind == ISN_IF_CLASS && head != ISN_NONE)
                score += further_words(reading, head, c->value);
        }
        if (good && score > best->score)
            *best = (candidate){frame, score, eaten, brought, act->n_tokens, act->detail,
                                act->form, tried.passive};
    }
}

/* Among entries of one spelling those that are spelled just so in the text drive out the others. */
static bool spelled_otherwise(const isn_text *text, const isn_match *match, const isn_entry *entry)
{
    const isn_word *word = text->tokens[match->first].word;
    if (!entry->exact || match->n > 1 || !word)
        return false;
    const isn_analysis *cut = &word->analyses[match->analysis];
    uint32_t own = isn_lexicon_exact(word->letters + cut->skip, cut->stem);
    if (own == entry->exact)
        return false;
    for (uint8_t e = 0; e < match->entries; e++) {
        if (match->entry[e].table == ISN_T_FRAMES && match->entry[e].exact == own)
            return true;
    }
    return false;
}

/*
 * Nouns and fixed phrases of frames.tsv that begin at the unit's first token, the longest only. Returns whether a noun's
 * NONE line holds, which takes its letters away from verbal nouns and participles.
 */
static bool consider_phrases(choice *out, const isn_act *act, const isn_reading *reading)
{
    const isn_text *text = reading->clauses->text;
    const isn_analysis *best = isn_token_best(&text->tokens[act->token]);
    uint32_t longest = 0;
    for (uint32_t m = text->match_from[act->token]; m < text->match_from[act->token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (match->n < longest)
            break;
        if (match->n == 1 && ((best && best->pos == ISN_POS_VERB) || !fits_cut(text, match)))
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            bool borrowed = match->n == 1 && best && best->pos == ISN_POS_MASDAR && best->verb >= 0 &&
                            (entry->detail & ISN_N_PLURAL) && !(best->detail & ISN_N_PLURAL); /* manh, no minah */
            if (entry->table != ISN_T_FRAMES || entry->form == ISN_F_MASDAR || borrowed ||
                spelled_otherwise(text, match, entry))
                continue;
            isn_act tried = *act;
            tried.form = ISN_F_PHRASE;
            tried.n_tokens = match->n;
            tried.detail = entry->detail;
            int before = out->act.score;
            consider(out, &tried, reading, entry->row, entry->row + 1, match->n > 1 ? 4 : 0, false);
            if (out->act.score > before)
                longest = match->n;
        }
    }
    return out->act.frame && out->act.frame->kind == ISN_FRAME_NONE;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

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

/*
 * A verb row for a nominal token whose chosen analysis has none, from its other analyses of the same stem; and where a
 * verbal noun has the letters of a participle (muhakama, munawarat), the verbal noun unless a noun stands before it.
 */
static const isn_analysis *verbal_analysis(const isn_reading *reading, uint32_t unit)
{
    const isn_unit *u = &reading->clauses->units[unit];
    const isn_token *token = &reading->clauses->text->tokens[u->first];
    const isn_analysis *best = isn_token_best(token);
    if (!best || best->pos == ISN_POS_VERB || best->pos == ISN_POS_ADJ || (best->verb >= 0 && best->pos == ISN_POS_MASDAR))
        return best;
    if (isn_unit_is_circumstance(u) && best->verb >= 0)
        return best;
    bool participle = best->verb >= 0;
    if (participle && unit > 0 && (u - 1)->kind == ISN_UNIT_MENTION && (u - 1)->definite && !u->definite && !u->conj &&
        u->prep == ISN_NO_ROW && !u->pronoun &&
        !(reading->governors[unit].unit != ISN_NONE && reading->governors[unit].slot == ISN_SLOT_OBJ))
        return best; /* it is the predicate: "Ankara is called upon to" */
    if (participle && unit > 0 && isn_unit_is_nominal(u - 1) && !u->conj && u->prep == ISN_NO_ROW &&
        (u - 1)->definite == u->definite)
        return best; /* it describes the noun before it */
    for (uint16_t a = 0; a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        if (other->verb >= 0 && other->pos == ISN_POS_MASDAR && other->skip == best->skip &&
            other->stem == best->stem)
            return other;
    }
    return best;
}

static bool tells_event(const isn_reading *reading, uint32_t first, uint8_t form)
{
    if (first == ISN_NO_ROW)
        return false;
    uint32_t last = isn_frames_after(reading->frames, first);
    for (uint32_t row = first; row < last; row++) {
        const isn_frame *frame = &reading->frames->items[row];
        if (frame->kind == ISN_FRAME_EVENT && (frame->forms & form))
            return true;
    }
    return false;
}

bool isn_act_possible(const isn_reading *reading, uint32_t unit)
{
    const isn_text *text = reading->clauses->text;
    uint32_t token = reading->clauses->units[unit].first;
    const isn_analysis *analysis = verbal_analysis(reading, unit);
    if (!analysis)
        return false;
    bool possible = analysis->verb >= 0 && analysis->pos == ISN_POS_MASDAR &&
                    (tells_event(reading, reading->frames->of_verb[analysis->verb], ISN_FRAME_MASDAR) ||
                     tells_event(reading, reading->frames->of_masdar[analysis->verb], ISN_FRAME_MASDAR));
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (!fits_cut(text, match))
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            if (entry->table != ISN_T_FRAMES || spelled_otherwise(text, match, entry))
                continue;
            const isn_frame *frame = &reading->frames->items[entry->row];
            if (frame->kind == ISN_FRAME_EVENT)
                return true;
            if (frame->kind == ISN_FRAME_NONE && frame->n_conditions == 0 && (frame->forms & ISN_FRAME_NOMINAL))
                possible = false;
        }
    }
    return possible;
}

static bool may_act(const isn_text *text, const isn_analysis *analysis, uint32_t token)
{
    if (analysis->verb >= 0)
        return true;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_FRAMES)
                return true;
        }
    }
    return false;
}

/* --- the two together ------------------------------------------------------------------------------------------- */

/*
 * A word can act itself and carry another's act ("ittafaqa 'ala hudna" agrees, and a truce will be). An act of its own
 * whose conditions speak of the very noun that would be carried has that noun in its meaning.
 */
static void settle(choice *c)
{
    candidate *act = &c->act, *carry = &c->carry;
    if (!act->frame || !carry->frame)
        return;
    bool same = act->eaten != ISN_NONE && act->eaten == carry->brought;
    if (act->frame->kind == ISN_FRAME_NONE) {
        if (act->score / 10 > carry->score / 10 || (act->score / 10 == carry->score / 10 && same))
            carry->frame = NULL;
        else
            act->frame = NULL;
    } else if (carry->frame->kind == ISN_FRAME_LIGHT) {
        if (act->score / 10 > carry->score / 10 ||
            (act->score / 10 == carry->score / 10 && (same || carry->brought == ISN_NONE)))
            carry->frame = NULL;
        else
            act->frame = NULL;
    } else if (same) {
        carry->frame = NULL;
    } else if (carry->frame->status == ISN_STATUS_NEGATED && isn_str_equal(act->frame->type, ISN_STR("REJECT"))) {
        act->eaten = carry->brought; /* to refuse an act is one act */
        carry->frame = NULL;
    }
}

/* "atlaqa saraha fulan": the genitive of the noun that the frame speaks of. */
static bool take_object_genitive(isn_act *act, const isn_reading *reading)
{
    bool named;
    if (act->form != ISN_F_VERB || !act->frame || act->eaten == ISN_NONE)
        return true;
    isn_frame_role(act->frame, ISN_SLOT_OBJ, ISN_PERSON, &named);
    if (named || isn_frame_role(act->frame, ISN_SLOT_GEN, ISN_PERSON, &named) != ISN_ROLE_RECIPIENT)
        return true;
    isn_slots of_noun;
    isn_slots_of_noun(&of_noun, reading->clauses, act->eaten);
    isn_slots *own = isn_arena_alloc(reading->arena, sizeof *own);
    if (!own)
        return false;
    *own = *act->slots;
    own->gen = of_noun.gen;
    act->slots = own;
    return true;
}

/* A fixed phrase that begins with a verb ("waqafa ila janib") acts as a verb; what follows it stands in its `gen`. */
static bool take_phrase_object(isn_act *act, const isn_reading *reading)
{
    const isn_clauses *clauses = reading->clauses;
    isn_slots *own = isn_arena_alloc(reading->arena, sizeof *own);
    if (!own)
        return false;
    *own = *act->slots;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, act->unit) + 1], u = act->unit + 1;
    while (u < end && clauses->units[u].first < act->token + act->n_tokens)
        u++;
    if (u < end && isn_unit_is_nominal(&clauses->units[u])) {
        own->gen.unit = u;
        own->gen.after = isn_party_read(&own->gen.party, clauses, u, end);
    }
    act->slots = own;
    act->form = ISN_F_VERB;
    return true;
}

static bool any_like(const isn_frames *frames, uint32_t first, uint32_t last, uint8_t forms, const isn_frame *like)
{
    for (uint32_t row = first; row < last; row++) {
        const isn_frame *frame = &frames->items[row];
        if (frame->kind == like->kind && (frame->forms & forms) && isn_str_equal(frame->type, like->type) &&
            isn_str_equal(frame->mode, like->mode))
            return true;
    }
    return false;
}

/* Has the noun at `unit` a frame of the same type and mode? */
static bool noun_tells(const isn_reading *reading, uint32_t unit, const isn_frame *like)
{
    const isn_frames *frames = reading->frames;
    const isn_text *text = reading->clauses->text;
    uint32_t token = reading->clauses->units[unit].first;
    const isn_analysis *analysis = verbal_analysis(reading, unit);
    if (!analysis || analysis->pos == ISN_POS_VERB)
        return false;
    if (analysis->verb >= 0) {
        uint32_t first = frames->of_verb[analysis->verb];
        if (first != ISN_NO_ROW &&
            any_like(frames, first, isn_frames_after(frames, first), ISN_FRAME_MASDAR, like))
            return true;
    }
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries && match->n == 1 && fits_cut(text, match); e++) {
            const isn_entry *entry = &match->entry[e];
            if (entry->table == ISN_T_FRAMES &&
                any_like(frames, entry->row, entry->row + 1, ISN_FRAME_MASDAR | ISN_FRAME_NOMINAL, like))
                return true;
        }
    }
    return false;
}

/* "qaddama da'man", "wajjaha ittihaman": of a verb that can carry acts the noun tells which one it is (V1). */
static void move_trigger(isn_act *act, const isn_reading *reading)
{
    const isn_frames *frames = reading->frames;
    if (act->form != ISN_F_VERB || act->eaten == ISN_NONE || act->n_tokens > 1 ||
        !noun_tells(reading, act->eaten, act->frame))
        return;
    uint32_t first = act->frame->row;
    while (first > 0 && isn_frames_after(frames, first - 1) > first)
        first--;
    uint32_t last = isn_frames_after(frames, first);
    for (uint32_t row = first; row < last; row++) {
        if (frames->items[row].kind == ISN_FRAME_LIGHT) {
            act->token = reading->clauses->units[act->eaten].first;
            return;
        }
    }
}

/* The first frame with pos m that is spelled as the token; of a verb's verbal nouns each can have its own. */
static uint32_t masdar_row(const isn_reading *reading, uint32_t token)
{
    const isn_text *text = reading->clauses->text;
    uint32_t row = ISN_NO_ROW;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries && match->n == 1 && fits_cut(text, match); e++) {
            if (match->entry[e].table == ISN_T_FRAMES && match->entry[e].form == ISN_F_MASDAR && match->entry[e].row < row)
                row = match->entry[e].row;
        }
    }
    return row;
}

static void consider_verb(choice *out, const isn_act *act, const isn_reading *reading, int32_t verb, bool conditioned)
{
    const isn_frames *frames = reading->frames;
    uint32_t own = masdar_row(reading, act->token), first = frames->of_verb[verb];
    if (own == ISN_NO_ROW)
        own = frames->of_masdar[verb];
    if (own != ISN_NO_ROW && act->form == ISN_F_MASDAR)
        consider(out, act, reading, own, isn_frames_after(frames, own), 0, conditioned);
    if (first != ISN_NO_ROW)
        consider(out, act, reading, first, isn_frames_after(frames, first), 0, conditioned);
}

/* The word's own verb, and others of the same letters (hamala, hammala) where a frame's conditions show that one is meant. */
static void consider_word(choice *out, const isn_act *act, const isn_reading *reading, const isn_analysis *analysis)
{
    const isn_word *word = reading->clauses->text->tokens[act->token].word;
    uint32_t own = analysis->verb < 0 && analysis->pos == ISN_POS_MASDAR ? masdar_row(reading, act->token) : ISN_NO_ROW;
    if (own != ISN_NO_ROW) /* a plural that no verb has: liqa'at */
        consider(out, act, reading, own, isn_frames_after(reading->frames, own), 0, false);
    if (analysis->verb < 0)
        return;
    consider_verb(out, act, reading, analysis->verb, false);
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *other = &word->analyses[a];
        if (other->verb >= 0 && other->verb != analysis->verb && other->pos == analysis->pos &&
            other->skip == analysis->skip && other->stem == analysis->stem)
            consider_verb(out, act, reading, other->verb, true);
    }
}

isn_act *isn_act_choose(isn_reading *reading, uint32_t unit)
{
    const isn_clauses *clauses = reading->clauses;
    const isn_unit *u = &clauses->units[unit];
    const isn_analysis *analysis = verbal_analysis(reading, unit);
    if (!analysis || !may_act(clauses->text, analysis, u->first))
        return NULL;
    if ((analysis->clitics & ISN_CL_AL) && analysis->pos == ISN_POS_MASDAR && (analysis->detail & ISN_N_CONSTRUCT))
        return NULL; /* no idafa behind the article: a nisba of the same letters ("al-ijtima'i") */
    isn_act act = {.unit = unit, .token = u->first, .n_tokens = 1, .event = ISN_NONE, .eaten = ISN_NONE, .brought = ISN_NONE,
                   .detail = analysis->detail, .form = form_of(analysis), .slots = clauses->slots[unit]};
    if (u->kind != ISN_UNIT_VERB) {
        isn_slots *slots = isn_arena_alloc(reading->arena, sizeof *slots);
        if (!slots)
            return NULL;
        isn_slots_of_noun(slots, clauses, unit);
        act.slots = slots;
    }
    choice c = {.act = {.score = -1}, .carry = {.score = -1}};
    if (!consider_phrases(&c, &act, reading))
        consider_word(&c, &act, reading, analysis);
    settle(&c);
    const candidate *chosen = c.act.frame ? &c.act : &c.carry;
    if (!chosen->frame)
        return NULL;
    act.frame = c.act.frame;
    act.carry = c.carry.frame;
    act.brought = c.carry.frame ? c.carry.brought : ISN_NONE;
    act.eaten = c.act.frame ? c.act.eaten : ISN_NONE;
    act.form = chosen->form;
    act.passive = chosen->passive;
    act.n_tokens = chosen->n_tokens;
    act.detail = chosen->detail;
    if (act.form == ISN_F_PHRASE && u->kind == ISN_UNIT_VERB && !take_phrase_object(&act, reading))
        return NULL;
    isn_act *kept = isn_arena_alloc(reading->arena, sizeof *kept);
    if (!kept || !take_object_genitive(&act, reading))
        return NULL;
    if (act.frame)
        move_trigger(&act, reading);
    *kept = act;
    return kept;
}
