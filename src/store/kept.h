/* kept.h - the stories that are kept in the database: lists of them, one with its reports, its table, the front. */
#ifndef ISN_STORE_KEPT_H
#define ISN_STORE_KEPT_H

#include "store/find.h"

/* Answers ISNAD_FOUND_STORIES, STORY, FACTS and FRONT. Fails with ISNAD_E_NOT_FOUND, ISNAD_E_ARGUMENT and as the file does. */
isnad_status isn_find_kept(isn_seeker *s);

#endif
