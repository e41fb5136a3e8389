/* Exports: the columns are those of the formats, cells hold what the record says, and awkward text does no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "export/export.h"

#define CEILING ((size_t)16 << 20)

/* Two who meet in a town, one who attacks another, something that is only planned; text with tabs, quotes and markup. */
static const char record_json[] =
    "{\"id\":\"a1\",\"uri\":\"a.txt\",\"outlet\":\"O\\t\\\"x\\\", y\",\"published\":\"2021-04-17T09:30:00Z\",\"text\":"
    "\"first one. a & b <met>\\nthen, c hit d.\",\"blocks\":[{\"begin\":0,\"end\":22,\"kind\":\"title\"},"
    "{\"begin\":23,\"end\":37,\"kind\":\"body\"}],\"entities\":[{\"id\":\"E1\",\"type\":\"person\",\"name\":\"a\",\"english\":\"A & <A>\","
    "\"kb\":\"a\",\"country\":\"EGY\",\"sector\":\"GOV\",\"roles\":[{\"office\":\"minister\",\"begin\":0,\"end\":1}],"
    "\"mentions\":[{\"begin\":11,\"end\":12}]},{\"id\":\"E2\",\"type\":\"person\",\"name\":\"b\",\"country\":\"SYR\"},"
    "{\"id\":\"E3\",\"type\":\"place\",\"name\":\"p\",\"kb\":\"EGY/p\",\"country\":\"EGY\",\"region\":\"r\","
    "\"at\":{\"lat\":30.05,\"lon\":-31.25}}],\"quotes\":[{\"id\":\"Q1\",\"begin\":0,\"end\":9,\"kind\":\"direct\",\"speaker\":\"E1\"}],"
    "\"events\":[{\"id\":\"V1\",\"type\":\"CONSULT\",\"mode\":\"visit\",\"cameo\":\"042\",\"quad\":1,\"intensity\":4,"
    "\"trigger\":{\"begin\":18,\"end\":21},\"actor\":[\"E1\",\"E2\"],\"place\":\"E3\",\"status\":\"actual\",\"context\":[\"military\",\"legal\"]},"
    "{\"id\":\"V2\",\"type\":\"ASSAULT\",\"cameo\":\"18\",\"quad\":4,\"intensity\":-9,\"trigger\":{\"begin\":31,\"end\":34},"
    "\"actor\":[\"E2\"],\"recipient\":[\"E1\"],\"date\":\"2021-03\",\"status\":\"actual\"},"
    "{\"id\":\"V3\",\"type\":\"AID\",\"trigger\":{\"begin\":31,\"end\":34},\"actor\":[\"E1\"],\"status\":\"future\"}],"
    "\"counts\":[{\"begin\":0,\"end\":5,\"value\":2.5,\"high\":3,\"bound\":\"about\",\"what\":\"killed\",\"event\":\"V2\"}]}";

typedef struct shop {
    isn_lexicon *lexicon;
    isn_arena arena;
    isn_record record;
} shop;

static int open_shop(void **state)
{
    shop *s = calloc(1, sizeof *s);
    isn_arena_init(&s->arena, CEILING);
    *state = s;
    return isn_lexicon_open(&s->lexicon, ISNAD_TEST_IMAGE, NULL) == ISNAD_OK &&
                   isn_record_read(&s->record, &s->arena, ISN_STR(record_json), NULL) == ISNAD_OK
               ? 0
               : -1;
}

static int close_shop(void **state)
{
    shop *s = *state;
    isn_lexicon_free(s->lexicon);
    isn_arena_release(&s->arena);
    free(s);
    return 0;
}

/* What the record becomes in a format, with the end. On the heap. */
static isn_buf exported(const shop *s, isn_export_format format, int times)
{
    isn_export *e;
    isn_buf out;
    size_t left_out = 1;
    isn_buf_init(&out, CEILING);
    assert_int_equal(isn_export_new(&e, format, s->lexicon, NULL), ISNAD_OK);
    for (int i = 0; i < times; i++)
        assert_int_equal(isn_export_record(e, &out, &s->record, NULL), ISNAD_OK);
    assert_int_equal(isn_export_end(e, &out, &left_out, NULL), ISNAD_OK);
    assert_int_equal(left_out, 0);
    isn_export_free(e);
    return out;
}

