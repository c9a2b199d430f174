"""Paths, folders and standard input, one after the other, each to the reader that is registered for its suffix."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.model import Article
from kg.reading.fields import iso_date
from kg.reading.inputs import Input, Reader, Rejected, UnreadableError

READERS = "kg.readers"
STANDARD_INPUT = "-"
SUFFIX_OF_START = ((b"{", "jsonl"), (b"<", "html"), (b"PAR1", "parquet"))


def read(paths: Iterable[str | Path], *, published: str | None = None) -> Iterator[Article | Rejected]:
    """The articles in files, in folders (in sorted order, hidden files left out), and on standard input (``-``).

    What cannot be read (missing, empty, binary, not UTF-8, of an unknown suffix, a bad row) is a :class:`Rejected` in
    its place, and the rest goes on. ``published`` dates the articles that carry no date.

    :raises UnreadableError: if ``published`` is no ISO 8601 date.

    >>> [str(rejected) for rejected in read(["nowhere.txt"])]
    ['nowhere.txt: does not exist; check the path']
    """
    checked = iso_date(published) if published else None
    return (item for path in paths for item in _read_path(path, checked))


def _read_path(path: str | Path, published: str | None) -> Iterator[Article | Rejected]:
    if str(path) == STANDARD_INPUT:
        yield from _read_standard_input(published)
        return
    try:
        for file in _files(Path(path), given=str(path)):
            yield from _read_file(file, published)
    except UnreadableError as error:
        yield error.at(printable(path))
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        name = type(error).__name__
        yield Rejected(printable(path), f"cannot be read ({reason})", "check its name and permissions", error=name)


def _files(path: Path, *, given: str) -> Iterator[Path]:
    """The file at ``path``, or those in the folder there, deeper folders included, in sorted order."""
    if "://" in given:
        raise UnreadableError("is a web address, not a file", "save the page as .html and give that file")
    if not path.exists():
        raise UnreadableError("does not exist", "check the path")
    if not path.is_dir():
        yield path
        return
    files = sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file.relative_to(path)))
    if not files:
        raise UnreadableError("is a folder without files", "put articles into it, or check the path")
    yield from files


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_file(path: Path, published: str | None) -> Iterator[Article | Rejected]:
    name = printable(path)
    try:
        reader = reader_for(path.suffix)
        with path.open("rb") as stream:
            if path.is_file() and path.stat().st_size == 0:
                raise UnreadableError("is empty", "put text into it or leave it out")
            yield from located(reader(Input(name, stream, published)), name)
    except Exception as error:  # one file ends no build: whatever its reader met is told of it
        yield Rejected.of(error, name)


def _read_standard_input(published: str | None) -> Iterator[Article | Rejected]:
    """Standard input as the format that its first characters show: JSON Lines, a page, Parquet, else plain text."""
    raw = sys.stdin.buffer.read()
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = next((suffix for first, suffix in SUFFIX_OF_START if start.startswith(first)), "txt")
    try:
        if not start:
            raise UnreadableError("is empty", "pipe an article into it")
        yield from located(reader_for(suffix)(Input(STANDARD_INPUT, io.BytesIO(raw), published)), STANDARD_INPUT)
    except Exception as error:
        yield Rejected.of(error, STANDARD_INPUT)


def printable(path: str | Path) -> str:
    """A path as text that can be written anywhere: a name that is no UTF-8 has its odd bytes as ``\\xe9``.

    >>> printable(os.fsdecode(b"caf\\xe9.txt"))
    'caf\\\\xe9.txt'
    """
    return os.fsencode(str(path)).decode("utf-8", "backslashreplace")


def located(items: Iterable[Article | Rejected], name: str) -> Iterator[Article | Rejected]:
    """What a reader gives, each article with the file, and the row where the reader told it, as its origin."""
    for item in items:
        yield replace(item, origin=name) if isinstance(item, Article) and item.origin is None else item


def reader_for(suffix: str) -> Reader:
    """The reader registered for a suffix, with its dot or without.

    :raises UnreadableError: if there is none, or it cannot be imported.
    """
    readers = _readers()
    name = suffix.removeprefix(".").lower()
    if name not in readers:
        reason = f"has the suffix {suffix!r}, which no reader knows" if suffix else "has no suffix"
        raise UnreadableError(reason, f"give a file in one of these formats: {', '.join(sorted(readers))}")
    try:
        return readers[name].load()
    except (ImportError, AttributeError) as error:
        raise UnreadableError(
            f"needs the reader {readers[name].value!r}, which fails ({error})", "reinstall it"
        ) from None


@lru_cache(maxsize=1)
def _readers() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=READERS)}
