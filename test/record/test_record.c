/* Records are read back as they were written, and what is no record is refused with a reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "record/record.h"

#define CEILING ((size_t)1 << 20)

/* Every field has a value once and is missing once. */
static const char whole[] =
    "{\"isnad\":1,\"id\":\"a1\",\"uri\":\"a.txt:3\",\"source\":{\"kind\":\"warc\","
    "\"file\":\"a.gz\",\"offset\":7,\"length\":null,\"inside\":9,\"checksum\":\"xxh3:0\",\"digest\":null,\"fetched\":\"2021\","
    "\"feed\":null},\"outlet\":\"X\",\"published\":\"2021-04-17\",\"language\":\"ar\",\"author\":\"N\",\"address\":null,\"modified\":\"2021-04-18\","
    "\"tags\":[\"a\",\"b\"],\"page\":{\"kind\":\"list\",\"confidence\":0.61},"
    "\"title\":null,\"text\":\"abc \\\"def\\\"\\nghi\",\"blocks\":[{\"begin\":0,\"end\":9,\"kind\":\"title\"},"
    "{\"begin\":10,\"end\":13,\"kind\":\"boilerplate\"}],\"entities\":[{\"id\":\"E1\",\"type\":\"person\",\"name\":\"abc\","
    "\"english\":null,\"kb\":\"abc\",\"key\":\"abc\",\"country\":\"LBY\",\"sector\":\"GOV\",\"region\":null,\"at\":null,\"roles\":[{\"office\":\"def\",\"of\":\"E2\","
    "\"country\":null,\"begin\":5,\"end\":8}],\"mentions\":[{\"begin\":0,\"end\":3,\"form\":\"name\"},"
    "{\"begin\":5,\"end\":8,\"form\":\"pronoun\"}]},{\"id\":\"E2\",\"type\":\"group\",\"name\":\"ghi\",\"english\":\"G\","
    "\"kb\":null,\"key\":null,\"country\":null,\"sector\":null,\"region\":\"R\",\"at\":{\"lat\":-0.05,\"lon\":179.99},\"roles\":[],\"mentions\":[]}],\"dates\":[{\"begin\":0,\"end\":3,"
    "\"value\":\"2021-04\"}],\"quotes\":[{\"id\":\"Q1\",\"begin\":4,\"end\":9,\"kind\":\"direct\",\"speaker\":\"E1\","
    "\"cue\":{\"begin\":0,\"end\":3},\"via\":[\"E2\",\"E1\"],\"rule\":\"verb\",\"confidence\":0.93},{\"id\":\"Q2\","
    "\"begin\":4,\"end\":9,\"kind\":\"indirect\",\"speaker\":null,\"cue\":null,\"via\":[],\"rule\":null,"
    "\"confidence\":1.00}],\"events\":[{\"id\":\"V1\",\"type\":\"CONSULT\",\"mode\":\"phone\","
    "\"cameo\":\"041\",\"quad\":1,\"intensity\":-2.5,\"context\":[\"military\","
    "\"legal\"],\"begin\":0,\"end\":13,\"trigger\":{\"begin\":4,\"end\":9},\"actor\":[\"E1\"],\"recipient\":[\"E2\"],"
    "\"place\":\"E2\",\"date\":\"2021-04-17\",\"status\":\"negated\",\"via\":[\"E2\"],\"quote\":\"Q2\",\"rule\":\"f:1 v\","
    "\"confidence\":0.07}],\"counts\":[{\"begin\":0,\"end\":3,\"value\":12,\"high\":null,\"bound\":\"at_least\","
    "\"what\":\"killed\",\"unit\":null,\"event\":\"V1\"},{\"begin\":0,\"end\":3,\"value\":2.5,\"high\":3.0625,"
    "\"bound\":\"about\",\"what\":\"money\",\"unit\":\"USD\",\"event\":null}],\"diagnostics\":[{\"begin\":0,\"end\":0,"
    "\"code\":\"utf8\",\"message\":\"m\"}]}";

