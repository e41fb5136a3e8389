/* Tests of the link room: likeness of names (pairs.tsv), clusters of short articles (cases.txt), gender, time on long texts. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "lexicon/schema.h"
#include "link/join.h"

#define PRECISION_FLOOR 0.98f
#define RECALL_FLOOR 0.95f
#define TOWNS_FLOOR 46
#define FILE_MOST ((size_t)16 << 20)
#define CASES ISNAD_TEST_SOURCE "/test/link/"

typedef struct bench {
    isn_lexicon *lexicon;
    isn_words *words;
    isn_namer *namer;
    isn_linker *linker;
    isn_arena arena;
} bench;

typedef struct linked {
    isn_text text;
    isn_mentions mentions;
    isn_entities entities;
} linked;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    isnad_error err;
    if (!b || isn_lexicon_open(&b->lexicon, ISNAD_TEST_IMAGE, &err) ||
        isn_words_new(&b->words, b->lexicon, &err) || isn_namer_new(&b->namer, b->lexicon, &err) ||
        isn_linker_new(&b->linker, b->lexicon, &err))
        return -1;
    isn_arena_init(&b->arena, (size_t)1 << 30);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    isn_linker_free(b->linker);
    isn_namer_free(b->namer);
    isn_words_free(b->words);
    isn_lexicon_free(b->lexicon);
    isn_arena_release(&b->arena);
    free(b);
    return 0;
}

/* Links a text of one block; what was made lives until the arena is reset. */
static void link_text(linked *out, bench *b, isn_str raw, isn_str published)
{
    isn_block *block = isn_arena_alloc(&b->arena, sizeof *block);
    *block = (isn_block){.begin = 0, .end = (uint32_t)raw.n, .kind = ISN_BLOCK_BODY};
    assert_true(isn_text_make(&out->text, &b->arena, b->lexicon, b->words, raw, block, 1));
    assert_true(isn_mentions_find(&out->mentions, b->namer, &out->text));
    assert_true(isn_entities_make(&out->entities, b->linker, &out->text, &out->mentions, published));
}

/* What must hold of any result. */
static void check_consistent(const linked *l)
{
    size_t listed = 0;
    uint32_t first = 0;
    for (uint32_t e = 0; e < l->entities.n; e++) {
        const isn_entity *entity = &l->entities.items[e];
        assert_true(entity->n_mentions > 0);
        assert_true(e == 0 || entity->mentions[0] > first);
        first = entity->mentions[0];
        for (size_t i = 0; i < entity->n_mentions; i++) {
            assert_int_equal(l->entities.of_mention[entity->mentions[i]], e);
            assert_true(i == 0 || entity->mentions[i] > entity->mentions[i - 1]);
        }
        for (size_t i = 0; i < entity->n_roles; i++)
            assert_true(entity->roles[i].of == ISN_NONE || entity->roles[i].of < l->entities.n);
        listed += entity->n_mentions;
    }
    assert_int_equal(listed, l->mentions.n);
    for (size_t t = 0; t < l->text.n_tokens; t++)
        assert_true(l->mentions.at[t] == ISN_NONE || l->mentions.at[t] < l->mentions.n);
}

/* --- cases --------------------------------------------------------------------------------------------------------- */

/* The entity of the nth mention of these letters ("name#2"), ISN_NONE where there is none. */
static uint32_t entity_of(const linked *l, isn_str what)
{
    size_t hash = isn_str_find(what, ISN_STR("#"));
    int64_t nth = 1;
    if (hash != SIZE_MAX) {
        assert_true(isn_str_to_int(&nth, isn_str_part(what, hash + 1, what.n)));
        what = isn_str_part(what, 0, hash);
    }
    for (uint32_t m = 0; m < l->mentions.n; m++) {
        const isn_mention *mention = &l->mentions.items[m];
        if (isn_str_equal(what, isn_str_part(l->text.raw, mention->begin, mention->end)) && --nth == 0)
            return l->entities.of_mention[m];
    }
    return ISN_NONE;
}

