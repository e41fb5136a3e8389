/* kept.c - the stories that are kept in the database. */
#include "store/kept.h"

#include "base/error.h"
#include "store/schema.h"

isnad_status isn_find_kept(isn_seeker *s)
{
    return isn_fail(s->err, ISNAD_E_NOT_FOUND, s->store->file, 0, "'%s' keeps no stories yet; `isnad stories --db %s` makes them",
                    s->store->file, s->store->file);
}

isnad_status isnad_store_stories_stale(isnad_store *store, uint64_t *articles, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    *articles = 0;
    isnad_status status = isn_store_prepare(store, &st, "SELECT count(*) FROM articles WHERE replaced IS NULL AND id NOT IN"
                                                        " (SELECT article FROM story_articles)", err);
    if (status == ISNAD_OK && sqlite3_step(st) == SQLITE_ROW)
        *articles = (uint64_t)sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return status;
}
