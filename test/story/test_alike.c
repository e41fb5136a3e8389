/* How alike two articles are: symmetric, highest with itself, higher within a story, by what tells articles apart in their collection. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/normal.h"
#include "story/alike.h"
#include "story/examples.h"
#include "story/stem.h"
#include "story/stories.h"

/* A text of alike.tsv, in the arena. */
static isn_str text_of(examples *e, const char *name)
{
    isn_file file;
    isn_str rest, line, out = {0};
    assert_int_equal(isn_file_open(&file, ISNAD_TEST_SOURCE "/test/story/alike.tsv", 1 << 20, NULL), ISNAD_OK);
    for (rest = file.bytes; isn_str_next(&line, &rest, '\n');) {
        isn_str cell;
        if (isn_str_next(&cell, &line, '\t') && isn_str_equal(cell, isn_str_cstr(name)))
            out = isn_arena_copy(&e->arena, line);
    }
    isn_file_close(&file);
    assert_true(out.n > 0);
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] == '|')
            ((char *)out.p)[i] = '\n';
    return out;
}

static isn_alike alike_in(examples *e, const isn_record *a, const isn_record *b, const isn_usage *usage)
{
    isn_alike out;
    assert_true(isn_alike_of(&out, &e->arena, a, b, e->engine->lexicon, usage));
    return out;
}

static void test_symmetric_and_bounded(void **state)
{
    examples *e = *state;
    for (size_t i = 0; i < e->n; i++)
        for (size_t k = 0; k <= i; k++) {
            isn_alike x = alike_in(e, &e->records[i], &e->records[k], NULL), y = alike_in(e, &e->records[k], &e->records[i], NULL);
            assert_true(x.known && y.known);
            assert_true(x.topic - y.topic < 1e-6f && y.topic - x.topic < 1e-6f);
            assert_true(x.told - y.told < 1e-6f && y.told - x.told < 1e-6f);
            assert_true(x.degree >= 0 && x.degree <= 1);
            isn_alike self = alike_in(e, &e->records[i], &e->records[i], NULL);
            assert_true(self.degree > 0.95f && self.topic > 0.999f && x.topic <= self.topic);
        }
}

/* Pairs of one story are more alike than all but few of the others. */
static void test_stories_are_alike(void **state)
{
    examples *e = *state;
    isn_stories *stories;
    assert_int_equal(isn_stories_new(&stories, NULL), ISNAD_OK);
    for (size_t i = 0; i < e->n; i++)
        assert_int_equal(isn_stories_add(stories, &e->digests[i], NULL), ISNAD_OK);
    assert_int_equal(isn_stories_make(stories, 1, NULL), ISNAD_OK);
    double within = 0, across = 0;
    size_t n_within = 0, n_across = 0;
    for (uint32_t i = 0; i < e->n; i++)
        for (uint32_t k = 0; k < i; k++) {
            double degree = (double)alike_in(e, &e->records[i], &e->records[k], NULL).degree;
            bool one = isn_stories_of(stories, i) == isn_stories_of(stories, k);
            within += one ? degree : 0;
            across += one ? 0 : degree;
            n_within += one;
            n_across += !one;
        }
    isn_stories_free(stories);
    assert_true(n_within >= 2 && n_across >= 2);
    assert_true(within / (double)n_within > across / (double)n_across + 0.25);
}

static isn_record record_of(isn_str text, const isn_record_block *blocks, size_t n)
{
    return (isn_record){.text = text, .blocks = blocks, .n_blocks = n};
}

/* A site's page about itself is no article: nothing is known of how alike it is to others. */
static void test_masthead(void **state)
{
    examples *e = *state;
    isn_str text = text_of(e, "page");
    size_t end = isn_str_find(text, ISN_STR("\n"));
    const isn_record_block blocks[] = {{.span = {0, (uint32_t)end}, .kind = ISN_BLOCK_BOILERPLATE},
                                       {.span = {(uint32_t)end + 1, (uint32_t)text.n}, .kind = ISN_BLOCK_BODY}};
    isn_record page = record_of(text, blocks, 2), same = page;
    isn_alike out = alike_in(e, &page, &e->records[0], NULL);
    assert_false(out.known);
    assert_true(out.degree > 0.4f && out.degree < 0.5f);
    same.blocks = blocks + 1;
    same.n_blocks = 1;
    assert_true(alike_in(e, &same, &e->records[0], NULL).known);
    isn_record nothing = record_of(ISN_STR(""), NULL, 0);
    assert_false(alike_in(e, &nothing, &nothing, NULL).known);
}