typedef struct count {
    int held, wrong, missing;
} count;

/* `f a | b`, `m a | b`: entities that verbs and pronouns show as feminine, masculine. */
static void check_gender(count *c, const linked *l, isn_str line, isn_str title)
{
    isn_str rest = isn_str_part(line, 1, line.n), word;
    while (rest.n && isn_str_next(&word, &rest, '|')) {
        word = isn_str_trim(word);
        uint32_t entity = entity_of(l, word);
        if (entity == ISN_NONE) {
            c->missing++;
            printf("%.*s: no mention '%.*s'\n", (int)title.n, title.p, (int)word.n, word.p);
            continue;
        }
        bool good = l->entities.items[entity].female == (line.p[0] == 'f');
        c->held += good;
        c->wrong += !good;
        if (!good)
            printf("%.*s: gender of '%.*s' is %d\n", (int)title.n, title.p, (int)word.n, word.p,
                   l->entities.items[entity].female);
    }
}

static void check_line(count *c, const linked *l, isn_str line, isn_str title)
{
    bool same = line.p[0] == '=';
    size_t at = isn_str_find(line, ISN_STR("@"));
    isn_str kb = at == SIZE_MAX ? (isn_str){NULL, 0} : isn_str_trim(isn_str_part(line, at + 1, line.n));
    isn_str rest = isn_str_part(line, 1, at == SIZE_MAX ? line.n : at), word;
    uint32_t first = ISN_NONE;
    while (rest.n && isn_str_next(&word, &rest, '|')) {
        word = isn_str_trim(word);
        uint32_t entity = entity_of(l, word);
        if (entity == ISN_NONE) {
            c->missing++;
            printf("%.*s: no mention '%.*s'\n", (int)title.n, title.p, (int)word.n, word.p);
            continue;
        }
        bool good = first == ISN_NONE || (entity == first) == same;
        c->held += good && first != ISN_NONE;
        c->wrong += !good;
        if (!good)
            printf("%.*s: '%.*s' is %s\n", (int)title.n, title.p, (int)word.n, word.p,
                   same ? "another entity" : "the same entity");
        if (first == ISN_NONE)
            first = entity;
    }
    if (kb.n && first != ISN_NONE) {
        bool good = isn_str_equal(kb, ISN_STR("-")) ? l->entities.items[first].kb.n == 0
                                                    : isn_str_equal(l->entities.items[first].kb, kb);
        c->held += good;
        c->wrong += !good;
        if (!good)
            printf("%.*s: kb is '%.*s'\n", (int)title.n, title.p, (int)l->entities.items[first].kb.n,
                   l->entities.items[first].kb.p ? l->entities.items[first].kb.p : "");
    }
}

/* All cases of a file, counted. */
static count run_cases(bench *b, const char *path)
{
    isn_file file;
    isnad_error err;
    assert_int_equal(isn_file_open(&file, path, FILE_MOST, &err), ISNAD_OK);
    isn_str rest = file.bytes, line, title = {NULL, 0}, published = {NULL, 0};
    count c = {0, 0, 0};
    linked l;
    bool open = false;
    const char *begin = NULL;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        if (isn_str_starts(line, ISN_STR("=="))) {
            isn_str head = isn_str_part(line, 2, line.n);
            isn_str_next(&title, &head, '|');
            title = isn_str_trim(title);
            published = isn_str_trim(head);
            begin = NULL;
            open = false;
        } else if (line.n && (line.p[0] == '=' || line.p[0] == '!' || line.p[0] == 'f' || line.p[0] == 'm')) {
            if (!open) {
                isn_arena_reset(&b->arena);
                link_text(&l, b, isn_str_of(begin, (size_t)(line.p - begin)), published);
                check_consistent(&l);
                open = true;
            }
            if (line.p[0] == 'f' || line.p[0] == 'm')
                check_gender(&c, &l, line, title);
            else
                check_line(&c, &l, line, title);
        } else if (line.n && line.p[0] != '#' && !begin) {
            begin = line.p;
        }
    }
    isn_file_close(&file);
    printf("cases: %d hold, %d don't, %d mentions not found\n", c.held, c.wrong, c.missing);
    return c;
}

