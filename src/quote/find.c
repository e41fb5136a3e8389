/* find.c - the quotes of a text: a cue, what it brings, who speaks, through whom. */
#include "quote/cue.h"

#define MOST_SENTENCES 12 /* a quotation in marks goes on over at most so many sentences */

typedef struct finder {
    const isn_quoter *quoter;
    const isn_clauses *clauses;
    isn_quotes *out;
    uint32_t last_speaker; /* of the last quote, for speech that goes on without a cue */
    uint32_t pending_via;  /* who hands on what a following "his saying" brings (naqala ... 'an) */
    uint32_t taken;        /* token after the last quotation in marks that was read */
} finder;

/* --- spans ------------------------------------------------------------------------------------------------------ */

static bool is_mark(const isn_token *token)
{
    return token->kind == ISN_TOKEN_PUNCT;
}

/* Tokens [first, last) without the marks at their ends that are not said: commas, stops, dashes, colons, quotation marks. */
static void trim(const isn_text *text, uint32_t *first, uint32_t *last)
{
    while (*first < *last && is_mark(&text->tokens[*first]) && text->tokens[*first].mark != '(')
        ++*first;
    while (*last > *first && is_mark(&text->tokens[*last - 1]) && text->tokens[*last - 1].mark != ')' &&
           text->tokens[*last - 1].mark != '%')
        --*last;
}

static isn_quote *add_quote(finder *f, uint32_t first, uint32_t last, bool direct)
{
    const isn_text *text = f->clauses->text;
    trim(text, &first, &last);
    if (first >= last)
        return NULL;
    isn_quote *quote = ISN_PUSH(text->arena, f->out);
    if (!quote)
        return NULL;
    *quote = (isn_quote){.first = first, .last = last, .direct = direct, .speaker = ISN_NONE,
                         .cue = ISN_NONE, .outer = ISN_NONE, .cue_row = ISN_NO_ROW};
    const isn_token *token = &text->tokens[first];
    const isn_analysis *best = isn_token_best(token);
    bool proclitic = best && !direct && best->pos != ISN_POS_VERB &&
                     (best->clitics & (ISN_CL_BA | ISN_CL_LA)) != 0;
    quote->begin = proclitic ? isn_token_stem_begin(text, token, best, true) : token->begin;
    quote->end = text->tokens[last - 1].end;
    return quote;
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

static bool is_quote_mark(const isn_token *token)
{
    return token->kind == ISN_TOKEN_PUNCT && (token->mark == '"' || token->mark == ISN_QUOTE_OPEN ||
                                              token->mark == ISN_QUOTE_CLOSE);
}

/* The token of the mark that closes the one at `open`, in the same block and not too far; the end of the sentence if none
 * does. */
static uint32_t closing_mark(const isn_text *text, uint32_t open)
{
    uint32_t sentence = text->tokens[open].sentence, block = text->sentences[sentence].block;
    bool pointed = text->tokens[open].mark == ISN_QUOTE_OPEN;
    for (uint32_t t = open + 1; t < text->n_tokens; t++) {
        uint32_t s = text->tokens[t].sentence;
        if (text->sentences[s].block != block || s > sentence + MOST_SENTENCES)
            break;
        if (!is_quote_mark(&text->tokens[t]))
            continue;
        if (!pointed || text->tokens[t].mark != ISN_QUOTE_OPEN)
            return t;
    }
    return text->sentences[sentence].last;
}

/* --- where what is said ends ------------------------------------------------------------------------------------ */

static bool starts_other_speech(const finder *f, uint32_t unit, bool after_comma)
{
    const isn_unit *u = &f->clauses->units[unit];
    const isn_cue *cue = NULL;
    if (isn_unit_is_circumstance(u)) {
        cue = isn_cue_of_unit(f->quoter, f->clauses, unit);
        return cue != NULL;
    }
    if (u->kind == ISN_UNIT_VERB && u->conj) {
        cue = isn_cue_of_unit(f->quoter, f->clauses, unit);
        return cue && cue->class_of <= ISN_CUE_CALL;
    }
    if (u->kind == ISN_UNIT_AUX && u->conj && unit + 1 < f->clauses->n && after_comma)
        return false;
    if (u->sub == ISN_SUB_SOURCE && (u->kind == ISN_UNIT_PREP || u->kind == ISN_UNIT_ADVERB))
        return after_comma;
    cue = after_comma ? isn_cue_of_unit(f->quoter, f->clauses, unit) : NULL;
    return cue && cue->phrase && cue->class_of == ISN_CUE_SOURCE;
}

/* The unit after the last of an indirect quote that begins at `unit`. A noun phrase ends sooner than a clause. */
static uint32_t content_end(const finder *f, uint32_t unit, bool clause)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
    bool in_marks = clauses->units[unit].kind == ISN_UNIT_QUOTE;
    for (uint32_t u = unit + 1; u < end; u++) {
        const isn_unit *now = &clauses->units[u];
        if (now->kind == ISN_UNIT_QUOTE)
            in_marks = !in_marks;
        if (in_marks)
            continue;
        bool comma = clauses->units[u - 1].kind == ISN_UNIT_COMMA;
        if (starts_other_speech(f, u, comma))
            return comma ? u - 1 : u;
        if (!clause && comma &&
            (now->kind == ISN_UNIT_VERB || now->kind == ISN_UNIT_AUX ||
             (now->kind == ISN_UNIT_CONJ && now->sub != ISN_SUB_AND) || now->sub == ISN_SUB_SHIFT ||
             isn_unit_is_circumstance(now)))
            return u - 1;
        if (!clause && now->kind == ISN_UNIT_VERB && now->conj && clauses->slots[u] &&
            clauses->slots[u]->subj.unit == ISN_NONE)
            return u;
    }
    return end;
}

