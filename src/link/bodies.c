/*
 * bodies.c - names of organizations: the lexicon's line that the article means, the same head with the same words and
 * country, names with and without their class noun, acronyms in brackets; and bare nouns ("the government") that stand
 * for a body which the article names.
 */
#include "lexicon/schema.h"
#include "link/join.h"

enum {
    LOOK_MOST = 24,
    ARTICLE_NAMES = 4 /* of countries, before an article can be said to be on one of them */
};

/* --- which line of the lexicon ------------------------------------------------------------------------------------ */

static isn_str country_cell(const isn_joining *j, int table, uint32_t row)
{
    return isn_lexicon_cell(j->linker->lexicon, table, row,
                            table == ISN_T_OUTLETS ? ISN_C_OUTLETS_COUNTRY : ISN_C_ORGANIZATIONS_COUNTRY);
}

/* A line of the lexicon named in full with this head noun: it backs short names that begin with the noun. */
static uint64_t named_key(int table, uint32_t row, const isn_sense *sense)
{
    return isn_join_row_key(table, row) ^ (sense->n ? sense->words[0] * 0x85EBCA6Bu : 0);
}

static float body_likely(const isn_joining *j, uint32_t m, const isn_entry *entry)
{
    const isn_mention *mention = &j->mentions->items[m];
    isn_str country = country_cell(j, entry->table, entry->row);
    float score = isn_join_weight(j, country) * 4.0f;
    const char *said = j->sense[m].country;
    if (said[0] && country.n == 3)
        score += memcmp(said, country.p, 3) == 0 ? 8.0f : -20.0f;
    if (isn_map_find(&j->named, named_key(entry->table, entry->row, &j->sense[m])) != UINT32_MAX)
        score += 4.0f;
    else if (isn_join_of_row(j, entry->table, entry->row) != ISN_NONE)
        score += 2.0f;
    if (entry->form != ISN_F_SHORT)
        score += 3.0f;
    if (country.n != 3)
        score += 0.8f;
    if (entry->table == mention->table && entry->row == mention->row)
        score += 0.1f;
    return score;
}

static void choose_body(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    const isn_text *text = j->text;
    const isn_entry *best = NULL;
    float most = 0.0f;
    for (uint32_t i = text->match_from[mention->first]; i < text->match_from[mention->first + 1]; i++) {
        const isn_match *match = &text->matches[i];
        bool whole = match->n == mention->last - mention->first;
        for (uint8_t e = 0; e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            bool mine = entry->table == mention->table && entry->row == mention->row;
            if ((entry->table != ISN_T_ORGANIZATIONS && entry->table != ISN_T_OUTLETS) || !(whole || mine))
                continue;
            float score = body_likely(j, m, entry);
            if (!best || score > most) {
                best = entry;
                most = score;
            }
        }
    }
    if (!best)
        return;
    isn_str country = country_cell(j, best->table, best->row);
    bool lost = best->form == ISN_F_SHORT && country.n == 3 && isn_join_weight(j, country) == 0.0f && most < 4.0f;
    if (most < 0.0f || lost) {
        mention->row = ISN_NO_ROW;
        memcpy(mention->country, j->sense[m].country, sizeof mention->country);
        return;
    }
    mention->table = best->table;
    mention->row = best->row;
    mention->lex_form = best->form;
    if (country.n == 3)
        isn_join_set_country(mention->country, country);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static const char no_country[4] = "";

static uint64_t key_of(const isn_sense *sense, const char *country)
{
    uint64_t code = 0;
    memcpy(&code, country, 3);
    return sense->key + code * 0x9E3779B97F4A7C15u + 0xB0D1;
}

static uint64_t head_key(uint32_t head)
{
    return (uint64_t)head * 0xC2B2AE3D27D4EB4Fu + 0x4EAD;
}

/* The row of orgheads that the mention begins with. */
static uint32_t head_row(const isn_joining *j, const isn_mention *mention)
{
    if (mention->office != ISN_NO_ROW)
        return mention->office;
    const isn_text *text = j->text;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_ORGHEADS)
                return text->matches[m].entry[e].row;
        }
    }
    return ISN_NO_ROW;
}

