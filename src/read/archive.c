#include "read/archive.h"

#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/error.h"
#include "read/warc.h"

#define PEEKED ((size_t)4096) /* packed bytes that are looked into */
#define LEAST_MEMBER 18u      /* bytes of an empty gzip member */
#define LEAST_FRAME 6u        /* of a zstd frame, damaged or not */

isnad_status isn_archive_open(isn_archive *a, isn_stream *stream, isn_packing packing, isnad_error *err)
{
    *a = (isn_archive){.stream = stream, .packing = packing};
    return packing == ISN_PACKING_NONE ? ISNAD_OK : isn_unpacker_new(&a->peek, packing, err);
}

void isn_archive_close(isn_archive *a)
{
    isn_unpacker_free(a->peek);
    *a = (isn_archive){0};
}

size_t isn_archive_peek(isn_unpacker *u, isn_str packed, char *out, size_t room)
{
    size_t n = 0, got;
    isn_unpacked state = ISN_UNPACKED_FULL;
    isn_unpacker_reset(u);
    while (n < room && packed.n && (state == ISN_UNPACKED_FULL || state == ISN_UNPACKED_MEMBER)) {
        state = isn_unpack(u, &packed, out + n, room - n, &got);
        n += got;
    }
    return n;
}

static unsigned long long place(const isn_archive *a)
{
    return a->inside ? a->member : isn_stream_place(a->stream);
}

/* Makes sure that `n` bytes are in the buffer, unless the file ends before. False with a fault in *err where reading fails. */
static bool want(isn_archive *a, size_t n, isnad_error *err)
{
    isn_stream *s = a->stream;
    while (!s->end && s->buf.n - s->at < n) {
        isn_stream_shift(s);
        if (isn_stream_more(s, err) != ISNAD_OK)
            return false;
    }
    return true;
}

/* Takes the next n bytes of the buffer as a piece. */
static isn_archive_step take(isn_archive *a, isn_item *piece, size_t n, isn_packing packing, isnad_error *err)
{
    isn_stream *s = a->stream;
    *piece = (isn_item){.kind = ISN_ITEM_WARC, .bytes = malloc(n + 1), .n = n, .packing = (uint8_t)packing,
                        .offset = place(a), .length = n};
    if (!piece->bytes) {
        isn_fail(err, ISNAD_E_MEMORY, s->name, 0, "no memory for the record at byte %llu of '%s'", place(a), s->name);
        s->at += n;
        return ISN_ARCHIVE_FAULT;
    }
    memcpy(piece->bytes, s->buf.p + s->at, n);
    piece->bytes[n] = 0;
    s->at += n;
    return ISN_ARCHIVE_PIECE;
}

/* --- packed members ------------------------------------------------------------------------------ */

/* Does a member that holds a record begin here? */
static bool begins_member(isn_archive *a, isn_str s)
{
    static const char magic[] = "WARC/";
    char head[sizeof magic];
    if (isn_packing_of(s) != a->packing || (a->packing == ISN_PACKING_GZIP && s.n > 3 && (unsigned char)s.p[3] & 0xE0))
        return false;
    size_t n = isn_archive_peek(a->peek, isn_str_part(s, 0, PEEKED), head, sizeof magic - 1);
    return n == sizeof magic - 1 && memcmp(head, magic, n) == 0;
}

/* Where the next member begins at `from` or behind; SIZE_MAX for nowhere. *sure: up to where nothing was found. */
static size_t find_member(isn_archive *a, isn_str s, size_t from, size_t *sure)
{
    isn_str magic = a->packing == ISN_PACKING_GZIP ? ISN_STR("\x1F\x8B\x08") : ISN_STR("\x28\xB5\x2F\xFD");
    bool last = a->stream->end;
    while (from < s.n) {
        size_t found = isn_str_find(isn_str_part(s, from, s.n), magic);
        *sure = found == SIZE_MAX ? s.n - (s.n < magic.n ? s.n : magic.n) : from + found;
        if (found == SIZE_MAX)
            return SIZE_MAX;
        from += found;
        if (s.n - from < PEEKED && !last)
            return SIZE_MAX; /* too little of it is here to tell */
        if (begins_member(a, isn_str_part(s, from, s.n)))
            return from;
        from++;
    }
    *sure = s.n;
    return SIZE_MAX;
}

