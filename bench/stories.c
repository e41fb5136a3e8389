/*
 * stories.c - what stories cost: isnad-stories-bench IMAGE RECORDS.jsonl N [JOBS] makes N digests out of the records' and puts them together.
 *
 * Where there are fewer records than N they are taken again, each time with all actors and acts renamed, a tenth of the words exchanged for
 * others and every time of publication three weeks later. Prints one line: articles, seconds to add, seconds to make (wall clock), the same of
 * the processor, peak memory in MiB, stories, articles in stories of two and more.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "story/stories.h"

#define CEILING ((size_t)8 << 30)
#define LATER (21 * 1440)

typedef struct bench {
    isn_arena arena, scratch;
    isn_digest *digests;
    size_t n, capacity;
} bench;

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int fail(const char *what)
{
    fprintf(stderr, "isnad-stories-bench: %s\n", what);
    return 2;
}

/* The digest of one record, kept as bytes and read back from them. */
static bool take(bench *b, isn_str json, const isn_lexicon *lexicon)
{
    isn_record record;
    isn_digest made;
    isn_buf bytes;
    isn_arena_reset(&b->scratch);
    if (isn_record_read(&record, &b->scratch, json, NULL) != ISNAD_OK ||
        !isn_digest_make(&made, &b->scratch, &record, lexicon))
        return false;
    if (b->n == b->capacity) {
        b->capacity = b->capacity ? b->capacity * 2 : 1024;
        isn_digest *digests = realloc(b->digests, b->capacity * sizeof *digests);
        if (!digests)
            return false;
        b->digests = digests;
    }
    isn_buf_init(&bytes, ISN_DIGEST_MOST);
    isn_digest_write(&bytes, &made);
    isn_str kept = isn_arena_copy(&b->arena, isn_str_of(bytes.p, bytes.n));
    bool good = kept.p && isn_digest_read(&b->digests[b->n], &b->arena, kept, NULL) == ISNAD_OK;
    b->n += good;
    isn_buf_release(&bytes);
    return good;
}

static bool read_records(bench *b, const char *path, const isn_lexicon *lexicon)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    bool good = file != NULL;
    for (ssize_t n; good && (n = getline(&line, &room, file)) > 0;)
        good = take(b, isn_str_of(line, (size_t)n), lexicon);
    free(line);
    if (file)
        fclose(file);
    return good && b->n;
}

static uint32_t renamed(uint32_t hash, uint32_t turn)
{
    uint32_t h = (hash ^ turn * 0x9E3779B1u) * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

static int by_hash(const void *a, const void *b)
{
    const isn_feature *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

/* The digest of another article: that of `digest` in the given turn. */
static isnad_status add_turn(isn_stories *stories, const isn_digest *digest, uint32_t turn)
{
    isn_feature features[ISN_DIGEST_FEATURES];
    char id[2 * ISN_DIGEST_NAME];
    isn_digest other = *digest;
    for (size_t i = 0; i < digest->n_features; i++) {
        const isn_feature *f = &digest->features[i];
        bool exchanged = f->kind == ISN_FEATURE_ACTOR || f->kind == ISN_FEATURE_ACT || f->hash % 10 == turn % 10;
        features[i] = *f;
        if (turn && exchanged)
            features[i].hash = renamed(f->hash, turn);
    }
    if (digest->n_features)
        qsort(features, digest->n_features, sizeof *features, by_hash);
    int n = snprintf(id, sizeof id, "%.*s-%u", (int)(digest->id.n < 48 ? digest->id.n : 48), digest->id.p, turn);
    other.id = isn_str_of(id, (size_t)n);
    other.features = features;
    if (other.minutes != ISN_DIGEST_NO_TIME)
        other.minutes += (int32_t)turn * LATER;
    return isn_stories_add(stories, &other, NULL);
}

static int run(bench *b, size_t n, unsigned jobs)
{
    isn_stories *stories;
    double begin = now(CLOCK_MONOTONIC);
    if (isn_stories_new(&stories, NULL) != ISNAD_OK)
        return fail("out of memory");
    for (size_t i = 0; i < n; i++)
        if (add_turn(stories, &b->digests[i % b->n], (uint32_t)(i / b->n)) != ISNAD_OK)
            return fail("out of memory");
    double added = now(CLOCK_MONOTONIC), work = now(CLOCK_PROCESS_CPUTIME_ID);
    if (isn_stories_make(stories, jobs, NULL) != ISNAD_OK)
        return fail("out of memory");
    double made = now(CLOCK_MONOTONIC);
    work = now(CLOCK_PROCESS_CPUTIME_ID) - work;
    size_t together = 0;
    for (size_t i = 0; i < isn_stories_count(stories); i++)
        if (isn_stories_at(stories, i)->n > 1)
            together += isn_stories_at(stories, i)->n;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%zu %.2f %.2f %.2f %ld %zu %zu\n", n, added - begin, made - added, work, usage.ru_maxrss / 1024,
           isn_stories_count(stories), together);
    isn_stories_free(stories);
    return 0;
}

int main(int argc, char **argv)
{
    bench b = {0};
    isn_lexicon *lexicon;
    if (argc < 4)
        return fail("say isnad-stories-bench IMAGE RECORDS.jsonl N [JOBS]");
    isn_arena_init(&b.arena, CEILING);
    isn_arena_init(&b.scratch, CEILING);
    if (isn_lexicon_open(&lexicon, argv[1], NULL) != ISNAD_OK)
        return fail("cannot open the image");
    if (!read_records(&b, argv[2], lexicon))
        return fail("cannot read the records");
    isn_arena_release(&b.scratch);
    int code = run(&b, strtoul(argv[3], NULL, 10), argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 2);
    isn_lexicon_free(lexicon);
    isn_arena_release(&b.arena);
    free(b.digests);
    return code;
}
