/* plover.h - events as PLOVER JSON. For export.c alone. */
#ifndef ISN_EXPORT_PLOVER_H
#define ISN_EXPORT_PLOVER_H

#include "export/export.h"

/* One object a line for each event of the record. Thread-safe on different buffers. */
void isn_plover_write(isn_buf *out, const isn_record *record);

#endif
