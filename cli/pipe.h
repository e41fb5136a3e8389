/* pipe.h - `isnad code --pipe`: a line in, a line out, for programs that run it as a part of theirs. */
#ifndef ISN_CLI_PIPE_H
#define ISN_CLI_PIPE_H

#include "isnad.h"
#include "options.h"

#define CLI_PIPE_LINE ((size_t)16 << 20) /* bytes of a line; a longer one is read past and answered with an error */

/*
 * Answers each line of standard input with one line on standard output, until the input ends (docs/pipes.md); `options` says how articles are
 * read. The exit status: 0, also where lines were no articles, which their answers say; 2 where nothing can be answered at all.
 */
int cli_pipe(const request *r, const isnad_run_options *options);

#endif