static void cases(void **state)
{
    count c = run_cases(*state, CASES "cases.txt");
    assert_int_equal(c.wrong, 0);
    assert_true(c.held >= 125);
    assert_true(c.missing <= 8);
}

/* Who bore an office on the day, predecessors and successors. */
static void offices(void **state)
{
    count c = run_cases(*state, CASES "offices.txt");
    assert_int_equal(c.wrong, 0);
    assert_true(c.held >= 40);
    assert_true(c.missing <= 2);
}

/* --- pairs --------------------------------------------------------------------------------------------------------- */

static float likeness(const bench *b, isn_str one, isn_str other)
{
    uint8_t x[128], y[128];
    size_t nx = isn_normal_letters(x, sizeof x, one), ny = isn_normal_letters(y, sizeof y, other);
    isn_name p, q;
    isn_name_read(&p, b->lexicon, x, nx < sizeof x ? nx : sizeof x);
    isn_name_read(&q, b->lexicon, y, ny < sizeof y ? ny : sizeof y);
    return isn_name_alike(&p, &q);
}

static void pairs(void **state)
{
    const bench *b = *state;
    isn_file file;
    isnad_error err;
    assert_int_equal(isn_file_open(&file, CASES "pairs.tsv", FILE_MOST, &err), ISNAD_OK);
    isn_str rest = file.bytes, line;
    int found = 0, missed = 0, mixed = 0, apart = 0;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        isn_str fields = line, one, other;
        if (!line.n || line.p[0] == '#')
            continue;
        assert_true(isn_str_next(&one, &fields, '\t') && isn_str_next(&other, &fields, '\t'));
        bool same = isn_str_equal(fields, ISN_STR("same"));
        bool alike = likeness(b, one, other) >= 0.76f;
        found += same && alike;
        missed += same && !alike;
        mixed += !same && alike;
        apart += !same && !alike;
        if (same != alike)
            printf("%s: %.*s\n", same ? "missed" : "mixed up", (int)line.n, line.p);
    }
    isn_file_close(&file);
    float precision = (float)found / (float)(found + mixed), recall = (float)found / (float)(found + missed);
    printf("pairs: %d same, %d other; precision %.3f, recall %.3f\n", found + missed, mixed + apart,
           (double)precision, (double)recall);
    assert_true(found + missed >= 400 && mixed + apart >= 400);
    assert_true(precision >= PRECISION_FLOOR);
    assert_true(recall >= RECALL_FLOOR);
}

/* The public list of transliterations, where it lies beside the project: reported only. */
static void public_pairs(void **state)
{
    const bench *b = *state;
    isn_file file;
    isnad_error err;
    if (isn_file_open(&file, ISNAD_TEST_SHARED "/data/names/variant_pairs_half.tsv", FILE_MOST, &err) != ISNAD_OK)
        skip();
    isn_str rest = file.bytes, line, last = {NULL, 0};
    int n = 0, found = 0, mixed = 0, apart = 0;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        isn_str fields = line, english, one;
        if (!line.n || !isn_str_next(&english, &fields, '\t') || !isn_str_next(&one, &fields, '\t'))
            continue;
        n++;
        found += likeness(b, one, fields) > 0.59f;
        if (last.n) {
            bool alike = likeness(b, one, last) > 0.59f;
            mixed += alike;
            apart += !alike;
        }
        last = one;
    }
    isn_file_close(&file);
    printf("public variants: %d of %d found; %d of %d neighbours in the list mixed up\n", found, n, mixed,
           mixed + apart);
}