/* --- who speaks ------------------------------------------------------------------------------------------------- */

/* A statement, source or spokesman speaks for whoever follows it: "a statement of the ministry". */
static uint32_t speaker_behind_noun(const finder *f, uint32_t unit)
{
    isn_slots slots;
    if (f->clauses->units[unit].kind != ISN_UNIT_NOUN ||
        !isn_cue_of_unit(f->quoter, f->clauses, unit))
        return ISN_NONE;
    isn_slots_of_noun(&slots, f->clauses, unit);
    if (slots.gen.party.n)
        return slots.gen.party.entity[0];
    for (uint8_t i = 0; i < slots.n_preps && i < 2; i++) {
        const isn_slot *slot = &slots.preps[i];
        if (slot->party.n && f->clauses->entities->items[slot->party.entity[0]].type != ISN_PLACE)
            return slot->party.entity[0];
    }
    return ISN_NONE;
}

static uint32_t speaker_of(const finder *f, const isn_slots *slots)
{
    if (slots->subj.party.n)
        return slots->subj.party.entity[0];
    if (slots->subj.unit != ISN_NONE)
        return speaker_behind_noun(f, slots->subj.unit);
    return ISN_NONE;
}

/* The subject of the nearest verb to the left, for participles. */
static uint32_t speaker_before(const finder *f, uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = clauses->sentence_from[isn_sentence_of_unit(clauses, unit)];
    for (uint32_t u = unit; u > begin;) {
        u--;
        if (!clauses->slots[u])
            continue;
        const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, u);
        if (cue || u == begin) {
            uint32_t speaker = speaker_of(f, clauses->slots[u]);
            if (speaker != ISN_NONE)
                return speaker;
        }
    }
    for (uint32_t u = begin; u < unit; u++) {
        if (clauses->slots[u] && clauses->slots[u]->subj.party.n)
            return clauses->slots[u]->subj.party.entity[0];
    }
    return f->last_speaker;
}

/* --- what a cue brings ------------------------------------------------------------------------------------------ */

typedef struct content {
    uint32_t first, last; /* tokens */
    bool direct;
} content;

static uint32_t token_of(const isn_clauses *clauses, uint32_t unit)
{
    return unit < clauses->n ? clauses->units[unit].first : (uint32_t)clauses->text->n_tokens;
}

/* Words between tokens. */
static uint32_t words_in(const isn_text *text, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t t = first; t < last; t++)
        n += text->tokens[t].kind != ISN_TOKEN_PUNCT;
    return n;
}

/* Speech in marks that opens at the unit. */
static bool in_marks(content *out, finder *f, uint32_t unit)
{
    const isn_text *text = f->clauses->text;
    uint32_t open = f->clauses->units[unit].first;
    if (!is_quote_mark(&text->tokens[open]))
        return false;
    uint32_t close = closing_mark(text, open);
    *out = (content){open + 1, close, true};
    if (f->taken < close)
        f->taken = close;
    return close > open + 1;
}

