#!/bin/bash
# Confidence against what annotators have, in bins of a tenth. Skipped where the annotated articles aren't there.
set -u
shared=$ISNAD_SOURCE/../shared/eval
[ -e "$shared/dev/stories.tsv" ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$ISNAD_BUILD/cli/isnad" code -q --metadata "$shared/dev/stories.tsv" "$shared"/dev/articles/*.txt >"$work/r.jsonl" || exit 1
python3 "$ISNAD_SOURCE/test/eval/reliability.py" "$shared" "$work/r.jsonl" --floors "$ISNAD_SOURCE/test/eval/reliability-floors.tsv"
