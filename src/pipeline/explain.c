/* explain.c - how the findings of an article came about, sentence by sentence. */
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "event/confidence.h"
#include "lexicon/schema.h"
#include "pipeline/engine.h"

static const char *const pos_names[ISN_POS_COUNT] = {
    "?",        "noun",    "name",     "adj",  "verb", "masdar",   "active",   "passive", "prep",   "conj",
    "neg",      "part",    "pron",     "dem",  "rel",  "adv",      "aux",      "number",  "mark",
};

static isn_str entity_name(const isn_analysed *a, uint32_t entity)
{
    return entity == ISN_NONE ? ISN_STR("-") : a->entities.items[entity].name;
}

/* Arabic inside left-to-right lines stands in first-strong isolates, so that a terminal doesn't mix the order. */
static void put_isolated(isn_buf *out, isn_str words)
{
    isn_buf_append(out, "\xE2\x81\xA8", 3);
    isn_buf_str(out, words);
    isn_buf_append(out, "\xE2\x81\xA9", 3);
}

/* The same, filled up with blanks to `width` columns, so that what follows stands in one line below the other. */
static void put_column(isn_buf *out, isn_str words, int width)
{
    put_isolated(out, words);
    for (size_t at = 0, length; at < words.n; at += length)
        width -= utf8proc_charwidth((utf8proc_int32_t)isn_utf8_decode(words, at, &length));
    for (; width > 0; width--)
        isn_buf_char(out, ' ');
}

static void put_party(isn_buf *out, const isn_analysed *a, const char *name, const uint32_t *list, size_t n)
{
    if (n == 0)
        return;
    isn_buf_format(out, " %s=", name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            isn_buf_char(out, '+');
        put_isolated(out, entity_name(a, list[i]));
    }
}

static void put_source(isn_buf *out, const isn_analysed *a, int table, uint32_t row)
{
    uint32_t line;
    isn_str file = isn_lexicon_source(a->text.lexicon, table, row, &line);
    isn_buf_str(out, file);
    isn_buf_format(out, ":%u", line);
}

static void put_tokens(isn_buf *out, const isn_analysed *a, const isn_sentence *sentence)
{
    for (uint32_t t = sentence->first; t < sentence->last; t++) {
        const isn_token *token = &a->text.tokens[t];
        if (token->kind == ISN_TOKEN_PUNCT)
            continue;
        isn_buf_format(out, "  token %6u  ", token->begin);
        put_column(out, isn_str_part(a->text.raw, token->begin, token->end), 16);
        const isn_analysis *best = isn_token_best(token);
        if (best) {
            isn_buf_format(out, "  %-7s", pos_names[best->pos < ISN_POS_COUNT ? best->pos : 0]);
            if (best->detail)
                isn_buf_format(out, " inflection=%04x", best->detail);
            if (best->clitics)
                isn_buf_format(out, " clitics=%s%s%s%s%s%s%s", best->clitics & ISN_CL_WA ? "w" : "",
                               best->clitics & ISN_CL_FA ? "f" : "", best->clitics & ISN_CL_BA ? "b" : "",
                               best->clitics & ISN_CL_KA ? "k" : "", best->clitics & ISN_CL_LA ? "l" : "",
                               best->clitics & ISN_CL_SA ? "s" : "", best->clitics & ISN_CL_AL ? "+al" : "");
            if (best->pronoun)
                isn_buf_format(out, " pronoun=%d%c%d", best->pronoun / 8, best->pronoun & 1 ? 'f' : 'm',
                               best->pronoun % 8 / 2);
            if (best->verb >= 0) {
                isn_buf_append(out, " ", 1);
                put_source(out, a, ISN_T_VERBS, (uint32_t)best->verb);
            }
            isn_buf_format(out, " (%u analyses)", token->word->n_analyses);
        }
        isn_buf_char(out, '\n');
    }
}

static void put_slot(isn_buf *out, const isn_analysed *a, const char *name, const isn_slot *slot)
{
    if (slot->unit == ISN_NONE && slot->party.n == 0)
        return;
    isn_buf_format(out, " %s=", name);
    if (slot->unit != ISN_NONE) {
        uint32_t last = slot->after != ISN_NONE && slot->after > slot->unit ? slot->after - 1 : slot->unit;
        put_isolated(out, isn_str_part(a->text.raw, a->text.tokens[a->clauses.units[slot->unit].first].begin,
                                       a->text.tokens[a->clauses.units[last].last - 1].end));
    }
    for (uint8_t i = 0; i < slot->party.n; i++) {
        isn_buf_format(out, "%sE%u", i ? "+" : " ", slot->party.entity[i] + 1);
    }
}

