#include "story/telling.h"

#include <math.h>
#include <stdlib.h>

#include "base/normal.h"
#include "story/term.h"

#define WORDS_BEFORE 3u   /* of an event's trigger that belong to what it says */
#define WORDS_AFTER 14u
#define LEAST_RARE 3u
#define SENTENCE_MOST 2000u /* bytes to either side */

/* --- sentences ----------------------------------------------------------------------------------- */

/* Does a sentence end at byte i? A full stop between letters or digits is none. */
static bool ends_sentence(isn_str s, size_t i)
{
    char c = s.p[i];
    if (c == '\n' || c == '!' || c == '?')
        return true;
    if ((unsigned char)c == 0x9F && i && (unsigned char)s.p[i - 1] == 0xD8) /* Arabic question mark */
        return true;
    return c == '.' && (i + 1 >= s.n || s.p[i + 1] == ' ' || s.p[i + 1] == '\n' || s.p[i + 1] == '"');
}

isn_span isn_sentence_around(isn_str text, isn_span span)
{
    size_t begin = span.begin < text.n ? span.begin : text.n, end = span.end < text.n ? span.end : text.n;
    size_t least = begin > SENTENCE_MOST ? begin - SENTENCE_MOST : 0;
    size_t most = text.n - end > SENTENCE_MOST ? end + SENTENCE_MOST : text.n;
    while (begin > least && !ends_sentence(text, begin - 1))
        begin--;
    while (begin < span.begin && (text.p[begin] == ' ' || ((unsigned char)text.p[begin] & 0xC0) == 0x80))
        begin++;
    while (end < most && !ends_sentence(text, end))
        end++;
    while (end < text.n && end > span.end && ((unsigned char)text.p[end] & 0xC0) == 0x80)
        end--;
    return (isn_span){(uint32_t)begin, (uint32_t)end};
}

/* --- content words ------------------------------------------------------------------------------- */

/* The words of a record as stems with their bytes. */
typedef struct word {
    uint32_t begin, end, hash;
    uint8_t rare;
} word;

typedef struct words {
    word *items;
    size_t n;
} words;

static bool is_letter(uint8_t c)
{
    return isn_is_arabic(c) || isn_is_latin(c);
}

static bool cut_words(words *out, isn_arena *arena, const isn_record *r, const isn_tagger *tagger)
{
    isn_normal normal;
    if (!isn_normal_make(&normal, arena, r->text))
        return false;
    size_t most = normal.n / 2 + 1;
    *out = (words){isn_arena_alloc(arena, most * sizeof(word)), 0};
    if (!out->items)
        return false;
    for (size_t i = 0; i < normal.n;) {
        size_t begin = i;
        bool digits = isn_is_digit(normal.p[i]);
        while (i < normal.n && (digits ? isn_is_digit(normal.p[i]) : is_letter(normal.p[i])))
            i++;
        if (i == begin) {
            i++;
            continue;
        }
        isn_stem stem;
        isn_stem_make(&stem, tagger, normal.p + begin, i - begin);
        if (out->n < most)
            out->items[out->n++] = (word){normal.map[begin], isn_normal_end(&normal, r->text, i - 1),
                                                isn_stem_skeleton(&stem), stem.rare};
    }
    return true;
}

