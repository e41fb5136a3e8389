/* feed_item.c - the fields of one item: XML by libxml2's parser, JSON by jansson. */
#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>

#include "base/error.h"
#include "read/feed_parts.h"

isn_str isn_feed_value(const isn_feed_values *values, int field)
{
    return isn_str_part(isn_str_of(values->text.p, values->text.n), values->begin[field], values->end[field]);
}

void isn_feed_keep(isn_feed_values *values, int field, isn_str value)
{
    if (values->end[field] > values->begin[field] || value.n == 0)
        return;
    if (value.n > ISN_FEED_FIELD) {
        value.n = ISN_FEED_FIELD;
        while (value.n && ((unsigned char)value.p[value.n] & 0xC0) == 0x80)
            value.n--;
        values->cut = true;
    }
    values->begin[field] = values->text.n;
    isn_buf_str(&values->text, value);
    values->end[field] = values->text.n;
}

/* --- making an item well formed where that costs nothing ------------------------------------------- */

/* Length of the entity or character reference that begins at s.p[at], or 0. */
static size_t reference_length(isn_str s, size_t at)
{
    size_t i = at + 1;
    i += i < s.n && s.p[i] == '#';
    size_t from = i;
    while (i < s.n && i - from < 32 && (((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9')))
        i++;
    return i > from && i < s.n && s.p[i] == ';' ? i + 1 - at : 0;
}

/* An ampersand outside of CDATA: XML's own references stay, HTML's names become numbers, all else a written ampersand. */
static size_t put_reference(isn_buf *out, isn_str s, size_t at)
{
    static const char *const own[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    size_t n = reference_length(s, at);
    isn_str reference = isn_str_part(s, at, at + n);
    char name[40];
    for (size_t i = 0; n && i < sizeof own / sizeof *own; i++) {
        if (isn_str_equal(reference, isn_str_cstr(own[i]))) {
            isn_buf_str(out, reference);
            return n;
        }
    }
    if (n && reference.p[1] == '#') {
        isn_buf_str(out, reference);
        return n;
    }
    snprintf(name, sizeof name, "%.*s", n > 2 ? (int)(n - 2) : 0, n ? reference.p + 1 : "");
    const htmlEntityDesc *entity = n ? htmlEntityLookup((const xmlChar *)name) : NULL;
    if (entity) {
        isn_buf_format(out, "&#%u;", entity->value);
        return n;
    }
    isn_buf_append(out, "&amp;", 5);
    return 1;
}

/* Copies an item, with characters that XML forbids as blanks and its references in order. */
static void put_clean(isn_buf *out, isn_str s, bool *damaged)
{
    bool literal = false, lost = false; /* within CDATA; there is no end of CDATA any more */
    size_t from = 0, i = 0;
    while (i < s.n) {
        unsigned char c = (unsigned char)s.p[i];
        bool forbidden = c < ' ' && c != '\n' && c != '\t' && c != '\r';
        bool none = c == 0xEF && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xBF && (unsigned char)s.p[i + 2] >= 0xBE;
        if (c == '<' && !literal && isn_str_starts(isn_str_part(s, i, s.n), ISN_STR("<![CDATA["))) {
            literal = !lost && isn_str_find(isn_str_part(s, i, s.n), ISN_STR("]]>")) != SIZE_MAX;
            lost = !literal; /* then there is no other either */
            if (!literal) { /* its end was lost: what is in it is read as XML, which it may be */
                isn_buf_append(out, s.p + from, i - from);
                from = i += sizeof "<![CDATA[" - 1;
                *damaged = true;
                continue;
            }
        }
        if (c == ']' && literal)
            literal = !isn_str_starts(isn_str_part(s, i, s.n), ISN_STR("]]>"));
        if (!forbidden && !none && (c != '&' || literal)) {
            i++;
            continue;
        }
        isn_buf_append(out, s.p + from, i - from);
        if (c == '&') {
            i += put_reference(out, s, i);
        } else {
            isn_buf_append(out, none ? "\xEF\xBF\xBD" : " ", none ? 3 : 1);
            i += none ? 3 : 1;
        }
        from = i;
    }
    isn_buf_append(out, s.p + from, s.n - from);
}

/* --- elements ------------------------------------------------------------------------------------- */

typedef enum space { SPACE_PLAIN, SPACE_ATOM, SPACE_CONTENT, SPACE_DC, SPACE_NEWS, SPACE_OTHER } space;

/* One item that is being parsed. */
typedef struct reader {
    isn_feed_values *values;
    unsigned base, depth;   /* fields stand at depth base + 1 */
    unsigned field_depth;   /* of the field that is being collected; 0: none */
    int field;
    size_t begin;           /* of its value */
    bool markup;            /* elements in it are text */
    bool author, source, news, publication; /* where we are */
    bool opml;
} reader;

static space space_of(const xmlChar *prefix, const xmlChar *uri)
{
    static const struct {
        const char *part;
        space space;
    } known[] = {{"w3.org/2005/Atom", SPACE_ATOM}, {"purl.org/atom", SPACE_ATOM}, {"rss/1.0/modules/content", SPACE_CONTENT},
                 {"purl.org/dc/", SPACE_DC},       {"sitemap-news", SPACE_NEWS},  {"purl.org/rss/", SPACE_PLAIN},
                 {"netscape.com/rdf", SPACE_PLAIN}, {"userland.com", SPACE_PLAIN}, {"schemas/sitemap", SPACE_PLAIN}};
    static const struct {
        const char *prefix;
        space space;
    } prefixes[] = {{"atom", SPACE_ATOM}, {"content", SPACE_CONTENT}, {"dc", SPACE_DC}, {"news", SPACE_NEWS}, {"rss", SPACE_PLAIN}};
    for (size_t i = 0; uri && i < sizeof known / sizeof *known; i++)
        if (strstr((const char *)uri, known[i].part))
            return known[i].space;
    for (size_t i = 0; !uri && prefix && i < sizeof prefixes / sizeof *prefixes; i++)
        if (strcmp((const char *)prefix, prefixes[i].prefix) == 0)
            return prefixes[i].space;
    return prefix ? SPACE_OTHER : SPACE_PLAIN;
}

typedef struct meaning {
    space space;
    const char *name;
    int field;
} meaning;

/* Which field an element is that stands right in the item; -1: none. */
static int field_of(space where, const char *name)
{
    static const meaning meanings[] = {
        {SPACE_PLAIN, "title", ISN_FIELD_TITLE},         {SPACE_PLAIN, "link", ISN_FIELD_URL},
        {SPACE_PLAIN, "guid", ISN_FIELD_ID},             {SPACE_PLAIN, "description", ISN_FIELD_SUMMARY},
        {SPACE_PLAIN, "fulltext", ISN_FIELD_CONTENT},    {SPACE_PLAIN, "full-text", ISN_FIELD_CONTENT},
        {SPACE_PLAIN, "pubDate", ISN_FIELD_PUBLISHED},   {SPACE_PLAIN, "pubdate", ISN_FIELD_PUBLISHED},
        {SPACE_PLAIN, "author", ISN_FIELD_AUTHOR},       {SPACE_PLAIN, "source", ISN_FIELD_OUTLET},
        {SPACE_PLAIN, "loc", ISN_FIELD_URL},             {SPACE_PLAIN, "lastmod", ISN_FIELD_UPDATED},
        {SPACE_CONTENT, "encoded", ISN_FIELD_CONTENT},   {SPACE_DC, "date", ISN_FIELD_PUBLISHED},
        {SPACE_DC, "creator", ISN_FIELD_AUTHOR},         {SPACE_DC, "publisher", ISN_FIELD_OUTLET},
        {SPACE_DC, "title", ISN_FIELD_TITLE},            {SPACE_DC, "description", ISN_FIELD_SUMMARY},
        {SPACE_ATOM, "title", ISN_FIELD_TITLE},          {SPACE_ATOM, "id", ISN_FIELD_ID},
        {SPACE_ATOM, "published", ISN_FIELD_PUBLISHED},  {SPACE_ATOM, "issued", ISN_FIELD_PUBLISHED},
        {SPACE_ATOM, "created", ISN_FIELD_PUBLISHED},    {SPACE_ATOM, "updated", ISN_FIELD_UPDATED},
        {SPACE_ATOM, "modified", ISN_FIELD_UPDATED},     {SPACE_ATOM, "summary", ISN_FIELD_SUMMARY},
        {SPACE_ATOM, "content", ISN_FIELD_CONTENT},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].space == where && strcmp(meanings[i].name, name) == 0)
            return meanings[i].field;
    return -1;
}

/* The same one or two elements deeper: an author's name, the feed that an item was taken from, a sitemap's news. */
static int inner_field(const reader *r, space where, const char *name)
{
    unsigned depth = r->depth - r->base;
    if (depth == 2 && where == SPACE_ATOM && r->author && strcmp(name, "name") == 0)
        return ISN_FIELD_AUTHOR;
    if (depth == 2 && where == SPACE_ATOM && r->source && strcmp(name, "title") == 0)
        return ISN_FIELD_OUTLET;
    if (depth == 2 && where == SPACE_NEWS && r->news && strcmp(name, "title") == 0)
        return ISN_FIELD_TITLE;
    if (depth == 2 && where == SPACE_NEWS && r->news && strcmp(name, "publication_date") == 0)
        return ISN_FIELD_PUBLISHED;
    if (depth == 3 && where == SPACE_NEWS && r->publication && strcmp(name, "name") == 0)
        return ISN_FIELD_OUTLET;
    return -1;
}

/* The value of an attribute: libxml2 gives five pointers for each: name, prefix, address, value, its end. */
static isn_str attribute(const xmlChar **attributes, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp((const char *)attributes[i * 5], name) == 0)
            return isn_str_of((const char *)attributes[i * 5 + 3], (size_t)(attributes[i * 5 + 4] - attributes[i * 5 + 3]));
    return (isn_str){NULL, 0};
}

/* An address or title out of an attribute. */
static void keep_attributes(reader *r, space where, const char *name, const xmlChar **attributes, int n)
{
    if (where == SPACE_ATOM && strcmp(name, "link") == 0) {
        isn_str rel = attribute(attributes, n, "rel");
        if (rel.n == 0 || isn_str_equal(rel, ISN_STR("alternate")))
            isn_feed_keep(r->values, ISN_FIELD_URL, isn_str_trim(attribute(attributes, n, "href")));
    }
    if (r->opml && strcmp(name, "outline") == 0) {
        isn_str text = attribute(attributes, n, "title");
        isn_feed_keep(r->values, ISN_FIELD_URL, isn_str_trim(attribute(attributes, n, "xmlUrl")));
        isn_feed_keep(r->values, ISN_FIELD_OUTLET, text.n ? text : attribute(attributes, n, "text"));
    }
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_spaces,
                     const xmlChar **spaces, int n, int n_default, const xmlChar **attributes)
{
    reader *r = context;
    const char *name = (const char *)local;
    space where = space_of(prefix, uri);
    (void)n_spaces, (void)spaces, (void)n_default;
    r->depth++;
    if (r->field_depth) {
        if (r->markup)
            isn_buf_format(&r->values->text, "<%s>", name);
        return;
    }
    unsigned depth = r->depth - r->base;
    if (r->depth < r->base)
        return;
    if (depth == 0) /* RDF names its items so */
        isn_feed_keep(r->values, ISN_FIELD_ID, isn_str_trim(attribute(attributes, n, "about")));
    if (depth == 0 && !r->opml)
        return;
    keep_attributes(r, where, name, attributes, n);
    if (depth == 1) {
        r->author = where == SPACE_ATOM && (strcmp(name, "author") == 0);
        r->source = where == SPACE_ATOM && strcmp(name, "source") == 0;
        r->news = where == SPACE_NEWS && strcmp(name, "news") == 0;
    }
    if (depth == 2)
        r->publication = r->news && strcmp(name, "publication") == 0;
    r->field = depth == 1 ? field_of(where, name) : inner_field(r, where, name);
    if (r->field < 0)
        return;
    r->field_depth = r->depth;
    r->begin = r->values->text.n;
    r->markup = r->field == ISN_FIELD_CONTENT || r->field == ISN_FIELD_SUMMARY;
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    reader *r = context;
    isn_feed_values *v = r->values;
    (void)prefix, (void)uri;
    if (r->field_depth && r->depth > r->field_depth && r->markup)
        isn_buf_format(&v->text, "</%s>", (const char *)local);
    if (r->field_depth && r->depth == r->field_depth) {
        r->field_depth = 0;
        if (v->end[r->field] == v->begin[r->field] && isn_str_trim(isn_str_part(isn_str_of(v->text.p, v->text.n), r->begin, v->text.n)).n) {
            v->begin[r->field] = r->begin;
            v->end[r->field] = v->text.n;
        }
    }
    r->depth -= r->depth > 0;
}

static void on_text(void *context, const xmlChar *text, int n)
{
    reader *r = context;
    if (!r->field_depth || n <= 0)
        return;
    size_t had = r->values->text.n - r->begin, left = had < ISN_FEED_FIELD ? ISN_FEED_FIELD - had : 0, taken = (size_t)n;
    if (taken > left) {
        taken = left;
        while (taken && (text[taken] & 0xC0) == 0x80)
            taken--;
        r->values->cut = true;
    }
    if (!r->markup || r->depth == r->field_depth) {
        isn_buf_append(&r->values->text, text, taken);
        return;
    }
    for (size_t i = 0; i < taken; i++) { /* text among elements: what were references must be so again */
        if (text[i] == '<')
            isn_buf_append(&r->values->text, "&lt;", 4);
        else if (text[i] == '&')
            isn_buf_append(&r->values->text, "&amp;", 5);
        else
            isn_buf_char(&r->values->text, (char)text[i]);
    }
}

static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *context, xmlErrorPtr error)
{
    reader *r = context;
    r->values->damaged = r->values->damaged || (error->level == XML_ERR_FATAL && error->code != XML_ERR_TAG_NOT_FINISHED &&
                                                error->code != XML_ERR_DOCUMENT_END);
}

static void set_handlers(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_text;
    sax->getEntity = on_entity;
    sax->serror = on_error;
}

bool isn_feed_parse(isn_feed *feed, isn_feed_values *values, isn_str xml, unsigned base)
{
    isn_buf_reset(&values->text);
    memset(values->begin, 0, sizeof values->begin);
    memset(values->end, 0, sizeof values->end);
    values->damaged = values->cut = false;
    isn_buf_reset(&feed->document);
    put_clean(&feed->document, xml, &values->damaged);
    if (feed->document.failed || feed->document.n > INT32_MAX)
        return false;
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(feed->document.p, (int)feed->document.n);
    if (!parser)
        return false;
    reader r = {.values = values, .base = base, .opml = feed->form == ISN_FEED_OPML};
    set_handlers(parser->sax);
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
    set_handlers(parser->sax); /* the options undo some */
    parser->userData = &r;
    xmlParseDocument(parser);
    if (parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
    if (r.field_depth && values->end[r.field] == values->begin[r.field]) { /* the parser gave up within a field */
        values->begin[r.field] = r.begin;
        values->end[r.field] = values->text.n;
        values->damaged = true;
    }
    return !values->text.failed;
}

/* --- JSON ----------------------------------------------------------------------------------------- */

static void keep_string(isn_feed_values *values, int field, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value))
        isn_feed_keep(values, field, isn_str_of(json_string_value(value), json_string_length(value)));
    if (json_is_integer(value)) {
        char number[32];
        int n = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        isn_feed_keep(values, field, isn_str_of(number, (size_t)n));
    }
}

isnad_status isn_feed_parse_json(isn_feed_values *values, isn_str object, isnad_error *err)
{
    json_error_t why;
    isn_buf_reset(&values->text);
    memset(values->begin, 0, sizeof values->begin);
    memset(values->end, 0, sizeof values->end);
    values->damaged = values->cut = false;
    json_t *root = json_loadb(object.p, object.n, JSON_ALLOW_NUL, &why);
    if (!root)
        return isn_fail(err, ISNAD_E_FORMAT, NULL, 0, "%s", why.text);
    keep_string(values, ISN_FIELD_ID, root, "id");
    keep_string(values, ISN_FIELD_URL, root, "url");
    keep_string(values, ISN_FIELD_URL, root, "external_url");
    keep_string(values, ISN_FIELD_URL, root, "home_page_url");
    keep_string(values, ISN_FIELD_TITLE, root, "title");
    keep_string(values, ISN_FIELD_CONTENT, root, "content_html");
    keep_string(values, ISN_FIELD_CONTENT, root, "content_text");
    keep_string(values, ISN_FIELD_SUMMARY, root, "summary");
    keep_string(values, ISN_FIELD_PUBLISHED, root, "date_published");
    keep_string(values, ISN_FIELD_UPDATED, root, "date_modified");
    keep_string(values, ISN_FIELD_AUTHOR, json_array_get(json_object_get(root, "authors"), 0), "name");
    keep_string(values, ISN_FIELD_AUTHOR, json_object_get(root, "author"), "name");
    json_decref(root);
    return values->text.failed ? isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for it") : ISNAD_OK;
}
