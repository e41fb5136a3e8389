/*
 * isnad.h - the whole public interface of libisnad.
 *
 * isnad reads Arabic news and keeps the record: who met whom, who said what, who did what to whom, where and
 * when, which outlets say so and whom they have it from. What it says about one article is one JSON object, the
 * record (docs/record.md); every claim in it carries the bytes that it was read from.
 *
 * How to use it: open one engine (lexicon and models, read-only, shared by all threads), make one worker a
 * thread, give the worker articles. To code files as the program does, with jobs and in order, use isnad_run().
 *
 * Conventions. Text is UTF-8 in (pointer, length), not NUL-ended, unless a comment says so. Functions that can
 * fail return a status and fill the caller's isnad_error (may be NULL). Bad input is no failure: it becomes a
 * diagnostic in the record. The library never prints, never exits and keeps no mutable global state.
 */
#ifndef ISNAD_H
#define ISNAD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ISNAD_API __attribute__((visibility("default")))
#else
#define ISNAD_API
#endif

#define ISNAD_VERSION_MAJOR 0
#define ISNAD_VERSION_MINOR 1
#define ISNAD_VERSION_PATCH 0
#define ISNAD_VERSION "0.1.0"

/* Every status with its number and message. Numbers are never reused. */
#define ISNAD_STATUS_LIST(X)                                     \
    X(ISNAD_OK, 0, "success")                                    \
    X(ISNAD_E_MEMORY, 1, "out of memory")                        \
    X(ISNAD_E_IO, 2, "input or output failed")                   \
    X(ISNAD_E_NOT_FOUND, 3, "not found")                         \
    X(ISNAD_E_FORMAT, 4, "not in the expected format")           \
    X(ISNAD_E_LIMIT, 5, "a limit was reached")                   \
    X(ISNAD_E_IMAGE, 6, "the lexicon image cannot be used")      \
    X(ISNAD_E_LEXICON, 7, "a lexicon file has faults")           \
    X(ISNAD_E_ARGUMENT, 8, "an argument cannot be used")         \
    X(ISNAD_E_EMPTY, 9, "the input holds no text")               \
    X(ISNAD_E_BINARY, 10, "the input is no text")                \
    X(ISNAD_E_STOPPED, 11, "stopped on request")

typedef enum isnad_status {
#define X(name, number, message) name = number,
    ISNAD_STATUS_LIST(X)
#undef X
} isnad_status;

/* What went wrong and where. Owned by the caller; a call that fails fills it, a call that succeeds leaves it alone. */
typedef struct isnad_error {
    isnad_status status;
    char message[512]; /* lower case, subject in quotes, NUL-ended */
    char file[512];    /* file concerned, or empty */
    uint64_t line;     /* 1-based line in that file, or 0 */
} isnad_error;

/* The message that belongs to a status; a static string. Thread-safe. */
ISNAD_API const char *isnad_status_text(isnad_status status);

/* The version of the library, "major.minor.patch"; a static string. Thread-safe. */
ISNAD_API const char *isnad_version(void);

/* --- lexicons --------------------------------------------------------------------------------------------------- */

/* Hears of one fault: status, file, line, message. The error is only valid during the call. */
typedef void isnad_fault_fn(void *user, const isnad_error *fault);

/*
 * Checks the tables of a folder (lexicon/README.md) and tells every fault, malformed lines (ISNAD_E_FORMAT) and wrong ones
 * (ISNAD_E_LEXICON), to `tell` (may be NULL); *faults (may be NULL) counts them. base_image is the compiled lexicon that the folder
 * is to be laid over, or NULL where the folder stands alone. Faults are no failure: fails only if folder or
 * image cannot be read (ISNAD_E_IO, ISNAD_E_IMAGE, ISNAD_E_LIMIT) or memory ends. Thread-safe.
 */
ISNAD_API isnad_status isnad_lexicon_check(const char *dir, const char *base_image, isnad_fault_fn *tell,
                                           void *user, size_t *faults, isnad_error *err);

/*
 * Compiles the tables of a folder into an image file, replaced in one step. Fails with ISNAD_E_LEXICON at a malformed
 * line; lines that are only wrong are left out or taken as they stand. Thread-safe.
 */
ISNAD_API isnad_status isnad_lexicon_compile(const char *dir, const char *out_file, isnad_error *err);

/* --- engine and workers ------------------------------------------------------------------------------------------ */

