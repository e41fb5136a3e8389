#include "read/page.h"

#include <libxml/parser.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/letters.h"
#include "base/normal.h"
#include "lexicon/schema.h"

_Static_assert((ISN_PAGE_KIND_COUNT - 1) * ISN_PAGE_WHERE_COUNT <= 64,
               "the bits of a phrase fit 64");

/* A slot of an open-addressed table; hash 0 is a free one. */
typedef struct phrase_slot {
    uint64_t hash, bits;
} phrase_slot;

typedef struct host_slot {
    uint64_t hash;
    isn_str host, name;
} host_slot;

#define MOST_CALENDAR 256u /* names of months and of parts of the day */

typedef struct calendar_word {
    uint64_t hash;
    int value; /* month; or hours to add to an hour of twelve */
} calendar_word;

struct isn_page {
    phrase_slot *phrases;
    size_t n_phrases, room_phrases;
    host_slot *hosts;
    size_t n_hosts, room_hosts;
    calendar_word months[MOST_CALENDAR], parts[MOST_CALENDAR];
    size_t n_months, n_parts;
};

uint64_t isn_page_word_hash(const uint8_t *key, size_t n)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < n; i++)
        h = (h ^ key[i]) * UINT64_C(0x100000001B3);
    return h ^ h >> 29;
}

uint64_t isn_page_join(uint64_t phrase, uint64_t word)
{
    uint64_t h = (phrase + word) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 32;
    return h ? h : 1;
}

static phrase_slot *phrase_at(phrase_slot *slots, size_t room, uint64_t hash)
{
    size_t i = (size_t)hash & (room - 1);
    while (slots[i].hash && slots[i].hash != hash)
        i = (i + 1) & (room - 1);
    return &slots[i];
}

static bool grow_phrases(isn_page *page)
{
    if (page->n_phrases * 2 < page->room_phrases)
        return true;
    size_t room = page->room_phrases ? page->room_phrases * 2 : 2048;
    phrase_slot *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < page->room_phrases; i++)
        if (page->phrases[i].hash)
            *phrase_at(slots, room, page->phrases[i].hash) = page->phrases[i];
    free(page->phrases);
    page->phrases = slots;
    page->room_phrases = room;
    return true;
}

/* The hashes of the beginnings of a phrase, word by word; returns how many words, 0 for none or too
 * many. */
static size_t phrase_hashes(uint64_t out[ISN_PAGE_PHRASE_WORDS], isn_str phrase)
{
    uint8_t key[256];
    size_t n = isn_normal_key(key, sizeof key, phrase), words = 0;
    if (n > sizeof key)
        return 0;
    for (size_t i = 0; i < n;) {
        size_t from = i;
        while (i < n && isn_page_letter(key[i]))
            i++;
        if (i == from) {
            i++;
            continue;
        }
        if (words == ISN_PAGE_PHRASE_WORDS)
            return 0;
        out[words] =
            isn_page_join(words ? out[words - 1] : 0, isn_page_word_hash(key + from, i - from));
        words++;
    }
    return words;
}

static bool add_phrase(isn_page *page, isn_str phrase, isn_page_kind kind, isn_page_where where)
{
    uint64_t hashes[ISN_PAGE_PHRASE_WORDS];
    size_t n = phrase_hashes(hashes, phrase);
    for (size_t i = 0; i < n; i++) {
        if (!grow_phrases(page))
            return false;
        phrase_slot *slot = phrase_at(page->phrases, page->room_phrases, hashes[i]);
        page->n_phrases += slot->hash == 0;
        slot->hash = hashes[i];
        if (i + 1 == n)
            slot->bits |= ISN_PAGE_BIT(kind, where);
    }
    return n > 0;
}

