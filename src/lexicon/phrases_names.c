/* Phrases of the tables of names: countries, places, people, bodies, outlets, offices, titles, agencies. */
#include "lexicon/phrases.h"

#include "base/normal.h"

bool isn_is_table_of_names(int table)
{
    return table <= ISN_T_NAMES || table == ISN_T_AGENCIES;
}

static bool is_latin(isn_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    }
    return text.n > 0;
}

static bool begins_with(const uint8_t *word, size_t n, const uint8_t *head, size_t head_n)
{
    return n >= head_n && memcmp(word, head, head_n) == 0;
}

/* 'Abd al-Hamid stands as one word and as two; Abu X too: the phrase with such words joined, and with joined ones apart. */
static void add_joined(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, bool apart)
{
    static const uint8_t abd[] = {ISN_AIN, ISN_BEH, ISN_DAL, ISN_ALEF, ISN_LAM};
    static const uint8_t abu[] = {ISN_ALEF_HAMZA_ABOVE, ISN_BEH, ISN_WAW};
    uint8_t letters[ISN_PHRASE_LETTERS];
    size_t n = 0;
    bool changed = false, join = false;
    for (size_t i = 0; i < phrase->words; i++) {
        const uint8_t *word;
        size_t word_n = isn_phrase_word(phrase, i, &word);
        if (n + word_n + 2 > sizeof letters)
            return;
        if (i && !join)
            letters[n++] = ' ';
        changed |= join;
        join = !apart && i + 1 < phrase->words &&
               ((word_n == 3 && begins_with(word, word_n, abu, 3)) ||
                (word_n == 3 && begins_with(word, word_n, abd, 3) &&
                 phrase->p[phrase->at[i + 1]] == ISN_ALEF));
        if (apart && word_n > 6 && begins_with(word, word_n, abd, 5)) {
            memcpy(letters + n, abd, 3);
            letters[n + 3] = ' ';
            n += 4;
            word += 3;
            word_n -= 3;
            changed = true;
        }
        memcpy(letters + n, word, word_n);
        n += word_n;
    }
    isn_phrase other;
    if (changed && isn_phrase_set(&other, letters, n))
        isn_maker_phrase(maker, &other, form, 0, true);
}

/* One name: as acronym if Latin, as short form if it begins with '?', with 'Abd joined and apart. */
static void add_name(isn_phrase_maker *maker, isn_str text, unsigned form)
{
    text = isn_str_trim(text);
    if (text.n && text.p[0] == '?') {
        text = isn_str_part(text, 1, text.n);
        form = ISN_F_SHORT;
    } else if (form == ISN_F_NAME && is_latin(text)) {
        form = ISN_F_ACRONYM;
    }
    isn_maker_text(maker, text, form, 0);
    isn_phrase phrase;
    if (isn_phrase_read(&phrase, text)) {
        add_joined(maker, &phrase, form, false);
        add_joined(maker, &phrase, form, true);
    }
}

static void add_names(isn_phrase_maker *maker, int column, unsigned form)
{
    isn_str rest = isn_maker_cell(maker, column), text;
    while (isn_str_next(&text, &rest, '|'))
        add_name(maker, text, form);
}

static void of_country(isn_phrase_maker *maker)
{
    add_names(maker, ISN_C_COUNTRIES_NAME, ISN_F_NAME);
    isn_maker_list(maker, ISN_C_COUNTRIES_LONG, ISN_F_LONG, 0);
    add_names(maker, ISN_C_COUNTRIES_FORMS, ISN_F_NAME);
    isn_maker_list(maker, ISN_C_COUNTRIES_CAPITAL, ISN_F_CAPITAL, 0);
    isn_maker_nouns(maker, ISN_C_COUNTRIES_PLURAL, ISN_MAKE_PLURAL_WORD, ISN_F_DEMONYM, 0);
    isn_str rest = isn_maker_cell(maker, ISN_C_COUNTRIES_DEMONYM), text;
    while (isn_str_next(&text, &rest, '|'))
        isn_maker_adjective(maker, text, ISN_F_DEMONYM);
}

