/*
 * summary.c - what the summaries are made of.
 *
 * temp.batch holds the articles at hand with a sign: +1 for those that are new, -1 for versions that they replace. A query gives rows with
 * this sign. Tables of rows (a row an event and whoever takes part) get and lose them; tables of sums add them up, and go where they come to nothing.
 */
#include "store/summary.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#define STRICT ") STRICT, WITHOUT ROWID"

const char *const isn_summary_tables[] = {
    "CREATE TABLE revision (n INTEGER NOT NULL) STRICT",
    "INSERT INTO revision VALUES (1)",
    "CREATE TABLE event_kinds (id INTEGER PRIMARY KEY, type TEXT NOT NULL, mode TEXT NOT NULL, UNIQUE (type, mode)) STRICT",
    "CREATE TABLE event_sides (who INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, roles INTEGER NOT NULL,"
    " day INTEGER, kind INTEGER NOT NULL, status INTEGER NOT NULL, outlet INTEGER NOT NULL, act INTEGER,"
    " PRIMARY KEY (who, at, n)" STRICT,
    "CREATE INDEX event_sides_by_day ON event_sides (day) WHERE who = 0",
    "CREATE TABLE quote_sides (who INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, outlet INTEGER NOT NULL,"
    " PRIMARY KEY (who, at, n)" STRICT,
    "CREATE TABLE actor_articles (actor INTEGER NOT NULL, at INTEGER NOT NULL, outlet INTEGER NOT NULL,"
    " PRIMARY KEY (actor, at)" STRICT,
    "CREATE TABLE actor_totals (actor INTEGER NOT NULL PRIMARY KEY, articles INTEGER NOT NULL" STRICT,
    "CREATE INDEX actor_totals_by_articles ON actor_totals (articles)",
    "CREATE TABLE actor_forms (actor INTEGER NOT NULL, form TEXT NOT NULL, times INTEGER NOT NULL,"
    " PRIMARY KEY (actor, form)" STRICT,
    "CREATE TABLE actor_offices (actor INTEGER NOT NULL, office TEXT NOT NULL, body TEXT NOT NULL, day INTEGER NOT NULL,"
    " times INTEGER NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (actor, office, body, day)" STRICT,
    "CREATE TABLE meetings (a INTEGER NOT NULL, b INTEGER NOT NULL, day INTEGER NOT NULL, times INTEGER NOT NULL,"
    " articles INTEGER NOT NULL, PRIMARY KEY (a, b, day)" STRICT,
    "CREATE TABLE event_days (outlet INTEGER NOT NULL, day INTEGER NOT NULL, kind INTEGER NOT NULL, status INTEGER NOT NULL,"
    " events INTEGER NOT NULL, PRIMARY KEY (outlet, day, kind, status)" STRICT,
    "CREATE TABLE outlet_days (outlet INTEGER NOT NULL, day INTEGER NOT NULL, events INTEGER NOT NULL,"
    " quotes INTEGER NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (outlet, day)" STRICT,
    "CREATE TABLE outlet_actors (outlet INTEGER NOT NULL, actor INTEGER NOT NULL, articles INTEGER NOT NULL,"
    " PRIMARY KEY (outlet, actor)" STRICT,
    "CREATE TABLE outlet_countries (outlet INTEGER NOT NULL, country TEXT NOT NULL, articles INTEGER NOT NULL,"
    " PRIMARY KEY (outlet, country)" STRICT,
    "CREATE TABLE outlet_stories (outlet INTEGER NOT NULL PRIMARY KEY, stories INTEGER NOT NULL, firsts INTEGER NOT NULL,"
    " alone INTEGER NOT NULL, copies INTEGER NOT NULL" STRICT,
    NULL};

