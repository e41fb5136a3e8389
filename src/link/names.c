/* names.c - joining names: the same lexicon line, the same spelling, the short form after the long one. */
#include "lexicon/schema.h"
#include "link/join.h"
#include "link/key.h"

static bool same_row(const isn_mention *a, const isn_mention *b)
{
    return a->row != ISN_NO_ROW && a->table == b->table && a->row == b->row;
}

static float likeness(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    size_t na, nb;
    const uint8_t *la = isn_join_letters(j, a, &na), *lb = isn_join_letters(j, b, &nb);
    return isn_name_likeness(la, na, lb, nb);
}

/* Same letters but for the article, hamza and so on. */
static bool same_words(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    size_t na, nb;
    const uint8_t *la = isn_join_letters(j, a, &na), *lb = isn_join_letters(j, b, &nb);
    if (na > 2 && isn_fold(la[0]) == ISN_ALEF && la[1] == ISN_LAM)
        la += 2, na -= 2;
    if (nb > 2 && isn_fold(lb[0]) == ISN_ALEF && lb[1] == ISN_LAM)
        lb += 2, nb -= 2;
    if (na != nb)
        return false;
    for (size_t i = 0; i < na; i++) {
        uint8_t x = isn_fold(la[i]), y = isn_fold(lb[i]);
        if ((x == '_' ? ' ' : x) != (y == '_' ? ' ' : y))
            return false;
    }
    return true;
}

/* Do the words of the shorter name of a body begin the longer one ("the Presidential Council" of Libya)? */
static bool begins(const isn_joining *j, const isn_mention *a, const isn_mention *b)
{
    size_t na, nb;
    const uint8_t *la = isn_join_letters(j, a, &na), *lb = isn_join_letters(j, b, &nb);
    if (na > nb) {
        const uint8_t *p = la;
        size_t n = na;
        la = lb;
        na = nb;
        lb = p;
        nb = n;
    }
    bool two_words = false;
    for (size_t i = 0; i < na; i++) {
        if (isn_fold(la[i]) != isn_fold(lb[i]))
            return false;
        two_words |= la[i] == ' ';
    }
    return two_words && (na == nb || lb[na] == ' ');
}

static bool clash(const isn_mention *a, const isn_mention *b)
{
    return a->country[0] && b->country[0] && memcmp(a->country, b->country, 3) != 0;
}

/* How well mention m goes with mention o before it; 0 not at all. */
static float goes_with(const isn_joining *j, const isn_mention *m, const isn_mention *o)
{
    if (m->type != o->type || o->form != ISN_FORM_NAME)
        return 0.0f;
    if (same_row(m, o))
        return 1.0f;
    bool sure_m = m->row != ISN_NO_ROW && m->lex_form != ISN_F_SHORT;
    bool sure_o = o->row != ISN_NO_ROW && o->lex_form != ISN_F_SHORT;
    if (sure_m && sure_o && m->type != ISN_ORGANIZATION)
        return 0.0f;
    if (same_words(j, m, o))
        return 0.95f;
    if (m->type == ISN_PERSON) {
        if (sure_m && sure_o)
            return 0.0f;
        float alike = likeness(j, m, o);
        return alike >= 0.59f ? alike * 0.9f : 0.0f;
    }
    if (m->type == ISN_ORGANIZATION && !clash(m, o) && begins(j, m, o))
        return 0.7f;
    return 0.0f;
}

/* A capital is a place of its own, though the lexicon finds it on the line of its state as well. */
static void separate_capital(const isn_joining *j, isn_mention *mention)
{
    const isn_text *text = j->text;
    if (mention->row == ISN_NO_ROW || mention->table != ISN_T_COUNTRIES || mention->lex_form != ISN_F_CAPITAL)
        return;
    mention->row = ISN_NO_ROW;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->first + match->n == mention->last && e < match->entries; e++) {
            if (match->entry[e].table != ISN_T_PLACES)
                continue;
            isn_str country = isn_lexicon_cell(text->lexicon, ISN_T_PLACES, match->entry[e].row, ISN_C_PLACES_COUNTRY);
            if (country.n == 3 && memcmp(country.p, mention->country, 3) == 0) {
                mention->table = ISN_T_PLACES;
                mention->row = match->entry[e].row;
                mention->lex_form = ISN_F_NAME;
                return;
            }
        }
    }
}

