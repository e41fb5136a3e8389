#include "export/graph.h"

#include <stdlib.h>

#include "export/row.h"

#define NO_NODE UINT32_MAX

/* A node: all strings in the arena of the graph. */
typedef struct node {
    uint64_t hash;
    isn_str key, label, name, country, sector;
    uint8_t type;
    uint32_t events;
} node;

typedef struct edge {
    uint32_t from, to;
    uint32_t events, quad[5]; /* quad[0]: not known */
    double intensity;         /* sum */
    char first[11], last[11];
} edge;

typedef struct hash_table {
    uint32_t *slots; /* index + 1; 0 is free */
    size_t room, n;
} hash_table;

struct isn_graph {
    isn_arena arena;
    node *nodes;
    size_t n_nodes, room_nodes;
    edge *edges;
    size_t n_edges, room_edges;
    hash_table by_key, by_pair;
    size_t left_out;
};

#define GRAPH_MEMORY ((size_t)2 << 30)

bool isn_graph_new(isn_graph **out)
{
    *out = calloc(1, sizeof **out);
    if (*out)
        isn_arena_init(&(*out)->arena, GRAPH_MEMORY);
    return *out != NULL;
}

void isn_graph_free(isn_graph *g)
{
    if (!g)
        return;
    isn_arena_release(&g->arena);
    free(g->nodes);
    free(g->edges);
    free(g->by_key.slots);
    free(g->by_pair.slots);
    free(g);
}

static uint64_t pair_hash(uint32_t from, uint32_t to)
{
    uint64_t h = ((uint64_t)from << 32 | to) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static uint64_t hash_at(const isn_graph *g, const hash_table *t, uint32_t index)
{
    return t == &g->by_key ? g->nodes[index].hash : pair_hash(g->edges[index].from, g->edges[index].to);
}

/* Makes room for one more; false without memory. */
static bool grow_table(isn_graph *g, hash_table *t)
{
    if (t->n * 2 < t->room)
        return true;
    size_t room = t->room ? 2 * t->room : 1024;
    uint32_t *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < t->room; i++) {
        if (!t->slots[i])
            continue;
        size_t at = (size_t)hash_at(g, t, t->slots[i] - 1) & (room - 1);
        while (slots[at])
            at = (at + 1) & (room - 1);
        slots[at] = t->slots[i];
    }
    free(t->slots);
    t->slots = slots;
    t->room = room;
    return true;
}

static bool grow(void **items, size_t *room, size_t n, size_t size)
{
    if (n < *room)
        return true;
    size_t more = *room ? 2 * *room : 1024;
    void *p = realloc(*items, more * size);
    if (!p)
        return false;
    *items = p;
    *room = more;
    return true;
}

/* The key of an entity over articles: that of the lexicon, else its type, country and name. */
static isn_str key_of(isn_buf *out, const isn_record_entity *e)
{
    isn_buf_reset(out);
    if (e->kb.n) {
        isn_buf_str(out, e->kb);
    } else {
        isn_buf_str(out, isn_str_cstr(isn_record_type_text(e->type)));
        isn_buf_char(out, ' ');
        isn_buf_str(out, e->country);
        isn_buf_char(out, ' ');
        isn_buf_str(out, e->name);
    }
    return isn_str_of(out->p, out->n);
}

/* The node of an entity, made where it is new; NO_NODE past the ceiling. False without memory. */
static bool find_node(isn_graph *g, const isn_record_entity *e, uint32_t *out)
{
    isn_buf buffer;
    isn_buf_init(&buffer, 1 << 20);
    isn_str key = key_of(&buffer, e);
    uint64_t hash = isn_str_hash(key);
    bool good = !buffer.failed && grow_table(g, &g->by_key) && grow((void **)&g->nodes, &g->room_nodes, g->n_nodes, sizeof *g->nodes);
    size_t at = good ? (size_t)hash & (g->by_key.room - 1) : 0;
    while (good && g->by_key.slots[at] && !isn_str_equal(g->nodes[g->by_key.slots[at] - 1].key, key))
        at = (at + 1) & (g->by_key.room - 1);
    *out = NO_NODE;
    if (good && g->by_key.slots[at]) {
        *out = g->by_key.slots[at] - 1;
    } else if (good && g->n_nodes == ISN_EXPORT_NODES) {
        g->left_out++;
    } else if (good) {
        node *n = &g->nodes[g->n_nodes];
        *n = (node){.hash = hash, .type = e->type, .key = isn_arena_copy(&g->arena, key),
                    .label = isn_arena_copy(&g->arena, e->english.n ? e->english : e->name),
                    .name = isn_arena_copy(&g->arena, e->name), .country = isn_arena_copy(&g->arena, e->country),
                    .sector = isn_arena_copy(&g->arena, e->sector)};
        good = !g->arena.full;
        *out = (uint32_t)g->n_nodes++;
        g->by_key.slots[at] = *out + 1;
        g->by_key.n++;
    }
    isn_buf_release(&buffer);
    return good;
}

