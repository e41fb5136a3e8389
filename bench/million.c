/*
 * million.c - a large corpus made of a small one: isnad-bench-million ARTICLES.jsonl N prints N articles as JSON Lines.
 *
 * The articles of the file (one JSON object a line with title, text, time or published, url, src or outlet, and docno or id) come first as they are.
 * Then they come again, round after round: each time three weeks later, with ids and addresses of their own, and with every tenth word of four
 * letters and more exchanged for another one of the corpus, the same for the same in a round, so that names and words have other company.
 * The same file and N give the same bytes.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xxhash.h>

#define LATER (21L * 86400)
#define LEAST 8u /* bytes of a word that may be exchanged: four letters */
#define EVERY 10u
#define MOST_WORDS ((size_t)1 << 18)

typedef struct article {
    char *id, *url, *outlet, *title, *text;
    time_t published; /* 0: not known */
} article;

typedef struct corpus {
    article *items;
    size_t n, capacity;
    const char **words; /* of the texts; not ended */
    unsigned *lengths;
    size_t n_words;
} corpus;

static int fail(const char *what)
{
    fprintf(stderr, "isnad-bench-million: %s\n", what);
    return 2;
}

static char *field(const json_t *object, const char *a, const char *b)
{
    const char *value = json_string_value(json_object_get(object, a));
    if (!value)
        value = json_string_value(json_object_get(object, b));
    return strdup(value ? value : "");
}

/* "Sun, 18 Feb 2018 18:10:45 +0400" or ISO 8601. */
static time_t time_of(const char *text)
{
    struct tm t = {0};
    if (!strptime(text, "%a, %d %b %Y %H:%M:%S", &t) && !strptime(text, "%Y-%m-%d", &t))
        return 0;
    return timegm(&t);
}

static bool take(corpus *c, const char *line, size_t n)
{
    json_t *object = json_loadb(line, n, 0, NULL);
    if (!object)
        return true; /* no article */
    if (c->n == c->capacity) {
        c->capacity = c->capacity ? c->capacity * 2 : 1024;
        article *items = realloc(c->items, c->capacity * sizeof *items);
        if (!items)
            return false;
        c->items = items;
    }
    char *published = field(object, "time", "published");
    c->items[c->n++] = (article){field(object, "docno", "id"), field(object, "url", "address"), field(object, "src", "outlet"),
                                 field(object, "title", "title"), field(object, "text", "text"), time_of(published)};
    free(published);
    json_decref(object);
    return true;
}

static bool is_gap(char c)
{
    return (unsigned char)c <= ' ';
}

/* Words of the texts, each as often as it stands there, so that frequent ones stay frequent. */
static bool collect(corpus *c)
{
    c->words = malloc(MOST_WORDS * sizeof *c->words);
    c->lengths = malloc(MOST_WORDS * sizeof *c->lengths);
    for (size_t i = 0; c->words && c->lengths && i < c->n; i++) {
        for (const char *p = c->items[i].text; *p && c->n_words < MOST_WORDS;) {
            size_t n = 0;
            while (p[n] && !is_gap(p[n]))
                n++;
            if (n >= LEAST && XXH3_64bits(p, n) % 8 == i % 8) {
                c->words[c->n_words] = p;
                c->lengths[c->n_words++] = (unsigned)n;
            }
            p += n + (p[n] != 0);
        }
    }
    return c->words && c->lengths && c->n_words;
}

/* The text of a round; on the heap. */
static char *renamed(const corpus *c, const char *text, size_t round)
{
    size_t room = strlen(text) * 2 + 1024, n = 0;
    char *out = malloc(room);
    for (const char *p = text; out && *p;) {
        size_t length = 0;
        while (p[length] && !is_gap(p[length]))
            length++;
        const char *word = p;
        size_t bytes = length;
        uint64_t hash = XXH3_64bits_withSeed(p, length, round);
        if (round && length >= LEAST && hash % EVERY == 0) {
            word = c->words[hash / EVERY % c->n_words];
            bytes = c->lengths[hash / EVERY % c->n_words];
        }
        if (n + bytes + 2 > room && !(out = realloc(out, room = (room + bytes) * 2)))
            return NULL;
        memcpy(out + n, word, bytes);
        n += bytes;
        if (p[length])
            out[n++] = p[length++];
        p += length;
    }
    if (out)
        out[n] = 0;
    return out;
}

static bool put(const corpus *c, const article *a, size_t round)
{
    char id[512], url[4096], day[32] = "";
    snprintf(id, sizeof id, "%s-%zu", a->id, round);
    snprintf(url, sizeof url, "%s%s%zu", a->url, strchr(a->url, '?') ? "&again=" : "?again=", round);
    if (a->published) {
        time_t later = a->published + (time_t)round * LATER;
        struct tm t;
        strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&later, &t));
    }
    char *title = renamed(c, a->title, round), *text = renamed(c, a->text, round);
    json_t *object = title && text ? json_pack("{ss ss ss ss ss ss}", "id", id, "url", url, "outlet", a->outlet, "published", day,
                                               "title", title, "text", text) : NULL;
    bool good = title && text && (!object || (json_dumpf(object, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF));
    json_decref(object);
    free(title);
    free(text);
    return good;
}

int main(int argc, char **argv)
{
    corpus c = {NULL, 0, 0, NULL, NULL, 0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    if (argc != 3)
        return fail("usage: isnad-bench-million ARTICLES.jsonl N");
    size_t wanted = strtoul(argv[2], NULL, 10);
    FILE *in = fopen(argv[1], "r");
    if (!in)
        return fail("the articles can't be opened");
    while ((n = getline(&line, &capacity, in)) > 0) {
        if (!take(&c, line, (size_t)n))
            return fail("out of memory");
    }
    free(line);
    fclose(in);
    if (c.n == 0 || !collect(&c))
        return fail("there are no articles, or no memory for them");
    for (size_t i = 0; i < wanted; i++) {
        if (!put(&c, &c.items[i % c.n], i / c.n))
            return fail("the articles can't be written");
    }
    return fflush(stdout) == 0 ? 0 : fail("the articles can't be written");
}
