/* cluster.h - groups of articles, joined while they are alike on average. */
#ifndef ISN_STORY_CLUSTER_H
#define ISN_STORY_CLUSTER_H

#include "story/near.h"
#include "story/stories.h"

/* A pair of articles that a person decided about, in the order of the profiles; b is ISN_NOTHING for ALONE. */
typedef struct isn_decided {
    uint32_t a, b;
    isn_decision_kind kind;
} isn_decided;

typedef struct isn_clusters {
    uint32_t *of;     /* for each article the least article of its group */
    isn_join *joins;  /* in the order made; articles by profile */
    size_t n_joins;
} isn_clusters;

/*
 * Joins n articles along the edges, the most alike first. Two groups are joined where the mean odds of pairs between them (of at most
 * 12 x 12, spread over both) are at least `enough`. What a person joined is joined before all, what a person
 * parted never is. Fails with ISNAD_E_MEMORY; the caller frees both arrays.
 */
isnad_status isn_cluster_make(isn_clusters *out, const isn_profile *profiles, uint32_t n, const isn_edges *edges,
                              const isn_decided *decided, size_t n_decided, float enough, isnad_error *err);

#endif
