#!/bin/bash
# isnad.spark on a real cluster (one master, two workers of one core on loopback), workers killed in the middle: the tables and stories are those of
# `isnad add` and `isnad stories` on one machine.
set -eu
build=${ISNAD_BUILD:?} source=${ISNAD_SOURCE:?}
command -v java >/dev/null || { echo "skipped: no Java"; exit 77; }
# shellcheck source=test/cluster/venv.sh
. "$source/test/cluster/venv.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$build/cli:$PATH" PYTHONPATH="$source/test/cluster" PYTHONWARNINGS=ignore
fail() { echo "FAILED: $*"; exit 1; }

"$PYTHON" "$source/test/cluster/spark_data.py" "$source/examples/articles" "$work/data"
inputs=("$work/data/lines.jsonl" "$work/data/crawl.warc.gz" "$work/data/plain.warc" "$work/data/pages")
isnad add --db "$work/news.db" --no-progress "${inputs[@]}" 2>"$work/faults" && fail "the broken pages are no faults"
isnad stories --db "$work/news.db" >/dev/null

timeout 600 "$PYTHON" "$source/test/cluster/spark_job.py" "$work" 2>"$work/spark.log" || { grep -v WARN "$work/spark.log" | tail -n 60; fail "the job"; }
"$PYTHON" "$source/test/cluster/same.py" "$work/news.db" "$work/tables" || fail "other tables"
faults=$(grep -vc 'articles added' "$work/faults")
told=$("$PYTHON" -c "
import pyarrow.dataset as ds, pyarrow.compute as pc
print(ds.dataset('$work/tables/diagnostics').to_table(filter=pc.field('code') == 'fault').num_rows)")
[ "$faults" = "$told" ] || fail "$faults inputs were broken, $told rows say so"
echo "and $told broken inputs have a row each"
