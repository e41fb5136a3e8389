/*
 * near.h - which articles may belong together: pairs that share rare features within a window of time.
 *
 * The rarest features of each article are indexed. An article looks back from its place in each one's list of articles, so
 * that the cost is that of the window and not of the whole; a feature that stands in very many articles of the window is followed for its
 * latest only. The best candidates are compared as a whole (similar.h).
 */
#ifndef ISN_STORY_NEAR_H
#define ISN_STORY_NEAR_H

#include "story/similar.h"

#define ISN_NEAR_INDEXED 24u    /* features of an article that lead to others */
#define ISN_NEAR_STEPS 96u      /* articles that are looked at for a feature */
#define ISN_NEAR_COMPARED 32u   /* candidates of an article that are compared as a whole */
#define ISN_NEAR_DAYS 10        /* how far back an article looks */
#define ISN_NEAR_JOBS 64u

/* Two articles that are alike; a stands before b. */
typedef struct isn_edge {
    uint32_t a, b;
    float odds;  /* that they report one event */
    float topic; /* the same with the hours between them left aside */
} isn_edge;

typedef struct isn_edges {
    isn_edge *items; /* on the heap, sorted by b, then a */
    size_t n, capacity;
} isn_edges;

/*
 * All edges with topic >= least among n profiles, which are sorted by time (unknown times first). The same with any number of jobs.
 * The caller frees edges->items. Fails with ISNAD_E_MEMORY.
 */
isnad_status isn_near_find(isn_edges *edges, const isn_profile *profiles, uint32_t n, float least, unsigned jobs,
                           isnad_error *err);

/* The same, but only edges whose later article b is wanted (NULL: all): the others are there to be looked back on. */
isnad_status isn_near_find_for(isn_edges *edges, const isn_profile *profiles, uint32_t n, const uint8_t *wanted, float least,
                               unsigned jobs, isnad_error *err);

#endif