/* The rowid of an article in the search index (parts.h), as its place in the order of days. */
#define AT "(CASE WHEN a.day IS NULL THEN 0 ELSE max(0, min(a.day + 1000000, 2147483647)) END << 32 | a.id)"
#define OUTLET "ifnull(a.outlet, 0)"
#define DAY "ifnull(a.day, -1000000)"
#define STATUS "(CASE e.status WHEN 'actual' THEN 0 WHEN 'future' THEN 1 WHEN 'hypothetical' THEN 2 ELSE 3 END)"
#define EXACT "(CASE WHEN length(e.date) >= 10 THEN 8 ELSE 0 END)"
#define BATCH "temp.batch b CROSS JOIN articles a ON a.id = b.article"
#define EVENTS BATCH " CROSS JOIN events e ON e.article = a.id CROSS JOIN event_kinds k ON k.type = e.type AND k.mode = ifnull(e.mode, '')"
/* A country of three letters as a number below 0, which no actor has. */
#define COUNTRY "-((unicode(x.country) << 16) + (unicode(substr(x.country, 2)) << 8) + unicode(substr(x.country, 3)))"
#define IS_COUNTRY "x.country GLOB '[A-Z][A-Z][A-Z]'"

/* Whoever takes part in an event, or is its place, as entities of the article. */
#define PARTS                                                                                                                  \
    "WITH part AS MATERIALIZED (SELECT b.sign, a.id, " AT " AS at, e.n, " EXACT " AS exact, e.day, k.id AS kind, " STATUS         \
    " AS status, " OUTLET " AS outlet, p.entity, CASE p.role WHEN 'actor' THEN 1 ELSE 2 END AS role FROM " EVENTS               \
    " CROSS JOIN parties p ON p.article = e.article AND p.event = e.n AND p.role <> 'via'"                                      \
    " UNION ALL SELECT b.sign, a.id, " AT ", e.n, " EXACT ", e.day, k.id, " STATUS ", " OUTLET ", e.place, 4 FROM " EVENTS         \
    " WHERE e.place IS NOT NULL)"
#define PART "q.sign, q.at, q.n, q.exact, q.day, q.kind, q.status, q.outlet, q.role"

typedef struct summary {
    const char *table, *keys, *columns; /* keys: the first columns; columns: all */
    const char *sums;                   /* "a = a + excluded.a" of a table of sums; NULL: a table of rows */
    const char *rows;                   /* the query: sign, columns of rows; of sums its columns, already summed */
} summary;

