/*
 * roles.c - offices that stand for persons: beside a name; alone, for who bears the office in the article or held it
 * when the article was published.
 */
#include "lexicon/schema.h"
#include "link/join.h"

enum { LOOK_MOST = 32 };

static bool is_role(const isn_mention *mention)
{
    return mention->type == ISN_PERSON && mention->form == ISN_FORM_ROLE;
}

static uint64_t head_key(const isn_sense *sense)
{
    return (uint64_t)sense->words[0] * 0xC2B2AE3D27D4EB4Fu + 0x0FF1;
}

static void note(isn_joining *j, uint32_t m)
{
    if (j->sense[m].n && j->of[m] != ISN_NONE)
        isn_map_add(&j->heads, head_key(&j->sense[m]), m);
}

static bool same_spelling(const isn_joining *j, uint32_t a, uint32_t b)
{
    return isn_join_spelling(j, &j->mentions->items[a]) == isn_join_spelling(j, &j->mentions->items[b]);
}

/* Is the body told in full in b and by its noun alone in a, and all else the same: the spokesman of the army? */
static bool same_but_body(const isn_sense *a, const isn_sense *b)
{
    return b->organ && !a->organ && a->n == b->n + 1 && isn_sense_within(b, a) && isn_sense_within_body(a, b);
}

/* How well role m stands for who bears role o: 0 not, 3 a part of the words, 5 all, 6 with the country. */
static int role_fit(const isn_joining *j, uint32_t m, uint32_t o)
{
    const isn_sense *a = &j->sense[m], *b = &j->sense[o];
    const isn_mention *role = &j->mentions->items[m], *other = &j->mentions->items[o];
    const isn_entity *entity = &j->out->items[j->of[o]];
    const char *land = b->country[0] ? b->country : b->pronoun ? "" : entity->country;
    if (entity->type != ISN_PERSON || role->plural != other->plural || isn_join_clash(a->country, land))
        return 0;
    if (a->pronoun != b->pronoun && (a->pronoun || (b->pronoun && a->country[0])))
        return 0;
    if (a->organ && b->organ && a->organ != b->organ)
        return 0;
    if (role->generic)
        return a->n + (a->country[0] != 0) > 1 && same_spelling(j, m, o) ? 4 : 0;
    bool bare = a->n == 1 && !a->country[0] && !a->flags;
    if ((a->flags ^ b->flags) & ~(unsigned)(ISN_SENSE_OUT | (bare ? ISN_SENSE_ACTING | ISN_SENSE_NEXT : 0)))
        return 0;
    if (a->n == b->n && isn_sense_within(a, b) && a->organ == b->organ)
        return a->country[0] && land[0] && memcmp(a->country, land, 3) == 0 ? 6 : 5;
    if (same_but_body(a, b) || same_but_body(b, a))
        return 5;
    if (a->owned && b->owned && b->n == 1 && isn_sense_within(b, a))
        return 4; /* her ambassador, her ambassador in X */
    if (isn_sense_presides(j->linker->senses, a) || !isn_sense_within_body(a, b))
        return 0;
    if (a->organ && !b->organ)
        return 0;
    return a->country[0] && land[0] && memcmp(a->country, land, 3) == 0 ? 4 : 3;
}

typedef struct bearer {
    uint32_t entity;
    int fit;
    uint32_t away;
} bearer;

static void consider(bearer *best, uint32_t entity, int fit, uint32_t m, uint32_t o)
{
    uint32_t away = o < m ? m - o : 3 * (o - m) + 8;
    if (fit > best->fit || (fit == best->fit && fit && away < best->away))
        *best = (bearer){entity, fit, away};
}

/* Who bears the office by what the article writes beside names and said before. */
static void by_roles(bearer *best, const isn_joining *j, uint32_t m)
{
    int steps = 0;
    for (uint32_t i = isn_map_find(&j->heads, head_key(&j->sense[m])); i != UINT32_MAX && steps < LOOK_MOST; steps++) {
        uint32_t o = j->heads.nodes.items[i].value;
        i = j->heads.nodes.items[i].next;
        if (o == m || !is_role(&j->mentions->items[o]) || j->of[o] == ISN_NONE)
            continue;
        int fit = role_fit(j, m, o);
        if (o < m || fit >= 4)
            consider(best, j->of[o], fit, m, o);
    }
}

/* Who of the persons named in the article bears it by the lexicon. */
static void by_terms(bearer *best, const isn_joining *j, uint32_t m, const uint32_t *people, size_t n)
{
    if (j->mentions->items[m].generic || j->mentions->items[m].plural)
        return;
    for (size_t i = 0; i < n && i < 2 * LOOK_MOST; i++) {
        const isn_entity *entity = &j->out->items[j->of[people[i]]];
        int fit = isn_join_bears(j, entity->row, &j->sense[m]);
        if (fit == 3)
            fit = 2;
        consider(best, j->of[people[i]], fit, m, people[i]);
    }
}