bool isn_page_add(isn_page *page, isn_str phrase, isn_str kind, isn_str where)
{
    static const struct {
        const char *name;
        isn_page_kind kind;
    } kinds[] = {
        {"related", ISN_PAGE_RELATED},
        {"comment", ISN_PAGE_COMMENT},
        {"boilerplate", ISN_PAGE_BOILERPLATE},
        {"closing", ISN_PAGE_CLOSING},
        {"caption", ISN_PAGE_CAPTION},
        {"byline", ISN_PAGE_BYLINE},
        {"masthead", ISN_PAGE_MASTHEAD},
        {"source", ISN_PAGE_SOURCE},
        {"date", ISN_PAGE_DATE},
        {"paragraph", ISN_PAGE_PARAGRAPH},
        {"outlet", ISN_PAGE_OUTLET},
        {"agency", ISN_PAGE_AGENCY},
    };
    static const char *const places[] = {"whole", "start", "any", "words", "label"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!isn_str_equal(kind, isn_str_cstr(kinds[k].name)))
            continue;
        for (size_t w = 0; w < ISN_PAGE_WHERE_COUNT; w++)
            if (isn_str_equal(where, isn_str_cstr(places[w])))
                return add_phrase(page, phrase, kinds[k].kind, (isn_page_where)w);
    }
    return false;
}

bool isn_page_find(const isn_page *page, uint64_t phrase, uint64_t *bits)
{
    const phrase_slot *slot = phrase_at(page->phrases, page->room_phrases, phrase);
    *bits = slot->bits;
    return slot->hash != 0;
}

static host_slot *host_at(const isn_page *page, isn_str host, uint64_t hash)
{
    size_t i = (size_t)hash & (page->room_hosts - 1);
    while (page->hosts[i].host.p &&
           !(page->hosts[i].hash == hash && isn_str_equal(page->hosts[i].host, host)))
        i = (i + 1) & (page->room_hosts - 1);
    return &page->hosts[i];
}

bool isn_page_add_host(isn_page *page, isn_str host, isn_str name)
{
    if (host.n == 0 || name.n == 0)
        return false;
    if (page->n_hosts * 2 >= page->room_hosts) {
        isn_page old = *page;
        page->room_hosts = old.room_hosts ? old.room_hosts * 2 : 256;
        page->hosts = calloc(page->room_hosts, sizeof *page->hosts);
        if (!page->hosts) {
            *page = old;
            return false;
        }
        for (size_t i = 0; i < old.room_hosts; i++)
            if (old.hosts[i].host.p)
                *host_at(page, old.hosts[i].host, old.hosts[i].hash) = old.hosts[i];
        free(old.hosts);
    }
    uint64_t hash = isn_str_hash(host);
    host_slot *slot = host_at(page, host, hash);
    page->n_hosts += slot->host.p == NULL;
    *slot = (host_slot){hash, host, name};
    return true;
}

isn_str isn_page_outlet(const isn_page *page, isn_str host)
{
    char lower[256];
    if (!page->room_hosts || host.n == 0 || host.n > sizeof lower)
        return (isn_str){NULL, 0};
    for (size_t i = 0; i < host.n; i++)
        lower[i] = host.p[i] >= 'A' && host.p[i] <= 'Z' ? (char)(host.p[i] + 32) : host.p[i];
    isn_str rest = {lower, host.n};
    while (rest.n) {
        const host_slot *slot = host_at(page, rest, isn_str_hash(rest));
        if (slot->host.p)
            return slot->name;
        const char *dot = memchr(rest.p, '.', rest.n);
        if (!dot)
            break;
        rest = isn_str_part(rest, (size_t)(dot - rest.p) + 1, rest.n);
    }
    return (isn_str){NULL, 0};
}

/* Adds all values of a cell; what can't be a phrase (too many words) is passed over. */
static void add_cell(isn_page *page, isn_str cell, isn_page_kind kind, isn_page_where where)
{
    isn_str field;
    while (isn_str_next(&field, &cell, '|'))
        add_phrase(page, field, kind, where);
}

static void add_outlets(isn_page *page, const isn_lexicon *lexicon)
{
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_OUTLETS); row++) {
        isn_str name = isn_lexicon_cell(lexicon, ISN_T_OUTLETS, row, ISN_C_OUTLETS_NAME);
        isn_str hosts = isn_lexicon_cell(lexicon, ISN_T_OUTLETS, row, ISN_C_OUTLETS_HOSTS), host;
        add_phrase(page, name, ISN_PAGE_OUTLET, ISN_PAGE_ANY);
        add_cell(page, isn_lexicon_cell(lexicon, ISN_T_OUTLETS, row, ISN_C_OUTLETS_FORMS),
                 ISN_PAGE_OUTLET, ISN_PAGE_ANY);
        while (isn_str_next(&host, &hosts, '|'))
            isn_page_add_host(page, host, name);
    }
}

