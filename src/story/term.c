#include "story/term.h"

#include <stdlib.h>

#include "base/normal.h"
#include "lexicon/schema.h"

#define AHEAD 5u         /* words from "within" to its unit */
#define BEHIND 160u      /* bytes from an event to its span of time */
#define RECENT 900u      /* bytes from a number to what is a multiple of it */
#define TOLD_AHEAD 4u    /* words from "times" to what it is told of */
#define TIMES_MOST 100.0
#define WORD_ROOM 64u

/* --- words --------------------------------------------------------------------------------------- */

/* The row of a word in counts.tsv that is of the kind, or ISN_NO_ROW. */
static uint32_t row_of(const isn_lexicon *lexicon, isn_str word, const char *kind)
{
    size_t n = 0;
    const isn_entry *entries = lexicon ? isn_lexicon_phrase(lexicon, word, &n) : NULL;
    for (size_t i = 0; entries && i < n; i++)
        if (entries[i].table == ISN_T_COUNTS && isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_COUNTS, entries[i].row, ISN_C_COUNTS_KIND),
                                                              isn_str_cstr(kind)))
            return entries[i].row;
    return ISN_NO_ROW;
}

static double value_of(const isn_lexicon *lexicon, uint32_t row)
{
    double whole = 0, scale = 0;
    isn_str cell = isn_lexicon_cell(lexicon, ISN_T_COUNTS, row, ISN_C_COUNTS_VALUE);
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '.') {
            scale = 1;
        } else if (cell.p[i] >= '0' && cell.p[i] <= '9') {
            whole = whole * 10 + (cell.p[i] - '0');
            scale *= 10;
        }
    }
    return scale > 1 ? whole / scale : whole;
}

double isn_number_of(const isn_lexicon *lexicon, isn_str word)
{
    uint8_t letters[WORD_ROOM];
    double value = 0;
    size_t n = isn_normal_letters(letters, sizeof letters, word);
    if (n == 0 || n > sizeof letters)
        return -1;
    if (isn_is_digit(letters[0])) {
        for (size_t i = 0; i < n && isn_is_digit(letters[i]); i++)
            value = value * 10 + (letters[i] - '0');
        return value;
    }
    uint32_t row = row_of(lexicon, word, "number");
    return row == ISN_NO_ROW ? -1 : value_of(lexicon, row);
}

/* A word of the text without the marks around it; a letter of the Arabic alphabet takes two bytes. */
static isn_span next_word(isn_str text, uint32_t at, uint32_t end)
{
    while (at < end && (text.p[at] == ' ' || text.p[at] == '\n'))
        at++;
    uint32_t begin = at;
    while (at < end && text.p[at] != ' ' && text.p[at] != '\n')
        at++;
    uint32_t last = at;
    while (begin < last && ((unsigned char)text.p[begin] < 0x80 && !(text.p[begin] >= '0' && text.p[begin] <= '9')))
        begin++;
    while (last > begin && ((unsigned char)text.p[last - 1] < 0x80 && !(text.p[last - 1] >= '0' && text.p[last - 1] <= '9')))
        last--;
    return (isn_span){begin, last > begin ? last : begin};
}

static isn_str word_at(isn_str text, isn_span span)
{
    return isn_str_part(text, span.begin, span.end);
}

/* The number of a word, also behind "and", "with", "to" written to it; -1 where it is none. */
static double number_at(const isn_lexicon *lexicon, isn_str word)
{
    double value = isn_number_of(lexicon, word);
    return value < 0 && word.n > 6 ? isn_number_of(lexicon, isn_str_part(word, 2, word.n)) : value;
}

/* --- spans of time ------------------------------------------------------------------------------- */

/* The event whose trigger stands last before a place of its sentence; ISN_NOTHING where none is near. */
static uint32_t event_before(const isn_record *r, uint32_t at)
{
    uint32_t best = ISN_NOTHING;
    isn_span sentence = isn_sentence_around(r->text, (isn_span){at, at});
    for (uint32_t i = 0; i < r->n_events; i++) {
        isn_span trigger = r->events[i].trigger;
        if (trigger.begin >= sentence.begin && trigger.end <= at && at - trigger.end <= BEHIND &&
            (best == ISN_NOTHING || trigger.begin > r->events[best].trigger.begin))
            best = i;
    }
    return best;
}

/* Is it told of the past or the next: "within the last days"? Then it dates, and says nothing of how long. */
static bool is_modifier(const isn_lexicon *lexicon, isn_str word)
{
    size_t n = 0;
    const isn_entry *entries = isn_lexicon_phrase(lexicon, word, &n);
    for (size_t i = 0; entries && i < n; i++)
        if (entries[i].table == ISN_T_CALENDAR &&
            isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CALENDAR, entries[i].row, ISN_C_CALENDAR_KIND), ISN_STR("modifier")))
            return true;
    return false;
}

