/*
 * words.c - the cache of spellings. News repeats its words: nearly all tokens find their analyses here.
 *
 * Open addressing over a fixed table that is at most half full. Entries live in the cache's own arena; between
 * articles the cache is emptied when it has outgrown SOFT words. Within an article no entry is dropped, since tokens
 * point to it: past HARD words new spellings live in the article's arena, each token its own.
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

void isn_words_trim(isn_words *words)
{
    if (words->n <= SOFT)
        return;
    memset(words->slots, 0, SLOTS * sizeof *words->slots);
    isn_arena_reset(&words->arena);
    words->n = 0;
}

/* The row in which the tagger keeps what it knows of this word as a neighbour: frequent words have their own, the
 * others share one by their last letters and their first. */
static uint16_t neighbour_row(const isn_tagger *tagger, const isn_word *word, uint32_t hash)
{
    unsigned count = isn_tagger_count(tagger, word->letters, word->n);
    if (count >= 7 || word->n <= 3)
        return (uint16_t)(hash % ISN_WORD_ROWS);
    const uint8_t *p = word->letters;
    uint32_t edges = (uint32_t)p[word->n - 1] << 16 | (uint32_t)p[word->n - 2] << 8 | (p[1] == ISN_LAM ? p[1] : p[0]);
    return (uint16_t)((edges * 2654435761u >> 16) % ISN_WORD_ROWS);
}

static isn_word_entry *make_entry(isn_words *words, isn_arena *arena, const uint8_t *letters, size_t n, uint32_t hash,
                                  bool latin)
{
    isn_analysis list[ISN_ANALYSES_MOST];
    isn_word_entry *entry = isn_arena_calloc(arena, 1, sizeof *entry);
    uint8_t *own = isn_arena_alloc(arena, 2 * n);
    if (!entry || !own)
        return NULL;
    memcpy(own, letters, n);
    for (size_t i = 0; i < n; i++)
        own[n + i] = isn_fold(letters[i]);
    isn_word *word = &entry->word;
    *word = (isn_word){.letters = own, .key = own + n, .n = (uint32_t)n};
    word->id = isn_lexicon_word(words->lexicon, word->key, n);
    if (latin) {
        list[0] = (isn_analysis){.stem = (uint8_t)n, .pos = ISN_POS_PROPER, .verb = -1};
        list[0].state = word->id ? isn_lexicon_step(words->lexicon, 0, word->id) : 0;
        word->n_analyses = 1;
    } else {
        word->n_analyses = (uint16_t)isn_analysis_make(list, NULL, words->lexicon, &words->tagger, letters, n);
    }
    isn_analysis *kept = isn_arena_alloc(arena, word->n_analyses * sizeof *kept);
    if (!kept)
        return NULL;
    memcpy(kept, list, word->n_analyses * sizeof *kept);
    word->analyses = kept;
    entry->hash = hash;
    for (size_t a = 0; a < word->n_analyses; a++) {
        entry->classes[a] = isn_class_of(&kept[a], letters);
        if (kept[a].score >= kept[0].score - MARGIN)
            entry->live = (uint8_t)(a + 1);
    }
    entry->top = entry->classes[0];
    entry->row = neighbour_row(&words->tagger, word, hash);
    return entry;
}

const isn_word *isn_words_get(isn_words *words, isn_arena *arena, const uint8_t *letters, size_t n, bool latin)
{
    uint32_t hash = (uint32_t)isn_str_hash(isn_str_of((const char *)letters, n));
    size_t slot = hash & (SLOTS - 1);
    isn_word_entry *entry;
    while ((entry = words->slots[slot]) != NULL) {
        if (entry->hash == hash && entry->word.n == n && memcmp(entry->word.letters, letters, n) == 0)
            return &entry->word;
        slot = (slot + 1) & (SLOTS - 1);
    }
    if (words->n < HARD) {
        entry = make_entry(words, &words->arena, letters, n, hash, latin);
        if (entry) {
            words->slots[slot] = entry;
            words->n++;
            return &entry->word;
        }
    }
    entry = make_entry(words, arena, letters, n, hash, latin);
    return entry ? &entry->word : NULL;
}
