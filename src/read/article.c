#include "read/article.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/blocks.h"
#include "read/charset.h"
#include "read/feed.h"
#include "read/html.h"
#include "read/jsonl.h"
#include "read/meta.h"
#include "read/mojibake.h"
#include "read/written.h"
#include "read/sniff.h"
#include "read/warc.h"

#define LANGUAGE_SAMPLE ((size_t)1024)
#define KIND_SAMPLE ((size_t)2048)

void isn_read_options_init(isn_read_options *options)
{
    *options = (isn_read_options){
        .fields = {.id = ISN_STR("id|docno|doc_id|guid"),
                   .url = ISN_STR("url|link|uri"),
                   .outlet = ISN_STR("outlet|source|src|publisher|newspaper"),
                   .published = ISN_STR("date|published|time|pubDate|publication_date|timestamp"),
                   .title = ISN_STR("title|headline"),
                   .text = ISN_STR("text|content|body|article"),
                   .author = ISN_STR("author|byline")},
    };
}

const char *isn_page_type_text(isn_page_type type)
{
    static const char *const names[] = {
#define X(name, text) text,
        ISN_PAGE_TYPES(X)
#undef X
    };
    return names[type];
}

void isn_item_release(isn_item *item)
{
    free(item->name);
    free(item->bytes);
    free(item->feed);
    *item = (isn_item){0};
}

void isn_diagnose(isn_diagnostics *list, isn_arena *arena, size_t begin, size_t end,
                  const char *code, const char *format, ...)
{
    if (list->n >= ISN_ARTICLE_DIAGNOSTICS)
        return;
    char message[256];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    isn_diagnostic *item = ISN_PUSH(arena, list);
    if (!item || n < 0)
        return;
    bool last = list->n == ISN_ARTICLE_DIAGNOSTICS;
    *item = (isn_diagnostic){(uint32_t)begin, (uint32_t)end, last ? "more" : code, {NULL, 0}};
    item->message = last ? ISN_STR("there were more faults than are listed")
                         : isn_arena_copy(arena, isn_str_of(message, (size_t)n < sizeof message
                                                                         ? (size_t)n
                                                                         : sizeof message - 1));
}

/* --- what an input is --------------------------------------------------------------------------
 */

/* Is the tag name at p one of HTML's? */
static bool starts_with_name(isn_str s, const char *name)
{
    size_t n = strlen(name);
    return s.n > n && strncasecmp(s.p, name, n) == 0 && !(s.p[n] >= 'a' && s.p[n] <= 'z');
}

static bool is_html(isn_str head)
{
    static const char *const tags[] = {
        "<!doctype html", "<html",  "<head", "<body", "<div",  "<p",       "<article", "<meta",
        "<title",         "<table", "<span", "<h1",   "<h2",   "<section", "<script",  "<main",
        "<center",        "<link",  "<base", "<br",   "<font", "<ul",      "<header"};
    size_t found = 0;
    for (size_t i = 0; i < head.n; i++) {
        isn_str rest = isn_str_part(head, i, head.n);
        if (rest.p[0] != '<')
            continue;
        for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
            found += starts_with_name(rest, tags[k]);
    }
    return found > 0;
}

/* A text that begins with `<` is a page if a tag of HTML is near, else some other XML. */
static isn_item_kind guess_kind(isn_str text, bool *foreign)
{
    isn_str head = isn_str_trim(isn_utf8_unmark(isn_str_part(text, 0, KIND_SAMPLE)));
    *foreign = false;
    if (head.n == 0)
        return ISN_ITEM_TEXT;
    if (head.p[0] == '{' && isn_str_trim(text).p[isn_str_trim(text).n - 1] == '}')
        return ISN_ITEM_JSON;
    if (head.p[0] != '<')
        return ISN_ITEM_TEXT;
    bool feed = isn_sniff_is_feed(text);
    if (!feed && is_html(head))
        return ISN_ITEM_HTML;
    *foreign = feed || isn_str_starts(head, ISN_STR("<?xml"));
    return isn_str_starts(head, ISN_STR("<!")) ? ISN_ITEM_HTML : ISN_ITEM_TEXT;
}

