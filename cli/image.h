/* image.h - where the compiled lexicon lies. */
#ifndef ISN_CLI_IMAGE_H
#define ISN_CLI_IMAGE_H

#include "isnad.h"

/*
 * The image to open: `given` (--image), $ISNAD_IMAGE, isnad.lexicon beside the program or one folder up (a build), in
 * ../share/isnad (an installation that was moved), isnad_default_image(). The first two count even where the file
 * doesn't exist, so that a misspelling is told. The result is `given`, static, or of the environment.
 */
const char *cli_image_path(const char *given);

/* The folder of the pages that were built or installed with the program; NULL where there are none. */
const char *cli_web_path(void);

/* Opens the engine; on failure prints what went wrong and what to do. NULL then. */
isnad_engine *cli_engine_open(const char *image, const char *lexicon);

#endif
