/* find.h - one search: what is looked for, the articles that may hold it one by one, the rows that are told. */
#ifndef ISN_STORE_FIND_H
#define ISN_STORE_FIND_H

#include "store/query.h"

/* An entity of the article at hand. */
typedef struct isn_seen_entity {
    int64_t actor; /* 0: none */
    isn_str name, kb, country, english, type;
} isn_seen_entity;

typedef struct isn_seen_party {
    int64_t event;
    uint32_t entity;
    char role; /* its first letter: a, r, v */
} isn_seen_party;

typedef struct isn_seen_event {
    int64_t n, begin, end, trigger_begin, trigger_end, quote; /* quote 0: none */
    isn_str type, mode, date, status, rule;
    int64_t day; /* or ISN_NO_DAY */
    uint32_t place;
    double confidence;
    const isn_seen_party *parties;
    size_t n_parties;
} isn_seen_event;

/* The article at hand; all of it in the store's arena, until the next article. */
typedef struct isn_seen {
    int64_t id, version, day;
    isn_str name, uri, address, outlet, published, title;
    isn_str text;              /* after isn_seek_text */
    isn_seen_entity *entities; /* by their number; the first isn't used; after isn_seek_entities */
    size_t n_entities;
    isn_seen_event *events;    /* after isn_seek_events */
    size_t n_events;
} isn_seen;

enum {
    ISN_SEEK_ARTICLE, ISN_SEEK_CURRENT, ISN_SEEK_TEXT, ISN_SEEK_RECORD, ISN_SEEK_ENTITIES, ISN_SEEK_PARTIES, ISN_SEEK_EVENTS,
    ISN_SEEK_MENTIONS, ISN_SEEK_QUOTES, ISN_SEEK_QUOTE_VIA, ISN_SEEK_ROLES, ISN_SEEK_COUNT
};

typedef struct isn_seeker {
    isnad_store *store;
    isnad_found what;
    const isnad_query *query;
    isn_words_query words;
    isn_actor_set actor, by, to, about;
    isn_str type, mode;
    int quad;            /* 0: any */
    int64_t since, until; /* days, ISN_NO_DAY: open */
    size_t limit, rows;  /* most that are told, told so far */
    size_t found;        /* rows so far, those passed over too */
    bool stopped;        /* by the listener */
    bool counting;       /* all are told; others are only counted */
    bool more, uncounted; /* others follow; not all of them were counted */
    int64_t total;       /* all rows there are, where it is known without counting; else -1 */
    bool look_on;        /* somebody wants to know whether others follow */
    isnad_status status; /* of reading the articles */
    isnad_row_fn *tell;
    void *user;
    isn_buf match;
    sqlite3_stmt *sql[ISN_SEEK_COUNT];
    isnad_error *err;
} isn_seeker;

/* A statement of the seeker, bound to an article; NULL (and *err told) where it can't be made. */
sqlite3_stmt *isn_seek_statement(isn_seeker *s, int which, int64_t article);

/* The newest version of an article; false where it is none or can't be read. */
bool isn_seek_article(isn_seeker *s, isn_seen *seen, int64_t id);

/* Reads more of the article at hand. False (and *err told) when memory ends or the file can't be read. */
bool isn_seek_text(isn_seeker *s, isn_seen *seen);
bool isn_seek_entities(isn_seeker *s, isn_seen *seen);
bool isn_seek_events(isn_seeker *s, isn_seen *seen);
/* The words of its text, as they were indexed. */
bool isn_seek_words(isn_seeker *s, isn_seen *seen, isn_text *out);

/* Remembers that the article at hand can't be read; false, which ends the search. */
bool isn_seek_failed(isn_seeker *s, const isn_seen *seen);

/* A text column in the store's arena. */
isn_str isn_seek_column(isn_seeker *s, sqlite3_stmt *st, int column);

/* Does the event answer the query? */
bool isn_seek_event_fits(const isn_seeker *s, const isn_seen *seen, const isn_seen_event *event);

