#include "story/align.h"

#include <math.h>

#include "lexicon/schema.h"
#include "time/civil.h"

#define LIMIT 6.0f      /* what one pair can say */
#define BESIDE 0.0f     /* what common words count for two events of one sentence: they stand among the same words anyway */
#define OTHERS_MET 3.0f /* against two meetings being one: that one tells of more who met */

/* --- events -------------------------------------------------------------------------------------- */

/* Length of the day, month or year at the start of a value, and the value up to there. */
static isn_str day_part(isn_str s)
{
    size_t n = 0;
    while (n < s.n && n < 10 && s.p[n] != '/' && s.p[n] != 'T')
        n++;
    return isn_str_part(s, 0, n);
}

/* Where a range ends; the value itself where it is none. */
static isn_str last_day(isn_str s)
{
    size_t slash = isn_str_find(s, ISN_STR("/"));
    return day_part(slash == SIZE_MAX ? s : isn_str_part(s, slash + 1, s.n));
}

bool isn_days_fit(isn_str a, isn_str b)
{
    isn_str x = day_part(a), y = day_part(b), x_end = last_day(a), y_end = last_day(b);
    if (x.n == 0 || y.n == 0)
        return true;
    size_t n = x.n < y.n ? x.n : y.n;
    if (isn_str_equal(isn_str_part(x, 0, n), isn_str_part(y, 0, n)))
        return true;
    /* Ranges that overlap; days of ISO 8601 sort as text. */
    return isn_str_compare(x, y_end) <= 0 && isn_str_compare(y, x_end) <= 0 && x.n == 10 && y.n == 10;
}

/* Does the lexicon know a word of the calendar as of that kind? */
static bool is_of_kind(const isn_tellings *t, isn_str word, isn_str kind)
{
    size_t n = 0;
    const isn_entry *entries = isn_lexicon_phrase(t->lexicon, word, &n);
    for (size_t i = 0; entries && i < n; i++)
        if (entries[i].table == ISN_T_CALENDAR &&
            isn_str_equal(isn_lexicon_cell(t->lexicon, ISN_T_CALENDAR, entries[i].row, ISN_C_CALENDAR_KIND), kind))
            return true;
    return false;
}

/*
 * How far a day is from where its first word ("today", "yesterday" of calendar.tsv) puts it; false where it has no such word, or no weekday
 * behind it, or isn't a whole day.
 */
static bool days_off(int64_t *out, const isn_tellings *t, const isn_telling *date)
{
    const isn_record *r = t->records[date->article];
    isn_str rest = isn_telling_text(t, date), word;
    isn_day day, published;
    int64_t offset;
    if (!t->lexicon || !isn_str_next(&word, &rest, ' ') || !is_of_kind(t, rest, ISN_STR("weekday")))
        return false;
    uint32_t row = isn_lexicon_row(t->lexicon, ISN_T_CALENDAR, word);
    if (row == ISN_NO_ROW ||
        !isn_str_equal(isn_lexicon_cell(t->lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_KIND), ISN_STR("relative")) ||
        !isn_str_to_int(&offset, isn_lexicon_cell(t->lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_VALUE)) ||
        !isn_day_read(&day, r->dates[date->item].value) || !isn_day_read(&published, r->published))
        return false;
    *out = isn_day_number(day) - isn_day_number(published) - offset;
    return true;
}

bool isn_days_at_odds(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    int64_t x, y;
    return a->article == b->article && !isn_str_equal(isn_telling_text(t, a), isn_telling_text(t, b)) && days_off(&x, t, a) && days_off(&y, t, b) &&
           (x == 0) != (y == 0) && x % 7 == x && y % 7 == y; /* a week off is a matter of reading */
}

