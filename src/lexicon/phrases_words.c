/* Phrases of the tables of words: calendar, verbs, frames, cues, classes, contexts, function words, pages. */
#include "lexicon/phrases.h"
#include "lexicon/verb.h"

static bool ends_in_teh_marbuta(isn_str text)
{
    return isn_str_ends(text, ISN_STR("\xD8\xA9"));
}

static bool is(const isn_phrase_maker *maker, int column, const char *value)
{
    return isn_str_equal(isn_maker_cell(maker, column), isn_str_cstr(value));
}

/* --- verbs ------------------------------------------------------------------------------------------------------ */

static void add_verb_noun(isn_phrase_maker *maker, const isn_verb_noun *noun, unsigned make, unsigned form)
{
    if (noun->n)
        isn_noun_inflect(&maker->forms, noun->p, noun->n,
                         make | (noun->defective ? ISN_MAKE_DEFECTIVE : 0u), form, 0);
    isn_maker_forms(maker);
}

/* A list of nouns of the row; of a root with a weak last letter their final ya may fall (tahaddi, tahaddin). */
static void add_cell_nouns(isn_phrase_maker *maker, int column, unsigned make, unsigned form)
{
    isn_str rest = isn_maker_cell(maker, column), root = isn_maker_cell(maker, ISN_C_VERBS_ROOT), text;
    bool weak = isn_str_ends(root, ISN_STR("\xD9\x8A")) || isn_str_ends(root, ISN_STR("\xD9\x88"));
    while (isn_str_next(&text, &rest, '|')) {
        bool ya = isn_str_ends(isn_str_trim(text), ISN_STR("\xD9\x8A"));
        unsigned more = form == ISN_F_MASDAR && ends_in_teh_marbuta(text) ? ISN_MAKE_FEMININE_PLURAL : 0;
        more |= weak && ya ? ISN_MAKE_DEFECTIVE : 0u;
        isn_maker_noun(maker, text, make | more, form, 0);
    }
}

static void of_verb(isn_phrase_maker *maker)
{
    isn_verb verb = {isn_maker_cell(maker, ISN_C_VERBS_LEMMA), isn_maker_cell(maker, ISN_C_VERBS_ROOT),
                     isn_maker_cell(maker, ISN_C_VERBS_FORM), isn_maker_cell(maker, ISN_C_VERBS_VOWEL)};
    isn_verb_nouns nouns;
    if (!isn_verb_inflect(&maker->forms, &nouns, NULL, &verb)) {
        const isn_row *row = &maker->tables->rows[maker->table].items[maker->row];
        isn_faults_add(maker->faults, ISNAD_E_LEXICON, maker->tables->files.items[row->file].p, row->line,
                       "root '%.*s' cannot be used with form '%.*s'", (int)verb.root.n, verb.root.p,
                       (int)verb.form.n, verb.form.p);
        isn_maker_text(maker, verb.lemma, ISN_F_VERB, ISN_V_PAST | ISN_V_THIRD);
        memset(&nouns, 0, sizeof nouns);
    }
    isn_maker_forms(maker);
    bool first = is(maker, ISN_C_VERBS_FORM, "1");
    unsigned masdar = ISN_MAKE_DUAL | (first ? 0u : (unsigned)ISN_MAKE_FEMININE_PLURAL);
    if (isn_maker_cell(maker, ISN_C_VERBS_MASDAR).n)
        add_cell_nouns(maker, ISN_C_VERBS_MASDAR, masdar, ISN_F_MASDAR);
    else
        add_verb_noun(maker, &nouns.masdar, masdar, ISN_F_MASDAR);
    isn_maker_nouns(maker, ISN_C_VERBS_PLURAL, ISN_MAKE_PLURAL_WORD, ISN_F_MASDAR, 0);
    if (isn_maker_cell(maker, ISN_C_VERBS_ACTIVE).n)
        add_cell_nouns(maker, ISN_C_VERBS_ACTIVE, ISN_MAKE_ADJECTIVE, ISN_F_ACTIVE);
    else
        add_verb_noun(maker, &nouns.active, ISN_MAKE_ADJECTIVE, ISN_F_ACTIVE);
    add_verb_noun(maker, &nouns.passive, ISN_MAKE_ADJECTIVE, ISN_F_PASSIVE);
}

