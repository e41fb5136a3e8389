/*
 * read_input.h - for the fuzz targets of the read room: one input through isn_article_read, and
 * what must hold of the result. The lexicon image is taken from ISNAD_IMAGE where it is set;
 * without it the table of phrases is empty.
 */
#ifndef ISN_FUZZ_READ_INPUT_H
#define ISN_FUZZ_READ_INPUT_H

#include <stdlib.h>

#include "base/utf8.h"
#include "read/article.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void check_article(const isn_article *a)
{
    size_t end = 0, titles = 0;
    require(isn_utf8_valid(a->text) == a->text.n && isn_utf8_valid(a->title) == a->title.n);
    require(a->text.n <= ISN_ARTICLE_TEXT && a->id.n > 0 && a->language.n > 0);
    for (size_t i = 0; i < a->n_blocks; i++) {
        const isn_block *b = &a->blocks[i];
        require(b->begin >= end && b->begin < b->end && b->end <= a->text.n && b->rule);
        require(!memchr(a->text.p + b->begin, '\n', b->end - b->begin));
        require(isn_str_trim(isn_str_part(a->text, end, b->begin)).n == 0);
        titles += b->kind == ISN_BLOCK_TITLE;
        end = b->end;
    }
    require(titles <= 1);
    require(isn_str_trim(isn_str_part(a->text, end, a->text.n)).n == 0);
    for (size_t i = 0; i < a->diagnostics.n; i++) {
        const isn_diagnostic *d = &a->diagnostics.items[i];
        require(d->begin <= d->end && d->code && isn_utf8_valid(d->message) <= d->message.n);
    }
}

/* The first byte chooses a small arena, so that refused allocations are tried too. */
static inline int read_input(const uint8_t *data, size_t size, isn_item_kind kind)
{
    static isn_lexicon *lexicon; /* opened once; a fuzz target is one thread */
    static isn_page *page;
    const char *image = getenv("ISNAD_IMAGE");
    if (!page) {
        require(!image || isn_lexicon_open(&lexicon, image, NULL) == ISNAD_OK);
        require(isn_page_new(&page, lexicon, NULL) == ISNAD_OK);
    }
    if (size == 0)
        return 0;
    isn_arena arena;
    isn_arena_init(&arena, data[0] == 1 ? size * 4 : (size_t)64 << 20);
    isn_read_options options;
    isn_read_options_init(&options);
    options.page = page;
    options.lexicon = lexicon;
    /* A copy on the heap: reading past its end is seen. */
    isn_item item = {.kind = kind, .name = "fuzz", .n = size - 1, .bytes = malloc(size)};
    require(item.bytes);
    memcpy(item.bytes, data + 1, size - 1);
    item.bytes = realloc(item.bytes, size > 1 ? size - 1 : 1);
    isn_article article;
    isnad_error err = {0};
    isnad_status status = isn_article_read(&article, &arena, &item, &options, &err);
    if (status == ISNAD_OK)
        check_article(&article);
    else
        require(err.status == status && err.message[0]);
    require(status != ISNAD_E_MEMORY || arena.full);
    free(item.bytes);
    isn_arena_release(&arena);
    return 0;
}

#endif
