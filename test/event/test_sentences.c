/*
 * The sentences of this folder through the whole pipeline: what is coded must be what the tables say, as often at least
 * as floors.tsv has it. Floors only rise. `--show` prints each sentence that fails, `--write` raises the floors.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "pipeline/bench.h"

#define CASES ISNAD_TEST_SOURCE "/test/event/"

enum { TYPE, MODE, ACTOR, RECIPIENT, STATUS, NONE, COLUMNS };
enum { C_SENTENCE, C_LEMMA, C_TYPE, C_MODE, C_TRIGGER, C_ACTOR, C_RECIPIENT, C_STATUS, C_COUNT };

static bench shop;
static bench_shares shares_right = {.floors = CASES "floors.tsv", .program = "test_sentences",
                                    .names = {"type", "mode", "actor", "recipient", "status", "none"},
                                    .slack = 2 /* names and links, which change in other rooms, count here too */};
static bool show, write_floors;

static isn_str name_of(isn_event_status status)
{
    static const char *const names[] = {"actual", "future", "hypothetical", "negated"};
    return isn_str_cstr(names[status]);
}

static uint32_t overlap(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    uint32_t from = a > c ? a : c, to = b < d ? b : d;
    return to > from ? to - from : 0;
}

/* Do the bytes [begin, end) of the sentence share the given part of the longer one with some place where words stand? */
static bool shares(isn_str sentence, isn_str words, uint32_t begin, uint32_t end, double part)
{
    for (size_t at = 0; at + words.n <= sentence.n; at++) {
        if (memcmp(sentence.p + at, words.p, words.n) != 0)
            continue;
        uint32_t shared = overlap(begin, end, (uint32_t)at, (uint32_t)(at + words.n));
        uint32_t longer = end - begin > words.n ? end - begin : (uint32_t)words.n;
        if (shared && shared >= part * longer)
            return true;
    }
    return false;
}

static bool stands_at(isn_str sentence, isn_str words, uint32_t begin, uint32_t end)
{
    return shares(sentence, words, begin, end, 0.5);
}

static bool is_entity(const isn_analysed *a, uint32_t entity, isn_str words)
{
    const isn_entity *e = &a->entities.items[entity];
    for (size_t m = 0; m < e->n_mentions; m++) {
        const isn_mention *mention = &a->mentions.items[e->mentions[m]];
        if (stands_at(a->text.raw, words, mention->begin, mention->end))
            return true;
    }
    return false;
}

static bool same_party(const isn_analysed *a, const isn_party *party, isn_str cell)
{
    size_t wanted = 0, found = 0;
    isn_str words, rest = cell;
    while (rest.n && isn_str_next(&words, &rest, '|')) {
        wanted++;
        for (uint8_t i = 0; i < party->n; i++) {
            if (is_entity(a, party->entity[i], words)) {
                found++;
                break;
            }
        }
    }
    return wanted == found && party->n == wanted;
}

/* --- checking --------------------------------------------------------------------------------------------------- */

static unsigned score(bool good[COLUMNS], const isn_analysed *a, const isn_event *event, const isn_str *cells)
{
    memset(good, 0, COLUMNS * sizeof *good);
    if (!isn_str_equal(event->type, cells[C_TYPE]) ||
        !shares(a->text.raw, cells[C_TRIGGER], event->trigger_begin, event->trigger_end, 0))
        return 0;
    good[TYPE] = true;
    good[MODE] = isn_str_equal(event->mode, cells[C_MODE]);
    good[ACTOR] = same_party(a, &event->actor, cells[C_ACTOR]);
    good[RECIPIENT] = same_party(a, &event->recipient, cells[C_RECIPIENT]);
    good[STATUS] = isn_str_equal(name_of(event->status), cells[C_STATUS]);
    unsigned n = 0;
    for (int c = 0; c < NONE; c++)
        n += good[c];
    return n;
}

static void put_party(const isn_analysed *a, const isn_party *party)
{
    for (uint8_t i = 0; i < party->n; i++) {
        printf("%s", i ? "|" : "");
        const isn_entity *e = &a->entities.items[party->entity[i]];
        const isn_mention *m = &a->mentions.items[e->mentions[0]];
        put(isn_str_part(a->text.raw, m->begin, m->end));
    }
}

