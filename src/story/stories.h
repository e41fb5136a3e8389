/*
 * stories.h - articles that report one event, put together.
 *
 * Stories are a function of the set of digests and of what a person decided: the order in which articles arrive and the
 * number of jobs change nothing. Articles are ordered by time and id; pairs that share rare features within a window are
 * compared (near.h); the most alike are joined first, and two groups are joined only where their articles are alike on
 * average (average linkage, which resists chains). Stories that are alike in what they are about, but lie apart in time
 * or as a whole, are linked as follow-ups and not merged. Within a story near copies are known by their wording and
 * count as one origin. docs/stories.md tells the method.
 */
#ifndef ISN_STORY_STORIES_H
#define ISN_STORY_STORIES_H

#include "story/near.h"

#define ISN_STORIES_METHOD 2u                  /* raised where stories or their contradictions come out otherwise */
#define ISN_STORIES_ENOUGH ISNAD_PAIRS_JOIN    /* log odds of an edge that may join two stories */
#define ISN_STORIES_MOST 50000000u             /* articles */
#define ISN_STORIES_CEILING ((size_t)16 << 30) /* bytes of features that are held */
#define ISN_STORIES_MOST_DECISIONS (1u << 20)

typedef struct isn_stories isn_stories;

/* What a person decided about articles, by their ids. */
typedef enum isn_decision_kind {
    ISN_DECIDE_JOIN,  /* a and b tell one story */
    ISN_DECIDE_PART,  /* a and b tell two */
    ISN_DECIDE_ALONE, /* a stands alone, but for what it is joined with by hand */
} isn_decision_kind;

/* Why two parts of a story were put together: these two articles are alike. Articles are numbered as they were added. */
typedef struct isn_join {
    uint32_t a, b;
    float odds;   /* log odds that they report one event */
    bool by_hand;
} isn_join;

typedef struct isn_story {
    const uint32_t *articles; /* by time, then id */
    const uint32_t *origins;  /* for each the first article of the same origin: itself where it is an origin of its own */
    size_t n;
    const isn_join *joins;    /* n - 1 of them */
    size_t n_origins;         /* near copies, one agency's text and one outlet's articles count once */
    uint32_t follows;         /* the earlier story that it goes on with, or ISN_NOTHING */
    isn_join link;            /* the pair that shows it */
} isn_story;

/* Makes an empty collection. The caller frees it. Fails with ISNAD_E_MEMORY. */
isnad_status isn_stories_new(isn_stories **out, isnad_error *err);
void isn_stories_free(isn_stories *stories);

/* Takes the digest of an article over; nothing of it needs to live on. Fails with ISNAD_E_MEMORY and ISNAD_E_LIMIT. */
isnad_status isn_stories_add(isn_stories *stories, const isn_digest *digest, isnad_error *err);

/* Takes a decision over; ids of articles that aren't there do nothing. b is empty for ISN_DECIDE_ALONE. Fails as above. */
isnad_status isn_stories_decide(isn_stories *stories, isn_decision_kind kind, isn_str a, isn_str b, isnad_error *err);

/*
 * Makes the stories of all that was added, with up to `jobs` threads (0: one). Every article is in one story, most are alone
 * in theirs. Called once. Fails with ISNAD_E_MEMORY.
 */
isnad_status isn_stories_make(isn_stories *stories, unsigned jobs, isnad_error *err);

/*
 * The pairs (isnad.h) whose later article is numbered `first` or higher, sorted, on the heap, in *pairs. They are those
 * of the whole, if for each of these articles all that lie up to ISN_NEAR_DAYS before it, and all of unknown time, were
 * added. In place of isn_stories_make: nothing else can be done with the collection. Fails with ISNAD_E_MEMORY.
 */
isnad_status isn_stories_pairs(isnad_pair **pairs, size_t *n, isn_stories *stories, size_t first, unsigned jobs, isnad_error *err);

/*
 * isn_stories_make with pairs that were found so, in any order; pairs told twice count once. Fails with ISNAD_E_ARGUMENT
 * (a number that no article has, a pair that isn't in the order of time) and ISNAD_E_MEMORY.
 */
isnad_status isn_stories_make_from(isn_stories *stories, const isnad_pair *pairs, size_t n, isnad_error *err);

/*
 * The same in two steps, for who keeps edges from one time to the next. isn_stories_seek finds the edges: all of them,
 * or those that lead back from the articles that `fresh` marks (numbered as added; near.h). isn_stories_settle makes the
 * stories of the edges given to it, numbered as added, in any order. With `fixed` (or NULL) articles that have a number
 * there other than ISN_NOTHING are in one story with those of the same number and with no others, whatever the edges
 * say: then only their links and what they aren't part of is found. What comes of the other articles is what
 * isn_stories_make would give where every edge of theirs that is enough leads to one of them, and every decision about
 * them speaks of them.
 */
isnad_status isn_stories_seek(isn_stories *stories, const bool *fresh, unsigned jobs, isnad_error *err);
isnad_status isn_stories_settle(isn_stories *stories, const isn_edge *edges, size_t n, const uint32_t *fixed, isnad_error *err);

/* The edges that were found, numbered as added; they belong to the collection. */
const isn_edge *isn_stories_edges(const isn_stories *stories, size_t *n);

/* A number that is another one where articles are weighed otherwise: edges that were kept from then mean nothing any more. */
uint64_t isn_stories_method(void);

/* The stories in the order of their first articles; they belong to the collection. */
size_t isn_stories_count(const isn_stories *stories);
const isn_story *isn_stories_at(const isn_stories *stories, size_t i);

/* Shows the features of at most `most` articles, evenly over time, once stories are made. */
void isn_stories_sample(const isn_stories *stories, size_t most, void (*see)(void *user, const isn_weighed *features, size_t n),
                        void *user);

/* The story of an article (numbered as added), and an article's id, outlet, origin, minutes. */
uint32_t isn_stories_of(const isn_stories *stories, uint32_t article);

typedef struct isn_story_article {
    isn_str id, outlet, origin;
    int32_t minutes;
} isn_story_article;

isn_story_article isn_stories_article(const isn_stories *stories, uint32_t article);

#endif
