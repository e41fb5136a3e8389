/*
 * persons.c - names of persons: full names first, by spelling, lexicon line and likeness; then single words (a surname,
 * a given name) to the full names that hold them, wherever these stand in the article.
 */
#include "lexicon/schema.h"
#include "link/join.h"

enum { LOOK_MOST = 24 };

static const float SAME_NAME = 0.76f, SAME_WORD = 0.59f;

static void read_names(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        if (mention->type != ISN_PERSON || mention->form != ISN_FORM_NAME)
            continue;
        isn_name *name = isn_arena_alloc(j->text->arena, sizeof *name);
        if (!name)
            return;
        size_t n;
        const uint8_t *letters = isn_join_letters(j, mention, &n);
        isn_name_read(name, j->linker->lexicon, letters, n);
        if (name->n)
            j->name[m] = name;
    }
}

/* --- which of several persons of the lexicon ---------------------------------------------------------------------- */

static bool offers_row(const isn_joining *j, const isn_mention *mention, uint32_t row)
{
    const isn_text *text = j->text;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; e < match->entries && match->n == mention->last - mention->first; e++) {
            if (match->entry[e].table == ISN_T_PEOPLE && match->entry[e].row == row)
                return true;
        }
    }
    return mention->table == ISN_T_PEOPLE && mention->row == row;
}

static float person_likely(const isn_joining *j, uint32_t m, const isn_entry *entry)
{
    const isn_mention *mention = &j->mentions->items[m];
    isn_str country = isn_lexicon_cell(j->linker->lexicon, ISN_T_PEOPLE, entry->row, ISN_C_PEOPLE_COUNTRY);
    float score = isn_join_weight(j, country) * 4.0f;
    if (isn_join_of_row(j, ISN_T_PEOPLE, entry->row) != ISN_NONE)
        score += 8.0f;
    if (mention->beside != ISN_NONE && j->sense[mention->beside].n) {
        const isn_sense *office = &j->sense[mention->beside];
        score += (float)isn_join_bears(j, entry->row, office);
        if (country.n == 3 && office->country[0])
            score += memcmp(country.p, office->country, 3) == 0 ? 1.0f : -3.0f;
    }
    if (isn_join_in_office(j, entry->row))
        score += 1.0f;
    if (entry->form != ISN_F_SHORT)
        score += 2.0f;
    return score;
}

/* A full name that the lexicon spells another way. */
static void choose_alike(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    if (mention->row != ISN_NO_ROW || !j->name[m] || j->name[m]->n < 2)
        return;
    const char *country = mention->beside != ISN_NONE ? j->sense[mention->beside].country : mention->country;
    uint32_t row = isn_known_alike(j->linker, j->name[m], country);
    if (row == ISN_NO_ROW)
        return;
    mention->table = ISN_T_PEOPLE;
    mention->row = row;
    mention->lex_form = ISN_F_NAME;
    isn_join_set_country(mention->country,
                         isn_lexicon_cell(j->linker->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_COUNTRY));
}

/* Chooses the person of the lexicon that a name means here; none where several are as likely, or where a short form that
 * is an everyday given name has nothing to back it. */
static void choose_person(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    const isn_text *text = j->text;
    const isn_entry *best = NULL;
    float most = 0.0f;
    int rivals = 0;
    for (uint32_t i = text->match_from[mention->first]; i < text->match_from[mention->first + 1]; i++) {
        const isn_match *match = &text->matches[i];
        if (match->n != mention->last - mention->first)
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_PEOPLE || (best && match->entry[e].row == best->row))
                continue;
            float score = person_likely(j, m, &match->entry[e]);
            rivals = !best || score > most ? 0 : rivals + (score == most);
            if (!best || score > most) {
                best = &match->entry[e];
                most = score;
            }
        }
    }
    if (!best) {
        choose_alike(j, m);
        return;
    }
    bool given = j->name[m] && j->name[m]->n == 1 && j->name[m]->words[0].row != ISN_NO_ROW;
    bool weak = best->form == ISN_F_SHORT && given && most < 3.0f;
    bool other = best->form == ISN_F_SHORT && mention->beside != ISN_NONE && most < 0.0f;
    if (rivals || weak || other) {
        mention->row = ISN_NO_ROW;
        mention->country[0] = '\0';
        return;
    }
    mention->table = ISN_T_PEOPLE;
    mention->row = best->row;
    mention->lex_form = best->form;
    isn_join_set_country(mention->country, isn_lexicon_cell(j->linker->lexicon, ISN_T_PEOPLE, best->row,
                                                            ISN_C_PEOPLE_COUNTRY));
}

