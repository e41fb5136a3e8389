/* actor.c - what the lexicon knows of a person, body, state or place, as JSON: isnad_actor(). */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "link/find.h"
#include "pipeline/engine.h"

#define HOLDERS_MOST 80 /* terms told of a body or state */
#define RANK_OF_HEADS 8 /* of a state's offices those from this rank of offices.tsv on */

typedef struct telling {
    isn_buf *out;
    const isn_lexicon *lexicon;
    int table;
    uint32_t row;
} telling;

static isn_str cell(const telling *t, int column)
{
    return isn_lexicon_cell(t->lexicon, t->table, t->row, column);
}

/* Values of a list cell; those with a question mark before them only if `shared`. */
static void values(const telling *t, size_t *written, int column, bool shared)
{
    isn_str rest = cell(t, column), value;
    while (rest.n && isn_str_next(&value, &rest, '|')) {
        value = isn_str_trim(value);
        bool marked = value.n && value.p[0] == '?';
        if (value.n == 0 || marked != shared)
            continue;
        if ((*written)++)
            isn_buf_char(t->out, ',');
        isn_buf_json(t->out, isn_str_part(value, marked, value.n));
    }
}

static void list(const telling *t, const char *name, int column)
{
    size_t written = 0;
    isn_buf_format(t->out, ",\"%s\":[", name);
    values(t, &written, column, false);
    isn_buf_char(t->out, ']');
}

static void number(isn_buf *out, const char *name, isn_str value)
{
    isn_buf_format(out, ",\"%s\":", name);
    isn_buf_str(out, value.n ? value : ISN_STR("null"));
}

/* File and line of a row of the lexicon. */
static void line(isn_buf *out, const isn_lexicon *lexicon, int table, uint32_t row)
{
    uint32_t at;
    isn_str file = isn_lexicon_source(lexicon, table, row, &at);
    isn_buf_format(out, ",\"line\":\"%.*s:%u\"", (int)file.n, file.p, (unsigned)at);
}

static isn_str term_cell(const isn_lexicon *lexicon, uint32_t row, int column)
{
    return isn_lexicon_cell(lexicon, ISN_T_TERMS, row, column);
}

/* The name of a row of another table that is referred to by its key. */
static isn_str name_of(const isn_lexicon *lexicon, int table, isn_str key, int column)
{
    uint32_t row = key.n ? isn_lexicon_row(lexicon, table, key) : ISN_NO_ROW;
    return row == ISN_NO_ROW ? ISN_STR("") : isn_lexicon_cell(lexicon, table, row, column);
}

/* --- terms --------------------------------------------------------------------------------------------------------- */

/* By first day, then by line. */
static int compare_terms(const isn_lexicon *lexicon, uint32_t a, uint32_t b)
{
    int order = isn_str_compare(term_cell(lexicon, a, ISN_C_TERMS_FROM), term_cell(lexicon, b, ISN_C_TERMS_FROM));
    return order ? order : (a > b) - (a < b);
}

/* Puts a term into its place among the first HOLDERS_MOST; what falls out at the beginning are the oldest. */
static size_t keep_term(const isn_lexicon *lexicon, uint32_t *terms, size_t n, uint32_t term)
{
    if (n == HOLDERS_MOST) {
        if (compare_terms(lexicon, term, terms[0]) < 0)
            return n;
        memmove(terms, terms + 1, (n - 1) * sizeof *terms);
        n--;
    }
    size_t at = n;
    for (; at && compare_terms(lexicon, term, terms[at - 1]) < 0; at--)
        terms[at] = terms[at - 1];
    terms[at] = term;
    return n + 1;
}

