/*
 * compile.h - tables to image. The same tables give the same bytes. Not thread-safe on the same tables.
 */
#ifndef ISN_LEXICON_COMPILE_H
#define ISN_LEXICON_COMPILE_H

#include "base/buf.h"
#include "lexicon/tables.h"

/*
 * Settles the tables and writes the image to *out (initialized by the caller, who releases it). What cannot be used (a verb
 * without a usable root, a phrase that is too long) goes to faults and is left out. Fails with ISNAD_E_MEMORY.
 */
isnad_status isn_compile_tables(isn_buf *out, isn_tables *tables, isn_faults *faults, isnad_error *err);

#endif
