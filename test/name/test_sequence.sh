#!/bin/bash
# The sequence model of names on ANERcorp: learned from the first four fifths of its training part alone, measured on the last fifth with the scorer of
# CoNLL 2003 (a name counts where both ends and the type agree). `test_sequence.sh all` measures the other sets too (model/README.md has the
# table): with all sets but the last fifth of the one that is measured.
set -u
data=$ISNAD_SOURCE/../shared/data/ner
trainer=$ISNAD_BUILD/isnad-train-names
[ -f "$data/anercorp_train.txt" ] || exit 77
if grep -q __asan_init "$trainer"; then
    echo "skipped: with sanitizers this takes many minutes"
    exit 77
fi
if [ "${1:-}" = all ]; then
    sets=("aner=$data/anercorp_train.txt" "aqmar=$data/aqmar_train.iob2" "wojood=$data/wojood_sample_train.txt")
    for file in "$ISNAD_SOURCE"/model/data/names-*.txt; do
        sets+=("own=$file")
    done
    for as in aner aqmar own; do
        echo "all sets, measured on $as"
        "$trainer" "$ISNAD_IMAGE" "${sets[@]}" "as=$as"
    done
fi
out=$("$trainer" "$ISNAD_IMAGE" "aner=$data/anercorp_train.txt" "clean=$data/cleananercorp_train.txt" as=aner) || exit 1
echo "$out"
f1=$(sed -nE 's/^aner +all .* F1 ([0-9.]+) .*/\1/p' <<<"$out")
awk -v f1="${f1:-0}" 'BEGIN { exit !(f1 >= 0.77) }' || { echo "F1 is below .77"; exit 1; }