/* Lexicon and models: read-only once open, shared by all threads. */
typedef struct isnad_engine isnad_engine;

typedef struct isnad_engine_options {
    const char *image;   /* the compiled lexicon; NULL: where the library was installed to look */
    const char *lexicon; /* a user's folder of TSV tables laid over it, or NULL */
} isnad_engine_options;

/*
 * Opens an engine. options may be NULL. Fails with ISNAD_E_IO (no image), ISNAD_E_IMAGE (not usable), ISNAD_E_LEXICON
 * (faults in the user's folder), ISNAD_E_MEMORY. The caller frees it after all of its workers.
 */
ISNAD_API isnad_status isnad_engine_open(isnad_engine **out, const isnad_engine_options *options,
                                         isnad_error *err);
ISNAD_API void isnad_engine_free(isnad_engine *engine);

/* Where isnad_engine_open looks when options->image is NULL; a static string. */
ISNAD_API const char *isnad_default_image(void);

/* One thread's working memory: an arena that is reset after each article, and a cache of analysed words. */
typedef struct isnad_worker isnad_worker;

ISNAD_API isnad_status isnad_worker_new(isnad_worker **out, isnad_engine *engine, isnad_error *err);
ISNAD_API void isnad_worker_free(isnad_worker *worker);

/* What an input is. */
typedef enum isnad_kind {
    ISNAD_KIND_GUESS,
    ISNAD_KIND_TEXT,
    ISNAD_KIND_HTML,
    ISNAD_KIND_JSON,
    ISNAD_KIND_FEED, /* RSS, RDF, Atom, JSON Feed, news sitemaps: many articles, for isnad_run() only */
    ISNAD_KIND_WARC  /* a web archive; likewise */
} isnad_kind;

/* What to do with lines of a web page that may or may not belong to its article, and with pages that hold none. */
typedef enum isnad_favor {
    ISNAD_FAVOR_BOTH,      /* what is right more often than not */
    ISNAD_FAVOR_PRECISION, /* leave them out */
    ISNAD_FAVOR_RECALL     /* take them in */
} isnad_favor;

/* One article as bytes. Strings are NUL-ended and may be NULL; nothing is kept after the call. */
typedef struct isnad_input {
    const char *uri;       /* what to call it in the record and in messages; NULL: "-" */
    const char *bytes;     /* text in any character set, HTML, or one JSON object */
    size_t n;
    isnad_kind kind;
    const char *charset;   /* forced, or NULL: found out */
    const char *outlet;    /* goes before what the article says; NULL: as it says */
    const char *published; /* ISO 8601; likewise */
    isnad_favor favor;
    /* Names of the fields of a JSON object, alternatives by bar; NULL: the usual ones. */
    const char *field_id, *field_url, *field_outlet, *field_published, *field_title, *field_text;
} isnad_input;

/*
 * Codes one article: *record is its record, one JSON object without a line end (docs/record.md), *n its bytes; it
 * belongs to the worker and is good until the worker's next call. Fails with ISNAD_E_EMPTY, ISNAD_E_BINARY,
 * ISNAD_E_FORMAT, ISNAD_E_MEMORY or ISNAD_E_ARGUMENT (a kind that holds many articles); faults inside the text are diagnostics of the record.
 */
ISNAD_API isnad_status isnad_code(isnad_worker *worker, const isnad_input *input, const char **record,
                                  size_t *n, isnad_error *err);

/* The same, told for people: for each sentence its tokens with their analyses, mentions, quotes and events, and the
 * lexicon line or rule behind each. UTF-8 text of several lines, owned as in isnad_code. */
ISNAD_API isnad_status isnad_explain(isnad_worker *worker, const isnad_input *input, const char **text,
                                     size_t *n, isnad_error *err);

/* --- who is who ---------------------------------------------------------------------------------------------------- */

#define ISNAD_ACTOR_NAME 1000 /* bytes that a name may have at most */

/*
 * What the lexicon knows of a person, body, state, outlet or place: `name` is a key (sergei-shoigu, EGY) or a name in
 * Arabic or Latin letters in any usual spelling, NUL-ended UTF-8. *json is one object without a line end: `query`; `found`, all lines
 * that are called so, with spellings and offices or holders of offices with their days (docs/actor.md); `near`, what comes near where
 * nothing is called so: then the status is ISNAD_E_NOT_FOUND, and *json is filled all the same. It belongs to the worker as in
 * isnad_code. Fails with ISNAD_E_ARGUMENT (an empty or endless name) and ISNAD_E_MEMORY.
 */
