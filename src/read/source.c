#include "read/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "read/archive.h"
#include "read/charset.h"
#include "read/feed.h"
#include "read/meta.h"
#include "read/seen.h"
#include "read/sniff.h"
#include "read/stream.h"

#define PEEK ((size_t)4096)                 /* unpacked bytes by which a packed file is known */
#define FEED_ARENA ((size_t)1 << 20)        /* for what the character sets of a feed have to say */

/* A folder that is being walked: its names, sorted, and the next one. */
typedef struct folder {
    char *path;
    char **names;
    size_t n, next;
} folder;

struct isn_source {
    const char *const *inputs;
    size_t n, next;
    isn_source_part part; /* read is NULL: inputs are files and folders */
    isn_item_kind kind;
    const char *charset;
    isn_source_fault *fault;
    void *context;
    folder folders[ISN_SOURCE_DEPTH];
    size_t depth;
    isn_form form;    /* of the file that is open */
    isn_stream stream; /* its bytes; fd is -1 where none is open */
    isn_archive archive;
    isn_feed *feed;
    isn_arena arena;
    isn_charset_text feed_text;
    bool decoded; /* feed_text is held */
    uint64_t from_feed, addresses; /* of the feed: items given, items with an address alone */
    isn_seen seen;
    uint64_t number, bytes;
    isn_source_count count;
};

isnad_status isn_source_new(isn_source **out, const char *const *inputs, size_t n,
                            isn_item_kind kind, const char *charset, isn_source_fault *fault,
                            void *context, isnad_error *err)
{
    isn_source *source = calloc(1, sizeof *source);
    *out = source;
    if (!source)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the inputs");
    source->inputs = inputs;
    source->n = n;
    source->kind = kind;
    source->charset = charset;
    source->fault = fault;
    source->context = context;
    source->stream.fd = -1;
    isn_arena_init(&source->arena, FEED_ARENA);
    return ISNAD_OK;
}

void isn_source_set_part(isn_source *source, const isn_source_part *part)
{
    source->part = *part;
}

static void close_folder(folder *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->names[i]);
    free(f->names);
    free(f->path);
    *f = (folder){0};
}

/* Closes the file at hand with all that reads it. */
static void close_file(isn_source *source)
{
    source->bytes += source->stream.read;
    source->count.skipped += source->archive.skipped;
    isn_archive_close(&source->archive);
    isn_feed_free(source->feed);
    source->feed = NULL;
    if (source->decoded)
        isn_charset_release(&source->feed_text);
    source->decoded = false;
    isn_arena_reset(&source->arena);
    isn_stream_close(&source->stream);
}

void isn_source_free(isn_source *source)
{
    if (!source)
        return;
    while (source->depth)
        close_folder(&source->folders[--source->depth]);
    close_file(source);
    isn_arena_release(&source->arena);
    isn_seen_release(&source->seen);
    free(source);
}

uint64_t isn_source_bytes(const isn_source *source)
{
    return source->bytes + source->stream.read;
}

isn_source_count isn_source_counted(const isn_source *source)
{
    isn_source_count count = source->count;
    count.skipped += source->archive.skipped;
    return count;
}

static void tell(isn_source *source, const isnad_error *err)
{
    if (source->fault)
        source->fault(source->context, err);
}

