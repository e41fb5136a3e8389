/* find.c - the quotes of a text: each word of saying, what it brings, who speaks, through whom. */
#include "quote/parts.h"

/* --- adding
 * -----------------------------------------------------------------------------------------------------
 */

/* Marks at the ends that are not said: commas, stops, dashes, colons, quotation marks. */
static void trim(const isn_text *text, isn_content *content)
{
    const isn_token *tokens = text->tokens;
    while (content->first < content->last && tokens[content->first].kind == ISN_TOKEN_PUNCT &&
           tokens[content->first].mark != '(')
        content->first++;
    while (content->last > content->first && tokens[content->last - 1].kind == ISN_TOKEN_PUNCT &&
           tokens[content->last - 1].mark != ')' && tokens[content->last - 1].mark != '%')
        content->last--;
}

static void set_cue(isn_quote *quote, const isn_clauses *clauses, uint32_t unit, uint32_t row)
{
    const isn_token *token = &clauses->text->tokens[clauses->units[unit].first];
    const isn_analysis *best = isn_token_best(token);
    quote->cue = clauses->units[unit].first;
    quote->cue_begin = best ? isn_token_stem_begin(clauses->text, token, best, true) : token->begin;
    quote->cue_end = clauses->text->tokens[clauses->units[unit].last - 1].end;
    quote->cue_row = row;
}

void isn_quote_add_via(isn_quote *quote, uint32_t entity)
{
    if (entity >= ISN_SEVERAL || entity == quote->speaker || quote->n_via >= ISN_MOST_VIA)
        return;
    for (uint8_t v = 0; v < quote->n_via; v++) {
        if (quote->via[v] == entity)
            return;
    }
    quote->via[quote->n_via++] = entity;
}

isn_quote *isn_quote_add(isn_finder *f, const isn_content *said, uint32_t cue_unit,
                         uint32_t cue_row, uint32_t speaker, const char *rule, float sure)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    isn_content content = *said;
    trim(text, &content);
    if (content.first >= content.last)
        return NULL;
    isn_quote *quote = ISN_PUSH(text->arena, f->out);
    if (!quote)
        return NULL;
    *quote = (isn_quote){.first = content.first,
                         .last = content.last,
                         .direct = content.direct,
                         .speaker = speaker,
                         .cue = ISN_NONE,
                         .outer = ISN_NONE,
                         .cue_row = ISN_NO_ROW,
                         .rule = rule};
    quote->confidence = speaker == ISN_NONE ? sure * 0.7f : sure;
    const isn_token *token = &text->tokens[content.first];
    const isn_analysis *best = isn_token_best(token);
    bool proclitic = best && content.phrase && best->pos != ISN_POS_VERB &&
                     (best->clitics & (ISN_CL_BA | ISN_CL_LA)) != 0;
    quote->begin = proclitic ? isn_token_stem_begin(text, token, best, true) : token->begin;
    quote->end = text->tokens[content.last - 1].end;
    if (cue_unit != ISN_NONE)
        set_cue(quote, clauses, cue_unit, cue_row);
    uint32_t index = (uint32_t)(f->out->n - 1);
    for (uint32_t u = clauses->unit_of[content.first];
         u < clauses->n && clauses->units[u].first < content.last; u++)
        f->inside[u] = index;
    if (speaker != ISN_NONE) {
        f->last_speaker = speaker;
        f->last_sentence = token->sentence;
    }
    return quote;
}

/* --- who handed it on
 * ------------------------------------------------------------------------------------------- */

/*
 * Between the word of saying at `unit` and what it brings at `to`: "in a statement published by X"
 * puts X into the chain, "citing X" makes X the speaker.
 */
