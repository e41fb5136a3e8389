#!/bin/bash
# Our terms of office against a public list, where it lies beside the project (test/lexicon/terms.py).
list=$ISNAD_SOURCE/../shared/data/actors/wiki_actors_roles.tsv
[ -f "$list" ] || exit 77
exec python3 "$ISNAD_SOURCE/test/lexicon/terms.py" "$ISNAD_SOURCE/lexicon" "$list"