static void test_round(void **state)
{
    (void)state;
    isn_arena arena;
    isn_arena_init(&arena, CEILING);
    isn_record record;
    isnad_error err;
    assert_int_equal(isn_record_read(&record, &arena, ISN_STR(whole), &err), ISNAD_OK);
    assert_int_equal(record.n_entities, 2);
    assert_int_equal(record.events[0].quote, 1);
    assert_int_equal(record.entities[1].type, ISN_RECORD_GROUP);
    assert_true(record.counts[1].high > 3.06 && record.counts[1].high < 3.07);
    isn_buf out;
    isn_buf_init(&out, CEILING);
    isn_record_write(&out, &record);
    assert_int_equal(out.n, sizeof whole - 1);
    assert_memory_equal(out.p, whole, out.n);
    isn_buf_release(&out);
    isn_arena_release(&arena);
}

/* Ids of other makes and missing fields are read too. */
static void test_other_makes(void **state)
{
    (void)state;
    static const char object[] = "{\"text\":\"abc\",\"new\":{},\"entities\":[{\"id\":\"koni\",\"type\":\"place\"}],"
                                 "\"events\":[{\"type\":\"AID\",\"actor\":[\"koni\"],\"trigger\":{\"begin\":0,\"end\":3}}]}";
    isn_arena arena;
    isn_arena_init(&arena, CEILING);
    isn_record record;
    assert_int_equal(isn_record_read(&record, &arena, ISN_STR(object), NULL), ISNAD_OK);
    assert_int_equal(record.events[0].actor.n, 1);
    assert_int_equal(record.events[0].actor.items[0], 0);
    assert_int_equal(record.events[0].place, ISN_NOTHING);
    assert_int_equal(record.events[0].status, ISN_RECORD_STATUS_ACTUAL);
    isn_arena_release(&arena);
}

static void test_bad(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        isnad_status status;
    } cases[] = {
        {"", ISNAD_E_FORMAT},
        {"[1]", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\"", ISNAD_E_FORMAT},
        {"{\"title\":\"abc\"}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"dates\":[7]}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"dates\":[{\"begin\":0,\"end\":4}]}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"dates\":[{\"begin\":2,\"end\":1}]}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"dates\":[{\"begin\":-1,\"end\":1}]}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"entities\":[{\"id\":\"E1\",\"type\":\"ship\"}]}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"events\":[{\"actor\":[\"E9\"]}]}", ISNAD_E_FORMAT},
        {"{\"text\":\"abc\",\"quotes\":[{\"speaker\":\"V1\"}],\"events\":[{\"id\":\"V1\"}]}", ISNAD_E_FORMAT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        isn_arena arena;
        isn_arena_init(&arena, CEILING);
        isn_record record;
        isnad_error err = {0};
        assert_int_equal(isn_record_read(&record, &arena, isn_str_cstr(cases[i].json), &err), cases[i].status);
        assert_true(err.message[0] != '\0');
        isn_arena_release(&arena);
    }
}

/* A list past its ceiling and a full arena are told, not cut. */
static void test_limits(void **state)
{
    (void)state;
    isn_buf json;
    isn_buf_init(&json, CEILING);
    isn_buf_str(&json, ISN_STR("{\"text\":\"abc\",\"events\":[{\"context\":[\"\""));
    for (size_t i = 0; i < ISN_RECORD_MOST_LIST; i++)
        isn_buf_str(&json, ISN_STR(",\"\""));
    isn_buf_str(&json, ISN_STR("]}]}"));
    assert_false(json.failed);
    isn_arena arena;
    isn_arena_init(&arena, CEILING);
    isn_record record;
    assert_int_equal(isn_record_read(&record, &arena, isn_str_of(json.p, json.n), NULL), ISNAD_E_LIMIT);
    isn_arena_release(&arena);
    isn_buf_release(&json);
    isn_arena_init(&arena, 64);
    assert_int_equal(isn_record_read(&record, &arena, ISN_STR(whole), NULL), ISNAD_E_MEMORY);
    isn_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round), cmocka_unit_test(test_other_makes),
                                       cmocka_unit_test(test_bad), cmocka_unit_test(test_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