/* How the tagger reads the word that should be the trigger. */
static void put_tag(const isn_analysed *a, isn_str words)
{
    static const char *const names[ISN_POS_COUNT] = {"?",   "noun", "name", "adj", "verb", "masdar",
                                                     "active", "passive"};
    for (size_t t = 0; t < a->text.n_tokens; t++) {
        const isn_token *token = &a->text.tokens[t];
        const isn_analysis *best = isn_token_best(token);
        if (!best || !stands_at(a->text.raw, words, token->begin, token->end))
            continue;
        isn_str verb = isn_lexicon_cell(a->text.lexicon, ISN_T_VERBS, (uint32_t)best->verb, 0);
        printf("  tag\t%s\t%.*s\n", names[best->pos] ? names[best->pos] : "function",
               best->verb >= 0 ? (int)verb.n : 0, verb.p);
    }
}

static void put_got(const isn_analysed *a)
{
    for (size_t i = 0; i < a->events.n; i++) {
        const isn_event *e = &a->events.items[i];
        printf("  got\t");
        put(e->type);
        printf("\t");
        put(e->mode);
        printf("\t");
        put(isn_str_part(a->text.raw, e->trigger_begin, e->trigger_end));
        printf("\t");
        put_party(a, &e->actor);
        printf("\t");
        put_party(a, &e->recipient);
        printf("\t");
        put(name_of(e->status));
        uint32_t line;
        isn_str file = isn_lexicon_source(a->text.lexicon, ISN_T_FRAMES, e->frame, &line);
        printf("\t%.*s:%u\n", (int)file.n, file.p, line);
    }
}

static void check_coded(const isn_str *cells)
{
    isn_analysed a;
    isn_article article;
    isn_block block;
    bench_sentence(&a, &shop, &article, &block, cells[C_SENTENCE]);
    bool best[COLUMNS] = {false}, good[COLUMNS];
    unsigned most = 0;
    for (size_t i = 0; i < a.events.n; i++) {
        unsigned n = score(good, &a, &a.events.items[i], cells);
        if (n > most) {
            most = n;
            memcpy(best, good, sizeof best);
        }
    }
    for (int c = 0; c < NONE; c++) {
        shares_right.all[c]++;
        shares_right.right[c] += best[c];
    }
    if (!show || most == NONE)
        return;
    printf("%s", best[TYPE] ? "WRONG" : "MISSED");
    for (int c = MODE; c < NONE && best[TYPE]; c++) {
        if (!best[c])
            printf(" %s", shares_right.names[c]);
    }
    printf("\t");
    put(cells[C_SENTENCE]);
    printf("\n  want");
    for (int c = C_TYPE; c < C_COUNT; c++) {
        printf("\t");
        put(cells[c]);
    }
    printf("\n");
    put_tag(&a, cells[C_TRIGGER]);
    put_got(&a);
}

static void check_none(isn_str sentence)
{
    isn_analysed a;
    isn_article article;
    isn_block block;
    bench_sentence(&a, &shop, &article, &block, sentence);
    shares_right.all[NONE]++;
    shares_right.right[NONE] += a.events.n == 0;
    if (show && a.events.n) {
        printf("FALSE\t");
        put(sentence);
        printf("\n");
        put_got(&a);
    }
}

/* Goes through the lines of a file but comments and the head. */
static void check_file(const char *name, bool coded)
{
    char path[512];
    snprintf(path, sizeof path, CASES "%s", name);
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, path, (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    bool head = true;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (head) {
            head = false;
            continue;
        }
        if (!coded) {
            check_none(line);
            continue;
        }
        isn_str cells[C_COUNT] = {{NULL, 0}}, cell, more = line;
        for (int c = 0; c < C_COUNT && more.p && isn_str_next(&cell, &more, '\t'); c++)
            cells[c] = cell;
        check_coded(cells);
    }
    isn_file_close(&file);
}

static void test_sentences(void **state)
{
    (void)state;
    check_file("sentences-conflict.tsv", true);
    check_file("sentences-cooperation.tsv", true);
    check_file("sentences-arguments.tsv", true);
    check_file("sentences-fresh.tsv", true);
}

static void test_none(void **state)
{
    (void)state;
    check_file("none-conflict.tsv", false);
    check_file("none-cooperation.tsv", false);
}

static void test_floors(void **state)
{
    (void)state;
    bench_check_floors(&shares_right, write_floors);
}

static int set_up(void **state)
{
    (void)state;
    return bench_open(&shop);
}

static int tear_down(void **state)
{
    (void)state;
    bench_close(&shop);
    return 0;
}

int main(int argc, char **argv)
{
    bench_flags(argc, argv, &show, &write_floors);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_floors), /* last: sums up the others */
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
