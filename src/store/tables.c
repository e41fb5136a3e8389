/* tables.c - the tables and views of the database, version by version. */
#include "store/tables.h"

#include <stddef.h>

#include "store/summary.h"

#define SPAN "begin INTEGER NOT NULL CHECK (begin >= 0), end INTEGER NOT NULL CHECK (end >= begin)"
#define OF_ARTICLE "article INTEGER NOT NULL REFERENCES articles (id)"
#define ENTITY(column) "FOREIGN KEY (article, " column ") REFERENCES entities (article, n)"

static const char *const version_1[] = {
    "CREATE TABLE outlets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE coders (id INTEGER PRIMARY KEY, program TEXT NOT NULL, lexicon TEXT NOT NULL,"
    " UNIQUE (program, lexicon)) STRICT",
    "CREATE TABLE articles (id INTEGER PRIMARY KEY,"
    " identity INTEGER NOT NULL, content INTEGER NOT NULL,"
    " version INTEGER NOT NULL CHECK (version >= 1),"
    " previous INTEGER REFERENCES articles (id) CHECK (previous < id AND (previous IS NULL) = (version = 1)),"
    " replaced INTEGER REFERENCES articles (id) CHECK (replaced > id),"
    " name TEXT NOT NULL, uri TEXT NOT NULL, address TEXT,"
    " outlet INTEGER REFERENCES outlets (id), published TEXT, day INTEGER,"
    " language TEXT NOT NULL, title TEXT, bytes INTEGER NOT NULL CHECK (bytes >= 0),"
    " hash INTEGER NOT NULL, terms INTEGER NOT NULL,"
    " coder INTEGER NOT NULL REFERENCES coders (id)) STRICT",
    "CREATE UNIQUE INDEX articles_by_identity ON articles (identity, version)",
    "CREATE INDEX articles_by_content ON articles (content)",
    "CREATE TABLE texts (article INTEGER PRIMARY KEY REFERENCES articles (id), text TEXT NOT NULL) STRICT",
    "CREATE TABLE records (article INTEGER PRIMARY KEY REFERENCES articles (id),"
    " size INTEGER NOT NULL CHECK (size > 0), record BLOB NOT NULL, digest BLOB) STRICT",
    "CREATE TABLE changes (article INTEGER PRIMARY KEY REFERENCES articles (id),"
    " title INTEGER NOT NULL CHECK (title IN (0, 1)), published INTEGER NOT NULL CHECK (published IN (0, 1)),"
    " text INTEGER NOT NULL CHECK (text IN (0, 1)),"
    " begin INTEGER NOT NULL CHECK (begin >= 0), old_end INTEGER NOT NULL CHECK (old_end >= begin),"
    " new_end INTEGER NOT NULL CHECK (new_end >= begin)) STRICT",
    "CREATE TABLE actors (id INTEGER PRIMARY KEY, kb TEXT NOT NULL UNIQUE,"
    " type TEXT NOT NULL CHECK (type IN ('person', 'organization', 'place', 'group')),"
    " name TEXT NOT NULL, english TEXT, country TEXT, sector TEXT) STRICT",
    "CREATE TABLE actor_words (key INTEGER NOT NULL, actor INTEGER NOT NULL REFERENCES actors (id),"
    " PRIMARY KEY (key, actor)) STRICT, WITHOUT ROWID",
    "CREATE TABLE spellings (key INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (key, word)) STRICT,"
    " WITHOUT ROWID",
    "CREATE TABLE terms (term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE entities (" OF_ARTICLE ", n INTEGER NOT NULL CHECK (n >= 1),"
    " actor INTEGER REFERENCES actors (id),"
    " type TEXT NOT NULL CHECK (type IN ('person', 'organization', 'place', 'group')),"
    " name TEXT NOT NULL, english TEXT, country TEXT, sector TEXT, PRIMARY KEY (article, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE mentions (" OF_ARTICLE ", entity INTEGER NOT NULL, n INTEGER NOT NULL CHECK (n >= 1), " SPAN ","
    " form TEXT NOT NULL CHECK (form IN ('name', 'role', 'pronoun')), PRIMARY KEY (article, entity, n),"
    " " ENTITY("entity") ") STRICT, WITHOUT ROWID",
    "CREATE TABLE roles (" OF_ARTICLE ", entity INTEGER NOT NULL, n INTEGER NOT NULL CHECK (n >= 1),"
    " office TEXT NOT NULL, body INTEGER, country TEXT, " SPAN ", PRIMARY KEY (article, entity, n),"
    " " ENTITY("entity") ", " ENTITY("body") ") STRICT, WITHOUT ROWID",
    "CREATE TABLE dates (" OF_ARTICLE ", n INTEGER NOT NULL CHECK (n >= 1), " SPAN ", value TEXT NOT NULL,"
    " PRIMARY KEY (article, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE quotes (" OF_ARTICLE ", n INTEGER NOT NULL CHECK (n >= 1), " SPAN ","
    " kind TEXT NOT NULL CHECK (kind IN ('direct', 'indirect')), speaker INTEGER,"
    " cue_begin INTEGER, cue_end INTEGER CHECK (cue_end >= cue_begin), rule TEXT,"
    " confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), PRIMARY KEY (article, n),"
    " " ENTITY("speaker") ") STRICT, WITHOUT ROWID",
    "CREATE TABLE quote_via (" OF_ARTICLE ", quote INTEGER NOT NULL, n INTEGER NOT NULL CHECK (n >= 1),"
    " entity INTEGER NOT NULL, PRIMARY KEY (article, quote, n),"
    " FOREIGN KEY (article, quote) REFERENCES quotes (article, n), " ENTITY("entity") ") STRICT, WITHOUT ROWID",
    "CREATE TABLE events (" OF_ARTICLE ", n INTEGER NOT NULL CHECK (n >= 1), type TEXT NOT NULL, mode TEXT,"
    " contexts TEXT, " SPAN ", trigger_begin INTEGER NOT NULL, trigger_end INTEGER NOT NULL"
    " CHECK (trigger_end >= trigger_begin), place INTEGER, date TEXT, day INTEGER,"
    " status TEXT NOT NULL CHECK (status IN ('actual', 'future', 'hypothetical', 'negated')), quote INTEGER,"
    " rule TEXT, confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), PRIMARY KEY (article, n),"
    " FOREIGN KEY (article, quote) REFERENCES quotes (article, n), " ENTITY("place") ") STRICT, WITHOUT ROWID",
    "CREATE TABLE parties (" OF_ARTICLE ", event INTEGER NOT NULL,"
    " role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'via')), n INTEGER NOT NULL CHECK (n >= 1),"
    " entity INTEGER NOT NULL, PRIMARY KEY (article, event, role, n),"
    " FOREIGN KEY (article, event) REFERENCES events (article, n), " ENTITY("entity") ") STRICT, WITHOUT ROWID",
    "CREATE TABLE counts (" OF_ARTICLE ", n INTEGER NOT NULL CHECK (n >= 1), " SPAN ", value REAL NOT NULL,"
    " high REAL NOT NULL CHECK (high >= value), bound TEXT NOT NULL CHECK (bound IN ('exact', 'about', 'at_least',"
    " 'at_most', 'more_than', 'less_than')), what TEXT NOT NULL, unit TEXT, event INTEGER, PRIMARY KEY (article, n),"
    " FOREIGN KEY (article, event) REFERENCES events (article, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE diagnostics (" OF_ARTICLE ", n INTEGER NOT NULL CHECK (n >= 1), " SPAN ", code TEXT NOT NULL,"
    " message TEXT NOT NULL, PRIMARY KEY (article, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE event_types (type TEXT NOT NULL, mode TEXT NOT NULL, cameo TEXT, quad INTEGER NOT NULL,"
    " score REAL, gloss TEXT, PRIMARY KEY (type, mode)) STRICT, WITHOUT ROWID",
    "CREATE VIRTUAL TABLE search USING fts5 (text, facets, content = '', tokenize = 'isnad')",
    "INSERT INTO search (search, rank) VALUES ('hashsize', 67108864)",
    /* Views for people: names in place of numbers, the newest versions only. */
    "CREATE VIEW article_list AS SELECT a.id, a.name, a.uri, a.address, o.name AS outlet, a.published, a.title,"
    " a.version, a.bytes FROM articles a LEFT JOIN outlets o ON o.id = a.outlet WHERE a.replaced IS NULL",
    "CREATE VIEW event_list AS SELECT e.article, e.n AS event, o.name AS outlet, a.published, e.date, e.type, e.mode,"
    " t.quad, t.score, e.status,"
    " (SELECT group_concat(x.name, ', ') FROM parties p JOIN entities x ON x.article = p.article AND x.n = p.entity"
    "  WHERE p.article = e.article AND p.event = e.n AND p.role = 'actor') AS actor,"
    " (SELECT group_concat(x.name, ', ') FROM parties p JOIN entities x ON x.article = p.article AND x.n = p.entity"
    "  WHERE p.article = e.article AND p.event = e.n AND p.role = 'recipient') AS recipient,"
    " (SELECT group_concat(x.name, ', ') FROM parties p JOIN entities x ON x.article = p.article AND x.n = p.entity"
    "  WHERE p.article = e.article AND p.event = e.n AND p.role = 'via') AS via,"
    " (SELECT x.name FROM entities x WHERE x.article = e.article AND x.n = e.place) AS place, e.contexts,"
    " CAST(substr(CAST(d.text AS BLOB), e.begin + 1, e.end - e.begin) AS TEXT) AS words, e.confidence, e.rule"
    " FROM events e JOIN articles a ON a.id = e.article JOIN texts d ON d.article = e.article"
    " LEFT JOIN outlets o ON o.id = a.outlet"
    " LEFT JOIN event_types t ON t.type = e.type AND t.mode = ifnull(e.mode, '') WHERE a.replaced IS NULL",
    "CREATE VIEW quote_list AS SELECT q.article, q.n AS quote, o.name AS outlet, a.published, q.kind,"
    " s.name AS speaker, c.kb,"
    " (SELECT group_concat(x.name, ', ') FROM quote_via v JOIN entities x ON x.article = v.article AND x.n = v.entity"
    "  WHERE v.article = q.article AND v.quote = q.n) AS via,"
    " CAST(substr(CAST(d.text AS BLOB), q.begin + 1, q.end - q.begin) AS TEXT) AS words, q.confidence"
    " FROM quotes q JOIN articles a ON a.id = q.article JOIN texts d ON d.article = q.article"
    " LEFT JOIN outlets o ON o.id = a.outlet LEFT JOIN entities s ON s.article = q.article AND s.n = q.speaker"
    " LEFT JOIN actors c ON c.id = s.actor WHERE a.replaced IS NULL",
    "CREATE VIEW mention_list AS SELECT m.article, m.entity, x.name, c.kb, x.type, m.form, m.begin, m.end,"
    " CAST(substr(CAST(d.text AS BLOB), m.begin + 1, m.end - m.begin) AS TEXT) AS words"
    " FROM mentions m JOIN entities x ON x.article = m.article AND x.n = m.entity"
    " JOIN articles a ON a.id = m.article JOIN texts d ON d.article = m.article"
    " LEFT JOIN actors c ON c.id = x.actor WHERE a.replaced IS NULL",
    "CREATE VIEW role_list AS SELECT r.article, r.entity, x.name, c.kb, r.office, b.name AS body, r.country,"
    " a.published, r.begin, r.end FROM roles r JOIN entities x ON x.article = r.article AND x.n = r.entity"
    " JOIN articles a ON a.id = r.article LEFT JOIN actors c ON c.id = x.actor"
    " LEFT JOIN entities b ON b.article = r.article AND b.n = r.body WHERE a.replaced IS NULL",
    NULL};