/* The sense without its class noun, where that noun names nothing by itself (movement, party, agency): true if so. */
static bool without_class(isn_sense *out, const isn_joining *j, uint32_t m)
{
    uint32_t row = head_row(j, &j->mentions->items[m]);
    if (row == ISN_NO_ROW || j->sense[m].n < 2 || j->sense[m].n > 4)
        return false;
    isn_str kind = isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, row, ISN_C_ORGHEADS_KIND);
    if (!isn_join_in_class(j, ISN_STR("kinds-named"), kind))
        return false;
    *out = (isn_sense){.n = (uint8_t)(j->sense[m].n - 1)};
    for (uint8_t i = 0; i < out->n; i++)
        out->words[i] = j->sense[m].words[i + 1];
    isn_sense_set_key(out);
    return true;
}

static bool rows_clash(const isn_mention *mention, const isn_entity *entity)
{
    return mention->row != ISN_NO_ROW && entity->row != ISN_NO_ROW &&
           (mention->row != entity->row || mention->table != entity->table);
}

/* The nearest body under a key that nothing speaks against. */
static uint32_t find(const isn_joining *j, uint32_t m, uint64_t key)
{
    const isn_mention *mention = &j->mentions->items[m];
    uint32_t best = ISN_NONE, least = UINT32_MAX;
    int steps = 0;
    for (uint32_t i = isn_map_find(&j->bodies, key); i != UINT32_MAX && steps < LOOK_MOST; steps++) {
        uint32_t o = j->bodies.nodes.items[i].value;
        const isn_entity *entity = &j->out->items[j->of[o]];
        uint32_t away = o < m ? m - o : 4 * (o - m);
        if (entity->type == ISN_ORGANIZATION && !rows_clash(mention, entity) &&
            !isn_join_clash(mention->country, entity->country) && away < least) {
            least = away;
            best = j->of[o];
        }
        i = j->bodies.nodes.items[i].next;
    }
    return best;
}

/* A body before m with the same head and country whose words hold all of m's ("the Libyan army": the Libyan national
 * army). */
static uint32_t find_longer(const isn_joining *j, uint32_t m)
{
    const isn_sense *sense = &j->sense[m];
    const isn_mention *mention = &j->mentions->items[m];
    if (sense->n == 0 || (!mention->country[0] && sense->n < 2))
        return ISN_NONE;
    uint32_t head = head_row(j, mention); /* a state has one embassy, one presidency */
    bool single = head != ISN_NO_ROW &&
                  isn_join_in_class(j, ISN_STR("kinds-single"),
                           isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, head, ISN_C_ORGHEADS_KIND));
    int steps = 0;
    for (uint32_t i = isn_map_find(&j->heads, head_key(sense->words[0])); i != UINT32_MAX && steps < LOOK_MOST; steps++) {
        uint32_t o = j->heads.nodes.items[i].value;
        i = j->heads.nodes.items[i].next;
        if (o >= m || j->of[o] == ISN_NONE || j->mentions->items[o].type != ISN_ORGANIZATION)
            continue;
        const isn_entity *entity = &j->out->items[j->of[o]];
        bool same_land = mention->country[0] ? memcmp(mention->country, entity->country, 3) == 0 : true;
        bool within = isn_sense_within(sense, &j->sense[o]) ||
                      (single && mention->country[0] && j->sense[o].n == 1);
        if (same_land && !rows_clash(mention, entity) && within)
            return j->of[o];
    }
    return ISN_NONE;
}

static void note_body(isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    isn_sense rest;
    if (j->of[m] == ISN_NONE)
        return;
    isn_map_add(&j->bodies, key_of(&j->sense[m], mention->country), m);
    if (mention->country[0])
        isn_map_add(&j->bodies, key_of(&j->sense[m], no_country), m);
    if (without_class(&rest, j, m))
        isn_map_add(&j->bodies, key_of(&rest, no_country), m);
    if (j->sense[m].n)
        isn_map_add(&j->heads, head_key(j->sense[m].words[0]), m);
}

