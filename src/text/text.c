#include "text/parts.h"

/* "min", which "and to" may follow: "from and to". */
static bool is_from(const isn_token *token)
{
    return token->word && token->word->n == 2 && token->word->key[0] == ISN_MEEM && token->word->key[1] == ISN_NOON;
}

/*
 * An office may be spelled like "and" with a preposition (wali, "and to"). Behind a verb, a preposition or "that" nothing can be joined by
 * "and", so it is the office there.
 */
static void mend_joined(isn_text *text, uint32_t t)
{
    isn_token *token = &text->tokens[t];
    const isn_analysis *best = isn_token_best(token), *before = t ? isn_token_best(token - 1) : NULL;
    if (!best || !before || token[-1].sentence != token->sentence || best->pos != ISN_POS_PREP || best->pronoun ||
        !(best->clitics & ISN_CL_WA) || is_from(token - 1))
        return;
    bool opens = before->pos == ISN_POS_MASDAR && (t < 2 || token[-2].sentence != token->sentence);
    if (!opens && before->pos != ISN_POS_VERB && before->pos != ISN_POS_PREP && before->pos != ISN_POS_CONJ)
        return;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == 1 && e < match->entries; e++) {
            const isn_analysis *a = &token->word->analyses[match->analysis];
            if (match->entry[e].table == ISN_T_OFFICES && a->skip == 0 && !a->pronoun)
                token->best = match->analysis;
        }
    }
}

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
    fits = isn_matches_make(out) && fits;
    for (uint32_t t = 0; fits && t < out->n_tokens; t++)
        mend_joined(out, t);
    return fits;
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
