/* parts.h - what the files of the quote room share. */
#ifndef ISN_QUOTE_PARTS_H
#define ISN_QUOTE_PARTS_H

#include "quote/cue.h"

#define ISN_SEVERAL                                                                                \
    (ISN_NONE -                                                                                    \
     1) /* a speaker who is several entities or an unnamed source: the record names none */
#define ISN_NO_MARK ISN_NONE

/* Tokens [first, last) of what is said. */
typedef struct isn_content {
    uint32_t first, last;
    bool direct;
    bool phrase; /* a noun phrase: a preposition on its first word isn't said */
} isn_content;

typedef struct isn_finder {
    const isn_quoter *quoter;
    const isn_clauses *clauses;
    isn_quotes *out;
    uint32_t *pair;   /* per token: of an opening quotation mark the token where its words end, of a
                         closing one   its opening mark, else ISN_NO_MARK */
    uint32_t *inside; /* per unit: the quote that holds it, or ISN_NONE */
    uint8_t *used;    /* per unit: 1 if it has brought a quote already */
    size_t before;    /* quotes before this sentence */
    uint32_t last_speaker;       /* of the last quote: entity, ISN_SEVERAL or ISN_NONE */
    uint32_t last_sentence;      /* where that was */
    uint32_t issuer;             /* whose statement was spoken of last, or ISN_NONE */
    uint32_t issuer_row;         /* row of cues.tsv of that kind of statement */
    uint32_t speaking;           /* whose words are being read, so that their end is found */
    bool joining; /* the last quote goes on in the next paragraph if that opens with a mark */
    uint32_t handed_more; /* "quoted X from Y as": X, where Y speaks */
    uint32_t handed, handed_via; /* "quoted X as": who speaks and hands on in the "his saying that"
                                    to come, in this sentence */
} isn_finder;

/* --- mark.c
 * -----------------------------------------------------------------------------------------------------
 */

bool isn_mark_is_quotation(const isn_token *token);
/* Pairs the quotation marks of the text into f->pair; false when the arena is full. */
bool isn_marks_pair(isn_finder *f);
/* Does a quotation open at the token? *close: the token after its last word. */
bool isn_mark_opens(uint32_t *close, const isn_finder *f, uint32_t token);
/* Do the marks at `open` stand around a name or term and not around speech? */
bool isn_mark_names(const isn_finder *f, uint32_t open, uint32_t close);
/* Words (no marks) between two tokens. */
uint32_t isn_words_between(const isn_text *text, uint32_t first, uint32_t last);

/* --- content.c
 * --------------------------------------------------------------------------------------------------
 */

/* First unit after `unit` that brings speech in: "that", a colon, an opening mark; ISN_NONE if the
 * clause ends before. */
uint32_t isn_content_bringer(const isn_finder *f, uint32_t unit, const isn_cue *cue);
/* The noun phrase that stands as the content of the cue at `unit`, before unit `limit`; ISN_NONE if
 * there is none. */
uint32_t isn_content_noun(const isn_finder *f, uint32_t unit, const isn_cue *cue, uint32_t limit);
/* Reads what stands after the bringer. */
bool isn_content_after(isn_content *out, const isn_finder *f, uint32_t bringer);
/* Reads the noun phrase at `unit`; false for one that is too short. */
bool isn_content_phrase(isn_content *out, const isn_finder *f, uint32_t unit);
/* The unit after the last of reported speech that begins at `unit`, a clause or a noun phrase. */
uint32_t isn_content_end(const isn_finder *f, uint32_t unit, bool clause);
/* Does a verb in the first person stand between the tokens? */
bool isn_content_first_person(const isn_text *text, uint32_t first, uint32_t last);
/* First token of a unit; the number of tokens for the unit after the last. */
uint32_t isn_first_token(const isn_clauses *clauses, uint32_t unit);
/* The word of saying that is a participle beside the clause ("stressing", "she, pointing to"); NULL
 * if the unit is none. */
const isn_cue *isn_cue_of_circumstance(const isn_finder *f, uint32_t unit);

/* --- speaker.c
 * --------------------------------------------------------------------------------------------------
 */

/* Who says it: entity, ISN_SEVERAL, or ISN_NONE. *named: a word of the clause itself says who. */
uint32_t isn_speaker_of_verb(const isn_finder *f, uint32_t unit, const isn_cue *cue, bool *named);
uint32_t isn_speaker_of_circumstance(const isn_finder *f, uint32_t unit);
/* The party that a statement, source or spokesman at `unit` speaks for. */
uint32_t isn_speaker_behind(const isn_finder *f, uint32_t unit);
/* The first entity of the phrase at `unit`, or who is behind its noun. *after: unit after it. */
uint32_t isn_speaker_of_phrase(const isn_finder *f, uint32_t unit, uint32_t end, uint32_t *after);

/* Can the entity be the subject of the verb at `unit`, by gender and number? */
bool isn_speaker_fits(const isn_clauses *clauses, uint32_t unit, uint32_t entity);
/* Does the verb at `unit` tell of the noun before it, without "which"? */
bool isn_verb_is_embedded(const isn_clauses *clauses, uint32_t unit);

/* --- source.c
 * ---------------------------------------------------------------------------------------------------
 */

void isn_source_read(isn_finder *f, uint32_t sentence);
/* Does the unit name a source: a row of functions.tsv, or a cue phrase ("according to")? */
bool isn_quote_is_source(const isn_finder *f, uint32_t unit);
/* Can the party be a link between the outlet and a source: an agency, a channel? ("sources from", else, tells about what) */
bool isn_hands_on(const isn_finder *f, uint32_t party);
/* "quoting X from Y from Z": all but the last go into the chain; returns who speaks, `party` where nobody follows. */
uint32_t isn_source_chain(isn_quote *quote, const isn_finder *f, uint32_t party, uint32_t after, uint32_t end);
/* "this is what X affirmed", "that came from the mouth of X": the sentence before is his. */
void isn_lead_read(isn_finder *f, uint32_t sentence);
bool isn_headline_read(isn_finder *f, uint32_t sentence);
void isn_bare_marks_read(isn_finder *f, uint32_t sentence);
/* Marks or a sentence in the first person that closed just before the cue. */
void isn_trailing_read(isn_finder *f, uint32_t unit, const isn_cue *cue, uint32_t speaker);

/* --- nest.c
 * -----------------------------------------------------------------------------------------------------
 */

/* Orders quotes, drops what is told twice, moves mere bringers into the chain (Q7) and links inner
 * to outer. */
void isn_quotes_nest(isn_finder *f);
/* Does nothing close the mark before the first word of the quote? */
bool isn_quote_is_open(const isn_finder *f, const isn_quote *quote);

/* --- find.c
 * -----------------------------------------------------------------------------------------------------
 */

/* Adds a quote; NULL where nothing is left of it, it is there already, or memory is out. */
isn_quote *isn_quote_add(isn_finder *f, const isn_content *content, uint32_t cue_unit,
                         uint32_t cue_row, uint32_t speaker, const char *rule, float sure);
void isn_quote_add_via(isn_quote *quote, uint32_t entity);

#endif
