/*
 * mention.h - where the text names persons, organizations, places and groups, and where offices
 * stand for persons.
 *
 * What counts as one mention and where it begins and ends is ruled by eval/ANNOTATION.md (E1 to
 * E11). Names come from the lexicon and from rules (head noun + portfolio, office + unknown name,
 * kunya, given names); a decoder chooses among what overlaps. Nothing is resolved here: that is
 * link's work.
 */
#ifndef ISN_NAME_MENTION_H
#define ISN_NAME_MENTION_H

#include "text/text.h"

#define ISN_NONE UINT32_MAX

typedef enum isn_type {
    ISN_PERSON,
    ISN_ORGANIZATION,
    ISN_PLACE,
    ISN_GROUP,
    ISN_TYPE_COUNT
} isn_type;

typedef enum isn_form { ISN_FORM_NAME, ISN_FORM_ROLE } isn_form;

typedef struct isn_mention {
    uint32_t begin, end;  /* bytes: without clitics, with the article (E2) */
    uint32_t first, last; /* tokens [first, last) */
    uint8_t type, form;   /* isn_type, isn_form */
    uint8_t plural;       /* the words are plural (1), or surely dual (2) */
    uint8_t feminine;     /* the words are feminine (female office, feminine noun); 2: not known */
    uint8_t generic;      /* indefinite role phrase ("a Filipino lawyer", "diplomats") */
    uint8_t table;        /* lexicon line that names it, with `row`; ISN_NO_ROW where none does */
    uint8_t lex_form;     /* ISN_F_... of that entry */
    uint8_t organ_table;  /* body inside an office phrase that is no mention of its own (E3), */
    uint32_t organ_row;   /* its lexicon line, or ISN_NO_ROW */
    uint32_t row;
    uint32_t office;    /* roles: row of offices (persons), orgheads (organizations) or groups
                           (groups), or ISN_NO_ROW */
    uint32_t portfolio; /* roles: row of portfolios.tsv, or ISN_NO_ROW */
    char country[4];    /* ISO alpha-3 that the words show (demonym, state, lexicon), or "" */
    uint32_t beside;    /* the mention that it stands in apposition to (office beside name), or
                           ISN_NONE; set on both */
    float score;        /* 0 to 1: how sure */
    const char *rule;   /* static string: which rule */
} isn_mention;

typedef struct isn_mentions {
    isn_mention *items; /* in order of begin; none overlap but where E8 lets one lie inside another
                           (longer first) */
    size_t n, capacity;
    uint32_t *at; /* per token: the outermost mention that covers it, or ISN_NONE */
} isn_mentions;

/* The read-only tables that finding names needs; one an engine. */
typedef struct isn_namer isn_namer;
isnad_status isn_namer_new(isn_namer **out, const isn_lexicon *lexicon, isnad_error *err);
void isn_namer_free(isn_namer *namer);

/* Finds the mentions of a text, in its arena; false when that is full (*out is then consistent).
 * Thread-safe. */
bool isn_mentions_find(isn_mentions *out, const isn_namer *namer, const isn_text *text);

#endif