static void keys(void **state)
{
    (void)state;
    uint8_t a[64], b[64];
    static const char *const same[][2] = {
        {"\u0634\u0648\u064a\u063a\u0648", "\u0634\u0648\u064a\u062c\u0648"},
        {"\u0639\u0628\u062f \u0627\u0644\u062d\u0645\u064a\u062f", "\u0639\u0628\u062f\u0627\u0644\u062d\u0645\u064a\u062f"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        size_t na = isn_normal_letters(a, sizeof a, isn_str_cstr(same[i][0]));
        size_t nb = isn_normal_letters(b, sizeof b, isn_str_cstr(same[i][1]));
        assert_true(isn_name_key(a, na) == isn_name_key(b, nb));
        assert_true(isn_name_likeness(a, na, b, nb) > 0.8f);
    }
    assert_true(isn_name_key(a, 0) == 0);
    assert_true(isn_name_likeness(a, 0, b, 0) == 0.0f);
}

/* --- keys over articles -------------------------------------------------------------------------------------------- */

/* The key of the entity of `name` in a text of its own, copied. */
static bool key_in(char key[64], bench *b, isn_str name, isn_str text)
{
    linked l;
    isn_arena_reset(&b->arena);
    link_text(&l, b, text, ISN_STR("2021-06-15"));
    check_consistent(&l);
    uint32_t entity = entity_of(&l, name);
    if (entity == ISN_NONE || !l.entities.items[entity].key.n || l.entities.items[entity].key.n >= 64)
        return false;
    memcpy(key, l.entities.items[entity].key.p, l.entities.items[entity].key.n);
    key[l.entities.items[entity].key.n] = 0;
    return true;
}

static void keys_over_articles(void **state)
{
    bench *b = *state;
    isn_file file;
    isnad_error err;
    assert_int_equal(isn_file_open(&file, CASES "keys.tsv", FILE_MOST, &err), ISNAD_OK);
    isn_str rest = file.bytes, line;
    int n = 0, wrong = 0;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        isn_str fields = line, cell[4];
        if (!line.n || line.p[0] == '#')
            continue;
        for (int i = 0; i < 4; i++)
            assert_true(isn_str_next(&cell[i], &fields, '\t'));
        char one[64], other[64];
        bool found = key_in(one, b, cell[0], cell[1]) && key_in(other, b, cell[2], cell[3]);
        bool right = found && (strcmp(one, other) == 0) == isn_str_equal(fields, ISN_STR("same"));
        n++;
        wrong += !right;
        if (!right)
            printf("keys of %.*s and %.*s: %s %s\n", (int)cell[0].n, cell[0].p, (int)cell[2].n, cell[2].p,
                   found ? one : "none", found ? other : "none");
    }
    isn_file_close(&file);
    assert_true(n >= 11);
    assert_int_equal(wrong, 0);
}

/* --- towns ---------------------------------------------------------------------------------------------------------- */

static void towns(void **state)
{
    bench *b = *state;
    isn_file file;
    isnad_error err;
    assert_int_equal(isn_file_open(&file, CASES "towns.tsv", FILE_MOST, &err), ISNAD_OK);
    isn_str rest = file.bytes, line;
    int n = 0, right = 0;
    while (rest.n && isn_str_next(&line, &rest, '\n')) {
        isn_str text = line, name, country;
        if (!line.n || line.p[0] == '#')
            continue;
        assert_true(isn_str_next(&name, &text, '\t') && isn_str_next(&country, &text, '\t'));
        linked l;
        isn_arena_reset(&b->arena);
        link_text(&l, b, text, ISN_STR("2021-06-15"));
        uint32_t entity = entity_of(&l, name);
        const char *found = entity == ISN_NONE ? "none" : l.entities.items[entity].country;
        bool good = isn_str_equal(country, isn_str_cstr(found)) && l.entities.items[entity].table != ISN_T_COUNTRIES;
        n++;
        right += good;
        if (!good)
            printf("town %.*s: %s, not %.*s: %.*s\n", (int)name.n, name.p, found, (int)country.n, country.p, (int)text.n,
                   text.p);
    }
    isn_file_close(&file);
    printf("towns: %d of %d\n", right, n);
    assert_true(n >= 46);
    assert_true(right >= TOWNS_FLOOR);
}

