#include "read/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

#define CHUNK ((size_t)64 * 1024)

/* A folder that is being walked: its names, sorted, and the next one. */
typedef struct folder {
    char *path;
    char **names;
    size_t n, next;
} folder;

/* A file of JSON Lines that is being read. */
typedef struct stream {
    int fd; /* -1: none */
    char *name;
    isn_buf buf; /* bytes read and not yet handed out begin at `at` */
    size_t at;
    uint64_t line; /* of the next line, 1-based */
    bool end;      /* the file has no more */
} stream;

struct isn_source {
    const char *const *inputs;
    size_t n, next;
    isn_item_kind kind;
    isn_source_fault *fault;
    void *context;
    folder folders[ISN_SOURCE_DEPTH];
    size_t depth;
    stream stream;
    uint64_t number, bytes;
};

isnad_status isn_source_new(isn_source **out, const char *const *inputs, size_t n,
                            isn_item_kind kind, isn_source_fault *fault, void *context,
                            isnad_error *err)
{
    isn_source *source = calloc(1, sizeof *source);
    *out = source;
    if (!source)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the inputs");
    source->inputs = inputs;
    source->n = n;
    source->kind = kind;
    source->fault = fault;
    source->context = context;
    source->stream.fd = -1;
    return ISNAD_OK;
}

static void close_folder(folder *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->names[i]);
    free(f->names);
    free(f->path);
    *f = (folder){0};
}

static void close_stream(stream *s)
{
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    free(s->name);
    isn_buf_release(&s->buf);
    *s = (stream){.fd = -1};
}

void isn_source_free(isn_source *source)
{
    if (!source)
        return;
    while (source->depth)
        close_folder(&source->folders[--source->depth]);
    close_stream(&source->stream);
    free(source);
}

uint64_t isn_source_bytes(const isn_source *source)
{
    return source->bytes;
}

__attribute__((format(printf, 5, 6))) static void report(isn_source *source, isnad_status status,
                                                         const char *file, uint64_t line,
                                                         const char *format, ...)
{
    if (!source->fault)
        return;
    char message[400];
    isnad_error err = {0};
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    isn_fail(&err, status, file, line, "%s", message);
    source->fault(source->context, &err);
}

/* --- folders -------------------------------------------------------------------------------------
 */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, hidden ones left out, sorted. */
static bool list_folder(folder *f, const char *path)
{
    *f = (folder){.path = strdup(path)};
    DIR *dir = opendir(path);
    if (!dir || !f->path) {
        if (dir)
            closedir(dir);
        free(f->path);
        return false;
    }
    size_t capacity = 0;
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        if (f->n == capacity) {
            capacity = capacity ? capacity * 2 : 64;
            char **names = realloc(f->names, capacity * sizeof *names);
            good = names != NULL;
            f->names = good ? names : f->names;
        }
        char *name = good ? strdup(entry->d_name) : NULL;
        good = name != NULL;
        if (good)
            f->names[f->n++] = name;
    }
    closedir(dir);
    if (!good) {
        close_folder(f);
        errno = ENOMEM;
        return false;
    }
    if (f->n)
        qsort(f->names, f->n, sizeof *f->names, by_name);
    return true;
}

/*
 * The path of the next file, on the heap; NULL at the end. Folders on the way are opened and kept
 * on a stack.
 */
