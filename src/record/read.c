/* read.c - the record read back from JSON. */
#include <jansson.h>
#include <math.h>

#include "record/record.h"

/* One reading: what it fills, where, and what was wrong first. */
typedef struct reading {
    isn_record *out;
    isn_arena *arena;
    json_t *entities, *quotes, *events; /* id -> index, borrowed strings */
    isnad_error *err;
    isnad_status status; /* ISNAD_OK until something fails */
} reading;

static void fail(reading *r, isnad_status status, const char *what)
{
    if (r->status == ISNAD_OK)
        r->status = isn_fail(r->err, status, NULL, 0, "%s", what);
}

/* count * size cleared bytes of the arena, or NULL, which is told. */
static void *room(reading *r, size_t count, size_t size)
{
    void *p = count ? isn_arena_calloc(r->arena, count, size) : NULL;
    if (count && !p)
        fail(r, ISNAD_E_MEMORY, "the record outgrows its memory");
    return p;
}

static isn_str string_of(reading *r, const json_t *value)
{
    if (!json_is_string(value) || json_string_length(value) == 0)
        return (isn_str){NULL, 0};
    isn_str s = isn_arena_copy(r->arena, isn_str_of(json_string_value(value), json_string_length(value)));
    if (!s.p)
        fail(r, ISNAD_E_MEMORY, "the record outgrows its memory");
    return s;
}

static isn_str text_at(reading *r, const json_t *object, const char *name)
{
    return string_of(r, json_object_get(object, name));
}

/* The span of an object; empty at 0 where it has none. A span outside of the text is a fault. */
static isn_span span_of(reading *r, const json_t *object)
{
    const json_t *begin = json_object_get(object, "begin"), *end = json_object_get(object, "end");
    if (!json_is_integer(begin) || !json_is_integer(end))
        return (isn_span){0, 0};
    json_int_t b = json_integer_value(begin), e = json_integer_value(end);
    if (b < 0 || e < b || (uint64_t)e > r->out->text.n) {
        fail(r, ISNAD_E_FORMAT, "a span of the record lies outside of its text");
        return (isn_span){0, 0};
    }
    return (isn_span){(uint32_t)b, (uint32_t)e};
}

/* The number of a word in a list of words; a word that isn't there is a fault, a missing one the first. */
static uint8_t choice(reading *r, const json_t *value, const char *(*text)(uint8_t), uint8_t n)
{
    if (!json_is_string(value))
        return 0;
    for (uint8_t i = 0; i < n; i++) {
        if (strcmp(json_string_value(value), text(i)) == 0)
            return i;
    }
    fail(r, ISNAD_E_FORMAT, "the record has a kind, type, form, status or bound that is none of its list");
    return 0;
}

#define X(name, text) +1
#define CHOICE(r, object, field, list, text)                                                       \
    choice((r), json_object_get((object), (field)), (text), (uint8_t)(0 list(X)))

static size_t length_of(reading *r, const json_t *list, size_t most)
{
    size_t n = json_array_size(list);
    if (n <= most)
        return n;
    fail(r, ISNAD_E_LIMIT, "a list of the record is too long");
    return 0;
}

/* id -> index of the items of a list; NULL without memory. */
static json_t *index_ids(const json_t *list)
{
    json_t *ids = json_object();
    size_t i;
    const json_t *item;
    json_array_foreach(list, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        if (ids && id)
            json_object_set_new(ids, id, json_integer((json_int_t)i));
    }
    return ids;
}

static uint32_t named(reading *r, const json_t *ids, const json_t *id)
{
    if (!json_is_string(id))
        return ISN_NOTHING;
    const json_t *index = json_object_get(ids, json_string_value(id));
    if (!index) {
        fail(r, ISNAD_E_FORMAT, "an id of the record names nothing in it");
        return ISN_NOTHING;
    }
    return (uint32_t)json_integer_value(index);
}

static isn_record_ids entity_list(reading *r, const json_t *list)
{
    size_t n = length_of(r, list, ISN_RECORD_MOST_LIST), i;
    uint32_t *items = room(r, n, sizeof *items);
    if (!items)
        return (isn_record_ids){NULL, 0};
    for (i = 0; i < n; i++)
        items[i] = named(r, r->entities, json_array_get(list, i));
    return (isn_record_ids){items, n};
}

static uint8_t confidence_of(const json_t *object)
{
    double value = json_number_value(json_object_get(object, "confidence"));
    return value <= 0.0 ? 0 : value >= 1.0 ? 100 : (uint8_t)(value * 100.0 + 0.5);
}

/* Reads one item of a list into its place. */
typedef void read_item_fn(reading *r, void *item, const json_t *object);