static bool add_edge(isn_graph *g, uint32_t from, uint32_t to, const isn_out_row *row)
{
    if (from == NO_NODE || to == NO_NODE || from == to)
        return true;
    if (!grow_table(g, &g->by_pair) || !grow((void **)&g->edges, &g->room_edges, g->n_edges, sizeof *g->edges))
        return false;
    size_t at = (size_t)pair_hash(from, to) & (g->by_pair.room - 1);
    while (g->by_pair.slots[at] &&
           (g->edges[g->by_pair.slots[at] - 1].from != from || g->edges[g->by_pair.slots[at] - 1].to != to))
        at = (at + 1) & (g->by_pair.room - 1);
    if (!g->by_pair.slots[at]) {
        if (g->n_edges == ISN_EXPORT_EDGES) {
            g->left_out++;
            return true;
        }
        g->edges[g->n_edges] = (edge){.from = from, .to = to};
        g->by_pair.slots[at] = (uint32_t)++g->n_edges;
        g->by_pair.n++;
    }
    edge *e = &g->edges[g->by_pair.slots[at] - 1];
    char day[11];
    e->events++;
    e->quad[row->event->quad]++;
    e->intensity += row->event->intensity;
    if (isn_event_day(day, row)) {
        if (!e->first[0] || strcmp(day, e->first) < 0)
            memcpy(e->first, day, sizeof day);
        if (strcmp(day, e->last) > 0)
            memcpy(e->last, day, sizeof day);
    }
    return true;
}

/* The nodes of a list of entities; at most ISN_EXPORT_PAIRS. False without memory. */
static bool nodes_of(isn_graph *g, const isn_record *record, isn_record_ids list, uint32_t *nodes, size_t *n)
{
    *n = list.n < ISN_EXPORT_PAIRS ? list.n : ISN_EXPORT_PAIRS;
    for (size_t i = 0; i < *n; i++) {
        if (!find_node(g, &record->entities[list.items[i]], &nodes[i]))
            return false;
        if (nodes[i] != NO_NODE)
            g->nodes[nodes[i]].events++;
    }
    return true;
}

bool isn_graph_add(isn_graph *g, const isn_record *record)
{
    for (uint32_t v = 0; v < record->n_events; v++) {
        const isn_record_event *event = &record->events[v];
        uint32_t actors[ISN_EXPORT_PAIRS], recipients[ISN_EXPORT_PAIRS];
        size_t n, m;
        isn_out_row row = {.record = record, .event = event, .number = v, .actor = ISN_NOTHING, .recipient = ISN_NOTHING};
        if (!nodes_of(g, record, event->actor, actors, &n) || !nodes_of(g, record, event->recipient, recipients, &m))
            return false;
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < m; k++)
                if (!add_edge(g, actors[i], recipients[k], &row))
                    return false;
            for (size_t k = i + 1; m == 0 && k < n; k++)
                if (!add_edge(g, actors[i], actors[k], &row))
                    return false;
        }
    }
    return true;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static void xml(isn_buf *out, isn_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        switch (c) {
        case '&': isn_buf_str(out, ISN_STR("&amp;")); break;
        case '<': isn_buf_str(out, ISN_STR("&lt;")); break;
        case '>': isn_buf_str(out, ISN_STR("&gt;")); break;
        case '"': isn_buf_str(out, ISN_STR("&quot;")); break;
        default: isn_buf_char(out, c < ' ' ? ' ' : (char)c);
        }
    }
}

/* One value of a node or edge, in the way of the format. */
static void value_text(isn_buf *out, bool gexf, const char *key, isn_str value)
{
    isn_buf_format(out, gexf ? "<attvalue for=\"%s\" value=\"" : "<data key=\"%s\">", key);
    xml(out, value);
    isn_buf_str(out, gexf ? ISN_STR("\"/>") : ISN_STR("</data>"));
}

static void value_number(isn_buf *out, bool gexf, const char *key, double value)
{
    isn_buf_format(out, gexf ? "<attvalue for=\"%s\" value=\"" : "<data key=\"%s\">", key);
    isn_buf_number(out, value);
    isn_buf_str(out, gexf ? ISN_STR("\"/>") : ISN_STR("</data>"));
}

