/*
 * analysis.c - the ways to read one spelling: proclitics, stem, pronoun.
 *
 * All cuts that the grammar of clitics allows are tried: (question) (w f) (s | b k l) (al) stem
 * (pronoun), with what writing hides: l + al is ll-, ta marbuta is open and alef maksura an alef
 * before a pronoun, a final hamza takes a seat there. Each cut gets the readings that the lexicon
 * has for its stem, and guesses for what it doesn't know.
 */
#include "lexicon/schema.h"
#include "text/parts.h"

#define CANDIDATES_MOST 160
#define PREFIXES_MOST 24

/* Kinds of evidence for a stem (isn_evidence.source). */
enum { GUESS, FUNCTION, VERBAL, DERIVED, COMMON, NAME, DEMONYM, LEXICAL };

typedef struct prefix {
    uint8_t skip, al_only, clitics;

} prefix;

typedef struct suffix {
    uint8_t n, pronoun;
    uint8_t letters[3];
} suffix;

static const suffix suffixes[] = {
    {1, ISN_PRONOUN(3, 1, 0), {ISN_HEH}},
    {2, ISN_PRONOUN(3, 1, 1), {ISN_HEH, ISN_ALEF}},
    {3, ISN_PRONOUN(3, 2, 0), {ISN_HEH, ISN_MEEM, ISN_ALEF}},
    {2, ISN_PRONOUN(3, 3, 0), {ISN_HEH, ISN_MEEM}},
    {2, ISN_PRONOUN(3, 3, 1), {ISN_HEH, ISN_NOON}},
    {1, ISN_PRONOUN(2, 1, 0), {ISN_KAF}},
    {3, ISN_PRONOUN(2, 2, 0), {ISN_KAF, ISN_MEEM, ISN_ALEF}},
    {2, ISN_PRONOUN(2, 3, 0), {ISN_KAF, ISN_MEEM}},
    {2, ISN_PRONOUN(2, 3, 1), {ISN_KAF, ISN_NOON}},
    {2, ISN_PRONOUN(1, 1, 0), {ISN_NOON, ISN_YEH}},
    {1, ISN_PRONOUN(1, 1, 0), {ISN_YEH}},
    {2, ISN_PRONOUN(1, 3, 0), {ISN_NOON, ISN_ALEF}},
};

typedef struct builder {
    const isn_lexicon *lexicon;
    const isn_tagger *tagger;
    const uint8_t *letters;
    uint8_t key[ISN_WORD_MOST];
    size_t n;
    size_t count;
    isn_analysis list[CANDIDATES_MOST];
    isn_evidence evidence[CANDIDATES_MOST];
} builder;

/* One cut that is being read. */
typedef struct cut {
    prefix before;
    const suffix *after; /* NULL without a pronoun */
    uint8_t stem;
    bool unsplit_al; /* the stem itself begins with alef, lam */
    bool function;   /* a function word, spelled just so */
} cut;

static bool is_nominal(uint8_t pos)
{
    return pos == ISN_POS_NOUN || pos == ISN_POS_ADJ || pos == ISN_POS_PROPER ||
           pos == ISN_POS_MASDAR || pos == ISN_POS_ACTIVE || pos == ISN_POS_PASSIVE;
}

static bool same_reading(const isn_analysis *a, const isn_analysis *b)
{
    return a->skip == b->skip && a->stem == b->stem && a->clitics == b->clitics &&
           a->pronoun == b->pronoun && a->pos == b->pos && a->verb == b->verb &&
           (a->detail & ISN_V_TENSE) == (b->detail & ISN_V_TENSE);
}

