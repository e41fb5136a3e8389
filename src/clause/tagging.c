/* tagging.c - the tagger's choice corrected by what stands beside the word, before units are cut. */
#include "clause/parts.h"

/* At the head of a sentence, behind a mark, or behind one conjunction ("kama", "haythu") that stands there. */
static bool starts_clause(const isn_text *text, uint32_t t)
{
    const isn_sentence *sentence = &text->sentences[text->tokens[t].sentence];
    if (t == sentence->first || text->tokens[t - 1].kind == ISN_TOKEN_PUNCT)
        return true;
    const isn_analysis *before = isn_token_best(&text->tokens[t - 1]);
    return before && before->pos == ISN_POS_CONJ && before->stem > 2 &&
           (t - 1 == sentence->first || text->tokens[t - 2].kind == ISN_TOKEN_PUNCT);
}

/* The first analysis of the wanted kind: a verb of the lexicon, or a noun; -1 if there is none. */
static int find_analysis(const isn_word *word, bool verb)
{
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *analysis = &word->analyses[a];
        bool is_verb = analysis->pos == ISN_POS_VERB;
        if (verb ? is_verb && analysis->verb >= 0 && (analysis->detail & ISN_V_THIRD)
                 : analysis->pos == ISN_POS_MASDAR || analysis->pos == ISN_POS_NOUN)
            return a;
    }
    return -1;
}

/* News tells of third persons: the same letters read so, if they can be. */
static int same_verb_in_third(const isn_word *word, const isn_analysis *best)
{
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *analysis = &word->analyses[a];
        if (analysis->pos == ISN_POS_VERB && analysis->verb >= 0 && (analysis->detail & ISN_V_THIRD) &&
            analysis->clitics == best->clitics && analysis->pronoun == best->pronoun)
            return a;
    }
    return -1;
}

static int find_dual_verb(const isn_word *word)
{
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *analysis = &word->analyses[a];
        if (analysis->pos == ISN_POS_VERB && analysis->verb >= 0 && !analysis->clitics &&
            (analysis->detail & ISN_V_DUAL) && (analysis->detail & ISN_V_TENSE) == ISN_V_PAST)
            return a;
    }
    return -1;
}

/* Do two parties stand before token t, joined by "and", with no other verb before them in the sentence? */
static bool names_two(const isn_clauses *clauses, uint32_t t)
{
    const isn_text *text = clauses->text;
    bool joined = false;
    for (uint32_t before = t; before > text->sentences[text->tokens[t].sentence].first;) {
        before--;
        const isn_analysis *best = isn_token_best(&text->tokens[before]);
        uint32_t m = clauses->mentions->at[before];
        if (best && best->pos == ISN_POS_VERB && m == ISN_NONE)
            return false;
        if (m != ISN_NONE && clauses->mentions->items[m].plural)
            joined = true;
        joined |= best && (best->clitics & ISN_CL_WA) && before + 12 > t;
    }
    return joined;
}

static bool is_function(const isn_clauses *clauses, uint32_t t, uint8_t pos, bool time_only)
{
    const isn_text *text = clauses->text;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == 1 && e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_FUNCTIONS)
                continue;
            const isn_function *f = &clauses->grammar->functions[match->entry[e].row];
            if (f->pos == pos && (!time_only || f->sub == ISN_SUB_PASSIVE))
                return true;
        }
    }
    return false;
}

static bool names_actor(const isn_clauses *clauses, uint32_t t)
{
    if (t >= clauses->text->n_tokens)
        return false;
    uint32_t m = clauses->mentions->at[t];
    return m != ISN_NONE && clauses->mentions->items[m].first == t &&
           clauses->mentions->items[m].begin == clauses->text->tokens[t].begin;
}

static int find_verb_of(const isn_word *word, uint8_t clitics, uint16_t tense)
{
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *analysis = &word->analyses[a];
        if (analysis->pos == ISN_POS_VERB && analysis->verb >= 0 && analysis->clitics == clitics &&
            !analysis->pronoun && (analysis->detail & ISN_V_THIRD) &&
            !(analysis->detail & ISN_V_PASSIVE_ONLY) &&
            (analysis->detail & ISN_V_TENSE) == tense)
            return a;
    }
    return -1;
}

static int find_past_verb(const isn_word *word, uint8_t clitics)
{
    return find_verb_of(word, clitics, ISN_V_PAST);
}

/*
 * Behind "qad" stands a verb; behind a name that opens its clause, with no verb before it, too: "the Union imposed
 * sanctions", not "the Union's imposing".
 */
