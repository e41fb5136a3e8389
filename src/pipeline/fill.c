/* fill.c - the findings of the rooms as a record. */
#include "pipeline/fill.h"

#include <math.h>
#include <stdio.h>

#include "lexicon/schema.h"

#define MOST_EXACT 9007199254740992.0 /* 2^53: past it there are no decimals to round */

_Static_assert(ISN_NONE == ISN_NOTHING, "no entity is the same here and there");
_Static_assert((int)ISN_RECORD_SOURCE_WARC == (int)ISN_CONTAINER_WARC, "what articles are taken out of");
_Static_assert((int)ISN_RECORD_STATUS_NEGATED == (int)ISN_STATUS_NEGATED, "statuses of events");
_Static_assert((int)ISN_RECORD_BOUND_LESS_THAN == (int)ISN_BOUND_LESS_THAN, "bounds of counts");

static isn_record_ids ids(const uint32_t *items, size_t n)
{
    return (isn_record_ids){items, n};
}

static uint8_t hundredths(float value)
{
    return (uint8_t)(value * 100.0f + 0.5f);
}

static bool fill_blocks(isn_record *out, isn_arena *arena, const isn_article *article)
{
    isn_record_block *blocks = isn_arena_calloc(arena, article->n_blocks + 1, sizeof *blocks);
    if (!blocks)
        return false;
    for (size_t i = 0; i < article->n_blocks; i++) {
        const isn_block *block = &article->blocks[i];
        blocks[i] = (isn_record_block){{block->begin, block->end}, (uint8_t)block->kind};
    }
    out->blocks = blocks;
    out->n_blocks = article->n_blocks;
    return true;
}

static bool fill_roles(isn_record_entity *out, isn_arena *arena, const isn_findings *f,
                       const isn_entity *entity)
{
    isn_record_role *roles = isn_arena_calloc(arena, entity->n_roles + 1, sizeof *roles);
    if (!roles)
        return false;
    for (size_t i = 0; i < entity->n_roles; i++) {
        const isn_mention *mention = &f->mentions->items[entity->roles[i].mention];
        roles[i] = (isn_record_role){isn_str_part(f->article->text, mention->begin, mention->end),
                                     entity->roles[i].of, isn_str_cstr(mention->country),
                                     {mention->begin, mention->end}};
    }
    out->roles = roles;
    out->n_roles = entity->n_roles;
    return true;
}

static bool fill_mentions(isn_record_entity *out, isn_arena *arena, const isn_findings *f,
                          const isn_entity *entity)
{
    isn_record_mention *mentions = isn_arena_calloc(arena, entity->n_mentions + 1, sizeof *mentions);
    if (!mentions)
        return false;
    for (size_t i = 0; i < entity->n_mentions; i++) {
        const isn_mention *mention = &f->mentions->items[entity->mentions[i]];
        mentions[i] = (isn_record_mention){{mention->begin, mention->end}, mention->form};
    }
    out->mentions = mentions;
    out->n_mentions = entity->n_mentions;
    return true;
}

static bool fill_entities(isn_record *out, isn_arena *arena, const isn_findings *f)
{
    size_t n = f->entities->n;
    isn_record_entity *entities = isn_arena_calloc(arena, n + 1, sizeof *entities);
    if (!entities)
        return false;
    for (size_t e = 0; e < n; e++) {
        const isn_entity *entity = &f->entities->items[e];
        entities[e] = (isn_record_entity){.type = entity->type, .name = entity->name,
                                          .english = entity->english, .kb = entity->kb, .key = entity->key,
                                          .country = isn_str_cstr(entity->country),
                                          .sector = entity->sector, .region = entity->region,
                                          .placed = entity->placed, .lat = entity->lat, .lon = entity->lon};
        if (!fill_roles(&entities[e], arena, f, entity) || !fill_mentions(&entities[e], arena, f, entity))
            return false;
    }
    out->entities = entities;
    out->n_entities = n;
    return true;
}

static bool fill_dates(isn_record *out, isn_arena *arena, const isn_dates *found)
{
    isn_record_date *dates = isn_arena_calloc(arena, found->n + 1, sizeof *dates);
    if (!dates)
        return false;
    for (size_t i = 0; i < found->n; i++)
        dates[i] = (isn_record_date){{found->items[i].begin, found->items[i].end},
                                     isn_str_cstr(found->items[i].value)};
    out->dates = dates;
    out->n_dates = found->n;
    return true;
}

static bool fill_quotes(isn_record *out, isn_arena *arena, const isn_quotes *found)
{
    isn_record_quote *quotes = isn_arena_calloc(arena, found->n + 1, sizeof *quotes);
    if (!quotes)
        return false;
    for (size_t i = 0; i < found->n; i++) {
        const isn_quote *quote = &found->items[i];
        quotes[i] = (isn_record_quote){.span = {quote->begin, quote->end}, .direct = quote->direct,
                                       .speaker = quote->speaker, .via = ids(quote->via, quote->n_via),
                                       .rule = isn_str_cstr(quote->rule),
                                       .confidence = hundredths(quote->confidence)};
        if (quote->cue != ISN_NONE)
            quotes[i].cue = (isn_span){quote->cue_begin, quote->cue_end};
    }
    out->quotes = quotes;
    out->n_quotes = found->n;
    return true;
}

