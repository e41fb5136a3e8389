/* write.c - the record as JSON. */
#include "record/record.h"

#define WORDS(list) (const char *const[]){list(X)}
#define X(name, text) text,
const char *isn_record_block_text(uint8_t kind)
{
    return WORDS(ISN_BLOCK_KINDS)[kind];
}

const char *isn_record_type_text(uint8_t type)
{
    return WORDS(ISN_RECORD_TYPES)[type];
}

const char *isn_record_form_text(uint8_t form)
{
    return WORDS(ISN_RECORD_FORMS)[form];
}

const char *isn_record_status_text(uint8_t status)
{
    return WORDS(ISN_RECORD_STATUSES)[status];
}

const char *isn_record_bound_text(uint8_t bound)
{
    return WORDS(ISN_RECORD_BOUNDS)[bound];
}
#undef X

static void key(isn_buf *out, const char *name)
{
    isn_buf_char(out, '"');
    isn_buf_str(out, isn_str_cstr(name));
    isn_buf_append(out, "\":", 2);
}

static void text_or_null(isn_buf *out, const char *name, isn_str value)
{
    key(out, name);
    if (value.n)
        isn_buf_json(out, value);
    else
        isn_buf_append(out, "null", 4);
    isn_buf_char(out, ',');
}

static void word(isn_buf *out, const char *name, const char *value)
{
    key(out, name);
    isn_buf_char(out, '"');
    isn_buf_str(out, isn_str_cstr(value));
    isn_buf_char(out, '"');
}

static void write_span(isn_buf *out, isn_span span)
{
    isn_buf_append(out, "\"begin\":", 8);
    isn_buf_uint(out, span.begin);
    isn_buf_append(out, ",\"end\":", 7);
    isn_buf_uint(out, span.end);
}

/* "E3": the letter of its list and the number, from one; or null. */
static void write_id(isn_buf *out, char letter, uint32_t index)
{
    if (index == ISN_NOTHING) {
        isn_buf_append(out, "null", 4);
        return;
    }
    isn_buf_char(out, '"');
    isn_buf_char(out, letter);
    isn_buf_uint(out, (uint64_t)index + 1);
    isn_buf_char(out, '"');
}

static void id_field(isn_buf *out, const char *name, char letter, uint32_t index)
{
    key(out, name);
    write_id(out, letter, index);
    isn_buf_char(out, ',');
}

static void entity_list(isn_buf *out, const char *name, isn_record_ids list)
{
    key(out, name);
    isn_buf_char(out, '[');
    for (size_t i = 0; i < list.n; i++) {
        if (i)
            isn_buf_char(out, ',');
        write_id(out, 'E', list.items[i]);
    }
    isn_buf_append(out, "],", 2);
}

static void begin_item(isn_buf *out, size_t i)
{
    isn_buf_str(out, i ? ISN_STR(",{") : ISN_STR("{"));
}

static void begin_named(isn_buf *out, size_t i, char letter)
{
    begin_item(out, i);
    id_field(out, "id", letter, (uint32_t)i);
}

static void begin_list(isn_buf *out, const char *name)
{
    key(out, name);
    isn_buf_char(out, '[');
}

static void end_list(isn_buf *out)
{
    isn_buf_append(out, "],", 2);
}

static void write_confidence(isn_buf *out, uint8_t hundredths)
{
    isn_buf_append(out, "\"confidence\":", 13);
    isn_buf_hundredths(out, hundredths);
}

static void write_strings(isn_buf *out, const char *name, const isn_str *items, size_t n)
{
    begin_list(out, name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            isn_buf_char(out, ',');
        isn_buf_json(out, items[i]);
    }
    end_list(out);
}

static void write_page(isn_buf *out, const isn_record *r)
{
    key(out, "page");
    if (r->page.n) {
        isn_buf_char(out, '{');
        text_or_null(out, "kind", r->page);
        write_confidence(out, r->page_confidence);
        isn_buf_append(out, "},", 2);
    } else {
        isn_buf_append(out, "null,", 5);
    }
}

static void write_blocks(isn_buf *out, const isn_record *r)
{
    begin_list(out, "blocks");
    for (size_t i = 0; i < r->n_blocks; i++) {
        begin_item(out, i);
        write_span(out, r->blocks[i].span);
        isn_buf_char(out, ',');
        word(out, "kind", isn_record_block_text(r->blocks[i].kind));
        isn_buf_char(out, '}');
    }
    end_list(out);
}

