/*
 * page.h - the phrases of news pages (lexicon/page.tsv), outlets with their hosts, and the words of
 * the calendar, made ready for reading lines.
 *
 * A table is built once from the lexicon and then only read: shared by all threads.
 */
#ifndef ISN_READ_PAGE_H
#define ISN_READ_PAGE_H

#include "base/letters.h"
#include "base/str.h"
#include "isnad.h"
#include "lexicon/lexicon.h"

/* What a phrase says about its line. */
typedef enum isn_page_kind {
    ISN_PAGE_NONE,
    ISN_PAGE_RELATED,
    ISN_PAGE_COMMENT,
    ISN_PAGE_BOILERPLATE,
    ISN_PAGE_CLOSING,
    ISN_PAGE_CAPTION,
    ISN_PAGE_BYLINE,
    ISN_PAGE_MASTHEAD,
    ISN_PAGE_SOURCE,
    ISN_PAGE_DATE,
    ISN_PAGE_PARAGRAPH, /* begins a paragraph of news */
    ISN_PAGE_OUTLET,    /* name of an outlet */
    ISN_PAGE_AGENCY,    /* mark of an agency */
    ISN_PAGE_KIND_COUNT
} isn_page_kind;

/* How much of the line the phrase must be. */
typedef enum isn_page_where {
    ISN_PAGE_WHOLE,
    ISN_PAGE_START,
    ISN_PAGE_ANY,
    ISN_PAGE_WORDS, /* one of the words of which the whole line is made */
    ISN_PAGE_LABEL, /* the start, with a colon, dash, slash or two full stops after it */
    ISN_PAGE_WHERE_COUNT
} isn_page_where;

#define ISN_PAGE_PHRASE_WORDS 8 /* longer phrases are not taken */

typedef struct isn_page isn_page;

/*
 * Builds the table from the lexicon (NULL: an empty one). ISNAD_E_MEMORY is the only failure. The
 * lexicon must outlive the table. The caller frees it.
 * Sets up libxml2 too, which must happen before threads read pages: call it from one thread.
 */
isnad_status isn_page_new(isn_page **out, const isn_lexicon *lexicon, isnad_error *err);
void isn_page_free(isn_page *page);

/*
 * Adds one phrase with the names of its kind and place as page.tsv writes them. False when kind or
 * place is unknown, the phrase has no word or too many, or memory ran out. Not thread-safe; only
 * before the table is shared.
 */
bool isn_page_add(isn_page *page, isn_str phrase, isn_str kind, isn_str where);

/* Adds a web host (without www) of an outlet called `name`; both strings must outlive the table. */
bool isn_page_add_host(isn_page *page, isn_str host, isn_str name);

/* The outlet of a host or of its parent domain; empty if unknown. Thread-safe. */
isn_str isn_page_outlet(const isn_page *page, isn_str host);

/* Is the code of the normal form part of a word here? */
static inline bool isn_page_letter(uint8_t c)
{
    return isn_is_arabic(c) || isn_is_digit(c) || isn_is_latin(c);
}

/* The month (1 to 12) whose name has this hash (of isn_page_join over its words), 0 for none; whether a word says that an hour is after
 * noon or before it. Of lexicon/calendar.tsv. Thread-safe. */
int isn_page_month(const isn_page *page, uint64_t phrase);
void isn_page_day_part(const isn_page *page, uint64_t phrase, bool *later, bool *early);

/* Hashes of words and phrases: a phrase is folded in word by word from 0. */
uint64_t isn_page_word_hash(const uint8_t *key, size_t n);
uint64_t isn_page_join(uint64_t phrase, uint64_t word);

/*
 * What the table says about a phrase: *bits are ISN_PAGE_BIT(kind, place), 0 if it is none by
 * itself. False when no phrase begins that way. Phrases are compared by their 64-bit hash alone.
 * Thread-safe.
 */
bool isn_page_find(const isn_page *page, uint64_t phrase, uint64_t *bits);

#define ISN_PAGE_BIT(kind, where) (UINT64_C(1) << (((kind)-1) * ISN_PAGE_WHERE_COUNT + (where)))

#endif
