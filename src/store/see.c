/* see.c - what one article says to a query: the sentence that answers, its events, its quotes. */
#include "store/find.h"

#include "lexicon/schema.h"

/* --- articles ---------------------------------------------------------------------------------------------------------- */

/* The sentence that holds most of what was asked for; that of the title only where it holds more. */
static size_t best_sentence(const isn_text *text, const isn_hit *hits, size_t n, size_t operands)
{
    size_t best = 0;
    unsigned most = 0;
    for (size_t i = 0, h = 0; i < text->n_sentences; i++) {
        const isn_sentence *sentence = &text->sentences[i];
        uint64_t seen = 0;
        unsigned found = 0;
        while (h < n && hits[h].first < sentence->first)
            h++;
        for (size_t k = h; k < n && hits[k].first < sentence->last; k++)
            seen |= UINT64_C(1) << (hits[k].operand & 63);
        for (size_t o = 0; o < operands && o < 64; o++)
            found += (seen >> o & 1) * 2;
        if (found && text->blocks[sentence->block].kind != ISN_BLOCK_TITLE)
            found++;
        if (found > most) {
            most = found;
            best = i;
        }
    }
    return best;
}

/* The first sentence of what is no title. */
static size_t first_sentence(const isn_text *text)
{
    for (size_t i = 0; i < text->n_sentences; i++) {
        if (text->blocks[text->sentences[i].block].kind == ISN_BLOCK_BODY)
            return i;
    }
    return 0;
}

static void put_marks(isn_buf *out, const isn_text *text, const isn_sentence *sentence, const isn_hit *hits, size_t n)
{
    isn_row_raw(out, "marks", "[");
    uint32_t end = 0; /* of the last mark: hits that overlap are one */
    for (size_t h = 0; h < n; h++) {
        if (hits[h].first < sentence->first || hits[h].last >= sentence->last)
            continue;
        uint32_t begin = text->tokens[hits[h].first].begin, last = text->tokens[hits[h].last].end;
        if (last <= end)
            continue;
        if (out->p[out->n - 1] != '[')
            isn_buf_char(out, ',');
        isn_buf_format(out, "{\"begin\":%u,\"end\":%u}", begin < end ? end : begin, last);
        end = last;
    }
    isn_buf_char(out, ']');
}

bool isn_see_article(isn_seeker *s, isn_seen *seen, void *extra)
{
    (void)extra;
    isn_text text;
    isn_row_use use = isn_row_found(s);
    if (use != ISN_ROW_TELL)
        return use == ISN_ROW_PASS;
    if (!isn_seek_text(s, seen) || !isn_seek_words(s, seen, &text))
        return isn_seek_failed(s, seen);
    size_t n = 0;
    isn_hit *hits = isn_words_query_hits(&n, &s->words, &s->store->arena, &text);
    isn_buf *out = isn_row_begin(s);
    isn_row_article(out, seen);
    isn_row_int(out, "version", seen->version);
    if (text.n_sentences) {
        const isn_sentence *sentence = &text.sentences[n ? best_sentence(&text, hits, n, s->words.n) : first_sentence(&text)];
        isn_row_int(out, "begin", sentence->begin);
        isn_row_int(out, "end", sentence->end);
        isn_row_str(out, "sentence", isn_str_part(seen->text, sentence->begin, sentence->end));
        put_marks(out, &text, sentence, hits, n);
    }
    return isn_row_end(s);
}

/* --- events ------------------------------------------------------------------------------------------------------------- */

static bool has_party(const isn_seen *seen, const isn_seen_event *event, const isn_actor_set *set, const char *roles)
{
    for (size_t i = 0; i < event->n_parties; i++) {
        const isn_seen_party *p = &event->parties[i];
        if (strchr(roles, p->role) && p->entity < seen->n_entities && isn_actor_set_has(set, seen->entities[p->entity].actor))
            return true;
    }
    return false;
}

static bool has_country(const isn_seen *seen, const isn_seen_event *event, isn_str country)
{
    for (size_t i = 0; i < event->n_parties; i++) {
        const isn_seen_party *p = &event->parties[i];
        if (p->role != 'v' && p->entity < seen->n_entities && isn_str_equal(seen->entities[p->entity].country, country))
            return true;
    }
    return event->place && event->place < seen->n_entities && isn_str_equal(seen->entities[event->place].country, country);
}

static int quad_of(const isn_seeker *s, isn_str type)
{
    int64_t quad = 0;
    uint32_t row = isn_lexicon_row(s->store->lexicon, ISN_T_EVENTS, type);
    if (row != ISN_NO_ROW)
        isn_str_to_int(&quad, isn_lexicon_cell(s->store->lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_QUAD));
    return (int)quad;
}

