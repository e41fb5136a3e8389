/* fuzz_digest.c - any bytes as a digest: what is read is written back to the same bytes; any bytes as a record: its digest can be read. */
#include <stddef.h>
#include <stdint.h>

#include "require.h"
#include "story/digest.h"

#define CEILING ((size_t)16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void round_trip(isn_arena *arena, isn_str bytes, bool must)
{
    isn_digest digest;
    isn_buf out;
    isn_buf_init(&out, CEILING);
    isnad_status status = isn_digest_read(&digest, arena, bytes, NULL);
    require(status == ISNAD_OK || !must);
    if (status == ISNAD_OK) {
        isn_digest_write(&out, &digest);
        require(isn_str_equal(isn_str_of(out.p, out.n), bytes));
        double copied = isn_digest_copied(&digest, &digest);
        require(copied == 0 || copied == 1);
    }
    isn_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    isn_arena arena;
    isn_arena_init(&arena, CEILING);
    isn_str bytes = isn_str_of((const char *)data, size);
    round_trip(&arena, bytes, false);
    isn_record record;
    if (isn_record_read(&record, &arena, bytes, NULL) == ISNAD_OK) {
        isn_digest digest;
        isn_buf out;
        isn_buf_init(&out, CEILING);
        if (isn_digest_make(&digest, &arena, &record, NULL)) {
            isn_digest_write(&out, &digest);
            require(!out.failed && out.n <= ISN_DIGEST_MOST);
            round_trip(&arena, isn_str_of(out.p, out.n), true);
        }
        isn_buf_release(&out);
    }
    isn_arena_release(&arena);
    return 0;
}
