/* join.h - what the files of the link room share while they join the mentions of one article. */
#ifndef ISN_LINK_JOIN_H
#define ISN_LINK_JOIN_H

#include "link/entity.h"

struct isn_linker {
    const isn_lexicon *lexicon;
    uint32_t masculine[2]; /* rows of classes.tsv, class masculine-place */
};

typedef struct isn_joining {
    const isn_linker *linker;
    const isn_text *text;
    isn_mentions *mentions;
    isn_entities *out;
    isn_str published;
    uint32_t *of;       /* per mention: its entity, ISN_NONE while open */
    uint8_t *dropped;   /* per mention: no mention after all */
} isn_joining;

/* A new entity that begins with mention m; ISN_NONE when the arena is full. */
uint32_t isn_join_new(isn_joining *j, uint32_t m, const char *rule);
/* Puts mention m to entity e. */
void isn_join_put(isn_joining *j, uint32_t m, uint32_t e);
/* The letters of a mention in the normal form. */
const uint8_t *isn_join_letters(const isn_joining *j, const isn_mention *mention, size_t *n);

/* The steps, in order. */
void isn_join_names(isn_joining *j);   /* names of persons, bodies and places */
void isn_join_roles(isn_joining *j);   /* offices of persons */
void isn_join_bodies(isn_joining *j);  /* bare nouns of bodies, groups */

/* Grammatical gender of an entity as pronouns and verbs show it: 1 feminine, 0 masculine, 2 not known. */
uint8_t isn_join_gender(const isn_joining *j, const isn_entity *entity);

/* The people.tsv row of who held the office (row of offices and portfolios of a role mention) in its country when the
 * article was published; ISN_NO_ROW where the lexicon doesn't know or knows several. */
uint32_t isn_join_holder(const isn_joining *j, const isn_mention *role);

#endif
