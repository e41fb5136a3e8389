/* tame.h - pages that would keep their parser busy for minutes. */
#ifndef ISN_READ_TAME_H
#define ISN_READ_TAME_H

#include "base/arena.h"
#include "read/article.h"

#define ISN_TAME_ATTRIBUTES 250u /* of one element: libxml2 compares each with all before it */

/*
 * The page itself, or, where an element has more attributes than the ceiling, a copy in the arena with blanks in place of those behind it and
 * a diagnostic. {NULL, 0} without memory. Thread-safe on different arenas.
 */
isn_str isn_tame(isn_arena *arena, isn_str page, isn_diagnostics *diagnostics);

#endif
