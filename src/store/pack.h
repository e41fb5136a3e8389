/*
 * pack.h - a record made ready for the database, in the thread that coded it.
 *
 * The writer is one thread, so all that costs is done before: hashes, search terms, the packed JSON, the rows of every table. A pack is
 * flat bytes of this process (never kept): a head, strings, actors, spellings, rows.
 */
#ifndef ISN_STORE_PACK_H
#define ISN_STORE_PACK_H

#include "record/record.h"
#include "store/tables.h"
#include "text/text.h"

#define ISN_STORE_PACK_CEILING ((size_t)512 << 20) /* bytes of one pack */
#define ISN_STORE_KEYS 40u                         /* keys of a word of a name, of the words of an actor's name */

/* What names an article, and what it says, as hashes. */
typedef struct isn_pack_head {
    int64_t identity; /* of what names it: its own id or its address with its outlet, or its path */
    int64_t content;  /* of outlet, title, day and text */
    int64_t hash;     /* of the text */
    int64_t terms;    /* sum over the search terms: isn_search_terms_sum */
    int64_t day;      /* of publication, days since 1970; ISN_NO_DAY */
    uint32_t bytes;   /* of the text */
    uint32_t json;    /* bytes of the record without its text, before packing */
    uint8_t own;      /* what names it is told by itself, not made of its text */
} isn_pack_head;

#define ISN_NO_DAY INT64_MIN

/* Fills identity, content and own of the head: what names a record. Thread-safe. */
void isn_pack_name(isn_pack_head *head, const isn_record *record);

/* The strings of a pack, in this order. */
enum {
    ISN_PACK_NAME, ISN_PACK_URI, ISN_PACK_ADDRESS, ISN_PACK_OUTLET, ISN_PACK_PUBLISHED, ISN_PACK_LANGUAGE,
    ISN_PACK_TITLE, ISN_PACK_TEXT, ISN_PACK_RECORD, ISN_PACK_DIGEST, ISN_PACK_TERMS, ISN_PACK_FACETS, ISN_PACK_STRINGS
};

/* Kinds of values in rows. */
enum { ISN_VALUE_NULL, ISN_VALUE_INT, ISN_VALUE_REAL, ISN_VALUE_TEXT, ISN_VALUE_ACTOR };
#define ISN_ROW_END 255u

/* One thread's means: a compressor, a buffer. */
typedef struct isn_packer isn_packer;
isnad_status isn_packer_new(isn_packer **out, const isn_lexicon *lexicon, isnad_error *err);
void isn_packer_free(isn_packer *packer);

/*
 * Packs a record with the words of its text. digest (may be empty) is kept as it is. Returns the pack, which belongs to the packer until its next
 * call, or {NULL, 0} when memory or a ceiling was hit. `arena` takes what is needed on the way.
 */
isn_str isn_pack_make(isn_packer *packer, isn_arena *arena, const isn_record *record, const isn_text *text, isn_str digest);

/* What a text and its facets add to isn_pack_head.terms: one term at one place of column 0 (text) or 1 (facets). */
int64_t isn_search_terms_sum(isn_str term, unsigned column, uint64_t place);

/* The facet of something that an article is found by: "o:" outlet, "c:" country, "a:" actor ..., made into one term. */
void isn_facet_write(isn_buf *out, const char *kind, isn_str value);

/* The JSON of a packed record, whole with its text, appended; false where it is damaged. size: bytes before packing. */
bool isn_pack_json(isn_buf *out, isn_str packed, size_t size, isn_str text);

/* The blocks alone of a packed record, in the arena; false where it is damaged or the arena is full. Much cheaper than reading the whole. */
bool isn_pack_blocks(isn_block **out, size_t *n, isn_arena *arena, isn_str packed, size_t size);

/* The days since 1970 of an ISO date (its first day), or ISN_NO_DAY. */
int64_t isn_store_day(isn_str date);

/* Keys of the words of an actor's names, by which it is found whatever their spelling; returns how many, at most ISN_STORE_KEYS. */
size_t isn_store_actor_keys(uint64_t *out, isn_str name, isn_str english);

/* Keys under which a word of a name meets its other spellings; returns how many, at most ISN_STORE_KEYS. 0: too short. */
size_t isn_store_word_keys(uint64_t *out, isn_str word);

#endif
