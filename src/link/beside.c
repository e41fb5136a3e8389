/*
 * beside.c - offices and names in apposition, as the article as a whole shows them: an office right before a name goes
 * before one that stands behind a name and a comma; several offices in a row belong to the name at their end or before
 * them (the crown prince, deputy prime minister and minister of defence X).
 */
#include "lexicon/schema.h"
#include "link/join.h"

/* The next mention that doesn't lie inside mention i. */
static uint32_t next_outer(const isn_mentions *mentions, uint32_t i)
{
    uint32_t k = i + 1;
    while (k < mentions->n && mentions->items[k].first < mentions->items[i].last)
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

/* What stands between two mentions: nothing but titles, one mark, «and», or more. */
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

static bool is_person(const isn_mention *m, int form)
{
    return m->type == ISN_PERSON && m->form == form && !m->plural;
}

static void pair(isn_joining *j, uint32_t a, uint32_t b)
{
    j->mentions->items[a].beside = b;
    j->mentions->items[b].beside = a;
}

/* Offices right before a name, then behind one. */
static void pair_all(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t i = 0; i < mentions->n; i++) {
        uint32_t k = next_outer(mentions, i);
        if (k < mentions->n && is_person(&mentions->items[i], ISN_FORM_ROLE) &&
            is_person(&mentions->items[k], ISN_FORM_NAME) &&
            gap(j, &mentions->items[i], &mentions->items[k]) == GAP_NONE)
            pair(j, i, k);
    }
    for (uint32_t i = 0; i < mentions->n; i++) {
        uint32_t k = next_outer(mentions, i);
        if (k >= mentions->n || mentions->items[i].type != ISN_PERSON || mentions->items[k].type != ISN_PERSON)
            continue;
        isn_mention *a = &mentions->items[i], *b = &mentions->items[k];
        int between = gap(j, a, b);
        if (between > GAP_MARK)
            continue;
        if (is_person(a, ISN_FORM_ROLE) && is_person(b, ISN_FORM_NAME) && a->beside == ISN_NONE &&
            (b->beside == ISN_NONE || b->beside > k))
            pair(j, i, k);
        else if (is_person(a, ISN_FORM_NAME) && is_person(b, ISN_FORM_ROLE) && b->beside == ISN_NONE && !b->generic)
            b->beside = i;
    }
}

/* An office before or behind another one that is beside a name. */
static void chain(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t i = mentions->n; i-- > 0;) {
        uint32_t k = next_outer(mentions, i);
        isn_mention *a = &mentions->items[i];
        if (k >= mentions->n || !is_person(a, ISN_FORM_ROLE) || a->beside != ISN_NONE)
            continue;
        const isn_mention *b = &mentions->items[k];
        if (!is_person(b, ISN_FORM_ROLE) || b->beside == ISN_NONE || b->beside < k)
            continue;
        int between = gap(j, a, b);
        bool same_noun = j->sense[i].n && j->sense[k].n && j->sense[i].words[0] == j->sense[k].words[0];
        if (isn_join_clash(a->country, b->country) || j->sense[i].pronoun)
            continue;
        if (between == GAP_NONE || (between == GAP_AND && !same_noun))
            a->beside = b->beside;
    }
    for (uint32_t i = 0; i < mentions->n; i++) {
        uint32_t k = next_outer(mentions, i);
        const isn_mention *a = &mentions->items[i];
        if (k >= mentions->n || !is_person(a, ISN_FORM_ROLE) || a->beside >= i)
            continue;
        isn_mention *b = &mentions->items[k];
        if (is_person(b, ISN_FORM_ROLE) && b->beside == ISN_NONE && !isn_join_clash(a->country, b->country) &&
            gap(j, a, b) <= GAP_AND && !b->generic)
            b->beside = a->beside;
    }
}

void isn_join_beside_again(isn_joining *j)
{
    for (uint32_t i = 0; i < j->mentions->n; i++)
        j->mentions->items[i].beside = ISN_NONE;
    pair_all(j);
    chain(j);
}