ISNAD_API isnad_status isnad_actor(isnad_worker *worker, const char *name, const char **json, size_t *n,
                                   isnad_error *err);

/* --- the database ------------------------------------------------------------------------------------------------- */

/* A database of articles and what they say, in one file (docs/database.md). Used by one thread at a time. */
typedef struct isnad_store isnad_store;

enum {
    ISNAD_STORE_WRITE = 1 /* to add to; the file is made where it isn't there. Else it is only read */
};

/*
 * Opens a database. The engine must outlive it. Fails with ISNAD_E_IO (missing, no leave, locked by another writer), ISNAD_E_FORMAT
 * (no database, another program's, of a newer version), ISNAD_E_MEMORY; the file is left as it was then. The caller closes
 * it. Readers never wait for a writer.
 */
ISNAD_API isnad_status isnad_store_open(isnad_store **out, isnad_engine *engine, const char *file, unsigned flags,
                                        isnad_error *err);
/* Closes it; a batch that isn't whole is given up (isnad_run ends its last one). store may be NULL. */
ISNAD_API void isnad_store_close(isnad_store *store);

/* Asked now and then in the middle of a call; non-zero ends it. */
typedef int isnad_stop_fn(void *user);

/*
 * Lets `stop` end what the store is asked from now on before it is done: such a call fails with ISNAD_E_STOPPED, a batch in the middle of
 * being written is given up. NULL: nothing does. For time-outs, and for programs that must end soon.
 */
ISNAD_API void isnad_store_bound(isnad_store *store, isnad_stop_fn *stop, void *user);

/* What adding did, since the database was opened; only what is safe in the file counts. */
typedef struct isnad_store_totals {
    uint64_t added;     /* articles that were not there */
    uint64_t changed;   /* articles that were there with another text, title or day: kept as new versions */
    uint64_t unchanged; /* articles that were there */
} isnad_store_totals;
ISNAD_API void isnad_store_count(const isnad_store *store, isnad_store_totals *out);

/*
 * Proves that a database is good: its pages and keys, that every text is the one that was kept (hash), every span lies within it, every
 * record is whole, the search index holds the words of every article and no others, and the summaries are what articles give. Each fault is told to
 * `tell` (may be NULL); *faults (may be NULL) counts them. An index of other words than this lexicon's is told with ISNAD_OK and not counted. Fails where
 * the file can't be read at all.
 */
ISNAD_API isnad_status isnad_store_check(isnad_store *store, isnad_fault_fn *tell, void *user, size_t *faults,
                                         isnad_error *err);

/* Hears how many articles of how many are done; non-zero stops. */
typedef int isnad_reindex_fn(void *user, uint64_t done, uint64_t all);

/*
 * Makes what articles are searched by anew, out of their texts and records, with the lexicon of the engine: in one transaction, so that readers find
 * by the old words until it is done, and what is killed or stopped changes nothing. The store is opened for writing; progress (may be NULL) is called
 * after each article, *articles (may be NULL) counts them. Fails with ISNAD_E_ARGUMENT (opened for reading), ISNAD_E_STOPPED, ISNAD_E_FORMAT (a
 * damaged article), ISNAD_E_MEMORY and as writing does.
 */
ISNAD_API isnad_status isnad_store_reindex(isnad_store *store, isnad_reindex_fn *progress, void *user, uint64_t *articles,
                                           isnad_error *err);

