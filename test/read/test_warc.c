/* Web archives: plain, a gzip member a record, one large member, zstd; bodies in chunks and packed; what is damaged costs nothing else. */
#include "cases.h"

#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "read/source.h"
#include "read/warc.h"

#define PAGE "<html><head><title>t</title></head><body><p>text of a page</p></body></html>"

typedef enum packed { PLAIN, GZIP, GZIP_WHOLE, ZSTD, ZSTD_WHOLE, PACKED_COUNT } packed;

/* An archive that is being made. */
typedef struct archive {
    isn_buf bytes, record;
    packed packed;
    size_t at[64]; /* where each record begins in the file */
    size_t n;
} archive;

static void gzip(isn_buf *out, isn_str s)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, s.n) + 64;
    assert_true(isn_buf_reserve(out, room));
    z.next_in = (Bytef *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = (Bytef *)out->p + out->n;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->n += room - z.avail_out;
    deflateEnd(&z);
}

static void zstd(isn_buf *out, isn_str s)
{
    size_t room = ZSTD_compressBound(s.n);
    assert_true(isn_buf_reserve(out, room));
    size_t n = ZSTD_compress(out->p + out->n, room, s.p, s.n, 3);
    assert_false(ZSTD_isError(n));
    out->n += n;
}

static void begin(archive *a, packed how)
{
    *a = (archive){.packed = how};
    isn_buf_init(&a->bytes, (size_t)256 << 20);
    isn_buf_init(&a->record, (size_t)256 << 20);
}

static void end_record(archive *a)
{
    isn_str s = isn_str_of(a->record.p, a->record.n);
    a->at[a->n++ % 64] = a->bytes.n;
    if (a->packed == GZIP)
        gzip(&a->bytes, s);
    else if (a->packed == ZSTD)
        zstd(&a->bytes, s);
    else
        isn_buf_str(&a->bytes, s);
    isn_buf_reset(&a->record);
}

/* A record; length SIZE_MAX: the true one. */
static void put(archive *a, const char *type, const char *target, const char *fields, isn_str block, size_t length)
{
    isn_buf_format(&a->record, "WARC/1.%d\r\nWARC-Type: %s\r\nWARC-Date: 2021-04-17T08:00:00Z\r\n", (int)(a->n & 1), type);
    if (target)
        isn_buf_format(&a->record, "WARC-Target-URI: %s\r\n", target);
    isn_buf_format(&a->record, "%sContent-Length: %zu\r\n\r\n", fields, length == SIZE_MAX ? block.n : length);
    isn_buf_str(&a->record, block);
    isn_buf_str(&a->record, ISN_STR("\r\n\r\n"));
    end_record(a);
}

static void put_answer(archive *a, const char *target, const char *head, isn_str body)
{
    isn_buf block;
    isn_buf_init(&block, (size_t)256 << 20);
    isn_buf_str(&block, isn_str_cstr(head));
    isn_buf_str(&block, ISN_STR("\r\n"));
    isn_buf_str(&block, body);
    put(a, "response", target, "Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: sha1:ABC\r\n",
        isn_str_of(block.p, block.n), SIZE_MAX);
    isn_buf_release(&block);
}

