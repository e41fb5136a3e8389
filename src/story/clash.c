/* clash.c - where two tellings of a fact can't both be true. */
#include "lexicon/schema.h"
#include "story/align.h"
#include "story/compare.h"
#include "story/wording.h"
#include "time/civil.h"

#define SURE 2.0f         /* log odds that two events are one, from which their days are held against each other */
#define DENIED_ALIKE 1.0f /* the same where one is denied */
#define DENIED_WORDS 0.4f /* likeness of the words of what is denied and what is affirmed */
#define OTHER_WORDS 0.6f  /* likeness of the words of one act told of two parties */
#define COPIED_WORDS 0.9f /* from here on the words are the same, names and all: it is the reading that differs */
#define MOST_DAYS 10      /* between two days that are told of one event; more are two events */
#define MOST_CLASHES 16u  /* of one fact */
#define MOST_RATIO 30.0   /* between two numbers that count the same; more are misread */

const char *isn_clash_text(uint8_t kind)
{
    static const char *const texts[] = {
#define X(name, text) text,
        ISN_CLASH_KINDS(X)
#undef X
    };
    return kind < ISN_CLASH_KIND_COUNT ? texts[kind] : "";
}

static const isn_record_event *event_of(const isn_tellings *t, const isn_telling *x)
{
    return &t->records[x->article]->events[x->item];
}

/* --- one pair ------------------------------------------------------------------------------------ */

static bool counts_clash(const isn_telling *a, const isn_telling *b)
{
    double less = a->low < b->low ? a->low : b->low, more = a->low < b->low ? b->low : a->low;
    return (a->high < b->low || b->high < a->low) && less > 0 && more / less < MOST_RATIO;
}

/* Does the sentence of a count tell the number of another count of the kind too? Then the two count parts of one thing. */
static bool tells_both(const isn_tellings *t, const isn_telling *count, const isn_telling *other)
{
    for (size_t i = 0; i < t->n; i++) {
        const isn_telling *x = &t->items[i];
        if (x->kind == ISN_TELLING_COUNT && x->article == count->article && x->what == other->what &&
            x->sentence.begin == count->sentence.begin && x->low <= other->high && other->low <= x->high)
            return true;
    }
    return false;
}

/* Prices and rates change by the hour: sums and shares that belong to no event aren't held against each other. */
static bool is_held(const isn_tellings *t, const isn_telling *count)
{
    const isn_record_count *c = &t->records[count->article]->counts[count->item];
    return c->event != ISN_NOTHING || !(isn_str_equal(c->what, ISN_STR("money")) || isn_str_equal(c->what, ISN_STR("share")));
}

/* Whole days apart, or -1 where a value is no whole day. */
static int64_t days_apart(isn_str a, isn_str b)
{
    isn_day x, y;
    if (a.n < 10 || b.n < 10 || isn_str_find(a, ISN_STR("/")) != SIZE_MAX || isn_str_find(b, ISN_STR("/")) != SIZE_MAX ||
        !isn_day_read(&x, a) || !isn_day_read(&y, b))
        return -1;
    int64_t days = isn_day_number(x) - isn_day_number(y);
    return days < 0 ? -days : days;
}

/* Is a day told by a word like "today" or "yesterday" alone? */
static bool is_relative(const isn_tellings *t, const isn_telling *date)
{
    uint32_t row = t->lexicon ? isn_lexicon_row(t->lexicon, ISN_T_CALENDAR, isn_telling_text(t, date)) : ISN_NO_ROW;
    return row != ISN_NO_ROW &&
           isn_str_equal(isn_lexicon_cell(t->lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_KIND), ISN_STR("relative"));
}

static bool dates_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b, uint32_t event_a, uint32_t event_b)
{
    if (event_a == ISN_NOTHING || event_b == ISN_NOTHING)
        return false;
    const isn_telling *x = &t->items[event_a], *y = &t->items[event_b];
    const isn_record_event *v = event_of(t, x), *w = event_of(t, y);
    int64_t days = days_apart(t->records[a->article]->dates[a->item].value, t->records[b->article]->dates[b->item].value);
    if (days == 1 && is_relative(t, a) && is_relative(t, b))
        return false; /* a printed paper's yesterday is its page's today */
    return days > 0 && days <= MOST_DAYS && v->status == w->status && isn_str_equal(v->type, w->type) &&
           isn_telling_alike(t, x, y) >= SURE;
}

