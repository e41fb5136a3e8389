/*
 * clause.h - who stands where to a word that acts: subject, object and prepositional phrases of verbs, verbal nouns
 * and participles, found by walking a sentence's units without a full parse.
 *
 * A sentence is cut into units: mentions (an office and the name beside it are one), other nouns, verbs, function
 * words, marks. Slots of a head are filled by walking right from it, and left for subjects that stand before
 * their verb, by the word order of written Arabic: verb, subject, object, prepositional phrases; commas and
 * relative clauses may come between. Method: our own; no treebank is behind it.
 *
 * tagging.c and mend.c correct the tagger, units.c cuts, party.c reads noun phrases, subject.c finds subjects that don't
 * just follow their verb, slots.c walks, refer.c resolves pronouns, grammar.c keeps what the tables say of words.
 */
#ifndef ISN_CLAUSE_CLAUSE_H
#define ISN_CLAUSE_CLAUSE_H

#include "clause/grammar.h"
#include "link/entity.h"
#include "time/date.h"

typedef enum isn_unit_kind {
    ISN_UNIT_MENTION,  /* mentions of one entity side by side */
    ISN_UNIT_NOUN,     /* another noun, adjective, number, demonstrative, unknown word */
    ISN_UNIT_VERB,     /* finite verb */
    ISN_UNIT_PREP,     /* preposition of its own; a proclitic one is in `prep` of the unit that it stands on */
    ISN_UNIT_CONJ,     /* conjunction between clauses or phrases */
    ISN_UNIT_THAT,     /* an, inna, bi-anna, and their forms with a pronoun */
    ISN_UNIT_RELATIVE, /* alladhi ... */
    ISN_UNIT_NEG,
    ISN_UNIT_AUX,      /* kana and sisters, qad, sawfa, modals */
    ISN_UNIT_ADVERB,   /* adverbs and connectives */
    ISN_UNIT_DATE,
    ISN_UNIT_COMMA,    /* comma, semicolon, dash */
    ISN_UNIT_BRACKET,
    ISN_UNIT_COLON,
    ISN_UNIT_STOP,     /* dots and marks of exclamation inside a sentence */
    ISN_UNIT_QUOTE,    /* a quotation mark of any kind */
    ISN_UNIT_OTHER
} isn_unit_kind;

typedef struct isn_unit {
    uint8_t kind;         /* isn_unit_kind */
    uint8_t conj;         /* a proclitic w- or f- stands on it */
    uint8_t definite;     /* has the article, or is a name */
    uint8_t pronoun;      /* enclitic pronoun of its last token, ISN_PRONOUN() or 0 */
    uint8_t pos;          /* isn_pos of its head token's chosen analysis */
    uint8_t sub;          /* isn_sub of a function word */
    uint16_t detail;      /* ISN_V_ / ISN_N_ of its head token's chosen analysis */
    uint32_t first, last; /* tokens [first, last) */
    uint32_t prep;        /* row of functions.tsv of the unit if a preposition, or of its proclitic one; else ISN_NO_ROW */
    uint32_t function;    /* row of functions.tsv if a function word, else ISN_NO_ROW */
    uint32_t mention;     /* MENTION: the first mention; else ISN_NONE */
    uint32_t entity;      /* MENTION: its entity; else ISN_NONE */
} isn_unit;

typedef struct isn_clauses {
    const isn_grammar *grammar;
    const isn_text *text;
    const isn_mentions *mentions;
    const isn_entities *entities;
    const isn_dates *dates;
    isn_unit *units;
    size_t n;
    struct isn_slots **slots; /* per unit: the slots of a finite verb, NULL for other units */
    uint32_t *holder;        /* per unit: the verb whose subject or object phrase begins there, or ISN_NONE */
    uint32_t *unit_of;       /* per token: its unit */
    uint32_t *sentence_from; /* n_sentences + 1: the units of sentence s are [sentence_from[s], sentence_from[s + 1]) */
} isn_clauses;

/* Cuts the sentences into units. In the text's arena; false when it is full. Thread-safe. */
bool isn_clauses_make(isn_clauses *out, const isn_grammar *grammar, const isn_text *text,
                      const isn_mentions *mentions, const isn_entities *entities,
                      const isn_dates *dates);

/* --- parties ---------------------------------------------------------------------------------------------------- */

#define ISN_MOST_COORDINATES 12