/* --- joining ------------------------------------------------------------------------------------------------------ */

static void note_name(isn_joining *j, uint32_t m)
{
    uint64_t keys[ISN_NAME_LETTERS + 1];
    const isn_name *name = j->name[m];
    for (size_t w = 0; w < name->n && j->of[m] != ISN_NONE; w++) {
        size_t n = isn_name_word_keys(keys, &name->words[w]);
        for (size_t k = 0; k < n; k++)
            isn_map_add(&j->parts, keys[k], m);
    }
}

/* Is what the lexicon says about both against their being one person? */
static bool rows_clash(const isn_joining *j, const isn_mention *mention, uint32_t entity)
{
    const isn_entity *other = &j->out->items[entity];
    return mention->row != ISN_NO_ROW && mention->lex_form != ISN_F_SHORT && other->row != ISN_NO_ROW &&
           (other->row != mention->row || other->table != mention->table);
}

typedef struct found {
    uint32_t entity;
    float score;
    uint32_t away;
} found;

/* Weighs the mention `o` that shares a key with m. */
static void weigh(found *best, const isn_joining *j, uint32_t m, uint32_t o, float least)
{
    const isn_mention *mention = &j->mentions->items[m];
    uint32_t entity = j->of[o];
    if (o == m || entity == ISN_NONE || rows_clash(j, mention, entity))
        return;
    float score = isn_name_alike(j->name[m], j->name[o]);
    if (score < least)
        return;
    if (j->out->items[entity].row != ISN_NO_ROW && offers_row(j, mention, j->out->items[entity].row))
        score += 0.3f;
    uint32_t away = o < m ? m - o : 4 * (o - m);
    if (score > best->score + 0.01f || (score > best->score - 0.01f && away < best->away))
        *best = (found){entity, score, away};
}

static uint32_t find_alike(const isn_joining *j, uint32_t m, float least)
{
    found best = {ISN_NONE, 0.0f, 0};
    uint64_t keys[ISN_NAME_LETTERS + 1];
    const isn_name *name = j->name[m];
    for (size_t w = 0; w < name->n; w++) {
        size_t n = isn_name_word_keys(keys, &name->words[w]);
        for (size_t k = 0; k < n; k++) {
            int steps = 0;
            for (uint32_t i = isn_map_find(&j->parts, keys[k]); i != UINT32_MAX && steps < LOOK_MOST; steps++) {
                weigh(&best, j, m, j->parts.nodes.items[i].value, least);
                i = j->parts.nodes.items[i].next;
            }
        }
    }
    return best.entity;
}

static uint32_t same_spelling(const isn_joining *j, uint32_t m, uint64_t key)
{
    uint32_t i = isn_map_find(&j->spellings, key);
    if (i == UINT32_MAX)
        return ISN_NONE;
    uint32_t o = j->spellings.nodes.items[i].value;
    return j->mentions->items[o].type == j->mentions->items[m].type ? j->of[o] : ISN_NONE;
}

static void join_full(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    uint64_t key = isn_join_spelling(j, mention);
    uint32_t entity = same_spelling(j, m, key);
    bool seen = entity != ISN_NONE;
    if (!seen) {
        choose_person(j, m);
        if (mention->row != ISN_NO_ROW)
            entity = isn_join_of_row(j, mention->table, mention->row);
        if (entity == ISN_NONE)
            entity = find_alike(j, m, SAME_NAME);
    }
    if (entity == ISN_NONE)
        isn_join_new(j, m, mention->row == ISN_NO_ROW ? "name" : "name.lexicon");
    else
        isn_join_put(j, m, entity);
    if (j->of[m] != ISN_NONE)
        isn_map_add(&j->spellings, key, m);
    if (!seen)
        note_name(j, m);
}

/* Is the word one that a text uses for something else? */
static bool everyday(const isn_joining *j, const isn_mention *mention)
{
    const isn_analysis *a = isn_token_best(&j->text->tokens[mention->first]);
    return mention->last - mention->first == 1 && a && a->pos != ISN_POS_PROPER && a->pos != ISN_POS_UNKNOWN;
}