/* Types that tell one act from two sides or in two words. */
static bool types_meet(isn_str a, isn_str b)
{
    static const char *const pairs[][2] = {
        {"AGREE", "SUPPORT"}, {"REQUEST", "SUPPORT"},  {"ACCUSE", "REJECT"},  {"REQUEST", "ACCUSE"}, {"AGREE", "AID"},
        {"AGREE", "COOPERATE"}, {"SUPPORT", "COOPERATE"}, {"AID", "SUPPORT"}, {"CONSULT", "COOPERATE"}, {"ASSAULT", "COERCE"},
        {"THREATEN", "ACCUSE"}, {"AGREE", "CONCEDE"}, {"RETREAT", "CONCEDE"}, {"SANCTION", "COERCE"}, {"RETREAT", "AGREE"},
        {"REQUEST", "THREATEN"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        isn_str x = isn_str_cstr(pairs[i][0]), y = isn_str_cstr(pairs[i][1]);
        if ((isn_str_equal(a, x) && isn_str_equal(b, y)) || (isn_str_equal(a, y) && isn_str_equal(b, x)))
            return true;
    }
    return false;
}

static isn_party_list all_parties(const isn_telling *t)
{
    isn_party_list all = t->actor;
    for (size_t i = 0; i < t->recipient.n && all.n < ISN_TELLING_PARTIES; i++)
        all.items[all.n++] = t->recipient.items[i];
    return all;
}

static float of_parties(const isn_tellings *t, const isn_telling *a, const isn_telling *b, bool consult)
{
    if (consult) { /* who met is told as actor or recipient */
        isn_party_list x = all_parties(a), y = all_parties(b);
        float size = x.n && y.n ? (float)(x.n < y.n ? x.n : y.n) / (float)(x.n < y.n ? y.n : x.n) : 1.0f;
        return 4.0f * (isn_parties_alike(t, &x, &y, 0.6f) - 0.6f) - OTHERS_MET * (1.0f - size);
    }
    float actor = isn_parties_alike(t, &a->actor, &b->actor, 0.6f);
    float recipient = isn_parties_alike(t, &a->recipient, &b->recipient, 0.55f);
    return 3.5f * (actor - 0.6f) + 2.0f * (recipient - 0.5f);
}

static float of_events(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    const isn_record_event *v = &t->records[a->article]->events[a->item], *w = &t->records[b->article]->events[b->item];
    bool same_type = isn_str_equal(v->type, w->type);
    bool beside = a->article == b->article && a->sentence.begin == b->sentence.begin;
    float words = isn_telling_words_alike(a, b) * (beside ? BESIDE : 1.0f), odds = -2.2f + 5.0f * words;
    odds += same_type ? 1.2f : types_meet(v->type, w->type) ? -0.8f : -2.2f;
    if (v->mode.n || w->mode.n)
        odds += isn_str_equal(v->mode, w->mode) ? 0.5f : -1.0f;
    odds += of_parties(t, a, b, same_type && isn_str_equal(v->type, ISN_STR("CONSULT")));
    if (a->head && a->head == b->head)
        odds += 0.9f;
    if (v->date.n && w->date.n)
        odds += isn_days_fit(v->date, w->date) ? 0.4f : -1.0f;
    if (a->place.n && b->place.n)
        odds += isn_parties_alike(t, &a->place, &b->place, 0.5f) > 0.5f ? 0.4f : -0.4f;
    bool open = v->status == ISN_RECORD_STATUS_NEGATED || w->status == ISN_RECORD_STATUS_NEGATED;
    if (v->status != w->status && !open)
        odds -= 0.4f;
    return odds;
}

/* --- quotes -------------------------------------------------------------------------------------- */

static float of_quotes(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    float words = isn_telling_words_alike(a, b);
    float speaker = isn_parties_alike(t, &a->actor, &b->actor, 0.5f);
    return -2.8f + 8.0f * words + 2.0f * (speaker - 0.5f) - (a->article == b->article ? 0.8f : 0.0f);
}

/* An event told in an article and a quote of the same: the act of saying it, or what it says. */
static float of_event_in_quote(const isn_tellings *t, const isn_telling *event, const isn_telling *quote)
{
    const isn_record_event *v = &t->records[event->article]->events[event->item];
    bool same_sentence = event->sentence.begin == quote->sentence.begin;
    if (v->quote == quote->item && !(event->span.begin >= quote->span.begin && event->span.begin < quote->span.end))
        return 2.5f;
    if (event->span.begin >= quote->span.begin && event->span.begin < quote->span.end) {
        size_t deep = event->before - (quote->before < event->before ? quote->before : event->before);
        return 1.6f - 0.3f * (float)deep;
    }
    if (event->span.begin < quote->span.begin && same_sentence) {
        float speaker = isn_parties_alike(t, &event->actor, &quote->actor, 0.5f);
        size_t away = quote->before - (event->before < quote->before ? event->before : quote->before);
        return (away <= 6 ? 1.5f : away <= 12 ? 0.3f : -1.0f) + 2.0f * (speaker - 0.6f);
    }
    return -3.0f;
}

static float of_event_and_quote(const isn_tellings *t, const isn_telling *event, const isn_telling *quote)
{
    float words = isn_telling_words_alike(event, quote);
    float speaker = isn_parties_alike(t, &event->actor, &quote->actor, 0.4f);
    float odds = -2.1f + 7.0f * words + 1.0f * (speaker - 0.4f);
    if (event->article != quote->article)
        return odds;
    float near = of_event_in_quote(t, event, quote);
    return near > -3.0f ? near : odds - 0.4f;
}

float isn_telling_alike(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    float odds;
    if (a->kind == ISN_TELLING_EVENT && b->kind == ISN_TELLING_EVENT)
        odds = of_events(t, a, b);
    else if (a->kind == ISN_TELLING_QUOTE && b->kind == ISN_TELLING_QUOTE)
        odds = of_quotes(t, a, b);
    else if (a->kind == ISN_TELLING_EVENT)
        odds = of_event_and_quote(t, a, b);
    else
        odds = of_event_and_quote(t, b, a);
    return odds > LIMIT ? LIMIT : odds < -LIMIT ? -LIMIT : odds;
}

/* --- joining ------------------------------------------------------------------------------------- */

/* Sums of odds between groups, one row and column a group; best[i] is the group that fits group i best. */
typedef struct table {
    float *sum;
    uint32_t *members; /* of each group; 0 once it is joined to another */
    uint32_t *best, *group_of;
    size_t n;
} table;

static float mean(const table *t, size_t a, size_t b)
{
    return t->sum[a * t->n + b] / ((float)t->members[a] * (float)t->members[b]);
}

static void find_best(table *t, size_t i)
{
    t->best[i] = ISN_NOTHING;
    for (size_t k = 0; k < t->n; k++)
        if (k != i && t->members[k] && (t->best[i] == ISN_NOTHING || mean(t, i, k) > mean(t, i, t->best[i])))
            t->best[i] = (uint32_t)k;
}

/* Puts group b into group a. */
static void join(table *t, size_t a, size_t b)
{
    for (size_t k = 0; k < t->n; k++) {
        if (!t->members[k] || k == a || k == b)
            continue;
        t->sum[a * t->n + k] += t->sum[b * t->n + k];
        t->sum[k * t->n + a] = t->sum[a * t->n + k];
    }
    t->members[a] += t->members[b];
    t->members[b] = 0;
    for (size_t k = 0; k < t->n; k++)
        if (t->group_of[k] == b)
            t->group_of[k] = (uint32_t)a;
    find_best(t, a);
    for (size_t k = 0; k < t->n; k++) {
        if (!t->members[k] || k == a)
            continue;
        if (t->best[k] == a || t->best[k] == b)
            find_best(t, k);
        else if (t->best[k] == ISN_NOTHING || mean(t, k, a) > mean(t, k, t->best[k]))
            t->best[k] = (uint32_t)a;
    }
}

static void join_all(table *t)
{
    for (size_t i = 0; i < t->n; i++)
        find_best(t, i);
    for (;;) {
        size_t best = t->n;
        for (size_t i = 0; i < t->n; i++)
            if (t->members[i] && t->best[i] != ISN_NOTHING &&
                (best == t->n || mean(t, i, t->best[i]) > mean(t, best, t->best[best])))
                best = i;
        if (best == t->n || mean(t, best, t->best[best]) < 0)
            return;
        size_t other = t->best[best];
        join(t, best < other ? best : other, best < other ? other : best);
    }
}

bool isn_align(uint32_t *fact_of, uint32_t *n_facts, isn_arena *arena, const isn_tellings *tellings)
{
    isn_arena_mark mark = isn_arena_here(arena);
    uint32_t *at = isn_arena_alloc(arena, (tellings->n + 1) * sizeof *at); /* the telling of each row */
    table t = {0};
    for (uint32_t i = 0; at && i < tellings->n; i++)
        if (tellings->items[i].kind <= ISN_TELLING_QUOTE)
            at[t.n++] = i;
    t.sum = isn_arena_calloc(arena, t.n * t.n + 1, sizeof *t.sum);
    t.members = isn_arena_calloc(arena, t.n + 1, sizeof *t.members);
    t.best = isn_arena_calloc(arena, t.n + 1, sizeof *t.best);
    t.group_of = isn_arena_calloc(arena, t.n + 1, sizeof *t.group_of);
    bool good = at && t.sum && t.members && t.best && t.group_of;
    if (good) {
        for (size_t i = 0; i < t.n; i++) {
            t.members[i] = 1;
            t.group_of[i] = (uint32_t)i;
            for (size_t k = 0; k < i; k++)
                t.sum[i * t.n + k] = t.sum[k * t.n + i] =
                    isn_telling_alike(tellings, &tellings->items[at[i]], &tellings->items[at[k]]);
        }
        join_all(&t);
        uint32_t n = 0;
        for (size_t i = 0; i < tellings->n; i++)
            fact_of[i] = ISN_NOTHING;
        for (size_t i = 0; i < t.n; i++)
            fact_of[at[i]] = t.group_of[i] == i ? n++ : fact_of[at[t.group_of[i]]];
        *n_facts = n;
    }
    isn_arena_back(arena, mark);
    return good;
}
