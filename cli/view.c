/*
 * view.c - records for people.
 *
 * Every line begins with Latin letters or figures and Arabic stands in first-strong isolates (U+2068, U+2069), so that a terminal that
 * orders right-to-left text keeps the columns where they are. Widths are counted in columns, not bytes.
 */
#include "view.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#define ISOLATE "\xE2\x81\xA8"
#define ISOLATE_END "\xE2\x81\xA9"
#define ARROW "\xE2\x86\x92"
#define ELLIPSIS "\xE2\x80\xA6"
#define QUOTE_OPEN "\xC2\xAB"
#define QUOTE_CLOSE "\xC2\xBB"
#define PAGE_WIDTH 120u

#define BOLD "1"
#define DIM "2"
#define GREEN "32"
#define YELLOW "33"
#define CYAN "36"

void cli_view_init(view *v, FILE *out, const char *color)
{
    bool terminal = isatty(fileno(out));
    struct winsize size;
    *v = (view){.out = out, .width = PAGE_WIDTH};
    if (terminal && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 60)
        v->width = size.ws_col;
    const char *refused = getenv("NO_COLOR");
    v->color = terminal && !(refused && *refused);
    if (color && strcmp(color, "auto") != 0)
        v->color = strcmp(color, "always") == 0;
}

static void paint(view *v, const char *style)
{
    if (v->color)
        fprintf(v->out, "\033[%sm", style);
}

static void unpaint(view *v)
{
    if (v->color)
        fputs("\033[0m", v->out);
}

/* --- words and widths ---------------------------------------------------------------------------- */

/* Bytes of text that fit into `room` columns; *columns is what they take. */
static size_t fit(const char *text, size_t n, unsigned room, unsigned *columns)
{
    size_t at = 0;
    *columns = 0;
    while (at < n) {
        utf8proc_int32_t c;
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at), &c);
        if (length <= 0)
            break;
        int width = utf8proc_charwidth(c);
        if (*columns + (unsigned)(width > 0 ? width : 0) > room)
            break;
        *columns += (unsigned)(width > 0 ? width : 0);
        at += (size_t)length;
    }
    return at;
}

/* Words in an isolate, line ends as blanks, cut to `room` columns with an ellipsis. Returns the columns. */
static unsigned put_words(view *v, const char *text, size_t n, unsigned room)
{
    unsigned columns;
    size_t whole = fit(text, n, room, &columns);
    bool cut = whole < n;
    if (cut)
        whole = fit(text, n, room ? room - 1 : 0, &columns);
    fputs(ISOLATE, v->out);
    for (size_t i = 0; i < whole; i++)
        fputc(text[i] == '\n' || text[i] == '\r' || text[i] == '\t' ? ' ' : text[i], v->out);
    if (cut)
        fputs(ELLIPSIS, v->out);
    fputs(ISOLATE_END, v->out);
    return columns + (cut ? 1 : 0);
}

static void put_cell(view *v, const char *text, unsigned width)
{
    unsigned columns = put_words(v, text, strlen(text), width);
    fprintf(v->out, "%*s", (int)(width - columns + 2), "");
}

unsigned cli_view_words(view *v, const char *text, unsigned room)
{
    return put_words(v, text, strlen(text), room);
}

void cli_view_cell(view *v, const char *text, unsigned width)
{
    put_cell(v, text, width);
}

void cli_view_paint(view *v, const char *style)
{
    if (style)
        paint(v, style);
    else
        unpaint(v);
}

/* --- parts of a record --------------------------------------------------------------------------- */

static const char *string_of(const json_t *object, const char *key, const char *none)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : none;
}

static const char *entity_name(const json_t *record, const json_t *id)
{
    size_t i;
    json_t *entity;
    const char *wanted = json_string_value(id);
    json_array_foreach(json_object_get(record, "entities"), i, entity)
        if (wanted && strcmp(string_of(entity, "id", ""), wanted) == 0)
            return string_of(entity, "name", wanted);
    return "?";
}

