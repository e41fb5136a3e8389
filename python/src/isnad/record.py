"""What is known of one article, as objects.

A :class:`Record` keeps the bytes that libisnad wrote (``raw``, one JSON object as in docs/record.md) and makes objects of them when they
are asked for. Places in the text are given twice: ``start`` and ``end`` count characters, so that ``record.text[m.start:m.end]`` are the
words; ``byte_start`` and ``byte_end`` count bytes of the text in UTF-8, as the record, the database and the exports do.
"""

import calendar
import datetime
import json
import re
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union, cast

from . import _core
from .errors import ArgumentError, FormatError

__all__ = [
    "Span", "Mention", "Role", "Entity", "Date", "Quote", "Event", "Count", "Block", "Diagnostic", "Page", "Record", "Source", "days",
]

_Json = Dict[str, Any]


class _Shown:
    """Shows the fields that are named in ``_shown``."""

    __slots__ = ()
    _shown: Tuple[str, ...] = ()

    def __repr__(self) -> str:
        parts = []
        for name in self._shown:
            value = getattr(self, name)
            if value is not None and value != [] and value != ():
                parts.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"


class Span(_Shown):
    """A part of a record's text, its end exclusive.

    >>> import isnad
    >>> record = isnad.Engine().code("التقى وزير الخارجية العراقي فؤاد حسين نظيره التركي في بغداد.", published="2022-03-09")
    >>> mention = record.entities[0].mentions[0]
    >>> record.text[mention.start:mention.end] == mention.text == record.text.encode()[mention.byte_start:mention.byte_end].decode()
    True
    """

    __slots__ = ("record", "byte_start", "byte_end")
    _shown: Tuple[str, ...] = ("start", "end", "text")

    def __init__(self, record: "Record", data: _Json) -> None:
        self.record = record
        self.byte_start: int = data["begin"]
        self.byte_end: int = data["end"]

    @property
    def start(self) -> int:
        """The first character's place in ``record.text``."""
        return self.record._offsets.char(self.byte_start)

    @property
    def end(self) -> int:
        """The place behind the last character."""
        return self.record._offsets.char(self.byte_end)

    @property
    def slice(self) -> slice:
        """``record.text[span.slice]`` are the words."""
        return slice(self.start, self.end)

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.record._bytes[self.byte_start:self.byte_end].decode("utf-8", "replace")


class Mention(Span):
    """A place where the text speaks of an entity. ``form``: ``name``, ``role`` or ``pronoun``."""

    __slots__ = ("form", "entity")
    _shown = ("form",) + Span._shown

    def __init__(self, record: "Record", data: _Json, entity: "Entity") -> None:
        super().__init__(record, data)
        self.form: str = data["form"]
        self.entity = entity


class Role(Span):
    """An office that an entity holds in this article: ``office`` as written, ``country`` (ISO 3166-1 alpha-3), ``of`` the body."""

    __slots__ = ("office", "country", "_of")
    _shown = ("office", "country")

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.office: str = data["office"]
        self.country: Optional[str] = data["country"]
        self._of: Optional[str] = data["of"]

    @property
    def of(self) -> "Optional[Entity]":
        """The body that the office belongs to."""
        return self.record._entity(self._of)


class Entity(_Shown):
    """A person, body, place or group of one article.

    ``id`` counts in this article only (``E1``); ``key`` is the same in every article that names it (``kb`` where the lexicon knows it), or
    None. ``type``: ``person``, ``organization``, ``place``, ``group``. ``country`` is ISO 3166-1 alpha-3, ``sector`` PLOVER's. ``lat`` and ``lon`` are
    degrees of places that the lexicon knows.
    """

    __slots__ = ("record", "id", "type", "name", "english", "kb", "key", "country", "sector", "region", "lat", "lon", "_data",
                 "_mentions", "_roles")
    _shown = ("id", "type", "name", "english", "country", "key")

    def __init__(self, record: "Record", data: _Json) -> None:
        at = data.get("at") or {}
        self.record = record
        self.id: str = data["id"]
        self.type: str = data["type"]
        self.name: str = data["name"]
        self.english: Optional[str] = data["english"]
        self.kb: Optional[str] = data["kb"]
        self.key: Optional[str] = data["key"]
        self.country: Optional[str] = data["country"]
        self.sector: Optional[str] = data["sector"]
        self.region: Optional[str] = data["region"]
        self.lat: Optional[float] = at.get("lat")
        self.lon: Optional[float] = at.get("lon")
        self._data = data
        self._mentions: Optional[List[Mention]] = None
        self._roles: Optional[List[Role]] = None

    @property
    def mentions(self) -> List[Mention]:
        """Where the text speaks of it, in order."""
        if self._mentions is None:
            self._mentions = [Mention(self.record, m, self) for m in self._data["mentions"]]
        return self._mentions

    @property
    def roles(self) -> List[Role]:
        """The offices that it holds in this article."""
        if self._roles is None:
            self._roles = [Role(self.record, r) for r in self._data["roles"]]
        return self._roles


