#include "read/warc.h"

#include <stdio.h>
#include <strings.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/sniff.h"

#define MOST_HEAD_LINES 500u
#define MOST_TARGET ((size_t)8192) /* bytes of an address */
#define TYPE_SAMPLE ((size_t)1024)

/* --- headers ------------------------------------------------------------------------------------- */

/* WARC 1.0 was often written with the address in angle brackets. */
static isn_str without_brackets(isn_str s)
{
    return s.n > 2 && s.p[0] == '<' && s.p[s.n - 1] == '>' ? isn_str_part(s, 1, s.n - 1) : s;
}

static bool read_length(uint64_t *out, isn_str s)
{
    int64_t n;
    if (!isn_str_to_int(&n, s) || n < 0)
        return false;
    *out = (uint64_t)n;
    return true;
}

/* False where the line makes the header unusable. */
static bool read_field(isn_warc_head *out, isn_str line, bool *has_length)
{
    isn_str value;
    if (isn_http_field(&value, line, "warc-type"))
        out->type = value;
    else if (isn_http_field(&value, line, "warc-target-uri"))
        out->target = without_brackets(value);
    else if (isn_http_field(&value, line, "warc-date"))
        out->date = value;
    else if (isn_http_field(&value, line, "content-type"))
        out->content_type = value;
    else if (isn_http_field(&value, line, "warc-payload-digest"))
        out->digest = value;
    else if (isn_http_field(&value, line, "warc-block-digest"))
        out->digest = out->digest.n ? out->digest : value;
    else if (isn_http_field(&value, line, "warc-segment-number"))
        out->segment = true;
    else if (isn_http_field(&value, line, "content-length"))
        return *has_length = read_length(&out->length, value);
    return true;
}

isn_warc_found isn_warc_head_read(isn_warc_head *out, isn_str bytes)
{
    *out = (isn_warc_head){0};
    isn_str head = isn_str_part(bytes, 0, ISN_WARC_HEAD);
    isn_str magic = isn_str_part(ISN_STR("WARC/"), 0, head.n);
    bool has_length = false;
    if (!isn_str_starts(head, magic))
        return ISN_WARC_HEAD_BAD;
    for (size_t at = 0, lines = 0; lines < MOST_HEAD_LINES; lines++) {
        const char *feed = head.n > at ? memchr(head.p + at, '\n', head.n - at) : NULL;
        if (!feed)
            return head.n < ISN_WARC_HEAD ? ISN_WARC_HEAD_CUT : ISN_WARC_HEAD_BAD;
        isn_str line = isn_str_trim(isn_str_part(head, at, (size_t)(feed - head.p)));
        at = (size_t)(feed - head.p) + 1;
        if (lines == 0 && !isn_str_starts(line, ISN_STR("WARC/1.")) && !isn_str_starts(line, ISN_STR("WARC/0.")))
            return ISN_WARC_HEAD_BAD;
        if (line.n == 0) {
            out->n = at;
            return has_length && out->type.n ? ISN_WARC_HEAD_OK : ISN_WARC_HEAD_BAD;
        }
        if (!read_field(out, line, &has_length))
            return ISN_WARC_HEAD_BAD;
    }
    return ISN_WARC_HEAD_BAD;
}

/* Behind noise a record may begin within a line: then by its first two. */
static bool begins_record(isn_str bytes, size_t at)
{
    isn_str rest = isn_str_part(bytes, at, bytes.n);
    return at == 0 || bytes.p[at - 1] == '\n' || isn_str_starts(rest, ISN_STR("WARC/1.0\r\nWARC-")) ||
           isn_str_starts(rest, ISN_STR("WARC/1.1\r\nWARC-"));
}

size_t isn_warc_next_head(isn_str bytes, size_t from)
{
    while (from < bytes.n) {
        size_t found = isn_str_find(isn_str_part(bytes, from, bytes.n), ISN_STR("WARC/1."));
        if (found == SIZE_MAX)
            return SIZE_MAX;
        from += found;
        if (begins_record(bytes, from))
            return from;
        from++;
    }
    return SIZE_MAX;
}

static bool is_type(const isn_warc_head *head, const char *type)
{
    return head->type.n == strlen(type) && strncasecmp(head->type.p, type, head->type.n) == 0;
}

bool isn_warc_may_hold(const isn_warc_head *head)
{
    return is_type(head, "response") || is_type(head, "resource") || is_type(head, "conversion");
}

