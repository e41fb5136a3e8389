/* count.c - what numbers count, how they are meant, and which event they belong to. */
#include "event/number.h"

#include <stdlib.h>

#include "base/error.h"
#include "lexicon/schema.h"

#define ISN_COUNT_SIGHT 9 /* tokens before a number in which the word is looked for that says what happened to those counted */

enum {
    K_BOUND = 1u << ISN_COUNT_BOUND,
    K_WHAT = 1u << ISN_COUNT_WHAT,
    K_PERSON = 1u << ISN_COUNT_PERSON,
    K_NOUN = 1u << ISN_COUNT_NOUN,
    K_UNIT = 1u << ISN_COUNT_UNIT,
    K_PERCENT = 1u << ISN_COUNT_PERCENT
};

/* --- the table -------------------------------------------------------------------------------------------------- */

static uint8_t kind_of(isn_str cell)
{
    static const char *const names[] = {"", "number", "scale", "many", "part", "bound", "what", "person", "verb", "noun",
                                        "unit", "percent"};
    for (uint8_t i = 1; i < sizeof names / sizeof *names; i++) {
        if (isn_str_equal(cell, isn_str_cstr(names[i])))
            return i;
    }
    return ISN_COUNT_NONE;
}

static uint8_t bound_of(isn_str cell)
{
    static const char *const names[] = {"exact", "about", "at_least", "at_most", "more_than", "less_than"};
    for (uint8_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (isn_str_equal(cell, isn_str_cstr(names[i])))
            return i;
    }
    return ISN_BOUND_EXACT;
}

static void index_verb(isn_counter *counter, const isn_lexicon *lexicon, uint32_t row, isn_str lemma)
{
    uint32_t verb = isn_lexicon_row(lexicon, ISN_T_VERBS, lemma);
    for (; verb != ISN_NO_ROW && verb < counter->n_verbs; verb++) {
        if (!isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_VERBS, verb, ISN_C_VERBS_LEMMA), lemma))
            return;
        counter->of_verb[verb] = row;
    }
}

isnad_status isn_counter_new(isn_counter **out, const isn_lexicon *lexicon, isnad_error *err)
{
    isn_counter *counter = calloc(1, sizeof *counter);
    if (counter) {
        counter->n = isn_lexicon_rows(lexicon, ISN_T_COUNTS);
        counter->n_verbs = isn_lexicon_rows(lexicon, ISN_T_VERBS);
        counter->rows = calloc(counter->n + 1, sizeof *counter->rows);
        counter->of_verb = calloc(counter->n_verbs + 1, sizeof *counter->of_verb);
    }
    if (!counter || !counter->rows || !counter->of_verb) {
        isn_counter_free(counter);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the words of counting");
    }
    for (uint32_t verb = 0; verb < counter->n_verbs; verb++)
        counter->of_verb[verb] = ISN_NO_ROW;
    for (uint32_t row = 0; row < counter->n; row++) {
        isn_count_row *r = &counter->rows[row];
        r->kind = kind_of(isn_lexicon_cell(lexicon, ISN_T_COUNTS, row, ISN_C_COUNTS_KIND));
        r->text = isn_lexicon_cell(lexicon, ISN_T_COUNTS, row, ISN_C_COUNTS_VALUE);
        if (!isn_str_to_number(&r->value, r->text))
            r->value = 0;
        r->bound = r->kind == ISN_COUNT_BOUND ? bound_of(r->text) : ISN_BOUND_EXACT;
        if (r->kind == ISN_COUNT_VERB)
            index_verb(counter, lexicon, row, isn_lexicon_cell(lexicon, ISN_T_COUNTS, row, ISN_C_COUNTS_WORD));
    }
    *out = counter;
    return ISNAD_OK;
}

void isn_counter_free(isn_counter *counter)
{
    if (!counter)
        return;
    free(counter->rows);
    free(counter->of_verb);
    free(counter);
}

/* --- what is counted -------------------------------------------------------------------------------------------- */

typedef struct finder {
    const isn_counter *counter;
    const isn_clauses *clauses;
    const isn_text *text;
    const isn_events *events;
    uint32_t begin, end; /* tokens of the sentence */
} finder;

static isn_count_word word_at(const finder *f, uint32_t t, unsigned kinds)
{
    return isn_count_word_at(f->counter, f->text, t, f->end, kinds);
}

