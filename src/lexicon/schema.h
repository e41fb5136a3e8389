/*
 * schema.h - the columns of every table of lexicon/, in the order of lexicon/README.md.
 *
 * One list a table; from it come the column numbers ISN_C_<TABLE>_<COLUMN> and the descriptions that reading and
 * checking go by.
 */
#ifndef ISN_LEXICON_SCHEMA_H
#define ISN_LEXICON_SCHEMA_H

#include "lexicon/lexicon.h"

/* What a cell may hold. `more` in the lists below: allowed values by bar, or the table that is referred to. */
typedef enum isn_column_kind {
    ISN_K_TEXT,
    ISN_K_LIST,    /* texts by bar */
    ISN_K_DATE,    /* YYYY, YYYY-MM or YYYY-MM-DD */
    ISN_K_COUNTRY, /* code of countries */
    ISN_K_ENUM,
    ISN_K_ENUMS, /* some of them, by bar */
    ISN_K_INT,
    ISN_K_NUMBER,
    ISN_K_REF /* first cell of a row of another table */
} isn_column_kind;

/* ISN_Q_: qualities of a column. */
enum { ISN_Q_NONE = 0, ISN_Q_REQUIRED = 1, ISN_Q_KEY = 2, ISN_Q_BOTH = 3 };

#define ISN_SECTORS                                                                                \
    "GOV|MIL|COP|SPY|JUD|LEG|PTY|PRM|REB|UAF|UNK|AGR|BUS|CRM|CVL|EDU|ELI|JRN|LAB|MED|OPP|PRE|REF|" \
    "REL|SOC|IGO|NGO|MNC"
#define ISN_EVENT_TYPES                                                                            \
    "AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|ACCUSE|REJECT|THREATEN|PROTEST|"  \
    "SANCTION|MOBILIZE|COERCE|ASSAULT"
#define ISN_FRAME_KINDS "NONE|LIGHT|CARRY" /* in place of a type */
#define ISN_CONTEXTS                                                                               \
    "military|intelligence|executive|legislative|election|political_institutions|pro_democracy|"   \
    "pro_autocracy|economic|legal|reparations|human_rights|rights_freedoms|repression|"            \
    "human_security|gender|lgbt|religion_ethnicity|inequality|diplomatic|territory|peacekeeping|"  \
    "health|asylum|migration|disaster|natural_resource|environment|technology|terrorism|cbrn|"     \
    "cyber|misinformation|crime|corruption|drugs|trafficking"

