"""What isnad.spark does below Spark: files in parts give what the whole file gives, and stories in parts those of the whole."""

import gzip
import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

pytest.importorskip("pyarrow")
np = pytest.importorskip("numpy")

import isnad.spark._code as coding  # noqa: E402
from isnad import _core  # noqa: E402
from isnad.spark._files import Part, list_files, parts_of  # noqa: E402
from isnad.spark._stories import _find_pairs, _make_parts, slices_of  # noqa: E402

OPTIONS: Dict[str, Any] = {"image": None, "lexicon": None, "kind": _core.GUESS, "languages": [], "reading": {}}
SENTENCES = ["التقى الرئيس المصري عبد الفتاح السيسي نظيره الفرنسي إيمانويل ماكرون في القاهرة.", "أعلنت وزارة الداخلية في عمان توقيف سبعة أشخاص.",
             "قال وزير الخارجية العراقي فؤاد حسين إن بغداد ترحب بالاتفاق.", "قتل خمسة مدنيين في قصف على مدينة إدلب."]


def coded(part: Part) -> List[Dict[str, Any]]:
    rows: List[Dict[str, Any]] = []
    for batch in coding._code_part(0, part, OPTIONS):
        rows += batch.to_pylist()
    return rows


def known(row: Dict[str, Any]) -> str:
    """A row without its number."""
    return json.dumps({k: v.hex() if isinstance(v, bytes) else v for k, v in row.items() if k not in ("article", "fault")}, ensure_ascii=False) + str(
        row["fault"] and row["fault"]["status"])


