/* put.c - the one writer: packed articles into the tables. */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "store/parts.h"
#include "store/schema.h"
#include "store/summary.h"
#include "store/terms.h"

static const char *const texts[ISN_SQL_COUNT] = {
    [ISN_SQL_BEGIN] = "BEGIN IMMEDIATE",
    [ISN_SQL_COMMIT] = "COMMIT",
    [ISN_SQL_FIND] = "SELECT id, version, content FROM articles WHERE identity = ? ORDER BY version DESC LIMIT 1",
    [ISN_SQL_FIND_CONTENT] = "SELECT id FROM articles WHERE content = ? LIMIT 1",
    [ISN_SQL_ARTICLE] = "INSERT INTO articles (identity, content, version, previous, name, uri, address, outlet, published,"
                        " day, language, title, bytes, hash, terms, coder) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [ISN_SQL_REPLACED] = "UPDATE articles SET replaced = ? WHERE id = ?",
    [ISN_SQL_TEXT] = "INSERT INTO texts VALUES (?, ?)",
    [ISN_SQL_RECORD] = "INSERT INTO records VALUES (?, ?, ?, ?)",
    [ISN_SQL_OLD] = "SELECT a.title, a.published, t.text FROM articles a JOIN texts t ON t.article = a.id WHERE a.id = ?",
    [ISN_SQL_CHANGE] = "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)",
    [ISN_SQL_OUTLET] = "SELECT id FROM outlets WHERE name = ?",
    [ISN_SQL_OUTLET_ADD] = "INSERT INTO outlets (name) VALUES (?)",
    [ISN_SQL_ACTOR] = "SELECT id FROM actors WHERE kb = ?",
    [ISN_SQL_ACTOR_ADD] = "INSERT INTO actors (kb, type, name, english, country, sector) VALUES (?, ?, ?, ?, ?, ?)",
    [ISN_SQL_ACTOR_WORD] = "INSERT OR IGNORE INTO actor_words VALUES (?, ?)",
    [ISN_SQL_SPELLING] = "INSERT OR IGNORE INTO spellings VALUES (?, ?)",
    [ISN_SQL_SEARCH] = "INSERT INTO search (rowid, text, facets) VALUES (?, ?, ?)",
    [ISN_SQL_TERM] = "INSERT OR IGNORE INTO terms VALUES (?)",
    [ISN_SQL_DATA_VERSION] = "PRAGMA data_version",
};

/* --- statements --------------------------------------------------------------------------------------------------- */

static sqlite3_stmt *statement(isnad_store *s, int which)
{
    if (!s->sql[which])
        sqlite3_prepare_v3(s->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, &s->sql[which], NULL);
    return s->sql[which];
}

/* INSERT INTO table VALUES (?, ...) */
static sqlite3_stmt *insert_statement(isnad_store *s, int table)
{
    if (!s->insert[table]) {
        char sql[128];
        int n = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", isn_store_tables[table].name);
        for (int i = 1; i < isn_store_tables[table].columns; i++)
            n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
        snprintf(sql + n, sizeof sql - (size_t)n, ")");
        sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->insert[table], NULL);
    }
    return s->insert[table];
}