class Date(Span):
    """An expression of time; ``value`` is ISO 8601, as exact as the words, a range as ``2021-04-15/2021-04-17``."""

    __slots__ = ("value",)
    _shown = ("value",) + Span._shown

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.value: str = data["value"]

    @property
    def days(self) -> "Tuple[datetime.date, datetime.date]":
        """The first and the last day that it covers."""
        return days(self.value)


class Quote(Span):
    """What somebody said: the span of the words, without quotation marks. ``kind``: ``direct`` or ``indirect``; ``confidence`` from 0 to 1."""

    __slots__ = ("id", "kind", "rule", "confidence", "_data")
    _shown = ("id", "kind", "speaker", "via", "text", "confidence")

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.id: str = data["id"]
        self.kind: str = data["kind"]
        self.rule: str = data["rule"]
        self.confidence: float = data["confidence"]
        self._data = data

    @property
    def speaker(self) -> Optional[Entity]:
        """Who said it."""
        return self.record._entity(self._data["speaker"])

    @property
    def cue(self) -> Optional[Span]:
        """The word of saying."""
        cue = self._data["cue"]
        return Span(self.record, cue) if cue else None

    @property
    def via(self) -> List[Entity]:
        """The chain between the outlet and the speaker, outermost first."""
        return self.record._entities_of(self._data["via"])


class Event(Span):
    """Who did what to whom: the span of the clause.

    ``type`` and ``mode`` are PLOVER's, ``cameo`` the most usual code of CAMEO, ``quad`` 1 verbal cooperation, 2 material cooperation, 3 verbal
    conflict, 4 material conflict, ``intensity`` from -10 to 10; ``status``: ``actual``, ``future``, ``hypothetical``, ``negated``; ``date`` as in
    :class:`Date`; ``rule`` the line of the lexicon and the rule that read it; ``confidence`` from 0 to 1.
    """

    __slots__ = ("id", "type", "mode", "cameo", "quad", "intensity", "context", "date", "status", "rule", "confidence", "_data")
    _shown = ("id", "type", "mode", "status", "date", "actors", "recipients", "place", "text")

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.id: str = data["id"]
        self.type: str = data["type"]
        self.mode: Optional[str] = data["mode"]
        self.cameo: Optional[str] = data["cameo"]
        self.quad: Optional[int] = data["quad"]
        self.intensity: Optional[float] = data["intensity"]
        self.context: List[str] = data["context"]
        self.date: Optional[str] = data["date"]
        self.status: str = data["status"]
        self.rule: str = data["rule"]
        self.confidence: float = data["confidence"]
        self._data = data

    @property
    def trigger(self) -> Span:
        """The word that acts."""
        return Span(self.record, self._data["trigger"])

    @property
    def actors(self) -> List[Entity]:
        """Who does it."""
        return self.record._entities_of(self._data["actor"])

    @property
    def recipients(self) -> List[Entity]:
        """To whom it is done."""
        return self.record._entities_of(self._data["recipient"])

    @property
    def place(self) -> Optional[Entity]:
        """Where."""
        return self.record._entity(self._data["place"])

    @property
    def via(self) -> List[Entity]:
        """Whom the outlet has it from, outermost first."""
        return self.record._entities_of(self._data["via"])

    @property
    def quote(self) -> Optional[Quote]:
        """The quote that tells it."""
        return self.record._quote(self._data["quote"])

    @property
    def counts(self) -> "List[Count]":
        """The numbers that belong to it."""
        return [count for count in self.record.counts if count._event == self.id]

    @property
    def days(self) -> "Optional[Tuple[datetime.date, datetime.date]]":
        """The first and the last day of ``date``; that of publication where the event has none of its own; None where neither is known."""
        date = self.date or self.record.published
        return days(date) if date else None


