/* Articles of one event join one story in whatever order they come, and a person's word goes before the program's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "story/examples.h"
#include "story/stories.h"

typedef struct decision {
    isn_decision_kind kind;
    size_t a, b;
} decision;

/* The stories of the examples, added from `from` on in steps of `step` (all are reached). */
static isn_stories *make(const examples *e, size_t from, size_t step, unsigned jobs, const decision *d, size_t n_d)
{
    isn_stories *stories;
    assert_int_equal(isn_stories_new(&stories, NULL), ISNAD_OK);
    for (size_t i = 0; i < e->n; i++)
        assert_int_equal(isn_stories_add(stories, &e->digests[(from + i * step) % e->n], NULL), ISNAD_OK);
    for (size_t i = 0; i < n_d; i++)
        assert_int_equal(isn_stories_decide(stories, d[i].kind, e->digests[d[i].a].id,
                                            d[i].kind == ISN_DECIDE_ALONE ? (isn_str){0} : e->digests[d[i].b].id, NULL),
                         ISNAD_OK);
    assert_int_equal(isn_stories_make(stories, jobs, NULL), ISNAD_OK);
    return stories;
}

/* Everything that was found, as text. */
static isn_buf told(const isn_stories *stories)
{
    isn_buf out;
    isn_buf_init(&out, (size_t)1 << 20);
    for (size_t i = 0; i < isn_stories_count(stories); i++) {
        const isn_story *s = isn_stories_at(stories, i);
        isn_buf_format(&out, "story %zu origins %zu follows %u:", i, s->n_origins, s->follows);
        for (size_t k = 0; k < s->n; k++) {
            isn_buf_char(&out, ' ');
            isn_buf_str(&out, isn_stories_article(stories, s->articles[k]).id);
            assert_int_equal(isn_stories_of(stories, s->articles[k]), i);
            isn_buf_char(&out, '=');
            isn_buf_str(&out, isn_stories_article(stories, s->origins[k]).id);
        }
        for (size_t k = 0; k + 1 < s->n; k++) {
            isn_buf_format(&out, " (%.4f ", (double)s->joins[k].odds);
            isn_buf_str(&out, isn_stories_article(stories, s->joins[k].a).id);
            isn_buf_str(&out, isn_stories_article(stories, s->joins[k].b).id);
        }
        isn_buf_char(&out, '\n');
    }
    return out;
}

/* The story of example i in a collection that was filled in order. */
static uint32_t of(const isn_stories *stories, size_t i)
{
    return isn_stories_of(stories, (uint32_t)i);
}

/* Where the article with that part in its address stands. */
static size_t named(const examples *e, const char *part)
{
    for (size_t i = 0; i < e->n; i++)
        if (isn_str_find(e->records[i].uri, isn_str_cstr(part)) != SIZE_MAX)
            return i;
    fail_msg("no example %s", part);
    return 0;
}

static void test_together(void **state)
{
    examples *e = *state;
    isn_stories *s = make(e, 0, 1, 1, NULL, 0);
    assert_int_equal(of(s, named(e, "attack-1")), of(s, named(e, "attack-2")));
    assert_int_equal(of(s, named(e, "bridge-1")), of(s, named(e, "bridge-3")));
    assert_int_equal(of(s, named(e, "strike-1")), of(s, named(e, "strike-2")));
    assert_int_not_equal(of(s, named(e, "attack-1")), of(s, named(e, "bridge-1")));
    assert_int_not_equal(of(s, named(e, "attack-1")), of(s, named(e, "strike-1")));
    isn_stories_free(s);
}

static void test_order(void **state)
{
    examples *e = *state;
    isn_stories *s = make(e, 0, 1, 1, NULL, 0);
    isn_buf first = told(s);
    isn_stories_free(s);
    for (size_t from = 0; from < e->n; from++) {
        size_t step = from % 2 ? 1 : e->n - 1; /* forwards and backwards */
        s = make(e, from, step, 1 + from % 3, NULL, 0);
        isn_buf again = told(s);
        assert_int_equal(first.n, again.n);
        assert_memory_equal(first.p, again.p, first.n);
        isn_buf_release(&again);
        isn_stories_free(s);
    }
    isn_buf_release(&first);
}

static void test_decisions(void **state)
{
    examples *e = *state;
    size_t a = named(e, "attack-1"), b = named(e, "attack-2"), bridge = named(e, "bridge-1");
    isn_stories *s = make(e, 0, 1, 1, (decision[]){{ISN_DECIDE_PART, a, b}}, 1);
    assert_int_not_equal(of(s, a), of(s, b));
    isn_stories_free(s);
    s = make(e, 0, 1, 1, (decision[]){{ISN_DECIDE_JOIN, a, bridge}}, 1);
    assert_int_equal(of(s, a), of(s, bridge));
    bool by_hand = false;
    const isn_story *story = isn_stories_at(s, of(s, a));
    for (size_t i = 0; i + 1 < story->n; i++)
        by_hand = by_hand || story->joins[i].by_hand;
    assert_true(by_hand);
    isn_stories_free(s);
    s = make(e, 0, 1, 1, (decision[]){{ISN_DECIDE_ALONE, bridge}, {ISN_DECIDE_JOIN, a, bridge}}, 2);
    assert_int_equal(of(s, a), of(s, bridge));
    assert_int_equal(isn_stories_at(s, of(s, a))->n, 2);
    isn_stories_free(s);
    s = make(e, 0, 1, 1, (decision[]){{ISN_DECIDE_ALONE, a}}, 1);
    assert_int_equal(isn_stories_at(s, of(s, a))->n, 1);
    isn_stories_free(s);
}

/* The same text under another outlet's name is a copy: one origin. */
static void test_copies(void **state)
{
    examples *e = *state;
    isn_stories *s;
    size_t a = named(e, "attack-1");
    isn_digest copy = e->digests[a];
    copy.id = ISN_STR("copy");
    copy.outlet = ISN_STR("another");
    assert_int_equal(isn_stories_new(&s, NULL), ISNAD_OK);
    assert_int_equal(isn_stories_add(s, &e->digests[a], NULL), ISNAD_OK);
    assert_int_equal(isn_stories_add(s, &copy, NULL), ISNAD_OK);
    assert_int_equal(isn_stories_add(s, &e->digests[named(e, "attack-3")], NULL), ISNAD_OK);
    assert_int_equal(isn_stories_make(s, 1, NULL), ISNAD_OK);
    assert_int_equal(isn_stories_count(s), 1);
    assert_int_equal(isn_stories_at(s, 0)->n, 3);
    assert_int_equal(isn_stories_at(s, 0)->n_origins, 2);
    isn_stories_free(s);
}

static void test_empty(void **state)
{
    (void)state;
    isn_stories *s;
    assert_int_equal(isn_stories_new(&s, NULL), ISNAD_OK);
    assert_int_equal(isn_stories_make(s, 4, NULL), ISNAD_OK);
    assert_int_equal(isn_stories_count(s), 0);
    isn_stories_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_together), cmocka_unit_test(test_order), cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_copies),   cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, examples_set_up, examples_tear_down);
}
