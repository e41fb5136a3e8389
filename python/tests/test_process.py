"""Forks, other processes, other interpreters."""

import concurrent.futures
import itertools
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import warnings

import pytest

import isnad
from conftest import ARTICLES, TEXT


def in_child(work):
    """Runs a function in a forked child; what it raises or answers, as text."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that threads run is the point
        child = os.fork()
    if child == 0:
        try:
            try:
                answer = repr(work())
            except BaseException as error:
                answer = f"{type(error).__name__}: {error}"
            os.write(write, answer.encode()[:4000])
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as out:
        answer = out.read()
    assert os.waitpid(child, 0)[1] == 0
    return answer


def test_an_engine_works_after_a_fork(engine):
    expected = engine.code(TEXT).raw
    stop = threading.Event()

    def code():
        while not stop.is_set():
            engine.code(TEXT)
    threads = [threading.Thread(target=code) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(10):
            assert in_child(lambda: engine.code(TEXT).raw == expected) == "True"
            assert in_child(lambda: len(list(engine.code_many([TEXT] * 40, jobs=2)))) == "40"
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_database_is_its_process_s(tmp_path, engine):
    with isnad.open(tmp_path / "f.db", write=True, engine=engine) as db:
        db.add(ARTICLES)
        assert "ArgumentError: the database was opened before this process was forked" in in_child(lambda: db.search("الشاحنات"))
        assert in_child(db.close) == "None"
        assert in_child(lambda: len(isnad.open(db.file, engine=engine).search("الشاحنات"))) != "0"
        assert db.search("الشاحنات") and db.check() == []


def test_runs_are_their_process_s(engine):
    many = engine.code_many(itertools.repeat(TEXT, 500), jobs=2)
    files = engine.code_files([ARTICLES] * 100)
    next(many), next(files)
    assert "forked" in in_child(lambda: list(many))
    assert "forked" in in_child(lambda: list(files))
    many.close()
    files.close()


def code_in_worker(engine, text):
    return engine.code(text).raw


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_process_pools(engine, method):
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert list(pool.map(code_in_worker, [engine] * 4, [TEXT] * 4)) == [engine.code(TEXT).raw] * 4


def test_other_interpreters():
    """A module that keeps nothing outside its interpreter works in others that share the GIL, or is refused with an ImportError."""
    script = textwrap.dedent(f"""
        import sys
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        import isnad
        engine = isnad.Engine()
        code = '''
        import sys
        sys.path[:] = {sys.path!r}
        try:
            import isnad
        except ImportError as error:
            print("refused", flush=True)
        else:
            print(len(isnad.Engine().code({TEXT!r}).entities), flush=True)
        '''
        import textwrap
        for _ in range(3):
            interpreter = interpreters.create()
            interpreters.run_string(interpreter, textwrap.dedent(code))
            interpreters.destroy(interpreter)
        print(len(engine.code({TEXT!r}).entities))
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split()
    assert len(lines) == 4 and lines[3].isdigit()
    assert all(line in (lines[3], "refused") for line in lines), lines
