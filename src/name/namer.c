/*
 * namer.c - the namer's tables, and the way through an article.
 *
 * Which words are given names and which family names is learned from people.tsv and names.tsv when
 * the namer is made: the first word of a person's name is a given name, the last one a family name.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/normal.h"
#include "name/seq_parts.h"

enum { NAME_WORDS_MOST = 12, CELL_LETTERS = 200 };

/* Grows the table of name bits so that word `id` has a place. */
static bool mark(isn_namer *namer, uint32_t id, uint8_t bits)
{
    if (id >= namer->n_names) {
        uint32_t n = namer->n_names ? namer->n_names : 4096;
        while (n <= id)
            n *= 2;
        uint8_t *names = realloc(namer->names, n);
        if (!names)
            return false;
        memset(names + namer->n_names, 0, n - namer->n_names);
        namer->names = names;
        namer->n_names = n;
    }
    namer->names[id] |= bits;
    return true;
}

/* Marks the words of one name: the first is a given name, the others but particles are family
 * names. */
static bool mark_name(isn_namer *namer, isn_str text)
{
    uint8_t key[CELL_LETTERS];
    size_t n = isn_normal_key(key, sizeof key, text), at = 0;
    if (n > sizeof key)
        return true;
    bool first = true, ok = true;
    while (at < n && ok) {
        size_t end = at;
        while (end < n && key[end] != ' ')
            end++;
        uint32_t id = isn_lexicon_word(namer->lexicon, key + at, end - at);
        if (id && end - at > 2)
            ok = mark(namer, id, first && end < n ? NAME_GIVEN : NAME_FAMILY);
        first = false;
        at = end + 1;
    }
    return ok;
}

static bool mark_people(isn_namer *namer)
{
    size_t n = isn_lexicon_rows(namer->lexicon, ISN_T_PEOPLE);
    for (uint32_t row = 0; row < n; row++) {
        isn_str name = isn_lexicon_cell(namer->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_NAME);
        if (isn_str_find(name, ISN_STR(" ")) != SIZE_MAX && !mark_name(namer, name))
            return false;
    }
    return true;
}

static bool mark_names(isn_namer *namer)
{
    size_t n = isn_lexicon_rows(namer->lexicon, ISN_T_NAMES);
    for (uint32_t row = 0; row < n; row++) {
        isn_str kind = isn_lexicon_cell(namer->lexicon, ISN_T_NAMES, row, ISN_C_NAMES_KIND);
        uint8_t bits = isn_str_equal(kind, ISN_STR("given"))    ? NAME_GIVEN
                       : isn_str_equal(kind, ISN_STR("family")) ? NAME_FAMILY
                       : isn_str_equal(kind, ISN_STR("both"))   ? NAME_GIVEN | NAME_FAMILY
                                                                : NAME_PARTICLE;
        if (isn_lexicon_cell(namer->lexicon, ISN_T_NAMES, row, ISN_C_NAMES_COMMON).n)
            bits |= NAME_COMMON;
        for (int column = ISN_C_NAMES_NAME; column <= ISN_C_NAMES_FORMS; column++) {
            isn_str rest = isn_lexicon_cell(namer->lexicon, ISN_T_NAMES, row, column), text;
            while (isn_str_next(&text, &rest, '|')) {
                uint8_t key[CELL_LETTERS];
                size_t k = isn_normal_key(key, sizeof key, text);
                uint32_t id = k <= sizeof key ? isn_lexicon_word(namer->lexicon, key, k) : 0;
                if (id && !mark(namer, id, bits))
                    return false;
            }
        }
    }
    return true;
}

