/*
 * Stories that are kept are those of all articles, however these came: in any order, in any number of batches, with new
 * versions and decisions between them. Articles are made of words of chance: groups that share rare words, at times that
 * lie near each other and apart, with groups that go on with earlier ones. What is kept after each way is compared with
 * what one run keeps, row by row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "isnad.h"
#include "temp.h"

#define EVENTS 90u
#define MOST 420u     /* articles */
#define OWN 26u       /* words of an event */
#define COMMON 60u    /* words of all */
#define DAYS 60u
#define CHANGED 12u   /* articles that come again with another text */

typedef struct article {
    char json[6000];
} article;

typedef struct shop {
    isnad_engine *engine;
    char folder[TEMP_PATH];
    article *articles, *changed;
    size_t n;
    uint64_t chance;
} shop;

static uint32_t draw(shop *s, uint32_t below)
{
    s->chance = s->chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(s->chance >> 33) % below;
}

/* A word of five or six letters, the same for the same number, as JSON escapes. */
static size_t put_word(char *out, uint32_t number)
{
    static const char letters[] = {0x28, 0x2a, 0x2c, 0x2d, 0x2e, 0x2f, 0x31, 0x32, 0x33, 0x34, 0x35, 0x37, 0x39, 0x41,
                                    0x42, 0x43, 0x44, 0x45, 0x46, 0x47};
    uint32_t rest = number * 2654435761u + 12345;
    size_t n = 0;
    for (unsigned i = 0; i < 5 + number % 2; i++) {
        n += (size_t)sprintf(out + n, "\\u06%02x", (unsigned)letters[rest % sizeof letters]);
        rest = rest / sizeof letters * 7 + number + i;
    }
    out[n++] = ' ';
    out[n] = 0;
    return n;
}

/* The words of an event: of its own, and half of those of the one that it goes on with. */
static uint32_t word_of(uint32_t event, uint32_t i)
{
    bool shared = event % 3 == 2 && i % 2;
    return 1000 + (shared ? event - 1 : event) * OWN + i;
}

static void put_article(shop *s, article *out, size_t id, uint32_t event, uint32_t day, uint32_t skip)
{
    char title[800] = "", text[4800] = "";
    size_t n = 0, m = 0;
    for (uint32_t i = 0; i < 7; i++)
        n += put_word(title + n, word_of(event, (i * 3 + skip) % OWN));
    for (uint32_t i = 0; i < OWN; i++)
        if (draw(s, 100) < 72)
            m += put_word(text + m, word_of(event, i));
    for (uint32_t i = 0; i < 20; i++)
        m += put_word(text + m, draw(s, COMMON));
    if (event % 11 == 0)
        m += (size_t)sprintf(text + m, "%u ", 120 + event * 7 + draw(s, 2));
    snprintf(out->json, sizeof out->json,
             "{\"id\":\"a%zu\",\"outlet\":\"outlet %u\",\"published\":\"2020-%02u-%02uT%02u:%02u:00Z\",\"title\":\"%s\",\"text\":\"%s.\"}\n",
             id, draw(s, 6), 3 + day / 28, 1 + day % 28, draw(s, 24), draw(s, 60), title, text);
}

static void make_articles(shop *s)
{
    s->n = 0;
    for (uint32_t event = 0; event < EVENTS; event++) {
        uint32_t day = event % 3 == 2 ? 0 : draw(s, DAYS), size = 1 + draw(s, 4) + draw(s, 3);
        static uint32_t before;
        if (event % 3 == 2)
            day = (before + 5 + draw(s, 12)) % DAYS;
        before = day;
        for (uint32_t i = 0; i < size && s->n < MOST; i++, s->n++)
            put_article(s, &s->articles[s->n], s->n, event, day + draw(s, 3), i);
    }
    for (uint32_t i = 0; i < CHANGED; i++) { /* some say something else now, some on another day */
        size_t id = (i * 37u) % s->n;
        put_article(s, &s->changed[i], id, draw(s, EVENTS), draw(s, DAYS), i);
        const char *outlet = strstr(s->articles[id].json, "\"outlet\":\"outlet ");
        char *mine = strstr(s->changed[i].json, "\"outlet\":\"outlet ");
        mine[strlen("\"outlet\":\"outlet ")] = outlet[strlen("\"outlet\":\"outlet ")];
    }
}

/* --- adding -------------------------------------------------------------------------------------- */

static void path_of(const shop *s, char out[TEMP_PATH + 32], const char *name)
{
    snprintf(out, TEMP_PATH + 32, "%s/%s", s->folder, name);
}

