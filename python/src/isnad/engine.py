"""The engine: articles in, records out."""

import contextlib
import datetime
import json
import os
import queue
import re
import threading
import time
import warnings
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Deque, Dict, Iterable, Iterator, List, Mapping, Optional, Sized, Tuple, Union

from . import _core
from .errors import ArgumentError, Error, FaultWarning
from .progress import Bar, Progress, ProgressOption
from .record import Record

__all__ = ["Engine", "IMAGE"]

Path_ = Union[str, "os.PathLike[str]"]
Day = Union[str, datetime.date, None]
Article = Union[str, bytes, bytearray, memoryview, Mapping[str, Any], "os.PathLike[str]"]

#: The compiled lexicon that the package brings.
IMAGE = Path(__file__).with_name("isnad.lexicon")

KINDS = {"guess": _core.GUESS, "text": _core.TEXT, "html": _core.HTML, "json": _core.JSON, "feed": _core.FEED, "warc": _core.WARC}
FAVORS = {"both": _core.BOTH, "precision": _core.PRECISION, "recall": _core.RECALL}
ERRORS = ("warn", "raise", "skip", "return")
FIELDS = ("id", "url", "outlet", "published", "title", "text")

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_BATCH = 32  # articles that a thread takes at once,
_BATCH_BYTES = 128 << 10  # and bytes,
_BATCH_SECONDS = 0.05  # and how long it is waited for them


def day_of(value: Day) -> Optional[str]:
    """A day as libisnad takes it; a date without its shape is refused, since it would be passed over without a word."""
    if value is None:
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if not isinstance(value, str) or not _DAY.match(value):
        raise ArgumentError(f"published can't be {value!r}; it is a day as in 2021-04-17")
    return value


def one_of(name: str, value: str, values: Dict[str, int]) -> int:
    """The number of a word."""
    try:
        return values[value]
    except (KeyError, TypeError):
        raise ArgumentError(f"{name} can't be {value!r}; it is one of {', '.join(values)}") from None


def word(name: str, value: Optional[str]) -> Optional[str]:
    """A string that C can take: no NUL; lone surrogates become question marks."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if "\0" in value:
        raise ArgumentError(f"{name} holds a NUL character")
    if not value.isascii():
        value = value.encode("utf-8", "replace").decode()
    return value


def jobs_of(jobs: Optional[int]) -> int:
    """How many threads; None: as many as there are processors for this process."""
    if jobs is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not isinstance(jobs, int) or isinstance(jobs, bool) or not 1 <= jobs <= 256:
        raise ArgumentError(f"jobs can't be {jobs!r}; it is a number from 1 to 256")
    return jobs


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"an article's field can't be a {type(value).__name__}")


class _Options:
    """What holds for all articles of a call."""

    __slots__ = ("uri", "kind", "charset", "outlet", "published", "favor")

    def __init__(self, uri: Optional[str], kind: str, charset: Optional[str], outlet: Optional[str], published: Day,
                 favor: str) -> None:
        self.uri = word("uri", uri)
        self.kind = one_of("kind", kind, KINDS)
        self.charset = word("charset", charset)
        self.outlet = word("outlet", outlet)
        self.published = day_of(published)
        self.favor = one_of("favor", favor, FAVORS)

    def task(self, article: Article) -> Tuple[Any, Optional[str], int, Optional[str], Optional[str], Optional[str], int]:
        """An article as the extension takes it."""
        if isinstance(article, (str, bytes)):
            return article, self.uri, self.kind, self.charset, self.outlet, self.published, self.favor
        if isinstance(article, Mapping):
            line = json.dumps(article if isinstance(article, dict) else dict(article), ensure_ascii=False, default=_plain)
            return line, self.uri, _core.JSON, None, self.outlet, self.published, self.favor
        if isinstance(article, os.PathLike):
            path = os.fspath(article)
            with open(path, "rb") as file:
                data = file.read()
            return data, self.uri or word("uri", path), self.kind, self.charset, self.outlet, self.published, self.favor
        return bytes(memoryview(article)), self.uri, self.kind, self.charset, self.outlet, self.published, self.favor


class Faults:
    """What is done with an input that gives no record, as the caller's ``errors`` says."""

    def __init__(self, errors: str) -> None:
        if errors not in ERRORS:
            raise ArgumentError(f"errors can't be {errors!r}; it is one of {', '.join(ERRORS)}")
        self._errors = errors
        self.n = 0

    def take(self, error: Error) -> Iterator[Any]:
        self.n += 1
        if self._errors == "raise":
            raise error
        if self._errors == "warn":
            warnings.warn(FaultWarning(str(error)), stacklevel=3)
        elif self._errors == "return":
            yield error


