#!/bin/bash
# The Python package: a wheel is built as users build it, installed into an empty virtual environment, where README.md's Python example runs;
# then the package's own tests, the examples in its docstrings and pages, and the type checker. What comes from the package index is kept in the
# build folder; where it can't be had the test is skipped. With ISNAD_PYTHON_SANITIZE=address,undefined in the environment libisnad and the extension
# are built with the sanitizers, and the tests run under them.
set -eu
tools=$ISNAD_BUILD/python-tools
build=$ISNAD_BUILD/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
sanitize=${ISNAD_PYTHON_SANITIZE-}
build=$build${sanitize:+-sanitized}

# The first Python that can make environments and has its headers.
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import os, sys, sysconfig, ensurepip, venv
sys.exit(sys.version_info < (3, 9) or not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { echo "skipped: no Python from 3.9 on with its headers and venv"; exit 77; }

wanted="scikit-build-core>=0.10 pytest mypy pyarrow pandas"
if [ "$(cat "$tools/wanted" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$tools"
    "$python" -m venv "$tools"
    # shellcheck disable=SC2086
    if ! "$tools/bin/pip" install -q $wanted >"$work/pip.log" 2>&1; then
        tail -n 3 "$work/pip.log"
        rm -rf "$tools"
        echo "skipped: the package index can't be reached for $wanted"
        exit 77
    fi
    echo "$wanted" >"$tools/wanted"
fi

echo "a wheel"
"$tools/bin/pip" wheel -q --no-build-isolation --no-deps -w "$work/wheel" --config-settings=build-dir="$build" \
    --config-settings=cmake.define.ISNAD_WERROR=ON --config-settings=cmake.define.ISNAD_SANITIZE="$sanitize" "$ISNAD_SOURCE/python"
wheel=$(echo "$work"/wheel/isnad-*.whl)
case $wheel in *-cp39-abi3-*) ;; *) echo "no wheel for all versions: $wheel"; exit 1 ;; esac

if [ -n "$sanitize" ]; then
    preload="$(cc -print-file-name=libasan.so) $(cc -print-file-name=libubsan.so)"
    "$tools/bin/pip" install -q --no-deps --force-reinstall "$wheel"
    cd "$ISNAD_SOURCE/python"
    # Python keeps memory at its end, so leaks are looked for by test_memory.py without the sanitizer.
    LD_PRELOAD=$preload ASAN_OPTIONS=detect_leaks=0 PYTHONMALLOC=malloc ISNAD_SANITIZED=1 \
        "$tools/bin/python" -m pytest -x tests
    exit
fi

echo "README.md's example in an empty environment"
"$python" -m venv "$work/clean"
"$work/clean/bin/pip" install -q --no-deps "$wheel"
(cd "$ISNAD_SOURCE/examples" && "$work/clean/bin/python" "$ISNAD_SOURCE/python/tests/run_example.py" "$ISNAD_SOURCE/README.md")

echo "types"
(cd "$ISNAD_SOURCE/python" && "$tools/bin/mypy" --cache-dir "$build/mypy" --config-file pyproject.toml)

echo "tests"
"$tools/bin/pip" install -q --no-deps --force-reinstall "$wheel"
cd "$ISNAD_SOURCE/python"
"$tools/bin/python" -m pytest tests