/* --- pieces -------------------------------------------------------------------------------------- */

void isn_warc_init(isn_warc *w)
{
    *w = (isn_warc){0};
    isn_buf_init(&w->unpacked, ISN_WARC_RECORD);
    isn_buf_init(&w->body, ISN_HTTP_BODY);
    isn_buf_init(&w->plain, ISN_HTTP_BODY);
}

void isn_warc_release(isn_warc *w)
{
    isn_buf_release(&w->unpacked);
    isn_buf_release(&w->body);
    isn_buf_release(&w->plain);
    isn_unpacker_free(w->gzip);
    isn_unpacker_free(w->zstd);
    isn_unpacker_free(w->deflate);
    isn_unpacker_free(w->brotli);
}

static isn_unpacker *unpacker(isn_warc *w, isn_packing packing, isnad_error *err)
{
    isn_unpacker **u = packing == ISN_PACKING_GZIP    ? &w->gzip
                       : packing == ISN_PACKING_ZSTD  ? &w->zstd
                       : packing == ISN_PACKING_DEFLATE ? &w->deflate
                                                      : &w->brotli;
    if (!*u)
        isn_unpacker_new(u, packing, err);
    return *u;
}

/* Does the piece stand in the file as it is? */
static bool is_plain(const isn_item *piece)
{
    return piece->packing == ISN_PACKING_NONE && piece->length;
}

/* Puts file and byte before what is wrong with a record. */
__attribute__((format(printf, 5, 6))) static isn_warc_step fault(const isn_warc *w, isnad_error *err, isnad_status status,
                                                                 size_t inside, const char *format, ...)
{
    char message[300], place[64] = "";
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    uint64_t at = w->piece->offset;
    if (is_plain(w->piece))
        at += inside;
    else if (w->piece->inside + inside)
        snprintf(place, sizeof place, " (%llu bytes into what it unpacks to)", (unsigned long long)(w->piece->inside + inside));
    isn_fail(err, status, w->piece->name, 0, "'%s': the record at byte %llu%s %s", w->piece->name, (unsigned long long)at, place,
             message);
    return ISN_WARC_FAULT;
}

/* Tapes end in zeros. */
static bool all_zeros(isn_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i])
            return false;
    return true;
}

void isn_warc_begin(isn_warc *w, const isn_item *piece)
{
    w->piece = piece;
    w->at = 0;
    w->cut = false;
    w->records = w->skipped = 0;
    w->fault = (isnad_error){0};
    w->bytes = isn_str_of(piece->bytes, piece->n);
    if (piece->packing == ISN_PACKING_NONE)
        return;
    isn_buf_reset(&w->unpacked);
    isnad_error why = {0};
    size_t used;
    bool cut = false;
    isn_unpacker *u = unpacker(w, (isn_packing)piece->packing, &why);
    isnad_status status = u ? isn_unpack_all(&w->unpacked, u, w->bytes, &used, &cut, &why) : why.status;
    w->bytes = isn_str_of(w->unpacked.p, w->unpacked.n);
    w->cut = status != ISNAD_OK;
    if (cut)
        fault(w, &w->fault, status, 0, "ends before its compressed data does; whole records before the cut are read");
    else if (status != ISNAD_OK)
        fault(w, &w->fault, status, 0, "%s; it is passed over", why.message);
    else if (!all_zeros(isn_str_part(isn_str_of(piece->bytes, piece->n), used, piece->n)))
        fault(w, &w->fault, ISNAD_E_FORMAT, 0, "is followed by %zu bytes that are none; they are passed over (was the archive cut?)",
              piece->n - used);
}

/* --- pages --------------------------------------------------------------------------------------- */

static bool type_is(isn_str type, const char *wanted)
{
    size_t n = strlen(wanted);
    return type.n >= n && strncasecmp(type.p, wanted, n) == 0 && (type.n == n || strchr(" ;,\t", type.p[n]));
}

/* HTML and text by its type, or a type that says nothing. */
static bool may_be_page(isn_str type, bool *silent)
{
    *silent = type.n == 0 || type_is(type, "application/octet-stream") || type_is(type, "unknown/unknown");
    return *silent || type_is(type, "text/html") || type_is(type, "application/xhtml+xml") || type_is(type, "text/plain");
}

bool isn_warc_is_page(const isn_warc_head *head, isn_str block)
{
    isn_http http = {.type = head->content_type};
    bool silent;
    if (!isn_warc_may_hold(head))
        return false;
    if (is_type(head, "response") && (!isn_http_read(&http, block) || http.status / 100 != 2))
        return false;
    return may_be_page(http.type, &silent);
}

