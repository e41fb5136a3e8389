/* parts.h - what the files of this room share. Nothing outside src/store includes it. */
#ifndef ISN_STORE_PARTS_H
#define ISN_STORE_PARTS_H

#include <sqlite3.h>
#include <zstd.h>

#include "store/pack.h"
#include "store/store.h"

struct isn_packer {
    const isn_lexicon *lexicon;
    ZSTD_CCtx *zstd;
    isn_buf out, json, terms, facets;
};

/* Fills packer->facets with all that the article is found by, each once, in order. False when the arena is full. */
bool isn_facets_write(isn_packer *packer, isn_arena *arena, const isn_record *record);

/* hash -> id, emptied when it is full. */
typedef struct isn_id_cache {
    struct isn_id_slot {
        uint64_t hash;
        int64_t id;
    } * slots;
    size_t n, size; /* size: a power of two, or 0 */
} isn_id_cache;

int64_t isn_id_cache_get(const isn_id_cache *cache, uint64_t hash); /* 0: not there */
void isn_id_cache_put(isn_id_cache *cache, uint64_t hash, int64_t id);
void isn_id_cache_clear(isn_id_cache *cache);

enum {
    ISN_SQL_BEGIN, ISN_SQL_COMMIT, ISN_SQL_FIND, ISN_SQL_FIND_CONTENT, ISN_SQL_ARTICLE, ISN_SQL_REPLACED, ISN_SQL_TEXT,
    ISN_SQL_RECORD, ISN_SQL_OLD, ISN_SQL_CHANGE, ISN_SQL_OUTLET, ISN_SQL_OUTLET_ADD, ISN_SQL_ACTOR, ISN_SQL_ACTOR_ADD,
    ISN_SQL_ACTOR_WORD, ISN_SQL_SPELLING, ISN_SQL_SEARCH, ISN_SQL_TERM, ISN_SQL_DATA_VERSION, ISN_SQL_COUNT
};

/* An article that waits to be put into the search index at the end of its batch. */
typedef struct isn_store_waiting {
    int64_t rowid;
    size_t terms, n_terms, n_facets; /* terms begin there in `waiting_text`, facets follow them */
} isn_store_waiting;

struct isnad_store {
    sqlite3 *db;
    char *file;
    const isn_lexicon *lexicon;
    bool writing;          /* a batch is open */
    unsigned batch, batched; /* articles of a full batch, of this one */
    int64_t coder, seen_version;
    int64_t first, last; /* articles of this batch, by their numbers */
    isnad_store_totals totals, committed;
    sqlite3_stmt *sql[ISN_SQL_COUNT];
    sqlite3_stmt *insert[ISN_ROW_COUNT];
    sqlite3_stmt *revision;
    isn_id_cache actors, outlets, spellings, terms;
    isn_store_waiting *waiting; /* `batch` of them */
    isn_buf waiting_text;
    isn_buf actor_ids; /* of the pack at hand: int64_t each */
    /* for finding */
    isn_arena arena;
    isn_words *words;
    isn_buf row; /* the row that is told */
    bool reading;    /* opened for reading only */
    bool vocabulary; /* temp.words stands */
    isnad_stop_fn *stop; /* isnad_store_bound */
    void *stop_user;
};

/* The rowid in the search index of an article: newest last, whatever the order in which articles came. */
#define ISN_SEARCH_DAYS 1000000 /* added to a day, so that old ones are positive */
static inline int64_t isn_search_rowid(int64_t day, int64_t article)
{
    int64_t shifted = day == ISN_NO_DAY ? 0 : day + ISN_SEARCH_DAYS;
    return (shifted < 0 ? 0 : shifted > INT32_MAX ? INT32_MAX : shifted) << 32 | article;
}

/* Makes or drops a table that stands in memory; the file isn't written. */
bool isn_store_temporary(isnad_store *store, const char *sql);

/* Prepares a statement; fails as SQLite does. */
isnad_status isn_store_prepare(isnad_store *store, sqlite3_stmt **out, const char *sql, isnad_error *err);

#endif
