#include "lexicon/phrases.h"

#include "base/normal.h"

/* --- phrases ---------------------------------------------------------------------------------------------------- */

/* Letters of one class make one word; punctuation marks stand alone (class 0). */
static int class_of(uint8_t c)
{
    return isn_is_arabic(c) ? 1 : isn_is_digit(c) ? 2 : isn_is_latin(c) ? 3 : 0;
}

bool isn_phrase_set(isn_phrase *phrase, const uint8_t *letters, size_t n)
{
    phrase->n = phrase->words = 0;
    for (size_t i = 0; i < n;) {
        if (letters[i] == ' ' || letters[i] == '\n') {
            i++;
            continue;
        }
        size_t end = i + 1;
        int class = class_of(letters[i]);
        while (class && end < n && class_of(letters[end]) == class)
            end++;
        if (phrase->words == ISN_PHRASE_WORDS || phrase->n + 1 + end - i > ISN_PHRASE_LETTERS)
            return false;
        if (phrase->words)
            phrase->p[phrase->n++] = ' ';
        phrase->at[phrase->words++] = phrase->n;
        memcpy(phrase->p + phrase->n, letters + i, end - i);
        phrase->n += end - i;
        i = end;
    }
    phrase->at[phrase->words] = phrase->n + 1;
    return phrase->words > 0;
}

bool isn_phrase_read(isn_phrase *phrase, isn_str text)
{
    uint8_t letters[ISN_PHRASE_LETTERS];
    size_t n = isn_normal_letters(letters, sizeof letters, text);
    return n <= sizeof letters && isn_phrase_set(phrase, letters, n);
}

static bool has_article(const uint8_t *word, size_t n)
{
    return n > 3 && word[0] == ISN_ALEF && word[1] == ISN_LAM;
}

/* --- handing on ------------------------------------------------------------------------------------------------- */

isn_str isn_maker_cell(const isn_phrase_maker *maker, int column)
{
    return isn_tables_cell(maker->tables, maker->table, maker->row, column);
}

static void hand_on(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, unsigned detail, bool weak)
{
    bool matters = false;
    for (size_t i = 0; i < phrase->n && !matters; i++) {
        uint8_t c = isn_fold(phrase->p[i]);
        matters = c == ISN_ALEF || c == ISN_WAW || c == ISN_YEH || c == ISN_HEH || c != phrase->p[i];
    }
    isn_entry entry = {.table = (uint8_t)maker->table,
                       .form = (uint8_t)form,
                       .detail = (uint16_t)detail,
                       .row = maker->row,
                       .exact = matters ? isn_lexicon_exact(phrase->p, phrase->n) : 0};
    if (!maker->failed && !maker->add(maker->user, phrase, &entry, weak))
        maker->failed = true;
}

/* Usage writes waw with hamza before waw on ya as well (mas'ul, shu'un): the phrase again in that spelling. */
static void hand_on_other_seat(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form,
                               unsigned detail, bool weak)
{
    isn_phrase other;
    bool changed = false;
    for (size_t i = 1; i + 1 < phrase->n; i++) {
        if (phrase->p[i] == ISN_WAW_HAMZA && phrase->p[i + 1] == ISN_WAW) {
            if (!changed)
                other = *phrase;
            changed = true;
            other.p[i] = ISN_YEH_HAMZA;
        }
    }
    if (changed)
        hand_on(maker, &other, form, detail, weak);
}

void isn_maker_phrase(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, unsigned detail,
                      bool weak)
{
    hand_on(maker, phrase, form, detail, weak);
    hand_on_other_seat(maker, phrase, form, detail, weak);
}

static bool read_or_tell(isn_phrase_maker *maker, isn_phrase *phrase, isn_str text)
{
    text = isn_str_trim(text);
    if (text.n == 0)
        return false;
    if (isn_phrase_read(phrase, text))
        return true;
    const isn_row *row = &maker->tables->rows[maker->table].items[maker->row];
    isn_faults_add(maker->faults, ISNAD_E_LEXICON, maker->tables->files.items[row->file].p, row->line,
                   "'%.*s' is no phrase or a too long one", (int)(text.n < 200 ? text.n : 200), text.p);
    return false;
}

void isn_maker_text(isn_phrase_maker *maker, isn_str text, unsigned form, unsigned detail)
{
    isn_phrase phrase;
    if (read_or_tell(maker, &phrase, text))
        isn_maker_phrase(maker, &phrase, form, detail, false);
}

