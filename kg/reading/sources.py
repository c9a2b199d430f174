"""Whatever Python code has at hand as articles: paths, addresses, texts, rows, tables, articles, or many of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias, Unpack

from kg.errors import ReadingError
from kg.model import Article
from kg.reading.inputs import Input, ReadingOptions, Rejected, UnreadableError
from kg.reading.paths import ADDRESS, STANDARD_INPUT, how_to_read, read_path
from kg.reading.plain import article_from_text, described
from kg.reading.rows import articles_of_rows

Sources: TypeAlias = Any  # A data frame is what it can do, and no library of frames is a dependency.
SENTENCES = re.compile(r"\s.*[.!?…][\"'”’)]*\s*$", re.DOTALL)
IN_MEMORY = "given"


def read_any(sources: Sources, **options: Unpack[ReadingOptions]) -> Iterator[Article | Rejected]:
    """The articles in what is given: a path, an address, an article, a row, a table, or an iterable of any of these.

    A row is a mapping, with its columns known by their names as those of files are; a table is a data frame of pandas
    or polars, or a table of Arrow. A text is an item of a list that has a line break, or ends as a sentence does and is
    no path; a string alone is a path or an address.

    :param options: how to read: see :class:`kg.reading.ReadingOptions`.
    :raises ReadingError: if a string alone is no path and no address, or something is given that holds no articles.

    >>> [article.text for article in read_any(["Russia rejected the proposal.", {"headline": "Envoy leaves"}])]
    ['Russia rejected the proposal.', 'Envoy leaves']
    >>> list(read_any("Russia rejected the proposal."))
    Traceback (most recent call last):
    ...
    kg.errors.ReadingError: no file or folder is called 'Russia rejected the proposal.': put texts into a list
    """
    how = how_to_read(options)
    if isinstance(sources, str) and sources != STANDARD_INPUT and not ADDRESS.match(sources) and not _exists(sources):
        raise ReadingError(f"no file or folder is called {sources[:80]!r}: put texts into a list")
    if isinstance(sources, str | Path | Article | Rejected | Mapping) or _rows_of(sources) is not None:
        sources = [sources]
    if not isinstance(sources, Iterable):
        raise ReadingError(f"cannot read articles from {type(sources).__name__}: give paths, texts, rows or articles")
    return (item for number, one in enumerate(sources, start=1) for item in _read_one(one, number, how))


def _read_one(one: Any, number: int, how: Input) -> Iterator[Article | Rejected]:
    where = f"{IN_MEMORY}:{number}"
    if isinstance(one, Article | Rejected):
        yield one
    elif isinstance(one, Path) or (isinstance(one, str) and not _is_text(one)):
        yield from read_path(one, how)
    elif isinstance(one, str):
        try:
            yield replace(article_from_text(one, **described(how, {})), origin=where)
        except UnreadableError as error:
            yield error.at(where)
    elif isinstance(one, Mapping):
        yield from articles_of_rows(iter([(number, one)]), replace(how, name=IN_MEMORY))
    elif (rows := _rows_of(one)) is not None:
        yield from articles_of_rows(enumerate(rows, start=1), replace(how, name=IN_MEMORY), header=True)
    else:
        reason = f"is {type(one).__name__}, in which there are no articles"
        yield Rejected(where, reason, "give paths, texts, rows, tables or articles")


def _rows_of(table: Any) -> Iterator[Mapping[str, Any]] | None:
    """The rows of a data frame of pandas or polars, or of a table of Arrow; None if it is none of these."""
    if hasattr(table, "iter_rows") and hasattr(table, "columns"):
        return iter(table.iter_rows(named=True))
    if hasattr(table, "to_dict") and hasattr(table, "columns"):
        return iter(table.to_dict(orient="records"))
    if hasattr(table, "to_batches") and hasattr(table, "schema"):
        return (row for batch in table.to_batches() for row in batch.to_pylist())
    return None


def _is_text(given: str) -> bool:
    return not ADDRESS.match(given) and not _exists(given) and ("\n" in given or bool(SENTENCES.search(given)))


def _exists(given: str) -> bool:
    try:
        return Path(given).exists()
    except (OSError, ValueError):
        return False
