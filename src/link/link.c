/* link.c - entities out of mentions. */
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "link/join.h"

isnad_status isn_linker_new(isn_linker **out, const isn_lexicon *lexicon, isnad_error *err)
{
    *out = NULL;
    isn_linker *linker = calloc(1, sizeof *linker);
    if (!linker)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for linking names");
    linker->lexicon = lexicon;
    linker->senses = isn_senses_new(lexicon);
    if (!linker->senses || !isn_terms_read(linker) || !isn_known_read(linker)) {
        isn_linker_free(linker);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for linking names");
    }
    *out = linker;
    return ISNAD_OK;
}

void isn_linker_free(isn_linker *linker)
{
    if (!linker)
        return;
    isn_senses_free(linker->senses);
    free(linker->terms);
    free(linker->by_office);
    free(linker->names);
    free(linker);
}

/* --- the joining ------------------------------------------------------------------------------------------------ */

const uint8_t *isn_join_letters(const isn_joining *j, const isn_mention *mention, size_t *n)
{
    const isn_token *first = &j->text->tokens[mention->first];
    const isn_token *last = &j->text->tokens[mention->last - 1];
    uint32_t at = first->at;
    while (at < last->at + last->n && j->text->normal.map[at] < mention->begin)
        at++;
    uint32_t end = last->at + last->n;
    while (end > at && j->text->normal.map[end - 1] >= mention->end)
        end--;
    *n = end - at;
    return j->text->normal.p + at;
}

uint64_t isn_join_spelling(const isn_joining *j, const isn_mention *mention)
{
    uint8_t folded[128];
    size_t n, made = 0;
    const uint8_t *letters = isn_join_letters(j, mention, &n);
    for (size_t i = 0; i < n && made < sizeof folded; i++) {
        uint8_t c = isn_fold(letters[i]);
        if (isn_is_arabic(c) || isn_is_latin(c) || isn_is_digit(c))
            folded[made++] = c;
    }
    bool article = made > 4 && folded[0] == ISN_ALEF && folded[1] == ISN_LAM;
    return XXH3_64bits(folded + (article ? 2 : 0), made - (article ? 2 : 0)) + mention->type;
}

bool isn_join_in_class(const isn_joining *j, isn_str class, isn_str word)
{
    const isn_lexicon *lexicon = j->linker->lexicon;
    uint32_t row = isn_lexicon_row(lexicon, ISN_T_CLASSES, class);
    for (; row != ISN_NO_ROW && isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_CLASS), class);
         row++) {
        if (isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_WORD), word))
            return true;
    }
    return false;
}

uint64_t isn_join_row_key(int table, uint32_t row)
{
    return ((uint64_t)(table + 1) << 32 | row) * 0x9E3779B97F4A7C15u;
}

uint32_t isn_join_of_row(const isn_joining *j, int table, uint32_t row)
{
    uint32_t node = row == ISN_NO_ROW ? UINT32_MAX : isn_map_find(&j->rows, isn_join_row_key(table, row));
    return node == UINT32_MAX ? ISN_NONE : j->rows.nodes.items[node].value;
}

void isn_join_set_row(isn_joining *j, uint32_t e, int table, uint32_t row)
{
    isn_entity *entity = &j->out->items[e];
    if (row == ISN_NO_ROW || entity->row != ISN_NO_ROW)
        return;
    entity->table = (uint8_t)table;
    entity->row = row;
    if (isn_join_of_row(j, table, row) == ISN_NONE)
        isn_map_add(&j->rows, isn_join_row_key(table, row), e);
}

void isn_join_put(isn_joining *j, uint32_t m, uint32_t e)
{
    if (e == ISN_NONE)
        return;
    j->of[m] = e;
    isn_entity *entity = &j->out->items[e];
    const isn_mention *mention = &j->mentions->items[m];
    const char *country = j->sense[m].country[0] ? j->sense[m].country : mention->country;
    if (!entity->country[0] && country[0] && mention->type != ISN_PLACE)
        memcpy(entity->country, country, sizeof entity->country);
    if (mention->form == ISN_FORM_NAME)
        isn_join_set_row(j, e, mention->table, mention->row);
}

