/*
 * beside.c - offices and names in apposition, as the article as a whole shows them: an office right before a name goes
 * before one that stands behind a name and a comma; several offices in a row belong to the name at their end or before
 * them (the crown prince, deputy prime minister and minister of defence X).
 */
#include "lexicon/schema.h"
#include "link/join.h"

/* The next mention that doesn't lie inside mention i. */
static uint32_t next_outer(const isn_joining *j, uint32_t i)
{
    const isn_mentions *mentions = j->mentions;
    uint32_t k = i + 1;
    while (k < j->mentions->n && (mentions->items[k].first < mentions->items[i].last || j->dropped[k]))
        k++;
    return k;
}

static bool is_title(const isn_text *text, uint32_t t)
{
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_TITLES)
                return true;
        }
    }
    return false;
}

enum { GAP_NONE, GAP_MARK, GAP_AND, GAP_WIDE };

/* What stands between two mentions: nothing but titles, one mark, "and", or more. */
static int gap(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    const isn_text *text = j->text;
    int found = GAP_NONE, titles = 0;
    if (b->first < a->last || text->tokens[a->first].sentence != text->tokens[b->first].sentence)
        return GAP_WIDE;
    for (uint32_t t = a->last; t < b->first; t++) {
        const isn_token *token = &text->tokens[t];
        bool mark = token->kind == ISN_TOKEN_PUNCT &&
                    (token->mark == ',' || token->mark == '(' || token->mark == ')' || token->mark == '-');
        bool quiet = token->kind == ISN_TOKEN_PUNCT && (token->mark == '"' || token->mark == '_' || token->mark == '#' ||
                                                        token->mark == ISN_QUOTE_OPEN || token->mark == ISN_QUOTE_CLOSE);
        if (mark && found == GAP_NONE)
            found = GAP_MARK;
        else if (!quiet && (!is_title(text, t) || ++titles > 3))
            return GAP_WIDE;
    }
    const isn_analysis *first = isn_token_best(&text->tokens[b->first]);
    bool inside = b->begin == text->tokens[b->first].begin; /* no clitic was cut off */
    if (!inside && first && (first->clitics & ISN_CL_WA))
        return found == GAP_NONE ? GAP_AND : GAP_WIDE;
    if (!inside && first && (first->clitics & (ISN_CL_BA | ISN_CL_LA | ISN_CL_KA | ISN_CL_FA)))
        return GAP_WIDE;
    return found;
}

/* Does an honorific stand between them? Then another person begins. */
static bool titled(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    for (uint32_t t = a->last; t < b->first; t++) {
        if (is_title(j->text, t))
            return true;
    }
    return false;
}

static bool is_person(const isn_mention *m, int form)
{
    return m->type == ISN_PERSON && m->form == form && !m->plural;
}

/* Does the token before the name (or before its own office) open a clause as its verb? */
static bool after_verb(const isn_joining *j, uint32_t i)
{
    const isn_mention *name = &j->mentions->items[i];
    uint32_t first = name->first;
    if (name->beside != ISN_NONE && name->beside < i)
        first = j->mentions->items[name->beside].first;
    const isn_text *text = j->text;
    while (first > 0 && is_title(text, first - 1))
        first--;
    const isn_analysis *a = first > 0 ? isn_token_best(&text->tokens[first - 1]) : NULL;
    return a && a->pos == ISN_POS_VERB && text->tokens[first - 1].sentence == text->tokens[name->first].sentence;
}

/* May the office behind the name be his? Not when it is the object of the verb before him, nor when the lexicon knows
 * another holder. */
static bool may_bear(const isn_joining *j, uint32_t name, uint32_t role, int between)
{
    const isn_mention *mention = &j->mentions->items[name];
    bool known = mention->table == ISN_T_PEOPLE && mention->row != ISN_NO_ROW;
    int bears = known ? isn_join_bears(j, mention->row, &j->sense[role]) : 0;
    if (bears >= 5)
        return true;
    if (j->sense[role].pronoun)
        return between == GAP_MARK;
    isn_sense sense = j->sense[role];
    if (!sense.country[0])
        memcpy(sense.country, mention->country, sizeof sense.country);
    uint32_t holder = isn_join_holder(j, &sense);
    if (known && holder != ISN_NO_ROW && holder != mention->row)
        return false;
    return between == GAP_MARK || (!known && !after_verb(j, name));
}

