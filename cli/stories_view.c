/* stories_view.c - stories and their tables for people: Latin letters and figures begin each line, as in view.c. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "labels.h"
#include "stories.h"

#define BOLD "1"
#define DIM "2"
#define RED "31"
#define GREEN "32"
#define YELLOW "33"
#define DAY_WIDTH 10
#define OUTLET_WIDTH 16u
#define WORDS_BEFORE 40 /* bytes */
#define ELLIPSIS "\xE2\x80\xA6"
#define ARROW "\xE2\x86\x92"

static const char *string_of(const json_t *object, const char *key, const char *none)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : none;
}

static long long number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

/* "english arabic" */
static void put_label(view *v, const char *english, const char *arabic)
{
    fprintf(v->out, "%s ", english);
    cli_view_words(v, arabic, v->width);
}

static const json_t *article_of(const json_t *story, size_t i)
{
    return json_array_get(json_object_get(story, "articles"), i);
}

/* --- stories ------------------------------------------------------------------------------------- */

bool cli_view_story_row(view *v, const char *bytes, size_t n)
{
    json_t *story = json_loadb(bytes, n, 0, NULL);
    bool brief = json_is_integer(json_object_get(story, "articles")); /* as a database has it, else with all articles */
    const json_t *first = brief ? story : article_of(story, 0);
    if (!first)
        return json_decref(story), false;
    long long articles = brief ? number_of(story, "articles") : (long long)json_array_size(json_object_get(story, "articles"));
    if (!v->begun) {
        cli_view_paint(v, BOLD);
        fprintf(v->out, "%7s  %-*s  %8s  %7s  ", "story", DAY_WIDTH, "day", "articles", "origins");
        put_label(v, "headline", ARABIC_HEADLINE);
        cli_view_paint(v, NULL);
        fputc('\n', v->out);
        v->begun = true;
    }
    fprintf(v->out, "%7lld  %-*.*s  %8lld  %7lld  ", number_of(story, "story"), DAY_WIDTH, DAY_WIDTH,
            string_of(first, brief ? "first" : "published", "-"), articles, number_of(story, "origins"));
    cli_view_words(v, string_of(first, "title", "-"), v->width > 60 ? v->width - 42 : 18);
    fputc('\n', v->out);
    json_decref(story);
    return true;
}

static void put_article(view *v, const json_t *story, size_t i)
{
    const json_t *article = article_of(story, i);
    size_t origin = (size_t)number_of(article, "origin");
    const char *agency = string_of(article, "agency", "");
    fprintf(v->out, "  [%zu] %-*.*s  ", i + 1, DAY_WIDTH, DAY_WIDTH, string_of(article, "published", "-"));
    cli_view_cell(v, string_of(article, "outlet", "-"), OUTLET_WIDTH);
    cli_view_words(v, string_of(article, "title", "-"), v->width > 60 ? v->width - 36 : 24);
    if (*agency || origin != i) {
        cli_view_paint(v, YELLOW);
        fputs("\n        ", v->out);
        if (origin != i) {
            put_label(v, "one origin with", ARABIC_COPY);
            fprintf(v->out, " [%zu]  ", origin + 1);
        }
        if (*agency) {
            put_label(v, "agency", ARABIC_VIA);
            fputc(' ', v->out);
            cli_view_words(v, agency, v->width);
        }
        cli_view_paint(v, NULL);
    }
    fputc('\n', v->out);
}

static void put_because(view *v, const json_t *why)
{
    size_t i;
    json_t *reason;
    json_array_foreach(json_object_get(why, "because"), i, reason) {
        fprintf(v->out, "%s%s ", i ? ", " : " ", string_of(reason, "kind", ""));
        cli_view_words(v, string_of(reason, "words", ""), 40);
    }
    fputc('\n', v->out);
}