uint32_t isn_join_new(isn_joining *j, uint32_t m, const char *rule)
{
    isn_entity *entity = ISN_PUSH(j->text->arena, j->out);
    if (!entity)
        return ISN_NONE;
    const isn_mention *mention = &j->mentions->items[m];
    *entity = (isn_entity){.type = mention->type, .female = 2, .plural = mention->plural,
                           .table = mention->table, .row = ISN_NO_ROW, .rule = rule};
    uint32_t e = (uint32_t)(j->out->n - 1);
    isn_join_put(j, m, e);
    return e;
}

/* --- finishing -------------------------------------------------------------------------------------------------- */

static isn_str lexicon_cell(const isn_joining *j, const isn_entity *entity, int country, int place, int person,
                            int body, int outlet)
{
    int column = entity->table == ISN_T_COUNTRIES       ? country
                 : entity->table == ISN_T_PLACES        ? place
                 : entity->table == ISN_T_PEOPLE        ? person
                 : entity->table == ISN_T_ORGANIZATIONS ? body
                 : entity->table == ISN_T_OUTLETS       ? outlet
                                                        : -1;
    if (column < 0 || entity->row == ISN_NO_ROW)
        return (isn_str){NULL, 0};
    return isn_lexicon_cell(j->linker->lexicon, entity->table, entity->row, column);
}

/* A place's id: its country and English name, since namesakes are many. */
static isn_str place_id(const isn_joining *j, const isn_entity *entity)
{
    isn_str english = isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, entity->row, ISN_C_PLACES_ENGLISH);
    isn_str country = isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, entity->row, ISN_C_PLACES_COUNTRY);
    char made[96];
    if (!english.n || english.n > sizeof made - 8)
        return (isn_str){NULL, 0};
    int length = snprintf(made, sizeof made, "%.*s%s%.*s", (int)country.n, country.p ? country.p : "",
                          country.n ? "/" : "", (int)english.n, english.p);
    return isn_arena_copy(j->text->arena, isn_str_of(made, (size_t)length));
}

/* The id of the lexicon's line. */
static isn_str lexicon_id(const isn_joining *j, const isn_entity *entity)
{
    return entity->table == ISN_T_PLACES && entity->row != ISN_NO_ROW
               ? place_id(j, entity)
               : lexicon_cell(j, entity, ISN_C_COUNTRIES_CODE, -1, ISN_C_PEOPLE_ID, ISN_C_ORGANIZATIONS_ID,
                              ISN_C_OUTLETS_ID);
}

/* The sector that the noun of an office, body or group says. */
static isn_str noun_sector(const isn_joining *j, const isn_entity *entity)
{
    static const int columns[][2] = {[ISN_PERSON] = {ISN_T_OFFICES, ISN_C_OFFICES_SECTOR},
                                     [ISN_ORGANIZATION] = {ISN_T_ORGHEADS, ISN_C_ORGHEADS_SECTOR},
                                     [ISN_PLACE] = {0, -1},
                                     [ISN_GROUP] = {ISN_T_GROUPS, ISN_C_GROUPS_SECTOR}};
    for (size_t i = 0; i < entity->n_mentions; i++) {
        const isn_mention *mention = &j->mentions->items[entity->mentions[i]];
        if (columns[entity->type][1] < 0 || mention->office == ISN_NO_ROW || mention->type != entity->type)
            continue;
        isn_str sector = isn_lexicon_cell(j->linker->lexicon, columns[entity->type][0], mention->office,
                                          columns[entity->type][1]);
        if (sector.n)
            return sector;
    }
    return entity->type == ISN_PLACE && entity->table == ISN_T_COUNTRIES && entity->row != ISN_NO_ROW
               ? ISN_STR("GOV")
               : (isn_str){NULL, 0};
}

/* A decimal number of degrees in hundredths; false where it is none. */
static bool hundredths(int16_t *out, isn_str cell, int most)
{
    double value;
    if (cell.n >= 16 || !isn_str_to_number(&value, cell) || value < -most || value > most)
        return false;
    value *= 100.0;
    *out = (int16_t)(value < 0.0 ? value - 0.5 : value + 0.5);
    return true;
}

/* Where a place lies. */
static void locate(const isn_joining *j, isn_entity *entity)
{
    entity->region = lexicon_cell(j, entity, -1, ISN_C_PLACES_IN, -1, -1, -1);
    entity->placed = hundredths(&entity->lat, lexicon_cell(j, entity, -1, ISN_C_PLACES_LAT, -1, -1, -1), 90) &&
                     hundredths(&entity->lon, lexicon_cell(j, entity, -1, ISN_C_PLACES_LON, -1, -1, -1), 180);
}

