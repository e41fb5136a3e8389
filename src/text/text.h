/*
 * text.h - the words of an article: sentences, tokens with their analyses, and the lexicon's
 * phrases among them.
 *
 * A token is a run of letters as it stands between blanks and punctuation, clitics still on it. Its
 * word (shared by all tokens spelled alike, kept over articles in the worker's cache) holds the
 * analyses: how many proclitic and enclitic letters, what part of speech the stem is. Ambiguity is
 * kept; `best` is the tagger's choice.
 */
#ifndef ISN_TEXT_TEXT_H
#define ISN_TEXT_TEXT_H

#include "base/arena.h"
#include "base/normal.h"
#include "lexicon/lexicon.h"
#include "read/block.h"

typedef enum isn_token_kind {
    ISN_TOKEN_WORD,   /* Arabic letters */
    ISN_TOKEN_NUMBER, /* digits, with their decimal part and marks of thousands; the marks of dates
                         and hours are tokens */
    ISN_TOKEN_LATIN,  /* letters of other scripts */
    ISN_TOKEN_PUNCT,  /* one punctuation mark, its code in `mark` */
    ISN_TOKEN_SYMBOL  /* anything else */
} isn_token_kind;

/* Proclitics and enclitics found on a word. */
enum {
    ISN_CL_WA = 1,  /* w- and */
    ISN_CL_FA = 2,  /* f- so */
    ISN_CL_BA = 4,  /* b- by, with */
    ISN_CL_KA = 8,  /* k- as */
    ISN_CL_LA = 16, /* l- for, to (preposition, or particle before a verb) */
    ISN_CL_SA = 32, /* s- will */
    ISN_CL_AL = 64, /* the article; also where it hides in ll- */
    ISN_CL_QUESTION = 128
};

/* Enclitic pronouns: person (1-3) * 8 + number (1 singular, 2 dual, 3 plural) * 2 + feminine. 0 is
 * none. */
#define ISN_PRONOUN(person, number, feminine) ((person)*8 + (number)*2 + (feminine))

typedef enum isn_pos {
    ISN_POS_UNKNOWN,
    ISN_POS_NOUN,
    ISN_POS_PROPER,
    ISN_POS_ADJ,
    ISN_POS_VERB,
    ISN_POS_MASDAR, /* verbal noun of a verb of the lexicon */
    ISN_POS_ACTIVE, /* participles of such a verb */
    ISN_POS_PASSIVE,
    ISN_POS_PREP,
    ISN_POS_CONJ,
    ISN_POS_NEG,
    ISN_POS_PARTICLE,
    ISN_POS_PRONOUN,
    ISN_POS_DEMONSTRATIVE,
    ISN_POS_RELATIVE,
    ISN_POS_ADVERB,
    ISN_POS_AUX,
    ISN_POS_NUMBER,
    ISN_POS_PUNCT,
    ISN_POS_COUNT
} isn_pos;

typedef struct isn_analysis {
    uint8_t skip;    /* letters of proclitics before the stem; the article counts as one of them */
    uint8_t stem;    /* letters of the stem */
    uint8_t clitics; /* ISN_CL_... before it */
    uint8_t pronoun; /* ISN_PRONOUN after it, 0 none */
    uint8_t pos;     /* isn_pos */
    uint8_t al_only; /* letters to skip when the article is kept: the stem with its al- begins at
                        this letter; in ll- the al- is not written and this is `skip` */
    uint16_t detail; /* ISN_V_... / ISN_N_... of the lexicon entry that gave the stem, 0 if none */
    uint32_t state; /* lexicon state of the stem as a one-word phrase (isn_lexicon_step(0, word)), 0
                       if unknown */
    uint32_t state_al; /* the same for the stem with its article, 0 if none */
    int32_t verb;      /* row in verbs.tsv for verb, masdar and participles, else -1 */
    float score;       /* the higher the likelier without context */
} isn_analysis;

