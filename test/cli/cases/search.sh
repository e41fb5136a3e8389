# Looking in a database: words, filters, forms of output, and what is said where nothing is found or asked.
isnad add --db news.db --metadata "$SOURCE/examples/metadata.tsv" "$SOURCE/examples/articles" 2>/dev/null
ids() { python3 -c 'import json,sys,os; print(sorted(os.path.basename(json.loads(l)["uri"]).split(".")[0] for l in sys.stdin))'; }
isnad search --db news.db --json "المعبر" | ids
isnad search --db news.db --json "والمعبر" | ids
isnad search --db news.db --json المعبر --outlet "موقع طريق الشام" | ids
isnad search --db news.db --json --until 2021 | ids
isnad search --db news.db --json --limit 2 | wc -l
isnad search --db news.db --color never المعبر --limit 1 | grep -c '\[.*\]'
isnad events --db news.db --limit 100 --json | python3 -c '
import json, sys
rows = [json.loads(l) for l in sys.stdin]
print(len(rows) > 5, all(r["words"] and r["begin"] < r["end"] and r["quad"] in (1, 2, 3, 4) for r in rows))
types = {r["type"] for r in rows}
print(all(isinstance(r["actor"], list) for r in rows), len(types) > 2)'
isnad events --db news.db --quad 4 --json --limit 100 | python3 -c '
import json, sys
print({json.loads(l)["quad"] for l in sys.stdin})'
isnad quotes --db news.db --json --limit 100 | python3 -c '
import json, sys
rows = [json.loads(l) for l in sys.stdin]
print(len(rows) > 3, all(r["words"] and r["kind"] in ("direct", "indirect") for r in rows))
speaker = next(r["speaker"]["kb"] for r in rows if r["speaker"] and r["speaker"]["kb"])
open("speaker", "w").write(speaker)'
isnad quotes --db news.db --by "$(cat speaker)" --json | python3 -c '
import json, sys
print({json.loads(l)["speaker"]["kb"] for l in sys.stdin} == {open("speaker").read()})'
isnad timeline --db news.db --json --limit 200 | python3 -c '
import json, sys
days = [json.loads(l)["day"] for l in sys.stdin]
print(len(days) > 3, days == sorted(days))'
isnad actor --db news.db --json "$(cat speaker)" | python3 -c '
import json, sys
d = json.load(sys.stdin)["database"]
print(d["kb"] == open("speaker").read(), d["articles"] > 0, d["quotes"] > 0, all(m["times"] >= m["articles"] > 0 for m in d["met"]))'
isnad actor --db news.db "$(cat speaker)" | grep -c "^in the database"
isnad actor --db news.db "من لا اسم له" 2>/dev/null; echo "exit $?"
isnad events --db news.db --limit 3 --color never | head -n 1 | cut -c1-16
isnad timeline --db news.db --limit 3 --color never | head -n 1 | cut -c1-16
isnad search --db news.db كلمةلاتوجد; echo "exit $?"
isnad search --db news.db "(المعبر"; echo "exit $?"
isnad search --db news.db في; echo "exit $?"
isnad events --db news.db --by "من لا اسم له"; echo "exit $?"
isnad search --db news.db --since soon; echo "exit $?"
isnad search --db news.db --limit none; echo "exit $?"
isnad search المعبر; echo "exit $?"
isnad search --db news.db المعبر >/dev/full; echo "exit $?"