/* What can be found in a database. Each row is one JSON object (docs/search.md). */
typedef enum isnad_found {
    ISNAD_FOUND_ARTICLES, /* articles, with the sentence that answers best and the places of the words in it */
    ISNAD_FOUND_EVENTS,   /* who did what to whom */
    ISNAD_FOUND_QUOTES,   /* who said what */
    ISNAD_FOUND_TIMELINE, /* events by their days, the same act told by several articles as one row */
    ISNAD_FOUND_ACTORS,   /* who or what is called so (words, or actor); without a name those named in most articles */
    ISNAD_FOUND_PORTRAIT, /* of one actor: whom it met, its offices, what it did and said; one row */
    /* One row each, whatever the limit; what isn't there: ISNAD_E_NOT_FOUND. */
    ISNAD_FOUND_ARTICLE,    /* one article (key: its number), whole, with its record */
    ISNAD_FOUND_OUTLETS,    /* all outlets with what they have: {"rows":[...]} */
    ISNAD_FOUND_OUTLET,     /* one outlet (key: its name): months, whom and what it tells of */
    ISNAD_FOUND_SERIES,     /* events by period, all filters of events */
    ISNAD_FOUND_DYAD,       /* by and to, two codes of countries or two actors: what they did to each other by period */
    ISNAD_FOUND_ACTOR_PAGE, /* one actor (key: a kb or a name): portrait, spellings, years, offices, whom it met and whom those met */
    ISNAD_FOUND_TYPES,      /* types of events: {"rows":[...]} */
    ISNAD_FOUND_STATUS,     /* what the database holds */
    /* Stories that are kept in the file (docs/stories.md). A story goes by its number, or that or the id of any article in it. */
    ISNAD_FOUND_STORIES,    /* stories of two articles and more, in brief, one row each */
    ISNAD_FOUND_STORY,      /* one story (key): brief, reports, why they were put together, follow-ups; one row */
    ISNAD_FOUND_FACTS,      /* one story (key): the table of who tells what, facts from `offset` on, `limit` of them; one row */
    ISNAD_FOUND_FRONT       /* the stories that weigh most, the newest, the most contested; one row */
} isnad_found;

/* What to look for. All may be NULL or 0; what is given must hold together. Strings are NUL-ended UTF-8. */
typedef struct isnad_query {
    const char *words;   /* words, "phrases", AND, OR, NOT (or -), brackets, beginnings as in word* */
    const char *actor;   /* a name in any spelling, or a kb: takes part; of articles: is named */
    const char *by;      /* of events and quotes: does it, says it */
    const char *to;      /* of events: to whom it is done; of quotes: whom it is said to */
    const char *about;   /* of quotes: is named in what is said */
    const char *outlet;  /* the publisher, as in records */
    const char *country; /* ISO 3166-1 alpha-3 of somebody or something named */
    const char *type;    /* of an event, or type/mode: CONSULT, CONSULT/visit */
    const char *status;  /* of events: actual, future, hypothetical, negated */
    const char *quad;    /* 1 to 4, or verbal-cooperation, material-cooperation, verbal-conflict, material-conflict */
    const char *since, *until; /* days, months or years: of events their own days, else of publication */
    size_t limit;        /* most rows; 0: 20 */
    int oldest;          /* the oldest first; else the newest */
    size_t offset;       /* rows that are passed over first; ISNAD_MOST_OFFSET at most */
    const char *period;  /* of series and dyads: day, month (NULL) or year */
    const char *key;     /* what is asked for by its name or number: an article, an outlet, an actor, a story */
    const char *sort;    /* of stories: weight (NULL), newest, contested */
    int every;           /* of stories: those of one article too */
} isnad_query;

#define ISNAD_MOST_OFFSET 10000  /* rows that a query may pass over */
#define ISNAD_MOST_COUNTED 10000 /* rows that are counted behind those that are told */

/* How a search ended. */
typedef struct isnad_answer {
    size_t rows;   /* told */
    int more;      /* others follow */
    int64_t total; /* all that there are, those passed over too; -1: more than are counted, or too dear to count */
} isnad_answer;

/* Hears of one row, a JSON object without a line end; only valid during the call. Non-zero ends the search. */
typedef int isnad_row_fn(void *user, const char *json, size_t n);

/*
 * Looks in a database. Rows come newest first. *answer (may be NULL) tells how it ended. Fails with ISNAD_E_ARGUMENT (a query that
 * can't be read, a name that nobody has; *err says what), ISNAD_E_NOT_FOUND (no article, outlet ... of this key) and as reading the
 * file does.
 */
ISNAD_API isnad_status isnad_store_find(isnad_store *store, isnad_found what, const isnad_query *query,
                                        isnad_row_fn *tell, void *user, isnad_answer *answer, isnad_error *err);

/*
 * A number that changes with every batch that is added and with every making of stories, the same for whoever has the file
 * open. One row is read. Fails as reading the file does.
 */
ISNAD_API isnad_status isnad_store_revision(isnad_store *store, uint64_t *revision, isnad_error *err);

/* --- stories ---------------------------------------------------------------------------------------------------- */

/* Articles that report one event, put together, and the table of who tells what (docs/stories.md). Used by one thread. */
typedef struct isnad_stories isnad_stories;

