/* party.c - reading noun phrases. */
#include <string.h>

#include "clause/parts.h"

#include "lexicon/schema.h"

void isn_party_add(isn_party *party, uint32_t entity)
{
    if (entity != ISN_NONE && party->n < ISN_MOST_COORDINATES && !isn_party_has(party, entity))
        party->entity[party->n++] = entity;
}

void isn_party_join(isn_party *party, const isn_party *other)
{
    for (uint8_t i = 0; i < other->n; i++)
        isn_party_add(party, other->entity[i]);
}

bool isn_party_has(const isn_party *party, uint32_t entity)
{
    for (uint8_t i = 0; i < party->n; i++) {
        if (party->entity[i] == entity)
            return true;
    }
    return false;
}

/* Does the unit go on with the noun phrase before it: a noun with no proclitic of its own? */
static bool goes_on(const isn_unit *unit)
{
    return isn_unit_is_nominal(unit) && !unit->conj && unit->prep == ISN_NO_ROW;
}

static bool is_quantity(const isn_unit *unit)
{
    return unit->pos == ISN_POS_NUMBER || unit->sub == ISN_SUB_QUANTITY ||
           unit->pos == ISN_POS_DEMONSTRATIVE;
}

/* Is the unit's word one of the rows [0] to [1] of classes.tsv? *row says which. */
static bool in_rows(const isn_clauses *clauses, const isn_unit *unit, const uint32_t rows[2])
{
    const isn_text *text = clauses->text;
    for (uint32_t m = text->match_from[unit->first]; m < text->match_from[unit->first + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table == ISN_T_CLASSES && entry->row >= rows[0] && entry->row < rows[1])
                return true;
        }
    }
    return false;
}

/* Does the unit's first word end as a dual outside idafa does: -an, -ayn? */
static bool ends_as_dual(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_word *word = clauses->text->tokens[unit->first].word;
    if (!word || word->n < 5)
        return false;
    uint8_t last = word->key[word->n - 1], before = word->key[word->n - 2];
    return last == ISN_NOON && (before == ISN_ALEF || before == ISN_YEH);
}

static bool is_dual(const isn_clauses *clauses, const isn_unit *unit)
{
    return unit->definite && ends_as_dual(clauses, unit);
}

/* Two who stand in the slots of one verb: together in one, or one in each of two. */
static bool stand_together(isn_party *out, const isn_slots *slots, uint32_t with)
{
    isn_party all = {.n = 0};
    if (slots->subj.party.n == 2) {
        *out = slots->subj.party;
        return true;
    }
    isn_party_join(&all, &slots->subj.party);
    isn_party_join(&all, &slots->obj.party);
    for (uint8_t i = 0; i < slots->n_preps && all.n < 2; i++) {
        if (slots->preps[i].party.n == 2 && all.n == 0)
            all = slots->preps[i].party;
        else if (slots->preps[i].prep == with)
            isn_party_join(&all, &slots->preps[i].party);
    }
    *out = all;
    return all.n == 2;
}

/* "the two ministers", "the two countries": the last two persons, or bodies or places of two states, who stood together. */
static bool find_pair(isn_party *out, const isn_clauses *clauses, uint32_t unit, bool persons)
{
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t from = clauses->sentence_from[sentence > 5 ? sentence - 5 : 0];
    for (uint32_t u = unit; u > from && clauses->slots;) {
        u--;
        isn_party pair;
        if (!clauses->slots[u] || !stand_together(&pair, clauses->slots[u], clauses->grammar->with))
            continue;
        const isn_entity *a = &clauses->entities->items[pair.entity[0]], *b = &clauses->entities->items[pair.entity[1]];
        bool two_states = a->country[0] && b->country[0] && memcmp(a->country, b->country, 3) != 0;
        if (persons ? a->type == ISN_PERSON && b->type == ISN_PERSON : two_states) {
            *out = pair;
            out->carried = 1;
            return true;
        }
    }
    return false;
}

