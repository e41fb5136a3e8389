#include "lexicon/compile.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/image.h"
#include "lexicon/layout.h"
#include "lexicon/phrases.h"

#define CEILING ((size_t)1 << 30)

/* An entry with the state that it ends in, while the trie grows. */
typedef struct found {
    uint32_t state, weak;
    isn_entry entry;
} found;

/* Open addressing over uint32_t slots; 0 is free. */
typedef struct hash {
    uint32_t *slots;
    size_t size, used; /* size: a power of two */
} hash;

typedef struct compiler {
    isn_tables *tables;
    isn_buf letters, offsets; /* words: folded letters, uint32_t offsets (one more than words) */
    isn_buf root;             /* uint32_t by word */
    isn_buf edges;            /* isn_image_edge in the order of making */
    isn_buf found;
    isn_buf strings;  /* bytes of cells */
    isn_buf kept;     /* isn_image_str: distinct cells */
    hash words, by_edge, by_string;
    uint32_t n_words, n_states;
} compiler;

static bool hash_grow(hash *h)
{
    size_t size = h->size ? h->size * 2 : 1024;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (!slots)
        return false;
    free(h->slots);
    h->slots = slots;
    h->size = size;
    h->used = 0;
    return true;
}

static void hash_put(hash *h, uint32_t hashed, uint32_t value)
{
    size_t at = hashed & (h->size - 1);
    while (h->slots[at])
        at = (at + 1) & (h->size - 1);
    h->slots[at] = value;
    h->used++;
}

static uint32_t *offsets_of(const compiler *c)
{
    return (uint32_t *)(void *)c->offsets.p;
}

static const uint8_t *word_of(const compiler *c, uint32_t word, size_t *n)
{
    const uint32_t *offsets = offsets_of(c);
    *n = offsets[word + 1] - offsets[word];
    return (const uint8_t *)c->letters.p + offsets[word];
}

static bool grow_words(compiler *c)
{
    if (c->words.used * 2 < c->words.size)
        return true;
    if (!hash_grow(&c->words))
        return false;
    for (uint32_t w = 1; w <= c->n_words; w++) {
        size_t n;
        const uint8_t *letters = word_of(c, w, &n);
        hash_put(&c->words, isn_word_hash(letters, n), w);
    }
    return true;
}

/* The id of a word, given one if it is new; 0 without memory. */
static uint32_t intern_word(compiler *c, const uint8_t *letters, size_t n)
{
    if (!grow_words(c))
        return 0;
    uint32_t hashed = isn_word_hash(letters, n);
    for (size_t at = hashed & (c->words.size - 1); c->words.slots[at]; at = (at + 1) & (c->words.size - 1)) {
        size_t other_n;
        const uint8_t *other = word_of(c, c->words.slots[at], &other_n);
        if (other_n == n && memcmp(other, letters, n) == 0)
            return c->words.slots[at];
    }
    uint32_t zero = 0;
    isn_buf_append(&c->letters, letters, n);
    uint32_t end = (uint32_t)c->letters.n;
    isn_buf_append(&c->offsets, &end, sizeof end);
    isn_buf_append(&c->root, &zero, sizeof zero);
    if (c->letters.failed || c->offsets.failed || c->root.failed)
        return 0;
    c->n_words++;
    hash_put(&c->words, hashed, c->n_words);
    return c->n_words;
}

static const isn_image_edge *edges_of(const compiler *c)
{
    return (const isn_image_edge *)(const void *)c->edges.p;
}

static bool grow_edges(compiler *c)
{
    if (c->by_edge.used * 2 < c->by_edge.size)
        return true;
    if (!hash_grow(&c->by_edge))
        return false;
    const isn_image_edge *edges = edges_of(c);
    for (size_t i = 0; i < c->edges.n / sizeof *edges; i++)
        hash_put(&c->by_edge, isn_edge_hash(edges[i].state, edges[i].word), (uint32_t)i + 1);
    return true;
}

