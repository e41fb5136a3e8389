/*
 * identity.c - what stands for an entity that the lexicon doesn't know, the same in every article and on any machine: its
 * name without what spelling is free with, and its country. Method: our own; docs/record.md says what it joins.
 */
#include <stdio.h>
#include <xxhash.h>

#include "lexicon/schema.h"
#include "link/join.h"

/* Names that many bear: made of given names only. */
static bool is_common(const isn_name *name)
{
    return name->words[0].row != ISN_NO_ROW && name->words[name->n - 1].row != ISN_NO_ROW;
}

const isn_mention *isn_join_best(const isn_joining *j, const isn_entity *entity)
{
    const isn_mention *best = NULL;
    for (size_t i = 0; i < entity->n_mentions; i++) {
        const isn_mention *m = &j->mentions->items[entity->mentions[i]];
        if (!best || (m->form == ISN_FORM_NAME) > (best->form == ISN_FORM_NAME) ||
            (m->form == best->form && m->end - m->begin > best->end - best->begin))
            best = m;
    }
    return best;
}

/* The country of the entity, else the one that most of the article shows. */
static const char *context(const isn_joining *j, const isn_entity *entity)
{
    for (size_t i = 0; !entity->country[0] && i < j->weights.n; i++) {
        if (j->weights.items[i].n * 2 > j->weights.total && j->weights.total >= 2)
            return j->weights.items[i].code;
    }
    return entity->country;
}

static uint64_t person_hash(const isn_joining *j, const isn_entity *entity, const isn_mention *best)
{
    size_t n;
    const uint8_t *letters = isn_join_letters(j, best, &n);
    isn_name name;
    isn_name_read(&name, j->linker->lexicon, letters, n);
    uint64_t hash = isn_name_identity(&name, j->linker->lexicon);
    return hash && is_common(&name) ? XXH3_64bits_withSeed(entity->sector.p, entity->sector.n, hash) : hash;
}

/* Bodies: the words in any order, nationality left out; places: the letters. */
static uint64_t other_hash(const isn_joining *j, const isn_entity *entity, const isn_mention *best)
{
    isn_sense sense;
    if (entity->type != ISN_ORGANIZATION)
        return isn_join_spelling(j, best);
    isn_sense_of_mention(&sense, j->linker->senses, j->text, best, true);
    return sense.n ? sense.key : 0;
}

isn_str isn_join_made_key(const isn_joining *j, const isn_entity *entity)
{
    const isn_mention *best = isn_join_best(j, entity);
    if (!best || best->form != ISN_FORM_NAME || entity->type == ISN_GROUP)
        return (isn_str){NULL, 0};
    uint64_t hash = entity->type == ISN_PERSON ? person_hash(j, entity, best) : other_hash(j, entity, best);
    if (!hash)
        return (isn_str){NULL, 0};
    char made[40];
    int length = snprintf(made, sizeof made, "x-%s-%016llx", context(j, entity), (unsigned long long)hash);
    return isn_arena_copy(j->text->arena, isn_str_of(made, (size_t)length));
}