/* --- the text ------------------------------------------------------------------------------------
 */

/* Cuts a text that is too long or has too many lines, at the end of a line if one is near. */
static isn_str cut_text(isn_str text, isn_article *out, isn_arena *arena)
{
    size_t end = text.n < ISN_ARTICLE_TEXT ? text.n : ISN_ARTICLE_TEXT, at = 0, lines = 0;
    while (at < end) {
        const char *feed = memchr(text.p + at, '\n', end - at);
        if (!feed || ++lines == ISN_ARTICLE_LINES) {
            end = feed ? (size_t)(feed - text.p) + 1 : end;
            break;
        }
        at = (size_t)(feed - text.p) + 1;
    }
    if (end == text.n)
        return text;
    if (at > end / 2 && lines < ISN_ARTICLE_LINES)
        end = at;
    while (end && ((unsigned char)text.p[end] & 0xC0) == 0x80)
        end--;
    isn_diagnose(&out->diagnostics, arena, end, end, "cut",
                 "the text was cut: %zu of %zu bytes are read", end, text.n);
    return isn_str_part(text, 0, end);
}

/* Share of letters: Arabic script, letters that only Persian or Urdu write, Latin. */
static isn_str language_of(isn_str text)
{
    isn_str s = isn_str_part(text, 0, LANGUAGE_SAMPLE);
    size_t arabic = 0, persian = 0, urdu = 0, latin = 0, other = 0, at = 0;
    while (at < s.n) {
        size_t length;
        uint32_t c = isn_utf8_decode(s, at, &length);
        at += length;
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
            latin++;
        } else if (c >= 0x621 && c <= 0x6FF) {
            arabic++;
            persian += c == 0x67E || c == 0x686 || c == 0x6AF || c == 0x6CC;
            urdu +=
                c == 0x679 || c == 0x688 || c == 0x691 || c == 0x6BA || c == 0x6D2 || c == 0x6BE;
        } else if (c >= 0xFB50 && c <= 0xFEFC) {
            arabic++;
        } else if (c >= 0xC0 && c != 0xFFFD && !(c >= 0x2000 && c <= 0x2BFF)) {
            other++;
        }
    }
    if (arabic > latin && arabic > other) {
        if (urdu * 50 > arabic)
            return ISN_STR("ur");
        return persian * 20 > arabic ? ISN_STR("fa") : ISN_STR("ar");
    }
    return latin > other ? ISN_STR("en") : ISN_STR("und");
}

/* Is there anything to read: a letter of any script, the byte order mark left aside? */
static bool has_letter(isn_str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t length;
        uint32_t c = isn_utf8_decode(text, i, &length);
        i += length;
        if (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
            (c >= 0xC0 && c != 0xFEFF && c != 0xFFFD && !(c >= 0x2000 && c <= 0x206F)))
            return true;
    }
    return false;
}

/* --- what is known beside the text
 * ----------------------------------------------------------------- */

static isn_str hash_id(isn_arena *arena, isn_str title, isn_str text)
{
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    XXH3_128bits_update(&state, title.p, title.n);
    XXH3_128bits_update(&state, "\n", 1);
    XXH3_128bits_update(&state, text.p, text.n);
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    char hex[40];
    int n = snprintf(hex, sizeof hex, "%016llx%016llx", (unsigned long long)hash.high64,
                     (unsigned long long)hash.low64);
    return isn_arena_copy(arena, isn_str_of(hex, (size_t)n));
}

