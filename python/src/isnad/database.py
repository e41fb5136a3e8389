"""A database of articles and what they say, in one file (docs/database.md, docs/search.md)."""

import contextlib
import json
import os
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple, Union

from . import _core
from .engine import Engine, Faults, FileRun, Path_, Pump, day_of, jobs_of, word
from .errors import ArgumentError, Error
from .progress import Bar, ProgressOption
from .record import Record
from .table import Tables, tables

__all__ = ["Added", "Database", "Rows", "StoriesMade", "export", "open"]

Row = Dict[str, Any]
_SPOOL = 64 << 20  # bytes of records that are added in one go


class Added(NamedTuple):
    """What adding did: articles that were ``added``, ``changed`` (kept as new versions), ``unchanged``, and inputs that gave no record."""

    added: int
    changed: int
    unchanged: int
    faults: int


class StoriesMade(NamedTuple):
    """What making stories did: ``stories`` kept now, ``articles`` in them, ``joined`` that were in none before, ``changed`` stories, ``whole``: all anew."""

    stories: int
    articles: int
    joined: int
    changed: int
    whole: bool


class Rows(List[Row]):
    """A list of rows; ``more``: others follow; ``total``: all that there are, or None where they are too many to count."""

    more: bool = False
    total: Optional[int] = None


