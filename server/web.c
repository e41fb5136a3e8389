#include "web.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "limits.h"

#define HASH_LENGTH 8 /* of the part of a name that changes with the bytes */

struct isn_web {
    isn_web_file *files;
    size_t n, room, bytes;
};

/* Folders that are still to be read. */
typedef struct folders {
    char *paths[ISN_SERVE_FILES];
    size_t n;
} folders;

static const char *type_of(const char *path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".mjs", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"}, {".json", "application/json"}, {".map", "application/json"},
                 {".svg", "image/svg+xml"}, {".png", "image/png"}, {".jpg", "image/jpeg"}, {".webp", "image/webp"}, {".ico", "image/x-icon"},
                 {".woff2", "font/woff2"}, {".woff", "font/woff"}, {".ttf", "font/ttf"}, {".txt", "text/plain; charset=utf-8"},
                 {".webmanifest", "application/manifest+json"}, {".geojson", "application/geo+json"}};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++) {
        if (strcmp(dot, types[i].ending) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

/* Below /assets/, name-XXXXXXXX.ending: as Vite names what it builds. */
static bool is_hashed(const char *path)
{
    static const char folder[] = "/assets/";
    const char *slash = strrchr(path, '/'), *dot = strchr(slash, '.');
    if (strncmp(path, folder, sizeof folder - 1) != 0 || !dot || dot - slash < HASH_LENGTH + 2)
        return false;
    return dot[-HASH_LENGTH - 1] == '-';
}

static isnad_status no_memory(isnad_error *err)
{
    return isn_serve_fail(err, ISNAD_E_MEMORY, "no memory for the pages");
}

static isnad_status read_bytes(isn_out *out, const char *name, isnad_error *err)
{
    char part[16384];
    ssize_t n = 0;
    int file = open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    while (file >= 0 && (n = read(file, part, sizeof part)) > 0)
        isn_out_bytes(out, part, (size_t)n);
    int why = errno;
    if (file >= 0)
        close(file);
    if (file < 0 || n < 0)
        return isn_serve_fail(err, ISNAD_E_IO, "cannot read '%s': %s", name, strerror(why));
    isn_out_bytes(out, "", 0);
    return out->failed ? isn_serve_fail(err, ISNAD_E_LIMIT, "the pages are larger than %u bytes", ISN_SERVE_FILES_BYTES) : ISNAD_OK;
}

static isnad_status add_file(isn_web *web, const char *dir, const char *path, isnad_error *err)
{
    char name[8192];
    isn_out bytes, copy;
    if (web->n == ISN_SERVE_FILES)
        return isn_serve_fail(err, ISNAD_E_LIMIT, "the folder of the pages '%s' holds more than %d files", dir, ISN_SERVE_FILES);
    if ((size_t)snprintf(name, sizeof name, "%s%s", dir, path) >= sizeof name)
        return isn_serve_fail(err, ISNAD_E_LIMIT, "a name in '%s' is too long", dir);
    isn_out_init(&bytes, ISN_SERVE_FILES_BYTES - web->bytes);
    isnad_status status = read_bytes(&bytes, name, err);
    if (status != ISNAD_OK) {
        isn_out_release(&bytes);
        return status;
    }
    isn_web_file *f = &web->files[web->n];
    *f = (isn_web_file){.path = strdup(path), .type = type_of(path), .immutable = is_hashed(path)};
    snprintf(f->etag, sizeof f->etag, "\"%016llx\"", (unsigned long long)isn_hash(ISN_HASH_BEGIN, bytes.p, bytes.n));
    web->bytes += bytes.n;
    isn_out_init(&copy, ISN_SERVE_FILES_BYTES);
    isn_out_bytes(&copy, bytes.p, bytes.n);
    f->plain = isn_body_new(&bytes, false);
    f->gzip = isn_body_new(&copy, true);
    if (f->gzip && !f->gzip->gzip) {
        isn_body_free(f->gzip);
        f->gzip = NULL;
    }
    web->n++;
    return f->path && f->plain ? ISNAD_OK : no_memory(err);
}

/* Reads one folder: files into the table, folders into the list. `path` is "" or "/sub". */
static isnad_status read_folder(isn_web *web, folders *open, const char *dir, const char *path, isnad_error *err)
{
    char name[4096];
    isnad_status status = ISNAD_OK;
    struct dirent *entry;
    snprintf(name, sizeof name, "%s%s", dir, path);
    DIR *folder = opendir(name);
    if (!folder)
        return isn_serve_fail(err, ISNAD_E_IO, "cannot read '%s': %s", name, strerror(errno));
    while (status == ISNAD_OK && (entry = readdir(folder)) != NULL) {
        struct stat info;
        if (entry->d_name[0] == '.' || fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if ((size_t)snprintf(name, sizeof name, "%s/%s", path, entry->d_name) >= sizeof name)
            continue;
        if (S_ISREG(info.st_mode)) {
            status = add_file(web, dir, name, err);
        } else if (S_ISDIR(info.st_mode)) {
            if (open->n == ISN_SERVE_FILES)
                status = isn_serve_fail(err, ISNAD_E_LIMIT, "the folder of the pages '%s' holds too many folders", dir);
            else if (!(open->paths[open->n++] = strdup(name)))
                status = no_memory(err);
        }
    }
    closedir(folder);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const isn_web_file *)a)->path, ((const isn_web_file *)b)->path);
}

isnad_status isn_web_open(isn_web **out, const char *dir, isnad_error *err)
{
    isn_web *web = calloc(1, sizeof *web);
    folders *open = calloc(1, sizeof *open);
    isnad_status status = no_memory(err);
    if (web && open && (web->files = calloc(ISN_SERVE_FILES, sizeof *web->files)) && (open->paths[0] = strdup("")))
        status = ISNAD_OK;
    if (status == ISNAD_OK)
        open->n = 1;
    while (status == ISNAD_OK && open->n) {
        char *path = open->paths[--open->n];
        status = path ? read_folder(web, open, dir, path, err) : no_memory(err);
        free(path);
    }
    while (open && open->n)
        free(open->paths[--open->n]);
    free(open);
    if (status != ISNAD_OK) {
        isn_web_free(web);
        return status;
    }
    qsort(web->files, web->n, sizeof *web->files, by_path);
    *out = web;
    return ISNAD_OK;
}

void isn_web_free(isn_web *web)
{
    for (size_t i = 0; web && i < web->n; i++) {
        free(web->files[i].path);
        isn_body_free(web->files[i].plain);
        isn_body_free(web->files[i].gzip);
    }
    if (web)
        free(web->files);
    free(web);
}

const isn_web_file *isn_web_find(const isn_web *web, const char *path)
{
    isn_web_file key = {.path = (char *)(uintptr_t)path};
    return web && web->n ? bsearch(&key, web->files, web->n, sizeof *web->files, by_path) : NULL;
}

const isn_web_file *isn_web_page(const isn_web *web, const char *language)
{
    char path[32];
    snprintf(path, sizeof path, "/%s/index.html", language);
    const isn_web_file *page = isn_web_find(web, path);
    return page ? page : isn_web_find(web, "/index.html");
}
