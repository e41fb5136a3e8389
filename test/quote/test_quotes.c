/*
 * The cases of cases.txt through the whole pipeline: quotes found, their kind, speaker, chain and
 * exact ends, and how many of those found were wanted, as often at least as floors.tsv has it.
 * `--show` prints each quote that fails, `--write` raises the floors.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "pipeline/bench.h"

#define CASES ISNAD_TEST_SOURCE "/test/quote/cases.txt"
#define MOST 16

enum { FOUND, KIND, SPEAKER, VIA, EXACT, WANTED, COLUMNS };

typedef struct wanted {
    isn_str kind, speaker, via, first, last;
    uint32_t begin, end;
    bool met;
} wanted;

/* The case that is read. */
typedef struct reading {
    bench shop;
    unsigned cases;
    isn_buf text;
    isn_block blocks[MOST];
    size_t n_blocks;
    wanted quotes[MOST];
    size_t n_quotes;
} reading;

static bench_shares shares = {.floors = ISNAD_TEST_SOURCE "/test/quote/floors.tsv", .program = "test_quotes",
                              .names = {"found", "kind", "speaker", "via", "exact", "wanted"},
                              .slack = 1 /* names and links, which change in other rooms, count here too */};
static bool show, write_floors;

/* Where `words` stand in `text` at or after `from`; the text's length if nowhere. */
static uint32_t find(isn_str text, isn_str words, uint32_t from)
{
    for (size_t at = from; at + words.n <= text.n; at++) {
        if (memcmp(text.p + at, words.p, words.n) == 0)
            return (uint32_t)at;
    }
    return (uint32_t)text.n;
}

/* Does a mention of the entity share half of its bytes, or of theirs, with the words somewhere? */
static bool is_entity(const isn_analysed *a, uint32_t entity, isn_str words)
{
    const isn_entity *e = &a->entities.items[entity];
    for (size_t m = 0; m < e->n_mentions; m++) {
        const isn_mention *mention = &a->mentions.items[e->mentions[m]];
        for (uint32_t at = 0; (at = find(a->text.raw, words, at)) < a->text.raw.n; at++) {
            uint32_t from = at > mention->begin ? at : mention->begin, end = at + (uint32_t)words.n;
            uint32_t to = end < mention->end ? end : mention->end;
            uint32_t longer = mention->end - mention->begin > words.n
                                  ? mention->end - mention->begin
                                  : (uint32_t)words.n;
            if (to > from && 2 * (to - from) >= longer)
                return true;
        }
    }
    return false;
}

static bool same_speaker(const isn_analysed *a, uint32_t speaker, isn_str words)
{
    if (words.n == 0)
        return speaker == ISN_NONE;
    return speaker != ISN_NONE && is_entity(a, speaker, words);
}

static bool same_via(const isn_analysed *a, const isn_quote *quote, isn_str cell)
{
    uint8_t n = 0;
    isn_str words, rest = cell;
    while (rest.n && isn_str_next(&words, &rest, '+')) {
        if (n >= quote->n_via || !is_entity(a, quote->via[n], isn_str_trim(words)))
            return false;
        n++;
    }
    return n == quote->n_via;
}

static void put_quote(const char *what, const isn_analysed *a, const isn_quote *q)
{
    printf("  %s\t%s\t", what, q->direct ? "direct" : "indirect");
    if (q->speaker != ISN_NONE)
        put(a->entities.items[q->speaker].name);
    printf("\tvia %u\t", q->n_via);
    put(isn_str_part(a->text.raw, q->begin, q->end));
    printf("\t[%s]\n", q->rule);
}

/* Counts what is right of a quote that was found for a wanted one. */
static void compare(const reading *r, const isn_analysed *a, const wanted *w, const isn_quote *q)
{
    bool good[COLUMNS] = {[FOUND] = true};
    good[KIND] = isn_str_equal(w->kind, q->direct ? ISN_STR("direct") : ISN_STR("indirect"));
    good[SPEAKER] = same_speaker(a, q->speaker, w->speaker);
    good[VIA] = same_via(a, q, w->via);
    good[EXACT] = q->begin == w->begin && q->end == w->end;
    bool bad = false;
    for (int c = 0; c < WANTED; c++) {
        shares.right[c] += good[c];
        bad |= !good[c];
    }
    if (show && bad) {
        printf("WRONG");
        for (int c = KIND; c < WANTED; c++) {
            if (!good[c])
                printf(" %s", shares.names[c]);
        }
        printf("\t");
        put(isn_str_of(r->text.p, r->text.n));
        put_quote("got", a, q);
    }
}

