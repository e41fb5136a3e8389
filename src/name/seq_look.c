/* How the sequence model sees an article: words, phrases over them, the rules' mentions, the same
 * words elsewhere. */
#include "name/seq.h"
#include "text/tagger.h"

/* --- words ----------------------------------------------------------------------------------- */

static inline uint32_t mix(uint32_t h, uint32_t value)
{
    h = (h ^ value) * 0x9E3779B1u;
    return h ^ h >> 15;
}

static uint32_t hash_of(const uint8_t *p, size_t n)
{
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < n; i++)
        h = mix(h, p[i]);
    h ^= (uint32_t)n * 0x85EBCA6Bu;
    return h ? h : 1;
}

uint32_t isn_seq_hash(const uint8_t *letters, size_t n)
{
    return hash_of(letters, n);
}

/* Cluster and lists of a word by the hash of its letters with the article. */
static void look_up(isn_seq_word *out, const isn_seq_model *model)
{
    for (uint32_t slot = out->whole & model->words_mask;; slot = (slot + 1) & model->words_mask) {
        const unsigned char *p = model->words + 8 * (size_t)slot;
        uint32_t key = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        if (!key)
            return;
        if (key == out->whole) {
            out->cluster = (uint16_t)(p[4] | (p[5] & 3) << 8);
            out->as_name = p[5] >> 2;
            out->coarse = p[6];
            out->lists = p[7];
            return;
        }
    }
}

static void learn_word(isn_seq_word *out, const isn_finder *f, const isn_seq_model *model, uint32_t t)
{
    const isn_token *token = &f->text->tokens[t];
    const isn_analysis *a = isn_token_best(token);
    const isn_word *word = token->word;
    *out = (isn_seq_word){.analysis = (uint8_t)(1 + token->best)};
    uint8_t most = (uint8_t)(a->skip + a->stem);
    out->stem = hash_of(word->key + a->skip, a->stem);
    out->whole = hash_of(word->key + a->al_only, (size_t)(most - a->al_only));
    out->class_id = isn_class_of(a, word->letters);
    out->count = (uint8_t)isn_tagger_count(&f->namer->counts, word->letters + a->al_only,
                                           (size_t)(most - a->al_only));
    if (model->words)
        look_up(out, model);
}

/* --- phrases and rules ----------------------------------------------------------------------- */

enum { WHOLE = 1, BEGINS = 2, INSIDE = 3, ENDS = 4 };

static void cover(isn_seq_token *tokens, const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (f->text->match_from[t] == f->text->match_from[t + 1])
        return;
    for (uint32_t kind = 0; kind < PICK_KINDS; kind++) {
        const isn_match *match = view->pick[kind].match;
        if (!match || t + match->n > f->text->n_tokens)
            continue;
        uint64_t old = tokens[t].cover >> 3 * kind & 7;
        if (match->n == 1) {
            if (!old)
                tokens[t].cover |= (uint64_t)WHOLE << 3 * kind;
            if (kind <= PICK_OUTLET)
                tokens[t].forms = (uint8_t)(1 + view->pick[kind].entry->form);
            continue;
        }
        if (old > WHOLE)
            continue; /* inside a longer one that began before */
        for (uint32_t i = 0; i < match->n; i++) {
            uint64_t place = i == 0 ? BEGINS : i + 1 == match->n ? ENDS : INSIDE;
            tokens[t + i].cover &= ~((uint64_t)7 << 3 * kind);
            tokens[t + i].cover |= place << 3 * kind;
        }
    }
}

static uint16_t rule_id(const char *rule)
{
    uint32_t h = 0x811C9DC5u;
    for (const char *p = rule; p && *p; p++)
        h = mix(h, (uint8_t)*p);
    return (uint16_t)(h ^ h >> 16);
}

static void mark_rules(isn_seq_token *tokens, const isn_mentions *rules)
{
    for (size_t i = 0; i < rules->n; i++) {
        const isn_mention *m = &rules->items[i];
        bool inside = m->first < m->last && tokens[m->first].rule && m->form == ISN_FORM_ROLE;
        for (uint32_t t = m->first; t < m->last && !inside; t++) {
            unsigned place = m->last - m->first == 1 ? WHOLE : t == m->first ? BEGINS : t + 1 == m->last ? ENDS : INSIDE;
            tokens[t].rule = (uint8_t)(1 + (m->type * 2u + m->form) * 5 + place);
            tokens[t].rule_id = rule_id(m->rule);
        }
    }
}

/* --- the same word elsewhere in the article -------------------------------------------------- */

enum {
    AS_PERSON = 1,
    AS_LONG_PERSON = 2,
    AS_PLACE = 4,
    AS_BODY = 8,
    AFTER_TITLE = 16,
    IN_KNOWN_PERSON = 32,
    AFTER_IN = 64
};

/* Numbers the spellings of the article: each token knows the first one that is spelled as it is. */
static bool number_spellings(const isn_finder *f, isn_seq_token *tokens)
{
    uint32_t size = 64, n = (uint32_t)f->text->n_tokens;
    while (size < 2 * n)
        size *= 2;
    uint32_t *firsts = isn_arena_calloc(f->arena, size, sizeof *firsts); /* token + 1 */
    for (uint32_t t = 0; firsts && t < n; t++) {
        tokens[t].spelling = t;
        if (!tokens[t].word || !tokens[t].word->whole)
            continue;
        uint32_t slot = tokens[t].word->whole & (size - 1);
        while (firsts[slot] && tokens[firsts[slot] - 1].word->whole != tokens[t].word->whole)
            slot = (slot + 1) & (size - 1);
        if (!firsts[slot])
            firsts[slot] = t + 1;
        tokens[t].spelling = firsts[slot] - 1;
    }
    return firsts != NULL;
}