static size_t word_at(const words *w, uint32_t byte)
{
    size_t low = 0, high = w->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->items[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_hash(const void *a, const void *b)
{
    const isn_content_word *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* The words [from, to) as content of a telling: each once, common ones left out. */
static bool fill_words(isn_telling *t, isn_arena *arena, const words *w, size_t from, size_t to)
{
    t->words = isn_arena_alloc(arena, ISN_TELLING_WORDS * sizeof *t->words);
    if (!t->words)
        return false;
    for (size_t i = from; i < to && i < w->n && t->n_words < ISN_TELLING_WORDS; i++) {
        const word *one = &w->items[i];
        bool known = one->rare < LEAST_RARE;
        for (size_t k = 0; k < t->n_words && !known; k++)
            known = t->words[k].hash == one->hash;
        if (!known)
            t->words[t->n_words++] = (isn_content_word){one->hash, (float)(one->rare - LEAST_RARE + 2)};
    }
    if (t->n_words)
        qsort(t->words, t->n_words, sizeof *t->words, by_hash);
    double squares = 0;
    for (size_t i = 0; i < t->n_words; i++)
        squares += (double)(t->words[i].weight * t->words[i].weight);
    t->norm = (float)sqrt(squares);
    return true;
}

float isn_telling_words_alike(const isn_telling *a, const isn_telling *b)
{
    double dot = 0;
    for (size_t i = 0, k = 0; i < a->n_words && k < b->n_words;) {
        if (a->words[i].hash == b->words[k].hash) {
            dot += (double)(a->words[i].weight * b->words[k].weight);
            i++, k++;
        } else if (a->words[i].hash < b->words[k].hash) {
            i++;
        } else {
            k++;
        }
    }
    return a->norm > 0 && b->norm > 0 ? (float)(dot / ((double)a->norm * (double)b->norm)) : 0;
}

/* --- tellings ------------------------------------------------------------------------------------ */

static void add_party(isn_party_list *list, const isn_tellings *t, uint32_t article, uint32_t entity)
{
    if (entity < t->records[article]->n_entities && list->n < ISN_TELLING_PARTIES)
        list->items[list->n++] = t->party_of[article][entity];
}

static void add_parties(isn_party_list *list, const isn_tellings *t, uint32_t article, isn_record_ids ids)
{
    for (size_t i = 0; i < ids.n; i++)
        add_party(list, t, article, ids.items[i]);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The skeleton of the first word of a trigger, without the preposition that is written to it and doesn't belong to the span. */
static uint32_t head_of(const isn_tellings *t, isn_str trigger)
{
    uint8_t letters[ISN_WORD_MOST];
    isn_str first;
    isn_stem stem;
    size_t n = isn_str_next(&first, &trigger, ' ') ? isn_normal_letters(letters, sizeof letters, first) : 0;
    if (n == 0 || n > sizeof letters)
        return 0;
    isn_stem_make(&stem, &t->tagger, letters, n);
    return isn_stem_skeleton(&stem);
}

/* A new telling with its sentence and the words around its span; NULL where there is no room. */
static isn_telling *add(isn_tellings *t, isn_arena *arena, const words *w, isn_telling_kind kind, uint32_t article,
                        uint32_t item, isn_span span)
{
    if (t->n == ISN_TELLINGS_MOST) {
        t->cut = true;
        return NULL;
    }
    isn_telling *one = ISN_PUSH(arena, t);
    if (!one)
        return NULL;
    one->article = article;
    one->item = item;
    one->kind = (uint8_t)kind;
    one->span = span;
    one->sentence = isn_sentence_around(t->records[article]->text, span);
    size_t first = word_at(w, one->sentence.begin), last = word_at(w, one->sentence.end);
    size_t from = word_at(w, span.begin), to = word_at(w, span.end);
    one->before = from - least(first, from);
    if (kind == ISN_TELLING_EVENT) {
        one->head = head_of(t, isn_telling_text(t, one));
        to = least(from + WORDS_AFTER, last);
        from = most(from - least(from, WORDS_BEFORE), first);
    } else if (kind == ISN_TELLING_COUNT || kind == ISN_TELLING_DATE || kind == ISN_TELLING_TERM) {
        one->head = kind == ISN_TELLING_COUNT && to > from && to <= w->n ? w->items[to - 1].hash : 0;
        to = least(to + 4, last);
        from = most(from - least(from, 4), first);
    }
    return fill_words(one, arena, w, from, to) ? one : NULL;
}

static void add_events(isn_tellings *t, isn_arena *arena, const words *w, uint32_t article)
{
    const isn_record *r = t->records[article];
    for (uint32_t i = 0; i < r->n_events; i++) {
        const isn_record_event *v = &r->events[i];
        isn_telling *one = add(t, arena, w, ISN_TELLING_EVENT, article, i, v->trigger);
        if (!one)
            return;
        add_parties(&one->actor, t, article, v->actor);
        add_parties(&one->recipient, t, article, v->recipient);
        add_parties(&one->via, t, article, v->via);
        add_party(&one->place, t, article, v->place);
    }
}

static void add_quotes(isn_tellings *t, isn_arena *arena, const words *w, uint32_t article)
{
    const isn_record *r = t->records[article];
    for (uint32_t i = 0; i < r->n_quotes; i++) {
        isn_telling *one = add(t, arena, w, ISN_TELLING_QUOTE, article, i, r->quotes[i].span);
        if (!one)
            return;
        add_party(&one->actor, t, article, r->quotes[i].speaker);
        add_parties(&one->via, t, article, r->quotes[i].via);
    }
}

/* What a number says at least and at most; "about" leaves a tenth to either side. */
static void set_bounds(isn_telling *t, const isn_record_count *c)
{
    double high = c->high > c->value ? c->high : c->value;
    t->low = c->bound == ISN_RECORD_BOUND_ABOUT ? c->value * 0.9 : c->value;
    t->high = c->bound == ISN_RECORD_BOUND_ABOUT ? high * 1.1 : high;
    if (c->bound == ISN_RECORD_BOUND_AT_LEAST || c->bound == ISN_RECORD_BOUND_MORE_THAN)
        t->high = HUGE_VAL;
    if (c->bound == ISN_RECORD_BOUND_AT_MOST || c->bound == ISN_RECORD_BOUND_LESS_THAN)
        t->low = 0;
}

static void add_counts(isn_tellings *t, isn_arena *arena, const words *w, uint32_t article)
{
    const isn_record *r = t->records[article];
    for (uint32_t i = 0; i < r->n_counts; i++) {
        const isn_record_count *c = &r->counts[i];
        isn_telling *one = add(t, arena, w, ISN_TELLING_COUNT, article, i, c->span);
        if (!one)
            return;
        set_bounds(one, c);
        one->what = (uint32_t)(isn_str_hash(c->what) * 31 + isn_str_hash(c->unit));
    }
}

static void add_dates(isn_tellings *t, isn_arena *arena, const words *w, uint32_t article)
{
    const isn_record *r = t->records[article];
    for (uint32_t i = 0; i < r->n_dates; i++)
        if (!add(t, arena, w, ISN_TELLING_DATE, article, i, r->dates[i].span))
            return;
}

/* Spans of time, and numbers that are told as a multiple of another. */
static void add_terms(isn_tellings *t, isn_arena *arena, const words *w, uint32_t article)
{
    isn_term terms[ISN_TERMS_MOST];
    const isn_record *r = t->records[article];
    size_t n = isn_terms_find(terms, r, t->lexicon);
    for (size_t i = 0; i < n; i++) {
        bool times = terms[i].kind == ISN_TERM_TIMES;
        isn_telling *one = add(t, arena, w, times ? ISN_TELLING_COUNT : ISN_TELLING_TERM, article, terms[i].item, terms[i].span);
        if (!one)
            return;
        if (times) {
            const isn_record_count *c = &r->counts[terms[i].item];
            set_bounds(one, c);
            one->low *= terms[i].value;
            one->high *= terms[i].value;
            one->factor = terms[i].value;
            one->what = (uint32_t)(isn_str_hash(c->what) * 31 + isn_str_hash(c->unit));
        } else {
            one->low = one->high = terms[i].value;
            one->what = terms[i].kind;
        }
    }
}

static void add_headline(isn_tellings *t, isn_arena *arena, const words *w, uint32_t article)
{
    const isn_record *r = t->records[article];
    for (size_t i = 0; i < r->n_blocks; i++)
        if (r->blocks[i].kind == ISN_BLOCK_TITLE) {
            isn_telling *one = add(t, arena, w, ISN_TELLING_HEADLINE, article, 0, r->blocks[i].span);
            if (one)
                one->sentence = one->span;
            return;
        }
}

bool isn_tellings_make(isn_tellings *out, isn_arena *arena, const isn_record *const *records, size_t n,
                       const isn_lexicon *lexicon)
{
    *out = (isn_tellings){.records = records, .n_records = n, .lexicon = lexicon};
    if (lexicon)
        isn_tagger_open(&out->tagger, lexicon);
    if (!isn_parties_find(out, arena))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        words w;
        if (!cut_words(&w, arena, records[i], &out->tagger))
            return false;
        add_events(out, arena, &w, i);
        add_quotes(out, arena, &w, i);
        add_counts(out, arena, &w, i);
        add_dates(out, arena, &w, i);
        add_terms(out, arena, &w, i);
        add_headline(out, arena, &w, i);
    }
    return !arena->full;
}

isn_str isn_telling_text(const isn_tellings *tellings, const isn_telling *telling)
{
    return isn_str_part(tellings->records[telling->article]->text, telling->span.begin, telling->span.end);
}

isn_str isn_telling_sentence(const isn_tellings *tellings, const isn_telling *telling)
{
    return isn_str_part(tellings->records[telling->article]->text, telling->sentence.begin, telling->sentence.end);
}