/* Is the body before m the same, told twice: "X (Y)", "the agency "Y""? */
static uint32_t named_twice(const isn_joining *j, uint32_t m)
{
    if (m == 0)
        return ISN_NONE;
    const isn_mention *mention = &j->mentions->items[m], *before = &j->mentions->items[m - 1];
    if (before->type != ISN_ORGANIZATION || before->form != ISN_FORM_NAME || j->of[m - 1] == ISN_NONE ||
        before->last >= mention->first || mention->first - before->last > 2 ||
        rows_clash(mention, &j->out->items[j->of[m - 1]]))
        return ISN_NONE;
    bool bracket = false, quoted = false;
    for (uint32_t t = before->last; t < mention->first; t++) {
        uint8_t mark = j->text->tokens[t].mark;
        const isn_analysis *a = isn_token_best(&j->text->tokens[t]);
        if (a && a->pos == ISN_POS_ADJ && !bracket && !quoted)
            continue; /* official, local */
        bracket |= mark == '(';
        quoted |= mark == '"' || mark == ISN_QUOTE_OPEN;
        if (mark != '(' && mark != '"' && mark != ISN_QUOTE_OPEN)
            return ISN_NONE;
    }
    uint32_t head = head_row(j, before);
    isn_str kind = isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, head, ISN_C_ORGHEADS_KIND);
    bool names = head != ISN_NO_ROW && isn_join_in_class(j, ISN_STR("kinds-named"), kind);
    return bracket || (quoted && names) ? j->of[m - 1] : ISN_NONE;
}

static void join_name(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    isn_sense rest;
    uint32_t entity = ISN_NONE;
    if (mention->row != ISN_NO_ROW)
        entity = isn_join_of_row(j, mention->table, mention->row);
    if (entity == ISN_NONE && j->sense[m].n)
        entity = find(j, m, key_of(&j->sense[m], mention->country));
    if (entity == ISN_NONE && j->sense[m].n)
        entity = find(j, m, key_of(&j->sense[m], no_country));
    if (entity == ISN_NONE && without_class(&rest, j, m))
        entity = find(j, m, key_of(&rest, no_country));
    if (entity == ISN_NONE)
        entity = named_twice(j, m);
    if (entity == ISN_NONE)
        entity = find_longer(j, m);
    if (entity == ISN_NONE)
        isn_join_new(j, m, mention->row == ISN_NO_ROW ? "body" : "body.lexicon");
    else
        isn_join_put(j, m, entity);
    note_body(j, m);
}

/* Does no other line of the lexicon bear the name? */
static bool is_own_name(const isn_joining *j, const isn_mention *mention)
{
    const isn_text *text = j->text;
    for (uint32_t i = text->match_from[mention->first]; i < text->match_from[mention->first + 1]; i++) {
        const isn_match *match = &text->matches[i];
        for (uint8_t e = 0; match->n == mention->last - mention->first && e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            if ((entry->table == ISN_T_ORGANIZATIONS || entry->table == ISN_T_OUTLETS) &&
                (entry->table != mention->table || entry->row != mention->row))
                return false;
        }
    }
    return true;
}

/* Notes the lines of the lexicon that the article names by a full form which no other line has. */
static void note_named(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        if (mention->type == ISN_ORGANIZATION && mention->form == ISN_FORM_NAME && mention->row != ISN_NO_ROW &&
            mention->lex_form != ISN_F_SHORT && is_own_name(j, mention))
            isn_map_add(&j->named, named_key(mention->table, mention->row, &j->sense[m]), m);
    }
}

/* Names that say their country first, so that those without find them. */
void isn_join_bodies(isn_joining *j)
{
    note_named(j);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t m = 0; m < j->mentions->n; m++) {
            isn_mention *mention = &j->mentions->items[m];
            if (mention->type != ISN_ORGANIZATION || mention->form != ISN_FORM_NAME)
                continue;
            if (pass == 0)
                choose_body(j, m);
            bool vague = !j->sense[m].country[0] && (mention->row == ISN_NO_ROW || mention->lex_form == ISN_F_SHORT);
            if (vague == (pass == 1))
                join_name(j, m);
        }
    }
}

/* --- bare nouns --------------------------------------------------------------------------------------------------- */

/* May a bare noun of this kind stand for a body of that kind? */
static bool kinds_meet(const isn_joining *j, uint32_t head, const isn_entity *entity)
{
    if (entity->row == ISN_NO_ROW || head == ISN_NO_ROW)
        return false;
    int column = entity->table == ISN_T_OUTLETS ? ISN_C_OUTLETS_KIND : ISN_C_ORGANIZATIONS_KIND;
    isn_str kind = isn_lexicon_cell(j->linker->lexicon, entity->table, entity->row, column);
    isn_str own = isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, head, ISN_C_ORGHEADS_KIND);
    if (!kind.n || !own.n)
        return false;
    isn_str noun = isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, head, ISN_C_ORGHEADS_NOUN);
    if (!isn_join_in_class(j, ISN_STR("kinds-bare"), own) || isn_join_in_class(j, ISN_STR("body-parts"), noun))
        return false;
    if (entity->table == ISN_T_OUTLETS) { /* a paper is no channel */
        char class[32] = "body-";
        if (kind.n > sizeof class - 6)
            return false;
        memcpy(class + 5, kind.p, kind.n);
        return isn_join_in_class(j, isn_str_of(class, 5 + kind.n), noun);
    }
    if (isn_str_equal(kind, own))
        return true;
    char name[32] = "kinds-";
    if (own.n > sizeof name - 7)
        return false;
    memcpy(name + 6, own.p, own.n);
    return isn_join_in_class(j, isn_str_of(name, 6 + own.n), kind);
}