/* The date as ISO 8601 in the arena, or empty with a diagnostic. */
static isn_str date_of(isn_article *out, isn_arena *arena, const isn_page *page, isn_str written)
{
    char date[ISN_META_DATE];
    if (written.n == 0)
        return written;
    if (isn_any_date(date, page, written))
        return isn_arena_copy(arena, isn_str_cstr(date));
    isn_diagnose(&out->diagnostics, arena, 0, 0, "bad-date", "'%.*s' is no date that can be read",
                 (int)(written.n < 80 ? written.n : 80), written.p);
    return (isn_str){NULL, 0};
}

/* A day in the lines that say when and where. */
static isn_str date_in_text(const isn_article *article, isn_arena *arena, const isn_page *page)
{
    char date[ISN_META_DATE];
    for (size_t i = 0; i < article->n_blocks; i++) {
        const isn_block *block = &article->blocks[i];
        if (block->kind != ISN_BLOCK_DATELINE && block->kind != ISN_BLOCK_BYLINE)
            continue;
        isn_str line = isn_str_part(article->text, block->begin, block->end);
        if (isn_meta_find_date(date, line) || isn_written_date(date, page, line))
            return isn_arena_copy(arena, isn_str_cstr(date));
    }
    return (isn_str){NULL, 0};
}

/*
 * Outlet and date, the surest source first: the table of metadata, the options, the page or object,
 * its address, the text. `published` is as the input writes it.
 */
static void settle_meta(isn_article *out, isn_arena *arena, const isn_read_options *options,
                        isn_str published)
{
    isn_str outlet = {NULL, 0}, date = {NULL, 0};
    char written[ISN_META_DATE];
    if (options->metadata)
        isn_metadata_find(options->metadata, out->id, out->uri, &outlet, &date);
    if (!outlet.n)
        outlet = options->outlet;
    if (outlet.n)
        out->outlet = outlet;
    if (!date.n)
        date = date_of(out, arena, options->page, options->published);
    if (!date.n)
        date = date_of(out, arena, options->page, published);
    if (!date.n && isn_meta_address_date(written, out->address))
        date = isn_arena_copy(arena, isn_str_cstr(written));
    if (!date.n)
        date = date_in_text(out, arena, options->page);
    out->published = date;
    /* The lexicon's name of a host goes before what a page calls itself: one outlet, one name. */
    isn_str host = isn_meta_host(out->address), name = isn_page_outlet(options->page, host);
    if (!outlet.n && name.n)
        out->outlet = name;
    else if (!out->outlet.n)
        out->outlet = host;
}

/* Where the text of the record isn't the input's own, places in the input say nothing to a reader. */
static void forget_spans(isn_diagnostics *list)
{
    for (size_t i = 0; i < list->n; i++)
        list->items[i].begin = list->items[i].end = 0;
}

/* --- reading -------------------------------------------------------------------------------------
 */

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "the article outgrows its memory");
}

/* Blocks, title and language of the text that stands in *out. */
static isnad_status settle_text(isn_article *out, isn_arena *arena, const isn_read_options *options,
                                isn_str title, const uint8_t *hints, size_t n_hints,
                                isnad_error *err)
{
    isn_blocks_input input = {.text = out->text,
                              .title = title,
                              .hints = hints,
                              .n_hints = n_hints,
                              .page = options->page,
                              .lexicon = options->lexicon};
    if (!isn_blocks_make(&out->blocks, &out->n_blocks, arena, &input))
        return no_memory(err);
    for (size_t i = 0; i < out->n_blocks && !out->title.n; i++)
        if (out->blocks[i].kind == ISN_BLOCK_TITLE)
            out->title = isn_str_trim(isn_utf8_unmark(
                isn_str_part(out->text, out->blocks[i].begin, out->blocks[i].end)));
    if (!out->title.n)
        out->title = title;
    out->language = language_of(out->text);
    return ISNAD_OK;
}

