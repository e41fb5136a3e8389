/* records.c - the records of a database, whole, one after the other. */
#include "store/find.h"

#include "base/error.h"
#include "record/record.h"
#include "store/schema.h"
#include "store/stories.h"

static isn_str column(sqlite3_stmt *statement, int number)
{
    const char *p = sqlite3_column_blob(statement, number);
    return isn_str_of(p, p ? (size_t)sqlite3_column_bytes(statement, number) : 0);
}

/* Tells the record of the row at hand. */
static isnad_status tell(isnad_store *store, sqlite3_stmt *statement, isn_buf *json, isnad_record_fn *record, void *user,
                         isnad_error *err)
{
    isn_buf_reset(json);
    if (!isn_pack_json(json, column(statement, 1), (size_t)sqlite3_column_int64(statement, 2), column(statement, 3)))
        return isn_fail(err, ISNAD_E_FORMAT, store->file, 0, "the record of article %lld is damaged; `isnad check --db` tells more",
                        (long long)sqlite3_column_int64(statement, 0));
    return record(user, json->p, json->n);
}

isnad_status isnad_store_records(isnad_store *store, isnad_record_fn *record, void *user, isnad_error *err)
{
    sqlite3_stmt *statement;
    isnad_status status = isn_store_prepare(store, &statement,
                                            "SELECT a.id, r.record, r.size, CAST(t.text AS BLOB) FROM articles a JOIN records r "
                                            "ON r.article = a.id JOIN texts t ON t.article = a.id WHERE a.replaced IS NULL "
                                            "ORDER BY a.id", err);
    if (status != ISNAD_OK)
        return status;
    isn_buf json;
    isn_buf_init(&json, ISN_STORE_PACK_CEILING);
    int step;
    while (status == ISNAD_OK && (step = sqlite3_step(statement)) == SQLITE_ROW)
        status = tell(store, statement, &json, record, user, err);
    if (status == ISNAD_OK && step != SQLITE_DONE)
        status = isn_store_fail(err, store->db, store->file, "read");
    isn_buf_release(&json);
    sqlite3_finalize(statement);
    return status;
}

bool isn_see_record(isn_seeker *s, isn_seen *seen, void *extra)
{
    isn_records_listener *l = extra;
    isn_row_use use = isn_row_found(s);
    if (use != ISN_ROW_TELL)
        return use == ISN_ROW_PASS;
    isn_buf_reset(&l->json);
    s->status = isn_store_record_json(&l->json, s->store, seen->id, s->err);
    if (s->status == ISNAD_OK)
        s->status = l->record(l->user, l->json.p, l->json.n);
    s->rows++;
    return s->status == ISNAD_OK;
}
