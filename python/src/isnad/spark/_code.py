"""From files to records: one engine a worker process, a part of a file a task."""

import contextlib
import json
import os
import queue
import threading
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple

from .. import _core
from ..engine import FAVORS, FIELDS, IMAGE, day_of, one_of
from ._files import Part, Reader, list_files, parts_of

QUEUED = 4  # batches of a part that wait to be taken
LEAST = 64 << 10  # bytes that a file counts for, however small it is

_engines: Dict[Tuple[str, str], Any] = {}


def engine(image: Optional[str] = None, lexicon: Optional[str] = None) -> Any:
    """The engine of this process."""
    key = (image or os.fspath(IMAGE), lexicon or "")
    if key not in _engines:
        _engines[key] = _core.engine_open(*key)
    return _engines[key]


def _types() -> Any:
    """The columns of a record as Arrow types (docs/record.md)."""
    import pyarrow as pa

    text, place, number = pa.string(), pa.int32(), pa.float64()
    span = [("begin", place), ("end", place)]
    entity = pa.struct([
        ("id", text), ("type", text), ("name", text), ("english", text), ("kb", text), ("key", text), ("country", text), ("sector", text),
        ("region", text), ("at", pa.struct([("lat", number), ("lon", number)])),
        ("roles", pa.list_(pa.struct([("office", text), ("of", text), ("country", text)] + span))),
        ("mentions", pa.list_(pa.struct(span + [("form", text)]))),
    ])
    quote = pa.struct([("id", text)] + span + [
        ("kind", text), ("speaker", text), ("cue", pa.struct(span)), ("via", pa.list_(text)), ("rule", text), ("confidence", number)])
    event = pa.struct([("id", text), ("type", text), ("mode", text), ("cameo", text), ("quad", place), ("intensity", number),
                       ("context", pa.list_(text))] + span + [
        ("trigger", pa.struct(span)), ("actor", pa.list_(text)), ("recipient", pa.list_(text)), ("place", text), ("date", text),
        ("status", text), ("via", pa.list_(text)), ("quote", text), ("rule", text), ("confidence", number)])
    count = pa.struct(span + [("value", number), ("high", number), ("bound", text), ("what", text), ("unit", text), ("event", text)])
    source = pa.struct([("kind", text), ("file", text), ("offset", pa.int64()), ("length", pa.int64()), ("inside", pa.int64()),
                        ("checksum", text), ("digest", text), ("fetched", text), ("feed", text)])
    return pa.schema([
        ("id", text), ("uri", text), ("outlet", text), ("published", text), ("language", text), ("author", text), ("address", text),
        ("modified", text), ("tags", pa.list_(text)), ("title", text), ("text", text), ("source", source),
        ("page", pa.struct([("kind", text), ("confidence", number)])), ("blocks", pa.list_(pa.struct(span + [("kind", text)]))),
        ("entities", pa.list_(entity)), ("dates", pa.list_(pa.struct(span + [("value", text)]))), ("quotes", pa.list_(quote)),
        ("events", pa.list_(event)), ("counts", pa.list_(count)),
        ("diagnostics", pa.list_(pa.struct(span + [("code", text), ("message", text)]))),
    ])


def _schema() -> Any:
    """The columns of what is written: what a record is known by, the record, or a fault."""
    import pyarrow as pa

    own = [("article", pa.int64()), ("identity", pa.int64()), ("content", pa.int64()), ("own", pa.bool_()), ("key", pa.string()),
           ("minutes", pa.int32()), ("digest", pa.binary()),
           ("fault", pa.struct([("status", pa.int32()), ("message", pa.string()), ("file", pa.string()), ("line", pa.int64())]))]
    return pa.schema(own + list(_types()))


