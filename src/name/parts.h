/*
 * parts.h - what the files of this room share: the namer's tables, the view of a token, candidates,
 * the grammar of noun phrases. Nothing outside src/name includes it.
 *
 * A sentence is read from right to left (last token first): at each token every family of rules
 * makes at most one candidate, and may build on the candidates that begin further on (an office on
 * the body it is of). One pass of dynamic programming then takes the best set that doesn't overlap.
 */
#ifndef ISN_NAME_PARTS_H
#define ISN_NAME_PARTS_H

#include "lexicon/schema.h"
#include "name/mention.h"
#include "text/tagger.h"

/* Words of the closed classes that rules go by; letters are in closed.c. */
#define ISN_NAME_WORDS(X)                                                                          \
    X(FI)                                                                                          \
    X(LADA) X(BISM) X(AN) X(ILA) X(MIN) X(ALA) X(BIN) X(IBN) X(BINT) X(AL_FAMILY) X(ABU) X(ABI)    \
        X(ABA) X(UMM) X(WALAD) X(ABD) X(SHUUN) X(SAFIR) X(MULHAQ) X(QUNSUL) X(MURASIL) X(RAIS) X(MUDIR) X(MANDUB)   \
            X(MUMATHIL) X(MABUTH) X(ALLAH) X(DIN) X(BINIYABA) X(BIWAKALA) X(DAWLA) X(DUWAL) X(ISM) \
                X(MAMLAKA) X(FIRST) X(FIRST_F) X(SECOND) X(SECOND_F) X(THIRD) X(THIRD_F) X(THREE)  \
                    X(TWO) X(NORTH) X(SOUTH) X(EAST) X(WEST) X(NORTHERN) X(SOUTHERN) X(EASTERN)    \
                        X(WESTERN) X(MASDAR) X(UDW) X(UDWA) X(JIHA) X(AALAM) X(BILAD) X(RASMI)     \
                            X(RASMIYA) X(GHAYR) X(ALF) X(ALAF) X(MILYUN) X(MIAT) X(ASHARAT)        \
                                X(BIDA) X(OTHER) X(OTHER_F) X(OTHERS) X(OTHERS_OBLIQUE) X(MUHAFIZ) \
                                    X(NAIB) X(HIZB) X(AMM) X(AMMA) X(AHAD) X(MUKALLAF)     \
                                        X(MUKALLAFA) X(ANNA) X(WA) X(MANSIB)    \
                                            X(HAQIBA) X(MEMBERS) X(INABA) X(MUNTAHIYA)          \
                                                X(FARIQ)

enum {
#define X(name) ISN_W_##name,
    ISN_NAME_WORDS(X)
#undef X
        ISN_W_COUNT
};

/* Kinds of entries of the lexicon that a token may begin. */
typedef enum pick_kind {
    PICK_COUNTRY, /* names, long names and capitals */
    PICK_DEMONYM,
    PICK_PLACE,
    PICK_PERSON,
    PICK_ORG,
    PICK_OUTLET,
    PICK_OFFICE,
    PICK_PORTFOLIO,
    PICK_ORGHEAD,
    PICK_PLACEHEAD,
    PICK_GROUP,
    PICK_TITLE,
    PICK_CALENDAR,
    PICK_FUNCTION,
    PICK_KINDS
} pick_kind;

typedef struct isn_pick {
    const isn_match *match; /* NULL: none */
    const isn_entry *entry;
} isn_pick;

enum { NAME_GIVEN = 1, NAME_FAMILY = 2, NAME_PARTICLE = 4, NAME_COMMON = 8 };

/* What the rules ask about a token, under the analysis that the tagger chose. */
typedef struct isn_view {
    isn_pick pick[PICK_KINDS]; /* the longest of each kind */
    uint32_t hash;             /* isn_name_hash, where asked for */
    uint32_t id, stem_id;      /* lexicon ids of the word and of its stem, 0 if unknown */
    uint8_t word;              /* is it a word? */
    uint8_t pos, clitics, pronoun, al;
    uint8_t plural, feminine; /* by detail or ending */
    uint8_t name;             /* NAME_... of the stem */
    uint8_t known;            /* an ordinary word of the lexicon or a frequent one */
    uint8_t ordinary;         /* the lexicon has it as an everyday word too */
    uint8_t unseen;           /* no lexicon has the stem */
    uint8_t joint; /* a mark inside a name: low line, number sign, hyphen without blanks */
} isn_view;

