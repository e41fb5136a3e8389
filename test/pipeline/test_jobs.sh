#!/bin/bash
# The same bytes with 1 and with 8 jobs, over the example articles and, where they lie beside the project, the annotated ones.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
isnad=$ISNAD_BUILD/cli/isnad
same() {
    local name=$1
    shift
    "$isnad" code -q --jobs 1 "$@" >"$work/one" || [ -s "$work/one" ]
    "$isnad" code -q --jobs 8 "$@" >"$work/eight" || [ -s "$work/eight" ]
    cmp "$work/one" "$work/eight"
    [ -s "$work/one" ]
    echo "$name: $(wc -l <"$work/one") records, the same bytes"
}
examples=$ISNAD_SOURCE/examples/articles
# Many times over, so that all threads have work.
same examples --metadata "$ISNAD_SOURCE/examples/metadata.tsv" "$examples" "$examples" "$examples" "$examples" "$examples"
"$isnad" explain -q --jobs 1 "$examples" >"$work/one"
"$isnad" explain -q --jobs 8 "$examples" >"$work/eight"
cmp "$work/one" "$work/eight"
# Feeds and web archives, packed in every way: the same records, and the same faults where an archive was cut.
for name in a.warc a.warc.gz a.one.gz; do
    python3 "$ISNAD_SOURCE/test/read/make_warc.py" "$work/$name" --copies 20 "$examples"/*.txt "$examples"/*.html
    same $name "$work/$name"
done
head -c 100000 "$work/a.warc.gz" >"$work/cut.warc.gz"
same "feeds and a cut archive" "$ISNAD_SOURCE/examples/feeds" "$work/cut.warc.gz" "$ISNAD_SOURCE/examples/feeds" 2>/dev/null
dev=$ISNAD_SOURCE/../shared/eval/dev
[ ! -d "$dev" ] || same annotated --metadata "$dev/stories.tsv" "$dev/articles"