bool cli_view_story(view *v, const char *bytes, size_t n)
{
    json_t *story = json_loadb(bytes, n, 0, NULL), *join;
    const json_t *follows = json_object_get(story, "follows");
    size_t i, count = json_array_size(json_object_get(story, "articles"));
    if (!count)
        return json_decref(story), false;
    cli_view_paint(v, BOLD);
    put_label(v, "story", ARABIC_STORY);
    fprintf(v->out, " %lld: %zu ", number_of(story, "story"), count);
    put_label(v, "articles", ARABIC_ARTICLES);
    fprintf(v->out, ", %lld ", number_of(story, "origins"));
    put_label(v, "origins", ARABIC_ORIGINS);
    cli_view_paint(v, NULL);
    fputc('\n', v->out);
    for (i = 0; i < count; i++)
        put_article(v, story, i);
    json_array_foreach(json_object_get(story, "joins"), i, join) {
        fprintf(v->out, "  [%lld]+[%lld] ", number_of(join, "a") + 1, number_of(join, "b") + 1);
        put_label(v, json_is_true(json_object_get(join, "by_hand")) ? "by hand" : "joined by", ARABIC_JOINED);
        fputc(':', v->out);
        put_because(v, join);
    }
    if (json_is_object(follows)) {
        fputs("  ", v->out);
        put_label(v, "goes on with story", ARABIC_FOLLOWS);
        fprintf(v->out, " %lld:", number_of(follows, "story"));
        put_because(v, follows);
    }
    json_decref(story);
    return true;
}

/* --- the table ----------------------------------------------------------------------------------- */

static void put_names(view *v, const json_t *names)
{
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name) {
        if (i)
            fputs(", ", v->out);
        cli_view_words(v, json_string_value(name) ? json_string_value(name) : "?", 40);
    }
}

static void put_kind(view *v, const char *kind)
{
    static const char *const labels[][2] = {{"event", ARABIC_EVENT}, {"quote", ARABIC_QUOTE}, {"count", ARABIC_COUNT},
                                            {"date", ARABIC_DATE},   {"headline", ARABIC_HEADLINE}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(kind, labels[i][0]) == 0)
            put_label(v, kind, labels[i][1]);
}

/* What a fact is about, by its first telling of its kind. */
static void put_subject(view *v, const json_t *fact)
{
    size_t i;
    json_t *member = NULL;
    const char *kind = string_of(fact, "kind", "");
    json_array_foreach(json_object_get(fact, "members"), i, member)
        if (strcmp(string_of(member, "kind", ""), kind) == 0)
            break;
    if (!member)
        return;
    const char *type = string_of(member, "type", NULL), *mode = string_of(member, "mode", NULL);
    const char *speaker = string_of(member, "speaker", NULL), *what = string_of(member, "what", NULL);
    fputs("  ", v->out);
    if (type)
        fprintf(v->out, "%s%s%s ", type, mode ? "/" : "", mode ? mode : "");
    put_names(v, json_object_get(member, "actor"));
    if (json_array_size(json_object_get(member, "recipient"))) {
        fputs(" " ARROW " ", v->out);
        put_names(v, json_object_get(member, "recipient"));
    }
    if (speaker)
        cli_view_words(v, speaker, 40);
    if (what)
        fprintf(v->out, "%s %g", what, json_number_value(json_object_get(member, "value")));
    if (strcmp(kind, "date") == 0)
        fputs(string_of(member, "value", ""), v->out);
}

/* The sentence of a telling; of a long one what stands before the telling is left out but for a few words. */
static void put_sentence(view *v, const json_t *member, unsigned room)
{
    const json_t *sentence = json_object_get(member, "sentence");
    const char *text = string_of(sentence, "text", "");
    long long skip = number_of(member, "begin") - number_of(sentence, "begin") - WORDS_BEFORE;
    size_t n = strlen(text);
    if (n <= 2 * (size_t)room || skip <= WORDS_BEFORE || (size_t)skip >= n) {
        cli_view_words(v, text, room);
        return;
    }
    while (skip > 0 && text[skip] != ' ')
        skip--;
    fputs(ELLIPSIS, v->out);
    cli_view_words(v, text + skip + (skip > 0), room - 1);
}