static uint32_t stem_hash(examples *e, const char *word)
{
    uint8_t letters[64];
    isn_tagger tagger;
    isn_stem stem;
    isn_tagger_open(&tagger, e->engine->lexicon);
    size_t n = isn_normal_letters(letters, sizeof letters, text_of(e, word));
    isn_stem_make(&stem, &tagger, letters, n);
    return isn_stem_hash(&stem);
}

/* A word of which the whole collection is full makes no two of its articles alike. */
static void test_usage(void **state)
{
    examples *e = *state;
    isn_record a = record_of(text_of(e, "school"), NULL, 0);
    isn_record b = record_of(text_of(e, "convoy"), NULL, 0);
    float before = alike_in(e, &a, &b, NULL).told;
    isn_weighed quake = {.hash = isn_digest_word(stem_hash(e, "quake")), .weight = 64, .kind = ISN_FEATURE_WORD};
    isn_usage usage;
    assert_true(isn_usage_begin(&usage, 60));
    for (size_t i = 0; i < 60; i++)
        isn_usage_add(&usage, &quake, 1);
    assert_int_equal(usage.articles, 60);
    float after = alike_in(e, &a, &b, &usage).told;
    assert_true(before > 0.05f && after < before / 3);
    isn_usage_release(&usage);
    /* A handful of articles says nothing. */
    assert_true(isn_usage_begin(&usage, 20));
    for (size_t i = 0; i < 20; i++)
        isn_usage_add(&usage, &quake, 1);
    float few = alike_in(e, &a, &b, &usage).told;
    assert_true(few - before < 1e-6f && before - few < 1e-6f);
    isn_usage_release(&usage);
}

/* Counting stops where there is no more room. */
static void test_usage_ends(void **state)
{
    isn_weighed word = {.hash = 7, .kind = ISN_FEATURE_WORD};
    isn_usage usage;
    (void)state;
    assert_true(isn_usage_begin(&usage, 1));
    size_t most = usage.room / ISN_DIGEST_FEATURES;
    for (size_t i = 0; i < most + 100; i++)
        isn_usage_add(&usage, &word, 1);
    assert_int_equal(usage.articles, most);
    isn_usage_release(&usage);
}

static double near(const isn_topics *topics, uint32_t a, uint32_t b)
{
    const int8_t *x = isn_topics_of(topics, a), *y = isn_topics_of(topics, b);
    double dot = 0;
    assert_non_null(x);
    assert_non_null(y);
    for (size_t i = 0; i < ISN_TOPIC_PARTS; i++)
        dot += x[i] * y[i];
    return dot;
}

/* Words of one field lie together. */
static void test_topics(void **state)
{
    examples *e = *state;
    isn_topics topics;
    isn_topics_open(&topics, e->engine->lexicon);
    assert_true(topics.n > 10000);
    uint32_t oil = stem_hash(e, "oil"), barrel = stem_hash(e, "barrel");
    uint32_t match = stem_hash(e, "match"), players = stem_hash(e, "players");
    assert_true(near(&topics, oil, barrel) > 2 * near(&topics, oil, match));
    assert_true(near(&topics, match, players) > 2 * near(&topics, barrel, players));
    assert_null(isn_topics_of(&topics, stem_hash(e, "nonsense")));
    isn_topics_open(&topics, NULL);
    assert_int_equal(topics.n, 0);
    assert_null(isn_topics_of(&topics, oil));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_symmetric_and_bounded), cmocka_unit_test(test_stories_are_alike), cmocka_unit_test(test_masthead),
        cmocka_unit_test(test_usage), cmocka_unit_test(test_usage_ends), cmocka_unit_test(test_topics),
    };
    return cmocka_run_group_tests(tests, examples_set_up, examples_tear_down);
}
