/* gazetteer.h - coordinates and regions for our places, from what isnad-geonames wrote. For isnad-lexc. */
#ifndef ISN_TOOLS_GAZETTEER_H
#define ISN_TOOLS_GAZETTEER_H

#include "lexicon/tables.h"

/* What was filled. */
typedef struct gazetteer_count {
    size_t towns;       /* lines of the gazetteer */
    size_t met;         /* of our lines that are towns: how many it knows */
    size_t coordinates; /* cells that were empty before */
    size_t regions;
} gazetteer_count;

/*
 * Fills empty lat, lon and in of our towns where the gazetteer has a town of the same country and the same name, Arabic or
 * English; of our regions where it has towns there, by the largest. A region is only taken where our table has it, by our name. Adds no lines (docs/decisions/002-gazetteers.md). The tables are settled
 * neither before nor after. Fails with ISNAD_E_IO, ISNAD_E_FORMAT, ISNAD_E_MEMORY.
 */
isnad_status gazetteer_fill(isn_tables *tables, const char *path, gazetteer_count *count, isnad_error *err);

#endif