bool isn_seek_event_fits(const isn_seeker *s, const isn_seen *seen, const isn_seen_event *event)
{
    const isnad_query *q = s->query;
    bool days = s->since != ISN_NO_DAY || s->until != ISN_NO_DAY;
    if ((s->type.n && !isn_str_equal(s->type, event->type)) || (s->mode.n && !isn_str_equal(s->mode, event->mode)) ||
        (q->status && !isn_str_equal(event->status, isn_str_cstr(q->status))) ||
        (s->quad && quad_of(s, event->type) != s->quad))
        return false;
    if (days && (event->day == ISN_NO_DAY || (s->since != ISN_NO_DAY && event->day < s->since) ||
                 (s->until != ISN_NO_DAY && event->day > s->until)))
        return false;
    return (!s->actor.given || has_party(seen, event, &s->actor, "ar")) &&
           (!s->by.given || has_party(seen, event, &s->by, "a")) && (!s->to.given || has_party(seen, event, &s->to, "r")) &&
           (!q->country || has_country(seen, event, isn_str_cstr(q->country)));
}

/* Does a word that was asked for stand between these bytes? */
static bool words_within(const isn_text *text, const isn_hit *hits, size_t n, int64_t begin, int64_t end)
{
    for (size_t i = 0; i < n; i++) {
        if ((int64_t)text->tokens[hits[i].first].begin >= begin && (int64_t)text->tokens[hits[i].last].end <= end)
            return true;
    }
    return false;
}

static void put_parties(isn_buf *out, const char *key, const isn_seen *seen, const isn_seen_event *event, char role)
{
    isn_row_raw(out, key, "[");
    for (size_t i = 0; i < event->n_parties; i++) {
        if (event->parties[i].role != role)
            continue;
        if (out->p[out->n - 1] != '[')
            isn_buf_char(out, ',');
        isn_row_entity(out, seen, event->parties[i].entity);
    }
    isn_buf_char(out, ']');
}

bool isn_row_event(isn_seeker *s, const isn_seen *seen, const isn_seen_event *event)
{
    isn_buf *out = isn_row_begin(s);
    isn_row_article(out, seen);
    isn_row_int(out, "event", event->n);
    isn_row_str(out, "date", event->date);
    isn_row_str(out, "type", event->type);
    isn_row_str(out, "mode", event->mode);
    isn_row_int(out, "quad", quad_of(s, event->type));
    isn_row_str(out, "status", event->status);
    put_parties(out, "actor", seen, event, 'a');
    put_parties(out, "recipient", seen, event, 'r');
    put_parties(out, "via", seen, event, 'v');
    isn_row_raw(out, "place", "");
    isn_row_entity(out, seen, event->place);
    isn_row_int(out, "begin", event->begin);
    isn_row_int(out, "end", event->end);
    isn_row_str(out, "words", isn_str_part(seen->text, (size_t)event->begin, (size_t)event->end));
    isn_row_str(out, "rule", event->rule);
    isn_row_real(out, "confidence", event->confidence);
    return isn_row_end(s);
}

/* The places of the words that were asked for, where any were; *n 0 and text unread else. */
static bool find_words(isn_seeker *s, isn_seen *seen, isn_text *text, isn_hit **hits, size_t *n)
{
    *hits = NULL;
    *n = 0;
    if (s->words.n == 0)
        return true;
    if (!isn_seek_words(s, seen, text))
        return false;
    *hits = isn_words_query_hits(n, &s->words, &s->store->arena, text);
    return true;
}

bool isn_see_events(isn_seeker *s, isn_seen *seen, void *extra)
{
    (void)extra;
    isn_text text;
    isn_hit *hits;
    size_t n;
    if (!isn_seek_entities(s, seen) || !isn_seek_events(s, seen) || !isn_seek_text(s, seen) ||
        !find_words(s, seen, &text, &hits, &n))
        return isn_seek_failed(s, seen);
    for (size_t i = 0; i < seen->n_events; i++) {
        const isn_seen_event *event = &seen->events[i];
        if (isn_seek_event_fits(s, seen, event) &&
            (s->words.n == 0 || words_within(&text, hits, n, event->begin, event->end))) {
            isn_row_use use = isn_row_found(s);
            if (use == ISN_ROW_STOP || (use == ISN_ROW_TELL && !isn_row_event(s, seen, event)))
                return false;
        }
    }
    return true;
}

/* --- quotes --------------------------------------------------------------------------------------------------------------- */

typedef struct quote {
    int64_t n, begin, end, cue_begin, cue_end;
    uint32_t speaker;
    isn_str kind, rule;
    double confidence;
} quote;