/* Adds a reading; of two that differ only in person or spelling the better one stays. */
static void add(builder *b, const isn_analysis *reading, isn_evidence evidence)
{
    for (size_t i = 0; i < b->count; i++) {
        if (!same_reading(&b->list[i], reading))
            continue;
        isn_evidence *old = &b->evidence[i];
        bool third = (reading->detail & ISN_V_THIRD) > (b->list[i].detail & ISN_V_THIRD);
        bool closer = old->exact == 2 && evidence.exact != 2;
        if (old->source == GUESS || closer || (third && old->exact == evidence.exact)) {
            b->list[i] = *reading;
            *old = evidence;
        }
        return;
    }
    if (b->count == CANDIDATES_MOST)
        return;
    b->list[b->count] = *reading;
    b->evidence[b->count++] = evidence;
}

/* --- what the lexicon says ------------------------------------------------------------------- */

static uint8_t function_pos(const isn_lexicon *lexicon, uint32_t row)
{
    static const struct {
        const char *name;
        uint8_t pos;
    } names[] = {
        {"prep", ISN_POS_PREP},     {"conj", ISN_POS_CONJ},    {"neg", ISN_POS_NEG},
        {"part", ISN_POS_PARTICLE}, {"pron", ISN_POS_PRONOUN}, {"dem", ISN_POS_DEMONSTRATIVE},
        {"rel", ISN_POS_RELATIVE},  {"adv", ISN_POS_ADVERB},   {"aux", ISN_POS_AUX}};
    isn_str cell = isn_lexicon_cell(lexicon, ISN_T_FUNCTIONS, row, ISN_C_FUNCTIONS_POS);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (isn_str_equal(cell, isn_str_cstr(names[i].name)))
            return names[i].pos;
    }
    return ISN_POS_PARTICLE;
}

static uint8_t frame_pos(const isn_lexicon *lexicon, const isn_entry *entry)
{
    isn_str cell =
        isn_lexicon_cell(lexicon, entry->table, entry->row,
                         entry->table == ISN_T_FRAMES ? ISN_C_FRAMES_POS : ISN_C_CUES_POS);
    if (isn_str_equal(cell, ISN_STR("a")))
        return ISN_POS_ADJ;
    return ISN_POS_NOUN;
}

/* Part of speech of an entry and the kind of its evidence; ISN_POS_UNKNOWN for what tells nothing.
 */
static uint8_t entry_pos(uint8_t *source, const isn_lexicon *lexicon, const isn_entry *entry)
{
    static const uint8_t verbal[] = {[ISN_F_VERB] = ISN_POS_VERB,
                                     [ISN_F_MASDAR] = ISN_POS_MASDAR,
                                     [ISN_F_ACTIVE] = ISN_POS_ACTIVE,
                                     [ISN_F_PASSIVE] = ISN_POS_PASSIVE};
    if (entry->form >= ISN_F_VERB && entry->form <= ISN_F_PASSIVE) {
        *source = entry->form == ISN_F_VERB ? VERBAL : DERIVED;
        return verbal[entry->form];
    }
    if (entry->form == ISN_F_DEMONYM) {
        *source = DEMONYM;
        return ISN_POS_ADJ;
    }
    *source = COMMON;
    switch (entry->table) {
    case ISN_T_FUNCTIONS:
        *source = FUNCTION;
        return function_pos(lexicon, entry->row);
    case ISN_T_COUNTRIES:
    case ISN_T_PLACES:
    case ISN_T_PEOPLE:
    case ISN_T_ORGANIZATIONS:
    case ISN_T_OUTLETS:
    case ISN_T_NAMES:
    case ISN_T_AGENCIES:
        *source = NAME;
        return ISN_POS_PROPER;
    case ISN_T_CALENDAR:
        return isn_str_equal(
                   isn_lexicon_cell(lexicon, ISN_T_CALENDAR, entry->row, ISN_C_CALENDAR_KIND),
                   ISN_STR("number"))
                   ? ISN_POS_NUMBER
                   : ISN_POS_NOUN;
    case ISN_T_OFFICES:
    case ISN_T_PORTFOLIOS:
    case ISN_T_ORGHEADS:
    case ISN_T_PLACEHEADS:
    case ISN_T_GROUPS:
    case ISN_T_TITLES:
    case ISN_T_CLASSES:
    case ISN_T_CONTEXTS:
        return ISN_POS_NOUN;
    case ISN_T_FRAMES:
    case ISN_T_CUES:
        *source = LEXICAL;
        return frame_pos(lexicon, entry);
    default:
        return ISN_POS_UNKNOWN;
    }
}

