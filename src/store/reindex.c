/* reindex.c - what articles are searched by, made anew out of their texts and records: after another lexicon, or other rules for words. */
#include <stdlib.h>

#include "base/error.h"
#include "store/query.h"
#include "store/schema.h"
#include "store/summary.h"

#define MOST_SEEN 64 /* articles that are looked at to tell whether it is needed */

typedef struct maker {
    isnad_store *store;
    isn_packer *packer;
    isn_buf json;
    sqlite3_stmt *article;
    isnad_error *err;
} maker;

static isnad_status maker_init(maker *m, isnad_store *store, isnad_error *err)
{
    *m = (maker){.store = store, .err = err};
    isn_buf_init(&m->json, ISN_STORE_PACK_CEILING);
    isnad_status status = isn_packer_new(&m->packer, store->lexicon, err);
    return status == ISNAD_OK ? isn_store_prepare(store, &m->article,
                                                  "SELECT CAST(t.text AS BLOB), r.size, r.record FROM texts t JOIN records r ON r.article = t.article"
                                                  " WHERE t.article = ?", err)
                              : status;
}

static void maker_release(maker *m)
{
    sqlite3_finalize(m->article);
    isn_packer_free(m->packer);
    isn_buf_release(&m->json);
}

static isn_str bytes_at(sqlite3_stmt *st, int column)
{
    const char *p = sqlite3_column_blob(st, column);
    return isn_str_of(p ? p : "", p ? (size_t)sqlite3_column_bytes(st, column) : 0);
}

/* The pack of an article as it would be put today; it belongs to the packer. */
static isnad_status make_pack(maker *m, int64_t id, isn_str *pack)
{
    isn_record record;
    isn_text text;
    isn_block *blocks;
    size_t n;
    isnad_status status = isn_store_ready(m->store, m->err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_reset(m->article);
    sqlite3_bind_int64(m->article, 1, id);
    if (sqlite3_step(m->article) != SQLITE_ROW)
        return isn_fail(m->err, ISNAD_E_FORMAT, m->store->file, 0, "article %lld has no text or no record; `isnad check --db` tells more", (long long)id);
    isn_str raw = bytes_at(m->article, 0), packed = bytes_at(m->article, 2);
    size_t size = (size_t)sqlite3_column_int64(m->article, 1);
    isn_buf_reset(&m->json);
    if (!isn_pack_json(&m->json, packed, size, raw) || !isn_pack_blocks(&blocks, &n, &m->store->arena, packed, size))
        return isn_fail(m->err, ISNAD_E_FORMAT, m->store->file, 0, "the record of article %lld is damaged; `isnad check --db` tells more", (long long)id);
    status = isn_record_read(&record, &m->store->arena, isn_str_of(m->json.p, m->json.n), m->err);
    for (size_t i = 0; status == ISNAD_OK && i < n; i++) {
        if (blocks[i].begin > blocks[i].end || blocks[i].end > record.text.n)
            status = isn_fail(m->err, ISNAD_E_FORMAT, m->store->file, 0, "a line of article %lld lies outside of its text", (long long)id);
    }
    if (status != ISNAD_OK)
        return status;
    if (!isn_store_read_text(&text, m->store, record.text, blocks, n))
        return isn_fail(m->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    *pack = isn_pack_make(m->packer, &m->store->arena, &record, &text, (isn_str){NULL, 0});
    return pack->p ? ISNAD_OK : isn_fail(m->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
}

/* --- is it needed? ------------------------------------------------------------------------------------------------------ */

isnad_status isn_reindex_needed(size_t *other, size_t *seen, isnad_store *store, isnad_error *err)
{
    maker m;
    sqlite3_stmt *st = NULL;
    isnad_status status = maker_init(&m, store, err);
    int code = SQLITE_DONE;
    *other = *seen = 0;
    if (status == ISNAD_OK)
        status = isn_store_prepare(store, &st, "SELECT id, terms FROM articles WHERE id IN (WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                                               " WHERE i < ?1 - 1) SELECT 1 + i * (SELECT max(id) FROM articles) / ?1 FROM n)", err);
    if (status == ISNAD_OK)
        sqlite3_bind_int(st, 1, MOST_SEEN);
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        isn_str pack;
        isn_pack_head head;
        if (make_pack(&m, sqlite3_column_int64(st, 0), &pack) != ISNAD_OK)
            continue; /* a damaged article is told elsewhere */
        memcpy(&head, pack.p, sizeof head);
        *other += head.terms != sqlite3_column_int64(st, 1);
        ++*seen;
    }
    if (status == ISNAD_OK && code != SQLITE_DONE)
        status = isn_store_fail(err, store->db, store->file, "read");
    sqlite3_finalize(st);
    maker_release(&m);
    return status;
}

/* --- making it ------------------------------------------------------------------------------------------------------------ */

/* The words of all actors' names. */
static isnad_status put_actor_words(isnad_store *store, isnad_error *err)
{
    sqlite3_stmt *st = NULL, *put = store->sql[ISN_SQL_ACTOR_WORD];
    uint64_t keys[ISN_STORE_KEYS];
    int code = SQLITE_DONE;
    isnad_status status = isn_store_prepare(store, &st, "SELECT id, CAST(name AS BLOB), CAST(english AS BLOB) FROM actors ORDER BY id", err);
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        size_t n = isn_store_actor_keys(keys, bytes_at(st, 1), bytes_at(st, 2));
        for (size_t i = 0; i < n; i++) {
            sqlite3_bind_int64(put, 1, (int64_t)keys[i]);
            sqlite3_bind_int64(put, 2, sqlite3_column_int64(st, 0));
            int done = sqlite3_step(put);
            if (sqlite3_reset(put) != SQLITE_OK || done != SQLITE_DONE)
                status = isn_store_fail(err, store->db, store->file, "write");
        }
    }
    if (status == ISNAD_OK && code != SQLITE_DONE)
        status = isn_store_fail(err, store->db, store->file, "read");
    sqlite3_finalize(st);
    return status;
}