static const struct {
    const char *key, *type;
    bool edge;
} attributes[] = {{"key", "string", false},     {"name", "string", false},         {"type", "string", false},
                  {"country", "string", false}, {"sector", "string", false},       {"events", "integer", false},
                  {"count", "integer", true},   {"verbal_cooperation", "integer", true}, {"material_cooperation", "integer", true},
                  {"verbal_conflict", "integer", true}, {"material_conflict", "integer", true}, {"intensity", "double", true},
                  {"first", "string", true},    {"last", "string", true}};

static void write_head(isn_buf *out, bool gexf)
{
    isn_buf_str(out, ISN_STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    isn_buf_str(out, gexf ? ISN_STR("<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\"><graph defaultedgetype=\"directed\">\n")
                          : ISN_STR("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
    for (int edges = 0; edges < 2; edges++) {
        if (gexf)
            isn_buf_format(out, "<attributes class=\"%s\">", edges ? "edge" : "node");
        for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
            if (attributes[i].edge != (edges == 1))
                continue;
            if (gexf)
                isn_buf_format(out, "<attribute id=\"%s\" title=\"%s\" type=\"%s\"/>", attributes[i].key, attributes[i].key,
                               attributes[i].type);
            else
                isn_buf_format(out, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", attributes[i].key,
                               edges ? "edge" : "node", attributes[i].key,
                               strcmp(attributes[i].type, "integer") == 0 ? "int" : attributes[i].type);
        }
        if (gexf)
            isn_buf_str(out, ISN_STR("</attributes>\n"));
    }
    isn_buf_str(out, gexf ? ISN_STR("<nodes>\n")
                          : ISN_STR("<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
                                    "<graph edgedefault=\"directed\">\n"));
}

static void write_node(isn_buf *out, bool gexf, const node *n, size_t i)
{
    isn_buf_format(out, "<node id=\"n%zu\"", i);
    if (gexf) {
        isn_buf_str(out, ISN_STR(" label=\""));
        xml(out, n->label);
        isn_buf_str(out, ISN_STR("\"><attvalues>"));
    } else {
        isn_buf_char(out, '>');
        value_text(out, gexf, "label", n->label);
    }
    value_text(out, gexf, "key", n->key);
    value_text(out, gexf, "name", n->name);
    value_text(out, gexf, "type", isn_str_cstr(isn_record_type_text(n->type)));
    value_text(out, gexf, "country", n->country);
    value_text(out, gexf, "sector", n->sector);
    value_number(out, gexf, "events", n->events);
    isn_buf_str(out, gexf ? ISN_STR("</attvalues></node>\n") : ISN_STR("</node>\n"));
}

static void write_edge(isn_buf *out, bool gexf, const edge *e, size_t i)
{
    static const char *const quads[] = {NULL, "verbal_cooperation", "material_cooperation", "verbal_conflict",
                                        "material_conflict"};
    isn_buf_format(out, "<edge id=\"e%zu\" source=\"n%u\" target=\"n%u\"", i, e->from, e->to);
    if (gexf)
        isn_buf_format(out, " weight=\"%u\"><attvalues>", e->events);
    else
        isn_buf_char(out, '>');
    value_number(out, gexf, "count", e->events);
    for (size_t q = 1; q < sizeof quads / sizeof *quads; q++)
        value_number(out, gexf, quads[q], e->quad[q]);
    value_number(out, gexf, "intensity", e->intensity);
    value_text(out, gexf, "first", isn_str_cstr(e->first));
    value_text(out, gexf, "last", isn_str_cstr(e->last));
    isn_buf_str(out, gexf ? ISN_STR("</attvalues></edge>\n") : ISN_STR("</edge>\n"));
}

bool isn_graph_write(const isn_graph *g, isn_buf *out, bool gexf, size_t *left_out)
{
    write_head(out, gexf);
    for (size_t i = 0; i < g->n_nodes; i++)
        write_node(out, gexf, &g->nodes[i], i);
    if (gexf)
        isn_buf_str(out, ISN_STR("</nodes><edges>\n"));
    for (size_t i = 0; i < g->n_edges; i++)
        write_edge(out, gexf, &g->edges[i], i);
    isn_buf_str(out, gexf ? ISN_STR("</edges></graph></gexf>\n") : ISN_STR("</graph></graphml>\n"));
    if (left_out)
        *left_out = g->left_out;
    return !out->failed;
}