static bool is_verb_place(const isn_clauses *clauses, uint32_t t)
{
    static const uint8_t qad[] = {ISN_QAF, ISN_DAL};
    const isn_text *text = clauses->text;
    const isn_token *before = &text->tokens[t - 1];
    if (before->word && before->word->n >= 2 && before->word->n <= 3 &&
        memcmp(before->word->key + before->word->n - 2, qad, 2) == 0)
        return true;
    uint32_t m = clauses->mentions->at[t - 1];
    if (m == ISN_NONE)
        return false;
    uint32_t from = text->sentences[text->tokens[t].sentence].first;
    for (uint32_t u = clauses->mentions->items[m].first; u > from;) {
        u--;
        const isn_analysis *best = isn_token_best(&text->tokens[u]);
        if (text->tokens[u].kind == ISN_TOKEN_PUNCT)
            return text->tokens[u].mark != ',' && text->tokens[u].mark != '-';
        if (best && (best->pos == ISN_POS_CONJ))
            return true;
        if (!best || best->pos == ISN_POS_VERB || best->pos == ISN_POS_PREP || best->pos == ISN_POS_MASDAR)
            return false;
    }
    return true;
}

/* The preposition "from, about" ('an). */
static bool is_an(const isn_text *text, uint32_t t)
{
    const isn_word *word = text->tokens[t].word;
    return word && word->n == 2 && word->key[0] == ISN_AIN && word->key[1] == ISN_NOON;
}

/*
 * A verbal noun with the letters of a verb ("promise", "expect", "answer") is the verb where it opens a sentence of the body before
 * somebody's name, and where "and" stands on it and "that" follows. Index of the analysis, or -1.
 */
static int verb_of_masdar(const isn_clauses *clauses, uint32_t t)
{
    const isn_text *text = clauses->text;
    const isn_analysis *best = isn_token_best(&text->tokens[t]);
    const isn_sentence *sentence = &text->sentences[text->tokens[t].sentence];
    if (best->clitics & (ISN_CL_AL | ISN_CL_BA | ISN_CL_LA | ISN_CL_KA) || best->pronoun)
        return -1;
    bool conj = (best->clitics & (ISN_CL_WA | ISN_CL_FA)) != 0;
    bool body = text->blocks[sentence->block].kind == ISN_BLOCK_BODY;
    if (t == sentence->first && body && names_actor(clauses, t + 1)) {
        uint8_t type = clauses->mentions->items[clauses->mentions->at[t + 1]].type;
        return type == ISN_PLACE || type == ISN_GROUP ? -1 : find_analysis(text->tokens[t].word, true);
    }
    if (conj && t + 1 < sentence->last) {
        const isn_analysis *next = isn_token_best(&text->tokens[t + 1]);
        if (next && next->pos == ISN_POS_CONJ && is_function(clauses, t + 1, ISN_POS_CONJ, false) &&
            text->tokens[t + 1].n <= 5)
            return find_analysis(text->tokens[t].word, true);
    }
    return -1;
}

/* An analysis of the wanted kind with the clitics of `like`: a verb in the third person of that tense, or a noun of act. */
static int find_like(const isn_word *word, const isn_analysis *like, bool verb, bool pronoun)
{
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *analysis = &word->analyses[a];
        if (analysis->clitics != like->clitics || (analysis->pronoun != 0) != pronoun)
            continue;
        if (verb ? analysis->pos == ISN_POS_VERB && analysis->verb >= 0 && (analysis->detail & ISN_V_THIRD) &&
                       (analysis->detail & ISN_V_TENSE) == ISN_V_PAST
                 : analysis->pos == ISN_POS_MASDAR || (analysis->pos == ISN_POS_NOUN && analysis->detail))
            return a;
    }
    return -1;
}

enum { SEEN_VERB = 1, SEEN_PAIR = 2, SEEN_CONJ = 4, SEEN_TAKES = 8 };

/* What stands before token t in its clause, a few words back: a finite verb, a dual in the nominative, an "and". */
static unsigned before_in_clause(const isn_clauses *clauses, uint32_t t)
{
    const isn_text *text = clauses->text;
    unsigned seen = 0;
    uint32_t from = text->sentences[text->tokens[t].sentence].first;
    for (uint32_t u = t, steps = 0; u > from && steps < 12; steps++) {
        u--;
        const isn_token *token = &text->tokens[u];
        const isn_analysis *best = isn_token_best(token);
        if (token->kind == ISN_TOKEN_PUNCT || (best && (best->pos == ISN_POS_CONJ || best->pos == ISN_POS_RELATIVE)))
            break;
        if (!best)
            continue;
        const isn_word *word = token->word;
        if (best->pos == ISN_POS_VERB) {
            bool acts = best->verb >= 0 && (size_t)best->verb < clauses->grammar->n_verbs &&
                        (clauses->grammar->verbs[best->verb] & ISN_VERB_TAKES_OBJECT) && !best->pronoun;
            seen |= acts ? SEEN_VERB | SEEN_TAKES : SEEN_VERB;
            break;
        }
        if (best->clitics & (ISN_CL_WA | ISN_CL_FA))
            seen |= SEEN_CONJ;
        if (word->n > 4 && word->key[word->n - 1] == ISN_NOON && word->key[word->n - 2] == ISN_ALEF &&
            (best->detail & ISN_N_DUAL))
            seen |= SEEN_PAIR;
    }
    return seen;
}

