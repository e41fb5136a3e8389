/*
 * parts.h - what the files of this room share: word entries of the cache, the tagger's view of its
 * model, the steps of isn_text_make. Nothing outside src/text and the tagger's trainer includes it.
 */
#ifndef ISN_TEXT_PARTS_H
#define ISN_TEXT_PARTS_H

#include "text/tagger.h"
#include "text/text.h"

#define ISN_WORD_MOST 64      /* letters of a token; longer runs are cut into several tokens */
#define ISN_ANALYSES_MOST 24  /* analyses kept of a word */
#define ISN_MATCHES_MOST 16   /* phrases kept that begin at one token */
#define ISN_PHRASE_MOST 16    /* words of the longest phrase that is looked for */

/* --- tagger ---------------------------------------------------------------------------------- */

#define ISN_COARSE 16                              /* groups of classes: the part of speech alone */
#define ISN_WORD_ROWS 2048                         /* rows of neighbour words, by hash */
#define ISN_ROWS_BEFORE 0                          /* (coarse before last, class before) */
#define ISN_ROWS_TOP (ISN_COARSE * ISN_CLASSES)    /* likeliest class of the next word */
#define ISN_ROWS_LEFT (ISN_ROWS_TOP + ISN_CLASSES) /* the word before */
#define ISN_ROWS_RIGHT (ISN_ROWS_LEFT + ISN_WORD_ROWS) /* the word after */
#define ISN_ROWS_STYLE                                                                             \
    (ISN_ROWS_RIGHT + ISN_WORD_ROWS) /* the text's spelling and the word's last letter */
#define ISN_ROWS (ISN_ROWS_STYLE + 16)
#define ISN_STATIC_BITS 18 /* hashed weights of what a word shows by itself */
#define ISN_STATICS ((size_t)1 << ISN_STATIC_BITS)
#define ISN_FEATURES_MOST 48 /* features of one analysis */
#define ISN_QUESTION_COST                                                                          \
    6.0f /* of the particle of question: too rare in news for the model to have seen it */
#define ISN_WEIGHT_UNIT (1.0f / 24) /* a weight of 1 in log odds */

/* What a word shows about an analysis, besides the analysis itself. */
typedef struct isn_evidence {
    uint8_t source;   /* 0 a guess, else 1 + kind of lexicon entry */
    uint8_t exact;    /* 0 the spelling doesn't matter, 1 it is the entry's, 2 it differs */
    uint8_t restored; /* stem that was looked up: 0 as written, 1 ta marbuta, 2 alef maksura, 3
                         hamza restored */
} isn_evidence;

/* What several analyses of one word share: hashes and frequencies of a cut. */
typedef struct isn_facts {
    uint32_t word_hash, whole;           /* of the word: hash of its letters, frequency class */
    uint8_t skip, stem_n, pronoun, last; /* the cut that the rest is about; stem_n 0: none yet */
    uint32_t stem_hash, shape, stem, rest, with_al, closed, feminine, past, other, proper;
} isn_facts;

/* Begins the facts of a word; isn_tagger_features fills in those of each cut. */
void isn_facts_begin(isn_facts *facts, const isn_tagger *tagger, const uint8_t *letters, size_t n);

/*
 * Indexes into the static weights that speak for the analysis; returns how many (at most
 * ISN_FEATURES_MOST). The same list serves the trainer, so that both see one model.
 */
size_t isn_tagger_features(uint32_t out[ISN_FEATURES_MOST], isn_facts *facts,
                           const isn_tagger *tagger, const uint8_t *letters, size_t n,
                           const isn_analysis *analysis, const isn_evidence *evidence);

#define ISN_CONTEXT_ROWS 5

/* How a text spells, found over the whole of it. */
enum {
    ISN_STYLE_NO_HAMZA = 1,  /* alef without hamza everywhere, ya for alef maksura */
    ISN_STYLE_NO_MARBUTA = 2 /* ha for ta marbuta */
};

/*
 * The weight rows that speak for the classes of a word between the tokens left and right (NULL at
 * the edge of the sentence), after the classes `before_last` and `before`, in a text of this style.
 * Shared with the trainer.
 */
void isn_tagger_context(uint32_t rows[ISN_CONTEXT_ROWS], const isn_word *word,
                        const isn_token *left, const isn_token *right, uint8_t before,
                        uint8_t before_last, unsigned style);

/* --- words ----------------------------------------------------------------------------------- */

typedef struct isn_word_entry {
    isn_word word; /* first: tokens point to it */
    uint32_t hash;
    uint16_t row; /* of this word as a neighbour, 0 to ISN_WORD_ROWS - 1 */
    uint8_t top;  /* class of the first analysis */
    uint8_t live; /* analyses [0, live) compete in context; the others are too unlikely */
    bool again;   /* seen again since the cache was trimmed */
    uint8_t classes[ISN_ANALYSES_MOST];
} isn_word_entry;

struct isn_words {
    const isn_lexicon *lexicon;
    isn_tagger tagger;
    isn_arena arena;
    struct isn_word_slot {
        isn_word_entry *entry;
        uint32_t hash;
    } * slots;
    size_t n;
};

/*
 * All analyses of a spelling, best first, into `out`; *evidence beside each if not NULL. Returns
 * their number, at least 1 and at most ISN_ANALYSES_MOST. n is 1 to ISN_WORD_MOST. Reads only;
 * thread-safe.
 */
size_t isn_analysis_make(isn_analysis out[ISN_ANALYSES_MOST],
                         isn_evidence evidence[ISN_ANALYSES_MOST], const isn_lexicon *lexicon,
                         const isn_tagger *tagger, const uint8_t *letters, size_t n);

/*
 * The entry of a spelling. It stays in the cache, or, when the cache is at its ceiling, in `arena`
 * for this article alone. NULL when there is no room in either.
 */
const isn_word *isn_words_get(isn_words *words, isn_arena *arena, const uint8_t *letters, size_t n,
                              bool latin);

/* --- steps of isn_text_make, in this order; false when the arena is full --------------------- */

bool isn_tokens_make(isn_text *text, isn_words *words);
bool isn_sentences_make(isn_text *text);
void isn_tagger_choose(isn_text *text, const isn_tagger *tagger);
bool isn_matches_make(isn_text *text);

/* The key (folded) of any token: id in the lexicon, 0 if unknown. */
uint32_t isn_token_word_id(const isn_text *text, const isn_token *token);

#endif
