/* known.c - people of the lexicon found by names that are spelled otherwise than it lists them. */
#include <stdlib.h>

#include "lexicon/schema.h"
#include "link/join.h"

static int by_key(const void *a, const void *b)
{
    const isn_known_name *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

static bool add(isn_linker *linker, size_t *capacity, uint32_t person, isn_str cell, isn_str name, int column)
{
    uint8_t letters[128];
    size_t n = isn_normal_letters(letters, sizeof letters, name);
    if (n > sizeof letters || !memchr(letters, ' ', n) || name.p[0] == '?')
        return true;
    if (linker->n_names == *capacity) {
        *capacity = *capacity ? *capacity * 2 : 4096;
        isn_known_name *names = realloc(linker->names, *capacity * sizeof *names);
        if (!names)
            return false;
        linker->names = names;
    }
    linker->names[linker->n_names++] = (isn_known_name){.key = isn_name_key(letters, n), .person = person,
                                                        .at = (uint32_t)(name.p - cell.p), .n = (uint32_t)name.n,
                                                        .column = column};
    return true;
}

bool isn_known_read(isn_linker *linker)
{
    size_t capacity = 0;
    for (uint32_t row = 0; row < isn_lexicon_rows(linker->lexicon, ISN_T_PEOPLE); row++) {
        isn_str cell = isn_lexicon_cell(linker->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_NAME), form;
        if (!add(linker, &capacity, row, cell, cell, ISN_C_PEOPLE_NAME))
            return false;
        cell = isn_lexicon_cell(linker->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_FORMS);
        isn_str rest = cell;
        while (rest.n && isn_str_next(&form, &rest, '|')) {
            if (form.n && !add(linker, &capacity, row, cell, form, ISN_C_PEOPLE_FORMS))
                return false;
        }
    }
    if (linker->n_names)
        qsort(linker->names, linker->n_names, sizeof *linker->names, by_key);
    return true;
}

static float likeness(const isn_linker *linker, const isn_known_name *known, const isn_name *name)
{
    uint8_t letters[128];
    isn_str cell = isn_lexicon_cell(linker->lexicon, ISN_T_PEOPLE, known->person, known->column);
    size_t n = isn_normal_letters(letters, sizeof letters, isn_str_part(cell, known->at, known->at + known->n));
    isn_name other;
    isn_name_read(&other, linker->lexicon, letters, n < sizeof letters ? n : sizeof letters);
    return other.n == name->n && other.n > 1 ? isn_name_alike(name, &other) : 0.0f;
}

uint32_t isn_known_alike(const isn_linker *linker, const isn_name *name, const char *country)
{
    uint64_t key = isn_name_key_of(name);
    size_t low = 0, high = linker->n_names;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (linker->names[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t found = ISN_NO_ROW;
    for (; low < linker->n_names && linker->names[low].key == key; low++) {
        uint32_t person = linker->names[low].person;
        isn_str land = isn_lexicon_cell(linker->lexicon, ISN_T_PEOPLE, person, ISN_C_PEOPLE_COUNTRY);
        if (person == found || (country[0] && land.n == 3 && memcmp(country, land.p, 3) != 0) ||
            likeness(linker, &linker->names[low], name) < ISN_KNOWN_ALIKE)
            continue;
        if (found != ISN_NO_ROW)
            return ISN_NO_ROW;
        found = person;
    }
    return found;
}