/*
 * A verb that two in front must have done is a noun in the accusative where there are not two ("issued a ruling"); a
 * past verb behind a definite phrase in the clause of another verb is its noun of act ("refused Baghdad's request").
 */
static int find_object_noun(const isn_clauses *clauses, uint32_t t, const isn_analysis *best)
{
    const isn_text *text = clauses->text;
    const isn_token *token = &text->tokens[t];
    bool past = (best->detail & ISN_V_TENSE) == ISN_V_PAST;
    bool she = (best->detail & ISN_V_TENSE) == ISN_V_PRESENT && (best->detail & ISN_V_FEMININE);
    if (!(past || she) || best->clitics || best->pronoun || t == text->sentences[token->sentence].first)
        return -1;
    unsigned seen = before_in_clause(clauses, t);
    bool dual = (best->detail & ISN_V_DUAL) && token->word->key[token->word->n - 1] == ISN_ALEF;
    if (dual && ((seen & SEEN_VERB) || !(seen & (SEEN_PAIR | SEEN_CONJ))))
        return find_like(token->word, best, false, false);
    const isn_analysis *before = isn_token_best(&text->tokens[t - 1]);
    bool closed = before && ((before->clitics & ISN_CL_AL) || before->pos == ISN_POS_PROPER);
    if (!dual && closed && (seen & (past ? SEEN_VERB : SEEN_TAKES))) /* ta'arrud: "denied their exposure", no "she exposes" */
        return find_like(token->word, best, false, false);
    return -1;
}

/* Verbs that were taken for nouns: letters that can't end a word so, pronouns before somebody's name, duals of two. */
static int find_hidden_verb(const isn_clauses *clauses, uint32_t t, const isn_analysis *best)
{
    const isn_text *text = clauses->text;
    const isn_token *token = &text->tokens[t];
    if (best->clitics & (ISN_CL_AL | ISN_CL_BA | ISN_CL_LA | ISN_CL_KA))
        return -1;
    uint8_t last = token->word->key[token->word->n - 1];
    bool open = best->pos == ISN_POS_MASDAR && !best->pronoun && token->word->letters[token->word->n - 1] == ISN_TEH &&
                (best->detail & ISN_N_CONSTRUCT) && !(best->detail & (ISN_N_DUAL | ISN_N_PLURAL));
    if (open) /* a feminine ending is written so before pronouns only */
        return find_like(token->word, best, true, false);
    if (t == text->sentences[token->sentence].first)
        return -1;
    const isn_analysis *before = isn_token_best(&text->tokens[t - 1]);
    if (best->pronoun && before && names_actor(clauses, t + 1) && clauses->mentions->at[t - 1] == ISN_NONE) {
        bool noun = (before->pos == ISN_POS_NOUN || before->pos == ISN_POS_MASDAR) && !before->pronoun &&
                    !(before->clitics & ISN_CL_AL);
        if (noun || before->pos == ISN_POS_RELATIVE)
            return find_like(token->word, best, true, true);
    }
    if (last == ISN_ALEF && best->pos == ISN_POS_MASDAR && !best->clitics && before && (before->clitics & ISN_CL_AL)) {
        unsigned seen = before_in_clause(clauses, t);
        if ((seen & SEEN_PAIR) && !(seen & SEEN_VERB))
            return find_dual_verb(token->word);
    }
    return -1;
}

/* "qad 'allaqa": behind that particle stands a verb; "ja'a rafdu ...": behind a verb that tells of acts no other verb does. */
static int by_verb_before(const isn_clauses *clauses, uint32_t t, const isn_analysis *best, const isn_analysis *before)
{
    const isn_text *text = clauses->text;
    const isn_word *word = text->tokens[t].word, *last = text->tokens[t - 1].word;
    const isn_grammar *grammar = clauses->grammar;
    if (best->pos != ISN_POS_VERB && last && last->n == 2 && last->key[0] == ISN_QAF && last->key[1] == ISN_DAL)
        return find_analysis(word, true);
    bool nominal = best->pos == ISN_POS_MASDAR || best->pos == ISN_POS_NOUN;
    if (nominal && best->pronoun && !best->clitics && before && before->pos == ISN_POS_RELATIVE && last && last->n >= 4)
        return find_analysis(word, true); /* "alladhi qatalahu": killed him, no "killing of him" */
    bool acts = before && before->pos == ISN_POS_VERB && before->verb >= 0 && (size_t)before->verb < grammar->n_verbs &&
                (grammar->verbs[before->verb] & ISN_VERB_OF_ACTS) && !before->pronoun;
    if (best->pos != ISN_POS_VERB || best->clitics || best->pronoun || !acts || (best->detail & ISN_V_TENSE) != ISN_V_PAST)
        return -1;
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *other = &word->analyses[a];
        if (other->pos == ISN_POS_MASDAR && other->verb >= 0 && other->skip == best->skip && !other->pronoun)
            return a;
    }
    return -1;
}