/* What to do with a row that was found: tell it, pass over it, or end the search. Asked once a row, before it is made. */
typedef enum isn_row_use { ISN_ROW_TELL, ISN_ROW_PASS, ISN_ROW_STOP } isn_row_use;
isn_row_use isn_row_found(isn_seeker *s);

/* Begins and ends a row; between them the fields are appended to store->row. */
isn_buf *isn_row_begin(isn_seeker *s);
bool isn_row_end(isn_seeker *s); /* false when no more are wanted */
void isn_row_str(isn_buf *out, const char *key, isn_str value); /* null where it is empty */
void isn_row_int(isn_buf *out, const char *key, int64_t value);
void isn_row_real(isn_buf *out, const char *key, double value);
void isn_row_raw(isn_buf *out, const char *key, const char *json);
void isn_row_article(isn_buf *out, const isn_seen *seen);
void isn_row_entity(isn_buf *out, const isn_seen *seen, uint32_t entity); /* {"name":..,"kb":..} or null */

/* One row, of an event or quote of the article at hand (entities, events and text read); false ends the search. */
bool isn_row_event(isn_seeker *s, const isn_seen *seen, const isn_seen_event *event);
bool isn_row_quote(isn_seeker *s, isn_seen *seen, int64_t n);

/* Each tells the rows of one article; false ends the search. */
typedef bool isn_see_fn(isn_seeker *s, isn_seen *seen, void *extra);
bool isn_see_article(isn_seeker *s, isn_seen *seen, void *extra);
bool isn_see_events(isn_seeker *s, isn_seen *seen, void *extra);
bool isn_see_quotes(isn_seeker *s, isn_seen *seen, void *extra);

/* Tells its record, whole: `extra` is who hears of it. */
typedef struct isn_records_listener {
    isnad_record_fn *record;
    void *user;
    isn_buf json;
} isn_records_listener;
bool isn_see_record(isn_seeker *s, isn_seen *seen, void *extra);

/* All articles of an outlet (NULL: of all) within the days asked for, without looking at them. */
isnad_status isn_count_articles(int64_t *out, isn_seeker *s);

/* Calls `see` for each article that may answer, at most `most` (0: all). Fails as the file does. */
isnad_status isn_seek_all(isn_seeker *s, isn_see_fn *see, void *extra, size_t most);

/* Lists out of the summaries, where the words of no event or quote have to be looked at. */
isnad_status isn_list_events(isn_seeker *s);
isnad_status isn_list_quotes(isn_seeker *s);

/* Finds that gather first. */
isnad_status isn_find_timeline(isn_seeker *s);
isnad_status isn_find_portrait(isn_seeker *s);
isnad_status isn_find_actors(isn_seeker *s);
isnad_status isn_find_actor_page(isn_seeker *s);
isnad_status isn_find_series(isn_seeker *s);
isnad_status isn_find_dyad(isn_seeker *s);
isnad_status isn_find_article(isn_seeker *s);
isnad_status isn_find_outlets(isn_seeker *s);
isnad_status isn_find_outlet(isn_seeker *s);
isnad_status isn_find_types(isn_seeker *s);
isnad_status isn_find_status(isn_seeker *s);

/* A day as "2021-04-17", null where it is none. */
void isn_row_day(isn_buf *out, const char *key, int64_t day);
/* kb, type, name, english, country. */
void isn_row_candidate(isn_buf *out, const isn_candidate *c);
/* Nothing has the key: ISNAD_E_NOT_FOUND, told. */
isnad_status isn_key_unknown(isn_seeker *s, const char *what);
/* A statement with a number or a text bound; NULL (and s->status told) where it can't be made. */
sqlite3_stmt *isn_seek_sql(isn_seeker *s, const char *sql, int64_t a);
/* Remembers what went wrong unless the statement came to its end; finalizes it. */
void isn_seek_sql_end(isn_seeker *s, sqlite3_stmt *st, int code);

#endif