/* What a person decides about articles, by their ids. */
typedef enum isnad_decision {
    ISNAD_DECIDE_JOIN, /* both tell one story */
    ISNAD_DECIDE_PART, /* they tell two */
    ISNAD_DECIDE_ALONE /* the first stands alone, but for what it is joined with by hand */
} isnad_decision;

/* Makes an empty collection. The engine must outlive it; the caller frees it. Fails with ISNAD_E_MEMORY. */
ISNAD_API isnad_status isnad_stories_new(isnad_stories **out, isnad_engine *engine, isnad_error *err);
ISNAD_API void isnad_stories_free(isnad_stories *stories);

/*
 * Adds the records of a file of JSON Lines ("-": standard input), as isnad_code makes them. The file stays open and must not change until
 * the collection is freed. Fails with ISNAD_E_IO, ISNAD_E_FORMAT (a line that is no record: file and line are told),
 * ISNAD_E_LIMIT and ISNAD_E_MEMORY.
 */
ISNAD_API isnad_status isnad_stories_read(isnad_stories *stories, const char *file, isnad_error *err);

/*
 * Adds the articles of a database, newest versions only, with the decisions that are kept there. The store must outlive the collection; to be added
 * before anything else. Fails with ISNAD_E_IO, ISNAD_E_FORMAT, ISNAD_E_MEMORY.
 */
ISNAD_API isnad_status isnad_stories_from_store(isnad_stories *stories, isnad_store *store, isnad_error *err);

/* Keeps a decision in a database opened for writing, in place of an earlier one about the same articles. */
ISNAD_API isnad_status isnad_store_decide(isnad_store *store, isnad_decision decision, const char *a, const char *b,
                                          isnad_error *err);

/* What making the stories of a database did. */
typedef struct isnad_stories_made {
    uint64_t stories;  /* that are kept now */
    uint64_t articles; /* in them */
    uint64_t joined;   /* articles that were in no story before */
    uint64_t changed;  /* stories that were not there before, or with other articles */
    int whole;         /* all were made anew; else only those that could change */
} isnad_stories_made;

/*
 * Brings the stories that a database keeps up to date with its articles and the decisions of people, with up to `jobs` threads, in one
 * transaction: the same stories as if all had been made at once, whatever the order and the batches in which articles came. Cheap
 * where few articles came since; does nothing where none did. With `anew` all are made from the beginning. The store is opened for
 * writing, with a handle and a thread of its own where others read. *done may be NULL. Fails with ISNAD_E_ARGUMENT (opened
 * for reading), ISNAD_E_MEMORY and as writing does; the stories kept before stay then.
 */
ISNAD_API isnad_status isnad_store_make_stories(isnad_store *store, unsigned jobs, int anew, isnad_stories_made *done,
                                                isnad_error *err);

/* How many articles came, changed or were decided about since stories were made; 0: they are up to date. Fails as reading does. */
ISNAD_API isnad_status isnad_store_stories_stale(isnad_store *store, uint64_t *articles, isnad_error *err);

/* Brings the stories that the database of a collection keeps up to date: isnad_store_make_stories, for who holds no store. */
ISNAD_API isnad_status isnad_stories_keep(isnad_stories *stories, isnad_error *err);

/* Adds one record, whose bytes must outlive the collection. Fails as above. */
ISNAD_API isnad_status isnad_stories_add(isnad_stories *stories, const char *record, size_t n, isnad_error *err);

/* Takes a decision; b is NULL for ISNAD_DECIDE_ALONE. Ids of articles that aren't there do nothing. */
ISNAD_API isnad_status isnad_stories_decide(isnad_stories *stories, isnad_decision decision, const char *a, const char *b,
                                            isnad_error *err);

/*
 * Makes the stories of what was added, with up to `jobs` threads: the same whatever the order of the articles and the number of jobs. Called once,
 * after all is added. Every article is in one story; they are numbered from 0 by the time of their first articles.
 */
ISNAD_API isnad_status isnad_stories_make(isnad_stories *stories, unsigned jobs, isnad_error *err);
ISNAD_API size_t isnad_stories_count(const isnad_stories *stories);

/* How many articles a story has. */
ISNAD_API size_t isnad_stories_size(const isnad_stories *stories, size_t story);

/* The story that an article is in, by its id; SIZE_MAX where there is no such article. */
ISNAD_API size_t isnad_stories_find(const isnad_stories *stories, const char *id);

