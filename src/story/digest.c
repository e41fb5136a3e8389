#include "story/digest.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/normal.h"
#include "lexicon/schema.h"
#include "story/stem.h"
#include "time/civil.h"

#define LEAD_WORDS 60u
#define MOST_WORDS 20000u  /* of a text that are looked at */
#define SLOTS ((size_t)1 << 15)
#define SHINGLE 4u
#define NAME_ROOM 160u
#define LEAST_RARE 4u      /* words more common than that make no feature */
#define NUMBER_ROOM 24u
#define LEAST_NUMBER 13
#define DAYS_NEAR 7

static const size_t quota[ISN_FEATURE_KINDS] = {104, 14, 24, 14, 24, 12};

/* What is gathered while a digest is made. */
typedef struct draft {
    isn_arena *arena;
    const isn_record *record;
    const isn_lexicon *lexicon;
    isn_tagger tagger;
    isn_normal normal;
    struct {
        isn_feature *items;
        size_t n, capacity;
    } features;
    uint16_t *slots; /* index + 1 of a feature, SLOTS of them; open addressing */
    uint32_t words, body_words;
    isn_span title;  /* bytes of the text */
    uint32_t lead_end;
    uint32_t shingle[SHINGLE];
    uint32_t sketch[ISN_DIGEST_BINS];
    bool full;
} draft;

static uint32_t mixed(uint64_t hash, uint32_t kind)
{
    hash = (hash ^ kind * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash >> 32);
}

uint32_t isn_digest_word(uint32_t stem)
{
    return mixed(stem, ISN_FEATURE_WORD);
}

/* Adds a telling of a feature; the best place and the times are kept. The name is looked at only the first time. */
static void add(draft *d, isn_feature_kind kind, uint64_t key, unsigned rare, unsigned where, isn_str name)
{
    uint32_t hash = mixed(key, kind);
    size_t slot = hash & (SLOTS - 1);
    for (; d->slots[slot]; slot = (slot + 1) & (SLOTS - 1)) {
        isn_feature *known = &d->features.items[d->slots[slot] - 1];
        if (known->hash == hash && known->kind == kind) {
            known->times += known->times < 4;
            if (where > known->where)
                known->where = (uint8_t)where;
            return;
        }
    }
    if (d->features.n >= SLOTS / 2)
        return;
    isn_feature *f = ISN_PUSH(d->arena, &d->features);
    if (!f) {
        d->full = true;
        return;
    }
    *f = (isn_feature){.hash = hash, .kind = (uint8_t)kind, .where = (uint8_t)where, .times = 1, .name = name,
                       .rare = (uint8_t)(rare < ISN_DIGEST_RAREST ? rare : ISN_DIGEST_RAREST)};
    d->slots[slot] = (uint16_t)d->features.n;
}

static unsigned where_of(const draft *d, uint32_t at)
{
    if (at >= d->title.begin && at < d->title.end)
        return ISN_FEATURE_TITLE;
    return at < d->lead_end ? ISN_FEATURE_LEAD : ISN_FEATURE_BODY;
}

/* --- words and numbers --------------------------------------------------------------------------- */

/* One word of the body for the sketch: the last SHINGLE words make a shingle, the least of a bin stays. */
static void sketch_word(draft *d, uint32_t hash)
{
    memmove(d->shingle, d->shingle + 1, sizeof d->shingle - sizeof *d->shingle);
    d->shingle[SHINGLE - 1] = hash;
    if (++d->body_words < SHINGLE)
        return;
    uint64_t h = isn_str_hash(isn_str_of((const char *)d->shingle, sizeof d->shingle));
    uint32_t *least = &d->sketch[h % ISN_DIGEST_BINS], value = (uint32_t)(h >> 32);
    if (value < *least)
        *least = value;
}