static const char *const version_2[] = {
    "CREATE TABLE stories (id INTEGER PRIMARY KEY CHECK (id >= 0), articles INTEGER NOT NULL CHECK (articles >= 1),"
    " origins INTEGER NOT NULL CHECK (origins BETWEEN 1 AND articles),"
    " follows INTEGER REFERENCES stories (id) CHECK (follows < id)) STRICT",
    "CREATE TABLE story_articles (story INTEGER NOT NULL REFERENCES stories (id), n INTEGER NOT NULL CHECK (n >= 1),"
    " article INTEGER NOT NULL UNIQUE REFERENCES articles (id), origin INTEGER NOT NULL REFERENCES articles (id),"
    " PRIMARY KEY (story, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE story_joins (story INTEGER NOT NULL REFERENCES stories (id), n INTEGER NOT NULL CHECK (n >= 1),"
    " a INTEGER NOT NULL REFERENCES articles (id), b INTEGER NOT NULL REFERENCES articles (id), odds REAL NOT NULL,"
    " by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)), PRIMARY KEY (story, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE story_decisions (a TEXT NOT NULL, b TEXT NOT NULL,"
    " kind TEXT NOT NULL CHECK (kind IN ('join', 'split', 'alone') AND (kind = 'alone') = (b = '')),"
    " PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
    "CREATE VIEW story_list AS SELECT s.id AS story, s.articles, s.origins, s.follows, m.n, a.id AS article, a.name,"
    " o.name AS outlet, a.published, a.title, m.origin FROM stories s JOIN story_articles m ON m.story = s.id"
    " JOIN articles a ON a.id = m.article LEFT JOIN outlets o ON o.id = a.outlet",
    NULL};

