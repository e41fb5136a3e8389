# Sums over a database and lists by pages: pages put together are the whole list, periods add up to the events, and each is refused what it can't be asked.
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" "$SOURCE/examples/articles" 2>/dev/null
isnad stories --db news.db >/dev/null
for list in search events quotes timeline; do
    isnad $list --db news.db --json --limit 1000 >whole
    n=$(wc -l <whole)
    for ((i = 0; i < n; i += 3)); do isnad $list --db news.db --json --limit 3 --offset $i; done >pages
    # a page of a timeline stands in the order of its days
    [ $list = timeline ] && { sort whole >a; sort pages >b; } || { cp whole a; cp pages b; }
    cmp a b && echo "$list: pages are the whole, $((n > 3))"
    isnad $list --db news.db --offset $n; echo "exit $?"
done
isnad events --db news.db --json --limit 1000 >events
for period in day month year; do isnad series --db news.db --period $period --json; done | python3 -c '
import json, sys
events = [json.loads(l) for l in open("events")]
for line in sys.stdin:
    s = json.loads(line)
    print(s["by"], sum(p["events"] for p in s["periods"]) + s["undated"] == len(events) == s["events"] + s["undated"],
          all(sum(p["quad"]) == p["events"] == sum(p["types"].values()) for p in s["periods"]),
          [p["period"] for p in s["periods"]] == sorted(p["period"] for p in s["periods"]))'
for type in CONSULT CONSULT/multilateral PROTEST/strike; do
    isnad events --db news.db --type $type --json --limit 1000 >some
    isnad series --db news.db --type $type --json | python3 -c '
import json, sys
s = json.load(sys.stdin)
print(s["events"] + s["undated"] == sum(1 for _ in open("some")))'
done
isnad series --db news.db --country YEM --period year >/dev/null; echo "exit $?"
isnad series --db news.db --country YEM --period year | head -n 1
isnad dyad --db news.db --json IRQ JOR | python3 -c '
import json, sys
d = json.load(sys.stdin)
print(d["a"], d["b"], d["by"], all(sum(p[w]["events"] for p in d["periods"]) == d[w]["events"] for w in ("a_to_b", "b_to_a")))'
isnad dyad --db news.db QQQ JOR; echo "exit $?"
isnad dyad --db news.db "لا أحد يسمى هكذا" JOR; echo "exit $?"
isnad dyad --db news.db JOR; echo "exit $?"
isnad outlets --db news.db | head -n 1
isnad outlets --db news.db --json | python3 -c '
import json, sys
rows = json.load(sys.stdin)["rows"]
print(len(rows) > 2, sum(r["articles"] for r in rows) > 10, all(r["stories"] >= r["alone"] + r["firsts"] for r in rows))'
isnad outlets --db news.db word; echo "exit $?"
isnad series --db news.db --period week; echo "exit $?"
isnad series --db news.db --limit 3; echo "exit $?"
isnad search --db news.db --offset 10001; echo "exit $?"
isnad search --db news.db --offset -1; echo "exit $?"
isnad search --db news.db --offset many; echo "exit $?"