class Engine:
    """Lexicon and models, open for coding. Any number of threads may use one engine at once.

    ``lexicon`` is a folder of your own tables, laid over the lexicon (lexicon/README.md); ``image`` another compiled lexicon than the one
    that comes with the package. An engine may be used in a process that was forked after it was opened.

    >>> import isnad
    >>> with isnad.Engine() as engine:
    ...     record = engine.code("وصل الرئيس المصري إلى عمّان.", published="2022-03-09")
    >>> record.entities[0].country
    'EGY'
    """

    def __init__(self, lexicon: Optional[Path_] = None, *, image: Optional[Path_] = None) -> None:
        self._core = _core.engine_open(os.fspath(image) if image is not None else os.fspath(IMAGE),
                                       os.fspath(lexicon) if lexicon is not None else "")
        self.lexicon = lexicon
        self.image = image

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> Any:
        """Another process opens an engine of its own."""
        return _reopen, (type(self), self.lexicon, self.image)

    def close(self) -> None:
        """Frees the engine, once the calls that use it have ended. May be called twice."""
        self._core.close()

    def code(self, article: Article, *, published: Day = None, outlet: Optional[str] = None, title: Optional[str] = None,
             id: Optional[str] = None, uri: Optional[str] = None, kind: str = "guess", charset: Optional[str] = None,
             favor: str = "both") -> Record:
        """Codes one article.

        ``article``: text, HTML or a JSON object as str or bytes (of any character set), a dict with ``text`` and what else is known
        (``title``, ``published``, ``outlet``, ``url``, ``id``), or a path. ``published`` (a day as in ``2021-04-17``, or a ``date``) and ``outlet`` go before
        what the article itself says; without any day words like "yesterday" stay unresolved. ``kind``: ``guess``, ``text``, ``html``, ``json``. ``favor``: of web
        pages, whether lines that may not belong to the article are left out (``precision``) or taken in (``recall``). Raises :class:`isnad.Error` where
        there is no text; faults within the text are ``record.diagnostics``.

        >>> import isnad
        >>> record = isnad.Engine().code({"title": "زيارة", "text": "وصل الرئيس المصري إلى عمّان أمس.", "published": "2022-03-09"})
        >>> record.title, [date.value for date in record.dates]
        ('زيارة', ['2022-03-08'])
        """
        options = _Options(uri, kind, charset, outlet, published, favor)
        if title is not None or id is not None:
            article = _with(article, title, id)
        return Record(self._core.code(*options.task(article)))

    def explain(self, article: Article, *, published: Day = None, outlet: Optional[str] = None, uri: Optional[str] = None,
                kind: str = "guess", charset: Optional[str] = None, favor: str = "both") -> str:
        """Tells for people how an article is read: each token with its analyses, each finding with the line or rule behind it."""
        options = _Options(uri, kind, charset, outlet, published, favor)
        return self._core.explain(*options.task(article)).decode("utf-8", "replace")

    def actor(self, name: str) -> Dict[str, Any]:
        """What the lexicon knows of whoever or whatever is called so (docs/actor.md): ``found``, and ``near`` where nothing is.

        >>> import isnad
        >>> isnad.Engine().actor("العراق")["found"][0]["kb"]
        'IRQ'
        """
        checked = word("name", name)
        found: Dict[str, Any] = json.loads(self._core.actor(checked or ""))
        return found

    def code_many(self, articles: Iterable[Article], *, jobs: Optional[int] = None, look_ahead: Optional[int] = None,
                  errors: str = "warn", progress: ProgressOption = None, published: Day = None, outlet: Optional[str] = None,
                  kind: str = "guess", charset: Optional[str] = None, favor: str = "both") -> "Iterator[Record]":
        """Codes many articles with threads, and yields their records in the order of the articles.

        ``articles``: whatever :meth:`code` takes. ``jobs``: threads, as many as there are processors if not given. ``look_ahead``: how many articles
        are taken from the iterable before the first of them is yielded, at most (64 a thread if not given), so memory is bounded. ``errors``: of
        articles without a record, ``warn`` (:class:`isnad.FaultWarning`), ``raise``, ``skip``, or ``return`` the :class:`isnad.Error` in its place. ``progress``: True, False,
        None (on a terminal), or a function that gets a :class:`isnad.Progress`. What the iterable raises is raised after the records of the articles before it.

        >>> import isnad
        >>> [record.entities[0].country for record in isnad.Engine().code_many(["وصل الرئيس المصري.", "وصل الرئيس العراقي."])]
        ['EGY', 'IRQ']
        """
        threads = jobs_of(jobs)
        ahead = 64 * threads if look_ahead is None else look_ahead
        if ahead < 1:
            raise ArgumentError(f"look_ahead can't be {ahead!r}; it is a number from 1")
        options = _Options(None, kind, charset, outlet, published, favor)
        total = len(articles) if isinstance(articles, Sized) else None
        return _many(self._core, iter(articles), options, threads, ahead, Faults(errors), Bar(progress, total))

    def code_files(self, paths: Union[Path_, Iterable[Path_]], *, jobs: Optional[int] = None, errors: str = "warn",
                   progress: ProgressOption = None, published: Day = None, outlet: Optional[str] = None,
                   metadata: Optional[Path_] = None, kind: str = "guess", charset: Optional[str] = None, favor: str = "both",
                   fields: Optional[Mapping[str, str]] = None) -> "Iterator[Record]":
        """Codes files and folders as ``isnad code`` does, and yields records in their order.

        Files are text, HTML, JSON Lines, feeds, web archives (WARC), gzip and zstd; folders are read with all that is in them. ``metadata``: a TSV
        file with columns article, outlet, published. ``fields``: names of the fields of JSON input, ``id``, ``url``, ``outlet``, ``published``, ``title``, ``text``, alternatives by a
        bar. The other arguments are those of :meth:`code_many`.
        """
        run = FileRun(self._core, paths, jobs=jobs_of(jobs), kind=kind, charset=charset, outlet=outlet, published=published,
                      metadata=metadata, favor=favor, fields=fields)
        return _files(run, Faults(errors), Bar(progress))


