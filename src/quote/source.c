/* source.c - speech without a verb of saying before it: headlines, "according to", marks alone,
 * "said X" behind. */
#include "quote/parts.h"

static isn_block_kind block_kind(const isn_text *text, uint32_t sentence)
{
    return text->blocks[text->sentences[sentence].block].kind;
}

/* --- headlines
 * --------------------------------------------------------------------------------------------------
 */

/* A state's name before the colon of a headline is where it happens, a capital's or a person's who
 * says it. */
static bool can_head(const isn_clauses *clauses, uint32_t unit)
{
    const isn_text *text = clauses->text;
    const isn_entity *entity = &clauses->entities->items[clauses->units[unit].entity];
    if (entity->type == ISN_GROUP)
        return false;
    if (entity->type != ISN_PLACE)
        return true;
    uint32_t t = clauses->units[unit].first;
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_COUNTRIES &&
                text->matches[m].entry[e].form == ISN_F_CAPITAL)
                return true;
        }
    }
    return false;
}

/* "X: ..." at the head of a title or heading. */
bool isn_headline_read(isn_finder *f, uint32_t sentence)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    isn_block_kind kind = block_kind(text, sentence);
    if (kind != ISN_BLOCK_TITLE && kind != ISN_BLOCK_HEADING)
        return false;
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1];
    uint32_t colon = begin;
    while (colon < end && colon < begin + 9 && clauses->units[colon].kind != ISN_UNIT_COLON) {
        if (clauses->units[colon].kind == ISN_UNIT_VERB)
            return false;
        colon++;
    }
    if (colon >= end || colon == begin || clauses->units[colon].kind != ISN_UNIT_COLON)
        return false;
    isn_content content = {0};
    if (!isn_content_after(&content, f, colon) ||
        isn_words_between(text, content.first, content.last) < 2)
        return false;
    uint32_t after, speaker = isn_speaker_of_phrase(f, begin, colon, &after);
    if (speaker >= ISN_SEVERAL)
        return false;
    if (clauses->units[begin].kind == ISN_UNIT_MENTION && !can_head(clauses, begin) &&
        !content.direct)
        return false;
    isn_quote *quote =
        isn_quote_add(f, &content, ISN_NONE, ISN_NO_ROW, speaker, "headline with colon", 0.8f);
    if (quote) {
        quote->cue = clauses->units[colon].first;
        quote->cue_begin = text->tokens[quote->cue].begin;
        quote->cue_end = text->tokens[quote->cue].end;
    }
    return quote != NULL;
}

/* --- "according to"
 * --------------------------------------------------------------------------------------------- */

bool isn_quote_is_source(const isn_finder *f, uint32_t unit)
{
    const isn_unit *u = &f->clauses->units[unit];
    if (u->kind == ISN_UNIT_VERB || u->kind == ISN_UNIT_MENTION)
        return false;
    if (u->sub == ISN_SUB_SOURCE && u->function != ISN_NO_ROW)
        return true;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, f->clauses, unit);
    return cue && cue->phrase && cue->class_of == ISN_CUE_SOURCE;
}

/* The party that the source phrase at `unit` names; *after: the unit after it. A verb in it brings
 * nothing of its own. */
static uint32_t source_party(const isn_finder *f, uint32_t unit, uint32_t end, uint32_t *after)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t u = unit + 1;
    bool named;
    *after = u;
    if (u < end && clauses->units[u].kind == ISN_UNIT_VERB) {
        *after = clauses->slots[u]->end;
        if (*after < end && clauses->units[*after].kind == ISN_UNIT_THAT)
            return ISN_NONE;
        const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, u);
        if (!cue)
            return ISN_NONE;
        uint32_t speaker = isn_speaker_of_verb(f, u, cue, &named);
        return named ? speaker : ISN_NONE;
    }
    uint32_t party = isn_speaker_of_phrase(f, u, end, after);
    for (uint32_t v = *after; v < end && v < *after + 6; v++) { /* "of the ministry in Riyadh," */
        if (clauses->units[v].kind == ISN_UNIT_VERB || clauses->units[v].kind == ISN_UNIT_THAT)
            break;
        if (clauses->units[v].kind == ISN_UNIT_COMMA) {
            *after = v;
            break;
        }
    }
    return party;
}

/* The quote of this sentence to which the source phrase at `unit` belongs: the last one that begins
 * before it, or the first one if the phrase stands in front. */
static isn_quote *quote_at(const isn_finder *f, uint32_t unit, bool front)
{
    uint32_t token = f->clauses->units[unit].first;
    isn_quote *found = NULL;
    for (size_t q = f->before; q < f->out->n; q++) {
        isn_quote *quote = &f->out->items[q];
        bool earlier = quote->first <= token || (quote->cue != ISN_NONE && quote->cue < token);
        if (front ? !found && quote->first > token : earlier)
            found = quote;
    }
    return found;
}

