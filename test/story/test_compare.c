/* Tellings of one fact lie in one row, and what can't both be true is flagged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <jansson.h>

#include "story/align.h"
#include "story/compare.h"
#include "story/examples.h"
#include "story/wording.h"

#define PAIRS ISNAD_TEST_SOURCE "/test/story/pairs.tsv"
#define CLASHES ISNAD_TEST_SOURCE "/test/story/clashes.tsv"

static const isn_record *named(const examples *e, const char *part)
{
    for (size_t i = 0; i < e->n; i++)
        if (isn_str_find(e->records[i].uri, isn_str_cstr(part)) != SIZE_MAX)
            return &e->records[i];
    fail_msg("no example %s", part);
    return NULL;
}

/* The two articles on the attack in Shabwa tell of the attack in one row, whatever the order of the articles. */
static void test_rows(void **state)
{
    examples *e = *state;
    const isn_record *records[] = {named(e, "attack-1"), named(e, "attack-2"), named(e, "attack-3")};
    isn_comparison c;
    size_t shared = 0, events = 0;
    assert_int_equal(isn_compare(&c, &e->arena, records, NULL, 3, e->engine->lexicon, NULL), ISNAD_OK);
    for (size_t i = 0; i < c.n_facts; i++) {
        const isn_fact *f = &c.facts[i];
        bool assault = false;
        for (size_t k = 0; k < f->n; k++) {
            const isn_telling *t = &c.tellings.items[f->tellings[k]];
            assault = assault || (t->kind == ISN_TELLING_EVENT &&
                                  isn_str_equal(records[t->article]->events[t->item].type, ISN_STR("ASSAULT")));
        }
        assert_true(f->n && f->n_articles >= 1 && f->n_origins == f->n_articles);
        events += f->kind == ISN_TELLING_EVENT;
        shared += assault && f->n_articles >= 2;
    }
    assert_true(events >= 3);
    assert_true(shared >= 1);
}

/* Every telling is in just one fact; with one origin for all each fact has one. */
static void test_whole(void **state)
{
    examples *e = *state;
    const isn_record *records[MOST_EXAMPLES];
    uint32_t origins[MOST_EXAMPLES] = {0};
    isn_comparison c;
    size_t told = 0;
    for (size_t i = 0; i < e->n; i++)
        records[i] = &e->records[i];
    assert_int_equal(isn_compare(&c, &e->arena, records, origins, e->n, e->engine->lexicon, NULL), ISNAD_OK);
    for (size_t i = 0; i < c.n_facts; i++) {
        told += c.facts[i].n;
        assert_int_equal(c.facts[i].n_origins, 1);
    }
    assert_int_equal(told, c.tellings.n);
}

static void test_json(void **state)
{
    examples *e = *state;
    const isn_record *records[] = {named(e, "bridge-1"), named(e, "bridge-3")};
    isn_comparison c;
    isn_buf out;
    isn_buf_init(&out, (size_t)1 << 24);
    assert_int_equal(isn_compare(&c, &e->arena, records, NULL, 2, e->engine->lexicon, NULL), ISNAD_OK);
    isn_compare_write(&out, &c, ISN_STR("7"));
    assert_false(out.failed);
    json_t *json = json_loadb(out.p, out.n, 0, NULL);
    assert_non_null(json);
    assert_string_equal(json_string_value(json_object_get(json, "story")), "7");
    assert_int_equal(json_array_size(json_object_get(json, "articles")), 2);
    json_t *facts = json_object_get(json, "facts"), *fact, *member;
    size_t i, k;
    assert_int_equal(json_array_size(facts), c.n_facts);
    json_array_foreach(facts, i, fact) {
        size_t silent = json_array_size(json_object_get(fact, "silent"));
        assert_int_equal(silent + (size_t)json_integer_value(json_object_get(fact, "articles")), 2);
        json_array_foreach(json_object_get(fact, "members"), k, member) {
            json_int_t begin = json_integer_value(json_object_get(member, "begin"));
            json_int_t end = json_integer_value(json_object_get(member, "end"));
            const isn_record *r = records[json_integer_value(json_object_get(member, "article"))];
            isn_str text = isn_str_part(r->text, (size_t)begin, (size_t)end);
            assert_true(isn_str_equal(text, isn_str_cstr(json_string_value(json_object_get(member, "text")))));
        }
    }
    json_decref(json);
    isn_buf_release(&out);
}

static void test_days(void **state)
{
    (void)state;
    assert_true(isn_days_fit(ISN_STR("2021-04-15"), ISN_STR("2021-04")));
    assert_true(isn_days_fit(ISN_STR("2021-04-15"), ISN_STR("2021-04-15T18:00")));
    assert_true(isn_days_fit(ISN_STR("2021-04-15/2021-04-17"), ISN_STR("2021-04-16")));
    assert_true(isn_days_fit(ISN_STR(""), ISN_STR("2021-04-16")));
    assert_false(isn_days_fit(ISN_STR("2021-04-15"), ISN_STR("2021-04-16")));
    assert_false(isn_days_fit(ISN_STR("2021-04-15/2021-04-17"), ISN_STR("2021-04-18")));
    assert_false(isn_days_fit(ISN_STR("2020"), ISN_STR("2021-04-16")));
}