/*
 * A story as one JSON object without a line end (docs/stories.md): its articles, why they were put together, what it goes on with. With
 * `reasons` each join comes with the words that it was made by. The text is good until the next call. Fails with ISNAD_E_ARGUMENT
 * (no such story) and ISNAD_E_MEMORY.
 */
ISNAD_API isnad_status isnad_stories_tell(isnad_stories *stories, size_t story, int reasons, const char **json, size_t *n,
                                          isnad_error *err);

/*
 * The table of a story as one JSON object without a line end (docs/stories.md): each fact with who tells it in which words, how many
 * independent origins that makes, who doesn't tell it, and which tellings contradict each other. As above.
 */
ISNAD_API isnad_status isnad_stories_compare(isnad_stories *stories, size_t story, const char **json, size_t *n,
                                             isnad_error *err);

/* --- stories made by many machines (docs/stories.md) --------------------------------------------------------------- */

/* What stories are made from, and what `isnad add` tells articles apart by. */
typedef struct isnad_digested {
    const char *bytes; /* the digest, the same on every machine; of the worker, good until its next call */
    size_t n;          /* at most 1,536; 0: none could be made, the article is in no story */
    const char *id;    /* of the article, in `bytes` */
    size_t id_n;
    int64_t identity;  /* of what names the article: its own id and outlet, its address, or its path */
    int64_t content;   /* of outlet, title, day and text */
    int own;           /* it is named by itself, not by its path */
    int dated;         /* the time of publication is known: */
    int32_t minutes;   /* since 1970, UTC; INT32_MIN where it isn't */
} isnad_digested;

/* Boils a record down, a JSON object as isnad_code gives it. Fails with ISNAD_E_FORMAT, ISNAD_E_LIMIT and ISNAD_E_MEMORY. */
ISNAD_API isnad_status isnad_digest(isnad_worker *worker, const char *record, size_t n, isnad_digested *out, isnad_error *err);

/* How far back an article looks for others of its story, in minutes. */
#define ISNAD_PAIRS_MINUTES 14400

/* Log odds from which a pair can join two articles to one story; pairs below only show what goes on with what. */
#define ISNAD_PAIRS_JOIN 0.0f

/* Two articles, numbered from 0 as they were added, that are alike; a is the earlier. */
typedef struct isnad_pair {
    uint32_t a, b;
    float odds;  /* log odds that both report one event */
    float topic; /* the same with the hours between them left aside */
} isnad_pair;

/* Adds an article by its digest alone; it can't be told or compared then. Fails with ISNAD_E_FORMAT, ISNAD_E_LIMIT, ISNAD_E_MEMORY. */
ISNAD_API isnad_status isnad_stories_add_digest(isnad_stories *stories, const char *digest, size_t n, isnad_error *err);

/*
 * In place of isnad_stories_make: the pairs whose later article is numbered `first` or higher, with up to `jobs` threads. They are the very pairs that
 * isnad_stories_make would find among all articles, if for each of these articles all that were published up to ISNAD_PAIRS_MINUTES before it, and all
 * whose time isn't known, were added too. *pairs is the collection's. Fails with ISNAD_E_MEMORY and ISNAD_E_ARGUMENT (made already).
 */
ISNAD_API isnad_status isnad_stories_pairs(isnad_stories *stories, size_t first, unsigned jobs, const isnad_pair **pairs, size_t *n,
                                           isnad_error *err);

/*
 * isnad_stories_make with pairs that were found so, in any order. Stories are the same whether they are made of all articles and pairs at once or of
 * each part by itself whose articles no pair of at least ISNAD_PAIRS_JOIN connects with others. Fails with ISNAD_E_ARGUMENT (made
 * already, pairs that are none) and ISNAD_E_MEMORY.
 */
ISNAD_API isnad_status isnad_stories_make_from(isnad_stories *stories, const isnad_pair *pairs, size_t n, isnad_error *err);

/* A story as numbers of articles. */
typedef struct isnad_story {
    const uint32_t *articles; /* in the order of time */
    const uint32_t *origins;  /* of each the first article of the same origin; itself where it is an origin of its own */
    size_t n;
    size_t n_origins;
    size_t follows;           /* the earlier story that it goes on with; SIZE_MAX: none */
    isnad_pair link;          /* the pair that shows it */
} isnad_story;

