/*
 * matches.c - the lexicon's phrases among the tokens.
 *
 * From every analysis of a word the trie is walked over the words that follow, as they are written,
 * and through the low lines of a hashtag. The analysis that the tagger chose goes first; a phrase
 * that several analyses lead to is kept once.
 */
#include "text/parts.h"

typedef struct finder {
    isn_text *text;
    size_t capacity;
    size_t first;       /* where the matches of this token begin in text->matches */
    size_t token, last; /* the token, and the end of its sentence */
    struct {
        uint32_t state;
        uint8_t skip;
    } seen[2 * ISN_ANALYSES_MOST + 2];
    size_t n_seen;
} finder;

/* Has this start been walked already? Notes it if not. */
static bool walked(finder *f, uint32_t state, uint8_t skip)
{
    for (size_t i = 0; i < f->n_seen; i++) {
        if (f->seen[i].state == state && f->seen[i].skip == skip)
            return true;
    }
    if (f->n_seen < sizeof f->seen / sizeof *f->seen) {
        f->seen[f->n_seen].state = state;
        f->seen[f->n_seen++].skip = skip;
    }
    return false;
}

/* Keeps the phrase of n words that ends in `state`. The list of a token stays sorted, longest
 * first. */
static bool keep(finder *f, uint32_t state, size_t n, const isn_analysis *analysis, uint8_t index,
                 bool al_is_part)
{
    isn_text *text = f->text;
    size_t entries;
    const isn_entry *entry = isn_lexicon_entries(text->lexicon, state, &entries);
    if (!entry || !entries)
        return true;
    size_t at = text->n_matches;
    while (at > f->first && text->matches[at - 1].n < n)
        at--;
    if (text->n_matches - f->first == ISN_MATCHES_MOST && at == text->n_matches)
        return true;
    isn_match *grown = isn_arena_grow(text->arena, text->matches, text->n_matches, &f->capacity,
                                      text->n_matches + 1, sizeof *grown);
    if (!grown)
        return false;
    text->matches = grown;
    const isn_token *token = &text->tokens[f->token];
    isn_match match = {.first = (uint32_t)f->token,
                       .n = (uint32_t)n,
                       .begin = token->begin,
                       .end = text->tokens[f->token + n - 1].end,
                       .analysis = index,
                       .entries = (uint8_t)(entries < 255 ? entries : 255),
                       .entry = entry};
    if (analysis) {
        match.begin = isn_token_stem_begin(text, token, analysis, al_is_part);
        if (n == 1)
            match.end = isn_token_stem_end(text, token, analysis);
        match.with_al = (analysis->clitics & ISN_CL_AL) && !al_is_part;
    }
    memmove(grown + at + 1, grown + at, (text->n_matches - at) * sizeof *grown);
    grown[at] = match;
    if (text->n_matches - f->first < ISN_MATCHES_MOST)
        text->n_matches++;
    return true;
}

/* Is the n-th token from here the low line that joins words of a hashtag? */
static bool joins(const finder *f, size_t n)
{
    const isn_token *token = &f->text->tokens[f->token + n];
    return token->kind == ISN_TOKEN_PUNCT && token->mark == '_' && !token->space &&
           f->token + n + 1 < f->last && !token[1].space;
}

/* Walks on from the state of the first word. */
static bool walk(finder *f, uint32_t state, const isn_analysis *analysis, uint8_t index,
                 bool al_is_part)
{
    if (walked(f, state, analysis ? analysis->skip : 0))
        return true;
    if (!keep(f, state, 1, analysis, index, al_is_part))
        return false;
    if (analysis && analysis->pronoun)
        return true;
    for (size_t n = 1; n < ISN_PHRASE_MOST && f->token + n < f->last; n++) {
        if (!isn_lexicon_goes_on(f->text->lexicon, state))
            return true;
        if (joins(f, n))
            continue;
        uint32_t word = isn_token_word_id(f->text, &f->text->tokens[f->token + n]);
        state = word ? isn_lexicon_step(f->text->lexicon, state, word) : 0;
        if (!state)
            return true;
        if (!keep(f, state, n + 1, analysis, index, al_is_part))
            return false;
    }
    return true;
}

static bool walk_analysis(finder *f, const isn_word *word, uint8_t index)
{
    const isn_analysis *analysis = &word->analyses[index];
    if (analysis->state_al && !walk(f, analysis->state_al, analysis, index, true))
        return false;
    return !analysis->state || walk(f, analysis->state, analysis, index, false);
}

static bool find_at(finder *f)
{
    const isn_token *token = &f->text->tokens[f->token];
    if (!token->word) {
        if (token->kind == ISN_TOKEN_SYMBOL)
            return true;
        uint32_t word = isn_token_word_id(f->text, token);
        uint32_t state = word ? isn_lexicon_step(f->text->lexicon, 0, word) : 0;
        return !state || walk(f, state, NULL, 0, false);
    }
    if (token->word->n_analyses && !walk_analysis(f, token->word, token->best))
        return false;
    for (uint8_t a = 0; a < token->word->n_analyses; a++) {
        if (a != token->best && !walk_analysis(f, token->word, a))
            return false;
    }
    return true;
}

/* Fills text->matches and match_from. When the arena is full, the tokens that are left have no
 * matches. */
bool isn_matches_make(isn_text *text)
{
    finder f = {.text = text};
    uint32_t *from = isn_arena_alloc(text->arena, (text->n_tokens + 1) * sizeof *from);
    if (!from) {
        /* Without this table nobody can read tokens: none are left. */
        text->n_tokens = text->n_sentences = 0;
        return false;
    }
    text->match_from = from;
    bool fits = true;
    for (size_t t = 0; t < text->n_tokens; t++) {
        from[t] = (uint32_t)text->n_matches;
        if (!fits)
            continue;
        f.token = t;
        f.last = text->sentences[text->tokens[t].sentence].last;
        f.first = text->n_matches;
        f.n_seen = 0;
        fits = find_at(&f);
    }
    from[text->n_tokens] = (uint32_t)text->n_matches;
    return fits;
}