/* The bytes of the member that begins the buffer; 0 where it doesn't end in ISN_ARCHIVE_MEMBER bytes. False with a fault in *err. */
static bool member_size(isn_archive *a, size_t *size, isnad_error *err)
{
    isn_stream *s = a->stream;
    size_t sure = a->packing == ISN_PACKING_GZIP ? LEAST_MEMBER : LEAST_FRAME;
    *size = 0;
    for (size_t step = ISN_STREAM_CHUNK;; step *= 2) {
        isn_str rest = isn_stream_rest(s);
        size_t end = SIZE_MAX;
        if (a->packing == ISN_PACKING_ZSTD) {
            size_t n = ZSTD_findFrameCompressedSize(rest.p, rest.n);
            bool cut = ZSTD_isError(n) && ZSTD_getErrorCode(n) == ZSTD_error_srcSize_wrong && !s->end;
            end = cut ? SIZE_MAX : ZSTD_isError(n) ? find_member(a, rest, sure, &sure) : n;
        } else {
            end = find_member(a, rest, sure, &sure);
        }
        if (end != SIZE_MAX || s->end) {
            *size = end != SIZE_MAX ? end : rest.n;
            return true;
        }
        if (rest.n >= ISN_ARCHIVE_MEMBER)
            return true;
        if (!want(a, rest.n + step, err))
            return false;
    }
}

/*
 * Past what is neither a member nor, where the archive is plain, a record. Says so unless it is the zeros that end a tape: then
 * it is ISN_ARCHIVE_AGAIN.
 */
static isn_archive_step skip_garbage(isn_archive *a, isnad_error *err)
{
    isn_stream *s = a->stream;
    unsigned long long from = place(a), inside = isn_stream_place(s);
    bool zeros = true, members = a->packing != ISN_PACKING_NONE && !a->inside;
    for (size_t begin = members ? 0 : 1;; begin = 0) {
        isn_str rest = isn_stream_rest(s);
        size_t sure = rest.n > 8 ? rest.n - 8 : 0;
        size_t next = members ? find_member(a, rest, begin, &sure) : isn_warc_next_head(rest, begin);
        size_t n = next != SIZE_MAX ? next : s->end ? rest.n : sure;
        for (size_t i = 0; zeros && i < n; i++)
            zeros = rest.p[i] == 0;
        s->at += n;
        if (next != SIZE_MAX || s->end)
            break;
        if (!want(a, s->buf.n - s->at + ISN_STREAM_CHUNK, err))
            return ISN_ARCHIVE_FAULT;
    }
    if (zeros)
        return ISN_ARCHIVE_AGAIN;
    if (a->inside)
        isn_fail(err, ISNAD_E_FORMAT, s->name, 0,
                 "'%s': in the member at byte %llu there is no record from %llu to %llu of what it unpacks to; that is passed over", s->name,
                 from, inside, (unsigned long long)isn_stream_place(s));
    else
        isn_fail(err, ISNAD_E_FORMAT, s->name, 0, "'%s': from byte %llu to %llu there is no record of an archive; that is passed over",
                 s->name, from, place(a));
    return ISN_ARCHIVE_FAULT;
}

static isn_archive_step next_member(isn_archive *a, isn_item *piece, isnad_error *err)
{
    isn_stream *s = a->stream;
    size_t size;
    if (!want(a, ISN_STREAM_CHUNK, err))
        return ISN_ARCHIVE_FAULT;
    isn_str rest = isn_stream_rest(s);
    if (rest.n == 0)
        return ISN_ARCHIVE_END;
    if (isn_packing_of(rest) != a->packing)
        return skip_garbage(a, err);
    if (!member_size(a, &size, err))
        return ISN_ARCHIVE_FAULT;
    if (size)
        return take(a, piece, size, a->packing, err);
    a->member = isn_stream_place(s);
    a->inside = isn_stream_unpack(s, a->packing, true, err) == ISNAD_OK;
    s->end = s->end || !a->inside;
    return a->inside ? ISN_ARCHIVE_AGAIN : ISN_ARCHIVE_FAULT;
}

/* --- by the records' lengths ---------------------------------------------------------------------- */

/* Does a record begin at the end of this one, or nothing at all? */
static bool ends_well(isn_str rest, size_t end, bool last, size_t *next)
{
    while (end < rest.n && (rest.p[end] == '\r' || rest.p[end] == '\n'))
        end++;
    *next = end;
    return end == rest.n ? last : isn_str_starts(isn_str_part(rest, end, rest.n), ISN_STR("WARC/"));
}

/*
 * Passes over a record that is too large. Where nothing begins behind it, its length is wrong: then the first record that begins within
 * it is gone back to, if the file allows it.
 */
