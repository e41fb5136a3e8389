/* line.h - the lines of a text with what the rules for blocks look at. For blocks.c alone. */
#ifndef ISN_READ_LINE_H
#define ISN_READ_LINE_H

#include "base/arena.h"
#include "read/blocks.h"

#define ISN_LINE_LONG 280u      /* bytes: past that only the beginning of a line is looked at */
#define ISN_LINE_WORDS 64u      /* words of a line that are looked at */
#define ISN_LINE_LONG_WORDS 30u /* what a long line counts as */

/* Flags of a line. */
enum {
    ISN_LINE_STOP = 1,        /* ends with a full stop */
    ISN_LINE_COLON = 2,       /* ends with a colon */
    ISN_LINE_BULLET = 4,      /* begins with a dash, star or number */
    ISN_LINE_QUOTED = 8,      /* begins and ends with quotation marks */
    ISN_LINE_URL = 16,        /* a web address alone */
    ISN_LINE_TAGS = 32,       /* most words are hashtags */
    ISN_LINE_INITIALS = 64,   /* letters with dots or slashes alone: who typed it */
    ISN_LINE_CUT = 128,       /* has a dash, slash or colon between words */
    ISN_LINE_CRUMBS = 256,    /* has two or more marks of a path: > | / */
    ISN_LINE_NUMBERS = 512,   /* digits alone */
    ISN_LINE_LATIN = 1024,    /* no Arabic word */
    ISN_LINE_QUESTION = 2048, /* ends with a question or exclamation mark */
    ISN_LINE_COPYRIGHT = 4096,
    ISN_LINE_MARKER = 8192, /* a phrase is the whole line */
    ISN_LINE_CREDIT = 16384, /* an agency or outlet in brackets, or after a dash or slash, ends it */
    ISN_LINE_BAR = 32768     /* has a bar or two colons between words */
};

typedef struct isn_line {
    uint32_t begin, end;
    uint32_t flags;
    uint16_t words;         /* up to ISN_LINE_WORDS */
    uint8_t hint;           /* isn_block_hint */
    uint64_t hash;          /* of its words, 0 for a long line */
    uint64_t seen;          /* phrases that fit the line at their place: ISN_PAGE_BIT */
    const uint64_t *hashes; /* of its words; NULL for a long line */
} isn_line;

typedef struct isn_lines {
    isn_line *items;
    size_t n, capacity;
} isn_lines;

/* Finds the lines that aren't empty. False when the arena is full. */
bool isn_lines_make(isn_lines *out, isn_arena *arena, const isn_blocks_input *input);

/* Reads one line given as text into *line (begin and end are left alone). False when the arena is
 * full. */
bool isn_line_read(isn_line *line, isn_arena *arena, const isn_page *page, isn_str text);

/*
 * How many phrases of the table that speak of comments, terms of use and readers' data (page.tsv, comment, words) a whole
 * line holds, however long. Thread-safe.
 */
size_t isn_line_policies(const isn_page *page, isn_str text);

/* Does the table say this kind of the line, at any place? */
static inline bool isn_line_says(const isn_line *line, isn_page_kind kind)
{
    return (line->seen >> ((kind - 1) * ISN_PAGE_WHERE_COUNT) &
            ((1u << ISN_PAGE_WHERE_COUNT) - 1)) != 0;
}

/* The same at one place of the line. */
static inline bool isn_line_says_at(const isn_line *line, isn_page_kind kind, isn_page_where where)
{
    return (line->seen & ISN_PAGE_BIT(kind, where)) != 0;
}

#endif
