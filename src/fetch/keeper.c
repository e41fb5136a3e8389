#include "fetch/keeper.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/error.h"

#define MOST_RECORD ((size_t)80 << 20)

static isnad_status failed(isn_keeper *keeper, isnad_error *err)
{
    return isn_fail(err, ISNAD_E_IO, keeper->name, 0, "cannot write the archive '%s': %s", keeper->name, strerror(errno));
}

/* Appends a gzip member of the record at hand. */
static isnad_status pack(isn_keeper *keeper, isnad_error *err)
{
    z_stream z = {0};
    isn_buf_reset(&keeper->packed);
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return isn_fail(err, ISNAD_E_MEMORY, keeper->name, 0, "no memory for the archive '%s'", keeper->name);
    size_t room = deflateBound(&z, keeper->record.n) + 64;
    bool good = !keeper->record.failed && isn_buf_reserve(&keeper->packed, room);
    if (good) {
        z.next_in = (Bytef *)keeper->record.p;
        z.avail_in = (uInt)keeper->record.n;
        z.next_out = (Bytef *)keeper->packed.p;
        z.avail_out = (uInt)room;
        good = deflate(&z, Z_FINISH) == Z_STREAM_END;
        keeper->packed.n = room - z.avail_out;
    }
    deflateEnd(&z);
    if (!good)
        return isn_fail(err, ISNAD_E_MEMORY, keeper->name, 0, "no memory for the archive '%s'", keeper->name);
    if (fwrite(keeper->packed.p, 1, keeper->packed.n, keeper->file) != keeper->packed.n || fflush(keeper->file) != 0)
        return failed(keeper, err);
    keeper->length += (int64_t)keeper->packed.n;
    return ISNAD_OK;
}

/* Type, id (of the content: no two records of a run are alike), time. */
static void begin_record(isn_keeper *keeper, const char *type, isn_str content)
{
    char date[32];
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    XXH128_hash_t h = XXH3_128bits_withSeed(content.p, content.n, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
    isn_buf_reset(&keeper->record);
    isn_buf_format(&keeper->record,
                   "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%08x-%04x-4%03x-8%03x-%012llx>\r\nWARC-Date: %s\r\n", type,
                   (unsigned)(h.high64 >> 32), (unsigned)(h.high64 >> 16 & 0xFFFF), (unsigned)(h.high64 & 0xFFF), (unsigned)(h.low64 >> 48 & 0xFFF),
                   (unsigned long long)(h.low64 & 0xFFFFFFFFFFFFull), date);
}

static isnad_status put_info(isn_keeper *keeper, isnad_error *err)
{
    static const char info[] = "software: isnad/" ISNAD_VERSION "\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n";
    begin_record(keeper, "warcinfo", isn_str_cstr(keeper->name));
    isn_buf_format(&keeper->record, "Content-Type: application/warc-fields\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n", sizeof info - 1, info);
    return pack(keeper, err);
}

isnad_status isn_keeper_open(isn_keeper *keeper, const char *name, int64_t length, isnad_error *err)
{
    *keeper = (isn_keeper){.name = strdup(name)};
    isn_buf_init(&keeper->record, MOST_RECORD);
    isn_buf_init(&keeper->packed, 2 * MOST_RECORD);
    if (!keeper->name)
        return isn_fail(err, ISNAD_E_MEMORY, name, 0, "no memory for the archive '%s'", name);
    keeper->file = fopen(name, "ab");
    if (!keeper->file)
        return failed(keeper, err);
    if (length >= 0 && ftruncate(fileno(keeper->file), (off_t)length) != 0)
        return failed(keeper, err);
    if (fseeko(keeper->file, 0, SEEK_END) != 0)
        return failed(keeper, err);
    keeper->length = (int64_t)ftello(keeper->file);
    return keeper->length ? ISNAD_OK : put_info(keeper, err);
}

isnad_status isn_keeper_put(isn_keeper *keeper, const char *address, isn_str head, isn_str body, isnad_error *err)
{
    begin_record(keeper, "response", isn_str_cstr(address));
    isn_buf_format(&keeper->record, "WARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %zu\r\n\r\n",
                   address, head.n + body.n);
    isn_buf_str(&keeper->record, head);
    isn_buf_str(&keeper->record, body);
    isn_buf_append(&keeper->record, "\r\n\r\n", 4);
    return pack(keeper, err);
}

isnad_status isn_keeper_close(isn_keeper *keeper, isnad_error *err)
{
    isnad_status status = ISNAD_OK;
    if (keeper->file) {
        bool good = fflush(keeper->file) == 0 && fsync(fileno(keeper->file)) == 0;
        status = fclose(keeper->file) == 0 && good ? ISNAD_OK : failed(keeper, err);
    }
    isn_buf_release(&keeper->record);
    isn_buf_release(&keeper->packed);
    free(keeper->name);
    *keeper = (isn_keeper){0};
    return status;
}