/* "al-janiban", "al-baladan": the two states that stood together last, else those that were named or acted through their people. */
static void read_two(isn_party *out, const isn_clauses *clauses, uint32_t unit)
{
    isn_party pair;
    for (uint8_t i = 0; i < 2 && find_pair(&pair, clauses, unit, false); i++)
        isn_party_add(out, isn_refer_state(clauses->entities, clauses->entities->items[pair.entity[i]].country));
    out->carried = 1;
    if (out->n == 2)
        return;
    out->n = 0;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t from = clauses->sentence_from[sentence > 5 ? sentence - 5 : 0];
    for (uint32_t u = unit; u > from && out->n < 2;) {
        u--;
        if (clauses->units[u].kind != ISN_UNIT_MENTION)
            continue;
        isn_party_add(out, isn_refer_state(clauses->entities,
                                           clauses->entities->items[clauses->units[u].entity].country));
    }
    if (out->n < 2)
        out->n = 0;
    out->carried = 1;
}

/* The state of the person whom the pronoun means, or of the nearest person before it who has one. */
static uint32_t own_state(const isn_clauses *clauses, uint32_t unit, uint8_t pronoun)
{
    isn_party owner;
    isn_refer_pronoun(&owner, clauses, unit, pronoun);
    if (owner.n) {
        const isn_entity *entity = &clauses->entities->items[owner.entity[0]];
        uint32_t state = entity->type == ISN_PERSON ? isn_refer_state(clauses->entities, entity->country) : ISN_NONE;
        if (state != ISN_NONE)
            return state;
    }
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t from = clauses->sentence_from[sentence > 1 ? sentence - 1 : 0];
    for (uint32_t u = unit; u > from;) {
        u--;
        const isn_unit *named = &clauses->units[u];
        if (named->kind != ISN_UNIT_MENTION || clauses->entities->items[named->entity].type != ISN_PERSON)
            continue;
        uint32_t state = isn_refer_state(clauses->entities, clauses->entities->items[named->entity].country);
        if (state != ISN_NONE)
            return state;
    }
    return ISN_NONE;
}

/* The small number that the unit's word is: three to ten; 0 if it is none. */
static uint32_t small_number(const isn_clauses *clauses, uint32_t token)
{
    const isn_text *text = clauses->text;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; text->matches[m].n == 1 && e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            isn_str value = entry->table == ISN_T_CALENDAR &&
                                    isn_str_equal(isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, entry->row,
                                                                   ISN_C_CALENDAR_KIND), ISN_STR("number"))
                                ? isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, entry->row, ISN_C_CALENDAR_VALUE)
                                : (isn_str){NULL, 0};
            if (value.n == 1)
                return (uint32_t)(value.p[0] - '0');
        }
    }
    return 0;
}

/* As many as `n` who stood together in a slot of the last verbs before `unit`, within five sentences. */
static bool find_together(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint32_t n)
{
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t from = clauses->sentence_from[sentence > 5 ? sentence - 5 : 0];
    for (uint32_t u = unit; u > from && clauses->slots;) {
        u--;
        const isn_slots *slots = clauses->slots[u];
        const isn_party *found = !slots                     ? NULL
                                 : slots->subj.party.n == n ? &slots->subj.party
                                 : slots->obj.party.n == n  ? &slots->obj.party
                                                            : NULL;
        for (uint8_t i = 0; slots && !found && i < slots->n_preps; i++)
            found = slots->preps[i].party.n == n ? &slots->preps[i].party : NULL;
        if (found) {
            *out = *found;
            out->carried = 1;
            return true;
        }
    }
    return false;
}

