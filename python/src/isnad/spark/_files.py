"""Files on any file system, cut into parts that can be coded apart.

A part is a range of bytes that holds whole records or lines: gzip members of a web archive (found as libisnad finds them: by the first bytes of a
member, believed where it unpacks to the beginning of a record), the records of a plain archive (by their lengths), lines of JSON Lines (with the number
of the first, so that records name the same lines as on one machine). What can't be cut is one part: pages, feeds, zstd, files packed as a whole.
"""

import json
import zlib
from typing import Any, Iterable, Iterator, List, NamedTuple, Optional, Tuple

from .. import _core

CHUNK = 1 << 20
PEEKED = 4096  # packed bytes that are looked into
HEAD = 64 << 10  # bytes of a record's header


class Part(NamedTuple):
    path: str
    begin: int
    end: int  # -1: the end of the file
    kind: int  # of _core
    line: int  # number of the first line, 0: 1


def file_system(path: str) -> Tuple[Any, str]:
    """The file system of a path or address, and the path in it."""
    from pyarrow import fs

    if "://" in path:
        system, inner = fs.FileSystem.from_uri(path)
        return system, inner
    return fs.LocalFileSystem(), path


def list_files(paths: Iterable[str]) -> List[Tuple[str, int]]:
    """All files with their bytes: folders are walked in the order of `isnad code`, names that begin with a dot left out."""
    from pyarrow import fs

    found: List[Tuple[str, int]] = []
    for path in paths:
        system, inner = file_system(path)
        before = path[: len(path) - len(inner)] if path.endswith(inner) else path.split("://", 1)[0] + "://"
        info = system.get_file_info(inner)
        if info.type == fs.FileType.NotFound:
            raise FileNotFoundError(f"there is no {path}")
        if info.type != fs.FileType.Directory:
            found.append((path, info.size or 0))
            continue
        base = inner.rstrip("/")
        below = []
        for one in system.get_file_info(fs.FileSelector(inner, recursive=True)):
            names = one.path[len(base) + 1 :].split("/")
            if one.type == fs.FileType.File and not any(name.startswith(".") for name in names):
                below.append(([name.encode() for name in names], one.path, one.size or 0))
        found.extend((before + name, size) for _, name, size in sorted(below))
    return found


def _begins_member(head: bytes) -> bool:
    if head[:3] != b"\x1f\x8b\x08" or len(head) < 4 or head[3] & 0xE0:
        return False
    try:
        return zlib.decompressobj(31).decompress(head[:PEEKED], 5) == b"WARC/"
    except zlib.error:
        return False


def _next_member(file: Any, at: int, size: int) -> int:
    """Where a member that holds a record begins, at `at` or behind; `size` for nowhere."""
    while at < size:
        chunk: bytes = file.read_at(min(CHUNK + PEEKED, size - at), at)
        from_ = 0
        while True:
            found: int = chunk.find(b"\x1f\x8b\x08", from_)
            if found < 0 or (found >= CHUNK and at + len(chunk) < size):
                break
            if _begins_member(chunk[found : found + PEEKED]):
                return at + found
            from_ = found + 1
        at += CHUNK if at + len(chunk) < size else len(chunk)
    return size


def _member_parts(file: Any, path: str, size: int, target: int) -> Iterator[Part]:
    begin, at = 0, target
    while begin < size:
        end = _next_member(file, at, size) if at < size else size
        yield Part(path, begin, end, _core.WARC, 0)
        begin, at = end, end + target


def _record_parts(file: Any, path: str, size: int, target: int) -> Iterator[Part]:
    begin = at = 0
    while at < size:
        head = file.read_at(min(HEAD, size - at), at)
        blank = len(head) - len(head.lstrip(b"\r\n"))
        fields, found, _ = head[blank:].partition(b"\r\n\r\n")
        length = next((line.split(b":", 1)[1] for line in fields.split(b"\r\n") if line.lower().startswith(b"content-length:")), b"")
        if not found or not fields.startswith(b"WARC/") or not length.strip().isdigit():
            break  # libisnad finds its way from here on, in one part
        if at + blank - begin >= target:
            yield Part(path, begin, at + blank, _core.WARC, 0)
            begin = at + blank
        at += blank + len(fields) + 4 + int(length)
    yield Part(path, begin, size, _core.WARC, 0)


def _line_parts(file: Any, path: str, size: int, target: int) -> Iterator[Part]:
    begin = at = 0
    line = lines = 1
    while at < size:
        chunk = file.read_at(min(CHUNK, size - at), at)
        if not chunk:
            break
        if at + len(chunk) - begin >= target:
            end = chunk.find(b"\n", max(0, begin + target - at - 1))
            if end >= 0:
                lines += chunk.count(b"\n", 0, end + 1)
                at += end + 1
                yield Part(path, begin, at, _core.JSON, line)
                begin, line = at, lines
                continue
        lines += chunk.count(b"\n")
        at += len(chunk)
    if begin < size:
        yield Part(path, begin, size, _core.JSON, line)


def _is_lines(head: bytes) -> bool:
    """Is the first line a whole object, and of no JSON Feed?"""
    first, end, _ = head.lstrip(b"\xef\xbb\xbf \r\n\t").partition(b"\n")
    if not end or not first.startswith(b"{"):
        return False
    try:
        return "jsonfeed.org" not in str(json.loads(first).get("version", ""))
    except ValueError:
        return False


def parts_of(path: str, size: int, target: int) -> Iterator[Part]:
    """The parts of a file, in order; about `target` bytes each."""
    whole = Part(path, 0, -1, _core.GUESS, 0)
    if size <= target:
        yield whole
        return
    system, inner = file_system(path)
    with system.open_input_file(inner) as file:
        head = file.read_at(min(HEAD, size), 0)
        if head.startswith(b"WARC/"):
            yield from _record_parts(file, path, size, target)
        elif _begins_member(head):
            yield from _member_parts(file, path, size, target)
        elif _is_lines(head):
            yield from _line_parts(file, path, size, target)
        else:
            yield whole


class Reader:
    """The bytes of a part."""

    def __init__(self, part: Part) -> None:
        system, inner = file_system(part.path)
        self.file = system.open_input_file(inner) if part.end >= 0 else system.open_input_stream(inner, compression=None)
        self.left: Optional[int] = None
        if part.end >= 0:
            self.file.seek(part.begin)
            self.left = part.end - part.begin

    def read(self, n: int) -> bytes:
        if self.left is not None:
            n = min(n, self.left)
        data: bytes = self.file.read(n) if n else b""
        if self.left is not None:
            self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()