static isnad_status put_articles(maker *m, isnad_reindex_fn *progress, void *user, uint64_t *done)
{
    isnad_store *store = m->store;
    sqlite3_stmt *st = NULL, *terms = NULL;
    int code = SQLITE_DONE;
    isnad_status status = isn_store_prepare(store, &st, "SELECT id, (SELECT count(*) FROM articles) FROM articles ORDER BY id", m->err);
    if (status == ISNAD_OK)
        status = isn_store_prepare(store, &terms, "UPDATE articles SET terms = ? WHERE id = ?", m->err);
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        isn_str pack;
        isn_pack_head head;
        int64_t id = sqlite3_column_int64(st, 0);
        uint64_t all = (uint64_t)sqlite3_column_int64(st, 1);
        status = make_pack(m, id, &pack);
        if (status == ISNAD_OK)
            status = isn_store_words_put(store, pack, id, m->err);
        if (status != ISNAD_OK)
            break;
        memcpy(&head, pack.p, sizeof head);
        sqlite3_bind_int64(terms, 1, head.terms);
        sqlite3_bind_int64(terms, 2, id);
        int put = sqlite3_step(terms);
        if (sqlite3_reset(terms) != SQLITE_OK || put != SQLITE_DONE)
            status = isn_store_fail(m->err, store->db, store->file, "write");
        if (status == ISNAD_OK && progress && progress(user, ++*done, all))
            status = isn_fail(m->err, ISNAD_E_STOPPED, NULL, 0, "stopped; the search index stays as it was");
    }
    if (status == ISNAD_OK && code != SQLITE_DONE)
        status = isn_store_fail(m->err, store->db, store->file, "read");
    sqlite3_finalize(st);
    sqlite3_finalize(terms);
    return status;
}

isnad_status isnad_store_reindex(isnad_store *store, isnad_reindex_fn *progress, void *user, uint64_t *articles, isnad_error *err)
{
    isnad_error mine = {0};
    maker m;
    uint64_t done = 0;
    if (store->reading)
        return isn_fail(err, ISNAD_E_ARGUMENT, store->file, 0, "'%s' is open for reading only", store->file);
    isnad_status status = maker_init(&m, store, err ? err : &mine);
    if (status == ISNAD_OK)
        status = isn_store_words_begin(store, m.err);
    if (status == ISNAD_OK)
        status = put_articles(&m, progress, user, &done);
    if (status == ISNAD_OK)
        status = put_actor_words(store, m.err);
    if (status == ISNAD_OK && !isn_summary_touch(store->db))
        status = isn_store_fail(m.err, store->db, store->file, "write");
    if (status == ISNAD_OK)
        status = isn_store_commit(store, m.err);
    maker_release(&m);
    if (status != ISNAD_OK)
        isn_store_rollback(store);
    if (articles)
        *articles = done;
    return status;
}
