/* join.h - what the files of the link room share while they join the mentions of one article. */
#ifndef ISN_LINK_JOIN_H
#define ISN_LINK_JOIN_H

#include "link/entity.h"
#include "link/key.h"
#include "link/map.h"
#include "link/sense.h"

/* A line of terms.tsv, its office made comparable. */
typedef struct isn_term {
    isn_sense sense;
    uint32_t person; /* row of people.tsv */
} isn_term;

struct isn_linker {
    const isn_lexicon *lexicon;
    isn_senses *senses;
    isn_term *terms; /* a row of terms.tsv each */
    uint32_t *by_office; /* rows of terms, sorted by key of office and country */
    size_t n_terms;
    struct isn_known_name *names; /* full names of people.tsv by key, sorted */
    size_t n_names;
};

enum { ISN_WEIGHTS_MOST = 64 };

/* Which countries the article is about: how often its words show each. */
typedef struct isn_weights {
    struct {
        char code[4];
        uint32_t n;
    } items[ISN_WEIGHTS_MOST];
    size_t n;
    uint32_t total;
} isn_weights;

typedef struct isn_joining {
    const isn_linker *linker;
    const isn_text *text;
    isn_mentions *mentions;
    isn_entities *out;
    isn_str published;
    uint32_t *of;       /* per mention: its entity, ISN_NONE while open */
    uint8_t *dropped;   /* per mention: no mention after all */
    isn_sense *sense;   /* per mention: sense of roles and of names of bodies */
    isn_name **name;    /* per mention: a person's name, NULL for others */
    isn_map rows;       /* lexicon line: entity */
    isn_map spellings;  /* letters of a name: mention */
    isn_map parts;      /* keys of one word of a person's name: mention */
    isn_map bodies;     /* keys of bodies: mention */
    isn_map heads;      /* head of a role or group: mention */
    isn_map named;      /* lexicon line of a body that the article names in full: mention */
    isn_weights weights; /* of states, nationalities, bodies */
    isn_weights towns;   /* of towns that have no namesake in another land */
} isn_joining;

/* --- link.c ------------------------------------------------------------------------------------------------------- */

/* A new entity that begins with mention m; ISN_NONE when the arena is full. */
uint32_t isn_join_new(isn_joining *j, uint32_t m, const char *rule);
/* Puts mention m to entity e. */
void isn_join_put(isn_joining *j, uint32_t m, uint32_t e);
/* The letters of a mention in the normal form. */
const uint8_t *isn_join_letters(const isn_joining *j, const isn_mention *mention, size_t *n);
/* Gives entity e the lexicon line, and the line e as its entity, if it has none. */
void isn_join_set_row(isn_joining *j, uint32_t e, int table, uint32_t row);
/* The entity of a lexicon line, or ISN_NONE. */
uint32_t isn_join_of_row(const isn_joining *j, int table, uint32_t row);
/* The key of a lexicon line in maps. */
uint64_t isn_join_row_key(int table, uint32_t row);
/* The land of the state that the pronoun on mention m means. False if none is plain. */
bool isn_join_owner(const isn_joining *j, uint32_t m, char country[4]);
/* Hash of the letters of a mention, spelling and article aside. */
uint64_t isn_join_spelling(const isn_joining *j, const isn_mention *mention);

/* Is the word in the class of classes.tsv? */
bool isn_join_in_class(const isn_joining *j, isn_str class, isn_str word);

/* --- identity.c: entities over many articles ---------------------------------------------------------------------- */

/* The longest name mention of an entity, else its longest mention; NULL if it has none. Mentions stand in their last order. */
const isn_mention *isn_join_best(const isn_joining *j, const isn_entity *entity);
/* The key of an entity that the lexicon doesn't know; empty for groups, roles alone and names of one word. */
isn_str isn_join_made_key(const isn_joining *j, const isn_entity *entity);

/* --- context.c: what the article is about -------------------------------------------------------------------------- */

void isn_join_weigh(isn_joining *j);
/* The share of a country in what the article shows, 0 to 1. */
float isn_join_weight(const isn_joining *j, isn_str country);
/* The same by its towns. */
float isn_join_town_weight(const isn_joining *j, isn_str country);
/* How plainly the sentence shows that the place m lies in the country, 0 to 6: by a state or a town without namesakes right
 * behind it, elsewhere in it, by an office or a body. */
float isn_join_near(const isn_joining *j, uint32_t m, isn_str country);
/* Do countries clash: both known and not the same? */
bool isn_join_clash(const char *a, const char *b);
void isn_join_set_country(char to[4], isn_str code);

/* --- known.c: people of the lexicon by names spelled otherwise ------------------------------------------------------ */

typedef struct isn_known_name {
    uint64_t key;    /* isn_name_key */
    uint32_t person; /* row of people.tsv */
    uint32_t at, n;  /* bytes of the cell that spells it: offset in its cell, length */
    int column;
} isn_known_name;

bool isn_known_read(isn_linker *linker);
/* The person whom the lexicon spells almost so; ISN_NO_ROW if none or several. country: "" or what the article says. */
uint32_t isn_known_alike(const isn_linker *linker, const isn_name *name, const char *country);

/* --- the steps, in order ------------------------------------------------------------------------------------------- */

void isn_join_trim(isn_joining *j);         /* trim.c: words that are no part of a name */
void isn_join_beside_again(isn_joining *j); /* beside.c: offices and names in apposition, chains of offices */
void isn_join_read_names(isn_joining *j);   /* persons.c: the words of persons' names, towns that are persons */
void isn_join_places(isn_joining *j);
void isn_join_persons(isn_joining *j);
void isn_join_owners(isn_joining *j);       /* owner.c: whose "her ambassador" is */
void isn_join_bodies(isn_joining *j);       /* names of bodies */
void isn_join_roles(isn_joining *j);        /* offices of persons */
void isn_join_bare(isn_joining *j);         /* bare nouns of bodies */
void isn_join_groups(isn_joining *j);

/* Grammatical gender of an entity as pronouns and verbs show it: 1 feminine, 0 masculine, 2 not known. */
uint8_t isn_join_gender(const isn_joining *j, const isn_entity *entity);

/* --- terms.c: who held what when ----------------------------------------------------------------------------------- */

bool isn_terms_read(isn_linker *linker);
/* How well the person (row of people.tsv) bears the office on the day of publication: 0 not, 3 a part of the words,
 * 5 all of them, 6 with the country; former offices for senses of former holders. */
int isn_join_bears(const isn_joining *j, uint32_t person, const isn_sense *office);
/* Does the person hold any office on the day? */
bool isn_join_in_office(const isn_joining *j, uint32_t person);
/* The people.tsv row of who held the office in its country when the article was published; ISN_NO_ROW where the
 * lexicon doesn't know or knows several, or the change was within days. */
uint32_t isn_join_holder(const isn_joining *j, const isn_sense *office);

#endif
