"""Pieces of text as a file that can be read, so that a document is parsed while it is written and never held whole."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

PIECES_AT_ONCE = 1000


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in UTF-8, many at a time.

    >>> list(encoded(["a", "b"]))
    [b'ab']
    """
    pieces = iter(pieces)
    while some := "".join(islice(pieces, PIECES_AT_ONCE)):
        yield some.encode()


def as_file(pieces: Iterable[str]) -> IO[bytes]:
    """A file to read, in UTF-8, that holds the pieces one after another; what goes wrong in making them is raised.

    >>> as_file(["a ", "b"]).read()
    b'a b'
    """
    return io.BufferedReader(_Pieces(pieces))


class _Pieces(io.RawIOBase):
    def __init__(self, pieces: Iterable[str]) -> None:
        self._chunks = encoded(pieces)
        self._chunk = memoryview(b"")

    def readable(self) -> bool:
        return True

    # BufferedReader gives a memoryview and nothing else.
    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        if not self._chunk:
            self._chunk = memoryview(next(self._chunks, b""))
        size = min(len(buffer), len(self._chunk))
        buffer[:size] = self._chunk[:size]
        self._chunk = self._chunk[size:]
        return size
