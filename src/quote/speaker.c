/* speaker.c - who says it. */
#include "quote/parts.h"

#define FARTHEST 24      /* units between a verb of saying and its subject */
#define NEAR_SENTENCES 4 /* a speaker is carried on over at most so many sentences */

static uint32_t sentence_begin(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
}

static uint32_t sentence_end(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
}

/* One entity, ISN_SEVERAL or ISN_NONE. */
static uint32_t one_of(const isn_party *party)
{
    return party->n == 0 ? ISN_NONE : party->n == 1 ? party->entity[0] : ISN_SEVERAL;
}

/* Can an entity be the subject of a word with this gender and number? Not known: yes. */
static bool can_say(const isn_clauses *clauses, uint32_t entity, bool feminine, bool several)
{
    if (entity == ISN_NONE)
        return false;
    if (entity == ISN_SEVERAL)
        return several;
    const isn_entity *e = &clauses->entities->items[entity];
    if (several)
        return e->type == ISN_GROUP || e->plural;
    if (e->type == ISN_GROUP || e->plural || e->female == 2)
        return true;
    return e->type != ISN_PERSON || feminine == (e->female == 1);
}

bool isn_verb_is_embedded(const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *verb = &clauses->units[unit];
    if (unit == sentence_begin(clauses, unit) || verb->conj)
        return false;
    const isn_unit *before = &clauses->units[unit - 1];
    if (before->kind == ISN_UNIT_RELATIVE)
        return true;
    const isn_slots *slots = clauses->slots[unit];
    return before->kind == ISN_UNIT_NOUN && !before->definite && !(slots && slots->subject_before);
}

bool isn_speaker_fits(const isn_clauses *clauses, uint32_t unit, uint32_t entity)
{
    uint16_t detail = clauses->units[unit].detail;
    bool several = (detail & (ISN_V_PLURAL | ISN_V_DUAL)) && (detail & ISN_V_THIRD);
    return can_say(clauses, entity, (detail & ISN_V_FEMININE) != 0, several);
}

/* --- behind a noun
 * ---------------------------------------------------------------------------------------------- */

static bool stands_for_place(const isn_clauses *clauses, uint32_t unit)
{
    const isn_text *text = clauses->text;
    uint32_t t = clauses->units[unit].first;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_PLACEHEADS)
                return true;
        }
    }
    return false;
}

static bool is_feminine(const isn_clauses *clauses, uint32_t unit)
{
    const isn_word *word = clauses->text->tokens[clauses->units[unit].first].word;
    return word && word->n && word->letters[word->n - 1] == ISN_TEH_MARBUTA;
}

/* "the paper", "the agency": the outlet that was named last before the unit; else an unnamed one.
 */
static uint32_t outlet_before(const isn_clauses *clauses, uint32_t unit)
{
    for (uint32_t u = unit; u > 0;) {
        u--;
        if (clauses->units[u].kind != ISN_UNIT_MENTION)
            continue;
        const isn_entity *entity = &clauses->entities->items[clauses->units[u].entity];
        if (entity->row != ISN_NO_ROW && entity->table == ISN_T_OUTLETS)
            return clauses->units[u].entity;
    }
    return ISN_SEVERAL;
}

/* The first party in the phrases behind a noun of saying: "statement issued by the ministry",
 * "spokesman of X". */