/* "the four countries", "the three leaders": those who were named together last, where they are so many. */
static bool read_several(isn_party *out, const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *u = &clauses->units[unit];
    bool group = u->kind == ISN_UNIT_MENTION && clauses->entities->items[u->entity].type == ISN_GROUP &&
                 u->last > u->first + 1;
    if (!u->definite || (u->kind == ISN_UNIT_MENTION && !group) || (!group && unit + 1 >= clauses->n))
        return false;
    uint32_t token = group ? u->last - 1 : clauses->units[unit + 1].first;
    const isn_analysis *first = isn_token_best(&clauses->text->tokens[u->first]);
    const isn_analysis *best = isn_token_best(&clauses->text->tokens[token]);
    if (!first || !best || !(best->clitics & ISN_CL_AL) || !(first->clitics & ISN_CL_AL) ||
        clauses->text->tokens[token].sentence != clauses->text->tokens[u->first].sentence)
        return false;
    uint32_t n = small_number(clauses, token);
    return n > 2 && find_together(out, clauses, unit, n);
}

/* Nouns that stand for parties named elsewhere: "his country", "the two sides", "the four countries". */
static void read_stand_in(isn_party *out, const isn_clauses *clauses, uint32_t unit)
{
    const isn_unit *u = &clauses->units[unit];
    const isn_grammar *grammar = clauses->grammar;
    isn_party several = {.n = 0};
    if (read_several(&several, clauses, unit)) {
        isn_party_join(out, &several);
        out->carried = 1;
    } else if (u->pronoun && in_rows(clauses, u, grammar->own_state)) {
        isn_party_add(out, own_state(clauses, unit, u->pronoun));
        out->carried = 1;
    } else if (u->definite && !is_dual(clauses, u) && u->kind == ISN_UNIT_NOUN && in_rows(clauses, u, grammar->own_state)) {
        isn_party_add(out, own_state(clauses, unit, 0)); /* "the country": that of who was named last */
        out->carried = 1;
    } else if (unit + 1 < clauses->n && u->definite && !is_dual(clauses, u) &&
               in_rows(clauses, u, grammar->two_sides)) {
        isn_party_add(out, isn_refer_demonym(clauses, unit + 1)); /* "the Russian side" */
    } else if (is_dual(clauses, u) &&
               (in_rows(clauses, u, grammar->two_sides) || in_rows(clauses, u, grammar->two_states))) {
        read_two(out, clauses, unit);
    }
}

/* "the Libyan capital Tripoli": a class noun of places with its article before the name of one. */
static bool names_place(const isn_clauses *clauses, uint32_t head, const isn_unit *name)
{
    const isn_text *text = clauses->text;
    if (clauses->entities->items[name->entity].type != ISN_PLACE || (clauses->units[head].detail & ISN_N_PLURAL))
        return false;
    uint32_t token = clauses->units[head].first;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_PLACEHEADS)
                return true;
        }
    }
    return false;
}

static bool closes_idafa(const isn_unit *unit)
{
    return unit->kind == ISN_UNIT_NOUN &&
           (unit->definite || unit->pronoun || (unit->detail & ISN_N_ACCUSATIVE)) && !is_quantity(unit);
}

/* A noun that is hardly an adjective, by the tagger's scores without context. */
static bool is_no_adjective(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_token *token = &clauses->text->tokens[unit->first];
    const isn_analysis *best = isn_token_best(token);
    if (unit->kind != ISN_UNIT_NOUN || (unit->pos != ISN_POS_NOUN && unit->pos != ISN_POS_MASDAR) || !best ||
        is_quantity(unit))
        return false;
    for (uint16_t a = 0; a < token->word->n_analyses; a++) {
        const isn_analysis *other = &token->word->analyses[a];
        bool describes = other->pos == ISN_POS_ADJ || other->pos == ISN_POS_ACTIVE || other->pos == ISN_POS_PASSIVE;
        if (describes && other->score + 1 > best->score)
            return false;
    }
    return true;
}

/* The ending of an adjective of relation: -i, -iya, and their duals and plurals. */
static bool has_nisba(const isn_word *word)
{
    if (!word || word->n < 4)
        return false;
    const uint8_t *end = word->key + word->n;
    uint8_t last = word->letters[word->n - 1];
    if (last == ISN_YEH)
        return true;
    if (last == ISN_TEH_MARBUTA || end[-1] == ISN_TEH)
        return end[-2] == ISN_YEH || (end[-2] == ISN_ALEF && end[-3] == ISN_YEH);
    return last == ISN_NOON && word->n > 5 && end[-3] == ISN_YEH &&
           (end[-2] == ISN_YEH || end[-2] == ISN_WAW || end[-2] == ISN_ALEF);
}