/* The verbs of a sentence with what stands in their slots. */
static void put_clauses(isn_buf *out, const isn_analysed *a, size_t s)
{
    for (uint32_t u = a->clauses.sentence_from[s]; u < a->clauses.sentence_from[s + 1]; u++) {
        const isn_slots *slots = a->clauses.slots[u];
        if (!slots)
            continue;
        const isn_token *token = &a->text.tokens[a->clauses.units[u].first];
        isn_buf_append(out, "  clause ", 9);
        put_isolated(out, isn_str_part(a->text.raw, token->begin, token->end));
        put_slot(out, a, slots->carried ? "subject(carried)" : "subject", &slots->subj);
        put_slot(out, a, "object", &slots->obj);
        put_slot(out, a, "object2", &slots->obj2);
        for (uint8_t i = 0; i < slots->n_preps; i++)
            put_slot(out, a, "with preposition", &slots->preps[i]);
        if (slots->that != ISN_NONE)
            isn_buf_append(out, " that", 5);
        isn_buf_char(out, '\n');
    }
}

static void put_mentions(isn_buf *out, const isn_analysed *a, const isn_sentence *sentence, size_t *next)
{
    static const char *const types[] = {"person", "organization", "place", "group"};
    for (size_t m = *next; m < a->mentions.n; *next = ++m) {
        const isn_mention *mention = &a->mentions.items[m];
        if (mention->begin >= sentence->end)
            break;
        if (mention->begin < sentence->begin)
            continue;
        isn_buf_format(out, "  mention %u-%u ", mention->begin, mention->end);
        put_isolated(out, isn_str_part(a->text.raw, mention->begin, mention->end));
        uint32_t e = a->entities.of_mention[m];
        isn_buf_format(out, " %s %s = E%u ", types[mention->type],
                       mention->form == ISN_FORM_NAME ? "name" : "role", e + 1);
        put_isolated(out, entity_name(a, e));
        isn_buf_format(out, "  [%s", mention->rule ? mention->rule : "");
        if (mention->row != ISN_NO_ROW) {
            isn_buf_append(out, ", ", 2);
            put_source(out, a, mention->table, mention->row);
        }
        isn_buf_format(out, "; %s]\n", a->entities.items[e].rule ? a->entities.items[e].rule : "");
    }
}

static void put_quotes(isn_buf *out, const isn_analysed *a, const isn_sentence *sentence, size_t *next)
{
    for (size_t q = *next; q < a->quotes.n; *next = ++q) {
        const isn_quote *quote = &a->quotes.items[q];
        if (quote->begin >= sentence->end)
            break;
        if (quote->begin < sentence->begin)
            continue;
        isn_buf_format(out, "  quote %u-%u %s", quote->begin, quote->end,
                       quote->direct ? "direct" : "indirect");
        put_party(out, a, "speaker", &quote->speaker, quote->speaker != ISN_NONE);
        put_party(out, a, "via", quote->via, quote->n_via);
        isn_buf_append(out, " ", 1);
        put_isolated(out, isn_str_part(a->text.raw, quote->begin, quote->end));
        isn_buf_format(out, "  [%s", quote->rule);
        if (quote->cue_row != ISN_NO_ROW) {
            isn_buf_append(out, ", ", 2);
            put_source(out, a, ISN_T_CUES, quote->cue_row);
        }
        isn_buf_append(out, "]\n", 2);
    }
}

/* How sure, and the signals that make it so with their weights in hundredths of a logit. */
static void put_signals(isn_buf *out, const isn_event *event, bool kept)
{
    isn_buf_format(out, "    %s %.2f", kept ? "sure" : "only", (double)event->confidence);
    if (isn_str_equal(event->type, ISN_STR("ASSAULT")) || isn_str_equal(event->type, ISN_STR("PROTEST")))
        isn_buf_format(out, ", news %.2f", (double)isn_event_news(event->signals));
    isn_buf_char(out, ':');
    for (unsigned s = 0; s < ISN_EVENT_SIGNAL_COUNT; s++) {
        if (event->signals >> s & 1)
            isn_buf_format(out, " %s%+d", isn_event_signal_text(s), isn_event_signal_weight(s));
    }
    isn_buf_char(out, '\n');
}

static void put_event(isn_buf *out, const isn_analysed *a, const isn_event *event, bool kept)
{
    static const char *const statuses[] = {"actual", "future", "hypothetical", "negated"};
    isn_buf_format(out, "  %s ", kept ? "event" : "left out");
    isn_buf_str(out, event->type);
    if (event->mode.n) {
        isn_buf_char(out, '/');
        isn_buf_str(out, event->mode);
    }
    isn_buf_format(out, " %s ", statuses[event->status]);
    put_isolated(out, isn_str_part(a->text.raw, event->trigger_begin, event->trigger_end));
    put_party(out, a, "actor", event->actor.entity, event->actor.n);
    put_party(out, a, "recipient", event->recipient.entity, event->recipient.n);
    put_party(out, a, "place", &event->place, event->place != ISN_NONE);
    put_party(out, a, "via", event->via, event->n_via);
    if (event->date)
        isn_buf_format(out, " date=%s", event->date->value);
    isn_buf_format(out, "  [%s, ", event->rule);
    put_source(out, a, ISN_T_FRAMES, event->frame);
    isn_buf_append(out, "]\n", 2);
    put_signals(out, event, kept);
}