/* The state after a word, made if it is new; 0 without memory. */
static uint32_t step(compiler *c, uint32_t state, uint32_t word)
{
    if (state == 0) {
        uint32_t *root = (uint32_t *)(void *)c->root.p + word;
        if (!*root)
            *root = ++c->n_states;
        return *root;
    }
    if (!grow_edges(c))
        return 0;
    uint32_t hashed = isn_edge_hash(state, word);
    size_t mask = c->by_edge.size - 1;
    for (size_t at = hashed & mask; c->by_edge.slots[at]; at = (at + 1) & mask) {
        const isn_image_edge *edge = &edges_of(c)[c->by_edge.slots[at] - 1];
        if (edge->state == state && edge->word == word)
            return edge->next;
    }
    isn_image_edge edge = {state, word, c->n_states + 1};
    isn_buf_append(&c->edges, &edge, sizeof edge);
    if (c->edges.failed)
        return 0;
    hash_put(&c->by_edge, hashed, (uint32_t)(c->edges.n / sizeof edge));
    return ++c->n_states;
}

static bool add_phrase(void *user, const isn_phrase *phrase, const isn_entry *entry, bool weak)
{
    compiler *c = user;
    uint8_t key[ISN_PHRASE_LETTERS];
    uint32_t state = 0;
    for (size_t i = 0; i < phrase->words; i++) {
        const uint8_t *word;
        size_t n = isn_phrase_word(phrase, i, &word);
        for (size_t k = 0; k < n; k++)
            key[k] = isn_fold(word[k]);
        uint32_t id = intern_word(c, key, n);
        state = id ? step(c, state, id) : 0;
        if (!state)
            return false;
    }
    found f = {state, weak, *entry};
    isn_buf_append(&c->found, &f, sizeof f);
    return !c->found.failed;
}

/* --- sections --------------------------------------------------------------------------------------------------- */

static int compare_found(const void *x, const void *y)
{
    const found *a = x, *b = y;
#define BY(field)                                                                                  \
    if (a->field != b->field)                                                                      \
        return a->field < b->field ? -1 : 1
    BY(state);
    BY(entry.table);
    BY(entry.row);
    BY(entry.form);
    BY(entry.detail);
    BY(entry.exact);
    BY(weak);
#undef BY
    return 0;
}

/* Sorts by state in linear time, then each state's few entries. */
static bool sort_found(compiler *c)
{
    found *items = (found *)(void *)c->found.p;
    size_t n = c->found.n / sizeof *items;
    uint32_t *from = calloc((size_t)c->n_states + 2, sizeof *from);
    found *sorted = malloc((n + 1) * sizeof *sorted);
    if (from && sorted) {
        for (size_t i = 0; i < n; i++)
            from[items[i].state + 1]++;
        for (size_t s = 0; s <= c->n_states; s++)
            from[s + 1] += from[s];
        for (size_t i = 0; i < n; i++)
            sorted[from[items[i].state]++] = items[i];
        for (size_t i = 0; i < n;) {
            size_t end = i + 1;
            while (end < n && sorted[end].state == sorted[i].state)
                end++;
            if (end - i > 1)
                qsort(sorted + i, end - i, sizeof *sorted, compare_found);
            i = end;
        }
        if (n)
            memcpy(items, sorted, n * sizeof *sorted);
    }
    bool good = from && sorted;
    free(from);
    free(sorted);
    return good;
}

/* Is there in the group (one state, one table) an entry that isn't weak? */
static bool has_strong(const found *group, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!group[i].weak)
            return true;
    }
    return false;
}

