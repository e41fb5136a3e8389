#include "lexicon/schema.h"

#define COLUMN(table, column, header, kind, quality, values, ref) {header, kind, quality, values, ref},
#define X(table, stem) static const isn_column columns_##table[] = {ISN_COLUMNS_##table(COLUMN)};
ISN_TABLES(X)
#undef X

static const isn_schema schemas[ISN_TABLE_COUNT] = {
#define X(table, stem) {stem, columns_##table, ISN_C_##table##_COUNT},
    ISN_TABLES(X)
#undef X
};

#define X(table, stem)                                                                             \
    _Static_assert((int)ISN_C_##table##_COUNT <= ISN_MOST_COLUMNS, "more columns than rows have room for");
ISN_TABLES(X)
#undef X

const isn_schema *isn_schema_of(int table)
{
    return &schemas[table];
}

int isn_schema_column(int table, isn_str name)
{
    const isn_schema *schema = &schemas[table];
    for (size_t i = 0; i < schema->n; i++) {
        if (isn_str_equal(name, isn_str_cstr(schema->columns[i].name)))
            return (int)i;
    }
    return -1;
}

int isn_schema_file(isn_str file)
{
    if (!isn_str_ends(file, ISN_STR(".tsv")))
        return -1;
    isn_str name = isn_str_part(file, 0, file.n - 4);
    for (int i = 0; i < ISN_TABLE_COUNT; i++) {
        isn_str stem = isn_str_cstr(schemas[i].stem);
        if (isn_str_starts(name, stem) && (name.n == stem.n || name.p[stem.n] == '-'))
            return i;
    }
    return -1;
}

bool isn_schema_has(const char *values, isn_str value)
{
    isn_str rest = isn_str_cstr(values), field;
    while (isn_str_next(&field, &rest, '|')) {
        if (isn_str_equal(field, value))
            return true;
    }
    return false;
}