static void add_word(draft *d, size_t begin, size_t end, unsigned where, bool body)
{
    isn_stem stem;
    isn_stem_make(&stem, &d->tagger, d->normal.p + begin, end - begin);
    uint32_t hash = isn_stem_hash(&stem);
    if (body)
        sketch_word(d, hash);
    if (stem.n < 2 || stem.rare < LEAST_RARE)
        return;
    uint32_t from = d->normal.map[begin], to = isn_normal_end(&d->normal, d->record->text, end - 1);
    add(d, ISN_FEATURE_WORD, hash, stem.rare, where, isn_str_part(d->record->text, from, to));
}

/* How rare a number is: large ones and those that aren't round tell more. 0: says nothing. */
static unsigned number_rare(const char *digits, size_t n, bool grouped)
{
    int64_t value;
    if (memchr(digits, '.', n))
        return 10;
    if (!isn_str_to_int(&value, isn_str_of(digits, n)))
        return 0;
    if (value < LEAST_NUMBER || (n == 4 && !grouped && value > 1900 && value < 2100))
        return 0;
    unsigned rare = value < 100 ? 7 : value < 1000 ? 9 : 11;
    return value % 10 == 0 ? rare - 2 : rare;
}

/* Digits from `at` on, groups of thousands joined; returns where they end. */
static size_t add_number(draft *d, size_t at, size_t end, unsigned where)
{
    char digits[NUMBER_ROOM];
    const uint8_t *p = d->normal.p;
    size_t begin = at, n = 0, since = 0;
    bool grouped = false;
    for (; at < end && n < sizeof digits - 1; at++, since++) {
        if (isn_is_digit(p[at])) {
            digits[n++] = (char)p[at];
            continue;
        }
        if ((p[at] != ',' && p[at] != '.') || at + 1 >= end || !isn_is_digit(p[at + 1]))
            break;
        bool three = at + 3 < end && isn_is_digit(p[at + 2]) && isn_is_digit(p[at + 3]) &&
                     !(at + 4 < end && isn_is_digit(p[at + 4]));
        if (three && since < 4)
            grouped = true;
        else if (memchr(digits, '.', n))
            break;
        else
            digits[n++] = '.';
        since = 0;
    }
    unsigned rare = number_rare(digits, n, grouped);
    uint32_t from = d->normal.map[begin], to = isn_normal_end(&d->normal, d->record->text, at - 1);
    if (rare)
        add(d, ISN_FEATURE_NUMBER, isn_str_hash(isn_str_of(digits, n)), rare, where,
            isn_str_part(d->record->text, from, to));
    return at;
}

static bool is_letter(uint8_t c)
{
    return isn_is_arabic(c) || isn_is_latin(c);
}

/* The letters [i, end) of the normal form: their words and numbers. */
static void scan(draft *d, size_t i, size_t end, unsigned where, bool body)
{
    const uint8_t *p = d->normal.p;
    while (i < end && d->words < MOST_WORDS) {
        unsigned here = where;
        if (body && where == ISN_FEATURE_BODY && d->body_words < LEAD_WORDS)
            here = ISN_FEATURE_LEAD;
        if (isn_is_digit(p[i])) {
            i = add_number(d, i, end, here);
        } else if (is_letter(p[i])) {
            size_t begin = i;
            bool arabic = isn_is_arabic(p[i]);
            while (i < end && (arabic ? isn_is_arabic(p[i]) : isn_is_latin(p[i])))
                i++;
            d->words++;
            add_word(d, begin, i, here, body);
            if (body && d->body_words <= LEAD_WORDS)
                d->lead_end = isn_normal_end(&d->normal, d->record->text, i - 1);
        } else {
            i++;
        }
    }
}

static bool is_body(uint8_t kind)
{
    return kind == ISN_BLOCK_BODY || kind == ISN_BLOCK_HEADING || kind == ISN_BLOCK_CAPTION;
}

