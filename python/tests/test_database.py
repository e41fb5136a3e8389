"""The database."""

import io
import json
import os
import threading

import pytest

import isnad
from conftest import ARTICLES, EXAMPLES, SANITIZED, TEXT

META = EXAMPLES / "metadata.tsv"


@pytest.fixture(scope="module")
def file(tmp_path_factory, engine):
    path = tmp_path_factory.mktemp("db") / "news.db"
    with isnad.open(path, write=True, engine=engine) as db:
        assert db.add(ARTICLES, metadata=META, jobs=2) == isnad.Added(12, 0, 0, 0)
        assert db.add(ARTICLES, metadata=META) == isnad.Added(0, 0, 12, 0)
    return path


@pytest.fixture
def db(file, engine):
    with isnad.open(file, engine=engine) as opened:
        yield opened


def test_looking(db):
    rows = db.search("الشاحنات", limit=2)
    assert len(rows) == 2 and rows.more
    assert rows[0]["sentence"].encode()[rows[0]["marks"][0]["begin"] - rows[0]["begin"]:]
    assert [r["id"] for r in db.search("الشاحنات", limit=1, offset=1)] == [rows[1]["id"]]
    assert db.search("زرافة") == []
    assert all(e["type"] == "PROTEST" for e in db.events(type="PROTEST"))
    assert db.events(type="PROTEST", since="2019-06", until="2019-06-30")
    assert db.quotes(by="سمير العلواني")
    assert db.timeline(country="YEM")
    assert db.actors("الأردن")
    for wrong in ({"limit": -1}, {"limit": "3"}, {"offset": -1}, {"quad": "x"}, {"outlet": "a\0"}):
        with pytest.raises(isnad.ArgumentError):
            db.events(**wrong)
    with pytest.raises(TypeError):
        db.events(nothing=1)
    with pytest.raises(isnad.Error):
        db.events(actor="zzqxv")
    portrait = db.actor("حيدر الكناني")
    assert "met" in json.dumps(portrait)


def test_whole_things(db):
    assert db.outlets()
    status = db.status()
    assert status["articles"] == 12
    whole = db.article(db.search("الشاحنات", limit=1)[0]["article"])
    assert whole["text"] and whole["record"]["events"]
    with pytest.raises(isnad.NotFound):
        db.article(10**9)
    assert db.dyad("JOR", "IRQ", period="year", since="2022", until="2022")["periods"]
    assert db.series(type="ASSAULT")["periods"]


def test_stories(file, engine, db):
    with isnad.open(file, write=True, engine=engine) as writer:
        made = writer.make_stories()
        assert made.articles >= 6 and made.stories >= 3
        assert writer.stories_stale() == 0
    briefs = db.stories(sort="newest")
    assert briefs and all(brief["articles"] >= 2 for brief in briefs)
    story = db.story(briefs[0]["story"])
    assert story["brief"]["story"] == briefs[0]["story"]
    facts = db.compare(briefs[0]["story"])
    assert facts["facts"]
    with pytest.raises(isnad.NotFound):
        db.story(10**9)


def test_decisions(tmp_path, engine, records):
    with isnad.open(tmp_path / "d.db", write=True, engine=engine) as db:
        db.add_records(records)
        a, b = records[0].id, records[3].id
        before = db.make_stories(jobs=1)
        db.decide("join", a, b)
        assert db.stories_stale() > 0
        db.make_stories()
        assert a in json.dumps(db.story(a)) and b in json.dumps(db.story(a))
        assert before.articles == 12
        for wrong in (("join", a), ("alone", a, b), ("x", a, b)):
            with pytest.raises(isnad.ArgumentError):
                db.decide(*wrong)


def test_records_come_back(db, records):
    assert sorted(r.raw for r in db.records()) == sorted(r.raw for r in records)
    some = db.records()
    next(some)
    assert db.search("الشاحنات")
    some.close()
    assert len(db.tables().events) == sum(len(r.events) for r in records)


def test_some_records(tmp_path, engine, records):
    db = isnad.open(tmp_path / "s.db", write=True, engine=engine)
    db.add_records(records)
    with isnad.open(db.file, write=True, engine=db.engine) as writer:
        revision = db.revision
        assert writer.add_records(db.records(outlet="صحيفة الميناء")).unchanged == 1
        assert writer.add_records(db.engine.code_many([{"id": "new", "text": TEXT}])).added == 1
        assert db.revision != revision
    assert {r.outlet for r in db.records(outlet="صحيفة الميناء")} == {"صحيفة الميناء"}
    assert db.export("events", tmp_path / "some", outlet="صحيفة الميناء") == 1


def test_add_records(tmp_path, engine, records):
    with isnad.open(tmp_path / "r.db", write=True, engine=engine) as db:
        assert db.add_records(iter(records)) == isnad.Added(12, 0, 0, 0)
        assert db.add_records([records[0].raw]).unchanged == 1
        assert db.add_records([]) == isnad.Added(0, 0, 0, 0)
        with pytest.warns(isnad.FaultWarning):
            assert db.add_records([b"{}", records[0]]).faults == 1
        assert db.check() == []
        lines = tmp_path / "lines.jsonl"
        lines.write_bytes(b"\n".join(r.raw for r in records))
        assert db.add(lines, records=True).unchanged == 12


