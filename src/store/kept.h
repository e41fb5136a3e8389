/*
 * kept.h - the stories that are kept in the database: lists of them, one with its reports, its table, the front. Shared
 * by kept*.c.
 */
#ifndef ISN_STORE_KEPT_H
#define ISN_STORE_KEPT_H

#include "store/find.h"
#include "store/reports.h"

#define ISN_KEPT_MATCHED 20000u /* articles that a search for stories looks at, the newest */
#define ISN_KEPT_FRONT 12u      /* stories of each list of the front */
#define ISN_KEPT_RECENT 43200   /* minutes before the newest report: what is contested comes from these first */
#define ISN_KEPT_PARTIES 100u   /* actors, and places, of a story's page */
#define ISN_KEPT_AFTER 20u      /* follow-ups of a story's page */

/* Answers ISNAD_FOUND_STORIES, STORY, FACTS and FRONT. Fails with ISNAD_E_NOT_FOUND, ISNAD_E_ARGUMENT and as the file does. */
isnad_status isn_find_kept(isn_seeker *s);

isnad_status isn_find_kept_story(isn_seeker *s);
isnad_status isn_find_kept_facts(isn_seeker *s);

/* The minute of the last report of all, from which weights are counted; false (and s->status) where the file can't be read. */
bool isn_kept_newest(isn_seeker *s, int64_t *minutes);

/* Appends the brief of a story; *there tells whether there is such a story. False as above. */
bool isn_kept_brief(isn_seeker *s, isn_buf *out, int64_t story, int64_t newest, bool *there);

/* The articles of a story with their records, and why they were joined, in the reader's arena. */
typedef struct isn_kept_story {
    int64_t id, follows, from, to; /* follows 0: none */
    size_t n, n_origins;
    isn_report *reports;
    isn_told_join *joins;
} isn_kept_story;

isnad_status isn_kept_read(isn_kept_story *out, isn_report_reader *reader, int64_t story, isnad_error *err);

#endif