/* The entries by state: doubles and weak ones beside others of their table are left out. */
static bool add_entries(compiler *c, isn_image_maker *maker)
{
    if (!sort_found(c))
        return false;
    const found *items = (const found *)(const void *)c->found.p;
    size_t n = c->found.n / sizeof *items;
    size_t states = (size_t)c->n_states + 1;
    uint32_t *first = calloc(states + 1, sizeof *first);
    isn_entry *entries = malloc((n + 1) * sizeof *entries);
    uint32_t kept = 0;
    if (first && entries) {
        for (size_t i = 0; i < n;) {
            size_t end = i + 1;
            while (end < n && items[end].state == items[i].state && items[end].entry.table == items[i].entry.table)
                end++;
            bool strong = has_strong(items + i, end - i);
            uint32_t group = kept;
            for (size_t k = i; k < end; k++) {
                bool twice = kept > group && memcmp(&entries[kept - 1], &items[k].entry, sizeof *entries) == 0;
                if (!twice && !(strong && items[k].weak))
                    entries[kept++] = items[k].entry;
            }
            first[items[i].state + 1] += kept - group;
            i = end;
        }
        for (size_t s = 0; s < states; s++)
            first[s + 1] += first[s];
        isn_image_add(maker, ISN_S_STATES, sizeof *first, first, states + 1);
        isn_image_add(maker, ISN_S_ENTRIES, sizeof *entries, entries, kept);
    }
    bool good = first && entries;
    free(first);
    free(entries);
    return good;
}

static bool add_trie(compiler *c, isn_image_maker *maker)
{
    const isn_image_edge *edges = edges_of(c);
    size_t n = c->edges.n / sizeof *edges, size = 16;
    while (size < n * 3 / 2 + 1)
        size *= 2;
    isn_image_edge *slots = calloc(size, sizeof *slots);
    uint8_t *goes_on = calloc((size_t)c->n_states + 1, 1);
    if (slots && goes_on) {
        goes_on[0] = c->n_states > 0;
        for (size_t i = 0; i < n; i++) {
            size_t at = isn_edge_hash(edges[i].state, edges[i].word) & (size - 1);
            while (slots[at].next)
                at = (at + 1) & (size - 1);
            slots[at] = edges[i];
            goes_on[edges[i].state] = 1;
        }
        isn_image_add(maker, ISN_S_LETTERS, 1, c->letters.p, c->letters.n);
        isn_image_add(maker, ISN_S_WORDS, 4, c->offsets.p, c->offsets.n / 4);
        isn_image_add(maker, ISN_S_WORD_HASH, 4, c->words.slots, c->words.size);
        isn_image_add(maker, ISN_S_ROOT, 4, c->root.p, c->root.n / 4);
        isn_image_add(maker, ISN_S_EDGES, sizeof *slots, slots, size);
        isn_image_add(maker, ISN_S_GOES_ON, 1, goes_on, (size_t)c->n_states + 1);
    }
    bool good = slots && goes_on;
    free(slots);
    free(goes_on);
    return good;
}

static bool grow_strings(compiler *c)
{
    if (c->by_string.used * 2 < c->by_string.size)
        return true;
    if (!hash_grow(&c->by_string))
        return false;
    const isn_image_str *kept = (const isn_image_str *)(const void *)c->kept.p;
    for (size_t i = 0; i < c->kept.n / sizeof *kept; i++)
        hash_put(&c->by_string, isn_word_hash((const uint8_t *)c->strings.p + kept[i].at, kept[i].n),
                 (uint32_t)i + 1);
    return true;
}

/* Where the bytes of a cell stand, each distinct cell once. False without memory. */
static bool keep_string(compiler *c, isn_image_str *out, isn_str text)
{
    *out = (isn_image_str){0, 0};
    if (text.n == 0)
        return true;
    if (!grow_strings(c))
        return false;
    uint32_t hashed = isn_word_hash((const uint8_t *)text.p, text.n);
    size_t mask = c->by_string.size - 1;
    for (size_t at = hashed & mask; c->by_string.slots[at]; at = (at + 1) & mask) {
        *out = ((const isn_image_str *)(const void *)c->kept.p)[c->by_string.slots[at] - 1];
        if (out->n == text.n && memcmp(c->strings.p + out->at, text.p, text.n) == 0)
            return true;
    }
    *out = (isn_image_str){(uint32_t)c->strings.n, (uint32_t)text.n};
    isn_buf_str(&c->strings, text);
    isn_buf_append(&c->kept, out, sizeof *out);
    hash_put(&c->by_string, hashed, (uint32_t)(c->kept.n / sizeof *out));
    return !c->strings.failed && !c->kept.failed;
}