static void read_between(const isn_finder *f, isn_quote *quote, uint32_t unit, uint32_t to)
{
    const isn_clauses *clauses = f->clauses;
    for (uint32_t u = unit + 1; u < to && u < clauses->n; u++) {
        uint32_t after, party;
        if (isn_quote_is_source(f, u)) {
            party = isn_speaker_of_phrase(f, u + 1, to, &after);
            const isn_cue *source = isn_cue_of_unit(f->quoter, clauses, u);
            uint32_t via = quote->speaker;
            if (party != ISN_NONE && quote->speaker != party && source && source->who) {
                quote->speaker = ISN_NONE;
                isn_quote_add_via(quote, via);
                quote->speaker = isn_source_chain(quote, f, party, after, to);
            } else {
                isn_quote_add_via(quote, party);
            }
            return;
        }
        const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, u);
        if (!cue || cue->verb || (cue->class_of != ISN_CUE_MEDIUM && cue->class_of != ISN_CUE_SAY))
            continue;
        for (uint32_t v = u + 1; v < to && v < u + 7; v++) {
            const isn_unit *now = &clauses->units[v];
            bool issued = now->kind == ISN_UNIT_VERB && !now->conj;
            bool from = now->kind == ISN_UNIT_PREP && now->prep == f->quoter->an && v > u + 1;
            if (!issued && !from)
                continue;
            uint32_t next = v + 1;
            while (next < to && (clauses->units[next].kind == ISN_UNIT_DATE ||
                                 clauses->units[next].kind == ISN_UNIT_ADVERB))
                next++;
            if (next < to && clauses->units[next].kind == ISN_UNIT_MENTION &&
                clauses->units[next].prep == ISN_NO_ROW) {
                party = clauses->units[next].entity;
                if (clauses->entities->items[party].type != ISN_ORGANIZATION)
                    return;
                if (quote->speaker >= ISN_SEVERAL && from)
                    quote->speaker = party;
                else
                    isn_quote_add_via(quote, party);
            }
            return;
        }
    }
}

/* "naqalat X 'an Y": Y speaks, X hands on. False where nobody is named after 'an. */
static bool handed_on(uint32_t *speaker, uint32_t *via, isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
    bool named;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, unit);
    for (uint32_t u = unit + 1; u < end && u < unit + 20; u++) {
        const isn_unit *now = &clauses->units[u];
        if (now->kind == ISN_UNIT_VERB || now->kind == ISN_UNIT_THAT)
            break;
        if (now->kind != ISN_UNIT_PREP || now->prep != f->quoter->an)
            continue;
        uint32_t after;
        *via = isn_speaker_of_verb(f, unit, cue, &named);
        *speaker = now->pronoun ? f->last_speaker : isn_speaker_of_phrase(f, u + 1, end, &after);
        f->handed_more = ISN_NONE;
        if (!now->pronoun && isn_hands_on(f, *speaker) && after < end && clauses->units[after].kind == ISN_UNIT_PREP &&
            clauses->units[after].prep == f->quoter->an && !clauses->units[after].pronoun) {
            uint32_t next, source = isn_speaker_of_phrase(f, after + 1, end, &next); /* "from X from Y" */
            if (source != ISN_NONE) {
                f->handed_more = *speaker;
                *speaker = source;
            }
        }
        if (!named && *via == *speaker)
            *via = ISN_NONE;
        return true;
    }
    return false;
}

/* Does a word of negation stand before the verb? */
static bool is_negated(const isn_clauses *clauses, uint32_t unit)
{
    return unit > 0 && clauses->units[unit - 1].kind == ISN_UNIT_NEG &&
           isn_sentence_of_unit(clauses, unit - 1) == isn_sentence_of_unit(clauses, unit);
}

/* --- verbs
 * ------------------------------------------------------------------------------------------------------
 */

