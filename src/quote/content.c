/* content.c - what a word of saying brings in, and where it ends. */
#include "quote/parts.h"

#define FARTHEST 60 /* units between the word of saying and "that" */

uint32_t isn_first_token(const isn_clauses *clauses, uint32_t unit)
{
    return unit < clauses->n ? clauses->units[unit].first : (uint32_t)clauses->text->n_tokens;
}

static uint32_t sentence_end(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
}

static bool is_that_word(const isn_text *text, uint32_t token)
{
    const isn_word *word = text->tokens[token].word;
    if (!word)
        return false;
    uint32_t at = 0;
    if (at + 2 < word->n && (word->key[at] == ISN_WAW || word->key[at] == ISN_FEH))
        at++;
    if (at + 2 < word->n && word->key[at] == ISN_BEH)
        at++;
    return at + 1 < word->n && word->n <= at + 5 && word->key[at] == ISN_ALEF &&
           word->key[at + 1] == ISN_NOON;
}

/* "that" itself (an, inna, bi-anna, with and without pronoun), not "whether" or "as if". */
static bool is_that(const isn_clauses *clauses, uint32_t unit)
{
    return clauses->units[unit].kind == ISN_UNIT_THAT &&
           is_that_word(clauses->text, clauses->units[unit].first);
}

/* A unit of the cue's preposition and "that", which by itself would be a conjunction ("until",
 * "provided that"). */
static bool is_prep_that(const isn_clauses *clauses, uint32_t unit, const isn_cue *cue)
{
    const isn_text *text = clauses->text;
    const isn_unit *u = &clauses->units[unit];
    if (u->last != u->first + 2 || !is_that_word(text, u->first + 1))
        return false;
    for (uint32_t m = text->match_from[u->first]; m < text->match_from[u->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == 1 && e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_FUNCTIONS && isn_cue_takes(cue, match->entry[e].row))
                return true;
        }
    }
    return false;
}

/* "..., mushir ila an" for "mushiran": behind a comma, with what it brings, where somebody has spoken in the sentence. */
static bool lacks_alef(const isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t next = unit + 1;
    if (clauses->units[unit].definite || (f->out->n == f->before && f->speaking == ISN_NONE) || unit == 0 ||
        (clauses->units[unit - 1].kind != ISN_UNIT_COMMA && !clauses->units[unit].conj))
        return false;
    if (next < clauses->n && clauses->units[next].kind == ISN_UNIT_PREP && isn_cue_takes(cue, clauses->units[next].prep))
        next++;
    return next < clauses->n && is_that(clauses, next);
}

const isn_cue *isn_cue_of_circumstance(const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *u = &clauses->units[unit];
    const isn_word *word = clauses->text->tokens[u->first].word;
    if (!word || u->kind != ISN_UNIT_NOUN || u->prep != ISN_NO_ROW)
        return NULL;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    uint32_t next = unit + 1;
    if (next < clauses->n && clauses->units[next].kind == ISN_UNIT_PREP)
        next++;
    bool apart = u->conj || unit == begin || (next < clauses->n && is_that(clauses, next)) ||
                 clauses->units[unit - 1].kind == ISN_UNIT_COMMA ||
                 clauses->units[unit - 1].kind == ISN_UNIT_BRACKET ||
                 clauses->units[unit - 1].kind == ISN_UNIT_QUOTE;
    for (uint16_t a = 0; a < word->n_analyses; a++) {
        const isn_analysis *analysis = &word->analyses[a];
        if (analysis->pos != ISN_POS_ACTIVE || analysis->verb < 0 || analysis->pronoun ||
            (analysis->clitics & (ISN_CL_AL | ISN_CL_BA | ISN_CL_LA | ISN_CL_KA)))
            continue;
        uint32_t row = f->quoter->of_verb[analysis->verb];
        if (row == ISN_NO_ROW)
            continue;
        uint16_t detail = analysis->detail;
        bool accusative =
            (detail & ISN_N_ACCUSATIVE) || ((detail & ISN_N_CONSTRUCT) && (detail & ISN_N_DUAL));
        bool several = (detail & (ISN_N_PLURAL | ISN_N_DUAL)) && !(detail & ISN_N_CONSTRUCT);
        bool feminine = (detail & ISN_N_FEMININE) || word->letters[word->n - 1] == ISN_TEH_MARBUTA;
        if (accusative || (apart && (several || feminine)) || lacks_alef(f, unit, &f->quoter->cues[row]))
            return &f->quoter->cues[row];
    }
    return NULL;
}