/* May a stem of this part of speech carry these clitics? */
static bool clitics_fit(const cut *c, uint8_t pos, uint16_t detail, uint8_t restored)
{
    uint8_t clitics = c->before.clitics;
    bool preposition = clitics & (ISN_CL_BA | ISN_CL_KA | ISN_CL_LA);
    if (clitics & ISN_CL_QUESTION)
        return (pos == ISN_POS_NEG || pos == ISN_POS_PRONOUN || pos == ISN_POS_AUX ||
                pos == ISN_POS_PARTICLE) &&
               !c->after;
    if (clitics & ISN_CL_SA)
        return pos == ISN_POS_VERB && (detail & ISN_V_TENSE) != ISN_V_PAST && restored != 1;
    if (clitics & ISN_CL_AL)
        return (is_nominal(pos) || pos == ISN_POS_NUMBER) && !c->after;
    if (restored == 1 && !is_nominal(pos))
        return false;
    if (pos == ISN_POS_VERB || pos == ISN_POS_AUX)
        return !(clitics & (ISN_CL_BA | ISN_CL_KA)) &&
               !((clitics & ISN_CL_LA) &&
                 (pos == ISN_POS_AUX || (detail & ISN_V_TENSE) == ISN_V_PAST));
    if (pos == ISN_POS_PROPER)
        return !c->after;
    if (is_nominal(pos))
        return true;
    if (pos == ISN_POS_PREP || pos == ISN_POS_NEG)
        return !preposition && (!c->after || pos == ISN_POS_PREP);
    if (c->after)
        return pos == ISN_POS_PARTICLE || pos == ISN_POS_ADVERB || pos == ISN_POS_CONJ;
    return true;
}

/* Readings that the entries of a phrase state give the cut. `exact` is the hash of the letters as
 * written, 0 if they aren't all there; `frame` holds what all readings share, with their states. */
static void read_entries(builder *b, cut *c, uint32_t state, uint32_t exact, uint8_t restored,
                         const isn_analysis *frame)
{
    size_t n;
    const isn_entry *entries = isn_lexicon_entries(b->lexicon, state, &n);
    for (size_t i = 0; i < n; i++) {
        isn_evidence evidence = {.restored = restored};
        isn_analysis reading = *frame;
        reading.pos = entry_pos(&evidence.source, b->lexicon, &entries[i]);
        reading.detail = entries[i].detail;
        if (reading.pos == ISN_POS_UNKNOWN ||
            !clitics_fit(c, reading.pos, reading.detail, restored))
            continue;
        if (entries[i].exact && exact)
            evidence.exact = entries[i].exact == exact ? 1 : 2;
        bool verbal = evidence.source == VERBAL || evidence.source == DERIVED;
        if (c->unsplit_al && evidence.source != FUNCTION && !verbal && evidence.exact != 2)
            continue;
        if (verbal && entries[i].table == ISN_T_VERBS)
            reading.verb = (int32_t)entries[i].row;
        c->function = c->function || (evidence.source == FUNCTION && evidence.exact != 2);
        add(b, &reading, evidence);
    }
}

/* Readings of the stem's key (with restored last letter) that the lexicon has; returns the key's
 * phrase state. */
static uint32_t read_lexicon(builder *b, cut *c, const uint8_t *key, uint8_t restored,
                             const isn_analysis *frame)
{
    uint32_t id = isn_lexicon_word(b->lexicon, key, c->stem);
    isn_analysis stated = *frame;
    stated.state = id ? isn_lexicon_step(b->lexicon, 0, id) : 0;
    if (stated.state) {
        uint32_t exact = restored ? 0 : isn_lexicon_exact(b->letters + c->before.skip, c->stem);
        read_entries(b, c, stated.state, exact, restored, &stated);
    }
    return stated.state;
}