/* A risky name (a word or a person's name too) is only a short form: it holds where its context stands. */
static void of_place(isn_phrase_maker *maker)
{
    isn_str rest = isn_maker_cell(maker, ISN_C_PLACES_CONTEXT), word;
    unsigned form = ISN_F_NAME;
    while (isn_str_next(&word, &rest, '|')) {
        if (isn_str_equal(isn_str_trim(word), ISN_STR("risky")))
            form = ISN_F_SHORT;
    }
    add_names(maker, ISN_C_PLACES_NAME, form);
    add_names(maker, ISN_C_PLACES_FORMS, form);
}

/* A name or list of names of portfolios; before a genitive (wazir kharijiyat Misr) without its article. */
static void add_portfolios(isn_phrase_maker *maker, int column)
{
    isn_str rest = isn_maker_cell(maker, column), text;
    while (isn_str_next(&text, &rest, '|')) {
        isn_phrase phrase, bare;
        if (!isn_phrase_read(&phrase, text))
            continue;
        isn_maker_phrase(maker, &phrase, ISN_F_NAME, 0, false);
        const uint8_t *word;
        size_t n = isn_phrase_word(&phrase, 0, &word);
        if (n > 3 && word[0] == ISN_ALEF && word[1] == ISN_LAM &&
            isn_phrase_set(&bare, phrase.p + 2, phrase.n - 2))
            isn_maker_phrase(maker, &bare, ISN_F_NAME, ISN_N_CONSTRUCT, true);
    }
}

/* A plural in -at (qudat, du'at) or one that drops the noun's ya (muhami, muhamun) shows a weak last letter. */
static unsigned defective_by(isn_str noun, isn_str plurals)
{
    bool ya = isn_str_ends(noun, ISN_STR("\xD9\x8A"));
    isn_str rest = plurals, text, stem = isn_str_part(noun, 0, noun.n - (ya ? 2 : 0));
    while (isn_str_next(&text, &rest, '|')) {
        bool at = isn_str_ends(text, ISN_STR("\xD8\xA7\xD8\xA9"));
        bool un = ya && isn_str_starts(text, stem) && isn_str_ends(text, ISN_STR("\xD9\x88\xD9\x86")) &&
                  text.n == stem.n + 4;
        if (at || un)
            return ISN_MAKE_DEFECTIVE;
    }
    return 0;
}

static void of_office(isn_phrase_maker *maker)
{
    isn_str office = isn_maker_cell(maker, ISN_C_OFFICES_NOUN);
    isn_maker_noun(maker, office,
                   ISN_MAKE_DUAL | defective_by(office, isn_maker_cell(maker, ISN_C_OFFICES_PLURAL)),
                   ISN_F_SINGULAR, 0);
    isn_maker_nouns(maker, ISN_C_OFFICES_FEMININE, ISN_MAKE_DUAL | ISN_MAKE_FEMININE_PLURAL,
                    ISN_F_SINGULAR, ISN_N_FEMININE);
    isn_maker_nouns(maker, ISN_C_OFFICES_PLURAL, ISN_MAKE_PLURAL_WORD, ISN_F_SINGULAR, 0);
    if (isn_maker_cell(maker, ISN_C_OFFICES_PLURAL).n == 0) {
        isn_phrase noun;
        if (isn_phrase_read(&noun, isn_maker_cell(maker, ISN_C_OFFICES_NOUN)) && noun.words == 1)
            isn_maker_noun(maker, isn_maker_cell(maker, ISN_C_OFFICES_NOUN), ISN_MAKE_MASCULINE_PLURAL,
                           ISN_F_SINGULAR, 0);
    }
}

static bool ends_in_teh_marbuta(isn_str text)
{
    return isn_str_ends(text, ISN_STR("\xD8\xA9"));
}

