#include "text/parts.h"

/* See text.h. The steps stand in their order; what a full arena cuts off, no later step sees. */
bool isn_text_make(isn_text *out, isn_arena *arena, const isn_lexicon *lexicon, isn_words *words,
                   isn_str raw, const isn_block *blocks, size_t n_blocks)
{
    *out = (isn_text){
        .arena = arena, .lexicon = lexicon, .raw = raw, .blocks = blocks, .n_blocks = n_blocks};
    if (!isn_normal_make(&out->normal, arena, raw)) {
        out->normal.n = 0;
        return false;
    }
    bool fits = isn_tokens_make(out, words);
    fits = isn_sentences_make(out) && fits;
    isn_tagger_choose(out, &words->tagger);
    return isn_matches_make(out) && fits;
}

uint32_t isn_token_word_id(const isn_text *text, const isn_token *token)
{
    if (token->word)
        return token->word->id;
    uint8_t key[ISN_WORD_MOST];
    size_t n = token->n < ISN_WORD_MOST ? token->n : ISN_WORD_MOST;
    for (size_t i = 0; i < n; i++)
        key[i] = isn_fold(text->normal.p[token->at + i]);
    return isn_lexicon_word(text->lexicon, key, n);
}

uint32_t isn_token_stem_begin(const isn_text *text, const isn_token *token,
                              const isn_analysis *analysis, bool with_al)
{
    uint32_t skip = with_al ? analysis->al_only : analysis->skip;
    if (skip == 0 || skip >= token->n)
        return token->begin;
    return text->normal.map[token->at + skip];
}

uint32_t isn_token_stem_end(const isn_text *text, const isn_token *token,
                            const isn_analysis *analysis)
{
    uint32_t last = (uint32_t)analysis->skip + analysis->stem;
    if (last >= token->n)
        return token->end;
    return text->normal.map[token->at + last];
}
