/* store.c - opening and closing a database. */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/parts.h"
#include "store/schema.h"
#include "store/summary.h"
#include "store/tokenizer.h"

#define CACHE "PRAGMA cache_size = -65536"
#define MOST_IDS ((size_t)1 << 20)

/* --- caches of ids ------------------------------------------------------------------------------------------------ */

int64_t isn_id_cache_get(const isn_id_cache *cache, uint64_t hash)
{
    hash += hash == 0;
    for (size_t i = hash & (cache->size - 1); cache->size && cache->slots[i].hash; i = (i + 1) & (cache->size - 1)) {
        if (cache->slots[i].hash == hash)
            return cache->slots[i].id;
    }
    return 0;
}

static void place(isn_id_cache *cache, uint64_t hash, int64_t id)
{
    size_t i = hash & (cache->size - 1);
    while (cache->slots[i].hash && cache->slots[i].hash != hash)
        i = (i + 1) & (cache->size - 1);
    cache->n += cache->slots[i].hash == 0;
    cache->slots[i].hash = hash;
    cache->slots[i].id = id;
}

void isn_id_cache_put(isn_id_cache *cache, uint64_t hash, int64_t id)
{
    hash += hash == 0;
    if (cache->n >= MOST_IDS)
        isn_id_cache_clear(cache);
    if (cache->n * 2 >= cache->size) {
        isn_id_cache larger = {.size = cache->size ? cache->size * 2 : 4096};
        larger.slots = calloc(larger.size, sizeof *larger.slots);
        if (!larger.slots)
            return; /* it is only a cache */
        for (size_t i = 0; i < cache->size; i++) {
            if (cache->slots[i].hash)
                place(&larger, cache->slots[i].hash, cache->slots[i].id);
        }
        free(cache->slots);
        *cache = larger;
    }
    place(cache, hash, id);
}

void isn_id_cache_clear(isn_id_cache *cache)
{
    free(cache->slots);
    *cache = (isn_id_cache){.n = 0};
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

isnad_status isn_store_prepare(isnad_store *store, sqlite3_stmt **out, const char *sql, isnad_error *err)
{
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK)
        return ISNAD_OK;
    return isn_store_fail(err, store->db, store->file, "read");
}

/* An address of SQLite for a file that nobody can write beside: its log isn't looked for. */
static char *frozen_address(const char *file)
{
    char *address = malloc(strlen(file) * 3 + sizeof "file:?immutable=1"), *p = address;
    if (!address)
        return NULL;
    p = stpcpy(p, "file:");
    for (const char *c = file; *c; c++) {
        if (*c == '%' || *c == '?' || *c == '#')
            p += sprintf(p, "%%%02X", (unsigned char)*c);
        else
            *p++ = *c;
    }
    strcpy(p, "?immutable=1");
    return address;
}

/* Does a log lie beside the file? */
static bool has_log(const char *file)
{
    char *log = malloc(strlen(file) + sizeof "-wal");
    if (!log)
        return true;
    strcpy(stpcpy(log, file), "-wal");
    struct stat info;
    bool has = stat(log, &info) == 0 && info.st_size > 0;
    free(log);
    return has;
}

/* May files be made in the folder of the file? errno tells why not. */
static bool folder_writable(const char *file)
{
    char *folder = strdup(file);
    if (!folder)
        return true;
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = 0;
    bool may = access(slash ? folder : ".", W_OK) == 0;
    int why = errno;
    free(folder);
    errno = why;
    return may;
}

static isnad_status connect_file(isnad_store *store, unsigned flags, isnad_error *err)
{
    bool write = flags & ISNAD_STORE_WRITE;
    struct stat info;
    bool there = stat(store->file, &info) == 0;
    if (!there && !write)
        return isn_fail(err, ISNAD_E_IO, store->file, 0, "cannot open '%s': %s", store->file, strerror(errno));
    if (there && !S_ISREG(info.st_mode))
        return isn_fail(err, ISNAD_E_IO, store->file, 0, "cannot open '%s': it is no file", store->file);
    if (there && access(store->file, write ? W_OK | R_OK : R_OK) != 0)
        return isn_fail(err, ISNAD_E_IO, store->file, 0, "cannot %s '%s': %s", write ? "write" : "read", store->file,
                        strerror(errno));
    if (!there && !folder_writable(store->file))
        return isn_fail(err, ISNAD_E_IO, store->file, 0, "cannot make '%s': %s", store->file, strerror(errno));
    bool frozen = !write && !has_log(store->file) && !folder_writable(store->file);
    char *address = frozen ? frozen_address(store->file) : store->file;
    int open_flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                           : frozen ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
    int code = address ? sqlite3_open_v2(address, &store->db, open_flags | SQLITE_OPEN_NOMUTEX, NULL) : SQLITE_NOMEM;
    if (frozen)
        free(address);
    if (code != SQLITE_OK)
        return isn_store_fail(err, store->db, store->file, "open");
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, ISN_STORE_BUSY_MS);
    return ISNAD_OK;
}