/* Is a unit without a number one ("a month") or two ("two months", a line of its own), not some? */
static bool is_one(const isn_lexicon *lexicon, uint32_t unit, isn_str word)
{
    isn_str gloss = isn_lexicon_cell(lexicon, ISN_T_COUNTS, unit, ISN_C_COUNTS_GLOSS);
    return isn_str_equal(gloss, ISN_STR("two")) || isn_str_equal(word, isn_lexicon_cell(lexicon, ISN_T_COUNTS, unit, ISN_C_COUNTS_WORD));
}

/* A number and a unit behind the word that ends at `at`; sets what it says in days and where it ends. */
static bool read_span(double *days, uint32_t *end, const isn_record *r, const isn_lexicon *lexicon, uint32_t at)
{
    double number = 0;
    for (unsigned i = 0; i < AHEAD; i++) {
        isn_span word = next_word(r->text, at, (uint32_t)r->text.n);
        isn_str text = word_at(r->text, word);
        uint32_t unit = row_of(lexicon, text, "span");
        if (unit != ISN_NO_ROW) {
            isn_span after = next_word(r->text, word.end, (uint32_t)r->text.n);
            double one = value_of(lexicon, unit);
            *days = number > 0 ? number * one : one;
            *end = word.end;
            if (number <= 0 && !is_one(lexicon, unit, text))
                return false; /* "after days" says nothing */
            return !is_modifier(lexicon, word_at(r->text, after));
        }
        double more = number_at(lexicon, text);
        if (more < 0)
            return false;
        number += more;
        at = word.end;
    }
    return false;
}

static bool take_span(isn_term *out, const isn_record *r, const isn_lexicon *lexicon, isn_span word)
{
    static const char *const kinds[] = {"within", "after", "lasting"};
    for (uint8_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (row_of(lexicon, word_at(r->text, word), kinds[k]) == ISN_NO_ROW)
            continue;
        *out = (isn_term){.kind = k, .item = event_before(r, word.begin), .span = word};
        return out->item != ISN_NOTHING && read_span(&out->value, &out->span.end, r, lexicon, word.end);
    }
    return false;
}

/* --- multiples ----------------------------------------------------------------------------------- */

/* The count that was told last before a place; people are counted so, not sums. */
static uint32_t count_before(const isn_record *r, uint32_t at)
{
    uint32_t best = ISN_NOTHING;
    for (uint32_t i = 0; i < r->n_counts; i++)
        if (r->counts[i].span.end <= at && at - r->counts[i].span.end <= RECENT && r->counts[i].unit.n == 0 &&
            (best == ISN_NOTHING || r->counts[i].span.begin > r->counts[best].span.begin))
            best = i;
    return best;
}

/* "three times", "double" with "than that", "the number announced" behind it. */
static bool take_times(isn_term *out, const isn_record *r, const isn_lexicon *lexicon, isn_span before, isn_span word)
{
    uint32_t row = row_of(lexicon, word_at(r->text, word), "times");
    if (row == ISN_NO_ROW)
        return false;
    double number = number_at(lexicon, word_at(r->text, before)), factor = value_of(lexicon, row) * (number > 0 ? number : 1);
    *out = (isn_term){.kind = ISN_TERM_TIMES, .span = {number > 0 ? before.begin : word.begin, word.end}, .value = factor,
                      .item = count_before(r, word.begin)};
    bool told = false;
    uint32_t at = word.end;
    for (unsigned i = 0; i < TOLD_AHEAD && !told; i++) {
        isn_span next = next_word(r->text, at, (uint32_t)r->text.n);
        told = row_of(lexicon, word_at(r->text, next), "told") != ISN_NO_ROW;
        at = next.end;
    }
    return told && factor > 1 && factor <= TIMES_MOST && out->item != ISN_NOTHING;
}

size_t isn_terms_find(isn_term out[ISN_TERMS_MOST], const isn_record *r, const isn_lexicon *lexicon)
{
    size_t n = 0;
    isn_span before = {0, 0};
    for (uint32_t at = 0; lexicon && at < r->text.n && n < ISN_TERMS_MOST;) {
        isn_span word = next_word(r->text, at, (uint32_t)r->text.n);
        if (word.end <= at) {
            at++;
            continue;
        }
        if (word.end > word.begin && (take_span(&out[n], r, lexicon, word) || take_times(&out[n], r, lexicon, before, word)))
            n++;
        before = word;
        at = word.end;
    }
    return n;
}
