/*
 * clause.h - who stands where to a word that acts: the subject, object and prepositional phrases of verbs, verbal
 * nouns and participles, found by walking a sentence's chunks, without a full parse.
 *
 * A sentence is cut into chunks: noun phrases (an idafa chain with its adjectives and appositions, holding the
 * entities that it names), prepositions, verbs, conjunctions, complementizers, relatives, marks. A head is a word
 * that can act; its slots are the chunks that belong to it.
 */
#ifndef ISN_CLAUSE_CLAUSE_H
#define ISN_CLAUSE_CLAUSE_H

#include "link/entity.h"
#include "time/date.h"

typedef enum isn_chunk_kind {
    ISN_CHUNK_NP,     /* noun phrase */
    ISN_CHUNK_VERB,   /* finite verb */
    ISN_CHUNK_PREP,   /* preposition; a proclitic one has no token of its own */
    ISN_CHUNK_CONJ,   /* and, but, then ... between clauses or phrases */
    ISN_CHUNK_COMP,   /* that: an, inna, bi-anna, li- before a verb */
    ISN_CHUNK_REL,    /* alladhi ... */
    ISN_CHUNK_NEG,    /* lam, lan, la, ma, laysa, ghayr, dun */
    ISN_CHUNK_AUX,    /* kana and sisters, qad, sawfa, modals */
    ISN_CHUNK_ADV,    /* adverbs, dates, connectives */
    ISN_CHUNK_COMMA,  /* comma, semicolon, dash, bracket */
    ISN_CHUNK_COLON,
    ISN_CHUNK_QUOTE,  /* quotation mark, opening or closing */
    ISN_CHUNK_OTHER
} isn_chunk_kind;

#define ISN_MOST_COORDINATES 12

/* The entities that a noun phrase stands for: several when coordinated, none for plain nouns. */
typedef struct isn_party {
    uint32_t entity[ISN_MOST_COORDINATES];
    uint8_t n;
    uint8_t pronoun; /* read from a pronoun or a carried subject, not from words */
} isn_party;

typedef struct isn_chunk {
    uint8_t kind;
    uint8_t conj;       /* a proclitic wa/fa stands before it */
    uint8_t prep;       /* PREP, or a proclitic before an NP: ISN_PREP_... */
    uint8_t definite;
    uint32_t first, last; /* tokens */
    uint32_t head;      /* token of the first noun (NP) or of the word itself */
    uint32_t mention;   /* NP: its first mention that heads it, or ISN_NONE */
    uint32_t act;       /* NP: token of a verbal noun, act noun or participle that heads it, or ISN_NONE */
} isn_chunk;

#endif