static void finish_entity(isn_joining *j, isn_entity *entity)
{
    isn_str name = lexicon_cell(j, entity, ISN_C_COUNTRIES_NAME, ISN_C_PLACES_NAME, ISN_C_PEOPLE_NAME,
                                ISN_C_ORGANIZATIONS_NAME, ISN_C_OUTLETS_NAME);
    const isn_mention *best = isn_join_best(j, entity);
    entity->name = name.n ? name : best ? isn_str_part(j->text->raw, best->begin, best->end) : name;
    entity->english = lexicon_cell(j, entity, ISN_C_COUNTRIES_ENGLISH, ISN_C_PLACES_ENGLISH,
                                   ISN_C_PEOPLE_ENGLISH, ISN_C_ORGANIZATIONS_ENGLISH, ISN_C_OUTLETS_ENGLISH);
    isn_str country = lexicon_cell(j, entity, ISN_C_COUNTRIES_CODE, ISN_C_PLACES_COUNTRY,
                                   ISN_C_PEOPLE_COUNTRY, ISN_C_ORGANIZATIONS_COUNTRY, ISN_C_OUTLETS_COUNTRY);
    if (country.n == 3)
        memcpy(entity->country, country.p, 3);
    entity->sector = lexicon_cell(j, entity, -1, -1, ISN_C_PEOPLE_SECTOR, ISN_C_ORGANIZATIONS_SECTOR, -1);
    if (!entity->sector.n)
        entity->sector = noun_sector(j, entity);
    entity->kb = lexicon_id(j, entity);
    entity->key = entity->kb.n ? entity->kb : isn_join_made_key(j, entity);
    locate(j, entity);
    entity->female = isn_join_gender(j, entity);
}

/* Lists the mentions of each entity, in order, with its roles. */
static bool list_mentions(isn_joining *j)
{
    isn_arena *arena = j->text->arena;
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        isn_entity *entity = &j->out->items[j->of[m]];
        entity->n_mentions++;
        entity->n_roles += j->mentions->items[m].form == ISN_FORM_ROLE && entity->type == ISN_PERSON;
    }
    for (size_t e = 0; e < j->out->n; e++) {
        isn_entity *entity = &j->out->items[e];
        entity->mentions = isn_arena_calloc(arena, entity->n_mentions, sizeof *entity->mentions);
        entity->roles = isn_arena_calloc(arena, entity->n_roles, sizeof *entity->roles);
        if (!entity->mentions || !entity->roles)
            return false;
        entity->n_mentions = entity->n_roles = 0;
    }
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        isn_entity *entity = &j->out->items[j->of[m]];
        entity->mentions[entity->n_mentions++] = m;
        if (j->mentions->items[m].form == ISN_FORM_ROLE && entity->type == ISN_PERSON)
            entity->roles[entity->n_roles++] = (isn_role){m, ISN_NONE};
    }
    return true;
}

/* What the offices are of: the body inside the phrase, else the state. Entities stand in their last order. */
static bool link_roles(isn_joining *j)
{
    isn_map rows = {.arena = j->text->arena};
    for (uint32_t e = 0; e < j->out->n; e++) {
        const isn_entity *entity = &j->out->items[e];
        if (entity->row != ISN_NO_ROW && !isn_map_add(&rows, isn_join_row_key(entity->table, entity->row), e))
            return false;
    }
    j->rows = rows;
    for (size_t e = 0; e < j->out->n; e++) {
        isn_entity *entity = &j->out->items[e];
        for (size_t i = 0; i < entity->n_roles; i++) {
            const isn_mention *role = &j->mentions->items[entity->roles[i].mention];
            uint32_t of = isn_join_of_row(j, role->organ_table, role->organ_row);
            if (of == ISN_NONE && role->country[0])
                of = isn_join_of_row(j, ISN_T_COUNTRIES,
                                     isn_lexicon_row(j->linker->lexicon, ISN_T_COUNTRIES,
                                                     isn_str_of(role->country, 3)));
            entity->roles[i].of = of;
        }
    }
    return true;
}