/* No clause of its own stands between the quote and the source phrase. */
static bool touches(const isn_finder *f, const isn_quote *quote, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    for (uint32_t u = clauses->unit_of[quote->last - 1] + 1; u < unit; u++) {
        const isn_unit *now = &clauses->units[u];
        if ((now->kind == ISN_UNIT_VERB && now->conj) ||
            (now->kind == ISN_UNIT_CONJ && now->sub != ISN_SUB_AND))
            return false;
    }
    return true;
}

/* What the source phrase in units [unit, after) says: the rest of the sentence, or what stands
 * before it. */
static bool source_content(isn_content *out, const isn_finder *f, uint32_t unit, uint32_t after,
                           bool front)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1];
    while (after < end && (clauses->units[after].kind == ISN_UNIT_COMMA ||
                           clauses->units[after].kind == ISN_UNIT_DATE ||
                           clauses->units[after].kind == ISN_UNIT_COLON))
        after++;
    if (after < end && clauses->units[after].kind == ISN_UNIT_THAT && front)
        after++;
    uint32_t rest = after < end ? isn_words_between(text, clauses->units[after].first,
                                                    text->sentences[sentence].last)
                                : 0;
    if (front) {
        if (after >= end)
            return false;
        *out = (isn_content){clauses->units[after].first,
                             isn_first_token(clauses, isn_content_end(f, after, true)), false};
    } else {
        uint32_t from = begin;
        for (uint32_t u = begin + 1; u < unit; u++) {
            if (clauses->units[u].conj && clauses->units[u].pos == ISN_POS_PRONOUN &&
                u + 1 < unit && clauses->units[u - 1].kind == ISN_UNIT_COMMA)
                from = u + 1;
        }
        out->first = clauses->units[from].first;
        out->last =
            rest > 3 && !clauses->units[after].conj && clauses->units[after].kind != ISN_UNIT_VERB
                ? isn_first_token(clauses, isn_content_end(f, after, true))
                : clauses->units[unit].first;
    }
    uint32_t last = clauses->unit_of[out->last - 1]; /* "and that (is) according to" */
    if (!front && out->last == clauses->units[unit].first &&
        clauses->units[last].pos == ISN_POS_DEMONSTRATIVE && clauses->units[last].conj)
        out->last = clauses->units[last].first;
    out->direct = out->first < text->n_tokens && isn_mark_is_quotation(&text->tokens[out->first]);
    return isn_words_between(text, out->first, out->last) >= 3;
}

/* "and" at the head of a sentence isn't said. */
static void drop_conjunction(isn_quote *quote, const isn_text *text)
{
    const isn_token *token = &text->tokens[quote->first];
    const isn_analysis *best = isn_token_best(token);
    if (best && (best->clitics & (ISN_CL_WA | ISN_CL_FA)) && !quote->direct &&
        quote->begin == token->begin) {
        uint32_t begin = isn_token_stem_begin(text, token, best, true);
        if (begin > token->begin && begin < token->end &&
            !(best->clitics & (ISN_CL_BA | ISN_CL_LA | ISN_CL_SA)))
            quote->begin = begin;
    }
}

bool isn_hands_on(const isn_finder *f, uint32_t party)
{
    return party < ISN_SEVERAL && f->clauses->entities->items[party].type == ISN_ORGANIZATION;
}

uint32_t isn_source_chain(isn_quote *quote, const isn_finder *f, uint32_t party, uint32_t after, uint32_t end)
{
    const isn_clauses *clauses = f->clauses;
    while (isn_hands_on(f, party) && after < end && clauses->units[after].kind == ISN_UNIT_PREP && clauses->units[after].prep == f->quoter->an &&
           !clauses->units[after].pronoun) {
        uint32_t next, source = isn_speaker_of_phrase(f, after + 1, end, &next);
        if (source == ISN_NONE || next <= after)
            break;
        isn_quote_add_via(quote, party);
        party = source;
        after = next;
    }
    return party;
}