isnad_status isn_namer_new(isn_namer **out, const isn_lexicon *lexicon, isnad_error *err)
{
    *out = NULL;
    isn_namer *namer = calloc(1, sizeof *namer);
    if (!namer)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the namer");
    namer->lexicon = lexicon;
    isn_tagger_open(&namer->counts, lexicon);
    namer->model = calloc(1, sizeof *namer->model);
    if (!namer->model) {
        free(namer);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the namer");
    }
    isn_seq_open(namer->model, lexicon);
    isn_closed_fill(namer->words, lexicon);
    if (!mark_people(namer) || !mark_names(namer)) {
        isn_namer_free(namer);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the namer");
    }
    *out = namer;
    return ISNAD_OK;
}

void isn_namer_free(isn_namer *namer)
{
    if (!namer)
        return;
    free(namer->model);
    free(namer->names);
    free(namer);
}

static int by_row(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

typedef struct list {
    uint32_t *items;
    size_t n, capacity;
} list;

static bool add(isn_finder *f, list *to, uint32_t item)
{
    uint32_t *slot = ISN_PUSH(f->arena, to);
    if (!slot)
        return false;
    *slot = item;
    return true;
}

static void sort(list *of)
{
    if (of->n)
        qsort(of->items, of->n, sizeof *of->items, by_row);
}

/* Notes the people and bodies of the lexicon that the article names by several words: their short
 * names hold then. */
static bool note_long_names(isn_finder *f)
{
    list people = {0}, bodies = {0};
    for (size_t i = 0; i < f->text->n_matches; i++) {
        const isn_match *match = &f->text->matches[i];
        for (size_t e = 0; match->n > 1 && e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            if (entry->table == ISN_T_PEOPLE && !add(f, &people, entry->row))
                return false;
            if (entry->table == ISN_T_ORGANIZATIONS && entry->form != ISN_F_SHORT &&
                !add(f, &bodies, entry->row))
                return false;
        }
    }
    sort(&people);
    sort(&bodies);
    f->people = people.items;
    f->n_people = people.n;
    f->bodies = bodies.items;
    f->n_bodies = bodies.n;
    return true;
}

static void candidates_of_sentence(isn_finder *f)
{
    memset(f->memo + f->first, 0xFF, (f->last - f->first) * sizeof *f->memo);
    for (uint32_t t = f->last; t-- > f->first;) {
        isn_places_at(f, t);
        isn_persons_at(f, t);
        isn_organs_at(f, t);
        isn_offices_at(f, t);
        isn_groups_at(f, t);
    }
}

/* May the last part of the name stand for the person alone? No given name, no particle, no everyday
 * word. */
static bool is_surname(const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (!view->word || view->pick[PICK_COUNTRY].match || (view->name & NAME_PARTICLE) ||
        isn_is_word(f, t, ISN_W_ALLAH) || isn_is_word(f, t, ISN_W_DIN))
        return false;
    if (view->al)
        return true;
    return !view->known && view->pos != ISN_POS_VERB;
}

/* Notes the last parts of the persons' names that stand in `out`. */
static bool note_surnames(isn_finder *f, const isn_mentions *out)
{
    list names = {0};
    for (size_t i = 0; i < out->n; i++) {
        const isn_mention *m = &out->items[i];
        if (m->type != ISN_PERSON || m->form != ISN_FORM_NAME || m->last - m->first < 2)
            continue;
        f->last = m->last;
        if (is_surname(f, m->last - 1) && !add(f, &names, isn_name_hash(f, m->last - 1)))
            return false;
        bool foreign = f->views[m->first].pos != ISN_POS_VERB &&
                       !(f->views[m->first].name & (NAME_COMMON | NAME_GIVEN));
        if (foreign && is_surname(f, m->first) && !add(f, &names, isn_name_hash(f, m->first)))
            return false;
    }
    for (uint32_t t = 0; names.n && t < f->text->n_tokens; t++)
        f->views[t].hash = isn_name_hash(f, t);
    sort(&names);
    f->surnames = names.items;
    f->n_surnames = names.n;
    return true;
}

/* Does the sentence hold a word that is a name elsewhere in the article? */
static bool has_surname(const isn_finder *f)
{
    for (uint32_t t = f->first; t < f->last; t++) {
        if (f->views[t].hash && isn_in_list(f->surnames, f->n_surnames, f->views[t].hash))
            return true;
    }
    return false;
}

static bool find_sentence(isn_finder *f, isn_mentions *out)
{
    candidates_of_sentence(f);
    return !f->failed && isn_decode_sentence(f, out);
}

/*
 * All sentences, then again those that hold a name which another sentence explains (Kono said,
 * after Taro Kono); what the first reading of such a sentence found is left out.
 */
bool isn_rules_find(isn_finder *f, isn_mentions *out)
{
    isn_mentions once = {0};
    size_t n = f->text->n_sentences;
    size_t *from = isn_arena_alloc(f->arena, (n + 1) * sizeof *from);
    if (!from || !note_long_names(f))
        return false;
    isn_views_make(f);
    for (size_t s = 0; s < n; s++) {
        from[s] = once.n;
        f->first = f->text->sentences[s].first;
        f->last = f->text->sentences[s].last;
        if (!find_sentence(f, &once))
            return false;
    }
    from[n] = once.n;
    if (!note_surnames(f, &once))
        return false;
    for (size_t s = 0; s < n; s++) {
        f->first = f->text->sentences[s].first;
        f->last = f->text->sentences[s].last;
        if (f->n_surnames && has_surname(f)) {
            if (!find_sentence(f, out))
                return false;
            continue;
        }
        for (size_t i = from[s]; i < from[s + 1]; i++) {
            isn_mention *m = ISN_PUSH(f->arena, out);
            if (!m)
                return false;
            *m = once.items[i];
        }
    }
    return true;
}

bool isn_finder_make(isn_finder *f, const isn_namer *namer, const isn_text *text)
{
    *f = (isn_finder){.namer = namer, .lexicon = namer->lexicon, .text = text, .arena = text->arena};
    f->views = isn_arena_calloc(text->arena, text->n_tokens + 1, sizeof *f->views);
    f->memo = isn_arena_alloc(text->arena, (text->n_tokens + 1) * sizeof *f->memo);
    if (!f->views || !f->memo)
        return false;
    memset(f->memo, 0xFF, (text->n_tokens + 1) * sizeof *f->memo);
    return true;
}

/* The sequence model reads the article with the rules' mentions in view; then all sentences are decoded anew. */
static bool read_and_decode(isn_finder *f, isn_mentions *out)
{
    const float (*chances)[ISN_SEQ_CELLS] = (const float (*)[ISN_SEQ_CELLS])isn_seq_read(f, out);
    if (!chances)
        return false;
    isn_mentions rules = *out;
    uint32_t *at = out->at;
    *out = (isn_mentions){.at = at};
    for (size_t s = 0; s < f->text->n_sentences; s++) {
        f->first = f->text->sentences[s].first;
        f->last = f->text->sentences[s].last;
        isn_seq_weigh(f, chances);
        if (f->failed || !isn_decode_sentence(f, out)) {
            *out = rules;
            return false;
        }
    }
    return true;
}

bool isn_mentions_find(isn_mentions *out, const isn_namer *namer, const isn_text *text)
{
    *out = (isn_mentions){0};
    isn_finder f;
    uint32_t *at = isn_arena_alloc(text->arena, (text->n_tokens + 1) * sizeof *out->at);
    if (!at || !isn_finder_make(&f, namer, text))
        return false;
    out->at = at;
    memset(out->at, 0xFF, (text->n_tokens + 1) * sizeof *out->at);
    bool fits = isn_rules_find(&f, out);
    if (fits && namer->model->rows)
        fits = read_and_decode(&f, out);
    isn_join_beside(&f, out);
    for (size_t i = 0; i < out->n; i++) {
        for (uint32_t t = out->items[i].first; t < out->items[i].last; t++) {
            if (out->at[t] == ISN_NONE)
                out->at[t] = (uint32_t)i;
        }
    }
    return fits;
}
