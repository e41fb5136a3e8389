/*
 * compare.h - the table of a story: who tells which fact, and where two reports can't both be true.
 *
 * The events and quotes of all articles are aligned (align.h), their days and counts put beside, and the headlines laid together. Of
 * each fact it is known which articles tell it and how many independent origins that makes: near copies, one
 * agency's text and one outlet's articles count once. Two tellings contradict each other where counts, days, places, who or whom can't both
 * be true, where one denies what the other affirms, and where headlines that are else alike exclude each other.
 */
#ifndef ISN_STORY_COMPARE_H
#define ISN_STORY_COMPARE_H

#include "story/telling.h"

#define ISN_COMPARE_ARTICLES 64u /* of a story; later ones are left out */

#define ISN_CLASH_KINDS(X)                                                                         \
    X(COUNT, "count")                                                                              \
    X(DATE, "date")                                                                                \
    X(PLACE, "place")                                                                              \
    X(WHO, "who")                                                                                  \
    X(WHOM, "whom")                                                                                \
    X(DENIED, "denied")                                                                            \
    X(WORDING, "wording")

typedef enum isn_clash_kind {
#define X(name, text) ISN_CLASH_##name,
    ISN_CLASH_KINDS(X)
#undef X
    ISN_CLASH_KIND_COUNT
} isn_clash_kind;

/* Two tellings of a fact that can't both be true. */
typedef struct isn_clash {
    uint32_t a, b; /* tellings */
    uint8_t kind;  /* isn_clash_kind */
    isn_str sense; /* line of opposites.tsv that shows it, or empty */
} isn_clash;

typedef struct isn_fact {
    uint8_t kind;             /* isn_telling_kind: an event where one is among its tellings */
    const uint32_t *tellings; /* by article, then place in the text */
    size_t n;
    size_t n_articles, n_origins;
    const isn_clash *clashes;
    size_t n_clashes;
} isn_fact;

typedef struct isn_comparison {
    isn_tellings tellings;
    const uint32_t *origins; /* for each record the first of the same origin */
    const isn_fact *facts;   /* those that most articles tell first, else in the order of the text */
    size_t n_facts;
    const int64_t *numbers; /* of the articles in a database, or NULL */
} isn_comparison;

/*
 * Compares the records of a story. origins[i] is the first record that has the same origin as i (stories.h), or NULL: each is its own. Everything
 * lives in the arena or is the records'. Fails with ISNAD_E_MEMORY. Thread-safe on different arenas.
 */
isnad_status isn_compare(isn_comparison *out, isn_arena *arena, const isn_record *const *records, const uint32_t *origins,
                         size_t n, const isn_lexicon *lexicon, isnad_error *err);

/* Appends the clashes among the tellings of a fact to the list in the arena; false where it is full. Part of the above. */
typedef struct isn_clashes {
    isn_clash *items;
    size_t n, capacity;
} isn_clashes;

struct isn_opposites;
bool isn_clashes_find(isn_clashes *out, isn_arena *arena, const isn_tellings *tellings, const isn_fact *fact,
                      const uint32_t *event_of_date, const struct isn_opposites *opposites);

/* The word for a kind of clash; a static string. */
const char *isn_clash_text(uint8_t kind);

/*
 * Appends the table as one JSON object without a line end: the form of docs/stories.md, which holds what a program that scores the
 * comparison needs (story, facts, members with uri, kind, begin, end; contradiction). Thread-safe on different buffers.
 */
void isn_compare_write(isn_buf *out, const isn_comparison *comparison, isn_str story);

/* The same with at most `limit` facts from number `offset` on, and with how many there are: total, offset, limit, more. */
void isn_compare_write_part(isn_buf *out, const isn_comparison *comparison, isn_str story, size_t offset, size_t limit);

#endif