/* "it is mentioned that": nobody says it. */
static bool is_impersonal(const isn_finder *f, uint32_t unit, const isn_cue *cue, bool named)
{
    const isn_unit *verb = &f->clauses->units[unit];
    if (named)
        return false;
    if (cue->class_of == ISN_CUE_NONE)
        return true;
    if (verb->detail & ISN_V_PASSIVE_ONLY)
        return true;
    bool present = (verb->detail & ISN_V_TENSE) == ISN_V_PRESENT &&
                   !(verb->detail & (ISN_V_PLURAL | ISN_V_DUAL));
    return present &&
           (cue->class_of == ISN_CUE_BELIEVE ||
            (!verb->conj && f->inside[unit] == ISN_NONE && (verb->detail & ISN_V_MAYBE_PASSIVE)));
}

static bool holds_speech_in_marks(const isn_finder *f, const isn_content *content)
{
    for (uint32_t t = content->first; t < content->last; t++) {
        uint32_t close;
        if (isn_mark_is_quotation(&f->clauses->text->tokens[t]) && isn_mark_opens(&close, f, t) &&
            f->clauses->mentions->at[t + 1] == ISN_NONE &&
            isn_words_between(f->clauses->text, t, close) > 1)
            return true;
    }
    return false;
}

/* The cue of the verb itself where a phrase that only looks like none was found. */
static const isn_cue *verb_cue(const isn_finder *f, uint32_t unit)
{
    const isn_analysis *best =
        isn_token_best(&f->clauses->text->tokens[f->clauses->units[unit].first]);
    uint32_t row = best && best->verb >= 0 ? f->quoter->of_verb[best->verb] : ISN_NO_ROW;
    return row == ISN_NO_ROW ? NULL : &f->quoter->cues[row];
}

/* A clause or marks brought by the word of saying at `unit`. */
static bool read_brought(isn_finder *f, uint32_t unit, const isn_cue *cue, uint32_t bringer,
                         uint32_t speaker, uint32_t via, const char *rule, float sure)
{
    const isn_clauses *clauses = f->clauses;
    isn_content content = {0};
    f->speaking = speaker;
    if (bringer == ISN_NONE || f->used[bringer] || !isn_content_after(&content, f, bringer))
        return false;
    uint8_t kind = clauses->units[bringer].kind;
    if (kind == ISN_UNIT_THAT ? !cue->clause : !(cue->mark || cue->clause))
        return false;
    uint32_t words = isn_words_between(clauses->text, content.first, content.last);
    if (kind == ISN_UNIT_QUOTE && words < 3 && bringer > 0 &&
        clauses->units[bringer - 1].kind != ISN_UNIT_PREP)
        return false;
    if (kind == ISN_UNIT_QUOTE && words < 2 && cue->class_of == ISN_CUE_ACT)
        return false;
    f->used[bringer] = 1;
    isn_quote *quote = isn_quote_add(f, &content, unit, cue->row, speaker, rule, sure);
    if (!quote)
        return false;
    isn_quote_add_via(quote, via);
    if (via != ISN_NONE && via == f->handed_via) {
        isn_quote_add_via(quote, f->handed_more);
        f->handed_more = ISN_NONE;
    }
    read_between(f, quote, unit, bringer);
    return true;
}

static bool read_phrase(isn_finder *f, uint32_t unit, const isn_cue *cue, uint32_t noun,
                        uint32_t speaker, const char *rule, float sure)
{
    isn_content content = {0};
    f->speaking = speaker;
    if (noun == ISN_NONE || speaker == ISN_NONE || !isn_content_phrase(&content, f, noun))
        return false;
    if (cue->class_of == ISN_CUE_ACT && !holds_speech_in_marks(f, &content))
        return false;
    isn_quote *quote = isn_quote_add(f, &content, unit, cue->row, speaker, rule, sure);
    if (quote)
        read_between(f, quote, unit, noun);
    return quote != NULL;
}