static bool add_table(compiler *c, isn_image_maker *maker, int table)
{
    const isn_rows *rows = &c->tables->rows[table];
    size_t columns = isn_schema_of(table)->n;
    isn_image_str *cells = malloc((rows->n * columns + 1) * sizeof *cells);
    isn_image_source *sources = malloc((rows->n + 1) * sizeof *sources);
    bool good = cells && sources;
    for (size_t i = 0; i < rows->n && good; i++) {
        sources[i] = (isn_image_source){rows->items[i].file, rows->items[i].line};
        for (size_t k = 0; k < columns && good; k++)
            good = keep_string(c, &cells[i * columns + k], rows->items[i].cells[k]);
    }
    if (good) {
        isn_image_add(maker, ISN_S_CELLS + (uint32_t)table, sizeof *cells, cells, rows->n * columns);
        isn_image_add(maker, ISN_S_SOURCES + (uint32_t)table, sizeof *sources, sources, rows->n);
    }
    free(cells);
    free(sources);
    return good;
}

static bool add_tables(compiler *c, isn_image_maker *maker)
{
    isn_image_table shapes[ISN_TABLE_COUNT];
    for (int table = 0; table < ISN_TABLE_COUNT; table++) {
        shapes[table] = (isn_image_table){(uint32_t)c->tables->rows[table].n,
                                          (uint32_t)isn_schema_of(table)->n};
        if (!add_table(c, maker, table))
            return false;
    }
    isn_buf files;
    isn_buf_init(&files, CEILING);
    bool good = true;
    for (size_t i = 0; i < c->tables->files.n && good; i++) {
        isn_image_str name;
        good = keep_string(c, &name, c->tables->files.items[i]);
        isn_buf_append(&files, &name, sizeof name);
    }
    good = good && !files.failed;
    if (good) {
        isn_image_add(maker, ISN_S_TABLES, sizeof *shapes, shapes, ISN_TABLE_COUNT);
        isn_image_add(maker, ISN_S_FILES, sizeof(isn_image_str), files.p, files.n / sizeof(isn_image_str));
        isn_image_add(maker, ISN_S_STRINGS, 1, c->strings.p, c->strings.n);
    }
    isn_buf_release(&files);
    return good;
}

static bool make(compiler *c, isn_buf *out, isn_faults *faults)
{
    uint32_t zeros[2] = {0, 0};
    isn_buf_append(&c->offsets, zeros, sizeof zeros);
    isn_buf_append(&c->root, zeros, sizeof *zeros);
    isn_phrase_maker phrases = {.tables = c->tables, .faults = faults, .add = add_phrase, .user = c};
    isn_image_maker maker;
    isn_image_begin(&maker, ISN_IMAGE_LEXICON);
    bool good = isn_tables_settle(c->tables) && grow_words(c) && isn_phrases_make(&phrases) &&
                add_trie(c, &maker) && add_entries(c, &maker) && add_tables(c, &maker);
    for (uint32_t b = 0; b < ISN_BLOB_COUNT; b++) {
        if (c->tables->blobs[b].n)
            isn_image_add(&maker, ISN_S_BLOBS + b, 1, c->tables->blobs[b].p, c->tables->blobs[b].n);
    }
    return isn_image_finish(&maker, out) && good;
}

isnad_status isn_compile_tables(isn_buf *out, isn_tables *tables, isn_faults *faults, isnad_error *err)
{
    compiler c = {.tables = tables};
    isn_buf *buffers[] = {&c.letters, &c.offsets, &c.root, &c.edges, &c.found, &c.strings, &c.kept};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        isn_buf_init(buffers[i], CEILING);
    bool good = make(&c, out, faults);
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        isn_buf_release(buffers[i]);
    free(c.words.slots);
    free(c.by_edge.slots);
    free(c.by_string.slots);
    return good ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
}