def _reopen(kind: Callable[..., Engine], lexicon: Optional[Path_], image: Optional[Path_]) -> Engine:
    return kind(lexicon, image=image)


def _with(article: Article, title: Optional[str], id: Optional[str]) -> Dict[str, Any]:
    """An article of text or fields with a title and an id of the caller's."""
    if isinstance(article, Mapping):
        fields = dict(article)
    elif isinstance(article, str):
        fields = {"text": article}
    else:
        raise ArgumentError("title and id can be given with a str or a dict only")
    if title is not None:
        fields["title"] = title
    if id is not None:
        fields["id"] = id
    return fields


class _Batch:
    """Articles on their way to one thread."""

    __slots__ = ("tasks", "bytes")

    def __init__(self) -> None:
        self.tasks: List[Any] = []
        self.bytes = 0


class _Feeder:
    """Takes articles from the caller's iterable, in batches."""

    def __init__(self, articles: Iterator[Article], options: _Options, most: int) -> None:
        self._articles = articles
        self._options = options
        self._most = most
        self.failure: Optional[BaseException] = None
        self.ended = False

    def next(self) -> List[Any]:
        """The next batch; empty where there is none. An exception of the iterable is kept."""
        batch: List[Any] = []
        size = 0
        until = time.monotonic() + _BATCH_SECONDS
        while not self.ended and len(batch) < self._most and size < _BATCH_BYTES:
            try:
                task = self._options.task(next(self._articles))
            except StopIteration:
                self.ended = True
            except Exception as error:
                self.ended = True
                self.failure = error
            else:
                batch.append(task)
                size += len(task[0])
                if time.monotonic() > until:
                    break
        return batch


