"""isnad reads Arabic news and keeps the record: who met whom, who said what, who did what to whom, and which outlet says so.

    engine = isnad.Engine()
    record = engine.code(text, published="2022-03-09", outlet="صحيفة الضفتين")
    for event in record.events:
        print(event.date, event.type, event.actors, event.recipients)

docs/python.md is the guide; docs/record.md says what everything means.
"""

from ._core import version as _version
from .database import Added, Database, Rows, StoriesMade, export
from .database import open as open  # not in __all__: `from isnad import *` leaves Python's own
from .engine import IMAGE, Engine
from .errors import (ArgumentError, BinaryError, EmptyError, Error, FaultWarning, FormatError, ImageError, IOFailed, LexiconError,
                     LimitError, NotFound, OutOfMemory, Stopped)
from .progress import Progress
from .record import (Block, Count, Date, Diagnostic, Entity, Event, Mention, Page, Quote, Record, Role, Source, Span, days)
from .story import Stories, stories
from .table import SCHEMAS, Table, TableBuilder, Tables, arrow_schema, tables

__version__: str = _version()

__all__ = [
    "Engine", "IMAGE", "Progress", "Record", "Entity", "Mention", "Role", "Date", "Quote", "Event", "Count", "Block", "Diagnostic",
    "Page", "Source", "Span", "days", "Error", "OutOfMemory", "IOFailed", "NotFound", "FormatError", "LimitError", "ImageError", "LexiconError",
    "Added", "Database", "Rows", "StoriesMade", "export", "Stories", "stories", "SCHEMAS", "Table", "TableBuilder", "Tables",
    "arrow_schema", "tables", "ArgumentError", "EmptyError", "BinaryError", "Stopped", "FaultWarning", "__version__",
]
