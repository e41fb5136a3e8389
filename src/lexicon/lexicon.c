#include "lexicon/lexicon.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/image.h"
#include "lexicon/compile.h"
#include "lexicon/layout.h"

#define IMAGE_CEILING ((size_t)1 << 30)

struct isn_lexicon {
    isn_file file; /* mapped image, or empty */
    void *owned;   /* image on the heap, or NULL */
    const isn_image_table *tables;
    const isn_image_str *cells[ISN_TABLE_COUNT];
    const isn_image_source *sources[ISN_TABLE_COUNT];
    const char *strings;
    const isn_image_str *files;
    const uint8_t *letters;
    const uint32_t *words, *word_hash, *root, *states;
    const isn_image_edge *edges;
    const uint8_t *goes_on;
    const isn_entry *entries;
    isn_str blobs[ISN_BLOB_COUNT];
    uint64_t hash; /* of the image */
    size_t n_strings, n_files, n_letters, n_words, n_word_hash, n_root, n_states, n_edges, n_goes_on, n_entries;
};

/* --- opening ---------------------------------------------------------------------------------------------------- */

static const char *find_sections(isn_lexicon *l, const isn_image *image)
{
    size_t n;
    l->tables = isn_image_section(image, ISN_S_TABLES, sizeof *l->tables, &n);
    if (!l->tables || n != ISN_TABLE_COUNT)
        return "it has other tables";
    for (int t = 0; t < ISN_TABLE_COUNT; t++) {
        size_t columns = isn_schema_of(t)->n, rows = l->tables[t].rows;
        l->cells[t] = isn_image_section(image, ISN_S_CELLS + (uint32_t)t, sizeof **l->cells, &n);
        if (l->tables[t].columns != columns || n != rows * columns)
            return "a table has another shape";
        l->sources[t] = isn_image_section(image, ISN_S_SOURCES + (uint32_t)t, sizeof **l->sources, &n);
        if (n != rows)
            return "a table has no sources";
    }
    for (uint32_t b = 0; b < ISN_BLOB_COUNT; b++) {
        l->blobs[b].p = isn_image_section(image, ISN_S_BLOBS + b, 1, &n);
        l->blobs[b].n = n;
    }
    l->strings = isn_image_section(image, ISN_S_STRINGS, 1, &l->n_strings);
    l->files = isn_image_section(image, ISN_S_FILES, sizeof *l->files, &l->n_files);
    l->letters = isn_image_section(image, ISN_S_LETTERS, 1, &l->n_letters);
    l->words = isn_image_section(image, ISN_S_WORDS, 4, &l->n_words);
    l->word_hash = isn_image_section(image, ISN_S_WORD_HASH, 4, &l->n_word_hash);
    l->root = isn_image_section(image, ISN_S_ROOT, 4, &l->n_root);
    l->edges = isn_image_section(image, ISN_S_EDGES, sizeof *l->edges, &l->n_edges);
    l->states = isn_image_section(image, ISN_S_STATES, 4, &l->n_states);
    l->goes_on = isn_image_section(image, ISN_S_GOES_ON, 1, &l->n_goes_on);
    l->entries = isn_image_section(image, ISN_S_ENTRIES, sizeof *l->entries, &l->n_entries);
    return NULL;
}

static bool is_power_of_two(size_t n)
{
    return n && (n & (n - 1)) == 0;
}

static bool strings_inside(const isn_lexicon *l, const isn_image_str *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].at > l->n_strings || items[i].n > l->n_strings - items[i].at)
            return false;
    }
    return true;
}

static const char *check_cells(const isn_lexicon *l)
{
    if (!strings_inside(l, l->files, l->n_files))
        return "a file name lies outside";
    for (int t = 0; t < ISN_TABLE_COUNT; t++) {
        size_t rows = l->tables[t].rows;
        if (!strings_inside(l, l->cells[t], rows * l->tables[t].columns))
            return "a cell lies outside";
        for (size_t i = 0; i < rows; i++) {
            if (l->sources[t][i].file >= l->n_files)
                return "a row has no file";
        }
    }
    return NULL;
}

/* Offsets that begin at 0, never fall and end at `end`. */
static bool offsets_rise(const uint32_t *offsets, size_t n, size_t end)
{
    if (n == 0 || offsets[0] != 0 || offsets[n - 1] != end)
        return false;
    for (size_t i = 1; i < n; i++) {
        if (offsets[i] < offsets[i - 1])
            return false;
    }
    return true;
}

