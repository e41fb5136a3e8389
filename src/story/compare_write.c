/* compare_write.c - the table of a story as JSON (docs/stories.md). */
#include "story/compare.h"
#include "story/term.h"

static const char *kind_text(uint8_t kind)
{
    static const char *const texts[] = {"event", "quote", "count", "date", "date", "headline"};
    return texts[kind <= ISN_TELLING_HEADLINE ? kind : ISN_TELLING_HEADLINE];
}

static void put_key(isn_buf *out, const char *key)
{
    isn_buf_format(out, ",\"%s\":", key);
}

static void put_number(isn_buf *out, const char *key, uint64_t value)
{
    put_key(out, key);
    isn_buf_uint(out, value);
}

static void put_names(isn_buf *out, const char *key, const isn_record *r, isn_record_ids ids)
{
    put_key(out, key);
    isn_buf_char(out, '[');
    for (size_t i = 0; i < ids.n; i++) {
        if (i)
            isn_buf_char(out, ',');
        isn_buf_json(out, ids.items[i] < r->n_entities ? r->entities[ids.items[i]].name : (isn_str){0});
    }
    isn_buf_char(out, ']');
}

static isn_str name_of(const isn_record *r, uint32_t entity)
{
    return entity < r->n_entities ? r->entities[entity].name : (isn_str){0};
}

/* What belongs to one kind of telling. */
static void put_content(isn_buf *out, const isn_record *r, const isn_telling *t)
{
    if (t->kind == ISN_TELLING_EVENT) {
        const isn_record_event *v = &r->events[t->item];
        isn_buf_json_field(out, "type", v->type);
        isn_buf_json_field(out, "mode", v->mode);
        isn_buf_json_field(out, "status", isn_str_cstr(isn_record_status_text(v->status)));
        put_names(out, "actor", r, v->actor);
        put_names(out, "recipient", r, v->recipient);
        isn_buf_json_field(out, "place", name_of(r, v->place));
        isn_buf_json_field(out, "date", v->date);
        put_names(out, "via", r, v->via);
    } else if (t->kind == ISN_TELLING_QUOTE) {
        const isn_record_quote *q = &r->quotes[t->item];
        isn_buf_json_field(out, "speaker", name_of(r, q->speaker));
        isn_buf_format(out, ",\"direct\":%s", q->direct ? "true" : "false");
        put_names(out, "via", r, q->via);
    } else if (t->kind == ISN_TELLING_COUNT) {
        const isn_record_count *c = &r->counts[t->item];
        put_key(out, "value");
        isn_buf_number(out, t->factor > 0 ? c->value * t->factor : c->value);
        isn_buf_json_field(out, "bound", isn_str_cstr(isn_record_bound_text(c->bound)));
        isn_buf_json_field(out, "what", c->what);
        isn_buf_json_field(out, "unit", c->unit);
    } else if (t->kind == ISN_TELLING_DATE) {
        isn_buf_json_field(out, "value", r->dates[t->item].value);
    } else if (t->kind == ISN_TELLING_TERM) {
        static const char *const terms[] = {"within", "after", "lasting"};
        isn_buf_str(out, ISN_STR(",\"value\":\"P"));
        if (t->low < 1) {
            isn_buf_str(out, ISN_STR("T"));
            isn_buf_uint(out, (uint64_t)(t->low * 24 + 0.5));
            isn_buf_str(out, ISN_STR("H\""));
        } else {
            isn_buf_uint(out, (uint64_t)(t->low + 0.5));
            isn_buf_str(out, ISN_STR("D\""));
        }
        isn_buf_json_field(out, "term", isn_str_cstr(terms[t->what <= ISN_TERM_LASTING ? t->what : ISN_TERM_LASTING]));
    }
}

static void put_member(isn_buf *out, const isn_comparison *c, const isn_telling *t)
{
    const isn_record *r = c->tellings.records[t->article];
    isn_buf_format(out, "{\"article\":%u", t->article);
    isn_buf_json_field(out, "uri", r->uri);
    isn_buf_json_field(out, "kind", isn_str_cstr(kind_text(t->kind)));
    put_number(out, "begin", t->span.begin);
    put_number(out, "end", t->span.end);
    isn_buf_json_field(out, "text", isn_telling_text(&c->tellings, t));
    put_content(out, r, t);
    isn_buf_format(out, ",\"sentence\":{\"begin\":%u,\"end\":%u", t->sentence.begin, t->sentence.end);
    isn_buf_json_field(out, "text", isn_str_trim(isn_telling_sentence(&c->tellings, t)));
    isn_buf_str(out, ISN_STR("}}"));
}