/* --- time ---------------------------------------------------------------------------------------------------------- */

/* n persons by name and office, some names often: near linear, so ten times the text takes no hundred times as long. */
static double seconds_for(bench *b, int n)
{
    static const char *const given[] = {"\u0645\u062d\u0645\u062f", "\u0623\u062d\u0645\u062f", "\u0633\u0627\u0644\u0645",
                                        "\u062e\u0627\u0644\u062f"};
    isn_buf text;
    isn_buf_init(&text, (size_t)64 << 20);
    for (int i = 0; i < n; i++) {
        isn_buf_str(&text, isn_str_cstr("\u0642\u0627\u0644 \u0648\u0632\u064a\u0631 \u0627\u0644\u062f\u0641\u0627\u0639 "));
        isn_buf_str(&text, isn_str_cstr(given[i % 4]));
        isn_buf_char(&text, ' ');
        for (int k = i + 7; k; k /= 11) {
            static const char *const letters[] = {"\u0628", "\u062a", "\u062c", "\u062d", "\u062f", "\u0631",
                                                  "\u0633", "\u0634", "\u0641", "\u0642", "\u0645"};
            isn_buf_str(&text, isn_str_cstr(letters[k % 11]));
        }
        isn_buf_str(&text, isn_str_cstr("\u0648\u064a \u0641\u064a \u0628\u063a\u062f\u0627\u062f. "));
    }
    isn_arena_reset(&b->arena);
    linked l;
    isn_block block = {.begin = 0, .end = (uint32_t)text.n, .kind = ISN_BLOCK_BODY};
    assert_true(isn_text_make(&l.text, &b->arena, b->lexicon, b->words, isn_str_of(text.p, text.n), &block, 1));
    assert_true(isn_mentions_find(&l.mentions, b->namer, &l.text));
    clock_t begin = clock();
    assert_true(isn_entities_make(&l.entities, b->linker, &l.text, &l.mentions, ISN_STR("2020-01-01")));
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    check_consistent(&l);
    printf("link: %zu mentions in %.1f ms\n", l.mentions.n, seconds * 1000);
    assert_true(l.mentions.n >= (size_t)n);
    isn_buf_release(&text);
    return seconds;
}

static void near_linear(void **state)
{
    bench *b = *state;
    double few = seconds_for(b, 500), many = seconds_for(b, 5000);
    assert_true(many < 3.0); /* sanitizers, a machine under load */
    assert_true(many < 40 * (few + 0.001));
}

/* An arena that is full at any point: no crash, and false. */
static void full_arena(void **state)
{
    bench *b = *state;
    isn_file file;
    isnad_error err;
    assert_int_equal(isn_file_open(&file, CASES "cases.txt", FILE_MOST, &err), ISNAD_OK);
    isn_arena small;
    isn_arena_init(&small, (size_t)1 << 30);
    isn_block block = {.begin = 0, .end = (uint32_t)file.bytes.n, .kind = ISN_BLOCK_BODY};
    int refused = 0;
    for (size_t extra = 0; extra < 2000000; extra = extra * 3 / 2 + 997) {
        linked l;
        small.ceiling = (size_t)1 << 30;
        isn_arena_reset(&small);
        assert_true(isn_text_make(&l.text, &small, b->lexicon, b->words, file.bytes, &block, 1));
        assert_true(isn_mentions_find(&l.mentions, b->namer, &l.text));
        small.ceiling = small.used + extra;
        if (isn_entities_make(&l.entities, b->linker, &l.text, &l.mentions, ISN_STR("2020-01-01")))
            check_consistent(&l);
        else
            refused++;
    }
    assert_true(refused > 0);
    isn_arena_release(&small);
    isn_file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),         cmocka_unit_test(keys_over_articles), cmocka_unit_test(towns), cmocka_unit_test(offices),
                cmocka_unit_test(pairs),       cmocka_unit_test(public_pairs),
        cmocka_unit_test(cases),        cmocka_unit_test(near_linear), cmocka_unit_test(full_arena),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
