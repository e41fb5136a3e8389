"""Stories of records that are in no database: articles that report one event, and the table of who tells what (docs/stories.md)."""

import json
import os
import threading
from typing import Any, Dict, Iterable, Iterator, Optional, Union

from . import _core
from .database import decision_of
from .engine import Engine, Path_, jobs_of
from .errors import NotFound
from .record import Record

__all__ = ["Stories", "stories"]

Row = Dict[str, Any]


class Stories:
    """Stories, numbered from 0 by the time of their first articles; every article is in one. Made by :func:`isnad.stories`."""

    def __init__(self, core: _core.Stories) -> None:
        self._core = core
        self._lock = threading.RLock()

    def __len__(self) -> int:
        with self._lock:
            return self._core.count()

    def __getitem__(self, story: int) -> Row:
        """A story: its articles, why they were put together (``joins``), what it goes on with (``follows``)."""
        n = len(self)
        if not -n <= story < n:
            raise IndexError("no such story")
        with self._lock:
            row: Row = json.loads(self._core.tell(story % n, True, False))
        return row

    def __iter__(self) -> Iterator[Row]:
        return (self[i] for i in range(len(self)))

    def size(self, story: int) -> int:
        """How many articles a story has."""
        with self._lock:
            return self._core.size(story)

    def of(self, article: str) -> int:
        """The number of the story that an article is in, by its id."""
        with self._lock:
            story = self._core.find(article)
        if story < 0:
            raise NotFound(f"no article has the id '{article}'")
        return story

    def compare(self, story: int) -> Row:
        """The table of a story: each fact with who tells it, who doesn't, and where two contradict each other."""
        with self._lock:
            row: Row = json.loads(self._core.tell(story, False, True))
        return row


def stories(records: Union[Iterable[Union[Record, bytes]], Path_], *, jobs: Optional[int] = None, engine: Optional[Engine] = None,
            decisions: Iterable["tuple[str, str, Optional[str]]"] = ()) -> Stories:
    """Puts articles that report one event together.

    ``records``: records, or the path of a file of JSON Lines as ``isnad code`` prints them (which must not change while the stories are used). ``decisions``:
    what people decided, ``("join", id, id)``, ``("part", id, id)`` or ``("alone", id, None)``. The result doesn't depend on the order of the records or on ``jobs``.

    >>> import isnad
    >>> engine = isnad.Engine()
    >>> told = [{"id": "a", "text": "التقى وزير الخارجية العراقي فؤاد حسين نظيره التركي في بغداد أمس.", "published": "2022-03-09"},
    ...         {"id": "b", "text": "فؤاد حسين التقى في بغداد أمس وزير الخارجية التركي.", "published": "2022-03-09"}]
    >>> len(isnad.stories(engine.code_many(told), engine=engine, decisions=[("join", "a", "b")]))
    1
    """
    own = engine if engine is not None else Engine()
    core = _core.stories_new(own._core)
    if isinstance(records, (str, os.PathLike)):
        core.read(os.fspath(records))
    else:
        for record in records:
            core.add(record.raw if isinstance(record, Record) else bytes(record))
    for decision, a, b in decisions:
        core.decide(decision_of(decision, b), a, b)
    core.make(jobs_of(jobs))
    return Stories(core)
