/*
 * terms.h - what a word is searched by: one function for text and query.
 *
 * A word's terms are its stems without proclitics, article and pronoun in the folded normal form (hamza seats, ta marbuta, alef
 * maksura and vowels play no part), one for each likely reading of its spelling. Context plays no part either, so that a
 * word alone in a query has the terms that it has in a text. Words of grammar have none. Names of abd and abu come
 * apart (abdalhamid as abd alhamid). Digits lose their marks of thousands; other scripts are put in lower case.
 */
#ifndef ISN_STORE_TERMS_H
#define ISN_STORE_TERMS_H

#include "base/buf.h"
#include "text/text.h"

#define ISN_SEARCH_TERM 128u   /* of one term; what is longer is cut */
#define ISN_SEARCH_READINGS 3u  /* terms at one place */
#define ISN_SEARCH_PLACES 2u    /* places that one word can take */
#define ISN_SEARCH_OR '\x1F'    /* parts the terms of one place in prepared text; blanks part the places */

typedef struct isn_search_term {
    char p[ISN_SEARCH_TERM];
    uint8_t n;
} isn_search_term;

typedef struct isn_search_terms {
    struct {
        isn_search_term items[ISN_SEARCH_READINGS];
        uint8_t n;
    } at[ISN_SEARCH_PLACES];
    uint8_t n;
    bool name; /* a proper name, or a word that the lexicon doesn't know */
} isn_search_terms;

/* The terms of a token; false where it has none (punctuation, words of grammar). Thread-safe. */
bool isn_search_terms_make(isn_search_terms *out, const isn_text *text, const isn_token *token);

/* The beginning of a word as a term: folded, without its article; for words that are asked for by their beginning. */
void isn_search_terms_prefix(isn_search_term *out, isn_str word);

/* Appends the terms of all tokens as prepared text: what the database's tokenizer cuts apart again. */
void isn_search_terms_write(isn_buf *out, const isn_text *text);

/*
 * Calls `take` for each term of prepared text with its place; ends early when it returns something else than 0, which is returned.
 */
typedef int isn_search_terms_fn(void *user, isn_str term, size_t place, bool again);
int isn_search_terms_read(isn_str prepared, isn_search_terms_fn *take, void *user);

#endif
