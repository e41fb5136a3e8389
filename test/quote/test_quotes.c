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
#include "pipeline/engine.h"

#define CASES ISNAD_TEST_SOURCE "/test/quote/cases.txt"
#define FLOORS ISNAD_TEST_SOURCE "/test/quote/floors.tsv"
#define SLACK                                                                                      \
    2 /* points below what was measured: names and links, which change in other rooms, count here  \
         too */
#define MOST 16

enum { FOUND, KIND, SPEAKER, VIA, EXACT, WANTED, COLUMNS };
static const char *const column_names[COLUMNS] = {"found", "kind",  "speaker",
                                                  "via",   "exact", "wanted"};

typedef struct wanted {
    isn_str kind, speaker, via, first, last;
    uint32_t begin, end;
    bool met;
} wanted;

typedef struct bench {
    isnad_engine *engine;
    isnad_worker *worker;
    unsigned right[COLUMNS], all[COLUMNS], cases;
    isn_buf text;
    isn_block blocks[MOST];
    size_t n_blocks;
    wanted quotes[MOST];
    size_t n_quotes;
} bench;

static bool show, write_floors;

static void put(isn_str s)
{
    printf("%.*s", (int)s.n, s.p);
}

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
static void compare(bench *b, const isn_analysed *a, const wanted *w, const isn_quote *q)
{
    bool good[COLUMNS] = {[FOUND] = true};
    good[KIND] = isn_str_equal(w->kind, q->direct ? ISN_STR("direct") : ISN_STR("indirect"));
    good[SPEAKER] = same_speaker(a, q->speaker, w->speaker);
    good[VIA] = same_via(a, q, w->via);
    good[EXACT] = q->begin == w->begin && q->end == w->end;
    bool bad = false;
    for (int c = 0; c < WANTED; c++) {
        b->right[c] += good[c];
        bad |= !good[c];
    }
    if (show && bad) {
        printf("WRONG");
        for (int c = KIND; c < WANTED; c++) {
            if (!good[c])
                printf(" %s", column_names[c]);
        }
        printf("\t");
        put(isn_str_of(b->text.p, b->text.n));
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

static void check_case(bench *b)
{
    if (b->n_blocks == 0)
        return;
    isn_str text = isn_str_of(b->text.p, b->text.n);
    isn_analysed a;
    isn_article article = {.uri = ISN_STR("test"),
                           .text = text,
                           .blocks = b->blocks,
                           .n_blocks = b->n_blocks,
                           .published = ISN_STR("2021-06-15"),
                           .language = ISN_STR("ar")};
    isn_arena_reset(&b->worker->arena);
    isn_words_trim(b->worker->words);
    isn_analyse(&a, b->worker, &article);
    unsigned matched = 0;
    uint32_t from = 0;
    for (size_t i = 0; i < b->n_quotes; i++) {
        wanted *w = &b->quotes[i];
        w->begin = find(text, w->first, from);
        uint32_t last = find(text, w->last, w->begin);
        if (last >= text.n)
            fail_msg("case %u: no '%.*s ... %.*s'", b->cases, (int)w->first.n, w->first.p,
                     (int)w->last.n, w->last.p);
        w->end = last + (uint32_t)w->last.n;
        from = w->begin;
        for (int c = 0; c < WANTED; c++)
            b->all[c]++;
        const isn_quote *q = best_for(&a, w);
        if (q) {
            matched++;
            compare(b, &a, w, q);
        } else if (show) {
            printf("MISSED\t");
            put(isn_str_part(text, w->begin, w->end));
            printf("\n  in\t");
            put(text);
        }
    }
    b->all[WANTED] += (unsigned)a.quotes.n;
    b->right[WANTED] += matched;
    for (size_t i = 0; show && matched < a.quotes.n && i < a.quotes.n; i++)
        put_quote(b->n_quotes ? "among" : "FALSE", &a, &a.quotes.items[i]);
    b->cases++;
    b->text.n = 0;
    b->n_blocks = b->n_quotes = 0;
}

/* --- reading the cases
 * ------------------------------------------------------------------------------------------ */

static void read_wanted(bench *b, isn_str line)
{
    assert_true(b->n_quotes < MOST);
    isn_str cells[4] = {{NULL, 0}}, cell, rest = line;
    for (int c = 0; c < 4 && rest.n && isn_str_next(&cell, &rest, '|'); c++)
        cells[c] = isn_str_trim(cell);
    wanted *w = &b->quotes[b->n_quotes++];
    *w = (wanted){.kind = cells[0], .speaker = cells[1], .via = cells[2]};
    uint32_t gap = find(cells[3], ISN_STR(" ... "), 0);
    w->first = isn_str_trim(isn_str_part(cells[3], 0, gap));
    w->last = gap < cells[3].n ? isn_str_trim(isn_str_part(cells[3], gap + 5, (uint32_t)cells[3].n))
                               : w->first;
}

static void read_paragraph(bench *b, isn_str line, isn_block_kind kind)
{
    assert_true(b->n_blocks < MOST);
    uint32_t begin = (uint32_t)b->text.n;
    isn_buf_str(&b->text, line);
    b->blocks[b->n_blocks++] = (isn_block){begin, (uint32_t)b->text.n, kind, "test"};
    isn_buf_char(&b->text, '\n');
}

static void read_cases(bench *b)
{
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES, (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0)
            check_case(b);
        else if (line.p[0] == '#')
            continue;
        else if (isn_str_starts(line, ISN_STR("> ")))
            read_paragraph(b, isn_str_part(line, 2, (uint32_t)line.n), ISN_BLOCK_BODY);
        else if (isn_str_starts(line, ISN_STR("T> ")))
            read_paragraph(b, isn_str_part(line, 3, (uint32_t)line.n), ISN_BLOCK_TITLE);
        else
            read_wanted(b, line);
    }
    check_case(b);
    isn_file_close(&file);
}

/* --- floors
 * -----------------------------------------------------------------------------------------------------
 */

static void read_floors(double floors[COLUMNS])
{
    FILE *file = fopen(FLOORS, "r");
    char line[256], name[64];
    double floor;
    while (file && fgets(line, sizeof line, file)) {
        for (int c = 0; c < COLUMNS && sscanf(line, "%63s %lf", name, &floor) == 2; c++) {
            if (strcmp(name, column_names[c]) == 0)
                floors[c] = floor;
        }
    }
    if (file)
        fclose(file);
}

static void test_floors(void **state)
{
    bench *b = *state;
    double floors[COLUMNS] = {0}, reached[COLUMNS];
    read_floors(floors);
    read_cases(b);
    assert_true(b->cases >= 120);
    unsigned failed = 0;
    for (int c = 0; c < COLUMNS; c++) {
        reached[c] = b->all[c] ? 100.0 * b->right[c] / b->all[c] : 0;
        print_message("%-8s %5.1f (floor %5.1f) of %u\n", column_names[c], reached[c], floors[c],
                      b->all[c]);
        failed += reached[c] + SLACK < floors[c];
    }
    if (write_floors) {
        FILE *file = fopen(FLOORS, "w");
        assert_non_null(file);
        fprintf(file, "# Percent of the quotes of cases.txt that must come out right; written by "
                      "test_quotes --write, only rises.\n"
                      "column\tfloor\n");
        for (int c = 0; c < COLUMNS; c++)
            fprintf(file, "%s\t%.1f\n", column_names[c],
                    reached[c] > floors[c] ? reached[c] : floors[c]);
        fclose(file);
    }
    assert_int_equal(failed, 0);
}

static int set_up(void **state)
{
    static bench b;
    isnad_engine_options options = {.image = ISNAD_TEST_IMAGE};
    isnad_error err;
    if (isnad_engine_open(&b.engine, &options, &err) != ISNAD_OK) {
        printf("%s\n", err.message);
        return -1;
    }
    isn_buf_init(&b.text, (size_t)1 << 20);
    *state = &b;
    return isnad_worker_new(&b.worker, b.engine, &err) == ISNAD_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    bench *b = *state;
    isnad_worker_free(b->worker);
    isnad_engine_free(b->engine);
    isn_buf_release(&b->text);
    return 0;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        show |= strcmp(argv[i], "--show") == 0;
        write_floors |= strcmp(argv[i], "--write") == 0;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_floors)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