/* What the verb at token t does to those counted, or NULL. */
static const isn_count_row *verb_at(const finder *f, uint32_t t)
{
    const isn_analysis *best = isn_token_best(&f->text->tokens[t]);
    if (!best || best->pos != ISN_POS_VERB || best->verb < 0 || (size_t)best->verb >= f->counter->n_verbs)
        return NULL;
    uint32_t row = f->counter->of_verb[best->verb];
    return row == ISN_NO_ROW ? NULL : &f->counter->rows[row];
}

/* The verb or verbal noun before token t that tells what happened to those counted there, or NULL; *near: nothing stands between. */
static const isn_count_row *told_before(const finder *f, uint32_t t, bool *near)
{
    *near = false;
    for (uint32_t u = t, steps = 0; u > f->begin && steps < ISN_COUNT_SIGHT; steps++) {
        u--;
        const isn_token *token = &f->text->tokens[u];
        const isn_analysis *best = isn_token_best(token);
        isn_count_word noun = word_at(f, u, K_NOUN);
        bool bound = word_at(f, u, K_BOUND).row != NULL;
        const isn_count_row *verb = verb_at(f, u);
        *near = steps == 0;
        if (verb)
            return verb;
        if (noun.row && u + noun.n <= t && !(best && best->pos == ISN_POS_VERB))
            return noun.row;
        if ((best && best->pos == ISN_POS_VERB && !bound) || word_at(f, u, K_WHAT | K_UNIT).row ||
            token->kind == ISN_TOKEN_PUNCT)
            return NULL;
    }
    return NULL;
}

/* The same behind those counted: "fifteen people were killed", "twelve people met (laqu) their death". */
static const isn_count_row *told_behind(const finder *f, uint32_t t)
{
    for (uint32_t u = t; u < f->end && u < t + 4; u++) {
        const isn_token *token = &f->text->tokens[u];
        if (token->kind == ISN_TOKEN_PUNCT)
            return NULL;
        const isn_count_row *verb = verb_at(f, u);
        if (verb)
            return verb;
        isn_count_word noun = word_at(f, u, K_NOUN);
        const isn_analysis *best = isn_token_best(token);
        if (noun.row && (u > t || (best && best->pronoun)))
            return noun.row;
    }
    return NULL;
}

/* Does the token begin a noun for people: of counts.tsv, of the tables of groups and offices, or of a nation? */
static bool is_people(const finder *f, uint32_t t)
{
    if (t >= f->end)
        return false;
    if (word_at(f, t, K_PERSON).row)
        return true;
    for (uint32_t m = f->text->match_from[t]; m < f->text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < f->text->matches[m].entries; e++) {
            const isn_entry *entry = &f->text->matches[m].entry[e];
            if (entry->table == ISN_T_GROUPS || entry->table == ISN_T_OFFICES ||
                (entry->table == ISN_T_COUNTRIES && entry->form == ISN_F_DEMONYM))
                return true;
        }
    }
    uint32_t m = f->clauses->mentions->at[t];
    return m != ISN_NONE && f->clauses->mentions->items[m].type == ISN_GROUP;
}

static bool is_min(const finder *f, uint32_t t)
{
    const isn_token *token = &f->text->tokens[t];
    return token->word && token->n == 2 && f->text->normal.p[token->at] == ISN_MEEM &&
           f->text->normal.p[token->at + 1] == ISN_NOON;
}

/* The token at which the words of bound begin that end before token t; t where there are none. */
static uint32_t bound_before(const finder *f, uint32_t t, uint8_t *bound)
{
    uint32_t from = t;
    for (uint32_t back = 1; back <= 5 && t >= f->begin + back; back++) {
        isn_count_word word = word_at(f, t - back, K_BOUND);
        if (word.row && word.n == back) { /* the longest */
            *bound = word.row->bound;
            from = t - back;
        }
    }
    return from;
}

