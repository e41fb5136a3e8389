"""Records as tables: articles, mentions, entities, quotes, events, counts.

The columns of each table are in :data:`SCHEMAS`, with their types. ``article`` is the record's ``id``; with ``entity``, ``quote``, ``event`` (``E1``, ``Q1``, ``V1``, which
count in one article) it leads from table to table. ``byte_start`` … ``end`` are places in the article's text as in :class:`isnad.Span`.
"""

import datetime
import importlib
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple, Union

from .errors import ArgumentError
from .record import Record, days

__all__ = ["SCHEMAS", "Table", "TableBuilder", "Tables", "arrow_schema", "tables"]

_SPAN = [("byte_start", "int64"), ("byte_end", "int64"), ("start", "int64"), ("end", "int64"), ("text", "string")]


def _parties(name: str) -> List[Tuple[str, str]]:
    return [(name, "strings"), (f"{name}_names", "strings"), (f"{name}_keys", "strings"), (f"{name}_countries", "strings")]


#: Of each table its columns and their types: ``string``, ``strings`` (a list), ``int64``, ``float64``, ``date``. All but keys may be null.
SCHEMAS: Dict[str, List[Tuple[str, str]]] = {
    "articles": [
        ("article", "string"), ("uri", "string"), ("outlet", "string"), ("published", "string"), ("day", "date"), ("language", "string"),
        ("title", "string"), ("author", "string"), ("address", "string"), ("modified", "string"), ("tags", "strings"),
        ("page", "string"), ("file", "string"), ("offset", "int64"), ("length", "int64"), ("text", "string"), ("diagnostics", "strings"),
    ],
    "mentions": [("article", "string"), ("entity", "string"), ("form", "string")] + _SPAN,
    "entities": [
        ("article", "string"), ("entity", "string"), ("type", "string"), ("name", "string"), ("english", "string"), ("kb", "string"),
        ("key", "string"), ("country", "string"), ("sector", "string"), ("region", "string"), ("lat", "float64"), ("lon", "float64"),
        ("offices", "strings"), ("mentions", "int64"),
    ],
    "quotes": [
        ("article", "string"), ("quote", "string"), ("kind", "string"), ("speaker", "string"), ("speaker_name", "string"),
        ("speaker_key", "string"), ("via", "strings"), ("via_names", "strings"), ("rule", "string"), ("confidence", "float64"),
    ] + _SPAN,
    "events": [
        ("article", "string"), ("event", "string"), ("outlet", "string"), ("published", "string"), ("date", "string"),
        ("first_day", "date"), ("last_day", "date"), ("type", "string"), ("mode", "string"), ("cameo", "string"), ("quad", "int64"),
        ("intensity", "float64"), ("context", "strings"), ("status", "string"),
    ] + _parties("actors") + _parties("recipients") + [
        ("place", "string"), ("place_name", "string"), ("place_key", "string"), ("place_country", "string"), ("via", "strings"),
        ("via_names", "strings"), ("quote", "string"), ("trigger", "string"), ("rule", "string"), ("confidence", "float64"),
    ] + _SPAN,
    "counts": [
        ("article", "string"), ("event", "string"), ("what", "string"), ("value", "float64"), ("high", "float64"), ("bound", "string"),
        ("unit", "string"),
    ] + _SPAN,
}

_PANDAS = {"int64": "Int64", "float64": "float64"}