static void write_term(isn_buf *out, const isn_lexicon *lexicon, uint32_t row, bool holder)
{
    isn_str organ = term_cell(lexicon, row, ISN_C_TERMS_ORGAN), person = term_cell(lexicon, row, ISN_C_TERMS_PERSON);
    isn_buf_str(out, ISN_STR("{\"office\":"));
    isn_buf_json(out, term_cell(lexicon, row, ISN_C_TERMS_OFFICE));
    if (holder) {
        isn_buf_json_field(out, "person", person);
        isn_buf_json_field(out, "person_name", name_of(lexicon, ISN_T_PEOPLE, person, ISN_C_PEOPLE_NAME));
        isn_buf_json_field(out, "person_english", name_of(lexicon, ISN_T_PEOPLE, person, ISN_C_PEOPLE_ENGLISH));
    }
    isn_buf_json_field(out, "organ", organ);
    isn_buf_json_field(out, "organ_name", name_of(lexicon, ISN_T_ORGANIZATIONS, organ, ISN_C_ORGANIZATIONS_NAME));
    isn_buf_json_field(out, "country", term_cell(lexicon, row, ISN_C_TERMS_COUNTRY));
    isn_buf_json_field(out, "from", term_cell(lexicon, row, ISN_C_TERMS_FROM));
    isn_buf_json_field(out, "to", term_cell(lexicon, row, ISN_C_TERMS_TO));
    isn_buf_json_field(out, "note", term_cell(lexicon, row, ISN_C_TERMS_NOTE));
    line(out, lexicon, ISN_T_TERMS, row);
    isn_buf_char(out, '}');
}

/* The rank of the office that the phrase begins with, 0 where none does. */
static int64_t rank_of(const isn_lexicon *lexicon, isn_str office)
{
    int64_t rank;
    while (office.n) {
        uint32_t row = isn_lexicon_row(lexicon, ISN_T_OFFICES, office);
        if (row != ISN_NO_ROW)
            return isn_str_to_int(&rank, isn_lexicon_cell(lexicon, ISN_T_OFFICES, row, ISN_C_OFFICES_RANK)) ? rank : 0;
        while (office.n && office.p[office.n - 1] != ' ')
            office.n--;
        office = isn_str_trim(office);
    }
    return 0;
}

static bool concerns(const telling *t, uint32_t term, isn_str key)
{
    switch (t->table) {
    case ISN_T_PEOPLE:
        return isn_str_equal(term_cell(t->lexicon, term, ISN_C_TERMS_PERSON), key);
    case ISN_T_ORGANIZATIONS:
        return isn_str_equal(term_cell(t->lexicon, term, ISN_C_TERMS_ORGAN), key);
    default:
        return isn_str_equal(term_cell(t->lexicon, term, ISN_C_TERMS_COUNTRY), key) &&
               term_cell(t->lexicon, term, ISN_C_TERMS_ORGAN).n == 0 &&
               rank_of(t->lexicon, term_cell(t->lexicon, term, ISN_C_TERMS_OFFICE)) >= RANK_OF_HEADS;
    }
}

/* The terms that concern the row, by first day. */
static void terms(const telling *t, const char *name)
{
    uint32_t chosen[HOLDERS_MOST];
    size_t n = 0;
    isn_str key = cell(t, 0);
    for (uint32_t row = 0; row < isn_lexicon_rows(t->lexicon, ISN_T_TERMS); row++) {
        if (concerns(t, row, key))
            n = keep_term(t->lexicon, chosen, n, row);
    }
    isn_buf_format(t->out, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            isn_buf_char(t->out, ',');
        write_term(t->out, t->lexicon, chosen[i], t->table != ISN_T_PEOPLE);
    }
    isn_buf_char(t->out, ']');
}

/* --- lines ---------------------------------------------------------------------------------------------------------- */

/* A place is told by its country and English name, as in records. */
static void place_key(const telling *t)
{
    char made[128];
    isn_str country = cell(t, ISN_C_PLACES_COUNTRY), english = cell(t, ISN_C_PLACES_ENGLISH);
    int n = snprintf(made, sizeof made, "%.*s%s%.*s", (int)country.n, country.p, country.n ? "/" : "", (int)english.n, english.p);
    isn_buf_json_field(t->out, "kb", n > 0 && (size_t)n < sizeof made && english.n ? isn_str_of(made, (size_t)n) : ISN_STR(""));
}