/* --- guesses --------------------------------------------------------------------------------- */

static bool begins_imperfect(uint8_t c)
{
    return c == ISN_YEH || c == ISN_TEH || c == ISN_NOON || c == ISN_ALEF_HAMZA_ABOVE;
}

static void guess(builder *b, const cut *c, const isn_analysis *frame, uint8_t pos, uint16_t detail,
                  uint8_t restored)
{
    if (!clitics_fit(c, pos, detail, restored))
        return;
    isn_analysis reading = *frame;
    reading.pos = pos;
    reading.detail = detail;
    add(b, &reading, (isn_evidence){.source = GUESS, .restored = restored});
}

/* Readings of a stem that the lexicon doesn't have, or has as something else. `closed` is the frame
 * of a noun whose ta marbuta is open before a pronoun. */
static void read_guesses(builder *b, const cut *c, const isn_analysis *frame,
                         const isn_analysis *closed)
{
    const uint8_t *stem = b->letters + c->before.skip;
    uint8_t last = stem[c->stem - 1], clitics = c->before.clitics;
    if ((clitics & ISN_CL_QUESTION) || (c->stem < 2 && b->n > 1) || (c->function && c->stem <= 3))
        return;
    if (c->after && (last == ISN_TEH_MARBUTA || last == ISN_ALEF_MAKSURA || last == ISN_HAMZA))
        return;
    /* Alef, lam, ta can be a verb of the eighth form; any other alef and lam is the article. */
    static const uint8_t allah[] = {ISN_ALEF, ISN_LAM, ISN_LAM, ISN_HEH};
    if (c->stem == 4 && memcmp(stem, allah, 4) == 0)
        guess(b, c, frame, ISN_POS_PROPER, 0, 0);
    bool free = !c->unsplit_al || (c->stem > 4 && stem[2] == ISN_TEH);
    if (free) {
        uint8_t restored = c->after && last == ISN_TEH ? 1 : 0;
        guess(b, c, closed, ISN_POS_NOUN, 0, restored);
        guess(b, c, closed, ISN_POS_ADJ, 0, restored);
        guess(b, c, frame, ISN_POS_PROPER, 0, 0);
    }
    bool imperfect = begins_imperfect(stem[0]) && c->stem > 2;
    if (!free || last == ISN_TEH_MARBUTA || ((clitics & (ISN_CL_SA | ISN_CL_LA)) && !imperfect))
        return;
    bool present = stem[0] == ISN_YEH || (clitics & (ISN_CL_SA | ISN_CL_LA));
    guess(b, c, frame, ISN_POS_VERB, present && imperfect ? ISN_V_PRESENT | ISN_V_THIRD : 0, 0);
}

/* --- cuts ------------------------------------------------------------------------------------ */

/* Phrase state of the stem with its article in front. */
static uint32_t state_with_al(const builder *b, const prefix *p, size_t stem)
{
    uint8_t key[ISN_WORD_MOST + 2] = {ISN_ALEF, ISN_LAM};
    memcpy(key + 2, b->key + p->skip, stem);
    uint32_t id = isn_lexicon_word(b->lexicon, key, stem + 2);
    return id ? isn_lexicon_step(b->lexicon, 0, id) : 0;
}