static void write_roles(isn_buf *out, const isn_record_entity *entity)
{
    begin_list(out, "roles");
    for (size_t i = 0; i < entity->n_roles; i++) {
        const isn_record_role *role = &entity->roles[i];
        begin_item(out, i);
        key(out, "office");
        isn_buf_json(out, role->office);
        isn_buf_char(out, ',');
        id_field(out, "of", 'E', role->of);
        text_or_null(out, "country", role->country);
        write_span(out, role->span);
        isn_buf_char(out, '}');
    }
    end_list(out);
}

static void write_at(isn_buf *out, const isn_record_entity *entity)
{
    key(out, "at");
    if (!entity->placed) {
        isn_buf_append(out, "null,", 5);
        return;
    }
    isn_buf_append(out, "{\"lat\":", 7);
    isn_buf_hundredths(out, entity->lat);
    isn_buf_append(out, ",\"lon\":", 7);
    isn_buf_hundredths(out, entity->lon);
    isn_buf_append(out, "},", 2);
}

static void write_entities(isn_buf *out, const isn_record *r)
{
    begin_list(out, "entities");
    for (size_t e = 0; e < r->n_entities; e++) {
        const isn_record_entity *entity = &r->entities[e];
        begin_named(out, e, 'E');
        word(out, "type", isn_record_type_text(entity->type));
        isn_buf_char(out, ',');
        text_or_null(out, "name", entity->name);
        text_or_null(out, "english", entity->english);
        text_or_null(out, "kb", entity->kb);
        text_or_null(out, "key", entity->key);
        text_or_null(out, "country", entity->country);
        text_or_null(out, "sector", entity->sector);
        text_or_null(out, "region", entity->region);
        write_at(out, entity);
        write_roles(out, entity);
        begin_list(out, "mentions");
        for (size_t i = 0; i < entity->n_mentions; i++) {
            begin_item(out, i);
            write_span(out, entity->mentions[i].span);
            isn_buf_char(out, ',');
            word(out, "form", isn_record_form_text(entity->mentions[i].form));
            isn_buf_char(out, '}');
        }
        isn_buf_append(out, "]}", 2);
    }
    end_list(out);
}

static void write_dates(isn_buf *out, const isn_record *r)
{
    begin_list(out, "dates");
    for (size_t i = 0; i < r->n_dates; i++) {
        begin_item(out, i);
        write_span(out, r->dates[i].span);
        isn_buf_append(out, ",\"value\":", 9);
        isn_buf_json(out, r->dates[i].value);
        isn_buf_char(out, '}');
    }
    end_list(out);
}

static void write_quotes(isn_buf *out, const isn_record *r)
{
    begin_list(out, "quotes");
    for (size_t q = 0; q < r->n_quotes; q++) {
        const isn_record_quote *quote = &r->quotes[q];
        begin_named(out, q, 'Q');
        write_span(out, quote->span);
        isn_buf_char(out, ',');
        word(out, "kind", quote->direct ? "direct" : "indirect");
        isn_buf_char(out, ',');
        id_field(out, "speaker", 'E', quote->speaker);
        key(out, "cue");
        if (quote->cue.begin == quote->cue.end) {
            isn_buf_append(out, "null", 4);
        } else {
            isn_buf_char(out, '{');
            write_span(out, quote->cue);
            isn_buf_char(out, '}');
        }
        isn_buf_char(out, ',');
        entity_list(out, "via", quote->via);
        text_or_null(out, "rule", quote->rule);
        write_confidence(out, quote->confidence);
        isn_buf_char(out, '}');
    }
    end_list(out);
}

static void write_number(isn_buf *out, const char *name, double value)
{
    key(out, name);
    isn_buf_number(out, value);
    isn_buf_char(out, ',');
}