/* Names of a list of entities, by commas; on the heap, "" for none. */
static char *names_of(const json_t *record, const json_t *list)
{
    size_t i, n = 1;
    json_t *id;
    json_array_foreach(list, i, id)
        n += strlen(entity_name(record, id)) + 2;
    char *names = malloc(n), *end = names;
    if (!names)
        return NULL;
    *end = 0;
    json_array_foreach(list, i, id) {
        if (i)
            end = stpcpy(end, ", ");
        end = stpcpy(end, entity_name(record, id));
    }
    return names;
}

static void put_type(char *out, size_t size, const json_t *event)
{
    const char *mode = string_of(event, "mode", "");
    snprintf(out, size, "%s%s%s", string_of(event, "type", "?"), *mode ? "/" : "", mode);
}

static bool is_object(const json_t *record)
{
    return json_is_object(record) && json_is_string(json_object_get(record, "text"));
}

/* The words of a span, in guillemets. */
static void put_span(view *v, const json_t *record, const json_t *finding, unsigned room)
{
    const json_t *text = json_object_get(record, "text");
    size_t n = json_string_length(text), begin = (size_t)json_integer_value(json_object_get(finding, "begin")),
           end = (size_t)json_integer_value(json_object_get(finding, "end"));
    if (begin > end || end > n)
        return;
    fputs(QUOTE_OPEN, v->out);
    put_words(v, json_string_value(text) + begin, end - begin, room);
    fputs(QUOTE_CLOSE, v->out);
}

/* --- the brief view ------------------------------------------------------------------------------ */

static void put_party(view *v, const json_t *record, const json_t *list)
{
    size_t i;
    json_t *id;
    if (json_array_size(list) == 0)
        fputc('?', v->out);
    json_array_foreach(list, i, id) {
        const char *name = entity_name(record, id);
        if (i)
            fputs(", ", v->out);
        put_words(v, name, strlen(name), v->width);
    }
}

static void put_via(view *v, const json_t *record, const json_t *finding)
{
    const json_t *via = json_object_get(finding, "via");
    if (json_array_size(via) == 0)
        return;
    paint(v, YELLOW);
    fputs(" (via ", v->out);
    put_party(v, record, via);
    fputc(')', v->out);
    unpaint(v);
}

static void brief_event(view *v, const json_t *record, const json_t *event)
{
    char type[64];
    put_type(type, sizeof type, event);
    const json_t *recipient = json_object_get(event, "recipient"), *place = json_object_get(event, "place");
    fprintf(v->out, "  %-10s ", string_of(event, "date", "-"));
    paint(v, GREEN);
    fputs(type, v->out);
    unpaint(v);
    fprintf(v->out, " %s: ", string_of(event, "status", "?"));
    put_party(v, record, json_object_get(event, "actor"));
    if (json_array_size(recipient)) {
        fputs(" " ARROW " ", v->out);
        put_party(v, record, recipient);
    }
    if (json_is_string(place)) {
        const char *name = entity_name(record, place);
        fputs(" at ", v->out);
        put_words(v, name, strlen(name), v->width);
    }
    put_via(v, record, event);
    fputs("\n             ", v->out);
    paint(v, DIM);
    put_span(v, record, event, v->width - 15);
    unpaint(v);
    fputc('\n', v->out);
}

static void brief_quote(view *v, const json_t *record, const json_t *quote)
{
    const json_t *speaker = json_object_get(quote, "speaker");
    const char *name = json_is_string(speaker) ? entity_name(record, speaker) : "?";
    fputs("  said by    ", v->out);
    paint(v, CYAN);
    put_words(v, name, strlen(name), v->width);
    unpaint(v);
    put_via(v, record, quote);
    fputs("\n             ", v->out);
    put_span(v, record, quote, v->width - 15);
    fputc('\n', v->out);
}