/* Nouns for people: sound plurals where no broken one is given, feminine where the noun is no collective. */
static void of_group(isn_phrase_maker *maker)
{
    isn_str noun = isn_maker_cell(maker, ISN_C_GROUPS_NOUN);
    bool collective = isn_maker_cell(maker, ISN_C_GROUPS_COLLECTIVE).n > 0;
    bool broken = isn_maker_cell(maker, ISN_C_GROUPS_PLURAL).n > 0;
    unsigned make = ISN_MAKE_DUAL | defective_by(noun, isn_maker_cell(maker, ISN_C_GROUPS_PLURAL));
    if (ends_in_teh_marbuta(noun))
        make |= ISN_MAKE_FEMININE_PLURAL;
    else if (!collective)
        make |= ISN_MAKE_FEMININE | (broken ? 0u : (unsigned)ISN_MAKE_MASCULINE_PLURAL);
    isn_maker_noun(maker, noun, make, ISN_F_SINGULAR, collective ? ISN_N_PLURAL : 0);
    isn_maker_nouns(maker, ISN_C_GROUPS_PLURAL, ISN_MAKE_PLURAL_WORD, ISN_F_SINGULAR, 0);
}

void isn_phrases_of_names(isn_phrase_maker *maker)
{
    switch (maker->table) {
    case ISN_T_COUNTRIES:
        of_country(maker);
        break;
    case ISN_T_PLACES:
        of_place(maker);
        break;
    case ISN_T_PEOPLE:
        add_names(maker, ISN_C_PEOPLE_NAME, ISN_F_NAME);
        add_names(maker, ISN_C_PEOPLE_FORMS, ISN_F_NAME);
        break;
    case ISN_T_ORGANIZATIONS:
        add_names(maker, ISN_C_ORGANIZATIONS_NAME, ISN_F_NAME);
        add_names(maker, ISN_C_ORGANIZATIONS_FORMS, ISN_F_NAME);
        add_names(maker, ISN_C_ORGANIZATIONS_SHORT, ISN_F_SHORT);
        break;
    case ISN_T_OUTLETS:
        add_names(maker, ISN_C_OUTLETS_NAME, ISN_F_NAME);
        add_names(maker, ISN_C_OUTLETS_FORMS, ISN_F_NAME);
        break;
    case ISN_T_OFFICES:
        of_office(maker);
        break;
    case ISN_T_PORTFOLIOS:
        add_portfolios(maker, ISN_C_PORTFOLIOS_NAME);
        add_portfolios(maker, ISN_C_PORTFOLIOS_FORMS);
        break;
    case ISN_T_ORGHEADS:
        isn_maker_nouns(maker, ISN_C_ORGHEADS_NOUN, ISN_MAKE_DUAL, ISN_F_SINGULAR, 0);
        isn_maker_nouns(maker, ISN_C_ORGHEADS_PLURAL, ISN_MAKE_PLURAL_WORD, ISN_F_SINGULAR, 0);
        break;
    case ISN_T_PLACEHEADS:
        isn_maker_nouns(maker, ISN_C_PLACEHEADS_NOUN, ISN_MAKE_DUAL, ISN_F_SINGULAR, 0);
        isn_maker_nouns(maker, ISN_C_PLACEHEADS_PLURAL, ISN_MAKE_PLURAL_WORD, ISN_F_SINGULAR, 0);
        break;
    case ISN_T_GROUPS:
        of_group(maker);
        break;
    case ISN_T_TITLES:
        add_names(maker, ISN_C_TITLES_TITLE, ISN_F_NAME);
        add_names(maker, ISN_C_TITLES_FORMS, ISN_F_NAME);
        break;
    case ISN_T_NAMES:
        add_names(maker, ISN_C_NAMES_NAME, ISN_F_NAME);
        add_names(maker, ISN_C_NAMES_FORMS, ISN_F_NAME);
        break;
    case ISN_T_AGENCIES:
        add_names(maker, ISN_C_AGENCIES_MARK, ISN_F_NAME);
        break;
    default:
        break;
    }
}