def _load(name: str, why: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise ImportError(f"{why} needs {name}; install it with `pip install {name}`") from None


def arrow_schema(name: str) -> Any:
    """The schema of a table as a ``pyarrow.Schema``."""
    pa = _load("pyarrow", "an Arrow table")
    types = {"string": pa.string(), "strings": pa.list_(pa.string()), "int64": pa.int64(), "float64": pa.float64(), "date": pa.date32()}
    if name not in SCHEMAS:
        raise ArgumentError(f"no such table: {name!r}; there are {', '.join(SCHEMAS)}")
    return pa.schema([(column, types[kind]) for column, kind in SCHEMAS[name]])


class Table:
    """One table: ``columns`` is a list of values a column, all of one length."""

    def __init__(self, name: str, columns: Dict[str, List[Any]]) -> None:
        self.name = name
        self.columns = columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        """Its rows, as dicts."""
        names = list(self.columns)
        for values in zip(*self.columns.values()):
            yield dict(zip(names, values))

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def arrow(self) -> Any:
        """As a ``pyarrow.Table``."""
        pa = _load("pyarrow", "an Arrow table")
        return pa.Table.from_pydict(self.columns, schema=arrow_schema(self.name))

    def batch(self) -> Any:
        """As a ``pyarrow.RecordBatch``."""
        pa = _load("pyarrow", "an Arrow table")
        return pa.RecordBatch.from_pydict(self.columns, schema=arrow_schema(self.name))

    def pandas(self) -> Any:
        """As a ``pandas.DataFrame``; days are ``datetime64``, whole numbers ``Int64``, lists stay lists."""
        pd = _load("pandas", "a data frame")
        series = {}
        for column, kind in SCHEMAS[self.name]:
            values = self.columns[column]
            if kind == "date":
                series[column] = pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce")
            else:
                series[column] = pd.Series(values, dtype=_PANDAS.get(kind, "object"))
        return pd.DataFrame(series)


class Tables:
    """The six tables of some records."""

    def __init__(self, made: Mapping[str, Table]) -> None:
        self._made = dict(made)
        self.articles = made["articles"]
        self.mentions = made["mentions"]
        self.entities = made["entities"]
        self.quotes = made["quotes"]
        self.events = made["events"]
        self.counts = made["counts"]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._made.values())

    def __getitem__(self, name: str) -> Table:
        return self._made[name]

    def __repr__(self) -> str:
        return "<Tables: " + ", ".join(f"{table.name} {len(table)}" for table in self) + ">"

    def arrow(self) -> Dict[str, Any]:
        """A ``pyarrow.Table`` each, by name."""
        return {table.name: table.arrow() for table in self}

    def pandas(self) -> Dict[str, Any]:
        """A ``pandas.DataFrame`` each, by name."""
        return {table.name: table.pandas() for table in self}

    def write_parquet(self, folder: Union[str, Path]) -> List[Path]:
        """Writes ``articles.parquet`` … into a folder, which is made where it isn't there; returns the files."""
        parquet = _load("pyarrow.parquet", "Parquet")
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        files = []
        for table in self:
            files.append(target / f"{table.name}.parquet")
            parquet.write_table(table.arrow(), str(files[-1]))
        return files


def _day(value: Optional[str], last: bool = False) -> Optional[datetime.date]:
    """The first or last day of a date; None where a page's own has no such day."""
    try:
        return days(value)[last] if value else None
    except ArgumentError:
        return None