static isnad_status set_up(isnad_store *store, unsigned flags, isnad_error *err)
{
    static const char writer[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192;"
                                 "PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON;" CACHE;
    static const char reader[] = "PRAGMA query_only = ON; PRAGMA mmap_size = 1073741824;" CACHE;
    bool write = flags & ISNAD_STORE_WRITE;
    isnad_status status = ISNAD_OK;
    if (isn_tokenizer_register(store->db) != SQLITE_OK)
        return isn_fail(err, ISNAD_E_IO, store->file, 0, "the SQLite library of this machine has no full-text search (FTS5)");
    if (isn_summary_register(store->db) != SQLITE_OK)
        return isn_store_fail(err, store->db, store->file, "open");
    if (write) /* before anything is changed: is it ours? An empty file gets larger pages */
        status = isn_schema_foreign(store->db, store->file, err);
    if (status == ISNAD_OK && sqlite3_exec(store->db, write ? "PRAGMA page_size = 8192" : reader, NULL, NULL, NULL) != SQLITE_OK)
        status = isn_store_fail(err, store->db, store->file, "open");
    if (status == ISNAD_OK && write && sqlite3_exec(store->db, writer, NULL, NULL, NULL) != SQLITE_OK)
        status = isn_store_fail(err, store->db, store->file, "write");
    if (status != ISNAD_OK)
        return status;
    return write ? isn_schema_settle(store->db, store->lexicon, store->file, err)
                 : isn_schema_verify(store->db, store->file, err);
}

isnad_status isn_store_open(isnad_store **out, const isn_lexicon *lexicon, const char *file, unsigned flags,
                            isnad_error *err)
{
    isnad_store *store = calloc(1, sizeof *store);
    if (!store || !(store->file = strdup(file))) {
        free(store);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for a database");
    }
    store->lexicon = lexicon;
    store->reading = !(flags & ISNAD_STORE_WRITE);
    store->batch = ISN_STORE_BATCH;
    isn_buf_init(&store->waiting_text, ISN_STORE_PACK_CEILING * 4);
    isn_buf_init(&store->actor_ids, ISN_STORE_PACK_CEILING);
    isn_buf_init(&store->row, ISN_STORE_PACK_CEILING);
    isn_arena_init(&store->arena, ISN_STORE_ARENA);
    isnad_status status = connect_file(store, flags, err);
    if (status == ISNAD_OK)
        status = set_up(store, flags, err);
    if (status == ISNAD_OK && !(store->waiting = calloc(store->batch, sizeof *store->waiting)))
        status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for a database");
    if (status != ISNAD_OK) {
        isnad_store_close(store);
        return status;
    }
    *out = store;
    return ISNAD_OK;
}

void isnad_store_close(isnad_store *store)
{
    if (!store)
        return;
    isn_store_rollback(store);
    for (size_t i = 0; i < ISN_SQL_COUNT; i++)
        sqlite3_finalize(store->sql[i]);
    for (size_t i = 0; i < ISN_ROW_COUNT; i++)
        sqlite3_finalize(store->insert[i]);
    sqlite3_finalize(store->revision);
    sqlite3_close(store->db);
    isn_id_cache_clear(&store->actors);
    isn_id_cache_clear(&store->outlets);
    isn_id_cache_clear(&store->spellings);
    isn_id_cache_clear(&store->terms);
    isn_buf_release(&store->waiting_text);
    isn_buf_release(&store->actor_ids);
    isn_buf_release(&store->row);
    isn_arena_release(&store->arena);
    isn_words_free(store->words);
    free(store->waiting);
    free(store->file);
    free(store);
}

bool isn_store_temporary(isnad_store *store, const char *sql)
{
    if (store->reading)
        sqlite3_exec(store->db, "PRAGMA query_only = OFF", NULL, NULL, NULL);
    bool good = sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (store->reading)
        sqlite3_exec(store->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return good;
}

void isnad_store_count(const isnad_store *store, isnad_store_totals *out)
{
    *out = store->committed;
}

isnad_status isnad_store_revision(isnad_store *store, uint64_t *revision, isnad_error *err)
{
    isnad_status status = ISNAD_OK;
    if (!store->revision)
        status = isn_store_prepare(store, &store->revision, "SELECT n FROM revision", err);
    if (status != ISNAD_OK)
        return status;
    if (sqlite3_step(store->revision) == SQLITE_ROW)
        *revision = (uint64_t)sqlite3_column_int64(store->revision, 0);
    else
        status = isn_store_fail(err, store->db, store->file, "read");
    sqlite3_reset(store->revision);
    return status;
}
