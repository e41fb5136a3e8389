"""same.py DATABASE FOLDER: are the tables that Spark made those of a database that `isnad add` and `isnad stories` made?

For each table the rows of both are brought to one form (articles by id and place, entities and the like by their ids in the record), sorted and
hashed. Prints the hashes; exit status 1 where one differs.
"""

import hashlib
import json
import sqlite3
import sys

import pyarrow.dataset as ds


def from_database(path):
    db = sqlite3.connect(path)
    label = {i: f"{name} {uri}" for i, name, uri in db.execute("SELECT id, name, uri FROM articles WHERE replaced IS NULL")}

    def rows(query):
        return [row for row in db.execute(query) if row[0] in label]

    def ref(letter, n):
        return None if n is None else f"{letter}{n}"

    via, parties = {}, {}
    for article, quote, n, entity in db.execute("SELECT article, quote, n, entity FROM quote_via ORDER BY article, quote, n"):
        via.setdefault((article, quote), []).append(ref("E", entity))
    for article, event, role, n, entity in db.execute("SELECT article, event, role, n, entity FROM parties ORDER BY article, event, role, n"):
        parties.setdefault((article, event, role), []).append(ref("E", entity))
    keys = dict(db.execute("SELECT id, kb FROM actors"))
    out = {
        "articles": [(label[i], *rest) for i, *rest in rows(
            "SELECT a.id, a.address, o.name, a.published, a.language, a.title, t.text, a.version FROM articles a JOIN texts t ON t.article = a.id"
            " LEFT JOIN outlets o ON o.id = a.outlet")],
        "entities": [(label[i], ref("E", n), *rest, keys.get(actor)) for i, n, actor, *rest in rows(
            "SELECT article, n, actor, type, name, english, country, sector FROM entities")],
        "mentions": [(label[i], ref("E", e), *rest) for i, e, *rest in rows("SELECT article, entity, begin, end, form FROM mentions")],
        "roles": [(label[i], ref("E", e), office, ref("E", body), *rest) for i, e, office, body, *rest in rows(
            "SELECT article, entity, office, body, country, begin, end FROM roles")],
        "dates": [(label[i], *rest) for i, *rest in rows("SELECT article, begin, end, value FROM dates")],
        "quotes": [(label[i], ref("Q", n), begin, end, kind, ref("E", speaker), *cue, via.get((i, n), []), rule, confidence)
                   for i, n, begin, end, kind, speaker, *cue, rule, confidence in rows(
            "SELECT article, n, begin, end, kind, speaker, cue_begin, cue_end, rule, confidence FROM quotes")],
        "events": [(label[i], ref("V", n), type_, mode or None, (contexts or "").split(), begin, end, *trigger, parties.get((i, n, "actor"), []),
                    parties.get((i, n, "recipient"), []), ref("E", place), date, status, parties.get((i, n, "via"), []), ref("Q", quote), rule, confidence)
                   for i, n, type_, mode, contexts, begin, end, *trigger, place, date, status, quote, rule, confidence in rows(
            "SELECT article, n, type, mode, contexts, begin, end, trigger_begin, trigger_end, place, date, status, quote, rule, confidence FROM events")],
        "counts": [(label[i], begin, end, float(value), *rest, ref("V", event)) for i, begin, end, value, high, *rest, event in [
            (r[0], r[1], r[2], r[3], r[4], None if r[4] == r[3] else float(r[4]), *r[5:]) for r in rows(
                "SELECT article, begin, end, value, high, bound, what, unit, event FROM counts")]],
        "diagnostics": [(label[i], *rest) for i, *rest in rows("SELECT article, begin, end, code, message FROM diagnostics")],
    }
    members = db.execute("SELECT story, n, article, origin FROM story_articles ORDER BY story, n").fetchall()
    origin = {}
    first = {}
    for story, n, article, first_of_origin in members:
        first.setdefault(story, label[article])
    out["story_articles"] = [(first[s], label[a], label[o]) for s, n, a, o in members]
    out["story_joins"] = [(first[s], label[a], label[b], round(odds, 3)) for s, a, b, odds in db.execute("SELECT story, a, b, odds FROM story_joins")]
    out["stories"] = [(first[s], n, origins, first.get(follows)) for s, n, origins, follows in db.execute(
        "SELECT id, articles, origins, follows FROM stories")]
    return out


def from_spark(folder):
    def read(name, *columns):
        table = ds.dataset(f"{folder}/{name}", format="parquet").to_table(columns=["article", *columns] if not name.startswith("stor") else list(columns))
        return list(zip(*(column.to_pylist() for column in table.columns)))

    label = {i: f"{name} {uri}" for i, name, uri in read("articles", "id", "uri")}
    numbered = {i: [label[i], *rest] for i, *rest in read("articles", "address", "outlet", "published", "language", "title", "text", "version")}
    out = {
        "articles": [tuple(row) for row in numbered.values()],
        "entities": read("entities", "entity", "type", "name", "english", "country", "sector", "key"),
        "mentions": read("mentions", "entity", "begin", "end", "form"),
        "roles": read("roles", "entity", "office", "body", "country", "begin", "end"),
        "dates": read("dates", "begin", "end", "value"),
        "quotes": read("quotes", "quote", "begin", "end", "kind", "speaker", "cue_begin", "cue_end", "via", "rule", "confidence"),
        "events": read("events", "event", "type", "mode", "context", "begin", "end", "trigger_begin", "trigger_end", "actor", "recipient", "place", "date",
                       "status", "via", "quote", "rule", "confidence"),
        "counts": read("counts", "begin", "end", "value", "high", "bound", "what", "unit", "event"),
        "diagnostics": [row for row in read("diagnostics", "begin", "end", "code", "message") if row[3] != "fault"],
    }
    for name in out:
        if name != "articles":
            out[name] = [(label[i], *rest) for i, *rest in out[name]]
    members = read("story_articles", "story", "n", "article", "origin")
    first = {story: label[article] for story, n, article, origin in members if n == 0}
    out["story_articles"] = [(first[s], label[a], label[o]) for s, n, a, o in members]
    out["story_joins"] = [(first[s], label[a], label[b], round(odds, 3)) for s, a, b, odds in read("story_joins", "story", "a", "b", "odds")]
    out["stories"] = [(first[s], n, origins, first.get(follows)) for s, n, origins, follows in read("stories", "story", "articles", "origins", "follows")]
    return out


def main():
    left, right = from_database(sys.argv[1]), from_spark(sys.argv[2])
    bad = 0
    for name in left:
        both = []
        for rows in (left[name], right[name]):
            lines = sorted(json.dumps(row, ensure_ascii=False) for row in rows)
            both.append((len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16], lines))
        same = both[0][:2] == both[1][:2]
        bad += not same
        print(f"{'same  ' if same else 'DIFFER'} {name:15} {both[0][0]:9} rows {both[0][1]}" + ("" if same else f" / {both[1][0]} rows {both[1][1]}"))
        if not same:
            a, b = set(both[0][2]), set(both[1][2])
            for line in sorted(a - b)[:3]:
                print("  one machine:", line[:400])
            for line in sorted(b - a)[:3]:
                print("  spark:      ", line[:400])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