def _batches(number: int, schema: Any, types: Any, columns: Tuple[Any, ...], before: int, languages: Optional[List[str]] = None) -> Iterator[Any]:
    """What code_part handed over, as batches of Arrow; article numbers are the part's number and the place in it."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.json

    n, records, ids, id_ends, digests, digest_ends, identity, content, own, minutes, faults = columns
    first = (number << 32) + before
    if n:
        table = pyarrow.json.read_json(
            pa.BufferReader(records), pyarrow.json.ReadOptions(use_threads=False, block_size=len(records) + 1),
            pyarrow.json.ParseOptions(explicit_schema=types, unexpected_field_behavior="ignore"))
        if table.num_rows != n:
            raise RuntimeError(f"{n} records came out as {table.num_rows}")

        def buffers(kind: Any, ends: bytes, data: bytes) -> Any:
            return pa.Array.from_buffers(kind, n, [None, pa.py_buffer(b"\0\0\0\0" + ends), pa.py_buffer(data)])

        def numbers(kind: str, data: bytes) -> Any:
            return pa.array(np.frombuffer(data, kind))

        when = numbers("i4", minutes)
        made = buffers(pa.binary(), digest_ends, digests)
        arrays = [
            pa.array(np.arange(first, first + n, dtype="i8")), numbers("i8", identity), numbers("i8", content),
            pc.cast(numbers("u1", own), pa.bool_()), buffers(pa.string(), id_ends, ids),
            pc.if_else(pc.equal(when, -(2**31)), pa.scalar(None, pa.int32()), when),
            pc.if_else(pc.greater(pc.binary_length(made), 0), made, pa.scalar(None, pa.binary())),
            pa.nulls(n, schema.field("fault").type),
        ]
        for name in types.names:
            column = table.column(name)
            arrays.append(column.combine_chunks() if column.num_chunks != 1 else column.chunk(0))
        batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
        if languages:
            batch = batch.filter(pc.is_in(batch.column("language"), pa.array(languages)))
        yield batch
    if faults:
        rows = [{"status": e.status, "message": e.message, "file": e.file, "line": e.line} for e in faults]
        arrays = [pa.nulls(len(rows), field.type) for field in schema]
        arrays[schema.get_field_index("fault")] = pa.array(rows, schema.field("fault").type)
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def _code_part(number: int, part: Part, options: Mapping[str, Any]) -> Iterator[Any]:
    """The batches of a part. libisnad works in a thread of its own, so that no more than a few batches are held."""
    schema, types = _schema(), _types()
    ready: "queue.Queue[Any]" = queue.Queue(QUEUED)
    left = threading.Event()

    def put(what: Any) -> None:
        while not left.is_set():
            with contextlib.suppress(queue.Full):
                ready.put(what, timeout=1)
                return

    def hand_over(*columns: Any) -> bool:
        put(columns)
        return left.is_set()

    def work() -> None:
        try:
            reader = Reader(part)
            try:
                _core.code_part(engine(options["image"], options["lexicon"]), part.path, reader.read, hand_over, kind=part.kind or options["kind"],
                                offset=part.begin, line=part.line, **options["reading"])
            finally:
                reader.close()
            put(None)
        except BaseException as error:  # to be raised where it is heard
            put(_Failed(error))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    before = 0
    try:
        while True:
            columns = ready.get()
            if isinstance(columns, _Failed):
                if not isinstance(columns.error, OSError):
                    raise columns.error
                yield from _batches(number, schema, types, (0,) + (b"",) * 9 + ([_fault(part.path, columns.error)],), before)
                return
            if columns is None:
                return
            yield from _batches(number, schema, types, columns, before, options["languages"])
            before += columns[0]
    finally:
        left.set()
        thread.join()


def _fault(path: str, error: OSError) -> Any:
    from ..errors import IOFailed

    return IOFailed(f"cannot read '{path}': {error}", path, None)


def _coder(options: Mapping[str, Any]) -> Any:
    def code_groups(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            for group in batch.column(0).to_pylist():
                for number, *part in json.loads(group):
                    yield from _code_part(number, Part(*part), options)

    return code_groups


def _planner(target: int) -> Any:
    def plan(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            for number, path, size in zip(*(column.to_pylist() for column in batch.columns)):
                try:
                    parts = list(parts_of(path, size, target))
                except OSError:
                    parts = [Part(path, 0, -1, 0, 0)]  # told when it is read
                yield pa.RecordBatch.from_pydict({"file": pa.array([number] * len(parts), pa.int64()),
                                                  "part": [json.dumps(part) for part in parts]})

    return plan


def _groups(parts: List[Part], sizes: Mapping[str, int], target: int) -> List[str]:
    """Parts with their numbers, put together to tasks of about `target` bytes."""
    groups: List[List[Any]] = []
    room = 0
    for number, part in enumerate(parts):
        size = max(LEAST, (sizes[part.path] if part.end < 0 else part.end) - part.begin)
        if not groups or room < size:
            groups.append([])
            room = target
        groups[-1].append([number, *part])
        room -= size
    return [json.dumps(group) for group in groups]


def code(spark: Any, paths: Iterable[str], out: str, *, lexicon: Optional[str] = None, image: Optional[str] = None, kind: str = "guess",
         outlet: Optional[str] = None, published: Any = None, favor: str = "both", charset: Optional[str] = None,
         fields: Optional[Mapping[str, str]] = None, languages: Optional[Iterable[str]] = None, part_bytes: int = 32 << 20) -> None:
    """Codes all articles of files and folders into ``out/records`` (Parquet), which `tables` makes tables of.

    ``paths``: files or folders on any file system that pyarrow knows (``hdfs://``, ``s3://``, ``gs://``; a plain path must be there on all machines).
    ``kind``, ``outlet``, ``published``, ``favor``, ``charset``, ``fields`` as in `isnad.Engine`; ``lexicon`` and ``image`` are paths on the workers.
    ``languages``: keep only articles in these (``["ar"]``; docs/record.md says which are told apart); None: all, as `isnad code` does.
    ``part_bytes``: files are cut into parts of about so many bytes where they can be; a task codes a part, or small files together.

    Pages that can't be read or coded become rows with a ``fault``: no page fails a task. A file that isn't there at all raises at once.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    reading = {"favor": one_of("favor", favor, FAVORS), "charset": charset, "outlet": outlet, "published": day_of(published)}
    for name, value in (fields or {}).items():
        if name not in FIELDS:
            raise ValueError(f"fields can't hold {name!r}; it is one of {', '.join(FIELDS)}")
        reading["field_" + name] = value
    from ..engine import KINDS

    options = {"image": image, "lexicon": lexicon, "languages": [languages] if isinstance(languages, str) else list(languages or ()), "kind": one_of("kind", kind, KINDS), "reading": reading}
    files = list_files(paths)
    sizes = dict(files)
    small = [(i, path, size) for i, (path, size) in enumerate(files) if size <= part_bytes]
    large = [(i, path, size) for i, (path, size) in enumerate(files) if size > part_bytes]
    planned = [(i, Part(path, 0, -1, 0, 0)) for i, path, size in small]
    if large:
        frame = spark.createDataFrame(spark.sparkContext.parallelize(large, len(large)), "file long, path string, size long")
        rows = frame.mapInArrow(_planner(part_bytes), "file long, part string").collect()
        planned += [(row.file, Part(*json.loads(row.part))) for row in rows]
    planned.sort(key=lambda p: (p[0], p[1].begin))
    groups = _groups([part for _, part in planned], sizes, part_bytes)
    frame = spark.createDataFrame(spark.sparkContext.parallelize([(group,) for group in groups], max(1, len(groups))), "parts string")
    coded = frame.mapInArrow(_coder(options), from_arrow_schema(_schema()))
    coded.write.mode("overwrite").option("compression", "zstd").parquet(out.rstrip("/") + "/records")
