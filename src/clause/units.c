/* units.c - cutting sentences into units. */
#include "clause/parts.h"

#include "lexicon/schema.h"

/* The preposition "ila", with or without a conjunction on it. */
static bool is_ila(const isn_token *token)
{
    static const uint8_t ila[] = {ISN_ALEF, ISN_LAM, ISN_YEH};
    return token->word && token->word->n == 3 && memcmp(token->word->key, ila, 3) == 0;
}

/*
 * "bi-sha'n", "bi-haqq", "bi-qiyadat": prepositions whose b- is no clitic. Where the stem is the verbal noun of a verb
 * that does something to somebody ("bi-da'm"), the tagger's reading stands.
 */
static bool is_whole(const isn_clauses *clauses, const isn_match *match, const isn_function *f, const isn_analysis *best)
{
    const unsigned preps = ISN_CL_BA | ISN_CL_LA | ISN_CL_KA;
    const isn_token *token = &clauses->text->tokens[match->first];
    if (f->pos != ISN_POS_PREP || !best || !(best->clitics & ISN_CL_BA) ||
        (token->word->analyses[match->analysis].clitics & (preps | ISN_CL_AL)))
        return false;
    if (best->clitics & ISN_CL_AL || best->pronoun)
        return false;
    return f->sub == ISN_SUB_TOPIC || f->sub == ISN_SUB_CAUSE || f->sub == ISN_SUB_AGAINST || f->sub == ISN_SUB_PLACE || f->sub == ISN_SUB_SOURCE ||
           f->sub == ISN_SUB_TOGETHER || f->sub == ISN_SUB_ATTENDED || f->sub == ISN_SUB_BESIDE ||
           (f->sub == ISN_SUB_WITH && !(best->verb >= 0 && (size_t)best->verb < clauses->grammar->n_verbs &&
                                        (clauses->grammar->verbs[best->verb] & ISN_VERB_TAKES_OBJECT)));
}

static const isn_match *function_match(const isn_clauses *clauses, uint32_t token, uint32_t end,
                                       uint32_t *row)
{
    const isn_text *text = clauses->text;
    const isn_analysis *best = isn_token_best(&text->tokens[token]);
    for (uint32_t m = text->match_from[token]; m < text->match_from[token + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (token + match->n > end || match->with_al)
            continue;
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_FUNCTIONS)
                continue;
            const isn_function *f = &clauses->grammar->functions[match->entry[e].row];
            if (match->n > 1 && f->pos == ISN_POS_ADVERB && token + match->n < end &&
                text->tokens[token + match->n].kind == ISN_TOKEN_NUMBER)
                continue; /* "'ala nahw 150": on about 150, no manner */
            if (match->n == 2 && f->pos == ISN_POS_CONJ && is_ila(&text->tokens[token]))
                continue; /* "ila an": after a word of saying it is preposition and "that" */
            if (match->n == 1 && is_whole(clauses, match, f, best)) {
                *row = match->entry[e].row;
                return match;
            }
            if (match->n == 1 && match->analysis != text->tokens[token].best && best &&
                best->pos != ISN_POS_UNKNOWN && f->pos != ISN_POS_CONJ && f->pos != ISN_POS_RELATIVE)
                continue;
            if (match->n == 1 && f->pos == ISN_POS_CONJ && best && best->pos == ISN_POS_AUX)
                continue; /* kana, no ka'anna */
            bool verb = best && best->pos == ISN_POS_VERB;
            if (match->n == 1 && verb && f->pos != ISN_POS_AUX && f->pos != ISN_POS_NEG)
                continue;
            if (match->n == 1 && best && f->pos == ISN_POS_ADVERB && best->pos == ISN_POS_MASDAR)
                continue;
            *row = match->entry[e].row;
            return match;
        }
    }
    return NULL;
}