/* Is the adjective of more or most: "the largest country"? */
static bool is_elative(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_word *word = clauses->text->tokens[unit->first].word;
    return word && word->n <= 4 && word->letters[0] == ISN_ALEF_HAMZA_ABOVE;
}

/* Does the noun describe the mention before it? Definite by definite, indefinite by indefinite. */
static bool describes_mention(const isn_clauses *clauses, const isn_unit *mention, const isn_unit *unit)
{
    if (unit->kind != ISN_UNIT_NOUN)
        return false;
    bool name = clauses->mentions->items[mention->mention].form == ISN_FORM_NAME;
    if (mention->definite && unit->definite)
        return unit->pos == ISN_POS_ADJ || (!name && has_nisba(clauses->text->tokens[unit->first].word));
    const isn_analysis *tail = isn_token_best(&clauses->text->tokens[mention->last - 1]);
    bool article = name || (tail && (tail->clitics & ISN_CL_AL));
    return unit->pos == ISN_POS_ADJ && !unit->definite && !article;
}

/* Past words of honour before a person: "sahib al-sumuww al-shaykh X". The unit of the person, or `unit`. */
static uint32_t after_titles(const isn_clauses *clauses, uint32_t unit, uint32_t end)
{
    const isn_text *text = clauses->text;
    uint32_t u = unit;
    for (uint8_t steps = 0; steps < 4 && u < end && clauses->units[u].kind == ISN_UNIT_NOUN; steps++) {
        uint32_t token = clauses->units[u].first, n = 0;
        for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1] && n == 0; m++) {
            for (uint8_t e = 0; e < text->matches[m].entries; e++) {
                if (text->matches[m].entry[e].table == ISN_T_TITLES)
                    n = text->matches[m].n;
            }
        }
        if (n == 0 || token + n >= text->n_tokens)
            break;
        u = clauses->unit_of[token + n];
        if (u >= end || !goes_on(&clauses->units[u]))
            return unit;
    }
    bool person = u > unit && u < end && clauses->units[u].kind == ISN_UNIT_MENTION &&
                  clauses->entities->items[clauses->units[u].entity].type == ISN_PERSON;
    return person ? u : unit;
}

/* "al-waziran": two who hold an office; the ending in -ayn may be a plural's. */
static bool is_dual_office(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_word *word = clauses->text->tokens[unit->first].word;
    return is_dual(clauses, unit) && clauses->entities->items[unit->entity].type == ISN_GROUP &&
           strcmp(clauses->mentions->items[unit->mention].rule, "office") == 0 && word->n > 3 &&
           (word->letters[word->n - 2] == ISN_ALEF || clauses->mentions->items[unit->mention].plural == 2);
}

/* The mention at `u` with the adjectives that follow it; returns the unit after them. */
static uint32_t read_mention(isn_party *out, const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    const isn_unit *units = clauses->units;
    const isn_unit *described = &units[u];
    isn_party several = {.n = 0};
    bool dual = described->last == described->first + 1 && is_dual_office(clauses, described);
    if (read_several(&several, clauses, u) || (dual && find_pair(&several, clauses, u, true)))
        isn_party_join(out, &several); /* "the two ministers" are persons named before */
    else
        isn_party_add(out, units[u].entity);
    u++;
    while (u < end && goes_on(&units[u]) && describes_mention(clauses, described, &units[u]))
        u++;
    /* "guards of the border" where only the guards are named */
    const isn_word *tail = clauses->text->tokens[units[u - 1].last - 1].word;
    if (u < end && !units[u - 1].definite && units[u - 1].kind == ISN_UNIT_MENTION && goes_on(&units[u]) &&
        units[u].kind == ISN_UNIT_NOUN && units[u].definite && is_no_adjective(clauses, &units[u]) && tail &&
        tail->key[tail->n - 1] != ISN_NOON && !units[u - 1].pronoun)
        u++;
    return u;
}