static uint8_t bits_of(const isn_finder *f, const isn_seq_token *tokens, uint32_t t)
{
    const isn_seq_token *token = &tokens[t];
    unsigned bits = 0;
    if (token->rule) {
        unsigned kind = (token->rule - 1u) / 5, place = (token->rule - 1u) % 5;
        if (kind % 2 == ISN_FORM_NAME) {
            bits |= kind / 2 == ISN_PERSON ? AS_PERSON | (place > WHOLE ? AS_LONG_PERSON : 0)
                    : kind / 2 == ISN_PLACE ? AS_PLACE
                    : kind / 2 == ISN_ORGANIZATION ? AS_BODY : 0;
        }
    }
    if ((token->cover >> 3 * PICK_PERSON & 7) > WHOLE)
        bits |= IN_KNOWN_PERSON;
    if ((token->behind & 7) == 1)
        bits |= AFTER_TITLE;
    if (t > 0 && f->text->tokens[t - 1].sentence == f->text->tokens[t].sentence &&
        (isn_is_word(f, t - 1, ISN_W_FI) || (f->views[t].clitics & ISN_CL_BA)))
        bits |= AFTER_IN;
    return (uint8_t)bits;
}

static bool mark_article(isn_finder *f, isn_seq_token *tokens)
{
    uint32_t n = (uint32_t)f->text->n_tokens;
    if (!number_spellings(f, tokens))
        return false;
    f->last = n;
    for (uint32_t t = 0; t < n; t++) {
        if (tokens[t].word && tokens[t].word->whole)
            tokens[tokens[t].spelling].article |= bits_of(f, tokens, t);
    }
    for (uint32_t t = 0; t < n; t++)
        tokens[t].article = tokens[tokens[t].spelling].article;
    return true;
}

/* --- what stands before ---------------------------------------------------------------------- */

/* Sets `behind` and `quoted` of the tokens of a sentence. */
static void mark_sentence(const isn_finder *f, isn_seq_token *tokens, const isn_sentence *sentence)
{
    static const struct {
        uint8_t kind, as;
    } heads[] = {{PICK_TITLE, 1}, {PICK_OFFICE, 2}, {PICK_ORGHEAD, 3}, {PICK_PLACEHEAD, 4}, {PICK_PORTFOLIO, 5}, {PICK_DEMONYM, 6}};
    uint32_t kind = 0, since = 0;
    bool open = false;
    for (uint32_t t = sentence->first; t < sentence->last; t++) {
        isn_seq_token *token = &tokens[t];
        const isn_token *raw = &f->text->tokens[t];
        token->behind = kind && since < 5 ? (uint8_t)(since << 3 | kind) : 0;
        since++;
        if (raw->kind == ISN_TOKEN_PUNCT) {
            uint8_t mark = raw->mark;
            if (mark == ISN_QUOTE_OPEN || mark == '(' || (mark == '"' && !open))
                open = true;
            else if (mark == ISN_QUOTE_CLOSE || mark == ')' || mark == '"')
                open = false;
        } else if (open) {
            bool after = t > sentence->first && f->text->tokens[t - 1].kind == ISN_TOKEN_PUNCT;
            bool before = t + 1 < sentence->last && f->text->tokens[t + 1].kind == ISN_TOKEN_PUNCT;
            token->quoted = (uint8_t)(1 + after + 2 * before);
        }
        for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
            unsigned place = token->cover >> 3 * heads[h].kind & 7;
            if (place == WHOLE || place == ENDS) {
                kind = heads[h].as;
                since = 0;
                break;
            }
        }
    }
}

/*
 * What the model knows of the word at t. A spelling keeps it for the first analyses that it had; under others it is learned anew each
 * time: what is kept never depends on the articles that were read before. NULL when the arena is full.
 */
static isn_seq_word *word_of(isn_finder *f, const isn_seq_model *model, uint32_t t)
{
    const isn_token *token = &f->text->tokens[t];
    isn_seq_word *word = token->word->side, *end = word ? word + ISN_SEQ_KEPT : NULL;
    while (word < end && word->analysis && word->analysis != 1 + token->best)
        word++;
    if (word == end)
        word = isn_arena_calloc(f->arena, 1, sizeof *word);
    if (word && !word->analysis)
        learn_word(word, f, model, t);
    return word;
}

isn_seq_token *isn_seq_look(isn_finder *f, const isn_seq_model *model, const isn_mentions *rules)
{
    size_t n = f->text->n_tokens;
    isn_seq_token *tokens = isn_arena_calloc(f->arena, n + 1, sizeof *tokens);
    if (!tokens)
        return NULL;
    for (uint32_t t = 0; t < n; t++) {
        const isn_token *token = &f->text->tokens[t];
        const isn_view *view = &f->views[t];
        cover(tokens, f, t);
        if (token->kind != ISN_TOKEN_WORD || !token->word)
            continue;
        isn_seq_word *word = word_of(f, model, t);
        if (!word)
            return NULL;
        tokens[t].word = word;
        tokens[t].names = (uint8_t)(view->name | view->al << 4 | 32);
    }
    mark_rules(tokens, rules);
    for (size_t s = 0; s < f->text->n_sentences; s++)
        mark_sentence(f, tokens, &f->text->sentences[s]);
    return mark_article(f, tokens) ? tokens : NULL;
}