typedef struct isn_word {
    const uint8_t *letters,
        *key; /* n codes each: as written, folded; owned by the worker's cache */
    uint32_t n;
    uint32_t id;                  /* isn_lexicon_word of the whole key, 0 if unknown */
    uint16_t n_analyses;          /* at least 1 for words */
    const isn_analysis *analyses; /* best score first */
    void *side; /* ISN_WORD_SIDE bytes, all 0 at first, in which the name room keeps what it computes of
                   the spelling */
} isn_word;

#define ISN_WORD_SIDE 384
#define ISN_SENTENCE_MOST 400 /* tokens of a sentence; a longer one is cut */

typedef struct isn_token {
    uint32_t begin, end; /* bytes of the article's text */
    uint32_t at, n;      /* first letter and number of letters in the normal form */
    uint8_t kind;        /* isn_token_kind */
    uint8_t mark;        /* code of a punctuation mark */
    uint8_t space;       /* is there white space before it? */
    uint8_t best;        /* index of the analysis that the tagger chose */
    uint32_t sentence;
    const isn_word *word; /* NULL for what is no word */
} isn_token;

typedef struct isn_sentence {
    uint32_t first, last; /* tokens [first, last) */
    uint32_t block;       /* index of the block that it stands in */
    uint32_t begin, end;  /* bytes */
} isn_sentence;

/* A phrase of the lexicon that stands in the text. */
typedef struct isn_match {
    uint32_t first, n; /* tokens */
    uint32_t begin,
        end; /* bytes of the phrase without clitics (with its article if the phrase has it) */
    uint8_t analysis; /* analysis of the first token that it goes with */
    uint8_t with_al;  /* the article stands before the first word but is no part of the phrase */
    uint8_t entries;  /* how many */
    const isn_entry *entry;
} isn_match;

typedef struct isn_text {
    isn_arena *arena;
    const isn_lexicon *lexicon;
    isn_str raw;
    isn_normal normal;
    const isn_block *blocks;
    size_t n_blocks;
    isn_token *tokens;
    size_t n_tokens;
    isn_sentence *sentences;
    size_t n_sentences;
    isn_match *matches; /* by first token, longest first, then as entries are sorted */
    size_t n_matches;
    uint32_t *match_from; /* n_tokens + 1: the matches that begin at token t are [match_from[t],
                             match_from[t + 1]) */
} isn_text;

/* Words by spelling with their analyses, kept over articles; bounded, trimmed when full. One a
 * worker. */
typedef struct isn_words isn_words;
isnad_status isn_words_new(isn_words **out, const isn_lexicon *lexicon, isnad_error *err);
void isn_words_free(isn_words *words);

/*
 * Analyses the blocks of raw that are read (isn_block_is_read); the others give no tokens. raw is
 * valid UTF-8, blocks are in order. Everything in *out lives in the arena or in `words` (until its
 * next isn_words_trim). False when the arena is full: *out then holds what was done so far and is
 * consistent. Not thread-safe on the same words or arena.
 */
bool isn_text_make(isn_text *out, isn_arena *arena, const isn_lexicon *lexicon, isn_words *words,
                   isn_str raw, const isn_block *blocks, size_t n_blocks);

/* Throws out rare words if the cache has outgrown its ceiling; call between articles only: texts
 * made before are void. */
void isn_words_trim(isn_words *words);

/* The chosen analysis of a word token; NULL for other tokens. */
static inline const isn_analysis *isn_token_best(const isn_token *token)
{
    return token->word && token->word->n_analyses ? &token->word->analyses[token->best] : NULL;
}

/* Byte where the stem of the token begins under an analysis; with its article if with_al. */
uint32_t isn_token_stem_begin(const isn_text *text, const isn_token *token,
                              const isn_analysis *analysis, bool with_al);
/* Byte after the stem (before an enclitic pronoun). */
uint32_t isn_token_stem_end(const isn_text *text, const isn_token *token,
                            const isn_analysis *analysis);

#endif
