/* facets.c - what an article is found by besides its words. Each is one term of the search index's second column. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/schema.h"
#include "store/parts.h"
#include "time/civil.h"

void isn_facet_write(isn_buf *out, const char *kind, isn_str value)
{
    isn_buf_str(out, isn_str_cstr(kind));
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        isn_buf_char(out, (unsigned char)c <= ' ' || c == '"' ? '_' : c);
    }
}

typedef struct facet {
    const char *kind;
    isn_str value;
} facet;

typedef struct facets {
    facet *items;
    size_t n, capacity;
} facets;

static int compare(const void *a, const void *b)
{
    const facet *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);
    return order ? order : isn_str_compare(x->value, y->value);
}

static bool add(facets *list, isn_arena *arena, const char *kind, isn_str value)
{
    if (value.n == 0)
        return true;
    facet *f = ISN_PUSH(arena, list);
    if (f)
        *f = (facet){kind, value};
    return f != NULL;
}

static bool add_parties(facets *list, isn_arena *arena, const isn_record *r, const char *kind, isn_record_ids ids)
{
    bool good = true;
    for (size_t i = 0; good && i < ids.n; i++)
        good = add(list, arena, kind, isn_record_key(&r->entities[ids.items[i]]));
    return good;
}

/* The quad code of a type: that of its line without a mode. */
static isn_str quad_of(const isn_lexicon *lexicon, isn_str type)
{
    uint32_t row = isn_lexicon_row(lexicon, ISN_T_EVENTS, type);
    return row == ISN_NO_ROW ? (isn_str){NULL, 0} : isn_lexicon_cell(lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_QUAD);
}

/* The day of an event, its month and its year: a range of days is asked for by a few of these. */
static bool add_day(facets *list, isn_arena *arena, int64_t day)
{
    if (day == ISN_NO_DAY)
        return true;
    isn_day d = isn_day_of(day);
    char text[48];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    isn_str kept = isn_arena_copy(arena, isn_str_of(text, (size_t)n));
    return kept.p && add(list, arena, "d:", kept) && add(list, arena, "d:", isn_str_part(kept, 0, kept.n - 3)) &&
           add(list, arena, "d:", isn_str_part(kept, 0, kept.n - 6));
}

static bool add_event(facets *list, isn_arena *arena, const isn_packer *packer, const isn_record *r,
                      const isn_record_event *event)
{
    int64_t day = isn_store_day(event->date);
    return add_day(list, arena, day == ISN_NO_DAY ? isn_store_day(r->published) : day) &&
           add(list, arena, "t:", event->type) && add(list, arena, "m:", event->mode) &&
           add(list, arena, "q:", quad_of(packer->lexicon, event->type)) &&
           add_parties(list, arena, r, "b:", event->actor) && add_parties(list, arena, r, "r:", event->recipient);
}

bool isn_facets_write(isn_packer *packer, isn_arena *arena, const isn_record *r)
{
    facets list = {NULL, 0, 0};
    bool good = add(&list, arena, "o:", r->outlet) && add(&list, arena, "l:", r->language);
    for (size_t e = 0; good && e < r->n_entities; e++)
        good = add(&list, arena, "a:", isn_record_key(&r->entities[e])) && add(&list, arena, "c:", r->entities[e].country);
    for (size_t v = 0; good && v < r->n_events; v++)
        good = add_event(&list, arena, packer, r, &r->events[v]);
    for (size_t q = 0; good && q < r->n_quotes; q++) {
        uint32_t speaker = r->quotes[q].speaker;
        if (speaker != ISN_NOTHING)
            good = add(&list, arena, "s:", isn_record_key(&r->entities[speaker]));
    }
    if (!good)
        return false;
    if (list.n)
        qsort(list.items, list.n, sizeof *list.items, compare);
    for (size_t i = 0; i < list.n; i++) {
        if (i && compare(&list.items[i - 1], &list.items[i]) == 0)
            continue;
        if (packer->facets.n)
            isn_buf_char(&packer->facets, ' ');
        isn_facet_write(&packer->facets, list.items[i].kind, list.items[i].value);
    }
    return true;
}