/* Takes the dropped mentions out and puts the entities in order of their first mention. */
static bool compact(isn_joining *j)
{
    isn_arena *arena = j->text->arena;
    isn_mentions *mentions = j->mentions;
    uint32_t *moved = isn_arena_alloc(arena, (mentions->n + 1) * sizeof *moved);
    uint32_t *order = isn_arena_alloc(arena, (j->out->n + 1) * sizeof *order);
    isn_entity *sorted = isn_arena_calloc(arena, j->out->n + 1, sizeof *sorted);
    if (!moved || !order || !sorted)
        return false;
    uint32_t kept = 0;
    for (uint32_t m = 0; m < mentions->n; m++) {
        moved[m] = j->dropped[m] ? ISN_NONE : kept;
        if (j->dropped[m])
            continue;
        mentions->items[kept] = mentions->items[m];
        j->of[kept] = j->of[m];
        kept++;
    }
    mentions->n = kept;
    for (uint32_t m = 0; m < kept; m++) {
        uint32_t beside = mentions->items[m].beside;
        mentions->items[m].beside = beside == ISN_NONE ? ISN_NONE : moved[beside];
    }
    for (size_t t = 0; t < j->text->n_tokens; t++) {
        if (mentions->at[t] != ISN_NONE)
            mentions->at[t] = moved[mentions->at[t]];
    }
    for (size_t e = 0; e < j->out->n; e++)
        order[e] = ISN_NONE;
    uint32_t n = 0;
    for (uint32_t m = 0; m < kept; m++) {
        if (order[j->of[m]] == ISN_NONE) {
            sorted[n] = j->out->items[j->of[m]];
            order[j->of[m]] = n++;
        }
        j->of[m] = order[j->of[m]];
    }
    j->out->items = sorted;
    j->out->n = n;
    return true;
}

/* Makes room for what the steps share, and the senses of what has words to compare. */
static bool begin(isn_joining *j)
{
    isn_arena *arena = j->text->arena;
    size_t n = j->mentions->n + 1;
    j->of = isn_arena_alloc(arena, n * sizeof *j->of);
    j->dropped = isn_arena_calloc(arena, n, 1);
    j->sense = isn_arena_calloc(arena, n, sizeof *j->sense);
    j->name = isn_arena_calloc(arena, n, sizeof *j->name);
    if (!j->of || !j->dropped || !j->sense || !j->name)
        return false;
    j->named.arena = j->rows.arena = j->spellings.arena = j->parts.arena = j->bodies.arena = j->heads.arena = arena;
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        isn_mention mention = j->mentions->items[m];
        j->of[m] = ISN_NONE;
        if (mention.type == ISN_PERSON && mention.form == ISN_FORM_NAME)
            continue;
        bool vague = mention.type == ISN_PERSON && isn_sense_short_organ(j->text, &mention);
        if (vague)
            mention.organ_row = ISN_NO_ROW;
        if (vague || mention.type == ISN_PLACE || (mention.type == ISN_ORGANIZATION && mention.row != ISN_NO_ROW))
            memset(mention.country, 0, sizeof mention.country); /* only what the words say */
        isn_sense_of_mention(&j->sense[m], j->linker->senses, j->text, &mention, mention.type != ISN_PERSON);
        if (vague) {
            j->mentions->items[m].organ_row = ISN_NO_ROW;
            memcpy(j->mentions->items[m].country, j->sense[m].country, sizeof mention.country);
        }
    }
    return true;
}

bool isn_entities_make(isn_entities *out, const isn_linker *linker, const isn_text *text,
                       isn_mentions *mentions, isn_str published)
{
    *out = (isn_entities){0};
    isn_joining j = {.linker = linker, .text = text, .mentions = mentions, .out = out,
                     .published = published};
    if (!begin(&j))
        return false;
    isn_join_trim(&j);
    isn_join_weigh(&j);
    isn_join_read_names(&j);
    isn_join_beside_again(&j);
    isn_join_places(&j);
    isn_join_persons(&j);
    isn_join_owners(&j);
    isn_join_bodies(&j);
    isn_join_roles(&j);
    isn_join_bare(&j);
    isn_join_groups(&j);
    if (text->arena->full)
        return false;
    for (uint32_t m = 0; m < mentions->n; m++) {
        if (j.of[m] == ISN_NONE && !j.dropped[m] && isn_join_new(&j, m, "alone") == ISN_NONE)
            return false;
    }
    if (!compact(&j) || !list_mentions(&j))
        return false;
    out->of_mention = j.of;
    for (size_t e = 0; e < out->n; e++)
        finish_entity(&j, &out->items[e]);
    return link_roles(&j) && !text->arena->full;
}