__attribute__((format(printf, 5, 6))) static void report(isn_source *source, isnad_status status,
                                                         const char *file, uint64_t line,
                                                         const char *format, ...)
{
    char message[400];
    isnad_error err = {0};
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    isn_fail(&err, status, file, line, "%s", message);
    tell(source, &err);
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
        if (source->part.read)
            return path;
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

/* --- lines and whole files -------------------------------------------------------------------------
 */

/* Reads a piece more into the buffer. False with a report when that fails. */
static bool read_more(isn_source *source)
{
    isnad_error err = {0};
    if (isn_stream_more(&source->stream, &err) == ISNAD_OK)
        return true;
    tell(source, &err);
    return false;
}

static bool give(isn_source *source, isn_item *item, isn_item_kind kind, isn_str bytes, uint64_t line)
{
    const isn_stream *s = &source->stream;
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
static void skip_line(isn_source *source)
{
    isn_stream *s = &source->stream;
    report(source, ISNAD_E_LIMIT, s->name, s->line, "the line is longer than %zu bytes",
           ISN_SOURCE_LINE);
    for (;;) {
        const char *feed = s->buf.n > s->at ? memchr(s->buf.p + s->at, '\n', s->buf.n - s->at) : NULL;
        s->at = feed ? (size_t)(feed - s->buf.p) + 1 : s->buf.n;
        if (feed || s->end)
            return;
        isn_stream_shift(s);
        if (!read_more(source))
            return;
    }
}

/* The next line of JSON Lines that isn't blank; false at the end of the file. */
static bool next_line(isn_source *source, isn_item *item)
{
    isn_stream *s = &source->stream;
    size_t searched = 0;
    for (;;) {
        size_t from = s->at + searched;
        const char *feed = s->buf.n > from ? memchr(s->buf.p + from, '\n', s->buf.n - from) : NULL;
        if (!feed && !s->end && s->buf.n - s->at <= ISN_SOURCE_LINE) {
            searched = s->buf.n - s->at;
            isn_stream_shift(s);
            read_more(source);
            continue;
        }
        size_t end = feed ? (size_t)(feed - s->buf.p) : s->buf.n;
        isn_str line = isn_str_part(isn_str_of(s->buf.p, s->buf.n), s->at, end);
        if (line.n > ISN_SOURCE_LINE) {
            skip_line(source);
            s->line++;
            searched = 0;
            continue;
        }
        if (!feed && (line.n == 0 || s->broken)) /* half a line is none */
            return false;
        uint64_t number = s->line++;
        s->at = feed ? end + 1 : end;
        searched = 0;
        line = isn_str_trim(number == 1 ? isn_utf8_unmark(line) : line);
        if (line.n && give(source, item, ISN_ITEM_JSON, line, number))
            return true;
    }
}

/* Reads the file to its end. False with a report where it is too large, empty or can't be read. */
static bool read_whole(isn_source *source, size_t most)
{
    isn_stream *s = &source->stream;
    bool good = true;
    while (good && !s->end && s->buf.n <= most)
        good = read_more(source);
    if (good && s->buf.n > most)
        report(source, ISNAD_E_LIMIT, s->name, 0, "'%s' is larger than %zu bytes%s", s->name, most, s->unpacker ? " when it is unpacked" : "");
    else if (good && s->buf.n == 0)
        report(source, ISNAD_E_EMPTY, s->name, 0, "'%s' is empty", s->name);
    return good && s->buf.n && s->buf.n <= most;
}

/* A whole file as one item. */
static bool whole_file(isn_source *source, isn_item *item)
{
    isn_stream *s = &source->stream;
    if (!read_whole(source, ISN_SOURCE_FILE) || !isn_buf_reserve(&s->buf, 1))
        return false;
    *item = (isn_item){.kind = source->kind, .number = source->number++, .name = s->name, .bytes = s->buf.p, .n = s->buf.n};
    s->name = NULL;
    s->buf.p = NULL;
    s->buf.n = s->buf.capacity = 0;
    return true;
}

/* --- archives --------------------------------------------------------------------------------------
 */

/* The next piece of an archive; false at its end. */
static bool next_piece(isn_source *source, isn_item *item)
{
    for (;;) {
        isnad_error err = {0};
        isn_archive_step step = isn_archive_next(&source->archive, item, &err);
        if (step == ISN_ARCHIVE_END)
            return false;
        if (step == ISN_ARCHIVE_FAULT) {
            tell(source, &err);
            continue;
        }
        item->name = strdup(source->stream.name);
        item->number = source->number++;
        if (item->name)
            return true;
        report(source, ISNAD_E_MEMORY, source->stream.name, 0, "no memory for '%s'", source->stream.name);
        isn_item_release(item);
    }
}

/* --- feeds -----------------------------------------------------------------------------------------
 */

static bool open_feed(isn_source *source, bool json)
{
    isn_stream *s = &source->stream;
    isnad_error err = {0};
    isn_diagnostics diagnostics = {0};
    source->from_feed = source->addresses = 0;
    if (!read_whole(source, ISN_FEED_BYTES))
        return false;
    isnad_status status = isn_charset_decode(&source->feed_text, isn_str_of(s->buf.p, s->buf.n), source->charset, &diagnostics,
                                             &source->arena, &err);
    source->decoded = status == ISNAD_OK;
    if (status == ISNAD_OK)
        status = isn_feed_open(&source->feed, source->feed_text.text, s->name, json, &err);
    if (status == ISNAD_OK)
        return true;
    if (!err.file[0])
        snprintf(err.file, sizeof err.file, "%s", s->name);
    tell(source, &err);
    return false;
}

/* Who publishes an item: the host of its address, of the feed's, or the feed by its title. */
static isn_str publisher_of(const isn_feed *feed, isn_str url)
{
    isn_str host = isn_meta_host(url);
    if (!host.n)
        host = isn_meta_host(isn_feed_address(feed));
    return host.n ? host : isn_feed_title(feed);
}

static isn_str put(isn_item *item, isn_str value)
{
    isn_str at = {item->bytes + item->n, value.n};
    if (value.n)
        memcpy(item->bytes + item->n, value.p, value.n);
    item->n += value.n;
    return at;
}

/* An item of a feed with memory of its own. */
static bool give_entry(isn_source *source, isn_item *item, const isn_feed_entry *entry)
{
    const isn_fields *f = &entry->fields;
    isn_str title = isn_feed_title(source->feed), raw = isn_str_part(source->feed_text.text, entry->begin, entry->end);
    XXH128_hash_t hash = XXH3_128bits(raw.p, raw.n);
    *item = (isn_item){.kind = ISN_ITEM_FEED, .number = source->number, .note = entry->note, .offset = entry->begin,
                       .length = entry->end - entry->begin, .hash = {hash.high64, hash.low64}};
    item->name = strdup(source->stream.name);
    item->bytes = malloc(f->id.n + f->url.n + f->outlet.n + f->published.n + f->title.n + f->text.n + f->author.n + title.n + 1);
    item->feed = calloc(1, sizeof *item->feed);
    if (!item->name || !item->bytes || !item->feed) {
        report(source, ISNAD_E_MEMORY, source->stream.name, 0, "no memory for the items of '%s'", source->stream.name);
        isn_item_release(item);
        return false;
    }
    isn_fields *own = &item->feed->fields;
    own->id = put(item, entry->whole_address ? f->id : (isn_str){NULL, 0}); /* else it is nobody's but the feed's */
    own->url = put(item, f->url);
    own->outlet = put(item, f->outlet);
    own->published = put(item, f->published);
    own->title = put(item, f->title);
    own->text = put(item, f->text);
    own->author = put(item, f->author);
    item->feed->feed = put(item, title);
    source->number++;
    return true;
}

/* A feed that gave nothing isn't silent about it. */
static void tell_empty_feed(isn_source *source)
{
    const char *name = source->stream.name;
    if (source->from_feed)
        return;
    if (source->addresses)
        report(source, ISNAD_E_EMPTY, name, 0, "'%s' is a list of %llu addresses and holds no article; fetch what it names", name,
               (unsigned long long)source->addresses);
    else
        report(source, ISNAD_E_EMPTY, name, 0, "the feed '%s' holds no item", name);
}

/* The next item of a feed that was not met before; false at its end. */
static bool next_entry(isn_source *source, isn_item *item)
{
    for (;;) {
        isn_feed_entry entry;
        isnad_error err = {0};
        isn_feed_step step = isn_feed_next(source->feed, &entry, &err);
        if (step == ISN_FEED_END) {
            tell_empty_feed(source);
            return false;
        }
        if (step == ISN_FEED_FAULT) {
            tell(source, &err);
            source->from_feed++;
            continue;
        }
        const isn_fields *f = &entry.fields;
        if (f->title.n == 0 && f->text.n == 0) {
            source->addresses += f->url.n > 0;
            continue;
        }
        isn_seen_item known = {.id = f->id, .whole_address = entry.whole_address, .url = f->url, .title = f->title, .text = f->text,
                               .host = publisher_of(source->feed, f->url)};
        source->from_feed++;
        if (isn_seen_before(&source->seen, &known))
            source->count.repeated++;
        else if (give_entry(source, item, &entry))
            return true;
    }
}

/* --- any file --------------------------------------------------------------------------------------
 */

/* What the file is, by what was forced or by its first bytes; one that is packed is unpacked from here on. */
static bool know_file(isn_source *source)
{
    isn_stream *s = &source->stream;
    isnad_error err = {0};
    const char *why = NULL;
    isn_str head = isn_stream_rest(s);
    isn_packing packing = isn_packing_of(head);
    isn_form form = isn_sniff(head, &why);
    if (packing != ISN_PACKING_NONE && form != ISN_FORM_REFUSED) {
        char first[PEEK];
        isn_unpacker *u;
        if (isn_unpacker_new(&u, packing, &err) != ISNAD_OK) {
            tell(source, &err);
            return false;
        }
        size_t n = isn_archive_peek(u, head, first, sizeof first);
        isn_unpacker_free(u);
        form = isn_sniff(isn_str_of(first, n), &why);
        if (isn_packing_of(isn_str_of(first, n)) != ISN_PACKING_NONE) {
            form = ISN_FORM_REFUSED;
            why = "is packed twice over, which is not read; unpack it once";
        }
    }
    if (source->kind == ISN_ITEM_WARC || (source->kind == ISN_ITEM_GUESS && form == ISN_FORM_WARC)) {
        source->form = ISN_FORM_WARC;
        if (isn_archive_open(&source->archive, s, packing, &err) == ISNAD_OK)
            return true;
        tell(source, &err);
        return false;
    }
    if (packing != ISN_PACKING_NONE && isn_stream_unpack(s, packing, false, &err) != ISNAD_OK) {
        tell(source, &err);
        return false;
    }
    source->form = source->kind == ISN_ITEM_JSON                                ? ISN_FORM_LINES
                   : source->kind == ISN_ITEM_FEED && form != ISN_FORM_JSON_FEED ? ISN_FORM_FEED
                   : source->kind == ISN_ITEM_FEED || source->kind == ISN_ITEM_GUESS ? form
                                                                                : ISN_FORM_WHOLE;
    if (source->form == ISN_FORM_REFUSED)
        report(source, ISNAD_E_FORMAT, s->name, 0, "'%s' %s", s->name, why);
    return source->form != ISN_FORM_REFUSED;
}

/* Opens a file and makes it ready to give items. False with a report when it can't be. */
static bool open_file(isn_source *source, char *path)
{
    isnad_error err = {0};
    const isn_source_part *part = &source->part;
    isnad_status status = part->read ? isn_stream_open_part(&source->stream, path, part->read, part->context, part->offset, part->line, &err)
                                     : isn_stream_open(&source->stream, path, &err);
    if (status != ISNAD_OK) {
        tell(source, &err);
        return false;
    }
    bool good = know_file(source);
    if (good && (source->form == ISN_FORM_FEED || source->form == ISN_FORM_JSON_FEED))
        good = open_feed(source, source->form == ISN_FORM_JSON_FEED);
    if (!good)
        close_file(source);
    return good;
}

bool isn_source_next(isn_source *source, isn_item *item)
{
    *item = (isn_item){0};
    for (;;) {
        if (source->stream.fd >= 0) {
            bool got = source->form == ISN_FORM_LINES  ? next_line(source, item)
                       : source->form == ISN_FORM_WARC ? next_piece(source, item)
                       : source->feed                  ? next_entry(source, item)
                                                       : whole_file(source, item);
            if (!got || source->form == ISN_FORM_WHOLE)
                close_file(source);
            if (got)
                return true;
        }
        char *path = next_path(source);
        if (!path)
            return false;
        open_file(source, path);
    }
}
