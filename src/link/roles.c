/* roles.c - offices: beside a name, after it, or alone; bare nouns of bodies; groups. */
#include "lexicon/schema.h"
#include "link/join.h"

static bool same_country(const isn_mention *a, const isn_mention *b)
{
    return memcmp(a->country, b->country, sizeof a->country) == 0;
}

static bool open_country(const isn_mention *a, const isn_mention *b)
{
    return !a->country[0] || !b->country[0] || same_country(a, b);
}

static bool same_organ(const isn_mention *a, const isn_mention *b)
{
    if (a->organ_row == ISN_NO_ROW || b->organ_row == ISN_NO_ROW)
        return true;
    return a->organ_table == b->organ_table && a->organ_row == b->organ_row;
}

/* The same words but for the article. */
static bool same_letters(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    size_t na, nb;
    const uint8_t *la = isn_join_letters(j, a, &na), *lb = isn_join_letters(j, b, &nb);
    if (na > 4 && isn_fold(la[0]) == ISN_ALEF && la[1] == ISN_LAM)
        la += 2, na -= 2;
    if (nb > 4 && isn_fold(lb[0]) == ISN_ALEF && lb[1] == ISN_LAM)
        lb += 2, nb -= 2;
    if (na != nb)
        return false;
    for (size_t i = 0; i < na; i++) {
        if (isn_fold(la[i]) != isn_fold(lb[i]))
            return false;
    }
    return true;
}

/* How well role m stands for who bears role o: 0 not, more is better. */
static int role_fit(const isn_joining *j, const isn_mention *m, const isn_mention *o)
{
    if (o->form != ISN_FORM_ROLE || o->type != ISN_PERSON || m->plural != o->plural)
        return 0;
    if (same_letters(j, m, o))
        return m->generic ? (m->last - m->first > 1 ? 3 : 0) : 6;
    if (m->generic || m->office == ISN_NO_ROW || m->office != o->office)
        return 0;
    if (!open_country(m, o) || !same_organ(m, o))
        return 0;
    bool bare = m->last - m->first == 1;
    if (m->portfolio != ISN_NO_ROW && o->portfolio != ISN_NO_ROW)
        return m->portfolio == o->portfolio ? (same_country(m, o) ? 5 : 4) : 0;
    if (m->portfolio != o->portfolio)
        return bare ? 2 : 0;
    if (same_country(m, o) && m->country[0])
        return 4;
    return bare ? 2 : m->organ_row != ISN_NO_ROW && m->organ_row == o->organ_row ? 4 : 0;
}

static bool day_before(isn_str a, isn_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    return n && memcmp(a.p, b.p, n) < 0;
}

/* Does the term hold on the day of publication? */
static bool holds(const isn_joining *j, uint32_t term)
{
    const isn_lexicon *lexicon = j->linker->lexicon;
    isn_str from = isn_lexicon_cell(lexicon, ISN_T_TERMS, term, ISN_C_TERMS_FROM);
    isn_str to = isn_lexicon_cell(lexicon, ISN_T_TERMS, term, ISN_C_TERMS_TO);
    isn_str day = isn_str_part(j->published, 0, 10);
    if (day.n < 10 || from.n == 0)
        return false;
    return !day_before(day, from) && !(to.n && day_before(to, day));
}

/* Does person `row` hold an office that fits the role on that day? */
static bool bears(const isn_joining *j, uint32_t row, const isn_mention *role)
{
    const isn_lexicon *lexicon = j->linker->lexicon;
    isn_str id = isn_lexicon_cell(lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_ID);
    size_t n = isn_lexicon_rows(lexicon, ISN_T_TERMS);
    isn_str noun = role->office != ISN_NO_ROW
                       ? isn_lexicon_cell(lexicon, ISN_T_OFFICES, role->office, ISN_C_OFFICES_NOUN)
                       : (isn_str){NULL, 0};
    isn_str portfolio =
        role->portfolio != ISN_NO_ROW
            ? isn_lexicon_cell(lexicon, ISN_T_PORTFOLIOS, role->portfolio, ISN_C_PORTFOLIOS_NAME)
            : (isn_str){NULL, 0};
    for (uint32_t term = isn_lexicon_row(lexicon, ISN_T_TERMS, id); term < n; term++) {
        if (!isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_TERMS, term, ISN_C_TERMS_PERSON), id))
            break;
        isn_str office = isn_lexicon_cell(lexicon, ISN_T_TERMS, term, ISN_C_TERMS_OFFICE);
        isn_str country = isn_lexicon_cell(lexicon, ISN_T_TERMS, term, ISN_C_TERMS_COUNTRY);
        if (!noun.n || !isn_str_starts(office, noun) || !holds(j, term))
            continue;
        if (role->country[0] && country.n == 3 && memcmp(country.p, role->country, 3) != 0)
            continue;
        if (portfolio.n && isn_str_find(office, portfolio) == SIZE_MAX)
            continue;
        return true;
    }
    return false;
}