/* Years, months, days: no indefinite noun belongs to them ("since years, clashes"). */
static bool is_unit_of_time(const isn_clauses *clauses, uint32_t unit)
{
    const isn_text *text = clauses->text;
    uint32_t token = clauses->units[unit].first;
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table == ISN_T_CALENDAR &&
                isn_str_equal(isn_lexicon_cell(text->lexicon, ISN_T_CALENDAR, entry->row, ISN_C_CALENDAR_KIND), ISN_STR("unit")))
                return true;
        }
    }
    return false;
}

/* A plain noun at `unit`, behind what counts it from `from`, with its genitives and adjectives; the unit after it. */
static uint32_t read_noun(isn_party *out, const isn_clauses *clauses, uint32_t from, uint32_t unit, uint32_t end)
{
    const isn_unit *units = clauses->units;
    uint32_t u = unit + 1, head = unit;
    read_stand_in(out, clauses, head);
    /* a title before a name is the person: "the prince Muhammad" */
    bool title = units[u - 1].definite && u < end && goes_on(&units[u]) &&
                 units[u].kind == ISN_UNIT_MENTION &&
                 clauses->entities->items[units[u].entity].type == ISN_PERSON &&
                 clauses->mentions->items[units[u].mention].form == ISN_FORM_NAME;
    if (title)
        isn_party_add(out, units[u].entity);
    /* a plain noun takes its genitives and adjectives with it, up to the first mention; a counted group is the group */
    bool counted = unit > from || is_quantity(&units[u - 1]);
    if (u + 2 < end && units[u].kind == ISN_UNIT_QUOTE && units[u + 1].kind == ISN_UNIT_MENTION &&
        units[u + 2].kind == ISN_UNIT_QUOTE && !units[head].definite)
        return u + 3; /* the treaty "of ..." */
    /* "mu'tamaray Barlin": no "my", but a dual before its genitive */
    bool dual = units[u - 1].pronoun / 8 == 1 && !units[u - 1].definite && u < end && goes_on(&units[u]) &&
                units[u].kind == ISN_UNIT_MENTION;
    bool closed = (!dual && closes_idafa(&units[u - 1])) || is_unit_of_time(clauses, head), described = false;
    while (u < end && goes_on(&units[u])) {
        bool last = units[u].kind == ISN_UNIT_MENTION;
        bool named = last && (title || (closed && names_place(clauses, head, &units[u])));
        if (closed && (last ? !named : !units[u].definite))
            break; /* a noun with article, pronoun or nunation takes no genitive: a new phrase begins */
        if (!last && ((closed && units[u].definite) || described) && is_no_adjective(clauses, &units[u]))
            break; /* nor does one with an adjective behind it; and two nouns with articles are two phrases */
        bool tamyiz = last && counted && !(units[head].detail & ISN_N_PLURAL) &&
                      isn_unit_is_oblique(clauses, &units[u]);
        if (last && (described || tamyiz) && !named)
            break; /* nor what is counted in the singular before an oblique plural */
        if (named || (last && !closed && u == head + 1 && names_place(clauses, head, &units[u])))
            isn_party_add(out, units[u].entity); /* "the state of Kuwait" is Kuwait */
        if (last && (counted || clauses->mentions->items[units[u].mention].generic) && u < from + 5 &&
            clauses->entities->items[units[u].entity].type == ISN_GROUP)
            isn_party_add(out, units[u].entity);
        closed |= closes_idafa(&units[u]);
        described |= units[u].kind == ISN_UNIT_NOUN && !units[u].definite && !is_elative(clauses, &units[u]) &&
                     (units[u].pos == ISN_POS_ADJ || units[u].pos == ISN_POS_PASSIVE);
        u++;
        if (last)
            break;
    }
    return u;
}