/* Words: n_words holds one offset more than there are word ids with 0. */
static const char *check_words(const isn_lexicon *l)
{
    if (l->n_words < 2 || !offsets_rise(l->words, l->n_words, l->n_letters))
        return "its words are out of order";
    if (l->n_root != l->n_words - 1 || !is_power_of_two(l->n_word_hash))
        return "its table of words has another size";
    size_t empty = 0;
    for (size_t i = 0; i < l->n_word_hash; i++) {
        if (l->word_hash[i] >= l->n_root)
            return "it refers to a word that isn't there";
        empty += l->word_hash[i] == 0;
    }
    return empty ? NULL : "its table of words is full";
}

static const char *check_trie(const isn_lexicon *l)
{
    if (l->n_states < 2 || !offsets_rise(l->states, l->n_states, l->n_entries))
        return "its states are out of order";
    size_t states = l->n_states - 1, empty = 0;
    if (l->n_goes_on != states || !is_power_of_two(l->n_edges))
        return "its table of edges has another size";
    for (size_t i = 0; i < l->n_root; i++) {
        if (l->root[i] >= states)
            return "it refers to a state that isn't there";
    }
    for (size_t i = 0; i < l->n_edges; i++) {
        if (l->edges[i].next >= states)
            return "an edge leads outside";
        empty += l->edges[i].next == 0;
    }
    return empty ? NULL : "its table of edges is full";
}

static const char *check_entries(const isn_lexicon *l)
{
    for (size_t i = 0; i < l->n_entries; i++) {
        const isn_entry *entry = &l->entries[i];
        if (entry->table >= ISN_TABLE_COUNT || entry->form > ISN_F_PHRASE ||
            entry->row >= l->tables[entry->table].rows)
            return "an entry refers to a row that isn't there";
    }
    return NULL;
}

/* Opens an image; *l is cleared and takes nothing over. */
static isnad_status open_image(isn_lexicon *l, isn_str bytes, const char *path, isnad_error *err)
{
    isn_image image;
    isnad_status status = isn_image_open(&image, bytes, ISN_IMAGE_LEXICON, path, err);
    if (status != ISNAD_OK)
        return status;
    l->hash = isn_image_hash(&image);
    const char *fault = find_sections(l, &image);
    if (!fault)
        fault = check_cells(l);
    if (!fault)
        fault = check_words(l);
    if (!fault)
        fault = check_trie(l);
    if (!fault)
        fault = check_entries(l);
    if (!fault)
        return ISNAD_OK;
    return isn_fail(err, ISNAD_E_IMAGE, path, 0, "'%s' cannot be used: %s", path ? path : "image", fault);
}

uint64_t isn_lexicon_hash(const isn_lexicon *lexicon)
{
    return lexicon->hash;
}

static isn_lexicon *new_lexicon(isnad_error *err)
{
    isn_lexicon *l = calloc(1, sizeof *l);
    if (!l)
        isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    return l;
}

isnad_status isn_lexicon_open(isn_lexicon **out, const char *image, isnad_error *err)
{
    isn_lexicon *l = new_lexicon(err);
    if (!l)
        return ISNAD_E_MEMORY;
    isnad_status status = isn_file_open(&l->file, image, IMAGE_CEILING, err);
    if (status == ISNAD_OK)
        status = open_image(l, l->file.bytes, image, err);
    if (status == ISNAD_OK)
        *out = l;
    else
        isn_lexicon_free(l);
    return status;
}

isnad_status isn_lexicon_open_memory(isn_lexicon **out, isn_str image, const char *path, isnad_error *err)
{
    isn_lexicon *l = new_lexicon(err);
    if (!l)
        return ISNAD_E_MEMORY;
    isnad_status status = open_image(l, image, path, err);
    if (status == ISNAD_OK)
        *out = l;
    else
        isn_lexicon_free(l);
    return status;
}

void isn_lexicon_free(isn_lexicon *lexicon)
{
    if (!lexicon)
        return;
    isn_file_close(&lexicon->file);
    free(lexicon->owned);
    free(lexicon);
}

/* Compiles the tables of `base` with those of `dir` over them into *image. */
static isnad_status compile_over(isn_buf *image, const isn_lexicon *base, const char *dir, isnad_error *err)
{
    isn_tables tables, over;
    isn_faults faults = {.tell = NULL};
    isn_tables_init(&tables);
    isn_tables_init(&over);
    isnad_status status = isn_tables_load(&over, dir, &faults, err);
    if (status == ISNAD_OK && faults.malformed) {
        if (err) {
            *err = faults.first;
            err->status = ISNAD_E_LEXICON;
        }
        status = ISNAD_E_LEXICON;
    }
    if (status == ISNAD_OK && !(isn_tables_import(&tables, base) && isn_tables_lay(&tables, &over)))
        status = isn_fail(err, ISNAD_E_MEMORY, dir, 0, "out of memory");
    if (status == ISNAD_OK)
        status = isn_compile_tables(image, &tables, &faults, err);
    isn_tables_release(&tables);
    isn_tables_release(&over);
    return status;
}

