/*
 * fuzz_text.c - any bytes, repaired to UTF-8, through the text room. ISNAD_IMAGE names a compiled
 * lexicon.
 *
 * The first byte chooses the ceiling of the arena, so that refused allocations are tried too.
 */
#include "repaired.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t blocks_of(isn_block *blocks, size_t room, isn_str raw)
{
    isn_str rest = raw, line;
    size_t n = 0;
    while (n < room && isn_str_next(&line, &rest, '\n')) {
        uint32_t begin = (uint32_t)(line.p - raw.p);
        blocks[n] = (isn_block){begin, begin + (uint32_t)line.n, ISN_BLOCK_BODY, "fuzz"};
        n++;
    }
    return n;
}

static void check(const isn_text *text)
{
    for (size_t t = 0; t < text->n_tokens; t++) {
        const isn_token *token = &text->tokens[t];
        require(token->begin < token->end && token->end <= text->raw.n &&
                token->sentence < text->n_sentences);
        const isn_analysis *best = isn_token_best(token);
        require(!best || isn_token_stem_begin(text, token, best, true) <=
                             isn_token_stem_end(text, token, best));
        for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++)
            require(text->matches[m].first == t && t + text->matches[m].n <= text->n_tokens &&
                    text->matches[m].begin <= text->matches[m].end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    open_words();
    if (size == 0)
        return 0;
    size_t ceiling = data[0] & 1 ? (size_t)1 << 28 : ((size_t)data[0] + 1) * 256;
    isn_buf raw;
    isn_buf_init(&raw, (size_t)1 << 26);
    repair(&raw, isn_str_of((const char *)data + 1, size - 1));
    isn_block blocks[64];
    size_t n = blocks_of(blocks, 64, isn_str_of(raw.p, raw.n));
    isn_arena arena;
    isn_arena_init(&arena, ceiling);
    isn_text text;
    bool fits = isn_text_make(&text, &arena, lexicon, words, isn_str_of(raw.p, raw.n), blocks, n);
    require(fits == !arena.full);
    check(&text);
    isn_arena_release(&arena);
    isn_buf_release(&raw);
    isn_words_trim(words);
    return 0;
}