static void read_cut(builder *b, const prefix *before, const suffix *after)
{
    size_t taken = (size_t)before->skip + (after ? after->n : 0);
    if (taken >= b->n)
        return;
    size_t stem = b->n - taken;
    const uint8_t *letters = b->letters + before->skip;
    /* al + lh is the name of God, one stem. */
    if (stem == 2 && before->skip - before->al_only == 2 && letters[0] == ISN_LAM &&
        letters[1] == ISN_HEH)
        return;
    cut c = {.before = *before, .after = after, .stem = (uint8_t)stem};
    c.unsplit_al = !(before->clitics & ISN_CL_AL) && stem > 3 && letters[0] == ISN_ALEF &&
                   letters[1] == ISN_LAM;
    isn_analysis frame = {.skip = before->skip,
                          .stem = (uint8_t)stem,
                          .clitics = before->clitics,
                          .pronoun = after ? after->pronoun : 0,
                          .al_only = before->al_only,
                          .verb = -1};
    uint8_t key[ISN_WORD_MOST];
    memcpy(key, b->key + before->skip, stem);
    if (before->clitics & ISN_CL_AL)
        frame.state_al = state_with_al(b, before, stem);
    frame.state = read_lexicon(b, &c, key, 0, &frame);
    if (frame.state_al)
        read_entries(b, &c, frame.state_al, 0, 0, &frame);
    isn_analysis closed = frame;
    if (after && stem > 1) {
        uint8_t last = letters[stem - 1];
        uint8_t restored = last == ISN_TEH                                  ? 1
                           : last == ISN_ALEF                               ? 2
                           : last == ISN_WAW_HAMZA || last == ISN_YEH_HAMZA ? 3
                                                                            : 0;
        static const uint8_t ends[] = {0, ISN_HEH, ISN_YEH, ISN_HAMZA};
        key[stem - 1] = ends[restored];
        uint32_t state = restored ? read_lexicon(b, &c, key, restored, &frame) : 0;
        closed.state = state ? state : frame.state;
        if (restored != 1)
            frame.state = closed.state;
    }
    read_guesses(b, &c, &frame, &closed);
}

/* Is the rest of the word from `skip` on a country's or place's own name? */
static bool names_place(const builder *b, uint8_t skip)
{
    uint32_t id = isn_lexicon_word(b->lexicon, b->key + skip, b->n - skip);
    uint32_t state = id ? isn_lexicon_step(b->lexicon, 0, id) : 0;
    size_t n = 0;
    const isn_entry *entries = state ? isn_lexicon_entries(b->lexicon, state, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (entries[i].table == ISN_T_PLACES ||
            (entries[i].table == ISN_T_COUNTRIES && entries[i].form != ISN_F_DEMONYM))
            return true;
    }
    return false;
}

/* The article, and what may stand before it. Appends to list, returns the new number. */
static size_t add_prefix(prefix *list, size_t n, const builder *b, uint8_t skip, uint8_t clitics)
{
    const uint8_t *p = b->letters + skip;
    size_t left = b->n - skip;
    list[n++] = (prefix){skip, skip, clitics};
    if (clitics & (ISN_CL_SA | ISN_CL_QUESTION))
        return n;
    if (!(clitics & ISN_CL_LA)) {
        if (left > 3 && p[0] == ISN_ALEF && p[1] == ISN_LAM)
            list[n++] = (prefix){(uint8_t)(skip + 2), skip, clitics | ISN_CL_AL};
        return n;
    }
    /* l + al: ll-, or one lam before a stem that begins with lam itself. */
    if (left > 2 && p[0] == ISN_LAM && !names_place(b, skip)) { /* but "li-Lubnan" */
        list[n++] = (prefix){(uint8_t)(skip + 1), (uint8_t)(skip + 1), clitics | ISN_CL_AL};
        list[n++] = (prefix){skip, skip, clitics | ISN_CL_AL};
    }
    return n;
}