class Count(Span):
    """A number with what it counts (docs/record.md): ``value``, ``high`` of a range, ``bound`` (``exact``, ``about``, ``at_least`` …), ``what``, ``unit``."""

    __slots__ = ("value", "high", "bound", "what", "unit", "_event")
    _shown = ("value", "high", "bound", "what", "unit", "text")

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.value: float = data["value"]
        self.high: Optional[float] = data["high"]
        self.bound: str = data["bound"]
        self.what: str = data["what"]
        self.unit: Optional[str] = data["unit"]
        self._event: Optional[str] = data["event"]

    @property
    def event(self) -> Optional[Event]:
        """The event that it belongs to; None where it is the article's."""
        return self.record._event(self._event)


class Block(Span):
    """A line of the text. ``kind``: ``title``, ``heading``, ``body``, ``caption``, ``byline``, ``dateline``, ``related``, ``comment``, ``boilerplate``."""

    __slots__ = ("kind",)
    _shown = ("kind",) + Span._shown

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.kind: str = data["kind"]


class Diagnostic(Span):
    """What was wrong with the input: ``code`` and ``message``."""

    __slots__ = ("code", "message")
    _shown = ("code", "message")

    def __init__(self, record: "Record", data: _Json) -> None:
        super().__init__(record, data)
        self.code: str = data["code"]
        self.message: str = data["message"]


class Page(NamedTuple):
    """Of a web page: ``kind`` (``article``, ``front``, ``list``, ``gallery``, ``empty``) and how sure that is, from 0 to 1."""

    kind: str
    confidence: float


class Source(NamedTuple):
    """The feed or archive that an article was in (docs/record.md); ``offset`` and ``length`` in bytes of ``file``."""

    kind: str
    file: Optional[str]
    offset: Optional[int]
    length: Optional[int]
    data: Dict[str, Any]


