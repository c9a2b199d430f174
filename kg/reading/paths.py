"""Paths, folders and standard input, one after the other, each to the reader that is registered for its suffix."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Unpack

from kg.model import Article
from kg.reading.encodings import python_name
from kg.reading.fields import iso_date
from kg.reading.inputs import Input, Reader, ReadingOptions, Rejected, UnreadableError, log

READERS = "kg.readers"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
STANDARD_INPUT = "-"
SUFFIX_OF_START = (
    (b"{\\rtf", "rtf"), (b"{", "json"), (b"[", "json"), (b"<?xml", "xml"), (b"<rss", "xml"), (b"<feed", "xml"),
    (b"<", "html"), (b"PAR1", "parquet"), (b"%PDF-", "pdf"), (b"From ", "mbox"), (b"WARC/", "warc"),
)  # fmt: skip
START = 64


def read(paths: str | Path | Iterable[str | Path], **options: Unpack[ReadingOptions]) -> Iterator[Article | Rejected]:
    """The articles in files, in folders (in sorted order, hidden files left out), and on standard input (``-``).

    What cannot be read (missing, empty, binary, of an unknown suffix, a bad row) is a :class:`Rejected` in its place,
    and the rest goes on. Of web addresses, only those are asked that ``fetch=True`` allows.

    :param options: how to read: see :class:`kg.reading.ReadingOptions`.
    :raises UnreadableError: if ``published`` is no ISO 8601 date, or ``encoding`` or ``date_order`` none that is known.

    >>> [str(rejected) for rejected in read(["nowhere.txt"])]
    ['nowhere.txt: does not exist; check the path']
    """
    how = how_to_read(options)
    listed = [paths] if isinstance(paths, str | Path) else paths
    return (item for path in listed for item in read_path(path, how))


def how_to_read(options: ReadingOptions) -> Input:
    """An input without a name, which holds what all inputs have in common.

    :raises UnreadableError: if an option has a value that it cannot have.
    """
    published, encoding, order = options.get("published"), options.get("encoding"), options.get("date_order")
    if encoding and python_name(encoding) is None:
        raise UnreadableError(f"cannot read {encoding!r}, which is no encoding", "name one such as utf-8 or cp1252")
    if order not in (None, "dmy", "mdy"):
        raise UnreadableError(f"dates have no order {order!r}", "give dmy or mdy")
    return Input(
        name="",
        stream=io.BytesIO(),
        published=iso_date(published) if published else None,
        encoding=encoding,
        columns=options.get("columns") or {},
        date_order=order,
        fetch=options.get("fetch", False),
        private=options.get("private", False),
        note=options.get("note", log),
    )


def read_path(path: str | Path, how: Input) -> Iterator[Article | Rejected]:
    """The articles at one path or address, or on standard input."""
    if str(path) == STANDARD_INPUT:
        yield from _read_standard_input(how)
        return
    if ADDRESS.match(str(path)):
        yield from _read_address(str(path), how)
        return
    try:
        for file in _files(Path(path)):
            yield from _read_file(file, how)
    except UnreadableError as error:
        yield error.at(printable(path))
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        name = type(error).__name__
        yield Rejected(printable(path), f"cannot be read ({reason})", "check its name and permissions", error=name)


def _files(path: Path) -> Iterator[Path]:
    """The file at ``path``, or those in the folder there, deeper folders included, in sorted order."""
    if not path.exists():
        raise UnreadableError("does not exist", "check the path")
    if not path.is_dir():
        yield path
        return
    files = sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file.relative_to(path)))
    if not files:
        raise UnreadableError("is a folder without files", "put articles into it, or check the path")
    yield from files


def _read_address(address: str, how: Input) -> Iterator[Article | Rejected]:
    """What an address gives, by the reader of its kind; it is asked only if that was allowed."""
    if not how.fetch:
        yield UnreadableError("is a web address", "allow it with --fetch, or save the page as .html").at(address)
        return
    from kg.reading.fetch import fetched

    try:
        found = fetched(address, private=how.private)
        reader = reader_for(suffix_of(found.body) or found.suffix)
        source = replace(how, name=address, stream=io.BytesIO(found.body), encoding=how.encoding or found.encoding)
        for item in located(reader(source), address):
            yield replace(item, url=found.address) if isinstance(item, Article) and not item.url else item
    except Exception as error:
        yield Rejected.of(error, address)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_file(path: Path, how: Input) -> Iterator[Article | Rejected]:
    name = printable(path)
    try:
        with path.open("rb") as stream:
            if path.is_file() and path.stat().st_size == 0:
                raise UnreadableError("is empty", "put text into it or leave it out")
            suffix = path.suffix or suffix_of(stream.peek(START)) or ""
            yield from located(reader_for(suffix)(replace(how, name=name, stream=stream)), name)
    except Exception as error:  # one file ends no build: whatever its reader met is told of it
        yield Rejected.of(error, name)


def _read_standard_input(how: Input) -> Iterator[Article | Rejected]:
    """Standard input as the format that its first characters show, else plain text."""
    raw = sys.stdin.buffer.read()
    try:
        if not raw.strip():
            raise UnreadableError("is empty", "pipe an article into it")
        reader = reader_for(suffix_of(raw) or "txt")
        yield from located(reader(replace(how, name=STANDARD_INPUT, stream=io.BytesIO(raw))), STANDARD_INPUT)
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


def suffix_of(raw: bytes) -> str | None:
    """The suffix of the format that the first characters of a file show; None if it may be plain text, or anything.

    >>> suffix_of(b'{"text": "Talks resume."}'), suffix_of(b"%PDF-1.7"), suffix_of(b"Talks resume.")
    ('json', 'pdf', None)
    """
    start = raw[: 16 * START].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((suffix for first, suffix in SUFFIX_OF_START if start.startswith(first.lower())), None)


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
