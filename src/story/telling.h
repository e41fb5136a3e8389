/*
 * telling.h - what the articles of a story tell, made ready for laying side by side.
 *
 * Each headline, event, quote, count and date of each record is a telling. Its parties are numbered over all articles: spellings of one name, one id of
 * the lexicon, one English name are one party. What it says beside them is kept as light stems with their rarity.
 */
#ifndef ISN_STORY_TELLING_H
#define ISN_STORY_TELLING_H

#include "lexicon/lexicon.h"
#include "record/record.h"
#include "story/stem.h"

#define ISN_TELLINGS_MOST 3000u      /* of a story; later ones are left out */
#define ISN_TELLING_WORDS 40u        /* content words of a telling */
#define ISN_TELLING_PARTIES 12u      /* on one side of it */

typedef enum isn_telling_kind {
    ISN_TELLING_EVENT,
    ISN_TELLING_QUOTE,
    ISN_TELLING_COUNT,
    ISN_TELLING_DATE,
    ISN_TELLING_TERM, /* how long: "within thirty days"; written as a date */
    ISN_TELLING_HEADLINE
} isn_telling_kind;

typedef struct isn_content_word {
    uint32_t hash;
    float weight;
} isn_content_word;

typedef struct isn_party_list {
    uint32_t items[ISN_TELLING_PARTIES];
    size_t n;
} isn_party_list;

typedef struct isn_telling {
    uint32_t article;   /* of the story */
    uint32_t item;      /* of the record's list; of a term: its event */
    uint8_t kind;       /* isn_telling_kind */
    isn_span span;      /* an event's trigger, the quote, the headline, the words of the number or date */
    isn_span sentence;
    isn_party_list actor, recipient, place, via; /* a quote's speaker is its actor */
    isn_content_word *words; /* sorted by hash */
    size_t n_words;
    float norm;
    double low, high;   /* of a count: what the number says at least and at most; of a term: days */
    double factor;      /* of a count that is told as a multiple of the item; else 0 */
    uint32_t what;      /* of a count: hash of what is counted and its unit; of a term: isn_term_kind */
    uint32_t head;      /* hash of the trigger's stem, of a count's noun; 0 where there is none */
    size_t before;      /* words of the sentence before the span */
} isn_telling;

typedef struct isn_story_party {
    uint32_t article, entity; /* where it is first named */
    uint8_t type;             /* isn_record_type */
    char country[4];
    uint32_t stems[8];        /* of its name, sorted */
    size_t n_stems;
} isn_story_party;

typedef struct isn_tellings {
    const isn_record *const *records;
    size_t n_records;
    isn_telling *items;
    size_t n, capacity;
    isn_story_party *parties;
    size_t n_parties;
    uint32_t **party_of; /* for each record the party of each entity */
    isn_tagger tagger;
    const isn_lexicon *lexicon;
    bool cut;            /* tellings were left out */
} isn_tellings;

/*
 * Fills the tellings of the records, article by article, in the arena; records must outlive them. lexicon may be NULL. False when the arena
 * is full. Thread-safe on different arenas.
 */
bool isn_tellings_make(isn_tellings *out, isn_arena *arena, const isn_record *const *records, size_t n,
                       const isn_lexicon *lexicon);

/* Gives every entity of every record its party; part of the above. False when the arena is full. */
bool isn_parties_find(isn_tellings *tellings, isn_arena *arena);

/* How far two parties are one, from 0 to 1: a state and its organs somewhat, a person and his state less. */
float isn_party_alike(const isn_tellings *tellings, uint32_t a, uint32_t b);

/* How far two lists of parties are one, from 0 to 1; `unknown` where either is empty. */
float isn_parties_alike(const isn_tellings *tellings, const isn_party_list *a, const isn_party_list *b, float unknown);

/* Cosine of the content words, from 0 to 1. */
float isn_telling_words_alike(const isn_telling *a, const isn_telling *b);

/* The text of a telling's span, and of its sentence. */
isn_str isn_telling_text(const isn_tellings *tellings, const isn_telling *telling);
isn_str isn_telling_sentence(const isn_tellings *tellings, const isn_telling *telling);

/* The sentence of a text around bytes [begin, end). */
isn_span isn_sentence_around(isn_str text, isn_span span);

#endif
