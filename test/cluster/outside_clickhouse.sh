#!/bin/bash
# `isnad code --pipe` inside ClickHouse (as the package chdb): an executable function.
set -eu
build=${ISNAD_BUILD:?} source=${ISNAD_SOURCE:?}
# shellcheck source=test/cluster/venv.sh
. "$source/test/cluster/venv.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$build/cli:$PATH"
"$PYTHON" -c 'import chdb' 2>/dev/null || skip "no chdb for this Python"
"$PYTHON" "$source/test/cluster/spark_data.py" "$source/examples/articles" "$work/data"
grep '"id": ".*"published"\|"published".*"id": "' "$work/data/lines.jsonl" | head -n 200 >"$work/articles.jsonl"
isnad code --pipe <"$work/articles.jsonl" >"$work/expected"

# ClickHouse runs it as an executable function. Texts with tabs, line ends and backslashes come through whole.
mkdir "$work/functions"
cat >"$work/functions/udf_config.xml" <<'X'
<functions>
  <function>
    <type>executable</type>
    <name>isnad_code</name>
    <return_type>String</return_type>
    <argument><type>String</type><name>article</name></argument>
    <format>TabSeparated</format>
    <command>isnad code --pipe --escaped</command>
    <execute_direct>0</execute_direct>
  </function>
</functions>
X
"$PYTHON" - "$work" <<'P'
import json, sys
import chdb
work = sys.argv[1]
query = f"""SELECT isnad_code(toJSONString(map('id', id, 'text', text, 'published', published, 'outlet', outlet))) AS record
FROM file('{work}/articles.jsonl', JSONEachRow, 'id String, text String, published String, outlet String') ORDER BY id SETTINGS max_threads = 2"""
rows = [json.loads(line)["record"] for line in str(chdb.query(query, "JSONEachRow", udf_path=work + "/functions")).splitlines()]
expected = sorted(open(work + "/expected").read().splitlines(), key=lambda r: json.loads(r)["id"])
assert len(rows) == len(expected), (len(rows), len(expected))
different = [(a[:300], b[:300]) for a, b in zip(rows, expected) if a != b]
assert not different, different[0]
bad = str(chdb.query(r"SELECT JSONExtractString(isnad_code(arrayJoin(['{bad', '', '{\"text\":\"a\\tb\\\\n\"}'])), 'error', 'message') AS m",
                     "TSV", udf_path=work + "/functions"))
assert bad.count("\n") == 3 and "bad JSON" in bad and "empty" in bad, bad
print("ClickHouse gets the same", len(rows), "records, and errors as answers")
P