static size_t make_prefixes(prefix list[PREFIXES_MOST], const builder *b)
{
    static const struct {
        uint8_t letter, clitic;
    } inner[] = {
        {ISN_BEH, ISN_CL_BA}, {ISN_KAF, ISN_CL_KA}, {ISN_LAM, ISN_CL_LA}, {ISN_SEEN, ISN_CL_SA}};
    const uint8_t *p = b->letters;
    uint8_t starts[4], clitics[4];
    size_t n_starts = 1, n = 0;
    starts[0] = clitics[0] = 0;
    if (b->n > 1 && (p[0] == ISN_WAW || p[0] == ISN_FEH)) {
        starts[n_starts] = 1;
        clitics[n_starts++] = p[0] == ISN_WAW ? ISN_CL_WA : ISN_CL_FA;
    }
    for (size_t s = 0; s < n_starts; s++) {
        uint8_t skip = starts[s];
        size_t left = b->n - skip;
        n = add_prefix(list, n, b, skip, clitics[s]);
        for (size_t i = 0; i < sizeof inner / sizeof *inner && left > 1; i++) {
            if (p[skip] != inner[i].letter ||
                (inner[i].clitic == ISN_CL_SA && (left < 4 || !begins_imperfect(p[skip + 1]))))
                continue;
            n = add_prefix(list, n, b, (uint8_t)(skip + 1), clitics[s] | inner[i].clitic);
        }
    }
    if (b->n > 2 && p[0] == ISN_ALEF_HAMZA_ABOVE) {
        bool more = b->n > 3 && (p[1] == ISN_WAW || p[1] == ISN_FEH);
        list[n++] = (prefix){1, 1, ISN_CL_QUESTION};
        if (more)
            list[n++] = (prefix){2, 2, ISN_CL_QUESTION | (p[1] == ISN_WAW ? ISN_CL_WA : ISN_CL_FA)};
    }
    return n;
}

static bool ends_with(const builder *b, const suffix *s)
{
    return b->n > s->n && memcmp(b->letters + b->n - s->n, s->letters, s->n) == 0;
}

/* The pronoun -i goes on nouns, prepositions, particles; -ni on verbs and particles: undoes what
 * can't be. */
static void drop_impossible(builder *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        const isn_analysis *a = &b->list[i];
        bool first = a->pronoun == ISN_PRONOUN(1, 1, 0);
        bool ni = first && (size_t)a->skip + a->stem + 2 == b->n;
        bool takes_ni = a->pos == ISN_POS_VERB || a->pos == ISN_POS_PARTICLE ||
                        a->pos == ISN_POS_CONJ || a->pos == ISN_POS_PREP || a->pos == ISN_POS_AUX;
        if (first && (ni ? !takes_ni : a->pos == ISN_POS_VERB))
            continue;
        b->list[kept] = b->list[i];
        b->evidence[kept++] = b->evidence[i];
    }
    b->count = kept;
}

/* --- scores ---------------------------------------------------------------------------------- */

/* Without a model: the lexicon is believed, clitics cost, the article hardly. */
static float plain_score(const isn_analysis *a, const isn_evidence *e, const uint8_t *letters)
{
    static const float sources[] = {0, 5, 3, 3, 3, 2.5f, 3, 3};
    float score = sources[e->source] + (e->exact == 1 ? 1.0f : e->exact == 2 ? -2.0f : 0.0f);
    score -= e->restored && e->source ? 0.2f : 0;
    if (a->clitics & (ISN_CL_WA | ISN_CL_FA))
        score -= a->clitics & ISN_CL_FA ? 1.0f : 0.3f;
    if (a->clitics & ISN_CL_AL)
        score += 1.5f;
    if (a->clitics & (ISN_CL_BA | ISN_CL_LA))
        score -= e->source || (a->clitics & ISN_CL_AL) ? 0.6f : 1.8f;
    if (a->clitics & ISN_CL_KA)
        score -= e->source || (a->clitics & ISN_CL_AL) ? 1.5f : 3.0f;
    if (a->clitics & ISN_CL_SA)
        score -= 0.2f;
    if (a->clitics & ISN_CL_QUESTION)
        score -= ISN_QUESTION_COST;
    if (a->pronoun)
        score -= a->pronoun / 8 == 3 ? 0.8f : 2.2f;
    if (a->stem < 3 && e->source != FUNCTION)
        score -= 3;
    static const float guesses[ISN_POS_COUNT] = {[ISN_POS_NOUN] = 0,
                                                 [ISN_POS_ADJ] = -0.6f,
                                                 [ISN_POS_PROPER] = -0.8f,
                                                 [ISN_POS_VERB] = -0.7f};
    if (!e->source) {
        score += guesses[a->pos];
        uint8_t first = letters[a->skip];
        if (a->pos == ISN_POS_VERB && first == ISN_YEH)
            score += 1.5f;
        if (a->pos == ISN_POS_VERB && letters[a->skip + a->stem - 1] == ISN_TEH)
            score += 0.3f;
    }
    return score;
}