static uint8_t kind_of_function(uint8_t pos, uint8_t sub)
{
    switch (pos) {
    case ISN_POS_PREP:
        return ISN_UNIT_PREP;
    case ISN_POS_CONJ:
        return sub == ISN_SUB_THAT ? ISN_UNIT_THAT : ISN_UNIT_CONJ;
    case ISN_POS_NEG: /* "ma" of any tense is "what" in news more often than "not" */
        return sub == ISN_SUB_ANY ? ISN_UNIT_RELATIVE : ISN_UNIT_NEG;
    case ISN_POS_RELATIVE:
        return ISN_UNIT_RELATIVE;
    case ISN_POS_AUX:
        return ISN_UNIT_AUX;
    case ISN_POS_DEMONSTRATIVE:
        return ISN_UNIT_NOUN;
    case ISN_POS_PRONOUN:
        return ISN_UNIT_OTHER;
    default:
        return sub == ISN_SUB_QUANTITY ? ISN_UNIT_NOUN : ISN_UNIT_ADVERB;
    }
}

static uint8_t kind_of_mark(uint8_t mark)
{
    switch (mark) {
    case ',':
    case ';':
    case '-':
        return ISN_UNIT_COMMA;
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
        return ISN_UNIT_BRACKET;
    case ':':
        return ISN_UNIT_COLON;
    case '.':
    case '!':
    case '?':
        return ISN_UNIT_STOP;
    case '"':
    case '\'':
    case ISN_QUOTE_OPEN:
    case ISN_QUOTE_CLOSE:
        return ISN_UNIT_QUOTE;
    default:
        return ISN_UNIT_OTHER;
    }
}

void isn_unit_take(isn_unit *unit, const isn_grammar *grammar, const isn_analysis *analysis)
{
    unit->conj = (analysis->clitics & (ISN_CL_WA | ISN_CL_FA)) != 0;
    unit->definite = (analysis->clitics & ISN_CL_AL) != 0;
    unit->pronoun = analysis->pronoun;
    unit->pos = analysis->pos;
    unit->detail = analysis->detail;
    if (analysis->pos == ISN_POS_VERB)
        return;
    if (analysis->clitics & ISN_CL_BA)
        unit->prep = grammar->ba;
    else if (analysis->clitics & ISN_CL_LA)
        unit->prep = grammar->la;
    else if (analysis->clitics & ISN_CL_KA)
        unit->prep = grammar->ka;
}

/* Between two mentions of one entity only commas, brackets and quotation marks may stand. */
static bool only_marks(const isn_text *text, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++) {
        if (text->tokens[t].kind != ISN_TOKEN_PUNCT)
            return false;
    }
    return to - from <= 2;
}

/* The analysis of the first token that fits where the mention begins. */
static const isn_analysis *analysis_at(const isn_text *text, const isn_mention *mention)
{
    const isn_token *token = &text->tokens[mention->first];
    if (!token->word)
        return NULL;
    for (uint16_t a = 0; a < token->word->n_analyses; a++) {
        const isn_analysis *analysis = &token->word->analyses[a];
        if (isn_token_stem_begin(text, token, analysis, false) == mention->begin ||
            isn_token_stem_begin(text, token, analysis, true) == mention->begin)
            return analysis;
    }
    return isn_token_best(token);
}

static uint32_t take_mention(isn_unit *unit, const isn_clauses *clauses, uint32_t m, uint32_t end)
{
    const isn_mentions *mentions = clauses->mentions;
    const isn_mention *mention = &mentions->items[m];
    uint32_t entity = clauses->entities->of_mention[m];
    unit->kind = ISN_UNIT_MENTION;
    unit->mention = m;
    unit->entity = entity;
    unit->definite = 1;
    const isn_analysis *analysis = analysis_at(clauses->text, mention);
    if (analysis) {
        isn_unit_take(unit, clauses->grammar, analysis);
        unit->pos = ISN_POS_PROPER;
        unit->definite = !mention->generic;
    }
    uint32_t last = mention->last;
    for (uint32_t next = m + 1; next < mentions->n; next++) {
        const isn_mention *other = &mentions->items[next];
        if (other->first < last)
            continue; /* inside */
        if (other->first >= end || clauses->entities->of_mention[next] != entity ||
            !only_marks(clauses->text, last, other->first))
            break;
        const isn_analysis *glued = analysis_at(clauses->text, other);
        if (glued && (glued->clitics & ~(unsigned)ISN_CL_AL) != 0 &&
            isn_token_stem_begin(clauses->text, &clauses->text->tokens[other->first], glued, true) !=
                clauses->text->tokens[other->first].begin)
            break;
        last = other->last;
    }
    const isn_analysis *tail = isn_token_best(&clauses->text->tokens[last - 1]);
    unit->pronoun = tail && mention->form == ISN_FORM_ROLE ? tail->pronoun : 0;
    return last;
}

