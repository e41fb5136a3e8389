/* sentences.h - example sentences of a folder of tables: coded, and held against what they should give. */
#ifndef ISN_CLI_SENTENCES_H
#define ISN_CLI_SENTENCES_H

#include "options.h"

/*
 * `isnad lexicon test DIR`: DIR/sentences.txt holds a sentence a line, with what must be coded of it (docs/coders.md). Prints
 * each that comes out otherwise. Exit status: 0 all right, 1 some wrong, 2 it could not be read.
 */
int cli_sentences(const request *r, const char *dir);

#endif