static void add_words(draft *d)
{
    const isn_record *r = d->record;
    for (size_t i = 0; i < r->n_blocks; i++) {
        const isn_record_block *b = &r->blocks[i];
        size_t from = isn_normal_at(&d->normal, 0, b->span.begin), to = isn_normal_at(&d->normal, 0, b->span.end);
        if (b->kind == ISN_BLOCK_TITLE) {
            d->title = b->span;
            scan(d, from, to, ISN_FEATURE_TITLE, false);
        } else if (is_body(b->kind)) {
            scan(d, from, to, ISN_FEATURE_BODY, true);
        }
    }
    if (r->n_blocks == 0)
        scan(d, 0, d->normal.n, ISN_FEATURE_BODY, true);
}

/* --- entities, acts, days ------------------------------------------------------------------------ */

/* What names an entity in every article that has it: its key (its id, where another program left the key out), else its name folded. */
static uint64_t entity_key(const isn_record_entity *e)
{
    uint8_t key[NAME_ROOM];
    isn_str id = isn_record_key(e);
    if (id.n)
        return isn_str_hash(id);
    size_t n = isn_normal_key(key, sizeof key, e->name);
    return isn_str_hash(isn_str_of((const char *)key, n < sizeof key ? n : sizeof key)) ^ 0x5851F42D4C957F2Du;
}

/* A name is as rare as its rarest word. */
static unsigned name_rare(const draft *d, isn_str name)
{
    uint8_t letters[NAME_ROOM];
    size_t n = isn_normal_letters(letters, sizeof letters, name), begin = 0;
    unsigned rare = 0;
    if (n > sizeof letters)
        n = sizeof letters;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && letters[i] != ' ')
            continue;
        isn_stem stem;
        if (i > begin)
            isn_stem_make(&stem, &d->tagger, letters + begin, i - begin);
        if (i > begin && stem.rare > rare)
            rare = stem.rare;
        begin = i + 1;
    }
    return rare;
}

static bool is_outlet(const draft *d, const isn_record_entity *e)
{
    return e->kb.n && d->lexicon && isn_lexicon_row(d->lexicon, ISN_T_OUTLETS, e->kb) != ISN_NO_ROW;
}

/* Is it named, or only told by what it is (a pupil, a businessman)? */
static bool is_named(const isn_record_entity *e)
{
    bool named = e->kb.n != 0;
    for (size_t i = 0; i < e->n_mentions && !named; i++)
        named = e->mentions[i].form == ISN_RECORD_FORM_NAME;
    return named;
}

static void add_entities(draft *d)
{
    for (size_t i = 0; i < d->record->n_entities; i++) {
        const isn_record_entity *e = &d->record->entities[i];
        if (e->name.n == 0 || is_outlet(d, e))
            continue;
        isn_feature_kind kind = e->type == ISN_RECORD_PLACE ? ISN_FEATURE_PLACE : ISN_FEATURE_ACTOR;
        uint64_t key = entity_key(e);
        unsigned rare = name_rare(d, e->name) / (is_named(e) ? 1 : 2) + (kind == ISN_FEATURE_ACTOR);
        for (size_t k = 0; k < e->n_mentions; k++)
            if (e->mentions[k].form != ISN_RECORD_FORM_PRONOUN)
                add(d, kind, key, rare, where_of(d, e->mentions[k].span.begin), e->name);
    }
}

/* "TYPE: name" for people, in the arena. */
static isn_str act_name(draft *d, isn_str type, isn_str name)
{
    char *p = isn_arena_alloc(d->arena, type.n + name.n + 2);
    if (!p)
        return type;
    memcpy(p, type.p, type.n);
    memcpy(p + type.n, ": ", 2);
    if (name.n)
        memcpy(p + type.n + 2, name.p, name.n);
    return isn_str_of(p, type.n + name.n + 2);
}

static void add_act(draft *d, const isn_record_event *v, uint32_t entity, uint32_t slot)
{
    if (entity >= d->record->n_entities)
        return;
    const isn_record_entity *e = &d->record->entities[entity];
    uint64_t key = isn_str_hash(v->type) * 31 + entity_key(e) * 7 + slot;
    unsigned rare = 2 + name_rare(d, e->name);
    add(d, ISN_FEATURE_ACT, key, rare, where_of(d, v->trigger.begin), act_name(d, v->type, e->name));
}