/* After "that", a colon or an opening mark at `unit`. */
static bool after_that(content *out, finder *f, uint32_t unit, bool mark_only)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t end = clauses->sentence_from[isn_sentence_of_unit(clauses, unit) + 1];
    uint8_t kind = clauses->units[unit].kind;
    if (kind == ISN_UNIT_QUOTE)
        return in_marks(out, f, unit);
    uint32_t next = unit + 1;
    while (next < end && (clauses->units[next].kind == ISN_UNIT_COLON || clauses->units[next].kind == ISN_UNIT_COMMA))
        next++;
    if (next >= end)
        return false;
    if (clauses->units[next].kind == ISN_UNIT_QUOTE) {
        content marked;
        if (in_marks(&marked, f, next)) {
            uint32_t last = token_of(clauses, content_end(f, next, true));
            bool whole = clauses->text->tokens[marked.last - 1].sentence !=
                             clauses->text->tokens[marked.first].sentence ||
                         last <= marked.last + 2;
            if (kind == ISN_UNIT_COLON || whole || words_in(clauses->text, marked.first, marked.last) > 4) {
                *out = marked;
                return true;
            }
            *out = (content){marked.first, last, true};
            return true;
        }
    }
    if (mark_only && kind != ISN_UNIT_COLON)
        return false;
    *out = (content){token_of(clauses, next), token_of(clauses, content_end(f, next, true)), false};
    return true;
}

/* A noun phrase brought by the cue's preposition or standing as its object. */
static bool noun_content(content *out, const finder *f, const isn_cue *cue, const isn_slots *slots,
                         uint32_t unit)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = ISN_NONE;
    for (uint8_t i = 0; i < slots->n_preps && begin == ISN_NONE; i++) {
        for (uint8_t p = 0; p < cue->n_preps; p++) {
            if (slots->preps[i].prep == cue->preps[p] && slots->preps[i].unit != ISN_NONE &&
                slots->preps[i].unit > unit)
                begin = slots->preps[i].unit;
        }
    }
    if (begin == ISN_NONE && cue->object) {
        begin = slots->obj.unit;
        if (begin != ISN_NONE && begin < unit)
            begin = slots->obj2.unit;
    }
    if (begin == ISN_NONE || begin >= clauses->n)
        return false;
    const isn_unit *head = &clauses->units[begin];
    if (head->kind == ISN_UNIT_QUOTE) {
        content marked;
        finder copy = *f;
        if (in_marks(&marked, &copy, begin)) {
            *out = marked;
            return true;
        }
    }
    if (head->kind != ISN_UNIT_NOUN)
        return false;
    uint32_t end = content_end(f, begin, false);
    *out = (content){head->first, token_of(clauses, end), false};
    return words_in(clauses->text, out->first, out->last) >= 2;
}

static void keep(finder *f, const content *c, uint32_t unit, const isn_cue *cue, uint32_t speaker,
                 const char *rule, float sure)
{
    isn_quote *quote = add_quote(f, c->first, c->last, c->direct);
    if (!quote)
        return;
    set_cue(quote, f->clauses, unit, cue ? cue->row : ISN_NO_ROW);
    quote->speaker = speaker;
    quote->rule = rule;
    quote->confidence = speaker == ISN_NONE ? sure - 0.2f : sure;
    if (f->pending_via != ISN_NONE && f->pending_via != speaker)
        quote->via[quote->n_via++] = f->pending_via;
    f->pending_via = ISN_NONE;
    if (speaker != ISN_NONE)
        f->last_speaker = speaker;
}

/* "naqalat X 'an Y (qawlahu) inna": Y speaks, X hands on. */
static bool hand_on(finder *f, uint32_t unit, const isn_cue *cue, const isn_slots *slots)
{
    uint32_t via = speaker_of(f, slots), speaker = ISN_NONE;
    for (uint8_t i = 0; i < slots->n_preps; i++) {
        if (slots->preps[i].prep == f->quoter->an && slots->preps[i].party.n)
            speaker = slots->preps[i].party.entity[0];
    }
    if (speaker == ISN_NONE)
        return false;
    f->pending_via = via;
    content c;
    if (slots->that != ISN_NONE && after_that(&c, f, slots->that, false))
        keep(f, &c, unit, cue, speaker, "handed on", 0.85f);
    else
        f->last_speaker = speaker;
    return true;
}

