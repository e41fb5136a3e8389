"""What can't be used is refused or told, and never crashes."""

import gc

import pytest

import isnad
from conftest import ARTICLES, SANITIZED, TEXT
from isnad import _core


@pytest.mark.parametrize("article, error", [
    ("", isnad.EmptyError), (b"", isnad.EmptyError), ({}, isnad.EmptyError), ("   \n ", isnad.EmptyError),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, isnad.BinaryError), ("{", isnad.Error), ('{"text": 1}', isnad.Error),
    (17, TypeError), (None, TypeError), ([TEXT], TypeError), ({"text": object()}, TypeError), (ARTICLES, OSError),
])
def test_no_article(engine, article, error):
    try:
        record = engine.code(article, kind="json") if article in ("{", '{"text": 1}') else engine.code(article)
    except error:
        return
    assert isinstance(record, isnad.Record) and article in ("   \n ",), "was taken for an article"


def test_odd_text_is_mended_and_told(engine):
    for text in (TEXT + "\ud800" + TEXT, TEXT + "\0" + TEXT, "\udcff\udcfe" + TEXT, "﻿" + TEXT):
        record = engine.code(text)
        assert "العراقي" in record.text
        record.text.encode()
    assert engine.code(TEXT + "\ud800" + TEXT).diagnostics
    assert engine.code({"text": TEXT + "\ud800"}).entities
    for junk in (bytes(range(256)) * 20, b"\xff" * 1000, b"\xd8" * 999, "😀" * 5000, "\u202e" * 5000, "<" * 20000, "[" * 20000,
                 "{" * 20000, "\u0651" * 20000):
        for kind in ("guess", "text", "html", "json"):
            try:
                engine.code(junk, kind=kind).data
            except isnad.Error:
                pass


def test_huge(engine):
    n = 200 if SANITIZED else 20000
    record = engine.code((TEXT + "\n") * n)
    assert len(record.text) >= len(TEXT) * n
    assert record.mentions[-1].text
    one_line = engine.code("ا" * (n * 100))
    assert len(one_line.text) == n * 100


def test_arguments(engine):
    for wrong in ({"published": "2021"}, {"published": "17.4.2021"}, {"kind": "pdf"}, {"favor": ""}, {"outlet": "a\0"}, {"uri": "\0"},
                  {"charset": "no-such-set"}, {"kind": "warc"}, {"kind": "feed"}):
        with pytest.raises(isnad.ArgumentError):
            engine.code(TEXT, **wrong)
    for wrong in ({"outlet": 3}, {"uri": b"x"}, {"charset": 1}):
        with pytest.raises(TypeError):
            engine.code(TEXT, **wrong)
    with pytest.raises(isnad.ArgumentError):
        engine.code(b"x", title="t")
    assert engine.code(TEXT, outlet="\ud800", uri="a\udcffb").uri == "a?b"


def test_files_that_are_not_there(engine, tmp_path):
    with pytest.raises(isnad.Error) as told:
        list(engine.code_files(tmp_path / "none.txt", errors="raise"))
    assert str(tmp_path / "none.txt") in str(told.value)
    with pytest.raises(isnad.Error) as told:
        list(engine.code_files(ARTICLES, metadata=tmp_path / "none.tsv"))
    assert told.value.file == str(tmp_path / "none.tsv") and isinstance(told.value, OSError)
    (tmp_path / "meta.tsv").write_text("article\tpublished\nx.txt\tyesterday\n")
    with pytest.raises(isnad.FormatError) as told:
        list(engine.code_files(ARTICLES, metadata=tmp_path / "meta.tsv"))
    assert (told.value.file, told.value.line) == (str(tmp_path / "meta.tsv"), 2)
    (tmp_path / "bad.jsonl").write_text('{"text": "' + TEXT + '"}\n{"text": \n')
    with pytest.raises(isnad.FormatError) as told:
        list(engine.code_files(tmp_path / "bad.jsonl", errors="raise"))
    assert (told.value.file, told.value.line) == (str(tmp_path / "bad.jsonl"), 2)
    with pytest.raises(ValueError):
        engine.code_files("a\0b")


def test_engines_that_do_not_open(tmp_path):
    with pytest.raises(isnad.Error) as told:
        isnad.Engine(image=tmp_path / "none.lexicon")
    assert told.value.file == str(tmp_path / "none.lexicon")
    (tmp_path / "image").write_bytes(b"no image" * 100)
    with pytest.raises(isnad.ImageError):
        isnad.Engine(image=tmp_path / "image")
    (tmp_path / "frames.tsv").write_text("one\ttwo\n")
    with pytest.raises(isnad.LexiconError) as told:
        isnad.Engine(lexicon=tmp_path)
    assert told.value.file and told.value.line


def test_closed():
    engine = isnad.Engine()
    engine.close()
    engine.close()
    for call in (lambda: engine.code(TEXT), lambda: engine.explain(TEXT), lambda: engine.actor("x"), lambda: list(engine.code_many([TEXT])),
                 lambda: list(engine.code_files(ARTICLES)), lambda: isnad.open("x.db", engine=engine),
                 lambda: isnad.stories([], engine=engine), lambda: isnad.export([], "jsonl", None, engine=engine)):
        with pytest.raises(isnad.ArgumentError, match="closed"):
            call()


def test_objects_of_the_extension_made_by_hand():
    """Types without their contents answer like closed ones."""
    for kind, calls in {
            _core.Engine: [lambda o: o.code("x", None, 0, None, None, None, 0), lambda o: o.code_batch([]), lambda o: o.actor("x")],
            _core.Store: [lambda o: o.totals(), lambda o: o.find(0), lambda o: o.records(print), lambda o: o.check()],
            _core.Stories: [lambda o: o.count(), lambda o: o.add(b""), lambda o: o.make(1), lambda o: o.tell(0, True, True)],
            _core.Export: [lambda o: o.add(b""), lambda o: o.end()],
            _core.Offsets: []}.items():
        try:
            empty = kind()
        except TypeError:
            continue
        for call in calls:
            with pytest.raises(isnad.ArgumentError):
                call(empty)
        if hasattr(empty, "close"):
            empty.close()
        if kind is _core.Offsets:
            assert empty.char(0) == 0
    engine = isnad.Engine()._core
    for wrong in (None, "x", [None], [()], [("x",)], [("x", None, "0", None, None, None, 0)], [(3, None, 0, None, None, None, 0)]):
        with pytest.raises(TypeError):
            engine.code_batch(wrong)
    with pytest.raises(TypeError):
        _core.store_open(object(), "x", False)
    with pytest.raises(TypeError):
        _core.run(engine, ["x"], object())
    gc.collect()


def test_no_records():
    for wrong in (b"", b"{}", b"[]", b"\xff", "null", '{"isnad": 1}'):
        with pytest.raises(isnad.FormatError):
            isnad.Record(wrong).text


def test_errors_are_of_pythons_kinds():
    assert issubclass(isnad.IOFailed, OSError) and issubclass(isnad.ArgumentError, ValueError)
    assert issubclass(isnad.OutOfMemory, MemoryError) and issubclass(isnad.NotFound, LookupError)
    import pickle
    error = pickle.loads(pickle.dumps(isnad.LexiconError("m", "f.tsv", 3)))
    assert (str(error), error.file, error.line, error.status) == ("f.tsv:3: m", "f.tsv", 3, 7)
