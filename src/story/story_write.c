#include "story/story_write.h"

#include <math.h>

#include "base/error.h"
#include "story/reason.h"

typedef struct writer {
    isn_buf *out;
    isn_arena *arena;
    const isn_told_story *story;
    const isn_lexicon *lexicon;
    const isn_usage *usage;
    isn_digest **digests; /* of each article, made when it is asked for */
} writer;

static isnad_status no_memory(isnad_error *err)
{
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory for stories");
}

static void put_articles(writer *w)
{
    isn_buf_str(w->out, ISN_STR(",\"articles\":["));
    for (size_t i = 0; i < w->story->n; i++) {
        const isn_told_article *a = &w->story->articles[i];
        isn_buf_format(w->out, "%s{\"origin\":%zu", i ? "," : "", a->origin);
        if (a->number)
            isn_buf_format(w->out, ",\"article\":%lld", (long long)a->number);
        isn_buf_json_field(w->out, "id", a->record->id);
        isn_buf_json_field(w->out, "uri", a->record->uri);
        isn_buf_json_field(w->out, "outlet", a->record->outlet);
        isn_buf_json_field(w->out, "agency", a->agency);
        isn_buf_json_field(w->out, "published", a->record->published);
        isn_buf_json_field(w->out, "title", a->record->title);
        isn_buf_char(w->out, '}');
    }
    isn_buf_char(w->out, ']');
}

static const isn_digest *digest_of(writer *w, size_t i)
{
    if (!w->digests[i]) {
        isn_digest *made = isn_arena_alloc(w->arena, sizeof *made);
        if (!made || !isn_digest_make(made, w->arena, w->story->articles[i].record, w->lexicon))
            return NULL;
        w->digests[i] = made;
    }
    return w->digests[i];
}

/* How alike two articles are, and by which words. */
static bool put_reasons(writer *w, const isn_digest *a, const isn_digest *b, const isn_record *x, const isn_record *y)
{
    isn_reason reasons[ISN_REASONS_MOST];
    isn_alike alike = {0};
    if (!a || !b || !isn_alike_of(&alike, w->arena, x, y, w->lexicon, w->usage))
        return false;
    size_t n = isn_reasons_find(reasons, a, b);
    isn_buf_str(w->out, ISN_STR(",\"copied\":"));
    isn_buf_hundredths(w->out, llround(isn_digest_copied(a, b) * 100.0));
    isn_buf_str(w->out, ISN_STR(",\"alike\":"));
    isn_buf_hundredths(w->out, llround((double)alike.degree * 100.0));
    isn_buf_str(w->out, ISN_STR(",\"because\":["));
    for (size_t i = 0; i < n; i++) {
        isn_buf_format(w->out, "%s{\"kind\":\"%s\"", i ? "," : "", isn_feature_kind_text(reasons[i].kind));
        isn_buf_json_field(w->out, "words", reasons[i].words);
        isn_buf_char(w->out, '}');
    }
    isn_buf_char(w->out, ']');
    return true;
}

static bool put_joins(writer *w, bool reasons)
{
    bool good = true;
    isn_buf_str(w->out, ISN_STR(",\"joins\":["));
    for (size_t i = 0; good && i < w->story->n_joins; i++) {
        const isn_told_join *join = &w->story->joins[i];
        isn_buf_format(w->out, "%s{\"a\":%zu,\"b\":%zu,\"odds\":", i ? "," : "", join->a, join->b);
        isn_buf_hundredths(w->out, llround((double)join->odds * 100.0));
        isn_buf_format(w->out, ",\"by_hand\":%s", join->by_hand ? "true" : "false");
        if (reasons && i < ISN_STORY_REASONS)
            good = put_reasons(w, digest_of(w, join->a), digest_of(w, join->b), w->story->articles[join->a].record,
                               w->story->articles[join->b].record);
        isn_buf_char(w->out, '}');
    }
    isn_buf_char(w->out, ']');
    return good;
}

static bool put_link(writer *w, bool reasons)
{
    const isn_told_story *s = w->story;
    isn_digest a, b;
    bool good = true;
    isn_buf_str(w->out, ISN_STR(",\"follows\":"));
    if (!s->follows) {
        isn_buf_str(w->out, ISN_STR("null"));
        return true;
    }
    isn_buf_format(w->out, "{\"story\":%llu", (unsigned long long)s->earlier);
    isn_buf_json_field(w->out, "a", s->from->id);
    isn_buf_json_field(w->out, "b", s->to->id);
    if (reasons)
        good = isn_digest_make(&a, w->arena, s->from, w->lexicon) && isn_digest_make(&b, w->arena, s->to, w->lexicon) &&
               put_reasons(w, &a, &b, s->from, s->to);
    isn_buf_char(w->out, '}');
    return good;
}

isnad_status isn_story_write(isn_buf *out, isn_arena *arena, const isn_told_story *story, const isn_lexicon *lexicon,
                             const isn_usage *usage, bool reasons, isnad_error *err)
{
    writer w = {out, arena, story, lexicon, usage, isn_arena_calloc(arena, story->n + 1, sizeof *w.digests)};
    if (!w.digests)
        return no_memory(err);
    isn_buf_format(out, "{\"story\":%llu,\"origins\":%zu", (unsigned long long)story->number, story->n_origins);
    put_articles(&w);
    if (!put_joins(&w, reasons) || !put_link(&w, reasons))
        return no_memory(err);
    isn_buf_char(out, '}');
    return out->failed ? no_memory(err) : ISNAD_OK;
}