static isn_str line_of(const isn_buf *text, size_t number)
{
    isn_str rest = isn_str_of(text->p, text->n), line = {NULL, 0};
    for (size_t i = 0; i <= number; i++)
        assert_true(isn_str_next(&line, &rest, '\n'));
    return line;
}

static size_t lines_of(const isn_buf *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->n; i++)
        n += text->p[i] == '\n';
    return n;
}

/* The cell of a tab-separated line below a column. */
static isn_str cell(isn_export_format format, isn_str line, const char *column)
{
    const char *names[80];
    isn_str field = {NULL, 0};
    assert_non_null(isn_export_columns(format, names));
    for (size_t i = 0; names[i]; i++) {
        assert_true(isn_str_next(&field, &line, '\t'));
        if (strcmp(names[i], column) == 0)
            return field;
    }
    fail_msg("no column '%s'", column);
    return field;
}

#define assert_cell(format, line, column, want)                                                    \
    do {                                                                                           \
        isn_str got_ = cell((format), (line), (column));                                           \
        assert_int_equal(got_.n, sizeof(want) - 1);                                                \
        assert_memory_equal(got_.p, (want), got_.n);                                               \
    } while (0)

static void test_polecat(void **state)
{
    isn_buf out = exported(*state, ISN_EXPORT_POLECAT, 1);
    assert_int_equal(lines_of(&out), 3); /* the head and what happened */
    isn_str met = line_of(&out, 1), hit = line_of(&out, 2);
    assert_cell(ISN_EXPORT_POLECAT, line_of(&out, 0), "Event Type", "Event Type");
    assert_cell(ISN_EXPORT_POLECAT, met, "Event Date", "2021-04-17");
    assert_cell(ISN_EXPORT_POLECAT, met, "Actor Name", "A & <A>;b");
    assert_cell(ISN_EXPORT_POLECAT, met, "Actor COW", "651;652");
    assert_cell(ISN_EXPORT_POLECAT, met, "Recipient Name", "None");
    assert_cell(ISN_EXPORT_POLECAT, met, "Contexts", "military;legal");
    assert_cell(ISN_EXPORT_POLECAT, met, "City", "p");
    assert_cell(ISN_EXPORT_POLECAT, met, "Province", "r");
    assert_cell(ISN_EXPORT_POLECAT, met, "Latitude", "30.05");
    assert_cell(ISN_EXPORT_POLECAT, met, "Longitude", "-31.25");
    assert_cell(ISN_EXPORT_POLECAT, met, "Source", "O \"x\", y");
    assert_cell(ISN_EXPORT_POLECAT, hit, "Event Date", "2021-03-01");
    assert_cell(ISN_EXPORT_POLECAT, hit, "Intensity", "-9");
    assert_cell(ISN_EXPORT_POLECAT, hit, "Recipient Title", "minister");
    isn_buf_release(&out);
}

static void test_icews(void **state)
{
    isn_buf out = exported(*state, ISN_EXPORT_ICEWS, 1);
    assert_int_equal(lines_of(&out), 3);
    isn_str met = line_of(&out, 1);
    assert_cell(ISN_EXPORT_ICEWS, met, "Source Country", "EGY");
    assert_cell(ISN_EXPORT_ICEWS, met, "Target Country", "SYR");
    assert_cell(ISN_EXPORT_ICEWS, met, "Event Text", "a & b <met>");
    assert_cell(ISN_EXPORT_ICEWS, met, "Sentence Number", "2");
    assert_cell(ISN_EXPORT_ICEWS, line_of(&out, 2), "Sentence Number", "3");
    isn_buf_release(&out);
}

