# The forms for people: lines and columns, not what was found (that is tested room by room).
cat >article.txt <<'A'
بحث وزير الخارجية المصري سامح شكري مع نظيره الأردني أيمن الصفدي في عمان العلاقات الثنائية.

وقال شكري إن "التعاون بين البلدين يتقدم".
A
isnad code --published 2021-04-17 --outlet "صحيفة" --brief article.txt >brief
head -n 1 brief | cut -c1-3
grep -c '^   2021-04-17, .*صحيفة' brief
isnad code --published 2021-04-17 --table article.txt >table
python3 - <<'P'
import re, unicodedata
def width(s):
    return sum(0 if unicodedata.combining(c) or c in "\u2068\u2069" else 1 for c in s)
rows = open("table", encoding="utf-8").read().splitlines()
print(rows[0].replace("\u2068", "").replace("\u2069", ""))
starts = {width(r[: r.rindex("\u2068")]) for r in rows}
print("last column begins in", len(starts), "place")
print("isolates are closed" if all(r.count("\u2068") == r.count("\u2069") for r in rows) else "open isolate")
P
isnad code --color always --brief article.txt | grep -c $'\033' >colored
[ "$(cat colored)" -gt 0 ] && echo colored
isnad code --color auto --brief article.txt | grep -c $'\033'
isnad explain --published 2021-04-17 article.txt >explained
grep -c '^block ' explained
grep -q '^ sentence ' explained && grep -q '^  token ' explained && echo "explained"
isnad code -q article.txt | python3 -c 'import json,sys; r=json.loads(sys.stdin.read()); print(r["isnad"], r["uri"], r["language"])'
