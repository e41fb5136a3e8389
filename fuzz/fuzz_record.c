/* fuzz_record.c - any bytes as a record: what is read is written so that it reads again to the same bytes. */
#include <stddef.h>
#include <stdint.h>

#include "record/record.h"
#include "require.h"

#define CEILING ((size_t)16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    isn_arena arena;
    isn_arena_init(&arena, CEILING);
    isn_record record;
    isn_buf first, second;
    isn_buf_init(&first, CEILING);
    isn_buf_init(&second, CEILING);
    if (isn_record_read(&record, &arena, isn_str_of((const char *)data, size), NULL) == ISNAD_OK) {
        isn_record_write(&first, &record);
        require(!first.failed);
        require(isn_record_read(&record, &arena, isn_str_of(first.p, first.n), NULL) == ISNAD_OK);
        isn_record_write(&second, &record);
        require(isn_str_equal(isn_str_of(first.p, first.n), isn_str_of(second.p, second.n)));
    }
    isn_buf_release(&first);
    isn_buf_release(&second);
    isn_arena_release(&arena);
    return 0;
}
