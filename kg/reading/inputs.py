"""What goes into a reader, and what comes out when an input cannot be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self

from kg.errors import ReadingError
from kg.model import Article

BYTES_LOOKED_AT = 8192
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b"))
CONTROL_SHARE_OF_BINARY = 0.05
LONGEST_REASON = 300
_ROW = re.compile(r":(\d+)$")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Input:
    """One opened input: its name as the user gave it, its bytes, and the date of articles that carry none."""

    name: str
    stream: BinaryIO
    published: str | None = None


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


def decode(raw: bytes, *, encoding: str = "utf-8-sig") -> str:
    """The text of ``raw``, which must be UTF-8 (a byte-order mark is allowed) unless a file declares its encoding.

    Another encoding is refused and not guessed at: a wrong guess would put wrong letters into names without notice.

    :raises UnreadableError: if the bytes are binary, or in another encoding.

    >>> decode("Kyiv – Київ".encode())
    'Kyiv – Київ'
    """
    if raw.startswith(UTF16_MARKS):
        raise UnreadableError("is UTF-16, not UTF-8", "convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW")
    if is_binary(raw):
        raise UnreadableError("is binary, not text", "give a text file, or the suffix of its own format")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte 0x{raw[error.start]:02x} at position {error.start}"
        raise UnreadableError(
            f"is not {encoding.removesuffix('-sig').upper()} ({where})",
            "convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        ) from None


def is_binary(raw: bytes) -> bool:
    """Whether the first bytes hold a NUL, or more control characters than a text would.

    >>> is_binary(b"%PDF-1.7\\n\\x00\\x01"), is_binary(b"The envoy left.")
    (True, False)
    """
    head = raw[:BYTES_LOOKED_AT]
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    return b"\0" in head or controls > CONTROL_SHARE_OF_BINARY * len(head)
