#!/bin/bash
# What is said of an article doesn't depend on the articles that its worker has read before: the sentences of model/data as articles, coded forwards,
# backwards and by three jobs, give the same records.
set -u
isnad="$ISNAD_BUILD/cli/isnad"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$ISNAD_SOURCE" "$work" <<'EOF' || exit 1
import glob, json, re, sys
source, work = sys.argv[1:]
articles = []
for path in sorted(glob.glob(source + "/model/data/names-*.txt")):
    for block in open(path, encoding="utf-8").read().split("\n\n"):
        lines = [re.sub(r"\[[A-Z]+ ([^\]]*)\]", r"\1", l) for l in block.split("\n") if l and not l.startswith("#")]
        if lines:
            articles.append(json.dumps({"id": str(len(articles)), "text": "\n".join(lines), "date": "2018-05-0%d" % (len(articles) % 9 + 1)},
                                       ensure_ascii=False) + "\n")
assert len(articles) > 200, len(articles)
open(work + "/forwards.jsonl", "w", encoding="utf-8").writelines(articles)
open(work + "/backwards.jsonl", "w", encoding="utf-8").writelines(reversed(articles))
EOF
# The uri holds the line of the file: it is the one thing that may differ.
coded() {
    "$isnad" code -q --jobs "$2" "$work/$1.jsonl" | sed 's/"uri":"[^"]*"/"uri":""/' | LC_ALL=C sort >"$work/$3"
}
coded forwards 1 one && coded backwards 1 other && coded forwards 3 three || exit 1
cmp "$work/one" "$work/other" && cmp "$work/one" "$work/three" || exit 1
echo "$(wc -l <"$work/one") records, the same in any order"