static const summary summaries[] = {
    {"event_sides", "who, at, n", "who, at, n, roles, day, kind, status, outlet, act", NULL,
     "SELECT * FROM (SELECT b.sign, 0 AS who, " AT " AS at, e.n AS n, " EXACT " AS roles, e.day AS day, k.id AS kind, " STATUS
     " AS status, " OUTLET " AS outlet,"
     " (SELECT isnad_act(p.role, ifnull(c.kb, x.name)) FROM parties p CROSS JOIN entities x ON x.article = p.article AND x.n = p.entity"
     "  LEFT JOIN actors c ON c.id = x.actor WHERE p.article = e.article AND p.event = e.n AND p.role <> 'via') AS act"
     " FROM " EVENTS ") UNION ALL SELECT * FROM (" PARTS
     " SELECT sign, who, at, n, max(role & 1) | max(role & 2) | max(role & 4) | exact, day, kind, status, outlet, NULL FROM"
     " (SELECT " PART ", x.actor AS who FROM part q CROSS JOIN entities x ON x.article = q.id AND x.n = q.entity WHERE x.actor IS NOT NULL"
     "  UNION ALL SELECT " PART ", " COUNTRY " FROM part q CROSS JOIN entities x ON x.article = q.id AND x.n = q.entity WHERE " IS_COUNTRY ")"
     " GROUP BY who, at, n)"},
    {"quote_sides", "who, at, n", "who, at, n, outlet", NULL,
     "SELECT b.sign, 0 AS who, " AT " AS at, s.n AS n, " OUTLET " AS outlet FROM " BATCH " CROSS JOIN quotes s ON s.article = a.id"
     " UNION ALL SELECT b.sign, x.actor, " AT ", s.n, " OUTLET " FROM " BATCH " CROSS JOIN quotes s ON s.article = a.id"
     " CROSS JOIN entities x ON x.article = s.article AND x.n = s.speaker WHERE x.actor IS NOT NULL"},
    {"actor_articles", "actor, at", "actor, at, outlet", NULL,
     "SELECT DISTINCT b.sign, x.actor AS actor, " AT " AS at, " OUTLET " AS outlet FROM " BATCH
     " CROSS JOIN entities x ON x.article = a.id WHERE x.actor IS NOT NULL"},
    {"actor_totals", "actor", "actor, articles", "articles = articles + excluded.articles",
     "SELECT actor, sum(sign) AS articles FROM (SELECT DISTINCT b.sign AS sign, a.id, x.actor AS actor FROM " BATCH
     " CROSS JOIN entities x ON x.article = a.id WHERE x.actor IS NOT NULL) GROUP BY actor"},
    {"actor_forms", "actor, form", "actor, form, times", "times = times + excluded.times",
     "SELECT x.actor AS actor, CAST(substr(CAST(t.text AS BLOB), m.begin + 1, min(m.end - m.begin, 400)) AS TEXT) AS form, sum(b.sign) AS times"
     " FROM " BATCH " CROSS JOIN texts t ON t.article = a.id CROSS JOIN mentions m ON m.article = a.id"
     " CROSS JOIN entities x ON x.article = a.id AND x.n = m.entity WHERE m.form = 'name' AND x.actor IS NOT NULL GROUP BY 1, 2"},
    {"actor_offices", "actor, office, body, day", "actor, office, body, day, times, articles",
     "times = times + excluded.times, articles = articles + excluded.articles",
     "SELECT actor, office, body, day, sum(times) AS times, sum(sign) AS articles FROM"
     " (SELECT x.actor AS actor, r.office AS office, ifnull(o.name, '') AS body, " DAY " AS day, sum(b.sign) AS times, b.sign AS sign FROM " BATCH
     " CROSS JOIN roles r ON r.article = a.id CROSS JOIN entities x ON x.article = a.id AND x.n = r.entity"
     " LEFT JOIN entities o ON o.article = a.id AND o.n = r.body WHERE x.actor IS NOT NULL GROUP BY 1, 2, 3, 4, a.id) GROUP BY 1, 2, 3, 4"},
    {"meetings", "a, b, day", "a, b, day, times, articles", "times = times + excluded.times, articles = articles + excluded.articles",
     "SELECT a, b, day, sum(times) AS times, sum(sign) AS articles FROM (SELECT a, b, day, article, sign, sum(sign) AS times FROM"
     " (SELECT DISTINCT b.sign AS sign, a.id AS article, e.n, x.actor AS a, y.actor AS b,"
     "  ifnull(CASE WHEN length(e.date) >= 10 THEN e.day ELSE a.day END, -1000000) AS day FROM " BATCH
     "  CROSS JOIN events e ON e.article = a.id CROSS JOIN parties p ON p.article = e.article AND p.event = e.n"
     "  CROSS JOIN parties q ON q.article = e.article AND q.event = e.n CROSS JOIN entities x ON x.article = e.article AND x.n = p.entity"
     "  CROSS JOIN entities y ON y.article = e.article AND y.n = q.entity WHERE e.type = 'CONSULT' AND e.status = 'actual'"
     "  AND p.role <> 'via' AND q.role <> 'via' AND x.actor <> y.actor) GROUP BY a, b, day, article, sign) GROUP BY a, b, day"},
    {"event_days", "outlet, day, kind, status", "outlet, day, kind, status, events", "events = events + excluded.events",
     "SELECT outlet, day, kind, status, sum(sign) AS events FROM"
     " (SELECT b.sign AS sign, " OUTLET " AS outlet, ifnull(e.day, -1000000) AS day, k.id AS kind, " STATUS " AS status FROM " EVENTS
     "  UNION ALL SELECT b.sign, -1, ifnull(e.day, -1000000), k.id, " STATUS " FROM " EVENTS ") GROUP BY outlet, day, kind, status"},
    {"outlet_days", "outlet, day", "outlet, day, events, quotes, articles",
     "articles = articles + excluded.articles, events = events + excluded.events, quotes = quotes + excluded.quotes",
     "SELECT " OUTLET " AS outlet, " DAY " AS day,"
     " sum(b.sign * (SELECT count(*) FROM events e WHERE e.article = a.id)) AS events,"
     " sum(b.sign * (SELECT count(*) FROM quotes s WHERE s.article = a.id)) AS quotes, sum(b.sign) AS articles FROM " BATCH " GROUP BY 1, 2"},
    {"outlet_actors", "outlet, actor", "outlet, actor, articles", "articles = articles + excluded.articles",
     "SELECT outlet, actor, sum(sign) AS articles FROM (SELECT DISTINCT b.sign AS sign, a.id, " OUTLET " AS outlet, x.actor AS actor FROM " BATCH
     " CROSS JOIN entities x ON x.article = a.id WHERE x.actor IS NOT NULL) GROUP BY outlet, actor"},
    {"outlet_countries", "outlet, country", "outlet, country, articles", "articles = articles + excluded.articles",
     "SELECT outlet, country, sum(sign) AS articles FROM (SELECT DISTINCT b.sign AS sign, a.id, " OUTLET " AS outlet, x.country AS country FROM " BATCH
     " CROSS JOIN entities x ON x.article = a.id WHERE " IS_COUNTRY ") GROUP BY outlet, country"},
};

