/*
 * Tests of the sequence model: its arithmetic against counting out all sequences, the names of
 * sequence.tsv that no list and no rule knows, what must hold of its probabilities.
 */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "name/seq.h"

enum { N = 3 };

static float draw(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)(*seed >> 8) / (float)(1 << 24) * 6 - 3;
}

static void exponential_agrees(void **state)
{
    (void)state;
    for (float x = -60; x < 60; x += 0.37f)
        assert_true(fabsf(isn_seq_exp(x) / expf(x) - 1) < 1e-5f);
    assert_true(isn_seq_exp(-200) == 0);
    assert_true(isn_seq_exp(200) < 1e36f);
}

static void tags_follow(void **state)
{
    (void)state;
    int first = ISN_SEQ_TAG(ISN_SEQ_PLACE, ISN_SEQ_FIRST), middle = ISN_SEQ_TAG(ISN_SEQ_PLACE, ISN_SEQ_MIDDLE);
    int last = ISN_SEQ_TAG(ISN_SEQ_PLACE, ISN_SEQ_LAST), other = ISN_SEQ_TAG(ISN_SEQ_BODY, ISN_SEQ_LAST);
    assert_true(isn_seq_may_follow(ISN_SEQ_OUT, first) && isn_seq_may_follow(first, ISN_SEQ_OUT));
    assert_true(isn_seq_may_follow(first, last) && isn_seq_may_follow(first, middle) && isn_seq_may_follow(middle, last));
    assert_true(isn_seq_may_follow(last, first) && isn_seq_may_follow(first, first));
    assert_false(isn_seq_may_follow(ISN_SEQ_OUT, last) || isn_seq_may_follow(ISN_SEQ_TAGS, middle));
    assert_false(isn_seq_may_follow(first, other) || isn_seq_may_follow(last, middle));
    assert_false(isn_seq_may_follow(middle, ISN_SEQ_OUT) || isn_seq_may_follow(middle, first));
}

/* Log odds of a sequence of N tags; -INFINITY where it can't be. */
static float worth(const float scores[N][ISN_SEQ_CELLS], const float follow[][ISN_SEQ_CELLS], const int tags[N])
{
    float sum = 0;
    for (int t = 0; t < N; t++) {
        int before = t ? tags[t - 1] : ISN_SEQ_TAGS;
        if (!isn_seq_may_follow(before, tags[t]))
            return -INFINITY;
        sum += scores[t][tags[t]] + follow[before][tags[t]];
    }
    return isn_seq_may_follow(tags[N - 1], ISN_SEQ_OUT) ? sum : -INFINITY;
}

static void chain_agrees(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 20; round++) {
        float scores[N][ISN_SEQ_CELLS] = {{0}}, kept[N][ISN_SEQ_CELLS], follow[ISN_SEQ_TAGS + 1][ISN_SEQ_CELLS] = {{0}};
        float room[2 * N][ISN_SEQ_CELLS], right[N][ISN_SEQ_TAGS] = {{0}}, all = 0, most = -INFINITY;
        uint8_t best[N], back[N][ISN_SEQ_CELLS];
        int winner[N] = {0};
        for (int t = 0; t < N; t++) {
            for (int j = 0; j < ISN_SEQ_TAGS; j++)
                scores[t][j] = draw(&seed);
        }
        for (int i = 0; i <= ISN_SEQ_TAGS; i++) {
            for (int j = 0; j < ISN_SEQ_TAGS; j++)
                follow[i][j] = draw(&seed);
        }
        memcpy(kept, scores, sizeof kept);
        for (int k = 0; k < ISN_SEQ_TAGS * ISN_SEQ_TAGS * ISN_SEQ_TAGS; k++) {
            int tags[N] = {k % ISN_SEQ_TAGS, k / ISN_SEQ_TAGS % ISN_SEQ_TAGS, k / ISN_SEQ_TAGS / ISN_SEQ_TAGS};
            float w = worth((const float (*)[ISN_SEQ_CELLS])kept, (const float (*)[ISN_SEQ_CELLS])follow, tags);
            if (w > most) {
                most = w;
                memcpy(winner, tags, sizeof winner);
            }
            all += expf(w);
            for (int t = 0; t < N; t++)
                right[t][tags[t]] += expf(w);
        }
        float whole = isn_seq_marginals(scores, N, (const float (*)[ISN_SEQ_CELLS])follow, room);
        assert_true(fabsf(whole - logf(all)) < 1e-3f);
        for (int t = 0; t < N; t++) {
            for (int j = 0; j < ISN_SEQ_TAGS; j++)
                assert_true(fabsf(scores[t][j] - right[t][j] / all) < 1e-4f);
        }
        isn_seq_best(best, (const float (*)[ISN_SEQ_CELLS])kept, N, (const float (*)[ISN_SEQ_CELLS])follow, back);
        for (int t = 0; t < N; t++)
            assert_int_equal(best[t], winner[t]);
    }
}