/* Pairs of headlines: what contradicts does, by the sense that is named, and what doesn't doesn't. */
static void test_wording(void **state)
{
    examples *e = *state;
    const isn_opposites *opposites = isn_opposites_make(&e->arena, e->engine->lexicon);
    isn_tagger tagger;
    FILE *file = fopen(PAIRS, "r");
    char line[4096];
    size_t n = 0;
    assert_non_null(file);
    isn_tagger_open(&tagger, e->engine->lexicon);
    while (fgets(line, sizeof line, file)) {
        isn_str rest = isn_str_trim(isn_str_cstr(line)), clash, one, other;
        if (line[0] == '#' || !isn_str_next(&clash, &rest, '\t') || isn_str_equal(clash, ISN_STR("clash")))
            continue;
        assert_true(isn_str_next(&one, &rest, '\t') && isn_str_next(&other, &rest, '\t'));
        isn_wording a, b;
        isn_wording_clash found, back;
        assert_true(isn_wording_make(&a, &e->arena, opposites, &tagger, one));
        assert_true(isn_wording_make(&b, &e->arena, opposites, &tagger, other));
        isn_wording_compare(&found, &a, &b, false);
        isn_wording_compare(&back, &b, &a, false);
        assert_true(found.odds == back.odds && found.sense == back.sense);
        bool clashes = found.odds >= ISN_WORDING_CLASHES && found.part[ISN_WORDING_SHARED] >= ISN_WORDING_LEAST_SHARED;
        bool known = isn_opposites_name(opposites, found.sense).n != 0;
        if (clashes == isn_str_equal(clash, ISN_STR("-")) ||
            (known && clash.p[0] != '-' && !isn_str_equal(clash, isn_opposites_name(opposites, found.sense))))
            fail_msg("%s found %.2f, shared %.2f, sense %u", line, (double)found.odds,
                     (double)found.part[ISN_WORDING_SHARED], found.sense);
        n++;
    }
    fclose(file);
    assert_true(n >= 10);
}

/* The record of a text whose lines are parted by bars. */
static void code_text(isn_record *out, examples *e, isnad_worker *worker, isn_str published, isn_str text)
{
    char day[64], uri[16];
    char *lines = isn_arena_alloc(&e->arena, text.n + 1);
    const char *json;
    size_t n;
    assert_non_null(lines);
    for (size_t i = 0; i < text.n; i++)
        lines[i] = text.p[i] == '|' ? '\n' : text.p[i];
    snprintf(day, sizeof day, "%.*s", (int)published.n, published.p);
    snprintf(uri, sizeof uri, "%p", (void *)out);
    isnad_input input = {.uri = uri, .bytes = lines, .n = text.n, .kind = ISNAD_KIND_TEXT, .published = day};
    assert_int_equal(isnad_code(worker, &input, &json, &n, NULL), ISNAD_OK);
    isn_str kept = isn_arena_copy(&e->arena, isn_str_of(json, n));
    assert_int_equal(isn_record_read(out, &e->arena, kept, NULL), ISNAD_OK);
}

/* Pairs of articles: what can't both be true is flagged as what it is, and what can be isn't. */
static void test_clashes(void **state)
{
    examples *e = *state;
    isnad_worker *worker;
    FILE *file = fopen(CLASHES, "r");
    char line[8192];
    size_t pairs = 0;
    assert_non_null(file);
    assert_int_equal(isnad_worker_new(&worker, e->engine, NULL), ISNAD_OK);
    while (fgets(line, sizeof line, file)) {
        isn_str rest = isn_str_trim(isn_str_cstr(line)), cells[5];
        isn_record records[2];
        isn_comparison c;
        size_t n = 0, wanted = 0, all = 0;
        while (n < 5 && isn_str_next(&cells[n], &rest, '\t'))
            n++;
        if (line[0] == '#' || n < 5 || isn_str_equal(cells[0], ISN_STR("clash")))
            continue;
        code_text(&records[0], e, worker, cells[1], cells[2]);
        code_text(&records[1], e, worker, cells[3], cells[4]);
        const isn_record *list[] = {&records[0], &records[1]};
        assert_int_equal(isn_compare(&c, &e->arena, list, NULL, 2, e->engine->lexicon, NULL), ISNAD_OK);
        for (size_t i = 0; i < c.n_facts; i++)
            for (size_t k = 0; k < c.facts[i].n_clashes; k++, all++)
                wanted += isn_str_equal(cells[0], isn_str_cstr(isn_clash_text(c.facts[i].clashes[k].kind)));
        if (isn_str_equal(cells[0], ISN_STR("-")) ? all != 0 : wanted == 0)
            fail_msg("%zu clashes, %zu of the kind: %s", all, wanted, line);
        pairs++;
    }
    fclose(file);
    isnad_worker_free(worker);
    assert_true(pairs >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows), cmocka_unit_test(test_whole),   cmocka_unit_test(test_json),
        cmocka_unit_test(test_days), cmocka_unit_test(test_wording), cmocka_unit_test(test_clashes),
    };
    return cmocka_run_group_tests(tests, examples_set_up, examples_tear_down);
}
