/* The table of routes is held against its description, openapi.json: every route and every parameter stands in both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "server/ask.h"
#include "server/openapi.h"
#include "server/stream.h"

static isn_target target;

static const json_t *resolve(const json_t *root, const json_t *value)
{
    static const char prefix[] = "#/components/parameters/";
    const char *ref = json_string_value(json_object_get(value, "$ref"));
    if (!ref)
        return value;
    assert_int_equal(strncmp(ref, prefix, sizeof prefix - 1), 0);
    const json_t *found = json_object_get(json_object_get(json_object_get(root, "components"), "parameters"), ref + sizeof prefix - 1);
    if (!found)
        fail_msg("%s is not there", ref);
    return found;
}

/* The parameters of one path as bits; its path parameter must be the one of the pattern. */
static uint32_t params_of(const json_t *root, const json_t *get, const char *path)
{
    uint32_t bits = 0;
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(get, "parameters"), i, item) {
        const json_t *p = resolve(root, item);
        const char *name = json_string_value(json_object_get(p, "name")), *in = json_string_value(json_object_get(p, "in"));
        assert_non_null(name);
        if (strcmp(in, "path") == 0) {
            char braced[100];
            snprintf(braced, sizeof braced, "{%s}", name);
            assert_non_null(strstr(path, braced));
            continue;
        }
        assert_string_equal(in, "query");
        size_t k = 0;
        while (k < ISN_PARAM_COUNT && strcmp(isn_param_names[k], name) != 0)
            k++;
        if (k == ISN_PARAM_COUNT)
            fail_msg("%s: no parameter is called %s", path, name);
        assert_false(bits >> k & 1);
        bits |= 1u << k;
    }
    return bits;
}