/* The families of candidates; each token keeps the best one of each that begins there. */
typedef enum isn_family {
    FAMILY_PLACE,
    FAMILY_PERSON,
    FAMILY_ORG,
    FAMILY_OFFICE,
    FAMILY_GROUP,
    FAMILY_SEQ, /* names that the sequence model sees and no rule */
    FAMILY_COUNT
} isn_family;

struct isn_seq_model;

struct isn_namer {
    const isn_lexicon *lexicon;
    isn_tagger counts; /* for the frequencies of words */
    struct isn_seq_model *model;
    uint32_t words[ISN_W_COUNT];
    uint8_t *names; /* by word id: NAME_GIVEN, NAME_FAMILY from people and names */
    uint32_t n_names;
};

#define CONTEXT_MEMO 64

typedef struct isn_finder {
    const isn_namer *namer;
    const isn_lexicon *lexicon;
    const isn_text *text;
    isn_arena *arena;
    isn_view *views;   /* a token each */
    isn_mention *pool; /* candidates */
    size_t n_pool, capacity;
    uint32_t (*memo)[FAMILY_COUNT]; /* a token each: index in pool or ISN_NONE */
    uint32_t first, last;           /* tokens of the sentence at work */
    uint32_t *surnames;             /* hashes of last parts of names found so far, sorted */
    size_t n_surnames;
    uint32_t *people; /* rows of people whose long name the article has, sorted */
    size_t n_people;
    uint32_t *bodies; /* rows of organizations that the article names by several words, sorted */
    size_t n_bodies;
    uint32_t context_row[CONTEXT_MEMO]; /* rows of places + 1 whose context words were looked for in
                                           the article */
    bool context_holds[CONTEXT_MEMO];   /* and whether one was there */
    uint8_t kingdom;                    /* which kingdom the article names more often: 0 not counted yet, 1, 2 */
    bool failed;
} isn_finder;

/* --- closed.c
 * -----------------------------------------------------------------------------------------------------
 */

/* Fills the ids of the closed words. */
void isn_closed_fill(uint32_t words[ISN_W_COUNT], const isn_lexicon *lexicon);

/* --- namer.c
 * ------------------------------------------------------------------------------------------------------
 */

/* Prepares a finder for a text. False when the arena is full. */
bool isn_finder_make(isn_finder *f, const isn_namer *namer, const isn_text *text);
/* The mentions that the rules find, in order; roles and names that stand in apposition not yet joined. */
bool isn_rules_find(isn_finder *f, isn_mentions *out);

/* --- view.c
 * -------------------------------------------------------------------------------------------------------
 */

/* Makes the views of all tokens. */
void isn_views_make(isn_finder *f);

/* --- phrase.c: the grammar of noun phrases
 * -------------------------------------------------------------------------- */

static inline bool isn_is_word(const isn_finder *f, uint32_t t, int word)
{
    return t < f->last && f->namer->words[word] && f->views[t].id == f->namer->words[word];
}

static inline bool isn_stem_is(const isn_finder *f, uint32_t t, int word)
{
    return t < f->last && f->namer->words[word] && f->views[t].stem_id == f->namer->words[word];
}

/* A word of this sentence with no conjunction or preposition on it. */
bool isn_is_plain(const isn_finder *f, uint32_t t);
/* A plain adjective, definite or not; demonyms are. */
bool isn_is_adjective(const isn_finder *f, uint32_t t, bool definite);
/* Past the adjectives that begin at t and can belong to the noun `head` or the one before t; the
 * country of a demonym among them goes into `country` if that is empty. */
uint32_t isn_adjectives(const isn_finder *f, uint32_t head, uint32_t t, bool definite,
                        char country[4]);
/* Could the adjective at t belong to the noun, by number and gender? */
bool isn_may_agree(const isn_finder *f, uint32_t noun, uint32_t t);
/* "First", "second", "third" with the article; 'amm, which looks like a participle. */
bool isn_is_ordinal(const isn_finder *f, uint32_t t);
bool isn_is_general(const isn_finder *f, uint32_t t);
/* Past the demonyms that begin at t: of adjectives behind a whole name only these belong to it. */
uint32_t isn_nationality(const isn_finder *f, uint32_t t, char country[4]);
/* The end of the last demonym or what stands before it among the adjectives [t, end). */
uint32_t isn_until_nationality(const isn_finder *f, uint32_t t, uint32_t end);
/* The candidate of a family that begins at t, or NULL. */
isn_mention *isn_memo(const isn_finder *f, uint32_t t, isn_family family);
/* Could the word be part of a person's or a place's name that no lexicon has? 0 no, 1 maybe, 2
 * likely. */