/* The nearest body whose name begins with the noun: before, else after. */
static uint32_t by_head(const isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    const isn_sense *sense = &j->sense[m];
    uint32_t best = ISN_NONE, least = UINT32_MAX;
    int steps = 0;
    for (uint32_t i = isn_map_find(&j->heads, head_key(sense->words[0])); i != UINT32_MAX && steps < 2 * LOOK_MOST;
         steps++) {
        uint32_t o = j->heads.nodes.items[i].value;
        i = j->heads.nodes.items[i].next;
        if (o == m || j->of[o] == ISN_NONE || j->mentions->items[o].type != ISN_ORGANIZATION)
            continue;
        const isn_entity *entity = &j->out->items[j->of[o]];
        uint32_t away = o < m ? m - o : 4 * (o - m);
        if (isn_join_clash(mention->country, entity->country) || away >= least ||
            (sense->n > 1 && !isn_sense_within(sense, &j->sense[o])))
            continue;
        best = j->of[o];
        least = away;
    }
    return best;
}

/* The nearest body before, within some mentions, whose kind the noun can mean. */
static uint32_t by_kind(const isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    uint32_t head = head_row(j, mention);
    for (uint32_t k = 1; k <= m && k <= 2 * LOOK_MOST; k++) {
        uint32_t o = m - k;
        if (j->mentions->items[o].type != ISN_ORGANIZATION || j->of[o] == ISN_NONE)
            continue;
        const isn_entity *entity = &j->out->items[j->of[o]];
        if (kinds_meet(j, head, entity) && !isn_join_clash(mention->country, entity->country))
            return j->of[o];
    }
    return ISN_NONE;
}

/* The one country that at least half of what the article names is of, from `least` names on; NULL: none. */
static const char *article_land(const isn_joining *j, uint32_t least)
{
    for (size_t i = 0; i < j->weights.n; i++) {
        if (j->weights.items[i].n * 2 >= j->weights.total && j->weights.total >= least)
            return j->weights.items[i].code;
    }
    return NULL;
}

/*
 * Does the article show the body of a bare noun: an organ of the state that the whole article is about, or one that every state has
 * and that needs no other name (the police, the army)?
 */
static bool shown_by_land(isn_joining *j, uint32_t m)
{
    isn_mention *mention = &j->mentions->items[m];
    uint32_t head = head_row(j, mention);
    isn_str noun = isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, head, ISN_C_ORGHEADS_NOUN);
    isn_str kind = isn_lexicon_cell(j->linker->lexicon, ISN_T_ORGHEADS, head, ISN_C_ORGHEADS_KIND);
    bool alone = head != ISN_NO_ROW && !mention->generic && isn_join_in_class(j, ISN_STR("body-alone"), noun);
    if (mention->last - mention->first > 1 && !alone)
        return strcmp(mention->rule, "organ.adjective") != 0;
    if (head == ISN_NO_ROW || mention->generic || !(alone || isn_join_in_class(j, ISN_STR("kinds-state"), kind)))
        return false;
    const char *land = article_land(j, alone ? 1 : ARTICLE_NAMES);
    if (land)
        memcpy(mention->country, land, sizeof mention->country);
    return land || alone;
}

void isn_join_bare(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        if (mention->form != ISN_FORM_ROLE || mention->type != ISN_ORGANIZATION || j->of[m] != ISN_NONE)
            continue;
        const isn_sense *sense = &j->sense[m];
        uint32_t entity = sense->n ? by_head(j, m) : ISN_NONE;
        if (entity == ISN_NONE && sense->n == 1 && !mention->generic)
            entity = by_kind(j, m);
        if (entity != ISN_NONE) {
            isn_join_put(j, m, entity);
        } else if (mention->country[0] || shown_by_land(j, m)) {
            if (isn_join_new(j, m, "body") != ISN_NONE)
                note_body(j, m);
        } else {
            j->dropped[m] = 1;
        }
    }
}