/* --- nouns ------------------------------------------------------------------------------------------------------ */

/* The plural cell of a word in classes.tsv or contexts.tsv, or empty. Tables are small; only frames and cues ask. */
static isn_str plural_of(const isn_phrase_maker *maker, isn_str word)
{
    static const int places[2][3] = {
        {ISN_T_CLASSES, ISN_C_CLASSES_WORD, ISN_C_CLASSES_PLURAL},
        {ISN_T_CONTEXTS, ISN_C_CONTEXTS_WORD, ISN_C_CONTEXTS_PLURAL},
    };
    for (size_t t = 0; t < 2; t++) {
        const isn_rows *rows = &maker->tables->rows[places[t][0]];
        for (size_t i = 0; i < rows->n; i++) {
            const isn_str *cells = rows->items[i].cells;
            if (cells[places[t][2]].n && isn_str_equal(cells[places[t][1]], word))
                return cells[places[t][2]];
        }
    }
    return (isn_str){NULL, 0};
}

static bool list_has(isn_str list, isn_str value)
{
    isn_str text;
    while (isn_str_next(&text, &list, '|')) {
        if (isn_str_equal(isn_str_trim(text), value))
            return true;
    }
    return false;
}

/* The broken plurals of a verbal noun that verbs.tsv lists, or empty. */
static isn_str plural_of_masdar(const isn_phrase_maker *maker, isn_str masdar)
{
    const isn_rows *rows = &maker->tables->rows[ISN_T_VERBS];
    for (size_t i = 0; i < rows->n; i++) {
        const isn_str *cells = rows->items[i].cells;
        if (cells[ISN_C_VERBS_PLURAL].n && list_has(cells[ISN_C_VERBS_MASDAR], masdar))
            return cells[ISN_C_VERBS_PLURAL];
    }
    return (isn_str){NULL, 0};
}

/* A noun with the plurals of the cell `plurals`; -at by rule where there is none. */
static void add_noun(isn_phrase_maker *maker, isn_str noun, isn_str plurals, unsigned form)
{
    bool by_rule = plurals.n == 0 || ends_in_teh_marbuta(noun);
    isn_maker_noun(maker, noun, ISN_MAKE_DUAL | (by_rule ? ISN_MAKE_FEMININE_PLURAL : 0u), form, 0);
    isn_str rest = plurals, text;
    while (isn_str_next(&text, &rest, '|'))
        isn_maker_noun(maker, text, ISN_MAKE_PLURAL_WORD, form, 0);
}

/*
 * A word of a class. Words without a plural of their own may be persons or adjectives: they get -un and -in; words of
 * classes of adjectives, nisbas and words in mim (participles) get feminine forms too. A form too many does no harm
 * here, since a class is only asked about words that stand in the text.
 */
static void of_class(isn_phrase_maker *maker)
{
    isn_str word = isn_maker_cell(maker, ISN_C_CLASSES_WORD), plural = isn_maker_cell(maker, ISN_C_CLASSES_PLURAL);
    add_noun(maker, word, plural, ISN_F_SINGULAR);
    if (ends_in_teh_marbuta(word))
        return;
    bool adjective = isn_str_ends(isn_maker_cell(maker, ISN_C_CLASSES_CLASS), ISN_STR("-adj"));
    bool feminine = adjective || isn_str_ends(word, ISN_STR("\xD9\x8A")) || isn_str_starts(word, ISN_STR("\xD9\x85"));
    unsigned make = (plural.n ? 0u : (unsigned)ISN_MAKE_MASCULINE_PLURAL) | (feminine ? ISN_MAKE_FEMININE : 0u);
    if (make)
        isn_maker_noun(maker, word, make, ISN_F_SINGULAR, 0);
}