def test_export(db, records, tmp_path, engine):
    out = io.BytesIO()
    assert isnad.export(records, "jsonl", out, engine=engine) == 12
    assert out.getvalue() == b"".join(r.raw + b"\n" for r in records)
    for format in ("events", "quotes", "counts", "actors", "polecat", "icews", "gdelt-events", "gdelt-mentions", "plover", "gexf", "graphml"):
        assert db.export(format, tmp_path / format) == 12
        assert (tmp_path / format).stat().st_size > 100
    with pytest.raises(isnad.ArgumentError):
        isnad.export([], "xlsx", io.BytesIO())
    with pytest.raises(isnad.Error):
        isnad.export([b"{}"], "events", io.BytesIO())
    with pytest.raises(TypeError):
        isnad.export([None], "events", io.BytesIO())


def test_stories_without_a_database(records, engine, tmp_path):
    told = isnad.stories(records, engine=engine)
    assert sum(told.size(i) for i in range(len(told))) == 12
    assert told.compare(told.of(records[0].id))["facts"]
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b"\n".join(r.raw for r in reversed(records)))
    again = isnad.stories(lines, engine=engine, jobs=2)
    assert [story["articles"] for story in again] == [story["articles"] for story in told]
    joined = isnad.stories(records, engine=engine, decisions=[("join", records[0].id, records[3].id), ("alone", records[5].id, None)])
    assert joined.of(records[0].id) == joined.of(records[3].id) and joined.size(joined.of(records[5].id)) == 1
    with pytest.raises(isnad.NotFound):
        told.of("nothing")
    with pytest.raises(IndexError):
        told[len(told)]
    with pytest.raises(isnad.FormatError):
        isnad.stories([b"{}"], engine=engine)
    with pytest.raises(isnad.ArgumentError):
        told._core.add(records[0].raw)


def test_files_that_are_no_databases(tmp_path, engine):
    (tmp_path / "x.db").write_text("no database at all, " * 100)
    with pytest.raises(isnad.FormatError):
        isnad.open(tmp_path / "x.db", engine=engine)
    with pytest.raises(isnad.IOFailed) as told:
        isnad.open(tmp_path / "none.db", engine=engine)
    assert told.value.file == str(tmp_path / "none.db")


def test_read_only(db, records):
    with pytest.raises(isnad.Error):
        db.add_records(records)
    with pytest.raises(isnad.Error):
        db.make_stories()


def test_closed(file, engine, records):
    db = isnad.open(file, engine=engine)
    rows = db.records()
    db.close()
    db.close()
    for call in (lambda: db.search("x"), lambda: db.check(), lambda: db.revision, lambda: db.add_records(records)):
        with pytest.raises(isnad.ArgumentError, match="closed"):
            call()
    del rows
    own = isnad.open(file)
    own.close()
    with pytest.raises(isnad.ArgumentError):
        own.engine.code("x")


def test_an_engine_outlives_what_needs_it(file):
    engine = isnad.Engine()
    db = isnad.open(file, engine=engine)
    engine.close()
    assert db.search("الشاحنات")
    told = isnad.stories
    with pytest.raises(isnad.ArgumentError):
        told(db.records(), engine=engine)
    db.close()


def test_stories_of_a_database_that_is_closed(file, engine):
    from isnad import _core
    db = isnad.open(file, engine=engine)
    core = _core.stories_new(engine._core)
    _core.stories_from_store(core, db._store)
    with pytest.raises(isnad.ArgumentError):
        _core.stories_from_store(core, db._store)
    core.make(1)
    assert core.count()
    db.close()
    with pytest.raises(isnad.ArgumentError):
        core.tell(0, True, False)
    del core


def test_several_threads(db, threads_switch_often):
    expected = db.search("الشاحنات")
    wrong = []

    def work():
        for _ in range(20):
            if db.search("الشاحنات") != expected or len(list(db.records())) != 12:
                wrong.append(1)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_functions_that_raise(db):
    def stop(_):
        raise KeyError("here")
    with pytest.raises(KeyError, match="here"):
        db._store.records(stop)
    with pytest.raises(isnad.ArgumentError, match="in use"):
        db._store.records(lambda _: db._store.totals())
    assert db.search("الشاحنات")
    assert os.path.exists(db.file)


def test_interrupting_what_takes_long(tmp_path, engine, records):
    """Ctrl-C is heard in the middle of making stories, of a check and of reading records."""
    import json
    import signal
    import subprocess
    import sys
    import textwrap
    import time
    with isnad.open(tmp_path / "i.db", write=True, engine=engine) as db:
        def copies():
            for i in range(150):
                for record in records:
                    yield json.dumps({**record.data, "id": f"{record.id}-{i}", "title": f"{record.title} {i * 7919}"}, ensure_ascii=False).encode()
        db.add_records(copies())
    script = textwrap.dedent(f"""
        import sys, time, isnad
        db = isnad.open({str(tmp_path / "i.db")!r}, write=True)
        what = dict(check=db.check, make=lambda: db.make_stories(jobs=1, anew=True))[sys.argv[1]]
        print("begun", flush=True)
        try:
            while True:
                what()
        except KeyboardInterrupt:
            print("interrupted", flush=True)
        db.search("الشاحنات")
        print("goes on", flush=True)
    """)
    for what in ("check", "make"):
        child = subprocess.Popen([sys.executable, "-c", script, what], stdout=subprocess.PIPE, text=True)
        try:
            assert child.stdout.readline() == "begun\n"
            time.sleep(1)
            child.send_signal(signal.SIGINT)
            begun = time.monotonic()
            out, _ = child.communicate(timeout=120)
            assert out == "interrupted\ngoes on\n", what
            if not SANITIZED:
                print(what, time.monotonic() - begun)
        finally:
            child.kill()
            child.wait()
