/* clash.c - where two tellings of a fact can't both be true. */
#include "lexicon/schema.h"
#include "story/align.h"
#include "story/compare.h"
#include "story/tally.h"
#include "story/term.h"
#include "story/wording.h"
#include "time/civil.h"

#define SURE 2.0f         /* log odds that two events are one, from which their days are held against each other */
#define DENIED_ALIKE 1.0f /* the same where one is denied */
#define DENIED_WORDS 0.4f /* likeness of the words of what is denied and what is affirmed */
#define OTHER_WORDS 0.6f  /* likeness of the words of one act told of two parties */
#define COPIED_WORDS 0.9f /* from here on the words are the same, names and all: it is the reading that differs */
#define DAY_WORDS 0.5f    /* likeness of the words around two days of one event */
#define BESIDE 70u        /* bytes between an event and its day */
#define LOOK_BACK 5u      /* words before a verb that may deny it */
#define TEXT_MORE 4u      /* times as long as the headline: an article with a text of its own */
#define TEXT_OPPOSITE 0.7f /* common words of headlines above such articles, where words of opposite sense differ */
#define TEXT_NUMBERS 0.7f  /* the same where numbers do */
#define SAME_HOURS 180    /* minutes */
#define TERM_RATIO 1.2    /* between two spans of time that differ */
#define TERM_MISREAD 12.0 /* more than that: they are told of two things */
#define MOST_DAYS 10      /* between two days that are told of one event; more are two events */
#define MOST_CLASHES 16u  /* of one fact */

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

static bool is_of_kind(const isn_tellings *t, isn_str words, isn_str kind)
{
    size_t n = 0;
    const isn_entry *entries = t->lexicon ? isn_lexicon_phrase(t->lexicon, words, &n) : NULL;
    for (size_t i = 0; entries && i < n; i++)
        if (entries[i].table == ISN_T_CALENDAR &&
            isn_str_equal(isn_lexicon_cell(t->lexicon, ISN_T_CALENDAR, entries[i].row, ISN_C_CALENDAR_KIND), kind))
            return true;
    return false;
}

/* Is a day told by a word like "today", "last night", with no weekday or date beside it? */
static bool is_relative(const isn_tellings *t, const isn_telling *date)
{
    isn_str rest = isn_telling_text(t, date), word;
    while (isn_str_next(&word, &rest, ' '))
        if (is_of_kind(t, word, ISN_STR("weekday")) || is_of_kind(t, word, ISN_STR("month")) || isn_is_digit((uint8_t)word.p[0]))
            return false;
    return true;
}

/* Does "last" or "next" stand with the day? */
static bool is_modified(const isn_tellings *t, const isn_telling *date)
{
    isn_str rest = isn_telling_text(t, date), word;
    while (isn_str_next(&word, &rest, ' '))
        if (is_of_kind(t, word, ISN_STR("modifier")))
            return true;
    return false;
}

/* Do two articles of two days each tell of a day as far from their own? */
static bool of_their_days(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    const isn_record *r = t->records[a->article], *s = t->records[b->article];
    isn_day p, q, x, y;
    if (!isn_day_read(&p, r->published) || !isn_day_read(&q, s->published) || !isn_day_read(&x, r->dates[a->item].value) ||
        !isn_day_read(&y, s->dates[b->item].value))
        return false;
    return isn_day_number(p) != isn_day_number(q) &&
           isn_day_number(x) - isn_day_number(p) == isn_day_number(y) - isn_day_number(q);
}

static uint32_t apart(isn_span a, isn_span b)
{
    return a.begin >= b.end ? a.begin - b.end : b.begin >= a.end ? b.begin - a.end : 0;
}

