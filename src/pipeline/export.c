/* export.c - exports behind the public interface: records from JSON, output by parts. */
#include "export/export.h"

#include <stdlib.h>

#include "pipeline/engine.h"

#define EXPORT_OUTPUT ((size_t)1 << 31) /* bytes of what one record or a whole network becomes */

struct isnad_export {
    isn_export *export_;
    isn_arena arena;
    isn_buf out;
    isnad_write_fn *write;
    void *user;
};

isnad_status isnad_export_open(isnad_export **out, const isnad_engine *engine, const char *format, isnad_write_fn *write,
                               void *user, isnad_error *err)
{
    *out = NULL;
    isn_export_format known = isn_export_format_of(isn_str_cstr(format));
    if (known == ISN_EXPORT_FORMAT_COUNT)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "there is no format '%s'", format);
    isnad_export *e = calloc(1, sizeof *e);
    if (!e)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    e->write = write;
    e->user = user;
    isn_arena_init(&e->arena, ISN_RECORD_CEILING);
    isn_buf_init(&e->out, EXPORT_OUTPUT);
    isnad_status status = isn_export_new(&e->export_, known, engine->lexicon, err);
    if (status != ISNAD_OK) {
        isnad_export_free(e);
        return status;
    }
    *out = e;
    return ISNAD_OK;
}

/* Hands out what has been written so far. */
static isnad_status flush(isnad_export *e)
{
    isnad_status status = e->out.n ? e->write(e->user, e->out.p, e->out.n) : ISNAD_OK;
    isn_buf_reset(&e->out);
    return status;
}

isnad_status isnad_export_add(isnad_export *e, const char *record, size_t n, isnad_error *err)
{
    isn_record read;
    isn_arena_reset(&e->arena);
    isnad_status status = isn_record_read(&read, &e->arena, isn_str_of(record, n), err);
    if (status == ISNAD_OK)
        status = isn_export_record(e->export_, &e->out, &read, err);
    return status == ISNAD_OK ? flush(e) : status;
}

isnad_status isnad_export_end(isnad_export *e, size_t *left_out, isnad_error *err)
{
    isnad_status status = isn_export_end(e->export_, &e->out, left_out, err);
    return status == ISNAD_OK ? flush(e) : status;
}

void isnad_export_free(isnad_export *e)
{
    if (!e)
        return;
    isn_export_free(e->export_);
    isn_arena_release(&e->arena);
    isn_buf_release(&e->out);
    free(e);
}
