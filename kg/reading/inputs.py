"""What goes into a reader, and what comes out when an input cannot be read."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Self, TypedDict

from kg.errors import ReadingError
from kg.model import Article

BYTES_LOOKED_AT = 8192
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b"))
CONTROL_SHARE_OF_BINARY = 0.05
LONGEST_REASON = 300
_ROW = re.compile(r":(\d+)$")
LOGGER = logging.getLogger("kg.reading")

DateOrder = Literal["dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class Note:
    """What was guessed or lost in reading: in which file, and where known in which line or row.

    >>> print(Note("a.csv", "has no date that can be read: '31 June'", line=7))
    a.csv:7: has no date that can be read: '31 June'
    """

    path: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.text}"


def log(note: Note) -> None:
    """Hand a note to the standard library's logging, as the warning that it is."""
    LOGGER.warning("%s", note)


class ReadingOptions(TypedDict, total=False):
    """How articles are to be read, where that is not to be guessed.

    ``published`` is the ISO 8601 date of articles that carry none. ``encoding`` is that of files of text; else it is as
    they declare, or guessed. ``columns`` gives the column of a table that holds a field, such as ``{"text": "body"}``;
    else columns are known by their names. ``date_order`` is "dmy" or "mdy", for dates such as 05/03/2024. ``fetch``
    allows web addresses, and ``private`` those of this machine and its own network as well. ``note`` gets what was
    guessed or lost; else the standard library's logger ``kg.reading`` does, as warnings.
    """

    published: str | None
    encoding: str | None
    columns: Mapping[str, str] | None
    date_order: DateOrder | None
    fetch: bool
    private: bool
    note: Callable[[Note], None]


@dataclass(frozen=True, slots=True)
class Input:
    """One opened input: its name as the user gave it, its bytes, and how its user says that it is to be read.

    ``published`` dates articles that carry no date. ``encoding``, ``columns`` (the column of each field) and
    ``date_order`` ("dmy" or "mdy") take the place of what would be guessed; ``note`` gets the guesses. ``fetch`` and
    ``private`` say which addresses may be asked.
    """

    name: str
    stream: BinaryIO
    published: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    date_order: DateOrder | None = None
    fetch: bool = False
    private: bool = False
    note: Callable[[Note], None] = log

    def say(self, text: str, *, line: int | None = None) -> None:
        """Note what was guessed or lost."""
        self.note(Note(self.name, text, line))


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input, or a row of one, that gave no article: where it lies, why, and what to do about it.

    ``path`` is the file, with the number of the row ("news.csv:12") where it is one of many. ``error`` is the class of
    what went wrong, so that rejections can be counted by it.

    >>> print(Rejected("a.txt", "is empty", "put text into it or leave it out"))
    a.txt: is empty; put text into it or leave it out
    """

    path: str
    reason: str
    remedy: str
    error: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; {self.remedy}"

    @property
    def file(self) -> str:
        """The path without the row."""
        return _ROW.sub("", self.path)

    @property
    def line(self) -> int | None:
        """The number of the row, where it is one of many in a file."""
        found = _ROW.search(self.path)
        return int(found[1]) if found else None

    @classmethod
    def of(cls, error: Exception, path: str) -> Self:
        """The rejection of the input, or row, at ``path`` for whatever its reader raised."""
        if isinstance(error, UnreadableError):
            return cls(path, error.reason, error.remedy, error=type(error).__name__)
        name = type(error).__name__
        reason = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
        return cls(path, f"cannot be read ({name}: {reason[:LONGEST_REASON]})", "mend it or leave it out", error=name)


class UnreadableError(ReadingError):
    """Raised by a reader for an input that it cannot read; :func:`kg.reading.read` makes a :class:`Rejected` of it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy

    def at(self, path: str) -> Rejected:
        """The rejection of the input, or row, at ``path``."""
        return Rejected.of(self, path)


Reader = Callable[[Input], Iterator[Article | Rejected]]


def is_binary(raw: bytes) -> bool:
    """Whether the first bytes hold a NUL, or more control characters than a text would.

    >>> is_binary(b"%PDF-1.7\\n\\x00\\x01"), is_binary(b"The envoy left.")
    (True, False)
    """
    head = raw[:BYTES_LOOKED_AT]
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    return b"\0" in head or controls > CONTROL_SHARE_OF_BINARY * len(head)