static void test_gdelt(void **state)
{
    isn_buf events = exported(*state, ISN_EXPORT_GDELT_EVENTS, 1), mentions = exported(*state, ISN_EXPORT_GDELT_MENTIONS, 1);
    assert_int_equal(lines_of(&events), 2); /* GDELT's files have no head */
    assert_int_equal(lines_of(&mentions), 2);
    isn_str met = line_of(&events, 0), hit = line_of(&events, 1), mention = line_of(&mentions, 0);
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "SQLDATE", "20210417");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "FractionDate", "2021.3753");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "Actor1Code", "EGYGOV");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "Actor2Code", "SYR");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "EventRootCode", "04");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "ActionGeo_CountryCode", "EG");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "ActionGeo_Type", "4");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, met, "DATEADDED", "20210417093000");
    assert_cell(ISN_EXPORT_GDELT_EVENTS, hit, "MonthYear", "202103");
    isn_str id = cell(ISN_EXPORT_GDELT_EVENTS, met, "GLOBALEVENTID"), same = cell(ISN_EXPORT_GDELT_MENTIONS, mention, "GLOBALEVENTID");
    assert_true(id.n && isn_str_equal(id, same));
    assert_cell(ISN_EXPORT_GDELT_MENTIONS, mention, "ActionCharOffset", "18");
    assert_cell(ISN_EXPORT_GDELT_MENTIONS, mention, "Actor1CharOffset", "11");
    assert_cell(ISN_EXPORT_GDELT_MENTIONS, mention, "Actor2CharOffset", "-1");
    isn_buf_release(&events);
    isn_buf_release(&mentions);
}

static bool contains(const isn_buf *text, const char *part)
{
    return isn_str_find(isn_str_of(text->p, text->n), isn_str_cstr(part)) != SIZE_MAX;
}

static void test_own_tables(void **state)
{
    isn_buf events = exported(*state, ISN_EXPORT_EVENTS, 1), quotes = exported(*state, ISN_EXPORT_QUOTES, 1),
            counts = exported(*state, ISN_EXPORT_COUNTS, 1), actors = exported(*state, ISN_EXPORT_ACTORS, 1);
    assert_int_equal(lines_of(&events), 4); /* planned ones too */
    assert_true(contains(&events, ",\"O\t\"\"x\"\", y\",")); /* quoted as CSV has it */
    assert_true(contains(&events, ",\"then, c hit d.\"\n"));
    assert_true(contains(&quotes, "Q1,direct,A & <A>,a,EGY,"));
    assert_true(contains(&counts, ",2.5,3,about,killed,,V2,"));
    assert_int_equal(lines_of(&actors), 4);
    assert_true(contains(&actors, "E3,place,p,,EGY/p,EGY,,r,30.05,-31.25,,0\n"));
    isn_buf_release(&events);
    isn_buf_release(&quotes);
    isn_buf_release(&counts);
    isn_buf_release(&actors);
}

static void test_plover(void **state)
{
    isn_buf out = exported(*state, ISN_EXPORT_PLOVER, 1);
    assert_int_equal(lines_of(&out), 3);
    assert_true(contains(&out, "\"actor\":[{\"code\":\"EGY\",\"sector\":\"GOV\",\"entity_text\":\"a\",\"identifier_id\":\"a\""));
    assert_true(contains(&out, "\"has_event\":false"));
    assert_true(contains(&out, "\"dead\":2.5"));
    isn_buf_release(&out);
}

/* Twice the same record: two nodes, two edges, each twice. */
static void test_network(void **state)
{
    isn_buf gexf = exported(*state, ISN_EXPORT_GEXF, 2), graphml = exported(*state, ISN_EXPORT_GRAPHML, 2);
    assert_true(contains(&gexf, "<node id=\"n1\"") && !contains(&gexf, "<node id=\"n2\""));
    assert_true(contains(&gexf, "label=\"A &amp; &lt;A&gt;\""));
    assert_true(contains(&gexf, "<edge id=\"e0\" source=\"n0\" target=\"n1\" weight=\"2\">"));
    assert_true(contains(&gexf, "<edge id=\"e1\" source=\"n1\" target=\"n0\" weight=\"2\">"));
    assert_true(contains(&graphml, "<data key=\"material_conflict\">2</data>"));
    assert_true(contains(&graphml, "<data key=\"first\">2021-03-01</data>"));
    isn_buf_release(&gexf);
    isn_buf_release(&graphml);
}