static char *next_path(isn_source *source)
{
    for (;;) {
        char *path = NULL;
        bool inside = source->depth > 0;
        if (inside) {
            folder *top = &source->folders[source->depth - 1];
            if (top->next == top->n) {
                close_folder(top);
                source->depth--;
                continue;
            }
            size_t n = strlen(top->path);
            const char *slash = n && top->path[n - 1] == '/' ? "" : "/";
            if (asprintf(&path, "%s%s%s", top->path, slash, top->names[top->next++]) < 0)
                path = NULL;
        } else if (source->next < source->n) {
            path = strdup(source->inputs[source->next++]);
        } else {
            return NULL;
        }
        if (!path) {
            report(source, ISNAD_E_MEMORY, NULL, 0, "no memory for a path");
            return NULL;
        }
        struct stat info;
        bool linked = inside && lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
        if (strcmp(path, "-") == 0 || stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
            return path;
        if (linked)
            ; /* a link to a folder may lead in circles */
        else if (source->depth == ISN_SOURCE_DEPTH)
            report(source, ISNAD_E_LIMIT, path, 0, "'%s' lies more than %u folders deep", path,
                   ISN_SOURCE_DEPTH);
        else if (list_folder(&source->folders[source->depth], path))
            source->depth++;
        else
            report(source, ISNAD_E_IO, path, 0, "cannot list '%s': %s", path, strerror(errno));
        free(path);
    }
}

/* --- files ---------------------------------------------------------------------------------------
 */

/* Reads a piece more into the buffer. False with a report when reading fails. */
static bool read_more(isn_source *source, stream *s)
{
    if (!isn_buf_reserve(&s->buf, CHUNK)) {
        /* Nearly full: what is left of the room is used before the ceiling is reported. */
        report(source, ISNAD_E_MEMORY, s->name, s->line, "no memory for '%s'", s->name);
        return false;
    }
    ssize_t got;
    do
        got = read(s->fd, s->buf.p + s->buf.n, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        report(source, ISNAD_E_IO, s->name, s->line, "cannot read '%s': %s", s->name,
               strerror(errno));
        return false;
    }
    s->buf.n += (size_t)got;
    source->bytes += (uint64_t)got;
    s->end = got == 0;
    return true;
}

/* Is what the file begins with a whole JSON object in one line? A longer line is taken for one. */
static bool is_json_lines(const stream *s)
{
    isn_str head = isn_utf8_unmark(isn_str_of(s->buf.p, s->buf.n));
    while (head.n && strchr(" \t\r\n", head.p[0]))
        head = isn_str_part(head, 1, head.n);
    if (head.n < 2 || head.p[0] != '{')
        return false;
    size_t second = 1;
    while (second < head.n && strchr(" \t", head.p[second]))
        second++;
    if (second >= head.n || (head.p[second] != '"' && head.p[second] != '}'))
        return false;
    const char *feed = memchr(head.p, '\n', head.n);
    if (!feed)
        return true;
    isn_str first = isn_str_trim(isn_str_part(head, 0, (size_t)(feed - head.p)));
    return first.p[first.n - 1] == '}';
}

static bool give(isn_source *source, isn_item *item, isn_item_kind kind, const stream *s,
                 isn_str bytes, uint64_t line)
{
    *item = (isn_item){.kind = kind, .line = line, .number = source->number, .n = bytes.n};
    item->name = strdup(s->name);
    item->bytes = malloc(bytes.n + 1);
    if (!item->name || !item->bytes) {
        report(source, ISNAD_E_MEMORY, s->name, line, "no memory for '%s'", s->name);
        isn_item_release(item);
        return false;
    }
    memcpy(item->bytes, bytes.p, bytes.n);
    item->bytes[bytes.n] = 0;
    source->number++;
    return true;
}

/* Skips the rest of a line that is too long. */
static void skip_line(isn_source *source, stream *s)
{
    report(source, ISNAD_E_LIMIT, s->name, s->line, "the line is longer than %zu bytes",
           ISN_SOURCE_LINE);
    for (;;) {
        const char *feed = memchr(s->buf.p + s->at, '\n', s->buf.n - s->at);
        if (feed) {
            s->at = (size_t)(feed - s->buf.p) + 1;
            return;
        }
        s->at = 0;
        isn_buf_reset(&s->buf);
        if (s->end || !read_more(source, s)) {
            s->end = true;
            return;
        }
    }
}

/* Moves what is left to the front of the buffer before more is read. */
static void shift(stream *s)
{
    if (s->at == 0)
        return;
    memmove(s->buf.p, s->buf.p + s->at, s->buf.n - s->at);
    s->buf.n -= s->at;
    s->at = 0;
}

/* The next line of JSON Lines that isn't blank; false at the end of the file, which is closed then.
 */
static bool next_line(isn_source *source, isn_item *item)
{
    stream *s = &source->stream;
    size_t searched = 0;
    for (;;) {
        size_t from = s->at + searched;
        const char *feed = s->buf.n > from ? memchr(s->buf.p + from, '\n', s->buf.n - from) : NULL;
        if (!feed && !s->end && s->buf.n - s->at <= ISN_SOURCE_LINE) {
            searched = s->buf.n - s->at;
            shift(s);
            if (!read_more(source, s))
                s->end = true;
            continue;
        }
        size_t end = feed ? (size_t)(feed - s->buf.p) : s->buf.n;
        isn_str line = isn_str_part(isn_str_of(s->buf.p, s->buf.n), s->at, end);
        if (line.n > ISN_SOURCE_LINE) {
            skip_line(source, s);
            s->line++;
            searched = 0;
            continue;
        }
        if (!feed && line.n == 0)
            break;
        uint64_t number = s->line++;
        s->at = feed ? end + 1 : end;
        searched = 0;
        line = isn_str_trim(number == 1 ? isn_utf8_unmark(line) : line);
        if (line.n && give(source, item, ISN_ITEM_JSON, s, line, number))
            return true;
    }
    close_stream(s);
    return false;
}

/* A whole file as one item. The stream is closed. */
static bool whole_file(isn_source *source, isn_item *item)
{
    stream *s = &source->stream;
    bool good = true;
    while (good && !s->end && s->buf.n <= ISN_SOURCE_FILE)
        good = read_more(source, s);
    if (good && s->buf.n > ISN_SOURCE_FILE) {
        report(source, ISNAD_E_LIMIT, s->name, 0, "'%s' is larger than %zu bytes", s->name,
               ISN_SOURCE_FILE);
        good = false;
    }
    if (good && s->buf.n == 0) {
        report(source, ISNAD_E_EMPTY, s->name, 0, "'%s' is empty", s->name);
        good = false;
    }
    if (good) {
        if (isn_buf_reserve(&s->buf, 1)) {
            *item = (isn_item){.kind = source->kind,
                               .number = source->number++,
                               .name = s->name,
                               .bytes = s->buf.p,
                               .n = s->buf.n};
            s->name = NULL;
            s->buf.p = NULL;
            s->buf.n = s->buf.capacity = 0;
        } else {
            good = false;
        }
    }
    close_stream(s);
    return good;
}

/* Opens a file and reads its beginning. False with a report when it can't be. */
static bool open_stream(isn_source *source, char *path)
{
    stream *s = &source->stream;
    *s = (stream){.fd = -1, .name = path, .line = 1};
    isn_buf_init(&s->buf, ISN_SOURCE_FILE + 4 * CHUNK);
    s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0) {
        report(source, ISNAD_E_IO, path, 0, "cannot open '%s': %s", path, strerror(errno));
        close_stream(s);
        return false;
    }
    struct stat info;
    if (fstat(s->fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size < (off_t)ISN_SOURCE_FILE)
        isn_buf_reserve(&s->buf,
                        (size_t)(info.st_size < (off_t)(1 << 20) ? info.st_size : 0) + CHUNK + 1);
    while (!s->end && s->buf.n < CHUNK)
        if (!read_more(source, s)) {
            close_stream(s);
            return false;
        }
    return true;
}

bool isn_source_next(isn_source *source, isn_item *item)
{
    *item = (isn_item){0};
    for (;;) {
        if (source->stream.fd >= 0 && next_line(source, item))
            return true;
        char *path = next_path(source);
        if (!path)
            return false;
        if (!open_stream(source, path))
            continue;
        bool lines = source->kind == ISN_ITEM_JSON ||
                     (source->kind == ISN_ITEM_GUESS && is_json_lines(&source->stream));
        if (!lines && whole_file(source, item))
            return true;
    }
}
