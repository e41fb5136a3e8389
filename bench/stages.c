/*
 * stages.c - what each room costs: isnad-stages IMAGE FILE... runs every article through the rooms one by one and prints a table
 * "stage seconds" after a line with articles, bytes of text and tokens. Processor time of one thread. Read by bench/run.
 */
#include <stdio.h>
#include <time.h>

#include "pipeline/engine.h"
#include "read/source.h"

typedef enum stage { READ, TEXT, NAME, LINK, TIME, CLAUSE, QUOTE, EVENT, COUNT, RECORD, STAGES } stage;

static const char *const stage_names[STAGES] = {"read", "text",   "name",  "link",  "time",
                                                "clause", "quote", "event", "count", "record"};

typedef struct bench {
    isnad_engine *engine;
    isnad_worker *worker;
    isn_read_options read;
    double seconds[STAGES], last;
    uint64_t articles, bytes, tokens;
} bench;

/* Seconds of the processor that this thread took: others on the machine don't count. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Books the time since the last call on a stage. */
static void book(bench *b, stage s)
{
    double t = now();
    b->seconds[s] += t - b->last;
    b->last = t;
}

/* As pipeline/worker.c has it, with a look at the clock between the rooms. */
static void run_rooms(bench *b, isn_article *article)
{
    isnad_engine *e = b->engine;
    isn_arena *arena = &b->worker->arena;
    isn_analysed a = {0};
    a.findings = (isn_findings){.article = article, .text = &a.text, .mentions = &a.mentions, .entities = &a.entities,
                                .dates = &a.dates, .quotes = &a.quotes, .events = &a.events, .counts = &a.counts,
                                .published = article->published, .title = article->title};
    bool good = isn_text_make(&a.text, arena, e->lexicon, b->worker->words, article->text, article->blocks,
                              article->n_blocks);
    book(b, TEXT);
    good = good && isn_mentions_find(&a.mentions, e->namer, &a.text);
    book(b, NAME);
    good = good && isn_entities_make(&a.entities, e->linker, &a.text, &a.mentions, article->published);
    book(b, LINK);
    good = good && isn_dates_find(&a.dates, &a.text, article->published);
    book(b, TIME);
    good = good && isn_clauses_make(&a.clauses, &e->grammar, &a.text, &a.mentions, &a.entities, &a.dates);
    book(b, CLAUSE);
    good = good && isn_quotes_find(&a.quotes, e->quoter, &a.clauses);
    book(b, QUOTE);
    good = good && isn_events_find(&a.events, e->frames, &a.clauses, &a.quotes);
    book(b, EVENT);
    good = good && isn_counts_find(&a.counts, e->counter, &a.clauses, &a.events);
    book(b, COUNT);
    isn_record record;
    if (good && isn_worker_record(&record, b->worker, &a, NULL) == ISNAD_OK)
        isn_record_write(&b->worker->out, &record);
    book(b, RECORD);
    b->articles++;
    b->bytes += article->text.n;
    b->tokens += a.text.n_tokens;
}

static void run_item(bench *b, const isn_item *item)
{
    isn_article article;
    b->last = now();
    isn_arena_reset(&b->worker->arena);
    isn_words_trim(b->worker->words);
    isn_buf_reset(&b->worker->out);
    isnad_status status = isn_article_read(&article, &b->worker->arena, item, &b->read, NULL);
    book(b, READ);
    if (status == ISNAD_OK)
        run_rooms(b, &article);
}

static void print_result(const bench *b)
{
    printf("articles %llu bytes %llu tokens %llu\n", (unsigned long long)b->articles, (unsigned long long)b->bytes,
           (unsigned long long)b->tokens);
    for (size_t i = 0; i < STAGES; i++)
        printf("%s %.6f\n", stage_names[i], b->seconds[i]);
}

int main(int argc, char **argv)
{
    bench b = {0};
    isnad_error err = {0};
    isn_source *source = NULL;
    isnad_engine_options options = {.image = argc > 1 ? argv[1] : NULL};
    if (argc < 3) {
        fprintf(stderr, "usage: isnad-stages IMAGE FILE...\n");
        return 2;
    }
    if (isnad_engine_open(&b.engine, &options, &err) != ISNAD_OK ||
        isnad_worker_new(&b.worker, b.engine, &err) != ISNAD_OK ||
        isn_source_new(&source, (const char *const *)argv + 2, (size_t)argc - 2, ISN_ITEM_GUESS, NULL, NULL, NULL, &err) !=
            ISNAD_OK) {
        fprintf(stderr, "isnad-stages: %s\n", err.message);
        return 2;
    }
    isn_read_options_init(&b.read);
    b.read.page = b.engine->page;
    b.read.lexicon = b.engine->lexicon;
    for (isn_item item; isn_source_next(source, &item); isn_item_release(&item))
        run_item(&b, &item);
    print_result(&b);
    isn_source_free(source);
    isnad_worker_free(b.worker);
    isnad_engine_free(b.engine);
    return 0;
}