/* News tells of third persons: of readings of one verb the others come after. The model knows nothing of persons. */
static float person_cost(const isn_analysis *a)
{
    if (a->pos != ISN_POS_VERB || !a->detail || (a->detail & ISN_V_THIRD))
        return a->detail & ISN_V_PASSIVE_ONLY && a->pos == ISN_POS_VERB ? 0.1f : 0;
    return a->detail & ISN_V_FIRST ? 0.3f : 0.5f;
}

static void score_all(builder *b)
{
    isn_facts facts;
    isn_facts_begin(&facts, b->tagger, b->letters, b->n);
    for (size_t i = 0; i < b->count; i++) {
        isn_analysis *a = &b->list[i];
        if (!b->tagger->statics) {
            a->score = plain_score(a, &b->evidence[i], b->letters);
            continue;
        }
        uint32_t features[ISN_FEATURES_MOST];
        size_t n =
            isn_tagger_features(features, &facts, b->tagger, b->letters, b->n, a, &b->evidence[i]);
        int32_t sum = 0;
        for (size_t f = 0; f < n; f++)
            sum += b->tagger->statics[features[f]];
        a->score = (float)sum * ISN_WEIGHT_UNIT;
        if (a->clitics & ISN_CL_QUESTION)
            a->score -= ISN_QUESTION_COST;
        a->score -= person_cost(a);
    }
}

/* Selects the best readings, best first; equal scores keep their order. */
static size_t select_best(isn_analysis *out, isn_evidence *evidence, builder *b)
{
    size_t n = 0;
    isn_evidence beside[ISN_ANALYSES_MOST];
    for (size_t i = 0; i < b->count; i++) {
        float score = b->list[i].score;
        size_t at = n;
        while (at > 0 && out[at - 1].score < score)
            at--;
        if (at == ISN_ANALYSES_MOST)
            continue;
        size_t moved = (n < ISN_ANALYSES_MOST ? n : ISN_ANALYSES_MOST - 1) - at;
        memmove(out + at + 1, out + at, moved * sizeof *out);
        memmove(beside + at + 1, beside + at, moved * sizeof *beside);
        out[at] = b->list[i];
        beside[at] = b->evidence[i];
        n += n < ISN_ANALYSES_MOST;
    }
    if (evidence)
        memcpy(evidence, beside, n * sizeof *beside);
    return n;
}

size_t isn_analysis_make(isn_analysis out[ISN_ANALYSES_MOST],
                         isn_evidence evidence[ISN_ANALYSES_MOST], const isn_lexicon *lexicon,
                         const isn_tagger *tagger, const uint8_t *letters, size_t n)
{
    builder b;
    b.lexicon = lexicon;
    b.tagger = tagger;
    b.letters = letters;
    b.n = n;
    b.count = 0;
    for (size_t i = 0; i < n; i++)
        b.key[i] = isn_fold(letters[i]);
    prefix prefixes[PREFIXES_MOST];
    size_t n_prefixes = make_prefixes(prefixes, &b);
    for (size_t p = 0; p < n_prefixes; p++) {
        read_cut(&b, &prefixes[p], NULL);
        for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++) {
            if (ends_with(&b, &suffixes[s]))
                read_cut(&b, &prefixes[p], &suffixes[s]);
        }
    }
    drop_impossible(&b);
    if (!b.count) {
        b.list[0] = (isn_analysis){.stem = (uint8_t)n, .pos = ISN_POS_NOUN, .verb = -1};
        b.evidence[0] = (isn_evidence){0};
        b.count = 1;
    }
    score_all(&b);
    return select_best(out, evidence, &b);
}
