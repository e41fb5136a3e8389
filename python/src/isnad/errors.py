"""What can go wrong, as exceptions. Each has the number of libisnad's status and, where it is known, the file and line."""

from typing import Dict, Optional, Type

__all__ = [
    "Error", "OutOfMemory", "IOFailed", "NotFound", "FormatError", "LimitError", "ImageError", "LexiconError",
    "ArgumentError", "EmptyError", "BinaryError", "Stopped", "FaultWarning",
]


class Error(Exception):
    """Any failure that libisnad tells.

    ``message`` says what went wrong; ``status`` is the number of libisnad's status; ``file`` and ``line`` (from 1) say where, or are None.

    >>> import isnad
    >>> try:
    ...     isnad.Engine(lexicon="no/such/folder")
    ... except isnad.Error as error:
    ...     print(error.status, error.file)
    2 no/such/folder
    """

    status: int = 0

    def __init__(self, message: str, file: Optional[str] = None, line: Optional[int] = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = self.file or ""
        if self.file and self.line:
            place += f":{self.line}"
        return f"{place}: {self.message}" if place else self.message

    def __reduce__(self) -> "tuple[Type[Error], tuple[str, Optional[str], Optional[int]]]":
        return type(self), (self.message, self.file, self.line)


class OutOfMemory(Error, MemoryError):
    """Memory ended."""
    status = 1


class IOFailed(Error, OSError):
    """A file can't be read or written."""
    status = 2

    def __init__(self, message: str, file: Optional[str] = None, line: Optional[int] = None) -> None:
        Error.__init__(self, message, file, line)

    __str__ = Error.__str__


class NotFound(Error, LookupError):
    """What was asked for isn't there."""
    status = 3


class FormatError(Error, ValueError):
    """A file isn't of the format that is expected."""
    status = 4


class LimitError(Error):
    """A limit was reached."""
    status = 5


class ImageError(Error):
    """The compiled lexicon can't be used."""
    status = 6


class LexiconError(Error, ValueError):
    """Tables of a lexicon have faults; ``file`` and ``line`` say where."""
    status = 7


class ArgumentError(Error, ValueError):
    """An argument can't be used, or an object is closed."""
    status = 8


class EmptyError(Error, ValueError):
    """The input holds no text."""
    status = 9


class BinaryError(Error, ValueError):
    """The input is no text."""
    status = 10


class Stopped(Error):
    """Ended on request."""
    status = 11


class FaultWarning(UserWarning):
    """An input that gave no record while others did."""


_BY_STATUS: Dict[int, Type[Error]] = {
    kind.status: kind
    for kind in (OutOfMemory, IOFailed, NotFound, FormatError, LimitError, ImageError, LexiconError, ArgumentError,
                 EmptyError, BinaryError, Stopped)
}


def make(status: int, message: str, file: str, line: int) -> Error:
    """The exception of a status; what the extension calls."""
    error = _BY_STATUS.get(status, Error)(message, file or None, line or None)
    error.status = status
    return error