static void put_page(archive *a, const char *target)
{
    put_answer(a, target, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", ISN_STR(PAGE));
}

/* What was read of an archive. */
typedef struct reading {
    isn_buf list; /* a line for each page: target and body */
    uint64_t offset[64], length[64], inside[64], hash[64];
    size_t n;
    faults faults;
    uint64_t skipped;
} reading;

static void read_piece(reading *r, isn_warc *w, const isn_item *piece)
{
    isn_item page;
    isnad_error err;
    isn_warc_begin(w, piece);
    for (isn_warc_step step; (step = isn_warc_next(w, &page, &err)) != ISN_WARC_END;) {
        if (step == ISN_WARC_FAULT) {
            on_fault(&r->faults, &err);
            continue;
        }
        isn_buf_str(&r->list, page.record->target);
        isn_buf_char(&r->list, ' ');
        isn_buf_append(&r->list, page.bytes, page.n < 200 ? page.n : 200);
        isn_buf_str(&r->list, isn_str_cstr(page.note ? " (note)\n" : "\n"));
        r->offset[r->n % 64] = page.record->offset;
        r->length[r->n % 64] = page.record->length;
        r->inside[r->n % 64] = page.record->inside;
        r->hash[r->n++ % 64] = page.record->hash[0];
    }
    r->skipped += w->skipped;
}

static void read_file(reading *r, isn_str bytes)
{
    char path[TEMP_PATH];
    const char *input = path;
    isn_source *source;
    isn_item piece;
    isn_warc w;
    *r = (reading){.n = 0};
    isn_buf_init(&r->list, 1 << 20);
    temp_name(path, "warc");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(isn_file_write(path, bytes, NULL), ISNAD_OK);
    assert_int_equal(isn_source_new(&source, &input, 1, ISN_ITEM_GUESS, NULL, on_fault, &r->faults, NULL), ISNAD_OK);
    isn_warc_init(&w);
    while (isn_source_next(source, &piece)) {
        if (piece.kind == ISN_ITEM_WARC)
            read_piece(r, &w, &piece);
        else
            isn_buf_str(&r->list, ISN_STR("no archive\n"));
        isn_item_release(&piece);
    }
    r->skipped += isn_source_counted(source).skipped;
    isn_warc_release(&w);
    isn_source_free(source);
    unlink(path);
    isn_buf_char(&r->list, 0);
}

/* Packs what has to be packed as a whole, reads it, gives the archive back. */
static void read_archive(reading *r, archive *a)
{
    isn_buf whole;
    isn_buf_init(&whole, (size_t)256 << 20);
    isn_str bytes = isn_str_of(a->bytes.p, a->bytes.n);
    if (a->packed == GZIP_WHOLE)
        gzip(&whole, bytes);
    else if (a->packed == ZSTD_WHOLE)
        zstd(&whole, bytes);
    else
        isn_buf_str(&whole, bytes);
    read_file(r, isn_str_of(whole.p, whole.n));
    isn_buf_release(&whole);
    isn_buf_release(&a->bytes);
    isn_buf_release(&a->record);
}

#define GZIPPED "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"

static void fill(archive *a)
{
    isn_buf body;
    isn_buf_init(&body, 1 << 20);
    put(a, "warcinfo", NULL, "Content-Type: application/warc-fields\r\n", ISN_STR("software: x\r\n"), SIZE_MAX);
    put_page(a, "http://example.org/1");
    put(a, "request", "http://example.org/1", "", ISN_STR("GET /1 HTTP/1.1\r\n\r\n"), SIZE_MAX);
    put(a, "metadata", "http://example.org/1", "", ISN_STR("x: y\r\n"), SIZE_MAX);
    put_answer(a, "http://example.org/2", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n", ISN_STR(PAGE));
    put_answer(a, "http://example.org/3.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", ISN_STR("\x89PNG\r\n\r\n"));
    put_answer(a, "<http://example.org/4>", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\ncontent-type: text/html\r\n",
               ISN_STR("6;x=y\r\n<html>\r\nA\r\n<body>abcd\r\n0\r\n\r\n"));
    gzip(&body, ISN_STR("<html>packed</html>"));
    put_answer(a, "http://example.org/5", GZIPPED, isn_str_of(body.p, body.n));
    put_answer(a, "http://example.org/6", GZIPPED, ISN_STR("<html>kept unpacked</html>"));
    put_answer(a, "http://example.org/7", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n",
               ISN_STR("\x0B\x07\x80<html>br</html>\x03"));
    put(a, "resource", "file:///8.txt", "Content-Type: text/plain\r\n", ISN_STR("a plain text"), SIZE_MAX);
    put(a, "conversion", "http://example.org/9", "Content-Type: text/plain\r\n", ISN_STR("a converted text"), SIZE_MAX);
    put(a, "revisit", "http://example.org/1", "Content-Type: application/http\r\n", ISN_STR("HTTP/1.1 200 OK\r\n\r\n"), SIZE_MAX);
    put_answer(a, "http://example.org/robots.txt", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", ISN_STR("User-agent: *\n"));
    put_answer(a, "http://example.org/feed", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", ISN_STR("<?xml version='1.0'?><rss></rss>"));
    put_answer(a, "http://example.org/10", "HTTP/1.1 200 OK\r\n", ISN_STR("<!DOCTYPE html><html>untyped</html>"));
    put_answer(a, "http://example.org/11", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
               ISN_STR("6\r\n<html>\r\nFF\r\ncut"));
    isn_buf_release(&body);
}

static const char filled[] = "http://example.org/1 " PAGE "\n"
                             "http://example.org/4 <html><body>abcd\n"
                             "http://example.org/5 <html>packed</html>\n"
                             "http://example.org/6 <html>kept unpacked</html>\n"
                             "http://example.org/7 <html>br</html>\n"
                             "file:///8.txt a plain text\n"
                             "http://example.org/9 a converted text\n"
                             "http://example.org/10 <!DOCTYPE html><html>untyped</html>\n"
                             "http://example.org/11 <html> (note)\n";

/* The same records in every packing: the same pages, and the same checksums. */
static void packings(void **state)
{
    (void)state;
    uint64_t hash = 0;
    for (int how = PLAIN; how < PACKED_COUNT; how++) {
        archive a;
        reading r;
        begin(&a, (packed)how);
        fill(&a);
        size_t second = a.at[1], third = a.at[2];
        read_archive(&r, &a);
        assert_string_equal(r.list.p, filled);
        assert_int_equal(r.faults.n, 0);
        assert_int_equal(r.skipped, 8);
        assert_true(how == PLAIN || r.hash[0] == hash);
        hash = r.hash[0];
        bool whole = how == GZIP_WHOLE || how == ZSTD_WHOLE;
        assert_int_equal(whole ? r.inside[0] : r.offset[0], second);
        if (!whole)
            assert_int_equal(r.length[0] + (how == PLAIN ? 4 : 0), third - second);
        isn_buf_release(&r.list);
    }
}

/* A member too large to be handed on is unpacked by the reader, and those behind it are cut again. */
static void large_members(void **state)
{
    (void)state;
    size_t n = (size_t)40 << 20;
    char *noise = malloc(n);
    assert_non_null(noise);
    uint64_t x = 88172645463325252ull;
    for (size_t i = 0; i + 8 <= n; i += 8) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        memcpy(noise + i, &x, 8);
    }
    static const packed ways[] = {PLAIN, GZIP, ZSTD};
    for (size_t k = 0; k < 3; k++) {
        archive a;
        reading r;
        begin(&a, ways[k]);
        put_page(&a, "http://example.org/1");
        put_answer(&a, "http://example.org/film", "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n", isn_str_of(noise, n));
        put_page(&a, "http://example.org/2");
        put_page(&a, "http://example.org/3");
        size_t last = a.at[3];
        read_archive(&r, &a);
        assert_string_equal(r.list.p, "http://example.org/1 " PAGE "\nhttp://example.org/2 " PAGE "\nhttp://example.org/3 " PAGE "\n");
        assert_int_equal(r.faults.n, 0);
        assert_int_equal(r.offset[2], last);
        isn_buf_release(&r.list);
    }
    free(noise);
}

static size_t pages_in(const reading *r)
{
    size_t n = 0;
    for (const char *p = r->list.p; (p = strchr(p, '\n')); p++)
        n++;
    return n;
}

/* Cut at every byte: all whole records before the cut, a fault unless the cut is between records. */
static void cut_anywhere(void **state)
{
    (void)state;
    static const packed ways[] = {PLAIN, GZIP, ZSTD};
    for (size_t k = 0; k < 3; k++) {
        archive a;
        begin(&a, ways[k]);
        for (int i = 0; i < 4; i++) {
            char target[64];
            snprintf(target, sizeof target, "http://example.org/%d", i);
            put_page(&a, target);
        }
        for (size_t cut = 0; cut <= a.bytes.n; cut += cut % 7 + 1) {
            reading r;
            size_t whole = 0, step = k == 0 ? 4 : 0; /* the line ends behind a record may be missing */
            while (whole < 4 && cut >= (whole < 3 ? a.at[whole + 1] : a.bytes.n) - step)
                whole++;
            bool between = cut == 0 || (whole && cut <= (whole < 4 ? a.at[whole] : a.bytes.n) && cut >= (whole < 4 ? a.at[whole] : a.bytes.n) - step);
            read_file(&r, isn_str_part(isn_str_of(a.bytes.p, a.bytes.n), 0, cut));
            if (cut >= 24) { /* less is not known for an archive */
                size_t pages = pages_in(&r); /* of a packed record all may be there but the packing's own checksum */
                assert_true(pages == whole || (k && pages == whole + 1 && r.faults.n));
                assert_int_equal(r.faults.n == 0, between);
            }
            isn_buf_release(&r.list);
        }
        isn_buf_release(&a.bytes);
        isn_buf_release(&a.record);
    }
}

/* Wrong lengths, noise between records, broken headers: told, and the others are read. */
static void damaged(void **state)
{
    (void)state;
    static const packed ways[] = {PLAIN, GZIP, ZSTD, GZIP_WHOLE};
    static const size_t lengths[] = {0, 10, 5000, (size_t)100 << 20, (size_t)1 << 50};
    for (size_t k = 0; k < 4; k++) {
        for (size_t l = 0; l < 5; l++) {
            archive a;
            reading r;
            begin(&a, ways[k]);
            put_page(&a, "http://example.org/1");
            put(&a, "response", "http://example.org/bad", "", ISN_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" PAGE), lengths[l]);
            put_page(&a, "http://example.org/2");
            read_archive(&r, &a);
            assert_non_null(strstr(r.list.p, "http://example.org/1 "));
            bool lost = ways[k] == GZIP_WHOLE && lengths[l] > ISN_WARC_RECORD; /* nothing to go back to in what is unpacked */
            if (!lost)
                assert_non_null(strstr(r.list.p, "http://example.org/2 "));
            assert_null(strstr(r.list.p, "http://example.org/bad <html><head>"));
            assert_true(r.faults.n >= 1);
            isn_buf_release(&r.list);
        }
    }
    for (size_t k = 0; k < 4; k++) {
        archive a;
        reading r;
        begin(&a, ways[k]);
        put_page(&a, "http://example.org/1");
        isn_buf_str(&a.bytes, ISN_STR("noise \x1F\x8B\x08 that is \x28\xB5\x2F\xFD no record\n"));
        put_page(&a, "http://example.org/2");
        isn_buf_str(&a.record, ISN_STR("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n"));
        end_record(&a);
        isn_buf_str(&a.record, ISN_STR("WARC/1.0\r\nWARC-Type: response\r\n\r\nno length"));
        end_record(&a);
        put_answer(&a, "http://example.org/lz", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: lzma\r\n", ISN_STR("x"));
        put(&a, "response", "http://example.org/http", "", ISN_STR("no answer at all"), SIZE_MAX);
        put_page(&a, "http://example.org/3");
        read_archive(&r, &a);
        assert_string_equal(r.list.p, "http://example.org/1 " PAGE "\nhttp://example.org/2 " PAGE "\nhttp://example.org/3 " PAGE "\n");
        assert_true(r.faults.n >= 4);
        isn_buf_release(&r.list);
    }
}

/* A body or a record that grows past all measure is passed over. */
static void bombs(void **state)
{
    (void)state;
    isn_buf zeros, bomb;
    isn_buf_init(&zeros, (size_t)256 << 20);
    isn_buf_init(&bomb, (size_t)256 << 20);
    for (size_t i = 0; i < (size_t)100 << 20; i += 8)
        isn_buf_append(&zeros, "\0\0\0\0\0\0\0\0", 8);
    gzip(&bomb, isn_str_of(zeros.p, zeros.n));
    static const packed ways[] = {PLAIN, GZIP, ZSTD, GZIP_WHOLE};
    for (size_t k = 0; k < 4; k++) {
        archive a;
        reading r;
        begin(&a, ways[k]);
        put_page(&a, "http://example.org/1");
        put_answer(&a, "http://example.org/bomb", GZIPPED, isn_str_of(bomb.p, bomb.n));
        if (k == 1 || k == 2)
            put_answer(&a, "http://example.org/zeros", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", isn_str_of(zeros.p, zeros.n));
        put_page(&a, "http://example.org/2");
        read_archive(&r, &a);
        assert_string_equal(r.list.p, "http://example.org/1 " PAGE "\nhttp://example.org/2 " PAGE "\n");
        assert_int_equal(r.faults.n, k == 1 || k == 2 ? 2 : 1);
        assert_int_equal(r.faults.last.status, ISNAD_E_LIMIT);
        isn_buf_release(&r.list);
    }
    isn_buf_release(&zeros);
    isn_buf_release(&bomb);
}

/* Files that are no archive but packed: texts, lines, feeds; two members in one file. */
static void packed_files(void **state)
{
    (void)state;
    char path[TEMP_PATH];
    const char *input = path;
    const struct {
        const char *text, *more;
        size_t items, faults;
    } files[] = {{"a plain text", "", 1, 0},
                 {"{\"title\": \"a\"}\n", "{\"title\": \"b\"}\n", 2, 0},
                 {"<rss><channel><item><title>a</title></item>", "<item><title>b</title></item></channel></rss>", 2, 0},
                 {"", "", 0, 1}};
    for (size_t i = 0; i < 4; i++) {
        for (int how = 0; how < 2; how++) {
            isn_buf out;
            isn_source *source;
            isn_item item;
            faults f = {0};
            size_t n = 0;
            isn_buf_init(&out, 1 << 20);
            (how ? zstd : gzip)(&out, isn_str_cstr(files[i].text));
            (how ? zstd : gzip)(&out, isn_str_cstr(files[i].more));
            temp_file(path, "packed", "");
            assert_int_equal(isn_file_write(path, isn_str_of(out.p, out.n), NULL), ISNAD_OK);
            assert_int_equal(isn_source_new(&source, &input, 1, ISN_ITEM_GUESS, NULL, on_fault, &f, NULL), ISNAD_OK);
            for (; isn_source_next(source, &item); n++)
                isn_item_release(&item);
            assert_int_equal(n, files[i].items);
            assert_int_equal(f.n, files[i].faults);
            isn_source_free(source);
            isn_buf_release(&out);
            unlink(path);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packings), cmocka_unit_test(large_members), cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(damaged),  cmocka_unit_test(bombs),         cmocka_unit_test(packed_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