void isn_maker_list(isn_phrase_maker *maker, int column, unsigned form, unsigned detail)
{
    isn_str rest = isn_maker_cell(maker, column), text;
    while (isn_str_next(&text, &rest, '|'))
        isn_maker_text(maker, text, form, detail);
}

void isn_maker_forms(isn_phrase_maker *maker)
{
    isn_phrase phrase;
    for (size_t i = 0; i < maker->forms.n; i++) {
        const isn_form *form = &maker->forms.items[i];
        if (isn_phrase_set(&phrase, form->p, form->n))
            isn_maker_phrase(maker, &phrase, form->form, form->detail, false);
    }
    isn_forms_init(&maker->forms);
}

/* --- phrases of several words ------------------------------------------------------------------------------------ */

/* Writes the phrase with the article on its words from `first` on. False if it gets too long. */
static bool with_article(isn_phrase *out, const isn_phrase *in, size_t first)
{
    uint8_t letters[ISN_PHRASE_LETTERS];
    size_t n = 0;
    for (size_t i = 0; i < in->words; i++) {
        const uint8_t *word;
        size_t word_n = isn_phrase_word(in, i, &word);
        if (n + word_n + 3 > sizeof letters)
            return false;
        if (i)
            letters[n++] = ' ';
        if (i >= first) {
            letters[n++] = ISN_ALEF;
            letters[n++] = ISN_LAM;
        }
        memcpy(letters + n, word, word_n);
        n += word_n;
    }
    return isn_phrase_set(out, letters, n);
}

/* May the article be put on this word? Not if it has one, nor on short words and what begins with b- or l-. */
static bool takes_article(const uint8_t *word, size_t n)
{
    if (n < 3 || has_article(word, n) || class_of(word[0]) != 1)
        return false;
    bool clitic = (word[0] == ISN_BEH || word[0] == ISN_LAM) &&
                  (word[1] == ISN_ALEF || word[1] == ISN_ALEF_HAMZA_ABOVE || word[1] == ISN_LAM);
    return !clitic;
}

/* The definite forms: article on the last word (idafa) or on all after the first (adjectives). */
static void add_definite(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, unsigned detail)
{
    for (size_t i = 1; i < phrase->words; i++) {
        const uint8_t *word;
        size_t n = isn_phrase_word(phrase, i, &word);
        if (!takes_article(word, n))
            return;
    }
    isn_phrase definite;
    if (with_article(&definite, phrase, phrase->words - 1))
        isn_maker_phrase(maker, &definite, form, detail, true);
    if (phrase->words > 2 && with_article(&definite, phrase, 1))
        isn_maker_phrase(maker, &definite, form, detail, true);
}

/* amin 'amm: aminan 'amman, where every word can take the alef of the accusative. */
static void add_accusative(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, unsigned detail)
{
    uint8_t letters[ISN_PHRASE_LETTERS];
    size_t n = 0;
    for (size_t i = 0; i < phrase->words; i++) {
        const uint8_t *word;
        size_t word_n = isn_phrase_word(phrase, i, &word);
        uint8_t last = word[word_n - 1];
        if (has_article(word, word_n) || class_of(last) != 1 || last == ISN_TEH_MARBUTA ||
            last == ISN_HAMZA || last == ISN_ALEF || last == ISN_ALEF_MAKSURA ||
            last == ISN_ALEF_HAMZA_ABOVE || n + word_n + 3 > sizeof letters)
            return;
        if (i)
            letters[n++] = ' ';
        memcpy(letters + n, word, word_n);
        n += word_n;
        letters[n++] = ISN_ALEF;
    }
    isn_phrase accusative;
    if (isn_phrase_set(&accusative, letters, n))
        isn_maker_phrase(maker, &accusative, form, detail | ISN_N_ACCUSATIVE, true);
}

/* Plurals in -un have -in beside them in every word; before a genitive -u has -i. */
static void add_oblique(isn_phrase_maker *maker, const isn_phrase *phrase, unsigned form, unsigned detail)
{
    isn_phrase other = *phrase;
    bool changed = false;
    for (size_t i = 0; i < phrase->words; i++) {
        const uint8_t *word;
        size_t n = isn_phrase_word(phrase, i, &word), end = phrase->at[i] + n;
        if (n > 4 && word[n - 1] == ISN_NOON && word[n - 2] == ISN_WAW) {
            other.p[end - 2] = ISN_YEH;
            changed = true;
        } else if (i == 0 && n > 3 && word[n - 1] == ISN_WAW) {
            other.p[end - 1] = ISN_YEH;
            changed = true;
        }
    }
    if (!changed)
        return;
    isn_maker_phrase(maker, &other, form, detail, true);
    add_definite(maker, &other, form, detail);
}

