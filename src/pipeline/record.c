#include "pipeline/record.h"

#include "lexicon/schema.h"

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

static void span(isn_buf *out, uint32_t begin, uint32_t end)
{
    isn_buf_append(out, "\"begin\":", 8);
    isn_buf_uint(out, begin);
    isn_buf_append(out, ",\"end\":", 7);
    isn_buf_uint(out, end);
}

static void entity_id(isn_buf *out, uint32_t entity)
{
    if (entity == ISN_NONE) {
        isn_buf_append(out, "null", 4);
        return;
    }
    isn_buf_append(out, "\"E", 2);
    isn_buf_uint(out, entity + 1);
    isn_buf_char(out, '"');
}

static void entity_list(isn_buf *out, const char *name, const uint32_t *list, size_t n)
{
    key(out, name);
    isn_buf_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i)
            isn_buf_char(out, ',');
        entity_id(out, list[i]);
    }
    isn_buf_char(out, ']');
}

static void write_blocks(isn_buf *out, const isn_article *article)
{
    static const char *const kinds[] = {
#define X(name, text) text,
        ISN_BLOCK_KINDS(X)
#undef X
    };
    isn_buf_append(out, "\"blocks\":[", 10);
    for (size_t i = 0; i < article->n_blocks; i++) {
        isn_buf_str(out, i ? ISN_STR(",{") : ISN_STR("{"));
        span(out, article->blocks[i].begin, article->blocks[i].end);
        isn_buf_append(out, ",\"kind\":\"", 9);
        isn_buf_str(out, isn_str_cstr(kinds[article->blocks[i].kind]));
        isn_buf_append(out, "\"}", 2);
    }
    isn_buf_append(out, "],", 2);
}

static void write_roles(isn_buf *out, const isn_findings *f, const isn_entity *entity)
{
    isn_buf_append(out, "\"roles\":[", 9);
    for (size_t i = 0; i < entity->n_roles; i++) {
        const isn_mention *mention = &f->mentions->items[entity->roles[i].mention];
        isn_buf_str(out, i ? ISN_STR(",{") : ISN_STR("{"));
        key(out, "office");
        isn_buf_json(out, isn_str_part(f->article->text, mention->begin, mention->end));
        isn_buf_append(out, ",\"of\":", 6);
        entity_id(out, entity->roles[i].of);
        isn_buf_char(out, ',');
        text_or_null(out, "country", isn_str_cstr(mention->country));
        span(out, mention->begin, mention->end);
        isn_buf_char(out, '}');
    }
    isn_buf_append(out, "],", 2);
}

static void write_entities(isn_buf *out, const isn_findings *f)
{
    static const char *const types[] = {"person", "organization", "place", "group"};
    static const char *const forms[] = {"name", "role", "pronoun"};
    isn_buf_append(out, "\"entities\":[", 12);
    for (uint32_t e = 0; e < f->entities->n; e++) {
        const isn_entity *entity = &f->entities->items[e];
        isn_buf_str(out, e ? ISN_STR(",{\"id\":") : ISN_STR("{\"id\":"));
        entity_id(out, e);
        isn_buf_char(out, ',');
        text_or_null(out, "type", isn_str_cstr(types[entity->type]));
        text_or_null(out, "name", entity->name);
        text_or_null(out, "english", entity->english);
        text_or_null(out, "kb", entity->kb);
        text_or_null(out, "country", isn_str_cstr(entity->country));
        text_or_null(out, "sector", entity->sector);
        write_roles(out, f, entity);
        isn_buf_append(out, "\"mentions\":[", 12);
        for (size_t i = 0; i < entity->n_mentions; i++) {
            const isn_mention *mention = &f->mentions->items[entity->mentions[i]];
            isn_buf_str(out, i ? ISN_STR(",{") : ISN_STR("{"));
            span(out, mention->begin, mention->end);
            isn_buf_append(out, ",\"form\":\"", 9);
            isn_buf_str(out, isn_str_cstr(forms[mention->form]));
            isn_buf_append(out, "\"}", 2);
        }
        isn_buf_append(out, "]}", 2);
    }
    isn_buf_append(out, "],", 2);
}

static void write_dates(isn_buf *out, const isn_dates *dates)
{
    isn_buf_append(out, "\"dates\":[", 9);
    for (size_t i = 0; i < dates->n; i++) {
        isn_buf_str(out, i ? ISN_STR(",{") : ISN_STR("{"));
        span(out, dates->items[i].begin, dates->items[i].end);
        isn_buf_append(out, ",\"value\":", 9);
        isn_buf_json(out, isn_str_cstr(dates->items[i].value));
        isn_buf_char(out, '}');
    }
    isn_buf_append(out, "],", 2);
}

static void quote_id(isn_buf *out, uint32_t quote)
{
    if (quote == ISN_NONE)
        isn_buf_append(out, "null", 4);
    else
        isn_buf_format(out, "\"Q%u\"", quote + 1);
}

static void confidence(isn_buf *out, float value)
{
    unsigned hundredths = (unsigned)(value * 100.0f + 0.5f);
    char digits[4] = {(char)('0' + hundredths / 100 % 10), '.', (char)('0' + hundredths / 10 % 10),
                      (char)('0' + hundredths % 10)};
    isn_buf_append(out, "\"confidence\":", 13);
    isn_buf_append(out, digits, sizeof digits);
}

