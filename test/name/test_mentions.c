/*
 * Tests of the name room: the sentences of mentions.tsv, what must hold of any text, full arenas,
 * apposition. `test_mentions --show` prints each sentence that comes out otherwise.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "lexicon/schema.h"
#include "name/mention.h"

#define CASES ISNAD_TEST_SOURCE "/test/name/"

/* Sentences of mentions.tsv that must come out letter for letter; only rises. */
#define FLOOR 145u

typedef struct bench {
    isn_lexicon *lexicon;
    isn_namer *namer;
    isn_words *words;
    isn_arena arena;
    isn_text text;
    isn_block block;
} bench;

static bool show;
static const char *const types[] = {"person", "organization", "place", "group"};
static const char *const forms[] = {"name", "role", "pronoun"};

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    isnad_error err;
    if (!b || isn_lexicon_open(&b->lexicon, ISNAD_TEST_IMAGE, &err) ||
        isn_namer_new(&b->namer, b->lexicon, &err) || isn_words_new(&b->words, b->lexicon, &err))
        return -1;
    isn_arena_init(&b->arena, (size_t)1 << 30);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    isn_words_free(b->words);
    isn_namer_free(b->namer);
    isn_lexicon_free(b->lexicon);
    isn_arena_release(&b->arena);
    free(b);
    return 0;
}

static bool find(bench *b, isn_mentions *out, isn_str raw)
{
    b->block = (isn_block){0, (uint32_t)raw.n, ISN_BLOCK_BODY, "test"};
    isn_text_make(&b->text, &b->arena, b->lexicon, b->words, raw, &b->block, 1);
    return isn_mentions_find(out, b->namer, &b->text);
}

/* Everything that must hold of any text, whatever went in. */
static void check_consistent(const isn_mentions *mentions, const isn_text *text)
{
    for (size_t i = 0; i < mentions->n; i++) {
        const isn_mention *m = &mentions->items[i];
        assert_true(m->begin < m->end && m->end <= text->raw.n);
        assert_true(m->first < m->last && m->last <= text->n_tokens);
        assert_true(text->tokens[m->first].sentence == text->tokens[m->last - 1].sentence);
        assert_true(text->tokens[m->first].begin <= m->begin &&
                    m->end <= text->tokens[m->last - 1].end);
        assert_true(m->type < ISN_TYPE_COUNT && m->form <= ISN_FORM_ROLE);
        assert_true(m->score > 0 && m->score <= 1);
        assert_non_null(m->rule);
        if (m->row != ISN_NO_ROW)
            assert_true(m->row < isn_lexicon_rows(text->lexicon, m->table));
        if (m->beside != ISN_NONE) {
            assert_true(m->beside < mentions->n);
            assert_int_equal(mentions->items[m->beside].beside, i);
        }
        if (i == 0)
            continue;
        /* Sorted; what overlaps lies inside and comes later. */
        const isn_mention *before = &mentions->items[i - 1];
        assert_true(before->first <= m->first);
        if (m->first < before->last)
            assert_true(m->last <= before->last);
    }
}

static isn_str bytes_of(const isn_buf *buf)
{
    return isn_str_of(buf->p, buf->n);
}

static bool is_right(bench *b, isn_str sentence, isn_str wanted)
{
    isn_mentions found;
    isn_arena_reset(&b->arena);
    assert_true(find(b, &found, sentence));
    check_consistent(&found, &b->text);
    isn_buf got;
    isn_buf_init(&got, 1 << 20);
    for (size_t i = 0; i < found.n; i++) {
        const isn_mention *m = &found.items[i];
        isn_buf_format(&got, "%s%s:%s:%.*s", i ? "|" : "", types[m->type], forms[m->form],
                       (int)(m->end - m->begin), sentence.p + m->begin);
    }
    bool right = isn_str_equal(bytes_of(&got), wanted);
    if (!right && show)
        printf("%.*s\n  want %.*s\n  got  %.*s\n", (int)sentence.n, sentence.p, (int)wanted.n,
               wanted.p, (int)bytes_of(&got).n, bytes_of(&got).p);
    isn_buf_release(&got);
    return right;
}

