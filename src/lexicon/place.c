#include "lexicon/place.h"

#include "lexicon/schema.h"

static isn_str cell(const isn_lexicon *lexicon, uint32_t row, int column)
{
    return isn_lexicon_cell(lexicon, ISN_T_PLACES, row, column);
}

static bool degrees(double *out, isn_str cell, double most)
{
    return cell.n && isn_str_to_number(out, cell) && *out >= -most && *out <= most;
}

/* The first place of a country that has this in a column, and whose coordinates are known. */
static bool find(const isn_lexicon *lexicon, isn_str country, int column, isn_str value, double *lat, double *lon)
{
    for (uint32_t row = 0; value.n && row < isn_lexicon_rows(lexicon, ISN_T_PLACES); row++) {
        if (isn_str_equal(cell(lexicon, row, column), value) &&
            isn_str_equal(cell(lexicon, row, ISN_C_PLACES_COUNTRY), country) &&
            degrees(lat, cell(lexicon, row, ISN_C_PLACES_LAT), 90.0) &&
            degrees(lon, cell(lexicon, row, ISN_C_PLACES_LON), 180.0))
            return true;
    }
    return false;
}

/* Where one of the names of the capital lies in the country. */
static bool find_capital(const isn_lexicon *lexicon, uint32_t country, double *lat, double *lon)
{
    isn_str code = isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, country, ISN_C_COUNTRIES_CODE);
    isn_str rest = isn_lexicon_cell(lexicon, ISN_T_COUNTRIES, country, ISN_C_COUNTRIES_CAPITAL), name;
    while (rest.n && isn_str_next(&name, &rest, '|')) {
        name = isn_str_trim(name);
        if (name.n && name.p[0] == '?')
            name = isn_str_part(name, 1, name.n);
        if (find(lexicon, code, ISN_C_PLACES_NAME, name, lat, lon))
            return true;
    }
    return false;
}

bool isn_place_of(const isn_lexicon *lexicon, isn_str kb, double *lat, double *lon)
{
    uint32_t country = isn_lexicon_row(lexicon, ISN_T_COUNTRIES, kb);
    if (country != ISN_NO_ROW)
        return find_capital(lexicon, country, lat, lon);
    isn_str land = {NULL, 0}, english = kb;
    for (size_t i = 0; i < kb.n && i <= 3; i++) {
        if (kb.p[i] == '/') {
            land = isn_str_part(kb, 0, i);
            english = isn_str_part(kb, i + 1, kb.n);
        }
    }
    return find(lexicon, land, ISN_C_PLACES_ENGLISH, english, lat, lon);
}
