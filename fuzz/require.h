/* require.h - what must hold in a fuzz target: says which line saw that it doesn't, and ends the run. */
#ifndef ISN_FUZZ_REQUIRE_H
#define ISN_FUZZ_REQUIRE_H

#include <stdio.h>
#include <stdlib.h>

#define require(holds)                                                                             \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: doesn't hold: %s\n", __FILE__, __LINE__, #holds);              \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