/* The events of the sentence from *next on, up to the one before `end`. */
static void put_events(isn_buf *out, const isn_analysed *a, const isn_sentence *sentence, size_t *next, size_t end)
{
    for (size_t v = *next; v < end; *next = ++v) {
        const isn_event *event = &a->events.items[v];
        if (event->trigger_begin >= sentence->end)
            break;
        if (event->trigger_begin >= sentence->begin)
            put_event(out, a, event, v < a->events.n);
    }
}

static void put_counts(isn_buf *out, const isn_analysed *a, const isn_sentence *sentence, size_t *next)
{
    static const char *const bounds[] = {"exact", "about", "at least", "at most", "more than", "less than"};
    for (size_t i = *next; i < a->counts.n; *next = ++i) {
        const isn_count *count = &a->counts.items[i];
        if (count->begin >= sentence->end)
            break;
        isn_buf_append(out, "  count ", 8);
        isn_buf_str(out, count->what);
        isn_buf_format(out, " %s %.15g", bounds[count->bound], count->value);
        if (count->high > count->value)
            isn_buf_format(out, " to %.15g", count->high);
        isn_buf_char(out, ' ');
        isn_buf_str(out, count->unit);
        put_isolated(out, isn_str_part(a->text.raw, count->begin, count->end));
        if (count->event != ISN_NONE) {
            const isn_event *event = &a->events.items[count->event];
            isn_buf_append(out, " of ", 4);
            put_isolated(out, isn_str_part(a->text.raw, event->trigger_begin, event->trigger_end));
        }
        isn_buf_char(out, '\n');
    }
}

/* Does the line name the lexicon line: "frames.tsv:12", and not frames.tsv:120? */
static bool names_rule(const char *line, size_t n, isn_str rule)
{
    for (size_t at = 0; at + rule.n <= n; at++) {
        if (memcmp(line + at, rule.p, rule.n) != 0)
            continue;
        bool begins = at == 0 || line[at - 1] == ' ' || line[at - 1] == '[';
        bool ends = at + rule.n == n || line[at + rule.n] < '0' || line[at + rule.n] > '9';
        if (begins && ends)
            return true;
    }
    return false;
}

/* Of the lines from byte `from` on only those stay that name the rule, with what belongs below them; false where none does. */
static bool keep_lines(isn_buf *out, size_t from, isn_str rule)
{
    size_t kept = from;
    bool below = false, any = false;
    for (size_t at = from; at < out->n;) {
        const char *end = memchr(out->p + at, '\n', out->n - at);
        size_t n = end ? (size_t)(end - out->p) - at : out->n - at;
        bool sub = n > 4 && memcmp(out->p + at, "    ", 4) == 0;
        below = sub ? below : names_rule(out->p + at, n, rule);
        if (below) {
            memmove(out->p + kept, out->p + at, n + 1);
            kept += n + 1;
            any = true;
        }
        at += n + 1;
    }
    out->n = kept;
    return any;
}

void isn_explain_write(isn_buf *out, const isn_analysed *a, isn_str rule)
{
    static const char *const kinds[] = {
#define X(name, text) text,
        ISN_BLOCK_KINDS(X)
#undef X
    };
    const isn_article *article = a->findings.article;
    size_t begin = out->n;
    bool any = rule.n == 0;
    isn_buf_str(out, article->uri);
    isn_buf_append(out, "  published ", 12);
    isn_buf_str(out, article->published.n ? article->published : ISN_STR("-"));
    isn_buf_char(out, '\n');
    /* all lists have the order of the text: each is gone through once */
    size_t s = 0, mention = 0, quote = 0, event = 0, doubtful = a->events.n, count = 0;
    for (size_t b = 0; b < article->n_blocks; b++) {
        const isn_block *block = &article->blocks[b];
        if (rule.n == 0)
            isn_buf_format(out, "\nblock %zu %s [%s]\n", b + 1, kinds[block->kind], block->rule ? block->rule : "");
        for (; s < a->text.n_sentences && a->text.sentences[s].block == b; s++) {
            const isn_sentence *sentence = &a->text.sentences[s];
            size_t from = out->n;
            isn_buf_append(out, " sentence ", 10);
            put_isolated(out, isn_str_part(a->text.raw, sentence->begin, sentence->end));
            isn_buf_char(out, '\n');
            size_t findings = out->n;
            put_tokens(out, a, sentence);
            if (a->clauses.slots)
                put_clauses(out, a, s);
            put_mentions(out, a, sentence, &mention);
            put_quotes(out, a, sentence, &quote);
            put_events(out, a, sentence, &event, a->events.n);
            put_events(out, a, sentence, &doubtful, a->events.n + a->events.n_doubtful);
            put_counts(out, a, sentence, &count);
            if (rule.n == 0 || out->failed)
                continue;
            if (keep_lines(out, findings, rule))
                any = true;
            else
                out->n = from;
        }
    }
    if (!any && !out->failed)
        out->n = begin;
}
