# Exports: formats, several files, standard input, what is refused.
isnad code -q "$SOURCE/examples/articles/bridge-1.txt" >a.jsonl
isnad code -q "$SOURCE/examples/articles/attack-1.txt" >b.jsonl
isnad export events a.jsonl b.jsonl | cut -d, -f7,8,12 | head -5
cat a.jsonl | isnad export polecat - | cut -f3,4,8 | sed -n 1,4p
isnad export --output c.jsonl jsonl a.jsonl b.jsonl; echo "status $?"
cat a.jsonl b.jsonl | cmp - c.jsonl && echo "the same records"
echo "== refusals"
isnad export excel a.jsonl; echo "status $?"
isnad export events; echo "status $?"
isnad export events nowhere.jsonl >/dev/null; echo "status $?"
(cat a.jsonl; echo '{"text":'; cat b.jsonl) | isnad export jsonl - | wc -l; echo "status ${PIPESTATUS[1]}"
: >empty.jsonl
isnad export plover empty.jsonl; echo "status $?"
isnad export events a.jsonl >/dev/full; echo "status $?"