def _many(core: _core.Engine, articles: Iterator[Article], options: _Options, jobs: int, ahead: int, faults: Faults,
          bar: Bar) -> Iterator[Record]:
    process = os.getpid()
    feeder = _Feeder(articles, options, max(1, min(_BATCH, ahead // (2 * jobs))))
    waiting: "Deque[Tuple[int, Future[Any]]]" = deque()
    under_way = 0
    coded = 0
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="isnad")
    try:
        while waiting or not feeder.ended:
            while not feeder.ended and under_way < ahead and not (waiting and waiting[0][1].done() and len(waiting) > jobs):
                batch = feeder.next()
                if batch:
                    waiting.append((len(batch), pool.submit(core.code_batch, batch)))
                    under_way += len(batch)
                if waiting and waiting[0][1].done():
                    break
            if not waiting:
                continue
            n, future = waiting.popleft()
            under_way -= n
            for result in future.result():
                if type(result) is bytes:
                    coded += 1
                    yield Record(result)
                else:
                    yield from faults.take(result)
                if os.getpid() != process:
                    raise ArgumentError("code_many was begun before this process was forked; begin it again")
            bar.update(coded, faults.n)
        if feeder.failure is not None:
            raise feeder.failure
        bar.update(coded, faults.n, end=True)
    finally:
        if os.getpid() == process:
            pool.shutdown(wait=True, cancel_futures=True)


class FileRun:
    """isnad_run() over files: its arguments, checked, ready to be run in this thread or another."""

    def __init__(self, core: _core.Engine, paths: Union[Path_, Iterable[Path_]], *, jobs: int = 1, kind: str = "guess",
                 charset: Optional[str] = None, outlet: Optional[str] = None, published: Day = None,
                 metadata: Optional[Path_] = None, favor: str = "both", fields: Optional[Mapping[str, str]] = None,
                 records: bool = False) -> None:
        self._core = core
        if isinstance(paths, (str, os.PathLike)):
            paths = [paths]
        self.paths: List[str] = [os.fspath(path) for path in paths]
        for path in self.paths:
            if "\0" in path:
                raise ArgumentError("a path holds a NUL character")
        unknown = set(fields or ()) - set(FIELDS)
        if unknown:
            raise ArgumentError(f"fields can't hold {sorted(unknown)[0]!r}; they are {', '.join(FIELDS)}")
        self.options: Dict[str, Any] = {
            "jobs": jobs, "kind": one_of("kind", kind, KINDS), "favor": one_of("favor", favor, FAVORS),
            "charset": word("charset", charset), "outlet": word("outlet", outlet), "published": day_of(published),
            "metadata": None if metadata is None else word("metadata", os.fspath(metadata)), "records": records,
        }
        for name, field in (fields or {}).items():
            self.options["field_" + name] = word("fields", field)

    def run(self, store: Optional[_core.Store] = None, *, on_records: Optional[Callable[[List[bytes]], object]] = None,
            on_fault: Optional[Callable[[Error], object]] = None,
            on_progress: Optional[Callable[[Tuple[int, int, int, int, int]], object]] = None) -> Tuple[int, int, int, int, int]:
        """Runs in this thread. A function that returns something true ends it."""
        return _core.run(self._core, self.paths, store, on_records=on_records, on_fault=on_fault, on_progress=on_progress,
                         **self.options)


class Pump:
    """Runs a function that hands things over in a thread of its own, and yields them here; at most a few are kept between."""

    _KEPT = 8

    def __init__(self, work: "Callable[[Pump], object]") -> None:
        self._work = work
        self._queue: "queue.Queue[Any]" = queue.Queue(self._KEPT)
        self._stop = threading.Event()
        self._failure: Optional[BaseException] = None
        self._process = os.getpid()
        self._thread = threading.Thread(target=self._run, name="isnad-files")

    @property
    def stopped(self) -> bool:
        """Whether nobody waits for more: the consumer gave up, or the program ends."""
        return self._stop.is_set() or not threading.main_thread().is_alive()

    def put(self, thing: Any) -> bool:
        """Hands one thing over; true where no more is wanted."""
        while not self.stopped:
            try:
                self._queue.put(thing, timeout=0.1)
                return self.stopped
            except queue.Full:
                continue
        return True

    def _run(self) -> None:
        try:
            self._work(self)
        except BaseException as error:
            self._failure = error
        self.put(None)

    def __iter__(self) -> Iterator[Any]:
        self._thread.start()
        try:
            while True:
                thing = self._queue.get()
                if thing is None:
                    break
                yield thing
                if os.getpid() != self._process:
                    raise ArgumentError("this was begun before this process was forked; begin it again")
        finally:
            if os.getpid() == self._process:
                self._stop.set()
                with contextlib.suppress(queue.Empty):
                    while True:
                        self._queue.get_nowait()
                self._thread.join()
        if self._failure is not None:
            raise self._failure


def _files(run: FileRun, faults: Faults, bar: Bar) -> Iterator[Record]:
    bytes_read = [0]

    def note(totals: Tuple[int, int, int, int, int]) -> bool:
        bytes_read[0] = totals[2]
        return pump.stopped

    pump = Pump(lambda p: run.run(on_records=p.put, on_fault=p.put, on_progress=note))
    coded = 0
    with contextlib.closing(iter(pump)) as things:  # type: ignore[type-var]
        for thing in things:
            if isinstance(thing, Error):
                yield from faults.take(thing)
            else:
                for raw in thing:
                    coded += 1
                    yield Record(raw)
            bar.update(coded, faults.n, bytes_read[0])
    bar.update(coded, faults.n, bytes_read[0], end=True)
