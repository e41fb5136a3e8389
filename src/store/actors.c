/* actors.c - who is called so: names asked for, whatever their spelling, as actors of the database. */
#include <stdlib.h>

#include "base/error.h"
#include "link/key.h"
#include "store/query.h"
#include "store/schema.h"

#define MOST_CANDIDATES 4096u
#define SAME 0.9f  /* the same name in another spelling */
#define LEAST 0.7f /* a part of a name */

typedef struct candidates {
    isn_candidate *items;
    size_t n, capacity;
} candidates;

static isn_str column(isnad_store *store, sqlite3_stmt *st, int i)
{
    const unsigned char *p = sqlite3_column_text(st, i);
    return p ? isn_arena_copy(&store->arena, isn_str_of((const char *)p, (size_t)sqlite3_column_bytes(st, i)))
             : (isn_str){NULL, 0};
}

/* Articles that name an actor. */
static int64_t articles_of(sqlite3_stmt *st, int64_t actor)
{
    sqlite3_bind_int64(st, 1, actor);
    int64_t n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return n;
}

static float likeness(const isn_name *wanted, isn_str name)
{
    uint8_t letters[256];
    isn_name read;
    size_t n = isn_normal_key(letters, sizeof letters, name);
    isn_name_read(&read, NULL, letters, n < sizeof letters ? n : sizeof letters);
    return isn_name_alike(wanted, &read);
}

/* Whoever shares a word of the name, with its likeness. */
static isnad_status add_alike(candidates *list, isnad_store *store, isn_str name, isnad_error *err)
{
    uint8_t letters[256];
    isn_name wanted;
    uint64_t keys[ISN_NAME_LETTERS + 1];
    size_t n = isn_normal_key(letters, sizeof letters, name);
    isn_name_read(&wanted, NULL, letters, n < sizeof letters ? n : sizeof letters);
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(store, &st,
        "SELECT a.id, a.kb, a.type, a.name, a.english, a.country FROM actor_words w JOIN actors a ON a.id = w.actor"
        " WHERE w.key = ?", err);
    for (size_t i = 0; status == ISNAD_OK && i < wanted.n; i++) {
        int code;
        isn_name_word_keys(keys, &wanted.words[i]);
        sqlite3_bind_int64(st, 1, (int64_t)keys[0]);
        while ((code = sqlite3_step(st)) == SQLITE_ROW && list->n < MOST_CANDIDATES) {
            isn_str arabic = isn_str_of((const char *)sqlite3_column_text(st, 3), (size_t)sqlite3_column_bytes(st, 3));
            isn_str english = isn_str_of((const char *)sqlite3_column_text(st, 4), (size_t)sqlite3_column_bytes(st, 4));
            float a = likeness(&wanted, arabic), b = english.n ? likeness(&wanted, english) : 0.0f;
            if ((a > b ? a : b) < LEAST)
                continue;
            isn_candidate *c = ISN_PUSH(&store->arena, list);
            if (!c)
                break;
            *c = (isn_candidate){.id = sqlite3_column_int64(st, 0), .kb = column(store, st, 1), .type = column(store, st, 2),
                                 .name = column(store, st, 3), .english = column(store, st, 4),
                                 .country = column(store, st, 5), .alike = a > b ? a : b};
        }
        sqlite3_reset(st);
        if (code != SQLITE_DONE && code != SQLITE_ROW)
            status = isn_store_fail(err, store->db, store->file, "read");
    }
    sqlite3_finalize(st);
    return status;
}

/* The actor of this key, if there is one. */
static isnad_status add_key(candidates *list, isnad_store *store, isn_str kb, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(store, &st, "SELECT id, kb, type, name, english, country FROM actors WHERE kb = ?", err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_bind_text64(st, 1, kb.p, kb.n, SQLITE_STATIC, SQLITE_UTF8);
    if (sqlite3_step(st) == SQLITE_ROW) {
        isn_candidate *c = ISN_PUSH(&store->arena, list);
        if (c)
            *c = (isn_candidate){.id = sqlite3_column_int64(st, 0), .kb = column(store, st, 1), .type = column(store, st, 2),
                                 .name = column(store, st, 3), .english = column(store, st, 4),
                                 .country = column(store, st, 5), .alike = 2.0f};
    }
    sqlite3_finalize(st);
    return ISNAD_OK;
}

/* By likeness in two classes, then by the articles that name them, then by their numbers. */
static int likelier(const void *a, const void *b)
{
    const isn_candidate *x = a, *y = b;
    int cx = (x->alike >= SAME) + (x->alike > 1.5f), cy = (y->alike >= SAME) + (y->alike > 1.5f);
    if (cx != cy)
        return cy - cx;
    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
    const isn_candidate *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* One of each actor: several words of the name lead to it. */
static void unite(candidates *list)
{
    size_t n = 0;
    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, by_id);
    for (size_t i = 0; i < list->n; i++) {
        if (n == 0 || list->items[n - 1].id != list->items[i].id)
            list->items[n++] = list->items[i];
    }
    list->n = n;
}

isnad_status isn_candidates_find(isn_candidate **out, size_t *n, isnad_store *store, isn_str name, isnad_error *err)
{
    candidates list = {NULL, 0, 0};
    sqlite3_stmt *count = NULL;
    *n = 0;
    isnad_status status = add_key(&list, store, name, err);
    if (status == ISNAD_OK && list.n == 0)
        status = add_alike(&list, store, name, err);
    if (status == ISNAD_OK)
        status = isn_store_prepare(store, &count, "SELECT articles FROM actor_totals WHERE actor = ?", err);
    if (status == ISNAD_OK) {
        unite(&list);
        for (size_t i = 0; i < list.n; i++)
            list.items[i].articles = articles_of(count, list.items[i].id);
        if (list.n)
            qsort(list.items, list.n, sizeof *list.items, likelier);
        *out = list.items;
        *n = list.n;
    }
    sqlite3_finalize(count);
    return status;
}

isnad_status isn_actor_set_find(isn_actor_set *out, isnad_store *store, const char *name, isnad_error *err)
{
    isn_candidate *found = NULL;
    size_t n = 0;
    *out = (isn_actor_set){.given = name != NULL};
    if (!name)
        return ISNAD_OK;
    isnad_status status = isn_candidates_find(&found, &n, store, isn_str_cstr(name), err);
    if (status != ISNAD_OK)
        return status;
    bool part = false;
    for (size_t i = 0; i < n && out->n < ISN_QUERY_ACTORS; i++) {
        /* every one that has this name, and of those of whose name it is a part the one that is named most */
        if (found[i].alike < SAME && part)
            break;
        part = part || found[i].alike < SAME;
        out->ids[out->n] = found[i].id;
        out->kbs[out->n++] = found[i].kb;
    }
    if (out->n == 0)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "nobody and nothing in the database is called '%s'", name);
    return ISNAD_OK;
}

bool isn_actor_set_has(const isn_actor_set *set, int64_t actor)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->ids[i] == actor)
            return true;
    }
    return false;
}
