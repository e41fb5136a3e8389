/* tokenizer.h - the tokenizer "isnad" of SQLite's full-text search. */
#ifndef ISN_STORE_TOKENIZER_H
#define ISN_STORE_TOKENIZER_H

#include <sqlite3.h>

/*
 * Registers the tokenizer with a connection. It cuts prepared text (terms.h) at its blanks; terms of one place share a
 * position. The work is done before, by isn_search_terms_make in the threads that code, for text and query alike. Returns a
 * code of SQLite.
 */
int isn_tokenizer_register(sqlite3 *db);

#endif