typedef struct bench {
    isn_lexicon *lexicon;
    isn_namer *namer;
    isn_words *words;
    isn_arena arena;
    isn_text text;
    isn_block block;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    isnad_error err;
    if (!b || isn_lexicon_open(&b->lexicon, ISNAD_TEST_IMAGE, &err) || isn_namer_new(&b->namer, b->lexicon, &err) ||
        isn_words_new(&b->words, b->lexicon, &err))
        return -1;
    isn_arena_init(&b->arena, (size_t)1 << 26);
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

static void read_text(bench *b, isn_str raw)
{
    isn_arena_reset(&b->arena);
    b->block = (isn_block){.end = (uint32_t)raw.n, .kind = ISN_BLOCK_BODY};
    assert_true(isn_text_make(&b->text, &b->arena, b->lexicon, b->words, raw, &b->block, 1));
}

static void names_are_found(void **state)
{
    bench *b = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, ISNAD_TEST_SOURCE "/test/name/sequence.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    size_t cases = 0, held = 0, by_model = 0;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_str sentence, want;
        if (!line.n || line.p[0] == '#' || !isn_str_next(&sentence, &line, '\t'))
            continue;
        isn_mentions found;
        isn_buf got;
        want = line;
        read_text(b, sentence);
        assert_true(isn_mentions_find(&found, b->namer, &b->text));
        isn_buf_init(&got, 1 << 16);
        for (size_t i = 0; i < found.n; i++) {
            const isn_mention *m = &found.items[i];
            static const char *const types[] = {"person:", "organization:", "place:", "group:"};
            if (m->form != ISN_FORM_NAME)
                continue;
            by_model += strcmp(m->rule, "sequence") == 0;
            if (got.n)
                isn_buf_char(&got, '|');
            isn_buf_str(&got, isn_str_of(types[m->type], strlen(types[m->type])));
            isn_buf_str(&got, isn_str_part(sentence, m->begin, m->end));
        }
        cases++;
        if (isn_str_equal(isn_str_of(got.p, got.n), want))
            held++;
        else
            printf("%.*s\n  got %.*s\n", (int)sentence.n, sentence.p, (int)got.n, got.n ? got.p : "");
        isn_buf_release(&got);
    }
    isn_file_close(&file);
    printf("%zu of %zu sentences, %zu names by the model alone\n", held, cases, by_model);
    assert_true(cases >= 12);
    assert_int_equal(held, cases);
    assert_true(by_model >= 6);
}

/* Probabilities are probabilities, and a word's sums, once kept, say the same again. */
static void reading_is_sound(void **state)
{
    bench *b = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, ISNAD_TEST_SOURCE "/test/name/sequence.tsv", 1 << 20, NULL), ISNAD_OK);
    float *before = NULL;
    for (int turn = 0; turn < 2; turn++) {
        isn_finder f;
        isn_mentions rules = {0};
        read_text(b, file.bytes);
        assert_true(isn_finder_make(&f, b->namer, &b->text) && isn_rules_find(&f, &rules));
        float (*chances)[ISN_SEQ_CELLS] = isn_seq_read(&f, &rules);
        size_t n = b->text.n_tokens;
        assert_non_null(chances);
        for (size_t t = 0; t < n; t++) {
            float sum = 0;
            for (int j = 0; j < ISN_SEQ_TAGS; j++) {
                assert_true(chances[t][j] >= 0 && chances[t][j] <= 1.0001f);
                sum += chances[t][j];
            }
            assert_true(fabsf(sum - 1) < 1e-3f);
        }
        if (before)
            assert_memory_equal(before, chances, n * sizeof *chances);
        before = realloc(before, n * sizeof *chances);
        assert_non_null(before);
        memcpy(before, chances, n * sizeof *chances);
    }
    free(before);
    isn_file_close(&file);
}

/* A full arena at any place ends the search, nothing else. */
static void full_arenas(void **state)
{
    bench *b = *state;
    isn_str raw = ISN_STR("\xD9\x88\xD8\xA3\xD8\xB6\xD8\xA7\xD9\x81 \xD9\x83\xD9\x8A\xD8\xB1\xD9\x88\xD8\xAA\xD8\xB4\xD9\x8A");
    read_text(b, raw);
    size_t used = b->arena.used;
    for (size_t more = 0; more < 6000; more += 40) {
        isn_mentions found;
        read_text(b, raw);
        size_t ceiling = b->arena.ceiling;
        b->arena.ceiling = used + more;
        bool fits = isn_mentions_find(&found, b->namer, &b->text);
        assert_true(fits || b->arena.full);
        b->arena.ceiling = ceiling;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponential_agrees),
        cmocka_unit_test(tags_follow),
        cmocka_unit_test(chain_agrees),
        cmocka_unit_test_setup_teardown(names_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reading_is_sound, set_up, tear_down),
        cmocka_unit_test_setup_teardown(full_arenas, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("name.seq", tests, NULL, NULL);
}
