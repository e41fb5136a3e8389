/*
 * renew.h - bringing the stories that are kept up to date. Shared by renew*.c; nothing outside of them includes it.
 *
 * Stories are a function of the set of articles (story/stories.h): edges between articles that are alike, and clusters
 * of what these edges hold together. Both are kept. An edge depends on the articles of the ten days before its later
 * end, so new articles can change those that end in the ten days after them and no others; clusters can only change
 * among articles that the changed edges lead to over edges that are enough to join. All else stays, and what is made of
 * that part is what making all anew would give.
 */
#ifndef ISN_STORE_RENEW_H
#define ISN_STORE_RENEW_H

#include "store/reports.h"
#include "store/store.h"
#include "story/stories.h"

/* Articles by their numbers. */
typedef struct isn_ids {
    int64_t *items;
    size_t n, capacity;
} isn_ids;

bool isn_ids_push(isn_ids *ids, int64_t id);
void isn_ids_sort(isn_ids *ids); /* each once, in order */
bool isn_ids_has(const isn_ids *sorted, int64_t id);
size_t isn_ids_place(const isn_ids *sorted, int64_t id); /* SIZE_MAX where it isn't there */

/* Articles as they are put together, in the order of their numbers. */
typedef struct isn_lot {
    isn_stories *stories;
    isn_ids articles, roots; /* by the number that stories know them by; root: the number of an article's first version */
    isn_arena scratch;
} isn_lot;

typedef struct isn_renewal {
    isnad_store *store;
    unsigned jobs;
    isnad_error *err;
    isnad_status status; /* the first failure */
    isnad_stories_made made;
    bool there, whole, wipe; /* stories are kept; all are made; nothing that was kept is looked at */
    int64_t before, last;    /* the newest article that was covered, that is now */
    uint64_t method;
    isn_ids touched;         /* articles that were decided about */
    isn_lot lot;
    uint32_t *fixed;         /* of each article of the lot the story that stays, an index of groups, or ISN_NOTHING; NULL: none */
    isn_ids groups;          /* numbers of stories that stay */
    isn_ids relinked;        /* those of them whose links are found anew, sorted */
    isn_ids old;             /* stories that may not be any more, sorted */
    int64_t *ids;            /* of each story of the lot */
    bool *changed;
    isn_brief *briefs;
} isn_renewal;

/* Statements: false, with r->status set, where SQLite fails. isn_renew_row is false at the end too. */
bool isn_renew_sql(isn_renewal *r, sqlite3_stmt **out, const char *sql);
bool isn_renew_row(isn_renewal *r, sqlite3_stmt *st);
bool isn_renew_act(isn_renewal *r, sqlite3_stmt *st); /* runs and resets */
bool isn_renew_exec(isn_renewal *r, const char *sql);
void isn_renew_done(sqlite3_stmt **st); /* finalizes and forgets */
bool isn_renew_memory(isn_renewal *r, bool good); /* false, with r->status set, where good is false */

/* An empty lot; adding articles by their numbers, which must come in order; those without a digest are left out. */
bool isn_lot_open(isn_renewal *r, isn_lot *lot);
void isn_lot_release(isn_lot *lot);
bool isn_lot_add(isn_renewal *r, isn_lot *lot, int64_t article, int64_t root, isn_str digest);
bool isn_lot_fill(isn_renewal *r, isn_lot *lot, const isn_ids *sorted);

/* What changed since; r->whole is set where it is better to make all. Within the transaction that writes. */
bool isn_renew_part(isn_renewal *r);

/* Numbers, what is as it was, what the rest says in brief. */
bool isn_renew_sum(isn_renewal *r);

/* Writes all of it; within the transaction. */
bool isn_renew_write(isn_renewal *r);
bool isn_renew_write_edges(isn_renewal *r); /* all of the lot, in place of all */

#endif