static const isn_date *date_at(const isn_clauses *clauses, uint32_t token, size_t *next)
{
    while (*next < clauses->dates->n && clauses->dates->items[*next].last <= token)
        ++*next;
    if (*next < clauses->dates->n && clauses->dates->items[*next].first <= token)
        return &clauses->dates->items[*next];
    return NULL;
}

/* Does a mention end just before token t, in the same sentence? */
static bool after_mention(const isn_clauses *clauses, uint32_t t)
{
    return t > 0 && clauses->mentions->at[t - 1] != ISN_NONE &&
           clauses->text->tokens[t - 1].sentence == clauses->text->tokens[t].sentence;
}

/* Has the word at token t a line of functions.tsv as a quantity too: "about"? */
static bool counts(const isn_clauses *clauses, uint32_t t)
{
    const isn_text *text = clauses->text;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; text->matches[m].n == 1 && e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table == ISN_T_FUNCTIONS && clauses->grammar->functions[entry->row].sub == ISN_SUB_QUANTITY)
                return true;
        }
    }
    return false;
}

/* A word that counts.tsv has as a number: "about a hundred". */
static bool begins_number(const isn_clauses *clauses, uint32_t t)
{
    const isn_text *text = clauses->text;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries && !text->matches[m].with_al; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table != ISN_T_COUNTS)
                continue;
            isn_str kind = isn_lexicon_cell(text->lexicon, ISN_T_COUNTS, entry->row, ISN_C_COUNTS_KIND);
            if (isn_str_equal(kind, ISN_STR("number")) || isn_str_equal(kind, ISN_STR("scale")))
                return true;
        }
    }
    return false;
}

/* Fills the unit that begins at token t; returns the token after it. */
static uint32_t take_unit(isn_unit *unit, const isn_clauses *clauses, uint32_t t, uint32_t end,
                          size_t *next_date)
{
    const isn_text *text = clauses->text;
    const isn_token *token = &text->tokens[t];
    *unit = (isn_unit){.kind = ISN_UNIT_OTHER, .first = t, .prep = ISN_NO_ROW,
                       .function = ISN_NO_ROW, .mention = ISN_NONE, .entity = ISN_NONE};
    uint32_t m = clauses->mentions->at[t];
    if (m != ISN_NONE && clauses->mentions->items[m].first == t)
        return take_mention(unit, clauses, m, end);
    const isn_date *date = date_at(clauses, t, next_date);
    if (date && m == ISN_NONE) {
        unit->kind = ISN_UNIT_DATE;
        const isn_analysis *best = isn_token_best(token);
        unit->conj = best && (best->clitics & (ISN_CL_WA | ISN_CL_FA));
        return date->last > t ? (date->last < end ? date->last : end) : t + 1;
    }
    if (token->kind == ISN_TOKEN_PUNCT) {
        unit->kind = kind_of_mark(token->mark);
        return t + 1;
    }
    if (token->kind != ISN_TOKEN_WORD) {
        unit->kind = token->kind == ISN_TOKEN_SYMBOL ? ISN_UNIT_OTHER : ISN_UNIT_NOUN;
        unit->pos = token->kind == ISN_TOKEN_NUMBER ? ISN_POS_NUMBER : ISN_POS_PROPER;
        return t + 1;
    }
    uint32_t row;
    const isn_match *match = function_match(clauses, t, end, &row);
    if (match) {
        const isn_function *f = &clauses->grammar->functions[row];
        isn_unit_take(unit, clauses->grammar, &token->word->analyses[match->analysis]);
        unit->kind = kind_of_function(f->pos, f->sub);
        const isn_analysis *chosen = isn_token_best(token);
        if (unit->kind == ISN_UNIT_AUX && match->n == 1 && chosen) {
            if (chosen->pos != ISN_POS_VERB && chosen->pos != ISN_POS_AUX)
                unit->kind = ISN_UNIT_NOUN; /* "the need for", "the possibility of" */
            else if (f->sub == ISN_SUB_PASSIVE && after_mention(clauses, t))
                unit->kind = ISN_UNIT_VERB; /* "X holds talks", not "talks are held" */
        }
        unit->pos = f->pos;
        unit->sub = f->sub;
        unit->function = row;
        unit->prep = f->pos == ISN_POS_PREP ? row : unit->prep;
        bool number = t + match->n < end && (text->tokens[t + match->n].kind == ISN_TOKEN_NUMBER ||
                                             begins_number(clauses, t + match->n));
        const isn_analysis *before = t ? isn_token_best(&text->tokens[t - 1]) : NULL;
        bool about = before && (before->pos == ISN_POS_PREP || counts(clauses, t));
        if (number && f->pos == ISN_POS_PREP && about &&
            !text->tokens[t].word->analyses[match->analysis].clitics) { /* "on about 150 ..." */
            unit->kind = ISN_UNIT_NOUN;
            unit->sub = ISN_SUB_QUANTITY;
            unit->prep = ISN_NO_ROW;
        }
        return t + match->n;
    }
    const isn_analysis *best = isn_token_best(token);
    isn_unit_take(unit, clauses->grammar, best);
    unit->kind = best->pos == ISN_POS_VERB ? ISN_UNIT_VERB : ISN_UNIT_NOUN;
    if (unit->kind == ISN_UNIT_NOUN && !unit->definite && !unit->pronoun && begins_number(clauses, t))
        unit->pos = ISN_POS_NUMBER; /* in words */
    return t + 1;
}