uint32_t isn_speaker_behind(const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    if (clauses->units[unit].kind != ISN_UNIT_NOUN)
        return ISN_NONE;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, unit);
    bool place = stands_for_place(clauses, unit);
    bool speaks = cue && cue->noun && cue->class_of < ISN_CUE_CONTENT;
    if (!speaks && !place)
        return ISN_NONE;
    isn_slots slots;
    isn_slots_of_noun(&slots, clauses, unit);
    if (slots.gen.party.n)
        return one_of(&slots.gen.party);
    if (slots.gen.unit != ISN_NONE && clauses->units[slots.gen.unit].kind == ISN_UNIT_NOUN) {
        isn_slots deeper; /* "a source of the ministry" with an adjective or a class noun between */
        for (uint32_t u = slots.gen.unit; u < slots.gen.after; u++) {
            if (clauses->units[u].kind == ISN_UNIT_MENTION)
                return clauses->units[u].entity;
        }
        isn_slots_of_noun(&deeper, clauses, slots.gen.unit);
        if (deeper.gen.party.n)
            return one_of(&deeper.gen.party);
    }
    if (place)
        return ISN_NONE;
    for (uint8_t i = 0; i < slots.n_preps && i < 2; i++) {
        const isn_slot *slot = &slots.preps[i];
        if (slot->party.n && clauses->entities->items[slot->party.entity[0]].type != ISN_PLACE)
            return slot->party.entity[0];
    }
    if (clauses->units[unit].definite && cue && cue->class_of == ISN_CUE_MEDIUM &&
        cue->row == f->issuer_row)
        return f->issuer;
    if (clauses->units[unit].definite && cue && cue->class_of == ISN_CUE_SOURCE &&
        is_feminine(clauses, unit))
        return outlet_before(clauses, unit);
    if (clauses->units[unit].definite && cue &&
        isn_sentence_of_unit(clauses, unit) - f->last_sentence <= NEAR_SENTENCES)
        return f->last_speaker;
    return cue->class_of == ISN_CUE_SOURCE || cue->class_of == ISN_CUE_MEDIUM ||
                   cue->class_of == ISN_CUE_STATE
               ? ISN_SEVERAL
               : ISN_NONE;
}

uint32_t isn_speaker_of_phrase(const isn_finder *f, uint32_t unit, uint32_t end, uint32_t *after)
{
    const isn_clauses *clauses = f->clauses;
    isn_party party;
    *after = unit + 1;
    if (unit >= end)
        return ISN_NONE;
    *after = isn_party_read(&party, clauses, unit, end);
    if (party.n)
        return one_of(&party);
    return isn_speaker_behind(f, unit);
}

/* --- the subject of a verb
 * -------------------------------------------------------------------------------------- */

/* Could the plain noun at `unit` be what is said, so that the subject is unsaid? */
static bool is_object(const isn_finder *f, uint32_t unit)
{
    const isn_unit *u = &f->clauses->units[unit];
    const isn_cue *cue = isn_cue_of_unit(f->quoter, f->clauses, unit);
    return u->pos == ISN_POS_MASDAR || u->pronoun || (cue && cue->class_of == ISN_CUE_CONTENT);
}

/* "the two sides": definite, and with the ending of the dual (or of a plural of persons). */
static bool is_dual(const isn_clauses *clauses, uint32_t unit)
{
    const isn_word *word = clauses->text->tokens[clauses->units[unit].first].word;
    if (!word || word->n < 6 || !clauses->units[unit].definite)
        return false;
    return word->key[word->n - 1] == ISN_NOON &&
           (word->key[word->n - 2] == ISN_ALEF || word->key[word->n - 2] == ISN_YEH);
}

typedef enum found { FOUND_NONE, FOUND_PLAIN, FOUND_PARTY } found;

/* A person's name that follows the noun or office at u before the next comma and verb: "member of
 * the bureau of X, Y". */
static uint32_t name_after(const isn_finder *f, uint32_t u, uint32_t end)
{
    const isn_clauses *clauses = f->clauses;
    for (uint32_t v = u + 1; v < end && v < u + 8; v++) {
        const isn_unit *now = &clauses->units[v];
        if (now->kind == ISN_UNIT_MENTION) {
            const isn_mention *name = &clauses->mentions->items[now->mention];
            bool apart =
                now->conj || now->prep != ISN_NO_ROW || clauses->units[v - 1].kind == ISN_UNIT_PREP;
            if (name->type == ISN_PERSON && name->form == ISN_FORM_NAME)
                return apart ? ISN_NONE : now->entity;
        } else if (now->kind != ISN_UNIT_NOUN && now->kind != ISN_UNIT_PREP) {
            return ISN_NONE;
        }
    }
    return ISN_NONE;
}

/* The holder's name behind a long office whose body has adjectives and a place of its own. */
static uint32_t name_behind(const isn_finder *f, uint32_t u, uint32_t end)
{
    const isn_mention *office = &f->clauses->mentions->items[f->clauses->units[u].mention];
    bool open =
        office->form == ISN_FORM_ROLE && office->type == ISN_PERSON && office->beside == ISN_NONE;
    return open ? name_after(f, u, end) : ISN_NONE;
}