/* Is the entity named in the span, by name? */
static bool is_named_in(const isn_record_entity *e, isn_span span)
{
    for (size_t i = 0; i < e->n_mentions; i++)
        if (e->mentions[i].form == ISN_RECORD_FORM_NAME && e->mentions[i].span.begin >= span.begin &&
            e->mentions[i].span.end <= span.end)
            return true;
    return false;
}

/* Is somebody like the party named in a span of an article? */
static bool is_told(const isn_tellings *t, uint32_t party, uint32_t article, isn_span span)
{
    const isn_record *r = t->records[article];
    for (size_t i = 0; i < r->n_entities; i++)
        if (is_named_in(&r->entities[i], span) && isn_party_alike(t, party, t->party_of[article][i]) > 0.45f)
            return true;
    return false;
}

/* Is the party named in the sentence of its own telling, and nobody like it in that of the other? */
static bool is_only_here(const isn_tellings *t, uint32_t party, const isn_telling *here, const isn_telling *there)
{
    const isn_record *r = t->records[here->article];
    bool named = false;
    for (size_t i = 0; i < r->n_entities; i++)
        named = named || (t->party_of[here->article][i] == party && is_named_in(&r->entities[i], here->sentence));
    return named && !is_told(t, party, there->article, there->sentence);
}

/* Each side names one party, of one kind, and these have nothing to do with each other. */
static bool others(const isn_tellings *t, const isn_telling *x, const isn_telling *y, const isn_party_list *a,
                   const isn_party_list *b)
{
    if (a->n != 1 || b->n != 1)
        return false;
    const isn_story_party *p = &t->parties[a->items[0]], *q = &t->parties[b->items[0]];
    return p->type == q->type && p->type != ISN_RECORD_GROUP && isn_party_alike(t, a->items[0], b->items[0]) <= 0 &&
           is_only_here(t, a->items[0], x, y) && is_only_here(t, b->items[0], y, x);
}

static bool lie_apart(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    if (!others(t, a, b, &a->place, &b->place))
        return false;
    const isn_story_party *x = &t->parties[a->place.items[0]], *y = &t->parties[b->place.items[0]];
    return x->country[0] && y->country[0] && memcmp(x->country, y->country, sizeof x->country) != 0;
}

/* The kind of clash of two events of one fact, or ISN_CLASH_KIND_COUNT. */
static isn_clash_kind events_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    const isn_record_event *v = event_of(t, a), *w = event_of(t, b);
    bool same = isn_str_equal(v->type, w->type) && a->head == b->head && a->head;
    bool negated = v->status == ISN_RECORD_STATUS_NEGATED, other = w->status == ISN_RECORD_STATUS_NEGATED;
    bool by_same = isn_parties_alike(t, &a->actor, &b->actor, 0) >= 0.75f;
    bool to_same = isn_parties_alike(t, &a->recipient, &b->recipient, 0) >= 0.9f;
    float words = isn_telling_words_alike(a, b);
    if (negated != other && same && (by_same || to_same) && words >= DENIED_WORDS &&
        isn_telling_alike(t, a, b) >= DENIED_ALIKE &&
        (v->status == ISN_RECORD_STATUS_ACTUAL || w->status == ISN_RECORD_STATUS_ACTUAL))
        return ISN_CLASH_DENIED;
    if (!same || negated || other || v->status != w->status || words < OTHER_WORDS || words > COPIED_WORDS)
        return ISN_CLASH_KIND_COUNT;
    if (to_same && others(t, a, b, &a->actor, &b->actor))
        return ISN_CLASH_WHO;
    if (by_same && others(t, a, b, &a->recipient, &b->recipient))
        return ISN_CLASH_WHOM;
    return by_same && to_same && lie_apart(t, a, b) ? ISN_CLASH_PLACE : ISN_CLASH_KIND_COUNT;
}

