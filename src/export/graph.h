/* graph.h - who with whom: the network of actors over many records. For export.c alone. */
#ifndef ISN_EXPORT_GRAPH_H
#define ISN_EXPORT_GRAPH_H

#include "export/export.h"

typedef struct isn_graph isn_graph;

bool isn_graph_new(isn_graph **out);
void isn_graph_free(isn_graph *graph);

/* Adds the events of a record: an edge from each actor to each recipient, and between those who met. False without memory. */
bool isn_graph_add(isn_graph *graph, const isn_record *record);

/* Appends the network as GEXF 1.2, or GraphML. Nodes and edges stand in the order in which they came. False without memory. */
bool isn_graph_write(const isn_graph *graph, isn_buf *out, bool gexf, size_t *left_out);

#endif