/* Stories are made anew: what a person decided stays. */
static const char *const version_4[] = {
    "DROP VIEW story_list", "DROP TABLE story_joins", "DROP TABLE story_articles", "DROP TABLE stories",
    "CREATE INDEX articles_by_name ON articles (name)",
    "CREATE TABLE stories (id INTEGER PRIMARY KEY REFERENCES articles (id), articles INTEGER NOT NULL CHECK (articles >= 1),"
    " origins INTEGER NOT NULL CHECK (origins BETWEEN 1 AND articles),"
    " outlets INTEGER NOT NULL CHECK (outlets BETWEEN 0 AND articles),"
    " head INTEGER NOT NULL REFERENCES articles (id), first INTEGER, last INTEGER CHECK (last >= first), rank REAL NOT NULL,"
    " facts INTEGER, contradictions INTEGER NOT NULL CHECK (contradictions BETWEEN 0 AND ifnull(facts, 0)), brief TEXT,"
    " follows INTEGER REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED CHECK (follows <> id),"
    " follow_a INTEGER REFERENCES articles (id), follow_b INTEGER REFERENCES articles (id), follow_odds REAL,"
    " CHECK ((brief IS NULL) = (articles = 1) AND (facts IS NULL) = (articles = 1)),"
    " CHECK ((follows IS NULL) = (follow_a IS NULL) AND (follows IS NULL) = (follow_b IS NULL)"
    " AND (follows IS NULL) = (follow_odds IS NULL))) STRICT",
    "CREATE INDEX stories_by_rank ON stories (rank) WHERE articles > 1",
    "CREATE INDEX stories_by_time ON stories (last) WHERE articles > 1",
    "CREATE INDEX stories_by_contradictions ON stories (contradictions, rank) WHERE contradictions > 0",
    "CREATE INDEX stories_by_follows ON stories (follows) WHERE follows IS NOT NULL",
    "CREATE TABLE story_articles (story INTEGER NOT NULL REFERENCES stories (id), n INTEGER NOT NULL CHECK (n >= 1),"
    " article INTEGER NOT NULL UNIQUE REFERENCES articles (id), origin INTEGER NOT NULL REFERENCES articles (id),"
    " minutes INTEGER, PRIMARY KEY (story, n)) STRICT, WITHOUT ROWID",
    "CREATE INDEX story_articles_by_time ON story_articles (minutes)",
    "CREATE TABLE story_joins (story INTEGER NOT NULL REFERENCES stories (id), n INTEGER NOT NULL CHECK (n >= 1),"
    " a INTEGER NOT NULL REFERENCES articles (id), b INTEGER NOT NULL REFERENCES articles (id), odds REAL NOT NULL,"
    " by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)), PRIMARY KEY (story, n)) STRICT, WITHOUT ROWID",
    "CREATE TABLE story_edges (b INTEGER NOT NULL REFERENCES articles (id), a INTEGER NOT NULL REFERENCES articles (id),"
    " odds REAL NOT NULL, topic REAL NOT NULL, PRIMARY KEY (b, a)) STRICT, WITHOUT ROWID",
    "CREATE INDEX story_edges_by_earlier ON story_edges (a)",
    "CREATE TABLE story_state (id INTEGER PRIMARY KEY CHECK (id = 1), article INTEGER NOT NULL,"
    " method INTEGER NOT NULL) STRICT",
    "CREATE TABLE story_touched (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE VIEW story_list AS SELECT s.id AS story, s.articles, s.origins, s.facts, s.contradictions, s.follows, m.n,"
    " a.id AS article, a.name, o.name AS outlet, a.published, a.title, m.origin FROM stories s"
    " JOIN story_articles m ON m.story = s.id JOIN articles a ON a.id = m.article LEFT JOIN outlets o ON o.id = a.outlet",
    NULL};

const char *const *const isn_store_steps[] = {version_1, version_2, isn_summary_tables, version_4, NULL};

/* The parameters of each statement stand in the order in which pack.c writes the columns. */
const isn_store_table isn_store_tables[ISN_ROW_COUNT] = {
    [ISN_ROW_ENTITY] = {"entities", 8},   [ISN_ROW_MENTION] = {"mentions", 6},
    [ISN_ROW_ROLE] = {"roles", 8},        [ISN_ROW_DATE] = {"dates", 5},
    [ISN_ROW_QUOTE] = {"quotes", 10},     [ISN_ROW_QUOTE_VIA] = {"quote_via", 4},
    [ISN_ROW_EVENT] = {"events", 16},     [ISN_ROW_PARTY] = {"parties", 5},
    [ISN_ROW_COUNT_] = {"counts", 10},    [ISN_ROW_DIAGNOSTIC] = {"diagnostics", 6},
};