static void read_verb(isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t speaker = ISN_NONE, via = ISN_NONE;
    uint32_t bringer = isn_content_bringer(f, unit, cue);
    bool named = false;
    if (cue->class_of == ISN_CUE_NONE) {
        const isn_cue *own = verb_cue(f, unit);
        speaker = isn_speaker_of_verb(f, unit, cue, &named);
        if (!named || !own)
            return;
        cue = own;
    }
    if (cue->class_of == ISN_CUE_SOURCE && handed_on(&speaker, &via, f, unit)) {
        if (read_brought(f, unit, cue, bringer, speaker, via, "handed on", 0.85f)) {
            isn_quote_add_via(&f->out->items[f->out->n - 1], f->handed_more);
            f->handed_more = ISN_NONE;
        } else {
            f->handed = speaker;
            f->handed_via = via;
        }
        return;
    }
    speaker = isn_speaker_of_verb(f, unit, cue, &named);
    if (is_impersonal(f, unit, cue, named) ||
        (!named && isn_verb_is_embedded(clauses, unit) && speaker >= ISN_SEVERAL))
        return;
    if (cue->class_of != ISN_CUE_BELIEVE && is_negated(clauses, unit))
        return;
    if (cue->class_of == ISN_CUE_BELIEVE &&
        (speaker >= ISN_SEVERAL || clauses->entities->items[speaker].type == ISN_GROUP))
        return; /* "experts expect": an opinion of nobody named (Q5) */
    if (cue->class_of == ISN_CUE_ACT && bringer != ISN_NONE && clauses->units[bringer].conj)
        bringer = ISN_NONE; /* "demands respect and that": the clause goes on what is demanded */
    bool inner = f->inside[unit] != ISN_NONE;
    if (inner && (!named || cue->class_of >= ISN_CUE_BELIEVE))
        return;
    uint32_t noun = (cue->n_preps || cue->object) && cue->class_of != ISN_CUE_SAY
                        ? isn_content_noun(f, unit, cue, bringer)
                        : ISN_NONE;
    bool plain_that = bringer != ISN_NONE && bringer > 0 && bringer <= unit + 2;
    float sure = named ? 0.9f : 0.8f;
    if (noun != ISN_NONE && !plain_that &&
        read_phrase(f, unit, cue, noun, speaker, "verb of saying with noun", sure - 0.15f))
        return;
    if (read_brought(f, unit, cue, bringer, speaker, via, "verb of saying with clause or marks",
                     sure)) {
        bool parted = named && unit > 1 && !clauses->units[unit].conj && clauses->units[bringer].kind == ISN_UNIT_QUOTE &&
                      clauses->units[unit - 1].kind == ISN_UNIT_COMMA && clauses->units[unit - 2].kind == ISN_UNIT_QUOTE;
        if (parted && cue->class_of <= ISN_CUE_STATE && !inner) /* "...", added X, "..." */
            isn_trailing_read(f, unit, cue, speaker);
        return;
    }
    if (cue->mark && cue->class_of <= ISN_CUE_STATE && !inner)
        isn_trailing_read(f, unit, cue, speaker);
}

/* "it came in a statement of the ministry that": who issued it speaks. */
static void read_medium(isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t bringer = isn_content_bringer(f, unit, cue);
    uint32_t speaker = ISN_NONE;
    for (uint32_t u = unit + 1; bringer != ISN_NONE && u < bringer && speaker == ISN_NONE; u++) {
        if (clauses->units[u].kind == ISN_UNIT_MENTION &&
            clauses->entities->items[clauses->units[u].entity].type != ISN_PLACE)
            speaker = clauses->units[u].entity;
    }
    if (speaker == ISN_NONE)
        speaker = f->issuer != ISN_NONE ? f->issuer : f->last_speaker;
    read_brought(f, unit, cue, bringer, speaker, ISN_NONE, "it stands in a statement", 0.75f);
}

/* --- participles and nouns
 * -------------------------------------------------------------------------------------- */