class Database:
    """A database, opened by :func:`isnad.open`. Rows are dicts as docs/search.md and docs/stories.md describe them; spans in them are bytes.

    May be used by several threads, one call at a time; not in a process that was forked after it was opened.

    Filters of ``search``, ``events``, ``quotes``, ``timeline``, ``records`` and ``export``: ``actor``, ``by``, ``to``, ``about`` (names in any spelling, or keys),
    ``outlet``, ``country`` (ISO 3166-1 alpha-3), ``type`` (``CONSULT``, ``CONSULT/visit``), ``status`` (``actual`` …), ``quad`` (1 to 4, or its name), ``since``, ``until`` (days, months or
    years), ``limit`` (20 if not given), ``offset``, ``oldest`` (True: the oldest first).
    """

    def __init__(self, file: Path_, *, write: bool = False, engine: Optional[Engine] = None) -> None:
        self.file = os.fspath(file)
        self.write = write
        self._own = engine is None
        self.engine = engine if engine is not None else Engine()
        self._lock = threading.RLock()
        self._store = _core.store_open(self.engine._core, self.file, write)

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Database {self.file!r}>"

    def close(self) -> None:
        """Closes the file, and the engine if none was given. May be called twice."""
        with self._lock:
            self._store.close()
            if self._own:
                self.engine.close()

    # --- looking ---

    def _rows(self, what: int, query: Dict[str, Any]) -> Rows:
        checked = _query(query)
        with self._lock:
            found, more, total = self._store.find(what, **checked)
        rows = Rows(json.loads(row) for row in found)
        rows.more = more
        rows.total = total if total >= 0 else None
        return rows

    def _one(self, what: int, **query: Any) -> Row:
        return self._rows(what, query)[0]

    def search(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Articles that hold the words (docs/search.md), the newest first, with the sentence that answers best.

        >>> import isnad, tempfile, os
        >>> folder = tempfile.TemporaryDirectory()
        >>> db = isnad.open(os.path.join(folder.name, "news.db"), write=True)
        >>> db.add_records(db.engine.code_many([{"id": "a", "text": "وصل الرئيس المصري إلى عمّان.", "published": "2022-03-09"}])).added
        1
        >>> [(row["id"], row["published"]) for row in db.search("الرئيس")]
        [('a', '2022-03-09')]
        >>> db.close()
        """
        return self._rows(_core.ARTICLES, {"words": words, **filters})

    def events(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Who did what to whom."""
        return self._rows(_core.EVENTS, {"words": words, **filters})

    def quotes(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Who said what."""
        return self._rows(_core.QUOTES, {"words": words, **filters})

    def timeline(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Acts by their days, the same act told by several articles as one row."""
        return self._rows(_core.TIMELINE, {"words": words, **filters})

    def actors(self, name: Optional[str] = None, *, limit: int = 20) -> Rows:
        """Who or what is called so; without a name those that most articles name."""
        return self._rows(_core.ACTORS, {"words": name, "limit": limit})

    def actor(self, name: str) -> Row:
        """A portrait out of the database: whom it met, its offices, what it did and said. ``name``: any spelling, or a key."""
        return self._one(_core.PORTRAIT, actor=name)

    def article(self, number: int) -> Row:
        """An article whole, with its record; ``number`` is ``article`` in rows."""
        return self._one(_core.ARTICLE, key=str(number))

    def outlets(self) -> List[Row]:
        """All outlets with what they have."""
        rows: List[Row] = self._one(_core.OUTLETS)["rows"]
        return rows

    def series(self, words: Optional[str] = None, *, period: str = "month", **filters: Any) -> Row:
        """Events by ``period`` (``day``, ``month``, ``year``): how many, of which types and quad codes."""
        return self._one(_core.SERIES, words=words, period=period, **filters)

    def dyad(self, a: str, b: str, *, period: str = "month", since: Optional[str] = None, until: Optional[str] = None) -> Row:
        """What two did to each other by period; ``a`` and ``b``: codes of countries, names or keys."""
        return self._one(_core.DYAD, by=a, to=b, period=period, since=since, until=until)

    def status(self) -> Row:
        """What the database holds."""
        return self._one(_core.STATUS)

    @property
    def revision(self) -> int:
        """A number that changes with every batch that is added and every making of stories."""
        with self._lock:
            return self._store.revision()

    def records(self, words: Optional[str] = None, **filters: Any) -> Iterator[Record]:
        """The records of all articles (newest versions), or of those that answer a query, read as they are asked for."""
        query = {} if words is None and not filters else _query({"words": words, "limit": 0, **filters})
        return self._records(query)

    def _records(self, query: Dict[str, Any]) -> Iterator[Record]:
        """Through a handle of its own, so that the database can be asked in between."""
        def work(pump: Pump) -> None:
            store.records(pump.put, **query)

        store = _core.store_open(self.engine._core, self.file, False)
        try:
            with contextlib.closing(iter(Pump(work))) as parts:  # type: ignore[type-var]
                for part in parts:
                    for raw in part:
                        yield Record(raw)
        finally:
            store.close()

    def tables(self, words: Optional[str] = None, **filters: Any) -> Tables:
        """:func:`isnad.tables` of the records."""
        return tables(self.records(words, **filters))

    def export(self, format: str, file: Union[Path_, BinaryIO], words: Optional[str] = None, **filters: Any) -> int:
        """Writes the records in another tool's format (:func:`isnad.export`). Returns how many."""
        return export(self.records(words, **filters), format, file, engine=self.engine)

    # --- adding ---

    def _totals(self) -> Tuple[int, int, int]:
        return self._store.totals()

    def add(self, paths: Union[Path_, Iterable[Path_]], *, jobs: Optional[int] = None, errors: str = "warn",
            progress: ProgressOption = None, records: bool = False, **options: Any) -> Added:
        """Codes files and folders as :meth:`Engine.code_files` does and keeps them, a batch of articles in one transaction.

        ``records``: the files are JSON Lines of records that were coded before. Ctrl-C ends it; the batches before are safe.
        """
        run = FileRun(self.engine._core, paths, jobs=jobs_of(jobs), records=records, **options)
        return self._add(run, Faults(errors), Bar(progress))

    def _add(self, run: FileRun, faults: Faults, bar: Bar) -> Added:
        told: List[Error] = []
        with self._lock:
            before = self._totals()
            totals = run.run(self._store, on_fault=told.append,
                             on_progress=lambda t: bar.update(t[0], t[1], t[2]) if bar.active else None)
            after = self._totals()
        bar.update(totals[0], totals[1], totals[2], end=True)
        for error in told:
            for _ in faults.take(error):
                pass
        return Added(after[0] - before[0], after[1] - before[1], after[2] - before[2], len(told))

    def add_records(self, records: Iterable[Union[Record, bytes]], *, errors: str = "warn") -> Added:
        """Keeps records that were coded before, as :meth:`Engine.code_many` yields them."""
        faults = Faults(errors)
        total = Added(0, 0, 0, 0)
        source = iter(records)
        ended = False
        while not ended:
            with tempfile.NamedTemporaryFile(suffix=".jsonl") as spool:
                size = 0
                for record in source:
                    raw = record.raw if isinstance(record, Record) else bytes(record)
                    spool.write(raw + b"\n")
                    size += len(raw) + 1
                    if size >= _SPOOL:
                        break
                else:
                    ended = True
                spool.flush()
                if size:
                    run = FileRun(self.engine._core, spool.name, records=True)
                    part = self._add(run, faults, Bar(False))
                    total = Added(*(a + b for a, b in zip(total, part)))
        return total

    def check(self) -> List[Error]:
        """Proves that the file is good: its faults, none where it is."""
        with self._lock:
            return self._store.check()

    # --- stories ---

    def make_stories(self, *, jobs: Optional[int] = None, anew: bool = False) -> StoriesMade:
        """Puts articles that report one event together and keeps that in the file; cheap where few articles came since."""
        with self._lock:
            return StoriesMade(*self._store.make_stories(jobs_of(jobs), anew))

    def stories_stale(self) -> int:
        """How many articles came or changed since stories were made."""
        with self._lock:
            return self._store.stale()

    def stories(self, words: Optional[str] = None, *, sort: str = "weight", **filters: Any) -> Rows:
        """Stories of two articles and more, in brief; ``sort``: ``weight``, ``newest``, ``contested``."""
        return self._rows(_core.STORIES, {"words": words, "sort": sort, **filters})

    def story(self, key: Union[int, str]) -> Row:
        """A story by its number, or the number or id of any article in it: its reports, why they belong together, what it goes on with."""
        return self._one(_core.STORY, key=str(key))

    def compare(self, key: Union[int, str], *, limit: int = 200, offset: int = 0) -> Row:
        """The table of a story: each fact with who tells it in which words, who doesn't, and where two contradict each other (docs/stories.md)."""
        return self._one(_core.FACTS, key=str(key), limit=limit, offset=offset)

    def decide(self, decision: str, a: str, b: Optional[str] = None) -> None:
        """Keeps what a person decides about articles, by their ids: ``join`` (both tell one story), ``part``, or ``alone`` (``a`` only)."""
        with self._lock:
            self._store.decide(decision_of(decision, b), a, b)


def decision_of(decision: str, b: Optional[str]) -> int:
    """The number of a decision."""
    numbers = {"join": _core.JOIN, "part": _core.PART, "alone": _core.ALONE}
    if decision not in numbers:
        raise ArgumentError(f"a decision can't be {decision!r}; it is one of {', '.join(numbers)}")
    if (b is None) != (decision == "alone"):
        raise ArgumentError("join and part take two articles, alone takes one")
    return numbers[decision]


_STRINGS = ("words", "actor", "by", "to", "about", "outlet", "country", "type", "status", "since", "until", "period", "key", "sort")
_MOST = 2**62


def _query(query: Dict[str, Any]) -> Dict[str, Any]:
    """A query as the extension takes it; unknown filters and values of a wrong type are refused here."""
    checked: Dict[str, Any] = {}
    for name, value in query.items():
        if value is None:
            continue
        if name in _STRINGS:
            if name in ("since", "until") and not isinstance(value, str):
                value = day_of(value)
            checked[name] = word(name, value)
        elif name == "quad":
            checked[name] = word(name, str(value))
        elif name in ("limit", "offset"):
            if not isinstance(value, int) or not 0 <= value < _MOST:
                raise ArgumentError(f"{name} can't be {value!r}; it is a number from 0")
            checked[name] = value
        elif name == "oldest":
            checked[name] = bool(value)
        else:
            raise TypeError(f"there is no filter {name!r}")
    return checked


def open(file: Path_, *, write: bool = False, engine: Optional[Engine] = None) -> Database:
    """Opens a database; with ``write`` to add to it too, and it is made where it isn't there.

    Without ``engine`` it opens one of its own. Raises :class:`isnad.IOFailed` (not there, locked by another writer), :class:`isnad.FormatError` (no database).
    """
    return Database(file, write=write, engine=engine)


def export(records: Iterable[Union[Record, bytes]], format: str, file: Union[Path_, BinaryIO], *,
           engine: Optional[Engine] = None) -> int:
    """Writes records in another tool's format (docs/export.md) to a path or an open binary file; returns how many were taken.

    ``format``: ``jsonl``, ``events``, ``quotes``, ``counts``, ``actors``, ``polecat``, ``icews``, ``gdelt-events``, ``gdelt-mentions``, ``plover``, ``gexf``, ``graphml``.

    >>> import isnad, io
    >>> out = io.BytesIO()
    >>> isnad.export([isnad.Engine().code("وصل الرئيس المصري إلى عمّان.", published="2022-03-09")], "events", out)
    1
    >>> len(out.getvalue().splitlines())
    2
    """
    own = engine if engine is not None else Engine()
    handle = _core.export_open(own._core, format)
    taken = 0
    with contextlib.ExitStack() as stack:
        if isinstance(file, (str, os.PathLike)):
            out: BinaryIO = stack.enter_context(Path(file).open("wb"))
        else:
            out = file
        for record in records:
            out.write(handle.add(record.raw if isinstance(record, Record) else bytes(record)))
            taken += 1
        out.write(handle.end()[0])
    return taken
