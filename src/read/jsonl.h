/* jsonl.h - one JSON object with an article's fields. */
#ifndef ISN_READ_JSONL_H
#define ISN_READ_JSONL_H

#include "read/article.h"

/*
 * Reads the fields of one object (valid UTF-8) into the arena. A field that is a number counts as its decimal text, a list of
 * strings as lines one below the other; anything else as missing. ISNAD_E_FORMAT with jansson's
 * message if it is no JSON object, ISNAD_E_EMPTY if it has neither title nor text, ISNAD_E_MEMORY.
 * Thread-safe on different arenas.
 */
isnad_status isn_json_read(isn_fields *out, isn_arena *arena, isn_str object,
                           const isn_json_fields *fields, isnad_error *err);

#endif
