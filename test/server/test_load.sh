#!/bin/bash
# A few seconds of load on a database of the example articles: no answer fails, the memory doesn't grow. test/server/load measures for longer.
set -eu
command -v wrk >/dev/null || { echo "skipped: wrk is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$ISNAD_BUILD/cli/isnad" add --db "$work/news.db" --metadata "$ISNAD_SOURCE/examples/metadata.tsv" "$ISNAD_SOURCE/examples/articles" "$ISNAD_SOURCE/examples/feeds" 2>/dev/null
"$ISNAD_BUILD/cli/isnad" stories --db "$work/news.db" >/dev/null
much=(--rate 50) # a sanitizer keeps freed memory for a while: there, few requests
grep -qE '^ISNAD_SANITIZE:[A-Z]+=.+' "$ISNAD_BUILD/CMakeCache.txt" && much=(--rate 10 --connections 4 --only-held)
python3 "$ISNAD_SOURCE/test/server/load" --build "$ISNAD_BUILD" --db "$work/news.db" --seconds 4 "${much[@]}"
