/* groups.c - people taken together: the same noun, unless their countries or the words beside it tell them apart. */
#include "link/join.h"

enum { LOOK_MOST = 24 };

static uint64_t head_key(const isn_sense *sense)
{
    return (uint64_t)sense->words[0] * 0xC2B2AE3D27D4EB4Fu + 0x6409;
}

/* How well group m is the group of mention o: 0 not. */
static int group_fit(const isn_joining *j, uint32_t m, uint32_t o)
{
    const isn_sense *a = &j->sense[m], *b = &j->sense[o];
    const isn_entity *entity = &j->out->items[j->of[o]];
    if (isn_join_clash(a->country, entity->country) || (a->flags | b->flags) & ISN_SENSE_OTHER)
        return 0;
    if ((a->flags ^ b->flags) & ISN_SENSE_FORMER)
        return 0;
    if (isn_join_spelling(j, &j->mentions->items[m]) == isn_join_spelling(j, &j->mentions->items[o]))
        return 6;
    bool same_land = a->country[0] && memcmp(a->country, entity->country, 3) == 0;
    if (a->n == b->n && isn_sense_within(a, b))
        return same_land ? 5 : 4;
    if (isn_sense_within(a, b))
        return a->pronoun || b->pronoun || same_land ? 4 : 3;
    if (isn_sense_within(b, a))
        return a->pronoun || b->pronoun || same_land ? 4 : 0;
    return isn_sense_shared(a, b) > 1 ? 2 : 0;
}

static void join_group(isn_joining *j, uint32_t m)
{
    const isn_sense *sense = &j->sense[m];
    int best = 0, steps = 0;
    uint32_t entity = ISN_NONE;
    for (uint32_t i = isn_map_find(&j->heads, head_key(sense)); sense->n && i != UINT32_MAX && steps < LOOK_MOST;
         steps++) { /* nearest first */
        uint32_t o = j->heads.nodes.items[i].value;
        int fit = group_fit(j, m, o);
        if (fit > best) {
            best = fit;
            entity = j->of[o];
        }
        i = j->heads.nodes.items[i].next;
    }
    if (entity != ISN_NONE)
        isn_join_put(j, m, entity);
    else if (isn_join_new(j, m, "group") == ISN_NONE)
        return;
    if (sense->n)
        isn_map_add(&j->heads, head_key(sense), m);
}

void isn_join_groups(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        if (mention->type == ISN_GROUP && j->of[m] == ISN_NONE)
            join_group(j, m);
    }
}