static isnad_store *open_store(const shop *s, const char *name)
{
    char path[TEMP_PATH + 32];
    isnad_store *store = NULL;
    isnad_error err = {0};
    path_of(s, path, name);
    if (isnad_store_open(&store, s->engine, path, ISNAD_STORE_WRITE, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
    return store;
}

static void add(const shop *s, isnad_store *store, const article *items, const size_t *order, size_t from, size_t to)
{
    char path[TEMP_PATH + 32];
    path_of(s, path, "batch.jsonl");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t i = from; i < to; i++)
        fputs(items[order ? order[i] : i].json, file);
    fclose(file);
    const char *inputs[] = {path};
    isnad_run_options options = {.inputs = inputs, .n_inputs = 1, .kind = ISNAD_KIND_JSON, .store = store};
    assert_int_equal(isnad_run(s->engine, &options, NULL, NULL), ISNAD_OK);
    unlink(path);
}

static isnad_stories_made make(isnad_store *store, unsigned jobs, int anew)
{
    isnad_stories_made made = {0};
    isnad_error err = {0};
    if (isnad_store_make_stories(store, jobs, anew, &made, &err) != ISNAD_OK)
        fail_msg("%s", err.message);
    return made;
}

static void decide(isnad_store *store, unsigned which)
{
    static const struct {
        isnad_decision kind;
        const char *a, *b;
    } decisions[] = {{ISNAD_DECIDE_JOIN, "a3", "a80"}, {ISNAD_DECIDE_PART, "a20", "a21"}, {ISNAD_DECIDE_ALONE, "a41", NULL},
                     {ISNAD_DECIDE_JOIN, "a100", "a37"}};
    assert_int_equal(isnad_store_decide(store, decisions[which].kind, decisions[which].a, decisions[which].b, NULL), ISNAD_OK);
}

/* --- what is kept -------------------------------------------------------------------------------- */

#define KEY(story) "(SELECT min(x.name) FROM story_articles y JOIN articles x ON x.id = y.article WHERE y.story = " story ")"

/* All rows, numbers of the file put into names; on the heap. */
static char *dump(const shop *s, const char *name)
{
    static const char *const queries[] = {
        "SELECT " KEY("m.story") " AS k, m.n, a.name, a.version, o.name, m.minutes FROM story_articles m JOIN articles a ON a.id = m.article"
        " JOIN articles o ON o.id = m.origin ORDER BY k, m.n",
        "SELECT " KEY("j.story") " AS k, j.n, a.name, b.name, j.odds, j.by_hand FROM story_joins j JOIN articles a ON a.id = j.a"
        " JOIN articles b ON b.id = j.b ORDER BY k, j.n",
        "SELECT " KEY("s.id") " AS k, s.articles, s.origins, s.outlets, h.name, s.first, s.last, s.rank, s.facts, s.contradictions,"
        " replace(s.brief, '\"story\":' || s.id || ',', ''), " KEY("s.follows") ", a.name, b.name, s.follow_odds FROM stories s"
        " JOIN articles h ON h.id = s.head LEFT JOIN articles a ON a.id = s.follow_a LEFT JOIN articles b ON b.id = s.follow_b ORDER BY k",
        "SELECT b.name AS x, a.name AS y, e.odds, e.topic FROM story_edges e JOIN articles a ON a.id = e.a JOIN articles b ON b.id = e.b"
        " ORDER BY x, y"};
    char path[TEMP_PATH + 32], *out = NULL;
    size_t n = 0;
    sqlite3 *db;
    path_of(s, path, name);
    FILE *memory = open_memstream(&out, &n);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        sqlite3_stmt *st;
        assert_int_equal(sqlite3_prepare_v2(db, queries[i], -1, &st, NULL), SQLITE_OK);
        while (sqlite3_step(st) == SQLITE_ROW) {
            for (int c = 0; c < sqlite3_column_count(st); c++) {
                const unsigned char *cell = sqlite3_column_text(st, c);
                fprintf(memory, "%s|", cell ? (const char *)cell : "-");
            }
            fputc('\n', memory);
        }
        sqlite3_finalize(st);
    }
    sqlite3_close(db);
    fclose(memory);
    return out;
}

/* Where they differ is told by the first line that does. */
static void assert_same(const char *one, const char *other, const char *what)
{
    size_t line = 0, i = 0;
    for (; one[i] && one[i] == other[i]; i++)
        if (one[i] == '\n')
            line = i + 1;
    if (one[i] || other[i])
        fail_msg("%s:\n%.400s\n%.400s", what, one + line, other + line);
}

static void drop(const shop *s, const char *name)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    char path[TEMP_PATH + 64], file[TEMP_PATH + 32];
    path_of(s, file, name);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", file, tails[i]);
        unlink(path);
    }
}