/* X(table, column, header, kind, qualities, allowed values or NULL, table referred to or -1) */
#define ISN_COLUMNS_COUNTRIES(X)                                                                   \
    X(COUNTRIES, CODE, "code", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                   \
    X(COUNTRIES, NAME, "name", ISN_K_TEXT, ISN_Q_REQUIRED, NULL, -1)                               \
    X(COUNTRIES, LONG, "long", ISN_K_LIST, 0, NULL, -1)                                            \
    X(COUNTRIES, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                          \
    X(COUNTRIES, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)                                      \
    X(COUNTRIES, DEMONYM, "demonym", ISN_K_LIST, 0, NULL, -1)                                      \
    X(COUNTRIES, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)                                        \
    X(COUNTRIES, CAPITAL, "capital", ISN_K_LIST, 0, NULL, -1)                                      \
    X(COUNTRIES, REGION, "region", ISN_K_TEXT, 0, NULL, -1)                                        \
    X(COUNTRIES, ARTICLE, "article", ISN_K_ENUM, 0, "yes", -1)                                     \
    X(COUNTRIES, ISO2, "iso2", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_PLACES(X)                                                                      \
    X(PLACES, NAME, "name", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                      \
    X(PLACES, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                             \
    X(PLACES, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)                                         \
    X(PLACES, COUNTRY, "country", ISN_K_COUNTRY, ISN_Q_KEY, NULL, -1)                              \
    X(PLACES, KIND, "kind", ISN_K_TEXT, ISN_Q_KEY, NULL, -1)                                       \
    X(PLACES, LAT, "lat", ISN_K_NUMBER, 0, NULL, -1)                                               \
    X(PLACES, LON, "lon", ISN_K_NUMBER, 0, NULL, -1)                                               \
    X(PLACES, IN, "in", ISN_K_TEXT, 0, NULL, -1)                                                   \
    X(PLACES, CONTEXT, "context", ISN_K_LIST, 0, NULL, -1)
#define ISN_COLUMNS_PEOPLE(X)                                                                      \
    X(PEOPLE, ID, "id", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                          \
    X(PEOPLE, NAME, "name", ISN_K_TEXT, ISN_Q_REQUIRED, NULL, -1)                                  \
    X(PEOPLE, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                             \
    X(PEOPLE, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)                                         \
    X(PEOPLE, COUNTRY, "country", ISN_K_COUNTRY, 0, NULL, -1)                                      \
    X(PEOPLE, SEX, "sex", ISN_K_ENUM, 0, "m|f", -1)                                                \
    X(PEOPLE, SECTOR, "sector", ISN_K_ENUM, 0, ISN_SECTORS, -1)
#define ISN_COLUMNS_TERMS(X)                                                                       \
    X(TERMS, PERSON, "person", ISN_K_REF, ISN_Q_BOTH, NULL, ISN_T_PEOPLE)                          \
    X(TERMS, OFFICE, "office", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                   \
    X(TERMS, ORGAN, "organ", ISN_K_REF, 0, NULL, ISN_T_ORGANIZATIONS)                              \
    X(TERMS, COUNTRY, "country", ISN_K_COUNTRY, 0, NULL, -1)                                       \
    X(TERMS, FROM, "from", ISN_K_DATE, ISN_Q_KEY, NULL, -1)                                        \
    X(TERMS, TO, "to", ISN_K_DATE, 0, NULL, -1)                                                    \
    X(TERMS, NOTE, "note", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_ORGANIZATIONS(X)                                                               \
    X(ORGANIZATIONS, ID, "id", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                   \
    X(ORGANIZATIONS, NAME, "name", ISN_K_TEXT, ISN_Q_REQUIRED, NULL, -1)                           \
    X(ORGANIZATIONS, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                      \
    X(ORGANIZATIONS, SHORT, "short", ISN_K_LIST, 0, NULL, -1)                                      \
    X(ORGANIZATIONS, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)                                  \
    X(ORGANIZATIONS, COUNTRY, "country", ISN_K_COUNTRY, 0, NULL, -1)                               \
    X(ORGANIZATIONS, SECTOR, "sector", ISN_K_ENUM, 0, ISN_SECTORS, -1)                             \
    X(ORGANIZATIONS, KIND, "kind", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_OUTLETS(X)                                                                     \
    X(OUTLETS, ID, "id", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                         \
    X(OUTLETS, NAME, "name", ISN_K_TEXT, ISN_Q_REQUIRED, NULL, -1)                                 \
    X(OUTLETS, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                            \
    X(OUTLETS, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)                                        \
    X(OUTLETS, COUNTRY, "country", ISN_K_COUNTRY, 0, NULL, -1)                                     \
    X(OUTLETS, KIND, "kind", ISN_K_ENUM, 0, "newspaper|channel|agency|site|radio", -1)             \
    X(OUTLETS, HOSTS, "hosts", ISN_K_LIST, 0, NULL, -1)
#define ISN_COLUMNS_OFFICES(X)                                                                     \
    X(OFFICES, NOUN, "noun", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                     \
    X(OFFICES, FEMININE, "feminine", ISN_K_LIST, 0, NULL, -1)                                      \
    X(OFFICES, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)                                          \
    X(OFFICES, SECTOR, "sector", ISN_K_ENUM, 0, ISN_SECTORS, -1)                                   \
    X(OFFICES, TAKES, "takes", ISN_K_ENUMS, 0, "portfolio|organ|state|group|place|about|none", -1)       \
    X(OFFICES, RANK, "rank", ISN_K_INT, 0, NULL, -1)                                               \
    X(OFFICES, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_PORTFOLIOS(X)                                                                  \
    X(PORTFOLIOS, NAME, "name", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                  \
    X(PORTFOLIOS, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                         \
    X(PORTFOLIOS, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)                                     \
    X(PORTFOLIOS, SECTOR, "sector", ISN_K_ENUM, 0, ISN_SECTORS, -1)
#define ISN_COLUMNS_ORGHEADS(X)                                                                    \
    X(ORGHEADS, NOUN, "noun", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(ORGHEADS, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)                                         \
    X(ORGHEADS, SECTOR, "sector", ISN_K_ENUM, 0, ISN_SECTORS, -1)                                  \
    X(ORGHEADS, KIND, "kind", ISN_K_TEXT, 0, NULL, -1)                                             \
    X(ORGHEADS, TAKES, "takes", ISN_K_ENUMS, 0, "portfolio|adjective|noun|place|name", -1)         \
    X(ORGHEADS, BARE, "bare", ISN_K_ENUM, 0, "yes", -1)                                            \
    X(ORGHEADS, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_PLACEHEADS(X)                                                                  \
    X(PLACEHEADS, NOUN, "noun", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                  \
    X(PLACEHEADS, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)                                       \
    X(PLACEHEADS, KIND, "kind", ISN_K_TEXT, 0, NULL, -1)                                           \
    X(PLACEHEADS, INSIDE, "inside", ISN_K_ENUM, 0, "yes", -1)
#define ISN_COLUMNS_GROUPS(X)                                                                      \
    X(GROUPS, NOUN, "noun", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                      \
    X(GROUPS, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)                                           \
    X(GROUPS, COLLECTIVE, "collective", ISN_K_ENUM, 0, "yes", -1)                                  \
    X(GROUPS, SECTOR, "sector", ISN_K_ENUM, 0, ISN_SECTORS, -1)                                    \
    X(GROUPS, USE, "use", ISN_K_ENUM, 0, "abstract|casualty", -1)                                  \
    X(GROUPS, ENGLISH, "english", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_TITLES(X)                                                                      \
    X(TITLES, TITLE, "title", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(TITLES, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                             \
    X(TITLES, KIND, "kind", ISN_K_ENUM, 0, "honorific|rank|royal|clergy|academic|trade", -1)       \
    X(TITLES, MENTION, "mention", ISN_K_ENUM, 0, "yes", -1)
#define ISN_COLUMNS_NAMES(X)                                                                       \
    X(NAMES, NAME, "name", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                       \
    X(NAMES, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                              \
    X(NAMES, KIND, "kind", ISN_K_ENUM, 0, "given|family|both|particle", -1)                        \
    X(NAMES, SEX, "sex", ISN_K_ENUM, 0, "m|f|u", -1)                                               \
    X(NAMES, COMMON, "common", ISN_K_ENUM, 0, "yes", -1)
#define ISN_COLUMNS_CALENDAR(X)                                                                    \
    X(CALENDAR, WORD, "word", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(CALENDAR, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                           \
    X(CALENDAR, KIND, "kind", ISN_K_ENUM, ISN_Q_KEY,                                               \
      "month|doubtful|hijri|weekday|relative|modifier|unit|two|part|stage|clock|ordinal|number|named|share", -1) \
    X(CALENDAR, VALUE, "value", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_VERBS(X)                                                                       \
    X(VERBS, LEMMA, "lemma", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                     \
    X(VERBS, ROOT, "root", ISN_K_TEXT, ISN_Q_REQUIRED, NULL, -1)                                   \
    X(VERBS, FORM, "form", ISN_K_ENUM, ISN_Q_REQUIRED, "1|2|3|4|5|6|7|8|9|10|Q1|Q2|Q4", -1)        \
    X(VERBS, VOWEL, "vowel", ISN_K_ENUM, 0, "a|i|u", -1)                                           \
    X(VERBS, MASDAR, "masdar", ISN_K_LIST, 0, NULL, -1)                                            \
    X(VERBS, ACTIVE, "active", ISN_K_LIST, 0, NULL, -1)                                            \
    X(VERBS, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)                                            \
    X(VERBS, GLOSS, "gloss", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_FRAMES(X)                                                                      \
    X(FRAMES, LEMMA, "lemma", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(FRAMES, POS, "pos", ISN_K_ENUM, ISN_Q_BOTH, "v|vv|n|m|a|p", -1)                              \
    X(FRAMES, TYPE, "type", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                      \
    X(FRAMES, MODE, "mode", ISN_K_TEXT, ISN_Q_KEY, NULL, -1)                                       \
    X(FRAMES, SLOTS, "slots", ISN_K_TEXT, 0, NULL, -1)                                             \
    X(FRAMES, IF, "if", ISN_K_TEXT, ISN_Q_KEY, NULL, -1)                                           \
    X(FRAMES, STATUS, "status", ISN_K_ENUM, 0, "actual|future|hypothetical|negated", -1)           \
    X(FRAMES, CONTEXTS, "contexts", ISN_K_ENUMS, 0, ISN_CONTEXTS, -1)                              \
    X(FRAMES, GLOSS, "gloss", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_CUES(X)                                                                        \
    X(CUES, LEMMA, "lemma", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                      \
    X(CUES, POS, "pos", ISN_K_ENUM, ISN_Q_BOTH, "v|n|p", -1)                                       \
    X(CUES, CLASS, "class", ISN_K_ENUM, ISN_Q_BOTH,                                                \
      "say|state|express|call|deny|announce|believe|act|source|medium|content|end|lead|none", -1)       \
    X(CUES, TAKES, "takes", ISN_K_LIST, 0, NULL, -1)                                               \
    X(CUES, GLOSS, "gloss", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_CLASSES(X)                                                                     \
    X(CLASSES, CLASS, "class", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                   \
    X(CLASSES, WORD, "word", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                     \
    X(CLASSES, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)
#define ISN_COLUMNS_CONTEXTS(X)                                                                    \
    X(CONTEXTS, CONTEXT, "context", ISN_K_ENUM, ISN_Q_BOTH, ISN_CONTEXTS, -1)                      \
    X(CONTEXTS, WORD, "word", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(CONTEXTS, PLURAL, "plural", ISN_K_LIST, 0, NULL, -1)
#define ISN_COLUMNS_FUNCTIONS(X)                                                                   \
    X(FUNCTIONS, WORD, "word", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                   \
    X(FUNCTIONS, POS, "pos", ISN_K_ENUM, ISN_Q_BOTH,                                               \
      "prep|conj|neg|part|pron|dem|rel|adv|aux", -1)                                               \
    X(FUNCTIONS, SUB, "sub", ISN_K_TEXT, 0, NULL, -1)                                              \
    X(FUNCTIONS, GLOSS, "gloss", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_PAGE(X)                                                                        \
    X(PAGE, PHRASE, "phrase", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(PAGE, KIND, "kind", ISN_K_ENUM, ISN_Q_BOTH,                                    \
      "related|comment|boilerplate|closing|caption|byline|masthead|source|date|paragraph|outlet", -1)     \
    X(PAGE, WHERE, "where", ISN_K_ENUM, ISN_Q_BOTH, "whole|start|any|words|label", -1)
#define ISN_COLUMNS_AGENCIES(X)                                                                    \
    X(AGENCIES, MARK, "mark", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                    \
    X(AGENCIES, OUTLET, "outlet", ISN_K_REF, ISN_Q_REQUIRED, NULL, ISN_T_OUTLETS)
#define ISN_COLUMNS_OPPOSITES(X)                                                                   \
    X(OPPOSITES, SENSE, "sense", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                 \
    X(OPPOSITES, ONE, "one", ISN_K_LIST, ISN_Q_REQUIRED, NULL, -1)                                 \
    X(OPPOSITES, OTHER, "other", ISN_K_LIST, ISN_Q_REQUIRED, NULL, -1)
#define ISN_COLUMNS_EVENTS(X)                                                                      \
    X(EVENTS, TYPE, "type", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                      \
    X(EVENTS, MODE, "mode", ISN_K_TEXT, ISN_Q_KEY, NULL, -1)                                       \
    X(EVENTS, CAMEO, "cameo", ISN_K_TEXT, 0, NULL, -1)                                             \
    X(EVENTS, QUAD, "quad", ISN_K_INT, 0, NULL, -1)                                                \
    X(EVENTS, SCORE, "score", ISN_K_NUMBER, 0, NULL, -1)                                           \
    X(EVENTS, GLOSS, "gloss", ISN_K_TEXT, 0, NULL, -1)                                             \
    X(EVENTS, ARABIC, "arabic", ISN_K_TEXT, 0, NULL, -1)
#define ISN_COLUMNS_CODES(X)                                                                       \
    X(CODES, CODE, "code", ISN_K_COUNTRY, ISN_Q_BOTH, NULL, -1)                                    \
    X(CODES, FIPS, "fips", ISN_K_TEXT, 0, NULL, -1)                                                \
    X(CODES, COW, "cow", ISN_K_INT, 0, NULL, -1)

#define ISN_COLUMNS_COUNTS(X)                                                                      \
    X(COUNTS, WORD, "word", ISN_K_TEXT, ISN_Q_BOTH, NULL, -1)                                      \
    X(COUNTS, FORMS, "forms", ISN_K_LIST, 0, NULL, -1)                                             \
    X(COUNTS, KIND, "kind", ISN_K_ENUM, ISN_Q_BOTH,                                                \
      "number|scale|many|part|bound|what|person|verb|noun|unit|percent|within|after|lasting|span|times|told|earlier", -1) \
    X(COUNTS, VALUE, "value", ISN_K_TEXT, 0, NULL, -1)                                             \
    X(COUNTS, GLOSS, "gloss", ISN_K_TEXT, 0, NULL, -1)

/* ISN_C_COUNTRIES_CODE, ISN_C_COUNTRIES_NAME, ... ISN_C_COUNTRIES_COUNT */
#define ISN_COLUMN_ENUM_(table, column, header, kind, quality, values, ref) ISN_C_##table##_##column,
#define X(table, stem) enum { ISN_COLUMNS_##table(ISN_COLUMN_ENUM_) ISN_C_##table##_COUNT };
ISN_TABLES(X)
#undef X

#define ISN_MOST_COLUMNS 11

typedef struct isn_column {
    const char *name;
    isn_column_kind kind;
    unsigned quality;   /* ISN_Q_ */
    const char *values; /* allowed values by bar, or NULL */
    int ref;            /* table referred to, or -1 */
} isn_column;

typedef struct isn_schema {
    const char *stem;
    const isn_column *columns;
    size_t n;
} isn_schema;

/* The description of a table (0 <= table < ISN_TABLE_COUNT). Static data. */
const isn_schema *isn_schema_of(int table);

/* The column of that name in a table, or -1. */
int isn_schema_column(int table, isn_str name);

/* The table that a file of this name (without folder) belongs to: stem.tsv or stem-*.tsv; -1 for any other. */
int isn_schema_file(isn_str file);

/* Is `value` one of the values by bar? */
bool isn_schema_has(const char *values, isn_str value);

#endif
