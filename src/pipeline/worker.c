/* worker.c - one article through all rooms. */
#include "pipeline/engine.h"

#include "base/error.h"

static isn_str first_title(const isn_article *article)
{
    for (size_t i = 0; i < article->n_blocks; i++) {
        if (article->blocks[i].kind == ISN_BLOCK_TITLE)
            return isn_str_trim(
                isn_str_part(article->text, article->blocks[i].begin, article->blocks[i].end));
    }
    return article->title;
}

/* The blocks of the article's first `limit` bytes, the last cut short, in the arena; NULL when it is full. */
static isn_block *blocks_within(size_t *n, isn_arena *arena, const isn_article *article, size_t limit)
{
    isn_block *blocks = isn_arena_alloc(arena, (article->n_blocks + 1) * sizeof *blocks);
    *n = 0;
    for (size_t b = 0; blocks && b < article->n_blocks && article->blocks[b].begin < limit; b++) {
        blocks[b] = article->blocks[b];
        if (blocks[b].end > limit)
            blocks[b].end = (uint32_t)limit;
        ++*n;
    }
    return blocks;
}

static bool find_all(isn_analysed *out, isnad_worker *worker, const isn_article *article, size_t limit)
{
    const isnad_engine *engine = worker->engine;
    isn_findings *f = &out->findings;
    size_t n = article->n_blocks;
    const isn_block *blocks = article->blocks;
    if (limit < article->text.n)
        blocks = blocks_within(&n, &worker->arena, article, limit);
    if (!blocks && n)
        return false;
    if (!isn_text_make(&out->text, &worker->arena, engine->lexicon, worker->words,
                       isn_str_part(article->text, 0, limit), blocks, n))
        return false;
    if (!isn_mentions_find(&out->mentions, engine->namer, &out->text) ||
        !isn_entities_make(&out->entities, engine->linker, &out->text, &out->mentions, f->published) ||
        !isn_dates_find(&out->dates, &out->text, f->published))
        return false;
    return isn_clauses_make(&out->clauses, &engine->grammar, &out->text, &out->mentions,
                            &out->entities, &out->dates) &&
           isn_quotes_find(&out->quotes, engine->quoter, &out->clauses) &&
           isn_events_find(&out->events, engine->frames, &out->clauses, &out->quotes) &&
           isn_counts_find(&out->counts, engine->counter, &out->clauses, &out->events);
}

/* Analyses the first `limit` bytes of the text. False when the arena was too small for a finding, however little. */
static bool analyse(isn_analysed *out, isnad_worker *worker, const isn_article *article, size_t limit)
{
    return find_all(out, worker, article, limit) && !worker->arena.full;
}

