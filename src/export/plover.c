/* plover.c - PLOVER's own format: id, date, actor, recipient, event and what belongs to them, one JSON object an event. */
#include "export/plover.h"

#include "export/row.h"

static void field(isn_buf *out, const char *name, isn_str value)
{
    if (!value.n)
        return;
    isn_buf_format(out, ",\"%s\":", name);
    isn_buf_json(out, value);
}

static void write_entity(isn_buf *out, const isn_record *record, uint32_t entity)
{
    const isn_record_entity *e = &record->entities[entity];
    isn_buf_str(out, ISN_STR("{\"code\":"));
    isn_buf_json(out, e->country);
    field(out, "sector", e->sector);
    field(out, "entity_text", e->name);
    field(out, "identifier_id", e->kb);
    field(out, "identifier_text", e->english);
    if (e->n_roles)
        field(out, "office", e->roles[0].office);
    isn_buf_char(out, '}');
}

static void write_entities(isn_buf *out, const char *name, const isn_record *record, isn_record_ids list)
{
    isn_buf_format(out, ",\"%s\":[", name);
    for (size_t i = 0; i < list.n; i++) {
        if (i)
            isn_buf_char(out, ',');
        write_entity(out, record, list.items[i]);
    }
    isn_buf_char(out, ']');
}

static void write_place(isn_buf *out, const isn_record *record, uint32_t place)
{
    if (place == ISN_NOTHING)
        return;
    const isn_record_entity *e = &record->entities[place];
    isn_buf_str(out, ISN_STR(",\"event_loc\":{\"extracted_place\":"));
    isn_buf_json(out, e->name);
    field(out, "resolved_place", e->english);
    field(out, "country_code", e->country);
    isn_buf_char(out, '}');
}

/* Dead, injured and arrested of the event, as told first. */
static void write_sizes(isn_buf *out, const isn_record *record, uint32_t event)
{
    static const struct {
        const char *what, *name;
    } sizes[] = {{"killed", "dead"}, {"injured", "injured"}, {"arrested", "arrested"}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (size_t i = 0; i < record->n_counts; i++) {
            const isn_record_count *count = &record->counts[i];
            if (count->event != event || !isn_str_equal(count->what, isn_str_cstr(sizes[s].what)))
                continue;
            isn_buf_format(out, ",\"%s\":", sizes[s].name);
            isn_buf_number(out, count->value);
            break;
        }
    }
}

static void write_citation(isn_buf *out, const isn_record *record)
{
    isn_buf_str(out, ISN_STR(",\"cite_info\":{\"language\":"));
    isn_buf_json(out, record->language.n ? record->language : ISN_STR("ar"));
    field(out, "publication", record->outlet);
    field(out, "title", record->title);
    field(out, "url", record->address.n ? record->address : record->uri);
    isn_buf_str(out, ISN_STR(",\"coder\":\"isnad\"}"));
}

void isn_plover_write(isn_buf *out, const isn_record *record)
{
    for (uint32_t i = 0; i < record->n_events; i++) {
        const isn_record_event *event = &record->events[i];
        isn_out_row row = {.record = record, .event = event, .number = i, .actor = ISN_NOTHING, .recipient = ISN_NOTHING};
        char day[11];
        isn_buf_str(out, ISN_STR("{\"id\":\""));
        isn_buf_uint(out, isn_event_number(&row));
        isn_buf_str(out, ISN_STR("\",\"date\":"));
        isn_buf_json(out, isn_event_day(day, &row) ? isn_str_cstr(day) : (isn_str){NULL, 0});
        isn_buf_str(out, ISN_STR(",\"event\":"));
        isn_buf_json(out, event->type);
        field(out, "mode", event->mode);
        isn_buf_format(out, ",\"has_event\":%s", event->status == ISN_RECORD_STATUS_ACTUAL ? "true" : "false");
        write_entities(out, "actor", record, event->actor);
        write_entities(out, "recipient", record, event->recipient);
        write_place(out, record, event->place);
        field(out, "event_text", isn_sentence_at(record, event->trigger, NULL));
        if (event->quad) {
            isn_buf_format(out, ",\"quad_code\":%u,\"event_scale\":", event->quad);
            isn_buf_number(out, event->intensity);
        }
        isn_buf_str(out, ISN_STR(",\"context\":["));
        for (size_t k = 0; k < event->n_contexts; k++) {
            if (k)
                isn_buf_char(out, ',');
            isn_buf_json(out, event->contexts[k]);
        }
        isn_buf_char(out, ']');
        write_sizes(out, record, i);
        write_citation(out, record);
        field(out, "comment", isn_str_cstr(isn_record_status_text(event->status)));
        isn_buf_str(out, ISN_STR("}\n"));
    }
}