/* A noun that may be the subject. */
static found subject_noun(uint32_t *out, const isn_finder *f, uint32_t u, uint32_t end)
{
    uint32_t after, name = is_object(f, u) ? ISN_NONE : name_after(f, u, end);
    *out = isn_speaker_of_phrase(f, u, end, &after);
    if (*out >= ISN_SEVERAL && name != ISN_NONE)
        *out = name;
    if (*out != ISN_NONE)
        return FOUND_PARTY;
    if (is_object(f, u))
        return FOUND_NONE;
    if (is_dual(f->clauses, u))
        *out = ISN_SEVERAL;
    return *out == ISN_NONE ? FOUND_PLAIN : FOUND_PARTY;
}

/* The subject to the right of the verb. */
static found subject_right(uint32_t *out, const isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t end = sentence_end(clauses, unit), close;
    isn_party party;
    for (uint32_t u = unit + 1; u < end && u < unit + FARTHEST;) {
        const isn_unit *now = &clauses->units[u];
        switch (now->kind) {
        case ISN_UNIT_MENTION:
            if (now->prep != ISN_NO_ROW) {
                u = isn_party_read(&party, clauses, u, end);
                continue;
            }
            if (now->conj)
                return FOUND_NONE;
            isn_party_read(&party, clauses, u, end);
            *out = one_of(&party);
            if (*out < ISN_SEVERAL && cue && !cue->who) {
                uint32_t name = name_behind(f, u, end);
                *out = name != ISN_NONE ? name : *out;
            }
            if (*out == ISN_SEVERAL || isn_speaker_fits(clauses, unit, *out))
                return FOUND_PARTY;
            return FOUND_NONE;
        case ISN_UNIT_NOUN:
            if (isn_cue_of_circumstance(f, u) && u > unit + 1)
                return FOUND_NONE;
            if (now->prep != ISN_NO_ROW) {
                u = isn_party_read(&party, clauses, u, end);
                continue;
            }
            return now->conj ? FOUND_NONE : subject_noun(out, f, u, end);
        case ISN_UNIT_PREP:
            if (cue && isn_cue_takes(cue, now->prep))
                return FOUND_NONE;
            u = !now->pronoun && u + 1 < end && isn_unit_is_nominal(&clauses->units[u + 1])
                    ? isn_party_read(&party, clauses, u + 1, end)
                    : u + 1;
            continue;
        case ISN_UNIT_QUOTE:
            if (isn_mark_opens(&close, f, now->first) && !isn_mark_names(f, now->first, close))
                return FOUND_NONE;
            u++;
            continue;
        case ISN_UNIT_DATE:
        case ISN_UNIT_ADVERB:
        case ISN_UNIT_OTHER:
        case ISN_UNIT_COMMA:
            if (now->kind == ISN_UNIT_COMMA && u > unit + 8)
                return FOUND_NONE;
            u++;
            continue;
        case ISN_UNIT_BRACKET:
            u++;
            continue;
        default:
            return FOUND_NONE;
        }
    }
    return FOUND_NONE;
}

/* The subject of the nearest verb to the left in this sentence that is in no speech, if it fits. */
static uint32_t subject_left(const isn_finder *f, uint32_t unit, bool feminine, bool several)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = sentence_begin(clauses, unit);
    for (uint32_t u = unit; u > begin;) {
        u--;
        const isn_slots *slots = clauses->slots[u];
        if (!slots || f->inside[u] != f->inside[unit] || isn_verb_is_embedded(clauses, u))
            continue;
        uint32_t subject = ISN_NONE;
        if (slots->subject_before || subject_right(&subject, f, u, NULL) != FOUND_PARTY)
            subject = slots->carried ? ISN_NONE : one_of(&slots->subj.party);
        if (can_say(clauses, subject, feminine, several))
            return subject;
    }
    return ISN_NONE;
}

/* The speaker of the last quote of this sentence, or of a sentence not far back. */
static uint32_t speaker_before(const isn_finder *f, uint32_t unit, bool this_sentence)
{
    const isn_clauses *clauses = f->clauses;
    if (this_sentence)
        return f->out->n > f->before ? f->out->items[f->out->n - 1].speaker : ISN_NONE;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    return sentence - f->last_sentence <= NEAR_SENTENCES ? f->last_speaker : ISN_NONE;
}

/* Is what the clause room takes for the subject before the verb no word of somebody's speech that
 * ended since? */