static bool dates_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b, uint32_t event_a, uint32_t event_b)
{
    if (event_a == ISN_NOTHING || event_b == ISN_NOTHING)
        return false;
    const isn_telling *x = &t->items[event_a], *y = &t->items[event_b];
    const isn_record_event *v = event_of(t, x), *w = event_of(t, y);
    int64_t days = days_apart(t->records[a->article]->dates[a->item].value, t->records[b->article]->dates[b->item].value);
    if (days == 1 && (is_relative(t, a) || is_relative(t, b)))
        return false; /* a printed paper's yesterday is its page's today */
    if (is_modified(t, a) || is_modified(t, b))
        return false; /* "last Tuesday" is told of what was before */
    if (of_their_days(t, a, b))
        return false; /* each tells what happened on its own day */
    if (days == 7 || isn_str_equal(isn_telling_text(t, a), isn_telling_text(t, b)))
        return false; /* one weekday that was read as last and as next week's */
    if (x->head != y->head || !x->head || apart(a->span, x->span) > BESIDE || apart(b->span, y->span) > BESIDE)
        return false;
    float words = isn_telling_words_alike(a, b), told = isn_telling_words_alike(x, y);
    return days > 0 && days <= MOST_DAYS && v->status == w->status && isn_str_equal(v->type, w->type) &&
           (words >= DAY_WORDS || told >= OTHER_WORDS) && isn_telling_alike(t, x, y) >= SURE;
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

/*
 * Is the party named in the sentence of its own telling, and nobody like it in all of the other's article? Who knows of both doesn't say that it was
 * the other one. What the lexicon doesn't have may be a spelling of the other name.
 */
static bool is_only_here(const isn_tellings *t, uint32_t party, const isn_telling *here, const isn_telling *there)
{
    const isn_record *r = t->records[here->article];
    bool named = false;
    for (size_t i = 0; i < r->n_entities; i++)
        named = named || (t->party_of[here->article][i] == party && r->entities[i].kb.n && is_named_in(&r->entities[i], here->sentence));
    return named && !is_told(t, party, there->article, (isn_span){0, (uint32_t)t->records[there->article]->text.n});
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

/* The last words of the sentence before an event's trigger, at most LOOK_BACK of them. */
static isn_str words_before(const isn_tellings *t, const isn_telling *x)
{
    isn_str s = isn_str_part(t->records[x->article]->text, x->sentence.begin, x->span.begin);
    size_t at = s.n, words = 0;
    while (at && words <= LOOK_BACK) {
        at--;
        words += s.p[at] == ' ' && at + 1 < s.n;
    }
    return isn_str_part(s, at, s.n);
}

/* Does a word negate the verb behind it? */
static bool is_particle(const isn_tellings *t, isn_str word)
{
    static const char *const kinds[] = {"past", "present", "future", "copula"};
    uint32_t row = t->lexicon ? isn_lexicon_row(t->lexicon, ISN_T_FUNCTIONS, word) : ISN_NO_ROW;
    if (row == ISN_NO_ROW || !isn_str_equal(isn_lexicon_cell(t->lexicon, ISN_T_FUNCTIONS, row, ISN_C_FUNCTIONS_POS), ISN_STR("neg")))
        return false;
    isn_str kind = isn_lexicon_cell(t->lexicon, ISN_T_FUNCTIONS, row, ISN_C_FUNCTIONS_SUB);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (isn_str_equal(kind, isn_str_cstr(kinds[i])))
            return true;
    return false;
}

/* Is it denied in so many words: by a verb of denying or a particle right before it? "To prevent it" or "without it" deny nothing. */
static bool is_denied(const isn_tellings *t, const isn_telling *x, isn_arena *arena, const isn_opposites *opposites)
{
    isn_str rest = words_before(t, x), word;
    isn_wording wording;
    unsigned since = LOOK_BACK;
    for (isn_str words = rest; isn_str_next(&word, &words, ' ');)
        since = is_particle(t, word) ? 0 : since + (word.n > 0);
    if (since <= 1)
        return true;
    if (!isn_wording_make(&wording, arena, opposites, &t->tagger, rest))
        return false;
    for (size_t i = 0; i < wording.n; i++)
        for (unsigned sense = 0; sense < ISN_SENSES; sense++)
            if ((wording.words[i].other >> sense & 1) && isn_str_equal(isn_opposites_name(opposites, sense), ISN_STR("admit-deny")))
                return true;
    return false;
}

/* Is it told as it is: with nothing before it that denies, stops, prevents or ends it? */
static bool is_affirmed(const isn_tellings *t, const isn_telling *x, isn_arena *arena, const isn_opposites *opposites)
{
    isn_wording wording;
    if (event_of(t, x)->status != ISN_RECORD_STATUS_ACTUAL ||
        !isn_wording_make(&wording, arena, opposites, &t->tagger, words_before(t, x)) || wording.negated)
        return false;
    for (size_t i = 0; i < wording.n; i++)
        if (wording.words[i].other)
            return false;
    return true;
}

/* One tells as an act what the other denies, of the same actor or recipient. */
static bool denial(const isn_tellings *t, const isn_telling *no, const isn_telling *yes, isn_arena *arena, const isn_opposites *opposites)
{
    bool by_same = isn_parties_alike(t, &no->actor, &yes->actor, 0) >= 0.75f;
    bool to_same = isn_parties_alike(t, &no->recipient, &yes->recipient, 0) >= 0.9f;
    bool others = no->actor.n && yes->actor.n && !by_same;
    float words = isn_telling_words_alike(no, yes);
    return (by_same || (to_same && !others)) && words >= DENIED_WORDS &&
           isn_telling_alike(t, no, yes) >= DENIED_ALIKE && is_denied(t, no, arena, opposites) && is_affirmed(t, yes, arena, opposites);
}

/* The kind of clash of two events of one fact, or ISN_CLASH_KIND_COUNT. */
static isn_clash_kind events_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b, isn_arena *arena,
                                   const isn_opposites *opposites)
{
    const isn_record_event *v = event_of(t, a), *w = event_of(t, b);
    bool same = isn_str_equal(v->type, w->type) && a->head == b->head && a->head;
    bool negated = v->status == ISN_RECORD_STATUS_NEGATED, other = w->status == ISN_RECORD_STATUS_NEGATED;
    bool by_same = isn_parties_alike(t, &a->actor, &b->actor, 0) >= 0.75f;
    bool to_same = isn_parties_alike(t, &a->recipient, &b->recipient, 0) >= 0.9f;
    float words = isn_telling_words_alike(a, b);
    if (negated != other && same && denial(t, negated ? a : b, negated ? b : a, arena, opposites))
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

/* Does the article tell more than its headline? */
static bool has_text(const isn_tellings *t, const isn_telling *headline)
{
    return t->records[headline->article]->text.n > TEXT_MORE * (headline->span.end - headline->span.begin);
}

static int64_t minutes_apart(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    int64_t x, y;
    if (!isn_minutes_read(&x, t->records[a->article]->published) || !isn_minutes_read(&y, t->records[b->article]->published))
        return 0;
    return x < y ? y - x : x - y;
}

/*
 * Headlines above articles of their own mostly pick different sides of one thing; few of them can't both be true. These are held against each
 * other only where they are of the same hours and in nearly the same words, and what differs isn't a name.
 */
static bool is_held(const isn_tellings *t, const isn_telling *a, const isn_telling *b, const isn_wording_clash *clash)
{
    if (!has_text(t, a) && !has_text(t, b))
        return true;
    float least = clash->part[ISN_WORDING_OPPOSITE] > 0 ? TEXT_OPPOSITE : TEXT_NUMBERS;
    if (clash->part[ISN_WORDING_OPPOSITE] > 0 && clash->part[ISN_WORDING_NEGATED] > 0)
        return false; /* "denies it" and "no truth in it" say one thing */
    return clash->part[ISN_WORDING_NAMES] <= 0 && clash->part[ISN_WORDING_SHARED] >= least &&
           (clash->part[ISN_WORDING_OPPOSITE] > 0 || clash->part[ISN_WORDING_NUMBERS] > 0) && minutes_apart(t, a, b) <= SAME_HOURS;
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
    return clash.odds >= ISN_WORDING_CLASHES && clash.part[ISN_WORDING_SHARED] >= ISN_WORDING_LEAST_SHARED && is_held(t, a, b, &clash);
}

/* Does the sentence of a span of time tell the other's length too: of something else then? */
static bool has_length(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    for (size_t i = 0; i < t->n; i++) {
        const isn_telling *x = &t->items[i];
        if (x->kind == ISN_TELLING_TERM && x->article == a->article && x->sentence.begin == a->sentence.begin && x->low <= b->low &&
            x->low >= b->low)
            return true;
    }
    return false;
}

/*
 * Two spans of time of one event: "within thirty days" against "only after thirty", two ends or two lengths that differ. What is within one
 * span may be within another.
 */
static bool terms_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    if (event_of(t, a)->status == ISN_RECORD_STATUS_ACTUAL && event_of(t, b)->status == ISN_RECORD_STATUS_ACTUAL && a->what != b->what)
        return false; /* what happened within a week of a war also happened after a week of it */
    if (a->what == b->what) {
        if (isn_telling_words_alike(a, b) < DAY_WORDS || has_length(t, a, b) || has_length(t, b, a))
            return false;
        double less = a->low < b->low ? a->low : b->low, more = a->low < b->low ? b->low : a->low;
        return a->what != ISN_TERM_WITHIN && more >= less * TERM_RATIO && more <= less * TERM_MISREAD;
    }
    const isn_telling *within = a->what == ISN_TERM_WITHIN ? a : b, *after = a->what == ISN_TERM_WITHIN ? b : a;
    return within->what == ISN_TERM_WITHIN && after->what == ISN_TERM_AFTER && after->low >= within->low &&
           after->low <= within->low * TERM_MISREAD;
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
        return events_clash(t, x, y, arena, opposites);
    case ISN_TELLING_COUNT:
        return isn_counts_clash(t, x, y) ? ISN_CLASH_COUNT : ISN_CLASH_KIND_COUNT;
    case ISN_TELLING_DATE:
        return dates_clash(t, x, y, event_of_date[a], event_of_date[b]) ? ISN_CLASH_DATE : ISN_CLASH_KIND_COUNT;
    case ISN_TELLING_TERM:
        return terms_clash(t, x, y) ? ISN_CLASH_DATE : ISN_CLASH_KIND_COUNT;
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
