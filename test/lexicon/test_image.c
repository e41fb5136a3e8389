/* Images that were damaged: each must be refused or stay harmless, whether or not the checksum shows it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "lexicon/small.h"
#include "lexicon/tiny.h"
#include "temp.h"

/* Touches all that a reader can ask for; the sanitizers watch. */
static void use(const isn_lexicon *lexicon)
{
    size_t bytes = 0, n;
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        uint32_t rows = (uint32_t)isn_lexicon_rows(lexicon, table), line;
        for (uint32_t row = 0; row < rows; row++) {
            for (int column = 0; column < ISN_MOST_COLUMNS; column++) {
                isn_str cell = isn_lexicon_cell(lexicon, table, row, column);
                bytes += cell.n ? (unsigned char)cell.p[cell.n - 1] : 0u;
            }
            isn_str file = isn_lexicon_source(lexicon, table, row, &line);
            bytes += file.n ? (unsigned char)file.p[file.n - 1] : 0u;
        }
        bytes += isn_lexicon_row(lexicon, table, ISN_STR("m"));
    }
    for (uint32_t word = 0; word < 64; word++) {
        uint32_t state = isn_lexicon_step(lexicon, 0, word);
        for (uint32_t next = 0; next < 64; next++)
            bytes += isn_lexicon_step(lexicon, state, next);
        const isn_entry *entries = isn_lexicon_entries(lexicon, state, &n);
        bytes += n ? entries[n - 1].row : 0;
        bytes += isn_lexicon_goes_on(lexicon, state);
    }
    uint8_t key[3] = {ISN_MEEM, ISN_SAD, ISN_REH};
    bytes += isn_lexicon_word(lexicon, key, 3);
    assert_true(bytes < SIZE_MAX);
}

/* Opens a copy of exactly n bytes, so that reading past its end is seen. True if it was taken. */
static bool try_image(const char *p, size_t n, bool mend)
{
    char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, p, n);
    if (mend && n > TINY_HEADER)
        tiny_mend_checksum(copy, n);
    isn_lexicon *lexicon = NULL;
    isnad_error err = {0};
    isnad_status status = isn_lexicon_open_memory(&lexicon, isn_str_of(copy, n), "damaged", &err);
    if (status == ISNAD_OK)
        use(lexicon);
    else
        assert_true(status == ISNAD_E_IMAGE && err.message[0] != '\0');
    isn_lexicon_free(lexicon);
    free(copy);
    return status == ISNAD_OK;
}

static void flipped(void **state)
{
    (void)state;
    isn_buf image;
    assert_true(tiny_image(&image));
    assert_true(try_image(image.p, image.n, false));
    size_t refused = 0;
    for (size_t i = 0; i < image.n; i++) {
        static const uint8_t masks[] = {0x01, 0x80, 0xFF};
        for (size_t m = 0; m < sizeof masks; m++) {
            image.p[i] ^= (char)masks[m];
            assert_false(try_image(image.p, image.n, false));
            refused += !try_image(image.p, image.n, i < TINY_CHECKSUM_AT || i >= TINY_CHECKSUM_AT + 8);
            image.p[i] ^= (char)masks[m];
        }
    }
    /* the checks of offsets themselves refuse, not only the checksum */
    assert_true(refused > image.n / 2);
    isn_buf_release(&image);
}

/* Every aligned word of the image set to large numbers. */
static void overwritten(void **state)
{
    (void)state;
    isn_buf image;
    assert_true(tiny_image(&image));
    for (size_t i = TINY_HEADER; i + 4 <= image.n; i += 4) {
        static const uint32_t values[] = {UINT32_MAX, INT32_MAX, 0x10000, 1, 0};
        uint32_t old;
        memcpy(&old, image.p + i, 4);
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            memcpy(image.p + i, &values[v], 4);
            try_image(image.p, image.n, true);
        }
        memcpy(image.p + i, &old, 4);
    }
    assert_true(try_image(image.p, image.n, true));
    isn_buf_release(&image);
}

static void truncated(void **state)
{
    (void)state;
    isn_buf image;
    assert_true(tiny_image(&image));
    for (size_t n = 0; n < image.n; n++) {
        assert_false(try_image(image.p, n, false));
        if (n <= TINY_HEADER)
            continue;
        uint64_t size = n, whole;
        memcpy(&whole, image.p + TINY_SIZE_AT, 8);
        memcpy(image.p + TINY_SIZE_AT, &size, 8); /* the header says the shorter size */
        try_image(image.p, n, true);
        memcpy(image.p + TINY_SIZE_AT, &whole, 8);
    }
    isn_buf_release(&image);
}

static void files(void **state)
{
    (void)state;
    isn_lexicon *lexicon = NULL;
    isnad_error err = {0};
    assert_int_equal(isn_lexicon_open(&lexicon, ISNAD_TEST_SOURCE "/nowhere", &err), ISNAD_E_IO);
    assert_int_equal(isn_lexicon_open(&lexicon, ISNAD_TEST_SOURCE "/LICENSE", &err), ISNAD_E_IMAGE);
    assert_null(lexicon);
    char path[TEMP_PATH];
    temp_file(path, "image", "");
    assert_int_equal(isnad_lexicon_compile(SMALL, path, &err), ISNAD_OK);
    assert_int_equal(isn_lexicon_open(&lexicon, path, &err), ISNAD_OK);
    use(lexicon);
    isn_lexicon_free(lexicon);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flipped),
        cmocka_unit_test(overwritten),
        cmocka_unit_test(truncated),
        cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