/* Is a body of this type a page, and of which kind? */
static bool kind_of(isn_item_kind *out, isn_str type, isn_str target, isn_str body)
{
    isn_str head = isn_str_trim(isn_utf8_unmark(isn_str_part(body, 0, TYPE_SAMPLE)));
    isn_str path = isn_str_part(target, 0, isn_str_find(target, ISN_STR("?"))), root = isn_sniff_root(head);
    bool silent;
    *out = type_is(type, "text/plain") ? ISN_ITEM_TEXT : ISN_ITEM_HTML;
    if (isn_str_ends(path, ISN_STR("/robots.txt")) || isn_str_ends(path, ISN_STR("/ads.txt")))
        return false;
    if (!may_be_page(type, &silent) || isn_sniff_is_feed(head))
        return false;
    if (*out == ISN_ITEM_TEXT)
        return head.n && head.p[0] != '{';
    return !silent || (root.n == 4 && strncasecmp(root.p, "html", 4) == 0);
}

static isn_packing packing_named(isn_str name)
{
    static const struct {
        const char *name;
        isn_packing packing;
    } names[] = {{"gzip", ISN_PACKING_GZIP},       {"x-gzip", ISN_PACKING_GZIP}, {"deflate", ISN_PACKING_DEFLATE},
                 {"br", ISN_PACKING_BROTLI}, {"zstd", ISN_PACKING_ZSTD}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.n == strlen(names[i].name) && strncasecmp(name.p, names[i].name, name.n) == 0)
            return names[i].packing;
    return ISN_PACKING_NONE;
}

static const char cut_note[] = "the page's body ends early in the archive; what is there was read";

/*
 * The body of an answer without chunks and packing, or a fault in *err. Archives that keep bodies unpacked leave the header as it
 * was: a body that doesn't begin as it should is taken as it is.
 */
static bool open_body(isn_warc *w, isn_str *body, const isn_http *http, const char **note, isnad_error *why)
{
    *body = http->body;
    *note = NULL;
    isn_buf_reset(&w->body);
    isn_buf_reset(&w->plain);
    if (http->chunked) {
        isnad_status status = isn_http_join(&w->body, http->body, why);
        if (status != ISNAD_OK && status != ISNAD_E_NOT_FOUND && status != ISNAD_E_FORMAT)
            return false;
        if (status == ISNAD_E_FORMAT)
            *note = cut_note;
        if (status != ISNAD_E_NOT_FOUND)
            *body = isn_str_of(w->body.p, w->body.n);
    }
    isn_packing packing = packing_named(http->encoding);
    if (http->packed_twice || (http->encoding.n && packing == ISN_PACKING_NONE)) {
        isn_fail(why, ISNAD_E_FORMAT, NULL, 0, "holds a body that is packed with '%.*s', which is not read",
                 (int)(http->encoding.n < 40 ? http->encoding.n : 40), http->encoding.p);
        return false;
    }
    bool marked = packing == ISN_PACKING_GZIP || packing == ISN_PACKING_ZSTD;
    if (packing == ISN_PACKING_NONE || body->n == 0 || (marked && isn_packing_of(*body) != packing))
        return true;
    isn_unpacker *u = unpacker(w, packing, why);
    size_t used;
    bool cut = false;
    isnad_status status = u ? isn_unpack_all(&w->plain, u, *body, &used, &cut, why) : ISNAD_E_MEMORY;
    if (cut || (status == ISNAD_E_FORMAT && w->plain.n))
        *note = cut_note;
    else if (status == ISNAD_E_FORMAT && !marked && memchr(body->p, '<', body->n < 512 ? body->n : 512))
        return true; /* neither mark nor sense: it was kept unpacked */
    else if (status != ISNAD_OK)
        return false;
    *body = isn_str_of(w->plain.p, w->plain.n);
    return true;
}

