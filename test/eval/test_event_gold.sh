#!/bin/bash
# Marked sentences of an Arabic newswire: is the right root type found, is it news, does the actor have the right country?
# Prints the published coder's figure beside ours. Skipped where the data isn't there.
set -u
data=$ISNAD_SOURCE/../shared/data/event-gold
[ -e "$data/assault_spans.json" ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$ISNAD_SOURCE/test/eval
python3 "$here/event-gold.py" --sentences "$data" >"$work/s.jsonl" || exit 1
"$ISNAD_BUILD/cli/isnad" code -q "$work/s.jsonl" >"$work/r.jsonl" || exit 1
"$ISNAD_BUILD/cli/isnad" explain "$work/s.jsonl" >"$work/e.txt" || exit 1
python3 "$here/event-gold.py" "$data" "$work/r.jsonl" "$work/e.txt" "$here/event-gold-floors.tsv" "$@"
