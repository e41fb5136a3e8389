# Exports: formats, several files, standard input, what is refused.
one() {
    echo '{"id":"'$1'","text":"abc def ghi","published":"2021-04-17","entities":[{"id":"E1","type":"person","name":"abc","country":"EGY"},' \
        '{"id":"E2","type":"place","name":"ghi","country":"LBN"}],"events":[{"id":"V1","type":"CONSULT","mode":"visit","actor":["E1"],' \
        '"recipient":["E2"],"trigger":{"begin":4,"end":7},"status":"'$2'"}]}'
}
one a actual | isnad export jsonl - >a.jsonl
one b future | isnad export jsonl - >b.jsonl
isnad export events a.jsonl b.jsonl | cut -d, -f2,7,8,12
cat a.jsonl b.jsonl | isnad export polecat - | cut -f3,4,8
isnad export --output c.jsonl jsonl a.jsonl b.jsonl; echo "status $?"
cat a.jsonl b.jsonl | cmp - c.jsonl && echo "the same records"
echo "== from a database"
isnad add -q --db x.db --records c.jsonl
isnad export --db x.db jsonl | cmp - c.jsonl && echo "the same records"
isnad export --db nowhere.db jsonl; echo "status $?"
echo "== refusals"
isnad export excel a.jsonl; echo "status $?"
isnad export events; echo "status $?"
isnad export events nowhere.jsonl >/dev/null; echo "status $?"
(cat a.jsonl; echo '{"text":'; cat b.jsonl) | isnad export jsonl - | wc -l; echo "status ${PIPESTATUS[1]}"
: >empty.jsonl
isnad export plover empty.jsonl; echo "status $?"
isnad export events a.jsonl >/dev/full; echo "status $?"