/* The entities that a noun phrase stands for: several when coordinated, none for nouns that are nobody. */
typedef struct isn_party {
    uint32_t entity[ISN_MOST_COORDINATES];
    uint8_t n;
    uint8_t carried; /* read from a pronoun or carried on, not from words */
} isn_party;

void isn_party_add(isn_party *party, uint32_t entity);
/* Adds whoever of `other` isn't there yet. */
void isn_party_join(isn_party *party, const isn_party *other);
bool isn_party_has(const isn_party *party, uint32_t entity);

/*
 * Reads the noun phrase that begins at `unit`: its entities, looking through quantities ("a number of", numbers) and
 * taking in what is coordinated with it. Returns the unit after the phrase.
 */
uint32_t isn_party_read(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint32_t end);

/* Is the unit a noun or a mention? */
static inline bool isn_unit_is_nominal(const isn_unit *unit)
{
    return unit->kind == ISN_UNIT_MENTION || unit->kind == ISN_UNIT_NOUN;
}

/* --- slots ------------------------------------------------------------------------------------------------------ */

#define ISN_MOST_SLOTS 8

typedef struct isn_slot {
    uint32_t prep;  /* row of functions.tsv; ISN_NO_ROW in subj, obj, gen */
    uint32_t unit;  /* first unit of the noun phrase; ISN_NONE where the slot is empty or filled by a pronoun */
    uint32_t after; /* unit after the phrase */
    isn_party party;
} isn_slot;

typedef struct isn_slots {
    uint32_t head;            /* unit of the verb or noun whose slots they are */
    isn_slot subj, obj, obj2; /* `unit` ISN_NONE and party.n 0: not found */
    isn_slot gen;             /* of nouns: what follows in idafa */
    isn_slot preps[ISN_MOST_SLOTS];
    uint8_t n_preps;
    uint8_t subject_before;   /* the subject stands before the verb */
    uint8_t carried;          /* the subject is that of the clause before */
    uint32_t that;            /* unit of the complementizer, colon or quotation mark that ends the walk, or ISN_NONE */
    uint32_t begin, end;      /* units of the clause as far as walked */
} isn_slots;

/*
 * Fills the slots of the finite verb at `unit`; those of the verbs before it must have been filled. May take another
 * reading of the verb's letters, in its unit and token, where only that agrees with the subject. An unsaid subject is
 * carried on: right behind "that" from the verb that governs it, or whom that verb asks; for a verb of saying from the
 * last speaker outside relatives; for the first person from who speaks; for plurals from many; else from the verb before.
 * Called by isn_clauses_make; later rooms read clauses->slots[unit].
 */
void isn_slots_of_verb(isn_slots *out, const isn_clauses *clauses, uint32_t unit);

/* The slots of the noun or participle at `unit`: gen, and the prepositional phrases that follow. */
void isn_slots_of_noun(isn_slots *out, const isn_clauses *clauses, uint32_t unit);

/* Is the unit a participle in the accusative that opens a circumstance: "pointing out that"? */
bool isn_unit_is_circumstance(const isn_unit *unit);

/* Does a clause end before the unit: a complementizer, a colon, a conjunction of clauses? */
bool isn_unit_ends_clause(const isn_unit *unit);

/* First unit of the clause that holds `unit` (after the last boundary to its left). */
uint32_t isn_clause_begin(const isn_clauses *clauses, uint32_t unit);
/* Unit after the last of the clause that holds `unit`. */
uint32_t isn_clause_end(const isn_clauses *clauses, uint32_t unit);
uint32_t isn_sentence_of_unit(const isn_clauses *clauses, uint32_t unit);

/* --- reference -------------------------------------------------------------------------------------------------- */

/*
 * Who a pronoun means: the nearest entity before `unit` that agrees with it in number and gender, subjects before
 * others, definite mentions before indefinite ones, this sentence before the last two. Nothing found: an empty party.
 */
void isn_refer_pronoun(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint8_t pronoun);
/* The state that an adjective of nationality at the unit names ("al-Rusi"), or ISN_NONE where it is none or the article
 * doesn't name the state. */
uint32_t isn_refer_demonym(const isn_clauses *clauses, uint32_t unit);
/* The place entity that is the state of the given country code, or ISN_NONE. */
uint32_t isn_refer_state(const isn_entities *entities, const char country[4]);

#endif
