#!/bin/bash
# The pages: they build, their units hold, and each of them is walked through in a real browser over the real server.
# Skipped where node, npm, its packages or the browser aren't there.
set -u
source=${ISNAD_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
skip() { echo "skipped: $*"; exit 77; }
command -v node >/dev/null || skip "no node"
command -v npm >/dev/null || skip "no npm"
cd "$source" || exit 1
if ! cmp -s web/package-lock.json web/node_modules/.isnad-lock; then
    (cd web && npm ci --no-audit --no-fund --prefer-offline >/dev/null 2>&1 && cp package-lock.json node_modules/.isnad-lock) ||
        skip "npm can't fetch the packages"
fi
tools/build-pages || exit 1
cd web || exit 1
npm run --silent test || exit 1
npm run --silent test:built || exit 1

echo "an archive with the built pages, as somebody without node gets it"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if git -C "$source" rev-parse HEAD >/dev/null 2>&1; then
    archive=$("$source/tools/release" "$work") || exit 1
    tar -tzf "$archive" >"$work/list"
    for file in web/dist/index.html web/dist/ar/index.html web/dist/licences.txt web/package-lock.json demo LICENSE; do
        grep -q "^isnad-[0-9.]*/$file$" "$work/list" || { echo "not in the archive: $file"; exit 1; }
    done
    mkdir "$work/x" "$work/bin"
    tar -xzf "$archive" -C "$work/x"
    for tool in bash dirname find; do ln -s "$(command -v $tool)" "$work/bin/$tool"; done
    (cd "$work/x"/isnad-* && PATH=$work/bin bash tools/build-pages) || { echo "the archive asks for node"; exit 1; }
    ! grep -q node_modules "$work/list" || { echo "node_modules in the archive"; exit 1; }
fi

browser=${CHROMIUM:-/usr/bin/chromium}
[ -x "$browser" ] || skip "no chromium (the units hold)"
[ -x "${ISNAD_BUILD:-}/cli/isnad" ] || skip "no isnad in ISNAD_BUILD (the units hold)"
CHROMIUM=$browser npm run --silent test:browser