uint32_t isn_join_holder(const isn_joining *j, const isn_mention *role)
{
    if (!role->country[0] || role->generic || role->plural || role->office == ISN_NO_ROW)
        return ISN_NO_ROW;
    for (size_t e = 0; e < j->out->n; e++) {
        const isn_entity *entity = &j->out->items[e];
        if (entity->type == ISN_PERSON && entity->table == ISN_T_PEOPLE && entity->row != ISN_NO_ROW &&
            bears(j, entity->row, role))
            return entity->row;
    }
    return ISN_NO_ROW;
}

static uint32_t entity_of_person(const isn_joining *j, uint32_t row)
{
    for (uint32_t e = 0; e < j->out->n; e++) {
        if (j->out->items[e].table == ISN_T_PEOPLE && j->out->items[e].row == row)
            return e;
    }
    return ISN_NONE;
}

static void join_role(isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    uint32_t holder = isn_join_holder(j, mention);
    if (holder != ISN_NO_ROW) {
        isn_join_put(j, m, entity_of_person(j, holder));
        return;
    }
    int best = 0;
    uint32_t entity = ISN_NONE;
    for (uint32_t o = 0; o < j->mentions->n; o++) {
        if (o == m || j->of[o] == ISN_NONE)
            continue;
        int fit = role_fit(j, mention, &j->mentions->items[o]);
        if (o > m && fit < 4)
            continue; /* looking ahead only where it is sure */
        if (fit > best || (fit == best && fit && o < m)) {
            best = fit;
            entity = j->of[o];
        }
    }
    if (entity != ISN_NONE)
        isn_join_put(j, m, entity);
    else
        isn_join_new(j, m, "office");
}

void isn_join_roles(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t m = 0; m < mentions->n; m++) { /* beside a name, or beside another office beside a name */
        const isn_mention *mention = &mentions->items[m];
        if (mention->type != ISN_PERSON || mention->form != ISN_FORM_ROLE || mention->beside == ISN_NONE)
            continue;
        uint32_t other = mention->beside;
        for (int step = 0; step < 3 && j->of[other] == ISN_NONE &&
                           mentions->items[other].beside != ISN_NONE && mentions->items[other].beside != m;
             step++)
            other = mentions->items[other].beside;
        if (j->of[other] != ISN_NONE)
            isn_join_put(j, m, j->of[other]);
    }
    for (uint32_t m = 0; m < mentions->n; m++) {
        const isn_mention *mention = &mentions->items[m];
        if (mention->type != ISN_PERSON || mention->form != ISN_FORM_ROLE || j->of[m] != ISN_NONE)
            continue;
        if (mention->beside != ISN_NONE && j->of[mention->beside] != ISN_NONE)
            isn_join_put(j, m, j->of[mention->beside]);
        else
            join_role(j, m);
    }
}

/* --- bodies and groups ------------------------------------------------------------------------------------------ */

/* Does the name of body o begin with the head noun of bare role m? */
static bool same_head(const isn_mention *m, const isn_mention *o)
{
    return m->office != ISN_NO_ROW && o->type == ISN_ORGANIZATION && o->office == m->office;
}

/* A bare noun for a body stays only where the article shows which one it is (E9). */
static void join_body(isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    if (mention->beside != ISN_NONE && j->of[mention->beside] != ISN_NONE) {
        isn_join_put(j, m, j->of[mention->beside]);
        return;
    }
    uint32_t entity = ISN_NONE;
    for (uint32_t o = 0; o < j->mentions->n; o++) {
        const isn_mention *other = &j->mentions->items[o];
        if (o == m || j->of[o] == ISN_NONE || other->type != ISN_ORGANIZATION || !open_country(mention, other))
            continue;
        if (!same_head(mention, other))
            continue;
        if (o < m || entity == ISN_NONE)
            entity = j->of[o];
        if (o > m)
            break;
    }
    if (entity != ISN_NONE)
        isn_join_put(j, m, entity);
    else if (mention->country[0] || mention->last - mention->first > 1)
        isn_join_new(j, m, "body");
    else
        j->dropped[m] = 1;
}

static void join_group(isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    for (uint32_t k = 0; k < m; k++) {
        uint32_t o = m - 1 - k;
        const isn_mention *other = &j->mentions->items[o];
        if (other->type != ISN_GROUP || j->of[o] == ISN_NONE)
            continue;
        bool same = same_letters(j, mention, other) ||
                    (mention->office != ISN_NO_ROW && mention->office == other->office &&
                     open_country(mention, other));
        if (same) {
            isn_join_put(j, m, j->of[o]);
            return;
        }
    }
    isn_join_new(j, m, "group");
}

void isn_join_bodies(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        if (mention->form != ISN_FORM_ROLE || j->of[m] != ISN_NONE)
            continue;
        if (mention->type == ISN_ORGANIZATION)
            join_body(j, m);
        else if (mention->type == ISN_GROUP)
            join_group(j, m);
    }
}
