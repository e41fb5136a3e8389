/* acts.h - the events of the newest versions of all articles that answer a query, one by one, out of event_sides (summary.h). */
#ifndef ISN_STORE_ACTS_H
#define ISN_STORE_ACTS_H

#include "store/find.h"
#include "store/summary.h"

/* A kind of events: type and mode. */
typedef struct isn_event_kind {
    isn_str type, mode; /* in the store's arena */
    int quad;           /* 1 to 4; 0: not known */
    double score;
    bool wanted;        /* by the query */
} isn_event_kind;

/* All kinds that the database has, by their numbers from 1. */
typedef struct isn_event_kinds {
    isn_event_kind *items;
    size_t n; /* numbers are below */
} isn_event_kinds;

/* Reads them into the store's arena. */
isnad_status isn_event_kinds_read(isn_event_kinds *out, isn_seeker *s);

typedef struct isn_act {
    int64_t at;   /* place of the article in the order of days (isn_search_rowid) */
    int64_t n;    /* number of the event in it */
    int64_t day;  /* or ISN_NO_DAY */
    int64_t outlet, kind;
    int64_t act;  /* what is equal for equal parties; 0: there are none, or it wasn't read */
    int roles;    /* ISN_SIDE_... of whom the query is about */
    int status;   /* 0 actual, 1 future, 2 hypothetical, 3 negated */
} isn_act;

static inline int64_t isn_act_article(const isn_act *act)
{
    return act->at & INT64_C(0xFFFFFFFF);
}

/* The day of publication, or ISN_NO_DAY. */
static inline int64_t isn_act_published(const isn_act *act)
{
    return act->at >> 32 ? (act->at >> 32) - ISN_SEARCH_DAYS : ISN_NO_DAY;
}

/* Numbers under which event_sides knows somebody: actors, or a country. */
typedef struct isn_who {
    int64_t items[ISN_QUERY_ACTORS];
    size_t n;
    int roles;  /* one of these it must have */
    bool given;
} isn_who;

void isn_who_actors(isn_who *out, const isn_actor_set *set, int roles);
/* A country by its code of three letters; false where it is none. */
bool isn_who_country(isn_who *out, const char *code, int roles);

#define ISN_ACTS_WHO 4u /* conditions on who takes part */

typedef struct isn_acts {
    isn_seeker *s;
    const isn_event_kinds *kinds;
    isn_who who[ISN_ACTS_WHO];
    size_t n_who, base;          /* the one whose rows are read; n_who: all rows */
    int64_t outlet;              /* ISN_ALL_OUTLETS: any */
    int status;                  /* -1: any */
    sqlite3_stmt *cursors[ISN_QUERY_ACTORS], *other, *words;
    isn_act heads[ISN_QUERY_ACTORS];
    bool live[ISN_QUERY_ACTORS];
    size_t n_cursors;
    bool descending;
    isnad_status fault;
} isn_acts;

/*
 * Begins with the conditions of the seeker's query (actor, by, to, country, type, quad, status, outlet, days; words: of the article) and
 * those of `extra` (may be NULL). descending: the newest articles first. An outlet that isn't there: no rows. To be ended in any case.
 */
isnad_status isn_acts_begin(isn_acts *out, isn_seeker *s, const isn_event_kinds *kinds, const isn_who *extra, size_t n_extra,
                            bool descending);
/* The next one; false at the end or where the file can't be read. */
bool isn_acts_next(isn_acts *acts, isn_act *out);
isnad_status isn_acts_end(isn_acts *acts);

/* The number of an outlet; 0: there is none of this name. Read with a statement of its own. */
isnad_status isn_outlet_number(int64_t *out, isn_seeker *s, const char *name);

#endif
