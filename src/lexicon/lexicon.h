/*
 * lexicon.h - looking things up in the compiled lexicon. Read-only and shared by all threads.
 *
 * How phrases are keyed. A phrase is cut into words as text is into tokens: runs of Arabic letters, of digits, of letters of
 * other scripts; every other mark is a word of its own. A first word stands in the trie as the table writes it: names with a fixed
 * article (al-Iraq) with it, so for `lil-Iraq` a reader looks up the article + what follows ll-; nouns without it, so that the
 * definite form is found after the article is taken off. Further words stand as in running text; phrases of offices, heads
 * of bodies, frames and contexts of several words are there with the article on the last word and on all after the first too
 * (amin al-'amm, ra'is al-wuzara'). Proclitics are never part of a word, but a phrase of function words or cues may end in a single letter
 * (b, l, k): the proclitic of the token after it. Forms that stand only before a pronoun or genitive (wizarat-, liqa'i-,
 * qatalu-) carry ISN_N_CONSTRUCT, verbs too. Where a verb form's letters stand for several persons all their flags are set; number
 * and gender are those of the third person, else of the second. A portfolio without its article (wazir kharijiyat) is there with ISN_N_CONSTRUCT.
 *
 * The lexicon holds the cells of all tables (lexicon/README.md) and one trie of phrases over words: every way in
 * which a line of a table can stand in text (inflected, short, definite), keyed by the folded normal form
 * (base/normal.h). A text room walks the trie word by word; what it finds are entries: table, row, form.
 */
#ifndef ISN_LEXICON_LEXICON_H
#define ISN_LEXICON_LEXICON_H

#include "base/letters.h"
#include "base/str.h"
#include "isnad.h"

typedef struct isn_lexicon isn_lexicon;

/* Every table with its file stem; all files stem.tsv and stem-*.tsv make one table. Columns: schema.h. */
#define ISN_TABLES(X)                                                                              \
    X(COUNTRIES, "countries")                                                                      \
    X(PLACES, "places")                                                                            \
    X(PEOPLE, "people")                                                                            \
    X(TERMS, "terms")                                                                              \
    X(ORGANIZATIONS, "organizations")                                                              \
    X(OUTLETS, "outlets")                                                                          \
    X(OFFICES, "offices")                                                                          \
    X(PORTFOLIOS, "portfolios")                                                                    \
    X(ORGHEADS, "orgheads")                                                                        \
    X(PLACEHEADS, "placeheads")                                                                    \
    X(GROUPS, "groups")                                                                            \
    X(TITLES, "titles")                                                                            \
    X(NAMES, "names")                                                                              \
    X(CALENDAR, "calendar")                                                                        \
    X(VERBS, "verbs")                                                                              \
    X(FRAMES, "frames")                                                                            \
    X(CUES, "cues")                                                                                \
    X(CLASSES, "classes")                                                                          \
    X(CONTEXTS, "contexts")                                                                        \
    X(FUNCTIONS, "functions")                                                                      \
    X(PAGE, "page")                                                                                \
    X(AGENCIES, "agencies")                                                                        \
    X(EVENTS, "events")                                                                            \
    X(CODES, "codes")                                                                              \
    X(OPPOSITES, "opposites")                                                                      \
    X(COUNTS, "counts")

enum {
#define X(name, stem) ISN_T_##name,
    ISN_TABLES(X)
#undef X
    ISN_TABLE_COUNT
};

#define ISN_NO_ROW UINT32_MAX

/* In which form of its line an entry stands in the text. */
enum {
    ISN_F_NAME,    /* the name itself, a full form */
    ISN_F_LONG,    /* an official long name */
    ISN_F_SHORT,   /* stands for the line only where the article shows it (short, "?surname", risky) */
    ISN_F_ACRONYM, /* Latin or joined initials */
    ISN_F_DEMONYM, /* nisba adjective of a country (number, gender in `form`) */
    ISN_F_CAPITAL, /* the capital of a country */
    ISN_F_SINGULAR,
    ISN_F_DUAL,
    ISN_F_PLURAL,
    ISN_F_FEMININE,
    ISN_F_VERB,    /* inflected verb: see ISN_V_* in `detail` */
    ISN_F_MASDAR,  /* verbal noun; number in `detail` */
    ISN_F_ACTIVE,  /* active participle */
    ISN_F_PASSIVE, /* passive participle */
    ISN_F_PHRASE   /* fixed phrase */
};

