/*
 * tagger.c - which analysis of each word is meant here.
 *
 * A linear model over candidates. What a word shows by itself (its letters, the lexicon, how
 * frequent its parts are) is scored once a spelling and kept in the cache as the analysis' score.
 * In context, left to right, five weight rows are added: the two classes chosen before, the words
 * on both sides, the likeliest class of the next word, the spelling of the text. A row has a cell
 * for each class and is one cache line, so that a token costs five loads. Scores are log odds: the
 * model is a multinomial logistic regression over candidates, trained by tools/isnad-train-tagger
 * with the features of this file.
 */
#include "text/parts.h"

/* --- classes --------------------------------------------------------------------------------- */

static uint8_t nominal_class(const isn_analysis *a, uint8_t base)
{
    bool preposition = a->clitics & (ISN_CL_BA | ISN_CL_KA | ISN_CL_LA);
    uint8_t kind = a->clitics & ISN_CL_AL ? (preposition ? 3 : 1)
                   : a->pronoun           ? (preposition ? 5 : 4)
                   : preposition          ? 2
                                          : 0;
    return (uint8_t)(base + (a->clitics & (ISN_CL_WA | ISN_CL_FA) ? 6 : 0) + kind);
}

static uint8_t verb_class(const isn_analysis *a, const uint8_t *letters)
{
    uint8_t first = letters[a->skip];
    unsigned tense = a->detail & ISN_V_TENSE;
    bool present = tense ? tense == ISN_V_PRESENT : first == ISN_YEH;
    uint8_t kind = a->clitics & ISN_CL_SA ? 2 : a->clitics & ISN_CL_LA ? 3 : present;
    return (uint8_t)(ISN_CLASS_VERB + (a->clitics & (ISN_CL_WA | ISN_CL_FA) ? 8 : 0) +
                     (a->pronoun ? 4 : 0) + kind);
}

uint8_t isn_class_of(const isn_analysis *a, const uint8_t *letters)
{
    switch (a->pos) {
    case ISN_POS_NOUN:
    case ISN_POS_MASDAR:
    case ISN_POS_ACTIVE:
    case ISN_POS_PASSIVE:
        return nominal_class(a, ISN_CLASS_NOUN);
    case ISN_POS_ADJ:
        return nominal_class(a, ISN_CLASS_ADJ);
    case ISN_POS_PROPER:
        return nominal_class(a, ISN_CLASS_PROPER);
    case ISN_POS_VERB:
        return verb_class(a, letters);
    case ISN_POS_PREP:
        return a->pronoun ? ISN_CLASS_PREP_PRONOUN : ISN_CLASS_PREP;
    case ISN_POS_CONJ:
        return ISN_CLASS_CONJ;
    case ISN_POS_NEG:
        return ISN_CLASS_NEG;
    case ISN_POS_PARTICLE:
        return ISN_CLASS_PARTICLE;
    case ISN_POS_PRONOUN:
        return ISN_CLASS_PRONOUN;
    case ISN_POS_DEMONSTRATIVE:
        return ISN_CLASS_DEMONSTRATIVE;
    case ISN_POS_RELATIVE:
        return ISN_CLASS_RELATIVE;
    case ISN_POS_ADVERB:
        return ISN_CLASS_ADVERB;
    case ISN_POS_AUX:
        return ISN_CLASS_AUX;
    case ISN_POS_NUMBER:
        return ISN_CLASS_NUMBER;
    default:
        return ISN_CLASS_OTHER;
    }
}

/* The coarse group (0-15) of a class. */
static uint8_t coarse_of(uint8_t class_id)
{
    if (class_id < ISN_CLASS_VERB)
        return class_id / 12;
    if (class_id < ISN_CLASS_PREP)
        return (class_id & 3) == 0 ? 3 : 4;
    static const uint8_t others[] = {5, 6, 7, 8, 8, 9, 10, 11, 12, 13, 14, 15};
    return others[class_id - ISN_CLASS_PREP];
}