/* Are the words and the person of the same gender, as far as both show one? A woman in office is "the minister" by her
 * own form. */
static bool same_gender(const isn_joining *j, const isn_mention *mention, uint32_t person)
{
    isn_str sex = isn_lexicon_cell(j->linker->lexicon, ISN_T_PEOPLE, person, ISN_C_PEOPLE_SEX);
    return sex.n == 0 || mention->feminine == 2 || mention->office == ISN_NO_ROW ||
           (sex.p[0] == 'f') == (mention->feminine == 1);
}

/* Makes the person whom the lexicon knows to hold the office. */
static uint32_t make_holder(isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    if (mention->generic || mention->plural)
        return ISN_NONE;
    uint32_t row = isn_join_holder(j, &j->sense[m]);
    if (row == ISN_NO_ROW || !same_gender(j, mention, row))
        return ISN_NONE;
    uint32_t entity = isn_join_of_row(j, ISN_T_PEOPLE, row);
    if (entity != ISN_NONE) {
        isn_join_put(j, m, entity);
        return entity;
    }
    entity = isn_join_new(j, m, "office.holder");
    if (entity != ISN_NONE)
        isn_join_set_row(j, entity, ISN_T_PEOPLE, row);
    return entity;
}

/* "His Russian counterpart" bears the office of whom the text spoke of last, in the other country. */
static bool counterpart(isn_joining *j, uint32_t m)
{
    isn_sense *sense = &j->sense[m];
    const isn_mention *mentions = j->mentions->items;
    if (!sense->n || !isn_sense_is(sense, ISN_STR("same-word-counterpart")) || !sense->country[0])
        return false;
    for (uint32_t k = 1; k <= m && k <= LOOK_MOST; k++) {
        const isn_sense *other = &j->sense[m - k];
        if (!is_role(&mentions[m - k]) || !other->n || other->pronoun ||
            memcmp(other->country, sense->country, 3) == 0 || other->words[0] == sense->words[0])
            continue;
        char country[4];
        memcpy(country, sense->country, sizeof country);
        *sense = *other;
        sense->flags = 0;
        isn_sense_set_key(sense);
        memcpy(sense->country, country, sizeof country);
        return true;
    }
    return false;
}

static void join_alone(isn_joining *j, uint32_t m, const uint32_t *people, size_t n)
{
    bearer best = {ISN_NONE, 0, 0};
    bool other = counterpart(j, m);
    if (j->sense[m].n) {
        by_roles(&best, j, m);
        if (best.fit < 6)
            by_terms(&best, j, m, people, n);
    }
    if (best.entity != ISN_NONE && (!other || best.fit == 6))
        isn_join_put(j, m, best.entity);
    else if (make_holder(j, m) == ISN_NONE)
        isn_join_new(j, m, "office");
    note(j, m);
}

/* First mentions of the persons of the lexicon that the article names. */
static size_t named_people(const isn_joining *j, uint32_t *people)
{
    size_t n = 0;
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        if (j->of[m] == ISN_NONE || j->mentions->items[m].type != ISN_PERSON)
            continue;
        const isn_entity *entity = &j->out->items[j->of[m]];
        if (entity->table == ISN_T_PEOPLE && entity->row != ISN_NO_ROW && entity->n_mentions == 0) {
            j->out->items[j->of[m]].n_mentions = 1; /* a mark, taken away below */
            people[n++] = m;
        }
    }
    for (size_t i = 0; i < n; i++)
        j->out->items[j->of[people[i]]].n_mentions = 0;
    return n;
}

void isn_join_roles(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    uint32_t *people = isn_arena_alloc(j->text->arena, (mentions->n + 1) * sizeof *people);
    if (!people)
        return;
    for (uint32_t m = 0; m < mentions->n; m++) { /* beside a name */
        const isn_mention *mention = &mentions->items[m];
        if (!is_role(mention) || mention->beside == ISN_NONE || j->of[mention->beside] == ISN_NONE)
            continue;
        isn_join_put(j, m, j->of[mention->beside]);
        counterpart(j, m); /* "his Iraqi counterpart X" is "the Iraqi minister" later on */
        note(j, m);
    }
    size_t n = named_people(j, people);
    for (uint32_t m = 0; m < mentions->n; m++) {
        if (is_role(&mentions->items[m]) && j->of[m] == ISN_NONE)
            join_alone(j, m, people, n);
    }
}
