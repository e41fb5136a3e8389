#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

isnad_status isn_fail(isnad_error *err, isnad_status status, const char *file, uint64_t line,
                      const char *format, ...)
{
    if (!err)
        return status;
    err->status = status;
    err->line = line;
    snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

const char *isnad_status_text(isnad_status status)
{
    switch (status) {
#define X(name, number, message)                                                                   \
    case name:                                                                                     \
        return message;
        ISNAD_STATUS_LIST(X)
#undef X
    }
    return "unknown status";
}

const char *isnad_version(void)
{
    return ISNAD_VERSION;
}