/* --- the way to the content
 * ------------------------------------------------------------------------------------- */

/* After a bracket that opens at u. */
static uint32_t over_bracket(const isn_clauses *clauses, uint32_t u, uint32_t end)
{
    for (uint32_t v = u + 1; v < end && v < u + 16; v++) {
        if (clauses->units[v].kind == ISN_UNIT_BRACKET)
            return v + 1;
    }
    return u + 1;
}

/* Does a verb at u tell of the noun before it ("a statement that the ministry published", "a speech
 * he gave")? */
static bool tells_of_noun(const isn_clauses *clauses, uint32_t u)
{
    const isn_unit *verb = &clauses->units[u], *before = u ? &clauses->units[u - 1] : NULL;
    if (!before || verb->conj || before->kind != ISN_UNIT_NOUN)
        return false;
    if (verb->pronoun)
        return true;
    return u + 1 < clauses->n && clauses->units[u + 1].kind == ISN_UNIT_PREP &&
           clauses->units[u + 1].pronoun != 0;
}

/* May the clause end at the comma at u? */
static bool ends_at_comma(const isn_finder *f, uint32_t u, uint32_t end)
{
    if (u + 1 >= end)
        return true;
    const isn_unit *next = &f->clauses->units[u + 1];
    return next->kind == ISN_UNIT_VERB || next->kind == ISN_UNIT_AUX ||
           next->kind == ISN_UNIT_NEG ||
           (next->kind == ISN_UNIT_CONJ && next->sub != ISN_SUB_AND) ||
           isn_cue_of_circumstance(f, u + 1) != NULL;
}

/* "sources, (who) preferred not to be named, ..." without "who": the unit after the second
 * comma; u, the first one, where there is none. */
static uint32_t over_remark(const isn_finder *f, uint32_t u, uint32_t end)
{
    const isn_clauses *clauses = f->clauses;
    if (u + 1 >= end || clauses->units[u + 1].kind != ISN_UNIT_VERB || clauses->units[u + 1].conj)
        return u;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, u + 1);
    if (cue && cue->class_of <= ISN_CUE_SOURCE)
        return u;
    for (uint32_t v = u + 2; v < end && v < u + 12; v++) {
        uint8_t kind = clauses->units[v].kind;
        if (kind == ISN_UNIT_COMMA)
            return v + 1;
        if (kind == ISN_UNIT_THAT || kind == ISN_UNIT_COLON || kind == ISN_UNIT_QUOTE || kind == ISN_UNIT_STOP)
            return u;
    }
    return u;
}

/*
 * One step of the walk from a word of saying to what it brings; returns the next unit, or u to stop
 * there. *relative: in a relative clause whose verb is still to come.
 */
static uint32_t walk_on(const isn_finder *f, uint32_t u, uint32_t end, bool *relative,
                        const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *unit = &clauses->units[u];
    uint32_t close;
    switch (unit->kind) {
    case ISN_UNIT_THAT:
        return u;
    case ISN_UNIT_COLON:
        return u;
    case ISN_UNIT_QUOTE:
        if (!isn_mark_opens(&close, f, unit->first))
            return u + 1;
        if (isn_mark_names(f, unit->first, close) && close < clauses->text->n_tokens &&
            !(u > 0 && clauses->units[u - 1].kind == ISN_UNIT_PREP &&
              isn_cue_takes(cue, clauses->units[u - 1].prep) &&
              clauses->mentions->at[unit->first + 1] == ISN_NONE))
            return clauses->unit_of[close] + 1;
        return u;
    case ISN_UNIT_RELATIVE:
        *relative = true;
        return u + 1;
    case ISN_UNIT_VERB:
        if (!*relative && !tells_of_noun(clauses, u))
            return u;
        *relative = false;
        return u + 1;
    case ISN_UNIT_AUX:
    case ISN_UNIT_NEG:
        return *relative ? u + 1 : u;
    case ISN_UNIT_CONJ:
        return unit->sub == ISN_SUB_AND ? u + 1 : u;
    case ISN_UNIT_STOP:
        return u;
    case ISN_UNIT_COMMA:
        return ends_at_comma(f, u, end) ? over_remark(f, u, end) : u + 1;
    case ISN_UNIT_BRACKET:
        return over_bracket(clauses, u, end);
    default:
        return u + 1;
    }
}

