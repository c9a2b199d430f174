"""Files with others inside: web archives, by warcio, and files packed with gzip."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from kg.model import Article
from kg.reading.encodings import decoded
from kg.reading.html import article_of_page, declared_encoding
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.tables import require

PAGES = ("text/html", "application/xhtml+xml")
MOST_BYTES = 20_000_000


def read_warc(source: Input) -> Iterator[Article | Rejected]:
    """Read the pages of a web archive, packed or not; a page without an article is rejected by its record's number.

    :raises UnreadableError: if it is no web archive, holds no page, or warcio is not installed.
    """
    require("warcio", "warc")
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    pages = 0
    try:
        for number, record in enumerate(ArchiveIterator(source.stream), start=1):
            kind = str((record.http_headers and record.http_headers.get_header("Content-Type")) or "")
            if record.rec_type == "response" and kind.lower().startswith(PAGES):
                pages += 1
                yield _page(record, source, number)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        raise UnreadableError(f"is no readable web archive ({error})", "save it anew, or leave it out") from None
    if not pages:
        raise UnreadableError("holds no pages", "give an archive with responses of HTML")


def read_gzip(source: Input) -> Iterator[Article | Rejected]:
    """Read a file that was packed with gzip as what its name says without ``.gz``.

    :raises UnreadableError: if it is not packed so, or no reader knows what is inside.
    """
    from kg.reading.paths import reader_for

    suffix = PurePath(source.name).with_suffix("").suffix
    if suffix == ".warc":
        yield from read_warc(source)
        return
    try:
        inside = cast("BinaryIO", gzip.GzipFile(fileobj=source.stream))
        yield from reader_for(suffix)(replace(source, stream=inside))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableError(f"is not packed with gzip ({error})", "pack it anew, or give it unpacked") from None


def _page(record: Any, source: Input, number: int) -> Article | Rejected:
    where = f"{source.name}:{number}"
    try:
        raw = record.content_stream().read(MOST_BYTES)
        inside = replace(source, name=where, stream=io.BytesIO(raw))
        article = article_of_page(decoded(inside, raw, declared=declared_encoding(raw)), inside)
        address = record.rec_headers.get_header("WARC-Target-URI")
        named = article if article.url else replace(article, url=address, id=address or article.id)
        return replace(named, origin=where)
    except Exception as error:  # one page ends no archive: whatever is wrong with it is told of it
        return Rejected.of(error, where)