def record(n: int, body: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/{n}\r\nContent-Type: text/plain\r\n"
    data = body.encode()
    return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n\r\n"


@pytest.fixture(params=["lines.jsonl", "plain.warc", "packed.warc.gz"])
def path(request: Any, tmp_path: Path) -> str:
    at = tmp_path / request.param
    bodies = [SENTENCES[n % 4] + " " * (n * 37 % 91) + str(n) for n in range(40)]
    if request.param.endswith("jsonl"):
        rows = [json.dumps({"text": body}, ensure_ascii=False) for body in bodies]
        rows[7], rows[20] = "", '{"text": broken'
        at.write_text("\n".join(rows), encoding="utf-8")
    elif request.param.endswith("gz"):
        at.write_bytes(b"".join(gzip.compress(record(n, body), mtime=0) for n, body in enumerate(bodies)) + b"\x1f\x8b\x08\x00 no member")
    else:
        at.write_bytes(b"".join(record(n, body) for n, body in enumerate(bodies)))
    return str(at)


@pytest.mark.parametrize("target", [1, 300, 1000, 2500, 1 << 20])
def test_parts_give_what_the_file_gives(path: str, target: int) -> None:
    size = Path(path).stat().st_size
    parts = list(parts_of(path, size, target))
    assert len(parts) > 3 or target > 2000
    if parts[0].end >= 0:
        assert parts[0].begin == 0 and parts[-1].end == size and all(a.end == b.begin for a, b in zip(parts, parts[1:]))
    whole = coded(Part(path, 0, -1, _core.GUESS, 0))
    apart = [row for part in parts for row in coded(part)]
    assert len(whole) >= 38
    assert sorted(map(known, apart)) == sorted(map(known, whole))
    assert [row["uri"] for row in apart if row["uri"]] == [row["uri"] for row in whole if row["uri"]]


def test_what_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text(SENTENCES[0], encoding="utf-8")
    (tmp_path / "folder" / ".hidden").write_text(SENTENCES[0], encoding="utf-8")
    (tmp_path / "folder.txt").write_text(SENTENCES[1], encoding="utf-8")
    assert [Path(name).name for name, _ in list_files([str(tmp_path)])] == ["binary", "a.txt", "folder.txt"]
    for name in ("binary", "not there"):
        rows = coded(Part(str(tmp_path / name), 0, -1, _core.GUESS, 0))
        assert len(rows) == 1 and rows[0]["id"] is None and rows[0]["fault"]["message"]
    with pytest.raises(FileNotFoundError):
        list_files([str(tmp_path / "nothing")])


def test_languages(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(json.dumps({"text": text}) for text in (SENTENCES[0], "The minister arrived in Amman.", SENTENCES[1])), encoding="utf-8")
    part = Part(str(lines), 0, -1, _core.GUESS, 0)
    rows = [row for batch in coding._code_part(3, part, {**OPTIONS, "languages": ["ar"]}) for row in batch.to_pylist()]
    assert [row["article"] for row in rows] == [3 << 32, (3 << 32) + 2] and {row["language"] for row in rows} == {"ar"}


def test_connected() -> None:
    a, b = np.array([3, 5, 1, 2, 9], "u4"), np.array([4, 4, 0, 1, 9], "u4")
    assert list(np.frombuffer(_core.connect(a.tobytes(), b.tobytes(), 10), "u4")) == [0, 0, 0, 3, 3, 3, 6, 7, 8, 9]
    with pytest.raises(Exception):
        _core.connect(a.tobytes(), b.tobytes(), 9)


def test_slices() -> None:
    assert slices_of([(5, 10), (1, 10), (2, 100), (3, 1)], 20) == [60, 120, 180]
    assert slices_of([], 20) == []


def test_stories_in_parts(tmp_path: Path) -> None:
    """Two reports of one event, two of another, one alone: pairs, then parts, by the functions that Spark runs."""
    import pyarrow as pa

    texts = [("التقى الرئيس المصري عبد الفتاح السيسي نظيره الفرنسي إيمانويل ماكرون في القاهرة وبحثا ملف ليبيا وسد النهضة وصفقة طائرات رافال.", 1),
             ("بحث الرئيس المصري عبد الفتاح السيسي ونظيره الفرنسي إيمانويل ماكرون في القاهرة ملف ليبيا وسد النهضة وصفقة طائرات رافال.", 1),
             ("انهار جسر الأحرار في مدينة الموصل وأصيب ثلاثة عمال كانوا يرممون أعمدته الحجرية القديمة فوق نهر دجلة.", 3),
             ("أصيب ثلاثة عمال في مدينة الموصل بانهيار جسر الأحرار الذي كانوا يرممون أعمدته الحجرية القديمة فوق نهر دجلة.", 3),
             ("أعلن البنك المركزي الأردني تثبيت سعر الفائدة.", 5)]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(json.dumps({"id": str(n), "title": text[:40], "text": text, "published": f"2021-04-0{day}"}) for n, (text, day) in
                               enumerate(texts)), encoding="utf-8")
    rows = coded(Part(str(lines), 0, -1, _core.GUESS, 0))
    assert [row["key"] for row in rows] == ["0", "1", "2", "3", "4"] and all(row["digest"] and row["own"] for row in rows)
    batch = pa.RecordBatch.from_pydict({"slice": pa.array([0] * 5, pa.int32()), "looks": [True] * 5, "article": pa.array([r["article"] for r in rows]),
                                        "digest": [r["digest"] for r in rows]})
    pairs = {(a, b): odds for found in _find_pairs(iter([batch.slice(0, 2), batch.slice(2)])) for a, b, odds, topic in zip(
        *(column.to_pylist() for column in found.columns))}
    joining = {pair: odds for pair, odds in pairs.items() if odds >= _core.PAIRS_JOIN}
    assert set(joining) == {(0, 1), (2, 3)}
    grouped: Dict[str, List[Any]] = {name: [] for name in ("part", "article", "digest", "a", "b", "odds", "topic")}
    for part, members in ((0, (0, 1)), (2, (2, 3))):
        for n in members:
            for name, value in zip(grouped, (part, n, rows[n]["digest"], None, None, None, None)):
                grouped[name].append(value)
        for name, value in zip(grouped, (part, None, None, *members, joining[members], joining[members])):
            grouped[name].append(value)
    types = dict(part=pa.int64(), article=pa.int64(), digest=pa.binary(), a=pa.int64(), b=pa.int64(), odds=pa.float32(), topic=pa.float32())
    made = [row for out in _make_parts(iter([pa.RecordBatch.from_arrays([pa.array(grouped[n], t) for n, t in types.items()], names=list(types))]))
            for row in out.to_pylist()]
    assert [(r["first"], r["place"], r["article"]) for r in made if r["article"] is not None] == [(0, 0, 0), (0, 1, 1), (2, 0, 2), (2, 1, 3)]
    assert [(r["first"], r["a"], r["b"]) for r in made if r["article"] is None] == [(0, 0, 1), (2, 2, 3)]
