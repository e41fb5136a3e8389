/* fuzz_compare.c - any bytes as a record, compared with itself: every telling is in one fact. */
#include <stddef.h>
#include <stdint.h>

#include "require.h"
#include "story/compare.h"

#define CEILING ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    isn_arena arena;
    isn_arena_init(&arena, CEILING);
    isn_record record;
    if (isn_record_read(&record, &arena, isn_str_of((const char *)data, size), NULL) == ISNAD_OK) {
        const isn_record *both[] = {&record, &record};
        isn_comparison c;
        if (isn_compare(&c, &arena, both, NULL, 2, NULL, NULL) == ISNAD_OK) {
            size_t told = 0;
            isn_buf out;
            isn_buf_init(&out, CEILING);
            for (size_t i = 0; i < c.n_facts; i++)
                told += c.facts[i].n;
            require(told == c.tellings.n);
            isn_compare_write(&out, &c, ISN_STR("1"));
            isn_buf_release(&out);
        }
    }
    isn_arena_release(&arena);
    return 0;
}