static void bind_text(sqlite3_stmt *st, int column, isn_str s)
{
    if (s.n)
        sqlite3_bind_text64(st, column, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(st, column);
}

static void bind_whole_text(sqlite3_stmt *st, int column, isn_str s)
{
    sqlite3_bind_text64(st, column, s.n ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

/* Runs a statement that gives no rows. */
static bool act(sqlite3_stmt *st)
{
    bool good = sqlite3_step(st) == SQLITE_DONE;
    return sqlite3_reset(st) == SQLITE_OK && good;
}

/* The first column of the first row; *found tells whether there is one. False where reading failed. */
static bool ask(sqlite3_stmt *st, int64_t *out, bool *found)
{
    int code = sqlite3_step(st);
    *found = code == SQLITE_ROW;
    if (*found)
        *out = sqlite3_column_int64(st, 0);
    return sqlite3_reset(st) == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE);
}

static bool prepare_all(isnad_store *s)
{
    for (int i = 0; i < ISN_SQL_COUNT; i++) {
        if (!statement(s, i))
            return false;
    }
    for (int i = 0; i < ISN_ROW_COUNT; i++) {
        if (!insert_statement(s, i))
            return false;
    }
    return true;
}

/* --- reading a pack ----------------------------------------------------------------------------------------------- */

typedef struct cursor {
    const char *p;
} cursor;

static void take(void *out, cursor *c, size_t n)
{
    memcpy(out, c->p, n);
    c->p += n;
}

static uint32_t take_u32(cursor *c)
{
    uint32_t v;
    take(&v, c, sizeof v);
    return v;
}

static isn_str take_str(cursor *c)
{
    uint32_t n = take_u32(c);
    c->p += n;
    return isn_str_of(c->p - n, n);
}

/* --- actors, spellings, outlets ------------------------------------------------------------------------------------ */

static bool put_actor(isnad_store *s, cursor *c, int64_t *id)
{
    uint64_t hash, key;
    isn_str fields[6];
    take(&hash, c, sizeof hash);
    for (size_t i = 0; i < 6; i++)
        fields[i] = take_str(c);
    uint32_t n_keys = take_u32(c);
    const char *keys = c->p;
    c->p += n_keys * sizeof key;
    *id = isn_id_cache_get(&s->actors, hash);
    if (*id)
        return true;
    bool found;
    bind_text(s->sql[ISN_SQL_ACTOR], 1, fields[0]);
    if (!ask(s->sql[ISN_SQL_ACTOR], id, &found))
        return false;
    if (!found) {
        sqlite3_stmt *add = s->sql[ISN_SQL_ACTOR_ADD];
        for (int i = 0; i < 6; i++)
            bind_text(add, i + 1, fields[i]);
        bind_whole_text(add, 3, fields[2]);
        if (!act(add))
            return false;
        *id = sqlite3_last_insert_rowid(s->db);
        for (uint32_t i = 0; i < n_keys; i++) {
            memcpy(&key, keys + i * sizeof key, sizeof key);
            sqlite3_bind_int64(s->sql[ISN_SQL_ACTOR_WORD], 1, (int64_t)key);
            sqlite3_bind_int64(s->sql[ISN_SQL_ACTOR_WORD], 2, *id);
            if (!act(s->sql[ISN_SQL_ACTOR_WORD]))
                return false;
        }
    }
    isn_id_cache_put(&s->actors, hash, *id);
    return true;
}

static bool put_actors(isnad_store *s, cursor *c)
{
    uint32_t n = take_u32(c);
    isn_buf_reset(&s->actor_ids);
    for (uint32_t i = 0; i < n; i++) {
        int64_t id;
        if (!put_actor(s, c, &id))
            return false;
        isn_buf_append(&s->actor_ids, &id, sizeof id);
    }
    return !s->actor_ids.failed;
}

static bool put_spellings(isnad_store *s, cursor *c)
{
    uint64_t hash, key;
    for (take(&hash, c, sizeof hash); hash; take(&hash, c, sizeof hash)) {
        isn_str word = take_str(c);
        uint32_t n = take_u32(c);
        bool known = isn_id_cache_get(&s->spellings, hash) != 0;
        for (uint32_t i = 0; i < n; i++) {
            take(&key, c, sizeof key);
            if (known)
                continue;
            sqlite3_bind_int64(s->sql[ISN_SQL_SPELLING], 1, (int64_t)key);
            bind_text(s->sql[ISN_SQL_SPELLING], 2, word);
            if (!act(s->sql[ISN_SQL_SPELLING]))
                return false;
        }
        if (!known)
            isn_id_cache_put(&s->spellings, hash, 1);
    }
    return true;
}

static int put_term(void *user, isn_str term, size_t place, bool again)
{
    isnad_store *s = user;
    uint64_t hash = isn_str_hash(term);
    (void)place;
    (void)again;
    if (isn_id_cache_get(&s->terms, hash))
        return 0;
    bind_text(s->sql[ISN_SQL_TERM], 1, term);
    if (!act(s->sql[ISN_SQL_TERM]))
        return 1;
    isn_id_cache_put(&s->terms, hash, 1);
    return 0;
}

/* The words that the index has, for beginnings of words. */
static bool put_terms(isnad_store *s, isn_str terms)
{
    return isn_search_terms_read(terms, put_term, s) == 0;
}

/* The id of the outlet, made where it isn't there; 0 where the article has none. */
static bool put_outlet(isnad_store *s, isn_str name, int64_t *id)
{
    *id = 0;
    if (name.n == 0)
        return true;
    uint64_t hash = isn_str_hash(name);
    *id = isn_id_cache_get(&s->outlets, hash);
    if (*id)
        return true;
    bool found;
    bind_text(s->sql[ISN_SQL_OUTLET], 1, name);
    if (!ask(s->sql[ISN_SQL_OUTLET], id, &found))
        return false;
    if (!found) {
        bind_text(s->sql[ISN_SQL_OUTLET_ADD], 1, name);
        if (!act(s->sql[ISN_SQL_OUTLET_ADD]))
            return false;
        *id = sqlite3_last_insert_rowid(s->db);
    }
    isn_id_cache_put(&s->outlets, hash, *id);
    return true;
}

/* --- the article --------------------------------------------------------------------------------------------------- */

typedef struct found {
    int64_t id, version; /* of the newest version; id 0: the article isn't there */
    bool same;
} found;

static bool find(isnad_store *s, const isn_pack_head *head, found *out)
{
    *out = (found){0, 0, false};
    sqlite3_stmt *st = s->sql[ISN_SQL_FIND];
    sqlite3_bind_int64(st, 1, head->identity);
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW) {
        out->id = sqlite3_column_int64(st, 0);
        out->version = sqlite3_column_int64(st, 1);
        out->same = sqlite3_column_int64(st, 2) == head->content;
    }
    if (sqlite3_reset(st) != SQLITE_OK || (code != SQLITE_ROW && code != SQLITE_DONE))
        return false;
    if (out->id || head->own)
        return true;
    /* named by its path alone: the same article may lie elsewhere */
    int64_t id;
    sqlite3_bind_int64(s->sql[ISN_SQL_FIND_CONTENT], 1, head->content);
    return ask(s->sql[ISN_SQL_FIND_CONTENT], &id, &out->same);
}

static void bind_day(sqlite3_stmt *st, int column, int64_t day)
{
    if (day == ISN_NO_DAY)
        sqlite3_bind_null(st, column);
    else
        sqlite3_bind_int64(st, column, day);
}

static bool put_article(isnad_store *s, const isn_pack_head *head, const isn_str *strings, const found *old,
                        int64_t outlet, int64_t *id)
{
    sqlite3_stmt *st = s->sql[ISN_SQL_ARTICLE];
    sqlite3_bind_int64(st, 1, head->identity);
    sqlite3_bind_int64(st, 2, head->content);
    sqlite3_bind_int64(st, 3, old->version + 1);
    if (old->id)
        sqlite3_bind_int64(st, 4, old->id);
    else
        sqlite3_bind_null(st, 4);
    bind_whole_text(st, 5, strings[ISN_PACK_NAME]);
    bind_whole_text(st, 6, strings[ISN_PACK_URI]);
    bind_text(st, 7, strings[ISN_PACK_ADDRESS]);
    if (outlet)
        sqlite3_bind_int64(st, 8, outlet);
    else
        sqlite3_bind_null(st, 8);
    bind_text(st, 9, strings[ISN_PACK_PUBLISHED]);
    bind_day(st, 10, head->day);
    bind_whole_text(st, 11, strings[ISN_PACK_LANGUAGE]);
    bind_text(st, 12, strings[ISN_PACK_TITLE]);
    sqlite3_bind_int64(st, 13, head->bytes);
    sqlite3_bind_int64(st, 14, head->hash);
    sqlite3_bind_int64(st, 15, head->terms);
    sqlite3_bind_int64(st, 16, s->coder);
    if (!act(st))
        return false;
    *id = sqlite3_last_insert_rowid(s->db);
    s->first = s->first ? s->first : *id;
    s->last = *id;
    return true;
}

static bool put_text(isnad_store *s, const isn_pack_head *head, const isn_str *strings, int64_t id)
{
    sqlite3_stmt *text = s->sql[ISN_SQL_TEXT], *record = s->sql[ISN_SQL_RECORD];
    sqlite3_bind_int64(text, 1, id);
    bind_whole_text(text, 2, strings[ISN_PACK_TEXT]);
    if (!act(text))
        return false;
    isn_str digest = strings[ISN_PACK_DIGEST];
    sqlite3_bind_int64(record, 1, id);
    sqlite3_bind_int64(record, 2, head->json);
    sqlite3_bind_blob64(record, 3, strings[ISN_PACK_RECORD].p, strings[ISN_PACK_RECORD].n, SQLITE_STATIC);
    if (digest.n)
        sqlite3_bind_blob64(record, 4, digest.p, digest.n, SQLITE_STATIC);
    else
        sqlite3_bind_null(record, 4);
    return act(record);
}

static isn_str column_str(sqlite3_stmt *st, int column)
{
    const unsigned char *p = sqlite3_column_text(st, column);
    return isn_str_of((const char *)p, p ? (size_t)sqlite3_column_bytes(st, column) : 0);
}

/* Where two texts differ: the bytes between what they begin and end with alike, whole letters. */
static void difference(isn_str a, isn_str b, size_t out[3])
{
    size_t begin = 0, tail = 0, most = a.n < b.n ? a.n : b.n;
    while (begin < most && a.p[begin] == b.p[begin])
        begin++;
    while (begin && begin < most && ((unsigned char)b.p[begin] & 0xC0) == 0x80)
        begin--;
    while (tail < most - begin && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
        tail++;
    while (tail && ((unsigned char)b.p[b.n - tail] & 0xC0) == 0x80)
        tail--;
    out[0] = begin;
    out[1] = a.n - tail;
    out[2] = b.n - tail;
}

static bool put_change(isnad_store *s, const isn_str *strings, int64_t old, int64_t id)
{
    sqlite3_stmt *before = s->sql[ISN_SQL_OLD], *change = s->sql[ISN_SQL_CHANGE];
    sqlite3_bind_int64(before, 1, old);
    if (sqlite3_step(before) != SQLITE_ROW) {
        sqlite3_reset(before);
        return false;
    }
    size_t at[3];
    isn_str text = column_str(before, 2);
    bool same_text = isn_str_equal(text, strings[ISN_PACK_TEXT]);
    difference(text, strings[ISN_PACK_TEXT], at);
    sqlite3_bind_int64(change, 1, id);
    sqlite3_bind_int(change, 2, !isn_str_equal(column_str(before, 0), strings[ISN_PACK_TITLE]));
    sqlite3_bind_int(change, 3, !isn_str_equal(column_str(before, 1), strings[ISN_PACK_PUBLISHED]));
    sqlite3_bind_int(change, 4, !same_text);
    for (int i = 0; i < 3; i++)
        sqlite3_bind_int64(change, 5 + i, same_text ? 0 : (int64_t)at[i]);
    sqlite3_reset(before);
    sqlite3_bind_int64(s->sql[ISN_SQL_REPLACED], 1, id);
    sqlite3_bind_int64(s->sql[ISN_SQL_REPLACED], 2, old);
    return act(change) && act(s->sql[ISN_SQL_REPLACED]);
}

static void bind_value(isnad_store *s, sqlite3_stmt *st, int column, cursor *c)
{
    int64_t integer;
    double real;
    switch (*c->p++) {
    case ISN_VALUE_INT:
        take(&integer, c, sizeof integer);
        sqlite3_bind_int64(st, column, integer);
        break;
    case ISN_VALUE_REAL:
        take(&real, c, sizeof real);
        sqlite3_bind_double(st, column, real);
        break;
    case ISN_VALUE_TEXT:
        bind_whole_text(st, column, take_str(c));
        break;
    case ISN_VALUE_ACTOR:
        memcpy(&integer, s->actor_ids.p + take_u32(c) * sizeof integer, sizeof integer);
        sqlite3_bind_int64(st, column, integer);
        break;
    default:
        sqlite3_bind_null(st, column);
        break;
    }
}

static bool put_rows(isnad_store *s, cursor *c, int64_t article)
{
    for (uint8_t table = (uint8_t)*c->p++; table != ISN_ROW_END; table = (uint8_t)*c->p++) {
        sqlite3_stmt *st = s->insert[table];
        sqlite3_bind_int64(st, 1, article);
        for (int column = 2; column <= isn_store_tables[table].columns; column++)
            bind_value(s, st, column, c);
        if (!act(st))
            return false;
    }
    return true;
}

/* The search index takes the articles of a batch in the order of their days, all at once at its end. */
static bool wait_for_search(isnad_store *s, const isn_pack_head *head, const isn_str *strings, int64_t id)
{
    isn_str terms = strings[ISN_PACK_TERMS], facets = strings[ISN_PACK_FACETS];
    s->waiting[s->batched++] = (isn_store_waiting){isn_search_rowid(head->day, id), s->waiting_text.n, terms.n, facets.n};
    isn_buf_str(&s->waiting_text, terms);
    isn_buf_str(&s->waiting_text, facets);
    return !s->waiting_text.failed;
}

static bool put_new(isnad_store *s, const isn_pack_head *head, const isn_str *strings, cursor *c, const found *old)
{
    int64_t outlet, id;
    return put_outlet(s, strings[ISN_PACK_OUTLET], &outlet) && put_article(s, head, strings, old, outlet, &id) &&
           put_text(s, head, strings, id) && (!old->id || put_change(s, strings, old->id, id)) && put_actors(s, c) &&
           put_spellings(s, c) && put_terms(s, strings[ISN_PACK_TERMS]) && put_rows(s, c, id) && wait_for_search(s, head, strings, id);
}

/* --- batches ------------------------------------------------------------------------------------------------------- */

static void forget_ids(isnad_store *s)
{
    isn_id_cache_clear(&s->actors);
    isn_id_cache_clear(&s->outlets);
    isn_id_cache_clear(&s->spellings);
    isn_id_cache_clear(&s->terms);
    s->coder = 0;
}

/* The row of this program with this lexicon. */
static bool find_coder(isnad_store *s)
{
    char lexicon[20];
    snprintf(lexicon, sizeof lexicon, "%016llx", (unsigned long long)isn_lexicon_hash(s->lexicon));
    sqlite3_stmt *st = NULL;
    bool there = false, good = false;
    for (int i = 0; i < 2; i++) {
        const char *sql = i == 0 ? "INSERT OR IGNORE INTO coders (program, lexicon) VALUES (?, ?)"
                                 : "SELECT id FROM coders WHERE program = ? AND lexicon = ?";
        if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
            return false;
        sqlite3_bind_text(st, 1, ISNAD_VERSION, -1, SQLITE_STATIC);
        sqlite3_bind_text(st, 2, lexicon, -1, SQLITE_STATIC);
        good = ask(st, &s->coder, &there);
        sqlite3_finalize(st);
    }
    return good && there;
}

static bool begin(isnad_store *s)
{
    int64_t version = 0;
    bool there;
    if (!prepare_all(s) || !act(s->sql[ISN_SQL_BEGIN]))
        return false;
    s->writing = true;
    s->batched = 0;
    s->first = s->last = 0;
    isn_buf_reset(&s->waiting_text);
    if (!ask(s->sql[ISN_SQL_DATA_VERSION], &version, &there))
        return false;
    if (version != s->seen_version)
        forget_ids(s); /* another program wrote since */
    s->seen_version = version;
    return s->coder || find_coder(s);
}

void isn_store_rollback(isnad_store *s)
{
    if (s->writing)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->writing = false;
    s->totals = s->committed;
    forget_ids(s);
}

static int by_rowid(const void *a, const void *b)
{
    const isn_store_waiting *x = a, *y = b;
    return (x->rowid > y->rowid) - (x->rowid < y->rowid);
}

static bool index_batch(isnad_store *s)
{
    sqlite3_stmt *st = s->sql[ISN_SQL_SEARCH];
    qsort(s->waiting, s->batched, sizeof *s->waiting, by_rowid);
    for (unsigned i = 0; i < s->batched; i++) {
        const isn_store_waiting *w = &s->waiting[i];
        sqlite3_bind_int64(st, 1, w->rowid);
        bind_whole_text(st, 2, isn_str_of(s->waiting_text.p + w->terms, w->n_terms));
        bind_whole_text(st, 3, isn_str_of(s->waiting_text.p + w->terms + w->n_terms, w->n_facets));
        if (!act(st))
            return false;
    }
    return true;
}

/* Fills *err with what SQLite says, then forgets the batch. */
static isnad_status give_up(isnad_store *s, isnad_error *err)
{
    isnad_status status = isn_store_fail(err, s->db, s->file, "write");
    isn_store_rollback(s);
    return status;
}

isnad_status isn_store_commit(isnad_store *s, isnad_error *err)
{
    if (!s->writing)
        return ISNAD_OK;
    if (!index_batch(s) || (s->first && !isn_summary_batch(s->db, s->first, s->last)) || !act(s->sql[ISN_SQL_COMMIT]))
        return give_up(s, err);
    s->writing = false;
    s->committed = s->totals;
    return ISNAD_OK;
}

isnad_status isn_store_words_begin(isnad_store *s, isnad_error *err)
{
    isnad_status status = isn_store_commit(s, err);
    if (status == ISNAD_OK && (!begin(s) || sqlite3_exec(s->db, "INSERT INTO search (search) VALUES ('delete-all'); DELETE FROM terms;"
                                                                "DELETE FROM spellings; DELETE FROM actor_words", NULL, NULL, NULL) != SQLITE_OK))
        status = give_up(s, err);
    forget_ids(s);
    return status;
}

isnad_status isn_store_words_put(isnad_store *s, isn_str pack, int64_t article, isnad_error *err)
{
    cursor c = {pack.p};
    isn_pack_head head;
    isn_str strings[ISN_PACK_STRINGS];
    take(&head, &c, sizeof head);
    for (size_t i = 0; i < ISN_PACK_STRINGS; i++)
        strings[i] = take_str(&c);
    bool good = put_actors(s, &c) && put_spellings(s, &c) && put_terms(s, strings[ISN_PACK_TERMS]) && wait_for_search(s, &head, strings, article);
    if (good && s->batched == s->batch) {
        good = index_batch(s);
        s->batched = 0;
        isn_buf_reset(&s->waiting_text);
    }
    return good ? ISNAD_OK : isn_store_fail(err, s->db, s->file, "write");
}

isnad_status isn_store_put(isnad_store *s, isn_str pack, isnad_error *err)
{
    if (!s->writing && !begin(s))
        return give_up(s, err);
    cursor c = {pack.p};
    isn_pack_head head;
    isn_str strings[ISN_PACK_STRINGS];
    found old;
    take(&head, &c, sizeof head);
    for (size_t i = 0; i < ISN_PACK_STRINGS; i++)
        strings[i] = take_str(&c);
    if (!find(s, &head, &old))
        return give_up(s, err);
    if (old.same) {
        s->totals.unchanged++;
        return ISNAD_OK;
    }
    if (!put_new(s, &head, strings, &c, &old))
        return give_up(s, err);
    if (old.id)
        s->totals.changed++;
    else
        s->totals.added++;
    return s->batched == s->batch ? isn_store_commit(s, err) : ISNAD_OK;
}
