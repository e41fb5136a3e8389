/* story_write.h - a story as JSON (docs/stories.md): its reports, why they were put together, what it goes on with. */
#ifndef ISN_STORY_STORY_WRITE_H
#define ISN_STORY_STORY_WRITE_H

#include "story/alike.h"
#include "story/stories.h"

#define ISN_STORY_REASONS 256u /* joins whose words are told; further ones go without */

typedef struct isn_told_article {
    const isn_record *record;
    isn_str agency;
    size_t origin;  /* place in the story of the first of the same origin */
    int64_t number; /* in a database; 0: none */
} isn_told_article;

typedef struct isn_told_join {
    size_t a, b; /* places in the story */
    float odds;
    bool by_hand;
} isn_told_join;

typedef struct isn_told_story {
    uint64_t number;
    size_t n_origins;
    const isn_told_article *articles;
    size_t n;
    const isn_told_join *joins;
    size_t n_joins;
    bool follows;               /* goes on with another story */
    uint64_t earlier;           /* its number */
    const isn_record *from, *to; /* the two articles that show it */
} isn_told_story;

/*
 * Appends the story as one JSON object without a line end; with `reasons` each join comes with the words that it was
 * made by and how alike the articles are by the usage of words (or NULL: as in news at large). The arena holds what is
 * needed on the way. Fails with ISNAD_E_MEMORY. Thread-safe on different buffers and arenas.
 */
isnad_status isn_story_write(isn_buf *out, isn_arena *arena, const isn_told_story *story, const isn_lexicon *lexicon,
                             const isn_usage *usage, bool reasons, isnad_error *err);

#endif