/* "according to X": X is in the chain of the quote that it touches, or says the clause. */
static void read_source(isn_finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1],
             after;
    uint32_t party = source_party(f, unit, end, &after);
    isn_quote links = {.speaker = ISN_NONE}; /* "quoting X from Y": X hands on */
    if (party == ISN_NONE)
        return;
    const isn_cue *source = isn_cue_of_unit(f->quoter, clauses, unit);
    if (source && source->who)
        party = isn_source_chain(&links, f, party, after, end);
    bool front = unit <= begin + 1;
    isn_quote *quote = quote_at(f, unit, front);
    if (quote && !front && !touches(f, quote, unit) && f->inside[unit] == ISN_NONE)
        quote = NULL;
    if (quote) {
        for (uint8_t v = 0; v < links.n_via; v++)
            isn_quote_add_via(quote, links.via[v]);
        if (quote->speaker == ISN_NONE)
            quote->speaker = party;
        else
            isn_quote_add_via(quote, party);
        return;
    }
    isn_content content = {0};
    if (!source_content(&content, f, unit, after, front))
        return;
    quote = isn_quote_add(f, &content, unit, ISN_NO_ROW, party, "source phrase", 0.85f);
    if (!quote)
        return;
    for (uint8_t v = 0; v < links.n_via; v++)
        isn_quote_add_via(quote, links.via[v]);
    drop_conjunction(quote, clauses->text);
}

void isn_source_read(isn_finder *f, uint32_t sentence)
{
    const isn_clauses *clauses = f->clauses;
    for (uint32_t u = clauses->sentence_from[sentence]; u < clauses->sentence_from[sentence + 1];
         u++) {
        if (isn_quote_is_source(f, u))
            read_source(f, u);
    }
}

/* --- marks
 * ------------------------------------------------------------------------------------------------------
 */

/* Speech in marks at the head of a sentence without any cue: the last speaker goes on. */
void isn_bare_marks_read(isn_finder *f, uint32_t sentence)
{
    const isn_text *text = f->clauses->text;
    uint32_t open = text->sentences[sentence].first, close;
    if (!isn_mark_is_quotation(&text->tokens[open]) || !isn_mark_opens(&close, f, open) ||
        f->last_speaker == ISN_NONE || sentence - f->last_sentence > 3 ||
        f->inside[f->clauses->unit_of[open]] != ISN_NONE)
        return;
    const isn_quote *before = f->out->n ? &f->out->items[f->out->n - 1] : NULL;
    bool goes_on = before && before->direct && text->tokens[before->last - 1].sentence + 1 == sentence &&
                   isn_quote_is_open(f, before); /* a mark again at each paragraph */
    if (isn_words_between(text, open + 1, close) < (goes_on ? 2 : 6))
        return;
    isn_content content = {open + 1, close, true};
    isn_quote_add(f, &content, ISN_NONE, ISN_NO_ROW, f->last_speaker, "marks without a cue", 0.5f);
}

/* The words before the cue: in marks that close there, or a whole sentence of the first person. */
static bool words_before(isn_content *out, const isn_finder *f, uint32_t token)
{
    const isn_text *text = f->clauses->text;
    uint32_t block = text->sentences[text->tokens[token].sentence].block, back = token;
    const isn_unit *thus = back > 0 ? &f->clauses->units[f->clauses->unit_of[back - 1]] : NULL;
    if (thus && (thus->kind == ISN_UNIT_ADVERB || (thus->pos == ISN_POS_DEMONSTRATIVE && thus->last == thus->first + 1)))
        back = thus->first; /* "thus said" */
    while (back > 0 && token - back < 3 && text->tokens[back - 1].kind == ISN_TOKEN_PUNCT &&
           !isn_mark_is_quotation(&text->tokens[back - 1]))
        back--;
    if (back == 0 || text->sentences[text->tokens[back - 1].sentence].block != block)
        return false;
    if (isn_mark_is_quotation(&text->tokens[back - 1])) {
        uint32_t open = f->pair[back - 1];
        if (open == ISN_NO_MARK || open >= back - 1)
            return false;
        *out = (isn_content){open + 1, back - 1, true};
        return true;
    }
    const isn_sentence *own = &text->sentences[text->tokens[token].sentence];
    if (own->last - own->first > 4 || own->first != token || text->tokens[token].sentence == 0)
        return false;
    const isn_sentence *said = own - 1;
    *out = (isn_content){said->first, said->last, true};
    return said->block == block && isn_content_first_person(text, said->first, said->last);
}

