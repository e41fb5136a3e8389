/* web.h - the files of the pages: read once, at the start, and looked up in a table; no path of a request ever reaches the disk. */
#ifndef ISN_SERVER_WEB_H
#define ISN_SERVER_WEB_H

#include "body.h"
#include "isnad.h"

typedef struct isn_web isn_web;

typedef struct isn_web_file {
    char *path; /* as in an address: "/assets/main-1a2b3c4d.js" */
    const char *type;
    char etag[24];
    bool immutable; /* its name changes with its bytes */
    isn_body *plain, *gzip; /* gzip: NULL where it would not be smaller */
} isn_web_file;

/*
 * Reads all files below a folder; hidden ones and links are left out. Fails with ISNAD_E_IO, ISNAD_E_LIMIT (too many, too large) and
 * ISNAD_E_MEMORY. The caller frees it. Read-only then, so thread-safe.
 */
isnad_status isn_web_open(isn_web **out, const char *dir, isnad_error *err);
void isn_web_free(isn_web *web);

/* The file of that path; NULL where there is none. web may be NULL. */
const isn_web_file *isn_web_find(const isn_web *web, const char *path);

/* The page to be sent for a language ("ar", "en"). NULL where there is none. */
const isn_web_file *isn_web_page(const isn_web *web, const char *language);

#endif