/* Is the unit the preposition "of" (min)? */
static bool is_of(const isn_clauses *clauses, uint32_t u)
{
    const isn_unit *unit = &clauses->units[u];
    return unit->kind == ISN_UNIT_PREP && !unit->pronoun && unit->prep == clauses->grammar->min;
}

/* One noun phrase without what is coordinated; returns the unit after it. */
static uint32_t read_one(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint32_t end)
{
    const isn_unit *units = clauses->units;
    uint32_t u = unit;
    while (u < end && units[u].kind == ISN_UNIT_QUOTE)
        u++;
    bool marks = u > unit;
    while (u < end && isn_unit_is_nominal(&units[u]) && is_quantity(&units[u]) &&
           (u == unit || goes_on(&units[u]))) {
        bool counts = units[u].sub == ISN_SUB_QUANTITY, number = units[u].pos == ISN_POS_NUMBER;
        u++;
        while (counts && u + 1 < end && goes_on(&units[u]) && !units[u].definite && units[u].kind == ISN_UNIT_NOUN &&
               (units[u].pos == ISN_POS_ADJ || is_of(clauses, u + 1)))
            u++; /* "a large number" */
        if (u + 1 < end && is_of(clauses, u) && (counts || (number && isn_unit_is_nominal(&units[u + 1]))))
            u++; /* a number "of" */
    }
    if (u >= end)
        return u;
    if (u > unit && units[u].kind == ISN_UNIT_PREP && units[u].pronoun && units[u].prep == clauses->grammar->min) {
        isn_party several = {.n = 0}; /* "fifteen of them" */
        isn_refer_pronoun(&several, clauses, u, units[u].pronoun);
        isn_party_join(out, &several);
        out->carried = 1;
        return u + 1;
    }
    if (!isn_unit_is_nominal(&units[u]))
        return u > unit ? u : unit + 1;
    u = after_titles(clauses, u, end);
    if (units[u].kind == ISN_UNIT_MENTION) {
        u = read_mention(out, clauses, u, end);
        return marks && u < end && units[u].kind == ISN_UNIT_QUOTE ? u + 1 : u;
    }
    uint32_t after = read_noun(out, clauses, unit, u, end);
    /* "thirty men of (min) the forces of X": those of whom they are */
    if (u > unit && out->n == 0 && after + 1 < end && is_of(clauses, after) &&
        units[after + 1].kind == ISN_UNIT_MENTION && units[after + 1].prep == ISN_NO_ROW &&
        clauses->entities->items[units[after + 1].entity].type != ISN_PLACE)
        return read_mention(out, clauses, after + 1, end);
    return after;
}

/* Does a pronoun stand on the office with which the mention begins? */
static bool is_owned(const isn_clauses *clauses, const isn_unit *unit)
{
    const isn_analysis *best = isn_token_best(&clauses->text->tokens[unit->first]);
    return best && best->pronoun && clauses->mentions->items[unit->mention].form == ISN_FORM_ROLE;
}

/* May `second` be coordinated with an entity of the kind of `first`? */
static bool alike(const isn_clauses *clauses, uint32_t first, const isn_unit *second)
{
    if (second->kind != ISN_UNIT_MENTION)
        return false;
    if (first == ISN_NONE)
        return true;
    uint8_t a = clauses->entities->items[first].type;
    uint8_t b = clauses->entities->items[second->entity].type;
    if (a == b)
        return true;
    return (a == ISN_PLACE) == (b == ISN_PLACE) || a == ISN_ORGANIZATION || b == ISN_ORGANIZATION ||
           (a == ISN_PLACE && (second->pronoun || is_owned(clauses, second))); /* "Russia and its president" */
}

/*
 * "the two presidents, the Russian X and the Turkish Y": a dual, adjectives, a name, "and", adjectives, a name. Returns
 * the unit after the second name; `unit` if the words are not that.
 */
