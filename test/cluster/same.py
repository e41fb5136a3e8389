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
        return (row for row in db.execute(query) if row[0] in label)

    def ref(letter, n):
        return None if n is None else f"{letter}{n}"

    via, parties = {}, {}
    for article, quote, n, entity in db.execute("SELECT article, quote, n, entity FROM quote_via ORDER BY article, quote, n"):
        via.setdefault((article, quote), []).append(ref("E", entity))
    for article, event, role, n, entity in db.execute("SELECT article, event, role, n, entity FROM parties ORDER BY article, event, role, n"):
        parties.setdefault((article, event, role), []).append(ref("E", entity))
    keys = dict(db.execute("SELECT id, kb FROM actors"))
    out = {
        "articles": lambda: ((label[i], *rest) for i, *rest in rows(
            "SELECT a.id, a.address, o.name, a.published, a.language, a.title, t.text, a.version FROM articles a JOIN texts t ON t.article = a.id"
            " LEFT JOIN outlets o ON o.id = a.outlet")),
        "entities": lambda: ((label[i], ref("E", n), *rest, keys.get(actor)) for i, n, actor, *rest in rows(
            "SELECT article, n, actor, type, name, english, country, sector FROM entities")),
        "mentions": lambda: ((label[i], ref("E", e), *rest) for i, e, *rest in rows("SELECT article, entity, begin, end, form FROM mentions")),
        "roles": lambda: ((label[i], ref("E", e), office, ref("E", body), *rest) for i, e, office, body, *rest in rows(
            "SELECT article, entity, office, body, country, begin, end FROM roles")),
        "dates": lambda: ((label[i], *rest) for i, *rest in rows("SELECT article, begin, end, value FROM dates")),
        "quotes": lambda: ((label[i], ref("Q", n), begin, end, kind, ref("E", speaker), *cue, via.get((i, n), []), rule, confidence)
                   for i, n, begin, end, kind, speaker, *cue, rule, confidence in rows(
            "SELECT article, n, begin, end, kind, speaker, cue_begin, cue_end, rule, confidence FROM quotes")),
        "events": lambda: ((label[i], ref("V", n), type_, mode or None, (contexts or "").split(), begin, end, *trigger, parties.get((i, n, "actor"), []),
                    parties.get((i, n, "recipient"), []), ref("E", place), date, status, parties.get((i, n, "via"), []), ref("Q", quote), rule, confidence)
                   for i, n, type_, mode, contexts, begin, end, *trigger, place, date, status, quote, rule, confidence in rows(
            "SELECT article, n, type, mode, contexts, begin, end, trigger_begin, trigger_end, place, date, status, quote, rule, confidence FROM events")),
        "counts": lambda: ((label[i], begin, end, float(value), *rest, ref("V", event)) for i, begin, end, value, *rest, event in rows(
            "SELECT article, begin, end, value, CASE WHEN high != value THEN CAST(high AS real) END, bound, what, unit, event FROM counts")),
        "diagnostics": lambda: ((label[i], *rest) for i, *rest in rows("SELECT article, begin, end, code, message FROM diagnostics")),
    }
    members = db.execute("SELECT story, n, article, origin FROM story_articles ORDER BY story, n").fetchall()
    first = {}
    for story, _, article, _ in members:
        first.setdefault(story, label[article])
    out["story_articles"] = lambda: ((first[s], label[a], label[o]) for s, n, a, o in members)
    out["story_joins"] = lambda: ((first[s], label[a], label[b], round(odds, 3)) for s, a, b, odds in db.execute("SELECT story, a, b, odds FROM story_joins"))
    out["stories"] = lambda: ((first[s], n, origins, first.get(follows)) for s, n, origins, follows in db.execute(
        "SELECT id, articles, origins, follows FROM stories"))
    return out


def from_spark(folder):
    def read(name, *columns):
        wanted = list(columns) if name.startswith("stor") else ["article", *columns]
        for batch in ds.dataset(f"{folder}/{name}", format="parquet").to_batches(columns=wanted, batch_size=10000):
            yield from zip(*(column.to_pylist() for column in batch.columns))

    label = {i: f"{name} {uri}" for i, name, uri in read("articles", "id", "uri")}
    columns = {
        "articles": ["address", "outlet", "published", "language", "title", "text", "version"],
        "entities": ["entity", "type", "name", "english", "country", "sector", "key"],
        "mentions": ["entity", "begin", "end", "form"],
        "roles": ["entity", "office", "body", "country", "begin", "end"],
        "dates": ["begin", "end", "value"],
        "quotes": ["quote", "begin", "end", "kind", "speaker", "cue_begin", "cue_end", "via", "rule", "confidence"],
        "events": ["event", "type", "mode", "context", "begin", "end", "trigger_begin", "trigger_end", "actor", "recipient", "place", "date", "status",
                   "via", "quote", "rule", "confidence"],
        "counts": ["begin", "end", "value", "high", "bound", "what", "unit", "event"],
        "diagnostics": ["begin", "end", "code", "message"],
    }
    out = {name: lambda name=name: ((label[i], *rest) for i, *rest in read(name, *columns[name]) if i is not None) for name in columns}
    members = list(read("story_articles", "story", "n", "article", "origin"))
    first = {story: label[article] for story, n, article, origin in members if n == 0}
    out["story_articles"] = lambda: ((first[s], label[a], label[o]) for s, n, a, o in members)
    out["story_joins"] = lambda: ((first[s], label[a], label[b], round(odds, 3)) for s, a, b, odds in read("story_joins", "story", "a", "b", "odds"))
    out["stories"] = lambda: ((first[s], n, origins, first.get(follows)) for s, n, origins, follows in read(
        "stories", "story", "articles", "origins", "follows"))
    return out


def line(row):
    return json.dumps(row, ensure_ascii=False)


def hashed(rows):
    """How many rows, and a hash of their sorted hashes."""
    hashes = sorted(hashlib.blake2b(line(row).encode(), digest_size=16).digest() for row in rows)
    return len(hashes), hashlib.sha256(b"".join(hashes)).hexdigest()[:16]


def main():
    left, right = from_database(sys.argv[1]), from_spark(sys.argv[2])
    bad = 0
    for name in left:
        a, b = hashed(left[name]()), hashed(right[name]())
        bad += a != b
        print(f"{'same  ' if a == b else 'DIFFER'} {name:15} {a[0]:9} rows {a[1]}" + ("" if a == b else f" / {b[0]} rows {b[1]}"), flush=True)
        if a != b:
            one, other = set(map(line, left[name]())), set(map(line, right[name]()))
            for row in sorted(one - other)[:3]:
                print("  one machine:", row[:400])
            for row in sorted(other - one)[:3]:
                print("  spark:      ", row[:400])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
