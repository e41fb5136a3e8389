#!/bin/bash
# The program from outside: each test/cli/cases/NAME.sh is run in an empty folder, what it prints is held against NAME.out.
# `test/cli/test_cli.sh --update [NAME...]` writes the expected outputs anew; read the diff before you commit it.
# Cases see: isnad (a function that runs the program), $SOURCE (the project), $BUILD (the build folder).
set -u
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${ISNAD_BUILD:-$SOURCE/build/release}
export SOURCE BUILD LC_ALL=C.UTF-8 ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}
unset ISNAD_IMAGE NO_COLOR
update=
[ "${1-}" = --update ] && { update=1; shift; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
isnad() { "$BUILD/cli/isnad" "$@"; }
export -f isnad

passed=0 failed=0
for script in "$SOURCE"/test/cli/cases/*.sh; do
    name=$(basename "$script" .sh)
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    expected=${script%.sh}.out
    mkdir -p "$work/$name"
    (cd "$work/$name" && exec timeout 240 bash "$script") >"$work/$name.out" 2>&1
    # Paths of this machine don't belong into expected outputs.
    sed -i "s|$SOURCE|SOURCE|g; s|$work|WORK|g" "$work/$name.out"
    if [ -n "$update" ]; then
        cp "$work/$name.out" "$expected"
    elif diff -u "$expected" "$work/$name.out"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        failed=$((failed + 1))
    fi
done
echo "cli cases: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
