/* Dates in figures, addresses, and tables of metadata. */
#include "cases.h"

#include "read/meta.h"

static void dates(void **state)
{
    (void)state;
    const struct {
        const char *in, *out;
    } cases[] = {
        {"2021-04-17", "2021-04-17"},
        {"2021-04-17T09:30:00Z", "2021-04-17T09:30:00Z"},
        {"2021-04-17T09:30:00.123+03:00", "2021-04-17T09:30:00+03:00"},
        {"2021-04-17 09:30", "2021-04-17T09:30:00"},
        {"2021-04-17T09:30:00+0200", "2021-04-17T09:30:00+02:00"},
        {"Sun, 18 Feb 2018 18:10:45 +0400", "2018-02-18T18:10:45+04:00"},
        {"18 Feb 2018 01:02:03 GMT", "2018-02-18T01:02:03Z"},
        {"Friday, 02 March 2018", "2018-03-02"},
        {"February 18, 2018", "2018-02-18"},
        {"18/2/2018", "2018-02-18"},
        {"2/18/2018", "2018-02-18"},
        {"2018/02/18", "2018-02-18"},
        {"18.02.2018 14:05", "2018-02-18T14:05:00"},
        {"20180218", "2018-02-18"},
        {"1518966645", "2018-02-18T15:10:45Z"},
        {"1518966645000", "2018-02-18T15:10:45Z"},
        {"\xD9\xA1\xD9\xA8/\xD9\xA2/\xD9\xA2\xD9\xA0\xD9\xA1\xD9\xA8",
         "2018-02-18"}, /* Arabic figures */
        {"2018-02-29", NULL},
        {"29/2/2016", "2016-02-29"},
        {"31/4/2018", NULL},
        {"0000-00-00", NULL},
        {"2018", NULL},
        {"1.2.3", NULL},
        {"", NULL},
        {"yesterday", NULL},
        {"18/2/18", NULL},
        {"2018-2-18-4", "2018-02-18"},
        {"9999999999999999999999", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[ISN_META_DATE] = "?";
        bool got = isn_meta_date(out, isn_str_cstr(cases[i].in));
        if (got != (cases[i].out != NULL))
            fail_msg("'%s' gives %s", cases[i].in, got ? out : "nothing");
        if (got)
            assert_string_equal(out, cases[i].out);
    }
}

static void addresses(void **state)
{
    (void)state;
    const struct {
        const char *in, *date, *host;
    } cases[] = {
        {"https://www.example.net/news/2018/02/18/summit.html", "2018-02-18", "example.net"},
        {"http://example.net:8080/2018-2-8/x", "2018-02-08", "example.net"},
        {"https://ar.example.com/a/20190131/b?x=/2020/01/01/", "2019-01-31", "ar.example.com"},
        {"https://example.com/news/1234/12/1", NULL, "example.com"},
        {"https://example.com/2018/13/45/x", NULL, "example.com"},
        {"/home/me/2018/02/18/a.txt", "2018-02-18", ""},
        {"https://WWW.Example.org", NULL, "Example.org"},
        {"", NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[ISN_META_DATE] = "?";
        isn_str in = isn_str_cstr(cases[i].in);
        assert_int_equal(isn_meta_address_date(out, in), cases[i].date != NULL);
        if (cases[i].date)
            assert_string_equal(out, cases[i].date);
        assert_true(isn_str_equal(isn_meta_host(in), isn_str_cstr(cases[i].host)));
    }
}

static void within(void **state)
{
    (void)state;
    char out[ISN_META_DATE];
    assert_true(isn_meta_find_date(out, ISN_STR("page 12, 3/9/2014 - 21:15, 1/1/2020")));
    assert_string_equal(out, "2014-09-03T21:15:00");
    assert_false(isn_meta_find_date(out, ISN_STR("1/2 of 3.4.5 on 99/99/2014")));
}

static void table(void **state)
{
    (void)state;
    char path[TEMP_PATH];
    temp_file(
        path, "meta",
        "\xEF\xBB\xBFstory\tpublished\tarticle\toutlet\r\n# a comment\r\n"
        "s1\t2018-03-10\td01\tBBC\r\n\r\ns1\t\tb.html\tCNN\ns2\t2/5/2019\thttp://x.example/1\t\n");
    isn_metadata *m;
    isnad_error err = {0};
    assert_int_equal(isn_metadata_open(&m, path, &err), ISNAD_OK);
    isn_str outlet, published;
    assert_true(isn_metadata_find(m, ISN_STR(""), ISN_STR("/a/b/d01.txt"), &outlet, &published));
    assert_true(isn_str_equal(outlet, ISN_STR("BBC")) &&
                isn_str_equal(published, ISN_STR("2018-03-10")));
    assert_true(isn_metadata_find(m, ISN_STR("d01"), ISN_STR("z"), &outlet, &published));
    assert_true(isn_metadata_find(m, ISN_STR(""), ISN_STR("b.html"), &outlet, &published));
    assert_true(isn_str_equal(outlet, ISN_STR("CNN")) && published.n == 0);
    assert_true(
        isn_metadata_find(m, ISN_STR(""), ISN_STR("http://x.example/1"), &outlet, &published));
    assert_true(outlet.n == 0 && isn_str_equal(published, ISN_STR("2019-05-02")));
    assert_false(isn_metadata_find(m, ISN_STR(""), ISN_STR("d02.txt"), &outlet, &published));
    isn_metadata_free(m);
    unlink(path);
}

static void bad_tables(void **state)
{
    (void)state;
    const struct {
        const char *content;
        uint64_t line;
    } cases[] = {{"", 0},
                 {"outlet\tpublished\nBBC\t2018-01-01\n", 1},
                 {"article\tpublished\na\t2018-01-01\nb\tsoon\n", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[TEMP_PATH];
        temp_file(path, "meta", cases[i].content);
        isn_metadata *m;
        isnad_error err = {0};
        assert_int_equal(isn_metadata_open(&m, path, &err), ISNAD_E_FORMAT);
        assert_int_equal(err.line, cases[i].line);
        assert_string_equal(err.file, path);
        unlink(path);
    }
    isn_metadata *m;
    isnad_error err = {0};
    assert_int_equal(isn_metadata_open(&m, "/nowhere/at/all.tsv", &err), ISNAD_E_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates), cmocka_unit_test(addresses),  cmocka_unit_test(within),
        cmocka_unit_test(table), cmocka_unit_test(bad_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