static void write_quotes(isn_buf *out, const isn_quotes *quotes)
{
    isn_buf_append(out, "\"quotes\":[", 10);
    for (uint32_t q = 0; q < quotes->n; q++) {
        const isn_quote *quote = &quotes->items[q];
        isn_buf_str(out, q ? ISN_STR(",{\"id\":") : ISN_STR("{\"id\":"));
        quote_id(out, q);
        isn_buf_char(out, ',');
        span(out, quote->begin, quote->end);
        isn_buf_str(out, quote->direct ? ISN_STR(",\"kind\":\"direct\",\"speaker\":")
                                       : ISN_STR(",\"kind\":\"indirect\",\"speaker\":"));
        entity_id(out, quote->speaker);
        isn_buf_append(out, ",\"cue\":", 7);
        if (quote->cue == ISN_NONE) {
            isn_buf_append(out, "null", 4);
        } else {
            isn_buf_char(out, '{');
            span(out, quote->cue_begin, quote->cue_end);
            isn_buf_char(out, '}');
        }
        isn_buf_char(out, ',');
        entity_list(out, "via", quote->via, quote->n_via);
        isn_buf_char(out, ',');
        text_or_null(out, "rule", isn_str_cstr(quote->rule));
        confidence(out, quote->confidence);
        isn_buf_char(out, '}');
    }
    isn_buf_append(out, "],", 2);
}

/* "frames-conflict.tsv:120 verb": the lexicon line and the rule that made the event. */
static void write_rule(isn_buf *out, const isn_findings *f, const isn_event *event)
{
    uint32_t line;
    isn_str file = isn_lexicon_source(f->text->lexicon, ISN_T_FRAMES, event->frame, &line);
    isn_buf_append(out, "\"rule\":\"", 8);
    isn_buf_str(out, file);
    isn_buf_format(out, ":%u %s\",", line, event->rule);
}

static void write_event(isn_buf *out, const isn_findings *f, uint32_t v)
{
    static const char *const statuses[] = {"actual", "future", "hypothetical", "negated"};
    const isn_event *event = &f->events->items[v];
    isn_buf_format(out, "{\"id\":\"V%u\",", v + 1);
    text_or_null(out, "type", event->type);
    text_or_null(out, "mode", event->mode);
    isn_buf_append(out, "\"context\":[", 11);
    for (uint8_t i = 0; i < event->n_contexts; i++) {
        if (i)
            isn_buf_char(out, ',');
        isn_buf_json(out, event->contexts[i]);
    }
    isn_buf_append(out, "],", 2);
    span(out, event->begin, event->end);
    isn_buf_append(out, ",\"trigger\":{", 12);
    span(out, event->trigger_begin, event->trigger_end);
    isn_buf_append(out, "},", 2);
    entity_list(out, "actor", event->actor.entity, event->actor.n);
    isn_buf_char(out, ',');
    entity_list(out, "recipient", event->recipient.entity, event->recipient.n);
    isn_buf_append(out, ",\"place\":", 9);
    entity_id(out, event->place);
    isn_buf_char(out, ',');
    text_or_null(out, "date", isn_str_cstr(event->date ? event->date->value : ""));
    text_or_null(out, "status", isn_str_cstr(statuses[event->status]));
    entity_list(out, "via", event->via, event->n_via);
    isn_buf_append(out, ",\"quote\":", 9);
    quote_id(out, event->quote);
    isn_buf_char(out, ',');
    write_rule(out, f, event);
    confidence(out, event->confidence);
    isn_buf_char(out, '}');
}

static void write_diagnostics(isn_buf *out, const isn_diagnostics *list)
{
    isn_buf_append(out, "\"diagnostics\":[", 15);
    for (size_t i = 0; i < list->n; i++) {
        isn_buf_str(out, i ? ISN_STR(",{") : ISN_STR("{"));
        span(out, list->items[i].begin, list->items[i].end);
        isn_buf_append(out, ",\"code\":", 8);
        isn_buf_json(out, isn_str_cstr(list->items[i].code));
        isn_buf_append(out, ",\"message\":", 11);
        isn_buf_json(out, list->items[i].message);
        isn_buf_char(out, '}');
    }
    isn_buf_append(out, "]}", 2);
}

void isn_record_write(isn_buf *out, const isn_findings *f)
{
    const isn_article *article = f->article;
    isn_buf_append(out, "{\"isnad\":1,", 11);
    text_or_null(out, "id", article->id);
    text_or_null(out, "uri", article->uri);
    text_or_null(out, "outlet", article->outlet);
    text_or_null(out, "published", f->published);
    text_or_null(out, "language", article->language);
    text_or_null(out, "title", f->title);
    key(out, "text");
    isn_buf_json(out, article->text);
    isn_buf_char(out, ',');
    write_blocks(out, article);
    write_entities(out, f);
    write_dates(out, f->dates);
    write_quotes(out, f->quotes);
    isn_buf_append(out, "\"events\":[", 10);
    for (uint32_t v = 0; v < f->events->n; v++) {
        if (v)
            isn_buf_char(out, ',');
        write_event(out, f, v);
    }
    isn_buf_append(out, "],", 2);
    write_diagnostics(out, &article->diagnostics);
}