/* Kinds of entities (bits) that are named here and missing there. */
static unsigned missing_kinds(const isn_tellings *t, const isn_telling *here, const isn_telling *there)
{
    const isn_record *r = t->records[here->article];
    unsigned kinds = 0;
    for (size_t i = 0; i < r->n_entities; i++)
        if (r->entities[i].type != ISN_RECORD_GROUP && is_named_in(&r->entities[i], here->span) &&
            !is_told(t, t->party_of[here->article][i], there->article, there->span))
            kinds |= 1u << r->entities[i].type;
    return kinds;
}

/* Is somebody or something of one kind named in one span and another in the other? */
static bool names_differ(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    return (missing_kinds(t, a, b) & missing_kinds(t, b, a)) != 0;
}

static bool headlines_clash(isn_str *sense, isn_arena *arena, const isn_tellings *t, const isn_telling *a, const isn_telling *b,
                            const isn_opposites *opposites)
{
    isn_wording x, y;
    isn_wording_clash clash;
    if (days_apart(t->records[a->article]->published, t->records[b->article]->published) > 0)
        return false; /* what rises on one day may fall on the next */
    if (!isn_wording_make(&x, arena, opposites, &t->tagger, isn_telling_text(t, a)) ||
        !isn_wording_make(&y, arena, opposites, &t->tagger, isn_telling_text(t, b)))
        return false;
    isn_wording_compare(&clash, &x, &y, names_differ(t, a, b));
    *sense = isn_opposites_name(opposites, clash.sense);
    return clash.odds >= ISN_WORDING_CLASHES && clash.part[ISN_WORDING_SHARED] >= ISN_WORDING_LEAST_SHARED;
}

/* --- a fact -------------------------------------------------------------------------------------- */

static isn_clash_kind clash_of(isn_str *sense, isn_arena *arena, const isn_tellings *t, uint32_t a, uint32_t b,
                               const uint32_t *event_of_date, const isn_opposites *opposites)
{
    const isn_telling *x = &t->items[a], *y = &t->items[b];
    if (x->kind == ISN_TELLING_DATE && y->kind == ISN_TELLING_DATE && isn_days_at_odds(t, x, y))
        return ISN_CLASH_DATE;
    if (x->article == y->article || x->kind != y->kind)
        return ISN_CLASH_KIND_COUNT;
    switch (x->kind) {
    case ISN_TELLING_EVENT:
        return events_clash(t, x, y);
    case ISN_TELLING_COUNT:
        return counts_clash(x, y) && is_held(t, x) && is_held(t, y) && !tells_both(t, x, y) && !tells_both(t, y, x)
                   ? ISN_CLASH_COUNT
                   : ISN_CLASH_KIND_COUNT;
    case ISN_TELLING_DATE:
        return dates_clash(t, x, y, event_of_date[a], event_of_date[b]) ? ISN_CLASH_DATE : ISN_CLASH_KIND_COUNT;
    case ISN_TELLING_HEADLINE:
        return headlines_clash(sense, arena, t, x, y, opposites) ? ISN_CLASH_WORDING : ISN_CLASH_KIND_COUNT;
    default:
        return ISN_CLASH_KIND_COUNT;
    }
}

bool isn_clashes_find(isn_clashes *out, isn_arena *arena, const isn_tellings *t, const isn_fact *fact,
                      const uint32_t *event_of_date, const isn_opposites *opposites)
{
    for (size_t i = 0; i < fact->n; i++)
        for (size_t k = 0; k < i && out->n < MOST_CLASHES; k++) {
            isn_str sense = {0};
            uint32_t a = fact->tellings[k], b = fact->tellings[i];
            isn_clash_kind kind = clash_of(&sense, arena, t, a, b, event_of_date, opposites);
            if (kind == ISN_CLASH_KIND_COUNT)
                continue;
            isn_clash *clash = ISN_PUSH(arena, out);
            if (!clash)
                return false;
            *clash = (isn_clash){a, b, (uint8_t)kind, sense};
        }
    return !arena->full;
}
