/* small.h - the small lexicon of the tests (small/): compiling it, looking things up in it. Include after cmocka.h. */
#ifndef ISN_TEST_LEXICON_SMALL_H
#define ISN_TEST_LEXICON_SMALL_H

#include "base/file.h"
#include "base/normal.h"
#include "lexicon/compile.h"
#include "lexicon/phrases.h"

#define SMALL ISNAD_TEST_SOURCE "/test/lexicon/small"
#define OVER ISNAD_TEST_SOURCE "/test/lexicon/over"

/* The image of a folder; the caller releases the buffer. */
static inline isn_buf small_image(const char *dir)
{
    isn_tables tables;
    isn_buf image;
    isn_faults faults = {.tell = NULL};
    isn_tables_init(&tables);
    isn_buf_init(&image, (size_t)1 << 28);
    assert_int_equal(isn_tables_load(&tables, dir, &faults, NULL), ISNAD_OK);
    assert_int_equal(isn_compile_tables(&image, &tables, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults.malformed + faults.wrong, 0);
    isn_tables_release(&tables);
    return image;
}

/* The state after all words of a text, or 0. */
static inline uint32_t state_of(const isn_lexicon *lexicon, isn_str text)
{
    isn_phrase phrase;
    uint32_t state = 0;
    if (!isn_phrase_read(&phrase, text))
        return 0;
    for (size_t i = 0; i < phrase.words; i++) {
        const uint8_t *word;
        uint8_t key[ISN_PHRASE_LETTERS];
        size_t n = isn_phrase_word(&phrase, i, &word);
        for (size_t k = 0; k < n; k++)
            key[k] = isn_fold(word[k]);
        uint32_t id = isn_lexicon_word(lexicon, key, n);
        if (i && state && id && !isn_lexicon_goes_on(lexicon, state))
            return 0;
        state = id ? isn_lexicon_step(lexicon, state, id) : 0;
        if (!state)
            return 0;
    }
    return state;
}

#endif
