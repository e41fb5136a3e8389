/* keeper.h - writing answers into a web archive: WARC 1.1, a gzip member a record. Not thread-safe. */
#ifndef ISN_FETCH_KEEPER_H
#define ISN_FETCH_KEEPER_H

#include <stdio.h>

#include "base/buf.h"
#include "isnad.h"

typedef struct isn_keeper {
    FILE *file;
    char *name;
    int64_t length; /* of whole records */
    isn_buf record, packed;
} isn_keeper;

/*
 * Opens an archive to go on with it from byte `length` (what is behind was never whole and goes), or, with -1, to begin it; one that is there and
 * isn't known is gone on with at its end. Fails with ISNAD_E_IO or ISNAD_E_MEMORY.
 */
isnad_status isn_keeper_open(isn_keeper *keeper, const char *name, int64_t length, isnad_error *err);

/* Writes one answer (its head as it came, with the empty line) and sees to it that the system has it. Fails with ISNAD_E_IO, ISNAD_E_MEMORY. */
isnad_status isn_keeper_put(isn_keeper *keeper, const char *address, isn_str head, isn_str body, isnad_error *err);

/* Closes it, on the disk. Fails with ISNAD_E_IO. */
isnad_status isn_keeper_close(isn_keeper *keeper, isnad_error *err);

#endif