uint32_t isn_content_bringer(const isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t end = sentence_end(clauses, unit), u = unit + 1;
    bool relative = false;
    if (end > unit + FARTHEST)
        end = unit + FARTHEST;
    while (u < end) {
        if (is_prep_that(clauses, u, cue))
            return u;
        uint32_t next = walk_on(f, u, end, &relative, cue);
        if (next <= u)
            break;
        u = next;
    }
    if (u >= end)
        return ISN_NONE;
    uint8_t kind = clauses->units[u].kind;
    if (kind == ISN_UNIT_THAT)
        return is_that(clauses, u) ? u : ISN_NONE;
    if (kind != ISN_UNIT_COLON && kind != ISN_UNIT_QUOTE)
        return ISN_NONE;
    if (kind == ISN_UNIT_QUOTE && u + 1 < end && is_that(clauses, u + 1))
        return u + 1; /* the mark stands before "that" */
    return u;
}

/* Is the unit a plain noun that can be what is said, not a medium, a source, or somebody? What one
 * takes a view of may be those too. */
static bool is_sayable(const isn_finder *f, uint32_t unit, bool strict, bool for_view)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *u = &clauses->units[unit];
    if (u->kind == ISN_UNIT_AUX || u->kind == ISN_UNIT_NEG) {
        const isn_cue *noun = isn_cue_of_unit(f->quoter, clauses, unit);
        return noun && noun->class_of ==
                           ISN_CUE_CONTENT; /* "the need of", "the lack of": modals elsewhere */
    }
    if (u->sub == ISN_SUB_QUANTITY && u->pronoun && u->pos == ISN_POS_PARTICLE)
        return false; /* "himself" */
    if (u->kind != ISN_UNIT_NOUN || u->pos == ISN_POS_NUMBER || u->pos == ISN_POS_DEMONSTRATIVE ||
        u->pos == ISN_POS_PROPER || u->pos == ISN_POS_ADJ)
        return false;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, unit);
    if (cue && cue->noun && (cue->class_of == ISN_CUE_SOURCE || cue->class_of == ISN_CUE_MEDIUM))
        return for_view;
    if (!strict || (cue && cue->class_of == ISN_CUE_CONTENT))
        return true;
    if (u->pos == ISN_POS_UNKNOWN)
        return false;
    if (u->pronoun)
        return true;
    const isn_word *word = clauses->text->tokens[u->first].word;
    for (uint16_t a = 0; word && a < word->n_analyses; a++) {
        if (word->analyses[a].pos == ISN_POS_MASDAR)
            return true;
    }
    return false;
}

uint32_t isn_content_noun(const isn_finder *f, uint32_t unit, const isn_cue *cue, uint32_t limit)
{
    const isn_clauses *clauses = f->clauses;
    const isn_slots *slots = clauses->slots[unit];
    uint32_t end = sentence_end(clauses, unit), u = unit + 1;
    uint32_t subject =
        slots && !slots->subject_before && !slots->carried ? slots->subj.unit : ISN_NONE;
    if (subject != ISN_NONE && subject > unit && is_sayable(f, subject, true, false))
        subject = ISN_NONE;
    bool named_object = clauses->units[unit].kind == ISN_UNIT_VERB &&
                        clauses->units[unit].pronoun && cue->class_of != ISN_CUE_BELIEVE;
    bool relative = false, view = cue->class_of == ISN_CUE_BELIEVE || cue->class_of == ISN_CUE_CALL;
    if (limit < end)
        end = limit;
    while (u < end) {
        const isn_unit *now = &clauses->units[u];
        if (now->kind == ISN_UNIT_PREP && isn_cue_takes(cue, now->prep) && u + 1 < end &&
            is_sayable(f, u + 1, false, view) && !relative)
            return u + 1;
        if ((now->kind == ISN_UNIT_NOUN || now->kind == ISN_UNIT_AUX ||
             now->kind == ISN_UNIT_NEG) &&
            !relative && !now->conj) {
            if (now->prep != ISN_NO_ROW
                    ? isn_cue_takes(cue, now->prep) && is_sayable(f, u, false, view)
                    : cue->object && !named_object && u != subject &&
                          is_sayable(f, u, !view, view) &&
                          clauses->units[u - 1].kind != ISN_UNIT_PREP &&
                          (u == unit + 1 || clauses->units[u - 1].kind != ISN_UNIT_NOUN ||
                           !clauses->units[u].definite || clauses->units[u].pronoun))
                return u;
        }
        if (now->kind == ISN_UNIT_PREP &&
            !now->pronoun) { /* past the phrase of another preposition */
            isn_party skipped;
            uint32_t after = isn_party_read(&skipped, clauses, u + 1, end);
            u = after > u ? after : u + 1;
            continue;
        }
        if (now->kind == ISN_UNIT_MENTION || (now->kind == ISN_UNIT_NOUN && u == subject)) {
            isn_party skipped;
            uint32_t after = isn_party_read(&skipped, clauses, u, end);
            u = after > u ? after : u + 1;
            continue;
        }
        uint32_t next = walk_on(f, u, end, &relative, cue);
        if (next <= u)
            break;
        u = next;
    }
    return ISN_NONE;
}

