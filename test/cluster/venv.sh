# shellcheck shell=bash
# To be sourced by tests: sets $PYTHON to a Python with the packages of test/cluster/packages.txt and isnad itself, in a virtual environment beside the
# builds, made once; isnad is built anew where its sources changed. Ends the test with 77 (skipped) where that can't be had.
skip() { echo "skipped: $*"; exit 77; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
VENV=$(cd "${ISNAD_BUILD:?}/.." && pwd)/cluster-venv
PYTHON=$VENV/bin/python
exec 8>"$VENV.lock"
flock -w 600 8 || skip "another test is still making the environment"
if ! cmp -s "$here/packages.txt" "$VENV/packages.txt"; then
    rm -rf "$VENV"
    { python3 -c 'import venv, ensurepip' 2>/dev/null && python3 -m venv "$VENV"; } || skip "no Python with venv"
    timeout 420 "$PYTHON" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 -r "$here/packages.txt" ||
        { rm -rf "$VENV"; skip "the packages of test/cluster/packages.txt can't be had from here"; }
    cp "$here/packages.txt" "$VENV/packages.txt"
fi
stamp=$(cd "$root" && find python/ext python/src python/CMakeLists.txt python/pyproject.toml src include lexicon model cmake CMakeLists.txt -type f -not -name '*.pyc' \
    -newer "$VENV/isnad.stamp" 2>&1 | head -n 1)
if [ -n "$stamp" ]; then
    touch "$VENV/isnad.new"
    broken() { echo "FAILED: the package isnad doesn't build"; exit 1; }
    "$PYTHON" -m pip wheel --quiet --disable-pip-version-check --no-build-isolation --no-deps -w "$VENV/wheels" --config-settings=build-dir="$VENV/build" \
        "$root/python" || broken
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$VENV"/wheels/isnad-*.whl || broken
    mv "$VENV/isnad.new" "$VENV/isnad.stamp"
fi
flock -u 8