static void of_frame(isn_phrase_maker *maker)
{
    isn_str lemma = isn_maker_cell(maker, ISN_C_FRAMES_LEMMA);
    if (is(maker, ISN_C_FRAMES_POS, "n"))
        add_noun(maker, lemma, plural_of(maker, lemma), ISN_F_SINGULAR);
    else if (is(maker, ISN_C_FRAMES_POS, "m"))
        add_noun(maker, lemma, plural_of_masdar(maker, lemma), ISN_F_MASDAR);
    else if (is(maker, ISN_C_FRAMES_POS, "a"))
        isn_maker_noun(maker, lemma, ISN_MAKE_ADJECTIVE, ISN_F_SINGULAR, 0);
    else if (is(maker, ISN_C_FRAMES_POS, "p"))
        isn_maker_text(maker, lemma, ISN_F_PHRASE, 0);
}

static void of_cue(isn_phrase_maker *maker)
{
    isn_str lemma = isn_maker_cell(maker, ISN_C_CUES_LEMMA);
    if (is(maker, ISN_C_CUES_POS, "n"))
        add_noun(maker, lemma, plural_of(maker, lemma), ISN_F_SINGULAR);
    else if (is(maker, ISN_C_CUES_POS, "p"))
        isn_maker_text(maker, lemma, ISN_F_PHRASE, 0);
}

/* Units of time have duals and accusatives (yawmayni, shahran). */
static void of_calendar(isn_phrase_maker *maker)
{
    unsigned make = is(maker, ISN_C_CALENDAR_KIND, "unit") ? ISN_MAKE_DUAL : 0;
    if (!make) {
        isn_maker_list(maker, ISN_C_CALENDAR_WORD, ISN_F_NAME, 0);
        isn_maker_list(maker, ISN_C_CALENDAR_FORMS, ISN_F_NAME, 0);
        return;
    }
    isn_maker_nouns(maker, ISN_C_CALENDAR_WORD, make, ISN_F_NAME, 0);
    isn_maker_nouns(maker, ISN_C_CALENDAR_FORMS, 0, ISN_F_NAME, 0);
}

/* Numbers and bounds stand as they are written, nouns are inflected; the verbs are those of verbs.tsv. */
static void of_count(isn_phrase_maker *maker)
{
    isn_str word = isn_maker_cell(maker, ISN_C_COUNTS_WORD), forms = isn_maker_cell(maker, ISN_C_COUNTS_FORMS);
    bool noun = is(maker, ISN_C_COUNTS_KIND, "what") || is(maker, ISN_C_COUNTS_KIND, "person");
    if (is(maker, ISN_C_COUNTS_KIND, "verb"))
        return;
    if (noun || is(maker, ISN_C_COUNTS_KIND, "unit") || is(maker, ISN_C_COUNTS_KIND, "noun")) {
        add_noun(maker, word, forms, ISN_F_SINGULAR);
        if (noun && forms.n == 0 && !ends_in_teh_marbuta(word))
            isn_maker_noun(maker, word, ISN_MAKE_MASCULINE_PLURAL | ISN_MAKE_FEMININE, ISN_F_SINGULAR, 0);
        return;
    }
    isn_maker_text(maker, word, ISN_F_PHRASE, 0);
    isn_maker_list(maker, ISN_C_COUNTS_FORMS, ISN_F_PHRASE, 0);
}

void isn_phrases_of_words(isn_phrase_maker *maker)
{
    switch (maker->table) {
    case ISN_T_CALENDAR:
        of_calendar(maker);
        break;
    case ISN_T_VERBS:
        of_verb(maker);
        break;
    case ISN_T_FRAMES:
        of_frame(maker);
        break;
    case ISN_T_CUES:
        of_cue(maker);
        break;
    case ISN_T_CLASSES:
        of_class(maker);
        break;
    case ISN_T_CONTEXTS:
        add_noun(maker, isn_maker_cell(maker, ISN_C_CONTEXTS_WORD),
                 isn_maker_cell(maker, ISN_C_CONTEXTS_PLURAL), ISN_F_SINGULAR);
        break;
    case ISN_T_FUNCTIONS:
        isn_maker_text(maker, isn_maker_cell(maker, ISN_C_FUNCTIONS_WORD), ISN_F_PHRASE, 0);
        break;
    case ISN_T_COUNTS:
        of_count(maker);
        break;
    case ISN_T_PAGE:
        isn_maker_text(maker, isn_maker_cell(maker, ISN_C_PAGE_PHRASE), ISN_F_PHRASE, 0);
        break;
    default:
        break;
    }
}