int isn_name_like(const isn_finder *f, uint32_t t);

/* What a phrase has gathered on its way. */
typedef struct isn_gathered {
    char country[4];
    uint32_t portfolio;
    uint32_t organ_row;
    uint8_t organ_table;
    bool named; /* a name is in it */
    bool exact; /* ended in something that the lexicon or a rule knows */
} isn_gathered;
void isn_gathered_init(isn_gathered *g);

/* Does the stem end in the nun of a sound plural or dual, which no genitive can follow? */
bool isn_has_nun(const isn_finder *f, uint32_t t);
/* Does it end in -at (quwwat, militiyat)? */
bool isn_is_at_plural(const isn_finder *f, uint32_t t);
/* Does a number stand right before t? */
bool isn_after_number(const isn_finder *f, uint32_t t);

/* Past the genitive that begins at t (t itself if none does). */
uint32_t isn_genitive(const isn_finder *f, uint32_t t, isn_gathered *g);
/* Past the quoted name that begins at t, else t. */
uint32_t isn_quoted(const isn_finder *f, uint32_t t);

/* Begins a candidate of tokens [first, last); bytes are those without clitics on the first. */
isn_mention isn_candidate(const isn_finder *f, uint32_t first, uint32_t last, isn_type type,
                          isn_form form, float score, const char *rule);
/* Sets where it begins by the analysis of a pick (the article belongs to it). */
void isn_candidate_begin(const isn_finder *f, isn_mention *m, const isn_match *match);
/* Keeps it if it beats what its token has of that family. */
void isn_keep(isn_finder *f, const isn_mention *m, isn_family family);
void isn_set_country(char to[4], isn_str code);
isn_str isn_country_code(const isn_finder *f, uint32_t row);

/* --- families: candidates that begin at token t
 * -------------------------------------------------------------------- */

void isn_places_at(isn_finder *f, uint32_t t);
void isn_persons_at(isn_finder *f, uint32_t t);
/* A name that no lexicon has and that stands at t, right after an office or title. */
void isn_person_after(isn_finder *f, uint32_t t);
/* Hash of the stem's letters of a token, for finding a name again in the article. */
uint32_t isn_name_hash(const isn_finder *f, uint32_t t);
/* Is `key` in a sorted list? */
bool isn_in_list(const uint32_t *list, size_t n, uint32_t key);
void isn_organs_at(isn_finder *f, uint32_t t);
void isn_offices_at(isn_finder *f, uint32_t t);
void isn_groups_at(isn_finder *f, uint32_t t);
/* Is the noun at t but the nisba or participle of the noun before? */
bool isn_describes(const isn_finder *f, uint32_t t);
/* Past what 'an at t brings to an office at `head` that takes it (representatives of, responsible for), else t. */
uint32_t isn_about(const isn_finder *f, uint32_t head, uint32_t t, isn_gathered *g);
/* Is the body at t one that publishes, by its name or by its head noun? */
bool isn_is_outlet(const isn_finder *f, uint32_t t, const isn_mention *m);
/* Is the noun of groups.tsv at t a collective by itself: opposition, mercenaries? */
bool isn_is_collective(const isn_finder *f, uint32_t t);
/* "The members" behind a definite noun or a number: which states, not who. */
bool isn_is_adjoined_member(const isn_finder *f, uint32_t t);
/* Does a word for a post stand before t, so that the office is told and nobody in it? */
bool isn_is_post(const isn_finder *f, uint32_t t);
/* ISN_N_DUAL where letters that can be dual stand before a genitive, else 0. */
unsigned isn_number_before(const isn_finder *f, uint32_t t, const isn_pick *pick, uint32_t at);
/* Is the indefinite noun at t subject or object of the word before: a verb, a verbal noun? */
bool isn_is_told(const isn_finder *f, uint32_t t);
/* The rank of a line of offices.tsv, 0 to 9. */
uint8_t isn_office_rank(const isn_finder *f, uint32_t row);
/* A title that is no mention by itself, or none beside a name (E11). */
bool isn_is_honorific(const isn_finder *f, uint32_t t, bool named);

/* --- decode.c
 * -------------------------------------------------------------------------------------------------------
 */

/* Takes the best candidates of the sentence into *out. False when the arena is full. */
bool isn_decode_sentence(isn_finder *f, isn_mentions *out);
/* Past marks inside names at t (hyphen, low line, number sign). */
uint32_t isn_past_joint(const isn_finder *f, uint32_t t);
/* Joins roles and names that stand in apposition. */
void isn_join_beside(const isn_finder *f, isn_mentions *out);

#endif