static void test_description(void **state)
{
    (void)state;
    json_error_t error;
    json_t *root = json_loadb((const char *)isn_openapi, isn_openapi_size, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("openapi.json, line %d: %s", error.line, error.text);
    json_t *paths = json_object_get(root, "paths"), *value;
    const char *path;
    for (size_t i = 0; i < isn_n_routes; i++) {
        char full[100];
        snprintf(full, sizeof full, "/%s", isn_routes[i].pattern);
        const json_t *get = json_object_get(json_object_get(paths, full), "get");
        if (!get)
            fail_msg("%s is not described", full);
        if (params_of(root, get, full) != isn_routes[i].params)
            fail_msg("%s: other parameters are described (%x) than it takes (%x)", full, params_of(root, get, full), isn_routes[i].params);
    }
    json_object_foreach(paths, path, value)
    {
        size_t i = 0;
        while (i < isn_n_routes && strcmp(isn_routes[i].pattern, path + 1) != 0)
            i++;
        if (i == isn_n_routes)
            fail_msg("%s is described and isn't there", path);
        assert_int_equal(json_object_size(value), 1); /* get and nothing else */
    }
    const json_t *formats = json_object_get(json_object_get(resolve(root, json_array_get(json_object_get(json_object_get(json_object_get(
        paths, "/export/{format}"), "get"), "parameters"), 0)), "schema"), "enum");
    assert_int_equal(json_array_size(formats), isn_n_formats);
    for (size_t i = 0; i < isn_n_formats; i++)
        assert_non_null(isn_format_find(json_string_value(json_array_get(formats, i))));
    json_decref(root);
}

static void expect(const char *raw, isn_place place, const char *pattern, const char *key)
{
    const isn_route *route;
    const char *found;
    assert_null(isn_target_read(&target, raw, strlen(raw)));
    isn_place got = isn_route_find(&route, &found, &target);
    if (got != place || (pattern != NULL) != (route != NULL) || (pattern && strcmp(route->pattern, pattern) != 0))
        fail_msg("%s: place %d, %s", raw, got, route ? route->pattern : "no route");
    if (key)
        assert_string_equal(found, key);
}

static void test_places(void **state)
{
    (void)state;
    expect("/", ISN_PLACE_HOME, NULL, NULL);
    expect("/ar", ISN_PLACE_BARE, NULL, NULL);
    expect("/ar/", ISN_PLACE_PAGE, NULL, NULL);
    expect("/en/stories/12", ISN_PLACE_PAGE, "stories/{story}", "12");
    expect("/en/limits", ISN_PLACE_PAGE, NULL, NULL);
    expect("/en/nothing", ISN_PLACE_OTHER, NULL, NULL);
    expect("/fr/stories", ISN_PLACE_OTHER, NULL, NULL);
    expect("/en.json", ISN_PLACE_TWIN, "front", NULL);
    expect("/en/.json", ISN_PLACE_TWIN, "front", NULL);
    expect("/en/stories.json", ISN_PLACE_TWIN, "stories", NULL);
    expect("/ar/stories/3.json", ISN_PLACE_TWIN, "stories/{story}", "3");
    expect("/ar/actors/a%2Fb.json", ISN_PLACE_TWIN, "actors/{actor}", "a/b");
    expect("/ar/search.json?q=x", ISN_PLACE_TWIN, "articles", NULL);
    expect("/ar/limits.json", ISN_PLACE_OTHER, NULL, NULL);
    expect("/api", ISN_PLACE_NO_API, NULL, NULL);
    expect("/api/v1", ISN_PLACE_NO_API, NULL, NULL);
    expect("/api/v1/", ISN_PLACE_NO_API, NULL, NULL);
    expect("/api/v2/status", ISN_PLACE_NO_API, NULL, NULL);
    expect("/api/v1/status/", ISN_PLACE_NO_API, NULL, NULL);
    expect("/api/v1/statusx", ISN_PLACE_NO_API, NULL, NULL);
    expect("/api/v1/stories/3/facts", ISN_PLACE_API, "stories/{story}/facts", "3");
    expect("/api/v1/events/series", ISN_PLACE_API, "events/series", NULL);
    expect("/api/v1/export/events", ISN_PLACE_API, "export/{format}", "events");
    expect("/assets/x.js", ISN_PLACE_OTHER, NULL, NULL);
    /* every page has its twin */
    for (size_t i = 0; i < isn_n_routes; i++) {
        char page[120], twin[120];
        if (!isn_routes[i].page || strchr(isn_routes[i].page, '{'))
            continue;
        snprintf(page, sizeof page, "/ar/%s", isn_routes[i].page);
        snprintf(twin, sizeof twin, "/ar/%s.json", isn_routes[i].page);
        expect(page, ISN_PLACE_PAGE, isn_routes[i].page[0] ? isn_routes[i].pattern : NULL, NULL);
        expect(twin, ISN_PLACE_TWIN, isn_routes[i].pattern, NULL);
    }
}

static bool ask(const char *raw, isn_ask *out, isn_refusal *refusal)
{
    const isn_route *route;
    const char *key;
    assert_null(isn_target_read(&target, raw, strlen(raw)));
    assert_int_equal(isn_route_find(&route, &key, &target), ISN_PLACE_API);
    return isn_ask_read(out, route, key, &target, refusal);
}

static void test_asks(void **state)
{
    isn_ask out;
    isn_refusal refusal;
    (void)state;
    assert_true(ask("/api/v1/events?q=a+b&actor=c&by=d&to=e&outlet=f&country=EGY&type=CONSULT&status=actual&quad=1&since=2020&until=2021&"
                    "order=oldest&offset=10000&limit=200", &out, &refusal));
    assert_string_equal(out.query.words, "a b");
    assert_string_equal(out.query.actor, "c");
    assert_string_equal(out.query.by, "d");
    assert_string_equal(out.query.to, "e");
    assert_string_equal(out.query.outlet, "f");
    assert_string_equal(out.query.country, "EGY");
    assert_string_equal(out.query.type, "CONSULT");
    assert_string_equal(out.query.status, "actual");
    assert_string_equal(out.query.quad, "1");
    assert_string_equal(out.query.since, "2020");
    assert_string_equal(out.query.until, "2021");
    assert_true(out.query.oldest);
    assert_int_equal(out.query.offset, 10000);
    assert_int_equal(out.query.limit, 200);
    assert_true(ask("/api/v1/dyad?a=IRQ&b=USA&period=year", &out, &refusal));
    assert_string_equal(out.query.by, "IRQ");
    assert_string_equal(out.query.to, "USA");
    assert_string_equal(out.query.period, "year");
    assert_true(ask("/api/v1/quotes?about=x&q=", &out, &refusal));
    assert_string_equal(out.query.about, "x");
    assert_null(out.query.words); /* what is empty isn't given */
    assert_int_equal(out.query.limit, ISN_SERVE_ROWS);
    assert_true(ask("/api/v1/stories/17", &out, &refusal));
    assert_string_equal(out.query.key, "17");
}

static void test_refusals(void **state)
{
    static const struct {
        const char *raw;
        int status;
    } bad[] = {
        {"/api/v1/events?nothing=1", 400}, {"/api/v1/status?q=x", 400}, {"/api/v1/events?limit=0", 400}, {"/api/v1/events?limit=201", 400},
        {"/api/v1/events?limit=-1", 400}, {"/api/v1/events?limit=1e3", 400}, {"/api/v1/events?limit=99999999999999999999", 400},
        {"/api/v1/events?offset=10001", 400}, {"/api/v1/events?order=up", 400}, {"/api/v1/events?order=new", 400}, {"/api/v1/stories?sort=x", 400},
        {"/api/v1/events/series?period=week", 400}, {"/api/v1/events?about=x", 400}, {"/api/v1/stories/x", 404}, {"/api/v1/stories/-1", 404},
        {"/api/v1/stories/1%20", 404}, {"/api/v1/articles/1234567890123456789", 404},
    };
    isn_ask out;
    isn_refusal refusal;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        refusal = (isn_refusal){0};
        if (ask(bad[i].raw, &out, &refusal) || refusal.status != bad[i].status || !refusal.message[0])
            fail_msg("%s: %d", bad[i].raw, refusal.status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_description), cmocka_unit_test(test_places), cmocka_unit_test(test_asks), cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
