/* query.h - what somebody asks for, as an expression of the search index, and where its words stand in a text. */
#ifndef ISN_STORE_QUERY_H
#define ISN_STORE_QUERY_H

#include "store/parts.h"
#include "store/terms.h"

#define ISN_QUERY_BYTES 4096u   /* of the words of a query */
#define ISN_QUERY_OPERANDS 64u  /* words and phrases of it */
#define ISN_QUERY_DEPTH 32u     /* brackets in brackets */
#define ISN_QUERY_BEGINNING 1024u /* words that a beginning of a word stands for; of more FTS5 finds the articles */
#define ISN_QUERY_SPELLINGS 24u /* other spellings of one name */
#define ISN_QUERY_ACTORS 16u    /* actors that one name may stand for */

/* Terms that may stand at one place. */
typedef struct isn_query_place {
    const isn_str *terms;
    size_t n;
} isn_query_place;

/* A word or a phrase. */
typedef struct isn_operand {
    isn_query_place *places;
    size_t n;
    bool prefix;   /* the last place is the beginning of a word */
    bool negative; /* it must not stand there */
} isn_operand;

typedef struct isn_words_query {
    isn_operand items[ISN_QUERY_OPERANDS];
    size_t n;
    isn_buf match; /* FTS5 expression over the column text; empty where any text will do */
} isn_words_query;

void isn_words_query_init(isn_words_query *query);
void isn_words_query_release(isn_words_query *query);

/* Reads the words of a query; what it keeps lives in the store's arena. Fails with ISNAD_E_ARGUMENT, ISNAD_E_MEMORY, or as the file does. */
isnad_status isn_words_query_make(isn_words_query *out, isnad_store *store, isn_str words, isnad_error *err);

/* Where an operand stands in a text: tokens [first, last]. */
typedef struct isn_hit {
    uint32_t first, last;
    uint16_t operand;
} isn_hit;

/* All places where the operands stand that may; sorted by token. In the arena; NULL when it is full (and *n 0). */
isn_hit *isn_words_query_hits(size_t *n, const isn_words_query *query, isn_arena *arena, const isn_text *text);

/* Actors that a name stands for: their numbers and keys. */
typedef struct isn_actor_set {
    int64_t ids[ISN_QUERY_ACTORS];
    isn_str kbs[ISN_QUERY_ACTORS]; /* in the store's arena */
    size_t n;
    bool given; /* a name was asked for */
} isn_actor_set;

/* Who is called so: a kb, or a name in any spelling, a surname for whoever is named most. Fails with ISNAD_E_ARGUMENT where nobody is. */
isnad_status isn_actor_set_find(isn_actor_set *out, isnad_store *store, const char *name, isnad_error *err);
bool isn_actor_set_has(const isn_actor_set *set, int64_t actor);

/* One candidate for a name. */
typedef struct isn_candidate {
    int64_t id, articles;
    isn_str kb, type, name, english, country;
    float alike;
} isn_candidate;

/* All that may be called so, likeliest first, in the store's arena. */
isnad_status isn_candidates_find(isn_candidate **out, size_t *n, isnad_store *store, isn_str name, isnad_error *err);

/* The means for reading text: makes them once, empties the arena. */
isnad_status isn_store_ready(isnad_store *store, isnad_error *err);

/* The words of an article or of a query in the store's arena. */
bool isn_store_read_text(isn_text *out, isnad_store *store, isn_str raw, const isn_block *blocks, size_t n_blocks);

#endif
