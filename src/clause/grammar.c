#include "clause/grammar.h"

#include <stdlib.h>

#include "base/error.h"
#include "lexicon/schema.h"

static uint8_t pos_of(isn_str name)
{
    static const struct {
        const char *name;
        isn_pos pos;
    } list[] = {
        {"prep", ISN_POS_PREP},          {"conj", ISN_POS_CONJ},     {"neg", ISN_POS_NEG},
        {"part", ISN_POS_PARTICLE},      {"pron", ISN_POS_PRONOUN},  {"dem", ISN_POS_DEMONSTRATIVE},
        {"rel", ISN_POS_RELATIVE},       {"adv", ISN_POS_ADVERB},    {"aux", ISN_POS_AUX},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (isn_str_equal(name, isn_str_cstr(list[i].name)))
            return list[i].pos;
    }
    return ISN_POS_UNKNOWN;
}

static uint8_t sub_of(isn_str name)
{
    static const char *const list[] = {
#define X(code, text) text,
        ISN_FUNCTION_SUBS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (isn_str_equal(name, isn_str_cstr(list[i])))
            return (uint8_t)i;
    }
    return ISN_SUB_OTHER;
}

uint32_t isn_grammar_preposition(const isn_grammar *grammar, isn_str name)
{
    uint32_t row = isn_lexicon_row(grammar->lexicon, ISN_T_FUNCTIONS, name);
    while (row != ISN_NO_ROW && row < grammar->n_functions) {
        if (!isn_str_equal(isn_lexicon_cell(grammar->lexicon, ISN_T_FUNCTIONS, row,
                                            ISN_C_FUNCTIONS_WORD),
                           name))
            return ISN_NO_ROW;
        if (grammar->functions[row].pos == ISN_POS_PREP)
            return row;
        row++;
    }
    return ISN_NO_ROW;
}

static void class_rows(uint32_t out[2], const isn_lexicon *lexicon, isn_str name)
{
    size_t n = isn_lexicon_rows(lexicon, ISN_T_CLASSES);
    out[0] = out[1] = isn_lexicon_row(lexicon, ISN_T_CLASSES, name);
    while (out[1] < n && isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CLASSES, out[1],
                                                        ISN_C_CLASSES_CLASS),
                                       name))
        out[1]++;
}

/* Sets a trait of all verbs that the lemma spells. */
static void add_trait(isn_grammar *grammar, isn_str lemma, uint8_t trait)
{
    uint32_t row = isn_lexicon_row(grammar->lexicon, ISN_T_VERBS, lemma);
    for (; row != ISN_NO_ROW && row < grammar->n_verbs; row++) {
        if (!isn_str_equal(isn_lexicon_cell(grammar->lexicon, ISN_T_VERBS, row, ISN_C_VERBS_LEMMA), lemma))
            return;
        grammar->verbs[row] |= trait;
    }
}

static bool holds(isn_str cell, isn_str words)
{
    return isn_str_find(cell, words) != SIZE_MAX;
}

/* Reads from the cues and frames which verbs say something, and which take an object. */
static void read_traits(isn_grammar *grammar)
{
    enum { OTHER = 128 }; /* has frames without an object, or of another type */
    const isn_lexicon *lexicon = grammar->lexicon;
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_CUES); row++) {
        if (isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CUES, row, ISN_C_CUES_POS), ISN_STR("v")))
            add_trait(grammar, isn_lexicon_cell(lexicon, ISN_T_CUES, row, ISN_C_CUES_LEMMA), ISN_VERB_SAYS);
    }
    for (uint32_t row = 0; row < isn_lexicon_rows(lexicon, ISN_T_FRAMES); row++) {
        isn_str pos = isn_lexicon_cell(lexicon, ISN_T_FRAMES, row, ISN_C_FRAMES_POS);
        if (pos.n == 0 || pos.p[0] != 'v')
            continue;
        isn_str slots = isn_lexicon_cell(lexicon, ISN_T_FRAMES, row, ISN_C_FRAMES_SLOTS);
        isn_str conditions = isn_lexicon_cell(lexicon, ISN_T_FRAMES, row, ISN_C_FRAMES_IF);
        isn_str type = isn_lexicon_cell(lexicon, ISN_T_FRAMES, row, ISN_C_FRAMES_TYPE);
        bool object = holds(slots, ISN_STR("obj=")) || holds(conditions, ISN_STR("obj:"));
        bool needs = holds(slots, ISN_STR("obj=")) &&
                     (isn_str_equal(type, ISN_STR("CONSULT")) || isn_str_equal(type, ISN_STR("ACCUSE")) ||
                      isn_str_equal(type, ISN_STR("SUPPORT")));
        bool acts = holds(slots, ISN_STR("subj=event"));
        add_trait(grammar, isn_lexicon_cell(lexicon, ISN_T_FRAMES, row, ISN_C_FRAMES_LEMMA),
                  (uint8_t)((acts ? ISN_VERB_OF_ACTS : 0) | (object ? ISN_VERB_TAKES_OBJECT : 0) | (needs ? ISN_VERB_NEEDS_OBJECT : OTHER)));
    }
    for (size_t v = 0; v < grammar->n_verbs; v++) {
        if (grammar->verbs[v] & OTHER)
            grammar->verbs[v] &= (uint8_t)~ISN_VERB_NEEDS_OBJECT;
    }
}

isnad_status isn_grammar_init(isn_grammar *grammar, const isn_lexicon *lexicon, isnad_error *err)
{
    size_t n = isn_lexicon_rows(lexicon, ISN_T_FUNCTIONS);
    *grammar = (isn_grammar){.lexicon = lexicon, .n_functions = n};
    grammar->functions = calloc(n ? n : 1, sizeof *grammar->functions);
    grammar->n_verbs = isn_lexicon_rows(lexicon, ISN_T_VERBS);
    grammar->verbs = calloc(grammar->n_verbs ? grammar->n_verbs : 1, 1);
    if (!grammar->functions || !grammar->verbs)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the function words");
    for (uint32_t row = 0; row < n; row++) {
        grammar->functions[row].pos =
            pos_of(isn_lexicon_cell(lexicon, ISN_T_FUNCTIONS, row, ISN_C_FUNCTIONS_POS));
        grammar->functions[row].sub =
            sub_of(isn_lexicon_cell(lexicon, ISN_T_FUNCTIONS, row, ISN_C_FUNCTIONS_SUB));
    }
    grammar->ba = isn_grammar_preposition(grammar, ISN_STR("\xD8\xA8"));
    grammar->la = isn_grammar_preposition(grammar, ISN_STR("\xD9\x84"));
    grammar->fi = isn_grammar_preposition(grammar, ISN_STR("\xD9\x81\xD9\x8A"));
    grammar->with = isn_grammar_preposition(grammar, ISN_STR("\xD9\x85\xD8\xB9"));
    grammar->min = isn_grammar_preposition(grammar, ISN_STR("\xD9\x85\xD9\x86"));
    grammar->ila = isn_grammar_preposition(grammar, ISN_STR("\xD8\xA5\xD9\x84\xD9\x89"));
    grammar->ka = isn_grammar_preposition(grammar, ISN_STR("\xD9\x83"));
    read_traits(grammar);
    class_rows(grammar->own_state, lexicon, ISN_STR("self-state"));
    class_rows(grammar->two_sides, lexicon, ISN_STR("two-sides"));
    class_rows(grammar->two_states, lexicon, ISN_STR("two-states"));
    return ISNAD_OK;
}

void isn_grammar_release(isn_grammar *grammar)
{
    free(grammar->functions);
    free(grammar->verbs);
    *grammar = (isn_grammar){0};
}