/* No record at all: the head of a table, an empty network. */
static void test_nothing(void **state)
{
    for (int format = 0; format < ISN_EXPORT_FORMAT_COUNT; format++) {
        const char *names[80];
        isn_buf out = exported(*state, (isn_export_format)format, 0);
        bool table = isn_export_columns((isn_export_format)format, names) != NULL;
        bool headed = table && format != ISN_EXPORT_GDELT_EVENTS && format != ISN_EXPORT_GDELT_MENTIONS;
        assert_int_equal(headed, table && lines_of(&out) == 1);
        isn_buf_release(&out);
    }
}

/* The column list of a codebook beside the project: names in order, one a line before `cut`; numbers before them are passed over. */
static void check_columns(isn_export_format format, const char *file, char cut, size_t field, size_t n)
{
    char path[512];
    const char *names[80];
    isn_file codebook;
    snprintf(path, sizeof path, ISNAD_TEST_SHARED "/data/ontology/%s", file);
    if (isn_file_open(&codebook, path, CEILING, NULL) != ISNAD_OK)
        skip();
    isn_export_columns(format, names);
    isn_str rest = codebook.bytes, line, name = {NULL, 0};
    assert_true(isn_str_next(&line, &rest, '\n'));
    for (size_t i = 0; i < n; i++) {
        assert_true(isn_str_next(&line, &rest, '\n'));
        for (size_t k = 0; k <= field; k++)
            assert_true(isn_str_next(&name, &line, cut));
        name = isn_str_trim(name);
        assert_non_null(names[i]);
        assert_true(isn_str_equal(name, isn_str_cstr(names[i])));
    }
    assert_null(names[n]);
    isn_file_close(&codebook);
}

static void test_gdelt_columns(void **state)
{
    (void)state;
    check_columns(ISN_EXPORT_GDELT_EVENTS, "GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv", ',', 0, 61);
    check_columns(ISN_EXPORT_GDELT_MENTIONS, "GDELT_2.0_eventMentions_Column_Labels_Header_Row_Sep2016.tsv", '\t', 1, 16);
}

/* "**POLECAT** (40, ...): Event ID, Event Date, ..." in columns.md: our names joined by commas stand there. */
static void test_other_columns(void **state)
{
    (void)state;
    isn_file codebook;
    if (isn_file_open(&codebook, ISNAD_TEST_SHARED "/data/ontology/columns.md", CEILING, NULL) != ISNAD_OK)
        skip();
    isn_buf flat;
    isn_buf_init(&flat, CEILING);
    for (size_t i = 0; i < codebook.bytes.n; i++)
        isn_buf_char(&flat, codebook.bytes.p[i] == '\n' ? ' ' : codebook.bytes.p[i]);
    for (int f = 0; f < 2; f++) {
        const char *names[80];
        isn_export_columns(f ? ISN_EXPORT_ICEWS : ISN_EXPORT_POLECAT, names);
        isn_buf joined;
        isn_buf_init(&joined, CEILING);
        for (size_t i = 0; names[i]; i++)
            isn_buf_format(&joined, "%s%s", i ? ", " : "", names[i]);
        isn_buf_char(&joined, '.');
        assert_true(isn_str_find(isn_str_of(flat.p, flat.n), isn_str_of(joined.p, joined.n)) != SIZE_MAX);
        isn_buf_release(&joined);
    }
    isn_buf_release(&flat);
    isn_file_close(&codebook);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_polecat), cmocka_unit_test(test_icews),   cmocka_unit_test(test_gdelt),
        cmocka_unit_test(test_own_tables), cmocka_unit_test(test_plover), cmocka_unit_test(test_network),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_gdelt_columns), cmocka_unit_test(test_other_columns)};
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
