#include "read/html.h"

#include "base/error.h"

isnad_status isn_html_read(isn_html *out, isn_arena *arena, isn_str page, isn_diagnostics *diagnostics,
                           isnad_error *err)
{
    (void)arena, (void)page, (void)diagnostics;
    *out = (isn_html){{NULL, 0}};
    return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "web pages are not read yet");
}
