/*
 * trim.c - names of persons that hold a word too many: "the speech of Putin" taken for a name of two words, "Emmanuel
 * Macron" with the verb behind it. What the lexicon knows as a person stays, a word beside it that no name has goes.
 */
#include "lexicon/schema.h"
#include "link/join.h"

/* Is [first, last) as a whole a person of the lexicon, one in office if `office`? */
static bool is_person(const isn_joining *j, uint32_t first, uint32_t last, bool office)
{
    const isn_text *text = j->text;
    for (uint32_t m = text->match_from[first]; m < text->match_from[first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == last - first && e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_PEOPLE && (!office || isn_join_in_office(j, match->entry[e].row)))
                return true;
        }
    }
    return false;
}

/* Is the word of names.tsv, or part of a compound (abd, bin, abu)? Then it may belong to the name. */
static bool is_name(const isn_text *text, uint32_t t)
{
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            if (text->matches[m].entry[e].table == ISN_T_NAMES)
                return true;
        }
    }
    return false;
}

/* Is it a given name, behind which a surname that nothing knows may stand? */
static bool is_given(const isn_text *text, uint32_t t)
{
    for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == 1 && e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_NAMES &&
                !isn_str_equal(isn_lexicon_cell(text->lexicon, ISN_T_NAMES, match->entry[e].row, ISN_C_NAMES_KIND),
                               ISN_STR("family")))
                return true;
        }
    }
    return false;
}

static bool is_everyday(const isn_text *text, uint32_t t)
{
    const isn_analysis *a = isn_token_best(&text->tokens[t]);
    return a && a->pos != ISN_POS_PROPER && a->pos != ISN_POS_UNKNOWN;
}

static void trim(isn_joining *j, isn_mention *mention)
{
    const isn_text *text = j->text;
    uint32_t first = mention->first, last = mention->last;
    if (is_person(j, first, last, false))
        return;
    if (is_everyday(text, first) && !is_name(text, first) &&
        is_person(j, first + 1, last, last - first == 2) && !is_given(text, last - 1)) {
        const isn_analysis *a = isn_token_best(&text->tokens[first + 1]);
        j->mentions->at[first] = ISN_NONE;
        mention->first = first + 1;
        mention->begin = a ? isn_token_stem_begin(text, &text->tokens[first + 1], a, true)
                           : text->tokens[first + 1].begin;
        return;
    }
    if (is_everyday(text, last - 1) && !is_name(text, last - 1) && !is_given(text, last - 2) &&
        is_person(j, first, last - 1, last - first == 2)) {
        j->mentions->at[last - 1] = ISN_NONE;
        mention->last = last - 1;
        mention->end = text->tokens[last - 2].end;
    }
}

void isn_join_trim(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        isn_mention *mention = &j->mentions->items[m];
        if (mention->type == ISN_PERSON && mention->form == ISN_FORM_NAME && mention->last - mention->first > 1 &&
            mention->row == ISN_NO_ROW && (m + 1 == j->mentions->n || j->mentions->items[m + 1].first >= mention->last))
            trim(j, mention);
    }
}