#define SUMMARIES (sizeof summaries / sizeof *summaries)
#define SQL_ROOM 8192

/* An outlet's stories; those it told first of what others tell too; those that nobody else tells; its copies of other articles. All are sums over stories. */
#define STORIES_OF(from)                                                                                                       \
    "SELECT outlet, count(*), sum(first AND outlets > 1), sum(outlets = 1), sum(copies) FROM"                                     \
    " (SELECT m.story, ifnull(a.outlet, 0) AS outlet, min(m.n) = 1 AS first, sum(m.origin <> m.article) AS copies,"               \
    "  count(*) OVER (PARTITION BY m.story) AS outlets FROM " from                                        \
    "  CROSS JOIN articles a ON a.id = m.article"                                                                                \
    "  GROUP BY m.story, ifnull(a.outlet, 0)) GROUP BY outlet"
#define STORIES STORIES_OF("story_articles m")
#define STORIES_AT_HAND STORIES_OF("temp.stories_at_hand h CROSS JOIN story_articles m ON m.story = h.story")

/* --- what an act is ------------------------------------------------------------------------------------------------- */

typedef struct act {
    uint64_t sum;
    int64_t parties;
} act;

/* isnad_act(role, key): one number for the parties of an event with their roles, whatever their order. */
static void act_step(sqlite3_context *context, int n, sqlite3_value **values)
{
    act *a = sqlite3_aggregate_context(context, sizeof *a);
    const unsigned char *role = sqlite3_value_text(values[0]), *key = sqlite3_value_text(values[1]);
    (void)n;
    if (!a || !role || !key)
        return;
    a->sum += XXH3_64bits_withSeed(key, (size_t)sqlite3_value_bytes(values[1]), role[0]);
    a->parties++;
}

static void act_final(sqlite3_context *context)
{
    act *a = sqlite3_aggregate_context(context, 0);
    if (a && a->parties)
        sqlite3_result_int64(context, (sqlite3_int64)a->sum);
    else
        sqlite3_result_null(context);
}

int isn_summary_register(sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "isnad_act", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, NULL, act_step, act_final, NULL);
}

/* --- keeping them ------------------------------------------------------------------------------------------------------ */

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool begin(sqlite3 *db)
{
    return run(db, "CREATE TEMP TABLE IF NOT EXISTS batch (article INTEGER PRIMARY KEY, sign INTEGER NOT NULL); DELETE FROM temp.batch");
}

