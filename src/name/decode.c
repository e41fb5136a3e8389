/* Which candidates of a sentence stand: the set of greatest worth that doesn't overlap, by dynamic
 * programming. */
#include "name/parts.h"

enum { NESTED_MOST = 64 };

/* What taking the candidate gains: the words that it explains by how sure it is, less a cost a
 * mention. */
static float gain(const isn_mention *m)
{
    return (m->score - 0.25f) * (float)(m->last - m->first) - 0.05f;
}

/* May names lie inside it (E8)? */
static bool holds_names(const isn_mention *m)
{
    return (m->type == ISN_GROUP && m->plural != 2) || /* two office holders are told like one */
           m->type == ISN_ORGANIZATION;
}

static bool put(isn_finder *f, isn_mentions *out, const isn_mention *m)
{
    isn_mention *place = ISN_PUSH(f->arena, out);
    if (!place)
        return false;
    *place = *m;
    return true;
}

/* The names inside a mention, left to right, longest first: in groups places and bodies too, in
 * bodies persons. */
static bool put_nested(isn_finder *f, isn_mentions *out, const isn_mention *outer)
{
    for (uint32_t t = outer->first + 1; t < outer->last;) {
        const isn_mention *best = NULL;
        for (int k = FAMILY_PLACE; k <= FAMILY_ORG; k++) {
            const isn_mention *m = isn_memo(f, t, (isn_family)k);
            if (isn_is_adjective(f, t, false) && f->views[t].pick[PICK_DEMONYM].match)
                continue;
            if (!m || m->last > outer->last || m->form != ISN_FORM_NAME || m->score < 0.5f)
                continue;
            if (outer->type == ISN_ORGANIZATION &&
                (m->type != ISN_PERSON || (outer->row != ISN_NO_ROW && m->row == ISN_NO_ROW)))
                continue;
            if (!best || m->last > best->last)
                best = m;
        }
        if (!best) {
            t++;
            continue;
        }
        if (!put(f, out, best))
            return false;
        t = best->last;
    }
    return true;
}

bool isn_decode_sentence(isn_finder *f, isn_mentions *out)
{
    uint32_t n = f->last - f->first;
    float *best = isn_arena_alloc(f->arena, (n + 1) * sizeof *best);
    uint32_t *choice = isn_arena_alloc(f->arena, (n + 1) * sizeof *choice);
    if (!best || !choice)
        return false;
    best[n] = 0;
    for (uint32_t i = n; i-- > 0;) {
        best[i] = best[i + 1];
        choice[i] = ISN_NONE;
        for (int k = 0; k < FAMILY_COUNT; k++) {
            uint32_t c = f->memo[f->first + i][k];
            if (c == ISN_NONE)
                continue;
            float value = gain(&f->pool[c]) + best[f->pool[c].last - f->first];
            if (value > best[i]) {
                best[i] = value;
                choice[i] = c;
            }
        }
    }
    for (uint32_t i = 0; i < n;) {
        if (choice[i] == ISN_NONE) {
            i++;
            continue;
        }
        const isn_mention *m = &f->pool[choice[i]];
        if (!put(f, out, m) || (holds_names(m) && !put_nested(f, out, m)))
            return false;
        i = m->last - f->first;
    }
    return true;
}

/* The next mention after i that isn't inside it. */
static size_t next_outer(const isn_mentions *out, size_t i)
{
    size_t j = i + 1;
    while (j < out->n && out->items[j].first < out->items[i].last)
        j++;
    return j;
}

/* Is there nothing between tokens a and b but at most one comma, bracket or honorific? */
static bool adjoins(const isn_finder *f, uint32_t a, uint32_t b)
{
    if (a == b)
        return true;
    uint32_t between = 0;
    for (uint32_t t = a; t < b; t++) {
        const isn_token *token = &f->text->tokens[t];
        bool mark = token->kind == ISN_TOKEN_PUNCT &&
                    (token->mark == ',' || token->mark == '(' || token->mark == ')' ||
                     token->mark == '"' || token->mark == '-');
        if (!mark && !f->views[t].pick[PICK_TITLE].match)
            return false;
        between++;
    }
    return between <= 2;
}

void isn_join_beside(const isn_finder *f, isn_mentions *out)
{
    for (size_t i = 0; i < out->n; i++) {
        isn_mention *a = &out->items[i];
        size_t j = next_outer(out, i);
        if (a->type != ISN_PERSON || a->beside != ISN_NONE || j >= out->n)
            continue;
        isn_mention *b = &out->items[j];
        if (b->type != ISN_PERSON ||
            f->text->tokens[a->first].sentence != f->text->tokens[b->first].sentence ||
            !isn_is_plain(&(isn_finder){.views = f->views, .last = UINT32_MAX}, b->first) ||
            !adjoins(f, a->last, b->first))
            continue;
        bool pair = (a->form == ISN_FORM_ROLE && b->form == ISN_FORM_NAME) ||
                    (a->form == ISN_FORM_NAME && b->form == ISN_FORM_ROLE && !b->generic);
        if (!pair)
            continue;
        a->beside = (uint32_t)j;
        b->beside = (uint32_t)i;
    }
}