class TableBuilder:
    """Makes tables of records as they come; :meth:`take` gives what has come since, so that memory is bounded.

    >>> import isnad
    >>> builder = isnad.TableBuilder()
    >>> builder.add(isnad.Engine().code("وصل الرئيس المصري إلى عمّان.", published="2022-03-09"))
    >>> builder.take()
    <Tables: articles 1, mentions 2, entities 2, quotes 0, events 1, counts 0>
    >>> len(builder)
    0
    """

    def __init__(self) -> None:
        self._columns: Dict[str, List[List[Any]]] = {}
        self._articles = 0
        self._clear()

    def _clear(self) -> None:
        self._columns = {name: [[] for _ in schema] for name, schema in SCHEMAS.items()}
        self._articles = 0

    def __len__(self) -> int:
        """Articles that are waiting."""
        return self._articles

    def _put(self, table: str, row: Iterable[Any]) -> None:
        for column, value in zip(self._columns[table], row):
            column.append(value)

    def add(self, record: Union[Record, bytes]) -> None:
        """Adds a record, or the bytes of one."""
        if not isinstance(record, Record):
            record = Record(record)
        data = record.data
        article = data["id"]
        utf8, char = record._bytes, record._offsets.char

        def span(item: Mapping[str, Any]) -> Tuple[int, int, int, int, str]:
            begin, end = item["begin"], item["end"]
            return begin, end, char(begin), char(end), utf8[begin:end].decode("utf-8", "replace")

        self._add_article(data)
        by_id: Dict[str, Mapping[str, Any]] = {}
        for e in data["entities"]:
            by_id[e["id"]] = e
            at = e.get("at") or {}
            self._put("entities", (article, e["id"], e["type"], e["name"], e["english"], e["kb"], e["key"], e["country"], e["sector"],
                                   e["region"], at.get("lat"), at.get("lon"), [r["office"] for r in e["roles"]], len(e["mentions"])))
            for m in e["mentions"]:
                self._put("mentions", (article, e["id"], m["form"]) + span(m))
        self._add_findings(data, by_id, span)
        self._articles += 1

    def _add_article(self, data: Mapping[str, Any]) -> None:
        page, source = data["page"] or {}, data["source"] or {}
        self._put("articles", (data["id"], data["uri"], data["outlet"], data["published"], _day(data["published"]), data["language"],
                               data["title"], data["author"], data["address"], data["modified"], data["tags"], page.get("kind"),
                               source.get("file"), source.get("offset"), source.get("length"), data["text"],
                               [d["code"] for d in data["diagnostics"]]))

    def _add_findings(self, data: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]],
                      span: "Callable[[Mapping[str, Any]], Tuple[int, int, int, int, str]]") -> None:
        article = data["id"]

        def one(id: Optional[str], field: str) -> Any:
            return by_id[id][field] if id else None

        def many(ids: List[str], field: str) -> List[Any]:
            return [by_id[id][field] for id in ids]

        def parties(ids: List[str]) -> Tuple[Any, ...]:
            return ids, many(ids, "name"), many(ids, "key"), many(ids, "country")

        for q in data["quotes"]:
            speaker = q["speaker"]
            self._put("quotes", (article, q["id"], q["kind"], speaker, one(speaker, "name"), one(speaker, "key"), q["via"],
                                 many(q["via"], "name"), q["rule"], q["confidence"]) + span(q))
        for v in data["events"]:
            date, place = v["date"] or data["published"], v["place"]
            self._put("events", (article, v["id"], data["outlet"], data["published"], v["date"], _day(date), _day(date, True), v["type"],
                                 v["mode"], v["cameo"], v["quad"], v["intensity"], v["context"], v["status"])
                      + parties(v["actor"]) + parties(v["recipient"])
                      + (place, one(place, "name"), one(place, "key"), one(place, "country"), v["via"], many(v["via"], "name"),
                         v["quote"], span(v["trigger"])[4], v["rule"], v["confidence"]) + span(v))
        for c in data["counts"]:
            self._put("counts", (article, c["event"], c["what"], c["value"], c["high"], c["bound"], c["unit"]) + span(c))

    def take(self) -> Tables:
        """The tables of what was added since the last call."""
        made = {name: Table(name, dict(zip((column for column, _ in schema), self._columns[name]))) for name, schema in SCHEMAS.items()}
        self._clear()
        return Tables(made)


def tables(records: Iterable[Union[Record, bytes]]) -> Tables:
    """The tables of some records (all in memory; :class:`TableBuilder` for more than fit).

    >>> import isnad
    >>> made = isnad.tables([isnad.Engine().code("وصل الرئيس المصري إلى عمّان.", published="2022-03-09")])
    >>> [(row["type"], row["actors_countries"], str(row["first_day"])) for row in made.events]
    [('CONSULT', ['EGY'], '2022-03-09')]
    """
    builder = TableBuilder()
    for record in records:
        builder.add(record)
    return builder.take()
