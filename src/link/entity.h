/*
 * entity.h - one entity for everything that is the same in the world, within an article.
 *
 * Joins the mentions: spellings of one name, surname after full name, office beside name, office alone (through the
 * article and the lexicon's terms of office at the date of publication), bare nouns for bodies after the full name.
 * Across articles the same person has the same `key`: the lexicon's id, else one made of name and context (docs/record.md).
 */
#ifndef ISN_LINK_ENTITY_H
#define ISN_LINK_ENTITY_H

#include "name/mention.h"

typedef struct isn_role {
    uint32_t mention; /* the role mention that says so */
    uint32_t of;      /* entity of the body or state, or ISN_NONE */
} isn_role;

typedef struct isn_entity {
    uint8_t type;       /* isn_type */
    uint8_t female;     /* persons: 1 female, 0 male; others: grammatical gender feminine; 2 not known */
    uint8_t plural;     /* a group, or a dual or plural noun */
    uint8_t table;      /* lexicon line, or row ISN_NO_ROW */
    uint32_t row;
    isn_str name;       /* canonical: the lexicon's spelling, else the best name mention, else the role's words */
    isn_str english;    /* empty where not known */
    isn_str kb;         /* id of the lexicon line, empty where it has none */
    isn_str key;        /* kb, else what stands for it in every article; empty where the article shows too little */
    char country[4];
    isn_str sector;     /* PLOVER sector, empty where not known */
    isn_str region;     /* of a place: the region that it lies in, empty where not known */
    bool placed;        /* a place whose coordinates are known: hundredths of a degree */
    int16_t lat, lon;
    uint32_t *mentions; /* indices into isn_mentions, in order */
    size_t n_mentions;
    isn_role *roles;
    size_t n_roles;
    const char *rule;   /* how it was resolved: static string */
} isn_entity;

typedef struct isn_entities {
    isn_entity *items;    /* in order of their first mention */
    size_t n, capacity;
    uint32_t *of_mention; /* per mention: index of its entity */
} isn_entities;

typedef struct isn_linker isn_linker;
isnad_status isn_linker_new(isn_linker **out, const isn_lexicon *lexicon, isnad_error *err);
void isn_linker_free(isn_linker *linker);

/*
 * Makes the entities. published: ISO date or empty. May correct `beside`, `type` and `row` of mentions where the article
 * as a whole shows better, and add mentions of names that it found elsewhere in the article. In the text's arena; false
 * when it is full. Thread-safe.
 */
bool isn_entities_make(isn_entities *out, const isn_linker *linker, const isn_text *text,
                       isn_mentions *mentions, isn_str published);

/*
 * A key that is equal for usual spellings of one name (hamza, ya, the letters for g, p and v, long vowels, doubled
 * letters, abd joined or not, al-, bin), and a likeness from 0 to 1 of two names. Thread-safe.
 */
uint64_t isn_name_key(const uint8_t *letters, size_t n);
float isn_name_likeness(const uint8_t *a, size_t na, const uint8_t *b, size_t nb);

#endif