/* Marks that closed just before the cue: "...", said X. */
static bool trailing(finder *f, uint32_t unit, const isn_cue *cue, uint32_t speaker)
{
    const isn_text *text = f->clauses->text;
    uint32_t t = f->clauses->units[unit].first;
    uint32_t block = text->sentences[text->tokens[t].sentence].block;
    uint32_t back = t;
    while (back > 0 && t - back < 3 && is_mark(&text->tokens[back - 1]) &&
           !is_quote_mark(&text->tokens[back - 1]))
        back--;
    if (back == 0 || text->sentences[text->tokens[back - 1].sentence].block != block)
        return false;
    content c = {0, 0, true};
    if (is_quote_mark(&text->tokens[back - 1])) {
        uint32_t open = back - 1;
        while (open > 0 && text->sentences[text->tokens[open - 1].sentence].block == block) {
            open--;
            if (is_quote_mark(&text->tokens[open]))
                break;
        }
        if (!is_quote_mark(&text->tokens[open]) || open + 1 >= back - 1)
            return false;
        c.first = open + 1;
        c.last = back - 1;
    } else {
        /* the cue is a sentence by itself after a sentence in the first person */
        const isn_sentence *own = &text->sentences[text->tokens[t].sentence];
        if (own->last - own->first > 3 || text->tokens[t].sentence == 0)
            return false;
        const isn_sentence *said = own - 1;
        if (said->block != block)
            return false;
        c.first = said->first;
        c.last = said->last;
    }
    if (words_in(text, c.first, c.last) < 3)
        return false;
    for (size_t q = f->out->n; q > 0 && q + 4 > f->out->n; q--) {
        isn_quote *quote = &f->out->items[q - 1];
        if (quote->first >= c.first && quote->last <= c.last) {
            if (quote->cue == ISN_NONE) {
                set_cue(quote, f->clauses, unit, cue->row);
                quote->speaker = speaker;
            }
            return true;
        }
    }
    keep(f, &c, unit, cue, speaker, "cue after the words", 0.8f);
    return true;
}

static void read_verb(finder *f, uint32_t unit, const isn_cue *cue)
{
    const isn_slots *slots = f->clauses->slots[unit];
    content c;
    if (cue->class_of == ISN_CUE_SOURCE && hand_on(f, unit, cue, slots))
        return;
    uint32_t speaker = speaker_of(f, slots);
    uint8_t that = slots->that != ISN_NONE ? f->clauses->units[slots->that].kind : ISN_UNIT_OTHER;
    bool takes = (that == ISN_UNIT_THAT && cue->clause) ||
                 ((that == ISN_UNIT_COLON || that == ISN_UNIT_QUOTE) && (cue->mark || cue->clause));
    if (takes && after_that(&c, f, slots->that, false)) {
        if (that != ISN_UNIT_QUOTE || words_in(f->clauses->text, c.first, c.last) > 2) {
            keep(f, &c, unit, cue, speaker, "verb of saying with clause or marks", 0.9f);
            return;
        }
    }
    if ((cue->n_preps || cue->object) && cue->class_of != ISN_CUE_ACT &&
        noun_content(&c, f, cue, slots, unit)) {
        keep(f, &c, unit, cue, speaker, "verb of saying with noun", 0.7f);
        return;
    }
    if (cue->mark && cue->class_of <= ISN_CUE_STATE)
        trailing(f, unit, cue, speaker);
}

static void read_participle(finder *f, uint32_t unit, const isn_cue *cue)
{
    isn_slots slots;
    isn_slots_of_noun(&slots, f->clauses, unit);
    uint32_t speaker = speaker_before(f, unit);
    content c;
    if (slots.that != ISN_NONE && (cue->clause || cue->mark) && after_that(&c, f, slots.that, false)) {
        keep(f, &c, unit, cue, speaker, "participle of saying with clause", 0.85f);
        return;
    }
    if (cue->class_of == ISN_CUE_ACT)
        return;
    if (slots.obj.unit == ISN_NONE)
        slots.obj = slots.gen;
    if (noun_content(&c, f, cue, &slots, unit))
        keep(f, &c, unit, cue, speaker, "participle of saying with noun", 0.7f);
}