static const isn_quote *best_for(const isn_analysed *a, const wanted *w)
{
    const isn_quote *best = NULL;
    double most = 0.5;
    for (size_t i = 0; i < a->quotes.n; i++) {
        const isn_quote *q = &a->quotes.items[i];
        uint32_t from = q->begin > w->begin ? q->begin : w->begin,
                 to = q->end < w->end ? q->end : w->end;
        uint32_t low = q->begin < w->begin ? q->begin : w->begin,
                 high = q->end > w->end ? q->end : w->end;
        double both = to > from ? (double)(to - from) / (high - low) : 0;
        if (both >= most) {
            most = both;
            best = q;
        }
    }
    return best;
}

static void check_case(reading *r)
{
    if (r->n_blocks == 0)
        return;
    isn_str text = isn_str_of(r->text.p, r->text.n);
    isn_analysed a;
    isn_article article;
    bench_analyse(&a, &r->shop, &article, text, r->blocks, r->n_blocks, "2021-06-15");
    unsigned matched = 0;
    uint32_t from = 0;
    for (size_t i = 0; i < r->n_quotes; i++) {
        wanted *w = &r->quotes[i];
        w->begin = find(text, w->first, from);
        uint32_t last = find(text, w->last, w->begin);
        if (last >= text.n)
            fail_msg("case %u: no '%.*s ... %.*s'", r->cases, (int)w->first.n, w->first.p,
                     (int)w->last.n, w->last.p);
        w->end = last + (uint32_t)w->last.n;
        from = w->begin;
        for (int c = 0; c < WANTED; c++)
            shares.all[c]++;
        const isn_quote *q = best_for(&a, w);
        if (q) {
            matched++;
            compare(r, &a, w, q);
        } else if (show) {
            printf("MISSED\t");
            put(isn_str_part(text, w->begin, w->end));
            printf("\n  in\t");
            put(text);
        }
    }
    shares.all[WANTED] += (unsigned)a.quotes.n;
    shares.right[WANTED] += matched;
    for (size_t i = 0; show && matched < a.quotes.n && i < a.quotes.n; i++)
        put_quote(r->n_quotes ? "among" : "FALSE", &a, &a.quotes.items[i]);
    r->cases++;
    r->text.n = 0;
    r->n_blocks = r->n_quotes = 0;
}

/* --- reading the cases
 * ------------------------------------------------------------------------------------------ */

static void read_wanted(reading *r, isn_str line)
{
    assert_true(r->n_quotes < MOST);
    isn_str cells[4] = {{NULL, 0}}, cell, rest = line;
    for (int c = 0; c < 4 && rest.n && isn_str_next(&cell, &rest, '|'); c++)
        cells[c] = isn_str_trim(cell);
    wanted *w = &r->quotes[r->n_quotes++];
    *w = (wanted){.kind = cells[0], .speaker = cells[1], .via = cells[2]};
    uint32_t gap = find(cells[3], ISN_STR(" ... "), 0);
    w->first = isn_str_trim(isn_str_part(cells[3], 0, gap));
    w->last = gap < cells[3].n ? isn_str_trim(isn_str_part(cells[3], gap + 5, (uint32_t)cells[3].n))
                               : w->first;
}

static void read_paragraph(reading *r, isn_str line, isn_block_kind kind)
{
    assert_true(r->n_blocks < MOST);
    uint32_t begin = (uint32_t)r->text.n;
    isn_buf_str(&r->text, line);
    r->blocks[r->n_blocks++] = (isn_block){begin, (uint32_t)r->text.n, kind, "test"};
    isn_buf_char(&r->text, '\n');
}

static void read_cases(reading *r)
{
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES, (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0)
            check_case(r);
        else if (line.p[0] == '#')
            continue;
        else if (isn_str_starts(line, ISN_STR("> ")))
            read_paragraph(r, isn_str_part(line, 2, (uint32_t)line.n), ISN_BLOCK_BODY);
        else if (isn_str_starts(line, ISN_STR("T> ")))
            read_paragraph(r, isn_str_part(line, 3, (uint32_t)line.n), ISN_BLOCK_TITLE);
        else
            read_wanted(r, line);
    }
    check_case(r);
    isn_file_close(&file);
}

static void test_floors(void **state)
{
    reading *r = *state;
    read_cases(r);
    assert_true(r->cases >= 120);
    bench_check_floors(&shares, write_floors);
}

static int set_up(void **state)
{
    static reading r;
    isn_buf_init(&r.text, (size_t)1 << 20);
    *state = &r;
    return bench_open(&r.shop);
}

static int tear_down(void **state)
{
    reading *r = *state;
    bench_close(&r->shop);
    isn_buf_release(&r->text);
    return 0;
}

int main(int argc, char **argv)
{
    bench_flags(argc, argv, &show, &write_floors);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_floors)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