/*
 * Corrects the tagger where the neighbours leave no choice: after a preposition or "was done" stands a noun; what opens
 * a clause before somebody's name, and can be a verb of the lexicon, is a verb.
 */
void isn_tagging_correct(const isn_clauses *clauses, uint32_t t)
{
    const isn_text *text = clauses->text;
    isn_token *token = &text->tokens[t];
    const isn_analysis *best = isn_token_best(token);
    const isn_sentence *sentence = &text->sentences[token->sentence];
    if (!best || token->word->n_analyses < 2 || clauses->mentions->at[t] != ISN_NONE)
        return;
    if (best->pos == ISN_POS_VERB && !(best->detail & ISN_V_THIRD)) {
        int third = same_verb_in_third(token->word, best);
        if (third >= 0)
            token->best = (uint8_t)third;
        return;
    }
    bool first = t == sentence->first;
    const isn_analysis *before = first ? NULL : isn_token_best(&text->tokens[t - 1]);
    int other = -1;
    if (best->pos == ISN_POS_VERB) {
        bool noun_place = before && ((before->pos == ISN_POS_PREP && !before->pronoun) ||
                                     is_function(clauses, t - 1, ISN_POS_AUX, true));
        if (noun_place && !(best->clitics & (ISN_CL_SA | ISN_CL_LA)))
            other = find_analysis(token->word, false);
        if (other < 0)
            other = find_object_noun(clauses, t, best);
    } else if (best->pos == ISN_POS_MASDAR) {
        other = verb_of_masdar(clauses, t);
    } else if (best->pos == ISN_POS_NOUN || best->pos == ISN_POS_PREP || best->pos == ISN_POS_UNKNOWN ||
               best->pos == ISN_POS_ADJ || best->pos == ISN_POS_PROPER) {
        bool conj = (best->clitics & (ISN_CL_WA | ISN_CL_FA)) != 0;
        bool verb_place = (starts_clause(text, t) || conj) && names_actor(clauses, t + 1);
        if (best->pos == ISN_POS_PREP && t + 1 < sentence->last) { /* two prepositions: "expressed for", no "across for" */
            const isn_analysis *next = isn_token_best(&text->tokens[t + 1]);
            if (next && next->pos == ISN_POS_PREP && text->tokens[t].n >= 3 && text->tokens[t + 1].n >= 2 &&
                (next->pronoun || is_an(text, t + 1)))
                other = find_analysis(token->word, true);
        }
        if (best->pos == ISN_POS_PREP && verb_place) {
            uint32_t m = clauses->mentions->at[t + 1];
            verb_place = clauses->mentions->items[m].type == ISN_PERSON ||
                         clauses->mentions->items[m].type == ISN_ORGANIZATION;
        }
        if (verb_place && !(best->clitics & ISN_CL_AL))
            other = find_analysis(token->word, true);
    }
    isn_block_kind kind = text->blocks[sentence->block].kind;
    if (best->pos == ISN_POS_MASDAR && kind == ISN_BLOCK_BODY && !best->pronoun && starts_clause(text, t) &&
        names_actor(clauses, t + 1) && !(best->clitics & ~(unsigned)(ISN_CL_WA | ISN_CL_FA)))
        other = find_past_verb(token->word, best->clitics); /* a sentence of news opens with its verb */
    if (other < 0 && (best->pos == ISN_POS_MASDAR || best->pos == ISN_POS_NOUN))
        other = find_hidden_verb(clauses, t, best);
    if (other < 0 && best->pos != ISN_POS_VERB && !first) {
        if (clauses->mentions->at[t - 1] != ISN_NONE && names_two(clauses, t))
            other = find_dual_verb(token->word); /* "X and Y discussed" */
        if (other < 0 && !best->clitics && !best->pronoun && is_verb_place(clauses, t)) {
            other = find_past_verb(token->word, 0);
            if (other < 0 && best->pos != ISN_POS_ADJ && best->pos != ISN_POS_AUX)
                other = find_verb_of(token->word, 0, ISN_V_PRESENT); /* "the Council condemns" */
        }
    }
    if (other < 0 && !first)
        other = by_verb_before(clauses, t, best, before);
    if (other >= 0)
        token->best = (uint8_t)other;
}