/* A surname that no full name and no office backs, of a person who holds no office or whose land the article doesn't
 * name: takes the line of the lexicon away; true if so. */
static bool doubt(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    if (mention->row == ISN_NO_ROW)
        return false;
    bool known = isn_join_of_row(j, mention->table, mention->row) != ISN_NONE;
    if (mention->lex_form != ISN_F_SHORT || mention->beside != ISN_NONE || known)
        return false;
    float weight = isn_join_weight(j, isn_str_of(mention->country, 3));
    bool office = isn_join_in_office(j, mention->row);
    if (everyday(j, mention) ? office && weight > 0.0f : office || weight >= 0.05f)
        return false;
    mention->row = ISN_NO_ROW;
    mention->country[0] = '\0';
    return true;
}

/* A single word: to the full name that holds it; else to the person of the lexicon whose short form it is. */
static void join_short(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    uint32_t entity = find_alike(j, m, SAME_WORD);
    uint32_t row = mention->row;
    mention->row = ISN_NO_ROW; /* a short form gives no line to a full name that has none */
    if (entity == ISN_NONE) {
        mention->row = row;
        choose_person(j, m);
        if (doubt(j, m) && everyday(j, mention)) {
            j->dropped[m] = 1;
            return;
        }
        if (mention->row != ISN_NO_ROW)
            entity = isn_join_of_row(j, mention->table, mention->row);
    } else {
        const isn_entity *other = &j->out->items[entity];
        memcpy(mention->country, other->country, sizeof mention->country);
        mention->row = other->row;
        mention->table = other->table;
    }
    if (entity == ISN_NONE)
        isn_join_new(j, m, mention->row == ISN_NO_ROW ? "name.short" : "name.lexicon");
    else
        isn_join_put(j, m, entity);
    note_name(j, m);
}

/* A town or an everyday word that is called like a person of the article is that person: the same letters as one word
 * of his full name, and no full name of a place in the article says otherwise. */
static void places_to_persons(isn_joining *j)
{
    isn_map words = {.arena = j->text->arena};
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_name *name = j->name[m];
        for (size_t w = 0; name && name->n > 1 && w < name->n; w++) {
            if (w == 0 || w + 1 == name->n)
                isn_map_add(&words, isn_lexicon_exact(name->words[w].letters, name->words[w].n), m);
        }
    }
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        isn_mention *mention = &j->mentions->items[m];
        bool place = mention->type == ISN_PLACE && mention->form == ISN_FORM_NAME && mention->table == ISN_T_PLACES &&
                     mention->last - mention->first == 1 && mention->row != ISN_NO_ROW;
        if (!place || isn_str_equal(isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, mention->row,
                                                     ISN_C_PLACES_KIND),
                                    ISN_STR("capital")))
            continue;
        isn_name name;
        size_t n;
        const uint8_t *letters = isn_join_letters(j, mention, &n);
        isn_name_read(&name, j->linker->lexicon, letters, n);
        if (name.n != 1 ||
            isn_map_find(&words, isn_lexicon_exact(name.words[0].letters, name.words[0].n)) == UINT32_MAX)
            continue;
        isn_name *kept = isn_arena_alloc(j->text->arena, sizeof *kept);
        if (!kept)
            return;
        *kept = name;
        j->name[m] = kept;
        j->sense[m] = (isn_sense){.n = 0};
        mention->type = ISN_PERSON;
        mention->row = ISN_NO_ROW;
        memset(mention->country, 0, sizeof mention->country);
    }
}

/* Reads the names of persons; before places are joined. */
void isn_join_read_names(isn_joining *j)
{
    read_names(j);
    places_to_persons(j);
}

void isn_join_persons(isn_joining *j)
{
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t m = 0; m < j->mentions->n; m++) {
            const isn_mention *mention = &j->mentions->items[m];
            if (mention->type != ISN_PERSON || mention->form != ISN_FORM_NAME || j->of[m] != ISN_NONE ||
                j->dropped[m])
                continue;
            bool one = j->name[m] && j->name[m]->n == 1;
            if (one != (pass == 1) || (!j->name[m] && pass == 1))
                continue;
            if (!j->name[m])
                isn_join_new(j, m, "name");
            else if (pass == 0)
                join_full(j, m);
            else
                join_short(j, m);
        }
    }
}
