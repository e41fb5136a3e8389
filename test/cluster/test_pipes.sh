#!/bin/bash
# `isnad code --pipe` inside other programs: a partner that waits for each answer, GNU parallel.
set -eu
build=${ISNAD_BUILD:?} source=${ISNAD_SOURCE:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$build/cli:$PATH"
fail() { echo "FAILED: $*"; exit 1; }

python3 - "$source/examples/articles" >"$work/articles.jsonl" <<'P'
import json, pathlib, sys
for n in range(40):
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
        if not path.read_bytes().isascii() and path.read_bytes().decode("utf-8", "ignore").encode() != path.read_bytes():
            continue
        print(json.dumps({"id": f"{path.stem}-{n}", "text": path.read_text("utf-8"), "published": f"2021-04-{n % 28 + 1:02}"}))
P
lines=$(wc -l <"$work/articles.jsonl")
[ "$lines" -gt 40 ] || fail "no examples"

# The same records as without --pipe, but for the name of what was read; each line answered before the next is written.
isnad code --format jsonl - <"$work/articles.jsonl" | sed -E 's/"uri":"-:[0-9]+"/"uri":"-"/' >"$work/expected"
isnad code --pipe <"$work/articles.jsonl" >"$work/piped"
cmp "$work/expected" "$work/piped" || fail "records differ"
python3 - "$work/articles.jsonl" "$work/expected" <<'P'
import os, select, subprocess, sys
p = subprocess.Popen(["isnad", "code", "--pipe"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def ask(data):
    p.stdin.write(data); p.stdin.flush()
    answer = b""
    while not answer.endswith(b"\n"):
        assert select.select([p.stdout], [], [], 60)[0], "no answer within a minute"
        answer += os.read(p.stdout.fileno(), 1 << 20)
    assert answer.count(b"\n") == 1
    return answer
for line, expected in list(zip(open(sys.argv[1], "rb"), open(sys.argv[2], "rb")))[:60]:
    assert ask(line) == expected
def resident():
    return int(next(l for l in open(f"/proc/{p.pid}/status") if l.startswith("VmHWM")).split()[1]) // 1024
before = resident()
for _ in range(20): # 200 MiB without a line end
    p.stdin.write(b"x" * (10 << 20))
answer = ask(b"\n")
assert b'"error"' in answer and b"longer than" in answer, answer
grown = resident() - before
assert grown < 100, f"{grown} MiB for a line that is too long"
assert ask(line) == expected, "it goes on"
p.stdin.close()
assert p.wait(60) == 0
print("answers come line by line; a line of 200 MiB took", grown, "MiB")
P

# A reader that goes away ends it.
set +e
isnad code --pipe <"$work/articles.jsonl" 2>"$work/gone" | head -n 1 >/dev/null
status=${PIPESTATUS[0]}
set -e
[ "$status" = 2 ] || fail "exit $status where the reader went away"

if command -v parallel >/dev/null; then
    parallel --will-cite --pipe --keep-order --block 20k -j2 isnad code --pipe <"$work/articles.jsonl" >"$work/parallel"
    cmp "$work/expected" "$work/parallel" || fail "GNU parallel gets other records"
    echo "GNU parallel gets the same records"
else
    echo "GNU parallel is not installed: left out"
fi