/* A list of objects as an array in the arena; *n its items. */
static const void *read_list(reading *r, size_t *n, const json_t *list, size_t size, read_item_fn *read)
{
    *n = length_of(r, list, ISN_RECORD_MOST_ITEMS);
    char *items = room(r, *n, size);
    if (!items)
        *n = 0;
    for (size_t i = 0; i < *n && r->status == ISNAD_OK; i++) {
        const json_t *object = json_array_get(list, i);
        if (json_is_object(object))
            read(r, items + i * size, object);
        else
            fail(r, ISNAD_E_FORMAT, "an item of the record is no object");
    }
    return items;
}

static void read_block(reading *r, void *item, const json_t *object)
{
    isn_record_block *block = item;
    block->span = span_of(r, object);
    block->kind = CHOICE(r, object, "kind", ISN_BLOCK_KINDS, isn_record_block_text);
}

static void read_mention(reading *r, void *item, const json_t *object)
{
    isn_record_mention *mention = item;
    mention->span = span_of(r, object);
    mention->form = CHOICE(r, object, "form", ISN_RECORD_FORMS, isn_record_form_text);
}

static void read_role(reading *r, void *item, const json_t *object)
{
    isn_record_role *role = item;
    role->office = text_at(r, object, "office");
    role->of = named(r, r->entities, json_object_get(object, "of"));
    role->country = text_at(r, object, "country");
    role->span = span_of(r, object);
}

/* Degrees as hundredths; a number out of its range is a fault. */
static int16_t degrees(reading *r, const json_t *value, double most)
{
    double number = json_is_number(value) ? json_number_value(value) : NAN;
    if (number >= -most && number <= most)
        return (int16_t)lround(number * 100.0);
    fail(r, ISNAD_E_FORMAT, "a place of the record lies nowhere on earth");
    return 0;
}

static void read_entity(reading *r, void *item, const json_t *object)
{
    isn_record_entity *entity = item;
    entity->type = CHOICE(r, object, "type", ISN_RECORD_TYPES, isn_record_type_text);
    entity->name = text_at(r, object, "name");
    entity->english = text_at(r, object, "english");
    entity->kb = text_at(r, object, "kb");
    entity->key = text_at(r, object, "key");
    entity->country = text_at(r, object, "country");
    entity->sector = text_at(r, object, "sector");
    entity->region = text_at(r, object, "region");
    const json_t *at = json_object_get(object, "at");
    entity->placed = json_is_object(at);
    if (entity->placed) {
        entity->lat = degrees(r, json_object_get(at, "lat"), 90.0);
        entity->lon = degrees(r, json_object_get(at, "lon"), 180.0);
    }
    entity->roles = read_list(r, &entity->n_roles, json_object_get(object, "roles"),
                              sizeof *entity->roles, read_role);
    entity->mentions = read_list(r, &entity->n_mentions, json_object_get(object, "mentions"),
                                 sizeof *entity->mentions, read_mention);
}

static void read_date(reading *r, void *item, const json_t *object)
{
    isn_record_date *date = item;
    date->span = span_of(r, object);
    date->value = text_at(r, object, "value");
}

static void read_quote(reading *r, void *item, const json_t *object)
{
    isn_record_quote *quote = item;
    const char *kind = json_string_value(json_object_get(object, "kind"));
    quote->span = span_of(r, object);
    quote->direct = kind && strcmp(kind, "direct") == 0;
    quote->speaker = named(r, r->entities, json_object_get(object, "speaker"));
    quote->cue = span_of(r, json_object_get(object, "cue"));
    quote->via = entity_list(r, json_object_get(object, "via"));
    quote->rule = text_at(r, object, "rule");
    quote->confidence = confidence_of(object);
}

static const isn_str *string_list(reading *r, size_t *n, const json_t *list)
{
    *n = length_of(r, list, ISN_RECORD_MOST_LIST);
    isn_str *items = room(r, *n, sizeof *items);
    if (!items)
        *n = 0;
    for (size_t i = 0; i < *n; i++)
        items[i] = string_of(r, json_array_get(list, i));
    return items;
}

static void read_event(reading *r, void *item, const json_t *object)
{
    isn_record_event *event = item;
    event->type = text_at(r, object, "type");
    event->mode = text_at(r, object, "mode");
    event->cameo = text_at(r, object, "cameo");
    double quad = json_number_value(json_object_get(object, "quad"));
    event->quad = quad >= 1.0 && quad <= 4.0 ? (uint8_t)quad : 0;
    event->intensity = event->quad ? json_number_value(json_object_get(object, "intensity")) : 0.0;
    event->contexts = string_list(r, &event->n_contexts, json_object_get(object, "context"));
    event->span = span_of(r, object);
    event->trigger = span_of(r, json_object_get(object, "trigger"));
    event->actor = entity_list(r, json_object_get(object, "actor"));
    event->recipient = entity_list(r, json_object_get(object, "recipient"));
    event->place = named(r, r->entities, json_object_get(object, "place"));
    event->date = text_at(r, object, "date");
    event->status = CHOICE(r, object, "status", ISN_RECORD_STATUSES, isn_record_status_text);
    event->via = entity_list(r, json_object_get(object, "via"));
    event->quote = named(r, r->quotes, json_object_get(object, "quote"));
    event->rule = text_at(r, object, "rule");
    event->confidence = confidence_of(object);
}