static isnad_status read_text(isn_article *out, isn_arena *arena, isn_str text,
                              const isn_read_options *options, isnad_error *err)
{
    out->text = isn_arena_copy(arena, cut_text(text, out, arena));
    if (!out->text.p)
        return no_memory(err);
    for (size_t i = 0; i < out->diagnostics.n; i++) { /* those behind the cut */
        isn_diagnostic *d = &out->diagnostics.items[i];
        d->begin = d->begin < out->text.n ? d->begin : (uint32_t)out->text.n;
        d->end = d->end < out->text.n ? d->end : (uint32_t)out->text.n;
    }
    isnad_status status = settle_text(out, arena, options, (isn_str){NULL, 0}, NULL, 0, err);
    if (status == ISNAD_OK)
        settle_meta(out, arena, options, (isn_str){NULL, 0});
    return status;
}

/* Of a page that holds no article nothing is read, and the record says so. */
static void leave_unread(isn_article *out, isn_arena *arena)
{
    for (size_t i = 0; i < out->n_blocks; i++)
        if (isn_block_is_read(out->blocks[i].kind) && out->blocks[i].kind != ISN_BLOCK_TITLE)
            out->blocks[i].kind = ISN_BLOCK_RELATED;
    isn_diagnose(&out->diagnostics, arena, 0, 0, "no-article",
                 "the page is taken for %s: nothing is read out of it", isn_page_type_text(out->type));
}

static isnad_status read_html(isn_article *out, isn_arena *arena, isn_str page,
                              const isn_read_options *options, isnad_error *err)
{
    isn_html html;
    forget_spans(&out->diagnostics);
    isnad_status status = isn_html_read(&html, arena, page, options->page, options->favor, &out->diagnostics, err);
    if (status != ISNAD_OK)
        return status;
    if (!has_letter(html.text))
        return isn_fail(err, ISNAD_E_EMPTY, NULL, 0, "the page holds no text");
    out->text = cut_text(html.text, out, arena);
    out->author = html.author;
    out->outlet = html.outlet;
    if (!out->address.n)
        out->address = html.address;
    out->title = html.title;
    out->modified = html.modified;
    out->tags = html.tags;
    out->n_tags = html.n_tags;
    out->type = html.type;
    out->confidence = html.confidence;
    status = settle_text(out, arena, options, html.title, html.hints, html.n_hints, err);
    if (status == ISNAD_OK && html.type != ISN_PAGE_ARTICLE && options->favor != ISN_FAVOR_RECALL)
        leave_unread(out, arena);
    if (status == ISNAD_OK)
        settle_meta(out, arena, options, html.published);
    return status;
}

/* Title, an empty line, text: what is claimed of the title has a span. */
static isn_str compose(isn_arena *arena, isn_str title, isn_str text)
{
    isn_str body = isn_str_trim(text);
    if (!title.n || isn_str_starts(body, title))
        return text;
    char *p = isn_arena_alloc(arena, title.n + 2 + text.n);
    if (!p)
        return (isn_str){NULL, 0};
    for (size_t i = 0; i < title.n; i++)
        p[i] = title.p[i] == '\n' || title.p[i] == '\r' ? ' ' : title.p[i];
    memcpy(p + title.n, "\n\n", 2);
    if (text.n)
        memcpy(p + title.n + 2, text.p, text.n);
    return isn_str_of(p, title.n + 2 + text.n);
}

/* Does a field of JSON hold markup? */
static bool has_markup(isn_str text)
{
    static const char *const tags[] = {"<p>", "<p ", "</p>", "<br", "<div"};
    if (!text.n || !memchr(text.p, '<', text.n))
        return false;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (isn_str_find(text, isn_str_cstr(tags[i])) != SIZE_MAX)
            return true;
    return false;
}

/* A string of JSON that was encoded twice, behind escapes that its bytes don't show. */
static isn_str mended(isn_article *out, isn_arena *arena, isn_str text)
{
    isn_buf buffer;
    isn_buf_init(&buffer, text.n + 64);
    size_t lines = isn_mojibake_mend(&buffer, text);
    if (lines && !buffer.failed) {
        text = isn_arena_copy(arena, isn_str_of(buffer.p, buffer.n));
        isn_diagnose(&out->diagnostics, arena, 0, 0, "mojibake",
                     "%zu lines were UTF-8 read as another set and are mended", lines);
    }
    isn_buf_release(&buffer);
    return text;
}