static void write_event(isn_buf *out, const isn_record_event *event, size_t v)
{
    begin_named(out, v, 'V');
    text_or_null(out, "type", event->type);
    text_or_null(out, "mode", event->mode);
    text_or_null(out, "cameo", event->cameo);
    if (event->quad) {
        write_number(out, "quad", event->quad);
        write_number(out, "intensity", event->intensity);
    } else {
        isn_buf_str(out, ISN_STR("\"quad\":null,\"intensity\":null,"));
    }
    write_strings(out, "context", event->contexts, event->n_contexts);
    write_span(out, event->span);
    isn_buf_append(out, ",\"trigger\":{", 12);
    write_span(out, event->trigger);
    isn_buf_append(out, "},", 2);
    entity_list(out, "actor", event->actor);
    entity_list(out, "recipient", event->recipient);
    id_field(out, "place", 'E', event->place);
    text_or_null(out, "date", event->date);
    word(out, "status", isn_record_status_text(event->status));
    isn_buf_char(out, ',');
    entity_list(out, "via", event->via);
    id_field(out, "quote", 'Q', event->quote);
    text_or_null(out, "rule", event->rule);
    write_confidence(out, event->confidence);
    isn_buf_char(out, '}');
}

static void write_counts(isn_buf *out, const isn_record *r)
{
    begin_list(out, "counts");
    for (size_t i = 0; i < r->n_counts; i++) {
        const isn_record_count *count = &r->counts[i];
        begin_item(out, i);
        write_span(out, count->span);
        isn_buf_char(out, ',');
        write_number(out, "value", count->value);
        if (count->high != count->value)
            write_number(out, "high", count->high);
        else
            isn_buf_append(out, "\"high\":null,", 12);
        word(out, "bound", isn_record_bound_text(count->bound));
        isn_buf_char(out, ',');
        text_or_null(out, "what", count->what);
        text_or_null(out, "unit", count->unit);
        key(out, "event");
        write_id(out, 'V', count->event);
        isn_buf_char(out, '}');
    }
    end_list(out);
}

static void write_diagnostics(isn_buf *out, const isn_record *r)
{
    begin_list(out, "diagnostics");
    for (size_t i = 0; i < r->n_diagnostics; i++) {
        begin_item(out, i);
        write_span(out, r->diagnostics[i].span);
        isn_buf_append(out, ",\"code\":", 8);
        isn_buf_json(out, r->diagnostics[i].code);
        isn_buf_append(out, ",\"message\":", 11);
        isn_buf_json(out, r->diagnostics[i].message);
        isn_buf_char(out, '}');
    }
    isn_buf_append(out, "]}", 2);
}

static void write_place(isn_buf *out, const char *name, uint64_t value)
{
    key(out, name);
    isn_buf_uint(out, value);
    isn_buf_char(out, ',');
}

static void write_source(isn_buf *out, const isn_record_source *source)
{
    if (source->kind == ISN_RECORD_SOURCE_NONE) {
        isn_buf_append(out, "\"source\":null,", 14);
        return;
    }
    isn_buf_append(out, "\"source\":{", 10);
    word(out, "kind", source->kind == ISN_RECORD_SOURCE_FEED ? "feed" : "warc");
    isn_buf_char(out, ',');
    text_or_null(out, "file", source->file);
    write_place(out, "offset", source->offset);
    if (source->length)
        write_place(out, "length", source->length);
    else
        isn_buf_append(out, "\"length\":null,", 14);
    write_place(out, "inside", source->inside);
    text_or_null(out, "checksum", source->checksum);
    text_or_null(out, "digest", source->digest);
    text_or_null(out, "fetched", source->fetched);
    text_or_null(out, "feed", source->feed);
    out->n -= out->n > 0; /* the last comma */
    isn_buf_append(out, "},", 2);
}

void isn_record_write(isn_buf *out, const isn_record *r)
{
    isn_buf_append(out, "{\"isnad\":1,", 11);
    text_or_null(out, "id", r->id);
    text_or_null(out, "uri", r->uri);
    write_source(out, &r->source);
    text_or_null(out, "outlet", r->outlet);
    text_or_null(out, "published", r->published);
    text_or_null(out, "language", r->language);
    text_or_null(out, "author", r->author);
    text_or_null(out, "address", r->address);
    text_or_null(out, "modified", r->modified);
    write_strings(out, "tags", r->tags, r->n_tags);
    write_page(out, r);
    text_or_null(out, "title", r->title);
    key(out, "text");
    isn_buf_json(out, r->text);
    isn_buf_char(out, ',');
    write_blocks(out, r);
    write_entities(out, r);
    write_dates(out, r);
    write_quotes(out, r);
    begin_list(out, "events");
    for (size_t v = 0; v < r->n_events; v++)
        write_event(out, &r->events[v], v);
    end_list(out);
    write_counts(out, r);
    write_diagnostics(out, r);
}