static size_t member_of(const isn_fact *f, uint32_t telling)
{
    size_t i = 0;
    while (i < f->n && f->tellings[i] != telling)
        i++;
    return i;
}

static void put_clashes(isn_buf *out, const isn_fact *f)
{
    isn_buf_format(out, ",\"contradiction\":%s,\"contradictions\":[", f->n_clashes ? "true" : "false");
    for (size_t i = 0; i < f->n_clashes; i++) {
        const isn_clash *clash = &f->clashes[i];
        isn_buf_format(out, "%s{\"kind\":\"%s\",\"members\":[%zu,%zu]", i ? "," : "", isn_clash_text(clash->kind),
                       member_of(f, clash->a), member_of(f, clash->b));
        isn_buf_json_field(out, "sense", clash->sense);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
}

/* The articles that don't tell the fact. */
static void put_silent(isn_buf *out, const isn_comparison *c, const isn_fact *f)
{
    uint64_t tell = 0;
    bool begun = false;
    for (size_t i = 0; i < f->n; i++)
        tell |= (uint64_t)1 << c->tellings.items[f->tellings[i]].article;
    put_key(out, "silent");
    isn_buf_char(out, '[');
    for (size_t i = 0; i < c->tellings.n_records; i++) {
        if (tell >> i & 1)
            continue;
        if (begun)
            isn_buf_char(out, ',');
        isn_buf_uint(out, i);
        begun = true;
    }
    isn_buf_char(out, ']');
}

static void put_fact(isn_buf *out, const isn_comparison *c, const isn_fact *f)
{
    isn_buf_format(out, "{\"kind\":\"%s\"", kind_text(f->kind));
    put_number(out, "articles", f->n_articles);
    put_number(out, "origins", f->n_origins);
    put_silent(out, c, f);
    put_clashes(out, f);
    put_key(out, "members");
    isn_buf_char(out, '[');
    for (size_t i = 0; i < f->n; i++) {
        if (i)
            isn_buf_char(out, ',');
        put_member(out, c, &c->tellings.items[f->tellings[i]]);
    }
    isn_buf_str(out, ISN_STR("]}"));
}

static void put_articles(isn_buf *out, const isn_comparison *c)
{
    put_key(out, "articles");
    isn_buf_char(out, '[');
    for (size_t i = 0; i < c->tellings.n_records; i++) {
        const isn_record *r = c->tellings.records[i];
        isn_buf_format(out, "%s{\"origin\":%u", i ? "," : "", c->origins ? c->origins[i] : (uint32_t)i);
        if (c->numbers)
            isn_buf_format(out, ",\"article\":%lld", (long long)c->numbers[i]);
        isn_buf_json_field(out, "id", r->id);
        isn_buf_json_field(out, "uri", r->uri);
        isn_buf_json_field(out, "outlet", r->outlet);
        isn_buf_json_field(out, "published", r->published);
        isn_buf_json_field(out, "title", r->title);
        isn_buf_char(out, '}');
    }
    isn_buf_char(out, ']');
}

static void put_head(isn_buf *out, const isn_comparison *c, isn_str story)
{
    isn_buf_str(out, ISN_STR("{\"story\":"));
    if (c->numbers)
        isn_buf_str(out, story); /* a database has numbers for stories too */
    else
        isn_buf_json(out, story);
    put_articles(out, c);
    isn_buf_format(out, ",\"cut\":%s", c->tellings.cut ? "true" : "false");
}

static void put_facts(isn_buf *out, const isn_comparison *c, size_t from, size_t to)
{
    put_key(out, "facts");
    isn_buf_char(out, '[');
    for (size_t i = from; i < to; i++) {
        if (i > from)
            isn_buf_char(out, ',');
        put_fact(out, c, &c->facts[i]);
    }
    isn_buf_str(out, ISN_STR("]}"));
}

void isn_compare_write(isn_buf *out, const isn_comparison *c, isn_str story)
{
    put_head(out, c, story);
    put_facts(out, c, 0, c->n_facts);
}

void isn_compare_write_part(isn_buf *out, const isn_comparison *c, isn_str story, size_t offset, size_t limit)
{
    size_t from = offset < c->n_facts ? offset : c->n_facts, to = limit < c->n_facts - from ? from + limit : c->n_facts;
    put_head(out, c, story);
    put_number(out, "total", c->n_facts);
    put_number(out, "offset", offset);
    put_number(out, "limit", limit);
    isn_buf_format(out, ",\"more\":%s", to < c->n_facts ? "true" : "false");
    put_facts(out, c, from, to);
}