static void read_circumstance(isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    if (f->inside[unit] != ISN_NONE && f->out->items[f->inside[unit]].direct)
        return;
    uint32_t speaker = isn_speaker_of_circumstance(f, unit);
    uint32_t bringer = isn_content_bringer(f, unit, cue);
    uint32_t noun =
        cue->n_preps || cue->object ? isn_content_noun(f, unit, cue, bringer) : ISN_NONE;
    bool plain_that = bringer != ISN_NONE && bringer <= unit + 2;
    if (noun != ISN_NONE && !plain_that &&
        read_phrase(f, unit, cue, noun, speaker, "participle of saying with noun", 0.8f))
        return;
    read_brought(f, unit, cue, bringer, speaker, ISN_NONE, "participle of saying with clause",
                 0.92f);
}

/* Is the verbal noun what somebody does in "it was stressed that", "he began by stressing that"? */
static bool stands_for_verb(const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *u = &clauses->units[unit];
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    if (u->prep == clauses->grammar->ba)
        return true;
    for (uint32_t v = unit; v > begin && v + 6 > unit;) {
        v--;
        if (clauses->units[v].kind == ISN_UNIT_AUX)
            return clauses->units[v].sub == ISN_SUB_PASSIVE;
        if (clauses->units[v].kind == ISN_UNIT_VERB || clauses->units[v].kind == ISN_UNIT_COMMA)
            return false;
    }
    return false;
}

/* The named subject of the verb just before the verbal noun: "he opened the meeting by stressing".
 */
static bool subject_of_verb(uint32_t *speaker, const isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    for (uint32_t u = unit; u > begin && u + 8 > unit;) {
        u--;
        if (clauses->units[u].kind != ISN_UNIT_VERB)
            continue;
        const isn_party *party = &clauses->slots[u]->subj.party;
        if (party->n != 1 || party->carried)
            return false;
        *speaker = party->entity[0];
        return true;
    }
    return false;
}

/* "his saying that", "the ministry's announcement that", "it was stressed that". */
static void read_noun(isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    const isn_unit *u = &clauses->units[unit];
    isn_slots slots;
    bool verbal = cue->verb && u->pos == ISN_POS_MASDAR;
    if (!(verbal || cue->noun) || cue->class_of > ISN_CUE_BELIEVE)
        return;
    isn_slots_of_noun(&slots, clauses, unit);
    uint32_t speaker = ISN_NONE;
    if (slots.gen.party.n)
        speaker = slots.gen.party.n == 1 ? slots.gen.party.entity[0] : ISN_SEVERAL;
    uint32_t via = ISN_NONE;
    if (f->handed != ISN_NONE && u->pronoun && cue->class_of == ISN_CUE_SAY) {
        speaker = f->handed;
        via = f->handed_via;
        f->handed = ISN_NONE;
    }
    bool acts = verbal && speaker == ISN_NONE && stands_for_verb(f, unit);
    bool passive = acts && u->prep == ISN_NO_ROW;
    if (speaker == ISN_NONE && !acts)
        return;
    if (f->inside[unit] != ISN_NONE && (!acts || passive || !subject_of_verb(&speaker, f, unit)))
        return;
    if (acts && speaker == ISN_NONE && (passive || !subject_of_verb(&speaker, f, unit)))
        speaker = passive ? ISN_SEVERAL : isn_speaker_of_circumstance(f, unit);
    uint32_t bringer = isn_content_bringer(f, unit, cue);
    if (bringer != ISN_NONE && bringer > unit + 8)
        bringer = ISN_NONE;
    if (bringer != ISN_NONE && clauses->units[bringer].kind == ISN_UNIT_QUOTE && !acts &&
        cue->class_of != ISN_CUE_SAY)
        bringer = ISN_NONE;
    uint32_t noun = acts && cue->n_preps ? isn_content_noun(f, unit, cue, bringer) : ISN_NONE;
    if (noun == ISN_NONE && acts && passive && cue->object && slots.gen.unit == unit + 1 &&
        clauses->units[unit + 1].kind == ISN_UNIT_NOUN)
        noun = unit + 1;
    if (noun != ISN_NONE && !(bringer != ISN_NONE && bringer <= unit + 2) &&
        read_phrase(f, unit, cue, noun, speaker, "verbal noun of saying with noun", 0.65f))
        return;
    read_brought(f, unit, cue, bringer, speaker, via, "noun of saying with clause", 0.7f);
}

