/* Stories that are made in parts, by slices of time and connected parts, are those that are made at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "story/near.h"
#include "story/stories.h"

#define ARTICLES 3000u
#define UNDATED 120u /* of them */
#define STORIES 300u
#define DAYS 45u
#define SLICE 7      /* days */

typedef struct sample {
    isn_digest digests[ARTICLES];
    isn_feature features[ARTICLES][80];
    char ids[ARTICLES][16];
    char outlets[12][8];
} sample;

static uint32_t seed;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(seed >> 8) * below >> 24);
}

static int by_hash(const void *a, const void *b)
{
    const isn_feature *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* An article of a story: words of the story, words of all, its day near the story's. */
static void make_article(sample *s, size_t i)
{
    isn_digest *d = &s->digests[i];
    uint32_t story = chance(STORIES);
    size_t n = 0;
    for (; n < 60; n++) {
        uint32_t word = chance(100) < 75 ? story * 60 + chance(60) : 1000000 + chance(20000);
        s->features[i][n] = (isn_feature){.hash = (word + 1) * 2654435761u, .kind = ISN_FEATURE_WORD, .times = 1,
                                          .where = (uint8_t)chance(3), .rare = (uint8_t)(6 + chance(10))};
    }
    if (chance(4) == 0) /* a word that very many have */
        s->features[i][n++] = (isn_feature){.hash = 77, .kind = ISN_FEATURE_WORD, .times = 4, .where = 2, .rare = 15};
    qsort(s->features[i], n, sizeof *s->features[i], by_hash);
    size_t kept = 0;
    for (size_t k = 0; k < n; k++)
        if (kept == 0 || s->features[i][kept - 1].hash != s->features[i][k].hash)
            s->features[i][kept++] = s->features[i][k];
    snprintf(s->ids[i], sizeof s->ids[i], "a%05zu", (i * 7919) % ARTICLES);
    *d = (isn_digest){.id = isn_str_cstr(s->ids[i]), .outlet = isn_str_cstr(s->outlets[chance(12)]), .words = 200,
                      .features = s->features[i], .n_features = kept};
    d->minutes = i < UNDATED ? ISN_DIGEST_NO_TIME
                             : (int32_t)(26000000 + (story * 7 % DAYS) * 1440 + chance(2880) + chance(3) * 4 * 1440);
    for (size_t k = 0; k < ISN_DIGEST_BINS; k++)
        d->sketch[k] = (uint16_t)(chance(3) ? story * 64 + k : chance(60000));
}

static int set_up(void **state)
{
    sample *s = calloc(1, sizeof *s);
    *state = s;
    seed = 42;
    for (size_t i = 0; s && i < 12; i++)
        snprintf(s->outlets[i], sizeof s->outlets[i], "o%zu", i);
    for (size_t i = 0; s && i < ARTICLES; i++)
        make_article(s, i);
    return s ? 0 : -1;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static isn_stories *empty(void)
{
    isn_stories *stories;
    assert_int_equal(isn_stories_new(&stories, NULL), ISNAD_OK);
    return stories;
}

/* The pairs of the articles of days [from, to), found among them, the ten days before, and those of unknown time; of unknown time alone where to is 0. */
static void pairs_of_slice(isnad_pair *out, size_t *n_out, const sample *s, int from, int to)
{
    isn_stories *stories = empty();
    static uint32_t number[ARTICLES];
    size_t n = 0, first = 0, found;
    isnad_pair *pairs;
    for (unsigned pass = 0; pass < 2; pass++) { /* first those that are looked back on, then those that look */
        first = pass ? n : 0;
        for (size_t i = 0; i < ARTICLES; i++) {
            int64_t minutes = s->digests[i].minutes, begin = 26000000 + (int64_t)from * 1440, end = 26000000 + (int64_t)to * 1440;
            bool unknown = minutes == ISN_DIGEST_NO_TIME;
            bool looks = to ? !unknown && minutes >= begin && minutes < end : unknown;
            bool there = to && !looks && (unknown || (minutes < begin && minutes >= begin - ISNAD_PAIRS_MINUTES));
            if (pass ? looks : there) {
                assert_int_equal(isn_stories_add(stories, &s->digests[i], NULL), ISNAD_OK);
                number[n++] = (uint32_t)i;
            }
        }
    }
    assert_int_equal(isn_stories_pairs(&pairs, &found, stories, first, 2, NULL), ISNAD_OK);
    for (size_t i = 0; i < found; i++)
        out[(*n_out)++] = (isnad_pair){number[pairs[i].a], number[pairs[i].b], pairs[i].odds, pairs[i].topic};
    free(pairs);
    isn_stories_free(stories);
}

static size_t all_pairs(isnad_pair *out, const sample *s)
{
    size_t n = 0;
    pairs_of_slice(out, &n, s, 0, 0);
    for (int day = 0; day < 80; day += SLICE)
        pairs_of_slice(out, &n, s, day, day + SLICE);
    return n;
}

static isn_stories *whole(const sample *s)
{
    isn_stories *stories = empty();
    for (size_t i = 0; i < ARTICLES; i++)
        assert_int_equal(isn_stories_add(stories, &s->digests[i], NULL), ISNAD_OK);
    return stories;
}

static void assert_same_join(const isn_join *x, const isn_join *y)
{
    assert_int_equal(x->a, y->a);
    assert_int_equal(x->b, y->b);
    assert_true(x->odds == y->odds);
}

/* The pairs of slices, put together, make the same stories with the same reasons and follow-ups. */
static void test_slices(void **state)
{
    const sample *s = *state;
    isnad_pair *pairs = malloc(sizeof *pairs * ARTICLES * ISN_NEAR_COMPARED);
    size_t n = all_pairs(pairs, s), follows = 0, large = 0;
    isn_stories *once = whole(s), *parts = whole(s);
    assert_int_equal(isn_stories_make(once, 1, NULL), ISNAD_OK);
    for (size_t i = 0; i < n / 2; i++) { /* in another order, and some of them twice */
        isnad_pair swap = pairs[i];
        pairs[i] = pairs[n - 1 - i];
        pairs[n - 1 - i] = swap;
    }
    memcpy(pairs + n, pairs, 100 * sizeof *pairs);
    assert_int_equal(isn_stories_make_from(parts, pairs, n + 100, NULL), ISNAD_OK);
    assert_int_equal(isn_stories_count(once), isn_stories_count(parts));
    for (size_t i = 0; i < isn_stories_count(once); i++) {
        const isn_story *x = isn_stories_at(once, i), *y = isn_stories_at(parts, i);
        assert_int_equal(x->n, y->n);
        assert_memory_equal(x->articles, y->articles, x->n * sizeof *x->articles);
        assert_memory_equal(x->origins, y->origins, x->n * sizeof *x->origins);
        for (size_t k = 0; k + 1 < x->n; k++)
            assert_same_join(&x->joins[k], &y->joins[k]);
        assert_int_equal(x->follows, y->follows);
        follows += x->follows != ISN_NOTHING;
        large += x->n > 3;
        if (x->follows != ISN_NOTHING)
            assert_same_join(&x->link, &y->link);
    }
    assert_true(follows > 10 && large > 20); /* else this shows nothing */
    isn_stories_free(once);
    isn_stories_free(parts);
    free(pairs);
}

static uint32_t part_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* Each connected part by itself gives the stories that it has in the whole. */
static void test_connected_parts(void **state)
{
    const sample *s = *state;
    isnad_pair *pairs = malloc(sizeof *pairs * ARTICLES * ISN_NEAR_COMPARED), *own = malloc(sizeof *own * ARTICLES * ISN_NEAR_COMPARED);
    size_t n = all_pairs(pairs, s), n_parts = 0;
    isn_stories *once = whole(s);
    static uint32_t parent[ARTICLES], local[ARTICLES], number[ARTICLES];
    assert_int_equal(isn_stories_make(once, 1, NULL), ISNAD_OK);
    for (uint32_t i = 0; i < ARTICLES; i++)
        parent[i] = i;
    for (size_t i = 0; i < n; i++)
        if (pairs[i].odds >= ISNAD_PAIRS_JOIN)
            parent[part_of(parent, pairs[i].a)] = part_of(parent, pairs[i].b);
    for (uint32_t root = 0; root < ARTICLES; root++) {
        isn_stories *part = empty();
        size_t members = 0, n_own = 0;
        for (uint32_t i = 0; i < ARTICLES; i++)
            if (part_of(parent, i) == root) {
                assert_int_equal(isn_stories_add(part, &s->digests[i], NULL), ISNAD_OK);
                local[i] = (uint32_t)members;
                number[members++] = i;
            }
        for (size_t i = 0; i < n && members; i++)
            if (part_of(parent, pairs[i].a) == root && part_of(parent, pairs[i].b) == root)
                own[n_own++] = (isnad_pair){local[pairs[i].a], local[pairs[i].b], pairs[i].odds, pairs[i].topic};
        assert_int_equal(isn_stories_make_from(part, own, n_own, NULL), ISNAD_OK);
        for (size_t i = 0; i < isn_stories_count(part); i++) {
            const isn_story *y = isn_stories_at(part, i), *x = isn_stories_at(once, isn_stories_of(once, number[y->articles[0]]));
            assert_int_equal(x->n, y->n);
            assert_int_equal(x->n_origins, y->n_origins);
            for (size_t k = 0; k < x->n; k++) {
                assert_int_equal(x->articles[k], number[y->articles[k]]);
                assert_int_equal(x->origins[k], number[y->origins[k]]);
            }
        }
        n_parts += members > 1;
        isn_stories_free(part);
    }
    assert_true(n_parts > 10);
    isn_stories_free(once);
    free(pairs);
    free(own);
}

static void test_refused(void **state)
{
    const sample *s = *state;
    isnad_error err = {0};
    isnad_pair pair = {0, ARTICLES, 1, 1}, back = {0, 0, 1, 1};
    isn_stories *a = whole(s), *b = whole(s);
    assert_int_equal(isn_stories_make_from(a, &pair, 1, &err), ISNAD_E_ARGUMENT);
    assert_int_equal(isn_stories_count(a), 0);
    assert_int_equal(isn_stories_make_from(b, &back, 1, &err), ISNAD_E_ARGUMENT);
    assert_int_equal(isn_stories_make_from(b, &back, 0, &err), ISNAD_E_ARGUMENT); /* made already */
    isn_stories_free(a);
    isn_stories_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_slices), cmocka_unit_test(test_connected_parts), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