/* kb, name, english, country with its name, sector; columns of -1 are not there. */
static void head(const telling *t, const char *type, const isn_found *found, int country, int sector)
{
    isn_str land = t->table == ISN_T_COUNTRIES ? cell(t, 0) : country < 0 ? ISN_STR("") : cell(t, country);
    isn_buf_format(t->out, "{\"type\":\"%s\"", type);
    if (t->table == ISN_T_PLACES)
        place_key(t);
    else
        isn_buf_json_field(t->out, "kb", cell(t, 0));
    isn_buf_json_field(t->out, "name", isn_find_name(t->lexicon, found));
    isn_buf_json_field(t->out, "english", isn_find_english(t->lexicon, found));
    isn_buf_json_field(t->out, "country", land);
    isn_buf_json_field(t->out, "country_name", name_of(t->lexicon, ISN_T_COUNTRIES, land, ISN_C_COUNTRIES_NAME));
    isn_buf_json_field(t->out, "country_english", name_of(t->lexicon, ISN_T_COUNTRIES, land, ISN_C_COUNTRIES_ENGLISH));
    isn_buf_json_field(t->out, "sector", sector < 0 ? ISN_STR("") : cell(t, sector));
}

static void person(const telling *t, const isn_found *found)
{
    size_t shared = 0;
    head(t, "person", found, ISN_C_PEOPLE_COUNTRY, ISN_C_PEOPLE_SECTOR);
    isn_buf_json_field(t->out, "sex", cell(t, ISN_C_PEOPLE_SEX));
    list(t, "spellings", ISN_C_PEOPLE_FORMS);
    isn_buf_str(t->out, ISN_STR(",\"shared\":["));
    values(t, &shared, ISN_C_PEOPLE_FORMS, true);
    isn_buf_char(t->out, ']');
    terms(t, "offices");
}

static void body(const telling *t, const isn_found *found)
{
    head(t, "organization", found, ISN_C_ORGANIZATIONS_COUNTRY, ISN_C_ORGANIZATIONS_SECTOR);
    isn_buf_json_field(t->out, "kind", cell(t, ISN_C_ORGANIZATIONS_KIND));
    list(t, "spellings", ISN_C_ORGANIZATIONS_FORMS);
    list(t, "short", ISN_C_ORGANIZATIONS_SHORT);
    terms(t, "holders");
}

static void outlet(const telling *t, const isn_found *found)
{
    head(t, "organization", found, ISN_C_OUTLETS_COUNTRY, -1);
    isn_buf_json_field(t->out, "kind", cell(t, ISN_C_OUTLETS_KIND));
    list(t, "spellings", ISN_C_OUTLETS_FORMS);
    list(t, "hosts", ISN_C_OUTLETS_HOSTS);
}

static void state(const telling *t, const isn_found *found)
{
    head(t, "place", found, -1, -1);
    isn_buf_json_field(t->out, "kind", ISN_STR("state"));
    list(t, "long", ISN_C_COUNTRIES_LONG);
    list(t, "spellings", ISN_C_COUNTRIES_FORMS);
    list(t, "demonym", ISN_C_COUNTRIES_DEMONYM);
    list(t, "plural", ISN_C_COUNTRIES_PLURAL);
    list(t, "capital", ISN_C_COUNTRIES_CAPITAL);
    isn_buf_json_field(t->out, "region", cell(t, ISN_C_COUNTRIES_REGION));
    terms(t, "holders");
}

