/* cases.h - what the tests of this room share: the lexicon, files, reading bytes as an article. */
#ifndef ISN_TEST_READ_CASES_H
#define ISN_TEST_READ_CASES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/file.h"
#include "lexicon/lexicon.h"
#include "read/article.h"
#include "temp.h"

#define CASES ISNAD_TEST_SOURCE "/test/read/cases"

/* Everything that reading needs; one for each test program. */
typedef struct shop {
    isn_lexicon *lexicon;
    isn_page *page;
    isn_arena arena;
    isn_read_options options;
} shop;

static inline int open_shop(void **state)
{
    shop *s = calloc(1, sizeof *s);
    isnad_error err = {0};
    if (isn_lexicon_open(&s->lexicon, ISNAD_TEST_IMAGE, &err) != ISNAD_OK ||
        isn_page_new(&s->page, s->lexicon, &err) != ISNAD_OK) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    isn_arena_init(&s->arena, (size_t)64 << 20);
    isn_read_options_init(&s->options);
    s->options.page = s->page;
    s->options.lexicon = s->lexicon;
    *state = s;
    return 0;
}

static inline int close_shop(void **state)
{
    shop *s = *state;
    isn_arena_release(&s->arena);
    isn_page_free(s->page);
    isn_lexicon_free(s->lexicon);
    free(s);
    return 0;
}

/* Reads bytes as an article called `name`. */
static inline isnad_status read_bytes(shop *s, isn_article *out, const char *name, isn_str bytes,
                                      isnad_error *err)
{
    isn_arena_reset(&s->arena);
    isn_item item = {
        .name = (char *)(uintptr_t)name, .bytes = (char *)(uintptr_t)bytes.p, .n = bytes.n};
    return isn_article_read(out, &s->arena, &item, &s->options, err);
}

/* Faults of a source, counted, with the last one. */
typedef struct faults {
    size_t n;
    isnad_error last;
} faults;

static inline void on_fault(void *context, const isnad_error *err)
{
    faults *f = context;
    f->n++;
    f->last = *err;
}

static inline bool has_code(const isn_article *article, const char *code)
{
    for (size_t i = 0; i < article->diagnostics.n; i++)
        if (strcmp(article->diagnostics.items[i].code, code) == 0)
            return true;
    return false;
}

static inline const char *kind_name(isn_block_kind kind)
{
    static const char *const names[] = {
#define X(name, text) text,
        ISN_BLOCK_KINDS(X)
#undef X
    };
    return kind < ISN_BLOCK_KIND_COUNT ? names[kind] : "?";
}

#endif