static bool run_with(sqlite3 *db, const char *sql, int64_t first, int64_t last)
{
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK;
    if (good) {
        sqlite3_bind_int64(statement, 1, first);
        if (sqlite3_bind_parameter_count(statement) > 1)
            sqlite3_bind_int64(statement, 2, last);
        good = sqlite3_step(statement) == SQLITE_DONE;
    }
    return sqlite3_finalize(statement) == SQLITE_OK && good;
}

/* Takes the rows of versions that were replaced, which alone are at hand, out of the tables of rows. */
static bool take_rows(sqlite3 *db)
{
    char sql[SQL_ROOM];
    bool good = true;
    for (size_t i = 0; good && i < SUMMARIES; i++) {
        const summary *s = &summaries[i];
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM (%s))", s->table, s->keys, s->keys, s->rows);
        good = s->sums || run(db, sql);
    }
    return good;
}

/* The last of a table's columns: of sums the one that is 0 where all are. */
static const char *last_column(const summary *s)
{
    return strrchr(s->columns, ' ') + 1;
}

/* Sums that came to nothing, of versions that were replaced, which alone are at hand. */
static bool drop_empty(sqlite3 *db)
{
    char sql[SQL_ROOM];
    bool good = true;
    for (size_t i = 0; good && i < SUMMARIES; i++) {
        const summary *s = &summaries[i];
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM (%s)) AND %s = 0", s->table, s->keys, s->keys, s->rows,
                 last_column(s));
        good = !s->sums || run(db, sql);
    }
    return good;
}

/* The articles at hand in the summaries, but for rows that go. */
static bool apply(sqlite3 *db)
{
    char sql[SQL_ROOM];
    bool good = true;
    for (size_t i = 0; good && i < SUMMARIES; i++) {
        const summary *s = &summaries[i];
        if (s->sums)
            snprintf(sql, sizeof sql, "INSERT INTO %s (%s) SELECT %s FROM (%s) WHERE true ON CONFLICT (%s) DO UPDATE SET %s",
                     s->table, s->columns, s->columns, s->rows, s->keys, s->sums);
        else
            snprintf(sql, sizeof sql, "INSERT INTO %s (%s) SELECT %s FROM (%s) WHERE sign > 0 ORDER BY %s", s->table, s->columns,
                     s->columns, s->rows, s->keys);
        good = run(db, sql);
    }
    return good;
}

/* Are versions at hand that were replaced? */
static bool holds_old(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    bool holds = sqlite3_prepare_v2(db, "SELECT 1 FROM temp.batch WHERE sign < 0 LIMIT 1", -1, &statement, NULL) != SQLITE_OK ||
                 sqlite3_step(statement) != SQLITE_DONE;
    sqlite3_finalize(statement);
    return holds;
}

bool isn_summary_touch(sqlite3 *db)
{
    return run(db, "UPDATE revision SET n = n + 1");
}

/* Kinds of events get their numbers in the order in which they come, whatever the batches. */
#define KINDS "INSERT OR IGNORE INTO event_kinds (type, mode) SELECT type, ifnull(mode, '') FROM events WHERE article BETWEEN ? AND ? ORDER BY article, n"
#define NEW "INSERT INTO temp.batch SELECT id, 1 FROM articles WHERE id BETWEEN ? AND ? AND replaced IS NULL"
#define OLD "INSERT INTO temp.batch SELECT previous, -1 FROM articles WHERE id BETWEEN ?1 AND ?2 AND previous < ?1"

bool isn_summary_batch(sqlite3 *db, int64_t first, int64_t last)
{
    if (!begin(db) || !run_with(db, KINDS, first, last) || !run_with(db, OLD, first, last))
        return false;
    bool old = holds_old(db);
    return (!old || take_rows(db)) && run_with(db, NEW, first, last) && apply(db) &&
           (!old || (run(db, "DELETE FROM temp.batch WHERE sign > 0") && drop_empty(db))) && isn_summary_touch(db);
}

