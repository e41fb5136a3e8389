/* fuzz_text_input.c - any bytes as a text: character sets and blocks. */
#include "read_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_input(data, size, ISN_ITEM_TEXT);
}
