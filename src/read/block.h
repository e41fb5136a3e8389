/* block.h - the blocks of an article's text (eval contract: RECORD.md, "blocks"). */
#ifndef ISN_READ_BLOCK_H
#define ISN_READ_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define ISN_BLOCK_KINDS(X)                                                                         \
    X(TITLE, "title")                                                                              \
    X(BODY, "body")                                                                                \
    X(HEADING, "heading")                                                                          \
    X(CAPTION, "caption")                                                                          \
    X(BYLINE, "byline")                                                                            \
    X(DATELINE, "dateline")                                                                        \
    X(RELATED, "related")                                                                          \
    X(COMMENT, "comment")                                                                          \
    X(BOILERPLATE, "boilerplate")

typedef enum isn_block_kind {
#define X(name, text) ISN_BLOCK_##name,
    ISN_BLOCK_KINDS(X)
#undef X
        ISN_BLOCK_KIND_COUNT
} isn_block_kind;

typedef struct isn_block {
    uint32_t begin, end; /* bytes of the article's text; a block is one line */
    isn_block_kind kind;
    const char *rule; /* why: static string */
} isn_block;

/* Are names, dates, quotes and events read out of such a block? (title, heading, body, caption,
 * dateline) */
static inline bool isn_block_is_read(isn_block_kind kind)
{
    return kind <= ISN_BLOCK_CAPTION || kind == ISN_BLOCK_DATELINE;
}

#endif