/* --- features of a word by itself ------------------------------------------------------------ */

static inline uint32_t mix(uint32_t h, uint32_t value)
{
    h = (h ^ value) * 0x9E3779B1u;
    return h ^ h >> 15;
}

static uint32_t hash_letters(const uint8_t *p, size_t n)
{
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < n; i++)
        h = mix(h, p[i]);
    return h;
}

static inline uint8_t plain_alef(uint8_t c)
{
    return c == ISN_ALEF_MADDA || c == ISN_ALEF_HAMZA_ABOVE || c == ISN_ALEF_HAMZA_BELOW ? ISN_ALEF
                                                                                         : c;
}

/* Document frequency class of a word put together from up to three parts. */
static unsigned count_of(const isn_tagger *tagger, const uint8_t *a, size_t n, const uint8_t *b,
                         size_t m, uint8_t c)
{
    uint8_t word[2 * ISN_WORD_MOST + 1];
    if (!tagger->counts)
        return 0;
    memcpy(word, a, n);
    memcpy(word + n, b, m);
    word[n + m] = c;
    return isn_tagger_count(tagger, word, n + m + (c != 0));
}

static inline uint32_t slot_at(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

unsigned isn_tagger_count(const isn_tagger *tagger, const uint8_t *letters, size_t n)
{
    if (!tagger->counts)
        return 0;
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < n; i++)
        h = mix(h, plain_alef(letters[i]));
    h ^= (uint32_t)n * 0x85EBCA6Bu;
    size_t slot = h & tagger->counts_mask;
    uint32_t print = h >> 4 ? h >> 4 : 1;
    for (size_t tried = 0; tried <= tagger->counts_mask; tried++) {
        uint32_t entry = slot_at(tagger->counts + 4 * slot);
        if (entry >> 4 == print)
            return entry & 15;
        if (!entry)
            return 0;
        slot = (slot + 1) & tagger->counts_mask;
    }
    return 0;
}

/* The word's shape: letters that build forms stay, the others become one. */
static uint32_t shape_of(const uint8_t *p, size_t n)
{
    uint32_t h = 1;
    for (size_t i = 0; i < n && i < 12; i++) {
        uint8_t c = p[i];
        bool builds = c <= ISN_ALEF || c == ISN_TEH_MARBUTA || c == ISN_TEH || c == ISN_MEEM ||
                      c == ISN_NOON || c == ISN_WAW || c >= ISN_ALEF_MAKSURA ||
                      (c == ISN_SEEN && i < 3);
        h = mix(h, builds ? c : 'C');
    }
    return h;
}

typedef struct feature_list {
    uint32_t *out;
    size_t n;
} feature_list;

static inline void put(feature_list *list, uint32_t kind, uint32_t a, uint32_t b)
{
    uint32_t h = mix(mix(mix(0x2545F491u, kind), a), b);
    h *= 0x85EBCA6Bu;
    list->out[list->n++] = h >> (32 - ISN_STATIC_BITS);
}