/* An article whose fields stand apart, the text without markup. */
static isnad_status read_fields(isn_article *out, isn_arena *arena, const isn_fields *fields,
                                const isn_read_options *options, isnad_error *err)
{
    isn_str title = mended(out, arena, fields->title);
    isn_str text = compose(arena, title, mended(out, arena, fields->text));
    if (arena->full)
        return no_memory(err);
    if (!has_letter(text))
        return isn_fail(err, ISNAD_E_EMPTY, NULL, 0, "the object has no text");
    out->text = cut_text(text, out, arena);
    out->id = fields->id;
    out->address = fields->url;
    out->author = fields->author;
    out->outlet = fields->outlet;
    isnad_status status = settle_text(out, arena, options, title, NULL, 0, err);
    if (status == ISNAD_OK)
        settle_meta(out, arena, options, fields->published);
    return status;
}

static isnad_status read_json(isn_article *out, isn_arena *arena, isn_str object,
                              const isn_read_options *options, isnad_error *err)
{
    isn_fields json;
    isn_html html = {{NULL, 0}};
    forget_spans(&out->diagnostics);
    isnad_status status = isn_json_read(&json, arena, object, &options->fields, err);
    if (status == ISNAD_OK && has_markup(json.text)) {
        status = isn_html_read(&html, arena, json.text, options->page, options->favor, &out->diagnostics, err);
        json.text = html.text;
    }
    return status == ISNAD_OK ? read_fields(out, arena, &json, options, err) : status;
}

/* The fields as copies that live as long as the article. */
static bool keep_fields(isn_fields *fields, isn_arena *arena)
{
    isn_str *all[] = {&fields->id, &fields->url, &fields->outlet, &fields->published, &fields->title, &fields->author};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = isn_arena_copy(arena, *all[i]);
    return !arena->full;
}

static isnad_status read_feed(isn_article *out, isn_arena *arena, const isn_item *item,
                              const isn_read_options *options, isnad_error *err)
{
    isn_fields fields;
    isnad_status status = isn_feed_plain(&fields, arena, &item->feed->fields, err);
    if (status != ISNAD_OK)
        return status;
    if (!keep_fields(&fields, arena))
        return no_memory(err);
    if (!fields.outlet.n)
        fields.outlet = out->origin.feed;
    return read_fields(out, arena, &fields, options, err);
}

static isnad_status read_kind(isn_article *out, isn_arena *arena, const isn_item *item,
                              isn_str text, const isn_read_options *options, isnad_error *err)
{
    isn_item_kind kind = item->kind != ISN_ITEM_GUESS ? item->kind : options->kind;
    bool foreign = false;
    if (kind == ISN_ITEM_GUESS)
        kind = guess_kind(text, &foreign);
    if (foreign)
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0,
                        "this is XML that is no page; feeds, which hold many articles, are read from files only");
    if (!has_letter(text))
        return isn_fail(err, ISNAD_E_EMPTY, NULL, 0, "the input holds no text");
    switch (kind) {
    case ISN_ITEM_HTML:
        return read_html(out, arena, text, options, err);
    case ISN_ITEM_JSON:
        return read_json(out, arena, text, options, err);
    default:
        return read_text(out, arena, text, options, err);
    }
}

/* Names the input in the error. */
static void name_error(isnad_error *err, const isn_item *item)
{
    if (!err)
        return;
    snprintf(err->file, sizeof err->file, "%s", item->name ? item->name : "");
    err->line = item->line;
    if (!item->feed && !item->record)
        return;
    char why[sizeof err->message];
    snprintf(why, sizeof why, "%s", err->message);
    snprintf(err->message, sizeof err->message, "'%.200s': the %s at byte %llu: %.200s", item->name,
             item->feed ? "item" : "record", (unsigned long long)(item->feed ? item->offset : item->record->offset), why);
}