/* Takes the page out of a record; ISN_WARC_END where it holds none. */
static isn_warc_step take_page(isn_warc *w, isn_item *page, const isn_warc_head *head, isn_str block, isnad_error *err)
{
    isn_http http = {.type = head->content_type, .body = block};
    isn_item_kind kind;
    const char *note = NULL;
    isn_str body = block;
    bool silent;
    size_t inside = w->at;
    if (head->segment)
        return fault(w, err, ISNAD_E_FORMAT, inside, "is a part of a record in segments, which are not read");
    if (is_type(head, "response") && !isn_http_read(&http, block)) {
        if (isn_str_starts(head->target, ISN_STR("http")))
            return fault(w, err, ISNAD_E_FORMAT, inside, "holds no answer of a web server that can be read");
        return ISN_WARC_END; /* DNS and the like */
    }
    if (http.status && http.status / 100 != 2)
        return ISN_WARC_END;
    if (!may_be_page(http.type, &silent))
        return ISN_WARC_END; /* nothing is unpacked for it */
    isnad_error why = {0};
    if (!open_body(w, &body, &http, &note, &why))
        return fault(w, err, why.status, inside, "%s; it is passed over", why.message);
    if (!kind_of(&kind, http.type, head->target, body))
        return ISN_WARC_END;
    *page = (isn_item){.kind = kind, .name = w->piece->name, .bytes = (char *)(uintptr_t)body.p, .n = body.n, .note = note,
                       .number = w->piece->number, .record = &w->record};
    return ISN_WARC_PAGE;
}

/* Past the line ends that close a record. */
static void skip_ends(isn_warc *w)
{
    while (w->at < w->bytes.n && (w->bytes.p[w->at] == '\r' || w->bytes.p[w->at] == '\n'))
        w->at++;
}

/* What stands here is no whole record: says so and moves to the next that begins. */
static isn_warc_step damaged(isn_warc *w, const char *what, isnad_error *err)
{
    size_t at = w->at, next = isn_warc_next_head(w->bytes, at + 1);
    w->at = next == SIZE_MAX ? w->bytes.n : next;
    if (w->cut && next == SIZE_MAX)
        return ISN_WARC_END; /* told already */
    return fault(w, err, ISNAD_E_FORMAT, at, next == SIZE_MAX ? "%s" : "%s; reading goes on with the next one", what);
}

static void remember(isn_warc *w, const isn_warc_head *head, isn_str whole)
{
    XXH128_hash_t hash = XXH3_128bits(whole.p, whole.n);
    const isn_item *piece = w->piece;
    bool plain = is_plain(piece);
    w->record = (isn_page_record){.target = isn_str_part(head->target, 0, MOST_TARGET), .date = head->date, .digest = head->digest,
                                  .offset = plain ? piece->offset + w->at : piece->offset,
                                  .length = plain ? whole.n : piece->length, .inside = plain ? 0 : piece->inside + w->at,
                                  .hash = {hash.high64, hash.low64}};
}

isn_warc_step isn_warc_next(isn_warc *w, isn_item *page, isnad_error *err)
{
    for (;;) {
        isn_warc_head head;
        skip_ends(w);
        isn_str rest = isn_str_part(w->bytes, w->at, w->bytes.n);
        if (rest.n == 0)
            break;
        isn_warc_found found = isn_warc_head_read(&head, rest);
        isn_warc_step step = ISN_WARC_END;
        if (found == ISN_WARC_HEAD_CUT)
            step = damaged(w, "is cut within its header; get the archive anew", err);
        else if (found == ISN_WARC_HEAD_BAD)
            step = damaged(w, "has no header that can be read", err);
        else if (head.length > rest.n - head.n)
            step = damaged(w, "claims more bytes than there are (was the archive cut? then get it anew)", err);
        if (step == ISN_WARC_END && w->fault.status == ISNAD_E_LIMIT && found == ISN_WARC_HEAD_OK && head.length > rest.n - head.n &&
            !isn_warc_is_page(&head, isn_str_part(rest, head.n, rest.n)))
            w->fault.status = ISNAD_OK; /* a film: nothing is lost */
        if (step == ISN_WARC_FAULT)
            return step;
        if (found != ISN_WARC_HEAD_OK || head.length > rest.n - head.n)
            continue;
        isn_str whole = isn_str_part(rest, 0, head.n + (size_t)head.length);
        w->records++;
        if (isn_warc_may_hold(&head)) {
            remember(w, &head, whole);
            step = take_page(w, page, &head, isn_str_part(whole, head.n, whole.n), err);
        }
        w->at += whole.n;
        if (step != ISN_WARC_END)
            return step;
        w->skipped++;
    }
    if (w->fault.status == ISNAD_OK)
        return ISN_WARC_END;
    *err = w->fault;
    w->fault.status = ISNAD_OK;
    return ISN_WARC_FAULT;
}
