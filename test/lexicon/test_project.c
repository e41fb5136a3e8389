/* The project's own tables have no faults. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "isnad.h"

static void tell(void *user, const isnad_error *fault)
{
    (void)user;
    print_error("%s:%d: %s\n", fault->file, (int)fault->line, fault->message);
}

static void project(void **state)
{
    (void)state;
    size_t faults = 1;
    isnad_error err;
    assert_int_equal(isnad_lexicon_check(ISNAD_TEST_SOURCE "/lexicon", NULL, tell, NULL, &faults, &err), ISNAD_OK);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(project)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