static isn_str checksum(isn_arena *arena, const uint64_t hash[2])
{
    char hex[48];
    int n = snprintf(hex, sizeof hex, "xxh3:%016llx%016llx", (unsigned long long)hash[0], (unsigned long long)hash[1]);
    return isn_arena_copy(arena, isn_str_of(hex, (size_t)n));
}

/* What it came out of, and the address that it had there. */
static void settle_origin(isn_article *out, isn_arena *arena, const isn_item *item)
{
    isn_str file = isn_arena_copy(arena, isn_str_cstr(item->name));
    const isn_page_record *record = item->record;
    if (item->feed) {
        out->origin = (isn_origin){.container = ISN_CONTAINER_FEED, .file = file, .offset = item->offset, .length = item->length,
                                   .checksum = checksum(arena, item->hash), .feed = isn_arena_copy(arena, item->feed->feed)};
        out->uri = isn_arena_copy(arena, item->feed->fields.url);
    } else if (record) {
        out->origin = (isn_origin){.container = ISN_CONTAINER_WARC, .file = file, .offset = record->offset, .length = record->length,
                                   .inside = record->inside, .checksum = checksum(arena, record->hash),
                                   .digest = isn_arena_copy(arena, record->digest), .fetched = isn_arena_copy(arena, record->date)};
        out->uri = isn_arena_copy(arena, record->target);
        out->address = isn_str_starts(out->uri, ISN_STR("http")) ? out->uri : (isn_str){NULL, 0};
    }
}

/* Path, path:line of JSON Lines, path@byte of what has no address in its feed or archive. */
static bool settle_uri(isn_article *out, isn_arena *arena, const isn_item *item)
{
    char place[32] = "";
    settle_origin(out, arena, item);
    if (out->uri.n)
        return !arena->full;
    if (item->line)
        snprintf(place, sizeof place, ":%llu", (unsigned long long)item->line);
    else if (out->origin.container)
        snprintf(place, sizeof place, "@%llu", (unsigned long long)out->origin.offset);
    size_t n = item->name ? strlen(item->name) : 0, m = strlen(place);
    char *uri = isn_arena_alloc(arena, n + m + 1);
    if (!uri)
        return false;
    memcpy(uri, item->name ? item->name : "", n);
    memcpy(uri + n, place, m);
    out->uri = isn_str_of(uri, n + m);
    return !arena->full;
}

static isnad_status read_bytes(isn_article *out, isn_arena *arena, const isn_item *item,
                               const isn_read_options *options, isnad_error *err)
{
    isn_charset_text decoded;
    if (item->feed) /* its feed was decoded as a whole */
        return settle_uri(out, arena, item) ? read_feed(out, arena, item, options, err) : no_memory(err);
    isnad_status status = isn_charset_decode(&decoded, isn_str_of(item->bytes, item->n),
                                             options->charset, &out->diagnostics, arena, err);
    if (status != ISNAD_OK)
        return status;
    status = settle_uri(out, arena, item) ? read_kind(out, arena, item, decoded.text, options, err) : no_memory(err);
    isn_charset_release(&decoded);
    return status;
}

isnad_status isn_article_read(isn_article *out, isn_arena *arena, const isn_item *item,
                              const isn_read_options *options, isnad_error *err)
{
    *out = (isn_article){{NULL, 0}};
    isnad_status status = read_bytes(out, arena, item, options, err);
    if (status == ISNAD_OK && item->note)
        isn_diagnose(&out->diagnostics, arena, 0, 0, item->feed ? "bad-item" : "cut-body", "%s", item->note);
    if (status == ISNAD_OK && !out->id.n)
        out->id = hash_id(arena, out->title, out->text);
    if (status == ISNAD_OK && arena->full)
        status = no_memory(err);
    if (status != ISNAD_OK)
        name_error(err, item);
    return status;
}