/* --- where it ends
 * ---------------------------------------------------------------------------------------------- */

/* Does another speech, or the reporter's own remark, begin at the unit? */
static bool starts_other_speech(const isn_finder *f, uint32_t unit, bool comma)
{
    const isn_unit *u = &f->clauses->units[unit];
    if (isn_cue_of_circumstance(f, unit))
        return true;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, f->clauses, unit);
    if (comma && cue && cue->phrase && (cue->class_of == ISN_CUE_END || cue->class_of == ISN_CUE_LEAD))
        return true;
    if (u->kind == ISN_UNIT_VERB && (u->conj || comma)) {
        bool says = cue && (!cue->phrase || cue->class_of <= ISN_CUE_ANNOUNCE) &&
                    (cue->class_of <= ISN_CUE_ANNOUNCE || cue->class_of == ISN_CUE_SOURCE ||
                     cue->class_of == ISN_CUE_ACT);
        if (says && f->speaking < ISN_SEVERAL && !isn_speaker_fits(f->clauses, unit, f->speaking))
            return false;
        if (says && (u->detail & ISN_V_TENSE) == ISN_V_PAST && !(u->detail & ISN_V_FIRST))
            return true;
        return says && u->conj && (u->detail & ISN_V_THIRD) && cue->class_of <= ISN_CUE_STATE &&
               isn_content_bringer(f, unit, cue) != ISN_NONE;
    }
    if (u->sub == ISN_SUB_SOURCE && u->function != ISN_NO_ROW)
        return true;
    if (cue && cue->phrase && (cue->class_of == ISN_CUE_SOURCE || cue->class_of == ISN_CUE_NONE))
        return true;
    /* "while so-and-so said" */
    bool joins = u->kind == ISN_UNIT_CONJ && (comma || u->sub == ISN_SUB_AND);
    if (joins && unit + 1 < f->clauses->n && f->clauses->units[unit + 1].kind == ISN_UNIT_VERB &&
        !is_that_word(f->clauses->text, u->last - 1)) {
        cue = isn_cue_of_unit(f->quoter, f->clauses, unit + 1);
        return cue && cue->class_of <= ISN_CUE_ANNOUNCE &&
               (f->clauses->units[unit + 1].detail & ISN_V_TENSE) == ISN_V_PAST;
    }
    return u->sub == ISN_SUB_SHIFT && comma;
}

/* Does a noun phrase end before the unit? */
static bool ends_phrase(const isn_finder *f, uint32_t unit, bool comma, bool relative)
{
    const isn_unit *now = &f->clauses->units[unit];
    if (comma && now->kind == ISN_UNIT_PREP &&
        (now->sub == ISN_SUB_TOPIC || now->sub == ISN_SUB_TIME || now->sub == ISN_SUB_CAUSE ||
         now->sub == ISN_SUB_PURPOSE || now->sub == ISN_SUB_AGAINST))
        return false;
    if (comma && now->kind == ISN_UNIT_VERB && !now->conj &&
        (now->detail & ISN_V_TENSE) == ISN_V_PRESENT)
        return false; /* "a ban, which holds for" without "which" */
    if (comma && !(isn_unit_is_nominal(now) || now->kind == ISN_UNIT_DATE ||
                   now->kind == ISN_UNIT_QUOTE || now->kind == ISN_UNIT_BRACKET))
        return true;
    if (comma && now->prep != ISN_NO_ROW && !now->conj)
        return true;
    if (relative)
        return false;
    return now->conj && (now->kind == ISN_UNIT_VERB || now->kind == ISN_UNIT_AUX);
}

