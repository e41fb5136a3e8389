#include "story/tally.h"

#include "base/normal.h"
#include "lexicon/schema.h"
#include "story/align.h"
#include "story/term.h"
#include "time/civil.h"

#define SAME_COUNT 0.35f    /* likeness of the words around two numbers of one kind */
#define SAME_SUM 0.6f       /* the same for money and shares, of which a text tells many */
#define MOST_RATIO 3.0      /* between two tellings of one count */
#define NEAR_RATIO 1.5      /* the same where only kind and noun say that they are one */
#define SAME_BASE 1.1       /* between the number that a multiple is of and another telling of it */
#define MISREAD_RATIO 30.0  /* more than that between two numbers: one is misread */
#define MANY 10.0          /* two numbers of one noun from there on that are close are hardly of two things */
#define CLOSE 1.2
#define GROWS 360           /* minutes after which a higher number is a later one */
#define LONG_AGO 6          /* days before publication from which a day is another occasion's */
#define BESIDE 90u          /* bytes between a day and a count behind it that is of it */
#define BEHIND 130u         /* the same where the day comes after */
#define AROUND 160u         /* the same for a place */
#define AT_HEAD 30u         /* bytes from the sentence's beginning: what stands there holds for all of it */
#define PLACES_MOST 8u      /* of a sentence */
#define WORD_ROOM 64u

static const isn_record_count *count_of(const isn_tellings *t, const isn_telling *x)
{
    return &t->records[x->article]->counts[x->item];
}

/* --- time ---------------------------------------------------------------------------------------- */

