/* terms.c - offices in time: terms.tsv made comparable with what articles write. */
#include <stdlib.h>

#include "lexicon/schema.h"
#include "link/join.h"

/* The hash that by_office is sorted by. */
static uint64_t office_key(const isn_sense *sense)
{
    uint64_t country = 0;
    memcpy(&country, sense->country, 3);
    return sense->key ^ country * 0x9E3779B97F4A7C15u;
}

typedef struct ranked {
    uint64_t key;
    uint32_t row;
} ranked;

static int by_key(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void read_term(isn_term *term, const isn_linker *linker, uint32_t row)
{
    const isn_lexicon *lexicon = linker->lexicon;
    isn_str office = isn_lexicon_cell(lexicon, ISN_T_TERMS, row, ISN_C_TERMS_OFFICE);
    isn_str organ = isn_lexicon_cell(lexicon, ISN_T_TERMS, row, ISN_C_TERMS_ORGAN);
    isn_sense_of_phrase(&term->sense, linker->senses, office);
    isn_str country = isn_lexicon_cell(lexicon, ISN_T_TERMS, row, ISN_C_TERMS_COUNTRY);
    if (country.n)
        isn_join_set_country(term->sense.country, country);
    if (organ.n) {
        term->sense.organ = isn_sense_organ(ISN_T_ORGANIZATIONS, isn_lexicon_row(lexicon, ISN_T_ORGANIZATIONS, organ));
        isn_sense_set_key(&term->sense);
    }
    term->person = isn_lexicon_row(lexicon, ISN_T_PEOPLE,
                                   isn_lexicon_cell(lexicon, ISN_T_TERMS, row, ISN_C_TERMS_PERSON));
}

bool isn_terms_read(isn_linker *linker)
{
    size_t n = isn_lexicon_rows(linker->lexicon, ISN_T_TERMS);
    ranked *ranks = malloc((n + 1) * sizeof *ranks);
    linker->terms = malloc((n + 1) * sizeof *linker->terms);
    linker->by_office = malloc((n + 1) * sizeof *linker->by_office);
    bool fits = ranks && linker->terms && linker->by_office;
    for (uint32_t row = 0; fits && row < n; row++) {
        read_term(&linker->terms[row], linker, row);
        ranks[row] = (ranked){office_key(&linker->terms[row].sense), row};
    }
    if (fits && n)
        qsort(ranks, n, sizeof *ranks, by_key);
    for (size_t i = 0; fits && i < n; i++)
        linker->by_office[i] = ranks[i].row;
    linker->n_terms = fits ? n : 0;
    free(ranks);
    return fits;
}

/* --- days ------------------------------------------------------------------------------------------------------- */

/* Is a before b, as far as both are exact? */
static bool day_before(isn_str a, isn_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    return n && memcmp(a.p, b.p, n) < 0;
}

static isn_str cell(const isn_joining *j, uint32_t term, int column)
{
    return isn_lexicon_cell(j->linker->lexicon, ISN_T_TERMS, term, column);
}

/* Is the term open on the day of publication? Without a day every term that hasn't ended is. */
static bool holds(const isn_joining *j, uint32_t term)
{
    isn_str from = cell(j, term, ISN_C_TERMS_FROM), to = cell(j, term, ISN_C_TERMS_TO);
    isn_str day = isn_str_part(j->published, 0, 10);
    if (day.n < 10)
        return to.n == 0;
    return !(from.n && day_before(day, from)) && !(to.n && day_before(to, day));
}

/* Had the term ended by then? */
static bool ended(const isn_joining *j, uint32_t term)
{
    isn_str to = cell(j, term, ISN_C_TERMS_TO), day = isn_str_part(j->published, 0, 10);
    return to.n && (day.n < 10 || !day_before(day, to));
}

static bool fits_time(const isn_joining *j, uint32_t term, const isn_sense *office)
{
    if (office->flags & ISN_SENSE_FORMER)
        return ended(j, term);
    return holds(j, term);
}

/* --- who bears what --------------------------------------------------------------------------------------------- */

static int term_fit(const isn_joining *j, uint32_t row, const isn_sense *office)
{
    const isn_sense *held = &j->linker->terms[row].sense;
    if (!fits_time(j, row, office) || isn_join_clash(office->country, held->country))
        return 0;
    if (office->organ && held->organ && office->organ != held->organ)
        return 0;
    if ((office->flags & ISN_SENSE_NEXT) && !(held->flags & ISN_SENSE_NEXT))
        return 0; /* the designated one doesn't hold it yet */
    uint64_t key = office->key - (office->flags & ISN_SENSE_FORMER);
    bool same = key == held->key || (office->n == held->n && isn_sense_within(office, held) &&
                                     (office->organ == held->organ || office->n > 1));
    if (same)
        return office->country[0] && held->country[0] ? 6 : 5;
    if (isn_sense_presides(j->linker->senses, office) || office->words[0] != held->words[0])
        return 0;
    return isn_sense_within(office, held) ? 3 : 0;
}

int isn_join_bears(const isn_joining *j, uint32_t person, const isn_sense *office)
{
    const isn_linker *linker = j->linker;
    isn_str id = isn_lexicon_cell(linker->lexicon, ISN_T_PEOPLE, person, ISN_C_PEOPLE_ID);
    int best = 0;
    if (office->n == 0 || office->pronoun)
        return 0;
    for (uint32_t row = isn_lexicon_row(linker->lexicon, ISN_T_TERMS, id); row < linker->n_terms; row++) {
        if (linker->terms[row].person != person)
            break;
        int fit = term_fit(j, row, office);
        if (fit > best)
            best = fit;
    }
    return best;
}

bool isn_join_in_office(const isn_joining *j, uint32_t person)
{
    const isn_linker *linker = j->linker;
    isn_str id = isn_lexicon_cell(linker->lexicon, ISN_T_PEOPLE, person, ISN_C_PEOPLE_ID);
    for (uint32_t row = isn_lexicon_row(linker->lexicon, ISN_T_TERMS, id); row < linker->n_terms; row++) {
        if (linker->terms[row].person != person)
            break;
        if (holds(j, row))
            return true;
    }
    return false;
}

/* Did the term begin or end on that very day, or only a year is known? Then its holder isn't sure. */
static bool unsure(const isn_joining *j, uint32_t term)
{
    isn_str from = cell(j, term, ISN_C_TERMS_FROM), to = cell(j, term, ISN_C_TERMS_TO);
    isn_str day = isn_str_part(j->published, 0, 10);
    return from.n == 0 || isn_str_starts(day, from) || (to.n && isn_str_starts(day, to));
}

uint32_t isn_join_holder(const isn_joining *j, const isn_sense *office)
{
    const isn_linker *linker = j->linker;
    if (!(office->country[0] || office->organ) || (office->flags & ~ISN_SENSE_OUT) || office->pronoun ||
        !office->n || j->published.n < 10)
        return ISN_NO_ROW;
    uint64_t key = office_key(office);
    size_t low = 0, high = linker->n_terms;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (office_key(&linker->terms[linker->by_office[middle]].sense) < key)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t found = ISN_NO_ROW;
    for (; low < linker->n_terms; low++) {
        uint32_t row = linker->by_office[low];
        if (office_key(&linker->terms[row].sense) != key)
            break;
        if (!holds(j, row) || found == linker->terms[row].person)
            continue;
        if (found != ISN_NO_ROW || unsure(j, row))
            return ISN_NO_ROW;
        found = linker->terms[row].person;
    }
    return found;
}
