/* A digest keeps what tells events apart, and comes back from its bytes as it went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "story/examples.h"

#define CEILING ((size_t)1 << 20)

static isn_buf bytes_of(const isn_digest *digest)
{
    isn_buf out;
    isn_buf_init(&out, CEILING);
    isn_digest_write(&out, digest);
    assert_false(out.failed);
    return out;
}

static void test_round(void **state)
{
    examples *e = *state;
    for (size_t i = 0; i < e->n; i++) {
        isn_digest again;
        isn_buf first = bytes_of(&e->digests[i]);
        assert_true(first.n <= ISN_DIGEST_MOST);
        assert_int_equal(isn_digest_read(&again, &e->arena, isn_str_of(first.p, first.n), NULL), ISNAD_OK);
        isn_buf second = bytes_of(&again);
        assert_int_equal(first.n, second.n);
        assert_memory_equal(first.p, second.p, first.n);
        assert_true(isn_str_equal(again.id, e->digests[i].id));
        assert_int_equal(again.minutes, e->digests[i].minutes);
        isn_buf_release(&first);
        isn_buf_release(&second);
    }
}

/* Cut off anywhere, or with a byte too many, it is refused. */
static void test_cut(void **state)
{
    examples *e = *state;
    isn_buf whole = bytes_of(&e->digests[0]);
    isn_buf_char(&whole, 0);
    for (size_t n = 0; n <= whole.n; n++) {
        isn_digest again;
        isnad_status status = isn_digest_read(&again, &e->arena, isn_str_of(whole.p, n), NULL);
        assert_int_equal(status, n == whole.n - 1 ? ISNAD_OK : ISNAD_E_FORMAT);
    }
    isn_buf_release(&whole);
}

static bool has_kind(const isn_digest *d, isn_feature_kind kind, isn_feature_where where)
{
    for (size_t i = 0; i < d->n_features; i++)
        if (d->features[i].kind == kind && d->features[i].where == where)
            return true;
    return false;
}

static void test_content(void **state)
{
    examples *e = *state;
    const isn_digest *d = &e->digests[0]; /* attack-1: seven soldiers killed in Shabwa */
    assert_true(d->words > 50);
    assert_true(has_kind(d, ISN_FEATURE_WORD, ISN_FEATURE_TITLE));
    assert_true(has_kind(d, ISN_FEATURE_PLACE, ISN_FEATURE_TITLE));
    assert_true(has_kind(d, ISN_FEATURE_ACT, ISN_FEATURE_TITLE));
    assert_true(has_kind(d, ISN_FEATURE_ACTOR, ISN_FEATURE_LEAD) || has_kind(d, ISN_FEATURE_ACTOR, ISN_FEATURE_BODY));
    for (size_t i = 0; i < d->n_features; i++)
        assert_true(d->features[i].name.n > 0);
    assert_true(isn_digest_copied(d, d) == 1);
    assert_true(isn_digest_copied(d, &e->digests[e->n - 1]) < 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_content),
    };
    return cmocka_run_group_tests(tests, examples_set_up, examples_tear_down);
}