static int two_digits(isn_str s, size_t at)
{
    if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' || s.p[at + 1] > '9')
        return -1;
    return (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
}

bool isn_minutes_read(int64_t *out, isn_str published)
{
    isn_day day;
    if (!isn_day_read(&day, published))
        return false;
    int hour = two_digits(published, 11), minute = two_digits(published, 14);
    *out = isn_day_number(day) * 1440 + (hour >= 0 && minute >= 0 ? hour * 60 + minute : 720);
    size_t sign = published.n > 19 ? 19 : published.n;
    int zone_hour = two_digits(published, sign + 1), zone_minute = two_digits(published, sign + 4);
    if (sign < published.n && (published.p[sign] == '+' || published.p[sign] == '-') && zone_hour >= 0 && zone_minute >= 0) {
        int64_t zone = zone_hour * 60 + zone_minute;
        *out -= published.p[sign] == '+' ? zone : -zone;
    }
    return true;
}

/* The last day of a value: "2016", "2018-03", "2018-03-13", or of a range. False where it is none. */
static bool last_day(int64_t *out, isn_str value)
{
    size_t slash = isn_str_find(value, ISN_STR("/"));
    if (slash != SIZE_MAX)
        value = isn_str_part(value, slash + 1, value.n);
    isn_day day;
    if (isn_day_read(&day, value)) {
        *out = isn_day_number(day);
        return true;
    }
    int64_t year, month = 12;
    if (value.n < 4 || !isn_str_to_int(&year, isn_str_part(value, 0, 4)) || year < 1 || year > 9999)
        return false;
    if (value.n >= 7 && (two_digits(value, 5) < 1 || (month = two_digits(value, 5)) > 12))
        return false;
    *out = isn_day_number((isn_day){(int)year, (int)month, isn_month_days((int)year, (int)month)});
    return true;
}

/* Bytes between a count and a span; 0 where they overlap. */
static uint32_t away_from(const isn_telling *x, isn_span span)
{
    return span.begin >= x->span.end ? span.begin - x->span.end : x->span.begin >= span.end ? x->span.begin - span.end : 0;
}

/* Does a day stand with a count: near it in its sentence, or at the sentence's head? */
static bool stands_by(const isn_telling *x, isn_span span)
{
    if (span.begin < x->sentence.begin || span.end > x->sentence.end)
        return false;
    return away_from(x, span) <= (span.begin >= x->span.end ? BEHIND : BESIDE) || span.begin - x->sentence.begin <= AT_HEAD;
}

/* Does a count tell of another occasion: a day long before its article stands beside it, or a month or year that was over? */
static bool is_of_old(const isn_tellings *t, const isn_telling *x)
{
    const isn_record *r = t->records[x->article];
    isn_day published, day;
    if (!isn_day_read(&published, r->published))
        return false;
    for (size_t i = 0; i < r->n_dates; i++) {
        int64_t last;
        if (!stands_by(x, r->dates[i].span) || !last_day(&last, r->dates[i].value))
            continue;
        int64_t ago = isn_day_number(published) - last;
        if (ago > (isn_day_read(&day, r->dates[i].value) ? LONG_AGO : 0))
            return true;
    }
    return false;
}

/* The whole day that stands nearest beside a count; false where none does. */
static bool day_of(int64_t *out, const isn_tellings *t, const isn_telling *x)
{
    const isn_record *r = t->records[x->article];
    uint32_t nearest = UINT32_MAX;
    for (size_t i = 0; i < r->n_dates; i++) {
        isn_day day;
        uint32_t away = away_from(x, r->dates[i].span);
        if (!stands_by(x, r->dates[i].span) || away >= nearest || !isn_day_read(&day, r->dates[i].value) ||
            isn_str_find(r->dates[i].value, ISN_STR("/")) != SIZE_MAX)
            continue;
        nearest = away;
        *out = isn_day_number(day);
    }
    return nearest != UINT32_MAX;
}

/* Are they told of two days? */
static bool of_two_days(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    int64_t x, y;
    return day_of(&x, t, a) && day_of(&y, t, b) && x != y;
}

/* Does the sentence call the number an earlier or a first one? */
static bool is_superseded(const isn_tellings *t, const isn_telling *x)
{
    isn_str sentence = isn_telling_sentence(t, x), rest = sentence, word, before = {0};
    while (t->lexicon && isn_str_next(&word, &rest, ' ')) {
        size_t n = 0;
        isn_str pair = before.p ? isn_str_of(before.p, (size_t)(word.p + word.n - before.p)) : word;
        const isn_entry *entries = isn_lexicon_phrase(t->lexicon, pair, &n);
        for (size_t i = 0; entries && i < n; i++)
            if (entries[i].table == ISN_T_COUNTS &&
                isn_str_equal(isn_lexicon_cell(t->lexicon, ISN_T_COUNTS, entries[i].row, ISN_C_COUNTS_KIND), ISN_STR("earlier")))
                return true;
        before = word.n ? word : before;
    }
    return false;
}

/* Is one of them the higher number of a later hour? Tolls grow. */
static bool has_grown(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    int64_t x, y;
    if (!isn_minutes_read(&x, t->records[a->article]->published) || !isn_minutes_read(&y, t->records[b->article]->published))
        return false;
    return a->low < b->low ? y - x >= GROWS : x - y >= GROWS;
}

/* --- who is counted ------------------------------------------------------------------------------ */

/* What the lexicon has of a word: does it belong to the number, does it name people of any kind? */
static void look_up(bool *of_number, bool *anyone, const isn_tellings *t, isn_str word)
{
    size_t n;
    const isn_entry *entries = isn_lexicon_phrase(t->lexicon, word, &n);
    *of_number = *anyone = false;
    for (size_t i = 0; entries && i < n; i++) {
        if (entries[i].table == ISN_T_FUNCTIONS)
            *of_number = true;
        if (entries[i].table != ISN_T_COUNTS)
            continue;
        isn_str kind = isn_lexicon_cell(t->lexicon, ISN_T_COUNTS, entries[i].row, ISN_C_COUNTS_KIND);
        isn_str gloss = isn_lexicon_cell(t->lexicon, ISN_T_COUNTS, entries[i].row, ISN_C_COUNTS_GLOSS);
        bool noun = isn_str_equal(kind, ISN_STR("person")) || isn_str_equal(kind, ISN_STR("what")) ||
                    isn_str_equal(kind, ISN_STR("noun")) || isn_str_equal(kind, ISN_STR("verb"));
        *of_number = *of_number || !noun;
        *anyone = *anyone || isn_str_equal(kind, ISN_STR("what")) || isn_str_equal(gloss, ISN_STR("anyone"));
    }
}

uint32_t isn_count_noun(const isn_tellings *t, isn_str words)
{
    isn_str word;
    while (t->lexicon && isn_str_next(&word, &words, ' ')) {
        uint8_t letters[WORD_ROOM];
        bool of_number, anyone;
        isn_stem stem;
        size_t n = isn_normal_letters(letters, sizeof letters, word);
        if (n == 0 || n > sizeof letters || !isn_is_arabic(letters[0]))
            continue;
        look_up(&of_number, &anyone, t, word);
        if (anyone)
            return 0;
        if (of_number)
            continue;
        isn_stem_make(&stem, &t->tagger, letters, n);
        return isn_stem_skeleton(&stem);
    }
    return 0;
}

/*
 * Is the number told by a noun alone ("an officer", "two demonstrators")? One is no number, and what looks like a dual
 * is the plural where the word has no other one.
 */
static bool is_bare(const isn_tellings *t, const isn_telling *x)
{
    if (x->factor > 0)
        return false;
    uint8_t letters[WORD_ROOM];
    isn_str text = isn_telling_text(t, x);
    size_t n = isn_normal_letters(letters, sizeof letters, text);
    if (n < 3 || n > sizeof letters || memchr(letters, ' ', n))
        return false;
    bool digits = isn_is_digit(letters[0]), of_number, anyone;
    if (letters[0] == ISN_ALEF && letters[1] == ISN_LAM)
        return true;
    look_up(&of_number, &anyone, t, text);
    if (digits || of_number)
        return false;
    double value = count_of(t, x)->value;
    bool plural = letters[n - 2] == ISN_YEH && letters[n - 1] == ISN_NOON && (letters[0] == ISN_MEEM || letters[n - 3] == ISN_YEH);
    return value <= 1 || (value <= 2 && plural);
}

/* Is it a part of those counted before: "among them", "of them"? */
static bool is_part(const isn_tellings *t, const isn_telling *x)
{
    uint8_t letters[WORD_ROOM];
    isn_str before = isn_str_part(t->records[x->article]->text, x->sentence.begin, x->span.begin), word = {0}, next;
    while (isn_str_next(&next, &before, ' '))
        word = next.n ? next : word;
    size_t n = isn_normal_letters(letters, sizeof letters, word);
    if (n > sizeof letters || n < 4)
        return false;
    size_t at = letters[0] == ISN_WAW;
    bool among = n >= at + 5 && letters[at] == ISN_BEH && letters[at + 1] == ISN_YEH && letters[at + 2] == ISN_NOON;
    bool of = letters[at] == ISN_MEEM && letters[at + 1] == ISN_NOON;
    return (among && letters[at + 3] == ISN_HEH) || (of && letters[at + 2] == ISN_HEH);
}

static bool same_people(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    uint32_t x = a->factor > 0 ? 0 : isn_count_noun(t, isn_telling_text(t, a));
    uint32_t y = b->factor > 0 ? 0 : isn_count_noun(t, isn_telling_text(t, b));
    return !x || !y || x == y;
}

/* --- where --------------------------------------------------------------------------------------- */

bool isn_places_meet(const isn_tellings *t, uint32_t article_a, uint32_t a, uint32_t article_b, uint32_t b)
{
    const isn_record_entity *x = &t->records[article_a]->entities[a], *y = &t->records[article_b]->entities[b];
    uint32_t p = t->party_of[article_a][a], q = t->party_of[article_b][b];
    if (p == q || (x->region.n && isn_str_equal(x->region, y->name)) || (y->region.n && isn_str_equal(y->region, x->name)))
        return true;
    if (x->country.n && isn_str_equal(x->country, y->country) && (isn_str_equal(x->kb, x->country) || isn_str_equal(y->kb, y->country)))
        return true;
    const isn_story_party *v = &t->parties[p], *w = &t->parties[q];
    for (size_t i = 0; i < v->n_stems; i++)
        for (size_t k = 0; k < w->n_stems; k++)
            if (v->stems[i] == w->stems[k])
                return true;
    return false;
}

/* Places that are named around a count, in its sentence. */
static size_t places_of(uint32_t out[PLACES_MOST], const isn_tellings *t, const isn_telling *x)
{
    const isn_record *r = t->records[x->article];
    size_t n = 0;
    for (uint32_t i = 0; i < r->n_entities && n < PLACES_MOST; i++) {
        const isn_record_entity *e = &r->entities[i];
        bool here = false;
        for (size_t k = 0; e->type == ISN_RECORD_PLACE && k < e->n_mentions && !here; k++)
            here = e->mentions[k].form == ISN_RECORD_FORM_NAME && e->mentions[k].span.begin >= x->sentence.begin &&
                   e->mentions[k].span.end <= x->sentence.end && away_from(x, e->mentions[k].span) <= AROUND;
        if (here)
            out[n++] = i;
    }
    return n;
}

typedef enum meeting { PLACES_UNKNOWN, PLACES_MEET, PLACES_APART } meeting;

static meeting places_meet(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    uint32_t x[PLACES_MOST], y[PLACES_MOST];
    size_t n = places_of(x, t, a), m = places_of(y, t, b);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (isn_places_meet(t, a->article, x[i], b->article, y[k]))
                return PLACES_MEET;
    return n && m ? PLACES_APART : PLACES_UNKNOWN;
}

/* --- the whole ----------------------------------------------------------------------------------- */

bool isn_counts_same(const isn_tellings *t, const isn_telling *a, const isn_telling *b, uint32_t fact_a, uint32_t fact_b)
{
    if (a->what != b->what)
        return false;
    double x = count_of(t, a)->value, y = count_of(t, b)->value, less = x < y ? x : y, more = x < y ? y : x;
    double ratio = less > 0 ? more / less : MOST_RATIO + 1;
    if (a->factor > 0 || b->factor > 0)
        return ratio <= SAME_BASE; /* "three times that": of what was told elsewhere too */
    if (isn_telling_words_alike(a, b) >= SAME_COUNT || ratio > MOST_RATIO)
        return ratio <= MOST_RATIO;
    return (fact_a != ISN_NOTHING && fact_a == fact_b) || (a->head && a->head == b->head && ratio <= NEAR_RATIO);
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

/* Does the sentence of a count say the number of the other anywhere: a toll that rose to it, a part and a whole? */
static bool says_number(const isn_tellings *t, const isn_telling *count, const isn_telling *other)
{
    isn_str rest = isn_telling_sentence(t, count), word;
    double value = count_of(t, other)->value * (other->factor > 0 ? other->factor : 1);
    while (isn_str_next(&word, &rest, ' ')) {
        double number = isn_number_of(t->lexicon, word);
        if (number > 0 && (number == value || number * 1e3 == value || number * 1e6 == value))
            return true;
    }
    return false;
}

static const isn_telling *event_of(const isn_tellings *t, const isn_telling *count)
{
    uint32_t event = count_of(t, count)->event;
    for (size_t i = 0; event != ISN_NOTHING && i < t->n; i++)
        if (t->items[i].kind == ISN_TELLING_EVENT && t->items[i].article == count->article && t->items[i].item == event)
            return &t->items[i];
    return NULL;
}

/* Are they surely told of one thing? Prices, rates and sums are told by the dozen: these need the same words around them, and one doer. */
static bool is_held(const isn_tellings *t, const isn_telling *a, const isn_telling *b, meeting places)
{
    float words = isn_telling_words_alike(a, b);
    const isn_telling *x = event_of(t, a), *y = event_of(t, b);
    if (a->factor > 0 || b->factor > 0)
        return true;
    if (x && y && isn_parties_alike(t, &x->actor, &y->actor, 1.0f) <= 0)
        return false;
    if (count_of(t, a)->unit.n || count_of(t, b)->unit.n || isn_str_equal(count_of(t, a)->what, ISN_STR("money")))
        return words >= SAME_SUM && x && y && isn_parties_alike(t, &x->actor, &y->actor, 0) > 0;
    double m = count_of(t, a)->value, n = count_of(t, b)->value;
    bool close = m >= MANY && n >= MANY && m <= n * CLOSE && n <= m * CLOSE && a->head && a->head == b->head;
    return close || words >= SAME_COUNT || places == PLACES_MEET || (x && y && isn_telling_alike(t, x, y) >= 0);
}

bool isn_counts_clash(const isn_tellings *t, const isn_telling *a, const isn_telling *b)
{
    double less = a->low < b->low ? a->low : b->low, more = a->low < b->low ? b->low : a->low;
    if (!(a->high < b->low || b->high < a->low) || less <= 0 || more / less >= MISREAD_RATIO)
        return false;
    meeting places = places_meet(t, a, b);
    if (places == PLACES_APART || !is_held(t, a, b, places) || is_bare(t, a) || is_bare(t, b) || is_part(t, a) != is_part(t, b) ||
        !same_people(t, a, b) || says_number(t, a, b) || says_number(t, b, a))
        return false;
    if (of_two_days(t, a, b) || is_superseded(t, a) || is_superseded(t, b))
        return false;
    return !is_of_old(t, a) && !is_of_old(t, b) && !has_grown(t, a, b) && !tells_both(t, a, b) && !tells_both(t, b, a);
}
