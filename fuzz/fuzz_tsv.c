/* Fuzz target: a table (chosen by the first byte) read, checked, compiled and opened. */
#include <stdint.h>
#include <stdlib.h>

#include "lexicon/check.h"
#include "lexicon/compile.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 1 << 16)
        return 0;
    int table = data[0] % ISN_TABLE_COUNT;
    isn_tables mine, all;
    isn_faults faults = {.tell = NULL};
    isn_buf image;
    isn_lexicon *lexicon;
    isn_tables_init(&mine);
    isn_tables_init(&all);
    isn_buf_init(&image, (size_t)1 << 28);
    bool good = isn_tables_add(&mine, table, isn_str_of((const char *)data + 1, size - 1), "fuzz.tsv", &faults) &&
                isn_tables_lay(&all, &mine) && isn_check_tables(&mine, &all, false, &faults);
    if (good && isn_compile_tables(&image, &all, &faults, NULL) == ISNAD_OK) {
        /* what is compiled must open: else the checks and the compiler disagree */
        require(isn_lexicon_open_memory(&lexicon, isn_str_of(image.p, image.n), "fuzz", NULL) == ISNAD_OK);
        isn_lexicon_free(lexicon);
    }
    isn_buf_release(&image);
    isn_tables_release(&mine);
    isn_tables_release(&all);
    return 0;
}