/* A story that was made; the lists are the collection's. Fails with ISNAD_E_ARGUMENT (no such story). */
ISNAD_API isnad_status isnad_stories_at(const isnad_stories *stories, size_t story, isnad_story *out, isnad_error *err);

/* Join k of n - 1 of a story: the pair that put two parts of it together. Fails with ISNAD_E_ARGUMENT. */
ISNAD_API isnad_status isnad_stories_join(const isnad_stories *stories, size_t story, size_t k, isnad_pair *out, isnad_error *err);

/* Hears of one record, a JSON object as isnad_code gives it. A status other than ISNAD_OK ends the call with it. */
typedef isnad_status isnad_record_fn(void *user, const char *record, size_t n);

/*
 * Tells the newest version of every article of a database, in the order in which they came. Fails with ISNAD_E_IO, ISNAD_E_FORMAT (a
 * damaged record), or what `record` returned.
 */
ISNAD_API isnad_status isnad_store_records(isnad_store *store, isnad_record_fn *record, void *user, isnad_error *err);

/*
 * Tells the records of the articles that answer a query, as ISNAD_FOUND_ARTICLES finds them, in its order; limit 0: all of them, ISNAD_MOST_RECORDS
 * at most. One record is held at a time. *told (may be NULL) counts them. Fails as the search does, or with what `record` returned.
 */
#define ISNAD_MOST_RECORDS 1000000
ISNAD_API isnad_status isnad_store_records_of(isnad_store *store, const isnad_query *query, isnad_record_fn *record,
                                              void *user, size_t *told, isnad_error *err);

/* --- many articles ----------------------------------------------------------------------------------------------- */

/* How far a run has come. */
typedef struct isnad_progress {
    uint64_t articles; /* coded so far */
    uint64_t faults;   /* inputs that could not be read or coded */
    uint64_t bytes;    /* of input read so far */
    uint64_t repeated; /* items of feeds that had been read before in this run and gave no second record; told at the end */
    uint64_t skipped;  /* records of web archives without a page: requests, pictures, revisits ...; told at the end */
} isnad_progress;

typedef struct isnad_run_options {
    const char *const *inputs; /* files, folders (recursive), "-" for standard input; gzip and zstd are unpacked */
    size_t n_inputs;
    unsigned jobs;             /* threads that code; 0: one */
    isnad_kind kind;           /* of all inputs; ISNAD_KIND_GUESS: found out for each */
    isnad_favor favor;
    const char *charset;       /* forced, or NULL */
    const char *outlet;        /* goes before what the articles say; NULL: as each says */
    const char *published;     /* likewise, ISO 8601 */
    const char *metadata;      /* a TSV file with columns article, outlet, published, or NULL */
    /* Names of the fields of JSON input, alternatives by bar; NULL: the usual ones. */
    const char *field_id, *field_url, *field_outlet, *field_published, *field_title, *field_text;
    isnad_store *store;        /* keep the articles here, a batch of them in one transaction; NULL: nowhere */
    /* Where there is one input and its bytes lie in no file of this machine, or a part of a file is read: hands out the next bytes, at most n; returns
     * how many, 0 at their end, -1 where that fails. Called in the caller's thread with `user`; NULL: the inputs are files and folders. */
    ptrdiff_t (*read)(void *user, char *room, size_t n);
    uint64_t offset;           /* with read: where the first byte stands in the file, a record of an archive or a line of JSON */
    uint64_t line;             /* with read: the number of that line; 0: 1 */
    int records;               /* inputs are JSON Lines of records that were coded before */
    int explain;               /* tell of each article what isnad_explain tells, not its record */
    const char *rule;          /* with explain: only what a line of the lexicon found, as in "frames-conflict.tsv:120"; or NULL */
    void *user;                /* handed to the functions below; all are called in the caller's thread */
    /* A record, in the order of the inputs. A status other than ISNAD_OK ends the run with it. May be NULL with a store. */
    isnad_status (*record)(void *user, const char *record, size_t n);
    void (*fault)(void *user, const isnad_error *fault);         /* an input that gives no record; may be NULL */
    int (*progress)(void *user, const isnad_progress *progress); /* now and then; non-zero stops; may be NULL */
} isnad_run_options;

/*
 * Codes all articles of the inputs, with `jobs` threads, records in the order of the inputs: the same bytes whatever
 * the number of jobs. Inputs that can't be read are faults and cost no other article anything. *done (may be NULL) is filled
 * also where the run fails. Fails with ISNAD_E_IO or ISNAD_E_FORMAT (metadata), ISNAD_E_MEMORY, ISNAD_E_STOPPED, what
 * `record` returned, or what kept the store from being written (the batches before are safe).
 */
