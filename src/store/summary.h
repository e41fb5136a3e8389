/*
 * summary.h - tables that are made of others, so that a question over all articles reads few rows: events by who takes part, by day and type;
 * what each outlet tells; whom an actor meets, its offices and spellings (docs/database.md).
 *
 * Each is defined by one query over articles (summary.c). A batch adds what its new articles give and takes away what the versions that they
 * replace gave, in the same transaction; an older file gets them by the same queries over all articles; checking compares them with these again.
 */
#ifndef ISN_STORE_SUMMARY_H
#define ISN_STORE_SUMMARY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define ISN_NO_DAY_KEPT (-1000000) /* the day of what has none, where a day is part of a key */
#define ISN_ALL_OUTLETS (-1)       /* the outlet of sums over all; 0: of articles that have none */

/* Roles of event_sides. */
enum { ISN_SIDE_ACTOR = 1, ISN_SIDE_RECIPIENT = 2, ISN_SIDE_PLACE = 4, ISN_SIDE_EXACT = 8 /* the event's own day is told */ };

/* The tables, as a step of the schema; ended by NULL. */
extern const char *const isn_summary_tables[];

/* Gives a connection the function that the queries need. Returns a code of SQLite. */
int isn_summary_register(sqlite3 *db);

/* All below run within a transaction of the caller; false where SQLite fails. */

/* The summaries of the articles from `first` to `last`, which are all of a batch, and the revision. */
bool isn_summary_batch(sqlite3 *db, int64_t first, int64_t last);
/* Those of all articles, anew. */
bool isn_summary_all(sqlite3 *db);
/* What the outlets have in stories, and the revision: after stories were kept. */
bool isn_summary_stories(sqlite3 *db);
/*
 * The same where few stories change: begin; then the numbers of those that will go or change are put into temp.stories_at_hand (story) and `go` is
 * called before they do; begin again, the numbers of those that came or changed, and `come` after they did. Costs what these stories have.
 */
bool isn_summary_stories_begin(sqlite3 *db);
bool isn_summary_stories_go(sqlite3 *db);
bool isn_summary_stories_come(sqlite3 *db);
/* Another revision: the file says something else than before. */
bool isn_summary_touch(sqlite3 *db);

/*
 * Compares each summary with what the articles give now; `tell` hears of each table that differs and in how many rows. A reader that may write
 * temporary tables will do.
 */
typedef void isn_summary_fault_fn(void *user, const char *table, int64_t rows);
bool isn_summary_check(sqlite3 *db, isn_summary_fault_fn *tell, void *user);

#endif
