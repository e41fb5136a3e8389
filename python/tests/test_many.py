"""Many articles: threads, order, bounds, faults, interruption."""

import io
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import warnings

import pytest

import isnad
from conftest import ARTICLES, SANITIZED, TEXT


def articles(n):
    return [{"id": f"a{i}", "text": TEXT + f" وقتل {i + 13} شخصا."} for i in range(n)]


def test_order_is_kept_with_any_number_of_threads(engine, threads_switch_often):
    many = articles(200)
    expected = [engine.code(article).raw for article in many]
    for jobs in (1, 2, 5):
        for look_ahead in (None, 1, 7):
            assert [r.raw for r in engine.code_many(many, jobs=jobs, look_ahead=look_ahead)] == expected


def test_no_more_is_taken_than_is_looked_ahead(engine):
    taken = [0]

    def source():
        for article in articles(300):
            taken[0] += 1
            yield article
    for i, _ in enumerate(engine.code_many(source(), jobs=2, look_ahead=20)):
        assert taken[0] <= i + 1 + 20 + 20
    assert taken[0] == 300


def test_slow_sources_are_not_waited_for(engine):
    """What comes one by one goes out one by one, though more could be looked ahead."""
    seen = []

    def source():
        for i, article in enumerate(articles(4)):
            seen.append(i)
            yield article
            time.sleep(0.3)
    for i, _ in enumerate(engine.code_many(source(), jobs=2)):
        assert len(seen) <= i + 3


def test_endless_sources(engine):
    endless = ({"text": TEXT} for _ in itertools.count())
    assert len(list(itertools.islice(engine.code_many(endless, jobs=2), 150))) == 150


@pytest.mark.parametrize("errors", ["warn", "raise", "skip", "return"])
def test_faults(engine, errors):
    mixed = [TEXT, "", b"\0\1\2" * 50, TEXT]
    run = engine.code_many(mixed, errors=errors)
    if errors == "raise":
        assert next(run).entities
        with pytest.raises(isnad.EmptyError):
            next(run)
        return
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        results = list(run)
    kinds = [type(result) for result in results]
    if errors == "return":
        assert kinds == [isnad.Record, isnad.EmptyError, isnad.BinaryError, isnad.Record]
    else:
        assert kinds == [isnad.Record] * 2
    assert [w.category for w in told] == ([isnad.FaultWarning] * 2 if errors == "warn" else [])


def test_a_source_that_raises(engine):
    def source():
        yield from articles(50)
        raise KeyError("the source")
    got = []
    with pytest.raises(KeyError, match="the source"):
        for record in engine.code_many(source(), jobs=2):
            got.append(record.id)
    assert got == [f"a{i}" for i in range(50)]
    with pytest.raises(TypeError):
        list(engine.code_many([TEXT, 17]))
    with pytest.raises(TypeError):
        engine.code_many(None)


def test_arguments_are_refused_at_once(engine):
    for wrong in ({"jobs": 0}, {"jobs": 10**6}, {"jobs": True}, {"look_ahead": 0}, {"errors": "x"}, {"kind": "x"}, {"favor": "x"},
                  {"published": "yesterday"}, {"outlet": "a\0b"}):
        with pytest.raises(isnad.ArgumentError):
            engine.code_many([TEXT], **wrong)


def test_given_up_in_the_middle(engine):
    before = threading.active_count()
    for _ in range(20):
        run = engine.code_many(articles(500), jobs=3)
        next(run)
        run.close()
        files = engine.code_files(ARTICLES)
        next(files)
        files.close()
    assert threading.active_count() == before


def test_one_engine_in_many_threads(engine, threads_switch_often):
    many = articles(60)
    expected = [engine.code(article).raw for article in many]
    wrong = []

    def work(offset):
        for i in range(len(many)):
            at = (i + offset) % len(many)
            if engine.code(many[at]).raw != expected[at]:
                wrong.append(at)
    threads = [threading.Thread(target=work, args=(7 * i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_closing_while_others_code(threads_switch_often):
    for _ in range(10):
        engine = isnad.Engine()
        told = []

        def work():
            try:
                while True:
                    engine.code(TEXT)
            except isnad.ArgumentError as error:
                told.append(str(error))
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.01)
        engine.close()
        for thread in threads:
            thread.join()
        assert told == ["the engine is closed"] * 4


def test_progress(engine, capsys):
    told = []
    list(engine.code_many(articles(100), progress=told.append))
    assert told[-1] == isnad.Progress(100, 0, 0, 100)
    list(engine.code_many(articles(100)))
    assert capsys.readouterr().err == ""
    list(engine.code_many(articles(100), progress=True))
    assert "100 of 100 articles, 100 %" in capsys.readouterr().err
    told.clear()
    list(engine.code_files(ARTICLES, progress=told.append))
    assert told[-1].articles == 12 and told[-1].bytes > 10000


def test_the_line_on_a_terminal():
    from isnad.progress import Bar

    class Terminal(io.StringIO):
        def isatty(self):
            return True
    out = Terminal()
    bar = Bar(None, 4, out)
    bar._told -= 1
    bar.update(1, 1)
    bar.update(3, 1, end=True)
    first, second = out.getvalue().split("\r")[1:]
    assert "1 of 4 articles, 50 %" in first and "1 fault" in first and second.endswith("\n")


@pytest.mark.parametrize("what", ["code_many", "code_files", "add"])
def test_interrupt(what, tmp_path):
    """Ctrl-C ends a run at once, in the main thread, with all threads ended."""
    source = tmp_path / "many.jsonl"
    line = '{"text": "' + TEXT.replace('"', "") + '"}\n'
    source.write_text(line * 200000, encoding="utf-8")
    script = textwrap.dedent(f"""
        import sys, threading, isnad
        engine = isnad.Engine()
        def articles():
            while True:
                yield {TEXT!r}
        print("begun", flush=True)
        try:
            if {what!r} == "add":
                isnad.open({str(tmp_path / "news.db")!r}, write=True, engine=engine).add({str(source)!r}, jobs=2)
            run = engine.code_many(articles(), jobs=2) if {what!r} == "code_many" else engine.code_files({str(source)!r}, jobs=2)
            for record in run:
                pass
        except KeyboardInterrupt:
            print("interrupted", threading.active_count(), flush=True)
            sys.exit(0)
    """)
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "begun\n"
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        begun = time.monotonic()
        out, _ = child.communicate(timeout=60)
        assert out == "interrupted 1\n" and child.returncode == 0
        assert time.monotonic() - begun < (60 if SANITIZED else 10)
    finally:
        child.kill()
        child.wait()


def test_left_open_at_the_end_of_the_program(tmp_path):
    """A run that nobody finishes doesn't keep a program from ending."""
    script = textwrap.dedent(f"""
        import isnad, itertools
        engine = isnad.Engine()
        many = engine.code_many(itertools.repeat({TEXT!r}), jobs=2)
        files = engine.code_files([{str(ARTICLES)!r}] * 500)
        next(many), next(files)
        print("end")
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("end\n", 0), done.stderr