uint32_t isn_content_end(const isn_finder *f, uint32_t unit, bool clause)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t end = sentence_end(clauses, unit), u = unit;
    bool relative = false;
    while (u < end) {
        const isn_unit *now = &clauses->units[u];
        uint32_t close;
        if (now->kind == ISN_UNIT_QUOTE && isn_mark_opens(&close, f, now->first)) {
            u = close < clauses->text->n_tokens ? clauses->unit_of[close] : end;
            if (u < end && clauses->units[u].kind == ISN_UNIT_QUOTE)
                u++;
            continue;
        }
        if (u > unit) {
            bool comma = clauses->units[u - 1].kind == ISN_UNIT_COMMA;
            if (starts_other_speech(f, u, comma) || (!clause && ends_phrase(f, u, comma, relative)))
                return comma ? u - 1 : u;
        }
        relative |= now->kind == ISN_UNIT_RELATIVE || now->kind == ISN_UNIT_VERB;
        u++;
    }
    return end;
}

/* --- reading it
 * -------------------------------------------------------------------------------------------------
 */

bool isn_content_first_person(const isn_text *text, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t < last && t < text->n_tokens; t++) {
        const isn_analysis *best = isn_token_best(&text->tokens[t]);
        if (!best)
            continue;
        if (best->pos == ISN_POS_VERB && (best->detail & ISN_V_FIRST) &&
            !(best->detail & ISN_V_THIRD))
            return true;
        if (best->pronoun / 8 == 1 && best->pos != ISN_POS_PROPER && best->pos != ISN_POS_ADJ)
            return true;
    }
    return false;
}

/* Speech in marks at `open`, with what goes on in marks behind "and that". */
static void read_marked(isn_content *out, const isn_finder *f, uint32_t open, uint32_t close)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    *out = (isn_content){open + 1, close, true};
    uint32_t head = clauses->unit_of[out->first];
    if (is_that(clauses, head))
        out->first = clauses->units[head].last;
    while (close + 2 < text->n_tokens &&
           text->tokens[close].sentence == text->tokens[close + 2].sentence) {
        uint32_t t = close + 1, next;
        if (text->tokens[t].kind == ISN_TOKEN_PUNCT && text->tokens[t].mark == ',')
            t++;
        uint32_t unit = clauses->unit_of[t];
        if (!is_that(clauses, unit) || !clauses->units[unit].conj)
            break;
        t = clauses->units[unit].last;
        if (t >= text->n_tokens || !isn_mark_opens(&next, f, t))
            break;
        close = next;
        out->last = next;
    }
}

bool isn_content_after(isn_content *out, const isn_finder *f, uint32_t bringer)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    uint32_t end = sentence_end(clauses, bringer), next = bringer, close;
    bool colon = clauses->units[bringer].kind == ISN_UNIT_COLON;
    if (clauses->units[bringer].kind == ISN_UNIT_THAT && bringer > 0 &&
        clauses->units[bringer - 1].kind == ISN_UNIT_QUOTE &&
        isn_mark_opens(&close, f, clauses->units[bringer - 1].first)) {
        read_marked(out, f, clauses->units[bringer - 1].first, close);
        return out->last > out->first;
    }
    if (clauses->units[bringer].kind != ISN_UNIT_QUOTE)
        next++;
    while (next < end && (clauses->units[next].kind == ISN_UNIT_COLON ||
                          clauses->units[next].kind == ISN_UNIT_COMMA ||
                          (colon && is_that(clauses, next) && !clauses->units[next].conj)))
        next++;
    if (next >= end)
        return false;
    uint32_t open = clauses->units[next].first;
    if (clauses->units[next].kind == ISN_UNIT_QUOTE && isn_mark_opens(&close, f, open) &&
        (colon || clauses->units[bringer].kind == ISN_UNIT_QUOTE ||
         !isn_mark_names(f, open, close) || f->clauses->mentions->at[open + 1] == ISN_NONE)) {
        read_marked(out, f, open, close);
        uint32_t last = isn_first_token(clauses, isn_content_end(f, next, true));
        bool whole = last <= out->last + 2 ||
                     text->tokens[close - 1].sentence != text->tokens[open].sentence;
        if (!whole && !colon && clauses->units[bringer].kind == ISN_UNIT_THAT &&
            isn_words_between(text, out->first, out->last) <= 4)
            out->last = last;
        return out->last > out->first;
    }
    *out = (isn_content){isn_first_token(clauses, next),
                         isn_first_token(clauses, isn_content_end(f, next, true)), false};
    if (colon)
        out->direct = isn_content_first_person(text, out->first, out->last);
    return out->last > out->first;
}

bool isn_content_phrase(isn_content *out, const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    *out = (isn_content){isn_first_token(clauses, unit),
                         isn_first_token(clauses, isn_content_end(f, unit, false)), false, true};
    return isn_words_between(clauses->text, out->first, out->last) >= 2;
}