/* "his saying that", "a statement that". */
static void read_noun(finder *f, uint32_t unit, const isn_cue *cue)
{
    isn_slots slots;
    isn_slots_of_noun(&slots, f->clauses, unit);
    if (slots.that == ISN_NONE || slots.that > unit + 8)
        return;
    uint32_t speaker = slots.gen.party.n ? slots.gen.party.entity[0] : ISN_NONE;
    if (f->pending_via != ISN_NONE)
        speaker = f->last_speaker;
    if (speaker == ISN_NONE)
        speaker = speaker_before(f, unit);
    content c;
    if (after_that(&c, f, slots.that, f->clauses->units[slots.that].kind == ISN_UNIT_QUOTE))
        keep(f, &c, unit, cue, speaker, "noun of saying with clause", 0.75f);
}

/* --- headlines and sources -------------------------------------------------------------------------------------- */

/* "X: ..." at the head of a title or heading. */
static bool read_headline(finder *f, uint32_t sentence)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    isn_block_kind kind = text->blocks[text->sentences[sentence].block].kind;
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
    isn_party party;
    isn_party_read(&party, clauses, begin, colon);
    if (party.n == 0 || clauses->entities->items[party.entity[0]].type == ISN_GROUP)
        return false;
    content c;
    if (!after_that(&c, f, colon, false) || words_in(text, c.first, c.last) < 2)
        return false;
    isn_quote *quote = add_quote(f, c.first, c.last, c.direct);
    if (quote) {
        quote->speaker = party.entity[0];
        quote->cue = clauses->units[colon].first;
        quote->cue_begin = text->tokens[quote->cue].begin;
        quote->cue_end = text->tokens[quote->cue].end;
        quote->rule = "headline with colon";
        quote->confidence = 0.75f;
    }
    return quote != NULL;
}

/* The party that a source phrase at `unit` names; *after is the unit after it. */
static uint32_t source_party(const finder *f, uint32_t unit, uint32_t end, uint32_t *after)
{
    const isn_clauses *clauses = f->clauses;
    isn_party party;
    if (unit < end && clauses->units[unit].kind == ISN_UNIT_VERB) {
        const isn_slots *slots = clauses->slots[unit];
        *after = slots->end;
        return speaker_of(f, slots);
    }
    *after = isn_party_read(&party, clauses, unit, end);
    if (party.n)
        return party.entity[0];
    return unit < end ? speaker_behind_noun(f, unit) : ISN_NONE;
}

/* "according to X": X is in the chain of the sentence's quote, or says the rest of the sentence. */
static void read_source(finder *f, uint32_t unit, size_t quotes_before)
{
    const isn_clauses *clauses = f->clauses;
    const isn_text *text = clauses->text;
    uint32_t sentence = isn_sentence_of_unit(clauses, unit);
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1];
    uint32_t next = unit + 1, after = next;
    uint32_t party = source_party(f, next, end, &after);
    if (party == ISN_NONE)
        return;
    for (size_t q = quotes_before; q < f->out->n; q++) {
        isn_quote *quote = &f->out->items[q];
        if (quote->speaker == party)
            return;
        if (quote->n_via < ISN_MOST_VIA)
            quote->via[quote->n_via++] = party;
        if (quote->speaker == ISN_NONE) {
            quote->speaker = party;
            quote->n_via = 0;
        }
        return;
    }
    uint32_t first, last;
    if (unit > begin + 1) { /* at the end: what stands before it */
        first = clauses->units[begin].first;
        last = clauses->units[unit].first;
    } else {
        while (after < end && clauses->units[after].kind == ISN_UNIT_COMMA)
            after++;
        if (after >= end)
            return;
        first = clauses->units[after].first;
        last = text->sentences[sentence].last;
    }
    if (words_in(text, first, last) < 3)
        return;
    bool direct = is_quote_mark(&text->tokens[first]);
    isn_quote *quote = add_quote(f, first, last, direct);
    if (!quote)
        return;
    set_cue(quote, clauses, unit, ISN_NO_ROW);
    quote->speaker = party;
    quote->rule = "source phrase";
    quote->confidence = 0.7f;
    f->last_speaker = party;
}

/* Speech in marks at the head of a sentence without any cue: the last speaker goes on. */
static void read_bare_marks(finder *f, uint32_t sentence)
{
    const isn_text *text = f->clauses->text;
    uint32_t open = text->sentences[sentence].first;
    if (!is_quote_mark(&text->tokens[open]) || open < f->taken || f->last_speaker == ISN_NONE)
        return;
    uint32_t close = closing_mark(text, open);
    if (words_in(text, open + 1, close) < 6)
        return;
    content c = {open + 1, close, true};
    isn_quote *quote = add_quote(f, c.first, c.last, true);
    if (!quote)
        return;
    quote->speaker = f->last_speaker;
    quote->rule = "marks without a cue";
    quote->confidence = 0.5f;
    f->taken = close;
}