/* Half of what was analysed before, cut at a blank where there is one near: no word becomes another. */
static size_t half_of(isn_str text, size_t limit)
{
    size_t half = limit / 2, at = half;
    while (at > half - half / 16 && text.p[at] != ' ' && text.p[at] != '\n')
        at--;
    if (text.p[at] != ' ' && text.p[at] != '\n')
        at = half;
    while (at && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* Without memory nothing half-made is told: the text and its blocks stay, the findings go. */
static void forget(isn_analysed *out)
{
    out->mentions.n = out->entities.n = out->dates.n = out->quotes.n = out->events.n = out->events.n_doubtful = out->counts.n = 0;
    out->text.n_sentences = out->text.n_tokens = 0;
    out->clauses.n = 0;
    out->clauses.slots = NULL;
}

/* Says how much was analysed, though the memory is used up and the list of diagnostics may be full. */
static void tell_memory(isn_article *article, isn_arena *arena, size_t limit)
{
    isn_diagnostics *list = &article->diagnostics;
    bool full = list->n >= ISN_ARTICLE_DIAGNOSTICS;
    size_t ceiling = arena->ceiling;
    if (full)
        list->n = ISN_ARTICLE_DIAGNOSTICS - 2;
    arena->ceiling += ISN_TELLING;
    isn_diagnose(list, arena, limit, article->text.n, "memory",
                 "the article needs more working memory than %zu KiB: its first %zu bytes were analysed",
                 ceiling >> 10, limit);
    if (full)
        isn_diagnose(list, arena, 0, 0, "more", "more");
    arena->ceiling = ceiling;
}

void isn_analyse(isn_analysed *out, isnad_worker *worker, isn_article *article)
{
    *out = (isn_analysed){0};
    out->text.lexicon = worker->engine->lexicon;
    isn_findings *f = &out->findings;
    *f = (isn_findings){.article = article, .text = &out->text, .mentions = &out->mentions,
                        .entities = &out->entities, .dates = &out->dates, .quotes = &out->quotes,
                        .events = &out->events, .counts = &out->counts, .published = article->published};
    f->title = first_title(article);
    isn_arena_mark before = isn_arena_here(&worker->arena);
    size_t limit = article->text.n;
    bool fits = analyse(out, worker, article, limit);
    while (!fits && limit / 2 >= ISN_ANALYSED_LEAST) {
        limit = half_of(article->text, limit);
        isn_arena_back(&worker->arena, before);
        isn_words_trim(worker->words);
        fits = analyse(out, worker, article, limit);
    }
    if (!fits) {
        forget(out);
        isn_arena_back(&worker->arena, before);
        limit = 0;
    }
    if (limit < article->text.n)
        tell_memory(article, &worker->arena, limit);
}

isnad_status isn_worker_read(isn_analysed *out, isn_article *article, isnad_worker *worker,
                             const isn_item *item, const isn_read_options *options, isnad_error *err)
{
    isn_arena_reset(&worker->arena);
    isn_words_trim(worker->words);
    isn_buf_reset(&worker->out);
    isnad_status status = isn_article_read(article, &worker->arena, item, options, err);
    if (status == ISNAD_OK)
        isn_analyse(out, worker, article);
    return status;
}

isnad_status isn_worker_record(isn_record *out, isnad_worker *worker, const isn_analysed *analysed,
                               isnad_error *err)
{
    size_t ceiling = worker->arena.ceiling;
    worker->arena.ceiling = 2 * ceiling; /* a record is no larger than its findings, which fitted */
    bool filled = isn_record_fill(out, &worker->arena, &analysed->findings);
    worker->arena.ceiling = ceiling;
    return filled ? ISNAD_OK : isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
}

void isn_name_fields(isn_json_fields *fields, const char *const names[ISN_FIELDS_NAMED])
{
    isn_str *const field[ISN_FIELDS_NAMED] = {&fields->id,        &fields->url,   &fields->outlet,
                                              &fields->published, &fields->title, &fields->text};
    for (size_t i = 0; i < ISN_FIELDS_NAMED; i++)
        if (names[i])
            *field[i] = isn_str_cstr(names[i]);
}

static isnad_status run(isnad_worker *worker, const isnad_input *input, bool explain, const char **out,
                        size_t *n, isnad_error *err)
{
    isn_read_options options;
    if (input->kind == ISNAD_KIND_FEED || input->kind == ISNAD_KIND_WARC)
        return isn_fail(err, ISNAD_E_ARGUMENT, input->uri, 0, "a feed or an archive holds many articles; isnad_run reads it");
    isn_read_options_init(&options);
    options.page = worker->engine->page;
    options.lexicon = worker->engine->lexicon;
    options.charset = input->charset;
    options.favor = (isn_favor)input->favor;
    options.outlet = isn_str_cstr(input->outlet);
    options.published = isn_str_cstr(input->published);
    isn_name_fields(&options.fields, (const char *const[]){input->field_id, input->field_url, input->field_outlet,
                                                           input->field_published, input->field_title, input->field_text});
    const char *uri = input->uri ? input->uri : "-";
    isn_item item = {.kind = (isn_item_kind)input->kind, .name = (char *)(uintptr_t)uri,
                     .bytes = (char *)(uintptr_t)input->bytes, .n = input->n};
    isn_article article;
    isn_analysed analysed;
    isnad_status status = isn_worker_read(&analysed, &article, worker, &item, &options, err);
    if (status != ISNAD_OK)
        return status;
    isn_record record;
    if (explain) {
        isn_explain_write(&worker->out, &analysed, (isn_str){NULL, 0});
    } else {
        if (isn_worker_record(&record, worker, &analysed, err) != ISNAD_OK)
            return ISNAD_E_MEMORY;
        isn_record_write(&worker->out, &record);
    }
    if (worker->out.failed)
        return isn_fail(err, ISNAD_E_LIMIT, uri, 0, "the record of '%s' is too large", uri);
    *out = worker->out.p;
    *n = worker->out.n;
    return ISNAD_OK;
}

isnad_status isnad_code(isnad_worker *worker, const isnad_input *input, const char **record, size_t *n,
                        isnad_error *err)
{
    return run(worker, input, false, record, n, err);
}

isnad_status isnad_explain(isnad_worker *worker, const isnad_input *input, const char **text, size_t *n,
                           isnad_error *err)
{
    return run(worker, input, true, text, n, err);
}