static void test_sentences(void **state)
{
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "mentions.tsv", (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    unsigned right = 0, all = 0;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        isn_str sentence, wanted = line;
        assert_true(isn_str_next(&sentence, &wanted, '\t'));
        all++;
        right += is_right(*state, sentence, wanted);
    }
    isn_file_close(&file);
    printf("%u of %u sentences\n", right, all);
    assert_true(all >= 148);
    assert_true(right >= FLOOR);
}

/* Office beside name, name beside office, and what link reads off the role. */
static void test_beside(void **state)
{
    bench *b = *state;
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "beside.txt", (size_t)1 << 20, NULL), ISNAD_OK);
    isn_str line, rest = file.bytes;
    unsigned lines = 0;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        isn_mentions found;
        isn_arena_reset(&b->arena);
        assert_true(find(b, &found, line));
        unsigned pairs = 0;
        for (size_t i = 0; i < found.n; i++) {
            const isn_mention *m = &found.items[i];
            if (m->type != ISN_PERSON || m->form != ISN_FORM_ROLE || m->beside == ISN_NONE)
                continue;
            pairs++;
            assert_int_equal(found.items[m->beside].form, ISN_FORM_NAME);
            assert_true(m->office != ISN_NO_ROW);
            assert_true(m->country[0] != 0 || m->organ_row != ISN_NO_ROW ||
                        m->portfolio != ISN_NO_ROW);
        }
        if (pairs != 1)
            printf("%.*s: %u pairs\n", (int)line.n, line.p, pairs);
        assert_int_equal(pairs, 1);
        lines++;
    }
    isn_file_close(&file);
    assert_true(lines >= 5);
}

/* All sentences as one text, cut off at every size of arena: never a crash, always consistent. */
static void test_small_arenas(void **state)
{
    bench *b = *state;
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "mentions.tsv", (size_t)1 << 24, NULL), ISNAD_OK);
    isn_str raw = isn_str_part(file.bytes, 0, 6000);
    while (raw.n && ((unsigned char)raw.p[raw.n - 1] & 0x80))
        raw.n--; /* not in the middle of a letter */
    for (size_t room = 1000; room < 3000000; room += room / 3) {
        isn_arena arena = b->arena;
        isn_arena_init(&b->arena, room);
        isn_mentions found;
        bool fits = find(b, &found, raw);
        if (!fits)
            assert_true(b->arena.full);
        if (b->text.n_tokens && found.at)
            check_consistent(&found, &b->text);
        isn_arena_release(&b->arena);
        b->arena = arena;
        isn_words_trim(b->words);
    }
    isn_file_close(&file);
}

/* Bytes of the cases in another order: whatever stands there, nothing breaks. */
static void test_shuffled(void **state)
{
    bench *b = *state;
    isn_file file = {0};
    assert_int_equal(isn_file_open(&file, CASES "mentions.tsv", (size_t)1 << 24, NULL), ISNAD_OK);
    uint32_t seed = 20261121;
    for (int round = 0; round < 50; round++) {
        isn_buf mixed;
        isn_buf_init(&mixed, 1 << 20);
        for (int words = 0; words < 200; words++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = seed % (file.bytes.n - 100);
            while (file.bytes.p[at] != ' ' && at < file.bytes.n - 90)
                at++;
            size_t end = at + 1;
            while (end < file.bytes.n && file.bytes.p[end] != ' ' && file.bytes.p[end] != '\t' &&
                   file.bytes.p[end] != '\n')
                end++;
            isn_buf_str(&mixed, isn_str_part(file.bytes, at, end));
        }
        isn_mentions found;
        isn_arena_reset(&b->arena);
        assert_true(find(b, &found, bytes_of(&mixed)));
        check_consistent(&found, &b->text);
        isn_buf_release(&mixed);
    }
    isn_file_close(&file);
}

int main(int argc, char **argv)
{
    show = argc > 1 && strcmp(argv[1], "--show") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_beside),
        cmocka_unit_test(test_small_arenas),
        cmocka_unit_test(test_shuffled),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