isnad_status isn_lexicon_overlay(isn_lexicon **lexicon, const char *dir, isnad_error *err)
{
    isn_buf image;
    isn_buf_init(&image, IMAGE_CEILING);
    isn_lexicon *l = new_lexicon(err);
    isnad_status status = l ? compile_over(&image, *lexicon, dir, err) : ISNAD_E_MEMORY;
    if (status == ISNAD_OK)
        status = open_image(l, isn_str_of(image.p, image.n), dir, err);
    if (status != ISNAD_OK) {
        isn_buf_release(&image);
        isn_lexicon_free(l);
        return status;
    }
    l->owned = image.p;
    isn_lexicon_free(*lexicon);
    *lexicon = l;
    return ISNAD_OK;
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

static isn_str string_at(const isn_lexicon *l, isn_image_str s)
{
    return isn_str_of(l->strings + s.at, s.n);
}

size_t isn_lexicon_rows(const isn_lexicon *lexicon, int table)
{
    return table >= 0 && table < ISN_TABLE_COUNT ? lexicon->tables[table].rows : 0;
}

isn_str isn_lexicon_cell(const isn_lexicon *lexicon, int table, uint32_t row, int column)
{
    if (row >= isn_lexicon_rows(lexicon, table) || column < 0 ||
        (uint32_t)column >= lexicon->tables[table].columns)
        return ISN_STR("");
    size_t at = (size_t)row * lexicon->tables[table].columns + (size_t)column;
    isn_image_str cell = lexicon->cells[table][at];
    return cell.n ? string_at(lexicon, cell) : ISN_STR("");
}

isn_str isn_lexicon_source(const isn_lexicon *lexicon, int table, uint32_t row, uint32_t *line)
{
    if (row >= isn_lexicon_rows(lexicon, table)) {
        *line = 0;
        return ISN_STR("");
    }
    *line = lexicon->sources[table][row].line;
    return string_at(lexicon, lexicon->files[lexicon->sources[table][row].file]);
}

uint32_t isn_lexicon_row(const isn_lexicon *lexicon, int table, isn_str key)
{
    size_t rows = isn_lexicon_rows(lexicon, table);
    uint32_t low = 0, high = (uint32_t)rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (isn_str_compare(isn_lexicon_cell(lexicon, table, middle, 0), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows && isn_str_equal(isn_lexicon_cell(lexicon, table, low, 0), key) ? low : ISN_NO_ROW;
}

/* --- models ----------------------------------------------------------------------------------------------------- */

isn_str isn_lexicon_blob(const isn_lexicon *lexicon, int blob)
{
    return blob >= 0 && blob < ISN_BLOB_COUNT ? lexicon->blobs[blob] : ISN_STR("");
}

/* --- phrases ---------------------------------------------------------------------------------------------------- */

uint32_t isn_lexicon_word(const isn_lexicon *lexicon, const uint8_t *key, size_t n)
{
    size_t mask = lexicon->n_word_hash - 1;
    for (size_t at = isn_word_hash(key, n) & mask; lexicon->word_hash[at]; at = (at + 1) & mask) {
        uint32_t word = lexicon->word_hash[at], begin = lexicon->words[word];
        if (lexicon->words[word + 1] - begin == n && memcmp(lexicon->letters + begin, key, n) == 0)
            return word;
    }
    return 0;
}

uint32_t isn_lexicon_step(const isn_lexicon *lexicon, uint32_t state, uint32_t word)
{
    if (state == 0)
        return word < lexicon->n_root ? lexicon->root[word] : 0;
    size_t mask = lexicon->n_edges - 1;
    for (size_t at = isn_edge_hash(state, word) & mask; lexicon->edges[at].next; at = (at + 1) & mask) {
        const isn_image_edge *edge = &lexicon->edges[at];
        if (edge->state == state && edge->word == word)
            return edge->next;
    }
    return 0;
}

const isn_entry *isn_lexicon_entries(const isn_lexicon *lexicon, uint32_t state, size_t *n)
{
    if (state == 0 || state >= lexicon->n_states - 1) {
        *n = 0;
        return NULL;
    }
    *n = lexicon->states[state + 1] - lexicon->states[state];
    return lexicon->entries + lexicon->states[state];
}

bool isn_lexicon_goes_on(const isn_lexicon *lexicon, uint32_t state)
{
    return state < lexicon->n_goes_on && lexicon->goes_on[state] != 0;
}

uint32_t isn_lexicon_exact(const uint8_t *letters, size_t n)
{
    uint32_t hashed = (uint32_t)XXH3_64bits(letters, n);
    return hashed ? hashed : 1;
}
