/* fuzz_html.c - any bytes as a web page. */
#include "read_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_input(data, size, ISN_ITEM_HTML);
}