static uint32_t read_pair(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint32_t end)
{
    const isn_unit *units = clauses->units;
    const isn_analysis *first = isn_token_best(&clauses->text->tokens[units[unit].first]);
    bool one = units[unit].kind == ISN_UNIT_MENTION && clauses->mentions->items[units[unit].mention].form == ISN_FORM_ROLE &&
               clauses->entities->items[units[unit].entity].type == ISN_PERSON;
    if (!first || !((first->clitics & ISN_CL_AL) || (first->pronoun && one)) || !isn_unit_is_nominal(&units[unit]) ||
        !(ends_as_dual(clauses, &units[unit]) || (first->pronoun && (first->detail & ISN_N_DUAL))))
        return unit;
    bool joined = false;
    isn_party pair = {.n = 0};
    if (one)
        isn_party_add(&pair, units[unit].entity); /* the office, its nationality and the name are one unit */
    for (uint32_t u = unit + 1; u < end && u < unit + 8; u++) {
        if (units[u].kind == ISN_UNIT_COMMA)
            continue;
        if (!isn_unit_is_nominal(&units[u]) || units[u].prep != ISN_NO_ROW)
            return unit;
        if (units[u].conj && (joined || pair.n != 1))
            return unit;
        joined |= units[u].conj;
        if (units[u].kind != ISN_UNIT_MENTION)
            continue;
        if (clauses->entities->items[units[u].entity].type != ISN_PERSON || (pair.n == 1 && !joined))
            return unit;
        isn_party_add(&pair, units[u].entity);
        if (pair.n == 2) {
            *out = pair;
            return u + 1;
        }
    }
    return unit;
}

/* "(the Turkish president X) and the Russian Y": past the adjective that stands for the office of the one before, and a comma. */
static uint32_t after_adjective(const isn_clauses *clauses, uint32_t unit, uint32_t end)
{
    const isn_unit *units = clauses->units;
    if (units[unit].kind != ISN_UNIT_NOUN || !units[unit].conj || !units[unit].definite ||
        (units[unit].pos != ISN_POS_ADJ && !has_nisba(clauses->text->tokens[units[unit].first].word)))
        return unit;
    uint32_t u = unit + 1;
    if (u + 1 < end && units[u].kind == ISN_UNIT_COMMA)
        u++;
    bool person = u < end && units[u].kind == ISN_UNIT_MENTION && !units[u].conj && units[u].prep == ISN_NO_ROW &&
                  clauses->entities->items[units[u].entity].type == ISN_PERSON;
    return person ? u : unit;
}

uint32_t isn_party_read(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint32_t end)
{
    const isn_unit *units = clauses->units;
    *out = (isn_party){.n = 0};
    uint32_t pair = unit < end ? read_pair(out, clauses, unit, end) : unit;
    if (pair > unit)
        return pair;
    uint32_t after = read_one(out, clauses, unit, end);
    for (uint8_t more = 0; more < ISN_MOST_COORDINATES; more++) {
        uint32_t first = out->n ? out->entity[0] : ISN_NONE;
        uint32_t u = after;
        if (u < end && (units[u].kind == ISN_UNIT_QUOTE || units[u].kind == ISN_UNIT_BRACKET))
            u++;
        bool comma = u < end && units[u].kind == ISN_UNIT_COMMA;
        if (comma)
            u++;
        if (u >= end || !isn_unit_is_nominal(&units[u]) || units[u].prep != ISN_NO_ROW)
            break;
        if (!units[u].conj) {
            /* "a, b and c": a comma joins only if a conjunction closes the list */
            if (!comma || !alike(clauses, first, &units[u]) || out->n == 0)
                break;
            uint32_t v = u + 1;
            while (v + 1 < end && units[v].kind == ISN_UNIT_COMMA && alike(clauses, first, &units[v + 1]))
                v += 2;
            if (v >= end || !units[v].conj || !alike(clauses, first, &units[v]))
                break;
        }
        uint32_t named = out->n ? after_adjective(clauses, u, end) : u;
        if (out->n && !alike(clauses, first, &units[named]))
            break;
        u = named;
        if (u + 1 < end && units[u + 1].kind == ISN_UNIT_VERB && out->n && comma)
            break; /* a new clause with its subject before the verb */
        after = read_one(out, clauses, u, end);
    }
    return after;
}
