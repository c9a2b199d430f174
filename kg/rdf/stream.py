"""Pieces of text as a file that can be read, so that a document is parsed while it is written and never held whole."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice

PIECES_AT_ONCE = 1000


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in UTF-8, many at a time.

    >>> list(encoded(["a", "b"]))
    [b'ab']
    """
    pieces = iter(pieces)
    while some := "".join(islice(pieces, PIECES_AT_ONCE)):
        yield some.encode()


class TextStream(io.RawIOBase):
    """A file to read, in UTF-8, that holds the pieces one after another; what goes wrong in making them is raised.

    >>> TextStream(["a ", "b"]).read(3)
    b'a b'
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._chunks = encoded(pieces)
        self._chunk = memoryview(b"")

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill a buffer; the number of bytes put there, 0 at the end."""
        if not self._chunk:
            self._chunk = memoryview(next(self._chunks, b""))
        size = min(len(buffer), len(self._chunk))
        buffer[:size] = self._chunk[:size]
        self._chunk = self._chunk[size:]
        return size