bool isn_summary_all(sqlite3 *db)
{
    char sql[SQL_ROOM];
    bool good = begin(db) && run(db, "DELETE FROM event_kinds") && run_with(db, KINDS, 0, INT64_MAX) && run_with(db, NEW, 0, INT64_MAX);
    for (size_t i = 0; good && i < SUMMARIES; i++) {
        snprintf(sql, sizeof sql, "DELETE FROM %s", summaries[i].table);
        good = run(db, sql);
    }
    return good && apply(db) && isn_summary_stories(db) && run(db, "DELETE FROM temp.batch");
}

bool isn_summary_stories(sqlite3 *db)
{
    return run(db, "DELETE FROM outlet_stories; INSERT INTO outlet_stories " STORIES) && isn_summary_touch(db);
}

bool isn_summary_stories_begin(sqlite3 *db)
{
    return run(db, "CREATE TEMP TABLE IF NOT EXISTS stories_at_hand (story INTEGER PRIMARY KEY); DELETE FROM temp.stories_at_hand");
}

/* A sum of stories times a sign, added to what stands. */
#define SIGNED(sign)                                                                                                            \
    "INSERT INTO outlet_stories SELECT * FROM (SELECT outlet, " sign "stories, " sign "firsts, " sign "alone, " sign "copies FROM"  \
    " (SELECT NULL AS outlet, 0 AS stories, 0 AS firsts, 0 AS alone, 0 AS copies WHERE false UNION ALL " STORIES_AT_HAND "))"     \
    " WHERE true ON CONFLICT (outlet) DO UPDATE SET stories = stories + excluded.stories, firsts = firsts + excluded.firsts,"     \
    " alone = alone + excluded.alone, copies = copies + excluded.copies"

bool isn_summary_stories_go(sqlite3 *db)
{
    return run(db, SIGNED("-"));
}

bool isn_summary_stories_come(sqlite3 *db)
{
    return run(db, SIGNED("")) && run(db, "DELETE FROM outlet_stories WHERE stories = 0; DELETE FROM temp.stories_at_hand") && isn_summary_touch(db);
}

/* --- checking ------------------------------------------------------------------------------------------------------------- */

static bool count(int64_t *out, sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *out += sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return good;
}

/* Rows of one of two queries that the other hasn't. */
static bool differ(int64_t *out, sqlite3 *db, const char *a, const char *b)
{
    char sql[SQL_ROOM];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM (%s EXCEPT %s)", a, b);
    bool good = count(out, db, sql);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM (%s EXCEPT %s)", b, a);
    return good && count(out, db, sql);
}

bool isn_summary_check(sqlite3 *db, isn_summary_fault_fn *tell, void *user)
{
    char made[SQL_ROOM / 2], kept[512];
    bool good = begin(db) && run_with(db, NEW, 0, INT64_MAX);
    for (size_t i = 0; good && i < SUMMARIES; i++) {
        const summary *s = &summaries[i];
        int64_t rows = 0;
        snprintf(made, sizeof made, "SELECT %s FROM (%s)", s->columns, s->rows);
        snprintf(kept, sizeof kept, "SELECT %s FROM %s", s->columns, s->table);
        good = differ(&rows, db, made, kept);
        if (rows)
            tell(user, s->table, rows);
    }
    int64_t rows = 0;
    good = good && differ(&rows, db, "SELECT e.article, e.n FROM events e JOIN articles a ON a.id = e.article WHERE a.replaced IS NULL",
                          "SELECT at & 4294967295, n FROM event_sides WHERE who = 0");
    if (rows)
        tell(user, "event_sides", rows);
    rows = 0;
    good = good && differ(&rows, db, STORIES, "SELECT outlet, stories, firsts, alone, copies FROM outlet_stories");
    if (rows)
        tell(user, "outlet_stories", rows);
    return run(db, "DROP TABLE IF EXISTS temp.batch") && good;
}
