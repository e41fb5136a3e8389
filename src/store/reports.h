/* reports.h - the articles of a story with their records, who and what they tell of, and the story in brief. */
#ifndef ISN_STORE_REPORTS_H
#define ISN_STORE_REPORTS_H

#include "store/parts.h"
#include "story/compare.h"
#include "story/story_write.h"

#define ISN_REPORTS_ARENA ((size_t)4 << 30) /* bytes that the records of one story may take */
#define ISN_BRIEF_ACTORS 5u
#define ISN_BRIEF_PLACES 3u
#define ISN_BRIEF_OUTLETS 40u     /* outlets that are named */
#define ISN_BRIEF_HALF 4320       /* minutes in which a story loses half of its weight */

/* An article of a story. */
typedef struct isn_report {
    int64_t article;
    size_t origin;   /* place in the story of the first of the same origin */
    int32_t minutes; /* of publication; ISN_DIGEST_NO_TIME */
    const isn_record *record;
    isn_str agency;
} isn_report;

/* Reads records, one story after the other. Used by one thread. */
typedef struct isn_report_reader {
    isnad_store *store;
    sqlite3_stmt *st;
    isn_buf json;
    isn_arena arena; /* of the records at hand; the caller resets it */
} isn_report_reader;

/* Fails as SQLite does; release is to be called either way. */
isnad_status isn_report_reader_open(isn_report_reader *out, isnad_store *store, isnad_error *err);
void isn_report_reader_release(isn_report_reader *reader);

/*
 * Fills record and agency of n reports whose articles are given, in the reader's arena. Fails with ISNAD_E_NOT_FOUND,
 * ISNAD_E_FORMAT, ISNAD_E_MEMORY and as SQLite does.
 */
isnad_status isn_reports_read(isn_report_reader *reader, isn_report *reports, size_t n, isnad_error *err);

/* Somebody, something or somewhere with a key that reports tell of; outlets and agencies are left out. */
typedef struct isn_told_party {
    isn_str key, name, english;
    uint8_t type;       /* isn_record_type */
    bool placed;
    int16_t lat, lon;   /* hundredths of a degree */
    uint32_t articles, mentions;
    uint32_t first, last; /* the order in which they were met; the last report that told of it */
} isn_told_party;

/* All parties of the reports, those in most articles first, in the arena; NULL where it is full. */
isn_told_party *isn_parties_collect(size_t *n, isn_arena *arena, const isn_report *reports, size_t n_reports,
                                    const isn_lexicon *lexicon);

/* A story as a list shows it. */
typedef struct isn_brief {
    char *json; /* on the heap, without what it weighs, whose place is its end; NULL where there was no memory */
    size_t n;
    int64_t head;  /* the article whose title it has */
    size_t outlets, facts, contradictions;
    int32_t first, last; /* minutes; ISN_DIGEST_NO_TIME */
} isn_brief;

typedef struct isn_brief_of {
    int64_t number;
    const isn_report *reports; /* with their records */
    size_t n, n_origins;
    const isn_told_join *joins; /* n - 1 */
} isn_brief_of;

/*
 * Makes the brief of a story; facts are counted where it has two articles or more. Fails with ISNAD_E_MEMORY. The caller
 * frees json.
 */
isnad_status isn_brief_make(isn_brief *out, isn_arena *arena, const isn_brief_of *story, const isn_lexicon *lexicon, isnad_error *err);

/* The place of an article among the reports, which stand in any order; n where it isn't there. */
size_t isn_report_place(const isn_report *reports, size_t n, int64_t article);

/* Compares at most ISN_COMPARE_ARTICLES reports; in the arena. */
isnad_status isn_reports_compare(isn_comparison *out, isn_arena *arena, const isn_report *reports, size_t n,
                                 const isn_lexicon *lexicon, isnad_error *err);

/*
 * What a story weighs but for the time that has passed: logarithm of its independent origins and its outlets, and its
 * last report.
 */
double isn_brief_rank(size_t origins, size_t outlets, int32_t last);

/*
 * What must hold of the stories that are kept: a query that gives the numbers for which it doesn't, and how to say so.
 * Ends with NULL.
 */
typedef struct isn_story_check {
    const char *message, *sql;
} isn_story_check;
extern const isn_story_check isn_story_checks[];

/* {"kb":..,"name":..,"english":..} without the bracket that ends it. */
void isn_party_write(isn_buf *out, const isn_told_party *party);

#endif