/* Longer names come first, so that the short ones find them: wherever they stand in the article. */
void isn_join_names(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t m = 0; m < mentions->n; m++)
        separate_capital(j, &mentions->items[m]);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t m = 0; m < mentions->n; m++) {
            const isn_mention *mention = &mentions->items[m];
            bool shorter = mention->last - mention->first == 1 && mention->type == ISN_PERSON;
            if (mention->form != ISN_FORM_NAME || j->of[m] != ISN_NONE || shorter != (pass == 1))
                continue;
            float best = 0.0f;
            uint32_t entity = ISN_NONE;
            for (uint32_t k = 0; k < mentions->n; k++) {
                uint32_t o = k < m ? m - 1 - k : k; /* the nearest before first, then those after */
                if (o == m || j->of[o] == ISN_NONE)
                    continue;
                float sure = goes_with(j, mention, &mentions->items[o]);
                if (sure > best) {
                    best = sure;
                    entity = j->of[o];
                }
            }
            if (entity != ISN_NONE)
                isn_join_put(j, m, entity);
            else if (isn_join_new(j, m, "name") == ISN_NONE)
                return;
        }
    }
}

/* --- gender ----------------------------------------------------------------------------------------------------- */

static bool masculine_place(const isn_joining *j, isn_str name)
{
    for (uint32_t row = j->linker->masculine[0]; row < j->linker->masculine[1]; row++) {
        if (isn_str_equal(name, isn_lexicon_cell(j->linker->lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_WORD)))
            return true;
    }
    return false;
}

/* The sex that names.tsv gives for the first word of a name: 1 female, 0 male, 2 not known. */
static uint8_t given_sex(const isn_joining *j, const isn_mention *mention)
{
    const isn_text *text = j->text;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        for (uint8_t e = 0; e < text->matches[m].entries; e++) {
            const isn_entry *entry = &text->matches[m].entry[e];
            if (entry->table != ISN_T_NAMES)
                continue;
            isn_str sex = isn_lexicon_cell(text->lexicon, ISN_T_NAMES, entry->row, ISN_C_NAMES_SEX);
            if (sex.n == 1 && sex.p[0] != 'u')
                return sex.p[0] == 'f';
        }
    }
    return 2;
}

static uint8_t person_gender(const isn_joining *j, const isn_entity *entity)
{
    if (entity->table == ISN_T_PEOPLE && entity->row != ISN_NO_ROW) {
        isn_str sex = isn_lexicon_cell(j->linker->lexicon, ISN_T_PEOPLE, entity->row, ISN_C_PEOPLE_SEX);
        if (sex.n)
            return sex.p[0] == 'f';
    }
    uint8_t found = 2;
    for (size_t i = 0; i < entity->n_mentions; i++) {
        const isn_mention *mention = &j->mentions->items[entity->mentions[i]];
        if (mention->form == ISN_FORM_ROLE && mention->feminine != 2)
            return mention->feminine;
        if (mention->form == ISN_FORM_NAME && mention->last - mention->first > 1 && found == 2)
            found = given_sex(j, mention);
    }
    return found;
}

uint8_t isn_join_gender(const isn_joining *j, const isn_entity *entity)
{
    if (entity->type == ISN_PERSON)
        return person_gender(j, entity);
    if (entity->type == ISN_PLACE)
        return !masculine_place(j, entity->name);
    if (entity->type == ISN_GROUP)
        return 2;
    for (size_t i = 0; i < entity->n_mentions; i++) { /* the head noun shows it */
        const isn_mention *mention = &j->mentions->items[entity->mentions[i]];
        const isn_word *word = j->text->tokens[mention->first].word;
        if (!word || word->n < 3)
            continue;
        uint8_t last = word->letters[word->n - 1], before = word->letters[word->n - 2];
        if (last == ISN_TEH_MARBUTA || (last == ISN_TEH && before == ISN_ALEF))
            return 1;
        if (mention->last - mention->first > 1)
            return 0;
    }
    return 2;
}