static void shuffle(shop *s, size_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = draw(s, (uint32_t)i), swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

/* All at once. */
static char *in_one_run(shop *s, bool decided)
{
    isnad_store *store = open_store(s, "one.db");
    add(s, store, s->articles, NULL, 0, s->n);
    add(s, store, s->changed, NULL, 0, CHANGED);
    for (unsigned i = 0; decided && i < 4; i++)
        decide(store, i);
    isnad_stories_made made = make(store, 2, 0);
    assert_true(made.whole);
    assert_int_equal(made.articles, s->n);
    isnad_store_close(store);
    char *kept = dump(s, "one.db");
    drop(s, "one.db");
    return kept;
}

/* In batches of `size` and less, most of them so small against what is there that only a part is made. */
static char *in_batches(shop *s, const size_t *order, size_t size, bool decided, size_t *parts)
{
    size_t faults = 1;
    isnad_store *store = open_store(s, "many.db");
    for (size_t from = 0; from < s->n;) {
        size_t to = from + 1 + draw(s, (uint32_t)size);
        to = to < s->n ? to : s->n;
        add(s, store, s->articles, order, from, to);
        from = to;
        *parts += !make(store, 1 + draw(s, 2), 0).whole;
        if (decided && from > s->n / 2) {
            decide(store, 0);
            decide(store, 1);
        }
    }
    for (size_t i = 0; i < CHANGED; i += 3) {
        add(s, store, s->changed, NULL, i, i + 3);
        *parts += !make(store, 1, 0).whole;
    }
    if (decided) {
        decide(store, 2);
        decide(store, 3);
        *parts += !make(store, 1, 0).whole;
    }
    assert_int_equal(isnad_store_check(store, NULL, NULL, &faults, NULL), ISNAD_OK);
    assert_int_equal(faults, 0);
    isnad_store_close(store);
    char *kept = dump(s, "many.db");
    drop(s, "many.db");
    return kept;
}

static void test_any_way(void **state)
{
    shop *s = *state;
    static const size_t sizes[] = {3, 12, 25, 60};
    size_t order[MOST], parts = 0;
    for (unsigned seed = 0; seed < 3; seed++) {
        s->chance = 77 + seed;
        make_articles(s);
        assert_in_range(s->n, 200, MOST);
        for (int decided = 0; decided < 2; decided++) {
            char *one = in_one_run(s, decided);
            assert_non_null(strstr(one, "|-0.") ? one : strstr(one, "|0.")); /* there are edges */
            for (size_t i = decided; i < sizeof sizes / sizeof *sizes; i += 2) {
                shuffle(s, order, s->n);
                char *many = in_batches(s, order, sizes[i], decided, &parts);
                assert_same(one, many, decided ? "with decisions" : "without decisions");
                free(many);
            }
            free(one);
        }
    }
    assert_true(parts > 300); /* and most of it was made in part */
}

/* A number of a story leads to it later, whatever it was joined with. */
static void test_numbers(void **state)
{
    shop *s = *state;
    size_t order[MOST];
    s->chance = 5;
    make_articles(s);
    shuffle(s, order, s->n);
    isnad_store *store = open_store(s, "many.db");
    add(s, store, s->articles, order, 0, s->n / 2);
    isnad_stories_made made = make(store, 1, 0);
    assert_int_equal(made.articles, s->n / 2);
    made = make(store, 1, 0);
    assert_int_equal(made.changed, 0); /* nothing came since */
    char *before = dump(s, "many.db");
    made = make(store, 1, 1);
    assert_true(made.whole);
    char *after = dump(s, "many.db");
    assert_same(before, after, "made anew");
    free(before);
    free(after);
    sqlite3 *db;
    sqlite3_stmt *st;
    char path[TEMP_PATH + 32];
    path_of(s, path, "many.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE was AS SELECT article, story FROM story_articles", NULL, NULL, NULL), SQLITE_OK);
    add(s, store, s->articles, order, s->n / 2, s->n);
    make(store, 1, 0);
    /* each story has the least number of its articles: so the number that an article's story had is that of an article in its story now, or in
     * the one that it was parted from, and never that of others */
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*), sum(m.story <= w.story), sum(m.story = w.story) FROM was w"
                                            " JOIN story_articles m ON m.article = w.article", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int all = sqlite3_column_int(st, 0), same = sqlite3_column_int(st, 2);
    assert_int_equal(all, s->n / 2);
    assert_true(same * 10 >= all * 8);
    sqlite3_finalize(st);
    sqlite3_close(db);
    isnad_store_close(store);
    drop(s, "many.db");
}

static int begin(void **state)
{
    static shop s;
    isnad_engine_options where = {.image = ISNAD_TEST_IMAGE};
    temp_name(s.folder, "renew");
    s.articles = calloc(MOST, sizeof *s.articles);
    s.changed = calloc(CHANGED, sizeof *s.changed);
    if (!s.articles || !s.changed || !mkdtemp(s.folder) || isnad_engine_open(&s.engine, &where, NULL) != ISNAD_OK)
        return -1;
    *state = &s;
    return 0;
}

static int end(void **state)
{
    shop *s = *state;
    drop(s, "one.db");
    drop(s, "many.db");
    free(s->articles);
    free(s->changed);
    isnad_engine_free(s->engine);
    return rmdir(s->folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_any_way, begin, end),
        cmocka_unit_test_setup_teardown(test_numbers, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
