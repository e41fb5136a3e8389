/* look.c - a whole phrase looked up at once, cut into words as the compiler cuts the cells of the tables. */
#include "lexicon/phrases.h"

const isn_entry *isn_lexicon_phrase(const isn_lexicon *lexicon, isn_str text, size_t *n)
{
    isn_phrase phrase;
    uint32_t state = 0;
    *n = 0;
    if (!isn_phrase_read(&phrase, text))
        return NULL;
    for (size_t i = 0; i < phrase.words; i++) {
        const uint8_t *word;
        uint8_t key[ISN_PHRASE_LETTERS];
        size_t letters = isn_phrase_word(&phrase, i, &word);
        for (size_t k = 0; k < letters; k++)
            key[k] = isn_fold(word[k]);
        uint32_t id = isn_lexicon_word(lexicon, key, letters);
        state = id ? isn_lexicon_step(lexicon, state, id) : 0;
        if (!state)
            return NULL;
    }
    return isn_lexicon_entries(lexicon, state, n);
}