static void add_acts(draft *d)
{
    for (size_t i = 0; i < d->record->n_events; i++) {
        const isn_record_event *v = &d->record->events[i];
        for (size_t k = 0; k < v->actor.n; k++)
            add_act(d, v, v->actor.items[k], 1);
        for (size_t k = 0; k < v->recipient.n; k++)
            add_act(d, v, v->recipient.items[k], 2);
        add_act(d, v, v->place, 3);
    }
}

static void add_days(draft *d, int32_t minutes)
{
    for (size_t i = 0; i < d->record->n_dates; i++) {
        const isn_record_date *date = &d->record->dates[i];
        isn_day day;
        if (!isn_day_read(&day, date->value))
            continue;
        int64_t number = isn_day_number(day), away = number - minutes / 1440;
        bool near = minutes != ISN_DIGEST_NO_TIME && away >= -DAYS_NEAR && away <= DAYS_NEAR;
        unsigned rare = !near ? 8 : away == 0 ? 1 : 3;
        add(d, ISN_FEATURE_DATE, (uint64_t)number, rare, where_of(d, date->span.begin), isn_str_part(date->value, 0, 10));
    }
}

/* --- origin and time ----------------------------------------------------------------------------- */

static bool is_agency(const draft *d, uint32_t entity)
{
    if (entity >= d->record->n_entities || !d->lexicon)
        return false;
    uint32_t row = isn_lexicon_row(d->lexicon, ISN_T_OUTLETS, d->record->entities[entity].kb);
    return row != ISN_NO_ROW &&
           isn_str_equal(isn_lexicon_cell(d->lexicon, ISN_T_OUTLETS, row, ISN_C_OUTLETS_KIND), ISN_STR("agency"));
}

static bool in_line_of_origin(const isn_record *r, const isn_record_entity *e)
{
    for (size_t k = 0; k < e->n_mentions; k++)
        for (size_t i = 0; i < r->n_blocks; i++) {
            const isn_record_block *b = &r->blocks[i];
            if ((b->kind == ISN_BLOCK_DATELINE || b->kind == ISN_BLOCK_BYLINE) &&
                e->mentions[k].span.begin >= b->span.begin && e->mentions[k].span.begin < b->span.end)
                return true;
        }
    return false;
}

/* The agency that the article has its text from: the one in byline or dateline, else the one that most of it goes through. */
static isn_str origin_of(const draft *d)
{
    const isn_record *r = d->record;
    size_t most = 0;
    isn_str best = {0};
    for (uint32_t i = 0; i < r->n_entities; i++) {
        if (!is_agency(d, i) || isn_str_equal(r->entities[i].kb, r->outlet))
            continue;
        if (in_line_of_origin(r, &r->entities[i]))
            return r->entities[i].kb;
        size_t times = 0;
        for (size_t k = 0; k < r->n_quotes; k++)
            for (size_t v = 0; v < r->quotes[k].via.n; v++)
                times += r->quotes[k].via.items[v] == i;
        for (size_t k = 0; k < r->n_events; k++)
            for (size_t v = 0; v < r->events[k].via.n; v++)
                times += r->events[k].via.items[v] == i;
        if (times > most) {
            most = times;
            best = r->entities[i].kb;
        }
    }
    return best;
}

static int two_digits(isn_str s, size_t at, int most)
{
    if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' || s.p[at + 1] > '9')
        return -1;
    int value = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return value <= most ? value : -1;
}

/* Minutes since 1970 of "2021-04-17" or "2021-04-17T09:30..."; a day alone is taken at noon. */
static int32_t minutes_of(isn_str published)
{
    isn_day day;
    if (!isn_day_read(&day, published))
        return ISN_DIGEST_NO_TIME;
    int hour = two_digits(published, 11, 23), minute = two_digits(published, 14, 59);
    int64_t minutes = isn_day_number(day) * 1440 + (hour >= 0 && minute >= 0 ? hour * 60 + minute : 720);
    return minutes > INT32_MIN && minutes <= INT32_MAX ? (int32_t)minutes : ISN_DIGEST_NO_TIME;
}

