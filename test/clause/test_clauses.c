/*
 * The sentences of cases.tsv through the pipeline as far as clauses: the slots of the verbs and nouns named there must
 * hold what the table says, as often at least as floors.tsv has it. Floors only rise. `--show` prints what fails,
 * `--write` raises the floors.
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
#include "lexicon/schema.h"
#include "pipeline/bench.h"

#define CASES ISNAD_TEST_SOURCE "/test/clause/"

enum { VERB, NOUN, SUBJECT, OBJECT, PREPOSITION, IDAFA, COLUMNS };
enum { C_SENTENCE, C_FORM, C_WORD, C_SUBJECT, C_OBJECT, C_PREPS, C_COUNT };

/* The sentence that is read, and what was right so far. */
typedef struct reading {
    bench shop;
    isn_article article;
    isn_block block;
    isn_analysed a;
    unsigned sentences;
} reading;

static bench_shares shares = {.floors = CASES "floors.tsv", .program = "test_clauses",
                              .names = {"verb", "noun", "subject", "object", "preposition", "idafa"},
                              .slack = 1 /* names, which change in another room, count here too */};
static bool show, write_floors;

/* The unit that the word stands in; `word` may end in #n for the nth time. ISN_NONE: nowhere. */
static uint32_t find_unit(const isn_analysed *a, isn_str word)
{
    unsigned nth = 1;
    if (word.n > 2 && word.p[word.n - 2] == '#') {
        nth = (unsigned)(word.p[word.n - 1] - '0');
        word.n -= 2;
    }
    for (size_t t = 0; t < a->text.n_tokens; t++) {
        const isn_token *token = &a->text.tokens[t];
        if (isn_str_equal(isn_str_part(a->text.raw, token->begin, token->end), word) && --nth == 0)
            return a->clauses.unit_of[t];
    }
    return ISN_NONE;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

/* Do the bytes [begin, end) share half of the shorter one with some place where the words stand? */
static bool stands_at(isn_str sentence, isn_str words, uint32_t begin, uint32_t end)
{
    for (size_t at = 0; at + words.n <= sentence.n; at++) {
        if (memcmp(sentence.p + at, words.p, words.n) != 0)
            continue;
        size_t from = at > begin ? at : begin, to = at + words.n < end ? at + words.n : end;
        size_t shorter = end - begin < words.n ? end - begin : words.n;
        if (to > from && 2 * (to - from) >= shorter)
            return true;
    }
    return false;
}

static bool is_entity(const isn_analysed *a, uint32_t entity, isn_str words)
{
    const isn_entity *e = &a->entities.items[entity];
    if (isn_str_equal(e->name, words))
        return true;
    for (size_t m = 0; m < e->n_mentions; m++) {
        const isn_mention *mention = &a->mentions.items[e->mentions[m]];
        if (stands_at(a->text.raw, words, mention->begin, mention->end))
            return true;
    }
    return false;
}

/* As many entities in the party as the cell names, each of them there? */
static bool same_party(const isn_analysed *a, const isn_party *party, isn_str cell, char between)
{
    size_t wanted = 0, found = 0;
    isn_str words, rest = cell;
    while (rest.n && isn_str_next(&words, &rest, between)) {
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

/* Does the phrase of the slot begin with the first word of the cell, and reach over the last of those joined? */
static bool same_phrase(const isn_analysed *a, const isn_slot *slot, isn_str cell, char between)
{
    if (slot->unit == ISN_NONE || slot->unit >= a->clauses.n)
        return false;
    isn_str first = {NULL, 0}, last = {NULL, 0}, rest = cell, word;
    while (rest.n && isn_str_next(&last, &rest, between)) {
        if (!first.p)
            first = last;
    }
    rest = first;
    if (!isn_str_next(&word, &rest, ' '))
        return false;
    const isn_unit *head = &a->clauses.units[slot->unit];
    uint32_t after = slot->after != ISN_NONE && slot->after > slot->unit ? slot->after : slot->unit + 1;
    const isn_token *from = &a->text.tokens[head->first];
    const isn_token *to = &a->text.tokens[a->clauses.units[after - 1].last - 1];
    return stands_at(a->text.raw, word, from->begin, from->end) &&
           (last.p == first.p || stands_at(isn_str_part(a->text.raw, 0, to->end), last, from->begin, to->end));
}

static bool same_slot(const isn_analysed *a, const isn_slot *slot, isn_str cell, char between)
{
    if (cell.n == 0)
        return slot->unit == ISN_NONE && slot->party.n == 0;
    return same_party(a, &slot->party, cell, between) ||
           (slot->party.n <= 1 && same_phrase(a, slot, cell, between));
}

static isn_str preposition_of(const isn_analysed *a, const isn_slot *slot)
{
    return slot->prep == ISN_NO_ROW ? ISN_STR("")
                                    : isn_lexicon_cell(a->text.lexicon, ISN_T_FUNCTIONS, slot->prep,
                                                       ISN_C_FUNCTIONS_WORD);
}

/* `wanted`: preposition, colon, words. */
static bool has_preposition(const isn_analysed *a, const isn_slots *slots, isn_str wanted)
{
    isn_str name, words = wanted;
    if (!isn_str_next(&name, &words, ':'))
        return false;
    for (uint8_t i = 0; slots && i < slots->n_preps; i++) {
        if (isn_str_equal(preposition_of(a, &slots->preps[i]), name) && same_slot(a, &slots->preps[i], words, '+'))
            return true;
    }
    return false;
}

/* --- printing --------------------------------------------------------------------------------------------------- */

static void put_slot(const isn_analysed *a, const char *name, const isn_slot *slot)
{
    if (slot->unit == ISN_NONE && slot->party.n == 0)
        return;
    printf("  %s ", name);
    put(preposition_of(a, slot));
    if (slot->unit != ISN_NONE && slot->unit < a->clauses.n) {
        uint32_t last = slot->after != ISN_NONE && slot->after > slot->unit ? slot->after - 1 : slot->unit;
        printf(" \"");
        put(isn_str_part(a->text.raw, a->text.tokens[a->clauses.units[slot->unit].first].begin,
                         a->text.tokens[a->clauses.units[last].last - 1].end));
        printf("\"");
    }
    for (uint8_t i = 0; i < slot->party.n; i++) {
        printf("%s", i ? "+" : " = ");
        put(a->entities.items[slot->party.entity[i]].name);
    }
}

static void put_failure(const isn_analysed *a, const isn_str *cells, const isn_slots *slots, const bool *wrong,
                        uint32_t unit)
{
    printf("WRONG");
    for (int c = 0; c < COLUMNS; c++) {
        if (wrong[c])
            printf(" %s", shares.names[c]);
    }
    printf("\t");
    put(a->text.raw);
    printf("\n  want");
    for (int c = C_FORM; c < C_COUNT; c++) {
        printf("\t");
        put(cells[c]);
    }
    printf("\n  got  ");
    if (unit != ISN_NONE && !slots)
        printf("kind %d pos %d", a->clauses.units[unit].kind, a->clauses.units[unit].pos);
    if (slots) {
        put_slot(a, "S", &slots->subj);
        put_slot(a, "O", &slots->obj);
        put_slot(a, "O2", &slots->obj2);
        put_slot(a, "G", &slots->gen);
        for (uint8_t i = 0; i < slots->n_preps; i++)
            put_slot(a, "P", &slots->preps[i]);
    }
    printf("\n");
}

/* --- checking --------------------------------------------------------------------------------------------------- */

static void count(bool *wrong, int column, bool right)
{
    shares.all[column]++;
    shares.right[column] += right;
    wrong[column] |= !right;
}

static void check_preps(const isn_analysed *a, bool *wrong, const isn_slots *slots, isn_str cell)
{
    isn_str one, rest = cell;
    while (rest.n && isn_str_next(&one, &rest, '|'))
        count(wrong, PREPOSITION, has_preposition(a, slots, one));
}

static bool asked(isn_str form, const char *not)
{
    return !(form.n > 2 && form.p[form.n - 2] == '!' && form.p[form.n - 1] == not[0]);
}

static void check_row(const isn_analysed *a, const isn_str *cells)
{
    bool wrong[COLUMNS] = {false};
    uint32_t unit = find_unit(a, cells[C_WORD]);
    if (unit == ISN_NONE) {
        put(cells[C_WORD]);
        printf(": not in the sentence\n");
    }
    assert_int_not_equal(unit, ISN_NONE);
    isn_slots of_noun;
    const isn_slots *slots = NULL;
    if (cells[C_FORM].p[0] == 'v') {
        slots = a->clauses.slots[unit];
        count(wrong, VERB, slots != NULL);
        if (asked(cells[C_FORM], "s"))
            count(wrong, SUBJECT, slots && same_slot(a, &slots->subj, cells[C_SUBJECT], '|'));
        if (asked(cells[C_FORM], "o"))
            count(wrong, OBJECT, slots && same_slot(a, &slots->obj, cells[C_OBJECT], '|'));
    } else {
        if (a->clauses.units[unit].kind == ISN_UNIT_NOUN) {
            isn_slots_of_noun(&of_noun, &a->clauses, unit);
            slots = &of_noun;
        }
        count(wrong, NOUN, slots != NULL);
        count(wrong, IDAFA, slots && same_slot(a, &slots->gen, cells[C_SUBJECT], '|'));
    }
    check_preps(a, wrong, slots, cells[C_PREPS]);
    bool any = false;
    for (int c = 0; c < COLUMNS; c++)
        any |= wrong[c];
    if (show && any)
        put_failure(a, cells, slots, wrong, unit);
}

static void test_cases(void **state)
{
    reading *r = *state;
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "cases.tsv", (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    bool head = true;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (head) {
            head = false;
            continue;
        }
        isn_str cells[C_COUNT] = {{NULL, 0}}, cell, more = line;
        int n = 0;
        for (; n < C_COUNT && more.p && isn_str_next(&cell, &more, '\t'); n++)
            cells[n] = cell;
        assert_true(n >= C_WORD + 1);
        if (cells[C_SENTENCE].n) {
            bench_sentence(&r->a, &r->shop, &r->article, &r->block, cells[C_SENTENCE]);
            r->sentences++;
        }
        check_row(&r->a, cells);
    }
    isn_file_close(&file);
    assert_true(r->sentences >= 200);
}

static void test_floors(void **state)
{
    (void)state;
    bench_check_floors(&shares, write_floors);
}

static int set_up(void **state)
{
    static reading r;
    *state = &r;
    return bench_open(&r.shop);
}

static int tear_down(void **state)
{
    reading *r = *state;
    bench_close(&r->shop);
    return 0;
}

int main(int argc, char **argv)
{
    bench_flags(argc, argv, &show, &write_floors);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_floors), /* last: sums up the others */
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
