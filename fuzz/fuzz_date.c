/*
 * fuzz_date.c - any bytes, repaired to UTF-8, read for dates. ISNAD_IMAGE names a compiled lexicon.
 *
 * The first byte chooses the ceiling of the arena and whether the date of publication is known.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "require.h"
#include "time/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes as UTF-8, each bad one a replacement character. */
static void repair(isn_buf *out, isn_str bytes)
{
    for (size_t at = 0; at < bytes.n;) {
        size_t length;
        char code[4];
        uint32_t c = isn_utf8_decode(bytes, at, &length);
        isn_buf_append(out, code, isn_utf8_encode(code, c));
        at += length;
    }
}

/* A value holds nothing but what ISO 8601 writes dates, times and ranges with. */
static void check(const isn_dates *dates, const isn_text *text)
{
    uint32_t end = 0;
    for (size_t i = 0; i < dates->n; i++) {
        const isn_date *date = &dates->items[i];
        size_t n = strnlen(date->value, sizeof date->value);
        require(n > 0 && n < sizeof date->value && strspn(date->value, "0123456789-:T/+Z") == n);
        require(date->begin >= end && date->begin < date->end && date->end <= text->raw.n && date->rule);
        require(date->first < date->last && date->last <= text->n_tokens);
        end = date->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static isn_lexicon *lexicon; /* opened once; a fuzz target is one thread */
    static isn_words *words;
    const char *image = getenv("ISNAD_IMAGE");
    if (!lexicon)
        require(image && isn_lexicon_open(&lexicon, image, NULL) == ISNAD_OK &&
                isn_words_new(&words, lexicon, NULL) == ISNAD_OK);
    if (size == 0)
        return 0;
    isn_buf raw;
    isn_buf_init(&raw, (size_t)1 << 26);
    repair(&raw, isn_str_of((const char *)data + 1, size - 1));
    isn_block block = {0, (uint32_t)raw.n, ISN_BLOCK_BODY, "fuzz"};
    isn_arena arena;
    isn_arena_init(&arena, data[0] & 1 ? (size_t)1 << 28 : ((size_t)data[0] + 1) * 512);
    isn_text text;
    isn_dates dates;
    if (isn_text_make(&text, &arena, lexicon, words, isn_str_of(raw.p, raw.n), &block, raw.n ? 1 : 0) &&
        isn_dates_find(&dates, &text, data[0] & 2 ? ISN_STR("2021-04-17") : (isn_str){NULL, 0}))
        check(&dates, &text);
    isn_arena_release(&arena);
    isn_buf_release(&raw);
    isn_words_trim(words);
    return 0;
}