/* Fills what is counted by what stands behind the number, at token `after`; false: nothing that is kept. */
static bool find_what(isn_count *count, const finder *f, uint32_t number, uint32_t after)
{
    isn_count_word share = word_at(f, after, K_PERCENT), unit = word_at(f, after, K_UNIT), what = word_at(f, after, K_WHAT);
    const isn_token *next = after < f->end ? &f->text->tokens[after] : NULL;
    bool sign = next && next->n == 1 && f->text->normal.p[next->at] == '%';
    bool before = number > f->begin && f->text->normal.p[f->text->tokens[number - 1].at] == '%';
    count->last = after;
    if (share.row || sign || before) {
        count->what = ISN_STR("share");
        count->unit = ISN_STR("%");
        count->last = share.row ? after + share.n : sign ? after + 1 : after;
        count->first -= before;
        return true;
    }
    if (unit.row) {
        count->what = ISN_STR("money");
        count->unit = unit.row->text;
        count->last = after + unit.n;
        return true;
    }
    if (what.row && !what.conj) {
        count->what = what.row->text;
        count->last = after + what.n;
        return true;
    }
    bool near, of = after + 1 < f->end && is_min(f, after);
    bool people = is_people(f, after) || (of && is_people(f, after + 1));
    uint8_t bound;
    uint32_t first = bound_before(f, count->first, &bound);
    const isn_count_row *told = told_before(f, first, &near);
    if (people) {
        isn_count_word person = word_at(f, after, K_PERSON);
        count->last = after + (of ? 2 : 1);
        told = told ? told : told_behind(f, count->last);
        if (!told && person.row && person.row->text.n)
            told = person.row; /* "500 protesters" are that, "the arrest of 500 protesters" are not */
        if (person.row && person.n > 1)
            count->last = after + person.n;
    } else if (!near || (next && next->kind == ISN_TOKEN_WORD && !of && isn_token_best(next) &&
                         (isn_token_best(next)->pos == ISN_POS_NOUN || isn_token_best(next)->pos == ISN_POS_ADJ) &&
                         !(isn_token_best(next)->clitics & (ISN_CL_WA | ISN_CL_BA | ISN_CL_LA)))) {
        return false; /* "three rockets", "5 days" */
    }
    if (!told)
        return false;
    count->what = told->text;
    return true;
}

/* --- how it is meant -------------------------------------------------------------------------------------------- */

/* The words of bound right before the number and, "at least", behind it. */
static void find_bound(isn_count *count, const finder *f)
{
    count->first = bound_before(f, count->first, &count->bound);
    for (uint32_t u = count->last; u < f->end && u < count->last + 4 && count->bound == ISN_BOUND_EXACT; u++) {
        isn_count_word word = word_at(f, u, K_BOUND);
        if (f->text->tokens[u].kind != ISN_TOKEN_WORD)
            return;
        if (word.row && word.n > 1 && (word.row->bound == ISN_BOUND_AT_LEAST || word.row->bound == ISN_BOUND_AT_MOST)) {
            count->bound = word.row->bound;
            count->last = u + word.n;
        }
    }
}

/* "between 12 and 15", "12 to 15", "12-15": the second number, if one stands there. */
static uint32_t find_range(isn_count *count, const finder *f, uint32_t after)
{
    static const uint8_t bayna[] = {ISN_BEH, ISN_YEH, ISN_NOON}, ila[] = {ISN_ALEF, ISN_LAM, ISN_YEH};
    if (after + 1 >= f->end)
        return after;
    const isn_token *next = &f->text->tokens[after];
    const isn_token *before = count->first > f->begin ? &f->text->tokens[count->first - 1] : NULL;
    bool between = before && before->word && before->word->n == 3 && memcmp(before->word->key, bayna, 3) == 0;
    bool and = next->kind == ISN_TOKEN_WORD && next->n == 1 && f->text->normal.p[next->at] == ISN_WAW;
    bool to = (next->kind == ISN_TOKEN_PUNCT && next->mark == '-') ||
              (next->word && next->word->n == 3 && memcmp(next->word->key, ila, 3) == 0);
    uint32_t at = and || to ? after + 1 : after;
    double high;
    bool many;
    if (!to && !between)
        return after;
    uint32_t end = isn_number_read(&high, &many, f->counter, f->text, at, f->end);
    if (end == at || many || high <= count->value)
        return after;
    count->high = high;
    count->first -= between;
    return end;
}

/* --- which event ------------------------------------------------------------------------------------------------ */