void isn_maker_noun(isn_phrase_maker *maker, isn_str text, unsigned make, unsigned form, unsigned detail)
{
    isn_phrase phrase;
    if (!read_or_tell(maker, &phrase, text))
        return;
    const uint8_t *word;
    size_t n = isn_phrase_word(&phrase, 0, &word);
    if (phrase.words == 1 && class_of(word[0]) == 1 && !has_article(word, n)) {
        isn_noun_inflect(&maker->forms, word, n, make, form, detail);
        isn_maker_forms(maker);
        return;
    }
    bool plural = make & ISN_MAKE_PLURAL_WORD;
    if (plural)
        detail |= ISN_N_PLURAL;
    if (plural && form == ISN_F_SINGULAR)
        form = ISN_F_PLURAL;
    isn_maker_phrase(maker, &phrase, form, detail, false);
    if (phrase.words < 2)
        return;
    add_definite(maker, &phrase, form, detail);
    if (plural)
        add_oblique(maker, &phrase, form, detail);
    else if (phrase.words == 2)
        add_accusative(maker, &phrase, form, detail);
}

void isn_maker_nouns(isn_phrase_maker *maker, int column, unsigned make, unsigned form, unsigned detail)
{
    isn_str rest = isn_maker_cell(maker, column), text;
    while (isn_str_next(&text, &rest, '|'))
        isn_maker_noun(maker, text, make, form, detail);
}

/* --- adjectives of several words --------------------------------------------------------------------------------- */

/* Replaces the words of `phrase` that end in ya (nisba) by their form `k` of the list that isn_noun_inflect gives. */
static bool agree(isn_phrase_maker *maker, isn_phrase *out, const isn_phrase *phrase, size_t k,
                  isn_form *sample)
{
    uint8_t letters[ISN_PHRASE_LETTERS];
    size_t n = 0;
    bool any = false;
    for (size_t i = 0; i < phrase->words; i++) {
        const uint8_t *word;
        size_t word_n = isn_phrase_word(phrase, i, &word);
        if (word[word_n - 1] == ISN_YEH && word_n > 2) {
            isn_forms_init(&maker->forms);
            isn_noun_inflect(&maker->forms, word, word_n, ISN_MAKE_ADJECTIVE, ISN_F_DEMONYM, 0);
            if (k >= maker->forms.n)
                return false;
            *sample = maker->forms.items[k];
            word = sample->p;
            word_n = sample->n;
            any = true;
        }
        if (n + word_n + 1 > sizeof letters)
            return false;
        if (i)
            letters[n++] = ' ';
        memcpy(letters + n, word, word_n);
        n += word_n;
    }
    return any && isn_phrase_set(out, letters, n);
}

void isn_maker_adjective(isn_phrase_maker *maker, isn_str text, unsigned form)
{
    isn_phrase phrase, other;
    if (!read_or_tell(maker, &phrase, text))
        return;
    if (phrase.words == 1) {
        isn_maker_noun(maker, text, ISN_MAKE_ADJECTIVE, form, 0);
        return;
    }
    isn_form sample;
    for (size_t k = 0; agree(maker, &other, &phrase, k, &sample); k++) {
        isn_maker_phrase(maker, &other, form, sample.detail, false);
        add_definite(maker, &other, form, sample.detail);
    }
    isn_forms_init(&maker->forms);
}

/* --- all tables ------------------------------------------------------------------------------------------------- */

bool isn_phrases_make(isn_phrase_maker *maker)
{
    isn_forms_init(&maker->forms);
    for (maker->table = 0; maker->table < ISN_TABLE_COUNT; maker->table++) {
        bool names = isn_is_table_of_names(maker->table);
        size_t rows = maker->tables->rows[maker->table].n;
        for (size_t i = 0; i < rows && !maker->failed; i++) {
            maker->row = (uint32_t)i;
            if (names)
                isn_phrases_of_names(maker);
            else
                isn_phrases_of_words(maker);
        }
    }
    return !maker->failed;
}
