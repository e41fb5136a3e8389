"""Articles in, records out."""

import datetime
import json
import pathlib
import pickle

import pytest

import isnad
from conftest import ARTICLES, EXAMPLES, TEXT


def test_objects_say_what_the_record_says(engine):
    record = engine.code(TEXT, published="2022-03-09", outlet="صحيفة")
    data = json.loads(record.raw)
    assert record.data == data
    assert (record.published, record.outlet, record.language) == ("2022-03-09", "صحيفة", "ar")
    assert record.day == datetime.date(2022, 3, 9)
    assert [e.name for e in record.entities] == [e["name"] for e in data["entities"]]
    assert len(record.events) == len(data["events"]) > 0
    for event, plain in zip(record.events, data["events"]):
        assert [a.id for a in event.actors] == plain["actor"]
        assert [a.id for a in event.recipients] == plain["recipient"]
        assert (event.place.id if event.place else None) == plain["place"]
        assert event.type == plain["type"] and event.confidence == plain["confidence"]
        assert event.trigger.byte_start == plain["trigger"]["begin"]
    meeting = record.events[0]
    assert meeting.type == "CONSULT" and meeting.date == "2022-03-08"
    assert meeting.days == (datetime.date(2022, 3, 8), datetime.date(2022, 3, 8))
    assert {a.country for a in meeting.actors} == {"IRQ", "TUR"}
    assert "CONSULT" in repr(meeting) and "Fuad Hussein" in repr(record.entities)


def test_spans_as_characters_and_as_bytes(records):
    spans = 0
    for record in records:
        utf8 = record.text.encode()
        for span in record.mentions + record.quotes + record.events + record.counts + record.dates + record.blocks:
            words = utf8[span.byte_start:span.byte_end].decode()
            assert record.text[span.start:span.end] == record.text[span.slice] == span.text == words
            assert record.byte_of(span.start) == span.byte_start and record.byte_of(span.end) == span.byte_end
            assert record.char_of(span.byte_end) == span.end
            spans += 1
    assert spans > 500


def test_offsets_of_every_place():
    from isnad import _core
    for text in ["", "a", "ab" * 100, "ع" * 63, "ع" * 64, "aع😀" * 50, "😀" * 64]:
        utf8 = text.encode()
        offsets = _core.offsets(utf8)
        at = 0
        for i, c in enumerate(text):
            assert offsets.char(at) == i and offsets.byte(i) == at
            at += len(c.encode())
        assert offsets.char(len(utf8)) == len(text) and offsets.byte(len(text)) == len(utf8)
        with pytest.raises(IndexError):
            offsets.char(len(utf8) + 1)
        with pytest.raises(IndexError):
            offsets.byte(-1)


def test_every_way_in_gives_the_same(engine, tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    utf8 = TEXT.encode()
    def found(article, **options):
        return engine.code(article, published="2022-03-09", **options).data["entities"]
    expected = found(TEXT)
    assert expected
    for article in (utf8, bytearray(utf8), memoryview(utf8), path, {"text": TEXT}, json.dumps({"text": TEXT})):
        assert found(article) == expected
    assert found(TEXT.encode("cp1256")) == expected
    assert found(TEXT.encode("cp1256"), charset="windows-1256") == expected
    html = f"<html><head><title>t</title></head><body><p>{TEXT}</p></body></html>"
    assert engine.code(html, kind="html", favor="recall").page is not None
    assert engine.code(path).uri == str(path)


def test_a_dict_brings_what_is_known(engine):
    record = engine.code({"id": "a-1", "title": "لقاء", "text": TEXT, "published": datetime.date(2022, 3, 9),
                          "outlet": "صحيفة", "url": "https://example.org/1"})
    assert (record.id, record.title, record.published, record.outlet) == ("a-1", "لقاء", "2022-03-09", "صحيفة")
    assert record.address == "https://example.org/1"
    same = engine.code(TEXT, title="لقاء", id="a-1", published=datetime.date(2022, 3, 9), outlet="صحيفة")
    assert same.entities[0].name == record.entities[0].name and same.title == record.title


def test_as_the_program_does(engine, records):
    """code_files is isnad_run(); code() of the same bytes finds the same."""
    assert len(records) == 12
    for record in records:
        path = pathlib.Path(record.uri)
        if path.is_file():
            alone = engine.code(path, published=record.published, outlet=record.outlet)
            assert alone.raw == record.raw


def test_files_with_metadata_and_fields(engine, tmp_path):
    assert all(r.published and r.outlet for r in engine.code_files([ARTICLES], metadata=EXAMPLES / "metadata.tsv", jobs=2))
    (tmp_path / "a.jsonl").write_text(json.dumps({"nr": "7", "body": TEXT, "day": "2022-03-09"}), encoding="utf-8")
    fields = {"id": "nr", "text": "body", "published": "day"}
    assert [(r.id, r.published) for r in engine.code_files(tmp_path, fields=fields)] == [("7", "2022-03-09")]
    with pytest.raises(isnad.ArgumentError):
        engine.code_files(tmp_path, fields={"body": "text"})


def test_explain_and_actor(engine):
    assert "CONSULT" in engine.explain(TEXT, published="2022-03-09")
    assert engine.actor("Iraq")["found"][0]["kb"] == "IRQ"
    nobody = engine.actor("zzqxv")
    assert nobody["found"] == []
    with pytest.raises(isnad.ArgumentError):
        engine.actor("")


def test_tables_of_ones_own():
    with isnad.Engine(lexicon=EXAMPLES / "appointments") as engine:
        assert engine.code(TEXT).entities


def test_records_are_values(engine):
    record = engine.code(TEXT)
    assert pickle.loads(pickle.dumps(record)) == record == isnad.Record(record.raw.decode())
    assert len({record, isnad.Record(record.raw)}) == 1
    again = pickle.loads(pickle.dumps(engine))
    assert again.code(TEXT) == record


def test_days():
    assert isnad.days("2021")[1] == datetime.date(2021, 12, 31)
    assert isnad.days("2020-02")[1] == datetime.date(2020, 2, 29)
    assert isnad.days("2021-04-15T10:30:00+03:00")[0] == datetime.date(2021, 4, 15)
    for wrong in ("", "yesterday", "2021-13", "2021-02-30"):
        with pytest.raises(isnad.ArgumentError):
            isnad.days(wrong)