static isn_archive_step skip_large(isn_archive *a, const isn_warc_head *head, isnad_error *err)
{
    isn_stream *s = a->stream;
    uint64_t left = head->n + head->length, candidate = UINT64_MAX;
    unsigned long long at = place(a), claimed = head->length;
    bool wanted = isn_warc_is_page(head, isn_str_part(isn_stream_rest(s), head->n, SIZE_MAX));
    size_t kept = head->n < left ? head->n : 0; /* the header begins no other record */
    s->at += kept;
    left -= kept;
    while (left) {
        isn_str rest = isn_stream_rest(s);
        size_t found = candidate == UINT64_MAX && !a->inside ? isn_warc_next_head(rest, 0) : SIZE_MAX;
        if (found != SIZE_MAX)
            candidate = isn_stream_place(s) + found;
        size_t n = rest.n > 8 && !s->end ? rest.n - 8 : rest.n; /* a beginning may be cut in two */
        n = n < left ? n : (size_t)left;
        s->at += n;
        left -= n;
        if (left && s->end)
            break;
        if (left && !want(a, s->buf.n - s->at + ISN_STREAM_CHUNK, err))
            return ISN_ARCHIVE_FAULT;
    }
    if (!want(a, 64, err))
        return ISN_ARCHIVE_FAULT;
    size_t next;
    bool well = left == 0 && ends_well(isn_stream_rest(s), 0, s->end, &next);
    if (!well && candidate != UINT64_MAX && lseek(s->fd, (off_t)candidate, SEEK_SET) == (off_t)candidate) {
        isn_buf_reset(&s->buf);
        s->at = 0;
        s->base = candidate;
        s->end = false;
    } else if (well && !wanted) {
        a->skipped++;
        return ISN_ARCHIVE_AGAIN;
    }
    isn_fail(err, well ? ISNAD_E_LIMIT : ISNAD_E_FORMAT, s->name, 0,
             well ? "'%s': the record at byte %llu has %llu bytes; those of more than %zu are passed over"
                  : "'%s': the record at byte %llu claims %llu bytes, which are not there; it is passed over (records of up to %zu are read)",
             s->name, at, claimed, ISN_WARC_RECORD);
    return ISN_ARCHIVE_FAULT;
}

/* The end of the record that begins the buffer, as far as it can be told. */
static size_t record_end(const isn_archive *a, isn_str rest, const isn_warc_head *head)
{
    size_t next = 0, end = head->n + (size_t)head->length;
    if (end <= rest.n && ends_well(rest, end, a->stream->end, &next))
        return next;
    size_t found = isn_warc_next_head(rest, head->n);
    return found != SIZE_MAX ? found : end <= rest.n ? next : rest.n;
}

static isn_archive_step next_record(isn_archive *a, isn_item *piece, isnad_error *err)
{
    isn_stream *s = a->stream;
    isn_warc_head head;
    if (!want(a, ISN_WARC_HEAD + 4, err))
        return ISN_ARCHIVE_FAULT;
    isn_str rest = isn_stream_rest(s);
    size_t blanks = 0;
    while (blanks < rest.n && (rest.p[blanks] == '\r' || rest.p[blanks] == '\n'))
        blanks++;
    s->at += blanks;
    if (blanks == rest.n && s->end)
        return ISN_ARCHIVE_END;
    if (blanks)
        return ISN_ARCHIVE_AGAIN;
    isn_warc_found found = isn_warc_head_read(&head, rest);
    if (found == ISN_WARC_HEAD_CUT && isn_warc_next_head(rest, 1) == SIZE_MAX)
        return take(a, piece, rest.n, ISN_PACKING_NONE, err); /* the worker says so */
    if (found != ISN_WARC_HEAD_OK)
        return skip_garbage(a, err);
    if (head.length > ISN_WARC_RECORD - head.n)
        return skip_large(a, &head, err);
    if (!want(a, head.n + (size_t)head.length + 64, err))
        return ISN_ARCHIVE_FAULT;
    rest = isn_stream_rest(s);
    isn_warc_head_read(&head, rest); /* its strings have moved */
    size_t end = record_end(a, rest, &head);
    a->records++;
    if (!isn_warc_may_hold(&head) && head.n + head.length <= end) {
        a->skipped++;
        s->at += end;
        return ISN_ARCHIVE_AGAIN;
    }
    return take(a, piece, end, ISN_PACKING_NONE, err);
}

/* After a large member: what follows is members again. One that was damaged ends where that was seen. */
static void leave_member(isn_archive *a)
{
    isn_stream_as_is(a->stream);
    a->stream->broken = false;
    a->inside = false;
    if (isn_stream_place(a->stream) == a->member && isn_stream_rest(a->stream).n)
        a->stream->at++; /* not a byte of it could be read */
}

isn_archive_step isn_archive_next(isn_archive *a, isn_item *piece, isnad_error *err)
{
    isn_archive_step step;
    do {
        if (a->packing != ISN_PACKING_NONE && !a->inside) {
            step = next_member(a, piece, err);
            continue;
        }
        uint64_t before = isn_stream_place(a->stream);
        step = next_record(a, piece, err);
        if (a->inside && step == ISN_ARCHIVE_PIECE) {
            piece->offset = a->member;
            piece->length = 0; /* the member's end is not known yet */
            piece->inside = before;
        }
        if (a->inside && step == ISN_ARCHIVE_END) {
            leave_member(a);
            step = ISN_ARCHIVE_AGAIN;
        }
    } while (step == ISN_ARCHIVE_AGAIN);
    return step;
}