ISNAD_API isnad_status isnad_run(isnad_engine *engine, const isnad_run_options *options,
                                 isnad_progress *done, isnad_error *err);

/* --- exports ----------------------------------------------------------------------------------------------------- */

/* Records in the formats of other tools (docs/export.md): tables, JSON, networks. */
typedef struct isnad_export isnad_export;

/* A part of the output, in order. A status other than ISNAD_OK ends the call with it. */
typedef isnad_status isnad_write_fn(void *user, const char *bytes, size_t n);

/*
 * Begins an export in a format by name: jsonl, events, quotes, counts, actors, polecat, icews, gdelt-events, gdelt-mentions, plover,
 * gexf, graphml. The engine (codes of countries) outlives it. Fails with ISNAD_E_ARGUMENT (no such format) and ISNAD_E_MEMORY.
 * One thread at a time may use an export.
 */
ISNAD_API isnad_status isnad_export_open(isnad_export **out, const isnad_engine *engine, const char *format,
                                         isnad_write_fn *write, void *user, isnad_error *err);

/* Adds one record, a JSON object as isnad_code gives it. Fails with ISNAD_E_FORMAT or ISNAD_E_LIMIT (no usable record; the export goes on
 * without it), ISNAD_E_MEMORY, or what `write` returned. */
ISNAD_API isnad_status isnad_export_add(isnad_export *export_, const char *record, size_t n, isnad_error *err);

/* Writes what is left: the whole of a network, the head of a table that got no record. *left_out (may be NULL) counts actors and pairs
 * past the ceilings of a network. */
ISNAD_API isnad_status isnad_export_end(isnad_export *export_, size_t *left_out, isnad_error *err);
ISNAD_API void isnad_export_free(isnad_export *export_);

/* --- fetching ---------------------------------------------------------------------------------------------------- */

/* What a run of isnad_fetch() did. */
typedef struct isnad_fetched {
    uint64_t requests;
    uint64_t sources;   /* feeds and lists that were read */
    uint64_t unchanged; /* of those that were asked for: had nothing new by their own word (304) */
    uint64_t found;     /* pages that were named and not known */
    uint64_t pages;     /* that were got */
    uint64_t refused;   /* that robots.txt keeps from us */
    uint64_t faults;    /* that were told */
    uint64_t bytes;     /* of answers */
    char archive[4096]; /* where the answers are kept */
} isnad_fetched;

typedef struct isnad_fetch_options {
    const char *sources; /* a file: an address of a feed, a sitemap or a list of feeds (OPML) in the first column of each line */
    const char *state;   /* a folder for what is remembered from run to run; made where it isn't there */
    const char *archive; /* the web archive (.warc.gz) that is written, or gone on with; NULL: a new one in the folder */
    const char *contact; /* whom a site may write to: an address in the name that we give; or NULL */
    double pause;        /* seconds between two requests to one host */
    unsigned timeout;    /* seconds that a request may take; 0: 60 */
    int allow_private;   /* fetch from private networks and this machine too */
    void *user;          /* handed to the functions below */
    isnad_fault_fn *fault;                                    /* an address that can't be had; may be NULL */
    int (*progress)(void *user, const isnad_fetched *so_far); /* now and then; non-zero stops; may be NULL */
} isnad_fetch_options;

/*
 * Polls the sources once, gets the pages that they name and that weren't got before, and keeps all answers in a web archive, which isnad_run()
 * reads (docs/fetching.md). Keeps to robots.txt (RFC 9309), pauses, Retry-After, conditional requests, ceilings of time, size and
 * redirects; asks nobody in private networks. What fails is a fault and tried again by later runs, after longer and longer pauses. A run that is killed
 * is gone on with by the next. Fails with ISNAD_E_IO, ISNAD_E_FORMAT, ISNAD_E_EMPTY and ISNAD_E_LIMIT (the sources), ISNAD_E_MEMORY,
 * ISNAD_E_STOPPED. *done may be NULL. Not to be called by two threads at once.
 */
ISNAD_API isnad_status isnad_fetch(const isnad_fetch_options *options, isnad_fetched *done, isnad_error *err);

#ifdef __cplusplus
}
#endif

#endif /* ISNAD_H */