/* --- making them ------------------------------------------------------------------------------------------------ */

/* Notes which units begin the subject and objects of the verb at `verb`. */
static void hold(isn_clauses *clauses, uint32_t verb)
{
    const isn_slots *slots = clauses->slots[verb];
    const uint32_t begins[] = {slots->subj.unit, slots->obj.unit, slots->obj2.unit};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (begins[i] != ISN_NONE)
            clauses->holder[begins[i]] = verb;
    }
}

bool isn_clauses_make(isn_clauses *out, const isn_grammar *grammar, const isn_text *text,
                      const isn_mentions *mentions, const isn_entities *entities,
                      const isn_dates *dates)
{
    *out = (isn_clauses){.grammar = grammar, .text = text, .mentions = mentions,
                         .entities = entities, .dates = dates};
    out->unit_of = isn_arena_alloc(text->arena, (text->n_tokens + 1) * sizeof *out->unit_of);
    out->sentence_from =
        isn_arena_calloc(text->arena, text->n_sentences + 1, sizeof *out->sentence_from);
    if (!out->unit_of || !out->sentence_from)
        return false;
    struct {
        isn_unit *items;
        size_t n, capacity;
    } list = {0};
    size_t next_date = 0;
    for (uint32_t t = 0; t < text->n_tokens; t++)
        isn_tagging_correct(out, t);
    for (size_t s = 0; s < text->n_sentences; s++) {
        uint32_t end = text->sentences[s].last;
        for (uint32_t t = text->sentences[s].first; t < end;) {
            isn_unit *unit = ISN_PUSH(text->arena, &list);
            if (!unit)
                return false;
            out->units = list.items;
            out->n = list.n;
            uint32_t last = take_unit(unit, out, t, end, &next_date);
            unit->last = last;
            for (; t < last; t++)
                out->unit_of[t] = (uint32_t)(out->n - 1);
        }
        out->sentence_from[s + 1] = (uint32_t)out->n;
    }
    isn_units_mend(out);
    out->slots = isn_arena_calloc(text->arena, out->n + 1, sizeof(isn_slots *));
    out->holder = isn_arena_alloc(text->arena, (out->n + 1) * sizeof *out->holder);
    if (!out->holder)
        return false;
    for (size_t u = 0; u < out->n; u++)
        out->holder[u] = ISN_NONE;
    for (uint32_t u = 0; out->slots && u < out->n; u++) {
        if (out->units[u].kind != ISN_UNIT_VERB)
            continue;
        out->slots[u] = isn_arena_alloc(text->arena, sizeof(isn_slots));
        if (!out->slots[u])
            return false;
        isn_slots_of_verb(out->slots[u], out, u);
        hold(out, u);
    }
    return out->slots != NULL;
}

uint32_t isn_sentence_of_unit(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->text->tokens[clauses->units[unit].first].sentence;
}