/* "..., says X." at the end of a sentence without marks: all before the comma is X's. */
static bool clause_before(isn_content *out, uint32_t *speaker, const isn_finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    const isn_sentence *sentence = &text->sentences[text->tokens[clauses->units[unit].first].sentence];
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
    if (unit == 0 || unit + 1 >= end || clauses->units[unit - 1].kind != ISN_UNIT_COMMA || clauses->units[unit].conj ||
        clauses->units[unit].pronoun || cue->class_of > ISN_CUE_STATE || f->out->n > f->before ||
        clauses->units[unit + 1].kind != ISN_UNIT_MENTION || clauses->units[unit + 1].prep != ISN_NO_ROW)
        return false;
    isn_party party;
    uint32_t after = isn_party_read(&party, clauses, unit + 1, end);
    uint32_t left = after < end ? isn_words_between(text, clauses->units[after].first, sentence->last) : 0;
    *out = (isn_content){sentence->first, clauses->units[unit - 1].first, false, false};
    if (party.n != 1 || left > 0 || isn_words_between(text, out->first, out->last) < 4 ||
        !isn_speaker_fits(clauses, unit, party.entity[0]))
        return false;
    *speaker = party.entity[0];
    return true;
}

/* The sentence before, if it is of the same paragraph or the paragraph before and nobody is known to say it. */
static bool sentence_before(isn_content *out, const isn_finder *f, uint32_t sentence)
{
    const isn_text *text = f->clauses->text;
    if (sentence == 0)
        return false;
    const isn_sentence *now = &text->sentences[sentence], *said = now - 1;
    if (block_kind(text, sentence - 1) != ISN_BLOCK_BODY || now->block - said->block > 1 || said->first >= said->last ||
        isn_words_between(text, said->first, said->last) < 4)
        return false;
    for (size_t q = f->out->n; q > 0 && q + 4 > f->out->n; q--) {
        const isn_quote *quote = &f->out->items[q - 1];
        if (quote->first < said->last && quote->last > said->first)
            return false;
    }
    *out = (isn_content){said->first, said->last, false, false};
    if (isn_mark_is_quotation(&text->tokens[said->first]))
        *out = (isn_content){said->first + 1, said->last, true, false};
    return true;
}

/* The first named person or body of the sentence behind the phrase at `unit`, before a verb. */
static uint32_t somebody_behind(const isn_finder *f, uint32_t unit, uint32_t end)
{
    const isn_clauses *clauses = f->clauses;
    for (uint32_t u = unit + 1; u < end && u < unit + 8; u++) {
        const isn_unit *now = &clauses->units[u];
        if (now->kind == ISN_UNIT_COMMA || now->kind == ISN_UNIT_THAT || now->kind == ISN_UNIT_COLON)
            return ISN_NONE;
        if (now->kind == ISN_UNIT_MENTION && clauses->entities->items[now->entity].type != ISN_PLACE)
            return now->entity;
    }
    return ISN_NONE;
}

void isn_lead_read(isn_finder *f, uint32_t sentence)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1];
    isn_content content = {0};
    uint32_t speaker = ISN_NONE, cue_unit = begin;
    bool named = false;
    const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, begin);
    if (cue && cue->phrase && cue->class_of == ISN_CUE_LEAD) {
        speaker = somebody_behind(f, begin, end);
    } else if (begin + 2 < end && clauses->units[begin].pos == ISN_POS_DEMONSTRATIVE) {
        for (cue_unit = begin + 1; cue_unit < end && cue_unit < begin + 3; cue_unit++) {
            if (clauses->units[cue_unit].kind == ISN_UNIT_VERB)
                break;
        }
        const isn_unit *verb = &clauses->units[cue_unit];
        if (cue_unit < end && verb->kind == ISN_UNIT_VERB && verb->pronoun && cue_unit == begin + 2)
            cue = isn_cue_of_unit(f->quoter, clauses, cue_unit);
        if (cue && (cue->class_of <= ISN_CUE_STATE || cue->class_of == ISN_CUE_ANNOUNCE))
            speaker = isn_speaker_of_verb(f, cue_unit, cue, &named);
        if (!named)
            speaker = ISN_NONE;
    }
    if (speaker < ISN_SEVERAL && sentence_before(&content, f, sentence))
        isn_quote_add(f, &content, cue_unit, cue->row, speaker, "the next sentence says who", 0.7f);
}

void isn_trailing_read(isn_finder *f, uint32_t unit, const isn_cue *cue, uint32_t speaker)
{
    const isn_text *text = f->clauses->text;
    isn_content content = {0};
    bool marked = words_before(&content, f, f->clauses->units[unit].first);
    if (!(marked && isn_words_between(text, content.first, content.last) >= 3) && !clause_before(&content, &speaker, f, unit, cue))
        return;
    for (size_t q = f->out->n; q > 0 && q + 4 > f->out->n; q--) {
        isn_quote *quote = &f->out->items[q - 1];
        if (quote->first < content.last && quote->last > content.first) {
            if (quote->cue == ISN_NONE && speaker != ISN_NONE)
                quote->speaker = speaker;
            return;
        }
    }
    isn_quote_add(f, &content, unit, cue->row, speaker, "cue after the words", 0.8f);
}
