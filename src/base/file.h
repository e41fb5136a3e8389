/* file.h - whole files in and out. Thread-safe. */
#ifndef ISN_BASE_FILE_H
#define ISN_BASE_FILE_H

#include "base/str.h"
#include "isnad.h"

/* A file in memory: mapped read-only or read to the heap (pipes, standard input). */
typedef struct isn_file {
    isn_str bytes;
    bool mapped;
} isn_file;

/*
 * Opens a file read-only; "-" is standard input. Fails with ISNAD_E_IO (missing, unreadable, a folder),
 * ISNAD_E_LIMIT (more than `ceiling` bytes) or ISNAD_E_MEMORY. The caller closes it.
 */
isnad_status isn_file_open(isn_file *file, const char *path, size_t ceiling, isnad_error *err);
void isn_file_close(isn_file *file);

/* Writes the bytes to a temporary neighbour and renames it over path, so that no reader sees half a file. */
isnad_status isn_file_write(const char *path, isn_str bytes, isnad_error *err);

#endif
