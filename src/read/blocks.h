/* blocks.h - what each line of an article is: title, body, caption, a link to another article, a
 * menu. */
#ifndef ISN_READ_BLOCKS_H
#define ISN_READ_BLOCKS_H

#include "base/arena.h"
#include "base/str.h"
#include "lexicon/lexicon.h"
#include "read/block.h"
#include "read/page.h"

/* What a page's markup says about a line; ISN_HINT_NONE leaves it to the words. */
typedef enum isn_block_hint {
    ISN_HINT_NONE,
    ISN_HINT_TITLE,
    ISN_HINT_HEADING,
    ISN_HINT_CAPTION,
    ISN_HINT_BYLINE,
    ISN_HINT_DATE,
    ISN_HINT_LINKS, /* all of it is links to elsewhere */
    ISN_HINT_ITEM,  /* an item of a list */
    ISN_HINT_PARAGRAPH
} isn_block_hint;

typedef struct isn_blocks_input {
    isn_str text;         /* valid UTF-8 */
    isn_str title;        /* known from elsewhere, or empty */
    const uint8_t *hints; /* isn_block_hint for each line that isn't empty, in order, or NULL */
    size_t n_hints;
    const isn_page *page;
    const isn_lexicon *lexicon; /* may be NULL: then names alone in a line aren't known as such */
} isn_blocks_input;

/*
 * Classifies every line of the text that isn't empty, in order. Rules: structure (position, length,
 * closing punctuation, repetition, runs of short lines) here, words in the page table. Lines end at
 * LF; a CR before it belongs to no block. Memory from the arena, linear in lines. False when the
 * arena is full. Thread-safe on different arenas.
 */
bool isn_blocks_make(isn_block **out, size_t *n, isn_arena *arena, const isn_blocks_input *input);

#endif