static inline uint32_t pair(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

void isn_facts_begin(isn_facts *facts, const isn_tagger *tagger, const uint8_t *letters, size_t n)
{
    facts->word_hash = hash_letters(letters, n);
    facts->whole = isn_tagger_count(tagger, letters, n);
    facts->stem_n = 0;
}

/* How frequent the parts are: the stem alone, with the article, without proclitics, with its ta
 * marbuta closed, with the endings of feminine and of past, with the other prefix of the imperfect,
 * spelled properly (ta marbuta, alef maksura) where hurried papers write ha or ya. */
static void set_cut(isn_facts *facts, const isn_tagger *tagger, const uint8_t *letters, size_t n,
                    const isn_analysis *a)
{
    static const uint8_t al[] = {ISN_ALEF, ISN_LAM};
    const uint8_t *s = letters + a->skip;
    size_t m = a->stem;
    if (facts->stem_n == m && facts->skip == a->skip && facts->pronoun == a->pronoun)
        return;
    facts->skip = a->skip;
    facts->stem_n = a->stem;
    facts->pronoun = a->pronoun;
    facts->last = s[m - 1];
    facts->stem_hash = hash_letters(s, m);
    facts->shape = shape_of(s, m);
    facts->stem = a->skip || a->pronoun ? isn_tagger_count(tagger, s, m) : facts->whole;
    facts->rest = a->pronoun ? isn_tagger_count(tagger, s, n - a->skip) : facts->stem;
    facts->with_al = count_of(tagger, al, 2, s, m, 0);
    facts->closed =
        a->pronoun && s[m - 1] == ISN_TEH ? count_of(tagger, s, m - 1, s, 0, ISN_TEH_MARBUTA) : 0;
    facts->feminine = count_of(tagger, s, m, s, 0, ISN_TEH_MARBUTA);
    facts->past = count_of(tagger, s, m, s, 0, ISN_TEH);
    uint8_t last = s[m - 1];
    facts->proper = last == ISN_HEH   ? count_of(tagger, s, m - 1, s, 0, ISN_TEH_MARBUTA)
                    : last == ISN_YEH ? count_of(tagger, s, m - 1, s, 0, ISN_ALEF_MAKSURA)
                                      : 0;
    if (s[0] == ISN_YEH || s[0] == ISN_TEH) {
        uint8_t other = s[0] == ISN_YEH ? ISN_TEH : ISN_YEH;
        facts->other = count_of(tagger, &other, 1, s + 1, m - 1, 0);
    }
}

/* Letters at the edges of the stem and its shape. */
static void put_letters(feature_list *list, const uint8_t *s, size_t n, uint32_t shape,
                        uint32_t class_id, uint32_t coarse, uint32_t before, uint32_t after)
{
    uint32_t length = n < 9 ? (uint32_t)n : 9;
    put(list, 1, length, class_id);
    put(list, 2, length, before << 8 | after);
    put(list, 3, s[0], coarse << 8 | before);
    put(list, 4, s[n - 1], class_id);
    put(list, 5, s[n - 1], coarse << 8 | after);
    put(list, 6, shape, class_id);
    put(list, 7, shape, before << 8 | after);
    if (n < 2)
        return;
    put(list, 8, pair(s), coarse);
    put(list, 9, pair(s), before);
    put(list, 10, pair(s + n - 2), class_id);
    put(list, 11, pair(s + n - 2), after << 8 | length);
    if (n < 3)
        return;
    put(list, 12, pair(s) << 8 | s[2], before << 8 | coarse);
    put(list, 13, pair(s + n - 3) << 8 | s[n - 1], coarse);
    put(list, 14, pair(s + n - 3) << 8 | s[n - 1], after);
}

static void put_counts(feature_list *list, const isn_facts *f, uint8_t first, uint32_t coarse,
                       uint32_t before, uint32_t after)
{
    uint32_t clitics = before << 8 | after;
    put(list, 20, f->stem, clitics);
    put(list, 21, f->stem, coarse << 8 | before);
    put(list, 22, f->stem << 4 | f->whole, clitics);
    put(list, 23, f->with_al, coarse << 8 | before);
    put(list, 24, f->with_al << 4 | f->stem, clitics);
    put(list, 25, f->rest << 4 | f->whole, before);
    put(list, 26, f->closed << 4 | f->with_al, clitics);
    put(list, 27, f->whole, coarse << 16 | clitics);
    put(list, 28, f->feminine << 4 | f->past, coarse);
    put(list, 29, f->feminine << 4 | f->with_al, coarse);
    if (f->last == ISN_HEH || f->last == ISN_YEH) {
        put(list, 31, f->proper << 4 | f->stem, clitics << 8 | f->last);
        put(list, 32, f->proper, coarse << 8 | f->last);
    }
    if (first == ISN_YEH || first == ISN_TEH)
        put(list, 30, f->other, coarse << 8 | first);
}

size_t isn_tagger_features(uint32_t out[ISN_FEATURES_MOST], isn_facts *facts,
                           const isn_tagger *tagger, const uint8_t *letters, size_t n,
                           const isn_analysis *a, const isn_evidence *evidence)
{
    feature_list list = {out, 0};
    const uint8_t *s = letters + a->skip;
    uint32_t class_id = isn_class_of(a, letters), coarse = coarse_of((uint8_t)class_id);
    uint32_t before = a->clitics, after = a->pronoun, clitics = before << 8 | after;
    set_cut(facts, tagger, letters, n, a);
    put(&list, 40, class_id, 0);
    put(&list, 41, clitics, coarse);
    put(&list, 42, facts->stem_hash, coarse);
    put(&list, 43, facts->stem_hash, clitics);
    put(&list, 44, facts->word_hash, class_id << 8 | a->skip);
    uint32_t source = (uint32_t)evidence->source << 2 | evidence->exact;
    put(&list, 45, source, class_id);
    put(&list, 46, source, clitics);
    put(&list, 47, source, (uint32_t)evidence->restored << 8 | after);
    put(&list, 48, source, a->pos);
    put(&list, 49, source, (uint32_t)(a->stem < 6 ? a->stem : 6) << 16 | clitics);
    put_letters(&list, s, a->stem, facts->shape, class_id, coarse, before, after);
    put_counts(&list, facts, s[0], coarse, before, after);
    return list.n;
}

/* --- choosing in context --------------------------------------------------------------------- */

static inline const isn_word_entry *entry_of(const isn_token *token)
{
    return (const isn_word_entry *)token->word;
}

/* Row of a token as a neighbour: words have theirs, marks one each, all numbers one. */
static inline uint32_t row_of(const isn_token *token)
{
    if (token->word)
        return entry_of(token)->row;
    return token->kind == ISN_TOKEN_PUNCT    ? token->mark
           : token->kind == ISN_TOKEN_NUMBER ? 256
                                             : 257;
}

static inline uint8_t top_of(const isn_token *token)
{
    if (token->word)
        return entry_of(token)->top;
    return token->kind == ISN_TOKEN_NUMBER ? ISN_CLASS_NUMBER : ISN_CLASS_OTHER;
}

/* ISN_STYLE_... of a text. */
static unsigned style_of(const isn_text *text)
{
    enum {
        LEAST = 40,
        SHARE = 60
    }; /* words that say enough; one word in so many at least in good spelling */
    size_t words = 0, hamza = 0, marbuta = 0;
    for (size_t t = 0; t < text->n_tokens; t++) {
        const isn_word *word = text->tokens[t].word;
        if (!word || text->tokens[t].kind != ISN_TOKEN_WORD)
            continue;
        words++;
        hamza +=
            word->letters[0] == ISN_ALEF_HAMZA_ABOVE || word->letters[0] == ISN_ALEF_HAMZA_BELOW;
        marbuta += word->letters[word->n - 1] == ISN_TEH_MARBUTA;
    }
    if (words < LEAST)
        return 0;
    return (hamza * SHARE < words ? ISN_STYLE_NO_HAMZA : 0) |
           (marbuta * SHARE < words ? ISN_STYLE_NO_MARBUTA : 0);
}

void isn_tagger_context(uint32_t rows[ISN_CONTEXT_ROWS], const isn_word *word,
                        const isn_token *left, const isn_token *right, uint8_t before,
                        uint8_t before_last, unsigned style)
{
    uint8_t last = word->letters[word->n - 1];
    rows[0] = ISN_ROWS_BEFORE + (uint32_t)coarse_of(before_last) * ISN_CLASSES + before;
    rows[1] = ISN_ROWS_TOP + (right ? top_of(right) : ISN_CLASS_OTHER);
    rows[2] = ISN_ROWS_LEFT + (left ? row_of(left) : 258);
    rows[3] = ISN_ROWS_RIGHT + (right ? row_of(right) : 258);
    rows[4] = ISN_ROWS_STYLE + style * 4 + (last == ISN_HEH ? 1u : last == ISN_YEH ? 2u : 0u);
}

/* A jussive without anything before it that asks for one. */
static bool is_stray(const isn_analysis *a, const isn_token *left)
{
    if (a->pos != ISN_POS_VERB || !(a->detail & ISN_V_JUSSIVE))
        return false;
    bool command = a->clitics & ISN_CL_LA && a->clitics & (ISN_CL_WA | ISN_CL_FA);
    bool denied = left && left->word && left->word->analyses[left->best].pos == ISN_POS_NEG;
    return !command && !denied;
}

/* The analysis that fits best; a stray jussive only where there is nothing else. */
static uint8_t choose(const isn_tagger *tagger, const isn_word_entry *entry,
                      const uint32_t rows[ISN_CONTEXT_ROWS], const isn_token *left)
{
    const int8_t *cells[ISN_CONTEXT_ROWS];
    for (size_t r = 0; r < ISN_CONTEXT_ROWS; r++)
        cells[r] = tagger->rows + (size_t)rows[r] * ISN_CLASSES;
    uint8_t best = 0;
    float most = 0;
    bool stray = true; /* so is the best so far */
    for (uint8_t a = 0; a < entry->live; a++) {
        bool now = is_stray(&entry->word.analyses[a], left);
        if (now && !stray)
            continue;
        uint8_t class_id = entry->classes[a];
        int sum = 0;
        for (size_t r = 0; r < ISN_CONTEXT_ROWS; r++)
            sum += cells[r][class_id];
        float score = entry->word.analyses[a].score + (float)sum * ISN_WEIGHT_UNIT;
        if (a == 0 || score > most || (stray && !now)) {
            best = a;
            most = score;
            stray = now;
        }
    }
    return best;
}

/* Sets `best` of every word, sentence by sentence. Without a model the best score by itself stays.
 */
void isn_tagger_choose(isn_text *text, const isn_tagger *tagger)
{
    if (!tagger->statics)
        return;
    unsigned style = style_of(text);
    for (size_t s = 0; s < text->n_sentences; s++) {
        const isn_sentence *sentence = &text->sentences[s];
        uint8_t before = ISN_CLASS_OTHER, before_last = ISN_CLASS_OTHER;
        for (uint32_t t = sentence->first; t < sentence->last; t++) {
            isn_token *token = &text->tokens[t];
            uint8_t now = top_of(token);
            if (token->word && entry_of(token)->live > 1) {
                uint32_t rows[ISN_CONTEXT_ROWS];
                isn_tagger_context(rows, token->word, t > sentence->first ? token - 1 : NULL,
                                   t + 1 < sentence->last ? token + 1 : NULL, before, before_last,
                                   style);
                token->best = choose(tagger, entry_of(token), rows, t > sentence->first ? token - 1 : NULL);
                now = entry_of(token)->classes[token->best];
            }
            before_last = before;
            before = now;
        }
    }
}

void isn_tagger_open(isn_tagger *tagger, const isn_lexicon *lexicon)
{
    *tagger = (isn_tagger){0};
    isn_str weights = isn_lexicon_blob(lexicon, ISN_BLOB_TAGGER),
            counts = isn_lexicon_blob(lexicon, ISN_BLOB_COUNTS);
    size_t slots = counts.n / 4;
    if (slots && (slots & (slots - 1)) == 0) {
        tagger->counts = (const unsigned char *)counts.p;
        tagger->counts_mask = slots - 1;
    }
    if (weights.n == ISN_STATICS + (size_t)ISN_ROWS * ISN_CLASSES) {
        tagger->statics = (const int8_t *)weights.p;
        tagger->rows = tagger->statics + ISN_STATICS;
    }
}