/* Remembers whose statement is spoken of: "a statement of the ministry". */
static void note_issuer(isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    if (!cue || cue->class_of != ISN_CUE_MEDIUM || cue->phrase)
        return;
    isn_slots slots;
    uint32_t before = f->issuer;
    f->issuer = ISN_NONE;
    isn_slots_of_noun(&slots, f->clauses, unit);
    if (slots.gen.party.n == 1)
        f->issuer = slots.gen.party.entity[0];
    else if (!f->clauses->units[unit].definite && slots.gen.unit == ISN_NONE)
        subject_of_verb(&f->issuer, f, unit);
    for (uint8_t i = 0; i < slots.n_preps && i < 2; i++) {
        if (slots.preps[i].prep == f->quoter->an && slots.preps[i].party.n == 1)
            f->issuer = slots.preps[i].party.entity[0];
    }
    if (f->issuer == ISN_NONE)
        f->issuer = before;
    else
        f->issuer_row = cue->row;
}

/* --- sentences
 * --------------------------------------------------------------------------------------------------
 */

static void read_sentence(isn_finder *f, uint32_t sentence)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1];
    f->before = f->out->n;
    f->handed = f->handed_via = f->handed_more = f->speaking = ISN_NONE;
    if (begin == end || isn_headline_read(f, sentence))
        return;
    for (uint32_t u = begin; u < end; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind != ISN_UNIT_VERB && unit->kind != ISN_UNIT_NOUN)
            continue;
        const isn_cue *cue = isn_cue_of_circumstance(f, u);
        if (cue) {
            read_circumstance(f, u, cue);
            continue;
        }
        cue = isn_cue_of_unit(f->quoter, clauses, u);
        if (cue && unit->kind == ISN_UNIT_VERB &&
            (!cue->phrase || cue->class_of == ISN_CUE_NONE || cue->class_of <= ISN_CUE_BELIEVE))
            read_verb(f, u, cue);
        else if (cue && unit->kind == ISN_UNIT_VERB && cue->class_of == ISN_CUE_MEDIUM)
            read_medium(f, u, cue);
        else if (cue && unit->kind == ISN_UNIT_NOUN && !cue->phrase)
            read_noun(f, u, cue);
        if (cue && unit->kind == ISN_UNIT_NOUN)
            note_issuer(f, u, cue);
    }
    isn_source_read(f, sentence);
    if (f->out->n == f->before)
        isn_bare_marks_read(f, sentence);
    if (f->out->n == f->before)
        isn_lead_read(f, sentence);
}

static bool start(isn_finder *f)
{
    const isn_clauses *clauses = f->clauses;
    isn_arena *arena = clauses->text->arena;
    f->inside = isn_arena_alloc(arena, (clauses->n + 1) * sizeof *f->inside);
    f->used = isn_arena_calloc(arena, clauses->n + 1, 1);
    if (!f->inside || !f->used)
        return false;
    for (size_t u = 0; u <= clauses->n; u++)
        f->inside[u] = ISN_NONE;
    return isn_marks_pair(f);
}

bool isn_quotes_find(isn_quotes *out, const isn_quoter *quoter, const isn_clauses *clauses)
{
    *out = (isn_quotes){0};
    isn_finder f = {.quoter = quoter,
                    .clauses = clauses,
                    .out = out,
                    .last_speaker = ISN_NONE,
                    .issuer = ISN_NONE,
                    .issuer_row = ISN_NO_ROW,
                    .speaking = ISN_NONE,
                    .handed = ISN_NONE,
                    .handed_via = ISN_NONE,
                    .handed_more = ISN_NONE};
    if (!start(&f))
        return false;
    for (uint32_t s = 0; s < clauses->text->n_sentences; s++)
        read_sentence(&f, s);
    isn_quotes_nest(&f);
    return !clauses->text->arena->full;
}
