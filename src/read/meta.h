/* meta.h - what is known of an article beside its text: when it was published and by whom. */
#ifndef ISN_READ_META_H
#define ISN_READ_META_H

#include <stdbool.h>

#include "base/str.h"
#include "isnad.h"

#define ISN_META_DATE 32 /* room for an ISO 8601 time with offset */
#define ISN_METADATA_FILE ((size_t)1 << 30)

/*
 * Reads a date in figures: ISO 8601 with or without time, 2018/2/18, 18-2-2018 (day before month,
 * unless only the other order makes a day), RFC 822 (Sun, 18 Feb 2018 18:10:45 +0400), or seconds
 * or milliseconds since 1970. Figures of all kinds of Unicode's Arabic scripts. Writes yyyy-mm-dd
 * or yyyy-mm-ddThh:mm:ss with Z or offset (none where the input has none), NUL-ended. False for
 * anything else, years outside 1900 to 2100 and days that no month has. Thread-safe.
 */
bool isn_meta_date(char out[ISN_META_DATE], isn_str s);

/* The date in an address: /2018/02/18/, /2018-02-18, /20180218/. Thread-safe. */
bool isn_meta_address_date(char out[ISN_META_DATE], isn_str address);

/* The first date in figures with day, month and year within a text; for short lines. Thread-safe.
 */
bool isn_meta_find_date(char out[ISN_META_DATE], isn_str text);

/* The host of an http address without "www." and port; empty if there is none. Thread-safe. */
isn_str isn_meta_host(isn_str address);

/*
 * A table of metadata: TSV, the first line names the columns; `article` (file name without folder,
 * with or without its ending; or the id; or the whole uri), `outlet` and `published` count, in any
 * order, others don't.
 */
typedef struct isn_metadata isn_metadata;

/* Fails with ISNAD_E_IO or ISNAD_E_FORMAT (no column `article`; a date that can't be read, by file
 * and line). */
isnad_status isn_metadata_open(isn_metadata **out, const char *path, isnad_error *err);
void isn_metadata_free(isn_metadata *metadata);

/*
 * Looks an article up by id, uri, file name and stem, in this order; either may be empty. False if
 * there is no row. The strings belong to the table; empty where the row is silent. Thread-safe.
 */
bool isn_metadata_find(const isn_metadata *metadata, isn_str id, isn_str uri, isn_str *outlet,
                       isn_str *published);

#endif
