"""One line on a terminal that says how far a run has come."""

import sys
import time
from typing import Callable, NamedTuple, Optional, TextIO, Union

__all__ = ["Progress"]


class Progress(NamedTuple):
    """How far a run has come: articles coded, faults told, bytes of input read (0 where they aren't known), and how many articles there will be."""

    articles: int
    faults: int
    bytes: int = 0
    total: Optional[int] = None


ProgressOption = Union[bool, None, Callable[[Progress], object]]
_EVERY = 0.2  # seconds


class Bar:
    """Shows progress: on a terminal (None), always (True), never (False), or by a function of the caller's."""

    def __init__(self, option: ProgressOption, total: Optional[int] = None, out: Optional[TextIO] = None) -> None:
        self._out: TextIO = out if out is not None else sys.stderr
        self._tell: Optional[Callable[[Progress], object]] = option if callable(option) else None
        terminal = bool(self._out is not None and hasattr(self._out, "isatty") and self._out.isatty())
        self._line = option is True or (option is None and terminal)
        self._terminal = terminal
        self._begin = self._told = time.monotonic()
        self._total = total
        self._width = 0

    @property
    def active(self) -> bool:
        return self._line or self._tell is not None

    def update(self, articles: int, faults: int, bytes: int = 0, end: bool = False) -> None:
        now = time.monotonic()
        if not self.active or (now - self._told < _EVERY and not end):
            return
        self._told = now
        progress = Progress(articles, faults, bytes, self._total)
        if self._tell is not None:
            self._tell(progress)
        elif self._terminal or end:
            self._write(progress, now, end)

    def _write(self, p: Progress, now: float, end: bool) -> None:
        rate = p.articles / max(now - self._begin, 1e-9)
        line = f"isnad: {p.articles:,}"
        if p.total:
            line += f" of {p.total:,} articles, {min(100 * (p.articles + p.faults) // p.total, 100)} %"
        else:
            line += " articles"
        line += f", {rate:,.0f}/s"
        if p.faults:
            line += f", {p.faults:,} fault{'' if p.faults == 1 else 's'}"
        start = "\r" if self._terminal else ""
        self._out.write(start + line.ljust(self._width) + ("\n" if end else ""))
        self._out.flush()
        self._width = len(line)