bool cli_view_brief(view *v, const char *bytes, size_t n)
{
    json_t *record = json_loadb(bytes, n, 0, NULL), *item;
    if (!is_object(record)) {
        json_decref(record);
        return false;
    }
    size_t i;
    const char *title = string_of(record, "title", "(no title)"), *outlet = string_of(record, "outlet", "outlet unknown");
    fputs(v->begun ? "\n== " : "== ", v->out);
    v->begun = true;
    paint(v, BOLD);
    put_words(v, title, strlen(title), v->width - 3);
    unpaint(v);
    fprintf(v->out, "\n   %s, ", string_of(record, "published", "day unknown"));
    put_words(v, outlet, strlen(outlet), v->width);
    fprintf(v->out, ", %s\n", string_of(record, "uri", ""));
    json_array_foreach(json_object_get(record, "events"), i, item)
        brief_event(v, record, item);
    json_array_foreach(json_object_get(record, "quotes"), i, item)
        brief_quote(v, record, item);
    json_decref(record);
    return true;
}

/* --- the table ----------------------------------------------------------------------------------- */

#define DATE_WIDTH 10u
#define TYPE_WIDTH 20u
#define STATUS_WIDTH 12u
#define OUTLET_WIDTH 14u

static void table_row(view *v, const char *date, const char *type, const char *actor, const char *recipient,
                      const char *status, const char *outlet)
{
    unsigned fixed = DATE_WIDTH + TYPE_WIDTH + STATUS_WIDTH + OUTLET_WIDTH + 12;
    unsigned party = v->width > fixed + 24 ? (v->width - fixed) / 2 : 12;
    /* Dates and types aren't isolated: they give the line its direction. */
    fprintf(v->out, "%-*.*s  %-*.*s  ", DATE_WIDTH, DATE_WIDTH, date, TYPE_WIDTH, TYPE_WIDTH, type);
    put_cell(v, actor, party);
    put_cell(v, recipient, party);
    fprintf(v->out, "%-*s  ", STATUS_WIDTH, status);
    put_words(v, outlet, strlen(outlet), OUTLET_WIDTH);
    fputc('\n', v->out);
}

bool cli_view_table(view *v, const char *bytes, size_t n)
{
    json_t *record = json_loadb(bytes, n, 0, NULL), *event;
    if (!is_object(record)) {
        json_decref(record);
        return false;
    }
    if (!v->begun) {
        paint(v, BOLD);
        table_row(v, "date", "type", "actor", "recipient", "status", "outlet");
        unpaint(v);
        v->begun = true;
    }
    size_t i;
    json_array_foreach(json_object_get(record, "events"), i, event) {
        char type[64];
        put_type(type, sizeof type, event);
        char *actor = names_of(record, json_object_get(event, "actor"));
        char *recipient = names_of(record, json_object_get(event, "recipient"));
        if (actor && recipient)
            table_row(v, string_of(event, "date", "-"), type, *actor ? actor : "-", *recipient ? recipient : "-",
                      string_of(event, "status", "-"), string_of(record, "outlet", "-"));
        free(actor);
        free(recipient);
    }
    json_decref(record);
    return true;
}

/* --- explain ------------------------------------------------------------------------------------- */

void cli_view_explain(view *v, const char *text, size_t n)
{
    static const struct {
        const char *word, *style;
    } styles[] = {{"block ", BOLD}, {" sentence ", BOLD}, {"  mention ", CYAN}, {"  quote ", YELLOW}, {"  event ", GREEN}};
    for (size_t at = 0; at < n;) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t length = end ? (size_t)(end - text) - at : n - at;
        const char *style = NULL;
        for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
            if (length >= strlen(styles[i].word) && memcmp(text + at, styles[i].word, strlen(styles[i].word)) == 0)
                style = styles[i].style;
        if (style)
            paint(v, style);
        fwrite(text + at, 1, length, v->out);
        if (style)
            unpaint(v);
        fputc('\n', v->out);
        at += length + 1;
    }
}