/* Is somebody of the set named between these bytes? */
static bool names(isn_seeker *s, const isn_seen *seen, const isn_actor_set *set, int64_t begin, int64_t end)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_MENTIONS, seen->id);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        int64_t entity = sqlite3_column_int64(st, 0);
        if (sqlite3_column_int64(st, 1) >= begin && sqlite3_column_int64(st, 2) <= end && entity > 0 &&
            (uint64_t)entity < seen->n_entities && isn_actor_set_has(set, seen->entities[entity].actor))
            return true;
    }
    return false;
}

/* Is it said to somebody of the set? The event that is made of it, or of its word of saying, has them as recipient. */
static bool said_to(const isn_seeker *s, const isn_seen *seen, const quote *q)
{
    for (size_t i = 0; i < seen->n_events; i++) {
        const isn_seen_event *event = &seen->events[i];
        bool its = event->quote == q->n || (q->cue_end && event->trigger_begin >= q->cue_begin && event->trigger_end <= q->cue_end);
        if (its && has_party(seen, event, &s->to, "r"))
            return true;
    }
    return false;
}

static void put_via(isn_seeker *s, isn_buf *out, const isn_seen *seen, const quote *q)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_QUOTE_VIA, seen->id);
    isn_row_raw(out, "via", "[");
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        if (sqlite3_column_int64(st, 0) != q->n)
            continue;
        if (out->p[out->n - 1] != '[')
            isn_buf_char(out, ',');
        isn_row_entity(out, seen, (uint32_t)sqlite3_column_int64(st, 1));
    }
    isn_buf_char(out, ']');
}

static bool put_quote(isn_seeker *s, const isn_seen *seen, const quote *q)
{
    isn_buf *out = isn_row_begin(s);
    isn_row_article(out, seen);
    isn_row_int(out, "quote", q->n);
    isn_row_str(out, "kind", q->kind);
    isn_row_raw(out, "speaker", "");
    isn_row_entity(out, seen, q->speaker);
    put_via(s, out, seen, q);
    isn_row_int(out, "begin", q->begin);
    isn_row_int(out, "end", q->end);
    isn_row_str(out, "words", isn_str_part(seen->text, (size_t)q->begin, (size_t)q->end));
    isn_row_str(out, "rule", q->rule);
    isn_row_real(out, "confidence", q->confidence);
    return isn_row_end(s);
}

static bool quote_fits(isn_seeker *s, const isn_seen *seen, const quote *q)
{
    int64_t speaker = q->speaker && q->speaker < seen->n_entities ? seen->entities[q->speaker].actor : 0;
    return (!s->actor.given || isn_actor_set_has(&s->actor, speaker)) && (!s->by.given || isn_actor_set_has(&s->by, speaker)) &&
           (!s->to.given || said_to(s, seen, q)) && (!s->about.given || names(s, seen, &s->about, q->begin, q->end));
}

static quote read_quote(isn_seeker *s, sqlite3_stmt *st)
{
    return (quote){.n = sqlite3_column_int64(st, 0), .begin = sqlite3_column_int64(st, 1), .end = sqlite3_column_int64(st, 2),
                   .kind = isn_seek_column(s, st, 3), .speaker = (uint32_t)sqlite3_column_int64(st, 4),
                   .cue_begin = sqlite3_column_int64(st, 5), .cue_end = sqlite3_column_int64(st, 6),
                   .rule = isn_seek_column(s, st, 7), .confidence = sqlite3_column_double(st, 8)};
}

bool isn_row_quote(isn_seeker *s, isn_seen *seen, int64_t n)
{
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_QUOTES, seen->id);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        if (sqlite3_column_int64(st, 0) == n) {
            quote q = read_quote(s, st);
            return put_quote(s, seen, &q);
        }
    }
    return isn_seek_failed(s, seen);
}

bool isn_see_quotes(isn_seeker *s, isn_seen *seen, void *extra)
{
    (void)extra;
    isn_text text;
    isn_hit *hits;
    size_t n;
    sqlite3_stmt *st = isn_seek_statement(s, ISN_SEEK_QUOTES, seen->id);
    if (!st || !isn_seek_entities(s, seen) || !isn_seek_text(s, seen) || (s->to.given && !isn_seek_events(s, seen)) ||
        !find_words(s, seen, &text, &hits, &n))
        return isn_seek_failed(s, seen);
    while (sqlite3_step(st) == SQLITE_ROW) {
        quote q = read_quote(s, st);
        if (!quote_fits(s, seen, &q) || (s->words.n && !words_within(&text, hits, n, q.begin, q.end)))
            continue;
        isn_row_use use = isn_row_found(s);
        if (use == ISN_ROW_STOP || (use == ISN_ROW_TELL && !put_quote(s, seen, &q)))
            return false;
    }
    return true;
}
