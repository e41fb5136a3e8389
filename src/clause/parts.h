/* parts.h - what the files of this room share. Nothing outside src/clause includes it. */
#ifndef ISN_CLAUSE_PARTS_H
#define ISN_CLAUSE_PARTS_H

#include "clause/clause.h"

/* --- units.c, tagging.c, mend.c ---------------------------------------------------------------------------------- */

/* Writes what the proclitics and the enclitic of an analysis say into the unit. */
void isn_unit_take(isn_unit *unit, const isn_grammar *grammar, const isn_analysis *analysis);

/* Corrects the tagger's choice for token t by its neighbours; before units are cut. */
void isn_tagging_correct(const isn_clauses *clauses, uint32_t t);
/* Reads the unit as the finite verb `verb`, an analysis of its first token. */
void isn_unit_make_verb(isn_unit *unit, const isn_clauses *clauses, const isn_analysis *verb);
/* Corrects units whose words the tagger read wrongly, and the tokens' choice with them. */
void isn_units_mend(const isn_clauses *clauses);

/* --- subject.c: who is the subject, where it doesn't just follow the verb ---------------------------------------- */

/* ISN_VERB_ traits of the verb at the unit, 0 where it is none of the lexicon. */
uint8_t isn_verb_traits(const isn_clauses *clauses, uint32_t unit);
/* May the party be the subject of the verb? */
bool isn_verb_agrees(const isn_clauses *clauses, const isn_unit *verb, const isn_party *party);
/* The same of the noun at `unit`, or ISN_NONE. */
bool isn_verb_agrees_noun(const isn_clauses *clauses, const isn_unit *verb, uint32_t unit);
/* A noun in the accusative without article, or in a plural or dual of the oblique case, is no subject. */
bool isn_unit_is_adverbial(const isn_clauses *clauses, const isn_unit *unit);
bool isn_unit_is_oblique(const isn_clauses *clauses, const isn_unit *unit);
/* Does its ending say that it is a subject: a dual in -an, a sound plural in -un, a number like that? */
bool isn_unit_is_nominative(const isn_clauses *clauses, uint32_t unit);
/* Another reading of the verb's letters, of the same clitics, that agrees with the party; NULL: none. */
const isn_analysis *isn_verb_other_reading(const isn_clauses *clauses, const isn_unit *verb, const isn_party *party);
/* The noun phrase that opens the clause of the verb, from unit `begin`; false: there is none. */
bool isn_subject_topic(isn_slot *out, const isn_clauses *clauses, uint32_t begin, uint32_t verb);
/* The subject carried on from before: fills subj.party and `carried`, if one is found. */
void isn_subject_carry(isn_slots *out, const isn_clauses *clauses, uint32_t unit);
/* Is what the walk took for the subject rather the object, the subject being the one carried on? */
bool isn_subject_goes_on(const isn_slots *slots, const isn_clauses *clauses, uint32_t unit);
/* Apposition between commas: "the minister, X, ...". Returns the unit after it and its comma, or u, the first comma. May
 * put a person's name in place of the office alone. */
uint32_t isn_subject_apposition(isn_slot *subject, const isn_clauses *clauses, uint32_t u, uint32_t end);

/* --- relative.c: what relative clauses stand for ------------------------------------------------------------------ */

/* The relative that opens the clause of the verb at u, or ISN_NONE. */
uint32_t isn_relative_of(const isn_clauses *clauses, uint32_t u, uint32_t begin);
/* What the relative stands for; out->unit ISN_NONE where nothing is found. */
void isn_subject_antecedent(isn_slot *out, const isn_clauses *clauses, uint32_t relative);
/* "the visit that he paid (qama biha)": the unit behind the verb whose preposition bears the pronoun that means the noun, or
 * ISN_NONE. Where the noun is somebody, somebody else must be there to act. */
uint32_t isn_relative_resumption(const isn_clauses *clauses, uint32_t verb, uint32_t noun, uint32_t end);
/* "a visit paid by ..." without a relative: the indefinite noun before the verb that a pronoun on the verb, or on the
 * preposition at *resumed, comes back to; ISN_NONE if there is none. */
uint32_t isn_relative_bare(const isn_clauses *clauses, uint32_t verb, uint32_t begin, uint32_t end, uint32_t *resumed);
/* "a summit that brings together", "an attack that hit" without a relative: the indefinite noun before a verb that tells of
 * acts, where it agrees; or ISN_NONE. */
uint32_t isn_relative_subject(const isn_clauses *clauses, uint32_t verb, uint32_t begin);
/* "a call from the president, in which he thanked": the person named right before the verb, whom "in it", "during it" behind
 * the verb shows to be the one who speaks; or ISN_NONE. */
uint32_t isn_relative_source(const isn_clauses *clauses, uint32_t verb, uint32_t begin, uint32_t end);

/* --- slots.c ----------------------------------------------------------------------------------------------------- */

/* Is the unit the mark that ends a dateline at the head of the sentence that begins at `begin`? */
bool isn_ends_dateline(const isn_clauses *clauses, uint32_t u, uint32_t begin);
/* The unit after a bracketed insertion that opens at u. */
uint32_t isn_after_bracket(const isn_clauses *clauses, uint32_t u, uint32_t end);
/* Takes the party for the pronoun, if it fits and holds nobody of `not` (may be NULL). */
bool isn_refer_try(isn_party *out, const isn_clauses *clauses, const isn_party *party, uint8_t pronoun,
                   const isn_party *not);
/* As isn_refer_pronoun, but nobody of `not`. */
void isn_refer_pronoun_not(isn_party *out, const isn_clauses *clauses, uint32_t unit, uint8_t pronoun,
                           const isn_party *not);

#endif