static bool topic_is_near(const isn_finder *f, uint32_t unit)
{
    uint32_t topic = f->clauses->slots[unit]->subj.unit;
    return topic == ISN_NONE || f->inside[topic] == f->inside[unit];
}

/* The subject that stands before the verb, if a party is there that fits. */
static bool subject_before(uint32_t *out, const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    const isn_slots *slots = clauses->slots[unit];
    if (!topic_is_near(f, unit) || !slots->subject_before || slots->carried ||
        slots->subj.party.n == 0 || clauses->units[unit].conj)
        return false;
    *out = one_of(&slots->subj.party);
    return *out == ISN_SEVERAL || isn_speaker_fits(clauses, unit, *out);
}

/* "anna-hu": the pronoun on "that" is the subject, nobody is named. */
static bool pronoun_before(const isn_clauses *clauses, uint32_t unit)
{
    const isn_slots *slots = clauses->slots[unit];
    return slots->subject_before && slots->subj.unit == ISN_NONE &&
           (slots->carried || slots->subj.party.n == 0) &&
           !(clauses->units[unit].detail & (ISN_V_PLURAL | ISN_V_DUAL));
}

uint32_t isn_speaker_of_verb(const isn_finder *f, uint32_t unit, const isn_cue *cue, bool *named)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *verb = &clauses->units[unit];
    const isn_slots *slots = clauses->slots[unit];
    bool feminine = (verb->detail & ISN_V_FEMININE) != 0;
    bool several = (verb->detail & (ISN_V_PLURAL | ISN_V_DUAL)) && (verb->detail & ISN_V_THIRD);
    uint32_t speaker = ISN_NONE;
    *named = true;
    if (subject_before(&speaker, f, unit))
        return speaker;
    bool topic = topic_is_near(f, unit);
    if (topic && cue->who && slots->subject_before && slots->subj.unit != ISN_NONE &&
        slots->subj.unit < unit && !verb->conj)
        return isn_speaker_behind(f, slots->subj.unit);
    found right = several || pronoun_before(clauses, unit) ? FOUND_NONE
                                                           : subject_right(&speaker, f, unit, cue);
    if (right == FOUND_PARTY && cue->who &&
        verb->conj) { /* "... and accused X": X may be the object */
        uint32_t left = subject_left(f, unit, feminine, several);
        if (left < ISN_SEVERAL && left != speaker &&
            (clauses->entities->items[left].female != 2 ||
             isn_content_bringer(f, unit, cue) != ISN_NONE))
            return left;
    }
    if (right == FOUND_PARTY)
        return speaker;
    if (topic && slots->subject_before && slots->subj.unit != ISN_NONE && slots->subj.unit < unit &&
        !verb->conj) {
        speaker = isn_speaker_behind(f, slots->subj.unit);
        if (speaker != ISN_NONE || clauses->units[slots->subj.unit].definite)
            return speaker;
    }
    if (right == FOUND_PLAIN)
        return ISN_NONE;
    *named = false;
    if (several && (verb->detail & ISN_V_DUAL))
        return ISN_SEVERAL;
    speaker = subject_left(f, unit, feminine, several);
    if (speaker != ISN_NONE)
        return speaker;
    speaker = speaker_before(f, unit, false);
    if (can_say(clauses, speaker, feminine, several))
        return speaker;
    speaker = slots->carried ? one_of(&slots->subj.party) : ISN_NONE;
    return several && speaker == ISN_NONE ? ISN_SEVERAL : speaker;
}

uint32_t isn_speaker_of_circumstance(const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *u = &clauses->units[unit];
    const isn_word *word = clauses->text->tokens[u->first].word;
    bool feminine = (u->detail & ISN_N_FEMININE) ||
                    (word && word->n > 1 && (word->letters[word->n - 1] == ISN_TEH_MARBUTA));
    bool several = (u->detail & (ISN_N_PLURAL | ISN_N_DUAL)) && !(u->detail & ISN_N_CONSTRUCT);
    uint32_t speaker = speaker_before(f, unit, true);
    if (speaker == ISN_SEVERAL || can_say(clauses, speaker, feminine, several))
        return speaker;
    uint32_t left = subject_left(f, unit, feminine, several);
    if (left != ISN_NONE)
        return left;
    if (several)
        return ISN_SEVERAL;
    left = speaker_before(f, unit, false);
    return can_say(clauses, left, feminine, several) ? left : speaker;
}
