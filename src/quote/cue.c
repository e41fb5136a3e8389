#include "quote/cue.h"

#include <stdlib.h>

#include "base/error.h"
#include "lexicon/schema.h"

static void read_takes(isn_cue *cue, const isn_grammar *grammar, isn_str text)
{
    isn_str item, rest = text;
    while (rest.n && isn_str_next(&item, &rest, '|')) {
        if (isn_str_equal(item, ISN_STR("clause"))) {
            cue->clause = 1;
        } else if (isn_str_equal(item, ISN_STR("mark"))) {
            cue->mark = 1;
        } else if (isn_str_equal(item, ISN_STR("obj"))) {
            cue->object = 1;
        } else if (isn_str_equal(item, ISN_STR("who"))) {
            cue->who = 1;
        } else if (cue->n_preps < ISN_CUE_PREPS) {
            uint32_t prep = isn_grammar_preposition(grammar, item);
            if (prep != ISN_NO_ROW)
                cue->preps[cue->n_preps++] = prep;
        }
    }
}

static void read_cue(isn_cue *cue, const isn_grammar *grammar, uint32_t row)
{
    static const char *const classes[ISN_CUE_CLASS_COUNT] = {
#define X(name, text) text,
        ISN_CUE_CLASSES(X)
#undef X
    };
    const isn_lexicon *lexicon = grammar->lexicon;
    *cue = (isn_cue){.row = row};
    isn_str pos = isn_lexicon_cell(lexicon, ISN_T_CUES, row, ISN_C_CUES_POS);
    isn_str name = isn_lexicon_cell(lexicon, ISN_T_CUES, row, ISN_C_CUES_CLASS);
    cue->verb = isn_str_equal(pos, ISN_STR("v"));
    cue->noun = isn_str_equal(pos, ISN_STR("n"));
    cue->phrase = isn_str_equal(pos, ISN_STR("p"));
    for (uint8_t i = 0; i < ISN_CUE_CLASS_COUNT; i++) {
        if (isn_str_equal(name, isn_str_cstr(classes[i])))
            cue->class_of = i;
    }
    read_takes(cue, grammar, isn_lexicon_cell(lexicon, ISN_T_CUES, row, ISN_C_CUES_TAKES));
}

/* The verb cue of a lemma, or ISN_NO_ROW. */
static uint32_t verb_cue(const isn_quoter *quoter, isn_str lemma)
{
    const isn_lexicon *lexicon = quoter->grammar->lexicon;
    uint32_t row = isn_lexicon_row(lexicon, ISN_T_CUES, lemma);
    for (; row < quoter->n; row++) {
        if (!isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CUES, row, ISN_C_CUES_LEMMA), lemma))
            break;
        if (quoter->cues[row].verb)
            return row;
    }
    return ISN_NO_ROW;
}

isnad_status isn_quoter_new(isn_quoter **out, const isn_grammar *grammar, isnad_error *err)
{
    const isn_lexicon *lexicon = grammar->lexicon;
    isn_quoter *quoter = calloc(1, sizeof *quoter);
    size_t n = isn_lexicon_rows(lexicon, ISN_T_CUES),
           verbs = isn_lexicon_rows(lexicon, ISN_T_VERBS);
    if (quoter) {
        quoter->grammar = grammar;
        quoter->n = n;
        quoter->cues = calloc(n + 1, sizeof *quoter->cues);
        quoter->of_verb = calloc(verbs + 1, sizeof *quoter->of_verb);
    }
    if (!quoter || !quoter->cues || !quoter->of_verb) {
        isn_quoter_free(quoter);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the words of saying");
    }
    for (uint32_t row = 0; row < n; row++)
        read_cue(&quoter->cues[row], grammar, row);
    for (uint32_t row = 0; row < verbs; row++)
        quoter->of_verb[row] =
            verb_cue(quoter, isn_lexicon_cell(lexicon, ISN_T_VERBS, row, ISN_C_VERBS_LEMMA));
    quoter->an = isn_grammar_preposition(grammar, ISN_STR("\xD8\xB9\xD9\x86"));
    *out = quoter;
    return ISNAD_OK;
}

void isn_quoter_free(isn_quoter *quoter)
{
    if (!quoter)
        return;
    free(quoter->cues);
    free(quoter->of_verb);
    free(quoter);
}

bool isn_cue_takes(const isn_cue *cue, uint32_t prep)
{
    for (uint8_t p = 0; p < cue->n_preps; p++) {
        if (cue->preps[p] == prep)
            return true;
    }
    return false;
}

const isn_cue *isn_cue_of_unit(const isn_quoter *quoter, const isn_clauses *clauses, uint32_t unit)
{
    const isn_text *text = clauses->text;
    const isn_unit *u = &clauses->units[unit];
    const isn_token *token = &text->tokens[u->first];
    const isn_analysis *best = isn_token_best(token);
    if (!best)
        return NULL;
    const isn_cue *found = NULL;
    uint32_t longest = 0;
    for (uint32_t m = text->match_from[u->first]; m < text->match_from[u->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (match->n < longest)
            break;
        for (uint8_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_CUES)
                continue;
            const isn_cue *cue = &quoter->cues[match->entry[e].row];
            if (cue->verb || (match->n == 1 && u->kind == ISN_UNIT_VERB))
                continue;
            found = cue;
            longest = match->n;
        }
    }
    bool aside = found && u->kind == ISN_UNIT_VERB &&
                 (found->class_of == ISN_CUE_SOURCE || found->class_of == ISN_CUE_END);
    if (found && longest > 1 && !aside)
        return found;
    if (best->verb >= 0 && (u->kind == ISN_UNIT_VERB || u->kind == ISN_UNIT_NOUN)) {
        uint32_t row = quoter->of_verb[best->verb];
        if (row != ISN_NO_ROW)
            return &quoter->cues[row];
    }
    return found;
}