static void read_count(reading *r, void *item, const json_t *object)
{
    isn_record_count *count = item;
    const json_t *high = json_object_get(object, "high");
    count->span = span_of(r, object);
    count->value = json_number_value(json_object_get(object, "value"));
    count->high = json_is_number(high) ? json_number_value(high) : count->value;
    count->bound = CHOICE(r, object, "bound", ISN_RECORD_BOUNDS, isn_record_bound_text);
    count->what = text_at(r, object, "what");
    count->unit = text_at(r, object, "unit");
    count->event = named(r, r->events, json_object_get(object, "event"));
}

static void read_diagnostic(reading *r, void *item, const json_t *object)
{
    isn_record_diagnostic *diagnostic = item;
    diagnostic->span = span_of(r, object);
    diagnostic->code = text_at(r, object, "code");
    diagnostic->message = text_at(r, object, "message");
}

#undef X

#define READ_LIST(r, root, name, read)                                                             \
    ((r)->out->name = read_list((r), &(r)->out->n_##name, json_object_get((root), #name),          \
                                sizeof *(r)->out->name, (read)))

static uint64_t place_at(const json_t *object, const char *name)
{
    json_int_t n = json_integer_value(json_object_get(object, name));
    return n > 0 ? (uint64_t)n : 0;
}

static void read_source(reading *r, const json_t *object)
{
    isn_record_source *source = &r->out->source;
    const char *kind = json_string_value(json_object_get(object, "kind"));
    if (!kind)
        return;
    source->kind = strcmp(kind, "warc") == 0 ? ISN_RECORD_SOURCE_WARC : ISN_RECORD_SOURCE_FEED;
    source->file = text_at(r, object, "file");
    source->offset = place_at(object, "offset");
    source->length = place_at(object, "length");
    source->inside = place_at(object, "inside");
    source->checksum = text_at(r, object, "checksum");
    source->digest = text_at(r, object, "digest");
    source->fetched = text_at(r, object, "fetched");
    source->feed = text_at(r, object, "feed");
}

static void read_record(reading *r, const json_t *root)
{
    isn_record *out = r->out;
    out->text = text_at(r, root, "text");
    if (out->text.n == 0 || out->text.n > UINT32_MAX) {
        fail(r, ISNAD_E_FORMAT, "the record has no text");
        return;
    }
    out->id = text_at(r, root, "id");
    out->uri = text_at(r, root, "uri");
    read_source(r, json_object_get(root, "source"));
    out->outlet = text_at(r, root, "outlet");
    out->published = text_at(r, root, "published");
    out->language = text_at(r, root, "language");
    out->author = text_at(r, root, "author");
    out->address = text_at(r, root, "address");
    out->modified = text_at(r, root, "modified");
    out->tags = string_list(r, &out->n_tags, json_object_get(root, "tags"));
    out->page = text_at(r, json_object_get(root, "page"), "kind");
    out->page_confidence = confidence_of(json_object_get(root, "page"));
    out->title = text_at(r, root, "title");
    r->entities = index_ids(json_object_get(root, "entities"));
    r->quotes = index_ids(json_object_get(root, "quotes"));
    r->events = index_ids(json_object_get(root, "events"));
    if (!r->entities || !r->quotes || !r->events) {
        fail(r, ISNAD_E_MEMORY, "out of memory");
        return;
    }
    READ_LIST(r, root, blocks, read_block);
    READ_LIST(r, root, entities, read_entity);
    READ_LIST(r, root, dates, read_date);
    READ_LIST(r, root, quotes, read_quote);
    READ_LIST(r, root, events, read_event);
    READ_LIST(r, root, counts, read_count);
    READ_LIST(r, root, diagnostics, read_diagnostic);
}

isnad_status isn_record_read(isn_record *out, isn_arena *arena, isn_str json, isnad_error *err)
{
    *out = (isn_record){.id = {NULL, 0}};
    json_error_t why;
    json_t *root = json_loadb(json.p, json.n, JSON_ALLOW_NUL, &why);
    if (!root)
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "bad JSON at byte %d: %s", why.position, why.text);
    reading r = {.out = out, .arena = arena, .err = err, .status = ISNAD_OK};
    if (json_is_object(root))
        read_record(&r, root);
    else
        fail(&r, ISNAD_E_FORMAT, "JSON, but no object");
    json_decref(r.entities);
    json_decref(r.quotes);
    json_decref(r.events);
    json_decref(root);
    return r.status;
}