static void read_sentence(finder *f, uint32_t sentence)
{
    const isn_clauses *clauses = f->clauses;
    uint32_t begin = clauses->sentence_from[sentence], end = clauses->sentence_from[sentence + 1];
    size_t before = f->out->n;
    f->pending_via = ISN_NONE;
    if (begin == end || read_headline(f, sentence))
        return;
    for (uint32_t u = begin; u < end; u++) {
        const isn_unit *unit = &clauses->units[u];
        if (unit->kind == ISN_UNIT_MENTION || unit->first < f->taken)
            continue;
        const isn_cue *cue = isn_cue_of_unit(f->quoter, clauses, u);
        if (cue && unit->kind == ISN_UNIT_VERB)
            read_verb(f, u, cue);
        else if (cue && isn_unit_is_circumstance(unit))
            read_participle(f, u, cue);
        else if (cue && unit->kind == ISN_UNIT_NOUN && !cue->phrase)
            read_noun(f, u, cue);
    }
    for (uint32_t u = begin; u < end; u++) {
        const isn_unit *unit = &clauses->units[u];
        const isn_cue *cue = unit->kind != ISN_UNIT_MENTION && unit->kind != ISN_UNIT_VERB
                                 ? isn_cue_of_unit(f->quoter, clauses, u)
                                 : NULL;
        if ((unit->sub == ISN_SUB_SOURCE && unit->function != ISN_NO_ROW) ||
            (cue && cue->phrase && cue->class_of == ISN_CUE_SOURCE))
            read_source(f, u, before);
    }
    if (f->out->n == before)
        read_bare_marks(f, sentence);
}

/* --- order and nesting ------------------------------------------------------------------------------------------ */

static void sort_quotes(isn_quotes *quotes)
{
    for (size_t i = 1; i < quotes->n; i++) { /* nearly in order already */
        isn_quote moved = quotes->items[i];
        size_t j = i;
        while (j > 0 && (quotes->items[j - 1].first > moved.first ||
                         (quotes->items[j - 1].first == moved.first && quotes->items[j - 1].last < moved.last))) {
            quotes->items[j] = quotes->items[j - 1];
            j--;
        }
        quotes->items[j] = moved;
    }
}

/* Drops what is told twice; where an outer quote only brings an inner one, the inner stays with the outer speaker in its
 * chain (Q7); links inner quotes to outer ones. */
static void nest(isn_quotes *quotes, const isn_text *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < quotes->n; i++) {
        isn_quote quote = quotes->items[i];
        bool drop = false;
        for (size_t j = i + 1; j < quotes->n && quotes->items[j].first < quote.last && !drop; j++) {
            isn_quote *inner = &quotes->items[j];
            if (inner->cue == ISN_NONE || inner->last < quote.last || inner->cue < quote.first)
                continue;
            if (words_in(text, quote.first, inner->first) > 8)
                continue;
            if (inner->n_via < ISN_MOST_VIA && quote.speaker != ISN_NONE && quote.speaker != inner->speaker) {
                for (uint8_t v = inner->n_via; v > 0; v--)
                    inner->via[v] = inner->via[v - 1];
                inner->via[0] = quote.speaker;
                inner->n_via++;
            }
            drop = true;
        }
        if (kept > 0 && quotes->items[kept - 1].first == quote.first && quotes->items[kept - 1].last == quote.last)
            drop = true;
        if (!drop)
            quotes->items[kept++] = quote;
    }
    quotes->n = kept;
    for (uint32_t i = 0; i < quotes->n; i++) {
        quotes->items[i].outer = ISN_NONE;
        for (uint32_t j = i; j > 0; j--) {
            if (quotes->items[j - 1].last >= quotes->items[i].last) {
                quotes->items[i].outer = j - 1;
                break;
            }
        }
    }
}

bool isn_quotes_find(isn_quotes *out, const isn_quoter *quoter, const isn_clauses *clauses)
{
    *out = (isn_quotes){0};
    finder f = {.quoter = quoter, .clauses = clauses, .out = out, .last_speaker = ISN_NONE,
                .pending_via = ISN_NONE};
    for (uint32_t s = 0; s < clauses->text->n_sentences; s++)
        read_sentence(&f, s);
    sort_quotes(out);
    nest(out, clauses->text);
    return !clauses->text->arena->full;
}
