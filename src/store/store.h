/*
 * store.h - the database: articles with their records, in one file of SQLite (docs/database.md).
 *
 * One writer, any number of readers. A batch of articles is one transaction: what happens in the middle of one undoes it and
 * nothing else. The write-ahead log keeps readers from waiting. Not thread-safe: a store is used by one thread at a time.
 */
#ifndef ISN_STORE_STORE_H
#define ISN_STORE_STORE_H

#include "isnad.h"
#include "lexicon/lexicon.h"
#include "store/pack.h"

#define ISN_STORE_BATCH 1024u     /* articles of a transaction */
#define ISN_STORE_ARENA ((size_t)256 << 20) /* bytes that finding may take on its way */
#define ISN_STORE_BUSY_MS 10000   /* how long to wait for another writer */

/* Opens a database (isnad_store_open); the lexicon must outlive the store. */
isnad_status isn_store_open(isnad_store **out, const isn_lexicon *lexicon, const char *file, unsigned flags,
                            isnad_error *err);

/*
 * Keeps a packed article: nothing where it is there already, a new version where it has changed. Opens a batch where none is, and ends
 * it when it is full. A failure undoes the batch.
 */
isnad_status isn_store_put(isnad_store *store, isn_str pack, isnad_error *err);

/* Ends the batch: what was put is safe then. Nothing to do is no failure. */
isnad_status isn_store_commit(isnad_store *store, isnad_error *err);

/*
 * What articles are searched by, anew: empties it, puts that of one article (whose pack is made anew), one after the other, all in one batch that
 * isn_store_commit ends and isn_store_rollback forgets.
 */
isnad_status isn_store_words_begin(isnad_store *store, isnad_error *err);
isnad_status isn_store_words_put(isnad_store *store, isn_str pack, int64_t article, isnad_error *err);

/* Looks at some articles: of *seen *other have other words today than in the index. Fails as reading does. */
isnad_status isn_reindex_needed(size_t *other, size_t *seen, isnad_store *store, isnad_error *err);

/* Forgets the batch. */
void isn_store_rollback(isnad_store *store);

#endif
