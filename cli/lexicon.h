/* lexicon.h - the command `isnad lexicon`. */
#ifndef ISN_CLI_LEXICON_H
#define ISN_CLI_LEXICON_H

#include "options.h"

/* `isnad lexicon check DIR`, `isnad lexicon compile DIR -o FILE`; the exit status. */
int cli_lexicon(const request *r);

#endif