class Record:
    """What isnad knows of one article.

    >>> import isnad
    >>> engine = isnad.Engine()
    >>> record = engine.code("التقى وزير الخارجية العراقي فؤاد حسين في بغداد نظيره التركي.", published="2022-03-09", outlet="صحيفة")
    >>> [(event.type, [actor.country for actor in event.actors]) for event in record.events]
    [('CONSULT', ['IRQ', 'TUR'])]
    >>> record.published, record.language, record.outlet == "صحيفة"
    ('2022-03-09', 'ar', True)
    """

    __slots__ = ("raw", "_parsed", "_utf8", "_map", "_lists", "__weakref__")

    def __init__(self, raw: Union[bytes, str]) -> None:
        """``raw``: a record as ``isnad code`` prints it, one line of JSON."""
        self.raw: bytes = raw if type(raw) is bytes else raw.encode() if isinstance(raw, str) else bytes(raw)
        self._parsed: Optional[_Json] = None
        self._utf8: Optional[bytes] = None
        self._map: Optional[_core.Offsets] = None
        self._lists: Dict[str, Any] = {}

    @property
    def data(self) -> Dict[str, Any]:
        """The record as dicts and lists, as docs/record.md describes it."""
        if self._parsed is None:
            try:
                parsed = json.loads(self.raw)
            except ValueError as error:
                raise FormatError(f"not a record: {error}") from None
            if not isinstance(parsed, dict) or "isnad" not in parsed or "text" not in parsed:
                raise FormatError("not a record: a JSON object without 'isnad' or 'text'")
            self._parsed = parsed
        return self._parsed

    def __reduce__(self) -> "tuple[type[Record], tuple[bytes]]":
        return type(self), (self.raw,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"Record(id={self.id!r}, outlet={self.outlet!r}, published={self.published!r}, title={self.title!r})"

    @property
    def _bytes(self) -> bytes:
        if self._utf8 is None:
            self._utf8 = self.text.encode()
        return self._utf8

    @property
    def _offsets(self) -> _core.Offsets:
        if self._map is None:
            self._map = _core.offsets(self._bytes)
        return self._map

    def _list(self, name: str, kind: Any) -> Any:
        made = self._lists.get(name)
        if made is None:
            made = self._lists[name] = [kind(self, item) for item in self.data[name]]
        return made

    @staticmethod
    def _by_id(items: Any, id: Optional[str]) -> Any:
        return items[int(id[1:]) - 1] if id else None

    def _entity(self, id: Optional[str]) -> Optional[Entity]:
        return cast(Optional[Entity], self._by_id(self.entities, id))

    def _quote(self, id: Optional[str]) -> Optional[Quote]:
        return cast(Optional[Quote], self._by_id(self.quotes, id))

    def _event(self, id: Optional[str]) -> Optional[Event]:
        return cast(Optional[Event], self._by_id(self.events, id))

    def _entities_of(self, ids: List[str]) -> List[Entity]:
        entities = self.entities
        return [entities[int(id[1:]) - 1] for id in ids]

    @property
    def id(self) -> str:
        """The input's own id, or a hash of title and text."""
        return cast(str, self.data["id"])

    @property
    def uri(self) -> str:
        """Where it was read from, or what the caller named it."""
        return cast(str, self.data["uri"])

    @property
    def outlet(self) -> Optional[str]:
        """The publisher."""
        return cast(Optional[str], self.data["outlet"])

    @property
    def published(self) -> Optional[str]:
        """Day, or day and time, as ISO 8601."""
        return cast(Optional[str], self.data["published"])

    @property
    def day(self) -> Optional[datetime.date]:
        """The day of publication."""
        return days(self.published)[0] if self.published else None

    @property
    def language(self) -> str:
        """``ar``, ``fa``, ``ur``, ``en`` or ``und``."""
        return cast(str, self.data["language"])

    @property
    def author(self) -> Optional[str]:
        """The writer, where a page says so."""
        return cast(Optional[str], self.data["author"])

    @property
    def address(self) -> Optional[str]:
        """The canonical address."""
        return cast(Optional[str], self.data["address"])

    @property
    def modified(self) -> Optional[str]:
        """The day of the last change, as a page says."""
        return cast(Optional[str], self.data["modified"])

    @property
    def tags(self) -> List[str]:
        """The page's own key words."""
        return cast(List[str], self.data["tags"])

    @property
    def title(self) -> Optional[str]:
        """The title."""
        return cast(Optional[str], self.data["title"])

    @property
    def text(self) -> str:
        """The text that was read; all places count in it."""
        return cast(str, self.data["text"] or "")

    @property
    def page(self) -> Optional[Page]:
        """What kind of web page it was; None for other inputs."""
        page = self.data["page"]
        return Page(page["kind"], page["confidence"]) if page else None

    @property
    def source(self) -> Optional[Source]:
        """The feed or archive that held it; None for a file of its own."""
        source = self.data["source"]
        if not source:
            return None
        return Source(source["kind"], source.get("file"), source.get("offset"), source.get("length"), source)

    @property
    def blocks(self) -> List[Block]:
        """What each line of the text is."""
        return cast(List[Block], self._list("blocks", Block))

    @property
    def entities(self) -> List[Entity]:
        """Who and what is named."""
        return cast(List[Entity], self._list("entities", Entity))

    @property
    def mentions(self) -> List[Mention]:
        """All mentions of all entities, in the order of the text."""
        return sorted((m for e in self.entities for m in e.mentions), key=lambda m: (m.byte_start, m.byte_end))

    @property
    def dates(self) -> List[Date]:
        """Expressions of time."""
        return cast(List[Date], self._list("dates", Date))

    @property
    def quotes(self) -> List[Quote]:
        """Who said what."""
        return cast(List[Quote], self._list("quotes", Quote))

    @property
    def events(self) -> List[Event]:
        """Who did what to whom."""
        return cast(List[Event], self._list("events", Event))

    @property
    def counts(self) -> List[Count]:
        """Numbers with what they count."""
        return cast(List[Count], self._list("counts", Count))

    @property
    def diagnostics(self) -> List[Diagnostic]:
        """What was wrong with the input."""
        return cast(List[Diagnostic], self._list("diagnostics", Diagnostic))

    def byte_of(self, char: int) -> int:
        """The byte of the text (in UTF-8) at which a character begins."""
        return self._offsets.byte(char)

    def char_of(self, byte: int) -> int:
        """The character of the text that begins at a byte."""
        return self._offsets.char(byte)


_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?")


def _one(value: str) -> "Tuple[datetime.date, datetime.date]":
    match = _DATE.fullmatch(value)
    if not match:
        raise ArgumentError(f"not a date of ISO 8601: {value!r}")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
        if day:
            return first, first
        last_month = month or 12
        return first, datetime.date(year, last_month, calendar.monthrange(year, last_month)[1])
    except ValueError:
        raise ArgumentError(f"no such day: {value!r}") from None


def days(value: str) -> "Tuple[datetime.date, datetime.date]":
    """The first and the last day of a date as records have it.

    >>> days("2021-04")
    (datetime.date(2021, 4, 1), datetime.date(2021, 4, 30))
    >>> days("2021-04-15/2021-04-17")[1]
    datetime.date(2021, 4, 17)
    """
    first, _, last = value.partition("/")
    return _one(first)[0], _one(last or first)[1]
