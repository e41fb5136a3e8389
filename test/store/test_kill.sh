#!/bin/bash
# Kills `isnad add` at random moments: each time the database is good, and in the end the same command completes it to what an
# undisturbed run gives. ROUNDS (default 4) and ARTICLES (default 3000) by environment.
set -u
: "${ISNAD_BUILD:?}" "${ISNAD_SOURCE:?}"
isnad=$ISNAD_BUILD/cli/isnad
here=$ISNAD_SOURCE/test/store
rounds=${ROUNDS:-4} articles=${ARTICLES:-3000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/articles.py" "$articles" >"$work/all.jsonl"
"$isnad" add --db "$work/whole.db" --jobs 2 "$work/all.jsonl" 2>/dev/null || { echo "FAILED: the undisturbed run"; exit 1; }
begun=$(date +%s%N)
"$isnad" add --db "$work/timed.db" --jobs 2 "$work/all.jsonl" 2>/dev/null
milliseconds=$((($(date +%s%N) - begun) / 1000000 + 1))
whole=$(python3 "$here/content.py" "$work/whole.db")
RANDOM=${SEED:-7}
killed=0 kept=0
for round in $(seq "$rounds"); do
    db=$work/$((round % 3)).db # now and then one that was killed before
    "$isnad" add --db "$db" --jobs 2 "$work/all.jsonl" 2>/dev/null &
    run=$!
    moment=$((RANDOM % (milliseconds + 50)))
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    kill -9 $run 2>/dev/null && killed=$((killed + 1))
    wait $run 2>/dev/null
    if [ -s "$db" ]; then
        "$isnad" check --db "$db" >"$work/said" 2>&1
        code=$?
        # killed before its tables were made, it is empty still
        if [ $code -ne 0 ] && ! grep -q 'is empty' "$work/said"; then
            echo "FAILED: round $round: the database is not good"
            cat "$work/said"
            exit 1
        fi
        [ $code -eq 0 ] && [ "$(python3 "$here/content.py" "$db" | cut -d' ' -f2)" -gt 0 ] && kept=$((kept + 1))
    fi
    if [ $((round % 2)) -eq 0 ] || [ "$round" -eq "$rounds" ]; then
        "$isnad" add --db "$db" --jobs 1 "$work/all.jsonl" 2>/dev/null || { echo "FAILED: round $round: not completed"; exit 1; }
        "$isnad" check --db "$db" >/dev/null || { echo "FAILED: round $round: not good when completed"; exit 1; }
        [ "$(python3 "$here/content.py" "$db")" = "$whole" ] || { echo "FAILED: round $round: other content"; exit 1; }
        rm -f "$db" "$db"-*
    fi
done
echo "killed $killed of $rounds runs, $kept of them with articles in the file; all good and completed"
[ "$killed" -gt 0 ]
