/*
 * words.c - the cache of spellings. News repeats its words: nearly all tokens find their analyses
 * here.
 *
 * Open addressing over a fixed table that is at most half full. An entry is one piece of the
 * cache's own arena; between articles, when the cache has outgrown SOFT words, those that were seen
 * only once are thrown out. Within an article no entry is dropped, since tokens point to it: past
 * HARD words new spellings live in the article's arena, each token its own.
 */
#include <stdlib.h>

#include "base/error.h"
#include "text/parts.h"

#define SLOTS ((size_t)256 * 1024)
#define SOFT ((size_t)64 * 1000)
#define HARD ((size_t)96 * 1000)
#define CEILING ((size_t)48 * 1024 * 1024)
#define MARGIN 9.0f /* analyses this far below the best are left out in context */

isnad_status isn_words_new(isn_words **out, const isn_lexicon *lexicon, isnad_error *err)
{
    isn_words *words = calloc(1, sizeof *words);
    if (!words)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the cache of words");
    words->slots = calloc(SLOTS, sizeof *words->slots);
    if (!words->slots) {
        free(words);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the cache of words");
    }
    words->lexicon = lexicon;
    isn_arena_init(&words->arena, CEILING);
    isn_tagger_open(&words->tagger, lexicon);
    *out = words;
    return ISNAD_OK;
}

void isn_words_free(isn_words *words)
{
    if (!words)
        return;
    isn_arena_release(&words->arena);
    free(words->slots);
    free(words);
}

/* Puts an entry into its slot of the table, which has room. */
static void keep_entry(isn_words *words, isn_word_entry *entry)
{
    size_t slot = entry->hash & (SLOTS - 1);
    while (words->slots[slot].entry)
        slot = (slot + 1) & (SLOTS - 1);
    words->slots[slot].entry = entry;
    words->slots[slot].hash = entry->hash;
    words->n++;
}

static size_t entry_size(size_t n_analyses, size_t n)
{
    return sizeof(isn_word_entry) + ISN_WORD_SIDE + n_analyses * sizeof(isn_analysis) + 2 * n;
}

/* Sets the pointers of an entry to what lies behind it: side room, analyses, letters, key. */
static void set_pointers(isn_word_entry *entry)
{
    isn_word *word = &entry->word;
    char *side = (char *)(entry + 1);
    isn_analysis *analyses = (isn_analysis *)(void *)(side + ISN_WORD_SIDE);
    word->side = side;
    word->analyses = analyses;
    word->letters = (const uint8_t *)(analyses + word->n_analyses);
    word->key = word->letters + word->n;
}

void isn_words_trim(isn_words *words)
{
    if (words->n <= SOFT)
        return;
    isn_arena old = words->arena;
    struct isn_word_slot *slots = calloc(SLOTS, sizeof *slots), *before = words->slots;
    isn_arena_init(&words->arena, CEILING);
    words->n = 0;
    if (slots)
        words->slots = slots;
    for (size_t s = 0; slots && s < SLOTS && words->n < SOFT / 2; s++) {
        const isn_word_entry *entry = before[s].entry;
        if (!entry || !entry->again)
            continue;
        size_t size = entry_size(entry->word.n_analyses, entry->word.n);
        isn_word_entry *copy = isn_arena_alloc(&words->arena, size);
        if (!copy)
            break;
        memcpy(copy, entry, size);
        copy->again = false;
        set_pointers(copy);
        keep_entry(words, copy);
    }
    if (slots)
        free(before);
    else
        memset(before, 0,
               SLOTS * sizeof *before); /* no memory for a second table: all are thrown out */
    isn_arena_release(&old);
}

/* The row in which the tagger keeps what it knows of this word as a neighbour: frequent words have
 * their own, the others share one by their last letters and their first. */
static uint16_t neighbour_row(const isn_tagger *tagger, const isn_word *word, uint32_t hash)
{
    unsigned count = isn_tagger_count(tagger, word->letters, word->n);
    if (count >= 7 || word->n <= 3)
        return (uint16_t)(hash % ISN_WORD_ROWS);
    const uint8_t *p = word->letters;
    uint32_t edges = (uint32_t)p[word->n - 1] << 16 | (uint32_t)p[word->n - 2] << 8 |
                     (p[1] == ISN_LAM ? p[1] : p[0]);
    return (uint16_t)((edges * 2654435761u >> 16) % ISN_WORD_ROWS);
}

static isn_word_entry *make_entry(isn_words *words, isn_arena *arena, const uint8_t *letters,
                                  size_t n, uint32_t hash, bool latin)
{
    isn_analysis list[ISN_ANALYSES_MOST];
    uint8_t key[ISN_WORD_MOST];
    size_t n_analyses = 1;
    for (size_t i = 0; i < n; i++)
        key[i] = isn_fold(letters[i]);
    uint32_t id = isn_lexicon_word(words->lexicon, key, n);
    if (latin) {
        list[0] = (isn_analysis){.stem = (uint8_t)n, .pos = ISN_POS_PROPER, .verb = -1};
        list[0].state = id ? isn_lexicon_step(words->lexicon, 0, id) : 0;
    } else {
        n_analyses = isn_analysis_make(list, NULL, words->lexicon, &words->tagger, letters, n);
    }
    isn_word_entry *entry = isn_arena_alloc(arena, entry_size(n_analyses, n));
    if (!entry)
        return NULL;
    *entry = (isn_word_entry){
        .word = {.n = (uint32_t)n, .id = id, .n_analyses = (uint16_t)n_analyses}, .hash = hash};
    set_pointers(entry);
    char *behind = (char *)(entry + 1) + ISN_WORD_SIDE;
    memset(entry + 1, 0, ISN_WORD_SIDE);
    memcpy(behind, list, n_analyses * sizeof *list);
    memcpy(behind + n_analyses * sizeof *list, letters, n);
    memcpy(behind + n_analyses * sizeof *list + n, key, n);
    for (size_t a = 0; a < n_analyses; a++) {
        entry->classes[a] = isn_class_of(&list[a], letters);
        if (list[a].score >= list[0].score - MARGIN)
            entry->live = (uint8_t)(a + 1);
    }
    entry->top = entry->classes[0];
    entry->row = neighbour_row(&words->tagger, &entry->word, hash);
    return entry;
}

const isn_word *isn_words_get(isn_words *words, isn_arena *arena, const uint8_t *letters, size_t n,
                              bool latin)
{
    uint32_t hash = (uint32_t)isn_str_hash(isn_str_of((const char *)letters, n));
    isn_word_entry *entry;
    for (size_t slot = hash & (SLOTS - 1); (entry = words->slots[slot].entry) != NULL;
         slot = (slot + 1) & (SLOTS - 1)) {
        if (words->slots[slot].hash != hash || entry->word.n != n ||
            memcmp(entry->word.letters, letters, n) != 0)
            continue;
        if (!entry->again)
            entry->again = true;
        return &entry->word;
    }
    if (words->n < HARD) {
        entry = make_entry(words, &words->arena, letters, n, hash, latin);
        if (entry) {
            keep_entry(words, entry);
            return &entry->word;
        }
    }
    entry = make_entry(words, arena, letters, n, hash, latin);
    return entry ? &entry->word : NULL;
}
