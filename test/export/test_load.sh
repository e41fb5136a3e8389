#!/bin/bash
# What is exported of the example articles loads elsewhere: SQLite and XML readers of Python, and pandas, DuckDB and networkx (whose
# reader takes what Gephi's takes) where these are installed.
set -u
isnad="$ISNAD_BUILD/cli/isnad"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$isnad" code -q "$ISNAD_SOURCE/examples/articles" >"$work/records.jsonl" || exit 1
for format in events quotes counts actors polecat icews gdelt-events gdelt-mentions plover gexf graphml; do
    "$isnad" export --output "$work/$format" "$format" "$work/records.jsonl" || { echo "cannot export $format"; exit 1; }
done
python3 - "$work" <<'EOF'
import csv, importlib, json, sqlite3, sys, xml.dom.minidom

work = sys.argv[1]
records = [json.loads(line) for line in open(work + "/records.jsonl", encoding="utf-8")]
events = sum(len(r["events"]) for r in records)
actual = sum(v["status"] == "actual" for r in records for v in r["events"])
assert events > 50 and actual < events, (events, actual)
widths = {"events": 31, "quotes": 15, "counts": 13, "actors": 15, "polecat": 40, "icews": 20, "gdelt-events": 61, "gdelt-mentions": 16}
wanted = {"events": events, "quotes": sum(len(r["quotes"]) for r in records), "counts": sum(len(r["counts"]) for r in records),
          "actors": sum(len(r["entities"]) for r in records), "polecat": actual}
db = sqlite3.connect(":memory:")
rows = {}
for name, width in widths.items():
    comma = name in ("events", "quotes", "counts", "actors")
    with open(f"{work}/{name}", encoding="utf-8", newline="") as f:
        lines = list(csv.reader(f, delimiter="," if comma else "\t", quoting=csv.QUOTE_MINIMAL if comma else csv.QUOTE_NONE))
    assert all(len(line) == width for line in lines), (name, {len(line) for line in lines})
    if not name.startswith("gdelt"):
        lines = lines[1:]
    db.execute(f'create table "{name}" ({",".join("c%d" % i for i in range(width))})')
    db.executemany(f'insert into "{name}" values ({",".join("?" * width)})', lines)
    rows[name] = len(lines)
    assert len(lines) == wanted.get(name, len(lines)), (name, len(lines), wanted.get(name))
pairs = db.execute('select count(*) from "gdelt-events" e join "gdelt-mentions" m on e.c0 = m.c0').fetchone()[0]
assert rows["gdelt-events"] == rows["gdelt-mentions"] == pairs == rows["icews"] >= actual
plover = [json.loads(line) for line in open(work + "/plover", encoding="utf-8")]
assert len(plover) == events and all({"id", "date", "actor", "event"} <= set(p) for p in plover)
edges = {}
for name in ("gexf", "graphml"):
    tree = xml.dom.minidom.parse(f"{work}/{name}")
    edges[name] = len(tree.getElementsByTagName("edge")), len(tree.getElementsByTagName("node"))
assert edges["gexf"] == edges["graphml"] and edges["gexf"][0] > 20
loaded = ["SQLite", "XML"]
for module in ("pandas", "duckdb", "networkx"):
    try:
        m = importlib.import_module(module)
    except ImportError:
        continue
    if module == "pandas":
        assert len(m.read_csv(work + "/events")) == events
        assert m.read_csv(work + "/polecat", sep="\t", quoting=csv.QUOTE_NONE).shape == (actual, 40)
    elif module == "duckdb":
        assert m.sql(f"select count(*) from read_csv('{work}/events')").fetchall()[0][0] == events
    else:
        for g in (m.read_gexf(work + "/gexf"), m.read_graphml(work + "/graphml")):
            assert (g.number_of_edges(), g.number_of_nodes()) == edges["gexf"]
    loaded.append(module)
print("loaded by", ", ".join(loaded) + ":", rows, "events in all", events)
EOF
