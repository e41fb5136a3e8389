# shellcheck shell=bash
# To be sourced by tests: sets $PYTHON to a Python with the packages of test/cluster/packages.txt, in a virtual environment beside the builds, made
# once. Ends the test with 77 (skipped) where they can't be had.
skip() { echo "skipped: $*"; exit 77; }
VENV=${ISNAD_BUILD:?}/../cluster-venv
PYTHON=$VENV/bin/python
exec 8>"$ISNAD_BUILD/../cluster-venv.lock"
flock -w 500 8 || skip "another test is still making the environment"
if ! cmp -s "$(dirname "${BASH_SOURCE[0]}")/packages.txt" "$VENV/packages.txt"; then
    rm -rf "$VENV"
    python3 -c 'import venv, ensurepip' 2>/dev/null || skip "no Python with venv"
    python3 -m venv "$VENV" || skip "no virtual environment could be made"
    timeout 420 "$PYTHON" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 \
        -r "$(dirname "${BASH_SOURCE[0]}")/packages.txt" || { rm -rf "$VENV"; skip "the packages can't be had from here"; }
    cp "$(dirname "${BASH_SOURCE[0]}")/packages.txt" "$VENV/packages.txt"
fi
flock -u 8