static void place(const telling *t, const isn_found *found)
{
    head(t, "place", found, ISN_C_PLACES_COUNTRY, -1);
    isn_buf_json_field(t->out, "kind", cell(t, ISN_C_PLACES_KIND));
    list(t, "spellings", ISN_C_PLACES_FORMS);
    isn_buf_json_field(t->out, "region", cell(t, ISN_C_PLACES_IN));
    number(t->out, "lat", cell(t, ISN_C_PLACES_LAT));
    number(t->out, "lon", cell(t, ISN_C_PLACES_LON));
}

static void put_likeness(isn_buf *out, const isn_found *found)
{
    isn_buf_str(out, ISN_STR(",\"likeness\":"));
    isn_buf_hundredths(out, lround((double)found->likeness * 100.0));
}

static void whole(isn_buf *out, const isn_lexicon *lexicon, const isn_found *found)
{
    telling t = {out, lexicon, found->table, found->row};
    switch (found->table) {
    case ISN_T_PEOPLE:
        person(&t, found);
        break;
    case ISN_T_ORGANIZATIONS:
        body(&t, found);
        break;
    case ISN_T_OUTLETS:
        outlet(&t, found);
        break;
    case ISN_T_COUNTRIES:
        state(&t, found);
        break;
    default:
        place(&t, found);
        break;
    }
    put_likeness(out, found);
    line(out, lexicon, found->table, found->row);
    isn_buf_char(out, '}');
}

static void brief(isn_buf *out, const isn_lexicon *lexicon, const isn_found *found)
{
    telling t = {out, lexicon, found->table, found->row};
    static const int countries[ISN_TABLE_COUNT] = {[ISN_T_PEOPLE] = ISN_C_PEOPLE_COUNTRY,
                                                   [ISN_T_ORGANIZATIONS] = ISN_C_ORGANIZATIONS_COUNTRY,
                                                   [ISN_T_OUTLETS] = ISN_C_OUTLETS_COUNTRY,
                                                   [ISN_T_PLACES] = ISN_C_PLACES_COUNTRY};
    bool is_person = t.table == ISN_T_PEOPLE, is_place = t.table == ISN_T_PLACES || t.table == ISN_T_COUNTRIES;
    head(&t, is_person ? "person" : is_place ? "place" : "organization", found, countries[t.table], -1);
    put_likeness(out, found);
    isn_buf_char(out, '}');
}

static void write(isn_buf *out, const isn_lexicon *lexicon, const isn_finding *finding, isn_str name)
{
    isn_buf_str(out, ISN_STR("{\"query\":"));
    isn_buf_json(out, name);
    isn_buf_str(out, ISN_STR(",\"found\":["));
    for (size_t i = 0; i < finding->n && finding->sure; i++) {
        if (i)
            isn_buf_char(out, ',');
        whole(out, lexicon, &finding->items[i]);
    }
    isn_buf_str(out, ISN_STR("],\"near\":["));
    for (size_t i = 0; i < finding->n && !finding->sure; i++) {
        if (i)
            isn_buf_char(out, ',');
        brief(out, lexicon, &finding->items[i]);
    }
    isn_buf_str(out, ISN_STR("]}"));
}

isnad_status isnad_actor(isnad_worker *worker, const char *name, const char **json, size_t *n, isnad_error *err)
{
    const isn_lexicon *lexicon = worker->engine->lexicon;
    isn_finding finding;
    isn_str asked = isn_str_trim(isn_str_cstr(name));
    if (asked.n == 0 || asked.n > ISNAD_ACTOR_NAME)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "a name has between 1 and %d bytes", ISNAD_ACTOR_NAME);
    isn_arena_reset(&worker->arena);
    isn_buf_reset(&worker->out);
    if (!isn_find(&finding, &worker->arena, lexicon, asked))
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    write(&worker->out, lexicon, &finding, asked);
    if (worker->out.failed)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    *json = worker->out.p;
    *n = worker->out.n;
    if (finding.n && finding.sure)
        return ISNAD_OK;
    return isn_fail(err, ISNAD_E_NOT_FOUND, NULL, 0, "the lexicon knows nobody and nothing called '%s'", name);
}