/* Names of months and weekdays, word by word: a line of dates is made of them. */
static void add_words(isn_page *page, isn_str cell)
{
    isn_str form, word;
    while (isn_str_next(&form, &cell, '|'))
        while (isn_str_next(&word, &form, ' '))
            add_phrase(page, word, ISN_PAGE_DATE, ISN_PAGE_WORDS);
}

/* Names of a row of the calendar, each as one hash. */
static void add_names(calendar_word *words, size_t *n, isn_str cell, int value)
{
    isn_str form;
    uint64_t hashes[ISN_PAGE_PHRASE_WORDS];
    while (isn_str_next(&form, &cell, '|')) {
        size_t length = phrase_hashes(hashes, form);
        if (length && *n < MOST_CALENDAR)
            words[(*n)++] = (calendar_word){hashes[length - 1], value};
    }
}

static void add_calendar_row(isn_page *page, const isn_lexicon *lexicon, uint32_t row, isn_str kind)
{
    int64_t value;
    if (!isn_str_to_int(&value, isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_VALUE)))
        return;
    bool month = isn_str_equal(kind, ISN_STR("month")) || isn_str_equal(kind, ISN_STR("doubtful"));
    if (!month && !isn_str_equal(kind, ISN_STR("part")))
        return;
    calendar_word *words = month ? page->months : page->parts;
    size_t *n = month ? &page->n_months : &page->n_parts;
    add_names(words, n, isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_WORD), (int)value);
    add_names(words, n, isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_FORMS), (int)value);
}

int isn_page_month(const isn_page *page, uint64_t phrase)
{
    for (size_t i = 0; i < page->n_months; i++)
        if (page->months[i].hash == phrase)
            return page->months[i].value;
    return 0;
}

void isn_page_day_part(const isn_page *page, uint64_t phrase, bool *later, bool *early)
{
    *later = *early = false;
    for (size_t i = 0; i < page->n_parts; i++) {
        if (page->parts[i].hash == phrase) {
            *later = page->parts[i].value >= 12;
            *early = !*later;
        }
    }
}

static void add_calendar(isn_page *page, const isn_lexicon *lexicon)
{
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_CALENDAR); row++) {
        isn_str kind = isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_KIND);
        add_calendar_row(page, lexicon, row, kind);
        if (!isn_str_equal(kind, ISN_STR("month")) && !isn_str_equal(kind, ISN_STR("hijri")) &&
            !isn_str_equal(kind, ISN_STR("weekday")))
            continue;
        add_words(page, isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_WORD));
        add_words(page, isn_lexicon_cell(lexicon, ISN_T_CALENDAR, row, ISN_C_CALENDAR_FORMS));
    }
}

isnad_status isn_page_new(isn_page **out, const isn_lexicon *lexicon, isnad_error *err)
{
    *out = NULL;
    xmlInitParser(); /* before there are threads that read pages */
    isn_page *page = calloc(1, sizeof *page);
    if (!page || !grow_phrases(page)) {
        free(page);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the phrases of pages");
    }
    *out = page;
    if (!lexicon)
        return ISNAD_OK;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_PAGE); row++)
        isn_page_add(page, isn_lexicon_cell(lexicon, ISN_T_PAGE, row, ISN_C_PAGE_PHRASE),
                     isn_lexicon_cell(lexicon, ISN_T_PAGE, row, ISN_C_PAGE_KIND),
                     isn_lexicon_cell(lexicon, ISN_T_PAGE, row, ISN_C_PAGE_WHERE));
    add_outlets(page, lexicon);
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_AGENCIES); row++)
        add_phrase(page, isn_lexicon_cell(lexicon, ISN_T_AGENCIES, row, ISN_C_AGENCIES_MARK),
                   ISN_PAGE_AGENCY, ISN_PAGE_ANY);
    add_calendar(page, lexicon);
    return ISNAD_OK;
}

void isn_page_free(isn_page *page)
{
    if (!page)
        return;
    free(page->phrases);
    free(page->hosts);
    free(page);
}
