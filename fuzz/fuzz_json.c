/* fuzz_json.c - any bytes as one JSON object of an article. */
#include "read_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_input(data, size, ISN_ITEM_JSON);
}