/* A title that was taken for a name right before the name. */
static void drop_titles(isn_joining *j)
{
    for (uint32_t i = 0; i + 1 < j->mentions->n; i++) {
        const isn_mention *a = &j->mentions->items[i], *b = &j->mentions->items[i + 1];
        if (a->type == ISN_PERSON && a->form == ISN_FORM_NAME && a->last == a->first + 1 && b->first == a->last &&
            b->type == ISN_PERSON && b->form == ISN_FORM_NAME && is_title(j->text, a->first))
            j->dropped[i] = 1;
    }
}

static void pair(isn_joining *j, uint32_t a, uint32_t b)
{
    j->mentions->items[a].beside = b;
    j->mentions->items[b].beside = a;
}

/* Does the office k behind name i rather belong to a name behind it: "the premier, X, the minister, Y"? */
static bool leads_on(const isn_joining *j, uint32_t i, uint32_t k)
{
    uint32_t next = next_outer(j, k);
    if (next >= j->mentions->n || j->mentions->items[i].beside >= i)
        return false;
    const isn_mention *name = &j->mentions->items[next];
    return is_person(name, ISN_FORM_NAME) && name->beside == ISN_NONE &&
           gap(j, &j->mentions->items[k], name) <= GAP_MARK;
}

/* Offices right before a name, then behind one. */
static void pair_all(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t i = 0; i < mentions->n; i++) {
        uint32_t k = next_outer(j, i);
        if (k < mentions->n && is_person(&mentions->items[i], ISN_FORM_ROLE) &&
            is_person(&mentions->items[k], ISN_FORM_NAME) &&
            gap(j, &mentions->items[i], &mentions->items[k]) == GAP_NONE)
            pair(j, i, k);
    }
    for (uint32_t i = 0; i < mentions->n; i++) {
        uint32_t k = next_outer(j, i);
        if (k >= mentions->n || mentions->items[i].type != ISN_PERSON || mentions->items[k].type != ISN_PERSON)
            continue;
        isn_mention *a = &mentions->items[i], *b = &mentions->items[k];
        int between = gap(j, a, b);
        if (j->dropped[i] || between > GAP_MARK)
            continue;
        if (is_person(a, ISN_FORM_ROLE) && is_person(b, ISN_FORM_NAME) && a->beside == ISN_NONE &&
            (b->beside == ISN_NONE || b->beside > k))
            pair(j, i, k);
        else if (is_person(a, ISN_FORM_NAME) && is_person(b, ISN_FORM_ROLE) && b->beside == ISN_NONE && !b->generic &&
                 !leads_on(j, i, k) && may_bear(j, i, k, between))
            b->beside = i;
    }
}

/* An office before or behind another one that is beside a name. */
static void chain(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t i = mentions->n; i-- > 0;) {
        uint32_t k = next_outer(j, i);
        isn_mention *a = &mentions->items[i];
        if (k >= mentions->n || !is_person(a, ISN_FORM_ROLE) || a->beside != ISN_NONE)
            continue;
        const isn_mention *b = &mentions->items[k];
        if (!is_person(b, ISN_FORM_ROLE) || b->beside == ISN_NONE || b->beside < k)
            continue;
        int between = titled(j, a, b) ? GAP_WIDE : gap(j, a, b);
        bool same_noun = j->sense[i].n && j->sense[k].n && j->sense[i].words[0] == j->sense[k].words[0];
        if (isn_join_clash(a->country, b->country) || j->sense[i].pronoun)
            continue;
        bool rank = b->office == ISN_NO_ROW && j->sense[k].n <= 2; /* the spokesman, Brigadier X */
        if (between == GAP_NONE || (between == GAP_AND && !same_noun) || (between == GAP_MARK && rank))
            a->beside = b->beside;
    }
    for (uint32_t i = 0; i < mentions->n; i++) {
        uint32_t k = next_outer(j, i);
        const isn_mention *a = &mentions->items[i];
        if (k >= mentions->n || !is_person(a, ISN_FORM_ROLE) || a->beside >= i)
            continue;
        isn_mention *b = &mentions->items[k];
        if (is_person(b, ISN_FORM_ROLE) && b->beside == ISN_NONE && !isn_join_clash(a->country, b->country) &&
            gap(j, a, b) <= GAP_AND && !titled(j, a, b) && !b->generic)
            b->beside = a->beside;
    }
}

void isn_join_beside_again(isn_joining *j)
{
    for (uint32_t i = 0; i < j->mentions->n; i++)
        j->mentions->items[i].beside = ISN_NONE;
    drop_titles(j);
    pair_all(j);
    chain(j);
}
