"""Nothing is left behind: resident memory stays flat over many calls."""

import gc
import io
import sys

import pytest

import isnad
from conftest import ARTICLES, SANITIZED, TEXT
from isnad import _core

pytestmark = pytest.mark.skipif(SANITIZED or not sys.platform.startswith("linux"), reason="memory is measured on Linux, without sanitizers")


def resident():
    gc.collect()
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def grows(work, times):
    """MiB that memory grows by over `times` calls, after as many to warm up."""
    for _ in range(times):
        work()
    before = resident()
    for _ in range(times):
        work()
    return resident() - before


def refuse(call):
    try:
        call()
    except (isnad.Error, TypeError, KeyError):
        return
    raise AssertionError("was taken")


def walk(record):
    for event in record.events:
        event.actors, event.place, event.quote, event.counts, event.trigger.text, event.days
    for quote in record.quotes:
        quote.speaker, quote.via, quote.cue
    return [(m.start, m.end, m.text) for m in record.mentions]


def test_calls(engine, records, tmp_path):
    big = TEXT * 20
    raw = records[0].raw
    db = isnad.open(tmp_path / "m.db", write=True, engine=engine)
    db.add_records(records)

    def keep_stories():
        core = _core.stories_new(engine._core)
        for record in records:
            core.add(record.raw)
        core.make(1)
        core.tell(0, True, True)

    def raising(_):
        raise KeyError

    for name, work, times in [
            ("code", lambda: walk(engine.code(big)), 300),
            ("code of bytes", lambda: engine.code(big.encode()).raw, 300),
            ("explain", lambda: engine.explain(TEXT), 200),
            ("actor", lambda: engine.actor("العراق"), 200),
            ("errors", lambda: refuse(lambda: engine.code("")), 3000),
            ("type errors", lambda: refuse(lambda: engine._core.code_batch([("x", None, 0, None, None, None, 0), (1,)])), 3000),
            ("code_many", lambda: list(engine.code_many([big] * 20 + [""], jobs=2, errors="skip")), 15),
            ("code_files", lambda: list(engine.code_files(ARTICLES)), 15),
            ("given up", lambda: next(engine.code_files(ARTICLES)), 15),
            ("tables", lambda: isnad.tables([raw]), 200),
            ("find", lambda: (db.search("الشاحنات"), db.events()), 100),
            ("records", lambda: list(db.records()), 50),
            ("a function that raises", lambda: refuse(lambda: db._store.records(raising)), 300),
            ("add", lambda: db.add_records(records), 15),
            ("check", lambda: db.check(), 10),
            ("open", lambda: isnad.open(db.file, engine=engine).close(), 50),
            ("no database", lambda: refuse(lambda: isnad.open(tmp_path / "none", engine=engine)), 300),
            ("stories", keep_stories, 30),
            ("export", lambda: isnad.export(records, "gexf", io.BytesIO(), engine=engine), 30),
            ("engines", lambda: isnad.Engine().code(TEXT), 15)]:
        assert grows(work, times) < 3, name
    db.close()


def test_references(engine):
    """Arguments and results are let go."""
    text, outlet = "ن" + TEXT, "outlet " + TEXT
    task = (text, None, 0, None, outlet, None, 0)
    before = [sys.getrefcount(thing) for thing in (text, outlet, task, engine._core, None)]
    for _ in range(1000):
        engine._core.code_batch([task])
        refuse(lambda: engine._core.code_batch([task, (None,)]))
    after = [sys.getrefcount(thing) for thing in (text, outlet, task, engine._core, None)]
    assert all(abs(a - b) < 50 for a, b in zip(after, before)), (before, after)