/* The types of events to which those belong who are counted so. */
static bool belongs(isn_str what, isn_str type)
{
    static const char *const table[][2] = {
        {"killed", "ASSAULT"},    {"injured", "ASSAULT"},   {"missing", "ASSAULT"},     {"kidnapped", "ASSAULT"},
        {"hostages", "ASSAULT"},  {"displaced", "ASSAULT"}, {"displaced", "COERCE"},    {"arrested", "COERCE"},
        {"captured", "COERCE"},   {"executed", "ASSAULT"},  {"released", "RETREAT"},    {"protesters", "PROTEST"},
        {"strikers", "PROTEST"},  {"expelled", "SANCTION"}, {"expelled", "COERCE"},     {"deported", "COERCE"},
        {"money", "AID"},         {"evacuated", "AID"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (isn_str_equal(what, isn_str_cstr(table[i][0])) && isn_str_equal(type, isn_str_cstr(table[i][1])))
            return true;
    }
    return false;
}

/*
 * The nearest event of a fitting type in the sentence; for the dead, injured and missing else the last one told in the two
 * sentences before.
 */
static uint32_t event_of(const finder *f, const isn_count *count)
{
    uint32_t best = ISN_NONE, nearest = UINT32_MAX, sentence = f->text->tokens[count->first].sentence;
    bool victims = belongs(count->what, ISN_STR("ASSAULT"));
    for (uint32_t i = 0; i < f->events->n; i++) {
        const isn_event *event = &f->events->items[i];
        uint32_t own = f->text->tokens[event->trigger].sentence;
        if (own > sentence || own + 2 < sentence || (own < sentence && !victims) || !belongs(count->what, event->type) ||
            event->status == ISN_STATUS_NEGATED)
            continue;
        uint32_t distance = event->trigger > count->first ? event->trigger - count->first : count->first - event->trigger;
        if (own < sentence)
            distance += 10000;
        if (distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

static bool keep(isn_counts *out, const finder *f, isn_count *count)
{
    const isn_token *first = &f->text->tokens[count->first], *last = &f->text->tokens[count->last - 1];
    count->begin = first->begin;
    count->end = last->end;
    if (first->word) { /* a proclitic stays outside */
        isn_count_word word = word_at(f, count->first, ~0u);
        const isn_analysis *best = isn_token_best(first);
        if (word.row && best && (word.conj || word.prep))
            count->begin = isn_token_stem_begin(f->text, first, best, true);
    }
    count->event = event_of(f, count);
    isn_count *kept = ISN_PUSH(f->text->arena, out);
    if (kept)
        *kept = *count;
    return kept != NULL;
}

/* "two dead", "the killing of two soldiers / a soldier": no number but the noun's own. Returns the token after it, or t. */
static uint32_t read_bare(isn_count *count, const finder *f, uint32_t t)
{
    bool near = false;
    uint32_t m = f->clauses->mentions->at[t];
    const isn_mention *mention = m != ISN_NONE && f->clauses->mentions->items[m].first == t ? &f->clauses->mentions->items[m] : NULL;
    isn_count_word what = word_at(f, t, K_WHAT), person = word_at(f, t, K_PERSON);
    bool dual = (what.row && what.form == ISN_F_DUAL) || (person.row && person.form == ISN_F_DUAL) ||
                (mention && mention->type == ISN_GROUP && mention->plural == 2);
    bool single = (person.row && person.form == ISN_F_SINGULAR && !person.article && !person.prep) ||
                  (mention && mention->type == ISN_GROUP && !mention->plural && mention->generic);
    const isn_count_row *told = dual || single ? told_before(f, t, &near) : NULL;
    if (what.row && what.form == ISN_F_DUAL && !what.article) {
        count->what = what.row->text;
    } else if ((dual || single) && told && near && !(person.row && person.article)) {
        count->what = told->text;
    } else {
        return t;
    }
    count->value = count->high = dual ? 2 : 1;
    count->last = t + (what.row ? what.n : person.row ? person.n : 1);
    return count->last;
}

static bool find_in_sentence(isn_counts *out, const finder *f)
{
    for (uint32_t t = f->begin; t < f->end;) {
        const isn_unit *unit = &f->clauses->units[f->clauses->unit_of[t]];
        if (unit->kind == ISN_UNIT_DATE) {
            t = unit->last > t ? unit->last : t + 1;
            continue;
        }
        isn_count count = {.first = t, .event = ISN_NONE};
        bool many;
        uint32_t after = isn_number_read(&count.value, &many, f->counter, f->text, t, f->end);
        bool found;
        if (after > t) {
            count.high = count.value;
            count.bound = many ? ISN_BOUND_MORE_THAN : ISN_BOUND_EXACT;
            uint32_t number = t;
            after = find_range(&count, f, after);
            found = find_what(&count, f, number, after);
        } else {
            found = read_bare(&count, f, t) > t;
        }
        if (found) {
            uint32_t last = count.last;
            find_bound(&count, f);
            if (!keep(out, f, &count))
                return false;
            after = last;
        }
        t = after > t ? after : t + 1;
    }
    return true;
}

bool isn_counts_find(isn_counts *out, const isn_counter *counter, const isn_clauses *clauses, const isn_events *events)
{
    *out = (isn_counts){0};
    const isn_text *text = clauses->text;
    for (size_t s = 0; s < text->n_sentences; s++) {
        finder f = {counter, clauses, text, events, text->sentences[s].first, text->sentences[s].last};
        if (!find_in_sentence(out, &f))
            return false;
    }
    return true;
}
