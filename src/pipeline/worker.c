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

static bool analyse(isn_analysed *out, isnad_worker *worker, isn_article *article)
{
    const isnad_engine *engine = worker->engine;
    isn_findings *f = &out->findings;
    if (!isn_text_make(&out->text, &worker->arena, engine->lexicon, worker->words, article->text,
                       article->blocks, article->n_blocks))
        return false;
    if (!isn_mentions_find(&out->mentions, engine->namer, &out->text) ||
        !isn_entities_make(&out->entities, engine->linker, &out->text, &out->mentions, f->published) ||
        !isn_dates_find(&out->dates, &out->text, f->published))
        return false;
    return isn_clauses_make(&out->clauses, &engine->grammar, &out->text, &out->mentions,
                            &out->entities, &out->dates) &&
           isn_quotes_find(&out->quotes, engine->quoter, &out->clauses) &&
           isn_events_find(&out->events, engine->frames, &out->clauses, &out->quotes);
}

void isn_analyse(isn_analysed *out, isnad_worker *worker, isn_article *article)
{
    *out = (isn_analysed){0};
    out->text.lexicon = worker->engine->lexicon;
    isn_findings *f = &out->findings;
    *f = (isn_findings){.article = article, .text = &out->text, .mentions = &out->mentions,
                        .entities = &out->entities, .dates = &out->dates, .quotes = &out->quotes,
                        .events = &out->events, .published = article->published};
    f->title = first_title(article);
    if (analyse(out, worker, article))
        return;
    /* Without memory nothing half-made is told: the text and its blocks stay, the findings go. */
    out->mentions.n = out->entities.n = out->dates.n = out->quotes.n = out->events.n = 0;
    isn_diagnose(&article->diagnostics, &worker->arena, 0, 0, "memory",
                 "the article needs more working memory than %zu MiB: its text was kept, not analysed",
                 ISN_WORKER_CEILING >> 20);
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

static isnad_status run(isnad_worker *worker, const isnad_input *input, bool explain, const char **out,
                        size_t *n, isnad_error *err)
{
    isn_read_options options;
    isn_read_options_init(&options);
    options.page = worker->engine->page;
    options.lexicon = worker->engine->lexicon;
    options.charset = input->charset;
    options.outlet = isn_str_cstr(input->outlet);
    options.published = isn_str_cstr(input->published);
    isn_item item = {.kind = (isn_item_kind)input->kind, .name = (char *)(uintptr_t)input->uri,
                     .bytes = (char *)(uintptr_t)input->bytes, .n = input->n};
    isn_article article;
    isn_analysed analysed;
    isnad_status status = isn_worker_read(&analysed, &article, worker, &item, &options, err);
    if (status != ISNAD_OK)
        return status;
    if (explain)
        isn_explain_write(&worker->out, &analysed, worker->engine);
    else
        isn_record_write(&worker->out, &analysed.findings);
    if (worker->out.failed)
        return isn_fail(err, ISNAD_E_LIMIT, input->uri, 0, "the record of '%s' is too large", input->uri);
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
