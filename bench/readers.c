/*
 * readers.c - what reading feeds and archives costs before a word of them is understood: readers FILE.... Tells, for the reader's thread
 * alone (files to items) and with the workers' part of it in the same thread (pieces of archives to pages, fields of feeds to
 * text), megabytes of input a second of processor time.
 */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "read/feed.h"
#include "read/source.h"
#include "read/warc.h"

typedef struct sums {
    uint64_t items, pages, bytes, faults;
} sums;

static void on_fault(void *context, const isnad_error *err)
{
    sums *s = context;
    s->faults++;
    (void)err;
}

static void open_item(sums *s, isn_warc *w, isn_arena *arena, const isn_item *item)
{
    isn_item page;
    isn_fields plain;
    isnad_error err;
    isn_arena_reset(arena);
    if (item->kind == ISN_ITEM_FEED && isn_feed_plain(&plain, arena, &item->feed->fields, NULL) == ISNAD_OK)
        s->bytes += plain.text.n;
    if (item->kind != ISN_ITEM_WARC)
        return;
    isn_warc_begin(w, item);
    for (isn_warc_step step; (step = isn_warc_next(w, &page, &err)) != ISN_WARC_END;) {
        s->pages += step == ISN_WARC_PAGE;
        s->bytes += step == ISN_WARC_PAGE ? page.n : 0;
        s->faults += step == ISN_WARC_FAULT;
    }
}

static int run(const char *const *files, size_t n, int open)
{
    sums s = {0};
    isn_source *source;
    isn_item item;
    isn_warc w;
    isn_arena arena;
    isn_warc_init(&w);
    isn_arena_init(&arena, (size_t)64 << 20);
    clock_t before = clock();
    if (isn_source_new(&source, files, n, ISN_ITEM_GUESS, NULL, on_fault, &s, NULL) != ISNAD_OK)
        return 1;
    for (; isn_source_next(source, &item); s.items++) {
        if (open)
            open_item(&s, &w, &arena, &item);
        isn_item_release(&item);
    }
    double took = (double)(clock() - before) / CLOCKS_PER_SEC, mb = (double)isn_source_bytes(source) / 1e6;
    printf("%-26s %9.1f MB in, %8.3f s, %8.1f MB/s in", open ? "with the workers' part" : "the reader's thread", mb, took, mb / took);
    if (open)
        printf(", %8.1f MB/s of pages or text", (double)s.bytes / 1e6 / took);
    printf(", %llu items, %llu pages, %llu faults\n", (unsigned long long)s.items, (unsigned long long)s.pages, (unsigned long long)s.faults);
    isn_source_free(source);
    isn_warc_release(&w);
    isn_arena_release(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    return run((const char *const *)argv + 1, (size_t)argc - 1, 0) || run((const char *const *)argv + 1, (size_t)argc - 1, 1);
}