/* "frames-conflict.tsv:120 verb": the lexicon line and the rule that made the event. */
static isn_str rule_of(isn_arena *arena, const isn_findings *f, const isn_event *event)
{
    uint32_t line;
    isn_str file = isn_lexicon_source(f->text->lexicon, ISN_T_FRAMES, event->frame, &line);
    size_t room = file.n + strlen(event->rule) + sizeof ":4294967295 ";
    char *rule = isn_arena_alloc(arena, room);
    if (!rule)
        return (isn_str){NULL, 0};
    int n = snprintf(rule, room, "%.*s:%u %s", (int)file.n, file.p, line, event->rule);
    return isn_str_of(rule, (size_t)n);
}

/* CAMEO's code, quad code and score of an event's type and mode, else of its type: events.tsv. */
static void fill_codes(isn_record_event *out, const isn_lexicon *lexicon)
{
    isn_str quad = {NULL, 0}, score = {NULL, 0}, codes = {NULL, 0};
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_EVENTS); row++) {
        if (!isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_TYPE), out->type))
            continue;
        isn_str mode = isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_MODE);
        if (mode.n && !isn_str_equal(mode, out->mode))
            continue;
        codes = isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_CAMEO);
        quad = isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_QUAD);
        isn_str own = isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_SCORE);
        score = own.n ? own : score;
    }
    size_t n = 0;
    while (n < codes.n && codes.p[n] >= '0' && codes.p[n] <= '9')
        n++;
    out->cameo = isn_str_part(codes, 0, n);
    out->quad = quad.n && quad.p[0] >= '1' && quad.p[0] <= '4' ? (uint8_t)(quad.p[0] - '0') : 0;
    if (!out->quad || !isn_str_to_number(&out->intensity, score))
        out->intensity = 0.0;
}

static bool fill_events(isn_record *out, isn_arena *arena, const isn_findings *f)
{
    size_t n = f->events->n;
    isn_record_event *events = isn_arena_calloc(arena, n + 1, sizeof *events);
    if (!events)
        return false;
    for (size_t i = 0; i < n; i++) {
        const isn_event *event = &f->events->items[i];
        events[i] = (isn_record_event){
            .type = event->type, .mode = event->mode, .contexts = event->contexts,
            .n_contexts = event->n_contexts, .span = {event->begin, event->end},
            .trigger = {event->trigger_begin, event->trigger_end},
            .actor = ids(event->actor.entity, event->actor.n),
            .recipient = ids(event->recipient.entity, event->recipient.n), .place = event->place,
            .date = isn_str_cstr(event->date ? event->date->value : ""),
            .status = (uint8_t)event->status, .via = ids(event->via, event->n_via),
            .quote = event->quote, .rule = rule_of(arena, f, event),
            .confidence = hundredths(event->confidence)};
        if (!events[i].rule.p)
            return false;
        fill_codes(&events[i], f->text->lexicon);
    }
    out->events = events;
    out->n_events = n;
    return true;
}

/* A number as it reads once it stands in a record, with four decimals: 8.3 million is 8300000, whoever keeps it, and not a billionth more. */
static double as_written(double value)
{
    double parts = nearbyint(fabs(value) * 10000.0);
    return parts < MOST_EXACT ? copysign(parts / 10000.0, value) : value;
}

static bool fill_counts(isn_record *out, isn_arena *arena, const isn_counts *found)
{
    isn_record_count *counts = isn_arena_calloc(arena, found->n + 1, sizeof *counts);
    if (!counts)
        return false;
    for (size_t i = 0; i < found->n; i++) {
        const isn_count *count = &found->items[i];
        counts[i] = (isn_record_count){.span = {count->begin, count->end}, .value = as_written(count->value),
                                       .high = as_written(count->high),
                                       .bound = count->bound, .what = count->what, .unit = count->unit,
                                       .event = count->event};
    }
    out->counts = counts;
    out->n_counts = found->n;
    return true;
}

static bool fill_diagnostics(isn_record *out, isn_arena *arena, const isn_diagnostics *list)
{
    isn_record_diagnostic *diagnostics = isn_arena_calloc(arena, list->n + 1, sizeof *diagnostics);
    if (!diagnostics)
        return false;
    for (size_t i = 0; i < list->n; i++)
        diagnostics[i] = (isn_record_diagnostic){{(uint32_t)list->items[i].begin, (uint32_t)list->items[i].end},
                                                 isn_str_cstr(list->items[i].code),
                                                 list->items[i].message};
    out->diagnostics = diagnostics;
    out->n_diagnostics = list->n;
    return true;
}

bool isn_record_fill(isn_record *out, isn_arena *arena, const isn_findings *f)
{
    const isn_article *article = f->article;
    *out = (isn_record){.id = article->id, .uri = article->uri, .outlet = article->outlet,
                        .published = f->published, .language = article->language,
                        .title = f->title, .text = article->text, .author = article->author,
                        .address = article->address, .modified = article->modified,
                        .tags = article->tags, .n_tags = article->n_tags,
                        .page_confidence = article->confidence};
    if (article->type != ISN_PAGE_NO_PAGE)
        out->page = isn_str_cstr(isn_page_type_text(article->type));
    const isn_origin *origin = &article->origin;
    out->source = (isn_record_source){.kind = (uint8_t)origin->container, .file = origin->file, .offset = origin->offset,
                                      .length = origin->length, .inside = origin->inside, .checksum = origin->checksum,
                                      .digest = origin->digest, .fetched = origin->fetched, .feed = origin->feed};
    return fill_blocks(out, arena, article) && fill_entities(out, arena, f) &&
           fill_dates(out, arena, f->dates) && fill_quotes(out, arena, f->quotes) &&
           fill_events(out, arena, f) && fill_counts(out, arena, f->counts) &&
           fill_diagnostics(out, arena, &article->diagnostics);
}