/* --- choosing ------------------------------------------------------------------------------------ */

static unsigned worth(const isn_feature *f)
{
    return f->rare * (2u + 2u * f->where + (f->times > 1));
}

static int by_worth(const void *a, const void *b)
{
    const isn_feature *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (worth(x) != worth(y))
        return worth(x) > worth(y) ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static int by_hash(const void *a, const void *b)
{
    const isn_feature *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

/* Keeps of each kind as many of the best as its share allows, sorted by hash. */
static void choose(isn_digest *out, draft *d)
{
    isn_feature *items = d->features.items;
    size_t n = 0, taken[ISN_FEATURE_KINDS] = {0};
    if (d->features.n)
        qsort(items, d->features.n, sizeof *items, by_worth);
    for (size_t i = 0; i < d->features.n; i++)
        if (taken[items[i].kind]++ < quota[items[i].kind])
            items[n++] = items[i];
    if (n)
        qsort(items, n, sizeof *items, by_hash);
    out->features = items;
    out->n_features = n;
}

static isn_str short_name(isn_str s)
{
    size_t n = s.n < ISN_DIGEST_NAME ? s.n : ISN_DIGEST_NAME;
    while (n < s.n && n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return isn_str_of(s.p, n);
}

/* An id that is too long is cut and ends in its hash, so that it stays one of its own. */
isn_str isn_digest_id(isn_arena *arena, isn_str id)
{
    char tail[24];
    if (id.n <= ISN_DIGEST_NAME)
        return id;
    int n = snprintf(tail, sizeof tail, "~%016llx", (unsigned long long)isn_str_hash(id));
    isn_str head = isn_str_part(short_name(id), 0, ISN_DIGEST_NAME - (size_t)n);
    char *p = isn_arena_alloc(arena, ISN_DIGEST_NAME);
    if (!p)
        return head;
    while (head.n && ((unsigned char)id.p[head.n] & 0xC0) == 0x80)
        head.n--;
    memcpy(p, head.p, head.n);
    memcpy(p + head.n, tail, (size_t)n);
    return isn_str_of(p, head.n + (size_t)n);
}

bool isn_digest_make(isn_digest *out, isn_arena *arena, const isn_record *record, const isn_lexicon *lexicon)
{
    draft *d = isn_arena_calloc(arena, 1, sizeof *d);
    *out = (isn_digest){0};
    if (!d || !isn_normal_make(&d->normal, arena, record->text) ||
        !(d->slots = isn_arena_calloc(arena, SLOTS, sizeof *d->slots)))
        return false;
    d->arena = arena;
    d->record = record;
    d->lexicon = lexicon;
    if (lexicon)
        isn_tagger_open(&d->tagger, lexicon);
    memset(d->sketch, 0xFF, sizeof d->sketch);
    out->minutes = minutes_of(record->published);
    add_words(d);
    add_entities(d);
    add_acts(d);
    add_days(d, out->minutes);
    out->words = d->words;
    for (size_t i = 0; i < ISN_DIGEST_BINS; i++)
        out->sketch[i] = d->sketch[i] == UINT32_MAX ? UINT16_MAX : (uint16_t)(d->sketch[i] % UINT16_MAX);
    out->id = isn_digest_id(arena, record->id);
    out->outlet = short_name(record->outlet);
    out->origin = short_name(origin_of(d));
    choose(out, d);
    return !d->full && !arena->full;
}

double isn_digest_copied(const isn_digest *a, const isn_digest *b)
{
    size_t same = 0, filled = 0;
    for (size_t i = 0; i < ISN_DIGEST_BINS; i++) {
        if (a->sketch[i] == UINT16_MAX && b->sketch[i] == UINT16_MAX)
            continue;
        filled++;
        same += a->sketch[i] == b->sketch[i];
    }
    return filled < ISN_DIGEST_BINS / 4 ? 0 : (double)same / (double)filled;
}