static void put_cell(view *v, const json_t *member)
{
    const char *status = string_of(member, "status", "actual");
    const json_t *via = json_object_get(member, "via");
    if (strcmp(status, "actual") != 0)
        fprintf(v->out, "(%s) ", status);
    put_sentence(v, member, v->width > 60 ? v->width - 30 : 30);
    if (json_array_size(via)) {
        cli_view_paint(v, YELLOW);
        fputs(" (", v->out);
        put_label(v, "via", ARABIC_VIA);
        fputc(' ', v->out);
        put_names(v, via);
        fputc(')', v->out);
        cli_view_paint(v, NULL);
    }
    fputc('\n', v->out);
}

/* One line an outlet: its first telling, or that it doesn't say. */
static void put_cells(view *v, const json_t *story, const json_t *fact)
{
    size_t count = json_array_size(json_object_get(story, "articles"));
    for (size_t a = 0; a < count; a++) {
        size_t i;
        json_t *member = NULL;
        fprintf(v->out, "  [%zu] ", a + 1);
        cli_view_cell(v, string_of(article_of(story, a), "outlet", "-"), OUTLET_WIDTH);
        json_array_foreach(json_object_get(fact, "members"), i, member)
            if ((size_t)number_of(member, "article") == a)
                break;
        if (i < json_array_size(json_object_get(fact, "members"))) {
            put_cell(v, member);
            continue;
        }
        cli_view_paint(v, DIM);
        put_label(v, "doesn't say", ARABIC_SILENT);
        cli_view_paint(v, NULL);
        fputc('\n', v->out);
    }
}

static void put_clashes(view *v, const json_t *fact)
{
    size_t i, k;
    json_t *clash, *index;
    json_array_foreach(json_object_get(fact, "contradictions"), i, clash) {
        cli_view_paint(v, RED);
        fputs("  ! ", v->out);
        put_label(v, "contradiction", ARABIC_CLASH);
        fprintf(v->out, ": %s %s\n", string_of(clash, "kind", ""), string_of(clash, "sense", ""));
        cli_view_paint(v, NULL);
        json_array_foreach(json_object_get(clash, "members"), k, index) {
            const json_t *member = json_array_get(json_object_get(fact, "members"), (size_t)json_integer_value(index));
            fprintf(v->out, "    [%lld] ", number_of(member, "article") + 1);
            put_sentence(v, member, v->width > 60 ? v->width - 10 : 50);
            fputc('\n', v->out);
        }
    }
}

bool cli_view_compared(view *v, const char *bytes, size_t n)
{
    json_t *story = json_loadb(bytes, n, 0, NULL), *fact;
    size_t i, count = json_array_size(json_object_get(story, "articles"));
    if (!count)
        return json_decref(story), false;
    if (v->begun)
        fputc('\n', v->out);
    v->begun = true;
    cli_view_paint(v, BOLD);
    put_label(v, "story", ARABIC_STORY);
    if (json_is_integer(json_object_get(story, "story")))
        fprintf(v->out, " %lld\n", number_of(story, "story"));
    else
        fprintf(v->out, " %s\n", string_of(story, "story", ""));
    cli_view_paint(v, NULL);
    for (i = 0; i < count; i++)
        put_article(v, story, i);
    json_array_foreach(json_object_get(story, "facts"), i, fact) {
        fputc('\n', v->out);
        cli_view_paint(v, GREEN);
        put_kind(v, string_of(fact, "kind", ""));
        cli_view_paint(v, NULL);
        put_subject(v, fact);
        fprintf(v->out, "  (%lld ", number_of(fact, "origins"));
        put_label(v, "origins", ARABIC_ORIGINS);
        fputs(")\n", v->out);
        put_cells(v, story, fact);
        put_clashes(v, fact);
    }
    json_decref(story);
    return true;
}
