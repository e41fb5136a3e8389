/*
 * stories.h - what stories are made from, and stories as they were made last, in the database (docs/database.md).
 *
 * Stories themselves are made elsewhere (story/stories.h); this room gives out digests and records, keeps the decisions of people, brings what
 * is kept up to date (renew.h) and tells it (kept.h). Like all of a store, used by one thread.
 */
#ifndef ISN_STORE_STORIES_H
#define ISN_STORE_STORIES_H

#include "story/stories.h"
#include "store/store.h"

/* Hears of the newest version of an article: its number in the database and its digest, which may be empty. The bytes are only
 * valid during the call. A status other than ISNAD_OK ends the walk with it. */
typedef isnad_status isn_store_digest_fn(void *user, int64_t article, isn_str digest, isnad_error *err);

/* Tells all articles in the order in which they were added. Fails as SQLite does. */
isnad_status isn_store_each_digest(isnad_store *store, isn_store_digest_fn *tell, void *user, isnad_error *err);

/* Appends the record of an article with its text, as isnad_code made it. Fails with ISNAD_E_NOT_FOUND and as SQLite does. */
isnad_status isn_store_record_json(isn_buf *out, isnad_store *store, int64_t article, isnad_error *err);

/* Keeps a decision in place of an earlier one on the same articles (names of articles; b empty for ISN_DECIDE_ALONE). */
isnad_status isn_store_decide(isnad_store *store, isn_decision_kind kind, isn_str a, isn_str b, isnad_error *err);

/* Hands all decisions that are kept to the stories. */
isnad_status isn_store_decisions(isnad_store *store, isn_stories *stories, isnad_error *err);

#endif