/* `detail` of a verb form. */
enum {
    ISN_V_PAST = 1,
    ISN_V_PRESENT = 2, /* all moods of the imperfect */
    ISN_V_IMPERATIVE = 3,
    ISN_V_TENSE = 3,          /* mask of the above */
    ISN_V_PASSIVE_ONLY = 4,   /* the letters can only be passive */
    ISN_V_MAYBE_PASSIVE = 8,  /* the unvocalized letters can be active or passive */
    ISN_V_FIRST = 16,
    ISN_V_SECOND = 32,
    ISN_V_THIRD = 64,
    ISN_V_PLURAL = 128,
    ISN_V_DUAL = 256,
    ISN_V_FEMININE = 512,
    ISN_V_JUSSIVE = 16384, /* the letters can only be the jussive: after lam, la and in commands */
    /* `detail` of noun-like forms (masdars, participles, nouns) */
    ISN_N_DUAL = 1024,
    ISN_N_PLURAL = 2048,
    ISN_N_FEMININE = 4096,
    ISN_N_CONSTRUCT = 8192,  /* the letters can only be in idafa (dropped nun) */
    ISN_N_ACCUSATIVE = 16384 /* indefinite accusative with its alef */
};

/* One meaning of a phrase: a way to stand for row `row` of table `table`. 12 bytes. */
typedef struct isn_entry {
    uint8_t table, form;
    uint16_t detail;
    uint32_t row;
    uint32_t exact; /* hash of the unfolded letters of the form, words parted by one blank (isn_lexicon_exact), 0 where it doesn't matter:
                       lets a reader prefer what is spelled just so ("an" and "in" with hamza fold to one key) */
} isn_entry;

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* Opens a compiled image file (mapped). ISNAD_E_IMAGE names the fault. */
isnad_status isn_lexicon_open(isn_lexicon **out, const char *image, isnad_error *err);
/* Opens an image in memory, which must outlive the lexicon and be aligned to 8. */
isnad_status isn_lexicon_open_memory(isn_lexicon **out, isn_str image, const char *path, isnad_error *err);
/* Lays the TSV files of folder `dir` over the lexicon: compiles both into a new image in memory. */
isnad_status isn_lexicon_overlay(isn_lexicon **lexicon, const char *dir, isnad_error *err);
void isn_lexicon_free(isn_lexicon *lexicon);

/* The checksum of the image: equal lexicons and models have equal ones. Thread-safe. */
uint64_t isn_lexicon_hash(const isn_lexicon *lexicon);

/* --- cells ------------------------------------------------------------------------------------------------------ */

size_t isn_lexicon_rows(const isn_lexicon *lexicon, int table);
/* The cell of a row; columns are numbered as in schema.h (ISN_C_...). Empty for a row or column that isn't there. */
isn_str isn_lexicon_cell(const isn_lexicon *lexicon, int table, uint32_t row, int column);
/* File name (without folder) and 1-based line that the row was read from. */
isn_str isn_lexicon_source(const isn_lexicon *lexicon, int table, uint32_t row, uint32_t *line);
/* The first row whose first cell (people: id, countries: code, verbs: lemma ...) is `key`, or ISN_NO_ROW. Bytes are
 * compared as written. Rows with the same first cell follow each other. */
uint32_t isn_lexicon_row(const isn_lexicon *lexicon, int table, isn_str key);

/* --- models ----------------------------------------------------------------------------------------------------- */

/* Models that travel in the image, each the bytes of a file of model/ (model/README.md). */
#define ISN_BLOBS(X)                                                                               \
    X(TAGGER, "tagger.bin")                                                                        \
    X(COUNTS, "counts.bin")                                                                        \
    X(WORDS, "words.bin")                                                                          \
    X(NAMES, "names.bin")                                                                          \
    X(TOPICS, "topics.bin")

enum {
#define X(name, file) ISN_BLOB_##name,
    ISN_BLOBS(X)
#undef X
    ISN_BLOB_COUNT
};

/* The bytes of a model, aligned to 8; empty where the image has none. They live as long as the lexicon. */
isn_str isn_lexicon_blob(const isn_lexicon *lexicon, int blob);

/* --- phrases ---------------------------------------------------------------------------------------------------- */

/* The id of a word (folded codes), 0 if no phrase holds it. */
uint32_t isn_lexicon_word(const isn_lexicon *lexicon, const uint8_t *key, size_t n);
/* The state after `word` in `state` (0 at the beginning of a phrase), 0 if no phrase goes on that way. */
uint32_t isn_lexicon_step(const isn_lexicon *lexicon, uint32_t state, uint32_t word);
/* What ends in `state`: *n entries, sorted by table, row, form. */
const isn_entry *isn_lexicon_entries(const isn_lexicon *lexicon, uint32_t state, size_t *n);
/* What a whole phrase stands for, as it would in a text of its own: *n entries, NULL if no line has it. */
const isn_entry *isn_lexicon_phrase(const isn_lexicon *lexicon, isn_str text, size_t *n);
/* Can the phrase go on after `state`? */
bool isn_lexicon_goes_on(const isn_lexicon *lexicon, uint32_t state);
/* Hash of unfolded letters as kept in isn_entry.exact; never 0. */
uint32_t isn_lexicon_exact(const uint8_t *letters, size_t n);

#endif
